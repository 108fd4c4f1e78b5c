"""Figures of retrieval: worked out by hand, read from BEIR folders, compared with a stored baseline."""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path

import pytest

from index.errors import BadDataset, IndexProblem
from index.evaluate import Evaluation, Figure, below_baseline, evaluate, interval, measure, read_dataset, read_queries, update_baseline, write_run
from tests.index.samples import COURSES, passages, search_over

QUESTIONS = {
    "q1": ("Quel est le prix du stage sur la paie des agents ?", "paie.md"),
    "q2": ("apprendre à construire le budget de ma commune", "budget.md"),
    "q3": ("gérer des usagers mécontents au guichet", "accueil.md"),
    "q4": ("accompagner mon équipe dans une réorganisation", "conduite.md"),
}


def beir(folder: Path, packed: bool = False) -> Path:
    def write(name: str, text: str) -> None:
        path = folder / (name + ".gz" if packed else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())

    write("corpus.jsonl", "".join(json.dumps({"_id": name, "title": title, "text": text}) + "\n" for name, (title, text) in COURSES.items()))
    write("queries.jsonl", "".join(json.dumps({"_id": name, "text": text}) + "\n" for name, (text, _) in QUESTIONS.items()))
    write("qrels/test.tsv", "query-id\tcorpus-id\tscore\n" + "".join(f"{name}\t{document}\t1\n" for name, (_, document) in QUESTIONS.items()))
    return folder


def test_the_figures_are_those_worked_out_by_hand() -> None:
    run = {"q1": [("a", 3.0), ("b", 2.0)], "q2": [("x", 1.0)], "q3": [("y", 5.0), ("x", 5.0)]}
    figures = measure(run, {"q1": {"b": 1, "c": 1}, "q2": {"x": 1}, "q3": {"x": 1}, "q4": {"z": 1}})
    second = 1 / math.log2(3)
    assert figures["nDCG@10"].mean == pytest.approx((second / (1 + second) + 1 + second + 0) / 4, abs=1e-4)
    assert figures["recall@10"].mean == pytest.approx((0.5 + 1 + 1 + 0) / 4)
    assert figures["MRR@10"].mean == pytest.approx((0.5 + 1 + 0.5 + 0) / 4)


def test_the_interval_holds_the_mean_and_narrows_with_more_queries() -> None:
    few, many = interval([0.0, 1.0] * 10), interval([0.0, 1.0] * 1000)
    assert few.low < few.mean < few.high
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize("packed", [False, True])
def test_a_folder_is_read_packed_or_not(tmp_path: Path, packed: bool) -> None:
    dataset = read_dataset(beir(tmp_path / "mine", packed))
    assert dataset.name == "mine"
    assert dataset.queries == {name: text for name, (text, _) in QUESTIONS.items()}
    assert dataset.qrels["q1"] == {"paie.md": 1}


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("corpus.jsonl", None, "corpus.jsonl is missing"),
        ("qrels/test.tsv", None, "test.tsv is missing"),
        ("qrels/test.tsv", "q1\tpaie.md\t1\nq1\tpaie.md\n", "line 2"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq9\tpaie.md\t1\n", "judges no query"),
        ("queries.jsonl", '{"_id": "q1"}\n', "line 1"),
        ("queries.jsonl", '{"_id": "q 1", "text": "a"}\n', "without spaces"),
        ("queries.jsonl", "", "holds no query"),
    ],
)
def test_a_bad_folder_is_refused_in_one_sentence(tmp_path: Path, file: str, text: str | None, said: str) -> None:
    folder = beir(tmp_path / "mine")
    if text is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(text)
    with pytest.raises(BadDataset, match=said) as caught:
        read_dataset(folder)
    assert "\n" not in str(caught.value)


def test_a_run_is_written_for_every_query(tmp_path: Path) -> None:
    folder = beir(tmp_path / "mine")
    search = search_over(passages(), twins={"copie.md": "paie.md"})
    assert write_run(search, folder / "queries.jsonl", tmp_path / "out.run", 3) == len(read_queries(folder / "queries.jsonl")) == 4
    lines = [line.split() for line in (tmp_path / "out.run").read_text().splitlines()]
    assert [line[0] for line in lines] == sorted(line[0] for line in lines)
    first = [line for line in lines if line[0] == "q1"]
    assert [line[2] for line in first][:2] == ["paie.md", "copie.md"]
    assert [int(line[3]) for line in first] == [1, 2, 3]
    assert [float(line[4]) for line in first] == sorted({float(line[4]) for line in first}, reverse=True)
    with pytest.raises(IndexProblem, match="another file"):
        write_run(search, folder / "queries.jsonl", tmp_path, 3)


def test_a_throw_away_index_measures_the_three_legs(tmp_path: Path) -> None:
    """Equal or better than the stored baseline: the weights and the model may change, what they find may not get worse."""
    found = evaluate(beir(tmp_path / "courses"))
    assert set(found.legs) == {"hybrid", "lexical", "vector"}
    assert (found.documents, found.queries) == (5, 4)
    assert below_baseline(found, Path(__file__).parent / "baseline.json") == []


def test_a_figure_under_the_baseline_is_named(tmp_path: Path) -> None:
    good = Evaluation("set", 1, 1, {"hybrid": {"nDCG@10": Figure(0.8, 0.7, 0.9)}})
    update_baseline(good, tmp_path / "baseline.json")
    assert below_baseline(good, tmp_path / "baseline.json") == []
    worse = Evaluation("set", 1, 1, {"hybrid": {"nDCG@10": Figure(0.7, 0.6, 0.8)}})
    assert below_baseline(worse, tmp_path / "baseline.json") == ["set, hybrid: nDCG@10 is 0.7000, under the baseline's 0.8000"]
    with pytest.raises(BadDataset, match="--update"):
        below_baseline(Evaluation("other", 1, 1, {}), tmp_path / "baseline.json")
