"""Which line of a text is its title: the name of the course, not of the school, the catalogue, the menu or the form.

A text without marks begins with whatever its page begins with. Each early line is weighed: what it is made of, what
follows it (a title stands above the fields of a sheet), and whether the rest of the text speaks of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.french import fold, stems
from corpus.records import Span

LINES = 60
"""Lines that are looked at: menus are long."""
LONGEST = 150

_SAID = re.compile(
    r"^(?:intitule(?: (?:complet|exact))?(?: (?:du|de la|de l.)\s?(?:stage|formation|action|module|cycle|diplome|cours|programme))?"
    r"|(?:titre|libelle|nom) (?:du|de la|de l.)\s?(?:stage|formation|action|module|cycle|diplome|cours|programme)|formation|stage|titre)"
    r"(?:[ \t]*:[ \t]*|[ \t]{2,}|\t)(?=\S)"
)
_COURSE = (
    r"cycles?|formations?|journees?|stages?|modules?|parcours|seminaires?|ateliers?|diplomes?|du|diu|dut|licences?|masters?|masteres?|but"
    r"|bts|bp|cap"
    r"|bac pro|bpjeps|titres? professionnels?|titres?|bachelors?|certificats?|certifications?|preparations?|prepas?|classes? preparatoires?"
    r"|programmes?|moocs?"
    r"|sessions?|webinaires?|e-formations?|e-learning|concours|itineraires?|cours|universites? d.ete|colloques?|conferences?|habilitations?"
    r"|mentions?|capacites? en|executive|mba|vae|validation|bilan|initiation|perfectionnement|sensibilisation|cqp|brevets?"
)
_COURSE_FIRST = re.compile(rf"^(?:[«\"“]\s*)?(?:l[ea] |les |l'|un |une )?(?:{_COURSE})\b")
_GENERIC = re.compile(
    rf"^(?:(?:fiches?|notre|nos|votre|la|le|les|l'|de|du|des|en|a|et|offre|descriptif|presentation|{_COURSE}|continue|initiale"
    rf"|professionnelle|ligne"
    r"|distance|distanciel|presentiel|synthetique|pedagogique|technique|detail|detaillee?|formation-action|ouvert|inter|intra|convocation"
    r"|bulletin|inscription"
    r"|information|informations|brochure|plaquette|accueil|renseignements|generales?|pratiques?|universitaires?|d'universite|sante|economie"
    r"|droit)[\s\-–—:/>]*)+$"
)
_HOUSE = re.compile(
    r"^(?:l[ea] |les |l')?(?:(?:grandes? )?ecoles?|instituts?|centres?|universites?|iut|iae|iep|cnfpt|cnam|prefectures?|sous-prefectures?"
    r"|ministeres?|directions?"
    r"|departements? (?:de|du|des|d')|delegations?|conseils? (?:regional|departemental|general)|fonds|agences?|academies?|rectorat|greta"
    r"|greta-cfa|cfa|campus|services?"
    r"|poles? |bureaux? |plateformes?|plate-formes?|inet|insp|ena|ehesp|igpde|ira|cvrh|ih2ef|anfh|chambres?|regions?|ville de|mairies?"
    r"|communautes?|metropoles?|syndicats?|associations?"
    r"|fondations?|conservatoires?|facultes?|ufr|laboratoires?|republique|gouvernement|organismes?|lycees?|hopital|hopitaux|chu|chru|ch "
    r"|ifsi|ifas|groupement|federation|reseau"
    r"|composante|etablissements?|polynesie|archipel|haut-commissariat|secretariat|cooperative)\b"
)
_FURNITURE = re.compile(
    r"^(?:aller (?:au|a la) |menu|accueil\b|rechercher?\b|partager|imprimer|telecharger|mis a jour|mise a jour|derniere mise|publie"
    r"|vous etes ici|fr\b|en \||newsletter"
    r"|connexion|se connecter|mon compte|mon espace|retour|skip to|gestion des cookies|cookies|facebook|linkedin|twitter|suivez|ajouter a"
    r"|contactez|nous contacter"
    r"|actualites?\b|agenda|espace |s.inscrire$|je m.inscris|candidater$|demander|page \d|sommaire|plan du site|fermer|ouvrir|voir |lire "
    r"|en savoir|[★☆]|ia ora na"
    r"|bienvenue|bonjour|mesdames|madame|monsieur|nos offres|catalogue  |toutes les|tous les|langue|besoin d.aide|english|francais$|cours en ligne)"
)
_SHELF = re.compile(
    r"^(?:le |la |notre |l')?(?:catalogue|offre (?:de formations?|regionale|nationale|\d+)|brochure|plaquette|calendrier|saison|promotion \d+"
    r"|promotion [«\"] ?\w+|axe \d+|annee|edition|rentree"
    r"|formations? (?:continue|initiale|professionnelle)s?(?: continue)? *[\-–—|/] *\w+|formations? \d{4}|programme \d{4}|domaine|theme"
    r"|thematique|rubrique|filiere|collection|document"
    r"|session (?:de \w|d'\w|\d+)|fiche n|fiche \d+|version|ref|reference|code|rncp|n°|niveau)\b"
)
_FIELD = re.compile(
    r"^(?:[\W\d]*)(?:publics?(?: concernes?| vises?| cibles?)?|pour qui|a qui|objectifs?(?: pedagogiques?| de (?:la )?formation| generaux)?"
    r"|duree\b|dates?\b|lieux?\b|pre-?requis|programme$|contenus?\b"
    r"|tarifs?\b|couts?\b|prix\b|frais\b|contacts?\b|modalites?\b|presentation\b|contexte\b|en (?:resume|bref)|l.essentiel|description\b"
    r"|competences\b|organisation\b|inscriptions?\b|effectifs?\b"
    r"|conditions\b|quand\b|ou \?|combien\b|calendrier$|enjeux\b|finalites?\b|problematique\b|intervenants?\b|les plus\b|responsables?\b"
    r"|niveau\b|admission\b|debouches\b|capacite\b|horaires?\b|(?:sessions|modules)\b)",
)
_LABELLED = re.compile(
    r"^(?:[\W\d]*)(?:diplomes?|types?|domaines?|langues?|effort[^:]*|organismes?|composante[^:]*|specialites?|etablissement|rythme|debut"
    r"|fin|nature|categorie|mots? cles?"
    r"|certification|validation|discipline|secteur|themes?|thematiques?|modes?|formats?|cout[^:]*|tarif[^:]*|public[^:]*|animateurs?"
    r"|formateurs?|site|ville|region|auteur|source) ?:"
)
_AMOUNT = re.compile(
    r"^(?:\d+(?:[.,]\d+)?|un[e]?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|une? (?:vingtaine|dizaine|quinzaine|trentaine) d[e'])"
    r"[ -]*(?:a \d+ )?(?:jours?|heures?|h|mois|semaines?|ans?|annees?|places?|personnes?|participants?|stagiaires?|eleves|sessions?"
    r"|modules?|demi-journees?|journees?)\b"
)
_NAMED = re.compile(
    r"\b(?:[Cc]ycle|[Ff]ormation|[Ss]tage|[Jj]ournée|[Mm]odule|[Pp]arcours|[Ss]éminaire|[Aa]telier|[Pp]rogramme|[Cc]lasse|[Cc]ertificat"
    r"|[Dd]iplôme|MOOC|[Mm]aster|[Ll]icence)"
    r"(?: [a-zéèêà'’]{2,15}){0,3} ?«\s?[^«»\n]{6,120}»"
)
_CODE = re.compile(
    r"(?:[ \t]{2,}|[ \t]*[\-–—(|]?[ \t]*)(?:r[ée]f(?:[ée]rence)?\.?|code(?: (?:stage|action|formation))?|n°)[ \t]*:?[ \t]*[A-Z0-9][\w\-./]*\)?$",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\s*[\-–—|]\s*(?:n° ?:? ?\w+|mise? à jour.*|code.*|réf.*)$", re.IGNORECASE)
_FORM = re.compile(
    r"^fiche (?:formation|stage|programme|produit|action|descriptive|(?:n° ?)?\d+)(?: de (?:la )?formation)? ?[:\-–—]? ?(?=\w{2,})", re.IGNORECASE
)
_NO_TITLE = re.compile(r"[@€☎]|https?:|www\.|\b0\d(?:[ .]\d\d){4}|^\W*\d[\d/ .]*$")
_DATE_ONLY = re.compile(r"^\W*(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|le|du|au|\d{1,4}|1er|[a-z]+ \d{4}|[\W])+)$")
_GOOD = 2.0
"""By so much must another line outweigh the first one: where little speaks for either, the first stays."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    folded: str
    apart: bool
    """A blank line above."""


