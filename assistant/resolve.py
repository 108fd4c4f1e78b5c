"""Which document a question is about: named in it, meant by it, kept from the turns before, ambiguous, or not there.

Context helps to understand, never to cover an abstention: a name that matches nothing is not replaced by the focus.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.another import another_name
from assistant.asked import Called, asked_name, asked_phrases, called, places_asked, types_asked
from assistant.described import KIND_WORDS, Fit, best_described, fit, has_subject, lacks_school, pool_of
from assistant.fits import HEAD, SAID, Resolution, foreign, level_asked, level_of
from assistant.inside import ACRONYM, by_acronym, by_phrase
from assistant.intent import Question, cue_tokens
from assistant.library import Library
from assistant.mentions import Candidate, missing_words
from assistant.records import Memory
from assistant.siblings import LEVEL, of_another_school, sibling
from assistant.wording import ASKING, ASPECT_WORDS, CUES
from corpus.french import fold, is_stop_word, stem, tokens
from corpus.vocabulary import ACRONYMS

_TIE = 0.87
"""Candidates that score this share of the best fit about equally."""
_DESCRIBED = 0.34
"""The same share where no title matched and the words must describe the document."""


def resolve(question: Question, memory: Memory, library: Library) -> Resolution:
    """The document that one part of a message is about; unknown where the name given in full is another programme's."""
    found = _resolved(question, memory, library)
    if found.outcome != "one" or (memory.focus and not found.explicit):
        return found
    name = another_name(question, found.documents[0], library)
    return Resolution("unknown", found.documents, name=name, explicit=True) if name else found


def _resolved(question: Question, memory: Memory, library: Library) -> Resolution:
    directory = library.directory
    if not directory.names:
        return Resolution("nothing")
    offered = _of_those_offered(question, memory, library)
    if offered:
        return offered
    other = sibling(question, memory, library)
    if other:
        return other
    asked = asked_name(question.text)
    if set(asked) <= {t for place in places_asked(question.text) for t in tokens(place)}:
        asked = ()  # a place alone is no name
    candidates = directory.candidates(question)
    strong = [c for c in candidates if _is_named(c, asked) and not _only_qualifies(c, question, library)]
    strong = _subjects_before_schools(_courses_before_pages(strong, library), question)
    if memory.focus:
        strong = _besides_focus(strong, question, asked, memory, library)
    if memory.focus and (another := of_another_school(question, memory, library)):
        return another
    phrased = by_phrase(question, strong, library)
    if phrased:
        zones = library.zones(phrased.documents[0])
        return replace(phrased, named=phrased.named | {w for w in asked if zones.says(w) > 0.5})
    if asked:  # what stands after "le cycle" counts before what the rest of the sentence shares with other titles
        strong = [c for c in strong if set(asked) & c.matched] or strong
    if strong:
        found = _among(strong, question, asked, memory, library)
        if found.outcome != "unknown":
            return _weighed(found, strong, question, memory, library)
        return _by_acronym(question, library) or _by_description(question, strong, memory, library) or found
    acronym = _by_acronym(question, library)
    if acronym:
        return _weighed(acronym, [], question, memory, library)
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
        return _by_description(question, [], memory, library) or _described(question, asked or terms, bool(asked), library)
    if len(directory.names) == 1:
        return Resolution("one", tuple(directory.names))
    return Resolution("open", tuple(d for d, _ in library.found(question.text, 3)))


def _by_acronym(question: Question, library: Library) -> Resolution | None:
    """A programme known by an acronym in its text, unless another subject is asked for beside the acronym."""
    found = by_acronym(question, library)
    if found is None:
        return None
    words = called(question)
    zones = library.zones(found.documents[0])
    if any(zones.says(w) <= 0.5 and library.sheet(found.documents[0]).folded.count(w) < 3 for w in found.named):
        return None  # said in passing: a diploma that opens the course, a partner
    words = (
        replace(words, subject=tuple(w for w in words.subject if w not in found.named)) if asked_name(question.text) else Called((), words.around, ())
    )
    return found if has_subject(fit(found.documents[0], words, library)) else None


