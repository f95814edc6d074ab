"""The tokenizer of multilingual-e5-small, whole or cut to Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dutygraph.retrieve.normalise import normalise
from dutygraph.retrieve.training.packed import Packed

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["MAX_TOKENS", "SPECIAL", "kept_pieces", "make_tokenizer"]

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
MAX_TOKENS = 512
_SPACE = "▁"
_CHINESE = re.compile(rf"{_SPACE}?[㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f]+")
_SHORT = re.compile(rf"{_SPACE}?[!-~]{{0,2}}")
_SIGNS = re.compile(rf"{_SPACE}?[\d\W_]+")
_ENGLISH_WORDS = 50_000


def make_tokenizer(packed: Packed, kept: Iterable[int] | None = None) -> Tokenizer:
    """A unigram tokenizer that cuts as the model's own does. ``kept``: numbers of the pieces to keep, in the order they
    are numbered afresh; all of them when not given. Special tokens written in a text are only text."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    numbers = range(len(packed.pieces)) if kept is None else kept
    vocabulary = [(packed.pieces[number], packed.scores[number]) for number in numbers]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=SPECIAL.index("<unk>"), byte_fallback=False))
    # The model's own map of code points is NFKC with the control characters and spaces of its "nmt" rules, save for
    # a full-width tilde and letters that came into Unicode after it.
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=_SPACE, prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", SPECIAL.index("<s>")), ("</s>", SPECIAL.index("</s>"))]
    )
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def kept_pieces(packed: Packed, texts: Iterable[str]) -> list[int]:
    """The pieces worth keeping, by number: every one of Chinese characters, of figures and signs, of one or two Latin
    letters; those that the 50 000 commonest English words are cut into; and those of ``texts``. Texts of these words
    are cut as before."""
    keep = {packed.pieces.index(token) for token in SPECIAL}
    for number, piece in enumerate(packed.pieces):
        if any(pattern.fullmatch(piece) for pattern in (_CHINESE, _SHORT, _SIGNS)):
            keep.add(number)
    whole = make_tokenizer(packed)
    for text in (*_english(), *texts):
        keep.update(whole.encode(text).ids)
        keep.update(whole.encode(normalise(text)).ids)
    return sorted(keep)


def _english() -> Iterator[str]:
    from wordfreq import top_n_list

    yield from top_n_list("en", _ENGLISH_WORDS, ascii_only=True)
