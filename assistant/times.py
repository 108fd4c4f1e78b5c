# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""How long and when: durations, the whole before its parts, and sessions, those that are over marked."""

from __future__ import annotations

import re
from datetime import date

from assistant.compose import Draft, clean, session_words
from assistant.evidence import Sheet
from assistant.fields import MOST, PART, distinct, in_order, label_of, said_around, value_lines, value_of
from assistant.intent import Question
from assistant.numbered import part_about, subject_of_part
from assistant.prompts import say
from assistant.selection import Wanted
from corpus.facts.topics import topic_of
from corpus.french import fold, tokens
from corpus.records import Duration, Fact, Session


def duration(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft) -> bool:
    parts = re.compile(r"\bstages?\b|\balternance\b|\bexamens?\b|\bepreuves?\b|\bcontrat")
    whole = tuple(
        f for f in sheet.facts("duration") if not parts.search(fold(getattr(f.value, "label", None) or "")) or "stage" in tokens(sheet.title)
    )
    if not whole:  # "Le stage dure quatre jours": the course itself
        whole = tuple(f for f in sheet.facts("duration") if (line := sheet.line_at(f.start, f.end)) and _LASTS.search(fold(line.text)))
    facts = in_order(sheet, whole, wanted, question)
    if not facts:
        return False
    chosen = facts[0]
    summed = [x for x in sheet.body if _SUMMED.search(fold(x.text))]
    if summed and not any(_TOTAL.search(fold(_clause(sheet, f))) for f in whole):  # "en tout 9,5 jours": no part of it is the length
        return draft.lines(say("lead_duration", draft.language), sheet, summed[:1]) > 0
    if facts[1] is None:  # what the whole takes, before its parts
        every = sorted(distinct(whole), key=lambda f: _of_a_part(sheet, f))
        total = [f for f in every if _TOTAL.search(fold(_clause(sheet, f)))]
        whole_only = [f for f in every if not _of_a_part(sheet, f)]
        beside = [f for f in every if f not in total and any(_same_line(sheet, f, t) for t in total) and not _of_a_part(sheet, f)]
        chosen = ([*total, *beside] if total else whole_only or every)[:MOST]
    if len(chosen) == 1:
        value = chosen[0].value
        label = label_of(value.label) if isinstance(value, Duration) else None
        key = "duration_labelled" if label else "duration_one"
        draft.add(say(key, draft.language, value=value_of(chosen[0]), label=label, m=draft.fact(sheet, chosen[0])))
        return True
    draft.line(say("duration_many", draft.language))
    value_lines(sheet, chosen, draft)
    return True


_LASTS = re.compile(r"\b(?:le|ce) stage (?:dure|se deroule|compte|comprend|represente|s'etend|est de)\b")
_SUMMED = re.compile(r"\b(?:en tout|au total|soit au total|duree totale d[e']?)\W{0,3}(?:de |environ )?\d+(?:,\d+)? (?:jours?|journees?|heures?|h)\b")
_TOTAL = re.compile(
    r"\b(?:soit|au total|en tout|duree totale|volume (?:total|horaire)|total(?:e)? ?:|pour l'ensemble|duree globale|le parcours dure|la formation dure|duree ?:)"
)
"""What a total is announced by."""
_PART_LINE = re.compile(
    r"\W*(?:dont\b|(?:module|bloc|ue|sequence|partie|atelier|seminaire|jour(?:nee)?|semaine|axe|theme|chapitre|unite|etape|tutorat|\d{1,2}[.)]) ?(?:n[o°] ?)?[\divx]*\b)"
)


_LIMITS = re.compile(r"\b(?:au plus tard|date limite|avant (?:la|chaque) session|cloture des inscriptions)\b[^.]*$")
"""What stands before the last day to register, which is no session."""


def _before(sheet: Sheet, fact: Fact) -> str:
    """The words of the line before the fact, folded, the last 160 characters."""
    line = sheet.line_at(fact.start, fact.end)
    return fold(sheet.document.text[max(line.start, fact.start - 160) : fact.start]) if line else ""


def _clause(sheet: Sheet, fact: Fact) -> str:
    """The words of the line up to the fact, from the last full stop before it."""
    line = sheet.line_at(fact.start, fact.end)
    before = sheet.document.text[line.start : fact.start] if line else ""
    return re.split(r"[.\n]", before)[-1][-60:] + " " + (getattr(fact.value, "label", None) or "")


def _same_line(sheet: Sheet, one: Fact, other: Fact) -> bool:
    return sheet.line_at(one.start, one.end) == sheet.line_at(other.start, other.end)


def _of_a_part(sheet: Sheet, fact: Fact) -> bool:
    """Whether a duration is that of a module, a day or a share, rather than of the whole."""
    line = sheet.line_at(fact.start, fact.end)
    label = fold(getattr(fact.value, "label", None) or "")
    if PART.match(label) or re.fullmatch(r"(?:bloc|ue|module|seance|etape)s?", label):
        return True
    if not line:
        return False
    start = max(sheet.document.text.rfind("\n", line.start, fact.start) + 1, line.start)
    return bool(_PART_LINE.match(fold(sheet.document.text[start : fact.start + 1]))) or (
        line.kind in ("item", "row") and bool(line.path and topic_of(line.path[-1]) in ("content", "modules"))
    )


