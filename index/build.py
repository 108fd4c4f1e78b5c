"""Builds a generation aside, verifies it, publishes it by one atomic replacement of ``CURRENT``.

Whatever kills a build, readers keep the old generation: until the last line of ``_publish`` nothing they read is touched.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.catalogue import Catalogue, Change, changes
from corpus.readers import Failure, find
from corpus.readers.limits import Limits
from corpus.records import Passage
from index.dense import DenseRows
from index.embedder import Embedder, open_embedder
from index.errors import BuildInProgress, NothingToIndex
from index.gather import Gatherer, Previous, Progress, Vectors
from index.lexical import LexicalIndex
from index.manifest import DEMO, Manifest, code_hash, corpus_hash, fingerprint, made_with
from index.second import SecondProcess

KEPT = 2
"""Older generations that stay beside the published one, so that an administrator can go back."""


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
        previous = Previous.published(root)
        try:
            names, folders = _paths(paths, previous.manifest)
            sources, failures = find(folders)
            with tempfile.TemporaryDirectory(prefix=".building-", dir=root) as scratch, SecondProcess() as second:
                folder = Path(scratch)
                embedder = None if dry_run else open_embedder(embedder_name)
                vectors = Vectors(embedder, previous, progress) if embedder else None
                gatherer = Gatherer(previous, vectors, limits or Limits(), progress, reuse=not full)
                gatherer.read(sources, folder / "catalogue.sqlite", second.start if embedder else None)
                failures = [*failures, *gatherer.failures]
                with Catalogue.open(folder / "catalogue.sqlite") as catalogue:
                    if not catalogue.document_ids():
                        raise NothingToIndex(_nothing(folders, failures))
                    if embedder is None or vectors is None:
                        facts = tuple(changes(previous.catalogue, catalogue)) if previous.catalogue else ()
                        return _report("", previous, catalogue, failures, started, facts)
                    if not full and _same(previous, catalogue, embedder, names, failures):
                        assert previous.manifest is not None
                        return _report(previous.manifest.generation, previous, catalogue, failures, started)
                    _write_searches(folder, gatherer.passages, vectors.rows(gatherer.passages), second)
                    generation = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(2)}"
                    documents, passages = catalogue.counts()
                    Manifest(
                        generation=generation, built=datetime.now(UTC), embedder=embedder.name, dimension=embedder.dimension,
                        documents=documents, passages=passages, indexed=len(gatherer.passages), corpus_sha256=corpus_hash(catalogue.hashes()),
                        pipeline=code_hash("corpus"), searches=code_hash("index"), fingerprint=fingerprint(embedder), paths=names,
                        sources=gatherer.states,
                        failed=tuple((f.document, f.error) for f in failures),
                    ).save(folder)  # fmt: skip
                    report = _report(generation, previous, catalogue, failures, started)
                second.verify(folder, embedder_name)
                _publish(root, folder, generation)
        finally:
            previous.close()
        prune(root)
    return report


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


def _same(previous: Previous, catalogue: Catalogue, embedder: Embedder, names: tuple[str, ...], failures: Sequence[Failure]) -> bool:
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
    generation: str, previous: Previous, catalogue: Catalogue, failures: Sequence[Failure], started: float, facts: tuple[Change, ...] = ()
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


def _write_searches(folder: Path, passages: Sequence[Passage], vectors: NDArray[np.float32], second: SecondProcess) -> None:
    """Writes the lexical index, the rows and, in the second process at the same time, the vector store of the passages."""
    DenseRows.of(vectors, [passage.document for passage in passages]).save(folder / "dense")
    second.begin_vectors(folder, [passage.id for passage in passages])
    LexicalIndex.build(passages).save(folder / "lexical")
    second.finish_vectors()


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
