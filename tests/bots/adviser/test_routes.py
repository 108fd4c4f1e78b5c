"""The adviser's paths over HTTP: profile, reasons, what-if, versions, replay, links. On the real solver."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from assistant.records import Answer, Memory, Money
from bots.state_adviser import Cabinet, Version
from tests.bots.desk import CHANGE, ENTRIES, LISTEN, MARKETS, PROJECT, FakeIndex
from tests.bots.house import House, cheap_passwords, token
from tests.fakes_web import EVIL

PROFILE = {
    "title": "Dossier 12", "role": "attachée", "employer": "commune", "versant": "FPCPF", "category": "A",
    "goals": "conduite du changement\ndématérialisation", "amount": "2000", "currency": "EUR",
}  # fmt: skip


@dataclass
class Desk:
    """An adviser at work in one browser."""

    house: House
    index: FakeIndex
    login: str
    browser: TestClient

    @property
    def cabinet(self) -> Cabinet:
        return Cabinet(self.house.state.database)

    @property
    def owner(self) -> str:
        return self.house.accounts.find(self.login).id

    def post(self, address: str, **fields: object) -> Response:
        return self.browser.post(address, data={"csrf": token(self.browser, "/compte"), **fields})  # type: ignore[return-value]

    def create(self, **fields: str) -> str:
        """Makes a path and returns its address."""
        return str(self.post("/conseil/parcours", **{**PROFILE, **fields}).headers["location"])

    def version(self, path: str, number: int | None = None) -> Version:
        return self.cabinet.version(self.owner, path.split("#")[0].rsplit("/", 1)[1], number)

    def text(self, address: str) -> str:
        return seen(self.browser.get(address).text)


def seen(page: str) -> str:
    """The words of a page, as a person without a screen hears them."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page[page.index("<main") :])).split())


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, FakeIndex]]:
    cheap = cheap_passwords()
    next(cheap)
    folder = tmp_path_factory.mktemp("desk")
    index = FakeIndex(folder)
    house = House(folder / "home", index)  # type: ignore[arg-type]
    yield house, index
    house.state.close()
    next(cheap, None)


@pytest.fixture
def desk(shared: tuple[House, FakeIndex]) -> Iterator[Desk]:
    """An adviser of their own for every test, on one application."""
    house, index = shared
    login = f"anne {len(house.accounts.accounts())}"
    yield Desk(house, index, login, house.signed(login))
    index.publish(ENTRIES)


def modules(version: Version) -> list[str]:
    return [step.document for step in version.content.steps]


def test_words_fill_in_the_form_and_what_is_not_said_stays_unknown(desk: Desk) -> None:
    words = "Je suis attachée dans une commune de Moorea, j'ai 3 000 € et deux semaines en novembre"
    page = desk.post("/conseil/parcours/mots", words=words).text  # type: ignore[attr-defined]
    assert re.search(r'name="role"[^>]*value="attachée"', page) and re.search(r'name="amount"[^>]*value="3000"', page)
    assert '<option value="FPCPF" selected>' in page and re.search(r'name="corps"[^>]*value=""', page)
    assert "novembre" not in repr(desk.house.state.export(desk.owner))  # the words are not kept


def test_a_path_says_why_with_proofs_and_what_it_costs(desk: Desk) -> None:
    text = desk.text(desk.create())
    assert "Conduite du changement" in text and "1 200" in text.replace("\u202f", " ").replace("\xa0", " ")
    assert "Agents de catégorie A des communes de la Polynésie française." in text  # the proof
    assert "1 prix non précisé" in text and "Prix que le document ne dit pas : Dématérialisation et écoute des usagers" in text
    assert "L’agent n’est pas éligible (1) Conduite du changement dans les services de l'État" in text
    assert "Au-delà du budget" in text and "meilleur parcours possible, prouvé" in text


def test_proofs_and_modules_link_to_the_sheet(desk: Desk) -> None:
    page = desk.browser.get(desk.create()).text
    proof = re.search(r'href="(/formations/changement\.md\?de=\d+&amp;a=\d+#extrait)"', page)
    assert proof and desk.browser.get(html.unescape(proof[1]).split("#")[0]).status_code == 200


