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
        ("Prix de la journée : 310 € HT (372 € TTC)", {310.0, 372.0}),
        ("Coût stagiaire : 85,00 €", {85.0}),
        ("Tarifs : adhérents 120 €, non-adhérents 180 €", {120.0, 180.0}),
        ("Inscription : 40 € (chèque à l'ordre du régisseur)", {40.0}),
        ("200 € la session, 350 € les deux", {200.0, 350.0}),
        ("Formation à titre gracieux", {0.0}),
        ("Le coût pour la collectivité est de 95 € par agent et par jour.", {95.0}),
        ("Forfait groupe jusqu'à 12 personnes : 1 850 €", {1850.0}),
        ("Tarif réduit (étudiants, demandeurs d'emploi) : 60 € ; plein tarif : 110 €", {60.0, 110.0}),
        ("Frais pédagogiques - 780€ net de TVA (art. 261.4.4°a du CGI)", {780.0}),
        ("25 000 F CFP l'inscription, 8 000 F CFP le dossier", {25000.0, 8000.0}),
        ("Non facturé aux services déconcentrés", {0.0}),
        ("La formation vous est offerte par le ministère", {0.0}),
        ("Droits de scolarité : 254 €/an", {254.0}),
        ("Éligible au CPF — coût : 1 990,00€", {1990.0}),
        ("Moins de 50 salariés : tarif de 300 €", {300.0}),
        ("Communes de 3 500 à 10 000 habitants : 220 €", {220.0}),
        ("Tarif : 95 euros la demi-journée", {95.0}),
        ("Coût / agent : 310 euros TTC", {310.0}),
        ("Net à payer : 1 045,00 €", {1045.0}),
        ("Frais d'inscription 2027 : 180 € (90 € pour les étudiants)", {180.0, 90.0}),
        ("Prix public 1 490 €, prix collectivité 1 190 €", {1490.0, 1190.0}),
        ("Le tarif de cette formation est de mille deux cents euros (1 200 €).", {1200.0}),
        ("Cotisation annuelle : 12 €", {12.0}),
        ("Coût par personne : 2x450 €", {450.0}),
        ("Remise de 10 % à partir de 3 inscrits, soit 1 080 € par personne", {1080.0}),
        ("12 000 XPF/jour/participant", {12000.0}),
        ("Reste à charge agent : 0 €", {0.0}),
        ("Aucune participation financière n'est demandée.", {0.0}),
        ("Coût horaire : 9,15 €", {9.15}),
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
        ("Promotion : 25 stagiaires dont 5 places réservées aux collectivités ultramarines", 25),
        ("La session peut accueillir jusqu'à 24 auditeurs.", 24),
        ("Effectif visé : une trentaine d'agents", 30),
        ("Dix-huit places sont proposées à chaque promotion.", 18),
        ("12 stagiaires (+ 2 en liste d'attente)", 12),
        ("Nombre de places limité : 16", 16),
        ("1 à 6 participants par atelier", 6),
        ("Ateliers de 12 participants", 12),
        ("Groupe : 10/12 personnes", 12),
        ("Le groupe sera constitué de 12 agents issus de services différents.", 12),
        ("Session de 14 stagiaires max., binômes de 2", 14),
        ("24 h de formation pour 24 participants au plus", 24),
        ("Limité aux 15 premiers inscrits", 15),
        ("Maximum 20 pers.", 20),
        ("Effectif maxi par groupe = 12", 12),
        ("Nombre minimum de participants : 5 / maximum : 14", 14),
        ("Accueil de 8 à 10 stagiaires sur le plateau technique", 10),
        ("Groupe : max 15 apprenants, min 6", 15),
        ("Le stage est plafonné à vingt-cinq participants", 25),
        ("Forfait groupe jusqu'à 12 personnes : 1 850 €", 12),
        ("Stagiaires par session : 12", 12),
        ("Inscrits max. : 20", 20),
        ("Chaque promotion est composée de 18 auditeurs.", 18),
        ("Les groupes sont constitués de 10 participants.", 10),
        ("Le séminaire rassemble 40 chefs de service.", 40),
        ("8 agents au plus par session", 8),
        ("Ouvert à 16 stagiaires", 16),
        ("6 personnes minimum, 10 personnes maximum", 10),
        ("Groupes restreints (8 personnes)", 8),
        ("Formation en petit groupe, de 4 à 8", 8),
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
        ("24 h de formation pour 24 participants au plus", {(24, "hours")}),
        ("Durée : 14 h en 2 jours non consécutifs", {(14, "hours"), (2, "days")}),
        ("7h/jour pendant 3 jours", {(3, "days")}),
        ("Formation en 3 temps : 1 j + 1 j + 0,5 j", {(1, "days"), (0.5, "days")}),
        ("Durée du module : 3h30", {(3.5, "hours")}),
        ("2 jours + 1 jour de retour d'expérience à 6 mois", {(2, "days"), (1, "days")}),
        ("Stage de deux fois trois jours", {(3, "days")}),
        ("300 h dont 70 h de stage pratique", {(300, "hours"), (70, "hours")}),
        ("Cycle annuel : 10 séances de 2 h", {(2, "hours")}),
        ("Durée : 6 mois (enseignement à distance, 15 h par semaine)", {(6, "months")}),
        ("Formation courte (1/2 journée)", {(0.5, "days")}),
        ("Formation de deux ans en alternance : 1 semaine de cours, 3 semaines en entreprise", {(2, "years")}),
        ("MOOC de 4 semaines, 2 à 3 h de travail hebdomadaire", {(4, "weeks")}),
        ("Durée hebdomadaire 35 heures ; durée totale 1 218 heures", {(1218, "hours")}),
        ("Quatre demi-journées en visio", {(2, "days")}),
        ("2 sessions de 3 jours par an", {(3, "days")}),
        ("Module 3 (14h) – Piloter", {(14, "hours")}),
        ("Séminaire résidentiel de 48 h", {(48, "hours")}),
        ("Dix-huit mois en alternance", {(18, "months")}),
        ("Deux fois par an, sur trois jours", {(3, "days")}),
        ("Durée : trois (3) jours", {(3, "days")}),
        ("Durée totale du parcours : 11 jours répartis entre mars et décembre", {(11, "days")}),
        ("Session d'une semaine (5 jours)", {(1, "weeks"), (5, "days")}),
        ("Temps plein sur 10 semaines", {(10, "weeks")}),
        ("Formation de 9h00 à 17h00 sur 2 jours", {(2, "days")}),
        ("Environ 3 heures de connexion", {(3, "hours")}),
        ("Présentiel : 14 h / Distanciel : 7 h", {(14, "hours"), (7, "hours")}),
        ("L'apprentissage dure de 6 mois à 3 ans.", {(6, "months"), (3, "years")}),
        ("Un stage long (6 mois) en fin de cursus", {(6, "months")}),
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
        "Ouverture de la session sous réserve d'un minimum de 7 inscrits.",
        "La plateforme compte 4 500 utilisateurs inscrits.",
        "L'académie emploie 12 350 personnels.",
        "Chaque tuteur suit 4 apprenants.",
        "Le jury est composé de 5 personnes.",
        "La cantine sert 300 couverts.",
        "Participation libre",
        "Prise en charge OPCO possible jusqu'à 1 500 €",
        "Votre CPF est crédité de 500 € par an.",
        "Le budget formation de la collectivité s'élève à 45 000 €.",
        "Supplément hébergement : 75 € la nuit",
        "Prêt à taux zéro de 5 000 € pour les apprentis",
        "Les lauréats perçoivent 1 200 € bruts mensuels.",
        "Un an après la formation, une enquête est adressée aux stagiaires.",
        "L'inscription est valable pour l'année 2026-2027, soit 12 mois",
        "Temps moyen de lecture : 8 minutes",
        "Lundi 9h-17h, mardi 9h-12h30",
        "Ancienneté requise : 4 années de services publics effectifs",
        "Le fonctionnaire stagiaire est titularisé après un an.",
        "Délai de carence de 12 mois entre deux formations",
        "Le congé de formation professionnelle est limité à 3 ans sur la carrière.",
        "15 ordinateurs sont mis à disposition.",
        "Notre réseau compte 35 formateurs et 8 antennes.",
        "Encadrer une équipe de 12 agents",
        "Une équipe de 5 à 10 personnes à manager",
        "Le centre accueille 3 000 stagiaires par an.",
        "Le lycée compte 850 élèves.",
        "Un collège de 24 membres, élu pour 3 ans",
        "1 500 F/stagiaire",
        "Financement : 100 % Région",
        "L'employeur verse une contribution de 0,9 % de la masse salariale.",
        "Frais kilométriques : 0,32 € par km",
        "Subvention de 50 000 € accordée au centre",
        "Indemnités journalières plafonnées à 52 €",
        "1er jour : cadre juridique",
        "24 mois maximum pour obtenir la certification",
        "Vous disposez de 8 mois pour valider les blocs.",
        "Le titulaire est recruté pour une durée de 3 ans.",
        "Expérience d'au moins 18 mois exigée",
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
