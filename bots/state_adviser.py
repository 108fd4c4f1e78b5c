"""What advisers keep: paths with their versions, links that share one, and plans of teams.

Everything belongs to one account (the column ``owner``, so that ``jalon forget`` and the export find it) and is looked up
by owner and id together: somebody else's path is "not found". A version is written once and never changed, except for the
adviser's note.
"""

from __future__ import annotations

import json
import secrets
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

import sqlalchemy as sa
from pydantic import TypeAdapter

from assistant.records import LearningPath
from bots.database import Database
from bots.errors import NotFound
from bots.masking import mask
from bots.state import METADATA
from corpus.french import fold

Change = Literal["created", "profile", "locked", "unlocked", "excluded", "restored", "moved", "relaxed", "alternative", "replayed", "resumed"]
CHANGES: tuple[Change, ...] = get_args(Change)
Status = Literal["waiting", "running", "done", "failed"]

SHARE_DAYS = 90
MAX_NOTE, MAX_TITLE = 4000, 200

_paths = sa.Table(
    "saved_paths", METADATA,
    sa.Column("id", sa.String, primary_key=True), sa.Column("owner", sa.String), sa.Column("title", sa.String),
    sa.Column("created", sa.BigInteger), sa.Column("seen", sa.BigInteger),
)  # fmt: skip
_versions = sa.Table(
    "path_versions", METADATA,
    sa.Column("path", sa.String, primary_key=True), sa.Column("number", sa.Integer, primary_key=True), sa.Column("owner", sa.String),
    sa.Column("created", sa.BigInteger), sa.Column("change", sa.String), sa.Column("subject", sa.Text), sa.Column("reason", sa.Text),
    sa.Column("note", sa.Text), sa.Column("content", sa.Text),
)  # fmt: skip
_shares = sa.Table(
    "path_shares", METADATA,
    sa.Column("token", sa.String, primary_key=True), sa.Column("path", sa.String), sa.Column("number", sa.Integer), sa.Column("owner", sa.String),
    sa.Column("created", sa.BigInteger), sa.Column("expires", sa.BigInteger),
)  # fmt: skip
_plans = sa.Table(
    "plans", METADATA,
    sa.Column("id", sa.String, primary_key=True), sa.Column("owner", sa.String), sa.Column("title", sa.String), sa.Column("created", sa.BigInteger),
    sa.Column("beat", sa.BigInteger), sa.Column("status", sa.String), sa.Column("progress", sa.String), sa.Column("request", sa.Text),
    sa.Column("result", sa.Text),
)  # fmt: skip


_FEEDBACK = METADATA.tables["feedback"]


@dataclass(frozen=True, slots=True)
class SavedPath:
    """A path as the list shows it; times are seconds since 1970 (UTC)."""

    id: str
    title: str
    created: int
    seen: int
    versions: int


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a path: what changed (and ``subject``, the module it was about), why, and the whole path."""

    path: str
    number: int
    created: int
    change: Change
    subject: str | None
    reason: str | None
    note: str | None
    content: LearningPath


@dataclass(frozen=True, slots=True)
class Share:
    """A link: whoever has the token sees version ``number``, without notes and reasons, until it expires or is revoked."""

    token: str
    path: str
    number: int
    created: int
    expires: int


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A team plan; ``request`` and ``result`` are JSON texts of records that bots/adviser/solver.py knows."""

    id: str
    title: str
    created: int
    beat: int
    status: Status
    progress: str | None
    request: str
    result: str | None


@dataclass(frozen=True, slots=True)
class Opinions:
    """How answers were judged: counts only."""

    up: int
    down: int
    reasons: tuple[tuple[str, int], ...]


