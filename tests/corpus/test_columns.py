"""Columns that stand side by side in a plain text are read one after the other; tables and sheets of keys stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.programmes import understand
from corpus.readers.columns import unfold_columns
from corpus.readers.limits import Limits
from corpus.readers.plain import read_plain
from corpus.records import Price

PAGE = """Centre d'études du littoral          Prérequis
STAGE DUNE3                          Savoir lire une carte et avoir déjà
                                     suivi une visite de terrain
Suivre le recul
du trait de côte                     Programme
                                     1. Les levés : méthodes et
Objectif                             précautions
Mesurer une plage, comparer deux     2. Les bases de données
années et présenter le résultat      nationales
à des élus
                                     Tarifs
Public                               Communes : 240 €
Gardes du littoral et techniciens    Autres organismes : 390 €
des intercommunalités
                                     Contact
Groupe de 12                         stages@littoral.example
"""


def test_columns_of_running_text_are_read_one_after_the_other() -> None:
    document = read_plain(PAGE.encode(), "stage.txt", Limits())
    assert document.title == "Suivre le recul du trait de côte"
    assert "Mesurer une plage, comparer deux années et présenter le résultat à des élus" in document.text
    sheet = understand(document)
    assert sorted(f.value.amount for f in sheet.of("price") if isinstance(f.value, Price)) == [240.0, 390.0]
    assert sheet.of("audience")[0].text == "Gardes du littoral et techniciens des intercommunalités"


def test_a_title_at_the_top_of_the_second_column_is_found() -> None:
    left, right = zip(*((line[:37].rstrip(), line[37:]) for line in PAGE.split("\n")), strict=True)
    head = ("Mesurer une plage avec les moyens", "d'une petite commune", "", *right)
    text = "\n".join(f"{a:<40}{b}".rstrip() for a, b in zip((*left[6:], "", "", "", "", "", "", "", "", ""), head, strict=True))
    assert read_plain(text.encode(), "stage.txt", Limits()).title == "Mesurer une plage avec les moyens d'une petite commune"


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{key:<20}{value}\n" for key, value in [
            ("Intitulé", "Conduire une réunion"), ("Code", "26A12"), ("Public", "Chefs de bureau"), ("Durée", "1 jour"), ("Dates", "3 mai 2027"),
            ("Lieu", "Angers, salle des"), ("", "conférences du centre"), ("Effectif", "12"), ("Coût", "Gratuit pour les agents"),
            ("", "du ministère"), ("Repas", "à la charge du service")]),
        "".join(f"Tarif {n:<30}{n}00 €\n" for n in range(1, 14)),
        "Une ligne   avec des espaces\n" * 20,
    ],
)  # fmt: skip
def test_sheets_and_tables_stay(text: str) -> None:
    assert unfold_columns(text) == (text, ())


@given(st.text(st.sampled_from("ab    \n\fé."), max_size=900))
def test_nothing_but_space_is_lost(text: str) -> None:
    unfolded, tops = unfold_columns(text)
    assert sorted(unfolded.split()) == sorted(text.split()) and all(0 <= top <= len(unfolded) for top in tops)
