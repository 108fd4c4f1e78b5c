"""Words, form or file -> LearnerProfile; and the questions that fill in what is missing, one at a time, each skippable.

What follows from what was said is filled in too: the versant from the employer and the territory ("commune" in French
Polynesia is FPCPF), the category from the role ("attachée" is A). What was said always wins over what follows.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Final

from assistant.errors import BadProfile, ProfileFault
from assistant.learner.dates import length_in_days, period
from assistant.learner.jobs import standing
from assistant.learner.words import completed_in, goals_in, house_in, money_in, role_in, self_scopes, split_goals, territory_in
from assistant.records import Language, LearnerProfile, Money, Period
from corpus.french import fold
from corpus.vocabulary import CATEGORIES, VERSANTS, categories_in, versant_of_employer, versants_in

MAX_TEXT: Final = 500
MAX_ITEMS: Final = 200
_FIELDS: Final = tuple(f.name for f in fields(LearnerProfile))
_ALL_CATEGORIES: Final = tuple(dict.fromkeys(c for known in CATEGORIES.values() for c in known))
_CURRENCIES: Final = {
    "€": "EUR",
    "EURO": "EUR",
    "EUROS": "EUR",
    "F CFP": "XPF",
    "FCFP": "XPF",
    "CFP": "XPF",
    "F.CFP": "XPF",
    "FRANC PACIFIQUE": "XPF",
    "XPF": "XPF",
    "EUR": "EUR",
}


# -- a file, a form or a request ---------------------------------------------------------------------------------------


def parse_profile(data: Mapping[str, object]) -> LearnerProfile:
    """A profile from decoded JSON, bare or under the key ``profile``; null and absent fields are unknown.

    Raises BadProfile, naming the field, for a value that cannot mean what the field means, and for a misspelt field.
    Keys that resemble no field (an id, a note) are left aside.
    """
    inner = data.get("profile", data) if isinstance(data, Mapping) else data
    if not isinstance(inner, Mapping):
        raise BadProfile('A profile is an object such as {"role": "…", "goals": ["…"]}; give one.', "no_object")
    for key in inner:
        if key not in _FIELDS and (near := difflib.get_close_matches(str(key).lower(), _FIELDS, 1, 0.8)):
            raise BadProfile(f"The profile has no field '{key}'; write '{near[0]}'.", "unknown", str(key), near=near[0])
    read: dict[str, Callable[[str, object], object]] = {
        "versant": _versant, "category": _category, "goals": _texts, "completed": _texts, "locked": _texts, "excluded": _texts,
        "budget": _budget, "max_days": _days, "available": _available, "unavailable": _unavailable,
    }  # fmt: skip
    values = {name: read.get(name, _text)(name, inner[name]) for name in _FIELDS if inner.get(name) is not None}
    return LearnerProfile(**{k: v for k, v in values.items() if v is not None})  # type: ignore[arg-type]


def _bad(field: str, wanted: str, fault: ProfileFault, **values: str) -> BadProfile:
    return BadProfile(f"The field '{field}' of the profile must be {wanted}.", fault, field, **values)


def _text(field: str, value: object) -> str | None:
    if not isinstance(value, str):
        raise _bad(field, "a text", "text")
    cleaned = " ".join(value.split())
    if len(cleaned) > MAX_TEXT:
        raise _bad(field, f"at most {MAX_TEXT} characters long", "long", most=str(MAX_TEXT))
    return cleaned or None


def _texts(field: str, value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, Sequence) or len(value) > MAX_ITEMS:
        raise _bad(field, f"a list of at most {MAX_ITEMS} texts", "list", most=str(MAX_ITEMS))
    kept: dict[str, str] = {}
    for item in value:
        text = _text(field, item)
        if text:
            kept.setdefault(fold(text), text)
    return tuple(kept.values())


def _versant(field: str, value: object) -> str | None:
    text = _text(field, value)
    if text is None:
        return None
    if text.upper() in VERSANTS:
        return text.upper()
    found = versants_in(text)
    if not found and re.fullmatch(r"(?:l')?etat|d'etat", fold(text)):
        found = frozenset({"FPE"})
    if len(found) != 1:
        raise _bad(field, f"one of {', '.join(VERSANTS)}", "choice", allowed=", ".join(VERSANTS))
    return next(iter(found))


def _category(field: str, value: object) -> str | None:
    text = _text(field, value)
    if text is None:
        return None
    code = re.sub(r"^CAT(?:EGORIE|\.)? *", "", fold(text).upper()).replace("APLUS", "A+").strip()
    if code in ("HORS_CATEGORIE", "HORS CATEGORIE"):
        return None
    if code not in _ALL_CATEGORIES:
        raise _bad(field, f"one of {', '.join(_ALL_CATEGORIES)}", "choice", allowed=", ".join(_ALL_CATEGORIES))
    return code


def _number(field: str, value: object) -> float:
    if isinstance(value, str):
        try:
            value = float(re.sub(r"[\s\u00a0\u202f]", "", value).replace(",", "."))
        except ValueError:
            raise _bad(field, "a number", "number") from None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or not 0 <= value <= 1e9:
        raise _bad(field, "a number from 0 to 1 000 000 000", "range")
    return float(value)


def _budget(field: str, value: object) -> Money | None:
    if isinstance(value, Mapping):
        if value.get("amount") is None:
            return None
        currency = str(value.get("currency") or "EUR").strip().upper()
        currency = _CURRENCIES.get(currency, currency)
        if not re.fullmatch(r"[A-Z]{3}", currency):
            raise _bad("budget.currency", "a currency code of three letters such as EUR or XPF", "currency")
        return Money(_number("budget.amount", value["amount"]), currency)
    if isinstance(value, str) and (said := money_in(value, cue_needed=False)):
        return said
    return Money(_number(field, value))


def _days(field: str, value: object) -> float:
    return _number(field, value)


def _day(field: str, value: object) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        french = re.fullmatch(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})\s*", value)
        try:
            return date(int(french[3]), int(french[2]), int(french[1])) if french else date.fromisoformat(value.strip()[:10])
        except ValueError:
            pass  # the sentence below says what is wrong
    raise _bad(field, "a date such as 2026-03-31", "day")


def _ordered(field: str, start: date | None, end: date | None) -> Period:
    if start and end and start > end:
        raise _bad(field, "a period that ends after it begins", "order")
    return Period(start, end)


def _period(field: str, value: object) -> Period:
    if isinstance(value, Mapping):
        if not {"from", "to", "start", "end"} & set(value):
            raise _bad(field, 'a period such as {"from": "2026-03-01", "to": "2026-03-31"}', "period")
        return _ordered(field, _day(f"{field}.from", value.get("from", value.get("start"))), _day(f"{field}.to", value.get("to", value.get("end"))))
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 2:
        return _ordered(field, _day(field, value[0]), _day(field, value[1]))
    if isinstance(value, str) and (day := _day(field, value)):
        return Period(day, day)
    raise _bad(field, 'a period such as ["2026-03-01", "2026-03-31"]', "period")


def _available(field: str, value: object) -> Period | None:
    found = _period(field, value)
    return found if found.start or found.end else None


def _unavailable(field: str, value: object) -> tuple[Period, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) > MAX_ITEMS:
        raise _bad(field, 'a list of periods such as [["2026-03-01", "2026-03-31"]]', "periods")
    if len(value) == 2 and all(isinstance(v, str) for v in value):
        return (_period(field, value),)
    periods = [_period(field, item) for item in value]
    return tuple(p for p in periods if p.start or p.end)


# -- words -------------------------------------------------------------------------------------------------------------


def profile_from_words(text: str, base: LearnerProfile = LearnerProfile(), today: date | None = None) -> LearnerProfile:  # noqa: B008
    """``base`` with what the text says about its speaker; what it does not say stays as it was. Never raises.

    >>> found = profile_from_words("je suis attachée dans une commune de Moorea, j'ai 3 000 €")
    >>> found.role, found.employer, found.versant, found.category, found.budget.amount
    ('attachée', 'commune', 'FPCPF', 'A', 3000.0)
    """
    today = today or date.today()
    # Runs of blanks say nothing, and patterns would try every way to share them out.
    text = re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", text[:4000]))
    scopes = self_scopes(text)
    profile = base
    for scope in scopes:
        profile = _identity(scope, profile)
    folded = fold(text)
    if scopes or re.search(r"\b(?:j'|je|nous|mon|ma|mes|notre|i|my|budget|me|moi)\b", folded):
        profile = _means(text, profile, today)
    goals = goals_in(text)
    if goals:
        profile = replace(profile, goals=tuple({fold(g): g for g in (*profile.goals, *goals)}.values()))
    done = completed_in(text)
    return replace(profile, completed=tuple(dict.fromkeys((*profile.completed, *done)))) if done else profile


def _identity(scope: str, profile: LearnerProfile) -> LearnerProfile:
    """Who the speaker is. A new role or employer takes the place of the old one, and of what had followed from it."""
    role, house, territory = role_in(scope), house_in(scope), territory_in(scope)
    said_versants, said_categories = versants_in(scope), categories_in(scope)
    of_role = standing(role or scope)
    employer = house or of_role.employer
    if role or employer or territory:
        changed = (role and profile.role and fold(role) != fold(profile.role)) or (employer and profile.employer and employer != profile.employer)
        if changed:
            profile = replace(profile, versant=None, category=None if role else profile.category, corps=None)
        profile = replace(profile, role=role or profile.role, employer=employer or profile.employer, territory=territory or profile.territory)
    corps = of_role.corps or ("contractuel" if re.search(r"\bcontractuel(?:le)?\b", fold(scope)) else None)
    versant = next(iter(said_versants)) if len(said_versants) == 1 else of_role.versant
    if corps:
        profile = replace(profile, corps=corps)
    category = said_categories[0] if said_categories else of_role.category or standing(scope).category
    if category and (said_categories or not profile.category):
        profile = replace(profile, category=category)
    if versant:
        profile = replace(profile, versant=versant)
    return deduced(profile)


def deduced(profile: LearnerProfile) -> LearnerProfile:
    """The profile with what follows from it: versant from role, employer and territory; category and corps from the role."""
    of_role = standing(profile.role) if profile.role else standing("")
    house = versant_of_employer(profile.employer, profile.territory) if profile.employer else None
    versant = profile.versant or house or of_role.versant
    if versant == "FPT" and house == "FPCPF":
        versant = "FPCPF"  # "territorial" said of a commune of French Polynesia: the regime there is its own
    return replace(
        profile,
        versant=versant,
        category=profile.category or of_role.category,
        corps=profile.corps or of_role.corps,
        employer=profile.employer or of_role.employer,
    )


_TIME_CUE: Final = re.compile(
    r"\b(?:j'ai|nous avons|dispos\w+|libre|consacrer|max\w*|pas plus de|au plus|jusqu'a|pendant|sur|i have|available|at most|up to|prendre|"
    r"m'absenter|liberer)\b"
)
_ABSENCE: Final = re.compile(
    r"\b(?:absent[es]*|en conges?|en vacances|indisponible|pas (?:disponible|libre|la)|en deplacement|en mission|pris[es]*|away|unavailable|"
    r"on leave|sauf|hors)\b"
)
_WHEN_CUE: Final = re.compile(
    r"\b(?:j'ai|dispo\w*|libre|semaines?|jours?|journees?|quand|available|i have|prendre|m'absenter|former|weeks?|days?|suivre|formation)\b"
)


def _means(text: str, profile: LearnerProfile, today: date) -> LearnerProfile:
    """Money and time: what can be spent, for how long, when, and when not."""
    money = money_in(text)
    if money:
        profile = replace(profile, budget=money)
    folded = fold(text)
    days = None
    for clause in re.split(r"[,;.!?\n]| mais | but ", folded):
        absent = _ABSENCE.search(clause)
        length = None if absent or re.search(r"\b(?:depuis|il y a|anciennete|experience|ans)\b|combien", clause) else length_in_days(clause)
        if (
            length
            and (_TIME_CUE.search(clause) or _TIME_CUE.search(folded[: folded.find(clause)][-40:]))
            and not re.search(r"\b(?:dure|duree)\b", clause)
        ):
            days = length
            profile = replace(profile, max_days=length)
        when = period(clause, today, days or 0.0)
        if not when:
            continue
        if absent:
            if when not in profile.unavailable:
                profile = replace(profile, unavailable=(*profile.unavailable, when))
        elif _WHEN_CUE.search(folded):
            profile = replace(profile, available=when)
    return profile


# -- questions ---------------------------------------------------------------------------------------------------------

SLOTS: Final[tuple[str, ...]] = ("goals", "role", "employer", "versant", "category", "budget", "available", "max_days")
"""The slots that are asked for, the one that changes most first."""

_QUESTIONS: Final[dict[str, tuple[str, str]]] = {
    "goals": ("Que souhaitez-vous apprendre, ou quel projet menez-vous ?", "What would you like to learn, or which project do you lead?"),
    "role": ("Quelle est votre fonction ?", "What is your role?"),
    "employer": ("Où travaillez-vous : ministère, préfecture, commune, département, hôpital, Pays… ?",
                 "Where do you work: ministry, prefecture, town council, county, hospital, government of French Polynesia…?"),
    "versant": ("De quelle fonction publique relevez-vous : État, territoriale, hospitalière, Pays ou communes de la Polynésie française ?",
                "Which civil service do you belong to: State, local, hospital, or French Polynesia (government or communes)?"),
    "category": ("Quelle est votre catégorie : A, B, C (ou D en Polynésie française) ?", "What is your category: A, B, C (or D in French "
    "Polynesia)?"),
    "budget": ("De quel budget disposez-vous ?", "What budget do you have?"),
    "available": ("À quelle période êtes-vous disponible ?", "When are you available?"),
    "max_days": ("Combien de jours pouvez-vous consacrer à la formation ?", "How many days can you spend on training?"),
}  # fmt: skip
_SKIP: Final = re.compile(
    r"^\W*(?:passer?|passe|skip|next|suivante?|(?:je )?(?:ne )?sais? pas|aucune? (?:idee|preference)|aucune?|peu importe|rien|non|no|"
    r"n'importe|plus tard|don'?t know|i don'?t know|je ne prefere pas(?: repondre)?)\b\W*$"
)


def next_question(profile: LearnerProfile, language: Language = "fr", after: str | None = None) -> tuple[str, str] | None:
    """The next slot to ask for and the sentence that asks; None when nothing is missing.

    Every question may be skipped: hand in the slot that was asked last as ``after``, and the questions up to it are not
    asked again, whether they were answered or not.
    """
    start = SLOTS.index(after) + 1 if after in SLOTS else 0
    for slot in SLOTS[start:]:
        value = getattr(profile, slot)
        if value is None or value == ():
            return slot, _QUESTIONS[slot][0 if language == "fr" else 1]
    return None


def is_skip(words: str) -> bool:
    """Whether an answer to a question means "ask me something else"."""
    return bool(_SKIP.match(fold(words)))


def fill(profile: LearnerProfile, slot: str, words: str, today: date | None = None) -> LearnerProfile:
    """The profile with the answer to the question about ``slot``; unchanged where the answer skips it or says nothing of it.

    An answer may say more than was asked ("commune de Moorea, catégorie B"): all of it is taken. Raises KeyError for a
    slot that is never asked for.
    """
    if slot not in SLOTS:
        raise KeyError(slot)
    words = " ".join(words[:2000].split())
    if not words or is_skip(words):
        return profile
    today = today or date.today()
    folded = fold(words)
    short = len(words) <= 120 and not re.search(r"\b(?:je|j'|nous|i|i'm)\b", folded)
    if not short:
        more = profile_from_words(words, profile, today)
        if getattr(more, slot) != getattr(profile, slot) or slot in ("role", "employer"):
            return more
    if slot == "goals":
        goals = goals_in(words) or tuple(split_goals(words))
        return replace(profile, goals=tuple({fold(g): g for g in (*profile.goals, *goals)}.values()))
    if slot == "budget":
        money = money_in(words, cue_needed=False)
        bare = re.search(r"\d[\d ]*(?:,\d+)?", folded)
        return replace(profile, budget=money or (Money(float(bare[0].replace(" ", "").replace(",", "."))) if bare else None))
    if slot == "available":
        return replace(profile, available=period(words, today, profile.max_days or 0.0) or profile.available)
    if slot == "max_days":
        bare_days = re.fullmatch(r"\D*(\d+(?:[.,]\d+)?)\D*", folded)
        return replace(profile, max_days=length_in_days(folded) or (float(bare_days[1].replace(",", ".")) if bare_days else profile.max_days))
    return _fill_identity(profile, slot, words)


def _fill_identity(profile: LearnerProfile, slot: str, words: str) -> LearnerProfile:
    """A short answer about who one is: read as if it stood behind "je suis"."""
    told = _identity(f"je suis {words}", profile)
    if slot == "category":
        letter = re.search(r"\b([abcd])\b(\+?)", fold(words))
        return replace(told, category=letter[1].upper() + letter[2]) if letter else told
    if slot == "versant" and told.versant is None:
        code = next(
            (
                c
                for p, c in ((r"\betat\b", "FPE"), (r"territor|local", "FPT"), (r"hospit|sante", "FPH"), (r"\bpays\b", "FPPF"), (r"commun", "FPCPF"))
                if re.search(p, fold(words))
            ),
            None,
        )
        return replace(told, versant=code)
    if slot == "role" and told.role == profile.role and len(words) <= 80:
        return deduced(replace(told, role=words))
    if slot == "employer" and told.employer is None and len(words) <= 80:
        return deduced(replace(told, employer=words))
    return told
