"""`jalon recommend` and `jalon plan`."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bots.command_line import JsonFlag, ProgressLine, open_service, print_json
from bots.errors import BotError
from bots.terminal import note

if TYPE_CHECKING:
    from assistant.paths.cohort import CohortPlan
    from assistant.records import Language, LearnerProfile, LearningPath
    from corpus.catalogue import Catalogue

_MEBIBYTE = 1 << 20
_FAR = 5
_TITLE_AREA = 2_000
_LONGEST_TITLE = 240


def register(app: typer.Typer) -> None:
    app.command()(recommend)
    app.command()(plan)


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
    ready = open_service().opened()
    # Imported here: the solver takes a second to load.
    from assistant.paths.path import recommend as best_path
    from bots import views

    path = best_path(ready.catalogue, ready.search, learner, ready.generation, language=spoken)
    if export is not None:
        _export(path, export, spoken)
    if as_json:
        print_json(views.path_json(path))
    else:
        typer.echo("\n".join(_lines(path, spoken, _uncut(path, ready.catalogue))))


def plan(
    agents: Annotated[
        Path, typer.Option("--agents", help="A CSV of agents: identifier, role, versant, employer, category, goals, unavailable, priority…")
    ],
    budget: Annotated[str | None, typer.Option(help='The budget of the team: "60000", "60 000 €", "5000000 XPF".')] = None,
    seats: Annotated[int, typer.Option(min=1, max=10_000, help="Seats of a session whose document states none.")] = 15,
    strict: Annotated[bool, typer.Option("--strict", help="Status 1 if any line of the file cannot be read.")] = False,
    language: Annotated[str, typer.Option("--language", help="fr or en.")] = "fr",
    as_json: JsonFlag = False,
) -> None:
    """The training plan of a team under one budget: who gets what, and why not more."""
    if language not in ("fr", "en"):
        raise typer.BadParameter("--language is fr or en")
    from assistant.learner.profile import parse_profile
    from assistant.paths.cohort import plan as best_plan
    from assistant.paths.cohort_file import read_agents
    from bots.views_plan import plan_json

    try:
        data = agents.read_bytes()
    except OSError as error:
        raise BotError(f"The file of agents {agents} cannot be read ({error.strerror or error}): check the path.") from error
    people, errors = read_agents(data)
    for wrong in errors:
        note(f"{agents.name}, line {wrong.line}: {wrong.error}")
    if not people or (strict and errors):
        raise BotError(f"The file of agents {agents} cannot be planned with (lines in error: {len(errors)}; agents read: {len(people)}): correct it.")
    money = parse_profile({"budget": budget}).budget if budget is not None else None
    ready = open_service().opened()
    spoken: Language = "en" if language == "en" else "fr"
    made = best_plan(
        ready.catalogue, ready.search, people, money, seats, errors, ready.generation, progress=ProgressLine(), language=spoken
    )  # fmt: skip
    if as_json:
        print_json(plan_json(made))
    else:
        typer.echo("\n".join(_plan_lines(made, spoken)))


def _plan_lines(made: CohortPlan, language: Language) -> list[str]:
    """The plan for people: agent by agent, then what it costs."""
    from assistant.paths.sentences import show_money, show_period
    from bots.terminal import bold, clean

    lines = []
    for agent in made.agents:
        lines.append(bold(clean(agent.identifier)) + clean(f" {agent.note}" if agent.note else ""))
        for step in agent.steps:
            facts = [show_period(step.session, language) if step.session else "", show_money(step.price, language) if step.price else ""]
            lines.append(clean(f"  + {step.module} ({', '.join(f for f in facts if f) or '–'})"))
        lines += [clean(f"  - {e.module} : {e.detail}") for e in agent.left_out[:3]]
    price = " + ".join(show_money(m, language) for m in made.spent) or "0"
    served = sum(bool(a.steps) for a in made.agents)
    french = language == "fr"
    lines += ["", f"{served}/{len(made.agents)} {'agents servis' if french else 'agents served'}, {price}"]
    if made.unknown_prices:
        lines.append(f"{made.unknown_prices} {'prix non précisés' if french else 'prices not stated'}")
    if not made.optimal:
        lines.append(f"Non prouvé optimal (écart {made.gap:.1%})." if french else f"Not proven optimal (gap {made.gap:.1%}).")
    return lines


def _learner(file: Path | None, words: str | None, flags: dict[str, Any]) -> LearnerProfile:
    """The profile of the file, then what the words say, then the flags; what is given later wins."""
    from assistant.learner.profile import parse_profile, profile_from_words
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
    from assistant.paths.export import export_path

    file.write_bytes(export_path(path, file.suffix.lower().removeprefix("."), language=language))


def _after(name: str, as_json: bool) -> None:
    from assistant.paths.next_modules import around

    ready = open_service().opened()
    found = around(ready.catalogue, name)
    if as_json:
        print_json({"module": found.title, "document": found.document, "before": found.before, "next": found.next, "later": found.later})
        return
    lines = [found.title]
    for label, titles in (("requires first", found.before), ("leads to", found.next), ("opens later", found.later)):
        lines.append(f"  {label}: {', '.join(titles) or 'nothing in this catalogue'}")
    typer.echo("\n".join(lines))


def _uncut(path: LearningPath, catalogue: Catalogue) -> dict[str, str]:
    """Titles that were cut ("… vient…") -> the whole sentence of the document, where it is short enough to be read as a title."""
    whole = {}
    for title, document in {(s.module, s.document) for s in path.steps} | {(e.module, e.document) for e in path.excluded}:
        head = title.removesuffix("…")
        if head == title:
            continue
        text = " ".join(catalogue.document(document).text[:_TITLE_AREA].split())
        start = text.find(head)
        if start >= 0:
            sentence = re.split(r"(?<=[.!?])\s", text[start:], maxsplit=1)[0].rstrip(".")
            if len(sentence) <= _LONGEST_TITLE:
                whole[title] = sentence
    return whole


def _lines(path: LearningPath, language: Language, uncut: dict[str, str]) -> list[str]:
    """The path for people: steps with reasons, what was left out and why, what would make more possible."""
    from assistant.paths.explain import summary
    from assistant.paths.sentences import counted, show_money, show_period
    from bots.terminal import bold, clean

    lines = [bold(clean(summary(path, language))), ""]
    for number, step in enumerate(path.steps, 1):
        facts = [show_period(step.session, language) if step.session else "", counted("days", step.days, language) if step.days is not None else ""]
        facts.append(show_money(step.price, language) if step.price else "")
        lines.append(clean(f"{number}. {uncut.get(step.module, step.module)} ({step.document})"))
        lines.append(clean("   " + " · ".join([f for f in facts if f] + [f"{step.relevance:.2f}"])))
        lines.append(clean(f"   {step.reason}"))
        lines += [clean(f"   « {b.citation.quote} »") for b in step.eligibility.because[:1] if b.citation]
    if path.excluded:
        lines += ["", bold("Non retenus" if language == "fr" else "Left out")]
        # What would suit comes first; what is too far from the request is counted, and listed in the JSON.
        near = [e for e in path.excluded if e.reason != "less_relevant"]
        lines += [clean(f"- {uncut.get(e.module, e.module)} ({e.document}) : {e.reason}. {e.detail}") for e in near]
        far = [e for e in path.excluded if e.reason == "less_relevant"]
        lines += [clean(f"- {uncut.get(e.module, e.module)} ({e.document}) : {e.reason}. {e.detail}") for e in far[:_FAR]]
        if len(far) > _FAR:
            lines.append(f"- … + {len(far) - _FAR} less_relevant")
    others = [f"{a.title} : {' ; '.join(uncut.get(s.module, s.module) for s in a.steps)}" for a in path.alternatives]
    for title, items in (("Pour aller plus loin", [f"{r.change} {r.gain}" for r in path.relaxations]),
                         ("Autres parcours", others),
                         ("À préciser", list(path.questions))):  # fmt: skip
        english = {"Pour aller plus loin": "To go further", "Autres parcours": "Other paths", "À préciser": "Still to ask"}[title]
        if items:
            lines += ["", bold(title if language == "fr" else english), *(clean(f"- {item}") for item in items)]
    if not path.optimal:
        lines += ["", f"Non prouvé optimal (écart {path.gap:.1%})." if language == "fr" else f"Not proven optimal (gap {path.gap:.1%})."]
    return lines
