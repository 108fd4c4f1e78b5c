"""What the service teaches about itself, without personal data; and, for administrators, accounts and the audit trail."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bots.adviser.desk import Field, Workspace, to
from bots.auth.door import Forbidden
from bots.state_auth import ROLES, SignedIn
from bots.web.chat import REASONS

DAYS = 90
TRAIL = 500
"""Lines of the audit trail that its page shows."""


def router(desk: Workspace) -> APIRouter:
    routes = APIRouter(include_in_schema=False)
    _insight(routes, desk)
    _accounts(routes, desk)
    return routes


def _insight(routes: APIRouter, desk: Workspace) -> None:
    see = desk.door.require("adviser")

    @routes.get("/conseil/observatoire")
    def insight(request: Request, signed: Annotated[SignedIn, Depends(see)]) -> Response:
        since = desk.cabinet.now() - DAYS * 86_400
        missing, opinions = desk.cabinet.missing_goals(since), desk.cabinet.opinions(since)
        gaps = desk.state.gaps(DAYS)
        return desk.page(request, "insight.html", signed, days=DAYS, gaps=gaps, opinions=opinions, missing=missing, reasons=REASONS)


def _accounts(routes: APIRouter, desk: Workspace) -> None:
    see, send = desk.door.require("admin"), desk.door.require("admin", form=True)
    accounts = desk.door.accounts

    @routes.get("/conseil/comptes")
    def listed(request: Request, signed: Annotated[SignedIn, Depends(see)]) -> Response:
        open_now: dict[str, int] = {}
        for _, account, _, _ in accounts.sessions():
            open_now[account] = open_now.get(account, 0) + 1
        return desk.page(request, "accounts.html", signed, accounts=accounts.accounts(), open_now=open_now, roles=ROLES)

    @routes.post("/conseil/comptes/sessions")
    def revoke(signed: Annotated[SignedIn, Depends(send)], account: Field = "") -> Response:
        found = accounts.get(account)
        accounts.revoke(found.id, but=signed.handle)
        desk.record(signed, "sessions_ended", found.id)
        return to("/conseil/comptes")

    @routes.post("/conseil/comptes/role")
    def give_role(signed: Annotated[SignedIn, Depends(send)], account: Field = "", role: Field = "") -> Response:
        found = accounts.get(account)
        chosen = next((known for known in ROLES if known == role), None)
        # An administrator who takes their own role away could leave nobody who can give it back.
        if chosen is None or found.id == signed.account.id:
            raise Forbidden("role_own")
        accounts.set_role(found.id, chosen)
        desk.record(signed, "role_given", found.id)
        return to("/conseil/comptes")

    @routes.get("/conseil/journal")
    def trail(request: Request, signed: Annotated[SignedIn, Depends(see)]) -> Response:
        names = {account.id: account.name for account in accounts.accounts()}
        return desk.page(request, "audit.html", signed, lines=accounts.trail(TRAIL), names=names)
