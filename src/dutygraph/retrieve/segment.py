"""Words of a normalised text, for the lexical side of search.

The dictionary and the method are jieba's without its hidden Markov model: among all ways to cut a run of Chinese into
words of the dictionary, the most probable by word frequency. A test holds the two equal. Of jieba itself only the word
list is read: importing it takes 0.2 s (it pulls in pkg_resources), its start 0.6 s more, it logs to standard error and
keeps a cache in the shared temporary folder. Here the words lie in one text file beside the index, a line for each
first character, and a line is taken apart when its character is first met: opening takes 5 to 10 ms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from math import exp, log
from pathlib import Path
from typing import NamedTuple

from dutygraph.errors import IndexUnavailable
from dutygraph.retrieve.english import stem
from dutygraph.retrieve.normalise import normalise

__all__ = ["SEGMENTER", "Segmenter", "segment", "write_words"]

SEGMENTER = "jieba-words/1"
"""The name and version of the method, kept in an index: a change of its cuts changes this."""

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff\u3007"
_RUN = re.compile(rf"([{_HAN}]+)|([^\W{_HAN}_]+(?:'[a-z]+)?)")
_LONGEST_TERM = 16  # jieba's own longest word; what is longer is a sentence, not a term


class _Bucket(NamedTuple):
    """The words that begin with one character. ``weights`` maps the rest of a word to the logarithm of its
    probability; ``lengths`` are the lengths of those rests, rising."""

    weights: dict[str, float]
    lengths: tuple[int, ...]


class Segmenter:
    """Cuts texts with one word list. Safe to share between threads."""

    def __init__(self, words: bytes) -> None:
        """``words``: the content of a file made by ``write_words``. Raises IndexUnavailable when it is another."""
        head, _, rest = words.partition(b"\n")
        if not head.startswith(b"words\t") or not head[6:].isdigit():
            raise IndexUnavailable("the word list is damaged; run `dutygraph build` again")
        self.digest = sha256(words).hexdigest()
        self._log_total = log(int(head[6:]))
        self._lines = {line.partition(b"\t")[0]: line for line in rest.split(b"\n") if line}
        self._buckets: dict[str, _Bucket] = {}

    @classmethod
    def open(cls, path: Path) -> Segmenter:
        """The segmenter of a word list on disk. Raises IndexUnavailable when the file is missing or damaged."""
        try:
            return cls(path.read_bytes())
        except OSError as exc:
            raise IndexUnavailable("the word list cannot be read; run `dutygraph build` again", path=path) from exc

    def cut(self, normalised: str) -> list[str]:
        """The words of a normalised text in their order; English ones stemmed, punctuation left out."""
        words: list[str] = []
        for run in _RUN.finditer(normalised):
            if run.group(1):
                words += self._cut_run(run.group(1))
            else:
                words.append(stem(run.group(2)))
        return words

    def subwords(self, word: str) -> list[str]:
        """The shorter words of the list, two characters or more, that stand inside a Chinese word."""
        found = []
        for start in range(len(word) - 1):
            bucket = self._bucket(word[start])
            for length in bucket.lengths:
                end = start + 1 + length
                if length and end <= len(word) and end - start < len(word) and word[start + 1 : end] in bucket.weights:
                    found.append(word[start:end])
        return found

    def _cut_run(self, run: str) -> list[str]:
        size = len(run)
        scores = [0.0] * (size + 1)
        ends = [0] * size
        for start in range(size - 1, -1, -1):
            weights, lengths = self._bucket(run[start])
            best, best_end = float("-inf"), start + 1
            for length in lengths:
                end = start + 1 + length
                if end > size:
                    break
                weight = weights.get(run[start + 1 : end])
                # at equal probability the longer word, as jieba has it
                if weight is not None and weight + scores[end] >= best:
                    best, best_end = weight + scores[end], end
            if best == float("-inf"):
                best = scores[start + 1] - self._log_total
            scores[start], ends[start] = best, best_end
        words, at = [], 0
        while at < size:
            words.append(run[at : ends[at]])
            at = ends[at]
        return words

    def _bucket(self, first: str) -> _Bucket:
        bucket = self._buckets.get(first)
        if bucket is None:
            fields = self._lines.get(first.encode(), b"").decode().split("\t")[1:]
            weights = {rest: log(int(count)) - self._log_total for rest, count in zip(*[iter(fields)] * 2, strict=True)}
            bucket = _Bucket(weights, tuple(sorted({len(rest) for rest in weights})))
            self._buckets[first] = bucket
        return bucket

    def frequency_to_win(self, term: str) -> int:
        """The frequency at which ``term``, standing alone, is kept whole: just above that of its best cut."""
        likelihood = sum(self._weight(word) for word in self._cut_run(term))
        return int(exp(likelihood + self._log_total)) + 1

    def _weight(self, word: str) -> float:
        return self._bucket(word[0]).weights.get(word[1:], -self._log_total)


def write_words(terms: Iterable[str], path: Path) -> str:
    """Write jieba's word list together with ``terms`` (labels, lexicon words; their Chinese runs of 2 to 16 characters)
    for ``Segmenter.open``. The same terms give the same bytes. Returns the sha256 of the file."""
    counts = dict(_jieba_counts())
    plain = _default()
    for run in sorted({run for term in terms for run in re.findall(rf"[{_HAN}]+", normalise(term))}):
        if 2 <= len(run) <= _LONGEST_TERM:
            counts[run] = max(counts.get(run, 0), plain.frequency_to_win(run))
    content = _lay_out(counts)
    path.write_bytes(content)
    return sha256(content).hexdigest()


def segment(text: str) -> list[str]:
    """The words of any text by the plain word list, without an index's own terms. The first call reads the list
    (0.5 s); an open index brings its own."""
    return _default().cut(normalise(text))


@cache
def _default() -> Segmenter:
    return Segmenter(_lay_out(_jieba_counts()))


@cache
def _jieba_counts() -> dict[str, int]:
    from importlib.util import find_spec

    package = find_spec("jieba")
    if package is None or not package.submodule_search_locations:
        raise IndexUnavailable("the package jieba is missing; install dutygraph again")
    counts: dict[str, int] = {}
    dictionary = Path(package.submodule_search_locations[0]) / "dict.txt"
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        counts[word] = int(count)
    return counts


def _lay_out(counts: dict[str, int]) -> bytes:
    lines: dict[str, list[str]] = {}
    for word, count in counts.items():
        if count > 0:
            lines.setdefault(word[0], [word[0]]).extend((word[1:], str(count)))
    body = ["\t".join(fields) for fields in lines.values()]
    return "\n".join([f"words\t{sum(counts.values())}", *body]).encode()
