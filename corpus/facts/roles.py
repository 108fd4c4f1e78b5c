"""What a date is the date of: a session, a deadline, the document's own, or nothing that concerns the programme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from corpus.facts.layout import View
from corpus.facts.moments import Moment
from corpus.facts.segments import Segment

Role = Literal["session", "deadline", "published", "none"]

_EXCLUDED_BEFORE = re.compile(
    r"(?:\b(?:loi|decret|arrete|ordonnance|circulaire|directive|instruction|accord|convention|code|reglement|deliberation|avis|note|jo|"
    r"journal officiel|version|referentiel|enregistre\w*|decision|bo|bulletin officiel|agree\w*|habilit\w+|accredit\w+|echeance|certificat|"
    r"nee?s?|depuis|situation|contrats? signes?|"
    r"entree? en vigueur|en vigueur|ancien\w*|applicables?|cree[es]*|fondee?s?|adopte\w*|modifie\w*|promulg\w*|elections?|conference nationale|"
    r"presse|journal|quotidien|gazette|magazine|reforme|statut)\b[^.;:\n]{0,50})$"
)
_DEADLINE = re.compile(
    r"(?:\bavant(?: le)?|\bjusqu.(?:au|a|en)|\bau plus tard(?: le)?|\bdate limite[^.;\n]{0,50}|\bdates? limites?[^.;\n]{0,40}|"
    r"\bcloture[^.;\n]{0,40}|\bd.ici(?: le| au| fin)?|\blimite[^.;\n]{0,30}|\bdernier delai[^.;\n]{0,20}|\bfin des (?:inscriptions|"
    r"candidatures)[^.;\n]{0,15}|\b(?:inscriptions?|candidatures?|dossiers?|recrutement|preinscriptions?|pre-inscriptions?|selections?|depot|"
    r"postul\w+|parcoursup|admission\w*|auditions?|epreuves?|concours|entretiens?)\b[^.;\n]{0,60})\W*$"
)
# When one may apply, or is chosen, and not when the course is held: "candidatures ouvertes du 8 mars au 14 mai", "Oraux : du 6 au 9 avril".
_APPLYING = re.compile(
    r"\b(?:inscriptions?|candidatures?|preinscriptions?|pre-inscriptions?|dossiers?|recrutement|depots?|selections?|campagne|guichet|serveur|"
    r"plateforme|oraux|oral|ecrits?|epreuves?|resultats?|admissibilite|admission)\b[^.;\n]{0,60}$"
)
# A session that the text says to be past: nobody can come to it any more.
_PAST_BEFORE = re.compile(r"\b(?:precedente?s?|l.an (?:passe|dernier)|passee?s?)\b[^.;\n]{0,40}$")
# "Dates : communiquées en avril" tells when the dates will be told.
_TOLD_LATER = re.compile(
    r"\b(?:communique|annonce|publie|connu|precise|diffuse|arrete|confirme)e?s? (?:en |a partir de |courant |au |d.ici |le )?(?:debut |fin )?$"
)
_PAST_AFTER = re.compile(
    r"[^.;:\n]{0,25}\b(?:(?:est|sont) (?:deja |desormais |maintenant )?(?:passee?s?|closes?|terminee?s?|achevee?s?)|(?:a|ont) (?:deja )?"
    r"(?:eu lieu|ete prises? d|reuni|rassemble|accueilli|affiche|fait le plein|permis|connu)|(?:s.est|se sont) (?:tenu|deroule|acheve|termine)\w*|"
    r"affichai(?:t|ent)|avai(?:t|ent))"
)
_PUBLISHED = re.compile(
    r"(?:\b(?:publiee?|mise? a jour|mise a jour|maj|modifiee?|derniere (?:modification|mise a jour|actualisation)|actualisee?|"
    r"date de (?:publication|mise a jour|parution|creation)|edite|paru|redige|revisee?|revue?|poste|version|edition)\b[^.;\n]{0,30})$"
)
_STRONG = re.compile(
    r"\b(?:sessions?|aura lieu|auront lieu|se deroul\w+|se tien\w+|debut\w*|demarr\w*|programmee?s?|organisee?s?|planifie\w*|prevue?s?|"
    r"(?:premiere|deuxieme|troisieme|derniere|une) (?:\w+ )?(?:journee|seance|rencontre)\b|regroupements?|se reuni\w+|se retrouv\w+|departs?|"
    r"commenc\w+|dates? (?:de |du |des )?(?:formations?|sessions?|stages?)?|calendrier|rentree|module \d|prochaine?s?|dispensee?)\b"
)


_NEVER_TOPICS = frozenset({"careers", "results", "accessibility", "certification", "funding"})
_DATED_TOPICS = frozenset({"practical", "duration", "location", "modules", "mode", "price", "contact", "code", "capacity", "methods"})
_WEEKDAY_BEFORE = re.compile(r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s*$")
_HEADED = re.compile(r"^\W*(?:du |le |les |des le |a partir du |en |entre le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?$")
_FROM = re.compile(r"\b(?:du|entre(?: le)?|de|les|des)\s*(?:lundi |mardi |mercredi |jeudi |vendredi )?$")
RENTREE = re.compile(
    r"\brentree\b(?: (?:universitaire|scolaire|de|en|du|le|prevue|prochaine))*\W*(?:le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi) )?$"
)
OPENING = re.compile(
    r"\b(?:ouverture|ouvre|ouverte?s?|lancement|debut\w*|demarr\w*|commenc\w*) (?:du |de la |des |de l.)?(?:cycle|formation|cours|session|stage|"
    r"module|promotion|parcours|mooc)?\w*\s*(?:prevue?s? )?(?:le |du |de |en |:)?\s*$"
)


# "Clôture : 8 décembre, Paris" under "Durée et rythme" is when a cycle ends, not until when one may apply.
_HELD = frozenset({"duration", "sessions", "content", "modules", "practical"})
_CLOSES = re.compile(
    r"(?:^|[\s•*–-])(?:(?:seance|seminaire|journee|session|sequence|module|conference|regroupement)s? de )?cloture\s*(?::|,|le\b)\s*(?:le )?$"
)


def role_of(view: View, segment: Segment, group: Sequence[Moment]) -> Role:
    """session, deadline, published or none: by the words before, else by the section, else by the shape of the date."""
    folded, first, last = view.folded, group[0], group[-1]
    before = folded[max(segment.start, first.start - 110) : first.start]
    ranged = (len(group) > 1 or first.first != first.last) and first.exact
    dated = first.exact and bool(last.year)
    if _PUBLISHED.search(before) or segment.topic == "published":
        return "published"
    if _EXCLUDED_BEFORE.search(before) or segment.topic in _NEVER_TOPICS:
        return "none"
    if RENTREE.search(before):
        return "session"
    if segment.topic in _HELD and _CLOSES.search(before):
        return "session"
    if _TOLD_LATER.search(before):
        return "none"
    if first.exact and _ROW.search(folded, segment.start, first.start) and (dated or ranged or _year_follows(folded, segment, last)):
        return "session"
    if (("passe" in before or "precedent" in before) and _PAST_BEFORE.search(before)) or _PAST_AFTER.match(folded, last.end, segment.end):
        return "none"
    if _APPLYING.search(before) and segment.topic not in _HELD - {"practical", "content"}:
        return "deadline"
    if segment.topic == "deadline" or (_DEADLINE.search(before) and not OPENING.search(before)):
        return "deadline"
    if segment.topic == "sessions" or RENTREE.search(before) or OPENING.search(before):
        return "session"
    if ranged and segment.topic not in _NO_ROWS and _NAMED_DAYS.fullmatch(folded, segment.start, first.start) and _ENDS_LINE.match(folded, last.end):
        return "session"
    if first.exact and _set_apart(folded, segment, group) and (dated or _year_follows(folded, segment, last)):
        return "session"
    weekday = bool(_WEEKDAY_BEFORE.search(before))
    alone = segment.cell < 0 and segment.end - segment.value_start <= last.end - first.start + 14
    if alone and dated and not ranged and not weekday and first.start < 600 and segment.topic in (None, "about"):
        return "published"
    if segment.topic == "registration":
        return "deadline"
    if first.only_year:
        return "session" if segment.topic in (None, "practical", "about", "duration") else "none"
    if _STRONG.search(before) or (weekday and dated) or (ranged and _FROM.search(before)):
        return "session"
    if first.exact and (_HEADED.match(folded[segment.value_start : first.start]) or (segment.topic in _DATED_TOPICS and dated)):
        return "session" if dated or ranged or segment.topic in _DATED_TOPICS else "none"
    if (segment.key and ranged) or (segment.kind == "row" and first.exact):
        return "session"
    if len(group) > 1 and _FROM.search(before) and last.year and segment.topic not in ("content", "objectives", "prerequisites", "audience"):
        return "session"
    return "none"


# "Trois jours. 10, 11 et 12 mai 2027", "1 journée, 2 mars 2027", "14 h – 22 et 23 mars", "6 heures en présence (21 janvier 2027, salle 3)".
_LENGTH_BEFORE = re.compile(
    r"\b(?:jours?|journees?|heures?|h|semaines?|j|presence|presentiel|dates|sessions?|distance|stagiaires?|demi)\b[^.:;(–—|·,\n]{0,25}[.:;(–—|·,-] ?"
    r"(?:du |le |les |entre le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi) )?$"
)
# "M3 L'entretien d'appui      2 j      17 et 18 mai 2027": the columns of a row, name, length and days.
_ROW = re.compile(r"(?: {2,}|\t)\d+(?:[.,]\d+)? ?(?:j|jours?|h|heures?|semaines?)(?: {2,}|\t)[ \t]*(?:du |le |les )?$")
# "3. Négocier — 20 et 21 mai 2027, Lille", "Perpignan      27-30 septembre": days behind the name of a part or a place.
_NAMED_DAYS = re.compile(
    r"\W*(?:\d{1,2}[.)°] ?)?\W*[a-z0-9][^.;|\n]{2,110}?(?: - | {3,}|\t+ *)(?:du |les )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi) )?"
)
_ENDS_LINE = re.compile(r" ?(?:$|\n|[,(|;·–—]|\.(?!\d)|   )")
_NO_ROWS = frozenset({"deadline", "registration", "published", "contact", "evaluation"})
_NO_COURSE = frozenset({"prerequisites", "audience", "registration", "deadline", "objectives", "other", "contact"})


def _set_apart(folded: str, segment: Segment, group: Sequence[Moment]) -> bool:
    """Whether the date stands beside a length of time, in a line that says what a course takes."""
    return segment.topic not in _NO_COURSE and bool(_LENGTH_BEFORE.search(folded, segment.start, group[0].start))


def _year_follows(folded: str, segment: Segment, last: Moment) -> bool:
    return bool(last.year) or bool(_YEAR_SOON.match(folded, last.end, segment.end))


_YEAR_SOON = re.compile(r"[^.;\n]{0,60}\b20\d\d\b")
