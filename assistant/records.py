"""What goes out to bots/: answers with their proofs, verdicts, profiles, paths. Frozen and typed; JSON is made in bots/."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

Intent = Literal[
    "price", "eligibility", "prerequisites", "content", "duration", "dates", "location", "contact", "registration",
    "capacity", "comparison", "recommendation", "other",
]  # fmt: skip
Verdict = Literal["eligible", "not_eligible", "to_check"]
Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A proof: ``quote`` equals the text of ``document`` at ``start:end``; ``marker`` is the n of ``[n]``."""

    document: str
    quote: str
    start: int
    end: int
    marker: int = 0
    title: str = ""
    heading: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Because:
    """One rule behind a verdict, as a sentence for people, with the sentence of the document it rests on."""

    rule: str
    citation: Citation | None = None
    met: bool | None = None
    """Whether the profile satisfies the rule; None where it cannot be said."""


@dataclass(frozen=True, slots=True)
class Eligibility:
    verdict: Verdict
    because: tuple[Because, ...] = ()
    questions: tuple[str, ...] = ()
    """What must still be asked, most decisive first; empty unless the verdict is to_check."""


@dataclass(frozen=True, slots=True)
class ProgrammeRef:
    document: str
    title: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person reads: ``text`` with markers ``[1]``; every marker has its citation.

    ``mode`` is ``extractive``, or the name of the chat model that wrote the text. ``cards`` are modules recommended in
    the same breath, for channels that can show cards. ``language`` is that of the text (quotes stay in French).
    """

    question: str
    text: str
    intent: Intent
    abstained: bool = False
    mode: str = "extractive"
    programme: ProgrammeRef | None = None
    citations: tuple[Citation, ...] = ()
    eligibility: Eligibility | None = None
    suggestions: tuple[str, ...] = ()
    cards: tuple[Step, ...] = ()
    language: Language = "fr"
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Money:
    amount: float
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to ``end``, both included; None is open."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class LearnerProfile:
    """Who learns, and within what. Every field may be unknown (None or empty).

    ``versant`` is a code of the vocabulary (FPE, FPT, FPH, FPPF, FPCPF), ``category`` one of A+, A, B, C, D.
    """

    role: str | None = None
    versant: str | None = None
    employer: str | None = None
    category: str | None = None
    corps: str | None = None
    territory: str | None = None
    goals: tuple[str, ...] = ()
    budget: Money | None = None
    max_days: float | None = None
    available: Period | None = None
    unavailable: tuple[Period, ...] = ()
    completed: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    """What-if: modules (document id, code or title) that the path must contain."""
    excluded: tuple[str, ...] = ()
    """What-if: modules that the path must not contain."""

    def merged(self, **changed: object) -> LearnerProfile:
        return replace(self, **changed)  # type: ignore[arg-type]


ExclusionReason = Literal[
    "not_eligible", "completed", "less_relevant", "no_session", "missing_prerequisite", "date_clash", "too_long", "over_budget",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One module of a path in the session taken (None where the document gives no session)."""

    module: str
    document: str
    session: Period | None
    days: float | None
    price: Money | None
    relevance: float
    goals: tuple[str, ...]
    reason: str
    eligibility: Eligibility


@dataclass(frozen=True, slots=True)
class Exclusion:
    module: str
    document: str
    relevance: float
    goals: tuple[str, ...]
    reason: ExclusionReason
    detail: str


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A smallest change that makes more possible; ``profile`` is the changed profile, ``fields`` the names changed."""

    change: str
    gain: str
    profile: LearnerProfile
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another path that differs on purpose."""

    label: Literal["cheapest", "shortest", "widest"]
    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class LearningPath:
    profile: LearnerProfile
    steps: tuple[Step, ...]
    excluded: tuple[Exclusion, ...]
    alternatives: tuple[Alternative, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    questions: tuple[str, ...] = ()
    optimal: bool = True
    gap: float = 0.0
    generation: str = ""

    @property
    def prices(self) -> tuple[Money, ...]:
        """The known prices added up, one amount a currency."""
        sums: dict[str, float] = {}
        for step in self.steps:
            if step.price:
                sums[step.price.currency] = round(sums.get(step.price.currency, 0.0) + step.price.amount, 2)
        return tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))

    @property
    def unknown_prices(self) -> int:
        return sum(step.price is None for step in self.steps)

    @property
    def days(self) -> float:
        return round(sum(step.days or 0.0 for step in self.steps), 2)


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what was answered, as much of it as later turns may need."""

    question: str
    answer: str
    intent: Intent
    documents: tuple[str, ...] = ()
    abstained: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """What a conversation remembers; bots/state.py stores it as JSON. Empty at the start of a conversation.

    ``pending`` names a question that the assistant asked back and waits on: the key of a profile slot
    (``versant``, ``category``, ...), ``choose`` (which of ``documents``), or ``recommend`` / ``eligibility`` with a slot
    after a colon.
    """

    turns: tuple[Turn, ...] = ()
    focus: tuple[str, ...] = ()
    profile: LearnerProfile = LearnerProfile()
    pending: str | None = None
    told: tuple[tuple[str, str], ...] = ()
    """What the person answered about conditions that no field of the profile holds: (key of the condition, their words)."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A released piece of the answer; the pieces of a reply add up to ``Answer.text``."""

    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """The end of a reply: the whole answer, and the memory to hand in with the next turn."""

    answer: Answer
    memory: Memory


Event: TypeAlias = TextPiece | Done
