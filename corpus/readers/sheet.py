"""A structured source (a feed's record, front matter) written as a readable French sheet, each stated fact at its place.

Readers of feeds call these methods in the order of the sheet; headings appear with their first line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.readers.builder import TextBuilder, seen
from corpus.readers.html import looks_like_html, render_fragment
from corpus.readers.values import show_amount, show_duration, show_period
from corpus.records import Block, Capacity, Contact, Duration, FactValue, FieldName, Price, Session, Span, Status, Text

_BULLET = re.compile(r"\s*(?:[•▪◦●○■‣➢►✓→·*–—-]|\d{1,2}[.)])\s+")


class Sheet:
    """Writes into a TextBuilder. ``section`` opens a heading, which is written when something comes under it."""

    def __init__(self, builder: TextBuilder, level: int = 1) -> None:
        self.builder = builder
        self.level = level
        self._pending: str | None = None

    def title(self, text: str) -> None:
        self.builder.block("heading", text.replace("\n", " "), level=self.level)

    def section(self, heading: str) -> None:
        self._pending = heading

    def prose(self, text: object, field: FieldName | None = None) -> None:
        """A text of the source, which may be HTML or hold lists; each of its blocks is a fact of ``field``."""
        content = _plain(text)
        if not content:
            return
        self._open()
        before = len(self.builder.blocks)
        if looks_like_html(content):
            render_fragment(content, self.builder)
        else:
            _render_lines(content, self.builder)
        if field is not None:
            for block in self.builder.blocks[before:]:
                if block.kind != "heading" and not self._announces(block):
                    marker = _BULLET.match(self.builder.text[block.start : block.end]) if block.kind == "item" else None
                    span = Span(block.start + (marker.end() if marker else 0), block.end)
                    self.builder.fact(field, Text(" ".join(span.of(self.builder.text).split())), span)

    def _announces(self, block: Block) -> bool:
        """Whether the block only says what follows ("Les objectifs :")."""
        return block.end - block.start < 60 and self.builder.text[block.start : block.end].endswith(":")

    def line(
        self,
        label: str,
        shown: object,
        field: FieldName | None = None,
        value: FactValue | None = None,
        note: str | None = None,
        status: Status = "extracted",
    ) -> None:
        """ "- label : shown (note)"; with ``field``, a fact proven by ``shown`` whose value is ``value`` or the words."""
        words = " ".join(_plain(shown).split())
        if not words:
            return
        self._open()
        before = f"{label} : " if label else ""
        after = f" ({' '.join(_plain(note).split())})" if note and note.strip() else ""
        span = self.builder.block("item", before + words + after, prefix="- ")
        if span is not None and field is not None:
            start = span.start + len(before)
            self.builder.fact(field, value or Text(words), Span(start, start + len(words)), status)

    def price(self, price: Price) -> None:
        self.line("Prix", show_amount(price.amount, price.currency), "price", price, price.label or ("gratuit" if price.amount == 0 else None))

    def duration(self, duration: Duration) -> None:
        self.line("Durée", show_duration(duration), "duration", duration, duration.label)

    def session(self, session: Session, shown: str = "", status: Status = "extracted") -> None:
        """A session; ``shown`` are its words where the bounds alone do not say them ("septembre 2017")."""
        words = shown or show_period(session.start, session.end)
        self.line("Session", words, "sessions", session, session.label if session.label != words else None, status)

    def capacity(self, places: int) -> None:
        self.line("Places", str(places), "capacity", Capacity(places))

    def contact(self, contact: Contact, label: str = "Contact") -> None:
        """One line "- label : name, phone, e-mail"; each way to reach somebody is a fact of its own, with the name."""
        name, email, phone, url = (" ".join(_plain(p).split()) if p else None for p in (contact.name, contact.email, contact.phone, contact.url))
        parts = [
            (p, value) for p, value in ((phone, Contact(name, phone=phone)), (email, Contact(name, email=email)), (url, Contact(name, url=url))) if p
        ]
        if not parts:
            return
        self._open()
        before = f"{label} : " + (f"{name}, " if name else "")
        span = self.builder.block("item", before + ", ".join(p for p, _ in parts), prefix="- ")
        if span is None:
            return
        start = span.start + len(before)
        for words, value in parts:
            self.builder.fact("contact", value, Span(start, start + len(words)))
            start += len(words) + 2

    def _open(self) -> None:
        if self._pending is not None:
            self.builder.block("heading", self._pending, level=min(self.level + 1, 6))
            self._pending = None


def distinct(values: Iterable[FactValue]) -> list[FactValue]:
    """The values without repetitions, in order."""
    return list(dict.fromkeys(values))


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str | int | float):
        return seen(str(value)).strip()
    return ""


def _render_lines(text: str, builder: TextBuilder) -> None:
    """Lines with a bullet are items; runs of other lines are paragraphs."""
    paragraph: list[str] = []
    for line in [*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""]:
        bullet = _BULLET.match(line)
        if bullet or not line.strip():
            builder.block("paragraph", "\n".join(paragraph))
            paragraph = []
        if bullet:
            builder.block("item", line[bullet.end() :], prefix="- ")
        elif line.strip():
            paragraph.append(line)
