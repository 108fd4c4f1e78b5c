"""Text -> vectors: the shipped static model, read without torch, or any sentence-transformers model.

Embedder            what the rest of Jalon knows of a model
StaticEmbedder      one vector a subword, averaged: microseconds a passage, no torch
TransformerEmbedder any model that sentence-transformers loads (importing it takes seconds: only when one is set)
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from corpus.records import Passage
from index.errors import EmbedderUnavailable

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SHIPPED = Path(__file__).parent / "model"
_MATRIX_KEYS = ("embedding.weight", "embeddings")  # the key of sentence-transformers, the key of model2vec
_BATCH = 2048
_MANY = 64
"""Texts from which one sparse product is worth importing scipy: a question alone never waits for it."""

_QUERY_CHARACTERS = 4000  # more says nothing more about what is asked, and an average over it says less


@runtime_checkable
class Embedder(Protocol):
    """``name`` goes into the manifest: an index opens only with the model of the same name."""

    name: str
    dimension: int

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), each row of length 1 (or 0 for a text without a known word)."""
        ...

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), each row of length 1 (or 0 for a text without a known word)."""
        ...


def open_embedder(name: str | None = None) -> Embedder:
    """The shipped model (None), the model of a folder, or the one of that name on the hub.

    Raises EmbedderUnavailable, in one sentence, where there is no such model or no network to fetch it.
    """
    folder = SHIPPED if name is None else Path(name)
    if _is_static(folder):
        return StaticEmbedder(folder, name="jalon-static-fr" if name is None else str(name))
    if name is None:
        raise EmbedderUnavailable(f"The shipped model is missing from {SHIPPED}; reinstall Jalon, or set JALON_EMBEDDING_MODEL.")
    return TransformerEmbedder(name)


def _is_static(folder: Path) -> bool:
    return (folder / "model.safetensors").is_file() and (folder / "tokenizer.json").is_file() and not (folder / "modules.json").is_file()


def passage_view(passage: Passage) -> str:
    """What is embedded of a passage: its text under the title of its document and the headings above it.

    A heading that the text itself starts with is not said twice.
    """
    above = [part for part in dict.fromkeys((passage.title, *passage.heading_path)) if part and not passage.text.lstrip("#*-• ").startswith(part)]
    return "\n".join([" : ".join(above), passage.text]) if above else passage.text


def unit(vectors: NDArray[Any]) -> NDArray[np.float32]:
    """The rows scaled to length 1; a row of zeros stays one."""
    vectors = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)


def read_safetensors(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a safetensors file, memory-mapped: eight bytes of length, a JSON header, then the raw numbers.

    The library's own reader copies the whole file, which is what a cold start would mostly wait for.
    """
    kinds = {"F16": np.float16, "F32": np.float32, "I8": np.int8}
    try:
        with path.open("rb") as file:
            size = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(size))
        arrays = {}
        for key, entry in header.items():
            if key != "__metadata__":
                begin = 8 + size + entry["data_offsets"][0]
                arrays[key] = np.memmap(path, dtype=kinds[entry["dtype"]], mode="r", offset=begin, shape=tuple(entry["shape"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EmbedderUnavailable(f"{path} is no readable model ({error}); restore the file or choose another model.") from None
    return dict(arrays)


def _fingerprint(path: Path) -> str:
    """Tells a model from one trained anew under the same name: a hash of the size and of both ends, since all of it would slow every start."""
    size = path.stat().st_size
    with path.open("rb") as file:
        ends = file.read(1 << 16)
        file.seek(max(0, size - (1 << 16)))
        ends += file.read()
    return sha256(size.to_bytes(8, "little") + ends).hexdigest()[:16]


class StaticEmbedder:
    """The average of the vectors of a text's subwords; each vector's length is the weight of its subword.

    ``folder`` holds ``model.safetensors`` (one float16 matrix, subwords x dimension; or int8 with a float16 ``scale``
    a row) and ``tokenizer.json``.
    """

    def __init__(self, folder: Path, name: str) -> None:
        from tokenizers import Tokenizer

        arrays = read_safetensors(folder / "model.safetensors")
        matrix = next((arrays[key] for key in _MATRIX_KEYS if key in arrays), None)
        if matrix is None or matrix.ndim != 2:
            raise EmbedderUnavailable(f"{folder} holds no static model (no matrix of subword vectors); choose another model.")
        self._matrix = matrix
        self._scale = arrays.get("scale")
        self.name = name
        self.fingerprint = _fingerprint(folder / "model.safetensors")
        self.dimension = int(matrix.shape[1])
        try:
            self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # the library raises bare Exception
            raise EmbedderUnavailable(f"{folder / 'tokenizer.json'} is no readable tokenizer ({error}); restore the file.") from None
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = [self._embed(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        return np.concatenate(vectors) if vectors else np.zeros((0, self.dimension), dtype=np.float32)

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.passages([text[:_QUERY_CHARACTERS] for text in texts])

    def sums(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension): the vectors before they are scaled to length 1, each as long as its text weighs."""
        return self._embed(list(texts), scaled=False)

    def matrix(self) -> NDArray[np.float32]:
        """A copy of the vectors of all subwords (subwords, dimension)."""
        return self._rows(np.arange(len(self._matrix)))

    def _embed(self, texts: Sequence[str], *, scaled: bool = True) -> NDArray[np.float32]:
        encodings = self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        lists = [encoding.ids for encoding in encodings]
        lengths = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
        ids = np.concatenate([np.zeros(0, dtype=np.int64), *(np.asarray(own, dtype=np.int64) for own in lists)])
        if len(texts) >= _MANY:
            return unit(self._sums(ids, lengths)) if scaled else self._sums(ids, lengths)
        sums = np.zeros((len(texts), self.dimension), dtype=np.float32)
        filled = lengths > 0
        if ids.size:
            rows = self._rows(ids)
            starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))[filled]
            sums[filled] = np.add.reduceat(rows, starts, axis=0)
        return unit(sums) if scaled else sums

    def _sums(self, ids: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.float32]:
        """(texts, dimension): texts x subwords times subwords x dimension, each distinct subword read once."""
        import scipy.sparse

        used, column = np.unique(ids, return_inverse=True)
        starts = np.concatenate(([0], np.cumsum(lengths)))
        holds = scipy.sparse.csr_matrix((np.ones(len(ids), dtype=np.float32), column, starts), shape=(len(lengths), len(used)))
        return np.asarray(holds @ self._rows(used), dtype=np.float32)

    def _rows(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        rows = self._matrix[ids].astype(np.float32)
        return rows if self._scale is None else rows * self._scale[ids].astype(np.float32)[:, None]


class TransformerEmbedder:
    """Any model of sentence-transformers, with the prompts that the model's own files name for queries and passages."""

    def __init__(self, name: str) -> None:
        if name.startswith(("/", ".", "~")) and not Path(name).expanduser().is_dir():
            raise EmbedderUnavailable(f"The embedding model '{name}' cannot be loaded: there is no such folder; name one that holds a model.")
        with contextlib.ExitStack() as quiet:
            try:
                import sentence_transformers
                import transformers

                logging: Any = transformers.utils.logging
                logging.disable_progress_bar()
                quiet.callback(logging.enable_progress_bar)
                self._model: Any = sentence_transformers.SentenceTransformer(name, device="cpu")
            except Exception as error:  # whatever the library meets: no folder, no network, a damaged file
                reason = str(error).strip().splitlines()[0][:160] if str(error).strip() else type(error).__name__
                raise EmbedderUnavailable(
                    f"The embedding model '{name}' cannot be loaded ({reason}); name a folder that holds one, or connect to download it once."
                ) from None
        self.name = name
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(self._model.encode_document, texts)

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(self._model.encode_query, [text[:_QUERY_CHARACTERS] for text in texts])

    def _encode(self, encode: Any, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return unit(encode(list(texts), batch_size=64, show_progress_bar=False, convert_to_numpy=True))
