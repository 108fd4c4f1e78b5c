"""Rules and a profile -> a verdict: eligible, not eligible, to check; each with the sentence of the sheet behind it.

Three-valued throughout: what the profile does not say, or the sheet does not say in words that can be decided, is never
taken for a yes or a no. ``A+`` has no legal existence: it satisfies "A" and is asked for only where a sheet says it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.evidence import Sheet
from assistant.jobs import level
from assistant.records import Because, Citation, Eligibility, Language, LearnerProfile, Verdict
from assistant.rules import PERSONAL, Condition, Rule, corps_of, parse, statuses_of
from corpus.records import Document, Programme
from corpus.vocabulary import VERSANTS

_ASK: dict[str, str] = {
    "versant": "De quelle fonction publique relevez-vous : État, territoriale, hospitalière, Pays ou communes de la Polynésie française ?",
    "category": "Quelle est votre catégorie : A, B, C (ou D en Polynésie française) ?",
    "corps": "Quel est votre corps ou cadre d'emplois ?",
    "level": "Quelle est votre fonction : encadrez-vous une équipe ou un service ?",
    "seniority": "Combien d'années d'ancienneté ou d'expérience avez-vous ?",
    "diploma": "Quel est votre diplôme le plus élevé ?",
    "status": "Quel est votre statut : agent titulaire, contractuel, salarié, étudiant, demandeur d'emploi ?",
    "function": "Remplissez-vous cette condition : « {quote} » ?",
}
_ORDER = ("versant", "category", "corps", "level", "status", "seniority", "diploma", "function")


def judge(programme: Programme, document: Document, profile: LearnerProfile) -> Eligibility:
    """Whether a person with this profile may take the programme, by what its document says. Never raises."""
    return judge_sheet(Sheet(document, programme), profile)


def judge_sheet(sheet: Sheet, profile: LearnerProfile) -> Eligibility:
    """``judge`` on a sheet that is already laid out."""
    rules = _rules_of(sheet)
    audience = [r for r in rules if r.kind == "audience"]
    because: list[Because] = []
    unknown: list[tuple[str, Rule]] = []
    outcomes: list[bool | None] = []
    for rule in (r for r in rules if r.kind == "exclusion"):
        held = _all(rule, profile, [])
        if held is True:
            return Eligibility("not_eligible", (_because(sheet, rule, "exclu"),))
    if audience:
        outcomes.append(_any(sheet, audience, profile, because, unknown))
    for rule in (r for r in rules if r.kind == "prerequisite"):
        if any(c.slot == "anyone" for c in rule.conditions):
            outcomes.append(True)
            because.append(_because(sheet, rule, "met"))
    alternatives = [r for r in rules if r.kind == "prerequisite" and not any(c.slot == "anyone" for c in r.conditions)]
    if alternatives:
        outcomes.append(_prerequisites(sheet, alternatives, profile, because, unknown))
    verdict: Verdict = "to_check"
    if False in outcomes:
        verdict = "not_eligible"
        because = [b for b in because if b.rule.startswith("Non rempli")] or because
    elif outcomes and all(o is True for o in outcomes):
        verdict = "eligible"
    return Eligibility(verdict, tuple(because[:6]), _questions(unknown, profile) if verdict == "to_check" else ())


@lru_cache(maxsize=512)
def _rules_of(sheet: Sheet) -> tuple[Rule, ...]:
    return parse(sheet)


def _any(sheet: Sheet, rules: list[Rule], profile: LearnerProfile, because: list[Because], unknown: list[tuple[str, Rule]]) -> bool | None:
    """An audience: one sentence that fits is enough; all must be refuted for a no."""
    judged: list[tuple[Rule, bool | None, list[str]]] = []
    for rule in rules:
        missing: list[str] = []
        judged.append((rule, _all(rule, profile, missing), missing))
    fitting = [rule for rule, held, _ in judged if held is True]
    if fitting:
        because.append(_because(sheet, fitting[0], "met"))
        return True
    if all(held is False for _, held, _ in judged):
        because.extend(_because(sheet, rule, "unmet") for rule, _, _ in judged[:3])
        return False
    for rule, held, missing in judged:
        if held is None:
            because.append(_because(sheet, rule, "open"))
            unknown.extend((slot, rule) for slot in missing)
    return None


def _prerequisites(sheet: Sheet, rules: list[Rule], profile: LearnerProfile, because: list[Because], unknown: list[tuple[str, Rule]]) -> bool | None:
    """Prerequisites: a list of diplomas or publics is a list of alternatives; anything else holds together."""
    items = [r for r in rules if r.said.kind in ("item", "row")]
    if len(items) > 1 and all(any(c.slot in ("diploma", "status", "corps") for c in r.conditions) for r in items):
        return _any(sheet, rules, profile, because, unknown)
    outcome: bool | None = True
    for rule in rules:
        missing: list[str] = []
        held = _all(rule, profile, missing)
        because.append(_because(sheet, rule, "met" if held else "unmet" if held is False else "open"))
        unknown.extend((slot, rule) for slot in missing)
        outcome = False if held is False or outcome is False else None if held is None or outcome is None else True
    return outcome


def _all(rule: Rule, profile: LearnerProfile, missing: list[str]) -> bool | None:
    """Every condition of a sentence; ``missing`` receives the slots that nobody can decide yet."""
    outcome: bool | None = True
    if not rule.conditions:
        return None
    conditions = rule.conditions
    if rule.either:
        paths = [c for c in conditions if c.slot in PERSONAL]
        if any(_holds(c, profile) is True for c in paths):
            conditions = tuple(c for c in conditions if c.slot not in PERSONAL)
    for condition in conditions:
        held = _holds(condition, profile)
        if held is None:
            missing.append(condition.slot)
        outcome = False if held is False or outcome is False else None if held is None or outcome is None else True
    return outcome


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


def _because(sheet: Sheet, rule: Rule, how: str) -> Because:
    lead = {
        "met": "Condition remplie", "unmet": "Non rempli", "open": "À vérifier", "exclu": "Non rempli (exclusion)",
    }[how]  # fmt: skip
    span = sheet.proof(rule.said.start, rule.said.end)
    quote = sheet.document.text[span.start : span.end]
    citation = Citation(
        sheet.id, quote, span.start, span.end, title=sheet.title, heading=sheet.heading_at(span.start), page=sheet.document.page_at(span.start)
    )
    return Because(f"{lead} : {_spelt(rule)}", citation)


def _spelt(rule: Rule) -> str:
    """The rule as a short sentence for people."""
    parts = []
    for condition in rule.conditions:
        if condition.slot == "versant":
            parts.append(" ou ".join(VERSANTS[v] for v in sorted(condition.values)))
        elif condition.slot == "category":
            parts.append("catégorie " + " ou ".join(sorted(condition.values)))
        elif condition.slot == "corps":
            parts.append("corps ou cadre d'emplois : " + " ou ".join(sorted(condition.values)))
        elif condition.slot == "level":
            parts.append("encadrement supérieur" if "senior" in condition.values else "fonctions d'encadrement")
        elif condition.slot == "seniority":
            parts.append(f"{next(iter(condition.values))} ans d'ancienneté ou d'expérience")
        elif condition.slot == "diploma":
            parts.append("diplôme ou niveau demandé")
        elif condition.slot == "status":
            parts.append("statut demandé")
        elif condition.slot == "anyone":
            parts.append("aucune condition particulière")
        else:
            parts.append("condition de fonction ou d'expérience")
    return ", ".join(dict.fromkeys(parts)) or " ".join(rule.said.plain.split())[:120]


_MET = {
    "versant": "la fonction publique",
    "category": "la catégorie",
    "corps": "le corps ou la profession",
    "status": "le statut",
    "level": "le niveau de fonction",
}


def _met_first(rule: Rule, profile: LearnerProfile) -> str:
    """What of a rule is settled already, before what is left of it is asked."""
    met = list(dict.fromkeys(_MET[c.slot] for c in rule.conditions if c.slot in _MET and _holds(c, profile) is True))
    if not met:
        return ""
    joined = " et ".join((", ".join(met[:-1]), met[-1])) if len(met) > 1 else met[0]
    return f"Déjà remplis : {joined}. " if len(met) > 1 else f"Déjà rempli : {joined}. "


def short_quote(text: str) -> str:
    return text if len(text) <= 160 else text[:155].rsplit(" ", 1)[0] + "…"


def _questions(unknown: list[tuple[str, Rule]], profile: LearnerProfile) -> tuple[str, ...]:
    """What to ask, most decisive first, each once."""
    asked: dict[str, str] = {}
    for slot in _ORDER:
        for name, rule in unknown:
            if name == slot and slot in _ASK and slot not in asked:
                asked[slot] = _met_first(rule, profile) + _ASK[slot].format(quote=short_quote(rule.said.plain))
    return tuple(asked.values())


def slot_of(question: str) -> str:
    """The slot that one of the questions asks for; "function" for the open ones."""
    return next((slot for slot, sentence in (*_ASK.items(), *_ASK_ENGLISH.items()) if question.endswith(sentence)), "function")


_ASK_ENGLISH: dict[str, str] = {
    "versant": "Which civil service are you in: State, territorial, hospital, the Pays or the communes of French Polynesia?",
    "category": "What is your category: A, B, C (or D in French Polynesia)?",
    "corps": "What is your corps or profession?",
    "level": "What is your position: do you lead a team or a department?",
    "seniority": "How many years of service or experience do you have?",
    "diploma": "What is your highest diploma?",
    "status": "What is your status: permanent agent, contract agent, employee, student, job seeker?",
}


def asked_in(question: str, language: Language) -> str:
    """A question back to the person in the language of the conversation; what quotes the sheet keeps its French quote."""
    if language != "en":
        return question
    slot = slot_of(question)
    if slot != "function":
        return _ASK_ENGLISH[slot]
    quote = re.search(r"« .* »", question)
    return f"Do you meet this condition: {quote.group()}?" if quote else question


def concerns(profile: LearnerProfile) -> bool:
    """Whether the profile says anything that an audience can be judged by."""
    return any((profile.versant, profile.category, profile.corps, profile.role, profile.employer))
