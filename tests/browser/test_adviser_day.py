"""An adviser's day in a real Chromium: sign in, a path, an exclusion, what-if, files, a link, a team plan, sign out."""

from __future__ import annotations

import csv
import io
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from tests.bots.desk import FakeIndex
from tests.bots.house import PASSWORD, House, cheap_passwords
from tests.browser.conftest import SIZES
from tests.browser.test_access import faults

pytestmark = pytest.mark.browser
LOGIN = "anne@rh.example"
PAGES = ("/conseil", "/conseil/parcours/nouveau", "/conseil/equipes", "/conseil/observatoire", "/conseil/comptes", "/conseil/journal", "/compte")
_SPILL = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_SMALL = """() => [...document.querySelectorAll('main a, main button, main input, main select, main textarea, main summary')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && e.type !== 'hidden' && !e.classList.contains('unseen'))
  .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()]).filter(([, r]) => r.width < 24 || r.height < 23.9).map(([html]) => html)"""


@dataclass(frozen=True)
class Office:
    url: str
    house: House


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    cheap = cheap_passwords()
    next(cheap)
    folder = tmp_path_factory.mktemp("office")
    house = House(folder / "home", FakeIndex(folder))  # type: ignore[arg-type]
    house.account(LOGIN, "admin")
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(house.app, log_config=None, access_log=False, timeout_graceful_shutdown=3))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Office(f"http://127.0.0.1:{listening.getsockname()[1]}", house)
    server.should_exit = True
    thread.join()
    listening.close()
    next(cheap, None)


def opened(chromium: Any, office: Office, size: str = "wide", **options: Any) -> Any:
    """A page of a visitor of its own; a console error or a request to elsewhere fails the test at its next step."""
    context = chromium.new_context(viewport=SIZES[size], locale="fr-FR", base_url=office.url, accept_downloads=True, **options)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda message: page.wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("request", lambda sent: page.wrong.append(sent.url) if not sent.url.startswith((office.url, "blob:", "data:")) else None)
    return page


def sign_in(page: Any) -> None:
    page.goto("/conseil")
    page.get_by_label("Identifiant").fill(LOGIN)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/conseil")


def build(page: Any, title: str = "Dossier 12") -> str:
    """Makes a path for an agent of a commune of French Polynesia and returns its address."""
    page.goto("/conseil/parcours/nouveau")
    page.get_by_label("Décrire l’agent").fill("Je suis attachée dans une commune de Moorea, je pilote un projet de dématérialisation, j'ai 2 000 €")
    page.get_by_role("button", name="Remplir le formulaire").click()
    assert page.get_by_label("Versant").input_value() == "FPCPF"
    assert page.get_by_label("Budget", exact=True).input_value() == "2000"
    page.get_by_label("Nom du parcours").fill(title)
    page.get_by_label("Objectifs").fill("conduite du changement\ndématérialisation")
    page.get_by_role("button", name="Calculer le parcours").click()
    page.wait_for_selector("#etapes")
    return str(page.url)


def plan(page: Any, agents: int, budget: str = "9000") -> str:
    """Sends a team and returns the address of its plan, once it is solved."""
    lines = [f"A-{n:03};attachée;FPCPF;commune;A;dématérialisation | conduite du changement;{1 + n % 3}" for n in range(1, agents + 1)]
    file = "\ufeffidentifiant;fonction;versant;employeur;catégorie;objectifs;priorité\n" + "\n".join(lines)
    page.goto("/conseil/equipes")
    page.get_by_label("Fichier CSV").set_input_files({"name": "équipe.csv", "mimeType": "text/csv", "buffer": file.encode()})
    page.get_by_label("Budget de l’équipe").fill(budget)
    page.get_by_role("button", name="Calculer le plan").click()
    page.get_by_role("heading", name="Et avec un autre budget").wait_for(timeout=60_000)
    return str(page.url)


def steps(page: Any) -> list[str]:
    return [title.strip() for title in page.locator(".steps h3 a").all_inner_texts()]


