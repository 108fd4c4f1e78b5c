"""Programmes side by side: which is cheapest, longest, first; what they come to together. Every value has its proof."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose import Draft, session_words, short_title
from assistant.evidence import Sheet
from assistant.intent import Question
from assistant.library import Library
from assistant.prompts import say, what
from assistant.wording import Aspect
from corpus.french import fold
from corpus.records import Capacity, Duration, Fact, Price, Session

_SHOWN = 6
HOURS = {"hours": 1.0, "days": 7.0, "weeks": 35.0, "months": 152.0, "years": 1_607.0}
"""Hours of work in a unit, to put durations in order only; a legal working year is 1 607 hours."""
_XPF = 0.00838
"""Euros in a franc Pacifique (fixed parity), to put prices in order only."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a list or a comparison came to; ``documents`` in the order shown."""

    documents: tuple[str, ...]
    answered: bool


def euros(fact: Fact) -> float:
    assert isinstance(fact.value, Price)
    return fact.value.amount * (_XPF if fact.value.currency == "XPF" else 1.0)


def hours(fact: Fact) -> float:
    assert isinstance(fact.value, Duration)
    return fact.value.amount * HOURS[fact.value.unit]


def cut(text: str) -> str:
    """A quoted line with its marker, shortened to what a list bears."""
    match = re.fullmatch(r"(?s)(.*?)( \[\d+\])", text)
    if not match or len(match.group(1)) <= 180:
        return text
    return match.group(1)[:175].rsplit(" ", 1)[0] + "…" + match.group(2)


_KEYS: dict[str, tuple[str, bool]] = {
    "cheapest": ("price", False), "dearest": ("price", True), "shortest": ("duration", False), "longest": ("duration", True),
    "soonest": ("sessions", False), "largest": ("capacity", True), "smallest": ("capacity", False),
}  # fmt: skip


def compare(question: Question, documents: Sequence[str], library: Library, draft: Draft) -> Found:
    """Programmes side by side on one field, with the one that wins; a value that is not stated is said so."""
    field, descending = _KEYS.get(question.comparison or "", ("", False))
    if not field:
        aspects: tuple[Aspect, ...] = tuple(a for a in question.aspects if a in ("price", "duration", "sessions", "capacity"))
        return _side_by_side(aspects or ("price", "duration", "sessions"), documents, library, draft)
    draft.limit = 1_600
    known: list[tuple[float, str, str]] = []
    rows: list[str] = []
    unknown = 0
    for document in documents:
        sheet = library.sheet(document)
        best = _measure(sheet, field, descending, draft)
        if best is None:
            unknown += 1
            if len(documents) <= 6:
                rows.append(f"- « {short_title(sheet.title)} » : {say('compare_unknown', draft.language)}")
            continue
        known.append((best[0], best[1], document))
    known.sort(key=lambda k: (-k[0] if descending else k[0], k[2]))
    if not known:
        return Found(tuple(documents), False)
    winners = [k for k in known if abs(k[0] - known[0][0]) < 1e-9]
    first = winners[0]
    if len(known) == 1 and len(documents) > 1:
        draft.line(say("compare_one_known", draft.language))
    elif len(winners) > 1:
        draft.line(
            say(
                "tie",
                draft.language,
                titles=", ".join(f"« {short_title(library.title(w[2]), 60)} »" for w in winners[:4]),
                value=first[1].rsplit(" [", 1)[0],
            )
        )
    else:
        draft.line(say(question.comparison or "", draft.language, title=short_title(library.title(first[2])), value=first[1].rsplit(" [", 1)[0]))
    for _, words, document in known[:_SHOWN]:
        draft.line(f"- « {short_title(library.title(document))} » : {words}")
    for row in rows[: max(0, _SHOWN - len(known))]:
        draft.line(row)
    return Found(tuple(k[2] for k in known), True)


def _measure(sheet: Sheet, field: str, descending: bool, draft: Draft) -> tuple[float, str] | None:
    """(value to compare by, words with marker) of the sheet's field; the lowest value, the highest when descending."""
    measured: list[tuple[float, Fact]] = []
    facts = [f for f in sheet.programme.facts if f.field == field]
    if field == "price":
        facts = [f for f in facts if not _beside(sheet, f)] or facts
        facts = [f for f in facts if isinstance(f.value, Price) and f.value.amount > 0] or facts  # free for some is not free
        facts = [f for f in facts if isinstance(f.value, Price) and not f.value.label] or facts[:1]  # the fee of most, not of some
    for fact in facts:
        value = fact.value
        if isinstance(value, Price):
            measured.append((euros(fact), fact))
        elif isinstance(value, Duration):
            measured.append((hours(fact), fact))
        elif isinstance(value, Session) and value.start:
            measured.append((float(value.start.toordinal()), fact))
        elif isinstance(value, Capacity):
            measured.append((float(value.amount), fact))
    if not measured:
        return None
    if field == "duration":
        taught = [m for m in measured if isinstance(m[1].value, Duration) and m[1].value.unit in ("hours", "days")]
        measured = [max(taught or measured, key=lambda m: m[0])]  # its parts are no shorter course, nor a year one of 1 607 hours
    chosen = (max if descending else min)(measured, key=lambda m: m[0])
    shown = session_words(chosen[1].value, draft.language) if isinstance(chosen[1].value, Session) else " ".join(chosen[1].text.split())
    return chosen[0], f"{shown} {draft.fact(sheet, chosen[1])}"


