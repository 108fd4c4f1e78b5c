# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""Which lines of a document answer: by the section they stand in, and by the words they share with the question."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.evidence import Line, Sheet
from assistant.intent import understand
from assistant.kin import kin
from assistant.wording import SYNONYMS, Aspect
from corpus.facts.topics import Topic, topic_of
from corpus.french import fold, stem, stems
from index.everyday import kin_of

TOPICS: dict[Aspect, tuple[Topic, ...]] = {
    "price": ("price",), "funding": ("funding",), "duration": ("duration",), "sessions": ("sessions",), "location": ("location",),
    "mode": ("mode",), "capacity": ("capacity",), "contact": ("contact",), "registration": ("registration", "deadline"),
    "prerequisites": ("prerequisites",), "audience": ("audience",), "eligibility": ("audience", "prerequisites"),
    "certification": ("certification",), "code": ("code",), "provider": ("provider",), "objectives": ("objectives",),
    "content": ("content", "modules"), "modules": ("modules", "content"), "outcomes": ("careers",), "evaluation": ("evaluation",),
    "methods": ("methods",), "accessibility": ("accessibility",), "internship": (), "speakers": (), "results": ("results",),
    "overview": ("about", "objectives"), "topic": (),
}  # fmt: skip

WORDS: dict[Aspect, re.Pattern[str]] = {
    "outcomes": re.compile(r"\b(?:debouches?|metiers?|(?<!demandeur d')(?<!demandeurs d')emplois?|poursui\w+|carrieres?|insertion|postes?)\b"),
    "evaluation": re.compile(r"\b(?:evalu\w+|examens?|controle continu|epreuves?|soutenances?|jury|assiduite|qcm|quiz|questionnaires?|test final|partiels?|validation|memoires?)\b"),
    "methods": re.compile(r"\b(?:pedagogi\w+|ateliers?|cas pratiques?|mises? en situation|travaux (?:pratiques|diriges)|methodes?|echanges? de pratiques|alternance|rythme|presentiel|distanciel)\b"),
    "accessibility": re.compile(r"\b(?:handicap\w*|accessib\w+ (?:aux|pmr)|amenagement\w*|besoins specifiques|pmr|rqth)\b"),
    "internship": re.compile(r"\b(?:stages?|alternance|apprentissage|immersion|contrats? de professionnalisation|mobilite internationale|a l'etranger)\b"),
    "speakers": re.compile(r"\b(?:intervenant\w*|formateurs?|formatrices?|enseignant\w*|experts?|animee? par|animation\b(?=\s?:)|intervention d|temoignages?|temoins?|professeurs?|animateurs?|animatrices?|universitaires)\b"),
    "results": re.compile(r"\btaux\b|\breussite\b|\bsatisfaction\b|\d ?%[^.;]{0,60}\b(?:reuss\w+|admis\w*|recus?|diplom\w+|insertion|emploi|satisf\w+)|\b(?:reuss\w+|admis|insertion)\b[^.;]{0,60}\d ?%"),
    "funding": re.compile(r"\b(?:financ\w+|prise? en charge|pris en charge|cpf|opco|bourses?|boursiers?|exoner\w+|rembours\w+|subvention\w*)\b"),
    "certification": re.compile(r"\b(?:recoi\w+ (?:le |un )titre|certifi\w+|attestation\w*|diplome(?:s|e)?\b|titre rncp|rncp|ects|delivr\w+|micro-?certif\w+)\b"),
    "mode": re.compile(r"\b(?:presentiel\w*|distanciel\w*|a distance|en ligne|e-?learning|hybride|visio\w*|classes? virtuelles?|mooc|foad)\b"),
    "registration": re.compile(r"\b(?:inscri\w+|candidat\w*|admission\w*|dossiers?|parcoursup|e-?candidat|selection\w*|postul\w+)\b"),
    "prerequisites": re.compile(r"\b(?:pre-?requis|titulaires? d|niveau (?:bac|requis|[1-8])|bac ?\+|baccalaureat|(?<!retours d')(?<!retour d')(?:experience (?:professionnelle|d[e'u]|dans|requise|exigee|souhaitee|prealable)|(?:ans|annees|mois) d'experience)|justifier d|avoir (?:suivi|integre|valide)|conditions? d'(?:acces|admission)|(?:aucune?|sans) (?:connaissances?|pre-?requis|prealable|niveau|diplome|condition|experience)|pas besoin d|n'est pas (?:utile|necessaire|obligatoire)|inutile d|connaissances? (?:requis|de base|prealable)|ne demande aucun|est demandee?|n'est demandee?)\b"),
    "audience": re.compile(r"\b(?:s'adresse\w*|destinee?s? (?:a|aux)|ouverte?s? (?:a|aux)|reservee?s? (?:a|aux)|a l'intention d|a destination d|beneficiair\w+|stagiaires|former (?:les|des) (?:cadres|agents|eleves))"),
    "location": re.compile(r"\b(?:lieu|aura lieu|a lieu|auront lieu|ont lieu|se deroul\w+ (?:a|au|dans|sur)|se tien\w+ (?:a|au|dans)|locaux|campus|site de|salle|dispensee? (?:a|au|par .* en)|en polynesie)\b"),
    "capacity": re.compile(r"\b(?:\d+|dix|douze|quinze|seize|vingt(?:-cinq)?|trente|quarante|cinquante|cent) ?(?:places?|participants?|stagiaires?|personnes|etudiants?|auditeurs|apprenants|inscrits|eleves|agents|cadres)\b"),
    "duration": re.compile(r"\b(?:\d+(?:[.,]\d+)?|un|une|deux|trois|quatre|cinq|six|sept|huit|dix|douze) ?(?:h\b|heures?|jours?|journees?|semaines?|mois|ans?\b|annees?|semestres?|demi-journees?)"),
    "sessions": re.compile(r"\b(?:(?:\d{1,2}|1er) (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre) (?:19|20)\d\d|rentree)"),
    "price": re.compile(r"\d ?(?:€|euros?\b|eur\b|xpf\b|f ?cfp\b|k€)|\bgratuit\w*|\baucun frais\b|\bcouts?\b|\btarif\w*"),
    "contact": re.compile(r"[\w.-]+@[\w-]+\.|\b0\d(?:[ .]?\d\d){4}\b|\+\d{2,3}[ .]?\d"),
    "provider": re.compile(r"\b(?:organisee?s? par|proposee?s? par|dispensee?s? par|ecole|institut|universite|centre de|partenariat)\b"),
    "objectives": re.compile(r"\b(?:objectifs?|vise|visent|a pour (?:objet|but|objectif|ambition)|permet(?:tre|tra|tent)?|afin de)\b"),
}  # fmt: skip
"""What a line says when it answers an aspect for which there is no fact and no section; on folded text."""

