# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""A part of a programme asked for by its number: "module 3", "le deuxième jour"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.compose import Draft
from assistant.evidence import Line, Sheet
from assistant.prompts import say
from assistant.selection import Wanted
from corpus.french import fold, is_stop_word, tokens


@dataclass(frozen=True, slots=True)
class NumberedPart:
    """A part of a programme asked for by its number: "module 3", "le deuxième jour"."""

    unit: str
    number: int
    said: str

    def names(self, text: str) -> bool:
        """Whether a text says the part by its number."""
        words = dict(_UNITS)[self.unit]
        return bool(re.search(rf"\b(?:{words}) ?(?:n[o°] ?)?{self.number}\b", fold(text)))


_UNITS = (
    ("module", r"modules?"), ("bloc", r"blocs?"), ("jour", r"jours?|journees?"), ("sequence", r"sequences?"), ("seance", r"seances?"), ("semaine", r"semaines?"),
    ("semestre", r"semestres?"), ("annee", r"annees?"), ("partie", r"parties?"), ("etape", r"etapes?"), ("seminaire", r"seminaires?"), ("atelier", r"ateliers?"), ("ue", r"ue"),
)  # fmt: skip
_ORDER = (
    r"premiere?|1er|1re|1ere|first",
    r"deuxieme|seconde?|2e|2eme|2nde?|second",
    r"troisieme|3e|3eme|third",
    r"quatrieme|4e|4eme|fourth",
    r"cinquieme|5e|5eme|fifth",
    r"sixieme|6e|6eme|sixth",
)


def part_asked(folded: str) -> NumberedPart | None:
    for unit, words in _UNITS:
        counted = re.search(rf"\b(?:{words}) (?:n[o°] ?)?(\d)\b", folded)
        if counted and not re.search(rf"\b(?:de|les|combien de|nombre de) (?:{words})$", folded[: counted.end() - 2]):
            return NumberedPart(unit, int(counted.group(1)), counted.group())
        for number, ordinal in enumerate(_ORDER, 1):
            said = re.search(rf"\b(?:{ordinal}) (?:{words})\b", folded)
            if said:
                return NumberedPart(unit, number, said.group())
    return None


_ABOUT = re.compile(
    r"\b(?:modules?|blocs?|ue|unites?(?: d'enseignement)?|sequences?|seances?|seminaires?|ateliers?|journees?|semaines?|parties?|volets?)\b(?! ?\d)(?:(?!\b(?:cycle|formation|stage|parcours|programme)\b)[^?,;]){0,45}?"
    r"\b(?:sur|consacree?s? (?:a|au|aux)|dediee?s? (?:a|au|aux)|portant sur|traitant d\w+|relati\w+ (?:a|au|aux)|concernant|qui (?:parle|traite) d\w+)\b ?([^?,;]+)"
)


def subject_of_part(folded: str) -> tuple[str, ...]:
    """The words of what a part is about, where a question asks for a part by its subject: "le module consacré au budget"."""
    asked = _ABOUT.search(folded)
    return tuple(t for t in tokens(asked.group(1)) if not is_stop_word(t) and len(t) > 2) if asked else ()


_NUMBERED = tuple((unit, re.compile(rf"\W*(?:{words}) ?(?:n[o°] ?)?(\d{{1,2}})\b\W*(.*)", re.DOTALL)) for unit, words in _UNITS)


def part_about(sheet: Sheet, wanted: Wanted) -> NumberedPart | None:
    """The one numbered part whose own line says most of the words, and at least half of their weight: "le module sur le budget"."""
    best: tuple[float, NumberedPart | None] = (0.0, None)
    for line in sheet.body:
        for unit, pattern in _NUMBERED:
            found = pattern.match(fold(line.text))
            if not found or len(found.group(2)) < 6:
                continue
            share = wanted.covered(line)[1]
            if share > best[0] + 0.01:
                best = share, NumberedPart(unit, int(found.group(1)), f"{unit} {found.group(1)}")
    return best[1] if best[0] >= 0.5 else None


def numbered_part(sheet: Sheet, part: NumberedPart, draft: Draft) -> bool:
    """What the document says of "module 3" or "le deuxième jour": the lines that say it, each with what follows up to the next."""
    unit, initial = dict(_UNITS)[part.unit], part.unit[0]
    name = rf"(?:(?:{unit}) (?:n[o°] ?)?{part.number}\b|{initial}\.? ?{part.number}\b|(?:{_ORDER[min(part.number, 6) - 1]}) (?:{unit})\b)"
    another = rf"\W*(?:le |la |programme du )?(?:(?:{unit}) (?:n[o°] ?)?\d|{initial}\.? ?\d\b|\w+ (?:{unit})\b)"
    body = sheet.body
    starts = [n for n, line in enumerate(body) if re.match(rf"\W*(?:le |la |programme du )?{name}", fold(line.text))]
    inside = [line for line in body if any(re.search(rf"\b{name}", fold(h)) for h in line.path)]
    if not starts and not inside:
        named = [line for line in body if re.search(rf"\b{name}", fold(line.text))]
        return draft.lines(say("lead_content", draft.language), sheet, named[:2]) > 0
    best: list[Line] = inside
    for start in starts:
        run = [body[start]]
        for line in body[start + 1 : start + 12]:
            if re.match(another, fold(line.text)) or line.path != body[start].path or body[start].kind == "row":
                break
            run.append(line)
        if sum(len(x.text) for x in run) > sum(len(x.text) for x in best):
            best = run
    return draft.lines("" if len(best) == 1 else say("lead_content", draft.language), sheet, best[:8]) > 0
