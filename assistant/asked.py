# ruff: noqa: E501, SIM905 -- tables of wordings
"""What a question calls a programme: the name it asks for, the kind of diploma, the places."""

from __future__ import annotations

import re

from assistant.wording import ABBREVIATIONS, ASPECT_WORDS, GENERIC, HEADS
from corpus.french import fold, is_stop_word, tokens

_MENTION = re.compile(rf"(?<![\w])(?=(?:{HEADS})(?![\w])(?P<rest>[^?!;:,\n]*))")
_QUOTED = re.compile(r"[«\"“]\s*([^»\"”]{3,120}?)\s*[»\"”]")
_STOP_NAME = re.compile(
    r"(?:^|\s|')(?:compte\w*|prevoi\w*|inclu\w*|offre\w*|existe\w*|organise\w*|abord\w*|parle\w*|demande\w*|necessite\w*|exige\w*|traite\w*|est|sont|sera|etait|dure|durent|coute|coutent|couterait|se|s|a lieu|ont lieu|a-t|aura|commence\w*|debute\w*|demarre\w*|peut|peuvent|propose\w*|permet|prepare|"
    r"pour|quand|combien|si|avec|sans|svp|s'il|merci|que|qui|quoi|ou|comment|c'est|je|j|on|il|elle|y|n|ne|ont|seulement|en (?:plusieurs|deux|trois|quatre|\d+)|"
    r"delivre\w*|accueille|donne|vise|comporte|comprend|contient|faut|quel\w*|cost|last|take|start|is|please|for|free|cheap|expensive|open)(?=\s|'|$|-)"
)
_TIMES = frozenset("matin matinee midi soir soiree aujourd'hui demain".split())
_PART_OF = re.compile(r"^[^?]{0,4}\bsur [^?]*?\b(?:dans|pendant|lors d[eu]|au cours d[eu])\b")
""" "un module sur les budgets dans le cycle X": the name is X."""
_TYPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("master", r"\bmasters?\b(?! ?class)"), ("licence", r"\blicences?\b"), ("but", r"\bbachelors? universitaires? de technologie\b|\bbut (?:tertiaire|secondaire)"),
        ("dut", r"\bdut\b"), ("bts", r"\bbts\b"), ("du", r"\bdiplomes? (?:d'universite|universitaires?|universite)\b|\bduu\b"), ("diu", r"\bdiu\b|inter-?universitaire"),
        ("mooc", r"\bmooc\b"), ("doctorat", r"\bdoctorats?\b"), ("mba", r"\bmba\b"), ("mastere", r"\bmasteres?\b"), ("cap", r"\bcap\b"), ("deust", r"\bdeust\b"),
    )
)  # fmt: skip
_CAPITAL_TYPES = (("du", re.compile(r"\bD\.?U\.?(?=\s[A-ZÀ-Ýa-z(«])")), ("but", re.compile(r"\bB\.?U\.?T\b")), ("licence", re.compile(r"\bLP\b")))
_ASKED_TYPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("master", r"\b(?:[Mm]asters?|MASTER)\b"), ("licence", r"\b(?:[Ll]icences?|LICENCE|LP)\b"), ("but", r"\bBUT\b"), ("dut", r"\b(?:DUT|dut)\b"),
        ("bts", r"\b(?:BTS|bts)\b"), ("du", r"\bDU\b|\b(?:le|un|ce|au) du\b|[Dd]iplômes? d[’']université"), ("diu", r"\b(?:DIU|diu)\b"),
        ("mooc", r"\b(?:MOOC|[Mm]ooc)\b"), ("doctorat", r"\b[Dd]octorats?\b"), ("mba", r"\b(?:MBA|mba)\b"), ("mastere", r"\b[Mm]ast[èe]res?\b"), ("cap", r"\bCAP\b"), ("deust", r"\b(?:DEUST|deust)\b"),
    )
)  # fmt: skip
_OTHER_DIPLOMA = re.compile(
    r"\b(?:en|vers|intégrer|integrer|après|apres|avec|ai|titulaire d['’]|possède|possede|diplômé d['’]|niveau|continuer en|aller en) ?(?:une? |des? |le |la |mon |ma )?(?:[Mm]asters?|[Ll]icences?|BUT|BTS|DUT|bts|dut|[Dd]octorats?)\b(?= *(?:[,?.!]|$|puis|est|je|on|et|ou|ensuite|faut|suffit|peut))"
)
"""A diploma that one has or goes on to: not the kind of the programme asked about."""


