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
from assistant.prompts import say
from assistant.selection import WORDS, Wanted, section_lines
from corpus.french import fold, stems, tokens
from corpus.records import Capacity, Contact, Duration, Fact, Price, Session, Text

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
        chosen = sorted(chosen, key=lambda f: bool(_PART.match(fold(getattr(f.value, "label", None) or ""))))
    if len(chosen) == 1:
        value = chosen[0].value
        label = _label(value.label) if isinstance(value, Duration) else None
        key = "duration_labelled" if label else "duration_one"
        draft.add(say(key, draft.language, value=_shown(chosen[0]), label=label, m=draft.fact(sheet, chosen[0])))
        return True
    draft.line(say("duration_many", draft.language))
    _value_lines(sheet, chosen, draft)
    return True


def sessions(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft, today: date) -> bool:
    """The sessions, marked when they are over on the day of the question."""
    facts = _ordered(sheet, sheet.facts("sessions"), wanted, question)
    if not facts:
        return False
    chosen = [f for f in facts[0] if isinstance(f.value, Session)]
    dated = [f for f in chosen if isinstance(f.value, Session) and (f.value.start or f.value.end)]
    if not dated:
        return False
    over = [_is_over(f, today) for f in dated]
    if len(dated) == 1:
        key = "session_past" if over[0] else "session_one"
        draft.add(say(key, draft.language, value=_session_value(dated[0], draft), m=draft.fact(sheet, dated[0])))
        return True
    draft.line(say("session_many", draft.language))
    seen: set[str] = set()
    for fact, past in zip(dated[:_MOST], over, strict=False):
        words = _session_value(fact, draft)
        if words in seen:
            continue
        seen.add(words)
        label = _label(fact.value.label) if isinstance(fact.value, Session) else None
        text = f"- {f'{clean(label)} : ' if label else ''}{words}{say('past', draft.language) if past and not all(over) else ''} {draft.fact(sheet, fact)}"
        draft.line(text)
    if all(over):
        draft.line(say("all_past", draft.language))
    return True


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


def contact(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft) -> bool:
    """Whom to ask, in clear: name, telephone, e-mail, address of the page; grouped by what each is for."""
    groups = _contact_groups(sheet)
    if not groups:
        return False
    purposes = [t for t in _PURPOSES if t in tokens(question.folded)]
    meant = Wanted(sheet, purposes)
    fitting = [g for g in groups if purposes and meant.together([*g[0], *_lines_of(sheet, g[1])]) > 0.5]
    if fitting:  # whom one asks for counts before where
        groups = fitting
    elif wanted:
        scored = [(wanted.together([*above, *_lines_of(sheet, facts)]), n) for n, (above, facts) in enumerate(groups)]
        best = max(s for s, _ in scored)
        if best > 0.3:
            groups = [groups[n] for s, n in scored if s >= best - 0.01]
    kind = _contact_kind(question.folded)
    if kind:
        with_kind = [(above, facts) for above, facts in groups if any(getattr(f.value, kind, None) for f in facts)]
        if not with_kind:
            return False
        groups = with_kind or groups
    groups = groups[:5]
    rendered = []
    for above, facts in groups:
        value = _contact_words(facts, above)
        label = next((clean(x.plain).rstrip(" :") for x in reversed(above) if _CONTACT_LABEL.match(fold(x.plain)) and len(x.plain) <= 90), "")
        if label and (fold(label) in fold(value) or re.search(r"@|\d{2} \d{2}", label)):
            label = ""
        if label and fold(label) in ("contact", "contacts"):
            label = ""
        proof = _contact_proof(sheet, facts, draft)
        rendered.append(f"{label} : {value} {proof}" if label else f"{value} {proof}")
    if len(rendered) == 1:
        draft.add(say("contact", draft.language, value=rendered[0], m="").replace(" .", "."))
        return True
    draft.line(say("contact_many", draft.language))
    for number, text in enumerate(rendered):
        if number and len(text) > draft.left:
            break
        draft.line(f"- {text}")
    return True


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


def _ordered(sheet: Sheet, facts: tuple[Fact, ...], wanted: Wanted, question: Question) -> tuple[list[Fact], bool | None] | None:
    """The facts to show, and whether the question's words narrowed them down; None where there are none."""
    unique: list[Fact] = []
    seen: set[tuple[str, str]] = set()
    for fact in facts:
        key = (str(_bare_value(fact)), fold(getattr(fact.value, "label", None) or ""))
        if key not in seen:
            seen.add(key)
            unique.append(fact)
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
    assert isinstance(fact.value, Session)
    return session_words(fact.value, draft.language)