_BESIDE = re.compile(
    r"\b(?:frais (?:de|d') ?(?:dossier|inscription|candidature|selection|admission)|cvec|contribution (?:a la )?vie etudiante|caution|adhesion|"
    r"droits? (?:universitaires?|d'inscription)|options?|optionnel\w*|facultati\w+|en sus|examens?|pensions?|titre|repas|"
    r"dejeuners?|hebergement|nuitees?|deplacement|transport|bourses?|remuner\w+)\b"
)


_EXTRA = re.compile(r"\b(?:en sus|en supplement|en option|facultati\w+|optionnel\w*)\b")


def _beside(sheet: Sheet, fact: Fact) -> bool:
    """Whether an amount is no price of the course itself: a fee of the file, a meal, a night."""
    label = fold(getattr(fact.value, "label", None) or "")
    line = sheet.line_at(fact.start, fact.end)
    before = re.split(r"[.;|]", fold(sheet.document.text[line.start : fact.start]))[-1] if line else ""
    after = re.split(r"[.;|\n]", fold(sheet.document.text[fact.end : fact.end + 60]))[0]
    return bool(_BESIDE.search(label) or _BESIDE.search(before) or _EXTRA.search(after))


def _side_by_side(aspects: Sequence[Aspect], documents: Sequence[str], library: Library, draft: Draft) -> Found:
    draft.limit = 1_600
    draft.line(say("difference", draft.language))
    for document in documents[:4]:
        sheet = library.sheet(document)
        parts = []
        for name in aspects:
            measured = _measure(sheet, name, False, draft)
            parts.append(measured[1] if measured else f"{name_of(name, draft)} {say('compare_unknown', draft.language)}")
        objective = next(iter(sheet.facts("objectives")), None)
        if objective is not None:
            parts.append(f"{cut(draft.quote(sheet, line))}" if (line := sheet.line_at(objective.start, objective.end)) else "")
        draft.line(f"- « {short_title(sheet.title)} » : {' ; '.join(p for p in parts if p)}")
    return Found(tuple(documents[:4]), bool(draft.citations))


def name_of(aspect: Aspect, draft: Draft) -> str:
    return what(aspect, draft.language)


def total(documents: Sequence[str], field: Aspect, library: Library, draft: Draft) -> Found:
    """The sum of a field over programmes: prices by currency, durations by unit; nothing where one is not stated."""
    sums: dict[str, float] = defaultdict(float)
    for document in documents:
        sheet = library.sheet(document)
        facts = [f for f in sheet.programme.facts if f.field == field]
        if len(facts) != 1:
            return Found(tuple(documents), False)
        value = facts[0].value
        unit = value.currency if isinstance(value, Price) else value.unit if isinstance(value, Duration) else None
        if unit is None or not isinstance(value, (Price, Duration)):
            return Found(tuple(documents), False)
        sums[unit] += value.amount
    names = {"EUR": "€", "XPF": "F CFP", "hours": "heures", "days": "jours", "weeks": "semaines", "months": "mois", "years": "ans"}
    draft.line(
        say(
            "total",
            draft.language,
            value=" + ".join(
                f"{amount:,.2f}".rstrip("0").rstrip(".").replace(",", " ").replace(".", ",") + f" {names[u]}" for u, amount in sums.items()
            ),
        )
    )
    for document in documents:
        measured = _measure(library.sheet(document), field, False, draft)
        draft.line(f"- « {short_title(library.title(document))} » : {measured[1] if measured else ''}")
    return Found(tuple(documents), True)


def total_of_parts(sheet: Sheet, field: Aspect, draft: Draft) -> bool:
    """The sum over the modules of one programme; only where several values are each labelled with another module."""
    parts: dict[str, Fact] = {}
    for fact in sheet.programme.facts:
        label = fold(getattr(fact.value, "label", None) or "")
        number = re.match(r"\W*(?:module|bloc|ue|seminaire) ?(?:n[o°] ?)?(\d+)", label)
        if fact.field == field and number:
            parts.setdefault(number.group(1), fact)
    values = [f.value for f in parts.values() if isinstance(f.value, (Price, Duration))]
    units = {v.currency if isinstance(v, Price) else v.unit for v in values}
    if len(values) < 2 or len(units) != 1:
        return False
    names = {"EUR": "€", "XPF": "F CFP", "hours": "heures", "days": "jours", "weeks": "semaines", "months": "mois", "years": "ans"}
    draft.line(say("total", draft.language, value=f"{_amount(sum(v.amount for v in values))} {names[units.pop()]}"))
    for fact in parts.values():
        line = sheet.line_at(fact.start, fact.end)
        draft.line(f"- {draft.quote(sheet, line)}" if line else f"- {' '.join(fact.text.split())} {draft.fact(sheet, fact)}")
    return True


def _amount(value: float) -> str:
    """An amount as it is written in French: "1 350", "12,50"."""
    text = f"{value:,.2f}".replace(",", " ").replace(".", ",")
    return text.removesuffix(",00")
