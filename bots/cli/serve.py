"""`jalon serve`, and the care of the state: `gaps`, `forget`."""

from __future__ import annotations

from typing import Annotated

import typer

from bots.command_line import JsonFlag, open_state, print_json


def register(app: typer.Typer) -> None:
    app.command()(serve)
    app.command()(gaps)
    app.command()(forget)


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on; 0: any that is free.")] = 8000,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes that answer.")] = 1,
) -> None:
    """Serve the web chat, the catalogue and the API; the address is printed on stderr when it answers."""
    from bots.serving import run

    run(host, port, workers)


def gaps(
    days: Annotated[int, typer.Option("--days", min=1, help="How far back to look.")] = 90,
    as_json: JsonFlag = False,
) -> None:
    """List the questions that stayed unanswered, by theme."""
    found = open_state().gaps(days)
    if as_json:
        print_json([{"theme": gap.theme, "count": gap.count, "last": gap.last.isoformat(), "questions": list(gap.questions)} for gap in found])
        return
    for gap in found:
        typer.echo(f"{gap.count:>4}  {gap.theme}")
        for question in gap.questions[:5]:
            typer.echo(f"      {question}")
    if not found:
        typer.echo("No question stayed unanswered.")


def forget(name: Annotated[str, typer.Argument(metavar="ID", help="Id of a conversation or of its owner.")], as_json: JsonFlag = False) -> None:
    """Erase a conversation, or all that is kept of a person, from the database files."""
    from bots.errors import NotFound

    erased = open_state().forget(name)
    if not erased:
        raise NotFound(f"Nothing is kept under {name}: check the identifier.")
    if as_json:
        print_json({"id": name, "erased": erased})
    else:
        typer.echo(f"Erased {erased} record{'s' if erased > 1 else ''} of {name}.")
