# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""Which document a question is about: named in it, meant by it, kept from the turns before, ambiguous, or not there.

Context helps to understand, never to cover an abstention: a name that matches nothing is not replaced by the focus.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from assistant.evidence import Sheet
from assistant.intent import Question, cue_tokens
from assistant.library import Library
from assistant.mentions import Candidate, asked_name, asked_phrases, initials_of, missing_words, near_title, places_asked, types_asked, types_in
from assistant.records import Memory
from assistant.wording import ASKING, ASPECT_WORDS, CUES, GENERIC
from corpus.french import fold, is_stop_word, stem, tokens
from corpus.vocabulary import ACRONYMS

_TIE = 0.87
"""Candidates that score this share of the best fit about equally."""
_FOREIGN = 0.45
"""Share of the weight of the asked name that may be absent from the document; above, the name is another programme's."""
_DESCRIBED = 0.34
"""The same share where no title matched and the words must describe the document."""
_SLIGHT = 0.35
"""Share of a title below which a name is hardly said."""
_HEAD = 700
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


def resolve(question: Question, memory: Memory, library: Library) -> Resolution:
    """The document that one part of a message is about."""
    directory = library.directory
    if not directory.names:
        return Resolution("nothing")
    offered = _of_those_offered(question, memory, library)
    if offered:
        return offered
    asked = asked_name(question.text)
    if set(asked) <= {t for place in places_asked(question.text) for t in tokens(place)}:
        asked = ()  # a place alone is no name
    candidates = directory.candidates(question)
    strong = [c for c in candidates if _is_named(c, asked) and not _only_qualifies(c, question, library)]
    strong = _courses_before_pages(strong, library)
    if memory.focus:
        strong = _besides_focus(strong, question, asked, memory, library)
    phrased = _by_phrase(question, strong, library)
    if phrased:
        return phrased
    if asked:  # what stands after "le cycle" counts before what the rest of the sentence shares with other titles
        strong = [c for c in strong if set(asked) & c.matched] or strong
    if strong:
        found = _among(strong, question, asked, memory, library)
        return (_by_acronym(question, library) or found) if found.outcome == "unknown" else found
    acronym = _by_acronym(question, library)
    if acronym:
        return acronym
    focus = tuple(d for d in memory.focus if d in directory.names)
    terms = tuple(t for t in question.terms if t not in ASPECT_WORDS)
    asking = cue_tokens(question)
    terms = tuple(t for t in terms if t not in asking) or terms
    by_context = _by_context(question, library)
    if by_context and (asked or not focus or any(w in fold(question.text) for w in ("celle", "celui"))):
        return by_context
    if focus:
        return _in_focus(focus, question, asked, library)
    if asked or terms:
        return _described(question, asked or terms, bool(asked), library)
    if len(directory.names) == 1:
        return Resolution("one", tuple(directory.names))
    return Resolution("open", tuple(d for d, _ in library.found(question.text, 3)))


def _is_named(candidate: Candidate, asked: tuple[str, ...]) -> bool:
    """Whether what matched is enough to say that this programme was named."""
    if candidate.exact or candidate.strength >= 0.8:
        return True
    if candidate.coverage >= 0.5 and candidate.strength >= 0.3:
        return True
    return bool(set(asked) & candidate.matched) and candidate.strength >= 0.45


def _courses_before_pages(strong: list[Candidate], library: Library) -> list[Candidate]:
    """Without the pages of which a course is named by words that the page's own title lacks."""
    courses = [c for c in strong if library.page_of(c.document) != c.document and c.coverage >= 0.5]
    of_page = {c.document: c.matched for c in strong}
    left = {p for c in courses if c.matched - of_page.get(p := library.page_of(c.document), frozenset())}
    return [c for c in strong if c.document not in left]


def _only_qualifies(candidate: Candidate, question: Question, library: Library) -> bool:
    """Whether the one word in common qualifies a thing of which the document never speaks: "la piscine municipale"."""
    if candidate.exact or len(candidate.matched) != 1:
        return False
    if candidate.coverage < 0.5:
        asking = {t for c in CUES for m in c.pattern.finditer(question.folded) for t in tokens(m.group())}
        others = [t for t in question.terms if t not in candidate.matched | ASPECT_WORDS | ASKING | asking and not t.isdigit()]
        if len(others) >= 2 and len(missing_words(others, library.sheet(candidate.document))) >= 2:
            return True  # "gestes et soins d'urgence" shares a word with another title, and no more with its text
    before = re.search(rf"\b([a-z]{{4,}}) {re.escape(next(iter(candidate.matched)))}\b", question.folded)
    word = before.group(1) if before else ""
    return bool(
        word in question.terms and word not in ASPECT_WORDS and word not in ASKING and missing_words((word,), library.sheet(candidate.document))
    )


