"""Rules and a profile -> a verdict: eligible, not eligible, to check; each with the sentence of the sheet behind it.

Three-valued throughout: what the profile does not say, or the sheet does not say in words that can be decided, is never
taken for a yes or a no. ``A+`` has no legal existence: it satisfies "A" and is asked for only where a sheet says it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from assistant.evidence import Sheet
from assistant.learner.jobs import level
from assistant.prompts import SENTENCES, say
from assistant.records import Because, Citation, Eligibility, Language, LearnerProfile, Verdict
from assistant.rules import Condition, Rule, corps_of, parse, statuses_of
from assistant.told import Told, holds, key_of
from corpus.records import Document, Programme

_ORDER = ("versant", "category", "corps", "level", "status", "diploma", "seniority", "function")


_NOTHING: Told = MappingProxyType({})


def judge(programme: Programme, document: Document, profile: LearnerProfile, language: Language = "fr") -> Eligibility:
    """Whether a person with this profile may take the programme, by what its document says. Never raises.

    The sentences are in ``language``; quotes stay in that of the document.
    """
    return judge_sheet(Sheet(document, programme), profile, language)


def judge_sheet(sheet: Sheet, profile: LearnerProfile, language: Language = "fr", told: Told = _NOTHING) -> Eligibility:
    """``judge`` on a sheet that is already laid out; ``told`` is what the person answered about conditions."""
    return _judged(sheet, _Case(sheet, profile, language, told))


def asked_first(sheet: Sheet, profile: LearnerProfile, told: Told = _NOTHING) -> tuple[str, str] | None:
    """(slot, key of the condition) of the first question of the verdict; None where there is nothing to ask."""
    case = _Case(sheet, profile, "fr", told)
    if _judged(sheet, case).verdict != "to_check":
        return None
    return next(((slot, key) for slot, key, _ in _in_order(case.unknown)), None)


@dataclass(slots=True)
class _Case:
    """One person before one sheet, and what is still unknown: (slot, key, rule)."""

    sheet: Sheet
    profile: LearnerProfile
    language: Language
    told: Told
    because: list[Because] = field(default_factory=list)
    unknown: list[tuple[str, str, Rule]] = field(default_factory=list)


def _judged(sheet: Sheet, case: _Case) -> Eligibility:
    rules = _rules_of(sheet)
    audience = [r for r in rules if r.kind == "audience"]
    outcomes: list[bool | None] = []
    for rule in (r for r in rules if r.kind == "exclusion"):
        if _all(rule, case, []) is True:
            return Eligibility("not_eligible", (_because(case, rule, "excluded"),))
    if audience:
        outcomes.append(_any(audience, case))
    for rule in (r for r in rules if r.kind == "prerequisite"):
        if any(c.slot == "anyone" for c in rule.conditions):
            outcomes.append(True)
            case.because.append(_because(case, rule, "met"))
    alternatives = [r for r in rules if r.kind == "prerequisite" and not any(c.slot == "anyone" for c in r.conditions)]
    if alternatives:
        outcomes.append(_prerequisites(alternatives, case))
    verdict: Verdict = "to_check"
    because = case.because
    if False in outcomes:
        verdict = "not_eligible"
        because = [b for b in because if b.met is False] or because
    elif outcomes and all(o is True for o in outcomes):
        verdict = "eligible"
    return Eligibility(verdict, tuple(because[:6]), _questions(case) if verdict == "to_check" else ())


@lru_cache(maxsize=512)
def _rules_of(sheet: Sheet) -> tuple[Rule, ...]:
    return parse(sheet)


def _any(rules: list[Rule], case: _Case) -> bool | None:
    """An audience: one sentence that fits is enough; all must be refuted for a no."""
    judged: list[tuple[Rule, bool | None, list[Condition]]] = []
    for rule in rules:
        missing: list[Condition] = []
        judged.append((rule, _all(rule, case, missing), missing))
    fitting = [rule for rule, held, _ in judged if held is True]
    if fitting:
        case.because.append(_because(case, fitting[0], "met"))
        return True
    if all(held is False for _, held, _ in judged):
        case.because.extend(_because(case, rule, "unmet") for rule, _, _ in judged[:3])
        return False
    for rule, held, missing in judged:
        if held is None:
            case.because.append(_because(case, rule, "open"))
            case.unknown.extend((c.slot, key_of(c, rule, case.sheet.id), rule) for c in missing)
    return None


def _prerequisites(rules: list[Rule], case: _Case) -> bool | None:
    """Prerequisites: a list of diplomas or publics is a list of alternatives; anything else holds together."""
    items = [r for r in rules if r.said.kind in ("item", "row")]
    if len(items) > 1 and all(any(c.slot in ("diploma", "status", "corps") for c in r.conditions) for r in items):
        return _any(rules, case)
    outcome: bool | None = True
    for rule in rules:
        missing: list[Condition] = []
        held = _all(rule, case, missing)
        case.because.append(_because(case, rule, "met" if held else "unmet" if held is False else "open"))
        case.unknown.extend((c.slot, key_of(c, rule, case.sheet.id), rule) for c in missing)
        outcome = False if held is False or outcome is False else None if held is None or outcome is None else True
    return outcome


def _all(rule: Rule, case: _Case, missing: list[Condition]) -> bool | None:
    """Every condition of a sentence; ``missing`` receives those that nobody can decide yet and that may be asked about."""
    outcome: bool | None = True
    if not rule.conditions:
        return None
    if rule.alternatives:
        return _any_way(rule, case, missing)
    for condition in rule.conditions:
        held = _known(condition, rule, case)
        if held is None and key_of(condition, rule, case.sheet.id) not in case.told:
            missing.append(condition)
        outcome = False if held is False or outcome is False else None if held is None or outcome is None else True
    return outcome


def _any_way(rule: Rule, case: _Case, missing: list[Condition]) -> bool | None:
    """Ways in, of which one is enough; what is missing is what the open ways still ask."""
    outcome: bool | None = False
    for way in rule.alternatives:
        held = [_known(c, rule, case) for c in way]
        if all(h is True for h in held):
            return True
        if False not in held:
            outcome = None
            missing.extend(c for c, h in zip(way, held, strict=True) if h is None and key_of(c, rule, case.sheet.id) not in case.told)
    return outcome


def _known(condition: Condition, rule: Rule, case: _Case) -> bool | None:
    """Whether the condition holds by the profile, else by what the person answered about it."""
    held = _holds(condition, case.profile)
    words = case.told.get(key_of(condition, rule, case.sheet.id)) if held is None else None
    return held if words is None else holds(condition, rule, words)


def _holds(condition: Condition, profile: LearnerProfile) -> bool | None:
    values = condition.values
    role = profile.role or ""
    if condition.slot == "anyone":
        return True
    if condition.slot == "versant":
        return None if profile.versant is None else profile.versant in values
    if condition.slot == "category":
        if profile.category is None:
            return None
        return profile.category in values or (profile.category == "A+" and "A" in values)
    if condition.slot == "corps":
        own = corps_of(f"{profile.corps or ''} {role}")
        return True if own & values else None  # another corps may be equivalent: only the versant and the category refuse
    if condition.slot == "status":
        own_status = statuses_of(f"{role} {profile.corps or ''}")
        if own_status & values:
            return True
        return None
    if condition.slot == "level":
        return _level_holds(values, profile)
    return None


def _level_holds(values: frozenset[str], profile: LearnerProfile) -> bool | None:
    """Senior management asks for a role that says so; a category below A cannot be it."""
    reached = level(profile.role or "")
    wanted = 3 if "senior" in values else 2
    if reached is not None and reached >= wanted:
        return True
    if profile.category in ("C", "D") or (wanted == 3 and profile.category == "B"):
        return False
    return True if wanted == 2 and profile.category in ("A", "A+") and reached else None


def _because(case: _Case, rule: Rule, how: str) -> Because:
    sheet = case.sheet
    span = sheet.proof(rule.said.start, rule.said.end)
    quote = sheet.document.text[span.start : span.end]
    citation = Citation(
        sheet.id, quote, span.start, span.end, title=sheet.title, heading=sheet.heading_at(span.start), page=sheet.document.page_at(span.start)
    )
    met = {"met": True, "unmet": False, "excluded": False}.get(how)
    return Because(say(f"rule_{how}", case.language, rule=_spelt(rule, case.language)), citation, met)


def _spelt(rule: Rule, language: Language) -> str:
    """The rule as a short sentence for people."""
    parts = []
    either = say("or", language)
    for condition in rule.conditions:
        values = sorted(condition.values)
        if condition.slot == "versant":
            parts.append(either.join(say(f"rule_versant_{v}", language) for v in values))
        elif condition.slot == "level":
            parts.append(say("rule_level_senior" if "senior" in values else "rule_level_manager", language))
        else:
            key = f"rule_{condition.slot}"
            parts.append(say(key if key in SENTENCES else "rule_function", language, values=either.join(values)))
    return ", ".join(dict.fromkeys(parts)) or " ".join(rule.said.plain.split())[:120]


_MET = ("versant", "category", "corps", "status", "level")


def _met_first(rule: Rule, case: _Case) -> str:
    """What of a rule is settled already, before what is left of it is asked."""
    met = [say(f"met_{c.slot}", case.language) for c in rule.conditions if c.slot in _MET and _known(c, rule, case) is True]
    if not met:
        return ""
    return say("already_many" if len(met) > 1 else "already_one", case.language, met=_joined(dict.fromkeys(met), case.language))


def _joined(words: Iterable[str], language: Language) -> str:
    every = list(words)
    return say("and", language).join((", ".join(every[:-1]), every[-1])) if len(every) > 1 else every[0]


def short_quote(text: str) -> str:
    return text if len(text) <= 160 else text[:155].rsplit(" ", 1)[0] + "…"


def _in_order(unknown: list[tuple[str, str, Rule]]) -> list[tuple[str, str, Rule]]:
    """What to ask, most decisive first, each slot once."""
    first: dict[str, tuple[str, str, Rule]] = {}
    for asked in unknown:
        first.setdefault(asked[0], asked)
    return [first[slot] for slot in _ORDER if slot in first]


def _questions(case: _Case) -> tuple[str, ...]:
    language = case.language
    return tuple(
        _met_first(rule, case) + say(f"ask_{slot}", language, quote=short_quote(rule.said.plain)) for slot, _, rule in _in_order(case.unknown)
    )


def concerns(profile: LearnerProfile) -> bool:
    """Whether the profile says anything that an audience can be judged by."""
    return any((profile.versant, profile.category, profile.corps, profile.role, profile.employer))
