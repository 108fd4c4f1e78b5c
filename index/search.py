"""Lexical, vector and hybrid search behind one signature: a question in, ranked hits out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.catalogue import Catalogue
from corpus.records import Passage
from index.embedder import Embedder
from index.fusion import FEATURES, Mode, weights_of
from index.lexical import LexicalIndex, Query
from index.spelling import Correction, Speller
from index.vectors import VectorStore

_CANDIDATES = 150
"""Passages each leg hands on at least: their features are looked at closely."""

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
        self, catalogue: Catalogue, lexical: LexicalIndex, vectors: VectorStore, embedder: Embedder, reranker: Reranker | None = None
    ) -> None:
        self._catalogue = catalogue
        self._lexical = lexical
        self._vectors = vectors
        self._embedder = embedder
        self._reranker = reranker
        self._speller = Speller(lexical)
        self._twins: dict[str, list[str]] = {}
        for twin, kept in catalogue.duplicates().items():
            self._twins.setdefault(kept, []).append(twin)

    def search(self, query: str, k: int = 10, mode: Mode = "hybrid", documents: Collection[str] | None = None) -> list[Hit]:
        """The ``k`` best passages, best first, of ``documents`` only where given; passages that say the same come once."""
        ranked = self._rank(query, mode, k, documents)
        hits: list[Hit] = []
        seen: list[tuple[str, frozenset[int]]] = []
        for row, score, features in zip(ranked.rows.tolist(), ranked.scores.tolist(), ranked.features, strict=True):
            if len(hits) == k:
                break
            passage = self._catalogue.passage(self._lexical.ids[row])
            words = self._lexical.terms_of(row)
            if any(title == passage.title and self._lexical.alike(words, other, _ALIKE) for title, other in seen):
                continue
            seen.append((passage.title, words))
            hits.append(Hit(len(hits) + 1, passage, score, float(features[_COLUMN["coverage"]]), float(features[_COLUMN["cosine"]])))
        return self._reranked(query, hits) if self._reranker and hits else hits

    def documents(self, query: str, k: int = 10, mode: Mode = "hybrid") -> list[tuple[str, float]]:
        """The ``k`` best documents by their best passage, with its score; a copy of a document stands right after it."""
        depth = k
        while True:
            ranked = self._rank(query, mode, depth, None)
            best: dict[str, float] = {}
            for row, score in zip(ranked.rows.tolist(), ranked.scores.tolist(), strict=True):
                document = self._document(row)
                if document not in best:
                    best[document] = score
                    for twin in self._twins.get(document, ()):
                        best[twin] = score
            # Long documents fill the candidates with their passages: look deeper until k documents are there.
            if len(best) >= k or len(ranked.rows) >= self._lexical.size or len(ranked.rows) < depth:
                return list(best.items())[:k]
            depth *= 4

    def correct(self, query: str) -> Correction:
        """The query with words that no document holds replaced by the nearest that one does."""
        return self._speller.correct(query)

    def _document(self, row: int) -> str:
        return self._lexical.ids[row].rpartition("#")[0]

    def _rank(self, text: str, mode: Mode, k: int, documents: Collection[str] | None) -> _Ranked:
        if mode != "vector":
            text = self._speller.correct(text).text
        query = self._lexical.query(text)
        allowed = self._allowed(documents)
        depth = max(_CANDIDATES, 2 * k)
        features = np.zeros((self._lexical.size, len(FEATURES)), dtype=np.float32)
        chosen: list[Rows] = []
        if mode != "vector" and (len(query.words) or len(query.grams)):
            chosen.append(self._lexical_leg(query, features, depth, allowed, mode))
        cosines: dict[int, float] = {}
        vector = None
        if mode != "lexical":
            vector = self._embedder.queries([text])[0]
            if vector.any():
                cosines = self._vector_leg(vector, depth, allowed)
                chosen.append(np.fromiter(cosines, dtype=np.int64, count=len(cosines)))
        if not chosen:
            return _Ranked(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32), features[:0])
        rows = np.unique(np.concatenate(chosen))
        near = features[rows]
        if vector is not None and vector.any():
            near[:, _COLUMN["cosine"]] = self._cosines(vector, rows, cosines)
        near[:, _COLUMN["coverage"]], near[:, _COLUMN["sentence"]] = self._lexical.coverage(query, rows)
        scores = weights_of(mode).score(near)
        order = np.lexsort((rows, -scores))
        return _Ranked(rows[order], scores[order], near[order])

    def _allowed(self, documents: Collection[str] | None) -> NDArray[np.bool_] | None:
        """A mask over rows; a copy stands for the document that is indexed."""
        if documents is None:
            return None
        kept = self._catalogue.duplicates()
        wanted = {kept.get(document, document) for document in documents}
        return np.fromiter((self._document(row) in wanted for row in range(self._lexical.size)), dtype=bool, count=self._lexical.size)

    def _lexical_leg(self, query: Query, features: NDArray[np.float32], depth: int, allowed: NDArray[np.bool_] | None, mode: Mode) -> Rows:
        """Fills in the lexical columns and returns the rows that are best by them."""
        scores = self._lexical.scores(query)
        for name in ("body", "title", "heading", "document", "grams"):
            features[:, _COLUMN[name]] = getattr(scores, name)
        weights = weights_of("lexical")
        rough = features @ np.array(weights.weights, dtype=np.float32)
        if allowed is not None:
            rough[~allowed] = 0.0
        return best_rows(rough, depth)

    def _vector_leg(self, vector: NDArray[np.float32], depth: int, allowed: NDArray[np.bool_] | None) -> dict[int, float]:
        """Row -> cosine of the nearest passages."""
        rows = self._lexical.rows
        if allowed is None:
            return {rows[name]: cosine for name, cosine in self._vectors.query(vector, depth)}
        inside = np.flatnonzero(allowed)
        stored = self._vectors.get([self._lexical.ids[row] for row in inside.tolist()])
        return {rows[name]: float(other @ vector) for name, other in stored.items()}

    def _cosines(self, vector: NDArray[np.float32], rows: Rows, known: dict[int, float]) -> list[float]:
        missing = [row for row in rows.tolist() if row not in known]
        stored = self._vectors.get([self._lexical.ids[row] for row in missing]) if missing else {}
        found = known | {self._lexical.rows[name]: float(other @ vector) for name, other in stored.items()}
        return [found.get(row, 0.0) for row in rows.tolist()]

    def _reranked(self, query: str, hits: list[Hit]) -> list[Hit]:
        assert self._reranker is not None
        judged = self._reranker.scores(query, [hit.passage for hit in hits])
        order = sorted(range(len(hits)), key=lambda at: (-judged[at], at))
        return [Hit(rank, hits[at].passage, float(judged[at]), hits[at].lexical, hits[at].dense) for rank, at in enumerate(order, 1)]


def best_rows(scores: NDArray[np.float32], k: int) -> Rows:
    """The rows of the ``k`` highest scores above 0, in no order; ties at the edge go to the lower rows."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) <= k:
        return positive
    own = scores[positive]
    edge = np.partition(own, len(own) - k)[len(own) - k]
    above = positive[own > edge]
    return np.concatenate((above, positive[own == edge][: k - len(above)]))
