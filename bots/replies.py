"""A question through the web: the assistant works in a thread, its pieces come out as they are released.

The thread goes on when the visitor's connection is lost, and keeps the turn: whoever comes back finds the answer.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from assistant.records import Answer, Done, Language, Memory, TextPiece
from bots.assemble import Service
from bots.errors import Busy, NotFound
from bots.metrics import Metrics
from bots.state import State

_LOG = logging.getLogger("jalon.web")
WAITING = 200
"""Questions that may wait for a free thread; the next one is told to come back, so that nobody waits for minutes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the conversation it belongs to."""

    question: str
    conversation: str
    memory: Memory
    language: Language | None


@dataclass(frozen=True, slots=True)
class Reply:
    """The whole answer, saved as ``turn`` of ``conversation``."""

    answer: Answer
    conversation: str
    turn: int


_Item = TextPiece | Reply | Exception


class Replies:
    """Answers questions for the web; made once an application."""

    def __init__(self, service: Service, state: State, metrics: Metrics, *, threads: int, seconds: float) -> None:
        self._service, self._state, self._metrics = service, state, metrics
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="reply")
        self._seconds = seconds
        self._open = 0

    def close(self) -> None:
        """Waits for the answers being made."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def prepare(self, question: str, conversation: str | None, owner: str | None, language: Language | None) -> Asked:
        """Finds the conversation, or opens one (for ``owner``) where none is named. Raises NotFound for an unknown one."""
        if conversation is None:
            return Asked(question, self._state.new_conversation("web", owner, language or "fr"), Memory(), language)
        memory = self._state.memory(conversation)
        if memory is None:
            raise NotFound("There is no such conversation.")
        return Asked(question, conversation, memory, language)

    async def stream(self, asked: Asked) -> AsyncIterator[TextPiece | Reply]:
        """Yields the pieces of the answer, then the Reply.

        Raises what the assistant raises, Busy when too many wait, and TimeoutError when it takes too long.
        """
        if self._open >= WAITING:
            raise Busy("Too many questions at once; ask again in a moment.")
        loop = asyncio.get_running_loop()
        items: asyncio.Queue[_Item] = asyncio.Queue()

        def put(item: _Item) -> None:
            try:
                loop.call_soon_threadsafe(items.put_nowait, item)
            except RuntimeError:
                # The server has stopped; the turn is saved all the same.
                _LOG.info("an answer came after the server had stopped")

        self._open += 1
        self._metrics.open_replies.inc()
        future = self._threads.submit(self._work, asked, put)
        future.add_done_callback(lambda _: self._closed(loop))
        async with asyncio.timeout(self._seconds):
            while True:
                item = await items.get()
                if isinstance(item, Exception):
                    raise item
                yield item
                if isinstance(item, Reply):
                    return

    async def reply(self, asked: Asked) -> Reply:
        """The whole answer at once; see ``stream``."""
        async for item in self.stream(asked):
            if isinstance(item, Reply):
                return item
        raise AssertionError("a stream ends with its Reply")

    def _closed(self, loop: asyncio.AbstractEventLoop) -> None:
        self._metrics.open_replies.dec()
        try:
            loop.call_soon_threadsafe(self._free)
        except RuntimeError:
            _LOG.info("a reply ended after the server had stopped")

    def _free(self) -> None:
        self._open -= 1

    def _work(self, asked: Asked, put: Callable[[_Item], None]) -> None:
        """In a thread: never raises, the last item put is a Reply or an exception."""
        try:
            put(self._answered(asked, put))
        except Exception as error:
            put(error)

    def _answered(self, asked: Asked, put: Callable[[_Item], None]) -> Reply:
        began = time.monotonic()
        first: float | None = None
        ready = self._service.current()
        for event in ready.assistant.reply(asked.question, asked.memory, asked.language):
            if isinstance(event, Done):
                turn = self._state.save_turn(asked.conversation, asked.question, event.answer, event.memory)
                self._state.record_unanswered(event.answer, "web", asked.conversation)
                self._metrics.answer(event.answer, first, time.monotonic() - began)
                return Reply(event.answer, asked.conversation, turn)
            if first is None:
                first = time.monotonic() - began
            put(event)
        raise AssertionError("a reply ends with Done")
