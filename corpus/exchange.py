"""The catalogue written back as schema.org JSON-LD or LHEO 2.3, with a list of what the format cannot hold.

What is written is what was understood, so that reading it again (``readers/jsonld.py``, ``readers/lheo.py``) gives the
same values. Nothing is made up to fill a compulsory element: it is left out, or holds LHEO's own "unknown".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.exchange_jsonld import course
from corpus.exchange_lheo import write_formation
from corpus.records import Programme

COURSES = ("programme", "module", "session")
"""The kinds that the formats are for; an event, a news item or an opinion is no course."""


@dataclass(frozen=True, slots=True)
class Export:
    """``text`` is the file's content; ``losses`` one English sentence for each thing that the format has no place for."""

    text: str
    losses: tuple[str, ...]


def to_jsonld(catalogue: Catalogue) -> Export:
    """A schema.org graph with one Course for each programme, module or session of the catalogue."""
    losses: list[str] = []
    graph = [course(programme, losses) for programme in _courses(catalogue, losses)]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=2)
    return Export(text + "\n", tuple(losses))


def to_lheo(catalogue: Catalogue) -> Export:
    """A LHEO 2.3 feed with one formation for each programme, module or session of the catalogue."""
    from lxml import etree  # type: ignore[import-untyped]

    losses: list[str] = []
    root = etree.Element("lheo", nsmap={None: "http://lheo.gouv.fr/2.3"})
    offers = etree.SubElement(root, "offres")
    for programme in _courses(catalogue, losses):
        write_formation(offers, programme, losses)
    if len(offers):
        losses.append("LHEO asks for codes of public, field, activity and SIRET, which documents do not say: they are left out or zero.")
    return Export(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True).decode(), tuple(losses))


def _courses(catalogue: Catalogue, losses: list[str]) -> Iterator[Programme]:
    for programme in catalogue.programmes():
        if programme.kind not in COURSES:
            losses.append(f"{programme.document}: its kind ({programme.kind}) is no course and is left out.")
            continue
        deduced = sum(f.status == "deduced" for f in programme.facts)
        if deduced:
            losses.append(f"{programme.document}: {deduced} deduced values are written like stated ones.")
        yield programme
