"""Pages whose columns stand side by side in a plain text, as programs write them from a PDF -> one column below the other.

Read line by line, such a page mixes two texts. Only columns of running text are parted: in both, lines go on in the next
line of the same column. The rows of a table and "key    value" sheets stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)|^ {12,}(?=\S)")
_OPEN = re.compile(r"\b(?:de|du|des|la|le|les|et|ou|à|au|aux|en|dans|pour|par|sur|avec|un|une)$|['’]$")
_BULLET = re.compile(r"\s*(?:[•▪◦●○■□‣⁃➢➤►▶✓✔→⇒*·–—-]|o )\s*\S")
_LEAST = 8
"""Lines that a page of columns has at least."""
_WRAPS = 2
"""So often must a line go on in the next one of its column."""
_NARROW = 12


def unfold_columns(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with the columns of its pages below each other, and where the columns begin; the text itself where it has none.

    >>> unfold_columns("Une seule colonne\\nde texte")
    ('Une seule colonne\\nde texte', ())
    """
    if text.count("   ") < _LEAST:
        return text, ()
    pages: list[str] = []
    tops: list[int] = []
    offset = 0
    for page in text.split("\f"):
        unfolded, parts = _page(page)
        pages.append(unfolded)
        tops.extend(offset + part for part in parts)
        offset += len(unfolded) + 1
    return "\f".join(pages), tuple(tops)


def _page(page: str) -> tuple[str, tuple[int, ...]]:
    lines = [line.rstrip() for line in page.expandtabs(8).split("\n")]
    gutter = _gutter(lines)
    if gutter is None:
        return page, ()
    first, last = _reach(lines, gutter)
    left, right = [line[:gutter].rstrip() for line in lines[first:last]], [line[gutter:] for line in lines[first:last]]
    if not (_is_running(left) and _is_running(right)) or _is_sheet(left, right):
        return page, ()
    above = "\n".join([*lines[:first], ""]) if first else ""
    one, other = "\n".join(_closed(left)), "\n".join(_closed(right))
    below = "\n".join(["", "", *lines[last:]]) if last < len(lines) else ""
    return f"{above}{one}\n\n{other}{below}", (len(above), len(above) + len(one) + 2)


def _gutter(lines: Sequence[str]) -> int | None:
    """Where the second column begins, by the place at which most lines go on behind a gap."""
    places = Counter(found.end() for line in lines for found in [_GAP.search(line)] if found and found.end() >= _NARROW)
    if not places:
        return None
    place, lines_there = max(places.items(), key=lambda pair: (pair[1], -pair[0]))
    return place if lines_there >= _LEAST else None


def _fits(line: str, gutter: int) -> bool:
    """Whether the line keeps to its column: nothing is written across the gutter."""
    return len(line) <= gutter or not line[gutter - 2 : gutter].strip()


def _reach(lines: Sequence[str], gutter: int) -> tuple[int, int]:
    """The longest run of lines that keep to their columns, from the first to the last that has a second one."""
    best, start = (0, 0), 0
    for at in range(len(lines) + 1):
        if at == len(lines) or not _fits(lines[at], gutter):
            if at - start > best[1] - best[0]:
                best = (start, at)
            start = at + 1
    first, last = best
    while first < last and len(lines[first]) <= gutter:
        first += 1
    while last > first and len(lines[last - 1]) <= gutter:
        last -= 1
    while last < best[1] and lines[last].strip():
        last += 1  # what goes on below the end of the second column
    return first, last


def _wraps(column: Sequence[str]) -> int:
    """How many lines of the column go on in the next one."""
    return sum(bool(above.strip()) and below.lstrip()[:1].islower() and not above.rstrip().endswith(".") for above, below in pairwise(column))


def _is_running(column: Sequence[str]) -> bool:
    """Whether the column holds running text."""
    return _size(column) >= _LEAST - 2 and _wraps(column) >= _WRAPS


def _size(column: Sequence[str]) -> int:
    return sum(bool(line.strip()) for line in column)


def _is_sheet(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether the left column holds the keys of the right one: few lines of it stand alone, few go on."""
    alone = sum(bool(a.strip()) and not b.strip() for a, b in zip(left, right, strict=True))
    return alone < 3 and _wraps(left) < 0.35 * _size(left)


def _closed(column: Sequence[str]) -> list[str]:
    """The lines of a column, those that its width broke whole again, blank ones at most one at a time, none at the ends."""
    width = max((len(line.rstrip()) for line in column), default=0)
    kept: list[list[str]] = []
    for raw in column:
        line = raw.strip()
        if line and kept and kept[-1] and _goes_on(kept[-1][-1], line, width):
            kept[-1].append(line)
        elif line:
            kept.append([raw.rstrip()])
        elif kept and kept[-1]:
            kept.append([])
    while kept and not kept[-1]:
        kept.pop()
    return [" ".join(lines) for lines in kept]


def _goes_on(above: str, below: str, width: int) -> bool:
    """Whether the width of the column broke a line here: it was (nearly) full, and the next one does not begin anew."""
    if above.endswith((".", ":", ";", "!", "?")) or above[-1:].isdigit() or "@" in above + below.split()[0]:
        return False
    if not (below[0].islower() or above.endswith((",", "«", "(")) or _OPEN.search(above)):
        return False
    return len(above) >= 0.55 * width and not _BULLET.match(below)
