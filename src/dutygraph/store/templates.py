"""Named queries: ``.rq`` files whose header says what they answer and what they need.

A header line starts with ``#+`` (the convention of grlc), so the file is plain SPARQL to every other tool::

    #+ title_zh: 某部门的工作事项
    #+ title_en: What one department does
    #+ description: The work items of one department, with their cells.
    #+ tags: department, list
    #+ example_question: 治安管理大队负责哪些工作？
    #+ parameters:
    #+   - name: department
    #+     type: string
    #+     lang: zh
    #+     example: 办公室
    #+     description: name of the department as the register writes it
    #+   - name: jurisdiction
    #+     type: code
    #+     example: 130524
    #+     optional: true
    #+     description: only this county

A parameter stands in the body as a variable, best written ``$name`` (to SPARQL ``?name`` is the same one), and binding
puts a term in its place, so the query is SPARQL before and after. An optional parameter left unbound stays a variable
that matches anything. Where a parameter may take several values, or is also selected, write
``VALUES $name { UNDEF }``: then only the UNDEF is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from dutygraph.errors import BadParameter, QuerySyntaxError, TemplateError, UnknownTemplate
from dutygraph.store.lexer import Token, tokenise

__all__ = ["Parameter", "ParameterType", "Slot", "Template", "find_template", "load_template", "load_templates"]

ParameterType = Literal["iri", "string", "code", "integer"]

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_FILE_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*\Z")
_REQUIRED_KEYS = ("title_zh", "title_en", "description", "tags")
_TEXT_KEYS = (*_REQUIRED_KEYS, "example_question")
_PARAMETER_KEYS = ("name", "type", "lang", "example", "optional", "description")


@dataclass(frozen=True, slots=True)
class Parameter:
    """``type``: ``iri``; ``string``, a literal in the language ``lang`` or in none; ``code``, a literal of letters,
    digits, ``.``, ``_`` and ``-``; ``integer``. ``many``: takes a list of values too."""

    name: str
    type: ParameterType
    example: str
    description: str
    optional: bool = False
    lang: str | None = None
    many: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a parameter's term goes; ``values``: between the braces of a VALUES block."""

    parameter: str
    values: bool


@dataclass(frozen=True, slots=True)
class Template:
    """A named query. ``group`` is its folder (ask, analysis, browse), ``pieces`` its text cut at the slots.
    ``example_question`` is None for queries that nobody asks (those of the build)."""

    name: str
    group: str
    path: Path
    title_zh: str
    title_en: str
    description: str
    tags: tuple[str, ...]
    example_question: str | None
    parameters: tuple[Parameter, ...]
    text: str
    pieces: tuple[str | Slot, ...]


def load_templates(folder: Path) -> dict[str, Template]:
    """Every ``.rq`` file under ``folder`` by its name without the suffix, in the order of groups and names.

    Raises TemplateError, with file and line, for the first file that is wrong: a header that lacks a key or has an
    unknown one, a parameter that is not used or not declared, a body that is not SPARQL unbound or bound to its
    examples, a name used twice.
    """
    templates: dict[str, Template] = {}
    for path in sorted(folder.rglob("*.rq")):
        template = load_template(path)
        if template.name in templates:
            raise TemplateError(f"a query of this name is also in {templates[template.name].path}", path=path)
        templates[template.name] = template
    return templates


def find_template(templates: Mapping[str, Template], name: str) -> Template:
    """The template of that name. Raises UnknownTemplate, which lists near names."""
    if name in templates:
        return templates[name]
    import difflib

    near = difflib.get_close_matches(name, templates, n=3)
    hint = f"did you mean {', '.join(near)}?" if near else "`dutygraph query --list` shows them"
    raise UnknownTemplate(f"there is no query named {name!r}; {hint}", name=name)


