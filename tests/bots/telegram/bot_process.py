"""The bot in a process of its own, for tests that kill it: `python -m tests.bots.telegram.bot_process` with JALON_ settings."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Iterator

from assistant.records import Event, Language, Memory
from bots.settings import load_settings
from bots.state import State
from bots.telegram.bot import TelegramBot, run
from tests.fakes_telegram import FakeAssistant, FakeService, fake_path


class Unhurried(FakeAssistant):
    """Takes some milliseconds, so that a kill finds answers in every stage."""

    def reply(self, question: str, memory: Memory = Memory(), language: Language | None = None) -> Iterator[Event]:  # noqa: B008
        time.sleep(0.004)
        yield from super().reply(question, memory, language)


async def main() -> None:
    settings = load_settings()
    service = FakeService()
    service.ready.assistant = Unhurried()
    bot, stop = TelegramBot(settings, service, State(settings.state_url), alone=True), asyncio.Event()
    bot.desk.recommend = fake_path
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await run(bot, stop, lambda: print("ready", flush=True))


if __name__ == "__main__":
    asyncio.run(main())