def test_the_timeline_is_a_drawing_and_a_table(desk: Desk) -> None:
    page = desk.browser.get(desk.create()).text
    drawing = page[page.index('<svg class="timeline"') : page.index("</svg>")]
    assert drawing.count('class="bar"') == 3 and "01/2098" in drawing and 'aria-hidden="true"' in drawing
    assert "style=" not in page and "<script" not in page.split("<main")[1].split("</main>")[0]
    table = page[page.index("Les étapes en tableau") :]
    assert seen("<main>" + table.split("</table>")[0]).count("2098") == 3


def test_an_unreadable_field_comes_back_with_what_was_typed(desk: Desk) -> None:
    answer = desk.post("/conseil/parcours", **{**PROFILE, "amount": "beaucoup"})
    page = answer.text  # type: ignore[attr-defined]
    assert answer.status_code == 422 and 'value="beaucoup"' in page and 'value="Dossier 12"' in page
    assert "Le champ « Budget » ne peut pas être lu ainsi" in seen(page) and 'aria-invalid="true"' in page
    for wrong in (
        {"max_days": "x"},
        {"from": "demain"},
        {"from": "2098-02-01", "to": "2098-01-01"},
        {"category": "Z"},
        {"away_from": "hier", "away_to": ""},
    ):
        assert desk.post("/conseil/parcours", **{**PROFILE, **wrong}).status_code == 422, wrong


def test_every_field_may_stay_empty(desk: Desk) -> None:
    answer = desk.post("/conseil/parcours")
    assert answer.status_code == 303
    assert "Que souhaitez-vous apprendre" in desk.text(str(answer.headers["location"]))


def test_removing_a_step_takes_a_reason_and_keeps_it(desk: Desk) -> None:
    path = desk.create()
    assert modules(desk.version(path)) == [CHANGE.document.id, PROJECT.document.id, LISTEN.document.id]
    form = {"version": 1, "document": CHANGE.document.id, "action": "remove"}
    assert "écrivez-en le motif" in seen(desk.post(f"{path}/etape", **form).text)  # type: ignore[attr-defined]
    assert desk.post(f"{path}/etape", **form, reason="Déjà suivi en interne").status_code == 303
    after = desk.version(path)
    assert CHANGE.document.id not in modules(after) and (after.number, after.change, after.reason) == (2, "excluded", "Déjà suivi en interne")
    assert "Déjà suivi en interne" in desk.text(path)
    assert desk.post(f"{path}/etape", version=2, document=CHANGE.document.id, action="restore").status_code == 303
    assert modules(desk.version(path)) == modules(desk.version(path, 1))


def test_a_locked_step_stays_and_the_rest_is_solved_around_it(desk: Desk) -> None:
    path = desk.create(amount="2600")
    form = {"version": 1, "document": MARKETS.document.id, "action": "lock"}
    assert MARKETS.document.id not in modules(desk.version(path))
    assert desk.post(f"{path}/etape", **form).status_code == 422  # it was not advised: a reason is needed
    assert desk.post(f"{path}/etape", **form, reason="Demande de la direction").status_code == 303
    locked = desk.version(path)
    assert MARKETS.document.id in modules(locked) and CHANGE.document.id not in modules(locked)
    assert "imposé" in desk.text(path)
    assert desk.post(f"{path}/etape", version=2, document=MARKETS.document.id, action="unlock").status_code == 303
    assert MARKETS.document.id not in modules(desk.version(path))


def test_steps_with_dates_keep_the_order_of_their_dates(desk: Desk) -> None:
    path = desk.create()
    answer = desk.post(f"{path}/etape", version=1, document=CHANGE.document.id, action="down", reason="Plus tard")
    assert answer.status_code == 422 and "ne peuvent pas être échangées" in seen(answer.text)  # type: ignore[attr-defined]


def test_steps_without_dates_may_change_places(desk: Desk) -> None:
    undated = [replace(e, programme=replace(e.programme, facts=tuple(f for f in e.programme.facts if f.field != "sessions"))) for e in ENTRIES]
    desk.index.publish(undated)
    path = desk.create()
    first, second = modules(desk.version(path))[:2]
    assert desk.post(f"{path}/etape", version=1, document=first, action="down", reason="Commencer par le projet").status_code == 303
    assert modules(desk.version(path))[:2] == [second, first] and desk.version(path).change == "moved"
    assert desk.post(f"{path}/etape", version=2, document=second, action="up", reason="x").status_code == 422  # it is the first


