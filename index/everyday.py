"""What people say and what administrations write for it: "boulot" and "emploi", "fiche de paye" and "bulletin de paie".

The table is everyday.txt; words are compared by their stems. A phrase of several telling words is compared by these, so
that "mettre des jours de côté" is found in "je mets trois jours de côté"; one with a single telling word ("de chez moi")
only as it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from corpus.french import is_stop_word, stem, stems, tokens

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kin:
    """Words ``said`` in a question (stems), and one expression (words) that may stand ``written`` for them."""

    said: Stems
    written: str


def kin_of(text: str) -> list[Kin]:
    """The expressions that may stand for what the text says, by the longest phrases first; a word inside a phrase counts no more alone.

    >>> [kin.written for kin in kin_of("ma fiche de paye")]
    ['bulletin de paie']
    """
    table, longest = _table()
    every = list(enumerate(tokens(text)))
    telling = [(at, word) for at, word in every if not is_stop_word(word)]
    rows = [(row, tuple(_stem(word) for _, word in row)) for row in (telling, every)]
    found: list[Kin] = []
    taken: set[int] = set()
    for length in range(longest, 0, -1):
        for row, stemmed in rows if length > 1 else rows[:1]:
            for first in range(len(row) - length + 1):
                key = stemmed[first : first + length]
                if key not in table:
                    continue
                run = [(at, word) for at, word in row[first : first + length] if not is_stop_word(word)]
                if not {at for at, _ in run} & taken:
                    taken |= {at for at, _ in run}
                    said = tuple(_stem(word) for _, word in run)
                    found += [Kin(said, written) for written in table[key]]
    return found


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    return stem(word)


def _key(phrase: str) -> Stems:
    """The stems of the telling words where there are several or nothing else, else of all words; () where none is telling."""
    telling, every = stems(phrase), tokens(phrase)
    if not telling:
        return tuple(every) if len(every) > 1 else ()
    return tuple(telling) if len(telling) > 1 or len(every) == 1 else tuple(_stem(word) for word in every)


@cache
def _table(path: Path = Path(__file__).parent / "everyday.txt") -> tuple[dict[Stems, list[str]], int]:
    """(what is said -> expressions, the most words of a key)."""
    table: dict[Stems, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        both = "=" in line
        left, _, right = line.partition("=" if both else ">")
        said, written = ([part.strip() for part in side.split(",")] for side in (left, right))
        ways = [(said, written)] + ([(written, said), (said, said), (written, written)] if both else [])
        for sources, targets in ways:
            for source in sources:
                key = _key(source)
                own = table.setdefault(key, []) if key else []
                own += [target for target in targets if _key(target) != key and target not in own]
    return table, max(map(len, table))
