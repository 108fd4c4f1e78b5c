# ruff: noqa: E501, SIM905 -- a pattern broken over lines hides its alternatives
"""One question on one programme: facts first, sentences second, else an abstention that names what is missing.

``on_sheet`` writes into a draft and returns whether the document answered; nothing is said without a citation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant import aspects, contact_field, content, enrolment, fields, venue
from assistant.asked import places_asked
from assistant.compose import Draft, clean, short_title
from assistant.evidence import Sheet
from assistant.intent import Question
from assistant.learner.words import self_scopes
from assistant.library import Library
from assistant.numbered import numbered_part, part_asked
from assistant.payers import fitting, payer_of
from assistant.prompts import SUGGESTIONS, of_matter, say, suggestion, what
from assistant.records import Language
from assistant.selection import Wanted
from assistant.themes import asked_themes, lines_of, unanswered
from assistant.wording import ASKING, ASPECT_WORDS, CUES, GENERIC, HEADS, SUBJECTS, THINGS, Aspect, is_matter
from corpus.french import fold, is_stop_word, stem, tokens
from corpus.records import Session


@dataclass(frozen=True, slots=True)
class Asked:
    """One aspect of one question, with the words that are neither the programme's name nor the aspect's own."""

    question: Question
    aspect: Aspect
    terms: tuple[str, ...]
    sure: bool = True
    """Whether the programme was named or is spoken of; found by meaning only, its lines must say more of the words."""
    versant: str | None = None
    """That of the person who asks, where they have told it."""


def topic_terms(question: Question, aspect: Aspect, named: frozenset[str]) -> tuple[str, ...]:
    """The words of the question that say what exactly is asked."""
    spans = [m.span() for cue in CUES if cue.aspect == aspect for m in cue.pattern.finditer(question.folded)]
    covered = {t for start, end in spans for t in tokens(question.folded[start:end])}
    covered |= _of_the_name(question, aspect)
    numbers = re.findall(r"\bmodules? (?:n[o°] ?)?(\d)\b", question.folded) if aspect != "modules" else []
    kept = [
        t
        for t in question.terms
        if t not in ASKING and t not in _FILLING and t not in named and t not in covered and t not in ASPECT_WORDS and not re.fullmatch(HEADS, t)
    ]
    titled = set(re.findall(r"\d+", fold(" ".join(named))))
    kept = [t for t in kept if not (t.isdigit() and (len(t) > 2 or t in titled))] if aspect in ("modules", "content", "topic") else kept
    if numbers:
        kept = [t for t in kept if t not in numbers] + ["module", *numbers]
    return tuple(dict.fromkeys(kept))


_ASKS_PARTS = re.compile(
    r"\bquel(?:le)?s? (?:sont (?:les|ses) )?(?:\w+ )?(?:unites|modules|blocs|parties|seances|sequences|etapes|seminaires|ateliers)(?: \w+)? (?:se |compos|compren|comport|contien|decoup|divis|constitu|forment)"
)
_SUM = re.compile(r"\b(?:combien|somme|tarif|prix|montant|cout\w*|how much)\b")
_FILLING = frozenset(
    "quelqu quelque quelques deja dispose disposent demande demandent demander entrer concretement egalement notamment ensemble facon maniere grace "
    "passent passe "
    "travers afin ainsi consacre consacree consacres consacrees relatif relative concernant propos sujet autour part arriver passer trouver trouve "
    "ailleurs chose choses besoin interesse interessee interesser interesserait precis precise actuellement prochain prochaine prochaines prochains".split()
)
"""Words that fill a question and name nothing."""
_IN_THE_COURSE = re.compile(
    rf"\b(?:dans|pendant|durant|lors d[eu]|au cours d[eu]|au sein d[eu]|during|in)\b ?(?:le |la |les |l'|ce |cet |cette |du |de la |de l'|une? |votre |the |this )?(?:{HEADS}|course|programme)\b[^,;?!.]*"
)
""" "... dans le parcours pour nouveaux chefs ?": what follows says of which course, not what of it."""


def _of_the_name(question: Question, aspect: Aspect) -> frozenset[str]:
    """The words of the phrase that only says in which course; none where nothing else is left to ask for."""
    if aspect not in _OBJECT_OF and aspect not in ("eligibility", "audience"):
        return frozenset()
    inside = {t for m in _IN_THE_COURSE.finditer(question.folded) for t in tokens(m.group())}
    outside = set(tokens(_IN_THE_COURSE.sub(" ", question.folded)))
    left = [t for t in question.terms if t in outside and t not in ASKING and t not in ASPECT_WORDS and t not in _FILLING]
    return frozenset(inside - outside) if left else frozenset()


def on_sheet(sheet: Sheet, asked: Asked, draft: Draft, library: Library, today: date) -> bool:
    """Adds what the document says; False, with nothing added, where it does not say it."""
    question, aspect = asked.question, asked.aspect
    asked = _narrowed(asked, sheet)
    wanted = Wanted(sheet, asked.terms)
    if aspect not in _FIELDS and (faq := content.answered_already(sheet, wanted)):
        return draft.lines(say("lead_topic", draft.language), sheet, faq) > 0
    if aspect == "funding" and (funded := _funding(sheet, asked, draft)) is not None:
        return funded
    draft.focus = _focus(question)
    if aspect in ("price", "duration", "sessions", "capacity", "contact", "code", "provider", "location", "mode"):
        return aspects.field(aspect, sheet, question, wanted, draft, today, asked.versant)
    if is_matter(aspect):
        return content.matter(aspect, sheet, asked.terms, draft)
    if aspect == "registration":
        return enrolment.registration(sheet, question, wanted, draft)
    part = part_asked(question.folded)
    if (
        part
        and part.said not in fold(sheet.title)
        and aspect in ("objectives", "content", "topic", "overview", "modules", "methods")
        and numbered_part(sheet, part, draft)
    ):
        return True
    if (
        aspect in ("topic", "content", "certification", "overview")
        and _ASKS_PARTS.search(question.folded)
        and enrolment.modules(sheet, question, Wanted(sheet, ()), draft, library)
    ):
        return True
    if aspect in ("topic", "content"):
        if wanted and content.topic(sheet, question, wanted, draft, library, asked.sure):
            return True
        if wanted and not _loosely(wanted):
            return False
        if aspect == "content" and not wanted and content.courses(sheet, draft):
            return True
        return (
            content.aspect("content", sheet, question, Wanted(sheet, ()), draft) or content.overview(sheet, draft) if aspect == "content" else False
        )
    if aspect == "overview":
        return _overview(sheet, question, wanted, draft, library)
    if aspect == "modules":
        return enrolment.modules(sheet, question, wanted, draft, library)
    if aspect in ("eligibility", "audience") and (aspect == "eligibility" or question.yes_no):
        if wanted and not wanted.missing and content.topic(sheet, question, wanted, draft, library, False):
            return True
        return content.aspect("audience", sheet, question, wanted, draft) or content.aspect("prerequisites", sheet, question, wanted, draft)
    if content.aspect(aspect, sheet, question, wanted, draft):
        return True
    if (
        aspect in ("prerequisites", "certification", "objectives", "methods")
        and wanted
        and not wanted.missing
        and content.topic(sheet, question, wanted, draft, library)
    ):
        return True
    # "faut-il être fonctionnaire ?": who it is for answers where nothing else is required
    return aspect == "prerequisites" and bool(_BEING.search(question.folded)) and content.aspect("audience", sheet, question, wanted, draft)


def _focus(question: Question) -> frozenset[str]:
    return frozenset(stem(t) for t in tokens(question.folded) if not is_stop_word(t))


def _narrowed(asked: Asked, sheet: Sheet) -> Asked:
    """The question without the words that only say where or by whom the course is: they narrow none of its lists."""
    question, aspect = asked.question, asked.aspect
    if aspect not in _ANYWHERE and aspect not in ("price", "duration", "capacity", "code", "contact", "registration"):
        return asked
    here = {t for place in places_asked(question.text) for t in tokens(place) if t in sheet.words}
    here = here if aspect in _ANYWHERE else set()
    here |= {t for f in sheet.facts("provider") for t in tokens(f.text)} | {t for line in sheet.head for t in tokens(line.text)}
    titled = set(tokens(sheet.title))
    here |= {t for t in asked.terms if t in SUBJECTS and {w for w in tokens(SUBJECTS[t]) if not is_stop_word(w)} <= titled}
    return replace(asked, terms=tuple(t for t in asked.terms if t not in here or (t in tokens(sheet.title) and aspect == "topic")))


def _funding(sheet: Sheet, asked: Asked, draft: Draft) -> bool | None:
    """What a payer is asked, or what the sheet says of a scheme; None where neither is asked."""
    folded = asked.question.folded
    if _SUM.search(folded) and (payer := payer_of(folded, sheet, asked.versant)) and (meant := fitting(payer, sheet)) and meant[0]:
        return fields.tariffs(sheet, *meant, draft)
    scheme = _SCHEME.findall(folded)
    if not scheme:
        return None
    draft.focus = _focus(asked.question)
    lines = [line for line in sheet.body if any(s.rstrip("s") in fold(line.text) for s in scheme)]
    return draft.lines(say("lead_funding", draft.language), sheet, lines[:3]) > 0


_SCHEME = re.compile(r"\b(?:cpf|opco|bourses?|france travail|pole emploi)\b")


def _overview(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft, library: Library) -> bool:
    """The course in a few lines, unless the question names something inside it."""
    inside = wanted or Wanted(sheet, [t for t in question.terms if t not in tokens(sheet.title) and len(t) > 2])
    best = next(iter(inside.rank(sheet.body)), None)
    if not wanted and len(inside.terms) > 1 and not inside.missing and best and best.coverage >= 0.75:
        return content.topic(sheet, question, inside, draft, library)  # something that the text names, and no course
    if wanted and len(wanted.missing) < len(wanted.terms) and content.topic(sheet, question, wanted, draft, library):
        return True
    return content.overview(sheet, draft) if not wanted or not wanted.missing else False


_ANYWHERE: frozenset[Aspect] = frozenset(
    ("objectives", "content", "topic", "modules", "audience", "prerequisites", "methods", "certification", "evaluation", "outcomes")
)
_BEING = re.compile(r"\b(?:faut-il|doit-on|dois-je|obligatoire d')\s?(?:deja )?(?:etre|travailler|exercer)\b")


def _loosely(wanted: Wanted) -> bool:
    """Whether the words left over are too weak to be a topic of their own ("quel est le programme complet ?")."""
    return all(t in _WEAK for t in wanted.terms)


_WEAK = frozenset(
    "accepte acceptes acceptee acceptees autorise autorises permis complet complete detail detaille detaillee general generale principal principaux principales grandes lignes global gros resume haute entier nouveau".split()
)


_OBJECT_OF: frozenset[Aspect] = frozenset(
    (
        "topic",
        "content",
        "overview",
        "modules",
        "methods",
        "evaluation",
        "outcomes",
        "certification",
        "prerequisites",
        "speakers",
        "results",
        "objectives",
        "internship",
    )
)
_FIELDS: frozenset[Aspect] = frozenset(("price", "duration", "sessions", "location", "capacity", "contact", "registration", "provider", "code"))
_OPEN = re.compile(r"^(?:et |mais |alors |bonjour |dites )*(?:que|qu'|quoi|quel\w*|quand|comment|combien|qui|pourquoi|a qui|ou|lequel|laquelle)\b")
_ASKS_FOR_ONE = re.compile(r"\b(?:y a-t-il|existe-t-il|avez-vous|est-ce qu'il y a|il y a|is there|are there|aura-t-on|a-t-on|a-t-il|ont-ils)\b")


def unsaid_object(sheet: Sheet, asked: Asked, named: frozenset[str]) -> str | None:
    """The thing that a yes-or-no question is about, where the document never says it: "des cours de chinois" is
    answered by no list of courses. None where the thing is said, meant by a theme, or is the aspect itself."""
    question = asked.question
    rate = _RATE.search(question.folded)
    if rate and not _says_rate(sheet, rate.group(1)):
        return rate.group()
    if asked.aspect in _OBJECT_OF and (silent := unanswered(sheet, question.folded, named)):
        return silent.name
    level = _LEVEL_IN.search(question.folded)
    if level and level.group(1) in Wanted(sheet, [level.group(1)]).missing:
        return level.group(1)
    if not asked.sure and asked.aspect in _FOUND_BY_WORDS and asked.terms:
        absent = Wanted(sheet, asked.terms).missing  # found by its meaning: what shares half of the words speaks of something else
        if 2 * len(absent) >= len(asked.terms) and asked.terms[0] in absent:
            return absent[0]
    if any(t.first and lines_of(t, sheet) for t in asked_themes(question.folded, named)):
        return None
    what_is = _WHAT_IS.search(question.folded)
    if what_is:
        word = next(g for g in what_is.groups() if g)
        if word in asked.terms and word not in GENERIC and word in Wanted(sheet, [word]).missing and not _theme_means(sheet, question, word):
            return word
    own = {t for scope in self_scopes(question.text) for t in tokens(scope)}
    proper = {fold(w) for w in re.findall(r"(?<=[a-zà-ÿ,] )(?:[dl]['’])?([A-ZÀ-Ý][a-zà-ÿ]{3,})", question.text)} - own
    lost = [t for t in asked.terms if t in proper and t in Wanted(sheet, [t]).missing]
    acronyms = [] if question.text.isupper() or asked.aspect in _FIELDS else [fold(a) for a in re.findall(r"\b[A-Z]{3,6}\b", question.text)]
    lost += [a for a in acronyms if a in asked.terms and a in Wanted(sheet, [a]).missing]
    if lost and question.yes_no and not _OPEN.search(question.folded):
        return lost[0]  # "la loi Sapin" is no other law, "à Bora Bora" no other place
    if asked.aspect not in _OBJECT_OF or not (question.yes_no or _ASKS_FOR_ONE.search(question.folded)):
        return None
    if _OPEN.search(question.folded):
        return None
    verbs = frozenset(re.findall(r"\b([a-z']+)-(?:t-)?(?:il|elle|on|ils|elles)\b", question.folded))
    verbs |= frozenset(
        re.findall(r"\b(?:pour|peut-on|faut-il|doit-on|puis-je|dois-je|permet|de|a|d'|peux) ?(?:s'|se |y )?([a-z]+(?:er|ir|re))\b", question.folded)
    )
    things = [t for t in asked.terms if t not in verbs and t not in _WEAK and t not in _SUBJECTS]
    if not things or _theme_means(sheet, question, things[0]):
        return None
    return things[0] if things[0] in Wanted(sheet, things[:1]).missing and things[0] in Wanted(sheet, asked.terms).missing else None


_LEVEL_IN = re.compile(
    r"\bniveau (?:minimum |minimal |requis |exige )?(?:d'|de |en )(anglais|francais|allemand|espagnol|italien|langue|informatique|mathematiques|maths|bureautique|natation)\b"
)
""" "Quel niveau d'anglais": a diploma is no answer where the document never speaks of English."""
_FOUND_BY_WORDS: frozenset[Aspect] = frozenset(("audience", "eligibility", "prerequisites", "content", "topic", "overview"))
_RATE = re.compile(r"\b(?:taux|pourcentage|indice) (?:de |d'|des |d' )(?:la |l'|les )?([a-z]{4,})")
_RATES = (
    ("insertion", r"inser\w+|emploi\w*|embauch\w+"),
    ("emploi", r"inser\w+|emploi\w*|embauch\w+"),
    ("reussite", r"reuss\w+|admis\w*|recus?|obten\w+|obtien\w+|diplom\w+"),
    ("admission", r"admis\w*|recus?|selecti\w+|retenus?"),
    ("obtention", r"reuss\w+|obten\w+|obtien\w+|diplom\w+|recus?"),
)
"""What is counted -> how a line may say it; any other rate by its own word."""


def _says_rate(sheet: Sheet, counted: str) -> bool:
    """Whether a line gives the rate that is asked: of those who leave is not of those who find work."""
    said = dict(_RATES).get(counted, rf"{counted[:6]}\w*")
    return any(re.search(rf"\b(?:{said})", fold(f"{' '.join(x.path[-1:])} {x.text}")) and _SHARE.search(fold(x.text)) for x in sheet.body)


_SHARE = re.compile(r"%|\d ?(?:/|sur) ?\d|\btaux\b|\bpourcentage\b")


_WHAT_IS = re.compile(
    r"\bquel(?:le)?s? (?:est|sont|serait|etait) (?:le |la |les |l'|son |sa |ses )?([a-z]{4,})\b|\bquel(?:le)?s? ([a-z]{4,})\b|\bwhat (?:is|are) (?:the )?([a-z]{4,})\b"
)


def _theme_means(sheet: Sheet, question: Question, word: str) -> bool:
    """Whether the word asks for a theme of which the sheet speaks in words of its own."""
    return any(word in tokens(m.group()) for t in asked_themes(question.folded) if lines_of(t, sheet) for m in t.asked.finditer(question.folded))


_SUBJECTS = frozenset(
    "eleve eleves participant participants stagiaire stagiaires agent agents candidat candidats personne personnes apprenant apprenants etudiant etudiants".split()
)
"""Who does something in a question, rather than what is asked."""


def missing(sheet: Sheet, asked: Asked, draft: Draft) -> None:
    """Says by name what the document lacks, what it says instead, and whom to ask."""
    aspect, language = asked.aspect, draft.language
    title = short_title(sheet.title)
    wanted_what = (
        "hours"
        if aspect == "sessions" and aspects.CLOCK.search(asked.question.folded)
        else "deadline"
        if aspect == "registration" and enrolment.is_deadline(asked.question)
        else aspect
    )
    things = [t for t in asked.terms if t in THINGS]
    if is_matter(aspect):
        draft.add(say("missing_matter", language, of=of_matter(aspect, language), title=title))
    elif wanted_what in ("topic", "content", "overview", "modules") and asked.terms:
        draft.add(say("missing_topic", language, title=title))
    else:
        named = what(wanted_what, language) + (f" ({', '.join(things)})" if things else "")
        draft.add(say("missing", language, what=named, title=title))
    said = (
        contact_field.said_about(sheet, asked.terms)
        if aspect == "price" and not things
        else venue.undated(sheet, asked.question)
        if aspect == "sessions"
        else None
    )
    if said:
        span = sheet.proof(said.start, said.end)
        draft.add(
            say(
                "missing_price_said",
                language,
                quote=clean(" ".join(sheet.document.text[span.start : span.end].split())),
                m=draft.cite(sheet, span.start, span.end, whole=False),
            )
        )
    if aspect != "contact":
        contact(sheet, asked, draft)


def contact(sheet: Sheet, asked: Asked, draft: Draft) -> None:
    """Whom to ask, when the sheet names somebody."""
    words = contact_field.contact_line(sheet, asked.terms)
    if words:
        draft.add(say("ask_contact", draft.language, value=words[0], m="".join(dict.fromkeys(draft.fact(sheet, f) for f in words[1]))))


def suggestions(sheet: Sheet, asked: tuple[Aspect, ...], language: Language) -> tuple[str, ...]:
    """Two or three questions that this document can answer and that were not just asked."""
    title = short_title(sheet.title, 60)
    found = []
    for name in SUGGESTIONS:
        if name in asked or not sheet.facts(name):  # type: ignore[arg-type]
            continue
        if name == "sessions" and all(isinstance(f.value, Session) and not f.value.start and not f.value.end for f in sheet.facts("sessions")):
            continue
        found.append(suggestion(name, language, title))
        if len(found) == 3:
            break
    return tuple(found)
