"""`POST /telegram/webhook`: Telegram's updates into the inbox of the bot that lives beside the web application."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging

from fastapi import APIRouter, Request, Response

from bots.errors import BotError, StateUnavailable
from bots.settings import Settings
from bots.state import State
from bots.telegram.bot import TelegramBot, same_secret
from bots.telegram.talk import Service

LOG = logging.getLogger("jalon.telegram")
LARGEST = 1_000_000
"""Bytes of an update; Telegram's own are far smaller."""
BODY_SECONDS = 20
RECONNECT_SECONDS = 15.0


class Webhook:
    """The route and the bot behind it. ``start`` and ``stop`` belong into the application's lifespan."""

    def __init__(self, settings: Settings, service: Service, state: State) -> None:
        self._secret = settings.telegram_secret.get_secret_value() if settings.telegram_secret else ""
        self._settings, self._service, self._state = settings, service, state
        self._bot: TelegramBot | None = None
        self._connecting: asyncio.Task[None] | None = None
        self.router = APIRouter(include_in_schema=False)
        self.router.add_api_route("/telegram/webhook", self.receive, methods=["POST"])

    async def start(self) -> None:
        """Connects in the background: the web pages do not wait for Telegram."""
        self._connecting = asyncio.create_task(self._connect())

    async def stop(self) -> None:
        if self._connecting:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        if self._bot:
            await self._bot.stop()

    async def _connect(self) -> None:
        while self._bot is None:
            bot = TelegramBot(self._settings, self._service, self._state, alone=False)
            try:
                await bot.start()
                self._bot = bot
            except BotError as error:
                LOG.error("%s", error)
                with contextlib.suppress(BotError):
                    await bot.stop()
                await asyncio.sleep(RECONNECT_SECONDS)

    async def receive(self, request: Request) -> Response:
        """200 once the update is kept; 403 without the secret, and nothing is done; 503 makes Telegram come again."""
        if not self._secret or not same_secret(request.headers.get("x-telegram-bot-api-secret-token"), self._secret):
            return _refusal(403, "forbidden", "The secret of the webhook is missing or wrong.")
        body = bytearray()
        try:
            async with asyncio.timeout(BODY_SECONDS):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > LARGEST:
                        return _refusal(413, "too_large", "An update is smaller than this.")
            update = json.loads(body)
        except TimeoutError:
            return _refusal(408, "too_slow", "The update took too long to arrive.")
        except ValueError:
            return _refusal(400, "bad_request", "An update is a JSON object.")
        if self._bot is None:
            return _refusal(503, "not_ready", "The bot is not connected yet; send the update again.")
        try:
            await self._bot.receive(update)
        except StateUnavailable as error:
            return _refusal(503, "state", str(error))
        return Response(status_code=200)


def _refusal(status: int, code: str, message: str) -> Response:
    content = json.dumps({"error": {"code": code, "message": message}})
    return Response(content, status_code=status, media_type="application/json")
