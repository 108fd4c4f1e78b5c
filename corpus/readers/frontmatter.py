"""The front matter of a Markdown file: YAML between two lines of dashes, written out as a readable sheet with its facts.

What its keys mean is read in French and in English; a key that means nothing to a sheet is shown as a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from corpus.french import fold
from corpus.readers.sheet import Sheet
from corpus.readers.values import amount_of, currency_of, date_of, durations_of, show_date
from corpus.records import Contact, FieldName, Price, Session

_FRONT = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
MOST_CHARS = 50_000

_FIELDS: dict[str, FieldName] = {
    "code": "code", "reference": "code", "ref": "code", "coursecode": "code",
    "provider": "provider", "organisme": "provider", "ecole": "provider", "etablissement": "provider", "organisateur": "provider",
    "objectives": "objectives", "objectifs": "objectives", "objectif": "objectives", "goals": "objectives",
    "audience": "audience", "public": "audience", "publics": "audience", "public vise": "audience",
    "prerequisites": "prerequisites", "prerequis": "prerequisites", "pre-requis": "prerequisites",
    "content": "content", "contenu": "content", "programme": "content",
    "modules": "modules", "module": "modules",
    "location": "location", "lieu": "location", "lieux": "location", "ville": "location",
    "mode": "mode", "modalite": "mode", "modalites": "mode", "format": "mode",
    "registration": "registration", "inscription": "registration", "inscriptions": "registration",
    "certification": "certification", "diplome": "certification",
}  # fmt: skip
_LABELS: dict[FieldName, str] = {
    "code": "Code", "provider": "Organisme", "objectives": "Objectifs", "audience": "Public", "prerequisites": "Prérequis",
    "content": "Contenu", "modules": "Module", "location": "Lieu", "mode": "Modalité", "registration": "Inscription",
    "certification": "Certification",
}  # fmt: skip
_TITLE = frozenset({"title", "titre", "name", "nom", "intitule"})
_PRICE = frozenset({"price", "prix", "tarif", "tarifs", "cout", "fee", "prices"})
_DURATION = frozenset({"duration", "duree", "timerequired"})
_SESSIONS = frozenset({"sessions", "session", "dates", "instances"})
_CAPACITY = frozenset({"capacity", "places", "capacite", "effectif"})
_CONTACT = frozenset({"contact", "contacts", "email", "e-mail", "courriel", "telephone", "phone", "tel"})
_PUBLISHED = frozenset({"date", "published", "publie", "publie le", "date de publication", "datepublished"})
_SKIPPED = frozenset(
    {"layout", "slug", "permalink", "draft", "weight", "aliases", "currency", "devise", "tags", "lang", "language", "start", "end", "debut", "fin"}
)


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """(the keys and values, the text below); no keys where the text has no front matter that can be read."""
    import yaml

    match = _FRONT.match(text)
    if match is None or len(match.group(1)) > MOST_CHARS or re.search(r"(?m)[&*]\w+\s*$|:\s*[&*]\w", match.group(1)):
        # Anchors multiply (the YAML kind of a zip bomb), and no sheet needs them: such a head is plain text.
        return {}, text
    try:
        # The C parser, because the one in Python takes a second for a long head.
        values = yaml.load(match.group(1), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text
    if not isinstance(values, dict):
        return {}, text
    return {str(k): v for k, v in values.items()}, text[match.end() :]


def write_front_matter(sheet: Sheet, values: dict[str, Any], headed: bool) -> str:
    """Writes what the keys say; returns the title, which is written too unless the document is ``headed`` already."""
    keys = {fold(k).strip().replace("_", " "): v for k, v in values.items()}
    title = next((str(v) for k, v in keys.items() if k in _TITLE and isinstance(v, str)), "")
    if title and not headed:
        sheet.title(title)
    currency = next((str(v) for k, v in keys.items() if k in ("currency", "devise")), "")
    for original, value in values.items():
        key = fold(original).strip().replace("_", " ")
        if key in _TITLE or key in _SKIPPED or value is None:
            continue
        if key in _PUBLISHED and (day := _day(value)):
            sheet.line("", f"Publié le {show_date(day)}")
            continue
        _write(sheet, key, original, value, currency)
    start, end = (next((_day(v) for k, v in keys.items() if k in names), None) for names in (("start", "debut"), ("end", "fin")))
    if start or end:
        sheet.session(Session(start, end))
    return title


def _write(sheet: Sheet, key: str, original: str, value: Any, currency: str) -> None:
    for item in value if isinstance(value, list) else [value]:
        if key in _PRICE and (price := _price(item, currency)):
            sheet.price(price)
        elif key in _DURATION and (found := durations_of(item)):
            for duration in found:
                sheet.duration(duration)
        elif key in _SESSIONS and (session := _session(item)):
            sheet.session(session)
        elif key in _CAPACITY and isinstance(item, int) and not isinstance(item, bool) and item > 0:
            sheet.capacity(item)
        elif key in _CONTACT and (contact := _contact(key, item)):
            sheet.contact(contact)
        elif key in _FIELDS and isinstance(item, str | int | float):
            sheet.line(_LABELS[_FIELDS[key]], item, _FIELDS[key])
        else:
            sheet.line(original[:1].upper() + original[1:].replace("_", " "), ", ".join(_words(item)))


def _price(item: Any, currency: str) -> Price | None:
    """An amount with its currency; a bare amount without one, and words ("sur devis"), are left to the text."""
    label = None
    if isinstance(item, dict):
        found = {fold(str(k)): v for k, v in item.items()}
        currency = str(next((v for k, v in found.items() if k in ("currency", "devise", "pricecurrency")), currency))
        label = next((str(v) for k, v in found.items() if k in ("label", "public", "pour", "name")), None)
        item = next((v for k, v in found.items() if k in ("amount", "montant", "price", "prix")), None)
    if not isinstance(item, int | float) or isinstance(item, bool) or not (currency or item == 0):
        return None
    amount = amount_of(item)
    return None if amount is None else Price(amount, currency_of(currency), label)


def _session(item: Any) -> Session | None:
    if not isinstance(item, dict):
        day = _day(item)
        return Session(day, day) if day else None
    found = {fold(str(k)): v for k, v in item.items()}
    start, end = (next((_day(v) for k, v in found.items() if k in names), None) for names in (("start", "debut", "du"), ("end", "fin", "au")))
    label = next((str(v) for k, v in found.items() if k in ("label", "lieu", "location", "name", "nom")), None)
    return Session(start, end, label) if start or end else None


def _contact(key: str, item: Any) -> Contact | None:
    if isinstance(item, dict):
        found = {fold(str(k)): str(v) for k, v in item.items() if v is not None}
        name, email, phone = (
            next((found[k] for k in names if k in found), None) for names in (("name", "nom"), ("email", "courriel"), ("phone", "telephone", "tel"))
        )
        return Contact(name, email, phone) if email or phone else None
    if not isinstance(item, str):
        return None
    if "@" in item and " " not in item.strip():
        return Contact(email=item.strip())
    return Contact(phone=item.strip()) if key in ("telephone", "phone", "tel") else None


def _day(value: Any) -> date | None:
    return date_of(value.isoformat() if isinstance(value, date) else value)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{key} : {' ; '.join(_words(inner))}"
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    elif isinstance(value, date):
        yield show_date(value)
    elif value is not None:
        yield str(value)
