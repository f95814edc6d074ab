"""The service under load, side by side with other SPARQL servers in one run: ``python tests/bench/service.py``.

Rates are those of this machine and of a client that shares it; what can be compared are the ratios. Servers are asked
in turns, several rounds each, and the median of the rounds counts.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from dutygraph.pipeline import build, current_build, export_graph
from dutygraph.resources import data_dir
from dutygraph.store import open_store, select
from store.endpoint import serve_folder

CLIENTS = 16
ROUNDS = 3
QUERIES = 200
WARMING = 100
QUESTIONS = Path(__file__).parents[1] / "questions" / "development.jsonl"
RDFLIB = """
import sys, uvicorn
from rdflib import Graph
from rdflib_endpoint import SparqlEndpoint
uvicorn.run(SparqlEndpoint(graph=Graph().parse(sys.argv[1])), port=int(sys.argv[2]), log_level="error")
"""

Request = tuple[str, str, bytes | None]  # method, path and query, JSON body


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "home") as (home, ours):
        compare_queries(home, ours)
        measure_answers(ours)


@contextmanager
def serving(home: Path) -> Iterator[tuple[Path, str]]:
    """A service of its own process on a new build, and its address."""
    started = time.perf_counter()
    build([data_dir()], home)
    print(f"built in {time.perf_counter() - started:.1f} s")
    command = [Path(sys.executable).with_name("dutygraph"), "serve", "--port", "0"]
    environment = {**os.environ, "DUTYGRAPH_HOME": str(home)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield home, server.stdout.readline().strip().rstrip("/")
        finally:
            server.terminate()


def compare_queries(home: Path, ours: str) -> None:
    """Everything said of one subject, for many subjects, asked of three servers on the same graph."""
    live = current_build(home)
    assert live is not None
    store = open_store(live.store)
    subjects = select(store, "SELECT DISTINCT ?s { ?s a ?type FILTER(isIRI(?s)) } ORDER BY ?s")
    store.close()
    every = [str(row["s"]) for row in subjects.dicts()]
    queries = [f"SELECT ?p ?o {{ <{iri}> ?p ?o }}" for iri in every[:: max(1, len(every) // QUERIES)]]
    with serve_folder(live.store) as oxigraph, serve_with_rdflib(home) as rdflib:
        servers = {"dutygraph": f"{ours}/sparql", "oxigraph": oxigraph, "rdflib-endpoint": rdflib}
        asked = {name: queries_of(url, queries) for name, url in servers.items()}
        rates: dict[str, list[float]] = {name: [] for name in asked}
        for _ in range(ROUNDS):
            for name, (address, requests) in asked.items():
                rates[name].append(rate(address, requests))
    print(f"point queries, {CLIENTS} clients, a second; median of {ROUNDS} rounds")
    base = statistics.median(rates["dutygraph"])
    for name, several in rates.items():
        median = statistics.median(several)
        print(f"  {name:<16}{median:>10.0f}   dutygraph answers {base / median:.2f} times as many")


def queries_of(url: str, queries: Sequence[str]) -> tuple[str, list[Request]]:
    """The address of a server, and the requests that send it these queries."""
    parts = urlsplit(url)
    return parts.netloc, [("GET", f"{parts.path}?query={quote(query)}", None) for query in queries]


@contextmanager
def serve_with_rdflib(home: Path) -> Iterator[str]:
    """rdflib-endpoint on the same graph: the URL of its endpoint."""
    graph = home / "graph.ttl"
    graph.write_bytes(export_graph(home, "ttl"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen([sys.executable, "-c", RDFLIB, graph, str(port)]) as server:
        try:
            for _ in range(600):
                with suppress(OSError):
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def measure_answers(ours: str) -> None:
    """Questions to the API: each for the first time, and again."""
    address = urlsplit(ours).netloc
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]

    def asking(wanted: Sequence[str], **more: str) -> list[Request]:
        return [("POST", "/api/v1/ask", json.dumps({"question": each, **more}).encode()) for each in wanted]

    warming = asking(questions, lang="en")
    deadline = time.monotonic() + 60
    while warming and time.monotonic() < deadline:  # until the helping processes are there and have read what they need
        rate(address, warming[:WARMING])
        warming = warming[WARMING:]
    print(f"questions, {CLIENTS} clients, a second")
    print(f"  each for the first time {rate(address, asking(questions)):>8.0f}")
    print(f"  each again              {rate(address, asking(questions)):>8.0f}")


def rate(address: str, requests: Sequence[Request]) -> float:
    """Requests a second by ``CLIENTS`` clients, each with a connection that it keeps."""
    waiting = iter(requests)

    def work() -> None:
        connection = http.client.HTTPConnection(address, timeout=60)
        for method, path, body in iter(lambda: next(waiting, None), None):
            headers = {"Accept": "application/sparql-results+json, application/json"}
            if body:
                headers["Content-Type"] = "application/json"
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
            if response.status != 200:
                raise RuntimeError(f"{address}{path}: {response.status} {content[:200]!r}")
        connection.close()

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for done in [pool.submit(work) for _ in range(CLIENTS)]:
            done.result()
    return len(requests) / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
