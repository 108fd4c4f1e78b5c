"""Passages: exact offsets, every character once, headings respected, items and rows never torn."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.passages import MOST, split
from corpus.readers.builder import TextBuilder
from corpus.readers.limits import Limits
from corpus.readers.plain import read_plain, scan
from corpus.records import Block, Document


def document(text: str, blocks: tuple[Block, ...] | None = None, pages: tuple[int, ...] = ()) -> Document:
    return Document("a.md", "Titre", text, tuple(scan(text)) if blocks is None else blocks, "text", "0", pages)


def check(doc: Document) -> None:
    end = 0
    for number, passage in enumerate(split(doc)):
        assert passage.text == doc.text[passage.start : passage.end]
        assert passage.id == f"{doc.id}#{number}"
        assert passage.text == passage.text.strip() != ""
        assert not doc.text[end : passage.start].strip()
        end = passage.end
    assert not doc.text[end:].strip()


WORDS = st.sampled_from(
    ["mot", "Une phrase finit.", "# Titre", "- item", "| a | b |", "\n", "\n\n", "x" * 3000, "Objectifs", "  ", "long " * 90, "• fin :"]
)


@given(st.lists(WORDS, max_size=25).map("\n".join))
@settings(max_examples=80, deadline=None)
def test_passages_hold_every_character_that_is_not_blank_once(text: str) -> None:
    check(document(text))


@given(st.text(alphabet="ab .\n#", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
@settings(max_examples=120, deadline=None)
def test_whatever_the_blocks_are(text: str, ranges: list[tuple[int, int]]) -> None:
    kinds = ("heading", "paragraph", "item", "row")
    blocks = tuple(Block(kinds[n % 4], min(a, len(text)), min(b, len(text)), 1) for n, (a, b) in enumerate(ranges) if a < b)
    check(document(text, blocks))


def test_short_sections_stay_whole_under_their_heading_path() -> None:
    doc = document("# Cycle\n\nTexte.\n\n## Pratique\n\n### Tarifs\n\n900 €\n\n## Public\n\nAgents.\n")
    assert [(p.heading_path, p.text) for p in split(doc)] == [
        (("Cycle",), "# Cycle\n\nTexte."),
        (("Cycle", "Pratique", "Tarifs"), "## Pratique\n\n### Tarifs\n\n900 €"),
        (("Cycle", "Public"), "## Public\n\nAgents."),
    ]


def test_a_heading_is_never_parted_from_what_it_heads() -> None:
    doc = document("## Objectifs\n\n" + "Une phrase de six mots ici. " * 60)
    first = split(doc)[0]
    assert first.text.startswith("## Objectifs\n\nUne phrase")


def test_long_paragraphs_are_cut_between_sentences() -> None:
    doc = document("Une phrase de sept mots tout juste. " * 100)
    passages = split(doc)
    assert len(passages) > 2
    assert all(p.text.endswith("juste.") and 60 <= len(p.text.split()) <= MOST for p in passages)


def test_a_list_is_packed_without_tearing_an_item() -> None:
    items = [f"- item {n} " + "mot " * 45 for n in range(12)]
    passages = split(document("## Objectifs\n\nSavoir :\n\n" + "\n".join(items)))
    for passage in passages:
        assert all(line.startswith(("- item", "##", "Savoir")) or not line for line in passage.text.split("\n"))
        assert len(passage.text.split()) <= MOST + 60
    assert len(passages) >= 4


def test_what_is_announced_stays_with_its_announcement() -> None:
    text = "## Programme\n\n" + "Du texte court. " * 45 + "\n\nLes modules sont :\n\n" + "\n".join(f"- module {n} " + "mot " * 20 for n in range(4))
    for passage in split(document(text)):
        assert not passage.text.endswith(":")


def test_an_item_longer_than_a_page_is_cut_all_the_same() -> None:
    assert len(split(document("- " + "mot " * 5000))) > 10


def test_a_text_without_spaces_is_cut() -> None:
    doc = document("x" * 50_000)
    check(doc)
    assert len(split(doc)) > 3


def test_passages_know_their_page() -> None:
    builder = TextBuilder()
    for number in (1, 2):
        builder.page()
        builder.block("heading", f"Page {number}", level=1)
        builder.block("paragraph", f"Texte de la page {number}.")
    doc = builder.document("a.pdf", "", "pdf", b"x", Limits())
    assert [(p.page, p.heading) for p in split(doc)] == [(1, "Page 1"), (2, "Page 2")]


def test_a_document_without_text_has_no_passage() -> None:
    assert split(document("")) == ()


def test_the_title_of_a_plain_text_is_its_first_heading() -> None:
    doc = read_plain(b"Un titre\n\nDu texte.\n\nPublic\n\nLes agents.\n", "a.txt", Limits())
    assert [p.heading_path for p in split(doc)] == [("Un titre",), ("Un titre", "Public")]
