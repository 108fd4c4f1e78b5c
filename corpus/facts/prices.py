"""Prices: every amount that somebody must pay to take part, labelled with for whom and for what.

An amount of money is found by its currency, then judged by its clause: what governs it (fee, registration, what is
left to pay; or salary, grant, budget) decides, the nearest first; failing that, the section under which it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from corpus.facts.labels import price_label, row_label
from corpus.facts.layout import View
from corpus.facts.numbers import AMOUNT, money
from corpus.facts.segments import Segment
from corpus.facts.topics import Topic
from corpus.facts.words import Beginnings
from corpus.french import fold
from corpus.records import Fact, Price

_CURRENCY = (
    r"(?:(?P<k>k) ?(?:€|euros?\b|eur\b)|(?P<m>(?:millions?|milliards?|mds?|m)(?: d.| de | )?)(?:€|euros?\b|eur\b|f(?:rancs?)? ?cfp|"
    r"xpf)|(?P<eur>€(?:uros?\b)?|euros?\b|eur\b)|(?P<xpf>(?:f\.? ?c\.?f\.?p\b\.?|francs? (?:cfp|pacifiques?)|xpf\b|fcfp\b|"
    r"f pacifiques?)))"
)
_MONEY = re.compile(rf"(?:(?<![\w.,/])|(?<=\d[x×]))(?P<n>{AMOUNT})(?:,-|,--)? ?\**\s?{_CURRENCY}")
_PREFIXED = re.compile(rf"(?:€|\beur|\bxpf) ?(?P<n>{AMOUNT})(?! ?(?:€|euro|eur\b|xpf|f ?cfp))")
_PACIFIC = Beginnings("cfp", "fcfp", "xpf")
_TAX_WORDS = Beginnings("ht", "ttc", "net")
_CURRENCIES = Beginnings("eur", "keur", "meur", "mdeur", "cfp", "fcfp", "xpf", "pacifique", "franc")
_BARE = re.compile(rf"(?<![\w.,/-])(?P<n>{AMOUNT}) ?(?=(?:ht|ttc|net|nets)\b(?! de tva sur))")
_RANGE_BEFORE = re.compile(rf"(?<![\w.,])(?P<n>{AMOUNT}) ?(?:€ ?|euros? )?(?:a|-|et|/|ou) ?$")

_PAID = re.compile(
    r"\b(?:couts?\b|coute(?:nt|ra)?\b|tarif\w*|(?<!premier )(?<!1er )(?<!grand )(?<!second )prix\b|frais\b|droits?\b|inscriptions?\b|cvec\b|"
    r"participation\b|factur\w+|payer\b|payants?\b|"
    r"payables?\b|regler\b|versement\b|cotisations?\b|adhesion\b|acompte\b|arrhes\b|hors taxes?\b|ht\b|ttc\b|redevance\b|contribution\b|forfait\b|"
    r"plein tarif\b|montant\b|somme\b|reste a charge|reste a (?:votre|sa|leur) charge|restant a charge|"
    r"a (?:la|votre|sa|leur) charge (?:de|du|des|d.)|s.eleve|net de tax|nets? de tva|exoneree? de tva|"
    r"par (?:stagiaires?|participants?|personnes?|apprenante?s?|agents?|inscrits?|jour|journee|groupe|module|semestre|candidats?|an|auditeurs?|"
    r"eleve)|"
    r"tarification|individuel)|/ ?(?:stagiaire|participant|personne|pers|apprenant|agent|jour|groupe|an\b|module|heure)"
)
_NOT_PAID = re.compile(
    r"\b(?:salaires?\b|salariale?s?\b|remuneration\w*|remuneree?s?\b|traitements?\b|gratifications?\b|indemnites?\b|indemnisation\b|"
    r"allocations?\b|bourses?\b|aides?\b|primes?\b|subventions?\b|prises? en charge\b|pris(?:e)?s? en charge\b|prend en charge\b|"
    r"prendra en charge\b|plafon\w+|amendes?\b|penalites?\b|budgets?\b|dotation\w*|capital\b|credite?s?\b|rembours\w+|abond\w+|economies?\b|"
    r"depots? de garantie\b|seuils?\b|patrimoine\b|investi\w*|marches?\b|reductions?\b|remises?\b|rabais\b|deduction\b|caution\b|loyers?\b|"
    r"logements?\b|repas\b|"
    r"hebergements?\b|restauration\b|nuitees?\b|dons?\b|valeur\b|revenus?\b|smic\b|brut\w*\b|finance(?:ra|nt|r)? (?:a hauteur|jusqu)|"
    r"financement\b(?! (?:individuel|personnel|propre|par))|financee?s? (?:a hauteur|par)|prets?\b|impots?\b|pension\w*|gain\w*|depenses?\b|"
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
    r"finance|rembours|vers|offert)|de (?:travaux|depenses)|"
    r"[^.;\n]{0,12}\bpour (?:se|vous) loger|brut|bruts|par mois (?:brut|net)|mensuels?\b)"
)
# A tariff named after who funds it, not what a funder pays: "Formation continue, prise en charge employeur : 1 900 €".
_FUNDED = re.compile(
    r"(?<!niveau de )(?<!montant de la )(?<!plafond de )\b(?:prises? en charge|financee?s?) (?:par )?(?:un |une |l.|votre |son |"
    r"leur )?(?:employeur|entreprise|tiers|etablissement)[^:;]{0,45}: ?$"
)
# The same where the label is all that stands before: "Financement OPCO ..... 8 960 €", "FC prise en charge : 1 250 €".
_TARIFF_OF = re.compile(
    r"^\W*(?:financements?|(?:fc|formation continue|tarif|reprise d.etudes|avec|sans) [^.;:]{0,20}?(?:prises? en charge|financements?|financee?s?))\b"
    r"(?! (?:possible|maxim|jusqu|plafon))[^;:€\d]{0,40}[\s.:…|–—-]*$"
)
# "Une remise de 30 % (soit 1 015 €)": what is left to pay, not what is taken off.
_REDUCED_TO = re.compile(r"\b(?:remises?|reductions?|rabais)\b[^.;]{0,20}%[^.;]{0,70}\bsoit (?:un (?:tarif|cout|prix) (?:de )?)?$")
# "8 960 € (14 €/h)", "1 000 € HT, soit 1 200 € TTC": the same price said again.
_ALSO = re.compile(r" ?(?:ht|ttc|nets?(?: de taxes?)?)? ?[(,/–-]? ?(?:soit )?")
# What is owed by whoever does not come, and what those who come receive, is no price, whatever the words nearer to it.
_ABSENT = re.compile(r"\b(?:annulation|annulee?s?|defection|desistement|dedit|(?:en cas d.|toute )(?:absence|abandon))\b")
_RECEIVED = re.compile(r"\b(?:percoi\w+|touche(?:nt|z|ra|ront)?|recoi\w+|recev(?:ez|ront|ra|oir|ant))\b")
# "Salarié agricole : 196 €, pris en charge par OCAPIAT": under "Tarifs" it is still what the course costs that public.
_STILL_PRICE = re.compile(r", \(?pris(?:e)?s? en charge (?:\w+ )?(?:par|a) ")
# "Marché d'un montant de 90 000 €": the word says nothing of who pays.
_WEAK = re.compile(r"^[^,]{0,25}\b(?:montant|somme)$")
# "Le budget formation s'élève à 45 000 €": the verb says nothing of who pays.
_BUDGET = re.compile(
    r"\b(?:budgets?|dotations?|subventions?|bourses?|aides?|primes?|indemnites?|allocations?|enveloppes?)\b[^.;:]{0,50}\bs.eleve\w* a (?:environ )?$"
)
_LODGING_KEY = re.compile(r"\b(?:hebergement|logement|restauration|repas|nuitees?|chambre|transports?|deplacements?)\b")
_MOST = 5000
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
_ACCEPT, _REJECT = True, False


@dataclass(frozen=True, slots=True)
class _Amount:
    amount: float
    currency: str
    start: int
    end: int
    number_start: int


def prices(view: View) -> Iterator[Fact]:
    """The price facts of the document, in its order."""
    paid_until = -1
    for found in _amounts(view):
        segment = view.at(found.start)
        again = 0 <= paid_until <= found.start and _ALSO.fullmatch(view.folded, paid_until, found.start)
        if segment is not None and (_is_paid(view, segment, found) or (again and not _NOT_PAID_AFTER.match(view.folded, found.end, segment.end))):
            paid_until = found.end
            label = price_label(view, segment, found.start, found.end)
            yield Fact("price", Price(found.amount, found.currency, label), view.text[found.start : found.end], found.start, found.end)
    yield from _free(view)


def _amounts(view: View) -> Iterator[_Amount]:
    folded = view.folded
    spans: list[_Amount] = []
    if "€" in folded or view.has_words(_CURRENCIES):
        marks = _currency_places(view)
        for match in islice(view.at_numbers(_MONEY, before=marks), _MOST):
            if match["m"]:
                continue
            factor = 1000.0 if match["k"] else 1.0
            currency = "XPF" if match["xpf"] else "EUR"
            end = match.end()
            before = _RANGE_BEFORE.search(folded, max(0, match.start() - 16), match.start())
            if before and not (spans and spans[-1].end > before.start()):
                spans.append(_Amount(money(before["n"]) * factor, currency, before.start(), end, before.start()))
            spans.append(_Amount(money(match["n"]) * factor, currency, match.start(), end, match.start()))
        for match in islice(_prefixed(view, marks), _MOST):
            if not _covered(spans, match.start()):
                spans.append(_Amount(money(match["n"]), "XPF" if "xpf" in match.group() else "EUR", match.start(), match.end(), match.start("n")))
    for segment in view.under("price") if view.has_words(_TAX_WORDS) else ():
        for match in _BARE.finditer(folded, segment.value_start, segment.end):
            if not _covered(spans, match.start()):
                spans.append(_Amount(money(match["n"]), "EUR", match.start(), match.end("n"), match.start()))
    return iter(sorted(spans, key=lambda a: (a.start, a.end)))


def _currency_places(view: View) -> list[int]:
    """Where the signs and the words of currencies begin, in order."""
    places = list(view.places(_CURRENCIES))
    sign = view.folded.find("€")
    while sign >= 0:
        places.append(sign)
        sign = view.folded.find("€", sign + 1)
    return sorted(places)


def _prefixed(view: View, marks: list[int]) -> Iterator[re.Match[str]]:
    """Amounts behind their currency: "EUR 450", "€ 1 200", each found from its currency."""
    cursor = 0
    for start in marks:
        if start >= cursor and (match := _PREFIXED.match(view.folded, start)):
            yield match
            cursor = match.end()


def _covered(spans: list[_Amount], place: int) -> bool:
    """Whether an amount found already holds the place; amounts are short, so that only the nearest can."""
    index = bisect_right(spans, place, key=lambda a: a.start)
    return any(s.start <= place < s.end for s in spans[max(0, index - 3) : index])


_CLAUSE_END = re.compile(r"[.!?](?=\s+[^\d\s])|[;]|\n")


def _clause(view: View, segment: Segment, start: int, end: int) -> tuple[int, int]:
    left, right = segment.start, segment.end
    for stop in _CLAUSE_END.finditer(view.text, max(segment.start, start - 240), start):
        left = stop.end()
    if stop_after := _CLAUSE_END.search(view.text, end, min(segment.end, end + 160)):
        right = stop_after.start()
    return max(left, start - 240), right


def _is_paid(view: View, segment: Segment, found: _Amount) -> bool:
    folded = view.folded
    left, right = _clause(view, segment, found.start, found.end)
    before, after = folded[left : found.start], folded[found.end : min(right, found.end + 90)]
    if _ABSENT.search(before) or _RECEIVED.search(before):
        return False
    lodging = bool(segment.key and _LODGING_KEY.search(fold(segment.key)))
    if _NOT_PAID_AFTER.match(after):
        return segment.topic in _PRICE_TOPICS and not lodging and bool(_STILL_PRICE.match(after)) and _last(_NOT_PAID, before) < 0
    paid = _last(_PAID, before)
    unpaid = _last(_NOT_PAID, before)
    if unpaid >= 0 and (unpaid >= paid or _WEAK.search(before[unpaid:paid]) or _BUDGET.search(before)):
        tariff = (segment.topic in _PRICE_TOPICS and _TARIFF_OF.match(before)) or (
            segment.topic in _PRICE_TOPICS | _OPEN_TOPICS and _FUNDED.search(before)
        )
        return bool(tariff or _REDUCED_TO.search(before))
    if paid >= 0:
        return segment.topic not in ("careers", "results") or unpaid < 0
    if segment.topic in _PRICE_TOPICS:
        return True
    if segment.topic in ("careers", "results", "funding", "other", "content", "objectives", "methods", "evaluation", "accessibility"):
        return bool(_PAID.match(after.lstrip(" (/")))
    if _PAID.search(folded, found.end, min(right, found.end + 50)) and not _NOT_PAID.search(after[:50]):
        return True
    return segment.topic in _OPEN_TOPICS and right - left < 70 and not _NOT_PAID.search(folded, left, right)


def _last(pattern: re.Pattern[str], text: str) -> int:
    position = -1
    for match in pattern.finditer(text):
        position = match.end()
    return position


_FREE = re.compile(
    r"\b(?:gratuit(?:e|s|es|ement)?\b|gratuite\b|"
    r"aucuns? (?:autres? )?frais\b(?: (?:supplementaires?|d.inscription|pedagogiques?|de (?:formation|scolarite)))?|"
    r"sans frais\b(?: (?:supplementaires?|d.inscription))?|aucun reste a charge\b|sans reste a charge\b|reste a charge (?:nul|zero)\b|"
    r"aucune (?:participation financiere|contribution financiere)\b|sans (?:aucun )?(?:cout|surcout)\b|aucun cout\b|non payante?s?\b|"
    r"(?<=n.est )pas payante?\b|(?<=est )(?:entierement |integralement )?offerte?\b|"
    r"(?<=titre )gracieux\b|"
    r"rien a payer\b|zero euros?\b|"
    r"(?:aucune|sans) facturation\b|non facturee?s?\b|"
    r"(?:libres?|exempte?s?|dispensee?s?|exoneree?s?) de (?:tous? )?(?:droits?|frais)\b(?: d.(?:entree|inscription|acces))?|entree libre\b|"
    r"prises? en charge (?:integrale|totale|complete)(?! (?:ou partielle|possible))\b|(?:integralement|entierement|totalement) prise?s? en charge\b|"
    r"prise?s? en charge (?:integralement|entierement|totalement|en totalite)\b|"
    r"(?:financee?s? (?:integralement |entierement )?(?:sur |par )(?:les |des )?)?(?:credits|fonds) mutualises\b|"
    r"pas de frais (?:d.inscription|pedagogiques?|de formation)\b)"
)
_FREE_WORDS = Beginnings(
    "gratuit", "aucun", "sans", "reste", "non", "gracieux", "pas", "offert", "rien", "zero", "libre", "exempt", "dispens", "exoner", "entree",
    "prise", "pris", "integralement", "entierement", "totalement", "finance", "credits", "fonds",
)  # fmt: skip
_FREE_THING = re.compile(
    r"(?:\b(?:formations?|stages?|cycles?|seminaires?|participation|inscriptions?|entree|acces|modules?|sessions?|webinaires?|conferences?|"
    r"parcours|mooc|preparations?|cours|journees?|ateliers?|dispositifs?|evenements?|programmes?|cout|tarif|prix|frais|candidatures?|"
    r"enseignements?|scolarite|rencontres?|colloques?|certifications?|examens?|concours)\b[^.;:]{0,40}|^[^\w]*|:\s*)$"
)
_FREE_OTHER = re.compile(
    r"\b(?:numero|appels?|parkings?|stationnement|wi-?fi|transports?|navettes?|telecharg\w*|brochures?|guides?|newsletter|lettre|logiciels?|"
    r"application|outils?|repas|essai|version|documents?|livrets?|catalogue|service|conseils?|accompagnement|entretien|diagnostic|vert|"
    r"abonnement|bus|ressources?|musees?|livraison|licence)\b[^.;:]{0,25}$"
)


# "En trois fois sans frais", "annulation sans frais": paying or cancelling costs nothing, not the programme.
_BESIDE_MONEY = re.compile(r"\d ?(?:€|euros?\b|f ?cfp|xpf)[^.;\n]{0,90}, (?:et )?$")
_NO_FEE_OF = re.compile(r"\b(?:fois|mensualites|echeances|paiement\w*|reglement\w*|annul\w+|report\w*|desist\w+|resili\w+|carte|cb)\b[^.;:\n]{0,30}$")
_NONE = re.compile(
    r"(?P<word>aucune?s?|neant|offerte?s?|exoneree?s?|(?:compris|inclus)e?s? dans (?:la|votre|leur) (?:cotisation|adhesion))\b(?=\W*$|"
    r"\s?[.;,(–-]| pour )"
)
_FEE_KEY = re.compile(r"\b(?:frais|couts?|droits?|tarifs?|prix|participation|contribution)\b")
# What there is none of: "aucun frais supplémentaire" says nothing of the main fee, and its label must not hide that.
_FREE_OF = re.compile(r"(?:aucune?|sans|pas de) (?:autre |aucun )?(?P<what>\S.*)$")


def _named(view: View, segment: Segment) -> str:
    """The key or the first cell of the row that says what a value is of, folded: "Information-conseil | Gratuit"."""
    return fold(segment.key or row_label(view, segment) or "")


def _free(view: View) -> Iterator[Fact]:
    currency = "XPF" if "€" not in view.folded and view.has_words(_PACIFIC) else "EUR"
    for fees in view.under("price"):
        none = _NONE.match(view.folded, fees.value_start, fees.end)
        if none and fees.key and (_FEE_KEY.search(fold(fees.key)) or none["word"][0] in "eci"):
            start, end = none.span("word")
            yield Fact("price", Price(0.0, currency, price_label(view, fees, start, end)), view.text[start:end], start, end)
    for match in islice(view.at_words(_FREE, _FREE_WORDS), _MOST):
        segment = view.at(match.start())
        if segment is None:
            continue
        left, right = _clause(view, segment, match.start(), match.end())
        before, after = view.folded[left : match.start()], view.folded[match.end() : right]
        word = match.group()
        if (
            _FREE_OTHER.search(f"{_named(view, segment)} {before}")
            or re.search(r"\b(?:non|pas|n.est pas|ni)\s*$", before)
            or (word == "sans frais" and _NO_FEE_OF.search(before))
            or (word == "entree libre" and _OPEN_DAY.search(f"{_named(view, segment)} {before}"))
            or (("charge" in word or "mutualise" in word) and not _carried(segment, before, after))
            or re.match(r"\s+(?:\d|de (?:deplacement|transport|sejour|repas|dossier\b.{0,30}\brembours))", after)
        ):
            continue
        wordy = not word.startswith("gratui") and "offert" not in word
        if (
            segment.topic == "price"
            or wordy
            or _BESIDE_MONEY.search(before)
            or _FREE_THING.search(before)
            or (re.match(r"[^\w]*$", after) and len(before.strip()) < 3)
        ):
            plain = word.startswith(("libre", "entree")) and segment.kind == "paragraph"
            if segment.topic in ("careers", "results", "other") or (wordy and not plain and segment.topic in ("objectives", "content")):
                continue
            label = price_label(view, segment, match.start(), match.end())
            if named := _FREE_OF.match(word):
                what = view.text[match.start() + named.start("what") : match.end()]
                label = f"{what}, {label}" if label else what
            yield Fact("price", Price(0.0, currency, label), view.text[match.start() : match.end()], match.start(), match.end())


_OPEN_DAY = re.compile(
    r"\b(?:information|portes ouvertes|reunions?|visites?|expositions?|bibliotheques?|mediatheques?|musees?|salles? de lecture|permanences?)\b"
)
_NOT_THE_FEE = re.compile(
    r"\b(?:repas|dejeuners?|hebergements?|deplacements?|transports?|nuitees?|restauration|remunerations?|salaires?)\b[^.;]{0,60}$"
)
_BY_THEIR_SIDE = re.compile(
    r"[^.;\n]{0,30}?\bpar (?:l.|la |le |les |votre |vos |leur |son |sa )?(?:employeur|opco\b|cpf\b|entreprises?|collectivites?|services? d.origine|"
    r"administrations? d.origine|france travail|pole emploi|region\b)"
)


def _carried(segment: Segment, before: str, after: str) -> bool:
    """Whether a cost that is "intégralement pris en charge" is the programme's, and nobody on the learner's side bears it."""
    said = segment.topic in ("price", "funding") or bool(_PAID.search(before)) or bool(_FREE_THING.search(before))
    return said and not _NOT_THE_FEE.search(before) and not _BY_THEIR_SIDE.match(after)
