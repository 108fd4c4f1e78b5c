"""A programme sheet as something that can be planned: sessions, days, price, what it requires, by what names it goes.

Conventions, where a document leaves room: 7 hours make a day, 5 days a week, 21 days a month, 12 months a year; of
several prices the one whose label names the learner's own public applies, else the highest without a label, so that a
budget is never overrun by surprise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from assistant.records import LearnerProfile, Period
from corpus.french import fold, is_stop_word, tokens
from corpus.records import Document, Duration, Price, Programme, Session, Text
from corpus.vocabulary import versants_in

_DAYS: Final = {"hours": 1 / 7, "days": 1.0, "weeks": 5.0, "months": 21.0, "years": 252.0}
_STRUCTURED: Final = frozenset({"jsonld", "lheo"})
_PART: Final = re.compile(r"\b(?:module|sequence|seminaire|partie|semaine|bloc|phase|etape|jour|regroupement)s? ?(?:n[o°]? ?)?(\d+|[ivx]+)\b")


@dataclass(frozen=True, slots=True)
class Module:
    """What is planned. ``codes`` are folded; ``sessions`` are alternatives, dated, in order; ``days`` is what the document states."""

    document: str
    title: str
    codes: tuple[str, ...]
    sessions: tuple[Period, ...]
    days: float | None
    prices: tuple[Price, ...]
    prerequisites: tuple[str, ...]
    announced: bool = False
    """Known from a piece of news about a training, not from its programme."""

    @property
    def names(self) -> frozenset[str]:
        """Everything it is called by, folded: codes, title, document id."""
        return frozenset({*self.codes, plain(self.title), plain(self.document), plain(self.document.rsplit("/", 1)[-1])})


def plain(text: str) -> str:
    """Folded, with single spaces: how names are compared, accents and case aside."""
    return " ".join(fold(text).split())


def is_module(programme: Programme, document: Document) -> bool:
    """Whether the document describes something one can take.

    Courses of structured formats always do; of other documents those that are programmes, those of no known kind that say
    what one learns and for whom, how long or for how much, and news of a training that say what it is for or how long it
    takes. Contributions, other events and other news never do.
    """
    if document.format in _STRUCTURED or programme.kind in ("programme", "module", "session"):
        return True
    if programme.kind == "other":
        return bool(programme.of("objectives")) and any(programme.of(f) for f in ("audience", "duration", "price", "sessions"))
    if programme.kind != "news":
        return False
    head = fold(f"{programme.title} {document.text[:1500]}")
    return bool(
        re.search(r"\b(?:formation|modules?|stage|cycle)\b", head)
        and (programme.of("objectives") or programme.of("duration") or programme.of("audience"))
    )


def module_of(programme: Programme, document: Document) -> Module:
    codes = [plain(f.value.text) for f in programme.of("code") if isinstance(f.value, Text)]
    _, mark, fragment = programme.document.rpartition("#")
    if mark:
        codes.append(plain(fragment))
    return Module(
        programme.document, programme.title, tuple(dict.fromkeys(codes)), _sessions(programme), stated_days(programme),
        tuple(f.value for f in programme.of("price") if isinstance(f.value, Price)),
        tuple(f.value.text for f in programme.of("prerequisites") if isinstance(f.value, Text)),
        announced=programme.kind == "news" and document.format not in _STRUCTURED,
    )  # fmt: skip


def _sessions(programme: Programme) -> tuple[Period, ...]:
    """Sessions as alternatives; dates labelled as the numbered parts of one cycle are one session from first to last."""
    sessions = [f.value for f in programme.of("sessions") if isinstance(f.value, Session) and (f.value.start or f.value.end)]
    parts = {m[1] for s in sessions if s.label and (m := _PART.search(fold(s.label)))}
    if len(parts) > 1 and all(s.label and _PART.search(fold(s.label)) for s in sessions):
        bounds = [d for s in sessions for d in (s.start, s.end) if d]
        return (Period(min(bounds), max(bounds)),)
    periods = {Period(s.start, s.end) for s in sessions if not (s.start and s.end and s.end < s.start)}
    return tuple(sorted(periods, key=lambda p: (first_day(p), last_day(p))))


def first_day(session: Period) -> date:
    day = session.start or session.end
    assert day is not None, "a session without any date is no session"
    return day


def last_day(session: Period) -> date:
    day = session.end or session.start
    assert day is not None, "a session without any date is no session"
    return day


def stated_days(programme: Programme) -> float | None:
    """The duration of the whole, in days: the first without a label, else one labelled as the whole, else the longest."""
    durations = [f.value for f in programme.of("duration") if isinstance(f.value, Duration)]
    if not durations:
        return None
    chosen = next((d for d in durations if not d.label), None)
    chosen = chosen or next((d for d in durations if re.search(r"\btotal|\bduree\b|\bformation\b|\bglobal", fold(d.label or ""))), None)
    return round((chosen.amount * _DAYS[chosen.unit]) if chosen else max(d.amount * _DAYS[d.unit] for d in durations), 2)


def days_of(module: Module, session: Period | None) -> float | None:
    """The duration that the document states, else the session's days, first and last included; None if neither is known."""
    if module.days is not None:
        return module.days
    return float((last_day(session) - first_day(session)).days + 1) if session else None


