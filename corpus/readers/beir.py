"""BEIR corpora: one JSON object a line with ``_id``, ``title`` and ``text``, plain or gzipped."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from corpus.errors import LimitExceeded, UnreadableDocument, UnreadableRecords
from corpus.readers.limits import Limits, check_text
from corpus.readers.plain import scan
from corpus.records import Document


def read(path: Path, _: str, limits: Limits) -> Iterator[Document]:
    """One document a record, called by its ``_id``; blank lines are skipped.

    The text of a record is its ``text``, or its title where there is no text. A line that is no record stops no other:
    at the end, UnreadableRecords names the lines, UnreadableDocument where none could be read.
    """
    told: list[str] = []
    bad, given, number, left = 0, 0, 0, limits.records_bytes
    longest = limits.text_chars * 6
    try:
        with gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb") as lines:
            while line := lines.readline(longest):
                number += 1
                left -= len(line)
                if left < 0 or (len(line) == longest and not line.endswith(b"\n")):
                    raise LimitExceeded(f"Line {number} is too long, or the file is too large when it is unpacked: split it.")
                if not line.strip():
                    continue
                try:
                    document = _record(line.strip(), number, limits)
                except UnreadableDocument as error:
                    bad += 1
                    if len(told) < _TOLD:
                        told.append(str(error))
                else:
                    given += 1
                    yield document
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableDocument("The compressed file is damaged: make it again.") from error
    if number == 0:
        raise UnreadableDocument("The file holds no record: write one JSON object a line.")
    if bad:
        more = f" {bad - len(told):,} more lines are no records either." if bad > len(told) else ""
        raise (UnreadableRecords if given else UnreadableDocument)(" ".join(told) + more)


_TOLD = 3
"""Lines that are told in full: the same mistake is often made on every line."""


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
        try:
            check_text(text + "a", limits)
        except LimitExceeded as error:
            raise LimitExceeded(f"Line {number}: {error}") from error
    return Document(_clean(str(record["_id"])), " ".join(title.split()), text, tuple(scan(text)), "beir", sha256(line).hexdigest())


def _clean(value: object) -> str:
    """The text of a field, without what no file can hold (NUL, lone surrogates)."""
    if not isinstance(value, str):
        return ""
    return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
