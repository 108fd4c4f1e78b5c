"""A web page -> what a person sees of it, and below it the courses that it describes for machines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.readers.builder import TextBuilder
from corpus.readers.html import decode_html, json_ld, parse, render_page
from corpus.readers.jsonld import append_courses
from corpus.readers.limits import Limits
from corpus.records import Document


def read(path: Path, id: str, limits: Limits) -> Iterator[Document]:
    """The page as one document. Courses in its JSON-LD are written at its end, with their facts."""
    data = path.read_bytes()
    root = parse(decode_html(data))
    builder = TextBuilder()
    title, hints = render_page(root, builder)
    append_courses(builder, json_ld(root), title or next(iter(hints), ""))
    yield builder.document(id, title, "html", data, limits, hints)
