"""HTTP to Telegram for python-telegram-bot, over aiohttp: a third of the work of the library's own for each message.

What the library throws together is told apart here: a flood (429), a refusal by a broken server (5xx), a request that
certainly never left, and one of which nobody can tell.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx2
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0
LONGEST_FLOOD = 3600.0
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)


class FloodWait(TelegramError):
    """Telegram wants to be left in peace for ``seconds``. (The library's RetryAfter warns each time it is made.)"""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Flood control: retry in {seconds} s")
        self.seconds = seconds


class NotDone(NetworkError):
    """The request cannot have reached Telegram, or Telegram says by a 5xx that it did not do what was asked."""


class Request(BaseRequest):
    """Calls to the Bot API at ``api``, over at most ``connections`` at once; proxies are those of the environment."""

    __slots__ = ("_connections", "_proxy", "_session")

    def __init__(self, api: str, connections: int) -> None:
        self._connections = connections
        self._proxy = _proxy(api)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ_SECONDS

    async def initialize(self) -> None:
        if self._session is None:
            # the same authorities as sign-in trusts, not whatever the machine has
            connector = aiohttp.TCPConnector(limit=self._connections, ssl=httpx2.create_ssl_context())
            headers = {"User-Agent": self.USER_AGENT}
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), headers=headers)

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = None, connect_timeout: Any = None, pool_timeout: Any = None,  # noqa: ARG002
    ) -> tuple[int, bytes]:  # fmt: skip
        """Status and body of the reply. Of the timeouts, only that of reading differs from call to call.

        Raises FloodWait, NotDone, TimedOut, and NetworkError where the request may have reached Telegram. Their texts
        are names of errors: aiohttp's own hold the address, and with it the token.
        """
        if self._session is None:
            raise RuntimeError("The connections to Telegram are closed.")
        patience = READ_SECONDS if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=patience)
        body, headers = _body(request_data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, proxy=self._proxy, allow_redirects=False
            ) as reply:
                status, payload = reply.status, await reply.read()
        except _NEVER_LEFT as error:
            raise NotDone(type(error).__name__) from error
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error
        if status == 429:
            raise FloodWait(_retry_after(payload))
        if status >= 500:
            raise NotDone(f"Telegram answered {status}")
        return status, payload


class UpdatesRequest(Request):
    """Fetches updates and keeps them as they came, in ``found``: one that the library cannot read costs no other."""

    __slots__ = ("found",)

    def parse_json_payload(self, payload: bytes) -> dict[str, Any]:  # type: ignore[override]
        """The reply without its updates, which the library would otherwise read all or none."""
        reply = BaseRequest.parse_json_payload(payload)
        if not isinstance(reply.get("result"), list):
            return reply
        self.found = [body for body in reply["result"] if isinstance(body, dict) and isinstance(body.get("update_id"), int)]
        return {**reply, "result": []}


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    """The parameters as a form, in several parts where there are files; and the headers that say so."""
    if data is None:
        return None, None
    if not data.contains_files:
        return data.url_encoded_parameters().encode(), _FORM
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, None


def _proxy(api: str) -> str | None:
    address = urlsplit(api)
    if proxy_bypass(address.hostname or ""):
        return None
    known = getproxies()
    return known.get(address.scheme) or known.get("all")


def _retry_after(payload: bytes) -> float:
    try:
        seconds = float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 1.0
    return min(max(seconds, 0.1), LONGEST_FLOOD)