def test_a_relaxation_is_one_click_away(desk: Desk) -> None:
    path = desk.create(amount="1000")
    offered = desk.version(path).content.relaxations
    assert offered and " ".join(offered[0].change.split()) in desk.text(path)
    assert desk.post(f"{path}/assouplir", version=1, number=1).status_code == 303
    relaxed = desk.version(path)
    assert relaxed.content.profile == offered[0].profile and relaxed.subject == offered[0].change
    before = {goal for step in desk.version(path, 1).content.steps for goal in step.goals}
    assert before < {goal for step in relaxed.content.steps for goal in step.goals}
    assert desk.post(f"{path}/assouplir", version=1, number=99).status_code == 422


def test_an_alternative_is_taken_as_it_was_shown(desk: Desk) -> None:
    path = desk.create()
    offered = desk.version(path).content.alternatives
    assert offered
    for number, alternative in enumerate(offered, 1):
        assert alternative.title in desk.text(f"{path}?version=1")
        assert desk.post(f"{path}/variante", version=1, number=number).status_code == 303
        assert set(modules(desk.version(path))) == {step.document for step in alternative.steps}


def test_a_changed_profile_is_a_version_and_an_old_one_can_be_resumed(desk: Desk) -> None:
    path = desk.create()
    assert 'value="2000"' in desk.browser.get(f"{path}/profil").text
    desk.post(f"{path}/profil", **{**PROFILE, "amount": "800"})
    assert desk.version(path).content.profile.budget == Money(800.0) and desk.version(path).change == "profile"
    assert "Vous lisez une version ancienne" in desk.text(f"{path}?version=1")
    desk.post(f"{path}/reprendre", version=1)
    assert (desk.version(path).number, desk.version(path).content) == (3, desk.version(path, 1).content)


def test_replayed_against_a_new_index_it_shows_what_changed(desk: Desk) -> None:
    path = desk.create()
    assert "Le catalogue a changé" not in desk.text(path)
    dearer = tuple(
        replace(f, value=replace(f.value, amount=900.0)) if f.field == "price" else f  # type: ignore[type-var]
        for f in PROJECT.programme.facts
        if f.field != "sessions" or "janvier" in f.text
    )
    later = replace(PROJECT, programme=replace(PROJECT.programme, facts=dearer))
    desk.index.publish([later if e is PROJECT else e for e in ENTRIES if e is not CHANGE])
    assert "Le catalogue a changé" in desk.text(path)
    answer = desk.post(f"{path}/rejouer")
    assert str(answer.headers["location"]).endswith("comparer?avant=1#differences")
    text = " ".join(desk.text(str(answer.headers["location"]).split("#")[0]).split("Modifier le profil")[0].split("Ce qui change")[1].split())
    assert "Conduite du changement : n’est plus au catalogue." in text
    assert re.search(r"conduire un projet : prix 800\s€ → 900\s€", text)
    assert re.search(r"conduire un projet : session .*février 2098 → .*janvier 2098", text)
    assert desk.version(path).content.generation == desk.index.current().generation != desk.version(path, 1).content.generation
    desk.post(f"{path}/rejouer")
    assert "Rien ne change" in desk.text(f"{path}/comparer?avant=2")


def test_notes_and_names_are_kept_and_erased(desk: Desk) -> None:
    path = desk.create()
    desk.post(f"{path}/note", version=1, note="Très motivée")
    desk.post(f"{path}/titre", title="Dossier 13")
    assert "Très motivée" in desk.browser.get(path).text and "Dossier 13" in desk.text("/conseil")
    desk.post(f"{path}/supprimer")
    assert desk.browser.get(path).status_code == 404 and "Dossier 13" not in desk.text("/conseil")
    for file in Path(desk.house.settings.home).glob("state.sqlite*"):
        assert "Très motivée".encode() not in file.read_bytes()


def test_the_agent_sees_the_shared_version_without_notes_and_reasons(desk: Desk) -> None:
    path = desk.create()
    desk.post(f"{path}/etape", version=1, document=PROJECT.document.id, action="remove", reason="Motif réservé")
    desk.post(f"{path}/note", version=2, note="Note réservée")
    desk.post(f"{path}/partager", version=2)
    link = re.search(r'value="http://testserver(/parcours/[^"]+)"', desk.browser.get(path).text)
    assert link
    agent = desk.house.browser()
    shared = agent.get(link[1])
    text = seen(shared.text)
    assert shared.status_code == 200 and "Conduite du changement" in text and "conduire un projet" in text  # as a module left out
    assert "réservé" not in shared.text and "Dossier 12" not in text and "csrf" not in shared.text
    assert shared.headers["referrer-policy"] == "no-referrer" and "noindex" in shared.headers["x-robots-tag"]
    desk.post(f"{path}/etape", version=2, document=PROJECT.document.id, action="restore")
    assert seen(agent.get(link[1]).text) == text  # later versions are not shown
    desk.post(f"{path}/partages/revoquer", token=link[1].rsplit("/", 1)[1])
    assert agent.get(link[1]).status_code == 404


