"""Which modules suit a learner, how well, and by which words.

Relevance is a number from 0 to 1 that means the same from profile to profile: it is built from the goals and the role
alone, never scaled to the best module of the catalogue. Where goals are given they dominate; without goals the role
counts, read through the job taxonomy; where nothing is known of the learner all modules are equally likely.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Protocol
from weakref import WeakKeyDictionary

from assistant.eligibility import judge_sheet
from assistant.evidence import Sheet
from assistant.jobs import affinity, domains, level, role_stems, strengths
from assistant.learner_words import POLYNESIA as _PLACE
from assistant.learner_words import TERRITORY_POLYNESIA, territory_in
from assistant.modules import Module, Names, Requirement, is_module, module_of, plain
from assistant.records import Eligibility, LearnerProfile
from assistant.subject import FIELDS, GENERIC, Subject, is_broad, meets, subject_of, wanted
from corpus.french import fold, tokens
from corpus.records import Document, Programme, Text
from corpus.vocabulary import versant_of_employer, versants_in

THRESHOLD: Final = 0.35
"""Relevance from which a module is a candidate."""
_FLOOR: Final = 0.01
_NAMED: Final = 0.4


class CatalogueLike(Protocol):
    """What is read of a catalogue (``corpus.catalogue.Catalogue``)."""

    def document(self, id: str) -> Document: ...
    def programmes(self) -> list[Programme]: ...


class SearchLike(Protocol):
    """What is used of a search (``index.search.Search``)."""

    def documents(self, query: str, k: int = 10) -> list[tuple[str, float]]: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A module as a learner sees it. ``out`` says why it is none to plan with; None for those the path is made of."""

    module: Module
    relevance: float
    goals: tuple[str, ...]
    words: tuple[str, ...]
    eligibility: Eligibility
    topics: frozenset[str] = frozenset()
    field: str | None = None
    """Code of the functional domain that the module shares with what the learner asks for."""
    requires: tuple[Requirement, ...] = ()
    out: str | None = None
    locked: bool = False
    serves: str | None = None
    """Title of the candidate that it is only a prerequisite of."""


@dataclass(frozen=True)
class _Text:
    """What a programme is about, in which domains of work, and for whom."""

    title: str
    subject: Subject
    domains: Mapping[str, float]
    audience: str
    territory: str | None = None
    announced: bool = False


class Shelf:
    """The modules of a catalogue, read once: for one learner or for a whole team."""

    def __init__(self, catalogue: CatalogueLike) -> None:
        self.sheets = [(p, d) for p in catalogue.programmes() for d in (catalogue.document(p.document),) if is_module(p, d)]
        self.modules = [module_of(p, d) for p, d in self.sheets]
        self.laid_out = [Sheet(d, p) for p, d in self.sheets]
        self.names = Names(self.modules)


_shelves: WeakKeyDictionary[CatalogueLike, Shelf] = WeakKeyDictionary()


def shelf_of(catalogue: CatalogueLike) -> Shelf:
    """The shelf of an opened catalogue, read the first time it is asked for; catalogues never change while open."""
    shelf = _shelves.get(catalogue)
    if shelf is None:
        shelf = _shelves[catalogue] = Shelf(catalogue)
    return shelf


def candidates(catalogue: CatalogueLike, search: SearchLike | None, profile: LearnerProfile) -> list[Candidate]:
    """Every module of the catalogue, in its order, judged for this learner; those with ``out`` None may be planned.

    Without a search the meaning of words counts less; nothing else changes.
    """
    shelf = shelf_of(catalogue)
    programmes, modules, names = shelf.sheets, shelf.modules, shelf.names
    completed = frozenset(plain(c) for c in profile.completed)
    done = {d for c in profile.completed for d in names.meant(c)}
    locked = {d for c in profile.locked for d in names.meant(c)}
    barred = {d for c in profile.excluded for d in names.meant(c)}
    meaning = _Meaning(search, profile, len(programmes))
    found: list[Candidate] = []
    for (programme, document), sheet, module in zip(programmes, shelf.laid_out, modules, strict=True):
        eligibility = judge_sheet(sheet, profile)
        taken = module.document in done
        text = _text(programme, document)
        relevance, words = _relevance(text, profile, meaning.of(module.document), meaning.role_of(module.document))
        goals = () if taken else tuple(g for g in profile.goals if names_goal(module.title, g))
        out = None
        if eligibility.verdict == "not_eligible" and module.document not in locked:
            out = "not_eligible"
        elif taken:
            out = "completed"
        elif module.document in barred:
            out, relevance = "barred", 0.0
        elif relevance < THRESHOLD and module.document not in locked:
            out = "less_relevant"
        if out is None:
            relevance = max(relevance, _FLOOR)
        requires = tuple(names.requirements(module, completed))
        topics = frozenset(sorted(text.domains, key=lambda c: (-text.domains[c], c))[:2])
        shared = _shared_field(text, profile)
        found.append(Candidate(module, relevance, goals, words, eligibility, topics, shared, requires, out, module.document in locked))
    return _with_prerequisites(found)


