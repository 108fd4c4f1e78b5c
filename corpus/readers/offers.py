"""schema.org offers -> the prices that somebody pays, each labelled with for whom or for what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.readers.builder import shorten
from corpus.readers.graph import Node, name_of
from corpus.readers.sheet import distinct
from corpus.readers.values import amount_of, currency_of, date_of, show_period
from corpus.records import Price

_NO_LABEL = re.compile(r"(?:https?://schema.org/)?(?:paid|free|partially free|subscription|offer|tuition)", re.IGNORECASE)


def prices_of(course: Node, instances: list[Node]) -> list[Price]:
    """The prices of a course and of its sessions, without repetitions.

    The price of a session carries the session's name or dates where the sessions' prices differ. An amount without a
    currency is no price, nought aside: guessing it could be wrong by a factor of a hundred (EUR for XPF).
    """
    own = [p for offer in course.nodes("offers") for p in _prices(offer)]
    held = [[p for offer in i.nodes("offers") for p in _prices(offer)] for i in instances]
    alike = all(h == held[0] for h in held)
    for instance, prices in zip(instances, held, strict=True):
        own += prices if alike else [Price(p.amount, p.currency, p.label or _session(instance)) for p in prices]
    if not own and any(
        v is True or str(v).lower() in ("true", "http://schema.org/true", "https://schema.org/true") for v in course.values("isAccessibleForFree")
    ):
        own.append(Price(0.0, "EUR"))
    return [p for p in distinct(own) if isinstance(p, Price)]


def _prices(offer: Node) -> Iterator[Price]:
    currency = offer.text("priceCurrency")
    label = _label(offer)
    stated = False
    for holder in [offer, *offer.nodes("priceSpecification")]:
        kind = label if holder is offer else _label(holder) or label
        code = holder.text("priceCurrency") or currency
        for name, prefix in (
            ("price", ""),
            ("lowPrice", "à partir de"),
            ("minPrice", "à partir de"),
            ("highPrice", "jusqu'à"),
            ("maxPrice", "jusqu'à"),
        ):
            for value in holder.values(name):
                amount = amount_of(value)
                words = value if isinstance(value, str) else ""
                if amount is None or not (code or amount == 0 or re.search(r"€|eur|xpf|cfp", words, re.IGNORECASE)):
                    continue
                stated = True
                yield Price(amount, currency_of(code or words), " – ".join(p for p in (prefix, kind) if p) or None)
    for inner in offer.nodes("offers"):
        stated = True
        yield from _prices(inner)
    if not stated and re.fullmatch(r"(?:https?://schema.org/)?free", offer.text("category"), re.IGNORECASE):
        yield Price(0.0, currency_of(currency))


def _label(offer: Node) -> str | None:
    for name in ("name", "eligibleCustomerType", "audience", "category", "description", "priceType"):
        for value in offer.values(name):
            words = re.sub(r"^https?://\S*[/#]", "", name_of(value))
            if words and not _NO_LABEL.fullmatch(words):
                return shorten(words, 100)
    return None


def _session(instance: Node) -> str | None:
    name = instance.text("name")
    period = show_period(date_of(instance.text("startDate")), date_of(instance.text("endDate")))
    modes = ", ".join(instance.texts("courseMode"))
    return shorten(name or period or modes, 100) or None
