"""What says that a programme costs nothing: "gratuit", "aucun frais supplémentaire", "Coût : néant", "intégralement pris en charge".

A car park, a meal, a licence or a telephone number may be free too; an amount of 0 is only what taking part costs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from corpus.facts.fees import PAID, clause
from corpus.facts.labels import price_label, row_label
from corpus.facts.layout import View
from corpus.facts.segments import Segment
from corpus.facts.words import Beginnings
from corpus.french import fold
from corpus.records import Fact, Price

_PACIFIC = Beginnings("cfp", "fcfp", "xpf")
_MOST = 5000
_FREE = re.compile(
    r"\b(?:gratuit(?:e|s|es|ement)?\b|gratuite\b|"
    r"aucuns? (?:autres? )?frais\b(?: (?:supplementaires?|d.inscription|pedagogiques?|de (?:formation|scolarite)))?|"
    r"sans frais\b(?: (?:supplementaires?|d.inscription))?|aucun reste a charge\b|sans reste a charge\b|reste a charge (?:nul|zero)\b|"
    r"aucune (?:participation(?: (?:n.est|ne (?:sera|vous sera|leur sera)))? (?:demandee|exigee|requise)|"
    r"participation financiere|contribution financiere)\b|sans (?:aucun )?(?:cout|surcout)\b|aucun cout\b|non payante?s?\b|"
    r"(?<=n.est )pas payante?\b|(?<=est )(?:entierement |integralement )?offerte?\b|"
    r"(?<=titre )gracieux\b|"
    r"rien a payer\b|zero euros?\b|"
    r"(?:aucune|sans) facturation\b|non facturee?s?\b|"
    r"(?:libres?|exempte?s?|dispensee?s?|exoneree?s?) de (?:tous? )?(?:droits?|frais)\b(?: d.(?:entree|inscription|acces))?|entree libre\b|"
    r"prises? en charge (?:integrale|totale|complete)(?! (?:ou partielle|possible))\b|(?:integralement|entierement|totalement) prise?s? en charge\b|"
    r"prise?s? en charge (?:integralement|entierement|totalement|en totalite)\b|"
    r"(?:financee?s? (?:integralement |entierement )?(?:sur |par )(?:les |des )?)?(?:credits|fonds) mutualises\b|"
    r"pas de frais (?:d.inscription|pedagogiques?|de formation)\b|pas de (?:participation(?: financiere)?|facturation|cout)\b(?! (?:aux?|a|de)\b))"
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


def free(view: View) -> Iterator[Fact]:
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
        left, right = clause(view, segment, match.start(), match.end())
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
    said = segment.topic in ("price", "funding") or bool(PAID.search(before)) or bool(_FREE_THING.search(before))
    return said and not _NOT_THE_FEE.search(before) and not _BY_THEIR_SIDE.match(after)
