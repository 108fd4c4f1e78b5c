"""The nouns that every room passes on: frozen, typed, without behaviour beyond what can be derived from them.

Offsets are Python string indices into ``Document.text``: ``text[start:end]`` is what is meant, never a byte count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

FieldName = Literal[
    "price", "code", "provider", "objectives", "audience", "prerequisites", "content", "modules", "duration",
    "sessions", "location", "mode", "capacity", "contact", "registration", "certification",
]  # fmt: skip
FIELDS: tuple[FieldName, ...] = get_args(FieldName)
"""The fields of a programme sheet, in the order in which a person reads them in ``jalon show``."""

Kind = Literal["programme", "module", "session", "event", "news", "contribution", "other"]
Status = Literal["extracted", "deduced"]
Unit = Literal["hours", "days", "weeks", "months", "years"]
BlockKind = Literal["heading", "paragraph", "item", "row"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters, ``0 <= start <= end``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Price:
    """What somebody pays to take part; ``amount`` in units of ``currency`` (ISO 4217: EUR, XPF); free is 0.0."""

    amount: float
    currency: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    amount: float
    unit: Unit
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One occurrence; a bound that the document does not say is None; both bounds are days that belong to it."""

    start: date | None
    end: date | None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Capacity:
    amount: int


@dataclass(frozen=True, slots=True)
class Text:
    """The value of every field that has no structure of its own; whitespace is collapsed."""

    text: str


FactValue = Price | Duration | Session | Contact | Capacity | Text


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one field with its proof: for every fact, ``text == document.text[start:end]``.

    ``status`` is ``extracted`` where the document says the value as such, and ``deduced`` where it was computed from
    what is said; the span then points at the ground of the computation. ``field`` is one of ``FIELDS``, or one of
    ``kind`` and ``published`` for the two facts a Programme keeps about its document.
    """

    field: FieldName | Literal["kind", "published"]
    value: FactValue
    text: str
    start: int
    end: int
    status: Status = "extracted"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that must not be torn: a heading (``level`` 1 to 6), a paragraph, a list item, a table row."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; ``path`` goes from the outermost heading to this one."""

    path: tuple[str, ...]
    level: int
    start: int
    end: int

    @property
    def heading(self) -> str:
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink of the document: its target and the characters it is laid on."""

    url: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One programme document as it was read.

    ``id`` is its path relative to the PATH that was given (POSIX slashes), or its ``_id``; ``sha256`` is of the bytes
    of the source (for BEIR and JSON-LD: of the record); ``pages`` holds the offset at which each page starts (empty
    where the format has none); ``given`` are facts that a structured source states, pointing into ``text``.
    """

    id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    format: str
    sha256: str
    pages: tuple[int, ...] = ()
    given: tuple[Fact, ...] = ()
    links: tuple[Link, ...] = ()

    def sections(self) -> Iterator[Section]:
        """Yields the document's sections in order; text before the first heading is a section with an empty path."""
        path: list[tuple[int, str]] = []
        start, level = 0, 0
        for block in self.blocks:
            if block.kind != "heading":
                continue
            if block.start > start:
                yield Section(tuple(h for _, h in path), level, start, block.start)
            while path and path[-1][0] >= block.level:
                path.pop()
            path.append((block.level, " ".join(self.text[block.start : block.end].split())))
            start, level = block.start, block.level
        if start < len(self.text) or not self.blocks:
            yield Section(tuple(h for _, h in path), level, start, len(self.text))

    def page_at(self, offset: int) -> int | None:
        """The page (from 1) on which the character at ``offset`` stands, None where the format has no pages."""
        page = None
        for number, start in enumerate(self.pages, 1):
            if start > offset:
                break
            page = number
        return page


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched and quoted: ``text == document.text[start:end]``; ``id`` is ``document#ordinal``, from 0."""

    id: str
    document: str
    ordinal: int
    title: str
    heading_path: tuple[str, ...]
    text: str
    start: int
    end: int
    page: int | None = None

    @property
    def heading(self) -> str:
        return self.heading_path[-1] if self.heading_path else ""


@dataclass(frozen=True, slots=True)
class Course:
    """One of several courses that a document describes: its name, and the characters in which all is said of it."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Programme:
    """What was understood of a document. A field that the document does not say has no fact."""

    document: str
    title: str
    kind: Kind
    facts: tuple[Fact, ...] = ()
    kind_proof: Fact | None = None
    published: Fact | None = None
    """The document's own date, as a Session value with ``start == end``."""
    warnings: tuple[str, ...] = field(default=())
    """What an administrator should know about this reading, one English sentence each."""
    courses: tuple[Course, ...] = ()
    """The courses of a page that holds several, in its order; a course that gives the page its title has no entry."""

    def of(self, name: FieldName) -> tuple[Fact, ...]:
        """The facts of one field, in the order of the document."""
        return tuple(f for f in self.facts if f.field == name)

    def course_of(self, start: int) -> Course | None:
        """The course of which is said what stands at ``start`` (of a fact or a line); None where it is said of the document as a whole."""
        return next((c for c in self.courses if c.start <= start < c.end), None)
