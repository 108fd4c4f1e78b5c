"""Annotated questions -> how many are answered right, and how often the assistant abstains when it should.

A folder of questions holds ``*.jsonl`` files, one case a line, and ``documents.txt``, which lists the folders, files
and patterns (relative to the folder) that the questions are about. A case is
``{"id", "kind", "question" | "turns": [...], "document", "documents": [...], "answer": [...], "forbidden": [...],
"intent", "verdict"}``. ``kind`` is answerable or noisy (an answer is expected), near_miss, unknown or off_topic (an
abstention is expected). An entry of ``answer`` is a text, or a list of texts of which one is enough. ``document`` is the
programme that must be meant; of ``documents`` one must be it or be cited.
"""

from __future__ import annotations

import json
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from assistant.conversation import Assistant
from assistant.errors import BadRequest
from assistant.library import CatalogueLike
from assistant.records import Answer, Memory
from corpus.french import fold

CaseKind = Literal["answerable", "noisy", "near_miss", "unknown", "off_topic"]
ANSWERED: frozenset[str] = frozenset(("answerable", "noisy"))
"""Kinds to which an answer is expected; to the others, an abstention."""


@dataclass(frozen=True, slots=True)
class Case:
    """One annotated question or dialogue; only the last turn is judged."""

    id: str
    kind: CaseKind
    turns: tuple[str, ...]
    document: str | None = None
    answer: tuple[str | tuple[str, ...], ...] = ()
    """Every one of these must occur in the answer (of a tuple, any one), accents, case and spacing aside."""
    forbidden: tuple[str, ...] = ()
    intent: str | None = None
    verdict: str | None = None
    documents: tuple[str, ...] = ()
    """One of these must be the programme of the answer or be cited; none listed: any."""


@dataclass(frozen=True, slots=True)
class Outcome:
    case: Case
    answer: Answer
    faults: tuple[str, ...]
    """Why it is wrong, one short sentence each; empty when it is right."""
    seconds: float

    @property
    def right(self) -> bool:
        return not self.faults


