"""The lexicon of the project as data: what its words look like, and that it knows what the real registers say."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dutygraph.model import Register
from dutygraph.read import find_register_folders, read_register
from dutygraph.resources import data_dir
from dutygraph.retrieve import Concept, Entry, Matcher, check_lexicon, longest, normalise, read_lexicon

MOST_CONCEPTS_OF_A_WORD = 4  # a word of more concepts says nothing any more
CHINESE = re.compile("[\u3400-\u9fff]")
CONCEPTS = read_lexicon(data_dir() / "lexicon")
REGISTERS = [read_register(folder) for folder in find_register_folders(data_dir())]


def matcher(concepts: tuple[Concept, ...]) -> Matcher:
    return Matcher(Entry(word, "concept", c.id) for c in concepts for word in (*c.words, *c.en_words))


EVERYDAY = matcher(CONCEPTS)


def meant(question: str) -> set[str]:
    """The concepts of the longest everyday words in a question."""
    return {match.entry.target for match in longest(EVERYDAY.find(normalise(question)))}


def test_every_concept_has_words_of_each_sort() -> None:
    assert [c.id for c in CONCEPTS if not (c.words and c.en_words and c.official)] == []


def test_chinese_words_have_two_characters_or_more() -> None:
    assert [(c.id, w) for c in CONCEPTS for w in (*c.words, *c.official) if len(normalise(w)) < 2] == []


def test_english_words_are_english() -> None:
    wrong = [(c.id, w) for c in CONCEPTS for w in c.en_words if CHINESE.search(w) or len(normalise(w)) < 3]
    assert wrong == []


def test_nothing_is_repeated_or_unknown() -> None:
    assert [note for note in check_lexicon(CONCEPTS) if note.kind != "ambiguous"] == []


def test_no_concept_is_near_to_itself() -> None:
    assert [c.id for c in CONCEPTS if c.id in c.near] == []


def test_no_word_stands_in_too_many_concepts() -> None:
    notes = [note for note in check_lexicon(CONCEPTS) if note.kind == "ambiguous"]
    assert [note for note in notes if len(note.concepts) > MOST_CONCEPTS_OF_A_WORD] == []


@pytest.mark.parametrize("shell", ["{}归谁管？", "我想问一下，{}这事儿找哪个部门"])
def test_every_chinese_word_is_found_in_a_question(shell: str) -> None:
    lost = [(c.id, w) for c in CONCEPTS for w in c.words if c.id not in meant(shell.format(w))]
    assert lost == []


def test_every_english_word_is_found_in_a_question() -> None:
    lost = [(c.id, w) for c in CONCEPTS for w in c.en_words if c.id not in meant(f"Tell me about {w}, please")]
    assert lost == []


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.id)
def test_every_statement_of_a_register_is_known(register: Register) -> None:
    """Each duty, item, matter, share, service and regime holds an official phrase of some concept."""
    phrases = [normalise(phrase) for c in CONCEPTS for phrase in c.official]
    texts = map(normalise, statements(register))
    unknown = [text for text in texts if not any(phrase in text for phrase in phrases)]
    assert unknown == []


def statements(register: Register) -> Iterator[str]:
    for duty in register.duties:
        yield duty.text.text
        yield from (item.text.text for item in duty.work_items)
    for matter in register.matters:
        yield matter.name.text
        yield from (share.text.text for share in matter.shares)
    yield from (service.name.text for service in register.services)
    yield from (regime.title.text for regime in register.regimes)


@pytest.mark.parametrize(
    ("question", "concepts"),
    [
        ("俺家隔壁那条狗黑天白日地叫唤，该找谁说理去", {"barking-dogs"}),
        ("想养条金毛，狗证上哪办", {"dog-licence"}),
        ("被狗咬了上哪儿打狂犬疫苗", {"human-rabies"}),
        ("给狗打疫苗去哪儿", {"dog-vaccination"}),
        ("村里有人养藏獒，怪吓人的", {"large-fierce-dogs"}),
        ("楼上天天弹琴到半夜", {"noise-home"}),
        ("打桩机轰隆轰隆的，震得墙都颤", {"noise-construction"}),
        ("邻居装修砸墙，大清早就开始", {"noise-renovation"}),
        ("夜间施工许可找谁批", {"night-work-permit"}),
        ("二踢脚能在小区里放不", {"fireworks"}),
        ("过年想摆摊卖炮，得办啥证", {"fireworks-sale"}),
        ("镇上办焰火晚会要跟谁报", {"fireworks-display"}),
        ("放射源丢了谁去找", {"radioactive-lost"}),
        ("厂里要买点氰化钾", {"toxic-purchase-permit"}),
        ("村口收破烂的收了偷来的电缆", {"scrap-metal"}),
        ("捡着个刚满月的娃娃，咋整", {"foundling-report"}),
        ("两口子想抱养个孩子", {"adoption"}),
        ("桥洞底下睡着个老头", {"vagrants"}),
        ("孩子生下来仨月了还没上户口", {"birth-registration"}),
        ("我媳妇户口想迁过来", {"hukou-transfer"}),
        ("签证快到期了找哪", {"visas-foreigners"}),
        ("去西藏的边防证在哪办", {"border-pass"}),
        ("对门天天耍钱到后半夜", {"gambling"}),
        ("家里人关在看守所，啥时候能律师会见", {"detention-centre", "visiting-detainees"}),
        ("对罚款不服咋办", {"reconsideration-litigation"}),
        ("片警一个月得去网吧查几趟", {"dept-police-station", "internet-cafes"}),
        ("城管和公安谁管要饭的", {"urban-management-agency", "public-security-agency", "vagrants"}),
        ("暖气一点都不热", {"heating"}),
        ("老板欠我半年工资不给", {"wage-arrears"}),
        ("a dog bit me, where do I get a rabies shot", {"dog-incidents", "human-rabies"}),
        ("my neighbour plays the piano at midnight", {"noise-home"}),
        ("who deals with rough sleepers", {"vagrants"}),
        ("who inspects pawnshops, and how often", {"pawnshops", "inspection-frequency"}),
        ("which department handles drunk drivers", {"traffic-violations"}),
        ("I lost my passport", {"passports"}),
        ("can I get a stamp made for my company", {"seal-engraving"}),
    ],
)
def test_what_an_everyday_question_means(question: str, concepts: set[str]) -> None:
    assert concepts - meant(question) == set()


@pytest.mark.parametrize(
    "question",
    [
        "请问这个事情归哪个部门管？电话是多少？",
        "找谁办，需要什么材料，依据的是哪部法律第几条？",
        "谁牵头，谁配合，谁负责审批，怎么分工？",
        "列出全部主要职责和具体工作事项",
        "咋整啊，没人管了，求求你们管管吧",
        "Which department is responsible for this, and what is the phone number?",
        "How many duties are there in all, and which law are they based on?",
        "What will the county do about it? Whose job is it? Is it fair?",
        "List the agencies that share this work and say who leads",
    ],
)
def test_the_words_of_asking_mean_nothing_by_themselves(question: str) -> None:
    assert meant(question) == set()
