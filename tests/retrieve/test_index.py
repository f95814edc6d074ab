from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dutygraph.errors import IndexStale, IndexUnavailable
from dutygraph.retrieve import Index, Passage, build_index, open_encoder, open_index, with_parts
from dutygraph.retrieve.encoders import TOKEN_ONE, Encoded
from dutygraph.retrieve.late import TokenFile, write_tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dutygraph.retrieve.encoders import Vectors

PASSAGES = [
    Passage("id/share/1", "130524", "share", "犬类管理 公安局", "负责犬吠扰民的行政处罚"),
    Passage("id/share/2", "130524", "share", "犬类管理 农业局", "负责犬类防疫和疫苗供应"),
    Passage("id/service/1", "130524", "service", "", "咨询电话 办理身份证"),
    Passage("id/item/1", "130408", "item", "治安管理大队", "限养犬类的管理"),
    Passage("id/item/2", "130408", "item", "治安管理大队", "核准户口迁移"),
]
TERMS = ["犬吠扰民", "限养犬类", "户口迁移"]


class LetterEncoder:
    """Counts a few letters: enough meaning for a test."""

    letters = "犬吠户口证疫"
    landmarks: Vectors | None = None

    def __init__(self, name: str = "letters") -> None:
        self.name = name

    def query(self, text: str) -> Encoded:
        return self.passages([text])[0]

    def passages(self, texts: Sequence[str]) -> list[Encoded]:
        return list(map(Encoded, self.vectors(texts)))

    def vectors(self, texts: Sequence[str]) -> Vectors:
        counts = np.array([[text.count(letter) for letter in self.letters] for text in texts], dtype=np.float32) + 0.01
        unit: Vectors = counts / np.linalg.norm(counts, axis=1, keepdims=True)
        return unit


class LandmarkEncoder(LetterEncoder):
    """Knows that there are dogs, households and certificates in a county."""

    def __init__(self) -> None:
        super().__init__("landmarks")
        self.landmarks = self.vectors(["犬犬吠", "户口", "证证证"])


class TokenEncoder(LetterEncoder):
    """Knows each character by itself, too."""

    def __init__(self) -> None:
        super().__init__("characters")
        self.made: list[str] = []

    def passages(self, texts: Sequence[str]) -> list[Encoded]:
        self.made.extend(texts)
        return [Encoded(self.vectors([text])[0], self.tokens(text)) for text in texts]

    def tokens(self, text: str) -> NDArray[np.int8]:
        own = {letter: place for place, letter in enumerate(self.letters)}
        tokens = np.zeros((len(text), len(own) + 1), dtype=np.int8)
        tokens[range(len(text)), [own.get(letter, len(own)) for letter in text]] = TOKEN_ONE
        return tokens


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("index") / "index"
    build_index(PASSAGES, TERMS, built, "sha256:1", LetterEncoder())
    return built


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "copy"))


@pytest.fixture(scope="module")
def index(folder: Path) -> Index:
    return open_index(folder, LetterEncoder())


def test_the_best_passage_comes_first(index: Index) -> None:
    best, *_ = index.search("谁管犬吠扰民")
    assert (best.iri, best.jurisdiction, best.kind) == ("id/share/1", "130524", "share")
    assert best.bm25 > 0
    assert best.cosine is not None
    assert 0 < best.score <= 1


def test_traditional_and_full_width_search_alike(index: Index) -> None:
    assert index.search("戶口遷移") == index.search("户口迁移")


def test_one_jurisdiction_and_some_kinds(index: Index) -> None:
    assert {hit.jurisdiction for hit in index.search("犬")} == {"130408", "130524"}
    assert {hit.iri for hit in index.search("犬", jurisdiction="130408")} == {"id/item/1", "id/item/2"}
    assert {hit.kind for hit in index.search("犬 户口", kinds=["item", "service"])} == {"item", "service"}
    assert index.search("犬", kinds=["regime"]) == []
    assert index.search("犬", jurisdiction="110101") == []


@pytest.mark.parametrize(("head", "tail"), [("犬吠" * 75, "户口" * 5000), ("dogs " * 149 + "犬", "户口")])
def test_the_encoder_sees_the_head_of_a_long_message(index: Index, head: str, tail: str) -> None:
    whole = {hit.iri: hit.cosine for hit in index.search(head + tail)}
    assert whole == {hit.iri: hit.cosine for hit in index.search(head)}
    assert whole != {hit.iri: hit.cosine for hit in index.search(tail)}


