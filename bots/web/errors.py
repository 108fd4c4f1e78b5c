"""Errors at the door: one shape of JSON for programs, the same sentence on a page for people."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from assistant.errors import AssistantError
from bots.errors import BotError
from bots.messages import error_sentence, problem, sentence
from bots.web.pages import Pages
from bots.web.visitors import Visitors
from corpus.errors import CorpusError
from index.errors import IndexProblem

_LOG = logging.getLogger("jalon.web")
_CODES = {400: "malformed", 401: "sign_in_needed", 403: "refused", 404: "not_found", 405: "method", 413: "too_large", 422: "invalid", 429: "too_many"}
_JSON_PATHS = ("/api/", "/v1/", "/telegram/", "/webhook/", "/healthz", "/readyz", "/metrics", "/openapi.json")


class Refusals:
    """Turns what went wrong into a response."""

    def __init__(self, visitors: Visitors, pages: Pages) -> None:
        self._visitors, self._pages = visitors, pages

    def body(self, request: Request, error: BaseException) -> dict[str, dict[str, str]]:
        """The one shape of an error, in the visitor's language."""
        return {"error": {"code": problem(error).code, "message": error_sentence(error, self._visitors.language(request))}}

    def response(self, request: Request, error: BaseException) -> Response:
        row = problem(error)
        if row.status >= 500:
            log(error)
        headers = {"Retry-After": str(retry)} if (retry := getattr(error, "retry_after", 5 if row.status == 503 else None)) else {}
        return self.shown(request, row.status, row.code, error_sentence(error, self._visitors.language(request)), headers)

    def of_status(self, request: Request, status: int, headers: dict[str, str] | None = None, code: str | None = None) -> Response:
        code = code or _CODES.get(status, "malformed" if status < 500 else "internal")
        return self.shown(request, status, code, sentence(f"error_{code}", self._visitors.language(request), detail=""), headers or {})

    def shown(self, request: Request, status: int, code: str, message: str, headers: dict[str, str]) -> Response:
        response: Response
        if wants_page(request):
            response = self._pages(request, "error.html", status, message=message, number=status)
        else:
            response = JSONResponse({"error": {"code": code, "message": message}}, status, headers={"Cache-Control": "no-store"})
        response.headers.update(headers)
        return response


def install(app: FastAPI, refusals: Refusals) -> None:
    """Hands every kind of error over to ``refusals``."""

    async def known(request: Request, error: Exception) -> Response:
        return refusals.response(request, error)

    async def of_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return refusals.of_status(request, error.status_code, dict(error.headers or {}))

    async def of_validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        # Not JSON at all, or not said to be: malformed. JSON that does not fit: invalid, with the name of the field alone.
        kinds = {(str(found["type"]), tuple(found["loc"])) for found in error.errors()}
        if any(kind == "json_invalid" or (len(where) == 1 and where[0] == "body") for kind, where in kinds):
            return refusals.of_status(request, 400)
        return refusals.of_status(request, 422)

    for kind in (BotError, AssistantError, IndexProblem, CorpusError, TimeoutError):
        app.add_exception_handler(kind, known)
    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(RequestValidationError, of_validation)


def wants_page(request: Request) -> bool:
    """Whether a person is looking: a page of ours, asked for by a browser."""
    return not request.url.path.startswith(_JSON_PATHS) and "text/html" in request.headers.get("accept", "")


def log(error: BaseException) -> None:
    """Writes where an error came from, without its message, which may repeat a question."""
    place = "".join(traceback.format_tb(error.__traceback__)[-6:])
    _LOG.error("%s: %s\n%s", type(error).__name__, error if isinstance(error, BotError) else "(message left out)", place)


ErrorBody = Callable[[Request, BaseException], dict[str, dict[str, str]]]
