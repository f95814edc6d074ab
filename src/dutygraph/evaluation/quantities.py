"""Counts, telephone numbers, indicators and penalties: answers that stand or fall by a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dutygraph.evaluation.fold import (
    HANZI_DIGITS,
    counting_numbers,
    digits_of,
    first_within,
    fold,
    fold_numbers,
    has_fragment,
    numbers,
    width_folded,
)
from dutygraph.evaluation.marking import Bench, Mark
from dutygraph.evaluation.names import as_list
from dutygraph.evaluation.questions import Question
from dutygraph.evaluation.views import SHORT_READING, Reply, View

__all__ = ["mark_count", "mark_indicator", "mark_penalty", "mark_phone"]

_FIRST_SENTENCE = re.compile(r"[。！？!?\n]")


def mark_count(question: Question, reply: Reply, bench: Bench) -> Mark:
    """All or nothing; several labelled numbers must all be right."""
    view, why = reply.for_place(question.jurisdiction)
    if view is None:
        return Mark(0.0, why)
    wanted = question.gold.value
    if not isinstance(wanted, tuple):
        right, why = _counts_to(view, wanted)
        return Mark(float(right), why)
    labels = question.gold.labels or ("",) * len(wanted)
    said = tuple(_labelled(reply, view, label, i, bench) for i, label in enumerate(labels))
    return Mark(float(said == wanted), f"counted {dict(zip(labels, said, strict=True))}")


def _counts_to(view: View, wanted: int | None) -> tuple[bool, str]:
    if view.count is not None:
        return view.count == wanted, f"count {view.count}"
    if len(view.counts) == 1:
        return view.counts[0].value == wanted, f"count {view.counts[0].value}"
    said = set(counting_numbers(" ".join(view.values))) or set(counting_numbers(_FIRST_SENTENCE.split(view.text)[0]))
    return said == {wanted}, f"numbers {sorted(said)[:6]}"


def _labelled(reply: Reply, view: View, label: str, position: int, bench: Bench) -> int | float | None:
    """The number said for a label (a place, a department), by its place in the list when nothing is labelled."""
    book = bench.book
    code = book.code_of(label)
    at_place = reply.at(code) if code else None
    if at_place is not None and at_place.count is not None:
        return at_place.count
    plain, shorts = book.plain(label), book.short_forms(label)
    for count in view.counts:
        said = fold(count.label)
        same_place = code is not None and book.code_of(count.label) == code
        if same_place or book.same(count.label, label) or plain in said or any(short in said for short in shorts):
            return count.value
    if view.counts:
        unlabelled = not any(count.label for count in view.counts) and position < len(view.counts)
        return view.counts[position].value if unlabelled else None
    said_numbers = counting_numbers(" ".join(view.values) or view.text[:200])
    return said_numbers[position] if position < len(said_numbers) else None


_PHONE = re.compile(r"(?<!\d)\d{7,8}(?:[\-－—–]\d{2,6})?(?!\d)")


def mark_phone(question: Question, reply: Reply, bench: Bench) -> Mark:
    """The share of the numbers said; one that is not in the gold, or under a wrong label, and nothing is earned."""
    view, why = reply.for_place(question.jurisdiction)
    if view is None:
        return Mark(0.0, why)
    said = _distinct_digits(view.phones) or _distinct_digits(_PHONE.findall(width_folded(view.text)))
    wanted = [digits_of(phone) for phone in question.gold.phones]
    if any(phone not in wanted for phone in said):
        return Mark(0.0, f"{said}: a number that is not in the gold")
    share = sum(phone in said for phone in wanted) / len(wanted)
    if share == 1 and question.gold.labels and (fault := _label_fault(view, question, said, wanted, bench)):
        return Mark(0.0, f"{said}: {fault}")
    return Mark(share, f"numbers {said}")


def _distinct_digits(phones: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(digits for phone in phones if (digits := digits_of(phone))))


def _label_fault(view: View, question: Question, said: Sequence[str], wanted: Sequence[str], bench: Bench) -> str:
    for label, phone in zip(question.gold.labels, wanted, strict=False):
        under_label = [
            digits_of(number)
            for result in view.results
            if bench.book.among(label, [*as_list(result.get("department")), result.get("agency")])
            for number in as_list(result.get("phones"))
        ]
        if under_label and phone not in under_label:
            return "numbers under the wrong label"
    labelled = any(result.get("phones") and result.get("department") for result in view.results)
    if not labelled and [phone for phone in said if phone in wanted] != list(wanted):
        return "numbers in the wrong order"
    return ""


# In what words a period or unit of the gold may come back.
_PERIODS = {
    "每月": ("每月", "每个月", "一个月", "每1月", "month"),
    "每季": ("每季", "季度", "quarter"),
    "每年": ("每年", "1年", "一年", "年度", "year", "annual"),
    "每次": ("每次", "1次", "一次", "each", "every", "per "),
    "每家": ("每家", "each", "every", "per "),
}
_PEOPLE = ("people", "person", "officer", "police")
_ENGLISH_UNITS = {
    "次": ("time", "once", "twice"),
    "家": ("premise", "site", "unit", "place", "caf", "compan", "firm", "business"),
    "人": _PEOPLE,
    "名": _PEOPLE,
    "%": ("percent", "per cent", "%"),
    "元": ("yuan", "rmb", "cny"),
    "日": ("day",),
    "天": ("day",),
}
_QUANTITY = re.compile(r"(\d+)(次|家|人|名|%|元|日|天|种|件|所|条)")
_CLAUSE_ENDS = re.compile(r"[,，;；]")
_SENTENCE_ENDS = re.compile(r"[。；;\n]|\.\s")
_NUMERALS = frozenset(char for char, value in HANZI_DIGITS.items() if value) | frozenset("十百千万")


def _conveyed(value: str, facts: Sequence[str], *, cited: bool) -> float:
    """The share of a gold value that the facts convey: (nearly) verbatim, or clause by clause its numbers with their
    units and periods. Bare numbers may be right by chance: without a citation of the right place they count half."""
    if any(has_fragment(fact, value) for fact in facts):
        return 1.0
    clauses = [c for c in _CLAUSE_ENDS.split(fold(value)) if any(char.isdecimal() or char in _NUMERALS for char in c)]
    if not clauses or not _QUANTITY.search(fold_numbers(value)):
        return 0.0
    sentences = [sentence for fact in facts for sentence in _SENTENCE_ENDS.split(fact)]
    return (
        sum(_clause_conveyed(clause, facts, sentences) for clause in clauses) / len(clauses) * (1.0 if cited else 0.5)
    )


def _clause_conveyed(clause: str, facts: Sequence[str], sentences: Sequence[str]) -> bool:
    plain = fold_numbers(clause)
    quantities = _QUANTITY.findall(plain)
    if not quantities:
        return any(has_fragment(fact, clause) for fact in facts)
    periods = [wordings for period, wordings in _PERIODS.items() if period in plain]
    return any(
        all(_says_quantity(sentence, amount, unit) for amount, unit in quantities)
        and all(_says_any(sentence, wordings) for wordings in periods)
        for sentence in sentences
    )


def _says_any(sentence: str, wordings: Iterable[str]) -> bool:
    plain, low = fold_numbers(sentence), sentence.lower()
    return any(wording in plain or wording in low for wording in wordings)


def _says_quantity(sentence: str, amount: str, unit: str) -> bool:
    plain, low = fold_numbers(sentence), sentence.lower()
    if re.search(rf"(?<!\d){amount}个?{unit}", plain) or (unit == "名" and re.search(rf"(?<!\d){amount}人", plain)):
        return True
    return int(amount) in numbers(sentence) and any(word in low for word in _ENGLISH_UNITS.get(unit, ()))


def _shown(view: View) -> str:
    return f"said {view.values[:3] or view.result_values[:3] or view.text[:60]}"


def mark_indicator(question: Question, reply: Reply, bench: Bench) -> Mark:
    """1 when every gold value is conveyed, at most 0.5 otherwise; another place's value earns nothing."""
    view, why = reply.for_place(question.jurisdiction)
    if view is None:
        return Mark(0.0, why)
    facts, cited = view.facts(), bench.documents.supported(reply.raw, question)
    values = question.gold.values
    share = sum(_conveyed(value, facts, cited=cited) for value in values) / len(values)
    if share >= 0.999:
        return Mark(1.0, _shown(view))
    for value in first_within(view.values or view.result_values, SHORT_READING):
        if question.jurisdiction and bench.documents.foreign_to(question.jurisdiction, value):
            return Mark(0.0, f"another place's value: {value[:60]}")
    return Mark(min(0.5, share), _shown(view))


