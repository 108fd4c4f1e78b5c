"""Passages -> the arrays of the lexical index. Needs scipy, which reading the index does not."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from corpus.french import fold, sentences
from corpus.records import Passage
from index.analysis import grams, term, words
from index.postings import Postings


class _Numbers(dict[str, int]):
    """Gives each new key the next number."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


class _Folded(dict[str, int]):
    """A word as it is written -> the number of its folded form: folding each distinct word once, not every text."""

    def __init__(self, numbers: _Numbers) -> None:
        super().__init__()
        self._numbers = numbers

    def __missing__(self, key: str) -> int:
        self[key] = number = self._numbers[fold(key)]
        return number


def build_arrays(passages: Sequence[Passage], b: Mapping[str, float], gram_share: float) -> tuple[dict[str, NDArray[Any]], dict[str, Postings]]:
    """(arrays by name, postings by field); ``b`` is BM25's b by field; commoner 5-grams than ``gram_share`` are left out."""
    numbers = _Numbers()
    sentence_starts, body_tokens, token_counts = _read(passages, numbers)
    titles, title_counts = _read_short([p.title for p in passages], numbers)
    headings, heading_counts = _read_short([" ".join(p.heading_path) for p in passages], numbers)
    vocabulary, to_term, plain = _terms(numbers)
    term_tokens = to_term[body_tokens]
    sentence_of = np.repeat(np.arange(len(token_counts)), token_counts)
    kept = term_tokens >= 0
    token_starts = np.concatenate(([0], np.cumsum(np.bincount(sentence_of[kept], minlength=len(token_counts)))))
    passage_of = np.repeat(np.arange(len(passages)), np.diff(sentence_starts))[sentence_of] if len(sentence_of) else sentence_of
    size, width = len(passages), len(vocabulary)
    counts = {
        "body": _counts(passage_of[kept], term_tokens[kept], size, width),
        "title": _short_counts(titles, title_counts, to_term, size, width),
        "heading": _short_counts(headings, heading_counts, to_term, size, width),
    }
    documents: dict[str, int] = _Numbers()
    document_of = np.fromiter((documents[p.document] for p in passages), dtype=np.int64, count=size)
    member = scipy.sparse.csr_matrix((np.ones(size, dtype=np.float32), (document_of, np.arange(size))), shape=(len(documents), size))
    counts["document"] = (member @ (counts["body"] + counts["heading"].sign()) + _once(member, counts["title"])).tocsr()
    together = counts["body"] + counts["title"] + counts["heading"]
    frequency = np.bincount(together.indices, minlength=width).astype(np.int32)
    gram_vocabulary, gram_counts, gram_idf = _grams(passage_of, body_tokens, titles, title_counts, numbers, size, gram_share)
    fields = {name: Postings.of(matrix, b[name]) for name, matrix in counts.items()}
    fields["grams"] = Postings.of(gram_counts, b["grams"])
    arrays: dict[str, NDArray[Any]] = {
        "vocabulary": vocabulary, "frequency": frequency, "documents": np.arange(len(documents), dtype=np.int32),
        "document_of": document_of.astype(np.int32), "sentence_starts": sentence_starts, "token_starts": token_starts.astype(np.int64),
        "tokens": term_tokens[kept].astype(np.int32), "gram_vocabulary": gram_vocabulary, "gram_idf": gram_idf, **plain,
    }  # fmt: skip
    return arrays, fields


def _read(passages: Sequence[Passage], numbers: _Numbers) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """(first sentence of each passage and the end, word numbers, words a sentence)."""
    raw = _Folded(numbers)
    found = array("i")
    lengths: list[int] = []
    starts = [0]
    for passage in passages:
        text = passage.text
        for span in sentences(text):
            own = words(text[span.start : span.end])
            found.extend([raw[word] for word in own])
            lengths.append(len(own))
        starts.append(len(lengths))
    return np.array(starts, dtype=np.int64), np.array(found, dtype=np.int64), np.array(lengths, dtype=np.int64)


