"""The Word document of a path."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from assistant.paths.export_text import clean, dates_of, price_text, totals, verdict_text
from assistant.paths.sentences import show_date, show_days, show_money, show_period
from assistant.records import Language, LearningPath, Step

if TYPE_CHECKING:
    from docx.document import Document

_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "title": ("Parcours de formation proposé", "Proposed learning path"),
    "advice": ("Proposition établie par un assistant automatique ; elle n'engage ni l'agent ni l'administration avant signature.",
               "Proposed by an automatic assistant; it binds neither the agent nor the administration before it is signed."),
    "made": ("Établi le {day} à partir de l'index {index}.", "Made on {day} from the index {index}."),
    "learner": ("Agent", "Agent"), "role": ("Fonction", "Role"), "employer": ("Employeur", "Employer"), "goals": ("Objectifs", "Goals"),
    "budget": ("Budget", "Budget"), "available": ("Disponibilité", "Availability"), "max_days": ("Jours au plus", "Days at most"),
    "steps": ("Étapes", "Steps"), "none": ("Aucune formation ne peut être proposée.", "No course can be proposed."),
    "heads": ("N°|Formation|Dates|Jours|Prix|Accès et preuve", "No.|Course|Dates|Days|Price|Access and proof"),
    "totals": ("Coût et durée", "Cost and length"), "excluded": ("Formations non retenues", "Courses left out"),
    "out_heads": ("Formation|Motif", "Course|Reason"), "questions": ("Points à vérifier", "To be checked"),
    "sign": ("Signatures", "Signatures"), "sign_heads": ("L'agent|Le supérieur hiérarchique|Le service formation", "The agent|The manager|The "
    "training office"),
    "sign_line": ("Date et signature :", "Date and signature:"), "unproven": ("Parcours non prouvé optimal (écart {gap}).", "Path not proven "
    "optimal (gap {gap})."),
}  # fmt: skip


def write(path: LearningPath, title: str, today: date, language: Language) -> bytes:
    """The bytes of a .docx; the same path on the same day gives the same content."""
    import docx

    def say(key: str, **values: str) -> str:
        return _TEXTS[key][0 if language == "fr" else 1].format(**values)

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = clean(title) or say("title"), "Jalon", "fr-FR" if language == "fr" else "en-GB"
    properties.created = properties.modified = datetime(today.year, today.month, today.day, tzinfo=UTC)
    document.add_heading(clean(title) or say("title"), 0)
    document.add_paragraph(say("made", day=show_date(today, language), index=path.generation or "–"))
    document.add_paragraph(say("advice"))
    _learner(document, path, say("learner"), {k: say(k) for k in ("role", "employer", "goals", "budget", "available", "max_days")}, language)
    document.add_heading(say("steps"), 1)
    if path.steps:
        _table(document, say("heads").split("|"), [_row(n, step, language) for n, step in enumerate(path.steps, 1)])
    else:
        document.add_paragraph(say("none"))
    if not path.optimal:
        document.add_paragraph(say("unproven", gap=f"{path.gap:.1%}"))
    document.add_heading(say("totals"), 1)
    for line in totals(path, language):
        document.add_paragraph(clean(line))
    for key, lines in (("questions", list(path.questions)),):
        if lines:
            document.add_heading(say(key), 1)
            for line in lines:
                document.add_paragraph(clean(line), style="List Bullet")
    if path.excluded:
        document.add_heading(say("excluded"), 1)
        _table(document, say("out_heads").split("|"), [[e.module, e.detail] for e in path.excluded])
    document.add_heading(say("sign"), 1)
    _table(document, say("sign_heads").split("|"), [[say("sign_line") + "\n\n\n"] * 3])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _learner(document: Document, path: LearningPath, heading: str, labels: dict[str, str], language: Language) -> None:
    profile = path.profile
    known = {
        "role": ", ".join(p for p in (profile.role, profile.corps, profile.versant, profile.category) if p),
        "employer": ", ".join(p for p in (profile.employer, profile.territory) if p), "goals": ", ".join(profile.goals),
        "budget": show_money(profile.budget, language) if profile.budget else "",
        "available": show_period(profile.available, language) if profile.available else "",
        "max_days": show_days(profile.max_days, language) if profile.max_days is not None else "",
    }  # fmt: skip
    rows = [[labels[key], value] for key, value in known.items() if value]
    if rows:
        document.add_heading(heading, 1)
        _table(document, None, rows)


def _row(number: int, step: Step, language: Language) -> list[str]:
    proofs = [f"« {b.citation.quote} »" for b in step.eligibility.because if b.citation]
    access = "\n".join([verdict_text(step, language), *proofs[:2]])
    days = show_days(step.days, language) if step.days is not None else "–"
    return [str(number), f"{step.module}\n{step.reason}", dates_of(step, language), days, price_text(step.price, language), access]


def _table(document: Document, heads: Sequence[str] | None, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(heads or rows[0]))
    table.style = "Table Grid"
    for bold, cells in [(True, heads)] * bool(heads) + [(False, row) for row in rows]:
        added = table.add_row().cells
        for cell, text in zip(added, cells or (), strict=True):
            run = cell.paragraphs[0].add_run(clean(text))
            run.bold = bold
