"""How calls reach Telegram: patient with one chat without stopping the others.

A 429 closes the gate of its chat for as long as Telegram says; calls for other chats do not notice. Server errors and
cut connections are tried again with growing pauses, for ten minutes. What goes on between a request and its reply is
told to a ``Slot``, so that the database knows of every message whether it is certainly out, certainly not, or in doubt.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import httpx
from telegram.error import BadRequest, Conflict, EndPointNotFound, Forbidden, NetworkError, TelegramError
from telegram.ext import BaseRateLimiter
from telegram.request import HTTPXRequest

PATIENCE = 600.0
"""Seconds for which a call is tried again before its update goes back to the inbox."""
PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
LONGEST_FLOOD = 3600.0
CONNECTIONS = 12
"""Calls under way at once: at 100 ms each four times what Telegram allows. Others wait here, first come first served:
httpx's pool looks at every waiting call for each reply, and loses connections when waiting calls are cut."""
PASSING = frozenset({"sendChatAction", "answerCallbackQuery", "setMyCommands"})
"""Calls that are worth nothing later: not repeated, and dropped while the chat's gate is closed."""


class FloodWait(TelegramError):
    """Telegram wants to be left in peace for ``seconds``. (The library's RetryAfter warns each time it is made.)"""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Flood control: retry in {seconds} s")
        self.seconds = seconds


class ServerTrouble(NetworkError):
    """A 5xx: Telegram says that it did not do what was asked."""


class Undelivered(Exception):
    """Telegram could not be reached for as long as patience lasts."""


class Slot(Protocol):
    """Hears about the one message that a call sends."""

    async def begin(self) -> None:
        """The request is about to leave."""

    async def undo(self) -> None:
        """The message was certainly not sent."""


class Request(HTTPXRequest):
    """The library's HTTP, with refusals told apart that it throws together."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, payload = await super().do_request(*args, **kwargs)
        if status == 429:
            raise FloodWait(_retry_after(payload))
        if status >= 500:
            raise ServerTrouble(f"Telegram answered {status}")
        return status, payload


class UpdatesRequest(Request):
    """Fetches updates and keeps them as they came, in ``found``: one that the library cannot read costs no other."""

    __slots__ = ("found",)

    def parse_json_payload(self, payload: bytes) -> dict[str, Any]:  # type: ignore[override]
        """The reply without its updates, which the library would otherwise read all or none."""
        reply = HTTPXRequest.parse_json_payload(payload)
        if not isinstance(reply.get("result"), list):
            return reply
        self.found = [body for body in reply["result"] if isinstance(body, dict) and isinstance(body.get("update_id"), int)]
        return {**reply, "result": []}


def _retry_after(payload: bytes) -> float:
    try:
        seconds = float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 1.0
    return min(max(seconds, 0.1), LONGEST_FLOOD)


def certainly_not_sent(error: NetworkError) -> bool:
    """Whether the request cannot have reached Telegram, or was refused by it."""
    if isinstance(error, ServerTrouble):
        return True
    cause = error.__cause__
    return isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.ProxyError)


class Courier(BaseRateLimiter[Slot]):
    """The gate of each chat and the patience with the network; python-telegram-bot hands it every call but getUpdates."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._closed_until: dict[str, float] = {}
        self._lines = asyncio.Semaphore(CONNECTIONS)

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        self._closed_until.clear()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Slot | None,
    ) -> Any:
        chat, passing = str(data.get("chat_id", "")), endpoint in PASSING
        give_up, tried = time.monotonic() + self._patience, 0
        while True:
            if not await self._gate(chat, passing):
                return True
            if rate_limit_args:
                await rate_limit_args.begin()
            try:
                async with self._lines:
                    return await callback(*args, **kwargs)
            except FloodWait as error:
                await _undo(rate_limit_args)
                if passing:
                    return True
                self._close(chat, error.seconds)
                # waiting as told is obedience, not failure: it does not use up the patience
                give_up += error.seconds
            except (BadRequest, Forbidden, Conflict, EndPointNotFound):
                await _undo(rate_limit_args)
                raise
            except NetworkError as error:
                if certainly_not_sent(error):
                    await _undo(rate_limit_args)
                if passing:
                    return True
                pause = PAUSES[min(tried, len(PAUSES) - 1)]
                tried += 1
                if time.monotonic() + pause > give_up:
                    raise Undelivered(endpoint) from error
                await asyncio.sleep(pause)

    async def _gate(self, chat: str, passing: bool) -> bool:
        """Waits until the chat may be written to; False for a call that is not worth waiting."""
        while (wait := self._closed_until.get(chat, 0.0) - time.monotonic()) > 0:
            if passing:
                return False
            await asyncio.sleep(wait)
        self._closed_until.pop(chat, None)
        return True

    def _close(self, chat: str, seconds: float) -> None:
        now = time.monotonic()
        # gates of chats that nobody writes to any more would pile up
        self._closed_until = {name: until for name, until in self._closed_until.items() if until > now}
        self._closed_until[chat] = now + seconds


async def _undo(slot: Slot | None) -> None:
    if slot:
        await slot.undo()