def downloaded(page: Any, link: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    return Path(waiting.value.path()).read_bytes()


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(chromium: Any, office: Office, request: pytest.FixtureRequest) -> Iterator[Any]:
    opened_page = opened(chromium, office, java_script_enabled=request.param)
    yield opened_page
    opened_page.context.close()
    assert opened_page.wrong == []


def test_a_path_from_words_to_files(page: Any) -> None:
    sign_in(page)
    build(page)
    assert steps(page) == ["Conduite du changement", "Dématérialisation : conduire un projet", "Dématérialisation et écoute des usagers"]

    # Understand an exclusion: its reason, its detail, and the sheet behind it.
    group = page.locator("details.group", has_text="L’agent n’est pas éligible")
    group.locator("summary").first.click()
    assert "fonction publique de l'État" in group.inner_text()

    # Lock what was not advised: it takes a reason.
    dear = page.locator("details.group", has_text="Au-delà du budget")
    dear.locator("summary").first.click()
    dear.locator("details.edit summary").click()
    dear.get_by_label("Motif").fill("Demande de la direction")
    dear.get_by_role("button", name="Imposer").click()
    page.wait_for_selector("text=Version 2 sur 2")

    # It does not fit the budget: relax it in one click.
    first = page.locator("section", has=page.locator("#h-relax")).locator(".card").first
    offered = first.locator("strong").inner_text()
    first.get_by_role("button").click()
    page.wait_for_selector("text=Version 3 sur 3")
    assert offered in page.locator("section", has=page.locator("#h-history")).inner_text()
    assert "Demande de la direction" in page.locator("section", has=page.locator("#h-history")).inner_text()

    import docx
    import icalendar

    expected = steps(page)
    assert len(icalendar.Calendar.from_ical(downloaded(page, "Calendrier (iCalendar)")).walk("VEVENT")) == len(expected)
    rows = list(csv.reader(io.StringIO(downloaded(page, "Tableau (CSV)").decode("utf-8-sig")), delimiter=";"))
    assert [row[2] for row in rows[1 : 1 + len(expected)]] == expected
    assert docx.Document(io.BytesIO(downloaded(page, "Document à signer (Word)"))).tables
    assert [item["item"]["name"] for item in json.loads(downloaded(page, "Données (JSON-LD)"))["itemListElement"]] == expected

    page.get_by_role("button", name="Créer un lien").click()
    page.get_by_role("link", name="Voir ce que voit l’agent").click()
    page.wait_for_selector("h1:has-text('Votre parcours de formation')")
    assert "Demande de la direction" not in page.content()
    page.goto("/conseil")
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_selector("h1:has-text('Vous êtes déconnecté')")
    page.goto("/conseil")
    assert "/connexion" in page.url


def test_a_plan_for_a_team_of_thirty(chromium: Any, office: Office) -> None:
    page = opened(chromium, office, java_script_enabled=False)  # the page that waits updates itself all the same
    sign_in(page)
    plan(page, 30)
    text = page.locator("main").inner_text()
    assert "agents servis sur 30" in text and "A-030" in text
    assert "15 sur 15" in text  # a session is full, and whoever came too late is told so
    page.locator("summary", has_text="Pourquoi pas davantage").nth(4).click()
    assert "Session complète" in page.locator("main").inner_text()
    rows = list(csv.reader(io.StringIO(downloaded(page, "Tableau par agent (CSV)").decode("utf-8-sig")), delimiter=";"))
    assert {row[0] for row in rows[1:]} == {f"A-{n:03}" for n in range(1, 31)}
    assert sum(float(row[8].replace(",", ".")) for row in rows[1:] if row[2] == "retenu" and row[8]) <= 9000
    import docx

    assert len(docx.Document(io.BytesIO(downloaded(page, "Document à signer (Word)"))).tables[0].rows) > 30
    assert page.locator("svg.curve circle").count() == 6
    page.get_by_label("Budget de l’équipe").fill("0")
    page.get_by_role("button", name="Recalculer").click()
    page.get_by_role("heading", name="Et avec un autre budget").wait_for(timeout=60_000)
    assert "Coût connu : aucun coût" in " ".join(page.locator("main").inner_text().split())
    page.context.close()
    assert page.wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(chromium: Any, office: Office, axe: str, scheme: str) -> None:
    page = opened(chromium, office, color_scheme=scheme)
    page.goto("/connexion")
    assert faults(page, axe) == []
    sign_in(page)
    path = build(page, "Dossier axe")
    page.get_by_role("button", name="Créer un lien").click()
    shared = page.get_by_role("link", name="Voir ce que voit l’agent").last.get_attribute("href")
    for address in [*PAGES, path, f"{path}/profil", f"{path}/comparer?avant=1", shared, plan(page, 4), "/deconnecte"]:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        assert faults(page, axe) == [], address
    page.context.close()


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_nothing_spills_and_every_target_can_be_hit(chromium: Any, office: Office, size: str) -> None:
    page = opened(chromium, office, size)
    sign_in(page)
    path = build(page, "Dossier petit")
    for address in [*PAGES, path, plan(page, 4)]:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        assert page.evaluate(_SPILL) <= 0, address
        assert page.evaluate(_SMALL) == [], address
    page.context.close()


def test_the_keyboard_alone_is_enough(chromium: Any, office: Office) -> None:
    page = opened(chromium, office)
    page.goto("/connexion")
    reach(page, "#login")
    page.keyboard.type(LOGIN)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/conseil")
    reach(page, "a[href='/conseil/parcours/nouveau']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nouveau")
    reach(page, "#role")
    page.keyboard.type("attachée")
    reach(page, "#versant")
    page.keyboard.type("FPCPF")
    reach(page, "#goals")
    page.keyboard.type("conduite du changement")
    reach(page, "form.fields:not(.words) button.send")
    page.keyboard.press("Enter")
    page.wait_for_selector("#etapes")
    assert page.get_by_role("heading", name="Conduite du changement").count()
    reach(page, ".steps details.edit summary")
    page.keyboard.press("Enter")
    reach(page, ".steps details.edit input[name=reason]")
    page.keyboard.type("Déjà suivi")
    reach(page, ".steps details.edit button[value=remove]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Version 2 sur 2")
    assert "Conduite du changement" not in steps(page)
    page.context.close()


def reach(page: Any, selector: str) -> None:
    """Presses Tab until the element has the focus, which must be seen there."""
    for _ in range(120):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", selector
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {selector}")
