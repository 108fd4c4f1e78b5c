"""Bytes -> text, and the headings, items and rows that a person sees in plain text.

The text keeps every character of the file but its byte order mark and its kind of line break: what is quoted later is
what was written. Blocks only say which runs of it are headings, items, rows and paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpus.errors import UnreadableDocument
from corpus.french import fold
from corpus.readers.builder import shorten, stem_of
from corpus.readers.columns import unfold_columns
from corpus.readers.limits import Limits, check_text
from corpus.readers.naming import named, shown
from corpus.readers.titles import find_title
from corpus.records import Block, BlockKind, Document, Span

_BINARY = "The file is binary and no text, whatever its name says: give the file its own extension, or export it as text."
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
_MARKED = re.compile(r"(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r"(=+|-{3,})[ \t]*$")
_BULLET = re.compile(r"[ \t]*(?:[•▪◦●○■□‣⁃➢➤►▶✓✔✅→·*–—-]|o(?=\t| {2,})|\(?(?:\d{1,2}|[a-zA-Z])[.)])(?:[ \t]+|$)")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t:|+-]*-[ \t:|+-]*\|?[ \t]*$")
_NOT_A_HEADING = re.compile(
    r"[@€$]|https?:|www\.|\bxpf\b|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|(?:\d{2}[ .]){3}|\d{4,}|\w[ \u00a0]?:[ \u00a0]*\w", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,5}[.)]?|[A-Z][.)])\s+(?=\S)")

# Lines that are headings wherever they stand alone, even with the text right below them.
_KNOWN = re.compile(
    r"(?:(?:les |vos |nos |l')?"
    r"(?:objectifs?|publics?|publics? (?:vises?|concernes?|cibles?)|pour qui ?\??|a qui s'adresse (?:la|cette) formation ?\??|"
    r"pratique|en pratique|informations? pratiques?|infos? pratiques?|programme|programme detaille|au programme|contenus?|"
    r"contenu de la formation|pre-?requis|conditions? d'(?:acces|admission|inscription|eligibilite)|"
    r"modalites?|modalites (?:pedagogiques|pratiques|d'inscription|d'evaluation|d'admission)|"
    r"methodes? pedagogiques?|moyens pedagogiques|duree|durees? et dates?|dates?|dates? et lieux?|sessions?|calendrier|lieux?|tarifs?|"
    r"couts?|prix|frais|frais d'inscription|tarifs? et financement|financement|"
    r"inscriptions?|admissions?|admission et inscription|candidatures?|contacts?|"
    r"renseignements|intervenants?|formateurs?|evaluation|validation|certification|diplome|debouches|competences visees|"
    r"resultats attendus|presentation|description|contexte|enjeux|accessibilite|organisation|deroulement|modules?|le plus|points forts)"
    r"(?: (?:de|du) (?:la |cette |ce |l')?(?:formation|module|cycle|stage|parcours|programme|session))?)[ ]?:?"
)


def decode(data: bytes) -> str:
    """The text of the bytes: UTF-8, UTF-16 with its mark, else Windows-1252 and Latin-1; universal newlines.

    Raises UnreadableDocument for bytes that are no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return _newlines(data.decode("utf-16"))
        except UnicodeDecodeError as error:
            raise UnreadableDocument(_BINARY) from error
    if b"\x00" in data:
        raise UnreadableDocument(_BINARY)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
    if len(_CONTROL.findall(text)) > 2 + len(text) // 1000:
        raise UnreadableDocument(_BINARY)
    return _newlines(text)


def _newlines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def read_plain(data: bytes, id: str, limits: Limits) -> Document:
    """A plain text, its title being its first heading or its first line that says something."""
    text, tops = unfold_columns(decode(data))
    check_text(text, limits)
    blocks = scan(text)
    title, blocks = _with_title(text, blocks, stem_of(id), tops)
    return Document(id, title, text, tuple(blocks), "text", sha256(data).hexdigest())


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    """Without the line break and outer spaces."""
    raw: str
    text: str
    """Without outer spaces; empty for a blank line."""


