"""What the Telegram bot keeps: updates seen and waiting, who talks where, what stands behind buttons, codes.

A Telegram user and a chat are known here by keyed hashes only (``State.owner``). The one exception is the update itself,
which waits in the inbox as Telegram sent it and is erased as soon as it is answered: the answer needs the chat's number.

An update is *taken in* once, under its id; it is *begun* by the process that holds its chat, and *finished* when it is
answered. What was already sent for it is written down message by message, so that another process can go on where one
was killed: a message known to be out is edited, one known not to be out is sent, and the one in doubt is left alone.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from assistant.records import Language
from bots.state import METADATA, State

DAY = 86_400
SEEN_SECONDS = 3 * DAY
"""Telegram keeps what it could not deliver for 24 hours; ids are kept long enough for the latest repetition."""
CARD_SECONDS = 30 * DAY
CARDS_KEPT = 60
"""Buttons of older answers of a person in a chat stop working; the person is told so."""
LINK_SECONDS = 15 * 60
INVITATION_SECONDS = 14 * DAY
UNKNOWN = 0
"""Stands for the id of a message of which nobody can tell whether it was sent."""

_seen = sa.Table(
    "telegram_seen", METADATA,
    sa.Column("bot", sa.BigInteger, primary_key=True), sa.Column("update_id", sa.BigInteger, primary_key=True), sa.Column("expires", sa.BigInteger),
)  # fmt: skip
_inbox = sa.Table(
    "telegram_inbox", METADATA,
    sa.Column("bot", sa.BigInteger, primary_key=True), sa.Column("update_id", sa.BigInteger, primary_key=True), sa.Column("chat", sa.String),
    sa.Column("person", sa.String), sa.Column("body", sa.Text), sa.Column("tries", sa.Integer), sa.Column("sending", sa.Integer),
    sa.Column("messages", sa.Text), sa.Column("card", sa.String), sa.Column("expires", sa.BigInteger),
)  # fmt: skip
_held = sa.Table(
    "telegram_held", METADATA,
    sa.Column("bot", sa.BigInteger, primary_key=True), sa.Column("chat", sa.String, primary_key=True), sa.Column("holder", sa.String),
    sa.Column("until", sa.Float),
)  # fmt: skip
_people = sa.Table(
    "telegram_people", METADATA,
    sa.Column("owner", sa.String, primary_key=True), sa.Column("language", sa.String), sa.Column("admitted", sa.String),
    sa.Column("account", sa.String), sa.Column("minute", sa.BigInteger), sa.Column("said", sa.Integer), sa.Column("created", sa.BigInteger),
    sa.Column("seen", sa.BigInteger),
)  # fmt: skip
_talks = sa.Table(
    "telegram_talks", METADATA,
    sa.Column("chat", sa.String, primary_key=True), sa.Column("owner", sa.String, primary_key=True), sa.Column("conversation_id", sa.String),
    sa.Column("awaiting", sa.String),
)  # fmt: skip
_cards = sa.Table(
    "telegram_cards", METADATA,
    sa.Column("id", sa.String, primary_key=True), sa.Column("chat", sa.String), sa.Column("owner", sa.String), sa.Column("body", sa.Text),
    sa.Column("expires", sa.BigInteger),
)  # fmt: skip
_codes = sa.Table(
    "telegram_codes", METADATA,
    sa.Column("hash", sa.String, primary_key=True), sa.Column("account", sa.String), sa.Column("uses", sa.Integer),
    sa.Column("expires", sa.BigInteger),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update as it came: ``chat`` and ``person`` are hashes, ``body`` is its JSON."""

    update_id: int
    chat: str
    person: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update to answer. ``tries`` counts this one; ``messages`` are the ids of what was sent in earlier tries, ``card`` is theirs."""

    update_id: int
    chat: str
    person: str
    body: dict[str, Any]
    tries: int
    messages: tuple[int, ...]
    card: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Who talks to the bot; ``count`` is the number of their messages in this minute, this one included."""

    owner: str
    language: Language
    admitted: str | None
    account: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Talk:
    """A person's conversation in one chat; ``awaiting`` names what their next words are the answer to."""

    conversation: str
    awaiting: str | None


