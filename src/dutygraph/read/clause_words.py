"""The vocabulary of clauses: clause_words.toml as sets and patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dutygraph.resources import ontology_dir

__all__ = ["ClauseWords", "load_clause_words"]

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """Compiled once a process. ``roles`` are in the order in which a clause gives them; ``role_of`` finds the role of
    a word; ``acts`` are the words for what is done, ``light`` those that leave it to the words after them."""

    roles: tuple[str, ...]
    role_of: Mapping[str, str]
    acts: Pattern
    one_verb: Pattern
    """A verb where a clause begins, with the adverbs before it; group ``join`` when it is joined to the one before."""
    lead: Pattern
    """All verbs that open a clause."""
    light_lead: Pattern
    """As ``lead``, without acts: for 负责救助管理工作, where the acts are the object's."""
    act_at_end: Pattern
    acts_at_end: Pattern
    """The acts that close a clause as nouns: 审批、核发."""
    act_coordinated: Pattern
    any_act: Pattern
    appended: Pattern
    carrying: Pattern
    """What stands between 对X and the act: 进行, 予以."""
    after_whom: Pattern
    inner_light: Pattern
    purpose: Pattern
    actor: Pattern
    particle: Pattern
    basis: Pattern
    with_whom: Pattern
    """Whom one assists or acts with, before what they do: 会同…等部门制定."""
    place: Pattern
    tail: Pattern
    object_lead: Pattern
    attribute_end: Pattern
    powers: Mapping[str, Pattern]
    powers_with_object: Mapping[str, Pattern]


def _any(words: Iterable[str]) -> str:
    """An alternation of words, the longest first."""
    return "|".join(sorted(set(words), key=lambda word: (-len(word), word)))


@cache
def load_clause_words() -> ClauseWords:
    """The vocabulary that travels with the package. Raises SettingsError when the ontology folder is missing."""
    with (ontology_dir() / "schemes" / "clause_words.toml").open("rb") as file:
        data = tomllib.load(file)
    return _compile(data)


def _compile(data: Mapping[str, Mapping[str, Sequence[str]]]) -> ClauseWords:
    verbs, particles, nouns = data["verbs"], data["particles"], data["nouns"]
    # a word may carry a condition: 许可(?!证) is no approving in 许可证
    role_of = {re.sub(r"\(\?.*\)", "", word): role for role, words in data["roles"].items() for word in words}
    role_words = [word for words in data["roles"].values() for word in words]
    plain_acts = _any([*verbs["acts"], *verbs["closing"]])
    acts = f"(?:(?<=[的和、及与对])(?:{_any(verbs['bound_acts'])})|{plain_acts})"
    join = f"(?:{_any(particles['connectives'])})"
    adverbs = f"(?:{_any(particles['adverbs'])})*"
    # 审批 opens a clause, 审批的 does not; 管理机构 is no management
    after = "(?!的|对象|方案|预案|机构|人员|部门|单位|制度|系统|信息系统|场所)"
    opening = _any([*role_words, *verbs["light"], *verbs["acts"], *verbs["opening"]])
    one_verb = rf"\s*(?P<join>{join})?{adverbs}(?P<verb>{opening}){after}"
    soft_verb = rf"\s*(?:{join})?{adverbs}(?:{_any([*role_words, *verbs['light']])})"
    unnamed = re.sub(r"\?P<\w+>", "?:", one_verb)
    return ClauseWords(
        roles=tuple(data["roles"]),
        role_of=role_of,
        acts=re.compile(_any([*verbs["acts"], *verbs["opening"]])),
        one_verb=re.compile(one_verb),
        lead=re.compile(rf"(?:{unnamed})+"),
        light_lead=re.compile(rf"(?:{soft_verb})+"),
        act_at_end=re.compile(rf"{acts}$"),
        acts_at_end=re.compile(rf"{acts}(?:{join}?{acts})*$"),
        act_coordinated=re.compile(rf"(?P<verb>{plain_acts})(?={join})"),
        any_act=re.compile(acts),
        appended=re.compile(rf"[，,]?(?:并且|并){adverbs}(?P<verb>{_any([*role_words, *verbs['acts']])})$"),
        carrying=re.compile("(?:进行|予以|给予|加以|实施|实行|开展)(?!的)"),
        after_whom=re.compile(rf"(?P<verb>{_any(verbs['after_whom'])})(?!的)"),
        inner_light=re.compile("(?:进行|开展|做好|加强|搞好)(?!的)"),
        purpose=re.compile(rf"(?:{_any(particles['purposes'])})"),
        actor=re.compile(rf"[^，；：]{{1,14}}?(?:{_any(nouns['actors'])})(?=负责|承担|指定|会同|配合|协助|牵头)"),
        particle=re.compile(rf"(?:{join}|{_any(particles['adverbs'])})+"),
        basis=re.compile(
            rf"(?:根据|依据|按照|依照|通过|利用)[^，；]*?(?=针对|对|(?<=[等定求》术情示令])(?:{opening}))"
        ),
        with_whom=re.compile(
            rf"[^，；]*?(?:{_any(nouns['actors'])}|机关)(?:等(?:有关|相关)?(?:部门|单位))?(?={adverbs}(?:{opening}))"
        ),
        place=re.compile(rf"在[^，；的]{{2,14}}?(?:范围内?|区域内?|辖区内?|境内)(?={adverbs}(?:{opening}))"),
        tail=re.compile(rf"(?:{_any(nouns['tails'])})$"),
        object_lead=re.compile(rf"^(?:{_any(nouns['leads'])}|对于|对(?![策象手方比])|与)+"),
        attribute_end=re.compile(rf"(?:{_any(nouns['attributes'])})$"),
        powers={power: re.compile(_any(words)) for power, words in data["powers"].items()},
        powers_with_object={p: re.compile(_any(words)) for p, words in data["powers_with_object"].items()},
    )
