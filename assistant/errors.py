"""What can go wrong in assistant/, each with a sentence that says what to do.

AssistantError
├── BadRequest            what was asked cannot be understood as a request (empty, too long, malformed)
│   └── BadProfile        a field of a profile or a line of a team file is not as it should be
├── ChatModelUnavailable  the chat model did not answer, or not in time; callers fall back to the extractive answer
└── NoPlanFound           the solver found nothing within its time
"""

from typing import Literal


class AssistantError(Exception):
    """The root of the tree; ``str(error)`` is one sentence without a line break."""


class BadRequest(AssistantError):
    """What was asked cannot be understood as a request."""


ProfileFault = Literal[
    "no_object", "unknown", "text", "long", "list", "choice", "number", "range", "currency", "day", "order", "period", "periods",
    "csv", "heading", "many", "unnamed", "twice", "absence", "priority", "beyond",
]  # fmt: skip
"""What may be wrong with a profile, then with a file of agents or one of its lines."""


class BadProfile(BadRequest):
    """A field of a profile or a line of a team file is not as it should be.

    ``fault`` says what, ``field`` where, and ``values`` are what a sentence about it needs, in any language: ``value`` as
    it was written, ``allowed`` or ``most``. The message itself is English.
    """

    def __init__(self, message: str, fault: ProfileFault = "no_object", field: str = "", **values: str) -> None:
        super().__init__(message)
        self.fault: ProfileFault = fault
        self.field = field
        self.values = values


class ChatModelUnavailable(AssistantError):
    """The chat model did not answer, or not in time."""


class NoPlanFound(AssistantError):
    """The solver found nothing within its time."""
