"""Document -> Programme: every field with its proof, given facts first, nothing twice.

``understand`` never raises, whatever the text: a family of facts that fails leaves a warning and its fields empty.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from corpus.facts.contacts import contacts
from corpus.facts.dates import Dates, dates, is_over
from corpus.facts.durations import durations
from corpus.facts.identity import identity
from corpus.facts.kinds import judge
from corpus.facts.layout import View
from corpus.facts.mentions import best
from corpus.facts.modules import modules
from corpus.facts.people import capacities
from corpus.facts.places import modes, places, session_places
from corpus.facts.prices import prices
from corpus.facts.related import foreign
from corpus.facts.sections import courses
from corpus.facts.series import codes
from corpus.facts.texts import addressed, sections
from corpus.french import fold
from corpus.records import FIELDS, Capacity, Contact, Course, Document, Duration, Fact, Price, Programme, Session, Text

__all__ = ["is_over", "understand"]

_FAMILIES: tuple[Callable[[View], Iterable[Fact]], ...] = (
    prices, durations, contacts, capacities, identity, sections, addressed, modules, places, modes,
)  # fmt: skip
MOST = 2000
"""At most so many facts of one family: a text of a million prices is no programme, and must not take hours."""
_ORDER: dict[str, int] = {name: position for position, name in enumerate(FIELDS)}


def understand(document: Document, today: date | None = None) -> Programme:
    """What the document says, field by field; ``today`` is only used to warn of sessions that are all over.

    Facts that the source states (``document.given``) come first within their field; a fact of the text that says the
    same value is left out. Facts that disagree are all kept. Never raises.
    """
    warnings: list[str] = []
    view = View(document)
    found: list[Fact] = []
    for family in _FAMILIES:
        try:
            found.extend(islice(family(view), MOST))
        except (ValueError, IndexError, KeyError, OverflowError) as error:  # one odd document must not stop the others
            warnings.append(f"The {family.__name__} could not be read: {error}.")
    dated = Dates((), (), None)
    try:
        dated = dates(view)
    except (ValueError, IndexError, KeyError, OverflowError) as error:
        warnings.append(f"The dates could not be read: {error}.")
    found.extend(dated.sessions[:MOST])
    found.extend(dated.deadlines[:MOST])
    found.extend(session_places(view, dated.sessions))
    elsewhere = foreign(view)
    if elsewhere:
        found = [f for f in found if not any(start <= f.start < end for start, end in elsewhere)]
    parts = courses(view, elsewhere)
    found.extend(codes(view, parts))
    if parts:
        found = [_labelled(f, parts) for f in found]
        found = [f for place in {_place(f, parts) for f in found} for f in best(view, [o for o in found if _place(o, parts) == place])]
    else:
        found = best(view, found)
    rows = {f.start for f in found if isinstance(f.value, Capacity) and (s := view.at(f.start)) and s.cell > 0 and not s.keyed}
    facts = tuple(_merged(document, found, parts, rows))
    judged = judge(view, facts)
    if judged.kind == "contribution":  # what an opinion says that things cost is nobody's tariff
        facts = tuple(f for f in facts if not isinstance(f.value, Price) or ((s := view.at(f.start)) and s.topic == "price"))
    if today and (sessions := [f.value for f in facts if isinstance(f.value, Session)]) and all(is_over(s, today) for s in sessions):
        warnings.append("Every session that the document states is over.")
    return Programme(document.id, document.title, judged.kind, facts, judged.proof, dated.published, tuple(warnings), parts)


_LONGEST_LABEL = 160


def _labelled(fact: Fact, parts: Sequence[Course]) -> Fact:
    """The fact with the name of its course before its label, where its value has one."""
    course = next((c for c in parts if c.start <= fact.start < c.end), None)
    value = fact.value
    if course is None or not isinstance(value, Price | Duration | Session):
        return fact
    label = value.label or ""
    if fold(course.name) in fold(label):
        return fact
    if label and fold(label) in fold(course.name):
        label = ""
    return replace(fact, value=replace(value, label=f"{course.name}, {label}"[:_LONGEST_LABEL] if label else course.name))


def _merged(document: Document, found: list[Fact], parts: Sequence[Course] = (), rows: Collection[int] = ()) -> Iterator[Fact]:
    """Given facts first, then those of the text in its order; a value said twice, or given, once (at its first place).

    What stands in the rows of a table of sessions (facts that begin at ``rows``) is said of each session.
    """
    length = len(document.text)
    given = [f for f in document.given if f.field in _ORDER]
    stated = {(f.field, _essence(f)) for f in given}
    seen: set[tuple[str, object, int]] = set()
    facts = sorted(given, key=lambda f: (_ORDER.get(f.field, 99), f.start))
    for fact in sorted(found, key=lambda f: (f.start, f.end)):
        place = fact.start if fact.start in rows else _place(fact, parts)
        essence = _essence(fact) if stated or isinstance(fact.value, Text | Contact) else None
        key = (fact.field, essence if isinstance(fact.value, Text | Contact) else fact.value, place)
        if key in seen or not 0 <= fact.start < fact.end <= length or (stated and (fact.field, essence) in stated):
            continue
        if given and any(g.field == fact.field and ((g.start < fact.end and fact.start < g.end) or _part_of(fact, g)) for g in given):
            continue  # the same words read again, with the label that the feed's reader wrote before them
        seen.add(key)
        facts.append(fact)
    registrations = [f for f in facts if f.field == "registration"]
    facts = [f for f in facts if f.field != "registration" or not _inside_another(f, registrations)]
    return iter(sorted(facts, key=lambda f: _ORDER.get(f.field, 99)))


def _place(fact: Fact, parts: Sequence[Course]) -> int:
    """Where the course begins of which the fact is said: two courses of a page may be held in the same room."""
    return next((c.start for c in parts if c.start <= fact.start < c.end), -1) if parts else -1


def _inside_another(fact: Fact, facts: list[Fact]) -> bool:
    """Whether a longer one of the facts (of its field) holds this one, or an earlier as long one shares its words: a deadline is found
    by its date and by its section."""
    size = fact.end - fact.start
    return any(
        o.start < fact.end and fact.start < o.end and (o.end - o.start > size or (o.end - o.start == size and o.start < fact.start)) for o in facts
    )


def _part_of(fact: Fact, given: Fact) -> bool:
    """Whether a text only repeats a part of a given one ("67000 Strasbourg" of "Site A, 67000 Strasbourg")."""
    return isinstance(fact.value, Text) and isinstance(given.value, Text) and fact.value.text in given.value.text


def _essence(fact: Fact) -> object:
    """What makes two facts of a field the same: the value without its label."""
    value = fact.value
    if isinstance(value, Price):
        return value.amount, value.currency
    if isinstance(value, Duration):
        return value.amount, value.unit
    if isinstance(value, Session):
        return (value.start, value.end) if value.start or value.end else value
    if isinstance(value, Capacity):
        return value.amount
    if isinstance(value, Contact):
        return (
            (value.email or "").lower(),
            "".join(c for c in value.phone or "" if c.isdigit()),
            value.url,
            None if value.email or value.phone or value.url else value.name,
        )
    return " ".join(value.text.lower().split())
