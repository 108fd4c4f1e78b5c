"""The generations on disk, as readers see them: open the published one, notice a new one without a restart."""

from __future__ import annotations

import threading
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.catalogue import Catalogue
from corpus.errors import DamagedCatalogue
from index.deferred import SCANNED, DeferredStore
from index.dense import DenseRows
from index.embedder import Embedder, open_embedder
from index.errors import DamagedIndex, EmbedderMismatch, NoIndex
from index.lexical import LexicalIndex
from index.manifest import Manifest, made_with
from index.search import Search
from index.vectors import VectorStore


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """One generation, open for reading. While anybody holds its catalogue or its search, no build removes it."""

    generation: str
    manifest: Manifest
    catalogue: Catalogue
    search: Search


class Store:
    """The index under ``home``. Threads may share it."""

    def __init__(self, home: Path, embedder_name: str | None = None, reranker_name: str | None = None, *, serving: bool = False) -> None:
        """``serving``: many questions will come, so that the vector store is opened at once, and a damaged one refused."""
        self._serving = serving
        self._root = home / "index"
        self._embedder_name, self._reranker_name = embedder_name, reranker_name
        self._embedder: Embedder | None = None
        self._reranker: Any = None
        self._opened: Opened | None = None
        self._lock = threading.Lock()

    def published(self) -> str:
        """The name in CURRENT. Raises NoIndex when nothing has been published."""
        try:
            name = (self._root / "CURRENT").read_text(encoding="utf-8").strip()
        except OSError as error:
            raise NoIndex("No index has been published yet: run `jalon reindex PATH`.") from error
        if not name or "/" in name or name.startswith("."):
            raise DamagedIndex("The file CURRENT of the index names no generation: run `jalon reindex --full`.")
        return name

    def older(self) -> list[str]:
        """The other generations on disk, newest first."""
        current = self.published()
        names = (path.name for path in self._root.iterdir() if path.is_dir() and not path.name.startswith("."))
        return sorted((name for name in names if name != current), reverse=True)

    def manifest(self) -> Manifest:
        """The manifest of the published generation, without opening it."""
        return Manifest.load(self._root / self.published())

    def current(self) -> Opened:
        """The published generation, opened anew when another one has been published since.

        Raises NoIndex, DamagedIndex, EmbedderMismatch, EmbedderUnavailable. When a new generation cannot be opened
        and an older one is open, that one goes on serving.
        """
        name = self.published()
        opened = self._opened
        if opened is not None and opened.generation == name:
            return opened
        with self._lock:
            opened = self._opened
            if opened is not None and opened.generation == name:
                return opened
            # the old one is left to the requests that still read it, and closed with the last of them
            self._opened = self._open(name)
            return self._opened

    def _open(self, name: str) -> Opened:
        import fcntl

        folder = self._root / name
        try:
            hold = (folder / "manifest.json").open("rb")
        except OSError as error:
            raise DamagedIndex(f"The published index {name} is missing from the disk: run `jalon reindex --full`.") from error
        try:
            fcntl.flock(hold, fcntl.LOCK_SH)
            manifest = Manifest.load(folder)
            embedder = self._open_embedder(manifest)
            catalogue = Catalogue.open(folder / "catalogue.sqlite")
            lexical = LexicalIndex.load(folder / "lexical")
            dense = DenseRows.load(folder / "dense")
            deferred = manifest.indexed <= SCANNED and not self._serving
            vectors = DeferredStore(folder / "vectors", lexical.ids, dense) if deferred else VectorStore.open(folder / "vectors")
            if vectors.count != manifest.indexed or catalogue.counts() != (manifest.documents, manifest.passages):
                raise DamagedIndex(f"The index {name} is incomplete on the disk: run `jalon reindex --full`.")
            search = Search(catalogue, lexical, vectors, embedder, self._open_reranker(), dense)
        except DamagedCatalogue as error:
            hold.close()
            raise DamagedIndex(str(error)) from error
        except (KeyError, ValueError, OSError) as error:
            hold.close()
            raise DamagedIndex(
                f"The index {name} cannot be read (damaged, or made by another version of Jalon): run `jalon reindex --full`."
            ) from error
        except BaseException:
            hold.close()
            raise
        # closed with the last object that reads them, so that a request keeps what it holds however a new index arrives
        weakref.finalize(search, vectors.close)
        weakref.finalize(catalogue, hold.close)
        return Opened(name, manifest, catalogue, search)

    def _open_embedder(self, manifest: Manifest) -> Embedder:
        if self._embedder is None:
            self._embedder = open_embedder(self._embedder_name)
        if not made_with(manifest, self._embedder):
            other = "another training of it" if manifest.embedder == self._embedder.name else self._embedder.name
            raise EmbedderMismatch(
                f"The index was built with the embedding model {manifest.embedder}, and the one set now is {other}: "
                "set JALON_EMBEDDING_MODEL to the model of the index, or run `jalon reindex`."
            )
        return self._embedder

    def _open_reranker(self) -> Any:
        if self._reranker_name is None:
            return None
        if self._reranker is None:
            from index.rerank import open_reranker

            self._reranker = open_reranker(self._reranker_name)
        return self._reranker
