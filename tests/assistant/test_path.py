"""Paths on random catalogues against brute force, and the cases a person would think of first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.path import recommend
from assistant.records import LearnerProfile, LearningPath, Money, Period
from tests.assistant.brute_force import Checker
from tests.assistant.courses import Course, Courses

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
            audience=draw(st.sampled_from([(), (), ("Agents de la fonction publique territoriale",), ("Agents de la fonction publique hospitalière",)])),
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
