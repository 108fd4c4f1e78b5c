"""Unanswered questions gathered by theme, so that an administrator sees what the documents should say.

A theme is a content word that questions share: the most frequent one first takes its questions, then the most frequent
among the rest, and so on. Simple on purpose: whoever reads a theme sees its questions beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from corpus.french import is_stop_word, stem, tokens

_NAMED_BY = 2
"""How many shared words name a theme."""


class Question(Protocol):
    """What is read of an unanswered question."""

    @property
    def question(self) -> str: ...
    @property
    def created(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Gap:
    """A theme, how often it was asked, when last, and its different questions, the most frequent first."""

    theme: str
    count: int
    last: date
    questions: tuple[str, ...]


def by_theme(questions: Sequence[Question]) -> list[Gap]:
    """The themes, the one asked most often first; every question belongs to exactly one."""
    words = [_words(question.question) for question in questions]
    left = set(range(len(questions)))
    gaps = []
    while left:
        stems = Counter(found for number in left for found in words[number])
        shared = max(stems, key=lambda found: (stems[found], found), default=None)
        members = sorted(number for number in left if shared is None or shared in words[number])
        left -= set(members)
        gaps.append(_gap([questions[number] for number in members], [words[number] for number in members], shared))
    return sorted(gaps, key=lambda gap: (-gap.count, gap.theme))


def _words(question: str) -> dict[str, str]:
    """Stem -> word, of the words that carry meaning ("[nom]" and the like, put in by masking, carry none)."""
    for placeholder in ("[nom]", "[e-mail]", "[lien]", "[compte]", "[numéro]"):
        question = question.replace(placeholder, " ")
    return {stem(token): token for token in tokens(question) if len(token) > 2 and not is_stop_word(token)}


def _gap(members: Sequence[Question], words: Sequence[dict[str, str]], shared: str | None) -> Gap:
    often = Counter(found for each in words for found in each)
    named = sorted(often, key=lambda found: (found != shared, -often[found], found))[:_NAMED_BY]
    return Gap(
        theme=" ".join(_spelt(found, words) for found in named) or "…",
        count=len(members),
        last=max(member.created for member in members).date(),
        questions=tuple(_different(member.question for member in members)),
    )


def _spelt(found: str, words: Iterable[dict[str, str]]) -> str:
    """The shortest way in which people wrote a stem: the singular, mostly."""
    return min((each[found] for each in words if found in each), key=lambda word: (len(word), word))


def _different(questions: Iterable[str]) -> list[str]:
    counted: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for question in questions:
        key = " ".join(tokens(question))
        counted[key] += 1
        spelt.setdefault(key, question)
    return [spelt[key] for key, _ in counted.most_common()]
