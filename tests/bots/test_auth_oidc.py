"""Sign-in at an OpenID Connect issuer: what is believed, and everything that is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bots.auth_oidc import Begun, Identity, Provider, role_of
from bots.errors import SignInFailed
from bots.settings import Settings
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
def test_sign_in_at_another_implementation() -> None:
    import oidc_provider_mock

    user = oidc_provider_mock.User(sub="camille", claims={"email": "camille@admin.example", "email_verified": True})
    with oidc_provider_mock.run_server_in_thread(user_claims=[user]) as server, httpx.Client() as browser:
        provider = Provider(settings(f"http://localhost:{server.server_port}"))
        begun = provider.begin(BACK)
        form = browser.get(begun.url)
        assert form.status_code == 200 and re.search("camille", form.text)
        there = browser.post(begun.url, data={"sub": "camille"})
        callback = {name: values[0] for name, values in parse_qs(urlsplit(there.headers["location"]).query).items()}
        found = provider.finish(callback, begun, BACK)
        assert (found.subject, found.email) == ("camille", "camille@admin.example")
        with pytest.raises(SignInFailed):  # a code opens once
            provider.finish(callback, begun, BACK)
