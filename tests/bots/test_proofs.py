from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bots.proofs import prove, runs
from corpus.records import Span
from tests.fakes_web import BUDGET, ECOUTE, FakeService

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: Span(min(pair), max(pair))), max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=40, max_size=40), SPANS, SPANS.filter(bool))
def test_runs_are_the_text_again_and_mark_exactly_the_proofs(text: str, spans: list[Span], windows: list[Span]) -> None:
    spans = [span for span in spans if span.start < span.end]
    window = windows[0]
    found = runs(text, spans, window)
    assert "".join(run.text for run in found) == window.of(text)
    at, marked = window.start, set()
    for run in found:
        if run.marked:
            marked |= set(range(at, at + len(run.text)))
        at += len(run.text)
    assert marked == {n for span in spans for n in range(span.start, span.end) if window.start <= n < window.end}


def test_every_proof_has_its_anchor_even_inside_another() -> None:
    spans = [Span(2, 10), Span(4, 6), Span(2, 3)]
    starts = [span for run in runs("a" * 12, spans, Span(0, 12)) for span in run.starts]
    assert sorted(starts, key=lambda span: (span.start, span.end)) == sorted(spans, key=lambda span: (span.start, span.end))


def test_a_proof_shows_its_passage_and_page(tmp_path: Path) -> None:
    catalogue = FakeService(tmp_path).current().catalogue
    start = BUDGET.document.text.index("50 000 F CFP")
    proof = prove(catalogue, BUDGET.document.id, start, start + 12, "50 000 F CFP", marker=2)
    assert [run.text for run in proof.runs if run.marked] == ["50 000 F CFP"]
    assert (proof.page, proof.marker, proof.stale) == (2, 2, False)


def test_a_proof_whose_document_changed_or_went_is_stale(tmp_path: Path) -> None:
    catalogue = FakeService(tmp_path, [ECOUTE]).current().catalogue
    for document, quote in ((ECOUTE.document.id, "460 €"), ("gone.md", "450 €")):
        proof = prove(catalogue, document, 3, 8, quote)
        assert proof.stale and [run.text for run in proof.runs] == [quote]
