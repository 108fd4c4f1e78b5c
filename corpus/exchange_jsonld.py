"""Programme -> schema.org Course."""

from __future__ import annotations

from datetime import date
from typing import Any

from corpus.readers.values import MONTHS
from corpus.records import Capacity, Contact, Duration, Fact, Price, Programme, Session, Unit
from corpus.stated import texts, values

_LETTERS: dict[Unit, str] = {"hours": "H", "days": "D", "weeks": "W", "months": "M", "years": "Y"}


def course(programme: Programme, losses: list[str]) -> dict[str, Any]:
    """The node of a programme; ``losses`` gets a sentence for what schema.org has no place for."""
    codes = texts(programme, "code")
    node: dict[str, Any] = {
        "@type": "Course",
        "@id": f"#{programme.document}",
        "name": programme.title,
        "courseCode": codes,
        "provider": [{"@type": "Organization", "name": name} for name in texts(programme, "provider")],
        "teaches": texts(programme, "objectives"),
        "audience": [{"@type": "Audience", "audienceType": text} for text in texts(programme, "audience")],
        "coursePrerequisites": texts(programme, "prerequisites"),
        "about": texts(programme, "content"),
        "hasPart": [{"@type": "Course", "name": name} for name in texts(programme, "modules")],
        "offers": [_offer(price) for price in values(programme, "price", Price)],
        "timeRequired": [_duration(duration) for duration in values(programme, "duration", Duration)],
        "educationalCredentialAwarded": texts(programme, "certification"),
        "contactPoint": [_contact(contact) for contact in values(programme, "contact", Contact)],
        "hasCourseInstance": _instances(programme),
    }
    for duration in values(programme, "duration", Duration):
        if duration.label:
            losses.append(f"{programme.document}: the label of a duration ({duration.label}) has no place in schema.org.")
    for text in texts(programme, "registration"):
        losses.append(f"{programme.document}: how to register ({text[:60]}) has no place in a schema.org Course.")
    return {name: _bare(value) for name, value in node.items() if value not in ([], "")}


def _bare(value: Any) -> Any:
    """A list of one is written as the one."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _offer(price: Price) -> dict[str, Any]:
    amount = int(price.amount) if price.amount == int(price.amount) else price.amount
    offer = {"@type": "Offer", "price": amount, "priceCurrency": price.currency}
    return {**offer, "name": price.label} if price.label else offer


def _duration(duration: Duration) -> str:
    """ISO 8601: P2D, PT14H."""
    amount = f"{duration.amount:.4f}".rstrip("0").rstrip(".")
    return f"P{'T' if duration.unit == 'hours' else ''}{amount}{_LETTERS[duration.unit]}"


def _contact(contact: Contact) -> dict[str, Any]:
    ways = {"name": contact.name, "telephone": contact.phone, "email": contact.email, "url": contact.url}
    return {"@type": "ContactPoint", **{k: v for k, v in ways.items() if v}}


def _instances(programme: Programme) -> list[dict[str, Any]]:
    """One instance a session, and one without dates for where, how and for how many the course is held."""
    instances: list[dict[str, Any]] = []
    for fact in programme.of("sessions"):
        if isinstance(fact.value, Session):
            start, end = (_bound(day, fact) for day in (fact.value.start, fact.value.end))
            bounds = {"startDate": start, "endDate": end, "name": fact.value.label}
            instance = {"@type": "CourseInstance", **{k: v for k, v in bounds.items() if v}}
            if instance not in instances:
                instances.append(instance)
    held = {
        "location": [{"@type": "Place", "name": name} for name in texts(programme, "location")],
        "courseMode": texts(programme, "mode"),
        "maximumAttendeeCapacity": [c.amount for c in values(programme, "capacity", Capacity)],
    }
    if any(held.values()):
        instances.append({"@type": "CourseInstance", **{k: _bare(v) for k, v in held.items() if v}})
    return instances


def _bound(day: date | None, fact: Fact) -> str | None:
    """ISO 8601; of a deduced bound only the month or the year, as its words say it."""
    if day is None:
        return None
    if fact.status != "deduced":
        return day.isoformat()
    return day.strftime("%Y-%m" if any(month in fact.text.lower() for month in MONTHS) else "%Y")
