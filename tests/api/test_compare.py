"""/compare: the page says what the library's comparison says, a kind and a state at a time."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import httpx
import pytest
from lxml import html

from dutygraph.cli import main
from dutygraph.settings import Settings

BOTH = {"a": "130408", "b": "130524"}
BROWSER = {"Accept": "text/html"}


def shown(client: httpx.Client, **params: str) -> html.HtmlElement:
    answer = client.get("/compare", params={**BOTH, "lang": "zh", **params}, headers=BROWSER)
    assert answer.status_code == 200
    return html.document_fromstring(answer.content.decode())


def test_the_api_gives_what_the_command_prints(
    client: httpx.Client, settings: Settings, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    compared = client.get("/api/v1/compare", params=BOTH)
    assert main(["--home", str(settings.home), "compare", *BOTH.values(), "--format", "json"]) == 0
    assert compared.json() == json.loads(capsysbinary.readouterr().out)


@pytest.mark.parametrize("kind", ["matter", "regime", "department", "service", "duty", "item"])
def test_a_page_lists_one_kind_whole_over_its_pages(client: httpx.Client, kind: str) -> None:
    counts = client.get("/api/v1/compare", params=BOTH).json()["counts"][kind]
    for state, number in {**counts, "": sum(counts.values())}.items():
        listed, address = 0, "/compare?" + urlencode({**BOTH, "kind": kind, "state": state})
        while address:
            answer = client.get(address, headers=BROWSER)
            assert len(answer.content) < 150_000
            tree = html.document_fromstring(answer.content.decode())
            listed += len(tree.xpath("//ol[@class='compared']/li"))
            address = tree.xpath("string(//a[@rel='next']/@href)")
        assert listed == number


def test_pages_lead_back(client: httpx.Client) -> None:
    first = shown(client, kind="item")
    second = html.document_fromstring(client.get(first.xpath("string(//a[@rel='next']/@href)")).content.decode())
    back = client.get(second.xpath("string(//a[@rel='prev']/@href)"))
    assert first.xpath("//ol/li//text()") == html.document_fromstring(back.content.decode()).xpath("//ol/li//text()")


def test_both_sides_stand_with_their_cells_and_marks(client: httpx.Client) -> None:
    tree = shown(client, state="near")
    assert tree.xpath("//mark[@class='words']")
    addresses = {address.split("#")[0] for address in tree.xpath("//a[@class='cell']/@href")}
    assert addresses == {"/registers/130408-gongan?lang=zh", "/registers/130524-gongan?lang=zh"}
    for cell in tree.xpath("//a[@class='cell']/@href")[:4]:
        page, _, fragment = cell.partition("#")
        target = html.document_fromstring(client.get(page, headers=BROWSER).content.decode())
        assert target.xpath(f"//*[@id='{fragment}']")


def test_without_a_choice_the_first_two_are_compared(client: httpx.Client) -> None:
    tree = html.document_fromstring(client.get("/compare", headers=BROWSER).content.decode())
    chosen = tree.xpath("//select/option[@selected]/@value")
    assert chosen == ["130408-gongan", "130524-gongan"]


@pytest.mark.parametrize(("wrong", "status"), [({"a": "999999"}, 404), ({"kind": "x"}, 422), ({"state": "x"}, 422)])
def test_what_cannot_be_compared_is_said(client: httpx.Client, wrong: dict[str, str], status: int) -> None:
    assert client.get("/compare", params={**BOTH, **wrong}, headers=BROWSER).status_code == status
    if "a" in wrong:
        assert "130524-gongan" in client.get("/api/v1/compare", params={**BOTH, **wrong}).json()["detail"]
