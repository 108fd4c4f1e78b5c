"""A document as the extractors see it: its text, a folded twin of the same length, segments, and where patterns may begin."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache

from corpus.facts.segments import Segment, segments_of
from corpus.facts.topics import Topic
from corpus.facts.words import Beginnings, numbers_of, places_of
from corpus.french import fold
from corpus.records import Document

_NEAR = 60
"""More characters than the longest sum of money and what may stand between it and its currency."""
_NOWHERE: list[int] = []


class View:
    """The text, its folded twin of the same length, and its segments."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.segments: tuple[Segment, ...] = tuple(segments_of(document))
        self.folded = _running(_fold(document.text), self.segments)
        self._starts = [s.start for s in self.segments]
        self._numbered: dict[int, list[int]] = {}

    def at(self, offset: int) -> Segment | None:
        """The segment in which the character at ``offset`` stands."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return None
        segment = self.segments[index]
        return segment if offset < segment.end else None

    def index_at(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def under(self, *topics: Topic) -> Iterator[Segment]:
        """The segments of these topics that are no headings and hold more than their key."""
        for segment in self.segments:
            if segment.topic in topics and segment.kind != "heading" and segment.value_start < segment.end:
                yield segment

    @cached_property
    def numbers(self) -> list[int]:
        """Where the runs of digits (and the fractions) begin."""
        return numbers_of(self.folded)

    @cached_property
    def _places(self) -> dict[int, list[int]]:
        return places_of(self.folded)

    def at_numbers(self, pattern: re.Pattern[str], text: str | None = None, before: list[int] | None = None) -> Iterator[re.Match[str]]:
        """The matches of a pattern that begin at a number, left to right, without overlap; with ``before``, at the numbers
        that stand at most ``_NEAR`` characters before one of these places (in order).

        Trying a pattern where it can begin, instead of everywhere, is what makes reading fast: a document has few numbers.
        """
        starts = self.numbers if before is None else self._near(self.numbers, before)
        return self._at(pattern, starts, self.folded if text is None else text)

    def at_words(
        self, pattern: re.Pattern[str], words: Beginnings, numbers: bool = False, text: str | None = None, before: Beginnings | None = None
    ) -> Iterator[re.Match[str]]:
        """The matches of a pattern that begin at a word that begins so (or, with ``numbers``, at a number, near ``before`` such words)."""
        starts = self._places.get(words.number, _NOWHERE)
        if numbers:
            counted = self.numbers if before is None else self._numbers_before(before)
            starts = sorted(counted + starts) if starts else counted
        return self._at(pattern, starts, self.folded if text is None else text)

    def places(self, words: Beginnings) -> list[int]:
        """Where the words begin that begin so, in order."""
        return self._places.get(words.number, _NOWHERE)

    @staticmethod
    def _near(starts: list[int], before: list[int]) -> list[int]:
        near: list[int] = []
        until = 0
        for place in before:  # few, where the numbers are many
            first = bisect_left(starts, place - _NEAR, until)
            until = bisect_left(starts, place, first)
            near += starts[first:until]
        return near

    def _numbers_before(self, words: Beginnings) -> list[int]:
        """The numbers that stand near before words that begin so; several patterns ask for the same."""
        known = self._numbered.get(words.number)
        if known is None:
            places = self._places.get(words.number, _NOWHERE)
            known = self._numbered[words.number] = self._near(self.numbers, places) if places else _NOWHERE
        return known

    def has_between(self, words: Beginnings, start: int, end: int) -> bool:
        """Whether any word that begins so begins at ``start`` or behind, and before ``end``: much cheaper than to search for them."""
        places = self._places.get(words.number)
        if not places:
            return False
        index = bisect_left(places, start)
        return index < len(places) and places[index] < end

    def has_words(self, words: Beginnings) -> bool:
        """Whether any word of the text begins so."""
        return words.number in self._places

    @staticmethod
    def _at(pattern: re.Pattern[str], starts: list[int], text: str) -> Iterator[re.Match[str]]:
        cursor = 0
        for start in starts:
            if start >= cursor and (match := pattern.match(text, start)):
                yield match
                cursor = match.end()


def _running(folded: str, segments: tuple[Segment, ...]) -> str:
    """The folded text with a space for each break that only the width of the page has made: patterns read on over it."""
    breaks = [s for s in segments if folded.find("\n", s.start, s.end) >= 0]
    if not breaks:
        return folded
    pieces, cursor = [], 0
    for segment in breaks:
        pieces += [folded[cursor : segment.start], folded[segment.start : segment.end].replace("\n", " ")]
        cursor = segment.end
    return "".join([*pieces, folded[cursor:]])


_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    return char if char in "½¼¾" else fold(char)


def _fold(text: str) -> str:
    """As ``fold``, but with the fractions kept: their first character alone would be a whole number."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if not lowered.isascii():
        for char in set(_NOT_ASCII.findall(lowered)):  # few characters many times: each is replaced everywhere at once
            lowered = lowered.replace(char, _plain(char))
    return lowered
