"""Every table cell of the two registers equals a golden file that was made by reading the source.

The golden files (``tests/golden/registers``) were written by a reader who had not seen this program's output.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dutygraph.read import as_records, read_register

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = sorted((ROOT / "tests" / "golden" / "registers").glob("*.json"))
EXPECTED = {
    "130408-gongan": {"duties": 18, "work_items": 96, "matters": 6, "shares": 29, "legal_bases": 8, "services": 6},
    "130524-gongan": {"duties": 11, "work_items": 58, "matters": 11, "shares": 40, "legal_bases": 9, "services": 6},
}

DUTY_CELLS = ("no", "text")
ITEM_CELLS = ("text", "department")
MATTER_CELLS = ("no", "matter", "case")
SHARE_CELLS = ("agency", "text")
BASIS_CELLS = ("title", "number", "as_written")
SERVICE_CELLS = ("no", "name", "content", "department", "phone")

Records = dict[str, Any]


def cells(records: Records) -> Iterator[tuple[str, str]]:
    """Each table cell as (where it stands, its text without any white space), in the order of the register."""

    def row(where: str, record: Records, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for name in names:
            yield f"{where} · {name}", "".join((record[name] or "").split())

    for d, duty in enumerate(records["duties"], 1):
        yield from row(f"duty {d}", duty, DUTY_CELLS)
        for i, item in enumerate(duty["work_items"], 1):
            yield from row(f"duty {d} · work item {i}", item, ITEM_CELLS)
    for m, matter in enumerate(records["matters"], 1):
        yield from row(f"matter {m}", matter, MATTER_CELLS)
        for s, share in enumerate(matter["shares"], 1):
            yield from row(f"matter {m} · share {s}", share, SHARE_CELLS)
        for b, basis in enumerate(matter["legal_bases"], 1):
            yield from row(f"matter {m} · basis {b}", basis, BASIS_CELLS)
            yield f"matter {m} · basis {b} · articles", "、".join(basis["articles"])
    for s, service in enumerate(records["services"], 1):
        yield from row(f"service {s}", service, SERVICE_CELLS)


def counts(records: Records) -> dict[str, int]:
    """How many records of each kind the tables hold."""
    return {
        "duties": len(records["duties"]),
        "work_items": sum(len(duty["work_items"]) for duty in records["duties"]),
        "matters": len(records["matters"]),
        "shares": sum(len(matter["shares"]) for matter in records["matters"]),
        "legal_bases": sum(len(matter["legal_bases"]) for matter in records["matters"]),
        "services": len(records["services"]),
    }


def differences(golden: Records, read: Records) -> list[str]:
    """The cells that are not equal, each as one readable line."""
    want, got = dict(cells(golden)), dict(cells(read))
    absent = "(no such cell)"
    return [
        f"{where}\n  golden: {want.get(where, absent)}\n  read:   {got.get(where, absent)}"
        for where in want | got
        if want.get(where) != got.get(where)
    ]


def test_there_is_a_golden_file_for_each_register() -> None:
    assert {path.stem for path in GOLDEN} == set(EXPECTED)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_file_has_the_counted_records(path: Path) -> None:
    assert counts(json.loads(path.read_text(encoding="utf-8"))) == EXPECTED[path.stem]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_every_table_cell_is_exact(path: Path) -> None:
    golden = json.loads(path.read_text(encoding="utf-8"))
    read = as_records(read_register(ROOT / "data" / "registers" / path.stem))
    wrong = differences(golden, read)
    total = sum(1 for _ in cells(golden))
    assert not wrong, f"{len(wrong)} of {total} table cells differ; the first:\n" + "\n".join(wrong[:3])
