"""Questions and their answers: growing, with proofs to page through, suggestions, choices and thumbs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

from assistant.errors import AssistantError, BadRequest
from assistant.parts import title_of
from assistant.records import Answer, Citation, Done, Event, Language, Memory, TextPiece
from bots.messages import error_sentence
from bots.telegram.delivery import Keyboard
from bots.telegram.talk import Ready, Visit
from bots.telegram.text import Message, Piece, bold, italic, label, message, quoted
from corpus.vocabulary import CATEGORIES, VERSANTS

REASONS = ("wrong", "incomplete", "beside", "unclear")
"""Why an answer is not good, as the buttons offer it."""
SUGGESTIONS_SHOWN = 3
CHOICES_SHOWN = 6
QUOTE_SHOWN = 3000
HANDED_EVERY = 0.25
"""Seconds between pieces of a growing answer: to be handed each word costs the bot more than to compute it."""


async def answer(visit: Visit, question: str) -> None:
    """Answers a question, or finishes the answer that another process had made before it was killed."""
    if visit.waiting.card and (card := await visit.card(visit.waiting.card)):
        await _finish(visit, card, visit.waiting.card)
        return
    talk = await visit.talk()
    growing = visit.delivery.growing()
    async with visit.delivery.typing():
        try:
            done, text = None, ""
            async for event in _events(visit, question, talk.memory):
                if isinstance(event, Done):
                    done = event
                    break
                text += event.text
                if growing.due():
                    await growing.show(text)
        except BadRequest as error:
            await growing.finish(message(error_sentence(error, visit.language)), ())
            return
    if done is None:
        raise AssistantError("The reply had no end.")
    choices = await visit.desk.think(_choices, visit.desk.service.current(), done) if done.memory.pending else []
    card = _card(done.answer, choices)
    keep = visit.desk.rooms.keep_answer
    turn, key = await visit.desk.run(keep, visit.waiting, talk.conversation, question, done.answer, done.memory, card)
    await growing.finish(*_shown(visit, card | {"turn": turn}, key))


async def _finish(visit: Visit, card: dict[str, Any], key: str) -> None:
    await visit.delivery.growing().finish(*_shown(visit, card, key))


async def _events(visit: Visit, question: str, memory: Memory) -> AsyncIterator[Event]:
    """The events of a reply, which is computed on a thread; the pieces of HANDED_EVERY seconds come as one."""
    queue: asyncio.Queue[Event | BaseException] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def work() -> None:
        text, last = "", time.monotonic()
        try:
            replies: Iterator[Event] = visit.desk.service.current().assistant.reply(question, memory, visit.language)
            for event in replies:
                if isinstance(event, TextPiece):
                    text += event.text
                    if time.monotonic() < last + HANDED_EVERY:
                        continue
                    event, text, last = TextPiece(text), "", time.monotonic()
                loop.call_soon_threadsafe(queue.put_nowait, event)
        except Exception as error:
            loop.call_soon_threadsafe(queue.put_nowait, error)

    working = loop.run_in_executor(visit.desk.threads, work)
    while True:
        event = await queue.get()
        if isinstance(event, BaseException):
            raise event
        yield event
        if isinstance(event, Done):
            await working
            return


# What is kept of an answer, and how it is shown


def _card(answer: Answer, choices: list[tuple[str, str]]) -> dict[str, Any]:
    """What the message of an answer shows, its buttons included; the turn is added when it is kept."""
    return {
        "kind": "answer", "text": answer.text, "mode": answer.mode, "citations": [cited(citation) for citation in answer.citations],
        "suggestions": list(answer.suggestions[:SUGGESTIONS_SHOWN]), "choices": choices, "path": bool(answer.cards),
    }  # fmt: skip


def cited(citation: Citation) -> dict[str, Any]:
    place = [citation.heading] if citation.heading else []
    return {"marker": citation.marker, "title": citation.title or citation.document, "quote": citation.quote[:QUOTE_SHOWN],
            "place": place, "page": citation.page}  # fmt: skip


def _choices(ready: Ready, done: Done) -> list[tuple[str, str]]:
    """(label, words) of the buttons for what the assistant asked back; none where only words can answer."""
    pending, memory = done.memory.pending or "", done.memory
    if pending == "choose" and memory.turns:
        titles = [title_of(ready.catalogue.programme, document) for document in memory.turns[-1].documents[:CHOICES_SHOWN]]
        return [(label(title), title) for title in titles]
    return slot_choices(pending.rpartition(":")[2], memory.profile.versant, done.answer.language)


def slot_choices(slot: str, versant: str | None, language: Language) -> list[tuple[str, str]]:
    """What can be tapped instead of typed for a slot of the profile: (label, the words it stands for)."""
    if slot == "versant":
        return [(label(name[0].upper() + name[1:]), name) for name in VERSANTS.values()]
    if slot == "category":
        letters = CATEGORIES.get(versant or "", ("A", "B", "C"))
        word = "catégorie" if language == "fr" else "category"
        return [(letter, f"{word} {letter}") for letter in letters if letter != "A+"]
    if slot == "status":
        names = ("Titulaire", "Contractuel") if language == "fr" else ("Tenured civil servant", "Contract agent")
        return list(zip(names, ("fonctionnaire titulaire", "agent contractuel"), strict=True))
    if slot == "employer":
        houses = {"fr": ("Commune", "Département ou région", "Ministère", "Préfecture", "Hôpital"),
                 "en": ("Town council", "County or region", "Ministry", "Prefecture", "Hospital")}[language]  # fmt: skip
        return list(zip(houses, ("commune", "département", "ministère", "préfecture", "hôpital"), strict=True))
    return []


def _shown(visit: Visit, card: dict[str, Any], key: str) -> tuple[Message, Keyboard]:
    parts: list[str | Piece] = [card["text"]]
    if card["mode"] != "extractive":
        parts += ["\n\n", italic(visit.words("written_by", model=card["mode"]))]
    rows: list[list[tuple[str, str]]] = []
    row = [(visit.words("proofs", n=len(card["citations"])), f"p:{key}:0")] if card["citations"] else []
    if card["turn"] is not None:
        row += [("👍", f"u:{key}"), ("👎", f"d:{key}")]
    rows += [row] if row else []
    rows += _in_rows([(text, f"w:{key}:{number}") for number, (text, _) in enumerate(card["choices"])])
    if card["path"]:
        rows.append([(visit.words("see_path"), f"h:{key}")])
    rows += [[(f"💬 {label(text, 56)}", f"s:{key}:{number}")] for number, text in enumerate(card["suggestions"])]
    return message(*parts), rows


def _in_rows(buttons: list[tuple[str, str]], width: int = 34) -> list[list[tuple[str, str]]]:
    """Short labels side by side, long ones each in a row."""
    rows: list[list[tuple[str, str]]] = []
    for button in buttons:
        if rows and sum(len(text) + 4 for text, _ in rows[-1]) + len(button[0]) <= width:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


# Taps


async def page_proof(visit: Visit, card: dict[str, Any], key: str, argument: str) -> None:
    """Shows the n-th proof in a message of its own, in which one turns the pages."""
    proofs = card["citations"]
    page = int(argument.lstrip("+"))
    if not 0 <= page < len(proofs):
        await visit.toast("stale")
        return
    await visit.toast()
    proof = proofs[page]
    where = list(proof["place"]) + ([visit.words("page", page=proof["page"])] if proof["page"] else [])
    parts = message(
        bold(f"[{proof['marker']}] " if proof["marker"] else ""), bold(proof["title"]), "\n", quoted(proof["quote"]),
        italic(" · ".join([*where, visit.words("of", number=page + 1, total=len(proofs))])),
    )  # fmt: skip
    turns = [("◀", f"p:{key}:+{(page - 1) % len(proofs)}"), ("▶", f"p:{key}:+{(page + 1) % len(proofs)}")] if len(proofs) > 1 else []
    if argument.startswith("+") and visit.message:  # "+": tapped in the proofs' own message
        await visit.delivery.replace(visit.message.message_id, parts, [turns])
    else:
        await visit.say(parts, [turns])


async def ask_suggestion(visit: Visit, card: dict[str, Any], _key: str, argument: str) -> None:
    """Asks the suggested question, and says which one it was."""
    await visit.toast()
    question = card["suggestions"][int(argument)]
    await visit.say(message(italic(f"« {question} »")))
    await answer(visit, question)


async def choose(visit: Visit, card: dict[str, Any], _key: str, argument: str) -> None:
    """Answers what the assistant asked back."""
    await visit.toast()
    shown, words = card["choices"][int(argument)]
    await visit.say(message(italic(f"« {shown} »")))
    await answer(visit, words)


async def thumb_up(visit: Visit, card: dict[str, Any], _key: str, _argument: str) -> None:
    kept = await visit.desk.run(visit.desk.state.feedback, card["turn"], "up")
    await visit.toast("thanks" if kept else "stale")


async def thumb_down(visit: Visit, card: dict[str, Any], key: str, _argument: str) -> None:
    """Keeps the thumb at once and asks for the reason, which may be given or not."""
    kept = await visit.desk.run(visit.desk.state.feedback, card["turn"], "down")
    await visit.toast("thanks" if kept else "stale")
    if kept:
        rows = [[(visit.words(f"reason_{reason}"), f"r:{key}:{number}")] for number, reason in enumerate(REASONS)]
        await visit.tell("why", [*rows, [(visit.words("reason_other"), f"r:{key}:other")]])


async def reason(visit: Visit, card: dict[str, Any], key: str, argument: str) -> None:
    """Keeps the reason of a thumb down; "other" is said in words, with the next message."""
    if argument == "other":
        await visit.toast()
        await visit.await_words(f"reason:{key}")
        await visit.tell("reason_words")
        return
    kept = await visit.desk.run(visit.desk.state.feedback, card["turn"], "down", REASONS[int(argument)])
    await visit.toast("reason_kept" if kept else "stale")
    if kept and visit.message:
        await visit.delivery.replace(visit.message.message_id, message(visit.words("reason_kept")))


async def reason_in_words(visit: Visit, key: str, words: str) -> None:
    await visit.await_words(None)
    card = await visit.card(key)
    kept = card is not None and await visit.desk.run(visit.desk.state.feedback, card["turn"], "down", "other", words)
    await visit.tell("reason_kept" if kept else "stale")
