"""Files of a team plan: tables for spreadsheets, one of agents and one of sessions, and a document to sign."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from assistant.paths.cohort import CohortPlan
from assistant.records import Language, Money, Period
from bots.errors import NotFound
from bots.messages import day, money, sentence

_FORMULA = re.compile(r"^[\s\u200b\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

TEMPLATE = (
    "\ufeffidentifiant;fonction;versant;employeur;catégorie;objectifs;jours max;disponible du;disponible au;absences;déjà suivis;priorité\r\n"
    "A-001;attachée;FPCPF;commune;A;conduite du changement | dématérialisation;10;2027-01-04;2027-06-30;2027-02-15/2027-02-19;;haute\r\n"
    "A-002;rédacteur;FPT;commune;B;accueil des usagers;5;;;;;normale\r\n"
).encode()
"""The file to fill in: every column may stay empty but the first."""


def team_file(kind: str, title: str, made: CohortPlan, language: Language) -> tuple[bytes, str]:
    """The content and the ending of a file of a plan: ``agents``, ``sessions`` or ``document``. Raises NotFound."""
    if kind == "agents":
        return _table(_heads("agents", language), _by_agent(made, language)), "csv"
    if kind == "sessions":
        return _table(_heads("sessions", language), _by_session(made)), "csv"
    if kind == "document":
        return _document(title, made, language), "docx"
    raise NotFound("There is no such file.")


def _heads(kind: str, language: Language) -> list[str]:
    keys = {
        "agents": ("agent", "priority", "status", "module", "document", "start", "end", "days", "price", "currency", "reason"),
        "sessions": ("module", "document", "start", "end", "taken", "seats"),
    }[kind]
    return [sentence(f"adviser_column_{key}", language) for key in keys]


def _by_agent(made: CohortPlan, language: Language) -> Iterable[Sequence[object]]:
    for agent in made.agents:
        for step in agent.steps:
            price = (step.price.amount, step.price.currency) if step.price else ("", "")
            yield (agent.identifier, agent.priority, sentence("adviser_kept", language), step.module, step.document, *_days(step.session),
                   step.days if step.days is not None else "", *price, step.reason)  # fmt: skip
        for left in agent.left_out:
            why = sentence(f"adviser_because_{left.reason}", language)
            yield (agent.identifier, agent.priority, why, left.module, left.document, "", "", "", "", "", left.detail)
        if not agent.steps and not agent.left_out:
            yield (agent.identifier, agent.priority, sentence("adviser_nothing", language), "", "", "", "", "", "", "", agent.note)


def _by_session(made: CohortPlan) -> Iterable[Sequence[object]]:
    for use in made.seats:
        yield (use.module, use.document, *_days(use.session), use.taken, use.seats if use.stated else "")


def _days(session: Period | None) -> tuple[str, str]:
    return (str(session.start or ""), str(session.end or "")) if session else ("", "")


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Semicolons and a byte-order mark, as spreadsheets in French expect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _cell(value: object) -> str:
    """A figure with a comma, or text; text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",") if value < 1e6 else f"{value:.2f}".replace(".", ",")
    text = " ".join(_UNPRINTABLE.sub("", str(value)).split())
    return f"'{text}" if _FORMULA.match(text) else text


def _document(title: str, made: CohortPlan, language: Language) -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(_UNPRINTABLE.sub("", title), 0)
    served = sum(1 for agent in made.agents if agent.steps)
    document.add_paragraph(sentence("adviser_team_served", language, n=served, all=len(made.agents)))
    document.add_paragraph(sentence("adviser_team_spent", language, spent=_sum(made.spent, language)))
    if made.unknown_prices:
        document.add_paragraph(sentence("adviser_prices_unknown", language, n=made.unknown_prices))
    table = document.add_table(rows=1, cols=5)
    table.style = "Table Grid"
    for cell, key in zip(table.rows[0].cells, ("agent", "module", "start", "end", "price"), strict=True):
        cell.text = sentence(f"adviser_column_{key}", language)
    for agent in made.agents:
        for step in agent.steps:
            dates = [day(value, language) if value else "" for value in ((step.session.start, step.session.end) if step.session else (None, None))]
            price = money(step.price.amount, step.price.currency, language) if step.price else sentence("adviser_price_unknown", language)
            for cell, text in zip(table.add_row().cells, (agent.identifier, step.module, *dates, price), strict=True):
                cell.text = _UNPRINTABLE.sub("", text)
        if not agent.steps:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = _UNPRINTABLE.sub("", agent.identifier), _UNPRINTABLE.sub("", agent.note)
    document.add_paragraph(sentence("adviser_team_index", language, generation=made.generation))
    document.add_paragraph(sentence("adviser_team_sign", language))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _sum(amounts: Sequence[Money], language: Language) -> str:
    return " + ".join(money(value.amount, value.currency, language) for value in amounts) or sentence("adviser_no_cost", language)
