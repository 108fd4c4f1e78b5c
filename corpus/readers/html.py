"""HTML -> what a person sees: headings, paragraphs, lists, tables; without menus, scripts and hidden elements.

``render`` also serves the formats that hold pieces of HTML (Markdown, feeds).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

from corpus.errors import UnreadableDocument
from corpus.readers.builder import Run, TextBuilder
from corpus.readers.naming import is_name, shown
from corpus.readers.plain import decode
from corpus.records import BlockKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "nav", "svg", "math", "iframe", "object", "embed", "audio", "video", "canvas",
    "map", "button", "select", "textarea", "input", "dialog", "head",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "ol", "p", "pre", "search",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption",
})  # fmt: skip
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"""<(?:meta[^>]+charset\s*=\s*["']?|\?xml[^>]+encoding\s*=\s*["'])\s*([\w.:-]+)""", re.IGNORECASE)
_TAG = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?)>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]\w+);")
MAIN_LEAST = 200
"""Characters from which on a <main> element is taken for the whole content of its page."""


def decode_html(data: bytes) -> str:
    """The text of the page by its byte order mark, else UTF-8 where it fits, else the charset that it declares."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return data.decode(declared.group(1).decode("ascii"))
            except (LookupError, UnicodeDecodeError):
                return decode(data)
    return decode(data)


def parse(text: str) -> HtmlElement:
    """The tree of the page. Raises UnreadableDocument where there is none."""
    from lxml import etree, html  # type: ignore[import-untyped]

    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        # An XML declaration would make lxml refuse a text that is decoded already.
        return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument("The page holds no text: save it again from the browser.") from error


def looks_like_html(text: str) -> bool:
    return _TAG.search(text) is not None


def render_fragment(text: str, builder: TextBuilder) -> None:
    """Adds the blocks of a piece of HTML, which may be plain text too."""
    _Renderer(builder).children(parse(f"<div>{text}</div>"))


def render_page(root: HtmlElement, builder: TextBuilder) -> tuple[str, tuple[str, ...]]:
    """Writes the page; returns its title, and what else names it.

    The title is the first h1 that reads like a name; "" where none does: the page's text has to show it then.
    """
    mains = [m for m in root.xpath("//main | //*[@role='main']") if len("".join(m.itertext()).strip()) >= MAIN_LEAST]
    content = mains[0] if len(mains) == 1 else root
    firsts = [_words(h) for h in content.xpath(".//h1") if not _hidden(h)]
    # The site's own name may stand in an h1 of its own above that of the page.
    headline = next((f for f in firsts if is_name(f)), "")
    if not any(firsts) and content is not root:
        outer = [h for h in map(_words, root.xpath("//h1")) if h]
        headline = next((h for h in outer if is_name(h)), "")
        builder.block("heading", headline or next(iter(outer), ""), level=1)
    _Renderer(builder).children(content)
    names = [" ".join((root.findtext(".//title") or "").split()), *root.xpath("//meta[@property='og:title']/@content")]
    hints = tuple(_without_site(str(name)) for name in names if str(name).strip())
    return shown(headline), hints


def _words(heading: HtmlElement) -> str:
    """The words of a heading, those of its lines apart ("Licence professionnelle", then "Métiers du livre", parted by a <br>)."""
    gatherer = _Gatherer()
    _Renderer(gatherer).children(heading)
    return " ".join("".join(t for t, _ in gatherer.runs).split())


def _without_site(name: str) -> str:
    """The part of a <title> that names the page: the first one that is neither the site nor its menu."""
    parts = re.split(r"\s+[|–—·»-]\s+", " ".join(name.split()))
    return next((part for part in parts if is_name(part)), parts[0])


def json_ld(root: HtmlElement) -> list[str]:
    """The scripts of the page that hold JSON-LD."""
    scripts = root.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]")
    return [s.text or "" for s in scripts]


def _hidden(element: HtmlElement) -> bool:
    return "hidden" in element.attrib or element.get("aria-hidden") == "true" or _HIDDEN_STYLE.search(element.get("style", "")) is not None


class Sink(Protocol):
    """What blocks are written to; what ``block`` returns is true where something was written."""

    def block(self, kind: BlockKind, content: str | Sequence[Run], level: int = 0, prefix: str = "") -> object: ...


class _Renderer:
    """Walks a tree once; inline content gathers in ``runs`` until a block begins or ends."""

    def __init__(self, builder: Sink) -> None:
        self.builder = builder
        self.runs: list[Run] = []
        self.kind: BlockKind = "paragraph"
        self.prefix = ""
        self.link: str | None = None
        self.preformatted = False

    def children(self, element: HtmlElement) -> None:
        self._inside(element)
        self._flush()

    def _inside(self, element: HtmlElement) -> None:
        self._text(element.text)
        for child in element:
            self._element(child)
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        if text:
            self.runs.append((text if self.preformatted else re.sub(r"[ \t\r\n\f]+", " ", text), self.link))

    def _flush(self) -> None:
        runs, self.runs = self.runs, []
        if self.builder.block(self.kind, runs, prefix=self.prefix) and self.prefix:
            # The rest of a list item stands under it without a bullet of its own.
            self.kind, self.prefix = "paragraph", ""

    def _element(self, element: HtmlElement) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _SKIPPED or _hidden(element):
            return
        if tag in _HEADINGS:
            self._flush()
            runs = self._inline(element)
            self.builder.block("heading", [(t.replace("\n", " "), url) for t, url in runs], level=_HEADINGS[tag])
        elif tag == "br":
            self.runs.append(("\n", None))
        elif tag == "a":
            self._anchor(element)
        elif tag == "li":
            self._item(element)
        elif tag == "table" and not _is_layout(element):
            self._flush()
            self._table(element)
        elif tag == "dl":
            self._flush()
            self._definitions(element)
        elif tag == "pre":
            self._flush()
            self.preformatted = True
            self._inside(element)
            self.preformatted = False
            self._flush()
        elif tag in _BLOCKS:
            self._flush()
            self._inside(element)
            self._flush()
        else:
            self._inside(element)

    def _anchor(self, element: HtmlElement) -> None:
        """A link; an address that its words do not show is put behind them, because a proof must be in the text."""
        address = (element.get("href") or "").strip()
        outer, self.link = self.link, address if re.match(r"https?:|mailto:|tel:|/|\w", address) else None
        self._inside(element)
        scheme, _, target = address.partition(":")
        if scheme.lower() in ("mailto", "tel"):
            target = unquote(target.split("?")[0]).strip()
            shown = "".join("".join(element.itertext()).split()).lower()
            if target and _digits_or_text(target) not in _digits_or_text(shown):
                self.runs.append((f" ({target})", self.link))
        self.link = outer

    def _item(self, element: HtmlElement) -> None:
        self._flush()
        outer = self.kind, self.prefix
        self.kind, self.prefix = "item", _marker(element)
        self._inside(element)
        self._flush()
        self.kind, self.prefix = ("paragraph", "") if outer[0] == "item" else outer

    def _table(self, table: HtmlElement) -> None:
        for caption in table.xpath("./caption"):
            self.builder.block("paragraph", self._inline(caption))
        for row in table.iter("tr"):
            if _hidden(row):
                continue
            cells = [self._inline(c) for c in row if c.tag in ("td", "th") and not _hidden(c)]
            self.builder.block("row", joined(cells))

    def _definitions(self, element: HtmlElement) -> None:
        """Each term with its descriptions on one line: "Code : ACAT-1"."""
        term: list[Run] = []
        for child in element.iter("dt", "dd"):
            if _hidden(child):
                continue
            runs = self._inline(child)
            if child.tag == "dt":
                self.builder.block("item", term)
                term = runs
            else:
                self.builder.block("item", [*_with_colon(term), *runs])
                term = []
        self.builder.block("item", term)

    def _inline(self, element: HtmlElement) -> list[Run]:
        """The content of an element as runs of one block; blocks inside it are set apart by spaces."""
        gatherer = _Gatherer()
        _Renderer(gatherer).children(element)
        return gatherer.runs


class _Gatherer:
    """Takes blocks as runs, for cells and headings, whose content is one block whatever is inside."""

    def __init__(self) -> None:
        self.runs: list[Run] = []

    def block(self, kind: BlockKind, content: str | Sequence[Run], level: int = 0, prefix: str = "") -> bool:  # noqa: ARG002
        runs: list[Run] = [(content, None)] if isinstance(content, str) else list(content)
        if not any(t.strip() for t, _ in runs):
            return False
        if self.runs:
            self.runs.append((" ; " if kind == "item" else " ", None))
        self.runs.extend((t.replace("\n", " "), url) for t, url in runs)
        return True


def joined(cells: list[list[Run]]) -> list[Run]:
    """The cells of a row with " | " between them; nothing where all are blank."""
    if not any(t.strip() for cell in cells for t, _ in cell):
        return []
    runs: list[Run] = []
    for number, cell in enumerate(cells):
        if number:
            runs.append((" | ", None))
        runs.extend(_stripped(cell))
    return runs


def _stripped(cell: list[Run]) -> list[Run]:
    if not cell:
        return cell
    cell = [(cell[0][0].lstrip(), cell[0][1]), *cell[1:]]
    return [*cell[:-1], (cell[-1][0].rstrip(), cell[-1][1])]


def _with_colon(term: list[Run]) -> list[Run]:
    shown = "".join(t for t, _ in term).rstrip()
    if not shown:
        return term
    return [*term, (" " if shown.endswith(":") else " : ", None)]


def _digits_or_text(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return digits[-9:] if len(digits) >= 9 and "@" not in text else "".join(text.split()).lower()


def _is_layout(table: HtmlElement) -> bool:
    """A table that only places things on the page: it says so, or holds tables, headings or a single column of blocks."""
    if table.get("role") in ("presentation", "none"):
        return True
    return bool(table.xpath(".//table | .//td//h1 | .//td//h2 | .//td//h3"))


def _marker(item: HtmlElement) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    start = parent.get("start", "1")
    number = sum(1 for s in item.itersiblings("li", preceding=True)) + (int(start) if re.fullmatch(r"\d{1,4}", start) else 1)
    return f"{number}. "
