"""Which line of a text is its title: the name of the course, not of the school, the catalogue, the menu or the form.

A text without marks begins with whatever its page begins with. Each early line is weighed: its form, what stands around
it (a title stands above the prose and the fields of a sheet, alone or below a kicker), and whether the rest of the text,
the name of the file or of the page speak of it. The weights are set by what each sign tells a reader, not by fitting.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.french import fold, is_stop_word, tokens
from corpus.readers.naming import (
    AMOUNT,
    BARE_CODE,
    CODE,
    COUNTED,
    COURSE_FIRST,
    DATE_FIRST,
    DATE_ONLY,
    FIELD,
    FURNITURE,
    GENERIC,
    HOUSE,
    LABELLED,
    NUMBERED,
    OF_A_HOUSE,
    SHELF,
    is_field,
    is_name,
    shown,
)
from corpus.readers.opening import (
    LONGEST,
    REACH,
    SERIES,
    TRAILS,
    WITHIN,
    WRAPPED,
    Line,
    announces,
    goes_on,
    is_form,
    is_possible,
    is_trail,
    lines_of,
    pieces_of,
    separators_of,
    series_kind,
    series_of,
)
from corpus.records import Span

_LIST = 5
"""So many short lines without a blank one between are a menu."""

_SAID = re.compile(
    r"^(?:intitule(?: (?:complet|exact))?(?: (?:du|de la|de l.)\s?(?:stage|formation|action|module|cycle|diplome|cours|programme))?"
    r"|(?:titre|libelle|nom) (?:du|de la|de l.)\s?(?:stage|formation|action|module|cycle|diplome|cours|programme)|formation|stage|titre|objet)"
    r"(?:[ \t]*:[ \t]*|[ \t]{2,}|\t)(?=\S)"
)
_SAID_ABOVE = re.compile(r"^(?:intitule|titre|libelle)(?: (?:du|de la|de l.)\s?\w+)?(?: (?:complet|exact))? ?:?$")
_SENTENCE = re.compile(
    r"\b(?:est|sont|sera|seront|etait|a (?:ete|lieu|pour)|ont|aura|peut|peuvent|permet(?:tent|tra)?|vise(?:nt)?|s'adresse(?:nt)?|propose(?:nt)?"
    r"|accompagne(?:nt)?|accueille(?:nt)?|dure|durent|se deroule(?:nt|ra)?|aura lieu|devez|doit|doivent|faut|avez|etes|serez|pouvez|souhaite[zs]?"
    r"|voulez|nous|vous|je|j'|il y a|comprend|comporte|donne acces|repond|reunit|c'est|n'est|se tient|se tiendra|il s'agit|rejoignez|decouvrez"
    r"|inscrivez-vous|preparez|passez|devenez|formez|faites|venez|retrouvez|chaque jour|chaque annee|aujourd'hui)\b"
)
_QUESTION = re.compile(r"^(?:et |mais |a |pour |de )?(?:qui|que|quoi|quel\w*|combien|ou|quand|pourquoi|besoin|envie|des questions|comment s)\b")
_ASIDE = re.compile(
    r"^(?:(?:accredit|labelli|homolog)\w*|eligible|finance par|par |pour |avec |sous |en vue|a partir|reserve|ouvert|dont |soit |et |ou |ainsi|selon"
    r"|hors |sur (?:inscription|dossier))\b"
)
_EDITION = re.compile(r"\b20\d\d ?[-/–] ?(?:20)?\d\d\)?$")
_OF_A_PLACE = re.compile(r"[A-Z]{2,6} (?:de |du |des |d['’])(?:la |l['’])?[A-ZÀ-Þ][^:]{1,40}$")
_MIXED = re.compile(r"[a-zà-ÿ]{2}")
_INFINITIVE = re.compile(
    r"(?:\W*(?:bien |mieux |savoir |se |s'))?\W*(?!(?:premier|dernier|janvier|fevrier|atelier|cahier|calendrier|courrier|dossier|metier"
    r"|papier|chantier|"
    r"quartier|particulier|financier|routier|hiver|hier|plaisir|avenir|loisir|sur mesure|manager|leader|officier|conseiller|escalier|cancer)\b)"
    r"(?:[a-z]{2,}(?:er|ir|oir)|(?:ap|com|re|sur|entre)?prendre|(?:re)?pondre|repondre|defendre|etendre|rendre|vendre|(?:re)?conduire"
    r"|produire|reduire"
    r"|construire|instruire|traduire|lire|ecrire|inscrire|dire|faire|etre|mettre|transmettre|(?:re)?connaitre|vivre|suivre|convaincre|resoudre)\b"
)
_MANY = re.compile(r"(?:les|nos|vos|des) ")
_PLACES = re.compile(r"^(?:[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]+){0,2})(?:\s*[–—,/|·]\s*|\s+-\s+|$)")
_HOST = re.compile(r"(?:@|https?://(?:www\.)?|www\.)([\w.-]{3,60})")
_DATED = re.compile(
    r"\b(?:(?:du|le|les|au|des?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )*\d{1,2}(?:er)?(?: ?(?:et|,|-|au) ?\d{1,2}(?:er)?)*"
    r" (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b(?: 20\d\d)?"
)
_CODED = re.compile(r"\b(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9-]{4,}\b")
_UNTIL = re.compile(r"\b(?:jusqu.a[ux]?|avant le|a partir d[ue]|des le) ?\d")
_NEWS = re.compile(
    r"\b(?:lance|ouvre|signe|accueille|organise|recrute|inaugure|devient|renouvelle|obtient|fete|mobilise|engage|publie|presente|recoit|remet|cree"
    r"|rejoint|allie|unissent|associe|adopte|celebre|choisit|installe|change|prepare)(?:nt)?\b"
)
_COUNT = re.compile(rf"\b\d+ (?:{COUNTED})\b")
_PAGE_OF_SEVERAL = re.compile(r"(?:le |la |notre |nos |les )?(?:catalogue|plan|offre|programme|brochure|formations|stages|ateliers|cycles)\b")
_GOOD = 1.0
"""A line that weighs less is no title: where nothing speaks for any line, the first one that could be a title stays."""


@dataclass(frozen=True, slots=True)
class Title:
    """The title as it is shown, and the characters of the lines that hold it."""

    text: str
    span: Span


def find_title(text: str, hints: Iterable[str] = (), levels: Mapping[int, int] | None = None, tops: Sequence[int] = ()) -> Title | None:
    """The title among the early lines; None where nothing speaks for any of them.

    ``hints`` are other names of the page (its file, its <title>); ``levels`` those of its headings by their first
    character, where the format has headings; ``tops`` the places at which columns begin, as good as the top of the page.
    """
    lines = lines_of(text)
    if not lines:
        return None
    for at, line in enumerate(lines[:25]):
        said = _SAID.match(line.folded)
        if said and not is_form(line.folded[said.end() :]):
            return _title(text, Span(line.start + said.end(), line.end))
        if _SAID_ABOVE.match(line.folded) and at + 1 < len(lines) and is_possible(lines[at + 1].text) and is_name(lines[at + 1].text):
            return _title(text, Span(lines[at + 1].start, lines[at + 1].end))
    page = _Page(text, lines, hints, levels or {}, tops)
    candidates = page.candidates()
    if not candidates:
        return None
    best = max(candidates, key=lambda candidate: candidate.weight)
    enough = _GOOD if is_name(lines[0].text) else 0.0
    return Title(shown(best.words), Span(best.start, best.end)) if best.weight >= enough else None


def _title(text: str, span: Span) -> Title:
    words = shown(" ".join(span.of(text).split()))
    return Title(words[:1].upper() + words[1:], span)


@dataclass(frozen=True, slots=True)
class _Candidate:
    weight: float
    words: str
    start: int
    end: int


class _Page:
    """The early lines of a text, and what is known of the whole."""

    def __init__(self, text: str, lines: Sequence[Line], hints: Iterable[str], levels: Mapping[int, int], tops: Sequence[int] = ()) -> None:
        self.text = text
        self.lines = lines
        self.levels = levels
        self.tops = frozenset(tops)
        head = fold(text[:REACH])
        self.counts = Counter(w[:5] for w in tokens(head) if len(w) > 3)
        self.hosts = {piece for host in _HOST.findall(head) for piece in re.split(r"[.-]", host) if len(piece) > 2}
        self.hints = {w[:5] for hint in hints for w in tokens(hint) if len(w) > 3 and not is_stop_word(w)}
        self.series = series_of(head)
        self.coded = sum(bool(BARE_CODE.search(line.text)) for line in lines if len(line.text) <= LONGEST)
        self.fields = [_opens_field(line) for line in lines]
        self.first_field = next((at for at, field in enumerate(self.fields) if field), len(lines))
        self.first_prose = next((at for at, line in enumerate(lines) if line.prose and len(line.text) >= WRAPPED), len(lines))
        self.crumb = next((fold(line.text[separators_of(line.text)[-1][1] :]) for line in lines[:40] if is_trail(line)), "")

    def candidates(self) -> list[_Candidate]:
        """The lines that may be a title, with their weight and their place (more than one line where the words go on)."""
        found: list[_Candidate] = []
        several = self._first_of_several()
        for at, line in enumerate(self.lines):
            above = found[-1] if found and at and not line.apart and found[-1].end == self.lines[at - 1].end else None
            for piece in pieces_of(line):
                words, end = self._whole(at, piece)
                if not is_possible(words):
                    continue
                weight = self._weight(at, piece, words, above=at < several)
                if above and above.weight > 0 and not announces(self.lines[at - 1]):
                    if above.words.isupper() and _MIXED.search(words) and weight >= _GOOD and line.last:
                        found.append(_Candidate(max(weight, above.weight) + 0.5, f"{above.words} : {words}", above.start, end))
                    weight -= 0.75 if above.weight >= _GOOD else 0.0  # what stands right below a name rather adds to it
                found.append(_Candidate(weight, words, piece.start, end))
        return found

    def _whole(self, at: int, line: Line) -> tuple[str, int]:
        """The words of the line with those of the next lines where it goes on there, and where they end."""
        words, end, lines = line.text, line.end, self.lines
        while at + 1 < len(lines) and not lines[at].last and not line.part and len(words) < LONGEST and goes_on(words, lines[at + 1]):
            at += 1
            words, end = f"{words} {lines[at].text}", lines[at].end
        return words, end

    def _weight(self, at: int, line: Line, words: str, above: bool) -> float:
        folded = fold(words)
        count = len(folded.split())
        bare = fold(shown(words))
        unnumbered = _CODED.sub(" ", _DATED.sub(" ", bare.lstrip("0123456789.-–—) "))).strip()
        generic = bool(GENERIC.match(unnumbered))
        course = bool(COURSE_FIRST.match(folded)) and count >= 3 and not OF_A_HOUSE.match(folded)
        house = not course and " : " not in words and not _NEWS.search(folded) and self._is_house(at, folded)
        top = at == 0 or line.start in self.tops
        weight = (1.0 if top else -0.05 * at) + (0.5 if 3 <= count <= 16 else 0.0)
        weight -= self._is_no_name(line, folded, words)
        if not generic and len(bare.split()) == 1:
            weight -= 4.0 if words.isupper() and len(words) <= 8 else 2.0  # an acronym, a town, or a name of one word
        if generic:
            weight -= 3
        elif course:
            weight += 1.0 if _MANY.match(folded) else 2.5
        elif house:
            weight -= 5
        elif _INFINITIVE.match(folded) and count >= 3:
            weight += 1.5
        if re.search(r"«[^»]{4,}»", words):
            weight += 1.0
        if CODE.search(words) or BARE_CODE.search(words) or NUMBERED.match(words):
            weight += 1.0
        weight -= self._in_series(folded, words) + self._is_speech(folded, words) + self._in_menu(at)
        around = self._around(at, line)
        if above and not house and not line.part and (not is_trail(line) or _PAGE_OF_SEVERAL.match(folded)):
            weight += 12 if _PAGE_OF_SEVERAL.match(folded) else 3
        return weight + (min(around, 0.0) if generic else around + self._spoken_of(bare) + self._heading(line))

    def _is_house(self, at: int, folded: str) -> bool:
        """A school, an administration: by its words, or because its name is that of the addresses of the page."""
        if HOUSE.match(folded) or OF_A_HOUSE.match(folded) or _OF_A_PLACE.match(self.lines[at].text):
            return True
        first = re.match(r"\W*([a-z0-9]+)", folded)
        if not first:
            return False
        acronym = self.lines[at].text.lstrip('«" ')[: len(first[1])].isupper() and not self.lines[at].text.isupper()
        words = [w for w in tokens(folded) if len(w) > 3]
        if len(words) <= 4 and sum(w in self.hosts for w in words) * 2 >= len(words) > 0:
            return True
        return (first[1] in self.hosts and acronym) or (acronym and bool(HOUSE.match(re.sub(r"^\W*\w+\W+", "", folded))))

    def _is_no_name(self, line: Line, folded: str, words: str) -> float:
        if FURNITURE.match(folded):
            return 6.0
        if not line.part and (signs := separators_of(line.text)):
            return 6.0 if line.text[slice(*signs[0])].strip() in TRAILS else 3.0
        if is_field(folded):
            return 6.0
        if LABELLED.match(folded) or AMOUNT.match(folded):
            return 5.0
        if DATE_ONLY.match(folded) or DATE_FIRST.match(folded):
            return 6.0
        if SHELF.match(folded):
            return 4.0
        if line.part and line.part in TRAILS:
            return 3.0
        if line.part and line.part != ":" and not COURSE_FIRST.match(folded):
            return 1.5  # rather the rubric than the name
        if _ASIDE.match(folded):
            return 2.0
        rest, pieces = words, 0
        while rest and (place := _PLACES.match(rest)):
            rest, pieces = rest[place.end() :], pieces + 1
        return 3.0 if not rest and pieces > 1 and len(words.split()) <= 7 else 0.0

    def _is_speech(self, folded: str, words: str) -> float:
        """Sentences, slogans and questions to the reader."""
        weight = 0.0
        if _EDITION.search(words):
            weight += 0.75
        if _SENTENCE.search(re.sub(r"«[^»]*»", "", folded)):
            weight += 2.5
        if WITHIN.search(words):
            weight += 2.0
        if _UNTIL.search(folded):
            weight += 2.0
        if ";" in words or _COUNT.search(fold(shown(words))):
            weight += 1.5
        if words.endswith("?"):
            weight += 1.0 if not _QUESTION.match(folded) or len(words.split()) > 8 else 2.5 if len(words.split()) > 4 else 4.0
        if words.endswith(("!", "…")):
            weight += 2.5
        if words[:1].islower():
            weight += 2.0
        return weight

    def _in_series(self, folded: str, words: str) -> float:
        """ "Module 3 : 26-28 avril" beside "Module 1", "Module 2": one of several parts is not the whole."""
        found = SERIES.match(folded)
        return 4.0 if (found and self.series[series_kind(found)] > 1) or (self.coded > 1 and BARE_CODE.search(words)) else 0.0

    def _in_menu(self, at: int) -> float:
        """Whether it stands in a run of short lines without a blank one between: a menu, a list."""
        lines = self.lines
        if len(lines[at].words) > 5:
            return 0.0
        run = 1
        for step in (-1, 1):
            number = at + step
            while 0 <= number < len(lines) and len(lines[number].words) <= 5 and not lines[number + (step < 0)].apart and not self.fields[number]:
                run += 1
                number += step
        if run < _LIST:
            return 0.0
        return 3.0 if run > _LIST or len(lines[at].words) <= 3 else 1.5

    def _around(self, at: int, line: Line) -> float:
        """What stands above and below: a title is alone, below a kicker, above the first field and the first prose."""
        lines = self.lines
        weight = 0.0
        if lines[at].apart:
            weight += 0.5
            if lines[at].last:
                weight += 0.5
        if at and not line.part and announces(lines[at - 1]):
            # Right below "DIU" or "Certificat" stands its name.
            weight += 2.5 if not line.apart and COURSE_FIRST.match(lines[at - 1].folded) and not lines[at - 1].part else 1.0
        if line.start not in self.tops:
            weight -= (3.0 if at > self.first_field else 0.0) + (2.0 if at > self.first_prose else 0.0)
        if any(self.fields[at + 1 : at + 4]):
            weight += 2.0 if at < self.first_field else 1.0
        elif any(below.prose and len(below.text) >= WRAPPED for below in lines[at + 1 : at + 4]):
            weight += 1.5
        elif any(self.fields[at + 4 : at + 9]):
            weight += 0.75
        return weight

    def _spoken_of(self, folded: str) -> float:
        """How much of it the rest of the text, the name of the file and the trail say again."""
        own = [w[:5] for w in tokens(folded) if len(w) > 3 and not is_stop_word(w)]
        if not own:
            return 0.0
        again = sum(self.counts[w] > 1 for w in own) / len(own)
        weight = (1.5 if len(own) > 1 else 0.5) * again
        if self.hints:
            # A file may be called by the school and the course: what counts is how much of the line it names, too.
            named = self.hints.intersection(own)
            weight += 2.0 * min(1.0, len(named) / min(3, len(set(own)))) if named else 0.0
        if self.crumb and folded == self.crumb:
            weight += 2.0
        return weight

    def _heading(self, line: Line) -> float:
        level = self.levels.get(line.start, 0)
        if not level:
            return 0.0
        alone = sum(other == level for other in self.levels.values()) == 1
        return (3.0 if level == 1 else 1.5) if alone or level == 1 else 0.5

    def _first_of_several(self) -> int:
        """The number of the line that names the first of several courses, each with the same fields; 0 where the page is about one.

        Such a page is known by its own name, which stands above.
        """
        if numbered := self._first_of_series():
            return numbered
        places: dict[str, list[int]] = {}
        for at, line in enumerate(self.lines):
            if self.fields[at] and (key := _KEY.match(line.folded.lstrip("-•*– "))):
                places.setdefault(key["key"], []).append(at)
        again = [numbers for numbers in places.values() if len(numbers) > 1]
        if len(again) < 2:
            return 0
        first, second = min(numbers[0] for numbers in again), min(numbers[1] for numbers in again)
        names = [next((at for at in range(start - 1, max(-1, start - 5), -1) if self._names_a_course(at)), -1) for start in (first, second)]
        return names[0] if names[0] > 0 and names[1] > first else 0

    def _first_of_series(self) -> int:
        """The first of several names that are numbered alike ("INT-01 ...", "INT-02 ..."), each apart and above what is said of it."""
        named: dict[str, list[int]] = {}
        for at, line in enumerate(self.lines[:-1]):
            below = self.lines[at + 1]
            if not line.apart or not is_possible(line.text):
                continue
            if not line.last and AMOUNT.match(below.folded):
                named.setdefault("by length", []).append(at)
            if not line.last and (found := SERIES.match(line.folded)) and not SERIES.match(below.folded):
                named.setdefault(series_kind(found), []).append(at)
            elif self.coded > 1 and BARE_CODE.search(line.text):
                named.setdefault("", []).append(at)
        return next((numbers[0] for numbers in named.values() if len(numbers) > 1), 0)

    def _names_a_course(self, at: int) -> bool:
        """Whether a line above the fields of one course of several is its name: no code, and apart from what stands above."""
        line = self.lines[at]
        marked = line.text.startswith("#") or bool(SERIES.match(line.folded))
        return is_possible(line.text) and not self.fields[at] and (line.apart or marked)


def _opens_field(line: Line) -> bool:
    """A field, or a key that has lost its colon before its value: "Durée 2 jours, dont 1 à distance", "Public      Chefs de bureau"."""
    if is_field(line.folded):
        return True
    short = ":" not in line.text and len(line.words) <= 12
    return short and bool(FIELD.match(line.folded)) and ("  " in line.text or any(c.isdigit() for c in line.text))


_KEY = re.compile(r"(?P<key>[a-z]+(?:-requis)?)\b")
