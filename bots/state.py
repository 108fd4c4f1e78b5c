"""Conversations, feedback and unanswered questions: what Jalon remembers of people, and how it forgets.

A person is an ``owner``: a keyed hash of what the channel calls them, from which nobody gets back to the person without
the key. Every table of the database that has a column ``owner`` or ``conversation_id`` takes part in erasure and
export, whichever module defines it, so that a channel's own tables (telegram, advisers) need no code here. A table
with a column ``expires`` (seconds since the epoch) loses its rows once they are past it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeVar

import sqlalchemy as sa
from pydantic import TypeAdapter

from assistant.records import Answer, Language, Memory
from bots.database import Database
from bots.errors import NotFound
from bots.gaps import Gap, by_theme
from bots.masking import mask

METADATA = sa.MetaData()
Rating = Literal["up", "down"]
_Record = TypeVar("_Record")
_DAY = 86_400

_keys = sa.Table("keys", METADATA, sa.Column("name", sa.String, primary_key=True), sa.Column("value", sa.String))
_conversations = sa.Table(
    "conversations", METADATA,
    sa.Column("id", sa.String, primary_key=True), sa.Column("channel", sa.String), sa.Column("owner", sa.String),
    sa.Column("language", sa.String), sa.Column("memory", sa.Text), sa.Column("created", sa.BigInteger), sa.Column("seen", sa.BigInteger),
)  # fmt: skip
_turns = sa.Table(
    "turns", METADATA,
    sa.Column("id", sa.Integer, primary_key=True), sa.Column("conversation_id", sa.String), sa.Column("question", sa.Text),
    sa.Column("answer", sa.Text), sa.Column("created", sa.BigInteger),
)  # fmt: skip
_feedback = sa.Table(
    "feedback", METADATA,
    sa.Column("turn_id", sa.Integer, primary_key=True), sa.Column("conversation_id", sa.String), sa.Column("rating", sa.String),
    sa.Column("reason", sa.String), sa.Column("comment", sa.Text), sa.Column("created", sa.BigInteger),
)  # fmt: skip
_unanswered = sa.Table(
    "unanswered", METADATA,
    sa.Column("id", sa.Integer, primary_key=True), sa.Column("conversation_id", sa.String), sa.Column("question", sa.Text),
    sa.Column("intent", sa.String), sa.Column("document", sa.Text), sa.Column("channel", sa.String), sa.Column("language", sa.String),
    sa.Column("created", sa.BigInteger),
)  # fmt: skip

# What happens for every question is built once: building such statements takes longer than running them.
_BEGIN = _conversations.insert()
_REMEMBER = _conversations.update().where(_conversations.c.id == sa.bindparam("conversation"))
_ADD_TURN = _turns.insert()


@dataclass(frozen=True, slots=True)
class Conversation:
    """Who talks, where and since when; times in UTC."""

    id: str
    channel: str
    owner: str | None
    language: Language
    created: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class SavedTurn:
    """A question and the answer that was shown; ``rating`` is what the person thought of it."""

    id: int
    conversation: str
    question: str
    answer: Answer
    created: datetime
    rating: Rating | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that the documents did not answer, masked; ``document`` is what was found nearest."""

    question: str
    intent: str
    document: str | None
    channel: str
    language: str
    created: datetime


