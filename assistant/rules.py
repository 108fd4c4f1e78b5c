# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""The conditions of access that a sheet states, as rules: sentences of audience and prerequisites -> conditions.

Within a sentence the conditions hold together (AND) and the values of one condition are alternatives (OR); sentences of
an audience are alternatives, prerequisites all hold unless they enumerate alternatives; "sauf", "hors" turn a condition
round (NOT). What is not understood stays as a condition that nobody can decide: it is shown, and asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.evidence import Line, Sheet
from assistant.learner.jobs import standing
from assistant.selection import announces_only, line_topic, section_lines, speaking
from corpus.french import fold
from corpus.vocabulary import categories_in, versants_in

Slot = Literal["versant", "category", "corps", "employer", "level", "seniority", "diploma", "status", "function", "anyone", "territory"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold (or, ``negated``, must not); any of ``values`` will do; empty: nobody can decide it."""

    slot: Slot
    values: frozenset[str] = frozenset()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence of the sheet with its conditions; ``said`` is the sentence's line."""

    kind: Literal["audience", "prerequisite", "exclusion"]
    conditions: tuple[Condition, ...]
    said: Line
    alternatives: tuple[tuple[Condition, ...], ...] = ()
    """ "Bac +5, ou bac +4 avec trois ans d'expérience": each a way in; one of them is enough."""


_ANYONE = re.compile(
    r"\btout public\b|\btous publics\b|\bouverte?s? a (?:tous|toutes)\b|\btoute personne\b|\btous les (?:agents|agents publics|publics|personnels|fonctionnaires)\b(?! (?:de|des|du|d')\b)|"
    r"\btoute?s? agente?s?\b(?! (?:de|des|du|d'|territori|hospital|contract|titul|charg|exer|en |ayant|assur))|\baccessible a tous\b|\bsans condition\b|\btoutes? categories?\b"
)
_NONE_ASKED = re.compile(
    r"\b(?:aucune?|pas de|sans|neant|nul)\b[^.;]{0,20}\b(?:pre-?requis|prerequis|condition|diplome|niveau|connaissance)|^\W*(?:aucune?|neant|sans objet|non|pas de prerequis)\W*$"
)
_EXCLUDED = re.compile(
    r"\b(?:sauf|hors|a l'exception d\w*|a l'exclusion d\w*|excepte|hormis|ne (?:sont|peuvent|peut|s'adresse|concerne)\w* pas|non ouverte? a\w*|exclu\w*)\b(?P<what>[^.;)]*)"
)
_REFUSED = re.compile(
    r"(?P<who>[^.;]*?)\bne (?:sont|peuvent|peut|pourront|seront|sera) (?:donc )?(?:pas|plus)\b[^.;]{0,12}\b(?:accueilli\w*|admis\w*|inscri\w*|eligible\w*|accept\w*|acced\w*|candidat\w*|particip\w*|suivre|benefici\w*|retenu\w*|concerne\w*)"
)
""" "Les agents des hôpitaux ne peuvent pas être accueillis": those that are named first are left out."""
_SENIORITY = re.compile(
    r"\b(?P<n>\d{1,2}|un|une|deux|trois|quatre|cinq|six|sept|huit|dix) (?:ans?|annees?) (?:au moins |minimum )?(?:d'|de )(?:anciennete|experience|services?|exercice|pratique)|anciennete (?:de|d'au moins) (?P<m>\d{1,2})"
)
_NUMBERS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "dix": 10}
_DIPLOMA = re.compile(
    r"\b(?:bac(?:s|calaureat)?\b|bac ?\+ ?\d|licences?|masters?|bts|dut\b|but\b|l[123]\b|m[12]\b|diplomes?|titulaires? d'un|doctorats?|cap\b|bep\b|bachelor|deug|deust|niveau [3-8])"
)
_STATUSES: tuple[tuple[str, str], ...] = (
    ("student", r"\b(?:etudiante?s?|lyceens?|eleves?)\b"), ("jobseeker", r"\bdemandeurs? d'emploi\b|\bchomeurs?\b"), ("employee", r"\bsalarie(?:e|s|es)?\b"),
    ("apprentice", r"\b(?:apprentie?s?|alternante?s?)\b"), ("adult", r"\badultes? en reprise|\breprise d'etudes?\b"), ("contract", r"\bcontractuels?\b"), ("tenured", r"\btitulaires\b(?! d)"),
    ("elected", r"\belue?s?\b"), ("casual", r"\b(?:vacataires?|interimaires?)\b"),
)  # fmt: skip
_STATUS_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _STATUSES)
_LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "senior",
        re.compile(
            r"\bencadrement superieur\b|\bcadres? (?:superieurs?|dirigeants?)\b|\bdirigeants?\b|\bhauts? fonctionnaires?\b|\bemplois? (?:superieurs?|de direction)\b"
        ),
    ),
    (
        "manager",
        re.compile(
            r"\b(?:fonctions? d'encadrement|encadrer|missions? d'encadrement|situation d'encadrement|responsabilites? (?:manageriales?|d'encadrement)|encadrants?|managers?|cadres?(?! d'emplois?)|chefs? de (?:service|bureau|projet)|responsables? (?:de |d')?(?:service|equipe|unite)|directeurs?|directrices?)\b"
        ),
    ),
)
_FUNCTION = re.compile(
    r"\b(?:pilotant|exercant|charge(?:e|s|es)? d|en charge d|occupant|assurant|participant a|en poste|en fonction|amenes? a|appeles? a|intervenant dans|disposant|justifiant|ayant (?:suivi|integre|valide|une)|"
    r"en situation de|nouvellement|nouveaux|maitrise d|connaissance|pratique d|experience|avoir |etre |connaitre)"
)
_CORPS = re.compile(
    r"\b(?:administrateurs? (?:territoriaux|territorial|de l'etat|civils?)|attaches? (?:territoriaux|territorial|principaux|d'administration(?: de l'etat| hospitaliere)?)|"
    r"ingenieurs? (?:en chef )?(?:territoriaux|territorial)|redacteurs? (?:territoriaux|territorial)|techniciens? (?:territoriaux|territorial)|directeurs? d'hopital|directeurs? des soins|commissaires? de police|"
    r"adjoints? administratifs?|secretaires? administratifs?|conservateurs?|infirmiers?|infirmieres?|aides-soignants?|agents? de maitrise|magistrats?|officiers?|enseignants?|professeurs?)\b"
)


