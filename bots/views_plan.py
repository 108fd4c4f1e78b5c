"""The training plan of a team as JSON: `jalon plan --json` and the adviser's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bots.views import Json, step_json

if TYPE_CHECKING:
    from assistant.paths.cohort import AgentPlan, CohortPlan
    from assistant.records import Money, Period


def plan_json(plan: CohortPlan) -> Json:
    """Who gets what and why not more; what it costs and whose seats it takes; what could not be read."""
    return {
        "agents": [_agent(agent) for agent in plan.agents],
        "total": {
            "price": [_money(money) for money in plan.spent], "unknown_prices": plan.unknown_prices,
            "served": sum(bool(a.steps) for a in plan.agents), "agents": len(plan.agents), "steps": sum(len(a.steps) for a in plan.agents),
        },
        "budget": _money(plan.budget) if plan.budget else None,
        "seats": [
            {
                "module": use.module, "document": use.document, "session": _period(use.session), "taken": use.taken, "seats": use.seats,
                "stated": use.stated,
            }
            for use in plan.seats
        ],
        "errors": [{"line": error.line, "error": error.error} for error in plan.errors],
        "optimal": plan.optimal, "gap": plan.gap, "generation": plan.generation,
    }  # fmt: skip


def _agent(agent: AgentPlan) -> Json:
    return {
        "identifier": agent.identifier, "priority": agent.priority, "steps": [step_json(step) for step in agent.steps],
        "excluded": [{"module": e.module, "document": e.document, "reason": e.reason, "detail": e.detail} for e in agent.left_out],
        "note": agent.note,
    }  # fmt: skip


def _money(money: Money) -> Json:
    return {"amount": money.amount, "currency": money.currency}


def _period(period: Period | None) -> Json | None:
    return {"start": period.start.isoformat() if period.start else None, "end": period.end.isoformat() if period.end else None} if period else None
