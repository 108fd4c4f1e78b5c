"""The HTTP contract: what comes back, in which shape, and that nothing sent makes a 5xx."""

from __future__ import annotations

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from bots.errors import StateUnavailable
from tests.bots.conftest import Web
from tests.fakes_web import BUDGET, ECOUTE, EVIL

NAUGHTY = [
    "", " ", "\0", "a\0b", "\ud800", "😀" * 500, "<script>alert(1)</script>", "'; DROP TABLE turns; --", "../../../etc/passwd",
    "%00", "%s%n{0}{{7*7}}",
    "\u202ereversed", "null", "NaN", "-1", "1e309", "A" * 4001, "\r\n\r\nevent: answer\r\ndata: {}", "œ" * 100, "`id`", "{% raw %}",
]  # fmt: skip


def events(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "event" in fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def is_problem(response: Any) -> bool:
    body = response.json()
    return (
        set(body) == {"error"}
        and set(body["error"]) == {"code", "message"}
        and all(isinstance(value, str) and value for value in body["error"].values())
    )


def test_ask_answers_with_proofs_and_goes_on(web: Web) -> None:
    first = web.client.post("/api/ask", json={"question": "Combien ?", "conversation": None}).json()
    (citation,) = first["citations"]
    assert ECOUTE.document.text[citation["start"] : citation["end"]] == citation["quote"] == "450 €"
    assert first["answer"].startswith("Question 1 ")
    second = web.client.post("/api/ask", json={"question": "Et encore ?", "conversation": first["conversation"]}).json()
    assert second["answer"].startswith("Question 2 ") and second["conversation"] == first["conversation"]
    assert [turn.question for turn in web.state.turns(first["conversation"])] == ["Combien ?", "Et encore ?"]


def test_chat_streams_pieces_that_add_up_to_the_answer(web: Web) -> None:
    response = web.client.post("/api/chat", json={"question": "Combien ?"})
    assert response.headers["content-type"].startswith("text/event-stream")
    *pieces, (last, answer) = events(response.text)
    assert {name for name, _ in pieces} == {"text"} and last == "answer" and len(pieces) > 3
    assert "".join(data["text"] for _, data in pieces) == answer["answer"]
    asked = web.client.post("/api/ask", json={"question": "Combien ?"}).json()
    assert {**answer, "conversation": ""} == {**asked, "conversation": ""}


@pytest.mark.parametrize("question", ["explose", "refuse"])
def test_a_failure_in_the_stream_is_one_error_event(web: Web, question: str, caplog: pytest.LogCaptureFixture) -> None:
    found = events(web.client.post("/api/chat", json={"question": f"{question} canari"}).text)
    assert [name for name, _ in found] == ["error"] and found[0][1]["error"]["message"]
    assert "canari" not in caplog.text
    response = web.client.post("/api/ask", json={"question": f"{question} canari"})
    assert response.status_code == {"explose": 500, "refuse": 422}[question] and is_problem(response)


def test_search_sheets_and_health(web: Web) -> None:
    (hit, *_) = web.client.get("/api/search", params={"q": "coût", "k": 1}).json()
    assert set(hit) == {"rank", "document", "passage", "score", "title", "heading", "text"}
    sheet = web.client.get("/api/documents/finances/budget.md").json()
    assert sheet["text"] == BUDGET.document.text and sheet["facts"]["price"][0]["text"] == "50 000 F CFP" and sheet["facts"]["code"] == []
    assert web.client.get("/api/documents/écoute active.md").status_code == 200
    assert web.client.get("/healthz").json() == {"status": "ok"}
    assert web.client.get("/readyz").json()["generation"] == web.service.current().generation


def test_readiness_says_why_not(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise StateUnavailable("down")

    monkeypatch.setattr(web.state, "ready", refuse)
    response = web.client.get("/readyz")
    assert response.status_code == 503 and response.json()["error"]["code"] == "state" and response.headers["retry-after"]
    assert web.client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("GET", "/api/nothing", {}, 404),
        ("GET", "/api/documents/no such.md", {}, 404),
        ("GET", "/api/documents/a%00b", {}, 404),
        ("GET", "/api/documents/%ED%A0%80", {}, 404),
        ("GET", "/api/ask", {}, 405),
        ("PATCH", "/api/search", {}, 405),
        ("POST", "/api/ask", {"content": b"{"}, 400),
        ("POST", "/api/ask", {"content": b"\xff\xfe"}, 400),
        ("POST", "/api/ask", {"content": b"[" * 100_000}, 400),
        ("POST", "/api/ask", {"content": b'{"question": ' + b"9" * 5000 + b"}"}, 400),
        ("POST", "/api/ask", {"data": {"question": "x"}}, 400),
        ("POST", "/api/ask", {"content": b'{"question": "x"}', "headers": {"content-type": "text/plain"}}, 400),
        ("POST", "/api/ask", {"json": []}, 400),
        ("POST", "/api/ask", {"json": {}}, 422),
        ("POST", "/api/ask", {"json": {"question": 3}}, 422),
        ("POST", "/api/ask", {"json": {"question": ""}}, 422),
        ("POST", "/api/ask", {"json": {"question": "  \n"}}, 422),
        ("POST", "/api/ask", {"json": {"question": "a" * 4001}}, 422),
        ("POST", "/api/ask", {"content": rb'{"question": "\ud800"}'}, 422),
        ("POST", "/api/ask", {"json": {"question": "x", "conversation": "unknown"}}, 404),
        ("POST", "/api/chat", {"json": {"question": "x", "conversation": "unknown"}}, 404),
        ("POST", "/api/ask", {"content": b'{"question": "' + b"a" * 300_000 + b'"}'}, 413),
        ("POST", "/api/recommend", {"json": {"profile": {"budget": "cheap"}}}, 422),
        ("POST", "/api/recommend", {"json": [1]}, 400),
        ("GET", "/api/search", {}, 422),
        ("GET", "/api/search?q=", {}, 422),
        ("GET", "/api/search?q=x&k=0", {}, 422),
        ("GET", "/api/search?q=x&k=99999999999999999999", {}, 422),
        ("GET", "/api/search?q=x&mode=other", {}, 422),
    ],
)
def test_every_error_has_its_status_and_the_one_shape(web: Web, method: str, path: str, sent: dict[str, Any], status: int) -> None:
    if "content" in sent and "headers" not in sent:
        sent = {**sent, "headers": {"content-type": "application/json"}}
    response = web.client.request(method, path, **sent)
    assert response.status_code == status, response.text
    assert is_problem(response)
    if status == 405:
        assert response.headers["allow"]