def parse(sheet: Sheet) -> tuple[Rule, ...]:
    """The rules of a sheet, in the order of the document; none where it says nothing of access."""
    return tuple(_rules(sheet))


def _rules(sheet: Sheet) -> Iterator[Rule]:
    audience = _field_lines(sheet, "audience")
    pacific = "polynesi" in sheet.folded or "tahiti" in sheet.folded
    for line in audience:
        for rule in _split(line, "audience"):
            yield _in_the_pacific(rule) if pacific else rule
    for line in _field_lines(sheet, "prerequisites"):
        if line not in audience:
            yield from _split(line, "prerequisite")


def _in_the_pacific(rule: Rule) -> Rule:
    """In a sheet of French Polynesia, "agents des communes" are those of its own regime."""
    conditions = tuple(
        Condition(c.slot, c.values | {"FPCPF"}, c.negated) if c.slot == "versant" and "FPT" in c.values else c for c in rule.conditions
    )
    return Rule(rule.kind, conditions, rule.said)


_ELSEWHERE: frozenset[str | None] = frozenset(("price", "funding", "contact", "careers", "results"))
"""Sections whose sentences set no condition of access, whatever they name."""


def _field_lines(sheet: Sheet, field: Literal["audience", "prerequisites"]) -> list[Line]:
    """The lines of the field's facts; else those of its section; else sentences that say it."""
    found: dict[tuple[int, int], Line] = {}
    for fact in sheet.facts(field):
        for line in sheet.body:
            if line.start < fact.end and fact.start < line.end:
                found[line.start, line.end] = line
    lines = sorted(
        (x for x in found.values() if not _procedure(x) and line_topic(x.text, x.path[-1] if x.path else "")[1] not in _ELSEWHERE),
        key=lambda line: line.start,
    )
    if lines:
        lines += [x for x in section_lines(sheet, (field,)) if x not in lines and _REFUSED.match(fold(x.plain))]
    else:
        lines = section_lines(sheet, (field,))
    lines = [x for n, x in enumerate(lines) if not announces_only(x, lines[n + 1 :])]
    if lines:
        return [x for x in lines if not _procedure(x)] or lines
    said = [x for x in speaking(sheet, field) if line_topic(x.text, x.path[-1] if x.path else "")[1] not in _ELSEWHERE]
    if field == "audience" and not said:  # "gratuit pour tous les agents publics, quel que soit le versant" says for whom it is
        said = [x for x in sheet.body if _ANYONE.search(fold(x.text)) and _PERSON.search(fold(x.text))]
    return said[:3] if field == "audience" else [x for x in said if _ASKED_OF_ONE.search(fold(x.text)) and not _procedure(x)][:3]


