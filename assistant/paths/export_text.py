"""What every file of a path says the same way: text that any format can hold, prices, verdicts, totals."""

from __future__ import annotations

import re
from typing import Final

from assistant.paths.sentences import show_days, show_money, show_period
from assistant.records import Language, LearningPath, Money, Step

_VERDICTS: Final = {
    "eligible": ("éligible", "eligible"), "not_eligible": ("non éligible", "not eligible"), "to_check": ("à vérifier", "to be checked"),
}  # fmt: skip
# What XML and iCalendar cannot hold, and no reader would see anyway.
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text)


def verdict_text(step: Step, language: Language) -> str:
    return _VERDICTS[step.eligibility.verdict][0 if language == "fr" else 1]


def price_text(price: Money | None, language: Language) -> str:
    return show_money(price, language) if price else ("prix non précisé" if language == "fr" else "price not stated")


def totals(path: LearningPath, language: Language) -> list[str]:
    """Cost and length in sentences; what is not known is named, never counted as nothing."""
    french = language == "fr"
    known = " + ".join(show_money(m, language) for m in path.prices) or ("aucun prix connu" if french else "no known price")
    lines = [f"{'Coût connu' if french else 'Known cost'} : {known}"]
    unpriced = [s.module for s in path.steps if s.price is None]
    if unpriced:
        lines.append(f"{'Prix non précisés' if french else 'Prices not stated'} : {' ; '.join(unpriced)}")
    lines.append(f"{'Durée' if french else 'Length'} : {show_days(path.days, language)} {'j' if french else 'd'}")
    unmeasured = [s.module for s in path.steps if s.days is None]
    if unmeasured:
        lines.append(f"{'Durées non précisées' if french else 'Lengths not stated'} : {' ; '.join(unmeasured)}")
    return lines


def dates_of(step: Step, language: Language) -> str:
    return show_period(step.session, language) if step.session else ("dates non précisées" if language == "fr" else "dates not stated")
