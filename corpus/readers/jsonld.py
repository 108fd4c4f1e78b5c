"""schema.org Course and EducationalOccupationalProgram in JSON-LD -> a readable French sheet with the facts at their place.

A file with one course gives one document, called by the file; with several, one each, called ``path#courseCode``.
Properties that a sheet has no field for are shown as lines of text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableDocument
from corpus.readers.builder import TextBuilder, shorten
from corpus.readers.graph import Node, all_nodes, load, name_of
from corpus.readers.html import looks_like_html
from corpus.readers.limits import Limits
from corpus.readers.offers import prices_of
from corpus.readers.plain import decode
from corpus.readers.sheet import Sheet
from corpus.readers.values import amount_of, bound_of, date_of, durations_of, show_bounds, show_period
from corpus.records import Contact, Document, FieldName, Session

COURSES = frozenset({"Course", "EducationalOccupationalProgram", "WorkBasedProgram"})
_INSTANCES = ("CourseInstance", "EducationEvent", "Event", "BusinessEvent")
_FREE_DURATION = ("timeRequired", "courseWorkload", "timeToComplete", "duration")
_REFERENCES = (
    "coursePrerequisites",
    "programPrerequisites",
    "competencyRequired",
    "isRelatedTo",
    "isSimilarTo",
    "about",
    "exampleOfWork",
    "itemOffered",
)
_PARTS = ("hasCourse", "hasPart", "syllabusSections")
_MODES = {
    "online": "à distance", "distance": "à distance", "distance learning": "à distance", "remote": "à distance", "mooc": "à distance",
    "onlineeventattendancemode": "à distance", "onsite": "en présentiel", "on-site": "en présentiel", "in-person": "en présentiel",
    "in person": "en présentiel", "face-to-face": "en présentiel", "offlineeventattendancemode": "en présentiel", "blended": "hybride",
    "hybrid": "hybride", "mixed": "hybride", "mixedeventattendancemode": "hybride", "full-time": "temps plein", "part-time": "temps partiel",
}  # fmt: skip
_ZONES = (
    (re.compile(r"\bPF\b|polyn[ée]sie|tahiti|papeete|moorea|raiatea|bora", re.IGNORECASE), "Pacific/Tahiti"),
    (re.compile(r"\bNC\b|nouvelle-cal[ée]donie|noum[ée]a", re.IGNORECASE), "Pacific/Noumea"),
    (re.compile(r"\bRE\b|r[ée]union|saint-denis de la", re.IGNORECASE), "Indian/Reunion"),
    (re.compile(r"\bYT\b|mayotte|mamoudzou", re.IGNORECASE), "Indian/Mayotte"),
    (re.compile(r"\bGP\b|guadeloupe|pointe-[àa]-pitre", re.IGNORECASE), "America/Guadeloupe"),
    (re.compile(r"\bMQ\b|martinique|fort-de-france", re.IGNORECASE), "America/Martinique"),
    (re.compile(r"\bGF\b|guyane|cayenne", re.IGNORECASE), "America/Cayenne"),
)


def read(path: Path, id: str, limits: Limits) -> Iterator[Document]:
    """The courses of a JSON-LD file. Raises UnreadableDocument where there is none."""
    data = path.read_bytes()
    text = decode(data)
    embedded = re.findall(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", text, re.DOTALL | re.IGNORECASE)
    courses = [c for part in embedded or [text] for c in courses_of(load(part))]
    if not courses:
        raise UnreadableDocument("The JSON holds no schema.org Course or EducationalOccupationalProgram: check its @type.")
    taken: set[str] = set()
    for number, course in enumerate(courses, 1):
        name = id if len(courses) == 1 else _free(f"{id}#{_code(course) or _fragment(course) or number}", taken)
        builder = TextBuilder()
        write_course(Sheet(builder), course)
        if len(courses) > 1 and not len(builder):
            continue  # an object that says nothing; the others are not lost for it
        source = json.dumps(course.raw, sort_keys=True, ensure_ascii=True).encode()
        title = shorten(course.text("name", "headline"), 300)
        yield builder.document(name, title, "jsonld", source, limits)


def append_courses(builder: TextBuilder, scripts: list[str], title: str) -> None:
    """Writes the courses of a page's JSON-LD below the page. A script that is no JSON is left out: the page says it too."""
    for script in scripts:
        try:
            courses = courses_of(load(script))
        except UnreadableDocument:
            continue
        for course in courses:
            builder.block("heading", f"Fiche : {course.text('name', 'headline') or title}".replace("\n", " "), level=2)
            write_course(Sheet(builder, level=2), course, headed=True)


