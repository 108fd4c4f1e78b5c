"""The courses of a page that holds several: a plan of training ("Fiche 12 : ..."), a page of a catalogue.

A line that names a course and is followed by two fields or more (Public, Durée, Dates, Coût ...) opens its section,
where at least one other course of the page has the same fields. What stands in the section is said of that course only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.facts.layout import View
from corpus.facts.segments import Segment
from corpus.facts.series import listed
from corpus.facts.topics import Topic, bare, topic_of
from corpus.records import Course

_CORE: frozenset[Topic | None] = frozenset({"price", "audience", "duration", "sessions", "location", "capacity"})
_FIELDS: frozenset[Topic | None] = _CORE | {"prerequisites", "code", "objectives", "content", "mode"}
_SHARED = 2
"""So many fields must another section have too: one is met twice on many a sheet."""
_NEAR = 3
"""Lines that may stand between a name that nothing marks as a heading and its first field: a code, a sentence."""
_FAR = 12
"""Lines between a heading and its first field: what the course is about."""
_LONGEST = 140
_MARKED = re.compile(
    r"(?:(?P<form>fiche)|formation|stage|module|action|atelier|cycle|parcours|seminaire|session|theme|bloc|sequence|unite|cours|programme|dispositif)"
    r"s? ?(?:n ?[°o]\.? ?)?(?:\d{1,3}(?:\.\d{1,2})?|[a-z]|[ivx]{1,4}) ?[:–—.|)-]+ ?(?=\W*\w{2})"
)
_NO_NAME = re.compile(r"[@€☎]|https?:|www\.|\b0\d(?:[ .]\d\d){4}|\d ?(?:euros?|f ?cfp|xpf)\b|^\W*[\d/ .:]+$")
_CODE = re.compile(r"\W*(?:[Rr][eé]f(?:[eé]rence|\.)?|[Cc]ode|[Nn]°|[A-Z]{2,}[ -]?(?=\d))[ .:]*[\w./-]*\d[\w./ -]*$")
_FLAT = frozenset({"text", "pdf", "beir"})


@dataclass(slots=True)
class _Group:
    """A line that may name a course (none at the top of the page) and the fields that follow it."""

    name: Segment | None
    line_end: int = 0
    fields: list[Segment] = field(default_factory=list)

    @property
    def topics(self) -> set[Topic | None]:
        return {s.topic for s in self.fields}


def courses(view: View, foreign: Sequence[tuple[int, int]] = ()) -> tuple[Course, ...]:
    """The courses of the page with the places of their sections, in order; none where the page is about one course.

    The course that gives the page its title has no section: what is said of it is said of the page.
    """
    by_fields, by_series = _with_fields(view, foreign), tuple(c for c in listed(view) if not any(a <= c.start < b for a, b in foreign))
    return by_series if len(by_series) > max(len(by_fields), 1) else by_fields


def _with_fields(view: View, foreign: Sequence[tuple[int, int]]) -> tuple[Course, ...]:
    """The courses whose fields have the same names."""
    openings = [i for i, s in enumerate(view.segments) if s.topic in _FIELDS and _opens(s) and not any(a <= s.start < b for a, b in foreign)]
    if len(openings) < 2 * _SHARED or not _repeats(view, openings):
        return ()
    groups = _groups(view, openings)
    kept = [g for g in groups if g.name and any(o is not g and _alike(g, o) for o in groups)]
    title = bare(view.document.title)
    named = [g for g in kept if g.name and not _same(bare(_words(view, g.name, g.line_end)), title)]
    if not named or len(kept) + (groups[0].name is None and groups[0] not in kept) < 2:
        return ()
    found = []
    for group in named:
        assert group.name is not None
        following = next((g.name.start for g in kept if g.name and g.name.start > group.name.start), len(view.text))
        others = set().union(*(_all_topics(view, g, kept) for g in kept if g is not group)) or group.topics
        end = _end(view, group, following, others, kept)
        end = min([end, *(a for a, _ in foreign if a > group.name.start)])
        found.append(Course(_shown(view, group), group.name.start, end))
    return tuple(found)


def _opens(segment: Segment) -> bool:
    return segment.keyed or (segment.kind == "heading" and topic_of(segment.heading) == segment.topic)


def _repeats(view: View, openings: Sequence[int]) -> bool:
    """Whether fields come back: on a sheet about one course most stand once."""
    seen: set[tuple[Topic | None, int]] = {(view.segments[i].topic, view.segments[i].line) for i in openings}
    topics = [topic for topic, _ in seen]
    return sum(topics.count(topic) > 1 for topic in set(topics)) >= _SHARED


def _groups(view: View, openings: Sequence[int]) -> list[_Group]:
    groups = [_Group(None)]
    previous = -1
    for index in openings:
        segment = view.segments[index]
        named = _name_above(view, index, previous)
        if named is not None:
            name = view.segments[named]
            groups.append(_Group(name, _line_end(view, named)))
        groups[-1].fields.append(segment)
        previous = index
    return [g for g in groups if g.fields]


def _name_above(view: View, index: int, previous: int) -> int | None:
    """The segment that names the course whose first field may stand at ``index``; ``previous`` is the field before that."""
    segments = view.segments
    field_line = segments[index].line
    best: int | None = None
    at = index - 1
    while at > previous and field_line - segments[at].line <= _FAR:
        segment = segments[at]
        if segment.line == field_line:
            at -= 1
            continue
        if _is_barrier(segment):
            break
        kind = _names(view, at)
        distance = field_line - segment.line
        if kind == "heading" and (distance <= _NEAR or _deeper(view, segment, segments[index])):
            return best if best is not None and view.document.format in _FLAT else at
        if kind == "marked" and distance <= _NEAR:
            return at
        if kind == "plain" and best is None and distance <= _NEAR and not (at and _is_value(segments[at - 1])):
            best = at
        at -= 1
    return best


def _is_barrier(segment: Segment) -> bool:
    """Whether a name further up cannot be that of the field: another field or section stands between."""
    return segment.keyed or segment.cell >= 0 or (segment.kind == "heading" and topic_of(segment.heading) is not None and not _is_marked(segment))


def _is_marked(segment: Segment) -> bool:
    return bool(_MARKED.match(bare(segment.heading)))


def _is_value(above: Segment) -> bool:
    """Whether the line below this one is its value."""
    return above.kind == "heading" and above.topic is not None and (above.keyed or topic_of(above.heading) is not None)


def _deeper(view: View, name: Segment, below: Segment) -> bool:
    """Whether a field's heading stands below the name's, as far as the format tells."""
    if view.document.format in _FLAT:
        return False
    levels = {b.start: b.level for b in view.document.blocks if b.kind == "heading"}
    own, other = levels.get(name.value_start, 0), levels.get(below.value_start, levels.get(below.start, 7))
    return 0 < own < other


def _names(view: View, at: int) -> str | None:
    """Whether the line reads as the name of a course, and by what: "heading", "marked" ("Module 3 – ...") or "plain"."""
    segments = view.segments
    segment = segments[at]
    if segment.keyed or segment.cell >= 0 or (at and segments[at - 1].line == segment.line):
        return None
    end = _line_end(view, at)
    words = view.text[segment.start : end].strip()
    clean = words.strip(" #*_")
    if not 4 <= len(clean) <= _LONGEST or clean[-1] in ".,;:" or _NO_NAME.search(view.folded, segment.start, end) or _CODE.match(clean):
        return None
    if _MARKED.match(bare(clean)):
        return "marked"
    if segment.key or (":" in clean.removesuffix(":") and len(clean.split(":")[0].split()) < 2):
        return None
    if segment.kind == "heading":
        return "heading"
    if segment.kind != "paragraph" or not (clean[0].isupper() or clean[0] in '«"“') or len(clean.split()) < 2:
        return None
    apart = at == 0 or view.text.count("\n", segments[at - 1].end, segment.start) >= 2
    return "plain" if apart or (clean.isupper() and len(clean.split()) >= 2) else None


def _line_end(view: View, at: int) -> int:
    line = view.segments[at].line
    end = view.segments[at].end
    for segment in view.segments[at + 1 : at + 12]:
        if segment.line != line:
            break
        end = segment.end
    return end


def _alike(one: _Group, other: _Group) -> bool:
    shared = one.topics & other.topics
    return len(shared) >= _SHARED and bool(shared & _CORE)


def _words(view: View, name: Segment, end: int) -> str:
    return " ".join(view.text[name.start : end].split()).strip(" #*_:")


def _same(name: str, title: str) -> bool:
    return name == title or (len(title) > 12 and (name.endswith(title) or (title.endswith(name) and len(name) > 12)))


def _shown(view: View, group: _Group) -> str:
    """The name, without what only counts the sheets: "Fiche 13 : Gestes d'urgence" -> "Gestes d'urgence"."""
    assert group.name is not None
    words = _words(view, group.name, group.line_end)
    folded = view.folded[group.name.start : group.line_end]
    lead = len(folded) - len(folded.lstrip(" #*_"))
    marked = _MARKED.match(folded, lead)
    return " ".join(view.text[group.name.start + marked.end() : group.line_end].split()).strip(" #*_:") if marked and marked["form"] else words


def _all_topics(view: View, group: _Group, kept: Sequence[_Group]) -> set[Topic | None]:
    """Every topic that a section opens, the contacts and deadlines too."""
    assert group.name is not None
    until = next((g.name.start for g in kept if g.name and g.name.start > group.name.start), None)
    if until is None:
        return group.topics
    return {s.topic for s in _between(view, group.name.start, until) if _opens(s)}


def _between(view: View, start: int, end: int) -> Iterator[Segment]:
    for segment in view.segments[view.index_at(start) :]:
        if segment.start >= end:
            return
        if segment.start >= start:
            yield segment


def _end(view: View, group: _Group, following: int, others: set[Topic | None], kept: Sequence[_Group]) -> int:
    """Where the section ends: at the next one, at a heading as high as its own, else where the page speaks of something else again."""
    assert group.name is not None
    levels = {b.start: b.level for b in view.document.blocks if b.kind == "heading"}
    own = levels.get(group.name.value_start, 0) if view.document.format not in _FLAT else 0
    is_last = group is kept[-1]
    last = group.name
    previous = group.name
    for segment in _between(view, group.name.start + 1, following):
        if own and (level := levels.get(segment.value_start, levels.get(segment.start, 0))) and level <= own and segment.start > group.line_end:
            return segment.start
        if not own and is_last and segment.start > group.line_end and view.text.count("\n", previous.end, segment.start) >= 2:
            below = [s for s in _between(view, segment.start, following) if _opens(s)]
            if last is not group.name and not _is_value(previous) and not any(s.topic in others for s in below):
                return segment.start
        if segment.topic in _FIELDS and _opens(segment):
            last = segment
        previous = segment
    return following
