"""The source documents: does a quote occur in one, and does it stand where a gold quote stands?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dutygraph.evaluation.fold import compact, fold, fold_numbers
from dutygraph.evaluation.names import as_list
from dutygraph.evaluation.questions import Evidence, Question

__all__ = ["Documents", "regime_titles"]

# the form's own words: the heading of a table's number column, and the section whose entries are titled prose
_NUMBER_HEADING = "序号"
_REGIME_SECTION = "事中事后监管制度/"

_LONG_ENOUGH = 6  # characters: a shorter quote (an agency's name) stands in too many places to prove one
_SHARED_RUN = 12  # characters that two quotes must share to be the same passage
_FEW = 3  # a quote with more occurrences does not locate anything
_MOST_OCCURRENCES = 200


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    block: int  # table row, or paragraph of prose
    entry: int  # numbered row: the rows until the next number belong to it


def _lines(text: str) -> Iterator[_Line]:
    """The lines of a document with their row. In a text dump of tables a line that begins with a tab is a cell, and a
    row has as many cells as its heading row; other lines continue a cell, or are prose cut at blank lines."""
    block = entry = columns = cells = 0
    in_heading, after_blank = False, True
    for line in text.split("\n"):
        is_cell = line.startswith("\t")
        in_heading = in_heading and is_cell
        if not is_cell and not line.strip():
            after_blank = True
            continue
        if not is_cell:
            row_complete = not columns or cells % columns == 0
            block += after_blank and row_complete
        elif line.strip() == _NUMBER_HEADING:
            in_heading, columns, cells = True, 1, 0
            block += 1
        elif in_heading:
            columns += 1
        elif columns:
            if cells % columns == 0:
                block += 1
                entry += line.strip().isdigit()
            cells += 1
        after_blank = False
        yield _Line(compact(line), block, entry)


class _Document:
    """One text, without white space, with the row and the entry that each character lies in."""

    def __init__(self, text: str, titles: Collection[str]) -> None:
        lines = list(_lines(text))
        self.flat = "".join(line.text for line in lines)
        self.folded = fold(text)
        self.number_folded = fold_numbers(text)
        self._blocks = [line.block for line in lines for _ in line.text]
        self._entries: list[tuple[str, int]] = [("row", line.entry) for line in lines for _ in line.text]
        starts = sorted({m.start() for t in titles for m in re.finditer(r"[)）]" + re.escape(compact(t)), self.flat)})
        for number, (start, end) in enumerate(pairwise([*starts, len(self.flat)])):
            self._entries[start:end] = [("title", number)] * (end - start)

    def occurrences(self, quote: str) -> list[range]:
        found: list[range] = []
        start = self.flat.find(quote)
        while start >= 0 and len(found) < _MOST_OCCURRENCES:
            found.append(range(start, start + len(quote)))
            start = self.flat.find(quote, start + 1)
        return found

    def blocks(self, places: Sequence[range]) -> set[int]:
        return {self._blocks[i] for place in places for i in place}

    def entries(self, places: Sequence[range]) -> set[tuple[str, int]]:
        return {self._entries[place.start] for place in places}


class Documents:
    """The documents by name (``<register folder>/<file>``). A reference may also be the bare file name, or begin with
    a place's code when that fits one document only."""

    def __init__(self, texts: Mapping[str, str], titles: Collection[str] = ()) -> None:
        self._documents = {name: _Document(text, titles) for name, text in texts.items()}
        self.everything_folded = "".join(doc.folded for doc in self._documents.values())
        self.everything_number_folded = "".join(doc.number_folded for doc in self._documents.values())

    def resolve(self, reference: object) -> str | None:
        """The name of the document meant, or None."""
        name = str(reference or "").replace("\\", "/")
        if name in self._documents:
            return name
        base = _base(name)
        same_file = [known for known in self._documents if _base(known) == base]
        if same_file:
            return same_file[0] if len(same_file) == 1 else None
        code = base[:6]
        begin_so = [n for n in self._documents if re.fullmatch(r"\d{6}", code) and _base(n).startswith(code)]
        return begin_so[0] if len(begin_so) == 1 else None

    def is_valid(self, cited: Any) -> bool:
        """Does the cited quote (an evidence of an answer) occur in its document, white space aside?"""
        if not isinstance(cited, Mapping):
            return False
        name, quote = self.resolve(_document_of(cited)), compact(cited.get("quote"))
        return name is not None and bool(quote) and quote in self._documents[name].flat

    def supports(self, cited: Mapping[str, Any], gold: Evidence) -> bool:
        """Does the cited quote overlap the gold quote, or stand in the same row?"""
        name = self.resolve(_document_of(cited))
        if name is None or name != self.resolve(gold.doc):
            return False
        quote, wanted = compact(cited.get("quote")), compact(gold.quote)
        if not quote or not wanted:
            return False
        return (
            _overlap(quote, wanted)
            or self._same_block(name, quote, wanted)
            or (quote == wanted and _same_section(cited.get("section"), gold.section))
            or self._same_entry(name, quote, wanted, compact(gold.row))
        )

    def _same_block(self, name: str, quote: str, wanted: str) -> bool:
        if len(wanted) < _LONG_ENOUGH or len(quote) < 4:
            return False
        document = self._documents[name]
        cited_at, gold_at = document.occurrences(quote), document.occurrences(wanted)
        few = len(cited_at) <= _FEW and len(gold_at) <= _FEW
        return few and bool(document.blocks(cited_at) & document.blocks(gold_at))

    def _same_entry(self, name: str, quote: str, wanted: str, row: str) -> bool:
        """A short gold quote, or one that is the row's own name, is proved by anything of that row."""
        if len(wanted) >= _LONG_ENOUGH and wanted not in row and row not in wanted:
            return False
        document = self._documents[name]
        cited_at = document.occurrences(quote)
        if len(cited_at) > _FEW:
            return False
        gold_entries = document.entries(document.occurrences(wanted))
        if row and (row_entries := document.entries(document.occurrences(row))):
            gold_entries &= row_entries
        return bool(document.entries(cited_at) & gold_entries)

    def supported(self, answer: Mapping[str, Any], question: Question) -> bool:
        """Does some evidence of the answer support some gold quote?"""
        cited = [e for e in as_list(answer.get("evidence")) if isinstance(e, Mapping)]
        return any(self.supports(e, gold) for e in cited for gold in question.evidence)

    def foreign_to(self, code: str, value: object) -> bool:
        """Is the value, a text with a number, found in another place's document, but in none of this place's?"""
        folded = fold_numbers(value)
        if len(folded) < _LONG_ENOUGH or not any(char.isdecimal() for char in folded):
            return False
        own = [doc for name, doc in self._documents.items() if _base(name).startswith(code) or name.startswith(code)]
        if not own or any(folded in doc.number_folded for doc in own):
            return False
        return any(folded in doc.number_folded for doc in self._documents.values())


def regime_titles(questions: Sequence[Question]) -> frozenset[str]:
    """The titles of regimes that the gold cites: they cut the prose section into entries."""
    return frozenset(e.row for q in questions for e in q.evidence if e.section.startswith(_REGIME_SECTION))


def _base(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _document_of(cited: Mapping[str, Any]) -> object:
    return cited.get("document") or cited.get("doc")


def _overlap(quote: str, wanted: str) -> bool:
    if len(wanted) < _LONG_ENOUGH:
        return False
    if wanted in quote or (len(quote) >= _LONG_ENOUGH and quote in wanted):
        return True
    runs = {wanted[i : i + _SHARED_RUN] for i in range(len(wanted) - _SHARED_RUN + 1)}
    return any(quote[i : i + _SHARED_RUN] in runs for i in range(len(quote) - _SHARED_RUN + 1))


def _same_section(cited: object, gold: str) -> bool:
    return not cited or fold(cited)[:4] == fold(gold)[:4]