def _besides_focus(strong: list[Candidate], question: Question, asked: tuple[str, ...], memory: Memory, library: Library) -> list[Candidate]:
    """While a programme is spoken of, a word shared with another's title does not change the subject: its name does."""
    own = [library.sheet(d) for d in memory.focus[:1] if d in library.directory.names]
    kept = []
    naming = _naming_words(question.folded)
    for candidate in strong:
        if candidate.document not in memory.focus and not asked and not candidate.matched & naming and not _QUOTES.search(question.text):
            continue
        said_of_it = set(asked) & candidate.matched
        foreign = bool(own) and bool(missing_words(said_of_it, own[0]))
        terms = tuple(t for t in question.terms if t not in ASPECT_WORDS)
        only = bool(terms) and set(terms) <= candidate.matched and bool(own) and bool(missing_words(terms, own[0]))
        whole = only or (candidate.coverage >= 0.6 and (len(candidate.matched) >= 2 or candidate.exact))
        if candidate.document in memory.focus or candidate.exact or whole or (said_of_it and (foreign or candidate.coverage >= 0.4)):
            kept.append(candidate)
    return kept


_QUOTES = re.compile(r"[«\"“]")
_CONDITION = re.compile(
    r"\b(?:meme si|si|s'ils?|quand (?:on|je|j'|nous)|if|i am|i'm|i work)\b|\b(?:je|nous|on)\s(?:suis|est|travaill\w+|sommes|vien\w+|bosse|habite)\b"
)
"""Where a message begins to speak of the person: what follows names no programme."""
_BEFORE_A_NAME = re.compile(
    r"(?:^|\b(?:du|de|des|pour|sur|le|la|les|au|aux|en|et|celui|celle|about|the|for|of|plutot|non)\s|\b[dl]')\s?(?:(?:le|la|les|l'|cette|ce)\s?)?$"
)


def _naming_words(folded: str) -> frozenset[str]:
    """The words that may change the programme spoken of: none of a condition ("si je suis dans une commune"), none after
    "par" or "dans un": "par personne"."""
    condition = _CONDITION.search(folded)
    kept = folded[: condition.start()] if condition else folded
    words: set[str] = set()
    named = False
    for match in re.finditer(r"[\w-]+", kept):
        word = match.group()
        named = bool(_BEFORE_A_NAME.search(kept[: match.start()])) or (named and not is_stop_word(word))
        if named and not is_stop_word(word):
            words.update(tokens(word))
    return frozenset(words)


def _among(strong: list[Candidate], question: Question, asked: tuple[str, ...], memory: Memory, library: Library) -> Resolution:
    """One of the named programmes, several, or none when the rest of the name is foreign to all of them."""
    best = strong[0].score
    tied = [c for c in strong if c.score >= _TIE * best and (c.exact or not strong[0].exact or c.coverage >= strong[0].coverage)]
    fitting = [c for c in tied[:6] if not _foreign(c, question, asked, library)]
    if not fitting:
        fitting = [c for c in strong[len(tied) : len(tied) + 3] if c.score >= 0.5 * best and not _foreign(c, question, asked, library)][:1]
    if not fitting:
        return Resolution("unknown", tuple(c.document for c in strong[:2]), name=_spelt(question, asked), explicit=True)
    if len(fitting) > 1 and asked and all(missing_words((w for w in asked if w not in c.matched), library.sheet(c.document)) for c in fitting):
        return Resolution("unknown", tuple(c.document for c in fitting[:2]), name=_spelt(question, asked), explicit=True)
    if len(fitting) > 1:
        fitting = _told_apart(fitting, question, memory, library)
    named = frozenset().union(*(c.matched for c in fitting))
    return Resolution("one" if len(fitting) == 1 else "which", tuple(c.document for c in fitting[:3]), named, explicit=True)


def _foreign(candidate: Candidate, question: Question, asked: tuple[str, ...], library: Library) -> bool:
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
            head = frozenset(tokens(sheet.document.text[:_HEAD]))
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
    return _wrong_type(question, sheet)


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


def _wrong_type(question: Question, sheet: Sheet) -> bool:
    """Whether the question asks for another kind of diploma than this one is."""
    types = types_asked(question.text)
    if types:
        title = sheet.title + " " + " ".join(f.text for f in sheet.facts("certification"))
        own = types_in(title) or types_in(sheet.document.text[:_HEAD])
        own |= {t for t in types - {"du", "but", "cap"} if t in tokens(sheet.title)}
        if own:
            return not own & types
        return not types & (types_in(sheet.document.text) | {t for t in types - {"du", "but", "cap"} if t in sheet.words})
    return False


