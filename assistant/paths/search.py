"""What is asked of the model: the best path, the smallest change that helps, paths that differ on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, Literal

from assistant.errors import NoPlanFound
from assistant.paths.model import Dimension, PathModel, Problem, Solution, Worth

MANY: Final = 60
"""Candidates up to which exchanges of modules are searched where they matter least: for the earliest end and for changes."""
_FINE: Final = 1_000_000
"""Into how many parts a whole is cut when changes of different kinds are weighed against each other."""


def best(problem: Problem, effort: float = 1.0, known: Mapping[int, int] | None = None) -> Solution:
    """The best path: most locked items and goals, then most relevance, then the lowest price, then the earliest end.

    ``known``: a path to begin with; what is found from there at once will do, without the long proof that there is no better.
    ``optimal`` says whether all but the earliest end is proven. Raises NoPlanFound when figures overflow.
    """
    if not any(o.usable for i in problem.items for o in i.options):
        return Solution({})
    model = PathModel(problem)
    result = Solution({})
    values: Sequence[int] | None = model.values_of(known) if known else None
    for criterion in model.criteria():
        step = model.search(criterion, values, effort, proof=not known)
        if step is None and known:
            return replace(result, taken=known, optimal=False)
        if step is None:
            raise NoPlanFound("No path was found in the time allowed: ask for fewer modules or fewer conditions.")
        found, details = step
        result = replace(found, optimal=result.optimal and found.optimal, gap=max(result.gap, found.gap))
        values = details.values
        model.model.add(criterion >= round(details.objective))
    model.hold(result.taken)
    return _earliest(model, result, values, effort)


def _earliest(model: PathModel, known: Solution, values: Sequence[int] | None, effort: float) -> Solution:
    """The same worth and price with the earliest end, and among those the earliest ends of the single modules.

    With many modules the proof that no other set has exactly this worth can take long: there the set is kept as it is.
    """
    last, total = model.latest_end()
    if isinstance(total, int):
        return known
    if len(model.items) > MANY:
        for n, item in model.items.items():
            model.model.add(item == (n in known.taken))
    result = known
    if values is not None:
        values = [*values, model.last_of(known.taken)]
    for criterion in (-last, -total):
        step = model.search(criterion, values, effort, proof=False)
        if step is None:
            return result
        values = step[1].values
        result = replace(step[0], optimal=known.optimal, gap=known.gap)
        model.model.add(criterion >= round(step[1].objective))
    return result


def smallest_change(
    problem: Problem,
    dimensions: Iterable[Dimension],
    more_than: Worth,
    shares: Mapping[Dimension, float],
    effort: float = 1.0,
    known: Mapping[int, int] | None = None,
) -> Solution | None:
    """The choice worth more than ``more_than`` that asks least of the dimensions; None if even giving all is not enough.

    ``shares``: what a change of each dimension is measured by (units of money, hundredths of days, days). ``known``: a
    choice to begin with; what is found from there at once will do.
    """
    relaxed = frozenset(dimensions)
    model = PathModel(problem, relaxed)
    if not model.items or not model.cost:
        return None
    model.better_than(more_than)
    weights = (
        {d: max(1, round(_FINE * (model.coin if d == "budget" else 1) / shares[d])) for d in model.cost}
        if len(model.cost) > 1
        else dict.fromkeys(model.cost, 1)
    )
    hint = model.values_of(known) if known else None
    step = model.search(-sum(weights[d] * cost for d, cost in model.cost.items()), hint, effort, proof=not known)
    return step[0] if step else None


def alternative(problem: Problem, kind: Literal["cheapest", "shortest", "widest"], main: Solution, effort: float = 1.0) -> Solution | None:
    """A path that differs on purpose: as many goals as the best one (without goals, at least half of its relevance)."""
    model = PathModel(problem)
    if not model.items:
        return None
    taken = [problem.items[n] for n in main.taken]
    covered = len(set().union(*(i.goals for i in taken))) if taken else 0
    if covered:
        model.model.add(sum(model.covered) >= covered)
    else:
        model.model.add(2 * model.relevance >= sum(i.relevance for i in taken))
    for n, item in enumerate(problem.items):
        if item.locked and n in main.taken:
            model.model.add(model.items[n] == 1)
    size = sum(i.relevance for i in problem.items) + 1
    if kind == "cheapest":
        prices = {key: problem.items[key[0]].options[key[1]].price for key in model.options}
        dearest = max([1, *(p or 0 for p in prices.values())])
        coin = max(1, dearest // 10_000)  # keeps the numbers small; to 1/10 000 of the dearest price
        unknown = sum(model.options[key] for key, p in prices.items() if p is None)
        # A price that nobody stated is no bargain: it counts as the dearest one.
        wanted = -((sum((p or 0) // coin * model.options[key] for key, p in prices.items()) + dearest // coin * unknown) * size - model.relevance)
    elif kind == "shortest":
        days = sum(problem.items[n].options[o].days * x for (n, o), x in model.options.items())
        wanted = model.relevance - days * size
    else:
        topics = {
            t: [n for n, i in enumerate(problem.items) if t in i.topics and n in model.items]
            for t in sorted(set().union(*(i.topics for i in problem.items)))
        }
        seen = []
        for topic, among in topics.items():
            met = model.model.new_bool_var(f"t{topic}")
            model.model.add(sum(model.items[n] for n in among) >= met)
            seen.append(met)
        wanted = sum(seen) * size + model.relevance
    step = model.search(wanted, model.values_of(main.taken), effort, proof=False)
    return step[0] if step else None


def fits(problem: Problem, taken: dict[int, int]) -> bool:
    """Whether a choice keeps every limit, session by session (prerequisites must end before what needs them begins)."""
    options = {n: problem.items[n].options[o] for n, o in taken.items()}
    dated = sorted((o.start, o.end) for o in options.values() if o.start is not None and o.end is not None)
    if any(second[0] <= first[1] for first, second in pairwise(dated)):
        return False
    limits = problem.limits
    if limits.budget is not None and sum(o.cost for o in options.values()) > limits.budget:
        return False
    if limits.days is not None and sum(o.days for o in options.values()) > limits.days:
        return False
    twins = [problem.items[n].twin for n in taken if problem.items[n].twin is not None]
    if len(twins) != len(set(twins)):
        return False
    for n, option in options.items():
        for group in problem.items[n].requires:
            ends = [options[m].end for m in group if m in options and m != n]
            if not any(end is None or option.start is None or end < option.start for end in ends):
                return False
        if any(not set(group) & set(options) for group in problem.items[n].together):
            return False
    return True
