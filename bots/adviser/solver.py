"""Team plans solved in the background: one at a time in a process, how far it is written where every worker reads it."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.paths.cohort import CohortPlan, plan
from assistant.paths.cohort_file import Agent, LineError
from assistant.records import Language, Money
from bots.adviser.desk import Workspace
from bots.errors import StateUnavailable
from bots.state_adviser import SavedPlan, pack, unpack

if TYPE_CHECKING:
    from bots.assemble import Ready

_LOG = logging.getLogger("jalon.web")
LEVELS = (0.25, 0.5, 0.75, 1.25, 1.5)
"""Shares of the budget for which the curve is drawn, beside the budget itself."""
SLOW_SECONDS = 40.0
"""A plan that took longer gets no curve: every point of it would take as long again."""
STALLED_SECONDS = 300
"""A worker that has said nothing for so long has been stopped."""
_BEAT = 1.0


@dataclass(frozen=True, slots=True)
class TeamRequest:
    """What a plan is solved from; ``seats``: places of a session whose document states none."""

    agents: tuple[Agent, ...]
    errors: tuple[LineError, ...] = ()
    budget: Money | None = None
    seats: int = 15
    language: Language = "fr"

    def with_budget(self, budget: Money | None) -> TeamRequest:
        return replace(self, budget=budget)


@dataclass(frozen=True, slots=True)
class TeamResult:
    """The plan, and points of the curve: (budget, agents served)."""

    plan: CohortPlan
    curve: tuple[tuple[float, int], ...] = ()

    @property
    def served(self) -> int:
        return served(self.plan)


class ErasedError(Exception):
    """The plan was erased while it was being solved: stop."""


class Works:
    """Solves plans one after the other, in a thread that does not hold up the end of the process."""

    def __init__(self, desk: Workspace) -> None:
        self._desk = desk
        self._waiting: queue.SimpleQueue[tuple[str, TeamRequest]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self, owner: str, title: str, asked: TeamRequest) -> str:
        """Keeps the request and starts to solve it; returns the plan's id."""
        plan_id = self._desk.cabinet.new_plan(owner, title, pack(asked))
        self._submit(plan_id, asked)
        return plan_id

    def again(self, owner: str, plan_id: str, asked: TeamRequest) -> None:
        """Solves another request in the place of a plan's."""
        self._desk.cabinet.restart(owner, plan_id, pack(asked))
        self._submit(plan_id, asked)

    def _submit(self, plan_id: str, asked: TeamRequest) -> None:
        self._waiting.put((plan_id, asked))
        with self._lock:
            if self._thread is None:
                # A daemon: a stopped server leaves the plan as stalled, which its page says, and can start it again.
                self._thread = threading.Thread(target=self._run, name="team", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            self._work(*self._waiting.get())

    def _work(self, plan_id: str, asked: TeamRequest) -> None:
        """In the thread: never raises; the plan ends as done or failed, unless it was erased."""
        try:
            self._solve(plan_id, asked)
        except ErasedError:
            _LOG.info("a team plan was erased while it was being solved")
        except Exception as error:
            _LOG.error("a team plan failed: %s", type(error).__name__)
            self._fail(plan_id)

    def _fail(self, plan_id: str) -> None:
        try:
            self._desk.cabinet.work_on(plan_id, "failed")
        except StateUnavailable as error:  # then the page will find the plan stalled
            _LOG.error("%s", error)

    def _solve(self, plan_id: str, asked: TeamRequest) -> None:
        ready, began, last = self._desk.ready(), time.monotonic(), 0.0

        def beat(stage: str, done: int, total: int) -> None:
            nonlocal last
            if (time.monotonic() - last >= _BEAT or done == total) and not self._desk.cabinet.work_on(plan_id, "running", f"{stage} {done} {total}"):
                raise ErasedError
            last = time.monotonic()

        result = TeamResult(_planned(ready, asked, beat))
        if time.monotonic() - began > SLOW_SECONDS:
            self._desk.cabinet.work_on(plan_id, "done", None, pack(result))
            return
        base = level_of(asked, result)
        points = [(base, result.served)]
        self._desk.cabinet.work_on(plan_id, "running", f"curve 0 {len(LEVELS)}", pack(result))
        for number, share in enumerate(LEVELS if base else (), 1):
            amount = Money(round(base * share, 2), asked.budget.currency if asked.budget else _currency(result))
            points.append((amount.amount, served(_planned(ready, asked.with_budget(amount), lambda *_: None))))
            beat("curve", number, len(LEVELS))
        self._desk.cabinet.work_on(plan_id, "done", None, pack(replace(result, curve=tuple(sorted(points)))))


def _planned(ready: Ready, asked: TeamRequest, beat: object) -> CohortPlan:
    assert callable(beat)
    return plan(
        ready.catalogue, ready.search, asked.agents, asked.budget, asked.seats, asked.errors, ready.generation, progress=beat, language=asked.language
    )  # fmt: skip


def served(made: CohortPlan) -> int:
    """Agents who get at least one module."""
    return sum(1 for agent in made.agents if agent.steps)


def level_of(asked: TeamRequest, result: TeamResult) -> float:
    """The budget on the curve: what was asked for, or what the plan costs where nothing was."""
    return asked.budget.amount if asked.budget else next((m.amount for m in result.plan.spent if m.currency == _currency(result)), 0.0)


def _currency(result: TeamResult) -> str:
    return max(result.plan.spent, key=lambda m: m.amount).currency if result.plan.spent else "EUR"


def takers(made: CohortPlan) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Who takes which session: (document, session as text) -> identifiers."""
    found: dict[tuple[str, str], list[str]] = {}
    for agent in made.agents:
        for step in agent.steps:
            found.setdefault((step.document, str(step.session)), []).append(agent.identifier)
    return {seat: tuple(names) for seat, names in found.items()}


def request_of(saved: SavedPlan) -> TeamRequest:
    found: TeamRequest = unpack(TeamRequest, saved.request)
    return found


def result_of(saved: SavedPlan) -> TeamResult | None:
    found: TeamResult | None = unpack(TeamResult, saved.result) if saved.result else None
    return found


def stalled(saved: SavedPlan, now: int) -> bool:
    """Whether the worker that was solving a plan has gone."""
    return saved.status in ("waiting", "running") and now - saved.beat > STALLED_SECONDS
