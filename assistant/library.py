"""The catalogue and its search as answering needs them: names, sheets laid out once, documents found by meaning."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Protocol

from assistant.evidence import Sheet
from assistant.mentions import Directory
from assistant.parts import CourseSheet, document_of, is_part, part_id, parts_of, whole_programme
from assistant.zones import Zones
from corpus.records import Document, Passage, Programme


class CatalogueLike(Protocol):
    """What is read of a catalogue (``corpus.catalogue.Catalogue``)."""

    def document_ids(self) -> list[str]: ...
    def document(self, id: str) -> Document: ...
    def programme(self, id: str) -> Programme: ...
    def programmes(self) -> list[Programme]: ...


class HitLike(Protocol):
    @property
    def passage(self) -> Passage: ...
    @property
    def score(self) -> float: ...


class SearchLike(Protocol):
    """What is used of a search (``index.search.Search``)."""

    def search(self, query: str, k: int = 10, *, documents: Collection[str] | None = None) -> Sequence[HitLike]: ...
    def documents(self, query: str, k: int = 10) -> list[tuple[str, float]]: ...


class Library:
    """One generation; threads may share it."""

    def __init__(self, catalogue: CatalogueLike, search: SearchLike) -> None:
        self.catalogue = catalogue
        self.search = search
        self.sheet = lru_cache(maxsize=512)(self._sheet)
        self.zones = lru_cache(maxsize=512)(self._zones)
        self.found = lru_cache(maxsize=256)(self._found)
        self.hits = lru_cache(maxsize=256)(self._hits)

    def _sheet(self, document: str) -> Sheet:
        """The sheet of a document, or of one course of a page (see ``page_of``)."""
        if is_part(document) and document in self._parts:
            page, number = self._parts[document]
            return CourseSheet(self.catalogue.document(page), self.catalogue.programme(page), number)
        programme = self.catalogue.programme(document)
        return Sheet(self.catalogue.document(document), whole_programme(programme) if programme.courses else programme)

    def _zones(self, document: str) -> Zones:
        return Zones(self.sheet(document))

    def page_of(self, document: str) -> str:
        """The document itself, or the one on whose page the course stands."""
        return document_of(document)

    def with_courses(self, documents: Iterable[str]) -> list[str]:
        """The documents, each followed by the courses of its page."""
        courses: dict[str, list[str]] = {}
        for part, (page, _) in self._parts.items():
            courses.setdefault(page, []).append(part)
        return [d for document in documents for d in (document, *courses.get(document, ()))]

    @cached_property
    def _named(self) -> tuple[Directory, dict[str, tuple[str, int]]]:
        """The directory, and name of a course of a page -> (its document, its place on the page); the programmes are read once."""
        programmes = self.catalogue.programmes()
        pages = [p for p in programmes if p.courses]
        directory = Directory(programmes, (part for p in pages for part in parts_of(p)))
        return directory, {part_id(p.document, n): (p.document, n) for p in pages for n in range(len(p.courses))}

    @property
    def _parts(self) -> dict[str, tuple[str, int]]:
        return self._named[1]

    def _found(self, query: str, k: int = 8) -> tuple[tuple[str, float], ...]:
        """Documents by their best passage; copies of a document are left to the one that is kept."""
        known = self.directory.names
        return tuple((d, s) for d, s in self.search.documents(query, k) if d in known)

    def _hits(self, query: str, k: int, document: str | None = None) -> tuple[HitLike, ...]:
        return tuple(self.search.search(query, k, documents=(document,) if document else None))

    def nearness(self, query: str, texts: Sequence[str]) -> list[float]:
        """The cosine of a query with each of some texts, by the index's model; zeros where the search has none."""
        embedded = getattr(self.search, "embedded", None)
        nearness = getattr(self.search, "nearness", None)
        return list(nearness(query, embedded(texts))) if embedded and nearness else [0.0] * len(texts)

    @property
    def directory(self) -> Directory:
        return self._named[0]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(self.catalogue.document_ids())

    def title(self, document: str) -> str:
        name = self.directory.names.get(document)
        return name.title if name else document
