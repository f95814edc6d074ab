"""dutygraph eval"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.settings import Settings

if TYPE_CHECKING:
    from dutygraph.model import Register

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "questions", type=Path, metavar="QUESTIONS.jsonl", help="问题和标准答案 · questions with their gold"
    )
    parser.add_argument(
        "--data",
        type=Path,
        action="append",
        metavar="DIR",
        help="所依据的数据文件夹（默认：自带的）· the data folders answered from (default: the one that comes along)",
    )
    parser.add_argument("--format", choices=["table", "json"], default="table", help="输出格式 · output format")
    parser.add_argument("--answers", type=Path, metavar="OUT.jsonl", help="把回答也存下来 · keep the answers too")


def run(args: argparse.Namespace, settings: Settings) -> int:
    import orjson

    from dutygraph.commands.build import show_progress
    from dutygraph.commands.opening import open_answerer
    from dutygraph.evaluation import aliases_of, evaluate, places_of, read_questions
    from dutygraph.graph import project_lookups
    from dutygraph.read import find_register_folders, read_register
    from dutygraph.resources import data_dir

    questions = read_questions(args.questions)
    folders = [folder for data in args.data or [data_dir()] for folder in find_register_folders(data)]
    registers = [read_register(folder) for folder in folders]
    answerer = open_answerer(settings)
    answers = {}
    with show_progress() as on_progress:
        for done, question in enumerate(questions, 1):
            answer = answerer.ask(question.text, jurisdiction=question.ask_jurisdiction, id=question.id)
            answers[question.id] = answer.as_json()
            on_progress("回答 · answering", done, len(questions))
    if args.answers:
        args.answers.write_bytes(b"".join(orjson.dumps(answer) + b"\n" for answer in answers.values()))
    places = project_lookups().places
    names = {code: (place.name, *place.short, place.english) for code, place in places.items()}
    documents = {register.source.document: words_of(register) for register in registers}
    report = evaluate(questions, answers, documents, places_of(registers, names), aliases_of(registers))
    if args.format == "json":
        sys.stdout.buffer.write(orjson.dumps(report.as_json(), option=orjson.OPT_INDENT_2) + b"\n")
    else:
        print("\n".join(report.table()))
    return 0


def words_of(register: Register) -> str:
    """Every quote of a register in its order, for looking citations up in any format of source."""
    from dataclasses import fields, is_dataclass

    from dutygraph.model import Quote

    lines: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, Quote):
            lines.append(value.text)
        elif isinstance(value, tuple):
            for part in value:
                walk(part)
        elif is_dataclass(value):
            for field in fields(value):
                walk(getattr(value, field.name))

    walk(register)
    return "\n".join(lines)
