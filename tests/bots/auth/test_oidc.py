"""Sign-in at an OpenID Connect issuer: what is believed, and everything that is not."""

from __future__ import annotations

import html
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from starlette.testclient import TestClient

from bots.auth.oidc import Begun, Identity, Provider, role_of
from bots.errors import SignInFailed
from bots.settings import Settings
from tests.bots.house import House
from tests.bots.issuer import CLIENT, SECRET, Issuer, serve

BACK = "http://testserver/connexion/retour"


def settings(issuer: str, **more: object) -> Settings:
    return Settings(oidc_issuer=issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET, **more)  # type: ignore[arg-type]


def signed_in(issuer: Issuer, **more: object) -> Identity:
    provider = Provider(settings(issuer.url, **more))
    begun = provider.begin(BACK)
    return provider.finish(issuer.arrive(begun.url), begun, BACK)


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with serve(Issuer()) as running:
        yield running


def test_a_signed_userinfo_is_decoded_and_believed(issuer: Issuer) -> None:
    issuer.claims |= {"given_name": "Camille", "usual_name": "Exemple"}
    identity = signed_in(issuer, oidc_signed_userinfo=True, oidc_acr="eidas1 eidas2")
    assert (identity.subject, identity.name, identity.email) == ("someone", "Camille Exemple", "rh@admin.example")
    assert (identity.roles, identity.acr, identity.issuer) == (("rh",), "eidas1", issuer.url)


def test_a_plain_userinfo_is_believed_only_where_the_setting_allows(issuer: Issuer) -> None:
    issuer.signed = False
    assert signed_in(issuer).email == "rh@admin.example"
    with pytest.raises(SignInFailed, match="oidc_refused"):
        signed_in(issuer, oidc_signed_userinfo=True)


WRONG = [
    "nonce", "aud", "iss", "exp", "at_hash", "unsigned", "shared_secret", "key", "userinfo_sub", "userinfo_aud", "userinfo_key", "description",
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_an_answer_that_is_wrong_in_one_thing_is_refused(issuer: Issuer, wrong: str) -> None:
    assert signed_in(issuer).subject == "someone"
    issuer.wrong = wrong
    with pytest.raises(SignInFailed, match="oidc_refused"):
        signed_in(issuer)


@pytest.mark.parametrize("acr", [None, "eidas0", "eidas"])
def test_an_authentication_below_the_accepted_level_is_refused(issuer: Issuer, acr: str | None) -> None:
    issuer.acr = acr
    with pytest.raises(SignInFailed, match="oidc_acr"):
        signed_in(issuer, oidc_acr="eidas1 eidas2")


def test_the_accepted_levels_are_asked_for(issuer: Issuer) -> None:
    begun = Provider(settings(issuer.url, oidc_acr="eidas1 eidas2")).begin(BACK)
    query = parse_qs(urlsplit(begun.url).query)
    assert query["acr_values"] == ["eidas1 eidas2"]
    assert query["redirect_uri"] == [BACK] and query["scope"] == ["openid email"]
    assert len(begun.verifier) >= 43 and begun.verifier not in begun.url


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"state": "another"}, "oidc_state"), ({"state": ""}, "oidc_state"), ({"iss": "https://other.example"}, "oidc_refused"),
        ({"code": ""}, "oidc_refused"), ({"code": "stolen"}, "oidc_refused"), ({"error": "access_denied"}, "oidc_denied"),
        ({"error": "server_error"}, "oidc_refused"),
    ],
)  # fmt: skip
def test_a_callback_that_does_not_fit_is_refused(issuer: Issuer, changed: dict[str, str], key: str) -> None:
    provider = Provider(settings(issuer.url))
    begun = provider.begin(BACK)
    with pytest.raises(SignInFailed, match=key):
        provider.finish({**issuer.arrive(begun.url), **changed}, begun, BACK)


def test_a_code_taken_without_its_verifier_is_worth_nothing(issuer: Issuer) -> None:
    provider = Provider(settings(issuer.url))
    begun = provider.begin(BACK)
    thief = Begun(begun.url, begun.state, begun.nonce, "x" * 64)
    with pytest.raises(SignInFailed, match="oidc_refused"):
        provider.finish(issuer.arrive(begun.url), thief, BACK)


