"""The bench itself: passages that are the same every time, systems that find, a table that says everything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.__main__ import table
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
    row = {"system": "x", "size": 7, "index_per_second": 5.0, "index_mb": 1, "ask_mb": 2, "p50_ms": 3.0, "p95_ms": 4.0, "cold_s": None, "open_s": 1.0}
    figures = {"nDCG@10": [0.5, 0.4, 0.6], "recall@100": [0.9, 0.8, 1.0], "MRR@10": [0.5, 0.4, 0.6]}
    written = table([row], [{"system": "x", "set": "mine", **figures}], real=False)
    assert "| x | 7 | 5 | 3.0 | 4.0 |" in written
    assert "| mine | x | 0.500 (0.400 to 0.600) | 0.900" in written
    assert len(questions_of(None)) >= 10
