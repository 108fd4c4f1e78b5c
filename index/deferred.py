"""The vector store opened late: importing Chroma takes longer than all the rest of a command that asks one question."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.dense import DenseRows
from index.errors import DamagedIndex
from index.vectors import VectorStore

SCANNED = 100_000
"""Passages up to which looking at every vector a few times takes less than importing Chroma."""

ASKED = 16
"""Queries after which Chroma is worth its import; fewer where there are many passages."""

_LOOKED_AT = 400_000
"""Vectors looked at after which it is: a second's work."""


class DeferredStore:
    """Answers the first queries from the rows, then opens Chroma, where both give the same. Threads may share it."""

    def __init__(self, folder: Path, ids: Sequence[str], rows: DenseRows) -> None:
        """``ids`` (n,) are those of ``rows``. Raises DamagedIndex when there is no store in ``folder``, or not for as many."""
        if not (folder / "chroma.sqlite3").is_file() or rows.size != len(ids):
            raise DamagedIndex(f"The vectors of the index are missing or incomplete ({folder}): run `jalon reindex --full`.")
        self._folder, self._ids, self._rows = folder, ids, rows
        self._store: VectorStore | None = None
        self._asked = 0
        self._lock = threading.Lock()
        self.count = len(ids)

    def query(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """The ``k`` nearest ids with their cosine similarity (-1..1), best first. Raises DamagedIndex."""
        if self._store is None and self._asked < min(ASKED, _LOOKED_AT // max(1, self.count)):
            self._asked += 1
            cosines = self._rows.all_cosines(vector)
            nearest = np.argpartition(-cosines, min(k, self.count - 1))[:k] if k < self.count else np.arange(self.count)
            # by row among equals, whatever the partition did
            nearest = nearest[np.lexsort((nearest, -cosines[nearest]))]
            return [(self._ids[row], float(cosines[row])) for row in nearest.tolist()]
        return self._opened().query(vector, k)

    def get(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The stored vectors of those of ``ids`` that exist."""
        return self._opened().get(ids)

    def close(self) -> None:
        with self._lock:
            if self._store is not None:
                self._store.close()

    def _opened(self) -> VectorStore:
        with self._lock:
            if self._store is None:
                store = VectorStore.open(self._folder)
                if store.count != self.count:
                    store.close()
                    raise DamagedIndex(f"The vectors of the index are incomplete ({self._folder}): run `jalon reindex --full`.")
                self._store = store
            return self._store
