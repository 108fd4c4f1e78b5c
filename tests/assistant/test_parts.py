"""The courses of a page: each takes what its own section says, and of the page whom to ask."""

from __future__ import annotations

from assistant.parts import document_of, is_part, part_id, part_programme, title_of, whole_programme
from corpus.records import Contact, Course, Fact, Price, Programme

_FIRST, _SECOND = Course("Travail en hauteur", 10, 50), Course("Conduite de nacelle", 50, 90)
_PAGE = Programme(
    "plan.txt",
    "Plan 2027",
    "programme",
    (
        Fact("price", Price(165, "EUR", "Travail en hauteur, par agent"), "165 €", 20, 25),
        Fact("price", Price(240, "EUR", "Conduite de nacelle"), "240 €", 60, 65),
        Fact("contact", Contact(email="a@b.example"), "a@b.example", 95, 106),
    ),
    courses=(_FIRST, _SECOND),
)


def test_a_course_takes_its_own_facts_and_the_contact_of_the_page() -> None:
    part = part_programme(_PAGE, _FIRST, 0)
    assert part.title == "Travail en hauteur"
    assert [f.text for f in part.facts] == ["165 €", "a@b.example"]
    value = part.facts[0].value
    assert isinstance(value, Price)
    assert value.label == "par agent"


def test_the_page_keeps_all_where_it_says_nothing_of_itself() -> None:
    assert [f.text for f in whole_programme(_PAGE).facts] == ["165 €", "240 €", "a@b.example"]


def test_a_course_is_called_by_its_page_and_place() -> None:
    name = part_id("plan.txt", 1)
    assert is_part(name)
    assert document_of(name) == "plan.txt"
    assert title_of(lambda _: _PAGE, name) == "Conduite de nacelle"
    assert title_of(lambda _: _PAGE, "plan.txt") == "Plan 2027"
