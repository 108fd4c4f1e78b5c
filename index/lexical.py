"""Fielded BM25 over passages: body, title, headings, the document as a whole, letter 5-grams, and the best sentence.

Scores are divided by the most that a passage could reach for that query, so that 0.6 means the same from query to query.
Files are numpy arrays, memory-mapped; opening an index reads none of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.french import fold, stem
from corpus.records import Passage
from index.acronyms import explained, known
from index.analysis import WORD_LENGTH, grams, query_words, term, words
from index.errors import DamagedIndex
from index.everyday import Kin, kin_of
from index.postings import K1, Postings, lookup, read_array

FIELDS = ("body", "title", "heading", "document", "grams")
_B = {"body": 0.75, "title": 0.5, "heading": 0.5, "document": 0.75, "grams": 0.75}
"""How much the length of a field counts; titles differ little in length, and a long one is no worse."""

_QUERY_WORDS = 64
"""Distinct words of a query that are looked at: a question has no more, a pasted page is known by its first ones."""

_QUERY_GRAMS = 96
_EXPANSION = 0.5
"""The weight of a word that only an acronym brought into the query."""

_KINSHIP = 0.35
"""The weight of a word that administrations may write for one that was asked."""

_KIN_CHARACTERS = 500
"""Of a query, looked through for everyday words: a pasted page has enough of its own."""

_SHARE = 0.25
"""5-grams that more than this share of the passages hold ("ation") tell nothing and cost most of the time."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Query:
    """A query as lexical search sees it; ``words`` asked, ``terms`` and ``idf`` aligned with them (-1: in no passage)."""

    words: tuple[str, ...]
    terms: NDArray[np.int64]
    idf: Floats
    extra_terms: NDArray[np.int64]
    """What acronyms stand for, or the acronym of what was spelled out."""
    extra_idf: Floats
    grams: NDArray[np.int64]
    gram_idf: Floats
    kin_words: NDArray[np.int64]
    """Places in ``words``, and beside each in ``kin_terms`` a term that administrations may write for that word."""
    kin_terms: NDArray[np.int64]
    expressions: tuple[tuple[int, str], ...] = ()
    """Places in ``words``, and an expression for each that administrations may write for that word, in the passages or not."""

    @property
    def best(self) -> float:
        """The most that a field can score: every word asked, as often as one likes."""
        return float(self.idf.sum()) * (K1 + 1)


@dataclass(frozen=True, slots=True)
class LexicalScores:
    """(passages,) each, 0 to 1 of what the query can reach; ``grams`` likewise over the 5-grams."""

    body: Floats
    title: Floats
    heading: Floats
    document: Floats
    grams: Floats


@dataclass(frozen=True, slots=True)
class Coverage:
    """(rows,) each, 0 to 1: by the passage with its title and headings; by its best sentence alone; by that sentence and the headings."""

    coverage: Floats
    sentence: Floats
    answer: Floats


