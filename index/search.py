"""Lexical, vector and hybrid search behind one signature: a question in, ranked hits out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.catalogue import Catalogue
from corpus.records import Passage
from index.deferred import DeferredStore
from index.dense import DenseRows
from index.embedder import SHIPPED, Embedder, StaticEmbedder
from index.fusion import FEATURES, NEAR, Mode, rough_weights, weights_of
from index.lexical import FIELDS, LexicalIndex, LexicalScores
from index.nearness import Nearness
from index.spelling import Correction, Speller
from index.threads import alone
from index.vectors import VectorStore

_CANDIDATES = 150
"""Passages each leg hands on at least: their features are looked at closely."""

_CLOSE = 120
"""Candidates whose words are compared with those of the query one by one; where many hits are asked for, more are."""

_RERANKED = 30
"""Hits that a reranker sees, however few are asked for."""

_COLUMN = {name: column for column, name in enumerate(FEATURES)}
_ALIKE = 0.9
"""Passages that share this much of their words, numbers and title included, give one answer, not two."""

Rows = NDArray[np.int64]


class Reranker(Protocol):
    """Judges (query, passage) pairs; scores from 0 to 1."""

    def scores(self, query: str, passages: Sequence[Passage]) -> Sequence[float]: ...


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found. ``score`` is calibrated: 0 to 1, the same meaning for every query.

    ``lexical`` is the share of the query's words (weighed by rarity) that the passage holds, ``dense`` the cosine.
    """

    rank: int
    passage: Passage
    score: float
    lexical: float
    dense: float


@dataclass(frozen=True, slots=True)
class _Ranked:
    rows: Rows
    scores: NDArray[np.float32]
    features: NDArray[np.float32]


