"""What is found in the two real registers against what was labelled by reading them (tests/golden/findings)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from dutygraph.analysis import Finding, find_findings
from dutygraph.pipeline import current_build, open_templates
from dutygraph.resources import data_dir
from dutygraph.settings import Settings
from dutygraph.store import open_store

GOLDEN = Path(__file__).parents[1] / "golden" / "findings"


@dataclass(frozen=True)
class Label:
    """``register`` is empty where a difference between two registers is meant."""

    code: str
    register: str
    expect: bool
    level: str
    words: tuple[str, ...]

    def fits(self, finding: Finding) -> bool:
        if finding.code != self.code or (self.register and finding.register != self.register):
            return False
        said = squeezed(" ".join((finding.zh.title, *finding.labels, *(one.quote for one in finding.evidence))))
        return all(squeezed(word) in said for word in self.words)


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def labels() -> list[Label]:
    rows = [json.loads(line) for path in sorted(GOLDEN.glob("*.jsonl")) for line in lines_of(path)]
    return [
        Label(
            row["code"],
            row["register"] or "",
            row["expect"],
            row.get("level", ""),
            (*row["labels"], *filter(None, [row["quote"]])),
        )
        for row in rows
    ]


@pytest.fixture(scope="module")
def findings(settings: Settings) -> tuple[Finding, ...]:
    build = current_build(settings.home)
    assert build is not None
    store = open_store(build.store)
    notes = {name: register["findings"] for name, register in build.info["registers"].items()}
    found = find_findings(store, open_templates(), notes=notes)
    store.close()
    return found


def test_the_labels_are_many_and_in_the_sources(labels: list[Label]) -> None:
    assert sum(label.expect for label in labels) >= 150
    assert sum(not label.expect for label in labels) >= 60
    sources = [squeezed(path.read_text("utf-8-sig")) for path in (data_dir() / "registers").glob("*/*.txt")]
    for path in GOLDEN.glob("*.jsonl"):
        for line in lines_of(path):
            quote = squeezed(json.loads(line)["quote"])
            assert any(quote in source for source in sources), quote


@pytest.mark.parametrize(("level", "least"), [("severe", 0.9), ("middle", 0.65), ("info", 0.6)])
def test_recall(labels: list[Label], findings: tuple[Finding, ...], level: str, least: float) -> None:
    wanted = [label for label in labels if label.expect and label.level == level]
    missed = [label for label in wanted if not any(label.fits(finding) for finding in findings)]
    assert 1 - len(missed) / len(wanted) >= least, missed


def test_precision_of_violations_and_warnings(labels: list[Label], findings: tuple[Finding, ...]) -> None:
    grave = [finding for finding in findings if finding.severity != "info"]
    wrong = [finding for finding in grave if not any(label.expect and label.fits(finding) for label in labels)]
    assert 1 - len(wrong) / len(grave) >= 0.9, [finding.zh.title for finding in wrong]


def test_no_look_alike_is_reported(labels: list[Label], findings: tuple[Finding, ...]) -> None:
    true = [label for label in labels if label.expect]
    for look_alike in (label for label in labels if not label.expect):
        taken = [f for f in findings if look_alike.fits(f) and not any(label.fits(f) for label in true)]
        assert not taken, (look_alike, [finding.zh.title for finding in taken])


def test_every_finding_shows_cells_that_the_source_holds(findings: tuple[Finding, ...]) -> None:
    sources = {
        f"{path.parent.name}/{path.name}": squeezed(path.read_text("utf-8-sig"))
        for path in (data_dir() / "registers").glob("*/*.txt")
    }
    assert len({finding.id for finding in findings}) == len(findings)
    for finding in findings:
        assert finding.evidence or finding.code == "GAP-14", finding.id
        for cell in finding.evidence:
            assert squeezed(cell.quote) in sources[cell.document], finding.id
        for texts in (finding.zh, finding.en):
            assert "{" not in texts.title + texts.explanation + texts.suggestion
