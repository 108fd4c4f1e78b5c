"""A name given in full that is another programme's: titles of one institution share most of their words.

A title between quotation marks, the branch of a diploma and the first word of a name are said by a document where it
names something, or the document is not the one that is meant.
"""

from __future__ import annotations

import re

from assistant.asked import asked_name, called
from assistant.evidence import Sheet
from assistant.intent import Question
from assistant.library import Library
from assistant.mentions import missing_words, near_title
from assistant.wording import ABBREVIATIONS, GENERIC, HEADS
from corpus.french import fold, is_stop_word, stem, tokens

_QUOTED = re.compile(r"[«\"“]\s*([^»\"”]{3,120}?)\s*[»\"”]")
_BRANCH = re.compile(
    r"\b(?:masters?|licences?|diplomes?|but|bachelors?|mention|cycles?)\b[^?!]*?,? (?:parcours|option|specialite) (?!de\b|en\b)([^?!.,;:]+)"
)
_OPENS_NAME = re.compile(rf"(?:{HEADS})s? (?:superieure?s? |annuelle?s? |national\w* )?(?:de |d'|du |des |en )?$")
_RANKS = re.compile(r"(?:superieure?|annuel\w*|national\w*|regional\w*|executi\w*)s?$")
"""What a cycle is before its name: "le cycle supérieur Santé"."""
_SHARE = 0.6
"""Share of the telling words of a quoted title that the title or one heading must say."""
_SHARE_OF_TEXT = 0.75
"""The same for a line of the text: it shares words with any title of its field."""


def another_name(question: Question, document: str, library: Library) -> str:
    """The name that the question gives where it is none of this document's; empty where it may be its own."""
    sheet = library.sheet(document)
    for match in _QUOTED.finditer(question.text):
        words = _telling(match.group(1))
        if len(words) >= 3 and not _said_together(words, sheet):
            return match.group(1)
    branch = _BRANCH.search(question.folded)
    if branch:
        words = _telling(re.split(r"\b(?:a|au|de l'universite|dure\w*|coute\w*|est|pour|qui|se|commence\w*|y a-t-il)\b", branch.group(1))[0])
        if words and missing_words(words, sheet):
            return branch.group(1).strip()
    return _other_first_word(question, document, library)


def _telling(text: str) -> list[str]:
    words = (ABBREVIATIONS.get(t, t) for t in tokens(text))
    return list(dict.fromkeys(t for t in words if not is_stop_word(t) and len(t) > 2 and not re.fullmatch(HEADS, t)))


def _said_together(words: list[str], sheet: Sheet) -> bool:
    """Whether one line or heading says most of the words of a title, in their own form or misspelt."""
    own = {w: stem(w) for w in words}
    if sum(s in {stem(t) for t in tokens(sheet.title)} or near_title(w, sheet.title) for w, s in own.items()) >= _SHARE * len(words):
        return True
    return any(
        sum(s in line.stems or near_title(w, line.plain) for w, s in own.items())
        >= (_SHARE if line.kind == "heading" else _SHARE_OF_TEXT) * len(words)
        for line in sheet.lines
        if line.kind == "heading" or len(line.plain) >= 8
    )


def _other_first_word(question: Question, document: str, library: Library) -> str:
    """The name whose first word, written as a title begins, the document never says, while it has a title word in its stead."""
    asked = asked_name(question.text)
    words = called(question)
    sheet = library.sheet(document)
    titled = {stem(t) for t in tokens(sheet.title) if not is_stop_word(t) and t not in GENERIC}
    if len(asked) < 2 or not titled & {stem(w) for w in asked}:
        return ""
    first = next((w for w in asked if not _RANKS.match(w)), asked[0])
    if first not in words.subject or re.search(r"\d", first) or near_title(first, sheet.title):
        return ""
    at = fold(question.text).find(first)
    if at <= 0 or not question.text[at].isupper() or question.text[at : at + 3].isupper() or not _OPENS_NAME.search(fold(question.text[:at])):
        return ""
    unsaid = titled - {stem(w) for w in tokens(question.folded)}
    rare = [s for s in unsaid if library.directory.weight(s) > 0.6 * library.directory.ceiling]
    return " ".join(asked) if rare and missing_words((first,), sheet) else ""
