"""Updates repeated, out of order, and a process killed in the middle: each answered once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bots.telegram.bot_api import TOKEN, BotApi
from tests.bots.telegram.conftest import Running

ROOT = Path(__file__).parents[3]


@contextmanager
def process(api: BotApi, home: Path) -> Iterator[subprocess.Popen[str]]:
    """The bot as a process; killed at the end if it still runs."""
    settings = {"JALON_HOME": str(home), "JALON_TELEGRAM_TOKEN": TOKEN, "JALON_TELEGRAM_API": api.url, "JALON_TELEGRAM_RATE": "100000"}
    command = [sys.executable, "-m", "tests.bots.telegram.bot_process"]
    running = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=subprocess.PIPE, text=True)
    try:
        yield running
    finally:
        running.kill()
        running.wait()
        if running.stdout:
            running.stdout.close()


def questions(api: BotApi) -> Counter[str]:
    """How often each question is answered, over all chats, as the chats show it."""
    return Counter(text.split("»")[0].removeprefix("Réponse à « ").strip() for chat in list(api.chats) for text in api.texts(chat))


def check_replay(api: BotApi, home: Path, updates: int, chats: int, seed: int) -> None:
    """Feeds ``updates`` with a third of them repeated and neighbours exchanged; kills the process in the middle, starts another."""
    chance = random.Random(seed)
    made = [api.message(1000 + number % chats, f"Question {number}") for number in range(updates)]
    fed = made + chance.sample(made, updates // 3)
    order = sorted(range(len(fed)), key=lambda place: (place % updates) + chance.uniform(0, 40))
    fed = [fed[place] for place in order]
    with process(api, home) as first:
        assert first.stdout
        assert first.stdout.readline() == "ready\n"
        half = len(fed) // 2
        api.push(*fed[:half])
        api.wait(lambda: sum(questions(api).values()) >= updates // 4, 60)
        api.push(*fed[half:])
        time.sleep(chance.uniform(0, 0.3))
        first.send_signal(signal.SIGKILL)
        first.wait()
    before = sum(questions(api).values())
    assert before < updates, "the kill came too late to show anything"
    with process(api, home) as second:
        assert second.stdout
        assert second.stdout.readline() == "ready\n"
        api.push(*chance.sample(made, updates // 4))
        in_doubt = chats  # at most one message of each chat was under way
        api.wait(lambda: len(questions(api)) >= updates - in_doubt, 120)
        quiet(api)
        second.send_signal(signal.SIGTERM)
        assert second.wait(30) == 0
    counted = questions(api)
    wanted = {f"Question {number}" for number in range(updates)}
    assert set(counted) <= wanted
    assert {name: n for name, n in counted.items() if n > 1} == {}
    missing = wanted - set(counted)
    # a message may only be missing where the kill fell between its request and Telegram's reply
    assert len(missing) <= in_doubt
    sent_unheard = [call for call in api.of("sendMessage") if call.status != 200]
    assert len(missing) <= len(sent_unheard) + 3
    print(f"{updates} updates, {before} answered before the kill, {len(missing)} missing")


def quiet(api: BotApi, seconds: float = 1.5) -> None:
    """Waits until nothing has been sent for a while."""
    seen, since = -1, time.monotonic()
    while time.monotonic() - since < seconds:
        if len(api.of("sendMessage")) != seen:
            seen, since = len(api.of("sendMessage")), time.monotonic()
        time.sleep(0.05)


def test_a_hundred_updates_repeated_reordered_and_killed_in_the_middle(api: BotApi, tmp_path: Path) -> None:
    check_replay(api, tmp_path / "home", updates=100, chats=12, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_a_thousand_updates_repeated_reordered_and_killed_in_the_middle(api: BotApi, tmp_path: Path, seed: int) -> None:
    check_replay(api, tmp_path / "home", updates=1000, chats=40, seed=seed)


def test_order_within_a_chat_is_kept_and_repetitions_are_dropped(api: BotApi, bot: Running) -> None:
    made = [api.message(5, f"Q{number}") for number in range(10)]
    api.push(*made, *made)
    api.answered(5, 10)
    quiet(api, 0.3)
    assert bot.service.assistant.asked == [(f"Q{number}", number) for number in range(10)]


def test_a_graceful_stop_loses_nothing(api: BotApi, start: Callable[..., Running], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bots.telegram.bot.GRACE_SECONDS", 4.0)
    first = start(home=tmp_path / "one")
    api.fail("429", chat=8, retry_after=60)
    api.say(8, "En attente")
    api.wait(lambda: api.of("sendMessage", 8))
    api.say(9, "SLOW encore un peu")
    api.wait(lambda: len(first.service.assistant.asked) == 2)
    first.stop()
    assert "SLOW encore un peu" in api.texts(9)[0]
    assert api.texts(8) == []
    start(home=tmp_path / "one")
    assert api.answered(8, 1) == ["Réponse à « En attente » après 0 [1]."]
    quiet(api, 0.3)
    assert len(api.texts(9)) == 1


def test_an_answer_cut_in_the_middle_is_finished_in_its_own_message(api: BotApi, start: Callable[..., Running], tmp_path: Path) -> None:
    with process(api, tmp_path / "one") as first:
        assert first.stdout
        assert first.stdout.readline() == "ready\n"
        api.say(8, "SLOW une question")
        api.wait(lambda: api.of("editMessageText", 8))
        first.send_signal(signal.SIGKILL)
        first.wait()
    start(home=tmp_path / "one")
    api.wait(lambda: api.texts(8)[0].endswith("après 0 [1]."))
    assert len(api.of("sendMessage", 8)) == 1


def asked_at_once(api: BotApi, chats: int) -> list[float]:
    """Seconds until each of ``chats`` has its first answer, when all of them ask twice at once; each gets its own two and no more."""
    own = [(f"Question {chat} du matin", f"Question {chat} du soir") for chat in range(chats)]
    updates = [api.message(1000 + chat, asked[turn]) for turn in (0, 1) for chat, asked in enumerate(own)]
    began = time.monotonic()
    api.push(*updates)
    for chat in range(chats):
        api.answered(1000 + chat, 2, 60)
    quiet(api, 0.3)
    for chat, (first, second) in enumerate(own):
        # the number says how many turns the conversation held: another chat's turns would count too
        assert api.texts(1000 + chat) == [f"Réponse à « {first} » après 0 [1].", f"Réponse à « {second} » après 1 [1]."]
    return sorted(min(call.at for call in api.of("sendMessage", 1000 + chat)) - began for chat in range(chats))


def test_chats_that_ask_at_once_each_get_their_own_answers(api: BotApi, bot: Running) -> None:
    assert len(asked_at_once(api, chats=20)) == 20


@pytest.mark.slow
def test_two_hundred_chats_that_ask_at_once_each_get_their_own_answers(api: BotApi, tmp_path: Path) -> None:
    with process(api, tmp_path / "home") as running:
        assert running.stdout
        assert running.stdout.readline() == "ready\n"
        took = asked_at_once(api, chats=200)
    print(f"first answers: p50 {took[100]:.2f} s, p95 {took[190]:.2f} s")
