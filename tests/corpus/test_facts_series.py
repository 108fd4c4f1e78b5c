"""Courses that a page lists by number, code or heading, without a name for each fact; modules and sections are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.programmes import understand
from corpus.readers.formats import read
from corpus.readers.limits import Limits
from corpus.records import Price, Programme
from tests.corpus.sheets import programme

NUMBERED = """Centre hospitalier du Lac
PLAN DE FORMATION 2027

1.01 - HYGIÈNE DES MAINS
Aides-soignants, brancardiers
Durée 1 jour
25 janvier 2027 (Rive)
Groupe de 12

1.02 - TENUE DU DOSSIER
Infirmiers
Durée 2 jours
3 et 4 mai 2027 (Rive)
180 € par agent

Vos contacts
01 99 00 11 22
"""
CODED = """DÉPARTEMENT DU LAC
CATALOGUE INTERNE 2027

INT-01 CONDUIRE UN ENTRETIEN
Évaluateurs nommés dans l'année
1 jour – le 19 janvier 2027, hôtel du Département
15 agents par date

INT-02 ÉCRIRE CLAIREMENT
Rédacteurs
2 demi-journées – les 2 et 16 mars 2027
12 agents. 40 € par agent extérieur.

Quinze jours avant, une convocation est envoyée. L'enveloppe de l'année est de 90 000 euros.
"""
HEADED = """Offre 2027 · Finances

Deux stages pour débuter.

### Lire un budget sans peine — 4FB-102

Un jour. Le 19 janvier 2027, à distance.
310 € hors ministère.

### Tenir une comptabilité de stocks — 4FB-215

Trois jours. 10, 11 et 12 mai 2027, Angers.
1 095 € hors ministère.

Quatorze places pour chacune des sessions.
"""

PLAIN = """Nos formations en 2027

Santé mentale : premiers secours
2 jours – 12 participants – 250 €
Les 3 et 4 mai 2027

Écoute active au téléphone
1 jour – 10 participants – 130 €
Le 9 juin 2027

