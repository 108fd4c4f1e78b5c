"""The door: who is there, what they may do, and whether the form they send is one of ours.

A session is a random token in a cookie (HttpOnly, SameSite=Lax, and Secure with the ``__Host-`` prefix behind HTTPS); it
is made anew at every sign-in and never taken from the browser. A form's CSRF token is a keyed hash of the session token,
so it is different for every session, needs no storage and dies with it; before the sign-in, that of a cookie of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote, urlsplit

from fastapi import Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response

from bots.errors import Refused
from bots.settings import Settings
from bots.state_auth import Accounts, Role, SignedIn

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

SESSION, THRESHOLD = "jalon_session", "jalon_seuil"
HOME = "/conseil"
SIGN_IN = "/connexion"

_LOCAL = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")
"""A path of this site: one slash, then printable ASCII without a backslash, which browsers read as a slash."""


class SignInNeeded(Refused):
    """Nobody is signed in; ``target`` is where to go afterwards."""

    def __init__(self, target: str) -> None:
        super().__init__("Sign in first.")
        self.target = target


class Forbidden(Refused):
    """Signed in, but not for this; ``str(error)`` is the key of the sentence to show."""


def safe_target(target: str | None, otherwise: str = HOME) -> str:
    """``target`` if it is a page of this site, else ``otherwise``: nobody is sent elsewhere by a link to our sign-in.

    >>> safe_target("/conseil/plans?p=2"), safe_target("//evil.example"), safe_target("https://evil.example")
    ('/conseil/plans?p=2', '/conseil', '/conseil')
    """
    if not target or not _LOCAL.fullmatch(target) or target.startswith(SIGN_IN):
        return otherwise
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else otherwise


class Door:
    """Knows who is at the door of ``request``; made once an application."""

    def __init__(self, settings: Settings, accounts: Accounts) -> None:
        self.settings = settings
        self.accounts = accounts
        self.idle = settings.session_idle_minutes * 60
        self.longest = settings.session_hours * 3600

    # Cookies

    def secure(self, request: Request) -> bool:
        if self.settings.cookies_secure != "auto":
            return self.settings.cookies_secure == "always"
        return request.url.scheme == "https" or (self.settings.public_url or "").startswith("https:")

    def cookie_name(self, request: Request, name: str) -> str:
        # The prefix keeps another application on a sibling domain from planting a cookie of that name.
        return f"__Host-{name}" if self.secure(request) else name

    def cookie(self, request: Request, name: str) -> str:
        return request.cookies.get(self.cookie_name(request, name), "")

    def set_cookie(self, request: Request, response: Response, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            self.cookie_name(request, name), value, max_age=seconds, path="/", secure=self.secure(request), httponly=True, samesite="lax"
        )  # fmt: skip

    def drop_cookie(self, request: Request, response: Response, name: str) -> None:
        response.delete_cookie(self.cookie_name(request, name), path="/", secure=self.secure(request), httponly=True, samesite="lax")

    # Who

    def who(self, request: Request) -> SignedIn | None:
        """Who is signed in; looked up once a request."""
        if not hasattr(request.state, "signed_in"):
            token = self.cookie(request, SESSION)
            request.state.signed_in = self.accounts.session(token, self.idle, self.longest) if token else None
        found: SignedIn | None = request.state.signed_in
        return found

    def address(self, request: Request) -> str:
        """The visitor's address as throttling counts it: an IPv6 home has 2**64 of them, so its network is meant."""
        host = request.client.host if request.client else ""
        try:
            parsed = ipaddress.ip_address(host)
        except ValueError:
            return host
        return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else host

    def site(self, request: Request) -> str:
        """The address of this site as people type it, without a slash at the end."""
        return (self.settings.public_url or str(request.base_url)).rstrip("/")

    # Forms

    def csrf(self, request: Request) -> str:
        """The token that this visitor's forms carry."""
        return form_token(self.cookie(request, SESSION) or getattr(request.state, "threshold", "") or self.cookie(request, THRESHOLD))

    def check_form(self, request: Request, token: str) -> None:
        """Raises Forbidden for a form that another site made, or that belongs to another session."""
        origin = request.headers.get("origin")
        ours = {request.headers.get("host", ""), urlsplit(self.settings.public_url or "").netloc} - {""}
        if request.headers.get("sec-fetch-site") in ("cross-site", "same-site") or (origin is not None and urlsplit(origin).netloc not in ours):
            raise Forbidden("form_elsewhere")
        bound = self.cookie(request, SESSION) or self.cookie(request, THRESHOLD)
        if not bound or not hmac.compare_digest(form_token(bound).encode(), token.encode("utf-8", "replace")):
            raise Forbidden("form_stale")

    # Dependencies of routes

    def require(self, role: Role, form: bool = False) -> Callable[..., SignedIn]:
        """The dependency of a route that only ``role`` (or more) may call; with ``form``, by one of our forms only."""

        def enter(request: Request) -> SignedIn:
            signed = self.who(request)
            if signed is None:
                raise SignInNeeded(request.url.path if request.method == "GET" else HOME)
            if not signed.account.may(role):
                raise Forbidden("role_missing")
            return signed

        def enter_by_form(request: Request, csrf: Annotated[str, Form()] = "") -> SignedIn:
            signed = enter(request)
            self.check_form(request, csrf)
            return signed

        return enter_by_form if form else enter

    def threshold_form(self, request: Request, csrf: Annotated[str, Form()] = "") -> None:
        """The dependency of forms sent before a sign-in."""
        self.check_form(request, csrf)


def form_token(secret: str) -> str:
    return hmac.new(secret.encode("utf-8", "replace"), b"jalon form", hashlib.sha256).hexdigest() if secret else ""


def new_threshold() -> str:
    return secrets.token_urlsafe(32)


OPEN_PATHS = ("/healthz", "/readyz", "/metrics", "/deconnexion", "/deconnecte", "/favicon.ico", "/robots.txt")
OPEN_FOLDERS = (SIGN_IN, "/static", "/langue", "/theme", "/parcours", "/webhook", "/telegram")
"""What stays open where the chat needs a sign-in: the sign-in itself, what pages load, language and theme, probes, shared paths (whose token
is the key) and Telegram (which has a secret of its own)."""


class EverythingBehindLogin:
    """Where ``JALON_CHAT_LOGIN`` is set, only somebody signed in gets further than the sign-in."""

    def __init__(self, app: ASGIApp, door: Door, refusal: Callable[[Request], str]) -> None:
        self._app, self._door, self._refusal = app, door, refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        if await run_in_threadpool(self._door.who, request) is not None:
            await self._app(scope, receive, send)
            return
        await self._turn_away(request)(scope, receive, send)

    @staticmethod
    def _is_open(path: str) -> bool:
        return path in OPEN_PATHS or any(path == folder or path.startswith(folder + "/") for folder in OPEN_FOLDERS)

    def _turn_away(self, request: Request) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
        if request.method == "GET" and not request.url.path.startswith(("/api", "/v1")):
            return sign_in_redirect(request.url.path)
        body = {"error": {"code": "sign_in_needed", "message": self._refusal(request)}}
        return JSONResponse(body, 401, headers={"Cache-Control": "no-store"})


def sign_in_redirect(target: str) -> RedirectResponse:
    target = safe_target(target, "/")
    return RedirectResponse(f"{SIGN_IN}?suite={quote(target, safe='/')}", 303, headers={"Cache-Control": "no-store"})
