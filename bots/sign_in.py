"""The routes of sign-in and sign-out, local and at an issuer, and one's own account.

Whatever is wrong with a local sign-in (login, password, too many tries), the page, its sentence and the work done are the
same. A sign-out ends our session first, then leads on to the issuer's by a page that goes there: a form that redirects to
another site would be stopped by the content security policy.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, FastAPI, Form, Request
from starlette.responses import RedirectResponse, Response

from bots.auth import passwords
from bots.auth.door import HOME, SESSION, SIGN_IN, THRESHOLD, Door, Forbidden, SignInNeeded, new_threshold, safe_target, sign_in_redirect
from bots.auth.oidc import Begun, Provider, role_of
from bots.errors import SignInFailed
from bots.state import State
from bots.state_auth import SIGN_IN_SECONDS, Account, SignedIn, SigningIn
from bots.state_telegram import LINK_SECONDS, TelegramState

CALLBACK, SIGNED_OUT = f"{SIGN_IN}/retour", "/deconnecte"
THRESHOLD_SECONDS = 3600


class Render(Protocol):
    """Makes a page from a template of bots/page/ in the visitor's language, with what every page needs."""

    def __call__(self, request: Request, template: str, status: int = 200, **context: Any) -> Response: ...


def moment(seconds: int) -> str:
    """A moment as the server's clock on the wall shows it: ``22/11/2026 14:05``."""
    return datetime.fromtimestamp(seconds).astimezone().strftime("%d/%m/%Y %H:%M")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the routes of sign-in work with."""

    door: Door
    render: Render
    provider: Provider | None
    telegram: TelegramState | None
    """Where the codes are kept that tie a Telegram chat to an account; None where there is no bot."""


def make_desk(door: Door, render: Render, state: State) -> Desk:
    settings = door.settings
    provider = Provider(settings) if settings.oidc_issuer and settings.oidc_client_id else None
    bot = settings.telegram_token.get_secret_value().partition(":")[0] if settings.telegram_token else ""
    return Desk(door, render, provider, TelegramState(state, int(bot), time.time) if bot.isdecimal() else None)


def router(desk: Desk) -> APIRouter:
    """Every route of this file; those without ``require`` are for everybody."""
    routes = APIRouter(include_in_schema=False)
    _local(routes, desk)
    if desk.provider is not None:
        _at_issuer(routes, desk, desk.provider)
    _leaving(routes, desk)
    _own_account(routes, desk)
    if desk.telegram is not None:
        _to_telegram(routes, desk, desk.telegram)
    return routes


def refuse(app: FastAPI, render: Render) -> None:
    """Says what happens when somebody may not go further: to the sign-in, or a page that says why."""

    async def to_sign_in(_: Request, error: Exception) -> Response:
        return sign_in_redirect(error.target if isinstance(error, SignInNeeded) else HOME)

    async def forbidden(request: Request, error: Exception) -> Response:
        return render(request, "adviser/refused.html", 403, problem=str(error))

    app.add_exception_handler(SignInNeeded, to_sign_in)
    app.add_exception_handler(Forbidden, forbidden)


def _local(routes: APIRouter, desk: Desk) -> None:
    door = desk.door

    @routes.get(SIGN_IN)
    def sign_in_page(request: Request, suite: str = "") -> Response:
        if door.who(request) is not None:
            return RedirectResponse(safe_target(suite), 303)
        return _sign_in_page(desk, request, suite)

    @routes.post(SIGN_IN, dependencies=[Depends(door.threshold_form)])
    def sign_in(
        request: Request, login: Annotated[str, Form()] = "", password: Annotated[str, Form()] = "", suite: Annotated[str, Form()] = ""
    ) -> Response:
        account, wait = _try(door, request, login.strip(), password)
        if account is None:
            response = _sign_in_page(desk, request, suite, 429 if wait else 401, problem="sign_in_failed", login=login.strip()[:200])
            if wait:
                response.headers["Retry-After"] = str(wait)
            return response
        return _enter(door, request, account, suite)


def _try(door: Door, request: Request, login: str, password: str) -> tuple[Account | None, int]:
    """The account that login and password open, or None; and the seconds to wait after too many tries."""
    settings, accounts = door.settings, door.accounts
    keys = (f"account {login.casefold()}", f"address {door.address(request)}")
    wait = accounts.try_now(keys, settings.login_tries, settings.login_window_minutes * 60)
    account, stored = accounts.password_of(login)
    # Checked even where it will be refused: the time must not tell which of the reasons it was.
    right = passwords.matches(stored, password)
    if wait or not right or account is None or stored is None:
        accounts.record(account.id if account else None, "sign_in_throttled" if wait else "sign_in_failed")
        return None, wait
    accounts.forgive(*keys)
    if passwords.outdated(stored):
        accounts.set_password(account.id, passwords.hashed(password))
    return account, 0


def _enter(door: Door, request: Request, account: Account, target: str, id_token: str | None = None) -> Response:
    """Opens a session under a new token, ends the one the browser came with, and goes on."""
    old = door.cookie(request, SESSION)
    if old:
        door.accounts.close(old)
    token = door.accounts.open(account.id, id_token)
    door.accounts.record(account.id, "signed_in")
    response = RedirectResponse(safe_target(target, HOME if account.may("adviser") else "/"), 303, headers={"Cache-Control": "no-store"})
    door.set_cookie(request, response, SESSION, token, door.longest)
    door.drop_cookie(request, response, THRESHOLD)
    return response


def _sign_in_page(desk: Desk, request: Request, target: str, status: int = 200, **context: Any) -> Response:
    threshold = desk.door.cookie(request, THRESHOLD) or new_threshold()
    request.state.threshold = threshold
    empty = desk.provider is None and not desk.door.accounts.accounts()
    issuer = desk.door.settings.oidc_label if desk.provider else None
    response = desk.render(request, "adviser/sign_in.html", status, target=safe_target(target, ""), issuer=issuer, empty=empty, **context)
    desk.door.set_cookie(request, response, THRESHOLD, threshold, THRESHOLD_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def _at_issuer(routes: APIRouter, desk: Desk, provider: Provider) -> None:
    door = desk.door

    @routes.get(f"{SIGN_IN}/fournisseur")
    def leave(request: Request, suite: str = "") -> Response:
        try:
            begun = provider.begin(door.site(request) + CALLBACK)
        except SignInFailed as error:
            return _sign_in_page(desk, request, suite, 503, problem=str(error))
        browser = new_threshold()
        door.accounts.leave(SigningIn(begun.state, begun.nonce, begun.verifier, safe_target(suite, "")), browser)
        response = RedirectResponse(begun.url, 303, headers={"Cache-Control": "no-store"})
        door.set_cookie(request, response, THRESHOLD, browser, SIGN_IN_SECONDS)
        return response

    @routes.get(CALLBACK)
    def come_back(request: Request) -> Response:
        query = dict(request.query_params)
        left = door.accounts.back(query.get("state", ""), door.cookie(request, THRESHOLD))
        target = left.target if left else ""
        try:
            if left is None:
                raise SignInFailed("oidc_state")
            begun = Begun("", left.state, left.nonce, left.verifier)
            identity = provider.finish(query, begun, door.site(request) + CALLBACK)
        except SignInFailed as error:
            door.accounts.record(None, "sign_in_failed")
            return _sign_in_page(desk, request, target, 503 if str(error) == "oidc_unreachable" else 401, problem=str(error))
        account = door.accounts.known(identity.issuer, identity.subject, identity.name, role_of(identity, door.settings))
        return _enter(door, request, account, target, identity.id_token)


def _leaving(routes: APIRouter, desk: Desk) -> None:
    door, signed_in = desk.door, Depends(desk.door.require("agent", form=True))

    @routes.post("/deconnexion")
    def sign_out(request: Request, signed: Annotated[SignedIn, signed_in]) -> Response:
        door.accounts.close(door.cookie(request, SESSION))
        door.accounts.record(signed.account.id, "signed_out")
        request.state.signed_in = None
        onward = _onward(desk, request, signed)
        response: Response
        if onward:
            response = desk.render(request, "adviser/signed_out.html", onward=onward, issuer=door.settings.oidc_label)
        else:
            response = RedirectResponse(SIGNED_OUT, 303)
        door.drop_cookie(request, response, SESSION)
        # What the browser keeps of the pages seen goes too; its cookies stay, among them the language.
        response.headers["Clear-Site-Data"] = '"cache"'
        response.headers["Cache-Control"] = "no-store"
        return response

    @routes.get(SIGNED_OUT)
    def signed_out(request: Request) -> Response:
        return desk.render(request, "adviser/signed_out.html", onward=None, issuer=None)


def _onward(desk: Desk, request: Request, signed: SignedIn) -> str | None:
    if desk.provider is None or signed.id_token is None:
        return None
    try:
        return desk.provider.logout_url(signed.id_token, desk.door.site(request) + SIGNED_OUT)
    except SignInFailed:  # the issuer is down: our own session has ended all the same
        return None


def _account_page(desk: Desk, request: Request, signed: SignedIn, status: int = 200, **context: Any) -> Response:
    known = {"signed": signed, "at": moment, "sessions": desk.door.accounts.sessions(signed.account.id), "telegram": desk.telegram is not None}
    return desk.render(request, "adviser/account.html", status, **known, **context)


def _own_account(routes: APIRouter, desk: Desk) -> None:
    door = desk.door
    reader, writer = Depends(door.require("agent")), Depends(door.require("agent", form=True))

    @routes.get("/compte")
    def account_page(request: Request, signed: Annotated[SignedIn, reader]) -> Response:
        return _account_page(desk, request, signed)

    @routes.post("/compte/sessions")
    def end_sessions(signed: Annotated[SignedIn, writer], handle: Annotated[str, Form()] = "") -> Response:
        door.accounts.revoke(signed.account.id, handle or None, but=signed.handle)
        door.accounts.record(signed.account.id, "sessions_ended", signed.account.id)
        return RedirectResponse("/compte", 303)

    @routes.post("/compte/mot-de-passe")
    def change_password(
        request: Request, signed: Annotated[SignedIn, writer], old: Annotated[str, Form()] = "", new: Annotated[str, Form()] = ""
    ) -> Response:
        login = signed.account.login
        if login is None:
            raise Forbidden("role_missing")
        opened, wait = _try(door, request, login, old)
        if opened is None:
            return _account_page(desk, request, signed, 429 if wait else 422, problem="password_wrong")
        problem = passwords.complaint(new, login)
        if problem:
            return _account_page(desk, request, signed, 422, problem=problem)
        door.accounts.set_password(signed.account.id, passwords.hashed(new))
        door.accounts.revoke(signed.account.id)
        door.accounts.record(signed.account.id, "password_changed", signed.account.id)
        return _enter(door, request, signed.account, "/compte")


def _to_telegram(routes: APIRouter, desk: Desk, telegram: TelegramState) -> None:
    writer = Depends(desk.door.require("agent", form=True))

    @routes.post("/compte/telegram")
    def link_telegram(request: Request, signed: Annotated[SignedIn, writer]) -> Response:
        """Shows a new code on the page that asked for it: it is kept as a hash only, so it cannot be shown again."""
        code = telegram.new_code("link", signed.account.id)
        desk.door.accounts.record(signed.account.id, "telegram_link_made", signed.account.id)
        return _account_page(desk, request, signed, telegram_code=code, telegram_bot=telegram.bot_name(), telegram_minutes=LINK_SECONDS // 60)
