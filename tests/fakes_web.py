# ruff: noqa: E501 - documents read better in one line than in pieces
"""A small catalogue with true offsets and an assistant that answers by rule: what the tests of the web stand on.

The catalogue is the real one, written and opened; the assistant keeps to the contract of ``Assistant.reply`` and says
who asked what in its answers, so that a crossed conversation shows.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from assistant.errors import BadRequest
from assistant.records import (
    Answer,
    Because,
    Citation,
    Done,
    Eligibility,
    Event,
    Language,
    Memory,
    Money,
    Period,
    ProgrammeRef,
    Step,
    TextPiece,
    Turn,
)  # fmt: skip
from corpus.catalogue import Catalogue, Entry, write_catalogue
from corpus.french import fold
from corpus.passages import split
from corpus.records import Block, Capacity, Contact, Document, Duration, Fact, FactValue, FieldName, Price, Programme, Session, Status, Text

EVIL = '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">'


@dataclass(frozen=True)
class Said:
    """A fact of the fake catalogue: the words of the document and what they mean."""

    field: FieldName
    words: str
    value: FactValue
    status: Status = "extracted"


def entry(id: str, title: str, text: str, said: Sequence[Said], pages: tuple[int, ...] = ()) -> Entry:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            heading = line.startswith("# ")
            blocks.append(Block("heading" if heading else "paragraph", at + (2 if heading else 0), at + len(line), 1 if heading else 0))
        at += len(line) + 1
    document = Document(id, title, text, tuple(blocks), "markdown", f"hash of {id} {len(text)}", pages)
    facts = []
    for one in said:
        start = text.index(one.words)
        facts.append(Fact(one.field, one.value, one.words, start, start + len(one.words), one.status))
    return Entry(document, Programme(id, title, "programme", tuple(facts)), tuple(split(document)), id)


ECOUTE = entry(
    "écoute active.md",
    "L'écoute active au guichet",
    "# L'écoute active au guichet\n\nOuvert aux agents de catégorie B ou C de la fonction publique territoriale.\n\n# Objectifs\n\nAccueillir, reformuler, apaiser."
    "\n\n# Pratique\n\nCoût : 450 € par personne. Durée : 2 jours, du 5 au 6 octobre 2026, à Papeete, en présentiel.\n"
    "Douze places. Contact : formation@ecole.example, 05 56 00 95 82, https://ecole.example/ecoute\n",
    [
        Said("audience", "agents de catégorie B ou C de la fonction publique territoriale", Text("agents de catégorie B ou C de la fonction publique territoriale")),
        Said("objectives", "Accueillir, reformuler, apaiser.", Text("Accueillir, reformuler, apaiser.")),
        Said("price", "450 €", Price(450.0, "EUR", "par personne")),
        Said("duration", "2 jours", Duration(2.0, "days")),
        Said("sessions", "du 5 au 6 octobre 2026", Session(date(2026, 10, 5), date(2026, 10, 6))),
        Said("location", "Papeete", Text("Papeete")),
        Said("mode", "en présentiel", Text("en présentiel")),
        Said("capacity", "Douze places", Capacity(12)),
        Said("contact", "formation@ecole.example, 05 56 00 95 82, https://ecole.example/ecoute", Contact(None, "formation@ecole.example", "05 56 00 95 82", "https://ecole.example/ecoute")),
    ],
)  # fmt: skip
BUDGET = entry(
    "finances/budget.md",
    "Lire un budget local",
    "# Lire un budget local\n\nPour les attachés de catégorie A des communes.\n\n# Contenu\n\nLes sections, l'équilibre, la dette.\n\nTarif : 50 000 F CFP. "
    "À distance, le 3 mars 2027. Gratuit pour les communes adhérentes.\n",
    [
        Said("audience", "attachés de catégorie A des communes", Text("attachés de catégorie A des communes")),
        Said("content", "Les sections, l'équilibre, la dette.", Text("Les sections, l'équilibre, la dette.")),
        Said("price", "50 000 F CFP", Price(50000.0, "XPF")),
        Said("price", "Gratuit pour les communes adhérentes", Price(0.0, "EUR", "communes adhérentes")),
        Said("mode", "À distance", Text("À distance")),
        Said("sessions", "le 3 mars 2027", Session(date(2027, 3, 3), date(2027, 3, 3))),
        Said("duration", "le 3 mars 2027", Duration(1.0, "days"), "deduced"),
    ],
    pages=(0, 60),
)
PLANTED = entry(
    "piège <b>.md",
    f"Module {EVIL}",
    f"# Module {EVIL}\n\nCoût : 12 € {EVIL}\n\nVoir javascript:alert(1) ou data:text/html,x\n",
    [
        Said("price", f"12 € {EVIL}", Price(12.0, "EUR", EVIL)),
        Said("contact", "javascript:alert(1)", Contact(EVIL, '"><script>@x', '"><b>', "javascript:alert(1)")),
        Said("location", f"€ {EVIL}", Text(EVIL)),
    ],
)
ENTRIES = (ECOUTE, BUDGET, PLANTED)


class FakeSearch:
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def search(self, query: str, k: int = 10, mode: str = "hybrid", documents: Any = None) -> list[Any]:
        words = set(fold(query).split())
        found = [p for p in self._catalogue.passages() if words & set(fold(p.text).split())]
        return [SimpleNamespace(rank=n, passage=p, score=0.5, lexical=0.5, dense=0.5) for n, p in enumerate(found[:k], 1)]

    def documents(self, query: str, k: int = 10, mode: str = "hybrid") -> list[tuple[str, float]]:
        return [(document, 0.5) for document in dict.fromkeys(hit.passage.document for hit in self.search(query, 100))][:k]


class FakeAssistant:
    """Answers by the words of the question; see the branches."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def reply(self, question: str, memory: Memory = Memory(), language: Language | None = None) -> Iterator[Event]:  # noqa: B008
        if "refuse" in question:
            raise BadRequest("Too odd a question.")
        if "explose" in question:
            raise RuntimeError(f"secret of the question {question}")
        if "lent" in question:
            time.sleep(1.0)
        answer, pending = self._answer(question, memory)
        answer = replace(answer, language=language or "fr")
        for word in answer.text.split(" "):
            yield TextPiece(word if word == answer.text.split(" ")[0] else f" {word}")
        turn = Turn(question, answer.text, answer.intent, tuple(c.document for c in answer.citations), answer.abstained)
        yield Done(answer, replace(memory, turns=(*memory.turns, turn), pending=pending))

    def _answer(self, question: str, memory: Memory) -> tuple[Answer, str | None]:
        if memory.pending == "eligibility:category":
            because = (
                Because("Réservé aux catégories B et C", self._cite(ECOUTE, "agents de catégorie B ou C de la fonction publique territoriale")),
            )
            verdict = Eligibility("eligible" if "B" in question else "not_eligible", because)
            return self._about(ECOUTE, question, "Voici le verdict [1].", "450 €", "eligibility", eligibility=verdict), None
        if "suivre" in question or "éligible" in question:
            verdict = Eligibility("to_check", (), ("Quelle est votre catégorie ?",))
            return self._about(ECOUTE, question, "Quelle est votre catégorie ?", "450 €", "eligibility", eligibility=verdict), "eligibility:category"
        if "conseil" in question:
            step = Step(ECOUTE.document.title, ECOUTE.document.id, Period(date(2026, 10, 5), date(2026, 10, 6)), 2.0, Money(450.0), 0.8, ("accueil",), "Au plus près de votre but.", Eligibility("to_check"))  # fmt: skip
            return self._about(ECOUTE, question, "Je vous conseille ce module [1].", "2 jours", "recommendation", cards=(step,)), None
        if "piège" in question:
            return self._about(
                PLANTED, question, f"Coût {EVIL} [1].\n- {EVIL}", f"12 € {EVIL}", "price", mode=f"modèle {EVIL}", suggestions=(EVIL,)
            ), None
        if "inconnu" in question:
            return Answer(question, "Je ne sais pas : les documents n'en disent rien.", "other", abstained=True), None
        if "budget" in fold(question):
            return self._about(BUDGET, question, "Le tarif est de 50 000 F CFP [1].", "50 000 F CFP", "price"), None
        text = f"Question {len(memory.turns) + 1} : « {question} ». Le coût est de 450 € [1]."
        return self._about(ECOUTE, question, text, "450 €", "price", suggestions=("Combien de jours ?",)), None

    def _about(self, about: Entry, question: str, text: str, words: str, intent: Any, **more: Any) -> Answer:
        return Answer(
            question, text, intent, programme=ProgrammeRef(about.document.id, about.document.title), citations=(self._cite(about, words),), **more
        )

    def _cite(self, about: Entry, words: str) -> Citation:
        start = about.document.text.index(words)
        return Citation(about.document.id, words, start, start + len(words), 1, about.document.title, "Pratique")


class FakeService:
    """Like bots.assemble.Service; ``publish`` puts another generation in place, as a re-index does."""

    def __init__(self, folder: Path, entries: Sequence[Entry] = ENTRIES) -> None:
        self._folder, self._number = folder, 0
        self.publish(entries)

    def publish(self, entries: Sequence[Entry]) -> None:
        self._number += 1
        path = self._folder / f"catalogue-{self._number}.sqlite"
        write_catalogue(path, entries)
        catalogue = Catalogue.open(path)
        self._ready = SimpleNamespace(
            assistant=FakeAssistant(catalogue),
            catalogue=catalogue,
            search=FakeSearch(catalogue),
            generation=f"generation-{self._number}",
            manifest=None,
            opened=None,
        )

    def current(self) -> Any:
        return self._ready
