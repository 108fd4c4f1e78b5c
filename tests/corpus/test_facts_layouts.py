"""Headings asked as questions, columns of a table, dates in letters, who may not come."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.records import Capacity, Duration, FieldName, Price, Session, Text
from tests.corpus.sheets import programme, values

INVITATION = """Rencontre des archivistes

Quand ? Le jeudi onze février deux mille vingt-sept, de 9 h à 17 h
C'est où ? Hôtel du département, salle 2
Qui peut venir ? Les archivistes des communes. Les prestataires privés ne sont pas admis.
Combien ? La rencontre est gratuite.
Combien de places ? 45
Comment s'inscrire ? Par courriel avant le 1er février 2027.
Pourquoi ? La loi du 3 janvier 1979 et le décret du 17 septembre 2009 ont changé.
"""


@pytest.mark.parametrize("bold", [False, True])
def test_a_question_opens_the_field_that_it_asks_for(bold: bool) -> None:
    text = (
        "\n".join(f"**{q}?**{rest}" if rest else q for q, _, rest in (line.partition("?") for line in INVITATION.split("\n"))) if bold else INVITATION
    )
    assert values(text, "sessions") == [Session(date(2027, 2, 11), date(2027, 2, 11))]
    assert values(text, "location") == [Text("Hôtel du département, salle 2")]
    assert values(text, "audience") == [Text("Les archivistes des communes."), Text("Les prestataires privés ne sont pas admis.")]
    assert values(text, "price") == [Price(0.0, "EUR")]
    assert values(text, "capacity") == [Capacity(45)]
    assert values(text, "registration") == [Text("Par courriel avant le 1er février 2027.")]


@pytest.mark.parametrize(
    ("line", "field", "found"),
    [
        ("C'est combien ? 60 euros par agent", "price", Price(60.0, "EUR")),
        ("À quel prix ? 60 euros par agent", "price", Price(60.0, "EUR")),
        ("Pour quel public ? Agents d'accueil", "audience", Text("Agents d'accueil")),
        ("Combien de temps ? Deux jours", "duration", Duration(2.0, "days")),
        ("À quel endroit ? Préfecture, salle 3", "location", Text("Préfecture, salle 3")),
        ("Quand ? Le 3 mai 2027. Où ? Préfecture, salle 3", "location", Text("Préfecture, salle 3")),
    ],
)
def test_questions_in_other_words(line: str, field: FieldName, found: object) -> None:
    assert values(f"Accueillir un apprenti\n\nUne demi-heure d'échanges.\n\n{line}\n", field)[-1:] == [found]


def test_a_question_of_the_text_opens_nothing() -> None:
    text = "Accueillir un apprenti\n\nObjectifs\n- Que faire quand il s'absente ? Trouver les mots\n- Pourquoi le suivre ? Garder le lien\n"
    assert [f.text for f in programme(text).of("objectives")] == [
        "Que faire quand il s'absente ? Trouver les mots",
        "Pourquoi le suivre ? Garder le lien",
    ]


TABLE = """# Rédiger un marché