def _read_short(texts: Sequence[str], numbers: _Numbers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(word numbers, words a text); a text that comes again is read once."""
    known: dict[str, list[int]] = {}
    lists = [known[text] if text in known else known.setdefault(text, [numbers[w] for w in words(fold(text))]) for text in texts]
    flat = np.fromiter((n for own in lists for n in own), dtype=np.int64)
    return flat, np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))


def _terms(numbers: _Numbers) -> tuple[NDArray[Any], NDArray[np.int64], dict[str, NDArray[Any]]]:
    """(sorted vocabulary of terms, word number -> term number or -1, the plain words for spelling)."""
    keys = [term(word).encode() for word in numbers]
    vocabulary = np.array(sorted({key for key in keys if key}), dtype=bytes) if any(keys) else np.array([], dtype="S1")
    at = np.searchsorted(vocabulary, np.array(keys, dtype=vocabulary.dtype)) if keys else np.zeros(0, dtype=np.int64)
    to_term = np.where(np.fromiter((bool(key) for key in keys), dtype=bool, count=len(keys)), at, -1).astype(np.int64)
    spelled = [word for word in numbers if word.isalpha() and 4 <= len(word) <= 30]
    plain = np.array(sorted(word.encode() for word in spelled) or [b""], dtype=bytes)
    return vocabulary, to_term, {"words": plain}


def _counts(rows: NDArray[np.int64], columns: NDArray[np.int64], size: int, width: int) -> scipy.sparse.csr_matrix:
    return scipy.sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(size, width))


def _short_counts(
    tokens: NDArray[np.int64], lengths: NDArray[np.int64], to_term: NDArray[np.int64], size: int, width: int
) -> scipy.sparse.csr_matrix:
    rows = np.repeat(np.arange(size), lengths)
    terms = to_term[tokens]
    return _counts(rows[terms >= 0], terms[terms >= 0], size, width)


def _once(member: scipy.sparse.csr_matrix, titles: scipy.sparse.csr_matrix) -> scipy.sparse.csr_matrix:
    """Each document's title counted once, however many passages repeat it."""
    return (member @ titles).sign()


def _grams(
    passage_of: NDArray[np.int64],
    body: NDArray[np.int64],
    titles: NDArray[np.int64],
    title_counts: NDArray[np.int64],
    numbers: _Numbers,
    size: int,
    share: float,
) -> tuple[NDArray[Any], scipy.sparse.csr_matrix, NDArray[np.float32]]:
    """(sorted vocabulary of 5-grams, passages x 5-grams, idf): words x grams once, instead of every text's letters."""
    gram_numbers = _Numbers()
    lists = [[gram_numbers[g] for g in grams(word)] for word in numbers]
    lengths = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    flat = np.fromiter((g for own in lists for g in own), dtype=np.int64, count=int(lengths.sum()))
    width = len(gram_numbers)
    by_word = scipy.sparse.csr_matrix(
        (np.ones(len(flat), dtype=np.float32), flat, np.concatenate(([0], np.cumsum(lengths)))), shape=(len(lists), width)
    )
    rows = np.concatenate((passage_of, np.repeat(np.arange(size), title_counts)))
    counts = (_counts(rows, np.concatenate((body, titles)), size, len(lists)) @ by_word).tocsr()
    frequency = np.bincount(counts.indices, minlength=width)
    keep = np.flatnonzero((frequency > 0) & (frequency <= max(8, share * size)))
    names = np.array([g.encode() for g in gram_numbers] or [b""], dtype=bytes)[keep] if width else np.array([], dtype="S1")
    order = np.argsort(names, kind="stable")
    keep = keep[order]
    frequency = frequency[keep].astype(np.float64)
    return names[order], counts.tocsc()[:, keep].tocsr(), np.log1p((size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