class Search:
    """Searches one opened generation. Threads may share it: nothing changes after opening."""

    def __init__(
        self,
        catalogue: Catalogue,
        lexical: LexicalIndex,
        vectors: VectorStore | DeferredStore,
        embedder: Embedder,
        reranker: Reranker | None = None,
        dense: DenseRows | None = None,
    ) -> None:
        """``dense`` holds the rows of ``lexical``; without it the vectors are read out of the store once, here."""
        self._catalogue = catalogue
        self._lexical = lexical
        self._vectors = vectors
        self._embedder = embedder
        self._dense = dense or rows_of_store(lexical.ids, vectors, embedder.dimension)
        self._reranker = reranker
        self._speller = Speller(lexical)
        # single words are compared by the shipped model where the one that was set is too slow for thousands of them
        self._nearness = Nearness(lexical, embedder if isinstance(embedder, StaticEmbedder) else open_words())
        self._twins: dict[str, list[str]] = {}
        for twin, kept in catalogue.duplicates().items():
            self._twins.setdefault(kept, []).append(twin)

    def search(self, query: str, k: int = 10, mode: Mode = "hybrid", documents: Collection[str] | None = None) -> list[Hit]:
        """The ``k`` best passages, best first, of ``documents`` only where given; passages that say the same come once."""
        ranked = self._rank(query, mode, k, documents)
        hits: list[Hit] = []
        seen: list[tuple[str, frozenset[int]]] = []
        for row, score, features in zip(ranked.rows.tolist(), ranked.scores.tolist(), ranked.features, strict=True):
            if len(hits) == (max(k, _RERANKED) if self._reranker else k):
                break
            passage = self._catalogue.passage(self._lexical.ids[row])
            words = self._lexical.terms_of(row)
            if any(title == passage.title and self._lexical.alike(words, other, _ALIKE) for title, other in seen):
                continue
            seen.append((passage.title, words))
            hits.append(Hit(len(hits) + 1, passage, score, float(features[_COLUMN["coverage"]]), float(features[_COLUMN["cosine"]])))
        return self._reranked(query, hits)[:k] if self._reranker and hits else hits

    def documents(self, query: str, k: int = 10, mode: Mode = "hybrid") -> list[tuple[str, float]]:
        """The ``k`` best documents by their best passage, with its score; a copy of a document stands right after it."""
        depth = k
        while True:
            ranked = self._rank(query, mode, depth, None)
            best: dict[str, float] = {}
            for row, score in zip(ranked.rows.tolist(), ranked.scores.tolist(), strict=True):
                if len(best) >= k:
                    break
                document = self._document(row)
                if document not in best:
                    best[document] = score
                    for twin in self._twins.get(document, ()):
                        best[twin] = score
            # Long documents fill the candidates with their passages: look deeper until k documents are there.
            if len(best) >= k or len(ranked.rows) >= self._lexical.size or len(ranked.rows) < depth:
                return list(best.items())[:k]
            depth *= 4

    def nearness(self, query: str, texts: NDArray[np.float32]) -> list[float]:
        """The cosine of a query with each of ``texts``, as ``embedded`` returned them."""
        return [float(c) for c in texts @ self._embedder.queries([query.encode("utf-8", "replace").decode("utf-8")])[0]]

    def embedded(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts that stand outside the index, as its model sees them: (n, dimension), rows of length 1."""
        return self._embedder.passages(texts) if texts else np.zeros((0, self._embedder.dimension), dtype=np.float32)

    def correct(self, query: str) -> Correction:
        """The query with words that no document holds replaced by the nearest that one does."""
        # half a surrogate pair, as a careless client sends, is no text to any library
        return self._speller.correct(query.encode("utf-8", "replace").decode("utf-8"))

    def _document(self, row: int) -> str:
        return self._lexical.ids[row].rpartition("#")[0]

    def _rank(self, text: str, mode: Mode, k: int, documents: Collection[str] | None) -> _Ranked:
        with alone():
            rows, features = self.candidates(text, mode, max(_CANDIDATES, 2 * k), documents)
            scores = weights_of(mode).score(features)
        order = np.lexsort((rows, -scores))
        return _Ranked(rows[order], scores[order], features[order])

    def candidates(self, text: str, mode: Mode, depth: int, documents: Collection[str] | None = None) -> tuple[Rows, NDArray[np.float32]]:
        """The rows worth a close look, ``depth`` a leg, and what is known of them: (n,) and (n, features)."""
        corrected = self.correct(text)
        # a word that the corpus lacks may be right all the same: for meaning, what was written stands beside the guess
        meant = " ".join([text, *(new for _, new in corrected.changes)]).encode("utf-8", "replace").decode("utf-8")
        text = corrected.text
        allowed = self._allowed(documents)
        chosen: list[Rows] = []
        query = self._lexical.query(text)
        scores: LexicalScores | None = None
        if mode != "vector" and (query.words or len(query.grams)):
            scores = self._lexical.scores(query)
            rough = sum_of(scores, rough_weights())
            if allowed is not None:
                rough[~allowed] = 0.0
            chosen.append(best_rows(rough, depth))
        vector = self._embedder.queries([meant])[0] if mode != "lexical" else None
        if vector is not None and vector.any():
            chosen.append(self._nearest(vector, depth, allowed))
        rows = np.unique(np.concatenate(chosen)) if chosen else np.zeros(0, dtype=np.int64)
        features = np.zeros((len(rows), len(FEATURES)), dtype=np.float32)
        if scores is not None:
            for name in FIELDS:
                features[:, _COLUMN[name]] = getattr(scores, name)[rows]
        if len(rows) and vector is not None and vector.any():
            features[:, _COLUMN["cosine"]] = self._dense.cosines(vector, rows)
            features[:, _COLUMN["document_cosine"]] = self._dense.document_cosines(vector, rows)
        # in the hybrid, what is not among the best without them is not worth reading word by word: its features stay 0, and it sinks
        looked_at = _CLOSE if depth <= _CANDIDATES else depth
        close = best_rows(weights_of(mode).score(features), looked_at) if mode == "hybrid" else np.arange(len(rows))
        if len(rows):
            covered = self._lexical.coverage(query, rows[close])
            for name in ("coverage", "sentence", "answer"):
                features[close, _COLUMN[name]] = getattr(covered, name)
        if len(rows) and mode == "hybrid":
            near = self._nearness.features(meant, query, rows[close], features[close, _COLUMN["cosine"]])
            for name in NEAR:
                features[close, _COLUMN[name]] = getattr(near, name)
        return rows, features

    def _nearest(self, vector: NDArray[np.float32], depth: int, allowed: NDArray[np.bool_] | None) -> Rows:
        """The rows of the nearest passages."""
        if allowed is None:
            rows = self._lexical.rows
            return np.array([rows[name] for name, _ in self._vectors.query(vector, depth)], dtype=np.int64)
        # filters of the vector store are slow: the cosines of some documents' passages are quicker computed than searched
        inside = np.flatnonzero(allowed)
        return inside[np.argsort(-self._dense.cosines(vector, inside), kind="stable")[:depth]]

    def _allowed(self, documents: Collection[str] | None) -> NDArray[np.bool_] | None:
        """A mask over rows; a copy stands for the document that is indexed."""
        if documents is None:
            return None
        kept = self._catalogue.duplicates()
        wanted = {kept.get(document, document) for document in documents}
        return np.fromiter((self._document(row) in wanted for row in range(self._lexical.size)), dtype=bool, count=self._lexical.size)

    def _reranked(self, query: str, hits: list[Hit]) -> list[Hit]:
        assert self._reranker is not None
        judged = self._reranker.scores(query, [hit.passage for hit in hits])
        order = sorted(range(len(hits)), key=lambda at: (-judged[at], at))
        return [Hit(rank, hits[at].passage, float(judged[at]), hits[at].lexical, hits[at].dense) for rank, at in enumerate(order, 1)]


@cache
def open_words() -> StaticEmbedder:
    """The shipped model, opened once."""
    return StaticEmbedder(SHIPPED, "jalon-static-fr")


def sum_of(scores: LexicalScores, weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """(passages,): the fields' scores, weighed."""
    rough = np.zeros_like(scores.body)
    for name in FIELDS:
        rough += weights[_COLUMN[name]] * getattr(scores, name)
    return rough


def best_rows(scores: NDArray[np.float32], k: int) -> Rows:
    """The rows of the ``k`` highest scores above 0, in no order; ties at the edge go to the lower rows."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) <= k:
        return positive
    own = scores[positive]
    edge = np.partition(own, len(own) - k)[len(own) - k]
    above = positive[own > edge]
    return np.concatenate((above, positive[own == edge][: k - len(above)]))


def rows_of_store(ids: Sequence[str], vectors: VectorStore | DeferredStore, dimension: int) -> DenseRows:
    """The vectors of the store in the order of ``ids``."""
    stored = vectors.get(ids)
    rows = np.zeros((len(ids), dimension), dtype=np.float32)
    for row, name in enumerate(ids):
        if name in stored:
            rows[row] = stored[name]
    return DenseRows.of(rows, [name.rpartition("#")[0] for name in ids])
