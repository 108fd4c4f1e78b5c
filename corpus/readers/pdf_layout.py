"""The words of a PDF page -> lines in reading order: columns, pairs of label and value, headers and footers.

Coordinates are points from the top left corner of the page, as pdfplumber gives them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from corpus.readers.builder import Run

GUTTER = 12.0
"""Points of white between two columns; words of one line rarely stand so far apart."""
LEAST_LINES = 4
"""Lines that two columns must share before they are taken for columns."""


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    url: str | None = None


@dataclass(slots=True)
class Line:
    words: list[Word]
    cells: list[list[Run]] | None = None
    """Of a row of a table; the words then only say where it stands."""
    full: bool = True
    """Whether it goes as far to the right as its neighbours do, so that what follows may be its continuation."""

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def runs(self) -> list[Run]:
        return [
            run
            for n, w in enumerate(self.words)
            for run in ([(" ", w.url if self.words[n - 1].url == w.url else None)] if n else []) + [(w.text, w.url)]
        ]

    @property
    def top(self) -> float:
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        return max(w.bottom for w in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def size(self) -> float:
        """The size of most of its characters."""
        return Counter({size: sum(len(w.text) for w in self.words if w.size == size) for size in {w.size for w in self.words}}).most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        return all(w.bold for w in self.words)


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Words on one height are a line, from left to right."""
    lines: list[Line] = []
    for word in sorted(words, key=lambda w: ((w.top + w.bottom) / 2, w.x0)):
        middle = (word.top + word.bottom) / 2
        last = lines[-1] if lines else None
        if last is not None and abs(middle - median((w.top + w.bottom) / 2 for w in last.words)) < 0.4 * max(word.bottom - word.top, 4.0):
            last.words.append(word)
        else:
            lines.append(Line([word]))
    for line in lines:
        line.words.sort(key=lambda w: w.x0)
    return lines


def in_order(words: Sequence[Word]) -> list[Line]:
    """The lines as a person reads them: a left column before the one on its right."""
    lines = lines_of(words)
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    ordered: list[Line] = []
    run: list[Line] = []
    for line in [*lines, None]:
        if line is not None and not _crosses(line, gutter):
            run.append(line)
            continue
        ordered.extend(_columns(run, gutter))
        run = []
        if line is not None:
            ordered.append(line)
    return ordered


def _columns(run: list[Line], gutter: float) -> list[Line]:
    """The lines of the left, then those of the right; label and value pairs stay together as rows."""
    left = [Line([w for w in line.words if w.x1 <= gutter]) for line in run]
    right = [Line([w for w in line.words if w.x1 > gutter]) for line in run]
    both = [(a, b) for a, b in zip(left, right, strict=True) if a.words and b.words]
    if both and _are_pairs(both):
        return [Line(line.words, [a.runs, b.runs] if a.words and b.words else None) for line, a, b in zip(run, left, right, strict=True)]
    if len(both) < 3:
        return run
    sides = [[w for line in side for w in line.words] for side in (left, right)]
    # The columns were set apart: their lines need not share a height, so each side is put into lines anew.
    return [line for side in sides for line in in_order(side)]


def _are_pairs(both: list[tuple[Line, Line]]) -> bool:
    """Whether the left says what the right is the value of ("Durée    3 jours"): few words, and no running text."""
    labels = [a.text for a, _ in both]
    return median(len(t.split()) for t in labels) <= 3 and sum(len(t) for t in labels) / len(labels) <= 24


def _gutter(lines: list[Line]) -> float | None:
    """Where a column of white runs down the page, with lines on both of its sides."""
    if len(lines) < LEAST_LINES:
        return None
    x0, x1 = min(line.x0 for line in lines), max(w.x1 for line in lines for w in line.words)
    best: tuple[int, float] | None = None
    steps = int((x1 - x0) / 4)
    for step in range(steps // 5, steps - steps // 5):
        x = x0 + step * 4
        sides = sum(_parted(line, x) for line in lines)
        crossing = sum(_crosses(line, x) for line in lines)
        alone = sum(1 for line in lines if line.x0 > x)
        if sides + alone >= LEAST_LINES and sides >= 3 and crossing <= 0.4 * len(lines) and (best is None or sides - crossing > best[0]):
            best = (sides - crossing, x)
    return best[1] if best else None


def _crosses(line: Line, x: float) -> bool:
    """Whether the line runs over ``x``: a word stands on it, or two stand close on both sides."""
    before = max((w.x1 for w in line.words if w.x0 < x), default=None)
    after = min((w.x0 for w in line.words if w.x0 >= x), default=None)
    return before is not None and (before > x or (after is not None and after - before < GUTTER))


def _parted(line: Line, x: float) -> bool:
    return not _crosses(line, x) and line.x0 < x and any(w.x0 >= x for w in line.words)


def furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[set[int]]:
    """Of each page, the numbers of the lines that are headers, footers and page numbers.

    A line counts as such when it stands in the top or bottom tenth of the page and, figures aside, comes back on half of
    the pages (three at least); or when it is a page number in the bottom tenth.
    """
    keys: list[list[tuple[int, str]]] = []
    for lines, height in zip(pages, heights, strict=True):
        keys.append(
            [
                (n, re.sub(r"\d+", "#", " ".join(line.text.split())))
                for n, line in enumerate(lines)
                if line.cells is None and (line.bottom < 0.1 * height or line.top > 0.9 * height)
            ]
        )
    seen = Counter(key for page in keys for key in {k for _, k in page})
    least = max(3, (len(pages) + 1) // 2)
    return [
        {n for n, key in page if seen[key] >= least or (lines[n].top > 0.9 * height and _PAGE_NUMBER.fullmatch(key))}
        for page, lines, height in zip(keys, pages, heights, strict=True)
    ]


_PAGE_NUMBER = re.compile(r"(?:page |p\. ?|- ?)?#(?: ?(?:/|sur|of) ?#)?(?: ?-)?", re.IGNORECASE)


def mark_full(lines: Sequence[Line]) -> None:
    """Sets ``full``: a line that ends before four fifths of the width of the lines that begin near it is not full."""
    for line in lines:
        edges = sorted(other.words[-1].x1 for other in lines if other.cells is None and abs(other.x0 - line.x0) <= 40)
        if len(edges) >= 4:
            right = edges[int(0.85 * (len(edges) - 1))]
            line.full = line.words[-1].x1 >= right - 0.2 * (right - line.x0)
