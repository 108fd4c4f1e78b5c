"""What a document is: a programme, one of its modules or sessions, an event, news, a contribution to a debate.

An opinion about training is no training: each kind has words that show it, each with a weight; the heaviest kind wins,
and the weightiest of its words is the proof.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.facts.layout import View
from corpus.facts.words import Beginnings
from corpus.french import fold
from corpus.records import Fact, Kind, Session, Text

# (kind, weight, how the first word begins, the words on folded text)
_SIGNS: tuple[tuple[Kind, float, str, str], ...] = (
    ("contribution", 4, "page contribution debat consultation",
     r"page de contribution\b|contribution (?:#|n°)|contributions? (?:de|des) (?:citoyens?|participants)|debat public\b|"
     r"consultation (?:publique|citoyenne|en ligne)\b"),
    ("contribution", 3, "proposition contribution deposee",
     r"(?:proposition|contribution) (?:n ?°|#) ?\d|(?:proposition|contribution) deposee\b|"
     r"deposee? (?:le|par)\b[^\n]{0,60}\b\d{1,2}:\d\d\b"),
    ("contribution", 2, "argument consultation periode commentaire vote votre tribune petition plateforme",
     r"arguments? (?:pour|contre)\b|(?:consultation|periode de participation) est (?:maintenant )?(?:fermee|close|terminee)\b|"
     r"commentaires? ?\(?\d|votes?\b|votre avis\b|tribune\b|petition\b|plateforme (?:citoyenne|participative|de consultation)\b"),
    ("contribution", 1, "je mon il selon accord",
     r"je (?:pense|crois|suggere|propose|trouve|souhaiterais|suis (?:pour|contre))\b|(?<=a )mon (?:avis|sens)\b|il faudrait\b|selon moi\b|"
     r"accord avec\b"),
    ("news", 3, "a ont vient communique actualite premiere",
     r"(?:a|ont) (?:lance|signe|inaugure|organise|accueilli|annonce|conclu|recu|fete|celebre)s?\b|vient de (?:voir le jour|s.achever|signer|"
     r"lancer)\b|communique de presse\b|"
     r"actualites?\b|premiere fois\b"),
    ("news", 1.5, "a ont semaine beneficieront mise partenariat",
     r"(?:a|ont) (?:permis|ete)\b[^.]{0,30}\b(?:signe|lance|organise|inaugure|forme)e?s?\b|semaine du\b|beneficieront\b|"
     r"mise en place de\b|partenariat\b"),
    ("event", 3, "colloque conference table webinaire salon forum journee portes regards rencontre hackathon afterwork keynote seminaire",
     r"(?:colloque|conference|tables? rondes?|webinaire|salon|forum|journees? portes ouvertes|portes ouvertes|regards croises|rencontres?|"
     r"hackathon|afterwork|keynote|seminaire annuel)\b"),
    ("event", 6, "colloque conference table webinaire salon forum rencontre congres",
     r"(?:colloque|conference|table ronde|webinaire|salon|forum|rencontres?|congres)\b,? ?(?:du|le|des|les|-|:)? ?"
     r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b|\d{1,2}(?:er)? (?:janv|fevr|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec))"),
    ("event", 2, "deroule intervenant inscrivez evenement journee cette places replay edition billet stand",
     r"deroule dans le cadre d|intervenants? :|inscrivez-vous\b|evenement\b|journee de l|cette (?:sequence|conference|rencontre|"
     r"table ronde)\b|places limitees\b|replay\b|editions? precedentes?\b|editions? (?:de (?!20)\w+ )?en (?:20\d\d|\w+ 20\d\d)\b|"
     r"billetterie\b|billets?\b|stands?\b"),
    ("module", 4, "module ce", r"module (?:en ligne|e-learning|autonome|complementaire|optionnel|de \d+ ?(?:h|heures)\b)|ce module\b"),
    ("session", 3, "session convocation votre cette", r"session du \d|convocation\b|votre session\b|cette session\b"),
    ("programme", 2, "pre public objectif modalite contenu debouche",
     r"pre-?requis\b|publics? (?:vises?|concernes?|cibles?)\b|objectifs? (?:pedagogiques?|de la formation)\b|modalites (?:pedagogiques|"
     r"d.evaluation)\b|contenu de la formation\b|debouches\b"),
    ("programme", 1.5, "cycle diplome master licence formation stage bulletin",
     r"cycle (?:de formation|dirigeant|superieur)\b|diplome (?:universitaire|d.universite|d.etat)\b|master\b|licence professionnelle\b|"
     r"formation continue\b|stage de formation\b|"
     r"bulletin d.inscription\b"),
)  # fmt: skip
_COMPILED = tuple((kind, weight, Beginnings(*beginnings.split()), re.compile(pattern)) for kind, weight, beginnings, pattern in _SIGNS)
# What the title calls itself counts most.
_TITLE_SIGNS: tuple[tuple[Kind, float, str], ...] = (
    ("module", 9.0, r"^\W*(?:module|ue|unite d.enseignement|bloc) ?(?:n°)? ?(?:\d|[ivx]+\b|[a-h]\b)"),
    ("event", 7.0, r"^\W*(?:(?:l[ea]s?|\d{1,3} ?(?:es?|emes?|res?)|premier[e]?s?|\w+iemes?) )*(?:journees? d.etudes?|journees? portes|colloque"
                       r"|conference|webinaire|table ronde|salon|forum|rencontres?|assises|matinale|afterwork|festival|universites? d.ete"
                       r"|congres)\b"),
    ("event", 3.0, r"^\W*(?:seminaire|journee|rendez-vous)\b.{0,40}\b(?:annuel|national|regional|departemental)"),
    ("session", 6.0, r"^\W*(?:convocation|session du)\b"),
    ("session", 12.0, r"^\W*\d{1,3} ?(?:e|eme|re|ere) session\b"),
    ("contribution", 4.0, r"\b(?:consultation|contribution|tribune|petition|debat public|temoignage)\b"),
    ("programme", 2.5,
     r"\b(?:formations?|stage|cycle|diplome|certificat|licence|master|mastere|but|bts|du|diu|parcours|mooc|atelier|preparation|prepa|"
                           r"titre professionnel|executive|bachelor|mba|cursus|perfectionnement|habilitation)\b"),
)  # fmt: skip
_TITLES = tuple((kind, weight, re.compile(pattern)) for kind, weight, pattern in _TITLE_SIGNS)
_FIELD_WEIGHT = {
    "price": 1.5, "code": 1.5, "prerequisites": 1.5, "duration": 1.0, "audience": 1.0, "objectives": 1.0, "content": 1.0, "certification": 1.0,
    "modules": 1.0,
    "capacity": 0.5, "registration": 0.5, "sessions": 0.5, "mode": 0.3,
}  # fmt: skip
_DESCRIBING = frozenset({"objectives", "content", "modules", "prerequisites", "certification"})
_NOTICE = 600
"""Characters of a notice: it says when, where and for how much, and describes nothing."""
_REACH = 20_000
_ENOUGH = 3.0
_ONE_OCCURRENCE = 14
"""Days from the first to the last one of a session whose days are apart."""


@dataclass(frozen=True, slots=True)
class Judged:
    kind: Kind
    proof: Fact | None


@dataclass(slots=True)
class _Tally:
    scores: dict[Kind, float] = field(default_factory=dict)
    proofs: dict[Kind, tuple[float, int, int]] = field(default_factory=dict)

    def add(self, kind: Kind, score: float, weight: float = 0.0, place: tuple[int, int] | None = None) -> None:
        self.scores[kind] = self.scores.get(kind, 0.0) + score
        if place and (kind not in self.proofs or weight > self.proofs[kind][0]):
            self.proofs[kind] = (weight, *place)


def judge(view: View, facts: Sequence[Fact]) -> Judged:
    """The kind of the document and the words that show it; ``other`` without proof where nothing shows any."""
    tally = _Tally()
    for kind, weight, beginnings, pattern in _COMPILED:
        for count, match in enumerate(view.at_words(pattern, beginnings), 1):
            if count > 3 or match.start() > _REACH:
                break
            early = match.start() < len(view.document.title) + 60 and kind in ("event", "news", "contribution")
            tally.add(kind, weight * (1.5 if early else 1.0) / count, weight, match.span())
    title = fold(view.document.title)
    for kind, weight, pattern in _TITLES:
        if in_title := pattern.search(title):
            place = view.folded.find(in_title.group())
            tally.add(kind, weight, weight, (place, place + len(in_title.group())) if place >= 0 else None)
    if view.document.format in ("jsonld", "lheo") and (place := view.document.text.find(view.document.title)) >= 0:
        # A feed of courses holds nothing else, whatever the words of its texts are.
        tally.add("programme", 20.0, 0.1, (place, place + len(view.document.title)))
    for name in {f.field for f in facts}:
        tally.add("programme", _FIELD_WEIGHT.get(name, 0.0))
    for fact in facts:
        if fact.field in ("objectives", "price", "code", "audience", "content", "duration"):
            tally.add("programme", 0.0, 0.0, (fact.start, fact.end))
            break
    if not tally.scores:
        return Judged("other", None)
    kind = max(tally.scores, key=lambda k: tally.scores[k])
    if kind in ("programme", "other") and (occurrence := _announced(view, facts)):
        return Judged("session", Fact("kind", Text("session"), occurrence.text, occurrence.start, occurrence.end, "deduced"))
    if tally.scores[kind] < _ENOUGH or kind not in tally.proofs:
        return Judged("other", None)
    _, start, end = tally.proofs[kind]
    return Judged(kind, Fact("kind", Text(kind), view.text[start:end], start, end, "deduced"))


def _announced(view: View, facts: Sequence[Fact]) -> Fact | None:
    """The dates of the one occurrence that a short notice announces: no sheet of fields, no description of a course."""
    if len(view.text.strip()) > _NOTICE or any(f.field in _DESCRIBING for f in facts) or sum(s.keyed or s.cell >= 0 for s in view.segments) > 2:
        return None
    dated = [f for f in facts if f.field == "sessions" and isinstance(f.value, Session) and f.value.start and f.value.end]
    days = [d for f in dated if isinstance(f.value, Session) for d in (f.value.start, f.value.end) if d]
    return dated[0] if days and (max(days) - min(days)).days <= _ONE_OCCURRENCE else None
