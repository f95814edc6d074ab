"""docs/findings.md: what findings are, how good they are, and the list of the codes."""

from __future__ import annotations

from pathlib import Path

from rdflib import Graph

from dutygraph.analysis import read_profile
from dutygraph.resources import data_dir, ontology_dir

__all__ = ["findings_page"]

HEAD = """# Findings

`dutygraph findings` looks through every register for responsibilities that overlap, contradict each other, are missing
or stand in the wrong place. Each finding is a candidate: it shows the cells, says why, and suggests what to do; a
person confirms or dismisses it. Lawful co-operation is no defect: what divides the work is shown as PART-01 and
reported as nothing else.

    dutygraph findings                                  a table
    dutygraph findings --code MIS-01 --code MIS-02      only these
    dutygraph findings --jurisdiction 130524 --lang en  one county, in English
    dutygraph findings --format html --output report.html
    dutygraph findings --fail-on violation              exit 1 when there is one that is not dismissed

## Levels

`data/lookups/findings.toml` has the level of each code (violation, warning, info, off) and two limits. A data folder
given with `--data` may carry its own. What is known of renumbered acts and of the articles that divide work stands in
`finding-laws.toml`, the words by which a misplaced row is told in `finding-remits.toml`.

## Decisions

A decision is an entry in `data/corrections/*.toml`. It names the register and the exact words of the cell (and the
matter and agency where two cells say the same), the codes it settles, the reason, the author and the date:

    [[correction]]
    action = "dismiss"          # confirm, dismiss, drop (a foreign row), move (to_agency), replace (old, new)
    register = "130524-gongan"
    matter = "救助管理"
    agency = "交通运输局"
    quote = "协助、配合做好救助对象的返乡工作，提供交通工具。"
    codes = ["MIS-01"]
    reason = "…"
    author = "…"
    date = 2026-11-22

The source is never edited. The decision follows its cell when rows move; when the words have changed it is reported and
not applied.

A build puts the decisions of its data folders into the graph, each a `prov:Activity` with its agent, date and reason
that used the cell. A dropped row is invalidated by it (`prov:invalidated`); of a moved share or mended words it
generated a reading, a revision of the statement with `dg:correctedAgency` or `dg:correctedText`. The statements stay as
the source has them. The query `corrections` gives it all for one statement, or for all: `decision` (drop, move,
replace, confirm, dismiss), `agency` and `agencyName` (who has a moved share), `text` (the statement with `old` mended
to `new`), `reason`, `author`, `date`, and the cell with its original words.

## How complete a register is

Beside findings, every register has a score (Data Quality Vocabulary, `dqv:QualityMeasurement`): the mean of the shares
of matters with a legal basis, shared matters with a lead, work items, services and regimes with a department, services
with a telephone, and regimes with an indicator. `dutygraph query quality-scores` lists them, the HTML report shows
them, and `dutygraph diff` puts those of two versions beside each other.

## How good they are

The findings of both registers were labelled by reading, before any program looked for them: `tests/golden/findings`,
{labels} true ones and {look_alikes} look-alikes. Measured with tests that hold the figures:

| | measured | must hold |
|---|---|---|
| severe ones found | 14 of 14 | 0.90 |
| middle ones found | 81 of 104 | 0.65 |
| minor ones found | 95 of 117 | 0.60 |
| violations and warnings that are labelled true | 90 of 91 | 0.90 |
| all findings that are labelled true | 184 of 204 | |
| look-alikes reported | 0 | 0 |
| planted faults found | 76 of 78 | 0.95 |
| alarms that planting raises besides, of the grave findings then | 21 of 1 573 | 5 % |
| both registers, processor time | 0.8 s | 5 s |
| 200 registers (copies of the two under other places), processor time of one core | 73 s | 120 s |

Planted were: a department dropped, a row moved, two agencies swapped, an indicator changed, a repealed law cited, a
share given to a second agency.

The checks and their vocabulary were written with these lists in view, so the figures say little about a county that
nobody has read yet. That is truest of GAP-02, whose false alarms were read before its rules on one-clause duties,
acts and names of departments came in (7 of 15 true before, 7 of 8 since). Expect GAP-01 and GAP-02 to be the least
certain: they compare words, and a duty may cover an item in other words. What is not labelled true among the minor
ones is mostly PART-01, of which only some were labelled. MIS-02 rests on the words of `finding-remits.toml` and on
siblings. LAW-02, LAW-03 and LAW-05 know only the acts in `data/laws.csv` and `finding-laws.toml`. CON-01, CON-02 and
CON-04 have no case in the two registers; planted conflicts are found as CON-01. Of 22 labelled misprints TXT-01 finds
13, the rest are words of their own or stand in both registers; with two registers it has little to compare with.

## Codes
"""


def findings_page() -> str:
    levels = read_profile(data_dir() / "lookups" / "findings.toml").levels
    scheme = Graph().parse(ontology_dir() / "schemes" / "finding-codes.ttl")
    query = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?code ?zh ?en ?definition {
          ?node skos:notation ?code ; skos:prefLabel ?zh, ?en ; skos:definition ?definition
          FILTER(LANG(?zh) = "zh" && LANG(?en) = "en" && LANG(?definition) = "en")
        } ORDER BY ?code"""
    rows = [tuple(map(str, row)) for row in scheme.query(query)]  # type: ignore[arg-type]
    table = ["| code | 名称 | name | level | what |", "|---|---|---|---|---|"]
    table += [
        f"| [{code}](findings/{code}.md) | {zh} | {en} | {levels.get(code, 'off')} | {definition} |"
        for code, zh, en, definition in rows
    ]
    golden = Path(__file__).parents[1] / "golden" / "findings"
    lines = [line for path in golden.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    labels = sum('"expect": true' in line for line in lines)
    head = HEAD.format(labels=labels, look_alikes=len(lines) - labels)
    return "\n".join((head, *table, ""))
