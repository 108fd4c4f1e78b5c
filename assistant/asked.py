# ruff: noqa: E501, SIM905 -- tables of wordings
"""What a question calls a programme: the name it asks for, the kind of diploma, the places."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.intent import Question, cue_tokens
from assistant.wording import ABBREVIATIONS, ASKING, ASPECT_WORDS, CUES, GENERIC, HEADS, Aspect
from corpus.french import fold, is_stop_word, tokens

_MENTION = re.compile(rf"(?<![\w])(?=(?:{HEADS})(?![\w])(?P<rest>[^?!;:,\n]*))")
_QUOTED = re.compile(r"[«\"“]\s*([^»\"”]{3,120}?)\s*[»\"”]")
_STOP_NAME = re.compile(
    r"(?:^|\s|')(?:compte\w*|prevoi\w*|inclu\w*|offre\w*|existe\w*|organise\w*|abord\w*|parle\w*|demande\w*|necessite\w*|exige\w*|traite\w*|est|sont|sera|etait|dure|durent|coute|coutent|couterait|se|s|a lieu|ont lieu|a-t|aura|commence\w*|debute\w*|demarre\w*|peut|peuvent|propose\w*|permet|prepare|"
    r"pour|quand|combien|si|avec|sans|svp|s'il|merci|que|qui|quoi|ou|comment|c'est|je|j|on|il|elle|y|n|ne|ont|seulement|en (?:plusieurs|deux|trois|quatre|\d+)|"
    r"delivre\w*|accueille|donne|vise|comporte|comprend|contient|faut|quel\w*|revien\w*|ailleurs|prix|tarifs?|duree|combien|hors|pr|cb|[a-z]+-(?:t-)?(?:il|elle|on|ils|elles|je|nous|vous)|m|t|me|te|reviendrait|ca|cela|fait-on|fait-il|fait-elle|voit|apprend|doit|dois|puis|ai|suis|sommes|nous|vous|moi|cost|last|take|start|is|please|for|free|cheap|expensive|open)(?=\s|'|$|-)|[.](?:\s|$)"
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
            r"(?:^|\s)(?:à|au|aux|de|du|en|d['’](?=[A-ZÀ-Ý]))\s*((?:[Ll][ae]s?[ -])?[A-ZÀ-Ý](?=[\w’'-]*[a-zà-ÿ])[\w'’-]+(?:[ -](?:(?:de|du|sur|en) |d['’])?[A-ZÀ-Ý][\w'’-]+)*(?: française)?)",
            text,
        )
    )


_OF_SCHOOL = re.compile(
    r"(?:\b(?:de|à|par|avec|chez|dans|for|at|by|of)\s+(?:l['’]|la |le |les |the )|\b(?:du|au|d['’]|des|aux)\s?)([A-ZÀ-Ý][A-Z0-9-]{1,9})\b"
)
""" "de l'IRA", "du CNFPT": who gives the course, not what it is about."""
_OF_PLACES = re.compile(r"\b(?:des|de la|de l['’]|la|le|[A-Z]{2,})\s?([A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][\w’']+)+)")
""" "des Trois-Vallées", "de la Haute-Loue"."""
_OF_NAME = re.compile(r"(?<=[a-zà-ÿ,] )(?:de |à |par |avec )?[Ll]['’]([A-ZÀ-Ý][a-zà-ÿ]{3,})")
_COMMON = frozenset(tokens("Etat Europe Union Hopital Assemblee Outre Education Administration Ecole Inde Italie Espagne Allemagne"))
""" "de l'Enssib" is a school; "de l'État" is none."""
_SCHOOLS = frozenset(
    "universite ecole institut academie rectorat centre campus faculte iut lycee organisme ministere delegation region regional regionale national nationale superieure school university institute".split()
)


_REGISTERS = frozenset("du diu but dut lp bts cap mba deust mooc vae rs rncp cpf ects vae opco rqth tva euros eur xpf".split())
"""Acronyms after "au" and "de" that are neither a school nor a town."""


@dataclass(frozen=True, slots=True)
class Called:
    """What the words of a question are: the subject of a course; its school, town; what else is said."""

    subject: tuple[str, ...]
    around: tuple[str, ...]
    rest: tuple[str, ...]


def called(question: Question) -> Called:
    """The words of a question by what they say of a course."""
    named = asked_name(question.text)
    asking = _asking(question) - set(named)
    proper = {t for place in places_asked(question.text) for t in tokens(place)}
    proper |= {fold(m.group(1)) for m in _OF_NAME.finditer(question.text)} - _COMMON
    proper |= {t for m in _OF_PLACES.finditer(question.text) for t in tokens(m.group(1))}
    proper |= {t for m in _OF_SCHOOL.finditer(question.text) for t in tokens(m.group(1))} if not question.text.isupper() else set()
    around = [
        t
        for t in dict.fromkeys((*named, *tokens(question.folded)))
        if _telling(t) and t not in _REGISTERS and (t in proper or (t in _SCHOOLS and t not in asking))
    ]
    subject = [t for t in named if t not in around]
    capitals = {fold(w) for w in re.findall(r"(?<=[a-zà-ÿA-Z,] )(?:[dl]['’])?([A-ZÀ-Ý][a-zà-ÿ]{3,})", question.text)} if named else set()
    subject += [t for t in tokens(question.folded) if t in capitals and t in ASPECT_WORDS and t not in asking]  # "le DU Droit des étrangers"
    rest = [t for t in question.terms if t not in subject and t not in around and t not in asking and t not in ASPECT_WORDS and _telling(t)]
    if not named:
        subject, rest = [t for t in rest if t not in around], []
    return Called(tuple(dict.fromkeys(subject)), tuple(dict.fromkeys(around)), tuple(dict.fromkeys(rest)))


def _telling(word: str) -> bool:
    return (
        not is_stop_word(word) and word not in GENERIC and word not in ASKING and not re.fullmatch(HEADS, word) and (len(word) > 1 or word.isdigit())
    )


_FIELDS: frozenset[Aspect] = frozenset(("price", "funding", "registration", "duration", "sessions", "contact", "capacity", "eligibility"))
"""What is asked of any course: the words that ask for it name none."""


def _asking(question: Question) -> frozenset[str]:
    cues = {
        t
        for c in CUES
        if c.aspect in question.aspects or c.aspect in _FIELDS
        for m in c.pattern.finditer(question.folded)
        for t in tokens(m.group())
        if len(tokens(m.group())) <= 4
    }
    return frozenset(cues) | cue_tokens(question)
