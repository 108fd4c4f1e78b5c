"""nDCG@10, recall@10, recall@100 and MRR@10 on BEIR folders, leg by leg, each with its confidence interval.

A BEIR folder holds ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/test.tsv``, each perhaps packed (``.gz``). The
figures are those of ir_measures, the reference implementation; the intervals are bootstraps over the queries.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from index.errors import BadDataset, IndexProblem
from index.fusion import Mode
from index.pairs import open_text

if TYPE_CHECKING:
    from index.search import Search

MEASURES = ("nDCG@10", "recall@10", "recall@100", "MRR@10")
_IR_NAMES = {"nDCG@10": "nDCG@10", "recall@10": "R@10", "recall@100": "R@100", "MRR@10": "RR@10"}
_RESAMPLES = 2000
_DEPTH = 100

Run = Mapping[str, Sequence[tuple[str, float]]]
"""Query id -> (document id, score), best first."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over queries, and the interval that holds it 95 times in 100 were the queries drawn again."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``legs``: mode -> measure (one of MEASURES) -> figure."""

    dataset: str
    documents: int
    queries: int
    legs: Mapping[Mode, Mapping[str, Figure]]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A BEIR folder, read; ``queries`` are those that ``qrels`` judge."""

    name: str
    corpus: Path
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]


def read_dataset(folder: Path) -> Dataset:
    """Raises BadDataset, in one sentence, for what is no BEIR folder."""
    if not folder.is_dir():
        raise BadDataset(f"{folder} is no folder; give a BEIR folder (corpus.jsonl, queries.jsonl, qrels/test.tsv).")
    corpus = _either(folder / "corpus.jsonl")
    queries = dict(read_queries(_either(folder / "queries.jsonl")))
    judged = _either(folder / "qrels" / "test.tsv")
    qrels: dict[str, dict[str, int]] = {}
    for number, line in enumerate(open_text(judged), 1):
        cells = line.rstrip("\r\n").split("\t")
        if number == 1 and cells and not cells[-1].lstrip("-").isdigit():
            continue  # the usual line of headings
        if not line.strip():
            continue
        if len(cells) != 3 or not cells[2].lstrip("-").isdigit():
            raise BadDataset(f"{judged}, line {number} is no judgement; a line is query-id, corpus-id and a whole score, with tabs between.")
        qrels.setdefault(cells[0], {})[cells[1]] = int(cells[2])
    asked = {query: queries[query] for query in qrels if query in queries}
    if not asked:
        raise BadDataset(f"{judged} judges no query of {folder / 'queries.jsonl'}; check that their ids agree.")
    return Dataset(folder.name, corpus, asked, {query: qrels[query] for query in asked})


def _either(path: Path) -> Path:
    packed = path.with_name(path.name + ".gz")
    for candidate in (path, packed):
        if candidate.is_file():
            return candidate
    raise BadDataset(f"{path} is missing; a BEIR folder holds corpus.jsonl, queries.jsonl and qrels/test.tsv (or .gz of each).")


