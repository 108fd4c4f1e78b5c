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


def cold_start(home: Path, questions: Path, system: str) -> dict[str, Any]:
    """From starting a process to its first answer, median of three: `jalon ask` for Jalon, open and search for the others."""
    question = json.loads(questions.read_text(encoding="utf-8"))[0]
    if system == "jalon":
        command = [sys.executable, "-m", "bots.cli.main", "ask", question, "--json"]
    else:
        one = home / "one.json"
        one.write_text(json.dumps([question, question], ensure_ascii=False), encoding="utf-8")
        command = [sys.executable, "-m", "tests.bench.worker", "ask", system, str(one), str(home)]
    seconds, work, megabytes = [], [], []
    for _ in range(3):
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "JALON_HOME": str(home)})
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(command)} ended with status {process.returncode}")
        seconds.append(time.perf_counter() - started)
        work.append(used.ru_utime + used.ru_stime)
        megabytes.append(used.ru_maxrss // 1024)
    return {"cold_s": sorted(seconds)[1], "cold_cpu_s": sorted(work)[1], "cold_mb": sorted(megabytes)[1]}


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
                row.update(cold_start(home, questions, system))
                costs.append(row)
                print(row, file=sys.stderr)
        for folder in folders:
            for system in systems:
                found = worker("quality", system, folder, root / f"{system}-{folder.name}")
                qualities.append({"system": system, "set": folder.name, **found})
                print(qualities[-1], file=sys.stderr)
    return costs, qualities


def merged(kept: list[dict[str, Any]], new: list[dict[str, Any]], of: str) -> list[dict[str, Any]]:
    """The rows of both, the new one where both have it, by what was measured and then as the systems are listed."""
    rows = {(row[of], list(SYSTEMS).index(row["system"])): row for row in [*kept, *new]}
    return [rows[key] for key in sorted(rows)]


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
        "CPU: seconds of processor time, of the process and those it starts; unlike the others they hardly suffer from what else runs.",
        "",
        "| system | passages | indexed a second | indexed a CPU second | query p50 ms | p95 ms | cold start s | "
        "cold CPU s | cold peak MB | peak MB indexing |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in costs:
        lines.append(
            f"| {row['system']} | {row['size']} | {row['index_per_second']:.0f} | {row['index_per_cpu_second']:.0f} | {row['p50_ms']:.1f} | "
            f"{row['p95_ms']:.1f} | {row['cold_s']:.1f} | {row['cold_cpu_s']:.1f} | {row['cold_mb']} | {row['index_mb']} |"
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
    parser.add_argument("--rows", type=Path, help="a file that keeps the figures, so that systems can be measured in turns")
    given = parser.parse_args()
    costs, qualities = measure(given.beir, given.sizes, given.systems)
    if given.rows:
        kept: list[list[dict[str, Any]]] = json.loads(given.rows.read_text(encoding="utf-8")) if given.rows.is_file() else [[], []]
        costs, qualities = merged(kept[0], costs, "size"), merged(kept[1], qualities, "set")
        given.rows.write_text(json.dumps([costs, qualities]), encoding="utf-8")
    RESULTS.write_text(table(costs, qualities, bool(given.beir)), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
