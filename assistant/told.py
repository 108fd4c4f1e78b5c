# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""What a person answers about a condition that no field of the profile holds, and what that settles.

The answers are kept in the person's own words (``Memory.told``) and read again for every rule: five years of service
said once hold for every programme. An answer that settles nothing still counts as given: nothing is asked twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.intent import Question
from assistant.learner.jobs import level
from assistant.learner.profile import is_skip
from assistant.rules import Condition, Rule, corps_of, statuses_of, studied
from corpus.french import fold
from corpus.vocabulary import categories_in, versants_in

Told = Mapping[str, str]
"""Key of a condition -> the person's words."""

_YES = re.compile(
    r"\W*(?:oui|yes|si|tout a fait|exactement|absolument|bien sur|affirmatif|c'est (?:le|mon) cas|en effet|yep|yeah|ouais|of course|i do|i am|i have|d'accord|correct)\b"
)
_NO = re.compile(
    r"\W*(?:non|no|nope|pas du tout|aucune?|jamais|negatif|pas encore|ce n'est pas (?:le|mon) cas|malheureusement non|not yet|neither|i do not|i don't|i am not|i'm not|pas vraiment)\b"
)
_UNSURE = re.compile(
    r"\W*(?:je ne sais pas|je sais pas|j'ignore|aucune idee|sais pas|i do not know|i don't know|no idea|not sure|pas sur|peut-etre|maybe|passe|skip)\b"
)
_NUMBERS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "douze": 12, "quinze": 15, "vingt": 20,
            "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twenty": 20}  # fmt: skip
_YEARS = re.compile(rf"\b(\d+(?:[.,]\d+)?|{'|'.join(_NUMBERS)}) (mois|months?|ans?|annees?|years?)\b|^\W*(\d+|{'|'.join(_NUMBERS)})\W*$")
_PARTICULAR = re.compile(
    r"\b(?:licence|master|bts|dut|but|bac|baccalaureat|diplome|doctorat|bachelor)s?(?: \w+)? (?:de |d'|en |mention |dans |du |des )\s?(?!niveau|enseignement|universit|etudes|l'enseignement|francais|etat|superieur)\w{4,}"
)


def key_of(condition: Condition, rule: Rule, document: str) -> str:
    """What the answer to a condition is kept under; an open condition is that of one sentence of one document."""
    return f"function:{document}:{rule.said.start}" if condition.slot == "function" else condition.slot


def replies(slot: str, question: Question) -> bool:
    """Whether a message answers the question about ``slot`` rather than asks something else."""
    folded = question.folded
    if question.recommend or question.listing or question.comparison or question.other:
        return False
    if (
        _UNSURE.match(folded)
        or is_skip(question.text)
        or ((_YES.match(folded) or _NO.match(folded)) and len(folded) < 60 and "?" not in question.text)
    ):
        return True
    asks = "?" in question.text or bool(_ASKS.search(folded))
    says = _says(slot, question)
    if asks:
        return (
            says
            and not set(question.aspects) - {"eligibility", "audience", "prerequisites"}
            and not re.search(r"\b(?:quel|combien|quand|comment|qui)\b", folded)
        )
    return says or slot == "function" or not question.aspects or bool(_TELLS.match(folded))


_ASKS = re.compile(
    r"^(?:et |mais |alors )?(?:combien|quand|comment|quel(?:le)?s?|lequel|laquelle|pourquoi|est-ce|qui|a qui|quoi|what|when|where|how|who|which|faut-il|peut-on|y a-t-il)\b|\b(?:dites|donne[rz]?|dis)[- ]moi\b"
)
_TELLS = re.compile(
    r"\W*(?:je (?:suis|travaille|dirige|gere|n'ai|ne suis)|j'(?:ai|exerce|encadre|occupe)|nous sommes|i am|i'm|i work|i have|titulaire d|agent)\b"
)


def said_of(question: Question) -> frozenset[str]:
    """The conditions that the message says something of, whichever was asked about."""
    return frozenset(slot for slot in ("corps", "seniority", "diploma", "status", "level") if _says(slot, question))


def _says(slot: str, question: Question) -> bool:
    """Whether the message names a value of the slot."""
    text, folded = question.text, question.folded
    if slot == "versant":
        return bool(versants_in(text)) or bool(
            re.fullmatch(
                r"\W*(?:l'?|la |de l'?|du |the )?(?:etat|state|territorial\w*|hospital\w*|hospitalier\w*|pays|communes?|fp[eth]|fppf|fpcpf)\W*",
                folded,
            )
        )
    if slot == "category":
        return bool(categories_in(text)) or bool(re.search(r"(?:^|\b(?:categorie|category|cat)\W{0,2})\s*[abcd]\+?\W*$", folded))
    if slot == "corps":
        return bool(corps_of(text))
    if slot == "seniority":
        return bool(_YEARS.search(folded))
    if slot == "diploma":
        return studied(folded) is not None
    if slot == "status":
        return bool(statuses_of(text))
    return slot == "level" and level(text) is not None


def holds(condition: Condition, rule: Rule, words: str) -> bool | None:
    """What the person's words say of the condition; None where they settle nothing."""
    folded = fold(words)
    if _UNSURE.match(folded):
        return None
    yes = True if _YES.match(folded) else False if _NO.match(folded) else None
    if condition.slot == "seniority":
        return _long_enough(condition, folded, yes)
    if condition.slot == "diploma":
        return _high_enough(condition, rule, folded, yes)
    if condition.slot == "status":
        own = statuses_of(words)
        if own & condition.values:
            return True
        return False if {"tenured"} == condition.values and "contract" in own else None
    if condition.slot == "corps":
        return True if corps_of(words) & condition.values else None
    if condition.slot == "level":
        reached = 2 if _LEADS.search(folded) else level(words)
        if yes is not None and reached is None:
            return yes if "senior" not in condition.values or not yes else None
        return None if reached is None else reached >= (3 if "senior" in condition.values else 2)
    return yes if condition.slot == "function" else None


_LEADS = re.compile(r"\b(?:j'encadre|je (?:dirige|manage|supervise)|nous encadrons|chef\w* d'equipe|i (?:manage|lead|supervise))\b")


def leads(text: str) -> bool:
    """Whether the person says that they lead people."""
    return bool(_LEADS.search(fold(text)))


def _long_enough(condition: Condition, folded: str, yes: bool | None) -> bool | None:
    asked = next(iter(condition.values), "")
    said = _YEARS.search(folded)
    if not said or not asked.isdigit():
        return yes
    number = said.group(1) or said.group(3)
    amount = float(_NUMBERS.get(number, 0) or number.replace(",", "."))
    return (amount / 12 if (said.group(2) or "").startswith("mo") else amount) >= int(asked)


def _high_enough(condition: Condition, rule: Rule, folded: str, yes: bool | None) -> bool | None:
    """The diploma's level against the one asked for; a subject that the sentence asks for stays to be checked."""
    own, asked = studied(folded), next(iter(condition.values), None)
    if own is None:
        return yes
    if asked is None:
        return None
    said = fold(rule.said.plain)
    if own < int(asked):
        return None if "equivalen" in said else False
    return None if _PARTICULAR.search(said) else True
