"""The command's contract: JSON alone on stdout, one sentence on stderr, the exit status that other programs read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readme import README, made

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(demo_home: Path, call: Callable[[Path], Run]) -> Run:
    return call(demo_home)


@pytest.fixture
def own_home(demo_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    home = tmp_path / "own"
    shutil.copytree(demo_home, home)
    monkeypatch.setenv("JALON_HOME", str(home))
    return home


def of(output: str) -> Any:
    return json.loads(output)


def test_show_gives_every_field_with_its_proof(run: Run, demo_home: Path) -> None:
    code, out, _ = run("show", "cycle-piloter-la-transformation-publique.md", "--json")
    sheet = of(out)
    assert code == 0
    assert list(sheet["facts"]) == [
        "price", "code", "provider", "objectives", "audience", "prerequisites", "content", "modules", "duration", "sessions", "location",
        "mode", "capacity", "contact", "registration", "certification",
    ]  # fmt: skip
    price = sheet["facts"]["price"][0]["value"]
    assert (price["amount"], price["currency"]) == (7850.0, "EUR")
    for facts in sheet["facts"].values():
        for fact in facts:
            assert fact["text"] == sheet["text"][fact["start"] : fact["end"]]


def test_show_for_people_marks_the_proof(run: Run) -> None:
    code, out, _ = run("show", "cycle-piloter-la-transformation-publique.md")
    assert code == 0
    assert "›7 850 €‹" in out.replace("\u00a0", " ").replace("\u202f", " ")
    assert "not stated" in out


def test_an_unknown_document_names_the_nearest(run: Run) -> None:
    code, out, err = run("show", "cycle-piloter.md", "--json")
    assert (code, out) == (1, "")
    assert "cycle-piloter-la-transformation-publique.md" in err
    assert err.count("\n") == 1


def test_search_gives_hits_in_order(run: Run) -> None:
    code, out, _ = run("search", "formateurs internes en Polynésie", "-k", "3", "--json")
    hits = of(out)
    assert code == 0
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert hits[0]["document"].startswith("polynesie-")
    assert hits[0]["score"] >= hits[1]["score"] >= hits[2]["score"]
    assert set(hits[0]) == {"rank", "document", "passage", "score", "title", "heading", "text"}


def test_ask_answers_with_verbatim_quotes(run: Run) -> None:
    code, out, _ = run("ask", "Combien coûte le cycle dirigeant Piloter la transformation publique ?", "--json")
    answer = of(out)
    assert code == 0
    assert answer["intent"] == "price" and not answer["abstained"] and answer["mode"] == "extractive"
    assert answer["programme"]["document"] == "cycle-piloter-la-transformation-publique.md"
    assert "7 850" in answer["answer"].replace("\u00a0", " ").replace("\u202f", " ")
    for citation in answer["citations"]:
        text = of(run("show", citation["document"], "--json")[1])["text"]
        assert citation["quote"] == text[citation["start"] : citation["end"]]


def test_ask_abstains_and_the_gap_is_listed(run: Run, own_home: Path) -> None:
    code, out, _ = run("ask", "Quelle est la recette de la tarte aux pommes ?", "--json")
    assert code == 0
    assert of(out)["abstained"] is True
    code, out, _ = run("gaps", "--json")
    assert code == 0
    assert sum(gap["count"] for gap in of(out)) == 1


def test_a_batch_gives_one_result_a_line_in_order(run: Run, own_home: Path, tmp_path: Path) -> None:
    lines = [
        {"id": "a", "question": "Quel est le code du cycle Piloter la transformation publique ?"},
        {"id": "b", "turns": ["Parlez-moi du cycle Piloter la transformation publique", "et combien ça coûte ?"]},
        {"id": "c", "question": ""},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    code, out, _ = run("ask", "--batch", str(file), "--json")
    answers = [of(line) for line in out.splitlines()]
    assert code == 0
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert "ACAT21-041" in answers[0]["answer"]
    assert "7 850" in answers[1]["answer"].replace("\u00a0", " ").replace("\u202f", " ")
    assert answers[2]["abstained"] is True


def test_a_bad_batch_answers_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "a", "question": "Bonjour"}\n{"id": "b"}\n', encoding="utf-8")
    code, out, err = run("ask", "--batch", str(file), "--json")
    assert (code, out) == (1, "")
    assert "line 2" in err


def test_reindex_reports_and_status_follows(run: Run, own_home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mes fiches é"
    folder.mkdir()
    (folder / "été 2026.md").write_text("# Lire un budget\n\nTarif : 420 €\n", encoding="utf-8")
    (folder / "vide.txt").write_text("", encoding="utf-8")
    code, out, _ = run("reindex", str(folder), "--json")
    report = of(out)
    assert code == 0
    assert report["added"] == ["été 2026.md"] and report["unchanged"] == 0 and len(report["removed"]) == 10
    assert [failure["document"] for failure in report["failed"]] == ["vide.txt"]
    status = of(run("status", "--json")[1])
    assert (status["generation"], status["documents"]) == (report["generation"], 1)
    assert len(status["older"]) == 1 and status["age_seconds"] >= 0
    assert run("reindex", str(folder), "--strict", "--json")[0] == 1


def test_an_unknown_path_leaves_the_index_as_it_was(run: Run, own_home: Path) -> None:
    before = (own_home / "index" / "CURRENT").read_text(encoding="utf-8")
    code, out, err = run("reindex", str(own_home / "nowhere"), "--json")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "nowhere" in err
    assert (own_home / "index" / "CURRENT").read_text(encoding="utf-8") == before


def test_without_an_index_the_demo_is_built_and_said(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALON_HOME", str(tmp_path / "fresh"))
    code, out, err = run("search", "transformation publique", "-k", "1", "--json")
    assert code == 0 and len(of(out)) == 1
    assert "demo" in err
    monkeypatch.setenv("JALON_HOME", str(tmp_path / "fresher"))
    code, out, err = run("status", "--json")
    assert (code, out) == (1, "") and "jalon reindex" in err


def test_a_demo_index_of_another_version_is_built_anew(run: Run, own_home: Path) -> None:
    name = (own_home / "index" / "CURRENT").read_text(encoding="utf-8").strip()
    manifest = own_home / "index" / name / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"fingerprint": "', '"fingerprint": "0'), encoding="utf-8")
    code, out, err = run("search", "transformation publique", "-k", "1", "--json")
    assert code == 0 and len(of(out)) == 1
    assert "built anew" in err


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("search",), ("search", "x", "-k", "0"), ("ask", "x", "--batch", "y"), ("export", "--format", "xls"), ("evaluate",)],
    ids=lambda arguments: " ".join(arguments),
)
def test_wrong_usage_is_status_2(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err


def test_a_bad_setting_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALON_CHAT_TIMEOUT", "soon")
    code, out, err = run("search", "x", "--json")
    assert (code, out) == (1, "")
    assert "JALON_CHAT_TIMEOUT" in err and err.count("\n") == 1


def test_forget_of_an_unknown_id_says_so(run: Run, own_home: Path) -> None:
    code, _, err = run("forget", "nobody")
    assert code == 1 and "nobody" in err


def test_the_readme_says_what_the_code_does() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == made(text), "run: python -m tests.readme"
