"""The Telegram bot: python-telegram-bot's Application behind the inbox, fed by polling or by the webhook."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from telegram import BotCommand, Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import Application, ApplicationHandlerStop, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, TypeHandler, filters

from bots.errors import BadSetting, BotError, StateUnavailable
from bots.messages import LANGUAGES, sentence
from bots.settings import Settings
from bots.state import State
from bots.state_telegram import TelegramState, Waiting
from bots.telegram import answers as telegram_answers
from bots.telegram import catalogue as telegram_catalogue
from bots.telegram import door as telegram_door
from bots.telegram import profile as telegram_profile
from bots.telegram.courier import CONNECTIONS, Courier, Undelivered
from bots.telegram.delivery import TYPING_AT_ONCE, Delivery, Gone, Ledger, Where
from bots.telegram.request import FloodWait, Request, UpdatesRequest
from bots.telegram.talk import CURRENT, Desk, Service, Visit, visiting
from bots.telegram.text import clean, is_blank
from bots.telegram.updates import KINDS, Dispatcher, Retry, read_update

LOG = logging.getLogger("jalon.telegram")
POLL_SECONDS = 30
GRACE_SECONDS = 15.0
TIDY_SECONDS = 3600.0
TRIES = 3
"""An update that killed its process this often is not tried again."""
Tap: TypeAlias = Callable[[Visit, dict[str, Any], str, str], Awaitable[None]]

TAPS: dict[str, tuple[str | None, Tap]] = {
    "p": (None, telegram_answers.page_proof), "s": (None, telegram_answers.ask_suggestion), "w": ("answer", telegram_answers.choose),
    "u": ("answer", telegram_answers.thumb_up), "d": ("answer", telegram_answers.thumb_down), "r": ("answer", telegram_answers.reason),
    "n": (None, telegram_profile.next_slot), "f": ("slot", telegram_profile.tapped_slot), "i": ("path", telegram_profile.send_calendar),
    "e": ("path", telegram_profile.show_excluded), "a": ("path", telegram_profile.show_alternatives),
    "c": (None, telegram_catalogue.turn_page), "o": ("courses", telegram_catalogue.open_sheet),
}  # fmt: skip
"""First letter of a button's data -> the kind of card it needs, and what it does."""


