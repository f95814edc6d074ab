"""Five invented registers in layouts the reader was not built on: counts and cells as a person reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dutygraph.read import as_records, read_document, read_register
from dutygraph.read.document import count_records, read_whole
from dutygraph.read.registers import find_source, read_metadata
from read.test_nothing_lost import accounted, is_accounted, source_words
from read.writers import WRITERS

HERE = Path(__file__).parent
CHENGGUAN, SHIJIAN, MINZHENG = HERE / "130528-chengguan", HERE / "130525-shijian", HERE / "130522-minzheng"
JIAOTONG, WEIJIAN = HERE / "130533-jiaotong", HERE / "130531-weijian"
FOLDERS = [CHENGGUAN, SHIJIAN, MINZHENG, JIAOTONG, WEIJIAN]
LOOKED_INTO = [CHENGGUAN, SHIJIAN, JIAOTONG, WEIJIAN]
REPORTED = pytest.mark.parametrize("folder", LOOKED_INTO, ids=lambda folder: folder.name)
ALL = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


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
    assert [piece for piece in pieces if not is_accounted(piece, words)] == []


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("folder", [JIAOTONG, WEIJIAN], ids=lambda folder: folder.name)
def test_the_same_counts_in_every_format(folder: Path, name: str, tmp_path: Path) -> None:
    suffix, write = WRITERS[name]
    copy = tmp_path / f"source{suffix}"
    copy.write_bytes(write(read_whole(find_source(folder)).document.blocks))
    assert count_records(read_document(copy)) == read_metadata(folder).expected


@REPORTED
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
        JIAOTONG: [
            ("READ-MARGIN", "威县交通运输局权责事项手册"),
            ("READ-DEPARTMENT", "对公园游船、乡村渡口船只进行登记和安全检查。"),
            ("READ-TEXT", "（2024年第二次动态调整）"),
            ("READ-TEXT", "（一事一表，共8项）"),
            ("READ-TEXT", "附：本手册由局法制股负责解释，内容如有调整以县政府门户网站公布为准。"),
        ],
        WEIJIAN: [
            ("READ-HEADER", "时间地点"),
            ("READ-DEPARTMENT", "组织春秋两季灭鼠、灭蟑、灭蚊蝇活动。"),
            ("READ-DEPARTMENT", "开展卫生村镇创建和公共场所控烟。"),
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


# -- a form for each matter, marked headings -------------------------------------------------------------------------


def test_numbers_of_work_items_are_not_those_of_duties() -> None:
    duties = records(JIAOTONG)["duties"]
    assert [duty["no"] for duty in duties] == [str(number) for number in range(1, 14)]
    assert (duties[7]["text"], len(duties[7]["work_items"])) == ("负责巡游出租汽车、网络预约出租汽车的行业管理。", 4)
    assert duties[7]["work_items"][2]["text"] == "处理乘客对拒载、绕到、中途甩客、不使用计价器的投诉。"
    assert {name for item in duties[7]["work_items"] for name in item["departments"]} == {"出租汽车管理所"}
    assert duties[12]["work_items"][0]["department"] is None


def test_each_shared_matter_is_a_form() -> None:
    matters = records(JIAOTONG)["matters"]
    assert [(m["no"], m["matter"], len(m["shares"]), m["case"] is not None) for m in matters] == [
        ("1", "货车超限超载治理", 5, True),
        ("2", "校车安全管理", 4, False),
        ("3", "危险货物道路运输安全", 5, True),
        ("4", "出租汽车市场秩序管理", 4, False),
        ("5", "互联网租赁自行车和电动自行车停放管理", 4, True),
        ("6", "公路沿线环境整治", 4, False),
        ("7", "寄递物流安全管理", 4, False),
        ("8", "道路交通安全设施管理", 3, True),
    ]
    assert [(basis["title"], basis["number"]) for m in matters for basis in m["legal_bases"]] == [
        ("公路安全保护条例", "国务院令第593号"),
        ("校车安全管理条例", "国务院令第617号"),
        ("危险货物道路运输安全管理办法", "交通运输部令2019年第29号"),
        ("危险化学品安全管理条例", "国务院令第591号"),
        ("网络预约出租汽车经营服务管理暂行办法", "交通运输部令2022年第42号"),
        ("中华人民共和国公路法", None),
        ("快递暂行条例", "国务院令第697号"),
        ("河北省道路交通安全条例", None),
    ]
    assert matters[4]["basis"] is None
    assert matters[6]["shares"][0] == {
        "agency": "邮政管理局", "role": None, "text": "负责快递企业许可，监督实名收寄、收寄验视、过机安检。",
        "at": {"section": "职责边界", "row": 7, "column": "职责分工", "cell": "table 8 row 4 column 3"},
    }  # fmt: skip


def test_services_without_numbers() -> None:
    services = records(JIAOTONG)["services"]
    assert (services[0]["name"], services[0]["phones"]) == ("12328交通运输服务监督热线", ["0319-6162328"])
    assert services[4]["phones"] == ["0319-6163320", "0319-6163321"]
    assert (services[8]["name"], services[8]["phone"]) == ("交通执法开放日", None)


def test_regimes_with_headings_in_brackets() -> None:
    regimes = records(JIAOTONG)["supervision"]
    assert [(regime["no"], regime["title"]) for regime in regimes] == [
        ("制度一：", "道路旅客运输企业监管制度"),
        ("制度二：", "驾驶培训机构监管制度"),
        ("制度三：", "机动车维修经营监管制度"),
        ("制度四：", "货运源头治超监管制度"),
    ]
    assert regimes[3]["objects"] == "县政府公布的砂石场、水泥搅拌站、煤场、粮食物流园等重点货运源头单位。"
    assert [(section["heading"], len(section["items"])) for section in regimes[3]["sections"]] == [
        ("【监管对象】", 1), ("【监管内容】", 3), ("【检查方式与频次】", 3), ("【检查程序】", 5), ("【处理措施】", 4),
    ]  # fmt: skip
    assert regimes[3]["measures"][-1].startswith("运输企业一年内违法超限车辆超过本单位货车总数10%的")
    assert [regime["laws"] for regime in regimes[:2]] == [
        ["中华人民共和国道路运输条例", "道路旅客运输及客运站管理规定"],
        ["机动车驾驶员培训管理规定"],
    ]


# -- a row for each department, lead and assistance, two tables on a sheet -------------------------------------------


def test_the_items_of_a_department_stand_in_one_cell() -> None:
    duties = records(WEIJIAN)["duties"]
    assert [len(duty["work_items"]) for duty in duties] == [4, 4, 6, 4, 5, 5, 3, 3, 6, 4, 4, 3, 2]
    assert duties[8]["work_items"][0] == {
        "text": "查处无证行医、出租承包科室和超范围执业行为。",
        "department": "卫生监督所", "departments": ["卫生监督所"], "remark": None,
        "at": {"section": "部门职责登记表", "row": 9, "column": "具体工作事项", "cell": "科室职责!D12"},
    }  # fmt: skip
    assert [item["remark"] for item in duties[10]["work_items"]] == ["含原老龄办职能"] * 4
    assert [item["department"] for item in duties[12]["work_items"]] == [None, None]


def test_the_lead_and_those_who_assist() -> None:
    matters = records(WEIJIAN)["matters"]
    led = [[share["agency"] for share in matter["shares"] if share["role"] == "lead"] for matter in matters]
    assert led == [
        ["卫生健康局"], ["卫生健康局"], ["教育局"], ["水务局"],
        ["卫生健康局"], ["政法委员会"], ["卫生健康局"], ["农业农村局"],
    ]  # fmt: skip
    assert [(share["agency"], share["role"]) for share in matters[5]["shares"]] == [
        ("政法委员会", "lead"),
        ("卫生健康局", "assist"),
        ("公安局", "assist"),
        ("民政局", "assist"),
        ("残疾人联合会", "assist"),
    ]
    assert matters[5]["shares"][0]["text"] == "负责统筹协调，落实监护人以奖代补政策。"
    assert matters[5]["shares"][4]["at"] == {
        "section": "职责边界", "row": 6, "column": "配合部门·职责分工", "cell": "职责边界!F23",
    }  # fmt: skip
    assert [
        (matter["matter"], len(matter["legal_bases"])) for matter in matters if len(matter["legal_bases"]) != 1
    ] == [
        ("打击非法行医", 2),
        ("三岁以下婴幼儿托育服务", 0),
        ("人畜共患传染病防控", 2),
    ]


def test_services_with_their_content_before_their_name() -> None:
    read = records(WEIJIAN)
    services = read["services"]
    assert (services[0]["name"], services[0]["phones"]) == ("120急救电话", ["120", "0319-7212120"])
    assert services[7]["phones"] == ["12356", "0319-7216790"]
    assert services[7]["content"].startswith("由心理咨询师接听")
    assert (services[6]["name"], services[6]["phone"]) == ("献血车进广场", None)
    assert [unread["text"] for unread in read["unread"]][6] == "每月第一个、第三个周六"


def test_a_regime_in_each_wide_row_below_the_services() -> None:
    regimes = records(WEIJIAN)["supervision"]
    assert [regime["title"] for regime in regimes] == [
        "医疗机构依法执业监管制度", "公共场所卫生监管制度", "集中式供水和二次供水卫生监管制度", "托育机构监管制度",
    ]  # fmt: skip
    assert regimes[0]["preamble"] == ["依据《医疗机构管理条例》《中华人民共和国医师法》制定，目的是维护就医秩序。"]
    assert regimes[0]["laws"] == ["医疗机构管理条例", "中华人民共和国医师法"]
    assert [(section["heading"], len(section["items"])) for section in regimes[1]["sections"]] == [
        ("检查对象", 1), ("检查内容", 4), ("检查方式和频次", 3), ("检查程序", 4), ("处理措施", 3),
    ]  # fmt: skip
    assert regimes[3]["sections"][2]["items"][2]["text"] == "不打招呼抽查：每年不少于2次。"