def _by_description(question: Question, strong: list[Candidate], memory: Memory, library: Library) -> Resolution | None:
    """The programme that the words describe by subject, school, town and people; None where none is, or its subject is not theirs."""
    fits, words = best_described(question, pool_of(question, [c.document for c in strong[:6]], library), library)
    if not fits:
        return None
    named = bool(asked_name(question.text))
    taken = {c.document for c in strong if c.coverage >= 0.3}  # a title said in part, of another course
    fits = [f for f in fits if f.document not in taken and (words.around or (f.subject >= _WHOLE and f.named >= 0.6))]
    if not fits or (strong and strong[0].exact and strong[0].coverage > 0.95):
        return None
    best = fits[0]
    if not named and (best.named < 0.5 or len(best.words & {*words.subject, *words.around}) < 2):
        return None
    level = [f for f in fits if f.score >= best.score - LEVEL]
    said = frozenset(w for w in best.words if w not in words.rest)
    level = _pages_first(level, library)
    if len(level) > 1 and memory.focus:
        level = [f for f in level if f.document in memory.focus] or level
    if len(level) > 1 and bool(question.aspects) and named:
        return Resolution("which", tuple(f.document for f in level[:3]), said, explicit=True)
    return Resolution("one", (level[0].document,), said, explicit=named)


_SAID_FIRST = 0.6
"""How well a title or head says a word, at least."""
_WHOLE = 0.8
"""Share of the subject that a document must say where neither school nor town points to it."""
_CLEARLY = 0.15
"""By how much a document must fit better than the one whose title was said in part."""


def _pages_first(level: list[Fit], library: Library) -> list[Fit]:
    """Of a page and its courses described equally the page: what tells none of them is said of the page."""
    pages = {f.document for f in level}
    return [f for f in level if library.page_of(f.document) == f.document or library.page_of(f.document) not in pages]


def _weighed(found: Resolution, strong: list[Candidate], question: Question, memory: Memory, library: Library) -> Resolution:
    """What was found by a part of a title, unless the whole of the words describes another programme clearly better."""
    whole = [c for c in strong if c.document in found.documents and (c.exact or c.coverage >= 0.8) and not (c.called and c.coverage < 0.9)]
    if whole or (memory.focus and not asked_name(question.text)):
        return found
    fits, words = best_described(question, pool_of(question, [c.document for c in strong[:6]], library), library)
    own = max((fit(d, words, library, question.language == "en") for d in found.documents), key=lambda f: f.score)
    margin = _CLEARLY if has_subject(own) and not lacks_school(words, own.document, library) else LEVEL
    if not fits or fits[0].document in found.documents or fits[0].score < own.score + margin or fits[0].named < 0.6:
        return found
    best = _pages_first([f for f in fits if f.score >= fits[0].score - LEVEL], library)
    said = frozenset(w for w in best[0].words if w not in words.rest)
    return Resolution("one" if len(best) == 1 else "which", tuple(f.document for f in best[:3]), said, explicit=True)


def _is_named(candidate: Candidate, asked: tuple[str, ...]) -> bool:
    """Whether what matched is enough to say that this programme was named."""
    if candidate.exact or candidate.strength >= 0.8:
        return True
    if candidate.coverage >= 0.5 and candidate.strength >= 0.3:
        return True
    return bool(set(asked) & candidate.matched) and candidate.strength >= 0.45


_SCHOOL = re.compile(r"(?:ecole|institut|centre|universite|academie|campus)s?\b")


def _subjects_before_schools(strong: list[Candidate], question: Question) -> list[Candidate]:
    """Without those of which only a school is said, where others answer to the subject: "le cycle dirigeant de l'ENA"
    is no other page that has ENA in its title."""
    words = called(question)
    schools = {*words.around, *(w for w in words.subject if _SCHOOL.match(fold(ACRONYMS.get(w.upper(), ""))))}
    subject = set(words.subject) - schools
    if not any(c.matched & subject for c in strong):
        return strong
    return [c for c in strong if not c.matched <= schools]


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
    fitting = [c for c in tied[:6] if not foreign(c, question, asked, library)]
    if not fitting:
        fitting = [c for c in strong[len(tied) : len(tied) + 3] if c.score >= 0.5 * best and not foreign(c, question, asked, library)][:1]
    if not fitting:
        return Resolution("unknown", tuple(c.document for c in strong[:2]), name=_spelt(question, asked), explicit=True)
    if len(fitting) > 1 and asked and all(missing_words((w for w in asked if w not in c.matched), library.sheet(c.document)) for c in fitting):
        return Resolution("unknown", tuple(c.document for c in fitting[:2]), name=_spelt(question, asked), explicit=True)
    if len(fitting) > 1:
        fitting = _told_apart(fitting, question, memory, library)
    named = frozenset().union(*(c.matched for c in fitting))
    return Resolution("one" if len(fitting) == 1 else "which", tuple(c.document for c in fitting[:3]), named, explicit=True)


