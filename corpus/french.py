"""French text, as every later room needs it: folding, tokens, stems, stop words, sentences.

``fold`` keeps the length of the text, so that an offset found in the folded text is an offset of the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

import Stemmer

from corpus.records import Span

STOP_WORDS = frozenset(
    """a à afin ai aie ainsi alors as au aucun aucune aussi autre autres aux avais avait avant avec avez avoir avons ayant
    c ça car ce ceci cela celle celles celui ces cet cette ceux chacun chaque chez ci comme comment d dans de depuis des
    dès donc dont du durant elle elles en encore entre es est et étaient étais était étant été être eu eux fait faire
    faut fut il ils j je l la là le les leur leurs lors lui m ma mais me même mêmes mes moi moins mon n ne ni nos notre
    nous on ont or ou où par parce pas pendant peu peut peuvent plus plusieurs pour pourquoi pouvoir qu quand que quel
    quelle quelles quels qui quoi s sa sans se sera serait ses si sien soi soit son sont sous sur t ta tandis te tel
    telle telles tels tes toi ton tous tout toute toutes très tu un une vers via voici voilà vos votre vous vu y""".split()
)

_TOKEN = re.compile(r"[^\W_]+(?:[.,](?=\d)[^\W_]+)*", re.UNICODE)
_LIGATURES = dict(zip(map(ord, "’ʼ‘´\u00a0\u202f\u2009\u2007‑–—"), "''''    ---", strict=True))


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    """One character without case or accent, always one character (so "œ" and "ß" stay as they are)."""
    for candidate in (char.lower(), unicodedata.normalize("NFKD", char.lower())[:1]):
        if len(candidate) == 1:
            char = candidate
    return char


def fold(text: str) -> str:
    """The text lower-cased, without accents, with plain spaces, apostrophes and hyphens; of the same length.

    >>> fold("L’École à 7\u00a0850\u00a0€")
    "l'ecole a 7 850 €"
    """
    if text.isascii():
        return text.lower()
    return text.translate(_FOLDED)


class _Folding(dict[int, str]):
    """Code point -> folded character, filled as characters are met: a table is some eight times faster than a loop."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _LIGATURES.get(code) or _fold_char(char)
        self[code] = folded
        return folded


_FOLDED = _Folding()


def tokens(text: str) -> list[str]:
    """The words of the text, folded; elisions and hyphens part words, decimal numbers stay whole.

    >>> tokens("L'aide-soignante a suivi 13,5 jours")
    ['l', 'aide', 'soignante', 'a', 'suivi', '13,5', 'jours']
    """
    return _TOKEN.findall(fold(text))


def token_spans(text: str) -> Iterator[tuple[str, Span]]:
    """The tokens with where they stand."""
    for match in _TOKEN.finditer(fold(text)):
        yield match.group(), Span(match.start(), match.end())


_FOLDED_STOP_WORDS = frozenset(fold(w) for w in STOP_WORDS)


def is_stop_word(token: str) -> bool:
    return fold(token) in _FOLDED_STOP_WORDS


_stemmer = Stemmer.Stemmer("french")


def stem(token: str) -> str:
    """The stem of one folded token (Snowball's French stemmer; a token with a digit is its own stem)."""
    return token if any(c.isdigit() for c in token) else str(_stemmer.stemWord(token))


def stems(text: str) -> list[str]:
    """The stems of the words of the text that are no stop words.

    >>> stems("Les formations des cadres dirigeants")
    ['format', 'cadr', 'dirig']
    """
    return _stem_all(t for t in tokens(text) if t not in _FOLDED_STOP_WORDS)


def _stem_all(words: Iterable[str]) -> list[str]:
    return [stem(w) for w in words]


_ABBREVIATION = re.compile(r"(?:\b(?:art|cf|ex|env|etc|m|mme|mlle|mm|dr|pr|p|pp|n|no|tel|ref|min|max|av|bd|st|ste|[a-z])|\b[a-z]\.[a-z])$")
_SENTENCE_END = re.compile(r"[.!?…]+[\s»\"')\]]*(?=\s+[^\s]|$)|\n\s*\n|\n(?=\s*(?:[•\-–—*▪◦●]|\d+[.)]|#)\s)")

_NEXT = re.compile(r"\s*(\S)")


def sentences(text: str) -> Iterator[Span]:
    """Where the sentences of the text stand; blank lines and list items end a sentence too. Spans hold no outer space.

    >>> [s.of("Coût : 10 €. Cf. art. 3 du décret. Fin") for s in sentences("Coût : 10 €. Cf. art. 3 du décret. Fin")]
    ['Coût : 10 €.', 'Cf. art. 3 du décret.', 'Fin']
    """
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.group().startswith("."):
            if match.group().strip() == "." and _ABBREVIATION.search(fold(text[max(start, match.start() - 8) : match.start()])):
                continue
            following = _NEXT.match(text, match.end())
            if following and following.group(1).islower() and match.group().strip() == ".":
                continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
