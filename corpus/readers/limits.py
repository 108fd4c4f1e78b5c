"""What reading one document may cost, and the checks made before and while it is read."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import LimitExceeded, UnreadableDocument

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` count from one document to the next, so that a file of 100 000 records is not cut short."""

    seconds: float = 30.0
    memory: int = 512 * 1024 * 1024
    """Bytes of address space that a reader may take."""
    pages: int = 2_000
    file_bytes: int = 100 * MEGABYTE
    text_chars: int = 10_000_000
    """Characters of one document: some 5 000 printed pages."""
    expanded_bytes: int = 200 * MEGABYTE
    """Bytes that a compressed file (Word, OpenDocument, gzip) may become."""
    records_bytes: int = 2_000 * MEGABYTE
    """Bytes of a file of records (JSONL), which is read line by line."""


def check_size(path: Path, limits: Limits, *, records: bool = False) -> None:
    """Raises UnreadableDocument for an empty file and LimitExceeded for one that is too large."""
    size = path.stat().st_size
    allowed = limits.records_bytes if records else limits.file_bytes
    if size == 0:
        raise UnreadableDocument("The file is empty: export or save it again.")
    if size > allowed:
        raise LimitExceeded(f"The file has {_megabytes(size)} and at most {_megabytes(allowed)} are read: split it or remove what is no text.")


def check_text(text: str, limits: Limits, format: str = "") -> None:
    """Raises LimitExceeded for a text that is too long, UnreadableDocument for one without a letter or digit."""
    if len(text) > limits.text_chars:
        raise LimitExceeded(f"The document has {len(text):,} characters and at most {limits.text_chars:,} are read: split it.")
    if not any(c.isalnum() for c in text):
        if format == "pdf":
            raise UnreadableDocument("The PDF holds no text (a scan, perhaps): run it through text recognition (OCR).")
        raise UnreadableDocument("The document holds no text: check that it was saved whole.")


def open_zip(path: Path, limits: Limits) -> zipfile.ZipFile:
    """The archive, after its members were checked: no bomb, no encryption, no name that leads out."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableDocument("The file is damaged or not what its name says: open it in its own program and save it again.") from error
    members = archive.infolist()
    if len(members) > 10_000:
        raise LimitExceeded("The archive inside the file has more than 10,000 members: save the document again without attachments.")
    if sum(m.file_size for m in members) > limits.expanded_bytes:
        raise LimitExceeded(f"The file grows to more than {_megabytes(limits.expanded_bytes)} when it is unpacked: remove its large pictures.")
    for member in members:
        if member.flag_bits & 0x1:
            raise UnreadableDocument("The document is protected by a password: save it without one.")
        if member.filename.startswith(("/", "\\")) or ".." in member.filename.replace("\\", "/").split("/"):
            raise UnreadableDocument("The archive inside the file has a member that leads out of it: save the document again.")
    return archive


def read_member(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """The bytes of one member; the size is counted while unpacking, because the one announced may lie."""
    try:
        with archive.open(name) as stream:
            data = stream.read(limits.expanded_bytes + 1)
    except KeyError as error:
        raise UnreadableDocument("The file is not what its name says (a part of the document is missing): save it again.") from error
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise UnreadableDocument("The file is damaged: open it in its own program and save it again.") from error
    if len(data) > limits.expanded_bytes:
        raise LimitExceeded(f"The file grows to more than {_megabytes(limits.expanded_bytes)} when it is unpacked: remove its large pictures.")
    return data


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.0f} MB" if size >= MEGABYTE else f"{size:,} bytes"
