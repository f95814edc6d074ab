import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from dutygraph.errors import IriCollision
from dutygraph.graph.iris import Mint, fingerprint, mint_agency, mint_matter, segment_of

# RFC 3987, production isegment-nz without the private and unassigned planes
SEGMENT = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-F]{2}|[^\x00-\xa0\ud800-\uf8ff])*")


def test_chinese_stays_as_it_is() -> None:
    assert str(mint_agency("130524", "公安局")).endswith("/id/agency/130524/公安局")
    assert segment_of("“5·15”宣传日（试行）") == "“5·15”宣传日（试行）"


@pytest.mark.parametrize(
    ("text", "segment"),
    [
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("50%", "50%25"),
        ("<收养法>", "%3C收养法%3E"),
        ("两 字", "两%20字"),
        ("两\u3000字", "两%E3%80%80字"),
        ("看\u200b不见", "看%E2%80%8B不见"),
        ("..", "%2E%2E"),
        ("\ue000", "%EE%80%80"),
    ],
)
def test_what_iris_forbid_is_encoded(text: str, segment: str) -> None:
    assert segment_of(text) == segment


@given(st.text())
def test_every_text_becomes_a_segment(text: str) -> None:
    assert SEGMENT.fullmatch(segment_of(text))


@given(st.text())
def test_the_store_takes_every_segment_for_an_iri(text: str) -> None:
    iri = f"https://w3id.org/dutygraph/id/{segment_of(text)}"
    assert NamedNode(iri).value == iri


@given(st.text(), st.text())
def test_different_texts_have_different_segments(one: str, other: str) -> None:
    assert (segment_of(one) == segment_of(other)) == (one == other)


@given(st.lists(st.text(st.characters(exclude_characters="\x1f")), min_size=2, max_size=3))
def test_fields_cannot_run_into_each_other(fields: list[str]) -> None:
    joined = "".join(fields)
    assert fingerprint(*fields) != fingerprint(joined) or len(fields) == 1


def test_equal_things_are_counted() -> None:
    mint = Mint("r")
    first, second = mint.hashed("item", "治安大队", "巡逻"), mint.hashed("item", "治安大队", "巡逻")
    assert str(second) == f"{first}~2"
    assert mint.hashed("item", "治安大队", "宣传") not in {first, second}


def test_two_things_never_share_an_iri() -> None:
    mint = Mint("r")
    for _ in range(2):
        mint.counted(mint_matter("r", "养犬"), "matter", "养犬")
    with pytest.raises(IriCollision, match="养犬~2"):
        mint.counted(mint_matter("r", "养犬~2"), "matter", "养犬~2")