_ASKED_OF_ONE = re.compile(
    r"\bbac ?\+ ?\d|\btitulaires? d|\bjustifi\w+ d|\bniveau (?:bac|[3-8]\b)|\bpre-?requis\b|\banciennete\b|\bavoir (?:suivi|valide|exerce)\b|\b(?:ans|annees) d'experience\b|\ben poste depuis\b"
)
"""A condition that may stand under any heading ("Admission : bac +5"), where no section of its own says one."""


def _split(line: Line, kind: Literal["audience", "prerequisite"]) -> Iterator[Rule]:
    folded = fold(line.plain)
    refused = _REFUSED.match(folded)
    if refused:
        conditions = tuple(_conditions(refused.group("who"), bare=True))
        if conditions:
            yield Rule("exclusion", conditions, line)
        return
    excluded = _EXCLUDED.search(folded)
    if excluded:
        conditions = tuple(_conditions(excluded.group("what"), bare=True))
        if conditions:
            yield Rule("exclusion", conditions, line)
        folded = folded[: excluded.start()]
        if not re.search(r"\w{4}", folded):
            return
    conditions = tuple(_conditions(folded))
    ways: list[tuple[Condition, ...]] = []
    if kind == "prerequisite" and re.search(r"\bou\b", folded):
        parts = [tuple(_conditions(part)) for part in re.split(r",?\s*\bou(?: bien| encore)?\b\s*", folded)]
        ways = [way for part in parts if (way := tuple(c for c in part if c.slot in PERSONAL or c.slot == "level") or part)]
        ways = ways if any(c.slot in PERSONAL or c.slot == "level" for c in ways[0]) and len(ways) == len(parts) else []
    if len(ways) > 1 and not _BOTH.search(folded):
        conditions = tuple(dict.fromkeys(c for way in ways for c in way))
        yield Rule(kind, conditions, line, tuple(ways))
        return
    yield Rule(kind, conditions, line)


PERSONAL: frozenset[Slot] = frozenset(("diploma", "corps", "seniority", "status"))
_BOTH = re.compile(r"\bet\b[^.;]{0,40}\b(?:ans|annees|experience|anciennete|diplome)\b")
_PROCEDURE = re.compile(
    r"\W*(?:candidatures?|inscriptions?|dossiers?|depot|selection|admission|entretien|recrutement)\b[^.]*|[^.]*\b(?:lettre de motivation|sur dossier|ects)\b[^.]*"
)
_PERSON = re.compile(
    r"\b(?:titulaires?|etre|avoir|justifi\w+|ouvert\w*|reserve\w*|agents?|fonctionnaires?|etudiants?|salaries?|pre-?requis|aucun\w*)\b"
)


def _procedure(line: Line) -> bool:
    """Whether a line says how one applies, or what the course is worth, and nothing of who may."""
    folded = fold(line.plain)
    return bool(_PROCEDURE.match(folded)) and not _PERSON.search(folded)


_AGREEMENT = re.compile(
    r"\b(?:accord|autorisation|avis|validation|visa|couvert|aval|engagement|signature|approbation)s? (?:\w+ )?(?:de |du |des |d')\s?(?:la |l'|son |sa |leur |votre )?"
    r"(?:chef\w*|superieur\w*|hierarchi\w*|direct\w+|employeur\w*|responsables?|encadrant\w*|manager\w*|n ?\+ ?1|service\w*|administration|etablissement|autorite)(?: (?:de |d'|du )?(?:service|hierarchique|equipe|direct\w*|territoriale))?"
)
"""What somebody else must agree to: the chief who agrees is not the one who takes the course."""