def test_an_issuer_that_cannot_be_reached_is_said_so() -> None:
    with pytest.raises(SignInFailed, match="oidc_unreachable"):
        Provider(settings("http://127.0.0.1:9")).begin(BACK)


def test_a_new_key_of_the_issuer_is_looked_for(issuer: Issuer) -> None:
    provider = Provider(settings(issuer.url))
    begun = provider.begin(BACK)
    assert provider.finish(issuer.arrive(begun.url), begun, BACK).subject == "someone"
    issuer.key = issuer.other  # rotated, under the name the old one had
    begun = provider.begin(BACK)
    assert provider.finish(issuer.arrive(begun.url), begun, BACK).subject == "someone"
    assert issuer.asked.count("/jwks") == 2


def test_the_logout_carries_the_id_token_and_the_way_back(issuer: Issuer) -> None:
    address = Provider(settings(issuer.url)).logout_url("the-token", "http://testserver/deconnecte")
    assert address is not None and address.startswith(f"{issuer.url}/session/end?")
    query = parse_qs(urlsplit(address).query)
    assert query["id_token_hint"] == ["the-token"] and query["post_logout_redirect_uri"] == ["http://testserver/deconnecte"]


def identity(*roles: str, email: str | None = "rh@admin.example") -> Identity:
    return Identity("https://issuer.example", "someone", "", email, roles, None, "")


@pytest.mark.parametrize(
    ("who", "lists", "role"),
    [
        (identity("rh"), {"oidc_advisers": "rh, autres"}, "adviser"),
        (identity("rh", "dsi"), {"oidc_advisers": "rh", "oidc_admins": "dsi"}, "admin"),
        (identity(), {"oidc_advisers": "RH@admin.example"}, "adviser"),
        (identity(), {"oidc_admins": "someone"}, "admin"),
        (identity(), {"oidc_advisers": "*"}, "adviser"),
        (identity(), {"oidc_admins": "*"}, "agent"),
        (identity("rh"), {}, "agent"),
        (identity("rhododendron", email=None), {"oidc_advisers": "rh"}, "agent"),
    ],
)
def test_roles_come_from_claims_or_lists(who: Identity, lists: dict[str, str], role: str) -> None:
    assert role_of(who, settings("https://issuer.example", **lists)) == role


@pytest.mark.parametrize(
    ("claims", "path", "roles"),
    [
        ({"realm_access": {"roles": ["rh"]}}, "realm_access.roles", ("rh",)),
        ({"https://jalon.example/roles": "rh"}, "https://jalon.example/roles", ("rh",)),
        ({"groups": ["a", "b"]}, "groups", ("a", "b")),
        ({"groups": {"a": 1}}, "groups", ()),
    ],
)
def test_the_roles_claim_may_lie_deep(issuer: Issuer, claims: dict[str, object], path: str, roles: tuple[str, ...]) -> None:
    issuer.claims = claims
    assert signed_in(issuer, oidc_roles_claim=path).roles == roles


def test_an_address_that_the_issuer_has_not_verified_names_nobody(issuer: Issuer) -> None:
    issuer.claims = {"email": "rh@admin.example", "email_verified": False}
    assert signed_in(issuer).email is None


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_sign_in_and_out_through_the_pages_at_another_implementation(tmp_path: Path) -> None:
    import oidc_provider_mock

    user = oidc_provider_mock.User(sub="camille", claims={"email": "camille@admin.example", "email_verified": True})
    with oidc_provider_mock.run_server_in_thread(user_claims=[user]) as server, httpx.Client() as there:
        url = f"http://localhost:{server.server_port}"
        house = House(
            tmp_path / "home", oidc_issuer=url, oidc_client_id=CLIENT, oidc_client_secret=SECRET, oidc_advisers="camille@admin.example"
        )  # fmt: skip
        browser = house.browser()
        leaving = browser.get("/connexion/fournisseur").headers["location"]
        assert leaving.startswith(url) and there.get(leaving).status_code == 200
        back = there.post(leaving, data={"sub": "camille"}).headers["location"]
        assert back.startswith(BACK)
        entered = browser.get(back)
        assert entered.status_code == 303 and entered.headers["location"] == "/conseil" and browser.get("/conseil").status_code == 200
        assert house.browser().get(back).status_code == 401  # for another browser it opens nothing
        csrf = re.search(r'name="csrf" value="([^"]+)"', browser.get("/compte").text)
        assert csrf
        page = browser.post("/deconnexion", data={"csrf": csrf[1]}).text
        onward = re.search(r'http-equiv="refresh" content="\d+;url=([^"]+)"', page)
        assert onward and there.get(html.unescape(onward[1])).status_code == 200
        assert browser.get("/conseil").status_code == 303
        house.state.close()


