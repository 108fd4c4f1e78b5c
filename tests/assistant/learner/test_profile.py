"""What is understood of a learner: from files, from words, from answers to questions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import BadProfile
from assistant.learner.dates import period
from assistant.learner.profile import SLOTS, fill, is_skip, next_question, parse_profile, profile_from_words
from assistant.records import LearnerProfile, Money, Period

TODAY = date(2026, 11, 22)
EXAMPLE = "je suis attachée dans une commune de Moorea, je pilote un projet de dématérialisation, j'ai 3 000 € et deux semaines en novembre"


def said(text: str, base: LearnerProfile | None = None) -> LearnerProfile:
    return profile_from_words(text, base or LearnerProfile(), TODAY)


def test_a_whole_profile_is_read_from_one_sentence() -> None:
    found = said(EXAMPLE)
    assert (found.role, found.employer, found.territory, found.versant, found.category) == (
        "attachée",
        "commune",
        "Polynésie française",
        "FPCPF",
        "A",
    )
    assert found.goals == ("dématérialisation",)
    assert (found.budget, found.max_days) == (Money(3000.0, "EUR"), 10.0)
    # eight days of November are left, two weeks do not fit in them: the November of next year is meant
    assert found.available == Period(date(2027, 11, 1), date(2027, 11, 30))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("je suis agent de l'État", {"versant": "FPE"}),
        ("Je suis fonctionnaire hospitalier, catégorie B", {"versant": "FPH", "category": "B"}),
        ("je suis directrice d'hôpital", {"versant": "FPH", "employer": "hôpital", "category": "A", "role": "directrice d'hôpital"}),
        ("je suis contractuel à la mairie de Lyon", {"versant": "FPT", "employer": "commune", "corps": "contractuel"}),
        ("je suis rédacteur territorial", {"versant": "FPT", "category": "B", "corps": "rédacteur territorial"}),
        ("Je suis agent du Pays, rédactrice", {"versant": "FPPF", "employer": "Pays", "category": "B"}),
        ("puis-je m'inscrire si je suis sous-préfète ?", {"versant": "FPE", "category": "A", "role": "sous-préfète"}),
        ("en tant qu'ingénieur à la préfecture du Rhône, y ai-je droit ?", {"versant": "FPE", "employer": "préfecture", "role": "ingénieur"}),
        ("Je suis intéressée par le management et la communication de crise", {"goals": ("management", "communication de crise")}),
        ("J'ai déjà suivi le module Piloter le changement, que faire ?", {"completed": ("Piloter le changement",)}),
        ("I am a nurse in a hospital, I want to learn about data protection", {"versant": "FPH", "goals": ("data protection",)}),
        ("j'ai un budget de 500 000 F CFP", {"budget": Money(500000.0, "XPF")}),
        ("budget 2 k€, 5 jours max, entre mars et juin 2027",
         {"budget": Money(2000.0, "EUR"), "max_days": 5.0, "available": Period(date(2027, 3, 1), date(2027, 6, 30))}),
        ("je suis absente du 4 au 8 octobre", {"unavailable": (Period(date(2027, 10, 4), date(2027, 10, 8)),)}),
    ],
)  # fmt: skip
def test_people_say_who_they_are_in_many_ways(text: str, expected: dict[str, Any]) -> None:
    found = said(text)
    assert {name: getattr(found, name) for name in expected} == expected


@pytest.mark.parametrize(
    "text",
    ["Quelles formations pour les agents communaux ?", "Suis-je éligible ?", "la formation coûte-t-elle 7 850 € ?", "Je ne suis pas fonctionnaire",
     "Combien de places en novembre ?", "Bonjour"],
)  # fmt: skip
def test_questions_about_others_say_nothing_about_the_speaker(text: str) -> None:
    assert said(text) == LearnerProfile()


def test_what_was_known_is_kept_and_what_is_new_wins() -> None:
    first = said("je suis rédacteur territorial à la mairie, j'ai 3000 euros")
    second = said("finalement je suis directeur d'hôpital", first)
    assert (second.role, second.versant, second.category, second.budget) == ("directeur d'hôpital", "FPH", "A", Money(3000.0, "EUR"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from(EXAMPLE.split()), max_size=25).map(" ".join))
def test_no_text_makes_it_fail(text: str) -> None:
    found = said(text)
    assert all(goal in " ".join(text.split()) for goal in found.goals)
    assert not found.max_days or found.max_days >= 0


def test_a_file_may_hold_the_profile_bare_or_under_its_key() -> None:
    bare = {"role": " directrice des  services ", "versant": "territoriale", "category": "a",
            "goals": ["Conduite du changement", "conduite du changement"],
            "budget": {"amount": 8000, "currency": "EUR"}, "max_days": 20, "available": {"from": "2021-09-01", "to": "2021-12-31"},
            "unavailable": [["2021-10-04", "2021-10-08"]], "completed": ["CODE-1"], "corps": None, "territory": None}  # fmt: skip
    found = parse_profile(bare)
    assert parse_profile({"profile": bare}) == found
    assert (found.role, found.versant, found.category, found.goals) == ("directrice des services", "FPT", "A", ("Conduite du changement",))
    assert found.unavailable == (Period(date(2021, 10, 4), date(2021, 10, 8)),)


@pytest.mark.parametrize(
    ("data", "field"),
    [({"buget": 3}, "budget"), ({"budget": -1}, "budget"), ({"budget": True}, "budget"), ({"budget": {"amount": "cher"}}, "budget.amount"),
     ({"max_days": float("nan")}, "max_days"), ({"versant": "martien"}, "versant"), ({"category": "Z"}, "category"), ({"goals": 3}, "goals"),
     ({"available": {"from": "2027-02-30"}}, "available"), ({"available": {"from": "2027-03-02", "to": "2027-03-01"}}, "available"),
     ({"unavailable": "demain"}, "unavailable"), ({"role": ["x"]}, "role"), ({"role": "x" * 501}, "role"), ({"profile": []}, "profile")],
)  # fmt: skip
def test_a_wrong_field_is_named(data: dict[str, Any], field: str) -> None:
    with pytest.raises(BadProfile, match=field.split(".")[0]) as caught:
        parse_profile(data)
    assert "\n" not in str(caught.value)


def test_questions_come_one_at_a_time_and_can_be_skipped() -> None:
    profile, asked, after = LearnerProfile(), [], None
    while question := next_question(profile, "fr", after):
        asked.append(question[0])
        assert question[1].endswith("?")
        after = question[0]
        profile = fill(profile, after, "passer", TODAY)
    assert tuple(asked) == SLOTS
    assert profile == LearnerProfile()


@pytest.mark.parametrize(
    ("slot", "words", "expected"),
    [("goals", "le management et la conduite du changement", ("management", "conduite du changement")), ("role", "chef de bureau", "chef de bureau"),
     ("employer", "une commune de Raiatea", "commune"), ("versant", "hospitalière", "FPH"), ("versant", "l'État", "FPE"), ("category", "b", "B"),
     ("budget", "1 500", Money(1500.0, "EUR")), ("budget", "100 000 francs pacifiques", Money(100000.0, "XPF")), ("max_days", "une semaine", 5.0),
     ("max_days", "3", 3.0), ("available", "en mars", Period(date(2027, 3, 1), date(2027, 3, 31)))],
)  # fmt: skip
def test_short_answers_fill_the_slot_that_was_asked(slot: str, words: str, expected: object) -> None:
    assert getattr(fill(LearnerProfile(), slot, words, TODAY), slot) == expected


def test_an_answer_may_say_more_than_was_asked() -> None:
    found = fill(LearnerProfile(), "role", "je suis attachée dans une commune de Moorea", TODAY)
    assert (found.role, found.versant) == ("attachée", "FPCPF")


@pytest.mark.parametrize("words", ["passer", "Je ne sais pas.", "skip", "aucune idée", "peu importe"])
def test_skipping_is_understood(words: str) -> None:
    assert is_skip(words)
    assert not is_skip("aucune formation ne me va")


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [("avant l'été", None, date(2026, 6, 30)), ("cet été", date(2026, 7, 1), date(2026, 8, 31)), ("après l'été", date(2026, 9, 1), None)],
)
def test_before_a_season_is_not_in_it(words: str, start: date | None, end: date | None) -> None:
    assert period(f"me former {words}", date(2026, 1, 10)) == Period(start, end)


@pytest.mark.parametrize(
    ("words", "goals"),
    [("je cherche quelque chose sur la communication de crise", ("communication de crise",)),
     ("je suis chef d'équipe, dispo en mars, pour apprendre à gérer les conflits", ("gérer les conflits",))],
)  # fmt: skip
def test_wishes_said_by_the_way(words: str, goals: tuple[str, ...]) -> None:
    assert profile_from_words(words).goals == goals


def test_what_one_has_only() -> None:
    assert profile_from_words("je n'ai que 100 000 francs pacifique").budget == Money(100000.0, "XPF")
