"""Capacity: how many people a session takes. Of a range the upper bound; who was trained last year is no capacity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts.layout import View
from corpus.facts.numbers import WORD, WORDS
from corpus.facts.segments import Segment
from corpus.facts.topics import Topic, topic_of
from corpus.facts.words import Beginnings
from corpus.french import fold
from corpus.records import Capacity, Fact

_PEOPLE = (
    r"(?:places?|participante?s?|stagiaires?|personnes?|pers\.?|inscrite?s?|eleves?|apprenante?s?|auditeurs?|auditrices?|etudiante?s?|"
    r"candidats?|agents?|alternante?s?|connexions?|fonctionnaires|pl\.?|stag\.?|apprentie?s?|beneficiaires?|cadres|professionnels|"
    r"collaborateurs|collaboratrices|jeunes)"
)
# "Une quarantaine d'auditeurs" is how a capacity is written where nobody counts to the last seat.
_ABOUT = {"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60,
          "centaine": 100}  # fmt: skip
_COUNTED = {word: number for word, number in WORDS.items() if number > 3} | _ABOUT
_NUMBER = r"(?:\d{1,4}(?!\d)|" + "|".join(sorted(_COUNTED, key=len, reverse=True)) + ")"
_MONTH = r"(?:janv|fevr|mars\b|avril|mai\b|juin\b|juil|aout|sept(?:\.|embre)|oct(?:\.|obre)|nov(?:\.|embre)|dec(?:\.|embre))"
_OF_PEOPLE = re.compile(
    rf"(?<![\w.,/+%])(?<![a-z]-)(?:(?P<low>{_NUMBER})(?!-[a-z]) ?(?:a|-|et|/) ?)?"
    rf"(?P<n>{_NUMBER})(?: ?\(\d{{1,3}}\))? (?:d.|de )?(?P<first>premiere?s? )?(?P<who>{_PEOPLE})(?!\w)"
)
_MAXIMUM = re.compile(
    rf"\b(?:maximum|maxi|max\.?|plafonnee? a|limitee?s? a(?:ux)?|jusqu.a|(?<=au )plus|(?<=pas )plus(?= de)|"
    rf"exceder?a?|excede(?:nt)?(?: pas)?|depasse(?:r|ra|ront|"
    rf"nt)?(?: pas)?)\s?:? ?"
    rf"(?:de )?(?P<n>{_NUMBER})\b(?![.,]\d| ?(?:\d|€|euros?|h\b|heures?|"
    rf"jours?|ans?|mois|%|ects|f ?cfp|xpf|semaines?|points?|pages?|sessions?|groupes?|fois\b|modules?|essais?))"
)
_AT_MOST = re.compile(rf"(?<![\w.,/+%])(?P<n>{_NUMBER}) (?:(?:au )?(?:maximum|maxi\b|max\b)|au plus\b)(?! ?\d)")
_PLAIN = re.compile(
    rf"(?<![\w.,/+%])(?<![a-z]-)(?:(?P<low>{_NUMBER})(?!-[a-z]) ?(?:a|-|et|/) ?)?(?P<n>{_NUMBER})\b(?![.,]\d|-[a-z]| a \d| ?(?:/ ?\d|{_MONTH}|"
    rf"(?:sous-?)?groupes?|sessions?|sites?|promotions?|classes?|€|euros?|h\b|heures?|jours?|ans?\b|mois|%|"
    rf"semaines?|"
    rf"f ?cfp|xpf))"
)
# "Places disponibles 12", "numerus clausus : 32": the words say it, and nothing but people or an end follows the number.
_NAMED = re.compile(
    r"(?:numerus clausus|nombre (?:maxim\w+ )?(?:de |d.)(?:places?|participante?s?|stagiaires?|auditeurs|personnes)|"
    r"places? (?:disponibles?|offertes?|ouvertes?|proposees?|limitees?)|limite des places(?: disponibles)?|"
    r"effectifs?(?: (?:maxim\w+|maxi?|total))?(?: par (?:groupe|session))?|"
    r"capacites?(?: (?:d.accueil|maxim\w+|totale))?|jauge(?: (?:est |sera )?(?:limitee?|fixee?|plafonnee?))?|"
    r"(?:maximum|maxi|max\.?) (?:de |d.)?(?:participants?|stagiaires?|places?|personnes|"
    r"inscrits?|auditeurs|eleves|etudiants|agents))"
    rf"(?: de la salle| de l.amphi\w*)?(?: est| sera)?[ *_]*[:(|=–—-]?[ *_]*(?:a |de )?(?P<n>{_NUMBER})"
    rf"(?= ?(?:[\n;|()]|[.,](?!\d)|\Z|{_PEOPLE}(?!\w)|par (?:session|groupe|promotion)))"
)
# "12 postes, un par stagiaire": as many people as there are machines. "Il reste 4 places sur 16": the second number.
_ONE_EACH = re.compile(
    rf"(?P<n>{_NUMBER}) (?:postes?|ordinateurs?|pc|machines?|simulateurs?|bancs?|places?|stations?|tablettes?)(?: [a-z'.-]+){{0,3}} ?[,(:;–-]? ?"
    r"(?:soit |a raison d.|avec )?(?:une? (?:seule? )?(?:stagiaire|participant|personne|apprenant|agent|eleve) par (?:poste|ordinateur|machine)|"
    r"une? (?:seule? )?(?:poste |ordinateur |machine )?par "
    r"(?:stagiaire|participant|personne|apprenant|agent|eleve|inscrit|auditeur))"
)
_OUT_OF = re.compile(
    rf"\d{{1,3}} (?:places?|sieges)(?: [a-z'’]+){{0,3}} sur (?:les |un total de |une promotion de )?(?P<n>{_NUMBER})\b(?! (?:ans|jours|heures|mois))"
)
# "6 équipes de 4 personnes (24 participants)": brackets that hold nothing but a number of those who take part.
_IN_BRACKETS = re.compile(
    rf"(?<=\()(?:soit |max(?:imum|i|\.)? ?:? ?|limite\w* a |de )?(?:(?P<low>{_NUMBER}) ?(?:a|-|et|/) ?)?(?P<n>(?![1-4]\b){_NUMBER}) "
    r"(?:participante?s?|stagiaires|places|inscrits|auditeurs|apprenants|personnes)(?: (?:au )?max(?:imum|i|\.)?| au plus| par session)?(?=\))"
)
_IN_A_ROW = re.compile(r"(?<!\d)\d\d[ .]$")
_GOES_ON = re.compile(r"[ .]\d\d(?!\d)")
_THOUSANDS = re.compile(r"\d $")
# "Groupe de 28 alternants", "promotions de 25": whoever they are, so many make one group.
_GROUP = re.compile(
    rf"(?:groupes?|promotions?|promos?|classes?|cohortes?|sessions?)(?: (?:restreinte?s?|reduite?s?|limitee?s?|composee?s?|constituee?s?|formee?s?|"
    rf"plafonnee?s?|type|moyenne?s?|annuelles?|maximum|maximale?s?|unique)){{0,2}},? (?:de|a|d.environ|d.au plus|d.une|de maximum|d.au maximum) "
    rf"(?:(?P<low>{_NUMBER}) ?(?:a|-|et|/) ?)?(?P<n>{_NUMBER})\b(?![.,]\d|-[a-z]| ?(?:a|-|et|ou|/) ?\d| ?(?:\d|€|euros?|h\b|heures?|jours?|"
    rf"j\b|journees?|demi|ans?\b|mois|%|"
    rf"minutes?|min\b|semaines?|modules?|groupes?|sessions?|seances?|ects|credits?|questions?|f ?cfp|xpf))"
)
_WORK_GROUP = re.compile(
    r"\b(?:ateliers?|jeux?(?: de roles?)?|exercices?|travaux|travail|etudes? de cas|mises? en situation|repartis?|cas pratiques?|"
    r"projets?)\b[^.;\n]{0,30}$"
)
_ROOM = re.compile(
    r"\b(?:amphi\w*|restaurants?|(?<!en )salles?|residences?|parkings?|auditoriums?|internats?|cafeterias?|bibliotheques?|creches?|theatres?|"
    r"logements?|hebergements?|gymnases?|(?:mini)?bus|autocars?)\b[^.;,\n]{0,40}$"
)
_GOVERNS = re.compile(
    r"\b(?:capacites?|effectifs?|maximum|maxi|max|limite\w*|jusqu.a|groupes?|promotions? de|promotion|promos?|places?|accueil(?:l\w+| de| ?:)|"
    r"ouverte? a|"
    r"reserve\w* a|nombre de|session de|recrute\w*|dans la limite de|selectionne\w*|formera|plafond|suivie?s? par|reuni\w*|rassembl\w*|"
    r"par session|par groupe|classes? de|depass\w*|exced\w*|attendu\w*)\b[^.;\n]{0,35}$|"
    r"\b(?:journees?|sessions?|stages?|formations?|ateliers?|seminaires?|modules?|webinaires?)\b[^.;:\n]{0,25}\bpour $|\bmax\. ?$"
)
_COURSE = r"\b(?:sessions?|groupes?|promotions?|promos?|stages?|cycles?|formations?|ateliers?|classes?|modules?|seminaires?|webinaires?|cohortes?)\b"
_TAKES = re.compile(
    rf"{_COURSE}[^.;:\n]{{0,40}}\b(?:regroup\w+|reuni\w+|rassembl\w+|accueill\w+|compt\w+|compren\w+|comport\w+|compose\w*|constitue\w*|"
    rf"prevoi\w+|admet\w*|"
    rf"recoi\w+|s.adresse\w*)(?: (?:de|d.|a|entre|environ|en moyenne|au plus|au maximum|jusqu.a|un maximum de|chacune?|generalement)){{0,3}} ?$"
)
# "Session réservée à douze infirmières", "huit journées ouvertes à trente élus".
_RESERVED = re.compile(
    rf"(?:reservee?s?|ouverte?s?) a (?:au plus |environ |une )?(?:(?P<low>{_NUMBER}) ?(?:a|-|et|/) ?)?(?P<n>(?![1-4]\b){_NUMBER}) (?:d.|de )?"
    r"(?!(?:categories|niveaux|corps|grades|voies|filieres|heures|jours|communes|services|structures|etablissements|pays|regions|departements|ministeres)\b)"
    r"[a-z]{3,20}s\b"
)
# "Le séminaire rassemble 40 chefs de service": whoever they are, if nothing else is counted so.
_GATHERS = re.compile(
    rf"(?:sessions?|groupes?|promotions?|stages?|cycles?|formations?|ateliers?|classes?|seminaires?|webinaires?)\b[^.;:\n]{{0,30}} "
    rf"(?:regroupe(?:nt)?|reuni(?:t|ssent)|rassemble(?:nt)?|accueille(?:nt)?) (?:au plus |environ |jusqu.a )?"
    rf"(?:(?P<low>{_NUMBER}) ?(?:a|-|et|/) ?)?(?P<n>{_NUMBER}) "
    rf"(?!(?:jours|heures|seances|modules|sessions|groupes|themes|thematiques|ateliers|parties|blocs|unites|ecoles|pays|partenaires|etablissements)\b)[a-z]{{4,20}}s\b"
)
_GOVERNS_AFTER = re.compile(
    r"\s?(?:\(?(?:maximum|maxi|max\b|au maximum|au plus|(?:admise?s? )?par (?:session|groupe|promotion|an|module|stage|"
    r"cycle|date|journee|seance|atelier)|"
    r", (?:pas (?:un de )?(?:plus|davantage)|tout au plus|grand maximum)|"
    r"disponibles?|ouvertes?|offertes?|"
    r"proposees?|(?:sont )?(?:admise?s?|retenue?s?|selectionnee?s?)\b(?! en 20)|attendu\w*|sont attendu\w*|(?:composent|forment|"
    r"constituent) (?:la|une|chaque) (?:promotion|session|cohorte)|environ|minimum et|beneficier\w*|en formation|\([^)]{0,150}\) beneficier\w*))"
)
# "60 participants, dont 20 places pour les agents": the whole, told by those that are counted apart in it.
_WHOLE = re.compile(r",? ?\(?dont (?:au (?:moins|plus|maximum) )?(?:\d|un|deux|la moitie|" + WORD + ")")
_TAKE_PART = ("place", "pl", "particip", "stag", "inscrit", "eleve", "apprenant", "audit", "etudiant", "candidat", "alternant", "apprenti")
_PART_OF = re.compile(r"\b(?:dont|parmi lesquel\w+)(?: (?:au (?:moins|plus|maximum)|environ|deja|seulement))? $")
_EXCLUDED = re.compile(
    r"\b(?:(?<!limite )des|minimum|mini|min\.?|au moins|a partir de|seuil[\w '’]{0,30}|(?<!pas )plus de|moins de|"
    r"pres de|sur|deja|en 20\d\d|depuis|ouverture[\w '’]{0,25}|"
    r"sous reserve[\w '’]{0,30}|taux|note|reste(?:nt)?(?: plus)?(?: que)?|plus que|"
    r"encore|toujours|(?:sous-? ?|petits |demi-?)groupes? de|groupes? (?:de )?(?:travail|projet|pairs|codeveloppement|discussion) de|"
    r"equipes? de|binomes? de|trinomes? de|tables? de|ilots? de|"
    r"(?:a|ont|avai(?:t|ent)) (?:deja )?(?:rassemble|reuni|accueilli|forme|compte|attire)(?: [\w(),]+){0,5}|"
    r"forfait[\w ]{0,15}\(|(?:encadr|accompagn|ger|anim|dirig|manag|coordonn)(?:er|ez|ir) |bureau de|chambre de|salles? de|"
    r"(?:chaque|un|une|par) (?:tuteur|tutrice|formateur|formatrice|referent|coach|mentor)e? \w+|"
    r"(?:etablissement|service|tuteur|tutrice|terrain|commune|collectivite)s? (?:\w+ )?accueill\w+(?: de)?|"
    r"(?:jury|comite|commission|conseil|bureau|equipe|instance)s?(?: [\w'’]+){0,4} (?:reuni\w*|compt\w+|compren\w+|rassembl\w+|compose\w*(?: de)?|"
    r"forte? de|de))\s?:? ?$"
)
_EXCLUDED_AFTER = re.compile(
    r"\s?(?:par (?:service|commune|structure|etablissement|collectivite|association|direction|equipe|entreprise)\b|"
    r"\(?(?:minimum|mini\b|min\b|au moins|inscrits? minimum)(?!\s?:)|(?:ont|avaient|etaient|formee?s|accueillis|deja|sont (?:deja|passe)|"
    r"presents|diplome)|(?:en |\()20\d\d|minimum(?!\s?:)|"
    r"de (?:parking|stationnement|internat|hebergement|spectacle|concert|cinema|creche)|assises|de l.etat|du pays|des communes|recrutes|satisfait)"
)
# "12 soignants maximum", "25 directrices au plus": whoever they are, with nothing that is counted otherwise.
_NOUN_AT_MOST = re.compile(
    rf"(?<![\w.,/+%])(?:(?P<low>{_NUMBER}) ?(?:a|-|et|/) ?)?(?P<n>{_NUMBER}) (?!(?:jours|journees|heures|semaines|mois|ans|annees|minutes|"
    rf"seances|modules|sessions|"
    rf"groupes|points|pages|questions|credits|euros|francs|essais|fois|lignes|mots|caracteres|kilometres|km|repas|nuits|mega|mo|fichiers|pieces|"
    rf"demi|versements|mensualites|tentatives|absences|reports|inscriptions|candidatures|dossiers|"
    rf"documents)\b)[a-z]{{4,20}}s (?:au )?(?:maximum|maxi\b|max\b|au plus\b)"
)
# "Le nombre de connexions est limité à 500": said so plainly that the section does not matter.
_LIMITED = re.compile(
    r"nombre (?:total |maximal |maximum )?(?:de |d.)(?:connexions?|places?|participante?s?|personnes|inscrits|inscriptions?|stagiaires?|equipes?|"
    rf"auditeurs|agents)(?: par \w+)? (?:est |sera |reste )?(?:limite|plafonne|fixe)e? a (?P<n>{_NUMBER})\b"
)
# The patterns that are tried anywhere, the words at which they begin, and whether they begin at numbers too.
_PEOPLE_WORDS = Beginnings(
    "place", "pl", "particip", "stag", "stagiaire", "pers", "inscrit", "eleve", "apprenant", "auditeur", "auditrice", "etudiant", "candidat", "agent",
    "alternant", "connexion", "fonctionnaire", "apprenti", "benefici", "cadre", "professionnel", "collaborat", "jeune",
)  # fmt: skip
_MOST_WORDS = Beginnings("max", "plus")
_MACHINES = Beginnings("poste", "ordinateur", "pc", "machine", "simulateur", "banc", "place", "station", "tablette")
_NO_WORDS = Beginnings()
# Each with the words at which it begins, and those before which numbers are tried too (None: it begins at no number).
_ANYWHERE = (
    (_LIMITED, Beginnings("nombre"), None),
    (_ONE_EACH, _NO_WORDS, _MACHINES),
    (_OUT_OF, _NO_WORDS, _PEOPLE_WORDS),
    (_IN_BRACKETS, Beginnings("soit", "max"), _PEOPLE_WORDS),
    (_OF_PEOPLE, Beginnings(*_COUNTED), _PEOPLE_WORDS),
    (_AT_MOST, _NO_WORDS, _MOST_WORDS),
    (_NOUN_AT_MOST, _NO_WORDS, _MOST_WORDS),
    (_RESERVED, Beginnings("reserve", "ouvert"), None),
    (_GATHERS, Beginnings("session", "groupe", "promotion", "stage", "cycle", "formation", "atelier", "classe", "seminaire", "webinaire"), None),
    (_GROUP, Beginnings("groupe", "promotion", "promo", "classe", "cohorte", "session"), None),
    (_NAMED, Beginnings("numerus", "nombre", "limite", "place", "effectif", "capacite", "jauge", "max"), None),
    (_MAXIMUM, Beginnings("max", "plafonn", "limite", "jusqu", "plus", "exced", "depass"), None),
)
_WRONG = frozenset({"results", "careers", "accessibility", "content", "objectives", "location"})


def capacities(view: View) -> Iterator[Fact]:
    """The capacity facts of the document, one per place that says it."""
    taken: list[tuple[int, int]] = []
    for match in (*_in_sections(view), *_counted_by_key(view), *_in_columns(view)):
        if _free(taken, match) and not _excluded(view, match):
            taken.append(match.span())
            yield _fact(view, match)
    for pattern, words, numbered in _ANYWHERE:
        for match in view.at_words(pattern, words, numbered is not None, before=numbered):
            if _free(taken, match) and _is_told(view, pattern, match):
                taken.append(match.span())
                yield _fact(view, match)


def _in_sections(view: View) -> Iterator[re.Match[str]]:
    """The first number of each value under the name of the field."""
    for segment in view.under("capacity"):
        key = fold(segment.key)
        for pattern in (_MAXIMUM,) if _LEAST.search(key) else (_PLAIN,) if _TEAMS.search(key) else (_OF_PEOPLE, _PLAIN):
            found = (m for m in pattern.finditer(view.folded, segment.value_start, segment.end) if not _excluded(view, m))
            if match := next(found, None):
                yield match
                break


def _is_told(view: View, pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """Whether a number found anywhere is said to be that of those who may take part."""
    mentioned = view.at(match.start())
    if mentioned is None or mentioned.topic == "capacity":
        return False
    before = view.folded[max(mentioned.start, match.start() - 60) : match.start()]
    if mentioned.topic in _WRONG and pattern is not _LIMITED:
        seats = (
            pattern is _OF_PEOPLE and match["who"].startswith(("place", "participant", "stagiaire")) and mentioned.topic not in ("results", "careers")
        )
        if not (seats and _APART.search(before) and _APART_AFTER.match(view.folded, match.end())):
            return False  # "3 jours, à Lyon. 12 places." is the capacity under whatever heading the line stands
    if _excluded(view, match) and pattern not in (_OUT_OF, _ONE_EACH):
        return False
    if pattern in (_AT_MOST, _MAXIMUM) and not _ABOUT_PEOPLE.search(view.folded, mentioned.start, mentioned.end):
        return False
    if pattern is _GROUP and (_WORK_GROUP.search(before) or 1900 <= _amount(match["n"]) <= 2100):
        return False
    if pattern is _GROUP and _amount(match["n"]) <= _SMALL and _WITHIN.search(before):
        return False
    if pattern is _GROUP and view.text[match.start() : match.start("n")].rstrip().endswith(" A"):
        return False  # "Session A 11 au 13 janvier"
    if pattern is not _OF_PEOPLE or match["who"].startswith(("place", "pl")) or _GOVERNS.search(before) or _TAKES.search(before):
        return True
    if (mentioned.kind != "row" or _in_course_row(view, mentioned)) and (
        mentioned.end - mentioned.value_start <= len(match.group()) + 12
        or (match.start() == mentioned.value_start and bool(_BRACKETED.fullmatch(view.folded, match.end(), mentioned.end)))
    ):
        return True
    takes_part = match["who"].startswith(_TAKE_PART)
    if match["first"] or _ADMITS.search(before) or (takes_part and _WHOLE.match(view.folded, match.end())):
        return True
    if mentioned.topic != "price" and mentioned.cell < 0 and _APART.search(before) and _APART_AFTER.match(view.folded, match.end()):
        return takes_part or (before.endswith(". ") or not before.strip())
    return bool(_GOVERNS_AFTER.match(view.folded, match.end()))


def _in_course_row(view: View, cell: Segment) -> bool:
    """Whether another cell of the row says how long or when: "2 jours | 11-12 mai | à distance | 30 agents"."""
    at = view.index_at(cell.start)
    return any(
        s.line == cell.line and s.cell >= 0 and _LENGTH_CELL.match(view.folded, s.value_start, s.end) for s in view.segments[max(0, at - 8) : at + 8]
    )


_LENGTH_CELL = re.compile(r"(?:\d+(?:[.,]\d+)?|une?|deux|trois|quatre|cinq|demi)[ -]?(?:jours?|journees?|j|h|heures?|semaines?|mois)\b")
# "L'institut retient trente-six personnes": who chooses takes so many.
_ADMITS = re.compile(
    r"\b(?:retien(?:t|nent|dra)|recoi(?:t|vent)|recevons|prenons|retenons|admet(?:tent|tra)?|accueill(?:e|ent|era|ons)|selectionne(?:nt|ra)?|accepte(?:nt|ra)?|recrute(?:nt|ra)?|invite(?:nt|ra)?)"
    r" (?:au (?:plus|maximum) |jusqu.a |environ |une |chaque annee |cette annee )*$"
)
# "3 jours, 6 stagiaires, 18 ans révolus", "... 78 000 F CFP. 15 personnes. En français": a number that marks set apart.
_APART = re.compile(r"(?:^|[.,;|·•–—-] |[(])(?:environ |au plus |maximum |max\.? )?$")
_APART_AFTER = re.compile(r" ?(?:[.,;|·•)](?!\d)|[–—-] |$)")


_ABOUT_PEOPLE = re.compile(r"\b(?:groupe|effectif|participant|stagiaire|pers(?:onnes?)?\b|inscri|reservation|place|auditeur|apprenant)")
_TEAMS = re.compile(r"\b(?:equipes?|binomes?|trinomes?)\b")
_WITHIN = re.compile(r"\b(?:par|en|chaque|tout|du|a un|a des|dans (?:un|des)|devant un|au sein d.un|de petits) $")
_SMALL = 6
"""Groups of so few ("codéveloppement par groupes de six") are made within the session."""
_LEAST = re.compile(r"\bmini?(?:m\w+)?\b(?!.*\bmax)")
_BRACKETED = re.compile(r"\s?\([^()]{1,80}\)\W*")
# "Participants : 15 au maximum", "Stagiaires | 8 à 10": a number under the name of those who take part is how many there may be.
_PEOPLE_KEY = re.compile(
    r"(?:nombre |nb\.? |nbre )?(?:de |d.)?(?:participants?|stagiaires?|inscrits?|auditeurs?|eleves?|apprenants?|etudiants?|personnes|beneficiaires)"
    r"(?: ?\(?(?:max\w*\.?|attendus|prevus|admis|par (?:session|groupe|promotion))\)?)*"
)
_ONLY_COUNT = re.compile(
    rf"(?:de |entre |max(?:imum|i|\.)? ?:? ?|jusqu.a )?(?:(?P<low>{_NUMBER}) ?(?:a|-|et|/) ?)?(?P<n>{_NUMBER})(?: {_PEOPLE})?"
    rf"(?: ?\(?(?:au )?(?:maximum|maxi|max\.?|au plus|environ|(?:par|/) ?(?:session|groupe|promotion))\)?)*[\s.;]*"
)


def _counted_by_key(view: View) -> Iterator[re.Match[str]]:
    first: Segment | None = None
    for segment in view.segments:
        if segment.cell == 0:
            first = segment
        beside = first is not None and segment.cell == 1 and segment.line == first.line
        key = fold(segment.key) if segment.key else view.folded[first.value_start : first.end] if beside and first else ""
        if not key or segment.topic in ("results", "careers") or not _PEOPLE_KEY.fullmatch(key.strip(" :*")):
            continue
        if match := _ONLY_COUNT.fullmatch(view.folded, segment.value_start, segment.end):
            yield match


# A table of what took place or of who works where has a column of head counts too.
_ANNOUNCES = frozenset({"duration", "price", "sessions", "mode"})
_NOT_HEAD = re.compile(r"\bmin|\brest|\binscrits\b|\bformes\b|\bparticipants en\b|\b20\d\d\b")


def _in_columns(view: View) -> Iterator[re.Match[str]]:
    """Numbers below a head such as "Effectif" or "Places", in a table that announces courses."""
    heads: dict[int, Topic | None] = {}
    head_line, inside = -1, False
    for segment in view.segments:
        if segment.cell < 0:
            inside = False
            continue
        if not inside:
            heads, head_line, inside = {}, segment.line, True
        words = view.folded[segment.start : segment.end]
        if segment.line == head_line:
            heads[segment.cell] = None if _NOT_HEAD.search(words) or any(c.isdigit() for c in words) else topic_of(words)
            continue
        if heads.get(segment.cell) != "capacity" or segment.end - segment.start > 20 or _ANNOUNCES.isdisjoint(heads.values()):
            continue
        match = _PLAIN.match(view.folded, segment.start, segment.end) or _AT_MOST.match(view.folded, segment.start, segment.end)
        if match:
            yield match


def _free(taken: list[tuple[int, int]], match: re.Match[str]) -> bool:
    return not any(s < match.end() and match.start() < e for s, e in taken)


def _excluded(view: View, match: re.Match[str]) -> bool:
    before = view.folded[max(0, match.start() - 45) : match.start()]
    if match.group().startswith(("groupes", "promotions", "sessions", "cohortes")):
        before = before.removesuffix("des ")  # "on forme des groupes de quatorze"
    if match.groupdict().get("who", "").startswith(("place", "personne", "pers")) and _ROOM.search(before):
        return True
    if _PART_OF.search(before):
        return True  # "60 participants, dont 20 places pour les agents"
    if match["n"].startswith("0") or (len(match["n"]) == 3 and _THOUSANDS.search(before) and match.start("n") == match.start()):
        return True  # "41 000 agents" are forty-one thousand
    if _IN_A_ROW.search(before) and _GOES_ON.match(view.folded, match.end("n")):
        return True  # two digits of a telephone number
    return bool(_EXCLUDED.search(before.rpartition("\n")[2]) or _EXCLUDED_AFTER.match(view.folded, match.end()))


def _amount(number: str) -> int:
    return _COUNTED[number] if number in _COUNTED else int(number)


def _fact(view: View, match: re.Match[str]) -> Fact:
    return Fact("capacity", Capacity(_amount(match["n"])), view.text[match.start() : match.end()], match.start(), match.end())
