"""The optional second look: by an encoder of the same interface, and (slow: torch is imported) a tiny real one made here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.embedder import passage_view
from index.errors import EmbedderUnavailable
from index.rerank import CrossEncoderReranker, open_reranker
from tests.index.samples import COURSES, passages, search_over


def tiny_cross_encoder(folder: Path) -> None:
    """Untrained weights from a fixed seed: what it prefers means nothing, that it is asked and obeyed does."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    words = sorted({word for title, text in COURSES.values() for word in (title + " " + text).split()})
    vocabulary = {word: number for number, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *words])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]", model_max_length=64
    ).save_pretrained(folder)
    torch.manual_seed(5)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
        max_position_embeddings=64,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(folder)


class SharedWords:
    """A pair encoder that counts the words that both texts hold, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def predict(self, inputs: list[tuple[str, str]], *, activation_fn: Any, show_progress_bar: bool, convert_to_numpy: bool) -> Any:
        assert not show_progress_bar
        assert convert_to_numpy
        self.asked += inputs
        shared = [len(set(query.split()) & set(text.split())) for query, text in inputs]
        return activation_fn(np.array(shared, dtype=np.float32))


def test_the_encoder_sees_what_is_embedded_and_its_scores_order_the_hits() -> None:
    encoder = SharedWords()
    reranker = CrossEncoderReranker(encoder, lambda raw: 1 / (1 + np.exp(-raw)))
    own = passages()
    assert reranker.scores("budget", []) == []
    scores = reranker.scores("le budget " + "x" * 5000, own)
    assert [text for _, text in encoder.asked] == [passage_view(passage) for passage in own]
    assert {len(query) for query, _ in encoder.asked} == {2000}
    assert all(isinstance(score, float) and 0 < score < 1 for score in scores)
    question = "écouter décider expliquer au guichet"
    hits = search_over(own, reranker=reranker).search(question, 4)
    by_id = dict(zip((passage.id for passage in own), reranker.scores(question, own), strict=True))
    assert [hit.score for hit in hits] == [by_id[hit.passage.id] for hit in hits] == sorted((by_id[hit.passage.id] for hit in hits), reverse=True)
    assert len(set(by_id.values())) > 1


@pytest.mark.slow
def test_a_cross_encoder_orders_the_hits_by_its_own_scores(tmp_path: Path) -> None:
    tiny_cross_encoder(tmp_path / "tiny")
    reranker = open_reranker(str(tmp_path / "tiny"))
    own = passages()
    assert reranker.scores("budget", []) == []
    scores = reranker.scores("le budget communal", own)
    assert len(scores) == len(own)
    assert all(0 < score < 1 for score in scores)
    assert scores == pytest.approx([reranker.scores("le budget communal", [passage])[0] for passage in own], abs=1e-4)
    hits = search_over(own, reranker=reranker).search("le budget communal", 4)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    by_id = dict(zip((passage.id for passage in own), scores, strict=True))
    assert [hit.score for hit in hits] == pytest.approx([by_id[hit.passage.id] for hit in hits], abs=1e-4)


@pytest.mark.slow
def test_no_cross_encoder_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match="unset JALON_RERANKER") as caught:
        open_reranker(str(tmp_path))
    assert "\n" not in str(caught.value)
