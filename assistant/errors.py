"""What can go wrong in assistant/, each with a sentence that says what to do.

AssistantError
├── BadRequest            what was asked cannot be understood as a request (empty, too long, malformed)
│   └── BadProfile        a field of a profile or a line of a team file is not as it should be
├── ChatModelUnavailable  the chat model did not answer, or not in time; callers fall back to the extractive answer
└── NoPlanFound           the solver found nothing within its time
"""


class AssistantError(Exception):
    """The root of the tree; ``str(error)`` is one sentence without a line break."""


class BadRequest(AssistantError):
    """What was asked cannot be understood as a request."""


class BadProfile(BadRequest):
    """A field of a profile or a line of a team file is not as it should be."""


class ChatModelUnavailable(AssistantError):
    """The chat model did not answer, or not in time."""


class NoPlanFound(AssistantError):
    """The solver found nothing within its time."""