def load_template(path: Path) -> Template:
    """Read and check one ``.rq`` file. Raises TemplateError with file and line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise TemplateError(f"cannot be read: {exc}", path=path) from exc
    if not _FILE_NAME.match(path.stem):
        raise TemplateError("name the file in lower-case letters, digits, - and _", path=path)
    header = _Header(path, text)
    pieces = _cut(path, text, {parameter.name for parameter in header.parameters})
    many = {piece.parameter for piece in pieces if isinstance(piece, Slot) and piece.values}
    parameters = tuple(replace(parameter, many=parameter.name in many) for parameter in header.parameters)
    template = Template(
        name=path.stem,
        group=path.parent.name,
        path=path,
        title_zh=header.texts["title_zh"],
        title_en=header.texts["title_en"],
        description=header.texts["description"],
        tags=tuple(tag.strip() for tag in header.texts["tags"].split(",") if tag.strip()),
        example_question=header.texts.get("example_question"),
        parameters=parameters,
        text=text,
        pieces=pieces,
    )
    _check_body(template)
    return template


class _Header:
    """The ``#+`` lines of a file: pairs ``key: value``, a list under ``tags:``, pairs listed under ``parameters:``."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self.texts: dict[str, str] = {}
        self._drafts: list[tuple[int, dict[str, str]]] = []
        opened = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if line.startswith("#+"):
                opened = self._read(number, line[2:], opened)
        for key in _REQUIRED_KEYS:
            if not self.texts.get(key):
                raise self._error(1, f"the header lacks `#+ {key}:`")
        self.parameters = tuple(self._parameter(number, draft) for number, draft in self._drafts)
        names = [parameter.name for parameter in self.parameters]
        for (number, _), name in zip(self._drafts, names, strict=True):
            if names.count(name) > 1:
                raise self._error(number, f"the parameter {name} is declared twice")

    def _read(self, number: int, content: str, opened: str) -> str:
        """Take in one line; returns the key whose list is open after it, or nothing."""
        nested, starts = content.startswith("   "), content.lstrip().startswith("- ")
        if nested and starts and opened == "tags":
            self.texts["tags"] = ", ".join(filter(None, (self.texts["tags"], content.strip()[2:].strip())))
            return opened
        key, colon, value = (part.strip() for part in content.strip().removeprefix("- ").partition(":"))
        if not colon:
            raise self._error(number, "a header line reads `#+ key: value`")
        if nested and opened == "parameters":
            if starts:
                self._drafts.append((number, {}))
            elif not self._drafts:
                raise self._error(number, "start the parameter with `- name:`")
            self._put(self._drafts[-1][1], _PARAMETER_KEYS, key, value, number)
            return opened
        if nested or starts:
            raise self._error(number, "a list stands only under `tags:` or `parameters:`")
        if key == "parameters" and not value and not self._drafts:
            return key
        if key == "tags" and not value and "tags" not in self.texts:
            self.texts[key] = ""
            return key
        self._put(self.texts, _TEXT_KEYS, key, value, number)
        return ""

    def _error(self, number: int, message: str) -> TemplateError:
        return TemplateError(message, path=self._path, place=f"line {number}", line=number)

    def _put(self, into: dict[str, str], known: tuple[str, ...], key: str, value: str, number: int) -> None:
        if key not in known:
            raise self._error(number, f"unknown key {key!r}; known here: {', '.join(known)}")
        if key in into:
            raise self._error(number, f"{key} is given twice")
        if not value:
            raise self._error(number, f"{key} is empty")
        into[key] = value

    def _parameter(self, number: int, draft: dict[str, str]) -> Parameter:
        for key in ("name", "type", "example", "description"):
            if key not in draft:
                raise self._error(number, f"the parameter lacks `{key}:`")
        if not _NAME.match(draft["name"]):
            raise self._error(number, f"name the parameter {draft['name']!r} in lower-case letters, digits and _")
        kind = draft["type"]
        if kind not in get_args(ParameterType):
            raise self._error(number, f"unknown type {kind!r}; known: {', '.join(get_args(ParameterType))}")
        if draft.get("optional", "false") not in ("true", "false"):
            raise self._error(number, "optional is true or false")
        if "lang" in draft and (kind != "string" or not re.fullmatch(r"[a-z]{2,8}(-[A-Za-z0-9]{1,8})*", draft["lang"])):
            raise self._error(number, "lang is a language tag, and for strings only")
        return Parameter(
            name=draft["name"],
            type=kind,  # type: ignore[arg-type]  # checked above
            example=draft["example"],
            description=draft["description"],
            optional=draft.get("optional") == "true",
            lang=draft.get("lang"),
        )


def _cut(path: Path, text: str, declared: set[str]) -> tuple[str | Slot, ...]:
    """Cut the text at its parameters. Raises TemplateError for a parameter without use or declaration."""
    tokens = list(tokenise(text))
    listed = _values_blocks(tokens)
    by_values = {name for name in listed.values() if name in declared}
    pieces: list[str | Slot] = [""]

    def add(piece: str | Slot) -> None:
        if isinstance(piece, str) and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)

    for index, token in enumerate(tokens):
        name = token.text[1:]
        if token.kind == "variable" and token.text[0] == "$" and name not in declared:
            line = text.count("\n", 0, token.start) + 1
            raise TemplateError(f"{token.text} is not declared under `parameters:`", path=path, place=f"line {line}")
        if listed.get(index) in declared:
            add(Slot(listed[index], values=True))
        elif token.kind == "variable" and name in declared and name not in by_values:
            add(Slot(name, values=False))
        else:
            add(token.text)
    unused = declared - {piece.parameter for piece in pieces if isinstance(piece, Slot)}
    if unused:
        raise TemplateError(f"the parameter {min(unused)} is declared but not used", path=path, place="line 1")
    return tuple(pieces)


def _values_blocks(tokens: list[Token]) -> dict[int, str]:
    """Index of the UNDEF token → variable, for each ``VALUES ?name { UNDEF }``."""
    solid = [(index, token) for index, token in enumerate(tokens) if token.kind not in ("space", "comment")]
    found: dict[int, str] = {}
    for (_, word), (_, name), (_, opening), (at, undef), (_, closing) in zip(
        solid, solid[1:], solid[2:], solid[3:], solid[4:], strict=False
    ):
        shape = (word.text.upper(), name.kind, opening.text, undef.text.upper(), closing.text)
        if shape == ("VALUES", "variable", "{", "UNDEF", "}"):
            found[at] = name.text[1:]
    return found


def _check_body(template: Template) -> None:
    from dutygraph.store.binder import bind
    from dutygraph.store.engine import check_syntax

    hint = ""
    try:
        check_syntax(template.text)
        hint = " (bound to its examples: a parameter that is also selected or assigned needs VALUES $name { UNDEF })"
        check_syntax(bind(template, {parameter.name: parameter.example for parameter in template.parameters}))
    except QuerySyntaxError as exc:
        place = f"line {exc.context.get('line', 1)}"
        raise TemplateError(f"{exc.context['words']}{hint}", path=template.path, place=place) from exc
    except BadParameter as exc:
        raise TemplateError(f"an example does not fit: {exc}", path=template.path, place="line 1") from exc
