"""Which modules of a catalogue suit a learner: each judged for eligibility, then for relevance, and what it requires."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from assistant.eligibility import judge_sheet
from assistant.evidence import Sheet
from assistant.paths.modules import Module, Names, Requirement, is_module, module_of, plain
from assistant.paths.relevance import THRESHOLD, names_goal, read, relevance, shared_field
from assistant.records import Eligibility, LearnerProfile
from corpus.records import Document, Programme

__all__ = ["THRESHOLD", "Candidate", "CatalogueLike", "SearchLike", "Shelf", "candidates", "names_goal", "relevant", "shelf_of"]

_FLOOR: Final = 0.01


class CatalogueLike(Protocol):
    """What is read of a catalogue (``corpus.catalogue.Catalogue``)."""

    def document(self, id: str) -> Document: ...
    def programmes(self) -> list[Programme]: ...


class SearchLike(Protocol):
    """What is used of a search (``index.search.Search``)."""

    def documents(self, query: str, k: int = 10) -> list[tuple[str, float]]: ...


@runtime_checkable
class MeaningLike(Protocol):
    """A search that can also say how near texts outside its index are to a query: ``nearness`` of what it ``embedded``."""

    def embedded(self, texts: Sequence[str]) -> Any: ...
    def nearness(self, query: str, texts: Any) -> Sequence[float]: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A module as a learner sees it. ``out`` says why it is none to plan with; None for those the path is made of."""

    module: Module
    relevance: float
    goals: tuple[str, ...]
    words: tuple[str, ...]
    eligibility: Eligibility
    topics: frozenset[str] = frozenset()
    field: str | None = None
    """Code of the functional domain that the module shares with what the learner asks for."""
    requires: tuple[Requirement, ...] = ()
    out: str | None = None
    locked: bool = False
    serves: str | None = None
    """Title of the candidate that it is only a prerequisite of."""
    group: str | None = None
    """The people of its audience among whom the learner is, as the sheet names them."""
    here: bool = False
    """It is relevant because it is held for the learner's own territory."""
    at_home: bool = False
    """Its audience names the learner's own part of the public service."""


class Shelf:
    """The modules of a catalogue, read once: for one learner or for a whole team."""

    def __init__(self, catalogue: CatalogueLike) -> None:
        self.sheets = [(p, d) for p in catalogue.programmes() for d in (catalogue.document(p.document),) if is_module(p, d)]
        self.modules = [module_of(p, d) for p, d in self.sheets]
        self.laid_out = [Sheet(d, p) for p, d in self.sheets]
        self.names = Names(self.modules)
        self.texts = [read(p, d) for p, d in self.sheets]
        self.rarity = _rarity([t.subject.weights for t in self.texts])
        self._meanings: WeakKeyDictionary[MeaningLike, Any] = WeakKeyDictionary()

    def near(self, search: object, queries: Iterable[str]) -> list[dict[str, float]]:
        """Of each module the cosine of its title and objectives with each query; 0 without a search that knows meanings."""
        found: list[dict[str, float]] = [{} for _ in self.texts]
        if isinstance(search, MeaningLike) and self.texts:
            if search not in self._meanings:
                self._meanings[search] = search.embedded([t.core for t in self.texts])
            for query in dict.fromkeys(queries):
                for cosines, cosine in zip(found, search.nearness(query, self._meanings[search]), strict=True):
                    cosines[query] = cosine
        return found


def _rarity(sheets: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Stem -> how much it tells modules of this catalogue apart, for those that many share; a few modules tell nothing."""
    count = Counter(stem for weights in sheets for stem, place in weights.items() if place > 0.5)
    return {stem: max(0.3, 1.0 - 2.0 * (often / len(sheets) - 0.1)) for stem, often in count.items() if often > max(3, 0.1 * len(sheets))}


_shelves: WeakKeyDictionary[CatalogueLike, Shelf] = WeakKeyDictionary()


def shelf_of(catalogue: CatalogueLike) -> Shelf:
    """The shelf of an opened catalogue, read the first time it is asked for; catalogues never change while open."""
    shelf = _shelves.get(catalogue)
    if shelf is None:
        shelf = _shelves[catalogue] = Shelf(catalogue)
    return shelf


def candidates(catalogue: CatalogueLike, search: SearchLike | None, profile: LearnerProfile) -> list[Candidate]:
    """Every module of the catalogue, in its order, judged for this learner; those with ``out`` None may be planned.

    Without a search the meaning of words counts less; nothing else changes.
    """
    shelf = shelf_of(catalogue)
    names = shelf.names
    completed = frozenset(plain(c) for c in profile.completed)
    done = {d for c in profile.completed for d in names.meant(c)}
    locked = {d for c in profile.locked for d in names.meant(c)}
    barred = {d for c in profile.excluded for d in names.meant(c)}
    near = shelf.near(search, profile.goals or tuple(r for r in (profile.role,) if r))
    found: list[Candidate] = []
    for text, sheet, module, cosines in zip(shelf.texts, shelf.laid_out, shelf.modules, near, strict=True):
        eligibility = judge_sheet(sheet, profile)
        taken = module.document in done
        suits = relevance(text, profile, cosines, shelf.rarity)
        value = suits.value
        goals = () if taken else tuple(g for g in profile.goals if names_goal(module.title, g))
        out = None
        if eligibility.verdict == "not_eligible" and module.document not in locked:
            out = "not_eligible"
        elif taken:
            out = "completed"
        elif module.document in barred:
            out, value = "barred", 0.0
        elif value < THRESHOLD and module.document not in locked:
            out = "less_relevant"
        if out is None:
            value = max(value, _FLOOR)
        requires = tuple(names.requirements(module, completed))
        topics = frozenset(sorted(text.domains, key=lambda c: (-text.domains[c], c))[:2])
        found.append(Candidate(
            module, value, goals, suits.words, eligibility, topics, shared_field(text, profile), requires, out, module.document in locked,
            group=suits.group, here=suits.here, at_home=suits.at_home,
        ))  # fmt: skip
    return _with_prerequisites(found)


def _with_prerequisites(found: list[Candidate]) -> list[Candidate]:
    """A module that is only the prerequisite of a candidate is a candidate, and so are its own prerequisites."""
    place = {c.module.document: n for n, c in enumerate(found)}
    queue = [n for n, c in enumerate(found) if c.out is None]
    while queue:
        n = queue.pop()
        for document in (d for r in found[n].requires for d in r.documents):
            other = found[place[document]]
            if other.out == "less_relevant":
                found[place[document]] = replace(other, out=None, relevance=max(other.relevance, _FLOOR), serves=found[n].module.title)
                queue.append(place[document])
    return found


def relevant(found: Iterable[Candidate]) -> Sequence[Candidate]:
    """The candidates proper, best first."""
    return sorted((c for c in found if c.out is None), key=lambda c: (-c.relevance, c.module.document))