class TelegramState:
    """The tables of one bot on the database of ``state``. Thread-safe; several processes may share them."""

    def __init__(self, state: State, bot: int, clock: Callable[[], float]) -> None:
        self.state = state
        self._database = state.database
        self._bot = bot
        self._clock = clock

    # The inbox

    def take_in(self, updates: Iterable[Incoming]) -> list[str]:
        """Keeps the updates that are new; returns their chats, each once, in order of arrival."""
        now, chats = int(self._clock()), dict[str, None]()
        with self._database.write() as db:
            for update in updates:
                if not _insert_new(db, {"bot": self._bot, "update_id": update.update_id, "expires": now + SEEN_SECONDS}):
                    continue
                row = {"chat": update.chat, "person": update.person, "body": json.dumps(update.body), "tries": 0, "messages": "[]"}
                db.execute(_inbox.insert().values(bot=self._bot, update_id=update.update_id, expires=now + SEEN_SECONDS, **row))
                chats[update.chat] = None
        return list(chats)

    def begin(self, chat: str, holder: str, until: float) -> Waiting | None:
        """The chat's oldest waiting update, for the one process that holds the chat; None where another holds it or none waits."""
        with self._database.write() as db:
            if not self._hold(db, chat, holder, until):
                return None
            return self._next(db, chat)

    def finish(self, waiting: Waiting, holder: str, until: float) -> Waiting | None:
        """Erases an answered update; the chat's next one, or None and the chat is let go."""
        with self._database.write() as db:
            db.execute(_inbox.delete().where(self._is(waiting.update_id)))
            held = self._hold(db, waiting.chat, holder, until)
            return self._next(db, waiting.chat) if held else None

    def let_go(self, chats: Iterable[str], holder: str) -> None:
        """Gives chats up without an answer: another process, or this one later, goes on with them."""
        with self._database.write() as db:
            db.execute(_held.delete().where(_held.c.bot == self._bot, _held.c.holder == holder, _held.c.chat.in_(list(chats))))

    def keep_hold(self, holder: str, until: float) -> None:
        with self._database.write() as db:
            db.execute(_held.update().where(_held.c.bot == self._bot, _held.c.holder == holder).values(until=until))

    def free_all(self) -> None:
        """Lets every chat go: for the one process that polls, when it starts, since nobody else can be at work."""
        with self._database.write() as db:
            db.execute(_held.delete().where(_held.c.bot == self._bot))

    def unheld(self, limit: int) -> list[str]:
        """Chats with something waiting that no living process holds, those that wait longest first."""
        held = sa.select(_held.c.chat).where(_held.c.bot == self._bot, _held.c.until > self._clock())
        wanted = sa.select(_inbox.c.chat).where(_inbox.c.bot == self._bot, _inbox.c.chat.not_in(held))
        with self._database.read() as db:
            return list(db.execute(wanted.group_by(_inbox.c.chat).order_by(sa.func.min(_inbox.c.update_id)).limit(limit)).scalars())

    def backlog(self) -> int:
        """How many updates wait."""
        with self._database.read() as db:
            return int(db.execute(sa.select(sa.func.count()).select_from(_inbox).where(_inbox.c.bot == self._bot)).scalar_one())

    def sending(self, update_id: int, slot: int | None) -> None:
        """Notes that message ``slot`` of the answer is about to be sent; None: it certainly was not."""
        with self._database.write() as db:
            db.execute(_inbox.update().where(self._is(update_id)).values(sending=slot))

    def sent(self, update_id: int, messages: tuple[int, ...]) -> None:
        """Notes the ids of the messages sent so far."""
        with self._database.write() as db:
            db.execute(_inbox.update().where(self._is(update_id)).values(sending=None, messages=json.dumps(messages)))

    def _is(self, update_id: int) -> sa.ColumnElement[bool]:
        return sa.and_(_inbox.c.bot == self._bot, _inbox.c.update_id == update_id)

    def _hold(self, db: sa.Connection, chat: str, holder: str, until: float) -> bool:
        this = sa.and_(_held.c.bot == self._bot, _held.c.chat == chat)
        free = sa.or_(_held.c.holder == holder, _held.c.until <= self._clock())
        if db.execute(_held.update().where(this, free).values(holder=holder, until=until)).rowcount:
            return True
        return _insert_new(db, {"bot": self._bot, "chat": chat, "holder": holder, "until": until}, _held)

    def _next(self, db: sa.Connection, chat: str) -> Waiting | None:
        here = sa.and_(_inbox.c.bot == self._bot, _inbox.c.chat == chat)
        row = db.execute(_inbox.select().where(here).order_by(_inbox.c.update_id).limit(1)).first()
        if row is None:
            db.execute(_held.delete().where(_held.c.bot == self._bot, _held.c.chat == chat))
            return None
        messages = list(json.loads(row.messages))
        if row.sending is not None:  # whoever sent it was killed before Telegram's reply: nobody can tell
            messages += [UNKNOWN] * (row.sending + 1 - len(messages))
        values = {"tries": row.tries + 1, "sending": None, "messages": json.dumps(messages)}
        db.execute(_inbox.update().where(self._is(row.update_id)).values(**values))
        return Waiting(row.update_id, chat, row.person, json.loads(row.body), row.tries + 1, tuple(messages), row.card)

    # People and their conversations

    def enter(self, owner: str, language: Language) -> Person:
        """Counts a message of the person; ``language`` is for those whom the bot does not know yet."""
        now = int(self._clock())
        with self._database.write() as db:
            row = db.execute(_people.select().where(_people.c.owner == owner)).first()
            if row is None:
                fresh = {"owner": owner, "language": language, "minute": now // 60, "said": 1, "created": now, "seen": now}
                _insert_new(db, fresh, _people)
                return Person(owner, language, None, None, 1)
            count = row.said + 1 if row.minute == now // 60 else 1
            db.execute(_people.update().where(_people.c.owner == owner).values(minute=now // 60, said=count, seen=now))
            return Person(owner, row.language, row.admitted, row.account, count)

    def set_language(self, owner: str, language: Language) -> None:
        with self._database.write() as db:
            db.execute(_people.update().where(_people.c.owner == owner).values(language=language))

    def talk(self, chat: str, owner: str, language: Language) -> Talk:
        """The person's conversation in the chat; a new one where there is none, or where it was erased or expired."""
        where = sa.and_(_talks.c.chat == chat, _talks.c.owner == owner)
        with self._database.read() as db:
            row = db.execute(_talks.select().where(where)).first()
        if row is not None:
            return Talk(row.conversation_id, row.awaiting)
        conversation = self.state.new_conversation("telegram", owner, language)
        with self._database.write() as db:
            if _insert_new(db, {"chat": chat, "owner": owner, "conversation_id": conversation}, _talks):
                return Talk(conversation, None)
            row = db.execute(_talks.select().where(where)).one()
        return Talk(row.conversation_id, row.awaiting)

    def await_words(self, chat: str, owner: str, what: str | None) -> None:
        """Notes what the person's next words in the chat are the answer to; None: a question like any other."""
        with self._database.write() as db:
            db.execute(_talks.update().where(_talks.c.chat == chat, _talks.c.owner == owner).values(awaiting=what))

    def forget(self, owner: str, update_id: int | None = None) -> int:
        """Erases a person, and the update that asked for it; later ones of theirs still wait. Returns how many rows went."""
        with self._database.write() as db:
            if update_id is not None:
                theirs = sa.and_(_inbox.c.bot == self._bot, _inbox.c.person == owner, _inbox.c.update_id <= update_id)
                db.execute(_inbox.delete().where(theirs))
        return self.state.forget(owner)

    def expire(self, days: float) -> None:
        """Erases people who did not come back for ``days``, and all that is past its date."""
        with self._database.write() as db:
            db.execute(_people.delete().where(_people.c.seen < int(self._clock() - days * DAY)))
        self.state.expire(days)

    # Cards: what stands behind the buttons of a message

    def keep_card(self, chat: str, owner: str, body: dict[str, Any], update_id: int | None = None) -> str:
        """Keeps what the buttons of a message stand for; returns a key short enough for Telegram's 64 bytes.

        With ``update_id`` the card also notes that the answer to this update is made, for a process that has to go on.
        """
        key, now = secrets.token_urlsafe(9), int(self._clock())
        mine = sa.and_(_cards.c.chat == chat, _cards.c.owner == owner)
        with self._database.write() as db:
            old = sa.select(_cards.c.id).where(mine).order_by(_cards.c.expires.desc(), _cards.c.id).offset(CARDS_KEPT - 1)
            for gone in db.execute(old).scalars().all():
                db.execute(_cards.delete().where(_cards.c.id == gone))
            db.execute(_cards.insert().values(id=key, chat=chat, owner=owner, body=json.dumps(body), expires=now + CARD_SECONDS))
            if update_id is not None:
                db.execute(_inbox.update().where(self._is(update_id)).values(card=key))
        return key

    def card(self, key: str, chat: str, owner: str) -> dict[str, Any] | None:
        """What was kept under the key; None where nothing is, or where it is another chat's or another person's."""
        here = sa.and_(_cards.c.id == key, _cards.c.chat == chat, _cards.c.owner == owner, _cards.c.expires > self._clock())
        with self._database.read() as db:
            row = db.execute(sa.select(_cards.c.body).where(here)).first()
        return None if row is None else dict(json.loads(row.body))

    # Invitations and links

    def new_code(self, kind: Literal["invitation", "link"], account: str | None = None, uses: int = 1) -> str:
        """A code of 128 random bits: an invitation for ``uses`` people, or a one-time link to a web account."""
        code = secrets.token_urlsafe(16)
        lasts = LINK_SECONDS if kind == "link" else INVITATION_SECONDS
        values = {"hash": _digest(code), "account": account, "uses": uses, "expires": int(self._clock()) + lasts}
        with self._database.write() as db:
            db.execute(_codes.insert().values(**values))
        return code

    def redeem(self, owner: str, code: str) -> Literal["invited", "linked"] | None:
        """Admits a person by a code and uses it up; None where the code is wrong, used up or too old."""
        valid = sa.and_(_codes.c.hash == _digest(code), _codes.c.uses > 0, _codes.c.expires > self._clock())
        with self._database.write() as db:
            row = db.execute(_codes.select().where(valid)).first()
            if row is None or not db.execute(_codes.update().where(valid).values(uses=_codes.c.uses - 1)).rowcount:
                return None
            how: Literal["invited", "linked"] = "linked" if row.account else "invited"
            values = {"admitted": how} | ({"account": row.account} if row.account else {})
            db.execute(_people.update().where(_people.c.owner == owner).values(**values))
            db.execute(_codes.delete().where(_codes.c.uses <= 0))
        return how


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()


def _insert_new(db: sa.Connection, row: dict[str, Any], table: sa.Table = _seen) -> bool:
    """Inserts a row unless its key is taken already, also by another process in this very moment."""
    if db.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_postgresql

        return bool(db.execute(insert_postgresql(table).values(**row).on_conflict_do_nothing()).rowcount)
    from sqlalchemy.dialects.sqlite import insert as insert_sqlite

    return bool(db.execute(insert_sqlite(table).values(**row).on_conflict_do_nothing()).rowcount)
