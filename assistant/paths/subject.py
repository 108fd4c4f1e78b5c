"""What a sheet is about, sentence by sentence, and how well a wish's words meet there.

Only title, objectives, content, modules and audience speak of the subject: what a sheet says of fees, admission, careers
or contacts is the same from subject to subject and would make any sheet meet "service public" somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from assistant.learner.jobs import same_meaning
from assistant.roots import family, root, roots
from corpus.facts.layout import View
from corpus.french import is_stop_word, token_spans
from corpus.records import Document, FieldName, Programme, Text

FIELDS: Final[tuple[tuple[FieldName, float], ...]] = (("objectives", 0.9), ("modules", 0.85), ("content", 0.8), ("audience", 0.6))
TITLE: Final = 1.0
BODY: Final = 0.5
_TOPICS: Final = frozenset({None, "about", "objectives", "content", "modules", "audience"})
_LONGEST: Final = 12_000
_SENTENCE: Final = re.compile(r"(?<=[.;!?])\s+|\n+")

# Words of a wish for any training whatever: they name no subject, even together.
_FILLER: Final = frozenset(
    roots(
        """formation former module cycle stage session programme parcours cours apprendre améliorer développer comprendre connaître maîtriser
    mettre place œuvre initiation perfectionnement introduction base bases approfondir renforcer devenir réussir savoir découvrir
    compétence compétences mieux bien bon bonne meilleur premier première premiers aider devoir vouloir faire acquérir connaissance connaissances
    progresser sensibiliser collègue collègues besoin sujet thème domaine aisé efficacement efficace utiliser quotidien"""
    )
)
# Words of the whole public service, and of any organisation: they name a subject only together.
GENERIC: Final = _FILLER | frozenset(
    roots(
        """projet projets public publics publique publiques service services agent agents administration administratif politique action gestion gérer
    outil outils méthode méthodes enjeu enjeux niveau pratique pratiques nouveau nouvelle travail professionnel équipe général fondamental
    innovation innovant innover transformation transformer conduite conduire accompagner accompagnement mener piloter pilotage collectivité
    organisation démarche fonction technique développement étude qualité"""
    )
)
_GENERIC_WEIGHT: Final = 0.3
_KIN: Final = 0.75
"""What a word of the same family is worth."""
_PART: Final = 0.7
_NEAR: Final = 4
"""Words that may stand between those of a wish that meet: more, and they meet by chance."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a sheet: the stems of its telling words in order, and how much its place says of the subject."""

    weight: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """``weights``: stem -> the best weight it stands with; ``surface``: stem -> as it is written there; ``text``: all of it."""

    lines: tuple[Line, ...]
    weights: Mapping[str, float]
    surface: Mapping[str, str]
    text: str
    kin: Mapping[str, str]
    """Family of a stem -> the stem of it that stands there with the best weight."""


def subject_of(programme: Programme, document: Document) -> Subject:
    """What the sheet is about; sections of other topics are left out."""
    parts = [(TITLE, programme.title)]
    for name, weight in FIELDS:
        parts += [(weight, f.value.text) for f in programme.of(name) if isinstance(f.value, Text)]
    other = [(f.start, f.end) for f in programme.facts if f.field not in {"objectives", "modules", "content", "audience"}]
    for segment in View(document).segments:
        if segment.start >= _LONGEST:
            break
        if segment.topic in _TOPICS and not any(start < segment.end and segment.value_start < end for start, end in other):
            parts.append((BODY, document.text[segment.value_start : segment.end]))
    lines: dict[tuple[str, ...], float] = {}
    weights: dict[str, float] = {}
    surface: dict[str, str] = {}
    said: list[str] = []
    for weight, part in parts:
        for sentence in _SENTENCE.split(part):
            words = []
            for token, span in token_spans(sentence):
                if is_stop_word(token):
                    continue
                found = root(token)
                words.append(found)
                if weights.get(found, 0.0) < weight:
                    weights[found], surface[found] = weight, span.of(sentence)
            if words and tuple(words) not in lines:
                lines[tuple(words)] = weight
                said.append(sentence)
    kin: dict[str, str] = {}
    for found in sorted(weights, key=lambda s: (-weights[s], s)):
        kin.setdefault(family(found), found)
    return Subject(tuple(Line(w, words) for words, w in lines.items()), weights, surface, "\n".join(said), kin)


