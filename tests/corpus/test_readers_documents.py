"""HTML, PDF, Word and OpenDocument, made here and read back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import LimitExceeded, UnreadableDocument, UnsupportedFormat
from corpus.readers.formats import read
from corpus.readers.limits import Limits
from corpus.records import Document


def one(path: Path, limits: Limits | None = None) -> Document:
    (document,) = read(path, path.name, limits or Limits())
    for block in document.blocks:
        assert document.text[block.start : block.end].strip()
    for fact in document.given:
        assert document.text[fact.start : fact.end] == fact.text
    return document


def kinds(document: Document, *wanted: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind in wanted]


def page(tmp_path: Path, content: str | bytes) -> Document:
    path = tmp_path / "page.html"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return one(path)


PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Cycle | École</title><style>p{}</style></head><body>
<nav><ul><li>Accueil</li></ul></nav><h1>Cycle <em>dirigeant</em></h1>
<p>Une phrase <b>en gras</b><br>et la suite.</p><p hidden>caché</p><p style="display:none">caché aussi</p>
<ul><li>Premier<ul><li>Dedans</li></ul></li><li>Second</li></ul><ol start="3"><li>Trois</li></ol>
<table><tr><th>Public</th><th>Prix</th></tr><tr><td>Agents</td><td><p>7&nbsp;850&nbsp;€</p></td></tr></table>
<dl><dt>Code</dt><dd>ACT-1</dd></dl>
<p>Écrire à <a href="mailto:contact@ecole.example">notre service</a>, ou contact<span style="display:none">PASDESPAM</span>@ecole.example.</p>
<script>alert(1)</script></body></html>"""


def test_a_page_is_read_as_it_is_seen(tmp_path: Path) -> None:
    document = page(tmp_path, PAGE)
    assert document.title == "Cycle dirigeant"
    assert kinds(document, "heading") == ["Cycle dirigeant"]
    assert kinds(document, "item") == ["- Premier", "- Dedans", "- Second", "3. Trois", "Code : ACT-1"]
    assert kinds(document, "row") == ["Public | Prix", "Agents | 7\u00a0850\u00a0€"]
    assert "Une phrase en gras\net la suite." in document.text
    for unseen in ("Accueil", "caché", "alert", "PASDESPAM"):
        assert unseen not in document.text


def test_an_address_behind_a_link_is_in_the_text(tmp_path: Path) -> None:
    document = page(tmp_path, PAGE)
    assert "notre service (contact@ecole.example), ou contact@ecole.example." in document.text
    assert document.links[0].url == "mailto:contact@ecole.example"


def test_a_table_that_places_things_is_no_table(tmp_path: Path) -> None:
    document = page(tmp_path, "<table role='presentation'><tr><td><h2>Titre</h2><p>Un.</p></td><td><p>Deux.</p></td></tr></table>")
    assert kinds(document, "row") == []
    assert kinds(document, "paragraph") == ["Un.", "Deux."]


def test_a_declared_charset_and_a_missing_title_are_handled(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        '<html><head><meta charset="iso-8859-15"><title>Été – École</title></head><body><p>Coût : 10 €</p></body></html>'.encode(
            "iso-8859-15", "replace"
        ),
    )
    assert document.text == "Coût : 10 €"
    assert document.title.startswith("Été")


def test_the_main_element_is_the_page(tmp_path: Path) -> None:
    document = page(
        tmp_path, f"<body><header>Menu du site</header><h1>Titre</h1><main><p>{'Du texte. ' * 40}</p></main><footer>Mentions</footer></body>"
    )
    assert document.text.startswith("Titre\n\nDu texte.")
    assert "Menu" not in document.text
    assert "Mentions" not in document.text


def test_deeply_nested_html_neither_hangs_nor_crashes(tmp_path: Path) -> None:
    try:
        assert "fond" in page(tmp_path, "<div>" * 5000 + "fond" + "</div>" * 5000 + "<p>fond</p>").text
    except UnreadableDocument as error:
        assert "text" in str(error)


@pytest.fixture
def make_pdf(tmp_path: Path) -> Callable[..., Path]:
    """Draws (x, y from the top, size, font, text) on pages."""
    from reportlab.pdfgen import canvas

    def make(*pages: list[tuple[float, float, float, str, str]], **options: Any) -> Path:
        path = tmp_path / "a.pdf"
        drawing = canvas.Canvas(str(path), pagesize=(595, 842), **options)
        for words in pages:
            for x, y, size, font, text in words:
                drawing.setFont(font, size)
                drawing.drawString(x, 842 - y, text)
            drawing.showPage()
        drawing.save()
        return path

    return make


PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
Drawn = tuple[float, float, float, str, str]


