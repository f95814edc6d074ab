"""Reviewing findings on the pages: who may, what is written, and that it holds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from lxml import html

from dutygraph.analysis import read_corrections
from dutygraph.cli import main
from dutygraph.errors import SettingsError
from dutygraph.settings import read_settings

TOKEN = "a long enough secret"
REASON = '他说：“重复”\\ """ \x7f\n第二行'
Serve = Callable[..., AbstractContextManager[httpx.Client]]


@pytest.fixture(scope="session")
def own_home(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the built home, to write into."""
    return shutil.copytree(home, tmp_path_factory.mktemp("reviewed") / "home")


@pytest.fixture
def guest(own_home: Path, serve_with: Serve) -> Iterator[httpx.Client]:
    """A client of a service where findings can be reviewed, but none was."""
    shutil.rmtree(own_home / "corrections", ignore_errors=True)
    with serve_with(home=own_home, review_token=TOKEN) as client:
        yield client


def sign_in(client: httpx.Client, name: str = "张三", token: str = TOKEN) -> httpx.Response:
    return client.post("/findings/sign-in", data={"name": name, "token": token})


@pytest.fixture
def reviewer(guest: httpx.Client) -> httpx.Client:
    """A client that has signed in."""
    assert sign_in(guest).status_code == 303
    return guest


def page(client: httpx.Client, address: str = "/findings?lang=zh") -> html.HtmlElement:
    return html.document_fromstring(client.get(address, headers={"Accept": "text/html"}).content.decode())


def candidates(client: httpx.Client) -> list[dict[str, str]]:
    found = client.get("/api/v1/findings", params={"status": "candidate"}).json()
    assert found
    return list(found)


def test_without_the_setting_there_is_nothing_to_sign_in_to(client: httpx.Client) -> None:
    assert client.get("/findings/sign-in").status_code == 404
    assert sign_in(client).status_code == 404
    assert not page(client).xpath("//a[contains(@href, 'sign-in')]")


def test_who_is_not_signed_in_decides_nothing(guest: httpx.Client, own_home: Path) -> None:
    one = candidates(guest)[0]
    assert page(guest).xpath("//a[contains(@href, 'sign-in')]")
    assert not page(guest).xpath("//form[@class='review']")
    for cookie in ("", "张三".encode("unicode_escape").decode(), "IuW8oCI.aR.x"):
        answer = guest.post(
            f"/findings/{one['id']}/review",
            data={"decision": "dismiss", "reason": "x"},
            headers={"Cookie": f"dutygraph_review={cookie}"},
        )
        assert answer.status_code == 403
    assert not (own_home / "corrections").exists()


def test_a_wrong_token_is_told_so_and_slowed_down(guest: httpx.Client) -> None:
    answers = [sign_in(guest, token="wrong") for _ in range(11)]
    assert [one.status_code for one in answers] == [403] * 10 + [429]
    assert not guest.cookies
    assert sign_in(guest).status_code == 429


@pytest.mark.parametrize("decision", ["confirm", "dismiss"])
def test_a_decision_is_written_and_holds(
    reviewer: httpx.Client, own_home: Path, decision: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    one = candidates(reviewer)[0]
    before = reviewer.get("/api/v1/findings")
    tree = page(reviewer, f"/findings?lang=zh&code={one['code']}")
    (form,) = tree.xpath(f"//li[@id='{one['id']}']//form")
    assert "张三" in tree.xpath("string(//form[@class='signed-in'])")
    sent = {**dict(form.form_values()), "decision": decision, "reason": REASON}
    answer = reviewer.post(form.get("action"), data=sent)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"#{one['id']}")
    assert f"code={one['code']}" in answer.headers["location"]

    (entry,) = read_corrections(own_home / "corrections")
    assert (entry.action, entry.codes, entry.reason, entry.author) == (decision, (one["code"],), REASON, "张三")
    after = reviewer.get("/api/v1/findings", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    now = next(other for other in after.json() if other["id"] == one["id"])
    assert now["status"] == {"confirm": "confirmed", "dismiss": "dismissed"}[decision]
    assert "张三" in now["review"]
    assert len(after.json()) == len(before.json())
    assert main(["--home", str(own_home), "findings", "--code", one["code"], "--format", "json"]) == 0
    printed = json.loads(capsysbinary.readouterr().out)
    assert next(other for other in printed if other["id"] == one["id"])["review"] == now["review"]


def test_the_last_decision_counts(reviewer: httpx.Client) -> None:
    one = candidates(reviewer)[0]
    for decision, status in (("dismiss", "dismissed"), ("confirm", "confirmed"), ("dismiss", "dismissed")):
        answer = reviewer.post(f"/findings/{one['id']}/review", data={"decision": decision, "reason": decision})
        assert answer.status_code == 303
        now = next(other for other in reviewer.get("/api/v1/findings").json() if other["id"] == one["id"])
        assert (now["status"], now["review"].split(": ")[-1]) == (status, decision)


def test_what_stands_in_two_places_is_told_apart_or_refused(reviewer: httpx.Client) -> None:
    """Every finding can be decided, or says that it cannot: none changes another cell's."""
    found = candidates(reviewer)
    for one in found[:: max(1, len(found) // 12)]:
        answer = reviewer.post(f"/findings/{one['id']}/review", data={"decision": "dismiss", "reason": "x"})
        assert answer.status_code in (303, 409)
        now = next(other for other in reviewer.get("/api/v1/findings").json() if other["id"] == one["id"])
        assert now["status"] == {303: "dismissed", 409: "candidate"}[answer.status_code]


def test_only_forms_from_here_and_only_decisions(reviewer: httpx.Client, own_home: Path) -> None:
    address = f"/findings/{candidates(reviewer)[0]['id']}/review"
    fine = {"decision": "dismiss", "reason": "x"}
    assert reviewer.post(address, data=fine, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    for wrong in ({"decision": "drop"}, {"reason": "  "}, {"reason": "x" * 501}):
        assert reviewer.post(address, data={**fine, **wrong}).status_code == 422
    assert reviewer.post("/findings/nothing/review", data=fine).status_code == 404
    assert not (own_home / "corrections").exists()
    elsewhere = reviewer.post(address, data={**fine, "back": "lang=en&next=https://elsewhere.example"})
    assert elsewhere.headers["location"].startswith("/findings?lang=en#")


def test_signing_out(reviewer: httpx.Client) -> None:
    cookie = next(iter(reviewer.cookies.jar))
    assert cookie.path == "/findings"
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert reviewer.post("/findings/sign-out").status_code == 303
    assert not page(reviewer).xpath("//form[@class='review']")


def test_another_token_ends_every_sign_in(reviewer: httpx.Client, own_home: Path, serve_with: Serve) -> None:
    (cookie,) = reviewer.cookies.jar
    with serve_with(home=own_home, review_token=TOKEN[::-1]) as other:
        assert other.get("/findings", headers={"Cookie": f"{cookie.name}={cookie.value}"}).text.count('review"') == 0


def test_a_home_that_cannot_be_written_is_said(reviewer: httpx.Client, own_home: Path) -> None:
    (own_home / "corrections").write_text("a file in the way", encoding="utf-8")
    try:
        one = candidates(reviewer)[0]
        answer = reviewer.post(f"/findings/{one['id']}/review", data={"decision": "dismiss", "reason": "x"})
        assert answer.status_code == 503
    finally:
        (own_home / "corrections").unlink()


def test_a_token_that_is_easily_guessed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="16"):
        read_settings(tmp_path, {"DUTYGRAPH_REVIEW_TOKEN": "short"})
    settings = read_settings(tmp_path, {"DUTYGRAPH_REVIEW_TOKEN": TOKEN})
    assert settings.review_token == TOKEN
    assert TOKEN not in repr(settings)
