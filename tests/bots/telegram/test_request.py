"""HTTP to Telegram: what certainly never left is told apart from what may have arrived, and no error holds the token."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bots.telegram.request import FloodWait, NotDone, Request
from tests.bots.telegram.bot_api import TOKEN, BotApi

Post = Callable[..., object]


@pytest.fixture
def post(api: BotApi) -> Post:
    """Posts a message to chat 1 of the server, or of the ``at`` given; on a thread with a loop of its own, whoever runs one here."""

    async def posted(at: str, more: dict[str, float]) -> object:
        request = Request(at, 1)
        await request.initialize()
        values = {"chat_id": 1, "text": "É & <b>é</b> = 1+1 %", "parse_mode": "HTML"}
        data = RequestData([RequestParameter.from_input(name, value) for name, value in values.items()])
        try:
            return await request.post(f"{at}/bot{TOKEN}/sendMessage", data, **more)
        finally:
            await request.shutdown()

    def call(at: str | None = None, **more: float) -> object:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, posted(at or api.url, more)).result()

    return call


def test_a_message_arrives_as_it_was_written(api: BotApi, post: Post) -> None:
    post()
    assert api.texts(1) == ["É & é = 1+1 %"]


@pytest.mark.parametrize(("fault", "error"), [("500", NotDone), ("502", NotDone), ("429", FloodWait), ("entities", BadRequest)])
def test_refusals_are_told_apart(api: BotApi, post: Post, fault: str, error: type[Exception]) -> None:
    api.fail(fault, retry_after=7 if fault == "429" else 0)
    with pytest.raises(error) as raised:
        post()
    assert not isinstance(raised.value, FloodWait) or raised.value.seconds == 7


@pytest.mark.parametrize("fault", ["cut_before", "cut_after"])
def test_of_a_cut_line_nobody_can_tell(api: BotApi, post: Post, fault: str) -> None:
    api.fail(fault)
    with pytest.raises(NetworkError) as raised:
        post()
    assert not isinstance(raised.value, NotDone)
    assert TOKEN not in str(raised.value)
    assert len(api.of("sendMessage")) == 1, "sent again without being asked"


def test_a_server_that_is_silent_runs_out_of_time(api: BotApi, post: Post) -> None:
    api.latency = 5
    with pytest.raises(TimedOut) as raised:
        post(read_timeout=0.1)
    assert TOKEN not in str(raised.value)


def test_a_closed_door_lets_nothing_out(post: Post) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: connections are refused
        with pytest.raises(NotDone) as raised:
            post(f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert TOKEN not in str(raised.value)


def test_the_proxy_of_the_environment_is_used_except_where_it_says_no(api: BotApi, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", api.url)
    post("http://telegram.example")
    assert len(api.texts(1)) == 1
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with pytest.raises(NotDone):
        post("http://telegram.example")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    post()
    assert len(api.texts(1)) == 2
