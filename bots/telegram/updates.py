"""Every update answered once, in order within its chat, many chats at once; across duplicates, restarts and processes.

An update is kept in the database's inbox before Telegram hears that it arrived, and erased from it when it is answered.
In between one task works for each chat, so that a chat that has to wait keeps nobody else waiting. Memory holds only
the update each of these tasks works on; the rest stays in the inbox.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from bots.errors import StateUnavailable
from bots.state_telegram import Incoming, TelegramState, Waiting

LOG = logging.getLogger("jalon.telegram")
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that the bot asks for."""

MOST_CHATS = 500
"""Chats worked on at the same time in one process; more wait in the inbox."""
FULL = 20_000
"""Updates in the inbox at which polling pauses: Telegram keeps the others."""
HOLD_SECONDS = 30.0
"""For how long a process holds a chat without a sign of life."""
SWEEP_SECONDS = 5.0
_T = TypeVar("_T")


class Retry(Exception):
    """The update could not be answered now and goes back to the inbox."""


def read_update(body: Any, name: Callable[[str, str], str], bot: Mapping[str, Any]) -> Incoming | None:
    """An update of Telegram as it is kept; None for one that is not meant for the bot (a group talking among itself).

    ``name(channel, identifier)`` gives the keyed hash of a chat or person; ``bot`` is the bot's own user (id, username).
    """
    if not isinstance(body, dict) or not isinstance(body.get("update_id"), int):
        return None
    kind = next((kind for kind in KINDS if isinstance(body.get(kind), dict)), None)
    if kind is None:
        return None
    inner = body[kind]
    message = inner.get("message") or {} if kind == "callback_query" else inner
    chat, person = message.get("chat"), inner.get("from")
    if not isinstance(chat, dict) or not isinstance(person, dict) or not isinstance(chat.get("id"), int) or not isinstance(person.get("id"), int):
        return None
    if person.get("is_bot") or chat.get("type") == "channel":
        return None
    if kind in ("message", "edited_message") and chat.get("type") != "private" and not addressed(inner, bot):
        return None
    # what others said, and what the bot itself said, is not needed for an answer
    kept = {key: value for key, value in inner.items() if key not in ("reply_to_message", "quote", "external_reply", "pinned_message")}
    if kind == "callback_query":
        kept["message"] = {key: message[key] for key in ("message_id", "date", "chat", "message_thread_id", "is_topic_message") if key in message}
    return Incoming(body["update_id"], name("telegram-chat", str(chat["id"])), name("telegram", str(person["id"])), {
        "update_id": body["update_id"], kind: kept})  # fmt: skip


def addressed(message: Mapping[str, Any], bot: Mapping[str, Any]) -> bool:
    """Whether a message of a group is for the bot: a reply to it, a mention of it, or a command that is not another bot's."""
    replied = message.get("reply_to_message")
    if isinstance(replied, dict) and (replied.get("from") or {}).get("id") == bot["id"]:
        return True
    text = str(message.get("text") or message.get("caption") or "")
    units = text.encode("utf-16-le", "surrogatepass")
    own = f"@{bot['username']}".lower()
    for mark in message.get("entities") or message.get("caption_entities") or ():
        if not isinstance(mark, dict) or not isinstance(mark.get("offset"), int) or not isinstance(mark.get("length"), int):
            continue
        said = units[2 * mark["offset"] : 2 * (mark["offset"] + mark["length"])].decode("utf-16-le", "replace").lower()
        if mark.get("type") == "mention" and said == own:
            return True
        if mark.get("type") == "text_mention" and (mark.get("user") or {}).get("id") == bot["id"]:
            return True
        if mark.get("type") == "bot_command" and mark["offset"] == 0 and (said.endswith(own) or "@" not in said):
            return True
    return False


class Dispatcher:
    """Hands each waiting update to ``handle``, chat by chat.

    ``handle`` answers an update and does not raise but Retry. ``alone`` says that no other process serves this bot, so
    that chats still held are those of a process that was killed.
    """

    def __init__(self, inbox: TelegramState, handle: Callable[[Waiting], Awaitable[None]], *, alone: bool) -> None:
        self._inbox, self._handle, self._alone = inbox, handle, alone
        self._holder = secrets.token_hex(8)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        # one thread: SQLite has one writer anyway, and waiting for a turn in a queue is cheaper than waiting for a lock
        self._pool = ThreadPoolExecutor(1, "telegram-state")
        self._sweeper: asyncio.Task[None] | None = None
        self._stopping = False

    async def start(self) -> None:
        if self._alone:
            await self.run(self._inbox.free_all)
        self._sweeper = asyncio.create_task(self._sweep())

    async def stop(self, grace: float) -> None:
        """Finishes what is under way, for ``grace`` seconds at most; everything else stays in the inbox."""
        self._stopping = True
        if self._sweeper:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        tasks = list(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        self._pool.shutdown(wait=True)

    async def run(self, function: Callable[..., _T], *args: Any) -> _T:
        """Calls a function that waits for the database, on the database's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, function, *args)

    async def accept(self, updates: Iterable[Incoming]) -> None:
        """Keeps the updates; when this returns they will be answered, whatever happens to this process."""
        for chat in await self.run(self._inbox.take_in, list(updates)):
            self._wake(chat)

    @property
    def busy(self) -> int:
        """Chats that are being answered."""
        return len(self._tasks)

    async def crowded(self) -> bool:
        return await self.run(self._inbox.backlog) >= FULL

    def _wake(self, chat: str) -> None:
        if chat in self._tasks:
            self._again.add(chat)  # its task may just have seen that nothing waits
        elif not self._stopping and len(self._tasks) < MOST_CHATS:  # else the sweep will find the update
            task = asyncio.create_task(self._work(chat))
            self._tasks[chat] = task
            task.add_done_callback(lambda _: self._rest(chat))

    def _rest(self, chat: str) -> None:
        self._tasks.pop(chat, None)
        if chat in self._again:
            self._again.discard(chat)
            self._wake(chat)

    async def _work(self, chat: str) -> None:
        done = False
        try:
            waiting = await self.run(self._inbox.begin, chat, self._holder, self._until())
            while waiting and not self._stopping:
                self._again.discard(chat)
                await self._handle(waiting)
                waiting = await self.run(self._inbox.finish, waiting, self._holder)
            done = waiting is None
        except Retry:
            LOG.warning("Telegram could not be reached; an answer waits in the inbox.")
        except StateUnavailable as error:
            LOG.error("%s", error)
        except Exception as error:
            LOG.error("An update was given up: %s.", type(error).__name__)
        finally:
            if not done:
                await asyncio.shield(self._let_go(chat))

    async def _let_go(self, chat: str) -> None:
        try:
            await self.run(self._inbox.let_go, [chat], self._holder)
        except (StateUnavailable, RuntimeError) as error:  # RuntimeError: the thread is closed, the hold runs out by itself
            LOG.warning("A chat was not let go: %s.", type(error).__name__)

    async def _sweep(self) -> None:
        """Renews what this process holds, and takes up chats that nobody holds: those of a dead process, those over the limit."""
        while True:
            try:
                await self.run(self._inbox.keep_hold, self._holder, self._until())
                room = MOST_CHATS - len(self._tasks)
                for chat in await self.run(self._inbox.unheld, room) if room > 0 else ():
                    self._wake(chat)
            except StateUnavailable as error:
                LOG.error("%s", error)
            await asyncio.sleep(SWEEP_SECONDS)

    def _until(self) -> float:
        return time.time() + HOLD_SECONDS
