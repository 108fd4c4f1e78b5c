"""Precision and recall per field, against documents that people have annotated.

A folder holds documents (any format that is read) and beside each ``NAME`` its ``NAME.facts.json``::

    {"kind": "programme", "published": "2026-01-12",
     "facts": {"price": [{"amount": 450.0, "currency": "EUR"}, {"amount": 0.0, "optional": true}],
               "contact": [{"email": "contact@school.example"}, {"phone": "01 02 03 04 05"}],
               "sessions": [{"start": "2026-03-01", "end": null}], "audience": [{"text": "..."}]}}

A field that is absent from ``facts`` is not judged in this document; an empty list says that there is nothing to find.
``email`` and ``phone`` are judged apart: a ``contact`` list judges both, or those that ``judged_contact`` names.
Values are compared as sets, labels aside; an ``optional`` value may be found or not. Text counts as found when one
of the two holds the other, or when they share most of their words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import PathNotFound, UnreadableDocument
from corpus.french import fold
from corpus.records import Capacity, Contact, Document, Duration, Fact, Price, Programme, Session, Text

SUFFIX = ".facts.json"
_STRUCTURED = ("price", "email", "phone", "capacity", "duration", "sessions")
_SHARED = 0.6
"""Two texts are the same fact when they share this part of their words: sections are cut a little differently."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one field: values found and expected, found and not expected, expected and not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Share of what was found that was expected; None where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Share of what was expected that was found; None where nothing was expected."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Miss:
    """One disagreement, for a person to look at: ``what`` is "wrong" or "missed"."""

    document: str
    field: str
    what: str
    value: str


@dataclass(frozen=True, slots=True)
class Report:
    """Scores by field in a fixed order, the disagreements, how many facts are not the text at their offsets."""

    documents: int
    scores: Mapping[str, Score]
    misses: Sequence[Miss]
    untrue: int = 0
    facts: int = 0


@dataclass(slots=True)
class _Tally:
    scores: dict[str, Score] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def add(self, document: str, name: str, found: set[object], expected: set[object], optional: set[object]) -> None:
        wrong, missed = found - expected - optional, expected - found
        self.scores[name] = self.scores.get(name, Score()) + Score(len(found & expected), len(wrong), len(missed))
        self.misses.extend(Miss(document, name, "wrong", str(v)) for v in sorted(wrong, key=str))
        self.misses.extend(Miss(document, name, "missed", str(v)) for v in sorted(missed, key=str))

    def add_texts(self, document: str, name: str, found: Sequence[str], expected: Sequence[str], optional: Sequence[str]) -> None:
        missed = [e for e in expected if not any(_same_text(e, f) for f in found)]
        wrong = [f for f in found if not any(_same_text(e, f) for e in (*expected, *optional))]
        right = len(expected) - len(missed)
        self.scores[name] = self.scores.get(name, Score()) + Score(right, len(wrong), len(missed))
        self.misses.extend(Miss(document, name, "wrong", v) for v in wrong)
        self.misses.extend(Miss(document, name, "missed", v) for v in missed)


def evaluate(folder: Path, read: Callable[[Path], Iterable[Document]], understand: Callable[[Document], Programme]) -> Report:
    """Reads and understands every annotated document of the folder (and of those in it) and compares.

    Raises PathNotFound where the folder holds no annotated document, UnreadableDocument for an annotation that is
    not as described above.
    """
    tally = _Tally()
    documents = untrue = facts = 0
    for annotation in sorted(folder.rglob(f"*{SUFFIX}")):
        source = annotation.with_name(annotation.name.removesuffix(SUFFIX))
        if not source.is_file():
            raise PathNotFound(f"{annotation.name} annotates {source.name}, which is not beside it: add the document.")
        expected = _load(annotation)
        for document in read(source):
            programme = understand(document)
            documents += 1
            facts += len(programme.facts)
            untrue += sum(1 for f in programme.facts if f.text != document.text[f.start : f.end])
            _compare(tally, source.name, programme, expected)
    if not documents:
        raise PathNotFound(f"{folder} holds no annotated document: put NAME{SUFFIX} beside each NAME.")
    order = ("kind", "published", *_STRUCTURED)
    names = sorted(tally.scores, key=lambda n: (order.index(n) if n in order else len(order), n))
    return Report(documents, {n: tally.scores[n] for n in names}, tuple(tally.misses), untrue, facts)


