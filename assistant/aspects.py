# ruff: noqa: E501, SIM905 -- a pattern broken over lines hides its alternatives
"""One aspect of one sheet: a field with values, or the lines of its section, or nothing said.

Words of the question that name another thing (the meals, a stage, module 3, a group) decide which values are shown; a
value that was not asked for is never given in its place.
"""

from __future__ import annotations

import re
from datetime import date

from assistant import contact_field, content, fields, times
from assistant.compose import Draft, clean
from assistant.evidence import Line, Sheet
from assistant.intent import Question
from assistant.lines import repeats_title
from assistant.numbered import subject_of_part
from assistant.payers import fitting, payer_of
from assistant.prompts import say
from assistant.selection import DATE, TOPICS, WORDS, Wanted, section_lines, speaking
from assistant.venue import NO_VENUE, PLACE, ROOM, VENUE, held_there, location, places_left, says_place
from assistant.wording import ASPECT_WORDS, HEADS, THINGS, Aspect
from corpus.facts.topics import topic_of
from corpus.french import fold, stems, tokens

_DEFERS = re.compile(
    r"\b(?:contact\w*|nous consulter|consulte[rz]?|en savoir plus|renseigne\w*|se rapprocher|voir (?:le|la|les)|telecharge\w*|rendez-vous|sur demande)\b"
)
_SAYS_PRICE = re.compile(
    r"\b(?:gratuit\w*|aucune?|prise?s? en charge|refer\w*|droits?|selon|exoner\w*|offerte?s?|sur devis|comprise?s?|incluse?s?|a (?:la|votre|sa) charge|financ\w*|fonction d\w*|varie\w*|calcul\w*|fixe\w*|sans frais)\b"
)
CLOCK = re.compile(r"\b(?:quelle heure|horaires?)\b")
_FREE_WORDS = re.compile(r"\bgratuit\w*\b|\bsans frais\b|\bfree\b")
_HELD = re.compile(
    r"\b(?:(?:aura|auront|a eu|ont eu|a|ont) lieu|se deroul\w+|debut\w*|commenc\w*|demarr\w*|lance\w*|se tien\w*|rentree|sessions?|se poursui\w*|s'achev\w*|poursuivra)\b"
)
_NOT_HELD = re.compile(r"\b(?:inscri\w+|candidat\w+|contrats?|taux|enquete|tarif\w*|publi\w+|mise? a jour|diplomes? 20|loi|decret|arrete)\b")