def test_limit(index: Index) -> None:
    assert index.search("犬", limit=2) == index.search("犬")[:2]


@pytest.mark.parametrize("text", ["", "   ", "？！", "😀"])
def test_a_question_without_words_shares_none(index: Index, text: str) -> None:
    assert all(hit.bm25 == 0 for hit in index.search(text))


def test_words_alone_find_what_shares_a_word(folder: Path) -> None:
    index = open_index(folder, "none")
    assert index.encoder is None
    hits = index.search("户口迁移")
    assert [(hit.iri, hit.cosine) for hit in hits] == [("id/item/2", None)]
    assert index.search("航天飞机") == []


def test_official_phrases_lead_where_the_words_of_the_question_do_not(index: Index) -> None:
    plain = index.search("邻居太吵")
    assert plain[0].iri != "id/share/1"
    helped = index.search("邻居太吵", official=["犬吠扰民", "养犬"])
    assert helped[0].iri == "id/share/1"
    assert helped[0].official > 0
    assert all(hit.official == 0 for hit in plain)


def test_a_part_of_a_term_finds_it(folder: Path) -> None:
    assert open_index(folder, "none").search("户口")[0].iri == "id/item/2"


def test_equal_scores_are_ordered_by_iri(tmp_path: Path) -> None:
    twins = [Passage(f"id/{letter}", "130524", "item", "", "核准户口迁移") for letter in "cadb"]
    build_index(twins, [], tmp_path / "index", "v", None)
    hits = open_index(tmp_path / "index").search("户口")
    assert [hit.iri for hit in hits] == ["id/a", "id/b", "id/c", "id/d"]
    assert len({hit.score for hit in hits}) == 1


def test_several_passages_of_one_node_are_one_hit(tmp_path: Path) -> None:
    both = [Passage("id/a", "130524", "item", "", "核准户口迁移"), Passage("id/a", "130524", "item", "", "办理身份证")]
    build_index(both, [], tmp_path / "index", "v", LetterEncoder())
    index = open_index(tmp_path / "index", LetterEncoder())
    assert [hit.iri for hit in index.search("户口")] == ["id/a"]
    assert index.search("户口")[0].cosine == max(hit.cosine or 0.0 for hit in index.search("户口"))


def test_order_of_the_passages_is_nothing(index: Index, tmp_path: Path) -> None:
    shuffled = random.Random(7).sample(PASSAGES, len(PASSAGES))
    build_index(shuffled, reversed(TERMS), tmp_path / "index", "sha256:1", LetterEncoder())
    other = open_index(tmp_path / "index", LetterEncoder())
    for question in ("谁管犬吠扰民", "户口", "防疫", "身份证电话"):
        assert other.search(question) == index.search(question)


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    build_index(
        PASSAGES, [], tmp_path / "a", "v", LetterEncoder(), on_progress=lambda done, of: told.append((done, of))
    )
    assert told == [(2, 5), (5, 5)]


class CountingEncoder(LetterEncoder):
    """Remembers which passages it was given."""

    def __init__(self, name: str = "letters") -> None:
        super().__init__(name)
        self.made: list[str] = []

    def passages(self, texts: Sequence[str]) -> list[Encoded]:
        self.made.extend(texts)
        return super().passages(texts)


def test_vectors_of_unchanged_passages_are_taken_over(folder: Path, tmp_path: Path) -> None:
    changed = [*PASSAGES[1:], Passage("id/item/3", "130408", "item", "户政科", "办理户口登记")]
    encoder = CountingEncoder()
    build_index(changed, TERMS, tmp_path / "taken", "sha256:2", encoder, last=folder)
    build_index(changed, TERMS, tmp_path / "made", "sha256:2", LetterEncoder())
    assert encoder.made == ["户政科:办理户口登记"]
    taken, made = open_index(tmp_path / "taken", LetterEncoder()), open_index(tmp_path / "made", LetterEncoder())
    for question in ("谁管犬吠扰民", "户口", "防疫"):
        assert taken.search(question) == made.search(question)


