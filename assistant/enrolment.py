# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""How and until when one registers, and of which parts a programme is made: fields that are lines, not values."""

from __future__ import annotations

import re

from assistant import content
from assistant.compose import Draft, clean
from assistant.evidence import Sheet
from assistant.intent import Question
from assistant.library import Library
from assistant.numbered import numbered_part, part_asked
from assistant.prompts import say
from assistant.selection import DATE, WORDS, Wanted, section_lines, speaking
from corpus.french import fold

_DEADLINE = re.compile(
    r"\b(?:dates? limites?|jusqu'a quand|avant quand|quand (?:\S+ ){0,4}(?:inscri\w+|candidat\w+|postul\w+|deposer)|cloture|delais? (?:d'inscription|de candidature)|deadline|echeance|quelle date)\b"
)


_RELATIVE = re.compile(
    r"\b(?:\d+|une?|deux|trois|quatre|cinq|six|sept|huit|dix|quinze|vingt|trente|quarante-cinq|soixante) (?:jours?|semaines?|mois)(?: \w+)?\b[^.;]{0,12}\bavant\b|\bj ?- ?\d+\b"
)
""" "Cinq semaines avant le premier jour": a deadline that counts from the session."""
_A_PRICE = re.compile(r"€|\beuros?\b|\d ?%|\btarif\w*|\bremises?\b|\breductions?\b")
"""A lower fee for who registers early is no deadline."""
_CONCERNS = re.compile(r"\b(?:inscri\w+|candidat\w+|demandes?|bulletins?|dossiers?|depos\w+|renvoy\w+|retourn\w+|visa|clotures?|closes?)\b")


def is_deadline(question: Question) -> bool:
    return bool(_DEADLINE.search(question.folded))


def registration(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft) -> bool:
    """How to register; asked for the deadline, only a line with a date answers."""
    lines = content.own_lines(sheet, "registration")
    if is_deadline(question):
        dated = [line for line in lines if DATE.search(fold(line.text))]
        dated = dated or [line for line in sheet.body if DATE.search(fold(line.text)) and WORDS["registration"].search(fold(line.text))]
        dated = dated or [
            line
            for line in sheet.body
            if _RELATIVE.search(fold(line.text)) and _CONCERNS.search(fold(f"{line.path[-1] if line.path else ''} {line.text}"))
        ]
        ranked = wanted.rank(dated) if wanted and len(dated) > 1 else []
        if ranked and ranked[0].coverage >= 0.3:  # the row of the session that is asked about
            dated = [s.line for s in ranked if s.coverage >= ranked[0].coverage - 0.01]
        return draft.lines(say("lead_registration", draft.language), sheet, dated[:3]) > 0
    lines = [x for x in lines if not _A_PRICE.search(fold(x.text)) or len(x.plain) > 120]
    if not lines:
        lines = [x for x in speaking(sheet, "registration") if len(x.plain) > 20 and not _A_PRICE.search(fold(x.text))][:3]
    if not lines:
        lines = [x for x in sheet.body if x.path and re.search(r"\binscri\w+|\bcandidat\w+", fold(x.path[-1]))][:4]
    if not lines:
        return False
    how = [
        x
        for x in lines
        if not (WORDS["contact"].search(fold(x.text)) and len(x.plain) < 140) or re.search(r"\binscri\w+|\bcandidat\w+", fold(x.text))
    ]
    if wanted:
        ranked = wanted.rank(how)
        if ranked and ranked[0].coverage >= content.ENOUGH:
            lines = [s.line for s in ranked if s.coverage >= 0.8 * ranked[0].coverage]
    if len(lines) > 1:  # how and until when come before whom to call
        lines = [*(x for x in lines if x in how), *(x for x in lines if x not in how)]
    return draft.lines(say("lead_registration", draft.language), sheet, content.with_following(sheet, lines)[:6]) > 0


_ALL_PARTS = re.compile(
    r"\b(?:quel(?:le)?s? (?:sont|est|unites|modules|blocs|parties|etapes|seances)|de (?:quel(?:le)?s?|combien)|liste\w*|combien|se (?:compose|decoupe|divise)\w*|comprend\w*|comporte\w*|which|what are)\b(?![^?]*\b(?:sur|portent|consacre|traite|parle)\b)"
)
"""Asked for all the parts: words left over are the programme's name, not a part's subject."""


def modules(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft, library: Library) -> bool:
    """The modules of a programme, each with its line; a numbered one by the lines that say its number."""
    part = part_asked(question.folded)
    if part:
        return numbered_part(sheet, part, draft)
    counted = [
        line
        for line in sheet.body
        if re.search(
            r"\b(?:\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze) (?:modules|blocs|unites|sequences|ateliers|seminaires)\b", fold(line.text)
        )
    ]
    if counted and re.search(r"\bcombien|\bnombre|how many", question.folded):
        return draft.lines(say("lead_modules", draft.language), sheet, counted[:2]) > 0
    facts = sheet.facts("modules")
    listed = [x for x in (sheet.line_at(f.start, f.end) for f in facts) if x] + section_lines(sheet, ("modules", "content"))
    ranked = wanted.rank(listed)
    if wanted and ranked and ranked[0].coverage >= content.ENOUGH and content.topic(sheet, question, wanted, draft, library):
        return True
    if wanted and not _ALL_PARTS.search(question.folded):
        if content.topic(sheet, question, wanted, draft, library):
            return True
        if wanted.missing:
            return False
    if content.courses(sheet, draft):
        return True
    if not facts or (len(facts) < 2 and len(section_lines(sheet, ("modules", "content"))) > 2):
        return content.aspect("content", sheet, question, Wanted(sheet, ()), draft)
    draft.line(say("lead_modules", draft.language))
    seen: set[str] = set()
    for fact in facts:
        text = clean(" ".join(fact.text.split()))
        if fold(text) in seen or (len(text) + 10 > draft.left and seen):
            continue
        seen.add(fold(text))
        draft.line(f"- {text} {draft.fact(sheet, fact)}")
    return True
