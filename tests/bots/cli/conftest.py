"""How these tests call the command."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bots.cli.main import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[Path], Run]:
    """For a home, what runs ``jalon`` there with arguments and gives (status, stdout, stderr)."""

    def at(home: Path) -> Run:
        monkeypatch.setenv("JALON_HOME", str(home))

        def run(*arguments: str) -> tuple[int, str, str]:
            monkeypatch.setattr(sys, "argv", ["jalon", *arguments])
            with pytest.raises(SystemExit) as ended:
                main()
            shown = capsys.readouterr()
            return int(ended.value.code or 0), shown.out, shown.err

        return run

    return at
