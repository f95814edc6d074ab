"""Marks computed by hand, kind by kind: the rule stands beside each case."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import EAST, WEST, MarkOne

Json = dict[str, Any]

TREES = {"document": f"{EAST}-linye/east.txt", "quote": "负责古树名木的普查登记和挂牌保护。"}
TREES_GOLD = {"doc": "east.txt", "section": "职责边界/古树保护", "quote": "负责古树名木的普查登记和挂牌保护。"}
BOTH: Json = {
    "agencies": ["林业局", "园林局"],
    "primary": ["林业局", "园林局"],
    "by_jurisdiction": {
        EAST: {"agencies": ["林业局"], "primary": ["林业局"]},
        WEST: {"agencies": ["园林局"], "primary": ["园林局"]},
    },
}


# ---- who

WHO: Json = {"agencies": ["林业局"], "departments": ["森林防火大队"], "primary": ["森林防火大队"]}


@pytest.mark.parametrize(
    ("gold", "answer", "expected"),
    [
        # the agency before its department is passed over, and is no error in the set
        (WHO, {"names": ["林业局", "防火大队"]}, (1, 1, 1)),
        # second of two: not first, among three; one right, one wrong: precision 1/2, recall 1
        (WHO, {"names": ["住建局", "森林防火大队"]}, (0, 1, 2 / 3)),
        (WHO, {"names": ["住建局"]}, (0, 0, 0)),
        # departments and agencies count as names, and so do those of results
        (WHO, {"departments": ["森林防火大队"], "agencies": ["林业局"]}, (1, 1, 1)),
        (WHO, {"results": [{"agency": "林业局", "department": "森林防火大队"}]}, (1, 1, 1)),
        # names found in prose when nothing else is given
        (WHO, {"text": "由森林防火大队负责。"}, (1, 1, 1)),
        # an accepted name earns the same and is neutral in the set: nothing of the wanted is found there
        ({**WHO, "accept": ["住建局"]}, {"names": ["住建局"]}, (1, 1, 0)),
        ({**WHO, "half": ["住建局"]}, {"names": ["住建局"]}, (0.5, 0.5, 0)),
        # asked for the agency: its department before it is one addressee with it
        (
            {"agencies": ["林业局"], "departments": ["森林防火大队"], "primary": ["林业局"]},
            {"names": ["森林防火大队", "林业局"]},
            (1, 1, 1),
        ),
        # ... but another department before it is a wrong first name
        (
            {"agencies": ["林业局"], "departments": ["森林防火大队"], "primary": ["林业局"]},
            {"names": ["林政科", "林业局"]},
            # said two, one right, wanted two
            (0, 1, 0.5),
        ),
        # ... and a neutral one is passed over
        (
            {"agencies": ["林业局"], "primary": ["林业局"], "also_ok": ["林政科"]},
            {"names": ["林政科", "林业局"]},
            (1, 1, 1),
        ),
        # all of two wanted, one more name allowed: the second stands fourth
        (
            {"agencies": ["住建局", "园林局"], "primary": ["住建局", "园林局"], "primary_mode": "all"},
            {"names": ["住建局", "甲局", "乙局", "园林局"]},
            (0.5, 1, 2 / 3),
        ),
    ],
)
def test_who(mark_one: MarkOne, gold: Json, answer: Json, expected: tuple[float, float, float]) -> None:
    mark, (first, three, set_f1) = mark_one("who", gold, answer).mark, expected
    assert (mark.score, mark.first, mark.among_three) == (first, first, three)
    assert mark.set_f1 == pytest.approx(set_f1)


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ({"by_jurisdiction": {EAST: {"names": ["林业局"]}, WEST: {"names": ["园林局"]}}}, 1),
        ({"by_jurisdiction": {EAST: {"names": ["林业局"]}, WEST: {"names": ["林业局"]}}}, 0.5),
        ({"results": [{"jurisdiction": "东山县", "agency": "林业局"}]}, 1),
        # which place it speaks of is not said
        ({"names": ["林业局"]}, 0.8),
        # only one place is meant, so the whole answer is of that place
        ({"names": ["园林局"], "jurisdictions": [WEST]}, 1),
    ],
)
def test_who_without_a_place(mark_one: MarkOne, answer: Json, score: float) -> None:
    assert mark_one("who", BOTH, answer, jurisdiction=None).mark.score == score


def test_who_claimed_for_a_place_without_the_rule(mark_one: MarkOne) -> None:
    gold = {"agencies": ["林业局"], "primary": ["林业局"], "by_jurisdiction": {EAST: {"primary": ["林业局"]}}}
    claimed = {"by_jurisdiction": {EAST: {"names": ["林业局"]}, WEST: {"names": ["园林局"]}}}
    assert mark_one("who", gold, claimed, jurisdiction=None).mark.score == 0.5
    neutral = {**gold, "also_ok": ["园林局"]}
    assert mark_one("who", neutral, claimed, jurisdiction=None).mark.score == 1


def test_a_remark_in_the_note_makes_accepted_names_half_right(mark_one: MarkOne) -> None:
    gold = {**WHO, "accept": ["住建局"]}
    assert mark_one("who", gold, {"names": ["住建局"]}, note="住建局只算半分").mark.score == 0.5
    note = "Answering only 园林局 is half right."
    assert mark_one("who", WHO, {"names": ["园林局"]}, note=note).mark.score == 0.5


def test_an_answer_for_another_place_is_worth_nothing(mark_one: MarkOne) -> None:
    answer = {"names": ["森林防火大队"], "jurisdictions": [WEST]}
    row = mark_one("who", WHO, answer)
    assert row.mark.score == 0
    assert WEST in row.mark.why


# ---- legal

LAW: Json = {"laws": ["森林防火条例"], "numbers": ["国务院令第541号"]}


@pytest.mark.parametrize(
    ("gold", "answer", "score"),
    [
        (LAW, {"laws": [{"title": "《森林防火条例》", "number": "国务院令第541号"}]}, 1),
        # the number may stand in the brackets of the title, or be dressed otherwise
        (LAW, {"laws": ["森林防火条例（国务院第541号令）"]}, 1),
        # no number: the titles earn 0.7
        (LAW, {"laws": [{"title": "中华人民共和国森林防火条例"}]}, 0.7),
        # the same number of another issuer
        (LAW, {"laws": [{"title": "森林防火条例", "number": "林业部令第541号"}]}, 0.7),
        # one more act that the documents know: 0.7 x (0.5 + 0.5 x 1/2) + 0.3
        (
            LAW,
            {"laws": [{"title": "森林防火条例", "number": "国务院令第541号"}, {"title": "海川省古树名木保护办法"}]},
            0.825,
        ),
        # ... and that they do not know: an invented act, at most half
        (LAW, {"laws": [{"title": "森林防火条例", "number": "国务院令第541号"}, {"title": "森林警察法"}]}, 0.5),
        (LAW, {"laws": [{"title": "森林防火条例", "number": "国务院令第999号"}]}, 0.5),
        # a back reference is no act
        ({"laws": ["森林防火条例"]}, {"laws": ["森林防火条例", "条例"]}, 1),
        ({"laws": ["森林防火条例"]}, {"text": "依据《森林防火条例》。"}, 1),
        ({"laws": ["森林防火条例"]}, {"results": [{"laws": ["森林防火条例"]}]}, 1),
        ({"laws": ["森林防火条例"], "equiv": {"森林防火条例": ["防火条例"]}}, {"laws": ["防火条例"]}, 1),
        ({"laws": ["森林防火条例"], "accept": ["林业规程"]}, {"laws": ["林业规程"]}, 1),
        ({"laws": ["森林防火条例"], "also_ok": ["林业规程"]}, {"laws": ["森林防火条例", "林业规程"]}, 1),
        # the article may be said anywhere
        ({"laws": ["森林防火条例"], "numbers": ["第九条"]}, {"laws": ["森林防火条例"], "text": "见第九条"}, 1),
        ({"laws": ["森林防火条例"]}, {"laws": []}, 0),
    ],
)
def test_legal(mark_one: MarkOne, gold: Json, answer: Json, score: float) -> None:
    assert mark_one("legal", gold, answer).mark.score == pytest.approx(score)


def test_legal_without_a_place_is_marked_for_the_places_answered(mark_one: MarkOne) -> None:
    gold = {
        "laws": ["甲"],
        "by_jurisdiction": {EAST: {"laws": ["森林防火条例"]}, WEST: {"laws": ["海川省古树名木保护办法"]}},
    }
    answer = {"by_jurisdiction": {EAST: {"laws": ["森林防火条例"]}}}
    assert mark_one("legal", gold, answer, jurisdiction=None).mark.score == 1


# ---- list, compositional, overlap, gap

ITEMS: Json = {"items": ["负责古树名木的普查登记", "负责城区古树的日常养护"]}


@pytest.mark.parametrize(
    ("gold", "answer", "score", "complete"),
    [
        (ITEMS, {"items": ["1、负责古树名木的普查登记。", "（二）负责城区古树的日常养护"]}, 1, True),
        # one of two: precision 1, recall 1/2
        (ITEMS, {"items": ["负责古树名木的普查登记"]}, 2 / 3, False),
        # a third one that is wrong: precision 2/3, recall 1
        (ITEMS, {"items": [*ITEMS["items"], "负责林区火情瞭望"]}, 0.8, True),
        ({**ITEMS, "also_ok": ["负责林区火情瞭望"]}, {"items": [*ITEMS["items"], "负责林区火情瞭望"]}, 1, True),
        # repeats count once
        (ITEMS, {"items": [*ITEMS["items"], *ITEMS["items"]]}, 1, True),
        # the list may stand among the statements
        (ITEMS, {"results": [{"statement": text} for text in ITEMS["items"]]}, 1, True),
        ({"items": ["林业局", "住建局"]}, {"agencies": ["东山县林业局", "住建局"]}, 1, True),
        ({"items": ["林业局"], "equiv": {"林业局": ["林草局"]}}, {"agencies": ["林草局"]}, 1, True),
        (ITEMS, {"text": "有两项。"}, 0, False),
    ],
)
def test_list(mark_one: MarkOne, gold: Json, answer: Json, score: float, complete: bool) -> None:
    mark = mark_one("list", gold, answer).mark
    assert mark.score == pytest.approx(score, abs=1e-4)
    assert mark.complete is complete


def test_list_without_a_place_needs_every_place(mark_one: MarkOne) -> None:
    gold = {
        "items": ["林业局", "园林局"],
        "by_jurisdiction": {EAST: {"items": ["林业局"]}, WEST: {"items": ["园林局"]}},
    }
    half = {"by_jurisdiction": {EAST: {"items": ["林业局"]}}}
    assert mark_one("list", gold, half, jurisdiction=None).mark.score == 0.5
    unlabelled = {"items": ["林业局", "园林局"]}
    assert mark_one("list", gold, unlabelled, jurisdiction=None).mark.score == 0.8


@pytest.mark.parametrize("kind", ["compositional", "overlap"])
@pytest.mark.parametrize(
    ("gold", "answer", "score"),
    [
        ({"answer": ["古树保护", "山林防火"]}, {"items": ["山林防火", "古树保护"]}, 1),
        ({"answer": ["古树保护"], "value": 1}, {"items": ["古树保护"], "count": 1}, 1),
        # a number asked for beside the names earns half
        ({"answer": ["古树保护"], "value": 1}, {"items": ["古树保护"]}, 0.5),
        ({"answer": ["古树保护"], "value": 1}, {"items": ["古树保护"], "counts": [{"label": "", "value": 1}]}, 1),
        ({"answer": ["古树保护"], "laws": {"古树保护": "森林法"}}, {"items": ["古树保护"], "laws": ["森林法"]}, 1),
        ({"answer": ["古树保护"], "laws": {"古树保护": "森林法"}}, {"items": ["古树保护"]}, 0.5),
        # details to be said are a fifth
        ({"answer": ["古树保护"], "must_contain": ["普查登记"]}, {"items": ["古树保护"]}, 0.8),
        ({"answer": ["古树保护"], "must_contain": ["普查登记"]}, {"items": ["古树保护"], "text": "普查登记"}, 1),
        ({"answer": ["古树保护"], "accept": ["名木保护"]}, {"items": ["名木保护", "别的"]}, 1),
    ],
)
def test_sets(mark_one: MarkOne, kind: str, gold: Json, answer: Json, score: float) -> None:
    assert mark_one(kind, gold, answer).mark.score == pytest.approx(score)


@pytest.mark.parametrize(
    ("gold", "answer", "score"),
    [
        # a gap may be told inside a longer statement
        ({"answer": ["缺电话号码"]}, {"items": ["这一行的单元格缺电话号码，其余各行的单元格都写了电话号码"]}, 1),
        ({"answer": ["没有"]}, {"text": "登记表里没有写案例。"}, 1),
        ({"answer": ["没有"]}, {"text": "No case is given."}, 1),
        ({"answer": ["没有"]}, {"text": "有三个。", "count": 3}, 0),
        ({"answer": ["没有"]}, {"text": "共三个", "count": 0}, 1),
        ({"answer": ["没有"]}, {"status": "abstained", "reason": "not_recorded", "text": "没有写。"}, 0.5),
        ({"answer": ["没有"]}, {"status": "abstained", "reason": "out_of_scope", "text": "没有写。"}, 0),
    ],
)
def test_gap(mark_one: MarkOne, gold: Json, answer: Json, score: float) -> None:
    assert mark_one("gap", gold, answer).mark.score == score


def test_any_two_of_three_are_enough_where_the_note_says_so(mark_one: MarkOne) -> None:
    gold = {"answer": ["古树保护", "山林防火", "湿地保护"]}
    answer = {"items": ["古树保护", "湿地保护"]}
    # precision 1, recall 2/3
    assert mark_one("overlap", gold, answer).mark.score == pytest.approx(0.8)
    assert mark_one("overlap", gold, answer, note="Any two of three are enough.").mark.score == 1


# ---- count, phone


@pytest.mark.parametrize(
    ("gold", "answer", "score"),
    [
        ({"value": 3}, {"count": 3}, 1),
        ({"value": 3}, {"count": "3"}, 1),
        ({"value": 3}, {"count": 4, "text": "3项"}, 0),
        ({"value": 3}, {"counts": [{"label": "项", "value": 3}]}, 1),
        # without a count, the numbers of the values, else of the first sentence
        ({"value": 3}, {"values": ["三项"]}, 1),
        ({"value": 3}, {"text": "一共3项。另有5项不算。"}, 1),
        ({"value": 3}, {"text": "3项，其中2项重复。"}, 0),
        (
            {"value": [2, 1], "labels": ["森林防火大队", "林政资源科"]},
            {"counts": [{"label": "林政科", "value": 1}, {"label": "防火大队", "value": 2}]},
            1,
        ),
        ({"value": [2, 1], "labels": ["东山县", "西水区"]}, {"text": "2项和1项"}, 1),
        ({"value": [2, 1], "labels": ["东山县", "西水区"]}, {"counts": [{"label": "", "value": 2}]}, 0),
    ],
)
def test_count(mark_one: MarkOne, gold: Json, answer: Json, score: float) -> None:
    assert mark_one("count", gold, answer, jurisdiction=None).mark.score == score


def test_counts_of_places_stand_in_their_parts(mark_one: MarkOne) -> None:
    gold = {"value": [2, 1], "labels": ["东山县", "西水区"]}
    answer = {"by_jurisdiction": {WEST: {"count": 1}, EAST: {"count": 2}}}
    assert mark_one("count", gold, answer, jurisdiction=None).mark.score == 1


@pytest.mark.parametrize(
    ("gold", "answer", "score"),
    [
        ({"phones": ["5512345-01"]}, {"phones": ["５５１２３４５－０１"]}, 1),
        ({"phones": ["5512345"]}, {"text": "请打5512345。"}, 1),
        ({"phones": ["5512345", "5599999"]}, {"phones": ["5512345"]}, 0.5),
        # a number that is not in the gold
        ({"phones": ["5512345"]}, {"phones": ["5512345", "5500000"]}, 0),
        (
            {"phones": ["5512345", "5599999"], "labels": ["森林防火大队", "林政科"]},
            {
                "phones": ["5512345", "5599999"],
                "results": [
                    {"department": "森林防火大队", "phones": ["5599999"]},
                    {"department": "林政科", "phones": ["5512345"]},
                ],
            },
            0,
        ),
        ({"phones": ["5512345", "5599999"], "labels": ["甲队", "乙队"]}, {"phones": ["5599999", "5512345"]}, 0),
        ({"phones": ["5512345", "5599999"], "labels": ["甲队", "乙队"]}, {"phones": ["5512345", "5599999"]}, 1),
    ],
)
def test_phone(mark_one: MarkOne, gold: Json, answer: Json, score: float) -> None:
    assert mark_one("phone", gold, answer).mark.score == score


# ---- indicator, penalty, procedure

RATE = "每月巡山不少于2次"
RATE_GOLD = {"doc": "east.txt", "section": "职责边界/山林防火", "quote": "每月巡山不少于2次"}
RATE_CITED = {"document": f"{EAST}-linye/east.txt", "quote": "每月巡山不少于2次"}


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ({"values": ["每月巡山不少于两次"]}, 1),
        ({"text": "At least two times a month.", "evidence": [RATE_CITED]}, 1),
        # bare numbers without a citation of the place count half
        ({"text": "At least two times a month."}, 0.5),
        # the period is missing
        ({"text": "At least two times.", "evidence": [RATE_CITED]}, 0),
        ({"text": "每月3次", "evidence": [RATE_CITED]}, 0),
        # the other county's value
        ({"values": ["每年巡查3次"], "text": "每月2次", "evidence": []}, 0),
        # 300 characters are read
        ({"text": "无" * 300 + RATE}, 0),
    ],
)
def test_indicator(mark_one: MarkOne, answer: Json, score: float) -> None:
    assert mark_one("indicator", {"values": [RATE]}, answer, evidence=[RATE_GOLD]).mark.score == score


def test_an_indicator_of_two_values_is_all_or_at_most_half(mark_one: MarkOne) -> None:
    gold = {"values": [RATE, "对采伐单位每季度检查1次"]}
    assert mark_one("indicator", gold, {"values": [RATE]}).mark.score == 0.5
    assert mark_one("indicator", gold, {"values": gold["values"]}).mark.score == 1


@pytest.mark.parametrize(
    ("gold", "answer", "score"),
    [
        ({"values": ["罚款500元以上2000元以下"]}, {"values": ["罚款五百元以上两千元以下"]}, 1),
        ({"values": ["责令停止采伐", "没收违法采伐的林木"]}, {"values": ["责令停止采伐"]}, 0.5),
        ({"values": ["依法处罚"], "no_amount": True}, {"values": ["依法处罚"], "text": "罚500元"}, 0),
        ({"values": ["依法予以处罚"], "no_amount": True}, {"text": "登记表没有写罚款金额。"}, 0.5),
        ({"values": ["依法予以处罚"], "no_amount": True, "accept": ["未写金额"]}, {"text": "没有写罚款金额。"}, 1),
        (
            {"values": ["依法予以处罚"], "no_amount": True},
            {"status": "abstained", "reason": "not_recorded", "text": "没有写。"},
            0.5,
        ),
        ({"values": ["依法予以处罚"]}, {"status": "abstained", "reason": "not_recorded", "text": "没有写。"}, 0),
        ({"values": ["依法予以处罚"], "accept": ["按规定处理"]}, {"text": "按规定处理"}, 1),
    ],
)
def test_penalty(mark_one: MarkOne, gold: Json, answer: Json, score: float) -> None:
    assert mark_one("penalty", gold, answer).mark.score == score


def test_procedure_is_the_share_of_steps_within_what_is_read(mark_one: MarkOne) -> None:
    gold = {"must_contain": ["现场查看林地", "查阅采伐台账", "询问当事人", "出具检查记录"]}
    said = {"items": ["现场查看林地", "查阅采伐台账"], "text": "然后询问当事人。"}
    assert mark_one("procedure", gold, said).mark.score == 0.75
    assert mark_one("procedure", gold, {"items": ["水" * 1200, *gold["must_contain"]]}).mark.score == 0


# ---- compare

COMPARE: Json = {
    "must_contain": ["林业局", "园林局", "古树巡查"],
    "by_jurisdiction": {
        EAST: {"must_contain": ["林业局", "古树巡查"]},
        WEST: {"must_contain": ["园林局", "古树巡查"]},
    },
}


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ({"text": "东山由林业局负责古树巡查；西水由园林局负责古树巡查。"}, 1),
        (
            {
                "by_jurisdiction": {
                    EAST: {"names": ["林业局"], "items": ["古树巡查"]},
                    WEST: {"names": ["园林局"], "items": ["古树巡查"]},
                }
            },
            1,
        ),
        # one thing of four is missing
        ({"text": "东山由林业局负责；西水由园林局负责古树巡查。"}, 0.75),
        # swapped: worth nothing
        ({"text": "东山由园林局负责古树巡查；西水由林业局负责古树巡查。"}, 0),
        # said of no place: half of all three
        ({"text": "林业局和园林局，古树巡查"}, 0.5),
        # both under both places by prose: the own names earn half
        ({"text": "东山：林业局、园林局，古树巡查；西水：园林局、林业局，古树巡查。"}, 0.75),
        # ... and whole where the lists say the own one first
        (
            {
                "by_jurisdiction": {
                    EAST: {"names": ["林业局", "园林局"], "items": ["古树巡查"]},
                    WEST: {"names": ["园林局", "林业局"], "items": ["古树巡查"]},
                }
            },
            1,
        ),
    ],
)
def test_compare(mark_one: MarkOne, answer: Json, score: float) -> None:
    assert mark_one("compare", COMPARE, answer, jurisdiction=None).mark.score == score


def test_compare_knows_laws_and_numbers_and_telephones(mark_one: MarkOne) -> None:
    gold = {
        "by_jurisdiction": {
            EAST: {"must_contain": ["森林防火条例", "国务院令第541号"]},
            WEST: {"must_contain": ["5512345"]},
        }
    }
    answer = {
        "by_jurisdiction": {
            EAST: {"laws": [{"title": "森林防火条例", "number": "第541号，国务院令"}]},
            WEST: {"phones": ["551-2345"]},
        }
    }
    assert mark_one("compare", gold, answer, jurisdiction=None).mark.score == 1


# ---- unanswerable, ambiguous, status


@pytest.mark.parametrize(
    ("answer", "score", "status"),
    [
        ({"status": "abstained", "reason": "out_of_scope"}, 1, "abstained"),
        ({"names": ["林业局"]}, 0, "answered"),
        ({"status": "odd"}, 0, "answered"),
        (None, 0, "missing"),
        # asking back is no abstaining, whatever it is called
        ({"status": "abstained", "reason": "ambiguous"}, 0, "clarify"),
    ],
)
def test_unanswerable(mark_one: MarkOne, answer: Json | None, score: float, status: str) -> None:
    row = mark_one("unanswerable", {"expected": "abstain"}, answer)
    assert (row.mark.score, row.status) == (score, status)


@pytest.mark.parametrize(
    ("gold", "answer", "score"),
    [
        ({}, {"status": "clarify"}, 1),
        ({}, {"status": "abstained", "reason": "out_of_scope"}, 0),
        ({}, {"names": ["林业局"]}, 0),
        ({"options": ["采伐证", "运输证/检疫证"]}, {"text": "采伐证、检疫证都能办"}, 1),
        ({"options": ["采伐证", "运输证/检疫证"]}, {"text": "采伐证"}, 0.5),
        ({"options": ["采伐证", "运输证", "检疫证"]}, {"text": "采伐证"}, 0),
        (
            {"by_jurisdiction": {EAST: {"agencies": ["林业局"]}, WEST: {"agencies": ["园林局"]}}},
            {"by_jurisdiction": {EAST: {"names": ["林业局"]}, WEST: {"names": ["林业局"]}}},
            0.5,
        ),
        (
            {"by_jurisdiction": {EAST: {"phones": []}, WEST: {"phones": ["5512345"]}}},
            {"by_jurisdiction": {WEST: {"phones": ["5512345"]}}, "text": "东山县没有写电话。"},
            1,
        ),
        (
            {"by_jurisdiction": {EAST: {"laws": ["森林防火条例"]}}},
            {"by_jurisdiction": {EAST: {"laws": ["森林防火条例"]}}},
            1,
        ),
    ],
)
def test_ambiguous(mark_one: MarkOne, gold: Json, answer: Json, score: float) -> None:
    row = mark_one("ambiguous", {"expected": "clarify_or_both", **gold}, answer, jurisdiction=None)
    assert row.mark.score == score


def test_asking_back_earns_nothing_where_an_answer_is_wanted(mark_one: MarkOne) -> None:
    assert mark_one("who", WHO, {"status": "clarify"}).mark.score == 0
    # ... but what is said while asking back counts
    assert mark_one("who", WHO, {"status": "clarify", "names": ["森林防火大队"]}).mark.score == 1
    assert mark_one("who", WHO, None).mark.score == 0
    assert mark_one("who", WHO, {"status": "abstained", "names": ["森林防火大队"]}).mark.score == 0


@pytest.mark.parametrize("kind", ["who", "count", "phone", "indicator", "penalty", "procedure", "list", "legal"])
def test_odd_answers_never_raise(mark_one: MarkOne, kind: str) -> None:
    gold = {"primary": ["甲局"], "value": 1, "phones": ["1"], "values": ["甲"], "must_contain": ["甲"], "items": ["甲"]}
    gold["laws"] = ["甲"]
    odd = {
        "names": {"label": 3},
        "results": ["x", {"phones": 5}],
        "by_jurisdiction": [1],
        "evidence": "no",
        "counts": [1],
    }
    assert mark_one(kind, gold, odd, evidence=[TREES_GOLD]).mark.score == 0


# ---- citations


@pytest.mark.parametrize(
    ("cited", "valid", "supported"),
    [
        (TREES, 1, True),
        # white space aside
        ({**TREES, "quote": "负责古树名木的 普查\n登记"}, 1, True),
        # another cell of the same row
        ({**TREES, "quote": "古树保护"}, 1, True),
        # the bare file name, and a name that begins with the place's code
        ({**TREES, "document": "east.txt"}, 1, True),
        # another row
        ({**TREES, "quote": "负责林区火情瞭望"}, 1, False),
        # another document
        ({"document": f"{WEST}-linye/west.txt", "quote": "负责古树名木的巡查"}, 1, False),
        ({**TREES, "quote": "负责古树名木的砍伐"}, 0, False),
        ({**TREES, "document": "elsewhere.txt"}, 0, False),
        ({**TREES, "quote": ""}, 0, False),
    ],
)
def test_citations(mark_one: MarkOne, cited: Json, valid: int, supported: bool) -> None:
    row = mark_one("who", WHO, {"names": ["林业局"], "evidence": [cited]}, evidence=[TREES_GOLD])
    assert (row.quotes, row.valid_quotes, row.supported) == (1, valid, supported)


def test_a_short_gold_quote_is_supported_by_anything_of_its_numbered_row(mark_one: MarkOne) -> None:
    gold = {"doc": "east.txt", "section": "职责边界/古树保护", "quote": "住建局"}
    same = {"document": f"{EAST}-linye/east.txt", "quote": "负责城区古树的日常养护"}
    other = {"document": f"{EAST}-linye/east.txt", "quote": "负责林区火情瞭望"}
    assert mark_one("who", WHO, {"evidence": [same]}, evidence=[gold]).supported is True
    assert mark_one("who", WHO, {"evidence": [other]}, evidence=[gold]).supported is False


def test_in_the_prose_section_an_entry_reaches_to_the_next_title(mark_one: MarkOne) -> None:
    gold = {"doc": "east.txt", "section": "事中事后监管制度/采伐许可事项监管", "quote": "采伐许可"}
    cited = {"document": f"{EAST}-linye/east.txt", "quote": "对采伐单位每季度检查1次"}
    assert mark_one("who", WHO, {"evidence": [cited]}, evidence=[gold]).supported is True


def test_without_gold_evidence_nothing_is_said_of_support(mark_one: MarkOne) -> None:
    assert mark_one("who", WHO, {"evidence": [TREES]}).supported is None
