"""What the command prints for people: answers, sheets with their proofs underlined, changes. English; quotes as they are."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bots.views import fact_json
from corpus.records import FIELDS, Capacity, Contact, Document, Duration, Fact, Price, Programme, Session, Text

if TYPE_CHECKING:
    from assistant.records import Answer
    from corpus.catalogue import Change
    from index.build import BuildReport
    from index.manifest import Manifest
    from index.search import Hit

CONTEXT = 40
"""Characters shown on either side of a proof."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def clean(text: str) -> str:
    """Text of a document or a person, without the control characters that could drive the terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def note(message: str) -> None:
    """One line on stderr."""
    print(clean(message), file=sys.stderr)  # noqa: T201


def _style(text: str, code: int) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if sys.stdout.isatty() else text


def bold(text: str) -> str:
    return _style(text, 1)


def underlined(text: str) -> str:
    """Underlined on a terminal; between ›‹ where there is none."""
    return _style(text, 4) if sys.stdout.isatty() else f"›{text}‹"


def value_text(fact: Fact) -> str:
    """The value of a fact as one line."""
    value = fact.value
    match value:
        case Price():
            shown = f"{value.amount:,.2f}".replace(",", " ").replace(".00", "") + f" {value.currency}"
        case Duration():
            shown = f"{value.amount:g} {value.unit}"
        case Session():
            shown = " to ".join(day.isoformat() for day in (value.start, value.end) if day) or "no date"
        case Contact():
            return ", ".join(part for part in (value.name, value.email, value.phone, value.url) if part)
        case Capacity():
            return str(value.amount)
        case Text():
            return value.text
    return f"{shown} ({value.label})" if value.label else shown


def proof(document: Document, fact: Fact) -> str:
    """The proof in its context, on one line."""
    before = document.text[max(0, fact.start - CONTEXT) : fact.start]
    after = document.text[fact.end : fact.end + CONTEXT]
    flat = [" ".join(clean(part).split()) for part in (before, fact.text, after)]
    left = ("…" if fact.start > CONTEXT else "") + flat[0] + (" " if before[-1:].isspace() else "")
    right = (" " if after[:1].isspace() else "") + flat[2] + ("…" if fact.end + CONTEXT < len(document.text) else "")
    return left + underlined(flat[1]) + right


def sheet(document: Document, programme: Programme) -> str:
    """``jalon show`` for people: every field, its values, and the characters that prove each."""
    lines = [
        bold(clean(programme.title)),
        f"{document.id} · {programme.kind}" + (f" · {value_text(programme.published)}" if programme.published else ""),
        "",
    ]
    for name in FIELDS:
        facts = programme.of(name)
        lines.append(bold(name) + ("" if facts else ": not stated"))
        for fact in facts:
            status = " [deduced]" if fact.status == "deduced" else ""
            lines.append(f"  {clean(value_text(fact))}{status}")
            lines.append(f"    {proof(document, fact)}")
    lines += [f"warning: {warning}" for warning in programme.warnings]
    return "\n".join(lines)


def answer(given: Answer) -> str:
    """An answer with its proofs below it."""
    lines = [clean(given.text)]
    for citation in given.citations:
        where = " · ".join(
            part for part in (citation.title or citation.document, citation.heading, f"p. {citation.page}" if citation.page else "") if part
        )
        lines.append("")
        lines.append(f"[{citation.marker}] {clean(where)} ({citation.document})")
        lines.append(textwrap.indent(f"« {clean(citation.quote)} »", "    "))
    if given.suggestions:
        lines += ["", *(f"→ {clean(suggestion)}" for suggestion in given.suggestions)]
    return "\n".join(lines)


def hits(found: Sequence[Hit]) -> str:
    blocks = []
    for hit in found:
        head = f"{hit.rank}. {bold(clean(hit.passage.title))} · {clean(hit.passage.heading)} ({hit.passage.id}, {hit.score:.2f})"
        blocks.append(head + "\n" + textwrap.indent(textwrap.shorten(clean(hit.passage.text), 300, placeholder=" …"), "   "))
    return "\n".join(blocks) if blocks else "Nothing found."


def report(done: BuildReport, dry_run: bool) -> str:
    lines = [
        f"{done.documents} documents, {done.passages} passages in {done.seconds:.1f} s: {len(done.added)} added, {len(done.changed)} changed, "
        f"{len(done.removed)} removed, {done.unchanged} unchanged, {len(done.failed)} failed."
    ]
    lines.append("Nothing was published (--dry-run)." if dry_run else f"Published: {done.generation}")
    for sign, names in (("+", done.added), ("~", done.changed), ("-", done.removed)):
        lines += [f"  {sign} {clean(name)}" for name in names[:50]]
        if len(names) > 50:
            lines.append(f"  {sign} … and {len(names) - 50} more")
    lines += [f"  ! {clean(failure.document)}: {clean(failure.error)}" for failure in done.failed]
    lines += [f"  {line}" for line in change_lines(done.facts)]
    return "\n".join(lines)


def change_lines(changes: Iterable[Change]) -> list[str]:
    """Facts that change, one a line: ``a.md  price: 7 850 € -> 8 200 €``."""
    lines = []
    for change in changes:
        if change.what == "fact":
            old = " | ".join(value_text(f) for f in change.before) or "not stated"
            new = " | ".join(value_text(f) for f in change.after) or "not stated"
            lines.append(clean(f"{change.document}  {change.field}: {old} → {new}"))
    return lines


def change_json(change: Change) -> dict[str, object]:
    return {
        "document": change.document, "what": change.what, "field": change.field,
        "before": [fact_json(f) for f in change.before], "after": [fact_json(f) for f in change.after],
    }  # fmt: skip


def status(manifest: Manifest, older: Sequence[str]) -> str:
    lines = [
        f"{manifest.generation}: {manifest.documents} documents, {manifest.passages} passages, built {manifest.built:%Y-%m-%d %H:%M} UTC",
        f"embedding model: {manifest.embedder}",
        f"from: {', '.join(manifest.paths)}",
    ]
    lines += [f"older: {name}" for name in older]
    lines += [f"not indexed: {clean(document)}: {clean(error)}" for document, error in manifest.failed]
    return "\n".join(lines)
