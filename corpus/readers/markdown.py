"""Markdown -> the text that a reader of the rendered page sees: no marks, the links kept aside; front matter first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.readers.builder import Run, TextBuilder
from corpus.readers.frontmatter import front_matter, write_front_matter
from corpus.readers.html import joined, render_fragment
from corpus.readers.limits import Limits, check_text
from corpus.readers.plain import decode
from corpus.readers.sheet import Sheet
from corpus.records import BlockKind, Document

if TYPE_CHECKING:
    from markdown_it.token import Token

_FIRST_HEADING = re.compile(r"\s*#[ \t]+\S.*(?:\n|$)")
_LABEL = re.compile(r"[A-ZÀ-ÖØ-Þ][^:.;,!?\n]{0,40}[ \u00a0]?:(?:\s|$)")

WRAPPED = 55
"""Characters from which on a line is taken for one that was wrapped."""


def read(path: Path, id: str, limits: Limits) -> Iterator[Document]:
    """The file as one document; its title is that of the front matter, else its first heading."""
    data = path.read_bytes()
    text = decode(data)
    check_text(text, limits)
    given, body = front_matter(text)
    builder = TextBuilder()
    heading = _FIRST_HEADING.match(body) if given else None
    if heading:
        render(heading.group(), builder)
        body = body[heading.end() :]
    title = write_front_matter(Sheet(builder), given, headed=heading is not None)
    render(body, builder)
    yield builder.document(id, title, "markdown", data, limits)


def render(text: str, builder: TextBuilder) -> None:
    """Adds the blocks of a Markdown text."""
    from markdown_it import MarkdownIt

    # A list in a list counts two levels; what is nested beyond this is no document but an attack on the parser.
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 60}).enable(["table", "strikethrough"])
    _Renderer(builder).tokens(parser.parse(text))


class _Renderer:
    def __init__(self, builder: TextBuilder) -> None:
        self.builder = builder
        self.markers: list[str] = []
        """Of the lists that are open, what the next item begins with; "" once it has begun."""
        self.cells: list[list[Run]] | None = None
        self.level = 0

    def tokens(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            match token.type:
                case "heading_open":
                    self.level = int(token.tag[1:])
                case "heading_close":
                    self.level = 0
                case "list_item_open":
                    self.markers.append(f"{token.info}{token.markup} " if token.info else "- ")
                case "list_item_close":
                    self.markers.pop()
                case "tr_open":
                    self.cells = []
                case "tr_close":
                    self.builder.block("row", joined(self.cells or []))
                    self.cells = None
                case "inline":
                    self._inline(_runs(token.children or []))
                case "code_block" | "fence":
                    self._block("paragraph", [(token.content, None)])
                case "html_block":
                    render_fragment(token.content, self.builder)

    def _inline(self, runs: list[Run]) -> None:
        if self.cells is not None:
            self.cells.append(runs)
        elif self.level:
            self.builder.block("heading", [(t.replace("\n", " "), url) for t, url in runs], level=self.level)
        else:
            self._block("paragraph", runs)

    def _block(self, kind: BlockKind, runs: list[Run]) -> None:
        marker = self.markers[-1] if self.markers else ""
        if marker:
            self.builder.block("item", runs, prefix=marker)
            self.markers[-1] = ""
        else:
            self.builder.block(kind, runs)


def _runs(children: Sequence[Token]) -> list[Run]:
    runs: list[Run] = []
    link: str | None = None
    hidden = 0
    line = ""
    for number, child in enumerate(children):
        match child.type:
            case "text" | "code_inline":
                if not hidden:
                    runs.append((child.content, link))
                    line += child.content
            case "softbreak":
                following = next((c.content for c in children[number + 1 :] if c.type == "text" and c.content), "")
                runs.append((" " if _is_wrapped(line, following) else "\n", link))
                line = ""
            case "hardbreak":
                runs.append(("\n", link))
            case "link_open":
                link = str(child.attrs.get("href", ""))
            case "link_close":
                shown = "".join(t for t, url in runs if url == link)
                target = re.sub(r"^(?:mailto|tel):", "", link or "").split("?")[0]
                if link and link.startswith(("mailto:", "tel:")) and target not in shown:
                    runs.append((f" ({target})", link))
                link = None
            case "html_inline":
                if re.match(r"<br\b", child.content, re.IGNORECASE):
                    runs.append(("\n", link))
                hidden = max(0, hidden + _hides(child.content))
    return runs


def _is_wrapped(line: str, following: str) -> bool:
    """Whether a line of the source goes on in the next: it is as long as an editor's window and ends within a sentence.

    Short lines (an address, "Code : …") were meant to stand alone, although a browser would join them.
    """
    return len(line) >= WRAPPED and line.rstrip()[-1:] not in ".:;!?" and not _LABEL.match(following)


def _hides(tag: str) -> int:
    """1 for the opening of an element whose content is not shown, -1 for its end."""
    if re.match(r"</(?:script|style)\b", tag, re.IGNORECASE):
        return -1
    return 1 if re.match(r"<(?:script|style)\b", tag, re.IGNORECASE) else 0