Pour s'inscrire : formations@asso.example
"""


def written(tmp_path: Path, name: str, text: str) -> Programme:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return understand(next(iter(read(path, name, Limits()))))


@pytest.mark.parametrize(
    ("name", "text", "courses", "codes"),
    [
        ("plan.txt", NUMBERED, ["HYGIÈNE DES MAINS", "TENUE DU DOSSIER"], []),
        ("interne.txt", CODED, ["CONDUIRE UN ENTRETIEN", "ÉCRIRE CLAIREMENT"], ["INT-01", "INT-02"]),
        ("asso.txt", PLAIN, ["Santé mentale : premiers secours", "Écoute active au téléphone"], []),
        ("offre.md", HEADED, ["Lire un budget sans peine", "Tenir une comptabilité de stocks"], ["4FB-102", "4FB-215"]),
    ],
)
def test_courses_that_are_listed_are_known_one_by_one(tmp_path: Path, name: str, text: str, courses: list[str], codes: list[str]) -> None:
    sheet = written(tmp_path, name, text)
    assert [c.name for c in sheet.courses] == courses
    assert [f.text for f in sheet.of("code")] == codes
    (price,) = [f for f in sheet.of("price") if isinstance(f.value, Price) and f.value.amount in (180, 40, 310, 250)]
    course = sheet.course_of(price.start)
    assert course is not None and isinstance(price.value, Price) and (price.value.label or "").startswith(course.name)


def test_what_stands_below_the_last_course_is_said_of_the_page(tmp_path: Path) -> None:
    assert all(programme(NUMBERED).course_of(f.start) is None for f in programme(NUMBERED).of("contact"))
    sheet = written(tmp_path, "offre.md", HEADED)
    assert [sheet.course_of(f.start) for f in sheet.of("capacity")] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Cycle des cadres\n\nModule 1 : Le cadre\n2 jours, 3 et 4 mai 2027\n300 €\n\nModule 2 : La pratique\n2 jours, 7 et 8 juin 2027\n300 €\n",
        "Diriger un service\n\nJOUR 1 : LE CADRE\n6 heures, 3 mai 2027\n\nJOUR 2 : LA PRATIQUE\n6 heures, 4 mai 2027\n",
        "Master Droit public\n\nFORMATION INITIALE\n2 ans, 250 €\n\nFORMATION CONTINUE\n2 ans, 4 500 €\n",
        "Tenir une régie\n\nSESSION DE RIVE-SUR-LOUE\n1 jour, 3 mai 2027\n120 €\n\nSESSION DE SAINT-AUBIN\n1 jour, 4 mai 2027\n120 €\n",
        "Cycle des cadres\n\nProgramme\n\nPoser le cadre commun\n2 jours, 3 et 4 mai 2027\n\nConduire la pratique\n1 jour, 9 juin 2027\n",
        "Bilan de compétences\n\nFormule courte\n14 heures, 900 €\n\nFormule longue\n24 heures, 1 400 €\n",
    ],
)
def test_the_parts_of_one_course_are_no_courses(text: str) -> None:
    assert programme(text).courses == ()


def test_a_code_behind_the_title_is_that_of_the_course() -> None:
    sheet = programme("Analyser ses coûts — 4FB-230\n\nPublic : contrôleurs de gestion\nDurée : 2 jours\n")
    assert sheet.title == "Analyser ses coûts" and [f.text for f in sheet.of("code")] == ["4FB-230"]


PAGES = [
    (
        "a.txt",
        "Syndicat des eaux du Lac\nAteliers 2027 pour les agents d'exploitation\n\nAtelier 1 – Lire un plan de réseau\n"
        "Mardi 9 mars 2027, 9 h - 12 h, Rive\n12 places – 60 €\n\nAtelier 2 – Détecter une fuite\n"
        "Jeudi 8 avril 2027, 9 h - 17 h, Rive\n10 places – 110 €\n\nAtelier 3 – Rendre compte au maire\n"
        "Mardi 4 mai 2027, 14 h - 17 h, en ligne\n20 places – 60 €\n\nInscription : ateliers@eaux-lac.example\n",
        "Ateliers 2027 pour les agents d'exploitation",
        ["Atelier 1 – Lire un plan de réseau", "Atelier 2 – Détecter une fuite", "Atelier 3 – Rendre compte au maire"],
    ),
    (
        "b.txt",
        "Formations courtes du Campus\n\n■ GÉRER SES PRIORITÉS\n1 jour | 18 mars 2027 | Rive | 290 €\n"
        "Public : tous agents\n\n■ CONDUIRE UNE RÉUNION\n2 jours | 6 et 7 avril 2027 | Rive | 520 €\n"
        "Public : encadrants\n\n■ PRENDRE LA PAROLE\n2 jours | 3 et 4 juin 2027 | à distance | 480 €\n"
        "Public : tous agents\n",
        "Formations courtes du Campus",
        ["GÉRER SES PRIORITÉS", "CONDUIRE UNE RÉUNION", "PRENDRE LA PAROLE"],
    ),
    (
        "c.md",
        "# Offre du pôle numérique\n\nTrois stages au choix.\n\n## Découvrir le tableur\n\n"
        "2 jours, 3 et 4 mars 2027. Gratuit pour les adhérents, 180 € sinon.\n\n## Publier des données ouvertes\n\n"
        "1 jour, 14 avril 2027. 210 €.\n\n## Sécuriser son poste\n\nUne demi-journée, 2 juin 2027. Gratuit.\n\n"
        "## S'inscrire\n\nÉcrire à numerique@pole.example.\n",
        "Offre du pôle numérique",
        ["Découvrir le tableur", "Publier des données ouvertes", "Sécuriser son poste"],
    ),
    (
        "d.html",
        "<html><body><h1>Nos stages de printemps</h1><article><h2>Tailler les arbres en ville</h2><p>Durée : 2 "
        "jours</p><p>Dates : 8 et 9 mars 2027</p><p>Tarif : 340 €</p></article><article><h2>Gérer une pelouse sans "
        "pesticide</h2><p>Durée : 1 jour</p><p>Dates : 6 avril 2027</p><p>Tarif : 190 "
        "€</p></article><h2>Contact</h2><p>stages@vert.example</p></body></html>",
        "Nos stages de printemps",
        ["Tailler les arbres en ville", "Gérer une pelouse sans pesticide"],
    ),
    (
        "e.txt",
        "CATALOGUE 2027 – SANTÉ\n\n3.1 Repérer la dénutrition\nPublic : aides-soignants\nDurée : 1 jour\nTarif : 150 €\n"
        "\n3.2 Prévenir les chutes\nPublic : aides-soignants\nDurée : 2 jours\nTarif : 290 €\n\n3.3 Soigner les plaies\n"
        "Public : infirmiers\nDurée : 3 jours\nTarif : 450 €\n",
        "CATALOGUE 2027 – SANTÉ",
        ["Repérer la dénutrition", "Prévenir les chutes", "Soigner les plaies"],
    ),
    (
        "f.txt",
        "Plan de formation des sapeurs 2027\n\nRéf. SAP-11 : Secours en eaux vives\n"
        "5 jours, du 3 au 7 mai 2027, 12 places\nPrérequis : savoir nager 200 m\n\n"
        "Réf. SAP-12 : Feux de forêt, niveau 1\n3 jours, du 8 au 10 juin 2027, 16 places\n\nHébergement au centre.\n",
        "Plan de formation des sapeurs 2027",
        ["Secours en eaux vives", "Feux de forêt, niveau 1"],
    ),
    (
        "g.txt",
        "Deux formations pour les élus\n\nLe budget communal pas à pas (1 jour)\n"
        "Le 12 mars 2027 à Rive. 250 € pris en charge au titre du droit à la formation.\n\n"
        "L'urbanisme pour les nouveaux élus (2 jours)\n"
        "Les 8 et 9 avril 2027 à Rive. 480 € pris en charge au titre du droit à la formation.\n\n"
        "Contact : elus@asso.example\n",
        "Deux formations pour les élus",
        ["Le budget communal pas à pas", "L'urbanisme pour les nouveaux élus"],
    ),
    (
        "1.txt",
        "Cycle « Diriger une crèche »\n\nSéquence 1 – Le projet\n2 jours : 3 et 4 mars 2027\n\nSéquence 2 – L'équipe\n"
        "2 jours : 7 et 8 avril 2027\n\nCoût : 1 200 €\n",
        "Cycle « Diriger une crèche »",
        [],
    ),
    (
        "2.md",
        "# Master Eau\n\n## Formation initiale\n\n2 ans, 250 € par an. Rentrée le 6 septembre 2027.\n\n"
        "## Formation continue\n\n2 ans, 4 500 € par an. Rentrée le 6 septembre 2027.\n\n## Alternance\n\n"
        "1 an, gratuit.\n",
        "Master Eau",
        [],
    ),
    (
        "4.txt",
        "Gestes de premiers secours\n\nSESSION 1 : RIVE\n3 mars 2027, 7 h, 12 places\n\nSESSION 2 : SAINT-AUBIN\n8 avril 2027, 7 h, 12 places\n",
        "Gestes de premiers secours",
        [],
    ),
    (
        "5.html",
        "<html><body><h1>Congrès des archivistes</h1><h2>Première journée : mardi 3 mars</h2><p>9 h : accueil. 3 mars 2027. "
        "Tarif 40 €</p><h2>Seconde journée : mercredi 4 mars</h2><p>9 h : ateliers. 4 mars 2027. Tarif 40 €</p></body></html>",
        "Congrès des archivistes",
        [],
    ),
    (
        "6.md",
        "# Licence Sécurité\n\n## UE 1 Droit\n\n30 heures, 6 crédits\n\n## UE 2 Risques\n\n40 heures, 8 crédits\n\n## Tarifs\n\n1 200 €\n",
        "Licence Sécurité",
        [],
    ),
    (
        "7.txt",
        "Manager de proximité\n\nLES TEMPS FORTS DU PARCOURS\n3 jours en mars 2027, 12 participants\n\n"
        "LE SUIVI PAR UN MENTOR\n6 heures, jusqu'au 30 juin 2027\n\nTarif : 900 €\n",
        "Manager de proximité",
        [],
    ),
    (
        "8.md",
        "# Habilitations électriques\n\n## Pour qui ?\n\nAgents. 2 jours.\n\n## Deux sessions au choix\n\n"
        "3 mars 2027, 2 jours, 300 €\n\n## Une évaluation finale\n\nUne heure, 4 mars 2027\n",
        "Habilitations électriques",
        [],
    ),
]


@pytest.mark.parametrize(("name", "text", "title", "courses"), PAGES)
def test_a_page_is_known_by_its_name_and_its_courses_by_theirs(tmp_path: Path, name: str, text: str, title: str, courses: list[str]) -> None:
    sheet = written(tmp_path, name, text)
    assert sheet.title == title
    assert [c.name for c in sheet.courses] == courses
