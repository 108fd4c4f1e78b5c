from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.telegram.text import BUTTON_LIMIT, Piece, bold, clean, html, is_blank, label, message, plain, quoted, split, units

ANY = st.text(alphabet=st.characters(), max_size=300)
PIECES = st.lists(st.builds(Piece, ANY, st.sampled_from(["", "b", "i", "quote"])), max_size=5)


class Balanced(HTMLParser):
    """Reads Telegram HTML as Telegram does: known tags only, properly closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert tag in ("b", "i", "blockquote")
        assert attrs == []
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def read(markup: str) -> str:
    parser = Balanced()
    parser.feed(markup)
    parser.close()
    assert parser.open == []
    return "".join(parser.text)


@given(PIECES, st.integers(min_value=60, max_value=400))
@settings(max_examples=80, deadline=None)
def test_split_keeps_every_character_but_the_white_space_at_cuts(pieces, limit):
    whole = message(*pieces)
    parts = split(whole, limit)
    assert all(units(html(part)) <= limit for part in parts)
    assert all(plain(part).strip() for part in parts)
    joined = "".join(plain(part) for part in parts)
    assert "".join(joined.split()) == "".join(plain(whole).split())


@given(PIECES)
@settings(max_examples=60, deadline=None)
def test_html_reads_back_as_the_plain_text_whatever_it_holds(pieces):
    whole = message(*pieces)
    assert read(html(whole)) == plain(whole)
    plain(whole).encode("utf-8")


def test_a_script_comes_out_as_text():
    assert html(message("<script>&", bold("</b><i>"))) == "&lt;script&gt;&amp;<b>&lt;/b&gt;&lt;i&gt;</b>"


def test_cuts_fall_at_sentences_and_markup_is_opened_again():
    sentence = "Le module dure deux jours et coûte 450 euros. "
    parts = split((quoted(sentence * 30),), 400)
    assert len(parts) > 3
    for part in parts:
        assert plain(part).endswith("euros.")
        assert plain(part).startswith("Le module")
        assert html(part).startswith("<blockquote>")


def test_a_paragraph_is_preferred_to_a_later_sentence():
    text = "Premier point. " * 12 + "\n\n" + "Second. Point. " * 12
    first, *_ = split(message(text), 260)
    assert plain(first) == ("Premier point. " * 12).strip()


def test_no_cut_inside_a_character():
    family = "👩‍👩‍👧‍👦"
    for part in split(message(family * 40), 97):
        assert plain(part).replace(family, "") == ""
    for part in split(message("e\u0301" * 90), 61):
        assert plain(part)[0] == "e"


def test_telegram_counts_utf_16():
    parts = split(message("😀" * 5000))
    assert [units(plain(part)) for part in parts] == [4096, 4096, 1808]


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u200d", "\u2800\u3164", "\ufeff"])
def test_blank_texts(text):
    assert is_blank(text)
    assert not is_blank(text + "a")


def test_clean_keeps_what_people_write():
    assert clean("L’été à 10 € 🙂\n- point") == "L’été à 10 € 🙂\n- point"
    assert clean("\x07\x1b[31m\udfff") == "[31m\ufffd"


@given(ANY)
@settings(max_examples=60, deadline=None)
def test_labels_are_one_short_line(text):
    made = label(text)
    assert 0 < len(made) <= BUTTON_LIMIT
    assert "\n" not in made


def test_labels_are_cut_at_words():
    assert label("Combien coûte le cycle supérieur de management territorial pour une commune ?", 40) == "Combien coûte le cycle supérieur de…"
