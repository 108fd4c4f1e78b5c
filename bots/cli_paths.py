"""`jalon recommend` and `jalon plan`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bots.cli_common import JsonFlag, open_service, print_json
from bots.errors import BotError

if TYPE_CHECKING:
    from assistant.records import Language, LearnerProfile, LearningPath

_MEBIBYTE = 1 << 20


def register(app: typer.Typer) -> None:
    app.command()(recommend)


def recommend(
    profile: Annotated[
        Path | None, typer.Option("--profile", help='A JSON file: {"profile": {...}} or the bare profile; flags change its fields.')
    ] = None,
    words: Annotated[str | None, typer.Option("--words", help='What the learner says: "je suis attachée dans une commune…".')] = None,
    role: Annotated[str | None, typer.Option(help="What the learner does.")] = None,
    versant: Annotated[str | None, typer.Option(help="FPE, FPT, FPH, FPPF or FPCPF.")] = None,
    employer: Annotated[str | None, typer.Option(help="Where the learner works.")] = None,
    category: Annotated[str | None, typer.Option(help="A, B, C or D.")] = None,
    corps: Annotated[str | None, typer.Option(help="Corps or cadre d'emplois.")] = None,
    territory: Annotated[str | None, typer.Option(help="Overseas territory, if any.")] = None,
    goal: Annotated[list[str] | None, typer.Option("--goal", help="What to learn; may be repeated.")] = None,
    budget: Annotated[str | None, typer.Option(help='An amount: "8000", "3 000 €", "500000 XPF".')] = None,
    max_days: Annotated[float | None, typer.Option("--max-days", help="Days of training at most.")] = None,
    start: Annotated[str | None, typer.Option("--from", help="First day available, as 2026-03-31.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Last day available.")] = None,
    away: Annotated[list[str] | None, typer.Option("--away", help="An absence, as 2026-03-02/2026-03-06; may be repeated.")] = None,
    completed: Annotated[
        list[str] | None, typer.Option("--completed", help="A module already taken (code, title or document); may be repeated.")
    ] = None,
    lock: Annotated[list[str] | None, typer.Option("--lock", help="What if this module must be taken; may be repeated.")] = None,
    exclude: Annotated[list[str] | None, typer.Option("--exclude", help="What if this module is left out; may be repeated.")] = None,
    after: Annotated[str | None, typer.Option("--after", help="Instead of a path: what this module asks for and what it opens.")] = None,
    export: Annotated[Path | None, typer.Option("--export", help="Also write the path to this file: .ics, .csv, .docx or .jsonld.")] = None,
    language: Annotated[str, typer.Option("--language", help="fr or en.")] = "fr",
    as_json: JsonFlag = False,
) -> None:
    """The best learning path within budget, calendar and prerequisites, every exclusion explained."""
    if language not in ("fr", "en"):
        raise typer.BadParameter("--language is fr or en")
    spoken: Language = "en" if language == "en" else "fr"
    if after is not None:
        _after(after, as_json)
        return
    if export is not None and export.suffix.lower() not in (".ics", ".csv", ".docx", ".jsonld"):
        raise typer.BadParameter("--export ends in .ics, .csv, .docx or .jsonld")
    flags: dict[str, Any] = {
        "role": role, "versant": versant, "employer": employer, "category": category, "corps": corps, "territory": territory, "goals": goal,
        "budget": budget, "max_days": max_days, "available": {"from": start, "to": end} if start or end else None,
        "unavailable": [a.split("/", 1) if "/" in a else a for a in away] if away else None,
        "completed": completed, "locked": lock, "excluded": exclude,
    }  # fmt: skip
    learner = _learner(profile, words, {k: v for k, v in flags.items() if v not in (None, [])})
    ready = open_service().current()
    # Imported here: the solver takes a second to load.
    from assistant.path import recommend as best_path
    from bots import views

    path = best_path(ready.catalogue, ready.search, learner, ready.generation, language=spoken)
    if export is not None:
        _export(path, export, spoken)
    if as_json:
        print_json(views.path_json(path))
    else:
        typer.echo("\n".join(_lines(path, spoken)))


def _learner(file: Path | None, words: str | None, flags: dict[str, Any]) -> LearnerProfile:
    """The profile of the file, then what the words say, then the flags; what is given later wins."""
    from assistant.learner import parse_profile, profile_from_words
    from assistant.records import LearnerProfile

    learner = LearnerProfile()
    if file is not None:
        learner = parse_profile(_read_json(file))
    if words:
        learner = profile_from_words(words, learner)
    if flags:
        given = parse_profile(flags)
        learner = replace(learner, **{name: getattr(given, name) for name in flags})
    return learner


def _read_json(file: Path) -> dict[str, Any]:
    """The object in a file. Raises BotError with what to do when it is none."""
    try:
        if file.stat().st_size > _MEBIBYTE:
            raise BotError(f"The profile {file} is larger than 1 MiB: give a smaller file.")
        value = json.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise BotError(f"The profile {file} cannot be read ({error.strerror or error}): check the path.") from error
    except (ValueError, RecursionError) as error:
        raise BotError(f"The profile {file} is no JSON: check it.") from error
    if not isinstance(value, dict):
        raise BotError(f'The profile {file} holds no JSON object: write {{"profile": {{"role": "…"}}}}.')
    return value


def _export(path: LearningPath, file: Path, language: Language) -> None:
    from assistant.export import export_path

    file.write_bytes(export_path(path, file.suffix.lower().removeprefix("."), language=language))


def _after(name: str, as_json: bool) -> None:
    from assistant.next_modules import around

    ready = open_service().current()
    found = around(ready.catalogue, name)
    if as_json:
        print_json({"module": found.title, "document": found.document, "before": found.before, "next": found.next, "later": found.later})
        return
    lines = [found.title]
    for label, titles in (("requires first", found.before), ("leads to", found.next), ("opens later", found.later)):
        lines.append(f"  {label}: {', '.join(titles) or 'nothing in this catalogue'}")
    typer.echo("\n".join(lines))


def _lines(path: LearningPath, language: Language) -> list[str]:
    """The path for people: steps with reasons, what was left out and why, what would make more possible."""
    from assistant.path_explain import summary
    from assistant.path_sentences import show_money, show_period
    from bots.terminal import bold, clean

    lines = [bold(clean(summary(path, language))), ""]
    for number, step in enumerate(path.steps, 1):
        facts = [show_period(step.session, language) if step.session else "", f"{step.days:g} j" if step.days is not None else ""]
        facts.append(show_money(step.price, language) if step.price else "")
        lines.append(clean(f"{number}. {step.module} ({step.document})"))
        lines.append(clean("   " + " · ".join([f for f in facts if f] + [f"{step.relevance:.2f}"])))
        lines.append(clean(f"   {step.reason}"))
        lines += [clean(f"   « {b.citation.quote} »") for b in step.eligibility.because[:1] if b.citation]
    if path.excluded:
        lines += ["", bold("Non retenus" if language == "fr" else "Left out")]
        lines += [clean(f"- {e.module} ({e.document}) : {e.reason}. {e.detail}") for e in path.excluded]
    for title, items in (("Pour aller plus loin", [f"{r.change} {r.gain}" for r in path.relaxations]),
                         ("Autres parcours", [f"{a.title} : {', '.join(s.module for s in a.steps)}" for a in path.alternatives]),
                         ("À préciser", list(path.questions))):  # fmt: skip
        english = {"Pour aller plus loin": "To go further", "Autres parcours": "Other paths", "À préciser": "Still to ask"}[title]
        if items:
            lines += ["", bold(title if language == "fr" else english), *(clean(f"- {item}") for item in items)]
    if not path.optimal:
        lines += ["", f"Non prouvé optimal (écart {path.gap:.1%})." if language == "fr" else f"Not proven optimal (gap {path.gap:.1%})."]
    return lines
