"""The lines of a document cut into segments, each with the topic under which it stands.

A segment is a line, or the part of a line that a key such as "Durée :" opens. Headings are the document's own blocks,
and lines that are nothing but the name of a section, since text taken from the web has lost its headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.facts.keys import cells_of, has_leaders, key_without_colon, keys_of, loose_topic, trim
from corpus.facts.lines import after_marks, closes, full_from, goes_on, lines_of
from corpus.facts.numbers import WORD
from corpus.facts.topics import Topic, bare, strict_topic_of, topic_of
from corpus.french import fold
from corpus.records import Block, BlockKind, Document

_LIST_MARK = re.compile(r"[ \t]*(?:[*•●◦▪■□⬥◆➢➤►▶✓✔→⇒·‣–—\-+o][ \t]+|[•●◦▪■□⬥◆➢➤►▶✓✔→⇒·‣](?=\w)|\d{1,2}[.)][ \t])")
_NUMBER = re.compile(r"[0-9½¼¾]+")
_YEARS = re.compile(r"\b20\d\d(?: ?[-/–] ?(?:20)?\d\d)?\b")
"""What a heading may count: "Tarifs 2026-2027", "Calendrier 2027"."""
_LONGEST_LINE = 4000
_INDENT = 40
"""More characters than a line that goes on is ever set in."""


class Segment(NamedTuple):
    """``start:end`` without outer space; ``value_start`` is after the key (or the bullet), ``key`` the key's words.

    A line that only the width of the page has broken goes on in the next: such lines are one segment.

    ``topic`` is that of the key, else of the heading above; ``heading`` the words of that heading; ``keyed`` whether a
    key of its own names the topic. ``block`` numbers the block (-1: none), ``line`` the line, ``cell`` the cell of a row (-1: none).
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


def segments_of(document: Document) -> list[Segment]:
    segments: list[Segment] = []
    layout = _Layout(document)
    text = document.text
    blocks = sorted(document.blocks, key=lambda b: b.start)
    index, last_block = -1, len(blocks) - 1
    lines = list(lines_of(text))
    full = full_from(lines)
    above = (0, 0)
    for start, end in lines:
        layout.line += 1
        while index < last_block and blocks[index + 1].start <= start + 8 and blocks[index + 1].start < end:
            index += 1
        layout.block = index
        block = blocks[index] if index >= 0 and blocks[index].end > start else None
        broken, above_end = above[1] - above[0] >= full, above[1]
        above = (start, end)
        if (broken or text.find(")", start, end) >= 0) and segments and not (block and block.kind in ("heading", "row")):
            last = segments[-1]
            joins = (
                last.end == above_end
                and last.cell < 0
                and last.kind in ("paragraph", "item")
                and start - above_end < _INDENT
                and end - last.start <= _LONGEST_LINE
            )
            joins = joins and text.count("\n", above_end, start) == 1 and (broken or closes(text, last.start, above_end, start, end))
            if joins and goes_on(text, last.start, above_end, start, end):
                segments[-1] = Segment(last.start, end, *last[2:])
                continue
        if end - start <= _LONGEST_LINE:
            segments.extend(layout.read(start, end, block))
            continue
        for piece_start in range(start, end, _LONGEST_LINE):
            segments.extend(layout.read(piece_start, min(end, piece_start + _LONGEST_LINE), block))
    return segments


# Sections whose value may look like a heading of its own: "Public", then, alone on its line, "Cadres dirigeants".
_VALUED: frozenset[Topic] = frozenset({
    "audience", "prerequisites", "location", "duration", "price", "capacity", "code", "provider", "mode", "registration", "sessions", "contact",
    "certification",
})  # fmt: skip
_A_PUBLIC = re.compile(
    r"(?:formation|en )?\s?(?:initiale|continue|alternance|apprenti|etudiant|agent|employeur|entreprise|individuel|demandeur|particulier|"
    r"salarie|inter|intra|boursier|financement|collectivit|adherent|secteur|public|tarif|montant|contrat)"
)
_RULE = re.compile(r"[\s:|+=-]*")
_COUNT = re.compile(rf"\d|\b(?!une?\b){WORD}\b|\b\w+aine\b")
_KICKERS = 8
"""Lines at the top of a document, before any section, in which the kind of diploma is announced, not described."""
_NUMBERED = frozenset("0123456789IVXABCDEFGH")
_NUMBER_MARK = re.compile(r"(?:\d{1,2}|[IVX]{1,4}|[A-H])(?:\.\d)?\s?[.)°/–-]+\s?(?=[^\W\d])")


