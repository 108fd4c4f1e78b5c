"""What an adviser may change in a path, as a changed profile to solve again; and what differs between two paths.

An adviser overrides the advice by locking what was not advised, removing what was, and putting steps in another order:
those take a reason, which the version keeps. Undoing one of them, or taking a way that was offered, needs none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Literal

from assistant.records import Alternative, Exclusion, LearnerProfile, LearningPath, Money, Period, Step
from corpus.french import fold

Kind = Literal["gone", "dropped", "added", "price", "session", "days", "verdict"]

FIXED = ("not_eligible", "completed", "less_relevant")
"""Reasons that no choice of the adviser changes: such a module would not have been taken in any case."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise in the new path; ``before`` and ``after`` are values of the step's field."""

    kind: Kind
    module: str
    document: str
    before: Money | Period | float | str | None = None
    after: Money | Period | float | str | None = None


def same(name: str, step: Step | Exclusion) -> bool:
    """Whether a name in a profile (a document id, or a title) means this module."""
    return name == step.document or fold(name) == fold(step.module)


def locked(profile: LearnerProfile, step: Step | Exclusion) -> bool:
    return any(same(name, step) for name in profile.locked)


def removed(profile: LearnerProfile, step: Step | Exclusion) -> bool:
    return any(same(name, step) for name in profile.excluded)


def with_locked(profile: LearnerProfile, module: Step | Exclusion) -> LearnerProfile:
    return profile.merged(locked=(*_without(profile.locked, module), module.document), excluded=_without(profile.excluded, module))


def with_removed(profile: LearnerProfile, module: Step | Exclusion) -> LearnerProfile:
    return profile.merged(excluded=(*_without(profile.excluded, module), module.document), locked=_without(profile.locked, module))


def freed(profile: LearnerProfile, module: Step | Exclusion) -> LearnerProfile:
    """The profile with neither a lock on the module nor a ban."""
    return profile.merged(locked=_without(profile.locked, module), excluded=_without(profile.excluded, module))


def with_alternative(path: LearningPath, chosen: Alternative) -> LearnerProfile:
    """The profile whose best path is the alternative: its steps locked, and whatever else could be taken removed."""
    taken = [step.document for step in chosen.steps]
    others = [e.document for e in path.excluded if e.reason not in FIXED] + [step.document for step in path.steps]
    banned = [document for document in dict.fromkeys((*path.profile.excluded, *others)) if document not in taken]
    return path.profile.merged(locked=tuple(taken), excluded=tuple(banned))


def find(path: LearningPath, document: str) -> Step | Exclusion | None:
    """The module of a path, taken or left out, by its document id."""
    everything: list[Step | Exclusion] = [*path.steps, *path.excluded]
    return next((module for module in everything if module.document == document), None)


def moved(path: LearningPath, document: str, by: int, needs: Callable[[Step], Collection[str]] = lambda _: ()) -> LearningPath | None:
    """The path with one step earlier (``by`` = -1) or later (1); None where it cannot be.

    Two steps that both have a date stand in the order of their dates, and what a step needs (``needs``: titles of
    modules) stands before it, whatever anybody wishes.
    """
    steps = list(path.steps)
    here = next((i for i, step in enumerate(steps) if step.document == document), None)
    if here is None or not 0 <= here + by < len(steps):
        return None
    there = here + by
    first, second = steps[min(here, there)], steps[max(here, there)]
    if (_dated(first) and _dated(second)) or first.module in needs(second):
        return None
    steps[here], steps[there] = steps[there], steps[here]
    return replace(path, steps=tuple(steps))


def differences(old: LearningPath, new: LearningPath, known: Collection[str]) -> list[Difference]:
    """What a path solved again changes; ``known`` are the documents of the new index."""
    after = {step.document: step for step in new.steps}
    before = {step.document: step for step in old.steps}
    found: list[Difference] = []
    for document, step in before.items():
        if document not in known:
            found.append(Difference("gone", step.module, document))
        elif document not in after:
            left_out = next((e for e in new.excluded if e.document == document), None)
            found.append(Difference("dropped", step.module, document, after=left_out.detail if left_out else None))
        else:
            found += _changed(step, after[document])
    found += [Difference("added", step.module, document) for document, step in after.items() if document not in before]
    return found


def _changed(old: Step, new: Step) -> list[Difference]:
    pairs: tuple[tuple[Kind, Money | Period | float | str | None, Money | Period | float | str | None], ...] = (
        ("price", old.price, new.price),
        ("session", old.session, new.session),
        ("days", old.days, new.days),
        ("verdict", old.eligibility.verdict, new.eligibility.verdict),
    )
    return [Difference(kind, new.module, new.document, b, a) for kind, b, a in pairs if b != a]


def _dated(step: Step) -> bool:
    return step.session is not None and (step.session.start is not None or step.session.end is not None)


def _without(names: tuple[str, ...], module: Step | Exclusion) -> tuple[str, ...]:
    return tuple(name for name in names if not same(name, module))
