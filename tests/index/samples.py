"""A small catalogue in memory, for the tests of search: passages, a vector store that looks at every vector, a catalogue."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.records import Passage
from index.dense import DenseRows
from index.embedder import Embedder, open_embedder, passage_view
from index.lexical import LexicalIndex
from index.search import Search

COURSES = {
    "budget.md": (
        "Préparer le budget communal",
        "Cette formation apprend à bâtir le budget d'une commune et à suivre son exécution. Durée : 2,5 jours.\nTarif : 1 250 € par agent.",
    ),
    "paie.md": (
        "Gérer la paie des agents",
        "Calculer un traitement, déclarer les cotisations, corriger un bulletin. Code ACAT21-041.\nDurée : 3 jours. Tarif : 980 €.",
    ),
    "conduite.md": (
        "Conduire le changement",
        "Accompagner une équipe lors d'une réorganisation : écouter, décider, expliquer.\nPublic : encadrants de proximité.",
    ),
    "accueil.md": (
        "Accueillir le public",
        "Recevoir les usagers au guichet et au téléphone, apaiser un conflit.\nPrérequis : aucun. Lieu : Rennes.",
    ),
    "insp.md": (
        "Prendre la parole en public",
        "Un atelier animé avec l'Institut national du service public (INSP).\nUne session au printemps, une autre à l'automne.",
    ),
}


class ExactVectors:
    """What Search asks of a vector store."""

    def __init__(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        self.ids, self.vectors = list(ids), vectors

    def query(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        cosines = self.vectors @ vector
        return [(self.ids[row], float(cosines[row])) for row in np.argsort(-cosines, kind="stable")[:k]]

    def get(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        return {name: self.vectors[self.ids.index(name)] for name in ids if name in self.ids}


class Shelf:
    """What Search asks of a catalogue."""

    def __init__(self, passages: Sequence[Passage], twins: dict[str, str] | None = None) -> None:
        self._passages, self._twins = {p.id: p for p in passages}, twins or {}

    def passage(self, name: str) -> Passage:
        return self._passages[name]

    def duplicates(self) -> dict[str, str]:
        return self._twins


def passages(courses: dict[str, tuple[str, str]] = COURSES) -> list[Passage]:
    """One passage a line of each course."""
    found = []
    for document, (title, text) in courses.items():
        start = 0
        for ordinal, line in enumerate(text.split("\n")):
            found.append(Passage(f"{document}#{ordinal}", document, ordinal, title, (title,), line, start, start + len(line)))
            start += len(line) + 1
    return found


def search_over(own: Sequence[Passage], embedder: Embedder | None = None, twins: dict[str, str] | None = None, reranker: object = None) -> Search:
    """A Search over the passages, with the shipped model unless another is given."""
    embedder = embedder or open_embedder()
    lexical = LexicalIndex.build(own)
    vectors = embedder.passages([passage_view(p) for p in own])
    dense = DenseRows.of(vectors, [p.document for p in own])
    return Search(Shelf(own, twins), lexical, ExactVectors(lexical.ids, vectors), embedder, reranker, dense)  # type: ignore[arg-type]
