"""A document's text put together piece by piece, so that every block, link and fact knows its place.

Readers of formats that are no text (HTML, PDF, Word, feeds) write through this; plain text keeps its own characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from corpus.french import tokens
from corpus.readers.limits import Limits, check_text
from corpus.readers.naming import is_name, named, shown
from corpus.readers.titles import find_title
from corpus.records import Block, BlockKind, Document, Fact, FactValue, FieldName, Link, Span, Status

_SPACES = re.compile(r"[ \t\r\f\v]+")
_UNSEEN = dict.fromkeys(map(ord, "\x00\u00ad\u200b\u2060\ufeff"))
"""Characters that no reader of the page sees, and that part words and figures for a program."""
Run = tuple[str, str | None]
"""Some characters, and the address that they link to."""


class TextBuilder:
    """Blocks are set apart by one newline between items and between rows, by a blank line otherwise."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last: BlockKind | None = None
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.given: list[Fact] = []
        self.pages: list[int] = []

    def __len__(self) -> int:
        return self._length

    def block(self, kind: BlockKind, content: str | Sequence[Run], level: int = 0, prefix: str = "") -> Span | None:
        """Adds a block and returns where its content stands, without the prefix; None where it is blank.

        Spaces are collapsed, line breaks inside a block are kept.
        """
        runs = _tidy([(content, None)] if isinstance(content, str) else list(content))
        if not runs:
            return None
        if self._last is not None:
            self._append("\n" if kind == self._last and kind in ("item", "row") else "\n\n")
        block_start = self._length
        self._append(prefix)
        start = self._length
        for text, url in runs:
            if url:
                self.links.append(Link(url, self._length, self._length + len(text)))
            self._append(text)
        self.blocks.append(Block(kind, start if kind == "heading" else block_start, self._length, level))
        self._last = kind
        return Span(start, self._length)

    def fact(self, field: FieldName, value: FactValue, span: Span, status: Status = "extracted") -> None:
        """Records a fact that the source states, proven by the characters at ``span``."""
        self.given.append(Fact(field, value, "", span.start, span.end, status))

    def page(self) -> None:
        """The next block begins a page."""
        self.pages.append(self._length)

    @property
    def text(self) -> str:
        self._parts = ["".join(self._parts)]
        return self._parts[0]

    def document(self, id: str, title: str, format: str, source: bytes, limits: Limits | None = None, hints: Sequence[str] = ()) -> Document:
        """The document; without a title of its own, it has the one that its text shows best (see ``title_of``).

        ``hints`` are other names of it, beside its file's. Raises LimitExceeded or UnreadableDocument as ``check_text`` does.
        """
        text = self.text
        check_text(text, limits or Limits(), format)
        facts = tuple(Fact(f.field, f.value, text[f.start : f.end], f.start, f.end, f.status) for f in self.given)
        pages = tuple(_after_blank(text, p) for p in self.pages)
        title = " ".join(seen(title).split()) or title_of(text, self.blocks, (stem_of(id), *hints))
        return Document(id, title, text, tuple(self.blocks), format, sha256(source).hexdigest(), pages, facts, tuple(self.links))

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def seen(text: str) -> str:
    """The text without invisible characters (soft hyphens, zero-width spaces) and lone surrogates, which no file can hold."""
    text = text.translate(_UNSEEN) if not text.isascii() or "\x00" in text else text
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def title_of(text: str, blocks: Sequence[Block], hints: Sequence[str] = ()) -> str:
    """The first heading where it is the only one of the first level and reads like a name; else the early line that speaks most for itself;
    else the first heading or block, cut at some 120 characters. ``hints`` are the file's name and those that the page itself gives
    (its <title>), one of which is the title where no line speaks of it."""
    headings = [b for b in blocks[:12] if b.kind == "heading"]
    first = min(headings, key=lambda b: (b.level, b.start), default=None) or (blocks[0] if blocks else None)
    if first is None:
        return shorten(text[:500])
    held = text[first.start : first.end]
    if first.kind == "heading" and first.level == 1 and is_name(held):
        return shorten(shown(" ".join(held.split())), 200)
    found = find_title(text, hints, {b.start: b.level for b in blocks[:60] if b.kind == "heading"})
    called = next((hint for hint in reversed(hints[1:]) if is_name(hint) and len(hint.split()) > 2), None)
    if called and (found is None or not _share(called, found.text)):
        return shorten(shown(called), 200)
    if found is not None:
        return shorten(found.text, 200)
    return shorten(held if is_name(held) else named(text) or held)


def _share(one: str, other: str) -> bool:
    """Whether two names of a page have half of the shorter one's words in common."""
    words, others = ({t for t in tokens(name) if len(t) > 3} for name in (one, other))
    return len(words & others) * 2 >= min(len(words), len(others)) > 0


def stem_of(id: str) -> str:
    """The name of a document's file, in words: "du/achat-public_2027.txt" -> "achat public 2027"."""
    name = re.split(r"[/\\]", id)[-1].split("#")[0]
    return re.sub(r"[-_.+]+", " ", re.sub(r"\.\w{1,5}$", "", name))


def shorten(text: str, most: int = 120) -> str:
    """The text on one line, cut at a word with "…" where it is longer than ``most`` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _tidy(runs: list[Run]) -> list[Run]:
    """The runs with collapsed spaces, none at the ends or around line breaks, and without empty runs."""
    tidy: list[Run] = []
    previous = "\n"
    for raw, url in runs:
        text = _SPACES.sub(" ", seen(raw))
        text = re.sub(r" ?\n[ \n]*", "\n", text)
        if previous in " \n":
            text = text.lstrip(" \n")
        if text:
            tidy.append((text, url))
            previous = text[-1]
    while tidy and not (stripped := tidy[-1][0].rstrip(" \n")):
        tidy.pop()
    if tidy:
        tidy[-1] = (stripped, tidy[-1][1])
    return tidy


def _after_blank(text: str, offset: int) -> int:
    while offset < len(text) and text[offset] == "\n":
        offset += 1
    return offset
