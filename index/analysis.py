"""Text -> the words that lexical search counts: folded, without stop words, codes and amounts as one word too."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

from corpus.french import fold, is_stop_word

WORD_LENGTH = 40
"""Longer words are cut: they are addresses or noise, and the vocabulary is an array of fixed width."""

_TOKEN = re.compile(r"[^\W_]+(?:[.,](?=\d)[^\W_]+)*")
_CODE = re.compile(r"[^\W_]+(?:[-‑–/.][^\W_]+)+")
_DIGIT = re.compile(r"\d")
_GROUPED_NUMBER = re.compile(r"(?<![\d,.])\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)")
_GAP = re.compile(r"\D")
_stemmer = Stemmer.Stemmer("french", 0)
GRAM = 5
_ASKING = frozenset({
    "aimerais", "besoin", "bonjour", "cherche", "cherchons", "combien", "connaitre", "desire", "dois", "doit",
    "dites", "existe", "faites", "indiquer", "merci", "peux", "pourrais", "pourriez", "pouvez", "quelqu",
    "renseigner", "savoir", "souhaite", "souhaiterais", "souhaitons", "trouve", "trouver", "veut", "veux", "voudrais",
    "voulez", "voulons",
})  # fmt: skip
"""Folded words that say that something is asked, not what: in questions they are left out, in passages they stay."""


def words(text: str) -> list[str]:
    """The words of a text as written, in order; then what is one word to a person: ``ACAT21-041``, ``7850`` for "7 850".

    >>> words("L'action ACAT21-041 à 7 850 euros")
    ['L', 'action', 'ACAT21', '041', 'à', '7', '850', 'euros', 'ACAT21-041', '7850']
    """
    found = _TOKEN.findall(text)
    if _DIGIT.search(text):
        found += [code for code in _CODE.findall(text) if _DIGIT.search(code) and code not in found]
        found += [_GAP.sub("", number) for number in _GROUPED_NUMBER.findall(text)]
    return found


@lru_cache(maxsize=1 << 16)
def term(word: str) -> str:
    """The term under which a word is counted: its stem, without accents; "" for a stop word; itself where it has a digit.

    Stemming comes first: the stemmer needs the accents to tell a participle from a noun.

    >>> term("données"), term("L"), term("ACAT21-041")
    ('don', '', 'acat21-041')
    """
    folded = fold(word)
    if _DIGIT.search(word):
        return folded[:WORD_LENGTH]
    if is_stop_word(folded):
        return ""
    return fold(str(_stemmer.stemWord(word.lower())))[:WORD_LENGTH]


def query_words(text: str) -> list[str]:
    """The words of a query that can match something, as written, each once, in order."""
    found = list(dict.fromkeys(word for word in words(text) if term(word)))
    return [word for word in found if fold(word) not in _ASKING] or found


def grams(word: str) -> list[str]:
    """The runs of five letters of a folded word with its edges marked; none for a stop word or a number.

    >>> grams("agents")
    ['^agen', 'agent', 'gents', 'ents$']
    """
    if len(word) < GRAM - 1 or not term(word) or _DIGIT.search(word):
        return []
    marked = f"^{word}$"
    return [marked[i : i + GRAM] for i in range(len(marked) - GRAM + 1)]
