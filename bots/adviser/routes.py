"""The adviser's workspace on the application: who may enter, paths, team plans, insight."""

from __future__ import annotations

from fastapi import FastAPI

from bots import sign_in as auth
from bots.adviser import insight as adviser_insight
from bots.adviser import paths as adviser_paths
from bots.adviser import share as adviser_share
from bots.adviser import team as adviser_team
from bots.adviser.desk import Workspace
from bots.assemble import Service
from bots.state import State
from bots.state_adviser import Cabinet
from bots.web.pages import Pages
from bots.web.visitors import Visitors


def attach(app: FastAPI, service: Service, state: State, pages: Pages, visitors: Visitors) -> Workspace:
    """Adds sign-in and the workspace to an application; every route of them states the role it needs."""
    door = visitors.door
    desk = Workspace(service, state, Cabinet(state.database), door, pages, visitors.language)
    auth.refuse(app, pages)
    app.include_router(auth.router(auth.make_desk(door, pages, state)))
    app.include_router(adviser_share.router(desk))
    app.include_router(adviser_paths.router(desk))
    app.include_router(adviser_team.router(desk))
    app.include_router(adviser_insight.router(desk))
    return desk
