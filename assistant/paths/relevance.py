"""How well a sheet suits a learner: a number from 0 to 1 that means the same from profile to profile, and what earned it.

Built from the goals and the role alone, never scaled to the best sheet of the catalogue. Where goals are given they
dominate. Without goals the role must earn it: its trade named in the audience, the title or the objectives, the field of
work read through the job taxonomy, or its rank where the audience is of that rank. A role that says nothing of this
("attachée") makes nothing relevant: it takes goals. Where nothing is known of the learner all sheets are equally likely.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.learner.jobs import affinity, domains, leads, standing, strengths
from assistant.learner.words import POLYNESIA as _PLACE
from assistant.learner.words import TERRITORY_POLYNESIA, territory_in
from assistant.paths.audience import Audience, addressed, audience_of, trade, trade_words, weight
from assistant.paths.modules import plain
from assistant.paths.subject import FIELDS, Subject, is_broad, meets, subject_of, wanted
from assistant.records import LearnerProfile
from assistant.roots import root, roots
from corpus.french import fold, tokens
from corpus.records import Document, Programme, Text
from corpus.vocabulary import versant_of_employer, versants_in

THRESHOLD: Final = 0.35
"""Relevance from which a module is a candidate."""
_NAMED: Final = 0.4
_NEUTRAL: Final = 0.5
_IN_THE_TEXT: Final = 0.5
"""How surely a sheet that states no audience addresses a corps that it names."""
_APART: Final = 0.13
_CLOSE: Final = 0.34
"""Cosines up to ``_APART`` are those of texts that have nothing in common, above ``_APART + _CLOSE`` of the same subject."""
_FOCUSED: Final = 1.15
"""A term in the title or the objectives says more than one in the contents."""
_BEGINNING: Final = 1_500
_MEANT: Final = 0.6
_ALONE: Final = 0.75
_VETO: Final = 0.4
_ASTRAY: Final = 0.4
_FIELD: Final = 0.35
_FIELD_ALONE: Final = 0.45
# Fields that hold many trades: that a sheet and a role share one says less ("cuisinier" and "maintenance" are both LOG).
_MANY_TRADES: Final = {"LOG": 0.45, "CTL": 0.7, "ENS": 0.7, "DIR": 0.0}
_OF_THE_STATE: Final = re.compile(r"\b(?:de|d') ?l'etat\b")


@dataclass(frozen=True)
class Sheetlike:
    """What a programme is about, in which domains of work, and for whom. ``core``: title, objectives and modules in one text."""

    title: str
    subject: Subject
    domains: Mapping[str, float]
    focus: Mapping[str, float]
    """Domains of the title and the objectives alone."""
    audience: Audience
    addressees: str
    places: Mapping[str, float]
    """Stem of a word of a trade -> how much the best place in which it stands says."""
    core: str
    territory: str | None = None
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Relevance:
    """``words``: those of the sheet that earned it; ``group``: the people of its audience among whom the learner is."""

    value: float
    words: tuple[str, ...] = ()
    group: str | None = None
    here: bool = False
    """Relevant because it is held for the learner's own territory."""
    at_home: bool = False
    """Its audience names the learner's own part of the public service."""


def read(programme: Programme, document: Document) -> Sheetlike:
    """Reads a programme once: cached by what it says."""
    return _read(programme.document, document.sha256, programme, document)


@lru_cache(maxsize=2048)
def _read(_id: str, _sha256: str, programme: Programme, document: Document) -> Sheetlike:
    subject = subject_of(programme, document)
    said = {name: [f.value.text for f in programme.of(name) if isinstance(f.value, Text)] for name, _ in FIELDS}
    core = "\n".join([programme.title, *said["objectives"], *said["modules"]])
    heart = "\n".join([programme.title, core, *said["content"][:40]])
    both = strengths(heart, subject.text, min(len(document.text), 12_000))
    focus = {c: min(1.0, _FOCUSED * s) for c, s in strengths("\n".join([programme.title, core, *said["audience"]]), "", 1).items()}
    # A document about a territory is for those who work there: named in the title, or again and again.
    head = territory_in(programme.title) or (territory_in(document.text) if len(_PLACE.findall(fold(document.text[:12_000]))) > 2 else None)
    announced = programme.kind == "news" and document.format == "text"
    if not said["objectives"] and not said["modules"]:
        # A sheet that has no such section says what it is about in its running text.
        core = "\n".join([core, *said["content"][:10], subject.text[:_BEGINNING]])
    places: dict[str, float] = {}
    for place, texts in ((1.0, [programme.title]), (0.6, [*said["objectives"], *said["modules"]]), (0.25, [subject.text])):
        for stem in (s for text in texts for s in trade_words(text)):
            places.setdefault(stem, place)
    return Sheetlike(
        programme.title, subject, both, focus, audience_of(said["audience"]), " ".join(said["audience"]), places, core[:4000], head, announced
    )  # fmt: skip


