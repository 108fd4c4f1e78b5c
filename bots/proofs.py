"""Quotes inside their passages: what a page shows of a document around the characters that prove something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from corpus.catalogue import Catalogue
from corpus.records import Document, Span

_AROUND = 300
"""Characters on either side of a quote that lies in no passage."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in a row that are marked, or not; ``starts`` are the proofs that begin here, ``here`` those asked for."""

    text: str
    marked: bool = False
    starts: tuple[Span, ...] = ()
    here: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """A quote inside its passage; ``stale`` when the document has changed since, and only the quote is known."""

    document: str
    title: str
    heading: str
    page: int | None
    start: int
    end: int
    runs: tuple[Run, ...]
    marker: int = 0
    stale: bool = False


def prove(catalogue: Catalogue, document: str, start: int, end: int, quote: str, *, marker: int = 0, title: str = "", heading: str = "") -> Proof:
    """The proof as the catalogue has it now. Never raises for a document that went or changed: then it is stale."""
    try:
        found = catalogue.document(document)
    except KeyError:
        found = None
    if found is None or found.text[start:end] != quote:
        return Proof(document, title, heading, None, start, end, (Run(quote, True),), marker, stale=True)
    window = _window(catalogue, found, start, end)
    inside = runs(found.text, [Span(start, end)], window)
    return Proof(found.id, title or found.title, heading, found.page_at(start), start, end, tuple(inside), marker)


def _window(catalogue: Catalogue, document: Document, start: int, end: int) -> Span:
    """The passage around a quote, or the words around it where it lies across passages."""
    for passage in catalogue.passages(document.id):
        if passage.start <= start and end <= passage.end:
            return Span(passage.start, passage.end)
    return Span(max(0, start - _AROUND), min(len(document.text), end + _AROUND))


def runs(text: str, spans: Iterable[Span], window: Span, here: Span | None = None) -> list[Run]:
    """``text`` inside ``window`` cut where proofs begin and end; joined, the runs are the text again.

    >>> [(run.text, run.marked) for run in runs("Coût : 100 €.", [Span(7, 12)], Span(0, 13))]
    [('Coût : ', False), ('100 €', True), ('.', False)]
    """
    wanted = [*spans, *([here] if here else [])]
    inside = sorted({s for s in wanted if s.start < window.end and window.start < s.end}, key=lambda s: (s.start, s.end))
    edges = {edge for span in inside for edge in (span.start, span.end) if window.start < edge < window.end}
    cuts = sorted({window.start, window.end} | edges)
    found: list[Run] = []
    open_spans: list[Span] = []
    following = 0
    for left, right in pairwise(cuts):
        begun = following
        while following < len(inside) and inside[following].start <= left:
            following += 1
        open_spans = [span for span in open_spans + inside[begun:following] if span.end > left]
        found.append(Run(text[left:right], bool(open_spans), tuple(inside[begun:following]), here in open_spans))
    return found
