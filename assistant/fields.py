# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""Facts -> sentences: price, duration, dates, capacity, contact and the other fields with a structure of their own.

Each function adds to a draft what the document says about one field and tells whether it said anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.compose import Draft, clean, session_words
from assistant.evidence import Line, Sheet
from assistant.intent import Question
from assistant.numbered import part_about, subject_of_part
from assistant.payers import Tariff
from assistant.prompts import say
from assistant.selection import Wanted, section_lines
from corpus.facts.topics import topic_of
from corpus.french import fold, stems, tokens
from corpus.records import Capacity, Duration, Fact, Price, Session, Text

_MOST = 6
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
    facts = _ordered(sheet, sheet.facts("price"), wanted, question)
    if not facts:
        return False
    chosen, narrowed = facts
    if len(chosen) == 1:
        fact = chosen[0]
        value = fact.value
        assert isinstance(value, Price)
        label = _label(value.label)
        free = value.amount == 0
        if free:
            line = sheet.line_at(fact.start, fact.end)
            return draft.lines(say("price_free", draft.language), sheet, [line]) > 0 if line else False
        key = "price_labelled" if label else "price_one"
        if wanted.missing and narrowed is None and _PAYS_ALONE.search(question.folded):
            draft.add(say("price_single_only", draft.language))
        draft.add(say(key, draft.language, value=_shown(fact), label=label, m=draft.fact(sheet, fact)))
        return True
    draft.line(say("price_many", draft.language))
    _value_lines(sheet, chosen, draft)
    return True


def tariffs(sheet: Sheet, chosen: Sequence[Tariff], besides: Sequence[Tariff], draft: Draft) -> bool:
    """The tariffs meant for the payer who asks, in the words of their own clause, and what everybody pays besides."""
    if not chosen:
        return False
    if len(chosen) == 1 and chosen[0].amount:
        only = chosen[0]
        value = " ".join(sheet.document.text[only.start : only.end].split())
        label = _label(only.own.replace(value, "").strip(" .:,;()|–-")) if len(only.own) <= 160 else None
        label = " ".join(re.sub(r"\.{3,}|\s\|\s|:\s*(?=,|$)", " ", label).split()) if label else None
        key = "price_labelled" if label else "price_one"
        draft.add(say(key, draft.language, value=value, label=label, m=draft.cite(sheet, only.start, only.end)))
    elif len({t.line for t in chosen}) == 1:
        draft.add(draft.quote(sheet, chosen[0].line))
    else:
        draft.line(say("price_many", draft.language))
        for tariff in chosen[:_MOST]:
            draft.line(f"- {clean(tariff.own)} {draft.cite(sheet, tariff.start, tariff.end)}")
    for tariff in besides[:2]:
        if len(tariff.line.plain) < draft.left and not any(t.line == tariff.line for t in chosen):
            draft.add(draft.quote(sheet, tariff.line))
    return True


def duration(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft) -> bool:
    parts = re.compile(r"\bstages?\b|\balternance\b|\bexamens?\b|\bepreuves?\b|\bcontrat")
    whole = tuple(
        f for f in sheet.facts("duration") if not parts.search(fold(getattr(f.value, "label", None) or "")) or "stage" in tokens(sheet.title)
    )
    facts = _ordered(sheet, whole, wanted, question)
    if not facts:
        return False
    chosen = facts[0]
    if facts[1] is None:  # what the whole takes, before its parts
        every = sorted(_unique(whole), key=lambda f: _of_a_part(sheet, f))
        total = [f for f in every if _TOTAL.search(fold(_clause(sheet, f)))]
        whole_only = [f for f in every if not _of_a_part(sheet, f)]
        beside = [f for f in every if f not in total and any(_same_line(sheet, f, t) for t in total) and not _of_a_part(sheet, f)]
        chosen = ([*total, *beside] if total else whole_only or every)[:_MOST]
    if len(chosen) == 1:
        value = chosen[0].value
        label = _label(value.label) if isinstance(value, Duration) else None
        key = "duration_labelled" if label else "duration_one"
        draft.add(say(key, draft.language, value=_shown(chosen[0]), label=label, m=draft.fact(sheet, chosen[0])))
        return True
    draft.line(say("duration_many", draft.language))
    _value_lines(sheet, chosen, draft)
    return True