def field(aspect: Aspect, sheet: Sheet, question: Question, wanted: Wanted, draft: Draft, today: date, versant: str | None = None) -> bool:
    """A field with values of its own; words that name another thing are looked for in its lines, or nothing is said.

    ``versant``: that of the person who asks, where it is known; a price is looked for among those of their public.
    """
    things = [t for t in wanted.terms if t in THINGS]
    if aspect == "price" and not things:
        payer = payer_of(question.folded, sheet, versant)
        meant = fitting(payer, sheet) if payer else None
        if meant is not None:
            return fields.tariffs(sheet, *meant, draft)
    subject = subject_of_part(question.folded) if aspect in ("duration", "location", "code") else ()
    if subject and (own := _of_part(aspect, sheet, Wanted(sheet, subject))):
        return draft.lines("", sheet, own[:1]) > 0
    if aspect == "duration" and (share := _share_asked(sheet, question)):
        return draft.lines(say("lead_duration", draft.language), sheet, share[:2]) > 0
    if aspect in ("price", "duration") and (things or (_about_internship(question, aspect) and "stage" not in tokens(sheet.title))):
        return _valued_lines(aspect, sheet, Wanted(sheet, things or ["stage"]), draft)
    thing = _priced_thing(question, wanted) if aspect == "price" and not things else None
    if thing:
        return _valued_lines(aspect, sheet, Wanted(sheet, [thing]), draft)
    rate = re.search(r"\bpar (jour|semaine|mois|an)\b", question.folded) if aspect == "duration" else None
    if rate:
        lines = [
            line
            for line in sheet.body
            if re.search(rf"\b(?:par|/|chaque) ?{rate.group(1)}\b", fold(line.text)) and WORDS["duration"].search(fold(line.text))
        ]
        if lines:
            return draft.lines(say("lead_duration", draft.language), sheet, lines[:2]) > 0
    if aspect == "sessions" and not held_there(sheet, question):
        return False
    if aspect == "sessions" and (named := _dated_by_name(sheet, wanted)):
        return draft.lines(say("lead_sessions", draft.language), sheet, named[:3]) > 0
    if aspect == "sessions" and _ASKS_END.search(question.folded):
        lines = [x for x in sheet.body if _SAYS_END.search(fold(x.text)) and DATE.search(fold(x.text)) and not _NOT_HELD.search(fold(x.text))]
        if lines:
            return draft.lines(say("lead_sessions", draft.language), sheet, lines[:3]) > 0
    if aspect == "capacity" and (left := places_left(sheet, question)):
        return draft.lines(say("lead_capacity", draft.language), sheet, left[:2]) > 0
    if wanted and aspect in ("price", "duration", "capacity"):
        narrowed = _narrow(aspect, sheet, wanted, draft)
        if narrowed is not None:
            return narrowed
    if (
        wanted
        and aspect in ("duration", "sessions", "capacity", "location")
        and not ROOM.search(question.folded)
        and _specific(aspect, sheet, wanted, draft)
    ):
        return True
    if aspect == "mode" and _ASKS_TOOL.search(question.folded):  # "en classe virtuelle" does not say with which software
        return draft.lines(say("lead_mode", draft.language), sheet, [x for x in sheet.body if _TOOL.search(fold(x.text))][:3]) > 0
    done = {
        "price": lambda: _price(sheet, question, wanted, draft),
        "duration": lambda: times.duration(sheet, question, wanted, draft),
        "sessions": lambda: _hours(sheet, draft) if CLOCK.search(question.folded) else times.sessions(sheet, question, wanted, draft, today),
        "capacity": lambda: fields.capacity(sheet, question, wanted, draft),
        "contact": lambda: contact_field.contact(sheet, question, wanted, draft),
        "code": lambda: _code(sheet, question, wanted, draft),
        "provider": lambda: fields.texts(sheet, ("provider",), "provider", draft),
        "location": lambda: location(sheet, question, draft),
        "mode": lambda: _mode(sheet, draft),
    }[aspect]()
    if done:
        return True
    if (
        aspect in ("contact", "code")
        or (aspect == "location" and ROOM.search(question.folded))
        or (aspect == "sessions" and CLOCK.search(question.folded))
    ):
        return False
    if _said(aspect, sheet, question, wanted, draft):
        return True
    return aspect == "location" and not _ON_SITE.search(question.folded) and not _ON_SITE.search(sheet.folded) and _mode(sheet, draft, _REMOTE)


_ON_SITE = re.compile(r"\b(?:presentiel\w*|hybride|physique\w*|sur place|salles?|villes?|adresse|en personne)\b")
""" "En ligne" answers where a course is held only when nothing of it is held elsewhere."""


def _dated_by_name(sheet: Sheet, wanted: Wanted) -> list[Line]:
    """The dated lines that begin with the name of what is asked for: "Oraux : du 6 au 9 avril" for "quand passent les oraux"."""
    single = [Wanted(sheet, [term]) for term in wanted.terms]
    known = sheet.facts("sessions")
    dated = [x for x in sheet.body if not any(x.start <= f.start < x.end for f in known)]
    dated = [x for x in dated if DATE.search(fold(x.text)) and re.search(r"\d", x.text) and not _NOT_HELD.search(fold(x.text))]
    ranked = wanted.rank(x for x in dated if any(_begins_with(x, one) for one in single))
    held = wanted.rank(line for f in known if (line := sheet.line_at(f.start, f.end)))
    first = {s.line: min(wanted.covered(s.line)[0]) for s in (*ranked[:1], *held[:1])}
    if not ranked or (held and (held[0].coverage, -first[held[0].line]) >= (ranked[0].coverage, -first[ranked[0].line])):
        return []  # a session says as much of it, or what was asked for first
    return [s.line for s in ranked if s.coverage >= ranked[0].coverage - 0.01]


