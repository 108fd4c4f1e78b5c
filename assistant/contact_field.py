"""Whom to ask: the contacts of a sheet, by purpose and kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asked import places_asked
from assistant.compose import Draft, clean
from assistant.evidence import Line, Sheet
from assistant.intent import Question
from assistant.prompts import say
from assistant.selection import WORDS, Wanted, section_lines
from corpus.french import fold, is_stop_word, tokens
from corpus.records import Contact, Fact


def contact(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft) -> bool:
    """Whom to ask, in clear: name, telephone, e-mail, address of the page; grouped by what each is for."""
    groups = _contact_groups(sheet)
    if not groups:
        return False
    here = _at_place(sheet, groups, question)
    if here:  # "à Reims": the telephone of another town is no answer
        groups = here
    purposes = [t for t in _PURPOSES if t in tokens(question.folded)]
    meant = Wanted(sheet, purposes)
    fitting = [g for g in groups if purposes and meant.together([*g[0], *_lines_of(sheet, g[1])]) > 0.5]
    if here:
        pass
    elif fitting:  # whom one asks for counts before where
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
        label = label or _named_before(sheet, facts[0], value)
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


def _at_place(sheet: Sheet, groups: Sequence[tuple[list[Line], list[Fact]]], question: Question) -> list[tuple[list[Line], list[Fact]]]:
    """The contacts whose own line names the town that is asked for, where others stand on lines that name it not."""
    every = [f for _, facts in groups for f in facts]
    for place in places_asked(question.text):
        words = [t for t in tokens(place.split(" du ")[0]) if not is_stop_word(t)]  # "à Albi du DIU ..."
        own = [f for f in every if words and (line := sheet.line_at(f.start, f.end)) and set(words) <= set(tokens(line.text))]
        if own and len(own) < len(every):
            return [([], own)]
    return []


def _named_before(sheet: Sheet, fact: Fact, value: str) -> str:
    """Who or what a line names just before its first telephone or address: "Anne Roy, conseillère : 01 ..."; empty for a sentence."""
    line = sheet.line_at(fact.start, fact.end)
    before = sheet.document.text[line.start : fact.start] if line and fact.start > line.start else ""
    words = re.split(r"[.;|!?]\s|[–—]\s|\n", before)[-1].strip(" :,–—-()\t")
    if not 4 <= len(words) <= 60 or not words[0].isupper() or re.search(r"\d{3}|@", words) or fold(words) in fold(value):
        return ""
    return "" if re.fullmatch(r"(?:contacts?|tel\w*|courriel|e-?mail|mail|mel|telephone)", fold(words).strip(" .")) else clean(words)


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