def sheet(title: str, number: int) -> list[Drawn]:
    return [
        (50, 30, 8, PLAIN, "Catalogue des formations"),
        (50, 120, 20, BOLD, title),
        (50, 160, 13, BOLD, "Objectifs"),
        (50, 180, 10, PLAIN, "Cette formation aide les cadres à conduire la transfor-"),
        (50, 193, 10, PLAIN, "mation de leur service et à en faire le bilan."),
        (50, 215, 10, PLAIN, "• Savoir décider dans un temps court et avec peu de"),
        (58, 228, 10, PLAIN, "moyens humains"),
        (50, 241, 10, PLAIN, "• Savoir convaincre"),
        (50, 270, 10, BOLD, "Public"),
        (50, 290, 10, PLAIN, "Agents de catégorie A"),
        (280, 820, 8, PLAIN, f"Page {number} / 3"),
    ]


def test_a_pdf_keeps_headings_lists_and_pages(make_pdf: Callable[..., Path]) -> None:
    document = one(make_pdf(*(sheet(f"Programme {n}", n) for n in (1, 2, 3))))
    assert document.title == "Programme 1"
    assert kinds(document, "heading")[:3] == ["Programme 1", "Objectifs", "Public"]
    assert kinds(document, "item")[:2] == ["- Savoir décider dans un temps court et avec peu de moyens humains", "- Savoir convaincre"]
    assert "conduire la transformation de leur service" in document.text
    assert [document.text[p : p + 11] for p in document.pages] == ["Programme 1", "Programme 2", "Programme 3"]
    assert document.page_at(document.text.index("Programme 3") + 40) == 3
    assert [b.level for b in document.blocks if b.kind == "heading"][:3] == [1, 2, 3]


def test_headers_and_page_numbers_are_dropped(make_pdf: Callable[..., Path]) -> None:
    document = one(make_pdf(*(sheet(f"Programme {n}", n) for n in (1, 2, 3))))
    assert "Catalogue des formations" not in document.text
    assert "Page" not in document.text


def test_columns_are_read_one_after_the_other(make_pdf: Callable[..., Path]) -> None:
    left = [(50.0, 100.0 + 13 * n, 10.0, PLAIN, f"colonne de gauche ligne {n} avec du texte") for n in range(12)]
    right = [(310.0, 100.0 + 13 * n, 10.0, PLAIN, f"colonne de droite ligne {n} avec du texte") for n in range(12)]
    document = one(make_pdf([(50, 60, 18, BOLD, "Une brochure dont le titre court sur deux colonnes"), *left, *right]))
    assert document.text.index("gauche ligne 11") < document.text.index("droite ligne 0")
    assert kinds(document, "heading") == ["Une brochure dont le titre court sur deux colonnes"]


def test_labels_and_values_side_by_side_are_rows(make_pdf: Callable[..., Path]) -> None:
    pairs = [("Durée", "3 jours"), ("Tarif", "1 200 €"), ("Lieu", "Papeete"), ("Code", "X-1"), ("Public", "Agents du Pays et des communes")]
    drawn = [d for n, (a, b) in enumerate(pairs) for d in ((50, 100 + 16 * n, 11, PLAIN, a), (220, 100 + 16 * n, 11, PLAIN, b))]
    assert kinds(one(make_pdf(drawn)), "row")[:3] == ["Durée | 3 jours", "Tarif | 1 200 €", "Lieu | Papeete"]


def test_short_lines_stay_lines_and_full_ones_go_on(make_pdf: Callable[..., Path]) -> None:
    lines = [
        "Cette formation aide les cadres à conduire la réforme de leur service",
        "et à en faire le bilan avec leurs équipes, puis à le présenter aux élus",
        "• Apprécier les performances et les limites des méthodes employées et",
        "choisir celle qui convient à la situation de son service et des usagers",
        "Bureau des inscriptions",
        "1 rue de l'Exemple",
        "Code : ABC-1",
    ]
    document = one(make_pdf([(50.0, 100.0 + 13 * n, 10.0, PLAIN, text) for n, text in enumerate(lines)]))
    assert kinds(document, "item") == [f"- {lines[2][2:]} {lines[3]}"]
    assert kinds(document, "paragraph") == [f"{lines[0]} {lines[1]}", "\n".join(lines[4:])]


def test_a_ruled_table_is_rows(tmp_path: Path) -> None:
    from reportlab.lib import colors
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    path = tmp_path / "a.pdf"
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    style = getSampleStyleSheet()
    table = Table([["Public", "Prix"], ["Agents de l'État", "7 850 €"], ["Agents des communes", "6 000 €"]], style=grid)
    SimpleDocTemplate(str(path)).build([Paragraph("Tarifs", style["Heading1"]), table, Paragraph("Après la table, du texte.", style["Normal"])])
    document = one(path)
    assert kinds(document, "row") == ["Public | Prix", "Agents de l'État | 7 850 €", "Agents des communes | 6 000 €"]
    assert document.text.startswith("Tarifs")
    assert document.text.endswith("Après la table, du texte.")


def test_a_locked_pdf_is_named_as_such(make_pdf: Callable[..., Path]) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    path = make_pdf([(50, 100, 10, PLAIN, "secret")], encrypt=StandardEncryption("mot de passe", strength=128))
    with pytest.raises(UnreadableDocument, match="password"):
        one(path)


