"""The values that a programme states, by field and type, each once: what the exchange formats are written from."""

from __future__ import annotations

from typing import TypeVar

from corpus.records import FactValue, FieldName, Programme, Text

V = TypeVar("V", bound=FactValue)


def values(programme: Programme, name: FieldName, kind: type[V]) -> list[V]:
    """The values of one field, in the order of the document."""
    return list(dict.fromkeys(f.value for f in programme.of(name) if isinstance(f.value, kind)))


def texts(programme: Programme, name: FieldName) -> list[str]:
    """The values of a field of texts."""
    return [v.text for v in values(programme, name, Text)]