def test_a_body_without_a_length_is_cut_off_too(web: Web) -> None:
    def body() -> Any:
        for _ in range(400):
            yield b" " * 1000

    response = web.client.post("/api/ask", content=body(), headers={"content-type": "application/json"})
    assert response.status_code == 413 and is_problem(response)


def test_errors_speak_the_language_of_the_visitor(web: Web) -> None:
    said = {language: web.client.get("/api/nothing", headers={"accept-language": language}).json()["error"] for language in ("fr", "en")}
    assert said["fr"]["code"] == said["en"]["code"] and said["fr"]["message"] != said["en"]["message"]


@pytest.mark.parametrize("question", NAUGHTY)
def test_naughty_strings_never_break_anything(web: Web, question: str) -> None:
    for path in ("/api/ask", "/api/chat"):
        response = web.client.post(path, content=json.dumps({"question": question}), headers={"content-type": "application/json"})
        assert response.status_code in (200, 422), response.text
    sent = question.encode("utf-8", "surrogatepass")
    assert web.client.get("/api/search", params={"q": sent}).status_code in (200, 422)
    for name in ("q", "public", "categorie", "prix", "de", "a", "lieu", "mode", "page"):
        response = web.client.get("/formations", params={name: sent}, headers={"accept": "text/html"})
        assert response.status_code == 200 and "<script>alert" not in response.text


