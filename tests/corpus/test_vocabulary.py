"""Closed vocabularies: what people write -> codes."""

from __future__ import annotations

import pytest

from corpus.vocabulary import ACRONYMS, EMPLOYERS, VERSANTS, categories_in, expand, mode_of, versant_of_employer, versants_in


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("encadrement supérieur des trois fonctions publiques", {"FPE", "FPT", "FPH"}),
        ("19 agents de l'État, 70 agents du Pays et 11 agents des communes", {"FPE", "FPPF", "FPT"}),
        ("attachés territoriaux", {"FPT"}),
        ("fonction publique hospitalière", {"FPH"}),
        ("tout public", set()),
    ],
)
def test_versants(text: str, codes: set[str]) -> None:
    assert versants_in(text) == codes


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("agents de catégorie A et B", ("A", "B")),
        ("Catégories A, B ou C", ("A", "B", "C")),
        ("cadres de catégorie A+", ("A+",)),
        ("agent de cat. C", ("C",)),
        ("la catégorie sociale", ()),
    ],
)
def test_categories(text: str, letters: tuple[str, ...]) -> None:
    assert categories_in(text) == letters


def test_employers() -> None:
    assert versant_of_employer("Mairie de Valmont") == "FPT"
    assert versant_of_employer("commune", "Polynésie française") == "FPCPF"
    assert versant_of_employer("CHU de Valmont") == "FPH"
    assert versant_of_employer("administration du Pays") == "FPPF"
    assert versant_of_employer("boulangerie") is None
    assert set(EMPLOYERS.values()) <= set(VERSANTS)


def test_modes() -> None:
    assert mode_of("en présentiel") == "on_site"
    assert mode_of("classe virtuelle") == "remote"
    assert mode_of("présentiel puis distanciel") == "blended"
    assert mode_of("hybride") == "blended"
    assert mode_of("à Lyon") is None


def test_acronyms() -> None:
    assert expand("insp") == "Institut national du service public"
    assert expand("C.N.F.P.T.") == ACRONYMS["CNFPT"]
    assert expand("ZZZ") is None
