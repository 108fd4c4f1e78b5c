"""Small catalogues made by the tests: a course in a few words -> document and sheet, every fact with its characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from corpus.records import Block, Document, Duration, Fact, FieldName, Kind, Price, Programme, Session, Text
from index.embedder import open_embedder


@dataclass(frozen=True)
class Course:
    """What a test says of a course. ``sessions``: pairs of ISO dates."""

    id: str
    title: str
    code: str | None = None
    price: tuple[float, str] | None = None
    prices: tuple[tuple[float, str, str | None], ...] = ()
    sessions: tuple[tuple[str, str], ...] = ()
    days: float | None = None
    hours: float | None = None
    requires: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    kind: Kind = "programme"
    format: str = "jsonld"


def sheet(course: Course) -> tuple[Document, Programme]:
    lines, facts = [course.title], []

    def add(field: FieldName, value: object, written: str) -> None:
        start = sum(len(line) + 1 for line in lines)
        lines.append(written)
        facts.append(Fact(field, value, written, start, start + len(written)))  # type: ignore[arg-type]

    for text in course.objectives:
        add("objectives", Text(text), text)
    for text in course.content:
        add("content", Text(text), text)
    for text in course.audience:
        add("audience", Text(text), text)
    for text in course.requires:
        add("prerequisites", Text(text), text)
    if course.code:
        add("code", Text(course.code), course.code)
    prices = course.prices or ((*course.price, None),) if course.price or course.prices else ()
    for amount, currency, label in prices:
        add("price", Price(amount, currency, label), f"{amount:g} {currency}")
    if course.days is not None:
        add("duration", Duration(course.days, "days"), f"{course.days:g} jours")
    if course.hours is not None:
        add("duration", Duration(course.hours, "hours"), f"{course.hours:g} heures")
    for start, end in course.sessions:
        add("sessions", Session(date.fromisoformat(start), date.fromisoformat(end)), f"du {start} au {end}")
    text = "\n".join(lines)
    blocks = (Block("heading", 0, len(course.title), 1), *(Block("paragraph", f.start, f.end) for f in facts))
    document = Document(course.id, course.title, text, blocks, course.format, sha256(text.encode()).hexdigest())
    return document, Programme(course.id, course.title, course.kind, tuple(facts))


class Courses:
    """A catalogue of courses, as far as recommending reads one."""

    def __init__(self, *courses: Course) -> None:
        self._sheets = {c.id: sheet(c) for c in courses}

    def document_ids(self) -> list[str]:
        return list(self._sheets)

    def document(self, id: str) -> Document:
        return self._sheets[id][0]

    def programme(self, id: str) -> Programme:
        return self._sheets[id][1]

    def programmes(self) -> list[Programme]:
        return [p for _, p in self._sheets.values()]


class Meaning:
    """A search that finds nothing, and knows the meaning of texts by the shipped model."""

    def __init__(self) -> None:
        self._model = open_embedder()

    def documents(self, query: str, k: int = 10) -> list[tuple[str, float]]:
        return []

    def embedded(self, texts: Sequence[str]) -> Any:
        return self._model.passages(texts)

    def nearness(self, query: str, texts: Any) -> list[float]:
        return [float(c) for c in texts @ self._model.queries([query])[0]]
