"""Courses that a page lists by number, by code or under headings of one rank, whose facts have no names of their own.

"INT-03 HABILITATION ÉLECTRIQUE", then "2 jours, 22 et 23 mars, 310 € par agent": what tells these from the sections of one
course is that each has its own length, dates, price or group; what tells them from its modules is how they are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.facts.layout import View
from corpus.facts.segments import Segment
from corpus.facts.topics import bare, strict_topic_of, topic_of
from corpus.readers.naming import AMOUNT, is_name, shown
from corpus.records import Course, Fact, Text

_LONGEST = 140
_CODE = r"(?=[0-9./_-]*[A-Z])[A-Z0-9]{1,8}(?:[-/._ ]?[0-9]{1,8})?(?:[-/._][A-Z0-9]+)*"
_NUMBERED = re.compile(r"(?:n° ?)?(\d{1,2}\.\d{1,2})[ \t]*[.:–—|-]?[ \t]+(?=[«\"“]?[^\W\d_]{2})")
_CODED = re.compile(
    rf"(?:(?:[Rr][ée]f(?:[ée]rence)?|[Cc]ode|[Nn]°)[ .:°]*)?(?=\S{{0,8}}\d)({_CODE})[ \t]*(?:[.:–—|-][ \t]*|[ \t]+)(?=[«\"“]?[^\W\d_]{{2}})"
)
_CODED_AFTER = re.compile(rf"\S[ \t]+[–—|(·-][ \t]*(?=[^\s]*\d\d)({_CODE})\)?$")
_CALLED = re.compile(
    r"(?P<word>fiche|formation|stage|action|atelier|cycle|parcours|seminaire|cours|programme|dispositif|session|module|bloc|sequence|unite|ue"
    r"|jour|journee|semaine|theme|etape|partie|volet|niveau|groupe|promotion|axe|annee|semestre|jalon|phase|temps)s?"
    r" ?(?:n ?[°o]\.? ?)?(?:\d{1,3}|[a-z]|[ivx]{1,4})\b"
)
_ORDINAL = re.compile(
    r"(?:premiere?|deuxieme|seconde?|troisieme|quatrieme|derniere?|autre) (?:temps|jour|journee|partie|session|module|annee|semestre|seance)"
)
_CALLED_FIRST, _ORDINAL_FIRST = frozenset("fsacpdmbujtevngx"), frozenset("pdstqa")
_LENGTH = re.compile(r"\((?:[^()]*\b)?\d[^()]*(?:jours?|heures?|h|semaines?)\)$")
_PARTS = frozenset({
    "session", "module", "bloc", "sequence", "unite", "ue", "jour", "journee", "semaine", "theme", "etape", "partie", "volet", "niveau", "groupe",
    "promotion", "axe", "annee", "semestre", "jalon", "phase", "temps",
})  # fmt: skip
"""What is counted inside one course."""
_SIGNS = (
    re.compile(r"\b(?:\d+(?:[.,]\d+)?|une?|deux|trois|quatre|cinq|six|demi)[ -]?(?:jours?|journees?|h|heures?|demi-journees?|semaines?|mois)\b"),
    re.compile(
        r"\b\d{1,2}(?:er)? (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    ),
    re.compile(r"\d ?(?:€|euros?\b|f ?cfp\b|xpf\b)|\bgratuit|\bsans frais\b|\bpris en charge\b"),
    re.compile(r"\b\d+ (?:agents?|places?|participants?|stagiaires?|personnes?|inscrits?|auditeurs?)\b|\bgroupes? (?:de|limite)\b"),
)
_MARKS = frozenset(".)/°-")
_BULLETS = "#*_ \t\r\u00a0•●■□◦▪►▶→➢"
_FLAT = frozenset({"text", "pdf", "beir"})
_ENDS = frozenset({"contact", "registration", "practical", "deadline", "other", "accessibility", "funding"})
"""Sections of the page below the last course."""


@dataclass(slots=True)
class _Name:
    start: int
    end: int
    form: str
    words: str
    marked: bool
    """By a number or a code, not by its rank or its capitals alone."""
    bare: bool = False
    """Without number and code already."""

    @property
    def shown(self) -> str:
        return self.words if self.bare else shown(self.words)


def listed(view: View) -> tuple[Course, ...]:
    """The courses of the page with the places of their sections, in order; none where it does not list several."""
    forms: dict[str, list[_Name]] = {}
    for name in _names(view):
        forms.setdefault(name.form, []).append(name)
    best: list[tuple[_Name, int]] = []
    for alike in forms.values():
        # Most lines share their form with no other: only of those that do is it asked whether they read as names.
        same = [name for name in alike if name.marked or _reads_as_name(name.words)] if len(alike) > 1 else alike
        if len(same) < 2:
            continue
        sections = list(zip(same, _ends(view, same), strict=True))
        kept = [(name, end) for name, end in sections if _is_course(view, name, end)]
        if len(kept) >= 2 and len(kept) * 3 >= len(same) * 2 and len(kept) > len(best):
            best = kept
    title = bare(view.document.title)
    return tuple(Course(name.shown, name.start, end) for name, end in best if bare(name.shown) != title)


def codes(view: View, courses: Sequence[Course]) -> Iterator[Fact]:
    """The codes that stand before or behind the name of a course, or of the page: "Analyse des coûts — 4FI-230"."""
    title = view.text.find(view.document.title, 0, 6000)
    for start in dict.fromkeys((*([title] if title >= 0 else []), *(course.start for course in courses))):
        line = view.text.rfind("\n", 0, start) + 1
        stop = view.text.find("\n", start)
        words = view.text[line : len(view.text) if stop < 0 else stop].rstrip(" *#_")
        lead = len(words) - len(words.lstrip(" *#_-"))
        found = _CODED.match(words, lead) or _CODED_AFTER.search(words)
        if found and sum(c.isdigit() for c in found[1]) > 1 and len(found[1]) > 4:
            yield Fact("code", Text(found[1]), found[1], line + found.start(1), line + found.end(1))


def _names(view: View) -> Iterator[_Name]:
    """The lines apart that may name a course of several, each with the form that such names share."""
    levels = {b.start: b.level for b in view.document.blocks if b.kind == "heading"} if view.document.format not in _FLAT else {}
    previous: Segment | None = None
    for at, segment in enumerate(view.segments):
        above, previous = previous, segment
        if above is not None and (above.line == segment.line or (not levels and view.text.count("\n", above.end, segment.start) < 2)):
            continue
        if segment.cell >= 0 or (segment.keyed and segment.topic not in ("modules", "code")):
            continue
        end = _line_end(view, at)
        if end - segment.start > 2 * _LONGEST:
            continue
        words = view.text[segment.start : end].strip(_BULLETS)
        if not 6 <= len(words) <= _LONGEST or words[-1] in ".,;:?" or "@" in words or "€" in words:
            continue
        if name := _named(view, segment, words, end, levels.get(segment.value_start, levels.get(segment.start, 0))):
            yield name


def _named(view: View, segment: Segment, words: str, end: int, level: int) -> _Name | None:
    folded = view.folded[segment.start : end].lstrip("#*_ ")
    # Only a line that may be numbered ("2) Module B") has to be bared first.
    first = folded[:1]
    called = _CALLED.match(folded) if first in _CALLED_FIRST else None
    if called is None and not _MARKS.isdisjoint(folded[:6]):
        called = _CALLED.match(bare(words))
    if (called and called["word"] in _PARTS) or (first in _ORDINAL_FIRST and _ORDINAL.match(folded)):
        return None
    if numbered := _NUMBERED.match(words):
        return _Name(segment.start, end, "n.n", words[numbered.end() :], True, True)
    if coded := _CODED.match(words):
        return _Name(segment.start, end, "code " + re.sub(r"\d.*", "", coded[1]), words[coded.end() :], True, True)
    if (words[-1].isdigit() or words[-1].isupper() or words[-1] == ")") and (after := _CODED_AFTER.search(words)):
        return _Name(segment.start, end, "code after", words[: after.start() + 1].rstrip(" –—|(·-"), True, True)
    if called:
        return _Name(segment.start, end, f"called {called['word']}", words, True)
    form = _form(view, segment, words, end, level)
    return None if form is None else _Name(segment.start, end, form, words, False)


def _reads_as_name(words: str) -> bool:
    return len(words.split()) >= 3 and strict_topic_of(words) in (None, "published") and is_name(words)


def _form(view: View, segment: Segment, words: str, end: int, level: int) -> str | None:
    """What makes a line without number or code stand out, as the names of courses do; None where nothing does."""
    if segment.topic in (None, "published"):
        if not level and _LENGTH.search(view.folded[segment.start : end].rstrip(" *_")):
            return "with its length"
        if level > 1:
            return f"h{level}"
    below = view.folded[end + 1 : end + 80]
    if segment.topic is None and not level and not below.startswith("\n") and AMOUNT.match(below.lstrip(" -•*")):
        return "above its length"
    return "capitals" if words.isupper() and view.document.format in _FLAT else None


def _line_end(view: View, at: int) -> int:
    stop = view.text.find("\n", view.segments[at].start)
    return len(view.text) if stop < 0 else stop


def _ends(view: View, names: Sequence[_Name]) -> Iterator[int]:
    """Where the section of each name ends: at the next one; the last one has as many paragraphs as the longest of the others."""
    text = view.text
    paragraphs = 1
    for name, following in pairwise(names):
        paragraphs = max(paragraphs, len(re.findall(r"\n[ \t]*\n", text[name.start : following.start].rstrip())) + 1)
        yield following.start
    last = names[-1]
    end = len(text)
    for count, gap in enumerate(re.finditer(r"\n[ \t]*\n", text[last.end :]), 1):
        if count >= paragraphs:
            end = last.end + gap.start()
            break
    for segment in view.segments[view.index_at(last.end) :]:
        if segment.start >= end:
            break
        if (
            segment.start > last.end
            and (segment.keyed or segment.kind == "heading")
            and segment.topic in _ENDS
            and topic_of(segment.heading or segment.key)
        ):
            end = segment.start
    yield end


def _is_course(view: View, name: _Name, end: int) -> bool:
    """Whether what stands below the name has facts of its own, as a course has."""
    body = view.folded[name.start : min(end, name.end + 1500)]
    if not name.marked:
        return bool(_SIGNS[0].search(body) and (_SIGNS[1].search(body) or _SIGNS[2].search(body)))
    found = 0
    for sign in _SIGNS:
        found += bool(sign.search(body))
        if found == 2:
            return True
    return False
