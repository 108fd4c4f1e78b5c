# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""Content questions: the sentences that answer, from where they stand, never a whole passage.

An aspect ("débouchés", "évaluation") is answered from its facts, else its section, else sentences whose wording says it;
a free topic from the lines that say the question's own words. What no line says is not answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.compose import Draft
from assistant.evidence import Line, Sheet
from assistant.intent import Question
from assistant.library import Library
from assistant.lines import repeats_title
from assistant.matters import MATTERS, Matter
from assistant.prompts import say
from assistant.selection import TOPICS, WORDS, Scored, Wanted, line_topic, section_lines, speaking
from assistant.themes import bare
from assistant.wording import CUES, GENERIC, Aspect
from corpus.french import fold, is_stop_word, stem, stems, tokens
from corpus.records import FIELDS, FieldName

ENOUGH = 0.5
"""Share of the weight of the question's words that the best lines must say together; below, the document is silent."""
ENOUGH_ALONE = 0.34
"""Share that the best single line must say."""
_WHOLE = 0.5
"""Share that one line must say of what a yes-or-no question is about: "intelligence collective" is no artificial one."""
SURE = 0.75
"""Calibrated score of a passage at which its meaning alone is proof enough, whatever its words."""
_MOST = 7
_NOUN_FIRST = re.compile(r"\b(?:quel(?:le)?s?|y a-t-il|existe-t-il|qui (?:est|sont)|what|which|is there|are there)\b")
"""Questions whose first telling word is the thing that is asked: where the document never says it, it does not answer."""
_AMOUNT_WORDS = re.compile(r"\b(?:combien|nombre|how many|how much)\b")
_NUMBER = re.compile(r"\d|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|cent)\b")


def own_lines(sheet: Sheet, aspect: Aspect) -> list[Line]:
    """The lines of an aspect by its facts or its section, in the order of the document."""
    lines: dict[tuple[int, int], Line] = {}
    said: set[str] = set()
    names = [t for t in TOPICS[aspect] if t in FIELDS]
    for name in names:
        for fact in sheet.facts(_field(name)):
            for line in sheet.lines:
                if line.kind == "heading" or (line.start, line.end) in sheet.column_names:
                    continue
                if line.start < fact.end and fact.start < line.end and fold(line.plain) not in said:
                    said.add(fold(line.plain))
                    lines[line.start, line.end] = line
        if lines:
            break
    if aspect in ("price", "audience", "prerequisites", "registration", "objectives", "content", "certification") or not lines:
        for line in section_lines(sheet, TOPICS[aspect]):
            if fold(line.plain) not in said:
                lines.setdefault((line.start, line.end), line)
    if (
        not lines
        and aspect in WORDS
        and aspect not in ("price", "duration", "sessions", "location", "capacity", "contact", "internship", "speakers", "funding")
    ):
        for line in sheet.under(WORDS[aspect]):
            if fold(line.path[-1]) != fold(sheet.title) and line_topic(line.text, line.path[-1])[1] not in ("price", "results", "funding", "contact"):
                lines.setdefault((line.start, line.end), line)
    if aspect in _ANNOUNCED:
        for line in sheet.body:
            if line.text.rstrip().endswith(":") and _ANNOUNCED[aspect].search(fold(line.text)):
                run = with_following(sheet, [line])
                if len(run) > 1 and any((x.start, x.end) in lines for x in run):
                    lines.update({(x.start, x.end): x for x in run})
    return sorted(lines.values(), key=lambda line: line.start)


_ANNOUNCED: dict[Aspect, re.Pattern[str]] = {
    "objectives": re.compile(r"\bobjectifs?\b|\bvise a\b|\bserez capables?\b|\bsaurez\b"),
    "audience": re.compile(r"\bs'adresse\b|\bdestine\w*|\bpublics?\b|\bouverte?s? a\b|\bpeuvent\b"),
    "prerequisites": re.compile(r"\bpre-?requis\b|\bconditions?\b|\btitulaires?\b"),
}
"""A sentence that announces the list of which one line is known: the whole list answers."""


def _field(name: str) -> FieldName:
    return next(f for f in FIELDS if f == name)


