"""The process in which untrusted files are read and understood: one request a line in, documents and then an end a line out.

    out  {"ready": true}  once
    in   {"id": "a.md", "path": "/…/a.md", "whole": true}
    out  {"document": {…}}, and where the request says ``whole`` {"programme": {…}, "passages": […]}, any number of times;
         then one of  {"end": true}  {"error": "LimitExceeded", "message": "…"}

It gives up what reading does not need before it reads anything: memory beyond the limit, the network, starting other
programs, writing large files. ``corpus.safety`` starts it, and ends it when a document takes too long.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from corpus.errors import LimitExceeded, UnreadableDocument, UnsupportedFormat
from corpus.packing import pack_document, pack_passages, pack_programme
from corpus.passages import split
from corpus.programmes import understand
from corpus.readers.formats import read
from corpus.readers.limits import MEGABYTE, Limits

_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.startfile", "urllib.")
_ALLOWED = ("socket.__new__", "socket.gethostname")
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def main(arguments: str) -> None:
    """Serves requests until its input ends; ``arguments`` are the fields of ``Limits`` as JSON."""
    limits = Limits(**json.loads(arguments))
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    # A library that prints must not write into the replies.
    os.dup2(nothing, 1)
    give_up(limits)
    _reply(replies, {"ready": True})
    for line in requests:
        _serve(json.loads(line), replies, limits)


def _serve(request: dict[str, Any], replies: BinaryIO, limits: Limits) -> None:
    try:
        _alarm(limits)
        for document in read(Path(request["path"]), request["id"], limits):
            _reply(replies, {"document": pack_document(document)})
            _alarm(limits)
            if request["whole"]:
                programme, passages = understand(document), split(document)
                _reply(replies, {"programme": pack_programme(programme), "passages": pack_passages(passages)})
                _alarm(limits)
        _reply(replies, {"end": True})
    except (LimitExceeded, UnsupportedFormat, UnreadableDocument) as error:
        _reply(replies, {"error": type(error).__name__, "message": str(error)})
    except MemoryError:
        size = limits.memory // MEGABYTE
        _reply(replies, {"error": "LimitExceeded", "message": f"Reading it takes more than {size} MB of memory: split it or simplify it."})
    except RecursionError:
        _reply(replies, {"error": "LimitExceeded", "message": "Its parts are nested too deeply: simplify it."})
    except OSError as error:
        reason = error.strerror or type(error).__name__
        _reply(replies, {"error": "UnreadableDocument", "message": f"The file cannot be read ({reason}): check it and its permissions."})
    except Exception as error:
        # Parsers raise anything on damaged input; whatever it was, this one file is unreadable and the next is not.
        message = f"The file is damaged or not what its name says ({type(error).__name__}): open it in its own program and save it again."
        _reply(replies, {"error": "UnreadableDocument", "message": message})


def _reply(replies: BinaryIO, reply: dict[str, object]) -> None:
    # Waiting for the other side to take it is not the document's time.
    signal.setitimer(signal.ITIMER_REAL, 0)
    replies.write(json.dumps(reply, separators=(",", ":")).encode("ascii") + b"\n")
    replies.flush()


def _alarm(limits: Limits) -> None:
    """Ends this process by the kernel if a document takes too long and nobody is left to end it."""
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + 5)


def give_up(limits: Limits) -> None:
    """Lays down what reading does not need. What the platform does not support is left as it is."""
    _limit(resource.RLIMIT_AS, _address_space() + limits.memory)
    _limit(resource.RLIMIT_FSIZE, MEGABYTE)  # compiled modules may be cached
    _limit(resource.RLIMIT_CORE, 0)
    with contextlib.suppress(OSError, AttributeError):
        # Its own empty network, where the kernel lets us; root needs no user namespace and keeps its access to files.
        ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWNET | _CLONE_NEWUSER)
    sys.addaudithook(_forbid)


def _limit(what: int, value: int) -> None:
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (value, value))


def _address_space() -> int:
    """Bytes of address space in use; 0 where the platform does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _forbid(event: str, _: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN) and event not in _ALLOWED:
        raise PermissionError(f"a document reader must not do this: {event}")
