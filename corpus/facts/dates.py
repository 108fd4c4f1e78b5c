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
from corpus.facts.segments import Segment
from corpus.records import Fact, Session, Status

_EXCLUDED_BEFORE = re.compile(
    r"(?:\b(?:loi|decret|arrete|ordonnance|circulaire|directive|instruction|accord|convention|code|reglement|deliberation|avis|note|jo|"
    r"journal officiel|version|referentiel|enregistre\w*|decision|bo|bulletin officiel|agree\w*|habilit\w+|accredit\w+|echeance|certificat|"
    r"nee?s?|depuis|situation|contrats? signes?|"
    r"entree? en vigueur|en vigueur|ancien\w*|applicables?|cree[es]*|fondee?s?|adopte\w*|modifie\w*|promulg\w*|elections?|conference nationale|"
    r"reforme|statut)\b[^.;:\n]{0,50})$"
)
_DEADLINE = re.compile(
    r"(?:\bavant(?: le)?|\bjusqu.(?:au|a|en)|\bau plus tard(?: le)?|\bdate limite[^.;\n]{0,50}|\bdates? limites?[^.;\n]{0,40}|"
    r"\bcloture[^.;\n]{0,40}|\bd.ici(?: le| au| fin)?|\blimite[^.;\n]{0,30}|\bdernier delai[^.;\n]{0,20}|\bfin des (?:inscriptions|"
    r"candidatures)[^.;\n]{0,15}|\b(?:inscriptions?|candidatures?|dossiers?|recrutement|preinscriptions?|pre-inscriptions?|selections?|depot|"
    r"postul\w+|parcoursup|admission\w*|auditions?|epreuves?|concours|entretiens?)\b[^.;\n]{0,60})\W*$"
)
_PUBLISHED = re.compile(
    r"(?:\b(?:publiee?|mise? a jour|mise a jour|maj|modifiee?|derniere (?:modification|mise a jour|actualisation)|actualisee?|"
    r"date de (?:publication|mise a jour|parution|creation)|edite|paru|redige|poste|version|edition)\b[^.;\n]{0,30})$"
)
_STRONG = re.compile(
    r"\b(?:sessions?|aura lieu|auront lieu|se deroul\w+|se tien\w+|debut\w*|demarr\w*|programmee?s?|organisee?s?|planifie\w*|prevue?s?|"
    r"commenc\w+|dates? (?:de |du |des )?(?:formations?|sessions?|stages?)?|calendrier|rentree|module \d|prochaine?s?|dispensee?)\b"
)


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
    while index < len(moments):
        group = _group(view, moments, index)
        index += len(group)
        segment = view.at(group[0].start)
        if segment is None:
            continue
        role = _role(view, segment, group)
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
    return Dates(tuple(sessions), tuple(deadlines), published)


def is_over(session: Session, today: date) -> bool:
    """Whether the session has ended: its last known day is before ``today``; a session without bounds is not known to be."""
    last = session.end or session.start
    return last is not None and last < today


_GROUP_GAP = re.compile(
    rf"\s*\(?(?:,? ?(?:a )?\d{{1,2}} ?h(?: ?\d{{2}})?\)?)?,?\s*(?P<word>jusqu.au|jusqu.en|au|a|-|→|>|et|puis|/)\s*(?:le |du |les |jusqu.au |en |"
    rf"fin )?{WEEKDAY}$"
)
_BETWEEN = re.compile(r"\bentre(?: le)?\s*(?:lundi |mardi |mercredi |jeudi |vendredi )?$")
_MOST = 5000
_NEAR = 40
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
        if not joined or (joined["word"] in ("et", "/") and not between and not _same_session(one, other)):
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