class State:
    """The state behind one database URL (SQLite or PostgreSQL). Thread-safe; several processes may share the database.

    Every method raises StateUnavailable when the database does not answer. ``clock`` gives seconds since the epoch.
    """

    def __init__(self, url: str, clock: Callable[[], float] = time.time) -> None:
        self.database = Database(url)
        self._clock = clock
        self._key = self._secret("pseudonyms")

    def close(self) -> None:
        self.database.close()

    def ready(self) -> None:
        """Raises StateUnavailable unless the database answers."""
        with self.database.read() as connection:
            connection.execute(sa.text("SELECT 1"))

    def owner(self, channel: str, identifier: str) -> str:
        """The pseudonym of a person: always the same for the same channel and identifier, of no use without the key."""
        return hmac.new(self._key, f"{channel}\0{identifier}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:40]

    # Conversations

    def new_conversation(self, channel: str, owner: str | None = None, language: Language = "fr") -> str:
        """Opens a conversation; its id (192 random bits) is all it takes to continue it."""
        with self.database.write() as connection:
            return self.begin_conversation(connection, channel, owner, language)

    def begin_conversation(self, connection: sa.Connection, channel: str, owner: str | None, language: Language) -> str:
        """The same inside a transaction for writing."""
        conversation, now = secrets.token_urlsafe(24), self._now()
        row = {"id": conversation, "channel": channel, "owner": owner, "language": language, "memory": _dump(Memory()), "created": now, "seen": now}
        connection.execute(_BEGIN, row)
        return conversation

    def conversation(self, conversation_id: str) -> Conversation | None:
        with self.database.read() as connection:
            row = connection.execute(_conversations.select().where(_conversations.c.id == _clean(conversation_id))).mappings().first()
        return _conversation(row) if row else None

    def conversations(self, owner: str) -> list[Conversation]:
        """The conversations of a person, the one last used first."""
        newest = (_conversations.c.seen.desc(), _conversations.c.created.desc())
        with self.database.read() as connection:
            rows = connection.execute(_conversations.select().where(_conversations.c.owner == owner).order_by(*newest)).mappings().all()
        return [_conversation(row) for row in rows]

    def memory(self, conversation_id: str) -> Memory | None:
        """What the conversation remembers; None when there is no such conversation (never begun, erased or expired)."""
        with self.database.read() as connection:
            found = connection.execute(sa.select(_conversations.c.memory).where(_conversations.c.id == _clean(conversation_id))).scalar()
        return None if found is None else read_memory(found)

    def save_memory(self, conversation_id: str, memory: Memory) -> bool:
        """Keeps a memory that changed without a turn (a profile filled in by a form); False when there is no such conversation."""
        with self.database.write() as connection:
            values = {"memory": _dump(memory), "seen": self._now()}
            changed = connection.execute(_conversations.update().where(_conversations.c.id == _clean(conversation_id)).values(**values))
        return bool(changed.rowcount)

    def save_turn(self, conversation_id: str, question: str, answer: Answer, memory: Memory) -> int:
        """Keeps a turn and the memory after it, both or neither; returns the id of the turn.

        Raises NotFound when the conversation was erased in the meantime: then nothing is kept.
        """
        with self.database.write() as connection:
            return self.add_turn(connection, conversation_id, question, answer, memory)

    def add_turn(self, connection: sa.Connection, conversation_id: str, question: str, answer: Answer, memory: Memory) -> int:
        """The same inside a transaction for writing."""
        now = self._now()
        after = {"conversation": _clean(conversation_id), "memory": _dump(memory), "seen": now, "language": answer.language}
        if not connection.execute(_REMEMBER, after).rowcount:
            raise NotFound("This conversation was erased; ask your question again to begin another.")
        turn = {"conversation_id": conversation_id, "question": _clean(question), "answer": _dump(answer), "created": now}
        key = connection.execute(_ADD_TURN, turn).inserted_primary_key
        return int(key[0]) if key else 0

    def turns(self, conversation_id: str) -> list[SavedTurn]:
        """The turns of a conversation, in order."""
        return self._turns(_turns.c.conversation_id == _clean(conversation_id))

    def turn(self, turn_id: int) -> SavedTurn | None:
        found = self._turns(_turns.c.id == turn_id) if 0 < turn_id < 2**31 else []
        return found[0] if found else None

    def _turns(self, where: sa.ColumnElement[bool]) -> list[SavedTurn]:
        query = (
            sa.select(_turns, _feedback.c.rating, _feedback.c.reason)
            .outerjoin(_feedback, _feedback.c.turn_id == _turns.c.id)
            .where(where)
            .order_by(_turns.c.id)
        )
        with self.database.read() as connection:
            rows = connection.execute(query).mappings().all()
        return [
            SavedTurn(
                row["id"], row["conversation_id"], row["question"], _load(Answer, row["answer"]), _time(row["created"]), row["rating"], row["reason"]
            )
            for row in rows
        ]

    # What people think of answers, and what was not answered

    def feedback(self, turn_id: int, rating: Rating, reason: str | None = None, comment: str | None = None) -> bool:
        """Keeps what a person thinks of an answer, in place of what they said before; False when there is no such turn."""
        with self.database.write() as connection:
            conversation = connection.execute(sa.select(_turns.c.conversation_id).where(_turns.c.id == turn_id)).scalar()
            if conversation is None:
                return False
            connection.execute(_feedback.delete().where(_feedback.c.turn_id == turn_id))
            connection.execute(
                _feedback.insert().values(
                    turn_id=turn_id,
                    conversation_id=conversation,
                    rating=rating,
                    reason=_short(reason, 40),
                    comment=_short(comment, 2000),
                    created=self._now(),
                )
            )
        return True

    def record_unanswered(self, answer: Answer, channel: str = "cli", conversation_id: str | None = None) -> None:
        """Puts the question of an abstention on the list, without personal data; does nothing for any other answer.

        The conversation is kept only so that its erasure takes the entry along; expiry cuts the tie.
        """
        if answer.abstained:
            with self.database.write() as connection:
                self.add_unanswered(connection, answer, channel, conversation_id)

    def add_unanswered(self, connection: sa.Connection, answer: Answer, channel: str, conversation_id: str | None) -> None:
        """The same inside a transaction for writing, for an abstention."""
        document = answer.programme.document if answer.programme else answer.citations[0].document if answer.citations else None
        row = {"question": mask(_clean(answer.question)), "intent": answer.intent, "document": document, "channel": channel}
        connection.execute(_unanswered.insert().values(**row, conversation_id=conversation_id, language=answer.language, created=self._now()))

    def unanswered(self, since: datetime | None = None, limit: int = 10_000) -> list[Unanswered]:
        """The unanswered questions, newest first."""
        query = _unanswered.select().order_by(_unanswered.c.id.desc()).limit(limit)
        if since:
            query = query.where(_unanswered.c.created >= int(since.timestamp()))
        with self.database.read() as connection:
            rows = connection.execute(query).mappings().all()
        return [Unanswered(row["question"], row["intent"], row["document"], row["channel"], row["language"], _time(row["created"])) for row in rows]

    def gaps(self, days: int) -> list[Gap]:
        """The unanswered questions of the last ``days``, by theme."""
        return by_theme(self.unanswered(_time(self._now()) - timedelta(days=days)))

    # The person stays in charge

    def export(self, owner: str) -> dict[str, list[dict[str, Any]]]:
        """All that is kept about a person: table name -> rows, readable as they are."""
        with self.database.read() as connection:
            ids = sa.select(_conversations.c.id).where(_conversations.c.owner == owner)
            found: dict[str, list[dict[str, Any]]] = {}
            for table in self._tables(connection):
                where = _about(table, owner, ids)
                if where is not None:
                    found[table.name] = [_readable(row) for row in connection.execute(table.select().where(where)).mappings()]
        return {name: rows for name, rows in found.items() if rows}

    def forget(self, owner_or_conversation: str) -> int:
        """Erases a person, or one conversation, from the database and its files; returns how many rows went.

        Raises StateUnavailable when the rows are deleted but the files could not be rewritten in time.
        """
        wanted = _clean(owner_or_conversation)
        ids = sa.select(_conversations.c.id).where(sa.or_(_conversations.c.owner == wanted, _conversations.c.id == wanted))
        gone, touched = 0, ["conversations"]
        with self.database.write() as connection:
            conversations = list(connection.execute(ids).scalars())
            for table in reversed(self._tables(connection)):
                where = _about(table, wanted, conversations)
                if where is not None and table.name != "conversations":
                    deleted = connection.execute(table.delete().where(where)).rowcount
                    gone += deleted
                    touched += [table.name] if deleted else []
            gone += connection.execute(_conversations.delete().where(_conversations.c.id.in_(conversations))).rowcount
        # Also when nothing was found: an erasure that was cut short is finished by asking again.
        self.database.scrub(tuple(touched))
        return gone

    def expire(self, days: float) -> int:
        """Erases the conversations that nobody used for ``days`` and every row past its ``expires``; returns how many went."""
        now = self._now()
        with self.database.write() as connection:
            gone = connection.execute(_conversations.delete().where(_conversations.c.seen < now - int(days * _DAY))).rowcount
            for table in self._tables(connection):
                if "expires" in table.c:
                    deleted = connection.execute(table.delete().where(table.c.expires < now)).rowcount
                    gone += deleted if table.name != "shares" else 0
        if gone:
            self.database.scrub(("turns", "feedback", "conversations"))
        return gone

    def _tables(self, connection: sa.Connection) -> list[sa.Table]:
        """The tables as they are in the database, parents first: those of every channel, imported here or not."""
        found = sa.MetaData()
        found.reflect(connection)
        return [table for table in found.sorted_tables if table.name not in ("alembic_version", "keys")]

    def _secret(self, name: str) -> bytes:
        with self.database.write() as connection:
            value = connection.execute(sa.select(_keys.c.value).where(_keys.c.name == name)).scalar()
            if value is None:
                value = secrets.token_hex(32)
                connection.execute(_keys.insert().values(name=name, value=value))
        return bytes.fromhex(value)

    def _now(self) -> int:
        return int(self._clock())


def _about(table: sa.Table, owner: str, conversations: Any) -> sa.ColumnElement[bool] | None:
    """The rows of a table that are about a person; None for a table that is about nobody."""
    conditions = []
    if "owner" in table.c:
        conditions.append(table.c.owner == owner)
    if "conversation_id" in table.c:
        conditions.append(table.c.conversation_id.in_(conversations))
    return sa.or_(*conditions) if conditions else None


def _conversation(row: Mapping[Any, Any]) -> Conversation:
    return Conversation(row["id"], row["channel"], row["owner"], row["language"], _time(row["created"]), _time(row["seen"]))


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def _adapter(record: type) -> TypeAdapter[Any]:
    if record not in _ADAPTERS:
        _ADAPTERS[record] = TypeAdapter(record)
    return _ADAPTERS[record]


def _dump(record: Memory | Answer) -> str:
    # ASCII: what cannot be written in UTF-8 (a lone surrogate) or in PostgreSQL (NUL) stays an escape of JSON.
    return json.dumps(_adapter(type(record)).dump_python(record, mode="python"), default=_plain, ensure_ascii=True)


def _plain(value: Any) -> str:
    return str(value.isoformat())


def _load(record: type[_Record], text: str) -> _Record:
    loaded: _Record = _adapter(record).validate_python(json.loads(text))
    return loaded


def read_memory(text: str) -> Memory:
    """A memory as the column ``memory`` keeps it."""
    return _load(Memory, text)


def _readable(row: Mapping[Any, Any]) -> dict[str, Any]:
    readable = {}
    for name, value in row.items():
        if name in ("created", "seen", "expires"):
            value = _time(value).isoformat()
        elif name in ("memory", "answer"):
            value = json.loads(value)
        readable[str(name)] = value
    return readable


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _clean(text: str) -> str:
    """Without what no database takes: NUL, and halves of surrogate pairs."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _short(text: str | None, most: int) -> str | None:
    return _clean(text)[:most] if text else None
