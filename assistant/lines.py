# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""Where the lines of a document end, which of them are headings that nothing marks, and which are furniture of the page.

Text taken from the web or from a PDF is wrapped: a line that had room for the next word was ended on purpose, one that
had none goes on in the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.facts.topics import strict_topic_of
from corpus.french import fold, tokens

BULLET = re.compile(r"\s*(?:[•●○◦▪■□⬥◆➢➤►▶✓✔➔→⇒·‣>\-–—*.]|\d{1,2}[.)]|#{1,6})\s+")
"""What stands before the words of an item."""
_MARK = re.compile(r"\s*(?:[•●○◦▪■□⬥◆➢➤►▶✓✔➔→⇒·‣>*.]\s|[-–—]\s|\d{1,2}\s?[.)|]\s|[IVX]{1,4}[.)]\s)")
_NARROWEST = 35
"""Characters below which no column of text is wrapped."""


@dataclass(frozen=True, slots=True)
class Line:
    """``text == document.text[start:end]``; ``stems`` of the line, ``heading_stems`` of the headings it stands under."""

    start: int
    end: int
    text: str
    kind: str
    path: tuple[str, ...]
    stems: frozenset[str]
    heading_stems: frozenset[str]

    @property
    def plain(self) -> str:
        """The line as it is shown: whitespace collapsed."""
        return " ".join(self.text.split())


_GOES_ON = re.compile(r"[a-zà-ÿ]+(?:[\s,;.'’)]|$)")
""" "logistique." goes on a sentence; "accueil@site.example" does not."""


def width_of(text: str) -> int:
    """How many characters wide the prose of a text is wrapped; 0 where nothing shows that it is."""
    lines = text.split("\n")
    wrapped = sorted(
        len(one.rstrip())
        for one, following in pairwise(lines)
        if _GOES_ON.match(following) and len(one.rstrip()) >= _NARROWEST and one.rstrip()[-1] not in ".:;!?"
    )
    return wrapped[len(wrapped) * 3 // 4] if wrapped else 0


def runs(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """The lines of a block as they are meant: those that were only wrapped are one; without outer space."""
    at, begin, last = start, -1, (0, 0)
    for raw in text[start:end].split("\n"):
        stripped = raw.strip()
        left = at + len(raw) - len(raw.lstrip())
        right = left + len(stripped)
        at += len(raw) + 1
        if not stripped:
            continue
        if begin >= 0 and _parted(text[slice(*last)], stripped, width):
            yield begin, last[1]
            begin = -1
        if begin < 0:
            begin = left
        last = left, right
    if begin >= 0:
        yield begin, last[1]


def _parted(line: str, following: str, width: int) -> bool:
    """Whether a line was ended on purpose: it had room for the first word of the next, or an item begins there."""
    if _MARK.match(following) or _COUNTED.match(following) or not width:
        return True
    first = following.split(" ", 1)[0]
    if len(line) + 1 + len(first) > width - 2:
        return False
    if line[-1] in ",-–—" or (
        line[-1] not in ".:;!?»)" and re.search(r"\b(?:de|du|des|la|le|les|l['’]|d['’]|et|ou|à|au|aux|en|un|une|par|pour|sur|avec)$", line)
    ):
        return False  # "de la" asks for what follows
    return not following[0].islower() or len(line) <= 0.7 * width or line[-1] in ".:;!?"


_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?\b")


def is_heading(words: str, following: str, opens: bool = False) -> bool:
    """Whether a line that nothing marks is only the name of a section: of a known one, set in capitals above its text, or
    short above the prose of the paragraph that it ``opens``."""
    words = words.strip(" *_")
    if not 3 <= len(words) <= 60 or not words[0].isupper() or words[-1] in ".;,|…":
        return False
    bare = _YEARS.sub("", words).strip()
    if re.search(r"\d|@|:(?!$)|€", bare) or ("?" in bare.rstrip(" ?")):
        return False
    if not following or not re.match(r"\W*[A-ZÀ-Ýa-zà-ÿ0-9]", following):
        return False
    if strict_topic_of(bare) is not None:
        return True
    if bare.isupper() and len(bare) > 3 and len(tokens(bare)) <= 6 and not following[:40].isupper():
        return True
    if not opens or words[-1] in "»)":
        return False
    if len(words) <= 45 and (_PROSE.match(following) or _COUNTED.match(following)):
        return True
    return len(tokens(bare)) <= 3 and bool(_KEYED.match(following))


_PROSE = re.compile(r"[A-ZÀ-Ý«“\"].{60,}\.(?:\s|$)|[A-ZÀ-Ý«“\"].{100,}", re.DOTALL)
_KEYED = re.compile(r"[A-ZÀ-Ý][^:\n.]{2,40} ?: ?\S")
_COUNTED = re.compile(r"(?:UE|Bloc|Module|Jour|Semaine|Séquence|Étape|Partie|Atelier|Axe)\s?(?:n[o°]\s?)?[\dA-H]\b", re.IGNORECASE)


_CRUMBS = re.compile(r"[^>›»→/|\n]{2,60}(?:\s[>›»→/]\s?[^>›»→/|\n]{2,60})+|<\s?\S.{0,60}")
_SITE = re.compile(
    r"(?:partager\b.*|imprimer|suivez[ -]nous\b.*|haut de page|retour (?:a la|aux|au|en) .*|signaler un abus.*|s'abonner au fil.*|telecharger (?:le|la|les|cette|en) .*\b(?:pdf|mo|ko)\b.*|"
    r"(?:derniere |date de )?mis[e]? a jour.*|page \d+(?: ?/ ?\d+)?|\d+ ?/ ?\d+|menu|aller au contenu.*|rechercher|mentions legales.*|plan du site.*|tout (?:accepter|refuser).*|"
    r"accepter refuser|(?:ce|notre) site (?:depose|utilise) des cookies.*|gerer mes cookies.*|(?:©|copyright).*|bienvenue|fr \| en.*|lecture \d+ min\w*|publie le .{0,40})"
)


_FOOT = re.compile(
    r"(?:suivez[ -]nous.*|nos coordonnees|marches(?: publics)?|rgpd|mentions legales|plan du site|cookies|recrutement|donnees personnelles|accessibilite ?:.*|presse|newsletter|agenda|se connecter|"
    r"espace (?:adherents?|presse|perso\w*)|mon espace|actualites|publications|catalogue|nous connaitre|hebergement|rechercher?|credits|contact)"
)


def is_furniture(plain: str) -> bool:
    """Whether a line belongs to the page and not to its text: a trail of menus, a button, the number of the page."""
    if len(plain) > 160:
        return False
    folded = fold(plain).strip(" .·|-–—")
    if _SITE.fullmatch(folded):
        return True
    pieces = [x.strip() for x in re.split(r"[—·|•–]|\s-\s", folded) if x.strip()]
    if len(pieces) >= 3 and all(len(x) <= 60 for x in pieces) and any(_FOOT.fullmatch(x) for x in pieces):
        return True
    return (
        bool(_CRUMBS.fullmatch(plain))
        and not re.search(r"\d|:|€|@|\.\s|http", plain)
        and plain.count("/") + plain.count(">") + plain.count("›") + plain.count("»") + plain.count("→") > 0
        and "«" not in plain
    )


def repeats_title(plain: str, title: str) -> bool:
    """Whether a line says nothing but the title, or a part of it."""
    line, name = fold(plain).strip(' .:*#_«»"“”'), fold(title)
    return len(line) > 3 and (
        line == name or (len(line) >= 0.4 * len(name) and line in name) or (len(name) > 12 and name in line and len(line) <= len(name) + 16)
    )
