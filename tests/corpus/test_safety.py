"""Untrusted files: each refused with its reason in one sentence, the others read."""

from __future__ import annotations

import io
import json
import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import CorpusError, LimitExceeded, PathNotFound, ReaderUnavailable, UnreadableDocument, UnsupportedFormat
from corpus.readers import Source, find
from corpus.readers.limits import Limits
from corpus.safety import SafeReader


@pytest.fixture(scope="module")
def reader() -> Iterator[SafeReader]:
    with SafeReader() as reader:
        yield reader


def source(path: Path) -> Source:
    return Source(path.name, path, path.parent)


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


GOOD = "# Titre\n\nDu texte.\n"


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 30_000_000)
    return buffer.getvalue()


_LHEO = "<lheo><formation><intitule-formation>{}</intitule-formation></formation></lheo>"
LAUGHS = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>' + _LHEO.format("&c;")
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + _LHEO.format("x&a;")


@pytest.mark.parametrize(
    ("name", "content", "kind", "reason"),
    [
        ("corrompu.pdf", b"%PDF-1.7\n%garbage", UnreadableDocument, "damaged"),
        ("vide.txt", b"", UnreadableDocument, "empty"),
        ("blanc.md", b" \n\n ", UnreadableDocument, "no text"),
        ("binaire.txt", b"\x7fELF\x02\x01\x01\x00" * 20, UnreadableDocument, "binary"),
        ("image.png", b"\x89PNG", UnsupportedFormat, "no reader for .png"),
        ("rires.xml", LAUGHS.encode(), UnreadableDocument, "entities"),
        ("externe.xml", EXTERNAL.encode(), UnreadableDocument, "entities"),
        ("autre.xml", b"<root><a/></root>", UnreadableDocument, "no LHEO formation"),
        ("profond.xml", b"<a>" * 100_000, UnreadableDocument, "cannot be read"),
        ("profond.json", b"[" * 200_000, UnreadableDocument, "nested too deeply"),
        (
            "profond.jsonld",
            json.dumps({"@type": "Course", "name": "x", "about": json.loads("[" * 80 + "]" * 80)}).encode(),
            UnreadableDocument,
            "nested too deeply",
        ),
        ("autre.json", b'{"a": 1}', UnreadableDocument, "no schema.org Course"),
        ("cassé.json", b'{"a": ', UnreadableDocument, r"not valid JSON \(line 1\)"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(reader: SafeReader, tmp_path: Path, name: str, content: bytes, kind: type, reason: str) -> None:
    with pytest.raises(kind, match=reason) as caught:
        reader.read(source(put(tmp_path / name, content)))
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")
    assert reader.read(source(put(tmp_path / "bon.md", GOOD)))[0].title == "Titre"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with SafeReader(Limits(expanded_bytes=10_000_000)) as reader, pytest.raises(LimitExceeded, match="unpacked"):
        reader.read(source(put(tmp_path / "bombe.docx", bomb())))


def test_a_text_of_200_megabytes_is_refused_by_its_size(reader: SafeReader, tmp_path: Path) -> None:
    path = put(tmp_path / "long.txt", "")
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(LimitExceeded, match="200 MB"):
        reader.read(source(path))


def test_a_text_of_more_characters_than_allowed_is_refused(tmp_path: Path) -> None:
    with SafeReader(Limits(text_chars=1000)) as small, pytest.raises(LimitExceeded, match="characters"):
        small.read(source(put(tmp_path / "a.txt", "mot " * 300)))


def test_names_with_spaces_and_accents_are_read(reader: SafeReader, tmp_path: Path) -> None:
    put(tmp_path / "dossier été" / "fiche n° 1 – coûts.md", GOOD)
    sources, failures = find([tmp_path])
    assert [s.id for s in sources] == ["dossier été/fiche n° 1 – coûts.md"]
    assert not failures
    assert reader.read(sources[0])[0].id == "dossier été/fiche n° 1 – coûts.md"


def test_too_much_memory_is_refused_and_the_next_file_is_read(tmp_path: Path) -> None:
    path = put(tmp_path / "a.html", "<p>" + "<b>x</b>" * 4_000_000 + "</p>")
    with SafeReader(Limits(memory=150 * 1024 * 1024)) as small:
        with pytest.raises(UnreadableDocument) as caught:
            small.read(source(path))
        assert "memory" in str(caught.value) or "no text" in str(caught.value)
        assert small.read(source(put(tmp_path / "b.md", GOOD)))


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    slow = put(tmp_path / "a.txt", "ligne\n" * 1_600_000)
    with SafeReader(Limits(seconds=1.0)) as hasty:
        with pytest.raises(LimitExceeded, match="more than 1 seconds"):
            hasty.read(source(slow))
        hasty.limits = Limits()
        assert hasty.read(source(put(tmp_path / "c.md", GOOD)))


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    path = put(tmp_path / "a.md", GOOD)
    with SafeReader() as reader:
        reader.read(source(path))
        assert reader._worker is not None
        first = reader._worker.pid
        os.kill(first, 9)
        time.sleep(0.05)
        assert reader.read(source(path))[0].title == "Titre"
        assert reader._worker.pid != first


def test_a_worker_that_does_not_start_is_no_fault_of_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.safety._BOOT", "raise SystemExit(3)")
    with SafeReader() as reader, pytest.raises(ReaderUnavailable, match="does not start"):
        reader.read(source(put(tmp_path / "a.md", GOOD)))


def test_the_worker_has_neither_network_nor_children_nor_secrets(tmp_path: Path) -> None:
    """The rules are laid down in a process of its own and then broken on purpose."""
    import subprocess
    import sys

    attempts = """
import os, sys, socket, subprocess
from corpus.readers.limits import Limits
from corpus.worker import give_up
give_up(Limits())
for name, attempt in {
    "connect": lambda: socket.create_connection(("127.0.0.1", 9)),
    "resolve": lambda: socket.getaddrinfo("ecole.example", 80),
    "run": lambda: subprocess.run(["true"]),
    "system": lambda: os.system("true"),
    "fork": os.fork,
}.items():
    try:
        attempt()
        print(name, "was allowed")
    except PermissionError:
        print(name, "refused")
"""
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {root!r})\n{attempts}"], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:-1] == [f"{name} refused" for name in ("connect", "resolve", "run", "system", "fork")]


def test_one_bad_file_does_not_stop_the_others(reader: SafeReader, tmp_path: Path) -> None:
    put(tmp_path / "a.md", GOOD)
    put(tmp_path / "b.pdf", b"%PDF")
    put(tmp_path / "c.txt", "Un titre de fiche\n\nTexte.")
    read, failed = [], []
    for found in find([tmp_path])[0]:
        try:
            read.extend(reader.read(found))
        except CorpusError as error:
            failed.append((found.id, type(error).__name__))
    assert [d.id for d in read] == ["a.md", "c.txt"]
    assert failed == [("b.pdf", "UnreadableDocument")]


def test_find_refuses_links_that_lead_out_and_takes_those_that_stay(tmp_path: Path) -> None:
    put(tmp_path / "dehors" / "secret.md", GOOD)
    put(tmp_path / "dedans" / "a.md", GOOD)
    (tmp_path / "dedans" / "b.md").symlink_to(tmp_path / "dedans" / "a.md")
    (tmp_path / "dedans" / "lien.md").symlink_to(tmp_path / "dehors" / "secret.md")
    (tmp_path / "dedans" / "dossier").symlink_to(tmp_path / "dehors", target_is_directory=True)
    (tmp_path / "dedans" / "cassé.md").symlink_to(tmp_path / "rien.md")
    sources, failures = find([tmp_path / "dedans"])
    assert [s.id for s in sources] == ["a.md", "b.md"]
    assert [s.id for s in find([tmp_path / "dedans" / "lien.md"])[0]] == ["lien.md"]  # named, so meant
    assert {f.document: "leads out" in f.error for f in failures} == {"dossier": True, "lien.md": True, "cassé.md": False}


def test_find_refuses_what_is_no_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube.txt")
    put(tmp_path / "dossier.md" / "a.md", GOOD)
    put(tmp_path / ".caché.md", GOOD)
    sources, failures = find([tmp_path])
    assert [s.id for s in sources] == ["dossier.md/a.md"]
    assert [(f.document, "not a regular file" in f.error) for f in failures] == [("tube.txt", True)]


def test_find_reports_what_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "a.md", GOOD)
    # For root every file is readable, whatever its mode.
    monkeypatch.setattr(os, "access", lambda p, mode: Path(p) != path)
    assert [(f.document, "permission" in f.error) for f in find([tmp_path])[1]] == [("a.md", True)]


def test_a_file_that_vanishes_is_reported(reader: SafeReader, tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="cannot be read"):
        reader.read(source(tmp_path / "parti.md"))


def test_find_names_files_by_their_path_below_each_root(tmp_path: Path) -> None:
    for name in ("x/a.md", "y/a.md", "y/sous/b.md"):
        put(tmp_path / name, GOOD)
    sources, _ = find([tmp_path / "x", tmp_path / "y", tmp_path / "y" / "sous" / "b.md", tmp_path / "x"])
    assert [s.id for s in sources] == ["a.md", "y/a.md", "sous/b.md"]


def test_find_says_which_path_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(PathNotFound, match="nulle-part"):
        find([tmp_path / "nulle-part"])
