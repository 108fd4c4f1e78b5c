"""What every part of the Telegram bot works with: the desk, and the visit of one update to it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.error import BadRequest

from assistant.records import Language, LearnerProfile, LearningPath
from bots.messages import sentence
from bots.settings import Settings
from bots.state import State
from bots.state_telegram import Person, Talk, TelegramState, Waiting
from bots.telegram.delivery import Delivery, Keyboard
from bots.telegram.text import Message, message

if TYPE_CHECKING:
    from assistant.conversation import Assistant
    from corpus.catalogue import Catalogue
    from index.search import Search

_T = TypeVar("_T")


class Ready(Protocol):
    """One generation of the index with its assistant."""

    @property
    def assistant(self) -> Assistant: ...
    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def search(self) -> Search: ...
    @property
    def generation(self) -> str: ...


class Service(Protocol):
    def current(self) -> Ready: ...


def recommend(ready: Ready, profile: LearnerProfile, language: Language) -> LearningPath:
    """The optimal path over the catalogue; slow, for a thread."""
    from assistant.paths.path import recommend as optimal

    return optimal(ready.catalogue, ready.search, profile, ready.generation, language=language)


@dataclass
class Desk:
    """What one bot shares between all its visits. ``run`` puts a call that waits for the database on its thread."""

    settings: Settings
    service: Service
    state: State
    rooms: TelegramState
    run: Callable[..., Awaitable[Any]]
    recommend: Callable[[Ready, LearnerProfile, Language], LearningPath] = recommend
    threads: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        self.threads = ThreadPoolExecutor(self.settings.telegram_threads, "telegram-answer")

    async def think(self, function: Callable[..., _T], *args: Any) -> _T:
        """Calls a function that computes, on one of the few threads for it."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, function, *args)

    def close(self) -> None:
        self.threads.shutdown(wait=False, cancel_futures=True)


@dataclass
class Visit:
    """One update at the desk. ``person`` is known once the door has let them in."""

    desk: Desk
    update: Update
    waiting: Waiting
    delivery: Delivery
    language: Language = "fr"
    person: Person | None = None
    known_talk: Talk | None = None
    trouble: BaseException | None = None
    """What went wrong that only the one who took the update in can mend."""

    @property
    def chat(self) -> str:
        return self.waiting.chat

    @property
    def owner(self) -> str:
        return self.waiting.person

    @property
    def message(self) -> TelegramMessage | None:
        """What the person wrote, edited or tapped under."""
        return self.update.effective_message if isinstance(self.update.effective_message, TelegramMessage) else None

    @property
    def private(self) -> bool:
        return self.update.effective_chat is not None and self.update.effective_chat.type == "private"

    def words(self, key: str, **values: object) -> str:
        return sentence(f"tg_{key}", self.language, **values)

    async def tell(self, key: str, keyboard: Keyboard = (), **values: object) -> None:
        """Says one of the fixed sentences."""
        await self.delivery.say(message(self.words(key, **values)), keyboard)

    async def say(self, parts: Message, keyboard: Keyboard = ()) -> None:
        await self.delivery.say(parts, keyboard)

    async def toast(self, key: str | None = None, **values: object) -> None:
        """Ends the waiting of a tapped button, with a short word or silently; says it as a message elsewhere."""
        query = self.update.callback_query
        if query is not None:
            with contextlib.suppress(BadRequest):  # a tap of long ago: its waiting has ended by itself
                await query.answer(self.words(key, **values)[:200] if key else None)
        elif key:
            await self.say(message(self.words(key, **values)))

    async def talk(self) -> Talk:
        if self.known_talk is None:
            self.known_talk = await self.desk.run(self.desk.rooms.open_talk, self.chat, self.owner, self.language)
        return cast("Talk", self.known_talk)

    async def profile(self) -> LearnerProfile:
        return (await self.talk()).memory.profile

    async def keep_profile(self, profile: LearnerProfile, *, pending: str | None = None) -> None:
        talk = await self.talk()
        memory = replace(talk.memory, profile=profile, pending=pending)
        await self.desk.run(self.desk.state.save_memory, talk.conversation, memory)
        self.known_talk = replace(talk, memory=memory)

    async def await_words(self, what: str | None) -> None:
        await self.talk()
        await self.desk.run(self.desk.rooms.await_words, self.chat, self.owner, what)

    async def keep_card(self, body: dict[str, Any]) -> str:
        """Keeps what buttons stand for."""
        return cast("str", await self.desk.run(self.desk.rooms.keep_card, self.chat, self.owner, body))

    async def card(self, key: str) -> dict[str, Any] | None:
        return cast("dict[str, Any] | None", await self.desk.run(self.desk.rooms.card, key, self.chat, self.owner))


CURRENT: ContextVar[Visit] = ContextVar("visit")
"""The visit that the handlers of python-telegram-bot are called for; each update has a context of its own."""


def visiting() -> Visit:
    return CURRENT.get()
