"""Files that leave the workspace, opened by the libraries that read them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.records import Text
from tests.bots.desk import CHANGE, ENTRIES, FakeIndex, module
from tests.bots.house import House, cheap_passwords, token

FORMULAS = ('=HYPERLINK("http://evil.example";"clic")', "+33 1", "-2+3", "@SUM(A1)", "\tTAB", "|calc", "＝1+1")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, FakeIndex, TestClient]]:
    cheap = cheap_passwords()
    next(cheap)
    folder = tmp_path_factory.mktemp("export")
    index = FakeIndex(folder)
    house = House(folder / "home", index)  # type: ignore[arg-type]
    yield house, index, house.signed("anne")
    house.state.close()
    next(cheap, None)


def path_of(browser: TestClient, **fields: str) -> str:
    form = {
        "csrf": token(browser, "/compte"),
        "versant": "FPCPF",
        "category": "A",
        "employer": "commune",
        "goals": "dématérialisation\nconduite du changement",
    }
    return str(browser.post("/conseil/parcours", data=form | fields).headers["location"])


def test_every_file_opens_and_holds_the_path(desk: tuple[House, FakeIndex, TestClient]) -> None:
    browser = desk[2]
    path = path_of(browser, title="Dossier 12", amount="2000")
    files = {kind: browser.get(f"{path}/export/{kind}") for kind in ("ics", "csv", "docx", "jsonld")}
    for kind, answer in files.items():
        assert answer.status_code == 200 and f'.{kind}"' in answer.headers["content-disposition"], kind
        assert answer.headers["content-disposition"].startswith("attachment") and answer.headers["x-content-type-options"] == "nosniff"
    import icalendar

    calendar = icalendar.Calendar.from_ical(files["ics"].text)
    events = {str(event["SUMMARY"]): (event.decoded("DTSTART"), event.decoded("DTEND")) for event in calendar.walk("VEVENT")}
    assert events["Conduite du changement"] == (date(2098, 1, 6), date(2098, 1, 9))
    rows = list(csv.reader(io.StringIO(files["csv"].content.decode("utf-8-sig")), delimiter=";"))
    assert len({len(row) for row in rows}) == 1 and "Conduite du changement" in rows[1] and len(rows) == 1 + len(ENTRIES)
    import docx

    document = docx.Document(io.BytesIO(files["docx"].content))
    words = "\n".join([p.text for p in document.paragraphs] + [cell.text for table in document.tables for row in table.rows for cell in row.cells])
    assert "Conduite du changement" in words and "Dossier 12" in words and "Agents de catégorie A des communes" in words
    data = json.loads(files["jsonld"].content)
    assert data["@type"] == "ItemList" and data["itemListElement"][0]["item"]["name"] == "Conduite du changement"
    assert browser.get(f"{path}/export/exe").status_code == 404


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_an_export_is_a_formula(desk: tuple[House, FakeIndex, TestClient], formula: str) -> None:
    _, index, browser = desk
    planted = replace(
        CHANGE,
        document=replace(CHANGE.document, title=f"{formula} dématérialisation"),
        programme=replace(
            CHANGE.programme,
            title=f"{formula} dématérialisation",
            facts=tuple(replace(f, value=Text(formula)) if f.field == "audience" else f for f in CHANGE.programme.facts),
        ),
    )
    index.publish([planted, *ENTRIES[1:]])
    path = path_of(browser, title=formula, role=formula)
    answer = browser.get(f"{path}/export/csv")
    assert answer.status_code == 200
    for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "|", "\t", "\r", "＝", "＋", "－", "＠")), cell
    index.publish(ENTRIES)


def test_hostile_titles_break_no_file(desk: tuple[House, FakeIndex, TestClient], tmp_path: Path) -> None:
    _, index, browser = desk
    evil = 'Dématérialisation\r\nEND:VCALENDAR\r\n";<w:p>\x01]]>'
    index.publish(
        [module("evil.md", evil, "Tous publics.", ("1 €", 1.0), ("1 jour", 1.0), [("le 2 avril 2098", date(2098, 4, 2), date(2098, 4, 2))])]
    )
    path = path_of(browser, title=evil)
    import docx
    import icalendar

    events = icalendar.Calendar.from_ical(browser.get(f"{path}/export/ics").text).walk("VEVENT")
    assert len(events) == 1 and "END:VCALENDAR" in str(events[0]["SUMMARY"])
    assert docx.Document(io.BytesIO(browser.get(f"{path}/export/docx").content)).tables
    assert len(json.loads(browser.get(f"{path}/export/jsonld").content)["itemListElement"]) == 1
    index.publish(ENTRIES)
