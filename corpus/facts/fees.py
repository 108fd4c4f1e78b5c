"""Whether an amount of money is what somebody must pay to take part.

Its clause decides: what governs it (a fee, a registration, what is left to pay; or a salary, a grant, a budget), the nearest
first; failing that, the section under which it stands. What other things cost (a room, a meal, an absence, a stand) never is.
"""

from __future__ import annotations

import re

from corpus.facts.layout import View
from corpus.facts.segments import Segment
from corpus.facts.topics import Topic
from corpus.facts.words import Beginnings
from corpus.french import fold

PAID = re.compile(
    r"\b(?:couts?\b|coute(?:nt|ra)?\b|tarif\w*|(?<!premier )(?<!1er )(?<!grand )(?<!second )prix\b|frais\b|droits?\b|inscriptions?\b|cvec\b|"
    r"participation\b|factur\w+|payer\b|payants?\b|"
    r"payables?\b|regler\b|regle(?:nt|z|ra|ront)?\b(?! de)|acquitt\w+|(?:est|sera|sont|seront|etre) demandee?s?\b|"
    r"(?:il faut|faut|devez|doit|peut) compter\b|comptez\b|versement\b|cotisations?\b|adhesion\b|acompte\b|arrhes\b|hors taxes?\b|"
    r"ht\b|ttc\b|redevance\b|contribution\b|forfait\b|"
    r"plein tarif\b|montant\b|somme\b|reste a charge|reste a (?:votre|sa|leur) charge|restant a charge|"
    r"a (?:la|votre|sa|leur) charge (?:de|du|des|d.)|s.eleve|net de tax|nets? de tva|exoneree? de tva|"
    r"par (?:stagiaires?|participants?|personnes?|apprenante?s?|agents?|inscrits?|jour|journee|groupe|module|semestre|candidats?|an|auditeurs?|"
    r"eleve)|"
    r"tarification|individuel|auto-?financement|revien(?:t|nent|dra)\b)|"
    r"/ ?(?:stagiaire|participant|personne|pers|apprenant|agent|jour|groupe|an\b|module|heure)"
)
_NOT_PAID = re.compile(
    r"\b(?:salaires?\b|salariale?s?\b|remuneration\w*|remuneree?s?\b|traitements?\b|gratifications?\b|indemnites?\b|indemnisation\b|"
    r"allocations?\b|bourses?\b|aides?\b|primes?\b|subventions?\b|(?<!sans )(?<!hors )(?<!non )pris(?:e)?s? en charge\b|prend en charge\b|"
    r"prendra en charge\b|plafon\w+|amendes?\b|penalites?\b|budgets?\b|dotation\w*|capital\b|credite(?:e?s?|ra)\b|rembours\w+|abond\w+|economies?\b|"
    r"depots? de garantie\b|seuils?\b|patrimoine\b|investi\w*|marches?\b|consacr\w+|enveloppes?\b|allou\w+|octroy\w+|debloqu\w+|"
    r"(?:a|ont) vote\w*|accord(?:e|ent|era|eront)\b|"
    r"mobilis\w+|kilometri\w+|baremes?\b|(?:remis|remet\w*) un cheque\b|hotels?\b|reductions?\b|remises?\b|rabais\b|"
    r"deduction\b|caution\b|loyers?\b|"
    r"logements?\b|repas\b|"
    r"hebergements?\b|restauration\b|nuitees?\b|dons?\b|valeur\b|mecen\w+|parrain\w+|sponsor\w*|exposants?\b|stands?\b|revenus?\b|smic\b|brut\w*\b|"
    r"finance(?:ra|nt|r)? (?:a hauteur|jusqu)|"
    r"(?<!sans )(?<!auto)(?<!auto-)financement\b(?! (?:individuel|personnel|propre|par))|financee?s? (?:a hauteur|par)|prets?\b|impots?\b|"
    r"pension\w*|gain\w*|depenses?\b|"
    r"versee?s? (?:aux?|par)|percoi\w+|touche\w*|recompense\w*|fonds\b(?! (?:de|d.assurance) formation)|"
    r"lots?\b|gagnants?\b|laureats?\b|chiffres? d.affaires|au lieu de|a hauteur de|dote\w*)"
)
_NOT_PAID_AFTER = re.compile(
    r"\s*(?:\)|,)?\s*(?:(?:la |par |/ ?|du )(?:nuit|nuitee|chambre|km|kilometre)\b|(?:de|d.) ?(?:dedit|penalite|indemnite|caution)\w*|bruts? (?:par|"
    r"mensuels?|annuels?|/)|nets? (?:par (?:mois|an)\b|mensuels?|annuels?|/ ?(?:mois|an)\b)|(?:d.|de |"
    r"en )(?:salaire|remuneration|gratification|bourse|aide|prime|subvention|indemnite|budget|chiffre|remise|reduction|credit|droits a|dotation|"
    r"capital|frais de (?:deplacement|sejour))|"
    r"(?:(?:sont|est|seront|sera|a ete|ont ete|etait) )?(?:integralement |"
    r"entierement )?(?:pris(?:e)?s? en charge"
    r"(?![^.;\n]{0,40}\b(?:jusqu|partiel\w*|en partie|possible|eventuel\w*|sous conditions?|selon|si)\b)|"
    r"financee?s?\b|rembours(?!\w* (?:en cas|si|a condition|apres|uniquement))|versee?s?\b|offert)|"
    r"[^.;\n]{0,25}\bversee?s? (?:aux?|par|a)\b|de (?:travaux|depenses)|"
    r"[^.;\n]{0,12}\bpour (?:se|vous) loger|brut|bruts|par mois (?:brut|net)|mensuels?\b)"
)
# A tariff named after who funds it, not what a funder pays: "Formation continue, prise en charge employeur : 1 900 €".
_FUNDED = re.compile(
    r"(?<!niveau de )(?<!montant de la )(?<!plafond de )\b(?:pris(?:e)?s? en charge|financee?s?) (?:par )?(?:un |une |l.|votre |son |"
    r"leur )?(?:employeur|entreprise|tiers|etablissement)[^:;…]{0,45}(?::|\.{3,}|…+|\|) ?$"
)
_EMPLOYER = re.compile(r"\bniveau de prise en charge par (?:l.|un |votre |son )employeur[^:;]{0,30}: ?$")
# The same where the label is all that stands before: "Financement OPCO ..... 8 960 €", "FC prise en charge : 1 250 €".
_TARIFF_OF = re.compile(
    r"^\W*(?:financements?|(?:fc|formation continue|tarif|reprise d.etudes|avec|sans) [^.;:]{0,20}?"
    r"(?:prises? en charge|financements?|financee?s?|finance))\b"
    r"(?! (?:possible|maxim|jusqu|plafon))[^;:€\d]{0,40}[\s.:…|–—-]*$"
)
# "Une remise de 30 % (soit 1 015 €)": what is left to pay, not what is taken off.
_REDUCED_TO = re.compile(r"\b(?:remises?|reductions?|rabais)\b[^.;]{0,20}%[^.;]{0,70}\bsoit (?:un (?:tarif|cout|prix) (?:de )?)?$")
# "8 960 € (14 €/h)", "1 000 € HT, soit 1 200 € TTC": the same price said again.
ALSO = re.compile(r" ?(?:ht|ttc|nets?(?: de taxes?)?)? ?[(,/–-]? ?(?:soit )?")
# What is owed by whoever does not come, and what those who come receive, is no price, whatever the words nearer to it.
_ABSENT = re.compile(
    r"\b(?:annulation|annulee?s?|defection|desistement|dedit|(?:en cas d.|toute )(?:absence|abandon)|(?:absence|abandon)s? (?:non |in)justifiee?s?|"
    r"reports?\b(?=[^.;]{0,30}\bfactur)|frais de report)\b"
)
_RECEIVED = re.compile(r"\b(?:percoi\w+|touche(?:nt|z|ra|ront)?|recoi\w+|recev(?:ez|ront|ra|oir|ant))\b")
# "Salarié agricole : 196 €, pris en charge par OCAPIAT": under "Tarifs" it is still what the course costs that public.
_STILL_PRICE = re.compile(r", \(?pris(?:e)?s? en charge (?:\w+ )?(?:par|a) ")
# "Marché d'un montant de 90 000 €": the word says nothing of who pays.
_WEAK = re.compile(r"^[^,]{0,25}\b(?:montant|somme)$")
# "Le budget formation s'élève à 45 000 €": the verb says nothing of who pays.
_BUDGET = re.compile(
    r"\b(?:budgets?|dotations?|subventions?|bourses?|aides?|primes?|indemnites?|allocations?|enveloppes?)\b[^.;:]{0,50}\bs.eleve\w* a (?:environ )?$"
)
_LODGING = (
    r"(?:hebergements?|logements?|hotels?|restauration|repas|dejeuners?|petits?[ -]dejeuners?|diners?|buffet|nuitees?|nuits?|chambres?|internats?|"
    r"pensions? completes?|demi-pensions?|transports?|deplacements?|trajets?|traversees?|voyages?(?! d.etudes?)|navettes?|parkings?|stationnement|"
    r"(?:passages? en )?bateaux?|ferry|transferts?|billets? (?:d.avion|de train|de bateau|inter-?iles|aeriens?)|sejours?|essence|carburant)"
)
_LODGING_KEY = re.compile(rf"\b{_LODGING}\b")
# "Tarif, hébergement compris : 1 450 €", "coût (hors repas)", "frais de formation et de repas": named beside the fee.
_BESIDE = re.compile(
    rf"\b(?:hors|sans|avec|y compris|inclu\w*|comprenant|dont|sauf|ni|et|\+) ?(?:les? |la |l.|des? |d.|du |frais (?:de |d.))*{_LODGING}"
    rf"(?:(?:,| et| ou| ni|/) ?(?:les? |la |l.|des? |d.|du )*{_LODGING})*(?: (?:non )?(?:compris|inclus|offert)e?s?)?(?! ?\((?:environ |soit )?$)|"
    rf"\b{_LODGING}(?:(?:,| et| ou|/) ?(?:les? |la |l.|des? |d.|du )*{_LODGING})*(?: de midi)?(?: (?:non|sont|est|etant))* "
    r"(?:compris|inclus|offert)e?s?\b(?! ?\((?:environ |soit )?$)"
)
# "Le dîner, facultatif, est facturé 55 euros": what the fee is of is said first; what nobody may leave out is a fee all the same.
_LODGED = re.compile(
    rf"\b{_LODGING}\b[^.;:]{{0,60}}(?:\b(?:factur\w*|coute\w*|compter|propos\w*|revien\w*|disponib\w*|possib\w*|demande\w*|est|sont|a|de|d|environ|"
    rf"avance|paye|regle)|[:(,|–-]|\.{{3,}}|…|\b{_LODGING}) ?(?:de |a |environ )*$"
)
_COMPULSORY = re.compile(r"\b(?:obligatoires?|imposee?s?)\b")
# What a thing costs that is no course: "le coût moyen d'un remplacement", "une journée d'absence coûte 350 €".
_COURSE = (
    r"(?:formations?|stages?|modules?|cycles?|cours|sessions?|parcours|inscriptions?|participation|journees?|jours?|seminaires?|ateliers?|"
    r"preparations?|prestations?|dossiers?|cotisation|adhesion|scolarite|diplomes?|certificats?|certifications?|examens?|blocs?|semestres?|"
    r"annees?|enseignements?|accompagnements?|bilans?|vae|programmes?|webinaires?|conferences?|colloques?|evenements?|billets?|"
    r"tickets?|pass|entree|licences?|masters?|bachelors?|mastere|ue|unites?|heures?|titres?|epreuves?|concours|tests?|kits?|manuels?|livres?|"
    r"documents?|documentation|supports?|tenues?|materiel|packs?|offres?|forfaits?|actions?|dispositifs?|candidatures?|selection|"
    r"tutorat|coaching|options?|du|diu|mooc|bts|but|cap|seances?|rencontres?|ensemble|tout|totalite|total|prepas?|recyclages?|habilitations?|"
    r"permis|caces|attestations?|soutenances?|rattrapages?|redoublements?|frais|droits|tarifs?|prix|cout|montant|abonnements?|cartes?|"
    r"enseignement|apprentissage|alternance|mastere|executive|college|universite|ecole|visites?|classes?|bootcamp|intervention|jury|ceci|cela|il|elle|ca)"
)
_ELSE = re.compile(
    rf"\b(?:cout|prix|montant|depense)s? (?:d.une?|de chaque) (?!(?:l.|la )?{_COURSE}\b)[a-z][^.;:,]*$|"
    rf"\b(?:cout|prix|montant|depense|facture|panier)s? moyen\w* (?!(?:(?:de |d.|du )?(?:la |l.|un |une )?){_COURSE}\b|(?:par|est|:))[^.;:]*$|"
    r"\ben moyenne\b|\b(?:observe|constate)e?s?\b|\ba titre de comparaison\b|\bselon (?:les|une|des) (?:etudes?|enquetes?|estimations?)\b"
)
_COSTS = re.compile(rf"^(?:(?!\b{_COURSE}\b).)*\b(?:coute(?:nt|ra|raient?)?|revien(?:t|nent|dra)|vaut|valent)\b(?! (?:vous|te)\b)[^.;]{{0,40}}$")
_IS_SAID_TO_COST = re.compile(r"coute|revien|vaut|valent")
_OWN_COST = re.compile(r"\b(?:coute|revient)\w* (?:a la|a l.|au|aux|cher|chaque annee|en moyenne)")
# "Dossiers de plus de 25 000 €", "revenus inférieurs à 1 000 €": a threshold, whatever the course costs.
_THRESHOLD = re.compile(
    r"(?:(?<!pas )\b(?:plus|moins) (?:de|d.)|\b(?:superieur|inferieur|egal)e?s? (?:ou egale?s? )?(?:a|au)|\bau-dela (?:de|d.)|\bexcedant|\bdepassant|"
    r"\bdroits? a|\bcontre|\bentree a (?=\d{3}))(?: la somme de)? ?$"
)
# Under "Financement", what is left of the colon may be a public ("En reprise d'études : 4 725 €") or a fund ("CPF : 500 €").
_PAYER = re.compile(
    r"(?:en |pour (?:les |un |une )?|si )?(?:reprise|formation (?:continue|initiale)|autofinanc|auto-financ|particulier|individuel|titre individuel|"
    r"financement (?:individuel|personnel)|employeur|entreprise|collectivite|agent|salarie|demandeur|fonctionnaire|etudiant|administration|"
    r"etablissement|associations?\b|sans )"
)
_COMPARED = (" de", "d'", " a", " au", "excedant", "depassant", "contre")
_EXERCISE = re.compile(r"(?:^|[.;]) ?(?:exercices?|cas pratiques?|etudes? de cas|mises? en situation)\b[^:.]{0,20}:")
_OTHERS_PAY = re.compile(r"\b(?:stands?|sponsor\w*|mecen\w+|parrain\w+|exposants?|partenaires? (?:or|argent|bronze|platine|financiers?|prives?))\b")
_PRICE_TOPICS: frozenset[Topic | None] = frozenset({"price"})
_OPEN_TOPICS: frozenset[Topic | None] = frozenset(
    {
        None,
        "practical",
        "about",
        "registration",
        "contact",
        "sessions",
        "duration",
        "deadline",
        "code",
        "mode",
        "location",
        "capacity",
        "certification",
    }
)


