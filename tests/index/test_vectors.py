"""Chroma: what is written is found, by cosine, and what is damaged says so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.errors import DamagedIndex
from index.vectors import VectorStore, write_vectors


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    drawn = np.random.default_rng(7).standard_normal((40, 16)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, vectors: np.ndarray) -> Path:
    folder = tmp_path_factory.mktemp("vectors")
    write_vectors(folder, [f"a.md#{n}" for n in range(len(vectors))], vectors)
    return folder


def test_the_nearest_are_those_of_the_exact_cosine(folder: Path, vectors: np.ndarray) -> None:
    store = VectorStore.open(folder)
    query = vectors[3] + 0.1 * vectors[4]
    query /= np.linalg.norm(query)
    exact = vectors @ query
    best = np.argsort(-exact)[:5]
    found = store.query(query, 5)
    assert [name for name, _ in found] == [f"a.md#{n}" for n in best]
    assert [similarity for _, similarity in found] == pytest.approx([float(exact[n]) for n in best], abs=1e-5)
    store.close()


def test_vectors_come_back_as_they_were(folder: Path, vectors: np.ndarray) -> None:
    store = VectorStore.open(folder)
    assert store.count == 40
    got = store.get(["a.md#2", "a.md#39", "unknown#0"])
    assert set(got) == {"a.md#2", "a.md#39"}
    assert got["a.md#39"] == pytest.approx(vectors[39])
    assert len(store.query(vectors[0], 1000)) == 40
    store.close()


def test_no_store_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndex, match="jalon reindex"):
        VectorStore.open(tmp_path)


def test_a_damaged_store_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"not a database")
    with pytest.raises(DamagedIndex, match="jalon reindex"):
        VectorStore.open(tmp_path)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_vectors_or_none(tmp_path: Path, count: int) -> None:
    write_vectors(tmp_path, [f"a#{n}" for n in range(count)], np.eye(max(count, 1), 4, dtype=np.float32)[:count])
    store = VectorStore.open(tmp_path)
    assert len(store.query(np.eye(1, 4, dtype=np.float32)[0], 3)) == count
    store.close()
