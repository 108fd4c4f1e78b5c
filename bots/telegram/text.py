"""What Telegram can show: messages built from escaped parts, split where a person would, and plain where markup fails.

Telegram counts a message in UTF-16 code units, 4,096 of them. Limits here are held on the *rendered* text, markup
included: that is never more than what Telegram counts, whichever of the two a Bot API server counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from corpus.french import sentences

LIMIT = 4096
"""The most UTF-16 code units that Telegram takes in one message."""

BUTTON_LIMIT = 60
"""The most characters of a button's label: longer ones are cut by every client, each in its own way."""

_OPEN = {"": "", "b": "<b>", "i": "<i>", "quote": "<blockquote>"}
_CLOSE = {"": "", "b": "</b>", "i": "</i>", "quote": "</blockquote>"}
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_OVERHEAD = {tag: len(_OPEN[tag]) + len(_CLOSE[tag]) for tag in _OPEN}
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HALVES = re.compile(r"[\ud800-\udfff]")
_JOINERS = "\u200d\ufe0e\ufe0f"
_CLUSTER_BACK = 40
"""How far a cut steps back to spare a character built of several code points; "zalgo" text has no end to it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one style; ``text`` is what a person reads, never markup."""

    text: str
    tag: Literal["", "b", "i", "quote"] = ""


Message: TypeAlias = tuple[Piece, ...]


def message(*parts: str | Piece) -> Message:
    """The parts as one message: strings are plain, empty parts fall away, and no part holds what Telegram refuses."""
    pieces = (Piece(clean(part)) if isinstance(part, str) else Piece(clean(part.text), part.tag) for part in parts)
    return tuple(piece for piece in pieces if piece.text)


def bold(text: str) -> Piece:
    return Piece(text, "b")


def italic(text: str) -> Piece:
    return Piece(text, "i")


def quoted(text: str) -> Piece:
    return Piece(text, "quote")


def units(text: str) -> int:
    """The length as Telegram counts it: UTF-16 code units.

    >>> units("é"), units("😀")
    (1, 2)
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """The text without what cannot be sent: lone surrogates become U+FFFD, control characters other than line breaks go.

    >>> clean("a\\x00b\\ud800c\\r\\nd")
    'ab\\ufffdc\\nd'
    """
    return _HALVES.sub("\ufffd", _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def is_blank(text: str) -> bool:
    """Whether a person sees nothing: only spaces and characters without a picture of their own."""
    return all(char.isspace() or unicodedata.category(char) in ("Cf", "Cc", "Cn", "Mn") or char in "\u115f\u1160\u3164\u2800" for char in text)


def html(parts: Message) -> str:
    """Telegram HTML; whatever the parts hold, no tag but ours comes out of it."""
    return "".join(_OPEN[part.tag] + _escape(part.text) + _CLOSE[part.tag] for part in parts)


def plain(parts: Message) -> str:
    """The same without markup, for when Telegram refuses the other."""
    return "".join(part.text for part in parts)


def label(text: str, limit: int = BUTTON_LIMIT) -> str:
    """A button's label: one line, cut at a word."""
    line = " ".join(clean(text).split())
    if len(line) <= limit:
        return line or "…"
    cut = line.rfind(" ", limit // 2, limit - 1)
    return line[: cut if cut > 0 else _whole(line, limit - 1)].rstrip(" ,;:") + "…"


def split(parts: Message, limit: int = LIMIT) -> list[Message]:
    """The message as messages of at most ``limit`` rendered UTF-16 units, markup closed and opened again at each cut.

    Cuts fall at a blank line, else a line, else a sentence, else a word, as late as leaves no message half empty; and
    only where none of these exists in the middle of a word, never inside a character. White space at a cut is dropped.
    """
    found: list[Message] = []
    rest = _stripped(message(*parts))
    if rest and units(html(rest)) <= limit:
        return [rest]
    while rest:
        end = _fitting(rest, limit)
        text = plain(rest)
        if end < len(text):
            end = _cut(text, end)
        head, rest = _part(rest, end)
        head = _stripped(head)
        if head:
            found.append(head)
        rest = _stripped(rest, left_only=True)
    return found


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _fitting(parts: Message, limit: int) -> int:
    """How many characters fit into ``limit`` rendered units, at least one."""
    room, taken = limit, 0
    for part in parts:
        room -= _OVERHEAD[part.tag]
        for char in part.text:
            room -= len(_ESCAPED[char]) if char in _ESCAPED else units(char)
            if room < 0:
                return max(taken, 1)
            taken += 1
    return taken


def _cut(text: str, end: int) -> int:
    """The best place to cut at or before ``end``, by preference and not before the middle."""
    middle = end // 2
    for mark in ("\n\n", "\n"):
        found = text.rfind(mark, middle, end + len(mark))
        if found > 0:
            return found
    last = max((middle + span.end for span in sentences(text[middle : end + 1]) if middle + span.end < end), default=0)
    if last > middle:
        return last
    found = max(text.rfind(space, middle, end + 1) for space in " \t\u2003\u2009")
    return found if found > 0 else _whole(text, end)


def _whole(text: str, end: int) -> int:
    """The last place at or before ``end`` that is not inside a character built of several code points."""
    for place in range(end, max(end - _CLUSTER_BACK, 0), -1):
        if not _joined(text, place):
            return place
    return end


def _joined(text: str, place: int) -> bool:
    after, before = text[place], text[place - 1]
    if unicodedata.combining(after) or after in _JOINERS or before == "\u200d" or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    return "\U0001f1e6" <= after <= "\U0001f1ff" and "\U0001f1e6" <= before <= "\U0001f1ff"


def _part(parts: Message, end: int) -> tuple[Message, Message]:
    head: list[Piece] = []
    tail: list[Piece] = []
    for part in parts:
        if end >= len(part.text):
            head.append(part)
        elif end > 0:
            head.append(Piece(part.text[:end], part.tag))
            tail.append(Piece(part.text[end:], part.tag))
        else:
            tail.append(part)
        end -= min(end, len(part.text))
    return tuple(head), tuple(tail)


def _stripped(parts: Message, *, left_only: bool = False) -> Message:
    kept = list(_without_outer(parts, left=True))
    if not left_only:
        kept = list(reversed(list(_without_outer(reversed(kept), left=False))))
    return tuple(kept)


def _without_outer(parts: Iterable[Piece], *, left: bool) -> Iterator[Piece]:
    inside = False
    for part in parts:
        text = part.text if inside else part.text.lstrip() if left else part.text.rstrip()
        if text:
            inside = True
            yield Piece(text, part.tag)
