"""Modules: named by headings ("Module 1 : ..."), list items, or inside a sentence ("« ... » (module 1)")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts.layout import View
from corpus.facts.moments import MONTH, WEEKDAY
from corpus.facts.texts import make
from corpus.french import fold
from corpus.records import Fact

_QUOTED = re.compile(r"«\s*(?P<v>[^«»\n]{3,200}?)\s*»\s*\(\s*(?P<m>module|séquence|atelier|bloc|unité) n?°? ?\d{1,2}\s*\)", re.I)
_NAMED = re.compile(
    r"(?:module|s[ée]quence|bloc|UE|unit[ée]|atelier|partie|th[èe]me|journ[ée]e|jour|s[ée]minaire)s? ?(?:n° ?)?"
    r"(?:\d{1,2}(?:\.\d{1,2})?|[IVX]{1,4}|[A-H])\b(?P<sep>\s*[:–—.\-|)]\s*|\s+(?=[«\"A-ZÀ-Ý]))(?P<v>[^\n|]{3,200})",
    re.I,
)
# "Module 2 : 8-11 mars 2027" says when a module is held, not what it is.
_DATED = re.compile(
    rf"(?:(?:du|le|les|des|en|a partir du) )?{WEEKDAY}(?:\d{{1,2}}(?:er)?(?: ?(?:au|et|a|-|–|,|/) ?(?:le )?{WEEKDAY}\d{{1,2}})* {MONTH}|"
    rf"\d{{1,2}}/\d{{1,2}}|{MONTH} 20)"
)
_FIRST = frozenset("msbuaptj")
"""The letters at which the words above begin."""
_TITLE = re.compile(r"[^\W\d_]{3,}.*[^\W\d_]{3,}|[^\W\d_]{7,}")
_MOST = 60


def modules(view: View) -> Iterator[Fact]:
    """The module facts of the document, one per module, the first place that names it."""
    seen: set[str] = set()
    found: list[tuple[int, int]] = [(m.start("v"), m.end("v")) for m in _QUOTED.finditer(view.text)]
    for segment in view.segments:
        at = _skip(view, segment.start, segment.end)
        match = _NAMED.match(view.text, at, segment.end) if view.folded[at : at + 1] in _FIRST else None
        if match and segment.topic not in ("price", "prerequisites", "careers", "registration", "evaluation", "sessions"):
            if not _DATED.match(view.folded, match.start("v"), match.end("v")):
                found.append((match.start(), match.end()))
        elif (
            segment.topic == "modules"
            and segment.kind in ("item", "row")
            and segment.cell <= 0
            and _TITLE.search(view.text, segment.value_start, segment.end)
            and segment.value_start < segment.end <= segment.value_start + 250
        ):
            found.append((segment.value_start, segment.end))
    for start, end in sorted(found):
        key = _key(view.text[start:end])
        if key not in seen and len(seen) < _MOST:
            seen.add(key)
            yield make(view, "modules", start, end)


_MARKS = re.compile(r"[\s#>*•●◦▪■□⬥◆➢➤►▶✓✔→⇒·‣–—_\-|]*")


def _skip(view: View, start: int, end: int) -> int:
    match = _MARKS.match(view.text, start, end)
    return match.end() if match else start


def _key(words: str) -> str:
    return " ".join(re.findall(r"\w+", re.sub(r"\([^)]*\)", "", fold(words))))[:60]
