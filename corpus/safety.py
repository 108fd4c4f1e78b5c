"""Untrusted files are read in a process of their own, with limits; one bad file never stops the others.

The worker (``corpus.readers.worker``) is started once, lazily, and reused; it is ended and replaced after a failure that
it did not report itself: a crash, or a document that takes too long.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus import errors
from corpus.errors import LimitExceeded, UnreadableDocument
from corpus.packing import unpack_document
from corpus.readers import Source
from corpus.readers.limits import Limits
from corpus.records import Document

_BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from corpus.readers.worker import main; main(sys.argv[2])"
_LONGEST_REPLY = 400_000_000
"""Bytes; text is escaped on the pipe, up to six bytes for a character, and has its blocks with it."""

_START_SECONDS = 60.0


class SafeReader:
    """Reads documents in a worker process. A context manager; for one thread at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._worker: subprocess.Popen[bytes] | None = None
        self._received = bytearray()

    def __enter__(self) -> SafeReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker; the next ``read`` starts another."""
        worker, self._worker = self._worker, None
        self._received.clear()
        if worker is None:
            return
        worker.kill()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    # A request was still on its way when the worker died; nobody waits for it any more.
                    continue

    def read(self, source: Source) -> list[Document]:
        """The documents of one file (several for a file of records).

        Raises UnreadableDocument, LimitExceeded or UnsupportedFormat with one sentence for people.
        """
        request = json.dumps({"id": source.id, "path": str(source.path.absolute())}).encode("ascii") + b"\n"
        documents: list[Document] = []
        try:
            worker = self._running()
            assert worker.stdin is not None
            worker.stdin.write(request)
            worker.stdin.flush()
            while True:
                reply = self._reply(worker, self.limits.seconds)
                if "document" in reply:
                    documents.append(unpack_document(reply["document"]))
                elif "end" in reply:
                    return documents
                else:
                    raise _error(reply["error"], reply["message"])
        except (OSError, EOFError, ValueError, LookupError, TypeError) as error:
            self.close()
            message = (
                "Reading it made the reader stop (it needs too much memory, or the file is damaged): open it in its own program and save it again."
            )
            raise UnreadableDocument(message) from error

    def _running(self) -> subprocess.Popen[bytes]:
        if self._worker is None or self._worker.poll() is not None:
            self.close()
            root = str(Path(__file__).resolve().parent.parent)
            # Isolated and with an empty environment: no secret of ours is within reach of a file's parser.
            self._worker = subprocess.Popen(  # noqa: S603 - our own interpreter and code
                [sys.executable, "-I", "-c", _BOOT, root, json.dumps(asdict(self.limits))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"LANG": "C.UTF-8"},
            )
            # What a busy machine takes to start it is not the document's fault.
            self._reply(self._worker, _START_SECONDS)
        return self._worker

    def _reply(self, worker: subprocess.Popen[bytes], seconds: float) -> dict[str, Any]:
        """The next reply. Raises LimitExceeded after the time allowed, EOFError when the worker is gone."""
        assert worker.stdout is not None
        descriptor = worker.stdout.fileno()
        searched = 0
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while (newline := self._received.find(b"\n", searched)) < 0:
                searched = len(self._received)
                if not selector.select(seconds):
                    self.close()
                    raise LimitExceeded(f"Reading it takes more than {seconds:g} seconds: split it or simplify it.")
                data = os.read(descriptor, 1 << 20)
                if not data or searched > _LONGEST_REPLY:
                    raise EOFError
                self._received += data
        line = bytes(self._received[:newline])
        del self._received[: newline + 1]
        reply = json.loads(line)
        if not isinstance(reply, dict):
            raise ValueError("a reply is an object")
        return reply


def _error(name: str, message: str) -> UnreadableDocument:
    kind = getattr(errors, str(name), UnreadableDocument)
    return kind(message) if isinstance(kind, type) and issubclass(kind, UnreadableDocument) else UnreadableDocument(message)
