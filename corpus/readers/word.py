"""Word (.docx) -> headings by style, lists, tables, text boxes, notes; without what was deleted or hidden.

The parts of the file are read directly, because text boxes, in which brochures put their prices, are out of reach
otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from corpus.readers.builder import Run, TextBuilder
from corpus.readers.html import joined
from corpus.readers.limits import Limits, open_zip, read_member
from corpus.readers.xmltree import local, parse_xml
from corpus.records import Document

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HEADING = re.compile(r"(?:heading|titre|berschrift|título)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|titre|titel", re.IGNORECASE)
_SUBTITLE = re.compile(r"subtitle|sous-titre", re.IGNORECASE)
_LIST = re.compile(r"list|liste|puce", re.IGNORECASE)
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "footnoteReference", "endnoteReference", "commentReference"})
_BULLET = re.compile(r"\s*[•▪◦●○■–—\-·➢✓\uf0b7\uf0a7]\s+")


def read(path: Path, id: str, limits: Limits) -> Iterator[Document]:
    """The document; its title is its first paragraph of the style Title, else its first heading or line."""
    with open_zip(path, limits) as archive:
        body = parse_xml(read_member(archive, "word/document.xml", limits))
        reader = _Reader(_styles(archive, limits), _targets(archive, limits))
        reader.inside(body)
        if "word/footnotes.xml" in archive.namelist():
            reader.inside(parse_xml(read_member(archive, "word/footnotes.xml", limits)))
    yield reader.builder.document(id, "", "docx", path.read_bytes(), limits)


def _styles(archive: ZipFile, limits: Limits) -> dict[str, tuple[str, int | None]]:
    """id of a style -> (its name, the heading level that its outline gives)."""
    if "word/styles.xml" not in archive.namelist():
        return {}
    found: dict[str, tuple[str, int | None]] = {}
    for style in parse_xml(read_member(archive, "word/styles.xml", limits)).iter(f"{_W}style"):
        name, outline = style.find(f"{_W}name"), style.find(f"{_W}pPr/{_W}outlineLvl")
        level = int(outline.get(f"{_W}val", "9")) + 1 if outline is not None else None
        found[style.get(f"{_W}styleId", "")] = (name.get(f"{_W}val", "") if name is not None else "", level if level and level < 7 else None)
    return found


def _targets(archive: ZipFile, limits: Limits) -> dict[str, str]:
    """id of a relationship -> the address of a hyperlink."""
    name = "word/_rels/document.xml.rels"
    if name not in archive.namelist():
        return {}
    links = parse_xml(read_member(archive, name, limits))
    return {e.get("Id", ""): e.get("Target", "") for e in links if e.get("TargetMode") == "External"}


class _Reader:
    def __init__(self, styles: dict[str, tuple[str, int | None]], targets: dict[str, str]) -> None:
        self.builder = TextBuilder()
        self.styles = styles
        self.targets = targets

    def inside(self, element: _Element) -> None:
        for child in element:
            name = local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name not in _SKIPPED and name not in ("sectPr", "pPr", "rPr", "tblPr"):
                self.inside(child)

    def _paragraph(self, paragraph: _Element) -> None:
        boxes: list[_Element] = []
        runs = self._runs(paragraph, boxes)
        kind, level = self._kind(paragraph)
        words = "".join(t for t, _ in runs)
        if kind == "heading":
            self.builder.block("heading", [(t.replace("\n", " "), url) for t, url in runs], level=level)
        elif kind == "item" or _BULLET.match(words):
            if match := _BULLET.match(words):
                runs = _without(runs, match.end())
            self.builder.block("item", runs, prefix="- ")
        else:
            self.builder.block("paragraph", runs)
        for box in boxes:
            self.inside(box)

    def _kind(self, paragraph: _Element) -> tuple[str, int]:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return "paragraph", 0
        style = properties.find(f"{_W}pStyle")
        name, level = self.styles.get(style.get(f"{_W}val", "") if style is not None else "", ("", None))
        outline = properties.find(f"{_W}outlineLvl")
        if outline is not None and outline.get(f"{_W}val", "9") in "012345":
            level = int(outline.get(f"{_W}val")) + 1
        if match := _HEADING.match(name):
            level = min(int(match.group(1)), 6)
        if level is None and _SUBTITLE.match(name):
            return "paragraph", 0
        if level is None and _TITLE.match(name):
            level = 1
        if level is not None:
            return "heading", level
        number = properties.find(f"{_W}numPr/{_W}numId")
        listed = number.get(f"{_W}val") != "0" if number is not None else bool(_LIST.match(name) and "paragraph" not in name.lower())
        return ("item", 0) if listed else ("paragraph", 0)

    def _runs(self, element: _Element, boxes: list[_Element], link: str | None = None) -> list[Run]:
        runs: list[Run] = []
        for child in element:
            name = local(child)
            if name in _SKIPPED or (name == "r" and child.find(f"{_W}rPr/{_W}vanish") is not None):
                continue
            if name == "t":
                runs.append((child.text or "", link))
            elif name in ("tab", "ptab"):
                runs.append((" ", link))
            elif name in ("br", "cr"):
                runs.append(("\n", link))
            elif name == "noBreakHyphen":
                runs.append(("-", link))
            elif name == "sym" and child.get(f"{_W}char", "").upper() == "20AC":
                runs.append(("€", link))
            elif name == "hyperlink":
                runs.extend(self._runs(child, boxes, self.targets.get(child.get(f"{_R}id", "")) or link))
            elif name == "txbxContent":
                boxes.append(child)
            elif name not in ("pPr", "rPr"):
                runs.extend(self._runs(child, boxes, link))
        return runs

    def _table(self, table: _Element) -> None:
        rows = [r for r in table.iter(f"{_W}tr") if next(r.iterancestors(f"{_W}tbl")) is table]
        for row in rows:
            cells = [c for c in row.iter(f"{_W}tc") if next(c.iterancestors(f"{_W}tr")) is row]
            if len(cells) == 1 or any(True for c in cells for _ in c.iter(f"{_W}tbl")):
                # A frame around text rather than a row of values.
                for cell in cells:
                    self.inside(cell)
                continue
            boxes: list[_Element] = []
            self.builder.block("row", joined([self._cell(c, boxes) for c in cells]))
            for box in boxes:
                self.inside(box)

    def _cell(self, cell: _Element, boxes: list[_Element]) -> list[Run]:
        runs: list[Run] = []
        for paragraph in cell.iter(f"{_W}p"):
            if next(paragraph.iterancestors(f"{_W}txbxContent"), None) is not None:
                continue
            inner = self._runs(paragraph, boxes)
            if any(t.strip() for t, _ in inner):
                runs.extend([(" ", None), *((t.replace("\n", " "), url) for t, url in inner)] if runs else inner)
        return [(t.replace("\n", " "), url) for t, url in runs]


def _without(runs: list[Run], count: int) -> list[Run]:
    """The runs without their first ``count`` characters."""
    rest: list[Run] = []
    for text, url in runs:
        rest.append((text[count:], url))
        count = max(0, count - len(text))
    return rest
