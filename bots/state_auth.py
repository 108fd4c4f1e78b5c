"""Accounts, sessions, sign-ins under way, wrong tries and the audit trail, on the database of state.

Times are whole seconds since 1970 (UTC). A session's token is known to the browser alone: the table holds its SHA-256,
so that whoever reads the database can enter nowhere. The audit trail names accounts and paths by their ids only.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bots.database import Database
from bots.errors import BotError, NotFound
from bots.state import METADATA

Role = Literal["agent", "adviser", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""From the least to the most: whoever has a role may do what the ones before it may."""

_accounts = sa.Table(
    "accounts", METADATA,
    sa.Column("id", sa.String, primary_key=True), sa.Column("login", sa.String), sa.Column("issuer", sa.String), sa.Column("subject", sa.String),
    sa.Column("name", sa.String), sa.Column("role", sa.String), sa.Column("pinned", sa.Boolean), sa.Column("password", sa.String),
    sa.Column("created", sa.BigInteger),
)  # fmt: skip
_signed_in = sa.Table(
    "signed_in", METADATA,
    sa.Column("hash", sa.String, primary_key=True), sa.Column("handle", sa.String), sa.Column("account", sa.String),
    sa.Column("created", sa.BigInteger), sa.Column("seen", sa.BigInteger), sa.Column("id_token", sa.Text), sa.Column("expires", sa.BigInteger),
)  # fmt: skip
_signing_in = sa.Table(
    "signing_in", METADATA,
    sa.Column("hash", sa.String, primary_key=True), sa.Column("browser", sa.String), sa.Column("nonce", sa.String),
    sa.Column("verifier", sa.String), sa.Column("target", sa.String), sa.Column("expires", sa.BigInteger),
)  # fmt: skip
_tries = sa.Table(
    "login_tries", METADATA,
    sa.Column("hash", sa.String, primary_key=True), sa.Column("tried", sa.Integer), sa.Column("expires", sa.BigInteger),
)  # fmt: skip
_audit = sa.Table(
    "audit", METADATA,
    sa.Column("id", sa.Integer, primary_key=True), sa.Column("at", sa.BigInteger), sa.Column("account", sa.String),
    sa.Column("action", sa.String), sa.Column("object", sa.String),
)  # fmt: skip

SIGN_IN_SECONDS = 600
"""Time for signing in at an issuer, from leaving to coming back."""


