"""The database of state: one engine, its migrations, and erasure that leaves no byte behind.

SQLite (WAL) and PostgreSQL. Several processes share one database: every write begins with the lock it will need, and
migrations run under one lock at open.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from bots.errors import StateUnavailable

_MIGRATIONS = Path(__file__).with_name("migrations")
_BUSY_SECONDS = 15
"""How long a writer waits for another process before it gives up."""
_MIGRATION_LOCK = 7_205_113
"""The advisory lock of PostgreSQL under which migrations run; any number, the same in every process."""


class Database:
    """An open, migrated database. Thread-safe.

    Raises StateUnavailable, with what to do, when the URL means nothing or the server does not answer.
    """

    def __init__(self, url: str) -> None:
        parsed = _parsed(url)
        self.sqlite = parsed.get_backend_name() == "sqlite"
        # SQLite's own wait for a writer sleeps; between threads of one process a lock wakes the next one at once.
        self._turn: contextlib.AbstractContextManager[Any] = threading.Lock() if self.sqlite else contextlib.nullcontext()
        try:
            if self.sqlite:
                Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
            self.engine = _engine(parsed, self.sqlite)
            self._writing = self.engine.execution_options(immediate=True)
            self._migrate()
        except (OSError, SQLAlchemyError) as error:
            raise StateUnavailable(
                f"The database of state cannot be opened ({_reason(error)}); check JALON_DATABASE_URL, or that JALON_HOME can be written."
            ) from error

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading, in a transaction of its own."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise StateUnavailable(f"The database of state does not answer ({_reason(error)}); try again in a moment.") from error

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection whose transaction holds the write lock from its start (SQLite cannot upgrade a reader safely)."""
        try:
            with self._turn, self._writing.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise StateUnavailable(f"The database of state cannot be written ({_reason(error)}); try again in a moment.") from error

    def scrub(self, tables: tuple[str, ...]) -> None:
        """Makes deleted rows unreadable in the database's files: rewrites them without what was deleted.

        SQLite: VACUUM, then the write-ahead log is emptied. PostgreSQL: VACUUM FULL of ``tables``, which writes new
        files; its write-ahead log and its backups follow the server's own retention. Raises StateUnavailable when
        other processes keep the database busy for longer than the time-out.
        """
        give_up = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                if self._scrubbed(tables):
                    return
                reason = "a reader holds the write-ahead log"
            except (DBAPIError, sqlite3.OperationalError) as error:
                reason = _reason(error)
            if time.monotonic() > give_up:
                raise StateUnavailable(f"The rows are deleted, but traces of them are still in the files ({reason}); ask for the erasure again.")
            time.sleep(0.05)

    def _scrubbed(self, tables: tuple[str, ...]) -> bool:
        if self.sqlite:
            connection = self.engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute("VACUUM")
                busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                return not busy
            finally:
                connection.close()
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connected:
            for table in tables:
                connected.exec_driver_sql(f'VACUUM (FULL) "{table}"')
        return True

    def _migrate(self) -> None:
        with self._writing.begin() as connection:
            if not self.sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
            # Imported here: alembic is of no use to a process whose database is up to date.
            stamp = _stamp()
            if _stamped(connection) == stamp:
                return
            from alembic import command
            from alembic.config import Config

            config = Config()
            config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
            config.attributes["connection"] = connection
            # "heads": each channel may add tables in a branch of its own.
            command.upgrade(config, "heads")
            connection.execute(text("DELETE FROM keys WHERE name = 'migrations'"))
            connection.execute(text("INSERT INTO keys (name, value) VALUES ('migrations', :stamp)"), {"stamp": stamp})


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StateUnavailable("JALON_DATABASE_URL is not a database address; write it as postgresql://user:password@host/name.") from error
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise StateUnavailable(f"JALON_DATABASE_URL names a {parsed.get_backend_name()} database; Jalon keeps its state in PostgreSQL or SQLite.")
    if parsed.get_backend_name() == "sqlite" and not parsed.database:
        raise StateUnavailable("JALON_DATABASE_URL names a SQLite database without a file; write it as sqlite:////folder/state.sqlite.")
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed


def _engine(url: URL, sqlite: bool) -> Engine:
    if not sqlite:
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20, connect_args={"connect_timeout": 5})
    engine = create_engine(url, pool_size=10, max_overflow=30, connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: ConnectionPoolEntry) -> None:
        # The driver's own transactions begin too late and too weak; "begin" below does it.
        connection.isolation_level = None
        for pragma in ("secure_delete = ON", "temp_store = MEMORY", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        _switch_to_wal(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("immediate") else "BEGIN")

    return engine


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """The switch does not honour the busy time-out when several processes open a new file at once."""
    give_up = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.02)


def _stamp() -> str:
    """Names the set of migrations that this version of Jalon knows."""
    return " ".join(sorted(path.stem.split("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")))


def _stamped(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, "keys"):
        return None
    value = connection.execute(text("SELECT value FROM keys WHERE name = 'migrations'")).scalar()
    return None if value is None else str(value)


def _reason(error: Exception) -> str:
    """The first line of what the driver says, without the statement and its values, which may hold personal data."""
    said = str(getattr(error, "orig", None) or error)
    return said.strip().splitlines()[0] if said.strip() else type(error).__name__