def aspect(name: Aspect, sheet: Sheet, question: Question, wanted: Wanted, draft: Draft) -> bool:
    """Answers an aspect that has a section of its own. False where the document is silent on it."""
    lines = own_lines(sheet, name)
    if name == "outcomes":  # "Après la formation" may head what the trainer offers later, no career
        lines = [x for x in lines if not (x.path and fold(x.path[-1]).startswith("apres la ")) or WORDS["outcomes"].search(fold(x.text))]
    said = lines or speaking(sheet, name)
    if name == "outcomes" and not lines:  # "trois ans dans un emploi de direction" is asked of who enters, it promises no post
        said = [x for x in said if not {"prerequisites", "audience", "registration"} & set(line_topic(x.text, x.path[-1] if x.path else ""))]
    if name in ("audience", "eligibility") and not said:
        said = _below_name(sheet)
    if name in ("internship", "speakers") and lines:
        said = [*lines, *(line for line in speaking(sheet, name) if line not in lines)]
    if not said:
        return False
    if name == "internship":
        groups = [g for g in _PLACEMENTS if g.search(question.folded)]
        said = [line for line in said if not groups or any(g.search(fold(f"{line.path[-1] if line.path else ''} {line.text}")) for g in groups)]
        if not said:
            return False
    about = _IN_TERMS_OF.search(question.folded)
    if about and not Wanted(sheet, [about.group(1)]).rank(said):
        return False  # "les prérequis en matière de diplôme": prerequisites that name no diploma do not answer
    soft = Wanted(sheet, cue_words(question, name))
    if soft:  # "poursuivre ses études" under "Débouchés": the lines that say so first; "stage" is not "alternance"
        first = [s.line for s in soft.rank(said) if s.coverage > 0.5]
        said = first if first and name == "internship" else [*first, *(line for line in said if line not in first)]
    if wanted:
        ranked = wanted.rank(said)
        whole = [
            s
            for s in wanted.rank(sheet.body)[:4]
            if s.coverage >= 0.75 and not _only_contact(s.line) and not sheet.names_course(s.line) and not _of_another(s.line, name)
        ]
        if whole and len(wanted.terms) > 1 and (not ranked or ranked[0].coverage < ENOUGH):
            said = _best(whole, wanted)  # another section says just what was asked
        elif ranked and ranked[0].coverage >= ENOUGH:
            said = _best(ranked, wanted)
        elif not lines:
            elsewhere = [s.line for s in ranked] or said
            said = elsewhere[:3]
    if not lines:
        said = said[:4]
    return draft.lines(say(f"lead_{name}", draft.language), sheet, with_following(sheet, said)[:_MOST]) > 0


_PEOPLE = re.compile(
    r"\b(?:agente?s?|personnels?|cadres?|elue?s?|\w{3,}(?:eurs?|euses?|rices?|iens?|iennes?|iers?|ieres?|istes?|ants?|aires?)|charge\w* d|responsables?|secretaires?|tout public|toute? (?:personne|agent))\b"
)


def _below_name(sheet: Sheet) -> list[Line]:
    """In a catalogue, the people named on the line below a course's name: no key says for whom it is."""
    named = [n for n, line in enumerate(sheet.lines) if repeats_title(line.plain, sheet.title) or sheet.names_course(line)]
    below = sheet.lines[named[-1] + 1 : named[-1] + 2] if named else ()
    return [
        x
        for x in below
        if (len(x.plain) <= 130 and not re.search(r"\d|€|:|@|[.!?]$", x.plain) and _PEOPLE.match(fold(x.plain).split(" ")[0]))
        or (_PEOPLE.search(fold(x.plain)) and len(x.plain) <= 60 and not re.search(r"\d|€|:|@|[.!?]$", x.plain))
    ]


def _of_another(line: Line, name: Aspect) -> bool:
    """Whether a line stands under the key or heading of another field: "Niveau de sortie : diplôme" sets no condition."""
    topics = {t for t in line_topic(line.text, line.path[-1] if line.path else "") if t}
    return bool(topics & _ANSWER_FOR_THEMSELVES) and not topics & set(TOPICS[name])


