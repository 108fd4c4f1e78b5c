"""Dates: sessions, deadlines and the document's own date.

A date written in full is read as such; one without its year takes it from what stands near (a year in its heading, the
school year, the last date before it) and is then deduced; without any, the session keeps its words and no bounds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from corpus.facts.labels import row_label, row_place
from corpus.facts.layout import View
from corpus.facts.moments import WEEKDAY, Moment, moments_of
from corpus.facts.roles import OPENING, RENTREE, Role, role_of
from corpus.facts.segments import Segment
from corpus.french import fold
from corpus.records import Fact, Session, Status


@dataclass(frozen=True, slots=True)
class Dates:
    """What the dates of a document are: its sessions, the sentences of its deadlines, its own date."""

    sessions: tuple[Fact, ...]
    deadlines: tuple[Fact, ...]
    published: Fact | None


def dates(view: View) -> Dates:
    """Reads all dates of the document and tells sessions, deadlines and its own date apart."""
    moments = list(islice(moments_of(view), _MOST))
    if not moments:
        return Dates((), (), None)
    years = _Years(view, moments)
    sessions: list[Fact] = []
    deadlines: list[Fact] = []
    published: Fact | None = None
    index = 0
    above: tuple[Moment, Segment] | None = None
    while index < len(moments):
        group = _group(view, moments, index)
        index += len(group)
        segment = view.at(group[0].start)
        if segment is None:
            continue
        role: Role = role_of(view, segment, group)
        if role == "none" and above and above[1] is segment and group[0].exact and _LISTED.fullmatch(view.folded, above[0].end, group[0].start):
            role = "session"  # "le 19 janvier ou le 9 février", "14 janvier, 11 février et 18 mars"
        above = (group[-1], segment) if role == "session" else None
        if role == "published" and published is None:
            published = _published(view, group[0], years)
        elif role == "deadline":
            deadlines.append(_deadline(view, segment, group))
        elif role == "session":
            session = _session(view, segment, group, years)
            closed = _closed(view, segment, sessions[-1], session) if sessions and len(group) == 1 else None
            if closed:
                sessions[-1] = closed
            else:
                sessions.append(session)
    return Dates(tuple(_unframed(sessions)), tuple(deadlines), published)


_LISTED = re.compile(
    r"(?: ?\([^()]{1,40}\))?(?: (?:a|au|en) [^.,;:\n\d]{2,30})? ?(?:,|;|/|·|•|ou|et|puis|ou bien)(?: (?:le|les|du|et|ou))* ?(?:[a-z]+di )?"
)
_LONG = 60


def _unframed(sessions: list[Fact]) -> list[Fact]:
    """The sessions without the months that only frame them: "21 jours de mars 2027 à janvier 2028", then the days of each."""
    days = [f.value for f in sessions if isinstance(f.value, Session)]
    kept = []
    for fact, own in zip(sessions, days, strict=True):
        if fact.status == "deduced" and own.start and own.end and (own.end - own.start).days > _LONG:
            inside = [o for o in days if o is not own and o.start and o.end and own.start <= o.start and (o.end - o.start).days <= _LONG]
            if sum(o.start <= own.end for o in inside if o.start) >= 2 and not _DAY_OF_MONTH.search(fact.text):
                continue
        kept.append(fact)
    return kept


_DAY_OF_MONTH = re.compile(r"\b(?:1er|\d{1,2})\b(?! ?h)")


def is_over(session: Session, today: date) -> bool:
    """Whether the session has ended: its last known day is before ``today``; a session without bounds is not known to be."""
    last = session.end or session.start
    return last is not None and last < today


_GROUP_GAP = re.compile(
    rf"\s*\(?(?:,? ?(?:a )?\d{{1,2}} ?h(?: ?\d{{2}})?\)?)?,?\s*(?P<word>jusqu.au|jusqu.en|au|a|-|→|>|et|puis|/)\s*(?:le |du |les |jusqu.au |en |"
    rf"fin )?{WEEKDAY}$"
)
_BETWEEN = re.compile(r"\bentre(?: le)?\s*(?:lundi |mardi |mercredi |jeudi |vendredi )?$")
_COMMA = re.compile(r", ?(?:le |les )?")
_MOST = 5000
_NEAR = 15
"""Two single days joined by "et" belong to one session when they are at most so many days apart."""


def _group(view: View, moments: Sequence[Moment], index: int) -> list[Moment]:
    """The moment at ``index`` and those joined to it: "du 28 novembre au 2 décembre 2025", "les 12 et 13 juin puis le 4 juillet"."""
    group = [moments[index]]
    while index + 1 < len(moments):
        one, other = moments[index], moments[index + 1]
        gap = view.folded[one.end : other.start]
        if len(gap) > 30 or "\n" in gap or view.at(one.start) is not view.at(other.start):
            break
        joined = _GROUP_GAP.match(gap)
        between = _BETWEEN.search(view.folded, max(0, one.start - 24), one.start)
        listed = (
            index > 0 and one.first == one.last and other.first == other.last and _COMMA.fullmatch(view.folded, moments[index - 1].end, one.start)
        )
        if not joined or listed or (joined["word"] in ("et", "/") and not between and not _same_session(one, other)):
            break
        index += 1
        group.append(other)
    return group


def _same_session(one: Moment, other: Moment) -> bool:
    if one.first != one.last and other.first != other.last:
        return False
    months = other.first[0] - one.last[0] + 12 * ((other.year or 0) - (one.year or other.year or 0))
    days = months * 30 + (other.first[1] or 1) - (one.last[1] or 1)
    return 0 <= days <= _NEAR


class _Years:
    """The year of a date that does not write it."""

    def __init__(self, view: View, moments: Sequence[Moment]) -> None:
        self.view = view
        self.written = [m for m in moments if m.year]
        self.starts = [m.start for m in self.written]
        self.stated = [(m.start(), int(m.group(1)), bool(m.group(2))) for m in view.at_numbers(_A_YEAR)]
        self.at = [s[0] for s in self.stated]

    def of(self, moment: Moment) -> int | None:
        """The year written, that of the next date of the same list, or the year or school year stated last before."""
        if moment.year:
            return moment.year
        following = bisect_left(self.starts, moment.start)
        if following < len(self.starts):
            later = self.written[following]
            gap = self.view.text[moment.end : later.start]
            if len(gap) < 120 and "\n" not in gap and later.year:
                return later.year if moment.last[0] <= later.first[0] else later.year - 1
        index = bisect_left(self.at, moment.start) - 1
        if index >= 0 and moment.start - self.at[index] < 3000:
            _, year, school = self.stated[index]
            return year + 1 if school and moment.first[0] < 8 else year
        return None


_A_YEAR = re.compile(r"(?<![\d/.,€-])(20[012]\d)(?:( ?[-/] ?(?:20)?\d\d)\b)?(?![\d.,]\d|[/.-]\d| ?(?:€|euros|f cfp|xpf|heures|places))")


def _bounds(group: Sequence[Moment], years: _Years) -> tuple[date | None, date | None, bool]:
    """First and last day, and whether anything was deduced."""
    last_year = years.of(group[-1])
    deduced = any(m.year is None or not m.exact for m in group)
    year = last_year
    first, last = group[0], group[-1]
    first_year = first.year or (year - 1 if year and first.first[0] > last.last[0] else year)
    if year is None or first_year is None or (first.only_year and len(group) == 1):
        return None, None, True
    # "du 3 au 5 mars 2025": the year stands once, at the end, and counts as written for both.
    if last.year and all(m.exact for m in group) and first_year == last.year:
        deduced = False
    start = _day(first_year, *first.first, end=False)
    end = _day(year, *last.last, end=True)
    if start and end and end < start:
        return start, None, True
    return start, end, deduced


def _day(year: int, month: int, day: int | None, end: bool) -> date | None:
    last = monthrange(year, month)[1]
    if day is None:
        day = last if end else 1
    return date(year, month, min(day, last))


_LEADING = re.compile(rf"\b(?:du|entre le|entre|les|le|de|a partir du|a compter du|des le|a partir de|en)\s+{WEEKDAY}$")
_OPEN_START = re.compile(
    r"\b(?:a partir d\w+|a compter d\w+|des|debut\w*(?: le)?|demarr\w+(?: le)?|commenc\w+(?: le)?|rentree(?: le| de| en)?|depuis|"
    r"ouverture\w*(?: le)?|lancement(?: le)?)\s*:?\s*(?:le |du )?(?:lundi |mardi |mercredi |jeudi |vendredi )?$"
)


def _session(view: View, segment: Segment, group: Sequence[Moment], years: _Years) -> Fact:
    start, end = group[0].start, group[-1].end
    before = view.folded[max(segment.start, start - 40) : start]
    first, last, deduced = _bounds(group, years)
    single = len(group) == 1 and group[0].first == group[0].last
    if not group[0].exact and group[0].first[1] is not None and len(group) == 1:
        last = None  # "mi-mars": about when it starts, not when it ends
    if single and (
        ((_OPEN_START.search(before) or OPENING.search(before)) and group[0].exact)
        or (group[0].exact and _HEADED_START.match(fold(segment.heading)) and segment.kind != "row")
        or (RENTREE.search(before) and (group[0].exact or segment.topic != "sessions"))
    ):
        last = None
    if lead := _LEADING.search(before):
        start -= len(before) - lead.start()
    words = " ".join(view.text[start:end].split())
    label = _session_label(view, segment, group) or (words if deduced or _has_gaps(view, group, first, last) else None)
    return Fact("sessions", Session(first, last, label), view.text[start:end], start, end, "deduced" if deduced else "extracted")


def _has_gaps(view: View, group: Sequence[Moment], first: date | None, last: date | None) -> bool:
    """Whether days lie between those that are named: "15-16 mars et 12 avril" is no run of a month, and its words say so."""
    named = view.folded[group[0].start : group[-1].end]
    days = len(_DAY_OF_MONTH.findall(_YEARS.sub("", named)))
    between = _BETWEEN.search(view.folded, max(0, group[0].start - 24), group[0].start)
    return bool(first and last and not between and _AND.search(named) and (last - first).days >= max(days, 2))


_YEARS = re.compile(r"\b20\d\d\b")
_AND = re.compile(r"\bet\b|\bpuis\b|,|&")
_HEADED_START = re.compile(r"(?:date de )?(?:la |les )?(?:rentree|debut|demarrage)s?\b(?! et fin)")
_CLOSING = re.compile(r"\bfin\b(?! des? (?:l.|la )?(?:inscription|candidature|preinscription))[^.;\n]{0,40}$")
_FAR = 160


def _closed(view: View, segment: Segment, opening: Fact, closing: Fact) -> Fact | None:
    """One session of a beginning ("Début : 3 août") and the end said after it ("Fin : 20 novembre"); None where they are not."""
    one, other = opening.value, closing.value
    if not (isinstance(one, Session) and isinstance(other, Session)) or closing.start - opening.end > _FAR:
        return None
    last = other.end or other.start
    if one.start is None or last is None or one.end not in (None, one.start) or last < one.start:
        return None
    if not _CLOSING.search(view.folded[max(segment.start, closing.start - 60) : closing.start]):
        return None
    words = view.text[opening.start : closing.end]
    status: Status = "deduced" if "deduced" in (opening.status, closing.status) else "extracted"
    label = one.label or (" ".join(words.split()) if status == "deduced" else None)
    return Fact("sessions", Session(one.start, last, label), words, opening.start, closing.end, status)


_LABEL = re.compile(
    r"((?:session|module|groupe|promotion|promo|cycle|jour|partie|séquence|phase|bloc|rentrée|regroupement|séminaire|"
    r"semaine)s?(?: n°)? ?(?:\d{1,2}|[A-Z]\b|[IVX]+\b|automne|printemps)?)\s*[:–—(,-]*\s*(?:du|le|les|de|en)?\s*$",
    re.I,
)


def _session_label(view: View, segment: Segment, group: Sequence[Moment]) -> str | None:
    if segment.key and segment.topic != "deadline" and not segment.keyed:
        return segment.key[:80]
    left = view.text[max(segment.start, group[0].start - 60) : group[0].start]
    if (match := _LABEL.search(left)) and (
        any(c.isdigit() for c in match.group(1)) or " " in match.group(1).strip() or match.group(1).lower() == "rentrée"
    ):
        return " ".join(match.group(1).split())
    if segment.key and any(c.isdigit() for c in segment.key):
        return segment.key[:80]
    if segment.cell < 0:
        return None
    parts = (row_label(view, segment) if segment.cell > 0 else None, row_place(view, segment))
    return ", ".join(dict.fromkeys(p for p in parts if p)) or None


def _published(view: View, moment: Moment, years: _Years) -> Fact | None:
    first, _, deduced = _bounds([moment], years)
    if first is None:
        return None
    words = view.text[moment.start : moment.end]
    return Fact("published", Session(first, first), words, moment.start, moment.end, "deduced" if deduced else "extracted")


def _deadline(view: View, segment: Segment, group: Sequence[Moment]) -> Fact:
    """The clause that holds the deadline, as a fact of ``registration``."""
    from corpus.facts.texts import sentence_at

    return sentence_at(view, segment, group[0].start, "registration")
