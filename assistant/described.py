"""A programme meant by more than its title: its school, its town, its people, a word of the same family, an acronym.

The *subject* words decide. A school, a town or a kind of diploma tells two courses of one subject apart; alone it never
makes a course of a subject that the document does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.asked import Called, asked_name, asked_phrases, called
from assistant.fits import NAMED, SAID, level_asked, level_of, other_number, weight_of, wrong_type
from assistant.intent import Question
from assistant.library import Library
from assistant.zones import HEAD
from corpus.french import fold, stem, tokens

KIND_WORDS = r"(?:cycle|stage|journee|webinaire|conference|colloque|seminaire|atelier|mooc|licence|master|concours|preparation|e-formation)s?"
"""What kind of programme is asked about: "la journée laïcité" is not the course on the same subject."""


_HYPHENED = re.compile(r"\b\w+-(?!(?:t-)?(?:il|elle|on|ils|elles|je|nous|vous|ce|moi|la|ci)\b)\w{3,}\b")
"""Names written with a hyphen, such as "e-Acte", said as such."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one document is what the words describe."""

    document: str
    score: float
    """Share of the weight of all words that the document says, by where it says them; 0 to 1."""
    subject: float
    """The same for the subject's words; 1 where the question names no subject."""
    named: float
    """Share of the subject's weight said in title or head."""
    words: frozenset[str]
    """The words that the document says."""


def fit(document: str, words: Called, library: Library, english: bool = False) -> Fit:
    """How well a document is what the words describe."""
    zones = library.zones(document)
    context = library.directory.names[document].context if document in library.directory.names else frozenset()
    gained = every = own = own_every = own_named = 0.0
    said: set[str] = set()
    for kind, worth in ((words.subject, 1.0), (words.around, 0.7), (words.rest, 0.35)):
        for word in kind:
            weight = worth * weight_of(word, library)
            value = zones.says(word)
            if kind is words.around and stem(word) in context:
                value = 1.0
            if english and value == 0.0:
                weight *= 0.5  # an English word that the table lacks is no sign of another subject
            gained += weight * value
            every += weight
            if value:
                said.add(word)
            if kind is words.subject:
                own_every += weight
                own += weight * bool(value)
                own_named += weight * (value > 0.5)
    return Fit(
        document,
        gained / every if every else 0.0,
        own / own_every if own_every else 1.0,
        own_named / own_every if own_every else 1.0,
        frozenset(said),
    )


def best_described(question: Question, pool: Iterable[str], library: Library) -> tuple[list[Fit], Called]:
    """The documents of the pool that the words describe, best first; none that lacks the subject, the number or the kind asked for."""
    words = called(question)
    if not words.subject and not words.around:
        return [], words
    english = question.language == "en"
    kinds = {w.rstrip("s") for w in tokens(question.folded) if re.fullmatch(KIND_WORDS, w)}
    # an acronym that is all the name there is: "combien coûte l'IFCS ?"
    capitals = {fold(a) for a in re.findall(r"\b[A-Z]{3,}\b", question.text)} if not question.text.isupper() else set()
    acronyms = [w for w in words.subject if w in capitals] if not asked_name(question.text) else []
    phrases, wanted = (*asked_phrases(question.text), *_HYPHENED.findall(question.folded)), level_asked(question.folded)
    fits = []
    for document in library.with_courses(dict.fromkeys(library.page_of(d) for d in pool)):
        found = fit(document, words, library, english)
        sheet = library.sheet(document)
        anchored = bool(acronyms) and any(library.zones(document).says(a) > 0.5 for a in acronyms)
        if anchored:
            found = replace(found, subject=max(found.subject, SAID), named=max(found.named, SAID))
        if not has_subject(found) or other_number(question.folded, sheet) or wrong_type(question, sheet):
            continue
        if lacks_school(words, document, library) or _lacks_acronym(words, question, document, library):
            continue
        zones = library.zones(document)
        alike = max((0.06 if k in zones.title.words else 0.03 if k in zones.head.words else 0.0 for k in kinds), default=0.0)
        alike += 0.1 * any(p in fold(f"{sheet.title} {sheet.document.text[:HEAD]}") for p in phrases)
        if wanted and (level := level_of(sheet)):
            alike += 0.15 if level == wanted else -0.15
        fits.append(replace(found, score=found.score + alike))
    return sorted(fits, key=lambda f: (-f.score, f.document)), words


def has_subject(found: Fit) -> bool:
    """Whether the document says enough of the subject, and says it where it names itself."""
    return found.subject >= SAID and found.named >= NAMED


def lacks_school(words: Called, document: str, library: Library) -> bool:
    """Whether less than half of the school and town that were asked for is said where the document names itself."""
    zones = library.zones(document)
    context = library.directory.names[document].context if document in library.directory.names else frozenset()
    return bool(words.around) and sum(zones.says(w) > 0.5 or stem(w) in context for w in words.around) * 2 < len(words.around)


def _lacks_acronym(words: Called, question: Question, document: str, library: Library) -> bool:
    """Whether an acronym that the question gives as a name is said in passing only: the DEJEPS is no CAEPMNS that it opens."""
    capitals = {fold(a) for a in re.findall(r"\b[A-Z]{4,}\b", question.text)} if not question.text.isupper() else set()
    return any(w in capitals and library.zones(document).says(w) <= 0.5 for w in words.subject)


def pool_of(question: Question, documents: Sequence[str], library: Library) -> list[str]:
    """The documents that may be meant: those given, and those that search finds by the question and by its telling words."""
    words = called(question)
    found = [d for d, _ in library.found(question.text, 8)]
    telling = " ".join((*words.subject, *words.around))
    if telling:
        found += [d for d, _ in library.found(telling, 6)]
    found += [d for a in words.around + words.subject if 3 <= len(a) <= 6 for d, _ in library.found(a.upper(), 4)][:8]
    return list(dict.fromkeys((*documents, *found)))
