"""Put values into a named query: as serialised, type-checked terms at the places of its tokens, never as text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dutygraph.errors import BadParameter, UnboundParameter
from dutygraph.store.protocol import Iri
from dutygraph.store.templates import Parameter, Slot, Template

__all__ = ["ParameterValue", "bind", "serialise_iri", "serialise_string"]

ParameterValue = str | int | Iri
"""What a parameter takes; integers may come as digits, since command lines and URLs carry only text."""

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f-\x9f\ud800-\udfff]*\Z")
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*\Z")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}\Z")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# A backslash before a u is followed by the escape of the u itself: engines that expand \uXXXX before they parse (SPARQL
# 1.1, 19.2, to the letter) would else read a value's own "\u0022" as the end of the string. The long form, because
# rdflib takes up to eight digits after \u too.
_ESCAPE = re.compile(r'\\[uU]|[\\"\n\r\t\x08\x0c]')
_ESCAPED = {
    "\\u": "\\\\\\U00000075",
    "\\U": "\\\\\\U00000055",
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}


def bind(
    template: Template,
    params: Mapping[str, ParameterValue | Sequence[ParameterValue] | None] | None = None,
    /,
    **named: ParameterValue | Sequence[ParameterValue] | None,
) -> str:
    """The query with its parameters in place: ``bind(template, {"jurisdiction": "130524"})``, or by keyword.

    None counts as not given. A list is taken by parameters of a VALUES block; an empty one matches nothing. Raises
    UnboundParameter when a required parameter is missing, BadParameter when one is unknown or its value does not fit.
    """
    given = {name: value for name, value in {**(params or {}), **named}.items() if value is not None}
    known = {parameter.name: parameter for parameter in template.parameters}
    for name in given:
        if name not in known:
            takes = ", ".join(known) or "none"
            raise BadParameter(f"the query {template.name} has no parameter {name!r}; it takes: {takes}", name=name)
    terms: dict[str, str] = {}
    for name, parameter in known.items():
        if name in given:
            terms[name] = _serialise(template, parameter, given[name])
        elif not parameter.optional:
            raise UnboundParameter(
                f"the query {template.name} needs {name} ({parameter.description}), such as {parameter.example}",
                name=name,
            )
    return "".join(
        piece if isinstance(piece, str) else terms.get(piece.parameter, _unbound(piece)) for piece in template.pieces
    )


def _unbound(slot: Slot) -> str:
    return "UNDEF" if slot.values else f"?{slot.parameter}"


def _serialise(template: Template, parameter: Parameter, value: ParameterValue | Sequence[ParameterValue]) -> str:
    if isinstance(value, str | int | Iri):
        return _term(template, parameter, value)
    if not parameter.many:
        raise _bad(template, parameter, "takes one value, not a list")
    return " ".join(_term(template, parameter, one) for one in value)


def _term(template: Template, parameter: Parameter, value: ParameterValue) -> str:
    text = value.value if isinstance(value, Iri) else value
    match parameter.type:
        case "integer" if not isinstance(text, bool) and _INTEGER.match(str(text)):
            return str(int(text))
        case "iri" if isinstance(text, str) and _IRI.match(text):
            return serialise_iri(text)
        case "code" if isinstance(value, str) and _CODE.match(value):
            return f'"{value}"'
        case "string" if isinstance(value, str) and not _SURROGATE.search(value):
            return serialise_string(value, parameter.lang)
    raise _bad(template, parameter, f"needs {_NEEDS[parameter.type]}, not {value!r}")


_NEEDS = {
    "integer": "a whole number",
    "iri": "an absolute IRI",
    "code": "a code of letters, digits, '.', '_' and '-'",
    "string": "a text",
}


def _bad(template: Template, parameter: Parameter, why: str) -> BadParameter:
    return BadParameter(f"{parameter.name} of the query {template.name} {why}", name=parameter.name)


def serialise_iri(iri: str) -> str:
    """``<iri>``. Raises BadParameter when it is no absolute IRI, or has a character that SPARQL forbids in one."""
    if not _IRI.match(iri):
        raise BadParameter(f"not an absolute IRI: {iri!r}")
    return f"<{iri}>"


def serialise_string(text: str, lang: str | None = None) -> str:
    """A SPARQL string literal that reads back as ``text``, in the language ``lang`` when given."""
    quoted = '"' + _ESCAPE.sub(lambda found: _ESCAPED[found[0]], text) + '"'
    return f"{quoted}@{lang}" if lang else quoted
