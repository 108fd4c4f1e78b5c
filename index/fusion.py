"""Scores of several legs -> one score from 0 to 1 that means the same from query to query.

Each leg's scores are already shares of what the query could reach (or cosines); a weighted sum of them, through a
logistic curve, is the fused score. The weights are in fusion.json, with the figures they were chosen by.

>>> weights = Weights(("body", "cosine"), (2.0, 3.0), bias=-2.5)
>>> [round(float(s), 2) for s in weights.score(np.array([[0.0, 0.0], [0.5, 0.5]], dtype=np.float32))]
[0.08, 0.5]
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Mode = Literal["hybrid", "lexical", "vector"]
LEXICAL = ("body", "title", "heading", "document", "grams", "coverage", "sentence", "answer")
DENSE = ("cosine", "document_cosine")
NEAR = ("near", "head_near", "head_cosine", "near_answer")
FEATURES = LEXICAL + DENSE + NEAR
"""What is known of a passage for a query; the columns of every feature matrix, in this order."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight a feature, and where the curve crosses one half."""

    features: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float

    def score(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n,) scores, 0 to 1, of (n, features)."""
        raw = features @ np.array(self.weights, dtype=np.float32) + np.float32(self.bias)
        return np.asarray(1.0 / (1.0 + np.exp(-raw)), dtype=np.float32)


@cache
def weights_of(mode: Mode, path: Path = Path(__file__).parent / "fusion.json") -> Weights:
    """The stored weights of a mode."""
    stored = json.loads(path.read_text(encoding="utf-8"))["modes"][mode]
    return Weights(FEATURES, tuple(float(stored["weights"].get(name, 0.0)) for name in FEATURES), float(stored["bias"]))


def rough_weights() -> NDArray[np.float32]:
    """(features,) of the lexical weights that need no look at single passages: those choose whom to look at closely."""
    quick = {"body", "title", "heading", "document", "grams"}
    return np.array([w if name in quick else 0.0 for name, w in zip(FEATURES, weights_of("lexical").weights, strict=True)], dtype=np.float32)
