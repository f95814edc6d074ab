"""Every named query: valid SPARQL to two parsers, equal on two engines, each fact with a cell that the source holds."""

from __future__ import annotations

import re
from typing import Any

import pytest
from rdflib.plugins.sparql.parser import parseQuery

from dutygraph.errors import UnboundParameter, UnknownTemplate
from dutygraph.model import Register
from dutygraph.resources import data_dir, queries_dir
from dutygraph.store import Result, Rows, Store, Template, bind, check_query, load_templates, run_named, select

TEMPLATES = load_templates(queries_dir())
ANSWERING = [name for name, template in TEMPLATES.items() if template.group in ("analysis", "browse")]
# Looking for what is wrong or rare, these may find nothing in good registers; small.ttl gives each something to find.
MAY_FIND_NOTHING = {
    "agencies-mentioned-without-share", "agencies-with-several-shares", "citations-misnamed", "citations-outdated",
    "citations-unresolved", "departments-without-items", "duties-without-items", "facts-without-cell",
    "items-with-several-departments", "items-without-department", "matters-without-lead",
    "penalties-with-detention", "regimes-without-indicator", "regimes-without-penalty",
    "services-of-unlisted-departments", "unread-cells",
}  # fmt: skip


def examples(template: Template, *, optional: bool) -> dict[str, str]:
    return {one.name: one.example for one in template.parameters if optional or not one.optional}


def test_there_are_enough_and_their_headers_are_full() -> None:
    assert len(ANSWERING) >= 40
    for name in ANSWERING:
        template = TEMPLATES[name]
        assert template.example_question, name
        assert template.title_zh.isascii() is False, name
        assert template.title_en.isascii(), name
        assert len(template.description) > 20, name


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_query_is_sparql_to_rdflib_and_allowed_to_strangers(name: str) -> None:
    sparql = bind(TEMPLATES[name], examples(TEMPLATES[name], optional=True))
    parseQuery(sparql)
    check_query(sparql)
    check_query(TEMPLATES[name].text)


@pytest.mark.parametrize("optional", [True, False])
@pytest.mark.parametrize("name", ANSWERING)
def test_both_engines_answer_the_same(store: Store, remote: Store, name: str, optional: bool) -> None:
    given = examples(TEMPLATES[name], optional=optional)
    here = run_named(store, TEMPLATES, name, given)
    assert isinstance(here, Rows)
    assert comparable(here) == comparable(run_named(remote, TEMPLATES, name, given))
    assert len(here) > 0 or name in MAY_FIND_NOTHING


def comparable(result: Result) -> list[list[Any]]:
    """Rows without the order inside joined texts, which SPARQL leaves open."""
    assert isinstance(result, Rows)
    return sorted([sorted(str(term).split("、")) for term in row] for row in result.rows)


@pytest.mark.parametrize("name", ANSWERING)
def test_each_fact_has_a_quote_that_its_source_holds(store: Store, registers: list[Register], name: str) -> None:
    rows = run_named(store, TEMPLATES, name, examples(TEMPLATES[name], optional=False))
    assert isinstance(rows, Rows)
    if not {"document", "locator", "quote"} <= set(rows.variables):
        # a row that only counts, or lists names, states no single fact
        assert re.search(r"\b(COUNT|SUM)\(", TEMPLATES[name].text) or name in {"facts-without-cell", "quality-scores"}
        return
    texts = {
        register.source.document: squeezed((data_dir() / "registers" / register.source.document).read_text("utf-8"))
        for register in registers
    }
    for row in rows.dicts():
        assert row["locator"], row
        assert squeezed(str(row["quote"])) in texts[str(row["document"])], row


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_overview_counts_what_was_read(store: Store, registers: list[Register]) -> None:
    found = {row["id"]: row for row in select(store, bind(TEMPLATES["register-overview"])).dicts()}
    for register in registers:
        row = found[register.id]
        assert row["duties"] == len({duty.text.text for duty in register.duties})
        assert row["matters"] == len(register.matters)
        assert row["shares"] == sum(len(matter.shares) for matter in register.matters)
        assert row["services"] == len(register.services)
        assert row["regimes"] == len(register.regimes)
        assert row["place"] == register.jurisdiction
    assert len(found) == len(registers)


def test_a_list_of_counties_is_the_union(store: Store, registers: list[Register]) -> None:
    codes = [register.jurisdiction_code for register in registers]
    query = TEMPLATES["matter-list"]
    one_by_one = [row for code in codes for row in select(store, bind(query, jurisdiction=code)).rows]
    together = select(store, bind(query, jurisdiction=codes))
    assert sorted(map(str, together.rows)) == sorted(map(str, one_by_one))
    assert len(select(store, bind(query, jurisdiction=[]))) == 0


def test_names_and_parameters_are_checked(store: Store) -> None:
    with pytest.raises(UnknownTemplate, match="matter-list"):
        run_named(store, TEMPLATES, "matters-list")
    with pytest.raises(UnboundParameter, match="needs matter"):
        run_named(store, TEMPLATES, "matter-shares")
