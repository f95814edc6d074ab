"""The lexical side of search: BM25 over words that are cut already, on disk (tantivy)."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dutygraph.errors import IndexUnavailable

if TYPE_CHECKING:
    import tantivy

__all__ = ["Bm25", "write_bm25"]

_WORDS, _KIND, _POSITION = "words", "kind", "position"


def write_bm25(documents: Iterable[tuple[str, Sequence[str]]], folder: Path) -> None:
    """Index ``documents``, each a kind and its words, in ``folder`` (made when missing). One writing thread and one
    commit: the same documents give the same segment, hence the same scores, on any machine."""
    import tantivy

    folder.mkdir(parents=True, exist_ok=True)
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_WORDS, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(_KIND, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(_POSITION, fast=True)
    index = tantivy.Index(builder.build(), path=str(folder), reuse=False)
    writer = index.writer(heap_size=64_000_000, num_threads=1)
    for position, (kind, words) in enumerate(documents):
        document = tantivy.Document()
        document.add_text(_WORDS, " ".join(words))
        document.add_text(_KIND, kind)
        document.add_unsigned(_POSITION, position)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class Bm25:
    """An index on disk, opened for reading. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Raises IndexUnavailable when the folder holds no index or a damaged one."""
        import tantivy

        try:
            index = tantivy.Index.open(str(folder if os.access(folder, os.W_OK) else self._linked(folder)))
        except (ValueError, OSError) as exc:
            raise IndexUnavailable("the word index cannot be read; run `dutygraph build` again", path=folder) from exc
        self._schema: tantivy.Schema = index.schema
        self._searcher: tantivy.Searcher = index.searcher()

    def search(self, weights: Mapping[str, float], kinds: frozenset[str] | None, limit: int) -> list[tuple[int, float]]:
        """Positions and BM25 scores (k1 1.2, b 0.75) of the best ``limit`` documents that hold any of the words, each
        counted with its weight; best first. ``kinds`` narrows to documents of these kinds."""
        import tantivy

        should, must = tantivy.Occur.Should, tantivy.Occur.Must
        terms = [
            (should, tantivy.Query.boost_query(self._term(_WORDS, word), weight))
            for word, weight in sorted(weights.items())
            if weight > 0
        ]
        if not terms:
            return []
        query = tantivy.Query.boolean_query(terms)
        if kinds is not None:
            of_kind = tantivy.Query.boolean_query([(should, self._term(_KIND, kind)) for kind in sorted(kinds)])
            query = tantivy.Query.boolean_query([(must, query), (must, tantivy.Query.const_score_query(of_kind, 0.0))])
        hits = self._searcher.search(query, limit=limit, count=False).hits
        positions = self._searcher.fast_field_values(_POSITION, [address for _, address in hits])
        return [(int(position or 0), float(score)) for position, (score, _) in zip(positions, hits, strict=True)]

    def _linked(self, folder: Path) -> Path:
        """A folder of links to the files of one that cannot be written to: tantivy locks an index to open it, with a
        file in its folder. It is removed with this object."""
        links = Path(tempfile.mkdtemp(prefix="dutygraph-index-"))
        weakref.finalize(self, shutil.rmtree, links, ignore_errors=True)
        for path in folder.resolve().iterdir():
            if path.suffix != ".lock":
                (links / path.name).symlink_to(path)
        return links

    def _term(self, field: str, value: str) -> tantivy.Query:
        import tantivy

        return tantivy.Query.term_query(self._schema, field, value, index_option="basic" if field == _KIND else "freq")
