"""What a question may be asking for, the strongest first: by the words for it, and by what was learned."""

from __future__ import annotations

from dutygraph.answer.asking import UNASKED, Heard
from dutygraph.answer.model import Intent, Reading
from dutygraph.answer.polar import is_polar
from dutygraph.answer.question import Question
from dutygraph.answer.words import ODDITIES, QuestionWords

__all__ = ["read_intents"]

# Of equally strong intents the more particular one: "which law" is also a "which".
_ORDER: tuple[Intent, ...] = (
    "gap", "phone", "legal", "overlap", "compare", "compositional", "indicator",
    "penalty", "count", "procedure", "list", "who", "describe",
)  # fmt: skip
_UNSPOKEN = 0.45  # of asking who, which is what a question to a duty register means when it says nothing else
_IN_A_STORY = 0.5  # cues of other intents come by chance in a long message, which asks for somebody to act
# Words for these are said for nothing else; "what", "which" and "has" around them belong to every kind of question.
_PARTICULAR: frozenset[Intent] = frozenset({"phone", "legal", "compositional", "gap", "compare"})
_PARTICULAR_BONUS = 0.3
_STRONG = 0.7
_ODD = 1.6  # of asking after an oddity, whatever else it sounds like
# Of asking whether something is written there: by its form a question of yes or no, whatever else it sounds like.
_POLAR = 1.2
_FACT = 0.5
_NO_COUNT = 0.8
# The part of what was learned, and where words are plain. With what a question means it decides; by words alone it does
# not where they are plain.
_LEARNED, _LEARNED_WHERE_PLAIN = 0.9, 0.8
_LEARNED_BY_WORDS, _LEARNED_BY_WORDS_WHERE_PLAIN = 0.6, 0.2
_FAINT = 0.06  # what is asked for with less than this is not worth a query
_KEPT = 4


def read_intents(question: Question, words: QuestionWords, heard: Heard) -> tuple[Reading, ...]:
    """The readings worth trying, at most four. Asking who is always among them."""
    spoken = heard.cues["intents.who"]
    scores: dict[Intent, float] = {intent: heard.cues[f"intents.{intent}"] for intent in _ORDER}
    for intent in _PARTICULAR & {intent for intent, score in scores.items() if score >= _STRONG}:
        scores[intent] += _PARTICULAR_BONUS
    if any(words.modifiers[odd].search(question.focus) for odd in ODDITIES):
        scores["gap"] = _ODD
    if scores["indicator"] >= _STRONG:  # how many at each visit is a rule, not a count of what is listed
        scores["count"] *= _NO_COUNT
    if question.story:
        scores = {intent: score * _IN_A_STORY for intent, score in scores.items()}
    scores["who"] = max(spoken, _UNSPOKEN)
    learned = {intent: likely for intent, likely in heard.likely.items() if intent not in UNASKED}
    plain = question.story or max(scores.values()) >= _STRONG
    if heard.by_meaning:
        share = _LEARNED_WHERE_PLAIN if plain else _LEARNED
    else:
        share = _LEARNED_BY_WORDS_WHERE_PLAIN if plain else _LEARNED_BY_WORDS
    learned["who"] += learned.pop("describe")  # is answered the same
    mixed = {intent: score * (1 - share) + learned.get(intent, 0.0) * share for intent, score in scores.items()}
    facts = max(learned["legal"], learned["phone"])  # "is there a number" asks for it
    if is_polar(question, words) and facts < _FACT:
        mixed["gap"] = max(mixed["gap"], _POLAR)
    ranked = sorted(
        (Reading(intent, round(score, 4)) for intent, score in mixed.items()),
        key=lambda reading: (-reading.score, _ORDER.index(reading.intent)),
    )
    ranked = [reading for reading in ranked if reading.score >= _FAINT or reading.intent == "who"]
    kept = ranked[:_KEPT]
    if all(reading.intent != "who" for reading in kept):
        kept.append(next(reading for reading in ranked if reading.intent == "who"))
    return tuple(kept)
