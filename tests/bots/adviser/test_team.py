"""Team plans over HTTP: the file read line by line, the plan solved aside, its tables, files and curve."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from bots.adviser.solver import STALLED_SECONDS, TeamRequest, Works, request_of, stalled
from bots.state_adviser import Cabinet, pack
from tests.bots.adviser.test_routes import seen
from tests.bots.desk import FakeIndex
from tests.bots.house import House, cheap_passwords, token

HEAD = "identifiant;fonction;versant;employeur;catégorie;objectifs;priorité\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    cheap = cheap_passwords()
    next(cheap)
    folder = tmp_path_factory.mktemp("team")
    built = House(folder / "home", FakeIndex(folder))  # type: ignore[arg-type]
    yield built
    built.state.close()
    next(cheap, None)


@pytest.fixture(scope="module")
def browser(house: House) -> TestClient:
    return house.signed("anne")


def send(browser: TestClient, data: bytes, **fields: str) -> Any:
    form = {"csrf": token(browser, "/compte"), **fields}
    return browser.post("/conseil/equipes", data=form, files={"file": ("equipe.csv", data, "text/csv")})


def solved(browser: TestClient, address: str) -> str:
    """The page of a plan once it is solved; until then it must say so and update itself."""
    for _ in range(600):
        page = browser.get(address).text
        if 'http-equiv="refresh"' not in page:
            return page
        assert "Calcul en cours" in page and "<progress" in page
        time.sleep(0.1)
    raise AssertionError("never solved")


def agents(number: int, goal: str = "dématérialisation") -> str:
    return "".join(f"A-{n:03};attachée;FPCPF;commune;A;{goal};{'haute' if n <= 2 else 'normale'}\n" for n in range(1, number + 1))


@pytest.fixture(scope="module")
def plan(browser: TestClient) -> str:
    answer = send(
        browser,
        (HEAD + agents(6) + "A-001;double;;;;;\n;sans nom;;;;;\nA-900;x;;;Z;;\nA-901;x;;;;;urgent\n").encode(),
        amount="3 200",
        title="Équipe",
    )
    assert answer.status_code == 303, seen(answer.text)
    return str(answer.headers["location"])


def test_a_team_gets_a_plan_with_its_reasons(browser: TestClient, plan: str) -> None:
    page = solved(browser, plan)
    text = seen(page)
    assert "6 agents servis sur 6" in text  # one module costs nothing that is known
    assert "4 lignes du fichier ont été laissées de côté" in text
    assert "Ligne 8 : l’identifiant « A-001 » figure déjà" in text and "Ligne 9 : la ligne n’a pas d’identifiant" in text
    assert "Ligne 10 : le champ « Catégorie » doit être l’une de ces valeurs : A+, A, B, C, D" in text and "Ligne 11 : la priorité « urgent »" in text
    assert text.count("Dématérialisation : conduire un projet") >= 4  # 3 200 € pay for four at 800 €
    assert "Pourquoi pas davantage" in text and "Au-delà du budget" in text
    assert "places supposées" in text and "6 sur 15" in text


def test_the_curve_is_a_drawing_and_a_table(browser: TestClient, plan: str) -> None:
    page = solved(browser, plan)
    assert page.count("<circle") == 6 and "<polyline" in page and "style=" not in page
    table = seen("<main>" + page.split('<svg class="curve"')[1].split("<table>")[1].split("</table>")[0])
    assert "budget actuel" in table and [int(n) for n in re.findall(r"(?:\)|[0-9]) (\d)(?= |$)", table)] == [6] * 6


def test_the_files_open(browser: TestClient, plan: str) -> None:
    solved(browser, plan)
    rows = list(csv.reader(io.StringIO(browser.get(f"{plan}/export/agents").content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:4] == ["agent", "priorité", "statut", "formation"] and {row[0] for row in rows[1:]} == {f"A-{n:03}" for n in range(1, 7)}
    assert sum(float(row[8].replace(",", ".")) for row in rows[1:] if row[2] == "retenu" and row[8]) <= 3200
    sessions = list(csv.reader(io.StringIO(browser.get(f"{plan}/export/sessions").content.decode("utf-8-sig")), delimiter=";"))
    assert sum(int(row[4]) for row in sessions[1:]) == sum(row[2] == "retenu" for row in rows)
    import docx

    document = docx.Document(io.BytesIO(browser.get(f"{plan}/export/document").content))
    assert len(document.tables[0].rows) > 6
    assert browser.get(f"{plan}/export/exe").status_code == 404


def test_another_budget_is_tried(browser: TestClient) -> None:
    plan = str(send(browser, (HEAD + agents(3, "conduite du changement")).encode(), amount="1200").headers["location"])
    assert "1 agent servi sur 3" in seen(solved(browser, plan))
    csrf = token(browser, "/compte")
    assert browser.post(f"{plan}/budget", data={"csrf": csrf, "amount": "beaucoup"}).status_code == 422
    assert browser.post(f"{plan}/budget", data={"csrf": csrf, "amount": "2400"}).status_code == 303
    text = seen(solved(browser, plan))
    assert "2 agents servis sur 3" in text
    assert re.search(r"A-001 1 1? ?Conduite|A-001 1 Conduite", text)  # the first of priority 1 is served


def test_the_template_is_a_team_that_can_be_solved(browser: TestClient) -> None:
    template = browser.get("/conseil/equipes/modele.csv")
    assert "attachment" in template.headers["content-disposition"] and template.content.startswith(b"\xef\xbb\xbf")
    answer = send(browser, template.content)
    assert answer.status_code == 303
    assert "laissée" not in seen(solved(browser, str(answer.headers["location"])))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_way_a_spreadsheet_writes_is_read(
    browser: TestClient, house: House, monkeypatch: pytest.MonkeyPatch, encoding: str, separator: str
) -> None:
    monkeypatch.setattr(Works, "_submit", lambda *_: None)  # read, not solved: that is another test's
    text = (HEAD + "Éloïse;attachée;FPCPF;commune;A;dématérialisation;haute\n").replace(";", separator)
    answer = send(browser, text.encode(encoding))
    assert answer.status_code == 303, seen(answer.text)
    saved = Cabinet(house.state.database).plan(house.accounts.find("anne").id, str(answer.headers["location"]).rsplit("/", 1)[1])
    assert "\\u00c9lo\\u00efse" in saved.request and "attach\\u00e9e" in saved.request


TOO_MANY = ("identifiant\n" + "\n".join(f"A{n}" for n in range(5002))).encode()
NO_TEAMS = [
    (b"", "Choisissez un fichier"),
    (b"  \n ", "Choisissez un fichier"),
    (b"ville;pays\n1;2\n", "au moins la colonne"),
    (b"\x00\x01\x02", "au moins la colonne"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "n’est pas un CSV lisible"),
    (b"identifiant\n", "Aucune ligne"),
    (b"identifiant;role\n;x\n", "Aucune ligne"),
    (TOO_MANY, "plus de 5 000"),
]


@pytest.mark.parametrize(("data", "said"), NO_TEAMS)
def test_a_file_that_is_none_is_refused_in_a_sentence(browser: TestClient, data: bytes, said: str) -> None:
    answer = send(browser, data)
    assert answer.status_code == 422 and said in seen(answer.text)


def test_figures_that_are_none_are_refused(browser: TestClient) -> None:
    for fields in (
        {"amount": "beaucoup"},
        {"amount": "-5"},
        {"amount": "nan"},
        {"amount": "1e99"},
        {"seats": "0"},
        {"seats": "x"},
        {"currency": "USD", "amount": "5"},
    ):
        answer = send(browser, (HEAD + agents(1)).encode(), **fields)
        assert answer.status_code == 422 and "donnez des nombres" in seen(answer.text), fields


def test_five_thousand_lines_are_read_and_those_too_many_refused_one_by_one(
    browser: TestClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Works, "_submit", lambda *_: None)  # read, not solved: that is another test's
    data = (
        HEAD
        + "".join(
            f"A-{n};attachée;FPCPF;commune;{'Z' if n % 100 == 0 else 'A'};dématérialisation et accueil du public;normale\n" for n in range(4999)
        )
    ).encode()
    assert len(data) > 300_000
    answer = send(browser, data)
    assert answer.status_code == 303
    saved = Cabinet(house.state.database).plan(house.accounts.find("anne").id, str(answer.headers["location"]).rsplit("/", 1)[1])
    asked = request_of(saved)
    assert len(asked.agents) == 500 and len(asked.errors) == 4499 and [error.line for error in asked.errors[:2]] == [2, 102]
    text = seen(browser.get(str(answer.headers["location"])).text)
    assert ("4499 lignes" in text.replace("\u202f", "") and "faites un autre plan avec les suivants" in text) or "Catégorie" in text


def test_formulas_in_the_file_are_text_and_leave_as_text(browser: TestClient) -> None:
    data = HEAD + '=cmd|\' /C calc\'!A0;@SUM(A1);FPCPF;commune;A;dématérialisation;haute\n+1;-1;FPCPF;commune;A;"=HYPERLINK(""x"")";basse\n'
    plan = str(send(browser, data.encode(), title="=1+1").headers["location"])
    page = solved(browser, plan)
    assert "=cmd|&#39; /C calc&#39;!A0" in page
    for kind in ("agents", "sessions"):
        for row in csv.reader(io.StringIO(browser.get(f"{plan}/export/{kind}").content.decode("utf-8-sig")), delimiter=";"):
            assert not any(cell.startswith(("=", "+", "-", "@", "|", "\t", "\r")) for cell in row), row


def test_nobody_else_reaches_a_plan_and_erasing_it_erases_it(house: House, browser: TestClient) -> None:
    plan = str(send(browser, (HEAD + agents(1)).encode(), title="Équipe à effacer").headers["location"])
    solved(browser, plan)
    other = house.signed("luc", "admin")
    assert other.get(plan).status_code == 404 and other.get(f"{plan}/export/agents").status_code == 404
    csrf = token(other, "/compte")
    assert other.post(f"{plan}/budget", data={"csrf": csrf, "amount": "1"}).status_code == 404
    assert other.post(f"{plan}/supprimer", data={"csrf": csrf}).status_code == 404
    assert browser.post(f"{plan}/supprimer", data={"csrf": token(browser, "/compte")}).status_code == 303
    assert browser.get(plan).status_code == 404


def test_a_plan_whose_worker_has_gone_can_be_started_again(house: House, browser: TestClient) -> None:
    now = [time.time() - STALLED_SECONDS - 5]
    cabinet, owner = Cabinet(house.state.database, lambda: now[0]), house.accounts.find("anne").id
    left = cabinet.new_plan(owner, "Abandonné", pack(TeamRequest(())))
    assert stalled(cabinet.plan(owner, left), int(time.time())) and not stalled(cabinet.plan(owner, left), int(now[0]))
    page = browser.get(f"/conseil/equipes/{left}").text
    assert "a été interrompu" in page and 'http-equiv="refresh"' not in page
    assert browser.post(f"/conseil/equipes/{left}/budget", data={"csrf": token(browser, "/compte"), "amount": ""}).status_code == 303
    assert "a été interrompu" not in solved(browser, f"/conseil/equipes/{left}")
