"""Optional second look at the best hits with a cross-encoder (setting JALON_RERANKER); off by default, since it needs torch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.records import Passage
from index.embedder import passage_view
from index.errors import EmbedderUnavailable


class CrossEncoderReranker:
    """Any cross-encoder with one output that sentence-transformers loads."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def scores(self, query: str, passages: Sequence[Passage]) -> list[float]:
        """(passages,) scores from 0 to 1 (the model's own output through a logistic curve)."""
        import torch

        if not passages:
            return []
        pairs = [(query[:2000], passage_view(passage)) for passage in passages]
        out = self._model.predict(pairs, activation_fn=torch.nn.Sigmoid(), show_progress_bar=False, convert_to_numpy=True)
        return [float(score) for score in out]


def open_reranker(name: str) -> CrossEncoderReranker:
    """The cross-encoder of a folder or of the hub; raises EmbedderUnavailable, in one sentence, where it cannot be loaded."""
    try:
        from sentence_transformers import CrossEncoder

        model = CrossEncoder(name, device="cpu", num_labels=1)
    except Exception as error:  # whatever the library meets: no folder, no network, a damaged file
        reason = str(error).strip().splitlines()[0][:160] if str(error).strip() else type(error).__name__
        raise EmbedderUnavailable(
            f"The reranker '{name}' cannot be loaded ({reason}); name a folder that holds a cross-encoder, or unset JALON_RERANKER."
        ) from None
    return CrossEncoderReranker(model)
