"""Misspelt query words -> the nearest words of the corpus, shown to the person who asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from corpus.french import fold
from index.analysis import term
from index.lexical import LexicalIndex

_PART = re.compile(r"[^\W\d_]+")
_SHORTEST = 5
"""Shorter words have too many neighbours: a correction would be a guess."""

_MOST = 6
"""Corrections in one query: beyond, the query is not French, and looking on would only cost time."""


@dataclass(frozen=True, slots=True)
class Correction:
    """``text`` is the query to search with; ``changes`` are the (written, understood) words, none where all is known."""

    text: str
    changes: tuple[tuple[str, str], ...] = ()


class Speller:
    """Corrects against the words of one index."""

    def __init__(self, lexical: LexicalIndex) -> None:
        self._lexical = lexical

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for word in self._lexical.words():
            found.setdefault(len(word), []).append(word)
        return found

    def correct(self, query: str) -> Correction:
        """Replaces each word of which the corpus knows neither the form nor the stem, where one word is near enough."""
        changes: list[tuple[str, str]] = []

        def replace(match: re.Match[str]) -> str:
            written = match.group()
            folded = fold(written)
            if len(changes) >= _MOST or len(folded) < _SHORTEST or not term(written) or self._lexical.knows(written):
                return written
            near = self._nearest(folded)
            if near is None:
                return written
            near = self._lexical.shown(near)
            changes.append((written, near))
            return near

        if len(query) > 500:  # a pasted page: its many other words are enough to find by
            return Correction(query)
        return Correction(_PART.sub(replace, query), tuple(changes))

    def _nearest(self, word: str) -> str | None:
        """The word of the corpus at the least distance (swapped letters count one), the commoner of two as near."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most = 1 if len(word) < 9 else 2
        choices = [other for length in range(len(word) - most, len(word) + most + 1) for other in self._by_length.get(length, ())]
        near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=most, limit=20)
        # two slips, one of them in the first letter, is more often another word
        near = [n for n in near if n[1] + (n[0][0] != word[0]) <= 2]
        if not near:
            return None
        return min(near, key=lambda n: (n[1] + (n[0][0] != word[0]), -self._lexical.frequency(n[0]), n[0]))[0]
