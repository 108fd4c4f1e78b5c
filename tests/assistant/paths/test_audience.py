"""Whom a sheet addresses: trades, ranks, everybody; and what a role alone makes relevant."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.learner.jobs import domains, leads
from assistant.paths.audience import addressed, audience_of, trade
from assistant.paths.explain import summary
from assistant.paths.path import recommend
from assistant.paths.recommender import THRESHOLD, candidates
from assistant.records import LearnerProfile
from tests.assistant.paths.courses import Course, Courses


@pytest.mark.parametrize("role", ["attachée territoriale", "agent administratif", "chef de bureau", "cadre supérieur", "rédacteur principal"])
def test_a_rank_is_no_trade(role: str) -> None:
    assert not trade(role)


@pytest.mark.parametrize(
    ("role", "audience", "named"),
    [
        ("agente d'accueil", "Agents d'accueil et de guichet", True),
        ("infirmière de bloc opératoire", "Infirmiers, aides-soignants", True),
        ("instructrice du droit des sols", "Agents des services urbanisme", True),
        ("responsable financier", "Directeurs et responsables financiers", True),
        ("directeur financier", "Directeurs et responsables financiers", True),
        ("directeur technique", "Directeurs et responsables financiers", False),
        ("chargée de communication", "Agents des communes", False),
        ("secrétaire de mairie", "Agents des mairies en charge du funéraire", False),
        ("agent d'état civil", "Gestionnaires financiers de l'État", False),
        ("préfète", "Encadrement supérieur des trois fonctions publiques pilotant un projet", True),
        ("chef de service", "Responsables de service et encadrants de proximité", True),
        ("attachée", "Responsables de service et encadrants de proximité", False),
        ("directrice générale", "Agents et cadres de tous les services", False),
        ("jardinier", "Tout agent", False),
        ("jardinier municipal", "Agents des espaces verts", True),
        ("cantonnier", "Agents techniques", True),
        ("infirmière", "Professionnels de santé", True),
        ("comptable", "Professionnels de santé", False),
        ("chef de service", "Travailleurs sociaux et cadres des départements", False),
    ],
)
def test_who_is_addressed(role: str, audience: str, named: bool) -> None:
    assert (addressed(role, audience_of([audience]), 0.0)[0] >= 0.3) is named


def test_a_price_behind_the_audience_is_no_group_of_people() -> None:
    assert [g.text for g in audience_of(["Cuisiniers", "2 jours, 360 €"]).groups] == ["Cuisiniers"]


def test_those_who_are_no_agents() -> None:
    assert audience_of(["Bacheliers et salariés de l'industrie"]).outsiders
    assert not audience_of(["Agents publics et salariés"]).outsiders


def test_words_that_the_stemmer_takes_for_one_another() -> None:
    assert "COM" not in domains("agent de la commune")
    assert "COM" in domains("chargée de communication")
    assert "JUR" not in domains("instructeur du droit des sols")
    assert leads("directrice") and not leads("chef de projet")


WELCOME = Course("welcome", "Faire face à l'agressivité au guichet", audience=("Agents d'accueil",), objectives=("Désamorcer une situation",))
BUDGET = Course("budget", "Préparer le budget", audience=("Agents des services financiers des communes",), objectives=("Suivre la dépense",))
WELDING = Course("tig", "Souder l'aluminium", audience=("Chaudronniers",), objectives=("Régler un poste",))
SHELF = Courses(WELCOME, BUDGET, WELDING)


def found(**profile: object) -> list[str]:
    return [c.module.document for c in candidates(SHELF, None, LearnerProfile(**profile)) if c.relevance >= THRESHOLD]  # type: ignore[arg-type]


def test_a_role_alone_finds_what_is_for_its_trade() -> None:
    assert found(role="agente d'accueil", employer="mairie", versant="FPT") == ["welcome"]
    assert found(role="gestionnaire financier", employer="commune", versant="FPT") == ["budget"]
    assert found(role="chaudronnier") == ["tig"]


@pytest.mark.parametrize("profile", [{"role": "attachée", "versant": "FPT"}, {"employer": "commune", "versant": "FPT"}, {"versant": "FPE"}])
def test_who_says_too_little_is_asked_what_to_learn(profile: dict[str, str]) -> None:
    path = recommend(SHELF, None, LearnerProfile(**profile), today=date(2026, 1, 1))  # type: ignore[arg-type]
    assert path.steps == ()
    assert "dites ce que vous voulez apprendre" in summary(path)
    assert "Que souhaitez-vous apprendre ? Le catalogue traite par exemple de" in path.questions[0]
    assert "Gestion budgétaire et financière" in path.questions[0]


def test_the_reason_of_a_role_names_the_people_it_is_among() -> None:
    path = recommend(SHELF, None, LearnerProfile(role="agente d'accueil"), today=date(2026, 1, 1))
    assert [s.document for s in path.steps] == ["welcome"]
    assert "« Agents d'accueil »" in path.steps[0].reason


def test_a_reason_names_the_part_of_the_public_service() -> None:
    senior = Course("s", "Piloter une transformation", audience=("Encadrement supérieur des trois fonctions publiques pilotant un projet",))
    for role, versant, named in (("directeur d'hôpital", "FPH", "hospitalière"), ("sous-préfète", "FPE", "de l'État")):
        step = recommend(Courses(senior), None, LearnerProfile(role=role, versant=versant, category="A"), today=date(2026, 1, 1)).steps[0]
        assert f"Son public comprend la fonction publique {named}." in step.reason


def test_a_corps_named_in_the_text_of_a_sheet_without_audience() -> None:
    crossed = Course("x", "Regards croisés", objectives=("Réunir les élèves et les administrateurs territoriaux sur des cas",))
    path = recommend(Courses(crossed), None, LearnerProfile(role="administratrice territoriale", versant="FPT"), today=date(2026, 1, 1))
    assert [s.document for s in path.steps] == ["x"]
    assert recommend(Courses(crossed), None, LearnerProfile(role="directeur d'hôpital", versant="FPH"), today=date(2026, 1, 1)).steps == ()


def test_what_is_held_for_ones_own_territory() -> None:
    island = Course("i", "Innovation publique en Polynésie française", objectives=("Former les cadres",))
    path = recommend(Courses(island), None, LearnerProfile(role="agent communal", versant="FPCPF"), today=date(2026, 1, 1))
    assert "Il est organisé pour votre territoire." in path.steps[0].reason
