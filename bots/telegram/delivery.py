"""Sending the answer to one update: in messages that fit, once, growing under the reader's eyes, also after a restart.

The n-th message of an answer has the n-th *slot*. Before a slot's message leaves, the database notes that it is under
way, and its id afterwards. When an update is answered again because a process was killed, a slot whose message is out
is edited, a slot in doubt is left alone, and the others are sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.ext import ExtBot

from bots.state_telegram import UNKNOWN, Waiting
from bots.telegram.text import Message, html, is_blank, label, message, plain, split

Keyboard: TypeAlias = Sequence[Sequence[tuple[str, str]]]
"""Rows of (label, callback data)."""
Bot: TypeAlias = "ExtBot[Any]"
TYPING_AT_ONCE = 8
"""Chats being answered up to which they are told "typing"."""
_T = TypeVar("_T")

FIRST_SHOWN = 1.0
"""Seconds after which an unfinished answer is shown; most are whole by then and go out in one message."""
EDIT_EVERY = 1.2
EDIT_EVERY_IN_GROUPS = 3.5
"""Telegram allows one message a second in a chat, and twenty a minute in a group; edits count."""
TYPING_EVERY = 4.5
"""A client shows "typing" for five seconds."""


class Gone(Exception):
    """The person blocked the bot, or the chat is no more: there is nobody to write to."""


@dataclass(frozen=True, slots=True)
class Where:
    """The chat to write to; in a group, the message to answer and the topic it stands in."""

    chat: int
    group: bool = False
    reply_to: int | None = None
    topic: int | None = None


class Ledger:
    """What the database is told of the messages of one answer; ``run`` calls a blocking function on a thread."""

    def __init__(self, inbox: Any, waiting: Waiting, run: Callable[..., Awaitable[Any]]) -> None:
        self._inbox, self._run = inbox, run
        self._update = waiting.update_id
        self.messages: list[int] = list(waiting.messages)
        self.next_slot = 0

    def slot(self) -> LedgerSlot:
        self.next_slot += 1
        return LedgerSlot(self, self.next_slot - 1)

    async def under_way(self, index: int | None) -> None:
        await self._run(self._inbox.sending, self._update, index, tuple(self.messages))

    def note(self, index: int, message_id: int) -> None:
        self.messages += [UNKNOWN] * (index + 1 - len(self.messages))
        self.messages[index] = message_id


class LedgerSlot:
    """The place of one message in the answer; ``message_id`` is that of an earlier life, UNKNOWN if in doubt."""

    def __init__(self, ledger: Ledger, index: int) -> None:
        self._ledger, self._index = ledger, index

    @property
    def message_id(self) -> int | None:
        known = self._ledger.messages
        return known[self._index] if self._index < len(known) else None

    async def begin(self) -> None:
        await self._ledger.under_way(self._index)

    async def undo(self) -> None:
        await self._ledger.under_way(None)

    def out(self, message_id: int) -> None:
        """The message is out. It is written down with the next one's begin: if there is none, the answer is finished,
        and a process killed just before that leaves this slot in doubt, which nobody touches again."""
        self._ledger.note(self._index, message_id)

    async def out_unfinished(self, message_id: int) -> None:
        """The message is out and will be edited: its id must outlive this process."""
        self._ledger.note(self._index, message_id)
        await self._ledger.under_way(None)


class Delivery:
    """Writes to the chat of one update. Raises Gone where there is nobody, Undelivered where Telegram is out of reach."""

    def __init__(self, bot: Bot, where: Where, ledger: Ledger, crowded: Callable[[], bool]) -> None:
        self._bot, self._where, self._ledger, self._crowded = bot, where, ledger, crowded

    async def say(self, parts: Message, keyboard: Keyboard = ()) -> None:
        """Sends the message, in several where it is long; the buttons stand under the last."""
        pages = split(parts) or [message("…")]
        for number, page in enumerate(pages, 1):
            await self.put(self.slot(), page, keyboard if number == len(pages) else ())

    async def file(self, name: str, content: bytes, caption: str) -> None:
        slot = self.slot()
        if slot.message_id is not None:
            return
        sent = await self._reaching(
            lambda: self._bot.send_document(
                self._where.chat, content, filename=name, caption=caption[:1000], rate_limit_args=slot, **self._answering()
            )
        )
        slot.out(sent.message_id)

    async def replace(self, message_id: int, parts: Message, keyboard: Keyboard = ()) -> None:
        """Puts another text in the place of a message, cut to what one message holds."""
        pages = split(parts) or [message("…")]
        await self._edit(message_id, pages[0], keyboard)

    def slot(self) -> LedgerSlot:
        return self._ledger.slot()

    def growing(self) -> Growing:
        return Growing(self, self.slot(), EDIT_EVERY_IN_GROUPS if self._where.group else EDIT_EVERY)

    @contextlib.asynccontextmanager
    async def typing(self) -> AsyncIterator[None]:
        """Shows "typing" while the body runs. A call under way is waited for, not cut: cut ones cost the pool its connections."""
        done = asyncio.Event()
        shown = asyncio.create_task(self._typing(done))
        try:
            yield
        finally:
            done.set()
            await shown

    async def _typing(self, done: asyncio.Event) -> None:
        while not done.is_set():
            if not self._crowded():  # in a crowd the connections are for answers
                with contextlib.suppress(BadRequest, Forbidden, ChatMigrated):  # whoever is gone is found out by the answer
                    await self._bot.send_chat_action(self._where.chat, ChatAction.TYPING, message_thread_id=self._where.topic)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), TYPING_EVERY)

    async def put(self, slot: LedgerSlot, page: Message, keyboard: Keyboard, *, draft: bool = False) -> None:
        """Makes the slot's message say ``page``: sends it, or edits what an earlier life has sent.

        A ``draft`` in doubt is no answer in doubt: it is sent again, and what may stay behind is a beginning.
        """
        if slot.message_id == UNKNOWN:
            return
        if slot.message_id is not None and await self._edit(slot.message_id, page, keyboard):
            return
        sent = await self._marked_up(
            page,
            lambda text, mode: self._bot.send_message(
                self._where.chat, text, parse_mode=mode, reply_markup=_markup(keyboard), rate_limit_args=None if draft else slot,
                link_preview_options=LinkPreviewOptions(is_disabled=True), **self._answering(),
            ),
        )  # fmt: skip
        if draft:
            await slot.out_unfinished(sent.message_id)
        else:
            slot.out(sent.message_id)

    async def _edit(self, message_id: int, page: Message, keyboard: Keyboard) -> bool:
        """Edits a message; False where it is not there any more."""
        try:
            await self._marked_up(
                page,
                lambda text, mode: self._bot.edit_message_text(
                    text, self._where.chat, message_id, parse_mode=mode, reply_markup=_markup(keyboard),
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                ),
            )  # fmt: skip
        except BadRequest as error:
            return "not modified" in error.message.lower()
        return True

    async def _marked_up(self, page: Message, call: Callable[[str, str | None], Awaitable[_T]]) -> _T:
        """With markup; without, where Telegram refuses it."""
        if is_blank(plain(page)):
            page = message("…")
        try:
            return await self._reaching(lambda: call(html(page), ParseMode.HTML))
        except BadRequest as error:
            if "parse" not in error.message.lower():
                raise
            return await self._reaching(lambda: call(plain(page), None))

    async def _reaching(self, call: Callable[[], Awaitable[_T]]) -> _T:
        try:
            return await call()
        except ChatMigrated as error:  # the group became a supergroup and has another number
            self._where = Where(error.new_chat_id, group=True)
            return await call()
        except Forbidden as error:
            raise Gone from error
        except BadRequest as error:
            if any(words in error.message.lower() for words in ("chat not found", "user is deactivated", "not enough rights", "have no rights")):
                raise Gone from error
            raise

    def _answering(self) -> dict[str, Any]:
        where = self._where
        reply = ReplyParameters(where.reply_to, allow_sending_without_reply=True) if where.reply_to else None
        return {"reply_parameters": reply, "message_thread_id": where.topic}


class Growing:
    """An answer under way: shown from time to time, whole in the end."""

    def __init__(self, delivery: Delivery, slot: LedgerSlot, every: float) -> None:
        self._delivery, self._slot, self._every = delivery, slot, every
        self._next = time.monotonic() + FIRST_SHOWN

    def due(self) -> bool:
        return time.monotonic() >= self._next

    async def show(self, text: str) -> None:
        """Shows the beginning of the answer that has been released so far."""
        pages = split(message(text + " …"))
        if pages and not is_blank(text):
            await self._delivery.put(self._slot, pages[0], (), draft=True)
        self._next = time.monotonic() + self._every

    async def finish(self, parts: Message, keyboard: Keyboard) -> None:
        """Shows the whole answer, with further messages where one does not hold it."""
        first, *more = split(parts) or [message("…")]
        await self._delivery.put(self._slot, first, () if more else keyboard)
        for number, page in enumerate(more, 1):
            await self._delivery.put(self._delivery.slot(), page, keyboard if number == len(more) else ())


def _markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(label(text), callback_data=data) for text, data in row] for row in keyboard if row]
    return InlineKeyboardMarkup(rows) if rows else None
