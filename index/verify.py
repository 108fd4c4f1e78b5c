"""``python -m index.verify FOLDER [MODEL]``: can this generation be opened, is it whole, does it find what it holds?

Status 0 when it can; otherwise the last line of stdout says why. Run in a process of its own, which may crash.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.catalogue import Catalogue
from index.dense import DenseRows
from index.embedder import open_embedder
from index.errors import DamagedIndex, IndexProblem
from index.lexical import LexicalIndex
from index.manifest import Manifest
from index.search import Search
from index.vectors import VectorStore

PROBES = 5
"""Known passages that are searched for: the first, the last and some between."""


def verify(folder: Path, embedder_name: str | None = None) -> None:
    """Raises DamagedIndex when a part is missing, counts differ, or known passages are not found by their own words."""
    manifest = Manifest.load(folder)
    catalogue = Catalogue.open(folder / "catalogue.sqlite")
    store = VectorStore.open(folder / "vectors")
    if catalogue.counts() != (manifest.documents, manifest.passages):
        raise DamagedIndex("the catalogue does not hold what was written")
    if store.count != manifest.indexed:
        raise DamagedIndex(f"{store.count} vectors instead of {manifest.indexed}")
    twins = catalogue.duplicates()
    passages = [passage for passage in catalogue.passages() if passage.document not in twins]
    search = Search(catalogue, LexicalIndex.load(folder / "lexical"), store, open_embedder(embedder_name), None, DenseRows.load(folder / "dense"))
    step = max(1, len(passages) // PROBES)
    for passage in passages[::step][:PROBES]:
        vector = store.get([passage.id]).get(passage.id)
        if vector is None or not any(name == passage.id or similarity > 0.999 for name, similarity in store.query(vector, 10)):
            raise DamagedIndex(f"the vector of {passage.id} is not found")
        if not search.search(" ".join(passage.text.split()[:30]), 10):
            raise DamagedIndex(f"{passage.id} is not found by its own words")
    store.close()
    catalogue.close()


def main(arguments: Sequence[str]) -> int:
    try:
        verify(Path(arguments[0]), arguments[1] if len(arguments) > 1 else None)
    except IndexProblem as error:
        print(error)  # noqa: T201 - read by the process that started this one
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
