"""A sheet of a text that a test writes, read and understood as in production."""

from __future__ import annotations

from datetime import date

from assistant.evidence import Sheet
from corpus.programmes import understand
from corpus.readers.plain import read_plain
from corpus.safety import Limits


def sheet_of(text: str, name: str = "fiche.txt") -> Sheet:
    document = read_plain(text.encode(), name, Limits())
    return Sheet(document, understand(document, date(2026, 2, 1)))