def read_queries(path: Path) -> list[tuple[str, str]]:
    """(id, text) of each line ``{"_id": "...", "text": "..."}``; raises BadDataset naming the first bad line."""
    found: list[tuple[str, str]] = []
    for number, line in enumerate(open_text(path), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            name, text = record["_id"], record["text"]
        except (ValueError, KeyError, TypeError):
            raise BadDataset(f'{path}, line {number} is no query; a line is {{"_id": "...", "text": "..."}}.') from None
        # A TREC run has its columns separated by spaces: such an id would tear its lines.
        if not isinstance(name, str) or not isinstance(text, str) or not name or name != "".join(name.split()):
            raise BadDataset(f"{path}, line {number}: _id and text must be text, and _id without spaces; rename the query.")
        found.append((name, text))
    if not found:
        raise BadDataset(f'{path} holds no query; a line is {{"_id": "...", "text": "..."}}.')
    return found


def run_of(search: Search, queries: Iterable[tuple[str, str]], k: int = _DEPTH, mode: Mode = "hybrid") -> dict[str, list[tuple[str, float]]]:
    """The ``k`` best documents of each query."""
    return {name: search.documents(text, k, mode) for name, text in queries}


def write_run(search: Search, queries: Path, out: Path, k: int = _DEPTH) -> int:
    """Answers every query of a BEIR file into a TREC run (``query Q0 document rank score jalon``); returns their number.

    Scores fall strictly, so that every tool ranks as written. Raises BadDataset for a bad file of queries, IndexProblem
    where the run cannot be written.
    """
    run = run_of(search, read_queries(queries), k)
    lines = []
    for query, ranked in run.items():
        last = float("inf")
        for rank, (document, score) in enumerate(ranked, 1):
            last = min(score, last - 1e-6)
            # an id with a space would tear the line into more columns than a run has
            lines.append(f"{query} Q0 {'%20'.join(document.split())} {rank} {last:.6f} jalon\n")
    try:
        out.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise IndexProblem(f"The run cannot be written to {out} ({error.strerror}); choose another file.") from None
    return len(run)


def measure(run: Run, qrels: Mapping[str, Mapping[str, int]], seed: int = 13) -> dict[str, Figure]:
    """Each of MEASURES over the queries of ``qrels``; a query that the run lacks counts 0."""
    import ir_measures

    # Scores fall by rank: equal scores of twins would otherwise be put in an order of the library's own.
    scored = {query: {doc: float(len(ranked) - at) for at, (doc, _) in enumerate(ranked)} for query, ranked in run.items()}
    measures = {name: ir_measures.parse_measure(_IR_NAMES[name]) for name in MEASURES}
    values: dict[str, dict[str, float]] = {name: dict.fromkeys(qrels, 0.0) for name in MEASURES}
    names = {str(value): key for key, value in measures.items()}
    for result in ir_measures.iter_calc(list(measures.values()), {q: dict(d) for q, d in qrels.items()}, scored):
        if result.query_id in qrels:
            values[names[str(result.measure)]][result.query_id] = float(result.value)
    return {name: interval(list(values[name].values()), seed) for name in MEASURES}


def interval(values: Sequence[float], seed: int = 13) -> Figure:
    """The mean with its 95 % percentile bootstrap interval.

    >>> interval([1.0, 1.0, 1.0])
    Figure(mean=1.0, low=1.0, high=1.0)
    """
    own = np.asarray(values, dtype=np.float64)
    draws = np.random.default_rng(seed).integers(0, len(own), (_RESAMPLES, len(own)))
    low, high = np.percentile(own[draws].mean(axis=1), (2.5, 97.5))
    return Figure(round(float(own.mean()), 4), round(float(low), 4), round(float(high), 4))


def evaluate(folder: Path, embedder_name: str | None = None, note: Callable[[str], None] = lambda _: None) -> Evaluation:
    """Builds a throw-away index of the folder's corpus and measures lexical, vector and hybrid search on its queries."""
    from index.build import build
    from index.store import Store

    dataset = read_dataset(folder)
    with tempfile.TemporaryDirectory(prefix="jalon-evaluate-") as home:
        note(f"indexing {dataset.corpus.name}")
        report = build(Path(home), [dataset.corpus], embedder_name=embedder_name)
        opened = Store(Path(home), embedder_name).current()
        legs: dict[Mode, dict[str, Figure]] = {}
        for mode in get_args(Mode):
            note(f"{mode}: {len(dataset.queries)} queries")
            legs[mode] = measure(run_of(opened.search, dataset.queries.items(), _DEPTH, mode), dataset.qrels)
        del opened
    return Evaluation(dataset.name, report.documents, len(dataset.queries), legs)


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as plain values: what ``jalon evaluate --json`` prints and what a baseline file holds."""
    legs = {leg: {name: [figure.mean, figure.low, figure.high] for name, figure in figures.items()} for leg, figures in evaluation.legs.items()}
    return {"dataset": evaluation.dataset, "documents": evaluation.documents, "queries": evaluation.queries, "legs": legs}


def below_baseline(evaluation: Evaluation, path: Path, tolerance: float = 0.002) -> list[str]:
    """A sentence for each figure under the stored one by more than ``tolerance``; raises BadDataset for a bad file.

    The tolerance is what another processor's rounding may change in the order of near ties.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))[evaluation.dataset]["legs"]
        expected = {(leg, name): float(figures[name][0]) for leg, figures in stored.items() for name in figures}
    except (OSError, ValueError, KeyError, TypeError):
        raise BadDataset(f"{path} holds no baseline of {evaluation.dataset}; run `jalon evaluate` with --update to write one.") from None
    found = {(leg, name): figure.mean for leg, figures in evaluation.legs.items() for name, figure in figures.items()}
    return [
        f"{evaluation.dataset}, {leg}: {name} is {found.get((leg, name), 0.0):.4f}, under the baseline's {mean:.4f}"
        for (leg, name), mean in expected.items()
        if found.get((leg, name), 0.0) < mean - tolerance
    ]


def update_baseline(evaluation: Evaluation, path: Path) -> None:
    """Writes the evaluation into the file of baselines, beside those of other datasets."""
    stored = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    stored[evaluation.dataset] = to_json(evaluation)
    path.write_text(json.dumps(stored, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
