"""POST /feedback: what a reader says is kept, bounded, and nothing about the reader."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from lxml import html

from dutygraph.pipeline import read_feedback
from dutygraph.pipeline.feedback import FILE_BYTES
from dutygraph_api.forms import Throttle

QUESTION = "开旅馆找谁审批？"


@pytest.fixture(scope="session")
def own_home(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the built home, to write into."""
    return shutil.copytree(home, tmp_path_factory.mktemp("said") / "home")


@pytest.fixture
def writing(own_home: Path, serve_with: Callable[..., AbstractContextManager[httpx.Client]]) -> Iterator[httpx.Client]:
    """A service that has a home of its own, where nobody has said anything yet."""
    (own_home / "feedback.jsonl").unlink(missing_ok=True)
    with serve_with(home=own_home) as client:
        yield client


def form(client: httpx.Client, question: str = QUESTION, **answers: str) -> dict[str, str]:
    """The fields of the form under the answer, as a browser would send them."""
    tree = html.document_fromstring(client.get("/", params={"q": question, "lang": "zh"}).text)
    (found,) = tree.xpath("//form[@action='/feedback']")
    return {**dict(found.form_values()), **answers}


def test_what_a_reader_says_is_kept_without_the_reader(writing: httpx.Client, own_home: Path) -> None:
    note = "不是公安局\r\n请打 0310-1234567 找我，或 someone@example.org，身份证 13042819900101123X"
    sent = form(writing, note=note)
    answer = writing.post("/feedback", data=sent, headers={"User-Agent": "somebody's browser"})
    assert answer.status_code == 303
    thanks = html.document_fromstring(writing.get(answer.headers["location"]).text)
    assert thanks.xpath("string(//*[@id='feedback']//*[@role='status'])")
    assert not thanks.xpath("//form[@action='/feedback']")
    (said,) = read_feedback(own_home)
    assert said.question == QUESTION
    assert said.note == "不是公安局\n请打 ▇ 找我，或 ▇，身份证 ▇"
    assert said.date == datetime.datetime.now().astimezone().date()
    assert said.answer == sent["answer"]
    assert said.graph_version == writing.get("/readyz").json()["graph_version"]
    kept = (own_home / "feedback.jsonl").read_text(encoding="utf-8")
    assert "browser" not in kept
    assert "127.0.0.1" not in kept


def test_the_id_tells_answers_apart(writing: httpx.Client) -> None:
    first, again, other = form(writing), form(writing), form(writing, "谁管犬吠扰民？")
    assert first["answer"] == again["answer"] != other["answer"]


def test_too_much_at_once_is_told_to_wait(writing: httpx.Client, own_home: Path) -> None:
    sent = form(writing)
    answers = [writing.post("/feedback", data=sent) for _ in range(6)]
    assert [one.status_code for one in answers] == [303] * 5 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert len(read_feedback(own_home)) == 5


def test_a_full_file_takes_no_more(writing: httpx.Client, own_home: Path) -> None:
    full = b"\n".join([b"{}"] * 10) + b" " * FILE_BYTES
    (own_home / "feedback.jsonl").write_bytes(full)
    assert writing.post("/feedback", data=form(writing)).status_code == 503
    assert (own_home / "feedback.jsonl").read_bytes() == full


@pytest.mark.parametrize(
    "wrong", [{"answer": "x"}, {"graph_version": "1"}, {"q": ""}, {"jurisdiction": "<b>"}, {"lang": "fr"}]
)
def test_what_no_form_of_ours_sends_is_refused(writing: httpx.Client, own_home: Path, wrong: dict[str, str]) -> None:
    assert writing.post("/feedback", data={**form(writing), **wrong}).status_code == 422
    assert read_feedback(own_home) == []


def test_only_forms_from_here(writing: httpx.Client, own_home: Path) -> None:
    sent = form(writing)
    assert writing.post("/feedback", data=sent, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert writing.post("/feedback", data=sent, headers={"Origin": "null"}).status_code == 403
    assert writing.post("/feedback", json=sent).status_code == 415
    assert read_feedback(own_home) == []
    assert writing.post("/feedback", data=sent, headers={"Origin": str(writing.base_url)}).status_code == 303


def test_what_is_long_is_cut(writing: httpx.Client, own_home: Path) -> None:
    writing.post("/feedback", data={**form(writing), "note": "长" * 5000, "q": "问" * 5000})
    (said,) = read_feedback(own_home)
    assert (len(said.note), len(said.question)) == (1000, 2000)


def test_words_of_the_reader_are_shown_as_text(writing: httpx.Client) -> None:
    typed = '"><script>alert(1)</script>'
    assert form(writing, typed)["q"] == typed


def test_the_throttle_forgets_in_time() -> None:
    now = 0.0
    throttle = Throttle(each=2, everyone=3, seconds=60, clock=lambda: now)
    assert [throttle.wait("a"), throttle.wait("a"), throttle.wait("a")] == [0, 0, 60]
    assert [throttle.wait("b"), throttle.wait("c")] == [0, 60]
    now = 59.5
    assert throttle.wait("a") == 1
    now = 60
    assert throttle.wait("a") == 0