class Cabinet:
    """Saved paths and plans, in ``database``; ``clock`` gives seconds since 1970. Thread-safe."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def now(self) -> int:
        return int(self._clock())

    # Paths

    def paths(self, owner: str) -> list[SavedPath]:
        """The owner's paths, the one last changed first."""
        versions = sa.select(sa.func.count()).where(_versions.c.path == _paths.c.id).scalar_subquery()
        wanted = sa.select(_paths, versions.label("versions")).where(_paths.c.owner == owner).order_by(_paths.c.seen.desc(), _paths.c.id)
        with self._database.read() as db:
            return [SavedPath(row.id, row.title, row.created, row.seen, row.versions) for row in db.execute(wanted)]

    def new_path(self, owner: str, title: str, content: LearningPath) -> str:
        """Keeps a path as version 1 and returns its id."""
        path, now = secrets.token_hex(8), self.now()
        with self._database.write() as db:
            db.execute(sa.insert(_paths).values(id=path, owner=owner, title=_line(title), created=now, seen=now))
            db.execute(sa.insert(_versions).values(**self._version(owner, path, 1, "created", content)))
        return path

    def add_version(
        self, owner: str, path: str, change: Change, content: LearningPath, *, subject: str | None = None, reason: str | None = None
    ) -> int:  # fmt: skip
        """Keeps a new state of a path and returns its number. Raises NotFound."""
        self.path(owner, path)
        with self._database.write() as db:
            last = db.execute(sa.select(sa.func.max(_versions.c.number)).where(_versions.c.path == path)).scalar()
            number = int(last or 0) + 1
            row = self._version(owner, path, number, change, content)
            row |= {"subject": _clean(subject) if subject else None, "reason": _clean(reason)[:MAX_NOTE] if reason else None}
            db.execute(sa.insert(_versions).values(**row))
            db.execute(sa.update(_paths).where(_paths.c.id == path).values(seen=self.now()))
        return number

    def path(self, owner: str, path: str) -> SavedPath:
        """Raises NotFound, also for somebody else's."""
        versions = sa.select(sa.func.count()).where(_versions.c.path == _paths.c.id).scalar_subquery()
        with self._database.read() as db:
            row = db.execute(sa.select(_paths, versions.label("versions")).where(_paths.c.id == _clean(path), _paths.c.owner == owner)).first()
        if row is None:
            raise NotFound("This path does not exist or is not yours; open one from your list.")
        return SavedPath(row.id, row.title, row.created, row.seen, row.versions)

    def version(self, owner: str, path: str, number: int | None = None) -> Version:
        """One version, the last where ``number`` is None. Raises NotFound."""
        where = (_versions.c.path == _clean(path)) & (_versions.c.owner == owner)
        if number is not None:
            where &= _versions.c.number == min(max(number, 0), 2**31 - 1)
        with self._database.read() as db:
            row = db.execute(sa.select(_versions).where(where).order_by(_versions.c.number.desc()).limit(1)).first()
        if row is None:
            raise NotFound("This version does not exist; open the path from your list.")
        return _version(row)

    def history(self, owner: str, path: str) -> list[Version]:
        """Every version, the newest first."""
        wanted = sa.select(_versions).where(_versions.c.path == path, _versions.c.owner == owner).order_by(_versions.c.number.desc())
        with self._database.read() as db:
            return [_version(row) for row in db.execute(wanted)]

    def annotate(self, owner: str, path: str, number: int, note: str) -> None:
        """Writes the adviser's note on a version, in place of the one before. Raises NotFound."""
        where = (_versions.c.path == path) & (_versions.c.owner == owner) & (_versions.c.number == number)
        with self._database.write() as db:
            if not db.execute(sa.update(_versions).where(where).values(note=_clean(note)[:MAX_NOTE] or None)).rowcount:
                raise NotFound("This version does not exist; open the path from your list.")

    def rename(self, owner: str, path: str, title: str) -> None:
        with self._database.write() as db:
            db.execute(sa.update(_paths).where(_paths.c.id == path, _paths.c.owner == owner).values(title=_line(title)))

    def remove_path(self, owner: str, path: str) -> None:
        """Erases a path with its versions and links, from the files too. Raises NotFound."""
        self.path(owner, path)
        with self._database.write() as db:
            for table, column in ((_shares, _shares.c.path), (_versions, _versions.c.path), (_paths, _paths.c.id)):
                db.execute(sa.delete(table).where(column == path))
        self._database.scrub(("saved_paths", "path_versions", "path_shares"))

    def _version(self, owner: str, path: str, number: int, change: Change, content: LearningPath) -> dict[str, Any]:
        return {"path": path, "number": number, "owner": owner, "created": self.now(), "change": change, "content": pack(content)}

    # Links

    def share(self, owner: str, path: str, number: int) -> str:
        """Makes a link to a version and returns its token (192 random bits). Raises NotFound."""
        self.version(owner, path, number)
        token, now = secrets.token_urlsafe(24), self.now()
        with self._database.write() as db:
            values = {"token": token, "path": path, "number": number, "owner": owner}
            db.execute(sa.insert(_shares).values(created=now, expires=now + SHARE_DAYS * 86_400, **values))
        return token

    def shares(self, owner: str, path: str) -> list[Share]:
        """The links that still open the path."""
        where = (_shares.c.path == path) & (_shares.c.owner == owner) & (_shares.c.expires >= self.now())
        with self._database.read() as db:
            return [_share(row) for row in db.execute(sa.select(_shares).where(where).order_by(_shares.c.created))]

    def revoke_share(self, owner: str, path: str, token: str) -> None:
        with self._database.write() as db:
            db.execute(sa.delete(_shares).where(_shares.c.token == _clean(token), _shares.c.path == path, _shares.c.owner == owner))

    def shared(self, token: str) -> Version:
        """The version behind a link. Raises NotFound: never made, revoked or expired."""
        with self._database.read() as db:
            row = db.execute(sa.select(_shares).where(_shares.c.token == _clean(token), _shares.c.expires >= self.now())).first()
        if row is None:
            raise NotFound("This link opens nothing any more; ask your adviser for another.")
        return self.version(row.owner, row.path, row.number)

    # Plans

    def plans(self, owner: str) -> list[SavedPlan]:
        with self._database.read() as db:
            return [_plan(row) for row in db.execute(sa.select(_plans).where(_plans.c.owner == owner).order_by(_plans.c.created.desc(), _plans.c.id))]

    def new_plan(self, owner: str, title: str, request: str) -> str:
        plan, now = secrets.token_hex(8), self.now()
        values = {"id": plan, "owner": owner, "title": _line(title), "created": now, "beat": now, "status": "waiting"}
        with self._database.write() as db:
            db.execute(sa.insert(_plans).values(request=request, **values))
        return plan

    def plan(self, owner: str, plan: str) -> SavedPlan:
        """Raises NotFound, also for somebody else's."""
        with self._database.read() as db:
            row = db.execute(sa.select(_plans).where(_plans.c.id == _clean(plan), _plans.c.owner == owner)).first()
        if row is None:
            raise NotFound("This plan does not exist or is not yours; open one from your list.")
        return _plan(row)

    def work_on(self, plan: str, status: Status, progress: str | None = None, result: str | None = None) -> bool:
        """Notes how far the solver is, and that it is alive; False when the plan was erased meanwhile."""
        values: dict[str, Any] = {"status": status, "progress": progress, "beat": self.now()}
        if result is not None:
            values["result"] = result
        with self._database.write() as db:
            return db.execute(sa.update(_plans).where(_plans.c.id == plan).values(**values)).rowcount > 0

    def restart(self, owner: str, plan: str, request: str) -> None:
        """Puts another request (a new budget) in the place of a plan's; its result goes."""
        with self._database.write() as db:
            values = {"request": request, "status": "waiting", "progress": None, "result": None, "beat": self.now()}
            db.execute(sa.update(_plans).where(_plans.c.id == plan, _plans.c.owner == owner).values(**values))

    def remove_plan(self, owner: str, plan: str) -> None:
        """Erases a plan, from the files too. Raises NotFound."""
        self.plan(owner, plan)
        with self._database.write() as db:
            db.execute(sa.delete(_plans).where(_plans.c.id == plan))
        self._database.scrub(("plans",))

    # What all of it teaches, about nobody

    def opinions(self, since: int) -> Opinions:
        """How answers were judged since a moment: thumbs up and down, and the reasons given with how often."""
        f = _FEEDBACK.c
        with self._database.read() as db:
            rated = {row[0]: row[1] for row in db.execute(sa.select(f.rating, sa.func.count()).where(f.created >= since).group_by(f.rating))}
            often = sa.select(f.reason, sa.func.count().label("n")).where(f.created >= since, f.reason.is_not(None)).group_by(f.reason)
            reasons = [(str(row[0]), int(row[1])) for row in db.execute(often.order_by(sa.desc("n"), f.reason))]
        return Opinions(rated.get("up", 0), rated.get("down", 0), tuple(reasons))

    def missing_goals(self, since: int) -> list[tuple[str, int]]:
        """Goals of saved paths that no step serves, masked, with the number of paths: what the catalogue lacks."""
        last = sa.select(_versions.c.path, sa.func.max(_versions.c.number).label("number")).group_by(_versions.c.path).subquery()
        newest = (last.c.path == _versions.c.path) & (last.c.number == _versions.c.number)
        wanted = sa.select(_versions.c.content).join(last, newest).where(_versions.c.created >= since)
        counted: Counter[str] = Counter()
        spelt: dict[str, str] = {}
        with self._database.read() as db:
            for row in db.execute(wanted):
                path: LearningPath = unpack(LearningPath, row.content)
                served = {fold(goal) for step in path.steps for goal in step.goals}
                for goal in path.profile.goals:
                    if fold(goal) not in served:
                        counted[fold(goal)] += 1
                        spelt.setdefault(fold(goal), mask(goal))
        return [(spelt[goal], count) for goal, count in sorted(counted.items(), key=lambda found: (-found[1], found[0]))]


