"""Answers in English: names stay in the words of the source, with an English gloss where the graph knows one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from dutygraph.answer.model import Content, Intent, Reason, Result
from dutygraph.answer.render import SHOWN, STOPS, Saying, law_text

__all__ = ["EMERGENCY", "abstention", "doubt", "interpretation", "text"]

EMERGENCY: Final = "If someone is in danger now, call 110 (police), 119 (fire) or 120 (ambulance) at once."

_ASKS: Final[Mapping[Intent, str]] = {
    "who": "who is responsible for",
    "legal": "which acts are the basis of",
    "list": "what is listed under",
    "count": "how many there are of",
    "phone": "the telephone number for",
    "indicator": "how often, how many or which share is to be inspected under",
    "penalty": "what a breach leads to under",
    "procedure": "how inspection or the event goes under",
    "compare": "how the registers differ on",
    "compositional": "what meets the conditions in",
    "overlap": "which units overlap on",
    "gap": "what is missing or wrong in",
    "describe": "what is laid down on",
}
_REASONS: Final[Mapping[Reason, str]] = {
    "out_of_scope": "Not found: no register says anything about this, so there is no answer.",
    "not_in_register": "Not found: the register of {places} does not have this matter, "
    "which does not mean that nobody is responsible.",
    "not_recorded": "The register has this matter, but what was asked is not recorded there (the cell is blank).",
    "ambiguous": "Please say more exactly which matter you mean.",
    "unsafe": "Not answered: this text looks like instructions or code, not like a question about duties.",
}

_LONGEST_HEADING: Final = 30
_FIELDS: Final = {
    "phone": "telephone number",
    "case": "example case",
    "law": "legal basis",
    "indicators": "inspection target",
    "penalties": "penalty",
    "department": "responsible department",
}

_NO_SUCH: Final = {
    "numbering": "no number is left out",
    "shifted": "no text stands beside the wrong agency",
    "stray": "no row is out of place",
    "misnamed": "no name differs from how it is written elsewhere",
    "doubled": "no agency has two rows under one matter",
    "hidden": "no agency stands only in the row of another",
    "repeated": "no sentence is written twice",
    "written_twice": "no act is cited with a character twice",
}


def interpretation(saying: Saying) -> str:
    """I understand: …"""
    places = " and ".join(saying.catalogue.english_place(code) for code in saying.codes)
    where = f"in {places}" if saying.named else f"no county named, so in each register ({places})"
    topic = f"“{saying.draft.topic}”" if saying.draft.topic else "this matter"
    return f"I understand: {_ASKS[saying.draft.intent]} {topic}, {where}."


def text(saying: Saying) -> str:
    """The answer, place by place."""
    parts = [_place(saying, code, content) for code, content in saying.spoken]
    blank = {near.label for near in saying.draft.nearest}
    for code in saying.silent if parts else ():
        empty = any(label.startswith(saying.catalogue.place(code)) for label in blank)
        said = "the cell is blank, nothing is recorded." if empty else "the register does not have this matter."
        parts.append(f"{saying.catalogue.english_place(code)}: {said}")
    return "\n".join(parts)


def doubt(saying: Saying) -> str:
    """What was found, when it is not sure that it is what was meant."""
    return f"It is not sure which matter you mean. The nearest entries are:\n{text(saying)}"


def abstention(saying: Saying, reason: Reason) -> str:
    """Why there is no answer, and what is nearest."""
    places = " and ".join(saying.catalogue.english_place(code) for code in saying.codes)
    said = _REASONS[reason].format(places=places or "the place asked about")
    if saying.draft.nearest:
        said += " Nearest: " + "; ".join(near.label.rstrip(STOPS) for near in saying.draft.nearest) + "."
    return said


def _place(saying: Saying, code: str, content: Content) -> str:
    place, first = saying.catalogue.english_place(code), _first(saying, content)
    said = f"{first} ({place})" if saying.draft.denied else f"{place}: {first}"
    return said + _sources(saying, content)


def _first(saying: Saying, content: Content) -> str:
    """The short first sentence."""
    draft = saying.draft
    speak = _denied if draft.denied else _SPEAK.get(draft.intent, _plainly)
    return (speak(saying, content) or _plainly(saying, content)).rstrip(".") + "."


def _denied(saying: Saying, content: Content) -> str:
    if saying.draft.wanted == "listed":
        return "No, the register does not list it"
    if saying.draft.wanted == "said":
        return "No, it is not written there"
    if saying.draft.wanted in _NO_SUCH:
        return f"No, {_NO_SUCH[saying.draft.wanted]}"
    if saying.draft.wanted in _FIELDS and content.results:
        every = "" if len(content.items) <= 1 else f" in all {len(content.items)}"
        return f"No: the {_FIELDS[saying.draft.wanted]} is blank{every}"
    return "No, none meets the conditions"


def _who(saying: Saying, content: Content) -> str:
    return "responsible: " + ", ".join(_name(saying, name) for name in content.names) if content.names else ""


def _laws(_: Saying, content: Content) -> str:
    return ", ".join(law_text(law) for law in content.laws)


def _phones(saying: Saying, content: Content) -> str:
    told = (result for result in content.results if result.phones)
    return "; ".join(f"{_name(saying, r.department or r.agency)} {', '.join(r.phones)} ({r.subject})" for r in told)


def _count(saying: Saying, content: Content) -> str:
    if content.count is None:
        return "; ".join(f"{_name(saying, count.label)}: {count.value}" for count in content.counts)
    about = f" ({_name(saying, saying.draft.topic)})" if saying.draft.topic else ""
    return f"{content.count}{about}"


def _gap(saying: Saying, content: Content) -> str:
    if not content.results:
        return "none is blank, every cell is filled in"
    if saying.draft.wanted == "numbering":
        return f"left out: {', '.join(content.items)}"
    said = ", ".join(law_text(law) for law in content.laws) or _plainly(saying, content)
    return said if content.items else f"yes: {said}"


def _plainly(saying: Saying, content: Content) -> str:
    """The values, else the things listed, else what the records say."""
    if content.values:
        return "; ".join(value.rstrip(STOPS) for value in content.values[:SHOWN])
    if content.items:
        about = f" in “{saying.draft.topic}”" if saying.draft.topic else ""
        return f"{len(content.items)}{about}: " + "; ".join(_name(saying, item.rstrip(STOPS)) for item in content.items)
    return "; ".join(result.statement.rstrip(STOPS) for result in content.results[:SHOWN])


def _name(saying: Saying, name: str) -> str:
    gloss = saying.catalogue.english.get(name)
    return f"{name} ({gloss})" if gloss else name


def _sources(saying: Saying, content: Content) -> str:
    shown = 1 if saying.draft.intent == "count" and len(content.results) > SHOWN else SHOWN
    return "".join(_source(saying, result) for result in content.results[:shown])


def _source(saying: Saying, result: Result) -> str:
    evidence = result.evidence[0]
    unit = ", ".join(_name(saying, name) for name in (result.department, result.agency) if name)
    heading = result.subject if result.subject and len(result.subject) <= _LONGEST_HEADING else ""
    about = f", {_name(saying, heading)}" if heading else ""
    about += f", role: {result.role}" if result.role not in (None, "responsible") else ""
    under = f", written in the row of {_name(saying, result.row_of)}" if result.row_of else ""
    corrected = "".join(f" Corrected ({made.author}, {made.date}): {made.reason}" for made in result.corrections)
    return f"\n· {unit}{about}: “{evidence.quote}” [{evidence.section}, {evidence.locator}{under}]{corrected}"


_SPEAK: Final[Mapping[Intent, Callable[[Saying, Content], str]]] = {
    "who": _who,
    "describe": _who,
    "legal": _laws,
    "phone": _phones,
    "count": _count,
    "gap": _gap,
}
