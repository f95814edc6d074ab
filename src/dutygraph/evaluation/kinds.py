"""One scorer per kind of question, and the rules that hold for all kinds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from dutygraph.evaluation.comparisons import mark_compare
from dutygraph.evaluation.fold import digits_of, first_within, has_fragment, numbers, width_folded
from dutygraph.evaluation.laws import CitedAct, acts_of, has_number, is_generic, number_core, quoted_titles, title_key
from dutygraph.evaluation.listings import Agreement, agreement, same_thing
from dutygraph.evaluation.marking import Bench, Mark, mark_places
from dutygraph.evaluation.names import NameBook
from dutygraph.evaluation.quantities import mark_count, mark_indicator, mark_penalty, mark_phone
from dutygraph.evaluation.questions import Gold, Question
from dutygraph.evaluation.views import SHORT_READING, Reply, View
from dutygraph.evaluation.who import mark_who

__all__ = ["NOTHING", "denies", "mark"]

NOTHING = ("没有",)  # the gold answer of a gap question whose right answer is: there is none

_DENIAL = re.compile(
    r"没有|并无|无此|为空|空白|^[否不无]"
    r"|未(?:单列|列|登记|写|见|设|给|找到|发现|作|载|收录|记录|提供)|不(?:在|含|包括|存在|列)"
    r"|\b(?:no|not|none|never|neither|nothing|without|isn't|doesn't|don't|empty|lacks?)\b",
    re.IGNORECASE,
)
_DENIAL_WITHIN = 120  # characters from the start


def denies(text: str) -> bool:
    """Does the answer begin by saying that there is none, or that it is not so?"""
    return bool(_DENIAL.search(width_folded(text)[:_DENIAL_WITHIN]))


# ---- legal

_NUMBERS_SHARE = 0.3  # of the mark, where the gold has numbers or articles; the titles earn the rest
_INVENTED_AT_MOST = 0.5


def _mark_legal(question: Question, reply: Reply, bench: Bench) -> Mark:
    """Titles exactly, then numbers and articles; acts that are not asked for cost, invented ones cost half the mark."""
    return mark_places(question, reply, lambda gold, view: _mark_laws(gold, view, bench), every=False)


def _mark_laws(gold: Gold, view: View, bench: Bench) -> Mark:
    laws = view.laws or view.result_laws or acts_of([f"《{title}》" for title in quoted_titles(view.text)])
    titles = list(dict.fromkeys(key for act in laws if (key := title_key(act.title))))
    hits, used = _title_hits(gold, titles)
    neutral = {title_key(title) for title in gold.also_ok}
    extra = [title for title in titles if title not in used and title not in neutral and not is_generic(title)]
    score = hits / len(gold.laws)
    if extra and hits:
        score *= 0.5 + 0.5 * hits / (hits + len(extra))
    if gold.numbers:
        said = _said_numbers(view, laws)
        right = sum(has_number(number, said) for number in gold.numbers) / len(gold.numbers)
        score = (1 - _NUMBERS_SHARE) * score + _NUMBERS_SHARE * right
    invented = [title for title in extra if title not in bench.documents.everything_folded]
    invented += [act.number for act in laws if _is_invented(act.number, gold, bench)]
    why = f"titles {titles}" + (f", invented {invented}" if invented else "")
    return Mark(min(score, _INVENTED_AT_MOST) if invented else score, why)


def _title_hits(gold: Gold, titles: list[str]) -> tuple[int, set[str]]:
    hits, used = 0, set[str]()
    for wanted in gold.laws:
        wordings = {title_key(wording) for wording in (wanted, *gold.equiv.get(wanted, ()))}
        found = wordings & set(titles)
        hits += bool(found)
        used |= found
    for accepted in map(title_key, gold.accept):
        if accepted in titles and accepted not in used and hits < len(gold.laws):
            hits += 1
            used.add(accepted)
    return hits, used


def _said_numbers(view: View, laws: tuple[CitedAct, ...]) -> list[str]:
    every = (*laws, *view.result_laws)
    in_acts = [text for act in every for text in (act.number, act.as_written, "、".join(act.articles), *act.articles)]
    return [*in_acts, *view.values, *view.items, *view.statements[:1], view.text[:SHORT_READING]]


def _is_invented(number: str, gold: Gold, bench: Bench) -> bool:
    """A number that no document writes, not even in pieces."""
    core, written = number_core(number), bench.documents.everything_number_folded
    if not any(char.isdecimal() for char in core) or has_number(number, gold.numbers) or core in written:
        return False
    return not all(piece in written for piece in re.findall(r"\d+号|\d{3,}", core) or [core])


# ---- lists and sets


def _best_agreement(wanted: tuple[str, ...], view: View, gold: Gold, book: NameBook, *, inside: bool) -> Agreement:
    """The best of the lists an answer holds: it may have put the things into any of them."""
    lists = (
        *(view.items, view.agencies, view.departments, view.names, list(dict.fromkeys(view.subjects))),
        *(view.statements, view.values, [count.label for count in view.counts]),
    )
    tried = [
        agreement(wanted, x, book, neutral=gold.also_ok, variants=gold.equiv, inside=inside, needed=gold.needed)
        for x in lists
        if x
    ]
    return max(tried, key=lambda found: found.f1, default=Agreement(0.0, 0.0, 0.0))


def _mark_list(question: Question, reply: Reply, bench: Bench) -> Mark:
    """F1 of the things listed."""

    def one(gold: Gold, view: View) -> Mark:
        found = _best_agreement(gold.items, view, replace(gold, needed=None), bench.book, inside=False)
        why = f"precision {found.precision:.2f}, recall {found.recall:.2f}"
        return Mark(found.f1, why, complete=found.recall == 1)

    return mark_places(question, reply, one, every=True)


def _mark_set(question: Question, reply: Reply, bench: Bench) -> Mark:
    """F1 of the things named; a number or laws asked for beside them earn half, details to be said a fifth."""

    def one(gold: Gold, view: View) -> Mark:
        if gold.answer == NOTHING:
            score, why = float(denies(view.text) or (view.count == 0 and not view.items)), view.text[:60]
        else:
            score, why = _named_share(gold, view, inside=question.kind == "gap")
        beside = list(_beside(gold, view))
        if beside:
            score = 0.5 * score + 0.5 * sum(beside) / len(beside)
        if gold.must_contain:
            prose = "\n".join([view.prose(), *view.names])
            score *= 0.8 + 0.2 * sum(has_fragment(prose, m) for m in gold.must_contain) / len(gold.must_contain)
        return Mark(score, why)

    def _named_share(gold: Gold, view: View, *, inside: bool) -> tuple[float, str]:
        found = _best_agreement(gold.answer, view, gold, bench.book, inside=inside)
        said = [*view.items, *view.names]
        if any(same_thing(accepted, thing, bench.book) for accepted in gold.accept for thing in said):
            return 1.0, "an accepted answer"
        return found.f1, f"precision {found.precision:.2f}, recall {found.recall:.2f}"

    return mark_places(question, reply, one, every=True)


def _beside(gold: Gold, view: View) -> list[float]:
    parts = []
    if isinstance(gold.value, int):
        counted = [view.count, *(count.value for count in view.counts)]
        prose = " ".join(first_within(view.values, SHORT_READING)) + " " + view.text[:200]
        parts.append(float(gold.value in counted or gold.value in numbers(prose)))
    if gold.laws_beside:
        said = {title_key(act.title) for act in view.all_laws}
        parts.append(sum(title_key(title) in said for title in gold.laws_beside) / len(gold.laws_beside))
    return parts


# ---- procedures, and what cannot or need not be answered


def _mark_procedure(question: Question, reply: Reply, bench: Bench) -> Mark:
    """The share of the steps or contents that are said."""
    view, why = reply.for_place(question.jurisdiction)
    if view is None:
        return Mark(0.0, why)
    prose, wanted = view.prose(), question.gold.must_contain
    missing = [step for step in wanted if not has_fragment(prose, step)]
    return Mark(1 - len(missing) / len(wanted), f"missing {[step[:16] for step in missing]}")


def _mark_unanswerable(_question: Question, reply: Reply, _bench: Bench) -> Mark:
    return Mark(float(reply.status == "abstained"), reply.status)


def _mark_ambiguous(question: Question, reply: Reply, bench: Bench) -> Mark:
    """Asking back is right; so is answering every place or option, and half of that earns half."""
    if reply.status == "clarify":
        return Mark(1.0, "asked back")
    if reply.status != "answered":
        return Mark(0.0, "neither asked back nor answered")
    gold = question.gold
    if gold.by_jurisdiction:
        right = [_answers_place(reply, code, own, bench) for code, own in gold.by_jurisdiction.items()]
        return Mark(1.0 if all(right) else 0.5 if any(right) else 0.0, f"{sum(right)} of {len(right)} places right")
    if not gold.options:
        return Mark(0.0, "answered a question without an object")
    view = reply.whole
    said = "\n".join([view.prose(), *view.subjects, *view.names])
    named = sum(any(has_fragment(said, part) for part in re.split("[、/]", option)) for option in gold.options)
    share = named / len(gold.options)
    return Mark(1.0 if share == 1 else 0.5 if share >= 0.5 else 0.0, f"names {share:.0%} of the options")


def _answers_place(reply: Reply, code: str, own: Gold, bench: Bench) -> bool:
    view = reply.at(code)
    if "phones" in own.given:
        said = [digits_of(phone) for phone in view.phones] if view else []
        return said == [digits_of(phone) for phone in own.phones] and (bool(own.phones) or reply.mentions(code))
    if view is None:
        return False
    if "laws" in own.given:
        titles = {title_key(act.title) for act in view.all_laws}
        return any(title_key(title) in titles for title in own.laws)
    return any(bench.book.among(name, view.names) for name in (*own.departments, *own.agencies))


# ---- all kinds

_Scorer = Callable[[Question, Reply, Bench], Mark]
_SCORERS: Mapping[str, _Scorer] = MappingProxyType(
    {
        "who": mark_who,
        "legal": _mark_legal,
        "list": _mark_list,
        "count": mark_count,
        "phone": mark_phone,
        "indicator": mark_indicator,
        "penalty": mark_penalty,
        "procedure": _mark_procedure,
        "compare": mark_compare,
        "compositional": _mark_set,
        "overlap": _mark_set,
        "gap": _mark_set,
        "unanswerable": _mark_unanswerable,
        "ambiguous": _mark_ambiguous,
    }
)
_HONEST_REASONS = ("not_recorded", "not_in_register")
_HONEST_SHARE = 0.5  # for abstaining, with the true reason, where the right answer is that nothing is recorded


def mark(question: Question, reply: Reply, bench: Bench) -> Mark:
    """The mark of one answer, by the scorer of the question's kind."""
    scorer = _SCORERS[question.kind]
    if question.kind in ("unanswerable", "ambiguous"):
        return scorer(question, reply, bench)
    if reply.status == "missing":
        return Mark(0.0, "no answer")
    if reply.status == "abstained":
        return _mark_abstention(question, reply, bench)
    if reply.status == "clarify" and not reply.whole.says_something() and not reply.covered():
        return Mark(0.0, "asked back")
    return scorer(question, reply, bench)


def _mark_abstention(question: Question, reply: Reply, bench: Bench) -> Mark:
    gold = question.gold
    honest = reply.reason in _HONEST_REASONS and denies(reply.text)
    if honest and question.kind == "penalty" and gold.no_amount:
        spoken = mark_penalty(question, reply, bench)
        return Mark(max(spoken.score, _HONEST_SHARE), "abstained: no amount is recorded")
    if honest and question.kind == "gap" and gold.answer == NOTHING:
        return Mark(_HONEST_SHARE, "abstained where the question is whether there is one")
    return Mark(0.0, f"abstained ({reply.reason})")
