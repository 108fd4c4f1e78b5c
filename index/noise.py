"""How people really type: missing accents, slips of the finger, telegraphic questions.

Everything draws from the ``random.Random`` that is passed in, so a seed gives the same noise every time.
"""

from __future__ import annotations

import random
import re

from corpus.french import fold, is_stop_word

_NEIGHBOURS = {
    "a": "zqs", "z": "aes", "e": "zrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl", "p": "om",
    "q": "asw", "s": "qdz", "d": "sfe", "f": "dgr", "g": "fht", "h": "gjy", "j": "hku", "k": "jli", "l": "kmo", "m": "lp",
    "w": "xq", "x": "wcs", "c": "xvd", "v": "cbf", "b": "vng", "n": "bhj",
}  # fmt: skip
"""Letters side by side on a French (AZERTY) keyboard."""

_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


def typo(word: str, rng: random.Random) -> str:
    """The word with one slip: two letters swapped, one doubled, dropped or hit beside; short words stay as they are."""
    if len(word) < 5 or not word.isalpha():
        return word
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        return word[:at] + word[at + 1 :]
    return word[:at] + rng.choice(_NEIGHBOURS.get(fold(word[at]), word[at])) + word[at + 1 :]


def with_typos(text: str, rng: random.Random, rate: float = 0.12) -> str:
    """The text with about ``rate`` of its long words mistyped."""
    return _WORD.sub(lambda m: typo(m.group(), rng) if rng.random() < rate else m.group(), text)


def telegraphic(text: str) -> str:
    """Only the words that carry meaning, unaccented, as typed in a hurry; the text itself where none would be left."""
    words = [w for w in re.findall(r"[\w'’-]+", text) if not is_stop_word(w.split("'")[-1].split("’")[-1])]
    return " ".join(fold(w) for w in words) or text


def dropped(text: str, rng: random.Random, rate: float = 0.25) -> str:
    """The text without about ``rate`` of its words, never without all of them."""
    words = text.split()
    kept = [w for w in words if rng.random() >= rate]
    return " ".join(kept) if kept else text


def noisy(text: str, rng: random.Random) -> str:
    """One of the ways above, or the text as it is: what a query of training looks like."""
    draw = rng.random()
    if draw < 0.40:
        return text
    if draw < 0.60:
        return dropped(text, rng)
    if draw < 0.75:
        return telegraphic(text)
    if draw < 0.90:
        return with_typos(text, rng, 0.2)
    return with_typos(telegraphic(text), rng, 0.15)
