"""Untrusted files are read in a process of their own, with limits; one bad file never stops the others.

The worker (``corpus.worker``) is started once, lazily, and reused; it is ended and replaced after a failure that
it did not report itself: a crash, or a document that takes too long.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import selectors
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus import errors
from corpus.catalogue import Entry
from corpus.errors import LimitExceeded, ReaderUnavailable, UnreadableDocument
from corpus.packing import unpack_document, unpack_passages, unpack_programme
from corpus.readers import Source
from corpus.readers.limits import Limits
from corpus.records import Document

_BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from corpus.worker import main; main(sys.argv[2])"
_LONGEST_REPLY = 400_000_000
"""Bytes; text is escaped on the pipe, up to six bytes for a character, and has its blocks with it."""

_START_SECONDS = 60.0

_STOPPED = "Reading it made the reader stop (it needs too much memory, or the file is damaged): open it in its own program and save it again."

_NO_START = "The process that reads documents does not start; the index stays as it was. Check the memory of the machine, then install Jalon again."

_PIPE = 1 << 20
"""Bytes that the worker may be ahead, where the system lets us say so."""


class SafeReader:
    """Reads documents in a worker process. A context manager; for one thread at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._worker: subprocess.Popen[bytes] | None = None
        self._asked: tuple[Source, bool] | None = None
        self._received = bytearray()

    def __enter__(self) -> SafeReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker; the next ``read`` starts another."""
        worker, self._worker, self._asked = self._worker, None, None
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
        documents = []
        for reply in self._replies(source, whole=False):
            with _sensible():
                documents.append(unpack_document(reply["document"]))
        return documents

    def entries(self, source: Source, following: Source | None = None) -> Iterator[Entry]:
        """The documents of one file as they come, each understood and split; raises as ``read``, at any moment.

        The worker is given the ``following`` file as soon as it has done with this one, while these entries are used.
        """
        document: Document | None = None
        for reply in self._replies(source, whole=True, following=following):
            with _sensible():
                if document is None:
                    document = unpack_document(reply["document"])
                    continue
                entry = Entry(document, unpack_programme(reply["programme"]), unpack_passages(document, reply["passages"]), source.id)
            yield entry
            document = None

    def _replies(self, source: Source, *, whole: bool, following: Source | None = None) -> Iterator[dict[str, Any]]:
        """What the worker says of ``source`` up to its end; an error ends it too, and is raised."""
        done = False
        try:
            worker = self._running()
            if self._asked != (source, whole):
                if self._asked:  # somebody changed his mind: what is on its way is of no use
                    self.close()
                    worker = self._running()
                self._ask(worker, source, whole)
            while not done:
                reply = self._reply(worker, self.limits.seconds)
                done = "end" in reply or "error" in reply
                if done:
                    self._asked = None
                    if following:
                        with contextlib.suppress(OSError):  # a dead worker is noticed, and replaced, when its turn comes
                            self._ask(worker, following, whole)
                    if "error" in reply:
                        raise _error(reply["error"], reply["message"])
                else:
                    yield reply
        except (OSError, EOFError, ValueError) as error:
            raise UnreadableDocument(_STOPPED) from error
        finally:
            if not done:  # given up half-way
                self.close()

    def _ask(self, worker: subprocess.Popen[bytes], source: Source, whole: bool) -> None:
        request = {"id": source.id, "path": str(source.path.absolute()), "whole": whole}
        assert worker.stdin is not None
        worker.stdin.write(json.dumps(request).encode("ascii") + b"\n")
        worker.stdin.flush()
        self._asked = (source, whole)

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
            assert self._worker.stdout is not None
            with contextlib.suppress(AttributeError, OSError):
                fcntl.fcntl(self._worker.stdout.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)
            # What a busy machine takes to start it is not the document's fault.
            try:
                self._reply(self._worker, _START_SECONDS)
            except (OSError, EOFError, ValueError, LimitExceeded) as error:
                self.close()
                raise ReaderUnavailable(_NO_START) from error
        return self._worker

    def _reply(self, worker: subprocess.Popen[bytes], seconds: float) -> dict[str, Any]:
        """The next reply. Raises LimitExceeded after the time allowed, EOFError when the worker is gone."""
        searched = 0
        while (newline := self._received.find(b"\n", searched)) < 0:
            searched = len(self._received)
            if searched > _LONGEST_REPLY:
                raise EOFError
            self._receive(worker, seconds)
        line = bytes(self._received[:newline])
        del self._received[: newline + 1]
        reply = json.loads(line)
        if not isinstance(reply, dict):
            raise ValueError("a reply is an object")
        return reply

    def _receive(self, worker: subprocess.Popen[bytes], seconds: float) -> None:
        """Waits for more from the worker."""
        assert worker.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(worker.stdout, selectors.EVENT_READ)
            if not selector.select(seconds):
                self.close()
                raise LimitExceeded(f"Reading it takes more than {seconds:g} seconds: split it or simplify it.")
        data = os.read(worker.stdout.fileno(), 1 << 20)
        if not data:
            raise EOFError
        self._received += data


@contextlib.contextmanager
def _sensible() -> Iterator[None]:
    """A reply is what the worker made of an untrusted file: one without sense is a file that cannot be read."""
    try:
        yield
    except (ValueError, LookupError, TypeError) as error:
        raise UnreadableDocument(_STOPPED) from error


def _error(name: str, message: str) -> UnreadableDocument:
    kind = getattr(errors, str(name), UnreadableDocument)
    return kind(message) if isinstance(kind, type) and issubclass(kind, UnreadableDocument) else UnreadableDocument(message)
