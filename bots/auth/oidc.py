"""OpenID Connect as ProConnect does it: authorization code with PKCE, state and nonce; a signed userinfo; logout there.

What comes back is trusted only after: the state is ours, the id token is signed by a key of the issuer with an asymmetric
algorithm and names issuer, client, nonce and an accepted ``acr``; a userinfo given as ``application/jwt`` is signed by the
issuer too, is meant for this client, and speaks of the same subject.
"""

from __future__ import annotations

import secrets
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from bots.errors import SignInFailed

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import OAuth2Client
    from joserfc.jwk import KeySet

    from bots.settings import Settings
    from bots.state_auth import Role

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""Asymmetric signatures only: with HS256 whoever reads the client's secret could sign, and ``none`` is no signature."""

LEEWAY = 60  # seconds by which two honest clocks may differ
KEPT = 3600  # seconds for which the issuer's own description is believed
TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that has left for the issuer: where to send the person, and what must match when they come back."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the issuer says somebody is. ``roles`` are the values of the roles claim; ``email`` only if not denied."""

    issuer: str
    subject: str
    name: str
    email: str | None
    roles: tuple[str, ...]
    acr: str | None
    id_token: str


class Provider:
    """One issuer, with its description and keys; safe to share between threads.

    Raises SignInFailed, whose sentence is for people, whenever the issuer cannot be reached or says what it must not.
    """

    def __init__(self, settings: Settings) -> None:
        if not settings.oidc_issuer or not settings.oidc_client_id:
            raise ValueError("an issuer and a client identifier are needed")
        self._settings = settings
        self._issuer = settings.oidc_issuer.rstrip("/")
        self._client_id = settings.oidc_client_id
        self._accepted = tuple((settings.oidc_acr or "").split())
        self._lock = threading.Lock()
        self._metadata: dict[str, Any] = {}
        self._read_at = float("-inf")
        self._keys: KeySet | None = None

    def begin(self, redirect_uri: str) -> Begun:
        """Prepares a sign-in that will come back to ``redirect_uri``."""
        verifier, state, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        extra: dict[str, str] = {"nonce": nonce, "code_verifier": verifier}
        if self._accepted:
            extra["acr_values"] = " ".join(self._accepted)
        endpoint = self._described("authorization_endpoint")
        with self._client(redirect_uri) as client:
            url, _ = client.create_authorization_url(endpoint, state=state, **extra)
        return Begun(url, state, nonce, verifier)

    def finish(self, callback: Mapping[str, str], begun: Begun, redirect_uri: str) -> Identity:
        """Turns the issuer's answer into an identity; ``callback`` holds the query it came back with."""
        from authlib.integrations.base_client import OAuthError

        if not secrets.compare_digest(callback.get("state", "").encode(), begun.state.encode()):
            raise SignInFailed("oidc_state")
        if callback.get("error"):
            raise SignInFailed("oidc_denied" if callback["error"] == "access_denied" else "oidc_refused")
        # RFC 9207: an answer that names another issuer was meant for somebody else.
        if callback.get("iss", self._issuer).rstrip("/") != self._issuer or not callback.get("code"):
            raise SignInFailed("oidc_refused")
        try:
            with self._client(redirect_uri) as client:
                token = client.fetch_token(
                    self._described("token_endpoint"), code=callback["code"], code_verifier=begun.verifier, grant_type="authorization_code"
                )
                id_token, access_token = token.get("id_token"), token.get("access_token")
                if not isinstance(id_token, str) or not isinstance(access_token, str):
                    raise SignInFailed("oidc_refused")
                claims = self._id_claims(id_token, access_token, begun.nonce)
                info = self._userinfo(client, access_token, str(claims["sub"]))
        except OAuthError as error:
            raise SignInFailed("oidc_refused") from error
        except _unreachable() as error:
            raise SignInFailed("oidc_unreachable") from error
        return self._identity(claims, info, id_token)

    def logout_url(self, id_token: str | None, back: str) -> str | None:
        """Where to send somebody so that the issuer forgets them too; None where the issuer offers no such place."""
        endpoint = self._description().get("end_session_endpoint")
        if not isinstance(endpoint, str) or not id_token:
            return None
        query = {"id_token_hint": id_token, "post_logout_redirect_uri": back, "state": secrets.token_urlsafe(16)}
        return endpoint + ("&" if urlsplit(endpoint).query else "?") + urlencode(query)

    # What the issuer says about itself

    def _description(self) -> dict[str, Any]:
        import httpx2

        with self._lock:
            if time.monotonic() - self._read_at < KEPT:
                return self._metadata
            try:
                answer = httpx2.get(f"{self._issuer}/.well-known/openid-configuration", timeout=TIMEOUT, verify=_tls())
                answer.raise_for_status()
                described = answer.json()
            except (httpx2.HTTPError, ValueError) as error:
                raise SignInFailed("oidc_unreachable") from error
            # A description of another issuer would let that one sign for ours.
            if not isinstance(described, dict) or str(described.get("issuer", "")).rstrip("/") != self._issuer:
                raise SignInFailed("oidc_refused")
            self._metadata, self._read_at, self._keys = described, time.monotonic(), None
            return described

    def _described(self, name: str) -> str:
        value = self._description().get(name)
        if not isinstance(value, str):
            raise SignInFailed("oidc_refused")
        return value

    def _read_keys(self, again: bool = False) -> KeySet:
        import httpx2
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        address = self._described("jwks_uri")
        with self._lock:
            if self._keys is None or again:
                try:
                    answer = httpx2.get(address, timeout=TIMEOUT, verify=_tls())
                    answer.raise_for_status()
                    self._keys = KeySet.import_key_set(answer.json())
                except (httpx2.HTTPError, ValueError, JoseError) as error:
                    raise SignInFailed("oidc_unreachable") from error
            return self._keys

    def _client(self, redirect_uri: str) -> OAuth2Client:
        from authlib.integrations.httpx_client import OAuth2Client

        secret = self._settings.oidc_client_secret
        return OAuth2Client(
            client_id=self._client_id,
            client_secret=secret.get_secret_value() if secret else None,
            token_endpoint_auth_method=self._auth_method() if secret else "none",
            scope=self._settings.oidc_scopes,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            timeout=TIMEOUT,
            verify=_tls(),
        )

    def _auth_method(self) -> str:
        # ProConnect takes the secret in the body only; the specification's default is the header.
        offered = self._description().get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return "client_secret_basic" if "client_secret_basic" in offered else "client_secret_post"

    # What it says about somebody

    def _decoded(self, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Header and claims of a signed token; an unknown key is looked for once more, since issuers rotate keys."""
        from joserfc import jwt
        from joserfc.errors import JoseError

        for again in (False, True):
            keys = self._read_keys(again)
            try:
                decoded = jwt.decode(token, keys, algorithms=list(ALGORITHMS))
            except (JoseError, ValueError) as error:
                if again:
                    raise SignInFailed("oidc_refused") from error
            else:
                return dict(decoded.header), dict(decoded.claims)
        raise SignInFailed("oidc_refused")

    def _id_claims(self, id_token: str, access_token: str, nonce: str) -> dict[str, Any]:
        from authlib.oidc.core import CodeIDToken
        from joserfc.errors import JoseError

        header, payload = self._decoded(id_token)
        options = {"iss": {"essential": True, "value": str(payload.get("iss"))}, "aud": {"essential": True, "value": self._client_id}}
        claims = CodeIDToken(payload, header, options, {"nonce": nonce, "client_id": self._client_id, "access_token": access_token})
        try:
            claims.validate(leeway=LEEWAY)
        except JoseError as error:
            raise SignInFailed("oidc_refused") from error
        if str(payload["iss"]).rstrip("/") != self._issuer or not payload.get("sub"):
            raise SignInFailed("oidc_refused")
        if self._accepted and payload.get("acr") not in self._accepted:
            raise SignInFailed("oidc_acr")
        return payload

    def _userinfo(self, client: OAuth2Client, access_token: str, subject: str) -> dict[str, Any]:
        endpoint = self._description().get("userinfo_endpoint")
        if not isinstance(endpoint, str):
            return {}
        # Authlib would hold a token of a minute, as some issuers give, for one that has run out.
        headers = {"Accept": "application/jwt, application/json", "Authorization": f"Bearer {access_token}"}
        answer = client.request("GET", endpoint, headers=headers, withhold_token=True)
        if answer.status_code != 200:
            raise SignInFailed("oidc_refused")
        signed = answer.headers.get("content-type", "").split(";")[0].strip().lower() == "application/jwt"
        if signed:
            info = self._signed_info(answer.text.strip())
        elif self._settings.oidc_signed_userinfo:
            raise SignInFailed("oidc_refused")
        else:
            try:
                info = answer.json()
            except ValueError as error:
                raise SignInFailed("oidc_refused") from error
        # OpenID Connect Core 5.3.2: a userinfo about somebody else must not be used.
        if not isinstance(info, dict) or str(info.get("sub", "")) != subject:
            raise SignInFailed("oidc_refused")
        return info

    def _signed_info(self, token: str) -> dict[str, Any]:
        _, info = self._decoded(token)
        audience = info.get("aud", self._client_id)
        if str(info.get("iss", "")).rstrip("/") != self._issuer or self._client_id not in ([audience] if isinstance(audience, str) else audience):
            raise SignInFailed("oidc_refused")
        expires = info.get("exp")
        if expires is not None and (not isinstance(expires, int | float) or expires + LEEWAY < time.time()):
            raise SignInFailed("oidc_refused")
        return info

    def _identity(self, claims: Mapping[str, Any], info: Mapping[str, Any], id_token: str) -> Identity:
        both = {**claims, **info}
        email = both.get("email") if both.get("email_verified") is not False else None
        names = [both.get("given_name"), both.get("usual_name") or both.get("family_name")]
        name = " ".join(str(part) for part in names if part) or str(both.get("name") or email or claims["sub"])
        return Identity(
            issuer=self._issuer,
            subject=str(claims["sub"]),
            name=name[:200],
            email=str(email).casefold() if email else None,
            roles=_values(both, self._settings.oidc_roles_claim),
            acr=str(claims["acr"]) if claims.get("acr") else None,
            id_token=id_token,
        )


def role_of(identity: Identity, settings: Settings) -> Role:
    """By the lists of the settings; whoever is on no list is an agent."""
    known = {value.casefold() for value in (*identity.roles, identity.subject, identity.email or "") if value}
    if _listed(settings.oidc_admins) & known:
        return "admin"
    return "adviser" if _listed(settings.oidc_advisers) & (known | {"*"}) else "agent"


def _listed(setting: str) -> set[str]:
    return {value.strip().casefold() for value in setting.split(",") if value.strip()}


def _values(claims: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """The strings at a dotted path of claims, whether the issuer gives one, a list, or one string with spaces."""
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return (found, *found.split()) if " " in found else (found,)
    return tuple(str(value) for value in found) if isinstance(found, list | tuple) else ()


@cache
def _tls() -> ssl.SSLContext:
    # Reading the machine's certificates takes longer than a whole sign-in.
    import httpx2

    return httpx2.create_ssl_context()


def _unreachable() -> tuple[type[Exception], ...]:
    import httpx2

    return (httpx2.HTTPError,)