def names_goal(title: str, goal: str) -> bool:
    """Whether a title names a goal: its words in a row, accents, case, hyphens and the plural aside.

    >>> names_goal("Initiation aux marchés publics", "marché public"), names_goal("Cartographie", "art")
    (True, False)
    """
    if plain(goal) and f" {plain(goal)}" in f" {plain(title)}":
        return True
    needed, words = _singular(goal), _singular(title)
    return bool(needed) and any(words[n : n + len(needed)] == needed for n in range(len(words) - len(needed) + 1))


@lru_cache(maxsize=4096)
def _singular(text: str) -> list[str]:
    return [t[:-1] if len(t) > 3 and t[-1] in "sx" else t for t in tokens(text)]


def relevance(sheet: Sheetlike, profile: LearnerProfile, near: Mapping[str, float], rarity: Mapping[str, float]) -> Relevance:
    """``near``: cosine of the sheet with each goal and with the role; ``rarity``: stem -> how much it says in this catalogue."""
    suits = role_fit(sheet, profile, near.get(profile.role or "", 0.0))
    if not profile.goals:
        return suits
    scores: list[float] = []
    words: list[str] = []
    for goal in profile.goals:
        score, earned = goal_match(sheet, goal, near.get(goal), rarity)
        scores.append(score)
        if score >= 0.2:
            words.extend(earned)
    scores.sort(reverse=True)
    # The goal served best decides; each further one adds a little of what is missing.
    goal_score = scores[0]
    for other in scores[1:]:
        goal_score += 0.25 * other * (1.0 - goal_score)
    if administration(sheet, profile) == 0.0:
        goal_score *= 0.85
    if sheet.audience.outsiders:
        goal_score *= 0.8
    fit = suits.value if profile.role or profile.employer or profile.versant else 0.5
    value = 0.85 * min(1.0, local(sheet, profile) * goal_score) + 0.15 * fit * min(1.0, 2.0 * goal_score)
    if any(names_goal(sheet.title, g) for g in profile.goals):
        value = max(value, _NAMED)  # whatever speaks against it, it is what was asked for
    return Relevance(round(min(1.0, value), 4), tuple(dict.fromkeys(words))[:5], suits.group)


def goal_match(sheet: Sheetlike, goal: str, near: float | None, rarity: Mapping[str, float]) -> tuple[float, tuple[str, ...]]:
    """How well a module meets one goal: its words, its domain and its meaning, each filling what the others leave."""
    words = wanted(goal)
    if not words:
        return 0.0, ()
    lexical = meets(sheet.subject, goal, rarity)
    field_of_work = affinity(domains(goal), sheet.domains)
    if is_broad(goal) and lexical < 0.2:
        # A wish of broad words alone would find its domain, and its neighbours in meaning, nearly everywhere.
        field_of_work *= 0.5
    alike, worth = meaning(near or 0.0), _FIELD_ALONE if near is None else _FIELD
    if near is not None:
        # Words that meet by chance ("changement" of a name) stand in a text of quite another meaning.
        far = max(0.0, min(1.0, (_APART - near) / 0.15))
        lexical *= 1.0 - _VETO * far
        field_of_work *= 1.0 - _ASTRAY * far
    support = 1.0 if lexical >= 0.2 or field_of_work >= 0.3 else _ALONE
    score = 1.0 - (1.0 - lexical) * (1.0 - worth * field_of_work) * (1.0 - _MEANT * support * alike)
    if names_goal(sheet.title, goal):
        score = max(score, 0.9 + 0.1 * score)
    return score, tuple(sheet.subject.surface[s] for s in words if s in sheet.subject.surface)


def meaning(cosine: float) -> float:
    """How much a cosine says, 0 to 1."""
    return max(0.0, min(1.0, (cosine - _APART) / _CLOSE))


