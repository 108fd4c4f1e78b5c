"""Lists of programmes: by subject, by people, by limits of price, length, place and mode. Every line has its own proof."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.asked import places_asked, types_asked, types_in
from assistant.comparison import HOURS, Found, cut, euros, hours
from assistant.compose import Draft, clean, short_title
from assistant.eligibility import concerns, judge_sheet
from assistant.evidence import Line, Sheet
from assistant.intent import Question
from assistant.learner.words import self_scopes
from assistant.library import Library
from assistant.prompts import say
from assistant.records import LearnerProfile
from assistant.selection import Wanted
from assistant.wording import ASPECT_WORDS
from corpus.french import fold, stem, tokens
from corpus.records import Fact, Price
from corpus.vocabulary import categories_in, mode_of, versants_in

_ALL = 150
"""Programmes that are all looked at for a list; of a larger catalogue, those that search finds."""
_SHOWN = 6
_NOT_TOPIC = re.compile(
    r"(?:agents?|cadres?|fonctionnaires?|publics?|publique|fonction|etat|territoria\w+|hospitali\w+|commun\w+|categories?|concern\w+|port\w+|parl\w+|abord\w+|trait\w+|permet\w*|prepar\w+|form\w+|"
    r"apprend\w*|appris|deven\w+|metiers?|ouvert\w*|accessib\w+|dispo\w*|offr\w+|catalogue|existe\w*|conseill\w*|recommand\w*|sugger\w*|cherch\w*|besoin|interess\w*|travail\w*|progress\w*|"
    r"monter|competences?|developp\w*|ameliorer|poste|service|suivi\w*|adapte\w*|niveau|debutant\w*|learn\w*|train\w*|moi|euros?|jours?|gratuit\w*|courte?s?|distance|ligne|presentiel|organis\w+|propos\w+|"
    r"liste\w*|ensemble|offre\w*|destin\w*|adress\w*|sujet|theme|domaine|autour|rapport|lien|gerer|utilis\w+|maitris\w+|comprendre|pratiqu\w+|mieux|bases?|initi\w+|perfectionn\w+|outils?|accueill\w*|dure\w*|cout\w*|commenc\w*|debut\w*|places?|participants?|etudiants?|stagiaires?|longtemps|chere?s?|vouloir|voudr\w+|souhait\w*|aimer\w*|employes?|personnels?)"
)
_UNDER_PRICE = re.compile(
    r"(?:moins de|maximum|max|pas plus de|jusqu'a|inferieur\w* a|under|below|less than|budget de) (?:de )?(\d[\d .]*) ?(?:€|euros?|eur)"
)
_UNDER_DAYS = re.compile(
    r"(?:moins de|maximum|max|pas plus de|inferieur\w* a|less than|under) (\d+) ?(heures?|h|jours?|semaines?|mois|ans?|days?|hours?|weeks?)"
)
_UNITS = {"h": "hours", "j": "days", "s": "weeks", "m": "months", "a": "years", "d": "days", "w": "weeks"}


def topic_of_list(question: Question) -> tuple[str, ...]:
    """The words of a list's subject, without those of the people, the verbs, the filters and what is said of oneself."""
    own = {t for scope in self_scopes(question.text) for t in tokens(scope)} if len(tokens(question.text)) > 6 else set()
    return tuple(t for t in question.terms if t not in own and t not in ASPECT_WORDS and not _NOT_TOPIC.fullmatch(t) and not t.isdigit())


def group_of(text: str) -> LearnerProfile | None:
    """The group that a question names ("les agents communaux", "un agent de catégorie B"), None where it names none."""
    versants, categories = versants_in(text), categories_in(text)
    if re.search(r"\bcommunaux\b|\bcommunale?s?\b|agents? des? communes?", fold(text)) and not versants:
        versants = frozenset(("FPT",))
    if re.search(r"\b(?:trois|toutes|tous)\b", fold(text)) and len(versants) > 1:
        return None
    if not versants and not categories:
        return None
    return LearnerProfile(versant=next(iter(versants)) if len(versants) == 1 else None, category=categories[0] if len(categories) == 1 else None)


