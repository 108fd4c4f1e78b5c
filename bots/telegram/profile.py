"""Who learns, asked slot by slot with buttons or free words; and the path that follows, with its calendar file."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.errors import AssistantError
from assistant.learner.profile import SLOTS, fill, is_skip, next_question
from assistant.records import Alternative, Language, LearnerProfile, LearningPath, Money, Period, Step
from bots.messages import day, error_sentence, money, sentence
from bots.telegram.answers import slot_choices
from bots.telegram.delivery import Keyboard
from bots.telegram.talk import Visit
from bots.telegram.text import Message, Piece, bold, italic, message
from corpus.vocabulary import VERSANTS

EXCLUDED_SHOWN = 12
RELAXATIONS_SHOWN = 3


# The profile


async def show_profile(visit: Visit) -> None:
    """What is known of the person for advice, and the buttons to fill it in or empty it."""
    profile = await visit.profile()
    known = _known(visit, profile)
    parts: list[str | Piece] = [bold(visit.words("profile_title")), "\n"]
    for name, value in known:
        parts += [f"\n{name} : ", bold(value)]
    if not known:
        parts.append("\n" + visit.words("profile_empty"))
    rows = [[(visit.words("profile_fill"), "n:-:start"), (visit.words("see_path"), "h:-")]]
    if known:
        rows.append([(visit.words("profile_clear"), "x:-")])
    await visit.say(message(*parts), rows)


def _known(visit: Visit, profile: LearnerProfile) -> list[tuple[str, str]]:
    language = visit.language
    values = {
        "role": profile.role, "employer": profile.employer, "territory": profile.territory, "category": profile.category, "corps": profile.corps,
        "versant": VERSANTS.get(profile.versant or "", profile.versant), "goals": ", ".join(profile.goals),
        "budget": money(profile.budget.amount, profile.budget.currency, language) if profile.budget else None,
        "max_days": _days(visit, profile.max_days) if profile.max_days else None,
        "available": _period(visit, profile.available) if profile.available else None,
        "unavailable": ", ".join(_period(visit, period) for period in profile.unavailable), "completed": ", ".join(profile.completed),
    }  # fmt: skip
    return [(visit.words(f"slot_{name}"), value) for name, value in values.items() if value]


async def clear_profile(visit: Visit) -> None:
    await visit.toast()
    await visit.keep_profile(LearnerProfile())
    await visit.await_words(None)
    await visit.tell("profile_cleared", [[(visit.words("profile_fill"), "n:-:start")]])


async def ask_next(visit: Visit, after: str | None, *, then: str = "profile") -> None:
    """Asks for the next unknown slot; when nothing is left, shows the profile (or, ``then`` "path", the path)."""
    profile = await visit.profile()
    asked = next_question(profile, visit.language, after)
    if asked is None:
        await visit.await_words(None)
        await (show_path(visit) if then == "path" else show_profile(visit))
        return
    slot, question = asked
    await visit.await_words(f"profile:{slot}")
    await _ask(visit, slot, question, profile)


async def _ask(visit: Visit, slot: str, question: str, profile: LearnerProfile) -> None:
    choices = slot_choices(slot, profile.versant, visit.language)
    key = await visit.keep_card({"kind": "slot", "slot": slot, "choices": choices})
    rows = [[(shown, f"f:{key}:{number}")] for number, (shown, _) in enumerate(choices)]
    if slot == "category":
        rows = [[button for row in rows for button in row]]
    rows.append([(visit.words("skip"), f"n:-:{slot}"), (visit.words("enough"), "n:-:end")])
    await visit.say(message(question), rows)


async def next_slot(visit: Visit, _card: dict[str, Any], _key: str, argument: str) -> None:
    """The buttons "fill in", "skip" (the slot to skip) and "enough"."""
    await visit.toast()
    if argument == "end":
        await visit.await_words(None)
        await show_profile(visit)
    else:
        await ask_next(visit, argument if argument in SLOTS else None)


async def tapped_slot(visit: Visit, card: dict[str, Any], _key: str, argument: str) -> None:
    await visit.toast()
    await fill_slot(visit, card["slot"], card["choices"][int(argument)][1])


async def fill_slot(visit: Visit, slot: str, words: str) -> None:
    """Takes the answer to the question about a slot, and asks the next."""
    before = await visit.profile()
    profile = fill(before, slot, words, date.today())
    if profile == before and not is_skip(words):
        asked = next_question(before.merged(**{slot: () if slot == "goals" else None}), visit.language, _previous(slot))
        await visit.tell("not_understood")
        await _ask(visit, slot, asked[1] if asked else "", before)
        return
    await visit.keep_profile(profile)
    await ask_next(visit, slot)


def _previous(slot: str) -> str | None:
    place = SLOTS.index(slot)
    return SLOTS[place - 1] if place else None


# The path


async def start_path(visit: Visit) -> None:
    """The path; what one wants to learn is asked first where nobody knows it."""
    if (await visit.profile()).goals:
        await show_path(visit)
    else:
        await visit.await_words("path:goals")
        await visit.tell("path_goals")


async def goals_said(visit: Visit, words: str) -> None:
    """What the person wants to learn, in their words; whatever else they say about themselves is taken too."""
    profile = fill(await visit.profile(), "goals", words, date.today())
    if not profile.goals:
        await visit.tell("path_goals")
        return
    await visit.keep_profile(profile)
    await visit.await_words(None)
    await show_path(visit)


async def show_path(visit: Visit) -> None:
    profile = await visit.profile()
    desk = visit.desk
    async with visit.delivery.typing():
        try:
            path = await desk.think(lambda: desk.recommend(desk.service.current(), profile, visit.language))
            calendar = await desk.think(_calendar, path, visit.language) if any(step.session for step in path.steps) else ""
        except AssistantError as error:
            await visit.say(message(error_sentence(error, visit.language)))
            return
    card = {
        "kind": "path", "calendar": calendar,
        "excluded": [[out.module, out.detail or visit.words(f"out_{out.reason}")] for out in path.excluded[:EXCLUDED_SHOWN]],
        "alternatives": [[title, *_alternative(visit, other)] for other in path.alternatives for title in [other.title or other.label]],
    }  # fmt: skip
    key = await visit.keep_card(card)
    rows: list[list[tuple[str, str]]] = [[(visit.words("calendar"), f"i:{key}")]] if calendar else []
    if card["excluded"]:
        rows.append([(visit.words("excluded"), f"e:{key}")])
    if card["alternatives"]:
        rows.append([(visit.words("alternatives"), f"a:{key}")])
    rows.append([(visit.words("profile_change"), "v:-")])
    await visit.say(_path(visit, path), rows)


def _calendar(path: LearningPath, language: Language) -> str:
    from assistant.paths.export import to_ics

    return to_ics(path, language=language)


def _path(visit: Visit, path: LearningPath) -> Message:
    parts: list[str | Piece] = [bold(visit.words("path_title" if path.steps else "path_none")), "\n"]
    for number, step in enumerate(path.steps, 1):
        parts += ["\n", bold(f"{number}. {step.module}"), "\n", _line(visit, step), "\n"]
        parts += [f"{step.reason}\n"] if step.reason else []
        parts += [_verdict(visit, step), "\n"]
    if path.steps:
        parts += ["\n", bold(_total(visit, path.prices, path.unknown_prices, path.days)), "\n"]
    for change in path.relaxations[:RELAXATIONS_SHOWN]:
        parts.append(f"\n💡 {change.change} → {change.gain}\n")
    if path.questions:
        parts.append("\n" + visit.words("path_questions") + "".join(f"\n• {question}" for question in path.questions) + "\n")
    parts += ["\n", italic(visit.words("path_advice"))]
    return message(*parts)


def _verdict(visit: Visit, step: Step) -> str:
    """The verdict and its first rule, which may begin with the verdict's own words."""
    verdict = visit.words(f"verdict_{step.eligibility.verdict}")
    if not step.eligibility.because:
        return verdict
    rule = step.eligibility.because[0].rule
    first, colon, rest = rule.partition(" : " if visit.language == "fr" else ": ")
    return f"{verdict} : {rest if colon and first.casefold() in verdict.casefold() else rule}"