DATE = WORDS["sessions"]
_KEY = re.compile(r"^\s*([^:\n]{3,60}?)\s*:\s*\S")


@lru_cache(maxsize=8192)
def line_topic(text: str, innermost: str) -> tuple[Topic | None, Topic | None]:
    """(topic of the line's own key "Capacité : 12 places", topic of the heading it stands under)."""
    key = _KEY.match(text)
    return (topic_of(key.group(1)) if key else None), (_topic_of(innermost) if innermost else None)


def _topic_of(heading: str) -> Topic | None:
    """The topic of a heading; one that asks ("Faut-il une expérience ?", "Et le prix ?") is read as a person's question is."""
    if fold(heading).strip(" ?!:") == "ou" and "ù" in heading.lower():
        return "location"
    topic = topic_of(heading) or next((t for t, words in _ALSO if words.fullmatch(fold(heading).strip(" :*#?!."))), None)
    if "?" in heading or topic is None:
        asked = understand(heading, language="fr").aspects if "?" in heading or _ASKS_LIKE.match(fold(heading)) else ()
        return next((t for a in asked[:1] for t in TOPICS.get(a, ())), topic)
    return topic


_ALSO: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    ("duration", re.compile(r"(?:le )?volumes?(?: (?:global|total))?")),
    ("capacity", re.compile(r"(?:la )?jauge|combien (?:serons-nous|de (?:stagiaires|places))|le groupe")),
    ("price", re.compile(r"(?:votre |l')?investissement|combien|participation")),
    ("prerequisites", re.compile(r"il faut|avant de venir|faut-il .*|ce qu'il faut.*")),
    ("careers", re.compile(r"(?:et )?(?:ensuite|apres)|la suite|que devient-on.*|et apres .*")),
    ("modules", re.compile(r"(?:les )?(?:blocs|unites|seances|etapes|sequences|semaines|journees)|composition|la composition|la maquette")),
    ("certification", re.compile(r"(?:la )?reconnaissance|a la fin")),
)
"""Headings seldom enough to name no field for certain, and no other one either."""
_ASKS_LIKE = re.compile(r"(?:ce qu'il faut|ce que vous|ce qu'on|comment|combien|quand|pour qui|qui\b|que faut|avant de venir|a fournir|a la fin\b)")


