"""The contract of `jalon recommend`, checked by trying everything: no solver, none of the code under test.

Works on what a path prints and on what the courses say; only relevance, which is the recommender's own judgement, is
taken from the path.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.records import LearnerProfile, LearningPath
from tests.assistant.paths.courses import Course

FRANC = 8.38 / 1000
Choice = dict[str, tuple[date, date] | None]


class Checker:
    """One request against one catalogue. Courses name their prerequisites by code only; goals are folded already."""

    def __init__(self, courses: Sequence[Course], profile: LearnerProfile, path: LearningPath, today: date) -> None:
        self.courses = {c.id: c for c in courses}
        self.profile, self.path, self.today = profile, path, today
        self.by_code = {c.code: c.id for c in courses if c.code}
        self.relevance = {s.document: s.relevance for s in path.steps} | {e.document: e.relevance for e in path.excluded}
        self.out = {e.document: e.reason for e in path.excluded}
        self.completed = {c.id for c in courses if {c.code, c.title, c.id} & set(profile.completed)}
        self.candidates = [c for c in self.courses if self.out.get(c) not in ("not_eligible", "completed", "less_relevant")]

    # -- what a course is ----------------------------------------------------------------------------------------------

    def sessions(self, id: str) -> list[tuple[date, date] | None]:
        dated = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in self.courses[id].sessions]
        if self.profile.available is None:
            dated = [s for s in dated if s[1] >= self.today] or dated
            if not dated:
                return [None]
        return [s for s in dated if self.inside(s)]

    def inside(self, session: tuple[date, date]) -> bool:
        window = self.profile.available
        if window and ((window.start and session[0] < window.start) or (window.end and session[1] > window.end)):
            return False
        return not any((a.start is None or a.start <= session[1]) and (a.end is None or session[0] <= a.end) for a in self.profile.unavailable)

    def days(self, id: str, session: tuple[date, date] | None) -> float:
        course = self.courses[id]
        if course.days is not None:
            return course.days
        if course.hours is not None:
            return round(course.hours / 7, 2)
        return (session[1] - session[0]).days + 1 if session else 0

    def cost(self, id: str) -> float:
        """The known price in the budget's currency (the euro without a budget)."""
        price = self.courses[id].price
        wanted = self.profile.budget.currency if self.profile.budget else "EUR"
        if price is None:
            return 0.0
        if price[1] == wanted:
            return price[0]
        return price[0] * FRANC if price[1] == "XPF" else price[0] / FRANC

    def goals(self, id: str) -> set[str]:
        return set() if id in self.completed else {g for g in self.profile.goals if g in self.courses[id].title.lower()}

    def needs(self, id: str) -> list[str]:
        """Codes that must be taken first."""
        return [code for code in self.courses[id].requires if self.by_code.get(code) not in self.completed and code not in self.profile.completed]

    # -- feasibility ---------------------------------------------------------------------------------------------------

    def feasible(self, choice: Choice) -> bool:
        if self.over_budget(choice) or self.too_long(choice) or self.overlaps(choice):
            return False
        return all(self.prepared(id, choice) for id in choice)

    def over_budget(self, choice: Choice) -> bool:
        return self.profile.budget is not None and sum(map(self.cost, choice)) > self.profile.budget.amount + 1e-6

    def too_long(self, choice: Choice) -> bool:
        return self.profile.max_days is not None and sum(self.days(i, s) for i, s in choice.items()) > self.profile.max_days + 1e-6

    def overlaps(self, choice: Choice) -> bool:
        dated = [s for s in choice.values() if s]
        return any(a[0] <= b[1] and b[0] <= a[1] for a, b in itertools.combinations(dated, 2))

    def prepared(self, id: str, choice: Choice) -> bool:
        for code in self.needs(id):
            other = self.by_code.get(code)
            if other not in choice:
                return False
            mine, theirs = choice[id], choice[other]
            if mine and theirs and theirs[1] >= mine[0]:
                return False
        return True

    def ordered(self, choice: Choice) -> bool:
        """Whether an order exists in which dates run forward and prerequisites come first."""
        return any(self.is_order(order, choice) for order in itertools.permutations(choice))

    def is_order(self, order: Sequence[str], choice: Choice) -> bool:
        starts = [s[0] for i in order if (s := choice[i])]
        place = {id: n for n, id in enumerate(order)}
        return starts == sorted(starts) and all(
            place[self.by_code[c]] < place[i] for i in order for c in self.needs(i) if self.by_code.get(c) in place
        )

    def choices(self) -> Iterator[Choice]:
        for options in itertools.product(*([(None, False), *((s, True) for s in self.sessions(i))] for i in self.candidates)):
            yield {i: o[0] for i, o in zip(self.candidates, options, strict=True) if o[1]}

    def value(self, choice: Choice) -> tuple[int, int, float, int]:
        goals = set().union(*(self.goals(i) for i in choice)) if choice else set()
        ends = [s[1].toordinal() for s in choice.values() if s]
        price = sum(self.cost(i) for i in choice)
        return len(goals), round(sum(self.relevance[i] for i in choice) * 10_000), -round(price, 4), -max(ends, default=0)

    # -- the promises --------------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> Choice:
        return {s.document: (s.session.start, s.session.end) if s.session and s.session.start and s.session.end else None for s in self.path.steps}

    def check(self) -> None:
        chosen = self.chosen
        told = [s.document for s in self.path.steps] + [e.document for e in self.path.excluded]
        assert sorted(told) == sorted(self.courses), "every module accounted for exactly once"
        assert self.feasible(chosen), "constraints hold"
        assert self.is_order([s.document for s in self.path.steps], chosen), "steps in the order they are to be taken"
        assert all(chosen[i] in self.sessions(i) for i in chosen)
        for step in self.path.steps:
            assert set(step.goals) == self.goals(step.document)
            assert (step.price.amount if step.price else None) == (self.courses[step.document].price or (None,))[0]
        for id, reason in self.out.items():
            assert self.reason(id) == reason, f"{id}: {reason}, but {self.reason(id)} is true"
        best = max(self.value(c) for c in self.choices() if self.feasible(c) and self.ordered(c))
        assert self.path.optimal
        assert self.value(chosen) == best

    def reason(self, id: str) -> str:
        """The first reason that is true of a module that was left out."""
        if self.out[id] == "not_eligible":
            return "not_eligible"
        if id in self.completed:
            return "completed"
        if self.out[id] == "less_relevant":
            needed = {self.by_code.get(code) for other in self.candidates for code in self.needs(other)}
            threshold = min((self.relevance[c] for c in self.candidates if c not in needed), default=1.0)
            return "less_relevant" if self.relevance[id] < threshold and id not in needed else "a candidate"
        sessions, chosen = self.sessions(id), self.chosen
        if not sessions:
            return "no_session"
        if any(self.by_code.get(code) not in chosen for code in self.needs(id)):
            return "missing_prerequisite"
        free = [s for s in sessions if not self.overlaps({**chosen, id: s}) and self.prepared(id, {**chosen, id: s})]
        if not free:
            return "date_clash"
        if all(self.too_long({**chosen, id: s}) for s in free):
            return "too_long"
        return "over_budget" if self.over_budget({**chosen, id: None}) else "none"
