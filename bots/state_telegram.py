"""What the Telegram bot keeps: updates seen and waiting, who talks where, what stands behind buttons, codes.

A Telegram user and a chat are known here by keyed hashes only (``State.owner``). The one exception is the update itself,
which waits in the inbox as Telegram sent it and is erased as soon as it is answered: the answer needs the chat's number.

An update is *taken in* once, under its id; it is *begun* by the process that holds its chat, and *finished* when it is
answered. What was already sent for it is written down message by message, so that another process can go on where one
was killed: a message known to be out is edited, one known not to be out is sent, and the one in doubt is left alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from assistant.records import Answer, Language, Memory
from bots.errors import NotFound
from bots.state import METADATA, State, read_memory

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


# What happens for every update is written out: building such statements from parts takes longer than running them.
_SEE = sa.text("INSERT INTO telegram_seen (bot, update_id, expires) VALUES (:bot, :update, :expires) ON CONFLICT DO NOTHING")
_KEEP = sa.text(
    "INSERT INTO telegram_inbox (bot, update_id, chat, person, body, tries, messages, expires)"
    " VALUES (:bot, :update, :chat, :person, :body, 0, '[]', :expires) ON CONFLICT DO NOTHING"
)
_HOLD = sa.text(
    "INSERT INTO telegram_held (bot, chat, holder, until) VALUES (:bot, :chat, :holder, :until) ON CONFLICT (bot, chat) DO UPDATE"
    " SET holder = excluded.holder, until = excluded.until WHERE telegram_held.holder = excluded.holder OR telegram_held.until <= :now"
)
_NEXT = sa.text(
    "SELECT update_id, person, body, tries, sending, messages, card FROM telegram_inbox WHERE bot = :bot AND chat = :chat"
    " AND EXISTS (SELECT 1 FROM telegram_held WHERE bot = :bot AND chat = :chat AND holder = :holder) ORDER BY update_id LIMIT 1"
)
_TRY = sa.text("UPDATE telegram_inbox SET tries = tries + 1, sending = NULL, messages = :messages WHERE bot = :bot AND update_id = :update")
_FINISH = sa.text("DELETE FROM telegram_inbox WHERE bot = :bot AND update_id = :update")
_FREE = sa.text("DELETE FROM telegram_held WHERE bot = :bot AND chat = :chat AND holder = :holder")
_SENDING = sa.text("UPDATE telegram_inbox SET sending = :slot, messages = :messages WHERE bot = :bot AND update_id = :update")
_TALK = sa.text(
    "SELECT conversation_id, awaiting, conversations.memory FROM telegram_talks JOIN conversations ON conversations.id = conversation_id"
    " WHERE chat = :chat AND telegram_talks.owner = :owner"
)
_CARD = sa.text("INSERT INTO telegram_cards (id, chat, owner, body, expires) VALUES (:id, :chat, :owner, :body, :expires)")
_CARDS_PRUNE = sa.text(
    "DELETE FROM telegram_cards WHERE chat = :chat AND owner = :owner AND id NOT IN"
    " (SELECT id FROM telegram_cards WHERE chat = :chat AND owner = :owner ORDER BY expires DESC, id LIMIT :kept)"
)
_MADE = sa.text("UPDATE telegram_inbox SET card = :card WHERE bot = :bot AND update_id = :update")
_NAME = sa.text("INSERT INTO keys (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
_NAMED = sa.text("SELECT value FROM keys WHERE name = :name")
_OPEN = sa.text("INSERT INTO telegram_talks (chat, owner, conversation_id) VALUES (:chat, :owner, :conversation) ON CONFLICT DO NOTHING")
_ENTER = sa.text(
    "INSERT INTO telegram_people (owner, language, minute, said, created, seen) VALUES (:owner, :language, :minute, 1, :now, :now)"
    " ON CONFLICT (owner) DO UPDATE SET said = CASE WHEN telegram_people.minute = :minute THEN telegram_people.said + 1 ELSE 1 END,"
    " minute = :minute, seen = :now RETURNING language, admitted, account, said"
)


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
    """A person's conversation in one chat; ``awaiting`` names what their next words are the answer to, ``memory`` is as it was read."""

    conversation: str
    awaiting: str | None
    memory: Memory


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
        chats, expires = dict[str, None](), int(self._clock()) + SEEN_SECONDS
        with self._database.write() as db:
            for update in updates:
                key = {"bot": self._bot, "update": update.update_id, "expires": expires}
                if db.execute(_SEE, key).rowcount:
                    db.execute(_KEEP, key | {"chat": update.chat, "person": update.person, "body": json.dumps(update.body)})
                    chats[update.chat] = None
        return list(chats)

    def begin(self, chat: str, holder: str, until: float) -> Waiting | None:
        """The chat's oldest waiting update, for the one process that holds the chat; None where another holds it or none waits."""
        with self._database.write() as db:
            values = {"bot": self._bot, "chat": chat, "holder": holder, "until": until, "now": self._clock()}
            return self._next(db, chat, holder) if db.execute(_HOLD, values).rowcount else None

    def finish(self, waiting: Waiting, holder: str) -> Waiting | None:
        """Erases an answered update; the chat's next one, or None and the chat is let go."""
        with self._database.write() as db:
            db.execute(_FINISH, {"bot": self._bot, "update": waiting.update_id})
            return self._next(db, waiting.chat, holder)

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

    def sending(self, update_id: int, slot: int | None, messages: tuple[int, ...]) -> None:
        """Notes the messages sent so far, and that ``slot`` is about to be sent; None: none is in doubt."""
        with self._database.write() as db:
            db.execute(_SENDING, {"bot": self._bot, "update": update_id, "slot": slot, "messages": json.dumps(messages)})

    def _next(self, db: sa.Connection, chat: str, holder: str) -> Waiting | None:
        here = {"bot": self._bot, "chat": chat, "holder": holder}
        row = db.execute(_NEXT, here).first()
        if row is None:
            db.execute(_FREE, here)
            return None
        messages = list(json.loads(row.messages))
        if row.sending is not None:  # whoever sent it was killed before Telegram's reply: nobody can tell
            messages += [UNKNOWN] * (row.sending + 1 - len(messages))
        db.execute(_TRY, {"bot": self._bot, "update": row.update_id, "messages": json.dumps(messages)})
        return Waiting(row.update_id, chat, row.person, json.loads(row.body), row.tries + 1, tuple(messages), row.card)

    # People and their conversations

    def enter(self, chat: str, owner: str, language: Language) -> tuple[Person, Talk | None]:
        """Counts a message of the person, and finds their conversation in the chat; ``language`` is for newcomers."""
        now = int(self._clock())
        with self._database.write() as db:
            talk = db.execute(_TALK, {"chat": chat, "owner": owner}).first()
            row = db.execute(_ENTER, {"owner": owner, "language": language, "minute": now // 60, "now": now}).one()
        known = Talk(talk.conversation_id, talk.awaiting, read_memory(talk.memory)) if talk else None
        return Person(owner, row.language, row.admitted, row.account, row.said), known

    def set_language(self, owner: str, language: Language) -> None:
        with self._database.write() as db:
            db.execute(_people.update().where(_people.c.owner == owner).values(language=language))

    def open_talk(self, chat: str, owner: str, language: Language) -> Talk:
        """The person's conversation in the chat, begun where there is none."""
        here = {"chat": chat, "owner": owner}
        with self._database.write() as db:
            row = db.execute(_TALK, here).first()
            if row is not None:
                return Talk(row.conversation_id, row.awaiting, read_memory(row.memory))
            conversation = self.state.begin_conversation(db, "telegram", owner, language)
            db.execute(_OPEN, here | {"conversation": conversation})
        return Talk(conversation, None, Memory())

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

    def keep_card(self, chat: str, owner: str, body: dict[str, Any]) -> str:
        """Keeps what the buttons of a message stand for; returns a key short enough for Telegram's 64 bytes."""
        with self._database.write() as db:
            return self._keep_card(db, chat, owner, body)

    def keep_answer(
        self, waiting: Waiting, conversation: str, question: str, answer: Answer, memory: Memory, body: dict[str, Any]
    ) -> tuple[int | None, str]:
        """Keeps a turn and the card of its message, both or neither; returns the turn and the card's key.

        The turn is None where the conversation was erased while the answer was made: then it is sent but not kept.
        """
        turn: int | None = None
        with self._database.write() as db:
            with contextlib.suppress(NotFound):
                turn = self.state.add_turn(db, conversation, question, answer, memory)
                if answer.abstained:
                    self.state.add_unanswered(db, answer, "telegram", conversation)
            return turn, self._keep_card(db, waiting.chat, waiting.person, body | {"turn": turn}, waiting.update_id)

    def _keep_card(self, db: sa.Connection, chat: str, owner: str, body: dict[str, Any], update_id: int | None = None) -> str:
        """With ``update_id`` it also notes, for a process that has to go on, that the answer to this update is made."""
        key, expires = secrets.token_urlsafe(9), int(self._clock()) + CARD_SECONDS
        db.execute(_CARDS_PRUNE, {"chat": chat, "owner": owner, "kept": CARDS_KEPT - 1})
        db.execute(_CARD, {"id": key, "chat": chat, "owner": owner, "body": json.dumps(body), "expires": expires})
        if update_id is not None:
            db.execute(_MADE, {"bot": self._bot, "update": update_id, "card": key})
        return key

    def card(self, key: str, chat: str, owner: str) -> dict[str, Any] | None:
        """What was kept under the key; None where nothing is, or where it is another chat's or another person's."""
        here = sa.and_(_cards.c.id == key, _cards.c.chat == chat, _cards.c.owner == owner, _cards.c.expires > self._clock())
        with self._database.read() as db:
            row = db.execute(sa.select(_cards.c.body).where(here)).first()
        return None if row is None else dict(json.loads(row.body))

    # Who the bot is, for the pages of the web

    def name_bot(self, username: str) -> None:
        """Notes the bot's name, which only Telegram knows."""
        with self._database.write() as db:
            db.execute(_NAME, {"name": f"telegram-{self._bot}", "value": username})

    def bot_name(self) -> str | None:
        """The bot's name; None until it has been at work once."""
        with self._database.read() as db:
            found = db.execute(_NAMED, {"name": f"telegram-{self._bot}"}).scalar()
        return None if found is None else str(found)

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
