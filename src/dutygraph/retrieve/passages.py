"""What search finds: one passage for each node of the graph that an answer may stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

__all__ = ["Passage", "with_parts"]

_PART = re.compile(r"[^。；;\n]+[。；;]?")
_SHORTEST = 8  # characters that a part needs to say something by itself


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


def with_parts(passage: Passage) -> tuple[Passage, ...]:
    """The passage, and after it each of its sentences with the same context, when there are several: one clause of a
    long cell may answer, and the vector of the whole cell says little of it."""
    parts = [part.strip() for part in _PART.findall(passage.text)]
    parts = [part for part in parts if len(part) >= _SHORTEST]
    return (passage, *(replace(passage, text=part) for part in parts)) if len(parts) > 1 else (passage,)
