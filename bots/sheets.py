"""Programmes for people: what a list shows of each, filters, and three questions that the catalogue at hand answers."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from assistant.records import Money
from bots.assemble import Ready
from corpus.french import fold
from corpus.records import Duration, FieldName, Kind, Price, Programme, Session, Text
from corpus.vocabulary import MODES, VERSANTS, Mode, categories_in, mode_of, versants_in

_OFFERED: tuple[Kind, ...] = ("programme", "module", "session")
"""What one can enrol in; news, events and the rest are listed on demand."""
PARITY = 8.38 / 1000
"""Euros in a franc Pacifique, fixed by law."""
_LOOKED_AT = 200
"""Programmes among which examples are chosen."""
_SHORT_TITLE = 90
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows of a programme; everything may be unknown (empty or None)."""

    document: str
    title: str
    kind: Kind
    prices: tuple[Price, ...]
    durations: tuple[Duration, ...]
    sessions: tuple[Session, ...]
    places: tuple[str, ...]
    modes: tuple[Mode, ...]
    audience: str
    versants: frozenset[str]
    categories: frozenset[str]
    provider: str
    about: str

    @property
    def lowest(self) -> Money | None:
        """The lowest price, in its own currency."""
        found = min(self.prices, key=_euros, default=None)
        return Money(found.amount, found.currency) if found else None

    @property
    def offered(self) -> bool:
        return self.kind in _OFFERED


@dataclass(frozen=True, slots=True)
class Filters:
    """What a visitor looks for; empty and None mean "any". ``price`` in euros; bounds are days that belong to the period."""

    text: str = ""
    audience: str = ""
    category: str = ""
    price: float | None = None
    start: date | None = None
    end: date | None = None
    place: str = ""
    mode: str = ""
    everything: bool = False
    ignored: tuple[str, ...] = ()
    """The names of the filters whose value means nothing; they are left out and the page says so."""

    @property
    def any(self) -> bool:
        return bool(self.text or self.audience or self.category or self.price is not None or self.start or self.end or self.place or self.mode)

    def admits(self, summary: Summary) -> bool:
        """Whether a programme passes. One that does not say what is asked for does not pass."""
        return (
            (self.everything or summary.offered)
            and (not self.audience or self.audience in summary.versants)
            and (not self.category or self.category in summary.categories)
            and (self.price is None or any(_euros(price) <= self.price for price in summary.prices))
            and (not (self.start or self.end) or any(self._meets(session) for session in summary.sessions))
            and (not self.place or any(fold(self.place) in fold(place) for place in summary.places))
            and (not self.mode or self.mode in summary.modes)
        )

    def _meets(self, session: Session) -> bool:
        first, last = session.start or session.end, session.end or session.start
        if first is None or last is None:
            return False
        return (self.end is None or first <= self.end) and (self.start is None or last >= self.start)


