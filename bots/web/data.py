"""My data: what is kept of the visitor, as a page and as a file, and its erasure."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from bots.state import State
from bots.web.pages import Pages
from bots.web.visitors import Visitors


def router(state: State, visitors: Visitors, pages: Pages) -> APIRouter:
    routes = APIRouter(prefix="/mes-donnees", include_in_schema=False)

    @routes.get("")
    def page(request: Request) -> Response:
        owner = visitors.owner(request)
        conversations = [(conversation, state.turns(conversation.id)) for conversation in (state.conversations(owner) if owner else [])]
        return pages(request, "data.html", owner=owner, conversations=conversations, days=visitors.door.settings.keep_days)

    @routes.get("/export")
    def export(request: Request) -> Response:
        """All that is kept about the visitor, as a file."""
        owner = visitors.owner(request)
        text = json.dumps(state.export(owner) if owner else {}, ensure_ascii=True, indent=2)
        headers = {"Content-Disposition": 'attachment; filename="mes-donnees.json"', "Cache-Control": "no-store"}
        return Response(text, media_type="application/json", headers=headers)

    @routes.post("/effacer")
    def erase(request: Request) -> Response:
        """Erases all that is kept about the visitor, and their cookie."""
        owner = visitors.owner(request)
        if owner:
            state.forget(owner)
        response = RedirectResponse("/?dit=erased_all", 303)
        visitors.farewell(request, response)
        return response

    return routes