def _conditions(folded: str, bare: bool = False) -> Iterator[Condition]:
    """The conditions of one sentence. ``bare``: only what is named outright counts."""
    if _NONE_ASKED.search(folded) or _ANYONE.search(folded):
        yield Condition("anyone", frozenset(("anyone",)))
        if _ANYONE.search(folded):
            return
    understood = False
    folded, agreed = _AGREEMENT.subn(" ", folded)
    versants = versants_in(folded)
    if versants:
        understood = True
        yield Condition("versant", versants)
    categories = categories_in(folded)
    if categories:
        understood = True
        yield Condition("category", frozenset(categories))
    corps = corps_of(folded)
    if corps:
        understood = True
        yield Condition("corps", corps)
    statuses = frozenset(name for name, pattern in _STATUS_PATTERNS if pattern.search(folded))
    if statuses:
        understood = True
        yield Condition("status", statuses)
    level = next((name for name, pattern in _LEVELS if pattern.search(folded)), None)
    if level:
        understood = True
        yield Condition("level", frozenset((level,)))
    seniority = _SENIORITY.search(folded)
    if seniority:
        understood = True
        said = seniority.group("n") or seniority.group("m")
        yield Condition("seniority", frozenset((str(_NUMBERS.get(said, said)),)))
    if _DIPLOMA.search(folded):
        understood = True
        yield Condition("diploma", frozenset((str(years),) if (years := least_studied(folded)) is not None else ()))
    if bare:
        return
    if agreed:
        yield Condition("function")
        return
    folded = re.sub(r"\b(?:exercant|occupant|appele\w*|amene\w*)\b[^.;,]{0,30}\bfonctions? d'encadrement", " ", folded)
    if (_FUNCTION.search(folded) and not _NONE_ASKED.search(folded)) or (not understood and not _NONE_ASKED.search(folded)):
        yield Condition("function")


# years of study after the baccalauréat, by which French diplomas are ranked
_DIPLOMAS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (years, re.compile(rf"\b(?:{words})\b"))
    for years, words in (
        (8, r"doctorat|these|phd|bac ?\+ ?8|niveau 8"), (5, r"masters?(?! ?1)|m2|mastere|dess|dea|ingenieur|bac ?\+ ?5|niveau 7|grande ecole"),
        (4, r"m1|master ?1|maitrise|bac ?\+ ?4"), (3, r"licences?|bachelor|but|l3|bac ?\+ ?3|niveau 6"),
        (2, r"bts|dut|deug|deust|l2|bac ?\+ ?2|niveau 5"), (0, r"bacs?(?! ?\+)|baccalaureats?|niveau 4"), (-1, r"cap|bep|brevet|niveau 3"),
    )
)  # fmt: skip


def studied(folded: str) -> int | None:
    """The highest diploma that a folded text names, in years of study after the baccalauréat."""
    return next((years for years, pattern in _DIPLOMAS if pattern.search(folded)), None)


def least_studied(folded: str) -> int | None:
    """The lowest diploma that a folded text names, in years of study after the baccalauréat."""
    return next((years for years, pattern in reversed(_DIPLOMAS) if pattern.search(folded)), None)


def _singular(name: str) -> str:
    name = re.sub(r"\binfirmieres?\b", "infirmier", name)
    name = re.sub(r"aux\b", "al", name)
    return re.sub(r"s\b", "", name)


def corps_of(text: str) -> frozenset[str]:
    """The corps that a text names, in the singular, folded; "attaché territorial" of a role too."""
    # "techniciens et ingénieurs territoriaux": the adjective holds for both nouns
    spread = re.sub(r"\b(\w{5,}s) (?:et|ou|,) (\w{5,}s) (territoriaux|hospitaliers)\b", r"\1 \3 et \2 \3", fold(text))
    named = {_singular(m.group()) for m in _CORPS.finditer(spread)}
    known = standing(text).corps
    if known:
        named.add(_singular(fold(known)))
    return frozenset(named)


def statuses_of(text: str) -> frozenset[str]:
    folded = fold(text)
    return frozenset(name for name, pattern in _STATUS_PATTERNS if pattern.search(folded))


def levels_of(text: str) -> str | None:
    folded = fold(text)
    return next((name for name, pattern in _LEVELS if pattern.search(folded)), None)
