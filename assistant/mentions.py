# ruff: noqa: SIM905 -- tables of wordings
"""Which programme is meant: titles whole or in part, codes, acronyms, misspelt words, descriptions; or one that does not exist.

``Directory`` knows the names of a catalogue. It scores a question's words against them, weighing rare words more, and
tells which words of the name that was asked match nothing. Reading the documents themselves is left to the caller.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from assistant import asked as names_asked
from assistant.asked import asked_name
from assistant.intent import Question
from assistant.kin import kin
from assistant.wording import ASPECT_WORDS, CUES, GENERIC, HEADS, SUBJECTS
from corpus.french import fold, is_stop_word, stem, tokens
from corpus.records import Programme

_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{1,7}\b")
_CAPITALS = re.compile(r"\b[A-ZÀ-Ý]{4,}(?:[\s’'–—:-]+[A-ZÀ-Ý]{1,3}\b)*[\s’'–—:-]+[A-ZÀ-Ý]{4,}\b(?:[\s’'–—:-]+[A-ZÀ-Ý]{2,}\b)*")
"""Words of a title that stand in capitals side by side: a way of writing, no acronyms."""
_GIVER = re.compile(r"\b(?:(?:[Dd]u|[Aa]u|[Pp]ar|[Aa]vec|[Aa]ux|[Dd]es)\s+|(?:[Dd]e |[ÀàPp]ar |à )?[Ll]['’])(?:le |la |l['’])?[A-Z][A-Z0-9]{1,7}\b")
"""Who gives a course, in its title: "au CREPS du Littoral", "le parcours du CDG"."""
_INITIALS_SKIPPED = frozenset("de des du d l la le les et en a au aux pour sur par".split())


_KINDS = frozenset("du diu but dut lp bts cap mba deust mooc bpjeps bpa bac vae".split())
"""Acronyms of kinds of diploma: they tell what a programme is, never which one."""


class HasWords(Protocol):
    """A document's folded words and their stems (``evidence.Sheet``)."""

    @property
    def stems(self) -> frozenset[str]: ...
    @property
    def words(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Name:
    """How one programme may be called."""

    document: str
    title: str
    stems: frozenset[str]
    aliases: frozenset[str]
    """Acronyms and short names, folded."""
    codes: frozenset[str]
    context: frozenset[str]
    """Stems of its provider and places: they tell two programmes apart, they do not name one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A programme that the words of a question may mean."""

    document: str
    score: float
    coverage: float
    """Share of the title's weight that the question says, 0 to 1."""
    matched: frozenset[str]
    """The words of the question that matched, folded."""
    strength: float
    """Weight of what matched, in units of the rarest word: 1.0 is one word that names one programme only."""
    exact: bool = False
    """By code or acronym, or by its whole title."""
    called: bool = False
    """By an acronym, which may be of others too."""


class Directory:
    """The names of every programme of a catalogue."""

    def __init__(self, programmes: Iterable[Programme], parts: Iterable[Programme] = ()) -> None:
        """``parts``: the courses of pages that hold several, each under a name of its own."""
        self.names: dict[str, Name] = {}
        self._by_stem: dict[str, set[str]] = defaultdict(set)
        self._by_alias: dict[str, set[str]] = defaultdict(set)
        self._by_code: dict[str, set[str]] = defaultdict(set)
        self._by_context: dict[str, set[str]] = defaultdict(set)
        self._runs: dict[str, str] = {}
        """Document -> the initials of its title's words, in order."""
        self._initials: set[tuple[str, str]] = set()
        """(alias, document) of the acronyms that are only the initials of a title: likely, not certain."""
        for programme in programmes:
            self._add(programme)
        for programme in parts:
            self._add(programme, part=True)
        self.size = max(1, len(self.names))
        acronyms = {fold(a) for n in self.names.values() if not n.title.isupper() for a in _ACRONYM.findall(n.title) if len(a) <= 5}
        self._word_stems = {
            t: stem(t) for n in self.names.values() for t in tokens(n.title) if len(t) >= 4 and t not in acronyms and stem(t) in n.stems
        }  # the INSET is no misspelt INET
        self._word_list = sorted(self._word_stems)
        self._by_kin: dict[str, set[str]] = defaultdict(set)
        for word, own in self._word_stems.items():
            self._by_kin[kin(word)].add(own)
        self._title_words = {d: frozenset(tokens(n.title)) for d, n in self.names.items()}
        self.ceiling = math.log(1 + self.size)
        self.words = frozenset(t for n in self.names.values() for t in tokens(n.title)) | frozenset(self._by_alias)

    def _add(self, programme: Programme, part: bool = False) -> None:
        title = " ".join(programme.title.split()) or programme.document
        words = [t for t in tokens(title) if t not in _INITIALS_SKIPPED]
        aliases = {fold(a) for a in _ACRONYM.findall(_GIVER.sub(" ", _CAPITALS.sub(" ", title))) if not title.isupper()} - _KINDS
        initials = "".join(w[0] for w in words if w[0].isalpha())
        self._runs[programme.document] = initials
        if 3 <= len(initials) <= 6 and initials not in aliases:
            aliases.add(initials)
            self._initials.add((initials, programme.document))
        name = re.split(r"[/#]", programme.document)[-1].rsplit(".", 1)[0]
        parts = tokens(name)
        if not part and 1 <= len(parts) <= 2 and all(p.isalpha() for p in parts):
            aliases.add("-".join(parts))
        codes = {_code(f.text) for f in programme.of("code")}
        context = {stem(t) for f in (*programme.of("provider"), *programme.of("location")) for t in tokens(f.text) if not is_stop_word(t)}
        context |= {initials_of(f.text) for f in programme.of("provider")} - {""}
        stems_ = frozenset(stem(t) for t in tokens(title) if not is_stop_word(t) and (len(t) > 1 or (part and t.isdigit())))
        entry = Name(
            programme.document,
            title,
            stems_,
            frozenset(a for a in aliases if len(a) > 1),
            frozenset(c for c in codes if len(c) >= 3),
            frozenset(context),
        )
        self.names[programme.document] = entry
        for s in entry.stems:
            self._by_stem[s].add(entry.document)
        for a in entry.aliases:
            self._by_alias[a].add(entry.document)
        for c in entry.codes:
            self._by_code[c].add(entry.document)
        for s in entry.context:
            self._by_context[s].add(entry.document)

    @property
    def stems(self) -> frozenset[str]:
        """The stems of every title."""
        return frozenset(self._by_stem)

    def titled(self, word: str) -> frozenset[str]:
        """The documents whose title says the word."""
        return frozenset(d for d, words in self._title_words.items() if word in words)

    def weight(self, stem_: str) -> float:
        """How telling a stem is among titles: from near 0 (in every title) to ``ceiling`` (in one title, or in none)."""
        frequency = len(self._by_stem.get(stem_, ())) or 1
        generic = 0.35 if stem_ in _GENERIC_STEMS or len(stem_) == 1 or _NO_NUMBER.fullmatch(stem_) else 1.0
        return generic * math.log(1 + self.size / frequency)

    def candidates(self, question: Question) -> list[Candidate]:
        """The programmes that the question's words may name, best first."""
        gained: dict[str, float] = defaultdict(float)
        matched: dict[str, set[str]] = defaultdict(set)
        exact: set[str] = set()
        called: set[str] = set()
        for document in self._coded(question.text):
            gained[document] += 5 * self.ceiling
            exact.add(document)
        said = dict.fromkeys(t for t in tokens(question.folded) if not is_stop_word(t) and (len(t) > 1 or t.isdigit()))
        spelt = [t for w in said if w not in self.words and w in SUBJECTS for t in SUBJECTS[w].split()]
        said = dict.fromkeys((*said, *spelt))  # "IA" is the intelligence artificielle of a title
        seen: dict[str, set[str]] = defaultdict(set)
        named = set(asked_name(question.text))
        asking = (
            frozenset(t for c in CUES if c.aspect in question.aspects for m in c.pattern.finditer(question.folded) for t in tokens(m.group())) - named
        )
        for token in said:
            for document, title_stem, likeness in self._matches(token):
                if title_stem in seen[document]:
                    continue
                seen[document].add(title_stem)
                asks = 0.35 if token in ASPECT_WORDS or token in asking else 1.0
                gained[document] += asks * likeness * self.weight(title_stem)
                matched[document].add(token)
        schools = names_asked.called(question).around if not question.text.isupper() else ()
        for alias, documents in self._aliases(question):
            for document in documents:
                guessed = (alias, document) in self._initials
                if alias in schools:  # "le stage de l'IRA sur les actes": who gives it, not what it is about
                    gained[document] += 0.4 * self.ceiling / math.sqrt(len(documents))
                    matched[document].add(alias)
                    continue
                if alias not in matched[document]:
                    gained[document] += (0.8 if guessed else 1.2) * self.ceiling / math.sqrt(len(documents))
                matched[document].update(tokens(alias))
                called.add(document)
                if not guessed:
                    exact.add(document)
        found = []
        for document, gain in gained.items():
            mass = sum(self.weight(s) for s in self.names[document].stems) or 1.0
            coverage = max(min(1.0, gain / mass), 0.8 if document in called else 0.0)  # an acronym stands for the whole title
            found.append(
                Candidate(
                    document,
                    gain * (0.6 + 0.4 * coverage),
                    coverage,
                    frozenset(matched[document]),
                    gain / self.ceiling,
                    document in exact or (coverage > 0.95 and gain >= 0.4 * self.ceiling),  # "Stage" as a title names nothing
                    document in called,
                )
            )
        return sorted(found, key=lambda c: (-c.score, c.document))

    def _coded(self, text: str) -> set[str]:
        found: set[str] = set()
        for word in re.findall(r"[\w./-]{3,}", fold(text)):
            found |= self._by_code.get(_code(word), set()) if any(c.isdigit() for c in word) else set()
        return found

    def _aliases(self, question: Question) -> list[tuple[str, set[str]]]:
        """Acronyms count when the question writes them as such, or when they are no ordinary word."""
        words = tokens(question.folded)
        upper = {fold(a) for a in _ACRONYM.findall(question.text)}
        found = []
        for alias, documents in self._by_alias.items():
            if "-" in alias:
                if alias in fold(question.text) or alias.replace("-", " ") in question.folded:
                    found.append((alias, documents))
            elif alias in words and (alias in upper or not is_stop_word(alias)) and alias not in GENERIC and (len(alias) >= 3 or alias in upper):
                found.append((alias, documents))
        known = {alias for alias, _ in found}
        lower = {
            w
            for w in words
            if 4 <= len(w) <= 6 and w.isalpha() and not is_stop_word(w) and w not in GENERIC and w not in ASPECT_WORDS and w not in self.words
        }
        for acronym in (lower if question.text.isupper() else upper | lower) - known:
            fitting = {d for d, run in self._runs.items() if len(acronym) >= 3 and acronym in run}
            if fitting and len(fitting) <= 3:
                self._initials.update((acronym, d) for d in fitting)
                found.append((acronym, fitting))
        return found

    def _matches(self, token: str) -> list[tuple[str, str, float]]:
        """(document, stem of its title, likeness) for one word of a question."""
        own = stem(token)
        if own in self._by_stem:
            return [(d, own, 1.0 if self._says(d, token) else 0.93) for d in self._by_stem[own]]
        if len(token) < 5 or token in GENERIC or token in ASPECT_WORDS:
            return []
        return [(d, other, likeness) for other, likeness in self._like(token) for d in self._by_stem[other]]

    def _says(self, document: str, token: str) -> bool:
        """Whether the title says the word itself, its plural aside: "dirigeant" is nearer to itself than to "diriger"."""
        words = self._title_words[document]
        return token in words or f"{token}s" in words or token.removesuffix("s") in words

    def _like(self, token: str) -> list[tuple[str, float]]:
        """The stems of title words that a misspelt or derived word may stand for, with how likely."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 1 if len(token) < 8 else 2
        near = process.extract(token, self._word_list, scorer=OSA.distance, score_cutoff=allowed, limit=3)
        likely = {self._word_stems[str(n[0])]: 0.85 for n in near if n[0][0] == token[0]}
        likely |= dict.fromkeys(self._by_kin.get(kin(token), ()), 0.9)
        if not likely and len(token) >= 6 and not any(c.pattern.fullmatch(token) for c in CUES):  # "professeurs" asks, it is no "professionnelle"
            likely = {self._word_stems[w]: 0.5 for w in self._word_list if len(w) >= 6 and (w.startswith(token[:6]) or token.startswith(w))}
        return list(likely.items())[:3]

    def context_matches(self, question: Question) -> dict[str, int]:
        """document -> how many words of the question are of its provider or places."""
        counts: dict[str, int] = defaultdict(int)
        for token in set(tokens(question.folded)):
            if not is_stop_word(token) and token not in GENERIC:
                for document in self._by_context.get(stem(token), ()):
                    counts[document] += 1
        return counts


_NO_NUMBER = re.compile(r"(?:19|20)\d\d|0+")
"""Years, and the thousands of a number: they tell no programme."""
_GENERIC_STEMS = frozenset(stem(w) for w in GENERIC) | frozenset(stem(t) for t in re.findall(r"[a-z]{3,}", HEADS))


def initials_of(text: str) -> str:
    """The initials of an institution's name, "ira" for "Institut régional d'administration"; empty where there are too few.

    >>> initials_of("Institut régional d'administration de Lyon")
    'ira'
    """
    words = re.split(r"\s(?:de|du|des|d['’])\s?(?=[A-ZÀ-Ý])|\s[–—-]\s|,|\(", text.strip(), maxsplit=1)[0]
    letters = "".join(w[0] for w in tokens(words) if w not in _INITIALS_SKIPPED and w[0].isalpha())
    return letters if 3 <= len(letters) <= 6 else ""


def _code(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


def missing_words(words: Iterable[str], sheet: HasWords) -> tuple[str, ...]:
    """The words that occur in no form, however misspelt, in a document."""
    return tuple(w for w in words if not _occurs(w, sheet))


def near_title(word: str, title: str) -> bool:
    """Whether a long word may be a badly misspelt word of the title: two slips are forgiven there, not in a whole text."""
    from rapidfuzz.distance import OSA

    return len(word) >= 6 and any(len(t) >= 6 and t[0] == word[0] and OSA.distance(word, t) <= 2 for t in tokens(title))


def _occurs(word: str, sheet: HasWords) -> bool:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    own = stem(word)
    if own in sheet.stems or word in sheet.words:
        return True
    if len(word) < 5:
        return False
    near = process.extractOne(word, sheet.words, scorer=OSA.distance, score_cutoff=1 if len(word) < 8 else 2)
    if near is not None and near[0][0] == word[0]:
        return True
    return len(own) >= 6 and any(s.startswith(own[:6]) for s in sheet.stems)