_ANSWER_FOR_THEMSELVES = frozenset(("price", "certification", "sessions", "location", "contact", "code", "provider", "capacity", "mode"))


_PLACEMENTS = (
    re.compile(r"\bstages?\b|\binternships?\b|\bterrain\b|\bimmersion\b|\bperiodes? en entreprise\b"),
    re.compile(r"\balternan\w+|\bapprenti\w*|\bcontrats? (?:de professionnalisation|pro|d'apprentissage)\b|\bapprenticeship\b"),
    re.compile(r"\betranger\w*|\binternational\w*|\berasmus\b|\bmobilite\b|\babroad\b"),
)
"""A work placement, an apprenticeship, a stay abroad: none of them answers for another."""
_IN_TERMS_OF = re.compile(r"\b(?:en (?:matiere|termes?) d[e'] ?|au niveau d(?:e|u) |cote )(?:l'|la |les )?([a-z]{4,})\b")


_OF_ALL_COURSES = frozenset(("refund", "payment", "instalments", "waiting", "tailored", "equipment", "expenses", "tax", "deposit"))
"""Matters that an institution settles once for all its courses."""


def matter(name: Matter, sheet: Sheet, terms: Sequence[str], draft: Draft) -> bool:
    """The lines that speak of a matter of practice; False where no line does, whatever else shares the question's words."""
    about = MATTERS[name]
    titled = frozenset(stems(sheet.title))
    said = []
    for line in sheet.body:
        if about.heading and any(about.heading.fullmatch(bare(h)) for h in line.path[1:]):
            said.append(line)
            continue
        words = [w for m in about.line.finditer(fold(line.text)) for w in tokens(m.group())]
        if words and not all(stem(w) in titled for w in words):  # "Restauration collective" as a title says nothing of meals
            said.append(line)
    if not said:  # the terms of sale may stand at the foot, beside what the page says of other courses
        foot = [x for x in sheet.lines if x not in sheet.body and x.kind == "paragraph" and len(x.plain) > 60 and x.plain.endswith(".")]
        said = [x for x in foot if about.line.search(fold(x.text))] if name in _OF_ALL_COURSES else []
    if not said:
        return False
    wanted = Wanted(sheet, terms)
    best = [s.line for s in wanted.rank(said) if s.coverage >= ENOUGH] if wanted else []
    chosen = with_following(sheet, best or said)[:4]
    return draft.lines("" if len(chosen) == 1 else say("lead_topic", draft.language), sheet, chosen) > 0


def cue_words(question: Question, name: Aspect) -> tuple[str, ...]:
    """The telling words with which the question asks for the aspect itself."""
    found = [t for cue in CUES if cue.aspect == name for m in cue.pattern.finditer(question.folded) for t in tokens(m.group())]
    return tuple(dict.fromkeys(t for t in found if not is_stop_word(t) and (t not in GENERIC or t in ("stage", "stages"))))


def courses(sheet: Sheet, draft: Draft) -> bool:
    """The courses of a page, by name; False where it holds none."""
    shown = []
    for course in sheet.programme.courses:
        at = sheet.document.text.find(course.name.split("\n")[0][:60], course.start, course.end)
        line = sheet.line_at(at, at + 1) if at >= 0 else None
        if line:
            shown.append(f"- {draft.quote(sheet, line)}")
    if len(shown) < 2:
        return False
    draft.line(say("lead_content", draft.language))
    for text in shown[:12]:
        draft.line(text)
    return True


def overview(sheet: Sheet, draft: Draft) -> bool:
    """What the programme is about: its objectives, or the first sentences of the document; of a page, its courses."""
    if courses(sheet, draft):
        return True
    for name in ("objectives", "overview", "content"):
        lines = own_lines(sheet, name)
        if lines:
            return draft.lines(say("lead_objectives" if name == "objectives" else "lead_overview", draft.language), sheet, lines[:4]) > 0
    lines = [line for line in sheet.body if len(line.plain) > 40]
    if sheet.programme.kind == "contribution":  # what surrounds an opinion on its page is no summary of it
        about = Wanted(sheet, (t for t in tokens(sheet.title) if not is_stop_word(t)))
        lines = [s.line for s in about.rank(lines)] or lines
    lines = lines[:3]
    return draft.lines(say("lead_overview", draft.language), sheet, lines) > 0


