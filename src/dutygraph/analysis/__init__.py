"""What stands out in registers: overlapping, conflicting, missing and misplaced responsibilities, and what changed
between versions."""

from __future__ import annotations

from dutygraph.analysis.compare import compare_registers, find_sheet
from dutygraph.analysis.comparison import KINDS, STATES, Aligned, Comparison, Kind, Piece, Side, State
from dutygraph.analysis.corrections import Correction, Located, locate_corrections, read_corrections
from dutygraph.analysis.diff import Change, ChangeKind, Subject, diff_registers
from dutygraph.analysis.facts import Sheet
from dutygraph.analysis.find import LEVELS, find_findings
from dutygraph.analysis.finding import Evidence, Finding, Texts
from dutygraph.analysis.loading import load_sheets
from dutygraph.analysis.lookups import Profile, read_profile
from dutygraph.analysis.messages import codes

__all__ = [
    "KINDS",
    "LEVELS",
    "STATES",
    "Aligned",
    "Change",
    "ChangeKind",
    "Comparison",
    "Correction",
    "Evidence",
    "Finding",
    "Kind",
    "Located",
    "Piece",
    "Profile",
    "Sheet",
    "Side",
    "State",
    "Subject",
    "Texts",
    "codes",
    "compare_registers",
    "diff_registers",
    "find_findings",
    "find_sheet",
    "load_sheets",
    "locate_corrections",
    "read_corrections",
    "read_profile",
]
