"""OpenDocument text (.odt) -> headings, lists, tables; without deleted text and annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UnreadableDocument
from corpus.readers.builder import Run, TextBuilder
from corpus.readers.html import joined
from corpus.readers.limits import Limits, open_zip, read_member
from corpus.readers.xmltree import local, parse_xml
from corpus.records import Document

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_SKIPPED = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "table-of-content", "note-citation", "desc", "title"}
)


def read(path: Path, id: str, limits: Limits) -> Iterator[Document]:
    """The document; its title is its paragraph of the style Title, else its first heading or line."""
    with open_zip(path, limits) as archive:
        names = archive.namelist()
        if "META-INF/manifest.xml" in names and b"encryption-data" in read_member(archive, "META-INF/manifest.xml", limits):
            raise UnreadableDocument("The document is protected by a password: save it without one.")
        root = parse_xml(read_member(archive, "content.xml", limits))
    reader = _Reader(root)
    reader.inside(root)
    yield reader.builder.document(id, "", "odt", path.read_bytes(), limits)


class _Reader:
    def __init__(self, root: _Element) -> None:
        self.builder = TextBuilder()
        self.parents = {s.get(f"{_STYLE}name", ""): s.get(f"{_STYLE}parent-style-name", "") for s in root.iter(f"{_STYLE}style")}
        self.marker = ""

    def inside(self, element: _Element) -> None:
        for child in element:
            name = local(child)
            if name in _SKIPPED:
                continue
            if name == "h":
                level = child.get(f"{_TEXT}outline-level", "1")
                runs = [(t.replace("\n", " "), url) for t, url in self._runs(child)]
                self.builder.block("heading", runs, level=min(int(level), 6) if level.isdigit() else 1)
            elif name == "p":
                self._paragraph(child)
            elif name == "list":
                for item in (i for i in child if local(i) in ("list-item", "list-header")):
                    self.marker = "- "
                    self.inside(item)
                    self.marker = ""
            elif name == "table":
                self._table(child)
            else:
                self.inside(child)

    def _paragraph(self, paragraph: _Element) -> None:
        boxes: list[_Element] = []
        runs = self._runs(paragraph, boxes)
        style = paragraph.get(f"{_TEXT}style-name", "")
        names = (style, self.parents.get(style, ""))
        if "Title" in names or "Titre" in names:
            self.builder.block("heading", [(t.replace("\n", " "), url) for t, url in runs], level=1)
        elif self.marker:
            if self.builder.block("item", runs, prefix=self.marker):
                self.marker = ""
        else:
            self.builder.block("paragraph", runs)
        for box in boxes:
            self.inside(box)

    def _runs(self, element: _Element, boxes: list[_Element] | None = None, link: str | None = None) -> list[Run]:
        runs: list[Run] = [(_collapsed(element.text), link)]
        for child in element:
            name = local(child)
            if name in ("s", "tab"):
                runs.append((" ", link))
            elif name == "line-break":
                runs.append(("\n", link))
            elif name == "text-box":
                if boxes is not None:
                    boxes.append(child)
            elif name == "a":
                runs.extend(self._runs(child, boxes, child.get(_LINK) or link))
            elif name == "note":
                note = " ".join("".join(p.itertext()) for p in child.iter(f"{_TEXT}p"))
                runs.append((f" ({note})" if note.strip() else "", link))
            elif name not in _SKIPPED and name:
                runs.extend(self._runs(child, boxes, link))
            runs.append((_collapsed(child.tail), link))
        return runs

    def _table(self, table: _Element) -> None:
        for row in (r for r in table.iter(f"{_TABLE}table-row") if next(r.iterancestors(f"{_TABLE}table")) is table):
            cells = [c for c in row if local(c) in ("table-cell", "covered-table-cell")]
            if any(True for c in cells for _ in c.iter(f"{_TABLE}table")) or len(cells) == 1:
                for cell in cells:
                    self.inside(cell)
                continue
            self.builder.block("row", joined([self._cell(c) for c in cells if local(c) == "table-cell"]))

    def _cell(self, cell: _Element) -> list[Run]:
        runs: list[Run] = []
        for paragraph in cell.iter(f"{_TEXT}p", f"{_TEXT}h"):
            inner = [(t.replace("\n", " "), url) for t, url in self._runs(paragraph)]
            if any(t.strip() for t, _ in inner):
                runs.extend([(" ", None), *inner] if runs else inner)
        return runs


def _collapsed(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")
