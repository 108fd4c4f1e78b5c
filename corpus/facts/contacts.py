"""Contacts: e-mails (also those that anti-spam measures have wrecked), phones in local writings, addresses on the web."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from corpus.facts.layout import View
from corpus.facts.topics import Topic, topic_of
from corpus.facts.words import Beginnings
from corpus.french import is_stop_word
from corpus.records import Contact, Fact, Status

_LOCAL = r"[a-z0-9][\w.+'-]{0,63}"
_DOMAIN = r"[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){1,5}"
_EMAIL = re.compile(rf"(?<![\w.+-])({_LOCAL})@({_DOMAIN})(?![\w-])", re.I | re.A)
_AT = r"(?: ?[\[({<] ?(?:at|a|arobase|arobas|@|chez) ?[\])}>] ?| ?@ | @ ?| arobase | arobas | at (?=[\w.-]+ ?(?:\.|[\[({] ?\.?|dot|point)))"
_DOT = r"(?: ?[\[({] ?(?:dot|point|\.) ?[\])}] ?| (?:dot|point) |\.)"
_DOT_IN = r" ?[\[({] ?(?:dot|point|\.) ?[\])}] ?"
_WRECKED = re.compile(
    rf"(?<![\w.+@-])(?P<local>{_LOCAL}(?:{_DOT_IN}[\w+-]{{1,40}}){{0,3}}){_AT}(?P<domain>[a-z0-9-]{{1,63}}(?:{_DOT}[a-z0-9-]{{1,63}}){{1,4}})(?![\w@-])",
    re.I,
)
_INNER_DOT = re.compile(_DOT_IN, re.I)
_DOT_SPLIT = re.compile(_DOT, re.I)
_SPAM_WORDS = re.compile(
    r"(?:[-_.+]{0,2}(?:l?a?(?-i:[A-Z]{3,}ANTI-?SPAM[A-Z]*)|(?-i:[A-Z]*ANTI-?SPAM[A-Z]*)|(?:no|anti|sans|enlever|remove|retirez?|"
    r"supprimer)[-_]?spam(?:me)?(?:-?(?:moi|me|ceci))?|(?-i:(?:NOSPAM|REMOVE(?:THIS|ME)?|ENLEVER?(?:CECI|MOI)?|ANTISPAM|PASDESPAM|STOPSPAM|"
    r"SUPPRIMER(?:CECI)?)))[-_.+]{0,2})",
    re.I,
)
_LA_ACTI = re.compile(r"l?aACTI$")

_PHONE = re.compile(
    r"(?<![\w/.,-])(?:(?:\+|00) ?(?P<country>33|32|41|352|377|590|594|596|262|508|687|689|"
    r"681)\)?[ .-]?(?:\(0\)[ .-]?)?(?P<rest>\d(?:[ .\-/]?\d){5,9})|(?<=\()(?P<island>687|689|681)\) ?(?P<own>\d{2}(?:[ .]?\d{2}){2,3})|"
    r"(?P<national>0[1-9](?:[ .\-/]{0,2}\d{2}){4})|(?P<grouped>0[1-9]\d{2}[ .-]\d{2,3}[ .-]\d{2,3}(?:[ .-]\d{2})?)|"
    r"(?P<green>0 ?8\d{2}(?:[ .-]?\d{3}){2}|0 8\d{2}(?:[ .-]?\d{2}){3}))(?![\d])"
)
# Between the two, a page may repeat the first number in full: the address of its link.
_AFTER_SLASH = re.compile(r"(?:\s*\(\+?\d[\d .]{7,18}\))?(?:\s*(?:/|ou|et|\|)\s*)((?:\d{2}[ .-]?){1,3}\d{2}|\d{2})(?![\d/.]|[ .-]\d)")
_LOCAL_PHONE = re.compile(
    r"(?:\b(?:tel\w*|telephone|phone|standard|gsm|vini|mobile|portable|appel\w+)\b)[ .:/°()]{0,6}(?:(?:au|"
    r"le) )?(?:\(?\+?689\)? ?)?(?P<n>\d{2}(?:[ .-]?\d{2}){2,3}|\d{3}[ .]\d{3}|3\d ?\d{2})(?![\d])(?![ .-]\d\d)"
)
_CALLS = Beginnings("tel", "phone", "standard", "gsm", "vini", "mobile", "portable", "appel")
_PACIFIC = ("polynesi", "tahiti", "papeete", "fenua", "689", ".pf", "xpf", "cfp")
_PACIFIC_PHONE = re.compile(r"(?<![\w.,/+-])(?<!\d )(?P<n>(?:40|49|87|88|89)(?:[ .-]?\d{2}){3})(?![\d])(?![ .-]\d|,\d| ?(?:f ?cfp|xpf|€|euro))")
_FAX = re.compile(r"(?:\bfax\b|\btelecopie\b)[ .:/°]{0,6}$")
_NOT_PHONE = re.compile(r"\b(?:siret|siren|rncp|nda|declaration|code|uai|iban|tva|n° ?d.\w+|dossier)\b[^:\n]{0,30}[: ]{0,3}$")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'|)\]»]{3,200}", re.I)
_WEB = Beginnings("http", "www")
_PERSON = re.compile(r"(?:(?:M\.|Mme|Mr|Mlle|Monsieur|Madame|Dr|Pr)\.? )?[A-ZÀ-Ý][\w'’-]+(?: (?:de |d['’]|le |la |du )?[A-ZÀ-Ý][\w'’-]+){1,3}")
_CIVIL = re.compile(r"\b(?:Mme|Mr|Mlle|Monsieur|Madame|M\.|Dr|Pr)(?=\.? [A-ZÀ-Ý])")
_NAME_LINE = re.compile(r"[^\W\d_][^\n@|]{2,79}$")
_LAYER = re.compile(
    r"^(?:e-?mail|mail|courriel|mel|tel|telephone|contacts?|site|fax|adresse|port|mobile|web|par|renseignements?|plus d|informations?|pour |"
    r"nous |ou |au |a l|inscri|ecri|envoy|via|https?|www)"
)


def contacts(view: View) -> Iterator[Fact]:
    """One fact per e-mail, phone and (in sections about contact or registration) web address, in document order."""
    found = [fact for family in (_emails, _phones, _urls, _names) for fact in islice(family(view), _MOST)]
    return iter(sorted(found, key=lambda f: (f.start, f.end)))


def _emails(view: View) -> Iterator[Fact]:
    text = view.text
    taken: list[tuple[int, int]] = []
    for match in _addresses(text):
        local, domain = match[1], match[2].rstrip(".-")
        end = match.start(2) + len(domain)
        clean = f"{_repair(local)}@{_repair(domain)}"
        status: Status = "extracted" if clean == text[match.start() : end] else "deduced"
        taken.append((match.start(), end))
        yield _contact(view, match.start(), end, status, email=clean)
    for match in _WRECKED.finditer(text) if _wrecked(view.folded) else ():
        if any(s < match.end() and match.start() < e for s, e in taken):
            continue
        domain = ".".join(p.strip() for p in _DOT_SPLIT.split(match["domain"]))
        if "." in domain and re.fullmatch(r"[a-z]{2,12}", domain.rpartition(".")[2], re.I):
            yield _contact(view, match.start(), match.end(), "deduced", email=f"{_repair(match['local'])}@{_repair(domain)}")


def _addresses(text: str) -> Iterator[re.Match[str]]:
    """The e-mail addresses, each found from its @."""
    at = text.find("@")
    while at >= 0:
        start = at
        while start > max(0, at - 64) and (text[start - 1] in ".+'-_" or (text[start - 1].isalnum() and text[start - 1].isascii())):
            start -= 1
        local = _LOCAL_END.search(text, start, at)
        if local and (match := _EMAIL.match(text, local.start())):
            yield match
        at = text.find("@", at + 1)


_LOCAL_END = re.compile(r"(?<![\w.+-])[a-z0-9][\w.+'-]*$", re.I | re.A)
_AT_SIGNS = (" @", "@ ", "(@", "[@")
_AT_BRACKETS = re.compile(r"[\[({<] ?(?:at|a|chez) ?[\])}>]")


def _wrecked(folded: str) -> bool:
    """Whether anything looks like an address taken apart; what nearly every text lacks is looked for first."""
    return (
        "arobas" in folded or " at " in folded or ("@" in folded and any(hint in folded for hint in _AT_SIGNS)) or bool(_AT_BRACKETS.search(folded))
    )


_REPAIRED = re.compile(r"[\[({< ]|spam|remove|enlev|pasde|supprim|acti$", re.I)


def _repair(part: str) -> str:
    """The part of an address without what anti-spam measures have put into it."""
    if not _REPAIRED.search(part):
        return part
    part = _SPAM_WORDS.sub("", _INNER_DOT.sub(".", part))
    return _LA_ACTI.sub("", part)


def _phones(view: View) -> Iterator[Fact]:
    folded = view.folded
    taken: list[tuple[int, int]] = _dialled(view)
    for match in _numbers(view):
        before = folded[max(0, match.start() - 40) : match.start()]
        if any(s <= match.start() < e for s, e in taken):
            continue
        if _FAX.search(before) or _NOT_PHONE.search(before):
            continue
        phone = _normal(match)
        if phone is None:
            continue
        taken.append(match.span())
        yield _contact(view, match.start() - bool(match["island"]), match.end(), "extracted", phone=phone)
        yield from _abbreviated(view, match, phone, taken)
    local = list(view.at_words(_LOCAL_PHONE, _CALLS))
    if any(hint in folded for hint in _PACIFIC):
        local += [m for m in view.at_numbers(_PACIFIC_PHONE) if not _FAX.search(folded[max(0, m.start() - 20) : m.start()])]
    for match in local:
        if not any(s < match.end("n") and match.start("n") < e for s, e in taken):
            taken.append(match.span("n"))
            yield _contact(view, match.start("n"), match.end("n"), "extracted", phone=_pairs(re.sub(r"\D", "", match["n"])))


def _dialled(view: View) -> list[tuple[int, int]]:
    """Where the number that a link dials stands in brackets behind another number that the page shows: what is shown holds."""
    calls = [link for link in view.document.links if link.url.startswith("tel:")]
    return [
        (behind.start, behind.end)
        for shown, behind in pairwise(calls)
        if shown.url == behind.url and shown.end == behind.start and _PHONE.search(view.folded, shown.start, shown.end)
    ]


def _numbers(view: View) -> Iterator[re.Match[str]]:
    """Telephone numbers; a plus sign before the digits belongs to them."""
    cursor = 0
    for start in view.numbers:
        if start > 0 and view.folded[start - 1] == "+":
            start -= 1
        if start >= cursor and (match := _PHONE.match(view.folded, start)):
            yield match
            cursor = match.end()


def _abbreviated(view: View, match: re.Match[str], phone: str, taken: list[tuple[int, int]]) -> Iterator[Fact]:
    """ "05 56 00 95 82 / 95 54": the second number is written by its last digits only."""
    digits = re.sub(r"\D", "", phone)
    position = match.end()
    while short := _AFTER_SLASH.match(view.folded, position):
        tail = re.sub(r"\D", "", short.group(1))
        if len(tail) >= len(digits) or len(tail) % 2:
            return
        full = digits[: len(digits) - len(tail)] + tail
        prefix = "+" if phone.startswith("+") else ""
        taken.append(short.span(1))
        yield _contact(view, short.start(1), short.end(1), "deduced", phone=prefix + _pairs(full) if not prefix else _international(full))
        position = short.end()


def _normal(match: re.Match[str]) -> str | None:
    if match["country"]:
        rest = re.sub(r"\D", "", match["rest"])
        if match["country"] == "33" and len(rest) not in (9, 10):
            return None
        return _international(match["country"] + (rest[1:] if match["country"] == "33" and len(rest) == 10 else rest))
    if match["island"]:  # "(689) 40 99 00 12"
        return _international(match["island"] + re.sub(r"\D", "", match["own"]))
    digits = re.sub(r"\D", "", match.group())
    return _pairs(digits) if len(digits) == 10 else None


def _international(digits: str) -> str:
    country = 2 if digits[:2] in ("33", "32", "41") else 3
    rest = digits[country:]
    return f"+{digits[:country]} {rest[0]} {_pairs(rest[1:])}" if len(rest) % 2 else f"+{digits[:country]} {_pairs(rest)}"


def _pairs(digits: str) -> str:
    return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2))


def _urls(view: View) -> Iterator[Fact]:
    for match in view.at_words(_URL, _WEB, text=view.text):
        segment = view.at(match.start())
        if segment and segment.topic in ("contact", "registration", "practical", "deadline"):
            end = match.start() + len(match.group().rstrip(".,;:!?…"))
            yield _contact(view, match.start(), end, "extracted", url=view.text[match.start() : end])


def _names(view: View) -> Iterator[Fact]:
    """A person named as the contact on a line of its own or after the key, where neither e-mail nor phone stands beside."""
    for segment in view.under("contact"):
        if not segment.keyed:
            continue
        words = view.text[segment.value_start : segment.end]
        person = _PERSON.match(words)
        if person and not _EMAIL.search(words) and not _PHONE.search(view.folded, segment.value_start, segment.end):
            start = segment.value_start
            yield Fact(
                "contact", Contact(name=" ".join(person.group().split())), view.text[start : start + person.end()], start, start + person.end()
            )


def _contact(view: View, start: int, end: int, status: Status, email: str | None = None, phone: str | None = None, url: str | None = None) -> Fact:
    value = Contact(_name_of(view, start), email, phone, url)
    return Fact("contact", value, view.text[start:end], start, end, status)


_NAME_REACH = 120
_NAMING: frozenset[Topic | None] = frozenset({None, "contact", "provider", "registration", "practical"})
_SERVICE = re.compile(
    r"(?:P[ôo]le|Service|Secr[ée]tariat|Scolarit[ée]|Direction|Bureau|Cellule|D[ée]partement|Unit[ée]|Accueil|D[ée]l[ée]gation|Centre|Institut|Greta|GRETA|UFR)\b"
)
_CODE = re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{4,}\b")
_MOST = 500


def _name_of(view: View, offset: int) -> str | None:
    """The person or service that the line, or the lines just above, name."""
    index = view.index_at(offset)
    segment = view.segments[index] if view.segments else None
    if segment is None or not segment.start <= offset <= segment.end:
        return None
    same_line = view.text[max(segment.value_start, offset - _NAME_REACH) : offset]
    if name := _named(same_line):
        return name
    for above in reversed(view.segments[max(0, index - 3) : index]):
        if above.line < segment.line - 3 or (above.kind == "heading" and not above.key):
            return None
        if above.line == segment.line and above.topic != "contact":
            continue
        if above.keyed and above.topic not in _NAMING:
            continue
        words = view.text[above.value_start : min(above.end, above.value_start + _NAME_REACH)]
        listed = above.kind == "item" or (above.cell >= 0 and above.line != segment.line)
        if (listed or (above.topic not in _NAMING and not _SERVICE.match(words))) and not _PERSON.fullmatch(words.strip()):
            return None  # the last line of a list is nobody's name
        if (
            "@" not in words
            and not _PHONE.search(view.folded, above.start, min(above.end, above.value_start + _NAME_REACH))
            and (name := _named(words, whole=True))
        ):
            return name
    return None


def _is_name(words: str) -> bool:
    """Whether capitalised words can be a name: no section ("Calendrier Le ...") and no word that only links."""
    parts = words.split()
    return topic_of(parts[0]) in (None, "contact", "provider") and not any(is_stop_word(p) for p in (parts[0], parts[-1]))


def _named(words: str, whole: bool = False) -> str | None:
    words = " ".join(words.split())
    if (person := _PERSON.search(words)) and (not whole or (len(words) <= 80 and words[-1] != "." and "€" not in words)) and _is_name(person.group()):
        named = words if whole else person.group()
        civil = _CIVIL.search(named)  # "Contact Mme Ada Lupin"
        return (named[civil.start() :] if civil else named).strip(" :,-–—(")
    if (
        whole
        and _NAME_LINE.match(words)
        and words[0].isupper()
        and not _LAYER.match(words.lower())
        and words[-1] not in ".;:"
        and len(words.split()) <= 10
        and "€" not in words
        and not _CODE.search(words)
    ):
        return words
    return None