_OTHERS: Final = re.compile(
    r"\betudiant|\bapprenti|\balternan|demandeurs? d'emploi|\bparticulier|\bindividuel|\bautofinanc|titre personnel|\bprive|\bentreprises?\b|"
    r"\beleves?\b|\blycee"
)
_EXTRAS: Final = re.compile(
    r"\brepas|\bhebergement|\bdossier|\bcvec\b|\bcotisation|\bacompte|\badhesion|\boption|\btransport|\bcandidature|"
    r"par module\b|\bannulation"
)
_AGENTS: Final = re.compile(
    r"agents? publics?|\bfonctionnaires?|\bemployeur|formation (?:continue|professionnelle)|\badministrations?\b|"
    r"secteur public"
)


def price_of(module: Module, profile: LearnerProfile, session: Period | None = None) -> Price | None:
    """The price that applies to the learner, in a session where prices differ from session to session; None: unstated."""
    held = {price: [s for s in module.sessions if names_session(price.label or "", s)] for price in module.prices}
    # A label that names every session tells none apart.
    of = {price: named if 0 < len(named) < len(module.sessions) else [] for price, named in held.items()}
    open_to_all = [p for p in module.prices if session is None or not of[p] or session in of[p]]
    if not open_to_all:
        return None
    currency = profile.budget.currency if profile.budget else "EUR"
    return max(open_to_all, key=lambda p: (_fit(p, profile) or bool(of[p]), session in of[p], p.currency == currency, p.amount, p.currency))


_DATED: Final = re.compile(r"\b(\d{1,2})(?:er)?(?=[ /.-]|$)|\b((?:19|20)\d\d)\b")
_MONTHS: Final = ("janv", "fevr", "mars", "avri", "mai", "juin", "juil", "aout", "sept", "octo", "nove", "dece")


