"""Annotated profiles -> how well the modules that suit them come first (nDCG@5), and whether nothing comes where nothing suits.

A folder holds its documents and ``profiles.jsonl``: lines ``{"id", "profile", "expected": {code: grade}}``. The grade 0 is
for what may be recommended but need not; without a higher grade nothing of the catalogue suits.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant.errors import BadRequest
from assistant.learner.profile import parse_profile
from assistant.paths.modules import plain
from assistant.paths.recommender import CatalogueLike, SearchLike, candidates, relevant

DEPTH: Final = 5
PROFILES: Final = "profiles.jsonl"


@dataclass(frozen=True, slots=True)
class ProfileResult:
    """``found``: the codes recommended first, best first; ``wrong``: all those recommended without being annotated.

    ``ndcg`` is None where nothing was to be found.
    """

    id: str
    found: tuple[str, ...]
    expected: tuple[str, ...]
    ndcg: float | None
    right_to_refuse: bool | None
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProfileFigures:
    results: tuple[ProfileResult, ...]

    @property
    def ndcg(self) -> float:
        """The mean over the profiles that something suits."""
        known = [r.ndcg for r in self.results if r.ndcg is not None]
        return sum(known) / len(known) if known else 0.0

    @property
    def wrong(self) -> float:
        """How many modules a profile is wrongly recommended, on the mean."""
        return sum(len(r.wrong) for r in self.results) / len(self.results) if self.results else 0.0

    @property
    def refused(self) -> float:
        """The share of the profiles that nothing suits for which nothing was recommended."""
        known = [r.right_to_refuse for r in self.results if r.right_to_refuse is not None]
        return sum(known) / len(known) if known else 1.0


def read_profiles(folder: Path) -> list[dict[str, Any]]:
    """The annotated lines. Raises BadRequest for a folder without them or a line that is none."""
    file = folder / PROFILES
    if not file.is_file():
        raise BadRequest(f"The folder {folder} holds no {PROFILES}: give a folder of annotated profiles.")
    lines = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        try:
            entry = json.loads(line)
            lines.append({"id": str(entry["id"]), "profile": entry["profile"], "expected": {plain(k): int(v) for k, v in entry["expected"].items()}})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadRequest(f'{PROFILES}, line {number}: write {{"id": "…", "profile": {{…}}, "expected": {{"CODE": 2}}}}.') from error
    return lines


def evaluate_profiles(entries: Sequence[dict[str, Any]], catalogue: CatalogueLike, search: SearchLike | None) -> ProfileFigures:
    results = []
    for entry in entries:
        best = relevant(candidates(catalogue, search, parse_profile(entry["profile"])))
        every = tuple(c.module.codes[0] if c.module.codes else plain(c.module.document) for c in best)
        grades: dict[str, int] = entry["expected"]
        expected = {code: grade for code, grade in grades.items() if grade > 0}
        wrong = tuple(code for code in every if code not in grades)
        ranked = [code for code in every if grades.get(code) != 0]
        ndcg = _ndcg([expected.get(code, 0) for code in ranked[:DEPTH]], list(expected.values())) if expected else None
        results.append(ProfileResult(entry["id"], every[:DEPTH], tuple(expected), ndcg, None if expected else not wrong, wrong))
    return ProfileFigures(tuple(results))


def _ndcg(gains: Sequence[int], ideal: Sequence[int]) -> float:
    """Discounted cumulative gain over the best possible, at ``DEPTH``.

    >>> _ndcg([2, 0, 1], [2, 1]) < 1.0 == _ndcg([2, 1], [1, 2])
    True
    """

    def dcg(values: Sequence[int]) -> float:
        return sum(value / math.log2(rank + 1) for rank, value in enumerate(values[:DEPTH], 1))

    best = dcg(sorted(ideal, reverse=True))
    return dcg(gains) / best if best else 0.0
