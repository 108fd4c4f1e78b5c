"""Pages that hold several courses, and what a page says of other courses and of its site."""

from __future__ import annotations

import pytest

from corpus.packing import pack_programme, unpack_programme
from corpus.records import Capacity, Duration, Fact, Price, Programme, Session, Text
from tests.corpus.sheets import programme

PLAN = """Groupement hospitalier du Bas-Pays
Plan de formation 2027 : actions ouvertes à tous

Fiche 4 : Hygiène des mains
Public : agents des services de soins
Durée : 7 heures
Dates : 2 février 2027
Lieu : salle Laënnec, Varnes
Coût : 120 € par agent
Groupe : 14 personnes

Fiche 5 : Hygiène des locaux, niveau 2
Public : agents d'entretien
Durée : 14 heures
Dates : 3 et 4 mars 2027
Lieu : salle Laënnec, Varnes
Coût : 120 € par agent

Inscriptions : cellule formation, formation@bas-pays.example
"""


def by_course(sheet: Programme) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in sheet.facts:
        course = sheet.course_of(fact.start)
        found.setdefault(course.name if course else "", []).append(fact)
    return found


def test_the_facts_of_each_course_are_known_by_their_place_and_by_their_label() -> None:
    sheet = programme(PLAN)
    assert [c.name for c in sheet.courses] == ["Hygiène des mains", "Hygiène des locaux, niveau 2"]
    found = by_course(sheet)
    assert {f.field for f in found[""]} == {"contact", "registration"}
    second = {f.field: f.value for f in found["Hygiène des locaux, niveau 2"]}
    assert second["audience"] == Text("agents d'entretien")
    assert second["location"] == Text("salle Laënnec, Varnes")
    assert "capacity" not in second
    assert isinstance(second["price"], Price) and second["price"].label == "Hygiène des locaux, niveau 2, par agent"
    assert isinstance(second["duration"], Duration) and second["duration"].label == "Hygiène des locaux, niveau 2"
    assert isinstance(second["sessions"], Session) and second["sessions"].label == "Hygiène des locaux, niveau 2"
    assert [f.value for f in sheet.of("capacity")] == [Capacity(14)]


def test_courses_come_back_from_where_they_are_kept() -> None:
    sheet = programme(PLAN)
    assert unpack_programme(pack_programme(sheet)) == sheet
    older = pack_programme(sheet)
    del older["courses"]
    assert unpack_programme(older).courses == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (  # names in capitals, a code below
            "Offre de formation des élus du Hautpays\n\nLIRE UN BUDGET\nRéf. E-01\nPublic : tout élu\nDurée : 1 jour\nTarif : 200 €\n\n"
            "PRENDRE LA PAROLE\nRéf. E-02\nPublic : tout élu\nDurée : 2 jours\nTarif : 300 €\n",
            ["LIRE UN BUDGET", "PRENDRE LA PAROLE"],
        ),
        (  # a second, short course below the sheet of the first
            "Prévenir l'usure au travail\n\nObjectifs\n– Repérer les signes\n– Alerter\n\nPublic\nTout agent\n\nDurée\n2 jours\n\nDates\n"
            "4 et 5 mai 2027\n\nAccueillir un apprenti dans son service\nPublic : tuteurs\nDurée : 1 jour\nDates : 8 juin 2027\n",
            ["Accueillir un apprenti dans son service"],
        ),
        (  # one course whose summary is said again below
            "Animer une réunion\n\nDurée : 2 jours\nLieu : Angers\nTarif : 450 €\n\nPublic\n\nCadres de tous les services\n\nDurée\n\n2 jours\n\n"
            "Tarif\n\n450 €\n",
            [],
        ),
    ],
)
def test_a_line_above_fields_that_another_course_has_too_names_a_course(text: str, names: list[str]) -> None:
    title, *_ = text.split("\n")
    assert [c.name for c in programme(text).courses if c.name != title] == names


@pytest.mark.parametrize(
    "block",
    [
        "Sur le même thème\nBudget vert – 890 €\nLe 3 mai 2027 : Achats durables – 640 €",
        "Ces formations peuvent vous intéresser\n- Budget vert – 890 €\n- Achats durables – 3 jours – 640 €",
        "Voir aussi : Budget vert (HYG-02), 5 jours, 890 €",
        "À lire aussi\n\nBudget vert – 890 €",
        "Autres formations\nBudget vert — 890 € — 4 mai 2027",
        "Formations associées :\n* Budget vert, 890 €",
        "Vous aimerez aussi\nBudget vert – 890 €",
    ],
)
def test_what_is_said_of_other_courses_is_no_fact_of_this_one(block: str) -> None:
    sheet = programme(f"Lire un bilan\n\nDurée\n1 jour\n\nTarif\n210 €\n\n{block}\n")
    assert [f.text for f in sheet.of("price")] == ["210 €"]
    assert [f.text for f in sheet.of("duration")] == ["1 jour"]
    assert not sheet.of("sessions")


def test_a_field_below_the_related_courses_is_one_of_the_sheet_again() -> None:
    sheet = programme("Lire un bilan\n\nDurée\n1 jour\n\nVoir aussi\n- Budget vert – 890 €\n\nContact : bilan@ecole.example\n")
    assert [f.text for f in sheet.of("contact")] == ["bilan@ecole.example"] and not sheet.of("price")


def test_the_foot_of_a_page_gives_no_contact() -> None:
    sheet = programme(
        "Lire un bilan\n\nDurée\n1 jour\n\nContact\nstages@ecole.example\n\n"
        "Newsletter\nS'abonner\nSuivez-nous\nPlan du site\nStandard 03 20 14 00 00\n"
    )
    assert [f.text for f in sheet.of("contact")] == ["stages@ecole.example"]


def test_where_one_writes_is_no_foot_of_a_page() -> None:
    sheet = programme("Lire un bilan\n\nDonnées personnelles\n\nPlan du site\n\nContact\n03 20 14 00 00\n")
    assert [f.text for f in sheet.of("contact")] == ["03 20 14 00 00"]
