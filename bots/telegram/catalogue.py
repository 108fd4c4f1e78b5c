"""The catalogue, leafed through or searched, and the sheet of a programme with the proof of every field."""

from __future__ import annotations

from typing import Any

from bots.telegram.talk import Ready, Visit
from bots.telegram.text import Piece, bold, italic, message
from corpus.records import FIELDS, Document, Fact, Programme

PAGE = 8
FOUND = 24
FACTS_SHOWN = 3
FACT_CHARACTERS = 260
PROOFS_KEPT = 40
COURSES = ("programme", "module", "session")


async def show_courses(visit: Visit, words: str = "", page: int = 0, *, in_place: bool = False) -> None:
    """A page of the catalogue, by title, or what was found for some words; ``in_place``: where the last page was."""
    listed = await visit.desk.think(_listed, visit.desk.service.current(), words)
    pages = max(1, -(-len(listed) // PAGE))
    page = min(max(page, 0), pages - 1)
    shown = listed[page * PAGE : (page + 1) * PAGE]
    if not shown:
        await visit.tell("courses_none")
        return
    key = await visit.keep_card({"kind": "courses", "words": words, "documents": [document for document, _ in shown]})
    title = visit.words("courses_found", words=words) if words else visit.words("courses", n=len(listed))
    parts: list[str | Piece] = [bold(title), "\n"]
    parts += [f"\n{number}. {name}" for number, (_, name) in enumerate(shown, page * PAGE + 1)]
    numbers = [(str(page * PAGE + place + 1), f"o:{key}:{place}") for place in range(len(shown))]
    rows = [numbers[:4], numbers[4:]]
    if pages > 1:
        rows.append([("◀", f"c:{key}:{(page - 1) % pages}"), (f"{page + 1}/{pages}", f"c:{key}:{page}"), ("▶", f"c:{key}:{(page + 1) % pages}")])
    if in_place and visit.message:
        await visit.delivery.replace(visit.message.message_id, message(*parts), rows)
    else:
        await visit.say(message(*parts), rows)


def _listed(ready: Ready, words: str) -> list[tuple[str, str]]:
    """(document, title) of the courses, by title; with words, of what is found for them, best first."""
    if words:
        found = [document for document, _ in ready.search.documents(words, FOUND, "hybrid")]
        return [(document, ready.catalogue.programme(document).title) for document in found]
    programmes = ready.catalogue.programmes()
    kept = [programme for programme in programmes if programme.kind in COURSES] or programmes
    return sorted(((programme.document, programme.title) for programme in kept), key=lambda pair: pair[1].casefold())


async def turn_page(visit: Visit, card: dict[str, Any], key: str, argument: str) -> None:
    await visit.toast()
    await show_courses(visit, card.get("words", ""), int(argument), in_place=key != "-")


async def open_sheet(visit: Visit, card: dict[str, Any], _key: str, argument: str) -> None:
    """The sheet: every field as the document says it, or "not stated"; proofs and questions as buttons."""
    await visit.toast()
    document_id = card["documents"][int(argument)]
    try:
        document, programme = await visit.desk.think(_sheet, visit.desk.service.current(), document_id)
    except KeyError:  # the catalogue has changed since
        await visit.tell("stale")
        return
    parts: list[str | Piece] = [bold(programme.title), "\n"]
    for name in FIELDS:
        facts = programme.of(name)
        parts += ["\n", bold(visit.words(f"field_{name}")), " : "]
        parts.append(_said(facts) if facts else italic(visit.words("not_stated")))
    questions = [visit.words(f"ask_{what}", title=programme.title) for what in ("eligible", "price", "register")]
    kept = {"kind": "sheet", "citations": [_cited(document, programme, fact) for fact in programme.facts[:PROOFS_KEPT]], "suggestions": questions}
    key = await visit.keep_card(kept)
    rows = [[(visit.words("proofs", n=len(kept["citations"])), f"p:{key}:0")]] if kept["citations"] else []
    rows += [[(f"💬 {visit.words(f'ask_{what}_short')}", f"s:{key}:{number}")] for number, what in enumerate(("eligible", "price", "register"))]
    await visit.say(message(*parts), rows)


def _sheet(ready: Ready, document: str) -> tuple[Document, Programme]:
    return ready.catalogue.document(document), ready.catalogue.programme(document)


def _said(facts: tuple[Fact, ...]) -> str:
    """The words of the document, each once, the first few."""
    texts = list(dict.fromkeys(" ".join(fact.text.split()) for fact in facts))
    shown = [text if len(text) <= FACT_CHARACTERS else text[:FACT_CHARACTERS].rsplit(" ", 1)[0] + "…" for text in texts[:FACTS_SHOWN]]
    return " ; ".join(shown) + (" …" if len(texts) > FACTS_SHOWN else "")


def _cited(document: Document, programme: Programme, fact: Fact) -> dict[str, Any]:
    heading = next((section.heading for section in document.sections() if section.start <= fact.start < section.end), "")
    return {"marker": 0, "title": programme.title, "quote": fact.text, "place": [heading] if heading else [], "page": document.page_at(fact.start)}
