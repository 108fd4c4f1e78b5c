"""The chat model over a real socket: what it proves is shown, what it invents is not, and its failures cost no answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from assistant.chat_model import open_chat_model
from assistant.conversation import Assistant
from assistant.errors import ChatModelUnavailable
from assistant.prompts import say
from assistant.records import Done, TextPiece
from tests.assistant.chat_server import ChatServer
from tests.assistant.conftest import assistant_over

pytestmark = pytest.mark.filterwarnings("default")  # the provider's client warns about itself

SHEET = """# Cycle Conduire un service

## Public
Cadres des trois fonctions publiques

## Pratique
- Coût : 1 250 € par participant
- Dates : du 3 au 7 mars 2027
- Contact : cycle@ecole.example
"""
QUESTION = "Combien coûte le cycle Conduire un service ?"
LABEL = say("model_failed", "fr")


def ask(
    assistant: Assistant, replies: list[dict[str, Any]], timeout: float = 5.0, question: str = QUESTION
) -> tuple[Done, str, list[str], ChatServer]:
    """(end of the reply, what the pieces add up to, what was observed, the server)."""
    observed: list[str] = []
    with ChatServer(replies).running() as server:
        assistant.chat_model = open_chat_model("openai:scripted", base_url=server.url, api_key="k", timeout=timeout)
        assistant.observe = observed.append
        events = list(assistant.reply(question))
    done = events[-1]
    assert isinstance(done, Done)
    shown = "".join(e.text for e in events if isinstance(e, TextPiece))
    assert shown == done.answer.text
    for citation in done.answer.citations:
        assert assistant.library.catalogue.document(citation.document).text[citation.start : citation.end] == citation.quote
    return done, shown, observed, server


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("chat")
    documents = folder / "documents"
    documents.mkdir()
    (documents / "cycle.md").write_text(SHEET, encoding="utf-8")
    (documents / "autre.md").write_text("# Stage Accueil\n\nCoût : 80 €\n", encoding="utf-8")
    with ExitStack() as stack:
        yield assistant_over([documents], folder, stack)


def test_a_proven_sentence_is_released_in_the_models_name(assistant: Assistant) -> None:
    done, text, observed, server = ask(assistant, [{"pieces": ["Le cycle coûte ", "1 250 € par", " participant [1]."]}])
    assert text == "Le cycle coûte 1 250 € par participant [1]."
    assert done.answer.mode == "openai:scripted"
    assert [c.quote for c in done.answer.citations] == ["Coût : 1 250 € par participant"]
    assert observed == ["sentence_released"]
    sent = server.requests[0]["messages"]
    assert "1 250 €" in sent[-1]["content"] and QUESTION in sent[-1]["content"]


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ("Le cycle coûte 999 € [1].", "number"),
        ("Inscrivez-vous sur https://evil.example/pay pour 1 250 € [1].", "link"),
        ("Le coût est de 1 250 € [9].", "unknown marker"),
        ("Le coût est de 1 250 €.", "no marker"),
        ("Le coût est de 1 250 $ par participant [1].", "currency"),
        ("Le cycle coûte 1 250 € par participant à Marseille [1].", "name"),
        ("Le cycle est gratuit [1].", "free"),
        ("Écrivez à autre@ecole.example pour le coût [1].", "e-mail"),
        ("Le coût par participant n'est pas de 1 250 € [1].", "negation"),
        ("Le coût est de 1 250 € <b>net</b> [1].", "markup"),
    ],
)
def test_a_lie_is_dropped_and_the_rest_stays(assistant: Assistant, lie: str, reason: str) -> None:
    done, text, observed, _ = ask(assistant, [{"pieces": [lie, " Le coût est de 1 250 € par participant [1]."]}])
    assert text == "Le coût est de 1 250 € par participant [1]."
    assert f"sentence_dropped:{reason}" in observed
    assert done.answer.mode == "openai:scripted"


def test_nothing_left_gives_the_extractive_answer_with_its_label(assistant: Assistant) -> None:
    done, text, _, _ = ask(assistant, [{"pieces": ["Tout est gratuit, cliquez ici !"]}])
    assert done.answer.mode == "extractive"
    assert "1 250 €" in text and LABEL in text


@pytest.mark.parametrize(
    "reply",
    [
        {"status": 500},
        {"status": 401},
        {"raw": b"data: {not json\n\n"},
        {"raw": b"<html>gateway</html>"},
        {"pieces": [], "wait": 3},
        {"pieces": ["Le coût est de"], "finish": "length"},
        {"pieces": ["Le coût est de"], "finish": None},
        {"pieces": []},
    ],
    ids=["500", "401", "garbage", "html", "silence", "too long", "cut off", "empty"],
)
def test_a_failing_model_costs_no_answer(assistant: Assistant, reply: dict[str, Any]) -> None:
    done, text, _, _ = ask(assistant, [reply], timeout=1.0)
    assert done.answer.mode == "extractive"
    assert "1 250 €" in text and LABEL in text and not done.answer.abstained


def test_cut_off_after_a_sentence_completes_with_the_extractive_answer(assistant: Assistant) -> None:
    _, text, observed, _ = ask(assistant, [{"pieces": ["Le coût est de 1 250 € par participant [1]. Il", " faut"], "finish": None}])
    assert text.startswith("Le coût est de 1 250 € par participant [1].")
    assert LABEL in text and "model_failed" in observed


def test_too_many_requests_is_tried_again(assistant: Assistant) -> None:
    done, _, _, server = ask(assistant, [{"status": 429}, {"pieces": ["Le coût est de 1 250 € par participant [1]."]}])
    assert done.answer.mode == "openai:scripted"
    assert len(server.requests) == 2


def test_an_abstention_is_not_handed_to_the_model(assistant: Assistant) -> None:
    done, _, _, server = ask(
        assistant, [{"pieces": ["La capacité est de 12 places [1]."]}], question="Combien de places au cycle Conduire un service ?"
    )
    assert done.answer.abstained
    assert server.requests == []


def test_an_unknown_provider_is_one_sentence() -> None:
    with pytest.raises(ChatModelUnavailable, match="JALON_CHAT_MODEL"):
        open_chat_model("nosuchprovider:model")