def scan(text: str) -> list[Block]:
    """The blocks of the text in order, apart from its title (see ``read_plain``)."""
    lines = _lines(text)
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        if not lines[at].text:
            at += 1
            continue
        heading = _heading(lines, at)
        if heading:
            block, at = heading
            blocks.append(block)
            continue
        kind: BlockKind = "row" if _is_row(lines, at) else "item" if _BULLET.match(lines[at].raw) else "paragraph"
        last = at
        if kind == "row":
            if _TABLE_RULE.fullmatch(lines[at].raw):
                at += 1
                continue
        else:
            while last + 1 < len(lines) and _continues(lines, last + 1, kind, lines[at]):
                last += 1
        blocks.append(Block(kind, lines[at].start, lines[last].end))
        at = last + 1
    return blocks


def _lines(text: str) -> list[_Line]:
    lines = []
    offset = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        start = offset + (raw.find(stripped) if stripped else 0)
        lines.append(_Line(start, start + len(stripped), raw, stripped))
        offset += len(raw) + 1
    return lines


def _heading(lines: list[_Line], at: int) -> tuple[Block, int] | None:
    """The heading that begins at this line, and the number of the line after it."""
    line = lines[at]
    if len(line.text) > 150 and not line.text.startswith("#"):
        return None
    marked = _MARKED.match(line.text) if len(line.raw) - len(line.raw.lstrip()) < 4 else None
    if marked and marked.group(2).strip():
        start = line.start + marked.start(2)
        return Block("heading", start, start + len(_bare(marked.group(2))), len(marked.group(1))), at + 1
    if _BULLET.match(line.raw) and not _NUMBERED.match(line.text):
        return None
    before = at == 0 or not lines[at - 1].text
    below = lines[at + 1] if at + 1 < len(lines) else None
    if before and below and (rule := _UNDERLINE.fullmatch(below.text)) and len(below.text) >= min(3, len(line.text)):
        return Block("heading", line.start, line.end, 1 if rule.group().startswith("=") else 2), at + 2
    if len(line.text) > 80 or not any(rest.text for rest in lines[at + 1 : at + 50]):
        return None
    if _KNOWN.fullmatch(fold(line.text)) or (before and below and _stands_alone(line.text, below)):
        return Block("heading", line.start, line.start + len(_bare(line.text)), 2), at + 1
    return None


def _bare(heading: str) -> str:
    """Without the colon that announces what follows."""
    return heading.rstrip().rstrip(": \t\u00a0\u202f") or heading.rstrip()


def is_value(line: str) -> bool:
    """Whether a short line states something (an amount, a date, an address, "label : value") rather than heading it."""
    return _NOT_A_HEADING.search(line.rstrip(": \u00a0")) is not None


def _stands_alone(line: str, below: _Line) -> bool:
    """Whether a line after a blank one reads like a heading: short, no sentence, no value, a blank line below.

    A line that ends with a colon needs no blank line below, and an opening number is allowed ("2. Le calendrier").
    """
    bare = _NUMBERED.sub("", line)
    if below.text and not line.endswith(":"):
        return False
    if len(line) > 80 or len(bare.split()) > 10 or len(bare) < 3:
        return False
    if not bare[0].isupper() or bare[-1] in ".,;!…»)" or is_value(line):
        return False
    return sum(c.isalpha() for c in bare) >= 0.6 * len(bare.replace(" ", ""))


def _is_row(lines: list[_Line], at: int) -> bool:
    """A line of a table: bars at both ends or at least two of them, or tabs on this line and on a neighbour."""
    text = lines[at].text
    if text.count("|") >= 2 or (text.startswith("|") and text.endswith("|") and len(text) > 1):
        return True
    if "|" in text and any(_TABLE_RULE.fullmatch(n.raw) and "|" in n.raw for n in lines[at + 1 : at + 2]):
        return True
    if "\t" not in text:
        return False
    return any("\t" in n.text for n in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]))


