"""All findings of a store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dutygraph.analysis.corrections import Correction, Located, locate_corrections
from dutygraph.analysis.coverage import check_coverage
from dutygraph.analysis.departments import check_departments
from dutygraph.analysis.draft import Context, Draft
from dutygraph.analysis.finding import Evidence, Finding, finding_id
from dutygraph.analysis.gaps import check_gaps
from dutygraph.analysis.lawfulness import check_citations
from dutygraph.analysis.leads import check_leads
from dutygraph.analysis.loading import load_lexicon, load_sheets, repealed_acts
from dutygraph.analysis.lookups import Profile, read_lookups, read_profile
from dutygraph.analysis.messages import texts_of
from dutygraph.analysis.misplaced import check_misplaced, foreign_shares
from dutygraph.analysis.misprints import check_misprints
from dutygraph.analysis.overlap import check_overlaps
from dutygraph.analysis.siblings import check_siblings
from dutygraph.analysis.texts import check_notes
from dutygraph.resources import data_dir
from dutygraph.store import Store, Template

__all__ = ["LEVELS", "find_findings"]

LEVELS = ("violation", "warning", "info")
"""From the gravest to the mildest."""

Notes = Mapping[str, Iterable[Mapping[str, Any]]]


def find_findings(
    store: Store,
    templates: Mapping[str, Template],
    *,
    notes: Notes | None = None,
    profile: Profile | None = None,
    corrections: Iterable[Correction] = (),
    codes: Iterable[str] | None = None,
    jurisdiction: str | None = None,
) -> tuple[Finding, ...]:
    """Overlapping, conflicting, missing and misplaced responsibilities, gravest first, then by register and code.

    ``notes``: what the reader noticed, by register id (``registers[id]["findings"]`` of a build's report).
    ``profile``: levels and limits, by default those of ``data/lookups/findings.toml``. ``corrections``: decisions that
    confirm or dismiss a finding. ``codes``: only these. ``jurisdiction``: only findings of this county; the others are
    still compared with. Raises what ``Store.query`` raises, and SettingsError for a lookup that cannot be read.
    """
    lookups = data_dir() / "lookups"
    levels = profile or read_profile(lookups / "findings.toml")
    sheets = load_sheets(store, templates)
    context = Context(
        sheets,
        levels.agencies,
        levels.siblings,
        repealed_acts(store, templates),
        read_lookups(lookups),
        load_lexicon(store, templates),
    )
    wanted = None if codes is None else frozenset(codes)
    decisions = locate_corrections(corrections, sheets)
    found: dict[str, Finding] = {}
    for draft, extra in _drafts(context, notes or {}):
        level = levels.levels.get(draft.code)
        if level is None or (wanted is not None and draft.code not in wanted):
            continue
        if jurisdiction is not None and draft.sheet.code != jurisdiction:
            continue
        zh, en = texts_of(draft)
        finding = Finding(
            id=finding_id(draft.code, draft.sheet.id, draft.subjects, draft.about),
            code=draft.code,
            severity=level,
            status="candidate",
            register=draft.sheet.id,
            jurisdiction=draft.sheet.code,
            zh=zh,
            en=en,
            subjects=tuple(dict.fromkeys(draft.subjects)),
            labels=tuple(dict.fromkeys(filter(None, draft.labels))),
            evidence=_evidence(draft, extra),
            score=draft.score,
        )
        found.setdefault(finding.id, _decided(finding, draft, decisions))
    return tuple(sorted(found.values(), key=_order))


def _drafts(context: Context, notes: Notes) -> Iterator[tuple[Draft, Evidence | None]]:
    foreign = foreign_shares(context)
    for drafts in (
        check_gaps(context),
        check_leads(context),
        check_citations(context),
        check_misplaced(context),
        check_overlaps(context, foreign),
        check_departments(context),
        check_coverage(context),
        check_siblings(context),
        check_misprints(context),
    ):
        for draft in drafts:
            yield draft, None
    yield from check_notes(context.sheets, notes)


def _decided(finding: Finding, draft: Draft, decisions: Located) -> Finding:
    """The finding with the last decision about the cell it concerns."""
    for correction in reversed(decisions.corrections_for(draft.cells[0]) if draft.cells else ()):
        if draft.code in correction.codes:
            return finding.reviewed("dismissed" if correction.action == "dismiss" else "confirmed", correction.said)
    return finding


def _evidence(draft: Draft, extra: Evidence | None) -> tuple[Evidence, ...]:
    cells = [draft.sheet.cells[cell] for cell in dict.fromkeys(draft.cells) if cell in draft.sheet.cells]
    return tuple(cells if extra is None else [extra, *cells])


def _order(finding: Finding) -> tuple[int, str, str, list[int], str]:
    place = [int(number) for one in finding.evidence[:1] for number in re.findall(r"\d+", one.locator)]
    return LEVELS.index(finding.severity), finding.register, finding.code, place, finding.id
