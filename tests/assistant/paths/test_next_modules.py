"""What comes before a module, after it, and later."""

from __future__ import annotations

import pytest

from assistant.errors import BadRequest
from assistant.paths.next_modules import around
from tests.assistant.paths.courses import Course, Courses

CHAIN = Courses(
    Course("a", "Bases", "MOD-A"), Course("b", "Suite", "MOD-B", requires=("MOD-A",)), Course("c", "Expertise", "MOD-C", requires=("MOD-B",)),
    Course("d", "Voisine", "MOD-D", requires=("MOD-A",)), Course("e", "Voisine", "MOD-E"),
)  # fmt: skip


def test_the_neighbours_of_a_module_by_code_title_or_document() -> None:
    for name in ("mod-b", "SUITE", "b"):
        found = around(CHAIN, name)
        assert (found.document, found.before, found.next, found.later) == ("b", ("Bases",), ("Expertise",), ())
    first = around(CHAIN, "MOD-A")
    assert (first.before, first.next, first.later) == ((), ("Suite", "Voisine"), ("Expertise",))
    assert around(CHAIN, "MOD-C").before == ("Bases", "Suite")


@pytest.mark.parametrize(("name", "words"), [("ZZ-9", "No module"), ("Voisine", "Several")])
def test_a_name_of_no_module_or_of_several_is_refused(name: str, words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        around(CHAIN, name)


def test_circles_come_to_an_end() -> None:
    circle = Courses(Course("a", "Une", "MOD-A", requires=("MOD-B",)), Course("b", "Deux", "MOD-B", requires=("MOD-A",)))
    found = around(circle, "a")
    assert (found.before, found.next) == (("Deux",), ("Deux",))
