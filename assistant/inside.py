# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""Programmes named inside their text only: by an acronym, by a phrase that no title says."""

from __future__ import annotations

import re

from assistant.asked import asked_phrases, types_asked
from assistant.evidence import Sheet
from assistant.fits import HEAD, Resolution, wrong_type
from assistant.intent import Question
from assistant.library import Library
from assistant.mentions import Candidate, initials_of, missing_words
from assistant.wording import GENERIC
from corpus.french import fold, is_stop_word, tokens
from corpus.vocabulary import ACRONYMS

ACRONYM = re.compile(r"\b[A-Z][A-Z0-9&-]{2,9}\b")


def by_acronym(question: Question, library: Library) -> Resolution | None:
    """A programme known in its text by an acronym that no title holds: the document that says it far more than others."""
    if question.text.isupper():
        return None
    for acronym in ACRONYM.findall(question.text):
        if types_asked(acronym):
            continue
        word = fold(acronym)
        place = _PLACE_OF.search(question.text[question.text.find(acronym) + len(acronym) :])
        found = {d for d, _ in library.found(acronym, 5)}
        if acronym in ACRONYMS:
            found |= {d for d, _ in library.found(ACRONYMS[acronym], 5)}
        counts = sorted(((_says_acronym(word, library.sheet(d)), d) for d in found if not wrong_type(question, library.sheet(d))), reverse=True)
        if place:  # "l'IRA de Nantes" is not the one of Lyon
            counts = [(n, d) for n, d in counts if not missing_words(tokens(place.group(1)), library.sheet(d))]
        if (
            counts
            and counts[0][0] >= (2 if acronym in ACRONYMS else 1)
            and (len(counts) == 1 or counts[0][0] >= 2 * max(1, counts[1][0]) or counts[1][0] == 0)
        ):
            return Resolution("one", (counts[0][1],), frozenset((word,)), explicit=True)
    return None


_PLACE_OF = re.compile(r"^\s+(?:de|d['’]|du|à|au)\s*([A-ZÀ-Ý](?=[\w’'-]*[a-zà-ÿ])[\w-]+)")


def _says_acronym(word: str, sheet: Sheet) -> int:
    """How often a document says an acronym, or at its head the institution whose initials it is."""
    said = len(re.findall(rf"\b{word}\b", sheet.folded))
    lines = [line for line in sheet.document.text[:HEAD].splitlines() if 10 < len(line) < 100]
    return said + 2 * any(initials_of(line.strip()) == word for line in lines)


def _names_it(folded: str, phrase: str) -> int:
    """How often a text says the phrase, 0 when it never says it as the name of something taught."""
    count = folded.count(phrase)
    if not count:
        return 0
    named = re.search(
        rf"(?:formation|cycle|module|programme|parcours|specialite|but|bachelor[\w ]*|licence|master|diplome|du|stage|seminaire|mooc|intitule\w*)[^.;:\n]{{0,25}}{re.escape(phrase)}",
        folded,
    )
    quoted = re.search(rf"[«\"“]\s*{re.escape(phrase)}\s*[»\"”]", folded)
    return count if named or quoted or (count > 1 and folded.find(phrase) < HEAD) else 0


def by_phrase(question: Question, strong: list[Candidate], library: Library) -> Resolution | None:
    """A programme whose text gives the very name that was asked, where no title says all of its words."""
    for phrase in asked_phrases(question.text):
        words = frozenset(tokens(phrase))
        telling = {w for w in words if not is_stop_word(w) and w not in GENERIC}
        if len(telling) < 2 or any(telling <= c.matched or c.exact for c in strong):
            continue
        counts = [(_names_it(library.sheet(d).folded, phrase), d) for d, _ in library.found(phrase, 8)]
        counts = [(n, d) for n, d in counts if n and not wrong_type(question, library.sheet(d))]
        counts = sorted(((n, d) for n, d in counts if n), reverse=True)
        if not counts:
            continue
        quoted = [d for _, d in counts if re.search(rf"[«\"“]\s*{re.escape(phrase)}\s*[»\"”]", library.sheet(d).folded)]
        if len(quoted) == 1:
            return Resolution("one", (quoted[0],), words, explicit=True)
        if len(counts) == 1:
            return Resolution("one", (counts[0][1],), words, explicit=True)
        if len(telling) >= 2 and len(counts) <= 4 and question.aspects:
            return Resolution("which", tuple(d for _, d in counts[:3]), words, explicit=True)
    return None
