"""Every code of the catalogue has a level, a message and a page, and nothing has one without a code."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import SKOS

from dutygraph.analysis import codes, read_profile
from dutygraph.errors import SettingsError
from dutygraph.resources import data_dir, ontology_dir

PAGES = Path(__file__).parents[2] / "docs" / "findings"


def catalogue() -> set[str]:
    scheme = Graph().parse(ontology_dir() / "schemes" / "finding-codes.ttl")
    return {str(code) for code in scheme.objects(None, SKOS.notation)}


def test_codes_levels_messages_and_pages_agree() -> None:
    profile = read_profile(data_dir() / "lookups" / "findings.toml")
    assert catalogue() == set(codes()) == set(profile.levels) == {page.stem for page in PAGES.glob("*.md")}
    for page in PAGES.glob("*.md"):
        text = page.read_text("utf-8")
        assert f"Default level: {profile.levels[page.stem]}." in text
        for heading in ("**Problem.**", "**Why it matters.**", "**How to mend it.**", "**Found.**"):
            assert heading in text, page.name


def test_an_unknown_level_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "findings.toml"
    path.write_text('[levels]\nDUP-01 = "grave"\n', "utf-8")
    with pytest.raises(SettingsError, match="violation, warning, info or off"):
        read_profile(path)
