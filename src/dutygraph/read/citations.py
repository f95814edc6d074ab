"""Acts and documents that a text cites: 《title》 with number, issuer, date and 条款项."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dutygraph.model import Citation, Quote

__all__ = ["is_act_title", "parse_citations"]

# What an act or document is called; what follows may be a bracket (（试行）) that belongs to the title.
_ACT_HEAD = (
    "法|法典|条例|办法|规定|细则|意见|通知|通告|公告|决定|决议|命令|批复|复函|函|标准|规范|规则|准则|公约|协定|条约|议定书|解释|"
    "修正案|宪法|规程|制度|方案|纲要|规划|计划|目录|名录|指引|指南|导则|章程|要点|要求|令"
)
_ACT_TITLE = re.compile(
    rf"(?:.*[^\s])?(?:{_ACT_HEAD})(?:\s*[（(<〈][^（）()]*[）)>〉])*(?:的?(?:通知|意见|决定|批复))?"
)
_PLAIN_TITLE = re.compile(
    r"(?!.*(?:负责|按照|依照|根据|依据|贯彻|执行|违反|落实|制定|实施))[\u4e00-\u9fff]{2,40}(?:法|条例|办法|规定|细则)"
)

_BLANK = re.compile(r"\s+")
_N = r"[0-9０-９一二三四五六七八九十百千〇零]"
_DOCUMENT_NUMBER = (
    # 国务院令第455号, 国务院令315号, 交通运输部令2019年第29号
    rf"(?:[\u4e00-\u9fff]{{1,12}}?令\s*(?:{_N}{{4}}\s*年\s*)?第?\s*{_N}+\s*号"
    # 民政部第14号令, 交通运输部2019年第29号令
    rf"|[\u4e00-\u9fff]{{2,14}}?(?:{_N}{{4}}\s*年\s*(?=第))?第\s*{_N}+\s*号\s*令?"
    # 司发通〔2000〕33号
    rf"|[\u4e00-\u9fff]{{1,10}}\s*[〔\[［【（(]\s*{_N}{{2,4}}\s*年?\s*[〕\]］】）)]\s*第?\s*{_N}+\s*号"
    rf"|(?:GB|GA|GBZ|DB)\s*/?\s*T?\s*\d+(?:[.-]\d+)*)"
)
_NUMBER = re.compile(_DOCUMENT_NUMBER)
_NUMBER_BEFORE = re.compile(rf"{_DOCUMENT_NUMBER}$")
_STATE = re.compile(r"^中华人民共和?国(?=国务院|主席|[\u4e00-\u9fff]{2,12}[部委署局会])")
_DATE = re.compile(rf"{_N}{{4}}\s*年\s*{_N}{{1,3}}\s*月(?:\s*{_N}{{1,3}}\s*日)?")
_PASSED_BY = re.compile(
    r"([\u4e00-\u9fff]{2,40}?(?:大会常务委员会|大会|委员会|常委会|会议))[\u4e00-\u9fff]{0,20}?(?:通过|批准|修订|修正|发布)"
)
_ISSUED_AS = re.compile(r"([\u4e00-\u9fff]{4,40}?)(?:关于)?(?:印发|转发|批转|下发|发布)(?:的)?$")
_TITLE_ISSUER = re.compile(r"^([\u4e00-\u9fff、]{2,40}?(?:部|委|署|局|院|会|厅|政府))关于")
_NUMBER_ISSUER = re.compile(rf"^(.*?)(?:{_N}{{4}}年)?(?:令|第)")

# Closed, or broken off at the next stop; a bracket round the year (〔2000〕 written (2000)) does not close it.
_BRACKET_AFTER = re.compile(r"\s*[（(]([^《》；;。]*?)(?:[）)](?![^（(《]{0,6}[0-9０-９]+\s*号)|(?=[》；;。]|$))")

_ARTICLES = re.compile(
    rf"\s*(?:[（(](?:试行|暂行)[）)])?的?\s*(?P<list>第\s*{_N}+(?:\s*(?:[、，,]|和|及|至|到|-|—|－)\s*第?\s*{_N}+)*\s*条"
    rf"(?:之[一二三四五六七八九十])?(?:\s*第\s*{_N}+\s*[款项目])*"
    rf"(?:\s*[、，,和及]\s*第\s*{_N}+\s*条(?:\s*第\s*{_N}+\s*[款项目])*)*)"
)
_ONE_ARTICLE = re.compile(
    rf"(?P<no>{_N}+)|(?P<unit>条)|(?P<part>(?:之[一二三四五六七八九十])?(?:\s*第\s*{_N}+\s*[款项目])+)"
)


def is_act_title(title: str) -> bool:
    """Whether the words between 《》 name an act or official document, by the grammar of its last word: 条例, 办法,
    意见 … do; 许可证, 通知书, 笔录, 申请表, 证明 do not."""
    return _ACT_TITLE.fullmatch(_BLANK.sub("", title)) is not None


@dataclass(frozen=True, slots=True)
class _Title:
    """A span in 《》: ``start``/``end`` with the marks, the words, and a bracket that broke into it."""

    start: int
    end: int
    words: str
    bracket: str


def parse_citations(quote: Quote) -> tuple[Citation, ...]:
    """The acts and documents cited in a text, in its order.

    Understood: a number or issuer before the title (国务院令315号《…》, …关于印发《…》), number, date and issuer in
    brackets after it, articles (第三十四条第一款; 第34、36条 gives two), nested titles (one citation, the outer), marks
    that are not closed or closed twice, short forms (《条例》 stays 条例). What stands in 《》 and is no act (permits,
    forms) gives nothing. A cell that is nothing but the name of an act needs no 《》.

    Nothing is corrected: ``as_written`` is the exact piece of the text, the other fields are pieces of it with the
    white space folded away.
    """
    text = quote.text
    titles = list(_titles(text))
    if not titles:
        return _plain_title(quote)
    citations: list[Citation] = []
    previous_end = 0
    for index, title in enumerate(titles):
        limit = titles[index + 1].start if index + 1 < len(titles) else len(text)
        citation = _citation(quote, title, previous_end, limit)
        previous_end = title.end
        if citation is not None:
            citations.append(citation)
    return tuple(citations)


def _titles(text: str) -> Iterator[_Title]:
    position = text.find("《")
    while position >= 0:
        depth = 1
        cursor = position + 1
        stopped = False
        while cursor < len(text) and depth:
            char = text[cursor]
            if char == "《" and stopped:  # the first was never closed; without a stop between it is nested
                break
            stopped = stopped or char in "。；;"
            depth += {"《": 1, "》": -1}.get(char, 0)
            cursor += 1
        words = text[position + 1 : cursor - 1] if not depth else text[position + 1 : cursor]
        broken = re.match(r"([^（(]*?)\s*([（(].*)", words, re.DOTALL)
        bracket = ""
        # 《办法（1999年5月25日民政部第14号令》: the closing mark came too late, the bracket is not of the title.
        if broken is not None and (depth or _NUMBER.search(broken[2]) or _DATE.search(broken[2])):
            words, bracket = broken[1], broken[2]
        elif depth:
            words = re.split(r"[。；;，,]", words, maxsplit=1)[0]
            cursor = position + 1 + len(words)
        yield _Title(position, cursor, words, bracket)
        position = text.find("《", cursor)


def _citation(quote: Quote, title: _Title, earliest: int, limit: int) -> Citation | None:
    text = quote.text
    words = _BLANK.sub("", title.words)
    if not words or not is_act_title(words):
        return None
    start, before = _before(text, earliest, title.start)
    end, bracket = _bracket_after(text, title, limit)
    articles: tuple[str, ...] = ()
    match = _ARTICLES.match(text, end, limit)
    if match is not None:
        end = match.end()
        articles = _article_list(_BLANK.sub("", match["list"]))
    context = before + bracket
    number = _number(bracket) or _number(before)
    date = _DATE.search(bracket)
    return Citation(
        title=words,
        as_written=text[start:end],
        at=quote.at,
        number=number,
        issuer=_issuer(words, context, before, number),
        date=_BLANK.sub("", date[0]) if date else None,
        articles=articles,
    )


def _before(text: str, earliest: int, start: int) -> tuple[int, str]:
    """Where the citation begins when a number or an issuing phrase stands directly before the title."""
    stretch = re.split(r"[，。；;、:：》]", text[earliest:start])[-1]
    found = _NUMBER_BEFORE.search(stretch.rstrip()) or _ISSUED_AS.search(stretch.rstrip())
    if found is None:
        return start, ""
    verb = re.match(r".*(?:违反|依据|根据|按照|依照|执行|落实|对|由)", found[0])
    begin = start - len(stretch) + found.start() + (verb.end() if verb else 0)
    return begin, _BLANK.sub("", text[begin:start])


def _bracket_after(text: str, title: _Title, limit: int) -> tuple[int, str]:
    """The bracket after the title when it holds a number, a date or an issuer; with the place where it ends."""
    if title.bracket:
        return title.end, _BLANK.sub("", title.bracket)
    match = _BRACKET_AFTER.match(text, title.end, limit)
    bracket = _BLANK.sub("", match[1]) if match else ""
    if match is None or not (_NUMBER.search(bracket) or _DATE.search(bracket)):
        return title.end, ""
    end = match.end()
    if text[end : end + 1] == "》":  # 《…》（…令》: closed a second time
        end += 1
    return end, bracket


def _number(text: str) -> str | None:
    undated = _DATE.sub("", text)
    match = _NUMBER.search(undated)
    return _STATE.sub("", match[0]).removeprefix("年") if match else None


def _issuer(title: str, context: str, before: str, number: str | None) -> str | None:
    for pattern, source in (
        (_PASSED_BY, _DATE.sub("", context)),
        (_ISSUED_AS, before.rstrip("《")),
        (_TITLE_ISSUER, title),
        (_NUMBER_ISSUER, number or ""),
    ):
        match = pattern.search(source)
        if match is not None and match[1]:
            return match[1].removesuffix("关于")
    return None


def _article_list(text: str) -> tuple[str, ...]:
    """第34、36、37、41条 → four; 第三条第一款 → one, with its paragraph."""
    articles: list[str] = []
    for match in _ONE_ARTICLE.finditer(text):
        if match["no"]:
            articles.append(f"第{match['no']}条")
        elif match["part"] and articles:
            articles[-1] += match["part"]
    return tuple(articles)


def _plain_title(quote: Quote) -> tuple[Citation, ...]:
    text = quote.text.strip()
    name = re.split(r"\s*[（(]", text, maxsplit=1)[0]
    words = _BLANK.sub("", name)
    if not _PLAIN_TITLE.fullmatch(words):
        return ()
    bracket = _BLANK.sub("", text[len(name) :])
    if bracket and not (_NUMBER.search(bracket) or _DATE.search(bracket)):
        return ()
    number = _number(bracket)
    date = _DATE.search(bracket)
    return (
        Citation(
            title=words,
            as_written=text,
            at=quote.at,
            number=number,
            issuer=_issuer(words, bracket, "", number),
            date=date[0] if date else None,
        ),
    )
