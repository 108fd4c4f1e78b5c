"""What is taken out of a question before it is kept on the list of unanswered questions: whatever may name a person.

Only the theme of an unanswered question is of use to an administrator. The rules err on the side of taking out too
much: a masked amount does no harm, a name that is kept does.
"""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[^\s@<>,;:()\"']+@[^\s@<>,;()\"']+")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@])@\w{2,}")
_NUMBER = re.compile(r"\+?\(?\d(?:[\s.\-/()\u00a0\u202f]{0,2}\d)+|\d{5,}")
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿŒœ"
_WORD = rf"[{_LETTER}](?:[{_LETTER}'’\-]*[{_LETTER}])?"
_NAME = rf"(?:[A-ZÀ-ÖØ-ÞŒ][{_LETTER}'’\-]*[a-zß-öø-ÿœ][{_LETTER}'’\-]*|[A-ZÀ-ÖØ-ÞŒ][A-ZÀ-ÖØ-ÞŒ'’\-]{{5,}})"
# Small words inside a name: "de", "la", "Le Goff", "Ben Ali".
_NAMES = rf"{_NAME}(?:\s+(?:(?:de|du|des|la|le|d[’']|ben|van|von|el|al)\s*)*(?:{_NAME}|[A-ZÀ-ÖØ-ÞŒ][A-ZÀ-ÖØ-ÞŒ'’\-]+))*"
# After these words a name follows, however it is written.
_SAYS_NAME = re.compile(
    rf"\b((?:je\s+m[’']\s*appelle|on\s+m[’']\s*appelle|mon\s+(?:pr[ée])?nom\s+(?:complet\s+)?est|my\s+name\s+is|call\s+me|sign[ée]\s*:?)\s+){_WORD}(?:\s+{_WORD}){{0,2}}",
    re.IGNORECASE,
)
# After these a name follows only where it is written with a capital: "je suis attaché" says a job.
_MAY_SAY_NAME = re.compile(
    rf"\b((?i:je\s+suis|moi\s+c[’']est|c[’']est|ici|i\s+am|i[’']m|this\s+is|monsieur|madame|mademoiselle|mme|mlle|mr|mrs|ms|m|dr)\.?\s+)(?:{_NAMES})"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MANY_DIGITS = 5
"""Fewer digits are a year, a price, a number of days: the theme of the question, not a person."""


def mask(question: str) -> str:
    """The question without e-mail addresses, links, accounts, long numbers, and names that people give of themselves.

    >>> mask("Je suis Camille Exemple, camille@mairie.example, 06 01 02 03 04 : combien coûte le cycle 2026 ?")
    'Je suis [nom], [e-mail], [numéro] : combien coûte le cycle 2026 ?'
    """
    text = _EMAIL.sub("[e-mail]", question)
    text = _ADDRESS.sub("[lien]", text)
    text = _HANDLE.sub("[compte]", text)
    text = _NUMBER.sub(_masked_number, text)
    text = _SAYS_NAME.sub(r"\1[nom]", text)
    return _MAY_SAY_NAME.sub(r"\1[nom]", text)


def _masked_number(match: re.Match[str]) -> str:
    found = match.group()
    if sum(character.isdigit() for character in found) < _MANY_DIGITS:
        return found
    parts = re.split(r"[\s\-/]+", found.strip())
    if all(_YEAR.fullmatch(part) for part in parts):  # "2026-2027"
        return found
    return "[numéro]"
