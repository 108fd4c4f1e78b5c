"""The early lines of a text: which are running text, which go on in the next, which are parted by bars, which could be a title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.french import fold
from corpus.readers.naming import AMOUNT, DATE_ONLY, FURNITURE, GENERIC, HOUSE, LABELLED, SHELF, is_field, shown

LINES = 70
"""Lines that are looked at: menus are long."""
LONGEST = 150
_LONGEST_LINE = 400
"""A longer line is running text, whatever it holds."""
_LONGEST_JOINED = 220
REACH = 12_000
"""Characters in which a title is looked for and its words are counted."""
WRAPPED = 58
"""A line of so many characters may go on in the next one."""
_BULLETS = "-•▪*–|■●○◦□▶►→➢✓✔❯·.+"
_NO_TITLE = re.compile(
    r"[@€☎✉]|https?:|www\.|\b0\d(?:[ .]\d\d){4}|^\W*\d[\d/ .]*$|\d ?(?:euros|xpf|f ?cfp|fcfp)\b|\b\d{1,2} ?h(?: ?\d\d)?\b.{1,4}\d{1,2} ?h\b|\.{4}",
    re.IGNORECASE,
)
WITHIN = re.compile(r"(?:(?<=\w{4})[.]|[!?…]) +[«\"(]?[A-ZÀ-ÖØ-Þ0-9]")
_CRUMBS = re.compile(r"\s+[>›»→/|·]\s+")
TRAILS = frozenset(">›»→/")
_GOES_ON = re.compile(r"(?:\b(?:d[eu]s?|la|le|les|l'|d'|et|ou|a|aux?|en|dans|pour|par|sur|avec|sans|une?|son|sa|ses|vers|entre|l.)|[,:–—&/-])$")
_CONTINUES = re.compile(r"(?:de|du|des|d'|et|ou|a|au|aux|en|dans|pour|par|sur|avec|sans|l'|la|le|les|vers|entre|chez|face)\b")
LEAD = re.compile(r"(?P<name>[A-ZÀ-Þ«0-9][^:.;!?\n]{9,100}?)\s?:\s+(?=(?:le |du |les |de |dès )?(?:\d|une? (?:jour|demi)|deux |trois |quatre ))")
SERIES = re.compile(
    r"^[ \t#*•●▪–-]*(?:((?:fiche|formation|stage|module|action|atelier|cycle|session|sequence|bloc|jour|journee|semaine|ue|unite|theme"
    r"|etape|axe|seminaire"
    r"|partie|volet|niveau|parcours|groupe|promotion|contribution|reponse|concours|formule|option"
    r"|tarif)s?) ?(?:n ?[°o]\.? ?)?(?:\d{1,3}(?:[.,]\d{1,2})?"
    r"|[a-h]|[ivx]{1,4})\b|(\d{1,2}\.\d{1,2})\b|(\d{1,2})[ \t]*[.)|–—-]|([a-h])[ \t]*[.)–—|-]|([ivx]{1,4})\."
    r"|([a-z]{1,6})[ -]?\d{1,4}(?=\b[ \t]*[:–—|-]?[ \t]+\w{3}))",
    re.MULTILINE,
)


@dataclass(slots=True)
class Line:
    start: int
    text: str
    folded: str
    apart: bool
    """A blank line above."""
    last: bool = True
    """A blank line below, or none."""
    prose: bool = False
    """It belongs to running text."""
    part: str = ""
    """The sign that parts the line whose piece it is: a bar, an arrow."""
    end: int = 0

    @property
    def words(self) -> list[str]:
        return self.folded.split()


def lines_of(text: str) -> list[Line]:
    """The first lines that are not blank."""
    found: list[Line] = []
    offset, blank = 0, True
    for raw in text[:REACH].split("\n"):
        stripped = raw.strip(" \t\u00a0\u202f#*_|\r\f")
        if stripped:
            start = offset + raw.index(stripped)
            found.append(Line(start, stripped, fold(stripped), blank, prose=len(stripped) > _LONGEST_LINE, end=start + len(stripped)))
            if len(found) >= LINES:
                break
        elif found:
            found[-1].last = True
        if stripped and not blank and len(found) > 1:
            found[-2].last = False
        blank = not stripped
        offset += len(raw) + 1
    _mark_prose(found)
    return found


def _mark_prose(lines: Sequence[Line]) -> None:
    """Running text: lines as long as a page is wide that go on in the next, up to the end of a sentence."""
    at = 0
    while at < len(lines):
        stop = at
        while len(lines[stop].text) >= WRAPPED and not lines[stop].last and stop + 1 < len(lines) and lines[stop + 1].text[0] not in _BULLETS:
            stop += 1
        words = " ".join(line.text for line in lines[at : stop + 1])
        if (len(words) > _LONGEST_JOINED or (len(words) > WRAPPED and (words.endswith((".", "…")) or WITHIN.search(words)))) or (
            words.endswith(".") and words.count(" ") >= 6
        ):
            for line in lines[at : stop + 1]:
                line.prose = True
        at = stop + 1


def pieces_of(line: Line) -> list[Line]:
    """The line, and where bars or arrows part it, its pieces: "GRETA des Lacs | Titre professionnel Cuisinier | Niveau 3".

    Of a notice in one sentence, what stands before its first figure: "Recyclage des caristes : 7 heures, le 3 mars".
    """
    if (
        len(line.text) <= 2 * _LONGEST_LINE
        and (line.prose or len(line.text) > 60)
        and not LABELLED.match(line.folded)
        and not is_field(line.folded)
        and (words := _lead(line.text))
    ):
        return [Line(line.start, words, fold(words), line.apart, False, part=":", end=line.start + len(words)), *([] if line.prose else [line])]
    if line.prose:
        return []
    separators = separators_of(line.text)
    if not separators or LABELLED.match(line.folded) or is_field(line.folded):
        return [line]
    pieces = [line]
    start = 0
    for stop, after in [*separators, (len(line.text), len(line.text))]:
        if words := line.text[start:stop].strip():
            at = line.start + line.text.index(words, start)
            sign = line.text[separators[0][0] : separators[0][1]].strip()
            pieces.append(Line(at, words, fold(words), line.apart, line.last, part=sign, end=at + len(words)))
        start = after
    if len(pieces) > 3 and all(len(piece.words) <= 3 for piece in pieces[1:]) and pieces[1].part not in TRAILS:
        return []  # a menu on one line
    return pieces


def _lead(line: str) -> str:
    """What a notice calls itself before its first figure, without a last key ("Rédiger une note - Durée : 2 jours"); "" where it does not."""
    words = found["name"] if (found := LEAD.match(line)) else ""
    while words and (dash := max(words.rfind(sign) for sign in (" - ", " – ", " — "))) > 0:
        last = words[dash + 3 :]
        if not is_field(fold(last)) and sum(c.isalpha() for c in last) > 2:
            break
        words = words[:dash].rstrip()
    return words


def separators_of(line: str) -> list[tuple[int, int]]:
    """Where bars and arrows part a line; a closing quotation mark is no arrow."""
    if len(line) > _LONGEST_LINE:
        return []
    return [found.span() for found in _CRUMBS.finditer(line) if "«" not in line or "»" not in found.group()]


def is_trail(line: Line) -> bool:
    """A trail or a menu on one line: "Accueil > Formations > Écrits", "Offre | Agenda | Presse"."""
    return bool(separators_of(line.text))


def announces(line: Line) -> bool:
    """Whether the line stands above a title and says nothing itself: a kicker, a trail, a shelf, a house, a date."""
    folded = line.folded
    if len(folded) > _LONGEST_LINE:
        return False
    return bool(
        GENERIC.match(fold(shown(line.text))) or SHELF.match(folded) or HOUSE.match(folded) or DATE_ONLY.match(folded) or is_trail(line)
    ) or bool(FURNITURE.match(folded))


def goes_on(words: str, below: Line) -> bool:
    """Whether a title goes on in the line right below it."""
    if below.text[0] in _BULLETS or _NO_TITLE.search(below.text) or LABELLED.match(below.folded) or below.text.endswith((".", ";")):
        return False
    if len(words) + len(below.text) > _LONGEST_JOINED or is_field(below.folded) or SHELF.match(below.folded):
        return False
    if words.count("«") > words.count("»") or words.count("(") > words.count(")"):
        return True
    if words.endswith((".", ";", "!", "?")) or is_field(fold(words)):
        return False
    if _GOES_ON.search(fold(words)):
        return True
    if below.text[0].islower():
        return len(words) >= (12 if _CONTINUES.match(below.folded) else 25)
    return words.isupper() and below.text.isupper() and bool(_CONTINUES.match(below.folded))


def is_possible(line: str) -> bool:
    """Whether a line could be a title at all, by its form: no item, no sentence, no amount, address or hours."""
    letters = sum(c.isalpha() for c in line)
    return (
        letters >= 4
        and len(line) <= _LONGEST_JOINED
        and not line.endswith((".", ";", ",", ":"))
        and not _NO_TITLE.search(line)
        and line[0] not in _BULLETS
        and not re.match(r"\(?(?:\d{1,2}|[a-zA-H]|[IVX]{1,4})[.)]\s", line)
    )


def is_form(value: str) -> bool:
    """Whether what follows "Formation :" is a value of a form ("continue", a date), not a name."""
    return (
        len(value.split()) < 2
        or bool(GENERIC.match(value) or AMOUNT.match(value) or DATE_ONLY.match(value))
        or len(value) > LONGEST
        or value.rstrip().endswith((".", ";"))
    )


def series_of(folded: str) -> Counter[str]:
    """How often each way to number the parts of a text is used."""
    return Counter(series_kind(found) for found in SERIES.finditer(folded))


def series_kind(found: re.Match[str]) -> str:
    """What is numbered, of a match of ``SERIES``: "module", or the way of the number."""
    return found[1].rstrip("s") if found[1] else found[6] or str(found.lastindex)
