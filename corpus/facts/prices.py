"""Prices: every amount that somebody must pay to take part, labelled with for whom and for what.

An amount of money is found by its currency, then judged by its clause (``fees``); what costs nothing is told by ``free``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from corpus.facts.fees import ALSO, is_not_paid_after, is_paid
from corpus.facts.free import free
from corpus.facts.labels import column_head, price_label
from corpus.facts.layout import View
from corpus.facts.numbers import AMOUNT, money
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
_TAX_WORDS = Beginnings("ht", "ttc", "net")
_CURRENCIES = Beginnings("eur", "keur", "meur", "mdeur", "cfp", "fcfp", "xpf", "pacifique", "franc")
_BARE = re.compile(rf"(?<![\w.,/-])(?P<n>{AMOUNT}) ?(?=(?:ht|ttc|net|nets)\b(?! de tva sur))")
_RANGE_BEFORE = re.compile(rf"(?<![\w.,])(?P<n>{AMOUNT}) ?(?:€ ?|euros? )?(?:a|-|et|/|ou) ?$")

_MOST = 5000
_XPF = 119.33
"""Pacific francs to the euro, by law."""


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
        again = 0 <= paid_until <= found.start and ALSO.fullmatch(view.folded, paid_until, found.start)
        if segment is not None and (
            is_paid(view, segment, found.start, found.end, found.amount if found.currency == "EUR" else found.amount / _XPF)
            or (again and not is_not_paid_after(view, found.end, segment.end))
        ):
            paid_until = found.end
            label = price_label(view, segment, found.start, found.end)
            yield Fact("price", Price(found.amount, found.currency, label), view.text[found.start : found.end], found.start, found.end)
    yield from free(view)


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
    spans += (a for a in _without_unit(view) if not _covered(spans, a.start))
    return iter(sorted(spans, key=lambda a: (a.start, a.end)))


# "Tarifs (en euros)", "Montant en €", "Coût (XPF)": the unit is said above, the amounts stand alone.
_UNIT_ABOVE = re.compile(r"(?:\ben |\()(?:(?P<eur>euros?\b|€|eur\b)|(?P<xpf>xpf\b|f\.? ?cfp|francs? (?:cfp|pacifique)))")
_ALONE = re.compile(rf"(?P<n>{AMOUNT})(?: ?(?:ht|ttc|nets?)\b)?[\s.;*]*")


def _without_unit(view: View) -> Iterator[_Amount]:
    for segment in view.under("price"):
        alone = _ALONE.fullmatch(view.folded, segment.value_start, segment.end)
        if alone is None:
            continue
        above = f"{segment.key} | {segment.heading} | {column_head(view, segment) if segment.cell > 0 else ''}"
        if unit := _UNIT_ABOVE.search(fold(above)):
            start, end = alone.span("n")
            yield _Amount(money(alone["n"]), "XPF" if unit["xpf"] else "EUR", start, end, start)


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
