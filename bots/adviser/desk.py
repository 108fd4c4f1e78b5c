"""What the pages of the workspace share: the index, the cabinet, the door, and how a page is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Form, Request
from starlette.responses import RedirectResponse, Response

from assistant.records import Language, LearnerProfile, LearningPath, Money, Step
from bots.assemble import Ready, Service
from bots.auth.door import Door
from bots.sign_in import Render, moment
from bots.state import State
from bots.state_adviser import Cabinet
from bots.state_auth import SignedIn

if TYPE_CHECKING:
    from corpus.catalogue import Catalogue

Field = Annotated[str, Form()]
"""A field of a form; absent or empty is the empty string."""
Number = Annotated[int, Form()]


@dataclass(frozen=True, slots=True)
class Workspace:
    """Made once an application; threads share it."""

    service: Service
    state: State
    cabinet: Cabinet
    door: Door
    render: Render
    language: Callable[[Request], Language]

    def ready(self) -> Ready:
        return self.service.current()

    def recommend(self, profile: LearnerProfile, language: Language) -> LearningPath:
        """The best path for a profile on the published index, explained in ``language``. Raises AssistantError."""
        from assistant.paths.path import recommend

        ready = self.ready()
        return recommend(ready.catalogue, ready.search, profile, ready.generation, language=language)

    def page(self, request: Request, template: str, signed: SignedIn, status: int = 200, **context: Any) -> Response:
        """A page of the workspace; it is never kept by a browser or a proxy."""
        response = self.render(request, f"adviser/{template}", status, signed=signed, at=moment, **context)
        response.headers["Cache-Control"] = "no-store"
        return response

    def record(self, signed: SignedIn | None, action: str, object_id: str | None = None) -> None:
        self.door.accounts.record(signed.account.id if signed else None, action, object_id)


def to(address: str) -> Response:
    """On to another page after a form, so that reloading sends nothing twice."""
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})


@dataclass(frozen=True, slots=True)
class Total:
    """What steps add up to: known prices by currency, known days, and the steps whose document says neither."""

    prices: tuple[Money, ...]
    unpriced: tuple[Step, ...]
    days: float
    unmeasured: tuple[Step, ...]


def total(steps: Sequence[Step]) -> Total:
    whole = LearningPath(LearnerProfile(), tuple(steps), ())
    return Total(whole.prices, tuple(step for step in steps if step.price is None), whole.days, tuple(step for step in steps if step.days is None))


def documents(catalogue: "Catalogue") -> frozenset[str]:
    return frozenset(catalogue.document_ids())


MEDIA = {
    "ics": "text/calendar; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jsonld": "application/ld+json",
}


def attachment(content: bytes, kind: str, name: str) -> Response:
    """A file that the browser saves, never shows: what is in it comes from documents."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type=MEDIA[kind], headers=headers)
