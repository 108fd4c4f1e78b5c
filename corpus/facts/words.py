"""The words and numbers at which a pattern may begin, found for all patterns in one pass over a text.

Some twenty-five patterns are tried on every document, each at the words that begin as it does. What a word may begin is
looked at once in the life of the process: a text of ninety words then costs ninety look-ups, not ninety times twenty-five.
"""

from __future__ import annotations

from itertools import accumulate, compress, count
from operator import add
from typing import ClassVar

_NOTHING: tuple[int, ...] = ()
_REMEMBERED = 60_000
"""Words whose patterns are remembered: French has fewer that documents use, and noise must not fill the memory."""
_LONGEST = 16
"""Letters of the longest beginning that need be looked up."""
_by_beginning: dict[str, list[int]] = {}
"""Beginning -> the numbers of the ``Beginnings`` that name it: a new word costs a look-up a letter."""


class Beginnings:
    """How the words begin at which some pattern may begin; made when a module is loaded, one for each use.

    A beginning of one or two letters is a whole word.
    """

    _made: ClassVar[list[tuple[str, ...]]] = []

    def __init__(self, *beginnings: str) -> None:
        self.number = len(self._made)
        self._made.append(beginnings)
        _by_beginning.clear()
        _known.clear()

    @classmethod
    def of(cls, word: str) -> tuple[int, ...]:
        """The numbers of those that the word begins like."""
        if not _by_beginning:
            for number, made in enumerate(cls._made):
                for beginning in made:
                    _by_beginning.setdefault(beginning, []).append(number)
        found = set(_by_beginning.get(word, ()))
        for length in range(3, min(len(word), _LONGEST + 1)):
            if begun := _by_beginning.get(word[:length]):
                found.update(begun)
        return tuple(sorted(found)) or _NOTHING


class _Known(dict[bytes, tuple[int, ...]]):
    """Word -> the numbers of its ``Beginnings``, filled as words are met."""

    def __missing__(self, word: bytes) -> tuple[int, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        numbers = self[word] = Beginnings.of(word.decode("ascii"))
        return numbers


_known = _Known()
# A byte a character: letters, or digits and fractions, are kept and all else is a space.
_LETTERS = bytes(b if 97 <= b <= 122 else 32 for b in range(256))
_DIGITS = bytes(48 if 48 <= b <= 57 or b in "¼½¾".encode("latin-1") else 32 for b in range(256))


def places_of(folded: str) -> dict[int, list[int]]:
    """Where the words of a folded text begin, in order, by the number of the ``Beginnings`` that they begin like."""
    places: dict[int, list[int]] = {}
    # Splitting bytes at single spaces is many times faster than a pattern that finds words; the lengths say where each begins.
    pieces = folded.encode("latin-1", "replace").translate(_LETTERS).split(b" ")
    numbers = list(map(_known.__getitem__, pieces))
    starts = map(add, accumulate(map(len, pieces), initial=0), count())
    for start, begun in compress(zip(starts, numbers, strict=False), numbers):
        for number in begun:
            if number in places:
                places[number].append(start)
            else:
                places[number] = [start]
    return places


def numbers_of(folded: str) -> list[int]:
    """Where the runs of digits and fractions of a folded text begin, in order."""
    spaced = b" %b" % folded.encode("latin-1", "replace").translate(_DIGITS)
    starts: list[int] = []
    start = spaced.find(b" 0")
    while start >= 0:
        starts.append(start)
        start = spaced.find(b" 0", start + 1)
    return starts
