"""A document as the extractors see it: segments, each with the topic under which it stands.

A segment is a line, or the part of a line that a key such as "Durée :" opens. Headings are the document's own blocks,
and lines that are nothing but the name of a section, since text taken from the web has lost its headings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from corpus.facts.topics import Topic, bare, strict_topic_of, topic_of
from corpus.french import fold
from corpus.records import Block, BlockKind, Document

_BULLET = re.compile(
    r"[ \t]*(?:[#>*•●◦▪■□⬥◆➢➤►▶✓✔→⇒·‣–—\-+o]+[ \t]+|[•●◦▪■□⬥◆➢➤►▶✓✔→⇒·‣–—]+(?=\w)|\|[ \t]*|\*{2,}|_{2,}|\d{1,2}[.)°][ \t]+|[a-h]\)[ \t]+)*"
)
_LIST_MARK = re.compile(r"[ \t]*(?:[*•●◦▪■□⬥◆➢➤►▶✓✔→⇒·‣–—\-+o][ \t]+|[•●◦▪■□⬥◆➢➤►▶✓✔→⇒·‣](?=\w)|\d{1,2}[.)][ \t])")
_KEY = re.compile(r"[ \t\u00a0\u202f*_]*:(?!//|\d\d\b)[*_]*(?=\s|$|\w)")
_BREAK = re.compile(r"[.;|•·,()]\s|\s[–—\-/]\s|\t|[|•·]")
_CELL = re.compile(r"[ ]?\|[ ]?|\t")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_KEY_REACH = 70
_LONGEST_LINE = 4000


@dataclass(frozen=True, slots=True)
class Segment:
    """``start:end`` without outer space; ``value_start`` is after the key (or the bullet), ``key`` the key's words.

    ``topic`` is that of the key, else of the heading above; ``heading`` the words of that heading; ``level`` counts
    headings (1 to 6), 0 for all other segments. ``block`` numbers the block, ``row`` the table row (-1: none).
    """

    start: int
    end: int
    value_start: int
    kind: BlockKind
    topic: Topic | None
    key: str = ""
    heading: str = ""
    keyed: bool = False
    block: int = -1
    line: int = 0
    cell: int = -1


class View:
    """The text, its folded twin of the same length, and its segments."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.folded = fold(document.text)
        self.segments: tuple[Segment, ...] = tuple(_segments(document, self.folded))
        self._starts = [s.start for s in self.segments]

    def at(self, offset: int) -> Segment | None:
        """The segment in which the character at ``offset`` stands."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return None
        segment = self.segments[index]
        return segment if offset < segment.end else None

    def index_at(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def under(self, *topics: Topic) -> Iterator[Segment]:
        """The segments of these topics that are no headings and hold more than their key."""
        for segment in self.segments:
            if segment.topic in topics and segment.kind != "heading" and segment.value_start < segment.end:
                yield segment

    @cached_property
    def has_price_topic(self) -> bool:
        return any(s.topic == "price" for s in self.segments)


def _segments(document: Document, folded: str) -> Iterator[Segment]:
    text = document.text
    state = _State()
    blocks = sorted(document.blocks, key=lambda b: b.start)
    index, line_number = -1, 0
    for match in _LINE.finditer(text):
        line_number += 1
        start, end = _trim(text, match.start(), match.end())
        while index + 1 < len(blocks) and blocks[index + 1].start <= end - 1 and blocks[index + 1].start <= max(start, match.start()) + 8:
            index += 1
        block = blocks[index] if 0 <= index < len(blocks) and blocks[index].end > start else None
        for piece_start in range(start, end, _LONGEST_LINE):
            yield from _line(text, folded, piece_start, min(end, piece_start + _LONGEST_LINE), block, index, line_number, state)


class _State:
    """Where in the document the reading stands: the headings above and the section that an empty key has opened."""

    def __init__(self) -> None:
        self.stack: list[tuple[int, Topic | None, str]] = []
        self.pseudo: tuple[Topic, str] | None = None
        self.opened: tuple[Topic, str] | None = None
        self.opened_items = False
        self.last: tuple[Topic | None, str, int] | None = None

    def heading(self, level: int, topic: Topic | None, words: str) -> Topic | None:
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        if topic is None and self.stack and self.stack[-1][0] < level and level > 2:
            topic = self.stack[-1][1]
        self.stack.append((level, topic, words))
        self.pseudo = self.opened = self.last = None
        return topic

    def current(self) -> tuple[Topic | None, str]:
        if self.opened:
            return self.opened
        if self.pseudo:
            return self.pseudo
        return (self.stack[-1][1], self.stack[-1][2]) if self.stack else (None, "")


def _line(text: str, folded: str, start: int, end: int, block: Block | None, index: int, number: int, state: _State) -> Iterator[Segment]:
    kind: BlockKind = block.kind if block else "paragraph"
    mark = _BULLET.match(text, start, end)
    value = mark.end() if mark else start
    is_markdown_heading = kind == "paragraph" and text[start] == "#"
    if kind == "paragraph" and _LIST_MARK.match(text, start, end):
        kind = "item"
    words = text[value:end]
    if kind == "heading" or is_markdown_heading:
        level = (block.level if block and block.kind == "heading" else len(text[start:end]) - len(text[start:end].lstrip("#"))) or 1
        key_topic = topic_of(words)
        topic = state.heading(level, key_topic, words.strip(" #*:"))
        yield Segment(start, end, value, "heading", topic, heading=words.strip(" #*:"), block=index, line=number)
        return
    if kind == "paragraph" and (opened := _pseudo_heading(words, state)):
        state.pseudo, state.opened, state.last = (opened, words.strip(" #*:_")), None, None
        yield Segment(start, end, end, "heading", opened, heading=words.strip(" #*:_"), block=index, line=number)
        return
    if state.opened:
        if kind in ("item", "row"):
            state.opened_items = True
        elif state.opened_items:
            state.opened = None
    if kind == "row" or (kind == "paragraph" and words.count("|") >= 1):
        yield from _cells(text, start, end, kind, index, number, state)
        return
    yield from _keyed(text, start, value, end, kind, index, number, state)


def _pseudo_heading(words: str, state: _State) -> Topic | None:
    """A line that is only the name of a section opens it, unless it is the value of another ("Niveau" under "Public")."""
    stripped = words.strip(" #*_")
    if not 3 <= len(stripped) <= 70 or stripped[-1] in ".,;…€" or not stripped[0].isalpha() or stripped[0].islower():
        return None
    if any(c.isdigit() for c in stripped) or (":" in stripped and not stripped.endswith(":")):
        return None
    return strict_topic_of(stripped)


def _cells(text: str, start: int, end: int, kind: BlockKind, index: int, number: int, state: _State) -> Iterator[Segment]:
    """The cells of a table row (or of a line parted by bars); a first cell that names a topic is the key of the others."""
    bounds: list[tuple[int, int]] = []
    cursor = start
    for match in _CELL.finditer(text, start, end):
        bounds.append(_trim(text, cursor, match.start()))
        cursor = match.end()
    bounds.append(_trim(text, cursor, end))
    cells = [(s, e) for s, e in bounds if e > s]
    if not cells:
        return
    first = text[slice(*cells[0])]
    topic = strict_topic_of(first) if len(cells) > 1 and len(first) <= 70 else None
    is_header = topic is not None and kind == "row" and strict_topic_of(text[slice(*cells[1])]) is not None
    if topic and not is_header:
        yield Segment(*cells[0], cells[0][1], "heading", topic, heading=first, block=index, line=number, cell=0)
        for position, (s, e) in enumerate(cells[1:], 1):
            yield Segment(s, e, s, "row", topic, first.strip(" :*"), state.current()[1], True, index, number, position)
        return
    for position, (s, e) in enumerate(cells):
        mark = _BULLET.match(text, s, e)
        yield from _keyed(text, s, mark.end() if mark else s, e, kind, index, number, state, position)


def _keyed(text: str, start: int, value: int, end: int, kind: BlockKind, index: int, number: int, state: _State, cell: int = -1) -> Iterator[Segment]:
    """The line cut where a key opens a value: "Durée : 2 jours - Coût : 450 €" gives two segments."""
    keys = list(_keys(text, value, end))
    topic, heading = state.current()
    if keys and state.opened and keys[0][2] not in (None, state.opened[0]):
        state.opened = None
        topic, heading = state.current()
    if not keys:
        inherited = state.last
        if inherited and inherited[2] == index and kind == "paragraph" and text[value : value + 1].islower():
            topic = inherited[0]
        yield Segment(start, end, value, kind, topic, heading=heading, block=index, line=number, cell=cell)
        return
    if keys[0][0] > value:
        yield Segment(start, _trim(text, start, keys[0][0])[1], value, kind, topic, heading=heading, block=index, line=number, cell=cell)
    for position, (key_start, key_end, key_topic, after) in enumerate(keys):
        stop = keys[position + 1][0] if position + 1 < len(keys) else end
        value_start, value_end = _trim(text, after, stop)
        while value_end > value_start and text[value_end - 1] in "-–—|•·,;( " and position + 1 < len(keys):
            value_end -= 1
        key = text[key_start:key_end].strip(" *_")
        if value_end <= value_start:
            if key_topic and kind != "row":
                state.opened, state.opened_items = (key_topic, key), False
            yield Segment(
                key_start if position else start,
                max(after, key_end),
                max(after, key_end),
                "heading",
                key_topic or topic,
                key,
                heading,
                True,
                index,
                number,
                cell,
            )
            continue
        state.last = (key_topic or topic, key, index)
        yield Segment(
            key_start if position or kind == "row" else start,
            value_end,
            value_start,
            kind,
            key_topic or topic,
            key,
            heading,
            key_topic is not None,
            index,
            number,
            cell,
        )


def _keys(text: str, start: int, end: int) -> Iterator[tuple[int, int, Topic | None, int]]:
    """Keys before a colon: (start, end, topic, where the value begins). A key in mid-line must name a topic."""
    cursor = start
    for match in _KEY.finditer(text, start, end):
        left = max(cursor, match.start() - _KEY_REACH)
        key_start = cursor if left == cursor else -1
        for stop in _BREAK.finditer(text, left, match.start()):
            key_start = stop.end()
        if key_start < 0 or not (words := text[key_start : match.start()].strip(" *_")):
            continue
        topic = strict_topic_of(words)
        if topic is None and (key_start != start or len(bare(words)) > 60):
            continue
        while key_start < match.start() and text[key_start].isspace():
            key_start += 1
        yield key_start, match.start(), topic, match.end()
        cursor = match.end()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
