"""Decisions kept as files: read strictly, found by register and words, stale when the words change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.registers import make_store, real_registers
from dutygraph.analysis import find_findings, load_sheets, locate_corrections, read_corrections
from dutygraph.errors import SettingsError
from dutygraph.model import Register
from dutygraph.resources import data_dir, queries_dir
from dutygraph.store import load_templates

TEMPLATES = load_templates(queries_dir())
ENTRY = """
[[correction]]
action = "dismiss"
register = "130524-gongan"
quote = "《娱乐场所管理条 例》"
codes = ["GAP-04"]
reason = "文号见上级清单"
author = "核查员"
date = 2026-11-22
"""


def shipped() -> Register:
    return next(register for register in real_registers() if register.id == "130524-gongan")


def test_the_shipped_ones_find_their_cells_and_confirm_the_findings(tmp_path: Path) -> None:
    corrections = read_corrections(data_dir() / "corrections")
    store = make_store(list(real_registers()), tmp_path)
    located = locate_corrections(corrections, load_sheets(store, TEMPLATES))
    findings = find_findings(store, TEMPLATES, corrections=corrections)
    store.close()
    assert not located.stale
    assert len(located.by_cell) == len(corrections) == 5
    for cell, found in located.by_cell.items():
        assert located.corrections_for(cell) == found
    confirmed = [finding for finding in findings if finding.status == "confirmed"]
    assert sorted(finding.code for finding in confirmed) == ["LAW-01", "MIS-01", "MIS-01", "MIS-02", "MIS-02"]
    assert all("2026-11-22" in finding.review for finding in confirmed)


def test_a_decision_follows_its_row_and_goes_stale_with_its_words(tmp_path: Path) -> None:
    """The matter moves to the end of the table: every row number changes, the decisions hold. Then a word changes."""
    corrections = [one for one in read_corrections(data_dir() / "corrections") if one.matter == "救助管理"]
    register = shipped()
    matter = next(one for one in register.matters if one.name.text == "救助管理")
    others = tuple(one for one in register.matters if one is not matter)
    moved = replace(register, matters=(*others, matter))
    store = make_store([moved], tmp_path / "moved")
    findings = find_findings(store, TEMPLATES, corrections=corrections)
    store.close()
    assert [finding.status for finding in findings if finding.code == "MIS-01" and "救助管理" in finding.labels] == [
        "confirmed"
    ]

    text = corrections[0].quote
    shares = tuple(
        replace(share, text=replace(share.text, text="协助救助工作。" + share.text.text))
        if share.text.text == text
        else share
        for share in matter.shares
    )
    store = make_store([replace(register, matters=(*others, replace(matter, shares=shares)))], tmp_path / "changed")
    located = locate_corrections(corrections, load_sheets(store, TEMPLATES))
    store.close()
    assert located.stale == tuple(corrections)
    assert not located.by_cell


def test_a_dismissed_finding_says_by_whom_and_why(tmp_path: Path) -> None:
    (tmp_path / "corrections").mkdir()
    (tmp_path / "corrections" / "ours.toml").write_text(ENTRY, encoding="utf-8")
    store = make_store([shipped()], tmp_path / "home")
    corrections = read_corrections(tmp_path / "corrections")
    found = find_findings(store, TEMPLATES, corrections=corrections, codes=["GAP-04"])
    store.close()
    dismissed = [finding for finding in found if finding.status == "dismissed"]
    assert [finding.labels for finding in dismissed] == [("娱乐场所管理", "娱乐场所管理条例")]
    assert dismissed[0].review == "核查员, 2026-11-22: 文号见上级清单"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('action = "dismiss"', 'action = "ignore"', "write confirm, dismiss"),
        ('author = "核查员"', "", "author is missing"),
        ("date = 2026-11-22", 'date = "yesterday"', "write the date"),
        ('codes = ["GAP-04"]', 'codes = "GAP-04"', "write the codes"),
        ('author = "核查员"', 'author = "核查员"\nrow = 3', "unknown key 'row'"),
        ('action = "dismiss"', 'action = "move"', "to_agency is missing"),
        ('action = "dismiss"', 'action = "replace"\nold = "办法"\nnew = "条例"', "not in `quote`"),
        ("[[correction]]", "[correction", "cannot be read"),
    ],
)
def test_a_wrong_entry_is_named_with_its_file(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "ours.toml").write_text(ENTRY.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"ours\.toml") as caught:
        read_corrections(tmp_path)
    assert said in str(caught.value)


def test_no_folder_is_no_corrections(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "none") == ()
