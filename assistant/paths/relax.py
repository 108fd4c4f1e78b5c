"""What would make more possible: the smallest changes of a request, found by the solver and proven by solving again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from assistant.paths.model import DIMENSIONS, Dimension, Limits, Solution, Worth
from assistant.paths.problem import Planning, money_of, planning, units
from assistant.paths.recommender import Candidate
from assistant.paths.search import MANY, best, fits, smallest_change
from assistant.paths.sentences import join, say, show_days, show_money, show_period
from assistant.records import Language, LearnerProfile, Period, Relaxation

_MOST = 4
_EFFORT = 0.5
_TRIED = 2
_DIMENSION_OF: Final[dict[str, Dimension]] = {"budget": "budget", "max_days": "days", "available": "window", "unavailable": "absences"}


def relaxations(found: Sequence[Candidate], plan: Planning, main: Solution, language: Language) -> tuple[Relaxation, ...]:
    """Changes of one field each that give a better path, the smallest first; for an empty path that no single change helps,
    the smallest change of several. Each was tried: the path of its profile gives the gain it says."""
    left_out = [n for n in range(len(plan.candidates)) if n not in main.taken]
    if not left_out:
        return ()
    tried: list[tuple[float, Relaxation]] = []
    wanted = _wanted(plan, main, left_out)
    large = len(plan.candidates) > MANY
    changes = sorted(_smaller(plan, main, left_out, wanted), key=lambda c: c.size)[:_TRIED] if large else _changes(plan, wanted)
    for change in changes:
        relaxation = _proven(found, plan, main, change, language, known=change.taken if large else None)
        if relaxation:
            tried.append((change.size, relaxation))
    if not tried and not main.taken:
        together = _together(plan, wanted)
        relaxation = _proven(found, plan, main, together, language) if together else None
        if together and relaxation:
            tried.append((together.size, relaxation))
    tried.sort(key=lambda t: t[0])
    return tuple(relaxation for _, relaxation in tried[:_MOST])


@dataclass(frozen=True, slots=True)
class _Change:
    """``size`` is the change as a share of what was asked: what makes a budget and a period comparable."""

    profile: LearnerProfile
    fields: tuple[str, ...]
    size: float
    taken: Mapping[int, int] = field(default_factory=dict)
    """A choice that the change allows."""


def _wanted(plan: Planning, main: Solution, left_out: list[int]) -> Worth:
    """A gain worth telling: a goal more, or as much relevance more as the least relevant module left out has."""
    now = plan.problem.worth(main.taken)
    gain = min(plan.problem.items[n].relevance for n in left_out) if main.taken else 1
    return Worth(now.rank, now.relevance + max(gain, 1) - 1)


def _changes(plan: Planning, wanted: Worth) -> Iterator[_Change]:
    profile = plan.profile
    asked: list[tuple[Dimension, bool]] = [
        ("budget", profile.budget is not None), ("days", profile.max_days is not None),
        ("window", profile.available is not None), ("absences", bool(profile.unavailable)),
    ]  # fmt: skip
    for dimension in (d for d, is_set in asked if is_set):
        solution = smallest_change(plan.problem, (dimension,), wanted, {dimension: 1.0}, _EFFORT)
        change = _change(plan, solution, (dimension,)) if solution else None
        if change:
            yield change
    if profile.available and any(not c.module.sessions for c in plan.candidates):
        yield _Change(replace(profile, available=None), ("available",), 1.0)


def _smaller(plan: Planning, main: Solution, left_out: list[int], wanted: Worth) -> Iterator[_Change]:
    """Of each kind the smallest change found at once, from one that lets one module more in: for large catalogues."""
    for change in _one_more(plan, main, left_out):
        dimension = _DIMENSION_OF[change.fields[0]]
        if plan.problem.worth(change.taken) <= wanted:
            yield change
            continue
        solution = smallest_change(plan.problem, (dimension,), wanted, {dimension: 1.0}, _EFFORT, known=change.taken)
        other = _change(plan, solution, (dimension,)) if solution else None
        yield other if other and other.size < change.size else change


def _one_more(plan: Planning, main: Solution, left_out: list[int]) -> Iterator[_Change]:
    """Of each kind the smallest change that lets one module more into a path as it is.

    Where the search for a smaller one begins in large catalogues, among all exchanges of modules.
    """
    items = plan.problem.items
    smallest: dict[tuple[str, ...], _Change] = {}
    free = replace(plan.problem, limits=Limits(absences=plan.problem.limits.absences))
    for n in left_out:
        for o, _ in enumerate(items[n].options):
            taken = {**main.taken, n: o}
            if not fits(free, taken):
                continue
            change = _change(plan, Solution(taken), DIMENSIONS)
            if change and len(change.fields) == 1 and (change.fields not in smallest or change.size < smallest[change.fields].size):
                smallest[change.fields] = change
    yield from smallest.values()


def _together(plan: Planning, wanted: Worth) -> _Change | None:
    """The smallest change of several fields at once, each weighed by what it is a share of."""
    dimensions = DIMENSIONS
    shares = {d: _share(plan, d) for d in dimensions}
    solution = smallest_change(plan.problem, dimensions, wanted, shares, _EFFORT)
    return _change(plan, solution, dimensions) if solution else None


def _share(plan: Planning, dimension: Dimension) -> float:
    """What one unit of change is a share of."""
    profile = plan.profile
    if dimension == "budget":
        return float(max(units(profile.budget), 10**7)) if profile.budget else 1e9
    if dimension == "days":
        return max(100.0, (profile.max_days or 0.0) * 100)
    window = profile.available
    return float((window.end - window.start).days + 1) if dimension == "window" and window and window.start and window.end else 30.0


def _change(plan: Planning, solution: Solution, dimensions: Iterable[Dimension]) -> _Change | None:
    """The profile under which a solution is allowed, changing as little as it needs."""
    profile, problem = plan.profile, plan.problem
    changed, fields, size = profile, [], 0.0
    options = [problem.items[n].options[o] for n, o in solution.taken.items()]
    spent = sum(o.cost for o in options)
    for dimension in dimensions:
        if dimension == "budget" and profile.budget and spent > units(profile.budget):
            changed = replace(changed, budget=money_of(spent, profile.budget.currency))
            fields.append("budget")
            size += (spent - units(profile.budget)) / _share(plan, dimension)
        days = sum(o.days for o in options)
        if dimension == "days" and profile.max_days is not None and days > round(profile.max_days * 100):
            changed = replace(changed, max_days=days / 100)
            fields.append("max_days")
            size += (days - profile.max_days * 100) / _share(plan, dimension)
        before, after = max((o.before for o in options), default=0), max((o.after for o in options), default=0)
        if dimension == "window" and profile.available and (before or after):
            changed = replace(changed, available=_widened(profile.available, before, after))
            fields.append("available")
            size += (before + after) / _share(plan, dimension)
        given_up = set().union(*(o.absences for o in options)) if options else set()
        if dimension == "absences" and given_up:
            changed = replace(changed, unavailable=tuple(a for n, a in enumerate(profile.unavailable) if n not in given_up))
            fields.append("unavailable")
            size += sum(problem.limits.absences[n] for n in given_up) / _share(plan, dimension)
    return _Change(changed, tuple(fields), size, dict(solution.taken)) if fields else None


def _widened(window: Period, before: int, after: int) -> Period:
    def moved(day: date | None, by: int) -> date | None:
        return day + timedelta(days=by) if day else None

    return Period(moved(window.start, -before), moved(window.end, after))


def _proven(
    found: Sequence[Candidate], plan: Planning, main: Solution, change: _Change, language: Language, known: Mapping[int, int] | None = None
) -> Relaxation | None:
    """The relaxation with the gain that its profile really gives; None where it gives none.

    ``known``: a choice that the change allows, where the best one would take long to prove.
    """
    other = planning(found, change.profile, plan.today)
    solution = best(other.problem, _EFFORT, known if known and fits(other.problem, dict(known)) else None)
    if other.problem.worth(solution.taken) <= plan.problem.worth(main.taken):
        return None
    return Relaxation(
        _change_sentence(plan.profile, change, language), _gain_sentence(plan, main, other, solution, language), change.profile, change.fields
    )


def _change_sentence(profile: LearnerProfile, change: _Change, language: Language) -> str:
    new, sentences = change.profile, []
    if "budget" in change.fields and profile.budget and new.budget:
        extra = money_of(units(new.budget) - units(profile.budget), profile.budget.currency)
        sentences.append(say("more_budget", language, amount=show_money(new.budget, language), extra=show_money(extra, language)))
    if "max_days" in change.fields and new.max_days is not None and profile.max_days is not None:
        sentences.append(
            say("more_days", language, days=show_days(new.max_days, language), extra=show_days(new.max_days - profile.max_days, language))
        )  # fmt: skip
    if "available" in change.fields:
        sentences.append(say("wider", language, period=show_period(new.available, language)) if new.available else say("no_period", language))
    if "unavailable" in change.fields:
        given_up = [p for p in profile.unavailable if p not in new.unavailable]
        sentences.append(say("fewer_absences", language, periods=join([show_period(p, language) for p in given_up], language)))
    return " ".join(sentences)


def _gain_sentence(plan: Planning, main: Solution, other: Planning, solution: Solution, language: Language) -> str:
    def titles(of: Planning, chosen: Solution) -> dict[str, str]:
        return {of.candidates[n].module.document: of.candidates[n].module.title for n in of.order(chosen)}

    def goals(of: Planning, chosen: Solution) -> set[str]:
        return {g for n in chosen.taken for g in of.candidates[n].goals}

    before, after = titles(plan, main), titles(other, solution)
    come = [f"« {t} »" for d, t in after.items() if d not in before] or [f"« {t} »" for t in after.values()]
    gone = [f"« {t} »" for d, t in before.items() if d not in after]
    new_goals = [g for g in plan.profile.goals if g in goals(other, solution) - goals(plan, main)]
    text = say("gain_modules", language, titles=join(come, language))
    if gone:
        text += say("gain_instead", language, titles=join(gone, language))
    if new_goals:
        text += say("gain_goals", language, goals=join([say("goal", language, goal=g) for g in new_goals], language))
    return text + "."
