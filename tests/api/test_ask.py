"""POST /api/v1/ask: the same answer as on the command line, and problems that say what is wrong."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from dutygraph.cli import main

QUESTIONS = ["开旅馆找谁审批？", "which law governs fireworks?", "今天天气怎么样？", "电话多少？"]


def without_time(answer: dict[str, Any]) -> bytes:
    return orjson.dumps({key: value for key, value in answer.items() if key != "elapsed_ms"})


@pytest.mark.parametrize("question", QUESTIONS)
def test_same_bytes_as_on_the_command_line(
    question: str, client: httpx.Client, home: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    answered = client.post("/api/v1/ask", json={"question": question})
    assert answered.status_code == 200
    assert main(["ask", question, "--format", "json", "--home", str(home)]) == 0
    printed = capfdbinary.readouterr().out
    assert without_time(answered.json()) == without_time(orjson.loads(printed))


def test_a_repeated_question_is_answered_with_its_own_id(client: httpx.Client) -> None:
    first, second = (
        client.post("/api/v1/ask", json={"question": "网吧多久检查一次？", "id": one}).json() for one in ("a", "b")
    )
    assert (first["id"], second["id"]) == ("a", "b")
    assert without_time({**first, "id": None}) == without_time({**second, "id": None})


def test_a_very_long_question_holds_nobody_up(client: httpx.Client) -> None:
    asked = {"json": {"question": "谁管狗叫" * 2_400}, "timeout": 60}
    slow = threading.Thread(target=httpx.post, args=(f"{client.base_url}/api/v1/ask",), kwargs=asked)
    slow.start()
    time.sleep(0.1)
    assert client.get("/healthz").status_code == 200
    assert slow.is_alive(), "others were served before the long question was answered"
    slow.join()


def test_county_and_language_are_kept(client: httpx.Client) -> None:
    asked = {"question": "旅馆", "jurisdiction": "130524", "lang": "en"}
    answer = client.post("/api/v1/ask", json=asked).json()
    assert answer["lang"] == "en"
    assert set(answer["jurisdictions"]) <= {"130524"}


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({}, "body.question"),
        ({"question": 5}, "body.question"),
        ({"question": "x", "lang": "fr"}, "body.lang"),
        ({"question": "x", "jurisdiction": "永年"}, "body.jurisdiction"),
        ({"question": "x" * 20_001}, "body.question"),
        ({"question": "x", "county": "130524"}, "body.county"),
    ],
)
def test_a_request_that_does_not_fit_is_named(client: httpx.Client, body: dict[str, Any], place: str) -> None:
    refused = client.post("/api/v1/ask", json=body)
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    problem = refused.json()
    assert problem["status"] == 422
    assert place in problem["detail"]


def test_not_json(client: httpx.Client) -> None:
    refused = client.post("/api/v1/ask", content=b"{", headers={"Content-Type": "application/json"})
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"


def test_a_body_too_large_is_refused_before_it_is_read(client: httpx.Client) -> None:
    refused = client.post("/api/v1/ask", content=b"x" * 1_000_001)
    assert refused.status_code == 413
    assert refused.json()["status"] == 413


def test_a_body_too_large_is_refused_without_its_length(client: httpx.Client) -> None:
    def pieces() -> Any:
        for _ in range(20):
            yield b"x" * 100_000

    refused = client.post("/api/v1/ask", content=pieces(), headers={"Content-Type": "application/json"})
    assert refused.status_code == 413
    assert refused.headers["content-type"] == "application/problem+json"


def test_wrong_method_and_unknown_path_are_problems(client: httpx.Client) -> None:
    wrong = client.get("/api/v1/ask")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "POST")
    assert wrong.json()["title"] == "Method Not Allowed"
    unknown = client.get("/api/v1/nothing")
    assert unknown.status_code == 404
    assert unknown.json()["type"] == "about:blank"


def test_any_origin_may_ask(client: httpx.Client) -> None:
    headers = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    preflight = client.options("/api/v1/ask", headers={**headers, "Access-Control-Request-Headers": "content-type"})
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"


def test_suggestions_know_other_ways_to_say_it(client: httpx.Client) -> None:
    found = client.get("/api/v1/suggestions", params={"q": "狗叫"}).json()["suggestions"]
    assert {"name": "犬吠扰民", "said": "狗叫", "kind": "concept"} in found
    assert len({one["name"] for one in found}) == len(found) <= 8
    english = client.get("/api/v1/suggestions", params={"q": "BARKing d"}).json()["suggestions"]
    assert english
    assert all("barking d" in one["said"].lower() for one in english)


def test_suggestions_keep_to_the_county_and_the_limit(client: httpx.Client) -> None:
    def names(**params: str) -> set[str]:
        found = client.get("/api/v1/suggestions", params={"q": "宣传", "limit": 50, **params}).json()["suggestions"]
        return {one["name"] for one in found}

    one, other = names(jurisdiction="130408"), names(jurisdiction="130524")
    assert one - other
    assert other - one
    assert one | other <= names()
    assert len(names(limit="3")) == 3


def test_suggestions_of_nothing_are_none(client: httpx.Client) -> None:
    for typed in ("", " ", "zzqqxx"):
        assert client.get("/api/v1/suggestions", params={"q": typed}).json() == {"suggestions": []}
    assert client.get("/api/v1/suggestions", params={"q": "x" * 201}).status_code == 422