_AMOUNT = re.compile(r"\d+(?:\.\d+)?(?:元|块|yuan|rmb|cny)|[¥￥]\d")
_SAYS_NO_AMOUNT = re.compile(
    r"(?:未|没有?|不)(?:写|规定|载明|列|给出|明确|注明|说明|记录|登记)[^。]{0,8}(?:金额|数额|数目|罚款)"
    r"|没有?[^。]{0,8}(?:金额|数额)"
    r"|(?:no|not|without)\b[^.]{0,40}(?:amount|sum|figure)",
    re.IGNORECASE,
)
_UNWRITTEN = "未写"  # in the gold's accepted wordings: to say that no amount is written is a full answer


def mark_penalty(question: Question, reply: Reply, bench: Bench) -> Mark:
    """The share of gold values conveyed whole or half. Where the source gives no amount, one made up earns nothing, and
    to say there is none earns half, or all when the gold accepts it."""
    view, why = reply.for_place(question.jurisdiction)
    if view is None:
        return Mark(0.0, why)
    gold, facts = question.gold, view.facts()
    if gold.no_amount and any(_AMOUNT.search(fold_numbers(fact)) for fact in facts):
        return Mark(0.0, _shown(view) + ": an amount, where the source has none")
    cited = bench.documents.supported(reply.raw, question)
    conveyed = [_conveyed(value, facts, cited=cited) for value in gold.values]
    share = sum(part for part in conveyed if part in (0.5, 1.0)) / len(gold.values)
    if any(has_fragment(fact, wording) for wording in gold.accept for fact in facts):
        share = 1.0
    elif gold.no_amount and _SAYS_NO_AMOUNT.search(view.text):
        share = max(share, 1.0 if any(_UNWRITTEN in wording for wording in gold.accept) else 0.5)
    return Mark(share, _shown(view))
