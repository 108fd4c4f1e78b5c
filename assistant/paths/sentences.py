"""The fixed sentences of paths, French and English: reasons, exclusions, relaxations. One table, so that none drifts."""

from __future__ import annotations

from datetime import date
from typing import Final

from assistant.records import Language, Money, Period

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # why a module is in the path
    "names_goal": ("Son titre répond à {goals}.", "Its title meets {goals}."),
    "words": ("Il partage avec votre demande : {words}.", "It shares with your request: {words}."),
    "field": ("Il relève du même domaine que votre demande : {domain}.", "It belongs to the same field as your request: {domain}."),
    "near": ("Son contenu est proche de votre demande.", "Its content is near your request."),
    "role": ("Il convient à votre fonction ({role}).", "It suits your role ({role})."),
    "neutral": ("Aucun objectif ni fonction n'est précisé : il fait partie des formations possibles.",
                "No goal or role is given: it is one of the possible courses."),
    "group": ("Il s'adresse à des personnes comme vous : « {group} ».", "It is meant for people like you: “{group}”."),
    "at_home": ("Son public comprend la {versant}.", "Its audience includes the {versant}."),
    "here": ("Il est organisé pour votre territoire.", "It is held for your territory."),
    "prerequisite_of": ("Il est demandé avant « {title} ».", "It is required before “{title}”."),
    "locked": ("Il est gardé à votre demande.", "It is kept at your request."),
    "announced": ("Il est connu par une annonce : confirmez qu'il est encore proposé.", "It is known from an announcement: confirm that it is "
    "still offered."),
    "to_check": ("Conditions d'accès à vérifier.", "Conditions of access to be checked."),
    "past": ("La session annoncée est passée : demandez la prochaine.", "The announced session is over: ask for the next one."),
    "no_dates": ("Dates non précisées.", "Dates not stated."),
    "no_price": ("Prix non précisé.", "Price not stated."),
    "goal": ("l'objectif « {goal} »", "the goal “{goal}”"),
    # why a module is not in the path
    "out_not_eligible": ("Le public ou les prérequis ne correspondent pas à votre situation.", "Its audience or prerequisites do not fit your "
    "situation."),
    "out_completed": ("Déjà suivi.", "Already completed."),
    "out_less_relevant": ("Trop éloigné de votre demande (pertinence {relevance}, seuil {threshold}).",
                          "Too far from your request (relevance {relevance}, threshold {threshold})."),
    "out_barred": ("Écarté à votre demande.", "Left out at your request."),
    "out_twin": ("Fait double emploi avec « {title} », déjà dans le parcours.", "Duplicates “{title}”, already in the path."),
    "out_no_session_dates": ("Aucune session ne tient dans vos dates ({period}) : {sessions}.", "No session fits your dates ({period}): {sessions}."),
    "out_no_session_unknown": ("Aucune session n'est annoncée : rien ne dit qu'elle tienne dans vos dates.",
                               "No session is announced: nothing says that one fits your dates."),
    "out_missing_prerequisite": ("Demande d'abord {names}, qui n'est ni acquis ni dans le parcours.", "Requires {names} first, which is "
    "neither completed nor in the path."),
    "out_date_clash": ("Chaque session possible tombe en même temps qu'une étape du parcours, ou avant la fin de son prérequis : {titles}.",
                       "Every possible session meets a step of the path, or begins before its prerequisite ends: {titles}."),
    "out_too_long": ("Dure {days} j ; il reste {left} j sur {limit}.", "Takes {days} d; {left} d of {limit} are left."),
    "out_over_budget": ("Coûte {price} ; il reste {left} sur {limit}.", "Costs {price}; {left} of {limit} are left."),
    "out_unproven": ("Non retenu dans le temps de calcul : le parcours n'est pas prouvé optimal.", "Not kept within the time allowed: the "
    "path is not proven optimal."),
    # what would make more possible
    "more_budget": ("Porter le budget à {amount} (+ {extra}).", "Raise the budget to {amount} (+ {extra})."),
    "more_days": ("Porter la durée à {days} j (+ {extra} j).", "Raise the time to {days} days (+ {extra})."),
    "wider": ("Élargir la période de disponibilité : {period}.", "Widen the period of availability: {period}."),
    "no_period": ("Ne pas fixer de période : certaines formations n'annoncent pas encore de dates.", "Fix no period: some courses announce no "
    "dates yet."),
    "fewer_absences": ("Être présent {periods}.", "Be present {periods}."),
    "several": ("{changes}", "{changes}"),
    "gain_modules": ("Le parcours compte alors {titles}", "The path then holds {titles}"),
    "gain_instead": (" à la place de {titles}", " instead of {titles}"),
    "gain_goals": (" et répond à {goals}", " and meets {goals}"),
    "cheapest": ("Le moins cher", "The cheapest"),
    "shortest": ("Le plus court", "The shortest"),
    "widest": ("Le plus large", "The widest"),
    # the path in one sentence
    "nothing_relevant": ("Aucune formation du catalogue ne correspond à {wish} : je n'en recommande aucune.", "No course of the catalogue "
    "matches {wish}: I recommend none."),
    "role_says_little": ("Ce que je sais de vous ({who}) ne suffit pas à désigner des formations : dites ce que vous voulez apprendre.",
                         "What I know of you ({who}) is not enough to point to courses: say what you would like to learn."),
    "ask_fields": ("Que souhaitez-vous apprendre ? Le catalogue traite par exemple de : {fields}.",
                   "What would you like to learn? The catalogue covers, for instance: {fields}."),
    "nothing_possible": ("Des formations conviendraient, mais aucune ne tient dans vos conditions.", "Some courses would suit, but none fits "
    "your conditions."),
    "your_request": ("votre demande", "your request"),
    "path": ("{parts}.", "{parts}."),
    "no_duration": ("durée non précisée", "time not stated"),
    # a team
    "team_nothing_suits": ("Aucune formation du catalogue ne convient à cet agent.", "No course of the catalogue suits this agent."),
    "team_nothing_left": ("Des formations conviendraient, mais aucune n'a pu être attribuée : voir les motifs.",
                          "Some courses would suit, but none could be given: see the reasons."),
    "team_full": ("Les {seats} places de chaque session possible sont prises.", "The {seats} seats of every possible session are taken."),
    "team_over_budget": ("Coûte {price} : ce qui reste des {budget} de l'équipe n'y suffit pas.", "Costs {price}: what is left of the team's "
    "{budget} is not enough."),
    "team_no_room": ("Place et budget restants ne vont pas ensemble pour cette formation.", "The seats and the money left do not go together "
    "for this course."),
    "free": ("gratuit", "free"),
    "and": (" et ", " and "),
}  # fmt: skip