def test_a_link_runs_out(desk: Desk) -> None:
    path = desk.create()
    now = [2_000_000_000.0]
    cabinet = Cabinet(desk.house.state.database, lambda: now[0])
    key = cabinet.share(desk.owner, path.rsplit("/", 1)[1], 1)
    assert cabinet.shared(key).number == 1
    now[0] += 91 * 86_400
    assert desk.house.browser().get(f"/parcours/{key}").status_code == 200  # by the clock of the application
    with pytest.raises(Exception, match="opens nothing"):
        cabinet.shared(key)


def test_nobody_else_reaches_a_path(desk: Desk) -> None:
    path = desk.create()
    other = Desk(desk.house, desk.index, "luc", desk.house.signed("luc", "admin"))
    for page in ("", "/profil", "/comparer", "/export/csv"):
        assert other.browser.get(path + page).status_code == 404, page
    for action in ("etape", "assouplir", "variante", "rejouer", "reprendre", "note", "titre", "partager", "partages/revoquer", "supprimer", "profil"):
        status = other.post(
            f"{path}/{action}", version=1, document=CHANGE.document.id, action="remove", reason="x", number=1, note="volée", title="volé"
        ).status_code
        assert status in (404, 303), action
    assert len(desk.cabinet.history(desk.owner, path.rsplit("/", 1)[1])) == 1
    text = desk.browser.get(path).text
    assert "volé" not in text and "Dossier 12" in text


def test_what_is_typed_is_never_markup(desk: Desk) -> None:
    path = desk.create(title=EVIL, role=EVIL, goals=EVIL)
    desk.post(f"{path}/note", version=1, note=EVIL)
    for page in (path, f"{path}/profil", "/conseil", "/conseil/observatoire"):
        assert "<script>window" not in desk.browser.get(page).text and "<img src=x" not in desk.browser.get(page).text, page


def test_insight_shows_what_the_catalogue_lacks_without_personal_data(desk: Desk) -> None:
    desk.create(goals="horlogerie de précision")
    desk.create(goals="Horlogerie de précision\ndématérialisation")
    text = desk.text("/conseil/observatoire")
    assert "horlogerie de précision 2" in text.lower()


def test_insight_gathers_questions_and_opinions(desk: Desk) -> None:
    state = desk.house.state
    question = "Combien coûte le permis de conduire ? Écrivez à camille@exemple.example"
    conversation = state.new_conversation("web")
    answer = Answer(question, "Je ne sais pas.", "price", abstained=True)
    state.record_unanswered(answer, "web", conversation)
    state.feedback(state.save_turn(conversation, question, answer, Memory()), "down", "incomplete")
    text = desk.text("/conseil/observatoire")
    assert "permis de conduire" in text and "camille" not in text
    assert "1 réponse jugée insuffisante" in text and re.search(r"réponse jugée insuffisante \S.* : 1", text)


def test_the_trail_holds_ids_only(desk: Desk) -> None:
    path = desk.create().rsplit("/", 1)[1]
    desk.browser.get(f"/conseil/parcours/{path}")
    lines = desk.house.accounts.trail()
    assert [(line.action, line.object) for line in lines[:2]] == [("path_seen", path), ("path_created", path)]
    assert "Dossier" not in repr(lines) and "attachée" not in repr(lines)


def test_forgetting_an_account_forgets_its_paths(desk: Desk) -> None:
    path = desk.create()
    exported = desk.house.state.export(desk.owner)
    assert {"saved_paths", "path_versions"} <= set(exported)
    assert desk.house.state.forget(desk.owner) > 0
    assert desk.browser.get(path).status_code == 404


def test_two_languages(desk: Desk) -> None:
    path = desk.create()
    desk.browser.get("/langue/en")
    assert "Modules left out, and why" in desk.text(path) and "Modules écartés" not in desk.text(path)
