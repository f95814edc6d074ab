"""The pages: right without script, in both languages, with links that lead somewhere."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

import httpx
import pytest
from lxml import html

QUESTION = "/?q=%E5%BC%80%E6%97%85%E9%A6%86%E6%89%BE%E8%B0%81%E5%AE%A1%E6%89%B9%EF%BC%9F"
PAGES = [
    "/",
    QUESTION,
    "/?q=%E4%BB%8A%E5%A4%A9%E5%A4%A9%E6%B0%94%E6%80%8E%E4%B9%88%E6%A0%B7",
    "/registers",
    "/registers/130524-gongan",
    "/registers/130408-gongan",
    "/matrix",
    "/matrix?jurisdiction=130524",
    "/departments",
    "/departments?jurisdiction=130524",
    "/compare?a=130408&b=130524",
    "/compare?a=130408&b=130524&kind=regime",
    "/findings",
    "/findings?severity=violation&jurisdiction=130524",
    "/queries",
    "/queries/matter-list",
    "/queries/matter-shares",
    "/sparql",
    "/def",
    "/id/agency/130524/公安局",
    "/id/department/130524/公安局/治安管理大队",
    "/id/matter/130524-gongan/烟花爆竹的监管",
    "/id/law/治安管理处罚法",
    "/id/place/130524",
]
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
MAX_BYTES = 150_000


def page(client: httpx.Client, path: str, lang: str | None = None) -> html.HtmlElement:
    params = {"lang": lang} if lang else {}
    answer = client.get(client.base_url.join(path).copy_merge_params(params), headers=BROWSER)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return html.document_fromstring(answer.content.decode())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_each_page_stands_by_itself(client: httpx.Client, path: str, lang: str) -> None:
    answer = client.get(client.base_url.join(path).copy_merge_params({"lang": lang}), headers=BROWSER)
    assert answer.status_code == 200
    tree = html.document_fromstring(answer.content.decode())
    assert tree.get("lang") == {"zh": "zh-Hans", "en": "en"}[lang]
    data = "@type='application/ld+json'"
    assert not tree.xpath(
        f"//script[not({data}) and not(@src)] | //style | //*[@style] | //*[starts-with(name(@*), 'on')]"
    )
    assert all(
        address.startswith("/") for address in tree.xpath("//script/@src | //img/@src | //link/@href | //form/@action")
    )
    assert len(tree.xpath("//h1")) == 1
    assert len(tree.xpath("//main")) == 1
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for field in tree.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert field.get("aria-label") or tree.xpath(f"//label[@for='{field.get('id')}']")
    headings = tree.xpath("//h1/text() | //h2/text() | //th/text() | //p[@class='kind']/text()")
    assert not [text for text in headings if text.startswith(("col_", "kind_", "nav_"))]
    assert len(answer.content) < MAX_BYTES
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy


def test_links_lead_somewhere(client: httpx.Client) -> None:
    """Every link of every page above, followed once, with its fragment."""
    targets: dict[str, set[str]] = {}
    for path in PAGES:
        for address in page(client, path).xpath("//a/@href"):
            parts = urlsplit(urljoin(str(client.base_url.join(path)), address))
            if parts.scheme == "http":
                assert parts.netloc == client.base_url.netloc.decode()
                target = parts._replace(fragment="").geturl()
                targets.setdefault(target, set()).add(unquote(parts.fragment))
    assert len(targets) > 100
    for target, fragments in targets.items():
        answer = client.get(target, headers=BROWSER, follow_redirects=True)
        assert answer.status_code == 200, target
        if fragments - {""}:
            ids = {unquote(one) for one in html.document_fromstring(answer.content.decode()).xpath("//@id")}
            assert fragments - {""} <= ids, target


def test_the_answer_page_quotes_and_links_its_cell(client: httpx.Client) -> None:
    tree = page(client, QUESTION, "zh")
    assert tree.xpath("//p[@class='first']/text()")
    quotes = tree.xpath("//ol[@class='sources']//blockquote")
    cells = tree.xpath("//ol[@class='sources']//a[@class='cell']/@href")
    assert len(quotes) == len(cells) > 0
    address, _, fragment = cells[0].partition("#")
    cell = page(client, address).xpath(f"//*[@id='{fragment}']")[0]
    assert quotes[0].text_content().strip() in cell.text_content()


def test_a_corrected_row_is_shown_with_where_it_stands_and_who_decided(client: httpx.Client) -> None:
    asked = {"q": "城市区域的声环境质量监测由谁组织", "jurisdiction": "130524", "lang": "zh"}
    row = html.fromstring(client.get("/", params=asked).text).xpath("//table//tr[td]")[0].text_content()
    assert "环境保护局" in row
    assert "原文写在这个部门一栏： 城乡规划和城市管理行政执法局" in row
    assert "更正 · dutygraph · " in row


def test_parts_of_a_question_are_numbered_before_what_they_say(client: httpx.Client) -> None:
    asked = {"q": "收养登记归谁管，依据哪部条例", "jurisdiction": "130524", "lang": "zh"}
    tree = html.fromstring(client.get("/", params=asked).text)
    first, *others = [line.text_content() for line in tree.xpath("//p[@class='first' or @class='further']")]
    assert first.startswith("(1) 柏乡县")
    assert any(line.startswith("(2) ") for line in others)


def test_the_language_follows_the_browser_and_the_address(client: httpx.Client) -> None:
    english = client.get("/", headers={"Accept-Language": "en-GB,en;q=0.9,zh;q=0.4"})
    assert 'lang="en"' in english.text
    chosen = client.get("/?lang=zh", headers={"Accept-Language": "en"})
    assert 'lang="zh-Hans"' in chosen.text


def test_what_was_typed_is_shown_as_text(client: httpx.Client) -> None:
    shown = client.get("/", params={"q": '"><script>alert(1)</script>'})
    assert "<script>" not in shown.text


def test_a_document_keeps_its_empty_cells_empty(client: httpx.Client) -> None:
    """A telephone that the register leaves blank is not filled from the row above."""
    tree = page(client, "/registers/130524-gongan")
    phones = tree.xpath("//td[@data-column='联系电话']")
    assert phones
    assert not [cell for cell in phones if cell.get("rowspan")]


def test_a_query_form_runs_and_says_what_is_missing(client: httpx.Client) -> None:
    tree = page(client, "/queries/matter-shares?matter=%E7%83%9F%E8%8A%B1%E7%88%86%E7%AB%B9%E7%9A%84%E7%9B%91%E7%AE%A1")
    assert len(tree.xpath("//tbody/tr")) >= 2
    csv = client.get(tree.xpath("//a[@download]/@href")[0])
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    missing = client.get("/queries/matter-shares?run=1", headers=BROWSER)
    assert missing.status_code == 400
    assert 'role="alert"' in missing.text


def test_a_page_that_is_not_there_is_a_page(client: httpx.Client) -> None:
    for path in (
        "/nowhere",
        "/registers/999999-x",
        "/matrix?jurisdiction=999999",
        "/departments?jurisdiction=999999",
        "/queries/nothing",
    ):
        answer = client.get(path, headers=BROWSER)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert client.get("/nowhere").headers["content-type"] == "application/problem+json"


def test_unchanged_pages_are_not_sent_again(client: httpx.Client) -> None:
    for path in (
        "/",
        "/registers",
        "/registers/130524-gongan",
        "/matrix",
        "/departments",
        "/compare",
        "/findings",
        "/queries",
        "/def",
    ):
        first = client.get(path, headers=BROWSER)
        again = client.get(path, headers={**BROWSER, "If-None-Match": first.headers["etag"]})
        assert again.status_code == 304, path
        other = client.get(path, headers={**BROWSER, "If-None-Match": first.headers["etag"], "Accept-Language": "en"})
        assert other.status_code == 200, path


def test_the_chart_and_the_table_of_departments_say_the_same(client: httpx.Client) -> None:
    tree = page(client, "/departments?jurisdiction=130524", "zh")
    drawn = zip(tree.xpath("//text[@class='name']/text()"), tree.xpath("//text[@class='count']/text()"), strict=True)
    rows = [tuple(cell.text_content() for cell in row) for row in tree.xpath("//tbody/tr")]
    assert list(drawn) == [(name, items) for name, items, _ in rows]
    assert len(rows) > 3
    assert tree.xpath("string(//svg/@aria-label)")
    items = "?item a dg:WorkItem ; dg:responsibleUnit ?unit ; dct:spatial <https://w3id.org/dutygraph/id/place/130524>"
    prefixes = "PREFIX dg: <https://w3id.org/dutygraph/def#> PREFIX dct: <http://purl.org/dc/terms/>"
    query = f"{prefixes} SELECT (COUNT(*) AS ?n) {{ {items} }}"
    counted = client.get("/sparql", params={"query": query, "format": "csv"}).text
    assert sum(int(items) for _, items, _ in rows) == int(counted.split()[-1])