class _Layout:
    """Where in the document the reading stands: the headings above and the section that an empty key has opened."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.title = bare(document.title)
        self.stack: list[tuple[int, Topic | None, str]] = []
        self.pseudo: tuple[Topic | None, str] | None = None
        self.opened: tuple[Topic, str] | None = None
        self.opened_items = False
        self.last: tuple[Topic | None, int] | None = None
        self.after_heading = False
        self.columns: tuple[int, list[Topic | None]] | None = None
        self.line = 0
        self.block = -1
        self.leaders = has_leaders(document.text, 0, len(document.text))

    def current(self) -> tuple[Topic | None, str]:
        if self.opened:
            return self.opened
        if self.pseudo:
            return self.pseudo
        return (self.stack[-1][1], self.stack[-1][2]) if self.stack else (None, "")

    def read(self, start: int, end: int, block: Block | None) -> Iterator[Segment]:
        """The segments of one line."""
        text = self.text
        kind: BlockKind = block.kind if block else "paragraph"
        value = after_marks(text, start, end)
        words = text[value:end]
        if kind == "paragraph" and value > start and _LIST_MARK.match(text, start, end):
            kind = "item"
        keyed = key_without_colon(text, value, end) if kind in ("paragraph", "item") and text[start] != "#" else None
        if keyed and bare(words) == self.title:
            keyed = None
        is_heading = kind == "heading" or (kind == "paragraph" and text[start] == "#")
        after_heading, self.after_heading = self.after_heading, False
        if is_heading and self._is_keyed(value, end):
            kind = "paragraph"
            keyed = key_without_colon(text, value, end)
        elif is_heading:
            level = (block.level if block and block.kind == "heading" else len(text[start:end]) - len(text[start:end].lstrip("#"))) or 1
            if heading := self._heading(level, words, after_heading):
                self.after_heading = True
                yield Segment(start, end, value, "heading", heading[0], heading=words.strip(" #*:"), block=self.block, line=self.line)
                return
            kind = "paragraph"
        elif kind in ("paragraph", "item") and not keyed and (opened := self._pseudo_heading(text[start:end] if kind == "item" else words, kind)):
            self.pseudo, self.opened, self.last = (opened, words.strip(" #*:_")), None, None
            self.after_heading = True
            yield Segment(start, end, end, "heading", opened, heading=words.strip(" #*:_"), block=self.block, line=self.line)
            return
        if kind == "paragraph" and not keyed and not after_heading and self._leaves(start, end, words):
            self.pseudo, self.opened, self.last = (None, words.strip(" #*:_")), None, None
            yield Segment(start, end, end, "heading", None, heading=words.strip(" #*:_"), block=self.block, line=self.line)
            return
        if self.opened:
            if kind in ("item", "row"):
                self.opened_items = True
            elif self.opened_items:
                self.opened = None
        if kind == "row" or (kind == "paragraph" and "|" in words):
            yield from self._cells(start, end, kind)
        elif keyed and not (self._has_keys(value, end) and any(True for _ in keys_of(text, value, end))):
            after, topic = keyed
            key, at = text[value:after], trim(text, after, end)[0]
            self.last = (topic, self.block)
            yield Segment(start, end, at, kind, topic, key, self.current()[1], True, self.block, self.line)
        else:
            yield from self._keyed(start, value, end, kind)

    def _has_keys(self, start: int, end: int) -> bool:
        """As ``has_keys``, but leaders are only looked for where the document has any."""
        text = self.text
        return text.find(":", start, end) >= 0 or text.find("?", start, end) >= 0 or (self.leaders and has_leaders(text, start, end))

    def _is_keyed(self, start: int, end: int) -> bool:
        """Whether a line that was taken for a heading is rather a key with its value, or announces a list."""
        if key_without_colon(self.text, start, end):
            return True
        keys = list(keys_of(self.text, start, end)) if self._has_keys(start, end) else []
        if not keys:
            return False
        _, key_end, topic, after = keys[0]
        if after >= end:
            return topic is None and loose_topic(self.text[start:key_end]) is not None
        return topic in _VALUED

    def _heading(self, level: int, words: str, after_heading: bool) -> tuple[Topic | None] | None:
        """The topic of a heading of the document, in a tuple; None where it is rather the value of the heading above."""
        is_title = bare(words) == self.title and not self.stack and (self.line == 1 or strict_topic_of(words) is None)
        topic = None if is_title else topic_of(words)
        if topic == "capacity" and not is_title and _COUNT.search(fold(words)):
            return None  # "Groupe limité à quinze personnes" says it all
        if topic is None:
            above, _ = self.current()
            if after_heading and above in _VALUED:
                return None
            if above == "price" and _A_PUBLIC.match(bare(words)):
                topic = above
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        if topic is None and self.stack:
            topic = self.stack[-1][1]
        self.stack.append((level, topic, words.strip(" #*:")))
        self.pseudo = self.opened = self.last = None
        return (topic,)

    def _pseudo_heading(self, words: str, kind: BlockKind) -> Topic | None:
        """A line that is only the name of a section opens it."""
        stripped = words.strip(" #*_")
        if len(stripped) < 3 or stripped[-1] in ".,;…€":
            return None
        if stripped[0] in _NUMBERED and (numbered := _NUMBER_MARK.match(stripped)):
            stripped = stripped[numbered.end() :]
        elif kind == "item":
            return None
        if not 3 <= len(stripped) <= 70 or not stripped[0].isalpha() or stripped[0].islower():
            return None
        if (":" in stripped and not stripped.endswith(":")) or "...." in stripped:
            return None
        if "?" in stripped.rstrip(" ?"):
            return None  # a question with its answer
        if _NUMBER.search(stripped) and _NUMBER.search(_YEARS.sub("", stripped)):
            return None
        topic = strict_topic_of(stripped)
        if topic is None or bare(stripped) == self.title:
            return None
        if topic == "capacity" and _COUNT.search(fold(stripped)):
            return None
        # "DIPLÔME UNIVERSITAIRE" above the title says what the document is, and opens no section.
        kicker = self.line <= _KICKERS and not (self.pseudo or any(above[1] for above in self.stack))
        return None if topic == "certification" and kicker and not stripped.endswith(":") else topic

    def _leaves(self, start: int, end: int, words: str) -> bool:
        """Whether a line apart is a heading that names no known section, and so ends the one that a line like it has opened."""
        topic, opener = self.current()
        if self.opened or topic not in _LEFT or not 6 <= len(words) <= 60 or words[-1] in ".,;:…€" or not words[0].isupper():
            return False
        if _NUMBER.search(words) or ":" in words or not _APART_ABOVE.search(self.text, max(0, start - 8), start):
            return False
        if words.isupper():
            return opener.isupper() and " " in words
        if words.endswith("?"):
            return True
        return not opener.isupper() and len(words.split()) <= 6 and bool(_CLOSE_BELOW.match(self.text, end))

    def _cells(self, start: int, end: int, kind: BlockKind) -> Iterator[Segment]:
        """The cells of a table row (or of a line parted by bars); a first cell that names a topic is the key of the others."""
        text = self.text
        pieces = list(cells_of(text, start, end))
        if text[start] == text[end - 1] == "|":
            pieces = pieces[1:-1]
        at = {s: position for position, (s, e) in enumerate(pieces)}  # an empty corner is a cell too
        cells = [(s, e) for s, e in pieces if e > s and not _RULE.fullmatch(text, s, e)]
        if not cells:
            if self.columns and self.line == self.columns[0] + 1:
                self.columns = (self.line, self.columns[1])  # the rule below the head
            return
        if columns := self._columns(cells, kind):
            heading = self.current()[1]
            for (s, e), column in zip(cells, columns, strict=True):
                yield Segment(s, e, s, "row", column, "", heading, False, self.block, self.line, at[s])
            return
        first = text[slice(*cells[0])]
        topic = strict_topic_of(first) if len(cells) > 1 and len(first) <= 70 else None
        if topic and topic != "price" and self.current()[0] == "price" and any(_MONEY.search(text, s, e) for s, e in cells[1:]):
            topic = None  # "Financement individuel | 2 560 €" under "Tarifs" says for whom the price is
        topics = [strict_topic_of(text[s:e]) for s, e in cells] if topic and kind == "row" else []
        if topic and not (topics and all(topics) and len(set(topics)) == len(topics)):
            yield Segment(*cells[0], cells[0][1], "heading", topic, heading=first, block=self.block, line=self.line, cell=0)
            heading = self.current()[1]
            for s, e in cells[1:]:
                yield Segment(s, e, s, "row", topic, first.strip(" :*"), heading, True, self.block, self.line, at[s])
            return
        for s, e in cells:
            yield from self._keyed(s, after_marks(text, s, e), e, kind, at[s])

    def _columns(self, cells: list[tuple[int, int]], kind: BlockKind) -> list[Topic | None] | None:
        """The topics of the cells by the head of their column, None where the table has no head or the row is the head."""
        section = self.current()[0]
        consecutive = self.columns and self.line == self.columns[0] + 1 and len(cells) == len(self.columns[1])
        if consecutive and self.columns:
            self.columns = (self.line, self.columns[1])
            return [topic or section for topic in self.columns[1]]
        self.columns = None
        topics = [_column(self.text[s:e]) for s, e in cells] if kind == "row" and section != "price" and len(cells) > 1 else []
        if len(topics) > 2 and topics[0] and topics[0] in topics[1:]:
            topics[0] = None  # "Session | Dates | Lieu": the first column numbers the sessions
        if "capacity" in topics and _ANNOUNCES.isdisjoint(topics):
            topics = [None if topic == "capacity" else topic for topic in topics]  # who works where, not how many may come
        known = [topic for topic in topics if topic]
        if len(known) >= max(2, len(cells) - 1) and len(set(known)) == len(known):
            self.columns = (self.line, topics)
        return None

    def _keyed(self, start: int, value: int, end: int, kind: BlockKind, cell: int = -1) -> Iterator[Segment]:
        """The line cut where a key opens a value: "Durée : 2 jours - Coût : 450 €" gives two segments."""
        text = self.text
        keys = list(keys_of(text, value, end)) if self._has_keys(value, end) else []
        if keys and self.opened and keys[0][2] not in (None, self.opened[0]):
            self.opened = None
        topic, heading = self.current()
        if not keys:
            if self.last and self.last[1] == self.block and kind == "paragraph" and text[value : value + 1].islower():
                topic = self.last[0]
            yield Segment(start, end, value, kind, topic, "", heading, False, self.block, self.line, cell)
            return
        if keys[0][0] > value:
            yield Segment(start, trim(text, start, keys[0][0])[1], value, kind, topic, heading=heading, block=self.block, line=self.line, cell=cell)
            start = keys[0][0]
        for position, (key_start, key_end, key_topic, after) in enumerate(keys):
            stop = keys[position + 1][0] if position + 1 < len(keys) else end
            value_start, value_end = trim(text, after, stop)
            while value_end > value_start and text[value_end - 1] in "-–—|•·,;( " and position + 1 < len(keys):
                value_end -= 1
            key, key_start = text[key_start:key_end].strip(" *_"), start if position == 0 else key_start
            if value_end <= value_start:
                key_topic = key_topic or loose_topic(key)
                if key_topic and kind != "row":
                    self.opened, self.opened_items = (key_topic, key), False
                yield Segment(
                    key_start,
                    max(after, key_end),
                    max(after, key_end),
                    "heading",
                    key_topic or topic,
                    key,
                    heading,
                    True,
                    self.block,
                    self.line,
                    cell,
                )
                continue
            if _stays(key_topic, topic, text[value_start:value_end], heading):
                key_topic = None
            self.last = (key_topic or topic, self.block)
            yield Segment(
                key_start, value_end, value_start, kind, key_topic or topic, key, heading, key_topic is not None, self.block, self.line, cell
            )


_LEFT: frozenset[Topic | None] = frozenset({"audience", "prerequisites", "objectives", "mode", "code", "provider"})
"""Sections that hold no headings of their own."""
_APART_ABOVE = re.compile(r"\n[ \t]*\n[ \t]*$")
_CLOSE_BELOW = re.compile(r"[ \t]*\n[ \t]*[A-ZÀ-Ý][^\n]{30}")
_ANNOUNCES: frozenset[Topic | None] = frozenset({"duration", "price", "sessions", "mode", "deadline", "code"})


def _column(head: str) -> Topic | None:
    """The topic of the head of a column; one that is called "Clôture" tells until when one may apply."""
    return "deadline" if bare(head) == "cloture" else strict_topic_of(head)


_MONEY = re.compile(r"\d\s?(?:€|euros?\b|EUR\b|F\.? ?CFP|XPF)", re.IGNORECASE)
_BARE_SUM = re.compile(r"\d[\d .,\u00a0\u202f]{0,12}")
_UNIT_ABOVE = re.compile(r"\ben (?:euros?|€|F\.? ?CFP|XPF)|\((?:€|euros?|F\.? ?CFP|XPF)\)", re.IGNORECASE)
_ONLY_MONEY = re.compile(r"\d[\d .,\u00a0\u202f]{0,12}\s?(?:€|euros?|EUR|F\.? ?CFP|XPF)(?: (?:HT|TTC|nets?))?[\s.;]*", re.IGNORECASE)
_FOR_OTHERS: frozenset[Topic | None] = frozenset({None, "price", "careers", "results", "funding"})
_TRANSPARENT: frozenset[Topic | None] = frozenset({None, "practical", "about", "content", "methods", "objectives", "other", "modules"})


def _stays(key: Topic | None, section: Topic | None, value: str, heading: str) -> bool:
    """Whether a key only labels a value of its section: "Module 1 : 450 €" under "Tarifs", "Public : ..." under "Prix"."""
    if section == "price" and key != "price":
        return bool(_MONEY.search(value) or (_BARE_SUM.fullmatch(value) and _UNIT_ABOVE.search(heading)))
    if key not in _FOR_OTHERS and _ONLY_MONEY.fullmatch(value):
        return True  # "Partenaires publics : 420 €": the key says for whom, whatever section it could name
    if key == "sessions":
        return section in ("prerequisites", "deadline")
    return key == "modules" and section not in _TRANSPARENT and section != "sessions"
