"""How calls reach Telegram: patient with one chat without stopping the others.

A 429 closes the gate of its chat for as long as Telegram says; calls for other chats do not notice. Server errors and
cut connections are tried again with growing pauses, for ten minutes. What goes on between a request and its reply is
told to a ``Slot``, so that the database knows of every message whether it is certainly out, certainly not, or in doubt.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from telegram.error import BadRequest, Conflict, EndPointNotFound, Forbidden, NetworkError
from telegram.ext import BaseRateLimiter

from bots.telegram.request import FloodWait, NotDone

PATIENCE = 600.0
"""Seconds for which a call is tried again before its update goes back to the inbox."""
PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
CONNECTIONS = 12
"""Calls under way at once: at 100 ms each four times what Telegram allows. Others wait here, first come first served."""
PASSING = frozenset({"sendChatAction", "answerCallbackQuery", "setMyCommands"})
"""Calls that are worth nothing later: not repeated, and dropped while the chat's gate is closed."""


class Undelivered(Exception):
    """Telegram could not be reached for as long as patience lasts."""


class Slot(Protocol):
    """Hears about the one message that a call sends."""

    async def begin(self) -> None:
        """The request is about to leave."""

    async def undo(self) -> None:
        """The message was certainly not sent."""


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
            try:
                async with self._lines:
                    # noted when the line is free: what waits for one has certainly not left, should this process be killed
                    if rate_limit_args:
                        await rate_limit_args.begin()
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
                if isinstance(error, NotDone):
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