def _shared_field(text: _Text, profile: LearnerProfile) -> str | None:
    """The domain in which the module is strong and that the goals (else the role) ask for most."""
    asked = [domains(g) for g in profile.goals] or [_fields_of(profile)]
    shared = {c: w * text.domains.get(c, 0.0) for one in asked for c, w in one.items()}
    code = max(shared, key=lambda c: (shared[c], c), default=None)
    return code if code and shared[code] > 0.2 else None


def _with_prerequisites(found: list[Candidate]) -> list[Candidate]:
    """A module that is only the prerequisite of a candidate is a candidate, and so are its own prerequisites."""
    place = {c.module.document: n for n, c in enumerate(found)}
    queue = [n for n, c in enumerate(found) if c.out is None]
    while queue:
        n = queue.pop()
        for document in (d for r in found[n].requires for d in r.documents):
            other = found[place[document]]
            if other.out == "less_relevant":
                found[place[document]] = replace(other, out=None, relevance=max(other.relevance, _FLOOR), serves=found[n].module.title)
                queue.append(place[document])
    return found


def names_goal(title: str, goal: str) -> bool:
    """Whether a title names a goal: its words in a row, accents, case, hyphens and the plural aside.

    >>> names_goal("Initiation aux marchés publics", "marché public"), names_goal("Cartographie", "art")
    (True, False)
    """
    if plain(goal) and f" {plain(goal)}" in f" {plain(title)}":
        return True
    wanted, words = _singular(goal), _singular(title)
    return bool(wanted) and any(words[n : n + len(wanted)] == wanted for n in range(len(words) - len(wanted) + 1))


@lru_cache(maxsize=4096)
def _singular(text: str) -> list[str]:
    return [t[:-1] if len(t) > 3 and t[-1] in "sx" else t for t in tokens(text)]


class _Meaning:
    """How near the search finds each document to each goal, and to the role: 0 to 1."""

    def __init__(self, search: SearchLike | None, profile: LearnerProfile, count: int) -> None:
        self._goals = {g: dict(search.documents(g, 4 * count + 50)) if search else {} for g in profile.goals}
        role = " ".join(p for p in (profile.role, profile.employer) if p)
        self._role = dict(search.documents(role, 4 * count + 50)) if search and role and not profile.goals else {}

    def of(self, document: str) -> dict[str, float]:
        return {goal: scores.get(document, 0.0) for goal, scores in self._goals.items()}

    def role_of(self, document: str) -> float:
        return self._role.get(document, 0.0)


def _text(programme: Programme, document: Document) -> _Text:
    """Reads a programme once: cached by what it says."""
    return _read(programme.document, document.sha256, programme, document)


@lru_cache(maxsize=2048)
def _read(_id: str, _sha256: str, programme: Programme, document: Document) -> _Text:
    subject = subject_of(programme, document)
    said = {name: [f.value.text for f in programme.of(name) if isinstance(f.value, Text)] for name, _ in FIELDS}
    heart = "\n".join([programme.title, programme.title, *said["objectives"], *said["modules"], *said["content"][:40]])
    both = strengths(heart, subject.text, min(len(document.text), 12_000))
    # A document about a territory is for those who work there: named in the title, or again and again.
    head = territory_in(programme.title) or (territory_in(document.text) if len(_PLACE.findall(fold(document.text[:12_000]))) > 2 else None)
    return _Text(programme.title, subject, both, " ".join(said["audience"]), head, programme.kind == "news" and document.format == "text")


def _relevance(text: _Text, profile: LearnerProfile, near: Mapping[str, float], near_role: float) -> tuple[float, tuple[str, ...]]:
    """(relevance, the words of the module that earned it)"""
    fit, fit_words = _role_fit(text, profile, near_role)
    if not profile.goals:
        return round(fit, 4), fit_words
    scores: list[float] = []
    words: list[str] = []
    for goal in profile.goals:
        score, earned = _goal_match(text, goal, near.get(goal, 0.0))
        scores.append(score)
        if score >= 0.2:
            words.extend(earned)
    scores.sort(reverse=True)
    # The goal served best decides; each further one adds a little of what is missing.
    goal_score = scores[0]
    for other in scores[1:]:
        goal_score += 0.25 * other * (1.0 - goal_score)
    if _administration(text, profile) == 0.0:
        goal_score *= 0.85
    value = 0.85 * min(1.0, _local(text, profile) * goal_score) + 0.15 * (fit if profile.role or profile.employer or profile.versant else 0.5) * min(
        1.0, 2.0 * goal_score
    )
    if any(names_goal(text.title, g) for g in profile.goals):
        value = max(value, _NAMED)  # whatever speaks against it, it is what was asked for
    return round(min(1.0, value), 4), tuple(dict.fromkeys(words))[:5]


