"""Fields whose value is text: objectives, audience, prerequisites, content, registration, certification.

One fact per list item, table cell or sentence of the section, so that an answer can quote just what it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts.layout import View
from corpus.facts.segments import Segment
from corpus.facts.topics import Topic, strict_topic_of
from corpus.facts.words import Beginnings
from corpus.french import sentences
from corpus.records import Fact, FieldName, Text

MOST = 60
"""At most so many facts of one text field: more would be the document itself."""
_LONGEST = 600
_SHORT = 25
_TEXT_FIELDS: tuple[FieldName, ...] = ("objectives", "audience", "prerequisites", "content", "registration")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MEANINGLESS = re.compile(
    r"^(?:non (?:renseigne|precise|communique)e?s?|n/?a|nc|-+|oui|non|voir (?:ci-dessous|plus bas)|en savoir plus|lire la suite|telecharger.*|"
    r"s'inscrire|retour.*)\W*$"
)


def make(view: View, name: FieldName, start: int, end: int) -> Fact:
    words = view.text[start:end]
    return Fact(name, Text(" ".join(words.split())), words, start, end)


def sections(view: View) -> Iterator[Fact]:
    """The facts of all text fields whose sections the document has."""
    counts: dict[str, int] = {}
    for segment in view.segments:
        name = "registration" if segment.topic == "deadline" else segment.topic
        if name not in _TEXT_FIELDS or segment.kind == "heading" or segment.value_start >= segment.end:
            continue
        for start, end in _pieces(view, segment):
            if (
                segment.kind == "paragraph"
                and not segment.keyed
                and name in ("objectives", "content", "audience", "prerequisites")
                and _elsewhere(view.folded[start:end])
            ):
                continue
            if counts.get(name, 0) >= MOST:
                break
            counts[name] = counts.get(name, 0) + 1
            yield make(view, "registration" if name == "prerequisites" and _APPLYING.match(view.folded, start, end) else name, start, end)


_PHONE = re.compile(r"\b0[1-9](?:[ .]?\d\d){4}")
_ELSEWHERE = re.compile(r"(?:formation )?(?:reservee?s?|destinee?s?|ouverte?s?) (?:aux?|a) |renseignements?\b|contacts?\b|telecharg")


def _elsewhere(folded: str) -> bool:
    """Whether a line belongs to no section of text: an address, a number to call, whom the programme is open to."""
    return "@" in folded or bool(_ELSEWHERE.match(folded) or _PHONE.search(folded))


# What stands under "Conditions d'accès" and says how to apply, not what one must be.
_APPLYING = re.compile(
    r"\W*(?:(?:les )?(?:candidatures?|inscriptions?|preinscriptions?|admissions?|recrutement|selection) (?:se font |s.effectuent |se fait |"
    r"s.effectue )?(?:sur|en ligne|via|par|aupres|avant|du|jusqu)|dossiers? (?:de candidature|d.inscription|a (?:deposer|envoyer|retirer|telecharger|"
    r"completer))|(?:pour )?(?:candidater|postuler|s.inscrire) (?:sur|via|en ligne|aupres|avant|:))"
)
_ADDRESSED = re.compile(
    r"(?:(?<=s.)adresse(?:nt)? (?:en priorite |prioritairement |exclusivement |plus particulierement |principalement |notamment |"
    r"d.abord )?(?:aux?|a) |(?:destinee?s?|reservee?s?|ouverte?s?) (?:en priorite |exclusivement |uniquement )?(?:aux?|a tous|a toute) |"
    r"(?:destination|attention|intention) d(?:es|u|e) )(?!la formation|tous les sujets)"
)
_ADDRESSES = Beginnings("adress", "destin", "reserve", "ouvert", "attention", "intention")
_NO_AUDIENCE = frozenset(
    {"audience", "objectives", "content", "careers", "results", "accessibility", "contact", "price", "funding", "methods", "other", "published"}
)


# Who may not come, wherever it is said: "Les agents des hôpitaux ne peuvent pas être accueillis", "réservé aux agents du ministère".
_RESTRICTED = re.compile(
    r"(?:(?:(?<=peut )|(?<=peuvent )|(?<=pourra )|(?<=pourront )|(?<=sont )|(?<=est )|(?<=sera )|(?<=seront ))pas (?:etre )?"
    r"(?:admis|accueilli|concerne|eligible|recevable|recu|"
    r"retenu|accepte|candidater|postuler|participer|s.inscrire|y (?:participer|assister|pretendre)|ouverte?s? (?:aux?|a)\b)|"
    r"(?:exclusivement |strictement |uniquement )?(?:reservee?s?|ouverte?s?)(?: exclusivement| uniquement)? (?:aux?|a tous|a toutes) (?:seuls )?"
    r"(?:agents?|personnels?|fonctionnaires?|contractuels?|titulaires?|cadres?|collectivites|membres|adherents|etablissements))"
)
_RESTRICTS = Beginnings("pas", "reserve", "exclusivement", "strictement", "uniquement", "ouvert")
_WHO = re.compile(
    r"\b(?:agents?|personnels?|fonctionnaires?|contractuels?|titulaires?|stagiaires|vacataires|cadres?|candidat\w*|personnes|publics?|membres|"
    r"collectivites|etudiants?|salaries?|prestataires|elus?|retraites?|formation|stage|journee|session|cycle|atelier|preparation)\b"
)
_NO_RESTRICTION = frozenset(
    {"careers", "results", "accessibility", "funding", "other", "published", "price", "audience", "prerequisites", "evaluation"}
)


def addressed(view: View) -> Iterator[Fact]:
    """Sentences that say whom the programme is for, where no section of its own does; those that say whom it is not for, anywhere."""
    if not any(True for _ in view.under("audience")):
        for count, match in enumerate(view.at_words(_ADDRESSED, _ADDRESSES)):
            segment = view.at(match.start())
            if count < 4 and segment and segment.kind != "heading" and (segment.topic not in _NO_AUDIENCE or segment.kind == "paragraph"):
                yield sentence_at(view, segment, match.start(), "audience")
    for count, match in enumerate(view.at_words(_RESTRICTED, _RESTRICTS)):
        segment = view.at(match.start())
        if count < 4 and segment and segment.kind in ("paragraph", "item") and segment.cell < 0 and segment.topic not in _NO_RESTRICTION:
            fact = sentence_at(view, segment, match.start(), "audience")
            if _WHO.search(view.folded, fact.start, fact.end):
                yield fact


def _pieces(view: View, segment: Segment) -> Iterator[tuple[int, int]]:
    start, end = segment.value_start, segment.end
    if segment.key and not segment.keyed:
        start = (
            segment.start
            if segment.kind != "item"
            else view.text.index(segment.key, segment.start)
            if segment.key in view.text[segment.start : end]
            else start
        )
    if not _WORD.search(view.text, start, end) or _MEANINGLESS.match(view.folded[start:end]):
        return
    if segment.topic in ("audience", "prerequisites") and _is_name(view.text[start:end]):
        return  # "DURÉE" alone is the name of another section, whatever stands above it
    if segment.kind in ("item", "row") and end - start <= _LONGEST:
        yield start, end
        return
    for span in sentences(view.text[start:end]):
        piece_start, piece_end = start + span.start, start + span.end
        if _WORD.search(view.text, piece_start, piece_end):
            yield piece_start, min(piece_end, piece_start + _LONGEST)


_NAMES: frozenset[Topic | None] = frozenset(
    {"duration", "price", "location", "sessions", "capacity", "mode", "registration", "deadline", "practical"}
)


def _is_name(words: str) -> bool:
    """Whether the words are nothing but the name of a section of figures."""
    return len(words) <= _SHORT and (words.isupper() or " " not in words) and strict_topic_of(words) in _NAMES


def sentence_at(view: View, segment: Segment, offset: int, name: FieldName) -> Fact:
    """The sentence of the segment that holds ``offset``, as a fact of the field."""
    asked = segment.keyed and "?" in view.text[segment.start : segment.value_start]
    first = segment.value_start if asked else segment.start
    for span in sentences(view.text[first : segment.end]):
        start, end = first + span.start, first + span.end
        if start <= offset < end:
            return make(view, name, start, min(end, max(start + _LONGEST, offset + 1)))
    return make(view, name, segment.start, segment.end)
