# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""Facts -> sentences: price, duration, dates, capacity, contact and the other fields with a structure of their own.

Each function adds to a draft what the document says about one field and tells whether it said anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.compose import Draft, clean
from assistant.evidence import Line, Sheet
from assistant.intent import Question
from assistant.payers import Tariff
from assistant.prompts import say
from assistant.selection import Wanted, section_lines
from corpus.french import fold, stems
from corpus.records import Capacity, Duration, Fact, Price, Session, Text

MOST = 6
"""Values shown of one field."""
_TRIVIAL_LABEL = re.compile(
    r"(?:le |les )?(?:couts?|tarifs?|prix|frais|montants?|durees?|volumes? horaires?|capacites?|effectifs?|places?|dates?|sessions?)(?: (?:de (?:la )?formation|total\w*|d'accueil|pedagogiques?|indicatif))?|pratique|informations? pratiques?"
)
_PERSONAL = re.compile(
    r"\b(?:individuel\w*|personnel\w*|autofinanc\w*|particuliers?|titre (?:individuel|personnel)|a ses frais|sans prise en charge|auto-?financement|non financee?s?)\b"
)
_PAYS_ALONE = re.compile(
    r"\b(?:moi-?meme|de ma poche|a mes frais|a titre (?:personnel|individuel)|autofinanc\w*|particuliers?|individuel\w*|sans (?:prise en charge|employeur)|myself|my own|je (?:la |le )?(?:paie|finance))\b"
)


def price(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft) -> bool:
    """Every amount that somebody pays, with for whom; those that the question's words name come alone."""
    facts = in_order(sheet, sheet.facts("price"), wanted, question)
    if not facts:
        return False
    chosen, narrowed = facts
    if len(chosen) == 1:
        fact = chosen[0]
        value = fact.value
        assert isinstance(value, Price)
        label = label_of(value.label)
        free = value.amount == 0
        if free:
            line = sheet.line_at(fact.start, fact.end)
            return draft.lines(say("price_free", draft.language), sheet, [line]) > 0 if line else False
        key = "price_labelled" if label else "price_one"
        if wanted.missing and narrowed is None and _PAYS_ALONE.search(question.folded):
            draft.add(say("price_single_only", draft.language))
        draft.add(say(key, draft.language, value=value_of(fact), label=label, m=draft.fact(sheet, fact)))
        return True
    draft.line(say("price_many", draft.language))
    value_lines(sheet, chosen, draft)
    return True


def tariffs(sheet: Sheet, chosen: Sequence[Tariff], besides: Sequence[Tariff], draft: Draft) -> bool:
    """The tariffs meant for the payer who asks, in the words of their own clause, and what everybody pays besides."""
    if not chosen:
        return False
    if len(chosen) == 1 and chosen[0].amount:
        only = chosen[0]
        value = " ".join(sheet.document.text[only.start : only.end].split())
        label = label_of(only.own.replace(value, "").strip(" .:,;()|–-")) if len(only.own) <= 160 else None
        label = " ".join(re.sub(r"\.{3,}|\s\|\s|:\s*(?=,|$)", " ", label).split()) if label else None
        key = "price_labelled" if label else "price_one"
        draft.add(say(key, draft.language, value=value, label=label, m=draft.cite(sheet, only.start, only.end)))
    elif len({t.line for t in chosen}) == 1:
        draft.add(draft.quote(sheet, chosen[0].line))
    else:
        draft.line(say("price_many", draft.language))
        for tariff in chosen[:MOST]:
            draft.line(f"- {clean(tariff.own)} {draft.cite(sheet, tariff.start, tariff.end)}")
    for tariff in besides[:2]:
        if len(tariff.line.plain) < draft.left and not any(t.line == tariff.line for t in chosen):
            draft.add(draft.quote(sheet, tariff.line))
    return True


