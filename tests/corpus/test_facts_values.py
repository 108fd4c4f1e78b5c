"""Prices, durations, dates, contacts and capacity, each in the writings that documents use."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.programmes import is_over
from corpus.records import Capacity, Duration, Price, Session
from tests.corpus.sheets import programme, values


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Coût : 7\u2009850\u2009€", [7850]),
        ("Tarif : 7\u00a0850 €", [7850]),
        ("Tarif : 7\u202f850,50 €", [7850.5]),
        ("Tarif : 7.850,00 €", [7850]),
        ("Tarif : 7850 euros nets de taxe", [7850]),
        ("Prix : 1,5 k€", [1500]),
        ("105 € CVEC + 178 € de droits d'inscription", [105, 178]),
        ("Tarif : 4500 € (3500 € si financement individuel)", [4500, 3500]),
        ("Participation : de 350 à 500 € selon le revenu", [350, 500]),
        ("Inscription gratuite", [0]),
        ("Tarif : gratuit pour les agents, 390 € HT pour les autres", [0, 390]),
        ("Aucun reste à charge n'est demandé à l'employeur.", [0]),
        ("Un reste à charge de 750 € est demandé à l'entreprise.", [750]),
        ("Tarif : sur devis", []),
        ("Rémunération : 1 801 € brut par mois", []),
        ("Une bourse de 600 € peut être accordée.", []),
        ("Le coût est pris en charge à hauteur de 7 200 € par l'OPCO.", []),
        ("La ville y consacre un budget de 450 000 €.", []),
        ("Tout retard expose à une amende de 135 €.", []),
        ("Parking gratuit à proximité. Numéro vert gratuit.", []),
        ("Le plan compte 1,2 million d'euros de travaux.", []),
    ],
)
def test_what_somebody_pays_and_nothing_else(text: str, amounts: list[float]) -> None:
    assert values(text, "price") == [Price(float(a), "EUR") for a in amounts]


def test_the_franc_of_the_pacific() -> None:
    assert values("Coût pour l'employeur : 185 000 F CFP, ou 45 000 XPF par module", "price") == [Price(185000.0, "XPF"), Price(45000.0, "XPF")]


def test_labels_say_for_whom_and_for_what() -> None:
    sheet = programme("# Cycle\n\n## Tarif formation initiale\n105 € CVEC + 178 €\n\n## Tarif apprentissage\nSecteur privé : 750 €\n")
    labels = [f.value.label or "" for f in sheet.of("price") if isinstance(f.value, Price)]
    assert "formation initiale" in labels[0]
    assert "CVEC" in labels[0]
    assert "CVEC" not in labels[1]
    assert "apprentissage" in labels[2]
    assert "Secteur privé" in labels[2]


def test_a_table_labels_an_amount_by_its_row_and_its_column() -> None:
    sheet = programme(
        "# Certificat\n\n## Tarifs\n\n| Public | Complet | Un module |\n|---|---|---|\n"
        "| Agents | 3 600 € | 950 € |\n| Employeurs | 4 200 € | 1 100 € |\n"
    )
    labels = {f.value.amount: f.value.label or "" for f in sheet.of("price") if isinstance(f.value, Price)}
    assert set(labels) == {3600.0, 950.0, 4200.0, 1100.0}
    assert "Agents" in labels[950.0]
    assert "Un module" in labels[950.0]
    assert "Employeurs" in labels[4200.0]
    assert "Complet" in labels[4200.0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Durée : 13 jours ½", [(13.5, "days")]),
        ("Durée : 7 mois | 200 heures", [(7, "months"), (200, "hours")]),
        ("Durée : 196 heures", [(196, "hours")]),
        ("3 ans dont 12 semaines de stage", [(3, "years"), (12, "weeks")]),
        ("Durée : 2 jours (14h)", [(2, "days"), (14, "hours")]),
        ("La formation dure trois jours, soit 21 heures.", [(3, "days"), (21, "hours")]),
        ("Durée : une demi-journée", [(0.5, "days")]),
        ("Durée : deux jours et demi", [(2.5, "days")]),
        ("Durée : 1 740 heures", [(1740, "hours")]),
        ("L'atelier dure 3h30.", [(3.5, "hours")]),
        ("Durée en jours : 2", [(2, "days")]),
        ("Durée : 8 à 12 mois", [(8, "months"), (12, "months")]),
        ("Secrétariat ouvert de 9h à 17h30", []),
        ("Public : agents de plus de 50 ans", []),
        ("Prérequis : justifier de 5 ans d'expérience", []),
        ("Réponse dans un délai de 15 jours", []),
    ],
)
def test_durations(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(v.amount, v.unit) for v in values(text, "duration") if isinstance(v, Duration)] == expected


def test_computed_durations_are_deduced() -> None:
    (fact,) = programme("Durée : 3 semestres").of("duration")
    assert (fact.value, fact.status, fact.text) == (Duration(18.0, "months"), "deduced", "3 semestres")


def test_a_placement_is_labelled() -> None:
    facts = programme("Durée : 3 ans dont 12 semaines de stage").of("duration")
    assert [f.value.label for f in facts if isinstance(f.value, Duration)] == [None, "stage"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dates : entre le 14 septembre 2021 et le 30 novembre 2021", [(date(2021, 9, 14), date(2021, 11, 30))]),
        ("Calendrier 2026\nDates : du 3 au 5 mars", [(date(2026, 3, 3), date(2026, 3, 5))]),
        ("Dates : 12/03/2025 au 14/03/2025", [(date(2025, 3, 12), date(2025, 3, 14))]),
        ("Dates : les 12 et 13 juin 2025 puis le 4 juillet 2025", [(date(2025, 6, 12), date(2025, 7, 4))]),
        ("Dates : du 28 novembre au 2 décembre 2025", [(date(2025, 11, 28), date(2025, 12, 2))]),
        ("Session : du 15 décembre au 9 janvier 2026", [(date(2025, 12, 15), date(2026, 1, 9))]),
        ("Dates : 20 mai 2026 ou 2 juin 2026", [(date(2026, 5, 20), date(2026, 5, 20)), (date(2026, 6, 2), date(2026, 6, 2))]),
        ("Session : mars 2026", [(date(2026, 3, 1), date(2026, 3, 31))]),
        ("Dates : de février à juin 2026", [(date(2026, 2, 1), date(2026, 6, 30))]),
        ("Rentrée le 7 septembre 2026", [(date(2026, 9, 7), None)]),
        ("Rentrée : mi-mars 2026", [(date(2026, 3, 15), None)]),
        ("Rentrée 2026", [(None, None)]),
        ("Dates : du 3 au 5 mars", [(None, None)]),
        ("Inscription avant le 1er septembre 2026", []),
        ("Décret du 4 janvier 2005 portant statut", []),
    ],
)
def test_sessions(text: str, expected: list[tuple[date | None, date | None]]) -> None:
    assert [(v.start, v.end) for v in values(text, "sessions") if isinstance(v, Session)] == expected


def test_a_year_taken_from_elsewhere_is_deduced() -> None:
    sheet = programme("Calendrier 2025-2026\nDates : du 3 au 5 mars\nDates : du 6 au 7 octobre")
    assert [(f.value.start, f.status) for f in sheet.of("sessions") if isinstance(f.value, Session)] == [
        (date(2026, 3, 3), "deduced"),
        (date(2025, 10, 6), "deduced"),
    ]


def test_a_deadline_belongs_to_registration() -> None:
    sheet = programme("Date limite d'inscription : 30 avril 2026")
    assert not sheet.of("sessions")
    assert [f.text for f in sheet.of("registration")] == ["30 avril 2026"] or "30 avril 2026" in sheet.of("registration")[0].text


def test_the_date_of_the_document_is_no_session() -> None:
    sheet = programme("Mis à jour le 12/01/2026\n\nSession : du 3 au 4 mars 2026")
    assert sheet.published is not None
    assert sheet.published.value == Session(date(2026, 1, 12), date(2026, 1, 12))
    assert len(sheet.of("sessions")) == 1


def test_sessions_that_are_over() -> None:
    today = date(2026, 3, 4)
    assert is_over(Session(date(2026, 3, 1), date(2026, 3, 3)), today)
    assert not is_over(Session(date(2026, 3, 1), today), today)
    assert is_over(Session(date(2026, 3, 1), None), today)
    assert not is_over(Session(None, None, "rentrée 2020"), today)


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("Contact : formation@ecole.example.", ["formation@ecole.example"]),
        ("pilotlaACTIANTISPAM@ecole.example", ["pilot@ecole.example"]),
        ("accueil [at] ecole.example", ["accueil@ecole.example"]),
        ("accueil(arobase)ecole.example", ["accueil@ecole.example"]),
        ("accueil AT ecole DOT example", ["accueil@ecole.example"]),
        ("accueil (at) ecole (point) example", ["accueil@ecole.example"]),
        ("accueil [point] stages [arobase] ecole [point] example", ["accueil.stages@ecole.example"]),
        ("accueil-NOSPAM@ecole.example", ["accueil@ecole.example"]),
        ("un cours @ distance", []),
    ],
)
def test_emails(text: str, emails: list[str]) -> None:
    facts = [f for f in programme(text).of("contact") if getattr(f.value, "email", None)]
    assert [getattr(f.value, "email", None) for f in facts] == emails
    assert all(f.status == ("extracted" if getattr(f.value, "email", None) == f.text else "deduced") for f in facts)


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("05 56 00 95 82 / 95 54", ["05 56 00 95 82", "05 56 00 95 54"]),
        ("05 56 00 95 82 | 05 56 00 95 64", ["05 56 00 95 82", "05 56 00 95 64"]),
        ("Tél. : 03.29.00.14.70", ["03 29 00 14 70"]),
        ("0344000102", ["03 44 00 01 02"]),
        ("+33 (0)4 78 00 90 90", ["+33 4 78 00 90 90"]),
        ("tél. 40 50 81 00 ou +689 40 50 81 01", ["40 50 81 00", "+689 40 50 81 01"]),
        ("Tél : 03 87 75 44 11 / 12", ["03 87 75 44 11", "03 87 75 44 12"]),
        ("Tél : 03 87 75 44 11 (+33 3 87 75 44 11) / 12", ["+33 3 87 75 44 11", "03 87 75 44 11", "03 87 75 44 12"]),
        ("Fax : 02 96 00 20 21", []),
        ("SIRET 130 023 385 00011", []),
    ],
)
def test_phones(text: str, phones: list[str]) -> None:
    assert sorted(p for f in programme(text).of("contact") if (p := getattr(f.value, "phone", None))) == sorted(phones)


def test_an_abbreviated_number_points_at_what_is_written() -> None:
    second = programme("Contact : 05 56 00 95 82 / 95 54").of("contact")[1]
    assert (second.text, second.status) == ("95 54", "deduced")


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Capacité : 12 places", [12]),
        ("Objectifs\nSavoir instruire une demande.\n3 jours, du 14 au 16 septembre 2027, à Rive. 12 places.", [12]),
        ("**Nombre de places** – vingt-cinq", [25]),
        ("Effectif : de 6 à 12 participants", [12]),
        ("Effectif maximum : 14", [14]),
        ("Groupe limité à 8 participants", [8]),
        ("Combien de participants ?\nUne promotion d'une quarantaine d'auditeurs", [40]),
        ("Lieu Rennes\nEffectif limité à 20", [20]),
        ("| Licence | Prix |\n|---|---|\n| 10 agents | 46 € |\n| 20 agents | 90 € |", []),
        ("Groupe de stagiaires constitué sur place : 14 maximum", [14]),
        ("Stage du 1 et 2 juin 2026 - Il reste 4 places", []),
        ("Tarif public maximum pour un stagiaire : 13,50 € de l'heure", []),
        ("La formation sera suivie par 60 stagiaires (15 agents de l'État, 35 agents du Pays et 10 agents des communes).", [60]),
        ("Nombre d'inscrits maximum : 45 (minimum : 15)", [45]),
        ("Ouverture dès 5 inscrits minimum", []),
        ("Nombre de diplômés en 2025 : 79", []),
    ],
)
def test_capacity(text: str, amounts: list[int]) -> None:
    assert values(text, "capacity") == [Capacity(a) for a in amounts]


def test_a_beginning_and_an_end_are_one_session() -> None:
    assert values("Début : 3 août 2026 - Fin : 20 novembre 2026", "sessions") == [Session(date(2026, 8, 3), date(2026, 11, 20))]
    assert values("Calendrier\nRentrée le 1er octobre 2026. Fin de la scolarité : mi-mars 2027.", "sessions") == [
        Session(date(2026, 10, 1), date(2027, 3, 15))
    ]
    assert values("Début des cours : 3 août 2026. Fin des inscriptions : 2 septembre 2026.", "sessions") == [Session(date(2026, 8, 3), None)]


def test_a_label_keeps_its_whole_condition_and_leaves_out_what_only_repeats_the_field() -> None:
    (free,) = programme("Tarif : gratuit pour les agents des communes de moins de 2 000 habitants.").of("price")
    assert getattr(free.value, "label", None) == "pour les agents des communes de moins de 2 000 habitants"
    (fee,) = programme(
        "# Un diplôme\n\n## Droits d'inscription et tarification\n\n| Statut | Montant |\n|---|---|\n| Formation initiale | 650 € |"
    ).of("price")
    assert getattr(fee.value, "label", None) == "Formation initiale"


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Frais de sélection : aucun.", [0.0]),
        ("Frais pédagogiques : néant. Premier équipement : 500 € offerts par la Région.", [0.0]),
        (
            "Un stage\n\nTarif\nFinancement individuel ..... 5 760 € (9 €/h)\nFinancement entreprise ..... 8 960 € (14 €/h)",
            [5760.0, 9.0, 8960.0, 14.0],
        ),
        ("Tarif de l'accompagnement : 1 450 €, remise de 30 % si vous payez vous-même (soit 1 015 €)", [1450.0, 1015.0]),
        ("Formation à titre gracieux. Un recours gracieux est possible.", [0.0]),
        ("Coût : 900 €. Compter environ 650 €/mois pour se loger.", [900.0]),
        ("Tarif : 900 €. Règlement possible en 3 fois sans frais.", [900.0]),
        ("Un stage\n\nTarifs :\n- Entreprises : 240 €, pris en charge jusqu'à 80 %", [240.0]),
        ("Coût du contrat : 7 900 € pris en charge par l'opérateur de compétences", []),
    ],
)
def test_what_is_free_and_what_a_funder_pays(text: str, amounts: list[float]) -> None:
    assert [getattr(v, "amount", None) for v in values(text, "price")] == amounts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rythme : 2 semaines à l'institut / 3 semaines en entreprise", []),
        ("La durée hebdomadaire est de 35 heures.", []),
        ("Durée de la formation : 1 an (450 heures de cours + 120 h de projet)", [(1.0, "years"), (450.0, "hours"), (120.0, "hours")]),
        ("Devoirs à rendre toutes les 2 semaines", []),
        ("Horaires : 9h – 12h30 / 13h30 – 17h", []),
        ("Durée de validité : 5 ans", []),
    ],
)
def test_how_weeks_alternate_is_no_duration(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(getattr(v, "amount", None), getattr(v, "unit", None)) for v in values(text, "duration")] == expected


def test_a_length_of_each_session_says_so() -> None:
    facts = programme("Durée : 105 heures réparties en 5 sessions de 3 jours").of("duration")
    assert [getattr(f.value, "label", None) for f in facts] == [None, "par session"]
