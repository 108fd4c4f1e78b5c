"""For everyone: axe without a fault on every page in both themes, the keyboard alone, targets one can hit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_roads import ask

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
PAGES = [
    "/", "/formations", "/formations?q=budget&prix=cher", "/formations/écoute active.md", "/formations/finances/budget.md?de=60&a=90",
    "/comparaison?d=finances/budget.md&d=écoute active.md", "/mes-donnees", "/nowhere",
]  # fmt: skip

# ruff: noqa: E501 - scripts of the page
_FAULTS = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(v => [v.id, v.nodes.map(n => n.html).slice(0, 3)])"
_SMALL = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && e.type !== 'hidden' && !e.classList.contains('skip'))
  .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()]).filter(([, r]) => r.width < 24 || r.height < 24).map(([html, r]) => [html, r.width, r.height])"""
_FOCUS = """() => { const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
  const x = Math.min(Math.max(r.left + r.width / 2, 0), innerWidth - 1), y = Math.min(Math.max(r.top + Math.min(r.height, innerHeight) / 2, 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return {what: e.outerHTML.slice(0, 90), name: e.id || e.textContent.trim().slice(0, 40), body: e === document.body,
    outlined: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
    inView: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth, uncovered: !!top && (e.contains(top) || top.contains(e))}; }"""


def faults(page: Any, axe: str) -> list[Any]:
    # Not as a script element: the page's own policy would refuse it, rightly.
    page.evaluate(axe)
    found: list[Any] = page.evaluate(_FAULTS)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_on_any_page(visit: Visit, axe: str, scheme: str) -> None:
    page = visit("/", color_scheme=scheme, expected="404")
    ask(page, "Puis-je suivre ce module ?")
    ask(page, "Catégorie B")
    ask(page, "Un conseil ?")
    ask(page, "inconnu")
    for details in page.locator("details").all():
        details.evaluate("e => e.open = true")
    assert faults(page, axe) == []
    for path in PAGES:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        assert faults(page, axe) == [], path


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_targets_are_24_pixels_at_least(visit: Visit, size: str) -> None:
    page = visit("/", size, expected="404")
    ask(page, "Puis-je suivre ce module ?")
    ask(page, "Combien ?")
    for path in ("", *PAGES):
        if path:
            page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        assert page.evaluate(_SMALL) == [], path


@pytest.mark.parametrize("size", ["wide", "phone"])
@pytest.mark.parametrize("path", PAGES[:6])
def test_focus_is_always_seen(visit: Visit, path: str, size: str) -> None:
    page = visit(path, size)
    if path == "/":
        ask(page, "Combien ?")
        page.evaluate("document.activeElement.blur()")
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        if focus["body"] or (seen and focus["what"] == seen[0]):
            break
        assert focus["outlined"] and focus["inView"] and focus["uncovered"], focus
        seen.append(focus["what"])
    assert len(seen) > 5


def tab_to(page: Any, name: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate(_FOCUS)["name"]:
            return
    raise AssertionError(f"the keyboard never reaches {name}")


def test_the_keyboard_alone_goes_every_road(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"  # the skip link
    tab_to(page, "question")
    page.keyboard.type("Puis-je suivre ce module ?")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    page.locator("[data-turn]").wait_for()
    assert page.evaluate("document.activeElement.id") == "question"
    page.evaluate("document.getElementById('contenu').focus()")
    tab_to(page, "Catégorie B")
    page.keyboard.press("Enter")
    page.locator("[data-turn]").nth(1).wait_for()
    page.locator("[data-turn]").nth(1).locator("a.marker").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert page.evaluate("document.activeElement.parentElement.open") is True
    tab_to(page, "Voir cet endroit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/formations/**")
    tab_to(page, "Toutes les formations")
    page.keyboard.press("Enter")
    page.wait_for_url("**/formations")
    boxes = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "d":
            page.keyboard.press("Space")
            boxes += 1
            if boxes == 2:
                break
    tab_to(page, "Comparer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/comparaison**")
    assert page.locator("thead th").count() == 2
    page.goto("/mes-donnees")
    tab_to(page, "Effacer toutes mes données")
    page.keyboard.press("Enter")
    tab_to(page, "Oui, effacer")
    page.keyboard.press("Enter")
    page.locator(".notice", has_text="effacées").wait_for()


def test_an_answer_is_announced_once_it_is_whole(visit: Visit) -> None:
    page = visit("/")
    page.fill("#question", "lent")
    page.keyboard.press("Enter")
    page.locator(".pending[aria-busy=true]").wait_for()
    page.locator("[data-turn]").wait_for()
    assert page.locator("[aria-busy]").count() == 0 and page.locator("[role=log]").get_attribute("aria-live") == "polite"