@cache
def _adapter(record: Any) -> TypeAdapter[Any]:
    return TypeAdapter(record)


def pack(record: Any) -> str:
    """A frozen record as JSON text; ASCII, so that every database takes it."""
    kind: Any = type(record)
    return json.dumps(_adapter(kind).dump_python(record, mode="json"), ensure_ascii=True)


def unpack(record: Any, text: str) -> Any:
    """The record again: ``unpack(type(x), pack(x)) == x``."""
    return _adapter(record).validate_python(json.loads(text), strict=False)


def _version(row: Any) -> Version:
    content: LearningPath = unpack(LearningPath, row.content)
    change: Mapping[str, Change] = {known: known for known in CHANGES}
    return Version(row.path, row.number, row.created, change[row.change], row.subject, row.reason, row.note, content)


def _share(row: Any) -> Share:
    return Share(row.token, row.path, row.number, row.created, row.expires)


def _plan(row: Any) -> SavedPlan:
    return SavedPlan(row.id, row.title, row.created, row.beat, row.status, row.progress, row.request, row.result)


def _line(title: str) -> str:
    """A title as one line: it names files and calendars."""
    return " ".join(_clean(title).split())[:MAX_TITLE]


def _clean(text: str) -> str:
    """Without what no database takes: NUL, and halves of surrogate pairs."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