## Dates et lieux
| Session | Dates | Lieu | Limite d'inscription | Places |
|---|---|---|---|---|
| 01 | du 9 au 10 février 2027 | Albi | 15 décembre 2026 | 16 |
| 02 | du 4 au 5 mai 2027 | Foix | 9 mars 2027 | 14 |
| 03 | du 12 au 13 octobre 2027 | Auch | 17 août 2027 | 16 |
"""


@pytest.mark.parametrize("head", ["Limite d'inscription", "Clôture des inscriptions", "Date limite", "Clôture", "Inscriptions avant le"])
def test_the_head_of_a_column_says_what_its_dates_are(head: str) -> None:
    sheet = programme(TABLE.replace("Limite d'inscription", head))
    assert [(f.text, f.value.label) for f in sheet.of("sessions") if isinstance(f.value, Session)] == [
        ("du 9 au 10 février 2027", "01, Albi"),
        ("du 4 au 5 mai 2027", "02, Foix"),
        ("du 12 au 13 octobre 2027", "03, Auch"),
    ]
    assert [f.text for f in sheet.of("registration")] == ["15 décembre 2026", "9 mars 2027", "17 août 2027"]
    assert [f.text for f in sheet.of("location")] == ["Albi", "Foix", "Auch"]
    assert [f.value for f in sheet.of("capacity")] == [Capacity(16), Capacity(14), Capacity(16)]


def test_the_closing_of_a_cycle_is_no_deadline() -> None:
    text = "Cycle des cadres\n\nDurée et rythme\nSéquence d'ouverture : 19 – 22 janvier 2027, Metz\nClôture : 8 décembre 2027, Lens\n"
    assert not programme(text).of("registration")
    assert [(f.text, f.value.label) for f in programme(text).of("sessions") if isinstance(f.value, Session)][-1] == ("8 décembre 2027", "Clôture")


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("le mardi neuf mars deux mille vingt-sept", date(2027, 3, 9), date(2027, 3, 9)),
        ("le premier juin 2027", date(2027, 6, 1), date(2027, 6, 1)),
        ("du deux au quatre mai 2027", date(2027, 5, 2), date(2027, 5, 4)),
        ("les vingt et un et vingt-deux avril deux mille vingt-huit", date(2028, 4, 21), date(2028, 4, 22)),
        ("du 30 juin au premier juillet deux mille trente et un", date(2031, 6, 30), date(2031, 7, 1)),
        ("le 9 mars deux mille vingt-sept", date(2027, 3, 9), date(2027, 3, 9)),
    ],
)
def test_dates_in_letters(words: str, first: date, last: date) -> None:
    assert values(f"Lire un bilan\n\nDates\n{words}\n", "sessions") == [Session(first, last)]


def test_dates_of_laws_in_letters_are_no_sessions() -> None:
    text = "Lire un bilan\n\nLa loi du neuf décembre 1905, l'ordonnance du premier juin 2021 et la circulaire du deux mai 2022 sont étudiées.\n"
    assert not programme(text).of("sessions")


@pytest.mark.parametrize(
    "sentence",
    [
        "Les agents des hôpitaux ne peuvent pas être accueillis, faute de places.",
        "Les candidatures individuelles ne sont pas retenues.",
        "Cette session est réservée aux agents de la métropole.",
        "La formation n'est pas ouverte aux contractuels.",
    ],
)
def test_who_may_not_come_is_said_of_the_audience_wherever_it_stands(sentence: str) -> None:
    text = f"Lire un bilan\n\n{sentence}\n\nPublic\nComptables des collectivités\n\nDurée\n1 jour\n"
    assert [f.text for f in programme(text).of("audience")] == [sentence, "Comptables des collectivités"]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("La participation est libre de droits d'entrée.", "libre de droits d'entrée"),
        ("Entrée libre sur inscription.", "Entrée libre"),
        ("Financement : crédits mutualisés", "crédits mutualisés"),
        ("Coût pédagogique financé sur les crédits mutualisés ; repas à la charge de chacun.", "financé sur les crédits mutualisés"),
        ("Coût : prise en charge intégrale par l'école", "prise en charge intégrale"),
        ("Coût : aucun", "aucun"),
        ("Tarif : sans frais pour les membres", "sans frais"),
    ],
)
def test_free_of_charge_in_other_words(sentence: str, said: str) -> None:
    assert [(f.text, f.value.amount) for f in programme(f"Lire un bilan\n\n{sentence}\n").of("price") if isinstance(f.value, Price)] == [(said, 0.0)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Les repas sont intégralement pris en charge.",
        "La formation peut être entièrement prise en charge par votre OPCO.",
        "L'attestation est valable quatre ans.",
    ],
)
def test_what_says_nothing_of_the_price_nor_of_the_length(sentence: str) -> None:
    sheet = programme(f"Lire un bilan\n\n{sentence}\n")
    assert not sheet.of("price") and not sheet.of("duration")


@pytest.mark.parametrize("section", ["", "Au programme\nMatin : les comptes\nAprès-midi : la trésorerie\n\n"])
def test_a_limit_is_a_capacity_in_any_section(section: str) -> None:
    assert values(f"Lire un bilan\n\n{section}Le nombre de connexions est limité à 500.\n", "capacity") == [Capacity(500)]


def test_the_length_of_an_item_of_the_contents_is_that_items() -> None:
    sheet = programme("Lire un bilan\n\nDurée\n6 heures\n\nProgramme\n- Les comptes (2 h)\n- La trésorerie (4 h)\n")
    assert [(f.text, f.value.label) for f in sheet.of("duration") if isinstance(f.value, Duration)] == [
        ("6 heures", None),
        ("2 h", "Les comptes"),
        ("4 h", "La trésorerie"),
    ]


def test_for_whom_both_prices_are_stands_behind_the_bracket() -> None:
    sheet = programme("Lire un bilan\n\nTarif : gratuit pour les agents du ministère – 240 € HT (288 € TTC) pour les autres organismes\n")
    assert [(f.text, f.value.label) for f in sheet.of("price") if isinstance(f.value, Price)] == [
        ("gratuit", "pour les agents du ministère"),
        ("240 €", "HT pour les autres organismes"),
        ("288 €", "TTC pour les autres organismes"),
    ]