def topic(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft, library: Library, sure: bool = True) -> bool:
    """Answers about anything that the document's lines say in the question's words, or a passage says in its own."""
    chosen = find(sheet, question, wanted, library, sure)
    if chosen and _ASKS_NAME.search(question.folded):
        chosen = [line for line in chosen if _PERSON_NAME.search(line.text)]
    if not chosen:
        return False
    chosen = with_following(sheet, chosen)[:_MOST]
    if len(chosen[0].plain) <= 40 and chosen[0].kind == "paragraph" and not re.search(r"[.!?:]$", chosen[0].plain):
        at = sheet.body.index(chosen[0]) if chosen[0] in sheet.body else len(sheet.body)
        chosen = list(dict.fromkeys([chosen[0], *sheet.body[at + 1 : at + 4], *chosen[1:]]))[:_MOST]  # a name, then what that person says
    if len(chosen) == 1:
        draft.add(draft.quote(sheet, chosen[0]))
        return True
    if not chosen[0].text.rstrip().endswith(":"):
        for line in chosen:
            if draft.pieces and len(line.plain) > draft.left:
                break
            draft.line(f"- {draft.quote(sheet, line)}" if len(chosen) > 1 else draft.quote(sheet, line))
        return True
    draft.line(draft.quote(sheet, chosen[0]))
    for line in chosen[1:]:
        if len(line.plain) > draft.left:
            break
        draft.line(f"- {draft.quote(sheet, line)}")
    return True


_ASKS_NAME = re.compile(
    r"\b(?:le |les |quels? (?:est|sont) (?:le|les) )?noms? d(?:e la |e l'|es |u |e )|^qui (?:est|sont) (?:le|la|les|l')\b|\bqui dirige\b|\bwho is the\b"
)
_PERSON_NAME = re.compile(
    r"\b(?:M\.|Mme|Mlle|Monsieur|Madame|Dr|Pr|Professeure?)\s|\b[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?\s(?:(?:de|du|d['’]|le|la|van|von)\s?)?[A-ZÀ-Ý][A-ZÀ-Ýa-zà-ÿ'’-]+"
)


_A_QUESTION = re.compile(r"\?\s*[»”\"]?\s*$")


def answered_already(sheet: Sheet, wanted: Wanted) -> list[Line]:
    """A question that the document itself asks in most of the same words, with its answer: "« Peut-on redoubler ? » Une fois"."""
    asked = [line for line in sheet.body if _A_QUESTION.search(line.plain) and len(line.plain) > 14]
    best = next(iter(wanted.rank(asked)), None)
    if best is None or best.coverage < 0.6 or (len(wanted.covered(best.line)[0]) < 2 and not (len(wanted.terms) == 1 and len(best.line.stems) <= 4)):
        return []
    run = _with_answer(sheet, best.line)
    return run if len(run) > 1 else []


def _with_answer(sheet: Sheet, line: Line) -> list[Line]:
    """A question of the document with the lines that answer it: those up to the next question, at most three."""
    at = sheet.body.index(line)
    run = [line]
    for follower in sheet.body[at + 1 : at + 4]:
        if _A_QUESTION.search(follower.plain) or follower.path != line.path:
            break
        run.append(follower)
    return run


