"""What a sentence says about its speaker: role, employer, territory, money, goals. Patterns run on folded text.

Only the speaker counts: "quelles formations pour les agents communaux ?" says nothing about who asks, "je suis agent
communal" does. Values that are shown to people again (role, goals) are cut from the text as it was written.
"""

from __future__ import annotations

import re
from typing import Final

from assistant.learner.dates import NUMBERS, number
from assistant.records import Money
from corpus.french import fold

_JOB: Final = (
    r"(?:sous-)?direct(?:eur|rice)|attachee?|chef(?:fe)?|responsable|agente?|administrat(?:eur|rice)|administrative?|redact(?:eur|rice)|secretaire|"
    r"cadre|charge(?:e)?|gestionnaire|technicien(?:ne)?|ingenieure?|infirmi(?:er|ere)|aide-soignante?|medecin|prefete?|sous-prefete?|"
    r"conseill(?:er|ere)|"
    r"assistante?|adjointe?|fonctionnaire|contractuel(?:le)?|stagiaire|titulaire|professeure?|enseignante?|formateur|formatrice|juriste|comptable|"
    r"achet(?:eur|euse)|documentaliste|bibliothecaire|conservat(?:eur|rice)|animat(?:eur|rice)|educat(?:eur|rice)|policier|policiere|commissaire|"
    r"lieutenante?|pompier|coordinat(?:eur|rice)|coordonnat(?:eur|rice)|inspect(?:eur|rice)|control(?:eur|euse)|maire|elue?|dgs|dga|dgst|drh|dsi|daf|"
    r"encadrante?|manager|manageuse|pilote|referente?|psychologue|architecte|urbaniste|greffi(?:er|ere)|magistrate?|surveillante?|sage-femme|"
    r"cuisini(?:er|ere)|jardini(?:er|ere)|atsem|apprentie?|instruct(?:eur|rice)|mediat(?:eur|rice)|webmestre|developpeu(?:r|se)|archiviste|"
    r"regisseu(?:r|se)|auditeur|auditrice|delegue|deleguee|officier|officiere|gardien(?:ne)?|receveu(?:r|se)|tresori(?:er|ere)|ouvri(?:er|ere)|"
    r"haut(?:e)? fonctionnaire|membre|"
    r"manager|officer|head|director|civil servant|clerk|nurse|engineer|administrator|accountant|lawyer|teacher|adviser|advisor|secretary"
)
_SELF: Final = re.compile(
    r"\b(?:(?<!ne )(?:je|j')\s?(?:suis|etais|exerce|travaille|bosse|occupe)|moi qui suis|c'est pour une? |en tant que?|en qualite de|as an?\b|"
    r"i am|i'm|i work|nous sommes|mon (?:poste|metier|grade|employeur|corps|cadre d'emplois?)|ma (?:fonction|categorie|collectivite|mairie|commune)|"
    r"notre (?:commune|mairie|collectivite|hopital|service))\b"
)
_NOT_SELF: Final = re.compile(r"\bje ne suis (?:pas|plus)\b[^,;.!?]*")
_OPENING: Final = re.compile(rf"^\s*(?:bonjour|bonsoir|hello|hi|ia ora na)?[ ,!.]*(?:{_JOB})\b(?! (?:peut|peuvent|doit)\b)")
_ROLE: Final = re.compile(rf"(?:\b(?:un|une|la|le|l'|an?|the)\s?|\b(?:actuellement|aujourd'hui|aussi) )?\b(?P<role>(?:{_JOB})\b[^,;.!?:()\n]*)")
_ROLE_STOP: Final = re.compile(
    r"\s(?:et|and|mais|qui|depuis|avec|je|j'|i|with|who|since|puis-je|ai-je|peut-on|suis-je|pour|afin|en poste|en fonction|de categorie|"
    r"categorie|cat\.?|cat |"
    r"dans|au sein|chez|working|in an?|in the|at|budget|from)\b.*|\s(?:a|au|aux|en)\s.*|\s(?:a|en) l[ae']?\b.*"
)
_WORTHLESS: Final = re.compile(r"^(?:fonctionnaire|contractuel(?:le)?|titulaire|stagiaire|agente?|cadre|membre)s?$")

