"""What a document is: a programme, one of its modules or sessions, an event, news, a contribution to a debate.

An opinion about training is no training: each kind has words that show it, each with a weight; the heaviest kind wins,
and the first of its words is the proof.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.facts.layout import View
from corpus.french import fold
from corpus.records import Fact, Kind, Text

_SIGNS: tuple[tuple[Kind, float, str], ...] = (
    ("contribution", 4, r"\bpage de contribution\b|\bla contribution (?:#|n°)|\bcontributions? (?:de|des) (?:citoyens?|participants)|\bdebat public\b|\bconsultation (?:publique|citoyenne|en ligne)\b"),
    ("contribution", 2, r"\barguments? (?:pour|contre)\b|\b(?:la )?(?:consultation|periode de participation) est (?:maintenant )?fermee\b|\bcommentaires?\b \d|\bvotes?\b|\bvotre avis\b|\btribune\b|\bpetition\b"),
    ("contribution", 1, r"\bje (?:pense|crois|suggere|propose|trouve|souhaiterais)\b|\ba mon (?:avis|sens)\b|\bil faudrait\b|\bselon moi\b|\bd.accord avec\b"),
    ("news", 3, r"\b(?:a|ont) (?:lance|signe|inaugure|organise|accueilli|annonce|conclu|recu|fete|celebre)s?\b|\bvient de (?:voir le jour|s.achever|signer|lancer)\b|\bcommunique de presse\b|\bactualites?\b|\bc.est la premiere fois\b"),
    ("news", 1.5, r"\b(?:a|ont) (?:permis|ete)\b[^.]{0,30}\b(?:signe|lance|organise|inaugure|forme)e?s?\b|\bla semaine du\b|\bbeneficieront\b|\bmise en place de\b|\bpartenariat\b|\bpromotion [A-Z]"),
    ("event", 3, r"\b(?:colloque|conference|table ronde|webinaire|salon|forum|journee portes ouvertes|portes ouvertes|regards croises|rencontres?|hackathon|afterwork|keynote)\b"),
    ("event", 2, r"\bse deroule dans le cadre d|\bintervenants? :|\binscrivez-vous\b|\bl.evenement\b|\bla journee de l|\bcette (?:sequence|conference|rencontre|table ronde)\b|\bplaces limitees\b|\breplay\b"),
    ("session", 3, r"\bsession du \d|\bconvocation\b|\bvotre session\b|\bcette session\b"),
    ("module", 3, r"^(?:[\W\d]*)(?:module|ue|unite d.enseignement|ec)\b"),
    ("programme", 2, r"\b(?:prerequis|pre-requis)\b|\bpublics? (?:vises?|concernes?|cibles?)\b|\bobjectifs? (?:pedagogiques?|de la formation)\b|\bmodalites pedagogiques\b|\bcontenu de la formation\b|\bmodalites d.evaluation\b|\bdebouches\b"),
    ("programme", 1.5, r"\bcycle (?:de formation|dirigeant|superieur)\b|\bdiplome (?:universitaire|d.universite|d.etat)\b|\bmaster\b|\blicence professionnelle\b|\bformation continue\b|\bstage de formation\b|\bbulletin d.inscription\b"),
)  # fmt: skip
_COMPILED = tuple((kind, weight, re.compile(pattern)) for kind, weight, pattern in _SIGNS)
# What the title calls itself counts most.
_TITLES: tuple[tuple[Kind, float, re.Pattern[str]], ...] = tuple(
    (kind, weight, re.compile(pattern))
    for kind, weight, pattern in (
        ("module", 9.0, r"^\W*(?:module|ue|unite d.enseignement|bloc) ?(?:n°)? ?(?:\d|[ivx]+\b|[a-h]\b)"),
        ("event", 7.0, r"^\W*(?:journees? d.etudes?|journees? portes|colloque|conference|webinaire|table ronde|salon|forum|rencontres?|assises|matinale|afterwork|festival)\b"),
        ("session", 6.0, r"^\W*(?:convocation|session du)\b"),
        ("contribution", 4.0, r"\b(?:consultation|contribution|tribune|petition|debat public|temoignage)\b"),
        ("programme", 2.5, r"\b(?:formations?|stage|cycle|diplome|certificat|licence|master|mastere|but|bts|du|diu|parcours|mooc|atelier|preparation|prepa|titre professionnel|executive|bachelor|mba|cursus|perfectionnement|habilitation)\b"),
    )
)  # fmt: skip
_FIELD_WEIGHT = {"price": 1.5, "code": 1.5, "duration": 1.0, "prerequisites": 1.5, "audience": 1.0, "objectives": 1.0, "content": 1.0, "certification": 1.0, "modules": 1.0, "capacity": 0.5, "registration": 0.5, "mode": 0.3, "sessions": 0.5}  # fmt: skip
_REACH = 20_000
_ENOUGH = 3.0


@dataclass(frozen=True, slots=True)
class Judged:
    kind: Kind
    proof: Fact | None


def judge(view: View, facts: Sequence[Fact]) -> Judged:
    """The kind of the document and the words that show it; ``other`` without proof where nothing shows any."""
    scores: dict[Kind, float] = {}
    proofs: dict[Kind, tuple[float, int, int]] = {}
    for kind, weight, pattern in _COMPILED:
        count = 0
        for match in pattern.finditer(view.folded, 0, _REACH):
            position = match.start()
            count += 1
            bonus = 1.5 if position < len(view.document.title) + 60 and kind in ("event", "news", "contribution") else 1.0
            scores[kind] = scores.get(kind, 0.0) + weight * bonus / count
            if kind not in proofs or weight > proofs[kind][0]:
                proofs[kind] = (weight, position, match.end())
            if count == 3:
                break
    title = fold(view.document.title)
    for kind, weight, pattern in _TITLES:
        if match := pattern.search(title):
            scores[kind] = scores.get(kind, 0.0) + weight
            position = view.folded.find(match.group())
            if position >= 0 and (kind not in proofs or weight > proofs[kind][0]):
                proofs[kind] = (weight, position, position + len(match.group()))
    for name in {f.field for f in facts}:
        scores["programme"] = scores.get("programme", 0.0) + _FIELD_WEIGHT.get(name, 0.0)
    first = next((f for f in facts if f.field in ("objectives", "price", "code", "audience", "content", "duration")), None)
    if not scores:
        return Judged("other", None)
    kind = max(scores, key=lambda k: scores[k])
    if scores[kind] < _ENOUGH:
        return Judged("other", None)
    if kind in proofs:
        _, start, end = proofs[kind]
    elif first:
        start, end = first.start, first.end
    else:
        return Judged("other", None)
    return Judged(kind, Fact("kind", Text(kind), view.text[start:end], start, end, "deduced"))