def find(sheet: Sheet, question: Question, wanted: Wanted, library: Library, sure: bool = True) -> list[Line]:
    """The lines that answer a free topic, best first; none where the document is silent."""
    if not wanted:
        return []
    ranked = wanted.rank(line for line in sheet.body if not _only_contact(line) and not sheet.names_course(line))
    if _AMOUNT_WORDS.search(question.folded):
        numbered = [s for s in ranked if _NUMBER.search(fold(s.line.text))]
        ranked = numbered or ranked
    if ranked:
        best = _best(ranked, wanted)
        missing = set(wanted.missing)
        alone = ranked[0].coverage
        if (
            question.yes_no
            and len(wanted.terms) > 1
            and max(alone, wanted.together([ranked[0].line])) < _WHOLE
            and not _AMOUNT_WORDS.search(question.folded)
        ):
            return _by_meaning(sheet, question, wanted, library)
        key = wanted.terms[0]
        if key in missing and (question.yes_no or _NOUN_FIRST.search(question.folded)):
            return _by_meaning(sheet, question, wanted, library)
        if key not in missing and 0 in wanted.covered(best[0])[0] and _NOUN_FIRST.search(question.folded) and sure and alone >= 0.3:
            return best
        if (
            wanted.together(best) >= ENOUGH
            and alone >= (0.59 if len(wanted.terms) == 1 or not sure else ENOUGH_ALONE)
            and len(missing) <= len(wanted.terms) / 2
        ):
            return best
    return _by_meaning(sheet, question, wanted, library)


_NEAR = 0.45
"""Cosine of the question's telling words and a line at which the line speaks of the same thing; unrelated ones stay below 0.3."""


def _nearest(sheet: Sheet, wanted: Wanted, library: Library) -> list[Line]:
    """The line that is nearest in meaning to the words, where it says at least one of them and is near enough."""
    lines = [x for x in sheet.body if len(x.plain) > 12 and wanted.covered(x)[1] > 0]
    if len(wanted.terms) < 2 or not lines:
        return []
    cosines = library.nearness(" ".join(wanted.terms), [x.plain for x in lines])
    best = max(range(len(lines)), key=lambda n: cosines[n])
    return [lines[best]] if cosines[best] >= _NEAR else []


def _by_meaning(sheet: Sheet, question: Question, wanted: Wanted, library: Library) -> list[Line]:
    if near := _nearest(sheet, wanted, library):
        return near
    hits = library.hits(question.text, 2, sheet.id)
    if not hits or hits[0].score < SURE or (len(wanted.terms) > 0 and len(wanted.missing) == len(wanted.terms)):
        return []
    passage = hits[0].passage
    inside = [line for line in sheet.body if passage.start <= line.start and line.end <= passage.end]
    ranked = wanted.rank(inside)
    return [ranked[0].line] if ranked else []


def _only_contact(line: Line) -> bool:
    """Whether a line only says whom to call: no answer to what a course is about."""
    return len(line.plain) <= 120 and bool(WORDS["contact"].search(fold(line.text)))


def _best(ranked: list[Scored], wanted: Wanted) -> list[Line]:
    """The best line, and others that are about as good or say words that it does not; at most four."""
    chosen = [ranked[0].line]
    said = set(wanted.covered(chosen[0])[0])
    for scored in ranked[1:12]:
        words = wanted.covered(scored.line)[0]
        if len(chosen) < 4 and (scored.coverage >= 0.9 * ranked[0].coverage or not words <= said):
            chosen.append(scored.line)
            said |= words
    return chosen


_DATED_ITEM = re.compile(r"\W*(?:(?:du|le|les|de|en)\b )?(?:\w+ )?\d{1,2}\b.{0,50}$")
"""One of the dates that a line announces: "Trois semaines à Papeete :", then one line for each."""


def with_following(sheet: Sheet, lines: list[Line]) -> list[Line]:
    """Lines that announce ("... :") with the items they announce; every line once, the order kept."""
    body = sheet.body
    places = {(line.start, line.end): n for n, line in enumerate(body)}
    result: list[Line] = []
    for line in lines:
        if line not in result:
            result.append(line)
        if _A_QUESTION.search(line.plain) and line in body:
            result += [x for x in _with_answer(sheet, line)[1:] if x not in result]
        if line.text.rstrip().endswith(":"):
            at = places.get((line.start, line.end), len(body))
            for follower in body[at + 1 : at + 8]:
                if follower.path != line.path or (follower.kind == "paragraph" and line.kind != "paragraph"):
                    break
                if follower not in result:
                    result.append(follower)
                if follower.kind == "paragraph" and not _DATED_ITEM.match(fold(follower.plain)):
                    break
    return result