# Islands and towns of French Polynesia by which people place themselves; facts of geography, not of any document.
POLYNESIA: Final = re.compile(
    r"\b(?:polynesi\w*|tahiti\w*|moorea|papeete|faa'?a|punaauia|pirae|mahina|arue|paea|papara|taravao|bora[- ]bora|raiatea|uturoa|huahine|"
    r"taha'?a|maupiti|marquises|nuku[- ]hiva|hiva[- ]oa|tuamotu|rangiroa|fakarava|hao|gambier|mangareva|australes|rurutu|tubuai|rimatara|"
    r"iles sous[- ]le[- ]vent|iles du vent|fenua)\b"
)
TERRITORY_POLYNESIA: Final = "Polynésie française"
_TERRITORIES: Final = (
    (POLYNESIA, TERRITORY_POLYNESIA),
    (re.compile(r"\bnouvelle[- ]caledonie|\bnoumea\b"), "Nouvelle-Calédonie"),
    (re.compile(r"\b(?:la |ile de la )reunion\b(?! (?:d|a|avec|du|de)\b)|\bsaint-denis de la reunion"), "La Réunion"),
    (re.compile(r"\bmartinique\b"), "Martinique"),
    (re.compile(r"\bguadeloupe\b"), "Guadeloupe"),
    (re.compile(r"\bguyane\b|\bcayenne\b"), "Guyane"),
    (re.compile(r"\bmayotte\b"), "Mayotte"),
)

# What people call the house they work in -> its name in the profile. The longer name stands first.
_HOUSES: Final = (
    (
        r"communautes? de communes|communaute d'agglo\w*|agglomeration|interco\w*|epci|metropole|syndicat (?:mixte|intercommunal\w*)",
        "intercommunalité",
    ),
    (r"haut-commissariat", "haut-commissariat"),
    (r"sous-prefecture", "sous-préfecture"),
    (r"prefecture", "préfecture"),
    (r"ministere|administration centrale|ministry", "ministère"),
    (r"rectorat|academie", "rectorat"),
    (r"universite", "université"),
    (r"chu|chru|centre hospitalier|hopita(?:l|ux)|hospital|groupe(?:ment)? hospitalier\w*|ght|ap-hp", "hôpital"),
    (r"ehpad", "EHPAD"),
    (r"ccas", "CCAS"),
    (r"centre de gestion", "centre de gestion"),
    (r"sdis", "SDIS"),
    (r"conseil departemental|departement", "département"),
    (r"conseil regional|region", "région"),
    (r"administration du pays|agente? du pays|fonctionnaire du pays|pour le pays|gouvernement de la polynesie|service du pays|au pays", "Pays"),
    (r"communes?|mairie|ville|communale?|communaux|municipale?|municipalite|town hall|municipality", "commune"),
    (r"collectivite(?: territoriale)?", "collectivité territoriale"),
    (r"service deconcentre|ddtm?|dreal|dreets|drac|direction departementale|direction regionale", "service déconcentré"),
    (r"tribunal|juridiction|cour d'appel", "juridiction"),
    (r"lycee|college|ecole", "établissement d'enseignement"),
)
_HOUSE_PATTERNS: Final = tuple((re.compile(rf"\b(?:{words})\b"), name) for words, name in _HOUSES)

# 3 000 €, 3000 euros, 3 k€, 500 000 F CFP, deux mille euros
_MONEY: Final = re.compile(
    r"(?P<n>\d{1,3}(?:[ .]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?|(?:" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r"|cent|mille)(?:[ -](?:"
    + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r"|cents?|mille))*) ?(?P<k>k ?|mille |millions? d[e'] ?|millions? )?"
    r"(?P<c>€|euros?\b|eur\b|xpf\b|f ?cfp\b|fcfp\b|francs? (?:cfp|pacifiques?)\b|cfp\b|francs?\b)"
)  # fmt: skip
_MONEY_CUE: Final = re.compile(
    r"\b(?:j'ai|n'ai que|nous avons|n'avons que|on a|budget|dispos\w+|enveloppe|plafond|max\w*|pas plus de|au plus|"
    r"jusqu'a|credits?|je peux (?:mettre|payer|"
    r"depenser)|moins de|i have|up to|at most|avec)\b"
)
_COMPLETED: Final = re.compile(
    r"\b(?:j'ai|nous avons|i have|i've)\s(?:deja |already )?(?:suivi|fait|valide|termine|passe|complete|obtenu|completed|done|taken)\s"
    r"(?:(?:le|la|les|l'|un|une|mon|the) ?)?(?:(?:module|formation|cours|cycle|stage|course)s? )?(?P<what>[^,;.!?\n]+)"
)
_COMPLETED_STOP: Final = re.compile(r"\s(?:et (?:je|j'|veux|voudrais|cherche)|mais|and i|but|en 20\d\d|l'an|il y a|puis-je)\b.*")

