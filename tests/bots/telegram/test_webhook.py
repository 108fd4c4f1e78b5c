"""The webhook beside the web application: the real route, the real uvicorn, the local Bot API server as Telegram."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from bots.app import create_app
from bots.settings import Settings
from bots.state import State
from bots.telegram.webhook import Webhook
from tests.bots.telegram.bot_api import TOKEN, BotApi
from tests.bots.telegram.test_replay import questions, quiet
from tests.fakes_telegram import FakeService
from tests.fakes_web import FakeService as WebService

SECRET = "un-secret_de_webhook"


@contextlib.contextmanager
def served(api: BotApi, home: Path, service: Any) -> Iterator[str]:
    """An application with the route, as `jalon serve` includes it; yields its address."""
    settings = Settings(home=home, telegram_token=TOKEN, telegram_api=api.url, telegram_secret=SECRET, telegram_rate=10_000)
    state = State(settings.state_url)
    webhook = Webhook(settings, service, state)

    @contextlib.asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        await webhook.start()
        yield
        await webhook.stop()

    app = FastAPI(lifespan=life)
    app.include_router(webhook.router)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    api.wait(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    address = f"http://127.0.0.1:{port}/telegram/webhook"
    api.webhook = {"url": address}
    yield address
    server.should_exit = True
    thread.join(30)
    assert not thread.is_alive()
    state.close()


@pytest.fixture(scope="module")
def api() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


@pytest.fixture(scope="module")
def address(api: BotApi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for the tests of this file that leave it as it is."""
    with served(api, tmp_path_factory.mktemp("webhook"), FakeService()) as found:
        api.deliver([api.message(999, "Prêt ?")], SECRET)
        api.answered(999, 1)
        yield found


@pytest.fixture
def chats(api: BotApi) -> None:
    """Empties the chats that earlier tests filled."""
    api.chats.clear()


def test_updates_come_in_by_the_webhook_and_are_answered_once(api: BotApi, address: str, chats: None) -> None:
    made = [api.message(1 + number % 4, f"Question {number}") for number in range(12)]
    statuses = api.deliver([*made[6:], *made[:6], *made], SECRET)
    assert set(statuses) == {200}
    api.wait(lambda: len(questions(api)) == 12)
    quiet(api, 0.3)
    assert set(questions(api).values()) == {1}


@pytest.mark.parametrize("secret", [None, "", "faux", SECRET + "x", "é" * 20])
def test_without_the_secret_nothing_happens(api: BotApi, address: str, chats: None, secret: str | None) -> None:
    headers = {} if secret is None else {b"X-Telegram-Bot-Api-Secret-Token": secret.encode()}
    refused = httpx.post(address, json=api.message(1, "Bonjour"), headers=headers, trust_env=False)
    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "forbidden"
    quiet(api, 0.3)
    assert api.texts(1) == []


@pytest.mark.parametrize("content, status", [
    (b"", 400), (b"{", 400), (b"\xff\xfe", 400), (b"[]", 200), (b"{}", 200), (b'{"update_id": "x"}', 200), (b"null", 200), (b" " * 1_000_001, 413),
])  # fmt: skip
def test_bad_bodies_are_no_server_error(api: BotApi, address: str, content: bytes, status: int) -> None:
    reply = httpx.post(address, content=content, headers={"X-Telegram-Bot-Api-Secret-Token": SECRET}, trust_env=False)
    assert reply.status_code == status


def test_a_server_that_is_not_connected_yet_makes_telegram_come_again(
    api: BotApi, chats: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bots.telegram.courier.PATIENCE", 1.0)
    monkeypatch.setattr("bots.telegram.webhook.RECONNECT_SECONDS", 0.2)
    fault = api.fail("502", method="getMe", times=3)
    with served(api, tmp_path / "home", FakeService()):
        assert api.deliver([api.message(1, "Bonjour")], SECRET) == [200]
        api.answered(1, 1)
    assert len(fault.hits) == 3


def test_two_workers_share_a_database_without_answering_twice_or_out_of_order(api: BotApi, chats: None, tmp_path: Path) -> None:
    one, two = FakeService(), FakeService()
    made = [api.message(1 + number % 3, f"Question {number}") for number in range(24)]
    with served(api, tmp_path / "home", one) as first, served(api, tmp_path / "home", two) as second:
        for number, update in enumerate(made):
            for address in (first, second) if number % 2 else (second, first):
                api.webhook = {"url": address}
                assert api.deliver([update], SECRET) == [200]
        api.wait(lambda: len(questions(api)) == 24, 40)
        quiet(api, 0.3)
    assert set(questions(api).values()) == {1}
    for chat in (1, 2, 3):
        assert [text.split("»")[1] for text in api.texts(chat)] == [f" après {turn} [1]." for turn in range(8)]


@pytest.mark.parametrize("secret, status", [(SECRET, 403), (None, 404)])
def test_jalon_serve_has_the_route_where_token_and_secret_are_set(api: BotApi, tmp_path: Path, secret: str | None, status: int) -> None:
    settings = Settings(home=tmp_path, telegram_token=TOKEN, telegram_api=api.url, telegram_secret=secret)
    with TestClient(create_app(WebService(tmp_path), State(settings.state_url), settings)) as client:
        assert client.post("/telegram/webhook", json={}).status_code == status
        if secret:
            headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
            api.wait(lambda: client.post("/telegram/webhook", json=api.message(77, "/aide"), headers=headers).status_code == 200)
            assert "Ce que je sais faire" in api.answered(77, 1)[0]
