"""The account page gives a link that ties a Telegram conversation to the account, once."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bots.state_telegram import TelegramState
from tests.bots.house import House, cheap_passwords, token


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    yield from cheap_passwords()


def opened(home: Path, telegram_token: str | None) -> Iterator[House]:
    built = House(home, telegram_token=telegram_token)
    yield built
    built.state.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    yield from opened(tmp_path / "home", "4242:a-token")


@pytest.fixture(params=[None, "no token at all"])
def without(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    yield from opened(tmp_path / "home", request.param)


def test_the_link_opens_the_bot_for_this_account_once(house: House) -> None:
    rooms = TelegramState(house.state, 4242, time.time)
    rooms.name_bot("jalon_bot")
    browser = house.signed("anne", "agent")
    assert "/start" not in browser.get("/compte").text
    page = browser.post("/compte/telegram", data={"csrf": token(browser, "/compte")}).text
    (code,) = re.findall(r'href="https://t\.me/jalon_bot\?start=([\w-]+)"', page)
    assert f"/start {code}" in page and "15 minutes" in page
    assert code not in browser.get("/compte").text
    rooms.enter("chat", "person", "fr")
    assert rooms.redeem("person", code) == "linked"
    assert rooms.enter("chat", "person", "fr")[0].account == house.accounts.find("anne").id
    assert rooms.redeem("other", code) is None


def test_before_the_bot_has_a_name_the_code_is_given_as_words(house: House) -> None:
    browser = house.signed("anne", "agent")
    page = browser.post("/compte/telegram", data={"csrf": token(browser, "/compte")}).text
    assert "t.me" not in page and re.search(r"/start [\w-]{20,}", page)


def test_a_form_of_another_site_gets_no_code(house: House) -> None:
    browser = house.signed("anne", "agent")
    assert browser.post("/compte/telegram", data={"csrf": "guessed"}).status_code == 403
    assert house.browser().post("/compte/telegram", data={"csrf": "guessed"}).status_code in (303, 403)


def test_without_a_bot_there_is_no_button(without: House) -> None:
    browser = without.signed("anne", "agent")
    form = token(browser, "/compte")
    assert "Telegram" not in browser.get("/compte").text
    assert browser.post("/compte/telegram", data={"csrf": form}).status_code == 404
