"""Figures of the service for Prometheus. No label and no value tells anything about a person or a question.

With several workers, ``settings.share_metrics`` names a folder before this module is imported, and every worker answers
``/metrics`` with the figures of all.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from assistant.records import Answer

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)


class Metrics:
    """The figures of one application. Thread-safe."""

    content_type = CONTENT_TYPE_PLAIN_0_0_4

    def __init__(self, shared: bool = False) -> None:
        self._shared = shared
        self._registry = CollectorRegistry()
        own = self._registry
        self._requests = Counter("jalon_requests_total", "Requests by route, method and status.", ["route", "method", "status"], registry=own)
        self._request_seconds = Histogram("jalon_request_seconds", "Time to the end of a response.", ["route"], buckets=_SECONDS, registry=own)
        self._answers = Counter(
            "jalon_answers_total", "Answers by intent, way of writing, and whether they abstained.", ["intent", "mode", "abstained"], registry=own
        )
        self._first_piece = Histogram("jalon_first_piece_seconds", "Time to the first words of an answer.", buckets=_SECONDS, registry=own)
        self._answer_seconds = Histogram("jalon_answer_seconds", "Time to a whole answer.", buckets=_SECONDS, registry=own)
        self._feedback = Counter("jalon_feedback_total", "What people think of answers.", ["rating"], registry=own)
        self.open_replies = Gauge("jalon_open_replies", "Answers being made.", multiprocess_mode="livesum", registry=own)

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Counts a response; ``route`` is the pattern of the route, never the address asked for."""
        self._requests.labels(route, method, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def answer(self, answer: Answer, first_piece: float | None, seconds: float) -> None:
        self._answers.labels(answer.intent, "extractive" if answer.mode == "extractive" else "model", str(answer.abstained).lower()).inc()
        if first_piece is not None:
            self._first_piece.observe(first_piece)
        self._answer_seconds.observe(seconds)

    def feedback(self, rating: str) -> None:
        self._feedback.labels(rating).inc()

    def text(self) -> bytes:
        """The exposition format of Prometheus."""
        registry = self._registry
        if self._shared:
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
