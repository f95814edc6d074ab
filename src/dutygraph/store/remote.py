"""A SPARQL 1.1 endpoint somewhere else, spoken to by the SPARQL 1.1 Protocol."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from dutygraph.errors import QueryTimeout, SettingsError, StoreError, StoreUnavailable
from dutygraph.store.engine import syntax_error
from dutygraph.store.protocol import Result, Rows, Triples
from dutygraph.store.results import GRAPH_FORMATS, RESULT_FORMATS, read_json, read_triples

__all__ = ["RemoteStore"]

_ACCEPT = (
    f"{RESULT_FORMATS['json']}, {GRAPH_FORMATS['nt']}, {GRAPH_FORMATS['ttl']};q=0.9, {GRAPH_FORMATS['rdfxml']};q=0.5"
)
_PATIENCE = 60.0
_CHUNK = 1 << 16


class RemoteStore:
    """Ask the endpoint at ``url`` (http or https). Safe to use from many threads.

    An answer of more than ``max_bytes`` is refused while it arrives. Without a time limit a query gets ``60`` s.
    Raises SettingsError when the URL is no http URL, or carries a password (it would end up in logs).
    """

    def __init__(self, url: str, *, max_bytes: int = 64 << 20) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingsError("the address of a SPARQL endpoint starts with http:// or https://")
        if parts.username is not None or parts.password is not None:
            raise SettingsError(f"give no user or password in the address of the endpoint at {parts.hostname}")
        try:
            self._port = parts.port
        except ValueError as exc:
            raise SettingsError(f"the port in the address of the endpoint at {parts.hostname} is no number") from exc
        self._url = url
        self._secure = parts.scheme == "https"
        self._host = parts.hostname
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._max_bytes = max_bytes
        self._closed = False

    def query(
        self,
        sparql: str,
        *,
        rows: int | None = None,
        seconds: float | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Result:
        """See ``Store.query``. At the time limit the connection is cut; whether the engine then stops is up to it."""
        if self._closed:
            raise StoreUnavailable("the store is closed", path=self._url)
        from http.client import HTTPException

        deadline = time.monotonic() + (seconds or _PATIENCE)
        form = [("query", sparql)]
        form += [("default-graph-uri", iri) for iri in default_graphs]
        form += [("named-graph-uri", iri) for iri in named_graphs]
        if seconds is not None:
            form.append(("timeout", str(int(seconds * 1000))))  # milliseconds: Virtuoso and Jena end the query by it
        try:
            status, media_type, body = self._post(urlencode(form).encode(), deadline)
        except TimeoutError as exc:
            limit = seconds or _PATIENCE
            raise QueryTimeout(f"stopped after {limit:g} s; narrow the query or add LIMIT", query=sparql) from exc
        except (OSError, HTTPException) as exc:
            raise StoreUnavailable(f"the endpoint does not answer: {exc}", path=self._url, query=sparql) from exc
        if status != HTTPStatus.OK:
            raise self._failure(status, body, sparql)
        result = read_json(body) if media_type == RESULT_FORMATS["json"] else read_triples(body, media_type)
        return _cut(result, rows)

    def _post(self, form: bytes, deadline: float) -> tuple[int, str, bytes]:
        from http.client import HTTPConnection, HTTPSConnection

        kind = HTTPSConnection if self._secure else HTTPConnection
        connection = kind(self._host, self._port, timeout=_left(deadline))
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": _ACCEPT}
            connection.request("POST", self._path, form, headers)
            sock = connection.sock
            response = connection.getresponse()
            chunks: list[bytes] = []
            size = 0
            while chunk := response.read1(_CHUNK):
                size += len(chunk)
                if size > self._max_bytes:
                    raise StoreError(f"the answer is larger than {self._max_bytes} bytes; add LIMIT", path=self._url)
                chunks.append(chunk)
                sock.settimeout(_left(deadline))  # the limit holds for the whole answer, not for each piece
            media_type = response.headers.get_content_type()
            return response.status, media_type, b"".join(chunks)
        finally:
            connection.close()

    def _failure(self, status: int, body: bytes, sparql: str) -> StoreError:
        words = " ".join(body[:2000].decode(errors="replace").split())[:300]
        if status == HTTPStatus.BAD_REQUEST:
            return syntax_error(words, sparql)
        if status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.GATEWAY_TIMEOUT):
            return QueryTimeout(f"the endpoint stopped the query: {words}", path=self._url, query=sparql)
        return StoreUnavailable(f"the endpoint answered {status}: {words}", path=self._url, query=sparql)

    def graphs(self) -> frozenset[str]:
        """See ``Store.graphs``."""
        found = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        return frozenset(str(iri) for iri in found.column("g")) if isinstance(found, Rows) else frozenset()

    def close(self) -> None:
        """See ``Store.close``."""
        self._closed = True


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _cut(result: Result, rows: int | None) -> Result:
    if rows is None or isinstance(result, bool) or len(result) <= rows:
        return result
    if isinstance(result, Rows):
        return replace(result, rows=result.rows[:rows], truncated=True)
    return Triples(result.triples[:rows], truncated=True)