_PROJECT: Final = (
    r"(?:(?:un|une|le|la|des|les|mon|notre|a|the|our|my)\s)?(?:(?:gros|grand|important|nouveau)\s)?(?:projets?|demarches?|"
    r"chantiers?|plans?|missions?|politiques?|project|strategie)"
)
_GOAL_CUES: Final = (
    rf"(?:je|j'|nous|on)\s?(?:pilot|condui|men|mene|ger|gere|prepar|lanc|port|anim|coordonn|dirig|mett)\w*(?: en "
    rf"place)?\s(?:{_PROJECT}\s(?:de\s|d'|du\s|des\s|sur\s|en\s|autour de\s|of\s|on\s)?)?",
    r"(?:je|j')\s?(?:suis (?:en charge|charge|chargee|responsable)|m'occupe) (?:de|du|des|d')\s?",
    r"(?:je|j'|nous)\s?(?:veux|voudrais|souhaite\w*|aimerais|cherche|dois|desire|recherche|envisage)\s(?:a\s|de\s|d')?(?:bien\s|mieux\s)?"
    r"(?:apprendre|me former|nous former|progresser|me perfectionner|monter en competences?|developper mes competences|maitriser|comprendre|"
    r"decouvrir|acquerir|renforcer mes competences)"
    r"(?:\s(?:a|au|aux|en|sur|dans|de|du|des)\b|\sd'|\sa l')?\s?",
    r"(?:formation|formations|cours|stage|module|modules|parcours)\s(?:sur|en|a|au|aux|de|du|pour apprendre|autour de|concernant|in|"
    r"d')\s?(?:l'|la |le |les )?",
    rf"(?:je|nous|on)\s(?:dois|devons|doit|veux|voudrais|souhaite|vais)\s(?:piloter|conduire|mener|gerer|preparer|lancer|porter|animer|mettre "
    rf"en place|mettre en oeuvre)\s(?:{_PROJECT}\s(?:de\s|d'|du\s|des\s|sur\s|en\s)?)?",
    r"(?:mes|mon|nos|notre)\s(?:objectifs?|buts?|besoins?|priorites?)\s?(?:est|sont|:|c'est|serait)?\s?(?:de\s|d')?",
    r"objectifs?\s?:\s?",
    r"(?:j'ai|nous avons) besoin (?:de|d'|du|des)\s?(?:me former (?:a|en|sur|au|aux)\s?|(?:formation|"
    r"competences)\s(?:sur|en|a)\s)?",
    r"(?:je m'|nous nous |m')(?:interesse|interessons) (?:a|au|aux|par)\s?",
    r"interesse(?:e|s)? par\s",
    r"(?:me|nous) former\s(?:a|au|aux|en|sur|dans)\s",
    r"(?:je|j'|nous)\s?(?:cherch\w+|recherch\w+|voudrais|voudrions|aimerais|aimerions|souhait\w+)\s(?:quelque chose|un truc|une session|un atelier)\s"
    r"(?:sur|en|autour de|a propos de|concernant)\s",
    r"pour\s(?:apprendre|me perfectionner|nous perfectionner)\s(?:a|au|aux|en|sur)\s",
    r"(?:progresser|monter en competences?) (?:en|sur|dans)\s",
    r"i (?:want|would like|need|wish) to (?:learn|improve|train in|study)(?: about)?\s",
    r"(?:course|courses|training) (?:on|in|about)\s",
    r"i (?:lead|run|manage)\s(?:an?\s|the\s)?(?:project (?:on|of|about)\s)?",
)
_GOAL: Final = tuple(re.compile(r"(?<!\w)" + cue + r"(?P<goal>[^;.!?:\n]+)") for cue in _GOAL_CUES)
_GOAL_STOP: Final = re.compile(
    r",?\s(?:et|mais|car|and)\s(?:j'|je|nous|on|mon|ma|suis|i|my|un budget|deux|trois)\b.*|,\s?(?:j'|je|nous|mon|ma|avec|budget|deux|trois|un "
    r"budget|i|my|puis|que|quel|disponib|max|sans|pour)\b.*|"
    r"\s(?:avec (?:un budget|\d|mon)|j'ai|quand|lorsque|parce|si\s|dans (?:ma|mon|une?|notre|le cadre|les|la|mes|un)|au sein|en 20\d\d|en "
    r"(?:"  # months follow
    r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)|pour (?:ma|mon|moins|mes|un|une|les|la|le|moi|\d)|"
    r"a partir|avant|d'ici|entre|qui|que me|"
    r"chez|in my|for my|s'il|svp|stp|possible|gratuit\w*|a distance|en ligne|en presentiel|pas che\w+)\b.*|\s\d[\d ]* ?(?:€|euros?|xpf).*"
)
_GOAL_SPLIT: Final = re.compile(
    r"\s*,\s*(?:et\s|ainsi que\s)?|\s(?:ainsi que|puis|et aussi)\s|\set\s(?=(?:a |au |aux |en |sur |de |du |des |d'|la |le |les |l'|mes ))|"
    r"\s?/\s?| and (?=in |on |the )"
)
_GOAL_TRIM: Final = re.compile(
    r"^(?:(?:formations?(?= (?!a |en |sur ))|a|au|aux|en|sur|de|du|des|d'|la|le|les|l'|mes|ma|mon|un|une|notre|nos|leur|the|an|in|on|about|"
    r"mieux|bien|savoir)(?:\s+|(?<=')))+"
)
_EMPTY_GOAL: Final = re.compile(
    r"^(?:formations?|modules?|cours|parcours|quelque chose|rien|tout|me former|apprendre|progresser|conseils?|informations?|aide|savoir|une? "
    r".{0,3}|equipe|service|inscrire|"
    r"m'inscrire|suivre.*|participer.*|connaitre.*|combien.*|renseign\w*|ou|quoi|date.*|prix.*|ca|cela|celle.*|celui.*|distance|ligne|\d+ "
    r"?\w*|pas plus de.*|moins de.*|gratuite?s?|courte?s?)$"
)


