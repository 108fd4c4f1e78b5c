"""Indexes made once for the tests of the assistant: documents read, understood and searched as in production."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from assistant.conversation import Assistant
from corpus.catalogue import Catalogue, Entry, write_catalogue
from corpus.passages import split
from corpus.programmes import understand
from corpus.readers import find
from corpus.safety import SafeReader
from index.embedder import open_embedder
from index.lexical import LexicalIndex
from index.search import Search
from index.vectors import VectorStore, write_vectors

TODAY = date(2026, 2, 1)
QUESTIONS = Path(__file__).parent.parent / "golden" / "questions"


def assistant_over(paths: Sequence[Path], folder: Path, stack: ExitStack, today: date = TODAY) -> Assistant:
    """An assistant over these documents, indexed in ``folder``, that believes it is ``today``."""
    sources, failures = find(list(paths))
    assert not failures, failures
    with SafeReader() as reader:
        entries = [Entry(d, understand(d, today), split(d), s.id) for s in sources for d in reader.read(s)]
    write_catalogue(folder / "catalogue.sqlite", entries)
    catalogue = stack.enter_context(Catalogue.open(folder / "catalogue.sqlite"))
    passages = catalogue.passages()
    for name in ("lexical", "vectors"):
        (folder / name).mkdir()
    LexicalIndex.build(passages).save(folder / "lexical")
    embedder = open_embedder()
    write_vectors(folder / "vectors", [p.id for p in passages], embedder.passages([p.text for p in passages]))
    vectors = VectorStore.open(folder / "vectors")
    stack.callback(vectors.close)
    return Assistant(catalogue, Search(catalogue, LexicalIndex.load(folder / "lexical"), vectors, embedder), today=lambda: today)


@pytest.fixture(scope="session")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The assistant over the documents of the annotated questions."""
    from assistant.evaluate import documents_of

    with ExitStack() as stack:
        yield assistant_over(documents_of(QUESTIONS), tmp_path_factory.mktemp("golden"), stack)


@pytest.fixture
def over(tmp_path: Path) -> Iterator[Callable[..., Assistant]]:
    """``over(name=text, ...)``: an assistant over documents that the test writes; ``__`` in a name is its dot."""
    with ExitStack() as stack:

        def make(**documents: str) -> Assistant:
            folder = tmp_path / "documents"
            folder.mkdir()
            for name, text in documents.items():
                (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
            index = tmp_path / "index"
            index.mkdir()
            return assistant_over([folder], index, stack)

        yield make
