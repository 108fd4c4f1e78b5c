"""``python -m tests.bench [--beir FOLDER ...] [--sizes 1000 10000 100000] [--systems ...]``: measure, and write RESULTS.md.

The questions are those of the first BEIR folder, and the passages are recombined from its sentences; without one, both
come from the demo programmes. Every measurement is a process of its own, one after the other.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.corpora import questions_of, write_passages
from tests.bench.systems import EMBEDDED, SYSTEMS

RESULTS = Path(__file__).parent / "RESULTS.md"


def worker(*arguments: object) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-m", "tests.bench.worker", *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, arguments))} failed:\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def cold_start(home: Path, questions: Path, system: str) -> float:
    """Seconds from starting a process to its first answer: `jalon ask` for Jalon, open and search for the others."""
    question = json.loads(questions.read_text(encoding="utf-8"))[0]
    if system == "jalon":
        command = [sys.executable, "-m", "bots.cli.main", "ask", question, "--json"]
    else:
        one = home / "one.json"
        one.write_text(json.dumps([question, question], ensure_ascii=False), encoding="utf-8")
        command = [sys.executable, "-m", "tests.bench.worker", "ask", system, str(one), str(home)]
    times = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True, env={**os.environ, "JALON_HOME": str(home)})
        times.append(time.perf_counter() - started)
    return sorted(times)[1]


def measure(folders: list[Path], sizes: list[int], systems: list[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(rows of cost, rows of quality)."""
    costs, qualities = [], []
    first = folders[0] if folders else None
    with tempfile.TemporaryDirectory(prefix="jalon-bench-") as scratch:
        root = Path(scratch)
        questions = root / "questions.json"
        asked = questions_of(first)
        questions.write_text(json.dumps((asked * (200 // len(asked) + 1))[:201], ensure_ascii=False), encoding="utf-8")
        for size in sizes:
            corpus = root / f"{size}.jsonl"
            write_passages(first, size, corpus)
            for system in systems:
                home = root / f"{system}-{size}"
                row = {"system": system, "size": size, **worker("index", system, corpus, home), **worker("ask", system, questions, home)}
                row["cold_s"] = cold_start(home, questions, system) if size == sizes[0] else None
                costs.append(row)
                print(row, file=sys.stderr)
        for folder in folders:
            for system in systems:
                found = worker("quality", system, folder, root / f"{system}-{folder.name}")
                qualities.append({"system": system, "set": folder.name, **found})
                print(qualities[-1], file=sys.stderr)
    return costs, qualities


def table(costs: list[dict[str, Any]], qualities: list[dict[str, Any]], real: bool) -> str:
    load = f"{os.getloadavg()[1]:.1f}"
    lines = [
        "# Jalon beside its peers",
        "",
        f"Written by `make bench` on {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}.",
        f"Load average at the end: {load} (above 1, something else was running, and the figures are too slow).",
        f"Passages of some 90 words, recombined from {'real' if real else 'the demo programmes'} sentences; 200 questions one by one.",
        f"quickstart: LangChain + Chroma + all-MiniLM-L6-v2; it embeds the first {EMBEDDED} passages; above, its vectors are drawn at random.",
        "",
        "| system | passages | indexed a second | query p50 ms | p95 ms | cold start s | peak MB indexing | peak MB asking |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in costs:
        cold = f"{row['cold_s']:.1f}" if row["cold_s"] else ""
        lines.append(
            f"| {row['system']} | {row['size']} | {row['index_per_second']:.0f} | {row['p50_ms']:.1f} | {row['p95_ms']:.1f} | {cold} | "
            f"{row['index_mb']} | {row['ask_mb']} |"
        )
    if qualities:
        lines += [
            "",
            "Quality, with 95 % intervals (bootstrap over the questions):",
            "",
            "| set | system | nDCG@10 | recall@100 | MRR@10 |",
            "|---|---|---|---|---|",
        ]
        for row in qualities:
            cells = " | ".join(f"{mean:.3f} ({low:.3f} to {high:.3f})" for mean, low, high in (row["nDCG@10"], row["recall@100"], row["MRR@10"]))
            lines.append(f"| {row['set']} | {row['system']} | {cells} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--beir", nargs="*", type=Path, default=[])
    parser.add_argument("--sizes", nargs="*", type=int, default=[1000, 10_000, 100_000])
    parser.add_argument("--systems", nargs="*", choices=list(SYSTEMS), default=list(SYSTEMS))
    given = parser.parse_args()
    costs, qualities = measure(given.beir, given.sizes, given.systems)
    RESULTS.write_text(table(costs, qualities, bool(given.beir)), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
