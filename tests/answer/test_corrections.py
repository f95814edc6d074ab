from __future__ import annotations

from dutygraph.answer.corrections import read_corrections

ROW = {
    "node": "id/share/1",
    "decision": "move",
    "agency": "id/agency/1",
    "agencyName": "环境保护局",
    "old": None,
    "new": None,
    "reason": "两行互换",
    "author": "某人",
    "date": "2026-11-22",
}


def test_a_share_is_moved_to_whose_it_is() -> None:
    (correction,) = read_corrections([ROW]).values()
    assert (correction.agency, correction.agency_iri, correction.dropped) == ("环境保护局", "id/agency/1", False)
    assert (correction.reason, correction.author, correction.date) == ("两行互换", "某人", "2026-11-22")


def test_a_review_that_only_confirms_corrects_nothing() -> None:
    assert read_corrections([{**ROW, "decision": "confirm"}, {**ROW, "decision": "dismiss"}]) == {}


def test_the_last_decision_counts() -> None:
    dropped = {**ROW, "decision": "drop", "agency": None, "agencyName": None, "date": "2026-11-23"}
    assert read_corrections([ROW, dropped])["id/share/1"].dropped
