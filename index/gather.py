"""Files -> the catalogue of a new generation, its passages and their vectors, in one pass while the reader goes on reading.

What did not change since the published generation is taken from there: documents, facts, passages and vectors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.catalogue import Catalogue, CatalogueWriter, Entry
from corpus.errors import DamagedCatalogue, UnreadableDocument, UnreadableRecords
from corpus.readers import Failure, Source
from corpus.readers.limits import Limits
from corpus.records import Passage
from corpus.safety import SafeReader
from index.dense import DenseRows
from index.embedder import Embedder, passage_view
from index.errors import DamagedIndex
from index.lexical import LexicalIndex
from index.manifest import Manifest, SourceState, code_hash, made_with

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""

_BATCH = 1024
"""Passages embedded together."""


@dataclass(slots=True)
class Previous:
    """The published generation as far as a new one can reuse it; everything empty where there is none."""

    folder: Path | None = None
    manifest: Manifest | None = None
    catalogue: Catalogue | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def published(cls, root: Path) -> Previous:
        """Opens the generation that ``root``/CURRENT names; a damaged one is as good as none: everything is built anew."""
        try:
            folder = root / (root / "CURRENT").read_text(encoding="utf-8").strip()
            manifest = Manifest.load(folder)
            catalogue = Catalogue.open(folder / "catalogue.sqlite")
            return cls(folder, manifest, catalogue, catalogue.hashes())
        except (OSError, DamagedIndex, DamagedCatalogue):
            return cls()

    def sources(self) -> Mapping[str, SourceState]:
        """The files whose documents can be taken over; none when another Jalon read them."""
        return self.manifest.sources if self.manifest and self.manifest.pipeline == code_hash("corpus") else {}

    def vectors(self, embedder: Embedder) -> tuple[dict[str, int], DenseRows] | None:
        """(row of each passage id, rows), where they were made by the same code and model."""
        manifest = self.manifest
        if not (manifest and self.folder and manifest.pipeline == code_hash("corpus") and manifest.searches == code_hash("index")):
            return None
        if not made_with(manifest, embedder):
            return None
        try:
            return LexicalIndex.load(self.folder / "lexical").rows, DenseRows.load(self.folder / "dense")
        except DamagedIndex:
            return None  # embedded again

    def close(self) -> None:
        if self.catalogue:
            self.catalogue.close()


class Vectors:
    """The vectors of passages added one after the other; embedded in batches as they come, or found in the published generation."""

    def __init__(self, embedder: Embedder, previous: Previous, progress: Progress | None) -> None:
        self._embedder, self._previous, self._progress = embedder, previous, progress
        self._waiting: list[tuple[int, Passage]] = []
        self._blocks: list[tuple[list[int], NDArray[np.float32]]] = []
        self._known: list[tuple[int, str]] = []
        self._embedded = 0
        self.count = 0

    def add(self, passages: Iterable[Passage], *, changed: bool) -> None:
        """One more row for each passage; the published vectors serve unless their document ``changed``."""
        for passage in passages:
            if changed:
                self._waiting.append((self.count, passage))
            else:
                self._known.append((self.count, passage.id))
            self.count += 1
        while len(self._waiting) >= _BATCH:
            self._embed(self._waiting[:_BATCH])

    def take_back(self, count: int) -> None:
        """Forgets all rows from ``count`` on."""
        self._waiting = [(row, passage) for row, passage in self._waiting if row < count]
        self._known = [(row, name) for row, name in self._known if row < count]
        for at, (rows, vectors) in enumerate(self._blocks):
            keep = sum(row < count for row in rows)
            self._blocks[at] = rows[:keep], vectors[:keep]
        self.count = count

    def rows(self, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """(count, dimension) of all that was added, which are ``passages``."""
        known = self._previous.vectors(self._embedder) if self._known else None
        out = np.zeros((self.count, self._embedder.dimension), dtype=np.float32)
        if known:
            row_of, dense = known
            found = [(row, row_of[name]) for row, name in self._known if name in row_of]
            lost = [row for row, name in self._known if name not in row_of]
            if found:
                out[[row for row, _ in found]] = dense.all()[[row for _, row in found]]
        else:
            lost = [row for row, _ in self._known]
        self._waiting += [(row, passages[row]) for row in lost]
        while self._waiting:
            self._embed(self._waiting[:_BATCH])
        for rows, vectors in self._blocks:
            out[rows] = vectors
        return out

    def _embed(self, batch: Sequence[tuple[int, Passage]]) -> None:
        del self._waiting[: len(batch)]
        vectors = self._embedder.passages([passage_view(passage) for _, passage in batch])
        self._blocks.append(([row for row, _ in batch], vectors))
        self._embedded += len(batch)
        if self._progress:
            self._progress("embed", self._embedded, self._embedded + len(self._waiting))


class Gatherer:
    """Reads the sources into a catalogue; then holds what was read, in the order of the catalogue."""

    def __init__(self, previous: Previous, vectors: Vectors | None, limits: Limits, progress: Progress | None, *, reuse: bool) -> None:
        """Without ``vectors`` nothing is embedded (a dry run)."""
        self._previous, self._vectors, self._limits, self._progress = previous, vectors, limits, progress
        self._known = previous.sources() if reuse else {}
        self._reuse = reuse
        self._seen: set[str] = set()
        self._partly: set[str] = set()
        self.passages: list[Passage] = []
        self.states: dict[str, SourceState] = {}
        self.failures: list[Failure] = []

    def read(self, sources: Sequence[Source], path: Path, begun: Callable[[], None] | None = None) -> None:
        """Writes the catalogue of ``sources`` to ``path``; calls ``begun`` before the first document that is not as it was."""
        hashes = [self._hash(source) for source in sources]
        fresh = [s for s, sha256 in zip(sources, hashes, strict=True) if sha256 and not self._is_known(s, sha256)]
        following = dict(zip_longest(fresh, fresh[1:]))
        if fresh and begun:
            begun()
        with CatalogueWriter(path) as writer, SafeReader(self._limits) as reader:
            for number, (source, sha256) in enumerate(zip(sources, hashes, strict=True), 1):
                if sha256 is not None:
                    entries = reader.entries(source, following[source]) if source in following else self._as_it_was(source)
                    self._take(source, sha256, entries, writer)
                if self._progress:
                    self._progress("read", number, len(sources))

    def _hash(self, source: Source) -> str | None:
        try:
            with source.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            self.failures.append(Failure(source.id, f"The file cannot be read ({error.strerror or error}): check its permissions."))
            return None

    def _is_known(self, source: Source, sha256: str) -> bool:
        return source.id in self._known and self._known[source.id].sha256 == sha256

    def _as_it_was(self, source: Source) -> Iterator[Entry]:
        catalogue = self._previous.catalogue
        assert catalogue is not None
        for name in self._known[source.id].documents:
            yield Entry(catalogue.document(name), catalogue.programme(name), tuple(catalogue.passages(name)), source.id)

    def _take(self, source: Source, sha256: str, entries: Iterator[Entry], writer: CatalogueWriter) -> None:
        """All of a file or nothing of it: half of a damaged one would be taken for the whole."""
        before, twice = len(self.passages), []
        taken: dict[str, None] = {}
        try:
            with writer.together():
                for entry in self._whole(source, entries):
                    name = entry.document.id
                    if name in self._seen or name in taken:
                        twice.append(name)
                        continue
                    taken[name] = None
                    if writer.add(entry):
                        self._keep(entry)
        except UnreadableDocument as error:
            self.failures.append(Failure(source.id, str(error)))
            del self.passages[before:]
            if self._vectors:
                self._vectors.take_back(before)
            return
        self._seen.update(taken)
        if source.id not in self._partly:
            self.states[source.id] = SourceState(sha256, tuple(taken))
        where = source.path.name
        self.failures += [
            Failure(name, f"Another document is already called {name}: rename one of them, or index their common folder ({where}).") for name in twice
        ]

    def _whole(self, source: Source, entries: Iterator[Entry]) -> Iterator[Entry]:
        """The entries; records that cannot be read are noted, and their file is read again the next time, to be told again."""
        try:
            yield from entries
        except UnreadableRecords as error:
            self._partly.add(source.id)
            self.failures.append(Failure(source.id, str(error)))

    def _keep(self, entry: Entry) -> None:
        self.passages += entry.passages
        if self._vectors:
            same = self._reuse and self._previous.hashes.get(entry.document.id) == entry.document.sha256
            self._vectors.add(entry.passages, changed=not same)