def _load(path: Path) -> Mapping[str, object]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableDocument(f"{path.name} is no JSON that can be read: {error}.") from error
    if not isinstance(data, dict) or not isinstance(data.get("facts"), dict):
        raise UnreadableDocument(f'{path.name} must be an object with an object "facts" in it.')
    if not all(isinstance(values, list) and all(isinstance(v, dict) for v in values) for values in data["facts"].values()):
        raise UnreadableDocument(f"{path.name}: every field of facts must be a list of objects.")
    return data


def _compare(tally: _Tally, name: str, programme: Programme, expected: Mapping[str, object]) -> None:
    if "kind" in expected:
        tally.add(name, "kind", {programme.kind}, {expected["kind"]}, set())
    if "published" in expected:
        value = programme.published.value if programme.published else None
        own = str(value.start) if isinstance(value, Session) else None
        tally.add(name, "published", {own} if own else set(), {expected["published"]} if expected["published"] else set(), set())
    annotated = expected["facts"]
    assert isinstance(annotated, dict)
    for field_name, values in annotated.items():
        if field_name == "contact":
            judged = expected.get("judged_contact", ["email", "phone"])
            for part in ("email", "phone"):
                if isinstance(judged, list) and part in judged:
                    _compare_values(tally, name, part, programme.of("contact"), [v for v in values if part in v])
        else:
            _compare_values(tally, name, field_name, tuple(f for f in programme.facts if f.field == field_name), values)


def _compare_values(tally: _Tally, document: str, name: str, facts: Sequence[Fact], values: Sequence[Mapping[str, object]]) -> None:
    if name in _STRUCTURED:
        found = {v for f in facts for v in _of_fact(name, f)}
        expected = {_of_json(name, v) for v in values if not v.get("optional")}
        tally.add(document, name, found, expected, {_of_json(name, v) for v in values if v.get("optional")})
        return
    texts = [f.value.text for f in facts if isinstance(f.value, Text)]
    wanted = [str(v.get("text", "")) for v in values if not v.get("optional")]
    tally.add_texts(document, name, texts, wanted, [str(v.get("text", "")) for v in values if v.get("optional")])


def _of_fact(name: str, fact: Fact) -> Iterator[object]:
    value = fact.value
    if isinstance(value, Price):
        yield value.amount, value.currency
    elif isinstance(value, Duration):
        yield value.amount, value.unit
    elif isinstance(value, Session) and (value.start or value.end):
        yield str(value.start), str(value.end)
    elif isinstance(value, Capacity):
        yield value.amount
    elif isinstance(value, Contact) and name == "email" and value.email:
        yield value.email.lower()
    elif isinstance(value, Contact) and name == "phone" and value.phone:
        yield _digits(value.phone)


def _of_json(name: str, value: Mapping[str, object]) -> object:
    if name == "price":
        return float(str(value["amount"])), value.get("currency", "EUR")
    if name == "duration":
        return float(str(value["amount"])), value["unit"]
    if name == "sessions":
        return str(value.get("start")), str(value.get("end"))
    if name == "capacity":
        return int(str(value["amount"]))
    return str(value["email"]).lower() if name == "email" else _digits(str(value["phone"]))


def _digits(phone: str) -> str:
    """The digits of a number; a French number with its country code is the same as without."""
    digits = re.sub(r"\D", "", phone)
    return f"0{digits[2:]}" if digits.startswith("33") and len(digits) == 11 else digits


def _same_text(one: str, other: str) -> bool:
    first, second = (" ".join(re.findall(r"\w+", fold(t))) for t in (one, other))
    if not first or not second:
        return first == second
    if first in second or second in first:
        return True
    a, b = set(first.split()), set(second.split())
    return len(a & b) / len(a | b) >= _SHARED