_ASKS: Final = re.compile(
    r"[ ,](?:puis-je|pourrais-je|ai-je|est-ce (?:que|qu')|combien|quel(?:le)?s? |quand |comment |peut-on|can i|am i|could i|what |how )"
)
"""Where the question begins: the house it names is not the speaker's."""


def self_scopes(text: str) -> list[str]:
    """The parts of a text in which the speaker speaks of himself or herself, each up to the end of its sentence."""
    folded = _NOT_SELF.sub(lambda m: " " * len(m.group()), fold(text))
    found = []
    for sentence in re.finditer(r"[^.!?;\n]+", folded):
        part = sentence.group()
        match = _OPENING.match(part) or _SELF.search(part)
        if match:
            begin = sentence.start() + match.start()
            asks = _ASKS.search(part, match.end())
            end = sentence.start() + asks.start() if asks else sentence.end()
            found.append(text[begin:end] if folded[begin:end].strip() else "")
    return [s for s in found if s.strip()]


def role_in(scope: str) -> str | None:
    """The role named in a self scope, as written; None for a word that only says that one is an agent.

    >>> role_in("je suis attachée dans une commune de Moorea")
    'attachée'
    """
    folded = fold(scope)
    for match in _ROLE.finditer(folded):
        start, end = match.span("role")
        stop = _ROLE_STOP.search(folded[start:end])
        if stop:
            end = start + stop.start()
        role = " ".join(scope[start:end].split()).strip(" -'’")
        if not _WORTHLESS.match(fold(role)):
            return role
    return None


def territory_in(text: str) -> str | None:
    folded = fold(text)
    return next((name for pattern, name in _TERRITORIES if pattern.search(folded)), None)


