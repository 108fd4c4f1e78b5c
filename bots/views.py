"""Records -> the JSON of the contract. Every channel that speaks JSON uses these, so that they cannot drift apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from assistant.records import Alternative, Answer, Citation, Eligibility, Exclusion, LearnerProfile, LearningPath, Money, Period, Relaxation, Step
from corpus.records import FIELDS, Document, Fact, Programme, Session

if TYPE_CHECKING:
    from index.build import BuildReport
    from index.manifest import Manifest
    from index.search import Hit

Json = dict[str, Any]


def report_json(report: BuildReport, changes: Sequence[Json] | None = None) -> Json:
    """The JSON of ``jalon reindex``; a dry run adds what would change in the facts."""
    out: Json = {
        "generation": report.generation, "documents": report.documents, "passages": report.passages, "added": list(report.added),
        "changed": list(report.changed), "removed": list(report.removed), "unchanged": report.unchanged,
        "failed": [{"document": f.document, "error": f.error} for f in report.failed], "seconds": report.seconds,
    }  # fmt: skip
    if changes is not None:
        out["facts"] = list(changes)
    return out


def status_json(manifest: Manifest, older: Sequence[str]) -> Json:
    """The JSON of ``jalon status``."""
    built = manifest.built.astimezone(UTC)
    return {
        "generation": manifest.generation, "documents": manifest.documents, "passages": manifest.passages, "embedder": manifest.embedder,
        "built": built.strftime("%Y-%m-%dT%H:%M:%SZ"), "age_seconds": max(0, int((datetime.now(UTC) - built).total_seconds())), "older": list(older),
    }  # fmt: skip


def fact_json(fact: Fact) -> Json:
    value = asdict(fact.value)
    if isinstance(fact.value, Session):
        value.update(start=_iso(fact.value.start), end=_iso(fact.value.end))
    return {"value": value, "text": fact.text, "start": fact.start, "end": fact.end, "status": fact.status}


def sheet_json(document: Document, programme: Programme) -> Json:
    """The JSON of ``jalon show``: a field that the document does not say is an empty list."""
    return {
        "document": document.id, "title": programme.title, "text": document.text,
        "kind": {"value": programme.kind, "proof": fact_json(programme.kind_proof) if programme.kind_proof else None},
        "published": fact_json(programme.published) if programme.published else None,
        "facts": {name: [fact_json(fact) for fact in programme.of(name)] for name in FIELDS},
        "warnings": list(programme.warnings),
    }  # fmt: skip


def hit_json(hit: Hit) -> Json:
    passage = hit.passage
    return {
        "rank": hit.rank, "document": passage.document, "passage": passage.id, "score": round(hit.score, 4), "title": passage.title,
        "heading": passage.heading, "text": passage.text,
    }  # fmt: skip


def citation_json(citation: Citation) -> Json:
    return {
        "marker": citation.marker, "document": citation.document, "title": citation.title, "heading": citation.heading,
        "page": citation.page, "quote": citation.quote, "start": citation.start, "end": citation.end,
    }  # fmt: skip


def eligibility_json(eligibility: Eligibility) -> Json:
    because = [
        {
            "rule": b.rule,
            "citation": {k: v for k, v in citation_json(b.citation).items() if k in ("document", "quote", "start", "end")} if b.citation else None,
        }
        for b in eligibility.because
    ]
    return {"verdict": eligibility.verdict, "because": because, "questions": list(eligibility.questions)}


def answer_json(answer: Answer) -> Json:
    """The JSON of ``jalon ask`` and ``POST /api/ask``."""
    return {
        "question": answer.question, "answer": answer.text, "abstained": answer.abstained, "mode": answer.mode, "intent": answer.intent,
        "programme": asdict(answer.programme) if answer.programme else None,
        "citations": [citation_json(c) for c in answer.citations],
        "eligibility": eligibility_json(answer.eligibility) if answer.eligibility else None,
        "suggestions": list(answer.suggestions), "cards": [step_json(step) for step in answer.cards],
        "language": answer.language, "seconds": round(answer.seconds, 4),
    }  # fmt: skip


def step_json(step: Step) -> Json:
    return {
        "module": step.module, "document": step.document, "session": _period(step.session) if step.session else None, "days": step.days,
        "price": _money(step.price), "relevance": step.relevance, "goals": list(step.goals), "reason": step.reason,
        "eligibility": eligibility_json(step.eligibility),
    }  # fmt: skip


def exclusion_json(exclusion: Exclusion) -> Json:
    return {
        "module": exclusion.module, "document": exclusion.document, "relevance": exclusion.relevance, "goals": list(exclusion.goals),
        "reason": exclusion.reason, "detail": exclusion.detail,
    }  # fmt: skip


def path_json(path: LearningPath) -> Json:
    """The JSON of ``jalon recommend`` and ``POST /api/recommend``."""
    return {
        "steps": [step_json(step) for step in path.steps],
        "total": _total(path.steps),
        "excluded": [exclusion_json(e) for e in path.excluded],
        "alternatives": [_alternative(a) for a in path.alternatives],
        "relaxations": [_relaxation(r) for r in path.relaxations],
        "questions": list(path.questions), "optimal": path.optimal, "gap": path.gap, "generation": path.generation,
    }  # fmt: skip


def profile_json(profile: LearnerProfile) -> Json:
    """The JSON of a profile, as ``jalon recommend --profile`` reads it."""
    return {
        "role": profile.role, "versant": profile.versant, "employer": profile.employer, "category": profile.category, "corps": profile.corps,
        "territory": profile.territory, "goals": list(profile.goals), "budget": _money(profile.budget), "max_days": profile.max_days,
        "available": {"from": _iso(profile.available.start), "to": _iso(profile.available.end)} if profile.available else None,
        "unavailable": [[_iso(p.start), _iso(p.end)] for p in profile.unavailable], "completed": list(profile.completed),
        "locked": list(profile.locked), "excluded": list(profile.excluded),
    }  # fmt: skip


def _relaxation(relaxation: Relaxation) -> Json:
    whole = profile_json(relaxation.profile)
    return {"change": relaxation.change, "gain": relaxation.gain, "profile": {name: whole[name] for name in relaxation.fields}}


def _alternative(alternative: Alternative) -> Json:
    return {
        "label": alternative.label, "title": alternative.title, "steps": [step_json(step) for step in alternative.steps],
        "total": _total(alternative.steps),
    }  # fmt: skip


def _total(steps: Iterable[Step]) -> Json:
    whole = LearningPath(LearnerProfile(), tuple(steps), ())
    return {"price": [_money(money) for money in whole.prices], "unknown_prices": whole.unknown_prices, "days": whole.days}


def _money(money: Money | None) -> Json | None:
    return {"amount": money.amount, "currency": money.currency} if money else None


def _period(period: Period) -> Json:
    return {"start": _iso(period.start), "end": _iso(period.end)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
