"""What can go wrong in corpus/, each with a sentence that says what to do.

CorpusError
├── UnreadableDocument    the file is damaged, empty, locked, or not what its name says
│   ├── LimitExceeded     reading it would take more time, memory, pages or bytes than is allowed
│   ├── UnsupportedFormat no reader for this kind of file
│   └── UnreadableRecords some lines of a file of records; the others have been read
├── ReaderUnavailable     the process that reads documents does not start: nothing is known of any document
├── PathNotFound          a PATH that was given does not exist
└── DamagedCatalogue      the catalogue of a generation cannot be read
"""


class CorpusError(Exception):
    """The root of the tree; ``str(error)`` is one sentence without a line break."""


class UnreadableDocument(CorpusError):
    """The file is damaged, empty, locked, or not what its name says."""


class LimitExceeded(UnreadableDocument):
    """Reading it would take more time, memory, pages or bytes than is allowed."""


class UnsupportedFormat(UnreadableDocument):
    """No reader for this kind of file."""


class UnreadableRecords(UnreadableDocument):
    """Some lines of a file of records are no records; raised at its end, when the documents of all others have been given."""


class ReaderUnavailable(CorpusError):
    """The process that reads documents does not start: nothing is known of any document, and no index may be made without them."""


class PathNotFound(CorpusError):
    """A PATH that was given does not exist."""


class DamagedCatalogue(CorpusError):
    """The catalogue of a generation cannot be read."""
