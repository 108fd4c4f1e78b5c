"""PDF -> text in reading order with headings by the size of their letters, lists, tables and the offsets of its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import LimitExceeded, UnreadableDocument
from corpus.readers.builder import Run, TextBuilder
from corpus.readers.html import joined
from corpus.readers.limits import Limits
from corpus.readers.pdf_layout import Line, Word, furniture, in_order, mark_full
from corpus.readers.plain import is_value
from corpus.records import Document

if TYPE_CHECKING:
    from pdfplumber.page import Page

_BULLET = re.compile(r"[•▪◦●○■□‣⁃➢➤►▶✓✔✅→·\u2013\u2014\-\uf0b7\uf0a7\uf0d8\uf0fc*](?=\s|$)|\(?\d{1,2}[.)](?=\s)")
_HYPHEN = re.compile(r"(\w{2,})[-\u2010]$")
LARGER = 1.12
"""Times the size of the body from which on letters are those of a heading."""


def read(path: Path, id: str, limits: Limits) -> Iterator[Document]:
    """The document. Raises UnreadableDocument for a damaged, locked or scanned file, LimitExceeded for too many pages."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(path) as pdf:
            if len(pdf.pages) > limits.pages:
                raise LimitExceeded(f"The document has {len(pdf.pages):,} pages and at most {limits.pages:,} are read: split it.")
            pages, heights = [], []
            for page in pdf.pages:
                pages.append(_lines(page))
                heights.append(float(page.height))
                page.close()
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise UnreadableDocument("The PDF is protected by a password: save it without one.") from error
        raise UnreadableDocument("The PDF is damaged or no PDF: open it in a viewer and export it again.") from error
    builder = TextBuilder()
    drop = furniture(pages, heights)
    _Writer(builder, pages, drop).write()
    yield builder.document(id, "", "pdf", path.read_bytes(), limits)


def _lines(page: Page) -> list[Line]:
    """The lines of the page in reading order, the rows of its tables at their place."""
    page = page.filter(_Undoubled())
    links = [(k["x0"], k["top"], k["x1"], k["bottom"], str(k["uri"])) for k in page.hyperlinks if k.get("uri")]
    words = [w for w in (_word(raw, links) for raw in page.extract_words(extra_attrs=["size", "fontname"], keep_blank_chars=False)) if w.text]
    tables = [t for t in page.find_tables() if len(t.rows) > 1 and max((len(r.cells) for r in t.rows), default=0) > 1]
    rows: list[Line] = []
    for table in tables:
        inside = [w for w in words if _within(w, table.bbox)]
        found = _rows(table, inside)
        if found:
            rows.extend(found)
            words = [w for w in words if w not in inside]
    return _merged(in_order(words), rows)