def courses_of(value: object) -> list[Node]:
    """The courses that are described, in order; one that is only referred to (a prerequisite, a name in a list) is none."""
    nodes = all_nodes(value)
    # Only what is written inside a reference is a mention: {"@id": "#a"} there points at a course written elsewhere.
    mentioned = {id(item) for node in nodes for item in _inside(node, _REFERENCES)}
    mentioned |= {id(item) for node in nodes for item in _inside(node, _PARTS) if not _described(Node(item))}
    ids: set[str] = set()
    found: list[Node] = []
    for node in nodes:
        reference = set(node.raw) == {"@id", "@type"}
        if COURSES & set(node.types) and not reference and id(node.raw) not in mentioned and node.id not in ids:
            ids |= {node.id} - {""}
            found.append(node)
    return found


def _inside(node: Node, names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The objects that stand as values of these properties, as they are written."""
    for name in names:
        value = node.raw.get(name, node.raw.get(f"schema:{name}"))
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield item


def _described(node: Node) -> bool:
    """Whether a module is more than a name in a programme: it has a code, dates or a price of its own."""
    return bool(node.values("courseCode", "hasCourseInstance", "offers"))


def write_course(sheet: Sheet, course: Node, headed: bool = False) -> None:
    """Writes the sheet of a course; ``headed`` where its title stands already."""
    if not headed:
        sheet.title(course.text("name", "headline"))
    for description in course.texts("alternateName", "abstract", "description"):
        sheet.prose(description)
    described: tuple[tuple[str, FieldName, tuple[str, ...]], ...] = (
        ("Objectifs", "objectives", ("teaches", "learningOutcome", "educationalAlignment", "assesses", "skills")),
        ("Public", "audience", ("audience", "educationalAudience", "typicalAgeRange")),
    )
    for heading, field, names in described:
        sheet.section(heading)
        for words in dict.fromkeys(course.texts(*names)):
            _entry(sheet, words, field)
    sheet.section("Prérequis")
    for value in course.values("coursePrerequisites", "programPrerequisites", "competencyRequired"):
        _entry(sheet, _reference(value), "prerequisites")
    sheet.section("Programme")
    for words in dict.fromkeys(course.texts("about", "keywords", "articleBody", "text")):
        _entry(sheet, words, "content")
    _modules(sheet, course)
    _practice(sheet, course)
    sheet.section("Certification")
    for words in dict.fromkeys(course.texts("educationalCredentialAwarded", "occupationalCredentialAwarded", "hasCredential")):
        sheet.line("", words, "certification")
    for credits in course.texts("numberOfCredits"):
        sheet.line("Crédits", credits)
    sheet.section("Inscription")
    sheet.line("Ouverture des candidatures", _day(course, "applicationStartDate"), "registration")
    sheet.line("Date limite de candidature", _day(course, "applicationDeadline"), "registration")


def _practice(sheet: Sheet, course: Node) -> None:
    """The figures of the sheet: code, provider, prices, durations, sessions, places, mode, contacts."""
    instances = [n for n in course.nodes("hasCourseInstance", "subEvent", "event") if not n.types or set(n.types) & set(_INSTANCES)]
    sheet.section("Pratique")
    for code in dict.fromkeys(_codes(course)):
        sheet.line("Code", code, "code")
    for provider in dict.fromkeys(course.texts("provider", "offeredBy", "creator", "sourceOrganization")[:3]):
        sheet.line("Organisme", provider, "provider")
    for price in prices_of(course, instances):
        sheet.price(price)
    _durations(sheet, course, instances)
    _sessions(sheet, course, instances)
    for place in dict.fromkeys(_place(v) for v in _values(course, instances, "location", "availableAtOrFrom")):
        sheet.line("Lieu", place, "location")
    for mode in dict.fromkeys(
        name_of(v) for v in _values(course, instances, "courseMode", "educationalProgramMode", "eventAttendanceMode", "deliveryMode")
    ):
        plain = re.sub(r"^https?://schema.org/", "", mode)
        french = _MODES.get(plain.lower().strip())
        sheet.line("Modalité", french or plain, "mode", note=plain if french else None)
    for places in dict.fromkeys(amount_of(v) for v in _numbers(course, instances)):
        if places is not None and places == int(places) and places > 0:
            sheet.capacity(int(places))
    for label, key in (("Niveau", "educationalLevel"), ("Langue", "inLanguage"), ("Diplôme", "programType"), ("Version", "version")):
        sheet.line(label, ", ".join(course.texts(key)))
    for node in _contacts(course):
        name, phone = node.text("name", "contactType") or None, node.text("telephone").removeprefix("tel:") or None
        url = node.text("url") if "ContactPoint" in node.types else ""
        sheet.contact(Contact(name, node.text("email").removeprefix("mailto:") or None, phone, url or None))
    sheet.line("Page de la formation", course.text("url"))


def _entry(sheet: Sheet, words: str, field: FieldName) -> None:
    """A short text is an item; one with lines or markup keeps its blocks."""
    if "\n" in words or looks_like_html(words):
        sheet.prose(words, field)
    else:
        sheet.line("", words, field)


def _reference(value: object) -> str:
    """A prerequisite: the text, or the name of a course with its code."""
    if isinstance(value, Node):
        code, name = value.text("courseCode", "identifier"), value.text("name", "targetName", "credentialCategory", "description")
        return f"{name} ({code})" if code and name and code != name else code or name or name_of(value)
    return name_of(value) if isinstance(value, str | int | float) else ""


def _modules(sheet: Sheet, course: Node) -> None:
    for value in course.values("syllabusSections", "hasCourse", "hasPart"):
        if isinstance(value, Node) and (value.text("description") or value.values("timeRequired")):
            hours = ", ".join(value.texts("timeRequired"))
            durations = durations_of(hours)
            sheet.line("Module", value.text("name") or _reference(value), "modules")
            sheet.prose(value.text("description"), "content")
            for duration in durations:
                sheet.duration(type(duration)(duration.amount, duration.unit, value.text("name") or None))
        else:
            sheet.line("Module", _reference(value), "modules")


def _durations(sheet: Sheet, course: Node, instances: list[Node]) -> None:
    """Durations in ISO 8601 are facts; free words ("2 jours") stand as a line, which is read as text."""
    seen: list[object] = []
    for value in _values(course, instances, *_FREE_DURATION):
        words = name_of(value)
        found = durations_of(words)
        if words in seen:
            continue
        seen.append(words)
        for duration in found:
            sheet.duration(duration)
        if not found and not re.fullmatch(r"P[\dTYMWDHS.,]*", words):
            sheet.line("Durée", words)
    for duration in durations_of(course.text("termDuration")):
        terms = course.text("termsPerYear")
        sheet.line(
            "Durée d'un trimestre ou semestre",
            f"{duration.amount:g} {'mois' if duration.unit == 'months' else duration.unit}",
            note=terms and f"{terms} par an",
        )


def _sessions(sheet: Sheet, course: Node, instances: list[Node]) -> None:
    zone = _zone(course)
    seen: set[Session] = set()
    for node in [*instances, course]:
        local = _zone(node) or zone or "Europe/Paris"
        label = _label(node, len(instances)) if node is not course else None
        dated = [node] if node.values("startDate", "endDate") else node.nodes("courseSchedule", "eventSchedule")
        for holder in dated:
            start, end = (bound_of(holder.text(name), local) for name in ("startDate", "endDate"))
            session = Session(start.first if start else None, end.last if end else None, label)
            if not start and not end:
                sheet.line("Session", " – ".join(holder.texts("startDate", "endDate")), note=label)
            elif start and end and end.last < start.first:
                sheet.line("Session", " – ".join(holder.texts("startDate", "endDate")), note="dates incohérentes")
            elif "Cancelled" in node.text("eventStatus"):
                sheet.line("Session annulée", show_bounds(start, end))
            elif session not in seen:
                seen.add(session)
                exact = all(bound.exact for bound in (start, end) if bound)
                sheet.session(session, show_bounds(start, end), "extracted" if exact else "deduced")
        if not dated and node is not course and (name := shorten(node.text("name"))):
            sheet.session(Session(None, None, name), name)


def _label(instance: Node, count: int) -> str | None:
    """What tells a session from its sisters: its name, else its place."""
    name = instance.text("name")
    if name:
        return shorten(name)
    return shorten(_place(next(iter(instance.values("location")), ""))) or None if count > 1 else None


def _place(value: object) -> str:
    """ "ENA, 1 rue X, 67000 Strasbourg": the parts of a place that are written, each once."""
    if not isinstance(value, Node):
        return value if isinstance(value, str) else ""
    if "VirtualLocation" in value.types:
        return value.text("name") or "en ligne"
    parts = value.texts("name")
    for address in value.values("address") or ([value] if "PostalAddress" in value.types else []):
        if isinstance(address, Node):
            town = " ".join(address.texts("postalCode")[:1] + address.texts("addressLocality")[:1])
            parts += [*address.texts("streetAddress"), town, *address.texts("addressRegion", "addressCountry")]
        else:
            parts.append(name_of(address))
    return ", ".join(p for n, p in enumerate(parts) if p and not any(p in q for q in parts[:n]))


def _zone(node: Node) -> str | None:
    """The time zone of an overseas place; None elsewhere."""
    where = " ".join(_place(v) for v in node.values("location")) or " ".join(_place(v) for v in node.values("provider"))
    return next((zone for pattern, zone in _ZONES if pattern.search(where)), None)


def _values(course: Node, instances: list[Node], *names: str) -> list[Node | str | int | float | bool]:
    return [v for node in [course, *instances] for v in node.values(*names)]


def _numbers(course: Node, instances: list[Node]) -> list[Node | str | int | float | bool]:
    return _values(course, instances, "maximumEnrollment", "maximumAttendeeCapacity", "maximumPhysicalAttendeeCapacity")


def _contacts(course: Node) -> Iterator[Node]:
    """Who may be written to or called: contact points of the course, then of its provider."""
    for holder in [course, *course.nodes("provider")]:
        yield from holder.nodes("contactPoint", "contact")
        if holder.values("email", "telephone"):
            yield Node({**holder.raw, "name": name_of(holder) if holder is not course else ""}, holder.graph)


def _day(course: Node, name: str) -> str:
    words = course.text(name)
    day = date_of(words)
    return show_period(day, day).removeprefix("le ") if day else words


def _codes(course: Node) -> list[str]:
    codes = course.texts("courseCode")
    for value in course.values("identifier") if not codes else []:
        code = value.text("value", "propertyID") if isinstance(value, Node) else name_of(value)
        if code and not code.startswith(("http:", "https:", "_:")):
            codes.append(code)
    return codes


def _code(course: Node) -> str:
    return next(iter(_codes(course)), "")


def _fragment(course: Node) -> str:
    return course.id.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1] if not course.id.startswith("_:") else ""


def _free(name: str, taken: set[str]) -> str:
    candidate, number = name, 2
    while candidate in taken:
        candidate = f"{name}~{number}"
        number += 1
    taken.add(candidate)
    return candidate
