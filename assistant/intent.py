# ruff: noqa: E501, SIM905 -- a pattern broken over lines hides its alternatives
"""What a message asks: its parts, the aspects asked for, comparison or list, language; misspelt question words put right.

Only wording is looked at here; which programme is meant is the business of ``mentions.py``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.cues import GIVEN, in_name
from assistant.english import english_only
from assistant.records import Intent, Language
from assistant.wording import (
    ABBREVIATIONS,
    ASPECT_WORDS,
    COMPARISONS,
    CUES,
    ENGLISH,
    GENERIC,
    HEADS,
    INTENTS,
    LIST,
    RECOMMEND,
    THINGS,
    WHICH,
    Aspect,
    is_matter,
)
from corpus.french import fold, is_stop_word, tokens

_WORD = re.compile(r"[^\W_]+(?:°)?")
_REAL_WORDS = frozenset(
    """ouverture ouvertures courte courtes lire lit lus lue coupe route doute pris mise stade prime taxe droite code codes note notes plan plans dans sans cours court cour corps lien liens mail
    main mais fois foie loi lois prise crise frise vise vive vite ville villa mode mois moins soins loin heure euro sure cure pure pour
    tour jour four ours part port sport place plage planche etat etre ecole femme homme grade garde grave pere mere terre texte test teste
    verre lettre metre poste poser pose base phase passe passer classe caisse bourse course source force porte sorte forte carte charte
    gerer gestion public publique publics politique politiques local locale locaux social sociale centre cadre cadres carte cible
    transfert transferts internet commerce langue langues evolution evolutions developpement comportement comportements modele modeles disposition
    dispositions apprentis apprenti apprentie cote cotes licencie honoraires similaire similaires prive privee prives privees continu continus continuite registre
    registres cheque cheques livre livres libre libres preuve preuves veille gare gares integrant evenement evenements courrier courriers actes pause pauses quad
    corse passible passibles coups visant comprendre personne personnel personnels personnelle preparation repos parent parents aupres contester permettant
    constitue competent competents competente effective effectives annexe annexes mains connecter constater convenu maternel maternels composer pacse assurances
    hebergeant organiser chercher suivie conseiller conseillers conseillere conseilleres prend prends apprendre entreprises
    mobilite mobilites pays pains paix juste liste piste visite vente rente tente lente dette sept huit neuf""".split()
)
_CUE_WORDS = tuple(
    w for w in sorted(ASPECT_WORDS | (THINGS - {"cantine"}) | {"continue", "initiale"} | {w for w in GENERIC if len(w) >= 6} | {"evaluation", "debouches", "intervenants", "pedagogiques", "financement", "certification", "organisme", "handicap",
                                      "distance", "presentiel", "distanciel", "formation", "formations", "programme", "session", "sessions", "quelle", "quelles",
                                      "comment", "pourquoi", "dates", "semaines", "heures", "journees", "module", "modules", "diplome", "stage", "licence", "master",
                                      "cycle", "apprendre", "participants", "stagiaires", "secretariat", "objectifs", "rentree", "debouche", "examens", "recommander",
                                      "conseiller", "apprend", "reference", "ecrire", "limite", "limites", "suivre", "participer", "eleves", "etudiants", "personnes", "places", "horaire", "adresse", "metiers", "horaires", "niveau", "eligible", "dossier", "inscrire", "admission", "tarifs"})
    if len(w) >= 4
)  # fmt: skip
_KNOWN = frozenset(_CUE_WORDS) | GENERIC | ASPECT_WORDS | _REAL_WORDS
_SPLIT = re.compile(
    r"(?<=[?!;\n])\s+|(?<=[.])\s+(?=[A-ZÀ-Ý])|"
    r"\s*,?\s+(?:et|ainsi que|puis|and|also)\s+(?=(?:combien|quand|où|ou (?:se|ca|a)|comment|qui (?:contacter|joindre|appeler)|à qui|a qui|quel(?:le)?s?\b|est-ce|puis-je|faut-il|"
    r"y a-t-il|suis-je|what|when|where|how|who|can i|is there)\b)",
    re.IGNORECASE,
)
_YES_NO = re.compile(
    r"(?:^|[.!;,] )(?:(?:et|mais|alors|bonjour|dites(?:-moi)?|svp)[ ,]+)*(?:est-ce (?:que|qu')|peut-on|puis-je|faut-il|doit-on|dois-je|ai-je|suis-je|y a-t-il|existe-t-il|is |are |does |do |can |"
    r"(?:\S+ ){0,9}\S*-t?-?(?:il|elle|ils|elles|on)\b)|est-ce (?:que|qu')"
)
_INTERROGATIVE = re.compile(
    r"\?|\b(?:combien|quand|comment|quel(?:le)?s?|lequel|laquelle|pourquoi|est-ce|qui|a qui|puis-je|faut-il|peut-on|what|when|where|how|who|which|can i)\b|^ou\b"
)
_TELLS = re.compile(
    r"(?:bonjour|bonsoir|hello|hi)?[ ,!.]*(?:je (?:suis|travaille|dirige|gere|m'appelle|viens|prepare)|j'ai|j'exerce|nous (?:sommes|avons)|i am|i'm|i work|mon poste|actuellement)\b"
)
_TOLD: frozenset[Aspect] = frozenset(
    ("prerequisites", "audience", "provider", "location", "certification", "outcomes", "speakers", "mode", "eligibility")
)
"""What the words of people about themselves may sound like: "je suis titulaire", "je travaille dans une école"."""
_ABOUT = re.compile(r"^\W*(?:(?:and|so|ok|then) )?(?:what|how) about\b")
"""An opening that moves on to another programme and asks for nothing itself."""
_FOLLOW = re.compile(
    r"^(?:et|ok|d'accord|mais|alors|sinon|and|donc|non|oui|meme si|merci|parfait|super|ah|aussi|pareil|idem|what about|how about)\b|\b(?:celle-ci|celui-ci|cette formation|"
    r"ce (?:cycle|programme|module|diplome|stage|cours|seminaire|parcours|mooc|master|cursus)|cette (?:licence|session|journee|preparation)|ce dernier|cette derniere|y |elle|il|ca|it|this)\b"
)
_OTHER = re.compile(r"\b(?:(?:non|plutot|pas (?:celui|celle)[^,]*),? )?(?:l'autre|le second|la seconde|the other(?: one)?)\b")
_ORDINALS = (
    (0, re.compile(r"\b(?:l[ea] premier(?:e)?|l[ea] 1(?:er|ere|re)|n[o°] ?1|the first|1)\b")),
    (1, re.compile(r"\b(?:l[ea] (?:deuxieme|second(?:e)?|2(?:e|eme|nd|nde))|n[o°] ?2|the second|2)\b")),
    (2, re.compile(r"\b(?:l[ea] (?:troisieme|3(?:e|eme))|n[o°] ?3|the third|3)\b")),
)


def cue_tokens(question: Question) -> frozenset[str]:
    """The words with which a question asks for a matter of practice: neither a programme's name nor its subject."""
    matters = {a for a in question.aspects if is_matter(a)}
    spans = [tokens(m.group()) for cue in CUES if cue.aspect in matters for m in cue.pattern.finditer(question.folded)]
    return frozenset(t for span in spans for t in (span if len(span) <= 4 else [*span[:1], *span[-2:]]))  # a long one holds the name too