def find_title(text: str, first: Span | None) -> Span | None:
    """The characters of the title among the early lines, or None where nothing outweighs ``first`` (what else would be it)."""
    lines = list(_lines(text))
    for line in lines[:15]:
        said = _SAID.match(line.folded)
        if said and not _is_form(line.folded[said.end() :]):
            return _trimmed(line.start + said.end(), text[line.start + said.end() : line.start + len(line.text)])
    own = [(_weight(lines, at, text), at) for at in range(len(lines)) if _possible(lines[at].text)]
    if not own:
        return None
    below = _first_of_several(lines)
    if below and (above := [(weight, at) for weight, at in own if at < below and not _FURNITURE.match(lines[at].folded)]):
        line = lines[max(above, key=lambda pair: (pair[0], -pair[1]))[1]]
        return _trimmed(line.start, line.text)
    best, at = max(own, key=lambda pair: (pair[0], -pair[1]))
    line = lines[at]
    if first is not None:
        held = next((weight for weight, number in own if lines[number].start <= first.start < lines[number].start + len(lines[number].text)), None)
        if held is not None and best < held + _GOOD:
            return None
        weak = held is None and best < _GOOD
    else:
        weak = best < _GOOD
    return None if weak else _trimmed(line.start, line.text)


def named(text: str) -> str | None:
    """The course that the opening speaks of by its name: "Le cycle « Piloter par la donnée » aide les cadres …"."""
    found = _NAMED.search(text, 0, 800)
    return " ".join(found.group()[:1].upper().split()) + found.group()[1:] if found else None