@dataclass(slots=True)
class Report:
    """Shares are 0 to 1, None where there is no such case."""

    outcomes: list[Outcome] = field(default_factory=list)

    def _share(self, outcomes: Sequence[Outcome]) -> float | None:
        return sum(o.right for o in outcomes) / len(outcomes) if outcomes else None

    def share(self, *kinds: str, dialogues: bool | None = None) -> float | None:
        """The share of right answers among cases of these kinds; ``dialogues`` picks those with or without turns before."""
        return self._share([o for o in self.outcomes if o.case.kind in kinds and (dialogues is None or (len(o.case.turns) > 1) == dialogues)])

    @property
    def figures(self) -> dict[str, float | None]:
        """The figures that the project promises, by name."""
        silent = [o for o in self.outcomes if o.case.kind in ANSWERED and len(o.case.turns) == 1]
        asked_back = [o for o in self.outcomes if o.case.kind not in ANSWERED]
        times = sorted(o.seconds for o in self.outcomes)
        return {
            "answerable": self.share("answerable", dialogues=False),
            "noisy": self.share("noisy", dialogues=False),
            "dialogues": self.share(*get_args(CaseKind), dialogues=True),
            "abstained_rightly": sum(o.answer.abstained for o in asked_back) / len(asked_back) if asked_back else None,
            "abstained_wrongly": sum(o.answer.abstained for o in silent) / len(silent) if silent else None,
            "forbidden": float(sum(any(f.startswith("forbidden") for f in o.faults) for o in self.outcomes)),
            "median_ms": times[len(times) // 2] * 1000 if times else None,
        }

    @property
    def by_intent(self) -> dict[str, tuple[int, int]]:
        """Intent annotated -> (right, all)."""
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for outcome in self.outcomes:
            row = counts[outcome.case.intent or outcome.case.kind]
            row[0] += outcome.right
            row[1] += 1
        return {name: (right, every) for name, (right, every) in sorted(counts.items())}

    def lines(self) -> list[str]:
        """The report for a person: figures, intents, then every fault."""
        shown = [f"{name}: {'-' if value is None else f'{value:.3f}'}" for name, value in self.figures.items()]
        shown += [f"  {name}: {right}/{every}" for name, (right, every) in self.by_intent.items()]
        shown += [f"{o.case.id} {o.case.turns[-1]!r}: {'; '.join(o.faults)}" for o in self.outcomes if o.faults]
        return shown


def read_cases(folder: Path) -> list[Case]:
    """The cases of a folder, in the order of its files. Raises BadRequest with the line that is not as it should be."""
    cases: list[Case] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                cases.append(_case(line, f"{path.name}:{number}"))
    if not cases:
        raise BadRequest(f"There is no annotated question in {folder}: put *.jsonl files there.")
    return cases


def _case(line: str, place: str) -> Case:
    try:
        data = json.loads(line)
        turns = tuple(data["turns"]) if "turns" in data else (data["question"],)
        kind = data["kind"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadRequest(f"{place}: a case is a JSON object with kind and question (or turns).") from error
    if kind not in get_args(CaseKind) or not all(isinstance(t, str) and t.strip() for t in turns) or not turns:
        raise BadRequest(f"{place}: kind must be one of {', '.join(get_args(CaseKind))}, and every turn a text.")
    answer = tuple(value if isinstance(value, str) else tuple(value) for value in data.get("answer", ()))
    return Case(
        str(data.get("id", place)), kind, turns, data.get("document"), answer, tuple(data.get("forbidden", ())),
        data.get("intent"), data.get("verdict"), tuple(data.get("documents", ())),
    )  # fmt: skip


def documents_of(folder: Path) -> list[Path]:
    """The folders and files that ``documents.txt`` lists. Raises BadRequest when the list is missing or empty."""
    listing = folder / "documents.txt"
    if not listing.is_file():
        raise BadRequest(f"{folder} has no documents.txt: list there the documents that the questions are about.")
    paths: list[Path] = []
    for line in listing.read_text(encoding="utf-8").splitlines():
        name = line.strip()
        if name and not name.startswith("#"):
            directory, pattern = (folder / name).parent.resolve(), Path(name).name
            paths.extend(sorted(directory.glob(pattern)))
    if not paths:
        raise BadRequest(f"{listing} lists no documents.")
    return paths


def evaluate(assistant: Assistant, cases: Iterable[Case]) -> Report:
    """Asks every case in a conversation of its own and judges the last answer."""
    report = Report()
    for case in cases:
        memory = Memory()
        for turn in case.turns[:-1]:
            memory = assistant.ask(turn, memory).memory
        started = time.perf_counter()
        answer = assistant.ask(case.turns[-1], memory).answer
        seconds = time.perf_counter() - started
        report.outcomes.append(Outcome(case, answer, tuple(_faults(case, answer, assistant.library.catalogue)), seconds))
    return report


def _flat(text: str) -> str:
    return " ".join(fold(text).split())


def _says(said: str, value: str) -> bool:
    """Whether a flat text says a value; a number is not said by a longer one ("80" by "1 480")."""
    return bool(re.search(rf"(?<!\d)(?<!\d )(?<!\d[.,]){re.escape(_flat(value))}(?!\d)" if value[:1].isdigit() else re.escape(_flat(value)), said))


def _faults(case: Case, answer: Answer, catalogue: CatalogueLike) -> Iterable[str]:
    said = _flat(answer.text)
    for citation in answer.citations:
        if catalogue.document(citation.document).text[citation.start : citation.end] != citation.quote:
            yield f"the quote [{citation.marker}] is not verbatim"
    for value in case.forbidden:
        if _says(said, value):
            yield f"forbidden value {value!r}"
    if case.kind not in ANSWERED:
        if not answer.abstained:
            yield "should abstain"
        return
    if answer.abstained:
        yield "abstained"
        return
    for wanted in case.answer:
        if not any(_says(said, one) for one in ((wanted,) if isinstance(wanted, str) else wanted)):
            yield f"{wanted!r} is missing"
    if case.document and (answer.programme is None or answer.programme.document != case.document):
        yield f"about {answer.programme.document if answer.programme else 'no programme'}, not {case.document}"
    if case.documents and not {answer.programme.document if answer.programme else "", *(c.document for c in answer.citations)} & set(case.documents):
        yield f"rests on none of {', '.join(case.documents)}"
    if case.intent and answer.intent != case.intent:
        yield f"intent {answer.intent}, not {case.intent}"
    if case.verdict and (answer.eligibility is None or answer.eligibility.verdict != case.verdict):
        yield f"verdict {answer.eligibility.verdict if answer.eligibility else None}, not {case.verdict}"
