"""Plain text, Markdown and BEIR records."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableDocument, UnreadableRecords
from corpus.readers.formats import read
from corpus.readers.limits import Limits
from corpus.readers.plain import decode, read_plain, scan
from corpus.records import Document, Price, Session


def text_of(content: str | bytes) -> Document:
    return read_plain(content.encode() if isinstance(content, str) else content, "a.txt", Limits())


def file_of(tmp_path: Path, name: str, content: str | bytes) -> list[Document]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read(path, name, Limits()))


def headings(document: Document) -> list[tuple[int, str]]:
    return [(b.level, document.text[b.start : b.end]) for b in document.blocks if b.kind == "heading"]


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


SHEET = """Conduire une réforme

Cette formation aide les cadres à conduire une réforme.

Objectifs

  • Savoir décider
    dans l'incertitude
  • Savoir convaincre

Public

Agents de catégorie A.

Pratique

  • Coût : 1 200 €
  • Contact : 01 02 03 04 05

contact@ecole.example
"""


def test_short_lines_that_stand_alone_are_headings() -> None:
    assert headings(text_of(SHEET)) == [(1, "Conduire une réforme"), (2, "Objectifs"), (2, "Public"), (2, "Pratique")]


def test_bullets_are_items_with_their_indented_lines() -> None:
    items = [text for kind, text in kinds(text_of(SHEET)) if kind == "item"]
    assert items[0] == "• Savoir décider\n    dans l'incertitude"
    assert items[2:] == ["• Coût : 1 200 €", "• Contact : 01 02 03 04 05"]


def test_the_text_keeps_every_character_but_line_breaks_and_the_byte_order_mark() -> None:
    document = text_of("\ufeffTitre\r\n\r\nCoût :\u202f7\u00a0850 €\tfin  \rLigne".encode())
    assert document.text == "Titre\n\nCoût :\u202f7\u00a0850 €\tfin  \nLigne"


@pytest.mark.parametrize(
    "line",
    [
        "Coût : 7 850 €",
        "contact@ecole.example",
        "20/02/2018",
        "lien à venir",
        "Une phrase qui finit.",
        "05 56 00 95 82",
        "« Une citation »",
        "Voir la suite,",
    ],
)
def test_a_line_that_states_something_is_no_heading(line: str) -> None:
    assert headings(text_of(f"# Titre\n\nDu texte.\n\n{line}\n\nEncore du texte.\n")) == [(1, "Titre")]


def test_known_headings_need_no_blank_line_below() -> None:
    document = text_of("Un titre de programme\n\nDu texte.\nProgramme :\n- un\n- deux\nTarifs\nGratuit pour les agents de l'État.\n")
    assert headings(document) == [(1, "Un titre de programme"), (2, "Programme"), (2, "Tarifs")]


def test_marks_and_underlines_are_headings_of_their_level() -> None:
    document = text_of("Le titre\n========\n\n## Objectifs ##\ntexte\n\nDurée\n-----\n3 jours\n")
    assert headings(document) == [(1, "Le titre"), (2, "Objectifs"), (2, "Durée")]


def test_a_last_line_heads_nothing() -> None:
    assert headings(text_of("# Titre\n\nTexte.\n\nObjectifs\n")) == [(1, "Titre")]


def test_tables_are_rows_without_their_rule() -> None:
    document = text_of("# Titre\n\n| Public | Prix |\n|---|---|\n| Agents | 900 € |\n\nA\tB\nC\tD\n")
    assert [t for k, t in kinds(document) if k == "row"] == ["| Public | Prix |", "| Agents | 900 € |", "A\tB", "C\tD"]


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("A :\n\nENA – INET : des modules conjoints\n\n20/02/2018\n\nTexte.", "ENA – INET : des modules conjoints"),
        (
            "La période est close. Merci.\n\nRetour\n\nSensibiliser les agents aux usages du numérique\n\nTexte.",
            "Sensibiliser les agents aux usages du numérique",
        ),
        ("## Objectifs\ntexte\n", "Objectifs"),
        ("Une première phrase entière.\nPuis une seconde.", "Une première phrase entière. Puis une seconde."),
    ],
)
def test_the_title_is_the_first_line_that_says_something(content: str, title: str) -> None:
    document = text_of(content)
    assert document.title.startswith(title.split(".")[0])


def test_a_long_first_sentence_is_cut_at_a_word() -> None:
    title = text_of("Un partenariat vient de voir le jour " * 10 + ".").title
    assert len(title) <= 121
    assert title.endswith("…")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_are_recognised(encoding: str) -> None:
    assert decode("Coût : 7 850 € – l’été".encode(encoding)) == "Coût : 7 850 € – l’été"


@pytest.mark.parametrize("data", [b"\x00\x01\x02binary", b"%PDF-1.4\x00\x00", bytes(range(1, 32)) * 20])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="binary"):
        decode(data)


@given(st.text(alphabet=st.sampled_from("ab Z.:|-#•\n\t€1"), max_size=120))
@settings(max_examples=150, deadline=None)
def test_blocks_are_in_order_and_within_any_text(text: str) -> None:
    end = 0
    for block in scan(text):
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        end = block.end


MARKDOWN = """---
title: Piloter un projet
code: PIL-1
price: 1200
currency: EUR
sessions:
  - {start: 2026-03-02, end: 2026-03-04, lieu: Lyon}