_TOTAL = re.compile(
    r"\b(?:soit|au total|en tout|duree totale|volume (?:total|horaire)|total(?:e)? ?:|pour l'ensemble|duree globale|le parcours dure|la formation dure|duree ?:)"
)
"""What a total is announced by."""
_PART_LINE = re.compile(
    r"\W*(?:dont\b|(?:module|bloc|ue|sequence|partie|atelier|seminaire|jour(?:nee)?|semaine|axe|theme|chapitre|unite|etape|tutorat|\d{1,2}[.)]) ?(?:n[o°] ?)?[\divx]*\b)"
)


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
    if _PART.match(label) or re.fullmatch(r"(?:bloc|ue|module|seance|etape)s?", label):
        return True
    if not line:
        return False
    start = max(sheet.document.text.rfind("\n", line.start, fact.start) + 1, line.start)
    return bool(_PART_LINE.match(fold(sheet.document.text[start : fact.start + 1]))) or (
        line.kind in ("item", "row") and bool(line.path and topic_of(line.path[-1]) in ("content", "modules"))
    )


def sessions(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft, today: date) -> bool:
    """The sessions, marked when they are over on the day of the question; of a part named by its subject, its own."""
    facts = _ordered(sheet, sheet.facts("sessions"), wanted, question)
    if not facts:
        return False
    chosen = [f for f in facts[0] if isinstance(f.value, Session)]
    subject = subject_of_part(question.folded)
    about = Wanted(sheet, subject) if subject else wanted
    part = part_about(sheet, about) if about and (subject or facts[1] is None) else None
    if part:
        chosen = [f for f in sheet.facts("sessions") if part.names(_context(sheet, f))] or chosen
    dated = [f for f in chosen if isinstance(f.value, Session) and (f.value.start or f.value.end)]
    dated = _nth(_in_month(dated, question.folded), question.folded)
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
    for fact, past in zip(dated[:_MOST], over, strict=False):
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
    if draft.language == "fr" and line and line.kind != "heading" and len(line.plain) <= _SPOKEN and _MONTH.search(fold(fact.text)):
        shown = clean(line.plain)
        label = _label(value.label)
        others = sum(1 for f in sheet.facts("sessions") if line.start <= f.start < line.end)
        if others == 1 or fold(fact.text) in fold(shown):
            lead = f"{clean(label)} : " if label and others == 1 and fold(label) not in fold(shown) else ""
            return f"{lead}{shown}" + ("" if year in shown or not value.start else f" ({year})")
    label = _label(value.label)
    words = _session_value(fact, draft)
    return f"{clean(label)} : {words}" if label and not _MONTH.search(fold(label)) else words


def capacity(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft) -> bool:
    keyed = {(line.start, line.end) for line in section_lines(sheet, ("capacity",))}
    every = sheet.facts("capacity")
    own = tuple(f for f in every if (line := sheet.line_at(f.start, f.end)) and (line.start, line.end) in keyed)
    facts = _ordered(sheet, own or every, wanted, question)
    if not facts:
        return False
    chosen = facts[0]
    whole = _whole_line(sheet, chosen, wanted)
    if whole:
        return draft.lines(say("lead_capacity", draft.language), sheet, [whole]) > 0
    if len(chosen) == 1:
        shown = _shown(chosen[0])
        if isinstance(chosen[0].value, Capacity) and str(chosen[0].value.amount) not in shown:
            shown = f"{shown} ({chosen[0].value.amount})"
        draft.add(
            say("capacity_one", draft.language, value=shown if re.search(r"[a-z]", shown) else f"{shown} places", m=draft.fact(sheet, chosen[0]))
        )
        return True
    draft.line(say("capacity_many", draft.language))
    _value_lines(sheet, chosen, draft)
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
        text = clean(_shown(fact))
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


