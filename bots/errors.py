"""What can go wrong in bots/, each with a sentence that says what to do.

BotError
├── BadSetting        an environment variable holds what it cannot mean
├── StateUnavailable  the database of state cannot be reached
├── NotFound          no such document, conversation, path or page
├── Refused           not signed in, or not allowed
│   └── SignInFailed  a sign-in that did not succeed; its text is the key of a sentence
├── TooLarge          a request body over the limit
├── Busy              more is asked at once than can be answered; ``retry_after`` seconds later it may do
└── TooManyRequests   a visitor's share is used up; ``retry_after`` says for how many seconds
"""


class BotError(Exception):
    """The root of the tree; ``str(error)`` is one sentence without a line break."""


class BadSetting(BotError):
    """An environment variable holds what it cannot mean."""


class StateUnavailable(BotError):
    """The database of state cannot be reached."""


class NotFound(BotError):
    """No such document, conversation, path or page."""


class Refused(BotError):
    """Not signed in, or not allowed."""


class SignInFailed(Refused):
    """A sign-in that did not succeed; ``str(error)`` is the key of the sentence to show, which never says what was wrong."""


class TooLarge(BotError):
    """A request body over the limit."""


class Busy(BotError):
    """More is asked at once than can be answered."""

    retry_after = 5


class TooManyRequests(BotError):
    """A visitor's share is used up."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