class LexicalIndex:
    """Rows are passages, in the order in which they were given to ``build``; ``ids[row]`` is a passage's id."""

    def __init__(self, arrays: dict[str, NDArray[Any]], fields: dict[str, Postings], ids: list[str], acronyms: dict[str, str]) -> None:
        self._arrays = arrays
        self._fields = fields
        self.ids = ids
        self.acronyms = acronyms
        self.size = len(ids)

    @classmethod
    def build(cls, passages: Sequence[Passage]) -> LexicalIndex:
        """Reads every passage once; some 8 000 passages a second on one core."""
        from index.lexical_build import build_arrays

        arrays, fields = build_arrays(passages, _B, _SHARE)
        return cls(arrays, fields, [p.id for p in passages], explained(p.text for p in passages))

    def save(self, folder: Path) -> None:
        """Writes the index into a new folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, array in self._arrays.items():
            np.save(folder / f"{name}.npy", array)
        for name, field in self._fields.items():
            field.save(folder, name)
        (folder / "index.json").write_text(json.dumps({"ids": self.ids, "acronyms": self.acronyms}, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Opens what ``save`` wrote; raises DamagedIndex where a file is missing or torn."""
        try:
            head = json.loads((folder / "index.json").read_text(encoding="utf-8"))
            names = [path.name.removesuffix(".npy") for path in folder.glob("*.npy") if path.name.count(".") == 1]
            arrays = {name: read_array(folder / f"{name}.npy") for name in names}
            fields = {name: Postings.load(folder, name, len(arrays["documents"]) if name == "document" else len(head["ids"])) for name in FIELDS}
            return cls(arrays, fields, head["ids"], head["acronyms"])
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise DamagedIndex(f"The lexical index cannot be read ({type(error).__name__}); run `jalon reindex --full`.") from error

    @cached_property
    def rows(self) -> dict[str, int]:
        """Passage id -> row."""
        return {name: row for row, name in enumerate(self.ids)}

    @cached_property
    def _acronyms(self) -> dict[str, str]:
        return known(self.acronyms)

    def document_of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the document of each row."""
        return np.asarray(self._arrays["document_of"][rows], dtype=np.int64)

    def terms_of(self, row: int) -> frozenset[int]:
        """The distinct terms of a passage."""
        first, last = int(self._arrays["sentence_starts"][row]), int(self._arrays["sentence_starts"][row + 1])
        begin, end = int(self._arrays["token_starts"][first]), int(self._arrays["token_starts"][last])
        return frozenset(self._arrays["tokens"][begin:end].tolist())

    @property
    def width(self) -> int:
        """The number of terms; a term is a number below it."""
        return len(self._arrays["vocabulary"])

    def terms_below(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """(the terms of the rows' texts one after the other, where each row's begin and the last one's end)."""
        starts = self._arrays["token_starts"]
        return _gathered(self._arrays["tokens"], starts[self._arrays["sentence_starts"][rows]], starts[self._arrays["sentence_starts"][rows + 1]])

    def sentences_below(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """(where in what ``terms_below`` gives each sentence begins and the last one ends, the place in ``rows`` of each)."""
        starts, of_rows = self._arrays["token_starts"], self._arrays["sentence_starts"]
        sentences, row_of = runs(np.asarray(of_rows[rows]), np.asarray(of_rows[rows + 1]))
        lengths = np.asarray(starts[sentences + 1] - starts[sentences])
        return np.concatenate(([0], np.cumsum(lengths))), row_of

    def terms_above(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Likewise the distinct terms of the rows' titles (or their documents' opening words) and headings."""
        starts = self._arrays["above_starts"]
        return _gathered(self._arrays["above_tokens"], starts[rows], starts[rows + 1])

    def forms_of(self, terms: NDArray[np.int64]) -> list[str]:
        """A word of the passages for each term, the shortest of its stem."""
        return [bytes(self._arrays["shown"][at]).decode() for at in self._forms[terms].tolist()]

    @cached_property
    def _forms(self) -> NDArray[np.int64]:
        """Term -> the place of its shortest word."""
        owners = np.asarray(self._arrays["word_terms"], dtype=np.int64)
        lengths = np.char.str_len(self._arrays["words"]) if len(owners) else owners
        order = np.lexsort((-lengths, owners))
        forms = np.zeros(self.width, dtype=np.int64)
        kept = order[owners[order] >= 0]
        forms[owners[kept]] = kept  # the shortest comes last and stays
        return forms

    def alike(self, one: frozenset[int], other: frozenset[int], share: float) -> bool:
        """Whether two passages say the same: they share that much of their terms, and every number and code."""
        if len(one & other) < share * len(one | other):
            return False
        return not any(any(48 <= byte <= 57 for byte in bytes(self._arrays["vocabulary"][t])) for t in one ^ other)

    def words(self) -> list[str]:
        """Every plain word of the passages that a slip could be meant for, folded, sorted."""
        return [word for word in (raw.decode() for raw in self._arrays["words"].tolist()) if 4 <= len(word) <= 30 and word.isalpha()]

    def shown(self, word: str) -> str:
        """The folded word of the passages as they write it most often, in small letters."""
        at = int(lookup(self._arrays["words"], [word])[0])
        return bytes(self._arrays["shown"][at]).decode() if at >= 0 else word

    def knows(self, word: str) -> bool:
        """Whether a passage holds the word or another of its stem."""
        return bool(lookup(self._arrays["words"], [fold(word)])[0] >= 0 or self._numbers([word])[0] >= 0)

    def frequency(self, word: str) -> int:
        """In how many passages the word or another of its stem stands."""
        at = int(self._numbers([word])[0])
        return int(self._arrays["frequency"][at]) if at >= 0 else 0

    def _numbers(self, asked: Sequence[str]) -> NDArray[np.int64]:
        """The term of each word: the one of the passages' own words of that spelling, accents aside, else of its stem; or -1."""
        own = lookup(self._arrays["words"], [fold(word)[:WORD_LENGTH] for word in asked])
        stemmed = lookup(self._arrays["vocabulary"], [term(word) for word in asked])
        known_word = np.asarray(self._arrays["word_terms"][np.maximum(own, 0)], dtype=np.int64) if len(self._arrays["words"]) else stemmed
        return np.where((own >= 0) & (known_word >= 0), known_word, stemmed)

    def query(self, text: str) -> Query:
        """What of the text can be looked up; empty for a text of stop words or signs alone."""
        kin_found = kin_of(text[:_KIN_CHARACTERS])
        # "de chez moi" has no word that tells anything: what is written for it is asked in its place
        meant = next((words(kin.written) for kin in kin_found if not kin.said), [])
        asked = [*query_words(text)[:_QUERY_WORDS], *(word for word in meant if term(word))]
        numbers = self._numbers(asked)
        names = [str(number) if number >= 0 else term(word) for word, number in zip(asked, numbers.tolist(), strict=True)]
        first = [at for at, name in enumerate(names) if names.index(name) == at]
        asked, numbers = [asked[at] for at in first], numbers[first]
        extra = np.unique(self._numbers([w for w in dict.fromkeys(self._expansions(text, asked)) if term(w)]))
        extra = np.setdiff1d(extra[extra >= 0], numbers)
        found = lookup(self._arrays["gram_vocabulary"], list(dict.fromkeys(g for word in asked for g in grams(fold(word)))))
        found = np.unique(found[found >= 0])
        gram_idf = np.asarray(self._arrays["gram_idf"][found], dtype=np.float32)
        rarest = np.argsort(-gram_idf, kind="stable")[:_QUERY_GRAMS]
        kin = self._kin(kin_found, asked)
        return Query(tuple(asked), numbers, self._idf(numbers), extra, self._idf(extra), found[rarest], gram_idf[rarest], *kin)

    def _kin(self, kin_found: Sequence[Kin], asked: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64], tuple[tuple[int, str], ...]]:
        """(places of words asked, terms): of an expression the rarest word stands for all, where the passages know every one."""
        stemmed = [stem(fold(word)) for word in asked] if kin_found else []
        pairs: dict[tuple[int, int], None] = {}
        expressions = [(at, kin.written) for kin in kin_found for at, word in enumerate(stemmed) if word in kin.said]
        for kin in kin_found:
            numbers = self._numbers([word for word in words(kin.written) if term(word)])
            if len(numbers) and (numbers >= 0).all():
                rarest = int(numbers[np.argmin(self._arrays["frequency"][numbers])])
                pairs.update({(at, rarest): None for at, word in enumerate(stemmed) if word in kin.said})
        found = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
        return found[:, 0], found[:, 1], tuple(expressions)

    def _idf(self, numbers: NDArray[np.int64]) -> Floats:
        """A term in no passage weighs as much as one that is nearly in one."""
        frequency = np.zeros(len(numbers), dtype=np.float64)
        frequency[numbers >= 0] = self._arrays["frequency"][numbers[numbers >= 0]]
        return np.log1p((self.size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)

    def _expansions(self, text: str, asked: Sequence[str]) -> Iterable[str]:
        """The words of the long form of each acronym asked, and the acronym of each long form."""
        for word in asked:
            form = self._acronyms.get(fold(word))
            # "but" and "ira" are words too: typed small, they are acronyms only where the passages write them large
            if form and (word.isupper() or self._in_capitals(fold(word))):
                yield from words(form)
        if len(asked) > 1:
            folded = f" {' '.join(words(fold(text[:2000])))} "
            for acronym, form in self._acronyms.items():
                if f" {form} " in folded:
                    yield acronym

    def _in_capitals(self, folded: str) -> bool:
        at = int(lookup(self._arrays["words"], [folded])[0])
        return at < 0 or bool(self._arrays["capitals"][at])

    def scores(self, query: Query) -> LexicalScores:
        """One score a passage and field."""
        known_terms = query.terms >= 0
        terms = [*query.terms[known_terms].tolist(), *query.extra_terms.tolist()]
        weights = [*query.idf[known_terms].tolist(), *(query.extra_idf * _EXPANSION).tolist()]
        kin = np.setdiff1d(query.kin_terms, terms)
        terms += kin.tolist()
        weights += (self._idf(kin) * _KINSHIP).tolist()
        best = query.best or 1.0
        out = {name: self._fields[name].score(terms, weights) / best for name in ("body", "title", "heading", "document")}
        out["document"] = out["document"][self._arrays["document_of"]]
        # a number has no 5-grams: what it weighs in the question, no 5-gram can reach
        spelled = float(query.idf[[bool(grams(fold(word))) for word in query.words]].sum()) / (query.best or 1.0) * (K1 + 1)
        gram_best = float(query.gram_idf.sum()) * (K1 + 1) / (spelled or 1.0) or 1.0
        out["grams"] = self._fields["grams"].score(query.grams.tolist(), query.gram_idf.tolist()) / gram_best
        return LexicalScores(**{name: np.minimum(value, 1.0).astype(np.float32) for name, value in out.items()})

    def body(self, query: Query) -> Floats:
        """(passages,): plain BM25 of the text alone, as a search without fields would rank."""
        known_terms = query.terms >= 0
        return self._fields["body"].score(query.terms[known_terms].tolist(), query.idf[known_terms].tolist())

    def coverage(self, query: Query, rows: NDArray[np.int64]) -> Coverage:
        """The share of the query, weighed by rarity, that each row holds, whole and in its best sentence."""
        whole = float(query.idf.sum())
        if whole == 0 or not len(rows):
            return Coverage(*(np.zeros(len(rows), dtype=np.float32) for _ in range(3)))
        weights = np.zeros(len(self._arrays["vocabulary"]), dtype=np.float32)
        weights[query.terms[query.terms >= 0]] = query.idf[query.terms >= 0]
        width, size = len(weights), len(rows)
        token_starts, sentence_starts = self._arrays["token_starts"], self._arrays["sentence_starts"]
        at, row_of = runs(np.asarray(token_starts[sentence_starts[rows]]), np.asarray(token_starts[sentence_starts[rows + 1]]))
        terms = np.asarray(self._arrays["tokens"][at])
        hits = np.flatnonzero(weights[terms] > 0)
        terms, row_of, at = terms[hits].astype(np.int64), row_of[hits], at[hits]
        up, up_row = runs(np.asarray(self._arrays["above_starts"][rows]), np.asarray(self._arrays["above_starts"][rows + 1]))
        up_terms = np.asarray(self._arrays["above_tokens"][up])
        up_hits = np.flatnonzero(weights[up_terms] > 0)
        up_keys = up_row[up_hits] * width + up_terms[up_hits]
        keys = row_of * width + terms
        passage = _sum(np.unique(np.concatenate((keys, up_keys))), weights, size)
        # sentences are numbered through the whole index; one belongs to one row
        numbers, first, own = np.unique(np.searchsorted(token_starts, at, side="right") - 1, return_index=True, return_inverse=True)
        sentence, answer = np.zeros(size), _sum(up_keys, weights, size)
        np.maximum.at(sentence, row_of[first], _sum(np.unique(own * width + terms), weights, len(numbers)))
        new = ~np.isin(keys, up_keys)
        added = np.zeros(size)
        np.maximum.at(added, row_of[first], _sum(np.unique((own * width + terms)[new]), weights, len(numbers)))
        return Coverage(*((value / whole).astype(np.float32) for value in (passage, sentence, answer + added)))


def _gathered(values: NDArray[Any], begin: NDArray[np.int64], end: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    at, _ = runs(np.asarray(begin), np.asarray(end))
    return np.asarray(values[at], dtype=np.int64), np.concatenate(([0], np.cumsum(np.asarray(end) - np.asarray(begin))))


def runs(begin: NDArray[np.int64], end: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(every position of each run, the number of its run): what a loop over the runs would visit.

    >>> [part.tolist() for part in runs(np.array([5, 9]), np.array([7, 10]))]
    [[5, 6, 9], [0, 0, 1]]
    """
    lengths = end - begin
    run = np.repeat(np.arange(len(lengths)), lengths)
    return np.arange(lengths.sum()) + np.repeat(begin - np.cumsum(lengths) + lengths, lengths), run


def _sum(keys: NDArray[np.int64], weights: Floats, size: int) -> NDArray[np.float64]:
    """(size,): the weights of the terms of each owner; a key is owner x terms + term."""
    return np.bincount(keys // len(weights), weights[keys % len(weights)], size).astype(np.float64)