def test_late_interaction_goes_token_by_token(tmp_path: Path) -> None:
    passages = [
        *PASSAGES,
        Passage("id/share/1", "130524", "share", "", "疫"),
        Passage("id/other", "130524", "x", "", "口"),
    ]
    build_index(passages, TERMS, tmp_path / "index", "v", TokenEncoder())
    index = open_index(tmp_path / "index", TokenEncoder())
    # of 犬疫: the first share has 犬 and, in a passage of its own, 疫; the second has both in one passage
    asked = ["id/share/1", "id/share/2", "id/item/1", "id/none"]
    assert index.late("犬疫", "130524", asked) == {"id/share/1": 0.5, "id/share/2": 1.0}
    assert index.late("户口迁移", "130408", ["id/item/2"]) == {"id/item/2": 1.0}
    assert index.late("犬", "130999", asked) == {}


def test_tokens_of_unchanged_passages_are_taken_over(tmp_path: Path) -> None:
    build_index(PASSAGES, TERMS, tmp_path / "last", "v", TokenEncoder())
    encoder = TokenEncoder()
    build_index(PASSAGES[1:], TERMS, tmp_path / "taken", "v", encoder, last=tmp_path / "last")
    assert encoder.made == []
    taken = open_index(tmp_path / "taken", TokenEncoder())
    assert taken.late("防疫", "130524", ["id/share/2"]) == {"id/share/2": 1.0}


@pytest.mark.parametrize("name", ["tokens.npy", "tokens-starts.npy"])
def test_damaged_tokens_are_named(tmp_path: Path, name: str) -> None:
    build_index(PASSAGES, TERMS, tmp_path / "index", "v", TokenEncoder())
    for part in "01":
        (tmp_path / "index" / part / name).write_bytes(b"")
    with pytest.raises(IndexUnavailable, match="dutygraph build"):
        open_index(tmp_path / "index", TokenEncoder()).late("犬", "130524", ["id/share/1"])


def test_of_a_question_rare_tokens_decide_what_matches_best(tmp_path: Path) -> None:
    encoder = TokenEncoder()
    write_tokens([encoder.tokens("犬犬"), encoder.tokens("疫口")], tmp_path / "tokens.npy")
    tokens, each = TokenFile(tmp_path / "tokens.npy", 2), [range(1), range(1, 2)]
    question = encoder.tokens("犬犬疫")
    assert tokens.match(question, None, each) == pytest.approx([2 / 3, 1 / 3])
    assert tokens.match(question, np.array([1, 1, 8], dtype=np.uint8), each) == pytest.approx([0.2, 0.8])


def test_without_tokens_there_is_no_late_interaction(folder: Path) -> None:
    for encoder in (LetterEncoder(), "none"):
        assert open_index(folder, encoder).late("犬", "130524", ["id/share/1"]) is None


def test_vectors_of_another_encoder_are_not_taken_over(folder: Path, tmp_path: Path) -> None:
    encoder = CountingEncoder("other letters")
    build_index(PASSAGES, TERMS, tmp_path / "index", "sha256:1", encoder, last=folder)
    assert len(encoder.made) == len(PASSAGES)


def test_a_damaged_last_index_costs_only_time(copy: Path, tmp_path: Path) -> None:
    (copy / "0" / "vectors.npy").write_bytes(b"no vectors")
    encoder = CountingEncoder()
    build_index(PASSAGES, TERMS, tmp_path / "index", "sha256:1", encoder, last=copy)
    assert len(encoder.made) == len(PASSAGES)


def test_meta_says_what_the_index_was_made_with(folder: Path) -> None:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    assert meta["graph_version"] == "sha256:1"
    assert meta["segmenter"] == "jieba-words/1"
    assert meta["encoder"] == "letters"
    assert meta["passages"] == 5
    assert [(part["jurisdiction"], part["passages"]) for part in meta["partitions"]] == [("130408", 2), ("130524", 3)]


def test_a_full_folder_is_refused(folder: Path) -> None:
    with pytest.raises(IndexUnavailable, match="not empty"):
        build_index(PASSAGES, TERMS, folder, "sha256:2", None)


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="dutygraph build"):
        open_index(tmp_path)


def test_another_graph_or_encoder_is_stale(folder: Path) -> None:
    with pytest.raises(IndexStale, match="another graph"):
        open_index(folder, "none", graph_version="sha256:2")
    with pytest.raises(IndexStale, match="encoder letters, not other"):
        open_index(folder, LetterEncoder("other"))
    assert open_index(folder, "none", graph_version="sha256:1").graph_version == "sha256:1"


