"""What can go wrong in index/, each with a sentence that says what to do.

IndexProblem
├── NoIndex             nothing has been published yet
├── DamagedIndex        a generation on disk cannot be read
├── EmbedderMismatch    the index was built with another model than the one asked for
├── EmbedderUnavailable the model cannot be loaded (no folder of that name, no network)
├── NothingToIndex      no document could be read
├── BuildInProgress     another process is publishing
├── NotPublished        a new generation did not pass its verification; the old one stays
└── BadDataset          a BEIR folder or a file of pairs is not as it should be
"""


class IndexProblem(Exception):
    """The root of the tree; ``str(error)`` is one sentence without a line break."""


class NoIndex(IndexProblem):
    """Nothing has been published yet."""


class DamagedIndex(IndexProblem):
    """A generation on disk cannot be read."""


class EmbedderMismatch(IndexProblem):
    """The index was built with another model than the one asked for."""


class EmbedderUnavailable(IndexProblem):
    """The model cannot be loaded."""


class NothingToIndex(IndexProblem):
    """No document could be read."""


class BuildInProgress(IndexProblem):
    """Another process is publishing."""


class NotPublished(IndexProblem):
    """A new generation did not pass its verification; the old one stays."""


class BadDataset(IndexProblem):
    """A BEIR folder or a file of pairs is not as it should be."""