def _begins_with(line: Line, wanted: Wanted) -> bool:
    first = " ".join(re.split(r"\d|:", line.plain)[0].split()[:3])
    return len(line.plain) <= 140 and wanted.covered(Line(0, 0, first, "fact", (), frozenset(stems(first)), frozenset()))[1] >= 0.99


def _of_part(aspect: Aspect, sheet: Sheet, wanted: Wanted) -> list[Line]:
    """The line of the part that is about the words, where it holds a value of the field."""
    says = {
        "duration": lambda x: WORDS["duration"].search(fold(x.text)),
        "code": lambda x: _CODED.search(x.text),
        "location": says_place,
    }[aspect]
    return [s.line for s in wanted.rank(sheet.body) if s.coverage >= 0.6 and says(s.line)]


_SHARE = re.compile(
    r"\bcombien (?:de |d')?(?:temps|heures|jours|journees|semaines|mois)\b[^?]{0,25}?\b(?:en|dans|chez|a|au|aux|sur|avec) (?:une? |la |le |les |l'|son |sa |ma |mon )?([a-z]{4,})"
)


def _share_asked(sheet: Sheet, question: Question) -> list[Line]:
    """The lines that give the time spent in one place or one way: "378 heures, dont 210 en mairie"."""
    asked = _SHARE.search(question.folded)
    if not asked or re.fullmatch(rf"{HEADS}|tout|total|moyenne", asked.group(1)):
        return []
    word = re.escape(asked.group(1).rstrip("s"))
    said = re.compile(rf"\d[^.;:\d]{{0,28}}\b(?:en|dans|chez|a|au|aux|sur|avec|de)\b (?:une? |la |le |les |l'|des )?{word}s?\b")
    return [x for x in sheet.body if said.search(fold(x.text)) and (WORDS["duration"].search(fold(x.text)) or "dont" in fold(x.text))]


_PRICED = re.compile(r"\b(?:coute(?:nt|ra)?|cout|prix|tarif|montant)s? (?:d[eu] |des |d')?(?:la |le |les |l'|un |une )?([a-z]{4,})\b")


def _priced_thing(question: Question, wanted: Wanted) -> str | None:
    """What a price is asked of, where it is neither the course nor a public and the document never says it: "le logiciel"."""
    asked = _PRICED.search(question.folded)
    word = asked.group(1) if asked else ""
    return word if word in wanted.terms and wanted.terms[0] == word and word in wanted.missing and word not in _PAYERS else None


_PAYERS = frozenset(
    "individuel individuelle particulier particuliers employeur entreprise total totale global globale normal plein reduit annuel annuelle public publics prive exact".split()
)


_ASKS_END = re.compile(
    r"\b(?:se (?:termine|finit|cloture)\w*|finit|finissent|termine\w*|s'acheve\w*|date de fin|la fin d[eu]|jusqu'a quand (?:dure|va)|ends?|finish\w*)\b"
)
_SAYS_END = re.compile(
    r"\b(?:fin|cloture|s'acheve\w*|se termine\w*|jusqu'a\w*|au \d{1,2}|a (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre))\b"
)


def _about_internship(question: Question, aspect: Aspect) -> bool:
    return aspect == "duration" and bool(_INTERNSHIP.search(question.folded))


_INTERNSHIP = re.compile(
    rf"\binternship|\bstages?\b(?=[ ?.!,]*$| (?:pendant|dans|au cours|lors|obligatoires?|de fin|en|professionnels?|pratiques?|cliniques?|de terrain|a|est|sont|prevus?)\b| (?:de (?:la |l')?|du |d'un |d'une )(?:{HEADS})\b)"
)
"""The work placement of a course; "le stage achats" is the course itself."""