# One, then several: French says "1,5 jour", English "1.5 days".
_COUNTED: Final[dict[str, tuple[tuple[str, str], tuple[str, str]]]] = {
    "courses": (("formation", "formations"), ("course", "courses")),
    "days": (("jour", "jours"), ("day", "days")),
    "unknown_prices": (("prix non précisé", "prix non précisés"), ("price not stated", "prices not stated")),
}


def counted(key: str, number: float, language: Language) -> str:
    """A number with its noun, in the plural where the language asks for it.

    >>> counted("days", 1.5, "fr"), counted("days", 1.5, "en"), counted("unknown_prices", 2, "fr")
    ('1,5 jour', '1.5 days', '2 prix non précisés')
    """
    french = language == "fr"
    several = number >= 2 if french else number != 1
    return f"{show_days(number, language)} {_COUNTED[key][0 if french else 1][several]}"


def say(key: str, language: Language, **values: object) -> str:
    """The sentence of a key; KeyError for an unknown one."""
    return _SENTENCES[key][0 if language == "fr" else 1].format(**values)


def join(parts: list[str], language: Language) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + say("and", language) + parts[-1]


def show_money(money: Money, language: Language) -> str:
    """ "1 200 €", "1 200,50 €", "36 000 F CFP"."""
    figures = f"{money.amount:,.0f}" if money.amount == int(money.amount) else f"{money.amount:,.2f}"
    if language == "fr":
        figures = figures.replace(",", "\u00a0").replace(".", ",")
    unit = {"EUR": "€", "XPF": "F\u00a0CFP"}.get(money.currency, money.currency)
    return f"{figures}\u00a0{unit}"


def show_days(days: float, language: Language) -> str:
    text = f"{days:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "fr" else text


def show_date(day: date, language: Language) -> str:
    return day.strftime("%d/%m/%Y") if language == "fr" else day.isoformat()


def show_period(period: Period, language: Language) -> str:
    """ "du 01/09/2026 au 03/09/2026", "à partir du 01/09/2026", "jusqu'au 03/09/2026", "le 01/09/2026"."""
    start = show_date(period.start, language) if period.start else None
    end = show_date(period.end, language) if period.end else None
    french = language == "fr"
    if start and end:
        return (f"le {start}" if french else f"on {start}") if start == end else (f"du {start} au {end}" if french else f"from {start} to {end}")
    if start:
        return f"à partir du {start}" if french else f"from {start}"
    return (f"jusqu'au {end}" if french else f"until {end}") if end else ""