def is_name(line: str) -> bool:
    """Whether a line may be a course's name, all else unknown: no menu, house, form, field, date or amount."""
    folded = fold(line.strip())
    barred = (_FURNITURE, _SHELF, _DATE_ONLY, _GENERIC, _LABELLED, _AMOUNT)
    if any(pattern.match(folded) for pattern in barred) or _is_field(folded):
        return False
    return bool(_COURSE_FIRST.match(folded)) or not _HOUSE.match(folded)


def shown(title: str) -> str:
    """A title without the code and the date of the sheet behind it, and without the name of the form before it."""
    kept = _UPDATED.sub("", _UPDATED.sub("", _CODE.sub("", _FORM.sub("", title)))).strip()
    return kept if sum(c.isalpha() for c in kept) >= 4 else title


def _is_field(folded: str) -> bool:
    return bool(_FIELD.match(folded)) and (len(folded.split()) <= 4 or ":" in folded[:40])


def _trimmed(start: int, line: str) -> Span:
    kept = shown(line.rstrip())
    at = line.index(kept)
    return Span(start + at, start + at + len(kept))


_KEY = re.compile(r"[*_]*(?P<key>[a-z][a-z' -]{2,30}?)[*_]* ?:")


def _first_of_several(lines: Sequence[_Line]) -> int:
    """The number of the line that names the first of several courses, each with the same fields; 0 where the page is about one.

    Such a page is known by its own name, or by its house's.
    """
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if (key := _KEY.match(line.folded.lstrip("-•*– "))) and _FIELD.match(key["key"]):
            places.setdefault(key["key"], []).append(at)
    again = [numbers for numbers in places.values() if len(numbers) > 1]
    if len(again) < 2:
        return 0
    first, second = min(numbers[0] for numbers in again), min(numbers[1] for numbers in again)
    names = [next((at for at in range(start - 1, max(-1, start - 4), -1) if _names_a_course(lines, at)), -1) for start in (first, second)]
    return names[0] if names[0] > 0 and names[1] > first else 0


