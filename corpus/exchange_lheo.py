"""Programme -> LHEO 2.3 formation. Lengths are those of the standard; what is longer is cut and listed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from corpus.readers.lheo_words import duration_of, said
from corpus.readers.values import MONTHS, show_duration
from corpus.records import Capacity, Contact, Duration, Fact, FieldName, Price, Programme, Session
from corpus.stated import V, texts, values
from corpus.vocabulary import MODES, mode_of

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_POSTAL = re.compile(r"(?:(.*?),? )?(\d{5}) ([^,\d]+)")
LONG, ADDRESS, CONDITIONS, AUDIENCE, SHORT, TITLE, NAME = 3000, 255, 3000, 250, 150, 255, 50
_UNKNOWN_DAY = "00000000"


def write_formation(parent: _Element, programme: Programme, losses: list[str]) -> None:
    """Adds the formation; ``losses`` gets a sentence for what LHEO has no place for."""
    _Formation(parent, programme, losses).write()


class _Formation:
    def __init__(self, parent: _Element, programme: Programme, losses: list[str]) -> None:
        self.programme = programme
        self.losses = losses
        codes = texts(programme, "code")
        self.element = _add(parent, "formation")
        self.element.set("numero", _clean(codes[0] if codes else programme.document))
        self.codes = codes

    def lost(self, what: str) -> None:
        self.losses.append(f"{self.programme.document}: {what}.")

    def write(self) -> None:
        programme, element = self.programme, self.element
        _add(element, "domaine-formation")
        self._text(element, "intitule-formation", [programme.title], TITLE)
        self._text(element, "objectif-formation", texts(programme, "objectives"), LONG)
        _add(element, "resultats-attendus", "-")
        self._text(element, "contenu-formation", texts(programme, "content"), LONG)
        self._contacts()
        _add(element, "code-niveau-entree", "0")
        self._certifications()
        self._actions()
        self._provider()
        if len(self.codes) > 1:
            _add(element, "identifiant-module", _clean(self.codes[1]))
            for code in self.codes[2:]:
                self.lost(f"LHEO holds two codes; {code} is left out")
        modules = texts(programme, "modules")
        if modules:
            holder = _add(element, "sous-modules")
            for name in modules:
                module = _add(holder, "sous-module")
                self._text(module, "reference-module", [name], LONG)
                _add(module, "type-module", "0")

    def _text(self, parent: _Element, name: str, words: Sequence[str], most: int) -> None:
        """The texts as one: each after a dash on a line of its own where there are several; "-" where there is none."""
        for word in words:
            if not said(word) or word.endswith(":"):
                self.lost(f"{name} {word!r} reads as nothing in LHEO")
        joined = words[0] if len(words) == 1 else "\n".join(f"- {w}" for w in words)
        if len(joined) > most:
            self.lost(f"{name} holds {most} characters; {len(joined) - most} are cut")
        _add(parent, name, _clean(joined[:most]) or "-")

    def _contacts(self) -> None:
        contacts = values(self.programme, "contact", Contact)
        for contact in contacts or [Contact()]:
            place = _add(_add(self.element, "contact-formation"), "coordonnees")
            if contact.name:
                self._text(place, "nom", [contact.name], NAME)
            if contact.phone:
                _add(_add(place, "telfixe"), "numtel", _clean(contact.phone)[:25])
            if contact.email:
                _add(place, "courriel", _clean(contact.email))
            if contact.url:
                _add(_add(place, "web"), "urlweb", _clean(contact.url))

    def _certifications(self) -> None:
        for words in texts(self.programme, "certification"):
            match = re.fullmatch(r"(RNCP|RS|Certif Info|CPF)\s?(\d+)", words)
            if match is None:
                self.lost(f"LHEO holds codes of certifications only; {words[:60]!r} is left out")
                continue
            name = {"RNCP": "code-RNCP", "RS": "code-RS", "Certif Info": "code-CERTIFINFO", "CPF": "code-CPF"}[match.group(1)]
            _add(_add(self.element, "certification"), name, match.group(2))

    def _provider(self) -> None:
        providers = texts(self.programme, "provider")
        organisation = _add(self.element, "organisme-formation-responsable")
        _add(organisation, "numero-activite", "0" * 11)
        _add(_add(organisation, "SIRET-organisme-formation"), "SIRET", "0" * 14)
        self._text(organisation, "nom-organisme", providers[:1], 250)
        _add(organisation, "raison-sociale", "-")

    def _actions(self) -> None:
        """One action for each place that prices, sessions or durations are labelled with; one for all where there is none."""
        facts = [f for name in _PLACED for f in self.programme.of(name)]
        places = texts(self.programme, "location")
        labels = list(dict.fromkeys(_label(f).rpartition(", ")[2] for f in facts if _label(f)))
        towns = [t for t in labels if any(t in place for place in places)]
        if len(towns) < 2:
            self._action(facts, places, first=True)
            return
        for number, town in enumerate(towns):
            others = [t for t in towns if t != town]
            own = [_unplaced(f, town) for f in facts if _is_of(f, town) or (number == 0 and not any(_is_of(f, t) for t in towns))]
            here = [p for p in places if town in p or (number == 0 and not any(t in p for t in others))]
            self._action(own, here, first=number == 0)

    def _action(self, facts: Sequence[Fact], places: Sequence[str], first: bool) -> None:
        """An action with the facts of its place; what is said of the whole programme stands in the first one."""
        programme = self.programme
        action = _add(self.element, "action")
        _add(action, "rythme-formation", "-")
        _add(action, "code-public-vise", "00000")
        if first and (audience := texts(programme, "audience")):
            self._text(action, "info-public-vise", audience, AUDIENCE)
        _add(action, "modalites-alternance", "-")
        if first:
            self._mode(action)
        self._text(action, "conditions-specifiques", texts(programme, "prerequisites") if first else [], CONDITIONS)
        for place in places:
            self._place(action, place)
        _add(action, "modalites-entrees-sorties", "0")
        self._sessions(action, [f for f in facts if f.field == "sessions"], first)
        self._prices(action, _unique(f.value for f in facts if isinstance(f.value, Price)))
        self._durations(action, _unique(f.value for f in facts if isinstance(f.value, Duration)))
        for name in texts(programme, "provider")[1:] if first else []:
            trainer = _add(action, "organisme-formateur")
            _add(_add(trainer, "SIRET-formateur"), "SIRET", "0" * 14)
            self._text(trainer, "raison-sociale-formateur", [name], 250)

    def _mode(self, action: _Element) -> None:
        """The code of the first mode; words that mean no code, and further modes, are lost."""
        written: str | None = None
        for words in texts(self.programme, "mode"):
            mode = mode_of(words)
            if mode is None or written not in (None, mode):
                self.lost(f"LHEO holds one mode, by its code; {words!r} is left out")
                continue
            if written is None:
                _add(action, "modalites-enseignement", str(list(MODES).index(mode)))
            if words != MODES[mode]:
                self.lost(f"the mode {words!r} is written as the code of {MODES[mode]!r}")
            written = mode

    def _place(self, action: _Element, words: str) -> None:
        address = _add(_add(_add(action, "lieu-de-formation"), "coordonnees"), "adresse")
        match = _POSTAL.fullmatch(words)
        before, code, town = match.groups() if match else (words, "00000", "-")
        if before:
            self._text(address, "denomination", [before], ADDRESS)
        _add(address, "ligne", "-")
        _add(address, "codepostal", code)
        _add(address, "ville", _clean(town))

    def _sessions(self, action: _Element, facts: Sequence[Fact], first: bool) -> None:
        programme = self.programme
        for number, fact in enumerate(facts or [None]):
            session = fact.value if fact and isinstance(fact.value, Session) else Session(None, None)
            element = _add(action, "session")
            period = _add(element, "periode")
            vague = fact is not None and fact.status == "deduced"
            _add(period, "debut", _day(session.start, vague, fact.text if fact else ""))
            _add(period, "fin", _day(session.end, vague, fact.text if fact else ""))
            if session.label:
                self.lost(f"the label of a session ({session.label}) has no place in LHEO")
            address = _add(_add(element, "adresse-inscription"), "adresse")
            for name, unknown in (("ligne", "-"), ("codepostal", "00000"), ("ville", "-")):
                _add(address, name, unknown)
            if number or not first:
                continue
            if registration := texts(programme, "registration"):
                self._text(element, "modalites-inscription", registration, 255)
            for capacity in values(programme, "capacity", Capacity):
                recruitment = _add(element, "recrutement")
                _add(recruitment, "modalite-recrutement", "0")
                _add(recruitment, "nb-places", str(capacity.amount))

    def _prices(self, action: _Element, prices: Sequence[Price]) -> None:
        names = {None: "prix-total-TTC", "par heure": "prix-horaire-TTC", "frais restants à la charge du stagiaire": "frais-restants"}
        taken: set[str] = set()
        for price in prices:
            name = names.get(price.label, "prix-total-TTC")
            if price.currency != "EUR" or name in taken:
                self.lost(f"LHEO holds one price in euros; {price.amount:g} {price.currency} ({price.label or 'without a label'}) is left out")
                continue
            if price.label not in names:
                self.lost(f"the label of a price ({price.label}) has no place in LHEO")
            taken.add(name)
            _add(action, name, f"{price.amount:.2f}".removesuffix(".00") + (" €" if name == "frais-restants" else ""))

    def _durations(self, action: _Element, durations: Sequence[Duration]) -> None:
        """Whole hours in total, in the centre, in the company; one other duration in words."""
        names = {None: "nombre-heures-total", "en centre": "nombre-heures-centre", "en entreprise": "nombre-heures-entreprise"}
        taken: set[str] = set()
        for duration in durations:
            free = duration.label in names and names[duration.label] not in taken
            whole = duration.unit == "hours" and duration.amount == int(duration.amount) and free
            name = names[duration.label] if whole else "duree-indicative"
            if name in taken or (not whole and duration_of(show_duration(duration)) is None):
                self.lost(f"LHEO has no place for the duration {show_duration(duration)}")
                continue
            taken.add(name)
            if duration.label and not whole:
                self.lost(f"the label of a duration ({duration.label}) has no place in LHEO")
            _add(action, name, str(int(duration.amount)) if whole else show_duration(duration)[:SHORT])


def _add(parent: _Element, name: str, text: str = "") -> _Element:
    from lxml import etree  # type: ignore[import-untyped]

    element = etree.SubElement(parent, name)
    if text:
        element.text = text
    return element


def _day(day: date | None, vague: bool, words: str) -> str:
    """AAAAMMJJ; of a deduced bound only the month or the year, as its words say it."""
    if day is None:
        return _UNKNOWN_DAY
    if not vague:
        return day.strftime("%Y%m%d")
    return day.strftime("%Y%m00" if any(month in words.lower() for month in MONTHS) else "%Y0000")


_PLACED: tuple[FieldName, ...] = ("price", "duration", "sessions")


def _label(fact: Fact) -> str:
    return (fact.value.label or "") if isinstance(fact.value, Price | Duration | Session) else ""


def _is_of(fact: Fact, town: str) -> bool:
    return _label(fact) == town or _label(fact).endswith(f", {town}")


def _unplaced(fact: Fact, town: str) -> Fact:
    """The fact without the town in its label, which its action says."""
    if not _is_of(fact, town) or not isinstance(fact.value, Price | Duration | Session):
        return fact
    return replace(fact, value=replace(fact.value, label=_label(fact).removesuffix(town).removesuffix(", ") or None))


def _unique(found: Iterable[V]) -> list[V]:
    return list(dict.fromkeys(found))


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)