def read_filters(query: Mapping[str, str]) -> Filters:
    """The filters of an address; whatever means nothing is listed in ``ignored``."""
    ignored = []

    def read(name: str, meaning: Mapping[str, str] | None = None) -> str:
        value = " ".join(query.get(name, "").split())[:200]
        if value and meaning is not None and value not in meaning:
            ignored.append(name)
            return ""
        return value

    def read_day(name: str) -> date | None:
        try:
            return date.fromisoformat(query[name]) if query.get(name) else None
        except ValueError:
            ignored.append(name)
            return None

    price = None
    if query.get("prix"):
        try:
            price = float(query["prix"].replace(",", ".").replace(" ", ""))
        except ValueError:
            price = -1.0
        if not 0 <= price < 1e9:
            ignored.append("prix")
            price = None
    return Filters(
        text=read("q"), audience=read("public", VERSANTS), category=read("categorie", dict.fromkeys(("A", "B", "C", "D"), "")), price=price,
        start=read_day("de"), end=read_day("a"), place=read("lieu"), mode=read("mode", {str(mode): name for mode, name in MODES.items()}),
        everything=query.get("tout") == "1", ignored=tuple(ignored),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shelf:
    """The programmes of one generation, by title."""

    generation: str
    summaries: tuple[Summary, ...]

    def find(self, ready: Ready, filters: Filters) -> list[Summary]:
        """Those that pass the filters: in the order of the search where words are looked for, else by title."""
        passing = [summary for summary in self.summaries if filters.admits(summary)]
        if not filters.text:
            return passing
        rank = {document: place for place, (document, _) in enumerate(ready.search.documents(filters.text, max(50, len(self.summaries))))}
        named = fold(filters.text)
        # A title that holds the very words comes first, whatever the search makes of them.
        found = [summary for summary in passing if summary.document in rank or named in fold(summary.title)]
        return sorted(found, key=lambda summary: (named not in fold(summary.title), rank.get(summary.document, len(rank))))

    def audiences(self) -> list[str]:
        """The versants that at least one programme is for."""
        return [code for code in VERSANTS if any(code in summary.versants for summary in self.summaries)]


def examples(summaries: Sequence[Summary]) -> list[tuple[str, str]]:
    """Three questions that these programmes answer: (key of the question, title of a programme), each of another kind."""
    offered = [summary for summary in summaries if summary.offered and len(summary.title) <= _SHORT_TITLE] or summaries
    wanted = (
        ("example_price", [summary for summary in offered if summary.prices]),
        ("example_audience", [summary for summary in offered if summary.audience]),
        ("example_content", [summary for summary in offered if summary.about]),
    )
    found: list[tuple[str, str]] = []
    taken: set[str] = set()
    for key, saying in wanted:
        chosen = next((summary for summary in saying if summary.document not in taken), None) or next(iter(saying), None)
        if chosen:
            taken.add(chosen.document)
            # Quotation marks inside the question's own.
            found.append((key, chosen.title.replace("« ", "“").replace(" »", "”").replace("«", "“").replace("»", "”")))
    return found


class Shelves:
    """The shelf of the generation at hand, made once a generation. Thread-safe."""

    def __init__(self) -> None:
        self._shelf: Shelf | None = None
        self._examples: tuple[str, list[tuple[str, str]]] = ("", [])
        self._lock = threading.Lock()

    def of(self, ready: Ready) -> Shelf:
        shelf = self._shelf
        if shelf is None or shelf.generation != ready.generation:
            with self._lock:
                shelf = self._shelf
                if shelf is None or shelf.generation != ready.generation:
                    summaries = sorted(map(summarise, ready.catalogue.programmes()), key=lambda summary: fold(summary.title))
                    shelf = self._shelf = Shelf(ready.generation, tuple(summaries))
        return shelf

    def examples(self, ready: Ready) -> list[tuple[str, str]]:
        """See ``examples``; from the first programmes only, so that the first page of a large catalogue does not wait for all."""
        generation, found = self._examples
        if generation != ready.generation:
            catalogue = ready.catalogue
            found = examples([summarise(catalogue.programme(document)) for document in catalogue.document_ids()[:_LOOKED_AT]])
            self._examples = (ready.generation, found)
        return found


def summarise(programme: Programme) -> Summary:
    audience = _texts(programme, "audience")
    said = " ".join(audience)
    modes = tuple(dict.fromkeys(mode for text in _texts(programme, "mode") if (mode := mode_of(text))))
    return Summary(
        programme.document, programme.title, programme.kind,
        prices=_values(programme, "price", Price), durations=_values(programme, "duration", Duration),
        sessions=_values(programme, "sessions", Session),
        places=_texts(programme, "location"), modes=modes, audience=_cut(audience[0]) if audience else "",
        versants=versants_in(said), categories=frozenset(categories_in(said)),
        provider=next(iter(_texts(programme, "provider")), ""),
        about=_cut(next(iter((*_texts(programme, "objectives"), *_texts(programme, "content"))), "")),
    )  # fmt: skip


def coming(sessions: Iterable[Session], today: date) -> Session | None:
    """The next session that has not ended, else the last one; None where there is no dated one."""
    dated = sorted((s for s in sessions if s.start or s.end), key=lambda s: s.start or s.end or date.max)
    ahead = [s for s in dated if (s.end or s.start or date.min) >= today]
    return ahead[0] if ahead else dated[-1] if dated else None


def _values(programme: Programme, field: FieldName, kind: type[_Value]) -> tuple[_Value, ...]:
    return tuple(fact.value for fact in programme.of(field) if isinstance(fact.value, kind))


def _texts(programme: Programme, field: FieldName) -> tuple[str, ...]:
    return tuple(value.text for value in _values(programme, field, Text))


def _euros(price: Price) -> float:
    return price.amount * PARITY if price.currency == "XPF" else price.amount


def _cut(text: str, most: int = 220) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"
