"""How much of the service one visitor may use a minute, counted in the database that all workers share."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa
from limits import RateLimitItemPerMinute
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from bots.database import Database
from bots.errors import StateUnavailable, TooManyRequests

_INCREASE = sa.text(
    """INSERT INTO shares (key, count, expires) VALUES (:key, :amount, :expires)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN shares.expires <= :now THEN :amount ELSE shares.count + :amount END,
        expires = CASE WHEN shares.expires <= :now THEN :expires ELSE shares.expires END
    RETURNING count"""
)


class DatabaseStorage(Storage):
    """The counters of the ``limits`` library in the table ``shares``; ``jalon serve`` clears out the past ones."""

    STORAGE_SCHEME = None

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database

    @property
    def base_exceptions(self) -> type[Exception]:
        return StateUnavailable

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = time.time()
        with self._database.write() as connection:
            return int(connection.execute(_INCREASE, {"key": key, "amount": amount, "now": now, "expires": now + expiry}).scalar_one())

    def get(self, key: str) -> int:
        return int(self._one("SELECT count FROM shares WHERE key = :key AND expires > :now", key) or 0)

    def get_expiry(self, key: str) -> float:
        return float(self._one("SELECT expires FROM shares WHERE key = :key AND expires > :now", key) or time.time())

    def check(self) -> bool:
        self._one("SELECT 1 WHERE :key = :key AND :now > 0", "")
        return True

    def reset(self) -> int | None:
        with self._database.write() as connection:
            return int(connection.execute(sa.text("DELETE FROM shares")).rowcount)

    def clear(self, key: str) -> None:
        with self._database.write() as connection:
            connection.execute(sa.text("DELETE FROM shares WHERE key = :key"), {"key": key})

    def _one(self, query: str, key: str) -> Any:
        with self._database.read() as connection:
            return connection.execute(sa.text(query), {"key": key, "now": time.time()}).scalar()


class Shares:
    """Counts what visitors ask for; whoever is over their share is told when to come back."""

    def __init__(self, database: Database, visitor: int, address: int) -> None:
        self._storage = DatabaseStorage(database)
        self._limiter = FixedWindowRateLimiter(self._storage)
        self._visitor, self._address = RateLimitItemPerMinute(visitor), RateLimitItemPerMinute(address)

    def take(self, address: str, visitor: str | None) -> None:
        """Counts one request; ``address`` and ``visitor`` are pseudonyms. Raises TooManyRequests."""
        for limit, who in ((self._visitor, visitor), (self._address, address)):
            if who is not None and not self._limiter.hit(limit, who):
                wait = self._storage.get_expiry(limit.key_for(who)) - time.time()
                raise TooManyRequests("Too many requests at once.", max(1, int(wait + 0.999)))
