"""One search: a CP-SAT model and what to maximise -> the best choice, proven or with its gap.

CP-SAT goes first, on integers. Where many prices compete for one budget its bounds close slowly, so what it has not
proven within its effort is handed to OR-Tools' branch-and-cut solver (SCIP), whose cuts close such gaps at the root;
its answer is floating point, so CP-SAT has the last word: an answer counts only if the integer model accepts it.
Both run on one thread with fixed seeds: the same question gets the same path, on every machine and every day.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from assistant.errors import NoPlanFound

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

FIRST_EFFORT: Final = 0.04
"""Deterministic seconds of CP-SAT before SCIP is asked; seconds of the clock would make the answer depend on the machine."""
_ALONE: Final = 0.1
"""The same where SCIP is not asked: with a hint most such searches are proven in less."""
_NODES: Final = 400
_SAFETY: Final = 10.0
"""Seconds of the clock after which a search ends whatever it has: no request may hang."""


@dataclass(frozen=True, slots=True)
class Found:
    """``values``: index of a variable of the model -> its value. ``gap``: how much better the best could be, as a share."""

    values: Sequence[int]
    objective: float
    optimal: bool
    gap: float


def maximise(model: CpModel, objective: Any, hint: Sequence[int] | None = None, effort: float = 1.0, proof: bool = True) -> Found | None:
    """The best values, or None where the model has no solution. ``effort`` scales what is spent before giving up the proof.

    ``proof`` False: what CP-SAT finds within its effort will do; None may then also mean that it found nothing.

    Raises NoPlanFound when figures overflow, or nothing was found though nothing proves that there is nothing.
    """
    model.clear_hints()  # type: ignore[no-untyped-call]
    if hint is not None:
        for index, value in enumerate(hint):
            model.add_hint(model.get_int_var_from_proto_index(index), value)
    model.maximize(objective)
    first, proven = _cp_sat(model, (FIRST_EFFORT if proof else _ALONE) * effort)
    if first is None and proven:
        return None
    if not proof or (first is not None and first.optimal):
        return first
    second = _branch_and_cut(model, effort)
    if second is not None and (first is None or second.objective >= first.objective):
        return second
    if first is None:
        first, proven = _cp_sat(model, 50 * FIRST_EFFORT * effort)
        if first is None and not proven:
            raise NoPlanFound("No plan was found in the time allowed: ask for fewer modules or fewer conditions.")
    return first


def _cp_sat(model: CpModel, effort: float) -> tuple[Found | None, bool]:
    """(what was found, whether None is proven)"""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 7
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = effort
    solver.parameters.max_time_in_seconds = _SAFETY
    status = solver.solve(model)
    if status == cp_model.MODEL_INVALID:
        raise NoPlanFound("The figures of this request are too large to plan with: check prices, budget and dates.")
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, status == cp_model.INFEASIBLE
    value, bound = solver.objective_value, solver.best_objective_bound
    optimal = status == cp_model.OPTIMAL
    return Found(tuple(solver.response_proto.solution), value, optimal, 0.0 if optimal else _gap(value, bound)), True


def _gap(value: float, bound: float) -> float:
    return round(max(0.0, bound - value) / max(abs(value), 1.0), 6)


def _branch_and_cut(model: CpModel, effort: float) -> Found | None:
    """SCIP on the same model, verified by CP-SAT; None where it found nothing that the integers accept."""
    from ortools.math_opt.python import mathopt

    linear = _Linear(model)
    limits = mathopt.SolveParameters(
        threads=1, random_seed=7, relative_gap_tolerance=0.0, node_limit=int(_NODES * effort), time_limit=timedelta(seconds=_SAFETY * effort)
    )
    result = mathopt.solve(linear.model, mathopt.SolverType.GSCIP, params=limits)
    if not result.has_primal_feasible_solution():
        return None
    chosen = result.variable_values(linear.variables)
    verified = model.clone()
    for index, value in enumerate(chosen):
        if linear.is_binary(index):
            verified.add(verified.get_int_var_from_proto_index(index) == round(value))
    accepted, _ = _cp_sat(verified, 10 * FIRST_EFFORT)
    if accepted is None:
        return None
    bound = result.termination.objective_bounds.dual_bound
    # Objectives here are whole numbers: a bound less than one above the value proves it.
    proven = result.termination.reason == mathopt.TerminationReason.OPTIMAL and bound < accepted.objective + 1.0 - 1e-3
    return Found(accepted.values, accepted.objective, proven, 0.0 if proven else _gap(accepted.objective, bound))


class _Linear:
    """The CP-SAT model as rows of a linear one: the constraints used here are linear, exactly or by a bound on a row."""

    def __init__(self, model: CpModel) -> None:
        from ortools.math_opt.python import mathopt

        self.model = mathopt.Model()
        self._sum = mathopt.fast_sum
        proto = model.proto
        self.bounds = [(min(v.domain), max(v.domain)) for v in proto.variables]
        self.variables = [self.model.add_variable(lb=lo, ub=hi, is_integer=True) for lo, hi in self.bounds]
        for constraint in proto.constraints:
            self._row(constraint)
        objective = proto.objective
        scale = objective.scaling_factor or 1.0
        terms = mathopt.fast_sum(c * self._term(v) for v, c in zip(objective.vars, objective.coeffs, strict=True))
        self.model.maximize(scale * (terms + objective.offset))

    def is_binary(self, index: int) -> bool:
        return self.bounds[index] in ((0, 1), (0, 0), (1, 1))

    def _term(self, index: int) -> Any:
        return self.variables[index] if index >= 0 else -1.0 * self.variables[-index - 1]

    def _literal(self, index: int) -> Any:
        return self.variables[index] if index >= 0 else 1.0 - self.variables[-index - 1]

    def _row(self, constraint: Any) -> None:
        guards = [self._literal(i) for i in constraint.enforcement_literal]
        if constraint.has_at_most_one():
            self.model.add_linear_constraint(self._sum(self._literal(i) for i in constraint.at_most_one.literals) <= 1)
        elif constraint.has_bool_or():
            self.model.add_linear_constraint(sum(self._literal(i) for i in constraint.bool_or.literals) >= 1 - sum(1 - g for g in guards))
        elif constraint.has_bool_and():
            for index in constraint.bool_and.literals:
                self.model.add_linear_constraint(self._literal(index) >= 1 - sum(1 - g for g in guards))
        elif constraint.has_linear():
            self._linear(constraint.linear, guards)

    def _linear(self, linear: Any, guards: list[Any]) -> None:
        coefficients: Mapping[int, int] = dict(zip(linear.vars, linear.coeffs, strict=True))
        low, high = min(linear.domain), max(linear.domain)
        smallest = sum(min(c * self.bounds[v][0], c * self.bounds[v][1]) for v, c in coefficients.items())
        largest = sum(max(c * self.bounds[v][0], c * self.bounds[v][1]) for v, c in coefficients.items())
        # Coefficients of money run into the millions: a common divisor keeps the rows where floating point is exact.
        common = max(1, math.gcd(*coefficients.values())) if coefficients else 1
        row = self._sum(c // common * self._term(v) for v, c in coefficients.items())
        slack = sum(1 - g for g in guards) if guards else 0
        if high < largest:
            self.model.add_linear_constraint(row <= high // common + (largest - high) / common * slack)
        if low > smallest:
            self.model.add_linear_constraint(row >= -(-low // common) - (low - smallest) / common * slack)