@lru_cache(maxsize=2048)
def wanted(goal: str) -> tuple[str, ...]:
    """The stems of a wish in order, without the words of any wish ("améliorer", "formation") where others are left.

    >>> wanted("améliorer la gestion des déchets") == wanted("gestion des déchets")
    True
    """
    every = tuple(dict.fromkeys(roots(goal)))
    return tuple(s for s in every if s not in _FILLER) or every


def meets(subject: Subject, goal: str, rarity: Mapping[str, float] = MappingProxyType({})) -> float:
    """How well the words of a wish, or others of the same meaning, are met by what the sheet is about: 0 to 1.

    ``rarity``: stem -> what it says in a catalogue where many sheets share it; 1 for those left out.
    """
    words = wanted(goal)
    if not words:
        return 0.0
    best = _together(subject, words, rarity)
    kin = tuple(s if s in subject.weights else subject.kin.get(family(s), s) for s in words)
    if kin != words:
        best = max(best, _KIN * _together(subject, kin, rarity))
    for other in same_meaning(goal):
        best = max(best, 0.85 * _together(subject, tuple(sorted(other)), rarity, whole=True))
    return best


def is_broad(goal: str) -> bool:
    """Whether all words of a wish are of the public service at large ("innovation publique"): only together do they say something."""
    return all(s in GENERIC for s in wanted(goal))


def _together(subject: Subject, words: Sequence[str], rarity: Mapping[str, float], whole: bool = False) -> float:
    """The best line for the words; ``whole``: only lines that hold them all. What is said once in a long sheet weighs less."""
    broad = all(s in GENERIC for s in words)
    importance = {s: min(rarity.get(s, 1.0), _GENERIC_WEIGHT if s in GENERIC and not broad else 1.0) for s in words}
    total = sum(importance.values())
    best, top, often = 0.0, 0.0, 0
    held: set[str] = set()
    for line in subject.lines:
        present = importance.keys() & set(line.words)
        if not present or (whole and len(present) < len(words)):
            continue
        coverage = sum(importance[s] for s in present) / total
        if len(present) < len(words) and present <= GENERIC:
            coverage *= 0.25
        elif len(present) > 1 and _spread(line.words, present) > len(present) - 1 + _NEAR:
            coverage *= 0.5 if broad else 0.8
        often += coverage > 0.5
        if line.weight == TITLE:
            top = max(top, coverage)
        elif line.weight * coverage > best:
            best, held = line.weight * coverage, set(present)
    share = often / max(len(subject.lines), 1)
    best *= min(1.0, (0.2 if broad else 0.6) + 3.0 * (0.8 if broad else 0.4) * share)
    if top > best:
        best, held = top, importance.keys() & set(subject.lines[0].words)
    if not whole:
        rest = [s for s in words if s not in held and s not in GENERIC and subject.weights.get(s, 0.0) > BODY]
        best += 0.5 * sum(importance[s] * subject.weights[s] for s in rest) / total
        reached = (sum(importance[s] for s in held) + 0.5 * sum(importance[s] for s in rest)) / total
        # Half of a wish's words are less than half of the wish.
        best *= _PART + (1.0 - _PART) * min(1.0, reached)
    return min(1.0, best)


def _spread(words: Sequence[str], needed: frozenset[str] | set[str]) -> int:
    """How many places the shortest run of words that holds all needed ones reaches over, less one."""
    last: dict[str, int] = {}
    best = len(words)
    for place, word in enumerate(words):
        if word in needed:
            last[word] = place
            if len(last) == len(needed):
                best = min(best, place - min(last.values()))
    return best
