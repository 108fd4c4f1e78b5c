"""Numbers as French documents write them: "7 850,00", "7.850", "13 ½", "trois", "vingt-quatre"."""

from __future__ import annotations

import re

WORDS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "dix-sept": 17, "dix-huit": 18, "dix-neuf": 19,
    "vingt": 20, "vingt et un": 21, "vingt-et-un": 21, "vingt-deux": 22, "vingt-quatre": 24, "vingt-cinq": 25, "trente": 30,
    "trente-six": 36, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100,
}  # fmt: skip
_BY_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_UNITS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9}
WORDS |= {f"{ten}-{unit}": tens + n for ten, tens in _BY_TENS.items() for unit, n in _UNITS.items()}
WORDS |= {"soixante-dix": 70, "quatre-vingts": 80, "quatre-vingt-dix": 90, "cent vingt": 120, "cent cinquante": 150, "deux cents": 200}
_TENS_AND_UNITS = f"(?:{'|'.join(_BY_TENS)})-(?:{'|'.join(_UNITS)})"
_PLAIN_WORDS = (re.escape(word) for word in WORDS if not re.fullmatch(_TENS_AND_UNITS, word))
WORD = f"(?:{_TENS_AND_UNITS}|" + "|".join(sorted(_PLAIN_WORDS, key=len, reverse=True)) + ")"

DAYS = {
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13,
    "quatorze": 14, "quinze": 15, "seize": 16, "dix sept": 17, "dix huit": 18, "dix neuf": 19, "vingt": 20, "vingt et un": 21, "vingt deux": 22,
    "vingt trois": 23, "vingt quatre": 24, "vingt cinq": 25, "vingt six": 26, "vingt sept": 27, "vingt huit": 28, "vingt neuf": 29, "trente": 30,
    "trente et un": 31,
}  # fmt: skip
"""Days of a month in letters, without hyphens; the first is "premier"."""
DAY_WORD = "(?:" + "|".join(d.replace(" ", "[ -]") for d in sorted(DAYS, key=len, reverse=True)) + ")"
_TENS = {"trente": 30, "quarante": 40, "cinquante": 50}
YEAR_WORDS = rf"deux[ -]mille(?:[ -](?:{'|'.join(_TENS)})(?:[ -](?:et[ -])?(?:un|{DAY_WORD}))?|[ -](?:et[ -])?(?:un|{DAY_WORD}))?"
"""A year from 2000 to 2059 in letters: "deux mille vingt-sept"."""

AMOUNT = r"(?:\d{1,3}(?:[ .'’]{1,2}\d{3}){1,3}(?!\d)(?:,\d{1,2}(?!\d))?|\d{1,7}(?:[.,]\d{1,3})?(?!\d))"
"""A sum of money on folded text. Repetitions are bounded, so that a megabyte of digits costs no more than its length."""

DECIMAL = r"(?:\d{1,2}[ .]\d{3}(?!\d)|\d{1,5}(?:[.,]\d{1,2})?(?!\d)|½|¼)"
"""A number of hours, days ... on folded text."""

_FRACTIONS = {"½": 0.5, "1/2": 0.5, "¼": 0.25, "1/4": 0.25, "¾": 0.75, "3/4": 0.75, "demi": 0.5, "demie": 0.5}


def money(written: str) -> float:
    """The amount that ``AMOUNT`` has matched: three digits after a dot or a space are thousands, not decimals.

    >>> money("7 850,00"), money("7.850"), money("12,5"), money("1,200")
    (7850.0, 7850.0, 12.5, 1200.0)
    """
    digits = re.sub(r"[ '’]", "", written)
    whole, comma, decimals = digits.partition(",")
    if comma and len(decimals) == 3:
        return float(whole.replace(".", "") + decimals)
    if comma:
        return float(f"{whole.replace('.', '')}.{decimals}")
    parts = digits.split(".")
    if len(parts) > 1 and all(len(p) == 3 for p in parts[1:]):
        return float("".join(parts))
    return float(digits) if len(parts) <= 2 else float("".join(parts))


def decimal(written: str) -> float:
    """A small number, in digits or words: "13,5" -> 13.5, "½" -> 0.5, "trois" -> 3."""
    written = written.strip()
    if written in _FRACTIONS:
        return _FRACTIONS[written]
    if written in WORDS:
        return float(WORDS[written])
    if re.fullmatch(r"\d{1,2}[ .]\d{3}", written):
        return float(re.sub(r"[ .]", "", written))
    return float(written.replace(",", "."))


def fraction(written: str) -> float:
    """What a fraction adds: "½", "1/2", "demie" -> 0.5; 0.0 for none."""
    return _FRACTIONS.get(written.strip(), 0.0)


def year_in_letters(words: str) -> int:
    """The year that ``YEAR_WORDS`` has matched.

    >>> year_in_letters("deux mille vingt-sept"), year_in_letters("deux-mille-trente-et-un")
    (2027, 2031)
    """
    rest = words.replace("-", " ").removeprefix("deux mille").strip()
    if rest in DAYS:
        return 2000 + DAYS[rest]
    ten, _, unit = rest.partition(" ")
    return 2000 + _TENS.get(ten, 0) + {"un": 1, **DAYS}.get(unit.removeprefix("et "), 1 if rest == "un" else 0)
