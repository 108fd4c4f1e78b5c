"""The parts of the workspace that need no browser: forms, edits, drawings, sentences."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.records import Alternative, Eligibility, Exclusion, LearnerProfile, LearningPath, Money, Period, Step
from bots.adviser import edits, forms
from bots.adviser.drawings import LEFT, RIGHT, WIDTH, curve, timeline
from bots.auth.door import safe_target
from bots.messages import keys
from bots.state_adviser import CHANGES, pack, unpack
from corpus.vocabulary import VERSANTS

BOTS = Path(forms.__file__).parent.parent
DAYS = st.dates(date(2020, 1, 1), date(2090, 12, 31))
WORDS = st.text(st.characters(categories=("L", "N"), max_codepoint=0x2FF), min_size=1, max_size=12)
PERIODS = st.tuples(DAYS, st.integers(0, 400)).map(lambda p: Period(p[0], p[0] + timedelta(days=p[1])))
PROFILES = st.builds(
    LearnerProfile, role=st.none() | WORDS, versant=st.none() | st.sampled_from(list(VERSANTS)), employer=st.none() | WORDS,
    category=st.none() | st.sampled_from(["A", "B", "C"]), corps=st.none() | WORDS, territory=st.none() | WORDS,
    goals=st.lists(WORDS, max_size=3, unique_by=str.casefold).map(tuple),
    budget=st.none() | st.builds(Money, st.integers(0, 999_999).map(float), st.sampled_from(["EUR", "XPF"])),
    max_days=st.none() | st.integers(0, 300).map(float), available=st.none() | PERIODS, unavailable=st.lists(PERIODS, max_size=5).map(tuple),
)  # fmt: skip


def step(name: str, start: date | None = None, days: int = 1, price: float | None = 100.0) -> Step:
    session = Period(start, start + timedelta(days=days - 1)) if start else None
    return Step(
        f"Module {name}", f"{name}.md", session, float(days), Money(price) if price is not None else None, 0.8, (), "", Eligibility("eligible")
    )


STEPS = st.lists(st.tuples(st.none() | DAYS, st.integers(1, 60)), max_size=8).map(
    lambda rows: tuple(step(f"m{n}", start, days) for n, (start, days) in enumerate(rows))
)


@settings(max_examples=30, deadline=None)
@given(PROFILES)
def test_a_profile_goes_through_the_form_unchanged(profile: LearnerProfile) -> None:
    form = forms.shown(profile)
    sent = [*form.values.items(), *(pair for start, end in form.rows for pair in (("away_from", start), ("away_to", end)))]
    back = forms.read(forms.typed(sent))
    assert isinstance(back, LearnerProfile), back
    collapse = {name: " ".join(value.split()) for name in ("role", "employer", "corps", "territory") if (value := getattr(profile, name))}
    assert replace(back, goals=()) == replace(profile, goals=(), **collapse)
    assert len(back.goals) <= len(profile.goals)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["role", "amount", "max_days", "from", "away_from", "away_to", "category", "x"]), st.text(max_size=30))))
def test_whatever_is_typed_is_a_profile_or_a_form_that_says_what_is_wrong(fields: list[tuple[str, str]]) -> None:
    found = forms.read(forms.typed(fields))
    assert isinstance(found, LearnerProfile) or f"adviser_field_{found.wrong}" in keys("fr")


@settings(max_examples=30, deadline=None)
@given(STEPS, st.lists(PERIODS, max_size=3))
def test_every_mark_of_the_timeline_lies_in_the_drawing(steps: tuple[Step, ...], away: list[Period]) -> None:
    drawing = timeline(steps, LearnerProfile(unavailable=tuple(away)))
    dated = [s for s in steps if s.session]
    if drawing is None:
        assert not dated
        return
    assert len(drawing.bars) == len(dated) and len(drawing.bars) + len(drawing.undated) == len(steps)
    for bar in drawing.bars:
        assert LEFT <= bar.x <= WIDTH - RIGHT and bar.width > 0 and bar.x + bar.width <= WIDTH - RIGHT + 8 and bar.y + 22 < drawing.height
    assert all(a.x >= LEFT and a.x + a.width <= WIDTH - RIGHT + 0.2 for a in drawing.away)
    assert 1 <= len(drawing.ticks) <= 12
    order = sorted(range(len(dated)), key=lambda n: dated[n].session.start)  # type: ignore[union-attr,arg-type,return-value]
    assert [drawing.bars[n].x for n in order] == sorted(bar.x for bar in drawing.bars)


def test_the_curve_rises_to_the_right() -> None:
    drawing = curve([(1000.0, 3), (500.0, 1), (2000.0, 4)], 4, 1000.0)
    assert drawing is not None
    assert [p.budget for p in drawing.points] == [500.0, 1000.0, 2000.0] and [p.now for p in drawing.points] == [False, True, False]
    assert [p.x for p in drawing.points] == sorted(p.x for p in drawing.points) and drawing.points[2].y == drawing.y1
    assert curve([(5.0, 1)], 1, 5.0) is None and curve([], 0, 0.0) is None


def test_an_alternative_locks_its_steps_and_bans_what_else_could_be_taken() -> None:
    path = LearningPath(
        LearnerProfile(excluded=("z.md",)), (step("a"), step("b")),
        (Exclusion("C", "c.md", 0.5, (), "over_budget", ""), Exclusion("D", "d.md", 0.1, (), "less_relevant", "")),
    )  # fmt: skip
    profile = edits.with_alternative(path, Alternative("cheapest", "", (step("b"),)))
    assert profile.locked == ("b.md",) and profile.excluded == ("z.md", "c.md", "a.md")


def test_steps_change_places_unless_dates_or_prerequisites_forbid() -> None:
    path = LearningPath(LearnerProfile(), (step("a"), step("b"), step("c", date(2030, 1, 1)), step("d", date(2030, 2, 1))), ())

    def order(found: LearningPath | None) -> list[str] | None:
        return [s.document[0] for s in found.steps] if found else None

    assert order(edits.moved(path, "a.md", 1)) == ["b", "a", "c", "d"]
    assert order(edits.moved(path, "c.md", -1)) == ["a", "c", "b", "d"]
    assert edits.moved(path, "d.md", -1) is None and edits.moved(path, "a.md", -1) is None and edits.moved(path, "x.md", 1) is None
    assert edits.moved(path, "b.md", -1, lambda s: ["Module a"] if s.document == "b.md" else []) is None


def test_differences_name_what_changed_and_nothing_else() -> None:
    old = LearningPath(LearnerProfile(), (step("a"), step("b", date(2030, 1, 1)), step("c"), step("gone")), ())
    dearer = replace(step("c"), price=Money(120.0), eligibility=Eligibility("to_check"))
    new = LearningPath(LearnerProfile(), (step("a"), step("b", date(2030, 2, 1)), step("new"), dearer), ())
    found = edits.differences(old, new, {"a.md", "b.md", "c.md", "new.md"})
    assert [(one.kind, one.document) for one in found] == [
        ("session", "b.md"),
        ("price", "c.md"),
        ("verdict", "c.md"),
        ("gone", "gone.md"),
        ("added", "new.md"),
    ]
    assert edits.differences(old, old, {"a.md", "b.md", "c.md", "gone.md"}) == []


@settings(max_examples=25, deadline=None)
@given(PROFILES, STEPS)
def test_what_is_kept_comes_back_the_same(profile: LearnerProfile, steps: tuple[Step, ...]) -> None:
    path = LearningPath(profile, steps, (), questions=("\ud800 \x00 é",), generation="g")
    assert unpack(LearningPath, pack(path)) == path


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("/\\:.@?#%ax \t\r\n\x00é"), max_size=12))
def test_a_target_is_always_a_page_of_this_site(target: str) -> None:
    safe = safe_target("/" + target)
    assert re.fullmatch(r"/(?![/\\])[\x21-\x7e]*", safe) and "\\" not in safe


def test_every_sentence_of_the_pages_is_in_both_catalogues() -> None:
    wanted = {f"adviser_did_{change}" for change in CHANGES}
    for path in [*BOTS.glob("page/adviser/*.html"), *BOTS.glob("adviser/*.py"), *BOTS.glob("auth/*.py"), BOTS / "sign_in.py"]:
        text = path.read_text(encoding="utf-8")
        wanted |= set(re.findall(r"_\('([A-Za-z0-9_]+)'[,)]", text)) | set(re.findall(r'"(adviser_[a-z_]+)"', text))
    problems = {
        str(node.args[0].value)
        for path in [*BOTS.glob("auth/*.py"), BOTS / "sign_in.py"]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("SignInFailed", "Forbidden") and isinstance(node.args[0], ast.Constant)
    }
    assert problems
    wanted |= {f"auth_{problem}" for problem in problems}
    for language in ("fr", "en"):
        assert not wanted - keys(language), (language, sorted(wanted - keys(language)))  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ["agent", "adviser", "admin"])
def test_a_role_may_do_what_the_ones_before_it_may(role: str) -> None:
    from bots.state_auth import ROLES, Account

    account = Account("1", "x", None, None, "X", role, True, 0)  # type: ignore[arg-type]
    assert [account.may(other) for other in ROLES] == [ROLES.index(other) <= ROLES.index(role) for other in ROLES]  # type: ignore[arg-type]
