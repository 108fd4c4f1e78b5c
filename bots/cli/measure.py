"""`jalon evaluate` and `jalon train`: quality measured, and a model adapted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bots.command_line import JsonFlag, ProgressLine, print_json
from bots.settings import load_settings


def register(app: typer.Typer) -> None:
    app.command()(evaluate)
    app.command()(train)


def evaluate(
    folder: Annotated[Path | None, typer.Argument(help="A BEIR folder (corpus.jsonl, queries.jsonl, qrels/).")] = None,
    facts: Annotated[Path | None, typer.Option("--facts", help="A folder of annotated sheets: precision and recall per field.")] = None,
    questions: Annotated[Path | None, typer.Option("--questions", help="A folder of annotated questions: right, abstained, by intent.")] = None,
    profiles: Annotated[Path | None, typer.Option("--profiles", help="A folder of profiles with expected modules: nDCG@5.")] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="A file of stored figures of search: status 1 if any got worse.")] = None,
    update: Annotated[bool, typer.Option("--update", help="Write the figures of search into --baseline instead.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Measure search, facts, answers or recommendations on annotated data, with a throw-away index."""
    chosen = [
        (kind, path) for kind, path in (("search", folder), ("facts", facts), ("questions", questions), ("profiles", profiles)) if path is not None
    ]
    if len(chosen) != 1:
        raise typer.BadParameter("give one of BEIR_DIR, --facts, --questions, --profiles")
    if (baseline is not None and folder is None) or (update and baseline is None):
        raise typer.BadParameter("--baseline goes with a BEIR_DIR, and --update with --baseline")
    from bots.measure import MEASURES, measure_search

    kind, path = chosen[0]
    if kind == "search":
        figures, lines = measure_search(path, load_settings(), baseline, update)
    else:
        figures, lines = MEASURES[kind](path, load_settings())
    if as_json:
        print_json(figures)
    else:
        typer.echo("\n".join(lines))


def train(
    pairs: Annotated[list[Path], typer.Argument(help="Files of lines {anchor, positive}: .jsonl or .jsonl.gz.")],
    out: Annotated[Path | None, typer.Option("--out", help="Folder of the trained model; none: models/ in the home folder.")] = None,
    scratch: Annotated[bool, typer.Option("--scratch", help="Train a new model instead of adapting the shipped one.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Adapt the embedding model to an administration's own pairs, and say on pairs set aside whether it got better."""
    from bots.measure import train_report
    from index.train import train as train_model

    target = out or load_settings().home.expanduser() / "models" / "adapted"
    report = train_model(pairs, target, scratch=scratch, progress=None if as_json else ProgressLine())
    figures, lines = train_report(report, target)
    if as_json:
        print_json(figures)
    else:
        typer.echo("\n".join(lines))