class TelegramBot:
    """One bot. ``start``, then ``poll`` or ``receive``; ``stop`` finishes what is under way and loses nothing.

    Raises BadSetting for a token that Telegram refuses.
    """

    def __init__(self, settings: Settings, service: Service, state: State, *, alone: bool, courier: Courier | None = None) -> None:
        if settings.telegram_token is None:
            raise BadSetting("JALON_TELEGRAM_TOKEN is not set: put the token there that @BotFather gave you.")
        self._token = settings.telegram_token.get_secret_value()
        number = self._token.partition(":")[0]
        if not number.isdigit():
            raise BadSetting("JALON_TELEGRAM_TOKEN does not look like a token (123456:ABC…): copy it again from @BotFather.")
        silence()
        self._state = state
        self._rooms = TelegramState(state, int(number), time.time)
        self._dispatcher = Dispatcher(self._rooms, self._answer, alone=alone)
        self.desk = Desk(settings, service, state, self._rooms, self._dispatcher.run)
        api = settings.telegram_api.rstrip("/")
        self._calls = Request(api, CONNECTIONS)
        self._updates = UpdatesRequest(api, 1)
        self._app: Application[Any, Any, Any, Any, Any, Any] = (
            Application.builder().token(self._token).base_url(f"{api}/bot").base_file_url(f"{api}/file/bot").updater(None).job_queue(None)
            .request(self._calls).get_updates_request(self._updates)
            .rate_limiter(courier or Courier()).build()
        )  # fmt: skip
        self._me: dict[str, Any] = {}
        self._tidying: asyncio.Task[None] | None = None
        self._handlers()

    # Life

    async def start(self) -> None:
        """Asks Telegram who the bot is, and goes on with what waits in the inbox."""
        await self._connect()
        await self._dispatcher.run(self._rooms.name_bot, self.name)
        await self._dispatcher.start()
        self._tidying = asyncio.create_task(self._tidy())

    async def _connect(self) -> None:
        try:
            await self._app.initialize()
        except InvalidToken:
            raise BadSetting("Telegram refuses the token of JALON_TELEGRAM_TOKEN: copy it again from @BotFather.") from None
        except (TelegramError, Undelivered) as error:
            raise BotError(f"Telegram cannot be reached ({type(error).__name__}): check the network and JALON_TELEGRAM_API.") from None
        self._me = {"id": self._app.bot.id, "username": self._app.bot.username}

    async def stop(self) -> None:
        if self._tidying:
            self._tidying.cancel()
            await asyncio.gather(self._tidying, return_exceptions=True)
        await self._dispatcher.stop(GRACE_SECONDS)
        self.desk.close()
        await self._app.shutdown()
        # an Application that never came up leaves its connections open
        await self._calls.shutdown()
        await self._updates.shutdown()

    async def _tidy(self) -> None:
        """Erases what has expired, now and every hour."""
        while True:
            try:
                await self._dispatcher.run(self._rooms.expire, self.desk.settings.keep_days)
            except StateUnavailable as error:
                LOG.warning("What has expired could not be erased: %s", error)
            await asyncio.sleep(TIDY_SECONDS)

    @property
    def name(self) -> str:
        return str(self._me.get("username", ""))

    async def introduce(self) -> None:
        """Tells Telegram the menu of commands, in each language."""
        for language in LANGUAGES:
            commands = [BotCommand(name, sentence(f"tg_command_{name}", language)) for name in telegram_door.COMMANDS]
            with contextlib.suppress(TelegramError, Undelivered):  # the menu is a convenience: typed commands work without
                await self._app.bot.set_my_commands(commands, language_code=None if language == "fr" else language)

    # Updates in

    async def receive(self, body: Any) -> None:
        """Takes in one update of the webhook; when this returns, it will be answered."""
        update = read_update(body, self._state.owner, self._me)
        if update is not None:
            await self._dispatcher.accept([update])

    async def poll(self, stop: asyncio.Event) -> None:
        """Fetches updates until ``stop`` is set. They are confirmed to Telegram only once they are in the inbox."""
        bot, offset, pause = self._app.bot, 0, 1.0
        await bot.delete_webhook(drop_pending_updates=False)
        while not stop.is_set():
            if await self._dispatcher.crowded():
                await _first(stop, asyncio.sleep(1.0))
                continue
            try:
                found = await _first(stop, self._fetch(offset))
                if found:
                    await self._dispatcher.accept(filter(None, (read_update(body, self._state.owner, self._me) for body in found)))
                    offset = max((body["update_id"] for body in found), default=offset - 1) + 1
                pause = 1.0
            except FloodWait as error:
                await _first(stop, asyncio.sleep(error.seconds))
            except InvalidToken:
                raise BadSetting("Telegram refuses the token of JALON_TELEGRAM_TOKEN: copy it again from @BotFather.") from None
            except (NetworkError, Conflict, BotError) as error:
                if isinstance(error, Conflict):
                    LOG.warning("Another program fetches the updates of this bot: stop one of the two.")
                else:
                    LOG.warning("Updates cannot be fetched (%s); trying again.", type(error).__name__)
                await _first(stop, asyncio.sleep(pause))
                pause = min(pause * 2, 30.0)

    async def _fetch(self, offset: int) -> list[dict[str, Any]]:
        """Raw updates: the inbox keeps them as they came."""
        self._updates.found = []
        await self._app.bot.get_updates(offset or None, timeout=POLL_SECONDS, read_timeout=10, allowed_updates=KINDS)
        return self._updates.found

    async def register_webhook(self, url: str, secret: str) -> None:
        """Has Telegram send updates to ``url`` from now on. Raises BadSetting where it refuses the address."""
        await self._connect()
        await self.introduce()
        try:
            await self._app.bot.set_webhook(url, secret_token=secret, allowed_updates=list(KINDS), max_connections=40)
        except TelegramError as error:
            raise BadSetting(f"Telegram refuses the webhook {url} ({error.message}): check the address.") from None

    # Answers out

    def _crowded(self) -> bool:
        return self._dispatcher.busy > TYPING_AT_ONCE

    async def _answer(self, waiting: Waiting) -> None:
        """Answers one update; nothing that goes wrong in it reaches another."""
        update = Update.de_json(waiting.body, self._app.bot)
        chat = update.effective_chat
        if chat is None:
            return
        written = update.effective_message
        topic = getattr(written, "message_thread_id", None) if getattr(written, "is_topic_message", None) else None
        group = chat.type != "private"
        where = Where(chat.id, group, written.message_id if group and written and not update.callback_query else None, topic)
        ledger = Ledger(self._rooms, waiting, self._dispatcher.run)
        visit = Visit(self.desk, update, waiting, Delivery(self._app.bot, where, ledger, self._crowded))
        token = CURRENT.set(visit)
        try:
            if waiting.tries > TRIES:
                visit.trouble = None
                await self._crashed(update, None)
            else:
                await self._app.process_update(update)
        except Gone:
            await telegram_door.forget_quietly(visit)
        except Undelivered:
            visit.trouble = Undelivered()
        finally:
            CURRENT.reset(token)
        if visit.trouble is not None:
            raise Retry from visit.trouble

    def _handlers(self) -> None:
        add = self._app.add_handler
        add(TypeHandler(Update, self._door), group=-1)
        for names, action in (
            (("start",), telegram_door.start), (("aide", "help"), telegram_door.tell_help), (("oublier", "forget"), telegram_door.forget),
            (("mesdonnees", "mydata"), telegram_door.my_data), (("profil", "profile"), _private(telegram_profile.show_profile)),
            (("parcours", "path"), _private(telegram_profile.start_path)),
        ):  # fmt: skip
            add(CommandHandler(names, _visited(action)))
        add(CommandHandler(("langue", "language"), self._language))
        add(CommandHandler(("formations", "courses"), self._courses))
        add(CallbackQueryHandler(self._tapped))
        add(MessageHandler(filters.COMMAND, _visited(telegram_door.tell_help)))
        add(MessageHandler(filters.TEXT | filters.CAPTION, self._said))
        add(MessageHandler(filters.ALL & ~filters.StatusUpdate.ALL, self._shown))
        self._app.add_error_handler(self._crashed)

    async def _door(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        visit = visiting()
        if await telegram_door.left(visit):
            raise ApplicationHandlerStop
        words = ((visit.message and visit.message.text) or "").split()
        code = (
            words[-1] if words and not update.callback_query and (words[0].startswith("/start") or len(words) == 1) and len(words[-1]) >= 20 else None
        )
        if not await telegram_door.let_in(visit, code):
            raise ApplicationHandlerStop
        if code and not words[0].startswith("/") and visit.desk.settings.telegram_access != "open":
            await telegram_door.start(visit)
            raise ApplicationHandlerStop

    async def _language(self, _update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await telegram_door.language(visiting(), " ".join(context.args or ()))

    async def _courses(self, _update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await telegram_catalogue.show_courses(visiting(), clean(" ".join(context.args or ()))[:200])

    async def _said(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Words: the answer to what was asked last, or a question."""
        visit = visiting()
        words = self._words(visit)
        if is_blank(words):
            await visit.tell("no_words")
            return
        awaiting = (await visit.talk()).awaiting if update.edited_message is None else None
        kind, _, what = (awaiting or "").partition(":")
        if kind and words.rstrip().endswith("?"):
            await visit.await_words(None)  # a question is a question, also in the middle of a form
            kind = ""
        if kind == "profile":
            await telegram_profile.fill_slot(visit, what, words)
        elif kind == "path":
            await telegram_profile.goals_said(visit, words)
        elif kind == "reason":
            await telegram_answers.reason_in_words(visit, what, words)
        else:
            await telegram_answers.answer(visit, words)

    def _words(self, visit: Visit) -> str:
        """What the person wrote, without the mention of the bot."""
        written = visit.message
        text = clean((written and (written.text or written.caption)) or "")
        if not visit.private:
            at = text.lower().find(f"@{self.name}".lower())
            text = text if at < 0 else text[:at] + text[at + len(self.name) + 1 :]
        return text.strip()

    async def _shown(self, _update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A voice message, a picture, a sticker…: said kindly."""
        written = visiting().message
        kinds = ("voice", "video_note", "audio", "photo", "video", "sticker", "document", "location", "contact", "poll")
        kind = next((kind for kind in kinds if written and getattr(written, kind, None)), "other")
        await visiting().tell({"video_note": "sent_voice", "audio": "sent_voice", "voice": "sent_voice", "photo": "sent_photo", "video": "sent_photo",
                               "sticker": "sent_sticker", "document": "sent_document"}.get(kind, "sent_other"))  # fmt: skip

    async def _tapped(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button. Its data comes from a client, which may send anything."""
        visit = visiting()
        kind, _, rest = str((update.callback_query and update.callback_query.data) or "").partition(":")
        key, _, argument = rest.partition(":")
        if kind == "l":
            await telegram_door.language(visit, argument)
            return
        if kind in ("h", "v", "x"):
            await visit.toast()
            if not visit.private:
                await visit.tell("in_private")
            else:
                await {"h": telegram_profile.start_path, "v": telegram_profile.show_profile, "x": telegram_profile.clear_profile}[kind](visit)
            return
        needs, action = TAPS.get(kind, (None, None))
        card = {} if key == "-" and kind in ("n", "c") else await visit.card(key)
        if action is None or card is None or (needs and card.get("kind") != needs):
            await visit.toast("stale")
            return
        try:
            await action(visit, card, key, argument)
        except (IndexError, ValueError, KeyError):  # an argument that no button of ours has
            await visit.toast("stale")

    async def _crashed(self, _update: object, context: ContextTypes.DEFAULT_TYPE | None) -> None:
        """Tells the person, and the log without a word of theirs."""
        visit, error = visiting(), context.error if context else None
        if isinstance(error, Gone):
            await telegram_door.forget_quietly(visit)
            return
        if isinstance(error, Undelivered):
            visit.trouble = error
            return
        LOG.error("An update was not answered: %s%s.", type(error).__name__, _place(error))
        visit.trouble = None
        try:
            await visit.toast()
            await visit.tell("crashed")
        except Gone:
            await telegram_door.forget_quietly(visit)
        except Undelivered as undelivered:
            visit.trouble = undelivered
        except TelegramError as refused:
            LOG.error("The person could not be told: %s.", type(refused).__name__)


async def run(bot: TelegramBot, stop: asyncio.Event, ready: Callable[[], None] = lambda: None) -> None:
    """Polls until ``stop`` is set, then finishes what is under way; ``ready`` is called when the bot answers."""
    try:
        await bot.start()
        await bot.introduce()
        ready()
        await bot.poll(stop)
    finally:
        await bot.stop()


def _visited(action: Callable[[Visit], Awaitable[None]]) -> Callable[[Update, ContextTypes.DEFAULT_TYPE], Any]:
    async def handler(_update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        await action(visiting())

    return handler


def _private(action: Callable[[Visit], Awaitable[None]]) -> Callable[[Visit], Awaitable[None]]:
    """What shows a person's own data is not shown to a group."""

    async def careful(visit: Visit) -> None:
        await (action(visit) if visit.private else visit.tell("in_private"))

    return careful


def _place(error: BaseException | None) -> str:
    """Where it happened, as file and line: the message of an exception may quote the person."""
    trace = error.__traceback__ if error else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f" ({trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno})" if trace else ""


def silence() -> None:
    """The libraries may log addresses, which hold the token, and updates, which hold what people write."""
    for name in ("aiohttp", "telegram", "telegram.ext"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def same_secret(given: str | None, secret: str) -> bool:
    """Compares in constant time, whatever characters are given."""
    return hmac.compare_digest((given or "").encode("utf-8", "surrogateescape"), secret.encode())


async def _first(stop: asyncio.Event, work: Awaitable[Any]) -> Any:
    """The result of ``work``, or None as soon as ``stop`` is set."""
    task, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not task.done():
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return None
    return task.result()
