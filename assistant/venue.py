# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""Where a programme is held: places, rooms, and what is said of the session at one of them."""

from __future__ import annotations

import re

from assistant import fields
from assistant.asked import places_asked
from assistant.compose import Draft
from assistant.evidence import Line, Sheet
from assistant.intent import Question
from assistant.prompts import say
from assistant.selection import section_lines
from corpus.french import fold, is_stop_word, tokens

PLACE = re.compile(r"\b(?:à|À|au|aux|dans|en)\s+(?:l[ae’']s?\s?)?[A-ZÀ-Ý][a-zà-ÿ’'-]{2,}")


_SITE = re.compile(
    r"\b(?:locaux|campus|salles?|site|sites|amphi\w*|batiment|rue|avenue|place|boulevard|distance|distanciel|en ligne|domicile|etablissement|lieux?)\b|\d{5}"
)


_LEFT = re.compile(r"\bcomplete?s?\b|\bplaces?\b|\bliste d'attente\b|\bouverte?s?\b|\bdisponibles?\b|\bclose?s?\b")


def places_left(sheet: Sheet, question: Question) -> list[Line]:
    """What the session at the place asked for says of its places: "Nantes | 18-19 janvier | complet"."""
    return [x for p in places_asked(question.text) for x in places_in(sheet, p) if _LEFT.search(fold(x.text))]


def held_there(sheet: Sheet, question: Question) -> bool:
    """Whether no place is asked for, or the document dates something there: dates of elsewhere are no answer."""
    places = [
        p for p in places_asked(question.text) if all(t in sheet.words for t in tokens(p)) and not all(t in tokens(sheet.title) for t in tokens(p))
    ]
    at = places_in(sheet, places[-1]) if places else []
    return not at or not all(_UNDATED.search(fold(line.text)) for line in at)


_UNDATED = re.compile(r"\b(?:a (?:definir|venir|preciser|fixer|confirmer)|prochainement|non fixee?s?|en cours de programmation|nous consulter)\b")


def undated(sheet: Sheet, question: Question) -> Line | None:
    """The line that leaves open when there is a session at the place asked for."""
    return next((x for p in places_asked(question.text) for x in places_in(sheet, p) if _UNDATED.search(fold(x.text))), None)


def places_in(sheet: Sheet, place: str) -> list[Line]:
    """The lines of sessions that name a place."""
    wanted = [t for t in tokens(place) if not is_stop_word(t)]
    return [x for x in sheet.body if wanted and all(t in tokens(x.text) for t in wanted) and (x.kind in ("row", "item") or len(x.plain) < 120)]


ROOM = re.compile(r"\bquelles? (?:est la |sont les )?(?:salles?|amphis?|etage|batiment)\b|\bwhich room\b")


_ROOM_SAID = re.compile(r"\b(?:salles?|amphi\w*|etage|batiment|bat\.)\b")


def location(sheet: Sheet, question: Question, draft: Draft) -> bool:
    """The places; sentences that say where, for documents whose place is no field."""
    if ROOM.search(question.folded):
        lines = [x for x in sheet.body if _ROOM_SAID.search(fold(x.text))]
        return draft.lines(say("lead_location", draft.language), sheet, lines[:3]) > 0
    facts = sheet.facts("location")
    places = [sheet.line_at(f.start, f.end) for f in facts]
    if len(facts) <= 2 and places and all(p and len(p.plain) <= 220 and len(p.plain) > len(f.text) + 25 for p, f in zip(places, facts, strict=True)):
        unique = list(dict.fromkeys(p for p in places if p))
        return draft.lines(say("lead_location", draft.language), sheet, unique) > 0
    if fields.texts(sheet, ("location",), "location", draft):
        return True
    lines = section_lines(sheet, ("location",))
    return draft.lines(say("lead_location", draft.language), sheet, lines[:4]) > 0


VENUE = re.compile(
    r"\b(?:amphi\w*|auditorium|palais (?:de|des)|cite administrative|lycee|college|maison d\w+|hotel d[eu]|centre d\w+|mairie de|prefecture de|rectorat|couvent|salle [a-z]+)\b"
)


NO_VENUE = re.compile(
    r"\b(?:annul\w+|inscri\w+|candidat\w+|dossiers?|tarif\w*|€|euros|renseignements?|publie\w*|signe\w*|titulaires?)\b|@|\b0\d(?:[ .]?\d\d){4}"
)


def says_place(line: Line) -> bool:
    return bool(PLACE.search(line.text) or _SITE.search(fold(line.text)))
