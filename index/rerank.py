"""Optional second look at the best hits with a cross-encoder (setting JALON_RERANKER); off by default, since it needs torch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from corpus.records import Passage
from index.embedder import passage_view
from index.errors import EmbedderUnavailable

_QUERY_CHARACTERS = 2000
"""A pasted page would leave no room for the passage in what the model reads at once."""


class PairEncoder(Protocol):
    """What is used of sentence-transformers' CrossEncoder; its output goes through ``activation_fn``."""

    def predict(self, inputs: list[tuple[str, str]], *, activation_fn: Any, show_progress_bar: bool, convert_to_numpy: bool) -> Any: ...


class CrossEncoderReranker:
    """Any cross-encoder with one output. ``logistic`` is what makes scores from 0 to 1 of it, whatever the model's own files say."""

    def __init__(self, model: PairEncoder, logistic: Any) -> None:
        self._model, self._logistic = model, logistic

    def scores(self, query: str, passages: Sequence[Passage]) -> list[float]:
        """(passages,) scores from 0 to 1."""
        if not passages:
            return []
        pairs = [(query[:_QUERY_CHARACTERS], passage_view(passage)) for passage in passages]
        out = self._model.predict(pairs, activation_fn=self._logistic, show_progress_bar=False, convert_to_numpy=True)
        return [float(score) for score in out]


def open_reranker(name: str) -> CrossEncoderReranker:
    """The cross-encoder of a folder or of the hub; raises EmbedderUnavailable, in one sentence, where it cannot be loaded."""
    try:
        import torch
        from sentence_transformers import CrossEncoder

        model = CrossEncoder(name, device="cpu", num_labels=1)
    except Exception as error:  # whatever the library meets: no folder, no network, a damaged file
        reason = str(error).strip().splitlines()[0][:160] if str(error).strip() else type(error).__name__
        raise EmbedderUnavailable(
            f"The reranker '{name}' cannot be loaded ({reason}); name a folder that holds a cross-encoder, or unset JALON_RERANKER."
        ) from None
    return CrossEncoderReranker(model, torch.nn.Sigmoid())