@dataclass(frozen=True, slots=True)
class Question:
    """One part of a message, understood as wording. ``folded`` has its question words put right; ``text`` is as typed."""

    text: str
    folded: str
    aspects: tuple[Aspect, ...] = ()
    hints: tuple[Aspect, ...] = ()
    comparison: str | None = None
    total: bool = False
    listing: bool = False
    recommend: bool = False
    yes_no: bool = False
    asks: bool = True
    """False for a part that only tells something ("Je suis attaché territorial.")."""
    follow_up: bool = False
    other: bool = False
    """ "non, l'autre" """
    ordinal: int | None = None
    inherited: tuple[Aspect, ...] = ()
    """What the turn before asked for, for a message that moves on to another programme."""
    language: Language = "fr"

    @property
    def intent(self) -> Intent:
        if self.comparison:
            return "comparison"
        if self.recommend or (self.listing and not self.aspects):
            return "recommendation"
        return INTENTS[self.aspects[0]] if self.aspects else "other"

    @property
    def terms(self) -> tuple[str, ...]:
        """The words that may name a programme or a topic: neither stop words nor words of the question itself."""
        return tuple(t for t in tokens(self.folded) if not is_stop_word(t) and t not in GENERIC and (len(t) > 1 or t.isdigit()))

    def with_aspects(self, aspects: tuple[Aspect, ...]) -> Question:
        return replace(self, aspects=aspects)


