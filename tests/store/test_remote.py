"""The remote store against servers that misbehave; a server of this test's own gives each bad answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from dutygraph.errors import QuerySyntaxError, QueryTimeout, SettingsError, StoreError, StoreUnavailable
from dutygraph.store import Iri, RemoteStore, Rows, Triples

ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"http://e/a"}}]}}'
Answer = Callable[[BaseHTTPRequestHandler, dict[str, list[str]]], None]


class Server(ThreadingHTTPServer):
    """Answers every POST with ``answer``."""

    answer: Answer

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sparql?key=1"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.answer(self, parse_qs(form))

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Keep quiet."""


def reply(status: int, kind: str, *chunks: bytes, pause: float = 0.0) -> Answer:
    def answer(handler: BaseHTTPRequestHandler, form: dict[str, list[str]]) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.end_headers()
        try:
            for chunk in chunks:
                handler.wfile.write(chunk)
                handler.wfile.flush()
                time.sleep(pause)
        except OSError:  # the client has hung up, as it should
            pass

    return answer


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_the_protocol_is_kept(server: Server) -> None:
    seen: list[tuple[str, str | None, dict[str, list[str]]]] = []

    def answer(handler: BaseHTTPRequestHandler, form: dict[str, list[str]]) -> None:
        seen.append((handler.path, handler.headers["Accept"], form))
        reply(200, "application/sparql-results+json; charset=utf-8", ROWS)(handler, form)

    server.answer = answer
    store = RemoteStore(server.url)
    result = store.query(
        "SELECT ?s { ?s ?p '犬' }", seconds=2, default_graphs=["http://e/g"], named_graphs=["http://e/h"]
    )
    assert result == Rows(("s",), ((Iri("http://e/a"),),))
    path, accept, form = seen[0]
    assert path == "/sparql?key=1"
    assert accept is not None
    assert accept.startswith("application/sparql-results+json")
    assert form == {
        "query": ["SELECT ?s { ?s ?p '犬' }"],
        "default-graph-uri": ["http://e/g"],
        "named-graph-uri": ["http://e/h"],
        "timeout": ["2000"],
    }


def test_turtle_is_read_too(server: Server) -> None:
    server.answer = reply(200, "text/turtle", b"@prefix e: <http://e/> . e:a e:b e:c .")
    result = RemoteStore(server.url).query("DESCRIBE <http://e/a>")
    assert result == Triples(((Iri("http://e/a"), Iri("http://e/b"), Iri("http://e/c")),))


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (reply(400, "text/plain", b"error at 3:4: expected\n one of FILTER"), QuerySyntaxError, "line 3, column 4"),
        (reply(400, "text/plain", b"Parse error"), QuerySyntaxError, "not SPARQL: Parse error"),
        (reply(404, "text/html", b"<h1>not here</h1>"), StoreUnavailable, "answered 404: <h1>not here</h1>"),
        (reply(503, "text/plain", b"down"), StoreUnavailable, "answered 503"),
        (reply(302, "text/plain", b"moved"), StoreUnavailable, "answered 302"),
        (reply(504, "text/plain", b"too slow"), QueryTimeout, "too slow"),
        (reply(200, "application/sparql-results+json", ROWS[:-9]), StoreUnavailable, "no complete SPARQL results"),
        (reply(200, "text/html", b"<h1>log in</h1>"), StoreUnavailable, "unknown media type"),
        (reply(200, "text/plain", b"x" * 3000), StoreError, "larger than 2000 bytes"),
    ],
)
def test_bad_answers_become_our_errors(server: Server, answer: Answer, error: type[StoreError], words: str) -> None:
    server.answer = answer
    with pytest.raises(error, match=words):
        RemoteStore(server.url, max_bytes=2000).query("ASK {}")


def test_the_limit_holds_for_an_answer_that_trickles(server: Server) -> None:
    server.answer = reply(200, "application/sparql-results+json", *[b" "] * 40, pause=0.1)
    start = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"after 0\.5 s"):
        RemoteStore(server.url).query("ASK {}", seconds=0.5)
    assert time.monotonic() - start < 2


def test_nobody_is_there(server: Server) -> None:
    url = server.url
    server.server_close()
    with pytest.raises(StoreUnavailable, match="does not answer"):
        RemoteStore(url).query("ASK {}")


@pytest.mark.parametrize(
    "url", ["ftp://e/sparql", "e/sparql", "http:///sparql", "http://e:port/sparql", "http://me:secret@e/sparql"]
)
def test_an_unfit_address_is_refused_without_repeating_secrets(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        RemoteStore(url)
    assert "secret" not in str(caught.value)