def section_lines(sheet: Sheet, topics: Sequence[Topic]) -> list[Line]:
    """The body lines whose own key or heading announces one of the topics; a line with a key of its own follows its key."""
    found = []
    title = fold(sheet.title)
    for line in sheet.body:
        innermost = line.path[-1] if line.path and fold(line.path[-1]) != title else ""  # "Métiers de l'eau" as a title is no section
        own, heading = line_topic(line.text, innermost)
        outer = topic_of(line.path[-2]) if len(line.path) > 2 and heading is None else None
        if (
            own in topics
            or (own is None and (heading in topics or outer in topics))
            or (own is not None and own not in _FIELD_KEYS and heading in topics)
        ):
            found.append(line)
    return found


_FIELD_KEYS: frozenset[Topic] = frozenset(
    {"price", "duration", "sessions", "location", "capacity", "contact", "code", "provider", "prerequisites", "audience", "registration", "deadline", "published"}
)  # fmt: skip
"""Keys that stand for themselves wherever they stand: "Durée : 3 jours" under "Objectifs" is no objective."""


_ANNOUNCING = re.compile(
    r"(?:cette|la|le|les|ce|cet|l'|d'|a|aux?|de|des|du|un|une|et|ou|en|pour|par|sont|est|suivantes?|publics?|vises?|concernes?|cibles?|formations?|programmes?|cycles?|stages?|modules?|"
    r"parcours|session|s'adresse\w*|adresse\w*|destine\w*|ouverte?s?|accessibles?|reserve\w*|concerne\w*|peuvent|peut|s'inscrire|candidater|participer|y|suivre|postuler|personnes?|profils?|"
    r"beneficiaires?|principalement|notamment|particulierement|prioritairement|pre-?requis|conditions?|d'acces|acces|admission|d'admission|objectifs?|requis|necessaires?|il|faut|etre|avoir|"
    r"vous|etes|qui|tous|toutes|ainsi|que|the|this|course|for|is)+"
)


def announces_only(line: Line, followers: Sequence[Line]) -> bool:
    """Whether a line only announces those that follow ("Cette formation s'adresse aux :") and says nothing itself."""
    if not followers or not line.text.rstrip().endswith(":"):
        return False
    return all(_ANNOUNCING.fullmatch(word) for word in re.findall(r"[\w'-]+", fold(line.plain)))


@dataclass(frozen=True, slots=True)
class Scored:
    line: Line
    coverage: float
    """Share of the weight of the wanted words that the line or its headings say, 0 to 1."""


