"""What is said of a finding (messages.toml), in Chinese and English."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from dutygraph.analysis.draft import Draft
from dutygraph.analysis.finding import Texts

__all__ = ["codes", "texts_of"]

_LONGEST = 60  # characters of a quoted text within a title


@cache
def _messages() -> dict[str, dict[str, str]]:
    path = Path(__file__).parent / "messages.toml"
    messages: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return messages


def codes() -> tuple[str, ...]:
    """The codes that this catalogue has a message for, sorted."""
    return tuple(sorted({key.partition(".")[0] for key in _messages()}))


def texts_of(draft: Draft) -> tuple[Texts, Texts]:
    """The Chinese and the English texts of a draft."""
    forms = _messages()
    form = forms.get(f"{draft.code}.{draft.kind}") or forms[draft.code]
    values = {"place": draft.sheet.place, "agency": draft.sheet.agency_name, **draft.values}
    return _fill(form, "zh", values), _fill(form, "en", values)


def _fill(form: dict[str, str], lang: str, values: dict[str, str]) -> Texts:
    short = {key: value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…" for key, value in values.items()}
    return Texts(
        title=form[f"title_{lang}"].format_map(short),
        explanation=form[f"explanation_{lang}"].format_map(values),
        suggestion=form[f"suggestion_{lang}"].format_map(values),
    )
