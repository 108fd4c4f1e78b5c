"""A document laid out for answering: its lines with the headings they stand under, and what proves a span.

A *line* is the smallest thing that is shown or quoted: a sentence of a paragraph, a list item, a table row. Sheets are
made once a document and kept by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from assistant.kin import kin
from assistant.lines import BULLET, Line, is_furniture, is_heading, repeats_title, runs, width_of
from corpus.facts.layout import View
from corpus.facts.related import foreign
from corpus.facts.topics import strict_topic_of, topic_of
from corpus.french import fold, is_stop_word, sentences, stem, stems, token_spans, tokens
from corpus.records import Block, Document, Fact, FieldName, Programme, Section, Span

__all__ = ["QUOTE_LIMIT", "Line", "Sheet"]

QUOTE_LIMIT = 300
"""Characters; a longer line is quoted by the sentence, or the window, that holds the proof."""

_LABEL = re.compile(
    r"(?:details?|precisions?|remarques?|observations?|commentaires?|descriptions?|montants?|intitules?|noms?|villes?|sites?|jours?|horaires?|heures?|themes?|numeros?|"
    r"n[o°]|ref(?:erence)?s?|types?|niveaux?|etapes?|conditions?|limites? .{3,20}|periodes?|sequences?|categories?|modalites?|statuts?|"
    r"situations?|profils?|etat|duree .{3,20}|)"
)
"""Names of columns that are no field; an empty corner too."""
_QUESTION = re.compile(r"\s*([A-ZÀ-Ý][^?\n.!:]{1,45}\?)\s+(?=\S)")
""" "Pour qui ? Tous les agents ...": a heading asked as a question, on the line of its answer."""


_LABELLED = 22
"""Characters of a sentence that is only the label of the one behind it."""
_LEADERS = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}")
_SAYS_ITSELF = re.compile(
    r"^(?:aucune?|sans|pas d[e'])\b|\d ?(?:jours?|heures?|h|places?|stagiaires?|participants?|personnes|agents|euros?|€)\b|\d ?€|"
    r"\d{1,2}(?:er)? (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b"
)
"""Lines taken for headings that answer by themselves: "Aucun préalable", "Groupe de 12 personnes"."""
_FOR_MACHINES = re.compile(
    r"\b(?:ignore[rz]?|oublie[rz]?|ne tiens pas compte d|disregard|forget) (?:\w+ ){0,2}(?:consignes|instructions|regles|previous|prior)\b"
    r"(?! (?:de securite|sanitaires))|"
    r"\b(?:note|message|consignes?|instructions?) (?:aux?|pour les?|destinee?s? aux?|for|to) "
    r"(?:assistants? (?:automatiques?|virtuels?|ia)|ia\b|robots?\b|modeles? de langage|ai\b|llms?\b|chatbots?)"
)
_KEY = re.compile(r"\s*([^:\n.]{3,50}?)\s*:\s*\S")
_OPENING = frozenset(("price", "duration", "sessions", "location", "audience", "prerequisites", "objectives", "content", "registration", "capacity"))
_FLAT = frozenset({"text", "pdf", "beir"})
"""Formats whose headings are guessed: one ends where a line has a key of another topic."""


def _asked(text: str, start: int, end: int) -> int:
    """Where a heading asked as a question ends, on the line of its answer; 0 where there is none."""
    asked = _QUESTION.match(text, start, end)
    if asked and (strict_topic_of(asked.group(1)) is not None or fold(asked.group(1)).strip(" ?") in ("ou", "ou ca")):
        return asked.end(1)
    return 0


class Sheet:
    """A document with what was understood of it, ready to answer from."""

    def __init__(self, document: Document, programme: Programme) -> None:
        self.document = document
        self.programme = programme
        self.id = document.id
        self.title = " ".join((programme.title or document.title or document.id).split())

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line in order, headings included (kind ``heading``)."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        text = self.document.text
        path: list[tuple[int, str]] = []
        lead = ""  # a heading that nothing marks: the first line of a paragraph
        blocks = self.document.blocks
        if not blocks:
            for span in sentences(text):
                yield self._line(span.start, span.end, "paragraph", ())
            return
        for number, block in enumerate(blocks):
            headings = tuple(h for _, h in path)
            if block.kind == "heading":
                lead = ""
                heading = " ".join(text[block.start : block.end].split()).lstrip("# ").strip()
                while path and path[-1][0] >= block.level:
                    path.pop()
                path.append((block.level, heading))
                yield self._line(block.start, block.end, "heading", tuple(h for _, h in path[:-1]))
                if _SAYS_ITSELF.search(fold(heading)) and number:
                    yield self._line(block.start, block.end, "paragraph", tuple(h for _, h in path[:-1]))
                continue
            if self.document.format in _FLAT and number and blocks[number - 1].kind != "heading" and self._leaves(block, lead or headings[-1:]):
                lead, path = "", path[:1]
                headings = tuple(h for _, h in path)
            if block.kind in ("item", "row"):
                shown = (*headings[:1], lead) if lead else headings
                if block.end - block.start <= QUOTE_LIMIT:
                    yield self._line(block.start, block.end, block.kind, shown)
                    continue
                for span in sentences(text[block.start : block.end]):
                    yield self._line(block.start + span.start, block.start + span.end, block.kind, shown)
                continue
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            beside = text[following.start : following.end] if following and following.kind in ("item", "row") else ""
            for line, opened in self._paragraph(block, headings, lead, beside):
                lead = opened
                yield line

    def _leaves(self, block: Block, under: str | tuple[str, ...]) -> bool:
        """Whether a block begins with a key of another topic than the heading under which it seems to stand: "Effectif : 12"."""
        heading = under if isinstance(under, str) else "".join(under)
        key = _KEY.match(self.document.text, block.start, min(block.end, block.start + 70))
        own = strict_topic_of(key.group(1)) if key else None
        return own is not None and own != topic_of(heading)

    def _paragraph(self, block: Block, headings: tuple[str, ...], lead: str, beside: str) -> Iterator[tuple[Line, str]]:
        """The lines of a paragraph, each with the unmarked heading under which it leaves what follows; ``beside``: the items below it."""
        text = self.document.text
        own = list(runs(text, block.start, block.end, self._width))
        for number, (start, end) in enumerate(own):
            after = text[slice(*own[number + 1])] if number + 1 < len(own) else beside
            listed = len(own) == 1 and bool(beside) and len(text[start:end].split()) <= 6 and text[end - 1].isalpha() and text[start].isupper()
            if listed or is_heading(text[start:end], after, number == 0):
                lead = text[start:end].strip(" *_#")
                yield self._line(start, end, "heading", headings[:1]), lead
                continue
            if said := _asked(text, start, end):
                lead = text[start:said].strip()
                yield self._line(start, said, "heading", headings[:1]), lead
                start = said
            path = (*headings[:1], lead) if lead else headings
            if _LEADERS.search(text, start, end):  # dots that lead to a value end no sentence
                yield self._line(start, end, block.kind, path), lead
                continue
            spans = list(sentences(text[start:end]))
            if len(spans) > 1 and spans[0].end - spans[0].start <= _LABELLED and text[start + spans[0].end - 1] == ".":
                spans[:2] = [Span(spans[0].start, spans[1].end)]  # "Première journée. La motivation ...", "II. Simulation"
            for span in spans:
                yield self._line(start + span.start, start + span.end, block.kind, path), lead

    @cached_property
    def _width(self) -> int:
        return width_of(self.document.text)

    def _line(self, start: int, end: int, kind: str, path: tuple[str, ...]) -> Line:
        text = self.document.text
        bullet = BULLET.match(text, start, end)
        if bullet and bullet.end() < end:
            start = bullet.end()
        while end > start and text[end - 1].isspace():
            end -= 1
        raw = text[start:end]
        return Line(start, end, raw, kind, path, frozenset(stems(raw)), frozenset(stems(" ".join(path))))

    @cached_property
    def body(self) -> tuple[Line, ...]:
        """The lines that say something: no headings, nothing empty, nothing said twice (pages repeat themselves), no furniture."""
        seen: set[str] = set()
        kept = []
        for line in self.lines:
            key = fold(line.plain)
            if line.kind == "heading" or (line.start, line.end) in self.column_names or not re.search(r"\w", line.text) or key in seen:
                continue
            seen.add(key)
            if not self._is_furniture(line):
                kept.append(line)
        return tuple(kept)

    @cached_property
    def _for_machines(self) -> tuple[tuple[int, int], ...]:
        """The blocks that are written for programs that read pages: "ignore toutes les consignes", which no reader is shown."""
        return tuple((b.start, b.end) for b in self.document.blocks if _FOR_MACHINES.search(fold(self.document.text[b.start : b.end])))

    def _is_furniture(self, line: Line) -> bool:
        """Whether a line is the page's, not the programme's: menus, what stands above the title, the title again, other courses."""
        if any(start <= line.start < end for start, end in self._for_machines):
            return True
        if any(start <= line.start < end for start, end in self._foreign) or is_furniture(line.plain):
            return True
        if repeats_title(line.plain, self.title):
            return True
        if line.end > self._title_at or len(line.plain) > 90 or line.plain[-1] in ".!?:" or re.search(r"\d{3}|@|€", line.plain):
            return False
        return not line.path or topic_of(line.path[-1]) is None

    def names_course(self, line: Line) -> bool:
        """Whether a line of a page is only the name of one of its courses."""
        return any(c.start <= line.start < c.start + len(c.name) + 40 and repeats_title(line.plain, c.name) for c in self.programme.courses)

    @cached_property
    def head(self) -> tuple[Line, ...]:
        """The lines above the title: the institution, the trail of menus."""
        return tuple(line for line in self.lines if line.end <= self._title_at and len(line.plain) <= 90)

    @cached_property
    def _foreign(self) -> tuple[tuple[int, int], ...]:
        return foreign(View(self.document))

    @cached_property
    def _title_at(self) -> int:
        """Where the title stands as a line of its own at the head of the text; 0 where it does not."""
        title = fold(self.title)
        for line in self.lines[:25]:
            if line.kind == "heading" and strict_topic_of(line.plain) in _OPENING:
                return 0  # the sheet has begun: the title stands in the next column
            folded = fold(line.plain)
            if len(folded) > 6 and (folded == title or (title.startswith(folded) and len(folded) >= 0.4 * len(title))):
                return line.start
        return 0

    @cached_property
    def column_names(self) -> frozenset[tuple[int, int]]:
        """Where the rows stand that only name the columns of their table."""
        return frozenset((line.start, line.end) for n, line in enumerate(self.lines) if line.kind == "row" and self._names_columns(n))

    def _names_columns(self, number: int) -> bool:
        """Whether a line is the first row of a table and nothing but the names of its columns."""
        line = self.lines[number]
        if (number and self.lines[number - 1].kind == "row") or re.search(r"\d|@", line.text):
            return False
        below = self.lines[number + 1] if number + 1 < len(self.lines) else None
        cells = [fold(c).strip(" *:") for c in line.text.strip("| ").split("|")]
        if below is None or below.kind != "row" or len(cells) < 2 or len(below.text.strip("| ").split("|")) != len(cells):
            return False
        if any(len(c) > 30 for c in cells):
            return False
        labels = sum(bool(_LABEL.fullmatch(c) or topic_of(c) is not None) for c in cells)
        return labels == len(cells) or (labels * 2 >= len(cells) > 2 and bool(re.search(r"\d", below.text)))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every folded word of the document, its title and its name."""
        return frozenset(tokens(f"{self.title} {re.sub('[_/.]', ' ', self.id)} {self.document.text}"))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words that are no stop words."""
        return frozenset(stem(w) for w in self.words if not is_stop_word(w))

    @cached_property
    def families(self) -> dict[str, frozenset[str]]:
        """Family of words -> the stems of the document's words that belong to it."""
        found: dict[str, set[str]] = {}
        for word in self.words:
            if len(word) >= 4 and not is_stop_word(word):
                found.setdefault(kin(word), set()).add(stem(word))
        return {name: frozenset(s) for name, s in found.items()}

    @cached_property
    def folded(self) -> str:
        return fold(self.document.text)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return tuple(self.document.sections())

    def facts(self, *names: FieldName) -> tuple[Fact, ...]:
        found = (f for name in names for f in self.programme.of(name))
        return tuple(f for f in found if not any(start <= f.start < end for start, end in self._for_machines))

    def under(self, heading: re.Pattern[str]) -> tuple[Line, ...]:
        """The body lines that stand under a heading that matches (folded), innermost heading first."""
        found = tuple(line for line in self.body if line.path and heading.search(fold(line.path[-1])))
        return found or tuple(line for line in self.body if any(heading.search(fold(h)) for h in line.path[1:]))

    def line_at(self, start: int, end: int) -> Line | None:
        """The line that holds the span, or begins where it does."""
        best = None
        for line in self.lines:
            if line.start <= start and end <= line.end:
                return line
            if best is None and line.start < end and start < line.end:
                best = line
        return best

    def proof(self, start: int, end: int) -> Span:
        """The sentence or line that says what stands at ``start:end``, at most ``QUOTE_LIMIT`` characters."""
        line = self.line_at(start, end)
        begin, stop = (min(line.start, start), max(line.end, end)) if line else (start, end)
        if stop - begin > QUOTE_LIMIT:
            begin, stop = self._window(begin, stop, start, end)
        return Span(begin, stop)

    def around(self, line: Line, wanted: frozenset[str]) -> Span:
        """The part of a long line, at most ``QUOTE_LIMIT`` characters, that says most of the wanted stems."""
        if line.end - line.start <= QUOTE_LIMIT:
            return Span(line.start, line.end)
        text = self.document.text
        places = [(line.start + span.start, stem(token)) for token, span in token_spans(text[line.start : line.end])]
        starts = [line.start, *(at for at, s in places if s in wanted)]
        best, most = line.start, -1
        for at in starts:
            begin = max(line.start, min(at - 40, line.end - QUOTE_LIMIT))
            inside = [s for p, s in places if begin <= p < begin + QUOTE_LIMIT - 20]
            said = 2 * len(wanted.intersection(inside)) + any(s.isdigit() for s in inside)
            if said > most:
                best, most = begin, said
        begin = best
        while begin > line.start and not text[begin - 1].isspace():
            begin += 1
        stop = min(line.end, begin + QUOTE_LIMIT)
        while stop < line.end and stop > begin + 1 and not text[stop].isspace():
            stop -= 1
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        return Span(begin, stop)

    def _window(self, begin: int, stop: int, start: int, end: int) -> tuple[int, int]:
        """At most QUOTE_LIMIT characters around the span, cut between words."""
        text = self.document.text
        if end - start >= QUOTE_LIMIT:
            stop = start + QUOTE_LIMIT
            begin = start
        else:
            room = (QUOTE_LIMIT - (end - start)) // 2
            begin, stop = max(begin, start - room), min(stop, end + room)
        while begin > 0 and begin < start and not text[begin - 1].isspace():
            begin += 1
        while stop < len(text) and stop > begin + 1 and not text[stop].isspace() and stop > min(end, begin + QUOTE_LIMIT - 40):
            stop -= 1
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        return begin, stop

    def heading_at(self, offset: int) -> str:
        for section in self.sections:
            if section.start <= offset < section.end:
                return section.heading.lstrip("# ").strip()
        return ""
