"""What the tests of bots/ share: one PostgreSQL server for the session, a fresh database of it for each test."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from bots.app import create_app
from bots.settings import Settings
from bots.state import State
from tests.fakes_web import FakeService


@dataclass(frozen=True)
class Web:
    client: TestClient
    service: FakeService
    state: State
    settings: Settings


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Any]:
    pgserver = pytest.importorskip("pgserver", reason="pgserver ships no PostgreSQL for this machine")
    # Not below a folder of pytest's own, which only its owner may enter: as root the server runs as another user.
    folder = Path(tempfile.mkdtemp(prefix="jalon-postgresql-"))
    folder.chmod(0o755)
    server = pgserver.get_server(folder, cleanup_mode="stop")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql(postgresql_server: Any) -> str:
    """The URL of an empty database."""
    name = f"jalon_{uuid.uuid4().hex}"
    url = sa.make_url(postgresql_server.get_uri()).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def open_web(folder: Path, **settings: Any) -> Iterator[Web]:
    chosen = Settings(home=folder, **{"rate_visitor": 100_000, "rate_address": 100_000, **settings})
    service, state = FakeService(folder), State(chosen.state_url)
    app = create_app(service, state, chosen)  # type: ignore[arg-type]
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Web(client, service, state, chosen)


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """The whole application on the small catalogue of tests/fakes_web.py, and what stands behind it; shared by a file's tests."""
    yield from open_web(tmp_path_factory.mktemp("web"))


@pytest.fixture
def fresh_web(tmp_path: Path) -> Iterator[Web]:
    """The same for one test alone."""
    yield from open_web(tmp_path)
