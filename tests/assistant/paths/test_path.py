"""Paths on random catalogues against brute force, and the cases a person would think of first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.paths.explain import summary
from assistant.paths.path import recommend
from assistant.records import LearnerProfile, LearningPath, Money, Period
from tests.assistant.paths.brute_force import Checker
from tests.assistant.paths.courses import Course, Courses

TODAY = date(2026, 11, 22)
GOALS = ("conduite du changement", "marchés publics", "prévention des conflits")
TITLES = (*GOALS, "conduite du changement et marchés publics", "atelier de poterie", "fiscalité locale", "accueil des usagers", "droit funéraire")


@st.composite
def _sessions(draw: st.DrawFn) -> tuple[tuple[str, str], ...]:
    found = set()
    for _ in range(draw(st.integers(0, 2))):
        start = date(2027, 1, 4) + timedelta(days=draw(st.integers(0, 14)))
        found.add((start.isoformat(), (start + timedelta(days=draw(st.integers(0, 4)))).isoformat()))
    return tuple(sorted(found))


@st.composite
def catalogues(draw: st.DrawFn, most: int = 6) -> list[Course]:
    count = draw(st.integers(1, most))
    titles = draw(st.lists(st.sampled_from(TITLES), min_size=count, max_size=count))
    courses = []
    for n, title in enumerate(titles):
        requires = draw(st.lists(st.sampled_from([f"MOD-{m}" for m in range(most + 1) if m != n]), max_size=1)) if draw(st.booleans()) else []
        courses.append(Course(
            f"courses.jsonld#MOD-{n}", f"{title.capitalize()} ({'abcdefgh'[n]})", f"MOD-{n}",
            price=draw(st.one_of(st.none(), st.tuples(st.sampled_from([0.0, 100.0, 250.0, 400.0, 99.9]), st.just("EUR")),
                                 st.tuples(st.sampled_from([0.0, 12000.0, 50000.0]), st.just("XPF")))),
            sessions=draw(_sessions()), days=draw(st.sampled_from([None, 0.5, 1.0, 2.0, 3.0])), requires=tuple(requires),
            audience=draw(st.sampled_from([(), (), ("Fonction publique territoriale",), ("Agents de la fonction publique hospitalière",)])),
        ))  # fmt: skip
    return courses


@st.composite
def profiles(draw: st.DrawFn) -> LearnerProfile:
    start = date(2027, 1, 1) + timedelta(days=draw(st.integers(0, 8)))
    window = draw(st.sampled_from([None, Period(start, start + timedelta(days=14)), Period(start, None), Period(None, start + timedelta(days=10))]))
    away = date(2027, 1, 4) + timedelta(days=draw(st.integers(0, 14)))
    return LearnerProfile(
        role=draw(st.sampled_from([None, "directrice des services"])), versant=draw(st.sampled_from([None, "FPT"])),
        goals=tuple(draw(st.lists(st.sampled_from(GOALS), max_size=3, unique=True))),
        budget=draw(st.sampled_from([None, Money(0.0), Money(350.0), Money(500.0), Money(45000.0, "XPF")])),
        max_days=draw(st.sampled_from([None, 0.0, 3.0, 5.5])), available=window,
        unavailable=draw(st.sampled_from([(), (), (Period(away, away + timedelta(days=2)),)])),
        completed=draw(st.sampled_from([(), (), ("MOD-0",), ("MOD-1", "MOD-9")])),
    )  # fmt: skip


def advise(courses: list[Course], profile: LearnerProfile, more: bool = True) -> LearningPath:
    return recommend(Courses(*courses), None, profile, "g1", TODAY, alternatives=more)


_QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_QUICK
@given(catalogues(), profiles())
def test_every_promise_of_the_contract_holds_on_random_catalogues(courses: list[Course], profile: LearnerProfile) -> None:
    path = advise(courses, profile)
    Checker(courses, profile, path, TODAY).check()
    for relaxation in path.relaxations:
        merged = replace(profile, **{f: getattr(relaxation.profile, f) for f in relaxation.fields})
        better = advise(courses, merged, more=False)
        before, after = (Checker(courses, p, q, TODAY) for p, q in ((profile, path), (merged, better)))
        assert after.value(after.chosen)[:2] > before.value(before.chosen)[:2]
        assert all(s.module in relaxation.gain for s in better.steps if s.document not in before.chosen)


@settings(_QUICK, max_examples=8)
@given(catalogues(), profiles())
def test_the_same_request_gets_the_same_path(courses: list[Course], profile: LearnerProfile) -> None:
    assert advise(courses, profile) == advise(courses, profile)


@settings(_QUICK, max_examples=10)
@given(catalogues(), profiles())
def test_alternatives_keep_the_constraints_and_differ(courses: list[Course], profile: LearnerProfile) -> None:
    path = advise(courses, profile)
    sets = [frozenset(s.document for s in path.steps)]
    for other in path.alternatives:
        checker = Checker(courses, profile, replace(path, steps=other.steps), TODAY)
        assert checker.feasible(checker.chosen)
        sets.append(frozenset(checker.chosen))
    assert len(set(sets)) == len(sets)


# -- the cases a person would think of first ---------------------------------------------------------------------------

BASE = Course("a", "Bases des marchés publics", "MOD-A", price=(300.0, "EUR"), sessions=(("2027-01-11", "2027-01-12"), ("2027-02-01", "2027-02-02")))
DEEP = Course("b", "Marchés publics : approfondir", "MOD-B", price=(400.0, "EUR"), sessions=(("2027-01-18", "2027-01-19"),), requires=("MOD-A",))
FREE = Course("c", "Marchés publics en ligne", "MOD-C", price=(0.0, "EUR"), sessions=(("2027-01-11", "2027-01-11"),))
UNPRICED = Course("d", "Marchés publics et innovation", "MOD-D", sessions=(("2027-03-01", "2027-03-03"),))
BUYER = LearnerProfile(role="acheteuse", goals=("marchés publics",))


def reasons(path: LearningPath) -> dict[str, str]:
    return {e.document: e.reason for e in path.excluded}


def test_prerequisites_come_before_and_sessions_do_not_meet() -> None:
    path = advise([DEEP, BASE, UNPRICED], BUYER)
    assert [s.document for s in path.steps] == ["a", "b", "d"]
    # the January session of the prerequisite is the only one that ends before its sequel begins
    assert path.steps[0].session == Period(date(2027, 1, 11), date(2027, 1, 12))
    assert path.unknown_prices == 1
    assert path.prices == (Money(700.0, "EUR"),)


def test_of_equal_worth_the_cheaper_is_taken() -> None:
    """The free module in January leaves the prerequisite for February, after its sequel: 300 € instead of 700 €."""
    path = advise([DEEP, BASE, FREE, UNPRICED], BUYER)
    assert [s.document for s in path.steps] == ["c", "a", "d"]
    assert reasons(path) == {"b": "date_clash"}


def test_a_budget_is_kept_and_the_smallest_rise_is_found() -> None:
    path = advise([BASE, DEEP, UNPRICED], replace(BUYER, budget=Money(500.0)))
    assert [s.document for s in path.steps] == ["a", "d"]
    assert reasons(path) == {"b": "over_budget"}
    assert path.relaxations[0].profile.budget == Money(700.0)
    assert "200" in path.relaxations[0].change
    assert DEEP.title in path.relaxations[0].gain


def test_francs_count_at_the_fixed_parity() -> None:
    franc = replace(BASE, price=(100_000.0, "XPF"), sessions=(("2027-01-11", "2027-01-12"),))
    assert not reasons(advise([franc], replace(BUYER, budget=Money(838.0))))
    assert reasons(advise([franc], replace(BUYER, budget=Money(837.99)))) == {"a": "over_budget"}
    assert not reasons(advise([replace(BASE, price=(838.0, "EUR"))], replace(BUYER, budget=Money(100_000.0, "XPF"))))


def test_other_currencies_are_never_added() -> None:
    path = advise([BASE, replace(UNPRICED, price=(900.0, "USD"))], replace(BUYER, budget=Money(300.0)))
    assert path.prices == (Money(300.0, "EUR"), Money(900.0, "USD"))


def test_completed_modules_satisfy_prerequisites_and_cover_nothing() -> None:
    path = advise([BASE, DEEP], replace(BUYER, completed=("mod-a",)))
    assert [s.document for s in path.steps] == ["b"]
    (left,) = path.excluded
    assert (left.reason, left.goals) == ("completed", ())


def test_an_unknown_prerequisite_is_missing() -> None:
    path = advise([replace(BASE, requires=("ZZ-9",))], BUYER)
    assert reasons(path) == {"a": "missing_prerequisite"}
    assert "ZZ-9" in path.excluded[0].detail


def test_modules_that_require_each_other_cannot_be_taken() -> None:
    circle = [replace(BASE, requires=("MOD-B",), sessions=()), replace(DEEP, sessions=())]
    assert reasons(advise(circle, BUYER)) == {"a": "missing_prerequisite", "b": "missing_prerequisite"}


def test_an_order_without_dates_respects_dated_neighbours() -> None:
    """C needs B (no dates) needs A (in March): C in January cannot follow."""
    first = replace(BASE, sessions=(("2027-03-01", "2027-03-02"),))
    middle = replace(DEEP, sessions=())
    last = Course("z", "Marchés publics : expert", "MOD-Z", sessions=(("2027-01-05", "2027-01-06"),), requires=("MOD-B",))
    path = advise([first, middle, last], BUYER)
    assert [s.document for s in path.steps] == ["a", "b"]
    later = replace(last, sessions=(("2027-04-05", "2027-04-06"),))
    assert [s.document for s in advise([later, middle, first], BUYER).steps] == ["a", "b", "z"]


def test_a_module_needed_only_by_a_candidate_is_one() -> None:
    odd = Course("o", "Atelier de poterie", "MOD-O", sessions=(("2027-01-04", "2027-01-04"),))
    path = advise([odd, replace(BASE, requires=("MOD-O",))], BUYER)
    assert [s.document for s in path.steps] == ["o", "a"]
    assert BASE.title in path.steps[0].reason


def test_without_dates_a_module_fits_only_an_open_calendar() -> None:
    undated = replace(BASE, sessions=())
    assert advise([undated], BUYER).steps[0].session is None
    path = advise([undated], replace(BUYER, available=Period(date(2027, 1, 1), date(2027, 12, 31))))
    assert reasons(path) == {"a": "no_session"}
    assert path.relaxations[0].fields == ("available",)
    assert path.relaxations[0].profile.available is None


def test_sessions_that_are_over_give_way_to_those_to_come() -> None:
    both = replace(BASE, sessions=(("2026-01-11", "2026-01-12"), ("2027-02-01", "2027-02-02")))
    assert advise([both], BUYER).steps[0].session == Period(date(2027, 2, 1), date(2027, 2, 2))
    over = advise([replace(BASE, sessions=(("2021-01-11", "2021-01-12"),))], BUYER).steps[0]
    assert over.session == Period(date(2021, 1, 11), date(2021, 1, 12))
    assert "passée" in over.reason


def test_the_same_training_at_two_schools_is_taken_once() -> None:
    twin = replace(BASE, id="a2", code="MOD-A2", price=(200.0, "EUR"))
    path = advise([BASE, twin], BUYER)
    assert [s.document for s in path.steps] == ["a2"]
    (left,) = path.excluded
    assert (left.reason, left.relevance) == ("less_relevant", 0.0)
    assert BASE.title in left.detail


def test_what_if_a_module_is_locked_or_left_out() -> None:
    costly = replace(UNPRICED, price=(900.0, "EUR"))
    tight = replace(BUYER, budget=Money(900.0))
    assert "d" not in {s.document for s in advise([BASE, DEEP, costly], tight).steps}
    assert [s.document for s in advise([BASE, DEEP, costly], replace(tight, locked=("MOD-D",))).steps] == ["d"]
    assert "a" not in {s.document for s in advise([BASE, costly], replace(BUYER, excluded=("mod-a",))).steps}


def test_hours_and_half_days_add_up() -> None:
    short = replace(FREE, hours=10.5, sessions=(("2027-01-11", "2027-01-12"),))
    path = advise([short], replace(BUYER, max_days=1.5))
    assert path.steps[0].days == 1.5
    assert reasons(advise([short], replace(BUYER, max_days=1.4))) == {"c": "too_long"}


def test_ineligible_comes_before_every_other_reason() -> None:
    closed = replace(BASE, audience=("Agents de la fonction publique hospitalière",), sessions=(), requires=("ZZ-9",))
    path = advise([closed], replace(BUYER, versant="FPT", budget=Money(0.0), completed=("MOD-A",)))
    assert reasons(path) == {"a": "not_eligible"}


def test_nothing_relevant_is_said_in_a_sentence() -> None:
    path = advise([BASE], LearnerProfile(goals=("horlogerie",)))
    assert not path.steps
    assert not path.relaxations
    assert "horlogerie" in summary(path)
    assert "recommande aucune" in summary(path)


def test_english_is_spoken_too() -> None:
    path = recommend(Courses(BASE), None, replace(BUYER, budget=Money(100.0)), "g1", TODAY, language="en")
    assert path.excluded[0].detail.startswith("Costs 300")
    assert path.relaxations[0].change.startswith("Raise the budget")


def test_two_hundred_modules_are_planned_to_the_optimum() -> None:
    courses = []
    for n in range(200):
        start = date(2027, 1, 4) + timedelta(days=(n * 37) % 200)
        dates = tuple(((start + timedelta(days=30 * k)).isoformat(), (start + timedelta(days=30 * k + n % 3)).isoformat()) for k in range(3))
        courses.append(Course(f"m{n}", f"Marchés publics, cas n° {n}", f"M-{n}", price=(float(50 + (n * 73) % 900), "EUR"), sessions=dates))
    path = advise(courses, replace(BUYER, budget=Money(4000.0), max_days=15.0), more=False)
    assert path.optimal
    assert len(path.steps) + len(path.excluded) == 200
    assert path.days <= 15.0
    assert path.prices[0].amount <= 4000.0


TWO_PRICES = Course(
    "s", "Marchés publics en deux villes", "S-1", sessions=(("2027-03-09", "2027-03-11"), ("2027-06-08", "2027-06-10")),
    prices=((450.0, "EUR", "du 9 au 11 mars 2027 à Paris"), (380.0, "EUR", "08/06/2027 - 10/06/2027, Lyon")),
)  # fmt: skip


@pytest.mark.parametrize(("budget", "amount", "month"), [(None, 380.0, 6), (400.0, 380.0, 6), (300.0, None, None)])
def test_the_price_of_a_session_is_that_of_its_dates(budget: float | None, amount: float | None, month: int | None) -> None:
    path = advise([TWO_PRICES], replace(BUYER, budget=Money(budget) if budget else None))
    taken = [(s.price.amount, s.session.start.month) for s in path.steps if s.price and s.session and s.session.start]
    assert taken == ([(amount, month)] if amount else [])
    if not amount:
        assert reasons(path) == {"s": "over_budget"}
        assert "380" in path.excluded[0].detail
        assert path.relaxations[0].profile.budget == Money(380.0)


def test_where_only_the_dearer_session_fits_it_is_paid_for() -> None:
    path = advise([TWO_PRICES], replace(BUYER, available=Period(date(2027, 3, 1), date(2027, 3, 31))))
    assert path.steps[0].price == Money(450.0)