def _line(visit: Visit, step: Step) -> str:
    said = [f"📅 {_period(visit, step.session)}" if step.session else visit.words("no_session")]
    if step.days:
        said.append(_days(visit, step.days))
    said.append(_price(visit, step.price))
    return " · ".join(said)


def _price(visit: Visit, price: Money | None) -> str:
    if price is None:
        return visit.words("no_price")
    return money(price.amount, price.currency, visit.language) if price.amount else visit.words("free")


def _total(visit: Visit, prices: tuple[Money, ...], unknown: int, days: float) -> str:
    said = [_days(visit, days)] if days else []
    said += [money(price.amount, price.currency, visit.language) for price in prices]
    said += [visit.words("unknown_prices", n=unknown)] if unknown else []
    return visit.words("total", value=" · ".join(said)) if said else visit.words("total_unknown")


def _days(visit: Visit, days: float) -> str:
    shown = f"{days:g}".replace(".", "," if visit.language == "fr" else ".")
    return visit.words("days", n=int(days) if days == int(days) else int(days) + 1, days=shown)


def _period(visit: Visit, period: Period) -> str:
    language = visit.language
    if period.start and period.end and period.start != period.end:
        return visit.words("from_to", start=day(period.start, language), end=day(period.end, language))
    if period.start:
        return visit.words("on" if period.end else "from", start=day(period.start, language))
    return visit.words("until", end=day(period.end, language)) if period.end else visit.words("any_time")


def _alternative(visit: Visit, other: Alternative) -> list[list[str]]:
    return [[step.module, _line(visit, step)] for step in other.steps]


async def send_calendar(visit: Visit, card: dict[str, Any], _key: str, _argument: str) -> None:
    await visit.toast()
    await visit.delivery.file("parcours.ics", card["calendar"].encode(), visit.words("calendar_file"))


async def show_excluded(visit: Visit, card: dict[str, Any], _key: str, _argument: str) -> None:
    await visit.toast()
    parts: list[str | Piece] = [bold(visit.words("excluded")), "\n"]
    for module, why in card["excluded"]:
        parts += ["\n", bold(module), f"\n{why}\n"]
    await visit.say(message(*parts))


async def show_alternatives(visit: Visit, card: dict[str, Any], _key: str, _argument: str) -> None:
    await visit.toast()
    parts: list[str | Piece] = []
    for title, *steps in card["alternatives"]:
        parts += [bold(title), "\n", *(f"• {module} — {line}\n" for module, line in steps), "\n"]
    await visit.say(message(*parts))


def path_keyboard(visit: Visit) -> Keyboard:
    """The buttons of a first visit."""
    return [
        [(visit.words("see_courses"), "c:-:0"), (visit.words("see_path"), "h:-")],
        [(visit.words("see_profile"), "v:-"), (sentence("tg_other_language", visit.language), "l:-:" + ("en" if visit.language == "fr" else "fr"))],
    ]