def capacity(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft) -> bool:
    keyed = {(line.start, line.end) for line in section_lines(sheet, ("capacity",))}
    every = sheet.facts("capacity")
    own = tuple(f for f in every if (line := sheet.line_at(f.start, f.end)) and (line.start, line.end) in keyed)
    facts = in_order(sheet, own or every, wanted, question)
    if not facts:
        return False
    chosen = facts[0]
    whole = _whole_line(sheet, chosen, wanted)
    if whole:
        return draft.lines(say("lead_capacity", draft.language), sheet, [whole]) > 0
    if len(chosen) == 1:
        shown = value_of(chosen[0])
        if isinstance(chosen[0].value, Capacity) and str(chosen[0].value.amount) not in shown:
            shown = f"{shown} ({chosen[0].value.amount})"
        draft.add(
            say("capacity_one", draft.language, value=shown if re.search(r"[a-z]", shown) else f"{shown} places", m=draft.fact(sheet, chosen[0]))
        )
        return True
    draft.line(say("capacity_many", draft.language))
    value_lines(sheet, chosen, draft)
    return True


def _whole_line(sheet: Sheet, facts: Sequence[Fact], wanted: Wanted) -> Line | None:
    """The line of a fact that says more of the question's words than the value does: "dont 70 agents du Pays"."""
    if not wanted:
        return None
    for fact in facts:
        line = sheet.line_at(fact.start, fact.end)
        if line is None:
            continue
        said, share = wanted.covered(line)
        bare, bare_share = wanted.covered(_bare_line(fact))
        if (share >= 0.3 > bare_share) or (0 in said and 0 not in bare):
            return line
    return None


def _bare_line(fact: Fact) -> Line:
    return Line(fact.start, fact.end, fact.text, "fact", (), frozenset(stems(fact.text)), frozenset())


def texts(sheet: Sheet, names: Sequence[str], key: str, draft: Draft) -> bool:
    """Short fields without structure (code, provider, place, mode): their values in one sentence."""
    facts = [f for f in sheet.programme.facts if f.field in names]
    shown: list[str] = []
    seen: set[str] = set()
    for fact in facts:
        text = clean(value_of(fact))
        if fold(text) in seen or any(fold(text) in s for s in seen) or len(text) > 300:
            continue
        seen.add(fold(text))
        shown.append(f"{text} {draft.fact(sheet, fact)}")
        if len(shown) == 4 or sum(map(len, shown)) > 450:
            break
    if not shown:
        return False
    draft.add(say(key, draft.language, value=" ; ".join(shown), m="").replace(" .", "."))
    return True


def distinct(facts: Sequence[Fact]) -> list[Fact]:
    """The facts without those that say a value again under the same label."""
    unique: list[Fact] = []
    seen: set[tuple[str, str]] = set()
    for fact in facts:
        key = (str(_bare_value(fact)), fold(getattr(fact.value, "label", None) or ""))
        if key not in seen:
            seen.add(key)
            unique.append(fact)
    return unique


def in_order(sheet: Sheet, facts: tuple[Fact, ...], wanted: Wanted, question: Question) -> tuple[list[Fact], bool | None] | None:
    """The facts to show, and whether the question's words narrowed them down; None where there are none."""
    unique = distinct(facts)
    if not unique:
        return None
    if len({str(_bare_value(f)) for f in unique}) == 1 and not isinstance(unique[0].value, Session):
        unique = [max(unique, key=lambda f: bool(getattr(f.value, "label", None)))] if len(unique) > 1 and not wanted else unique
    alone = [f for f in unique if _PERSONAL.search(fold(said_around(sheet, f)))] if _PAYS_ALONE.search(question.folded) else []
    if alone:
        return alone[:MOST], True
    initial = [f for f in unique if _INITIAL.search(fold(said_around(sheet, f)))] if _STUDENT.search(question.folded) else []
    if initial and isinstance(unique[0].value, Price):
        return initial[:MOST], True
    if wanted and len(unique) > 1:
        scored = [(wanted.covered(_as_line(sheet, f))[1] if _meant(f, wanted) else 0.0, n) for n, f in enumerate(unique)]
        best = max(s for s, _ in scored)
        if best >= 0.3:
            return [unique[n] for s, n in scored if s >= best - 0.01][:MOST], True
    return unique[:MOST], None


PART = re.compile(r"\W*(?:module|bloc|ue|sequence|partie|atelier|seminaire|jour(?:nee)?|axe|theme|chapitre|unite) ?(?:n[o°] ?)?[\divx]+\W+(.*)")