def _specific(aspect: Aspect, sheet: Sheet, wanted: Wanted, draft: Draft) -> bool:
    """Lines that say all that is asked beside the field, with a value: "le programme, créé en 2016", where no fact does."""
    facts = [f for f in sheet.programme.facts if f.field == aspect]
    pattern = re.compile(rf"{WORDS[aspect].pattern}|\b(?:en|depuis|des) (?:19|20)\d\d\b") if aspect == "sessions" else WORDS[aspect]
    ranked = [
        s
        for s in wanted.rank(sheet.body)
        if s.coverage >= 0.6
        and not (aspect != "location" and WORDS["contact"].search(fold(s.line.text)))
        and (says_place(s.line) if aspect == "location" else pattern.search(fold(s.line.text)))
    ]
    if aspect == "location":
        ranked = [s for s in ranked if 0 in wanted.covered(s.line)[0] and not wanted.missing]
    if not ranked or (aspect != "location" and any(s.line.start <= f.start < s.line.end for s in ranked[:2] for f in facts)):
        return False
    best = [s.line for s in ranked if s.coverage >= ranked[0].coverage - 0.05]
    return draft.lines(say("lead_topic", draft.language), sheet, best[:3]) > 0


def _narrow(aspect: Aspect, sheet: Sheet, wanted: Wanted, draft: Draft) -> bool | None:
    """Lines of the field's own sections that say the words asked and are no value: "Secteur public : décidé par ...".

    None where there are none; False where they only send elsewhere: the other values would not be what was asked.
    """
    facts = sheet.facts("price" if aspect == "price" else "duration" if aspect == "duration" else "capacity")
    lines = section_lines(sheet, (aspect,))  # type: ignore[arg-type]
    if aspect == "capacity":
        lines = [x for x in lines if _says_how_many(x)]
    ranked = [s for s in wanted.rank(lines) if s.coverage >= 0.5]
    if not ranked:
        return None
    if aspect == "price" and not any(re.search(r"\d ?(?:€|euros?|f ?cfp|xpf)", fold(s.line.text)) for s in ranked):
        headings = {s.line.path[-1:] for s in ranked if s.line.path}
        if any((line := sheet.line_at(f.start, f.end)) and line.path[-1:] in headings for f in facts):
            return None  # notes beneath an amount: the amount is what is asked
    valued = [f for f in facts if any(s.line.start <= f.start < s.line.end for s in ranked[:4])]
    whole = [s.line for s in ranked if s.coverage >= ranked[0].coverage - 0.01]
    if valued and all(any(line.start <= f.start < line.end for f in facts) for line in whole):
        return None  # the values say it themselves, with their labels
    if not valued and all(_DEFERS.search(fold(line.text)) or WORDS["contact"].search(fold(line.text)) for line in whole):
        return False
    lead = (
        say("price_many" if aspect == "price" else f"lead_{aspect}", draft.language)
        if len(whole) > 1
        else f"{clean(whole[0].path[-1])} :"
        if whole[0].path
        else ""
    )
    return draft.lines(lead, sheet, content.with_following(sheet, sorted(whole, key=lambda x: x.start))[:5]) > 0


def _valued_lines(aspect: Aspect, sheet: Sheet, wanted: Wanted, draft: Draft) -> bool:
    """Lines that say the thing asked and hold a value of the field."""
    lines = [s.line for s in wanted.rank(sheet.body) if s.coverage > 0.5 and WORDS[aspect].search(fold(s.line.text))]
    return draft.lines(say("lead_topic", draft.language), sheet, lines[:3]) > 0


def _price(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft) -> bool:
    facts = sheet.facts("price")
    if facts and all(getattr(f.value, "amount", None) == 0 and not _FREE_WORDS.search(fold(f.text)) for f in facts):
        return _said("price", sheet, question, wanted, draft)  # "aucun frais supplémentaire" is not "gratuit": the document's own words
    asks_free = bool(_FREE_WORDS.search(question.folded)) and question.yes_no
    if facts and asks_free and all(getattr(f.value, "amount", 0) > 0 for f in facts):
        draft.add(f"{say('no', draft.language)}.")
    elif facts and asks_free and all(getattr(f.value, "amount", 0) == 0 for f in facts):
        draft.add(f"{say('yes', draft.language)}.")
    return fields.price(sheet, question, wanted, draft)


