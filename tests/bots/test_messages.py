"""Two languages from one table, complete: every key in both, every key that is used, every error with its sentence."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assistant.errors
import bots
import bots.errors
import corpus.errors
import index.errors
from assistant.errors import ProfileFault
from assistant.learner.profile import parse_profile
from bots.messages import LANGUAGES, PROBLEMS, day, error_sentence, fields, keys, money, preferred, problem, profile_fault, sentence

BOTS = Path(bots.__file__).parent
ROOTS = (assistant.errors.AssistantError, bots.errors.BotError, corpus.errors.CorpusError, index.errors.IndexProblem)


def descendants(kind: type) -> list[type]:
    return [kind, *(further for child in kind.__subclasses__() for further in descendants(child))]


def test_both_languages_say_the_same_keys_with_the_same_values() -> None:
    assert keys("fr") == keys("en")
    assert {key: fields(key, "fr") for key in keys("fr")} == {key: fields(key, "en") for key in keys("en")}


def test_no_sentence_is_empty_and_french_has_its_accents() -> None:
    for language in ("fr", "en"):
        for key in keys(language):
            assert sentence(key, language, **dict.fromkeys(fields(key, language) | {"n"}, 1)).strip(), key
    french = "".join(sentence(key, "fr", **dict.fromkeys(fields(key, "fr") | {"n"}, 1)) for key in keys("fr"))
    assert "é" in french and not re.search(r"\b(deja|donnees|reponse|duree)\b", french)


def test_every_key_that_a_template_names_exists() -> None:
    used, begun = set(), set()
    for path in (BOTS / "page").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r"\b_\('(\w+)'\s*[,)]", text))
        begun |= set(re.findall(r"\b_\('(\w+)'\s*\+", text))
    assert used and used <= keys("fr"), used - keys("fr")
    assert all(any(key.startswith(start) for key in keys("fr")) for start in begun)


@pytest.mark.parametrize("kind", [kind for root in ROOTS for kind in descendants(root)], ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_error_has_its_sentence(kind: type[Exception], language: str) -> None:
    error = kind("secret detail", 3) if kind is bots.errors.TooManyRequests else kind("secret detail")
    said = error_sentence(error, language)  # type: ignore[arg-type]
    assert said and "\n" not in said
    assert problem(error).status in (403, 404, 413, 422, 429, 500, 503)


@pytest.mark.parametrize("fault", get_args(ProfileFault))
def test_every_fault_of_a_profile_has_its_sentence(fault: str) -> None:
    values = {"near": "role", "most": "5", "allowed": "A, B", "value": "x"}
    for language in LANGUAGES:
        said = profile_fault(fault, "budget", values, language)
        assert said.endswith(".") and "{" not in said


def test_what_is_wrong_with_a_profile_is_said_in_the_language_of_the_reader() -> None:
    with pytest.raises(assistant.errors.BadProfile) as raised:
        parse_profile({"available": {"from": "demain"}})
    assert "must be a date" in str(raised.value)
    assert error_sentence(raised.value, "fr").endswith("Le champ « available.from » doit être une date telle que 2027-03-31.")


def test_an_unforeseen_error_tells_nothing_of_itself() -> None:
    assert "secret" not in error_sentence(RuntimeError("secret"))
    assert problem(RuntimeError()) is PROBLEMS[Exception]


def test_plurals_follow_each_language() -> None:
    assert [sentence("turns", "fr", n=n) for n in (0, 1, 2)] == ["0 question", "1 question", "2 questions"]
    assert [sentence("turns", "en", n=n) for n in (0, 1, 2)] == ["0 questions", "1 question", "2 questions"]


def test_a_value_is_never_read_as_a_template() -> None:
    assert sentence("page_number", "fr", page="{n.__class__}") == "page {n.__class__}"
    with pytest.raises(KeyError):
        sentence("no_such_key", "fr")


def test_amounts_and_days_as_people_write_them() -> None:
    assert money(7850, "EUR", "fr").replace("\u202f", " ").replace("\xa0", " ") == "7 850 €"
    assert money(12.5, "EUR", "fr").replace("\xa0", " ") == "12,50 €"
    assert money(1000, "XPF", "en").replace("\xa0", " ") == "1,000 F CFP"
    assert day(date(2026, 10, 1), "fr") == "1er octobre 2026" and day(date(2026, 10, 1), "en") == "1 October 2026"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_any_accept_language_gives_a_language(header: str) -> None:
    assert preferred(header) in ("fr", "en")


def test_the_language_that_is_ranked_highest_wins() -> None:
    assert [preferred(header) for header in ("en-GB,en;q=0.9,fr;q=0.8", "fr-PF, en;q=0.2", "de", "", "en;q=7, fr;q=0.1")] == [
        "en",
        "fr",
        "fr",
        "fr",
        "fr",
    ]
