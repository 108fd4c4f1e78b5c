"""Which programmes a comparison is between: those it names, or those the conversation has spoken of."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.asked import asked_name, called, types_asked
from assistant.fits import NUMBERED, Resolution, other_number
from assistant.intent import Question, corrected
from assistant.library import Library
from assistant.records import Memory
from assistant.resolve import resolve
from corpus.french import tokens

_BOTH = re.compile(r"\b(?:(?:des|les|entre les|de ces|ces) deux|both|of the two|either)\b")
""" "lequel des deux": the two programmes last spoken of."""
_PROPER = re.compile(
    r"(?:[Ll]e |[Ll]a |[Ll]es |[Ll]['’]|[Cc]elui d[eu] |[Cc]elle d[eu] |[Àà] )?[A-ZÀ-Ý][\w'’]*(?:[ -](?:d['’]|de |du )?[A-ZÀ-Ý][\w'’]+){0,3}"
)
"""A side of a comparison that is nothing but a name: "Val-Vert", "le Littoral"."""


def spoken_of(question: Question, resolution: Resolution, memory: Memory, library: Library) -> tuple[tuple[str, ...], bool]:
    """The programmes to compare, and whether the question names them: of those, a kind of diploma is said of one only.

    None at all where neither the question nor the conversation tells which.
    """
    named = tuple(c.document for c in library.directory.candidates(question) if c.exact or c.strength >= 0.8)
    previous = tuple(dict.fromkeys(d for t in reversed(memory.turns[-3:]) for d in t.documents if d in library.directory.names))
    both = bool(_BOTH.search(question.folded))
    documents = _two_named(question, library) if not both else ()
    documents = documents or (named[:2] if len(named) >= 2 and question.comparison == "difference" else ())
    if not documents and both and len(previous) > 1:
        documents = previous[:2]
    named_here = bool(documents)
    if not documents:
        documents = tuple(d for d in memory.focus if d in library.directory.names) if len(memory.focus) > 1 else ()
    if not documents and len(previous) > 1 and (question.follow_up or not resolution.explicit):
        documents = previous[:6]
    return documents, named_here


def _two_named(question: Question, library: Library) -> tuple[str, ...]:
    """The programmes on either side of "et", "ou", "entre ... et ..."; a side that says only a number, a school or a
    kind of diploma shares the subject of the other: "niveau 1 ou niveau 2 de la gestion de crise"."""
    sides = [s for s in re.split(r"\b(?:et|ou|and|or|vs|versus|que|than)\b|[,/:?]", question.text) if re.search(r"\w", s)]
    subject = [w for w in called(question).subject if not w.isdigit()]
    found: list[str] = []
    for side in sides:
        part = replace(question, text=side, folded=corrected(side, library.directory.words), aspects=(), comparison=None)
        proper = bool(_PROPER.fullmatch(side.strip()))  # "Val-d'Oire ou Littoral": two towns, two schools
        document = _named_on_one_side(part, library) if not proper else None
        if document is None or document in found:
            own = set(tokens(part.folded))
            others = {t for s in sides if s is not side and _PROPER.fullmatch(s.strip()) for t in tokens(s)}
            shared = " ".join(w for w in subject if w not in own and w not in others)
            tells = bool(NUMBERED.search(part.folded) or types_asked(side) or called(part).around or proper)
            if not (tells and shared):
                continue
            text = f"la formation {shared} de {side.strip()}" if proper else f"{side.strip()} {shared}"
            document = _named_on_one_side(replace(part, text=text, folded=corrected(text, library.directory.words)), library)
        if document is not None and document not in found:
            found.append(document)
    return tuple(found) if len(found) > 1 else ()


def _named_on_one_side(part: Question, library: Library) -> str | None:
    if called(part).subject and asked_name(part.text):
        resolution = resolve(part, Memory(), library)
        if resolution.outcome == "one":
            return resolution.documents[0]
    for best in library.directory.candidates(part)[:4]:  # the twin of another level may stand first
        likely = best.exact or best.strength >= 0.7 or best.coverage >= 0.5
        if likely and not other_number(part.folded, library.sheet(best.document)):
            return best.document
    return None