def _unique(facts: Sequence[Fact]) -> list[Fact]:
    """The facts without those that say a value again under the same label."""
    unique: list[Fact] = []
    seen: set[tuple[str, str]] = set()
    for fact in facts:
        key = (str(_bare_value(fact)), fold(getattr(fact.value, "label", None) or ""))
        if key not in seen:
            seen.add(key)
            unique.append(fact)
    return unique


def _ordered(sheet: Sheet, facts: tuple[Fact, ...], wanted: Wanted, question: Question) -> tuple[list[Fact], bool | None] | None:
    """The facts to show, and whether the question's words narrowed them down; None where there are none."""
    unique = _unique(facts)
    if not unique:
        return None
    if len({str(_bare_value(f)) for f in unique}) == 1 and not isinstance(unique[0].value, Session):
        unique = [max(unique, key=lambda f: bool(getattr(f.value, "label", None)))] if len(unique) > 1 and not wanted else unique
    alone = [f for f in unique if _PERSONAL.search(fold(_context(sheet, f)))] if _PAYS_ALONE.search(question.folded) else []
    if alone:
        return alone[:_MOST], True
    initial = [f for f in unique if _INITIAL.search(fold(_context(sheet, f)))] if _STUDENT.search(question.folded) else []
    if initial and isinstance(unique[0].value, Price):
        return initial[:_MOST], True
    if wanted and len(unique) > 1:
        scored = [(wanted.covered(_as_line(sheet, f))[1] if _meant(f, wanted) else 0.0, n) for n, f in enumerate(unique)]
        best = max(s for s, _ in scored)
        if best >= 0.3:
            return [unique[n] for s, n in scored if s >= best - 0.01][:_MOST], True
    return unique[:_MOST], None


_PART = re.compile(r"\W*(?:module|bloc|ue|sequence|partie|atelier|seminaire|jour(?:nee)?|axe|theme|chapitre|unite) ?(?:n[o°] ?)?[\divx]+\W+(.*)")


def _meant(fact: Fact, wanted: Wanted) -> bool:
    """Whether a value labelled with a part's name ("Module 3 : Management d'équipe") is asked for: one word in common is not enough."""
    part = _PART.match(fold(getattr(fact.value, "label", None) or ""))
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


def _context(sheet: Sheet, fact: Fact) -> str:
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


def _label(label: str | None) -> str | None:
    text = " ".join((label or "").split()).strip(" :-–•*")
    return None if not text or _TRIVIAL_LABEL.fullmatch(fold(text)) else clean(text)


def _shown(fact: Fact) -> str:
    text = " ".join(fact.text.split())
    if isinstance(fact.value, Text) and fact.status == "deduced":
        return fact.value.text
    return text


def _value_lines(sheet: Sheet, facts: Sequence[Fact], draft: Draft) -> None:
    """One list item a line of the document: the line itself where it is short, else label and value."""
    title = fold(sheet.title)
    done: set[tuple[int, int]] = set()
    for fact in facts:
        line = sheet.line_at(fact.start, fact.end)
        place = (line.start, line.end) if line else (fact.start, fact.end)
        if place in done and line and len(line.plain) <= 200:
            continue
        done.add(place)
        label = _label(getattr(fact.value, "label", None))
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
            text = f"{label} : {_shown(fact)}" if label else _shown(fact)
        draft.line(f"- {text} {draft.fact(sheet, fact)}")


def _is_over(fact: Fact, today: date) -> bool:
    value = fact.value
    last = (value.end or value.start) if isinstance(value, Session) else None
    return last is not None and last < today


def _session_value(fact: Fact, draft: Draft) -> str:
    """The dates in words; two days that the document joins by "et" stay two days."""
    assert isinstance(fact.value, Session)
    words = session_words(fact.value, draft.language, bool(_MONTH.search(fold(fact.text))))  # a date in figures is spelt out in full
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
