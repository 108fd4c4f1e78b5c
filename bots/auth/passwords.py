"""Local passwords: hashed with argon2id, and never a hint of what was wrong.

The parameters are argon2-cffi's (RFC 9106, low memory): some 30 ms and 64 MiB a check. An account that does not exist,
has no password or is closed costs the same check against a hash that nothing matches.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST, LONGEST = 12, 1024
"""Characters of a password. Length, not character classes, is what guessing costs; the upper bound keeps a check cheap."""

_hasher = PasswordHasher()


def complaint(password: str, login: str = "") -> str | None:
    """What is wrong with a new password, as the key of a sentence; None where it will do.

    >>> complaint("court")
    'password_short'
    >>> complaint("aaaaaaaaaaaaaaaa")
    'password_plain'
    >>> complaint("quatre mots sans rapport")
    """
    plain = _normal(password)
    if len(plain) < SHORTEST:
        return "password_short"
    if len(plain) > LONGEST:
        return "password_long"
    if len(set(plain.casefold())) < 5 or (len(login) > 3 and login.casefold() in plain.casefold()):
        return "password_plain"
    return None


def hashed(password: str) -> str:
    """The argon2id hash to store, salt and parameters included."""
    return _hasher.hash(_normal(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether ``password`` is the one behind ``stored``; costs the same where there is none to compare with."""
    if len(password) > LONGEST:
        password = ""
    try:
        _hasher.verify(stored or _nobodys(), _normal(password))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return stored is not None


def outdated(stored: str) -> bool:
    """Whether ``stored`` was made with other parameters than today's and should be made again at this sign-in."""
    return _hasher.check_needs_rehash(stored)


@cache
def _nobodys() -> str:
    # Made by the same hasher so that the check against it takes as long as against anybody's.
    return _hasher.hash("\x00nobody")


def _normal(password: str) -> str:
    # NIST SP 800-63B: the same characters typed on two keyboards must be the same password.
    return unicodedata.normalize("NFKC", password)
