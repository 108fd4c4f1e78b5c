"""Learns the weights of fusion.json: ``python -m index.tune BEIR_DIR... [--double NAME...] [--model FOLDER] [--write]``.

The weights are fitted on all sets but one and judged on that one, in turn; then on all. Ranking is fitted first (the
right passages before the others: a softmax over the candidates of a query), then the curve that turns it into a
score: the probability that the best hit is right, with questions of other sets, which nothing answers, among them.
Use a model that was not trained on the sets: one that knows the answers by heart makes cosines look too good.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.passages import split
from corpus.readers import find
from corpus.safety import SafeReader
from index.dense import DenseRows
from index.embedder import Embedder, open_embedder, passage_view
from index.evaluate import Dataset, read_dataset
from index.fusion import DENSE, FEATURES, LEXICAL, Mode
from index.lexical import LexicalIndex
from index.search import Search

MODES: dict[Mode, tuple[str, ...]] = {"hybrid": FEATURES, "lexical": LEXICAL, "vector": DENSE}
_DEPTH = 100
_QUERIES = 300
_STRANGERS = 60
_RIDGE = 1e-3


@dataclass(frozen=True, slots=True)
class Judged:
    """One query's candidates: (n, features), whether each is right, the document of each, and how many are right in all."""

    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    documents: tuple[str, ...]
    wanted: int