def house_in(scope: str) -> str | None:
    """The kind of employer that a self scope names."""
    folded = fold(scope)
    found = [(match.start(), order, name) for order, (pattern, name) in enumerate(_HOUSE_PATTERNS) if (match := pattern.search(folded))]
    return min(found, key=lambda f: f[1])[2] if found else None


def money_in(text: str, cue_needed: bool = True) -> Money | None:
    """An amount the speaker has to spend; in free text only where a word such as "budget" or "j'ai" leads to it.

    >>> money_in("j'ai 3 000 € et du temps"), money_in("budget : 500 000 F CFP")
    (Money(amount=3000.0, currency='EUR'), Money(amount=500000.0, currency='XPF'))
    """
    folded = fold(text)
    for match in _MONEY.finditer(folded):
        before = re.split(r"[?.!;,]\s", folded[max(0, match.start() - 60) : match.start()])[-1]
        after = folded[match.end() : match.end() + 25]
        cued = _MONEY_CUE.search(before) or re.match(r" ?(?:de budget|maximum|max\b|au plus|par agent|a depenser)", after)
        if cue_needed and not (cued and not re.search(r"\b(?:coute|cout|prix|tarif)\b", before)):
            continue
        amount = _amount(match["n"], match["k"] or "")
        if amount is not None:
            currency = "EUR" if match["c"].startswith(("€", "eur")) else "XPF"
            return Money(amount, currency)
    return None


def _amount(written: str, scale: str) -> float | None:
    factor = 1000.0 if scale.startswith(("k", "mille")) else 1_000_000.0 if scale.startswith("million") else 1.0
    if written[0].isdigit():
        digits = re.sub(r"[ .](?=\d{3}(?!\d))", "", written)
        return number(digits) * factor
    total = current = 0.0
    for word in re.split(r"[ -]", written):
        if word in ("mille",):
            total, current = total + max(current, 1.0) * 1000, 0.0
        elif word in ("cent", "cents"):
            current = max(current, 1.0) * 100
        else:
            current += NUMBERS[word]
    return (total + current) * factor or None


def completed_in(text: str) -> tuple[str, ...]:
    folded = fold(text)
    found: list[str] = []
    for match in _COMPLETED.finditer(folded):
        start, end = match.span("what")
        stop = _COMPLETED_STOP.search(folded[start:end])
        end = start + stop.start() if stop else end
        for part in re.split(r"\s+et\s+(?=(?:le|la|l')\b)", text[start:end]):
            name = part.strip(" «»\"“”'’")
            if len(name) > 1 and not re.match(r"(?:mon|ma|une demande|des etudes|la demande|le tour)\b", fold(name)):
                found.append(name)
    return tuple(dict.fromkeys(found))


def goals_in(text: str) -> tuple[str, ...]:
    """What the speaker wants to learn or has to carry out, in the text's own words, without the words around it.

    >>> goals_in("je pilote un projet de dématérialisation, j'ai 3 000 €")
    ('dématérialisation',)
    """
    folded = fold(text)
    spans: list[tuple[int, int]] = []
    for pattern in _GOAL:
        for match in pattern.finditer(folded):
            start, end = match.span("goal")
            if not any(s <= start < e or s < end <= e for s, e in spans):
                spans.append((start, end))
    found: list[str] = []
    for start, end in sorted(spans):
        stop = _GOAL_STOP.search(folded[start:end])
        end = start + stop.start() if stop else end
        for goal in split_goals(text[start:end]):
            if fold(goal) not in {fold(g) for g in found}:
                found.append(goal)
    return tuple(found)


def split_goals(text: str) -> list[str]:
    """The goals of a list in words ("le management et la conduite du changement"), each without its article."""
    folded = fold(text)
    goals, start = [], 0
    for match in [*_GOAL_SPLIT.finditer(folded), None]:
        end = match.start() if match else len(folded)
        trim = _GOAL_TRIM.match(folded[start:end])
        goal = text[start + (trim.end() if trim else 0) : end].strip(' «»"“”-,')
        if len(goal) > 2 and not _EMPTY_GOAL.match(fold(goal)):
            goals.append(" ".join(goal.split()))
        start = match.end() if match else end
    return goals
