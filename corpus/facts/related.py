"""What a page says of other courses and of the site itself: "Sur le même thème", "Voir aussi", the foot of a web page.

Nothing that stands there is a fact of this programme: neither the prices of the courses that are advertised beside it
nor the number of the switchboard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts.layout import View
from corpus.facts.segments import Segment
from corpus.facts.topics import Topic, topic_of
from corpus.facts.words import Beginnings

_COURSES = r"(?:formations?|stages?|parcours|programmes?|modules?|cycles?|cours|diplomes?|webinaires?|evenements?|contenus?|articles?|offres?)"
_RELATED = re.compile(
    r"(?:(?:sur|dans) (?:le|la|les) memes? (?:themes?|sujets?|thematiques?|domaines?|collections?|categories?|rubriques?|filieres?)|"
    r"(?:a |et )?(?:voir|lire|decouvrir|consulter|suivre|noter|explorer) (?:aussi|egalement)|et aussi|"
    rf"(?:a |et )?(?:voir|lire|decouvr\w+|consult\w+|explor\w+) (?:aussi |egalement )?(?:nos|d.|les) autres {_COURSES}|"
    rf"(?:ces|cette|d.autres|nos autres|les autres|autres|nos dernieres|nos prochaines) {_COURSES}"
    rf"(?: (?:peuvent|pourraient|peut|pourrait|qui|a|de|du|dans|sur|proposees?|susceptibles)\b[^\n:]{{0,50}})?|"
    rf"{_COURSES} (?:associee?s?|similaires?|liee?s?|proches?|complementaires?|recommandee?s?|connexes?|apparentee?s?|suggeree?s?|en lien)"
    r"(?: (?:a|au|avec|sur|dans)\b[^\n:]{0,50})?|"
    r"vous (?:aimerez|pourriez|aimeriez) (?:aussi|egalement|peut-etre|etre interesse)[^\n:]{0,40}|"
    r"(?:cela|ceci|ca|elles?|ils?) (?:peut|peuvent|pourrait|pourraient) (?:aussi |egalement )?vous (?:interesser|plaire)|"
    r"(?:nos |les )?suggestions(?: de formations?)?|decouvrez (?:aussi|egalement)|"
    r"(?:les )?(?:visiteurs|internautes|stagiaires) (?:ont |qui )(?:aussi |egalement |ont )[^\n:]{0,50})"
)
_RELATED_FIRST = frozenset("sdaevlncfpmowi")
"""The letters at which the words above begin."""
_OPENS = re.compile(r"[ \t]*(?:[:?!…]|\.{3})*[ \t]*(?:\*+|_+)?[ \t]*[:?!]?[ \t]*")
_MARKS = frozenset(" \t#>*•●▪■–—-|_")

# The foot of a page of the web: at least two of these lines, or one that holds two of them.
_FOOT = re.compile(
    r"\b(?:newsletter\b|(?:lettre|s.abonner|s.inscrire|abonnez-vous|inscrivez-vous) (?:a |d.)?(?:la |notre |l.)?(?:newsletter|lettre d.information|"
    r"actualite)|s.abonner$|suivez[ -]nous|(?:gestion|gerer|parametres|parametrer|politique|utilisation)(?: des| les| de)? cookies|cookies?$|"
    r"tout (?:accepter|refuser)|plan du site|mentions legales|politique de confidentialite|(?:protection des )?donnees personnelles|"
    r"tous droits reserves|credits$|flux rss|haut de page|retour en haut|nous recrutons|espace presse|marches publics$|"
    r"conditions generales d.utilisation|accessibilite ?: ?(?:non|partiellement|totalement) conforme)"
)
_FOOT_HINTS = Beginnings("cookie", "newsletter", "mentions", "suivez", "site", "reserves", "recrutons", "confidentialite", "abonner")
"""Without one of them a page is not searched for its foot."""
_ENTRY = re.compile(r"[^|–—·•]+")
_LONGEST_LINE = 400
_LONGEST_ENTRY = 8
"""Words behind those that make an entry of the foot."""
_FIELDS: frozenset[Topic] = frozenset({
    "price", "objectives", "audience", "prerequisites", "content", "modules", "duration", "sessions", "location", "mode", "capacity", "contact",
    "registration", "certification", "deadline", "practical", "about", "methods", "evaluation",
})  # fmt: skip
_FLAT = frozenset({"text", "pdf", "beir"})
"""Formats whose headings are guessed: their levels say nothing."""


def foreign(view: View) -> tuple[tuple[int, int], ...]:
    """The runs of characters, in order, in which no fact of this programme stands; usually none."""
    runs = list(_related(view))
    if foot := _foot(view):
        runs.append(foot)
    return tuple(sorted(runs))


def _related(view: View) -> Iterator[tuple[int, int]]:
    until, line = 0, -1
    for index, title in enumerate(view.segments):
        opening = title.start
        if opening < until or title.line == line:
            continue
        line, start = title.line, opening
        while start < title.end and view.text[start] in _MARKS:
            start += 1
        if start == 0 or view.folded[start : start + 1] not in _RELATED_FIRST or not (match := _RELATED.match(view.folded, start)):
            continue
        end = match.end()
        line_end = _line_end(view.text, end)
        rest = _OPENS.match(view.text, end, line_end)
        after = rest.end() if rest else end
        if after < line_end:
            if ":" in view.text[end:after]:  # "Voir aussi : Devenir agent de prévention, 55 000 F CFP"
                until = line_end
                yield opening, until
            continue
        until = _end_of_related(view, index, title)
        yield opening, until


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _end_of_related(view: View, index: int, title: Segment) -> int:
    """Where what belongs to this programme begins again: a heading as high as the title, or one that names a field."""
    levels = {b.start: b.level for b in view.document.blocks if b.kind == "heading"}
    level = levels.get(title.value_start, levels.get(title.start, 0)) if view.document.format not in _FLAT else 0
    previous = title
    for segment in view.segments[index + 1 :]:
        if segment.line == title.line:
            continue
        own = levels.get(segment.value_start, levels.get(segment.start, 0))
        if level and own:
            if own <= level:
                return segment.start
        elif (not level and segment.kind == "heading" and _topic(segment) in _FIELDS) or (
            segment.keyed and segment.topic in _FIELDS and _apart(view.text, previous.end, segment.start)
        ):
            return segment.start
        previous = segment
    return len(view.text)


def _topic(segment: Segment) -> Topic | None:
    return segment.topic if segment.keyed else topic_of(segment.heading)


def _apart(text: str, start: int, end: int) -> bool:
    """Whether a blank line parts the two places."""
    return text.count("\n", start, end) >= 2


def _foot(view: View) -> tuple[int, int] | None:
    """The foot of the page, from its first line to the end, where no field of the sheet stands below it."""
    if not view.has_words(_FOOT_HINTS):
        return None
    marks = list(_entries(view.folded))
    sign = view.text.rfind("©")
    if sign >= 0:
        marks.append(sign)
    if len(marks) < 2:
        return None
    last = max((s.end for s in view.segments if s.topic in _FIELDS and (s.keyed or (s.kind == "heading" and _topic(s) in _FIELDS))), default=0)
    below = sorted(m for m in marks if m >= last)
    if len(below) < 2:
        return None
    return view.text.rfind("\n", 0, below[0]) + 1, len(view.text)


def _entries(folded: str) -> Iterator[int]:
    """Where the entries of a foot begin: alone on their line, or between bars and dashes."""
    offset = 0
    for line in folded.split("\n"):
        if 0 < len(line) <= _LONGEST_LINE:
            for piece in _ENTRY.finditer(line):
                words = piece.group().strip(" \t#>*●▪■")
                if (match := _FOOT.match(words)) and len(words[match.end() :].split()) <= _LONGEST_ENTRY:
                    yield offset + piece.start()
        offset += len(line) + 1
