"""A service for the bot's tests: real records, a small catalogue, an assistant that does as it is told by the question.

It answers every question with a text that names the question and how many came before it in the same conversation, so
that a crossed conversation, a lost turn or a second answer shows.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from assistant.errors import BadRequest
from assistant.learner.profile import profile_from_words
from assistant.records import (
    Answer,
    Because,
    Citation,
    Done,
    Eligibility,
    Event,
    Exclusion,
    Language,
    LearnerProfile,
    LearningPath,
    Memory,
    Money,
    Period,
    ProgrammeRef,
    Relaxation,
    Step,
    TextPiece,
    Turn,
)
from corpus.records import Block, Document, Fact, Price, Programme, Text

TEXT = "Conduire un projet\nCoût : 450 €\nPublic : agents de catégorie A\n"
DOCUMENTS = {
    f"projet-{n}.md": Document(f"projet-{n}.md", f"Conduire un projet {n}", TEXT, (Block("heading", 0, 18, 1),), "markdown", "0" * 64)
    for n in range(1, 12)
}
FACTS = (Fact("price", Price(450.0, "EUR"), "450 €", 26, 31), Fact("audience", Text("agents de catégorie A"), "agents de catégorie A", 41, 62))


class FakeAssistant:
    """``asked`` records (question, how many turns before it). Questions that start with a word below do something else."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.lock = threading.Lock()

    def reply(self, question: str, memory: Memory = Memory(), language: Language | None = None) -> Iterator[Event]:  # noqa: B008
        if not question.strip():
            raise BadRequest("Ask a question.")
        with self.lock:
            self.asked.append((question, len(memory.turns)))
        if question.startswith("CRASH"):
            raise RuntimeError(f"secret {question}")
        if question.startswith("SLOW"):
            for number in range(12):
                yield TextPiece(f"Morceau {number}. ")
                time.sleep(0.25)
        text = f"Réponse à « {question} » après {len(memory.turns)} [1]."
        if question.startswith("LONG"):
            text = "Une phrase assez longue pour compter <b> & plus. " * 300
        yield TextPiece(text)
        if question.startswith("SLOW"):
            text = "".join(f"Morceau {number}. " for number in range(12)) + text
        yield self.done(question, text, memory, language or "fr")

    def done(self, question: str, text: str, memory: Memory, language: Language) -> Done:
        citations = tuple(
            Citation("projet-1.md", quote, start, start + len(quote), marker, "Conduire un projet 1", "Pratique")
            for marker, (start, quote) in enumerate([(19, "Coût : 450 €"), (32, "Public : agents de catégorie A")], 1)
        )
        verdict, pending = None, None
        if "éligible" in question:
            verdict = Eligibility("to_check", (Because("Réservé à la catégorie A", citations[1]),), ("Quelle est votre catégorie ?",))
            pending = "eligibility:category"
        answer = Answer(
            question, text, "eligibility" if verdict else "price", programme=ProgrammeRef("projet-1.md", "Conduire un projet 1"),
            citations=citations, eligibility=verdict, suggestions=("Quelles sont les dates ?", "Qui contacter ?"),
            abstained=question.startswith("UNKNOWN"), language=language,
        )  # fmt: skip
        turns = (*memory.turns, Turn(question, text, answer.intent))[-20:]
        return Done(answer, Memory(turns, ("projet-1.md",), profile_from_words(question, memory.profile), pending))


class FakeCatalogue:
    def programmes(self) -> list[Programme]:
        return [self.programme(name) for name in DOCUMENTS]

    def programme(self, document: str) -> Programme:
        return Programme(document, DOCUMENTS[document].title, "module", FACTS)

    def document(self, document: str) -> Document:
        return DOCUMENTS[document]


class FakeSearch:
    def documents(self, query: str, k: int = 10, mode: str = "hybrid") -> list[tuple[str, float]]:
        return [(name, 0.5) for name in DOCUMENTS if query in name][:k]


class FakeService:
    def __init__(self) -> None:
        self.assistant = FakeAssistant()
        self.ready = SimpleNamespace(assistant=self.assistant, catalogue=FakeCatalogue(), search=FakeSearch(), generation="g1")

    def current(self) -> SimpleNamespace:
        return self.ready


def fake_path(ready: object, profile: LearnerProfile, language: Language) -> LearningPath:
    """A path of two modules with every part that a message shows."""
    step = Step(
        "Conduire un projet", "projet-1.md", Period(date(2027, 3, 2), date(2027, 3, 3)), 2.0, Money(450.0), 0.8, profile.goals,
        "Sert votre objectif.", Eligibility("eligible", (Because("Ouvert à tous les agents"),)),
    )  # fmt: skip
    second = replace(
        step, module="Animer une équipe", document="projet-2.md", session=None, price=None, days=1.5, eligibility=Eligibility("to_check")
    )
    out = Exclusion("Gérer un budget", "projet-3.md", 0.5, (), "over_budget", "Coûte 900 €, il reste 100 €.")
    relaxation = Relaxation("Porter le budget à 900 €", "un module de plus", profile, ("budget",))
    return LearningPath(profile, (step, second), (out,), relaxations=(relaxation,), questions=("Quel est votre budget ?",), generation="g1")