places: 12
inscription: en ligne
---

# Piloter un projet

Un texte **gras** qui va jusqu'au bord de la fenêtre de l'éditeur et
sur deux lignes, un [lien](https://ecole.example/a) et une adresse :
<contact@ecole.example>.
Code : PIL-1

- premier
  - second
1. compté

| Public | Prix |
|--------|-----:|
| Agents | **900 €** |
"""


def test_markdown_is_read_as_it_is_rendered(tmp_path: Path) -> None:
    (document,) = file_of(tmp_path, "a.md", MARKDOWN)
    assert document.title == "Piloter un projet"
    assert "de l'éditeur et sur deux lignes, un lien et une adresse :\ncontact@ecole.example.\nCode : PIL-1" in document.text
    assert [t for k, t in kinds(document) if k in ("item", "row")][-5:] == ["- premier", "- second", "1. compté", "Public | Prix", "Agents | 900 €"]
    assert [document.text[k.start : k.end] for k in document.links if k.url == "https://ecole.example/a"] == ["lien"]


def test_lists_in_lists_are_read_to_the_bottom(tmp_path: Path) -> None:
    (document,) = file_of(tmp_path, "a.md", "\n".join("  " * n + f"- niveau {n}" for n in range(12)))
    assert [t for k, t in kinds(document) if k == "item"] == [f"- niveau {n}" for n in range(12)]


def test_front_matter_gives_facts_at_their_place_below_the_title(tmp_path: Path) -> None:
    (document,) = file_of(tmp_path, "a.md", MARKDOWN)
    values = {f.field: f for f in document.given}
    assert values["price"].value == Price(1200.0, "EUR")
    assert values["sessions"].value == Session(date(2026, 3, 2), date(2026, 3, 4), "Lyon")
    assert values["code"].text == "PIL-1"
    assert values["capacity"].text == "12"
    assert all(document.text[f.start : f.end] == f.text for f in document.given)
    assert document.text.startswith("Piloter un projet\n\n- Code : PIL-1")


@pytest.mark.parametrize(
    "head",
    ["a: &a [x, x]\nb: [*a, *a]\n", "a: [unclosed\n", "- a list\n", "a: !!python/object/apply:os.system ['true']\n"],
)
def test_a_head_that_cannot_be_trusted_is_text(tmp_path: Path, head: str) -> None:
    (document,) = file_of(tmp_path, "a.md", f"---\n{head}---\n\n# Titre\n\nTexte\n")
    assert document.given == ()
    assert "Titre" in document.text


def test_a_price_without_a_currency_is_not_guessed(tmp_path: Path) -> None:
    (document,) = file_of(tmp_path, "a.md", "---\nprice: 1200\n---\n# T\n\nTexte\n")
    assert not [f for f in document.given if f.field == "price"]
    assert "Price : 1200" in document.text


@pytest.mark.parametrize("name", ["c.jsonl", "c.jsonl.gz"])
def test_beir_records_are_documents(tmp_path: Path, name: str) -> None:
    lines = "\n".join(json.dumps(r) for r in [{"_id": "1", "title": "Titre", "text": "Du texte.\x00"}, {"_id": 2, "title": "", "text": ""}]) + "\n\n"
    documents = file_of(tmp_path, name, gzip.compress(lines.encode()) if name.endswith("gz") else lines)
    assert [(d.id, d.title, d.text) for d in documents] == [("1", "Titre", "Du texte."), ("2", "", "")]
    assert documents[0].sha256 != documents[1].sha256


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{not json", "Line 2 is not JSON"),
        ('{"title": "x"}', "Line 2 has no _id"),
        ("[" * 100_000, "Line 2 is not JSON"),
        ('{"_id": true}', "no _id"),
    ],
)
def test_a_bad_record_is_named_by_its_line(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        file_of(tmp_path, "c.jsonl", '{"_id": "1", "text": "x"}\n' + line)


def test_bad_records_stop_no_others(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text("\n".join(['{"_id": "1", "text": "a"}', *["nothing"] * 9, '{"_id": "2", "text": "b"}']), encoding="utf-8")
    reading = read(path, "c.jsonl", Limits())
    assert [next(reading).id, next(reading).id] == ["1", "2"]
    with pytest.raises(UnreadableRecords, match=r"^Line 2 is not JSON.*Line 4 is not JSON.* 6 more lines are no records either\.$"):
        next(reading)
    path.write_text("nothing", encoding="utf-8")
    with pytest.raises(UnreadableDocument) as none:
        list(read(path, "c.jsonl", Limits()))
    assert not isinstance(none.value, UnreadableRecords)


def test_a_cut_gzip_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="damaged"):
        file_of(tmp_path, "c.jsonl.gz", gzip.compress(b'{"_id": "1", "text": "abc"}\n' * 1000)[:-20])


def test_lone_surrogates_do_not_survive(tmp_path: Path) -> None:
    (document,) = file_of(tmp_path, "c.jsonl", '{"_id": "1", "text": "a\\ud800b"}')
    assert document.text.encode() == b"a?b"