def _meant(fact: Fact, wanted: Wanted) -> bool:
    """Whether a value labelled with a part's name ("Module 3 : Management d'équipe") is asked for: one word in common is not enough."""
    part = PART.match(fold(getattr(fact.value, "label", None) or ""))
    telling = set(stems(part.group(1))) if part else set()
    asked = {s for t in wanted.terms for s in stems(t)}
    return not telling or len(telling & asked) >= min(2, len(telling)) or any(t.isdigit() for t in wanted.terms)


_STUDENT = re.compile(r"\b(?:etudiante?s?|formation initiale|lyceenne?s?|students?)\b")
_INITIAL = re.compile(r"\b(?:formation initiale|poursuite d'etudes|etudiants?(?! (?:boursiers|non))|tarif etudiant)\b")
"""What students pay is headed by the way they come: "formation initiale"."""


def _bare_value(fact: Fact) -> object:
    value = fact.value
    if isinstance(value, Price):
        return value.amount, value.currency
    if isinstance(value, Duration):
        return value.amount, value.unit
    if isinstance(value, Session):
        return value.start, value.end
    return value


def said_around(sheet: Sheet, fact: Fact) -> str:
    line = sheet.line_at(fact.start, fact.end)
    label = getattr(fact.value, "label", None) or ""
    return f"{label} {line.plain if line else ''} {line.path[-1] if line and line.path else ''}"


_EXCEPT = re.compile(r"\b(?:hors|sauf|excepte|hormis|a l'exception d\w+) ([^;:,.()|]{3,40}?)(?=\s?(?:[;:,.()|]|\d|$))")
"""What a label leaves out: "tarif entreprise hors alternance" is not what apprentices pay."""


def _as_line(sheet: Sheet, fact: Fact) -> Line:
    """The fact's line with its label's words, for coverage."""
    line = sheet.line_at(fact.start, fact.end)
    label = getattr(fact.value, "label", None) or ""
    path = line.path if line else ()
    own = frozenset(stems(label)) | (line.stems if line and len(line.text) < 350 else frozenset())
    own -= frozenset(stems(" ".join(_EXCEPT.findall(fold(f"{label} ; {line.text if line else ''}")))))
    return Line(fact.start, fact.end, fact.text, "fact", path, own, line.heading_stems if line else frozenset())


def label_of(label: str | None) -> str | None:
    text = " ".join((label or "").split()).strip(" :-–•*")
    return None if not text or _TRIVIAL_LABEL.fullmatch(fold(text)) else clean(text)


def value_of(fact: Fact) -> str:
    text = " ".join(fact.text.split())
    if isinstance(fact.value, Text) and fact.status == "deduced":
        return fact.value.text
    return text


def value_lines(sheet: Sheet, facts: Sequence[Fact], draft: Draft) -> None:
    """One list item a line of the document: the line itself where it is short, else label and value."""
    title = fold(sheet.title)
    done: set[tuple[int, int]] = set()
    for fact in facts:
        line = sheet.line_at(fact.start, fact.end)
        place = (line.start, line.end) if line else (fact.start, fact.end)
        if place in done and line and len(line.plain) <= 200:
            continue
        done.add(place)
        label = label_of(getattr(fact.value, "label", None))
        if line and len(line.plain) <= 200:
            text = clean(line.plain)
            course = sheet.programme.course_of(fact.start)
            if course and label and fold(label).startswith(fold(course.name)) and fold(label[len(course.name) :].lstrip(" ,:")) in fold(text):
                label = course.name  # the line says the rest itself
            heading = line.path[-1] if line.path else ""
            lead = label if label and fold(label) not in fold(text) else ""
            if not lead and ":" not in text and "|" not in text and len(re.findall(r"[^\W\d_]{3,}", text)) <= 3:
                lead = "" if _TRIVIAL_LABEL.fullmatch(fold(heading)) or fold(heading) == title else heading
            text = f"{clean(lead)} : {text}" if lead and fold(lead) not in fold(text) else text
        else:
            text = f"{label} : {value_of(fact)}" if label else value_of(fact)
        draft.line(f"- {text} {draft.fact(sheet, fact)}")
