"""The HTTP application: the API, the chat, the catalogue, and what every request passes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response

from bots.adviser import routes as adviser
from bots.assemble import Service
from bots.auth.door import Door, EverythingBehindLogin
from bots.errors import StateUnavailable
from bots.messages import sentence
from bots.metrics import Metrics
from bots.replies import Replies
from bots.settings import Settings, metrics_are_shared
from bots.shares import Shares
from bots.sheets import Shelves
from bots.state import State
from bots.state_auth import Accounts
from bots.web import api as web_api
from bots.web import catalogue as web_catalogue
from bots.web import chat as web_chat
from bots.web import data as web_data
from bots.web import errors as web_errors
from bots.web import pages as web_pages
from bots.web.errors import Refusals
from bots.web.pages import Pages
from bots.web.safety import Inner, Outermost
from bots.web.visitors import Visitors

if TYPE_CHECKING:
    from bots.telegram.webhook import Webhook

_LOG = logging.getLogger("jalon.web")
_TIDY_SECONDS = 3600


def create_app(service: Service, state: State, settings: Settings) -> FastAPI:
    """The application of one worker. It closes ``state`` when it ends."""
    door = Door(settings, Accounts(state.database))
    visitors = Visitors(state, door, Shares(state.database, settings.rate_visitor, settings.rate_address))
    pages = Pages(settings, visitors)
    refusals = Refusals(visitors, pages)
    metrics = Metrics(shared=metrics_are_shared())
    replies = Replies(service, state, metrics, threads=settings.reply_threads, seconds=settings.reply_seconds)
    shelves = Shelves()
    telegram = _telegram(service, state, settings)

    @contextlib.asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        tidying = asyncio.create_task(_tidy(state, settings.keep_days))
        if telegram:
            await telegram.start()
        yield
        tidying.cancel()
        if telegram:
            await telegram.stop()
        await run_in_threadpool(replies.close)
        await run_in_threadpool(state.close)

    # No documentation page of the framework's: it loads scripts from elsewhere. /openapi.json is the documentation.
    app = FastAPI(title=settings.site_name, version=version("jalon"), lifespan=life, docs_url=None, redoc_url=None)
    web_errors.install(app, refusals)
    web_api.health(app, service, state, metrics, refusals)
    app.include_router(web_api.router(service, replies, visitors, refusals))
    app.include_router(web_chat.router(web_chat.Chat(service, state, replies, visitors, pages, shelves, metrics)))
    app.include_router(web_data.router(state, visitors, pages))
    app.include_router(web_catalogue.router(service, pages, shelves))
    app.include_router(web_pages.router(pages, visitors))
    adviser.attach(app, service, state, pages, visitors)
    if telegram:
        app.include_router(telegram.router)

    @app.get("/robots.txt", include_in_schema=False)
    async def robots() -> Response:
        return PlainTextResponse("User-agent: *\nAllow: /formations\nDisallow: /\n")

    # The last added is the outermost.
    if settings.chat_login:
        app.add_middleware(EverythingBehindLogin, door=door, refusal=lambda request: sentence("error_sign_in_needed", visitors.language(request)))
    app.add_middleware(Inner, visitors=visitors, refusals=refusals, limit=settings.body_kilobytes * 1000)
    app.add_middleware(Outermost, metrics=metrics, refusals=refusals)
    return app


def _telegram(service: Service, state: State, settings: Settings) -> Webhook | None:
    """The bot of the webhook, where its token and secret are set; its library is not imported otherwise."""
    if settings.telegram_token is None or settings.telegram_secret is None:
        return None
    from bots.telegram.webhook import Webhook

    return Webhook(settings, service, state)


async def _tidy(state: State, days: int) -> None:
    """Erases what has expired, now and every hour."""
    while True:
        try:
            await run_in_threadpool(state.expire, days)
        except StateUnavailable as error:
            _LOG.warning("expired conversations could not be erased: %s", error)
        await asyncio.sleep(_TIDY_SECONDS)
