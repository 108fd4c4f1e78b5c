"""Which files there are to read: PATHs -> sources, and the files that must not or cannot be read."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import PathNotFound


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. ``id`` is its path relative to ``root``, with POSIX slashes; unique within one ``find``."""

    id: str
    path: Path
    root: Path


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that cannot be had, and why, in one sentence."""

    document: str
    error: str


def find(paths: Sequence[Path]) -> tuple[list[Source], list[Failure]]:
    """The files under the paths, in a stable order, and those refused.

    Folders are searched recursively and in sorted order; hidden files are skipped. A file reached twice is read once.
    Two files of different PATHs with the same relative name: the later one gets its folder's name in front.
    Raises PathNotFound when a path does not exist.
    """
    sources: list[Source] = []
    failures: list[Failure] = []
    taken: set[str] = set()
    seen: set[Path] = set()
    for path in paths:
        if not os.path.lexists(path):
            raise PathNotFound(f"There is no file or folder {str(path)!r}: check the path.")
        root = path if path.is_dir() else path.parent
        for item in _walk(path, root):
            if isinstance(item, Failure):
                failures.append(item)
                continue
            real = item.path.resolve()
            if real in seen and not item.path.is_symlink():
                continue
            seen.add(real)
            source = _with_free_id(item, taken)
            taken.add(source.id)
            sources.append(source)
    return sources, failures


def _walk(path: Path, root: Path) -> Iterator[Source | Failure]:
    if not path.is_dir():
        # A link that somebody names is followed: the rule is for links found in a folder.
        yield _judge(path, root, named=True)
        return
    errors: list[OSError] = []
    for folder, names, files in os.walk(path, onerror=errors.append):
        here = Path(folder)
        names[:] = sorted(n for n in names if not n.startswith("."))
        for name in [n for n in names if (here / n).is_symlink()]:
            names.remove(name)
            if not (here / name).resolve().is_relative_to(root.resolve()):
                yield Failure(_identifier(here / name, root), _LINK_OUT)
        for name in sorted(files):
            if not name.startswith("."):
                yield _judge(here / name, root)
    for error in errors:
        yield Failure(_identifier(Path(str(error.filename)), root), f"The folder cannot be opened ({error.strerror}): check its permissions.")


_LINK_OUT = "The symbolic link leads out of the folder: copy the file itself into the folder."


def _judge(path: Path, root: Path, named: bool = False) -> Source | Failure:
    """The source, or why it must not be read; the content is not looked at here."""
    document = _identifier(path, root)
    try:
        real = path.resolve(strict=True)
        mode = real.stat().st_mode
    except (OSError, RuntimeError):
        return Failure(document, "The file cannot be reached (a broken link, or a folder without permission): repair or remove it.")
    if not named and path.is_symlink() and not real.is_relative_to(root.resolve()):
        return Failure(document, _LINK_OUT)
    if not stat.S_ISREG(mode):
        return Failure(document, "This is not a regular file (a device, a pipe or a socket): remove it from the folder.")
    if not os.access(path, os.R_OK):
        return Failure(document, "The file cannot be read (permission denied): allow reading it.")
    return Source(document, path, root)


def _identifier(path: Path, root: Path) -> str:
    """The relative path as text: composed accents (macOS stores them apart), and no bytes that are not UTF-8."""
    relative = path.relative_to(root) if path != root else Path(path.name)
    return unicodedata.normalize("NFC", os.fsencode(relative.as_posix()).decode("utf-8", "replace"))


def _with_free_id(source: Source, taken: set[str]) -> Source:
    if source.id not in taken:
        return source
    candidate = f"{source.root.resolve().name}/{source.id}"
    number = 2
    while candidate in taken:
        candidate = f"{source.root.resolve().name}~{number}/{source.id}"
        number += 1
    return replace(source, id=candidate)