# "Dispense d'un module : - 300 €" is taken off; "la promotion d'avant avait réglé 800 €" is what others paid.
_TAKEN_OFF = re.compile(r"(?:^|[:(])\s*-\s?$")
_PAID_ONCE = re.compile(r"\bavai(?:t|ent) (?:regle|paye|coute|verse|acquitte)[^.;]{0,20}$")
# "Le coût est évalué à 9 000 €, la différence étant prise en charge par ...": what it is worth, not what is asked.
_DIFFERENCE = re.compile(
    r"[^.;]{0,25}, (?:la difference|le reste|le surplus|le solde) (?:est|sera|etant) (?:couvert|pris|assume|finance|supporte)e?\b"
)
# "Le trajet et la chambre restent à votre charge ; comptez 600 €": of what stands before the semicolon.
_COUNTED_ON = re.compile(r"\s*(?:il faut (?:compter|prevoir)|comptez|compter|prevoyez|prevoir) ")
# How the words begin without which a pattern above finds nothing: most clauses hold none of them.
_NOT_PAID_WORDS = Beginnings(
    "salaire", "salarie", "salariale", "remuner", "traitement", "gratification", "indemni", "allocation", "bourse", "aide", "prime", "subvention",
    "pris", "prend", "plafon", "amende", "penalite", "budget", "dotation", "capital", "credite", "rembours", "abond", "economie", "depot", "seuil",
    "patrimoine", "investi", "marche", "consacr", "enveloppe", "allou", "octroy", "debloqu", "vote", "accord", "mobilis", "kilometri", "bareme",
    "remis", "remet", "hotel", "reduction", "rabais", "deduction", "caution", "loyer", "logement", "repas", "hebergement", "restauration", "nuitee",
    "don", "valeur", "mecen", "parrain", "sponsor", "exposant", "stand", "revenu", "smic", "brut", "finance", "pret", "impot", "pension", "gain",
    "depense", "verse", "percoi", "touche", "recompense", "fonds", "lot", "gagnant", "laureat", "chiffre", "lieu", "hauteur", "dote",
)  # fmt: skip
_OTHERS_WORDS = Beginnings(
    "annul", "defection", "desist", "dedit", "absence", "abandon", "report", "percoi", "touche", "recoi", "recev", "stand", "sponsor", "mecen",
    "parrain", "exposant", "partenaire",
)  # fmt: skip
_LODGING_WORDS = Beginnings(
    "hebergement", "logement", "hotel", "restauration", "repas", "dejeuner", "diner", "buffet", "nuit", "chambre", "internat", "pension",
    "transport", "deplacement", "trajet", "traversee", "voyage", "navette", "parking", "stationnement", "bateau", "ferry", "transfert", "billet",
    "sejour", "essence", "carburant",
)  # fmt: skip
_EXERCISE_WORDS = Beginnings("exercice", "cas", "mise")
_COST_WORDS = Beginnings(
    "cout", "prix", "montant", "depense", "facture", "panier", "moyen", "observe", "constate", "comparaison", "selon", "revien", "vaut", "valent"
)