def _continues(lines: list[_Line], at: int, kind: BlockKind, first: _Line) -> bool:
    """Whether the line belongs to the block that the line before it belongs to."""
    line, above = lines[at], lines[at - 1]
    if not line.text or _BULLET.match(line.raw) or _is_row(lines, at) or _heading(lines, at):
        return False
    if kind == "paragraph":
        return True
    return _indent(line) > _indent(first) or line.text[0].islower() or _BULLET.fullmatch(above.raw) is not None


def _indent(line: _Line) -> int:
    return len(line.raw.expandtabs(4)) - len(line.raw.expandtabs(4).lstrip())


_FINAL = (".", ";", ",", "!")


def _with_title(text: str, blocks: list[Block], file: str = "", tops: tuple[int, ...] = ()) -> tuple[str, list[Block]]:
    """The title, and the blocks in which its line is a heading of level 1."""
    top = [b for b in blocks[:12] if b.kind == "heading" and b.level == 1]
    if top:
        return shorten(shown(text[top[0].start : top[0].end]), 200), blocks
    found = find_title(text, (file,), tops=tops)
    if found is not None:
        return shorten(found.text, 200), _promote(blocks, found.span) if _is_line(text, found.span) else blocks
    spoken = named(text)
    if spoken is not None:
        return shorten(spoken), blocks
    line = _first_title(text, blocks)
    if line is not None:
        return shorten(shown(line.of(text)), 200), _promote(blocks, line)
    return shorten(next(_opening(text, blocks), Span(0, len(text))).of(text)), blocks


def _first_title(text: str, blocks: list[Block]) -> Span | None:
    """The first line that reads like a title."""
    for number, line in enumerate(_opening(text, blocks)):
        words = line.of(text).split()
        if not _could_be_title(line.of(text)):
            continue
        if (number == 0 and len(words) > 1) or (number and len(words) >= 4 and _alone(text, line)):
            return line
    return None


def _opening(text: str, blocks: list[Block]) -> Iterator[Span]:
    """The lines of the first blocks that say something (not "A :" nor a bare date)."""
    for block in blocks[:8]:
        line_end = text.find("\n", block.start, block.end)
        span = Span(block.start, block.end if line_end < 0 else line_end)
        letters = sum(c.isalpha() for c in span.of(text))
        if block.kind in ("paragraph", "heading") and letters >= 4:
            yield span


def _could_be_title(line: str) -> bool:
    return len(line) <= 150 and not line.rstrip().endswith((*_FINAL, ":")) and not re.search(r"[@€]|https?:", line)


def _alone(text: str, line: Span) -> bool:
    """Whether a blank line stands above and below."""
    above = text[: line.start].rstrip(" \t\u00a0")
    below = text[line.end :].lstrip(" \t\u00a0")
    return (not above or above.endswith("\n\n") or not above.strip()) and below.startswith("\n\n")


def _is_line(text: str, title: Span) -> bool:
    """Whether nothing stands beside the title on its line, but a key before it ("Intitulé : ...")."""
    before = text[text.rfind("\n", 0, title.start) + 1 : title.start].rstrip(" *_")
    after = text[title.end : (text.find("\n", title.end) + 1 or len(text) + 1) - 1]
    return not after.strip(" \t*_#\u00a0") and (not before or before[-1] not in "|>›»→/·")


def _promote(blocks: list[Block], line: Span) -> list[Block]:
    """The blocks with the title's line as a heading of level 1, parted from what stood in the same paragraph."""
    parted: list[Block] = []
    for block in blocks:
        if block.start <= line.start < block.end:
            parted.append(Block("heading", line.start, line.end, 1))
            if block.end > line.end:
                start = line.end + 1
                parted.append(Block(block.kind, start, block.end, block.level))
        else:
            parted.append(block)
    return parted


def read(path: Path, id: str, limits: Limits) -> Iterator[Document]:
    """Reads a .txt file (see ``corpus.readers.formats.Reader``)."""
    yield read_plain(path.read_bytes(), id, limits)
