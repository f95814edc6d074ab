"""What search finds: one passage for each node of the graph that an answer may stand on."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Passage"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text to find. ``iri`` names the node it stands for, ``jurisdiction`` its GB/T 2260 code, ``kind`` the
    class of the node in a word (``share``, ``item``, ``clause``). ``label`` is the context that the text itself does
    not say (the matter and the agency of a share, the title of a regime) and is searched with it."""

    iri: str
    jurisdiction: str
    kind: str
    label: str
    text: str

    @property
    def full_text(self) -> str:
        """Context and text in one."""
        return f"{self.label}：{self.text}" if self.label and self.text else self.label or self.text
