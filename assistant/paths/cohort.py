"""The training plan of a team: one budget, seats per session, priorities, a module for everyone as far as possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from assistant.paths.cohort_file import Agent, LineError
from assistant.paths.explain import Explained
from assistant.paths.model import PathModel, Solution
from assistant.paths.problem import Planning, counts, planning, units
from assistant.paths.recommender import CatalogueLike, SearchLike, candidates, shelf_of
from assistant.paths.search import fits
from assistant.paths.sentences import say, show_money
from assistant.paths.solver import maximise
from assistant.records import Exclusion, Language, Money, Period, Step
from corpus.records import Capacity

STUDIED: Final = 15
"""Candidates looked at for each agent, the most relevant first: more change nothing but the time it takes."""
DEFAULT_SEATS: Final = 15
_WEIGHTS: Final = {1: 3, 2: 2, 3: 1}
_EFFORT: Final = 1.0
Progress = Callable[[str, int, int], None]
Seat = tuple[str, Period | None]


@dataclass(frozen=True, slots=True)
class AgentPlan:
    """What one agent gets, and for every other suitable module why not. ``reason`` of an exclusion may also be ``full``."""

    identifier: str
    priority: int
    steps: tuple[Step, ...]
    left_out: tuple[TeamExclusion, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class TeamExclusion:
    module: str
    document: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class SeatUse:
    """Seats of one session: ``stated`` where the document says how many there are."""

    module: str
    document: str
    session: Period | None
    taken: int
    seats: int
    stated: bool


@dataclass(frozen=True, slots=True)
class CohortPlan:
    """``gap``: how much better the best plan could be at most, as a share; 0 when it is proven."""

    agents: tuple[AgentPlan, ...]
    budget: Money | None
    spent: tuple[Money, ...]
    unknown_prices: int
    seats: tuple[SeatUse, ...]
    optimal: bool
    gap: float
    errors: tuple[LineError, ...] = ()
    generation: str = ""


def plan(
    catalogue: CatalogueLike, search: SearchLike | None, agents: Sequence[Agent], budget: Money | None = None, seats: int = DEFAULT_SEATS,
    errors: Sequence[LineError] = (), generation: str = "", today: date | None = None, progress: Progress = lambda *_: None,
    language: Language = "fr",
) -> CohortPlan:  # fmt: skip
    """The best plan of a team, in this order: agents served with at least one module, weighed by priority; then goals
    covered, then relevance, weighed likewise; then the lowest known price.

    ``seats`` is the number of places of a session whose document states none. A price counts once a participant.
    """
    today = today or date.today()
    shelf = shelf_of(catalogue)
    stated = {p.document: min(f.value.amount for f in p.of("capacity") if isinstance(f.value, Capacity)) for p, _ in shelf.sheets if _has_capacity(p)}
    plannings: list[Planning] = []
    judged = []
    for number, agent in enumerate(agents, 1):
        profile = agent.profile
        found = candidates(catalogue, search, profile)
        best = sorted((c for c in found if c.out is None), key=lambda c: (-c.relevance, c.module.document))
        kept = {c.module.document for c in best[:STUDIED]}
        kept |= {d for c in best[:STUDIED] for r in c.requires for d in r.documents}
        judged.append([replace(c, out="less_relevant") if c.out is None and c.module.document not in kept else c for c in found])
        plannings.append(planning(judged[-1], profile, today))
        progress("agents", number, len(agents))
    room = _Room({d: stated.get(d, seats) for d in (m.document for m in shelf.modules)}, budget)
    progress("plan", 0, 1)
    chosen, optimal, gap = _solve(plannings, [_WEIGHTS[a.priority] for a in agents], room)
    chosen = _complete(plannings, chosen, room, agents)
    progress("plan", 1, 1)
    plans = tuple(_agent_plan(a, p, c, f, plannings, chosen, room, language) for a, p, c, f in zip(agents, plannings, chosen, judged, strict=True))
    return _whole(plans, plannings, chosen, room, stated, budget, optimal, gap, tuple(errors), generation)


def _has_capacity(programme: Any) -> bool:
    return any(isinstance(f.value, Capacity) for f in programme.of("capacity"))


@dataclass(frozen=True)
class _Room:
    """What the team shares: places by document, and money."""

    seats: Mapping[str, int]
    budget: Money | None

    def cost(self, planning: Planning, item: int, option: int) -> int:
        price = planning.prices[item][option]
        return units(price) if price and counts(price, self.budget) else 0

    def used(self, plannings: Sequence[Planning], chosen: Sequence[Mapping[int, int]]) -> tuple[Counter[Seat], int]:
        taken: Counter[Seat] = Counter()
        spent = 0
        for plan, items in zip(plannings, chosen, strict=True):
            for n, o in items.items():
                taken[plan.candidates[n].module.document, plan.session(n, o)] += 1
                spent += self.cost(plan, n, o)
        return taken, spent


def _solve(plannings: Sequence[Planning], weights: Sequence[int], room: _Room) -> tuple[list[dict[int, int]], bool, float]:
    """One model of all agents: each agent's own constraints, and rows for seats and money over all of them."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    parts = [PathModel(p.problem, model=model) for p in plannings]
    seats: dict[Seat, list[Any]] = {}
    money: list[Any] = []
    served: list[Any] = []
    goals: list[Any] = []
    worth: list[Any] = []
    for plan, part, weight in zip(plannings, parts, weights, strict=True):
        for (n, o), x in part.options.items():
            seats.setdefault((plan.candidates[n].module.document, plan.session(n, o)), []).append(x)
        money += [-(-cost // 1000) * x for (n, o), x in part.options.items() if (cost := room.cost(plan, n, o))]
        if part.items:
            one = model.new_bool_var("served")
            model.add(sum(part.items.values()) >= one)
            served.append(weight * one)
            goals += [weight * covered for covered in part.covered]
            worth.append(weight * part.relevance)
    for (document, _), takers in seats.items():
        if len(takers) > room.seats[document]:
            model.add(sum(takers) <= room.seats[document])
    if room.budget and money:
        model.add(sum(money) <= units(room.budget) // 1000)
    if not served:
        return [{} for _ in plannings], True, 0.0
    values, optimal, gap = None, True, 0.0
    # one module each before a second goal for anybody: a sum of the two would pay for one agent's goals with another's place
    for criterion in [sum(criterion) for criterion in (served, goals, worth) if criterion]:
        found = maximise(model, criterion, values, _EFFORT)
        if found is None:
            return [{} for _ in plannings], False, 1.0
        values, optimal, gap = found.values, optimal and found.optimal, max(gap, found.gap)
        model.add(criterion >= round(found.objective))
    assert values is not None
    return [{n: o for (n, o), x in part.options.items() if values[x.index]} for part in parts], optimal, gap


def _complete(plannings: Sequence[Planning], chosen: list[dict[int, int]], room: _Room, agents: Sequence[Agent]) -> list[dict[int, int]]:
    """Takes in what still fits: a plan that is not proven best leaves nothing out without a true reason."""
    taken, spent = room.used(plannings, chosen)
    order = sorted(
        (
            (len(chosen[a]) > 0, agents[a].priority, -c.relevance, a, n)
            for a, p in enumerate(plannings)
            for n, c in enumerate(p.candidates)
            if n not in chosen[a]
        )
    )
    limit = units(room.budget) if room.budget else None
    for _, _, _, a, n in order:
        plan = plannings[a]
        document = plan.candidates[n].module.document
        for o, option in enumerate(plan.problem.items[n].options):
            seat = (document, plan.session(n, o))
            cost = room.cost(plan, n, o)
            affordable = limit is None or spent + cost <= limit
            if option.usable and affordable and taken[seat] < room.seats[document] and fits(plan.problem, {**chosen[a], n: o}):
                chosen[a][n] = o
                taken[seat] += 1
                spent += cost
                break
    return chosen


def _agent_plan(
    agent: Agent, plan: Planning, chosen: Mapping[int, int], found: Sequence[Any], plannings: Sequence[Planning],
    everyone: Sequence[Mapping[int, int]], room: _Room, language: Language,
) -> AgentPlan:  # fmt: skip
    explained = Explained(plan, Solution(dict(chosen)), language)
    taken, spent = room.used(plannings, everyone)
    suitable = {c.module.document for c in found if c.out is None}
    left = [_team_reason(e, plan, taken, spent, room, language) for e in explained.excluded(found) if e.document in suitable]
    note = ""
    if not chosen:
        note = say("team_nothing_suits" if not suitable else "team_nothing_left", language)
    return AgentPlan(agent.identifier, agent.priority, explained.steps(), tuple(left), note)


def _team_reason(excluded: Exclusion, plan: Planning, taken: Counter[Seat], spent: int, room: _Room, language: Language) -> TeamExclusion:
    """The agent's own reason if there is one, else the team's: no seat left, no money left."""
    item = next(n for n, c in enumerate(plan.candidates) if c.module.document == excluded.document)
    if excluded.reason != "less_relevant" or excluded.relevance == 0.0:
        return TeamExclusion(excluded.module, excluded.document, excluded.reason, excluded.detail)
    usable = [plan.session(item, o) for o, option in enumerate(plan.problem.items[item].options) if option.usable]
    seats = room.seats[excluded.document]
    if all(taken[excluded.document, session] >= seats for session in usable):
        return TeamExclusion(excluded.module, excluded.document, "full", say("team_full", language, seats=seats))
    cheapest = min(range(len(plan.prices[item])), key=lambda o: (not plan.problem.items[item].options[o].usable, room.cost(plan, item, o), o))
    price = plan.prices[item][cheapest]
    if room.budget and price and spent + room.cost(plan, item, cheapest) > units(room.budget):
        shown = {"price": show_money(price, language), "budget": show_money(room.budget, language)}
        return TeamExclusion(excluded.module, excluded.document, "over_budget", say("team_over_budget", language, **shown))
    return TeamExclusion(excluded.module, excluded.document, "no_room", say("team_no_room", language))


def _whole(
    plans: tuple[AgentPlan, ...], plannings: Sequence[Planning], chosen: Sequence[Mapping[int, int]], room: _Room, stated: Mapping[str, int],
    budget: Money | None, optimal: bool, gap: float, errors: tuple[LineError, ...], generation: str,
) -> CohortPlan:  # fmt: skip
    taken, _ = room.used(plannings, chosen)
    sums: dict[str, float] = {}
    for step in (s for p in plans for s in p.steps):
        if step.price:
            sums[step.price.currency] = round(sums.get(step.price.currency, 0.0) + step.price.amount, 2)
    titles = {s.document: s.module for p in plans for s in p.steps}
    uses = tuple(
        SeatUse(titles[document], document, session, count, room.seats[document], document in stated)
        for (document, session), count in sorted(taken.items(), key=lambda t: (t[0][0], str(t[0][1])))
    )
    unknown = sum(s.price is None for p in plans for s in p.steps)
    return CohortPlan(plans, budget, tuple(Money(a, c) for c, a in sorted(sums.items())), unknown, uses, optimal, gap, errors, generation)
