"""Answers in Chinese: a short first sentence, then the words of the source and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from dutygraph.answer.model import Content, Intent, Reason, Result
from dutygraph.answer.render import SHOWN, STOPS, Saying, law_text

__all__ = ["EMERGENCY", "abstention", "doubt", "interpretation", "text"]

EMERGENCY: Final = "如有人正处于危险之中，请立即拨打110（报警）、119（火警）或120（急救）。"

_ASKS: Final[Mapping[Intent, str]] = {
    "who": "由谁负责",
    "legal": "依据哪些法规",
    "list": "有哪些",
    "count": "有多少",
    "phone": "联系电话",
    "indicator": "检查的次数、比例、人数要求",
    "penalty": "怎样处理、处罚",
    "procedure": "怎样检查、开展",
    "compare": "各地有何异同",
    "compositional": "符合条件的有哪些",
    "overlap": "哪些部门的职责重叠",
    "gap": "登记表缺什么、错在哪里",
    "describe": "是怎么规定的",
}
_REASONS: Final[Mapping[Reason, str]] = {
    "out_of_scope": "没有找到：登记表里没有这方面的内容，不能回答。",
    "not_in_register": "没有找到：{places}的登记表没有写这件事。没有写不等于没有人管。",
    "not_recorded": "登记表里有这件事，但没有登记所问的内容（该栏空白）。",
    "ambiguous": "请再说具体一点：您想问的是哪一件事？",
    "unsafe": "没有回答：这段文字像是指令或代码，不是关于职责的问题。",
}
_LONGEST_HEADING: Final = 30
_FIELDS: Final = {
    "phone": "联系电话",
    "case": "案例",
    "law": "依据",
    "indicators": "检查指标",
    "penalties": "处罚",
    "department": "责任科室",
}
_NO_SUCH: Final = {
    "numbering": "没有发现编号跳过的地方",
    "shifted": "没有发现部门和分工对不上的事项",
    "stray": "没有发现放错的行",
    "misnamed": "没有发现和别处写法不同的名称",
    "doubled": "没有发现同一事项下列了两行的部门",
    "hidden": "没有发现只写在别的部门格子里的部门",
    "repeated": "没有发现登了两遍的话",
    "written_twice": "没有发现同一个字写了两遍的文号",
}
_WHOLE: Final = {
    "matter": "管理事项",
    "service": "公共服务事项",
    "regime": "监管制度",
    "department": "内设机构",
    "duty": "主要职责",
    "case": "案例",
}
_UNITS: Final = {"agency": "个部门", "department": "个内设机构"}
_ROLES: Final = {
    "lead": "牵头",
    "approve": "审批",
    "joint": "会同",
    "assist": "协助",
    "participate": "参与",
    "guide": "指导",
    "supervise": "监督",
    "coordinate": "协调",
    "inform": "通报",
}


_Speak = Callable[[Saying, Content], str]


def interpretation(saying: Saying) -> str:
    """我的理解是：…"""
    places = "、".join(saying.catalogue.place(code) for code in saying.codes)
    where = f"{places}的登记表里，" if saying.named else "没有指明区县，各区县的登记表里，"
    topic = f"“{_topic(saying)}”" if _topic(saying) else "这件事"
    return f"我的理解是：{where}{topic}{_ASKS[saying.draft.intent]}。"


def text(saying: Saying) -> str:
    """The answer, place by place."""
    parts = [_place(saying, code, content) for code, content in saying.spoken]
    blank = {near.label for near in saying.draft.nearest}
    for place in map(saying.catalogue.place, saying.silent if parts else ()):
        empty = any(label.startswith(place) for label in blank)
        parts.append(f"{place}：{'该栏空白，没有登记。' if empty else '登记表没有写这件事。'}")
    return "\n".join(parts)


def abstention(saying: Saying, reason: Reason) -> str:
    """Why there is no answer, and what is nearest."""
    places = "、".join(saying.catalogue.place(code) for code in saying.codes)
    said = _REASONS[reason].format(places=places or "所问区县")
    if saying.draft.nearest:
        said += "相近的登记：" + "；".join(near.label.rstrip(STOPS) for near in saying.draft.nearest) + "。"
    return said


def doubt(saying: Saying) -> str:
    """What was found, when it is not sure that it is what was meant."""
    return f"不能确定您问的是哪一件事。最接近的登记是：\n{text(saying)}"


def _place(saying: Saying, code: str, content: Content) -> str:
    place = saying.catalogue.place(code)
    if saying.draft.denied:
        return f"{_first(saying, content)}（{place}）{_sources(saying, content)}"
    return f"{place}：{_first(saying, content)}{_sources(saying, content)}"


def _first(saying: Saying, content: Content) -> str:
    """The short first sentence."""
    draft = saying.draft
    speak = _denied if draft.denied else _SPEAK.get(draft.intent, _plainly)
    return (speak(saying, content) or _plainly(saying, content)).rstrip(STOPS) + "。"


def _denied(saying: Saying, content: Content) -> str:
    if saying.draft.wanted == "listed":
        return "没有，登记表没有列这一项"
    if saying.draft.wanted == "said":
        return "没有，所问的地方没有写"
    if saying.draft.wanted in _NO_SUCH:
        return _NO_SUCH[saying.draft.wanted]
    if saying.draft.wanted in _FIELDS and content.results:
        every = "" if len(content.items) <= 1 else f"{len(content.items)}项都"
        return f"没有，{_FIELDS[saying.draft.wanted]}一栏{every}是空白"
    return "没有符合条件的"


def _laws(_: Saying, content: Content) -> str:
    return "、".join(law_text(law) for law in content.laws)


def _phones(_: Saying, content: Content) -> str:
    told = (result for result in content.results if result.phones)
    return "；".join(f"{r.department or r.agency}（{r.subject}）{'、'.join(r.phones)}" for r in told)


def _count(saying: Saying, content: Content) -> str:
    if content.count is None:
        return "；".join(f"{count.label}（{count.value}）" for count in content.counts)
    return f"{_topic(saying)}：{content.count}{_UNITS.get(saying.draft.wanted, '项')}"


def _gap(saying: Saying, content: Content) -> str:
    if not content.results:
        return "没有空白，各项该栏都已填写"
    if saying.draft.wanted == "numbering":
        return f"编号缺{'、'.join(content.items)}"
    said = "、".join(law_text(law) for law in content.laws) or _plainly(saying, content)
    return said if content.items else f"有：{said}"


def _plainly(saying: Saying, content: Content) -> str:
    """The values, else the things listed, else what the records say."""
    if content.values:
        return "；".join(value.rstrip(STOPS) for value in content.values[:SHOWN])
    if content.items:
        more = f"共{len(content.items)}项" if len(content.items) > 1 else ""
        head = "，".join(filter(None, (_topic(saying), more)))
        return (f"{head}：" if head else "") + "；".join(item.rstrip(STOPS) for item in content.items)
    said = (_short(result.statement.rstrip(STOPS)) for result in content.results[:SHOWN])
    return "；".join(filter(None, said))


def _who(_: Saying, content: Content) -> str:
    if not content.names:
        return ""
    first = content.results[0]
    if first.agency in content.names and first.department:
        lead = (
            f"{first.agency}{first.department}负责"
            if content.names[0] != first.agency
            else f"{first.agency}（{first.department}）负责"
        )
    else:
        lead = f"{content.names[0]}负责"
    said = {first.agency, *(first.department or "").split("、")}
    others = [name for name in content.names if name not in said]
    return lead + (f"；另有{'、'.join(others)}" if others else "")


_SPEAK: Final[Mapping[Intent, _Speak]] = {
    "who": _who,
    "describe": _who,
    "legal": _laws,
    "phone": _phones,
    "count": _count,
    "gap": _gap,
}


def _sources(saying: Saying, content: Content) -> str:
    """The words of the source with their places; for the division of work with who does each."""
    if saying.draft.intent == "count" and len(content.results) > SHOWN:
        return _source(content.results[0])
    lines = [_source(result) for result in content.results[:SHOWN]]
    return "".join(lines)


def _source(result: Result) -> str:
    evidence = result.evidence[0]
    unit = f"{result.agency}{result.department or ''}"
    inside = "，".join(filter(None, (_brief(result.subject), _ROLES.get(result.role or ""))))
    about = f"（{inside}）" if inside else ""
    under = f"，该句写在{result.row_of}一栏" if result.row_of else ""
    corrected = "".join(f"更正（{made.author}，{made.date}）：{made.reason}" for made in result.corrections)
    return f"\n· {unit}{about}：“{evidence.quote}”［{evidence.section}，{evidence.locator}{under}］{corrected}"


def _brief(subject: str | None) -> str:
    """The heading; not the text of a whole duty."""
    return subject if subject and len(subject) <= _LONGEST_HEADING else ""


def _topic(saying: Saying) -> str:
    return _short(saying.draft.topic) or _WHOLE.get(saying.draft.wanted, "")


def _short(words: str, most: int = 40) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
