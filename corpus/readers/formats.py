"""Which reader takes a file: by extension, because a person chose it and a message can name it.

The readers are imported when a file needs them, so that reading text costs no PDF library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from corpus.errors import UnsupportedFormat
from corpus.readers.limits import Limits, check_size
from corpus.records import Document

Reader = Callable[[Path, str, Limits], Iterator[Document]]
"""(file, document id, limits) -> its documents; raises UnreadableDocument and its children."""

_MODULES = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "webpage",
    ".htm": "webpage",
    ".xhtml": "webpage",
    ".pdf": "pdf",
    ".docx": "word",
    ".odt": "opendocument",
    ".xml": "lheo",
    ".json": "jsonld",
    ".jsonld": "jsonld",
    ".jsonl": "beir",
    ".jsonl.gz": "beir",
}
EXTENSIONS = tuple(_MODULES)

_ADVICE = {
    ".doc": "save it as .docx",
    ".rtf": "save it as .docx or .odt",
    ".odp": "export it as .pdf",
    ".ppt": "export it as .pdf",
    ".pptx": "export it as .pdf",
    ".xls": "export it as .pdf or .txt",
    ".xlsx": "export it as .pdf or .txt",
    ".csv": "rename it .txt if it is to be read as text",
    ".gz": "unpack it",
    ".zip": "unpack it",
}


def read(path: Path, id: str, limits: Limits) -> Iterator[Document]:
    """The documents of the file, one by one. Raises UnreadableDocument and its children."""
    extension = extension_of(path)
    module = _MODULES.get(extension)
    if module is None:
        advice = _ADVICE.get(extension, "convert it to one of .txt .md .html .pdf .docx .odt .xml .json .jsonl")
        raise UnsupportedFormat(f"There is no reader for {extension or 'a file without an extension'}: {advice}.")
    check_size(path, limits, records=module == "beir")
    reader: Reader = import_module(f"corpus.readers.{module}").read
    yield from reader(path, id, limits)


def extension_of(path: Path) -> str:
    """The extension in lower case; ".jsonl.gz" is one."""
    name = path.name.lower()
    return ".jsonl.gz" if name.endswith(".jsonl.gz") else path.suffix.lower()
