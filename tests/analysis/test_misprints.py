"""Misprints that only the other texts show, on made-up texts."""

from __future__ import annotations

import pytest

from dutygraph.analysis.misprints import likely_misprints

USUAL = [
    f"负责{what}的监督检查工作。"
    for what in ("农药", "种子", "饲料", "屠宰", "渔政", "兽药", "肥料", "农机", "沼气", "蜂业", "蚕桑", "奶站")
]
FIGHTS = [
    f"负责{what}案件的侦查工作。"
    for what in ("盗窃", "诈骗", "抢劫", "走私", "贩毒", "洗钱", "传销", "绑架", "赌博", "伤害", "纵火", "爆炸")
]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("负责鱼苗的监督检工作。", "的监督检工作。", "的监督检查工作。"),
        ("负鱼苗的监督检查工作。", "负鱼苗的监", "负责鱼苗的监"),
        ("参与拐卖案件的侦察工作。", "侦察", "侦查"),
        ("检查人员表明身份，表明身份。", "表明身份，表明身份", "表明身份"),
        ("邯办〔201２〕36号", "201２", ""),
    ],
)
def test_a_slip_is_seen_against_the_other_texts(text: str, wrong: str, right: str) -> None:
    found = likely_misprints([*USUAL, *FIGHTS, "负责鱼苗生产。", text])
    assert [(one.wrong, one.right) for one in found[text]] == [(wrong, right)]
    assert set(found) == {text}


@pytest.mark.parametrize(
    "text",
    [
        "负责农药的监督工作。",  # a shorter expression, not a slip
        "负担农药的监督检查工作。",  # another word
        "负责公文的机要工作。",
        "出示证件，出示证件后检查。",  # the second begins something else
        "每月2次，每次2家，共５家。",  # widths differ between numbers, not in one
    ],
)
def test_other_words_are_no_slip(text: str) -> None:
    assert text not in likely_misprints([*USUAL, *FIGHTS, text])