def _code(sheet: Sheet, question: Question, wanted: Wanted, draft: Draft) -> bool:
    """The code of the course; asked for another code (RNCP, UAI ...), only a line that says that one answers."""
    if wanted and (named := [s.line for s in wanted.rank(sheet.body) if s.coverage >= content.ENOUGH and _CODED.search(s.line.text)]):
        return draft.lines(say("lead_code", draft.language), sheet, named[:2]) > 0
    named = [
        x for x in sheet.lines[:3] if repeats_title(x.plain, sheet.title) and (code := _CODED.match(x.plain)) and len(code.group()) < len(x.plain)
    ]
    if named and not sheet.facts("code"):
        return draft.lines(say("lead_code", draft.language), sheet, named[:1]) > 0
    kinds = re.findall(r"\b(?:rncp|uai|cpf|naf|siret|apprentissage|roma?e|nsf)\b", question.folded)
    if not kinds:
        keyed = [line for line in section_lines(sheet, ("code",)) if ":" in line.text and len(line.plain) < 80]
        return draft.lines(say("lead_code", draft.language), sheet, keyed[:3]) > 0 or fields.texts(sheet, ("code",), "code", draft)
    lines = [line for line in sheet.body if re.search(r"\d", line.text) and all(re.search(rf"\b{k}\b", fold(line.text)) for k in kinds)]
    lines = [line for line in lines if re.search(r"\bcodes?\b|\bn[o°]|:|\d{4}", fold(line.text))]
    named = [s.line for s in wanted.rank(lines) if s.coverage >= content.ENOUGH] if wanted else []
    return draft.lines(say("lead_code", draft.language), sheet, (named or lines)[:4]) > 0


_CODED = re.compile(r"\b(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]{2,}(?:-[A-Z0-9]+)*\b")


_CLOCK_TIME = re.compile(
    r"\d{1,2} ?h ?(?:\d\d)? ?(?:-|–|a|et|jusqu'a) ?\d{1,2} ?(?:h|:)|\b(?:a|des|entre|horaires? ?:?|heures? ?:) ?\d{1,2} ?(?:h\b|heures\b|h ?\d\d|:\d\d)|\d{1,2}:\d\d"
)


def _hours(sheet: Sheet, draft: Draft) -> bool:
    """At what time of the day: only a line with a clock time answers, and none that says when an office is open."""
    lines = [x for x in sheet.body if _CLOCK_TIME.search(fold(x.text))]
    lines = [
        x
        for x in lines
        if not WORDS["contact"].search(fold(x.text)) and not re.search(r"\b(?:ouverte?|ferme|permanence|secretariat)\b", fold(x.text))
    ] or lines
    return draft.lines(say("lead_sessions", draft.language), sheet, lines[:3]) > 0


_REMOTE = re.compile(r"\b(?:en ligne|a distance|distanciel\w*|visio\w*|classes? virtuelles?|e-?learning|mooc)\b")


_ASKS_TOOL = re.compile(
    r"\bquel(?:le)?s? (?:est |sont )?(?:le |la |les |l')?(?:logiciel|outil|plate-?forme|application|solution)s?\b|\bwhich (?:software|tool|platform)\b"
)
_TOOL = re.compile(r"\b(?:logiciels?|plate-?formes?|applications?|teams|zoom|webex|moodle|bigbluebutton|jitsi|livestorm|tchap|webconf\w*)\b")


def _mode(sheet: Sheet, draft: Draft, only: re.Pattern[str] | None = None) -> bool:
    """On site or remote: the sentence that says it, since a list of words would lose "dans certains cas"."""
    lines = []
    for fact in sheet.facts("mode"):
        line = sheet.line_at(fact.start, fact.end)
        if line and line not in lines and (only is None or only.search(fold(line.text))):
            lines.append(line)
    if not lines:
        return False
    return draft.lines(say("lead_mode", draft.language), sheet, content.with_following(sheet, lines[:3])) > 0


