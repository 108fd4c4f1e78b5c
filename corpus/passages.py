"""Document -> passages: what is searched and quoted, each under its heading path, with exact offsets.

A passage never crosses a heading, except that a heading with nothing under it goes with the deeper one that follows.
Short sections stay whole; long ones are packed to about ``AIM`` words at the seams of their blocks. An item or a row is
never torn; a long paragraph is, between sentences. Together the passages hold every character that is not blank, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.french import sentences
from corpus.records import BlockKind, Document, Passage, Span

LEAST, AIM, MOST = 60, 140, 200
"""Words. Below LEAST a passage is filled up, at AIM it is closed, and MOST is exceeded by an item or a row only."""
UNTORN = 1_000
"""Words up to which an item or a row stays whole: beyond, it is no item but a page somebody put a bullet before."""
LONGEST_RUN = 2_000
"""Characters after which a text without any space is cut."""


@dataclass(frozen=True, slots=True)
class _Unit:
    kind: BlockKind
    level: int
    start: int
    end: int
    words: int
    glued: bool = False
    """Ends with a colon: what it announces should follow in the same passage."""


def split(document: Document) -> tuple[Passage, ...]:
    """The passages of the document, in order; none for a document without text."""
    passages: list[Passage] = []
    for path, units in _sections(document):
        for start, end in _packed(units):
            passages.append(_passage(document, len(passages), path, start, end))
    return tuple(passages)


def _passage(document: Document, ordinal: int, path: tuple[str, ...], start: int, end: int) -> Passage:
    return Passage(
        id=f"{document.id}#{ordinal}",
        document=document.id,
        ordinal=ordinal,
        title=document.title,
        heading_path=path,
        text=document.text[start:end],
        start=start,
        end=end,
        page=document.page_at(start),
    )


def _sections(document: Document) -> Iterator[tuple[tuple[str, ...], list[_Unit]]]:
    """Heading paths with the units under them, the heading's own unit first."""
    path: list[tuple[int, str]] = []
    units: list[_Unit] = []
    for unit, heading in _units(document):
        if heading is not None:
            bare = units and all(u.kind == "heading" for u in units) and units[-1].level < unit.level
            if units and not bare:
                yield tuple(h for _, h in path), units
                units = []
            while path and path[-1][0] >= unit.level:
                path.pop()
            path.append((unit.level, heading))
        units.append(unit)
    if units:
        yield tuple(h for _, h in path), units


def _units(document: Document) -> Iterator[tuple[_Unit, str | None]]:
    """The blocks, each with the marks around it ("## ", "| "), cut where they are too long; with a heading's words.

    What stands between two blocks belongs to the first up to the end of its line, and to the second from there on.
    """
    text = document.text
    blocks = sorted((b for b in document.blocks if b.end > b.start), key=lambda b: (b.start, -b.end))
    start = 0
    for number, block in enumerate(blocks):
        following = blocks[number + 1].start if number + 1 < len(blocks) else len(text)
        if following < start or block.end <= start:
            continue
        end = len(text)
        if number + 1 < len(blocks):
            newline = text.find("\n", block.end, following)
            end = following if newline < 0 and following < block.end else min(following, newline if newline >= 0 else following)
        heading = " ".join(text[block.start : block.end].split()) if block.kind == "heading" else None
        for piece in _pieces(text, block.kind, start, end):
            yield _unit(text, block.kind, block.level, piece), heading
            heading = None
        start = end
    for piece in _pieces(text, "paragraph", start, len(text)):
        yield _unit(text, "paragraph", 0, piece), None


def _unit(text: str, kind: BlockKind, level: int, span: Span) -> _Unit:
    content = span.of(text)
    return _Unit(kind, level, span.start, span.end, _size(content), content.rstrip().endswith(":"))


def _size(text: str) -> int:
    """Words; where they are overlong (tables of figures, text without spaces), ten characters count as one."""
    return max(len(text.split()), len(text) // 10)


def _pieces(text: str, kind: BlockKind, start: int, end: int) -> Iterator[Span]:
    """The trimmed range, cut at sentences, spaces or, failing that, anywhere, when it is too long."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    whole = text[start:end]
    most = MOST if kind == "paragraph" else UNTORN
    words_of = whole.split()
    if len(words_of) <= most and (len(whole) <= LONGEST_RUN or max(map(len, words_of)) <= LONGEST_RUN):
        yield Span(start, end)
        return
    opened, words = start, 0
    closed = start
    for part in _parts(whole):
        count = _size(part.of(whole))
        if words and words + count > (MOST if words < LEAST else AIM + LEAST // 2):
            yield Span(opened, closed)
            opened, words = start + part.start, 0
        closed = start + part.end
        words += count
    yield Span(opened, closed)


def _parts(text: str) -> Iterator[Span]:
    """The sentences; one that is too long in runs of words."""
    for sentence in sentences(text):
        if len(sentence.of(text).split()) <= AIM and sentence.end - sentence.start <= LONGEST_RUN:
            yield sentence
            continue
        opened, words, last = -1, 0, 0
        for match in re.finditer(rf"\S{{1,{LONGEST_RUN}}}", sentence.of(text)):
            begin, last_before = sentence.start + match.start(), last
            if opened >= 0 and (words >= AIM or begin + len(match.group()) - opened > 4 * LONGEST_RUN):
                yield Span(opened, last_before)
                opened, words = begin, 0
            if opened < 0:
                opened = begin
            words += 1
            last = sentence.start + match.end()
        yield Span(opened, last)


def _packed(units: list[_Unit]) -> Iterator[tuple[int, int]]:
    """Ranges of consecutive units, each of about AIM words and at most MOST unless one unit alone has more."""
    groups: list[list[_Unit]] = []
    for unit in units:
        group = groups[-1] if groups else None
        if group is None:
            groups.append([unit])
            continue
        size = sum(u.words for u in group)
        full = size >= AIM or (size >= LEAST and size + unit.words > MOST) or size + unit.words > MOST + LEAST // 2
        announced = group[-1].glued or group[-1].kind == "heading"
        if full and not (announced and size + unit.words <= MOST + LEAST):
            if announced and len(group) > 1 and group[-1].kind != "heading":
                groups.append([group.pop(), unit])
            else:
                groups.append([unit])
        else:
            group.append(unit)
    if len(groups) > 1:
        tail = sum(u.words for u in groups[-1])
        if tail < LEAST // 2 and sum(u.words for u in groups[-2]) + tail <= MOST:
            groups[-2].extend(groups.pop())
    for group in groups:
        yield group[0].start, group[-1].end
