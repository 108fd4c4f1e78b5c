"""The pages without a script: every road of an agent by forms and links, and nothing planted gets through."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.bots.conftest import Web, open_web
from tests.fakes_web import BUDGET, ECOUTE, EVIL, PLANTED

HTML = {"accept": "text/html", "accept-language": "fr"}
STATIC = Path(__file__).parents[3] / "bots" / "page" / "static"


def page(web: Web, path: str, **sent: Any) -> BeautifulSoup:
    response = web.client.get(path, headers=HTML, **sent)
    assert response.status_code == 200, response.text
    return BeautifulSoup(response.text, "html.parser")


def ask(web: Web, question: str) -> BeautifulSoup:
    response = web.client.post("/", data={"question": question}, headers=HTML)
    return BeautifulSoup(response.text, "html.parser")


@pytest.fixture(autouse=True)
def somebody_new(web: Web) -> None:
    web.client.cookies.clear()


def test_the_empty_page_teaches_and_is_ready_to_be_announced(web: Web) -> None:
    soup = page(web, "/")
    log = soup.find(attrs={"role": "log"})
    assert log is not None and not log.find("article")
    examples = [button["value"] for button in soup.select(".examples button")]
    assert len(examples) == 3 and any(ECOUTE.document.title in example for example in examples)
    assert soup.title and soup.find("link", rel="icon") and "intelligence artificielle" in soup.get_text()
    assert soup.select_one("#question")["maxlength"] == "4000"


def test_asking_by_form_answers_and_a_reload_loses_nothing(web: Web) -> None:
    page(web, "/")
    soup = ask(web, "Combien ?")
    (proof,) = soup.select("details.proof")
    assert proof.mark.get_text() == "450 €" and "par personne" in proof.blockquote.get_text()
    assert soup.select_one("a.marker")["href"] == f"#{proof['id']}"
    link = proof.select_one("a")["href"]
    sheet = page(web, link.partition("#")[0])
    assert sheet.select_one("#extrait").find_next("mark").get_text() == "450 €"
    assert "Combien ?" in page(web, "/").select_one("[role=log]").get_text()
    assert ask(web, "Et après ?").select("article")[1].select_one(".text").get_text().startswith("Question 2")


def test_without_cookies_the_answer_is_shown_at_once(web: Web) -> None:
    response = web.client.post("/", data={"question": "Combien ?"}, headers=HTML)
    assert response.status_code == 200 and not response.history and "450 €" in response.text


def test_eligibility_is_a_small_dialogue(web: Web) -> None:
    page(web, "/")
    soup = ask(web, "Puis-je suivre ce module ?")
    assert soup.select_one(".verdict.to_check")
    choices = [button["value"] for button in soup.select("form.ask-again button")]
    assert "Catégorie B" in choices and choices[-1] == "Je ne sais pas"
    last = ask(web, "Catégorie B").select("article")[-1]
    assert last.select_one(".verdict.eligible") and last.select_one(".rules mark").get_text().startswith("agents de catégorie B")


def test_recommended_modules_are_cards_with_links(web: Web) -> None:
    page(web, "/")
    card = ask(web, "Que me conseillez-vous ? conseil").select_one(".card")
    assert card.a.get_text() == ECOUTE.document.title and "450" in card.get_text() and "du 5 au 6 octobre 2026" in card.get_text()
    assert web.client.get(card.a["href"], headers=HTML).status_code == 200


@pytest.mark.parametrize(
    ("question", "status", "says"), [("", 422, "Écrivez votre question"), ("refuse", 422, "comprise"), ("explose", 500, "imprévue")]
)
def test_a_failed_question_stays_in_the_box_with_a_way_forward(web: Web, question: str, status: int, says: str) -> None:
    page(web, "/")
    response = web.client.post("/", data={"question": question}, headers=HTML)
    soup = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == status and says in soup.find(role="alert").get_text()
    assert soup.select_one("#question").get_text() == question


def test_an_opinion_is_kept_and_shown(web: Web) -> None:
    page(web, "/")
    form = ask(web, "Combien ?").select_one("form[data-opinion]")
    response = web.client.post(form["action"], data={"rating": "down", "reason": "wrong", "comment": "faux"}, headers=HTML)
    soup = BeautifulSoup(response.text, "html.parser")
    assert soup.select_one("input[value=wrong]").has_attr("checked") and "Merci" in soup.get_text()
    again = web.client.post(form["action"], data={"rating": "up"}, headers={**HTML, "x-fragment": "1"})
    assert 'aria-pressed="true"' in again.text and "<html" not in again.text
    assert web.client.post(form["action"], data={"rating": "sideways"}, headers=HTML).status_code == 422


def test_what_is_mine_is_not_shown_to_others(web: Web) -> None:
    page(web, "/")
    action = ask(web, "Combien ?").select_one("form[data-opinion]")["action"]
    fragment = action.removesuffix("/avis")
    assert web.client.get(fragment, headers=HTML).status_code == 200
    web.client.cookies.clear()
    assert web.client.get(fragment, headers=HTML).status_code == 404
    assert web.client.post(action, data={"rating": "up"}, headers=HTML).status_code == 404
    assert "Combien ?" not in page(web, "/").select_one("[role=log]").get_text()


def test_a_lost_connection_finds_the_turns_it_missed(web: Web) -> None:
    page(web, "/")
    first = ask(web, "Combien ?").select_one("[data-turn]")["data-turn"]
    assert web.client.get(f"/conversation/suite?apres={first}", headers=HTML).status_code == 204
    ask(web, "Et encore ?")
    missed = BeautifulSoup(web.client.get(f"/conversation/suite?apres={first}", headers=HTML).text, "html.parser")
    assert [said.get_text() for said in missed.select(".said")] == ["Et encore ?"]


def test_my_conversation_and_my_data_are_erased_for_good(web: Web) -> None:
    page(web, "/")
    ask(web, "Question canari un")
    soup = BeautifulSoup(web.client.post("/conversation/effacer", headers=HTML).text, "html.parser")
    assert "effacée" in soup.select_one(".notice").get_text() and not soup.select("article")
    ask(web, "Question canari deux")
    exported = web.client.get("/mes-donnees/export")
    assert "attachment" in exported.headers["content-disposition"]
    assert [turn["question"] for turn in exported.json()["turns"]] == ["Question canari deux"]
    assert "1 question" in page(web, "/mes-donnees").get_text()
    web.client.post("/mes-donnees/effacer", headers=HTML)
    assert "Rien n'est gardé" in page(web, "/mes-donnees").get_text()
    home = web.settings.home
    assert all(b"canari" not in path.read_bytes() for path in home.glob("state.sqlite*"))


def test_a_form_of_another_site_does_nothing(web: Web) -> None:
    page(web, "/")
    ask(web, "Combien ?")
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert web.client.post("/conversation/effacer", headers={**HTML, **headers}).status_code == 403
    assert page(web, "/").select("article")


def test_language_and_theme_are_chosen_and_kept(web: Web) -> None:
    assert page(web, "/").html["lang"] == "fr"
    response = web.client.get("/langue/en?suite=/formations?q=x", headers=HTML)
    assert response.url.path == "/formations" and '<html lang="en"' in response.text and "Course catalogue" in response.text
    web.client.get("/theme/dark", headers=HTML)
    assert page(web, "/").html["data-theme"] == "dark"
    for path in ("/langue/xx", "/theme/pink"):
        assert web.client.get(path, headers=HTML).status_code == 404
    assert web.client.get("/langue/fr?suite=https://evil.example", headers=HTML).url.host == "testserver"


def titles(soup: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in soup.select(".cards h2 a")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [ECOUTE, BUDGET, PLANTED]),
        ("public=FPT", [ECOUTE]),
        ("categorie=A", [BUDGET]),
        ("prix=449", [BUDGET, PLANTED]),
        ("prix=0", [BUDGET]),
        ("de=2026-10-06&a=2026-12-31", [ECOUTE]),
        ("a=2026-10-04", []),
        ("lieu=PAPEETE", [ECOUTE]),
        ("mode=remote", [BUDGET]),
        ("q=budget", [BUDGET]),
        ("q=écoute&lieu=Papeete", [ECOUTE]),
    ],
)
def test_filters_find_what_the_documents_say(web: Web, query: str, found: list[Any]) -> None:
    soup = page(web, f"/formations?{query}")
    assert sorted(titles(soup)) == sorted(entry.document.title for entry in found)
    assert str(len(found)) in soup.find(role="status").get_text()


def test_a_filter_that_means_nothing_is_named_and_left_out(web: Web) -> None:
    soup = page(web, "/formations?prix=cher&de=demain&public=XYZ&page=99999")
    assert len(titles(soup)) == 3
    assert all(name in soup.select_one(".notice").get_text() for name in ("prix", "date de début", "fonction publique"))


def test_a_sheet_proves_every_field_or_says_that_it_is_not_stated(web: Web) -> None:
    soup = page(web, "/formations/écoute active.md")
    rows = {row.dt.get_text(): row.dd for row in soup.select(".sheet > div")}
    assert len(rows) == 16 and rows["Code"].get_text(strip=True) == "non précisé"
    assert "450 €" in rows["Prix"].get_text().replace("\xa0", " ")
    for link in soup.select(".ground a"):
        spot = soup.find(id=link["href"].removeprefix("#"))
        assert spot is not None and spot.find_next("mark")
    assert soup.select_one(".document").get_text() == ECOUTE.document.text
    linked = json.loads(soup.find("script", type="application/ld+json").string)
    assert linked["@type"] == "Course" and linked["offers"]["price"] == 450 and linked["hasCourseInstance"][0]["startDate"] == "2026-10-05"
    assert rows["Contact"].find("a", href="https://ecole.example/ecoute")


def test_two_programmes_side_by_side(web: Web) -> None:
    soup = page(web, "/comparaison", params={"d": ["écoute active.md", "finances/budget.md"]})
    assert [head.get_text() for head in soup.select("thead th")] == [ECOUTE.document.title, BUDGET.document.title]
    assert "non précisé" in soup.select_one("tbody").get_text()
    assert web.client.get("/comparaison?d=écoute active.md", headers=HTML).status_code == 422
    assert web.client.get("/comparaison?d=no&d=way", headers=HTML).status_code == 404


@pytest.mark.parametrize("path", ["/formations", "/formations/piège <b>.md", "/comparaison?d=piège <b>.md&d=finances/budget.md", "/"])
def test_planted_scripts_are_text(web: Web, path: str) -> None:
    page(web, "/")
    ask(web, f"le piège {EVIL}")
    soup = page(web, path)
    for element in soup.find_all(True):
        assert not any(name.startswith("on") or name == "style" for name in element.attrs), element
        for name in ("href", "src", "action"):
            assert not re.match(r"\s*(javascript|data|vbscript):", str(element.get(name, "")), re.IGNORECASE)
    scripts = [script for script in soup.find_all("script") if script.get("type") != "application/ld+json"]
    assert all(script.get("src", "").startswith("/static/") and not script.string for script in scripts)
    assert not soup.find("img") and EVIL in soup.get_text()


def test_pages_are_light_and_load_nothing_from_elsewhere(web: Web) -> None:
    page(web, "/")
    soup = ask(web, "Combien ?")
    files = [element.get("href") or element.get("src") for element in soup.select("link[href], script[src]")]
    weight = len(str(soup).encode()) + sum(len(web.client.get(file).content) for file in files) + (STATIC / "logo.svg").stat().st_size
    assert weight < 100_000
    assert all(file.startswith("/static/") for file in files)
    assert not re.search(r"url\(['\"]?(https?:)?//", (STATIC / "app.css").read_text(encoding="utf-8"))


def test_errors_are_pages_for_people(web: Web) -> None:
    response = web.client.get("/nowhere", headers=HTML)
    soup = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 404 and soup.h1 and soup.select_one("main a[href='/']")
    assert web.client.get("/nowhere").json()["error"]["code"] == "not_found"


def test_an_administration_lays_its_own_colours_on_top(tmp_path: Path) -> None:
    theme = tmp_path / "colours.css"
    theme.write_text(":root { --accent: #000091; }", encoding="utf-8")
    for web in open_web(tmp_path, theme=theme, site_name="Ma mairie"):
        soup = page(web, "/")
        assert "Ma mairie" in soup.title.string
        sheets = [link["href"] for link in soup.select("link[rel=stylesheet]")]
        assert web.client.get(sheets[-1]).text == theme.read_text(encoding="utf-8")
