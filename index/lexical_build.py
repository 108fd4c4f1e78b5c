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
from index.analysis import WORD_LENGTH, grams, term, words
from index.postings import Postings

Integers = NDArray[np.int64]

_OPENING = 16
"""Telling words at its beginning that stand for the title of a document that has none: as many as a long title has."""


class _Numbers(dict[str, int]):
    """Gives each new key the next number."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


def build_arrays(passages: Sequence[Passage], b: Mapping[str, float], gram_share: float) -> tuple[dict[str, NDArray[Any]], dict[str, Postings]]:
    """(arrays by name, postings by field); ``b`` is BM25's b by field; commoner 5-grams than ``gram_share`` are left out."""
    written = _Numbers()
    sentence_starts, body_tokens, token_counts = _read(passages, written)
    titles, title_counts = _read_short([p.title for p in passages], written)
    headings, heading_counts = _read_short([" ".join(p.heading_path) for p in passages], written)
    occurrences = np.bincount(np.concatenate((body_tokens, titles, headings)), minlength=len(written))
    distinct, word_of, word_terms, vocabulary, table = _terms(list(written), occurrences)
    body_tokens, titles, headings = word_of[body_tokens], word_of[titles], word_of[headings]
    term_tokens = word_terms[body_tokens]
    sentence_of = np.repeat(np.arange(len(token_counts)), token_counts)
    kept = term_tokens >= 0
    token_starts = np.concatenate(([0], np.cumsum(np.bincount(sentence_of[kept], minlength=len(token_counts)))))
    passage_of = np.repeat(np.arange(len(passages)), np.diff(sentence_starts))[sentence_of] if len(sentence_of) else sentence_of
    size, width = len(passages), len(vocabulary)
    counts = {
        "body": _counts(passage_of[kept], term_tokens[kept], size, width),
        "title": _short_counts(titles, title_counts, word_terms, size, width),
        "heading": _short_counts(headings, heading_counts, word_terms, size, width),
    }
    documents: dict[str, int] = _Numbers()
    document_of = np.fromiter((documents[p.document] for p in passages), dtype=np.int64, count=size)
    member = scipy.sparse.csr_matrix((np.ones(size, dtype=np.float32), (document_of, np.arange(size))), shape=(len(documents), size))
    opening = member.T @ _openings(passage_of[kept], term_tokens[kept], counts["title"], document_of, member.shape[0])
    counts["document"] = (member @ (counts["body"] + counts["heading"].sign()) + _once(member, counts["title"])).tocsr()
    together = counts["body"] + counts["title"] + counts["heading"]
    frequency = np.bincount(together.indices, minlength=width).astype(np.int32)
    gram_vocabulary, gram_counts, gram_idf = _grams(passage_of, body_tokens, titles, title_counts, distinct, size, gram_share)
    fields = {name: Postings.of(matrix, b[name]) for name, matrix in counts.items()}
    fields["grams"] = Postings.of(gram_counts, b["grams"])
    arrays: dict[str, NDArray[Any]] = {
        "vocabulary": vocabulary, "frequency": frequency, "documents": np.arange(len(documents), dtype=np.int32),
        "document_of": document_of.astype(np.int32), "sentence_starts": sentence_starts, "token_starts": token_starts.astype(np.int64),
        "tokens": term_tokens[kept].astype(np.int32), **_above(counts["title"] + counts["heading"] + opening),
        "gram_vocabulary": gram_vocabulary, "gram_idf": gram_idf, **table,
    }  # fmt: skip
    return arrays, fields


def _read(passages: Sequence[Passage], written: _Numbers) -> tuple[Integers, Integers, Integers]:
    """(first sentence of each passage and the end, numbers of the words as written, words a sentence)."""
    found = array("i")
    lengths = array("i")
    starts = array("i", [0])
    for passage in passages:
        text = passage.text
        for span in sentences(text):
            own = words(text[span.start : span.end])
            found.extend([written[word] for word in own])
            lengths.append(len(own))
        starts.append(len(lengths))
    return np.array(starts, dtype=np.int64), np.array(found, dtype=np.int64), np.array(lengths, dtype=np.int64)


def _read_short(texts: Sequence[str], written: _Numbers) -> tuple[Integers, Integers]:
    """(numbers of the words as written, words a text); a text that comes again is read once."""
    known: dict[str, list[int]] = {}
    lists = [known[text] if text in known else known.setdefault(text, [written[w] for w in words(text)]) for text in texts]
    lengths = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    return np.fromiter((n for own in lists for n in own), dtype=np.int64, count=int(lengths.sum())), lengths


