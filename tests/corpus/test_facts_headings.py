"""Headings that ask, headings in capitals, unknown headings, and names of contacts."""

from __future__ import annotations

import pytest

from corpus.facts.topics import strict_topic_of
from corpus.records import Contact
from tests.corpus.sheets import programme, texts


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("Que faut-il avoir ?", "prerequisites"), ("Quel niveau faut-il ?", "prerequisites"), ("Il vous faut", "prerequisites"),
        ("Avant de venir", "prerequisites"), ("Qui ?", "audience"), ("Pour quels agents ?", "audience"), ("À qui ça s'adresse ?", "audience"),
        ("À qui s'adresser ?", "contact"), ("Qui appeler ?", "contact"), ("Et le prix ?", "price"), ("Ça coûte combien ?", "price"),
        ("Combien serons-nous ?", "capacity"), ("Ça dure combien de temps ?", "duration"), ("Que va-t-on apprendre ?", "objectives"),
        ("Qu'y fait-on ?", "content"), ("Où nous trouver ?", "location"), ("Prochains départs", "sessions"), ("Pièces à fournir", "registration"),
        ("Vos questions, nos réponses", None), ("Le projet", None),
    ],
)  # fmt: skip
def test_headings_as_one_says_them(heading: str, topic: str | None) -> None:
    assert strict_topic_of(heading) == topic


def test_a_name_in_capitals_opens_its_value_without_colon() -> None:
    text = "Lire un marché public\n\nPUBLIC Acheteurs et rédacteurs des communes\nPRÉREQUIS Avoir suivi « Marchés : les bases »\nLIEU Albi"
    assert texts(text, "audience") == ["Acheteurs et rédacteurs des communes"]
    assert texts(text, "prerequisites") == ["Avoir suivi « Marchés : les bases »"]
    assert texts(text, "location") == ["Albi"]


def test_an_unknown_heading_like_the_others_ends_a_section() -> None:
    text = "Lire un marché public\n\nPUBLIC VISÉ\nAcheteurs des communes.\n\nLA VIE DU GROUPE\nOn déjeune ensemble le premier jour.\n"
    assert texts(text, "audience") == ["Acheteurs des communes."]


def test_the_last_item_of_a_list_is_no_contact() -> None:
    text = "Lire un marché public\n\nObjectifs\n- Comparer deux offres\n- Rédiger un rapport\nstages@ecole.example\n\nPôle formation\n01 99 00 11 22"
    names = {c.email or c.phone: c.name for f in programme(text).of("contact") if isinstance(c := f.value, Contact)}
    assert names["stages@ecole.example"] is None
    assert names["01 99 00 11 22"] == "Pôle formation"


def test_a_code_of_the_islands_belongs_to_its_number() -> None:
    (fact,) = programme("Bureau de la formation de Papeete, téléphone (689) 40 99 05 05").of("contact")
    assert isinstance(fact.value, Contact)
    assert (fact.value.phone, fact.text) == ("+689 40 99 05 05", "(689) 40 99 05 05")


def test_modules_are_named_not_dated() -> None:
    text = "Licence Écrire la ville\n\nEnseignements\n- UE1 Lire un quartier\n- UE2 Croquis et maquette\n\n"
    text += "Calendrier\nUE1 : 4 au 6 mai 2027\nUE2 : 7 juin 2027"
    assert texts(text, "modules") == ["UE1 Lire un quartier", "UE2 Croquis et maquette"]
