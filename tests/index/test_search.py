"""One signature for lexical, vector and hybrid search; what comes back for odd questions; corrections; copies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Passage
from index.fusion import Mode
from index.search import Search, best_rows
from index.spelling import Correction
from tests.index.samples import COURSES, passages, search_over

MODES = get_args(Mode)


@pytest.fixture(scope="module")
def search() -> Search:
    return search_over(passages())


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("établir le budget d'une commune", "budget.md"),
        ("bulletin de paie des agents", "paie.md"),
        ("accompagner une réorganisation", "conduite.md"),
        ("recevoir les usagers", "accueil.md"),
    ],
)
def test_every_mode_finds_the_course(search: Search, mode: Mode, question: str, document: str) -> None:
    hits = search.search(question, 3, mode)
    assert hits[0].passage.document == document
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert search.documents(question, 3, mode)[0][0] == document


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "question", ["", "   ", "le la les de", "😀🚀", "?!…", "mot " * 2500, "how long is the training", "\x00\ud800", "a" * 10_000]
)
def test_odd_questions_are_no_error(search: Search, mode: Mode, question: str) -> None:
    hits = search.search(question, 5, mode)
    assert len(hits) <= 5
    assert len(search.documents(question, 5, mode)) <= 5


def test_what_no_document_answers_scores_lower_than_what_one_does(search: Search) -> None:
    answered = search.search("Quel est le tarif de la formation au budget communal ?", 1)[0].score
    for question in ("recette de la tarte aux pommes", "how to train a dragon", "météo de demain à Brest"):
        assert all(hit.score < answered for hit in search.search(question, 3))


def test_only_the_documents_asked_for(search: Search) -> None:
    for mode in MODES:
        hits = search.search("tarif de la formation", 10, mode, documents={"paie.md"})
        assert {hit.passage.document for hit in hits} == {"paie.md"}
    assert search.search("tarif", 10, documents=[]) == []


def test_a_misspelt_word_is_corrected_and_shown(search: Search) -> None:
    assert search.correct("reorganisaton du budjet") == Correction(
        "réorganisation du budget", (("reorganisaton", "réorganisation"), ("budjet", "budget"))
    )
    assert search.correct("le budget communal") == Correction("le budget communal")
    assert search.search("budjet comunal", 1)[0].passage.document == "budget.md"


def test_a_correction_leaves_codes_numbers_and_short_words_alone(search: Search) -> None:
    text = "ACAT21-042 en 2031 au bug"
    assert search.correct(text).text == text


def test_copies_follow_the_document_they_copy() -> None:
    search = search_over(passages(), twins={"copie.md": "paie.md"})
    ranked = [document for document, _ in search.documents("bulletin de paie", 5)]
    assert ranked[:2] == ["paie.md", "copie.md"]
    assert {hit.passage.document for hit in search.search("paie", documents=["copie.md"])} == {"paie.md"}


def test_passages_that_say_the_same_give_one_hit_but_stay_in_the_run() -> None:
    twice = dict(COURSES) | {"paie-2.md": COURSES["paie.md"], "paie-2027.md": (COURSES["paie.md"][0], COURSES["paie.md"][1].replace("980", "1 020"))}
    search = search_over(passages(twice))
    hits = search.search("tarif de la paie des agents, 3 jours", 10)
    texts = [hit.passage.text for hit in hits if hit.passage.text.startswith("Durée : 3 jours")]
    assert sorted(texts) == ["Durée : 3 jours. Tarif : 1 020 €.", "Durée : 3 jours. Tarif : 980 €."]  # another price is another answer
    assert {"paie.md", "paie-2.md", "paie-2027.md"} <= {document for document, _ in search.documents("tarif de la paie", 10)}


def test_long_documents_do_not_crowd_others_out_of_the_run() -> None:
    long = {"long.md": ("Budget", "\n".join(f"Le budget, chapitre {n}." for n in range(400)))}
    search = search_over(passages(dict(COURSES) | long))
    assert len(search.documents("budget", 5)) == 5


class Backwards:
    """A reranker that likes what search likes least."""

    def scores(self, query: str, passages: Sequence[Passage]) -> list[float]:
        return [number / len(passages) for number in range(len(passages))]


def test_a_reranker_orders_the_hits_and_gives_their_scores() -> None:
    plain, reranked = search_over(passages()), search_over(passages(), reranker=Backwards())
    first = [hit.passage.id for hit in plain.search("budget communal", 30)]
    second = reranked.search("budget communal", 4)
    assert [hit.passage.id for hit in second] == first[::-1][:4]
    assert [hit.rank for hit in second] == [1, 2, 3, 4]
    assert second[0].score == pytest.approx(1 - 1 / len(first))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_answered_or_not_but_never_fails(text: str) -> None:
    assert len(_SEARCH.search(text, 3)) <= 3


_SEARCH = search_over(passages())


def test_best_rows_are_the_highest_above_zero() -> None:
    import numpy as np

    scores = np.array([0.0, 3.0, 1.0, 2.0, 1.0], dtype=np.float32)
    assert sorted(best_rows(scores, 2).tolist()) == [1, 3]
    assert sorted(best_rows(scores, 3).tolist()) == [1, 2, 3]
    assert sorted(best_rows(scores, 9).tolist()) == [1, 2, 3, 4]
