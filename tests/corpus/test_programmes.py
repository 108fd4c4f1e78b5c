"""A document as a programme: proofs for all texts, given facts first, golden sheets, figures that must not fall."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import PathNotFound, UnreadableDocument
from corpus.facts.evaluate import SUFFIX, evaluate
from corpus.programmes import MOST, understand
from corpus.records import FIELDS, Block, Contact, Document, Fact, Price, Session
from tests.corpus.sheets import SHEETS, document, programme, read
from tests.golden.update_sheets import COMMAND, understood

_WORDS = st.sampled_from(
    ["Tarif", "Coût", ":", "7 850", "€", "1 €", "gratuit", "aucun frais", "du", "au", "31 février 2025", "3 mars", "et",
     "12/13/2024", "mi-mars", "rentrée 2026", "½",
     "jours", "13", "2h30", "05 56 00 95 82", "/ 95 54", "a@b.fr", "(at)", "x", "|", "\n", "\n\n", "# ", "## Public", "- ",
     "module 1", "« a »", "(module 1)", "places",
     "Durée", "99999999999",
     "F CFP", "ı", "İ", "ß", "œ", "\u00a0", "\u2028", "RNCP 1234", "Lieu", "75001 Paris", "…"]
)  # fmt: skip
_TEXTS = st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=60).map(" ".join), st.lists(_WORDS, max_size=60).map("".join))


@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.integers(0, 5), st.booleans())
def test_every_fact_of_any_text_is_the_text_at_its_place(text: str, at: int, with_blocks: bool) -> None:
    blocks = (Block("heading", min(at, len(text)), min(at + 9, len(text)), 2),) if with_blocks else ()
    sheet = understand(Document("x", text[:40], text, blocks, "text", ""), date(2026, 1, 1))
    for fact in (*sheet.facts, *filter(None, (sheet.kind_proof, sheet.published))):
        assert 0 <= fact.start < fact.end <= len(text)
        assert fact.text == text[fact.start : fact.end]
    assert not [w for w in sheet.warnings if "could not be read" in w]


@pytest.mark.parametrize("piece", [" ", "1", "1 111 ", "#", "a@b.", "1 et ", "2 jours ", "1 € ", "gratuit ", "Durée : ", "|", "« ", "\n", "(at) "])
def test_long_repetitions_are_read_and_bounded(piece: str) -> None:
    sheet = programme_of(piece * (60_000 // len(piece)))
    assert len(sheet) <= 2 * MOST


def programme_of(text: str) -> tuple[Fact, ...]:
    return understand(Document("x", "x", text, (), "text", "")).facts


def test_given_facts_come_first_and_are_not_said_twice() -> None:
    text = "Tarif : 450 € ou 600 €. Contact : a@b.example"
    source = Fact("price", Price(450.0, "EUR", "plein tarif"), "450 €", 8, 13)
    sheet = understand(Document("x", "x", text, (), "lheo", "", given=(source,)))
    assert [f.value for f in sheet.of("price")] == [source.value, Price(600.0, "EUR")]
    assert sheet.of("price")[0] is source
    assert [f.value for f in sheet.of("contact")] == [Contact(email="a@b.example")]


def test_facts_that_disagree_are_both_kept() -> None:
    assert [f.value.amount for f in programme("Coût : 450 €\nPrix : 500 €").of("price") if isinstance(f.value, Price)] == [450.0, 500.0]


def test_a_document_that_says_nothing_has_no_facts() -> None:
    assert programme("Le temps sera beau demain.").facts == ()
    assert understand(Document("x", "", "", (), "text", "")).facts == ()


def test_sessions_that_are_all_over_are_told() -> None:
    text = "Dates : du 3 au 5 mars 2021"
    assert understand(document(text), date(2026, 1, 1)).warnings
    assert not understand(document(text), date(2021, 3, 4)).warnings


def test_facts_stand_in_the_order_of_the_fields() -> None:
    order = [FIELDS.index(f.field) for f in programme("Durée : 2 jours\nCoût : 450 €\nPublic : tous\nLieu : Lyon").facts if f.field in FIELDS]
    assert order == sorted(order)


@pytest.mark.parametrize("path", sorted(p for p in SHEETS.rglob(f"*{SUFFIX}")), ids=lambda p: p.name.removesuffix(SUFFIX))
def test_golden_sheets(path: Path) -> None:
    source = path.with_name(path.name.removesuffix(SUFFIX))
    golden = source.with_name(f"{source.name}.understood.json")
    assert golden.is_file(), f"{golden.name} is missing: run {COMMAND}"
    assert understood(source) == json.loads(golden.read_text(encoding="utf-8")), (
        f"What is understood of {source.name} has changed. If that is meant: {COMMAND}"
    )


def test_there_are_enough_golden_sheets() -> None:
    assert len(list(SHEETS.rglob(f"*{SUFFIX}"))) >= 40


@pytest.mark.parametrize("split", ["tune", "held_out", "held_out2", "held_out3", "held_out4", "held_out5"])
def test_figures_on_annotated_documents(split: str) -> None:
    report = evaluate(SHEETS / split, read, understand)
    assert report.untrue == 0
    wanted = {
        "price": (0.9, 0.9),
        "email": (0.95, 0.95),
        "phone": (0.95, 0.9),
        "capacity": (0.9, 0.9),
        "duration": (0.9, 0.9),
        "sessions": (0.85, 0.85),
        "kind": (0.9, 0.9),
    }
    assert set(report.scores) >= {"price", "email", "phone", "capacity", "duration"}
    for name, (precision, recall) in wanted.items():
        score = report.scores.get(name)
        if score is None:
            continue  # the dates and the kinds of the last documents are not annotated
        assert (score.precision or 0) >= precision, (name, [m for m in report.misses if m.field == name])
        assert (score.recall or 0) >= recall, (name, [m for m in report.misses if m.field == name])


def test_evaluation_counts_what_is_right_wrong_and_missed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Coût : 450 €\nContact : a@b.example", encoding="utf-8")
    annotated = {"facts": {"price": [{"amount": 450}, {"amount": 900}], "contact": [{"email": "a@b.example"}], "capacity": []}}
    (tmp_path / f"a.txt{SUFFIX}").write_text(json.dumps(annotated), encoding="utf-8")
    report = evaluate(tmp_path, read, understand)
    price = report.scores["price"]
    assert (price.right, price.wrong, price.missed, price.precision, price.recall) == (1, 0, 1, 1.0, 0.5)
    assert report.scores["email"].recall == 1.0
    assert report.scores["capacity"].precision is None
    assert [(m.field, m.what) for m in report.misses] == [("price", "missed")]


def test_evaluation_refuses_what_is_not_annotated(tmp_path: Path) -> None:
    with pytest.raises(PathNotFound, match="no annotated document"):
        evaluate(tmp_path, read, understand)
    (tmp_path / f"a.txt{SUFFIX}").write_text('{"facts": {"price": 3}}', encoding="utf-8")
    with pytest.raises(PathNotFound, match="not beside it"):
        evaluate(tmp_path, read, understand)
    (tmp_path / "a.txt").write_text("Coût : 450 €", encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="list of objects"):
        evaluate(tmp_path, read, understand)


def test_a_session_value_reads_as_two_days() -> None:
    (fact,) = programme("Session : du 3 au 5 mars 2026").of("sessions")
    assert fact.value == Session(date(2026, 3, 3), date(2026, 3, 5))
