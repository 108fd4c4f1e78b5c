"""What the commands share: settings, the service, JSON on stdout, progress on a terminal."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bots.settings import Settings, load_settings
from bots.terminal import note

if TYPE_CHECKING:
    from bots.assemble import Service
    from bots.state import State

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON alone on stdout.")]


def open_service(*, serving: bool = False) -> Service:
    """The service of the settings; notes go to stderr."""
    from bots.assemble import Service

    return Service(load_settings(), note=note, serving=serving)


def open_state(settings: Settings | None = None) -> State:
    from bots.state import State

    settings = settings or load_settings()
    settings.home.expanduser().mkdir(parents=True, exist_ok=True)
    return State(settings.state_url)


def print_json(value: Any) -> None:
    """JSON on stdout, one line; lone surrogates, which no UTF-8 can carry, are escaped."""
    try:
        text = json.dumps(value, ensure_ascii=False)
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value)
    typer.echo(text)


class ProgressLine:
    """A line on stderr that is rewritten while work goes on; silent unless stderr is a terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self._shown and (done == total or done % 20 == 0):
            print(f"\r{stage} {done}/{total}\x1b[K", end="" if done < total else "\n", file=sys.stderr, flush=True)  # noqa: T201
