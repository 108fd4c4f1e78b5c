"""LHEO feeds, 2.2, 2.3 and older, whatever their namespace -> one readable French sheet for each formation.

A file with one formation gives one document, called by the file; with several, one each, called ``path#numero``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UnreadableDocument
from corpus.readers.builder import TextBuilder, shorten
from corpus.readers.lheo_words import CONTACTS, ENTRIES, LEVELS, PATHS, RECRUITMENT, YES_NO, duration_of, mode_words, said
from corpus.readers.limits import Limits
from corpus.readers.sheet import Sheet
from corpus.readers.values import Vague, amount_of, show_bounds, vague_date
from corpus.readers.xmltree import local, parse_xml
from corpus.records import Contact, Document, Duration, Price, Session

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

_FORMATIONS = frozenset({"formation", "resume-offre"})


def read(path: Path, id: str, limits: Limits) -> Iterator[Document]:
    """The formations of the feed. Raises UnreadableDocument where there is none."""
    from lxml import etree  # type: ignore[import-untyped]

    root = parse_xml(path.read_bytes())
    formations = [e for e in root.iter() if local(e) in _FORMATIONS and _text(e, "intitule-formation")]
    if not formations:
        raise UnreadableDocument("The XML holds no LHEO formation: only LHEO feeds are read as XML.")
    names = {_text(f, "identifiant-module") or f.get("numero", ""): _text(f, "intitule-formation") for f in formations}
    taken: set[str] = set()
    for number, formation in enumerate(formations, 1):
        code = " ".join((formation.get("numero") or _text(formation, "identifiant-module") or str(number)).split())
        name = id if len(formations) == 1 else f"{id}#{code}"
        while name in taken:
            name = f"{name}~{number}"
        taken.add(name)
        builder = TextBuilder()
        _Formation(Sheet(builder), formation, names).write()
        title = shorten(_text(formation, "intitule-formation"), 300)
        yield builder.document(name, title, "lheo", etree.tostring(formation, method="c14n", with_tail=False), limits)


class _Formation:
    def __init__(self, sheet: Sheet, element: _Element, names: dict[str, str]) -> None:
        self.sheet = sheet
        self.element = element
        self.names = names
        """code of a formation or module of the feed -> its title"""
        self.actions = _children(element, "action")

    def write(self) -> None:
        sheet, element = self.sheet, self.element
        sheet.title(_text(element, "intitule-formation"))
        sheet.section("Objectifs")
        sheet.prose(said(_text(element, "objectif-formation")), "objectives")
        sheet.section("Résultats attendus")
        sheet.prose(said(_text(element, "resultats-attendus")), "objectives")
        self._audience()
        sheet.section("Contenu")
        sheet.prose(said(_text(element, "contenu-formation")), "content")
        self._modules()
        self._identity()
        several = len(self.actions) > 1
        for number, action in enumerate(self.actions or [element], 1):
            town = next(iter(_towns(action)), "")
            sheet.section((f"Action {number}" + (f" : {town}" if town else "")) if several else "Organisation")
            self._action(action, (town or f"action {number}") if several else None)
        sheet.section("Contact")
        self._contacts()

    def _audience(self) -> None:
        sheet = self.sheet
        sheet.section("Public")
        for words in _each(self.actions, "info-public-vise"):
            sheet.prose(words, "audience")
        for code in _each([self.element, *self.actions], "code-public-vise"):
            sheet.line("Public visé, code Formacode", code)
        sheet.section("Prérequis")
        for words in _each(self.actions, "conditions-specifiques"):
            sheet.prose(words, "prerequisites")
        level = LEVELS.get(_text(self.element, "code-niveau-entree"))
        if level:
            compulsory = "1" in _each(self.actions, "niveau-entree-obligatoire")
            sheet.line("Niveau d'entrée", level, "prerequisites" if compulsory else None, note="obligatoire" if compulsory else None)
        for reference in self.element.iter():
            if local(reference) == "reference-module" and _above(reference, "modules-prerequis"):
                sheet.line("Module prérequis", self._named(reference), "prerequisites")

    def _modules(self) -> None:
        self.sheet.section("Modules")
        for module in self.element.iter():
            if local(module) == "sous-module":
                kind = {"1": "obligatoire", "2": "personnalisable"}.get(_text(module, "type-module"))
                reference = next(iter(_children(module, "reference-module")), module)
                self.sheet.line("Module", self._named(reference), "modules", note=kind)

    def _named(self, reference: _Element) -> str:
        """The module's title with its code, where the feed describes it; else its code."""
        code = said("".join(reference.itertext()))
        name = self.names.get(code)
        return f"{name} ({code})" if name else code

    def _identity(self) -> None:
        sheet, element = self.sheet, self.element
        sheet.section("Pratique")
        for code in dict.fromkeys(c for c in (element.get("numero", "").strip(), _text(element, "identifiant-module")) if c):
            sheet.line("Code", code, "code")
        responsible = [said(_text(o, "nom-organisme")) or said(_text(o, "raison-sociale")) for o in _all(element, "organisme-formation-responsable")]
        for name in dict.fromkeys([*responsible, said(_text(element, "nom-organisme"))]):
            sheet.line("Organisme", name, "provider")
        trainers = [said(_text(o, "raison-sociale-formateur")) for o in _all(element, "organisme-formateur")]
        for name in dict.fromkeys(trainers):
            if name not in responsible:
                sheet.line("Organisme formateur", name, "provider")
        sheet.line("Parcours", PATHS.get(_text(element, "parcours-de-formation"), ""))
        sheet.line("Formation certifiante", YES_NO.get(_text(element, "certifiante"), ""))
        for label, name in (("RNCP", "code-RNCP"), ("RS", "code-RS"), ("Certif Info", "code-CERTIFINFO"), ("CPF", "code-CPF")):
            for code in dict.fromkeys(said(_text(c, name)) for c in _all(element, "certification")):
                sheet.line("Certification", f"{label} {code}" if code else "", "certification")
        sheet.line("Niveau de sortie", LEVELS.get(_text(element, "code-niveau-sortie"), ""))
        if self.actions:
            self._hours(element, None)
        for url in _each(_children(element, "url-formation"), "urlweb"):
            sheet.line("Page de la formation", url)

    def _action(self, action: _Element, label: str | None) -> None:
        sheet = self.sheet
        self._prices(action, label)
        self._hours(action, label)
        sheet.line("Rythme", said(_text(action, "rythme-formation")))
        pedagogy = said(_text(action, "modalites-pedagogiques"))
        told = " ".join(
            (pedagogy, said(_text(action, "rythme-formation")), *(e.get("info", "") for e in _children(action, "modalites-enseignement")))
        )
        sheet.line("Modalité", mode_words(said(_text(action, "modalites-enseignement")), told), "mode")
        sheet.line("Entrées et sorties", ENTRIES.get(_text(action, "modalites-entrees-sorties"), ""))
        for place in dict.fromkeys(_place(p) for p in _children(action, "lieu-de-formation")) if local(action) == "action" else [_town(action)]:
            sheet.line("Lieu", place, "location")
        for session in _children(action, "session"):
            self._session(session, label)
        sheet.line("Modalités pédagogiques", pedagogy)
        for name, heading in _LINES:
            for words in _each([action], name):
                sheet.line(heading, words)
        for words in _each([action], "modalites-recrutement"):
            sheet.line("Recrutement", words, "registration")
        for url in _each(_children(action, "url-action"), "urlweb"):
            sheet.line("Page de l'action", url)

    def _prices(self, action: _Element, label: str | None) -> None:
        for name, what in (("prix-total-TTC", None), ("prix-horaire-TTC", "par heure")):
            for words in _each([action], name):
                amount = amount_of(words)
                if amount is None:
                    self.sheet.line("Prix", words, note=what)
                else:
                    self.sheet.price(Price(amount, "EUR", ", ".join(p for p in (what, label) if p) or None))
        for words in _each([action], "frais-restants"):
            amount = amount_of(words) if words.replace(",", ".").replace(" ", "").replace("€", "").replace(".", "").isdigit() else None
            if amount is None:
                self.sheet.line("Frais restants à la charge du stagiaire", words)
            else:
                self.sheet.price(Price(amount, "EUR", ", ".join(p for p in ("frais restants à la charge du stagiaire", label) if p)))
        self.sheet.line("Prise en charge des frais possible", YES_NO.get(_text(action, "prise-en-charge-frais-possible"), ""))
        for words in _each([action], "detail-conditions-prise-en-charge"):
            self.sheet.line("Prise en charge", words)
        self.sheet.line("Action conventionnée", YES_NO.get(_text(action, "conventionnement"), ""))

    def _hours(self, holder: _Element, label: str | None) -> None:
        for words in _each([holder], "duree-indicative"):
            found = duration_of(words)
            self.sheet.line("Durée", words, "duration" if found else None, found)
        for name, where in (("nombre-heures-total", None), ("nombre-heures-centre", "en centre"), ("nombre-heures-entreprise", "en entreprise")):
            for words in _each([holder], name):
                amount = amount_of(words)
                if amount:
                    self.sheet.duration(Duration(amount, "hours", ", ".join(p for p in (where, label) if p) or None))
        for words in _each([holder], "duree-cycle"):
            if amount := amount_of(words):
                self.sheet.duration(Duration(amount, "years", "cycle"))

    def _session(self, session: _Element, label: str | None) -> None:
        start, end = _bounds(session)
        if start and end and end.last < start.first:
            self.sheet.line("Session", show_bounds(start, end), note="dates incohérentes")
        elif start or end:
            exact = all(bound.exact for bound in (start, end) if bound)
            # An open day is not made up: the period that its words mean is deduced, and marked so.
            period = Session(start.first if start else None, end.last if end else None, label)
            self.sheet.session(period, show_bounds(start, end), "extracted" if exact else "deduced")
        for name in ("nb-places", "effectif-maximal", "capacite"):
            for places in dict.fromkeys(amount_of("".join(e.itertext())) for e in _all(session, name)):
                if places and places == int(places):
                    self.sheet.capacity(int(places))
        self.sheet.line("Recrutement", RECRUITMENT.get(_text(session, "etat-recrutement"), ""))
        self.sheet.line("Inscription", said(_text(session, "modalites-inscription")), "registration")
        for period in _children(session, "periode-inscription"):
            self.sheet.line("Période d'inscription", show_bounds(*_bounds(period)), "registration")
        for address in _children(session, "adresse-inscription"):
            self.sheet.line("Adresse d'inscription", _place(address))
        for url in _each(_children(session, "url-session"), "urlweb"):
            self.sheet.line("Page de la session", url)

    def _contacts(self) -> None:
        """Everybody who may be written to or called, each way once."""
        seen: set[str] = set()
        for holder in self.element.iter():
            if local(holder) != "coordonnees":
                continue
            name = " ".join(filter(None, (_title(_text(holder, "civilite")), said(_text(holder, "prenom")), said(_text(holder, "nom")))))
            role = CONTACTS.get(_text(holder.getparent(), "type-contact"), "")
            phones = [p for p in (said("".join(e.itertext())) for n in ("telfixe", "portable") for e in _all(holder, n)) if p]
            ways = [Contact(phone=p) for p in phones] + [Contact(email=e) for e in _each([holder], "courriel")]
            ways = [w for w in ways if (w.phone or w.email or "").replace(" ", "") not in seen]
            seen |= {(w.phone or w.email or "").replace(" ", "") for w in ways}
            for way in ways:
                self.sheet.contact(Contact(name or role or None, way.email, way.phone), role if role and name else "Contact")
            for url in _each(_children(holder, "web"), "urlweb"):
                if url not in seen:
                    seen.add(url)
                    self.sheet.line("Site", url)


