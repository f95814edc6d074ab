"""One module for each family of intents: from a Context to a Draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from dutygraph.answer.context import Context, Draft
from dutygraph.answer.intents.compare import answer_compare
from dutygraph.answer.intents.gaps import answer_gap
from dutygraph.answer.intents.legal import answer_legal
from dutygraph.answer.intents.listing import answer_count, answer_list
from dutygraph.answer.intents.overlap import answer_overlap
from dutygraph.answer.intents.phone import answer_phone
from dutygraph.answer.intents.regime import answer_indicator, answer_penalty, answer_procedure
from dutygraph.answer.intents.sets import answer_compositional
from dutygraph.answer.intents.who import answer_who
from dutygraph.answer.model import Intent

__all__ = ["ANSWERING"]

_PLAIN: Final[Mapping[Intent, Callable[[Context], Draft]]] = {
    "who": answer_who,
    "legal": answer_legal,
    "list": answer_list,
    "count": answer_count,
    "phone": answer_phone,
    "indicator": answer_indicator,
    "penalty": answer_penalty,
    "procedure": answer_procedure,
}
ANSWERING: Final[Mapping[Intent, Callable[[Context], Draft]]] = {
    **_PLAIN,
    "compare": partial(answer_compare, answering=_PLAIN),
    "compositional": answer_compositional,
    "overlap": answer_overlap,
    "gap": answer_gap,
    "describe": answer_who,
}
