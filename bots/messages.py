"""Every sentence of the web and Telegram, by key and language, and the one table that turns an error into a sentence.

The sentences are Babel catalogues, ``locale/<room>.<language>.po``, read when first needed: no build step. A key is the
msgid; ``{name}`` in a sentence is replaced by the value of that name; a sentence with a plural takes ``n``.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import get_args

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal

from assistant import errors as assistant_errors
from assistant.records import Language
from bots import errors as bots_errors
from corpus import errors as corpus_errors
from index import errors as index_errors

LANGUAGES: tuple[Language, ...] = get_args(Language)
_LOCALE = Path(__file__).with_name("locale")


@dataclass(frozen=True, slots=True)
class Problem:
    """What becomes of an error at the door: an HTTP status, a stable code, and the key of the sentence for people."""

    status: int
    code: str

    @property
    def key(self) -> str:
        return f"error_{self.code}"


PROBLEMS: dict[type[Exception], Problem] = {
    assistant_errors.BadProfile: Problem(422, "bad_profile"),
    assistant_errors.BadRequest: Problem(422, "bad_request"),
    assistant_errors.ChatModelUnavailable: Problem(503, "chat_model"),
    assistant_errors.NoPlanFound: Problem(503, "no_plan"),
    assistant_errors.AssistantError: Problem(500, "internal"),
    bots_errors.NotFound: Problem(404, "not_found"),
    bots_errors.TooLarge: Problem(413, "too_large"),
    bots_errors.TooManyRequests: Problem(429, "too_many"),
    bots_errors.StateUnavailable: Problem(503, "state"),
    bots_errors.SignInFailed: Problem(503, "sign_in"),
    bots_errors.Refused: Problem(403, "refused"),
    bots_errors.Busy: Problem(503, "busy"),
    bots_errors.BadSetting: Problem(503, "setting"),
    bots_errors.BotError: Problem(500, "internal"),
    index_errors.IndexProblem: Problem(503, "index"),
    corpus_errors.CorpusError: Problem(503, "catalogue"),
    TimeoutError: Problem(503, "timeout"),
    Exception: Problem(500, "internal"),
}
"""Error -> what becomes of it; an error takes the row of its nearest ancestor."""


def problem(error: BaseException) -> Problem:
    """The row of ``PROBLEMS`` for an error."""
    return next((PROBLEMS[kind] for kind in type(error).__mro__ if kind in PROBLEMS), PROBLEMS[Exception])


def error_sentence(error: BaseException, language: Language = "fr") -> str:
    """The sentence a person reads when ``error`` stops what they wanted: what happened and what to do."""
    detail = profile_fault(error.fault, error.field, error.values, language) if isinstance(error, assistant_errors.BadProfile) else str(error)
    return sentence(problem(error).key, language, detail=detail)


def profile_fault(fault: str, field: str, values: Mapping[str, str], language: Language) -> str:
    """What is wrong with a profile or with a file of agents, as a sentence; ``field`` is shown as it is written."""
    figures = {"most": format_decimal(int(values["most"]), locale=language).replace("\N{NARROW NO-BREAK SPACE}", " ")} if "most" in values else {}
    return sentence(f"profile_{fault}", language, **{**values, **figures, "field": field})


def sentence(key: str, language: Language = "fr", **values: object) -> str:
    """A sentence with its values put in. Raises KeyError for a key that no catalogue has.

    Values are put in as they are: whoever writes HTML or Telegram markup escapes the result.

    >>> sentence("turns", "en", n=2)
    '2 questions'
    """
    found = _catalogue(language)[key]
    template = found.choose(values.get("n", 0)) if isinstance(found, _Plural) else found
    return _FORMATTER.vformat(template, (), values) if "{" in template else template


@cache
def keys(language: Language) -> frozenset[str]:
    """Every key of a language."""
    return frozenset(_catalogue(language))


def fields(key: str, language: Language) -> set[str]:
    """The names of the values that a sentence takes, in any of its plurals."""
    found = _catalogue(language)[key]
    templates = found.forms if isinstance(found, _Plural) else (found,)
    return {name for template in templates for _, name, _, _ in _FORMATTER.parse(template) if name is not None}


def preferred(accept_language: str) -> Language:
    """The language of an Accept-Language header: the one of ours it ranks highest, French where it names neither.

    >>> preferred("de, en-GB;q=0.8, fr;q=0.5"), preferred("*"), preferred("en;q=zero")
    ('en', 'fr', 'fr')
    """
    best: tuple[float, Language] = (0.0, "fr")
    for part in accept_language.split(",")[:20]:
        name, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        for language in LANGUAGES:
            if name.lower().split("-")[0] == language and best[0] < quality <= 1:
                best = (quality, language)
    return best[1]


def money(amount: float, currency: str, language: Language) -> str:
    """An amount as people write it: ``7 850 €``, ``1 000 F CFP``; decimals only where there are some."""
    whole = amount == int(amount)
    if currency == "XPF":
        return f"{format_decimal(amount, '#,##0' if whole else '#,##0.##', locale=language)}\N{NO-BREAK SPACE}F\N{NO-BREAK SPACE}CFP"
    pattern = {"fr": "#,##0\N{NO-BREAK SPACE}¤", "en": "¤#,##0"}[language] if whole else None
    return format_currency(amount, currency, format=pattern, locale=language, currency_digits=False)


def day(value: date, language: Language, pattern: str = "d MMMM y") -> str:
    """A day as people write it: ``1er octobre 2026``, ``1 October 2026``; ``pattern`` (Unicode) begins with the day."""
    if language == "fr" and value.day == 1:
        pattern = pattern.replace("d", "d'er'", 1)
    return format_date(value, pattern, locale=language)


@dataclass(frozen=True, slots=True)
class _Plural:
    forms: tuple[str, ...]
    rule: Callable[[int], int]

    def choose(self, n: object) -> str:
        return self.forms[int(self.rule(int(n) if isinstance(n, int) else 0))]


@cache
def _catalogue(language: Language) -> dict[str, str | _Plural]:
    merged: dict[str, str | _Plural] = {}
    for path in sorted(_LOCALE.glob(f"*.{language}.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, charset="utf-8")
        for message in catalogue:
            if not message.id:
                continue
            key = message.id[0] if isinstance(message.id, (tuple, list)) else str(message.id)
            if key in merged:
                raise ValueError(f"{path.name}: the key '{key}' is in another catalogue already.")
            said = message.string
            merged[key] = said if isinstance(said, str) else _Plural(tuple(said or ()), _rule(language))
    return merged


def _rule(language: Language) -> Callable[[int], int]:
    # French counts 0 with the singular, English with the plural.
    return (lambda n: n > 1) if language == "fr" else (lambda n: n != 1)


class _Values(string.Formatter):
    """``{name}`` and nothing else: a template reaches into no value (``{detail.__class__}`` is a KeyError)."""

    def get_field(self, field_name: str, args: object, kwargs: object) -> tuple[object, str]:  # noqa: ARG002
        return kwargs[field_name], field_name  # type: ignore[index]


_FORMATTER = _Values()
