# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""Who is asked to pay: a price that is labelled with somebody else is not the price of the person who asks."""

from __future__ import annotations

import re

from assistant.evidence import Sheet
from corpus.french import fold, stem

_ASKING = re.compile(
    r"\b(?:pour|si je suis|je suis|en tant que?|comme|quand on est|for) (?:un |une |les |des |d'|an? )?(etudiante?s?|lyceenne?s?|demandeu\w+ d'emploi|chomeu\w+|retraitee?s?|benevoles?|apprentie?s?|students?)\b"
)
_LABELLED = re.compile(
    r"\b(?:collectivites?|communes?|etat|hopita\w+|hospitali\w+|entreprises?|prives?|privee?s?|publics?|adherente?s?|agents?|affiliee?s?|employeurs?|organismes?|etablissements?|membres?|fonctionnaires?|salarie\w*|administrations?)\b"
)
_FOR_ANYONE = re.compile(
    r"\b(?:autres? (?:publics?|cas|personnes?|candidats?|participants?|stagiaires?)|individuel\w*|particuliers?|tout public|tous publics|tarif (?:plein|reduit|normal))\b"
)


def unpriced(folded: str, sheet: Sheet) -> bool:
    """Whether a question (folded) asks the price for a public that the document never names, while each of its several
    prices is labelled with who pays it."""
    payer = _ASKING.search(folded)
    if not payer or stem(payer.group(1).split()[0]) in sheet.stems:
        return False
    labels = [fold(getattr(f.value, "label", None) or "") for f in sheet.facts("price")]
    return len(labels) > 1 and all(_LABELLED.search(x) for x in labels) and not any(_FOR_ANYONE.search(x) for x in labels)