def types_in(text: str) -> frozenset[str]:
    """The kinds of diploma that a document's text names (master, licence, du ...)."""
    folded = fold(text)
    capitals = {name for name, pattern in _CAPITAL_TYPES if pattern.search(text)}
    return frozenset(name for name, pattern in _TYPES if pattern.search(folded)) | capitals


def types_asked(text: str) -> frozenset[str]:
    """The kinds of diploma that a question names; "du" and "but" are words too, so their case and place count.

    >>> sorted(types_asked("Combien coûte le DU Énergies ?")), sorted(types_asked("Quel est le but du cycle ?"))
    (['du'], [])
    """
    named = _OTHER_DIPLOMA.sub(" ", text)
    return frozenset(name for name, pattern in _ASKED_TYPES if pattern.search(named))


def _heads_marked(text: str) -> str:
    """Folded, with the diplomas DU and BUT told from the words du and but, which only their capitals do."""
    return fold(text if text.isupper() else re.sub(r"\bBUT\b", "bts", re.sub(r"\bDU\b", "diu", text)))


def asked_name(text: str) -> tuple[str, ...]:
    """The telling words of the programme's name as the question gives it, folded; empty when it gives none.

    >>> asked_name("Combien coûte le cycle Gestion de crise à Lyon ?")
    ('gestion', 'crise', 'lyon')
    """
    spans = [m.group(1) for m in _QUOTED.finditer(text)]
    folded = _heads_marked(text)
    for match in _MENTION.finditer(folded):
        rest = _PART_OF.sub(" ", match.group("rest"))
        stop = _STOP_NAME.search(rest)
        spans.append(rest[: stop.start()] if stop else rest)
    words: list[str] = []
    for span in spans:
        words.extend(
            t
            for t in (ABBREVIATIONS.get(w, w) for w in tokens(span))
            if not is_stop_word(t) and t not in GENERIC and t not in ASPECT_WORDS and t not in _TIMES and not re.fullmatch(HEADS, t) and len(t) > 1
        )
    return tuple(dict.fromkeys(words))


def asked_phrases(text: str) -> tuple[str, ...]:
    """The names that the question gives, as folded text with single spaces: two words or more.

    >>> asked_phrases("Combien coûte la formation innovation publique ?")
    ('innovation publique',)
    """
    folded = _heads_marked(text)
    found = [fold(m.group(1)) for m in _QUOTED.finditer(text)]
    for match in _MENTION.finditer(folded):
        rest = match.group("rest")
        stop = _STOP_NAME.search(rest)
        phrase = re.sub(r"^(?:\s|\b(?:de|du|des|en|sur|la|le|l'|d'|a|au|aux|intitule\w*)\b|')+", "", rest[: stop.start()] if stop else rest)
        found.append(re.split(r"\s(?:a|au|aux|en|dans|et|pour|avec)\s", phrase.strip())[0])
        found.append(re.split(r"\s(?:a|au|aux|en|dans|de l[ae]|du|de|des)\s(?=\S+$)", phrase.strip())[0])
        found.append(phrase)
    phrases = (" ".join(p.split()).strip(" .'") for p in found)
    return tuple(dict.fromkeys(p for p in phrases if len(re.findall(r"\w{3,}", p)) >= 2))


def places_asked(text: str) -> tuple[str, ...]:
    """Proper names after "à" or "de", folded: where, or whose, the question wants the programme to be."""
    return tuple(
        fold(m.group(1))
        for m in re.finditer(
            r"(?:^|\s)(?:à|au|aux|de|du|en)\s+((?:[Ll][ae]s?[ -])?[A-ZÀ-Ý](?=[\w’'-]*[a-zà-ÿ])[\w'’-]+(?:[ -][A-ZÀ-Ý][\w'’-]+)*(?: française)?)", text
        )
    )
