"""Requests and results between a store and its worker process: frames of JSON with their length in front."""

from __future__ import annotations

from typing import IO, Any

import orjson

from dutygraph.store.protocol import Blank, Iri, Literal, Result, Rows, Term, Triples

__all__ = ["decode_result", "encode_result", "frame", "read_frame", "write_frame"]

_LENGTH = 8


def frame(message: dict[str, Any]) -> bytes:
    """One message as it goes over the pipe."""
    body = orjson.dumps(message)
    return len(body).to_bytes(_LENGTH, "big") + body


def write_frame(stream: IO[bytes], message: dict[str, Any]) -> None:
    """Write one message. Raises OSError when the other side is gone."""
    stream.write(frame(message))
    stream.flush()


def read_frame(stream: IO[bytes]) -> dict[str, Any] | None:
    """Read one message; None when the other side ended before it was complete."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = int.from_bytes(head, "big")
    body = stream.read(size)
    if len(body) < size:
        return None
    message: dict[str, Any] = orjson.loads(body)
    return message


def encode_result(result: Result) -> dict[str, Any]:
    """A result as plain lists; ``decode_result`` reverses it."""
    if isinstance(result, bool):
        return {"boolean": result}
    if isinstance(result, Rows):
        rows = [[None if term is None else _pack(term) for term in row] for row in result.rows]
        return {"variables": result.variables, "rows": rows, "truncated": result.truncated}
    return {"triples": [[_pack(term) for term in triple] for triple in result.triples], "truncated": result.truncated}


def decode_result(message: dict[str, Any]) -> Result:
    """The result that ``encode_result`` packed."""
    if "boolean" in message:
        return bool(message["boolean"])
    if "rows" in message:
        rows = tuple(tuple(None if term is None else _unpack(term) for term in row) for row in message["rows"])
        return Rows(tuple(message["variables"]), rows, message["truncated"])
    triples = tuple((_node(s), Iri(p[1]), _unpack(o)) for s, p, o in message["triples"])
    return Triples(triples, message["truncated"])


def _pack(term: Term) -> tuple[str | None, ...]:
    if isinstance(term, Literal):
        return ("l", term.value, term.datatype, term.language)
    return ("i" if isinstance(term, Iri) else "b", term.value)


def _unpack(packed: list[str]) -> Term:
    return Literal(packed[1], packed[2], packed[3]) if packed[0] == "l" else _node(packed)


def _node(packed: list[str]) -> Iri | Blank:
    return Iri(packed[1]) if packed[0] == "i" else Blank(packed[1])
