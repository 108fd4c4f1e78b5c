"""Wrong answers that look right: for a question, the passages of other pairs that BM25 would have offered."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from corpus.records import Passage
from index.lexical import LexicalIndex
from index.pairs import Pair

_RANKS = slice(2, 20)
"""The first two are often right answers that nobody marked as such."""

_MOST = 20_000
"""Questions mined at most: beyond, mining takes longer than what it teaches is worth."""


def mine(pairs: Sequence[Pair], rng: random.Random, most: int = _MOST) -> dict[int, list[int]]:
    """Number of a pair -> numbers of pairs whose passages are hard wrong answers to its question.

    A pair of the same question or passage is none. Thesaurus entries are left out: a synonym is no wrong answer.
    """
    of_passage: dict[str, int] = {}
    for number, pair in enumerate(pairs):
        if pair.source != "thesaurus":
            of_passage.setdefault(pair.positive, number)
    index = LexicalIndex.build([_passage(text, number) for text, number in of_passage.items()])
    numbers = list(of_passage.values())
    found: dict[int, list[int]] = {}
    for number in rng.sample(sorted(numbers), min(most, len(numbers))):
        scores = index.body(index.query(pairs[number].anchor))
        best = np.argpartition(-scores, min(_RANKS.stop, len(scores) - 1))[: _RANKS.stop]
        best = best[np.argsort(-scores[best], kind="stable")][_RANKS]
        others = (numbers[row] for row in best.tolist() if scores[row] > 0)
        hard = [other for other in others if pairs[other].anchor != pairs[number].anchor and other != number]
        if hard:
            found[number] = hard
    return found


def _passage(text: str, number: int) -> Passage:
    return Passage(id=f"{number}#0", document=str(number), ordinal=0, title="", heading_path=(), text=text, start=0, end=len(text))
