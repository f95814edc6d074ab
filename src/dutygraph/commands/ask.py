"""dutygraph ask"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dutygraph.errors import SettingsError
from dutygraph.settings import Settings

if TYPE_CHECKING:
    from dutygraph.answer import Answer

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", nargs="?", help="问题，中文或英文 · the question, in Chinese or English")
    parser.add_argument(
        "--jurisdiction", metavar="CODE", help="只问这个区县（六位代码）· ask this county only (six-digit code)"
    )
    parser.add_argument(
        "--lang",
        choices=["zh", "en"],
        help="回答的语言（默认随问题）· language of the answer (default: the question's)",
    )
    parser.add_argument("--format", choices=["text", "json"], default="text", help="输出格式 · output format")
    parser.add_argument("--batch", type=Path, metavar="IN.jsonl", help="逐行回答一个文件 · answer a file, a line each")
    parser.add_argument("--output", type=Path, metavar="OUT.jsonl", help="批量回答写到这里 · where --batch writes")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if (args.question is None) == (args.batch is None):
        raise SettingsError("give a question, or --batch IN.jsonl --output OUT.jsonl")
    if (args.batch is None) != (args.output is None):
        raise SettingsError("--batch and --output go together")
    from dutygraph.commands.opening import open_answerer

    questions = _read_batch(args.batch) if args.batch else []
    answerer = open_answerer(settings)
    if args.batch:
        _answer_batch(answerer, questions, args.output)
        return 0
    answer = answerer.ask(args.question, jurisdiction=args.jurisdiction, lang=args.lang)
    if args.format == "json":
        import orjson

        sys.stdout.buffer.write(orjson.dumps(answer.as_json(), option=orjson.OPT_INDENT_2) + b"\n")
    else:
        print(as_text(answer))
    return 0


def as_text(answer: Answer) -> str:
    """The answer for a terminal: what it says, how it was understood, where it stands, word for word."""
    data = answer.as_json()
    lines = [data["text"]]
    if data["options"]:
        lines += ["", *(f"  · {option['label']}: {option['question']}" for option in data["options"])]
    if data["nearest"]:
        lines += ["", "相近 · nearest: " + "；".join(near["label"] for near in data["nearest"])]
    if data["interpretation"]:
        lines += ["", data["interpretation"]]
    if data["evidence"]:
        lines += ["", "出处 · source:"]
        lines += [
            f"  [{n}] {cell['document']}, {cell['section']}, {cell['locator']}\n      “{cell['quote']}”"
            for n, cell in enumerate(data["evidence"])
        ]
    return "\n".join(lines)


def _read_batch(path: Path) -> list[dict[str, Any]]:
    import orjson

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError(f"cannot be read ({exc}); give UTF-8 lines of JSON", path=path) from exc
    questions = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            question = orjson.loads(line)
        except orjson.JSONDecodeError as exc:
            raise SettingsError(f"is not JSON ({exc})", path=path, place=f"line {number}") from exc
        if not isinstance(question, dict) or not isinstance(question.get("question"), str):
            raise SettingsError('needs an object with "id" and "question"', path=path, place=f"line {number}")
        questions.append(question)
    return questions


def _answer_batch(answerer: Any, questions: list[dict[str, Any]], output: Path) -> None:
    import orjson

    from dutygraph.commands.build import show_progress

    lines = []
    with show_progress() as on_progress:
        for done, question in enumerate(questions, 1):
            answer = answerer.ask(
                question["question"],
                jurisdiction=question.get("jurisdiction"),
                lang=question.get("lang"),
                id=question.get("id"),
            )
            lines.append(orjson.dumps(answer.as_json()) + b"\n")
            on_progress("回答 · answering", done, len(questions))
    try:
        output.write_bytes(b"".join(lines))
    except OSError as exc:
        raise SettingsError(f"cannot be written ({exc.strerror})", path=output) from exc
