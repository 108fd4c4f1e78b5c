"""The JSON of the contract as types: what OpenAPI documents and what requests are checked against."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.records import ExclusionReason, Intent, Verdict
from corpus.records import FieldName, Kind, Status

MAX_QUESTION = 4000
"""Characters; a question longer than a page is no question, and every character is searched for."""


class AskBody(BaseModel):
    """A question, and the conversation it continues."""

    question: Annotated[str, Field(min_length=1, max_length=MAX_QUESTION, pattern=r"\S", description="What a person asks, in French or English.")]
    conversation: Annotated[str | None, Field(max_length=64, description="The id that came with the last answer; null begins a conversation.")] = None


class Money(BaseModel):
    amount: float
    currency: str


class ProgrammeRef(BaseModel):
    document: str
    title: str


class ShortCitation(BaseModel):
    """``quote`` equals the document's text at ``start:end``."""

    document: str
    quote: str
    start: int
    end: int


class Citation(ShortCitation):
    marker: int
    title: str
    heading: str
    page: int | None


class Because(BaseModel):
    rule: str
    citation: ShortCitation | None


class Eligibility(BaseModel):
    verdict: Verdict
    because: list[Because]
    questions: list[str]


class Period(BaseModel):
    start: date | None
    end: date | None


class Step(BaseModel):
    module: str
    document: str
    session: Period | None
    days: float | None
    price: Money | None
    relevance: float
    goals: list[str]
    reason: str
    eligibility: Eligibility


class AskAnswer(BaseModel):
    """An answer: ``answer`` holds markers ``[1]``, each with its citation."""

    question: str
    answer: str
    abstained: bool
    mode: str
    intent: Intent
    programme: ProgrammeRef | None
    citations: list[Citation]
    eligibility: Eligibility | None
    suggestions: list[str]
    cards: list[Step]
    language: Literal["fr", "en"]
    seconds: float
    conversation: str


class Hit(BaseModel):
    rank: int
    document: str
    passage: str
    score: float
    title: str
    heading: str
    text: str


class Fact(BaseModel):
    value: dict[str, Any]
    text: str
    start: int
    end: int
    status: Status


class KindProof(BaseModel):
    value: Kind
    proof: Fact | None


class Sheet(BaseModel):
    """What was understood of a document; a field that it does not say is an empty list."""

    document: str
    title: str
    text: str
    kind: KindProof
    published: Fact | None
    facts: dict[FieldName, list[Fact]]
    warnings: list[str]


class Excluded(BaseModel):
    module: str
    document: str
    relevance: float
    goals: list[str]
    reason: ExclusionReason
    detail: str


class Total(BaseModel):
    price: list[Money]
    unknown_prices: int
    days: float


class Alternative(BaseModel):
    label: Literal["cheapest", "shortest", "widest"]
    title: str
    steps: list[Step]
    total: Total


class Relaxation(BaseModel):
    change: str
    gain: str
    profile: dict[str, Any]


class LearningPath(BaseModel):
    steps: list[Step]
    total: Total
    excluded: list[Excluded]
    alternatives: list[Alternative]
    relaxations: list[Relaxation]
    questions: list[str]
    optimal: bool
    gap: float
    generation: str


class Health(BaseModel):
    model_config = ConfigDict(extra="allow")

    status: Literal["ok", "ready"]


class ErrorText(BaseModel):
    code: Annotated[str, Field(description="Stable, for programs.")]
    message: Annotated[str, Field(description="A sentence for people: what happened and what to do.")]


class Problem(BaseModel):
    """Every error has this shape."""

    error: ErrorText


def problems(*statuses: int, stream: bool = False) -> dict[int | str, dict[str, Any]]:
    """The errors of a route, for OpenAPI; those of a ``stream`` are JSON all the same, which must be said."""
    said = {400: "Malformed", 404: "Unknown", 413: "Too large", 422: "Does not fit", 429: "Too many requests", 503: "Not now"}
    shape: dict[str, Any] = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}} if stream else {"model": Problem}
    return {status: {**shape, "description": said[status]} for status in statuses}
