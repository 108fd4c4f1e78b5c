"""Nothing unproven passes: each check by the sentence it stops and the sentence it lets through."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.grounding import Ground, fault, numbers_in, sentences_of
from assistant.records import Citation
from corpus.records import Contact, Fact, Session

QUOTE = "Le cycle coûte 7 850 € ; il dure deux jours, du 3 au 5 mars 2027, à Rennes. Contact : cycle@ecole.example, 02 99 00 22 00."
HIDDEN = Citation("a.md", "Écrire à cycle.ATNOSPAM@ecole.example", 0, 37, 2, title="Cycle Piloter")
GROUND = Ground(
    extracts={1: Citation("a.md", QUOTE, 0, len(QUOTE), 1, title="Cycle Piloter"), 2: HIDDEN},
    facts={
        1: (Fact("sessions", Session(date(2027, 3, 3), date(2027, 3, 5)), "du 3 au 5 mars 2027", 0, 1),),
        2: (Fact("contact", Contact(email="cycle2@ecole.example"), "cycle.ATNOSPAM@ecole.example", 0, 1, "deduced"),),
    },
    titles={"a.md": "Cycle Piloter", "b.md": "Stage Accueillir le public"},
    question="Combien coûte le cycle Piloter ?",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Le cycle Piloter coûte 7 850 € [1].",
        "Le cycle coûte 7850 euros [1].",
        "Il dure 2 jours, du 3 mars 2027 au 5 mars 2027, à Rennes [1].",
        "Écrivez à cycle@ecole.example ou appelez le 02.99.00.22.00 [1].",
        "Le contact est cycle2@ecole.example [2].",
    ],
)
def test_what_is_proven_passes(sentence: str) -> None:
    assert fault(sentence, GROUND) is None


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Le cycle coûte 7 850 €.", "no marker"),
        ("Le cycle coûte 7 850 € [7].", "unknown marker"),
        ("Le cycle coûte 7 580 € [1].", "number"),
        ("Le cycle dure trois jours [1].", "number"),
        ("Le cycle a lieu le 5 avril 2027 [1].", "date"),
        ("Le cycle a lieu en décembre [1].", "date"),
        ("Écrivez à pirate@ecole.example [1].", "e-mail"),
        ("Le cycle coûte 7 850 €, voir www.autre.example/prix [1].", "link"),
        ("Appelez le 06 11 22 33 44 pour le cycle [1].", "phone"),
        ("Le cycle coûte 7 850 dollars [1].", "currency"),
        ("Le cycle est gratuit [1].", "free"),
        ("Comme le stage Accueillir le public, il coûte 7 850 € [1].", "programme"),
        ("Le cycle coûte 7 850 € selon Dupont [1].", "name"),
        ("Le cycle ne coûte pas 7 850 € [1].", "negation"),
        ("La piscine municipale propose des horaires élargis [1].", "unsupported"),
        ("Le <i>cycle</i> coûte 7 850 € [1].", "markup"),
    ],
)
def test_what_is_not_proven_is_stopped(sentence: str, reason: str) -> None:
    assert fault(sentence, GROUND) == reason


def test_a_fact_proves_only_where_its_extract_is_cited() -> None:
    assert fault("Le contact est cycle2@ecole.example [1].", GROUND) == "e-mail"


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=1, max_value=999_999))
@example(27)
def test_no_number_that_the_extract_lacks_ever_passes(number: int) -> None:
    verdict = fault(f"Le cycle coûte {number} € [1].", GROUND)
    assert (verdict is None) == (str(number) in numbers_in(QUOTE)) or verdict == "phone"


def test_sentences_come_whole_with_their_markers_however_the_stream_is_cut() -> None:
    text = "Le coût est de 1 250 € [1]. M. le directeur reçoit le 3 mars. [2] Il faut s'inscrire [1][2]\n- Lieu : Rennes [3]"
    whole = list(sentences_of([text]))
    assert whole == ["Le coût est de 1 250 € [1].", "M. le directeur reçoit le 3 mars. [2]", "Il faut s'inscrire [1][2]", "- Lieu : Rennes [3]"]
    assert list(sentences_of(list(text))) == whole
