"""Of several mentions of one value, those that prove it best: under the name of its field rather than in passing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from corpus.facts.labels import FOR_WHOM
from corpus.facts.layout import View
from corpus.records import Capacity, Duration, Fact, Price, Session


def best(view: View, facts: Sequence[Fact]) -> list[Fact]:
    """The facts without those in passing ("en deux jours ...") of a value that its own section says too ("Durée : 2 jours").

    A mention in passing is kept where it says more than the section: for whom the value is.
    """
    said: dict[tuple[str, object], list[str | None]] = defaultdict(list)
    passing: list[Fact] = []
    for fact in facts:
        if isinstance(fact.value, Price | Duration | Capacity | Session):
            if _in_own_section(view, fact):
                said[fact.field, _bare(fact)].append(_label(fact))
            else:
                passing.append(fact)
    out = {id(f) for f in passing if (labels := said.get((f.field, _bare(f)))) and (_label(f) in labels or not FOR_WHOM.search(_label(f) or ""))}
    return [f for f in facts if id(f) not in out]


def _in_own_section(view: View, fact: Fact) -> bool:
    segment = view.at(fact.start)
    return segment is not None and segment.topic == fact.field


def _label(fact: Fact) -> str | None:
    return None if isinstance(fact.value, Capacity) else getattr(fact.value, "label", None)


def _bare(fact: Fact) -> object:
    """The value without its label."""
    value = fact.value
    if isinstance(value, Price):
        return value.amount, value.currency
    if isinstance(value, Duration):
        return value.amount, value.unit
    return (value.start, value.end) if isinstance(value, Session) else value
