"""Three invented registers in layouts the reader was not built on: counts and cells as a person reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dutygraph.read import as_records, read_register
from dutygraph.read.document import read_whole
from dutygraph.read.folding import squeeze
from dutygraph.read.registers import find_source, read_metadata
from read.test_nothing_lost import accounted, source_words

HERE = Path(__file__).parent
CHENGGUAN, SHIJIAN, MINZHENG = HERE / "130528-chengguan", HERE / "130525-shijian", HERE / "130522-minzheng"
BOTH = pytest.mark.parametrize("folder", [CHENGGUAN, SHIJIAN], ids=lambda folder: folder.name)
ALL = pytest.mark.parametrize("folder", [CHENGGUAN, SHIJIAN, MINZHENG], ids=lambda folder: folder.name)


def records(folder: Path) -> dict[str, Any]:
    return as_records(read_register(folder))


def items(read: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The work items by their text."""
    return {item["text"]: item for duty in read["duties"] for item in duty["work_items"]}


@ALL
def test_counts_are_those_of_a_person(folder: Path) -> None:
    assert read_metadata(folder).expected
    assert [found for found in read_register(folder).findings if found.code == "READ-COUNT"] == []


@ALL
def test_nothing_is_lost(folder: Path) -> None:
    reading = read_whole(find_source(folder), read_metadata(folder))
    words = accounted(reading)
    pieces = list(source_words(reading))
    assert len(pieces) > 300
    assert [piece for piece in pieces if squeeze(piece.text) not in words] == []


@BOTH
def test_what_is_reported(folder: Path) -> None:
    said = {
        CHENGGUAN: [
            ("READ-DEPARTMENT", "负责餐厨垃圾收运单位的备案和收运台账检查。"),
            ("READ-TEXT", "宁晋县城市管理综合执法局责任清单"),
            ("READ-TEXT", "（2024年修订）"),
        ],
        SHIJIAN: [
            ("READ-DEPARTMENT", "收集、上报药品不良反应和医疗器械不良事件。"),
            ("READ-TEXT", "填表说明"),
            ("READ-TEXT", "1.本表由各单位据实填写，一式三份。"),
            ("READ-TEXT", "2.职责交叉的事项须与相关部门会商一致后填报。"),
        ],
    }
    assert [(found["code"], found["quote"]) for found in records(folder)["findings"]] == said[folder]


def test_a_merged_duty_has_its_items_with_their_departments() -> None:
    read = records(CHENGGUAN)
    duty = read["duties"][3]
    assert (duty["no"], duty["text"]) == ("4", "负责户外广吿、门头牌匾和城市夜景照明的设置管理。")
    assert [(item["text"], item["departments"]) for item in duty["work_items"]] == [
        ("编制城区户外广告设置专项规划，核查大型户外广告的结构安全检测情况。", ["广告亮化股"]),
        ("负责门头牌匾设置样式的指导，拆除破损、存在坠落隐患的牌匾。", ["广告亮化股"]),
        ("负责主要街道、广场景观灯和楼体亮化设施的开闭与维护。", ["广告亮化股"]),
    ]
    assert read["duties"][4]["at"] == {
        "section": "部门职责登记表", "row": 5, "column": "主要职责", "cell": "table 2 row 2 column 2",
    }  # fmt: skip


def test_departments_before_work_items() -> None:
    duty = records(SHIJIAN)["duties"][0]
    assert [(item["text"], item["departments"], item["remark"]) for item in duty["work_items"]][-2:] == [
        ("牵头部门联合“双随机、一公开”监管工作。", ["信用监督管理股"], None),
        ("指导个体工商户转型升级为企业，联系个体劳动者协会。", ["个体私营经济股"], None),
    ]
    assert duty["work_items"][0]["remark"] == "每年1月1日至6月30日"


