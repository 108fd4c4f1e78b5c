"""An agent's main roads in a real browser: with a mouse, with a thumb, with the keyboard alone, without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Live
from tests.fakes_web import ECOUTE, EVIL

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]


def ask(page: Any, question: str) -> Any:
    """Asks by the box; returns the turn when it is whole."""
    before = page.locator("[data-turn]").count()
    page.fill("#question", question)
    page.locator("#composer .send").click()
    turn = page.locator("[data-turn]").nth(before)
    turn.wait_for()
    return turn


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_ask_read_prove_go_on_and_erase(visit: Visit, size: str) -> None:
    page = visit("/", size)
    assert page.locator("[role=log]").count() == 1 and page.locator("[role=log] article").count() == 0
    page.locator(".example").first.click()
    turn = page.locator("[data-turn]")
    turn.wait_for()
    assert not page.locator("#welcome").is_visible()
    proof = turn.locator("details.proof")
    assert proof.get_attribute("open") is None
    turn.locator("a.marker").first.click()
    assert proof.get_attribute("open") is not None and proof.locator("mark").inner_text() == "450 €"
    turn.locator(".suggestion").first.click()
    page.locator("[data-turn]").nth(1).wait_for()
    assert page.locator("[data-turn]").nth(1).locator(".text").inner_text().startswith("Question 2")
    page.reload()
    assert page.locator("[data-turn]").count() == 2
    proof.first.locator("summary").click()
    proof.first.get_by_role("link").click()
    assert page.url.endswith("#extrait") and page.locator("mark.here").inner_text() == "450 €"
    page.go_back()
    page.locator("#erase summary").click()
    page.locator("#erase button").click()
    assert page.locator("[data-turn]").count() == 0 and page.locator("#welcome").is_visible()


def test_the_eligibility_dialogue_and_the_cards(visit: Visit) -> None:
    page = visit()
    turn = ask(page, "Puis-je suivre ce module ?")
    assert turn.locator(".verdict.to_check").is_visible()
    turn.get_by_role("button", name="Catégorie B").click()
    page.locator("[data-turn]").nth(1).locator(".verdict.eligible").wait_for()
    cards = ask(page, "Un conseil ?").locator(".card")
    assert ECOUTE.document.title in cards.inner_text()


def test_thumbs_copy_and_share(visit: Visit) -> None:
    page = visit("/", permissions=["clipboard-read", "clipboard-write"])
    turn = ask(page, "Combien ?")
    turn.get_by_role("button", name="Copier").click()
    page.locator("#alert", has_text="copiée").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Combien ?" in copied and "« 450 € »" in copied
    page.evaluate("navigator.share = undefined")
    turn.get_by_role("button", name="Partager").click()
    page.locator("#alert", has_text="Lien").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "/#q=Combien" in link
    turn.locator("summary", has_text="Pas utile").click()
    turn.get_by_label("C'est faux").check()
    turn.get_by_role("button", name="Envoyer l'avis").click()
    turn.locator("[role=status]").wait_for()
    page.reload()
    assert page.locator("[data-turn] input[value=wrong]").is_checked()
    page.goto("about:blank")
    page.goto(link)
    assert page.locator("#question").input_value() == "Combien ?"


def test_without_a_script_everything_essential_works(visit: Visit) -> None:
    page = visit("/", java_script_enabled=False)
    page.fill("#question", "Puis-je suivre ce module ?")
    page.locator("#composer .send").click()
    page.get_by_role("button", name="Catégorie C").click()
    assert page.locator("[data-turn]").count() == 2
    proof = page.locator("[data-turn]").nth(1).locator("details.proof").first
    proof.locator("summary").click()
    assert proof.locator("mark").is_visible()
    assert not page.get_by_role("button", name="Copier").first.is_visible()
    page.get_by_role("link", name="Formations").click()
    page.get_by_label("Lieu").fill("papeete")
    page.get_by_role("button", name="Filtrer").click()
    assert page.locator(".card").count() == 1


def test_filter_read_and_compare(visit: Visit) -> None:
    page = visit("/formations")
    for box in page.get_by_label("Comparer").all()[:2]:
        box.check()
    page.get_by_role("button", name="Comparer").click()
    assert page.locator("thead th").count() == 2
    page.locator("tbody .ground").first.click()
    assert page.locator("mark.here").count() >= 1


def test_a_lost_connection_is_resumed(visit: Visit) -> None:
    page = visit("/", expected="Failed to load resource")

    def answered_but_lost(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/api/chat", answered_but_lost)
    page.fill("#question", "Combien ?")
    page.keyboard.press("Enter")
    page.locator("[data-turn]").wait_for()
    assert "arrivée" in page.locator("#alert").inner_text()


def test_without_a_network_the_question_is_kept_and_may_be_sent_again(visit: Visit) -> None:
    page = visit("/", expected="Failed to load resource")
    page.clock.install()
    page.route("**/api/chat", lambda route: route.abort())
    page.route("**/conversation/suite**", lambda route: route.abort())
    page.fill("#question", "Combien ?")
    page.keyboard.press("Enter")
    page.locator("#alert", has_text="interrompue").wait_for()
    again = page.get_by_role("button", name="Réessayer")
    for _ in range(200):  # the page's own time flies; a failed call takes real time, and on a busy machine more of it
        page.clock.run_for(20_000)
        if again.is_visible():
            break
        page.evaluate("() => fetch('/healthz')")
    again.wait_for()
    assert page.locator("#question").input_value() == "Combien ?"
    page.unroute("**/api/chat")
    page.get_by_role("button", name="Réessayer").click()
    page.locator("[data-turn]").wait_for()


def test_a_reload_in_the_middle_of_an_answer_loses_nothing(visit: Visit) -> None:
    page = visit("/", expected="Failed to load resource")
    page.fill("#question", "lent")
    page.keyboard.press("Enter")
    page.locator(".pending").wait_for()
    page.wait_for_timeout(300)
    page.reload()
    page.locator(".pending .said").wait_for()
    page.locator("[data-turn]").wait_for()
    assert page.locator(".said").all_inner_texts() == ["lent"]
    page.fill("#question", "à moitié écrite")
    page.reload()
    assert page.locator("#question").input_value() == "à moitié écrite"


def test_errors_are_sentences_with_a_way_forward(visit: Visit) -> None:
    page = visit("/")
    page.fill("#question", "explose")
    page.keyboard.press("Enter")
    page.locator("#alert", has_text="imprévue").wait_for()
    assert page.locator("#question").input_value() == "explose" and page.get_by_role("button", name="Réessayer").is_visible()


def test_a_conversation_erased_elsewhere_begins_anew(visit: Visit, live: Live) -> None:
    page = visit("/", expected="404")
    ask(page, "Combien ?")
    live.state.forget(page.locator("#composer").get_attribute("data-conversation"))
    assert ask(page, "Et maintenant ?").locator(".text").inner_text().startswith("Question 1")


def test_planted_scripts_never_run(visit: Visit) -> None:
    page = visit("/")
    ask(page, f"le piège {EVIL}")
    for path in ("/", "/formations", "/formations/pi%C3%A8ge%20%3Cb%3E.md", f"/formations?q={EVIL}", f"/#q={EVIL}"):
        page.goto(path)
        page.wait_for_timeout(50)
        assert page.evaluate("window.hacked") is None
        assert page.locator("main img").count() == 0


def test_the_page_weighs_less_than_100_kb(visit: Visit) -> None:
    page = visit("about:blank")
    weights: list[int] = []
    page.on("response", lambda response: weights.append(len(response.body())))
    page.goto("/", wait_until="networkidle")
    assert len(weights) >= 3 and sum(weights) < 100_000


@pytest.mark.parametrize(
    "path", ["/", "/formations", "/formations/finances/budget.md", "/comparaison?d=finances/budget.md&d=écoute active.md", "/mes-donnees"]
)
def test_narrow_screens_need_no_sideways_scrolling(visit: Visit, path: str) -> None:
    page = visit(path, "phone")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_theme_toggle_overrides_the_system(visit: Visit) -> None:
    page = visit("/", color_scheme="light")
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.get_by_role("link", name=re.compile("Thème sombre")).click()
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert light != dark
    page.get_by_role("link", name=re.compile("Thème clair")).click()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == light