def test_a_scan_a_broken_file_and_too_many_pages_are_refused(make_pdf: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="OCR"):
        one(make_pdf([]))
    with pytest.raises(LimitExceeded, match="3 pages"):
        one(make_pdf(*[[(50.0, 100.0, 10.0, PLAIN, "texte")]] * 3), Limits(pages=2))
    broken = tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.7\n" + b"garbage" * 50)
    with pytest.raises(UnreadableDocument, match="damaged"):
        one(broken)


@pytest.fixture
def word(tmp_path: Path) -> Path:
    import docx

    document = docx.Document()
    document.add_heading("Piloter un projet", 0)
    document.add_heading("Objectifs", 1)
    document.add_paragraph("Savoir piloter", style="List Bullet")
    paragraph = document.add_paragraph("Coût : ")
    paragraph.add_run("7 850 €").bold = True
    hidden = paragraph.add_run(" caché")
    hidden.font.hidden = True
    table = document.add_table(2, 2)
    for cell, text in zip((c for r in table.rows for c in r.cells), ("Public", "Prix", "Agents", "900 €"), strict=True):
        cell.text = text
    path = tmp_path / "a.docx"
    document.save(str(path))
    return path


def test_word_keeps_headings_lists_and_tables(word: Path) -> None:
    document = one(word)
    assert document.title == "Piloter un projet"
    assert [(b.level, document.text[b.start : b.end]) for b in document.blocks if b.kind == "heading"] == [(1, "Piloter un projet"), (1, "Objectifs")]
    assert kinds(document, "item", "row") == ["- Savoir piloter", "Public | Prix", "Agents | 900 €"]
    assert kinds(document, "paragraph") == ["Coût : 7 850 €"]


def repacked(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The archive with its members changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    path.write_bytes(buffer.getvalue())
    return path


def test_word_reads_text_boxes_and_not_what_was_deleted(word: Path) -> None:
    inner = "<w:p><w:r><w:t>Tarif : 300 €</w:t></w:r></w:p>"
    box = (
        f"<w:p><w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r><w:del><w:r><w:delText>ancien</w:delText></w:r></w:del></w:p>"
    ).encode()
    repacked(word, lambda name, data: data.replace(b"<w:sectPr", box + b"<w:sectPr", 1) if name == "word/document.xml" else data)
    document = one(word)
    assert "Tarif : 300 €" in kinds(document, "paragraph")
    assert "ancien" not in document.text


def test_opendocument_keeps_headings_lists_and_tables(tmp_path: Path) -> None:
    from odf.opendocument import OpenDocumentText
    from odf.table import Table, TableCell, TableRow
    from odf.text import H, List, ListItem, P

    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text="Piloter"))
    document.text.addElement(P(text="Un paragraphe."))
    items = List()
    for text in ("un", "deux"):
        item = ListItem()
        item.addElement(P(text=text))
        items.addElement(item)
    document.text.addElement(items)
    table = Table()
    for cells in (("Public", "Prix"), ("Agents", "900 €")):
        row = TableRow()
        for text in cells:
            cell = TableCell()
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    document.text.addElement(table)
    path = tmp_path / "a.odt"
    document.save(str(path))
    read_back = one(path)
    assert read_back.text == "Piloter\n\nUn paragraphe.\n\n- un\n- deux\n\nPublic | Prix\nAgents | 900 €"
    assert kinds(read_back, "heading") == ["Piloter"]


def test_an_archive_that_grows_too_large_is_refused(word: Path) -> None:
    repacked(word, lambda name, data: data + b" " * 3_000_000 if name == "word/document.xml" else data)
    with pytest.raises(LimitExceeded, match="unpacked"):
        one(word, Limits(expanded_bytes=1_000_000))


def test_an_archive_that_lies_about_its_sizes_is_refused(word: Path) -> None:
    data = bytearray(repacked(word, lambda name, data: data + b" " * 3_000_000 if name == "word/document.xml" else data).read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        real = archive.getinfo("word/document.xml").file_size
    # In the central directory, which is what is believed first.
    at = data.rindex(real.to_bytes(4, "little"))
    data[at : at + 4] = (1000).to_bytes(4, "little")
    word.write_bytes(bytes(data))
    with pytest.raises(UnreadableDocument):
        one(word, Limits(expanded_bytes=1_000_000))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", b"no archive", "damaged or not what its name says"),
        ("a.odt", b"PK\x03\x04 cut", "damaged or not what its name says"),
        ("a.html", b"\x00\x01binary", "binary"),
        ("a.html", b"<html><body><script>x</script></body></html>", "no text"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=reason):
        one(path)


def test_an_archive_with_no_document_in_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "x")
    with pytest.raises(UnreadableDocument, match="not what its name says"):
        one(path)


@pytest.mark.parametrize(("name", "advice"), [("a.doc", "save it as .docx"), ("a.png", "convert it"), ("LISEZMOI", "without an extension")])
def test_other_formats_are_refused_with_advice(tmp_path: Path, name: str, advice: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    with pytest.raises(UnsupportedFormat, match=advice):
        one(path)
