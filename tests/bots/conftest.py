"""What the tests of bots/ share: one PostgreSQL server for the session, a fresh database of it for each test."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    pgserver = pytest.importorskip("pgserver", reason="pgserver ships no PostgreSQL for this machine")
    # Not below a folder of pytest's own, which only its owner may enter: as root the server runs as another user.
    folder = tmp_path_factory.mktemp("postgresql")
    for parent in [folder, *folder.parents][:3]:
        parent.chmod(0o755)
    server = pgserver.get_server(folder, cleanup_mode="stop")
    yield server
    server.cleanup()


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
