"""The shape of the default model: its subwords, its matrix, its files. Training itself is in train.py."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

UNKNOWN = "[UNK]"
PADDING = "[PAD]"


def train_tokenizer(texts: Iterable[str], size: int) -> Tokenizer:
    """At most ``size`` subwords learnt from the texts, blind to case and accents: people leave both out of questions."""
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN, max_input_chars_per_word=64))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.BertPreTokenizer(), pre_tokenizers.Digits(individual_digits=False)])
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(vocab_size=size, special_tokens=[PADDING, UNKNOWN], min_frequency=3, limit_alphabet=200, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer=trainer)
    return tokenizer


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[NDArray[np.int32]]:
    """The subword ids of each text."""
    return [np.array(e.ids, dtype=np.int32) for e in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]


def first_matrix(encoded: Sequence[NDArray[np.int32]], size: int, dimension: int, seed: int) -> NDArray[np.float32]:
    """Random directions; each row as long as its subword is rare: a / (a + frequency), the weights of Arora et al. (SIF, 2017)."""
    counts = np.bincount(np.concatenate([*encoded, np.zeros(1, dtype=np.int32)]), minlength=size)[:size].astype(np.float64)
    frequency = counts / counts.sum()
    weights = 1e-3 / (1e-3 + frequency)
    matrix = np.random.default_rng(seed).standard_normal((size, dimension)) / np.sqrt(dimension)
    matrix *= weights[:, None]
    matrix[:2] = 0.0  # padding and unknown say nothing
    return matrix.astype(np.float32)


def save(folder: Path, tokenizer: Tokenizer, matrix: NDArray[Any], config: dict[str, Any]) -> None:
    """Writes ``model.safetensors`` (float16), ``tokenizer.json`` and ``config.json`` into the folder."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    save_file({"embedding.weight": np.ascontiguousarray(matrix.astype(np.float16))}, str(folder / "model.safetensors"))
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