def names_session(label: str, session: Period) -> bool:
    """Whether a label gives the dates of a session, in words or in figures.

    >>> names_session("du 9 au 11 mars 2026 à Lyon", Period(date(2026, 3, 9), date(2026, 3, 11)))
    True
    >>> names_session("9 mars 2027", Period(date(2026, 3, 9), date(2026, 3, 11)))
    False
    """
    folded = fold(label)
    if not any(c.isdigit() for c in folded):
        return False
    months = {n for n, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name}", folded)}
    months |= {int(m) for m in re.findall(r"\b\d{1,2}[/.](\d{1,2})\b", folded)} | {int(m) for m in re.findall(r"\b\d{4}-(\d\d)-\d\d\b", folded)}
    days = {int(d) for d, _ in _DATED.findall(folded) if d} | {int(d) for d in re.findall(r"\b\d{4}-\d\d-(\d\d)\b", folded)}
    years = {int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", folded)}
    bounds = [d for d in (session.start, session.end) if d]
    return bool(months) and any(d.day in days for d in bounds) and all(d.month in months and (not years or d.year in years) for d in bounds)


def _fit(price: Price, profile: LearnerProfile) -> int:
    label = fold(price.label or "")
    if not label:
        return 1
    named = versants_in(label)
    if named and profile.versant:
        return 3 if profile.versant in named else -2
    for known in (profile.employer, profile.territory, profile.corps):
        if known and fold(known) in label:
            return 3
    return -3 if _EXTRAS.search(label) else -2 if _OTHERS.search(label) else 2 if _AGENTS.search(label) else 0


# -- what a module requires --------------------------------------------------------------------------------------------

_OPTIONAL: Final = re.compile(r"\b(?:souhait|conseill|recommand|appreci|facultati|optional|recommended)\w*")
_NONE: Final = re.compile(r"^\W*(?:aucune?|neant|sans|pas de|none|no)\b")
_TAKEN: Final = re.compile(r"\b(?:suivi|valid|module|formation|cours|stage|cycle|prerequis|niveau precedent|obten|certificat|completed|attended)\w*")
_CODE: Final = re.compile(
    r"(?<![\w-])[a-z]{1,12}[-_. ]?\d[\w-]*(?![\w-])|(?<![\w-])[a-z]+-[\w-]*\d[\w-]*(?![\w-])|"
    r"(?<![\w-])\d+[-_]?[a-z][\w-]*(?![\w-])"
)
_CUE: Final = re.compile(r"(?:\(|\bmodules? |\bcodes? ?:? ?|\bcours |\bformation )$")
_LEVEL: Final = re.compile(r"^(?:[abc][12]|bac ?\+?\d|niveau ?\d)$")
_TOGETHER: Final = re.compile(r"\bcorequis|\bco-requis|\ben parallele\b|\bsimultanement|\bconjointement\b")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One of ``documents`` must come before (``together``: be taken too); none of them known: only ``named`` is."""

    documents: tuple[str, ...]
    named: tuple[str, ...]
    together: bool = False


class Names:
    """By which names the modules of a catalogue go: to find the modules that a text names."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self._codes: dict[str, list[str]] = {}
        self._titles: dict[str, list[str]] = {}
        for module in modules:
            for code in module.codes:
                self._codes.setdefault(code, []).append(module.document)
            self._titles.setdefault(plain(module.title), []).append(module.document)
        self._names: Mapping[str, frozenset[str]] = {m.document: m.names for m in modules}

    def meant(self, name: str) -> set[str]:
        """The modules that go by exactly this name (code, title or document id)."""
        wanted = plain(name)
        return {document for document, names in self._names.items() if wanted in names}

    def requirements(self, module: Module, completed: frozenset[str]) -> list[Requirement]:
        """What must be taken before the module; what is in ``completed`` (folded names) is satisfied and left out."""
        found: list[Requirement] = []
        for text in module.prerequisites:
            folded = plain(text)
            if _NONE.match(folded) or _OPTIONAL.search(folded):
                continue
            spans = self._named_in(folded, module.document)
            together = bool(_TOGETHER.search(folded))
            groups: list[list[tuple[int, str, tuple[str, ...]]]] = []
            for span in spans:
                joined = groups and re.fullmatch(r"\W*(?:[\w(). -]{0,40}\W)?(?:ou|or)\W+(?:[\w(' ]{0,30})?", folded[groups[-1][-1][0] : span[0]])
                if joined:
                    groups[-1].append((span[1], span[2], span[3]))
                else:
                    groups.append([(span[1], span[2], span[3])])
            for group in groups:
                names = tuple(name for _, name, _ in group)
                documents = tuple(dict.fromkeys(d for _, _, ds in group for d in ds))
                if not completed & ({*names} | {n for d in documents for n in self._names[d]}):
                    found.append(Requirement(documents, names, together))
        return list(dict.fromkeys(found))

    def _named_in(self, folded: str, own: str) -> list[tuple[int, int, str, tuple[str, ...]]]:
        """(start, end, name, documents) of the modules a prerequisite names, in order, the longer name first."""
        hits: list[tuple[int, int, str, tuple[str, ...]]] = []
        for code, documents in self._codes.items():
            if len(code) < 2 and folded != code:
                continue
            others = tuple(d for d in documents if d != own)
            for match in re.finditer(rf"(?<![\w-]){re.escape(code)}(?![\w-])", folded):
                # A short number is a code only where the text says so: "2 ans d'expérience" names no module 2.
                named = not (code.isdigit() and len(code) < 4) or folded == code or _CUE.search(folded[: match.start()])
                if others and named:
                    hits.append((match.start(), match.end(), code, others))
        for title, documents in self._titles.items():
            others = tuple(d for d in documents if d != own)
            if (
                others
                and title
                and title in folded
                and (title == folded or (_TAKEN.search(folded) and sum(not is_stop_word(t) for t in tokens(title)) > 1))
            ):
                at = folded.index(title)
                hits.append((at, at + len(title), title, others))
        known = [code for _, _, code, _ in hits]
        for match in _CODE.finditer(folded):
            # A code that no module bears: only where the text is that code, or names it in brackets or after "module".
            alone = match.group() == folded or _CUE.search(folded[: match.start()])
            if alone and not _LEVEL.match(match.group()) and match.group() not in known and match.group() not in self._codes:
                hits.append((match.start(), match.end(), match.group(), ()))
        hits.sort(key=lambda h: (h[0], -h[1]))
        kept: list[tuple[int, int, str, tuple[str, ...]]] = []
        for hit in hits:
            if kept and hit[0] < kept[-1][1]:
                continue
            bracket = kept and hit[3] == () and kept[-1][3] and re.fullmatch(r" ?\(", folded[kept[-1][1] : hit[0]])
            named_twice = kept and hit[3] and set(hit[3]) & set(kept[-1][3]) and re.fullmatch(r"[\s(:–-]*", folded[kept[-1][1] : hit[0]])
            if not bracket and not named_twice:
                kept.append(hit)
        return kept
