"""The generated pages of docs/ are current, and nothing is missing from them."""

import re

import pytest
from rdflib import Graph
from rdflib.namespace import RDFS

from docs.generate import DOCS, PAGES
from dutygraph.cli import COMMANDS
from dutygraph.graph.vocab import DG
from dutygraph.resources import ontology_dir


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_what_make_docs_writes(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == PAGES[name]()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented_in_both_languages(command: str) -> None:
    page = (DOCS / "commands.md").read_text("utf-8")
    section = page.split(f"\n## dutygraph {command}\n", 1)[1].split("\n## ", 1)[0]
    assert COMMANDS[command] in section
    for row in re.findall(r"^\| `.*$", section, re.MULTILINE):
        assert "·" in row or row.isascii(), f"{command}: {row}"


def test_every_term_and_every_link_of_the_ontology_page_has_its_place() -> None:
    page = (DOCS / "ontology.html").read_text("utf-8")
    places = re.findall(r' id="([^"]+)"', page)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(places)
    terms = Graph().parse(ontology_dir() / "dutygraph.ttl").subjects(RDFS.isDefinedBy)
    assert {str(term).removeprefix(str(DG)) for term in terms} <= set(places)
