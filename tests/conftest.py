"""What all tests share: no network but loopback, a home of their own, browser tests that may not skip in CI."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# Before anything is imported that reads them: no hub is asked for a model, and threads do not fight over two cores.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
for _name in [name for name in os.environ if name.startswith("JALON_") and not name.startswith("JALON_TESTS_")]:
    del os.environ[_name]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the index and the state of the person who runs it."""
    monkeypatch.setenv("JALON_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demo index, built once; tests that publish take a copy."""
    from bots.assemble import Service
    from bots.settings import Settings

    home = tmp_path_factory.mktemp("demo-home")
    Service(Settings(home=home)).opened()
    return home


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """A connection to anywhere but this machine is an error."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and str(address[0]) not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"tests use no network, and {address!r} is not this machine")
        return connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In CI (JALON_TESTS_NEED_BROWSER) a browser test that skips has failed: a missing browser must not look green."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and not hasattr(report, "wasxfail") and item.get_closest_marker("browser") and os.environ.get("JALON_TESTS_NEED_BROWSER"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} skipped, and CI needs its browser: {report.longrepr}"
