"""Which programme is meant, and that one which does not exist is never taken for its neighbour."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.asked import asked_name, asked_phrases, types_asked
from assistant.conversation import Assistant
from assistant.intent import understand
from assistant.records import Memory
from assistant.resolve import resolve

Over = Callable[..., Assistant]


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Combien coûte le cycle sur les crises ?", "anticiper-les-crises.md"),
        ("prix reponse aux crises", "anticiper-les-crises.md"),
        ("Tarif PIL-25-3", "cycle-transverse.txt"),
        ("le MOOC sur les données ouvertes dure combien de temps", "mooc-donnees-ouvertes.txt"),
        ("Quels débouchés après le master droit et action publique ?", "master-action-publique.txt"),
        ("la durée du DU médiation à Nice", "mediation-nice.md"),
        ("prépa rédacteur territorial", "preparation-redacteur.txt"),
        ("Conduire un projet de tranformation : quel coût ?", "conduite-projet.md"),
    ],
)
def test_a_programme_is_found_by_part_of_its_name(golden: Assistant, question: str, document: str) -> None:
    found = resolve(understand(question), Memory(), golden.library)
    assert (found.outcome, found.documents[:1]) == ("one", (document,))


@pytest.mark.parametrize(
    "question",
    [
        "Combien coûte le cycle Gestion des forêts à Épinal ?",
        "Quelle est la durée du master Médiation et gestion des conflits ?",
        "Qui contacter pour le DU médiation de Strasbourg ?",
        "Prix du BTS Aéronautique",
    ],
)
def test_a_programme_that_does_not_exist_is_noticed(golden: Assistant, question: str) -> None:
    assert resolve(understand(question), Memory(), golden.library).outcome == "unknown"


def test_equal_names_are_asked_about(golden: Assistant) -> None:
    found = resolve(understand("Combien coûte le DU Médiation et gestion des conflits ?"), Memory(), golden.library)
    assert found.outcome == "which"
    assert set(found.documents) == {"mediation-lille.md", "mediation-nice.md"}


def test_the_focus_is_kept_but_does_not_replace_an_unknown_name(golden: Assistant) -> None:
    memory = Memory(focus=("anticiper-les-crises.md",))
    assert resolve(understand("et combien de places ?"), memory, golden.library).documents == ("anticiper-les-crises.md",)
    assert resolve(understand("et le cycle Diplomatie culturelle ?"), memory, golden.library).outcome == "unknown"


def test_names_asked() -> None:
    assert asked_name("Combien coûte le cycle Gestion de crise à Lyon ?") == ("gestion", "crise", "lyon")
    assert asked_name("Quelle est la durée de la formation ?") == ()
    assert asked_phrases("Qui suit la formation innovation publique en Polynésie ?")[0] == "innovation publique"
    assert types_asked("le DU Énergies") == {"du"}
    assert types_asked("le but du cycle") == frozenset()


SHEETS = {
    "redaction__txt": "IRA de Montreval\n\nÉcrire et motiver un acte réglementaire\n\n"
    "Ce stage de l'IRA de Montreval s'adresse aux rédacteurs.\n\nDurée : 2 jours\nTarif : 300 €",
    "crise1__txt": "École des secours\nCrues – niveau 1\n\nCrues niveau 1 : tenir son poste\n\nDurée : 3 jours\nTarif : 500 €",
    "crise2__txt": "École des secours\nCrues – niveau 2\n\nCrues niveau 2 : conduire une équipe\n\nDurée : 4 jours\nTarif : 900 €",
    "ehpad__txt": "EHESP\n\nDiriger une maison de retraite\n\n"
    "Pour les directeurs d'EHPAD. Les EHPAD publics sont concernés.\n\nDurée : 12 jours\nTarif : 2 000 €",
}
"""Courses that people call otherwise than their titles do."""


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Combien coûte le stage de l'IRA sur l'écriture des actes ?", "redaction.txt"),
        ("durée du stage rédaction d'actes réglementaires à Montreval", "redaction.txt"),
        ("prix de la formation crues pour débutants", "crise1.txt"),
        ("crues niv 2 cb de jours", "crise2.txt"),
        ("formation ehpad de l'EHESP : combien de jours ?", "ehpad.txt"),
    ],
)
def test_a_programme_is_found_by_its_school_its_people_or_a_word_of_the_family(over: Over, question: str, document: str) -> None:
    assistant = over(**SHEETS)
    found = resolve(understand(question, assistant.library.directory.words), Memory(), assistant.library)
    assert (found.outcome, found.documents[:1]) == ("one", (document,))


@pytest.mark.parametrize(
    "question",
    [
        "Combien coûte le stage de l'IRA de Montreval sur la pêche au gros ?",
        "Quel est le tarif du diplôme « Diriger un opéra » de l'EHESP ?",
        "Prix du stage crues niveau 3 ?",
    ],
)
def test_a_school_alone_never_makes_a_course_of_another_subject(over: Over, question: str) -> None:
    assistant = over(**SHEETS)
    assert resolve(understand(question, assistant.library.directory.words), Memory(), assistant.library).outcome in ("unknown", "nothing")


def test_the_other_level_is_a_sibling_and_two_are_compared(over: Over) -> None:
    assistant = over(**SHEETS)
    first = assistant.ask("Quel est le prix du stage crues niveau 1 ?")
    second = assistant.ask("Et le niveau 2 ?", first.memory)
    assert "900" in second.answer.text and second.answer.programme is not None and second.answer.programme.document == "crise2.txt"
    both = assistant.ask("Lequel des deux est le moins cher ?", second.memory).answer
    assert both.intent == "comparison" and "500" in both.text and "900" in both.text and "2 000" not in both.text
    named = assistant.ask("Niveau 1 ou niveau 2 des crues : lequel dure le plus longtemps ?").answer
    assert "3 jours" in named.text and "4 jours" in named.text and "12 jours" not in named.text


def test_an_english_subject_finds_a_french_programme(over: Over) -> None:
    answer = over(**SHEETS).ask("How much is the IRA course on drafting administrative acts?").answer
    assert "300" in answer.text and answer.language == "en"


def test_the_courses_of_the_page_that_is_meant_are_listed(over: Over) -> None:
    page = (
        "# Syndicat des communes de Val-Vert : les stages 2027\n\n"
        "## SV-01 Conduire un tracteur communal\n\nDurée : 2 jours\n\nTarif : 210 €\n\n"
        "## SV-02 Tailler les arbres d'alignement\n\nDurée : 3 jours\n\nTarif : 320 €\n\n"
        "## SV-03 Entretenir un stade enherbé\n\nDurée : 1 jour\n\nTarif : 110 €\n"
    )
    answer = over(stages__md=page, **SHEETS).ask("Quels stages propose le syndicat des communes de Val-Vert ?").answer
    assert all(word in answer.text for word in ("tracteur", "arbres", "stade"))


def test_another_school_s_course_is_meant_by_its_school_alone(over: Over) -> None:
    assistant = over(
        a__md="# Accueillir les familles au musée\n\nUn stage de l'Artem.\n\nTarif : 450 €",
        b__md="# Recevoir les familles au musée\n\nUne journée de Muséa Sud.\n\nTarif : 120 €",
    )
    first = assistant.ask("Quel est le prix du stage de l'Artem sur l'accueil des familles au musée ?")
    assert "450" in first.answer.text
    assert "120" in assistant.ask("et la journée de Muséa Sud ?", first.memory).answer.text


@pytest.mark.parametrize("question", ["Combien coûte le cycle pour cadres dirigeants de l'INSP ?", "prix cycle dirigeant insp"])
def test_a_school_in_another_title_does_not_outweigh_the_subject(over: Over, question: str) -> None:
    assistant = over(
        a__md="# Cycle dirigeant Conduire le changement\n\nPour les cadres dirigeants de l'État. Inscription auprès de l'INSP.\n\nTarif : 5 400 €",
        b__md="# INSP – Artem : des journées communes\n\nLes élèves des deux écoles travaillent ensemble.",
    )
    assert "400" in assistant.ask(question).answer.text
