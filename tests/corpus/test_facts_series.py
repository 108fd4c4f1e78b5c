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
