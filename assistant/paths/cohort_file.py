"""A file of agents -> who is to be trained: one line an agent, read as leniently as spreadsheets write it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from assistant.errors import BadProfile, ProfileFault
from assistant.learner.profile import deduced, parse_profile
from assistant.records import LearnerProfile
from corpus.french import fold

MAX_AGENTS: Final = 5_000
_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "identifier": ("identifier", "identifiant", "id", "agent", "matricule", "nom", "name"),
    "role": ("role", "fonction", "poste", "metier"), "versant": ("versant", "fonction publique"),
    "employer": ("employer", "employeur", "structure", "service"),
    "category": ("category", "categorie", "cat"), "corps": ("corps", "grade", "cadre d'emplois"), "territory": ("territory", "territoire"),
    "goals": ("goals", "goal", "objectifs", "objectif", "besoins", "souhaits"), "budget": ("budget",),
    "max_days": ("max_days", "jours", "jours max", "max jours", "days"), "from": ("from", "disponible du", "du", "debut"),
    "to": ("to", "disponible au", "au", "fin"), "unavailable": ("unavailable", "absences", "absence", "indisponible", "indisponibilites"),
    "completed": ("completed", "suivis", "deja suivi", "deja suivis", "acquis"), "priority": ("priority", "priorite", "prio"),
}  # fmt: skip
_BY_NAME: Final = {name: column for column, names in _COLUMNS.items() for name in names}
_PRIORITIES: Final = {"haute": 1, "high": 1, "forte": 1, "moyenne": 2, "normale": 2, "medium": 2, "normal": 2, "basse": 3, "low": 3, "faible": 3}


@dataclass(frozen=True, slots=True)
class Agent:
    """``priority``: 1 first, 2 as usual, 3 last."""

    identifier: str
    profile: LearnerProfile
    priority: int = 2


@dataclass(frozen=True, slots=True)
class LineError:
    """``line`` counts from 1, the heading included, as editors show it."""

    line: int
    error: str
    fault: ProfileFault | None = None
    field: str = ""
    values: tuple[tuple[str, str], ...] = ()
    """As those of ``BadProfile``: what a sentence in another language needs."""


def read_agents(data: bytes) -> tuple[list[Agent], list[LineError]]:
    """The agents of a CSV file and what is wrong with its other lines.

    Comma, semicolon or tab; UTF-8 (with or without a byte-order mark) or Latin-1; French or English headings. Lists
    (goals, completed) are separated by ``|`` or ``;`` or ``,`` inside their cell, absences are ``2026-03-02/2026-03-06``.
    Raises BadProfile when the file as a whole is no such file.
    """
    text = _decoded(data)
    lines = text.splitlines()
    heading = next((line for line in lines if line.strip()), "")
    delimiter = max(";,\t", key=heading.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise BadProfile(f"The file of agents is no CSV ({error}): save it as CSV with a heading line.", "csv") from error
    start = next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    columns = (
        [_BY_NAME.get(fold(cell).strip().replace("_", " "), _BY_NAME.get(fold(cell).strip())) for cell in rows[start]] if start is not None else []
    )
    if start is None or "identifier" not in columns:
        raise BadProfile("The file of agents needs a heading line with at least the column 'identifier' (or 'identifiant').", "heading")
    agents: list[Agent] = []
    errors: list[LineError] = []
    known: set[str] = set()
    for number, row in enumerate(rows[start + 1 :], start + 2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            agent = _agent({c: cell.strip() for c, cell in zip(columns, row, strict=False) if c and cell.strip()})
            if agent.identifier in known:
                raise BadProfile(f"The identifier '{agent.identifier}' stands on an earlier line too.", "twice", value=agent.identifier)
        except BadProfile as error:
            errors.append(LineError(number, str(error), error.fault, error.field, tuple(error.values.items())))
            continue
        known.add(agent.identifier)
        agents.append(agent)
        if len(agents) > MAX_AGENTS:
            raise BadProfile(f"The file of agents holds more than {MAX_AGENTS} agents: split it.", "many", most=str(MAX_AGENTS))
    return agents, errors


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _agent(cells: Mapping[str, str]) -> Agent:
    if "identifier" not in cells:
        raise BadProfile("The line has no identifier.", "unnamed")
    fields: dict[str, Any] = {
        k: v for k, v in cells.items() if k in ("role", "versant", "employer", "category", "corps", "territory", "budget", "max_days")
    }
    for name in ("goals", "completed"):
        if name in cells:
            separator = r"\s*\|\s*" if "|" in cells[name] else r"\s*[;,]\s*"
            fields[name] = [part for part in re.split(separator, cells[name]) if part]
    if "from" in cells or "to" in cells:
        fields["available"] = {"from": cells.get("from"), "to": cells.get("to")}
    if "unavailable" in cells:
        fields["unavailable"] = [_absence(part) for part in re.split(r"\s*[|;,]\s*", cells["unavailable"]) if part]
    return Agent(cells["identifier"], deduced(parse_profile(fields)), _priority(cells.get("priority", "2")))


def _absence(text: str) -> list[str]:
    """ "2026-03-02/2026-03-06", "02/03/2026 - 06/03/2026", "2026-03-02": its two days."""
    days = re.findall(r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}", text)
    if len(days) not in (1, 2):
        raise BadProfile(f"The absence '{text}' must be written as 2026-03-02/2026-03-06.", "absence", value=text)
    return [days[0], days[-1]]


def _priority(text: str) -> int:
    name = fold(text).strip().removeprefix("p")
    if name in _PRIORITIES:
        return _PRIORITIES[name]
    if not name.isdigit() or int(name) < 1:
        raise BadProfile(f"The priority '{text}' must be 1 (first), 2 or 3, or haute, moyenne, basse.", "priority", value=text)
    return min(int(name), 3)
