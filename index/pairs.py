"""Pairs to learn from: reading them, cleaning them, setting some aside, keeping evaluation texts out.

A pair is a question (or a title, a heading) and a passage that answers it. The file format is one JSON object a line,
``{"anchor": "...", "positive": "...", "source": "..."}``; ``source`` may be missing. A thesaurus in MyThes format
(``.dat``) is read as pairs too: a headword and its synonyms.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.french import stems, tokens
from index.errors import BadDataset

_URL_ANCHOR = re.compile(r"^\s*(?:url\s*:|https?://)", re.IGNORECASE)
_SHINGLE = 8  # words; two administrative texts share shorter runs ("dans un délai de deux mois à compter de") by chance
_SENSE = re.compile(r"^\(?[^|]*\)?\|")


@dataclass(frozen=True, slots=True)
class Pair:
    """``anchor`` asks, ``positive`` answers; ``source`` says where the pair is from ("" where nobody said)."""

    anchor: str
    positive: str
    source: str = ""


def open_text(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 file, unpacked where its name ends in .gz; raises BadDataset where it cannot be read."""
    try:
        if path.suffix == ".gz":
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                yield from lines
        else:
            with path.open(encoding="utf-8") as lines:
                yield from lines
    except FileNotFoundError:
        raise BadDataset(f"{path} does not exist; give the path of an existing file.") from None
    except (OSError, UnicodeDecodeError, EOFError) as error:
        raise BadDataset(f"{path} cannot be read as UTF-8 text ({error}); check the file.") from None


def read_pairs(paths: Sequence[Path]) -> list[Pair]:
    """The usable pairs of the files, in order, without repeats; raises BadDataset naming the first bad line."""
    found: dict[tuple[str, str], Pair] = {}
    for path in paths:
        pairs = _thesaurus(path) if path.name.endswith((".dat", ".dat.gz")) else _json_lines(path)
        for pair in pairs:
            found.setdefault((pair.anchor, pair.positive), pair)
    if not found:
        raise BadDataset(f'{", ".join(map(str, paths)) or "no file"} holds no usable pair; a line is {{"anchor": "...", "positive": "..."}}.')
    return list(found.values())


def _json_lines(path: Path) -> Iterator[Pair]:
    for number, line in enumerate(open_text(path), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            anchor, positive = " ".join(str(record["anchor"]).split()), str(record["positive"]).strip()
        except (ValueError, KeyError, TypeError):
            raise BadDataset(f'{path}, line {number} is no pair; a line is {{"anchor": "...", "positive": "..."}}.') from None
        # An address says nothing about the passage; a pair of a text with itself teaches nothing.
        if anchor and positive and not _URL_ANCHOR.match(anchor) and anchor != positive:
            yield Pair(anchor, positive, str(record.get("source") or ""))


def _thesaurus(path: Path) -> Iterator[Pair]:
    """MyThes: an encoding line, then ``headword|number`` and that many lines ``(class)|synonym|synonym``."""
    lines = iter(_thesaurus_lines(path))
    next(lines, None)
    for line in lines:
        word, bar, count = line.rstrip().rpartition("|")
        if not bar or not count.isdigit():
            continue
        for _ in range(int(count)):
            synonyms = [s for s in _SENSE.sub("", next(lines, "").strip()).split("|") if s]
            if synonyms:
                yield Pair(word, ", ".join(synonyms), "thesaurus")


def _thesaurus_lines(path: Path) -> Iterator[str]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadDataset(f"{path} cannot be read ({error.strerror}); check the path.") from None
    encoding = raw.split(b"\n", 1)[0].strip().decode("ascii", "replace") or "utf-8"
    try:
        yield from raw.decode(encoding, "replace").splitlines()
    except LookupError:
        raise BadDataset(f"{path} names an unknown encoding in its first line; a MyThes file starts with UTF-8 or ISO8859-15.") from None


def split_off(pairs: Sequence[Pair], share: float, sources: Sequence[str] = ()) -> tuple[list[Pair], list[Pair]]:
    """(kept, held out): about ``share`` of the passages, chosen by their text, so that the choice is the same every time.

    All pairs of one passage fall on the same side: a passage seen in training would make the held-out figures too good.
    Only pairs of ``sources`` are held out where sources are named.
    """
    kept: list[Pair] = []
    held: list[Pair] = []
    for pair in pairs:
        digest = int.from_bytes(hashlib.sha256(pair.positive.encode()).digest()[:4], "big") / 2**32
        aside = digest < share and (not sources or pair.source in sources)
        (held if aside else kept).append(pair)
    return kept, held


def without_leaks(pairs: Sequence[Pair], evaluation: Iterable[str]) -> list[Pair]:
    """The pairs whose anchor or passage is in none of the evaluation texts, near-copies included.

    A passage leaks where a fifth of its runs of 8 words stands in an evaluation text; an anchor where its stems are
    exactly those of a whole evaluation text (a question that is asked in the evaluation).
    """
    runs: set[int] = set()
    wholes: set[tuple[str, ...]] = set()
    for text in evaluation:
        runs.update(_shingles(text))
        if len(text) < 300:
            wholes.add(tuple(sorted(set(stems(text)))))
    wholes.discard(())
    clean = []
    for pair in pairs:
        own = _shingles(pair.positive)
        shared = sum(run in runs for run in own)
        if shared * 5 <= len(own) and tuple(sorted(set(stems(pair.anchor)))) not in wholes:
            clean.append(pair)
    return clean


def _shingles(text: str) -> list[int]:
    words = tokens(text)
    return [hash(tuple(words[i : i + _SHINGLE])) for i in range(max(0, len(words) - _SHINGLE + 1))]
