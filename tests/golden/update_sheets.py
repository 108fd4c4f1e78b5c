"""Writes, beside each annotated document, what is understood of it: one JSON that a person can read and compare.

python -m tests.golden.update_sheets
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from corpus.facts.evaluate import SUFFIX
from corpus.programmes import understand
from corpus.records import Fact
from tests.corpus.sheets import SHEETS, read

COMMAND = "python -m tests.golden.update_sheets"


def understood(source: Path) -> dict[str, object]:
    """What is understood of a document: its kind, its date, and its facts by field, with their places."""
    (document,) = read(source)
    sheet = understand(document)
    facts: dict[str, list[dict[str, object]]] = {}
    for fact in sheet.facts:
        facts.setdefault(fact.field, []).append(_plain(fact))
    return {
        "title": sheet.title,
        "kind": sheet.kind,
        "kind_proof": sheet.kind_proof.text if sheet.kind_proof else None,
        "published": sheet.published.text if sheet.published else None,
        "facts": facts,
    }


def _plain(fact: Fact) -> dict[str, object]:
    value = {key: (v.isoformat() if hasattr(v, "isoformat") else v) for key, v in asdict(fact.value).items() if v is not None}
    return {"value": value, "text": fact.text, "start": fact.start, "end": fact.end, "status": fact.status}


def main() -> None:
    for annotation in sorted(SHEETS.rglob(f"*{SUFFIX}")):
        source = annotation.with_name(annotation.name.removesuffix(SUFFIX))
        golden = source.with_name(f"{source.name}.understood.json")
        golden.write_text(json.dumps(understood(source), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
