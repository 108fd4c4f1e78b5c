"""A path as a file for other programs and for signature: iCalendar, CSV, Word, JSON-LD.

What comes from documents is text and stays text: no cell becomes a formula, no character ends a calendar line.
"""

from __future__ import annotations

import csv
import io
import json
import re
import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Literal, get_args

from assistant.errors import BadRequest
from assistant.paths.export_text import clean, price_text, verdict_text
from assistant.paths.export_word import write
from assistant.paths.modules import first_day, last_day
from assistant.records import Language, LearningPath, Step

ExportKind = Literal["ics", "csv", "docx", "jsonld"]
KINDS: Final[tuple[ExportKind, ...]] = get_args(ExportKind)
_NAMESPACE: Final = uuid.UUID("6f0d4cbe-6a0c-5a5c-9f3f-0d6b5a3f6a11")
_ZONES: Final = {
    "Polynésie française": "Pacific/Tahiti", "Nouvelle-Calédonie": "Pacific/Noumea", "La Réunion": "Indian/Reunion", "Mayotte": "Indian/Mayotte",
    "Martinique": "America/Martinique", "Guadeloupe": "America/Guadeloupe", "Guyane": "America/Cayenne",
}  # fmt: skip


def export_path(path: LearningPath, kind: str, title: str = "", today: date | None = None, language: Language = "fr") -> bytes:
    """The path as a file of this kind (ics, csv, docx, jsonld). Raises BadRequest for any other kind."""
    today = today or date.today()
    if kind == "ics":
        return to_ics(path, title, today, language).encode()
    if kind == "csv":
        return to_csv(path, language)
    if kind == "docx":
        return to_docx(path, title, today, language)
    if kind == "jsonld":
        return to_jsonld(path, title).encode()
    raise BadRequest(f"A path cannot be written as '{kind}': choose {', '.join(KINDS)}.")


def _one_line(text: str) -> str:
    # Properties that iCalendar does not define are written as they are: a line break would end them.
    return " ".join(clean(text).split())


def _zone(path: LearningPath) -> str:
    """Where the learner's days begin and end."""
    territory = path.profile.territory or ("Polynésie française" if path.profile.versant in ("FPPF", "FPCPF") else "")
    return _ZONES.get(territory, "Europe/Paris")


def to_ics(path: LearningPath, title: str = "", today: date | None = None, language: Language = "fr") -> str:
    """One all-day event a dated step, in days of the learner's time zone.

    An event's identity is its document's: a session that moves replaces its event instead of adding one. Steps without
    dates are named in the calendar's description.
    """
    from icalendar import Calendar, Event, Timezone

    calendar = Calendar()
    calendar.add("prodid", "-//Jalon//Parcours//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _one_line(title) or ("Parcours de formation" if language == "fr" else "Learning path"))
    zone = _zone(path)
    calendar.add("x-wr-timezone", zone)
    undated = [s.module for s in path.steps if not s.session]
    if undated:
        calendar.add("x-wr-caldesc", ("Sans date annoncée : " if language == "fr" else "No announced date: ") + _one_line(" ; ".join(undated)))
    days = [d for s in path.steps if s.session for d in (first_day(s.session), last_day(s.session))]
    if days:
        # Days need no zone; programs that ask for one find the learner's, for the years of the path.
        calendar.add_component(Timezone.from_tzid(zone, first_date=date(min(days).year, 1, 1), last_date=date(max(days).year + 1, 12, 31)))
    stamp = datetime.combine(today or date.today(), time(), UTC)
    for step in path.steps:
        if not step.session:
            continue
        event = Event()
        event.add("uid", f"{uuid.uuid5(_NAMESPACE, step.document)}@jalon")
        event.add("dtstamp", stamp)
        event.add("summary", clean(step.module))
        event.add("dtstart", first_day(step.session))
        event.add("dtend", last_day(step.session) + timedelta(days=1))
        event.add("description", clean("\n".join(_facts(step, language))))
        event.add("transp", "OPAQUE")
        calendar.add_component(event)
    return str(calendar.to_ical().decode("utf-8"))


def _facts(step: Step, language: Language) -> list[str]:
    """What a person should know of a step, one line each."""
    lines = [step.reason, verdict_text(step, language), price_text(step.price, language)]
    lines += [f"« {b.citation.quote} »" for b in step.eligibility.because if b.citation]
    return [line for line in lines if line]


_HEADS: Final = (
    ("statut", "ordre", "formation", "document", "début", "fin", "jours", "prix", "monnaie", "pertinence", "objectifs", "accès", "preuve", "motif"),
    ("status", "order", "course", "document", "start", "end", "days", "price", "currency", "relevance", "goals", "access", "proof", "reason"),
)


def to_csv(path: LearningPath, language: Language = "fr") -> bytes:
    """Steps, then what was left out; semicolons and a byte-order mark, as spreadsheets in French expect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(_HEADS[0 if language == "fr" else 1])
    for order, step in enumerate(path.steps, 1):
        session = step.session
        proof = next((b.citation.quote for b in step.eligibility.because if b.citation), "")
        writer.writerow(map(_cell, (
            "retenu" if language == "fr" else "kept", order, step.module, step.document,
            first_day(session).isoformat() if session else "", last_day(session).isoformat() if session else "",
            _figure(step.days, language), _figure(step.price.amount if step.price else None, language), step.price.currency if step.price else "",
            _figure(step.relevance, language), ", ".join(step.goals), verdict_text(step, language), proof, step.reason,
        )))  # fmt: skip
    for left in path.excluded:
        row = (
            left.reason,
            "",
            left.module,
            left.document,
            "",
            "",
            "",
            "",
            "",
            _figure(left.relevance, language),
            ", ".join(left.goals),
            "",
            "",
            left.detail,
        )
        writer.writerow(map(_cell, row))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _figure(value: float | None, language: Language) -> str:
    text = "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "fr" else text


_FORMULA: Final = re.compile(r"^[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r|%]")


def _cell(value: object) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it; line breaks become spaces."""
    text = " ".join(clean(str(value)).split())
    return f"'{text}" if _FORMULA.match(text) else text


def to_jsonld(path: LearningPath, title: str = "") -> str:
    """A schema.org ItemList of Courses, each with the session taken and the price that applies."""
    items = []
    for position, step in enumerate(path.steps, 1):
        course: dict[str, Any] = {"@type": "Course", "name": step.module, "identifier": step.document}
        if step.days is not None:
            course["timeRequired"] = f"P{step.days:g}D" if step.days == int(step.days) else f"PT{round(step.days * 7):d}H"
        if step.session:
            dates = {"startDate": step.session.start, "endDate": step.session.end}
            course["hasCourseInstance"] = {"@type": "CourseInstance", **{k: d.isoformat() for k, d in dates.items() if d}}
        if step.price:
            course["offers"] = {"@type": "Offer", "price": step.price.amount, "priceCurrency": step.price.currency}
        items.append({"@type": "ListItem", "position": position, "item": course})
    whole = {
        "@context": "https://schema.org", "@type": "ItemList", "name": title or "Parcours de formation", "version": path.generation,
        "numberOfItems": len(items), "itemListElement": items,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1)


def to_docx(path: LearningPath, title: str = "", today: date | None = None, language: Language = "fr") -> bytes:
    """A document that a manager can sign: steps with proofs, costs with unknown ones named, exclusions, date and index version."""
    return write(path, title, today or date.today(), language)
