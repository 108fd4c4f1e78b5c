"""The words behind LHEO's codes, and its units and placeholders.

Source of the codes: the dictionaries of LHEO 2.3. The words are shortened to what a person looks for.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import get_args

from corpus.readers.values import amount_of
from corpus.records import Duration, Unit
from corpus.vocabulary import MODES, Mode, mode_of

LEVELS = MappingProxyType(
    {
        "1": "sans niveau spécifique", "2": "niveau VI (illettrisme)", "3": "niveau V bis (préqualification)", "4": "niveau V (CAP, BEP)",
        "5": "niveau IV (baccalauréat, BP, BT)", "6": "niveau III (BTS, DUT)", "7": "niveau II (licence, maîtrise)",
        "8": "niveau I (au-delà de la maîtrise)", "11": "niveau 1", "12": "niveau 2", "13": "niveau 3 (CAP, BEP)", "14": "niveau 4 (baccalauréat)",
        "15": "niveau 5 (bac + 2)", "16": "niveau 6 (licence)", "17": "niveau 7 (master)", "18": "niveau 8 (doctorat)",
    }
)  # fmt: skip
CONTACTS = MappingProxyType(
    {
        "1": "Référent handicap", "2": "Référent mobilité internationale", "3": "Référent pédagogique", "4": "Accueil", "5": "Direction",
        "6": "Référent qualité", "7": "Référent entreprise", "8": "Référent commercial", "9": "Gestionnaire financier", "11": "Communication",
        "12": "Référent FOAD", "13": "Référent VAE", "14": "Référent apprentissage",
    }
)  # fmt: skip
RECRUITMENT = MappingProxyType({"1": "ouvert", "2": "fermé", "3": "suspendu"})
ENTRIES = MappingProxyType({"0": "à dates fixes", "1": "permanentes"})
PATHS = MappingProxyType({"1": "en groupe", "2": "individualisé", "3": "modularisé", "4": "mixte"})
YES_NO = MappingProxyType({"0": "non", "1": "oui"})

_MODE_CODES: tuple[Mode, ...] = get_args(Mode)
_NOTHING = re.compile(r"[-–—.\s/]*|0{5,}|n\.?[cr]\.?|non (?:communiqu|renseign|précis)ée?s?|null|nil|\?+", re.IGNORECASE)
_IN_WORDS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(heures?|h|jours?|j|semaines?|mois|ans?|années?)\b", re.IGNORECASE)
_UNITS: dict[str, Unit] = {"h": "hours", "j": "days", "s": "weeks", "m": "months", "a": "years"}


def said(text: str | None) -> str:
    """The text of an element, "" for the placeholders that feeds put where an element is compulsory."""
    words = (text or "").strip()
    return "" if _NOTHING.fullmatch(words) else words


def mode_words(code: str, words: str) -> str:
    """How the course is held, in words.

    Codes 1 (mixed) and 2 (remote) are swapped in a good part of the feeds, which were written to an older list: where the
    text of the record names one of the two, it wins over the code. A record may also hold words in place of the code.
    """
    stated = mode_of(words) if words else None
    if code.isdigit():
        mode = _MODE_CODES[int(code)] if int(code) < len(_MODE_CODES) else None
        if mode in ("blended", "remote") and stated in ("blended", "remote"):
            mode = stated
        return MODES[mode] if mode else ""
    found = mode_of(code)
    return MODES[found] if found else code


def duration_of(words: str) -> Duration | None:
    """The duration of a text that says nothing else ("2 ans", "14 h"); None otherwise."""
    match = _IN_WORDS.fullmatch(words.strip().rstrip("."))
    amount = amount_of(match.group(1)) if match else None
    return Duration(amount, _UNITS[match.group(2)[0].lower()]) if match and amount else None