class _Undoubled:
    """Keeps a letter once where it is drawn twice to look bold (pdfplumber's own way takes seconds a page)."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int], list[tuple[float, float]]] = {}

    def __call__(self, drawn: dict[str, Any]) -> bool:
        if drawn["object_type"] != "char":
            return True
        x, y, near = drawn["x0"], drawn["top"], 0.1 * drawn["size"]
        for height in (int(y) - 1, int(y), int(y) + 1):
            if any(abs(x - other) < near and abs(y - above) < near for other, above in self._seen.get((drawn["text"], height), ())):
                return False
        self._seen.setdefault((drawn["text"], int(y)), []).append((x, y))
        return True


def _word(raw: dict[str, Any], links: Sequence[tuple[float, float, float, float, str]]) -> Word:
    # A glyph without a character that stands alone is a bullet; inside a word it is nothing that can be quoted.
    text = "•" if re.fullmatch(r"\(cid:\d+\)", raw["text"]) else re.sub(r"\(cid:\d+\)|\x00", "", raw["text"]).replace("\u00ad", "")
    x, y = (raw["x0"] + raw["x1"]) / 2, (raw["top"] + raw["bottom"]) / 2
    url = next((u for x0, top, x1, bottom, u in links if x0 <= x <= x1 and top <= y <= bottom), None)
    bold = re.search(r"bold|black|heavy|semibold|demi", raw["fontname"], re.IGNORECASE) is not None
    return Word(text, raw["x0"], raw["x1"], raw["top"], raw["bottom"], round(raw["size"] * 2) / 2, bold, url)


def _within(word: Word, box: tuple[float, float, float, float]) -> bool:
    x0, top, x1, bottom = box
    return x0 - 1 <= (word.x0 + word.x1) / 2 <= x1 + 1 and top - 1 <= (word.top + word.bottom) / 2 <= bottom + 1


def _rows(table: Any, words: list[Word]) -> list[Line]:
    """The rows of a ruled table; none where its cells do not hold its words (a frame around text)."""
    rows: list[Line] = []
    for row in table.rows:
        cells, held = [], []
        for box in row.cells:
            inside = [w for w in words if box is not None and _within(w, box) and w not in held]
            held.extend(inside)
            cells.append([run for n, line in enumerate(in_order(inside)) for run in ([(" ", None)] if n else []) + line.runs])
        if held:
            rows.append(Line(held, cells))
    return rows if sum(sum(1 for c in r.cells or [] if c) > 1 for r in rows) >= max(1, len(rows) // 2) else []


def _merged(lines: list[Line], rows: list[Line]) -> list[Line]:
    """The rows put before the first line that stands wholly below them."""
    merged = list(lines)
    for row in rows:
        at = next((n for n, line in enumerate(merged) if line.cells is None and line.top >= row.bottom - 2 and line not in rows), len(merged))
        merged.insert(at, row)
    return merged


class _Writer:
    """Lines -> blocks, now that the size of the body's letters is known for the whole document."""

    def __init__(self, builder: TextBuilder, pages: list[list[Line]], drop: list[set[int]]) -> None:
        self.builder = builder
        self.pages = [[line for n, line in enumerate(page) if n not in dropped] for page, dropped in zip(pages, drop, strict=True)]
        for page in self.pages:
            mark_full(page)
        sizes: Counter[float] = Counter()
        for page in self.pages:
            for line in page:
                for word in line.words:
                    sizes[word.size] += len(word.text)
        self.body = sizes.most_common(1)[0][0] if sizes else 0.0
        large = sorted({line.size for page in self.pages for line in page if line.cells is None and line.size >= self.body * LARGER}, reverse=True)
        self.levels = {size: min(n, 5) for n, size in enumerate(large, 1)}
        self.hyphened = Counter(w for page in self.pages for line in page for w in re.findall(r"\w+-\w+", line.text.lower()))

    def write(self) -> None:
        for page in self.pages:
            self.builder.page()
            group: list[Line] = []
            for line in page:
                if group and not self._goes_on(group, line):
                    self._block(group)
                    group = []
                group.append(line)
            self._block(group)

    def _level(self, line: Line) -> int:
        """The level of a heading, 0 for other lines."""
        if line.cells is not None or len(line.text) > 200 or not any(c.isalpha() for c in line.text):
            return 0
        level = self.levels.get(line.size, 0)
        if level:
            return level
        plain = line.bold and line.size >= self.body * 0.95 and len(line.text) <= 80 and not _BULLET.match(line.text)
        if plain and line.text[-1] not in ".,;" and not is_value(line.text) and line.text[0].isupper():
            return min(len(self.levels) + 1, 6)
        return 0

    def _goes_on(self, group: list[Line], line: Line) -> bool:
        """Whether the line continues the block that the group is."""
        last, first = group[-1], group[0]
        if line.cells is not None or last.cells is not None or _BULLET.match(line.text):
            return False
        level = self._level(line)
        if level != self._level(last):
            return False
        gap, height = line.top - last.bottom, last.bottom - last.top
        if gap < -2 * height or gap > (0.9 if level else 0.75) * max(height, self.body):
            return False
        if level:
            return line.size == last.size
        if _BULLET.match(first.text):
            return line.x0 > first.x0 + 2 or (last.full and line.text[0].islower())
        # A short line that ends a sentence is not run on.
        return last.full or last.text[-1:] not in ".:!?"

    def _block(self, group: list[Line]) -> None:
        if not group:
            return
        if group[0].cells is not None:
            self.builder.block("row", joined(group[0].cells))
            return
        runs = self._joined(group)
        level = self._level(group[0])
        bullet = _BULLET.match(group[0].text)
        if level:
            self.builder.block("heading", runs, level=level)
        elif bullet:
            marker = bullet.group() if bullet.group()[-1] in ".)" else "-"
            self.builder.block("item", _without(runs, bullet.end()), prefix=f"{marker} ")
        else:
            self.builder.block("paragraph", runs)

    def _joined(self, group: list[Line]) -> list[Run]:
        """The runs of the lines; a word cut at the end of a line is made whole again."""
        runs: list[Run] = []
        for number, line in enumerate(group):
            new = line.runs
            # Lines that stop early (an address, "Code : …") were meant to stand alone.
            stands = number > 0 and not group[number - 1].full and not line.text[0].islower() and not self._level(line)
            if runs and (cut := _HYPHEN.search(runs[-1][0])) and new[0][0][:1].islower():
                rest = re.findall(r"^\w+", new[0][0])
                if not self.hyphened[f"{cut.group(1)}-{''.join(rest)}".lower()]:
                    runs[-1] = (runs[-1][0][:-1], runs[-1][1])
            elif runs:
                runs.append(("\n" if stands else " ", None))
            runs.extend(new)
        return runs


def _without(runs: list[Run], count: int) -> list[Run]:
    rest: list[Run] = []
    for text, url in runs:
        rest.append((text[count:], url))
        count = max(0, count - len(text))
    return rest
