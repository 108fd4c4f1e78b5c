"""The parts of the README that are made from the code: `python -m tests.readme` rewrites them, a test compares them."""

from __future__ import annotations

import re
from pathlib import Path

from typer.main import get_command

from bots.cli.main import app
from bots.settings import settings_table

README = Path(__file__).parent.parent / "README.md"


def command_table() -> str:
    """Each command with its options and the first line of its help."""
    rows = ["| command | what it does |", "|---|---|"]
    group = get_command(app)

    def add(prefix: str, command: object) -> None:
        commands = getattr(command, "commands", None)
        if commands:
            for name, inner in commands.items():
                add(f"{prefix} {name}", inner)
            return
        parameters = []
        for parameter in command.params:  # type: ignore[attr-defined]
            if parameter.name == "help":
                continue
            if parameter.param_type_name == "argument":
                shown = (parameter.metavar or parameter.name or "").upper() + ("..." if parameter.nargs == -1 else "")
                parameters.append(shown if parameter.required else f"[{shown}]")
            else:
                parameters.append(f"[{parameter.opts[0]}]")
        summary = (command.help or "").strip().split("\n\n")[0].replace("\n", " ")  # type: ignore[attr-defined]
        rows.append(f"| `{prefix} {' '.join(parameters)}` | {summary} |".replace(" `", "`", 0))

    add("jalon", group)
    return "\n".join(rows)


def made(text: str) -> str:
    """The README with its made parts as the code has them."""
    for name, part in (("help", command_table()), ("settings", settings_table())):
        text = re.sub(rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- /{name} -->)", lambda m, part=part: m[1] + part + "\n" + m[2], text, flags=re.DOTALL)
    return text


if __name__ == "__main__":
    README.write_text(made(README.read_text(encoding="utf-8")), encoding="utf-8")
