"""Tariffs by who pays: the one meant for the person who asks comes alone, another public's never."""

from __future__ import annotations

import pytest

from assistant.payers import fitting, payer_of
from corpus.french import fold
from tests.assistant.sheets import sheet_of

COURSE = """Lire un plan de masse

Public
Instructeurs et dessinateurs.

Tarifs
Communes de moins de 1 000 habitants : 210 €
Autres collectivités : 340 €
Formation continue financée par un employeur : 510 €
Financement personnel : 260 €
Demandeurs d'emploi : pris en charge par la Région
Inscription avant le 31 mars : 190 €
À ces montants s'ajoute, pour tous, un droit d'entrée de 15 €.
"""
INLINE = """Conduire une embarcation

Coût
Tarif : 880 € (pompiers : 640 €), repas non compris
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Notre village a 420 habitants, quel tarif ?", ["210 €"]),
        ("Combien pour ma commune de 8 000 habitants ?", ["340 €"]),
        ("Je finance moi-même, ça coûte combien ?", ["260 €"]),
        ("Quel est le prix si mon employeur paie ?", ["510 €"]),
        ("Je suis demandeur d'emploi : combien ?", ["Demandeurs d'emploi : pris en charge par la Région"]),
    ],
)
def test_the_tariff_of_the_payer_comes_alone(question: str, said: list[str]) -> None:
    sheet = sheet_of(COURSE)
    found = fitting(payer_of(fold(question), sheet), sheet)
    assert found
    chosen, besides = found
    assert [sheet.document.text[t.start : t.end] for t in chosen] == said
    assert all("15 €" in t.own for t in besides)


def test_whoever_is_left_out_pays_what_is_nobodys() -> None:
    sheet = sheet_of(INLINE)
    found = fitting(payer_of(fold("Quel est le prix hors pompiers ?"), sheet), sheet)
    assert found and [sheet.document.text[t.start : t.end] for t in found[0]] == ["880 €"]


def test_the_name_of_the_course_pays_nothing() -> None:
    sheet = sheet_of("Le budget d'une petite commune\n\nTarif\nAgents : 300 €\nÉlus : 120 €\n")
    assert not payer_of(fold("Combien coûte le budget d'une petite commune ?"), sheet)


def test_a_person_who_told_their_versant_asks_for_themselves() -> None:
    sheet = sheet_of(COURSE)
    assert payer_of("combien pour moi ?", sheet, "FPT").publics == {"territorial"}
    assert not payer_of("combien coute le stage ?", sheet, "FPT")


def test_who_finances_is_not_who_pays() -> None:
    sheet = sheet_of("Accueillir\n\nTarif\nPour les demandeurs d'emploi, la Région finance le parcours.\nLes collectivités règlent 450 €.\n")
    found = fitting(payer_of(fold("Quel prix pour une région ?"), sheet), sheet)
    assert found and [t.amount for t in found[0]] == [True]
