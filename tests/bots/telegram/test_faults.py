"""What breaks bots: floods, server errors, cut lines, refused markup, blocked chats, crashes, hostile texts."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bots.telegram.bot_api import TOKEN, BotApi
from tests.bots.telegram.conftest import Running

NAUGHTY = [
    "<b>gras</b> & <script>alert(1)</script>", "</b></i>", "&lt;&amp;", "*_[]()~`>#+-=|{}.!", "\x00\x01\x02", "\ud800 demi", "\u202e à l'envers",
    "Z\u0337\u0322\u031ba\u0338l\u0335g\u0336o\u0334" * 30, "\U0001f469\u200d\U0001f467\U0001f3f3\ufe0f\u200d\U0001f308" * 20, "\u200b\u200b", "   ",
    "\ufdfa" * 200, "'; DROP TABLE turns;--", "{question} {0} %s %(x)s", "${jndi:ldap://x}", "../../etc/passwd", "/", "//", "/ commande", "@", "=1+1",
    "\u2028\u2029", "\ufeff", "Ω≈ç√∫˜µ≤≥÷", "社會科學院語學研究所", "١٢٣", "\n\n\n", "a" * 4096, "é" * 4000, "\t", "/start " + "x" * 64,
    "/formations <b>", "null", "NaN", "{}", "[]",
]  # fmt: skip


def test_a_flood_of_one_chat_delays_only_that_chat(api: BotApi, bot: Running) -> None:
    fault = api.fail("429", chat=1, retry_after=2)
    api.say(1, "Patience")
    api.wait(lambda: fault.hits)
    for chat in range(2, 12):
        api.say(chat, "Vite")
    for chat in range(2, 12):
        api.answered(chat, 1)
    assert api.texts(1) == []
    api.answered(1, 1)
    refused, sent = api.of("sendMessage", 1)
    assert sent.at - refused.at >= 2


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_flood_of_35_seconds(api: BotApi, bot: Running) -> None:
    fault = api.fail("429", chat=1, retry_after=35)
    api.say(1, "Patience")
    api.wait(lambda: fault.hits)
    began = time.monotonic()
    for chat in range(2, 102):
        api.say(chat, "Vite")
    for chat in range(2, 102):
        api.answered(chat, 1, 30)
    print(f"100 other chats answered within {time.monotonic() - began:.1f} s")
    assert api.texts(1) == []
    api.answered(1, 1, 60)
    refused, sent = api.of("sendMessage", 1)
    assert sent.at - refused.at >= 35


@pytest.mark.parametrize("kind", ["500", "502", "cut_before"])
def test_server_errors_and_cut_lines_are_tried_again(api: BotApi, bot: Running, kind: str) -> None:
    fault = api.fail(kind, chat=1, times=3)
    api.say(1, "Combien ?")
    assert api.answered(1, 1) == ["Réponse à « Combien ? » après 0 [1]."]
    assert len(fault.hits) == 3
    assert len(api.texts(1)) == 1


def test_polling_survives_a_server_that_fails(api: BotApi, bot: Running) -> None:
    api.fail("502", method="getUpdates", times=2)
    api.say(1, "Combien ?")
    api.answered(1, 1)
    api.say(1, "Et les dates ?")
    assert len(api.answered(1, 2)) == 2


def test_refused_markup_comes_as_plain_text(api: BotApi, bot: Running) -> None:
    api.fail("entities", chat=1)
    api.say(1, "<b> & co")
    assert api.answered(1, 1) == ["Réponse à « <b> & co » après 0 [1]."]
    assert "parse_mode" not in api.of("sendMessage", 1)[-1].data


def test_a_person_who_blocked_the_bot_is_forgotten_quietly(api: BotApi, bot: Running, caplog: pytest.LogCaptureFixture) -> None:
    api.say(1, "Combien ?")
    api.answered(1, 1)
    owner = bot.state.owner("telegram", "1")
    assert bot.state.export(owner)
    api.fail("403", chat=1, times=99)
    api.say(1, "Et les dates ?")
    api.wait(lambda: not bot.state.export(owner))
    assert caplog.records == []
    member = {"user": {"id": 4242, "is_bot": True, "first_name": "Jalon"}, "status": "kicked", "until_date": 0}
    api.say(2, "Combien ?")
    api.answered(2, 1)
    api.push(
        api.update(
            "my_chat_member",
            {
                "chat": {"id": 2, "type": "private"},
                "from": {"id": 2, "is_bot": False, "first_name": "C"},
                "date": 1,
                "old_chat_member": member | {"status": "member"},
                "new_chat_member": member,
            },
        )
    )
    api.wait(lambda: not bot.state.export(bot.state.owner("telegram", "2")))
    assert len(api.texts(2)) == 1


def test_a_crash_tells_the_person_spares_the_others_and_logs_no_word(api: BotApi, bot: Running, caplog: pytest.LogCaptureFixture) -> None:
    api.say(1, "CRASH mon nom est Secret")
    api.say(2, "Tout va bien")
    api.say(1, "Et maintenant ?")
    assert "incident" in api.answered(1, 2)[0]
    assert api.texts(1)[1].startswith("Réponse à « Et maintenant ?")
    assert api.answered(2, 1)[0].startswith("Réponse à « Tout va bien")
    (record,) = [record for record in caplog.records if record.name == "jalon.telegram"]
    assert "RuntimeError" in record.getMessage()
    assert "Secret" not in caplog.text


def test_long_answers_come_in_parts_with_the_buttons_last(api: BotApi, bot: Running) -> None:
    api.say(1, "LONG")
    api.wait(lambda: "👍" in api.labels(1))
    texts = api.texts(1)
    assert len(texts) > 3
    assert all(text.endswith("plus.") for text in texts)
    assert " ".join(texts) == ("Une phrase assez longue pour compter <b> & plus. " * 300).strip()
    marked = [call for call in api.of("sendMessage", 1) if "inline_keyboard" in call.data.get("reply_markup", "")]
    assert marked == api.of("sendMessage", 1)[-1:]


def test_a_slow_answer_grows_under_the_reader_s_eyes(api: BotApi, bot: Running) -> None:
    api.say(1, "SLOW")
    (text,) = api.wait(lambda: [t for t in api.texts(1) if t.endswith("…")])
    assert text.startswith("Morceau 0.")
    api.wait(lambda: api.texts(1)[0].endswith("après 0 [1]."))
    assert len(api.of("sendMessage", 1)) == 1
    edits = [call.at for call in api.of("editMessageText", 1)]
    assert 1 <= len(edits) <= 4
    assert len(api.of("sendChatAction", 1)) <= 3


def test_hostile_messages_and_names_all_get_a_reply(api: BotApi, bot: Running) -> None:
    for number, text in enumerate(NAUGHTY):
        api.say(100 + number, text, name=text[:64])
    for number, _ in enumerate(NAUGHTY):
        assert api.answered(100 + number, 1)
    assert not any("incident" in text for chat in list(api.chats) for text in api.texts(chat))


def test_updates_of_unknown_shape_stop_nothing(api: BotApi, bot: Running) -> None:
    good = api.message(1, "Toujours là ?")
    bad = [
        {"update_id": good["update_id"] + n, "message": body}
        for n, body in enumerate(
            (
                {},
                {"chat": 5},
                {"chat": {"id": "x"}, "from": {}},
                {"chat": {"id": 3, "type": "private"}, "from": {"id": 3}, "date": "x", "text": ["a"]},
            ),
            1,
        )
    ]
    api.push(*bad, {"update_id": good["update_id"] + 9, "poll_answer": {}}, {"no": "id"}, good)
    assert len(api.answered(1, 1)) == 1


def test_forgetting_leaves_no_byte_of_the_person(api: BotApi, bot: Running) -> None:
    person, name = 918273645, "Quetzalcoatlus"
    for text in ("Mon projet Xylophone", "je suis attachée Wombatologue, catégorie A", "Suis-je éligible ?"):
        api.say(person, text, name=name)
    api.answered(person, 3)
    api.press(person, "👎")
    api.answered(person, 4)
    api.press(person, "Je l'écris")
    api.answered(person, 5)
    api.say(person, "Motif Ornithorynque")
    api.answered(person, 6)
    api.say(7, "Je reste")
    api.answered(7, 1)
    owner, chat = bot.state.owner("telegram", str(person)), bot.state.owner("telegram-chat", str(person))
    traces = [trace.encode() for trace in (str(person), name, "Xylophone", "Wombatologue", "Ornithorynque", owner, chat)]
    assert traces_in(bot.home, traces), "the search would find nothing anyway"
    api.say(person, "/oublier", name=name)
    assert "effacé" in api.answered(person, 7)[6]
    assert traces_in(bot.home, traces[:-1]) == []
    with sqlite3.connect(bot.home / "state.sqlite") as database:
        assert database.execute("SELECT count(*) FROM turns").fetchone() == (1,)
    database.close()
    api.say(person, "Bonjour")
    assert "après 0" in api.answered(person, 8)[7]


def traces_in(home: Path, traces: list[bytes]) -> list[bytes]:
    return [trace for path in home.rglob("*") if path.is_file() for trace in traces if trace in path.read_bytes()]


def test_the_token_is_in_no_log(api: BotApi, start: Callable[..., Running], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    running = start()
    api.fail("500", times=2)
    api.say(1, "Un texte bien à moi")
    api.answered(1, 1)
    running.stop()
    assert TOKEN.partition(":")[2] not in caplog.text
    assert "bien à moi" not in caplog.text


def test_chats_over_the_limit_wait_in_the_inbox(api: BotApi, start: Callable[..., Running], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bots.telegram.updates.MOST_CHATS", 2)
    monkeypatch.setattr("bots.telegram.updates.SWEEP_SECONDS", 0.1)
    start()
    for chat in range(1, 13):
        api.say(chat, "Combien ?")
    for chat in range(1, 13):
        assert len(api.answered(chat, 1)) == 1
