"""Train the default embedding model, or adapt it to an administration's own pairs; minutes on a CPU, no GPU.

What it learns from, besides question -> passage: a random run of the passage's sentences instead of the whole; questions
with words left out, mistyped or telegraphic; one sentence -> the rest of its passage; a heading's last part -> passage;
a thesaurus. The losses are those of sentence-transformers.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from corpus.french import sentences
from index.noise import noisy
from index.pairs import Pair
from index.static_model import encode, first_matrix, save, train_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ids = NDArray[np.int32]
_LAST_PART = re.compile(r"(?: : | - )(?=[^:-]+$)")


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of a training; the defaults are those of the shipped model."""

    subwords: int = 32_000
    dimension: int = 256
    matryoshka: tuple[int, ...] = (256, 128, 64)
    epochs: int = 8
    batch: int = 1024
    rate: float = 0.02
    scale: float = 20.0
    seed: int = 13


class Views:
    """The pairs as subword ids, and the ways to look at each."""

    def __init__(self, pairs: Sequence[Pair], tokenizer: Tokenizer) -> None:
        self.pairs = pairs
        self.tokenizer = tokenizer
        pieces = [[span.of(pair.positive) for span in sentences(pair.positive)] or [pair.positive] for pair in pairs]
        flat = encode(tokenizer, [piece for parts in pieces for piece in parts])
        self.sentences: list[list[Ids]] = []
        at = 0
        for parts in pieces:
            self.sentences.append(flat[at : at + len(parts)])
            at += len(parts)
        keys: dict[str, int] = {}
        self.passage_key = [keys.setdefault(pair.positive, len(keys)) for pair in pairs]

    def epoch(self, rng: random.Random) -> list[tuple[Ids, Ids, str, int]]:
        """(query ids, passage ids, query key, passage key) of one pass over the pairs, in random order."""
        queries: list[str] = []
        answers: list[tuple[Ids, int]] = []
        found: list[tuple[Ids, Ids, str, int]] = []
        for pair, parts, key in zip(self.pairs, self.sentences, self.passage_key, strict=True):
            anchor = pair.anchor
            if rng.random() < 0.25 and (tail := _LAST_PART.search(anchor)):
                anchor = anchor[tail.end() :]
            queries.append(noisy(anchor, rng))
            answers.append((_crop(parts, rng), key))
            if len(parts) > 2 and rng.random() < 0.5:
                at = rng.randrange(len(parts))
                found.append((parts[at], np.concatenate(parts[:at] + parts[at + 1 :]), "", key))
        for pair, query, (answer, key) in zip(self.pairs, encode(self.tokenizer, queries), answers, strict=True):
            found.append((query, answer, pair.anchor, key))
        found = [view for view in found if view[0].size and view[1].size]
        rng.shuffle(found)
        return found


def _crop(parts: list[Ids], rng: random.Random) -> Ids:
    """Half the time the whole passage, else a run of its sentences."""
    if len(parts) < 2 or rng.random() < 0.5:
        return np.concatenate(parts)
    length = rng.randint(1, len(parts) - 1)
    start = rng.randint(0, len(parts) - length)
    return np.concatenate(parts[start : start + length])


def batches(views: Sequence[tuple[Ids, Ids, str, int]], size: int) -> Iterator[list[tuple[Ids, Ids, str, int]]]:
    """Batches in which no question and no passage comes twice: in-batch negatives must be wrong answers."""
    waiting = list(views)
    while waiting:
        batch, later, questions, passages = [], [], set(), set()
        for at, view in enumerate(waiting):
            if len(batch) == size:
                later.extend(waiting[at:])
                break
            if (view[2] and view[2] in questions) or view[3] in passages:
                later.append(view)
                continue
            questions.add(view[2])
            passages.add(view[3])
            batch.append(view)
        if len(batch) < size // 4:  # too few are left for a fair choice of negatives
            return
        yield batch
        waiting = later


def fit(pairs: Sequence[Pair], tokenizer: Tokenizer, matrix: NDArray[np.float32], recipe: Recipe, note: Callable[[str], None]) -> NDArray[np.float32]:
    """The matrix after training (subwords, dimension)."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss, MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    static = StaticEmbedding(tokenizer, embedding_weights=matrix)
    model = SentenceTransformer(modules=[static], device="cpu")
    loss = MatryoshkaLoss(model, MultipleNegativesRankingLoss(model, scale=recipe.scale), matryoshka_dims=list(recipe.matryoshka))
    views = Views(pairs, tokenizer)
    steps = max(1, recipe.epochs * len(pairs) * 3 // 2 // recipe.batch)
    optimiser = torch.optim.Adam(model.parameters(), lr=recipe.rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=recipe.rate, total_steps=steps + 1, pct_start=0.1)
    done, started, running = 0, time.perf_counter(), 0.0
    while done < steps:
        for batch in batches(views.epoch(rng), recipe.batch):
            if done == steps:
                break
            optimiser.zero_grad()
            value = loss([_features([v[0] for v in batch]), _features([v[1] for v in batch])], torch.empty(0))
            value.backward()
            optimiser.step()
            schedule.step()
            done += 1
            running = float(value.detach()) if done == 1 else 0.98 * running + 0.02 * float(value.detach())
            if done % 100 == 0:
                note(f"step {done} of {steps}, loss {running:.3f}, {time.perf_counter() - started:.0f} s")
    return np.asarray(static.embedding.weight.detach().numpy(), dtype=np.float32)


def _features(lists: Sequence[Ids]) -> dict[str, Any]:
    import torch

    lengths = np.array([0, *map(len, lists[:-1])])
    return {"input_ids": torch.from_numpy(np.concatenate(lists).astype(np.int64)), "offsets": torch.from_numpy(np.cumsum(lengths))}
