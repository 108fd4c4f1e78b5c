"""The lines of a text: where they begin and end, their marks, and which of them only the width of the page has broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.facts.keys import has_keys
from corpus.facts.topics import strict_topic_of
from corpus.french import fold

_BULLET = re.compile(
    r"[ \t]*(?:[#>*•●◦▪■□⬥◆➢➤►▶✓✔→⇒·‣–—\-+o]+[ \t]+|[•●◦▪■□⬥◆➢➤►▶✓✔→⇒·‣–—]+(?=\w)|\|[ \t]*|\*{2,}|_{2,}|\d{1,2}[.)°][ \t]+|[a-h]\)[ \t]+)*"
)
_SHORT, _WIDE, _FULL = 45, 100, 0.7
"""A line is full, and may be broken by the width of the page, from this share of the longest (of at most ``_WIDE``) on."""
_ENDS = frozenset(".!?:;…€%|")
_LINKING = re.compile(
    r"(?:\b(?:d[eu]s?|la|les?|et|ou|aux?|en|par|pour|sur|dans|une?|avec|sans|entre|leurs?|ses?|cette|ces?|que?|dont|sous|vers|chez)|[,’'(«–])$"
)


def full_from(lines: Sequence[tuple[int, int]]) -> float:
    """From how many characters on a line of the document is full."""
    return max(_SHORT, min(_WIDE, max((end - start for start, end in lines), default=0)) * _FULL)


def goes_on(text: str, first: int, last: int, start: int, end: int) -> bool:
    """Whether the line at ``start:end`` is the rest of what stands at ``first:last``, which ends with a full line."""
    if text[last - 1] in _ENDS or _GAP.search(text, start, end):
        return False
    if after_marks(text, start, end) > start or text.find("   ", first, last) >= 0:
        return False
    linked = bool(_LINKING.search(fold(text[max(first, last - 12) : last])))
    if has_keys(text, start, end):
        return linked and text[start].islower() and text[last - 1].isalpha()
    return linked if not text[start].islower() else linked or not strict_topic_of(text[start:end])


def closes(text: str, first: int, last: int, start: int, end: int) -> bool:
    """Whether the line at ``start:end`` closes a bracket that what stands at ``first:last`` has left open."""
    closed = text.find(")", start, end)
    opened = text.rfind("(", first, last) if closed >= 0 else -1
    return opened >= 0 and closed >= 0 and text.find(")", opened, last) < 0 and text.find("(", start, closed) < 0


_GAP = re.compile(r"   |\||\t")


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines that are not blank begin and end, without outer space."""
    cursor = 0
    for line in text.split("\n"):
        if stripped := line.strip():
            start = cursor if line[0] == stripped[0] else cursor + len(line) - len(line.lstrip())
            yield start, start + len(stripped)
        cursor += len(line) + 1


def after_marks(text: str, start: int, end: int) -> int:
    """Where the words of a line begin, behind bullets, marks of Markdown and numbering."""
    if text[start].isalpha() and text[start] not in "oabcdefgh":
        return start
    mark = _BULLET.match(text, start, end)
    return mark.end() if mark else start