def sessions(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft, today: date) -> bool:
    """The sessions, marked when they are over on the day of the question; of a part named by its subject, its own."""
    facts = in_order(sheet, sheet.facts("sessions"), wanted, question)
    if not facts:
        return False
    chosen = [f for f in facts[0] if isinstance(f.value, Session)]
    subject = subject_of_part(question.folded)
    about = Wanted(sheet, subject) if subject else wanted
    part = part_about(sheet, about) if about and (subject or facts[1] is None) else None
    if part:
        chosen = [f for f in sheet.facts("sessions") if part.names(said_around(sheet, f))] or chosen
    dated = [f for f in chosen if isinstance(f.value, Session) and (f.value.start or f.value.end)]
    held = [f for f in dated if not _LIMITS.search(_before(sheet, f))]
    dated = _nth(_in_month(held or dated, question.folded), question.folded)
    if not dated:
        return False
    over = [_is_over(f, today) for f in dated]
    if len(dated) == 1:
        key = "session_past" if over[0] else "session_one"
        label = dated[0].value.label if isinstance(dated[0].value, Session) and part else None
        value = _session_value(dated[0], draft) + (f" ({clean(label)})" if label else "")
        draft.add(say(key, draft.language, value=value, m=draft.fact(sheet, dated[0])))
        return True
    draft.line(say("session_many", draft.language))
    seen: set[str] = set()
    for fact, past in zip(dated[:MOST], over, strict=False):
        words = _session_line(sheet, fact, draft)
        if words in seen:
            continue
        seen.add(words)
        draft.line(f"- {words}{say('past', draft.language) if past and not all(over) else ''} {draft.fact(sheet, fact)}")
    if all(over):
        draft.line(say("all_past", draft.language))
    return True


_MONTH = re.compile(r"\b(janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b")


def _in_month(facts: list[Fact], folded: str) -> list[Fact]:
    """Those of the month that the question names, where there are any: "la session d'octobre"."""
    asked = {_MONTHS.index(m.group(1)) + 1 for m in _MONTH.finditer(folded)}
    inside = [f for f in facts if isinstance(f.value, Session) and {d.month for d in (f.value.start, f.value.end) if d} & asked]
    return inside or facts


_ORDINALS = (r"premiere?|1ere?|first", r"deuxieme|seconde?|2e(?:me)?|2nde?", r"troisieme|3e(?:me)?", r"quatrieme|4e(?:me)?")


def _nth(facts: list[Fact], folded: str) -> list[Fact]:
    """The one that the question counts: "la seconde promotion", "la dernière session"."""
    runs = r"(?:session|promotion|edition|groupe|date|cohorte|ouverture|periode|regroupement)"
    ordered = sorted(facts, key=lambda f: (f.value.start or f.value.end or date.max) if isinstance(f.value, Session) else date.max)
    if re.search(rf"\b(?:derniere|dernier|last) {runs}\b", folded):
        return ordered[-1:]
    for number, words in enumerate(_ORDINALS):
        if len(facts) > number and re.search(rf"\b(?:{words}) {runs}\b", folded):
            return ordered[number : number + 1]
    return facts


_MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre")
_SPOKEN = 130
"""Characters of a line of dates that is shown as it is written, with its place and its label."""


def _session_line(sheet: Sheet, fact: Fact, draft: Draft) -> str:
    """A session as its own short line says it, the year added where the line leaves it out; else label and dates in words."""
    assert isinstance(fact.value, Session)
    line = sheet.line_at(fact.start, fact.end)
    value = fact.value
    year = str((value.end or value.start or date.min).year)
    if draft.language == "fr" and line and line.kind not in ("heading", "row") and len(line.plain) <= _SPOKEN and _MONTH.search(fold(fact.text)):
        shown = clean(line.plain)
        label = label_of(value.label)
        others = sum(1 for f in sheet.facts("sessions") if line.start <= f.start < line.end)
        if others == 1 or fold(fact.text) in fold(shown):
            lead = f"{clean(label)} : " if label and others == 1 and fold(label) not in fold(shown) else ""
            return f"{lead}{shown}" + ("" if year in shown or not value.start else f" ({year})")
    label = label_of(value.label)
    words = _session_value(fact, draft)
    return f"{clean(label)} : {words}" if label and not _MONTH.search(fold(label)) else words


def _is_over(fact: Fact, today: date) -> bool:
    value = fact.value
    last = (value.end or value.start) if isinstance(value, Session) else None
    return last is not None and last < today


def _session_value(fact: Fact, draft: Draft) -> str:
    """The dates in words; two days that the document joins by "et" stay two days."""
    assert isinstance(fact.value, Session)
    spoken = bool(_MONTH.search(fold(fact.text))) and len(re.findall(r"\b(?:19|20)\d\d\b", fact.text)) < 2
    words = session_words(fact.value, draft.language, spoken)  # a date in figures, or with both its years, is spelt out in full
    bare = re.sub(r"\b(?:19|20)\d\d\b", "", fact.text)
    if (
        draft.language == "fr"
        and len(re.findall(r"\b\d{1,2}(?:er)?\b(?! ?h\b)", bare)) > 2
        and len(fact.text) <= 90
        and _MONTH.search(fold(fact.text))
    ):
        return clean(" ".join(fact.text.split()))  # several days apart are no run of days
    apart = re.search(r"\d\s?(?:er)?\s?(?:et|,)\s?\d", fact.text)
    if words.startswith("les ") and not apart and " au " in fold(fact.text):
        assert fact.value.start and fact.value.end
        return say("session_range", draft.language, start=str(fact.value.start.day), end=words.partition(" et ")[2])
    return words
