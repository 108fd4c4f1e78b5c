"""One measurement in a process of its own: ``python -m tests.bench.worker index|ask|quality SYSTEM ...`` prints JSON.

Peak memory is that of the process (ru_maxrss); each starts cold.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
import warnings
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
warnings.simplefilter("ignore")


def peak() -> int:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def cpu() -> float:
    """Seconds of processor time of this process and of those it started: other work on the machine does not count."""
    own, started = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + started.ru_utime + started.ru_stime


def index(system: Any, corpus: Path, home: Path) -> dict[str, Any]:
    started, worked = time.perf_counter(), cpu()
    documents = system.index(corpus, home)
    seconds, work = time.perf_counter() - started, cpu() - worked
    if hasattr(system, "fill"):
        system.fill()
    return {"index_per_second": documents / seconds, "index_per_cpu_second": documents / work, "index_mb": peak()}


def ask(system: Any, questions: list[str], home: Path) -> dict[str, Any]:
    started = time.perf_counter()
    system.open(home)
    system.rank(questions[0], 10)
    opened = time.perf_counter() - started
    times = []
    for question in questions[1:]:
        begin = time.perf_counter()
        system.rank(question, 10)
        times.append(time.perf_counter() - begin)
    times.sort()
    return {"open_s": opened, "p50_ms": 1000 * times[len(times) // 2], "p95_ms": 1000 * times[int(len(times) * 0.95)], "ask_mb": peak()}


def quality(system: Any, folder: Path, home: Path) -> dict[str, Any]:
    from index.evaluate import measure, read_dataset
    from index.pairs import open_text

    dataset = read_dataset(folder)
    home.mkdir(parents=True, exist_ok=True)
    corpus = home / "corpus.jsonl"
    corpus.write_text("".join(open_text(dataset.corpus)), encoding="utf-8")
    system.index(corpus, home)
    system.open(home)
    # the quickstart ranks pieces of documents: it is given more of them, so that a hundred documents are there
    run = {name: [(document, 0.0) for document in system.rank(text, 300)[:100]] for name, text in dataset.queries.items()}
    return {name: [figure.mean, figure.low, figure.high] for name, figure in measure(run, dataset.qrels).items()}


def main() -> None:
    from tests.bench.systems import SYSTEMS

    task, name, what, home = sys.argv[1:5]
    system = SYSTEMS[name]()
    Path(home).mkdir(parents=True, exist_ok=True)
    if task == "index":
        found = index(system, Path(what), Path(home))
    elif task == "ask":
        found = ask(system, json.loads(Path(what).read_text(encoding="utf-8")), Path(home))
    else:
        found = quality(system, Path(what), Path(home))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
