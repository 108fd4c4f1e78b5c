"""The chat: ask, read, open the proofs, say what one thinks of them, erase. Everything works without a script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from assistant.records import Because, Citation, LearnerProfile
from bots.assemble import Ready, Service
from bots.errors import NotFound
from bots.messages import error_sentence, problem
from bots.metrics import Metrics
from bots.proofs import Proof, prove
from bots.replies import Replies
from bots.sheets import Shelves
from bots.state import Rating, SavedTurn, State
from bots.web.models import MAX_QUESTION
from bots.web.pages import Pages
from bots.web.visitors import Visitors
from corpus.vocabulary import CATEGORIES, VERSANTS

REASONS = ("wrong", "incomplete", "off_topic", "unclear", "other")
SAID = ("erased", "erased_all", "thanks")
SHOWN_TURNS = 40
"""Turns of a long conversation that its page shows at first."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition: its proof, or the ``marker`` of the answer's own proof where that is the same."""

    text: str
    proof: Proof | None = None
    marker: int | None = None


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn as the page shows it; ``choices`` are (what to send, key of what to show) for the question asked back."""

    turn: SavedTurn
    proofs: tuple[Proof, ...]
    because: tuple[Rule, ...]
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Chat:
    """What the routes of the chat work with."""

    service: Service
    state: State
    replies: Replies
    visitors: Visitors
    pages: Pages
    shelves: Shelves
    metrics: Metrics

    def conversation(self, owner: str | None) -> str | None:
        """The conversation that the visitor last used on the web."""
        found = self.state.conversations(owner) if owner else []
        return next((conversation.id for conversation in found if conversation.channel == "web"), None)

    def views(self, turns: Sequence[SavedTurn]) -> list[TurnView]:
        if not turns:
            return []
        ready = self.service.current()
        last = turns[-1].id
        return [self._view(ready, turn, last=turn.id == last) for turn in turns]

    def _view(self, ready: Ready, turn: SavedTurn, *, last: bool) -> TurnView:
        proofs = tuple(_proof(ready, citation) for citation in turn.answer.citations)
        markers = {(c.document, c.start, c.end): c.marker for c in turn.answer.citations}
        because = tuple(_rule(ready, reason, markers) for reason in turn.answer.eligibility.because) if turn.answer.eligibility else ()
        return TurnView(turn, proofs, because, self._choices(turn) if last else ())

    def _choices(self, turn: SavedTurn) -> tuple[tuple[str, str], ...]:
        """What a person may tap in answer to the question that the assistant asked back."""
        memory = self.state.memory(turn.conversation)
        slot = (memory.pending or "").rpartition(":")[2] if memory else ""
        return choices(slot, memory.profile if memory else LearnerProfile())

    def page(self, request: Request, status: int = 200, *, problem: str = "", question: str = "", said: str = "", whole: bool = False) -> Response:
        owner = self.visitors.owner(request)
        conversation = self.conversation(owner)
        turns = self.state.turns(conversation) if conversation else []
        return self.shown(request, conversation, turns, status, problem=problem, question=question, said=said, whole=whole)

    def shown(
        self, request: Request, conversation: str | None, turns: Sequence[SavedTurn], status: int = 200, *, whole: bool = False, **context: Any
    ) -> Response:
        ready = self.service.current()
        shown = turns if whole else turns[-SHOWN_TURNS:]
        response = self.pages(
            request, "chat.html", status, conversation=conversation or "", views=self.views(shown), earlier=len(turns) - len(shown),
            examples=self.shelves.examples(ready), model=self.visitors.door.settings.chat_model, most=MAX_QUESTION, reasons=REASONS, **context,
        )  # fmt: skip
        self.visitors.welcome(request, response)
        return response


def choices(slot: str, profile: LearnerProfile) -> tuple[tuple[str, str], ...]:
    """The closed answers to a question about a slot of the profile, with "I do not know" at the end; none for an open one."""
    if slot == "versant":
        return (*((code, f"versant_{code}") for code in VERSANTS), ("Je ne sais pas", "do_not_know"))
    if slot == "category":
        known = CATEGORIES.get(profile.versant or "", ("A", "B", "C", "D"))
        return (*((f"Catégorie {letter}", f"category_{letter}") for letter in known if letter != "A+"), ("Je ne sais pas", "do_not_know"))
    return ()


def _rule(ready: Ready, reason: Because, markers: Mapping[tuple[str, int, int], int]) -> Rule:
    cited = reason.citation
    if cited is None:
        return Rule(reason.rule)
    marker = markers.get((cited.document, cited.start, cited.end))
    return Rule(reason.rule, marker=marker) if marker else Rule(reason.rule, _proof(ready, cited))


def _proof(ready: Ready, citation: Citation) -> Proof:
    return prove(
        ready.catalogue, citation.document, citation.start, citation.end, citation.quote,
        marker=citation.marker, title=citation.title, heading=citation.heading,
    )  # fmt: skip


def router(chat: Chat) -> APIRouter:
    """The page, its forms, and the fragments that its script asks for."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/")
    def page(request: Request, dit: str = "", tout: str = "") -> Response:
        return chat.page(request, said=dit if dit in SAID else "", whole=bool(tout))

    @routes.post("/")
    async def ask(request: Request, question: Annotated[str, Form()] = "") -> Response:
        question = question.strip()
        if not question:
            return await run_in_threadpool(chat.page, request, 422, problem="empty_question")
        if len(question) > MAX_QUESTION:
            return await run_in_threadpool(chat.page, request, 422, problem="long_question", question=question)
        owner, token = chat.visitors.welcomed(request)
        known = chat.visitors.owner(request) is not None
        try:
            conversation = await run_in_threadpool(chat.conversation, owner) if known else None
            asked = await run_in_threadpool(chat.replies.prepare, question, conversation, owner, chat.visitors.chosen_language(request))
            reply = await chat.replies.reply(asked)
        except Exception as error:
            sentence = error_sentence(error, chat.visitors.language(request))
            return await run_in_threadpool(chat.page, request, problem(error).status, problem=sentence, question=question)
        if known:
            return RedirectResponse(f"/#t{reply.turn}", 303)
        # Perhaps this browser keeps no cookies: the answer is shown at once rather than after a redirect that would lose it.
        turns = await run_in_threadpool(chat.state.turns, reply.conversation)
        response = await run_in_threadpool(chat.shown, request, reply.conversation, turns, problem="", question="", said="")
        chat.visitors.remember(request, response, token)
        return response

    _fragments(routes, chat)
    _opinions(routes, chat)

    @routes.post("/conversation/effacer")
    def erase(request: Request) -> Response:
        conversation = chat.conversation(chat.visitors.owner(request))
        if conversation:
            chat.state.forget(conversation)
        return RedirectResponse("/?dit=erased", 303)

    return routes


