"""The inbox and the people of the bot, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bots.state import State
from bots.state_telegram import CARDS_KEPT, DAY, UNKNOWN, Incoming, TelegramState


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def rooms(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[TelegramState]:
    url = f"sqlite:///{tmp_path / 'state.sqlite'}" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    state = State(url, clock)
    yield TelegramState(state, 4242, clock)
    state.close()


def incoming(number: int, chat: str = "chat", person: str = "person") -> Incoming:
    return Incoming(number, chat, person, {"update_id": number, "message": {"text": f"n° {number} \ud800\0"}})


def test_an_update_is_taken_in_once_and_answered_in_order(rooms: TelegramState, clock: Clock) -> None:
    assert rooms.take_in([incoming(7), incoming(5), incoming(7), incoming(9, "other")]) == ["chat", "other"]
    assert rooms.take_in([incoming(5), incoming(6)]) == ["chat"]
    assert rooms.backlog() == 4
    until, order = clock.now + 30, []
    waiting = rooms.begin("chat", "one", until)
    while waiting:
        order.append(waiting.update_id)
        assert waiting.body["message"]["text"].startswith(f"n° {waiting.update_id}")
        waiting = rooms.finish(waiting, "one")
    assert order == [5, 6, 7]
    assert rooms.take_in([incoming(5), incoming(6), incoming(7)]) == []
    assert rooms.begin("chat", "one", until) is None


def test_one_process_holds_a_chat_until_it_lets_go_or_falls_silent(rooms: TelegramState, clock: Clock) -> None:
    rooms.take_in([incoming(1), incoming(2)])
    assert rooms.begin("chat", "one", clock.now + 30)
    assert rooms.begin("chat", "two", clock.now + 30) is None
    assert rooms.unheld(10) == []
    clock.now += 20
    rooms.keep_hold("one", clock.now + 30)
    clock.now += 20
    assert rooms.begin("chat", "two", clock.now + 30) is None
    clock.now += 20
    assert rooms.unheld(10) == ["chat"]
    taken = rooms.begin("chat", "two", clock.now + 30)
    assert taken
    assert (taken.update_id, taken.tries) == (1, 2)
    assert rooms.finish(taken, "one") is None, "who has lost the chat gets no more of it"
    rooms.let_go(["chat"], "two")
    again = rooms.begin("chat", "one", clock.now + 30)
    assert again
    assert again.update_id == 2
    rooms.free_all()
    assert rooms.begin("chat", "two", clock.now + 30)


def test_what_was_sent_outlives_the_process(rooms: TelegramState, clock: Clock) -> None:
    rooms.take_in([incoming(1)])
    rooms.begin("chat", "one", clock.now + 30)
    rooms.sending(1, 1, (501,))
    rooms.free_all()
    in_doubt = rooms.begin("chat", "two", clock.now + 30)
    assert in_doubt
    assert in_doubt.messages == (501, UNKNOWN)
    rooms.sending(1, None, (501, UNKNOWN, 502))
    rooms.free_all()
    known = rooms.begin("chat", "three", clock.now + 30)
    assert known
    assert known.messages == (501, UNKNOWN, 502)


def test_people_are_counted_by_the_minute(rooms: TelegramState, clock: Clock) -> None:
    counts = [rooms.enter("chat", "person", "en")[0].count for _ in range(3)]
    assert counts == [1, 2, 3]
    assert rooms.enter("chat", "other", "fr")[0].count == 1
    clock.now += 60
    person, talk = rooms.enter("chat", "person", "fr")
    assert (person.count, person.language, talk) == (1, "en", None)


def test_a_conversation_belongs_to_a_person_in_a_chat(rooms: TelegramState) -> None:
    one, two = rooms.open_talk("chat", "person", "fr"), rooms.open_talk("chat", "other", "fr")
    assert one.conversation != two.conversation
    assert rooms.open_talk("chat", "person", "fr").conversation == one.conversation
    rooms.await_words("chat", "person", "profile:goals")
    assert rooms.enter("chat", "person", "fr")[1] == replace(one, awaiting="profile:goals")
    assert rooms.enter("chat", "other", "fr")[1] == two


def test_cards_are_for_one_person_in_one_chat_and_grow_old(rooms: TelegramState, clock: Clock) -> None:
    first = rooms.keep_card("chat", "person", {"n": 0})
    assert len(f"p:{first}:+99".encode()) <= 64
    assert rooms.card(first, "chat", "person") == {"n": 0}
    assert rooms.card(first, "chat", "other") is None
    assert rooms.card(first, "elsewhere", "person") is None
    for number in range(CARDS_KEPT):
        clock.now += 1
        rooms.keep_card("chat", "person", {"n": number})
    assert rooms.card(first, "chat", "person") is None
    last = rooms.keep_card("chat", "person", {"n": -1})
    clock.now += 31 * DAY
    assert rooms.card(last, "chat", "person") is None


def test_forgetting_takes_everything_but_what_was_written_since(rooms: TelegramState) -> None:
    rooms.enter("chat", "person", "fr")
    rooms.open_talk("chat", "person", "fr")
    rooms.keep_card("chat", "person", {})
    rooms.take_in([incoming(1), incoming(2), incoming(3), incoming(4, "chat2", "other")])
    assert rooms.forget("person", 2) == 4
    assert rooms.backlog() == 2
    assert rooms.state.export("person") == {}
    assert rooms.enter("chat", "person", "fr")[1] is None


def test_people_who_do_not_come_back_are_erased(rooms: TelegramState, clock: Clock) -> None:
    rooms.enter("chat", "person", "fr")
    rooms.open_talk("chat", "person", "fr")
    clock.now += 20 * DAY
    rooms.enter("chat", "other", "fr")
    clock.now += 15 * DAY
    rooms.expire(30)
    assert rooms.state.export("person") == {}
    assert rooms.state.export("other")
