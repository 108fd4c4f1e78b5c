"""Periods and lengths of time as people say them about themselves: "deux semaines en novembre", "du 3 au 12 mars"."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Final

from assistant.records import Period
from corpus.french import fold

NUMBERS: Final[dict[str, int]] = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "trente": 30,
    "quarante": 40, "cinquante": 50, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20,
}  # fmt: skip
_MONTHS: Final[dict[str, int]] = {
    name: number
    for number, names in enumerate(
        ("janvier january janv jan", "fevrier february fevr fev feb", "mars march", "avril april avr", "mai may", "juin june",
         "juillet july juil", "aout august", "septembre september sept", "octobre october oct", "novembre november nov",
         "decembre december dec"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH: Final = r"(?P<{0}>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR: Final = r"(?: (?:de )?(?P<{0}>20\d\d))?"
NUMBER: Final = r"(?P<n>\d+(?:[.,]\d+)?|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")"
_LENGTH: Final = re.compile(
    rf"\b{NUMBER} (?P<half>demi[- ])?(?P<unit>jour|journee|semaine|mois|heure|h\b|j\b|day|week|month|hour)(?:nee)?s?\b(?P<and>(?: et demie?)?)"
)
DAYS_A_WEEK: Final = 5
DAYS_A_MONTH: Final = 21
HOURS_A_DAY: Final = 7

_RANGE = re.compile(
    r"\b(?:du|de|d'|entre(?: le)?|from|between)\s?(?:le )?(?P<d1>\d{1,2})(?:er)?(?: " + _MONTH.format("m1") + _YEAR.format("y1")
    + r")? (?:au|et(?: le)?|a|jusqu'au|to|and) (?P<d2>\d{1,2})(?:er)? " + _MONTH.format("m2") + _YEAR.format("y2")
)  # fmt: skip
_NUMERIC_RANGE = re.compile(
    r"\b(?:du |entre le )?(?P<a>\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d) (?:au|et le|a|-|to) (?P<b>\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)"
)
_MONTH_RANGE = re.compile(r"\b(?:de |d'|entre |from |between )\s?(?:mi-)?" + _MONTH.format("m1") + _YEAR.format("y1") + r" (?:a|et|jusqu'en|"
    r"to|and|-) (?:la fin )?(?:mi-)?"
                          + _MONTH.format("m2") + _YEAR.format("y2"))  # fmt: skip
_FROM = re.compile(
    r"\b(?:a partir d[eu']|des|apres|depuis|from|after|starting) ?(?:le |l'|mois de |debut |d')?(?:(?P<d>\d{1,2})(?:er)? )?"
    + _MONTH.format("m")
    + _YEAR.format("y")
)
_BEFORE = re.compile(
    r"\b(?P<word>avant|jusqu'(?:en|au|a)|d'ici|before|until|by) ?(?:la |le |fin |l'|mois de )*(?:(?P<d>\d{1,2})(?:er)? )?"
    + _MONTH.format("m")
    + _YEAR.format("y")
)
_IN_MONTH = re.compile(r"\b(?:en|au mois de|au mois d'|courant|pour|in|during|mois de|mois d')\s?(?P<half>mi-|debut |fin )?" + _MONTH.format("m")
                       + r"(?: (?:et|ou|and|or) " + _MONTH.format("m2") + ")?" + _YEAR.format("y"))  # fmt: skip
_DAY = re.compile(r"\ble (?P<d>\d{1,2})(?:er)? " + _MONTH.format("m") + _YEAR.format("y"))
_SEASONS: Final = (
    (re.compile(r"\bprintemps\b"), 3, 6),
    (re.compile(r"\b(?:(?<=l')|(?<=cet )|(?<=en ))ete\b(?! (?:forme|nomme|recrute|affecte|mute))"), 7, 8),
    (re.compile(r"\bautomne\b"), 9, 12),
    (re.compile(r"\b(?:premier|1er|first) trimestre"), 1, 3),
    (re.compile(r"\b(?:deuxieme|2e|2eme|second) trimestre"), 4, 6),
    (re.compile(r"\b(?:troisieme|3e|3eme) trimestre"), 7, 9),
    (re.compile(r"\b(?:quatrieme|4e|4eme|dernier) trimestre"), 10, 12),
    (re.compile(r"\b(?:premier|1er) semestre"), 1, 6),
    (re.compile(r"\b(?:second|deuxieme|2e|2eme) semestre"), 7, 12),
)
_SOONER: Final = ("avant", "d'ici", "before")
_BESIDE: Final = re.compile(r"\b(avant|d'ici|before|apres|passe|after) (?:le |la |l'|cet |the )?(?:fin (?:du |de la |de l'))?$")
_WHOLE_YEAR = re.compile(r"\b(?:en|sur|courant|pour|in) (?:l'annee )?(?P<y>20\d\d)\b")


def number(word: str) -> float:
    """A number in digits or in words; ValueError for anything else."""
    return float(NUMBERS[word]) if word in NUMBERS else float(word.replace(",", "."))


def length_in_days(folded: str) -> float | None:
    """The first length of time of a folded text in working days: 7 hours a day, 5 days a week, 21 a month.

    >>> length_in_days("j'ai deux semaines"), length_in_days("une journee et demie")
    (10.0, 1.5)
    """
    match = _LENGTH.search(folded)
    if not match:
        return None
    unit = match["unit"][0] if match["unit"][0] != "m" else "m"
    days = {"j": 1.0, "d": 1.0, "s": DAYS_A_WEEK, "w": DAYS_A_WEEK, "m": DAYS_A_MONTH, "h": 1 / HOURS_A_DAY}[unit]
    amount = number(match["n"]) * (0.5 if match["half"] else 1.0) + (0.5 if match["and"] else 0.0)
    return round(amount * days, 2)


def period(text: str, today: date, needed: float = 0.0) -> Period | None:
    """The first period a text names; without a year, the next one to come that still holds ``needed`` working days.

    >>> period("deux semaines en novembre", date(2026, 3, 1))
    Period(start=datetime.date(2026, 11, 1), end=datetime.date(2026, 11, 30))
    """
    folded = fold(text)
    for read in (_numeric, _day_range, _month_range, _between_bounds, _single, _season):
        found = read(folded, today, needed)
        if found:
            return found
    return None


def _numeric(folded: str, _today: date, _needed: float) -> Period | None:
    match = _NUMERIC_RANGE.search(folded)
    return _ordered(_any_date(match["a"]), _any_date(match["b"])) if match else None


def _any_date(text: str) -> date | None:
    try:
        if "/" in text:
            day, month, year = (int(p) for p in text.split("/"))
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day_range(folded: str, today: date, _needed: float) -> Period | None:
    match = _RANGE.search(folded)
    if not match:
        return None
    month2 = _MONTHS[match["m2"]]
    month1 = _MONTHS[match["m1"]] if match["m1"] else month2
    year2 = int(match["y2"]) if match["y2"] else None
    if year2 is None:
        end = _on(today.year, month2, int(match["d2"]))
        year2 = today.year if end and end >= today else today.year + 1
    year1 = int(match["y1"]) if match["y1"] else year2 - (1 if month1 > month2 else 0)
    return _ordered(_on(year1, month1, int(match["d1"])), _on(year2, month2, int(match["d2"])))


def _month_range(folded: str, today: date, needed: float) -> Period | None:
    match = _MONTH_RANGE.search(folded)
    if not match:
        return None
    first, last = _MONTHS[match["m1"]], _MONTHS[match["m2"]]
    year = int(match["y2"] or match["y1"] or 0)
    if year and match["y2"]:
        start_year = int(match["y1"]) if match["y1"] else year - (1 if first > last else 0)
        return _ordered(date(start_year, first, 1), _last_day(year, last))
    return _months(first, last, year or None, today, needed)


def _between_bounds(folded: str, today: date, _needed: float) -> Period | None:
    after, before = _FROM.search(folded), _BEFORE.search(folded)
    if not after and not before:
        return None
    start = end = None
    if after:
        month = _MONTHS[after["m"]]
        year = int(after["y"]) if after["y"] else (today.year if month >= today.month else today.year + 1)
        start = _on(year, month, int(after["d"] or 1))
    if before:
        month = _MONTHS[before["m"]]
        base = start or today
        year = int(before["y"]) if before["y"] else (base.year if month >= base.month else base.year + 1)
        if before["d"]:
            end = _on(year, month, int(before["d"]))
            end = end - timedelta(days=1) if end and before["word"] in ("avant", "before") else end
        else:
            exclusive = before["word"] in ("avant", "before") and "fin " not in before.group()
            end = date(year, month, 1) - timedelta(days=1) if exclusive else _last_day(year, month)
        start = start or (today if end and end >= today else None)
    return Period(start, end) if start or end else None


def _single(folded: str, today: date, needed: float) -> Period | None:
    match = _IN_MONTH.search(folded)
    if match:
        first = _MONTHS[match["m"]]
        last = _MONTHS[match["m2"]] if match["m2"] else first
        found = _months(first, last, int(match["y"]) if match["y"] else None, today, needed)
        if found and match["half"] and found.start and found.end:
            middle = {"mi-": (10, 20), "debut ": (1, 10), "fin ": (20, 31)}[match["half"]]
            found = Period(found.start.replace(day=max(middle[0], 1)), min(found.end, found.start.replace(day=1) + timedelta(days=middle[1] - 1)))
        return found
    match = _DAY.search(folded)
    if match:
        day = _on(int(match["y"]) if match["y"] else today.year, _MONTHS[match["m"]], int(match["d"]))
        if day and day < today and not match["y"]:
            day = _on(today.year + 1, day.month, day.day)
        return Period(day, day) if day else None
    return None


def _season(folded: str, today: date, needed: float) -> Period | None:
    year = re.search(r"\b(20\d\d)\b", folded)
    for pattern, first, last in _SEASONS:
        match = pattern.search(folded)
        if match:
            season = _months(first, last, int(year[1]) if year else None, today, needed)
            side = _BESIDE.search(folded[: match.start()])
            if side is None or season.start is None or season.end is None:
                return season
            # "avant l'été" ends where the summer begins, of this year while it has not begun
            return Period(None, season.start - timedelta(days=1)) if side[1] in _SOONER else Period(season.end + timedelta(days=1), None)
    match = _WHOLE_YEAR.search(folded)
    if match:
        return Period(date(int(match["y"]), 1, 1), date(int(match["y"]), 12, 31))
    if "annee prochaine" in folded or "l'an prochain" in folded or "next year" in folded:
        return Period(date(today.year + 1, 1, 1), date(today.year + 1, 12, 31))
    return None


def _months(first: int, last: int, year: int | None, today: date, needed: float) -> Period:
    """From one month to another; a month that has begun counts from today while enough working days are left in it."""
    if year is not None:
        return Period(date(year, first, 1), _last_day(year + (1 if last < first else 0), last))
    for candidate in (today.year - 1, today.year, today.year + 1):
        start, end = date(candidate, first, 1), _last_day(candidate + (1 if last < first else 0), last)
        if start >= today or (end >= today and _working_days(today, end) >= max(needed, 5.0)):
            return Period(max(start, today), end)
    return Period(date(today.year + 1, first, 1), _last_day(today.year + 1 + (1 if last < first else 0), last))


def _working_days(start: date, end: date) -> int:
    return sum((start + timedelta(days=d)).weekday() < 5 for d in range((end - start).days + 1))


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _ordered(start: date | None, end: date | None) -> Period | None:
    return Period(start, end) if start and end and start <= end else None
