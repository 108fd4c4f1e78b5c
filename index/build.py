"""Builds a generation aside, verifies it, publishes it by one atomic replacement of ``CURRENT``.

Whatever kills a build, readers keep the old generation: until the last line of ``_publish`` nothing they read is touched.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.catalogue import Catalogue, Change, Entry, changes, write_catalogue
from corpus.errors import DamagedCatalogue, UnreadableDocument
from corpus.passages import split
from corpus.programmes import understand
from corpus.readers import Failure, Source, find
from corpus.readers.limits import Limits
from corpus.records import Passage
from corpus.safety import SafeReader
from index.dense import DenseRows
from index.embedder import Embedder, open_embedder, passage_view
from index.errors import BuildInProgress, DamagedIndex, IndexProblem, NothingToIndex, NotPublished
from index.lexical import LexicalIndex
from index.manifest import DEMO, Manifest, SourceState, code_hash, corpus_hash, fingerprint, made_with
from index.vectors import VectorStore, write_vectors

KEPT = 2
"""Older generations that stay beside the published one, so that an administrator can go back."""

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a reindex did; ids of documents are sorted. ``facts`` is filled by a dry run only."""

    generation: str
    documents: int
    passages: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    failed: tuple[Failure, ...]
    seconds: float
    facts: tuple[Change, ...] = ()


@dataclass(slots=True)
class _Previous:
    """The published generation as far as a new one can reuse it; everything empty where there is none."""

    folder: Path | None = None
    manifest: Manifest | None = None
    catalogue: Catalogue | None = None
    hashes: dict[str, str] = field(default_factory=dict)

    def close(self) -> None:
        if self.catalogue:
            self.catalogue.close()


def demo_folder() -> Path:
    """Where the demo programmes lie."""
    return Path(str(resources.files("corpus"))) / "demo"


