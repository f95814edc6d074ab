"""Template files: what is read from a header, and what stops the loading with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dutygraph.errors import TemplateError, UnknownTemplate
from dutygraph.store import Parameter, find_template, load_templates

HEADER = """\
#+ title_zh: 工作事项
#+ title_en: Work items
#+ description: All of them: in order.
#+ tags: item, list
#+ example_question: 有哪些工作事项？
"""
PARAMETERS = """\
#+ parameters:
#+   - name: unit
#+     type: string
#+     lang: zh
#+     example: 办公室
#+     description: the department
#+   - name: code
#+     type: code
#+     example: 130524
#+     optional: true
#+     description: only this county
"""
BODY = """\
SELECT ?item WHERE { ?item <http://e/unit> $unit ; <http://e/code> ?code . }
"""


def write(folder: Path, text: str, name: str = "items.rq") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_header_is_read_whole(tmp_path: Path) -> None:
    write(tmp_path / "browse", HEADER + PARAMETERS + BODY)
    template = load_templates(tmp_path)["items"]
    assert (template.group, template.title_zh, template.title_en) == ("browse", "工作事项", "Work items")
    assert template.description == "All of them: in order."
    assert template.tags == ("item", "list")
    assert template.example_question == "有哪些工作事项？"
    assert template.parameters == (
        Parameter("unit", "string", "办公室", "the department", lang="zh"),
        Parameter("code", "code", "130524", "only this county", optional=True),
    )


def test_tags_may_be_a_list(tmp_path: Path) -> None:
    write(tmp_path, HEADER.replace("tags: item, list", "tags:\n#+   - item\n#+   - list") + "ASK {}")
    assert load_templates(tmp_path)["items"].tags == ("item", "list")


def test_a_parameter_in_a_values_block_takes_many(tmp_path: Path) -> None:
    body = "SELECT ?unit ?item { VALUES $unit { UNDEF } ?item <http://e/unit> ?unit ; <http://e/code> $code }"
    write(tmp_path, HEADER + PARAMETERS + body)
    assert [parameter.many for parameter in load_templates(tmp_path)["items"].parameters] == [True, False]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (HEADER.replace("#+ tags: item, list\n", "") + BODY, "line 1", "lacks `#+ tags:`"),
        (HEADER.replace("tags:", "tag:") + BODY, "line 4", "unknown key 'tag'"),
        (HEADER.replace("#+ title_en: Work items", "#+ title_en:") + BODY, "line 2", "title_en is empty"),
        (HEADER.replace("#+ title_en: Work items", "#+ Work items") + BODY, "line 2", "`#+ key: value`"),
        (HEADER + "#+ tags: again\n" + BODY, "line 6", "given twice"),
        (HEADER + "#+   - name: unit\n" + BODY, "line 6", "a list stands only under"),
        (HEADER + PARAMETERS.replace("type: string", "type: text") + BODY, "line 7", "unknown type 'text'"),
        (HEADER + PARAMETERS.replace("#+     example: 130524\n", "") + BODY, "line 12", "lacks `example:`"),
        (HEADER + PARAMETERS.replace("optional: true", "optional: yes") + BODY, "line 12", "true or false"),
        (HEADER + PARAMETERS.replace("name: code", "name: unit") + BODY, "line 7", "declared twice"),
        (HEADER + PARAMETERS.replace("name: code", "name: Code") + BODY, "line 12", "lower-case"),
        (HEADER + PARAMETERS.replace("lang: zh", "lang: 中文") + BODY, "line 7", "language tag"),
        (HEADER + PARAMETERS.replace("example: 130524", "example: 13 05") + BODY, "line 1", "example does not fit"),
        (HEADER + PARAMETERS + "SELECT ?item { ?item <http://e/unit> $unit }", "line 1", "code is declared but not"),
        (HEADER + "\n" + BODY, "line 7", "$unit is not declared"),
        (HEADER + "SELECT * {\n  ?s ?p }", "line 7", "expected"),
        (HEADER + PARAMETERS + BODY.replace("?item W", "?item ?unit W"), "line 17", "VALUES $name { UNDEF }"),
    ],
)
def test_a_bad_file_is_refused_with_file_and_line(tmp_path: Path, text: str, place: str, words: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(TemplateError) as caught:
        load_templates(tmp_path)
    assert words in str(caught.value)
    assert caught.value.context["path"] == path
    assert caught.value.context["place"] == place


def test_names_are_unique_over_all_groups(tmp_path: Path) -> None:
    write(tmp_path / "ask", HEADER + "ASK {}")
    write(tmp_path / "browse", HEADER + "ASK {}")
    with pytest.raises(TemplateError, match="a query of this name is also in"):
        load_templates(tmp_path)


def test_file_names_are_plain_and_files_are_utf8(tmp_path: Path) -> None:
    write(tmp_path / "a", HEADER + "ASK {}", "Alle Items.rq")
    with pytest.raises(TemplateError, match="name the file"):
        load_templates(tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "items.rq").write_bytes(HEADER.encode("gb18030"))
    with pytest.raises(TemplateError, match="cannot be read"):
        load_templates(tmp_path / "b")


def test_an_unknown_name_gets_near_ones(tmp_path: Path) -> None:
    write(tmp_path, HEADER + "ASK {}", "department-items.rq")
    templates = load_templates(tmp_path)
    assert find_template(templates, "department-items").name == "department-items"
    with pytest.raises(UnknownTemplate, match="did you mean department-items"):
        find_template(templates, "departments-item")
    with pytest.raises(UnknownTemplate, match="--list"):
        find_template(templates, "qqqq")
