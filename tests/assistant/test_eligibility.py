"""Verdicts: three values, each with the sentence behind it; nothing guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.eligibility import judge
from assistant.records import LearnerProfile
from corpus.programmes import understand
from corpus.readers import find
from corpus.records import Document, Programme
from corpus.safety import SafeReader


@pytest.fixture(scope="module")
def reader() -> SafeReader:
    with SafeReader() as opened:
        yield opened


def sheet(reader: SafeReader, folder: Path, audience: str, prerequisites: str = "") -> tuple[Programme, Document]:
    text = f"# Stage Test\n\n## Public\n{audience}\n" + (f"\n## Prérequis\n{prerequisites}\n" if prerequisites else "")
    path = folder / "stage.md"
    path.write_text(text, encoding="utf-8")
    document = reader.read(find([path])[0][0])[0]
    return understand(document), document


TERRITORIAL_A = LearnerProfile(role="attaché territorial", versant="FPT", category="A", corps="attaché territorial")
HOSPITAL_C = LearnerProfile(role="agent", versant="FPH", category="C")


@pytest.mark.parametrize(
    ("audience", "prerequisites", "profile", "verdict"),
    [
        ("Agents de la fonction publique territoriale", "", TERRITORIAL_A, "eligible"),
        ("Agents de la fonction publique territoriale", "", HOSPITAL_C, "not_eligible"),
        ("Agents de la fonction publique territoriale", "", LearnerProfile(), "to_check"),
        ("Agents des trois fonctions publiques", "", HOSPITAL_C, "eligible"),
        ("Agents de catégorie A ou B", "", TERRITORIAL_A, "eligible"),
        ("Agents de catégorie A ou B", "", HOSPITAL_C, "not_eligible"),
        ("- Agents hospitaliers\n- Agents territoriaux", "", HOSPITAL_C, "eligible"),
        ("Agents territoriaux de catégorie A", "", LearnerProfile(versant="FPT"), "to_check"),
        ("Agents des trois fonctions publiques, sauf les agents de catégorie C", "", HOSPITAL_C, "not_eligible"),
        ("Tout public", "Aucun", HOSPITAL_C, "eligible"),
        ("Tout public", "Être titulaire d'une licence", HOSPITAL_C, "to_check"),
        ("Agents de catégorie A+", "", TERRITORIAL_A, "not_eligible"),
        ("Agents de catégorie A", "", LearnerProfile(versant="FPE", category="A+"), "eligible"),
        ("Agents du Pays", "", LearnerProfile(versant="FPPF", category="B"), "eligible"),
        ("Agents des communes et du Pays, en Polynésie française", "", LearnerProfile(versant="FPCPF", category="B"), "eligible"),
        ("Agents du Pays", "", LearnerProfile(versant="FPCPF", category="B"), "not_eligible"),
        ("Encadrement supérieur de l'État", "", LearnerProfile(versant="FPE", category="C", role="agent"), "not_eligible"),
    ],
)
def test_verdicts(reader: SafeReader, tmp_path: Path, audience: str, prerequisites: str, profile: LearnerProfile, verdict: str) -> None:
    programme, document = sheet(reader, tmp_path, audience, prerequisites)
    judged = judge(programme, document, profile)
    assert judged.verdict == verdict
    assert judged.because, "a verdict rests on a sentence"
    for because in judged.because:
        assert because.citation is not None
        assert document.text[because.citation.start : because.citation.end] == because.citation.quote
    assert bool(judged.questions) == (verdict == "to_check")


def test_a_sheet_that_says_nothing_is_to_check_without_a_rule(reader: SafeReader, tmp_path: Path) -> None:
    path = tmp_path / "stage.md"
    path.write_text("# Stage Muet\n\nDurée : 2 jours\n", encoding="utf-8")
    document = reader.read(find([path])[0][0])[0]
    judged = judge(understand(document), document, TERRITORIAL_A)
    assert judged.verdict == "to_check"
    assert not judged.because


def test_the_most_decisive_question_comes_first(reader: SafeReader, tmp_path: Path) -> None:
    programme, document = sheet(reader, tmp_path, "Agents territoriaux de catégorie A")
    assert "fonction publique" in judge(programme, document, LearnerProfile()).questions[0]