def _terms(written: Sequence[str], occurrences: Integers) -> tuple[list[str], Integers, Integers, NDArray[Any], dict[str, NDArray[Any]]]:
    """(folded words sorted, written -> folded, folded -> term or -1, terms sorted, the arrays of the table of words).

    A folded word counts as the stem of what it is written as most often, so that a question typed without accents
    meets the same term as the text; stemming the folded word would not ("donnee" and "données" part).
    """
    folded = [fold(word)[:WORD_LENGTH] for word in written]
    distinct = sorted(set(folded), key=str.encode)
    number = {word: at for at, word in enumerate(distinct)}
    word_of = np.fromiter((number[word] for word in folded), dtype=np.int64, count=len(folded))
    shown = list(distinct)
    for at in np.argsort(occurrences, kind="stable").tolist():  # the commonest last: it stays
        shown[word_of[at]] = written[at][:WORD_LENGTH]
    chosen = [term(word) for word in shown]
    vocabulary = sorted({name for name in chosen if name}, key=str.encode)
    at_term = {name: at for at, name in enumerate(vocabulary)}
    word_terms = np.fromiter((at_term.get(name, -1) for name in chosen), dtype=np.int64, count=len(chosen))
    table = {
        "words": _bytes(distinct), "shown": _bytes([word.lower() for word in shown]), "word_terms": word_terms.astype(np.int32),
        "capitals": np.fromiter((len(word) > 1 and word.isupper() for word in shown), dtype=np.bool_, count=len(shown)),
    }  # fmt: skip
    return distinct, word_of, word_terms, _bytes(vocabulary), table


def _bytes(texts: Sequence[str]) -> NDArray[Any]:
    return np.array([text.encode() for text in texts], dtype=bytes) if texts else np.array([], dtype="S1")


def _counts(rows: Integers, columns: Integers, size: int, width: int) -> scipy.sparse.csr_matrix:
    return scipy.sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(size, width))


def _short_counts(tokens: Integers, lengths: Integers, to_term: Integers, size: int, width: int) -> scipy.sparse.csr_matrix:
    rows = np.repeat(np.arange(size), lengths)
    terms = to_term[tokens]
    return _counts(rows[terms >= 0], terms[terms >= 0], size, width)


def _above(counts: scipy.sparse.csr_matrix) -> dict[str, NDArray[Any]]:
    """The distinct terms of each passage's title (or its document's opening) and headings."""
    counts = counts.tocsr()
    return {"above_starts": counts.indptr.astype(np.int64), "above_tokens": counts.indices.astype(np.int32)}


def _openings(
    passage_of: Integers, terms: Integers, titles: scipy.sparse.csr_matrix, document_of: Integers, documents: int
) -> scipy.sparse.csr_matrix:
    """(documents x terms): the opening words of those without a title.

    Without them the passages of a corpus of which some stand under headings and some under none cannot be judged alike,
    and the longest win, which hold every word somewhere.
    """
    size = len(document_of)
    first = np.zeros(size, dtype=np.bool_)
    first[np.unique(document_of, return_index=True)[1]] = True
    bare = first & (np.asarray(titles.sum(axis=1)).ravel() == 0)
    place = np.arange(len(passage_of)) - np.searchsorted(passage_of, np.arange(size))[passage_of]
    taken = bare[passage_of] & (place < _OPENING)
    return _counts(document_of[passage_of[taken]], terms[taken], documents, titles.shape[1])


def _once(member: scipy.sparse.csr_matrix, titles: scipy.sparse.csr_matrix) -> scipy.sparse.csr_matrix:
    """Each document's title counted once, however many passages repeat it."""
    return (member @ titles).sign()


def _grams(
    passage_of: Integers,
    body: Integers,
    titles: Integers,
    title_counts: Integers,
    distinct: Sequence[str],
    size: int,
    share: float,
) -> tuple[NDArray[Any], scipy.sparse.csr_matrix, NDArray[np.float32]]:
    """(sorted vocabulary of 5-grams, passages x 5-grams, idf): words x grams once, instead of every text's letters."""
    gram_numbers = _Numbers()
    lists = [[gram_numbers[g] for g in grams(word)] for word in distinct]
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
    names = _bytes(list(gram_numbers))[keep]
    order = np.argsort(names, kind="stable")
    keep = keep[order]
    frequency = frequency[keep].astype(np.float64)
    return names[order], counts.tocsc()[:, keep].tocsr(), np.log1p((size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
