"""How a generation was made: which model, which documents, which code. Opening an index reads it first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from index.embedder import Embedder
from index.errors import DamagedIndex

FORMAT = 1
"""Raised when the layout of a generation changes, so that an older one is rebuilt rather than misread."""

DEMO = "demo"
"""Stands in ``paths`` for the demo corpus, whose folder moves with the installation."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """One file as it was read: the hash of its bytes, and the ids of the documents it gave."""

    sha256: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    generation: str
    built: datetime
    embedder: str
    dimension: int
    documents: int
    passages: int
    indexed: int
    """Passages in the vectors and the lexical index: those of duplicates are stored once."""
    corpus_sha256: str
    """Of the ids and hashes of all documents: two generations with the same value answer from the same corpus."""
    pipeline: str
    searches: str
    """Of the code that writes the searches: another one may not read these."""
    paths: tuple[str, ...]
    sources: Mapping[str, SourceState] = field(default_factory=dict)
    failed: tuple[tuple[str, str], ...] = ()
    fingerprint: str = ""
    """Of the model's weights, where it is a local one: a model trained anew under its old name is another model."""
    format: int = FORMAT

    def save(self, folder: Path) -> None:
        data = asdict(self)
        data["built"] = self.built.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        (folder / "manifest.json").write_text(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """Raises DamagedIndex when the folder holds no manifest of this format."""
        try:
            data: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            if data["format"] != FORMAT:
                raise DamagedIndex(f"The index {folder.name} was made by another version of Jalon: run `jalon reindex --full`.")
            data["built"] = datetime.fromisoformat(data["built"])
            data["paths"] = tuple(data["paths"])
            data["sources"] = {name: SourceState(s["sha256"], tuple(s["documents"])) for name, s in data["sources"].items()}
            data["failed"] = tuple((document, error) for document, error in data["failed"])
            return cls(**data)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DamagedIndex(f"The manifest of the index {folder.name} cannot be read: run `jalon reindex --full`.") from error


def corpus_hash(hashes: Mapping[str, str]) -> str:
    """One hash for ``hashes`` (document id -> sha256), whatever their order."""
    lines = "\n".join(f"{name}\0{value}" for name, value in sorted(hashes.items()))
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=4)
def code_hash(package: str) -> str:
    """A hash of the code of ``corpus`` or ``index``: when it changes, an unchanged document must be read or indexed anew."""
    digest = hashlib.sha256()
    folder = Path(str(resources.files(package)))
    for file in sorted([*folder.rglob("*.py"), *folder.glob("*.json")]):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def fingerprint(embedder: Embedder) -> str:
    """What tells the embedder from another of its name; empty where it has nothing of the kind."""
    return str(getattr(embedder, "fingerprint", ""))


def made_with(manifest: Manifest, embedder: Embedder) -> bool:
    """Whether the vectors of a generation and those of this embedder can be compared."""
    return (manifest.embedder, manifest.dimension, manifest.fingerprint) == (embedder.name, embedder.dimension, fingerprint(embedder))
