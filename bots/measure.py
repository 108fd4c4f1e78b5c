"""Figures of quality, as JSON and as lines for people: search, facts, answers, recommendations, training."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bots.settings import Settings
from bots.terminal import note

if TYPE_CHECKING:
    from index.evaluate import Evaluation
    from index.train import TrainReport

Measured = tuple[dict[str, Any], list[str]]
"""The JSON, and the lines."""


def measure_search(folder: Path, settings: Settings, baseline: Path | None = None, update: bool = False) -> Measured:
    """nDCG@10, recall and MRR on a BEIR folder; with a baseline file, compared with it or, with ``update``, written to it."""
    from bots.errors import BotError
    from index.evaluate import below_baseline, evaluate, update_baseline

    evaluation = evaluate(folder, settings.embedding_model, note=note)
    if baseline and update:
        update_baseline(evaluation, baseline)
    elif baseline:
        below = below_baseline(evaluation, baseline)
        if below:
            raise BotError("; ".join(below) + ": run with --update if the loss is wanted.")
    return search_figures(evaluation)


def search_figures(evaluation: Evaluation) -> Measured:
    """The hybrid's figures on top, every leg with its 95 % intervals below."""
    legs = {leg: {name: round(figure.mean, 4) for name, figure in figures.items()} for leg, figures in evaluation.legs.items()}
    intervals = {
        leg: {name: [round(figure.low, 4), round(figure.high, 4)] for name, figure in figures.items()} for leg, figures in evaluation.legs.items()
    }
    figures: dict[str, Any] = {"dataset": evaluation.dataset, "documents": evaluation.documents, "queries": evaluation.queries}
    figures |= legs["hybrid"] | dict(legs) | {"intervals": intervals}
    lines = [f"{evaluation.dataset}: {evaluation.queries} queries, {evaluation.documents} documents (mean, 95 % interval)"]
    names = list(legs["hybrid"])
    lines.append(f"{'':9}" + "".join(f"{name:>24}" for name in names))
    for leg in legs:
        cells = (f"{legs[leg][name]:.3f} ({intervals[leg][name][0]:.3f}-{intervals[leg][name][1]:.3f})" for name in names)
        lines.append(f"{leg:9}" + "".join(f"{cell:>24}" for cell in cells))
    return figures, lines


def measure_facts(folder: Path, settings: Settings) -> Measured:
    """Precision and recall per field on annotated documents, and the disagreements."""
    from corpus.facts.evaluate import evaluate
    from corpus.programmes import understand
    from corpus.readers import Source
    from corpus.readers.limits import Limits
    from corpus.safety import SafeReader

    with SafeReader(Limits(seconds=settings.read_seconds, memory=settings.read_megabytes * 1024 * 1024)) as reader:
        report = evaluate(folder, lambda path: reader.read(Source(path.name, path, path.parent)), understand)
    fields = {
        name: {"precision": score.precision, "recall": score.recall, "right": score.right, "wrong": score.wrong, "missed": score.missed}
        for name, score in report.scores.items()
    }
    figures = {
        "documents": report.documents, "facts": report.facts, "untrue": report.untrue, "fields": fields,
        "misses": [{"document": m.document, "field": m.field, "what": m.what, "value": m.value} for m in report.misses],
    }  # fmt: skip
    lines = [f"{report.documents} documents, {report.facts} facts, {report.untrue} not equal to the text at their offsets"]
    lines.append(f"{'':16}{'precision':>10}{'recall':>10}{'right':>8}{'wrong':>8}{'missed':>8}")
    for name, score in report.scores.items():
        shares = "".join(f"{'-' if share is None else f'{share:.3f}':>10}" for share in (score.precision, score.recall))
        lines.append(f"{name:16}{shares}{score.right:>8}{score.wrong:>8}{score.missed:>8}")
    lines += [f"{m.document}  {m.field}  {m.what}: {m.value}" for m in report.misses]
    return figures, lines


def train_report(report: TrainReport, target: Path) -> Measured:
    """Whether the trained model is better on the pairs set aside, and how to use it."""
    means = {
        name: None if figure is None else round(figure.mean, 4)
        for name, figure in (("before", report.before), ("after", report.after), ("gain", report.gain))
    }
    figures = {
        "pairs": report.pairs, "held_out": report.held_out, "measure": "nDCG@10", **means, "better": report.better, "base": report.base,
        "out": str(report.out), "seconds": report.seconds,
    }  # fmt: skip
    before = "" if means["before"] is None else f"{means['before']:.3f} before, "
    lines = [
        f"{report.pairs} pairs learnt in {report.seconds:.0f} s; nDCG@10 on {report.held_out} pairs set aside: {before}{means['after']:.3f} after."
    ]
    if report.better:
        lines.append(f"The trained model is better. To use it: JALON_EMBEDDING_MODEL={target}, then `jalon reindex`.")
    else:
        lines.append("The trained model is not surely better: keep the one in use, or give more pairs.")
    return figures, lines


def _profiles(folder: Path, settings: Settings) -> Measured:
    """nDCG@5 of recommendations on annotated profiles."""
    from bots.measure_profiles import measure_profiles

    return measure_profiles(folder, settings)


def _questions(folder: Path, settings: Settings) -> Measured:
    """Right answers and abstentions on annotated questions, over a throw-away index of the documents they are about."""
    import tempfile

    from assistant.conversation import Assistant
    from assistant.evaluate import documents_of, evaluate, read_cases
    from index.build import build
    from index.store import Store

    cases = read_cases(folder)
    with tempfile.TemporaryDirectory(prefix="jalon-evaluate-") as home:
        build(Path(home), documents_of(folder), embedder_name=settings.embedding_model)
        opened = Store(Path(home), settings.embedding_model).current()
        report = evaluate(Assistant(opened.catalogue, opened.search, generation=opened.generation), cases)
    by_intent = {intent: {"right": right, "questions": count} for intent, (right, count) in report.by_intent.items()}
    wrong = [
        {"id": o.case.id, "turns": list(o.case.turns), "faults": list(o.faults), "answer": o.answer.text} for o in report.outcomes if not o.right
    ]
    return {**report.figures, "by_intent": by_intent, "wrong": wrong}, report.lines()


MEASURES: dict[str, Callable[[Path, Settings], Measured]] = {
    "search": measure_search,
    "facts": measure_facts,
    "questions": _questions,
    "profiles": _profiles,
}
