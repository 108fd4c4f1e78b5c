"""Pairs, noise, hard negatives, and a training small enough to watch."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedder import StaticEmbedder
from index.errors import BadDataset
from index.negatives import mine
from index.noise import dropped, noisy, telegraphic, typo, with_typos
from index.pairs import Pair, read_pairs, split_off, without_leaks
from index.static_model import encode, first_matrix, train_tokenizer
from index.train import Recipe, batches, train

THEMES = {
    "paie": ("Comment lire un bulletin de paie ?", "Le bulletin de paie détaille le traitement, les primes et les cotisations de l'agent."),
    "budget": ("Comment voter un budget ?", "Le budget communal est voté en équilibre par le conseil municipal avant la fin du mois de mars."),
    "congé": ("Combien de congés par an ?", "Un agent à temps plein a droit à cinq fois ses obligations hebdomadaires de service en congés."),
    "concours": ("Qui peut passer un concours ?", "Le concours externe est ouvert aux candidats qui ont le diplôme demandé par le statut."),
}


def pairs_file(path: Path, copies: int = 12) -> Path:
    lines = []
    for number in range(copies):
        for theme, (question, answer) in THEMES.items():
            lines.append(
                json.dumps(
                    {"anchor": f"{question} (cas {theme} {number})", "positive": f"{answer} Dossier {theme} numéro {number}.", "source": theme}
                )
            )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_pairs_are_read_once_each_and_useless_ones_left(tmp_path: Path) -> None:
    good = {"anchor": "Quel prix ?", "positive": "Le prix est de 3 €."}
    bad = [{"anchor": "url: https://example.org/a", "positive": "x"}, {"anchor": "même", "positive": "même"}, {"anchor": " ", "positive": "x"}]
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in [good, good, *bad]) + "\n\n")
    assert read_pairs([path]) == [Pair("Quel prix ?", "Le prix est de 3 €.")]


@pytest.mark.parametrize("line", ["{", '{"anchor": "a"}', "[]", '"x"'])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "pairs.jsonl").write_text('{"anchor": "a", "positive": "b"}\n' + line)
    with pytest.raises(BadDataset, match="line 2"):
        read_pairs([tmp_path / "pairs.jsonl"])


def test_a_missing_or_empty_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match="does not exist"):
        read_pairs([tmp_path / "none.jsonl"])
    (tmp_path / "empty.jsonl").write_text("")
    with pytest.raises(BadDataset, match="no usable pair"):
        read_pairs([tmp_path / "empty.jsonl"])


def test_a_thesaurus_gives_pairs(tmp_path: Path) -> None:
    (tmp_path / "th.dat").write_bytes("ISO8859-15\nélève|2\n(Nom)|écolier|apprenant\n(Verbe)|hausse\n".encode("iso8859-15"))
    assert read_pairs([tmp_path / "th.dat"]) == [Pair("élève", "écolier, apprenant", "thesaurus"), Pair("élève", "hausse", "thesaurus")]


def test_a_passage_is_never_on_both_sides_of_the_split() -> None:
    pairs = [Pair(f"question {n}", f"passage {n // 3}") for n in range(600)]
    kept, held = split_off(pairs, 0.2)
    assert len(kept) + len(held) == 600
    assert 60 < len(held) < 180
    assert not {p.positive for p in kept} & {p.positive for p in held}
    assert split_off(pairs, 0.2) == (kept, held)
    assert split_off(pairs, 0.2, sources=["elsewhere"])[1] == []


def test_texts_of_an_evaluation_are_left_out_near_copies_too() -> None:
    text = "Le conseil municipal vote chaque année avant le mois d'avril un budget en équilibre pour toute la commune et ses services annexes."
    pairs = [
        Pair("a", text),
        Pair("b", "Note. " + text.replace("chaque année", "tous les ans")),
        Pair("Qui vote les budgets ?", "Le maire."),
        Pair("c", "Autre chose."),
    ]
    assert [pair.anchor for pair in without_leaks(pairs, [text, "Qui vote le budget ?"])] == ["c"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.integers(0, 1000))
def test_noise_never_empties_a_question(text: str, seed: int) -> None:
    for kind in (noisy, dropped, with_typos):
        assert bool(kind(text, random.Random(seed)).strip()) >= bool(text.strip()) or not text.strip()
    assert bool(telegraphic(text).strip()) >= bool(text.strip())


def test_a_slip_changes_a_long_word_by_one_letter_or_two() -> None:
    from rapidfuzz.distance import OSA

    slips = {typo("formation", random.Random(seed)) for seed in range(60)}
    assert len(slips) > 10
    assert all(OSA.distance("formation", slip) <= 1 for slip in slips)
    assert typo("dix", random.Random(1)) == "dix"
    assert telegraphic("Quel est le prix de l'école ?") == "prix l'ecole"


def test_batches_hold_no_question_and_no_passage_twice() -> None:
    rng = np.random.default_rng(3)
    one = np.array([1], dtype=np.int32)
    views = [(one, one, f"q{rng.integers(30)}", int(rng.integers(40))) for _ in range(400)]
    made = list(batches(views, 16))
    assert len(made) > 5
    for batch in made:
        assert len({view[2] for view in batch}) == len(batch) == len({view[3] for view in batch})


def test_hard_negatives_are_other_questions_passages() -> None:
    pairs = [Pair(f"budget {n}", f"Le budget communal numéro {n} est voté par le conseil.") for n in range(30)]
    found = mine(pairs, random.Random(1))
    assert found
    assert all(other != number and pairs[other].anchor != pairs[number].anchor for number, others in found.items() for other in others)


def test_the_first_matrix_puts_what_stands_together_side_by_side() -> None:
    texts = ["le chat boit du lait", "le chat lape du lait"] * 40 + ["un avion vole haut", "un avion vole loin"] * 40
    tokenizer = train_tokenizer(texts, 200)
    matrix = first_matrix(encode(tokenizer, texts), tokenizer.get_vocab_size(), 4, 1)
    unit = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    at = {word: unit[tokenizer.token_to_id(word)] for word in ("boit", "lape", "vole")}
    assert at["boit"] @ at["lape"] > at["boit"] @ at["vole"] + 0.2


def test_training_from_scratch_learns_and_adapting_compares(tmp_path: Path) -> None:
    pairs = pairs_file(tmp_path / "pairs.jsonl")
    recipe = Recipe(subwords=400, dimension=16, matryoshka=(16, 8), epochs=4, batch=16)
    steps: list[tuple[int, int]] = []
    report = train([pairs], tmp_path / "scratch", scratch=True, recipe=recipe, progress=lambda _, done, total: steps.append((done, total)))
    assert (report.base, report.before, report.gain) == ("scratch", None, None)
    assert report.pairs + report.held_out == 48
    assert steps[-1][0] == steps[-1][1]
    model = StaticEmbedder(tmp_path / "scratch", "mine")
    question, answer, other = model.queries(["lire un bulletin de paie", THEMES["paie"][1], THEMES["concours"][1]])
    assert question @ answer > question @ other
    again = train([pairs], tmp_path / "again", scratch=True, recipe=recipe)
    assert again.after == report.after
    assert (tmp_path / "again" / "model.safetensors").read_bytes() == (tmp_path / "scratch" / "model.safetensors").read_bytes()
    adapted = train([pairs], tmp_path / "adapted", recipe=Recipe(epochs=1, batch=16, rate=0.001, matryoshka=(256,)))
    assert adapted.base == "shipped"
    assert adapted.before is not None and adapted.gain is not None
    assert adapted.gain.mean == pytest.approx(adapted.after.mean - adapted.before.mean, abs=2e-4)
    assert adapted.better == (adapted.gain.low > 0)


def test_too_few_pairs_are_said(tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match="too few"):
        train([pairs_file(tmp_path / "pairs.jsonl", 2)], tmp_path / "out")
