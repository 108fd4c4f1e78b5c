"""The annotated questions: the figures that the project promises, kept on documents of many institutions."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation import Assistant
from assistant.errors import BadRequest
from assistant.evaluate import Case, evaluate, read_cases
from tests.assistant.conftest import QUESTIONS

FLOORS = {"answerable": 0.95, "noisy": 0.90, "dialogues": 0.90, "abstained_rightly": 0.95}
"""Below what is reached, above what is promised: a change that costs more than a question or two is noticed."""


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return read_cases(QUESTIONS)


def test_there_are_enough_questions_and_dialogues(cases: list[Case]) -> None:
    assert sum(len(c.turns) == 1 for c in cases) >= 150
    assert sum(len(c.turns) > 1 for c in cases) >= 30
    assert len({c.id for c in cases}) == len(cases)


def test_figures_stay_above_their_floors(golden: Assistant, cases: list[Case]) -> None:
    report = evaluate(golden, cases)
    figures = report.figures
    shown = "\n".join(report.lines())
    for name, floor in FLOORS.items():
        value = figures[name]
        assert value is not None and value >= floor, f"{name} is {value}\n{shown}"
    assert (figures["abstained_wrongly"] or 0.0) <= 0.05, shown
    assert figures["forbidden"] == 0, shown
    assert not any("verbatim" in fault for o in report.outcomes for fault in o.faults), shown
    assert all(len(o.answer.text) <= 700 for o in report.outcomes if o.answer.intent not in ("comparison", "recommendation")), shown


def test_a_report_counts_wrong_answers(golden: Assistant) -> None:
    wrong = [
        Case("1", "answerable", ("Combien coûte le stage plan vélo communal ?",), answer=("999 €",)),
        Case("2", "off_topic", ("Combien coûte le stage plan vélo communal ?",)),
        Case("3", "answerable", ("Combien coûte le stage plan vélo communal ?",), forbidden=("890",), answer=("890",)),
    ]
    report = evaluate(golden, wrong)
    assert [o.right for o in report.outcomes] == [False, False, False]
    assert report.figures["answerable"] == 0.0
    assert report.figures["abstained_rightly"] == 0.0
    assert report.figures["forbidden"] == 1.0


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"kind": "answerable", "question": "Où ?"}\n{"question": 3}\n', encoding="utf-8")
    with pytest.raises(BadRequest, match=r"a\.jsonl:2"):
        read_cases(tmp_path)
