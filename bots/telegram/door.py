"""Who may come in, how often, and what the person is told about the bot: start, help, language, their data, erasure."""

from __future__ import annotations

import json
from typing import cast

from telegram import Chat, User

from assistant.records import Language
from bots.errors import NotFound
from bots.messages import LANGUAGES
from bots.state_auth import Accounts
from bots.state_telegram import Person
from bots.telegram.profile import path_keyboard
from bots.telegram.talk import Visit
from bots.telegram.text import bold, message

COMMANDS = ("formations", "parcours", "profil", "langue", "mesdonnees", "oublier", "aide")
"""The commands as Telegram's menu lists them."""


async def let_in(visit: Visit, code: str | None) -> bool:
    """Whether the person may go on; tells them why not. ``code`` is what might be an invitation or a link."""
    user = cast("User", visit.update.effective_user)
    spoken: Language = "en" if (user.language_code or "fr").lower().startswith("en") else "fr"
    person: Person
    person, visit.known_talk = await visit.desk.run(visit.desk.rooms.enter, visit.chat, visit.owner, spoken)
    visit.person, visit.language = person, person.language
    rate = visit.desk.settings.telegram_rate
    if person.count > rate:
        if person.count == rate + 1:  # said once a minute: more would be the flood that it speaks of
            await visit.toast("too_fast", n=rate)
        else:
            await visit.toast()
        return False
    if code and (how := await visit.desk.run(visit.desk.rooms.redeem, visit.owner, code)):
        await visit.tell(f"welcome_{how}")
        return True
    if await _admitted(visit, person, user):
        return True
    await visit.toast(f"closed_{visit.desk.settings.telegram_access.replace('-', '_')}")
    return False


async def _admitted(visit: Visit, person: Person, user: User) -> bool:
    settings = visit.desk.settings
    if settings.telegram_access == "open":
        return True
    allowed = {entry.strip().lower() for entry in settings.telegram_allowed.split(",") if entry.strip()}
    if str(user.id) in allowed or (user.username and f"@{user.username}".lower() in allowed):
        return True
    if settings.telegram_access == "invited":
        return person.admitted is not None
    if settings.telegram_access == "linked" and person.account:
        try:
            await visit.desk.run(Accounts(visit.desk.state.database).get, person.account)
        except NotFound:  # the account was removed: so is what hung on it
            return False
        return True
    return False


async def start(visit: Visit) -> None:
    """What the bot is, that it is an AI, what it keeps and for how long."""
    said = (visit.words("start_ai"), visit.words("start_kept", days=visit.desk.settings.keep_days), visit.words("start_try"))
    await visit.say(message(bold(visit.words("start_title")), *(f"\n\n{paragraph}" for paragraph in said)), path_keyboard(visit))


async def tell_help(visit: Visit) -> None:
    lines = [f"/{name} — {visit.words(f'command_{name}')}\n" for name in COMMANDS]
    await visit.say(message(bold(visit.words("help_title")), "\n\n", visit.words("help_ask"), "\n\n", *lines))


async def language(visit: Visit, wanted: str) -> None:
    """Changes the language, or offers both."""
    known = {"fr": "fr", "français": "fr", "francais": "fr", "en": "en", "english": "en", "anglais": "en"}.get(wanted.strip().lower())
    if known in LANGUAGES:
        await visit.desk.run(visit.desk.rooms.set_language, visit.owner, known)
        visit.language = known
        await visit.toast("language_set")
    else:
        await visit.tell("language_ask", [[("Français", "l:-:fr"), ("English", "l:-:en")]])


async def my_data(visit: Visit) -> None:
    """Everything that is kept of the person, as a file; never into a group."""
    if not visit.private:
        await visit.tell("in_private")
        return
    kept = await visit.desk.run(visit.desk.state.export, visit.owner)
    content = json.dumps(kept, ensure_ascii=False, indent=2, default=str).encode("utf-8", "replace")
    await visit.delivery.file("mes-donnees.json", content, visit.words("data_file"))


async def forget(visit: Visit) -> None:
    """Erases the person first and says so then: what is confirmed is true when it is read."""
    await visit.desk.run(visit.desk.rooms.forget, visit.owner, visit.waiting.update_id)
    visit.known_talk = None
    await visit.tell("forgotten")


async def left(visit: Visit) -> bool:
    """Whether the update says that the bot was blocked or sent away; then the person is forgotten without a word."""
    change = visit.update.my_chat_member
    if change is None:
        return False
    if change.new_chat_member.status in ("kicked", "left") and change.chat.type == Chat.PRIVATE:
        await forget_quietly(visit)
    return True


async def forget_quietly(visit: Visit) -> None:
    await visit.desk.run(visit.desk.rooms.forget, visit.owner, visit.waiting.update_id)
