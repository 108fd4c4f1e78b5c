"""Vectors by row, memory-mapped: the cosine of any passage, and of its whole document, without asking the vector store.

The vector store finds the nearest passages; what lexical search found needs its cosines too, and reading a hundred
single vectors out of Chroma costs more than the rest of a search.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedder import unit
from index.errors import DamagedIndex
from index.postings import read_array

_CHUNK = 4096
"""Rows widened to float32 together: they stay in the processor's cache."""


class DenseRows:
    """``passages`` (n, dimension) and ``documents`` (documents, dimension), float16, unit norm; ``document_of`` (n,)."""

    def __init__(self, passages: NDArray[Any], documents: NDArray[Any], document_of: NDArray[Any]) -> None:
        self._passages, self._documents, self._document_of = passages, documents, document_of

    @classmethod
    def load(cls, folder: Path) -> DenseRows:
        """Raises DamagedIndex where a file is missing or torn."""
        try:
            return cls(*(read_array(folder / f"{name}.npy") for name in ("passages", "documents", "document_of")))
        except (OSError, ValueError, EOFError) as error:
            raise DamagedIndex(f"The vectors of the index cannot be read ({type(error).__name__}); run `jalon reindex --full`.") from error

    @classmethod
    def of(cls, vectors: NDArray[np.float32], documents: Sequence[str]) -> DenseRows:
        """From the vectors (n, dimension) of passages and the document (n,) of each; a document's is the mean of its passages'."""
        numbers: dict[str, int] = {}
        document_of = np.fromiter((numbers.setdefault(name, len(numbers)) for name in documents), dtype=np.int32, count=len(documents))
        sums = np.zeros((len(numbers), vectors.shape[1]), dtype=np.float32)
        np.add.at(sums, document_of, vectors)
        return cls(vectors.astype(np.float16), unit(sums).astype(np.float16), document_of)

    def save(self, folder: Path) -> None:
        """Writes the rows into a new folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("passages", "documents", "document_of"):
            np.save(folder / f"{name}.npy", getattr(self, f"_{name}"))

    def all(self) -> NDArray[np.float32]:
        """(n, dimension) of the passages."""
        return np.asarray(self._passages.astype(np.float32))

    @property
    def size(self) -> int:
        """The number of passages."""
        return len(self._passages)

    def all_cosines(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n,) of every passage; some 200 ms for 100,000 of them."""
        out = np.empty(self.size, dtype=np.float32)
        for at in range(0, self.size, _CHUNK):
            out[at : at + _CHUNK] = self._passages[at : at + _CHUNK].astype(np.float32) @ vector
        return out

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """(rows,) of the passages."""
        return np.asarray(self._passages[rows].astype(np.float32) @ vector)

    def document_cosines(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """(rows,) of the documents that the passages belong to."""
        numbers, own = np.unique(self._document_of[rows], return_inverse=True)
        return np.asarray((self._documents[numbers].astype(np.float32) @ vector)[own])
