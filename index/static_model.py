"""The shape of the default model: its subwords, its matrix, its files. Training itself is in train.py."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import scipy.sparse
    from tokenizers import Tokenizer

UNKNOWN = "[UNK]"
PADDING = "[PAD]"
WINDOW = 8
_LETTERS = 200


def train_tokenizer(texts: Iterable[str], size: int) -> Tokenizer:
    """At most ``size`` subwords learnt from the texts, blind to case and accents: people leave both out of questions."""
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

    texts = list(texts)
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN, max_input_chars_per_word=64))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Replace("’", "'"), normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.BertPreTokenizer(), pre_tokenizers.Digits(individual_digits=False)])
    tokenizer.decoder = decoders.WordPiece()
    # The library numbers the letters inside words in the order of a hash map, and breaks ties by those numbers: naming
    # them first makes the same texts give the same subwords every time.
    letters = Counter(char for text in texts for char in tokenizer.normalizer.normalize_str(text) if not char.isspace())
    inner = [f"##{char}" for char, _ in sorted(letters.items(), key=lambda item: (-item[1], item[0]))[:_LETTERS]]
    trainer = trainers.WordPieceTrainer(
        vocab_size=size, special_tokens=[PADDING, UNKNOWN, *inner], min_frequency=3, limit_alphabet=_LETTERS, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer=trainer)
    plain = Tokenizer(models.WordPiece(vocab=tokenizer.get_vocab(), unk_token=UNKNOWN, max_input_chars_per_word=64))
    plain.normalizer, plain.pre_tokenizer, plain.decoder = tokenizer.normalizer, tokenizer.pre_tokenizer, tokenizer.decoder
    return plain


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[NDArray[np.int32]]:
    """The subword ids of each text."""
    return [np.array(e.ids, dtype=np.int32) for e in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]


def first_matrix(encoded: Sequence[NDArray[np.int32]], size: int, dimension: int, seed: int) -> NDArray[np.float32]:
    """(size, dimension): where training starts from.

    Directions: the truncated SVD of how much more often than by chance two subwords stand close (positive pointwise
    mutual information, Levy & Goldberg 2014), so that a word seen in few pairs starts beside its like. Lengths: the
    rarer the longer, a / (a + frequency) (SIF, Arora et al. 2017).
    """
    from sklearn.utils.extmath import randomized_svd

    flat = np.concatenate([*encoded, np.zeros(1, dtype=np.int32)]).astype(np.int64)
    information = _pointwise_information(flat, np.repeat(np.arange(len(encoded) + 1), [*map(len, encoded), 1]), size)
    matrix = np.random.default_rng(seed).standard_normal((size, dimension))  # for subwords that stand beside nothing, or a tiny corpus
    if information.nnz > dimension:
        left, values, _ = randomized_svd(information, n_components=min(dimension, size - 1), n_iter=3, random_state=seed)
        matrix[:, : left.shape[1]] = np.where(np.abs(left).sum(axis=1, keepdims=True) > 1e-8, left * np.sqrt(values), matrix[:, : left.shape[1]])
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    frequency = np.bincount(flat, minlength=size)[:size] / len(flat)
    matrix *= (1e-3 / (1e-3 + frequency))[:, None]
    matrix[:2] = 0.0  # padding and unknown say nothing
    return matrix.astype(np.float32)


def _pointwise_information(flat: NDArray[np.int64], text_of: NDArray[np.int64], size: int) -> scipy.sparse.csr_matrix:
    """(size, size) PPMI of subwords at most WINDOW apart in one text, nearer ones counting more."""
    import scipy.sparse

    together = scipy.sparse.csr_matrix((size, size), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        one, other = flat[:-distance], flat[distance:]
        same = text_of[:-distance] == text_of[distance:]
        weights = np.full(int(same.sum()), distance**-0.5, dtype=np.float32)
        together = together + scipy.sparse.csr_matrix((weights, (one[same], other[same])), shape=(size, size))
    pairs = (together + together.T).tocoo()
    totals = np.bincount(pairs.row, pairs.data, size)
    context = totals**0.75  # raised, so that rare contexts do not look more telling than they are
    context /= max(context.sum(), 1e-12)
    gain = np.log(np.maximum(pairs.data / np.maximum(totals[pairs.row] * context[pairs.col], 1e-12), 1e-12))
    kept = gain > 0
    return scipy.sparse.csr_matrix((gain[kept].astype(np.float32), (pairs.row[kept], pairs.col[kept])), shape=(size, size))


def save(folder: Path, tokenizer: Tokenizer, matrix: NDArray[Any], config: dict[str, Any]) -> None:
    """Writes ``model.safetensors`` (float16), ``tokenizer.json`` and ``config.json`` into the folder."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    save_file({"embedding.weight": np.ascontiguousarray(matrix.astype(np.float16))}, str(folder / "model.safetensors"))
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