def _told_apart(tied: list[Candidate], question: Question, memory: Memory, library: Library) -> list[Candidate]:
    """Programmes whose names fit equally, told apart by the rest of the question, provider, place or the focus."""
    matched = frozenset().union(*(c.matched for c in tied))
    rest = [t for t in question.terms if t not in matched and t not in ASPECT_WORDS]
    context = library.directory.context_matches(question)
    acronyms = [] if question.text.isupper() else [a for a in _ACRONYM.findall(question.text) if not types_asked(a)]
    kinds = {w.rstrip("s") for w in tokens(question.folded) if re.fullmatch(_KIND_WORDS, w)}
    marks = []
    for candidate in tied:
        sheet = library.sheet(candidate.document)
        said = len(rest) - len(missing_words(rest, sheet))
        kind = sum(1 for k in kinds if k in tokens(sheet.title) or re.search(rf"\b{k}s?\b", fold(sheet.document.text[:_HEAD])))
        spelt = kind + sum(min(3, len(re.findall(rf"\b{a}\b", sheet.document.text))) for a in acronyms)
        marks.append((said, spelt, context.get(candidate.document, 0)))
    top = max(marks)
    kept = [c for c, mark in zip(tied, marks, strict=True) if mark == top]
    exact = [c for c in kept if c.score > 1.08 * min(k.score for k in kept)]
    if exact and len(exact) < len(kept):
        kept = exact
    if len(kept) > 1:
        whole = [c for c in kept if c.coverage > 0.95]
        kept = whole if len(whole) == 1 else kept
    if len(kept) > 1 and memory.focus:
        kept = [c for c in kept if c.document in memory.focus] or kept
    return kept


_KIND_WORDS = r"(?:cycle|stage|journee|webinaire|conference|seminaire|atelier|mooc|licence|master|concours|preparation|e-formation)s?"
"""What kind of programme is asked about: "la journée laïcité" is not the course on the same subject."""
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9&-]{2,9}\b")


def _by_acronym(question: Question, library: Library) -> Resolution | None:
    """A programme known in its text by an acronym that no title holds: the document that says it far more than others."""
    if question.text.isupper():
        return None
    for acronym in _ACRONYM.findall(question.text):
        if types_asked(acronym):
            continue
        word = fold(acronym)
        place = _PLACE_OF.search(question.text[question.text.find(acronym) + len(acronym) :])
        found = {d for d, _ in library.found(acronym, 5)}
        if acronym in ACRONYMS:
            found |= {d for d, _ in library.found(ACRONYMS[acronym], 5)}
        counts = sorted(((_says_acronym(word, library.sheet(d)), d) for d in found if not _wrong_type(question, library.sheet(d))), reverse=True)
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
    lines = [line for line in sheet.document.text[:_HEAD].splitlines() if 10 < len(line) < 100]
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
    return count if named or quoted or (count > 1 and folded.find(phrase) < _HEAD) else 0


def _by_phrase(question: Question, strong: list[Candidate], library: Library) -> Resolution | None:
    """A programme whose text gives the very name that was asked, where no title says all of its words."""
    for phrase in asked_phrases(question.text):
        words = frozenset(tokens(phrase))
        telling = {w for w in words if not is_stop_word(w) and w not in GENERIC}
        if len(telling) < 2 or any(telling <= c.matched or c.exact for c in strong):
            continue
        counts = [(_names_it(library.sheet(d).folded, phrase), d) for d, _ in library.found(phrase, 8)]
        counts = [(n, d) for n, d in counts if n and not _wrong_type(question, library.sheet(d))]
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


_THE_ONE = re.compile(
    r"\bcel(?:le|ui)s? (?:de la |de l'|du |des |de |d'|a la |au |a |en |dans )\s?([^?.!,;]+)|\bthe one (?:of|from|in|at) (?:the )?([^?.!,;]+)"
)


def _of_those_offered(question: Question, memory: Memory, library: Library) -> Resolution | None:
    """ "celle du centre de gestion": of the programmes just shown, the one whose document alone says these words."""
    said = _THE_ONE.search(question.folded)
    shown = [d for d in memory.turns[-1].documents if d in library.directory.names] if memory.turns else []
    if not said or len(shown) < 2:
        return None
    phrase = next(g for g in said.groups() if g).strip(" '")
    words = [w for w in tokens(phrase) if not is_stop_word(w) and w not in ASPECT_WORDS]
    saying = [d for d in shown if phrase in library.sheet(d).folded] or [d for d in shown if words and not missing_words(words, library.sheet(d))]
    early = [d for d in saying if phrase in library.sheet(d).folded[:_HEAD]] if len(saying) > 1 else saying
    fitting = early or saying
    return Resolution("one", (fitting[0],), frozenset(words), explicit=True) if len(fitting) == 1 else None


