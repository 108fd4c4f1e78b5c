"""The path as a model of integer constraints (OR-Tools CP-SAT): items, options, limits -> the best choice, with its proof.

Nothing here knows documents or sentences. Dates are proleptic ordinals (``date.toordinal``), both bounds of an option
belong to it; money is in units of 1/1000 cent, so that the fixed parity of the franc Pacifique (1 XPF = 838 units) is
exact; days are in hundredths, relevance in ten-thousandths: what is optimised is exactly what is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from math import gcd
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar

    from assistant.paths.solver import Found

Dimension = Literal["budget", "days", "window", "absences"]
DIMENSIONS: Final[tuple[Dimension, ...]] = ("budget", "days", "window", "absences")


@dataclass(frozen=True, slots=True)
class Option:
    """One way to take an item: a session (``start`` and ``end`` as ordinals, both None for one without dates).

    ``before`` and ``after`` are the days by which it leaves the period of availability, ``absences`` the absences it
    meets; an option is usable as things stand when all three are empty. ``price`` is None where the document says none;
    ``counts``: whether it counts in the budget, being in a currency that the budget can count.
    """

    start: int | None
    end: int | None
    days: int
    before: int = 0
    after: int = 0
    absences: frozenset[int] = frozenset()
    price: int | None = None
    counts: bool = True

    @property
    def cost(self) -> int:
        """What it takes of the budget."""
        return self.price or 0 if self.counts else 0

    @property
    def usable(self) -> bool:
        return not (self.before or self.after or self.absences)


@dataclass(frozen=True, slots=True)
class Item:
    """A candidate module. ``requires``: of each group of items one must be taken, and end, before this one begins.

    ``together``: items that must be taken if this one is, in any order; ``twin``: of the items of a group at most one is
    taken.
    """

    relevance: int
    options: tuple[Option, ...]
    goals: frozenset[int] = frozenset()
    requires: tuple[tuple[int, ...], ...] = ()
    together: tuple[tuple[int, ...], ...] = ()
    twin: int | None = None
    locked: bool = False
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Limits:
    """``absences`` holds the length of each absence in days: what it would cost to give it up."""

    budget: int | None = None
    days: int | None = None
    absences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Worth:
    """What a choice is worth, prices and dates aside: locked items, then goals covered (``rank``), then relevance."""

    rank: int
    relevance: int


@dataclass(frozen=True)
class Problem:
    items: tuple[Item, ...]
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def goals(self) -> tuple[int, ...]:
        return tuple(sorted(set().union(*(i.goals for i in self.items)))) if self.items else ()

    def worth(self, taken: Iterable[int]) -> Worth:
        items = [self.items[i] for i in taken]
        covered = set().union(*(i.goals for i in items)) if items else set()
        return Worth(sum(i.locked for i in items) * (len(self.goals) + 1) + len(covered), sum(i.relevance for i in items))


@dataclass(frozen=True, slots=True)
class Solution:
    """``taken``: item -> its option. ``gap`` is how much better the best could be at most, as a share; 0 when proven."""

    taken: Mapping[int, int]
    optimal: bool = True
    gap: float = 0.0


class PathModel:
    """The constraints shared by every search, in a model of their own or in that of a whole team.

    ``relaxed`` dimensions get a variable for what they would have to give.
    """

    def __init__(self, problem: Problem, relaxed: frozenset[Dimension] = frozenset(), model: CpModel | None = None) -> None:
        from ortools.sat.python import cp_model

        self.problem = problem
        self.model: CpModel = model or cp_model.CpModel()
        self.relaxed = relaxed
        self.options: dict[tuple[int, int], IntVar] = {}
        self.items: dict[int, Any] = {}
        self._options()
        self._calendar()
        self._requirements()
        self.cost: dict[Dimension, Any] = {}
        self.coin = 1
        self._limits()
        self._worth()

    def _options(self) -> None:
        for n, item in enumerate(self.problem.items):
            mine = {o: self.model.new_bool_var(f"x{n}.{o}") for o, option in enumerate(item.options) if self._open(option)}
            if mine:
                self.options.update({(n, o): x for o, x in mine.items()})
                self.model.add_at_most_one(mine.values())
                self.items[n] = sum(mine.values())
        twins: dict[int, list[int]] = {}
        for n in self.items:
            if (twin := self.problem.items[n].twin) is not None:
                twins.setdefault(twin, []).append(n)
        for group in twins.values():
            self.model.add(sum(self.items[n] for n in group) <= 1)

    def _open(self, option: Option) -> bool:
        return (not (option.before or option.after) or "window" in self.relaxed) and (not option.absences or "absences" in self.relaxed)

    def _calendar(self) -> None:
        """No two sessions at once. Sessions that share a day all share the first day of one of them: a clique a start."""
        dated = []
        for (n, o), x in self.options.items():
            option = self.problem.items[n].options[o]
            if option.start is not None and option.end is not None:
                dated.append((option.start, option.end, x))
        dated.sort(key=lambda d: d[0])
        seen: set[frozenset[int]] = set()
        running: list[tuple[int, IntVar]] = []
        for day, among in groupby(dated, key=lambda d: d[0]):
            running = [(end, x) for end, x in running if end >= day] + [(end, x) for _, end, x in among]
            key = frozenset(x.index for _, x in running)
            if len(running) > 1 and key not in seen:
                seen.add(key)
                self.model.add_at_most_one(x for _, x in running)

    def _requirements(self) -> None:
        cycles = _cycles(self.problem.items)
        positions = self._positions()
        mine: dict[int, list[tuple[Option, IntVar]]] = {}
        for (n, o), x in self.options.items():
            mine.setdefault(n, []).append((self.problem.items[n].options[o], x))
        for (n, o), x in self.options.items():
            item, option = self.problem.items[n], self.problem.items[n].options[o]
            for group in item.requires:
                helpers = [m for m in dict.fromkeys(group) if m in self.items and cycles.get(m, -1) != cycles.get(n, -2)]
                good = []
                for helper in helpers:
                    for other, y in mine[helper]:
                        if option.start is None or other.end is None or other.end < option.start:
                            good.append(y)
                            self._after(positions, (n, option, x), (helper, other, y))
                self.model.add(sum(good) >= x)
            for group in item.together:
                self.model.add(sum(self.items[m] for m in group if m in self.items) >= x)

    def _positions(self) -> dict[int, IntVar]:
        """When a module without dates is taken, where that matters: it stands between modules that have dates."""
        needed = {m for item in self.problem.items for group in item.requires for m in group}
        days = [d for (n, o) in self.options for d in (self.problem.items[n].options[o].start, self.problem.items[n].options[o].end) if d is not None]
        return {
            n: self.model.new_int_var(min(days) - 1, max(days) + 1, f"p{n}")
            for (n, o) in self.options
            if days and n in needed and self.problem.items[n].requires and self.problem.items[n].options[o].start is None
        }

    def _after(self, positions: dict[int, IntVar], later: tuple[int, Option, IntVar], earlier: tuple[int, Option, IntVar]) -> None:
        (n, option, x), (m, other, y) = later, earlier
        if n in positions and other.end is not None:
            self.model.add(positions[n] >= other.end).only_enforce_if(x, y)
        elif n in positions and m in positions:
            self.model.add(positions[n] >= positions[m]).only_enforce_if(x, y)
        elif m in positions and option.start is not None:
            self.model.add(positions[m] < option.start).only_enforce_if(x, y)

    def _limits(self) -> None:
        limits = self.problem.limits
        if limits.budget is not None:
            costs = {key: cost for key in self.options if (cost := self._option(key).cost)}
            self.coin = gcd(*costs.values()) or 1
            price = sum(cost // self.coin * self.options[key] for key, cost in costs.items())
            self._limit("budget", price, limits.budget // self.coin, _dearest(costs) // self.coin)
        if limits.days is not None:
            days = sum(self.problem.items[n].options[o].days * x for (n, o), x in self.options.items())
            self._limit("days", days, limits.days, sum(max(o.days for o in self.problem.items[n].options) for n in self.items))
        if "window" in self.relaxed:
            self.cost["window"] = self._widest("before") + self._widest("after")
        if "absences" in self.relaxed:
            given_up = [self.model.new_bool_var(f"a{a}") for a in range(len(limits.absences))]
            for (n, o), x in self.options.items():
                for a in self.problem.items[n].options[o].absences:
                    self.model.add_implication(x, given_up[a])
            self.cost["absences"] = sum(length * a for length, a in zip(limits.absences, given_up, strict=True))

    def _limit(self, dimension: Dimension, total: Any, most: int, largest: int) -> None:
        if isinstance(total, int) or largest <= most:
            return
        if dimension in self.relaxed:
            over = self.model.new_int_var(0, largest - most, dimension)
            self.model.add(total <= most + over)
            self.cost[dimension] = over
        else:
            self.model.add(total <= most)

    def _widest(self, side: Literal["before", "after"]) -> Any:
        lengths = {key: getattr(self.problem.items[key[0]].options[key[1]], side) for key in self.options}
        widest = self.model.new_int_var(0, max([0, *lengths.values()]), side)
        for key, length in lengths.items():
            if length:
                self.model.add(widest >= length).only_enforce_if(self.options[key])
        return widest

    def _worth(self) -> None:
        self.covered = []
        for g in self.problem.goals:
            covered = self.model.new_bool_var(f"g{g}")
            self.model.add(sum(self.items[n] for n, i in enumerate(self.problem.items) if g in i.goals and n in self.items) >= covered)
            self.covered.append(covered)
        self.relevance = sum(i.relevance * self.items[n] for n, i in enumerate(self.problem.items) if n in self.items)
        locked = sum(self.items[n] for n, i in enumerate(self.problem.items) if i.locked and n in self.items)
        self.rank = locked * (len(self.covered) + 1) + sum(self.covered)

    def better_than(self, worth: Worth) -> None:
        """Only what is worth more is left: a higher rank, or the same with more relevance."""
        higher = self.model.new_bool_var("higher")
        self.model.add(self.rank >= worth.rank + higher)
        self.model.add(self.relevance >= worth.relevance + 1).only_enforce_if(higher.negated())

    def criteria(self) -> Iterator[Any]:
        """What is maximised, in turn; each only among what is best by those before it."""
        if not isinstance(self.rank, int):
            yield self.rank
        known = self._prices()
        shared = gcd(*known.values()) or 1
        prices = {key: price // shared for key, price in known.items()}
        # One search for relevance and price: what is dearest weighs less than the smallest step of relevance.
        yield self.relevance * (_dearest(prices) + 1) - sum(price * self.options[key] for key, price in prices.items())

    def _option(self, key: tuple[int, int]) -> Option:
        return self.problem.items[key[0]].options[key[1]]

    def _prices(self) -> dict[tuple[int, int], int]:
        return {key: price for key in self.options if (price := self._option(key).price)}

    def hold(self, taken: Mapping[int, int]) -> None:
        """Keeps the relevance and the price of a choice, each for itself: as one sum they are hard to reason with."""
        relevance = sum(self.problem.items[n].relevance for n in taken)
        self.model.add(self.relevance >= relevance)
        prices = self._prices()
        if prices:
            self.model.add(sum(p * self.options[key] for key, p in prices.items()) <= sum(prices.get(key, 0) for key in taken.items()))

    def latest_end(self) -> tuple[Any, Any]:
        """The last day of the path and the sum of last days, both counted from the first day anything ends."""
        ends = {key: self.problem.items[key[0]].options[key[1]].end for key in self.options}
        first = min((e for e in ends.values() if e is not None), default=0)
        last = self.model.new_int_var(0, max([0, *(e - first for e in ends.values() if e is not None)]), "last")
        for key, end in ends.items():
            if end is not None:
                self.model.add(last >= end - first).only_enforce_if(self.options[key])
        total = sum((e - first) * self.options[key] for key, e in ends.items() if e is not None)
        return last, total

    def last_of(self, taken: Mapping[int, int]) -> int:
        """The value of the variable of ``latest_end`` for a choice."""
        ends = {key: self.problem.items[key[0]].options[key[1]].end for key in self.options}
        first = min((e for e in ends.values() if e is not None), default=0)
        return max([0, *(e - first for key in taken.items() if (e := ends.get(key)) is not None)])

    def values_of(self, taken: Mapping[int, int]) -> list[int]:
        """Values of the options for a choice, as a hint: of all variables they come first."""
        return [int(taken.get(n) == o) for n, o in self.options]

    def search(self, maximised: Any, hint: Sequence[int] | None = None, effort: float = 1.0, proof: bool = True) -> tuple[Solution, Found] | None:
        """The best by one criterion; None where the constraints leave nothing."""
        from assistant.paths.solver import maximise

        found = maximise(self.model, maximised, hint, effort, proof)
        if found is None:
            return None
        return Solution({n: o for (n, o), x in self.options.items() if found.values[x.index]}, found.optimal, found.gap), found


def _dearest(prices: Mapping[tuple[int, int], int]) -> int:
    """What all items come to at most, each in its dearest option."""
    most: dict[int, int] = {}
    for (n, _), price in prices.items():
        most[n] = max(most.get(n, 0), price)
    return sum(most.values())


def _cycles(items: Sequence[Item]) -> dict[int, int]:
    """Items that require each other in a circle -> the number of their circle (no order can satisfy them)."""
    reach: dict[int, set[int]] = {}
    direct = {n: {m for group in item.requires for m in group} for n, item in enumerate(items) if item.requires}
    for n in direct:
        found: set[int] = set()
        stack = list(direct[n])
        while stack:
            m = stack.pop()
            if m not in found:
                found.add(m)
                stack.extend(direct.get(m, ()))
        reach[n] = found
    circle: dict[int, int] = {}
    for n, found in reach.items():
        if n in found:
            circle[n] = min(m for m in found if m == n or n in reach.get(m, ()))
    return circle
