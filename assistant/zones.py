"""Where a document says the words by which people call it: its title, its head, its text.

A page seldom calls a course as its readers do: they say the school, the town, the people it is for, a word of the same
family. A word of the title counts in full, one of the head (who teaches, where, for whom) a little less, one said
somewhere in the text half.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.evidence import Sheet
from assistant.kin import kin
from assistant.mentions import initials_of
from assistant.wording import SUBJECTS
from corpus.french import fold, is_stop_word, stem, tokens
from corpus.vocabulary import ACRONYMS

HEAD = 1_300
"""Characters at the head of a page: its menus, then its name, who it is for and who gives it."""
_TITLE, _HEAD, _TEXT = 1.0, 0.8, 0.5
_KIN, _NEAR, _BEGUN = 0.92, 0.9, 0.75
"""What is left of a match by family, by a misspelling, by the same beginning."""


@dataclass(frozen=True)
class _Zone:
    words: frozenset[str]
    stems: frozenset[str]
    kins: frozenset[str]

    @classmethod
    def of(cls, text: str) -> _Zone:
        words = frozenset(t for t in tokens(text) if not is_stop_word(t))
        return cls(words, frozenset(stem(w) for w in words), frozenset(kin(w) for w in words))


class Zones:
    """The words of one document by where they stand."""

    def __init__(self, sheet: Sheet) -> None:
        text = sheet.document.text
        start = max(0, min(sheet.lines[0].start if sheet.lines else 0, len(text)))
        head = _without(text, start, min(len(text), start + HEAD), [(f.start, f.end) for f in sheet.facts("audience", "prerequisites")])
        places = " ".join(f.text for f in sheet.facts("provider", "location", "code"))
        headings = " ".join(line.text for line in sheet.lines if line.kind == "heading")
        initials = " ".join(initials_of(line.strip()) for line in head.splitlines() if 10 < len(line.strip()) < 100)
        name = re.sub(r"[\W_\d]+|\b(?:txt|md|html|pdf|docx|odt)\b", " ", sheet.id)
        self.title = _Zone.of(sheet.title)
        self.head = _Zone.of(" ".join((head, places, headings, initials, name, _spelt_out(head + " " + sheet.title))))
        self.text = _Zone(sheet.words, sheet.stems, frozenset(kin(w) for w in sheet.words if len(w) >= 4))

    def says(self, word: str) -> float:
        """How well the document says a folded word: 1 in its title, 0 nowhere."""
        spelt = [t for t in tokens(SUBJECTS.get(word) or ACRONYMS.get(word.upper(), "")) if not is_stop_word(t)]
        best = self._says(word)
        if spelt and best < _TEXT:  # an acronym is said by the words it stands for
            best = max(best, 0.95 * min(self._says(t) for t in spelt))
        return best

    def _says(self, word: str) -> float:
        own, relative = stem(word), kin(word)
        for zone, worth in ((self.title, _TITLE), (self.head, _HEAD), (self.text, _TEXT)):
            if own in zone.stems or word in zone.words:
                return worth
            if relative in zone.kins:
                return worth * _KIN
            if len(word) >= 5 and word[0] in "dl" and word[1:] in zone.words:
                return worth  # "doire" is d'Oire, hastily
            if len(word) >= 4 and (likeness := _like(word, zone.words)):
                return worth * likeness
        return 0.0


def _without(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    """The text from ``start`` to ``end`` without the spans: for whom a course is, is not what it is about."""
    kept = []
    for a, b in sorted(spans):
        if b <= start or a >= end:
            continue
        kept.append(text[start : max(start, a)])
        start = max(start, b)
    return " ".join((*kept, text[start:end]))


def _spelt_out(text: str) -> str:
    """What the acronyms of a text stand for."""
    return " ".join(ACRONYMS.get(a, "") + " " + SUBJECTS.get(fold(a), "") for a in dict.fromkeys(re.findall(r"\b[A-Z][A-Z0-9]{1,7}\b", text)))


_UNLIKE = frozenset(tokens("commune communes commun communs public publics cours court formation information"))


@lru_cache(maxsize=8192)
def _like(word: str, words: frozenset[str]) -> float:
    """How sure it is that one of the words is this one misspelt, or begins as it does; 0 where none is."""
    if word in _UNLIKE:
        return 0.0
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    heard = sounded(word)
    near = process.extractOne(word, words, scorer=OSA.distance, score_cutoff=1 if len(word) < 8 else 2) if len(word) >= 5 else None
    if near is not None and (near[0][0] == word[0] or sounded(near[0])[:1] == heard[:1]) and near[0] not in _UNLIKE:
        return _NEAR
    if any(len(w) >= 5 and sounded(w) == heard for w in words):
        return _NEAR
    if len(word) >= 7 and any(w.startswith(word[:6]) for w in words if len(w) >= 6):
        return _BEGUN
    return 0.0


_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("eaux?$|eau|aux$|au|ot$|os$", "o"),
        ("ph", "f"),
        ("xc(?=[eiy])", "x"),
        ("qu|k|ck|cq", "c"),
        ("c(?=[eiy])|ss|sc(?=[eiy])|ti(?=on)", "s"),
        ("ai[ts]?$|ez$|er$|es$|ee?s?$|aient$|ai|ei|ae|oe", "e"),
        ("y", "i"),
        ("h", ""),
        ("an|en|em|am", "an"),
        ("ain|ein|in|im", "in"),
        (r"(.)\1", r"\1"),
        ("[tsdx]$", ""),
    )
)


@lru_cache(maxsize=16384)
def sounded(word: str) -> str:
    """Roughly how a folded French word sounds: what is written otherwise but sounds the same is the same.

    >>> sounded("exel") == sounded("excel"), sounded("acceuil") == sounded("parcours")
    (True, False)
    """
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
