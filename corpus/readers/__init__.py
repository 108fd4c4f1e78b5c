"""Files -> Document, one file a format.

In the order of imports (a file imports only from files earlier in this list):

    find.py          PATHs -> the files to read, and those refused with their reason
    limits.py        what reading one document may cost; checks made before and while reading
    builder.py       text, blocks, links and facts of a document, put together piece by piece
    plain.py         bytes -> text; headings, items and rows of plain text
    formats.py       which reader takes a file
    worker.py        the process in which untrusted files are read: requests in, documents out
"""

from corpus.readers.find import Failure, Source, find

__all__ = ["Failure", "Source", "find"]
