"""How the tests of facts make documents, and where the annotated ones stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.programmes import understand
from corpus.readers import formats
from corpus.readers.limits import Limits
from corpus.readers.plain import read_plain
from corpus.records import Contact, Document, Duration, FactValue, FieldName, Price, Programme, Session, Text

SHEETS = Path(__file__).resolve().parents[1] / "golden" / "sheets"


def document(text: str) -> Document:
    """The text as the reader of plain text reads it."""
    return read_plain(text.encode(), "x.txt", Limits())


def read(path: Path) -> Iterator[Document]:
    return formats.read(path, path.name, Limits())


def programme(text: str) -> Programme:
    return understand(document(text))


def values(text: str, field: FieldName) -> list[FactValue]:
    """The values of one field of a text, labels and names aside, in order; a Text is its words."""
    return [_bare(f.value) for f in programme(text).of(field)]


def _bare(value: FactValue) -> FactValue:
    if isinstance(value, Price):
        return Price(value.amount, value.currency)
    if isinstance(value, Duration):
        return Duration(value.amount, value.unit)
    if isinstance(value, Session):
        return Session(value.start, value.end)
    if isinstance(value, Contact):
        return Contact(None, value.email, value.phone, value.url)
    return value


def texts(text: str, field: FieldName) -> list[str]:
    return [f.value.text for f in programme(text).of(field) if isinstance(f.value, Text)]
