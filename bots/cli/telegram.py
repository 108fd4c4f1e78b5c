"""`jalon telegram`: the bot by polling, its webhook, invitations and links."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from typing import TYPE_CHECKING, Annotated

import typer

from bots.command_line import open_service, open_state
from bots.errors import BadSetting
from bots.settings import load_settings
from bots.terminal import note

if TYPE_CHECKING:
    from bots.settings import Settings
    from bots.telegram.bot import TelegramBot


def register(app: typer.Typer) -> None:
    app.command()(telegram)


def telegram(
    webhook: Annotated[
        str | None, typer.Option("--webhook", metavar="URL", help="Register this address of `jalon serve` as webhook, and end.")
    ] = None,
    invite: Annotated[int | None, typer.Option("--invite", min=1, metavar="N", help="Print an invitation for N people, and end.")] = None,
    link: Annotated[str | None, typer.Option("--link", metavar="LOGIN", help="Print a one-time link to this web account, and end.")] = None,
) -> None:
    """Answer on Telegram (long polling) until SIGTERM or Ctrl-C."""
    settings = load_settings()
    if invite is not None or link is not None:
        typer.echo(_code(settings, invite or 1, link))
        return
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    if webhook is not None:
        asyncio.run(_register_webhook(settings, webhook))
        note(f"Telegram sends updates to {_webhook_address(webhook)} from now on; run `jalon serve` behind it.")
        return
    asyncio.run(_poll(settings))


def _bot(settings: Settings) -> TelegramBot:
    from bots.telegram.bot import TelegramBot

    service = open_service(serving=True)
    return TelegramBot(settings, service, open_state(settings), alone=True)


async def _poll(settings: Settings) -> None:
    from bots.telegram.bot import run

    bot, stop = _bot(settings), asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await bot.desk.think(bot.desk.service.current)  # the demo is indexed before the first person waits
    await run(bot, stop, ready=lambda: note(f"Jalon answers on Telegram as @{bot.name}."))


async def _register_webhook(settings: Settings, url: str) -> None:
    if settings.telegram_secret is None:
        raise BadSetting("JALON_TELEGRAM_SECRET is not set: choose a secret of letters, digits, - and _, and set it for `jalon serve` too.")
    if not url.startswith("https://"):
        raise BadSetting("Telegram calls webhooks over https only: give the public https address of `jalon serve`.")
    bot = _bot(settings)
    try:
        await bot.register_webhook(_webhook_address(url), settings.telegram_secret.get_secret_value())
    finally:
        await bot.stop()


def _webhook_address(url: str) -> str:
    return url if url.endswith("/telegram/webhook") else f"{url.rstrip('/')}/telegram/webhook"


def _code(settings: Settings, people: int, login: str | None) -> str:
    """The invitation or link as Telegram's `/start` takes it."""
    from bots.state_auth import Accounts
    from bots.state_telegram import TelegramState

    state = open_state(settings)
    rooms = TelegramState(state, 0, time.time)
    if login is None:
        return f"/start {rooms.new_code('invitation', uses=people)}"
    account = Accounts(state.database).find(login)
    return f"/start {rooms.new_code('link', account.id)}"
