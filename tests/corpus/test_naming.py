"""The title of a text is the course's name: not the school's, the catalogue's, the menu's or the form's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.formats import read
from corpus.readers.limits import Limits
from corpus.readers.naming import is_name, named, shown
from corpus.readers.plain import read_plain
from corpus.readers.titles import find_title

FIELDS = "\n\nPublic\nAgents de toutes catégories.\n\nObjectifs\n- Savoir rédiger une note.\n\nDurée : 2 jours\n"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Rédiger une note administrative", "Rédiger une note administrative"),
        ("École régionale des services publics\n\nRédiger une note administrative", "Rédiger une note administrative"),
        ("CENTRE DE FORMATION DES COMMUNES\nCatalogue 2027 – page 4\n\nRédiger une note     Réf. COM-12", "Rédiger une note"),
        (
            "Aller au contenu\nMenu\nAccueil > Formations > Écrits\nPartager\nRédiger des notes efficaces\nMis à jour le 3 mars 2026",
            "Rédiger des notes efficaces",
        ),
        ("Offre 2027 – Région Ouest\nAxe 2 – Écrits professionnels\n\nRédiger une note claire", "Rédiger une note claire"),
        ("Institut des études locales\n\nCycle « Écrire pour décider »\nPromotion 2027", "Cycle « Écrire pour décider »"),
        ("Fiche de stage\n\nIntitulé : Rédiger une note\nRéférence : COM 12", "Rédiger une note"),
        ("Formation en ligne\nLES ÉCRITS PROFESSIONNELS : LES BASES", "LES ÉCRITS PROFESSIONNELS : LES BASES"),
        ("Formation : Rédiger une note de synthèse", "Rédiger une note de synthèse"),
        ("Module 2 : Rédiger une note", "Module 2 : Rédiger une note"),
        ("Actualité – 14/09/2026\n\nUne première promotion pour l'école des écrits", "Une première promotion pour l'école des écrits"),
        ("Fiche formation Rédiger une note - N° : 214 - Mise à jour : 03/02/2026", "Rédiger une note"),
    ],
)
def test_the_name_of_the_course_is_the_title(head: str, title: str) -> None:
    document = read_plain((head + FIELDS).encode(), "fiche.txt", Limits())
    assert document.title == title
    heading = next(block for block in document.blocks if block.kind == "heading")
    assert heading.level == 1 or title in document.text


def test_a_course_that_is_only_spoken_of_gives_its_name() -> None:
    text = "Convocation\n\nVous êtes inscrite à la session du 9 février du stage « Rédiger une note ». Merci d'être à l'heure.\n"
    assert read_plain(text.encode(), "c.txt", Limits()).title == "Stage « Rédiger une note »"
    assert named("Aucun nom ici.") is None


def test_where_nothing_speaks_for_another_line_the_first_stays() -> None:
    assert find_title("Accueil\n\nDiplôme : licence professionnelle\n\nPrésentation\nTexte.") is None
    one_word = find_title("Énergies\n\nDiplôme : licence professionnelle\n\nPrésentation\nTexte.")
    assert one_word is not None and one_word.text == "Énergies"
    assert read_plain(b"Bienvenue\n\nUn texte sans champ.", "b.txt", Limits()).title == "Bienvenue"


def test_what_is_no_name() -> None:
    barred = ("Menu", "Catalogue 2027", "Université de la Côte", "Fiche de stage", "Durée : 3 jours", "12 jours", "Le 3 mars 2026", "Tarifs")
    assert [line for line in barred if is_name(line)] == []
    assert is_name("Université d'été des directeurs financiers") and is_name("Conduire un projet")
    assert shown("Conduire un projet – Réf : PRJ-01") == "Conduire un projet"


@given(st.text(st.sampled_from("aéA1 .:\n–«»-|>Formation€"), max_size=200))
def test_any_text_is_looked_at_without_harm(text: str) -> None:
    found = find_title(text)
    assert found is None or (found.text.strip() and found.span.of(text).strip())
    assert shown(text) is not None


@pytest.mark.parametrize(
    "head",
    ["Plan de formation 2027", "Académie du Nord\nPlan de formation 2027", "GROUPEMENT HOSPITALIER DU NORD\nPlan de formation 2027, tous services"],
)
def test_a_page_of_several_courses_is_known_by_its_own_name(head: str) -> None:
    sheet = "Fiche {n} : {name}\nPublic : tout agent\nDurée : {n} jours\nTarif : 100 €\n\n"
    text = head + "\n\n" + sheet.format(n=1, name="Rédiger une note") + sheet.format(n=2, name="Rédiger un courriel")
    assert "Plan de formation 2027" in read_plain(text.encode(), "plan.txt", Limits()).title


def test_a_heading_of_its_own_is_the_title_whatever_follows(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Chef d'équipe\n\nModule 1 : Connaître le plan (1 jour)\nModule 2 : Tenir un poste\n\n**Durée :** 3 jours\n", encoding="utf-8")
    assert next(iter(read(path, "a.md", Limits()))).title == "Chef d'équipe"
