"""dutygraph calibrate"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.errors import SettingsError
from dutygraph.settings import Settings

if TYPE_CHECKING:
    from dutygraph.answer import Answerer
    from dutygraph.answer.odds import Odds
    from dutygraph.evaluation.calibration import Choice, Logistic
    from dutygraph.evaluation.calibration_report import CalibrationReport
    from dutygraph.pipeline import Opened

__all__ = ["configure", "run"]

LIBRARIES = ("scipy", "sklearn", "tomlkit")
DECIMALS = 3


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "questions", type=Path, nargs="+", metavar="QUESTIONS.jsonl", help="问题和标准答案 · questions with their gold"
    )
    parser.add_argument(
        "--placed",
        type=Path,
        metavar="FILE.jsonl",
        help="语料中哪些话有登记表可答 · which sentences of the everyday corpus the registers answer",
    )
    parser.add_argument(
        "--also",
        nargs=2,
        type=Path,
        action="append",
        default=[],
        metavar=("HOME", "FILE.jsonl"),
        help="另一个库和关于它的问题，可多次给出 · another home folder and questions on it; may be repeated",
    )
    parser.add_argument(
        "--encoder", metavar="NAME", help="auto、none 或模型文件夹（默认：DUTYGRAPH_ENCODER）· as in DUTYGRAPH_ENCODER"
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE.toml",
        help="改写哪个阈值文件（默认：回答所用的）· the thresholds to rewrite (default: those that answering reads)",
    )
    parser.add_argument(
        "--report",
        type=Path,
        metavar="DIR",
        help="把数字和图写进该文件夹的 evaluation.md · put the figures and a diagram into evaluation.md of this folder",
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A page with a place for figures: its text before them and after them. ``name``: which figures."""

    file: Path
    name: str
    before: str
    after: str


def run(args: argparse.Namespace, settings: Settings) -> int:
    from dutygraph.answer import Answerer
    from dutygraph.answer.thresholds import read_thresholds, thresholds_file
    from dutygraph.commands.build import show_progress
    from dutygraph.commands.gathering import (
        OTHERS,
        TRAINED,
        gather_cases,
        gather_cells,
        gather_choices,
        read_wordings,
    )
    from dutygraph.commands.opening import ensure_built
    from dutygraph.evaluation import read_questions
    from dutygraph.evaluation.calibration import FOLDS, first_case, fit_in_folds, fit_logistic, fit_ranking, fold_of
    from dutygraph.evaluation.calibration_report import make_report
    from dutygraph.pipeline import open_home

    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        raise SettingsError(f"calibrating needs {', '.join(missing)}: pip install 'dutygraph[training]'")
    questions = [(path.stem, read_questions(path)) for path in args.questions]
    wordings = list(read_wordings(args.placed)) if args.placed else []
    settings = replace(settings, encoder=args.encoder or settings.encoder)
    ensure_built(settings)
    opened = open_home(settings)
    file = args.output or thresholds_file(by_words=opened.index.encoder is None)
    old = read_thresholds(file)
    page = find_place(args.report, file.stem) if args.report else None

    def answering(home: Opened, ranking: Logistic | None = None, cells: Logistic | None = None) -> Answerer:
        thresholds = replace(
            old,
            ranking=_odds(ranking) if ranking else old.ranking,
            cells=_odds(cells) if cells else old.cells,
        )
        return Answerer(home.store, home.index, home.templates, thresholds=thresholds)

    with show_progress() as on_progress:
        choices = list(gather_choices(answering(opened), questions, wordings, on_progress))
        ranking, rankings = fit_ranking(choices), fit_in_folds(fit_ranking, choices)
        rows = list(gather_cells(answering(opened), questions, on_progress))
        cells, cells_in_folds = _cells(rows)
        # What the signs are on a question must not come from a ranking that has seen its answer.
        answerers = [answering(opened, *each) for each in zip_longest(rankings, cells_in_folds)]
        cases = list(gather_cases(answerers, questions, wordings, on_progress))
        for home, path in args.also:
            elsewhere = [answering(open_home(replace(settings, home=home)), ranking, cells)] * FOLDS
            cases += gather_cases(elsewhere, [(path.stem, read_questions(path))], (), on_progress, OTHERS)
    firsts = [first_case(choice, rankings[fold_of(choice.group)]) for choice in choices]
    taught = [each for each in firsts if each.source != TRAINED]
    learned = {"ranking": ranking, "cells": cells, "first": fit_logistic(taught), "within": fit_logistic(cases)}
    write_tables(file, {name: model for name, model in learned.items() if model})
    report = make_report(choices, firsts, taught, cases, rows=rows if cells else (), rankings=cells_in_folds)
    print("\n".join(report.lines))
    if page:
        write_report(page, report)
    return 0


def _cells(rows: Sequence[Choice]) -> tuple[Logistic | None, tuple[Logistic, ...]]:
    """What is learned from the choices among cells, from all and by fold; nothing when a fold has
    none."""
    from dutygraph.evaluation.calibration import FOLDS, fit_in_folds, fit_ranking, fold_of

    if len({fold_of(row.group) for row in rows}) < FOLDS:
        return None, ()
    return fit_ranking(rows), fit_in_folds(fit_ranking, rows)


def _odds(model: Logistic) -> Odds:
    from dutygraph.answer.odds import Odds

    return Odds(model.start, model.weights)


def write_tables(file: Path, learned: Mapping[str, Logistic]) -> None:
    """Put what was learned into the tables of these names of a thresholds file; all else in it stays."""
    import tomlkit

    document = tomlkit.parse(file.read_text("utf-8"))
    for name, model in learned.items():
        rounded = {sign: round(weight, DECIMALS) for sign, weight in model.weights.items()}
        table = tomlkit.table()
        table.add("start", round(model.start, DECIMALS))
        weights = tomlkit.table()
        weights.update({sign: weight for sign, weight in rounded.items() if weight})
        table.add("weights", weights)
        document[name] = table
    file.write_text(tomlkit.dumps(document), "utf-8")


def write_report(page: Page, report: CalibrationReport) -> None:
    """Put the figures into their place in the page, and the diagram beside it."""
    from dutygraph.evaluation.reliability import draw_reliability

    drawing = page.file.with_name(f"calibration-{page.name}.svg")
    drawing.write_text(draw_reliability(report.curves), "utf-8")
    lines = (*report.lines, "", f"![Reliability diagram]({drawing.name})")
    page.file.write_text("\n".join((page.before, "", *lines, "", page.after)), "utf-8")


def find_place(folder: Path, name: str) -> Page:
    """Where the figures of this name stand in evaluation.md of the folder. Raises SettingsError when nowhere."""
    file = folder / "evaluation.md"
    begin, end = f"<!-- calibrate {name} -->", f"<!-- end of {name} -->"
    text = file.read_text("utf-8") if file.exists() else ""
    before, begun, rest = text.partition(begin)
    _, ended, after = rest.partition(end)
    if not begun or not ended:
        raise SettingsError(f"has no place for the figures: put {begin} and {end} into it", path=file)
    return Page(file, name, before + begin, end + after)