class AccountExists(BotError):
    """There is an account of that name already."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in: locally (``login``), or through an issuer (``issuer``, ``subject``)."""

    id: str
    login: str | None
    issuer: str | None
    subject: str | None
    name: str
    role: Role
    pinned: bool
    created: int

    def may(self, role: Role) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An open session of an account."""

    handle: str
    account: Account
    created: int
    seen: int
    id_token: str | None


@dataclass(frozen=True, slots=True)
class AuditLine:
    at: int
    account: str | None
    action: str
    object: str | None


@dataclass(frozen=True, slots=True)
class SigningIn:
    """A sign-in that has left for the issuer."""

    state: str
    nonce: str
    verifier: str
    target: str


def digest(secret: str) -> str:
    """What is stored of a random token: its SHA-256. Tokens have 256 bits of chance, so no salt is needed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class Accounts:
    """Who may enter, in ``database``; ``clock`` gives seconds since 1970. Thread-safe."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def _now(self) -> int:
        return int(self._clock())

    # Accounts

    def add(self, login: str, password: str, role: Role, name: str = "") -> Account:
        """Opens a local account; ``password`` is the hash. Raises AccountExists."""
        values = {"id": secrets.token_hex(8), "login": login.casefold(), "name": name or login, "role": role, "pinned": True}
        self.check_free(login)
        with self._database.write() as db:
            db.execute(sa.insert(_accounts).values(password=password, created=self._now(), **values))
        return self.find(login)

    def check_free(self, login: str) -> None:
        """Raises AccountExists."""
        with self._database.read() as db:
            if db.execute(sa.select(_accounts.c.id).where(_accounts.c.login == login.casefold())).first() is not None:
                raise AccountExists(f"There is an account {login} already; choose another login, or remove it first.")

    def accounts(self) -> list[Account]:
        with self._database.read() as db:
            return [_account(row) for row in db.execute(sa.select(_accounts).order_by(_accounts.c.created, _accounts.c.id))]

    def get(self, account_id: str) -> Account:
        """Raises NotFound."""
        with self._database.read() as db:
            row = db.execute(sa.select(_accounts).where(_accounts.c.id == account_id)).first()
        if row is None:
            raise NotFound("No such account.")
        return _account(row)

    def find(self, login: str) -> Account:
        """The account with that login, or with that id. Raises NotFound."""
        with self._database.read() as db:
            row = db.execute(sa.select(_accounts).where((_accounts.c.login == login.casefold()) | (_accounts.c.id == login))).first()
        if row is None:
            raise NotFound(f"No account {login}; `jalon user list` shows those there are.")
        return _account(row)

    def password_of(self, login: str) -> tuple[Account | None, str | None]:
        """The account with that login and its password's hash; (None, None) where there is none."""
        with self._database.read() as db:
            row = db.execute(sa.select(_accounts).where(_accounts.c.login == login.casefold())).first()
        return (_account(row), cast("str | None", row.password)) if row is not None else (None, None)

    def set_password(self, account_id: str, password: str) -> None:
        with self._database.write() as db:
            db.execute(sa.update(_accounts).where(_accounts.c.id == account_id).values(password=password))

    def set_role(self, account_id: str, role: Role) -> None:
        """Gives a role by hand and ends the account's sessions, which were opened under the old one."""
        with self._database.write() as db:
            db.execute(sa.update(_accounts).where(_accounts.c.id == account_id).values(role=role, pinned=True))
            db.execute(sa.delete(_signed_in).where(_signed_in.c.account == account_id))

    def remove(self, account_id: str) -> None:
        with self._database.write() as db:
            db.execute(sa.delete(_signed_in).where(_signed_in.c.account == account_id))
            db.execute(sa.delete(_accounts).where(_accounts.c.id == account_id))

    def known(self, issuer: str, subject: str, name: str, role: Role) -> Account:
        """The account of somebody an issuer has vouched for, opened at their first visit; a pinned role stays."""
        where = (_accounts.c.issuer == issuer) & (_accounts.c.subject == subject)
        with self._database.write() as db:
            row = db.execute(sa.select(_accounts).where(where)).first()
            if row is None:
                values = {"id": secrets.token_hex(8), "issuer": issuer, "subject": subject, "pinned": False, "created": self._now()}
                db.execute(sa.insert(_accounts).values(name=name, role=role, **values))
            else:
                db.execute(sa.update(_accounts).where(where).values(name=name, **({} if row.pinned else {"role": role})))
            return _account(db.execute(sa.select(_accounts).where(where)).one())

    # Sessions

    def open(self, account_id: str, id_token: str | None = None) -> str:
        """Opens a session and returns its token, which is stored nowhere else than in the browser."""
        token, now = secrets.token_urlsafe(32), self._now()
        values = {"hash": digest(token), "handle": secrets.token_hex(6), "account": account_id, "created": now, "seen": now, "id_token": id_token}
        with self._database.write() as db:
            db.execute(sa.insert(_signed_in).values(expires=now + 86_400, **values))
        return token

    def session(self, token: str, idle: int, longest: int) -> SignedIn | None:
        """The open session of a token; None where there is none or it has ended (``idle``, ``longest``: seconds)."""
        s, where, now = _signed_in.c, _signed_in.c.hash == digest(token), self._now()
        wanted = sa.select(s.handle, s.created.label("opened"), s.seen, s.id_token, _accounts)
        with self._database.read() as db:
            row = db.execute(wanted.join(_accounts, _accounts.c.id == s.account).where(where)).first()
        if row is None:
            return None
        if now - row.seen > idle or now - row.opened > longest:
            self.close(token)
            return None
        if now - row.seen >= min(30, idle):  # a write a page would make readers wait for the disk
            with self._database.write() as db:
                db.execute(sa.update(_signed_in).where(where).values(seen=now, expires=min(row.opened + longest, now + idle)))
        return SignedIn(row.handle, _account(row), row.opened, row.seen, row.id_token)

    def sessions(self, account_id: str | None = None) -> list[tuple[str, str, int, int]]:
        """Open sessions as (handle, account, opened, last seen), of one account or of all."""
        wanted = sa.select(_signed_in.c.handle, _signed_in.c.account, _signed_in.c.created, _signed_in.c.seen).order_by(_signed_in.c.created)
        if account_id is not None:
            wanted = wanted.where(_signed_in.c.account == account_id)
        with self._database.read() as db:
            return [(row.handle, row.account, row.created, row.seen) for row in db.execute(wanted)]

    def close(self, token: str) -> None:
        with self._database.write() as db:
            db.execute(sa.delete(_signed_in).where(_signed_in.c.hash == digest(token)))

    def revoke(self, account_id: str, handle: str | None = None, but: str | None = None) -> int:
        """Ends one session of an account, or all (save the one whose handle is ``but``); returns how many ended."""
        where = _signed_in.c.account == account_id
        if handle is not None:
            where &= _signed_in.c.handle == handle
        if but is not None:
            where &= _signed_in.c.handle != but
        with self._database.write() as db:
            return db.execute(sa.delete(_signed_in).where(where)).rowcount

    # Sign-ins under way at an issuer

    def leave(self, begun: SigningIn, browser: str) -> None:
        """Remembers a sign-in that leaves for the issuer from the browser that holds the secret ``browser``."""
        values = {"hash": digest(begun.state), "browser": digest(browser), "nonce": begun.nonce, "verifier": begun.verifier}
        with self._database.write() as db:
            db.execute(sa.delete(_signing_in).where(_signing_in.c.expires < self._now()))
            db.execute(sa.insert(_signing_in).values(target=begun.target[:500], expires=self._now() + SIGN_IN_SECONDS, **values))

    def back(self, state: str, browser: str) -> SigningIn | None:
        """Takes back a sign-in, once, within ten minutes, in the browser that left with it."""
        with self._database.write() as db:
            row = db.execute(sa.select(_signing_in).where(_signing_in.c.hash == digest(state))).first()
            db.execute(sa.delete(_signing_in).where(_signing_in.c.hash == digest(state)))
        if row is None or not secrets.compare_digest(row.browser, digest(browser)) or self._now() > row.expires:
            return None
        return SigningIn(state, row.nonce, row.verifier, row.target)

    # Wrong tries

    def try_now(self, keys: Sequence[str], allowed: int, window: int) -> int:
        """Counts a try under each key *before* it is judged, so that a hundred at once count as a hundred.

        Returns 0 where no key has had more than ``allowed`` tries in ``window`` seconds, else the seconds to wait.
        """
        wait, now = 0, self._now()
        with self._database.write() as db:
            db.execute(sa.delete(_tries).where(_tries.c.expires <= now))
            for key in sorted(keys):
                where = _tries.c.hash == digest(key)
                if not db.execute(sa.update(_tries).where(where).values(tried=_tries.c.tried + 1)).rowcount:
                    _first_try(db, digest(key), now + window)
                row = db.execute(sa.select(_tries).where(where)).one()
                if row.tried > allowed:
                    wait = max(wait, row.expires - now, 1)
        return wait

    def forgive(self, account_key: str, address_key: str) -> None:
        """After a right password: forgets the tries for the account, and this one of the address."""
        with self._database.write() as db:
            db.execute(sa.delete(_tries).where(_tries.c.hash == digest(account_key)))
            of_address = (_tries.c.hash == digest(address_key)) & (_tries.c.tried > 0)
            db.execute(sa.update(_tries).where(of_address).values(tried=_tries.c.tried - 1))

    # The audit trail

    def record(self, account_id: str | None, action: str, object_id: str | None = None) -> None:
        """Writes who did what to what; ids only."""
        with self._database.write() as db:
            db.execute(sa.insert(_audit).values(at=self._now(), account=account_id, action=action, object=object_id))

    def trail(self, limit: int = 200, before: int | None = None) -> list[AuditLine]:
        """The newest lines first."""
        wanted = sa.select(_audit).order_by(_audit.c.id.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(_audit.c.at < before)
        with self._database.read() as db:
            return [AuditLine(row.at, row.account, row.action, row.object) for row in db.execute(wanted)]


def _first_try(db: sa.Connection, key: str, expires: int) -> None:
    """The first try under a key; where another worker was first by a hair (PostgreSQL), the second."""
    try:
        with db.begin_nested():
            db.execute(sa.insert(_tries).values(hash=key, tried=1, expires=expires))
    except IntegrityError:
        db.execute(sa.update(_tries).where(_tries.c.hash == key).values(tried=_tries.c.tried + 1))


def _account(row: sa.Row[Any]) -> Account:
    return Account(row.id, row.login, row.issuer, row.subject, row.name, cast("Role", row.role), row.pinned, row.created)
