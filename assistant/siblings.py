"""Another programme than the one spoken of, said by what differs: its level, its school.

"Et le niveau 2 ?", "et la journée de l'autre école ?": the rest of the name is the one of the turns before.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.asked import called
from assistant.described import fit, lacks_school, pool_of
from assistant.fits import LEVELS, Resolution, level_asked, level_of, other_number
from assistant.intent import Question
from assistant.library import Library
from assistant.records import Memory
from corpus.french import fold, is_stop_word, tokens

LEVEL = 0.03
"""Documents whose fit differs by no more are described equally."""


def sibling(question: Question, memory: Memory, library: Library) -> Resolution | None:
    """ "et le niveau 2 ?" after the level 1: the programme named as the one spoken of, but for its number or level."""
    focus = next((d for d in memory.focus[:1] if d in library.directory.names), None)
    if focus is None:
        return None
    own = library.sheet(focus)
    level = level_asked(question.folded)
    if not other_number(question.folded, own) and (level is None or level_of(own) in (None, level)):
        return None
    directory = library.directory
    telling = {s for s in directory.names[focus].stems if not s.isdigit() and len(s) > 2}
    alike: list[tuple[float, str]] = []
    for document, name in directory.names.items():
        sheet_like = telling & name.stems
        if document == focus or not sheet_like or len({t for t in question.terms if not t.isdigit()} - LEVELS) > 1:
            continue
        share = sum(directory.weight(s) for s in sheet_like) / (sum(directory.weight(s) for s in telling) or 1.0)
        if share >= _ALIKE:
            sheet = library.sheet(document)
            if not other_number(question.folded, sheet) and level_of(sheet) == (level or level_of(sheet)):
                alike.append((share, document))
    if not alike:
        return None
    best = max(share for share, _ in alike)
    fitting = [d for share, d in sorted(alike) if share >= best - 0.01]
    return Resolution("one" if len(fitting) == 1 else "which", tuple(fitting[:3]), frozenset(t for t in question.terms if t in LEVELS), explicit=True)


_ALIKE = 0.3
"""Share of a title that the title of its sibling says."""


def of_another_school(question: Question, memory: Memory, library: Library) -> Resolution | None:
    """ "et la journée de Médiat ?": another programme than the one spoken of, by whose it is; the subject is kept."""
    focus = next((d for d in memory.focus[:1] if d in library.directory.names), None)
    words = called(question)
    if focus is None or not words.around:
        return None
    zones = library.zones(focus)
    if any(w in zones.title.words or w in zones.head.words for w in words.around):
        return None
    own = called(replace(question, text=library.title(focus), folded=fold(library.title(focus)))).rest
    titled = words.subject or tuple(w for w in tokens(library.title(focus)) if not is_stop_word(w) and w not in words.around and len(w) > 3)
    fits = []
    for document in pool_of(replace(question, text=f"{question.text} {' '.join(titled)}"), [d for t in memory.turns for d in t.documents], library):
        if document == focus or document not in library.directory.names or lacks_school(words, document, library):
            continue
        fits.append(fit(document, replace(words, subject=titled, rest=own), library))
    fits = sorted((f for f in fits if f.named >= _ALIKE), key=lambda f: (-f.score, f.document))
    if not fits or (len(fits) > 1 and fits[1].score > fits[0].score - LEVEL):
        return None
    return Resolution("one", (fits[0].document,), frozenset(fits[0].words & {*words.subject, *words.around}), explicit=True)