_CLAUSE_END = re.compile(r"[.!?](?=\s+[^\d\s])|[;]|\n")


def clause(view: View, segment: Segment, start: int, end: int) -> tuple[int, int]:
    """Where the clause around ``start:end`` begins and ends, at most 240 characters before and 160 behind."""
    left, right = segment.start, segment.end
    for stop in _CLAUSE_END.finditer(view.folded, max(segment.start, start - 240), start):
        left = stop.end()
    if stop_after := _CLAUSE_END.search(view.folded, end, min(segment.end, end + 160)):
        right = stop_after.start()
    return max(left, start - 240), right


def is_paid(view: View, segment: Segment, start: int, end: int, euros: float) -> bool:
    """Whether the amount of money at ``start:end``, so many euros, is one that somebody must pay to take part."""
    folded = view.folded
    left, right = clause(view, segment, start, end)
    before, after = folded[left:start], folded[end : min(right, end + 90)]
    if view.has_between(_OTHERS_WORDS, left, start) and (_ABSENT.search(before) or _RECEIVED.search(before) or _OTHERS_PAY.search(before)):
        return False
    if (
        (before.rstrip().endswith("-") and _TAKEN_OFF.search(before))
        or ("avai" in before and _PAID_ONCE.search(before))
        or (", l" in after and _DIFFERENCE.match(after))
    ):
        return False
    if _COUNTED_ON.match(before) and view.has_between(_LODGING_WORDS, max(segment.start, left - 120), left):
        return False
    if before.rstrip().endswith(_COMPARED) and _THRESHOLD.search(before):
        return False
    if view.has_between(_LODGING_WORDS, left, start) and _LODGING_KEY.search(before):
        before = _BESIDE.sub("", before)
        if _LODGED.search(before) and not _COMPULSORY.search(folded, left, right):
            return False
    lodging = bool(segment.key and _LODGING_KEY.search(fold(segment.key)))
    if is_not_paid_after(view, end, min(right, end + 90)):
        return segment.topic in _PRICE_TOPICS and not lodging and bool(_STILL_PRICE.match(after)) and _last(_NOT_PAID, before) < 0
    if (view.has_between(_EXERCISE_WORDS, left, start) and _EXERCISE.search(before)) or (segment.key and _EXERCISE.match(f"{fold(segment.key)}:")):
        return False
    if view.has_between(_COST_WORDS, left, start) and (
        _ELSE.search(before) or (_IS_SAID_TO_COST.search(before) and (_COSTS.match(before) or _OWN_COST.search(before)))
    ):
        return False
    paid, unpaid = _last(PAID, before), _last(_NOT_PAID, before) if view.has_between(_NOT_PAID_WORDS, left, start) else -1
    if unpaid >= 0 and (unpaid >= paid or _WEAK.search(before[unpaid:paid]) or _BUDGET.search(before)):
        in_prices = segment.topic in _PRICE_TOPICS
        tariff = (in_prices and _TARIFF_OF.match(before)) or (
            (in_prices or segment.topic in _OPEN_TOPICS) and (_FUNDED.search(before) or _EMPLOYER.search(before))
        )
        return bool(tariff or _REDUCED_TO.search(before)) or (lodging and bool(_COMPULSORY.search(folded, left, right)))
    if paid >= 0:
        return segment.topic not in ("careers", "results") or unpaid < 0
    if segment.topic in _PRICE_TOPICS:
        return True
    if _A_UNIT.match(after) or PAID.match(after.lstrip(" (/,")):
        return True
    if after[:1] in ")," and _NAMED_BEFORE.search(before):
        return True
    if segment.topic == "funding" and start == segment.value_start and _PAYER.match(fold(segment.key)) and not _NOT_PAID.search(after[:50]):
        return True
    if segment.topic in ("careers", "results", "funding", "other", "content", "objectives", "methods", "evaluation", "accessibility"):
        return bool(PAID.match(after.lstrip(" (/")))
    said = _INSTEAD.sub("", after[:50])
    if PAID.search(said) and not _NOT_PAID.search(said):
        return True
    return segment.topic in _OPEN_TOPICS and right - left < 70 and euros < _MUCH and not _NOT_PAID.search(f"{before} {_INSTEAD.sub('', after)}")


def is_not_paid_after(view: View, end: int, until: int) -> bool:
    """Whether the words behind an amount say that nobody pays it to take part: "34 € la nuit", "300 € versés par ..."."""
    return bool(_NOT_PAID_AFTER.match(view.folded, end, until))


# "L'épreuve de sélection (90 €) comprend ...": what the bracket follows is what it costs.
_NAMED_BEFORE = re.compile(
    r"\b(?:epreuves?|tests?|selection|concours|certification|examen|dossier|soutenance|badge|kit|manuel|livret|options?|modules?|stage|atelier|journee|"
    r"formation|parcours|recyclage)\b[^.;()]{0,25} \((?:soit |environ )?$"
)
_MUCH = 40_000
"""Nothing but a word that says so makes more than this the price of a course."""
_A_UNIT = re.compile(
    r" ?\)?,? ?(?:la|le|l.) (?:journee|jour|module|stage|session|seance|semaine|personne|place|"
    r"demi-journee|heure|formation|cycle|parcours|annee|groupe|ue|unite)\b"
)
_INSTEAD = re.compile(r"\bau lieu de\b")


def _last(pattern: re.Pattern[str], text: str) -> int:
    position = -1
    for match in pattern.finditer(text):
        position = match.end()
    return position