def listing(question: Question, profile: LearnerProfile, library: Library, draft: Draft) -> Found:
    """The programmes that fit the words, the people and the limits of a question."""
    words = topic_of_list(question)
    filters = _Filters.of(question)
    judged = concerns(profile)
    if not words and not judged and not filters:
        return _everything(library, draft)
    scores = dict(library.found(question.text, 20 if len(library.ids) <= _ALL else 60))
    pool = library.with_courses(library.ids if len(library.ids) <= _ALL else scores)
    rows: list[tuple[int, float, float, str, Line | None, Fact | None]] = []
    open_: list[str] = []
    for document in pool:
        page = library.page_of(document)
        if words and page not in scores and not any(stem(w) in library.directory.names[document].stems for w in words):
            continue
        sheet = library.sheet(document)
        if sheet.programme.kind in ("contribution", "news", "other") and (judged or filters) and not words:
            continue
        fits, proof = filters.fits(sheet)
        if not fits:
            continue
        line, coverage = _best_line(sheet, words) if words else (None, 1.0)
        if words and coverage < 0.6:
            continue
        verdict = judge_sheet(sheet, profile) if judged else None
        if verdict and verdict.verdict == "not_eligible":
            continue
        if (
            verdict
            and verdict.verdict == "to_check"
            and not any(b.met or _names_group(b.citation.quote if b.citation else "", profile) for b in verdict.because)
        ) and not words:
            open_.append(document)
            continue
        because = next((b.citation for b in verdict.because if b.citation), None) if verdict else None
        if because:
            line = sheet.line_at(because.start, because.end)
        said = proof or line
        if said and page == document and sheet.programme.course_of(said.start):
            continue  # said of a course of the page, which stands for itself
        rank = 0 if verdict and verdict.verdict == "eligible" else 1
        kind = 0 if sheet.programme.kind in ("programme", "module", "session") else 0.5
        rows.append((rank, -coverage + kind, -scores.get(page, 0.0), document, line, proof))
    rows.sort(key=lambda r: (round(r[1], 1) if words else 0.0, r[0], r[2], r[3]))
    if words and rows:
        best = -rows[0][1]
        rows = [r for r in rows if -r[1] >= best - (0.1 if best > 1.1 and len(rows) > 4 else 0.35)]
    if not rows and not open_:
        return Found((), False)
    _write_list(rows, open_, library, draft)
    return Found(tuple(r[3] for r in rows) or tuple(open_[:3]), True)


def _write_list(
    rows: Sequence[tuple[int, float, float, str, Line | None, Fact | None]], open_: Sequence[str], library: Library, draft: Draft
) -> None:
    language = draft.language
    draft.limit = 1_600
    if len(rows) > 1:
        draft.line(say("list_intro", language, count=len(rows)))
    for _, _, _, document, line, proof in rows[:_SHOWN]:
        sheet = library.sheet(document)
        title = short_title(sheet.title)
        if proof is not None:
            shown = f"« {title} » : {clean(' '.join(proof.text.split()))} {draft.fact(sheet, proof)}"
        elif line is not None:
            shown = f"« {title} » : « {cut(draft.quote(sheet, line))}"
            shown = re.sub(r" (\[\d+\])$", r" » \1", shown)
        else:
            shown = f"« {title} » {_title_proof(sheet, draft)}"
        draft.line(f"- {shown}" if len(rows) > 1 else shown)
    if len(rows) > _SHOWN:
        draft.line(f"… (+ {len(rows) - _SHOWN})")
    if open_:
        draft.line(say("list_to_check", language, titles=" ; ".join(f"« {short_title(library.title(d), 60)} »" for d in open_[:4])))


def courses(page: str, library: Library, draft: Draft) -> Found:
    """The courses of a page by name, each with where it stands."""
    parts = [d for d in library.with_courses([page]) if d != page]
    draft.limit = 1_600
    draft.line(say("list_intro", draft.language, count=len(parts)))
    for document in parts[:10]:
        sheet = library.sheet(document)
        draft.line(f"- « {short_title(sheet.title)} » {_title_proof(sheet, draft)}")
    if len(parts) > 10:
        draft.line(f"… (+ {len(parts) - 10})")
    return Found(tuple(parts), bool(parts))


