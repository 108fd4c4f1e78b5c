"""Measures a running Jalon: ``python -m tests.browser.load http://127.0.0.1:8000 [rounds]`` (set JALON_RATE_ADDRESS high).

One user first, then 50 at once; prints the time to the first words and to the whole answer, and stops on any answer that
belongs to another question or another conversation.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

import httpx

PEOPLE = 50
QUESTIONS = (
    "Combien coûte le cycle Piloter la transformation publique ?", "Quels sont les objectifs du module 2 ?", "Qui peut y participer ?",
    "Où a lieu la formation ?", "Quelle est la durée ?",
)  # fmt: skip


async def ask(client: httpx.AsyncClient, question: str, conversation: str | None = None) -> tuple[float, float, str]:
    """Seconds to the first words, seconds to the whole, conversation."""
    began, first, received = time.perf_counter(), 0.0, ""
    async with client.stream("POST", "/api/chat", json={"question": question, "conversation": conversation}) as response:
        response.raise_for_status()
        async for text in response.aiter_text():
            first = first or time.perf_counter() - began
            received += text
    event = next(block for block in received.split("\n\n") if block.startswith("event: answer"))
    answer = json.loads(next(line for line in event.splitlines() if line.startswith("data: "))[6:])
    if answer["question"] != question or (conversation and answer["conversation"] != conversation):
        sys.exit(f"a crossed conversation: asked {question!r}, got the answer to {answer['question']!r}")
    return first, time.perf_counter() - began, answer["conversation"]


def report(name: str, times: list[tuple[float, float, str]]) -> None:
    def percentile(values: list[float], share: float) -> float:
        return 1000 * sorted(values)[min(len(values) - 1, int(share * len(values)))]

    first, whole = [t[0] for t in times], [t[1] for t in times]
    print(
        f"{name}: first words p50 {percentile(first, 0.5):.0f} ms, p95 {percentile(first, 0.95):.0f} ms; "
        f"whole p50 {percentile(whole, 0.5):.0f} ms, p95 {percentile(whole, 0.95):.0f} ms ({len(times)} answers)"
    )


async def person(client: httpx.AsyncClient, number: int) -> list[tuple[float, float, str]]:
    """Three questions in one conversation, each unlike those of the others."""
    times, conversation = [], None
    for turn in range(3):
        times.append(await ask(client, f"{QUESTIONS[(number + turn) % len(QUESTIONS)]} ({number}.{turn})", conversation))
        conversation = times[-1][2]
    return times


async def measure(url: str, rounds: int) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=httpx.Limits(max_connections=PEOPLE)) as client:
        await ask(client, QUESTIONS[0])
        report("one user", [await ask(client, QUESTIONS[number % len(QUESTIONS)]) for number in range(60)])
        for _ in range(rounds):
            people = await asyncio.gather(*(person(client, number) for number in range(PEOPLE)))
            report(f"{PEOPLE} at once", [turn for turns in people for turn in turns])


if __name__ == "__main__":
    asyncio.run(measure(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2))