def language_shown(text: str) -> Language | None:
    """The language that the small words of a text show; None where there are none, or as many of either."""
    words = re.findall(r"[a-zà-ÿ']+", text.lower())
    english = sum(w in ENGLISH for w in words)
    french = sum(is_stop_word(w) and w not in ENGLISH and len(w) > 1 for w in words) + sum(
        bool(re.search(r"[éèêàçùîô]|^[ldjqcns]'", w)) for w in words
    )
    if re.fullmatch(r"\W*(?:yes|no,? (?:i do|i am)|yes,? i (?:do|am|have)|no,? i (?:do not|don't|am not)|thanks|thank you)\W*", text.lower()):
        return "en"
    if english <= 2 and french <= 1:  # "night city seminar": no small word, but a subject in English
        english += sum(w in english_only() for w in words)
    french += sum(w in ("merci", "bonjour", "bonsoir", "salut", "oui", "catégorie") for w in words)
    if english == french:
        return None
    return "en" if english > french and (english >= 2 or len(words) <= 3) else "fr" if french else None


def language_of(text: str) -> Language:
    """English when most of the small words are English; French otherwise."""
    return language_shown(text) or "fr"


@lru_cache(maxsize=4096)
def _corrected_word(word: str) -> str:
    """A misspelt question word put right; any other word as it is."""
    if word in ABBREVIATIONS:
        return ABBREVIATIONS[word]
    if len(word) < 4 or word in _KNOWN or is_stop_word(word) or not word.isalpha():
        return word
    if any(c.pattern.fullmatch(word) for c in CUES):
        return word
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    allowed = 1 if len(word) < 9 else 2
    best = process.extractOne(word, _CUE_WORDS, scorer=OSA.distance, score_cutoff=allowed)
    if best is not None and (best[0][:-1] in (word, word[:-1]) or best[0] == word[:-1]) and len(word) < 8:
        return word  # another ending is another word: "placée" is not "places"
    if best is None or best[0][0] != word[0] or abs(len(best[0]) - len(word)) > allowed:
        return word
    return str(best[0])


def corrected(text: str, known: Collection[str] = ()) -> str:
    """The folded text with abbreviations spelt out and misspelt question words put right; ``known`` words stay."""
    folded = fold(re.sub(r"\b[Oo]ù\b", "quel endroit", text))  # folding makes "où" the word "ou"
    folded = re.sub(r"\bc (?=est\b)", "c'", folded)
    folded = re.sub(r"\bc (?=(?:quoi|koi|combien|ou|quand|gratuit|payant|cher)\b)", "c'est ", folded)
    folded = re.sub(r"\b([smld])(?=(?:inscri|heures?\b|etudiants?\b|admission|acces\b|eleves?\b|agents?\b|annees?\b))", r"\1'", folded)
    folded = re.sub(r"\bsa (?=cout|dur|se)", "ca ", folded)
    folded = re.sub(r"\b([ldjnmts]) (?=[aeiouh])", r"\1'", folded)
    folded = re.sub(r"\best ce qu", "est-ce qu", folded)
    folded = re.sub(r"\b(puis|suis|ai|dois|peux) je\b", r"\1-je", folded)
    folded = re.sub(r"\b(faut|peut|doit|est) (il|elle|on)\b", r"\1-\2", folded)
    folded = re.sub(r"\by a ?t ?il\b|\bya til\b|\by a t'il\b", "y a-t-il", folded)
    return re.sub(r"\s+", " ", _WORD.sub(lambda m: m.group() if m.group() in known else _corrected_word(m.group()), folded)).strip()


def split(message: str) -> list[str]:
    """The parts of a message that are answered one by one; statements stay with the question that follows them."""
    pieces = [p.strip() for p in _SPLIT.split(message.strip()) if p and p.strip(" .,;:!?")]
    parts: list[str] = []
    carried = ""
    asking = max((n for n, p in enumerate(pieces) if p.endswith("?")), default=-1)
    for number, piece in enumerate(pieces):
        folded = corrected(piece)
        if parts and _SAME_AGAIN.fullmatch(folded):
            parts[-1] = f"{parts[-1]} {piece}"
            continue
        tells = not _INTERROGATIVE.search(folded) and (_TELLS.match(folded) or number < asking or not _aspects(folded)[0])
        if tells and len(pieces) > 1:
            carried = f"{carried} {piece}".strip()
            continue
        parts.append(piece)
    if not parts:
        return [message.strip()]
    if carried:  # what was told holds for every part; it is read for the profile, and for names when nothing else names one
        parts[0] = f"{carried} {parts[0]}"
    return parts[:4]


