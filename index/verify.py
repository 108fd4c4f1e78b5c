"""``python -m index.verify``: the second process of a build. It writes the vector store, and verifies the whole generation.

A damaged HNSW file can crash the process that reads it, and importing Chroma takes longer than indexing a small corpus:
this one is started when a build begins, and imports while documents are read. One JSON request a line in, one answer out:

    out  {"done": true}  once, when it is ready
    in   {"vectors": folder, "ids": […]}              writes folder/vectors from the rows in folder/dense
    in   {"verify": folder, "embedder": name or null}
    out  {"done": true}  or  {"problem": "one sentence"}
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from corpus.catalogue import Catalogue
from index.dense import DenseRows
from index.embedder import open_embedder
from index.errors import DamagedIndex, IndexProblem
from index.lexical import LexicalIndex
from index.manifest import Manifest
from index.search import Search
from index.vectors import VectorStore, prepare, write_vectors

PROBES = 5
"""Known passages that are searched for: the first, the last and some between."""


def verify(folder: Path, embedder_name: str | None = None) -> None:
    """Raises DamagedIndex when a part is missing, counts differ, or known passages are not found by their own words."""
    manifest = Manifest.load(folder)
    catalogue = Catalogue.open(folder / "catalogue.sqlite")
    store = VectorStore.open(folder / "vectors")
    if catalogue.counts() != (manifest.documents, manifest.passages):
        raise DamagedIndex("the catalogue does not hold what was written")
    lexical = LexicalIndex.load(folder / "lexical")
    dense = DenseRows.load(folder / "dense")
    if not store.count == lexical.size == dense.size == manifest.indexed:
        raise DamagedIndex(f"{store.count} vectors, {dense.size} rows and {lexical.size} texts instead of {manifest.indexed}")
    search = Search(catalogue, lexical, store, open_embedder(embedder_name), None, dense)
    step = max(1, lexical.size // PROBES)
    for name in lexical.ids[::step][:PROBES]:
        passage = catalogue.passage(name)
        vector = store.get([name]).get(name)
        if vector is None or not any(found == name or similarity > 0.999 for found, similarity in store.query(vector, 10)):
            raise DamagedIndex(f"the vector of {name} is not found")
        if not search.search(" ".join(passage.text.split()[:30]), 10):
            raise DamagedIndex(f"{name} is not found by its own words")
    store.close()
    catalogue.close()


def serve(requests: Iterable[str], answers: TextIO) -> None:
    """Answers requests until they end."""
    prepare()
    _answer(answers, {"done": True})
    for line in requests:
        request = json.loads(line)
        try:
            if "vectors" in request:
                folder = Path(request["vectors"])
                write_vectors(folder / "vectors", request["ids"], DenseRows.load(folder / "dense").all())
            else:
                verify(Path(request["verify"]), request["embedder"])
        except IndexProblem as error:
            _answer(answers, {"problem": str(error)})
        except Exception as error:
            # Chroma's errors are of many families; whichever it was, this generation must not be published
            _answer(answers, {"problem": f"{type(error).__name__}: {error}"})
        else:
            _answer(answers, {"done": True})


def _answer(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


if __name__ == "__main__":
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answering:
        os.dup2(2, 1)  # a library that prints, from Python or not, must not write into the answers
        serve(sys.stdin, answering)