def _goal_match(text: _Text, goal: str, near: float) -> tuple[float, tuple[str, ...]]:
    """How well a module meets one goal: its words, its domain and its meaning, each filling what the others leave."""
    words = wanted(goal)
    if not words:
        return 0.0, ()
    lexical = meets(text.subject, goal)
    field_of_work = affinity(domains(goal), text.domains)
    broad = is_broad(goal)
    if broad and lexical < 0.2:
        # A wish of broad words alone would find its domain, and its neighbours in meaning, nearly everywhere.
        field_of_work *= 0.5
    score = 1.0 - (1.0 - lexical) * (1.0 - 0.6 * field_of_work) * (1.0 - 0.5 * _meaning(near, lexical, field_of_work))
    if names_goal(text.title, goal):
        score = max(score, 0.9 + 0.1 * score)
    return score, tuple(text.subject.surface[s] for s in words if s in text.subject.surface)


def _meaning(near: float, lexical: float, field_of_work: float) -> float:
    """The share of a search score that counts: alone, meaning is a guess, and what is far says nothing at all."""
    support = 1.0 if lexical >= 0.2 or field_of_work >= 0.3 else 0.6
    return support * max(0.0, min(1.0, (near - 0.3) / 0.6))


def _role_fit(text: _Text, profile: LearnerProfile, near_role: float) -> tuple[float, tuple[str, ...]]:
    """How well a module suits who the learner is, goals aside: field of work, own words, level, administration."""
    who = " ".join(p for p in (profile.role, profile.employer, profile.corps) if p)
    administration = _administration(text, profile)
    if not who:
        known = profile.versant or profile.territory or profile.category
        return (0.3 + 0.4 * administration if known else 0.5), ()
    mine = _fields_of(profile)
    mine_words = [s for s in dict.fromkeys(role_stems(f"{profile.role or ''} {profile.corps or ''}")) if s not in GENERIC]
    shared = [s for s in mine_words if s in text.subject.weights]
    lexical = sum(text.subject.weights[s] for s in shared) / len(mine_words) if mine_words else 0.0
    # A role without a field of its own ("attachée", "chef de bureau") may need any of them.
    work = affinity(mine, text.domains) if mine else 0.5
    own, theirs = level(profile.role or ""), level(text.audience)
    rank = 0.5 if own is None or theirs is None else 1.0 if own >= theirs else 0.0
    leads = 0.6 * text.domains.get("DIR", 0.0) if own and not mine.get("DIR") else 0.0
    subject = 1.0 - (1.0 - max(work, leads)) * (1.0 - 0.6 * lexical) * (1.0 - 0.4 * max(0.0, min(1.0, (near_role - 0.3) / 0.6)))
    value = 0.7 * min(1.0, _local(text, profile) * subject) + (0.12 * rank + 0.18 * administration) * min(1.0, 2.5 * subject)
    words = [text.subject.surface[s] for s in shared]
    return round(min(1.0, value), 4), tuple(dict.fromkeys(words))[:5]


def _fields_of(profile: LearnerProfile) -> Mapping[str, float]:
    """The domains of a learner: those of the role first, the employer's beside them, as a unit vector."""
    role, house = domains(f"{profile.role or ''} {profile.corps or ''}"), domains(profile.employer or "")
    both = {c: role.get(c, 0.0) + (0.4 if role else 1.0) * house.get(c, 0.0) for c in {*role, *house}}
    norm = sum(w * w for w in both.values()) ** 0.5
    return {c: both[c] / norm for c in sorted(both)} if norm else {}


def _local(text: _Text, profile: LearnerProfile) -> float:
    """What a training for another territory is worth, and one that is only known from news of it."""
    factor = 0.95 if text.announced else 1.0
    if text.territory is None:
        return factor
    if text.territory == profile.territory:
        return 1.2 * factor
    elsewhere = profile.territory is not None or profile.versant in ("FPT", "FPH")
    at_home = text.territory == TERRITORY_POLYNESIA and profile.versant in ("FPPF", "FPCPF")
    return factor * (1.0 if at_home else 0.35 if elsewhere else 0.6)


def _administration(text: _Text, profile: LearnerProfile) -> float:
    """Whether the audience names the learner's own administration: 1 it does, 0.5 it names none, 0 it names others."""
    named = versants_in(text.audience) or {v for v in (versant_of_employer(text.audience, text.territory),) if v}
    if text.territory is not None and text.territory == profile.territory:
        return 1.0
    if not named or not profile.versant:
        return 0.5
    return 1.0 if profile.versant in named else 0.0


def relevant(found: Iterable[Candidate]) -> Sequence[Candidate]:
    """The candidates proper, best first."""
    return sorted((c for c in found if c.out is None), key=lambda c: (-c.relevance, c.module.document))
