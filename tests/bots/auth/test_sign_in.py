"""The door over HTTP: passwords, sessions, forms, where a sign-in leads, and who may see which page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bots.auth.passwords import hashed
from bots.state import State
from bots.state_auth import Accounts
from tests.bots.house import PASSWORD, House, cheap_passwords, sign_in, token


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    yield from cheap_passwords()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    built = House(tmp_path / "home")
    yield built
    built.state.close()


def test_a_password_opens_the_workspace_and_signing_out_closes_it(house: House) -> None:
    browser = house.signed("anne@rh.example")
    assert browser.get("/conseil").status_code == 200
    assert browser.post("/deconnexion", data={"csrf": token(browser, "/compte")}).headers["location"] == "/deconnecte"
    there = browser.get("/conseil")
    assert there.status_code == 303 and there.headers["location"] == "/connexion?suite=/conseil"


def test_a_session_ends_on_the_server_too(house: House) -> None:
    browser = house.signed("anne")
    kept = browser.cookies["jalon_session"]
    browser.post("/deconnexion", data={"csrf": token(browser, "/compte")})
    thief = house.browser()
    thief.cookies.set("jalon_session", kept)
    assert thief.get("/conseil").status_code == 303


def test_the_login_does_not_mind_its_case_and_the_password_does(house: House) -> None:
    house.account("Anne@RH.example")
    assert sign_in(house.browser(), " anne@rh.EXAMPLE ") == 303
    assert sign_in(house.browser(), "anne@rh.example", PASSWORD.upper()) == 401


def test_the_same_characters_on_another_keyboard_are_the_same_password(house: House) -> None:
    house.accounts.add("anne", hashed("éléphant bleu pâle"), "adviser")
    assert sign_in(house.browser(), "anne", "éléphant bleu pâle") == 303


def test_every_failure_looks_the_same(house: House) -> None:
    house.account("anne")
    house.accounts.known("https://issuer.example", "x", "sans mot de passe", "adviser")
    pages = []
    for login, password in [("anne", "faux"), ("personne", "faux"), ("anne", ""), ("", ""), ("anne", "x" * 5000), ("an\x00ne", "faux")]:
        browser = house.browser()
        form = {"csrf": token(browser), "login": login, "password": password}
        answer = browser.post("/connexion", data=form)
        pages.append((answer.status_code, re.sub(r'value="[^"]*"', "", answer.text)))
    assert len(set(pages)) == 1 and pages[0][0] == 401


def test_a_check_is_made_even_where_there_is_nobody_to_check(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from bots.auth import passwords as auth_passwords

    checks: list[str] = []
    real = auth_passwords._hasher

    class Counting:
        def verify(self, stored: str, password: str) -> bool:
            checks.append(stored)
            return real.verify(stored, password)

    house.account("anne")
    auth_passwords.matches(None, "")
    monkeypatch.setattr(auth_passwords, "_hasher", Counting())
    for login in ["anne", "personne", ""] + ["anne"] * 12:
        sign_in(house.browser(), login, "faux")
    assert len(checks) == 15 and len(set(checks)) == 2  # one each: for the account, for nobody, and once throttled


def test_a_hundred_wrong_passwords_are_throttled_by_the_tenth(house: House) -> None:
    house.account("anne")
    browser = house.browser()
    form = {"csrf": token(browser), "login": "anne", "password": "faux"}
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: browser.post("/connexion", data=form), range(100)))
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(401) == 9 and statuses.count(429) == 91
    assert all(int(answer.headers["retry-after"]) > 0 for answer in answers if answer.status_code == 429)
    # the right password is refused with the same page until the window has passed
    assert sign_in(house.browser(), "anne") == 429
    texts = {re.sub(r'value="[^"]*"', "", answer.text) for answer in answers}
    assert len(texts) == 1


def test_throttling_counts_per_account_and_per_address(tmp_path: Path) -> None:
    now = [1000.0]
    state = State(f"sqlite:///{tmp_path / 's.sqlite'}")
    accounts = Accounts(state.database, lambda: now[0])
    for number in range(9):
        assert accounts.try_now(("account anne", f"address {number}"), 9, 900) == 0
    assert accounts.try_now(("account anne", "address 99"), 9, 900) > 0
    assert accounts.try_now(("account luc", "address 99"), 9, 900) == 0
    for number in range(8):
        accounts.try_now((f"account {number}", "address one"), 9, 900)
    assert accounts.try_now(("account a", "address one"), 9, 900) == 0
    assert accounts.try_now(("account b", "address one"), 9, 900) > 0
    now[0] += 901
    assert accounts.try_now(("account anne", "address one"), 9, 900) == 0
    state.close()


def test_a_right_password_forgets_the_wrong_ones_of_the_account_only(house: House) -> None:
    house.account("anne")
    for _ in range(6):
        sign_in(house.browser(), "anne", "faux")
    assert sign_in(house.browser(), "anne") == 303
    assert [sign_in(house.browser(), "luc", "faux") for _ in range(4)] == [401, 401, 401, 429]  # the address has used up its nine


def test_a_session_is_never_taken_from_the_browser(house: House) -> None:
    house.account("anne")
    browser = house.browser()
    browser.cookies.set("jalon_session", "planted-by-somebody-else")
    token(house.browser())
    browser.cookies.set("jalon_seuil", "planted-too")
    form = {"csrf": token(browser), "login": "anne", "password": PASSWORD}
    # With a session cookie of nobody's the form is bound to it; the sign-in gives a new one all the same.
    answer = browser.post("/connexion", data=form)
    assert answer.status_code == 303
    given = re.search(r"jalon_session=([^;]+)", answer.headers["set-cookie"])
    assert given and given[1] != "planted-by-somebody-else" and len(given[1]) >= 43
    thief = house.browser()
    thief.cookies.set("jalon_session", "planted-by-somebody-else")
    assert thief.get("/conseil").status_code == 303


def test_signing_in_again_ends_the_session_before(house: House) -> None:
    browser = house.signed("anne")
    old = browser.cookies["jalon_session"]
    other = house.browser()
    other.cookies.set("jalon_session", old)
    form = {"csrf": token(browser, "/compte"), "login": "anne", "password": PASSWORD}
    assert browser.post("/connexion", data=form).status_code == 303
    assert browser.cookies["jalon_session"] != old
    assert other.get("/conseil").status_code == 303


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_cookies_are_out_of_reach_of_scripts_other_sites_and_plain_http(house: House, scheme: str) -> None:
    house.account("anne")
    browser = house.browser(scheme)
    form = {"csrf": token(browser), "login": "anne", "password": PASSWORD}
    cookies = [value for value in browser.post("/connexion", data=form).headers.get_list("set-cookie") if "session" in value]
    assert len(cookies) == 1
    flags = cookies[0].lower()
    assert "httponly" in flags and "samesite=lax" in flags and "path=/" in flags
    assert ("secure" in flags) == (scheme == "https") and cookies[0].startswith("__Host-") == (scheme == "https")


def test_sessions_run_out_idle_and_in_any_case(tmp_path: Path) -> None:
    now = [1_000_000.0]
    state = State(f"sqlite:///{tmp_path / 's.sqlite'}")
    accounts = Accounts(state.database, lambda: now[0])
    account = accounts.add("anne", "hash", "adviser")
    idle = accounts.open(account.id)
    now[0] += 3601
    assert accounts.session(idle, 3600, 43200) is None
    busy = accounts.open(account.id)
    for _ in range(24):
        now[0] += 1750
        assert accounts.session(busy, 3600, 43200) is not None
    now[0] += 1750
    assert accounts.session(busy, 3600, 43200) is None
    state.close()


def test_a_form_of_another_site_or_session_is_refused(house: House) -> None:
    browser, other = house.signed("anne"), house.signed("luc")
    good = token(browser, "/compte")
    for form, headers in [
        ({}, {}),
        ({"csrf": "0" * 64}, {}),
        ({"csrf": token(other, "/compte")}, {}),
        ({"csrf": "é"}, {}),
        ({"csrf": good}, {"Origin": "https://evil.example"}),
        ({"csrf": good}, {"Origin": "null"}),
        ({"csrf": good}, {"Sec-Fetch-Site": "cross-site"}),
        ({"csrf": good}, {"Sec-Fetch-Site": "same-site"}),
    ]:
        assert browser.post("/compte/sessions", data=form, headers=headers).status_code == 403, (form, headers)
    assert browser.post("/compte/sessions", data={"csrf": good}, headers={"Origin": "http://testserver"}).status_code == 303


def test_a_sign_in_form_needs_its_own_token(house: House) -> None:
    house.account("anne")
    browser = house.browser()
    form = {"login": "anne", "password": PASSWORD}
    assert browser.post("/connexion", data=form).status_code == 403
    stranger = token(house.browser())
    token(browser)
    assert browser.post("/connexion", data={**form, "csrf": stranger}).status_code == 403


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/%09/evil.example/..//", "javascript:alert(1)",
        "/\t/evil.example",
        "/conseil\r\nSet-Cookie: x=1", "http:evil.example", "///evil.example", "/connexion?suite=/conseil", " https://evil.example", "/é",
    ],
)  # fmt: skip
def test_a_sign_in_leads_nowhere_else(house: House, target: str) -> None:
    house.account("anne")
    browser = house.browser()
    form = {"csrf": token(browser), "login": "anne", "password": PASSWORD, "suite": target}
    where = browser.post("/connexion", data=form).headers["location"]
    assert where in ("/conseil", "/%09/evil.example/..//")
    assert browser.get("/connexion", params={"suite": target}).headers["location"] == where


def test_a_sign_in_leads_back_to_where_it_was_asked(house: House) -> None:
    house.account("anne")
    browser = house.browser()
    there = browser.get("/conseil/observatoire").headers["location"]
    assert 'name="suite" value="/conseil/observatoire"' in browser.get(there).text
    form = {"csrf": token(browser), "login": "anne", "password": PASSWORD, "suite": "/conseil/observatoire"}
    assert browser.post("/connexion", data=form).headers["location"] == "/conseil/observatoire"


def test_password_managers_and_paste_work(house: House) -> None:
    page = house.browser().get("/connexion").text
    assert 'autocomplete="username"' in page and 'autocomplete="current-password"' in page
    assert "onpaste" not in page and 'autocomplete="off"' not in page


def test_another_password_ends_every_session_and_opens_a_new_one(house: House) -> None:
    browser = house.signed("anne")
    other = house.browser()
    assert sign_in(other, "anne") == 303
    form = {"csrf": token(browser, "/compte"), "old": PASSWORD, "new": "cinq autres mots bien choisis"}
    assert browser.post("/compte/mot-de-passe", data={**form, "old": "faux"}).status_code == 422
    for poor in ("court", "anne anne anne", "aaaaaaaaaaaaaaaaa", "x" * 2000):
        assert browser.post("/compte/mot-de-passe", data={**form, "new": poor}).status_code == 422
    assert browser.post("/compte/mot-de-passe", data=form).status_code == 303
    assert browser.get("/conseil").status_code == 200 and other.get("/conseil").status_code == 303
    assert sign_in(house.browser(), "anne", "cinq autres mots bien choisis") == 303
    assert sign_in(house.browser(), "anne") == 401


def test_one_may_end_one_s_other_sessions(house: House) -> None:
    browser = house.signed("anne")
    other = house.browser()
    sign_in(other, "anne")
    browser.post("/compte/sessions", data={"csrf": token(browser, "/compte")})
    assert other.get("/compte").status_code == 303 and browser.get("/compte").status_code == 200


def test_another_role_ends_the_sessions_that_had_the_old_one(house: House) -> None:
    browser = house.signed("anne")
    house.accounts.set_role(house.accounts.find("anne").id, "agent")
    assert browser.get("/conseil").status_code == 303
    sign_in(browser, "anne")
    assert browser.get("/conseil").status_code == 403


def test_an_administrator_gives_roles_and_ends_sessions_but_not_their_own(house: House) -> None:
    browser, other = house.signed("chef", "admin"), house.signed("luc", "agent")
    form = {"csrf": token(browser, "/conseil/comptes"), "account": house.accounts.find("luc").id}
    assert browser.post("/conseil/comptes/sessions", data=form).status_code == 303
    assert other.get("/compte").status_code == 303
    assert browser.post("/conseil/comptes/role", data={**form, "role": "adviser"}).status_code == 303
    assert house.accounts.find("luc").role == "adviser"
    assert browser.post("/conseil/comptes/role", data={**form, "role": "emperor"}).status_code == 403
    assert browser.post("/conseil/comptes/role", data={**form, "account": house.accounts.find("chef").id, "role": "agent"}).status_code == 403
    assert house.accounts.find("chef").role == "admin"


def test_the_trail_tells_who_did_what_without_names(house: House) -> None:
    browser = house.signed("anne@rh.example")
    sign_in(house.browser(), "anne@rh.example", "faux")
    account = house.accounts.find("anne@rh.example").id
    lines = house.accounts.trail()
    assert [(line.account, line.action) for line in lines] == [(account, "sign_in_failed"), (account, "signed_in")]
    assert "anne" not in repr(lines)
    assert browser.get("/conseil/journal").status_code == 403
    assert "sign_in_failed" in house.signed("chef", "admin").get("/conseil/journal").text


def test_pages_of_the_signed_in_are_not_kept(house: House) -> None:
    browser = house.signed("anne")
    for page in ("/conseil", "/compte", "/conseil/parcours/nouveau", "/conseil/observatoire"):
        assert browser.get(page).headers["cache-control"] == "no-store", page


def test_tokens_are_not_in_the_database(house: House) -> None:
    browser = house.signed("anne")
    rows = house.state.export(house.accounts.find("anne").id)
    assert browser.cookies["jalon_session"] not in repr(rows)
    for path in Path(house.settings.home).glob("state.sqlite*"):
        assert browser.cookies["jalon_session"].encode() not in path.read_bytes()


class TestChatBehindLogin:
    @pytest.fixture
    def house(self, tmp_path: Path) -> Iterator[House]:
        built = House(tmp_path / "home", chat_login=True)
        yield built
        built.state.close()

    def test_only_the_signed_in_get_further_than_the_sign_in(self, house: House) -> None:
        browser = house.browser()
        for page in ("/", "/formations", "/mes-donnees", "/conseil"):
            assert browser.get(page).headers["location"].startswith("/connexion?suite=/"), page
        answer = browser.post("/api/ask", json={"question": "Combien ?"})
        assert answer.status_code == 401 and answer.json()["error"]["code"] == "sign_in_needed"
        assert browser.get("/api/search", params={"q": "prix"}).status_code == 401
        assert browser.get("/openapi.json").status_code == 303
        for page in ("/connexion", "/healthz", "/static/app.css", "/langue/en", "/deconnecte"):
            assert browser.get(page).status_code in (200, 303) and not browser.get(page).headers.get("location", "").startswith("/connexion?"), page

    def test_an_agent_who_signs_in_may_use_the_chat_and_not_the_workspace(self, house: House) -> None:
        house.account("agent", "agent")
        browser = house.browser()
        form = {"csrf": token(browser), "login": "agent", "password": PASSWORD, "suite": "/mes-donnees"}
        assert browser.post("/connexion", data=form).headers["location"] == "/mes-donnees"
        assert browser.get("/mes-donnees").status_code == 200
        assert browser.get("/conseil").status_code == 403