def _told_apart(tied: list[Candidate], question: Question, memory: Memory, library: Library) -> list[Candidate]:
    """Programmes whose names fit equally, told apart by the rest of the question, provider, place or the focus."""
    matched = frozenset().union(*(c.matched for c in tied))
    rest = [t for t in question.terms if t not in matched and t not in ASPECT_WORDS]
    context = library.directory.context_matches(question)
    acronyms = [] if question.text.isupper() else [a for a in ACRONYM.findall(question.text) if not types_asked(a)]
    kinds = {w.rstrip("s") for w in tokens(question.folded) if re.fullmatch(KIND_WORDS, w)}
    wanted = level_asked(question.folded)
    marks = []
    for candidate in tied:
        sheet = library.sheet(candidate.document)
        said = len(rest) - len(missing_words(rest, sheet))
        kind = sum(1 for k in kinds if k in tokens(sheet.title) or re.search(rf"\b{k}s?\b", fold(sheet.document.text[:HEAD])))
        spelt = kind + sum(min(3, len(re.findall(rf"\b{a}\b", sheet.document.text))) for a in acronyms)
        level = bool(wanted) and level_of(sheet) == wanted
        marks.append((level, said, spelt, context.get(candidate.document, 0)))
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
    early = [d for d in saying if phrase in library.sheet(d).folded[:HEAD]] if len(saying) > 1 else saying
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
    field = bool(question.aspects) and question.aspects[0] not in ("topic", "content", "overview")
    phrases = asked_phrases(question.text) if is_name else ()
    around = called(question)
    words = tuple(w for w in words if w not in ASKING) or words
    for document, score in found:
        sheet = library.sheet(document)
        if not is_name and question.aspects and len(words) > 1 and missing_words(words[:1], sheet):
            continue  # "la piscine municipale": what else is municipal is not meant
        if not is_name and field and all(library.zones(document).says(w) < _SAID_FIRST for w in words):
            continue  # a price or an audience is asked of something that the document names early, if at all
        spelt = is_name and any(p in fold(sheet.document.text[:HEAD]) for p in phrases)
        if is_name and not spelt and (lacks_school(around, document, library) or fit(document, around, library).subject < SAID):
            continue
        weights = {w: library.directory.weight(stem(w)) for w in words}
        lost = sum(weights[w] for w in missing_words(words, sheet))
        every = sum(weights.values()) or 1.0
        if is_name and len(words) == 1 and words[0] not in tokens(sheet.document.text[:HEAD]) and words[0] not in tokens(sheet.title):
            lost += 0.5 * every
        title_part = sum(weights[w] for w in words if stem(w) in library.directory.names[document].stems) / every
        marks.append((1 - lost / every + 0.3 * title_part + 0.2 * spelt, score, document))
    places = {t for place in places_asked(question.text) for t in tokens(place)}
    marks = [m for m in marks if not (is_name and places and places & set(missing_words(places, library.sheet(m[2]))))]
    types = types_asked(question.text)
    if types and is_name:
        marks = [m for m in marks if not foreign(Candidate(m[2], 0, 0, frozenset(), 0), replace(question, folded=question.folded), (), library)]
    if not marks:
        return Resolution("unknown" if is_name else "nothing", tuple(d for d, _ in found[:2]), name=_spelt(question, words))
    best = max(m[0] for m in marks)
    if best < 1 - _DESCRIBED:
        return Resolution("unknown" if is_name else "nothing", tuple(d for d, _ in found[:2]), name=_spelt(question, words))
    level = sorted((m for m in marks if m[0] >= best - 0.08), key=lambda m: -m[1])
    close = [m for m in level if m[1] >= level[0][1] - 0.06]
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
    spelt = " ".join(re.sub(r"[«»“”\"]", " ", question.text[start:end]).split())
    return spelt if len(spelt) <= 80 else " ".join(words[:6])
