"""Where a programme is held and how: location and mode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.facts.layout import View
from corpus.facts.segments import Segment
from corpus.facts.texts import make
from corpus.facts.topics import topic_of
from corpus.facts.words import Beginnings
from corpus.records import Fact
from corpus.vocabulary import mode_of

_POSTAL = re.compile(
    r"(?<![\d-])(?:0[1-9]|[1-8]\d|9[0-8])\d{3} (?:(?:La|Le|Les|L['’]|Saint|Sainte|St|Ste|Mont|Fort)[ -])?[A-ZÀ-Ý][\w'’-]+"
    r"(?: (?:sur|sous|en|de|la|le|les|du|d['’])(?=[ A-ZÀ-Ý])(?: ?[A-ZÀ-Ý][\w'’-]+)?| [A-ZÀ-Ý]{2,}\b(?<!CEDEX))*"
    r"(?: [Cc]edex(?: \d{1,2})?| CEDEX(?: \d{1,2})?)?"
)
_MODE_WORD = re.compile(
    r"(?:presentiel(?:le)?(?: (?:et|ou|/) (?:a |en )?(?:distanciel|distance))?|distanciel(?:le)?(?: (?:et|ou|/) (?:en )?presentiel)?|"
    r"(?<=a )distance|hybrides?|"
    r"(?<=e-)learning|(?<=formation )mixte|visio-?conference|classes? virtuelles?|webinaires?|mooc|foad|comodale?|(?<=en )ligne|"
    r"blended[ -]learning)\b"
)
_MODE_BEGINNINGS = Beginnings(
    "presentiel",
    "distanciel",
    "distance",
    "hybride",
    "learning",
    "mixte",
    "visio",
    "classe",
    "webinaire",
    "mooc",
    "foad",
    "comodal",
    "ligne",
    "blended",
)
_LEAD = re.compile(r"(?:(?:formation|entierement|totalement|100 ?%|en|mode|format) )*(?:a |en |e-)?$")
_WRONG = frozenset({"careers", "results", "accessibility", "registration", "deadline", "prerequisites", "contact", "evaluation", "funding", "price"})
_TAKES_PLACE = re.compile(
    r"\b(?:(?<=se )deroul\w+|aura lieu|auront lieu|avoir lieu|(?<=se )tien\w+|(?<=a )lieu|(?<=ont )lieu|dispensee?s? a|"
    r"organisee?s? a)\b[^.;\n]{0,50}?\b(?:a l.|au |aux |dans les locaux |sur le site |a (?=[A-Z])|en (?=[A-Z])|sur le campus )"
)
_TAKING = Beginnings("deroul", "aura", "auront", "avoir", "tien", "lieu", "dispens", "organis")
_PLACE = re.compile(r"(?:l['’])?[^\n.,;()]{2,80}")
_MOST = 8


def places(view: View) -> Iterator[Fact]:
    """The facts of location: what stands under "Lieu", else postal addresses and where it "takes place"."""
    count = 0
    for segment in view.under("location"):
        if count < _MOST and segment.end - segment.value_start <= 300 and re.search(r"[^\W\d_]{2}", view.text[segment.value_start : segment.end]):
            count += 1
            yield make(view, "location", segment.value_start, segment.end)
    taken = {s.line for s in view.under("location")}
    for match in view.at_numbers(_POSTAL, view.text):
        segment_at = view.at(match.start())
        if segment_at and segment_at.line not in taken and count < _MOST and segment_at.topic not in ("code", "careers"):
            count += 1
            taken.add(segment_at.line)
            yield make(view, "location", _street(view, segment_at, match.start()), match.end())
    for match in view.at_words(_TAKES_PLACE, _TAKING):
        segment_at = view.at(match.start())
        place = _PLACE.match(view.text, match.end())
        if segment_at and place and segment_at.line not in taken and count < _MOST and any(c.isupper() for c in place.group()):
            count += 1
            yield make(view, "location", place.start(), place.start() + len(place.group().rstrip()))


_BESIDE = re.compile(r"\s?(?:,|[–—-]|:|\(|\|)?\s?(?:à |À |au |aux |en )?(?P<v>[A-ZÀ-Ý][^\n,;|()\d€:]{1,60}(?:\([^()\n\d]{2,60}\))?)")
_BARELY = re.compile(r"\s?(?:à |,|[–—-]|\(|\|)")
_NO_PLACE = re.compile(
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|"
    r"session|module|groupe|jour|journee|matin|apres|complet|inscri|places|reste|distanci|visio|classe virtuelle|webinaire|en ligne|presentiel|"
    r"a distance|horaire|date|de |du |le |la |les |un |une |puis|et |ou |fin\b|debut|rentree|promotion|annule|reporte|nouve)"
)


def session_places(view: View, sessions: Sequence[Fact]) -> Iterator[Fact]:
    """The places that stand beside the dates of sessions: "12-14 mai, Angers", "3 février 2027 (Papeete)", "7 mai à Nantes"."""
    seen: set[str] = set()
    for session in sessions:
        segment = view.at(session.start)
        if segment is None or segment.kind == "heading" or not _BARELY.match(view.text, session.end, segment.end):
            continue
        beside = _BESIDE.match(view.text, session.end, segment.end)
        if beside is None or len(seen) >= _MOST:
            continue
        words = beside["v"].rstrip(" .-–—/")
        folded = view.folded[beside.start("v") : beside.end("v")]
        first = topic_of(words.split()[0])
        if _NO_PLACE.match(folded) or first not in (None, "location", "provider") or len(words.split()) > 8 or words.lower() in seen:
            continue
        seen.add(words.lower())
        yield make(view, "location", beside.start("v"), beside.start("v") + len(words))


_STREET = re.compile(
    r"(?:\d{1,4}(?: ?(?:bis|ter|[a-d]))?,? |(?:rue|avenue|av\.|boulevard|bd|place|allee|chemin|quai|route|impasse|campus|zone|site|pole|cours|"
    r"bp|cs|rond-point|domaine|parc)\b)"
)


def _street(view: View, segment: Segment, start: int) -> int:
    """Where the address begins: the street before the postal code, on its line or on the two lines above."""
    if street := _ON_LINE.search(view.folded, segment.value_start, start):
        return street.start()
    index = view.index_at(start)
    if segment.value_start < start:
        return start
    for above in reversed(view.segments[max(0, index - 2) : index]):
        if above.kind == "heading" or above.line < segment.line - 2 or not _STREET.match(view.folded, above.value_start):
            break
        start = above.value_start
    return start


_ON_LINE = re.compile(
    r"(?<![\w])\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|boulevard|bd|place|allee|chemin|quai|route|impasse|cours)\b[^|;]{0,80}$"
)


def modes(view: View) -> Iterator[Fact]:
    """The facts of mode: what stands under "Modalités", where it says one, else the first mention of each."""
    seen: set[str] = set()
    for match in view.at_words(_MODE_WORD, _MODE_BEGINNINGS):
        segment = view.at(match.start())
        lead = _LEAD.search(view.folded, max(0, match.start() - 30), match.start())
        start = lead.start() if lead else match.start()
        mode = mode_of(view.folded[start : match.end()])
        if segment is None or mode is None or mode in seen or (segment.topic in _WRONG):
            continue
        seen.add(mode)
        yield make(view, "mode", start, match.end())
