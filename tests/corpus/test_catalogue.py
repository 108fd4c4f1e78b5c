"""The catalogue: what is written is read back, duplicates are kept once, changes are named fact by fact."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.catalogue import Catalogue, Entry, changes, write_catalogue
from corpus.errors import DamagedCatalogue
from corpus.packing import pack_document, pack_fact, pack_programme, unpack_document, unpack_fact, unpack_programme
from corpus.passages import split
from corpus.readers.plain import scan
from corpus.records import Capacity, Contact, Document, Duration, Fact, FactValue, Link, Price, Programme, Session, Text


def entry(id: str, text: str, *facts: Fact, title: str = "Titre") -> Entry:
    document = Document(id, title, text, tuple(scan(text)), "text", f"hash of {text}", (0,), facts, (Link("https://ecole.example", 0, 1),))
    return Entry(document, Programme(id, title, "programme", facts), split(document), f"/{id}")


def price(amount: float) -> Fact:
    return Fact("price", Price(amount, "EUR"), f"{amount} €", 0, 1)


def catalogue(tmp_path: Path, name: str, *entries: Entry) -> Catalogue:
    write_catalogue(tmp_path / name, iter(entries))
    return Catalogue.open(tmp_path / name)


A = entry("a.md", "# A\n\nTexte de A.\n\n## Public\n\nAgents.", price(900.0))
B = entry("dossier/é b.md", "# B\n\nTexte de B.")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    with catalogue(tmp_path, "c.sqlite", A, B) as c:
        assert c.document_ids() == ["a.md", "dossier/é b.md"]
        assert c.counts() == (2, 3)
        assert c.document("a.md") == A.document
        assert c.programme("a.md") == A.programme
        assert c.programmes() == [A.programme, B.programme]
        assert tuple(c.passages()) == A.passages + B.passages
        assert tuple(c.passages("a.md")) == A.passages
        assert c.passage("a.md#1") == A.passages[1]
        assert c.hashes() == {"a.md": A.document.sha256, "dossier/é b.md": B.document.sha256}
        assert c.sources() == {"a.md": "/a.md", "dossier/é b.md": "/dossier/é b.md"}
        assert c.titles() == {"a.md": "Titre", "dossier/é b.md": "Titre"}


def test_unknown_names_are_key_errors(tmp_path: Path) -> None:
    with catalogue(tmp_path, "c.sqlite", A) as c:
        for ask in (c.document, c.programme, c.passage):
            with pytest.raises(KeyError):
                ask("nothing")
        assert c.passages("nothing") == []


def test_the_same_text_is_kept_once(tmp_path: Path) -> None:
    copy = entry("copie.md", "# A\n\n\nTexte  de A.\n\n## Public\n\nAgents.\n", price(900.0))
    other = entry("autre.md", A.document.text, title="Un autre titre")
    with catalogue(tmp_path, "c.sqlite", A, copy, other) as c:
        assert c.document_ids() == ["a.md", "autre.md"]
        assert c.duplicates() == {"copie.md": "a.md"}
        assert set(c.hashes()) == {"a.md", "autre.md", "copie.md"}
        assert c.document("copie.md") == A.document
        assert c.programme("copie.md") == A.programme
        assert tuple(c.passages("copie.md")) == A.passages
        assert c.counts()[0] == 2


def test_a_catalogue_is_written_once_and_names_are_unique(tmp_path: Path) -> None:
    write_catalogue(tmp_path / "c.sqlite", [A])
    with pytest.raises(FileExistsError):
        write_catalogue(tmp_path / "c.sqlite", [A])
    with pytest.raises(ValueError, match=r"two documents are called 'a\.md'"):
        write_catalogue(tmp_path / "d.sqlite", [A, A])


def test_it_cannot_be_written_to(tmp_path: Path) -> None:
    import sqlite3

    with catalogue(tmp_path, "c.sqlite", A) as c, pytest.raises(sqlite3.OperationalError, match="readonly"):
        c._connection.execute("DELETE FROM documents")


@pytest.mark.parametrize("content", [None, b"", b"no database", b"SQLite format 3\x00" + b"x" * 200])
def test_a_damaged_catalogue_says_what_to_do(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "c.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DamagedCatalogue, match="jalon reindex"):
        Catalogue.open(path).counts()


def test_a_catalogue_that_was_cut_or_closed_raises_the_same_error(tmp_path: Path) -> None:
    entries = [entry(f"{n}.md", f"# {n}\n\n" + f"texte {n} " * 500) for n in range(20)]
    write_catalogue(tmp_path / "c.sqlite", entries)
    data = (tmp_path / "c.sqlite").read_bytes()
    (tmp_path / "d.sqlite").write_bytes(data[: len(data) // 2])
    with pytest.raises(DamagedCatalogue):
        Catalogue.open(tmp_path / "d.sqlite").programmes()
    c = Catalogue.open(tmp_path / "c.sqlite")
    c.close()
    with pytest.raises(DamagedCatalogue):
        c.document_ids()


def test_threads_share_a_catalogue(tmp_path: Path) -> None:
    entries = [entry(f"{n}.md", f"# {n}\n\ntexte {n}") for n in range(50)]
    found: list[str] = []
    with catalogue(tmp_path, "c.sqlite", *entries) as c:
        threads = [threading.Thread(target=lambda: found.extend(c.document(i).text for i in c.document_ids())) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(found) == sorted([e.document.text for e in entries] * 4)


def test_changes_name_documents_and_facts(tmp_path: Path) -> None:
    gone = entry("parti.md", "# Parti\n\nTexte.")
    new = entry("nouveau.md", "# Nouveau\n\nTexte.")
    dearer = entry("a.md", "# A\n\nTexte de A, plus cher.", price(1200.0), Fact("mode", Text("à distance"), "à distance", 0, 1))
    old_c, new_c = catalogue(tmp_path, "old", A, B, gone), catalogue(tmp_path, "new", dearer, B, new)
    found = [(c.document, c.what, c.field, [f.value for f in c.before], [f.value for f in c.after]) for c in changes(old_c, new_c)]
    assert found == [
        ("a.md", "changed", None, [], []),
        ("a.md", "fact", "price", [Price(900.0, "EUR")], [Price(1200.0, "EUR")]),
        ("a.md", "fact", "mode", [], [Text("à distance")]),
        ("nouveau.md", "added", None, [], []),
        ("parti.md", "removed", None, [], []),
    ]
    assert changes(old_c, old_c) == []


def test_a_fact_that_only_moved_is_no_change(tmp_path: Path) -> None:
    moved = entry("a.md", "# A\n\nAutre texte.", Fact("price", Price(900.0, "EUR"), "900 €", 5, 9))
    found = changes(catalogue(tmp_path, "old", A), catalogue(tmp_path, "new", moved))
    assert [c.what for c in found] == ["changed"]


VALUES: st.SearchStrategy[FactValue] = st.one_of(
    st.builds(Price, st.floats(0, 1e6), st.sampled_from(["EUR", "XPF"]), st.none() | st.text(max_size=5)),
    st.builds(Duration, st.floats(0, 1e3), st.sampled_from(["hours", "days", "weeks", "months", "years"]), st.none() | st.text(max_size=5)),
    st.builds(Session, st.none() | st.dates(), st.none() | st.dates(), st.none() | st.text(max_size=5)),
    st.builds(Contact, *[st.none() | st.text(max_size=5)] * 4),
    st.builds(Capacity, st.integers(0, 10**6)),
    st.builds(Text, st.text(max_size=10)),
)


@given(VALUES)
@settings(max_examples=80, deadline=None)
def test_every_fact_survives_packing(value: FactValue) -> None:
    fact = Fact("price", value, "x", 0, 1, "deduced")
    assert unpack_fact(pack_fact(fact)) == fact


def test_documents_and_programmes_survive_packing() -> None:
    published = Fact("published", Session(date(2020, 1, 2), date(2020, 1, 2)), "2 janvier 2020", 0, 1)
    programme = Programme("a.md", "A", "news", (price(1.0),), Fact("kind", Text("news"), "x", 0, 1), published, ("A warning.",))
    assert unpack_programme(pack_programme(programme)) == programme
    assert unpack_document(pack_document(A.document)) == A.document
