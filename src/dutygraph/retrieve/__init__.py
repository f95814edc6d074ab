"""Text → ranked passages: normalise, segment, match, spell, BM25, embeddings, fusion, the index on disk.

Importing this package loads none of the heavy libraries; they load when an index is built or first searched.
"""

from __future__ import annotations

from dutygraph.retrieve.bearings import Bearing
from dutygraph.retrieve.encoders import Encoder, open_encoder
from dutygraph.retrieve.index import Found, Hit, Index, build_index, open_index
from dutygraph.retrieve.lexicon import Concept, LexiconNote, check_lexicon, read_lexicon
from dutygraph.retrieve.matcher import Entry, Match, Matcher, longest
from dutygraph.retrieve.normalise import Normalised, normalise, normalise_with_offsets
from dutygraph.retrieve.passages import Passage, with_parts
from dutygraph.retrieve.segment import segment
from dutygraph.retrieve.spelling import Speller, Suggestion, readings

__all__ = [
    "Bearing",
    "Concept",
    "Encoder",
    "Entry",
    "Found",
    "Hit",
    "Index",
    "LexiconNote",
    "Match",
    "Matcher",
    "Normalised",
    "Passage",
    "Speller",
    "Suggestion",
    "build_index",
    "check_lexicon",
    "longest",
    "normalise",
    "normalise_with_offsets",
    "open_encoder",
    "open_index",
    "read_lexicon",
    "readings",
    "segment",
    "with_parts",
]
