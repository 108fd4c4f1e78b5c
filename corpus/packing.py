"""Records -> plain values and back, for the two places where they leave the process: the reader's pipe and SQLite.

Plain values are lists, strings, numbers and None, so that any JSON writer takes them; no pickle, because what comes out
of the pipe was made by a process that has read an untrusted file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, get_args

from corpus.records import (
    Block,
    BlockKind,
    Capacity,
    Contact,
    Course,
    Document,
    Duration,
    Fact,
    FactValue,
    Link,
    Passage,
    Price,
    Programme,
    Session,
    Text,
)

_BLOCK_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)


def pack_document(document: Document) -> dict[str, Any]:
    """The document as plain values; blocks are packed as [index of the kind, start, end, level]."""
    return {
        "id": document.id,
        "title": document.title,
        "text": document.text,
        "blocks": [[_BLOCK_KINDS.index(b.kind), b.start, b.end, b.level] for b in document.blocks],
        "format": document.format,
        "sha256": document.sha256,
        "pages": list(document.pages),
        "given": [pack_fact(f) for f in document.given],
        "links": [[k.url, k.start, k.end] for k in document.links],
    }


def unpack_document(data: dict[str, Any]) -> Document:
    """The inverse of ``pack_document``. Raises KeyError, TypeError, ValueError or IndexError on anything else."""
    return Document(
        id=str(data["id"]),
        title=str(data["title"]),
        text=str(data["text"]),
        blocks=tuple(Block(_BLOCK_KINDS[k], start, end, level) for k, start, end, level in data["blocks"]),
        format=str(data["format"]),
        sha256=str(data["sha256"]),
        pages=tuple(data["pages"]),
        given=tuple(unpack_fact(f) for f in data["given"]),
        links=tuple(Link(url, start, end) for url, start, end in data["links"]),
    )


def pack_programme(programme: Programme) -> dict[str, Any]:
    return {
        "document": programme.document,
        "title": programme.title,
        "kind": programme.kind,
        "facts": [pack_fact(f) for f in programme.facts],
        "kind_proof": programme.kind_proof and pack_fact(programme.kind_proof),
        "published": programme.published and pack_fact(programme.published),
        "warnings": list(programme.warnings),
        "courses": [[c.name, c.start, c.end] for c in programme.courses],
    }


def unpack_programme(data: dict[str, Any]) -> Programme:
    return Programme(
        document=data["document"],
        title=data["title"],
        kind=data["kind"],
        facts=tuple(unpack_fact(f) for f in data["facts"]),
        kind_proof=data["kind_proof"] and unpack_fact(data["kind_proof"]),
        published=data["published"] and unpack_fact(data["published"]),
        warnings=tuple(data["warnings"]),
        courses=tuple(Course(*c) for c in data.get("courses", ())),  # indexes made before courses were told apart have none
    )


def pack_passages(passages: Iterable[Passage]) -> list[list[Any]]:
    """[heading path, start, end, page] each: the rest of a passage is its document's."""
    return [[list(p.heading_path), p.start, p.end, p.page] for p in passages]


def unpack_passages(document: Document, data: list[list[Any]]) -> tuple[Passage, ...]:
    """The inverse of ``pack_passages`` for the passages of ``document``, in their order."""
    return tuple(
        Passage(f"{document.id}#{ordinal}", document.id, ordinal, document.title, tuple(path), document.text[start:end], start, end, page)
        for ordinal, (path, start, end, page) in enumerate(data)
    )


def pack_fact(fact: Fact) -> list[Any]:
    """[field, packed value, text, start, end, status]"""
    return [fact.field, pack_value(fact.value), fact.text, fact.start, fact.end, fact.status]


def unpack_fact(data: list[Any]) -> Fact:
    field, value, text, start, end, status = data
    return Fact(field, unpack_value(value), text, start, end, status)


def pack_value(value: FactValue) -> list[Any]:
    """[name of the record, its fields in order]; dates as ISO strings."""
    match value:
        case Price(amount, currency, label):
            return ["Price", amount, currency, label]
        case Duration(amount, unit, label):
            return ["Duration", amount, unit, label]
        case Session(start, end, label):
            return ["Session", start and start.isoformat(), end and end.isoformat(), label]
        case Contact(name, email, phone, url):
            return ["Contact", name, email, phone, url]
        case Capacity(amount):
            return ["Capacity", amount]
        case Text(text):
            return ["Text", text]


def unpack_value(data: list[Any]) -> FactValue:
    name, *rest = data
    match name:
        case "Price":
            return Price(float(rest[0]), rest[1], rest[2])
        case "Duration":
            return Duration(float(rest[0]), rest[1], rest[2])
        case "Session":
            start, end, label = rest
            return Session(start and date.fromisoformat(start), end and date.fromisoformat(end), label)
        case "Contact":
            return Contact(*rest)
        case "Capacity":
            return Capacity(int(rest[0]))
        case "Text":
            return Text(rest[0])
    raise ValueError(f"no record is called {name!r}")