def role_fit(sheet: Sheetlike, profile: LearnerProfile, near: float) -> Relevance:
    """How well a module suits who the learner is, goals aside."""
    role = " ".join(dict.fromkeys(p for p in (profile.role, profile.corps) if p))
    if not (role or profile.versant or profile.territory or profile.category or profile.employer):
        return Relevance(_NEUTRAL)
    title = profile.corps or standing(profile.role or "").corps
    named, group = addressed(role, sheet.audience, min(1.0, 2.0 * sheet.focus.get("DIR", 0.0))) if role else (0.0, None)
    if title and not sheet.audience.groups and _says(sheet, title):
        named = _IN_THE_TEXT
    worked, words = _trade_match(sheet, role, near) if role else (0.0, ())
    value = 1.0 - (1.0 - 0.9 * named) * (1.0 - 0.85 * worked)
    at_home = administration(sheet, profile)
    value *= 0.55 if at_home == 0.0 else 1.05 if at_home == 1.0 else 1.0
    value *= 0.5 if sheet.audience.outsiders else 1.0
    value *= local(sheet, profile)
    here = _of_the_house(sheet, profile, role)
    return Relevance(round(min(1.0, max(value, here)), 4), words, group.text if group and named >= 0.3 else None, here > value, at_home == 1.0)


def _says(sheet: Sheetlike, corps: str) -> bool:
    """Whether a sentence of the sheet names a corps, its words in a row."""
    asked = roots(corps)
    return any(line.words[n : n + len(asked)] == asked for line in sheet.subject.lines for n in range(len(line.words) - len(asked) + 1))


def _trade_match(sheet: Sheetlike, role: str, near: float) -> tuple[float, tuple[str, ...]]:
    """How far the words of the trade, or its field of work, are what the sheet is about."""
    mine = trade(role)
    total = sum(map(weight, mine))
    lexical = sum(weight(s) * sheet.places.get(s, 0.0) for s in mine) / total if total else 0.0
    work = sum(w * w * sheet.focus.get(c, 0.0) * _MANY_TRADES.get(c, 1.0) for c, w in domains(role).items())
    rank = 0.6 * sheet.focus.get("DIR", 0.0) if leads(role) and not sheet.audience.groups else 0.0
    score = 1.0 - (1.0 - 0.75 * lexical) * (1.0 - 0.85 * max(work, rank)) * (1.0 - (0.3 * meaning(near) if mine else 0.0))
    words = (sheet.subject.surface.get(root(t)) for t in tokens(role) if trade(t) & mine)
    return score, tuple(dict.fromkeys(w for w in words if w))[:5]


def _of_the_house(sheet: Sheetlike, profile: LearnerProfile, role: str) -> float:
    """What is held for one's own territory, unless it is for another trade: there are few of them."""
    here = sheet.territory is not None and local(sheet, profile) >= 0.95
    return 0.5 if here and not trade(role) and not _other_trade(sheet) else 0.0


def _other_trade(sheet: Sheetlike) -> bool:
    return bool(sheet.audience.groups) and all(g.trade for g in sheet.audience.groups)


def local(sheet: Sheetlike, profile: LearnerProfile) -> float:
    """What a training for another territory is worth, and one that is only known from news of it."""
    factor = 0.95 if sheet.announced else 1.0
    if sheet.territory is None:
        return factor
    if sheet.territory == profile.territory:
        return 1.2 * factor
    elsewhere = profile.territory is not None or profile.versant in ("FPT", "FPH")
    at_home = sheet.territory == TERRITORY_POLYNESIA and profile.versant in ("FPPF", "FPCPF")
    return factor * (1.0 if at_home else 0.35 if elsewhere else 0.6)


def administration(sheet: Sheetlike, profile: LearnerProfile) -> float:
    """Whether the audience names the learner's own administration: 1 it does, 0.5 it names none, 0 it names others."""
    named = _versants(sheet.addressees, sheet.territory)
    if sheet.territory is not None and sheet.territory == profile.territory:
        return 1.0
    if not named or not profile.versant:
        return 0.5
    return 1.0 if profile.versant in named else 0.0


@lru_cache(maxsize=4096)
def _versants(addressees: str, territory: str | None) -> frozenset[str]:
    """The parts of the public service that an audience names; asked of every sheet for every agent of a team."""
    named = set(versants_in(addressees)) or {v for v in (versant_of_employer(addressees, territory),) if v}
    return frozenset(named | {"FPE"} if _OF_THE_STATE.search(fold(addressees)) else named)


def shared_field(sheet: Sheetlike, profile: LearnerProfile) -> str | None:
    """The domain in which the module is strong and that the goals (else the role) ask for most."""
    asked = [domains(g) for g in profile.goals] or [domains(f"{profile.role or ''} {profile.corps or ''}")]
    shared = {c: w * sheet.domains.get(c, 0.0) for one in asked for c, w in one.items()}
    code = max(shared, key=lambda c: (shared[c], c), default=None)
    return code if code and shared[code] > 0.2 else None