class _ExactVectors:
    """What Search asks of a vector store, by looking at every vector: tuning must not depend on an approximate graph."""

    def __init__(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        self._ids, self._vectors = ids, vectors

    def query(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        cosines = self._vectors @ vector
        return [(self._ids[row], float(cosines[row])) for row in np.argsort(-cosines, kind="stable")[:k].tolist()]


class _NoTwins:
    def duplicates(self) -> dict[str, str]:
        return {}


def open_dataset(dataset: Dataset, embedder: Embedder) -> tuple[Search, LexicalIndex]:
    """The corpus of the dataset, searchable in memory."""
    sources, _ = find([dataset.corpus])
    with SafeReader() as reader:
        passages = [passage for source in sources for document in reader.read(source) for passage in split(document)]
    lexical = LexicalIndex.build(passages)
    vectors = embedder.passages([passage_view(passage) for passage in passages])
    dense = DenseRows.of(vectors, [passage.document for passage in passages])
    catalogue: Any = _NoTwins()
    store: Any = _ExactVectors(lexical.ids, vectors)
    return Search(catalogue, lexical, store, embedder, None, dense), lexical


def judged(search: Search, lexical: LexicalIndex, queries: Mapping[str, str], qrels: Mapping[str, Mapping[str, int]]) -> list[Judged]:
    """The candidates of each query; a query without judgements is a stranger, whom nothing answers."""
    found = []
    for name, text in queries.items():
        rows, features = search.candidates(text, "hybrid", _DEPTH)
        documents = tuple(lexical.ids[row].rpartition("#")[0] for row in rows.tolist())
        wanted = {document for document, grade in qrels.get(name, {}).items() if grade > 0}
        found.append(Judged(features, np.array([document in wanted for document in documents], dtype=bool), documents, len(wanted)))
    return found


def ndcg(query: Judged, scores: NDArray[np.floating[Any]]) -> float:
    """nDCG@10 of the documents by their best passage."""
    right = {document for document, good in zip(query.documents, query.right, strict=True) if good}
    ranked = list(dict.fromkeys(query.documents[at] for at in np.argsort(-scores, kind="stable").tolist()))[:10]
    discounts = 1 / np.log2(np.arange(2, 12))
    gained = sum(discounts[at] for at, document in enumerate(ranked) if document in right)
    return float(gained / discounts[: query.wanted].sum())


def fit_ranking(sets: Sequence[Sequence[Judged]], columns: Sequence[int], counts: Sequence[float] | None = None) -> NDArray[np.float64]:
    """(features,) weights, none negative: more of a good sign is never worse. Each set counts the same, or as ``counts`` say."""
    from scipy.optimize import minimize

    useful = [
        [(query.features[:, list(columns)].astype(np.float64), query.right) for query in own if query.right.any() and not query.right.all()]
        for own in sets
    ]

    given = np.ones(len(sets)) if counts is None else np.asarray(counts, dtype=np.float64)
    shares_of = given / given.sum()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = _RIDGE * float(weights @ weights), 2 * _RIDGE * weights
        for own, share in zip(useful, shares_of, strict=True):
            for features, right in own:
                scores = features @ weights
                shares = np.exp(scores - scores.max())
                shares /= shares.sum()
                good = shares * right
                mass = good.sum()
                value -= float(np.log(mass + 1e-12)) * share / len(own)
                slope = slope + (shares - good / (mass + 1e-12)) @ features * share / len(own)
        return value, slope

    start = np.ones(len(columns))
    done = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(columns), options={"maxiter": 100})
    weights = np.zeros(len(FEATURES))
    weights[list(columns)] = done.x
    return weights


def fit_curve(sets: Sequence[Sequence[Judged]], weights: NDArray[np.float64]) -> tuple[float, float, float]:
    """(slope, bias, how often a right best hit scores above a wrong one): the logistic regression of "the best hit is right"."""
    from scipy.optimize import minimize

    best = [
        (float(scores.max()), bool(query.right[int(scores.argmax())]))
        for own in sets
        for query in own
        if len(query.right)
        for scores in (query.features @ weights,)
    ]
    raw, right = np.array([score for score, _ in best]), np.array([good for _, good in best], dtype=np.float64)

    def loss(x: NDArray[np.float64]) -> float:
        margin = x[0] * raw + x[1]
        return float(np.mean(np.logaddexp(0, margin) - right * margin))

    slope, bias = minimize(loss, np.array([1.0, -float(raw.mean())]), method="Nelder-Mead", options={"maxiter": 2000}).x
    order = np.argsort(np.argsort(raw))
    positives = right.sum()
    area = (order[right > 0].sum() - positives * (positives - 1) / 2) / max(1.0, positives * (len(right) - positives))
    return float(slope), float(bias), float(area)


def tune(folders: Sequence[Path], model: str | None, double: Sequence[str] = ()) -> dict[str, Any]:
    """The content of fusion.json: for each mode its weights, its bias, and nDCG@10 on each set with weights fitted on the others.

    The sets named in ``double`` count twice: those most like what people ask.
    """
    embedder = open_embedder(model)
    datasets = [read_dataset(folder) for folder in folders]
    sets: dict[str, list[Judged]] = {}
    strangers: dict[str, list[Judged]] = {}
    rng = random.Random(13)  # noqa: S311 - which queries take part
    for at, dataset in enumerate(datasets):
        search, lexical = open_dataset(dataset, embedder)
        names = rng.sample(sorted(dataset.queries), min(_QUERIES, len(dataset.queries)))
        sets[dataset.name] = judged(search, lexical, {name: dataset.queries[name] for name in names}, dataset.qrels)
        other = datasets[at - 1].queries
        asked = rng.sample(sorted(other), min(_STRANGERS, len(other))) if len(datasets) > 1 else []
        strangers[dataset.name] = judged(search, lexical, {name: other[name] for name in asked}, {})
        sys.stderr.write(f"{dataset.name}: {len(names)} queries\n")
    modes: dict[str, Any] = {}
    for mode, features in MODES.items():
        columns = [FEATURES.index(name) for name in features]
        figures = {}
        for name, own in sets.items():
            # a set and its noisy twin ("faq", "faq~") are one set: neither may vouch for the other
            others = {other: queries for other, queries in sets.items() if other.rstrip("~") != name.rstrip("~")} or {name: own}
            weights = fit_ranking(list(others.values()), columns, [1.0 + (other in double) for other in others])
            figures[name] = round(float(np.mean([ndcg(query, query.features @ weights) for query in own])), 4)
        weights = fit_ranking(list(sets.values()), columns, [1.0 + (name in double) for name in sets])
        slope, bias, area = fit_curve([*sets.values(), *strangers.values()], weights)
        stored = {name: round(slope * float(weights[FEATURES.index(name)]), 3) for name in features}
        modes[mode] = {"weights": stored, "bias": round(bias, 3), "ndcg_at_10_left_out": figures, "auc_of_best_hit": round(area, 3)}
        sys.stderr.write(f"{mode}: {json.dumps(modes[mode])}\n")
    return {"model": embedder.name if model is None else "a model that saw none of the sets", "modes": modes}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path, help="BEIR folders")
    parser.add_argument("--double", nargs="*", default=[], metavar="NAME", help="sets that count twice")
    parser.add_argument("--model", help="embedding model that saw none of the sets")
    parser.add_argument("--write", action="store_true", help="write index/fusion.json")
    given = parser.parse_args()
    found = json.dumps(tune(given.folders, given.model, given.double), ensure_ascii=False, indent=2) + "\n"
    if given.write:
        (Path(__file__).parent / "fusion.json").write_text(found, encoding="utf-8")
    else:
        sys.stdout.write(found)


if __name__ == "__main__":
    main()
