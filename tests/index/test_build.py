"""Publishing is all or nothing; what did not change costs nothing; what is removed is gone."""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import index.build
import index.verify
from corpus.errors import PathNotFound, ReaderUnavailable
from index.build import build, generations
from index.dense import DenseRows
from index.errors import BuildInProgress, DamagedIndex, EmbedderMismatch, NoIndex, NothingToIndex, NotPublished
from index.second import SecondProcess
from index.store import Store
from index.vectors import VectorStore, write_vectors

SHEET = "# {title}\n\n## Objectifs\n\n{objective}\n\n## Pratique\n\n- Coût : {price} €\n- Durée : 2 jours\n"


def write(folder: Path, name: str, title: str, objective: str, price: int = 300) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(SHEET.format(title=title, objective=objective, price=price), encoding="utf-8")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "fiches"
    write(folder, "achat.md", "Acheter autrement", "Rédiger un marché public et comparer les offres.")
    write(folder, "accueil.md", "Accueillir le public", "Recevoir les usagers au guichet et au téléphone.")
    return folder


class Here:
    """What the second process does, in this one."""

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None: ...

    def start(self) -> None: ...

    def begin_vectors(self, folder: Path, ids: list[str]) -> None:
        write_vectors(folder / "vectors", ids, DenseRows.load(folder / "dense").all())

    def finish_vectors(self) -> None: ...

    verify = staticmethod(index.verify.verify)


