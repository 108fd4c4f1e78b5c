"""A catalogue for advisers' tests: six modules with prices, dates and audiences, in sessions far enough ahead to stay ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from corpus.catalogue import Catalogue, Entry, write_catalogue
from corpus.records import Duration, Price, Session, Text
from tests.fakes_web import FakeSearch, Said, entry

FREE, TWO = "Gratuit pour les agents", "Deux jours"


def module(
    name: str, title: str, audience: str, price: tuple[str, float] | None, days: tuple[str, float], sessions: Sequence[tuple[str, date, date]]
) -> Entry:
    dates = ", ".join(words for words, _, _ in sessions)
    cost = f"Coût : {price[0]}." if price else "Nous consulter pour le coût."
    text = f"# {title}\n\n# Public\n\n{audience}\n\n# Pratique\n\n{cost} Durée : {days[0]}. Dates : {dates}.\n"
    said = [Said("audience", audience, Text(audience)), Said("duration", days[0], Duration(days[1], "days"))]
    said += [Said("sessions", words, Session(start, end)) for words, start, end in sessions]
    if price:
        said.append(Said("price", price[0], Price(price[1], "EUR")))
    return entry(name, title, text, said)


COMMUNES = "Agents de catégorie A des communes de la Polynésie française."
CHANGE = module(
    "changement.md",
    "Conduite du changement",
    COMMUNES,
    ("1 200 €", 1200.0),
    ("3 jours", 3.0),
    [("du 6 au 8 janvier 2098", date(2098, 1, 6), date(2098, 1, 8))],
)
PROJECT = module(
    "projet.md", "Dématérialisation : conduire un projet", COMMUNES, ("800 €", 800.0), ("2 jours", 2.0),
    [("les 7 et 8 janvier 2098", date(2098, 1, 7), date(2098, 1, 8)), ("les 3 et 4 février 2098", date(2098, 2, 3), date(2098, 2, 4))],
)  # fmt: skip
MARKETS = module(
    "marches.md", "Marchés publics de la dématérialisation", COMMUNES, ("2 500 €", 2500.0), ("5 jours", 5.0),
    [("du 10 au 14 mars 2098", date(2098, 3, 10), date(2098, 3, 14))],
)  # fmt: skip
STATE = module(
    "etat.md", "Conduite du changement dans les services de l'État", "Réservé aux agents de catégorie A de la fonction publique de l'État.",
    ("500 €", 500.0),
    ("1 jour", 1.0), [("le 20 mai 2098", date(2098, 5, 20), date(2098, 5, 20))],
)  # fmt: skip
LISTEN = module(
    "ecoute.md", "Dématérialisation et écoute des usagers", COMMUNES, None, ("1 jour", 1.0), [("le 2 avril 2098", date(2098, 4, 2), date(2098, 4, 2))]
)
PASTRY = module(
    "patisserie.md", "Pâtisserie de Noël", COMMUNES, ("90 €", 90.0), ("1 jour", 1.0), [("le 3 décembre 2098", date(2098, 12, 3), date(2098, 12, 3))]
)
ENTRIES = (CHANGE, PROJECT, MARKETS, STATE, LISTEN, PASTRY)


class FakeIndex:
    """What of ``Service`` the pages use, on the real catalogue; ``publish`` makes another generation the current one."""

    def __init__(self, folder: Path, entries: Sequence[Entry] = ENTRIES) -> None:
        self._folder = folder
        self._published = 0
        self.publish(entries)

    def publish(self, entries: Sequence[Entry]) -> None:
        self._published += 1
        path = self._folder / f"catalogue-{self._published}.sqlite"
        write_catalogue(path, entries)
        catalogue = Catalogue.open(path)
        self._ready = SimpleNamespace(catalogue=catalogue, search=FakeSearch(catalogue), generation=f"g{self._published}")

    def current(self) -> SimpleNamespace:
        return self._ready
