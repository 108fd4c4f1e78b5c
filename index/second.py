"""The second process of a build (index/verify.py), as the build sees it."""

from __future__ import annotations

import json
import selectors
import subprocess
import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from index.errors import NotPublished

_PATIENCE = 300.0
"""Seconds for an answer, and one more for every fifty vectors to write: fifty times what they take."""


class SecondProcess:
    """Writes the vectors of a generation, and verifies it, in a process that may crash. A context manager.

    ``start`` returns at once; every other method raises NotPublished when something is wrong with the new generation.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._patience = _PATIENCE

    def __enter__(self) -> SecondProcess:
        return self

    def __exit__(self, *_: object) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def start(self) -> None:
        """Starts it, unless it runs."""
        if self._process is None:
            root = str(Path(str(resources.files("index"))).parent)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "index.verify"],
                cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
            )  # fmt: skip

    def begin_vectors(self, folder: Path, ids: Sequence[str]) -> None:
        """Asks for ``folder``/vectors of the rows in ``folder``/dense, under ``ids``; ``finish_vectors`` waits for them."""
        self.start()
        self._answer(_PATIENCE)  # that it is ready
        self._ask({"vectors": str(folder), "ids": list(ids)})
        self._patience = _PATIENCE + len(ids) / 50

    def finish_vectors(self) -> None:
        self._answer(self._patience)

    def verify(self, folder: Path, embedder_name: str | None) -> None:
        """Opens the generation and searches in it."""
        self._ask({"verify": str(folder), "embedder": embedder_name})
        self._answer(_PATIENCE)

    def _ask(self, request: dict[str, Any]) -> None:
        assert self._process is not None and self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except OSError as error:
            raise NotPublished(_refused("its process ended")) from error

    def _answer(self, seconds: float) -> None:
        assert self._process is not None and self._process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            if not selector.select(seconds):
                raise NotPublished(_refused(f"no answer within {seconds:.0f} seconds"))
        line = self._process.stdout.readline()
        if not line:
            raise NotPublished(_refused(f"its check ended with status {self._process.wait()}"))
        try:
            problem = json.loads(line).get("problem")
        except (ValueError, AttributeError) as error:
            raise NotPublished(_refused("its check answered nonsense")) from error
        if problem:
            raise NotPublished(_refused(problem))


def _refused(reason: str) -> str:
    return f"The new index did not pass its verification ({reason}); the published one stays. Run `jalon reindex --full` again."
