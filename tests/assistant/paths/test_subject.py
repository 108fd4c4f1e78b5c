"""What a sheet is about: scattered general words, fees and admission make no sheet relevant."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.paths.evaluate import evaluate_profiles, read_profiles
from assistant.paths.recommender import THRESHOLD, candidates
from assistant.paths.sentences import counted
from assistant.paths.subject import is_broad, meets, subject_of
from assistant.records import LearnerProfile
from corpus.programmes import understand
from corpus.readers import find
from corpus.records import Block, Document, Programme
from corpus.safety import SafeReader
from tests.assistant.paths.courses import Course, Courses, Meaning, sheet

MIXED = Path(__file__).parents[2] / "golden" / "profiles_mixed"


class Shelved(Courses):
    """The sheets of a folder, read as the catalogue would."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        with SafeReader() as reader:
            self._sheets = {d.id: (d, understand(d)) for source in find(sorted(folder.glob("*.md")))[0] for d in reader.read(source)}


def test_in_a_mixed_catalogue_only_what_suits_is_recommended() -> None:
    entries = read_profiles(MIXED)
    figures = evaluate_profiles(entries, Shelved(MIXED), Meaning())
    assert len(entries) >= 15
    assert figures.refused == 1.0
    assert figures.ndcg >= 0.93
    wrong = [(r.id, code) for r in figures.results for code in r.found if code not in r.expected]
    assert len(wrong) <= 2, wrong


def test_trades_by_their_many_names_are_found_and_ranks_alone_find_nothing() -> None:
    entries = read_profiles(MIXED.parent / "profiles_trades")
    figures = evaluate_profiles(entries, Shelved(MIXED.parent / "profiles_trades"), Meaning())
    assert len(entries) == 40
    assert figures.refused == 1.0
    assert figures.ndcg >= 0.9
    assert figures.wrong <= 0.2


def relevance(course: Course, *goals: str) -> float:
    return candidates(Courses(course), None, LearnerProfile(role="attachée", versant="FPT", goals=goals))[0].relevance


SCATTERED = Course(
    "s", "Transformation du poisson", objectives=("Mettre au point un produit innovant",), content=("Sécurité du public", "Conduite d'une ligne")
)


@pytest.mark.parametrize(
    "goals", [("innovation publique",), ("conduite du changement", "transformation publique"), ("gestion de projet",), ("service public",)]
)
def test_general_words_here_and_there_are_no_goal(goals: tuple[str, ...]) -> None:
    assert relevance(SCATTERED, *goals) < THRESHOLD


@pytest.mark.parametrize("goal", ["innovation publique", "gestion de projet", "transformation publique", "service public"])
def test_the_same_words_in_a_title_or_together_in_an_objective_are(goal: str) -> None:
    assert relevance(Course("t", f"Les clés de : {goal}"), goal) > THRESHOLD
    assert relevance(Course("o", "Atelier du lundi", objectives=(f"Aborder la {goal} par le jeu",)), goal) > THRESHOLD


def test_what_a_sheet_says_of_its_fees_is_not_its_subject() -> None:
    text = "# Taille de pierre\n\n## Objectifs\nTailler un linteau.\n\n## Tarif\nInnovation publique : 100 €\n"
    starts = [text.index(line) for line in text.splitlines() if line]
    lines = [line for line in text.splitlines() if line]
    blocks = tuple(
        Block("heading" if line.startswith("#") else "paragraph", start, start + len(line), line.count("#") if line.startswith("#") else 0)
        for start, line in zip(starts, lines, strict=True)
    )
    document = Document("p.md", "Taille de pierre", text, blocks, "markdown", "0")
    subject = subject_of(understand(document), document)
    assert "linteau" in " ".join(subject.surface.values())
    assert meets(subject, "innovation publique") == 0.0
    assert meets(subject, "tailler un linteau") > 0.5


def test_words_far_apart_in_one_sentence_count_less() -> None:
    near, far = (
        meets(subject_of(p, d), "innovation publique")
        for d, p in map(
            sheet,
            (
                Course("n", "Cours", objectives=("Penser l'innovation publique avec des designers, des habitants, des chercheurs et des élus",)),
                Course(
                    "f",
                    "Cours",
                    objectives=("Penser l'innovation avec des designers, des habitants, des chercheurs, des élus et la presse publique",),
                ),
            ),
        )
    )
    assert far < 0.7 * near


def test_words_of_one_family_meet() -> None:
    assert relevance(Course("c", "CAP Coiffure", objectives=("Couper et colorer",)), "devenir coiffeuse") > THRESHOLD


def test_a_sheet_without_words_is_about_nothing() -> None:
    document = Document("e", "", "", (), "text", "0")
    assert meets(subject_of(Programme("e", "", "programme", ()), document), "budget") == 0.0
    assert is_broad("projet d'innovation publique")
    assert not is_broad("projet de retraite")


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [(0, "0 jour", "0 days"), (1, "1 jour", "1 day"), (1.5, "1,5 jour", "1.5 days"), (2, "2 jours", "2 days"), (12, "12 jours", "12 days")],
)
def test_numbers_take_the_plural_of_their_language(number: float, french: str, english: str) -> None:
    assert (counted("days", number, "fr"), counted("days", number, "en")) == (french, english)
