"""BEIR corpora: one JSON object a line with ``_id``, ``title`` and ``text``, plain or gzipped."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from corpus.errors import LimitExceeded, UnreadableDocument
from corpus.readers.limits import Limits, check_text
from corpus.readers.plain import scan
from corpus.records import Document


def read(path: Path, _: str, limits: Limits) -> Iterator[Document]:
    """One document a record, called by its ``_id``; blank lines are skipped.

    The text of a record is its ``text``, or its title where there is no text. Raises UnreadableDocument with the line's
    number for a line that is no record; documents before it have been given.
    """
    number, left = 0, limits.records_bytes
    longest = limits.text_chars * 6
    try:
        with gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb") as lines:
            while line := lines.readline(longest):
                number += 1
                left -= len(line)
                if left < 0 or (len(line) == longest and not line.endswith(b"\n")):
                    raise LimitExceeded(f"Line {number} is too long, or the file is too large when it is unpacked: split it.")
                if line.strip():
                    yield _record(line.strip(), number, limits)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableDocument("The compressed file is damaged: make it again.") from error
    if number == 0:
        raise UnreadableDocument("The file holds no record: write one JSON object a line.")


def _record(line: bytes, number: int, limits: Limits) -> Document:
    try:
        record = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(f"Line {number} is not JSON: write one object with _id, title and text a line.") from error
    if not isinstance(record, dict) or not isinstance(record.get("_id"), str | int) or isinstance(record.get("_id"), bool):
        raise UnreadableDocument(f"Line {number} has no _id: write one object with _id, title and text a line.")
    title, text = (_clean(record.get(key)) for key in ("title", "text"))
    text = text or title
    if text:
        check_text(text + "a", limits)
    return Document(_clean(str(record["_id"])), " ".join(title.split()), text, tuple(scan(text)), "beir", sha256(line).hexdigest())


def _clean(value: object) -> str:
    """The text of a field, without what no file can hold (NUL, lone surrogates)."""
    if not isinstance(value, str):
        return ""
    return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
