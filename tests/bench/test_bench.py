"""The bench itself: passages that are the same every time, systems that find, a table that says everything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.__main__ import merged, table
from tests.bench.corpora import questions_of, write_passages
from tests.bench.systems import SYSTEMS, System
from tests.bench.worker import ask


def test_passages_are_the_same_every_time(tmp_path: Path) -> None:
    write_passages(None, 20, tmp_path / "one.jsonl")
    write_passages(None, 20, tmp_path / "two.jsonl")
    lines = (tmp_path / "one.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines == (tmp_path / "two.jsonl").read_text(encoding="utf-8").splitlines()
    assert len({json.loads(line)["text"] for line in lines}) == 20


@pytest.mark.parametrize("name", ["jalon", "bm25s", "tantivy"])
def test_each_quick_system_finds_what_it_indexed(tmp_path: Path, name: str) -> None:
    if name != "jalon":
        pytest.importorskip(name, reason="a peer of `make bench`")
    corpus = tmp_path / "corpus.jsonl"
    texts = ["Le budget communal est voté en mars.", "La paie des agents est versée chaque mois.", "Un stage de conduite du changement."]
    corpus.write_text("".join(json.dumps({"_id": f"c{n}", "title": "", "text": text}) + "\n" for n, text in enumerate(texts)), encoding="utf-8")
    (tmp_path / "home").mkdir()
    system: System = SYSTEMS[name]()
    assert system.index(corpus, tmp_path / "home") == 3
    found = ask(system, ["budget", "la paie des agents", "stage"], tmp_path / "home")
    assert found["p50_ms"] > 0 and found["ask_mb"] > 0
    assert system.rank("la paie des agents", 3)[0] == "c1"


def test_the_table_holds_every_row() -> None:
    row = {
        "system": "bm25s", "size": 7, "index_per_second": 5.0, "index_per_cpu_second": 6.0, "index_mb": 1, "ask_mb": 2, "p50_ms": 3.0, "p95_ms": 4.0,
        "cold_s": 1.5, "cold_cpu_s": 1.2, "cold_mb": 80, "open_s": 1.0,
    }  # fmt: skip
    figures = {"nDCG@10": [0.5, 0.4, 0.6], "recall@100": [0.9, 0.8, 1.0], "MRR@10": [0.5, 0.4, 0.6]}
    written = table([row], [{"system": "bm25s", "set": "mine", **figures}], real=False)
    assert "| bm25s | 7 | 5 | 6 | 3.0 | 4.0 | 1.5 | 1.2 | 80 | 1 |" in written
    assert "| mine | bm25s | 0.500 (0.400 to 0.600) | 0.900" in written
    assert len(questions_of(None)) >= 10


def test_systems_measured_in_turns_share_one_table() -> None:
    kept = [{"system": "quickstart", "size": 7, "p50_ms": 1.0}, {"system": "jalon", "size": 7, "p50_ms": 2.0}]
    new = [{"system": "jalon", "size": 7, "p50_ms": 3.0}, {"system": "tantivy", "size": 1, "p50_ms": 4.0}]
    assert [(row["system"], row["p50_ms"]) for row in merged(kept, new, "size")] == [("tantivy", 4.0), ("jalon", 3.0), ("quickstart", 1.0)]