class Wanted:
    """The words a question is about, ready to be looked for in one document."""

    def __init__(self, sheet: Sheet, terms: Iterable[str]) -> None:
        self.terms = tuple(dict.fromkeys(terms))
        counts = _line_frequencies(sheet)
        total = max(1, len(sheet.body))
        self._variants: list[tuple[str, frozenset[str], float]] = []
        for term in self.terms:
            own = stem(term)
            variants = _variants(term, own, sheet)
            frequency = max((counts.get(v, 0) for v in variants), default=0)
            self._variants.append((own, variants, math.log(1 + total / max(1, frequency))))
        self._kin = _kin_of(self.terms, sheet)

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def missing(self) -> tuple[str, ...]:
        """The words that the document holds in no form."""
        meant = {n for numbers, _ in self._kin for n in numbers}
        return tuple(t for n, (t, (_, variants, _)) in enumerate(zip(self.terms, self._variants, strict=True)) if not variants and n not in meant)

    def covered(self, line: Line) -> tuple[frozenset[int], float]:
        """(which of the words the line says, the share of the weight, 0 to 1)."""
        gained, every, which = 0.0, 0.0, set()
        for number, (own, variants, weight) in enumerate(self._variants):
            every += weight
            if own in line.stems or (variants and any(v in line.stems for v in variants if v[:5] == own[:5])):
                gained += weight
                which.add(number)
            elif variants & line.stems:
                gained += 0.8 * weight
                which.add(number)
            elif variants & line.heading_stems:
                gained += 0.6 * weight
                which.add(number)
        for numbers, written in self._kin:
            if written <= line.stems:
                for number in numbers - which:
                    gained += 0.75 * self._variants[number][2]
                    which.add(number)
        return frozenset(which), gained / every if every else 0.0

    def rank(self, lines: Iterable[Line]) -> list[Scored]:
        """The lines that say at least one of the words, best first; ties in the order of the document."""
        scored = [Scored(line, self.covered(line)[1]) for line in lines]
        return sorted((s for s in scored if s.coverage > 0), key=lambda s: (-round(s.coverage, 3), s.line.start))

    def together(self, lines: Iterable[Line]) -> float:
        """The share of the weight that the lines say together."""
        which: set[int] = set()
        for line in lines:
            which |= self.covered(line)[0]
        every = sum(w for _, _, w in self._variants)
        return sum(self._variants[n][2] for n in which) / every if every else 0.0


def _kin_of(terms: Sequence[str], sheet: Sheet) -> list[tuple[frozenset[int], frozenset[str]]]:
    """Everyday words among the terms, each with an expression of the document that stands for it: "voiture", "véhicule"."""
    if not terms:
        return []
    own = [stem(t) for t in terms]
    titled = frozenset(stems(sheet.title))
    found = []
    for everyday in kin_of(" ".join(terms)):
        written = frozenset(stems(everyday.written))
        numbers = frozenset(n for n, s in enumerate(own) if s in everyday.said)
        if written and numbers and written <= sheet.stems and not written <= titled:
            found.append((numbers, written))
    return found


def _line_frequencies(sheet: Sheet) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line in sheet.body:
        counts.update(line.stems)
    return counts


def _variants(term: str, own: str, sheet: Sheet) -> frozenset[str]:
    """The stems of the document that stand for one word of the question: its own, its kin, misspelt forms, synonyms."""
    found = {own} & sheet.stems
    titled = frozenset(stems(sheet.title))  # "restauration collective" as a title says nothing of meals
    for group in SYNONYMS:
        if own in group:
            found |= (group & sheet.stems) - titled
    if len(term) >= 4:
        found |= sheet.families.get(kin(term), frozenset())
    if len(own) >= 5:
        found |= {
            s
            for s in sheet.stems
            if len(s) >= 5 and (s.startswith(own[:7]) if len(own) >= 7 else (s.startswith(own) or own.startswith(s)) and abs(len(s) - len(own)) <= 1)
        }
    if not found and len(term) >= 5:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        near = process.extractOne(term, sheet.words, scorer=OSA.distance, score_cutoff=1 if len(term) < 8 else 2)
        if near is not None and near[0][0] == term[0] and len(near[0]) >= 4:
            found.add(stem(str(near[0])))
    return frozenset(found)


def speaking(sheet: Sheet, aspect: Aspect) -> list[Line]:
    """Lines anywhere in the document whose wording answers the aspect."""
    pattern = WORDS.get(aspect)
    return [line for line in sheet.body if pattern.search(fold(line.text))] if pattern else []
