"""What a person meets, message by message, over HTTP."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bots.telegram.bot_api import BotApi
from tests.bots.telegram.conftest import Running
from tests.fakes_telegram import FakeService

_CHATS = itertools.count(1234509876)


@pytest.fixture(scope="module")
def api() -> Iterator[BotApi]:
    """One server and one bot for all tests of this file; each talks in a chat of its own."""
    with BotApi() as server:
        yield server


@pytest.fixture(scope="module")
def bot(api: BotApi, migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("talk")
    shutil.copy(migrated, home / "state.sqlite")
    running = Running(api, home, FakeService())
    yield running
    running.stop()


@pytest.fixture
def chat() -> int:
    return next(_CHATS)


def test_start_says_that_it_is_an_ai_and_what_is_kept(api: BotApi, bot: Running, chat: int) -> None:
    api.say(chat, "/start")
    (text,) = api.answered(chat, 1)
    assert "une IA, pas une personne" in text
    assert "30 jours" in text
    assert "/oublier" in text
    assert api.labels(chat) == ["📚 Formations", "🧭 Mon parcours", "👤 Mon profil", "English"]


def test_a_question_is_answered_with_typing_and_buttons(api: BotApi, bot: Running, chat: int) -> None:
    api.say(chat, "Combien coûte le module ?")
    (text,) = api.answered(chat, 1)
    assert text == "Réponse à « Combien coûte le module ? » après 0 [1]."
    assert api.of("sendChatAction", chat)
    assert api.labels(chat) == ["🔎 Preuves (2)", "👍", "👎", "💬 Quelles sont les dates ?", "💬 Qui contacter ?"]


def test_the_conversation_remembers(api: BotApi, bot: Running, chat: int) -> None:
    for number in range(3):
        api.say(chat, f"Question {number}")
    texts = api.answered(chat, 3)
    assert [text.split("après")[1] for text in texts] == [" 0 [1].", " 1 [1].", " 2 [1]."]


def test_proofs_are_paged_in_one_message(api: BotApi, bot: Running, chat: int) -> None:
    api.say(chat, "Combien ?")
    api.answered(chat, 1)
    api.press(chat, "Preuves")
    proof = api.answered(chat, 2)[1]
    assert "Coût : 450 €" in proof
    assert "1 sur 2" in proof
    api.press(chat, "▶")
    api.wait(lambda: "Public : agents" in api.texts(chat)[1])
    assert len(api.texts(chat)) == 2
    api.press(chat, "▶")
    api.wait(lambda: "1 sur 2" in api.texts(chat)[1])


def test_suggestions_are_asked(api: BotApi, bot: Running, chat: int) -> None:
    api.say(chat, "Combien ?")
    api.answered(chat, 1)
    api.press(chat, "Qui contacter")
    texts = api.answered(chat, 3)
    assert texts[1] == "« Qui contacter ? »"
    assert texts[2] == "Réponse à « Qui contacter ? » après 1 [1]."


def test_thumbs_with_a_reason_by_button_and_in_words(api: BotApi, bot: Running, chat: int) -> None:
    api.say(chat, "Combien ?")
    api.answered(chat, 1)
    api.press(chat, "👎")
    api.answered(chat, 2)
    api.press(chat, "Il manque")
    api.wait(lambda: api.texts(chat)[1] == "C'est noté, merci.")
    owner = bot.state.owner("telegram", str(chat))
    (kept,) = bot.state.export(owner)["feedback"]
    assert (kept["rating"], kept["reason"]) == ("down", "incomplete")
    api.press(chat, "👎")
    api.answered(chat, 3)
    api.press(chat, "Je l'écris")
    api.answered(chat, 4)
    api.say(chat, "Le prix a changé.")
    assert api.answered(chat, 5)[4] == "C'est noté, merci."
    (kept,) = bot.state.export(owner)["feedback"]
    assert kept["comment"] == "Le prix a changé."
    api.press(chat, "👍")
    api.wait(lambda: bot.state.export(owner)["feedback"][0]["rating"] == "up")


def test_what_is_asked_back_can_be_tapped(api: BotApi, bot: Running, chat: int) -> None:
    api.say(chat, "Suis-je éligible ?")
    api.answered(chat, 1)
    assert {"A", "B", "C"} <= set(api.labels(chat))
    api.press(chat, "B")
    assert api.answered(chat, 3)[2] == "Réponse à « catégorie B » après 1 [1]."


def test_the_profile_is_asked_slot_by_slot_by_buttons_or_words(api: BotApi, bot: Running, chat: int) -> None:
    api.say(chat, "/profil")
    assert "Je ne sais encore rien de vous" in api.answered(chat, 1)[0]
    api.press(chat, "Compléter")
    assert "apprendre" in api.answered(chat, 2)[1]
    api.say(chat, "conduire un projet")
    assert "fonction ?" in api.answered(chat, 3)[2]
    api.press(chat, "Passer")
    assert "Où travaillez-vous" in api.answered(chat, 4)[3]
    api.press(chat, "Commune")
    api.answered(chat, 5)
    assert "catégorie" in api.texts(chat)[4]
    api.press(chat, "A")
    assert "budget" in api.answered(chat, 6)[5]
    api.say(chat, "1 200 €")
    api.answered(chat, 7)
    api.press(chat, "C'est tout")
    summary = api.answered(chat, 8)[7]
    for said in (
        "Objectifs : conduire un projet",
        "Employeur : commune",
        "Catégorie : A",
        "fonction publique territoriale",
        "1\N{NARROW NO-BREAK SPACE}200",
    ):
        assert said in summary
    api.press(chat, "Tout effacer")
    assert api.answered(chat, 9)[8] == "Votre profil est vide."


def test_a_question_in_the_middle_of_a_form_is_a_question(api: BotApi, bot: Running, chat: int) -> None:
    api.say(chat, "/profil")
    api.answered(chat, 1)
    api.press(chat, "Compléter")
    api.answered(chat, 2)
    api.say(chat, "Combien coûte le module ?")
    assert api.answered(chat, 3)[2].startswith("Réponse à « Combien coûte")
    api.say(chat, "et les dates")
    assert api.answered(chat, 4)[3].startswith("Réponse à « et les dates »")


def test_the_whole_road_from_start_to_a_calendar(api: BotApi, bot: Running, chat: int) -> None:
    api.say(chat, "/start")
    api.answered(chat, 1)
    api.press(chat, "Mon parcours")
    assert "apprendre" in api.answered(chat, 2)[1]
    api.say(chat, "conduire un projet")
    path = api.answered(chat, 3)[2]
    for said in ("1. Conduire un projet", "du 2 mars 2027 au 3 mars 2027", "2 jours", "✅ Éligible", "2. Animer une équipe", "date non précisée",
                 "prix non précisé", "Porter le budget à 900 €", "Quel est votre budget ?", "C'est un conseil"):  # fmt: skip
        assert said in path
    api.press(chat, "écartés")
    assert "Coûte 900 €" in api.answered(chat, 4)[3]
    pytest.importorskip("assistant.paths.export")
    api.press(chat, "calendrier")
    (file,) = api.wait(lambda: api.documents(chat))
    assert file["name"] == "parcours.ics"
    assert b"BEGIN:VCALENDAR" in file["content"]
    assert b"20270302" in file["content"]


def test_the_catalogue_is_leafed_through_and_a_sheet_has_its_proofs(api: BotApi, bot: Running, chat: int) -> None:
    api.say(chat, "/formations")
    page = api.answered(chat, 1)[0]
    assert "11 formations" in page
    assert "1. Conduire un projet 1\n" in page
    api.press(chat, "▶")
    api.wait(lambda: "9. Conduire un projet" in api.texts(chat)[0])
    api.press(chat, "9")
    sheet = api.answered(chat, 2)[1]
    assert "Prix : 450 €" in sheet
    assert "Durée : non précisé" in sheet
    api.press(chat, "Preuves")
    assert "450 €" in api.answered(chat, 3)[2]
    api.press(chat, "Suis-je éligible")
    assert "éligible à « Conduire un projet" in api.answered(chat, 5)[4]


def test_the_catalogue_is_searched(api: BotApi, bot: Running, chat: int) -> None:
    api.say(chat, "/formations projet-11")
    assert "1. Conduire un projet 11" in api.answered(chat, 1)[0]
    api.say(chat, "/formations zzz")
    assert "aucune formation" in api.answered(chat, 2)[1]


def test_language(api: BotApi, bot: Running, chat: int) -> None:
    api.say(chat, "/langue en")
    assert "in English" in api.answered(chat, 1)[0]
    api.say(chat, "/aide")
    assert "What I can do" in api.answered(chat, 2)[1]
    api.say(77, "/start", language="en-GB")
    assert "I am Jalon" in api.answered(77, 1)[0]
    api.press(77, "Français")
    api.say(77, "/aide")
    assert "Ce que je sais faire" in api.answered(77, 2)[1]


FILE = {"file_id": "a", "file_unique_id": "b"}
PICTURE = FILE | {"width": 2, "height": 2}


@pytest.mark.parametrize("kind, said", [
    ({"voice": FILE | {"duration": 2}}, "écouter"),
    ({"photo": [PICTURE]}, "images"),
    ({"sticker": PICTURE | {"type": "regular", "is_animated": False, "is_video": False}}, "que les mots"),
    ({"document": FILE}, "fichiers"),
    ({"location": {"latitude": 1.0, "longitude": 2.0}}, "messages écrits"),
])  # fmt: skip
def test_what_cannot_be_read_is_answered_kindly(api: BotApi, bot: Running, chat: int, kind: dict[str, object], said: str) -> None:
    api.say(chat, None, **kind)
    assert said in api.answered(chat, 1)[0]


def test_edited_messages_are_answered_anew(api: BotApi, bot: Running, chat: int) -> None:
    api.say(chat, "Combien coute le modul ?")
    api.answered(chat, 1)
    api.say(chat, "Combien coûte le module ?", kind="edited_message", edit_date=1)
    assert "Combien coûte le module" in api.answered(chat, 2)[1]


def test_groups_are_answered_only_when_addressed(api: BotApi, bot: Running, chat: int) -> None:
    group = -100123
    api.say(group, "On déjeune ?", user=5, group=True)
    api.say(group, "@jalon_test_bot combien coûte le module ?", user=5, group=True)
    assert api.answered(group, 1)[0] == "Réponse à « combien coûte le module ? » après 0 [1]."
    api.say(group, "/aide@autre_bot", user=5, group=True)
    api.say(
        group,
        "et toi ?",
        user=6,
        group=True,
        reply_to_message={
            "message_id": 9,
            "date": 1,
            "chat": {"id": group, "type": "supergroup"},
            "from": {"id": 4242, "is_bot": True, "first_name": "Jalon"},
        },
    )
    assert api.answered(group, 2)[1] == "Réponse à « et toi ? » après 0 [1]."
    api.say(group, "/mesdonnees@jalon_test_bot", user=5, group=True)
    assert "en privé" in api.answered(group, 3)[2]
    assert [question for question, _ in bot.service.assistant.asked][-2:] == ["combien coûte le module ?", "et toi ?"]
    reply = json.loads(api.of("sendMessage", group)[0].data["reply_parameters"])
    assert reply["allow_sending_without_reply"] is True


def test_buttons_of_another_person_do_nothing(api: BotApi, bot: Running, chat: int) -> None:
    group = -100124
    api.say(group, "@jalon_test_bot combien ?", user=5, group=True)
    api.answered(group, 1)
    api.press(group, "Preuves", user=6, group=True)
    api.wait(lambda: "ne marche plus" in api.of("answerCallbackQuery")[-1].data.get("text", "") if api.of("answerCallbackQuery") else False)
    assert len(api.texts(group)) == 1


@pytest.mark.parametrize("data", ["", "p", "p:nothing:0", "zz:1:2", "n:-:rien", "c:-:abc", "c:-:-4", "l:-:xx", "p:" + "x" * 55 + ":99"])
def test_button_data_of_a_stranger_is_harmless(api: BotApi, bot: Running, chat: int, data: str) -> None:
    api.say(chat, "/aide")
    api.answered(chat, 1)
    api.push(api.tap(chat, data))
    api.say(chat, "Toujours là ?")
    api.wait(lambda: any("Toujours là" in text for text in api.texts(chat)))
    assert not any("incident" in text for text in api.texts(chat))


def test_unanswered_questions_are_listed(api: BotApi, bot: Running, chat: int) -> None:
    api.say(chat, "UNKNOWN question sans réponse")
    api.answered(chat, 1)
    gap = bot.state.unanswered()[0]
    assert (gap.channel, gap.question) == ("telegram", "UNKNOWN question sans réponse")


def test_my_data_come_as_a_file(api: BotApi, bot: Running, chat: int) -> None:
    api.say(chat, "Combien coûte le module ?")
    api.answered(chat, 1)
    api.say(chat, "/mesdonnees")
    (file,) = api.wait(lambda: api.documents(chat))
    kept = json.loads(file["content"])
    assert kept["turns"][0]["question"] == "Combien coûte le module ?"
    assert str(chat) not in json.dumps({name: rows for name, rows in kept.items() if name != "telegram_inbox"})
