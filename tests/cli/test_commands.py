"""The command line, as a user types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dutygraph.cli import COMMANDS, build_parser, main
from dutygraph.resources import data_dir


def run(*args: str, home: Path, timeout: int = 120) -> subprocess.CompletedProcess[str]:
    """The real program, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "dutygraph.cli", *args],
        env={**os.environ, "DUTYGRAPH_HOME": str(home)}, capture_output=True, text=True, timeout=timeout, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help_text_in_both_languages(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        build_parser().parse_args([command, "--help"])
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    assert "·" in shown
    assert "--home" in shown


def test_ask_cites_the_cell_word_for_word(home: Path) -> None:
    answered = run("ask", "邻居家的狗整天叫，吵得睡不着，归谁管？", home=home)
    assert answered.returncode == 0, answered.stderr
    assert "公安局" in answered.stdout
    assert "负责犬吠扰民的行政处罚" in answered.stdout
    assert "130524-gongan/130524-baixiang-gongan.txt" in answered.stdout


def test_ask_in_json_has_every_key_of_the_contract(home: Path) -> None:
    answered = run("ask", "who handles barking dogs?", "--format", "json", home=home)
    answer = json.loads(answered.stdout)
    assert list(answer) == [
        "id", "question", "lang", "status", "reason", "intent", "interpretation", "text", "jurisdictions", "results",
        "names", "agencies", "departments", "laws", "phones", "values", "items", "count", "counts", "by_jurisdiction",
        "options", "nearest", "evidence", "query", "confidence", "graph_version", "elapsed_ms",
    ]  # fmt: skip
    assert answer["lang"] == "en"
    assert answer["names"][0] == "公安局"
    for result in answer["results"]:
        assert result["evidence"]


def test_a_batch_keeps_ids_and_order(home: Path, tmp_path: Path) -> None:
    questions = tmp_path / "in.jsonl"
    questions.write_text(
        "\n".join(
            json.dumps({"id": f"q{n}", "question": text}, ensure_ascii=False)
            for n, text in enumerate(["谁管犬吠扰民", "谁管收养登记"])
        ),
        encoding="utf-8",
    )
    done = run("ask", "--batch", str(questions), "--output", str(tmp_path / "out.jsonl"), home=home)
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == ["q0", "q1"]
    assert all(answer["status"] == "answered" for answer in answers)


def test_a_batch_line_that_is_not_json_is_named(home: Path, tmp_path: Path) -> None:
    questions = tmp_path / "in.jsonl"
    questions.write_text('{"id": "1", "question": "谁管犬吠扰民"}\nnot json\n', encoding="utf-8")
    done = run("ask", "--batch", str(questions), "--output", str(tmp_path / "out.jsonl"), home=home)
    assert done.returncode == 2
    assert "line 2" in done.stderr
    assert str(questions) in done.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_read_prints_the_records_of_the_contract(tmp_path: Path) -> None:
    done = run("read", str(data_dir() / "registers" / "130524-gongan"), "--format", "json", home=tmp_path / "none")
    records = json.loads(done.stdout)
    assert {"source", "register", "duties", "matters", "services", "supervision", "findings"} <= set(records)
    assert len(records["matters"]) == 11
    assert sum(len(matter["shares"]) for matter in records["matters"]) == 40
    assert not (tmp_path / "none").exists(), "reading must not build anything"


def test_query_lists_and_runs_named_queries(home: Path) -> None:
    listed = run("query", "--list", home=home)
    assert listed.returncode == 0
    assert "matters-by-agencies" in listed.stdout
    assert "passages" not in listed.stdout, "queries of the program itself are not for the list"
    terms = run("query", "department-work", "--param", "department=控申科", "--format", "csv", home=home)
    assert "负责承办信访案件" in terms.stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["read", "nowhere.txt"], "nowhere.txt"),
        (["ask"], "--batch"),
        (["query", "no/such-query"], "query --list"),
        (["query", "terms", "--param", "x"], "name=value"),
        (["validate", "nowhere.ttl"], "nowhere.ttl"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(args: list[str], words: str, home: Path) -> None:
    done = run(*args, home=home)
    assert done.returncode == 2, done.stdout + done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert words in done.stderr


def test_a_query_that_writes_or_calls_elsewhere_is_refused(home: Path, tmp_path: Path) -> None:
    for text in ("DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"):
        file = tmp_path / "bad.rq"
        file.write_text(text, encoding="utf-8")
        assert run("query", str(file), home=home).returncode == 2


def loaded_modules(code: str, names: tuple[str, ...]) -> set[str]:
    """Which of the modules are loaded once the code has run in a fresh process."""
    ending = f"\nimport sys; print(*[name for name in {names!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code + ending], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    heavy = ("rdflib", "pyshacl", "jieba", "torch", "numpy", "fastapi", "pyoxigraph", "tantivy")
    assert loaded_modules("import dutygraph.cli; dutygraph.cli.build_parser()", heavy) == set()


def test_asking_does_not_load_torch(home: Path) -> None:
    code = f"from dutygraph.cli import main; main(['ask', '谁管犬吠扰民', '--home', {str(home)!r}])"
    assert loaded_modules(code, ("torch", "rdflib", "pyshacl", "fastapi")) == set()


def test_a_missing_build_is_made_on_first_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUTYGRAPH_ENCODER", "none")
    assert main(["ask", "谁管犬吠扰民", "--home", str(tmp_path / "new")]) == 0
    shown = capsys.readouterr()
    assert "公安局" in shown.out
    assert "nothing built yet" in shown.err
