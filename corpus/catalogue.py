"""The catalogue of a generation: documents, programmes and passages in one SQLite file, written once, read by many.

``write_catalogue`` makes the file; ``Catalogue`` reads it and can do nothing else to it; ``changes`` compares two.
Documents with the same text, blanks aside, are kept once: the first one given; the others are its duplicates.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from corpus.errors import DamagedCatalogue
from corpus.packing import pack_document, pack_programme, pack_value, unpack_document, unpack_programme
from corpus.records import FIELDS, Document, Fact, FieldName, Passage, Programme

_SCHEMA = """
CREATE TABLE documents (id TEXT PRIMARY KEY, place INTEGER NOT NULL, sha256 TEXT NOT NULL, title TEXT NOT NULL,
    source TEXT NOT NULL, document TEXT NOT NULL, programme TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE duplicates (id TEXT PRIMARY KEY, kept TEXT NOT NULL, sha256 TEXT NOT NULL, source TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE passages (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL, ordinal INTEGER NOT NULL,
    title TEXT NOT NULL, headings TEXT NOT NULL, text TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER);
CREATE INDEX passages_of ON passages (document, ordinal);
PRAGMA user_version = 1;
"""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one document; ``source`` is the file it came from, as text for people."""

    document: Document
    programme: Programme
    passages: tuple[Passage, ...]
    source: str


def write_catalogue(path: Path, entries: Iterable[Entry]) -> None:
    """Writes a new catalogue; ``path`` must not exist yet. The entries are consumed one by one.

    Raises FileExistsError, or ValueError when two entries have the same document id.
    """
    with CatalogueWriter(path) as writer:
        for entry in entries:
            writer.add(entry)


class CatalogueWriter:
    """Writes a new catalogue, complete when the ``with`` block ends; ``path`` must not exist yet (FileExistsError)."""

    def __init__(self, path: Path) -> None:
        with path.open("xb"):
            pass
        self._connection = sqlite3.connect(path, isolation_level=None)
        # The file is complete or thrown away with its generation: one transaction, no waiting for the disk before the end.
        self._connection.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;" + _SCHEMA)
        self._connection.execute("BEGIN")
        self._ids: dict[str, None] = {}
        self._first: dict[str, str] = {}

    def __enter__(self) -> CatalogueWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._connection.execute("COMMIT")
                self._connection.executescript("PRAGMA synchronous = FULL; VACUUM;")
        finally:
            self._connection.close()

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """All that is added within stays, or, after an exception, nothing of it."""
        ids, first = len(self._ids), len(self._first)
        self._connection.execute("SAVEPOINT together")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK TO together")
            for added, before in ((self._ids, ids), (self._first, first)):
                for name in list(added)[before:]:
                    del added[name]
            raise
        finally:
            self._connection.execute("RELEASE together")

    def add(self, entry: Entry) -> bool:
        """Whether it is kept (a duplicate of an earlier one is only noted). Raises ValueError for an id that is taken."""
        document = entry.document
        if document.id in self._ids:
            raise ValueError(f"two documents are called {document.id!r}")
        first = self._first.setdefault(content_hash(document), document.id)
        self._ids[document.id] = None
        if first != document.id:
            self._connection.execute("INSERT INTO duplicates VALUES (?, ?, ?, ?)", (document.id, first, document.sha256, entry.source))
            return False
        _write(self._connection, len(self._ids), entry)
        return True


def _write(connection: sqlite3.Connection, place: int, entry: Entry) -> None:
    document = entry.document
    row = (document.id, place, document.sha256, document.title, entry.source, _dump(pack_document(document)), _dump(pack_programme(entry.programme)))
    connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    connection.executemany(
        "INSERT INTO passages VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(p.id, p.document, p.ordinal, p.title, _dump(p.heading_path), p.text, p.start, p.end, p.page) for p in entry.passages],
    )


def content_hash(document: Document) -> str:
    """The hash by which duplicates are known: title and text with collapsed whitespace.

    The title counts because a record may hold it outside its text (BEIR).
    """
    return sha256("\n".join((" ".join(document.title.split()), " ".join(document.text.split()))).encode("utf-8", "surrogatepass")).hexdigest()


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Catalogue:
    """A catalogue opened for reading. Threads may share it; texts are read when they are asked for.

    Every method raises DamagedCatalogue when the file turns out to be broken, and after ``close``.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._lock = threading.Lock()
        self._document = lru_cache(maxsize=256)(self._read_document)
        self._programme = lru_cache(maxsize=4096)(self._read_programme)

    @classmethod
    def open(cls, path: Path) -> Catalogue:
        """Opens the file read-only. Raises DamagedCatalogue when it is missing or no catalogue."""
        if not path.is_file():
            raise DamagedCatalogue(f"There is no catalogue at {path}: run `jalon reindex`.")
        try:
            connection = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.Error as error:
            raise DamagedCatalogue(f"The catalogue {path} cannot be read: run `jalon reindex --full`.") from error
        if version != _VERSION:
            connection.close()
            raise DamagedCatalogue(f"The catalogue {path} was made by another version of Jalon: run `jalon reindex --full`.")
        return cls(connection, path)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def document_ids(self) -> list[str]:
        """The documents kept, in the order in which they were written; duplicates are not among them."""
        return [row[0] for row in self._rows("SELECT id FROM documents ORDER BY place")]

    def hashes(self) -> dict[str, str]:
        """id -> sha256 of the source, of the documents kept and of their duplicates."""
        return dict(self._rows("SELECT id, sha256 FROM documents UNION ALL SELECT id, sha256 FROM duplicates"))

    def duplicates(self) -> dict[str, str]:
        """id of a duplicate -> id of the document kept in its stead."""
        return dict(self._rows("SELECT id, kept FROM duplicates ORDER BY id"))

    def sources(self) -> dict[str, str]:
        """id -> the file it came from, of the documents kept and of their duplicates."""
        return dict(self._rows("SELECT id, source FROM documents UNION ALL SELECT id, source FROM duplicates"))

    def titles(self) -> dict[str, str]:
        """id -> title, in the order of ``document_ids``; cheap, no text is read."""
        return dict(self._rows("SELECT id, title FROM documents ORDER BY place"))

    def document(self, id: str) -> Document:
        """The document, or for a duplicate the one kept in its stead. Raises KeyError for an unknown id."""
        return self._document(id)

    def programme(self, id: str) -> Programme:
        """What was understood of the document (see ``document``). Raises KeyError for an unknown id."""
        return self._programme(id)

    def programmes(self) -> list[Programme]:
        """All programmes, in the order of ``document_ids``."""
        return [unpack_programme(self._load(row[0])) for row in self._rows("SELECT programme FROM documents ORDER BY place")]

    def passages(self, document: str | None = None) -> list[Passage]:
        """All passages in order, or those of one document (empty for an unknown one)."""
        if document is None:
            rows = self._rows(_PASSAGES + " ORDER BY place")
        else:
            rows = self._rows(_PASSAGES + " WHERE document = ? ORDER BY ordinal", self._kept(document))
        return [_passage(self._load(row[4]), row) for row in rows]

    def passage(self, id: str) -> Passage:
        """One passage. Raises KeyError for an unknown id."""
        for row in self._rows(_PASSAGES + " WHERE id = ?", id):
            return _passage(self._load(row[4]), row)
        raise KeyError(id)

    def counts(self) -> tuple[int, int]:
        """(documents kept, passages)"""
        row = self._rows("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)")[0]
        return row[0], row[1]

    def _kept(self, id: str) -> str:
        rows = self._rows("SELECT kept FROM duplicates WHERE id = ?", id)
        return rows[0][0] if rows else id

    def _read_document(self, id: str) -> Document:
        return unpack_document(self._packed("document", id))

    def _read_programme(self, id: str) -> Programme:
        return unpack_programme(self._packed("programme", id))

    def _packed(self, column: Literal["document", "programme"], id: str) -> Any:
        rows = self._rows(f"SELECT {column} FROM documents WHERE id = ?", self._kept(id))  # noqa: S608 - one of two names
        if not rows:
            raise KeyError(id)
        return self._load(rows[0][0])

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise DamagedCatalogue(f"The catalogue {self._path} cannot be read: run `jalon reindex --full`.") from error

    def _load(self, packed: str) -> Any:
        try:
            return json.loads(packed)
        except ValueError as error:
            raise DamagedCatalogue(f"The catalogue {self._path} is damaged: run `jalon reindex --full`.") from error


_PASSAGES = "SELECT id, document, ordinal, title, headings, text, start, end, page FROM passages"


def _passage(headings: list[str], row: tuple[Any, ...]) -> Passage:
    id, document, ordinal, title, _, text, start, end, page = row
    return Passage(id, document, ordinal, title, tuple(headings), text, start, end, page)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two catalogues.

    ``what`` is ``added``, ``removed`` or ``changed`` for a document, and ``fact`` for one of its fields, whose values that
    went are ``before`` and whose values that came are ``after`` (either may be empty).
    """

    document: str
    what: Literal["added", "removed", "changed", "fact"]
    field: FieldName | None = None
    before: tuple[Fact, ...] = ()
    after: tuple[Fact, ...] = ()


def changes(old: Catalogue, new: Catalogue) -> list[Change]:
    """What changed from ``old`` to ``new``, by document id; a document's facts follow it."""
    before, after = old.hashes(), new.hashes()
    found: list[Change] = []
    for id in sorted(before.keys() | after.keys()):
        if id not in after:
            found.append(Change(id, "removed"))
        elif id not in before:
            found.append(Change(id, "added"))
        else:
            facts = list(_fact_changes(old.programme(id), new.programme(id)))
            if before[id] != after[id]:
                found.append(Change(id, "changed"))
            found.extend(facts)
    return found


def _fact_changes(old: Programme, new: Programme) -> Iterable[Change]:
    """The fields whose values differ, order and place in the text aside."""
    for name in FIELDS:
        before, after = old.of(name), new.of(name)
        gone = _without(before, after)
        come = _without(after, before)
        if gone or come:
            yield Change(new.document, "fact", name, gone, come)


def _without(facts: tuple[Fact, ...], others: tuple[Fact, ...]) -> tuple[Fact, ...]:
    left = Counter(_dump(pack_value(f.value)) for f in others)
    rest: list[Fact] = []
    for fact in facts:
        key = _dump(pack_value(fact.value))
        if left[key]:
            left[key] -= 1
        else:
            rest.append(fact)
    return tuple(rest)
