"""What a programme is known by: its code, its provider, the certification it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts.layout import View
from corpus.facts.texts import make
from corpus.facts.words import Beginnings
from corpus.french import fold
from corpus.records import Fact

_CODE_VALUE = re.compile(r"(?=[\w./-]*\d)[A-Z0-9][\w./-]{1,30}[\w]|[A-Z]{2,}(?:[-_][A-Z0-9]+)+")
_CODE_INLINE = re.compile(
    r"\b(?:code(?: (?:stage|formation|action|session|module|interne|cycle|du stage|de la formation))?|r[ée]f(?:[ée]rence|\.)?(?: (?:du stage|"
    r"de la formation|interne))?|(?<=n° )(?:de )?(?:stage|formation|action)|(?<=n° de )(?:stage|formation|"
    r"action))\s?[:°]?\s?\(?(?P<v>(?=[\w./-]*\d)[A-Z0-9][A-Z0-9./_-]{2,24}[A-Z0-9])(?![\w@])",
    re.I,
)
_CODE_WORDS = Beginnings("code", "ref", "stage", "formation", "action")
_NOT_CODE = re.compile(r"uai|rncp|naf|ape|postal|siret|rome|nsf|formacode|certif|promo|barre|du travail")
_RNCP = re.compile(
    r"\b(?:code |fiche )?(?:RNCP|RS)(?:\s?(?:n°|:|-|n° :))?\s?:?\s?\d{3,6}\b|\bcode certif(?:info)? ?:? ?\d{3,6}\b|"
    r"\b\d{1,3} (?:crédits )?ECTS\b|\b\d{1,3} crédits(?: ECTS)?\b",
    re.I,
)
_RNCP_WORDS = Beginnings("rncp", "rs", "code", "fiche")
_OTHER_CREDITS = frozenset({"duration", "modules", "content", "evaluation", "prerequisites"})
_LEVEL_KEY = re.compile(r"niveau")
_LEVEL = re.compile(
    r"(?:bac ?\+ ?\d|niveau [3-8]|[3-8]\b|cap\b|bep\b|bts\b|licence\b|master\b)(?![^\n]*\b(?:minimum|requis|exige|souhaite|prealable))"
)
_CREDITS = Beginnings("ects", "credits")
_PROVIDER = re.compile(
    r"\b(?:organisée?s?|proposée?s?|dispensée?s?|animée?s?|portée?s?|délivrée?s?|assurée?s?|conçue?s?) (?:conjointement )?par (?:l['’]|la |le |"
    r"les |des |un |une )?(?P<v>(?:[A-ZÉÈÀ][\w'’&.-]*|(?:de|du|des|d['’]|la|l['’]|et|en|pour)\b ?)(?:[ '’-](?:[A-ZÉÈÀ(][\w'’&.)-]*|de|du|des|la|"
    r"le|et|en|pour|national|nationale|régional|régionale|supérieure?|publique?|publics?))*)"
)
_PROVIDING = Beginnings("organis", "propos", "dispens", "anim", "port", "delivr", "assur", "conc")
_INSTITUTION = re.compile(
    r"(?:IUT|Universit[ée]|Institut|[ÉE]cole|GRETA|CAFOC|CFA|UFR|Facult[ée]|CNFPT|Centre (?:de (?:gestion|formation)|hospitalier|r[ée]gional|"
    r"national)|IFSI|IRTS|IPAG|IRA|INSET|INET|INSP|Campus|Minist[èe]re|Acad[ée]mie|D[ée]l[ée]gation)\b[^@:.;\d]{0,80}$"
)
_TRAILING_WORDS = re.compile(r"(?:\s+(?:de|du|des|d['’]|la|le|l['’]|et|en|pour))+$")


def identity(view: View) -> Iterator[Fact]:
    """The facts of code, provider and certification."""
    yield from _codes(view)
    yield from _certifications(view)
    yield from _providers(view)


def _codes(view: View) -> Iterator[Fact]:
    taken: set[int] = set()
    for segment in view.under("code"):
        if _NOT_CODE.search(segment.key.lower()):
            continue
        for match in _CODE_VALUE.finditer(view.text, segment.value_start, min(segment.end, segment.value_start + 120)):
            taken.add(match.start())
            yield make(view, "code", match.start(), match.end())
    for match in view.at_words(_CODE_INLINE, _CODE_WORDS, text=view.text):
        segment_at = view.at(match.start("v"))
        if match.start("v") in taken or segment_at is None or _NOT_CODE.search(view.folded[max(0, match.start() - 12) : match.start("v")]):
            continue
        if segment_at.topic in ("certification", "careers", "results", "contact"):
            continue
        yield make(view, "code", match.start("v"), match.end("v"))


# What often stands below the last section of a page, without a heading of its own.
_NO_CERTIFICATE = re.compile(r"@|\b0[1-9](?:[ .]?\d\d){4}|\b\d+ places\b|\brentree\b|\b\d{5} [a-z]|€")


def _certifications(view: View) -> Iterator[Fact]:
    lines: list[tuple[int, int]] = []
    for segment in view.under("certification"):
        words = view.folded[segment.value_start : segment.end]
        if re.search(r"\w{2}", words) and not _NO_CERTIFICATE.search(words) and len(lines) < 20:
            end = min(segment.end, segment.value_start + 400)
            start = segment.value_start
            if not re.search(r"[a-z]{2}", words) and segment.key and segment.end - segment.start <= 60:
                start = _word_start(view.text, segment.start, start)  # "ECTS : 20" is a certification, "20" is none
            lines.append((start, end))
            yield make(view, "certification", start, end)
    for segment in view.segments:
        # "Niveau : Bac+3" of a diploma is what it leads to; "Niveau : débutant" or "Bac+2 minimum" is not.
        if segment.key and _LEVEL_KEY.fullmatch(fold(segment.key)) and _LEVEL.match(view.folded, segment.value_start, segment.end):
            lines.append((segment.value_start, segment.end))
            yield make(view, "certification", segment.value_start, segment.end)
    named = bool(lines)
    for match in view.at_words(_RNCP, _RNCP_WORDS, numbers=view.has_words(_CREDITS), text=view.text):
        beside = view.at(match.start())
        if match.group()[0].isdigit() and (named or (beside and beside.topic in _OTHER_CREDITS)):
            continue  # credits are a certification only where the document names no other, and not beside the length of studies
        if not any(s <= match.start() < e for s, e in lines):
            lines.append(match.span())
            yield make(view, "certification", match.start(), match.end())


def _word_start(text: str, start: int, end: int) -> int:
    return start + len(text[start:end]) - len(text[start:end].lstrip(" *_#-•|—–"))


def _providers(view: View) -> Iterator[Fact]:
    seen: set[str] = set()
    for segment in view.under("provider"):
        if segment.end - segment.value_start <= 160 and "@" not in view.text[segment.value_start : segment.end] and len(seen) < 4:
            words = view.text[segment.value_start : segment.end]
            if words.lower() not in seen and re.search(r"[^\W\d]{2}", words):
                seen.add(words.lower())
                yield make(view, "provider", segment.value_start, segment.end)
    for segment in view.segments:
        if segment.topic in ("contact", None, "practical") and not segment.key and not seen and segment.end - segment.value_start <= 90:
            words = view.text[segment.value_start : segment.end]
            if _INSTITUTION.match(words) and segment.kind in ("paragraph", "item"):
                seen.add(words.lower())
                yield make(view, "provider", segment.value_start, segment.end)
    for match in view.at_words(_PROVIDER, _PROVIDING, text=view.text):
        end = match.start("v") + len(_TRAILING_WORDS.sub("", match["v"]))
        words = view.text[match.start("v") : end].rstrip(".,")
        if len(words) > 2 and words.lower() not in seen and len(seen) < 4 and any(c.isupper() for c in words):
            seen.add(words.lower())
            yield make(view, "provider", match.start("v"), match.start("v") + len(words))