_SAME_AGAIN = re.compile(r"(?:et )?(?:(?:quel(?:le)?s? )?sont-(?:ils|elles)|lesquel(?:le)?s|lequel|laquelle|what are they|which ones?)\W*")
""" "Combien de blocs, et quels sont-ils ?": one question."""
_JOINED = re.compile(
    r"(?=.*(?:,|;|/|&|\+|\bet\b|\band\b|\bainsi que\b|\bou\b))"
    r"(?:,|;|/|&|\+|\s|\b(?:et|and|ainsi que|ou|le|la|les|l'|du|de|d'|des|son|sa|ses|the|its|quel(?:le)?s?|sont|est|formation|programme|cycle|"
    r"ca|c'|il|elle|ils|elles|on|je|se|s'|y|a|au|aux|pour|dans|en|combien|quand|comment|quoi|qui|que|aussi|egalement|puis|faut|is|are|it|does|do|how|much|long|when|where|what|who)\b|l'|d'|c'|s'|-)+"
)
_NOUN = re.compile(
    r"(?:couts?|prix|tarifs?|durees?|lieux?|dates?|contacts?|places|capacite|effectif|prerequis|objectifs?|codes?|calendrier|adresse|publics?)"
)
"""Names of fields, which telegraphic messages line up without a word between: "cout duree lieu du stage"."""
_ASKED_HERE = re.compile(
    r"(?:\b(?:quel(?:le)?s?(?: (?:est|sont|etait|sera|seront))?(?: (?:le|la|les|son|sa|ses|leur|leurs|ce|cette))?|combien|what(?: is| are)?(?: the| its)?|"
    r"(?:y a-t-il|il y a|existe-t-il|faut-il|is there|are there)(?: (?:un|une|des|du|de la|de|any|an|a))?|(?:donne\w*|indique\w*)[- ]moi(?: (?:le|la|les))?)) ?$"
)


def unnamed(question: Question, named: frozenset[str]) -> Question:
    """The question without the cues that are only words of the programme's name ("Écrire une note" asks for no mark)."""
    if not named or not question.aspects:
        return question
    if _aspects(question.folded)[0] != question.aspects:
        return question  # they come from the turn before
    kept, hints = _aspects(question.folded, named | _heads_of(question.folded, named))
    return replace(question, aspects=kept, hints=hints)


_WHO: frozenset[Aspect] = frozenset(("contact", "speakers", "provider", "audience"))
_PARTICLES = frozenset(("de", "du", "des", "d", "la", "le", "les", "l"))


def _heads_of(folded: str, named: frozenset[str]) -> frozenset[str]:
    """The words that only say what kind of thing the name is of: "le certificat" in "le certificat Négocier à Bruxelles"."""
    heads = set()
    for match in re.finditer(
        rf"(?<![\w])({HEADS})(?![\w])[\s«\"“']*(?:(?:de|du|des|en|sur|d)[\s'«\"“]+)?(?:(?:la|le|les|l)[\s'«\"“]+)?([\w]+)", folded
    ):
        if match.group(2) in named:
            heads.update(tokens(match.group(1)))
    return frozenset(heads)