@pytest.mark.parametrize("key", ["format", "segmenter"])
def test_another_form_is_stale(copy: Path, key: str) -> None:
    meta = json.loads((copy / "meta.json").read_text(encoding="utf-8"))
    (copy / "meta.json").write_text(json.dumps({**meta, key: "other"}), encoding="utf-8")
    with pytest.raises(IndexStale, match="another version"):
        open_index(copy, "none")


@pytest.mark.parametrize("name", ["words.txt", "1/passages.json", "1/vectors.npy", "1/bm25/meta.json"])
def test_damage_is_named(copy: Path, name: str) -> None:
    damaged = copy / name
    damaged.write_bytes(damaged.read_bytes()[:-200])
    with pytest.raises(IndexUnavailable, match="dutygraph build"):
        open_index(copy, LetterEncoder()).search("犬")


@pytest.mark.parametrize("name", ["1/passages.json", "1/vectors.npy", "1/bm25/meta.json"])
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(IndexUnavailable, match="dutygraph build"):
        open_index(copy, LetterEncoder()).search("犬")


def test_a_partition_of_the_wrong_size_is_named(copy: Path) -> None:
    (copy / "1" / "passages.json").write_text("[]", encoding="utf-8")
    with pytest.raises(IndexUnavailable, match="no 3 passages"):
        open_index(copy, "none").search("犬")


def test_the_encoder_that_ships(tmp_path: Path) -> None:
    build_index(PASSAGES, TERMS, tmp_path / "index", "v")
    index = open_index(tmp_path / "index")
    assert index.encoder
    assert index.encoder.startswith("dutygraph-e5-small/")
    assert index.search("who handles barking dogs", jurisdiction="130524", limit=1)[0].iri == "id/share/1"


def test_an_index_of_the_encoder_before_is_stale(tmp_path: Path) -> None:
    build_index(PASSAGES, TERMS, tmp_path / "index", "v", LetterEncoder())
    with pytest.raises(IndexStale, match="dutygraph build"):
        open_index(tmp_path / "index")


def test_the_encoder_gives_the_same_alone_and_in_company() -> None:
    encoder = open_encoder("auto")
    assert encoder is not None
    texts = [passage.text for passage in PASSAGES]
    together = encoder.passages(texts)
    for text, row in zip(texts, together, strict=True):
        assert (encoder.passages([text])[0].vector == row.vector).all()
    assert np.linalg.norm(encoder.query("狗").vector) == pytest.approx(1.0, abs=1e-5)


def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match=r"modules\.json"):
        open_encoder(str(tmp_path))
    assert open_encoder("none") is None


def test_a_question_takes_its_bearings_from_the_landmarks(tmp_path: Path) -> None:
    encoder = LandmarkEncoder()
    build_index(PASSAGES, TERMS, tmp_path / "index", "sha256:1", encoder)
    index = open_index(tmp_path / "index", encoder)
    barking, certificate = index.bearing("犬吠"), index.bearing("证")
    assert barking is not None
    assert certificate is not None
    assert barking.known["130524"] > barking.known["130408"]  # only one place says something of barking
    assert certificate.nearest > 0.99
    assert certificate.known["130408"] < 0.9 < certificate.known["130524"]  # and one of certificates
    assert index.bearing("") is None
    barked = {hit.iri: hit.bridged for hit in index.search("犬吠")}
    assert barked["id/share/1"] == max(value for value in barked.values() if value is not None)


def test_without_landmarks_there_are_no_bearings(index: Index) -> None:
    assert index.bearing("犬吠") is None
    assert all(hit.bridged is None for hit in index.search("犬吠"))


def test_the_encoder_may_see_more_than_the_words_that_are_counted(index: Index) -> None:
    plain, wider = index.search("户口"), index.search("户口", meaning="户口 犬犬犬吠")
    assert {hit.iri: hit.bm25 for hit in plain} == {hit.iri: hit.bm25 for hit in wider}
    assert {hit.iri: hit.cosine for hit in plain} != {hit.iri: hit.cosine for hit in wider}


def test_a_long_cell_is_found_by_each_of_its_sentences() -> None:
    cell = Passage("id/share/9", "130524", "share", "犬类管理", "负责犬类饲养许可证的核发；负责狂犬的捕杀。另见")
    whole, *parts = with_parts(cell)
    assert whole == cell
    assert [part.text for part in parts] == ["负责犬类饲养许可证的核发；", "负责狂犬的捕杀。"]
    assert {(part.iri, part.label) for part in parts} == {("id/share/9", "犬类管理")}
    assert with_parts(PASSAGES[0]) == (PASSAGES[0],)
