"""Puts an answer together: sentences with markers, each with the quote that proves it, within the length allowed."""

from __future__ import annotations

import re
from datetime import date

from assistant.evidence import Line, Sheet
from assistant.prompts import say
from assistant.records import Citation, Language
from assistant.selection import announces_only
from corpus.records import Fact, Session, Span

LENGTH = 640
"""Characters of an answer, lists of programmes aside; what introduces it keeps it under 700."""

_MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
_ENGLISH_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def day(value: date, language: Language = "fr", year: bool = True) -> str:
    """A date as a person writes it.

    >>> day(date(2021, 9, 1)), day(date(2021, 9, 14), "en")
    ('1er septembre 2021', '14 September 2021')
    """
    if language == "en":
        return f"{value.day} {_ENGLISH_MONTHS[value.month - 1]}" + (f" {value.year}" if year else "")
    return f"{'1er' if value.day == 1 else value.day} {_MONTHS[value.month - 1]}" + (f" {value.year}" if year else "")


_OWN_LABEL = re.compile(r"[A-ZÀ-Ý][^:\n.!?]{2,40} : ?\S")
"""A line that says itself what it is about: "Modalités : présentiel"."""


def session_words(session: Session, language: Language, brief: bool = False) -> str:
    """A session in words; ``brief`` says once what both ends share.

    >>> session_words(Session(date(2027, 2, 9), date(2027, 2, 11)), "fr"), session_words(Session(date(2027, 4, 13), date(2027, 4, 14)), "fr", True)
    ('du 9 février 2027 au 11 février 2027', 'les 13 et 14 avril 2027')
    """
    if session.start and session.end:
        if session.start == session.end:
            return say("session_day", language, start=day(session.start, language))
        same_year = session.start.year == session.end.year
        if brief and same_year and session.start.month == session.end.month:
            first = str(session.start.day) if language == "en" or session.start.day > 1 else "1er"
            two = (session.end - session.start).days == 1
            return say("session_two" if two else "session_range", language, start=first, end=day(session.end, language))
        if brief and same_year:
            return say("session_range", language, start=day(session.start, language, year=False), end=day(session.end, language))
        return say("session_range", language, start=day(session.start, language), end=day(session.end, language))
    if session.start:
        return say("session_from", language, start=day(session.start, language))
    if session.end:
        return say("session_until", language, end=day(session.end, language))
    return session.label or ""


def short_title(title: str, limit: int = 90) -> str:
    """A title that fits into a sentence, cut between words."""
    title = re.sub(r"«\s*([^«»]*?)\s*»", r"“\1”", " ".join(title.split()))  # it is put between guillemets itself
    if len(title) <= limit:
        return title
    return title[:limit].rsplit(" ", 1)[0].rstrip(" ,;:-–") + "…"


class Draft:
    """An answer in the making. Markers are numbered in the order of first use; the same span keeps its marker."""

    def __init__(self, language: Language = "fr", limit: int = LENGTH) -> None:
        self.language = language
        self.limit = limit
        self.citations: list[Citation] = []
        self.pieces: list[str] = []
        self.focus: frozenset[str] = frozenset()
        """Stems of the question: of a line too long to be quoted, the part that says them is shown."""
        self._markers: dict[tuple[str, int, int], int] = {}

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()

    @property
    def left(self) -> int:
        return self.limit - len(self.text)

    def cite(self, sheet: Sheet, start: int, end: int, whole: bool = True) -> str:
        """The marker of the quote that proves ``start:end``; with ``whole`` the sentence or line around it is quoted."""
        span = sheet.proof(start, end) if whole else Span(start, end)
        key = (sheet.id, span.start, span.end)
        if key not in self._markers:
            number = len(self.citations) + 1
            self._markers[key] = number
            self.citations.append(
                Citation(
                    document=sheet.id,
                    quote=sheet.document.text[span.start : span.end],
                    start=span.start,
                    end=span.end,
                    marker=number,
                    title=sheet.title,
                    heading=sheet.heading_at(span.start),
                    page=sheet.document.page_at(span.start),
                )
            )
        return f"[{self._markers[key]}]"

    def fact(self, sheet: Sheet, fact: Fact) -> str:
        return self.cite(sheet, fact.start, fact.end)

    def add(self, text: str) -> None:
        """A sentence after what is there."""
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self.pieces.append(" ")
        self.pieces.append(text)

    def line(self, text: str) -> None:
        """A line of its own."""
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self.pieces.append("\n")
        self.pieces.append(text + "\n")

    def quote(self, sheet: Sheet, line: Line) -> str:
        """The line as it is shown with its marker, cut where it is longer than a quote may be."""
        span = sheet.around(line, self.focus)
        shown = " ".join(sheet.document.text[span.start : span.end].split())
        before, cut = "… " if span.start > line.start else "", "…" if span.end < line.end else ""
        return f"{before}{clean(shown)}{cut} {self.cite(sheet, span.start, span.end, whole=False)}"

    def lines(self, lead: str, sheet: Sheet, lines: list[Line]) -> int:
        """A lead and as many of the lines as fit; one line follows its lead directly. Returns how many were said."""
        if not lines:
            return 0
        if len(lines) == 1:
            shown = self.quote(sheet, lines[0])
            self.add(shown if _OWN_LABEL.match(shown) and lead.endswith(":") else f"{lead} {shown}")
            return 1
        self.line(lead)
        said = 0
        lines = [line for n, line in enumerate(lines) if not announces_only(line, lines[n + 1 :])]
        for line in lines:
            if said and len(line.plain) + 8 > self.left:
                continue
            self.line(f"- {self.quote(sheet, line)}")
            said += 1
        return said

    def finished(self) -> tuple[str, tuple[Citation, ...]]:
        """The text and its citations; a citation that no marker of the text names is left out, numbers stay."""
        text = self.text
        return text, tuple(c for c in self.citations if f"[{c.marker}]" in text)


def clean(text: str) -> str:
    """Text of a document as it is shown: no Markdown, no markers of its own that could pass for ours."""
    text = re.sub(r"[*_`]{2,}|^#+\s*", "", text)
    text = re.sub(r"\[(\d{1,3})\]", r"(\1)", text)
    return re.sub(r"!?\[([^\]]*)\]\((?:[^)\s]*)\)", r"\1", text).strip(" |")
