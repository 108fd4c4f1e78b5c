"""Acronyms and what they stand for: those of the vocabulary, and those that the documents themselves explain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from corpus.french import fold, is_stop_word
from corpus.vocabulary import ACRONYMS

_EXPLAINED = re.compile(r"\(\s*([A-ZÉÈÀÎÔ][A-Za-zÉÈÀÎÔ0-9&'’.-]{1,9})\s*\)")
_EXPLAINING = re.compile(r"\b([A-ZÉÈÀÎÔ][A-ZÉÈÀÎÔ0-9]{1,9})\s*\(\s*([^()\n]{6,120}?)\s*\)")
_WORD = re.compile(r"[^\W_]+")


def long_form(before: str, acronym: str) -> str | None:
    """The words at the end of ``before`` whose initials spell the acronym; small words may be skipped.

    >>> long_form("elle est suivie par l'Institut national du service public", "INSP")
    'institut national du service public'
    """
    letters = fold("".join(c for c in acronym if c.isalnum()))
    words = list(_WORD.finditer(fold(before)))[-3 * len(letters) - 2 :]
    at = len(letters) - 1
    for match in reversed(words):
        word = match.group()
        if word[0] == letters[at]:
            at -= 1
            if at < 0:
                return fold(before)[match.start() :].strip(" \"'«»:;,")
        elif not (is_stop_word(word) or len(word) <= 2):
            return None
    return None


def explained(texts: Iterable[str]) -> dict[str, str]:
    """Folded acronym -> folded long form, as the texts explain them: "long form (ACR)" or "ACR (long form)"; the first wins."""
    found: dict[str, str] = {}
    for text in texts:
        if "(" not in text:
            continue
        for match in _EXPLAINED.finditer(text):
            acronym = match.group(1)
            if sum(c.isupper() for c in acronym) < 2 or fold(acronym) in found:
                continue
            form = long_form(text[max(0, match.start() - 200) : match.start()], acronym)
            if form:
                found[fold(acronym)] = form
        for match in _EXPLAINING.finditer(text):
            acronym, words = match.groups()
            if fold(acronym) not in found and (form := long_form(words, acronym)) and len(form) >= 0.8 * len(words):
                found[fold(acronym)] = form
    return found


def known(discovered: Mapping[str, str]) -> dict[str, str]:
    """Folded acronym -> words of its long form, folded; the documents' own explanations before the vocabulary's."""
    forms = {fold(acronym): form for acronym, form in ACRONYMS.items()} | dict(discovered)
    return {acronym: " ".join(_WORD.findall(fold(form))) for acronym, form in forms.items()}