def build(
    home: Path,
    paths: Sequence[Path] | None = None,
    *,
    embedder_name: str | None = None,
    full: bool = False,
    dry_run: bool = False,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Indexes ``paths`` (None: those of the last time, or the demo) and publishes the result under ``home``.

    Raises PathNotFound, NothingToIndex, BuildInProgress, EmbedderUnavailable, NotPublished; the published generation
    is then as it was. With ``full`` nothing is reused; with ``dry_run`` nothing is written.
    """
    started = time.perf_counter()
    root = home / "index"
    root.mkdir(parents=True, exist_ok=True)
    with _lock(root):
        _sweep(root)
        previous = _previous(root)
        try:
            names, folders = _paths(paths, previous.manifest)
            sources, failures = find(folders)
            with tempfile.TemporaryDirectory(prefix=".building-", dir=root) as scratch:
                folder = Path(scratch)
                entries = _Entries(sources, previous, reuse=not full, limits=limits or Limits(), progress=progress)
                write_catalogue(folder / "catalogue.sqlite", entries)
                failures = [*failures, *entries.failures]
                catalogue = Catalogue.open(folder / "catalogue.sqlite")
                try:
                    if not catalogue.document_ids():
                        raise NothingToIndex(_nothing(folders, failures))
                    if dry_run:
                        facts = tuple(changes(previous.catalogue, catalogue)) if previous.catalogue else ()
                        return _report("", previous, catalogue, failures, started, facts)
                    embedder = open_embedder(embedder_name)
                    if not full and _same(previous, catalogue, embedder, names, failures):
                        assert previous.manifest is not None
                        return _report(previous.manifest.generation, previous, catalogue, failures, started)
                    generation = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(2)}"
                    indexed = _write_searches(folder, catalogue, previous if not full else _Previous(), embedder, progress)
                    documents, passages = catalogue.counts()
                    Manifest(
                        generation=generation, built=datetime.now(UTC), embedder=embedder.name, dimension=embedder.dimension,
                        documents=documents, passages=passages, indexed=indexed, corpus_sha256=corpus_hash(catalogue.hashes()),
                        pipeline=code_hash("corpus"), searches=code_hash("index"), fingerprint=fingerprint(embedder), paths=names,
                        sources=entries.states,
                        failed=tuple((f.document, f.error) for f in failures),
                    ).save(folder)  # fmt: skip
                    report = _report(generation, previous, catalogue, failures, started)
                finally:
                    catalogue.close()
                _verify(folder, embedder_name)
                _publish(root, folder, generation)
        finally:
            previous.close()
        prune(root)
    return report


class _Entries:
    """Iterates over what each source holds, reading what changed and taking the rest from the previous generation."""

    def __init__(self, sources: Sequence[Source], previous: _Previous, *, reuse: bool, limits: Limits, progress: Progress | None) -> None:
        self._sources, self._previous, self._limits, self._progress = sources, previous, limits, progress
        manifest = previous.manifest
        self._known = dict(manifest.sources) if manifest and reuse and manifest.pipeline == code_hash("corpus") else {}
        self.states: dict[str, SourceState] = {}
        self.failures: list[Failure] = []
        self._seen: set[str] = set()

    def __iter__(self) -> Iterator[Entry]:
        with SafeReader(self._limits) as reader:
            for number, source in enumerate(self._sources, 1):
                try:
                    yield from self._entries_of(source, reader)
                except UnreadableDocument as error:
                    self.failures.append(Failure(source.id, str(error)))
                except OSError as error:
                    self.failures.append(Failure(source.id, f"The file cannot be read ({error.strerror or error}): check its permissions."))
                if self._progress:
                    self._progress("read", number, len(self._sources))

    def _entries_of(self, source: Source, reader: SafeReader) -> Iterator[Entry]:
        with source.path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        known = self._known.get(source.id)
        catalogue = self._previous.catalogue
        ids: list[str] = []
        if known and known.sha256 == sha256 and catalogue:
            for name in known.documents:
                if self._is_new(name, source):
                    ids.append(name)
                    yield Entry(catalogue.document(name), catalogue.programme(name), tuple(catalogue.passages(name)), source.id)
        else:
            for document in reader.read(source):
                if self._is_new(document.id, source):
                    ids.append(document.id)
                    yield Entry(document, understand(document), split(document), source.id)
        self.states[source.id] = SourceState(sha256, tuple(ids))

    def _is_new(self, name: str, source: Source) -> bool:
        if name in self._seen:
            self.failures.append(
                Failure(name, f"Another document is already called {name}: rename one of them, or index their common folder ({source.path.name}).")
            )
            return False
        self._seen.add(name)
        return True


def _paths(paths: Sequence[Path] | None, last: Manifest | None) -> tuple[tuple[str, ...], list[Path]]:
    """What to write in the manifest, and the folders to read."""
    if paths:
        absolute = [path.expanduser().resolve() for path in paths]
        return tuple(str(path) for path in absolute), absolute
    names = last.paths if last else (DEMO,)
    return names, [demo_folder() if name == DEMO else Path(name) for name in names]


def _nothing(folders: Sequence[Path], failures: Sequence[Failure]) -> str:
    where = ", ".join(folder.name or str(folder) for folder in folders)
    if failures:
        first = failures[0]
        more = f" (and {len(failures) - 1} more)" if len(failures) > 1 else ""
        return f"Nothing in {where} could be read; the index is as it was. {first.document}: {first.error}{more}"
    return f"There is no document in {where}; the index is as it was. Give a folder of .txt .md .html .pdf .docx .odt .xml .jsonld or .jsonl files."


def _previous(root: Path) -> _Previous:
    """Opens the published generation; a damaged one is as good as none, since everything is then built anew."""
    try:
        folder = root / (root / "CURRENT").read_text(encoding="utf-8").strip()
        manifest = Manifest.load(folder)
        catalogue = Catalogue.open(folder / "catalogue.sqlite")
        return _Previous(folder, manifest, catalogue, catalogue.hashes())
    except (OSError, DamagedIndex, DamagedCatalogue):
        return _Previous()


def _same(previous: _Previous, catalogue: Catalogue, embedder: Embedder, names: tuple[str, ...], failures: Sequence[Failure]) -> bool:
    """Whether the published generation already says all that a new one would."""
    manifest = previous.manifest
    return (
        manifest is not None
        and manifest.pipeline == code_hash("corpus")
        and manifest.searches == code_hash("index")
        and made_with(manifest, embedder)
        and manifest.corpus_sha256 == corpus_hash(catalogue.hashes())
        and manifest.paths == names
        and manifest.failed == tuple((f.document, f.error) for f in failures)
    )


def _report(
    generation: str, previous: _Previous, catalogue: Catalogue, failures: Sequence[Failure], started: float, facts: tuple[Change, ...] = ()
) -> BuildReport:
    old, new = previous.hashes, catalogue.hashes()
    documents, passages = catalogue.counts()
    return BuildReport(
        generation=generation, documents=documents, passages=passages,
        added=tuple(sorted(new.keys() - old.keys())), removed=tuple(sorted(old.keys() - new.keys())),
        changed=tuple(sorted(name for name in new.keys() & old.keys() if new[name] != old[name])),
        unchanged=sum(new[name] == old[name] for name in new.keys() & old.keys()),
        failed=tuple(failures), seconds=round(time.perf_counter() - started, 3), facts=facts,
    )  # fmt: skip


def _write_searches(folder: Path, catalogue: Catalogue, previous: _Previous, embedder: Embedder, progress: Progress | None) -> int:
    """Writes the lexical index and the vectors of the passages of the catalogue, duplicates once; returns their number."""
    twins = catalogue.duplicates()
    passages = [passage for passage in catalogue.passages() if passage.document not in twins]
    LexicalIndex.build(passages).save(folder / "lexical")
    vectors = _vectors(passages, catalogue.hashes(), previous, embedder, progress)
    write_vectors(folder / "vectors", [passage.id for passage in passages], vectors)
    DenseRows.of(vectors, [passage.document for passage in passages]).save(folder / "dense")
    return len(passages)


def _vectors(
    passages: Sequence[Passage], hashes: dict[str, str], previous: _Previous, embedder: Embedder, progress: Progress | None
) -> NDArray[np.float32]:
    """The vectors of ``passages`` (n, dimension); those of unchanged documents come from the previous generation."""
    out = np.zeros((len(passages), embedder.dimension), dtype=np.float32)
    kept: dict[str, NDArray[np.float32]] = {}
    manifest = previous.manifest
    if manifest and previous.folder and manifest.pipeline == code_hash("corpus") and made_with(manifest, embedder):
        wanted = [p.id for p in passages if previous.hashes.get(p.document) == hashes[p.document]]
        # a damaged store only costs the time to embed again
        with contextlib.suppress(IndexProblem):
            store = VectorStore.open(previous.folder / "vectors")
            try:
                kept = store.get(wanted)
            finally:
                store.close()
    missing = []
    for row, passage in enumerate(passages):
        vector = kept.get(passage.id)
        if vector is None:
            missing.append(row)
        else:
            out[row] = vector
    for at in range(0, len(missing), 1024):
        rows = missing[at : at + 1024]
        out[rows] = embedder.passages([passage_view(passages[row]) for row in rows])
        if progress:
            progress("embed", min(at + 1024, len(missing)), len(missing))
    return out


def _verify(folder: Path, embedder_name: str | None) -> None:
    """Opens the new generation in a process of its own: a damaged HNSW file can crash the one that reads it."""
    command = [sys.executable, "-m", "index.verify", str(folder), *([embedder_name] if embedder_name else [])]
    environment_path = str(Path(str(resources.files("index"))).parent)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=environment_path, check=False)  # noqa: S603 - our own module
    except subprocess.TimeoutExpired as error:
        raise NotPublished("The new index did not answer within five minutes; the published one stays. Run `jalon reindex --full` again.") from error
    if done.returncode != 0:
        reason = (done.stdout.strip().splitlines() or [f"its check ended with status {done.returncode}"])[-1]
        raise NotPublished(f"The new index did not pass its verification ({reason}); the published one stays. Run `jalon reindex --full` again.")


def _publish(root: Path, folder: Path, generation: str) -> None:
    """Makes the verified folder durable, then names it in CURRENT; the replacement is the moment of publication."""
    for path in [*folder.rglob("*"), folder]:
        _fsync(path)
    target = root / generation
    folder.rename(target)
    folder.mkdir()  # the TemporaryDirectory wants something to remove
    _fsync(root)
    pointer = root / ".CURRENT.new"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(generation + "\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(root / "CURRENT")
    _fsync(root)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _lock(root: Path) -> Iterator[None]:
    """One writer at a time; the system releases the lock of a writer that was killed."""
    import fcntl

    with (root / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BuildInProgress("Another reindex is running on this index: wait for it to end.") from error
        yield


def _sweep(root: Path) -> None:
    """Removes what killed builds left: folders of work, and generations that were never named in CURRENT."""
    for leftover in root.glob(".building-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    pointer = root / "CURRENT"
    if pointer.is_file():
        current = pointer.read_text(encoding="utf-8").strip()
        for name in generations(root):
            if name > current:  # names start with the time of building: renamed, then killed before CURRENT named it
                shutil.rmtree(root / name, ignore_errors=True)


def generations(root: Path) -> list[str]:
    """The names of the generations on disk, oldest first (names start with the time of building)."""
    return sorted(path.name for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))


def prune(root: Path) -> None:
    """Removes generations beyond the published one and the KEPT before it, unless a reader holds them."""
    import fcntl

    current = (root / "CURRENT").read_text(encoding="utf-8").strip()
    for name in [name for name in generations(root) if name != current][:-KEPT]:
        folder = root / name
        try:
            with (folder / "manifest.json").open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except FileNotFoundError:
            shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # a reader holds it: the next build tries again
