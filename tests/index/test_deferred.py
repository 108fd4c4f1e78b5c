"""The vector store that is opened late answers as the one that is opened at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.deferred import ASKED, DeferredStore
from index.dense import DenseRows
from index.embedder import unit
from index.errors import DamagedIndex
from index.vectors import VectorStore, write_vectors


def test_the_same_passages_are_found_before_and_after_chroma_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = unit(np.random.default_rng(3).standard_normal((60, 8))).astype(np.float16).astype(np.float32)  # as they are written
    ids = [f"d{number}#0" for number in range(60)]
    write_vectors(tmp_path / "vectors", ids, vectors)
    opened: list[Path] = []
    real = VectorStore.open
    monkeypatch.setattr(VectorStore, "open", lambda folder: (opened.append(folder), real(folder))[1])
    store = DeferredStore(tmp_path / "vectors", ids, DenseRows.of(vectors, ids))
    early = [store.query(vectors[0], 5) for _ in range(ASKED)][-1]
    assert not opened
    late = store.query(vectors[0], 5)
    assert len(opened) == 1
    assert [name for name, _ in early] == [name for name, _ in late]
    assert [cosine for _, cosine in early] == pytest.approx([cosine for _, cosine in late], abs=1e-6)
    assert store.get(["d7#0"])["d7#0"] == pytest.approx(vectors[7])
    store.close()


def test_missing_and_incomplete_stores_are_refused(tmp_path: Path) -> None:
    vectors = np.eye(3, dtype=np.float32)
    ids = ["a#0", "b#0", "c#0"]
    with pytest.raises(DamagedIndex, match="jalon reindex"):
        DeferredStore(tmp_path, ids, DenseRows.of(vectors, ids))
    write_vectors(tmp_path / "short", ids[:2], vectors[:2])
    with pytest.raises(DamagedIndex, match="incomplete"):
        DeferredStore(tmp_path / "short", ids, DenseRows.of(vectors[:2], ids[:2]))
    with pytest.raises(DamagedIndex, match="incomplete"):
        DeferredStore(tmp_path / "short", ids, DenseRows.of(vectors, ids)).get(ids)