_NEVER_TOPICS = frozenset({"careers", "results", "accessibility", "certification", "funding"})
_DATED_TOPICS = frozenset({"practical", "duration", "location", "modules", "mode", "price", "contact", "code", "capacity", "methods"})
_WEEKDAY_BEFORE = re.compile(r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s*$")
_HEADED = re.compile(r"^\W*(?:du |le |les |des le |a partir du |en |entre le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?$")
_FROM = re.compile(r"\b(?:du|entre(?: le)?|de|les|des)\s*(?:lundi |mardi |mercredi |jeudi |vendredi )?$")
_RENTREE = re.compile(
    r"\brentree\b(?: (?:universitaire|scolaire|de|en|du|le|prevue|prochaine))*\W*(?:le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi) )?$"
)
_OPENING = re.compile(
    r"\b(?:ouverture|ouvre|ouverte?s?|lancement|debut\w*|demarr\w*|commenc\w*) (?:du |de la |des |de l.)?(?:cycle|formation|cours|session|stage|"
    r"module|promotion|parcours|mooc)?\w*\s*(?:prevue?s? )?(?:le |du |de |en |:)?\s*$"
)


# "Clôture : 8 décembre, Paris" under "Durée et rythme" is when a cycle ends, not until when one may apply.
_HELD = frozenset({"duration", "sessions", "content", "modules", "practical"})
_CLOSES = re.compile(
    r"(?:^|[\s•*–-])(?:(?:seance|seminaire|journee|session|sequence|module|conference|regroupement)s? de )?cloture\s*(?::|,|le\b)\s*(?:le )?$"
)


def _role(view: View, segment: Segment, group: Sequence[Moment]) -> str:
    """session, deadline, published or none: by the words before, else by the section, else by the shape of the date."""
    folded, first, last = view.folded, group[0], group[-1]
    before = folded[max(segment.start, first.start - 110) : first.start]
    ranged = (len(group) > 1 or first.first != first.last) and first.exact
    dated = first.exact and bool(last.year)
    if _PUBLISHED.search(before) or segment.topic == "published":
        return "published"
    if _EXCLUDED_BEFORE.search(before) or segment.topic in _NEVER_TOPICS:
        return "none"
    if _RENTREE.search(before):
        return "session"
    if segment.topic in _HELD and _CLOSES.search(before):
        return "session"
    if segment.topic == "deadline" or (_DEADLINE.search(before) and not _OPENING.search(before)):
        return "deadline"
    if segment.topic == "sessions" or _RENTREE.search(before) or _OPENING.search(before):
        return "session"
    weekday = bool(_WEEKDAY_BEFORE.search(before))
    alone = segment.end - segment.value_start <= last.end - first.start + 14
    if alone and dated and not ranged and not weekday and first.start < 600 and segment.topic in (None, "about"):
        return "published"
    if segment.topic == "registration":
        return "deadline"
    if first.only_year:
        return "session" if segment.topic in (None, "practical", "about", "duration") else "none"
    if _STRONG.search(before) or (weekday and dated) or (ranged and _FROM.search(before)):
        return "session"
    if first.exact and (_HEADED.match(folded[segment.value_start : first.start]) or (segment.topic in _DATED_TOPICS and dated)):
        return "session" if dated or ranged or segment.topic in _DATED_TOPICS else "none"
    if (segment.key and ranged) or (segment.kind == "row" and first.exact):
        return "session"
    if len(group) > 1 and _FROM.search(before) and last.year and segment.topic not in ("content", "objectives", "prerequisites", "audience"):
        return "session"
    return "none"


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
        ((_OPEN_START.search(before) or _OPENING.search(before)) and group[0].exact)
        or (_RENTREE.search(before) and (group[0].exact or segment.topic != "sessions"))
    ):
        last = None
    if lead := _LEADING.search(before):
        start -= len(before) - lead.start()
    words = " ".join(view.text[start:end].split())
    label = _session_label(view, segment, group) or (words if deduced else None)
    return Fact("sessions", Session(first, last, label), view.text[start:end], start, end, "deduced" if deduced else "extracted")


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