def _title_proof(sheet: Sheet, draft: Draft) -> str:
    first = next((line for line in sheet.lines if line.text.strip()), None)
    return draft.quote(sheet, first).rsplit(" ", 1)[-1] if first else ""


def _names_group(quote: str, profile: LearnerProfile) -> bool:
    communal = profile.versant in ("FPT", "FPCPF") and re.search(
        r"\b(?:des|les|aux|de) (?:communes|mairies|collectivites)\b|\bcommun(?:aux|ales?)\b", fold(quote)
    )
    return (
        bool(communal)
        or bool(profile.versant and profile.versant in versants_in(quote))
        or bool(profile.category and profile.category in categories_in(quote))
    )


def _everything(library: Library, draft: Draft) -> Found:
    """All programmes by title, as many as a person reads."""
    draft.limit = 1_600
    shown = library.ids[:10]
    if not shown:
        return Found((), False)
    draft.line(say("list_intro", draft.language, count=len(library.ids)))
    for document in shown:
        sheet = library.sheet(document)
        draft.line(f"- « {short_title(sheet.title)} » {_title_proof(sheet, draft)}")
    if len(library.ids) > len(shown):
        draft.line(f"… (+ {len(library.ids) - len(shown)})")
    return Found(tuple(shown), True)


def _best_line(sheet: Sheet, words: Sequence[str]) -> tuple[Line | None, float]:
    """The line that says most of the words; the title counts as said with every line."""
    wanted = Wanted(sheet, words)
    title = frozenset(stem(t) for t in tokens(sheet.title))
    in_title = sum(stem(w) in title for w in words) / len(words)
    ranked = wanted.rank(sheet.body)
    # words scattered over a long text are no subject: without the title's help one line must say most of them
    together = wanted.together(s.line for s in ranked[:3]) if ranked and (in_title or len(words) == 1 or ranked[0].coverage >= 0.75) else 0.0
    return (ranked[0].line if ranked else None), max(together, in_title + 0.2 if in_title == 1 else in_title)


def types_of(sheet: Sheet) -> frozenset[str]:
    """The kinds of diploma a sheet is about: by its title and certification, else by its first lines."""
    return types_in(sheet.title + " " + " ".join(f.text for f in sheet.facts("certification"))) or types_in(sheet.document.text[:700])


@dataclass(frozen=True, slots=True)
class _Filters:
    """Limits that a list question sets."""

    under: float | None = None
    free: bool = False
    hours: float | None = None
    remote: bool = False
    places: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.under or self.free or self.hours or self.remote or self.places or self.types)

    @classmethod
    def of(cls, question: Question) -> _Filters:
        price = _UNDER_PRICE.search(question.folded)
        length = _UNDER_DAYS.search(question.folded)
        return cls(
            under=float(re.sub(r"[ .]", "", price.group(1))) if price else None,
            free=bool(re.search(r"\bgratuit\w*|\bfree\b", question.folded)),
            hours=float(length.group(1)) * HOURS[_UNITS[length.group(2)[0]]] if length else None,
            remote=mode_of(question.text) == "remote",
            places=places_asked(question.text),
            types=types_asked(question.text),
        )

    def fits(self, sheet: Sheet) -> tuple[bool, Fact | None]:
        """Whether the sheet keeps every limit, and the fact that shows it best."""
        proof: Fact | None = None
        if self.under is not None or self.free:
            priced = [f for f in sheet.facts("price") if isinstance(f.value, Price)]
            fitting = [f for f in priced if euros(f) <= (0.0 if self.free else self.under or 0.0)]
            if not fitting:
                return False, None
            proof = fitting[0]
        if self.hours is not None:
            longs = [f for f in sheet.facts("duration") if hours(f) <= self.hours]
            if not longs or len(longs) < len(sheet.facts("duration")):
                return False, None
            proof = proof or longs[0]
        if self.remote:
            modes = [f for f in sheet.facts("mode") if mode_of(f.text) in ("remote", "blended")]
            if not modes:
                return False, None
            proof = proof or modes[0]
        for place in self.places:
            if not all(t in sheet.folded for t in tokens(place)):
                return False, None
        if self.types and not types_of(sheet) & self.types:
            return False, None
        return True, proof
