"""The answer once the programme is known: what is asked of it, said by the line that says it, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from assistant.conversation import Assistant
from tests.assistant.conftest import assistant_over

COURSE = """Institut du littoral
Formations > Mer et côtes

SURVEILLER UNE PLAGE

Deux semaines pour tenir un poste de secours, de la vigie à la consignation des interventions.

Organisation
Volume horaire : 70 heures, dont 28 sur une plage avec un tuteur
Module 1 Lire la mer : courants, marées, météo       21 heures   Lorient
Module 2 Porter secours : nage, planche, oxygène     35 heures   Lacanau
Module 3 Rendre compte : main courante, procès-verbal     14 heures   à distance

Calendrier
Module 1 : 5-7 avril 2027
Module 2 : 12-16 avril 2027
Module 3 : 21-22 avril 2027
Épreuve de nage : 2 avril 2027

Méthode
Jeux de rôle avec des sauveteurs, puis reprise en groupe.

Faut-il un diplôme ?
Le permis B et un véhicule sont indispensables. Le secourisme de base est demandé.

Vos questions
« Peut-on venir sans savoir nager le crawl ? » Oui, la brasse suffit le premier jour.

À la fin
Une attestation est remise. Elle ne donne pas droit à un avancement.

S'inscrire
La demande passe par votre mairie, trois semaines avant le premier jour. Secrétariat : plage@littoral.example, 01 99 00 77 00.

Partager cette page
"""


@pytest.fixture(scope="module")
def beach(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("beach")
    (folder / "plage.txt").write_text(COURSE, encoding="utf-8")
    with ExitStack() as stack:
        yield assistant_over([folder / "plage.txt"], tmp_path_factory.mktemp("index"), stack)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Combien d'heures en tout pour Surveiller une plage ?", "70 heures"),
        ("Combien d'heures sur une plage pendant la formation Surveiller une plage ?", "28 sur une plage"),
        ("Quand a lieu le module sur les courants dans Surveiller une plage ?", "5 au 7 avril 2027"),
        ("Quand est l'épreuve de nage de Surveiller une plage ?", "2 avril 2027"),
        ("Une voiture est-elle nécessaire pour Surveiller une plage ?", "véhicule"),
        ("Surveiller une plage permet-il d'avancer en grade ?", "ne donne pas droit"),
        ("Comment apprend-on concrètement dans Surveiller une plage ?", "Jeux de rôle"),
        ("Comment s'inscrire à Surveiller une plage ?", "trois semaines avant"),
        ("Surveiller une plage : peut-on venir sans savoir nager le crawl ?", "la brasse suffit"),
    ],
)
def test_the_line_that_says_it_answers(beach: Assistant, question: str, said: str) -> None:
    answer = beach.ask(question).answer
    assert said in answer.text and not answer.abstained
    assert all("Partager" not in c.quote and "Formations >" not in c.quote for c in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "Combien gagne-t-on en sortant de Surveiller une plage ?",
        "Surveiller une plage peut-il être payé avec mon CPF ?",
        "Parle-t-on de plongée sous-marine dans Surveiller une plage ?",
        "Surveiller une plage donne-t-il droit à des crédits DPC ?",
    ],
)
def test_what_no_line_says_is_not_answered(beach: Assistant, question: str) -> None:
    assert beach.ask(question).answer.abstained
