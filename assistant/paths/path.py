"""The optimal path of a learner, explained; what would make more possible; other paths that differ on purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from assistant.learner.jobs import domain
from assistant.learner.profile import next_question
from assistant.paths.explain import Explained
from assistant.paths.model import Problem, Solution
from assistant.paths.problem import Planning, planning
from assistant.paths.recommender import Candidate, CatalogueLike, SearchLike, candidates
from assistant.paths.relax import relaxations
from assistant.paths.search import alternative, best, fits
from assistant.paths.sentences import say
from assistant.records import Alternative, Language, LearnerProfile, LearningPath, Step

__all__ = ["path_among", "recommend"]

_LABELS: tuple[Literal["cheapest", "shortest", "widest"], ...] = ("cheapest", "shortest", "widest")
_MAX_QUESTIONS = 6
_MAX_FIELDS = 6


def recommend(
    catalogue: CatalogueLike, search: SearchLike | None, profile: LearnerProfile, generation: str = "", today: date | None = None,
    alternatives: bool = True, language: Language = "fr",
) -> LearningPath:  # fmt: skip
    """The best path through a catalogue for a learner, every module of it accounted for.

    The same catalogue, profile and day give the same path. ``alternatives`` False leaves out alternatives and
    relaxations, which take most of the time. Raises NoPlanFound when the figures of the request overflow.
    """
    return path_among(candidates(catalogue, search, profile), profile, generation, today, alternatives, language)


def path_among(
    found: Sequence[Candidate], profile: LearnerProfile, generation: str = "", today: date | None = None, more: bool = True, language: Language = "fr"
) -> LearningPath:
    """``recommend`` on candidates that are already judged."""
    plan = planning(found, profile, today or date.today())
    solution = complete(plan.problem, best(plan.problem))
    explained = Explained(plan, solution, language)
    steps = explained.steps()
    return LearningPath(
        profile, steps, explained.excluded(found),
        alternatives=tuple(_alternatives(plan, solution, language)) if more else (),
        relaxations=relaxations(found, plan, solution, language) if more else (),
        questions=_questions(profile, steps, found, language), optimal=solution.optimal, gap=solution.gap, generation=generation,
    )  # fmt: skip


def complete(problem: Problem, solution: Solution) -> Solution:
    """A path that is not proven optimal takes in whatever still fits: nothing is left out without a true reason."""
    if solution.optimal:
        return solution
    taken = dict(solution.taken)
    for n in sorted((n for n in range(len(problem.items)) if n not in taken), key=lambda n: (-problem.items[n].relevance, n)):
        for o, option in enumerate(problem.items[n].options):
            if option.usable and fits(problem, {**taken, n: o}):
                taken[n] = o
                break
    return replace(solution, taken=taken)


def _alternatives(plan: Planning, main: Solution, language: Language) -> Iterable[Alternative]:
    """Up to three paths with other modules than the best one and than each other."""
    seen = {frozenset(main.taken)}
    for label in _LABELS if main.taken else ():
        other = alternative(plan.problem, label, main)
        if other and other.taken and frozenset(other.taken) not in seen:
            seen.add(frozenset(other.taken))
            yield Alternative(label, say(label, language), Explained(plan, other, language).steps())


def _questions(profile: LearnerProfile, steps: Sequence[Step], found: Sequence[Candidate], language: Language) -> tuple[str, ...]:
    """What is still to be asked: first what would settle a verdict, then who the learner is, and what they wish to learn."""
    asked = [q for step in steps for q in step.eligibility.questions]
    for slot, after in (("goals", None), ("role", "goals")):
        question = next_question(profile, language, after)
        if question and question[0] == slot:
            fields = _fields(found) if slot == "goals" and not steps else ()
            asked.append(say("ask_fields", language, fields=", ".join(fields)) if fields else question[1])
    return tuple(dict.fromkeys(asked))[:_MAX_QUESTIONS]


def _fields(found: Sequence[Candidate]) -> tuple[str, ...]:
    """The fields of work that most modules open to the learner are of: what a wish could be about."""
    often = Counter(code for c in found if c.out != "not_eligible" for code in sorted(c.topics))
    return tuple(domain(code).label for code, _ in sorted(often.items(), key=lambda f: (-f[1], f[0]))[:_MAX_FIELDS])
