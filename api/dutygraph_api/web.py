"""What all pages share: templates, words, language, links between things and pages."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlencode

import jinja2
from fastapi import Request, Response

from dutygraph_api.negotiate import prefers_english

__all__ = ["BASE", "DEF", "language_of", "local", "render", "spoken", "to_iri", "words"]

HERE = Path(__file__).parent
BASE = "https://w3id.org/dutygraph/id/"
DEF = "https://w3id.org/dutygraph/def#"
VARY = "Accept, Accept-Language"

# What a path segment of a minted IRI holds as it is (RFC 3987, isegment); everything else stands there as %XX.
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/")
_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_CELL = re.compile(re.escape(BASE) + r"cell/([^/]+)/([^/#]+)(?:#.*)?\Z")
_REGISTER = re.compile(re.escape(BASE) + r"register/([^/#]+)\Z")


def language_of(request: Request) -> Literal["zh", "en"]:
    """The language of the address; else Chinese, unless the browser prefers English over it."""
    chosen = request.query_params.get("lang")
    if chosen in ("zh", "en"):
        return "en" if chosen == "en" else "zh"
    return "en" if prefers_english(request.headers.get("accept-language")) else "zh"


def to_iri(path: str) -> str:
    """The path of a URI as that of an IRI (RFC 3987, 3.2): %XX of printable characters beyond ASCII, and of those
    that need none, become the characters; the others, which minting encodes, stay in upper case."""

    def decoded(found: re.Match[str]) -> str:
        text = bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "surrogateescape")
        return "".join(
            one if (one in _PLAIN and one != "/") or (ord(one) > 127 and one.isprintable()) else _percent(one)
            for one in text
        )

    return _ENCODED.sub(decoded, path)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogateescape"))


def local(iri: str) -> str | None:
    """The address here of the page about an IRI, None when it is not ours. A cell's is in its register."""
    if found := _CELL.match(iri):
        return f"/registers/{quote(found[1])}#{quote(found[2], safe='~')}"
    if found := _REGISTER.match(iri):
        return f"/registers/{quote(found[1])}"
    if iri.startswith(BASE):
        return "/id/" + quote(iri.removeprefix(BASE), safe="/%:@!$&'()*+,;=~#")
    if iri.startswith(DEF):
        return "/def#" + quote(iri.removeprefix(DEF), safe="/%~")
    return None


def spoken(text: str, lang: str) -> str:
    """The part of a description in one language, where it says the same in Chinese and then in English."""
    found = re.fullmatch(r"(.*?[\u4e00-\u9fff].*?[。；])\s*([A-Za-z][^\u4e00-\u9fff]*)", text)
    return text if not found else found[2] if lang == "en" else found[1].rstrip("；")


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # Chinese takes half the bytes
    environment.filters["local"] = local
    environment.filters["spoken"] = spoken
    return environment


@functools.cache
def words() -> Mapping[str, Mapping[str, str]]:
    """The words of the pages by language and key."""
    return tomllib.loads((HERE / "texts.toml").read_text(encoding="utf-8"))


def render(
    request: Request, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any
) -> Response:
    """A page in the language of the request. Templates get ``lang``, ``t`` (key → words), ``here`` (path), ``link``
    (path → address that keeps a chosen language) and ``other_language``."""
    lang = language_of(request)
    chosen = "lang" in request.query_params
    texts = words()[lang]

    def link(path: str | None) -> str:
        if path is None or not chosen:
            return path or ""
        address, hash_sign, fragment = path.partition("#")
        return f"{address}{'&' if '?' in address else '?'}lang={lang}{hash_sign}{fragment}"

    other = [(key, value) for key, value in request.query_params.multi_items() if key != "lang" and value]
    other.append(("lang", "en" if lang == "zh" else "zh"))
    page = (
        _environment()
        .get_template(template)
        .render(
            lang=lang,
            t=lambda key: texts.get(key, key),
            link=link,
            here=request.url.path,
            other_language=f"{quote(request.url.path, safe='/%')}?{urlencode(other)}",
            **context,
        )
    )
    return Response(page, status, {"Vary": VARY, **(headers or {})}, media_type="text/html; charset=utf-8")
