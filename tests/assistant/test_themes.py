"""Themes: questions in words that the document does not share; what no section says stays unanswered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.conversation import Assistant
from assistant.english import in_french
from assistant.themes import asked_themes

SHEET = """# Licence professionnelle Métiers du paysage urbain

## Rythme de l'alternance
Une semaine en classe, trois semaines chez l'employeur.

## Qui anime ?
Une architecte du paysage et deux botanistes.

## Contrôle des connaissances
Deux dossiers et un oral devant la commission.

## Et après ?
Les diplômés deviennent chargés de projet dans un bureau d'études.

## À prévoir
Des bottes et une tenue de pluie.
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Quel est l'emploi du temps de la licence métiers du paysage urbain ?", "Une semaine en classe"),
        ("Qui sont les professeurs de la licence métiers du paysage urbain ?", "deux botanistes"),
        ("Comment est-on noté dans la licence métiers du paysage urbain ?", "Deux dossiers"),
        ("Que faire après la licence métiers du paysage urbain ?", "chargés de projet"),
        ("Que faut-il apporter pour la licence métiers du paysage urbain ?", "bottes"),
    ],
)
def test_a_section_answers_in_other_words(over: Callable[..., Assistant], question: str, said: str) -> None:
    answer = over(paysage__md=SHEET).ask(question).answer
    assert said in answer.text and not answer.abstained
    assert any(said in c.quote for c in answer.citations)


@pytest.mark.parametrize(
    "subject", ["Où se loger pendant", "Quel est le taux de réussite de", "Quelles langues apprend-on dans", "Peut-on payer avec son CPF"]
)
def test_a_theme_without_a_section_is_not_answered(over: Callable[..., Assistant], subject: str) -> None:
    assert over(paysage__md=SHEET).ask(f"{subject} la licence métiers du paysage urbain ?").answer.abstained


def test_words_of_the_name_ask_for_nothing() -> None:
    assert not asked_themes("metiers du paysage", ("metiers", "paysage"))
    assert [t.name for t in asked_themes("ou dormir")] == ["lodging"]


def test_english_subjects_find_french_titles(over: Callable[..., Assistant]) -> None:
    assert in_french("a course on human resources", {"ressourc", "humain"}) == "a course on ressources humaines"
    assistant = over(achats__md="# Les marchés publics pas à pas\n\nTarif : 410 €\n", rh__md="# Gérer les ressources humaines\n\nTarif : 520 €\n")
    answer = assistant.ask("How much does the public procurement course cost?").answer
    assert answer.language == "en" and "410" in answer.text and "520" not in answer.text


def test_a_fee_beside_the_course_is_not_its_price(over: Callable[..., Assistant]) -> None:
    assistant = over(
        one__md="# Stage Tri des archives\n\nTarif : 300 €\n\nFrais de dossier : 20 €\n", two__md="# Stage Accueil du public\n\nTarif : 90 €\n"
    )
    text = assistant.ask("Quel est le stage le moins cher ?").answer.text
    assert "Accueil du public" in text.splitlines()[0]
    assert "90" in text.splitlines()[0]
