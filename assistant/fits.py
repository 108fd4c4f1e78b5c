"""Whether a sheet can be the one that is meant: its words, number, place and kind of diploma beside those asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.asked import places_asked, types_asked, types_in
from assistant.evidence import Sheet
from assistant.intent import Question
from assistant.library import Library
from assistant.mentions import Candidate, missing_words, near_title
from corpus.french import fold, stem, tokens

_FOREIGN = 0.45
"""Share of the weight of the asked name that may be absent from the document; above, the name is another programme's."""
_SLIGHT = 0.35
"""Share of a title below which a name is hardly said."""
HEAD = 700
"""Characters at the head of a document in which it says what kind of diploma it is."""
Outcome = Literal["one", "which", "unknown", "open", "nothing"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """``one``: the document; ``which``: several fit equally; ``unknown``: a name that matches nothing, with the nearest;
    ``open``: no programme is meant and none is in focus; ``nothing``: the words match no document at all."""

    outcome: Outcome
    documents: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()
    """The words of the question that name the programme, folded: no topic of their own."""
    name: str = ""
    explicit: bool = False


def foreign(candidate: Candidate, question: Question, asked: tuple[str, ...], library: Library) -> bool:
    """Whether the name that was asked is another programme's: words, number, place or kind of diploma that this one lacks."""
    sheet = library.sheet(candidate.document)
    if _other_number(question.folded, fold(sheet.title)):
        return True
    if asked:
        missing = missing_words((w for w in asked if w not in candidate.matched), sheet)
        missing = tuple(w for w in missing if not near_title(w, sheet.title))
        weights = {w: library.directory.weight(stem(w)) for w in asked}
        every = sum(weights.values())
        lost = sum(weights[w] for w in missing)
        if (
            candidate.coverage < _SLIGHT and not candidate.exact and not _rare_kind(question, sheet, library)
        ):  # little of the title was said: what only the text says is no name
            head = frozenset(tokens(sheet.document.text[:HEAD]))
            lost += 0.95 * sum(
                weights[w] for w in asked if w not in missing and w not in candidate.matched and w not in head and not near_title(w, sheet.title)
            )
        own = [s for s in library.directory.names[candidate.document].stems if s not in {stem(m) for m in candidate.matched}]
        rest = [s for s in own if library.directory.weight(s) > 0.8 * library.directory.ceiling]
        if missing and rest and len(asked) > len(missing) and candidate.coverage < 0.8 and missing[-1] == asked[-1]:
            return True  # "Diriger un établissement scolaire" is not "Diriger un établissement médico-social"
        if every and lost / every > (_FOREIGN if candidate.coverage < 0.8 else 0.6):
            return True
        if any(t in missing for place in places_asked(question.text) for t in tokens(place)):
            return True
    return wrong_type(question, sheet)


_NUMBERED = re.compile(r"\b([a-z]{3,}) (?:n[o°] ?)?([1-9]|i{1,3}|iv|v)\b(?! ?(?:h|heures?|jours?|mois|ans|journees?|semaines?)\b)")


def _other_number(asked: str, title: str) -> bool:
    """Whether the title numbers a word that the question numbers otherwise: "niveau 3" is not "niveau 2"."""
    own: dict[str, set[str]] = {}
    for word, number in _NUMBERED.findall(title):
        own.setdefault(word, set()).add(number)
    return any(word in own and number not in own[word] for word, number in _NUMBERED.findall(asked))


def _rare_kind(question: Question, sheet: Sheet, library: Library) -> bool:
    """Whether the kind asked for is said by this title and hardly another: there is one MOOC, and it is the one meant."""
    kinds = types_asked(question.text) & types_in(sheet.title)
    return any(len(library.directory.titled(kind)) <= 2 for kind in kinds)


def wrong_type(question: Question, sheet: Sheet) -> bool:
    """Whether the question asks for another kind of diploma than this one is."""
    types = types_asked(question.text)
    if types:
        title = sheet.title + " " + " ".join(f.text for f in sheet.facts("certification"))
        own = types_in(title) or types_in(sheet.document.text[:HEAD])
        own |= {t for t in types - {"du", "but", "cap"} if t in tokens(sheet.title)}
        if own:
            return not own & types
        return not types & (types_in(sheet.document.text) | {t for t in types - {"du", "but", "cap"} if t in sheet.words})
    return False
