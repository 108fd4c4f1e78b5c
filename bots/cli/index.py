"""`jalon reindex`, `status`, `show`, `search`, `export`: the corpus and its index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.command_line import JsonFlag, ProgressLine, open_service, print_json
from bots.errors import NotFound
from bots.settings import load_settings

if TYPE_CHECKING:
    from corpus.catalogue import Catalogue


def register(app: typer.Typer) -> None:
    app.command()(reindex)
    app.command()(status)
    app.command()(show)
    app.command()(search)
    app.command()(export)


def reindex(
    paths: Annotated[list[Path] | None, typer.Argument(help="Folders or files; none: those of the last time, or the demo.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, documents and facts; publish nothing.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Read and embed everything anew.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Status 1 if any document failed.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Index documents (.txt .md .html .pdf .docx .odt .xml .jsonld .json .jsonl .jsonl.gz) and publish the index."""
    from bots import terminal, views

    report = open_service().build(paths or None, full=full, dry_run=dry_run, progress=None if as_json else ProgressLine())
    if as_json:
        print_json(views.report_json(report, [terminal.change_json(change) for change in report.facts] if dry_run else None))
    else:
        typer.echo(terminal.report(report, dry_run))
    if strict and report.failed:
        raise typer.Exit(1)


def status(as_json: JsonFlag = False) -> None:
    """Say which index is published: when it was built, from what, with which model."""
    from bots import terminal, views
    from index.store import Store

    store = Store(load_settings().home.expanduser())
    manifest, older = store.manifest(), store.older()
    if as_json:
        print_json(views.status_json(manifest, older))
    else:
        typer.echo(terminal.status(manifest, older))


def show(
    document: Annotated[str, typer.Argument(help="Id of a document, as `jalon status` and `jalon search` name it.")], as_json: JsonFlag = False
) -> None:
    """Show what was understood of a document: every field with the characters that prove it."""
    from bots import terminal, views

    catalogue = open_service().opened().catalogue
    try:
        read, programme = catalogue.document(document), catalogue.programme(document)
    except KeyError as error:
        raise NotFound(_unknown(document, catalogue)) from error
    if as_json:
        print_json(views.sheet_json(read, programme))
    else:
        typer.echo(terminal.sheet(read, programme))


def _unknown(document: str, catalogue: Catalogue) -> str:
    """Says that there is no such document, and which ones have nearly that name."""
    from rapidfuzz import fuzz, process

    ids = catalogue.document_ids()
    near = [name for name, score, _ in process.extract(document, ids, scorer=fuzz.WRatio, limit=3) if score > 50] or ids[:3]
    return f"No document is called {document!r} in the published index; the nearest: {', '.join(near)}."


def search(
    query: Annotated[str | None, typer.Argument(help="What to search for.")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many finds.")] = 10,
    queries: Annotated[Path | None, typer.Option("--queries", help="A BEIR queries.jsonl instead of a query.")] = None,
    run: Annotated[Path | None, typer.Option("--run", help="The TREC run to write for --queries: documents by their best passage.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Search the passages of the index."""
    from bots import terminal, views

    if (query is None) == (queries is None) or (queries is None) != (run is None):
        raise typer.BadParameter("give a QUERY, or both --queries FILE and --run FILE")
    found = open_service().opened().search
    if queries is not None and run is not None:
        from index.evaluate import write_run

        count = write_run(found, queries, run, k)
        terminal.note(f"{count} queries answered; the run is in {run}.")
        return
    assert query is not None
    correction = found.correct(query)
    if correction.changes:
        terminal.note("Read as: " + ", ".join(f"{old} → {new}" for old, new in correction.changes))
    hits = found.search(query, k)
    if as_json:
        print_json([views.hit_json(hit) for hit in hits])
    else:
        typer.echo(terminal.hits(hits))


def export(
    form: Annotated[str, typer.Option("--format", help="lheo or jsonld.")],
    out: Annotated[Path | None, typer.Option("--out", help="File to write; none: stdout.")] = None,
) -> None:
    """Write the catalogue back as LHEO 2.3 XML or schema.org JSON-LD; what the format cannot hold is listed on stderr."""
    from bots import terminal
    from corpus.exchange import to_jsonld, to_lheo

    writers = {"lheo": to_lheo, "jsonld": to_jsonld}
    if form not in writers:
        raise typer.BadParameter("--format is lheo or jsonld")
    exported = writers[form](open_service().opened().catalogue)
    if out is None:
        typer.echo(exported.text)
    else:
        out.write_text(exported.text, encoding="utf-8")
    for loss in exported.losses:
        terminal.note(loss)