def _names_a_course(lines: Sequence[_Line], at: int) -> bool:
    """Whether a line above the fields of one course of several is its name: no code, and apart from what stands above."""
    line = lines[at]
    return _possible(line.text) and not _is_field(line.folded) and (line.apart or line.text.startswith("#") or bool(_SHEET.match(line.folded)))


_SHEET = re.compile(
    r"(?:fiche|formation|stage|module|action|atelier|cycle|parcours|seminaire)s? (?:n ?[°o]\.? ?)?(?:\d{1,3}|[a-z]|[ivx]{1,4}) ?[:–—.|)-]"
)


def _lines(text: str) -> Iterator[_Line]:
    offset, blank, found = 0, True, 0
    for raw in text[: 100 * LONGEST].split("\n"):
        stripped = raw.strip()
        if stripped:
            start = offset + raw.index(stripped)
            yield _Line(start, stripped, fold(stripped), blank)
            found += 1
            if found >= LINES:
                return
        blank = not stripped
        offset += len(raw) + 1


def _possible(line: str) -> bool:
    letters = sum(c.isalpha() for c in line)
    return (
        letters >= 4
        and len(line) <= LONGEST
        and not line.endswith((".", ";", ",", "!", "?", ":"))
        and not _NO_TITLE.search(line)
        and line[0] not in "-•▪*–|■"
    )


def _is_form(value: str) -> bool:
    """Whether what follows "Formation :" is a value of a form ("continue", a date), not a name."""
    return (
        len(value.split()) < 2
        or bool(_GENERIC.match(value) or _AMOUNT.match(value) or _DATE_ONLY.match(value))
        or len(value) > LONGEST
        or value.rstrip().endswith((".", ";"))
    )


def _weight(lines: Sequence[_Line], at: int, text: str) -> float:
    line = lines[at]
    folded = line.folded
    words = folded.split()
    weight = -0.05 * at + (1.0 if at == 0 else 0.0) + (0.5 if line.apart else 0.0)
    unnumbered = folded.lstrip("0123456789.-–—) ")
    generic = bool(_GENERIC.match(unnumbered)) or len(words) == 1
    if _FURNITURE.match(folded) or re.search(r" [>›»] \w|(?:\|.*){2}", folded):
        weight -= 6
    if _is_field(folded):
        weight -= 6
    if _LABELLED.match(folded) or _AMOUNT.match(folded):
        weight -= 5
    if _SHELF.match(folded) or _DATE_ONLY.match(folded):
        weight -= 4
    if generic:
        weight -= 3
    elif _COURSE_FIRST.match(folded) and len(words) >= 3:
        weight += 3
    elif _HOUSE.match(folded):
        weight -= 4
    if re.search(r"«[^»]{4,}»", line.text):
        weight += 1.5
    if _CODE.search(line.text):
        weight += 2
    if 3 <= len(words) <= 16:
        weight += 0.5
    above = _above_fields(lines, at)
    weight += min(above, 0.0) if generic else above + _spoken_of(line, text)
    weight -= _in_menu(lines, at)
    return weight


def _above_fields(lines: Sequence[_Line], at: int) -> float:
    """A title stands above the first field; one that is followed by another field's text in between is none."""
    if any(_FIELD.match(line.folded) and len(line.folded.split()) <= 12 for line in lines[:at]):
        return -3.0
    for distance, line in enumerate(lines[at + 1 : at + 9], 1):
        if _FIELD.match(line.folded):
            return 2.5 if distance <= 3 else 1.0
    return 0.0


def _spoken_of(line: _Line, text: str) -> float:
    """How much of it the rest of the text says again."""
    own = {token for token in stems(line.text) if len(token) > 3}
    if len(own) < 2:
        return 0.0
    rest = set(stems(text[: line.start] + " " + text[line.start + len(line.text) :][:20_000]))
    return 1.5 * len(own & rest) / len(own)


def _in_menu(lines: Sequence[_Line], at: int) -> float:
    """Whether it stands in a run of short lines without a blank one between: a menu."""
    run = 1
    for step in (-1, 1):
        number = at + step
        while 0 <= number < len(lines) and len(lines[number].folded.split()) <= 3 and not lines[number + (step < 0)].apart:
            run += 1
            number += step
    return 3.0 if run >= 6 and len(lines[at].folded.split()) <= 3 else 0.0