def test_a_blank_cell_stays_blank() -> None:
    chengguan, shijian = records(CHENGGUAN), records(SHIJIAN)
    assert items(chengguan)["负责餐厨垃圾收运单位的备案和收运台账检查。"]["department"] is None
    assert items(shijian)["收集、上报药品不良反应和医疗器械不良事件。"]["department"] is None
    assert (chengguan["services"][3]["name"], chengguan["services"][3]["phone"]) == ("燃气安全进社区宣传", None)
    assert (shijian["services"][2]["name"], shijian["services"][2]["phone"]) == ("免费校秤服务", None)
    assert (chengguan["matters"][6]["matter"], chengguan["matters"][6]["basis"]) == ("城区犬只管理", None)
    assert [matter["matter"] for matter in shijian["matters"] if matter["basis"] is None] == [
        "电动自行车全链条管理",
        "保健品市场整治",
    ]


def test_matters_with_their_columns_in_another_order() -> None:
    matter = records(SHIJIAN)["matters"][5]
    assert matter["matter"] == "散煤质量管控"
    assert [(share["agency"], share["text"]) for share in matter["shares"]] == [
        ("市场监督管理局", "负责生产、销售环节煤炭质量的监督抽检，查处销售劣质散煤行为。"),
        ("生态环境局隆尧县分局", "负责燃用环节散煤的监督，市场监督管理局负责进厂煤炭计量器具的检定。"),
        ("发展和改革局", "负责清洁取暖改造和洁净型煤保供。"),
        ("乡镇人民政府", "负责散煤网格化巡查，劝导村民使用清洁能源。"),
    ]
    assert [(basis["title"], basis["articles"]) for basis in matter["legal_bases"]] == [
        ("中华人民共和国大气污染防治法", ["第一百零三条"])
    ]
    assert matter["case"].startswith("例：检查发现某煤炭销售点灰分、硫分超标")


def test_services_with_their_columns_in_another_order() -> None:
    service = records(CHENGGUAN)["services"][0]
    assert service["name"] == "12319城管热线受理"
    assert service["departments"] == ["数字化城市管理指挥中心"]
    assert service["content"].endswith("一般事项三个工作日内答复。")
    assert service["phones"] == ["0319-5890312"]
    assert records(SHIJIAN)["services"][4]["phones"] == ["0319-6671219", "96333"]


def test_regimes_after_a_list_of_their_titles() -> None:
    read = records(CHENGGUAN)["supervision"]
    assert [(regime["no"], regime["title"], regime["at"]["cell"]) for regime in read] == [
        ("（一）", "瓶装液化气经营企业监管制度", "paragraph 17"),
        ("（二）", "建筑垃圾运输监管制度", "paragraph 41"),
        ("（三）", "临街餐饮油烟治理监管制度", "paragraph 64"),
    ]
    assert read[1]["departments"] == ["渣土管理中队"]
    assert [(one["value"], one["unit"], one["per"]) for one in read[1]["indicators"]][:2] == [
        (2.0, "台", None),
        (2.0, "次", "P1M"),
    ]
    assert read[1]["penalties"][2]["max_yuan"] == 200
    assert read[1]["procedures"][-1] == "按规定立案、告知、决定、送达。"


def test_regimes_as_a_table() -> None:
    lifts = records(SHIJIAN)["supervision"][1]
    assert (lifts["no"], lifts["title"]) == ("2", "电梯安全监管制度")
    assert lifts["preamble"] == ["为预防电梯事故，依据《中华人民共和国特种设备安全法》制定。"]
    assert lifts["laws"] == ["中华人民共和国特种设备安全法"]
    assert lifts["objects"] == "电梯使用单位、维护保养单位。"
    assert [(section["heading"], len(section["items"])) for section in lifts["sections"]] == [
        ("监管对象", 1), ("监管内容", 4), ("监管方式与频次", 3), ("监管程序", 5), ("处理措施", 3),
    ]  # fmt: skip
    assert lifts["procedures"][3] == "存在严重事故隐患的，就地查封并通知业主；"
    assert lifts["sections"][3]["items"][3] == {
        "no": "4.", "text": "存在严重事故隐患的，就地查封并通知业主；", "level": 0,
        "at": {"section": "事中事后监管制度", "row": 2, "column": "具体规定", "cell": "事中事后监管!D14"},
    }  # fmt: skip
    assert (lifts["penalties"][0]["min_yuan"], lifts["penalties"][0]["max_yuan"]) == (30_000, 300_000)
