"""The JSON of the contract: ask (plain and streaming), search, sheets, recommendations, health, figures."""

from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, FastAPI, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from assistant.learner.profile import parse_profile
from assistant.records import TextPiece
from bots.assemble import Service
from bots.errors import NotFound
from bots.metrics import Metrics
from bots.replies import Asked, Replies, Reply
from bots.state import State
from bots.views import Json, answer_json, hit_json, path_json, sheet_json
from bots.web.errors import Refusals, log
from bots.web.models import AskAnswer, AskBody, Health, Hit, LearningPath, Problem, Sheet, problems
from bots.web.visitors import VISITOR, Visitors

_PROFILE = {
    "profile": {
        "role": "attachée",
        "versant": "FPT",
        "category": "A",
        "goals": ["conduite du changement"],
        "budget": {"amount": 2000, "currency": "EUR"},
    }
}


def reply_json(reply: Reply) -> Json:
    """The JSON of ``POST /api/ask``."""
    return {**answer_json(reply.answer), "conversation": reply.conversation}


def router(service: Service, replies: Replies, visitors: Visitors, refusals: Refusals) -> APIRouter:
    """Ask, search, sheets, recommendations."""
    routes = APIRouter(prefix="/api", tags=["Jalon"])

    def asked(request: Request, response: Response, body: AskBody) -> Asked:
        """Finds or opens the conversation before anything is sent, so that an unknown one is a plain 404."""
        owner = visitors.owner(request)
        if owner and VISITOR in str(request.headers.get("cookie")):
            visitors.welcome(request, response)
        return replies.prepare(body.question, body.conversation, owner, visitors.chosen_language(request))

    @routes.post("/ask", response_model=AskAnswer, responses=problems(400, 404, 413, 422, 429, 503), summary="Ask a question")
    async def ask(prepared: Annotated[Asked, Depends(asked)]) -> JSONResponse:
        return JSONResponse(reply_json(await replies.reply(prepared)), headers={"Cache-Control": "no-store"})

    @routes.post(
        "/chat",
        response_class=EventSourceResponse,
        responses=problems(400, 404, 413, 422, 429, 503, stream=True),
        summary="Ask a question, and read the answer as it is made",
    )
    async def chat(request: Request, prepared: Annotated[Asked, Depends(asked)]) -> AsyncIterator[ServerSentEvent]:
        """Events `text` (`{"text": "…"}`), then one `answer` (the JSON of `/api/ask`) or one `error`."""
        try:
            async for item in replies.stream(prepared):
                if isinstance(item, TextPiece):
                    yield ServerSentEvent(event="text", data={"text": item.text})
                else:
                    yield ServerSentEvent(event="answer", data=reply_json(item), id=str(item.turn))
        except Exception as error:
            log(error)
            yield ServerSentEvent(event="error", data=refusals.body(request, error))

    _reading(routes, service)
    return routes


def _reading(routes: APIRouter, service: Service) -> None:
    """Search, sheets, recommendations: nothing of them is kept."""

    @routes.get("/search", response_model=list[Hit], responses=problems(422, 429, 503), summary="Search the passages")
    def search(
        q: Annotated[str, Query(min_length=1, max_length=1000)],
        k: Annotated[int, Query(ge=1, le=100)] = 10,
        mode: Literal["hybrid", "lexical", "vector"] = "hybrid",
    ) -> JSONResponse:
        return JSONResponse([hit_json(hit) for hit in service.current().search.search(q.replace("\0", " "), k, mode)])

    @routes.get(
        "/documents/{document:path}", response_model=Sheet, responses=problems(404, 422, 429, 503), summary="What was understood of a document"
    )
    def document(document: str) -> JSONResponse:
        catalogue = service.current().catalogue
        try:
            return JSONResponse(sheet_json(catalogue.document(document), catalogue.programme(document)))
        except (KeyError, UnicodeError) as error:
            raise NotFound("There is no such document.") from error

    @routes.post(
        "/recommend", response_model=LearningPath, responses=problems(400, 413, 422, 429, 503), summary="The best learning path for a profile"
    )
    def recommend(profile: Annotated[dict[str, Any], Body(examples=[_PROFILE])]) -> JSONResponse:
        learner = parse_profile(profile)
        # Imported here: the solver takes a second to load, and a chat needs none.
        from assistant.paths.path import recommend as best_path

        ready = service.current()
        path = best_path(ready.catalogue, ready.search, learner, ready.generation)
        return JSONResponse(path_json(path), headers={"Cache-Control": "no-store"})


def health(app: FastAPI, service: Service, state: State, metrics: Metrics, refusals: Refusals) -> None:
    """Adds the routes that probes and Prometheus ask."""

    @app.get("/healthz", response_model=Health, tags=["Operations"], summary="The process is alive")
    async def alive() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @app.get(
        "/readyz", response_model=Health, responses={503: {"model": Problem}}, tags=["Operations"], summary="An index is open and the state answers"
    )
    def ready(request: Request) -> Response:
        try:
            generation = service.current().generation
            state.ready()
        except Exception as error:
            return refusals.response(request, error)
        return JSONResponse({"status": "ready", "generation": generation}, headers={"Cache-Control": "no-store"})

    @app.get("/metrics", include_in_schema=False)
    async def figures() -> Response:
        return Response(await run_in_threadpool(metrics.text), media_type=metrics.content_type)
