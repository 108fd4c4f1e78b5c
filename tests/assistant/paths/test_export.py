"""Files of a path: what they hold, and what they must never do."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from assistant.errors import BadRequest
from assistant.paths.export import KINDS, export_path, to_ics
from assistant.records import Because, Citation, Eligibility, Exclusion, LearnerProfile, LearningPath, Money, Period, Step

TODAY = date(2026, 11, 22)
PROOF = Eligibility("to_check", (Because("À vérifier", Citation("a.md", "Cadres des communes", 0, 19)),))
STEP = Step("Marchés publics", "a.md", Period(date(2027, 1, 11), date(2027, 1, 12)), 2.0, Money(300.5), 0.8, ("marchés",), "Son titre répond.", PROOF)
UNDATED = Step("Leadership", "b.md", None, None, None, 0.6, (), "Proche.", Eligibility("eligible"))
OUT = Exclusion("Poterie", "c.md", 0.1, (), "less_relevant", "Trop éloigné.")
PATH = LearningPath(
    LearnerProfile(role="attachée", territory="Polynésie française", budget=Money(36000.0, "XPF")), (STEP, UNDATED), (OUT,), generation="g1"
)


def events(text: str) -> list[object]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_the_calendar_holds_whole_days_in_the_learner_s_zone() -> None:
    text = to_ics(PATH, "Parcours", TODAY)
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2027, 1, 11), date(2027, 1, 13))
    assert "Cadres des communes" in event["description"]
    assert calendar["x-wr-timezone"] == "Pacific/Tahiti"
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Pacific/Tahiti"]
    assert "Leadership" in calendar["x-wr-caldesc"]


def test_a_session_that_moves_keeps_its_identity() -> None:
    moved = replace(PATH, steps=(replace(STEP, session=Period(date(2027, 5, 3), date(2027, 5, 4))),))
    assert events(to_ics(PATH, today=TODAY))[0]["uid"] == events(to_ics(moved, today=TODAY))[0]["uid"]  # type: ignore[index]
    assert to_ics(PATH, today=TODAY) == to_ics(PATH, today=TODAY)


@pytest.mark.parametrize("evil", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", "\r\n=1;2"])
def test_no_cell_becomes_a_formula(evil: str) -> None:
    written = export_path(replace(PATH, steps=(replace(STEP, module=evil, reason=evil),)), "csv")
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 3
    assert {len(row) for row in rows} == {14}
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "＝")) for row in rows for cell in row)


def test_the_table_holds_steps_and_what_was_left_out() -> None:
    rows = list(csv.reader(io.StringIO(export_path(PATH, "csv").decode("utf-8-sig")), delimiter=";"))
    assert rows[1][:9] == ["retenu", "1", "Marchés publics", "a.md", "2027-01-11", "2027-01-12", "2", "300,5", "EUR"]
    assert rows[2][6:9] == ["", "", ""]
    assert rows[3][0] == "less_relevant"


def test_the_document_to_sign_names_what_is_unknown() -> None:
    import docx

    document = docx.Document(io.BytesIO(export_path(PATH, "docx", "Parcours de l'agent", TODAY)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([p.text for p in document.paragraphs] + cells)
    for wanted in (
        "Parcours de l'agent",
        "22/11/2026",
        "g1",
        "« Cadres des communes »",
        "Prix non précisés : Leadership",
        "Trop éloigné.",
        "Date et signature",
    ):
        assert wanted in text
    assert "36\u00a0000\u00a0F\u00a0CFP" in text


def test_linked_data_is_a_list_of_courses() -> None:
    data = json.loads(export_path(PATH, "jsonld", "P"))
    first, second = (item["item"] for item in data["itemListElement"])
    assert (first["@type"], first["name"], first["offers"]["price"], first["timeRequired"]) == ("Course", "Marchés publics", 300.5, "P2D")
    assert "offers" not in second


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=40), st.sampled_from(KINDS))
def test_any_title_can_be_exported(title: str, kind: str) -> None:
    path = replace(PATH, steps=(replace(STEP, module=title, reason=title),))
    assert export_path(path, kind, title, TODAY)
    if kind == "ics":
        assert len(events(to_ics(path, title, TODAY))) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_path_can_be_exported(kind: str) -> None:
    assert export_path(LearningPath(LearnerProfile(), (), ()), kind, today=TODAY)


def test_other_kinds_are_refused() -> None:
    with pytest.raises(BadRequest, match="exe"):
        export_path(PATH, "exe")
