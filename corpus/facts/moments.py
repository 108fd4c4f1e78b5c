"""Text -> the dates it writes, in figures or in letters; what they are dates of is told in dates.py."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.facts.layout import View
from corpus.facts.numbers import DAY_WORD, DAYS, YEAR_WORDS, year_in_letters
from corpus.facts.words import Beginnings

MONTHS = {
    "janvier": 1, "janv": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "mars": 3,
    "avril": 4, "avr": 4, "mai": 5, "juin": 6, "juillet": 7, "juil": 7,
    "aout": 8, "septembre": 9, "sept": 9, "octobre": 10, "oct": 10, "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
}  # fmt: skip
MONTH = (
    r"(?:(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b|"
    r"(?:janv|jan|fevr|fev|avr|juil|sept|oct|nov|dec)\b\.?)"
)
WEEKDAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam)\.? )?"
_DAY = r"(?:1er|\d{1,2}(?!\d))"
YEAR = r"(?:19|20)\d\d\b"
_TOKEN = re.compile(
    rf"(?<![\w/.-])(?:(?P<nd>\d{{1,2}})[/.](?P<nm>\d{{1,2}})[/.](?P<ny>\d{{4}}|\d{{2}})(?![\d/])|(?P<iy>{YEAR})-(?P<im>\d\d)-(?P<id>\d\d)(?!\d)|"
    rf"(?P<days>{_DAY}(?: ?\((?:matin|apres-midi|journee|\d{{1,2}} ?h(?: ?\d\d)?)\))?"
    rf"(?: ?(?:,|et|au|-|&|puis|/|ou)(?: le)? ?{WEEKDAY}{_DAY}(?: ?\((?:matin|apres-midi|journee)\))?){{0,8}}) (?P<m>{MONTH})(?: (?P<y>{YEAR}))?|"
    rf"(?P<mi>mi|debut|fin|courant)[ -](?P<mm>{MONTH})(?: (?P<my>{YEAR}))?|(?P<bm>{MONTH})(?: (?P<by>{YEAR}))?|"
    rf"(?P<rentree>rentree (?:universitaire |scolaire )?)(?P<ry>{YEAR})(?:[-/](?P<ry2>(?:20)?\d\d)\b)?)"
)  # fmt: skip

_HOUR = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or run of days: bounds where known, whether the year was written, and whether the bounds are exact."""

    start: int
    end: int
    first: tuple[int, int | None]
    last: tuple[int, int | None]
    year: int | None
    exact: bool
    only_year: bool = False


_BEGINNINGS = Beginnings(
    "jan", "fev", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec", "mi", "debut", "fin", "courant", "rentree"
)


def moments_of(view: View) -> Iterator[Moment]:
    until = -1
    lettered = _lettered(view) if view.has_words(_NUMBER_WORDS) else iter(())
    following = next(lettered, None)
    for match in view.at_words(_TOKEN, _BEGINNINGS, numbers=True):
        while following and following.start < match.start():
            until = following.end
            yield following
            following = next(lettered, None)
        moment = _moment(match) if match.start() >= until else None
        if moment is not None:
            if moment.year is None and (year := _LETTERED_YEAR.match(view.folded, moment.end)):
                moment = replace(moment, year=year_in_letters(year["y"]), end=year.end())
            yield moment


_IN_LETTERS = rf"(?:premier|{DAY_WORD})(?![\w-])"
_LETTERED_YEAR = re.compile(rf" (?P<y>{YEAR_WORDS})(?![\w-])")
_LETTERED = re.compile(
    rf"(?P<days>{_IN_LETTERS}(?: ?(?:,|et|au|a|ou|puis)(?: le)? {WEEKDAY}{_IN_LETTERS}){{0,5}}) (?P<m>{MONTH})"
    rf"(?: (?P<y>{YEAR})|{_LETTERED_YEAR.pattern.replace('?P<y>', '?P<w>')})?"
)
_A_DAY = re.compile(_IN_LETTERS)
_NUMBER_WORDS = Beginnings(
    "premier", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize",
    "vingt", "trente",
)  # fmt: skip


def _lettered(view: View) -> Iterator[Moment]:
    """Dates whose day is written in letters: "le mardi neuf mars deux mille vingt-sept", "du deux au quatre mai 2027"."""
    for match in view.at_words(_LETTERED, _NUMBER_WORDS):
        days = [1 if d.group() == "premier" else DAYS[d.group().replace("-", " ")] for d in _A_DAY.finditer(match["days"])]
        month = month_of(match["m"])
        year = int(match["y"]) if match["y"] else year_in_letters(match["w"]) if match["w"] else None
        if all(is_day(year or 2024, month, d) for d in days):
            yield Moment(match.start(), match.end(), (month, min(days)), (month, max(days)), year, True)


def _moment(match: re.Match[str]) -> Moment | None:
    start, end = match.span()
    if match["nd"] or match["id"]:
        day, month = int(match["nd"] or match["id"]), int(match["nm"] or match["im"])
        written = match["ny"] or match["iy"]
        year = int(written) + (2000 if len(written) == 2 else 0)
        return Moment(start, end, (month, day), (month, day), year, True) if is_day(year, month, day) else None
    if match["rentree"]:
        return Moment(start, end, (9, None), (9, None), int(match["ry"]), False, True)
    if match["days"]:
        month = month_of(match["m"])
        days = [int(d) for d in re.findall(r"\d{1,2}", _HOUR.sub("", match["days"]) if "(" in match["days"] else match["days"])]
        stated = int(match["y"]) if match["y"] else None
        if not all(is_day(stated or 2024, month, d) for d in days):
            return None
        return Moment(start, end, (month, min(days)), (month, max(days)), stated, True)
    name = match["mm"] or match["bm"]
    written = match["my"] or match["by"]
    month = month_of(name)
    if (
        match["bm"]
        and not written
        and (match["bm"].rstrip(".") in ("mai", "mar", "jan", "dec", "nov", "oct", "sept") or len(match["bm"]) < 4)
        and match["bm"] != "mai"
    ):
        return None
    if match["mi"] == "mi":
        return Moment(start, end, (month, 15), (month, 15), int(written) if written else None, False)
    return Moment(start, end, (month, None), (month, None), int(written) if written else None, False)


def month_of(name: str) -> int:
    return MONTHS[name.rstrip(".")]


def is_day(year: int, month: int, day: int) -> bool:
    return 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
