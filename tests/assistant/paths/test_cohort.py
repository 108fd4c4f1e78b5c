"""The plan of a team: its file, its limits, who is served, and a true reason for everything else."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import BadProfile
from assistant.paths.cohort import CohortPlan, plan
from assistant.paths.cohort_file import Agent, read_agents
from assistant.records import LearnerProfile, Money, Period
from tests.assistant.paths.courses import Course, Courses

TODAY = date(2026, 11, 22)
BUYER = LearnerProfile(role="acheteuse", goals=("marchés publics",))
ONE = Course("one", "Marchés publics : les bases", "MOD-1", price=(300.0, "EUR"), sessions=(("2027-01-11", "2027-01-12"),))
TWO = Course(
    "two", "Marchés publics : aller plus loin", "MOD-2", price=(500.0, "EUR"), sessions=(("2027-02-01", "2027-02-02"), ("2027-03-01", "2027-03-02"))
)


def team(*agents: Agent, courses: tuple[Course, ...] = (ONE, TWO), budget: float | None = None, seats: int = 10) -> CohortPlan:
    return plan(Courses(*courses), None, agents, Money(budget) if budget is not None else None, seats, today=TODAY)


def given_to(made: CohortPlan) -> dict[str, list[str]]:
    return {a.identifier: [s.document for s in a.steps] for a in made.agents}


def test_with_room_for_all_everyone_gets_everything_that_suits() -> None:
    made = team(Agent("x", BUYER), Agent("y", BUYER))
    assert given_to(made) == {"x": ["one", "two"], "y": ["one", "two"]}
    assert made.spent == (Money(1600.0, "EUR"),)
    assert made.optimal


def test_a_module_for_each_comes_before_two_for_one() -> None:
    made = team(Agent("x", BUYER, 1), Agent("y", BUYER, 3), budget=600.0)
    assert given_to(made) == {"x": ["one"], "y": ["one"]}
    assert {e.reason for a in made.agents for e in a.left_out} == {"over_budget"}


def test_a_module_for_each_comes_before_a_second_goal_of_a_higher_priority() -> None:
    crisis = Course("crisis", "Communication de crise", "MOD-3", price=(300.0, "EUR"), sessions=(("2027-04-05", "2027-04-06"),))
    many = replace(BUYER, goals=("marchés publics", "communication de crise"))
    made = team(Agent("first", many, 1), Agent("last", BUYER, 3), courses=(ONE, crisis), budget=600.0)
    assert all(given_to(made).values())


def test_the_first_priority_gets_the_only_seat() -> None:
    made = team(Agent("last", BUYER, 3), Agent("first", BUYER, 1), courses=(ONE,), seats=1)
    assert given_to(made) == {"last": [], "first": ["one"]}
    assert made.agents[0].left_out[0].reason == "full"
    assert made.agents[0].note
    assert made.seats[0].taken == made.seats[0].seats == 1


def test_absences_and_goals_are_each_agent_s_own() -> None:
    away = replace(BUYER, unavailable=(Period(date(2027, 1, 1), date(2027, 1, 31)),))
    made = team(Agent("x", away), Agent("y", replace(BUYER, goals=("horlogerie",))))
    assert given_to(made) == {"x": ["two"], "y": []}
    assert made.agents[0].left_out[0].reason == "no_session"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.sampled_from([None, 2.0, 4.0])), min_size=1, max_size=5),
    st.sampled_from([None, 0.0, 300.0, 900.0, 2000.0]),
    st.integers(1, 3),
)
def test_limits_hold_and_nothing_is_left_out_that_would_fit(agents: list[tuple[int, float | None]], budget: float | None, seats: int) -> None:
    members = [Agent(f"a{n}", replace(BUYER, max_days=days), priority) for n, (priority, days) in enumerate(agents)]
    made = team(*members, budget=budget, seats=seats)
    spent = sum(m.amount for m in made.spent)
    assert budget is None or spent <= budget
    taken = Counter((s.document, s.session) for a in made.agents for s in a.steps)
    assert all(count <= seats for count in taken.values())
    assert {(u.document, u.session): u.taken for u in made.seats} == taken
    for agent, member in zip(made.agents, members, strict=True):
        assert agent.identifier == member.identifier
        days = sum(s.days or 0 for s in agent.steps)
        assert member.profile.max_days is None or days <= member.profile.max_days
        assert {s.document for s in agent.steps} | {e.document for e in agent.left_out} == {"one", "two"}
        for out in agent.left_out:
            course = ONE if out.document == "one" else TWO
            assert course.price
            true = {
                "too_long": member.profile.max_days is not None and days + 2 > member.profile.max_days,
                "over_budget": budget is not None and spent + course.price[0] > budget,
                "full": all(taken[out.document, Period(date.fromisoformat(a), date.fromisoformat(b))] >= seats for a, b in course.sessions),
            }
            assert true.get(out.reason), out


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int]] = []
    plan(Courses(ONE), None, [Agent("x", BUYER)], today=TODAY, progress=lambda *step: told.append(step))
    assert told == [("agents", 1, 1), ("plan", 0, 1), ("plan", 1, 1)]


HEADING = "identifiant;fonction;employeur;objectifs;absences;priorité;budget\n"
LINE = "a1;attachée;commune;marchés publics|leadership;02/03/2027 - 06/03/2027, 2027-04-01;haute;1 500 €\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_files_of_spreadsheets_are_read_whatever_their_encoding(encoding: str) -> None:
    agents, errors = read_agents((HEADING + LINE).encode(encoding))
    assert not errors
    (agent,) = agents
    assert (agent.identifier, agent.priority, agent.profile.role, agent.profile.versant) == ("a1", 1, "attachée", "FPT")
    assert agent.profile.goals == ("marchés publics", "leadership")
    assert agent.profile.unavailable == (Period(date(2027, 3, 2), date(2027, 3, 6)), Period(date(2027, 4, 1), date(2027, 4, 1)))
    assert agent.profile.budget == Money(1500.0)


def test_commas_and_english_headings_too() -> None:
    agents, errors = read_agents(b'identifier,role,goals,priority\nx,clerk,"law, budget",2\n')
    assert not errors
    assert agents[0].profile.goals == ("law", "budget")


def test_each_wrong_line_is_named_and_the_others_kept() -> None:
    data = "identifiant;versant;priorité\na;FPT;1\nb;martien;1\n;FPT;1\n\nc;FPH;demain\na;FPE;1\nd;FPE;\n".encode()
    agents, errors = read_agents(data)
    assert [a.identifier for a in agents] == ["a", "d"]
    assert [e.line for e in errors] == [3, 4, 6, 7]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"nom_de_famille;age\nx;3\n", b"\x00\x01\x02"])
def test_a_file_that_is_none_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(BadProfile, match="identifier"):
        read_agents(data)
