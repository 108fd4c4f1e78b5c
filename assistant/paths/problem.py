"""Candidates and a profile -> the problem of integers that model.py solves, and back to steps.

What the contract leaves open is decided here. Where a learner says when they are available, a module without announced
dates has no session for them; where not, it can be taken on dates to be agreed (a step without session). Sessions that
are over are left out only if others of the module are still to come and no availability was given. A session without an
end, or a start, lasts one day. Prices in a currency that the budget cannot count are free of its limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from assistant.paths.model import Item, Limits, Option, Problem, Solution
from assistant.paths.modules import days_of, first_day, last_day, plain, price_of
from assistant.paths.recommender import Candidate
from assistant.records import LearnerProfile, Money, Period

# 1 000 XPF = 8.38 EUR, fixed by law: in units of 1/1000 cent, both are whole.
UNITS_OF_XPF: Final = 838
_UNITS_OF_CENT: Final = 1000
_FRANCS: Final = frozenset({"EUR", "XPF"})
_CENTIDAYS: Final = 100
RELEVANCE_SCALE: Final = 10_000


def units(money: Money) -> int:
    """An amount in units of 1/1000 cent of its currency; of the euro for the franc Pacifique."""
    return round(money.amount * UNITS_OF_XPF) if money.currency == "XPF" else round(money.amount * 100) * _UNITS_OF_CENT


def money_of(amount: int, currency: str) -> Money:
    """The least amount of a currency, in whole cents (whole francs for XPF), that is worth at least ``amount`` units."""
    if currency == "XPF":
        return Money(float(-(-amount // UNITS_OF_XPF)), currency)
    return Money(-(-amount // _UNITS_OF_CENT) / 100, currency)


def counts(price: Money, budget: Money | None) -> bool:
    """Whether a price counts in a budget: it is in its currency, or one is the euro and the other the franc Pacifique."""
    return budget is None or price.currency == budget.currency or {price.currency, budget.currency} <= _FRANCS


@dataclass(frozen=True)
class Planning:
    """What a path is sought among: the candidates proper, for one profile. Items are numbered as ``candidates``."""

    candidates: tuple[Candidate, ...]
    profile: LearnerProfile
    today: date

    @cached_property
    def sessions(self) -> tuple[tuple[Period | None, ...], ...]:
        """Of each candidate the sessions that may count, None for one without dates; sessions over are left out if others come."""
        found = []
        for candidate in self.candidates:
            sessions: tuple[Period | None, ...] = candidate.module.sessions
            if self.profile.available is None:
                coming = tuple(s for s in candidate.module.sessions if last_day(s) >= self.today)
                sessions = coming or sessions or (None,)
            found.append(sessions)
        return tuple(found)

    @cached_property
    def prices(self) -> tuple[tuple[Money | None, ...], ...]:
        """Of each candidate the price of each of its ``sessions``."""
        found = []
        for candidate, sessions in zip(self.candidates, self.sessions, strict=True):
            chosen = (price_of(candidate.module, self.profile, session) for session in sessions)
            found.append(tuple(Money(p.amount, p.currency) if p else None for p in chosen))
        return tuple(found)

    @cached_property
    def problem(self) -> Problem:
        profile = self.profile
        place = {c.module.document: n for n, c in enumerate(self.candidates)}
        goals = {goal: g for g, goal in enumerate(profile.goals)}
        twins = self._twins()
        items = []
        for n, candidate in enumerate(self.candidates):
            groups = [(tuple(place[d] for d in r.documents if d in place), r.together) for r in candidate.requires]
            items.append(Item(
                relevance=round(candidate.relevance * RELEVANCE_SCALE),
                options=tuple(self._option(candidate, session, price) for session, price in zip(self.sessions[n], self.prices[n], strict=True)),
                goals=frozenset(goals[g] for g in candidate.goals),
                requires=tuple(g for g, together in groups if not together),
                together=tuple(g for g, together in groups if together),
                twin=twins.get(n),
                locked=candidate.locked,
                topics=candidate.topics | frozenset(f"goal {goals[g]}" for g in candidate.goals),
            ))  # fmt: skip
        budget = units(profile.budget) if profile.budget else None
        days = round(profile.max_days * _CENTIDAYS) if profile.max_days is not None else None
        return Problem(tuple(items), Limits(budget, days, tuple(_length(a) for a in profile.unavailable)))

    def _option(self, candidate: Candidate, session: Period | None, price: Money | None) -> Option:
        cost, counted = (units(price), counts(price, self.profile.budget)) if price else (None, False)
        days = round((days_of(candidate.module, session) or 0.0) * _CENTIDAYS)
        if session is None:
            return Option(None, None, days, price=cost, counts=counted)
        start, end = first_day(session), last_day(session)
        window = self.profile.available or Period()
        return Option(
            start.toordinal(), end.toordinal(), days,
            before=max(0, (window.start - start).days) if window.start else 0,
            after=max(0, (end - window.end).days) if window.end else 0,
            absences=frozenset(
                a for a, absence in enumerate(self.profile.unavailable)
                if (absence.start is None or absence.start <= end) and (absence.end is None or start <= absence.end)
            ),
            price=cost, counts=counted,
        )  # fmt: skip

    def _twins(self) -> Mapping[int, int]:
        """Modules with the same title, of the same length as far as known: the same training at two schools, worth taking once."""
        groups: dict[str, list[int]] = {}
        for n, candidate in enumerate(self.candidates):
            groups.setdefault(plain(candidate.module.title), []).append(n)
        found: dict[int, int] = {}
        for group in groups.values():
            lengths = {self.candidates[n].module.days for n in group} - {None}
            if len(group) > 1 and len(lengths) <= 1:
                found.update(dict.fromkeys((n for n in group if not self.candidates[n].locked), group[0]))
        return found

    def session(self, item: int, option: int) -> Period | None:
        return self.sessions[item][option]

    def days(self, item: int, option: int) -> float | None:
        return days_of(self.candidates[item].module, self.sessions[item][option])

    def order(self, solution: Solution) -> list[int]:
        """The items in the order they are to be taken: by date, prerequisites first; without dates before what needs them, else last."""
        taken = sorted(solution.taken)
        needs = {n: {m for group in self.problem.items[n].requires for m in group if m in solution.taken} for n in taken}
        far = date.max.toordinal()
        starts = {n: self.problem.items[n].options[solution.taken[n]].start for n in taken}

        def due(n: int, seen: frozenset[int] = frozenset()) -> int:
            """When an item must be begun: its own date, or that of the first item that needs it."""
            start = starts[n]
            if start is not None:
                return start
            return min((due(m, seen | {n}) for m in taken if n in needs[m] and m not in seen), default=far)

        keys = {n: (due(n), starts[n] is not None, -round(self.candidates[n].relevance * RELEVANCE_SCALE), n) for n in taken}
        ordered: list[int] = []
        while len(ordered) < len(taken):
            open_items = [n for n in taken if n not in ordered and needs[n] <= {*ordered, n}] or [n for n in taken if n not in ordered]
            ordered.append(min(open_items, key=lambda n: keys[n]))
        return ordered


def _length(period: Period) -> int:
    return (period.end - period.start).days + 1 if period.start and period.end else 365


def planning(candidates: Sequence[Candidate], profile: LearnerProfile, today: date) -> Planning:
    return Planning(tuple(c for c in candidates if c.out is None), profile, today)
