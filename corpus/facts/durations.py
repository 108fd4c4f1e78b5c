"""Durations: "13 jours ½", "7 mois | 200 heures", "3 ans dont 12 semaines de stage", "une demi-journée", "2 semestres".

Hours of the day, ages, years of experience, deadlines and validities are lengths of time too, and are not durations of
a programme; outside a section about duration, a length of time needs a word that makes it one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts.labels import duration_label
from corpus.facts.layout import View
from corpus.facts.numbers import DECIMAL, WORD, WORDS, decimal, fraction
from corpus.facts.segments import Segment
from corpus.facts.words import Beginnings
from corpus.french import fold
from corpus.records import Duration, Fact, Status, Unit

_UNITS = (
    r"(?P<u>heures?\b|hetd\b|minutes?\b|mins?\b|mn\b|hrs?\b|h(?![a-z])|jours?\b|journees?\b|j\b|jrs?\b|semaines?\b|sem\.|"
    r"mois\b|ans?\b|annees?\b|semestres?\b|trimestres?\b|demi-? ?journees?\b)"
)
_FRACTION = r"(?P<f>½|1/2\b|¼|3/4\b|¾)"
_QUANTITY = re.compile(
    rf"(?<![\w.,/:+-])(?P<n>1/2|{DECIMAL}|{WORD}\b)(?: ?\((?:\d{{1,3}}|{WORD})\))?(?: ?{_FRACTION})?(?:[ -]|\n(?=[a-z]{{3}}))?{_UNITS}"
    rf"(?:(?:(?<=h) ?(?P<min>\d{{2}})"
    rf"(?!\d|[.,/]\d| ?(?:h|j|€|%|euros?|sem|mois|pers|part|stag|places?))(?: ?(?:mn|min)\b)?)|"
    rf"(?: (?P<min2>\d{{2}}) ?(?:mn|min)\b))?(?:\.? ?(?:et )?(?P<half>½|1/2\b|"
    rf"demi-? ?journee\b|demie?\b|(?<=heure )trente\b|(?<=heures )trente\b))?"
)  # fmt: skip
_IN_WORDS = Beginnings(*(word for word in WORDS if word.isalpha()))
_RANGE_BEFORE = re.compile(rf"(?<![\w.,/:])(?P<n>{DECIMAL}|{WORD}\b) ?(?:a|-|ou|et) ?$")
_LINKS = (" a ", " a", "-", "- ", "ou ", "et ")
_AS_UNIT: dict[str, tuple[Unit, float]] = {
    "h": ("hours", 1), "hetd": ("hours", 1), "minute": ("hours", 1 / 60), "min": ("hours", 1 / 60), "mn": ("hours", 1 / 60),
    "hr": ("hours", 1), "heure": ("hours", 1), "jour": ("days", 1), "journee": ("days", 1), "j": ("days", 1), "jr": ("days", 1),
    "semaine": ("weeks", 1), "sem.": ("weeks", 1), "mois": ("months", 1), "an": ("years", 1), "annee": ("years", 1),
    "semestre": ("months", 6), "trimestre": ("months", 3), "demi-journee": ("days", 0.5), "demijournee": ("days", 0.5), "demi journee": ("days", 0.5),
}  # fmt: skip

_GOVERNS = re.compile(
    r"\b(?:durees?\b|dure(?:nt|ra|ront)?\b|volumes?\b|total\w*|soit\b|formations?\b|stages?\b|modules?\b|cycles?\b|parcours\b|seminaires?\b|"
    r"sessions?\b|(?:en|sur) (?:environ )?$|periodes?\b|immersion\b|cours\b|enseignements?\b|cursus\b|scolarite\b|alternance\b|presentiel\w*|"
    r"distan\w+|e-learning\b|diplome\b|se deroule\w*|comprend\b|represent\w+|ateliers?\b|journees?\b|compose\w*|dont\b|projet\b|organisee?s?\b|"
    r"reparti\w*|etudes?\b|accompagnements?\b|tutorat\b|coaching\b|classes? virtuelles?\b)"
)
_GOVERNS_AFTER = re.compile(
    r" dont\b|,? soit \d| ?[(|] ?\d|[ ,]*(?:\(.{0,30}\) ?)?(?:de |d.|en |\()?(?:formations?\b|stages?\b|cours\b|presentiel|distanciel|"
    r"e-learning|enseignements?|alternance|travail personnel|theorie|theorique|pratique|consecuti|non consecuti|immersion|module|face a face|"
    r"a distance|projet|mise en situation|cm\b|td\b|tp\b|scolarite|classe virtuelle|visio|periode|travaux|autoformation|coaching|tutorat|"
    r"mission|discontinu|"
    r"universitaires?\b|scolaires?\b|ouvr|a l.(?:ecole|institut|universite|iut)|en (?:centre|institut|entreprise|etablissement|ecole)\b|sur site)"
)
_NOT_BEFORE = re.compile(
    r"\b(?:bac ?\+? ?|age[es]* de |(?:plus|moins) (?:de |d.)|depuis |il y a |sous |dans (?:les |un delai de )|d.ici |"
    r"experience[\w ]{0,30} (?:de |d.)?|delais?[\w ' ]{0,40}(?:de |d.|:) ?|a partir de |apres |avant |au moins |valables? |"
    r"validite[\w ]{0,20}|tous les |chaque |"
    r"avoir |justifi\w+ (?:de |d.)|d.anciennete |anciennete (?:de |d.)?|minimum |a |de |jusqu.a |preavis de |rentree |"
    r"par |vers |entre |ces |sur les |les |les cinq dernieres |des |contrats? de |soumis \w+ )$"
)
_NEVER_BEFORE = re.compile(
    r"(?:\b(?:bac ?\+? ?|age[es]* de |depuis (?:plus de )?|il y a |sous |dans (?:les |un delai (?:maximum )?de |environ )?|d.ici |"
    r"delais?[\w ']{0,60}(?:de |d.|:|est de ) ?|valables?\b[^.;\n]{0,40}|validite[\w ]{0,30}:? ?|tou(?:s|tes) les |chaque |"
    r"hebdomadaires?[\w ]{0,20}(?:de |d.|: ?)|hebdomadaires? |par (?:jour|semaine|mois) (?:de |: ?)|"
    r"(?:test|epreuve|entretien|examen|oral|ecrit|concours)s?[\w' ]{0,30}[(,] ?|epreuves? (?:\w+ ){0,3}(?:de |d.une duree de |dure(?:nt)? )|"
    r"anciennete[\w ]{0,20}|preavis de |(?:plus|moins) (?:de |d.)|avant (?:les )?|apres |garanti\w* |"
    r"experience (?:professionnelle )?(?:minimale |minimum )?(?:de |d.)(?:au moins )?|justifi\w+ (?:de |d.)(?:au moins )?|a (?=\d+ ?h)|"
    r"(?:jeunes|adultes|enfants|personnes|publics?|apprentis) (?:ages )?(?:de |entre )|conges?(?: de formation)? (?:de |d.)|contrats? de |"
    r"(?:experience|insertion|suivi|bilan|evaluation|froid|rappel|point|retour|emploi|enquete|situation)s?(?: \w+)? a |"
    r"(?:mandats?|affectation|engagement|detachement|disponibilite|bail|conservation|garantie|assistance|replay|sejour)(?: \w+){0,3} ?(?:de |d.|: ?)|"
    r"(?:recrute|nomme|engage|elu|detache)\w* pour (?:une duree |une periode )?(?:de )?|dispos\w+ de |(?:a|ont|avait|avaient) dure |"
    r"essai (?:de |d.|: ?)|retractation ?:? ?(?:de )?|(?:paiement|reglement|facture|payable) a |"
    r"agee?s? (?:d.au moins |de plus de |de moins de )|six derniers? |derniers? )|\+ de )$"
)
_NEVER_AFTER = re.compile(
    r"\s*(?:d.experience|d.anciennete|et plus\b|d.expertise|d.existence|d.exercice|de pratique professionnelle|de service|avant|apres|"
    r"minimum avant|maximum apres|suivant|a compter|francs?|par (?:jour|semaine|mois|an)\b|/ ?(?:jour|semaine|j\b|sem)|ouvre\w* (?:avant|"
    r"a compter|minimum|suivant|apres)|ouvrable\w* (?:avant|apres)|(?:et plus|revolus)|(?:de (?:travail|cours) )?hebdomadaires?\b|quotidien|"
    r"sur (?:7|sept)\b|/ ?7\b|pour (?:confirmer|repondre|annuler|candidater|postuler|payer|regler|contester|envoyer|fournir|(?:s.|vous |"
    r"se )(?:inscrire|retracter|desister)|deposer|retourner)|"
    r"au plus tard|calendaires? avant|d.age|dernier|precedent|-? ?(?:stagiaires?|agents?|participants?|eleves?|hommes?|personnes?)\b|"
    r"d.(?:assistance|abonnement|acces|utilisation|essai|engagement)\b|de (?:garantie|validite|disponibilite|maintenance|mandat|recul|bail)\b|"
    r"plus tard|plus tot|de cotisation|de conge|francs? avant|de salaire)"
)
_CLOCK = re.compile(r"\s?(?:-|a|–|/|et)\s?\d{1,2} ?(?:h(?![a-z])|:)")
_CLOCK_BEFORE = re.compile(r"(?:\d{1,2} ?h(?: ?\d{2})?|\bde|\ba partir de|\bdes|\bvers|\bjusqu.a|\ba|\bentre|\bouvert\w*)\s?(?:-|a|–|/|et)?\s?$")
_OF_TEACHING = re.compile(r" (?:de |d.|au titre de (?:la |l.))(?:formation|cours|enseignement|stage)s?\b")
_HARD = frozenset({"careers", "results", "accessibility", "deadline", "contact", "published", "other", "funding", "certification"})


def durations(view: View) -> Iterator[Fact]:
    """The duration facts of the document, in its order."""
    yield from _bare(view)
    for match in view.at_words(_QUANTITY, _IN_WORDS, numbers=True):
        segment = view.at(match.start())
        if segment is None or not (value := _value(match)):
            continue
        before = view.folded[max(segment.start, match.start() - 80) : match.start()]
        span = _RANGE_BEFORE.search(before) if before.endswith(_LINKS) else None
        if span and not _value_of_word(span["n"]) < _value_of_word(match["n"]):
            span = None
        if not _is_duration(view, segment, match, before[: span.start()] if span else before, value):
            continue
        amount, unit, computed = value
        label = duration_label(view, segment, match.start(), match.end())
        status: Status = "deduced" if computed else "extracted"
        if span:
            scale = _AS_UNIT[_key(match["u"])][1]
            at = match.start() - len(before) + span.start()
            yield Fact("duration", Duration(decimal(span["n"]) * scale, unit, label), view.text[at : match.end()], at, match.end(), status)
        yield Fact("duration", Duration(amount, unit, label), view.text[match.start() : match.end()], match.start(), match.end(), status)


_BARE_KEY = re.compile(r"(?:\b(?:en |d.|de )|\()(heures?|h|jours?|j|semaines?|mois)\b\)?[^a-z]*$")
_HOURS_KEY = re.compile(r"\bvolumes? horaires?\b")
_BARE_VALUE = re.compile(rf"(?P<n>{DECIMAL})\W*$")


def _bare(view: View) -> Iterator[Fact]:
    """A number alone whose key says the unit: "Durée en jours : 2"."""
    for segment in view.under("duration"):
        key = fold(segment.key or segment.heading)
        unit = _BARE_KEY.search(key)
        number = _BARE_VALUE.match(view.folded, segment.value_start, segment.end)
        if (unit or _HOURS_KEY.search(key)) and number and (amount := decimal(number["n"])) > 0:
            start, end = number.span("n")
            yield Fact("duration", Duration(amount, _AS_UNIT[_key(unit.group(1)) if unit else "h"][0]), view.text[start:end], start, end)


def _value_of_word(written: str) -> float:
    return decimal(written)


def _key(unit: str) -> str:
    if unit.startswith("demi"):
        return "demi-journee"
    return unit if unit in _AS_UNIT else unit.rstrip("s")


def _value(match: re.Match[str]) -> tuple[float, Unit, bool] | None:
    """Amount, unit, and whether it was computed (semesters, half-days, words are read; only conversions are computed)."""
    unit, scale = _AS_UNIT[_key(match["u"])]
    amount = decimal(match["n"]) + fraction(match["f"] or "")
    if match["half"]:
        amount += 0.5
    if minutes := match["min"] or match["min2"]:
        if unit != "hours" or int(minutes) > 59:
            return None
        amount += int(minutes) / 60
    if not 0 < amount * scale < 10_000:
        return None
    return round(amount * scale, 4), unit, scale not in (1, 0.5)


def _is_duration(view: View, segment: Segment, match: re.Match[str], before: str, value: tuple[float, Unit, bool]) -> bool:
    folded = view.folded
    after = folded[match.end() : min(segment.end, match.end() + 60)]
    amount, unit, _ = value
    if _NEVER_BEFORE.search(before) or (_NEVER_AFTER.match(after) and not (after.startswith(" par an") and _SESSIONS_OF.search(before))):
        return False
    if unit == "hours" and match["u"] == "h" and _is_clock(match, before, after):
        return False
    if unit in ("weeks", "days") and not _IN_SO_MANY.match(after) and (_RHYTHM.search(before) or _RHYTHM_KEY.search(fold(segment.key))):
        return False
    stated = bool(_STATED.search(before))
    if match["u"].startswith(("min", "mn")):  # a pause, a walk from the station, an oral: only what is said to be the length
        named = bool(_TAUGHT_KEY.search(fold(segment.key))) and match.start() == segment.value_start
        if _TESTED.search(before) and segment.topic != "duration":
            return False
        opens = not before.strip() and bool(_OPENS.match(after))
        return stated or named or opens or bool(_TAUGHT.search(before)) or (segment.topic == "duration" and _alone(view, segment, match))
    if match["n"] in ("un", "une") and segment.topic != "duration" and _OF_SOMETHING.match(after):
        return False
    if (
        match["n"] in ("un", "une", "six")
        and match["u"] in ("jour", "an", "mois", "heure")
        and not match["half"]
        and segment.topic != "duration"
        and not _GOVERNS_AFTER.match(after)
    ):
        return stated or (
            bool(re.search(r"\b(?:sur|en) $|\bd.$", before) or _GOVERNED.search(before) or _is_sentence(before, after)) and not _TESTED.search(before)
        )
    if segment.topic == "duration":
        return True
    if segment.topic in _HARD:
        return bool(re.search(r"\bstages? (?:de |d.une duree de )?$", before) or _OF_TEACHING.match(after))
    if segment.topic == "prerequisites" and unit in ("years", "months") and not stated:
        return folded[match.start() - 1 : match.start()] == "(" and after[:1] == ")"
    if stated or _GOVERNS_AFTER.match(after) or (not before.strip(" *•–-") and _OPENS.match(after)):
        return True
    bracketed = folded[match.start() - 1 : match.start()] == "(" and after[:1] == ")"
    if segment.topic in ("prerequisites", "audience", "registration", "objectives", "evaluation", "certification"):
        return bracketed or (segment.topic != "prerequisites" and unit in ("hours", "days") and _alone(view, segment, match))
    if _alone(view, segment, match) or bracketed or (_APART.search(before) and _APART_AFTER.match(after)):
        return True
    if unit in ("hours", "days"):
        return not _NOT_BEFORE.search(before) or bool(_GOVERNS.search(before))
    if (unit == "months" and amount > 48) or (unit == "years" and amount > 8):
        return False
    if _NOT_BEFORE.search(before) and not _GOVERNED.search(before):
        return False
    if unit in ("weeks", "months") and _DURING.search(before):
        return True
    return bool(_GOVERNS.search(before) or _GOVERNED.search(before)) or segment.topic in ("modules", "mode", "price", "sessions")


# "Rentrée le 14 septembre – 7 mois | Lyon": a length of time that dashes or bars set apart.
_APART = re.compile(r"(?: [–—-]|[|•·]) $")
_APART_AFTER = re.compile(r"\s*(?:$|[|•·]|[–—-] )")
# "2 semaines à l'IUT / 3 semaines en entreprise" is how weeks alternate, not how long it lasts.
_RHYTHM = re.compile(
    r"\b(?:(?<!votre )(?<!son )(?<!leur )rythme|alternance de|alternant|a raison de)\b"
    r"(?![^.;\n]*\b(?:dont|soit|total)\b)[^.;\n]{0,60}$|\balternance ?:[^.;\n]{0,60}$"
)
# "Rythme : 20 jours, en cinq fois": the whole, and how it is cut up.
_IN_SO_MANY = re.compile(
    r",? (?:repartis |organises )?en (?:\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix) "
    r"(?:fois|sessions|modules|regroupements|seminaires|periodes)\b"
)
_RHYTHM_KEY = re.compile(r"\brythme\b|^alternance")
_STATED = re.compile(
    r"\b(?:durees?|dure|durent|duraient|durera|soit|total\w*|en tout|volume horaire|forfait|comptez|(?:faut|devez) compter|s.etend\w*|s.etal\w*)\b"
    r"[^.;\n]{0,25}$"
)
_TAUGHT = re.compile(r"\b(?:conference|webinaire|atelier|module|seance|cours|video|capsule|formation|parcours|tutoriel)s?(?: \w+)?(?: de| ?[–:,-]) $")
# "Deux jours pour prendre la parole", "Trois ans d'études": what opens a line so is its length.
_OPENS = re.compile(r" d.etudes?\b| pour (?:vous |se |s.)?[a-z]+(?:er|ir|re)\b")
_SESSIONS_OF = re.compile(r"\b(?:session|stage|module|seminaire|regroupement)s? de $")
_TESTED = re.compile(r"\b(?:epreuves?|examens?|oral|soutenances?|auditions?|entretiens?|jury|qcm|quiz|pauses?)\b[^.;\n]{0,60}$")
_TAUGHT_KEY = re.compile(r"\b(?:conference|webinaire|atelier|module|seance|cours|video|capsule)s?$")
_GOVERNED = re.compile(
    r"\b(?:contrat d.apprentissage|contrat de professionnalisation|duree|formation|stage|cycle|parcours|seminaire|module|session|"
    r"mooc|programme|cursus|atelier|prepa|preparation|certificat|total|"
    r"compose\w*)s? (?:\w+ )?(?:de |d.|total de )$"
)


# "Une journée de crue", "une année de césure": what fills the time is no teaching.
_OF_SOMETHING = re.compile(
    r" (?:de |d.)(?!formation|cours|stage|travail|theorie|pratique|regroupement|seminaire|immersion|present|distan|classe|visio|e-learning|terrain|"
    r"scolarite|enseignement|etudes?|atelier|echange|module|cycle|prepar|tutorat|accompagn|reflexion|rencontre|sensibilis|simulation|mise|conference|"
    r"webinaire|bilan|coaching|7|six|sept|\d)[a-z]"
)
_DURING = re.compile(r"^(?!.*\b(?:replay|disponible|accessible|consultable|en ligne|valable|rediffus)).*\b(?:pendant|durant) $")


def _is_sentence(before: str, after: str) -> bool:
    """Whether the length of time is a sentence of its own: "Un jour. Le 19 janvier 2027 ..."."""
    return not before.strip(" *•–-") and bool(re.match(r" ?(?:[.|]|[–—-] )", after))


def _alone(view: View, segment: Segment, match: re.Match[str]) -> bool:
    """The length of time is (nearly) all that the segment says, or stands in brackets after a title."""
    if view.folded[match.start() - 1 : match.start()] == "(":
        return True
    return segment.end - segment.value_start <= match.end() - match.start() + 25


def _is_clock(match: re.Match[str], before: str, after: str) -> bool:
    """Whether "9h", "14h30" is a time of the day."""
    if (
        match["min"]
        and re.search(r"h \d", match.group())
        and decimal(match["n"]) >= 6
        and "duree" not in before[-20:]
        and not re.match(r" ?[a-z]", after)
    ):
        return True
    if 6 <= decimal(match["n"]) < 22 and not before.strip(" *•-–") and re.match(r" ?:(?! ?\d)", after):
        return True  # "14 h : ateliers" is a programme of the day
    if match["min"] and not re.search(r"\bduree\b.{0,15}$", before) and decimal(match["n"]) >= 6 and decimal(match["n"]) < 24:
        return bool(_CLOCK.match(after) or _CLOCK_BEFORE.search(before) or re.search(r"\b(?:horaires?|heure|matin|apres-midi)\b", before))
    if decimal(match["n"]) < 24 and (_CLOCK.match(after) or (decimal(match["n"]) >= 6 and re.match(r" ?\d{2}\b(?! ?[a-z])", after))):
        return True
    if re.search(
        r"\b(?:journees?|jours?|seances?|fois|sessions?|modules?|virtuelles?|ateliers?|webinaires?|conferences?|entretiens?|"
        r"formations?|stages?|cycles?|parcours|cursus) de $",
        before,
    ):
        return False
    return (
        bool(re.search(r"\d{1,2} ?h(?: ?\d{2})? ?(?:-|a|–|/|et) ?$|\b(?:de|a|des|vers|jusqu.a|a partir de) $", before)) and decimal(match["n"]) < 24
    )
