"""Stems for matching trades and subjects: what the stemmer confuses is kept apart, what is of one family can be told."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from corpus.french import fold, is_stop_word, stem, tokens

_FEMININE: Final = (
    (re.compile(r"ieres?\b"), "ier"),
    (re.compile(r"trices?\b"), "teur"),
    (re.compile(r"euses?\b"), "eur"),
    (re.compile(r"iennes?\b"), "ien"),
    (re.compile(r"(?<=\w\w\w)ee(?=s?\b)"), "e"),
)


# Words that the stemmer takes for others of the public service: "communication" for "commune", "porter" for "port".
_OWN_ROOT: Final = re.compile(r"^(?:(communi[cq])\w+|(port)(?:e|er|ee?s?|ent|ant|ons|age|ages|eurs?|euses?))$")


def root(token: str) -> str:
    """The stem of a folded token.

    >>> root("communication") == root("communiquer") != root("communes")
    True
    """
    own = _OWN_ROOT.match(token)
    if own:
        return "communic" if own[1] else "porter"
    found = stem(token)
    return found[:-1] if len(found) > 4 and found.endswith("ut") else found  # "exécuter" and "exécution"


_ENDING: Final = re.compile(r"(?:ateur|atric|ement|eur|eux|euse|eri|ier|ist|ism|age|ag|ur|at|it|if|iv|es|i|e)$")


@lru_cache(maxsize=16384)
def family(stem: str) -> str:
    """What a stem shares with other words of its kin: "coiffeuse", "coiffure"; itself where too little would be left.

    >>> family(root("coiffeuse")) == family(root("coiffure")) == family(root("coiffer"))
    True
    """
    short = _ENDING.sub("", stem)
    return short if len(short) >= 5 else stem


@lru_cache(maxsize=8192)
def roots(text: str) -> tuple[str, ...]:
    """The stems of a text's words that are no stop words, in order."""
    return tuple(root(t) for t in tokens(text) if not is_stop_word(t))


@lru_cache(maxsize=8192)
def role_stems(text: str) -> tuple[str, ...]:
    """The stems of a text in which the names of trades count the same for women and men ("infirmière", "acheteuse")."""
    folded = fold(text)
    for pattern, masculine in _FEMININE:
        folded = pattern.sub(masculine, folded)
    return roots(folded)
