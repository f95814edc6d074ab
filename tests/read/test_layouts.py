"""Layouts that offices make of the form: a small table for each record, headers in two rows, lead and assistance in
columns of their own, lists in one cell, numbers that count work items, regimes with marked headings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dutygraph.read import as_records, read_document


def read(tmp_path: Path, text: str, suffix: str = ".csv") -> dict[str, Any]:
    path = tmp_path / f"source{suffix}"
    path.write_text(text, encoding="utf-8")
    return as_records(read_document(path))


def table(*rows: str) -> str:
    """A table of a web page from rows of cells between bars: ``3>`` before a cell reaches over columns, ``2v`` down."""

    def cell(text: str) -> str:
        span, mark, words = text[:1], text[1:2], text[2:]
        if span.isdecimal() and mark in (">", "v"):
            return f'<td {"colspan" if mark == ">" else "rowspan"}="{span}">{words}</td>'
        return f"<td>{text}</td>"

    lines = ["".join(cell(text.strip()) for text in row.split("|")) for row in rows]
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def shares(matter: dict[str, Any]) -> list[tuple[str, str | None, str]]:
    return [(share["agency"], share["role"], share["text"]) for share in matter["shares"]]


def codes(read: dict[str, Any]) -> list[str]:
    return [finding["code"] for finding in read["findings"]]


# -- forms -----------------------------------------------------------------------------------------------------------


def test_a_form_for_each_matter(tmp_path: Path) -> None:
    first = table(
        "监管事项 | 2>秸秆禁烧",
        "法律依据 | 2>《中华人民共和国大气污染防治法》第七十七条",
        "序号 | 责任单位 | 职责划分",
        "1 | 农业农村局 | 负责秸秆还田。",
        "2 | 生态环境局 | 负责巡查火点。",
        "典型案例 | 2>",
    )
    second = table(
        "监管事项 | 2>活禽交易",
        "法律依据 | 2>",
        "序号 | 责任单位 | 职责划分",
        "1 | 农业农村局 | 负责检疫。",
        "监督电话 | 2>8060123",
        "典型案例 | 2>例：某市场休市消毒。",
    )
    got = read(tmp_path, f"<p>表1</p>{first}<p>表2</p>{second}", ".html")
    assert [(m["no"], m["matter"], m["basis"], m["case"]) for m in got["matters"]] == [
        ("1", "秸秆禁烧", "《中华人民共和国大气污染防治法》第七十七条", None),
        ("2", "活禽交易", None, "例：某市场休市消毒。"),
    ]
    assert shares(got["matters"][0]) == [
        ("农业农村局", None, "负责秸秆还田。"),
        ("生态环境局", None, "负责巡查火点。"),
    ]
    assert [basis["articles"] for basis in got["matters"][0]["legal_bases"]] == [["第七十七条"]]
    assert [(unread["text"], unread["reason"]) for unread in got["unread"]] == [("8060123", "unknown column 监督电话")]
    assert got["matters"][1]["shares"][0]["at"] == {
        "section": "职责边界", "row": 2, "column": "职责划分", "cell": "table 2 row 4 column 3",
    }  # fmt: skip


@pytest.mark.parametrize("header", ["", "责任部门 | 具体职责"])
def test_the_list_of_a_form_stands_beside_its_label(header: str, tmp_path: Path) -> None:
    label = f"{3 if header else 2}v职责分工 | "
    rows = [f"{label}{header}"] if header else []
    rows += [f"{'' if header else label}公安局 | 负责查处。", "城管局 | 负责清理。"]
    got = read(tmp_path, table("管理事项 | 2>犬只管理", *rows, "相关依据 | 2>《养犬管理条例》"), ".html")
    assert [m["matter"] for m in got["matters"]] == ["犬只管理"]
    assert shares(got["matters"][0]) == [("公安局", None, "负责查处。"), ("城管局", None, "负责清理。")]
    assert [basis["title"] for basis in got["matters"][0]["legal_bases"]] == ["养犬管理条例"]


def test_a_form_with_two_labels_a_row_and_an_agency_for_each_part(tmp_path: Path) -> None:
    form = table(
        "序号 | 7 | 管理事项 | 河道采砂",
        "牵头部门 | 水务局 | 职责分工 | 负责许可。",
        "配合部门 | 公安局 | 职责分工 | 负责侦办案件。",
        "相关依据 | 3>《中华人民共和国水法》",
    )
    (matter,) = read(tmp_path, form, ".html")["matters"]
    assert (matter["no"], matter["matter"], matter["basis"]) == ("7", "河道采砂", "《中华人民共和国水法》")
    assert shares(matter) == [("水务局", "lead", "负责许可。"), ("公安局", "assist", "负责侦办案件。")]


def test_forms_below_each_other_with_a_table_behind_them(tmp_path: Path) -> None:
    lines = [
        "服务项目,测土配方,,", "服务内容,免费检测土壤。,,", "承办机构,土肥站,,", "咨询电话,8060123,,",
        "服务项目,农机培训,,", "服务内容,讲授驾驶。,,", "承办机构,农机站,,", "咨询电话,,,",
        "与相关部门的职责边界,,,", "序号,管理事项,相关部门,职责分工", "1,农药管理,公安局,负责侦办案件。",
    ]  # fmt: skip
    got = read(tmp_path, "\n".join(lines))
    assert [(s["no"], s["name"], s["content"], s["departments"], s["phones"]) for s in got["services"]] == [
        ("1", "测土配方", "免费检测土壤。", ["土肥站"], ["8060123"]),
        ("2", "农机培训", "讲授驾驶。", ["农机站"], []),
    ]
    assert [m["matter"] for m in got["matters"]] == ["农药管理"]
    assert (got["unread"], codes(got)) == ([], ["READ-COLUMN"])


def test_a_form_for_each_department(tmp_path: Path) -> None:
    form = table(
        "责任科室 | 2>畜牧科", "主要职责 | 2>负责动物防疫。", "序号 | 2>具体工作事项",
        "1 | 2>组织强制免疫。", "2 | 2>处置疫情。",
    )  # fmt: skip
    (duty,) = read(tmp_path, form, ".html")["duties"]
    assert duty["text"] == "负责动物防疫。"
    assert [(item["text"], item["departments"]) for item in duty["work_items"]] == [
        ("组织强制免疫。", ["畜牧科"]),
        ("处置疫情。", ["畜牧科"]),
    ]


# -- headers in two rows, lead and assistance ------------------------------------------------------------------------

LEAD_AND_ASSISTANCE = [
    ["序号,事项,牵头单位,,协同单位,,划分依据", ",,名称,职责,名称,职责,"],
    ["序号,事项,牵头单位,牵头单位,协同单位,协同单位,划分依据", "序号,事项,单位名称,职责,单位名称,职责,划分依据"],
    ["序号,事项,牵头单位,牵头职责,协同单位,协同职责,划分依据"],
]
BELOW = [
    "1,近视防控,教育局,负责减负。,卫健局,负责筛查。,《学校卫生工作条例》",
    ",,,,体育局,负责开放场馆。,",
    "2,控烟,卫健局,负责宣传。,,,",
]


@pytest.mark.parametrize("header", LEAD_AND_ASSISTANCE, ids=["blank above and below", "written out", "one row"])
def test_lead_and_assistance_in_columns_of_their_own(header: list[str], tmp_path: Path) -> None:
    got = read(tmp_path, "\n".join([*header, *BELOW]))
    assert [(m["no"], m["matter"], m["basis"]) for m in got["matters"]] == [
        ("1", "近视防控", "《学校卫生工作条例》"),
        ("2", "控烟", None),
    ]
    assert shares(got["matters"][0]) == [
        ("教育局", "lead", "负责减负。"),
        ("卫健局", "assist", "负责筛查。"),
        ("体育局", "assist", "负责开放场馆。"),
    ]
    assert shares(got["matters"][1]) == [("卫健局", "lead", "负责宣传。")]
    assert (got["unread"], got["findings"]) == ([], [])


def test_merged_cells_written_out_in_every_row_are_read_once(tmp_path: Path) -> None:
    rows = [BELOW[0], BELOW[0].replace("卫健局,负责筛查。", "体育局,负责开放场馆。")]
    got = read(tmp_path, "\n".join([*LEAD_AND_ASSISTANCE[0], *rows]))
    (matter,) = got["matters"]
    assert [agency for agency, _, _ in shares(matter)] == ["教育局", "卫健局", "体育局"]
    assert got["findings"] == []


def test_a_header_in_two_rows_of_which_only_the_lower_tells(tmp_path: Path) -> None:
    rows = ["2v序号 | 2v内设科室 | 2>内容", "主要职责 | 具体工作事项", "1 | 畜牧科 | 负责动物防疫。 | 组织强制免疫。"]
    got = read(tmp_path, table(*rows), ".html")
    assert [(duty["no"], duty["text"]) for duty in got["duties"]] == [("1", "负责动物防疫。")]
    assert got["duties"][0]["work_items"][0]["departments"] == ["畜牧科"]
    assert (got["unread"], got["findings"]) == ([], [])


def test_a_role_noted_beside_the_agency(tmp_path: Path) -> None:
    got = read(tmp_path, "管理事项,相关部门,职责分工,依据\n控烟,卫健局（牵头）,负责宣传。,\n,城管局,配合查处。,")
    assert [role for _, role, _ in shares(got["matters"][0])] == ["lead", None]


# -- duties ----------------------------------------------------------------------------------------------------------


def test_a_row_for_each_department_with_its_items_in_one_cell(tmp_path: Path) -> None:
    lines = [
        "序号,科室,主要职责,具体工作事项,备注",
        '1,种植科,负责种植业。,"1、推广良种；\n指导用药。\n2、检查门店：\n（1）台账；\n（2）标签。",常年',
        '2,畜牧科,负责养殖业。,"1、组织免疫。\n2、处置疫情。",',
        "3,办公室,负责机关运转。,1、收发公文。,",
    ]
    got = read(tmp_path, "\n".join(lines))
    assert [[item["text"] for item in duty["work_items"]] for duty in got["duties"]] == [
        ["推广良种；指导用药。", "检查门店：（1）台账；（2）标签。"],
        ["组织免疫。", "处置疫情。"],
        ["收发公文。"],
    ]
    assert [item["remark"] for item in got["duties"][0]["work_items"]] == ["常年", "常年"]
    assert got["duties"][1]["work_items"][1]["departments"] == ["畜牧科"]


@pytest.mark.parametrize("numbers", [("1.1", "1.2", "2.1"), ("1-1", "1-2", "2-1"), ("1", "2", "1")])
def test_numbers_that_count_work_items(numbers: tuple[str, str, str], tmp_path: Path) -> None:
    one, two, three = numbers
    rows = [
        "责任科室 | 主要职责 | 编号 | 具体工作事项",
        f"2v畜牧科 | 2v负责动物防疫。 | {one} | 组织强制免疫。",
        f"{two} | 处置疫情。",
        f"农机科 | 负责农机安全。 | {three} | 核发牌证。",
    ]
    got = read(tmp_path, table(*rows), ".html")
    assert [(duty["no"], duty["text"], len(duty["work_items"])) for duty in got["duties"]] == [
        ("1", "负责动物防疫。", 2),
        ("2", "负责农机安全。", 1),
    ]
    assert got["findings"] == []


def test_who_filled_in_the_form_is_no_table(tmp_path: Path) -> None:
    lines = ["填报单位：德清县农业局,,填报人：办公室 2024年9月", "序号,服务事项,主要内容", "1,测土配方,检测土壤。"]
    got = read(tmp_path, "\n".join(lines))
    assert (got["register"]["jurisdiction"], got["register"]["agency"]) == ("德清县", "农业局")
    assert got["unread"] == []


# -- regimes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ordinal", ["制度{}：", "监管事项（{}）：", "第{}项："])
@pytest.mark.parametrize("marks", ["【】", "〔〕", "[]", "「」"])
def test_regimes_with_marked_headings(ordinal: str, marks: str, tmp_path: Path) -> None:
    opening, closing = marks
    lines = ["事中事后监管制度"]
    for number, name in zip("一二", ("农药经营监管", "渔船安全监管"), strict=True):
        lines += [
            f"{ordinal.format(number)}{name}",
            "为规范经营，依据《农药管理条例》制定。",
            f"{opening}监管对象{closing}全县经营单位。",
            f"{opening}检查内容{closing}",
            "①是否取得许可证；",
            "②是否建立台账。",
            f"{opening}责任科室{closing}由执法大队实施。",
            f"{opening}处理措施{closing}",
            "①责令改正，处500元以上1000元以下罚款。",
        ]
    lines.append("注：本清单由办公室负责解释。")
    got = read(tmp_path, "\n\n".join(lines), ".txt")
    assert [(regime["title"], regime["objects"], regime["contents"]) for regime in got["supervision"]] == [
        (name, "全县经营单位。", ["是否取得许可证；", "是否建立台账。"]) for name in ("农药经营监管", "渔船安全监管")
    ]
    second = got["supervision"][1]
    assert second["no"] == ordinal.format("二")
    assert second["preamble"] == ["为规范经营，依据《农药管理条例》制定。"]
    assert [(len(section["items"]), section["heading"][1:-1]) for section in second["sections"]] == [
        (1, "监管对象"), (2, "检查内容"), (1, "责任科室"), (1, "处理措施"),
    ]  # fmt: skip
    assert second["penalties"][0]["max_yuan"] == 1000
    assert [unread["text"] for unread in got["unread"]] == ["注：本清单由办公室负责解释。"]


def test_columns_of_a_regime_by_what_their_words_announce(tmp_path: Path) -> None:
    lines = [
        "制度名称,制定目的,检查依据和目的,检查对象,随机抽查的具体方法,处理措施",
        '渔船安全监管,为了安全。,依据《渔业法》制定。,渔船。,"（1）登船检查；\n（2）每月1次。",责令改正。',
    ]
    (regime,) = read(tmp_path, "\n".join(lines))["supervision"]
    assert regime["preamble"] == ["为了安全。", "依据《渔业法》制定。"]
    assert regime["laws"] == ["渔业法"]
    assert regime["methods"] == ["登船检查；", "每月1次。"]
