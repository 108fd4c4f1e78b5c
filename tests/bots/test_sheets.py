from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bots.sheets import Filters, Shelves, coming, examples, read_filters, summarise
from corpus.records import Programme, Session
from tests.fakes_web import BUDGET, ECOUTE, ENTRIES, FakeService

SUMMARIES = [summarise(entry.programme) for entry in ENTRIES]
NAMES = ("q", "public", "categorie", "prix", "de", "a", "lieu", "mode", "tout")


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(NAMES), st.one_of(st.text(max_size=12), st.sampled_from(["FPT", "A", "1e9", "-1", "nan", "inf", "2026-02-30", "remote"]))
    )
)
def test_any_address_is_read_and_what_means_nothing_is_named(query: dict[str, str]) -> None:
    filters = read_filters(query)
    assert set(filters.ignored) <= set(query)
    assert filters.price is None or 0 <= filters.price < 1e9
    for name, value in (("public", filters.audience), ("mode", filters.mode), ("de", filters.start), ("a", filters.end)):
        assert not query.get(name, "").strip() or value or name in filters.ignored


def test_a_programme_that_says_nothing_passes_no_filter_but_the_empty_one() -> None:
    silent = summarise(Programme("x.md", "X", "programme"))
    assert Filters().admits(silent) and not Filters().any
    asking = [
        Filters(audience="FPT"),
        Filters(category="A"),
        Filters(price=1e6),
        Filters(start=date(2020, 1, 1)),
        Filters(place="a"),
        Filters(mode="remote"),
    ]
    assert not any(filters.admits(silent) for filters in asking) and all(filters.any for filters in asking)


def test_news_are_listed_on_demand() -> None:
    news = summarise(Programme("n.md", "N", "news"))
    assert not Filters().admits(news) and Filters(everything=True).admits(news)


def test_francs_are_compared_in_euros_at_the_fixed_parity() -> None:
    budget = summarise(BUDGET.programme)
    assert budget.lowest is not None and budget.lowest.amount == 0
    dear = summarise(Programme("b.md", "B", "programme", BUDGET.programme.facts[2:3]))
    assert [Filters(price=limit).admits(dear) for limit in (418.9, 419.0)] == [False, True]  # 50 000 x 8.38 / 1 000


def test_the_next_session_is_the_first_that_has_not_ended() -> None:
    past, running, ahead = (Session(date(2026, month, 1), date(2026, month, 20)) for month in (1, 3, 6))
    assert coming([ahead, past, running], date(2026, 3, 10)) == running
    assert coming([past], date(2026, 3, 10)) == past and coming([Session(None, None)], date(2026, 3, 10)) is None


def test_examples_are_of_three_kinds_from_different_programmes_of_the_generation_at_hand(tmp_path: Path) -> None:
    found = examples(SUMMARIES)
    assert [key for key, _ in found] == ["example_price", "example_audience", "example_content"]
    assert found[0][1] != found[1][1]
    service, shelves = FakeService(tmp_path, [ECOUTE]), Shelves()
    assert {title for _, title in shelves.examples(service.current())} == {ECOUTE.document.title}
    service.publish([BUDGET])
    assert {title for _, title in shelves.examples(service.current())} == {BUDGET.document.title}
    assert [summary.document for summary in shelves.of(service.current()).summaries] == [BUDGET.document.id]