class TestOverHttp:
    """The same through the pages of the application."""

    @pytest.fixture
    def house(self, issuer: Issuer, tmp_path: Path) -> Iterator[House]:
        built = House(
            tmp_path / "home", oidc_issuer=issuer.url, oidc_client_id=CLIENT, oidc_client_secret=SECRET, oidc_advisers="rh", oidc_signed_userinfo=True
        )  # fmt: skip
        yield built
        built.state.close()

    def test_to_the_issuer_and_back_into_the_workspace(self, house: House, issuer: Issuer) -> None:
        browser = house.browser()
        page = browser.get("/connexion", params={"suite": "/conseil/observatoire"}).text
        assert "/connexion/fournisseur?suite=/conseil/observatoire" in page
        there = browser.get("/connexion/fournisseur", params={"suite": "/conseil/observatoire"}).headers["location"]
        back = browser.get("/connexion/retour", params=issuer.arrive(there))
        assert back.status_code == 303 and back.headers["location"] == "/conseil/observatoire"
        assert browser.get("/conseil").status_code == 200
        account = house.accounts.accounts()[0]
        assert (account.role, account.subject, account.login) == ("adviser", "someone", None)

    def test_signing_out_ends_both_sessions(self, house: House, issuer: Issuer) -> None:
        browser = self.signed_in(house, issuer)
        csrf = re.search(r'name="csrf" value="([^"]+)"', browser.get("/compte").text)
        assert csrf
        page = browser.post("/deconnexion", data={"csrf": csrf[1]})
        onward = re.search(r'http-equiv="refresh" content="\d+;url=([^"]+)"', page.text)
        assert onward
        query = parse_qs(urlsplit(html.unescape(onward[1])).query)
        assert query["id_token_hint"][0].count(".") == 2 and query["post_logout_redirect_uri"] == ["http://testserver/deconnecte"]
        assert browser.get("/conseil").status_code == 303
        assert house.accounts.sessions() == []

    def test_somebody_else_s_answer_signs_nobody_in(self, house: House, issuer: Issuer) -> None:
        thief, victim = house.browser(), house.browser()
        answer = issuer.arrive(thief.get("/connexion/fournisseur").headers["location"])
        victim.get("/connexion/fournisseur")
        refused = victim.get("/connexion/retour", params=answer)
        assert refused.status_code == 401 and "jalon_session" not in victim.cookies
        assert thief.get("/connexion/retour", params=answer).status_code == 401  # and the answer is used up

    def test_an_answer_opens_once(self, house: House, issuer: Issuer) -> None:
        browser = house.browser()
        answer = issuer.arrive(browser.get("/connexion/fournisseur").headers["location"])
        kept = browser.cookies["jalon_seuil"]
        assert browser.get("/connexion/retour", params=answer).status_code == 303
        again = house.browser()
        again.cookies.set("jalon_seuil", kept)
        assert again.get("/connexion/retour", params=answer).status_code == 401

    @pytest.mark.parametrize("target", ["https://evil.example", "//evil.example"])
    def test_no_way_to_another_site(self, house: House, issuer: Issuer, target: str) -> None:
        browser = house.browser()
        there = browser.get("/connexion/fournisseur", params={"suite": target}).headers["location"]
        assert there.startswith(issuer.url)
        assert browser.get("/connexion/retour", params=issuer.arrive(there)).headers["location"] == "/conseil"

    def test_the_role_follows_the_claims_unless_it_was_given_here(self, house: House, issuer: Issuer) -> None:
        self.signed_in(house, issuer)
        issuer.claims = {"roles": []}
        browser = self.signed_in(house, issuer)
        assert browser.get("/conseil").status_code == 403
        house.accounts.set_role(house.accounts.accounts()[0].id, "adviser")
        assert self.signed_in(house, issuer).get("/conseil").status_code == 200
        assert len(house.accounts.accounts()) == 1

    @staticmethod
    def signed_in(house: House, issuer: Issuer) -> TestClient:
        browser = house.browser()
        answer = issuer.arrive(browser.get("/connexion/fournisseur").headers["location"])
        assert browser.get("/connexion/retour", params=answer).status_code == 303
        return browser

    def test_an_issuer_that_is_down_is_said_so_and_the_local_accounts_still_work(self, tmp_path: Path) -> None:
        house = House(tmp_path / "down", oidc_issuer="http://127.0.0.1:9", oidc_client_id=CLIENT)
        answer = house.browser().get("/connexion/fournisseur")
        assert answer.status_code == 503 and "ne répond pas" in answer.text and 'name="password"' in answer.text
        house.state.close()


