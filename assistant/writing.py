"""A chat model's answer, sentence by sentence, each released only when proven; the extractive answer where that fails.

The model is given the extracts of the extractive answer, with the same markers, and more lines of the same sheets. It
may say them better; it can neither cover an abstention nor add anything that the extracts do not say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.chat_model import ChatModel
from assistant.content import own_lines
from assistant.errors import ChatModelUnavailable
from assistant.grounding import MARKER, Ground, facts_in, fault, sentences_of
from assistant.intent import understand
from assistant.library import Library
from assistant.prompts import CONTEXT_PROMPT, REFUSAL, SYSTEM_PROMPT, say
from assistant.records import Answer, Citation, Done, Event, TextPiece
from assistant.selection import Wanted
from corpus.records import Fact

_EXTRACTS = 14
"""Extracts shown to the model at most: more cost time, and each is one more thing to confuse."""

Observer = Callable[[str], None]
"""Told of ``sentence_released``, ``sentence_dropped:REASON`` and ``model_failed``; for metrics."""


def may_write(answer: Answer) -> bool:
    """Whether a model may put the answer in its own words: one programme's facts and contents, nothing decided by rules."""
    return bool(
        answer.programme
        and answer.citations
        and not answer.abstained
        and answer.eligibility is None
        and answer.intent not in ("comparison", "recommendation")
    )


def write(model: ChatModel, done: Done, library: Library, observe: Observer) -> Iterator[Event]:
    """The pieces that may be shown, then Done with what they add up to."""
    answer = done.answer
    ground = _ground(answer, library)
    released: list[str] = []
    failed = False
    try:
        for sentence in sentences_of(model.stream(*_prompts(answer, ground))):
            reason = fault(sentence, ground)
            if reason:
                observe(f"sentence_dropped:{reason}")
                continue
            piece = sentence if not released else f" {sentence}"
            if sum(map(len, released)) + len(piece) > 900:
                break
            observe("sentence_released")
            released.append(piece)
            yield TextPiece(piece)
    except ChatModelUnavailable:
        failed = True
        observe("model_failed")
    text = "".join(released)
    mode = model.name
    if failed or not released:
        mode = "extractive"
        rest = f"{answer.text}\n{say('model_failed', answer.language)}"
        rest = f"\n\n{rest}" if released else rest
        yield TextPiece(rest)
        text += rest
    used = {int(m) for m in MARKER.findall(text)}
    citations = tuple(c for n, c in ground.extracts.items() if n in used)
    turns = (*done.memory.turns[:-1], replace(done.memory.turns[-1], answer=text)) if done.memory.turns else done.memory.turns
    yield Done(replace(answer, text=text, mode=mode, citations=citations), replace(done.memory, turns=turns))


def _ground(answer: Answer, library: Library) -> Ground:
    """The numbered extracts: those of the extractive answer first, then lines of its programme that the question's words name."""
    extracts = {c.marker: c for c in answer.citations}
    facts: list[tuple[str, Fact]] = []
    for document in dict.fromkeys(c.document for c in answer.citations):
        sheet = library.sheet(document)
        facts.extend((document, f) for f in sheet.programme.facts)
        question = understand(answer.question, language=answer.language)
        lines = [s.line for s in Wanted(sheet, question.terms).rank(sheet.body)[:6]]
        for aspect in question.aspects[:2]:
            lines.extend(own_lines(sheet, aspect)[:6])
        for line in lines:
            span = sheet.proof(line.start, line.end)
            if len(extracts) >= _EXTRACTS or any(c.document == document and c.start <= span.start and span.end <= c.end for c in extracts.values()):
                continue
            number = max(extracts, default=0) + 1
            quote = sheet.document.text[span.start : span.end]
            extracts[number] = Citation(
                document, quote, span.start, span.end, number, sheet.title, sheet.heading_at(span.start), sheet.document.page_at(span.start)
            )
    proven = {n: facts_in(c, [f for d, f in facts if d == c.document]) for n, c in extracts.items()}
    titles = {d: n.title for d, n in library.directory.names.items()}
    return Ground(extracts, proven, titles, answer.question)


def _prompts(answer: Answer, ground: Ground) -> tuple[str, str]:
    language = "French" if answer.language == "fr" else "English; leave quotations in French"
    shown = "\n".join(
        f"[{n}] ({_plain(c.title)}{' / ' + _plain(c.heading) if c.heading else ''}) {_plain(c.quote)}" for n, c in ground.extracts.items()
    )
    return (
        SYSTEM_PROMPT.format(language=language, refusal=REFUSAL),
        CONTEXT_PROMPT.format(extracts=shown, question=_plain(answer.question)),
    )


def _plain(text: str) -> str:
    """Text of a document or a person as data: one line, with nothing that could pass for one of our markers."""
    return MARKER.sub(r"(\1)", re.sub(r"\s+", " ", text)).strip()
