"""Who visits: a random cookie that only its keyed hash is kept of, the language and the theme they chose, their share."""

from __future__ import annotations

import re
import secrets
from typing import Literal, get_args
from urllib.parse import urlsplit

from fastapi import Request
from starlette.responses import Response

from assistant.records import Language
from bots.auth.door import Door
from bots.errors import Refused
from bots.messages import LANGUAGES, preferred
from bots.shares import Shares
from bots.state import State

Theme = Literal["auto", "light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)
VISITOR, LANGUAGE, THEME = "jalon_visiteur", "jalon_langue", "jalon_theme"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_YEAR = 365 * 86_400


class Visitors:
    """Reads and writes what the browser keeps; made once an application."""

    def __init__(self, state: State, door: Door, shares: Shares) -> None:
        self.door = door
        self._state, self._shares = state, shares
        self._keep = door.settings.keep_days * 86_400

    def owner(self, request: Request) -> str | None:
        """The pseudonym of the visitor: of their account where the chat needs one, else of their cookie; None without."""
        if self.door.settings.chat_login:
            signed = self.door.who(request)
            if signed is not None:
                return self._state.owner("account", signed.account.id)
        token = self._token(request)
        return self._state.owner("web", token) if token else None

    def welcome(self, request: Request, response: Response) -> None:
        """Gives the visitor a cookie, or keeps theirs for as long as their conversations are kept."""
        token = self._token(request) or secrets.token_urlsafe(32)
        self.door.set_cookie(request, response, VISITOR, token, self._keep)

    def farewell(self, request: Request, response: Response) -> None:
        """Takes the cookie away: whoever erased everything comes back as somebody new."""
        self.door.drop_cookie(request, response, VISITOR)

    def welcomed(self, request: Request) -> tuple[str, str]:
        """(owner, cookie to set): for a visitor who asks before the cookie was set."""
        token = self._token(request) or secrets.token_urlsafe(32)
        return self.owner(request) or self._state.owner("web", token), token

    def remember(self, request: Request, response: Response, token: str) -> None:
        self.door.set_cookie(request, response, VISITOR, token, self._keep)

    def _token(self, request: Request) -> str | None:
        token = self.door.cookie(request, VISITOR)
        return token if _TOKEN.fullmatch(token) else None

    def chosen_language(self, request: Request) -> Language | None:
        """The language that the visitor chose by hand, if any."""
        chosen = request.cookies.get(LANGUAGE)
        return next((language for language in LANGUAGES if language == chosen), None)

    def language(self, request: Request) -> Language:
        return self.chosen_language(request) or preferred(request.headers.get("accept-language", ""))

    def theme(self, request: Request) -> Theme:
        chosen = request.cookies.get(THEME)
        return next((theme for theme in THEMES if theme == chosen), "auto")

    def choose(self, request: Request, response: Response, name: Literal["jalon_langue", "jalon_theme"], value: str) -> None:
        response.set_cookie(name, value, max_age=_YEAR, path="/", secure=self.door.secure(request), httponly=True, samesite="lax")

    def take_share(self, request: Request) -> None:
        """Counts the request. Raises TooManyRequests."""
        token = self._token(request)
        address = self._state.owner("address", self.door.address(request))
        self._shares.take(address, self._state.owner("share", token) if token else None)

    def check_origin(self, request: Request) -> None:
        """Raises Refused for a form or a call that another site made the browser send (the cookie's SameSite is the first guard)."""
        origin = request.headers.get("origin")
        ours = {request.headers.get("host", ""), urlsplit(self.door.settings.public_url or "").netloc}
        foreign = request.headers.get("sec-fetch-site") == "cross-site" or (origin not in (None, "null") and urlsplit(str(origin)).netloc not in ours)
        if foreign:
            raise Refused("This form was sent by another site.")
