"""A real Chromium on a real server with the small catalogue of tests/fakes_web.py; without Chromium these tests skip."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from bots.app import create_app
from bots.settings import Settings
from bots.state import State
from tests.fakes_web import FakeService

SIZES = {"wide": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 800}}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--disable-domain-reliability",
]  # fmt: skip


@dataclass(frozen=True)
class Live:
    """A server that answers, and the state behind it."""

    url: str
    state: State


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("live")
    settings = Settings(home=folder, rate_visitor=100_000, rate_address=100_000)
    state = State(settings.state_url)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    app = create_app(FakeService(folder), state, settings)  # type: ignore[arg-type]
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=3))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Live(f"http://127.0.0.1:{listening.getsockname()[1]}", state)
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, live: Live, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """Opens pages, each for a visitor of its own; whatever goes wrong in them, or leaves the site, fails the test."""
    wrong: list[str] = []
    contexts: list[Any] = []

    def open_page(path: str = "/", size: str = "wide", *, expected: str = "", **options: Any) -> Any:
        context = chromium.new_context(viewport=SIZES[size], locale="fr-FR", base_url=live.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)

        def hear(text: str) -> None:
            if not expected or expected not in text:
                wrong.append(text)

        page.on("pageerror", lambda error: hear(f"script: {error}"))
        page.on("console", lambda message: hear(message.text) if message.type in ("error", "warning") else None)
        page.on("request", lambda sent: None if sent.url.startswith((live.url, "blob:", "data:")) else wrong.append(f"asked elsewhere: {sent.url}"))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    import axe_core_python

    return (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
