"""Amounts, durations and dates as feeds write them -> records, and the French words that say them.

Whatever cannot be read gives None: the caller then shows the source's own words, without a fact.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from corpus.records import Duration, Unit

MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
_UNITS: dict[Unit, tuple[str, str]] = {
    "hours": ("heure", "heures"),
    "days": ("jour", "jours"),
    "weeks": ("semaine", "semaines"),
    "months": ("mois", "mois"),
    "years": ("an", "ans"),
}
_SYMBOLS = {"EUR": "€"}
_ISO_DURATION = re.compile(
    r"P(?:([\d.,]+)Y)?(?:([\d.,]+)M)?(?:([\d.,]+)W)?(?:([\d.,]+)D)?(?:T(?:([\d.,]+)H)?(?:([\d.,]+)M)?(?:([\d.,]+)S)?)?", re.IGNORECASE
)
_NUMBER = re.compile(r"\d[\d\s\u00a0\u202f.,']*")
_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?")


def amount_of(value: object) -> float | None:
    """The amount of a number or of its writing: 1200, "1 200,50", "1,200.00", "1200 EUR"; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if 0 <= value < 1e12 else None
    match = _NUMBER.search(str(value))
    if match is None or str(value).strip().startswith("-"):
        return None
    digits = re.sub(r"[\s\u00a0\u202f']", "", match.group()).rstrip(".,")
    decimal = max(digits.rfind("."), digits.rfind(","))
    if decimal >= 0:
        whole, fraction = digits[:decimal], digits[decimal + 1 :]
        # "1.200" and "1,200" are thousands in a price: three figures behind the only kind of mark.
        grouped = len(fraction) == 3 and whole not in ("", "0")
        digits = re.sub(r"[.,]", "", whole) + ("" if grouped else ".") + fraction
    amount = float(digits)
    return amount if amount < 1e12 else None


def show_amount(amount: float, currency: str) -> str:
    """ "1 200,50 €" with no-break spaces; another currency by its code."""
    whole, cents = divmod(round(amount * 100), 100)
    number = f"{whole:,}".replace(",", "\u00a0") + (f",{cents:02d}" if cents else "")
    return f"{number}\u00a0{_SYMBOLS.get(currency, currency)}"


def currency_of(value: object, default: str = "EUR") -> str:
    """The ISO 4217 code that a feed's writing means ("€", "euros", "XPF", "F CFP")."""
    text = str(value or "").strip().upper()
    if re.fullmatch(r"[A-Z]{3}", text) and text not in ("CFP", "FCP"):
        return text
    if "CFP" in text or "XPF" in text or "PACIFIQUE" in text:
        return "XPF"
    return default


def durations_of(value: object) -> list[Duration]:
    """The durations of an ISO 8601 writing (P2D, PT14H, P1Y6M, PT7H30M), in one unit where that loses nothing; else none."""
    match = _ISO_DURATION.fullmatch(str(value or "").strip())
    if match is None or not any(match.groups()):
        return []
    try:
        years, months, weeks, days, hours, minutes, seconds = (float((g or "0").replace(",", ".")) for g in match.groups())
    except ValueError:
        return []
    found: list[Duration] = []
    if years and months:
        found.append(Duration(years * 12 + months, "months"))
    elif years or months:
        found.append(Duration(years or months, "years" if years else "months"))
    if weeks and days:
        found.append(Duration(weeks * 7 + days, "days"))
    elif weeks or days:
        found.append(Duration(weeks or days, "weeks" if weeks else "days"))
    time = hours + minutes / 60 + seconds / 3600
    if time:
        found.append(Duration(round(time, 4), "hours"))
    return [d for d in found if d.amount < 1e5]


def show_duration(duration: Duration) -> str:
    """ "2 jours", "7,5 heures", "1 an"."""
    one, several = _UNITS[duration.unit]
    return f"{show_number(duration.amount)} {one if duration.amount < 2 else several}"


def show_number(amount: float) -> str:
    return f"{amount:.4f}".rstrip("0").rstrip(".").replace(".", ",")


def date_of(value: object, zone: str = "Europe/Paris") -> date | None:
    """The local day of a date or date-time: 2026-03-02, 20260302, 2026-03-02T09:00:00+01:00.

    An offset that is written is the place's own, so the day stands as written. A time in UTC that is midnight in ``zone``
    means that day there (feeds store "2 March" as 1 March 23:00 UTC); outside Europe every time in UTC is converted.
    """
    match = _DATE.fullmatch(str(value or "").strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, offset = match.groups()
    try:
        written = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), min(int(second or 0), 59), tzinfo=UTC)
    except ValueError:
        return None
    if hour is None or offset is None or (offset != "Z" and offset.strip("+-0:")):
        return written.date()
    try:
        local = written.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, OverflowError):
        return written.date()
    return local.date() if (local.hour, local.minute) == (0, 0) or not zone.startswith("Europe/") else written.date()


@dataclass(frozen=True, slots=True)
class Vague:
    """A date of which the day or the month may be open: the first and last days that it may mean, and its words."""

    first: date
    last: date
    words: str

    @property
    def exact(self) -> bool:
        return self.first == self.last


def vague_date(value: str) -> Vague | None:
    """A date of eight figures in which the day or the month may be 00: 20170900 is some day of "septembre 2017".

    None for what is no date, and for the feeds' "never" (00000000, 99999999, the year 9999).
    """
    match = re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})(?:T.*)?", value.strip())
    if match is None:
        return None
    year, month, day = (int(g) for g in match.groups())
    if not 1900 <= year < 9999 or month > 12:
        return None
    if month == 0:
        return Vague(date(year, 1, 1), date(year, 12, 31), str(year))
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        return Vague(date(year, month, 1), date(year, month, length), f"{MONTHS[month - 1]} {year}")
    found = date(year, month, day)
    return Vague(found, found, show_date(found))


def show_date(day: date) -> str:
    """ "1er septembre 2026" """
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def show_period(start: date | None, end: date | None) -> str:
    """The words of a session with both bounds known or one of them."""
    if start and end:
        return f"le {show_date(start)}" if start == end else f"du {show_date(start)} au {show_date(end)}"
    if start:
        return f"à partir du {show_date(start)}"
    return f"jusqu'au {show_date(end)}" if end else ""


def bound_of(value: object, zone: str = "Europe/Paris") -> Vague | None:
    """A bound of a period: a day (see ``date_of``), or a month or year whose days are open ("2026-09", "2026")."""
    day = date_of(value, zone)
    if day:
        return Vague(day, day, show_date(day))
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?", str(value or "").strip())
    return vague_date(f"{match.group(1)}{match.group(2) or '00'}00") if match else None


def show_bounds(start: Vague | None, end: Vague | None) -> str:
    """The words of a period whose days may be open."""
    if all(bound.exact for bound in (start, end) if bound):
        return show_period(start.first if start else None, end.last if end else None)
    if start and end:
        return start.words if start == end else f"de {start.words} à {end.words}"
    if start:
        return f"à partir de {start.words}"
    return f"jusqu'en {end.words}" if end else ""
