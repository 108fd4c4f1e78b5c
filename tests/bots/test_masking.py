from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.masking import mask


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Écrivez à jean.dupont@mairie.example svp", "Écrivez à [e-mail] svp"),
        ("Rappelez le 06.01.02.03.04 ou +689 40 50 60 70", "Rappelez le [numéro] ou [numéro]"),
        ("Mon numéro est 1 85 05 78 006 084 36", "Mon numéro est [numéro]"),
        ("Je m'appelle jean dupont, où est le parking ?", "Je m'appelle [nom], où est le parking ?"),
        ("je suis Maëlys Le Goff-Exemple et je veux venir", "je suis [nom] et je veux venir"),
        ("My name is Alex Sample.", "My name is [nom]."),
        ("Mme Exemple anime-t-elle la session ?", "Mme [nom] anime-t-elle la session ?"),
        ("Voir https://intranet.example/agent?id=7", "Voir [lien]"),
        ("demandez à @camille_x", "demandez à [compte]"),
    ],
)
def test_what_names_a_person_is_masked(question: str, kept: str) -> None:
    assert mask(question) == kept


@pytest.mark.parametrize(
    "question",
    [
        "Je suis attaché territorial de catégorie A, ai-je droit au cycle 2026-2027 ?",
        "Je suis DGS : 7 850 € pour 12 jours ?",
        "La session du 05/10 en 2026 est-elle ouverte ?",
    ],
)
def test_the_theme_of_a_question_stays(question: str) -> None:
    assert mask(question) == question


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.from_regex(r"[a-z]{3,8}\.[a-z]{3,8}@[a-z]{3,8}\.example", fullmatch=True))
def test_an_address_never_stays(around: str, address: str) -> None:
    assert address not in mask(f"{around} {address} {around}")