_LINES = (
    ("langue-formation", "Langue"),
    ("modalites-alternance", "Alternance"),
    ("acces-handicapes", "Accès des personnes handicapées"),
    ("restauration", "Restauration"),
    ("hebergement", "Hébergement"),
    ("transport", "Transport"),
    ("infos-perimetre-recrutement", "Périmètre de recrutement"),
)


def _bounds(holder: _Element) -> tuple[Vague | None, Vague | None]:
    period = next(iter(_all(holder, "periode")), None)
    return vague_date(_text(period, "debut")), vague_date(_text(period, "fin"))


def _title(civility: str) -> str:
    """The title that a feed writes as words; its codes (1, 2) say nothing to a reader."""
    return "" if civility.isdigit() else said(civility)


def _children(element: _Element, name: str) -> list[_Element]:
    return [e for e in element if local(e).lower() == name.lower()]


def _all(element: _Element, name: str) -> list[_Element]:
    return [e for e in element.iter() if local(e).lower() == name.lower()]


def _text(element: _Element | None, name: str) -> str:
    """The text of the first child of this name; line breaks are kept, because long texts have paragraphs."""
    child = next(iter(_children(element, name)), None) if element is not None else None
    return "" if child is None else "".join(child.itertext()).strip()


def _each(elements: Iterable[_Element], name: str) -> list[str]:
    """What the children of this name say, each once, without placeholders."""
    return list(dict.fromkeys(words for e in elements for c in _children(e, name) if (words := said("".join(c.itertext())))))


def _above(element: _Element, name: str) -> bool:
    return any(local(e) == name for e in element.iterancestors())


def _place(holder: _Element) -> str:
    """ "Lycée X, 1 rue Y, 29391 Quimperlé": the parts that are written, each once."""
    parts: list[str] = []
    for element in holder.iter():
        name = local(element)
        if name == "adresse":
            parts.extend(said("".join(e.itertext())) for n in ("denomination", "ligne") for e in _children(element, n))
            parts.append(_town(element))
        elif name in ("ligne", "denomination") and not _above(element, "adresse"):
            parts.append(said("".join(element.itertext())))
    return ", ".join(dict.fromkeys(p for p in parts if p))


def _town(address: _Element) -> str:
    return " ".join(filter(None, (said(_text(address, "codepostal")), said(_text(address, "ville")))))


def _towns(action: _Element) -> list[str]:
    return list(dict.fromkeys(t for p in _children(action, "lieu-de-formation") for e in _all(p, "ville") if (t := said("".join(e.itertext())))))
