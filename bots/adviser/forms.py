"""The profile as a form: every field may stay empty, and what was typed comes back with the sentence on what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.errors import BadProfile
from assistant.learner.profile import parse_profile
from assistant.records import LearnerProfile
from corpus.vocabulary import CATEGORIES, EMPLOYERS, VERSANTS

TEXTS = ("role", "versant", "employer", "category", "corps", "territory", "max_days")
LISTS = ("goals", "completed", "locked", "excluded")
CURRENCIES = ("EUR", "XPF")
PERIODS = 4
"""Rows for absences that a form shows at least; it always shows one more than it holds."""


@dataclass(frozen=True, slots=True)
class ProfileForm:
    """What stands in the form: strings by field (a list has one item a line), absences as pairs of dates.

    ``wrong`` is the field that cannot be read, None where all is well.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    absences: tuple[tuple[str, str], ...] = ()
    wrong: str | None = None

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The absences, with empty rows to fill in."""
        return self.absences + (("", ""),) * max(1, PERIODS - len(self.absences))


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers to choose from; the codes come from the vocabulary."""

    versants: Mapping[str, str] = field(default_factory=lambda: dict(VERSANTS))
    categories: tuple[str, ...] = tuple(sorted({c for known in CATEGORIES.values() for c in known}, key=lambda c: (c[0], -len(c))))
    employers: tuple[str, ...] = tuple(dict.fromkeys(EMPLOYERS))
    currencies: tuple[str, ...] = CURRENCIES


def shown(profile: LearnerProfile) -> ProfileForm:
    """The form that a profile fills."""
    values = {name: str(getattr(profile, name) or "") for name in TEXTS if name != "max_days"}
    values |= {name: "\n".join(getattr(profile, name)) for name in LISTS}
    values["max_days"] = _number(profile.max_days)
    values["amount"] = _number(profile.budget.amount if profile.budget else None)
    values["currency"] = profile.budget.currency if profile.budget else "EUR"
    values["from"] = _day(profile.available.start if profile.available else None)
    values["to"] = _day(profile.available.end if profile.available else None)
    return ProfileForm(values, tuple((_day(p.start), _day(p.end)) for p in profile.unavailable))


def typed(fields: Iterable[tuple[str, str]]) -> ProfileForm:
    """The form as it was sent: pairs of name and value, in order; names that are not of the form are left aside."""
    values: dict[str, str] = {}
    starts: list[str] = []
    ends: list[str] = []
    for name, value in fields:
        if name == "away_from":
            starts.append(value.strip())
        elif name == "away_to":
            ends.append(value.strip())
        elif name in (*TEXTS, *LISTS, "amount", "currency", "from", "to"):
            values[name] = value.replace("\r\n", "\n").strip()
    absences = tuple((start, end) for start, end in zip(starts, ends, strict=False) if start or end)
    return ProfileForm(values, absences)


def read(form: ProfileForm) -> LearnerProfile | ProfileForm:
    """The profile that the form means; or the form again, with the field that cannot be read as ``wrong``."""
    values = form.values
    data: dict[str, object] = {name: values.get(name) or None for name in TEXTS}
    data |= {name: [line for line in values.get(name, "").split("\n") if line.strip()] for name in LISTS}
    if values.get("amount"):
        data["budget"] = {"amount": values["amount"], "currency": values.get("currency") or "EUR"}
    if values.get("from") or values.get("to"):
        data["available"] = {"from": values.get("from") or None, "to": values.get("to") or None}
    data["unavailable"] = [{"from": start or None, "to": end or None} for start, end in form.absences]
    try:
        return parse_profile(data)
    except BadProfile as error:
        return ProfileForm(form.values, form.absences, error.field.partition(".")[0] or "role")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if value < 1e6 else str(int(value))


def _day(value: object) -> str:
    return str(value) if value else ""
