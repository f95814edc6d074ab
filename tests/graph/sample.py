"""A small register made by hand, with one of everything."""

from dutygraph.model import (
    Citation,
    Duty,
    Indicator,
    Locator,
    Matter,
    Penalty,
    Quote,
    Regime,
    RegimeItem,
    RegimeSection,
    Register,
    Service,
    Share,
    Source,
    Unread,
    WorkItem,
)

__all__ = ["make_register", "quote"]


def quote(text: str, line: int, section: str = "部门职责", row: int | None = None, column: str | None = None) -> Quote:
    return Quote(text, Locator(section, row, column, line))


def make_register(**changes: object) -> Register:
    """A water bureau's register; ``changes`` replace fields."""
    department = quote("河道科", 6, row=1, column="责任科室")
    duties = (
        Duty(
            "1",
            quote("负责河道管理；配合农业局开展节水工作。", 4, row=1, column="主要职责"),
            (
                WorkItem(quote("审批河道采砂。", 5, row=1, column="具体工作事项"), department, ("河道科",)),
                WorkItem(
                    quote("查处违反《水法》第34条的行为。", 9, row=2, column="具体工作事项"),
                    department,
                    ("河道科",),
                    citations=(
                        Citation(
                            "水法",
                            "《水法》第34条",
                            quote("", 9, row=2, column="具体工作事项").at,
                            articles=("第34条",),
                        ),
                    ),
                ),
            ),
        ),
    )
    basis = quote("《河道管理条例》（国务院令第3号）", 15, "职责边界", 1, "相关依据")
    matters = (
        Matter(
            "1",
            quote("采砂管理", 12, "职责边界", 1, "管理事项"),
            (
                Share(
                    quote("水利局", 13, "职责边界", 1, "相关部门"),
                    quote("负责采砂许可。", 14, "职责边界", 1, "职责分工"),
                ),
                Share(
                    quote("国土局", 17, "职责边界", 2, "相关部门"),
                    quote("负责查处非法占地，并通报农业局。", 18, "职责边界", 2, "职责分工"),
                ),
            ),
            basis,
            (Citation("河道管理条例", basis.text, basis.at, number="国务院令第3号"),),
            quote("某日，水利局会同国土资源局查处一起非法采砂。", 16, "职责边界", 1, "案例"),
        ),
    )
    services = (
        Service(
            "1",
            quote("“3·22”世界水日", 21, "公共服务事项", 1, "服务事项"),
            quote("宣传节约用水。", 22, "公共服务事项", 1, "主要内容"),
            quote("河道管理科", 23, "公共服务事项", 1, "承办科室"),
            ("河道管理科",),
            quote("0310-1234567", 24, "公共服务事项", 1, "联系电话"),
            ("0310-1234567",),
            ("--03-22",),
        ),
        Service(
            "2",
            quote("水质咨询", 26, "公共服务事项", 2, "服务事项"),
            None,
            quote("水质科", 28, "公共服务事项", 2, "承办科室"),
            ("水质科",),
        ),
    )
    checked = quote("每月检查不少于2次。", 35, "事中事后监管制度")
    fined = quote("处500元以上1000元以下罚款。", 37, "事中事后监管制度")
    section = RegimeSection(
        quote("二、监督检查内容及指标", 33, "事中事后监管制度"),
        ("contents", "indicators"),
        (RegimeItem("1、", quote("是否持证采砂；", 34, "事中事后监管制度")), RegimeItem("2、", checked)),
    )
    last = RegimeSection(quote("五、处理", 36, "事中事后监管制度"), ("penalties",), (RegimeItem("1、", fined),))
    regimes = (
        Regime(
            "（一）",
            quote("采砂监管", 30, "事中事后监管制度"),
            (quote("为加强监管，特制定如下制度：", 31, "事中事后监管制度"),),
            (section, last),
            contents=(section.items[0].text,),
            indicators=(Indicator("每月检查不少于2次", checked.at, "frequency", ">=", 2, "次", "P1M", 24.0),),
            penalties=(Penalty("处500元以上1000元以下罚款", fined.at, 500, 1000),),
            departments=("河道科",),
        ),
    )
    fields: dict[str, object] = {
        "id": "130524-shuili",
        "source": Source("source.txt", "0" * 64, "txt", "130524-shuili/source.txt"),
        "jurisdiction_code": "130524",
        "jurisdiction": "柏乡县",
        "agency": "水利局",
        "title": "部门职责登记表",
        "aliases": {"国土资源局": ("国土局",), "河道科": ("河道管理科",)},
        "duties": duties,
        "matters": matters,
        "services": services,
        "regimes": regimes,
        "unread": (Unread(quote("填表人：张三", 40), "no column is known for it"),),
    }
    return Register(**{**fields, **changes})  # type: ignore[arg-type]
