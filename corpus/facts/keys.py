"""Keys and cells: where, in a line, "Durée :" opens a value, and where the cells of a row begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts.topics import Topic, bare, strict_topic_of
from corpus.french import fold

_COLON = re.compile(r":(?!//|\d\d\b)[*_]*(?=\s|$|\w)")
_BESIDE_COLON = " \t\u00a0\u202f*_"
_LEADER = re.compile(
    r"(?P<key>[^\W\d_](?:[^\n.…:|]| ?\. ?(?!\.)){1,100}?)(?:(?P<dots>[ \u00a0]?(?:\.{4,}|…{2,}|(?:\. ){4,})\s?)|[ \u00a0]{3,}(?=\S))"
)
_BREAK = re.compile(r"[.;|•·,()]\s|\s[–—\-/]\s|\t|[|•·]")
_CELL = re.compile(r"[ ]?\|[ ]?|\t")
_KEY_REACH = 110

_LOOSE: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    ("objectives", re.compile(r"\bobjectifs?\b|\bseront capables?\b|\bserez capables?\b|\ba pour but\b|\bvise a\b|\bpermet(?:tra|tant)? (?:de|d.)$")),
    ("audience", re.compile(
        r"\bs.adresse(?:nt)? (?:a|aux?)\b|\bdestinee?s? (?:a|aux)\b|\b(?:ouverte?s?|reservee?s?) (?:a|aux)\b|\bconcerne$|\bpublics?\b")),
    ("prerequisites", re.compile(
        r"\bprerequis\b|\bpre-requis\b|\bconditions? (?:d.acces|d.admission)\b|\bremplir (?:les|une des)\b.*\bconditions?\b")),
    ("registration", re.compile(r"\bpour (?:s.inscrire|candidater|postuler)\b|\bdossier (?:de candidature|d.inscription)\b")),
    ("content", re.compile(
        r"\b(?:themes?|points|sujets|notions|thematiques) (?:suivant|abordes|traites)|\bau programme\b|\bs.articule (?:autour|en)\b")),
)  # fmt: skip


def loose_topic(key: str) -> Topic | None:
    """The topic of a sentence that announces a list: "Les principaux objectifs de cette démarche sont de :"."""
    folded = fold(key)
    return next((topic for topic, pattern in _LOOSE if pattern.search(folded)), None)


def cells_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    cursor = start
    for match in _CELL.finditer(text, start, end):
        yield trim(text, cursor, match.start())
        cursor = match.end()
    yield trim(text, cursor, end)


def has_keys(text: str, start: int, end: int) -> bool:
    """Whether anything in the line may close a key."""
    return text.find(":", start, end) >= 0 or text.find("?", start, end) >= 0 or has_leaders(text, start, end)


def has_leaders(text: str, start: int, end: int) -> bool:
    """Whether dots or a wide gap may part a key from its value."""
    return (
        text.find("....", start, end) >= 0
        or text.find("   ", start, end) >= 0
        or text.find("…", start, end) >= 0
        or text.find(". . .", start, end) >= 0
    )


def _closings(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What may close a key, in order: where the spaces and marks before it begin, and where what closes it ends.

    A colon does; so do leaders ("Durée ........ 2 jours") and, behind the name of a section that opens the line, a wide gap
    ("Effectif      12"): both are what is left of a table.
    """
    if has_leaders(text, start, end) and (leader := _LEADER.match(text, start, end)):
        words = leader["key"]
        if leader["dots"] or strict_topic_of(words):
            yield start + len(words), leader.end()
            start = leader.end()
    if text.find("?", start, end) < 0:
        yield from _colons(text, start, end)
    else:
        yield from sorted((*_questions(text, start, end), *_colons(text, start, end)))


# What a question may ask for and its line answer: "Quand ? Le 3 mars", not "Pourquoi ? Parce que ...".
_ASKED: frozenset[Topic | None] = frozenset({
    "price", "audience", "sessions", "location", "capacity", "duration", "registration", "contact", "prerequisites", "deadline", "certification",
    "provider", "mode",
})  # fmt: skip
_ANSWERED = re.compile(r"\?[*_]*(?:[ \u00a0]?:[*_]*)?(?=\s+[^\s?])")
_ASKED_AFTER = re.compile(r"[.;!?•|–—]|\s-\s")


