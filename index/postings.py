"""Sparse counts -> BM25 impacts -> files that are read where they lie (memory-mapped), never unpickled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import scipy.sparse

K1 = 1.2
B = 0.75


@dataclass(frozen=True, slots=True)
class Postings:
    """For each term the rows that hold it and how much each weighs (BM25 without idf, 0 to K1 + 1).

    ``starts`` is (terms + 1,) int64, ``rows`` int32, ``impacts`` float16; ``size`` is the number of rows of the field.
    """

    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    impacts: NDArray[np.float16]
    size: int

    @classmethod
    def of(cls, counts: scipy.sparse.csr_matrix, b: float = B, k1: float = K1) -> Postings:
        """From counts (rows x terms)."""
        lengths = np.asarray(counts.sum(axis=1), dtype=np.float32).ravel()
        filled = lengths[lengths > 0]
        norm = k1 * (1 - b + b * lengths / (float(filled.mean()) if filled.size else 1.0))
        columns = counts.tocsc()
        frequency = columns.data.astype(np.float32)
        impacts = (frequency * (k1 + 1) / (frequency + norm[columns.indices])).astype(np.float16)
        return cls(columns.indptr.astype(np.int64), columns.indices.astype(np.int32), impacts, int(counts.shape[0]))

    def score(self, terms: Sequence[int], weights: Sequence[float]) -> NDArray[np.float32]:
        """(size,): for each row the sum over the terms of weight x impact."""
        rows, values = [], []
        for term, weight in zip(terms, weights, strict=True):
            begin, end = int(self.starts[term]), int(self.starts[term + 1])
            if end > begin:
                rows.append(self.rows[begin:end])
                values.append(self.impacts[begin:end].astype(np.float32) * np.float32(weight))
        if not rows:
            return np.zeros(self.size, dtype=np.float32)
        return np.bincount(np.concatenate(rows), np.concatenate(values), self.size).astype(np.float32)

    def save(self, folder: Path, name: str) -> None:
        np.save(folder / f"{name}.starts.npy", self.starts)
        np.save(folder / f"{name}.rows.npy", self.rows)
        np.save(folder / f"{name}.impacts.npy", self.impacts)

    @classmethod
    def load(cls, folder: Path, name: str, size: int) -> Postings:
        starts, rows, impacts = (read_array(folder / f"{name}.{part}.npy") for part in ("starts", "rows", "impacts"))
        return cls(starts, rows, impacts, size)


def read_array(path: Path) -> NDArray[Any]:
    """The array of a .npy file, mapped and not copied (an empty one cannot be mapped)."""
    try:
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except ValueError:
        return np.asarray(np.load(path, allow_pickle=False))


def lookup(vocabulary: NDArray[Any], names: Sequence[str]) -> NDArray[np.int64]:
    """Where each name stands in the sorted vocabulary, -1 where it is not there."""
    keys = [name.encode() for name in names]
    if not len(vocabulary) or not keys:
        return np.full(len(keys), -1, dtype=np.int64)
    wanted = np.array(keys, dtype=vocabulary.dtype)
    at = np.minimum(np.searchsorted(vocabulary, wanted), len(vocabulary) - 1)
    # A key longer than the widest word was cut to its width by the conversion, and must not match its beginning.
    whole = np.fromiter((len(key) <= vocabulary.dtype.itemsize for key in keys), dtype=bool, count=len(keys))
    return np.where((vocabulary[at] == wanted) & whole, at, -1)
