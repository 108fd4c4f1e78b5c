"""`jalon recommend` and `jalon plan`: the JSON of the contract, files, flags, and a sentence for whatever is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bots.cli.paths import _uncut
from bots.settings import Settings
from corpus.records import Document

Run = Callable[..., tuple[int, str, str]]


def course(code: str, name: str, price: float, dates: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {
        "@type": "Course", "courseCode": code, "name": name, "offers": {"@type": "Offer", "price": price, "priceCurrency": "EUR"},
        "hasCourseInstance": {"@type": "CourseInstance", "startDate": dates[0], "endDate": dates[1]}, **more,
    }  # fmt: skip


COURSES = [
    course("MP-1", "Marchés publics : les bases", 300, ("2027-01-11", "2027-01-12")),
    course("MP-2", "Marchés publics : approfondir", 400, ("2027-02-01", "2027-02-02"), coursePrerequisites={"@type": "Course", "courseCode": "MP-1"}),
    course("ST-1", "Soins de suite à l'hôpital", 200, ("2027-03-01", "2027-03-01"),
           audience={"@type": "EducationalAudience", "educationalRole": "Agents de la fonction publique hospitalière"}),
]  # fmt: skip
PROFILE = {"profile": {"role": "acheteuse", "versant": "FPT", "goals": ["marchés publics"], "budget": {"amount": 500, "currency": "EUR"}}}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from bots.assemble import Service

    folder = tmp_path_factory.mktemp("courses")
    (folder / "c.jsonld").write_text(json.dumps({"@context": "https://schema.org", "@graph": COURSES}), "utf-8")
    home = tmp_path_factory.mktemp("home")
    Service(Settings(home=home)).build([folder])
    return home


@pytest.fixture
def run(home: Path, call: Callable[[Path], Run]) -> Run:
    return call(home)


def test_recommend_gives_the_json_of_the_contract(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "profile.json"
    file.write_text(json.dumps(PROFILE), "utf-8")
    code, out, _ = run("recommend", "--profile", str(file), "--json")
    path = json.loads(out)
    assert code == 0
    assert set(path) >= {"steps", "total", "excluded", "alternatives", "relaxations", "questions", "optimal", "generation"}
    (step,) = path["steps"]
    assert (step["document"], step["session"], step["days"]) == ("c.jsonld#MP-1", {"start": "2027-01-11", "end": "2027-01-12"}, 2.0)
    assert step["goals"] == ["marchés publics"]
    assert path["total"] == {"price": [{"amount": 300.0, "currency": "EUR"}], "unknown_prices": 0, "days": 2.0}
    assert {e["document"]: e["reason"] for e in path["excluded"]} == {"c.jsonld#MP-2": "over_budget", "c.jsonld#ST-1": "not_eligible"}
    first = path["relaxations"][0]
    assert first["profile"] == {"budget": {"amount": 700.0, "currency": "EUR"}}
    file.write_text(json.dumps(PROFILE["profile"] | first["profile"]), "utf-8")
    better = json.loads(run("recommend", "--profile", str(file), "--json")[1])
    assert [s["module"] for s in better["steps"]] == ["Marchés publics : les bases", "Marchés publics : approfondir"]


def test_flags_and_words_say_the_same_as_a_file(run: Run) -> None:
    by_flags = json.loads(run("recommend", "--role", "acheteuse", "--versant", "FPT", "--goal", "marchés publics", "--budget", "500", "--json")[1])
    by_words = json.loads(
        run("recommend", "--words", "je suis acheteuse territoriale, je veux me former aux marchés publics, j'ai 500 €", "--json")[1]
    )
    assert [s["document"] for s in by_flags["steps"]] == [s["document"] for s in by_words["steps"]] == ["c.jsonld#MP-1"]


def test_what_if_flags_change_the_path(run: Run) -> None:
    locked = json.loads(run("recommend", "--goal", "marchés publics", "--budget", "250", "--lock", "ST-1", "--versant", "FPH", "--json")[1])
    assert [s["document"] for s in locked["steps"]] == ["c.jsonld#ST-1"]
    without = json.loads(run("recommend", "--goal", "marchés publics", "--exclude", "MP-1", "--json")[1])
    assert without["steps"] == []


def test_people_read_reasons(run: Run) -> None:
    _, out, _ = run("recommend", "--goal", "marchés publics", "--budget", "500")
    assert "1. Marchés publics : les bases" in out
    assert "Porter le budget à 700" in out
    _, nothing, _ = run("recommend", "--goal", "pâtisserie")
    assert "recommande aucune" in nothing


@pytest.mark.parametrize("kind", ["ics", "csv", "docx", "jsonld"])
def test_a_path_is_exported(run: Run, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"path.{kind}"
    assert run("recommend", "--goal", "marchés publics", "--export", str(file), "--json")[0] == 0
    assert file.stat().st_size > 100


def test_what_a_module_opens(run: Run) -> None:
    _, out, _ = run("recommend", "--after", "MP-1", "--json")
    assert json.loads(out)["next"] == ["Marchés publics : approfondir"]


def test_a_team_is_planned_and_its_wrong_lines_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "team.csv"
    file.write_text("identifiant;fonction;versant;objectifs\na;acheteuse;FPT;marchés publics\nb;;martien;\n", "utf-8")
    code, out, err = run("plan", "--agents", str(file), "--budget", "300", "--json")
    made = json.loads(out)
    assert code == 0
    assert "line 3" in err
    assert [s["document"] for s in made["agents"][0]["steps"]] == ["c.jsonld#MP-1"]
    assert {e["reason"] for e in made["agents"][0]["excluded"]} == {"over_budget"}
    assert made["errors"][0]["line"] == 3
    assert run("plan", "--agents", str(file), "--strict")[:2] == (1, "")


@pytest.mark.parametrize(
    ("arguments", "content", "status"),
    [(("recommend", "--profile"), None, 1), (("recommend", "--profile"), "[]", 1), (("recommend", "--profile"), "{", 1),
     (("recommend", "--profile"), '{"buget": 3}', 1), (("plan", "--agents"), None, 1), (("plan", "--agents"), "x\n", 1)],
)  # fmt: skip
def test_a_bad_file_is_one_sentence(run: Run, tmp_path: Path, arguments: tuple[str, ...], content: str | None, status: int) -> None:
    file = tmp_path / "file"
    if content is not None:
        file.write_text(content, "utf-8")
    code, out, err = run(*arguments, str(file), "--json")
    assert (code, out) == (status, "")
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize("arguments", [("recommend", "--language", "de"), ("recommend", "--export", "x.exe"), ("plan",), ("recommend", "--nope")])
def test_wrong_usage_is_status_2(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2


def test_titles_that_were_cut_are_printed_whole() -> None:
    sentence = "Un cycle ouvre à l'automne pour celles et ceux qui animent la vie du port et de ses quais"
    text = f"{sentence}. Il dure deux jours."
    document = Document("n.txt", f"{sentence[:50]}…", text, (), "text", "0")

    class Held:
        def document(self, _id: str) -> Document:
            return document

    step = SimpleNamespace(module=document.title, document="n.txt")
    path = SimpleNamespace(steps=(step,), excluded=(SimpleNamespace(module="Court", document="n.txt"),))
    assert _uncut(path, Held()) == {document.title: sentence}  # type: ignore[arg-type]
