"""Relevance: what suits whom, by which words, and that nothing comes where nothing suits."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.paths.evaluate import evaluate_profiles, read_profiles
from assistant.paths.modules import Names, module_of, price_of
from assistant.paths.recommender import THRESHOLD, candidates, names_goal, relevant
from assistant.records import LearnerProfile, Money
from corpus.programmes import understand
from corpus.readers import Source
from corpus.safety import SafeReader
from tests.assistant.paths.courses import Course, Courses, Meaning, sheet

GOLDEN = Path(__file__).parents[2] / "golden" / "profiles"


class Read(Courses):
    """The courses of a file, as the catalogue holds them."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        with SafeReader() as reader:
            self._sheets = {d.id: (d, understand(d)) for d in reader.read(Source(file.name, file, file.parent))}


def test_the_annotated_profiles_get_what_suits_them_first() -> None:
    for search, least in ((Meaning(), 0.95), (None, 0.92)):
        figures = evaluate_profiles(read_profiles(GOLDEN), Read(GOLDEN / "courses.jsonld"), search)
        assert len(figures.results) >= 30
        assert figures.ndcg >= least
        assert figures.refused == 1.0


LEADERSHIP = Course("lead", "Développer son leadership", objectives=("Entraîner une équipe de direction",), audience=("Encadrement supérieur",))
MARKETS = Course("acha", "Initiation aux marchés publics", objectives=("Rédiger un cahier des charges",))
NEWS = Course("news", "Une formation ouvre à Papeete", objectives=("Innover",), kind="news", format="text")
CONTRIBUTION = Course("cont", "Former les agents aux marchés publics", objectives=("Convaincre",), kind="contribution", format="text")
SHELF = Courses(LEADERSHIP, MARKETS, NEWS, CONTRIBUTION)


def best(profile: LearnerProfile) -> list[str]:
    return [c.module.document for c in relevant(candidates(SHELF, None, profile))]


def test_a_goal_dominates_the_role() -> None:
    assert best(LearnerProfile(role="directeur général", goals=("commande publique",)))[0] == "acha"
    assert best(LearnerProfile(role="acheteuse")) == ["acha"]


@pytest.mark.parametrize("goal", ["pâtisserie", "horlogerie", "plongée sous-marine"])
def test_nothing_is_recommended_where_nothing_suits(goal: str) -> None:
    assert best(LearnerProfile(role="attachée", goals=(goal,))) == []


def test_contributions_are_no_modules() -> None:
    assert {c.module.document for c in candidates(SHELF, None, LearnerProfile())} == {"lead", "acha", "news"}


def test_relevance_means_the_same_whatever_else_the_catalogue_holds() -> None:
    profile = LearnerProfile(goals=("marchés publics",))
    alone = candidates(Courses(MARKETS), None, profile)[0]
    among = next(c for c in candidates(SHELF, None, profile) if c.module.document == "acha")
    assert alone.relevance == among.relevance > THRESHOLD
    assert set(alone.words) == {"marchés", "publics"}


@pytest.mark.parametrize(
    ("title", "goal", "named"),
    [("Conduite du CHANGEMENT : les bases", "conduite du changement", True), ("Élaborer un budget", "elaborer", True), ("Cartographie", "art", False),
     ("Les marchés publics", "marché public", True), ("Gestion de projet", "projet de gestion", False), ("Droit", "", False)],
)  # fmt: skip
def test_a_title_names_a_goal_accents_and_case_aside(title: str, goal: str, named: bool) -> None:
    assert names_goal(title, goal) is named


PRICED = Course(
    "p",
    "P",
    prices=(
        (900.0, "EUR", None),
        (100.0, "EUR", "agents de la fonction publique territoriale"),
        (5000.0, "EUR", "entreprises"),
        (15.0, "EUR", "repas"),
    ),
)


@pytest.mark.parametrize(
    ("profile", "amount"), [(LearnerProfile(versant="FPT"), 100.0), (LearnerProfile(versant="FPH"), 900.0), (LearnerProfile(), 900.0)]
)
def test_the_price_is_the_one_for_the_learner(profile: LearnerProfile, amount: float) -> None:
    document, programme = sheet(PRICED)
    price = price_of(module_of(programme, document), profile)
    assert price is not None
    assert price.amount == amount


def test_of_two_currencies_the_budget_s_is_taken() -> None:
    document, programme = sheet(Course("p", "P", prices=((838.0, "EUR", None), (100000.0, "XPF", None))))
    module = module_of(programme, document)
    assert price_of(module, LearnerProfile(budget=Money(1.0, "XPF"))).currency == "XPF"  # type: ignore[union-attr]
    assert price_of(module, LearnerProfile()).currency == "EUR"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "found"),
    [("MOD-1", [("m1",)]), ("Avoir suivi le module MOD-1", [("m1",)]), ("Bases du droit (MOD-1)", [("m1",)]), ("MOD-1 et MOD-2", [("m1",), ("m2",)]),
     ("MOD-1 ou MOD-2", [("m1", "m2")]), ("Avoir suivi la formation Bases du droit", [("m1",)]), ("Aucun prérequis", []), ("MOD-1 conseillé", []),
     ("Niveau B2 en anglais", []), ("ZZ-99", [()]), ("Avoir des bases du droit", []), ("MOD-12", [()]),
     ("Avoir suivi le module 42", [("m4",)]), ("42 mois d'expérience", [])],
)  # fmt: skip
def test_prerequisites_are_found_in_what_documents_say(text: str, found: list[tuple[str, ...]]) -> None:
    courses = [
        Course("m1", "Bases du droit", "MOD-1"),
        Course("m2", "Management", "MOD-2"),
        Course("m3", "Suite", "MOD-3", requires=(text,)),
        Course("m4", "Autre", "42"),
    ]
    modules = [module_of(p, d) for d, p in map(sheet, courses)]
    assert [r.documents for r in Names(modules).requirements(modules[2], frozenset())] == found


def test_completed_prerequisites_are_no_requirements() -> None:
    courses = [Course("m1", "Bases du droit", "MOD-1"), Course("m3", "Suite", "MOD-3", requires=("MOD-1",))]
    modules = [module_of(p, d) for d, p in map(sheet, courses)]
    for name in ("mod-1", "bases du droit", "m1"):
        assert Names(modules).requirements(modules[1], frozenset({name})) == []