NODE = """
import {{ Provider }} from 'oidc-provider';
const provider = new Provider('http://127.0.0.1:{port}', {{
  clients: [{{ client_id: '{client}', client_secret: '{secret}', redirect_uris: ['{back}'], post_logout_redirect_uris: ['http://testserver/deconnecte'],
    token_endpoint_auth_method: 'client_secret_post', userinfo_signed_response_alg: 'RS256', id_token_signed_response_alg: 'RS256' }}],
  features: {{ jwtUserinfo: {{ enabled: true }}, rpInitiatedLogout: {{ enabled: true }}, devInteractions: {{ enabled: true }} }},
  pkce: {{ required: () => true }},
  claims: {{ openid: ['sub'], email: ['email'], roles: ['roles'], acr: null }},
  scopes: ['openid', 'email', 'roles'],
  acrValues: ['eidas1'],
  findAccount: (_, id) => ({{ accountId: id, claims: () => ({{ sub: id, email: id + '@admin.example', roles: ['rh'] }}) }}),
}});
provider.listen({port}, '127.0.0.1', () => console.log('ready'));
"""


@pytest.mark.slow
def test_sign_in_and_out_at_a_certified_implementation(tmp_path: Path) -> None:
    """npm's oidc-provider, configured as ProConnect is: signed userinfo, PKCE, logout at the provider."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        pytest.skip("npm and node are needed for oidc-provider")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    installed = subprocess.run([npm, "install", "--no-audit", "--no-fund", "oidc-provider@9"], cwd=tmp_path, capture_output=True, timeout=100)
    if installed.returncode:
        pytest.skip("oidc-provider could not be installed by npm (no network?)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "issuer.js").write_text(NODE.format(port=port, client=CLIENT, secret=SECRET, back=BACK))
    with subprocess.Popen([node, "issuer.js"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            assert any("ready" in line for line in process.stdout)
            _through_the_pages(House(tmp_path / "home", oidc_issuer=f"http://127.0.0.1:{port}", oidc_client_id=CLIENT, oidc_client_secret=SECRET,
                                     oidc_scopes="openid email roles", oidc_advisers="rh", oidc_signed_userinfo=True))  # fmt: skip
        finally:
            process.terminate()


def _through_the_pages(house: House) -> None:
    browser = house.browser()
    with httpx.Client(follow_redirects=False) as there:
        answer = there.get(browser.get("/connexion/fournisseur").headers["location"])
        for _ in range(10):
            if answer.is_redirect and answer.headers["location"].startswith(BACK):
                break
            if answer.is_redirect:
                answer = there.get(str(answer.url.join(answer.headers["location"])))
                continue
            action = re.search(r'action="([^"]+)"', answer.text)
            prompt = re.search(r'name="prompt" value="([^"]+)"', answer.text)
            assert action and prompt, answer.text
            answer = there.post(str(answer.url.join(action[1])), data={"prompt": prompt[1], "login": "camille", "password": "any"})
        back = browser.get("/connexion/retour", params=dict(parse_qs(urlsplit(answer.headers["location"]).query)))
        assert back.status_code == 303 and back.headers["location"] == "/conseil"
        account = house.accounts.accounts()[0]
        assert (account.subject, account.name, account.role) == ("camille", "camille@admin.example", "adviser")
        csrf = re.search(r'name="csrf" value="([^"]+)"', browser.get("/compte").text)
        assert csrf
        page = browser.post("/deconnexion", data={"csrf": csrf[1]}).text
        onward = re.search(r'http-equiv="refresh" content="\d+;url=([^"]+)"', page)
        assert onward
        leaving = there.get(html.unescape(onward[1]))
        assert leaving.status_code == 200 and "logout" in leaving.text.lower()  # it knows the token and asks to confirm
    house.state.close()
