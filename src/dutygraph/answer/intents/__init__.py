"""One module for each family of intents: from a Context to a Draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from dutygraph.answer.context import Context, Draft
from dutygraph.answer.intents.legal import answer_legal
from dutygraph.answer.intents.listing import answer_count, answer_list
from dutygraph.answer.intents.phone import answer_phone
from dutygraph.answer.intents.who import answer_who
from dutygraph.answer.model import Intent

__all__ = ["ANSWERING"]

ANSWERING: Final[Mapping[Intent, Callable[[Context], Draft]]] = {
    "who": answer_who,
    "legal": answer_legal,
    "list": answer_list,
    "count": answer_count,
    "phone": answer_phone,
}
