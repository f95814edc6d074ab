"""Queries for gaps, overlaps and roles against a graph made by hand, with the answers worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib

from dutygraph.store import Rows, Store, Template, fill_store, open_store, run_named


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("small")
    graph = rdflib.Graph().parse(Path(__file__).with_name("small.ttl"))
    graph.serialize(folder / "graph.nt", format="nt", encoding="utf-8")
    fill_store(folder / "store", folder / "graph.nt")
    store = open_store(folder / "store")
    yield store
    store.close()


@pytest.mark.parametrize(
    ("name", "params", "wanted"),
    [
        ("agencies-mentioned-without-share", {}, (("matter", "agency"), [("护林", "卫生局")])),
        ("agencies-by-matters", {}, (("agency", "matters"), [("公安局", 1), ("林业局", 1)])),
        ("citations-outdated", {}, (("written", "successor"), [("《森林法（试行）》", "森林法")])),
        ("departments-by-items", {}, (("department", "items"), [("办公室", 1), ("巡逻队", 1)])),
        ("departments-without-items", {}, (("department", "service"), [("档案室", "查档")])),
        ("department-work", {"department": "档案室"}, (("statement", "quote"), [("查档", "二")])),
        ("duties-by-items", {}, (("duty", "items"), [("治安", 3), ("档案", 0)])),
        ("duties-without-items", {}, (("duty", "quote"), [("档案", "二")])),
        ("facts-without-cell", {}, (("node",), [("http://e/share3",)])),
        ("items-with-several-departments", {}, (("item", "departments"), [("巡逻", 2)])),
        ("items-without-department", {}, (("item", "locator"), [("接待", "line 2")])),
        (
            "matter-roles",
            {"matter": "护林"},
            (("agency", "role"), [("公安局", "配合"), ("林业局", "牵头"), ("公安局", "配合")]),
        ),
        ("matters-of-one-county", {}, (("matter",), [("防汛",)])),
        ("matters-of-several-counties", {}, (("jurisdiction", "agencies"), [("1", 2), ("2", 0)])),
        ("matters-without-lead", {}, (("jurisdiction", "matter"), [("2", "护林"), ("2", "防汛")])),
        ("matters-without-basis", {"jurisdiction": "1"}, (("matter",), [("护林",)])),
        ("penalties-with-detention", {}, (("regime", "minDays", "maxDays"), [("木材监管", 5, 10)])),
        ("powers-by-agency", {}, (("agency", "power"), [("公安局", "行政处罚"), ("林业局", "行政处罚")])),
        ("regimes-without-indicator", {}, (("regime",), [("木材监管",)])),
        ("regimes-without-penalty", {}, (("regime",), [])),
        ("same-verb-in-matter", {}, (("object", "agency"), [("盗伐", "林业局"), ("盗伐", "公安局")])),
        ("services-of-unlisted-departments", {}, (("service", "department"), [("查档", "档案室")])),
        ("services-without-phone", {}, (("service", "department"), [("查档", "档案室")])),
        ("unread-cells", {}, (("text", "reason"), [("备注", "no such column")])),
    ],
)
def test_what_is_there_to_find_is_found(
    small: Store,
    templates: dict[str, Template],
    name: str,
    params: dict[str, str],
    wanted: tuple[tuple[str, ...], list[tuple[object, ...]]],
) -> None:
    columns, expected = wanted
    found = run_named(small, templates, name, params)
    assert isinstance(found, Rows)
    assert [tuple(row[column] for column in columns) for row in found.dicts()] == expected
