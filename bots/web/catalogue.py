"""The catalogue: a list with filters, a sheet with the proof of every field, two or three side by side."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from bots.assemble import Ready, Service
from bots.errors import NotFound
from bots.proofs import runs
from bots.sheets import Shelves, coming, read_filters
from bots.web.pages import Pages
from corpus.exchange import COURSES
from corpus.exchange_jsonld import course
from corpus.records import FIELDS, Document, Programme, Span
from corpus.vocabulary import MODES

PAGE = 20
COMPARED = 3
WINDOW = 60_000
"""Characters of a document that its sheet shows at once; a longer one is shown around the spot asked for."""


def router(service: Service, pages: Pages, shelves: Shelves) -> APIRouter:
    routes = APIRouter(include_in_schema=False)

    @routes.get("/formations")
    def listed(request: Request, page: str = "1") -> Response:
        ready = service.current()
        shelf = shelves.of(ready)
        filters = read_filters(request.query_params)
        found = shelf.find(ready, filters)
        last = max(1, -(-len(found) // PAGE))
        number = min(max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 9 else 1, last)
        kept = urlencode([(name, value) for name, value in request.query_params.multi_items() if name not in ("page", "d")], errors="replace")
        return pages(
            request, "formations.html", filters=filters, found=found[(number - 1) * PAGE : number * PAGE], count=len(found), number=number, last=last,
            kept=kept, audiences=shelf.audiences(), modes=list(MODES), today=date.today(), coming=coming,
            more=any(not summary.offered for summary in shelf.summaries),
        )  # fmt: skip

    @routes.get("/comparaison")
    def compared(request: Request, d: Annotated[list[str] | None, Query()] = None) -> Response:
        ready = service.current()
        chosen = [_found(ready, document)[1] for document in dict.fromkeys(d or [])][:COMPARED]
        too_few = len(chosen) < 2
        return pages(request, "compare.html", 422 if too_few else 200, programmes=chosen, fields=FIELDS, too_few=too_few)

    @routes.get("/formations/{document:path}")
    def sheet(request: Request, document: str, de: int | None = None, a: int | None = None) -> Response:
        ready = service.current()
        found, programme = _found(ready, document)
        spot = Span(de, a) if de is not None and a is not None and 0 <= de < a <= len(found.text) else None
        return pages(
            request, "sheet.html", document=found, programme=programme, fields=FIELDS, linked=json_ld_of(programme), **_text(found, programme, spot)
        )

    return routes


def _found(ready: Ready, document: str) -> tuple[Document, Programme]:
    try:
        return ready.catalogue.document(document), ready.catalogue.programme(document)
    except (KeyError, UnicodeError) as error:
        raise NotFound("There is no such document.") from error


def _text(document: Document, programme: Programme, spot: Span | None) -> dict[str, Any]:
    """The document's text with every proof marked, or as much of it as a page should hold."""
    length = len(document.text)
    middle = spot.start if spot else 0
    start = max(0, min(middle - WINDOW // 2, length - WINDOW))
    window = Span(start, min(length, start + WINDOW))
    spans = [Span(fact.start, fact.end) for fact in programme.facts if fact.start < fact.end]
    return {"runs": runs(document.text, spans, window, spot), "window": window, "before": start > 0, "after": window.end < length}


def json_ld_of(programme: Programme) -> dict[str, Any] | None:
    """schema.org Course of a sheet, for search engines and other programs; None for what is no course."""
    return {"@context": "https://schema.org", **course(programme, [])} if programme.kind in COURSES else None
