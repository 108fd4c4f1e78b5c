"""Keys and cells: where, in a line, "Durée :" opens a value, and where the cells of a row begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts.topics import Topic, bare, strict_topic_of
from corpus.french import fold

_KEY = re.compile(r"[ \t\u00a0\u202f*_]*:(?!//|\d\d\b)[*_]*(?=\s|$|\w)")
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


def keys_of(text: str, start: int, end: int) -> Iterator[tuple[int, int, Topic | None, int]]:
    """Keys before a colon: (start, end, topic, where the value begins). A key in mid-line must name a topic."""
    cursor = start
    for match in _KEY.finditer(text, start, end):
        left = max(cursor, match.start() - _KEY_REACH)
        key_start = cursor if left == cursor else -1
        for stop in _BREAK.finditer(text, left, match.start()):
            key_start = stop.end()
        if key_start < 0 or not (words := text[key_start : match.start()].strip(" *_")):
            continue
        topic = strict_topic_of(words)
        if topic is None and key_start > cursor and len(whole := text[cursor : match.start()].strip(" *_")) <= 60 and strict_topic_of(whole):
            key_start, topic = cursor, strict_topic_of(whole)
        if topic is None and key_start == cursor:
            # "... trois semaines Coût : gratuit": the key is the last words that begin with a capital.
            for capital in list(_CAPITAL.finditer(text, key_start + 1, match.start()))[:-4:-1]:
                if strict_topic_of(text[capital.start() : match.start()].strip(" *_")):
                    key_start, topic = capital.start(), strict_topic_of(text[capital.start() : match.start()].strip(" *_"))
                    break
        if topic is None and (key_start != start or len(bare(words)) > 60):
            continue
        while key_start < match.start() and text[key_start].isspace():
            key_start += 1
        yield key_start, match.start(), topic, match.end()
        cursor = match.end()


_CAPITAL = re.compile(r"(?<=[\s])[A-ZÀ-Ý](?=[a-zà-ÿ])")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())