def _aspects(folded: str, named: frozenset[str] = frozenset()) -> tuple[tuple[Aspect, ...], tuple[Aspect, ...]]:
    """(what is asked: the strongest cue and those enumerated with it, the weaker cues beside them).

    A cue inside the words of a stronger one does not count: "date limite d'inscription" asks for no session.
    """
    found: list[tuple[float, int, int, Aspect]] = []
    for cue in CUES:
        for match in cue.pattern.finditer(folded):
            if cue.aspect in _WHO and re.search(r"\bcombien d(?:e |')$", folded[max(0, match.start() - 12) : match.start()]):
                continue  # "combien de référents": a number is asked, no contact
            words = tokens(match.group()) if named else ()
            if named and any(t in named for t in words) and all(t in named or t in _PARTICLES for t in words):
                continue
            if not named and in_name(folded, match.start(), match.end(), cue.aspect):
                continue
            here = 0.0
            if match.start() and not match.group().startswith("pour ") and _ASKED_HERE.search(folded[max(0, match.start() - 40) : match.start()]):
                here = 2.0
            elif match.start() == 0 and _NOUN.fullmatch(match.group()) and cue.aspect != "sessions":
                here = 1.5  # "PRIX CYCLE X AUTRES ORGANISMES": what stands first is asked
            found.append((cue.weight + here, match.start(), match.end(), cue.aspect))
    given = GIVEN.match(folded)
    found = [f for f in found if given is None or f[1] >= given.end()] or found
    found.sort(key=lambda f: (-f[0], f[1]))
    kept: list[tuple[float, int, int, Aspect]] = []
    for weight, start, end, aspect in found:
        if any(start < e and s < end for _, s, e, _ in kept):
            continue
        kept.append((weight, start, end, aspect))
    if not kept:
        return (), ()
    strongest = kept[0]
    if strongest[3] == "topic":  # a subject is asked about: what its words would ask elsewhere is beside the point
        return (), _unique(kept[1:])
    kept = [k for k in kept if k[3] != "topic"]
    by_place = sorted(kept, key=lambda f: f[1])
    here = by_place.index(strongest)
    first = last = here
    while first > 0 and _side_by_side(by_place[first - 1], by_place[first], folded, named):
        first -= 1
    while last + 1 < len(by_place) and _side_by_side(by_place[last], by_place[last + 1], folded, named):
        last += 1
    asked = by_place[first : last + 1]
    return _unique(asked), _unique([k for k in kept if k not in asked])


def _side_by_side(left: tuple[float, int, int, Aspect], right: tuple[float, int, int, Aspect], folded: str, named: frozenset[str]) -> bool:
    """Whether two cues are enumerated: nothing but small words, and the programme's name, stands between them."""
    between = folded[left[2] : right[1]]
    if left[3] == right[3] and len(between) <= 12 and not re.search(r"[.;!?]", between):
        return True  # "ça dure combien de temps"
    if named and re.search(r",|;|/|\b(?:et|and|ainsi que)\b", between):
        between = _WORD.sub(lambda m: "" if m.group() in named or re.fullmatch(HEADS, m.group()) else m.group(), between)
    return bool(_JOINED.fullmatch(between)) or (between == " " and all(_NOUN.fullmatch(folded[start:end]) for _, start, end, _ in (left, right)))


def _unique(found: list[tuple[float, int, int, Aspect]]) -> tuple[Aspect, ...]:
    return tuple(dict.fromkeys(aspect for _, _, _, aspect in found))


_LAST = re.compile(r"^[^?]*[^?A-Z][.!]\s+([A-ZÀ-Ý][^.!?]*\?)\s*$")
"""The question that ends a message whose other sentences ask nothing."""


def understand(text: str, known: Collection[str] = (), language: Language | None = None) -> Question:
    """What one part of a message asks for. Never raises."""
    folded = corrected(text, known)
    # "BUT" in capitals is the diploma, never the aim
    wording = folded if text.isupper() else corrected(re.sub(r"\bBUT\b", "-", text), known)
    asked_last = _LAST.search(text) if text.rstrip().endswith("?") else None
    tail = _aspects(corrected(asked_last.group(1), known)) if asked_last else ((), ())
    aspects, hints = tail if tail[0] else _aspects(_ABOUT.sub(" ", wording))  # what is told before a question asks for nothing
    comparison = next((name for name, pattern in COMPARISONS if name != "total" and pattern.search(folded)), None)
    if (
        comparison
        and comparison not in ("difference",)
        and not (WHICH.search(folded) or LIST.search(folded) or re.search(r"\b(?:quel|la|le|which|qui|entre|l')\b", folded))
    ):
        comparison = None
    total = bool(COMPARISONS[-1][1].search(folded)) and bool(
        re.search(r"\b(?:les deux|ensemble|tous|toutes|les trois|deux formations|both|cumul\w*)\b", folded)
    )
    ordinal = next((n for n, pattern in _ORDINALS if pattern.search(folded)), None)
    return Question(
        text=text,
        folded=folded,
        aspects=aspects,
        hints=hints,
        comparison=comparison,
        total=total,
        listing=bool(LIST.search(folded)),
        recommend=bool(RECOMMEND.search(folded)),
        yes_no=bool(_YES_NO.search(folded)),
        asks=bool(_INTERROGATIVE.search(folded) or comparison or (aspects and not (_TELLS.match(folded) and set(aspects) <= _TOLD))),
        follow_up=bool(_FOLLOW.search(folded)),
        other=bool(_OTHER.search(folded)),
        ordinal=ordinal,
        language=language or language_of(text),
    )
