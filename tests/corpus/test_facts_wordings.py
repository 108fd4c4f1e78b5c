"""Prices, capacities and durations as French institutions write them, and what looks like them and is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.programmes import understand
from corpus.records import Capacity, Contact, Duration, Price
from tests.corpus.sheets import programme, read, texts, values

_TITLE = "Formation au pilotage\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tarif : 420 € net de taxe par personne", {420.0}),
        ("Coût : 1.250,00 € H.T.", {1250.0}),
        ("Tarif journalier intra : 1 400 euros / groupe", {1400.0}),
        ("Coût pédagogique : 60 €/h soit 1 800 €", {60.0, 1800.0}),
        ("Frais de dossier : 25 €", {25.0}),
        ("Prix : 90 € (60 € adhérents)", {90.0, 60.0}),
        ("Tarif unique de 35 € déjeuner compris", {35.0}),
        ("Participation aux frais : 15 € par jour", {15.0}),
        ("Adhésion annuelle obligatoire : 40 €", {40.0}),
        ("Formation financée par l'État, sans coût pour les stagiaires", {0.0}),
        ("Gratuit (financement FIPHFP)", {0.0}),
        ("Coût : 0 €", {0.0}),
        ("Coût : aucun coût pour l'agent", {0.0}),
        ("Cette formation n'est pas payante.", {0.0}),
        ("Le ticket d'entrée est de 1 200 € HT puis 300 € par participant supplémentaire.", {1200.0, 300.0}),
        ("Acompte de 30 % soit 375 € à l'inscription", {375.0}),
        ("Reste à charge : 450 €", {450.0}),
        ("Tarif 2026 – 2027 : 2 990 € (dont 243 € de droits universitaires)", {2990.0, 243.0}),
    ],
)
def test_what_is_paid(text: str, expected: set[float]) -> None:
    assert {v.amount for v in values(_TITLE + text, "price") if isinstance(v, Price)} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Effectif : de 6 à 12 personnes", 12),
        ("Nous accueillons 16 personnes au maximum par session.", 16),
        ("Nbre max de participants : 10", 10),
        ("Entre 8 et 15 participants", 15),
        ("Effectif mini 4 – maxi 10", 10),
        ("Le nombre de stagiaires est limité à 14.", 14),
        ("Groupe limité à quinze personnes", 15),
        ("La promotion compte 30 élèves.", 30),
        ("30 étudiants sont admis chaque année", 30),
        ("Promotions d'une vingtaine d'auditeurs", 20),
        ("Formation limitée à 9 personnes (min. 4)", 9),
        ("Session ouverte à partir de 6 inscrits, 12 au plus", 12),
        ("Places ouvertes au recrutement : 40", 40),
        ("Maximum d'inscrits : 16", 16),
        ("Atelier pratique (max. 10 pers.)", 10),
        ("Jauge : 80 places", 80),
        ("Jauge limitée (30 pers.)", 30),
        ("Effectif prévisionnel : 18", 18),
        ("Nombre d'auditeurs : 45 (dont 15 civils)", 45),
        ("12 participants maximum, 5 minimum", 12),
        ("Effectifs : 5 min. / 12 max.", 12),
        ("L'effectif du groupe ne dépassera pas 12 stagiaires.", 12),
        ("Un groupe de dix stagiaires maximum garantit les échanges.", 10),
        ("Pour favoriser les échanges, chaque session réunit au maximum une quinzaine de cadres.", 15),
        ("Inscription dans la limite de 25 places", 25),
        ("24 places sont ouvertes pour la session 2027", 24),
        ("Stage de 20 places, dont 5 réservées aux outre-mer", 20),
        ("Promo 2026 : 32 auditeurs", 32),
        ("Public : 10 à 12 agents maximum par session", 12),
        ("Taille de groupe : 6-8", 8),
        ("Nombre de candidats admis : 60", 60),
        ("Sélection : 60 candidats retenus sur 340 dossiers", 60),
        ("Capacité d'accueil : 35 étudiants en L3", 35),
    ],
)
def test_how_many_people_a_session_takes(text: str, expected: int) -> None:
    assert {v.amount for v in values(_TITLE + text, "capacity") if isinstance(v, Capacity)} == {expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Durée : 1 journée (6 h)", {(1, "days"), (6, "hours")}),
        ("Durée totale : 21h00", {(21, "hours")}),
        ("Formation de 3 x 2 jours", {(2, "days")}),
        ("Volume horaire global : 1 607 h sur deux ans", {(1607, "hours"), (2, "years")}),
        ("Une demi-journée de 9 h à 12 h", {(0.5, "days")}),
        ("Durée : deux jours et demi", {(2.5, "days")}),
        ("4 demi-journées", {(2, "days")}),
        ("35 heures hebdomadaires pendant 12 semaines", {(12, "weeks")}),
        ("Durée estimée : 45 min", {(0.75, "hours")}),
        ("Parcours de 1 h 15 en ligne", {(1.25, "hours")}),
        ("Le stage est d'une durée de 8 semaines minimum.", {(8, "weeks")}),
        ("De 3 à 5 jours selon le niveau", {(3, "days"), (5, "days")}),
        ("Sur deux années scolaires", {(2, "years")}),
        ("Cycle de dix mois à temps partiel", {(10, "months")}),
        ("Durée : 1 an à temps plein ou 2 ans à temps partiel", {(1, "years"), (2, "years")}),
    ],
)
def test_how_long_it_takes(text: str, expected: set[tuple[float, str]]) -> None:
    assert {(v.amount, v.unit) for v in values(_TITLE + text, "duration") if isinstance(v, Duration)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Le service compte 45 agents et 3 cadres.",
        "Cette réforme concerne 5 700 agents de la collectivité.",
        "La salle du conseil peut accueillir 120 personnes.",
        "Le conseil municipal compte 33 membres et la commune 12 000 habitants.",
        "Chaque stagiaire réalise 3 visites ; 12 modules sont proposés.",
        "En 2025, 180 stagiaires ont suivi cette formation.",
        "Le comité de sélection réunit 7 personnes.",
        "L'équipe pédagogique se compose de 12 formateurs.",
        "Il reste 3 places.",
        "Parking de 50 places gratuit",
        "Seuil d'ouverture : 8 inscrits",
        "Formation prise en charge à 100 % par la Région",
        "Le coût est entièrement pris en charge par le CNFPT.",
        "L'État consacre 3 millions d'euros à ce plan.",
        "Le lauréat reçoit un prix de 1 500 €.",
        "Un dépôt de garantie de 100 € est demandé pour la chambre.",
        "Indemnité de stage : 600 € par mois",
        "Pénalité de 38 € par dossier tardif",
        "Nous consulter pour le tarif.",
        "Justifier de 5 ans d'expérience dont 2 ans d'encadrement",
        "Contrat de 12 mois renouvelable",
        "Préavis de 10 jours ouvrés",
        "Les certificats sont conservés 5 ans.",
        "Ouvert du lundi au vendredi de 9 h à 17 h",
        "Délai d'accès : 2 mois",
        "Réponse sous 48 heures",
        "Bilan à 6 mois après la formation",
        "Attestation valable 24 mois",
        "Prochaine session dans 3 semaines",
        "L'épreuve orale dure 30 minutes, préparation 20 minutes",
        "Pause déjeuner d'une heure",
    ],
)
def test_other_numbers_are_none_of_these(text: str) -> None:
    assert [v for name in ("price", "capacity", "duration") for v in values(_TITLE + text, name)] == []


def test_a_value_is_proven_by_the_line_that_names_it() -> None:
    text = f"{_TITLE}En 2 jours, pour 450 €, vous saurez tout. Groupe de 12 personnes.\n\nDurée : 2 jours\nCoût : 450 €\nEffectif : 12 personnes"
    for name in ("duration", "price", "capacity"):
        (fact,) = programme(text).of(name)
        assert fact.start > text.index("Durée")


def test_what_a_mention_in_passing_says_more_is_kept() -> None:
    text = f"{_TITLE}Coût : 450 €\n\nUn stage de 2 jours.\n\nTarif entreprises : 450 €"
    assert [f.value.label for f in programme(text).of("price") if isinstance(f.value, Price)] == [None, "Tarif entreprises"]


def test_the_number_that_is_shown_holds_where_its_link_dials_another(tmp_path: Path) -> None:
    page = '<h1>Stage</h1><p>Contact : <a href="tel:+33299417721">02 99 41 77 20</a>, <a href="tel:+33299417730">secrétariat</a></p>'
    (tmp_path / "x.html").write_text(page, encoding="utf-8")
    (document,) = read(tmp_path / "x.html")
    assert [f.value.phone for f in understand(document).of("contact") if isinstance(f.value, Contact)] == ["02 99 41 77 20", "+33 2 99 41 77 30"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Niveau : Bac+3", ["Bac+3"]),
        ("Niveau : débutant", []),
        ("Niveau : Bac+2 minimum requis", []),
        ("Diplôme : Master\nDeux ans, 120 crédits ECTS", ["Master"]),
        ("Durée : 2 ans (120 crédits ECTS)", []),
        ("30 crédits ECTS à la clé", ["30 crédits ECTS"]),
    ],
)
def test_what_it_leads_to(text: str, expected: list[str]) -> None:
    assert texts(f"Cursus de pilotage\n\n{text}", "certification") == expected
