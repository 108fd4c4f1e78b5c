"""Near words: everyday words meet those of administrations, exact words count whole, and a passage without title loses nothing."""

from __future__ import annotations

import numpy as np
import pytest

from index.embedder import StaticEmbedder, open_embedder
from index.everyday import kin_of
from index.lexical import LexicalIndex
from index.nearness import Near, Nearness
from tests.index.samples import COURSES, passages, search_over

EMBEDDER = open_embedder()


def near(question: str, courses: dict[str, tuple[str, str]]) -> tuple[LexicalIndex, Near]:
    assert isinstance(EMBEDDER, StaticEmbedder)
    lexical = LexicalIndex.build(passages(courses))
    rows = np.arange(lexical.size)
    return lexical, Nearness(lexical, EMBEDDER).features(question, lexical.query(question), rows, np.full(len(rows), 0.25, dtype=np.float32))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("ma fiche de paye", "bulletin de paie"),
        ("des trucs pour mon boulot", "emploi"),
        ("je voudrais travailler à la maison", "télétravail"),
        ("lire mes mails", "messagerie"),
    ],
)
def test_everyday_words_have_kin(said: str, written: str) -> None:
    assert written in [kin.written for kin in kin_of(said)]


def test_a_phrase_takes_its_words() -> None:
    """ "fiche de paye" is a sheet of pay, not pay and some sheet."""
    assert {kin.said for kin in kin_of("ma fiche de paye")} == {("fich", "pay")}
    assert kin_of("") == kin_of("le la les") == []


def test_words_said_count_whole_others_less_strangers_not() -> None:
    _, found = near("salaire", {"a": ("", "Le salaire."), "b": ("", "Les rémunérations."), "c": ("", "Une piscine.")})
    same, kin, stranger = found.near.tolist()
    assert same == pytest.approx(1.0)
    assert 0.1 < kin < 0.9
    assert stranger < kin


def test_a_title_is_judged_and_for_want_of_one_the_opening() -> None:
    _, found = near("budget", {"a": ("Budget", "Une piscine."), "b": ("", "Le budget de la piscine."), "c": ("Piscine", "Le budget.")})
    assert found.head_near[0] == pytest.approx(1.0)
    assert found.head_near[1] == found.near[1]
    assert found.head_near[2] < found.near[2] == pytest.approx(1.0)
    assert found.head_cosine[0] > found.head_cosine[2]
    long = "Piscine, bassin, sauna, maillot, casier, plongeoir, douche, serviette, peigne, savon, bonnet, palmes, tuba, bouée, banc, sifflet, eau."
    _, found = near("budget", {"d": ("", f"{long} Puis le budget.\nLe budget."), "e": ("", f"Le budget. {long}")})
    late, second, early = found.head_near.tolist()
    assert late == second < early == pytest.approx(1.0)  # what the second line says is no title of its document


def test_a_passage_of_no_words_is_judged_by_nothing() -> None:
    _, found = near("budget", {"a": ("", "le la les"), "b": ("Budget", "Le budget.")})
    assert (found.near[0], found.head_near[0], found.head_cosine[0]) == (0, 0, 0.25)


def test_rows_are_judged_alike_alone_and_together() -> None:
    assert isinstance(EMBEDDER, StaticEmbedder)
    lexical = LexicalIndex.build(passages(COURSES))
    nearness, question = Nearness(lexical, EMBEDDER), "préparer les comptes de la mairie"
    query, rows = lexical.query(question), np.arange(lexical.size)
    cosines = np.zeros(lexical.size, dtype=np.float32)
    whole = nearness.features(question, query, rows, cosines)
    for row in rows.tolist():
        one = nearness.features(question, query, rows[[row]], cosines[[row]])
        assert (one.near[0], one.head_near[0], one.head_cosine[0]) == pytest.approx(
            (whole.near[row], whole.head_near[row], whole.head_cosine[row]), abs=1e-5
        )


def test_a_question_in_other_words_finds_the_course() -> None:
    search = search_over(passages())
    assert search.documents("les comptes de la mairie", 1)[0][0] == "budget.md"
    assert search.documents("les salaires du personnel", 1)[0][0] == "paie.md"


def test_words_that_one_sentence_says_together_answer_more_than_scattered_ones() -> None:
    courses = {"a": ("Note", "Le budget est voté. La piscine ferme."), "b": ("Note", "Le budget de la piscine est voté. On ferme.")}
    _, found = near("budget piscine", courses)
    assert found.near.tolist() == pytest.approx([1.0, 1.0])
    assert found.near_answer[0] < found.near_answer[1] == pytest.approx(1.0)


def test_a_word_near_what_may_stand_for_one_counts_though_no_passage_holds_that() -> None:
    lexical, found = near("un deuil", {"a": ("", "Les funérailles."), "b": ("", "Les piscines.")})
    assert not len(lexical.query("un deuil").kin_terms)
    assert found.near[0] > found.near[1] + 0.2


def test_a_phrase_of_no_telling_words_is_asked_as_what_is_written_for_it() -> None:
    lexical, found = near("c'est possible depuis chez moi ?", {"a": ("", "Le télétravail."), "b": ("", "Le jardin.")})
    assert "télétravail" in lexical.query("c'est possible de chez moi ?").words
    assert found.near[0] > found.near[1]
