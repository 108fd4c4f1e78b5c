"""Who may talk to the bot, and how often."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from os import environ

import pytest

from bots.errors import BadSetting
from bots.state_auth import Accounts
from tests.bots.telegram.bot_api import TOKEN, BotApi
from tests.bots.telegram.conftest import Running


def test_an_invitation_lets_in_as_many_people_as_it_is_for(api: BotApi, start: Callable[..., Running]) -> None:
    running = start(telegram_access="invited")
    code = running.bot.desk.rooms.new_code("invitation", uses=2)
    api.say(1, "Combien ?")
    assert "sur invitation" in api.answered(1, 1)[0]
    api.say(1, f"/start {code}")
    assert "acceptée" in api.answered(1, 3)[1]
    assert "une IA" in api.texts(1)[2]
    api.say(2, code)
    assert "acceptée" in api.answered(2, 2)[0]
    api.say(3, code)
    assert "sur invitation" in api.answered(3, 1)[0]
    for chat in (1, 2):
        api.say(chat, "Combien ?")
        api.wait(lambda chat=chat: api.texts(chat)[-1].startswith("Réponse"))
    assert [question for question, _ in running.service.assistant.asked] == ["Combien ?", "Combien ?"]


def test_a_link_works_once_and_ends_with_the_account(api: BotApi, start: Callable[..., Running]) -> None:
    running = start(telegram_access="linked")
    assert running.bot.desk.rooms.bot_name() == "jalon_test_bot"
    accounts = Accounts(running.state.database)
    account = accounts.add("agent", "hash", "agent")
    link = running.bot.desk.rooms.new_code("link", account.id)
    invitation = running.bot.desk.rooms.new_code("invitation")
    api.say(1, f"/start {invitation}")
    api.answered(1, 1)
    api.say(1, "Combien ?")
    api.wait(lambda: "comptes reliés" in api.texts(1)[-1])
    api.say(2, f"/start {link}")
    assert "relié" in api.answered(2, 2)[0]
    api.say(3, f"/start {link}")
    assert "comptes reliés" in api.answered(3, 1)[0]
    api.say(2, "Combien ?")
    assert api.answered(2, 3)[2].startswith("Réponse")
    accounts.remove(account.id)
    api.say(2, "Combien ?")
    assert "comptes reliés" in api.answered(2, 4)[3]


def test_a_code_grows_old(api: BotApi, start: Callable[..., Running]) -> None:
    running = start(telegram_access="invited")
    code = running.bot.desk.rooms.new_code("invitation")
    with sqlite3.connect(running.home / "state.sqlite") as database:
        database.execute("UPDATE telegram_codes SET expires = 1")
    database.close()
    api.say(1, f"/start {code}")
    assert "sur invitation" in api.answered(1, 1)[0]


def test_the_allow_list_takes_numbers_and_names(api: BotApi, start: Callable[..., Running]) -> None:
    running = start(telegram_access="allow-list", telegram_allowed="11, @User12")
    for chat in (11, 12, 13):
        api.say(chat, "Combien ?")
    assert api.answered(11, 1)[0].startswith("Réponse")
    assert api.answered(12, 1)[0].startswith("Réponse")
    assert "liste de personnes" in api.answered(13, 1)[0]
    assert len(running.service.assistant.asked) == 2


def test_the_rate_limit_is_per_person_and_said_once(api: BotApi, start: Callable[..., Running], monkeypatch: pytest.MonkeyPatch) -> None:
    running = start(telegram_rate=3)
    monkeypatch.setattr(running.bot.desk.rooms, "_clock", lambda: 1_800_000_000.0)  # the minute does not turn while the test runs
    for number in range(8):
        api.say(1, f"Question {number}")
    api.say(2, "Moi aussi")
    api.answered(2, 1)
    texts = api.answered(1, 4)
    api.wait(lambda: running.bot.desk.rooms.backlog() == 0)
    assert api.texts(1) == texts
    assert [text.startswith("Réponse") for text in texts] == [True, True, True, False]
    assert "3 messages par minute" in texts[3]
    monkeypatch.setattr(running.bot.desk.rooms, "_clock", lambda: 1_800_000_061.0)
    api.say(1, "Encore")
    assert api.answered(1, 5)[4].startswith("Réponse")


@pytest.mark.parametrize("token, said", [
    (None, "JALON_TELEGRAM_TOKEN is not set"),
    ("secret-without-number", "does not look like a token"),
    ("4242:wrong-but-secret", "Telegram refuses the token"),
])  # fmt: skip
def test_a_bad_token_is_explained_without_being_shown(start: Callable[..., Running], token: str | None, said: str) -> None:
    with pytest.raises(BadSetting) as refused:
        start(telegram_token=token)
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)


def test_invitations_are_made_by_the_command(api: BotApi, start: Callable[..., Running]) -> None:
    running = start(telegram_access="invited")
    environment = environ | {"JALON_HOME": str(running.home), "JALON_TELEGRAM_TOKEN": TOKEN, "JALON_TELEGRAM_API": api.url}
    command = [sys.executable, "-m", "bots.cli.main", "telegram", "--invite", "1"]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    api.say(1, made.stdout.strip())
    assert "acceptée" in api.answered(1, 2)[0]