_PURPOSES = ("inscription", "alternance", "apprentissage", "handicap", "scolarite", "candidature", "reprise", "secretariat")
"""What a contact may be for; words of other aspects, so no topic elsewhere."""

_CONTACT_KINDS = (
    ("email", re.compile(r"\b(?:mails?|e-?mails?|courriels?|adresses? (?:mail|e-?mail|electronique)|ecrire)\b")),
    ("phone", re.compile(r"\b(?:telephon\w*|tel|phone|appeler|numeros?(?: de)?(?: telephone)?)\b")),
)


_CONTACT_LABEL = re.compile(
    r"(?:pour|service|bureau|secretariat|contacts?|responsables?|renseignements?|inscriptions?|formation|accueil|cfa|pole|departement|direction|referente?s?|"
    r"coordinat\w+|gestion\w*|administra\w+|candidatures?|modalites|scolarite|conseill\w+|assistante?s?|correspondant\w*|mission|cellule|standard)\b"
)


def _contact_kind(folded: str) -> str | None:
    kinds = [name for name, pattern in _CONTACT_KINDS if pattern.search(folded)]
    return kinds[0] if len(kinds) == 1 else None


def _contact_groups(sheet: Sheet) -> list[tuple[list[Line], list[Fact]]]:
    """Contacts that stand together, with the lines just above that say what they are for."""
    body = [line for line in sheet.lines if line.text.strip()]
    groups: list[tuple[list[Line], list[Fact]]] = []
    last = -1
    for fact in sorted(sheet.facts("contact"), key=lambda f: f.start):
        if not isinstance(fact.value, Contact) or not any((fact.value.name, fact.value.email, fact.value.phone, fact.value.url)):
            continue
        at = next((n for n, line in enumerate(body) if line.start <= fact.start <= line.end), -1)
        if groups and at >= 0 and last >= 0 and at - last <= 1:
            groups[-1][1].append(fact)
        else:
            above = [body[n] for n in range(max(0, at - 2), at) if not WORDS["contact"].search(fold(body[n].text))] if at > 0 else []
            groups.append((above, [fact]))
        last = at
    unique: dict[str, tuple[list[Line], list[Fact]]] = {}
    for above, facts in groups:
        unique.setdefault(_contact_words(facts), (above, facts))
    return list(unique.values())


def _contact_words(facts: Sequence[Fact], above: Sequence[Line] = ()) -> str:
    """Name, telephone, e-mail and page; a name that the line above already says is not said twice."""
    said = fold(" ".join(line.plain for line in above))
    words: list[str] = []
    for fact in facts:
        value = fact.value
        assert isinstance(value, Contact)
        name = value.name if value.name and fold(value.name) not in said and not re.search(r"\d{2}", value.name) else None
        words.extend(w for w in (name, value.phone, value.email, value.url) if w and w not in words)
    return ", ".join(clean(w) for w in words)


def _contact_proof(sheet: Sheet, facts: Sequence[Fact], draft: Draft) -> str:
    return "".join(dict.fromkeys(draft.fact(sheet, f) for f in facts))


def _lines_of(sheet: Sheet, facts: Sequence[Fact]) -> list[Line]:
    return [line for f in facts if (line := sheet.line_at(f.start, f.end)) is not None]


def contact_line(sheet: Sheet, terms: Sequence[str]) -> tuple[str, list[Fact]] | None:
    """The one contact that fits the words best, in words, with its facts."""
    groups = _contact_groups(sheet)
    if not groups:
        return None
    wanted = Wanted(sheet, terms)
    best = max(range(len(groups)), key=lambda n: (wanted.together([*groups[n][0], *_lines_of(sheet, groups[n][1])]) if wanted else 0.0, -n))
    return _contact_words(groups[best][1]), groups[best][1]


def said_about(sheet: Sheet, terms: Sequence[str]) -> Line | None:
    """What the section of prices says where it states no amount: "contactez le service formation"."""
    lines = [
        line for line in section_lines(sheet, ("price",)) if len(line.plain) > 12 and not WORDS["price"].search(fold(line.text).replace("tarif", ""))
    ]
    ranked = Wanted(sheet, terms).rank(lines) if terms else []
    return ranked[0].line if ranked else (lines[0] if lines else None)
