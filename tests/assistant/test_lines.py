"""Lines as they are meant: wrapped prose is one line, lists are many; what belongs to the page answers nothing."""

from __future__ import annotations

import pytest

from assistant.lines import is_furniture, is_heading, repeats_title, runs, width_of
from tests.assistant.sheets import sheet_of

WRAPPED = """Ce stage s'adresse aux personnes qui découvrent la conduite d'un chantier et qui veulent comprendre
comment se prépare une réunion, puis comment on en rend compte à ceux qui n'y étaient pas, sans rien
oublier de ce qui compte.
Effectif   12
Lieu   Brest"""


def test_wrapped_prose_is_one_line_and_short_lines_are_their_own() -> None:
    width = width_of(WRAPPED)
    lines = [WRAPPED[a:b] for a, b in runs(WRAPPED, 0, len(WRAPPED), width)]
    assert len(lines) == 3
    assert lines[0].endswith("ce qui compte.")
    assert lines[1:] == ["Effectif   12", "Lieu   Brest"]


def test_without_prose_every_line_stands_alone() -> None:
    text = "Chefs d'équipe\nagents d'accueil\nrégisseurs"
    assert width_of(text) == 0
    assert len(list(runs(text, 0, len(text), 0))) == 3


@pytest.mark.parametrize(
    ("words", "following", "opens", "heading"),
    [
        ("Tarifs 2027-2028", "Collectivités : 300 €", False, True),
        ("Les unités", "UE 1 Droit de l'eau", True, True),
        ("PAROLES DE STAGIAIRES", "« Utile. »", False, True),
        ("12 stagiaires au plus", "Lieu : Brest", True, False),
        ("Une phrase entière.", "Une autre.", True, False),
    ],
)
def test_headings_that_nothing_marks(words: str, following: str, opens: bool, heading: bool) -> None:
    assert is_heading(words, following, opens) is heading


@pytest.mark.parametrize(
    ("line", "furniture"),
    [
        ("Accueil > Formations > Domaine juridique", True),
        ("Partager cette page Imprimer", True),
        ("Suivez-nous — Mentions légales — Plan du site", True),
        ("Méthode : exposés / ateliers", False),
        ("Jeux de rôle puis reprise collective.", False),
    ],
)
def test_furniture_of_a_page(line: str, furniture: bool) -> None:
    assert is_furniture(line) is furniture


def test_a_line_that_repeats_the_title_says_nothing() -> None:
    assert repeats_title("Le tri des archives : méthode", "Le tri des archives : méthode")
    assert not repeats_title("Le tri des archives commence par un inventaire des fonds.", "Le tri des archives : méthode")


def test_what_stands_above_the_title_is_no_body() -> None:
    sheet = sheet_of("Institut des ponts\nNos formations\n\nPEINDRE UN GARDE-CORPS\n\nObjectifs\n- Choisir une peinture\n- Préparer le support\n")
    said = [line.plain for line in sheet.body]
    assert "Choisir une peinture" in said
    assert "Nos formations" not in said


def test_a_heading_that_answers_is_a_line_too() -> None:
    sheet = sheet_of("# Tailler une haie\n\n## Aucun prérequis\n\n## Contenu\nLes outils, puis la taille douce.\n", "fiche.md")
    assert "Aucun prérequis" in [line.plain for line in sheet.body]


def test_dots_that_lead_to_an_amount_end_no_line() -> None:
    sheet = sheet_of("Tailler une haie\n\nTarifs\nTarif normal .......... 300 €\nTarif réduit .......... 120 €\n")
    assert [line.plain for line in sheet.body if "€" in line.text] == ["Tarif normal .......... 300 €", "Tarif réduit .......... 120 €"]
