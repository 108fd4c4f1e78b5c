"""The bot with the real assistant over real indexed documents: the whole road, and the same answers on every channel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from bots.app import create_app
from bots.assemble import Service
from bots.settings import Settings
from bots.state import State
from tests.bots.telegram.bot_api import BotApi
from tests.bots.telegram.conftest import Running

YEAR = date.today().year + 1
MODULE = """# {title}

## Objectifs

{objectives}

## Public

Agents de la fonction publique territoriale de catégorie A et B.

## Informations pratiques

- Code : {code}
- Durée : 2 jours
- Dates : du {first} au {last} mars {year}
- Lieu : Poitiers
- Coût : {price} €
- Contact : formation@centre.example
"""
MODULES = (
    ("Conduire un projet de service", "Apprendre à conduire un projet : cadrer, planifier, associer les agents.", "PRJ-1", 2, 3, 450),
    ("Animer une réunion de travail", "Préparer et animer une réunion, faire décider un groupe.", "REU-2", 9, 10, 380),
    ("Rédiger un marché public simple", "Connaître les procédures et rédiger les pièces d'un marché.", "MAR-3", 16, 17, 520),
)
QUESTIONS = (
    "Combien coûte le module Conduire un projet de service ?", "Quelle est la durée de « Animer une réunion de travail » ?",
    "Qui contacter pour Rédiger un marché public simple ?", "À qui s'adresse Conduire un projet de service ?",
    "Quel est le menu de la cantine ?", "Quelles formations durent deux jours ?",
)  # fmt: skip


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a published index of three modules."""
    home, folder = tmp_path_factory.mktemp("real"), tmp_path_factory.mktemp("documents")
    for title, objectives, code, first, last, price in MODULES:
        text = MODULE.format(title=title, objectives=objectives, code=code, first=first, last=last, price=price, year=YEAR)
        (folder / f"{code.lower()}.md").write_text(text, encoding="utf-8")
    Service(Settings(home=home)).build([folder])
    return home


@pytest.fixture
def real(start: Callable[..., Running], indexed: Path) -> Running:
    return start(service=Service(Settings(home=indexed)))


def test_the_road_of_an_agent_from_start_to_an_exported_path(api: BotApi, real: Running) -> None:
    api.say(1, "/start")
    assert "une IA" in api.answered(1, 1)[0]
    api.say(1, "Combien coûte le module Conduire un projet de service ?")
    assert "450" in api.answered(1, 2)[1]
    api.press(1, "Preuve")
    assert "Coût : 450 €" in api.answered(1, 3)[2]
    api.say(1, "Je suis attachée dans une commune. Suis-je éligible à « Conduire un projet de service » ?")
    assert "territoriale de catégorie A et B" in api.answered(1, 4)[3]
    api.say(1, "/parcours")
    assert "apprendre" in api.answered(1, 5)[4]
    api.say(1, "conduire un projet, animer une réunion")
    api.answered(1, 6)
    path = api.texts(1)[-1]
    assert "Conduire un projet de service" in path
    assert f"2 mars {YEAR}" in path
    api.press(1, "calendrier")
    (file,) = api.wait(lambda: api.documents(1))
    events = list(Calendar.from_ical(file["content"]).walk("VEVENT"))
    assert date(YEAR, 3, 2) in [event["DTSTART"].dt for event in events]
    api.say(1, "/oublier")
    api.wait(lambda: "effacé" in api.texts(1)[-1])


def test_a_sheet_of_the_real_catalogue_shows_its_proofs(api: BotApi, real: Running) -> None:
    api.say(1, "/formations marché public")
    assert "1. Rédiger un marché public simple" in api.answered(1, 1)[0]
    api.press(1, "1")
    sheet = api.answered(1, 2)[1]
    assert "Code : MAR-3" in sheet
    assert "520 €" in sheet
    assert "non précisé" in sheet
    api.press(1, "Preuves")
    assert api.answered(1, 3)[2]


def test_the_same_question_has_the_same_answer_on_telegram_the_web_and_the_command(api: BotApi, real: Running, indexed: Path, tmp_path: Path) -> None:
    for chat, question in enumerate(QUESTIONS, 1):
        api.say(chat, question)
    on_telegram = [api.answered(chat, 1)[0] for chat in range(1, len(QUESTIONS) + 1)]
    batch = tmp_path / "questions.jsonl"
    batch.write_text("".join(json.dumps({"id": str(n), "question": question}) + "\n" for n, question in enumerate(QUESTIONS)), encoding="utf-8")
    command = [sys.executable, "-m", "bots.cli.main", "ask", "--batch", str(batch), "--json"]
    printed = subprocess.run(command, env=os.environ | {"JALON_HOME": str(indexed)}, capture_output=True, text=True, timeout=100, check=True).stdout
    by_command = [json.loads(line)["answer"] for line in printed.splitlines()]
    settings = Settings(home=indexed)
    with TestClient(create_app(Service(settings), State(settings.state_url), settings)) as client:
        on_the_web = [client.post("/api/ask", json={"question": question}).json()["answer"] for question in QUESTIONS]
    assert on_telegram == on_the_web == by_command
    assert "450" in on_telegram[0]
