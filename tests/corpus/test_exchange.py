"""The catalogue written back: what a format can hold survives a round trip, and the rest is listed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.catalogue import Catalogue, Entry, write_catalogue
from corpus.exchange import Export, to_jsonld, to_lheo
from corpus.readers.formats import read
from corpus.readers.limits import Limits
from corpus.records import Capacity, Contact, Document, Duration, Fact, FactValue, FieldName, Kind, Price, Programme, Session, Text

FULL: dict[FieldName, list[FactValue]] = {
    "code": [Text("ACT-1")],
    "provider": [Text("École X"), Text("École Y")],
    "objectives": [Text("Savoir décider"), Text("Savoir convaincre")],
    "audience": [Text("Agents de catégorie A")],
    "prerequisites": [Text("ACT-0"), Text("Un an d'expérience")],
    "content": [Text("La décision publique")],
    "modules": [Text("Décider"), Text("Convaincre")],
    "price": [Price(1250.5, "EUR")],
    "duration": [Duration(2.0, "days"), Duration(14.0, "hours")],
    "sessions": [Session(date(2026, 3, 2), date(2026, 3, 4)), Session(date(2026, 9, 7), None)],
    "location": [Text("Site A, 67000 Strasbourg"), Text("Papeete")],
    "mode": [Text("à distance")],
    "capacity": [Capacity(12)],
    "contact": [Contact("Accueil", phone="01 02 03 04 05"), Contact("Accueil", email="accueil@ecole.example")],
}


def programme(id: str, fields: dict[FieldName, list[FactValue]], kind: Kind = "programme", status: str = "extracted") -> Programme:
    facts = tuple(Fact(name, value, "x", 0, 1, status) for name, values in fields.items() for value in values)  # type: ignore[arg-type]
    return Programme(id, f"Titre de {id}", kind, facts)


def catalogue_of(folder: Path, *programmes: Programme) -> Catalogue:
    entries = [Entry(Document(p.document, p.title, f"texte {p.document}", (), "text", "0"), p, (), "") for p in programmes]
    write_catalogue(folder / "c.sqlite", entries)
    return Catalogue.open(folder / "c.sqlite")


def read_back(folder: Path, export: Export, name: str) -> list[Document]:
    (folder / name).write_text(export.text, encoding="utf-8")
    return list(read(folder / name, name, Limits()))


def values(document: Document) -> dict[str, list[FactValue]]:
    found: dict[str, list[FactValue]] = {}
    for fact in document.given:
        assert document.text[fact.start : fact.end] == fact.text
        found.setdefault(fact.field, []).append(fact.value)
    return found


WAYS = pytest.mark.parametrize(("write", "name"), [(to_jsonld, "a.jsonld"), (to_lheo, "a.xml")])
Writer = Callable[[Catalogue], Export]


@WAYS
def test_a_full_sheet_survives(tmp_path: Path, write: Writer, name: str) -> None:
    with catalogue_of(tmp_path, programme("a.md", FULL)) as catalogue:
        export = write(catalogue)
    (document,) = read_back(tmp_path, export, name)
    assert document.title == "Titre de a.md"
    assert values(document) == FULL
    assert [loss for loss in export.losses if loss.startswith("a.md")] == []


@WAYS
def test_a_bare_sheet_gains_nothing(tmp_path: Path, write: Writer, name: str) -> None:
    with catalogue_of(tmp_path, programme("a.md", {})) as catalogue:
        (document,) = read_back(tmp_path, write(catalogue), name)
    assert set(values(document)) <= {"code"}


def test_what_is_no_course_is_left_out_and_listed(tmp_path: Path) -> None:
    with catalogue_of(
        tmp_path, programme("a.md", {}), programme("b.md", {}, "contribution"), programme("c.md", {"code": [Text("C")]}, status="deduced")
    ) as catalogue:
        export = to_jsonld(catalogue)
    assert export.losses == ("b.md: its kind (contribution) is no course and is left out.", "c.md: 1 deduced values are written like stated ones.")
    assert len(read_back(tmp_path, export, "a.jsonld")) == 2


def test_an_empty_catalogue_is_an_empty_feed(tmp_path: Path) -> None:
    with catalogue_of(tmp_path) as catalogue:
        assert '"@graph": []' in to_jsonld(catalogue).text
        assert "<offres/>" in to_lheo(catalogue).text


def test_what_lheo_cannot_hold_is_listed(tmp_path: Path) -> None:
    fields: dict[FieldName, list[FactValue]] = {
        "price": [Price(100.0, "EUR", "Agents"), Price(150_000.0, "XPF")],
        "sessions": [Session(date(2026, 3, 2), None, "Lyon")],
        "certification": [Text("RNCP 474"), Text("Attestation de suivi")],
        "mode": [Text("à distance"), Text("le soir")],
        "audience": [Text("mot " * 100)],
    }
    with catalogue_of(tmp_path, programme("a.md", fields)) as catalogue:
        losses = "\n".join(to_lheo(catalogue).losses)
    for sign in ("(Agents)", "150000 XPF", "(Lyon)", "'Attestation de suivi'", "'le soir'", "info-public-vise holds 250"):
        assert sign in losses
    assert "RNCP" not in losses


def test_places_with_their_prices_and_open_days_survive_lheo(tmp_path: Path) -> None:
    facts = (
        Fact("price", Price(100.0, "EUR", "Strasbourg"), "x", 0, 1),
        Fact("price", Price(10.0, "EUR", "par heure, Strasbourg"), "x", 0, 1),
        Fact("price", Price(90.0, "EUR", "Papeete"), "x", 0, 1),
        Fact("duration", Duration(14.0, "hours", "Papeete"), "x", 0, 1),
        Fact("sessions", Session(date(2017, 9, 1), date(2018, 3, 31), "Strasbourg"), "de septembre 2017 à mars 2018", 0, 1, "deduced"),
        Fact("sessions", Session(date(2018, 2, 10), date(2018, 2, 12), "Papeete"), "x", 0, 1),
        Fact("location", Text("1 rue X, 67000 Strasbourg"), "x", 0, 1),
        Fact("location", Text("98714 Papeete"), "x", 0, 1),
    )
    with catalogue_of(tmp_path, Programme("a.md", "Titre", "programme", facts)) as catalogue:
        export = to_lheo(catalogue)
    assert "<debut>20170900</debut>" in export.text
    (document,) = read_back(tmp_path, export, "a.xml")
    assert {(f.field, f.value, f.status) for f in document.given if f.field != "code"} == {(f.field, f.value, f.status) for f in facts}


@WAYS
def test_open_days_survive(tmp_path: Path, write: Writer, name: str) -> None:
    facts = (
        Fact("sessions", Session(date(2026, 9, 1), date(2026, 11, 30)), "de septembre à novembre 2026", 0, 1, "deduced"),
        Fact("sessions", Session(date(2027, 1, 1), None), "courant 2027", 0, 1, "deduced"),
    )
    with catalogue_of(tmp_path, Programme("a.md", "Titre", "programme", facts)) as catalogue:
        (document,) = read_back(tmp_path, write(catalogue), name)
    assert [(f.value, f.status) for f in document.given if f.field == "sessions"] == [(f.value, f.status) for f in facts]


def test_what_schema_org_cannot_hold_is_listed(tmp_path: Path) -> None:
    fields: dict[FieldName, list[FactValue]] = {"registration": [Text("par courrier")], "duration": [Duration(3.0, "days", "en centre")]}
    with catalogue_of(tmp_path, programme("a.md", fields)) as catalogue:
        assert to_jsonld(catalogue).losses == (
            "a.md: the label of a duration (en centre) has no place in schema.org.",
            "a.md: how to register (par courrier) has no place in a schema.org Course.",
        )


WORDS = st.from_regex(r"[A-Za-zé][a-zé<&'\" ]{0,20}[a-zé]", fullmatch=True).map(lambda t: " ".join(t.split()))
TEXTS = st.lists(WORDS.map(Text), max_size=3, unique=True)
LABEL = st.none() | WORDS
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
SESSIONS = st.builds(lambda start, length, label: Session(start, start + timedelta(length), label), DAYS, st.integers(0, 20), LABEL)
PRICES = st.builds(Price, st.integers(0, 10**7).map(lambda c: c / 100), st.sampled_from(["EUR", "XPF"]), LABEL)
DURATIONS = st.builds(Duration, st.integers(1, 400).map(lambda h: h / 2), st.sampled_from(["hours", "days", "weeks", "months", "years"]))
PROGRAMMES: st.SearchStrategy[dict[FieldName, list[FactValue]]] = st.fixed_dictionaries(
    {},
    optional={
        "provider": TEXTS,
        "objectives": TEXTS,
        "prerequisites": TEXTS,
        "modules": TEXTS,
        "price": st.lists(PRICES, max_size=3, unique=True),
        "duration": st.lists(DURATIONS, max_size=3, unique=True),
        "sessions": st.lists(SESSIONS, max_size=3, unique=True),
        "capacity": st.lists(st.builds(Capacity, st.integers(1, 500)), max_size=1),
    },
)  # type: ignore[assignment]


@WAYS
@given(fields=PROGRAMMES)
@settings(max_examples=25, deadline=None)
def test_what_is_not_listed_as_lost_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, write: Writer, name: str, fields: dict[FieldName, list[FactValue]]
) -> None:
    folder = tmp_path_factory.mktemp("exchange")
    with catalogue_of(folder, programme("a.md", {"code": [Text("C-1")], **fields})) as catalogue:
        export = write(catalogue)
    (document,) = read_back(folder, export, name)
    found = values(document)
    lost = sum(loss.startswith("a.md") for loss in export.losses)
    missing = [v for field, stated in fields.items() for v in stated if v not in found.get(field, [])]
    assert len(missing) <= lost, (missing, export.losses)
