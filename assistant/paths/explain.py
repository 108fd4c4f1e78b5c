"""A solved problem -> steps with their reasons, and for everything left out the first reason that is true of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.learner.jobs import domain
from assistant.paths.model import Item, Option, Solution
from assistant.paths.modules import Requirement, last_day
from assistant.paths.problem import Planning, money_of, units
from assistant.paths.recommender import THRESHOLD, Candidate
from assistant.paths.sentences import counted, join, say, show_days, show_money, show_period
from assistant.records import Exclusion, ExclusionReason, Language, LearningPath, Step
from corpus.vocabulary import VERSANTS

_MANY_SESSIONS = 3


@dataclass(frozen=True)
class Explained:
    """One solution of one planning, in words."""

    planning: Planning
    solution: Solution
    language: Language = "fr"

    @cached_property
    def _taken(self) -> Mapping[int, Option]:
        return {n: self._items[n].options[o] for n, o in self.solution.taken.items()}

    @property
    def _items(self) -> tuple[Item, ...]:
        return self.planning.problem.items

    def _title(self, item: int) -> str:
        return self.planning.candidates[item].module.title

    # -- steps ---------------------------------------------------------------------------------------------------------

    def steps(self) -> tuple[Step, ...]:
        return tuple(self._step(n, self.solution.taken[n]) for n in self.planning.order(self.solution))

    def _step(self, item: int, option: int) -> Step:
        candidate = self.planning.candidates[item]
        session = self.planning.session(item, option)
        return Step(
            candidate.module.title, candidate.module.document, session, self.planning.days(item, option), self.planning.prices[item][option],
            candidate.relevance, candidate.goals, self._reason(candidate, item, option), candidate.eligibility,
        )  # fmt: skip

    def _reason(self, candidate: Candidate, item: int, option: int) -> str:
        profile, language = self.planning.profile, self.language
        parts: list[str] = []
        if candidate.locked:
            parts.append(say("locked", language))
        if candidate.goals:
            goals = join([say("goal", language, goal=g) for g in candidate.goals], language)
            parts.append(say("names_goal", language, goals=goals))
        elif candidate.words and profile.goals:
            parts.append(say("words", language, words=", ".join(candidate.words)))
        elif candidate.serves:
            parts.append(say("prerequisite_of", language, title=candidate.serves))
        elif profile.goals:
            parts.append(say("field", language, domain=domain(candidate.field).label) if candidate.field else say("near", language))
        elif profile.role:
            parts.append(self._of_role(candidate, profile.role))
        else:
            parts.append(say("neutral", language))
        session = self.planning.session(item, option)
        if session is None:
            parts.append(say("no_dates", language))
        elif last_day(session) < self.planning.today:
            parts.append(say("past", language))
        if self.planning.prices[item][option] is None:
            parts.append(say("no_price", language))
        if candidate.eligibility.verdict == "to_check":
            parts.append(say("to_check", language))
        if candidate.module.announced:
            parts.append(say("announced", language))
        return " ".join(p for p in parts if p)

    def _of_role(self, candidate: Candidate, role: str) -> str:
        """Why a module suits a role, goals aside: whom it names, else the words or the field they share."""
        language = self.language
        if candidate.here:
            return say("here", language)
        parts = [say("group", language, group=candidate.group) if candidate.group else say("role", language, role=role)]
        versant = VERSANTS.get(self.planning.profile.versant or "")
        if candidate.group and candidate.at_home and versant:
            parts.append(say("at_home", language, versant=versant))
        elif candidate.words and not candidate.group:
            parts.append(say("words", language, words=", ".join(candidate.words)))
        elif candidate.field and not candidate.group:
            parts.append(say("field", language, domain=domain(candidate.field).label))
        return " ".join(parts)

    # -- exclusions ----------------------------------------------------------------------------------------------------

    def excluded(self, all_candidates: Sequence[Candidate]) -> tuple[Exclusion, ...]:
        """Everything that is no step, in the order of the catalogue."""
        place = {c.module.document: n for n, c in enumerate(self.planning.candidates)}
        found = []
        for candidate in all_candidates:
            item = place.get(candidate.module.document)
            if item is None:
                found.append(self._out(candidate))
            elif item not in self.solution.taken:
                found.append(self._left_out(candidate, item))
        return tuple(found)

    def _out(self, candidate: Candidate) -> Exclusion:
        """One that was no candidate to begin with."""
        language = self.language
        reason: ExclusionReason = "less_relevant"
        if candidate.out == "not_eligible":
            reason = "not_eligible"
            detail = " ".join([say("out_not_eligible", language), *(f"{b.rule}." for b in candidate.eligibility.because[:2])])
        elif candidate.out == "completed":
            reason, detail = "completed", say("out_completed", language)
        elif candidate.out == "barred":
            detail = say("out_barred", language)
        else:
            detail = say("out_less_relevant", language, relevance=f"{candidate.relevance:.2f}", threshold=f"{THRESHOLD:.2f}")
        return Exclusion(candidate.module.title, candidate.module.document, candidate.relevance, candidate.goals, reason, detail)

    def _left_out(self, candidate: Candidate, item: int) -> Exclusion:
        reason, detail, relevance = self._first_reason(candidate, item)
        return Exclusion(candidate.module.title, candidate.module.document, relevance, candidate.goals, reason, detail)

    def _first_reason(self, candidate: Candidate, item: int) -> tuple[ExclusionReason, str, float]:
        language, worth = self.language, candidate.relevance
        this = self._items[item]
        usable = [o for o in this.options if o.usable]
        if not usable:
            return "no_session", self._no_session(candidate), worth
        missing = [r.named for r, documents in self._requirements(candidate) if not documents & self._documents]
        if missing:
            names = join([" / ".join(f"« {n} »" for n in self._shown(group)) for group in missing], language)
            return "missing_prerequisite", say("out_missing_prerequisite", language, names=names), worth
        twin = next((n for n in self._taken if this.twin is not None and self._items[n].twin == this.twin), None)
        if twin is not None:
            # Beside its double a module brings nothing more: its relevance to this path is nil.
            return "less_relevant", say("out_twin", language, title=self._title(twin)), 0.0
        free = [o for o in usable if not self._clashing(this, o)]
        if not free:
            meets = sorted({n for o in usable for n in self._clashing(this, o)})
            return "date_clash", say("out_date_clash", language, titles=join([f"« {self._title(n)} »" for n in meets], language)), worth
        too_long = self._too_long(free)
        if too_long:
            return "too_long", too_long, worth
        budget, short = self.planning.profile.budget, self._short_enough(free)
        cheapest = min(range(len(this.options)), key=lambda o: (this.options[o] not in short, this.options[o].cost, o))
        price = self.planning.prices[item][cheapest]
        if budget and price and self._spent + this.options[cheapest].cost > units(budget):
            left = money_of(max(0, units(budget) - self._spent), budget.currency)
            shown = {k: show_money(m, language) for k, m in (("price", price), ("left", left), ("limit", budget))}
            return "over_budget", say("out_over_budget", language, **shown), worth
        return "less_relevant", say("out_unproven", language), worth

    @cached_property
    def _documents(self) -> frozenset[str]:
        return frozenset(self.planning.candidates[n].module.document for n in self._taken)

    def _requirements(self, candidate: Candidate) -> list[tuple[Requirement, frozenset[str]]]:
        return [(r, frozenset(r.documents)) for r in candidate.requires]

    def _shown(self, names: tuple[str, ...]) -> list[str]:
        """The names of a requirement as titles where the catalogue has them."""
        titles = {code: c.module.title for c in self.planning.candidates for code in c.module.names}
        return list(dict.fromkeys(titles.get(n, n.upper()) for n in names))

    @cached_property
    def _spent(self) -> int:
        return sum(option.cost for option in self._taken.values())

    def _short_enough(self, options: list[Option]) -> list[Option]:
        """Those that the days left have room for."""
        limit = self.planning.problem.limits.days
        used = sum(o.days for o in self._taken.values())
        return [o for o in options if limit is None or used + o.days <= limit]

    def _clashing(self, item: Item, option: Option) -> set[int]:
        """The steps that leave no room for an option: those it meets, and prerequisites that would end too late."""
        if option.start is None or option.end is None:
            return self._too_late(item, None)
        meets = {
            n
            for n, other in self._taken.items()
            if other.start is not None and other.end is not None and other.start <= option.end and option.start <= other.end
        }
        return meets | self._too_late(item, option.start)

    def _too_late(self, item: Item, start: int | None) -> set[int]:
        late: set[int] = set()
        for group in item.requires:
            among = [n for n in group if n in self._taken]
            ends = {n: self._taken[n].end for n in among}
            if start is not None and among and all(end is not None and end >= start for end in ends.values()):
                late |= set(among)
        return late

    def _no_session(self, candidate: Candidate) -> str:
        sessions = candidate.module.sessions
        if not sessions:
            return say("out_no_session_unknown", self.language)
        shown = [show_period(s, self.language) for s in sessions[:_MANY_SESSIONS]] + (["…"] if len(sessions) > _MANY_SESSIONS else [])
        wanted = show_period(self.planning.profile.available, self.language) if self.planning.profile.available else ""
        absences = ", ".join(show_period(a, self.language) for a in self.planning.profile.unavailable)
        french = self.language == "fr"
        away = (f"hors absences {absences}" if french else f"outside absences {absences}") if absences else ""
        return say("out_no_session_dates", self.language, period=", ".join(p for p in (wanted, away) if p), sessions=", ".join(shown))

    def _too_long(self, free: list[Option]) -> str | None:
        limit = self.planning.problem.limits.days
        used = sum(o.days for o in self._taken.values())
        shortest = min(o.days for o in free)
        if limit is None or used + shortest <= limit:
            return None
        figures = {"days": shortest, "left": max(0, limit - used), "limit": limit}
        return say("out_too_long", self.language, **{k: show_days(v / 100, self.language) for k, v in figures.items()})


def summary(path: LearningPath, language: Language = "fr") -> str:
    """The path in one sentence for people; for an empty one, why it is empty."""
    if not path.steps:
        possible = [e for e in path.excluded if e.reason not in ("less_relevant", "not_eligible", "completed")]
        if possible:
            return say("nothing_possible", language)
        profile = path.profile
        who = ", ".join(w for w in (profile.role, profile.employer, profile.versant) if w)
        if who and not profile.goals:
            return say("role_says_little", language, who=who)
        wish = join([f"« {g} »" for g in profile.goals], language) or say("your_request", language)
        return say("nothing_relevant", language, wish=wish)
    price = [show_money(m, language) for m in path.prices]
    if path.unknown_prices:
        price.append(counted("unknown_prices", path.unknown_prices, language))
    days = counted("days", path.days, language) if path.days else say("no_duration", language)
    parts = (counted("courses", len(path.steps), language), days, " + ".join(price) or say("free", language))
    return say("path", language, parts=", ".join(parts))
