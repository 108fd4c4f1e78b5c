"""Whether a sheet can be the one that is meant: its words, number, place and kind of diploma beside those asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.asked import called, places_asked, types_asked, types_in
from assistant.evidence import Sheet
from assistant.intent import Question
from assistant.library import Library
from assistant.mentions import Candidate, near_title
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
    if other_number(question.folded, sheet):
        return True
    words = called(question)
    subject = [w for w in asked if w in words.subject]
    if asked and not subject and words.around and not question.text.isupper():
        return sum(bool(library.zones(candidate.document).says(w)) for w in words.around) * 2 < len(words.around)
    if subject and words.around and _another_subject(subject, candidate, library):
        return True  # "le diplôme Diriger un conservatoire, de l'EHESP": the school is hers, the subject is not
    if asked:
        zones = library.zones(candidate.document)
        said = {w: zones.says(w) for w in asked}
        missing = tuple(w for w in asked if w not in candidate.matched and not said[w] and not near_title(w, sheet.title))
        weights = {w: library.directory.weight(stem(w)) for w in asked}
        every = sum(weights.values())
        lost = sum(weights[w] for w in missing)
        if (
            candidate.coverage < _SLIGHT and not candidate.exact and not _rare_kind(question, sheet, library)
        ):  # little of the title was said: what only the text says is no name
            lost += 0.95 * sum(
                weights[w] for w in asked if w not in missing and w not in candidate.matched and said[w] <= 0.5 and not near_title(w, sheet.title)
            )
        own = [s for s in library.directory.names[candidate.document].stems if s not in {stem(m) for m in candidate.matched}]
        rest = [s for s in own if library.directory.weight(s) > 0.8 * library.directory.ceiling]
        counted = {t for m in _COUNTED.finditer(question.folded) for t in tokens(m.group())}
        last = next((w for w in reversed(asked) if w not in counted), asked[-1])
        if missing and rest and len(asked) > len(missing) and candidate.coverage < 0.8 and missing[-1] == last:
            return True  # "Diriger un établissement scolaire" is not "Diriger un établissement médico-social"
        if every and lost / every > (_FOREIGN if candidate.coverage < 0.8 else 0.6):
            return True
        if any(t in missing for place in places_asked(question.text) for t in tokens(place)):
            return True
    return wrong_type(question, sheet)


_VAGUE = frozenset(
    tokens(
        "agent agents cadre cadres personne personnes public publics publique publiques service services collectivite collectivites "
        "nouveau nouveaux nouvelle nouvelles metier metiers"
    )
)
"""Words of so many titles, and of so much text, that they hardly tell a subject."""
SAID = 0.62
"""Share of a subject's weight that a document must say for the subject to be its own."""
NAMED = 0.5
"""Share of it that its title or head must say."""


def weight_of(word: str, library: Library) -> float:
    """How much a folded word tells of a subject."""
    return library.directory.weight(stem(word)) * (0.5 if word in _VAGUE or word.isdigit() else 1.0)


_COUNTED = re.compile(r"\b(?:plus |moins )?(?:de |d')?\d[\d ]*(?: (?:a|et|ou) \d[\d ]*)? [a-z]+")
""" "de plus de 400 000 habitants": how large, beside what."""


def _another_subject(subject: list[str], candidate: Candidate, library: Library) -> bool:
    """Whether the document lacks what is asked for beside a school or a town, or says it nowhere where it names itself."""
    zones = library.zones(candidate.document)
    weights = [(weight_of(w, library), zones.says(w)) for w in subject]
    every = sum(weight for weight, _ in weights)
    said, named = sum(weight for weight, v in weights if v), sum(weight for weight, v in weights if v > 0.5)
    return every > 0 and (said / every < SAID or named / every < NAMED)


NUMBERED = re.compile(r"\b([a-z]{3,}) (?:n[o°] ?)?([1-9]|i{1,3}|iv|v)\b(?! ?(?:h|heures?|jours?|mois|ans|journees?|semaines?)\b)")
_AIMED_AT = re.compile(
    r"\b(?:pour|avant|acceder au?|entrer en|integrer|suivre) (?:de )?(?:faire |suivre |acceder au? |entrer (?:en|au) )?(?:le |la |l'|du |au )?$"
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


def _numbers(folded: str) -> dict[str, set[str]]:
    """Word -> the numbers it bears: "niveau 2", "module III"; of several in "le niveau 1 pour le niveau 2" the one aimed at."""
    found: dict[str, set[str]] = {}
    aimed: dict[str, str] = {}
    for match in NUMBERED.finditer(folded):
        word, number = match.group(1), _ROMAN.get(match.group(2), match.group(2))
        found.setdefault(word, set()).add(number)
        if _AIMED_AT.search(folded[: match.start()]):
            aimed[word] = number
    return found | {word: {number} for word, number in aimed.items() if len(found[word]) > 1}


def other_number(asked: str, sheet: Sheet) -> bool:
    """Whether the sheet numbers a word that the question numbers otherwise: "niveau 3" is not "niveau 2"."""
    wanted = _numbers(asked)
    if not wanted:
        return False
    own = _numbers(fold(sheet.title))
    if "niveau" in wanted and "niveau" not in own and (level := level_of(sheet)):
        own["niveau"] = {level}
    if "niveau" in wanted and "niveau" not in own:
        own["niveau"] = {n for n in wanted["niveau"] if re.search(rf"\bniveau (?:n[o°] ?)?(?:{n}|{'i' * int(n)})\b", sheet.folded)}
    return any(word in own and not numbers & own[word] for word, numbers in wanted.items())


_LEVELS = (
    ("1", re.compile(r"\b(?:debutante?s?|initiation|niveau initial|premiers pas|fondamentaux|les bases|niveau (?:1|i)|beginners?|introduct\w+)\b")),
    ("2", re.compile(r"\b(?:perfectionnement|approfondissement|avancee?s?|confirmee?s?|niveau (?:2|ii)|advanced)\b")),
)


LEVELS = frozenset(
    tokens(
        "niveau niveaux debutant debutants debutante initiation perfectionnement approfondissement "
        "avance avances confirme confirmes beginner advanced level"
    )
)
"""Words of levels, which name no subject."""


def level_asked(folded: str) -> str | None:
    """The level that a question wants, "1" or "2", in whatever words; None where it says none, or both."""
    found = [level for level, pattern in _LEVELS if pattern.search(folded)]
    aimed = _numbers(folded).get("niveau", set())
    return next(iter(aimed)) if len(aimed) == 1 else found[0] if len(found) == 1 else None


def level_of(sheet: Sheet) -> str | None:
    """The level of a sheet by its title, else by the lines before it; None where they say none, or several."""
    title = fold(sheet.title)
    at = max(0, sheet.folded.find(title))
    for said in (title, sheet.folded[max(0, at - 150) : at]):
        found = _numbers(said).get("niveau", set()) or {level for level, pattern in _LEVELS if pattern.search(said)}
        if len(found) == 1:
            return next(iter(found))
    return None


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