def _mine(chat: Chat, request: Request, turn_id: int, conversation: str) -> SavedTurn:
    """A turn of the visitor's own, by their cookie or by the id of its conversation. Raises NotFound for anybody else's."""
    turn = chat.state.turn(turn_id)
    owner = chat.visitors.owner(request)
    if turn is not None and turn.conversation != conversation:
        found = chat.state.conversation(turn.conversation)
        if owner is None or found is None or found.owner != owner:
            turn = None
    if turn is None:
        raise NotFound("There is no such answer.")
    return turn


def _fragments(routes: APIRouter, chat: Chat) -> None:
    @routes.get("/tours/{turn_id}")
    def one(request: Request, turn_id: int, conversation: str = "") -> Response:
        """One turn as the page shows it."""
        return chat.pages(request, "turns.html", views=chat.views([_mine(chat, request, turn_id, conversation)]), reasons=REASONS)

    @routes.get("/conversation/suite")
    def following(request: Request, apres: int = 0, conversation: str = "") -> Response:
        """The turns after one that the page has: what was answered while the connection was lost."""
        conversation = conversation or chat.conversation(chat.visitors.owner(request)) or ""
        turns = [turn for turn in chat.state.turns(conversation) if turn.id > apres]
        if not turns:
            return Response(status_code=204, headers={"Cache-Control": "no-store"})
        return chat.pages(request, "turns.html", views=chat.views(turns), reasons=REASONS)


def _opinions(routes: APIRouter, chat: Chat) -> None:
    @routes.post("/tours/{turn_id}/avis")
    def opinion(
        request: Request, turn_id: int, rating: Annotated[str, Form()] = "", reason: Annotated[str, Form()] = "",
        comment: Annotated[str, Form(max_length=2000)] = "", conversation: Annotated[str, Form()] = "",
    ) -> Response:  # fmt: skip
        """Keeps a thumb and its reason."""
        turn = _mine(chat, request, turn_id, conversation)
        thumbs: dict[str, Rating] = {"up": "up", "down": "down"}
        if rating not in thumbs:
            return chat.page(request, 422, problem="choose_a_thumb")
        chat.state.feedback(turn.id, thumbs[rating], reason if reason in REASONS else None, comment.strip() or None)
        chat.metrics.feedback(rating)
        if request.headers.get("x-fragment"):
            again = chat.state.turn(turn.id)
            return chat.pages(request, "opinion.html", turn=again, reasons=REASONS)
        return RedirectResponse(f"/?dit=thanks#t{turn.id}", 303)
