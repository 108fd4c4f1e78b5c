"""Train the default embedding model, or adapt it to an administration's own pairs; minutes on a CPU, no GPU.

What it learns from, besides question -> passage: a random run of the passage's sentences instead of the whole; questions
with words left out, mistyped or telegraphic; one sentence -> the rest of its passage; a heading's last part -> passage;
a thesaurus. The losses are those of sentence-transformers.
"""

from __future__ import annotations

import dataclasses
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.french import sentences
from index.embedder import SHIPPED, StaticEmbedder
from index.errors import BadDataset
from index.evaluate import Figure, interval
from index.negatives import mine
from index.noise import noisy
from index.pairs import Pair, read_pairs, split_off, without_leaks
from index.static_model import encode, first_matrix, save, train_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ids = NDArray[np.int32]
View = tuple[Ids, Ids, str, int]
"""(query, passage, the question or "" for a sentence, number of the passage)."""

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""

_LAST_PART = re.compile(r"(?: : | - )(?=[^:-]+$)")


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of a training; the defaults are those of the shipped model."""

    subwords: int = 32_000
    dimension: int = 256
    matryoshka: tuple[int, ...] = (256, 128, 64)
    epochs: int = 9
    batch: int = 1024
    rate: float = 0.02
    scale: float = 20.0
    seed: int = 13


SCRATCH = Recipe()
ADAPT = Recipe(epochs=6, rate=0.003)
"""A small rate, so that what the shipped model knows of words the new pairs lack is not lost."""

_HELD_OUT = 0.1
_FEWEST = 20


@dataclass(frozen=True, slots=True)
class TrainReport:
    """nDCG@10 on the pairs set aside, before and after; ``gain`` is the difference, question by question.

    ``better`` where the whole 95 % interval of the gain is above 0. From scratch there is no before.
    """

    pairs: int
    held_out: int
    before: Figure | None
    after: Figure
    gain: Figure | None
    better: bool
    base: str
    out: Path
    seconds: float


class Views:
    """The pairs as subword ids, and the ways to look at each."""

    def __init__(self, pairs: Sequence[Pair], tokenizer: Tokenizer, hard: Mapping[int, Sequence[int]]) -> None:
        self.pairs = pairs
        self.hard = hard
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

    def epoch(self, rng: random.Random) -> list[View]:
        """One pass over the pairs in random order, half of them followed by one that is hard to tell from them."""
        order = list(range(len(self.pairs)))
        rng.shuffle(order)
        order = [n for at in order for n in ((at, rng.choice(self.hard[at])) if at in self.hard and rng.random() < 0.5 else (at,))]
        order = list(dict.fromkeys(order))
        queries: list[str] = []
        for at in order:
            anchor = self.pairs[at].anchor
            if rng.random() < 0.25 and (tail := _LAST_PART.search(anchor)):
                anchor = anchor[tail.end() :]
            queries.append(noisy(anchor, rng))
        found: list[View] = []
        for at, query in zip(order, encode(self.tokenizer, queries), strict=True):
            parts, key = self.sentences[at], self.passage_key[at]
            found.append((query, _crop(parts, rng), self.pairs[at].anchor, key))
            if len(parts) > 2 and rng.random() < 0.5:
                chosen = rng.randrange(len(parts))
                # far from its own pair, with which it may not share a batch
                other = (parts[chosen], np.concatenate(parts[:chosen] + parts[chosen + 1 :]), "", key)
                found.insert(rng.randrange(max(1, len(found) - 5000), len(found) + 1), other) if len(found) > 1 else found.append(other)
        return [view for view in found if view[0].size and view[1].size]


def _crop(parts: list[Ids], rng: random.Random) -> Ids:
    """Half the time the whole passage, else a run of its sentences."""
    if len(parts) < 2 or rng.random() < 0.5:
        return np.concatenate(parts)
    length = rng.randint(1, len(parts) - 1)
    start = rng.randint(0, len(parts) - length)
    return np.concatenate(parts[start : start + length])


def batches(views: Sequence[View], size: int) -> Iterator[list[View]]:
    """Batches in which no question and no passage comes twice: in-batch negatives must be wrong answers."""
    waiting = list(views)
    while waiting:
        batch: list[View] = []
        later: list[View] = []
        questions: set[str] = set()
        passages: set[int] = set()
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
        if len(batch) < max(2, size // 4):  # too few are left for a fair choice of negatives
            return
        yield batch
        waiting = later


def fit(pairs: Sequence[Pair], tokenizer: Tokenizer, matrix: NDArray[np.float32], recipe: Recipe, progress: Progress | None) -> NDArray[np.float32]:
    """The matrix after training (subwords, dimension)."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss, MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)  # noqa: S311 - noise for training
    static = StaticEmbedding(tokenizer, embedding_weights=matrix)
    model = SentenceTransformer(modules=[static], device="cpu")
    loss = MatryoshkaLoss(model, MultipleNegativesRankingLoss(model, scale=recipe.scale), matryoshka_dims=list(recipe.matryoshka))
    views = Views(pairs, tokenizer, mine(pairs, rng))
    size = max(2, min(recipe.batch, len(pairs) // 4))
    steps = max(1, recipe.epochs * len(pairs) // size)
    optimiser = torch.optim.Adam(model.parameters(), lr=recipe.rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=recipe.rate, total_steps=steps + 1, pct_start=0.1)
    done = 0
    while done < steps:
        before = done
        for batch in batches(views.epoch(rng), size):
            if done == steps:
                break
            optimiser.zero_grad()
            value = loss([_features([v[0] for v in batch]), _features([v[1] for v in batch])], torch.empty(0))
            value.backward()
            optimiser.step()
            schedule.step()
            done += 1
            if progress:
                progress("train", done, steps)
        if done == before:
            raise BadDataset("The pairs ask the same question or hold the same passage too often to learn from; add different ones.")
    return np.asarray(static.embedding.weight.detach().numpy(), dtype=np.float32)


def _features(lists: Sequence[Ids]) -> dict[str, Any]:
    import torch

    lengths = np.array([0, *map(len, lists[:-1])])
    return {"input_ids": torch.from_numpy(np.concatenate(lists).astype(np.int64)), "offsets": torch.from_numpy(np.cumsum(lengths))}


def train(
    pairs: Sequence[Path],
    out: Path,
    *,
    scratch: bool = False,
    exclude: Sequence[str] = (),
    recipe: Recipe | None = None,
    progress: Progress | None = None,
) -> TrainReport:
    """Trains on the pairs of the files and writes the model into ``out``: adapts the shipped one, or starts from scratch.

    A tenth of the passages is set aside first, and the model before and after is compared on them. ``exclude`` are
    texts of evaluations: pairs that repeat one are left out. Raises BadDataset where there is too little to learn from.
    """
    started = time.perf_counter()
    usable = without_leaks(read_pairs(pairs), exclude) if exclude else read_pairs(pairs)
    kept, held = split_off(usable, _HELD_OUT)
    if len(kept) < _FEWEST or not held:
        raise BadDataset(f"{len(usable)} usable pairs are too few to learn from and to check; give at least {_FEWEST * 2}.")
    recipe = recipe or (SCRATCH if scratch else ADAPT)
    base = None if scratch else StaticEmbedder(SHIPPED, "shipped")
    if base is None:
        texts = [text for pair in kept for text in (pair.anchor, pair.positive)]
        tokenizer = train_tokenizer(texts, recipe.subwords)
        first = first_matrix(encode(tokenizer, texts), tokenizer.get_vocab_size(), recipe.dimension, recipe.seed)
    else:
        tokenizer, first = base.tokenizer, base.matrix()
    trained = fit(kept, tokenizer, first, dataclasses.replace(recipe, dimension=first.shape[1]), progress)
    save(
        out, tokenizer, trained, {"dimension": int(trained.shape[1]), "subwords": int(trained.shape[0]), "base": "scratch" if scratch else "shipped"}
    )
    after = judge(StaticEmbedder(out, "adapted"), held, kept)
    if base is None:
        return TrainReport(len(kept), len(held), None, interval(after), None, True, "scratch", out, round(time.perf_counter() - started, 1))
    before = judge(base, held, kept)
    gain = interval([new - old for new, old in zip(after, before, strict=True)])
    return TrainReport(
        len(kept), len(held), interval(before), interval(after), gain, gain.low > 0, "shipped", out, round(time.perf_counter() - started, 1)
    )


def judge(model: StaticEmbedder, held: Sequence[Pair], others: Sequence[Pair], limit: int = 5000) -> list[float]:
    """nDCG@10 of each held-out question, its passage to be found among all held-out ones and up to ``limit`` others."""
    corpus = list(dict.fromkeys([pair.positive for pair in held] + [pair.positive for pair in others[:limit]]))
    at = {text: row for row, text in enumerate(corpus)}
    vectors = model.passages(corpus)
    right: dict[str, set[int]] = {}
    for pair in held:
        right.setdefault(pair.anchor, set()).add(at[pair.positive])
    similarity = model.queries(list(right)) @ vectors.T
    discount = 1 / np.log2(np.arange(2, 12))
    found = []
    for row, wanted in zip(similarity, right.values(), strict=True):
        gains = np.array([top in wanted for top in np.argsort(-row, kind="stable")[:10].tolist()], dtype=np.float64)
        found.append(float((gains * discount[: len(gains)]).sum() / discount[: len(wanted)].sum()))
    return found
