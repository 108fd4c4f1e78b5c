"""`jalon evaluate --profiles`: nDCG@5 of what is recommended to annotated profiles, on a throw-away index."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from bots.settings import Settings


def measure_profiles(folder: Path, settings: Settings) -> tuple[dict[str, Any], list[str]]:
    """The figures as JSON and as lines. The folder's documents are what its ``profiles.jsonl`` is about."""
    from assistant.paths.evaluate import PROFILES, evaluate_profiles, read_profiles
    from index.build import build
    from index.store import Store

    entries = read_profiles(folder)
    documents = sorted(file for file in folder.iterdir() if file.name != PROFILES and not file.name.startswith("."))
    with tempfile.TemporaryDirectory(prefix="jalon-profiles-") as home:
        build(Path(home), documents, embedder_name=settings.embedding_model)
        opened = Store(Path(home), settings.embedding_model).current()
        figures = evaluate_profiles(entries, opened.catalogue, opened.search)
    lines = [
        f"{len(figures.results)} profiles: nDCG@5 {figures.ndcg:.3f}; refused where nothing suits: {figures.refused:.3f}; "
        f"wrong a profile: {figures.wrong:.2f}"
    ]
    lines += [
        f"{r.id}: {r.ndcg:.2f}, found {', '.join(r.found) or 'nothing'}, expected {', '.join(r.expected)}"
        for r in figures.results
        if r.ndcg is not None and r.ndcg < 1.0
    ]
    results = [
        {"id": r.id, "ndcg@5": None if r.ndcg is None else round(r.ndcg, 4), "found": list(r.found), "expected": list(r.expected)}
        for r in figures.results
    ]
    return {
        "profiles": len(figures.results),
        "ndcg@5": round(figures.ndcg, 4),
        "refused": round(figures.refused, 4),
        "wrong": round(figures.wrong, 4),
        "results": results,
    }, lines