def _said(aspect: Aspect, sheet: Sheet, question: Question, wanted: Wanted, draft: Draft) -> bool:
    """What the field's section says without a value; a mere "contact us" is no answer."""
    # a length somewhere is not the course's: for durations only their own section counts
    own = section_lines(sheet, TOPICS[aspect]) if aspect in ("duration", "sessions") else content.own_lines(sheet, aspect)
    lines = [line for line in own if len(line.plain) > 8]
    if aspect == "price":
        lines = [line for line in lines if _SAYS_PRICE.search(fold(line.text))]
    lines = [line for line in lines if not _DEFERS.search(fold(line.text)) and not WORDS["contact"].search(fold(line.text))]
    if aspect == "location":  # "se déroule dans le cadre de ..." says no place
        lines = [x for x in lines if says_place(x) or (x.path and topic_of(x.path[-1]) == "location")]
    if aspect == "location":  # where one registers is not where one goes
        lines = [x for x in lines if not NO_VENUE.search(fold(x.text)) or _HELD.search(fold(x.text))]
    if not lines and aspect == "location":
        held = re.compile(rf"{WORDS['location'].pattern}|{DATE.pattern}|{WORDS['duration'].pattern}")
        lines = [x for x in sheet.body if (PLACE.search(x.text) or VENUE.search(fold(x.text))) and held.search(fold(x.text))]
        lines = [x for x in lines if not NO_VENUE.search(fold(x.text))][:3]
    if not lines and aspect == "capacity" and wanted:
        lines = [s.line for s in wanted.rank(speaking(sheet, "capacity")) if s.coverage >= 0.45]
    if not lines and aspect == "capacity":
        lines = [x for x in speaking(sheet, "capacity") if _TAKEN.search(fold(x.text)) and len(x.plain) < 250][:2]
    if not lines and aspect == "capacity":
        lines = [x for x in speaking(sheet, "capacity") if len(x.plain) <= 45 and not re.search(r"€|\bpar (?:agent|personne)", fold(x.text))][:2]
    if not lines and aspect == "capacity":
        lines = [x for x in sheet.body if _GROUP_OF.search(fold(x.text))][:2]
    if not lines and aspect == "provider":
        lines = speaking(sheet, "provider")[:2]
    if not lines and aspect == "sessions":
        lines = [x for x in sheet.body if DATE.search(fold(x.text)) and _HELD.search(fold(x.text)) and not _NOT_HELD.search(fold(x.text))]
        ranked = Wanted(sheet, [t for t in question.terms if t not in ASPECT_WORDS]).rank(lines)
        lines = [s.line for s in ranked[:1]] or lines[:1]
    if aspect == "capacity":
        lines = [x for x in lines if _says_how_many(x) or _GROUP_OF.search(fold(x.text))]
    if wanted and lines:
        ranked = wanted.rank(lines)
        lines = [s.line for s in ranked] or lines
    if not lines:
        return False
    lead = say(f"lead_{aspect}", draft.language) if aspect != "price" else ("Sur le coût :" if draft.language == "fr" else "About the cost:")
    return draft.lines(lead, sheet, lines[:4]) > 0


_TAKEN = re.compile(r"\b(?:retenue?s|admis|accueilli\w*|accueille\w*|acceptee?s|selectionnee?s)\b")
_GROUP_OF = re.compile(
    r"\b(?:groupes?|promotions?|jauge|effectif|salle|classes?)\b[^.;]{0,30}\b(?:de|limite\w* a|est de|a|au plus|maximum)\b ?(?:\d+|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|dix-huit|vingt|trente|quarante|cinquante|cent)\b(?! ?(?:h\b|heures?|jours?|journees?|mois|ans|semaines?))"
)
_HOW_MANY = re.compile(
    r"\b(?:places?|effectifs?|capacite|participants?|stagiaires?|groupes? de|promotions? de|jauge|illimite\w*|sans limite|nombre)\b[^.;]{0,40}"
    r"(?:\d|illimite\w*|limite\w*|restreint|selon|vingtaine|dizaine|quinzaine|trentaine|douzaine|cinquantaine|centaine)|\bune (?:ving|di|quin|tren|dou|cinquan|cen)\w*aine\b"
)


def _says_how_many(line: Line) -> bool:
    """Whether a line counts people, and not days or groups."""
    folded = fold(line.text)
    headed = bool(line.path) and topic_of(line.path[-1]) == "capacity" and bool(re.search(r"\d", folded)) and not DATE.search(folded)
    return headed or bool(WORDS["capacity"].search(folded) or _HOW_MANY.search(folded))
