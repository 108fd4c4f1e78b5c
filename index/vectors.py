"""Chroma, the vector store. Distance becomes similarity here and nowhere else.

A store is written once, aside, and never changed: an embedded Chroma reader does not see what another process writes.
Vectors always come from index/embedder.py (Chroma's own default embedder would download a model).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedIndex

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

COLLECTION = "passages"
_BATCH = 5000
"""Chroma takes at most 5461 rows an upsert (a limit of SQLite's variables)."""

# Chroma keeps one System a path in this process; opening and closing it is not safe from several threads at once.
_client_lock = threading.Lock()


def prepare() -> None:
    """Imports Chroma, which takes a second or two."""
    import chromadb  # noqa: F401


def _client(folder: Path) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False, allow_reset=False))


def write_vectors(folder: Path, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
    """Writes ``vectors`` (n, dimension; unit norm) under ``ids`` (n, distinct) into a new store in ``folder``."""
    with _client_lock:
        client = _client(folder)
        collection = client.create_collection(COLLECTION, embedding_function=None, configuration=_graph(len(ids)))
        for at in range(0, len(ids), _BATCH):
            collection.add(ids=list(ids[at : at + _BATCH]), embeddings=vectors[at : at + _BATCH])
        _close(client)


def _graph(count: int) -> Any:
    """The HNSW settings for ``count`` vectors.

    Vectors have unit norm, so that the inner product is their cosine, to the last bit that of index/dense.py.
    ``ef_construction`` 64 finds 99.8 % of the 50 nearest of 10 000 and builds a third faster than Chroma's 100. With
    ``sync_threshold`` equal to the count the graph is written once, after the last vector; above it, it would never be
    written, and every opening would rebuild it from the log.
    """
    return {
        "hnsw": {
            "space": "ip", "ef_construction": 64, "ef_search": 100, "max_neighbors": 16,
            "sync_threshold": max(2, count), "batch_size": max(2, min(count, _BATCH)),
        }
    }  # fmt: skip


def _close(client: ClientAPI) -> None:
    """Releases the files of a client: Chroma 1.5 keeps them until its system is stopped."""
    close = getattr(client, "close", None)
    if close is not None:
        close()


class VectorStore:
    """An opened store. Queries may come from several threads."""

    def __init__(self, client: ClientAPI, collection: Any, count: int) -> None:
        self._client, self._collection, self.count = client, collection, count

    @classmethod
    def open(cls, folder: Path) -> VectorStore:
        """Raises DamagedIndex when there is no readable store in ``folder``."""
        if not (folder / "chroma.sqlite3").is_file():
            raise DamagedIndex(f"The vectors of the index are missing ({folder}): run `jalon reindex --full`.")
        try:
            with _client_lock:
                client = _client(folder)
                collection = client.get_collection(COLLECTION, embedding_function=None)
                return cls(client, collection, collection.count())
        except Exception as error:
            raise DamagedIndex(f"The vectors of the index cannot be read ({folder}): run `jalon reindex --full`.") from error

    def query(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """The ``k`` nearest ids with their cosine similarity (-1..1), best first."""
        k = min(k, self.count)
        if k <= 0:
            return []
        try:
            found = self._collection.query(query_embeddings=[vector], n_results=k, include=["distances"])
        except Exception as error:
            raise DamagedIndex("The vectors of the index cannot be searched: run `jalon reindex --full`.") from error
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def get(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The stored vectors of those of ``ids`` that exist."""
        out: dict[str, NDArray[np.float32]] = {}
        for at in range(0, len(ids), _BATCH):
            found = self._collection.get(ids=list(ids[at : at + _BATCH]), include=["embeddings"])
            out.update(zip(found["ids"], np.asarray(found["embeddings"], dtype=np.float32), strict=True))
        return out

    def close(self) -> None:
        with _client_lock:
            _close(self._client)
