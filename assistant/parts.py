"""A page that holds several courses: each course as a sheet of its own, and the page as a whole.

A course takes what stands in its section, and of the page only whom to ask and how to register: what its neighbours
cost or last is never its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from assistant.evidence import Line, Sheet
from assistant.kin import kin
from assistant.selection import section_lines
from assistant.wording import GENERIC
from corpus.french import fold, is_stop_word, tokens
from corpus.records import Course, Document, Duration, Fact, FieldName, Price, Programme, Session

_OF_THE_PAGE: tuple[FieldName, ...] = ("contact", "registration")
"""Said once at the foot of a page for all of its courses."""


def part_id(document: str, number: int) -> str:
    """How the ``number``-th course of a document is called inside ``assistant``; no document of a catalogue has the name."""
    return f"{document}\x1f{number}"


def is_part(document: str) -> bool:
    return "\x1f" in document


def document_of(document: str) -> str:
    """The document itself, or the one on whose page the course stands."""
    return document.partition("\x1f")[0]


def title_of(programme: Callable[[str], Programme], document: str) -> str:
    """The title of a document, or the name of a course of its page. Raises KeyError where ``programme`` does."""
    page, _, number = document.partition("\x1f")
    found = programme(page)
    return found.courses[int(number)].name if number and int(number) < len(found.courses) else found.title


def part_programme(programme: Programme, course: Course, number: int) -> Programme:
    """The course as a programme: its own facts, their labels without its name, and those of the page for contact and registration."""
    own = [_unlabelled(f, course) for f in programme.facts if course.start <= f.start < course.end]
    said = {f.field for f in own}
    page = [f for f in programme.facts if programme.course_of(f.start) is None]
    own += [f for f in page if (f.field in _OF_THE_PAGE and f.field not in said) or (f.field == "provider" and "provider" not in said)]
    return replace(programme, document=part_id(programme.document, number), title=course.name, facts=tuple(own), courses=())


def whole_programme(programme: Programme) -> Programme:
    """The page itself: what it says of itself comes before what its courses say, field by field."""
    general = {f.field for f in programme.facts if programme.course_of(f.start) is None}
    kept = tuple(f for f in programme.facts if f.field not in general or programme.course_of(f.start) is None)
    return replace(programme, facts=kept)


def course_asked(programme: Programme, folded: str) -> int | None:
    """The place of the one course of a page whose name a question (folded) says best: two of its words, or all of a short name."""
    if len(programme.courses) < 2:
        return None
    asked = {kin(t) for t in tokens(folded) if not is_stop_word(t) and t not in GENERIC}
    names = [{kin(t) for t in tokens(c.name) if not is_stop_word(t) and t not in GENERIC} for c in programme.courses]
    everywhere = {w for w in set().union(*names) if sum(w in name for name in names) * 2 > len(names)}
    said = [len((name - everywhere) & asked) for name in names]
    best = max(said)
    enough = best >= 2 or (best == 1 and len(names[said.index(best)] - everywhere) <= 2)
    return said.index(best) if enough and said.count(best) == 1 else None


def _unlabelled(fact: Fact, course: Course) -> Fact:
    value = fact.value
    if not isinstance(value, Price | Duration | Session) or not value.label or not fold(value.label).startswith(fold(course.name)):
        return fact
    return replace(fact, value=replace(value, label=value.label[len(course.name) :].lstrip(" ,:") or None))


class CourseSheet(Sheet):
    """One course of a page; its quotes stand in the page, at the page's offsets."""

    def __init__(self, document: Document, programme: Programme, number: int) -> None:
        self.course = programme.courses[number]
        super().__init__(document, part_programme(programme, self.course, number))
        self._page = Sheet(document, programme)
        self._others = tuple(c for c in programme.courses if c is not self.course)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for line in self._page.lines if self._within(line))

    @cached_property
    def body(self) -> tuple[Line, ...]:
        page = [line for line in self._page.body if not self._within(line) and not self._elsewhere(line.start)]
        kept = section_lines(self._page, ("contact", "registration", "deadline"))
        places = {line.start for line in kept}
        return (*super().body, *(line for line in page if line.start in places))

    def _within(self, line: Line) -> bool:
        return self.course.start <= line.start < self.course.end

    def _elsewhere(self, start: int) -> bool:
        return any(c.start <= start < c.end for c in self._others)

    def line_at(self, start: int, end: int) -> Line | None:
        return self._page.line_at(start, end)

    @cached_property
    def own_text(self) -> str:
        """The text without its neighbours, for telling what is said of the course."""
        text, at, kept = self.document.text, 0, []
        for other in self._others:
            kept.append(text[at : other.start])
            at = max(at, other.end)
        return "\n".join((*kept, text[at:]))

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(tokens(f"{self.title} {self._page.title} {self.own_text}"))

    @cached_property
    def folded(self) -> str:
        return fold(self.own_text)


def parts_of(programme: Programme) -> Sequence[Programme]:
    """The courses of a page as programmes, in its order."""
    return tuple(part_programme(programme, course, n) for n, course in enumerate(programme.courses))
