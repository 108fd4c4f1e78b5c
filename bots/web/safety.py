"""What every request passes, from the outside in: headers and figures, the size of the body, the visitor's share.

Nothing raised inside gets out: an error that nobody foresaw becomes the sentence for it, and one line in the log
without the request's text.
"""

from __future__ import annotations

import asyncio
import logging
import time

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bots.errors import BotError, TooLarge
from bots.metrics import Metrics
from bots.web.errors import Refusals
from bots.web.visitors import Visitors

_LOG = logging.getLogger("jalon.web")
BODY_SECONDS = 20
"""Time for a body to arrive: a body sent byte by byte holds nothing up."""
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_FILES = ("/conseil/equipes",)
FILE_BYTES = 2_000_000
"""Where files are sent, and how large a body may be there: a table of 5,000 agents fits in."""
_FREE = ("/static/", "/healthz", "/readyz", "/metrics", "/favicon.ico", "/robots.txt", "/telegram/webhook")


class Outermost:
    """Sets the headers, counts and times the response, and turns an unforeseen error into a response."""

    def __init__(self, app: ASGIApp, metrics: Metrics, refusals: Refusals) -> None:
        self._app, self._metrics, self._refusals = app, metrics, refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.monotonic(), 0
        head = scope["method"] == "HEAD"
        # A page that can be read can be asked for its headers.
        inner = {**scope, "method": "GET"} if head else scope

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._app(inner, receive, sending)
        except Exception as error:
            if status:
                # Too late for another response: the connection breaks off, and the page says so.
                _LOG.error("%s after the response had begun", type(error).__name__)
                raise ConnectionAbortedError(type(error).__name__) from None
            await self._refusals.response(Request(inner), error)(inner, receive, sending)
        finally:
            # The route's pattern, never the path: ids and search words are in it.
            route = getattr(inner.get("route"), "path", "(none)")
            self._metrics.request(route, scope["method"] if status != 405 else "(other)", status, time.monotonic() - began)
            _LOG.info("%s %s %d %.0f ms", scope["method"], route, status, (time.monotonic() - began) * 1000)


class Inner:
    """Reads the body up to its limit and takes the visitor's share, before any route works."""

    def __init__(self, app: ASGIApp, visitors: Visitors, refusals: Refusals, limit: int) -> None:
        self._app, self._visitors, self._refusals, self._limit = app, visitors, refusals, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_FREE):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
                self._visitors.check_origin(request)
                body = await self._body(request, receive)
            else:
                body = b""
            if scope["method"] == "POST" or scope["path"].startswith("/api/"):
                await run_in_threadpool(self._visitors.take_share, request)
        except (BotError, TimeoutError) as error:
            await self._refusals.response(request, error)(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)

    async def _body(self, request: Request, receive: Receive) -> bytes:
        limit = max(self._limit, FILE_BYTES) if request.url.path in _FILES else self._limit
        declared = request.headers.get("content-length", "0")
        if not declared.isdigit() or int(declared[:18]) > limit:
            raise TooLarge("The request is too large.")
        chunks: list[bytes] = []
        size = 0
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return b"".join(chunks)
                chunks.append(message.get("body", b""))
                size += len(chunks[-1])
                if size > limit:
                    raise TooLarge("The request is too large.")
                if not message.get("more_body"):
                    return b"".join(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Hands over the body that was read, then what the server says (that the visitor has gone)."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
