"""Plans of teams: a CSV in, a budget, the plan solved in the background while a page says how far it is, files out."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request, UploadFile
from starlette.responses import Response

from assistant.errors import BadProfile
from assistant.paths.cohort_file import LineError, read_agents
from assistant.records import Language, Money
from bots.adviser import solver
from bots.adviser.desk import Field, Workspace, attachment, to
from bots.adviser.drawings import curve
from bots.adviser.files import TEMPLATE, team_file
from bots.errors import NotFound
from bots.messages import keys, profile_fault, sentence
from bots.state_adviser import SavedPlan
from bots.state_auth import SignedIn

ROOT = "/conseil/equipes"
MOST_AGENTS = 500
"""Agents of one plan: more would keep the solver busy for longer than anybody waits. Lines beyond it are refused."""
SHOWN_ERRORS = 200
SEATS, MOST_SEATS = 15, 10_000


def router(desk: Workspace) -> APIRouter:
    """The routes of team plans; all for advisers."""
    routes = APIRouter(include_in_schema=False)
    works = solver.Works(desk)
    _beginning(routes, desk, works)
    _showing(routes, desk, works)
    return routes


def line_sentence(error: LineError, language: Language) -> str:
    """What is wrong with a line of the file, for people; fields go by the names of the page."""
    if error.fault is None:
        return sentence("adviser_line_wrong", language)
    said = profile_fault(error.fault, _shown(error.field, language), dict(error.values), language)
    return said[:1].lower() + said[1:]  # it stands behind "Ligne 8 :"


def _shown(field: str, language: Language) -> str:
    """``available.from`` as the page calls it; the empty string for none."""
    name = field.partition(".")[0].partition("[")[0]
    return sentence(f"adviser_field_{name}", language) if f"adviser_field_{name}" in keys(language) else field


def _file_sentence(error: BadProfile, language: Language) -> str:
    return profile_fault(error.fault, _shown(error.field, language), error.values, language)


def _list_page(desk: Workspace, request: Request, signed: SignedIn, status: int = 200, problem: str = "", **typed: str) -> Response:
    plans = desk.cabinet.plans(signed.account.id)
    return desk.page(request, "teams.html", signed, status, plans=plans, problem=problem, typed=typed, seats=SEATS, most=MOST_AGENTS)


def _beginning(routes: APIRouter, desk: Workspace, works: "solver.Works") -> None:
    see, send = desk.door.require("adviser"), desk.door.require("adviser", form=True)

    @routes.get(ROOT)
    def listed(request: Request, signed: Annotated[SignedIn, Depends(see)]) -> Response:
        return _list_page(desk, request, signed)

    @routes.get(f"{ROOT}/modele.csv")
    def template(signed: Annotated[SignedIn, Depends(see)]) -> Response:
        desk.record(signed, "template_taken")
        return attachment(TEMPLATE, "csv", "modele-equipe")

    @routes.post(ROOT)
    def begin(
        request: Request, signed: Annotated[SignedIn, Depends(send)], file: UploadFile | None = None, title: Field = "", amount: Field = "",
        currency: Field = "EUR", seats: Field = "",
    ) -> Response:  # fmt: skip
        language = desk.language(request)
        typed = {"title": title, "amount": amount, "currency": currency, "seats": seats}
        data = file.file.read() if file is not None else b""
        if not data.strip():
            return _list_page(desk, request, signed, 422, sentence("adviser_team_no_file", language), **typed)
        try:
            budget, places = _money(amount, currency), _seats(seats)
        except ValueError:
            return _list_page(desk, request, signed, 422, sentence("adviser_team_figures", language), **typed)
        try:
            agents, errors = read_agents(data)
        except BadProfile as error:
            return _list_page(desk, request, signed, 422, _file_sentence(error, language), **typed)
        many = (("most", str(MOST_AGENTS)),)
        refused = [LineError(0, f"{agent.identifier}: beyond {MOST_AGENTS} agents.", "beyond", values=many) for agent in agents[MOST_AGENTS:]]
        asked = solver.TeamRequest(tuple(agents[:MOST_AGENTS]), tuple(errors + refused), budget, places, language)
        if not asked.agents:
            first = line_sentence(errors[0], language) if errors else ""
            return _list_page(desk, request, signed, 422, sentence("adviser_team_empty", language, first=first), **typed)
        name = title.strip() or sentence("adviser_team_unnamed", language, n=len(asked.agents))
        plan = works.begin(signed.account.id, name, asked)
        desk.record(signed, "plan_created", plan)
        return to(f"{ROOT}/{plan}")


def _showing(routes: APIRouter, desk: Workspace, works: "solver.Works") -> None:
    see, send = desk.door.require("adviser"), desk.door.require("adviser", form=True)

    @routes.get(f"{ROOT}/{{plan_id}}")
    def show(request: Request, plan_id: str, signed: Annotated[SignedIn, Depends(see)]) -> Response:
        saved = desk.cabinet.plan(signed.account.id, plan_id)
        desk.record(signed, "plan_seen", plan_id)
        return _plan_page(desk, request, signed, saved)

    @routes.post(f"{ROOT}/{{plan_id}}/budget")
    def change_budget(
        request: Request, plan_id: str, signed: Annotated[SignedIn, Depends(send)], amount: Field = "", currency: Field = "EUR"
    ) -> Response:  # fmt: skip
        saved = desk.cabinet.plan(signed.account.id, plan_id)
        try:
            budget = _money(amount, currency)
        except ValueError:
            return _plan_page(desk, request, signed, saved, 422, sentence("adviser_team_figures", desk.language(request)))
        works.again(signed.account.id, plan_id, solver.request_of(saved).with_budget(budget))
        desk.record(signed, "plan_budget", plan_id)
        return to(f"{ROOT}/{plan_id}")

    @routes.get(f"{ROOT}/{{plan_id}}/export/{{kind}}")
    def export(request: Request, plan_id: str, kind: str, signed: Annotated[SignedIn, Depends(see)]) -> Response:
        saved = desk.cabinet.plan(signed.account.id, plan_id)
        result = solver.result_of(saved)
        if result is None:
            raise NotFound("The plan is not solved yet.")
        content, ending = team_file(kind, saved.title, result.plan, desk.language(request))
        desk.record(signed, f"plan_exported_{kind}"[:40], plan_id)
        return attachment(content, ending, f"equipe-{plan_id}-{kind}")

    @routes.post(f"{ROOT}/{{plan_id}}/supprimer")
    def remove(plan_id: str, signed: Annotated[SignedIn, Depends(send)]) -> Response:
        desk.cabinet.remove_plan(signed.account.id, plan_id)
        desk.record(signed, "plan_removed", plan_id)
        return to(ROOT)


def _plan_page(desk: Workspace, request: Request, signed: SignedIn, saved: SavedPlan, status: int = 200, problem: str = "") -> Response:
    language = desk.language(request)
    asked, result = solver.request_of(saved), solver.result_of(saved)
    drawing = curve(result.curve, len(asked.agents), solver.level_of(asked, result)) if result else None
    lines = [(error.line, line_sentence(error, language)) for error in asked.errors[:SHOWN_ERRORS]]
    return desk.page(
        request, "team.html", signed, status, saved=saved, asked=asked, result=result, drawing=drawing, problem=problem, lines=lines,
        errors=len(asked.errors), stalled=solver.stalled(saved, desk.cabinet.now()), takers=solver.takers(result.plan) if result else {},
        outdated=result is not None and result.plan.generation != desk.ready().generation,
    )  # fmt: skip


def _money(amount: str, currency: str) -> Money | None:
    """The budget typed; None where the field is empty. Raises ValueError where it cannot be read."""
    if not amount.strip():
        return None
    value = float(re.sub(r"[\s\u00a0\u202f€]", "", amount).replace(",", "."))
    if not 0 <= value <= 1e9 or currency not in ("EUR", "XPF"):
        raise ValueError("out of range")
    return Money(value, currency)


def _seats(typed: str) -> int:
    """Raises ValueError."""
    seats = int(typed) if typed.strip() else SEATS
    if not 0 < seats <= MOST_SEATS:
        raise ValueError("out of range")
    return seats