def test_crossed_conversations_never_happen(web: Web) -> None:
    """50 people at once, three questions each, every answer their own."""
    wrong: list[str] = []
    start = threading.Barrier(50)

    def talk(number: int) -> None:
        start.wait()
        conversation = None
        for turn in range(1, 4):
            question = f"Personne {number}, fois {turn}"
            answer = web.client.post("/api/ask", json={"question": question, "conversation": conversation}).json()
            conversation = answer["conversation"]
            if not answer["answer"].startswith(f"Question {turn} : « {question} »"):
                wrong.append(answer["answer"])

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(talk, range(50)))
    assert wrong == []


def test_an_index_published_while_people_ask_fails_no_request(fresh_web: Web) -> None:
    web = fresh_web
    statuses: set[int] = set()
    stop = threading.Event()

    def ask(number: int) -> None:
        while not stop.is_set():
            statuses.add(web.client.post("/api/ask", json={"question": f"Combien {number} ?"}).status_code)
            statuses.add(web.client.get("/formations").status_code)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for entries in ((ECOUTE,), (BUDGET, ECOUTE)):
        web.service.publish(entries)
        statuses.add(web.client.get("/").status_code)
    stop.set()
    for thread in threads:
        thread.join()
    assert statuses == {200}


def test_openapi_documents_the_contract_and_asks_nothing_of_others(web: Web) -> None:
    schema = web.client.get("/openapi.json").json()
    assert {"/api/ask", "/api/chat", "/api/search", "/api/documents/{document}", "/api/recommend", "/healthz", "/readyz"} <= set(schema["paths"])
    for path in ("/docs", "/redoc"):
        assert web.client.get(path).status_code == 404
    assert not re.search(r"https?://(?!schema|json-schema)", json.dumps(schema["paths"]))


def test_the_api_keeps_to_its_schema_whatever_is_sent(web: Web) -> None:
    schema = schemathesis.openapi.from_dict(web.client.get("/openapi.json").json())
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) == 7

    for operation in operations:
        # The solver has tests of its own; the errors of its route are above.
        if operation.path != "/api/recommend":
            # A path that takes any text has nothing that does not fit it.
            wrong = operation.path in ("/api/ask", "/api/chat", "/api/search")
            for mode in list(schemathesis.GenerationMode) if wrong else [schemathesis.GenerationMode.POSITIVE]:
                _keeps_to_its_schema(web, operation, operation.as_strategy(generation_mode=mode))


def _keeps_to_its_schema(web: Web, operation: Any, strategy: Any) -> None:
    declared = {*operation.definition.raw["responses"], "400", "404", "405"}

    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(strategy)
    def check(case: Any) -> None:
        sent = case.as_transport_kwargs(base_url="http://testserver")
        if isinstance(sent.get("data"), bytes):
            sent["content"] = sent.pop("data")
        known = ("method", "url", "json", "content", "data", "params", "headers")
        response = web.client.request(**{name: value for name, value in sent.items() if name in known})
        assert response.status_code < 500, (case, response.text)
        assert str(response.status_code) in declared, response.status_code
        assert response.headers["content-type"].split(";")[0] in _types(operation, response.status_code)
        if response.status_code >= 400:
            assert is_problem(response)
        elif response.headers["content-type"] == "application/json":
            jsonschema.validate(response.json(), _schema_of(web, operation))

    check()


def _types(operation: Any, status: int) -> set[str]:
    """The content types that a route declares; what has no route of its own (404, 405) is JSON like every error."""
    return set(operation.definition.raw["responses"].get(str(status), {}).get("content", {"application/json": {}}))


def _schema_of(web: Web, operation: Any) -> dict[str, Any]:
    whole = web.client.get("/openapi.json").json()
    said = whole["paths"][operation.path][operation.method]["responses"]["200"]["content"]["application/json"]["schema"]
    return {**said, "components": whole["components"]}


def test_planted_markup_stays_text_in_json(web: Web) -> None:
    response = web.client.post("/api/ask", json={"question": "le piège"})
    assert response.headers["content-type"] == "application/json" and response.headers["x-content-type-options"] == "nosniff"
    assert EVIL in response.json()["answer"]
