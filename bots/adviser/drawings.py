"""Where the marks of a drawing stand: numbers for the templates, which write the SVG and escape what is in it.

Both drawings have a table beside them that says the same: they are for the eye only. Coordinates are in units of the
drawing's own view box, which the page scales.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.records import LearnerProfile, Step

WIDTH = 900
ROW = 40
TOP = 34
LEFT = 30
RIGHT = 30
BAR = 22


@dataclass(frozen=True, slots=True)
class Tick:
    """A first of a month: where it stands, and the day to name it by."""

    x: float
    day: date


@dataclass(frozen=True, slots=True)
class Bar:
    """A step on the calendar; ``number`` is its place in the path (from 1); ``label_x`` is where its name begins."""

    number: int
    title: str
    x: float
    y: float
    width: float
    label_x: float
    label_end: bool
    free: float
    """Units of room for the name from ``label_x`` on."""


@dataclass(frozen=True, slots=True)
class Away:
    """A time of absence, as a column behind the bars."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Timeline:
    width: int
    height: float
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    away: tuple[Away, ...]
    undated: tuple[tuple[int, str], ...]
    """Steps without a date: number and title; they are named under the drawing."""


def timeline(steps: Sequence[Step], profile: LearnerProfile) -> Timeline | None:
    """The steps on a calendar from the first month to the last; None where no step has a date."""
    dated: list[tuple[int, Step, date, date]] = []
    for number, step in enumerate(steps, 1):
        session = step.session
        if session and (session.start or session.end):
            start, end = session.start or session.end, session.end or session.start
            assert start is not None and end is not None
            dated.append((number, step, min(start, end), max(start, end)))
    if not dated:
        return None
    first = min(start for _, _, start, _ in dated).replace(day=1)
    last = _next_month(max(end for _, _, _, end in dated))
    scale = (WIDTH - LEFT - RIGHT) / (last - first).days

    def at(day: date) -> float:
        return round(LEFT + (min(max(day, first), last) - first).days * scale, 1)

    bars = []
    for row, (number, step, start, end) in enumerate(dated):
        x, width = at(start), max(round(at(end + timedelta(days=1)) - at(start), 1), 8.0)
        turned = x > WIDTH * 0.6
        label_x = x - 6 if turned else x + width + 6
        free = label_x - 8 if turned else WIDTH - label_x - 8
        bars.append(Bar(number, _fit(step.module, free), x, TOP + row * ROW, width, label_x, turned, free))
    away = [
        Away(at(p.start or first), round(at((p.end or last) + timedelta(days=1)) - at(p.start or first), 1))
        for p in profile.unavailable
        if (p.start or first) <= last and (p.end or last) >= first
    ]
    seen = {number for number, *_ in dated}
    undated = tuple((number, step.module) for number, step in enumerate(steps, 1) if number not in seen)
    return Timeline(WIDTH, TOP + len(dated) * ROW + 8, _months(first, last, at), tuple(bars), tuple(away), undated)


def _months(first: date, last: date, at: object) -> tuple[Tick, ...]:
    assert callable(at)
    firsts, day = [], first
    while day < last:
        firsts.append(day)
        day = _next_month(day)
    every = max(1, math.ceil(len(firsts) / 12))  # twelve names are what the width has room for
    return tuple(Tick(at(day), day) for day in firsts[::every])


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _fit(title: str, free: float) -> str:
    # 7.4 units a letter at the 14 units of the drawing's type.
    room = max(8, int(free / 7.4))
    return title if len(title) <= room else title[: room - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    budget: float
    served: int
    now: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """Agents served against the budget, with the budget asked for marked (``now``)."""

    width: int
    height: int
    points: tuple[Point, ...]
    line: str
    """The corners of the line, as SVG's ``points`` wants them."""
    most: int
    x0: float
    y0: float
    x1: float
    y1: float


def curve(points: Sequence[tuple[float, int]], agents: int, budget: float) -> Curve | None:
    """The curve through (budget, agents served), by budget; None for fewer than two points."""
    known = sorted(set(points))
    if len(known) < 2:
        return None
    width, height, x0, y0, x1, y1 = 560, 260, 56.0, 220.0, 540.0, 20.0
    dearest, most = known[-1][0] or 1.0, max(agents, 1)
    placed = [
        Point(round(x0 + (x1 - x0) * b / dearest, 1), round(y0 - (y0 - y1) * min(s, most) / most, 1), b, s, abs(b - budget) < 0.005) for b, s in known
    ]
    return Curve(width, height, tuple(placed), " ".join(f"{p.x},{p.y}" for p in placed), most, x0, y0, x1, y1)
