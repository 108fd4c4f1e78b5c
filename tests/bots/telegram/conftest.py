"""The bot in a thread of its own against the local Bot API server."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bots.settings import Settings
from bots.state import State
from bots.telegram.bot import TelegramBot, run
from bots.telegram.courier import Courier
from tests.bots.telegram.bot_api import TOKEN, BotApi
from tests.fakes_telegram import FakeService, fake_path


class Running:
    """A bot that polls. ``stop`` ends it gracefully; ``bot.desk`` and ``state`` may be looked into."""

    def __init__(self, api: BotApi, home: Path, service: Any, patience: float = 600.0, **settings: Any) -> None:
        self.home = home
        self.settings = Settings(home=home, telegram_api=api.url, **{"telegram_token": TOKEN, "telegram_rate": 10_000, **settings})
        self.state = State(self.settings.state_url)
        self.service = service
        self.error: BaseException | None = None
        self._patience = patience
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._main, daemon=True)
        self._thread.start()
        assert self._ready.wait(20)

    def _main(self) -> None:
        try:
            asyncio.run(self._run())
        except BaseException as error:
            self.error = error
            self._ready.set()

    async def _run(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self.bot = TelegramBot(self.settings, self.service, self.state, alone=True, courier=Courier(self._patience))
        if isinstance(self.service, FakeService):
            self.bot.desk.recommend = fake_path
        await run(self.bot, self._stop, self._ready.set)

    def stop(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(30)
        assert not self._thread.is_alive()
        self.state.close()
        assert self.error is None, self.error


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of state: migrating one for every test would take most of the time."""
    path = tmp_path_factory.mktemp("migrated") / "state.sqlite"
    State(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


@pytest.fixture
def start(api: BotApi, tmp_path: Path, migrated: Path) -> Iterator[Callable[..., Running]]:
    """Starts a bot; the keywords are settings, ``service`` and ``home`` aside."""
    started: list[Running] = []

    def begin(*, service: Any = None, home: Path | None = None, **settings: Any) -> Running:
        place = (home or tmp_path / "home") / "state.sqlite"
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(migrated, place)
        running = Running(api, home or tmp_path / "home", service or FakeService(), **settings)
        if running.error:
            running.state.close()
            raise running.error
        started.append(running)
        return running

    yield begin
    for running in started:
        running.stop()


@pytest.fixture
def bot(start: Callable[..., Running]) -> Running:
    return start()
