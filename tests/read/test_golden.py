"""One directory an oddity: a source, its register.toml, and the records that a person reads in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dutygraph.read import as_records, read_register

CASES = sorted(path for path in (Path(__file__).parent.parent / "golden" / "read").iterdir() if path.is_dir())


def differences(expected: Any, actual: Any, place: str = "") -> list[str]:
    """Where the records differ from the expected ones. Keys that are not expected are free; lists must agree whole."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        missing = [f"{place}.{key}: missing" for key in expected if key not in actual]
        both = [key for key in expected if key in actual]
        return missing + [d for key in both for d in differences(expected[key], actual[key], f"{place}.{key}")]
    if isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            return [f"{place}: {len(actual)} instead of {len(expected)}: {actual}"]
        pairs = zip(expected, actual, strict=True)
        return [d for index, (one, other) in enumerate(pairs) for d in differences(one, other, f"{place}[{index}]")]
    return [] if expected == actual else [f"{place}: {actual!r} instead of {expected!r}"]


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_records_are_what_a_person_reads(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert differences(expected, as_records(read_register(folder))) == []


def test_every_golden_case_expects_records_and_findings() -> None:
    for folder in CASES:
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        assert "findings" in expected
        assert {"duties", "matters", "services", "supervision"} & expected.keys(), folder.name
