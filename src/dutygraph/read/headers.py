"""The vocabulary of the form: its four sections, their titles, and the header words of their columns.

Registers of other offices use other words for the same columns; a new word is one more entry here, or one line under
``[lookups.columns]`` in a register.toml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product

from dutygraph.read.folding import squeeze

__all__ = [
    "COLUMNS",
    "DUTIES",
    "MATTERS",
    "REGIMES",
    "SECTIONS",
    "SERVICES",
    "find_columns",
    "find_department_line",
    "is_number_column",
    "recognise_header",
    "recognise_title",
]

DUTIES, MATTERS, SERVICES, REGIMES = "部门职责登记表", "职责边界", "公共服务事项", "事中事后监管制度"
SECTIONS = (DUTIES, MATTERS, SERVICES, REGIMES)

_NUMBER = ("序号", "编号", "序列", "项次", "顺序号", "号")
_REMARK = ("备注", "说明", "备考", "附注")
_UNIT_PREFIXES = ("", "责任", "承办", "负责", "主办", "牵头", "主管", "职能", "实施", "具体承办", "具体负责", "内设")
_UNITS = (
    "处室", "科室", "股室", "室", "处", "科", "股", "部门", "机构", "单位", "处科室", "科股室", "股所", "科室单位", "处室单位",
    "科室机构", "内设机构", "单位科室", "处室科室", "司局", "站所",
)  # fmt: skip
_DEPARTMENT = tuple(
    prefix + unit for prefix, unit in product(_UNIT_PREFIXES, _UNITS) if prefix or unit not in ("室", "处", "科", "股")
)
_AGENCY = (
    "相关部门", "涉及部门", "相关单位", "部门名称", "部门", "单位", "单位名称", "责任部门", "责任单位", "负责部门", "职责部门",
    "牵头和配合部门", "有关部门", "相关部门单位", "部门单位", "涉及单位", "主管部门", "职能部门", "监管部门",
)  # fmt: skip

COLUMNS: Mapping[str, Mapping[str, Sequence[str]]] = {
    DUTIES: {
        "no": _NUMBER,
        "duty": ("主要职责", "部门职责", "工作职责", "职责", "主要职能", "职责名称", "主要职责内容", "职能", "职责内容"),
        "item": (
            "具体工作事项", "工作事项", "具体工作", "具体事项", "具体工作内容", "工作内容", "事项", "具体职责事项", "细化工作事项",
            "具体工作任务", "对应的具体工作事项", "职责细化",
        ),
        "department": _DEPARTMENT,
        "remark": _REMARK,
    },
    MATTERS: {
        "no": _NUMBER,
        "matter": ("管理事项", "事项名称", "事项", "边界事项", "职责事项", "监管事项", "管理事项名称", "职责边界事项", "交叉事项"),
        "agency": _AGENCY,
        "share": (
            "职责边界", "职责分工", "职责划分", "部门职责", "职责", "分工", "职责内容", "具体职责", "边界划分", "职责边界划分",
            "具体职责分工", "职能分工", "责任分工", "职责界定", "工作职责", "主要职责",
        ),
        "basis": (
            "相关依据", "法律依据", "依据", "法律法规依据", "政策依据", "划分依据", "法定依据", "职责依据", "设定依据", "法规依据",
            "分工依据", "相关法律依据", "依据文件", "文件依据", "法律法规及文件依据", "法律法规", "相关法律法规", "有关依据",
        ),
        "case": ("相关案例", "案例", "典型案例", "案例说明", "举例", "例", "实例", "相关实例", "事例", "举例说明"),
        "remark": _REMARK,
    },
    SERVICES: {
        "no": _NUMBER,
        "service": (
            "服务事项", "公共服务事项", "事项名称", "服务项目", "服务名称", "服务事项名称", "事项", "公共服务事项名称", "公共服务项目",
        ),
        "content": ("主要内容", "服务内容", "内容", "具体内容", "事项内容", "主要服务内容", "服务主要内容"),
        "department": (*_DEPARTMENT, "服务单位", "服务机构", "承办部门", "提供单位"),
        "phone": (
            "联系电话", "电话", "咨询电话", "联系方式", "服务电话", "办公电话", "电话号码", "联系电话号码", "咨询及投诉电话", "咨询服务电话",
        ),
        "remark": _REMARK,
    },
}  # fmt: skip
# What a table must have to be of a section, one of each group.
_REQUIRED: Mapping[str, Sequence[Sequence[str]]] = {
    DUTIES: (("duty", "item"), ("item", "department")),
    MATTERS: (("matter",), ("agency", "share")),
    SERVICES: (("service",), ("content", "phone", "department")),
}
# A word that no other section's table has decides between sections that share the rest.
_TELLING: Mapping[str, Sequence[str]] = {
    DUTIES: ("主要职责", "具体工作事项", "工作事项", "具体工作", "具体事项"),
    MATTERS: ("管理事项", "职责边界", "职责分工", "职责划分", "相关部门"),
    SERVICES: ("服务事项", "公共服务事项", "服务项目", "服务内容", "联系电话"),
}

_ORDINAL = re.compile(
    r"(?:第[一二三四五六七八九十0-9]+[部分章节]+|[（(]?[一二三四五六七八九十0-9０-９]+[）)]?[、.．:：]?|附件?[0-9一二三四]*[:：]?)?"
)
_BRACKETS = re.compile(r"[（(〔\[][^）)〕\]]*[）)〕\]]")
_TITLES: Sequence[tuple[str, re.Pattern[str]]] = (
    (REGIMES, re.compile(r"(?:加强)?事中事后(?:的)?监(?:督管理|督检查|管|督)?(?:制度|措施|办法|事项|情况)?(?:登记|一览|汇总)?[表册]?")),
    (SERVICES, re.compile(r"公共服务(?:事项)?(?:登记|一览|汇总)?(?:表|目录|清单)?")),
    (MATTERS, re.compile(r"(?:与)?(?:(?:相|有)关)?部门(?:间|之间)?(?:的)?职责边界(?:划分)?(?:登记|一览|汇总)?[表]?(?:清单)?"
                         r"|职责边界(?:登记|一览|汇总)?(?:表|清单)?|部门职责分工(?:登记)?表?")),
    (DUTIES, re.compile(r"部门(?:主要)?职责(?:登记|一览|汇总)?(?:表|清单)?|主要职责(?:登记)?(?:表|清单)?|(?:工作|部门)职责登记表")),
)  # fmt: skip
_OWNER = re.compile(r"\S{2,20}?[局委会厅办院队站中心府所处署](?=\S)")
_DEPARTMENT_LINE = re.compile(
    r"(?:部门名称|单位名称|部门（?单位）?名称|填报部门|填报单位|部门|单位)[（(]?(?:盖章|公章)?[）)]?[:：](?P<name>.*)"
)


def recognise_title(text: str) -> str | None:
    """The section a line is the title of (四、事中事后监督管理制度, 柏乡县公安局公共服务事项), or None."""
    words = _ORDINAL.sub("", squeeze(text).strip("《》【】:：。"), count=1)
    for candidate in (words, _OWNER.sub("", words, count=1)):
        bare = _BRACKETS.sub("", candidate)
        for section, pattern in _TITLES:
            if bare and pattern.fullmatch(bare):
                return section
    return None


def find_department_line(text: str) -> str | None:
    """The agency that a line like 部门名称：柏乡县公安局 names (may be empty); None for any other line."""
    match = _DEPARTMENT_LINE.fullmatch(squeeze(text))
    return match["name"] if match else None


def _bare(word: str) -> str:
    squeezed = squeeze(word).strip("*＊:：")
    return _BRACKETS.sub("", squeezed) or squeezed


def _spellings(word: str) -> tuple[str, ...]:
    """As written, and without brackets: 承办科室（单位）→ 承办科室单位, 承办科室."""
    return (re.sub(r"[（()）〔〕\[\]/、]", "", squeeze(word)), _bare(word))


def is_number_column(word: str) -> bool:
    """Whether a header word announces row numbers."""
    return _bare(word) in _NUMBER


def find_columns(section: str, words: Sequence[str], lookups: Mapping[str, str]) -> dict[str, int]:
    """Column keys by index for the header words of a section. The first column of a kind wins; ``lookups`` (from
    register.toml, header word → column key) come before the built-in words."""
    table = {word: key for key, synonyms in COLUMNS[section].items() for word in synonyms}
    found: dict[str, int] = {}
    for index, word in enumerate(words):
        named = lookups.get(squeeze(word))
        key = named if named in COLUMNS[section] else next((table[w] for w in _spellings(word) if w in table), None)
        if key is not None and key not in found:
            found[key] = index
    return found


def recognise_header(words: Sequence[str], hint: str | None, lookups: Mapping[str, str]) -> str | None:
    """The section whose table these header words begin, or None. ``hint`` (the title before) decides between equals."""
    best: tuple[int, str] | None = None
    if len([word for word in words if word]) < 2 or any(len(word) > 30 for word in words):
        return None
    for section, required in _REQUIRED.items():
        found = find_columns(section, words, lookups)
        if not all(any(key in found for key in group) for group in required):
            continue
        telling = sum(any(w in _TELLING[section] for w in _spellings(word)) for word in words)
        score = 4 * len(found) + 3 * telling + (2 if section == hint else 0)
        if best is None or score > best[0]:
            best = (score, section)
    return best[1] if best else None