def _by_context(question: Question, library: Library) -> Resolution | None:
    """A programme meant by who provides it or where: "celle de l'INET"; only when one alone fits."""
    if not ("celle" in question.folded or "celui" in question.folded):
        return None
    counts = library.directory.context_matches(question)
    if not counts:
        return None
    best = max(counts.values())
    fitting = [d for d, n in counts.items() if n == best]
    words = frozenset(t for t in question.terms if any(stem(t) in library.directory.names[d].context for d in fitting))
    return Resolution("one" if len(fitting) == 1 else "which", tuple(sorted(fitting))[:3], words) if len(fitting) <= 3 else None


def _in_focus(focus: tuple[str, ...], question: Question, asked: tuple[str, ...], library: Library) -> Resolution:
    """The programme of the turn before, unless the words clearly speak of another, or of one that does not exist."""
    sheet = library.sheet(focus[0])
    if asked:
        missing = missing_words(asked, sheet)
        if len(missing) > len(asked) / 2:
            found = _described(question, asked, True, library)
            return found if found.outcome != "nothing" else replace(found, outcome="unknown")
    return Resolution("one", focus[:1])


def _described(question: Question, words: tuple[str, ...], is_name: bool, library: Library) -> Resolution:
    """A document that no title names: the one that meaning finds, if it holds the words."""
    found = library.found(question.text, 6)
    if is_name:
        found += tuple(f for f in library.found(" ".join(words), 4) if f[0] not in {d for d, _ in found})
    marks: list[tuple[float, float, str]] = []
    phrases = asked_phrases(question.text) if is_name else ()
    words = tuple(w for w in words if w not in ASKING) or words
    for document, score in found:
        sheet = library.sheet(document)
        if not is_name and question.aspects and len(words) > 1 and missing_words(words[:1], sheet):
            continue  # "la piscine municipale": what else is municipal is not meant
        weights = {w: library.directory.weight(stem(w)) for w in words}
        lost = sum(weights[w] for w in missing_words(words, sheet))
        every = sum(weights.values()) or 1.0
        if is_name and len(words) == 1 and words[0] not in tokens(sheet.document.text[:_HEAD]) and words[0] not in tokens(sheet.title):
            lost += 0.5 * every
        title_part = sum(weights[w] for w in words if stem(w) in library.directory.names[document].stems) / every
        spelt = is_name and any(p in fold(sheet.document.text[:_HEAD]) for p in phrases)
        marks.append((1 - lost / every + 0.3 * title_part + 0.2 * spelt, score, document))
    places = {t for place in places_asked(question.text) for t in tokens(place)}
    marks = [m for m in marks if not (is_name and places and places & set(missing_words(places, library.sheet(m[2]))))]
    types = types_asked(question.text)
    if types and is_name:
        marks = [m for m in marks if not _foreign(Candidate(m[2], 0, 0, frozenset(), 0), replace(question, folded=question.folded), (), library)]
    if not marks:
        return Resolution("unknown" if is_name else "nothing", tuple(d for d, _ in found[:2]), name=_spelt(question, words))
    best = max(m[0] for m in marks)
    if best < 1 - _DESCRIBED:
        return Resolution("unknown" if is_name else "nothing", tuple(d for d, _ in found[:2]), name=_spelt(question, words))
    level = sorted((m for m in marks if m[0] >= best - 0.08), key=lambda m: -m[1])
    close = [m for m in level if m[1] >= level[0][1] - 0.06]
    field = bool(question.aspects) and question.aspects[0] not in ("topic", "content", "overview")
    named = frozenset(words) if field else frozenset()
    if len(close) > 1 and field and is_name:
        return Resolution("which", tuple(m[2] for m in close[:3]), named)
    return Resolution("one", (level[0][2],), named if is_name else frozenset())


def _spelt(question: Question, words: tuple[str, ...]) -> str:
    """The asked name as the question writes it, for a sentence to a person."""
    spans = [(fold(question.text).find(w), w) for w in words]
    places = [(at, at + len(w)) for at, w in spans if at >= 0]
    if not places:
        return " ".join(words)
    start, end = min(a for a, _ in places), max(b for _, b in places)
    spelt = question.text[start:end]
    return spelt if len(spelt) <= 80 else " ".join(words[:6])
