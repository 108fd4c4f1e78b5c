"""`jalon ask`: one question, a conversation in the terminal, or a batch."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bots.command_line import JsonFlag, open_service, open_state, print_json
from bots.errors import BotError
from bots.terminal import note

if TYPE_CHECKING:
    from assistant.conversation import Assistant
    from assistant.records import Answer, Done, Memory


def register(app: typer.Typer) -> None:
    app.command()(ask)


def ask(
    question: Annotated[str | None, typer.Argument(help="The question; none: a conversation in the terminal.")] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help='A file of lines {"id", "question"} or {"id", "turns"}; one result a line.')] = None,
    record: Annotated[bool, typer.Option(help="Keep what stays unanswered for `jalon gaps`.")] = True,
    as_json: JsonFlag = False,
) -> None:
    """Answer a question with the sentences that prove it."""
    from bots import terminal, views

    if question is not None and batch is not None:
        raise typer.BadParameter("give a QUESTION or --batch FILE, not both")
    if batch is not None:
        _batch(batch, record)
    elif question is not None:
        answer = open_service().current().assistant.ask(question).answer
        if as_json:
            print_json(views.answer_json(answer))
        else:
            typer.echo(terminal.answer(answer))
        _record([answer] if record else [])
    elif sys.stdin.isatty() and not as_json:
        _converse(record)
    else:
        raise typer.BadParameter("give a QUESTION, or --batch FILE")


def _record(answers: list[Answer]) -> None:
    """Unanswered questions go on the list of gaps, without personal data. A state that is down loses no answer."""
    unanswered = [answer for answer in answers if answer.abstained]
    if not unanswered:
        return
    try:
        state = open_state()
        for answer in unanswered:
            state.record_unanswered(answer)
    except BotError as error:
        note(f"The unanswered question was not recorded: {error}")


def _lines(file: Path) -> list[tuple[str | None, list[str]]]:
    """The (id, turns) of each line; the whole file is checked before the first question is answered."""
    out: list[tuple[str | None, list[str]]] = []
    with file.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                item: Any = json.loads(line)
                turns = [item["question"]] if "question" in item else list(item["turns"])
                if not turns or not all(isinstance(turn, str) for turn in turns):
                    raise ValueError
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise BotError(f'{file.name}, line {number}: expected {{"id": "…", "question": "…"}} or {{"id": "…", "turns": ["…"]}}.') from error
            out.append((item.get("id"), turns))
    return out


def _batch(file: Path, record: bool) -> None:
    from bots.views import answer_json

    lines = _lines(file)
    service = open_service()
    answers: list[Answer] = []
    for name, turns in lines:
        answer = _last(service.current().assistant, turns)
        print_json({"id": name, **answer_json(answer)})
        answers.append(answer)
    _record(answers if record else [])


def _last(assistant: Assistant, turns: list[str]) -> Answer:
    """The answer to the last of ``turns``; a turn that cannot be understood as a question is an answer that says so."""
    from assistant.errors import BadRequest
    from assistant.records import Answer, Memory

    memory = Memory()
    answer = None
    for turn in turns:
        try:
            done = assistant.ask(turn, memory=memory)
            answer, memory = done.answer, done.memory
        except BadRequest as error:
            answer = Answer(question=turn, text=str(error), intent="other", abstained=True)
    assert answer is not None
    return answer


def _questions() -> Iterator[str]:
    while True:
        try:
            question = input("\n> ").strip()
        except EOFError:
            return
        if question in {"", "exit", "quit", ":q"}:
            return
        yield question


def _converse(record: bool) -> None:
    """A conversation: what was said stays in mind, proofs stand under each answer; an empty line ends it."""
    import readline  # noqa: F401 - history and editing of the line

    from assistant.errors import BadRequest
    from assistant.records import Memory
    from bots import terminal

    service = open_service()
    memory: Memory = Memory()
    service.current()
    note("Ask in French or English; an empty line ends the conversation.")
    for question in _questions():
        try:
            done: Done = service.current().assistant.ask(question, memory=memory)
        except BadRequest as error:
            note(str(error))
            continue
        memory = done.memory
        typer.echo(terminal.answer(done.answer))
        _record([done.answer] if record else [])
