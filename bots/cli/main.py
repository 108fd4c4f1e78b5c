"""The `jalon` command. Each family of commands is a file of its own; here are their frame and the words for failures.

Exit status: 0 done; 1 a failure, explained on stderr in one line that says what to do; 2 wrong usage.
"""

from __future__ import annotations

import importlib
import os
import sys

import typer

from assistant.errors import AssistantError
from bots.errors import BotError
from bots.terminal import note
from corpus.errors import CorpusError
from index.errors import IndexProblem

app = typer.Typer(
    name="jalon",
    help="Chat assistant and learning-path recommender for French public agents.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

FAMILIES = ("index", "ask", "paths", "measure", "serve", "telegram", "users")
"""Files of commands, in the order of the help; each has ``register(app)`` and imports what it needs when a command runs."""

for _family in FAMILIES:
    importlib.import_module(f"bots.cli.{_family}").register(app)


def main() -> None:
    """The entry point. Failures become one line on stderr; a traceback is for developers (JALON is not to show one)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except (CorpusError, IndexProblem, AssistantError, BotError) as error:
        fail(str(error))
    except BrokenPipeError:
        # the reader of our output has gone: point stdout elsewhere, so that closing it does not fail again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        fail(f"{error.strerror or error}{where}: check the path, its permissions and the space on the disk.")
    except Exception as error:
        fail(f"Something unforeseen went wrong ({type(error).__name__}: {error}): please report it with the command you ran.")


def fail(message: str) -> None:
    """One line on stderr, status 1."""
    note(" ".join(message.split()))
    sys.exit(1)


if __name__ == "__main__":
    main()