def _questions(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Questions that the rest of the line answers: "Où ? Salle Jean-Zay", "**Combien de places ?** 30"."""
    mark = text.find("?", start, end)
    while mark >= 0:
        if answered := _ANSWERED.match(text, mark, end):
            stop = mark
            while stop > start and text[stop - 1] in _BESIDE_COLON:
                stop -= 1
            left = max([stop - 60, start, *(b.end() for b in _ASKED_AFTER.finditer(text, max(start, stop - 60), stop))])
            firsts = [left, *(c.start() for c in list(_CAPITAL.finditer(text, left + 1, stop))[:-4:-1])]
            if any(strict_topic_of(text[first:stop]) in _ASKED for first in firsts if text[first:stop].strip(" *_")[:1].isupper()):
                yield stop, answered.end()
        mark = text.find("?", mark + 1, end)


def _colons(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    colon = text.find(":", start, end)
    while colon >= 0:
        quoted = text.find("«", start, colon) >= 0 and text.rfind("«", start, colon) > text.rfind(
            "»", start, colon
        )  # "Avoir suivi « Marchés : les bases »"
        if not quoted and (match := _COLON.match(text, colon, end)):
            left = colon
            while left > start and text[left - 1] in _BESIDE_COLON:
                left -= 1
            yield left, match.end()
            start = match.end()
        colon = text.find(":", max(start, colon + 1), end)


def keys_of(text: str, start: int, end: int) -> Iterator[tuple[int, int, Topic | None, int]]:
    """Keys before a colon: (start, end, topic, where the value begins). A key in mid-line must name a topic."""
    cursor = start
    for colon, match_end in _closings(text, start, end):
        left = max(cursor, colon - _KEY_REACH)
        key_start = cursor if left == cursor else -1
        opened = text.rfind("(", left, colon) if text[colon - 1] == ")" else -1
        for stop in _BREAK.finditer(text, left, opened if opened > left else colon):
            key_start = stop.end()
        if key_start < 0 or not (words := text[key_start:colon].strip(" *_")):
            continue
        topic = strict_topic_of(words)
        if key_start > cursor and text[key_start - 2 : key_start] == ", " and text[key_start].islower() and _A_SUM.match(text, match_end, end):
            key_start, topic = cursor, None  # "Service de l'État, établissement public : 95 000 XPF"
            words = text[key_start:colon].strip(" *_")
            topic = strict_topic_of(words)
        elif topic is None and key_start > cursor and len(whole := text[cursor:colon].strip(" *_")) <= 60 and strict_topic_of(whole):
            key_start, topic = cursor, strict_topic_of(whole)
        if topic is None and (key_start == cursor or len(words) <= 60):
            # "... trois semaines Coût : gratuit": the key is the last words that begin with a capital.
            for capital in list(_CAPITAL.finditer(text, key_start + 1, colon))[:-4:-1]:
                if (announced := strict_topic_of(text[capital.start() : colon].strip(" *_"))) and (key_start == cursor or announced in _ASKED):
                    key_start, topic = capital.start(), strict_topic_of(text[capital.start() : colon].strip(" *_"))
                    break
        if topic is None and (key_start != start or len(bare(words)) > 60):
            continue
        if topic not in _ASKED and key_start > cursor and text[key_start - 2 : key_start] == ", " and text[key_start].islower():
            continue  # "Compléments alimentaires, réseaux sociaux : quoi dire ?" names no section
        while key_start < colon and text[key_start].isspace():
            key_start += 1
        yield key_start, colon, topic, match_end
        cursor = match_end


# "Durée 6 jours", "Lieu Rennes": tables flattened to lines have lost the colon. What follows must look like a value.
_NO_COLON: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    ("duration", re.compile(r"(?:Durée|DURÉE|DUREE|Volume horaire)(?: totale)?(?=\s+(?:de )?(?:\d|un |une |deux |trois |quatre |cinq |six ))")),
    ("price", re.compile(
        r"(?:Tarifs?|TARIFS?|Prix|PRIX|Coûts?|COÛTS?|COUTS?|Montants?)(?: (?!\d)[^\W\d][\w'’/-]*){0,4}"
        r"(?=\s+\d[\d .,]{0,9}\s?(?:€|euros?\b|EUR|XPF|F ?CFP))")),
    ("capacity", re.compile(
        r"(?:Effectifs?|EFFECTIFS?|Capacité|CAPACITÉ|Nombre de (?:places|participants|stagiaires))"
        r"(?: (?:maximum|maximal|max\.?|limité|limitée|d['’]accueil|du groupe))?"
        r"(?=\s+(?:(?:à|de|:) )?\d)")),
    ("location", re.compile(r"(?:Lieu|LIEU)(?: de (?:la )?formation| du stage)?(?=\s+[A-ZÀ-Ý][\w'’-]*[^\n?]{0,80}$)")),
    ("provider", re.compile(
        r"(?:Organisée?|Proposée?|Dispensée?|Portée?) par(?: l['’]| la(?= )| les?(?= )| une?(?= ))?(?= ?[^\W\d][^\n.;:@]{2,90}$)")),
)  # fmt: skip
# "NOMBRE DE PLACES 16", "PUBLIC Acheteurs et rédacteurs": the name of the section in capitals, then its value in other letters.
_IN_CAPITALS = re.compile(
    r"(?:[A-ZÀ-Ý]{4,}|LIEUX?|PRÉ-?REQUIS|NB|PRIX)(?:[ '’-](?:[A-ZÀ-Ý]{2,}|À|D|L|S)){0,4}(?=[ \u00a0](?:\d|[A-ZÀ-Ý]?[a-zà-ÿ]|«))"
    r"(?![ \u00a0](?:\d+[.)]|\d+ ?[-–/] ))"
)
_NO_COLON_BY_FIRST = {
    letter: tuple((topic, pattern) for topic, pattern in _NO_COLON if letter in firsts[topic])
    for firsts in ({"duration": "DV", "price": "TPCM", "capacity": "ECN", "location": "L", "provider": "OPD"},)
    for letter in "DTPCMENLVO"
}
"""The patterns above by the letter that the line begins with: most lines need try none."""


def key_without_colon(text: str, start: int, end: int) -> tuple[int, Topic] | None:
    """Where the key that opens the line ends, and its topic, though no colon says that it is one."""
    if text[start + 1 : start + 2].isupper() and (named := _IN_CAPITALS.match(text, start, end)) and not text[named.end() : end].isupper():
        topic = strict_topic_of(named.group())
        if topic in _ASKED or topic in ("objectives", "code", "deadline"):
            assert topic is not None
            return named.end(), topic
    if end - start > 140 or not (patterns := _NO_COLON_BY_FIRST.get(text[start : start + 1])):
        return None
    for topic, pattern in patterns:
        if match := pattern.match(text, start, end):
            return match.end(), topic
    return None


_A_SUM = re.compile(r"[ \u00a0]*\d[\d .,\u00a0\u202f]{0,12}\s?(?:€|euros?\b|EUR\b|XPF|F\.? ?CFP)")
_CAPITAL = re.compile(r"(?<=[\s*_])[A-ZÀ-Ý](?=[a-zà-ÿ'’])")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())
