"""What every request passes: headers, shares, sizes, figures, and logs that repeat nobody's question."""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path

import pytest

from bots.errors import TooManyRequests
from bots.shares import Shares
from bots.state import State
from tests.bots.conftest import Web, open_web

HTML = {"accept": "text/html"}


@pytest.mark.parametrize("path", ["/", "/formations", "/api/nothing", "/healthz", "/static/app.js", "/nowhere"])
def test_every_response_carries_the_headers(web: Web, path: str) -> None:
    headers = web.client.get(path, headers=HTML).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'" and policy["script-src"] == policy["style-src"] == "'self'" and policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"


def test_the_cookie_is_random_and_out_of_reach_of_scripts(web: Web) -> None:
    web.client.cookies.clear()
    said = [web.client.get("/", headers=HTML).headers["set-cookie"] for _ in range(1)]
    web.client.cookies.clear()
    said.append(web.client.get("/", headers=HTML).headers["set-cookie"])
    values = [cookie.split(";")[0].split("=")[1] for cookie in said]
    assert values[0] != values[1] and all(len(value) == 43 for value in values)
    assert all("HttpOnly" in cookie and "SameSite=lax" in cookie for cookie in said)
    secure = web.client.get("/", headers=HTML, follow_redirects=False, extensions={}).headers
    assert "set-cookie" in secure


def test_a_cookie_that_is_not_one_of_ours_is_replaced(web: Web) -> None:
    web.client.cookies.clear()
    response = web.client.get("/", headers={**HTML, "cookie": "jalon_visiteur=short"})
    assert "jalon_visiteur=short" not in response.headers["set-cookie"]


def test_the_share_of_a_visitor_and_of_an_address(tmp_path: Path) -> None:
    for web in open_web(tmp_path, rate_visitor=3, rate_address=5):
        web.client.get("/", headers=HTML)
        statuses = [web.client.post("/api/ask", json={"question": "x"}).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        refused = web.client.post("/api/ask", json={"question": "x"})
        assert refused.json()["error"]["code"] == "too_many" and 0 < int(refused.headers["retry-after"]) <= 60
        web.client.cookies.clear()
        assert [web.client.get("/api/search?q=x").status_code for _ in range(3)] == [200, 200, 429]
        # Reading pages and probing health take no share.
        assert web.client.get("/formations", headers=HTML).status_code == 200 and web.client.get("/healthz").status_code == 200
        # A person without a script reads the sentence on a page.
        assert "attendez une minute" in web.client.post("/", data={"question": "x"}, headers={**HTML, "accept-language": "fr"}).text


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_shares_are_counted_across_workers_and_start_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'state.sqlite'}" if database == "sqlite" else request.getfixturevalue("postgresql")
    states = [State(url) for _ in range(2)]
    workers = [Shares(state.database, visitor=2, address=100) for state in states]
    workers[0].take("a", "v")
    workers[1].take("a", "v")
    with pytest.raises(TooManyRequests) as refused:
        workers[0].take("a", "v")
    assert 1 <= refused.value.retry_after <= 60
    workers[1].take("a", "another")
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    workers[1].take("a", "v")
    for state in states:
        state.close()


def test_figures_tell_nothing_about_people(web: Web) -> None:
    web.client.get("/", headers=HTML)
    web.client.post("/api/ask", json={"question": "canari inconnu"})
    web.client.get("/formations/canari", headers=HTML)
    text = web.client.get("/metrics").text
    assert 'jalon_answers_total{abstained="true",intent="other",mode="extractive"}' in text
    assert 'jalon_requests_total{method="GET",route="/formations/{document:path}",status="404"}' in text
    assert "jalon_first_piece_seconds_count" in text and "canari" not in text and "testclient" not in text


def test_no_log_repeats_a_question(web: Web, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="jalon")
    web.client.post("/api/ask", json={"question": "canari explose"})
    web.client.get("/api/search", params={"q": "canari"})
    web.client.post("/", data={"question": "canari"}, headers=HTML)
    written = "".join(record.getMessage() for record in caplog.records if record.name.startswith("jalon"))
    assert "/api/search" in written and "canari" not in written


def test_head_is_answered_without_a_body(web: Web) -> None:
    response = web.client.head("/formations", headers=HTML)
    assert response.status_code == 200 and response.content == b""


def test_a_slow_answer_says_so_instead_of_hanging(tmp_path: Path) -> None:
    for web in open_web(tmp_path, reply_seconds=0.2):
        response = web.client.post("/api/ask", json={"question": "lent"})
        assert response.status_code == 503 and response.json()["error"]["code"] == "timeout" and response.headers["retry-after"]


def test_an_answer_whose_visitor_has_gone_is_kept(tmp_path: Path) -> None:
    for web in open_web(tmp_path, reply_seconds=0.2):
        conversation = web.client.post("/api/ask", json={"question": "Combien ?"}).json()["conversation"]
        assert web.client.post("/api/ask", json={"question": "lent", "conversation": conversation}).status_code == 503
        for _ in range(100):
            if len(web.state.turns(conversation)) == 2:
                break
            time.sleep(0.05)
        assert [turn.question for turn in web.state.turns(conversation)] == ["Combien ?", "lent"]


def test_a_conversation_erased_while_its_answer_is_made_stays_erased(tmp_path: Path) -> None:
    for web in open_web(tmp_path):
        conversation = web.client.post("/api/ask", json={"question": "Combien ?"}).json()["conversation"]

        async def both(web: Web = web, conversation: str = conversation) -> int:
            answer = asyncio.to_thread(web.client.post, "/api/ask", json={"question": "lent", "conversation": conversation})
            asking = asyncio.create_task(answer)
            await asyncio.sleep(0.3)
            await asyncio.to_thread(web.state.forget, conversation)
            return (await asking).status_code

        assert asyncio.run(both()) == 404
        assert web.state.turns(conversation) == []


def test_a_page_on_postgresql(tmp_path: Path, postgresql: str) -> None:
    for web in open_web(tmp_path, database_url=postgresql):
        web.client.get("/", headers=HTML)
        assert "450 €" in web.client.post("/", data={"question": "Combien ? \0"}, headers=HTML).text
        assert len(web.client.get("/mes-donnees/export").json()["turns"]) == 1
        web.client.post("/mes-donnees/effacer", headers=HTML)
        assert web.client.get("/mes-donnees/export").json() == {}


def test_where_the_chat_needs_a_sign_in_nothing_else_opens(tmp_path: Path) -> None:
    for web in open_web(tmp_path, chat_login=True):
        assert web.client.get("/", headers=HTML, follow_redirects=False).headers["location"].startswith("/connexion")
        refused = web.client.post("/api/ask", json={"question": "x"})
        assert refused.status_code == 401 and refused.json()["error"]["code"] == "sign_in_needed"
        assert web.client.get("/healthz").status_code == 200