@pytest.fixture(autouse=True)
def _verified_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same verification without a process of its own, which costs more than all else; some tests use the real one."""
    if "process" not in request.node.name:
        monkeypatch.setattr(index.build, "SecondProcess", Here)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def found(store: Store, query: str) -> list[str]:
    return [hit.passage.document for hit in store.current().search.search(query, 5)]


def test_what_changes_is_told_and_served_without_reopening(home: Path, corpus: Path) -> None:
    first = build(home, [corpus])
    assert (first.documents, first.added, first.unchanged) == (2, ("accueil.md", "achat.md"), 0)
    store = Store(home)
    assert found(store, "comparer les offres d'un marché")[0] == "achat.md"

    (corpus / "achat.md").unlink()
    write(corpus, "budget.md", "Bâtir un budget", "Prévoir les recettes et les dépenses d'une collectivité.")
    steps: list[tuple[str, int, int]] = []
    second = build(home, [corpus], progress=lambda *step: steps.append(step))
    assert (second.added, second.changed, second.removed, second.unchanged) == (("budget.md",), (), ("achat.md",), 1)
    new = len(store.current().catalogue.passages("budget.md"))
    assert [step for step in steps if step[0] == "embed"] == [("embed", new, new)], "an unchanged document costs no embedding"
    assert "achat.md" not in found(store, "comparer les offres d'un marché"), "a removed document is gone from a reader that stayed open"
    assert found(store, "recettes et dépenses")[0] == "budget.md"

    third = build(home)
    assert (third.generation, third.unchanged) == (second.generation, 2), "no path: those of the last time; nothing changed: nothing published"
    assert [fact.value.amount for fact in store.current().catalogue.programme("budget.md").of("price")] == [300.0]  # type: ignore[union-attr]


def test_the_same_corpus_gives_the_same_index(home: Path, corpus: Path, tmp_path: Path) -> None:
    build(home, [corpus])
    build(tmp_path / "other", [corpus])
    one, other = Store(home), Store(tmp_path / "other")
    for query in ("marché public", "accueillir", "prix 300 euros"):
        assert [(h.passage.id, h.score) for h in one.current().search.search(query)] == [
            (h.passage.id, h.score) for h in other.current().search.search(query)
        ]
    assert one.manifest().corpus_sha256 == other.manifest().corpus_sha256


def test_duplicates_by_content_are_indexed_once(home: Path, corpus: Path) -> None:
    shutil.copy(corpus / "achat.md", corpus / "copie.md")
    report = build(home, [corpus])
    opened = Store(home).current()
    assert report.added == ("accueil.md", "achat.md", "copie.md")
    assert opened.catalogue.duplicates() == {"copie.md": "achat.md"}
    assert [hit.passage.document for hit in opened.search.search("comparer les offres")].count("copie.md") == 0


def test_one_bad_file_is_reported_and_the_rest_indexed(home: Path, corpus: Path) -> None:
    (corpus / "vide.md").write_bytes(b"")
    (corpus / "photo.txt").write_bytes(bytes(range(256)) * 20)
    (corpus / "abîmé.pdf").write_bytes(b"%PDF-1.7 nothing more")
    report = build(home, [corpus])
    assert {failure.document for failure in report.failed} == {"vide.md", "photo.txt", "abîmé.pdf"}
    assert all(failure.error.strip() and "\n" not in failure.error for failure in report.failed)
    assert report.documents == 2


def test_nothing_readable_leaves_the_published_index(home: Path, corpus: Path, tmp_path: Path) -> None:
    generation = build(home, [corpus]).generation
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(NothingToIndex):
        build(home, [empty])
    with pytest.raises(PathNotFound):
        build(home, [tmp_path / "nowhere"])
    assert Store(home).published() == generation


def test_a_dry_run_shows_facts_and_publishes_nothing(home: Path, corpus: Path) -> None:
    generation = build(home, [corpus]).generation
    write(corpus, "achat.md", "Acheter autrement", "Rédiger un marché public et comparer les offres.", price=450)
    report = build(home, [corpus], dry_run=True)
    assert report.changed == ("achat.md",)
    prices = [(change.before[0].text, change.after[0].text) for change in report.facts if change.field == "price"]
    assert prices == [("300 €", "450 €")]
    assert Store(home).published() == generation
    assert generations(home / "index") == [generation]


def test_an_index_that_fails_its_verification_in_a_process_is_not_published(home: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generation = build(home, [corpus]).generation

    class Damaging(SecondProcess):
        def begin_vectors(self, folder: Path, ids: Sequence[str]) -> None:
            rows = np.load(folder / "dense" / "passages.npy")
            super().begin_vectors(folder, ids)
            super().finish_vectors()
            np.save(folder / "dense" / "passages.npy", rows[:-1])

        def finish_vectors(self) -> None: ...

    monkeypatch.setattr(index.build, "SecondProcess", Damaging)
    with pytest.raises(NotPublished, match="the published one stays"):
        build(home, [corpus], full=True)
    assert Store(home).published() == generation
    assert found(Store(home), "marché public")


def test_a_second_process_that_dies_is_told(home: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Dying(SecondProcess):
        def begin_vectors(self, folder: Path, ids: Sequence[str]) -> None:
            assert self._process is not None
            os.kill(self._process.pid, signal.SIGKILL)
            super().begin_vectors(folder, ids)

    monkeypatch.setattr(index.build, "SecondProcess", Dying)
    with pytest.raises(NotPublished, match="status -9"):
        build(home, [corpus])
    with pytest.raises(NoIndex):
        Store(home).published()


def test_half_of_a_damaged_file_is_not_taken_for_the_whole(home: Path, corpus: Path) -> None:
    lines = [json.dumps({"_id": f"r{number}", "title": f"Stage {number}", "text": "Un stage de reliure."}) for number in range(5)]
    packed = gzip.compress("\n".join(lines * 300).encode())
    (corpus / "b.jsonl.gz").write_bytes(packed[:-40])
    report = build(home, [corpus])
    assert (report.documents, [failure.document for failure in report.failed]) == (2, ["b.jsonl.gz"])
    assert found(Store(home), "comparer les offres d'un marché")[0] == "achat.md"
    (corpus / "b.jsonl.gz").unlink()
    (corpus / "b.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert build(home, [corpus]).added == tuple(f"r{number}" for number in range(5))
    assert found(Store(home), "reliure")[0].startswith("r")
    assert found(Store(home), "comparer les offres d'un marché")[0] == "achat.md"


def test_without_a_reader_the_published_index_stays(home: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generation = build(home, [corpus]).generation
    write(corpus, "accueil.md", "Accueillir", "Recevoir les usagers au guichet.")
    monkeypatch.setattr("corpus.safety._BOOT", "raise SystemExit(3)")
    with pytest.raises(ReaderUnavailable):
        build(home, [corpus])
    assert Store(home).published() == generation


def test_a_bad_record_is_told_each_time_and_stops_no_other(home: Path, corpus: Path) -> None:
    (corpus / "b.jsonl").write_text('{"_id": "r1", "text": "Un stage de reliure."}\n{"_id"\n', encoding="utf-8")
    report = build(home, [corpus])
    assert (report.documents, [failure.document for failure in report.failed]) == (3, ["b.jsonl"])
    assert "2" in report.failed[0].error
    again = build(home, [corpus])
    assert (again.generation, again.failed, again.unchanged) == (report.generation, report.failed, 3)


def test_one_writer_at_a_time(home: Path, corpus: Path) -> None:
    (home / "index").mkdir(parents=True)
    with index.build._lock(home / "index"), pytest.raises(BuildInProgress, match="wait"):
        build(home, [corpus])


def test_old_generations_are_kept_and_then_removed(home: Path, corpus: Path) -> None:
    names, held = [], None
    for price in range(5):
        write(corpus, "achat.md", "Acheter autrement", "Rédiger un marché public.", price=100 + price)
        names.append(build(home, [corpus]).generation)
        if price == 0:
            held = Store(home).current()
    assert held is not None
    assert generations(home / "index") == [names[0], *names[2:]], "two older ones beside the published one, and the one that is being read"
    assert held.search.search("marché public"), "a reader goes on with what it holds"
    assert Store(home).older() == [names[3], names[2], names[0]]


def test_no_index_another_model_and_a_damaged_index_are_sentences(home: Path, corpus: Path) -> None:
    with pytest.raises(NoIndex, match="jalon reindex"):
        Store(home).current()
    generation = build(home, [corpus]).generation
    folder = home / "index" / generation
    manifest = folder / "manifest.json"
    written = manifest.read_text(encoding="utf-8")
    manifest.write_text(written.replace('"embedder": "', '"embedder": "another-'), encoding="utf-8")
    with pytest.raises(EmbedderMismatch, match="another-"):
        Store(home).current()
    manifest.write_text(written, encoding="utf-8")
    (folder / "catalogue.sqlite").write_bytes(b"")
    with pytest.raises(DamagedIndex, match="jalon reindex"):
        Store(home).current()
    assert build(home, [corpus]).unchanged == 0, "a damaged index is built anew"
    assert found(Store(home), "marché public")


def test_vectors_of_a_generation_are_those_of_its_embedder(home: Path, corpus: Path) -> None:
    generation = build(home, [corpus]).generation
    store = VectorStore.open(home / "index" / generation / "vectors")
    assert store.count == Store(home).manifest().indexed > 0
    store.close()


def _killed(home: Path, corpus: Path, after: float) -> None:
    """Runs a reindex in a process of its own and kills it, and what it started, after so many seconds."""
    code = "import sys; from pathlib import Path; from index.build import build; build(Path(sys.argv[1]), [Path(sys.argv[2])], full=True)"
    process = subprocess.Popen([sys.executable, "-c", code, str(home), str(corpus)], cwd=Path(__file__).parents[2], stderr=subprocess.DEVNULL)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()


def _assert_survives(home: Path, corpus: Path, moments: list[float]) -> None:
    build(home, [corpus])
    published = {Store(home).published()}
    for number, moment in enumerate(moments):
        write(corpus, "achat.md", "Acheter autrement", "Rédiger un marché public et comparer les offres.", price=1000 + number)
        _killed(home, corpus, moment)
        opened = Store(home).current()  # the old one or the new one, whole: opening compares every count
        published.add(opened.generation)
        assert found(Store(home), "comparer les offres")[0] == "achat.md"
    assert build(home, [corpus], full=True).documents == 2
    assert not list((home / "index").glob(".building-*")), "what killed builds left is swept away"


def test_kill_9_leaves_the_old_index_or_the_new_one(home: Path, corpus: Path) -> None:
    _assert_survives(home, corpus, [0.9, 1.6, 2.2])


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_kill_9_at_twenty_random_moments(home: Path, corpus: Path) -> None:
    drawn = random.Random(20)
    _assert_survives(home, corpus, [drawn.uniform(0.2, 5.0) for _ in range(20)])
