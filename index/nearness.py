"""Words of the query beside near words of the passages: "flyer" and "dépliant" are no match, and no strangers either.

For each word of the query the nearest word of a passage counts by the cosine of the two, weighed by rarity like in
BM25; so do the words of its headings alone, those of its best sentence with the headings, and the cosine of the headings
as a whole: a long passage has something near every word somewhere, one sentence has not. The opening words of a document
stand for the title it lacks; a passage with nothing above it at all is judged by its text: that says nothing against it.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedder import StaticEmbedder
from index.lexical import LexicalIndex, Query

_KIN = 0.7
"""How near an expression of the table of everyday words is to the word it may stand for."""

_OF_KIN = 0.45
"""Cosine from which a word is near an expression: "télétravailler" stands in no table, "télétravail" does."""

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Near:
    """(rows,) each: the share of the query that near words make up, in the passage with its headings and in these alone.

    ``near_answer`` is that of the best sentence with the headings. All three are 0 to 1, ``head_cosine`` -1 to 1.
    """

    near: Floats
    head_near: Floats
    head_cosine: Floats
    near_answer: Floats


class Nearness:
    """Vectors of an index's words, each computed when a passage that holds it is first looked at. Threads may share it."""

    def __init__(self, lexical: LexicalIndex, embedder: StaticEmbedder) -> None:
        self._lexical, self._embedder = lexical, embedder
        # zeros take no memory until they are written
        self._vectors = np.zeros((lexical.width, embedder.dimension), dtype=np.float32)
        self._lengths = np.zeros(lexical.width, dtype=np.float32)
        self._known = np.zeros(lexical.width, dtype=np.bool_)
        self._places = threading.local()

    def features(self, text: str, query: Query, rows: Rows, cosines: Floats) -> Near:
        """Of ``rows`` for the text and the words that lexical search sees in it; ``cosines`` (rows,) stand in for headings."""
        asked = self._embedder.queries([text, *query.words, *(expression for _, expression in query.expressions)])
        body, _ = self._lexical.terms_below(rows)
        head, head_starts = self._lexical.terms_above(rows)
        terms, place = self._distinct(np.concatenate((body, head)))
        vectors, lengths = self._vectors_of(terms)
        below, above = place[: len(body)], place[len(body) :]
        bare = np.diff(head_starts) == 0
        near = head_near = answer = np.zeros(len(rows), dtype=np.float32)
        if query.words and len(terms):
            alike = _alike(asked[1:], vectors, lengths, query, terms)
            shares = (query.idf / query.idf.sum()).astype(np.float32)
            in_head = _best(alike[:, above], head_starts)
            starts, row_of = self._lexical.sentences_below(rows)
            by_sentence = _best(alike[:, below], starts)
            sentences = np.searchsorted(row_of, np.arange(len(rows) + 1))
            head_near = shares @ in_head
            near = shares @ np.maximum(_best(by_sentence, sentences), in_head)
            answers = shares @ np.maximum(by_sentence, in_head[:, row_of])
            answer = np.maximum(_best(answers[None], sentences)[0], head_near)
            head_near = np.where(bare, near, head_near)
        heads = _summed(vectors, above, head_starts)
        lengths_of_heads = np.sqrt(np.einsum("ij,ij->i", heads, heads))
        head_cosine = np.where(bare, cosines, heads @ asked[0] / np.where(lengths_of_heads > 0, lengths_of_heads, 1.0))
        return Near(near, head_near, head_cosine, answer)

    def _vectors_of(self, terms: Rows) -> tuple[Floats, Floats]:
        """(terms, dimension) sums over subwords, as long as they weigh, and their lengths; two threads may compute the same twice."""
        new = terms[~self._known[terms]]
        if len(new):
            sums = self._embedder.sums(self._lexical.forms_of(new))
            self._vectors[new] = sums
            self._lengths[new] = np.sqrt(np.einsum("ij,ij->i", sums, sums))
            self._known[new] = True
        return self._vectors[terms], self._lengths[terms]

    def _distinct(self, terms: Rows) -> tuple[Rows, Rows]:
        """(the distinct terms, where among them each one is): a table of all terms, since sorting takes ten times longer."""
        if not hasattr(self._places, "table"):
            self._places.table = np.zeros(self._lexical.width, dtype=np.int64)
        table: Rows = self._places.table
        table[terms] = 1
        distinct = np.flatnonzero(table)
        table[distinct] = np.arange(len(distinct))
        place = table[terms]
        table[distinct] = 0
        return distinct, place


def _alike(asked: Floats, vectors: Floats, lengths: Floats, query: Query, terms: Rows) -> Floats:
    """(words, terms): how near each word of the query is to each term, 0 to 1; the same words and kin whatever their vectors say.

    ``asked`` are the vectors of the words, then of the expressions that may stand for them.
    """
    every: Floats = np.maximum(asked @ vectors.T / np.where(lengths > 0, lengths, 1.0), 0.0)
    alike, kin_alike = every[: len(query.words)], every[len(query.words) :]
    if len(kin_alike):
        np.maximum.at(alike, [at for at, _ in query.expressions], np.where(kin_alike > _OF_KIN, kin_alike * _KIN, 0.0))
    word, same = np.nonzero(query.terms[:, None] == terms[None, :])
    alike[word, same] = 1.0
    kin, same = np.nonzero(query.kin_terms[:, None] == terms[None, :])
    at = query.kin_words[kin], same
    alike[at] = np.maximum(alike[at], _KIN)
    return alike


def _best(alike: Floats, starts: Rows) -> Floats:
    """(words, runs): the best of each run of columns; 0 for an empty run."""
    best = np.zeros((len(alike), len(starts) - 1), dtype=np.float32)
    filled = np.diff(starts) > 0
    if alike.shape[1]:
        best[:, filled] = np.maximum.reduceat(alike, starts[:-1][filled], axis=1)
    return best


def _summed(vectors: Floats, place: Rows, starts: Rows) -> Floats:
    """(rows, dimension): the sum of each row's run of places."""
    sums = np.zeros((len(starts) - 1, vectors.shape[1]), dtype=np.float32)
    filled = np.diff(starts) > 0
    if len(place):
        sums[filled] = np.add.reduceat(vectors[place], starts[:-1][filled], axis=0)
    return sums
