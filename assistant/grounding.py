# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""The checks that nothing unproven passes: a model's sentence is released only when the extracts it cites say it.

A sentence must carry markers that exist; its numbers, dates, e-mail addresses, telephone numbers, links, names and
titles must occur in what it cites (text, or facts read from that text). What fails is dropped, with a reason to count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.records import Citation
from corpus.french import fold, is_stop_word, stem, tokens
from corpus.records import Capacity, Contact, Duration, Fact, Price, Session

LEAST_SAID = 0.5
"""Share of a sentence's telling words that must occur in what it cites, the title or the question."""

MARKER = re.compile(r"\[(\d{1,3})\]")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[   .]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?")
_WORDS = {
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13,
    "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100, "mille": 1000,
    "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "twenty": 20,
}  # fmt: skip
_MONTHS = {name: n for n, names in enumerate((
    ("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april"), ("mai", "may"), ("juin", "june"), ("juillet", "july"),
    ("aout", "august"), ("septembre", "september"), ("octobre", "october"), ("novembre", "november"), ("decembre", "december")), 1) for name in names}  # fmt: skip
_DATE = re.compile(
    rf"\b(\d{{1,2}})(?:er)?\s+(?:of )?({'|'.join(_MONTHS)})\b|\b({'|'.join(_MONTHS)})\s+(\d{{1,2}})\b(?!\s*\d)|\b(\d{{1,2}})[/.](\d{{1,2}})[/.]\d{{2,4}}"
)
_MONTH = re.compile(rf"\b({'|'.join(m for m in _MONTHS if m not in ('may', 'march', 'mars', 'mai'))})\b")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"(?:https?://|www\.)[^\s)\]>»\"]+|\b[\w-]+\.(?:fr|com|org|net|eu|gouv\.fr|example|pf|io)\b(?:/[^\s)\]>»\"]*)?")
_PHONE = re.compile(r"(?<![\w])\+?\d[\d .()/-]{7,}\d")
_QUOTED = re.compile(r"[«“\"]\s*([^»”\"]{3,})\s*[»”\"]")
_NAME = re.compile(r"(?<![.!?:«\"(]\s)(?<!^)(?<=[\s'’])([A-ZÀ-Ý][\wà-ÿ'’-]{2,})")
_NEGATION = re.compile(r"\bn'|\bne\b|\bpas\b|\baucune?\b|\bjamais\b|\bsans\b|\bnon\b|\bnot\b|\bno\b|\bnever\b|\bhors\b|\bsauf\b|\bexcept")
_FREE = re.compile(r"\bgratuit\w*|\bfree of charge\b|\bsans frais\b|\baucun frais\b|\b0 ?€")
_CURRENCIES = (
    ("EUR", re.compile(r"€|\beuros?\b|\beur\b")),
    ("XPF", re.compile(r"\bxpf\b|\bf ?cfp\b|francs? (?:cfp|pacifique)")),
    ("other", re.compile(r"\$|\bdollars?\b|£|\blivres? sterling\b|\bchf\b")),
)
_MARKUP = re.compile(r"<[^>\s][^>]*>|!\[|\]\(|javascript:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a sentence may rest on: the numbered extracts, facts read from them, titles of the catalogue, the question."""

    extracts: Mapping[int, Citation]
    facts: Mapping[int, tuple[Fact, ...]]
    """Marker -> the facts whose proof lies in that extract."""
    titles: Mapping[str, str]
    """Document -> title, of the whole catalogue."""
    question: str


def facts_in(citation: Citation, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts that a citation's quote proves."""
    return tuple(f for f in facts if citation.start <= f.start and f.end <= citation.end)


def fault(sentence: str, ground: Ground) -> str | None:
    """Why the sentence must not be released, in a word or two; None when everything it says is proven."""
    markers = [int(m) for m in MARKER.findall(sentence)]
    if not markers:
        return "no marker"
    if any(m not in ground.extracts for m in markers):
        return "unknown marker"
    if _MARKUP.search(sentence):
        return "markup"
    said = MARKER.sub(" ", sentence)
    cited = [ground.extracts[m] for m in dict.fromkeys(markers)]
    facts = [f for m in dict.fromkeys(markers) for f in ground.facts.get(m, ())]
    text = " \n ".join(c.quote for c in cited)
    context = f"{text} \n {' '.join(c.title for c in cited)}"
    return (
        _addresses(said, context, facts)
        or _numbers(_URL.sub(" ", _EMAIL.sub(" ", said)), context, facts)
        or _quantities(said, context, facts)
        or _dates(_PHONE.sub(" ", said), text, facts)
        or _money(said, text, facts)
        or _names(said, context, cited, facts, ground)
        or _polarity(said, text)
        or _words(said, context, ground)
    )


def _addresses(said: str, context: str, facts: Sequence[Fact]) -> str | None:
    known = fold(context) + " " + " ".join(fold(str(v)) for f in facts if isinstance(f.value, Contact) for v in (f.value.email, f.value.url) if v)
    for email in _EMAIL.findall(said):
        if fold(email).rstrip(".") not in known:
            return "e-mail"
    for url in _URL.findall(_EMAIL.sub(" ", said)):
        if fold(url).rstrip(".,;") not in known:
            return "link"
    digits = (
        re.sub(r"\D", "", context) + " " + " ".join(re.sub(r"\D", "", f.value.phone) for f in facts if isinstance(f.value, Contact) and f.value.phone)
    )
    for phone in _PHONE.findall(said):
        own = re.sub(r"\D", "", phone)
        if len(own) >= 8 and own not in digits and not _is_amount(phone):
            return "phone"
    return None


def _is_amount(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,3}(?:[   .]\d{3})+", text.strip()))


def _canonical(number: str) -> str:
    """One writing for one number: "7 850,00", "7.850" and "7850" are the same."""
    compact = re.sub(r"[   ]", "", number)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", compact):
        compact = compact.replace(".", "")
    value = float(compact.replace(",", "."))
    return f"{value:g}" if value < 1e6 else str(int(value))


def numbers_in(text: str) -> set[str]:
    """The numbers of a text, written one way, number words included.

    >>> sorted(numbers_in("7 850,00 € pour deux jours"))
    ['2', '7850']
    """
    found = {_canonical(n) for n in _NUMBER.findall(text)}
    found |= {str(_WORDS[t]) for t in tokens(text) if t in _WORDS}
    return found


def _numbers(said: str, context: str, facts: Sequence[Fact]) -> str | None:
    known = numbers_in(context)
    for fact in facts:
        known |= _fact_numbers(fact)
    phones = (
        re.sub(r"\D", "", context) + " " + " ".join(re.sub(r"\D", "", f.value.phone) for f in facts if isinstance(f.value, Contact) and f.value.phone)
    )
    for phone in _PHONE.findall(said):
        if re.sub(r"\D", "", phone) in phones and not _is_amount(phone):
            said = said.replace(phone, " ")
    return "number" if numbers_in(said) - known else None


_UNITS = {
    "days": r"jours?|journees?|days?", "hours": r"h|heures?|hours?", "weeks": r"semaines?|weeks?", "months": r"mois|months?", "years": r"ans?|annees?|years?",
    "people": r"places?|participants?|stagiaires?|personnes?|etudiants?|eleves?|agents?|auditeurs?|people|seats", "percent": r"%",
}  # fmt: skip
_QUANTITY = re.compile(
    rf"(?<![\w.,])(?P<n>\d+(?:[.,]\d+)?|{'|'.join(_WORDS)}) ?(?:½ )?(?:(?:{')|(?:'.join(f'(?P<{name}>{words})' for name, words in _UNITS.items())}))(?!\w)"
)


def _quantities_of(text: str) -> set[tuple[str, str]]:
    """(number, unit) pairs: "3" of a date does not prove "3 jours"."""
    found = set()
    for match in _QUANTITY.finditer(fold(text)):
        number = match.group("n")
        found.add((str(_WORDS[number]) if number in _WORDS else _canonical(number), next(u for u in _UNITS if match.group(u))))
    return found


def _quantities(said: str, context: str, facts: Sequence[Fact]) -> str | None:
    known = _quantities_of(context)
    known |= {(f"{f.value.amount:g}", f.value.unit) for f in facts if isinstance(f.value, Duration)}
    known |= {(str(f.value.amount), "people") for f in facts if isinstance(f.value, Capacity)}
    return "number" if _quantities_of(said) - known else None


def _fact_numbers(fact: Fact) -> set[str]:
    value = fact.value
    if isinstance(value, (Price, Duration)):
        return {f"{value.amount:g}" if value.amount < 1e6 else str(int(value.amount))}
    if isinstance(value, Capacity):
        return {str(value.amount)}
    if isinstance(value, Session):
        return {str(n) for d in (value.start, value.end) if d for n in (d.day, d.month, d.year)}
    return set()


def _dates_of(text: str) -> set[tuple[int, int]]:
    found = set()
    for match in _DATE.finditer(fold(text)):
        if match.group(1):
            found.add((int(match.group(1)), _MONTHS[match.group(2)]))
        elif match.group(3):
            found.add((int(match.group(4)), _MONTHS[match.group(3)]))
        else:
            found.add((int(match.group(5)), int(match.group(6))))
    return found


def _dates(said: str, text: str, facts: Sequence[Fact]) -> str | None:
    days: list[date] = [d for f in facts if isinstance(f.value, Session) for d in (f.value.start, f.value.end) if d]
    known = _dates_of(text) | {(d.day, d.month) for d in days}
    months = {_MONTHS[m] for m in re.findall(rf"\b({'|'.join(_MONTHS)})\b", fold(text))} | {d.month for d in days} | {m for _, m in known}
    # "du 3 au 5 mars": the day stands apart from its month, so a day that the text says is enough where its month is said
    loose = numbers_in(text)
    for day_, month in _dates_of(said):
        if (day_, month) not in known and not (month in months and str(day_) in loose):
            return "date"
    if any(_MONTHS[m] not in months for m in _MONTH.findall(fold(said))):
        return "date"
    return None


def _money(said: str, text: str, facts: Sequence[Fact]) -> str | None:
    folded, proof = fold(said), fold(text)
    for currency, pattern in _CURRENCIES:
        if (
            pattern.search(folded)
            and not pattern.search(proof)
            and not any(isinstance(f.value, Price) and f.value.currency == currency for f in facts)
        ):
            return "currency"
    if _FREE.search(folded) and not _FREE.search(proof) and not any(isinstance(f.value, Price) and f.value.amount == 0 for f in facts):
        return "free"
    return None


def _names(said: str, context: str, cited: Sequence[Citation], facts: Sequence[Fact], ground: Ground) -> str | None:
    known = fold(f"{context} {ground.question} {' '.join(str(f.value.name) for f in facts if isinstance(f.value, Contact) and f.value.name)}")
    flat = " ".join(fold(said).split())
    own = {c.document for c in cited}
    for document, title in ground.titles.items():
        name = " ".join(fold(title).split())
        if len(name) >= 6 and name in flat and document not in own and name not in known:
            return "programme"
    for quoted in _QUOTED.findall(said):
        if " ".join(fold(quoted).split()).strip(" .") not in " ".join(known.split()):
            return "quote"
    words = set(tokens(known))
    for name in _NAME.findall(said):
        parts = [t for t in tokens(name) if not is_stop_word(t) and len(t) > 2]
        if any(p not in words and stem(p) not in {stem(w) for w in words} and p not in _MONTHS for p in parts):
            return "name"
    return None


def _polarity(said: str, text: str) -> str | None:
    """A sentence that denies must cite one that does."""
    return "negation" if _NEGATION.search(fold(said)) and not _NEGATION.search(fold(text)) else None


def _words(said: str, context: str, ground: Ground) -> str | None:
    telling = {stem(t) for t in tokens(said) if not is_stop_word(t) and len(t) > 3 and not t.isdigit()}
    if not telling:
        return None
    known = {stem(t) for t in tokens(f"{context} {ground.question}")} | _FRAME
    return "unsupported" if len(telling & known) / len(telling) < LEAST_SAID else None


_FRAME = frozenset(
    stem(t)
    for t in tokens(
        "coût prix tarif durée formation programme document contact lieu dates session places inscription prérequis public adresse élève indiqué précise déroule "
        "cost price fee duration course programme document contact place dates session places registration prerequisites audience held takes from until states lasts"
    )
)
"""Words with which any answer is framed."""

_BOUNDARY = re.compile(r"[.!?…]+[»\")]*(?:\s*\[\d{1,3}\])*(?=\s+[A-ZÀ-Ý«\-•*\"\d]|\s*\n)|(?:\[\d{1,3}\])+(?=\s*\n|\s+[A-ZÀ-Ý«\-•])|\n+")
_NO_END = re.compile(r"(?:\b(?:M|Mme|Dr|Pr|art|cf|ex|n|env|tél|p)|\b[A-Z])\.$")


def sentences_of(pieces: Iterable[str]) -> Iterator[str]:
    """Whole sentences out of a stream of pieces, each with the markers that follow it; the rest at the end of the stream."""
    held = ""
    for piece in pieces:
        held += piece
        start = 0
        for match in _BOUNDARY.finditer(held):
            # the text after the boundary must be there, or a marker may still come
            if match.end() >= len(held.rstrip()) or _NO_END.search(held[start : match.end()].rstrip()):
                continue
            sentence = held[start : match.end()].strip()
            start = match.end()
            if sentence:
                yield sentence
        held = held[start:]
    if held.strip():
        yield held.strip()
