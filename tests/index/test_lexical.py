"""Fielded BM25: its numbers by hand, its words, its files."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.french import fold
from index.acronyms import explained
from index.analysis import query_words, term, words
from index.errors import DamagedIndex
from index.lexical import LexicalIndex
from index.postings import lookup
from tests.index.samples import COURSES, passages


def three(*texts: str) -> LexicalIndex:
    return LexicalIndex.build(passages({f"{n}.md": ("", text) for n, text in enumerate(texts)}))


def test_bm25_of_three_sentences_is_the_sum_worked_out_by_hand() -> None:
    """Terms a passage: 2, 2, 4, mean 8/3; "budget" stands in passages 0 and 2, "paie" in 1; k1 = 1.2, b = 0.75."""
    index = three("budget communal", "paie mensuelle", "budget budget annuel voté")
    query = index.query("budget paie")
    idf_budget, idf_paie = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5)), math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))

    def impact(frequency: int, length: int) -> float:
        return frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length / (8 / 3)))

    best = (idf_budget + idf_paie) * 2.2
    expected = [idf_budget * impact(1, 2) / best, idf_paie * impact(1, 2) / best, idf_budget * impact(2, 4) / best]
    assert index.scores(query).body == pytest.approx(expected, rel=2e-3)  # impacts are kept in half precision


def test_coverage_is_the_share_of_the_query_by_rarity() -> None:
    index = three("Le budget communal. La paie.", "La paie mensuelle.", "Autre chose encore.")
    query = index.query("budget paie")
    budget, paie = query.idf.tolist()
    covered = index.coverage(query, np.arange(3))
    assert covered.coverage == pytest.approx([1.0, paie / (budget + paie), 0.0])
    assert covered.sentence == pytest.approx([budget / (budget + paie), paie / (budget + paie), 0.0])


def test_a_title_completes_the_sentence_that_answers() -> None:
    own = passages()
    index = LexicalIndex.build(own)
    rows = np.array([index.rows["budget.md#1"], index.rows["paie.md#1"]])
    covered = index.coverage(index.query("tarif préparer budget communal"), rows)
    assert covered.answer[0] == pytest.approx(1.0)
    assert covered.sentence[0] < 1.0
    assert covered.answer[0] > covered.answer[1]


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("ACAT21-041", "paie.md"),
        ("acat21-041", "paie.md"),
        ("2,5 jours", "budget.md"),
        ("1250 €", "budget.md"),
        ("1 250 €", "budget.md"),
        ("L'exécution du budget", "budget.md"),
        ("reorganisations d'equipes", "conduite.md"),
        ("REUNION D'ACCUEIL DES USAGERS", "accueil.md"),
        ("INSP", "insp.md"),
        ("insp", "insp.md"),
    ],
)
def test_words_codes_and_amounts_are_found(query: str, document: str) -> None:
    own = passages()
    index = LexicalIndex.build(own)
    scores = index.scores(index.query(query))
    assert own[int(np.argmax(scores.body + scores.title + scores.grams))].document == document


def test_an_acronym_and_its_long_form_find_each_other() -> None:
    texts = {
        "a.md": ("", "L'agence régionale de formation (ARF) ouvre ses inscriptions."),
        "b.md": ("", "Toutes les dates sont fixées par l'ARF."),
        "c.md": ("", "Rien de cela."),
    }
    index = LexicalIndex.build(passages(texts))
    assert index.acronyms == {"arf": "agence regionale de formation"}
    assert index.scores(index.query("agence régionale de formation")).body[1] > 0
    assert index.scores(index.query("ARF")).body[0] > index.scores(index.query("ARF")).body[2] == 0


def test_a_small_word_is_no_acronym() -> None:
    """ "but" is a goal, unless it is written BUT (bachelor universitaire de technologie)."""
    index = three("Le but est atteint.", "Un bachelor universitaire de technologie.", "Rien.")
    assert index.scores(index.query("le but de la technique")).body[1] == 0
    assert index.scores(index.query("BUT")).body[1] > 0


def test_accents_left_out_of_a_question_change_nothing() -> None:
    index = LexicalIndex.build(passages())
    for text in (text for _, text in COURSES.values()):
        accented, plain = index.scores(index.query(text)), index.scores(index.query(fold(text)))
        assert np.allclose(accented.body, plain.body)


def test_documents_explain_their_acronyms_both_ways() -> None:
    found = explained(["Le centre de gestion (CDG) et le CFA (centre de formation d'apprentis) (voir plus loin).", "une note (NB) sans rapport"])
    assert found == {"cdg": "centre de gestion", "cfa": "centre de formation d'apprentis"}


def test_what_is_saved_scores_the_same_when_it_is_loaded(tmp_path: Path) -> None:
    built = LexicalIndex.build(passages())
    built.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical")
    assert loaded.ids == built.ids
    for text in ("budget communal", "insp", "2,5 jours"):
        one, other = built.scores(built.query(text)), loaded.scores(loaded.query(text))
        assert all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("body", "title", "heading", "document", "grams"))


def test_an_index_of_nothing_can_be_kept_and_asked(tmp_path: Path) -> None:
    LexicalIndex.build([]).save(tmp_path / "lexical")
    index = LexicalIndex.load(tmp_path / "lexical")
    assert index.scores(index.query("budget")).body.shape == (0,)


@pytest.mark.parametrize("name", ["index.json", "body.rows.npy", "vocabulary.npy"])
def test_a_torn_file_is_a_damaged_index(tmp_path: Path, name: str) -> None:
    LexicalIndex.build(passages()).save(tmp_path / "lexical")
    path = tmp_path / "lexical" / name
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(DamagedIndex, match="jalon reindex --full"):
        LexicalIndex.load(tmp_path / "lexical")


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_asked(text: str) -> None:
    index = _INDEX
    scores = index.scores(index.query(text))
    assert all(((getattr(scores, name) >= 0) & (getattr(scores, name) <= 1)).all() for name in ("body", "title", "heading", "document", "grams"))
    covered = index.coverage(index.query(text), np.arange(index.size))
    assert (covered.answer <= 1.0001).all()
    assert (covered.sentence <= covered.coverage + 1e-6).all()


_INDEX = LexicalIndex.build(passages())


def test_words_keep_what_is_one_word_to_a_person() -> None:
    assert words("L'action ACAT21-041 à 7 850 €")[-2:] == ["ACAT21-041", "7850"]
    assert term("le") == ""
    assert query_words("Combien coûte la formation ?") == ["coûte", "formation"]


def test_a_name_longer_than_the_vocabulary_is_not_its_beginning() -> None:
    assert lookup(np.array([b"abc", b"abd"]), ["abcd", "abd", "aa"]).tolist() == [-1, 1, -1]
