# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""Who pays: of the tariffs of a sheet, the one that is meant for the person who asks, never another public's.

A question tells its payer ("je finance moi-même", "pour une commune", "hors SDIS", "notre village a 380 habitants", "pris en
avril"); a sheet says beside each amount, or in place of one ("pris en charge"), whom it is for. Both are read with the same
table of publics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.evidence import Line, Sheet
from assistant.selection import section_lines
from corpus.french import fold, is_stop_word, stem, tokens


def _publics(*rows: tuple[str, str, str]) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    return {name: (re.compile(rf"\b(?:{asked})\b"), re.compile(rf"\b(?:{said})\b")) for name, asked, said in rows}


_ONE = r"(?:une?|ma|mon|notre|nos|la|le|l'|cette|ce|en tant que?|comme|pour les|pour des|aux|par (?:ma|mon|une?|la|le|l')) ?"
PUBLICS = _publics(
    ("self", r"moi-?meme|de ma poche|a mes (?:propres )?frais|a titre (?:personnel|individuel|prive)|autofinanc\w*|auto-?financement|financement (?:personnel|individuel)|particuliers?|individuel\w*|sans (?:prise en charge|employeur)|on my own|myself|my own|j[e' ]? ?(?:la |le |me la |me le )?(?:paie|paye|finance)\b|(?:pas|sans) d'employeur|aucun employeur",
     r"individuel\w*|personnel(?:le)?s?(?= *(?:[:|.)]|$|\d))|financement personnel|a titre (?:personnel|individuel|prive)|particuliers?|autofinanc\w*|auto-?financement|a (?:ses|vos|leurs) frais|sans (?:prise en charge|employeur)(?: public)?|lui-?meme|non (?:finance|pris)\w*"),
    ("employer", r"(?:mon |notre |son |l'|par l'|par un )employeur|employeur (?:paie|paye|finance|prend|regle)\w*|(?:mon|notre|l')\s?(?:hopital|chu|ehpad|ministere|ecole|institution|organisme|club|association) (?:paie|paye|finance|prend|regle|accepte de (?:me )?(?:payer|financer))\w*|mon (?:service|administration|etablissement|entreprise|patron) (?:paie|paye|finance|prend|regle)\w*|ma (?:collectivite|mairie|commune|structure|boite|hierarchie) (?:paie|paye|finance|prend|regle)\w*|(?:finance|paye|prise? en charge|pris en charge)\w* par (?:l'|mon |un |son |notre |ma |une )(?:employeur|entreprise|service|collectivite|administration|etablissement)|my employer|plan de (?:formation|developpement)",
     r"(?<!sans )employeurs?|(?<!non )financee?s?\b(?! par)|finance\w* par (?:une? |l'|les )?(?:entreprise|organisme|tiers|opco)\w*|prise en charge (?:par|employeur)|plan de developpement|conventions?"),
    ("territorial", rf"(?:{_ONE})(?:petite |grande )?(?:communes?|mairies?|villages?|villes?|collectivites?|conseil (?:departemental|regional|municipal)|departement|region|intercommunalite|communaute de communes|metropole|syndicat mixte|epci|ccas|agglo\w*)|agents? (?:territoria\w+|municipa\w+|communa\w+|de mairie|de la fpt|departementa\w+|regiona\w+)|elus? (?:loca\w+|municipa\w+)|fpt|mairies?|local authority|town hall|municipality",
     r"collectivites?|communes?|mairies?|villes?|epci|intercommuna\w+|departements?|regions?|territoria\w+|territoires|fpt|ccas|metropoles?|elus loca\w+"),
    ("hospital", rf"(?:{_ONE})(?:hopita\w+|chu|chru|centre hospitalier|clinique|ehpad|etablissement (?:hospitalier|de sante|medico-?social|public de sante))|(?:agents?|fonctionnaires?|personnels?) (?:hospitali\w+|de la fph|de l'hopital)|(?:je suis|travaille (?:a|dans)) (?:\S+ )?(?:l'hopital|un hopital|infirmi\w+ a l'hopital)|fph|hospital",
     r"hopita\w+|hospitali\w+|etablissements? (?:publics? )?(?:de sante|sanitaires?|medico-?socia\w+|adherents?)|fph|chu|centres? hospitaliers?"),
    ("state", rf"(?:{_ONE})(?:ministeres?|prefectures?|services? de l'etat|administration centrale|rectorat|operateur de l'etat|ddtm?|dreal|dreets|draaf)|agents? (?:de l'etat|du ministere|d'un ministere|de prefecture|des ministeres)|fonctionnaires? (?:de l'etat|d'etat)|fpe|ministry",
     r"etat|ministeres?|prefectures?|services? deconcentres?|administrations? (?:centrales?|de l'etat)|fpe|mef|operateurs?"),
    ("private", r"(?:du |dans le |le |secteur |of the )priv(?:e|ate)|secteur prive|(?:une|notre|mon|ma) (?:entreprise|societe|boite|pme|start-?up|cabinet)|salarie\w* (?:du prive|d'une entreprise)|entreprises? privee?s?|private (?:company|sector)|independante?s?|professions? liberales?",
     r"prive\w*|entreprises?|societes?|liberal\w*|independants?|hors (?:secteur|fonction) publi\w+"),
    ("university", rf"(?:{_ONE}|dans une |en |d'|a l')(?:universites?(?! d[eu'])|bibliotheques? universitaires?|grande ecole|etablissement d'enseignement superieur|fac\b)|enseignement superieur|university",
     r"enseignement superieur|universites?|esr"),
    ("student", r"etudiante?s?|lyceenne?s?|formation initiale|students?", r"etudiante?s?|lyceens?|formation initiale|eleves?|poursuite d'etudes"),
    ("apprentice", r"ap+re?ntie?s?|apprentissage|alternante?s?|(?:en |l')alternance|contrat (?:de professionnalisation|pro)|apprentices?", r"apprenti\w*|alternan\w*|contrats? (?:de professionnalisation|pro\b)"),
    ("jobseeker", r"demandeu\w+ (?:d'? ?)?emploi|chom\w+|sans emploi|france travail|pole emploi|unemployed|jobseekers?", r"demandeu\w+ d'emploi|chomeu\w+|sans emploi|france travail|pole emploi|prives d'emploi"),
    ("resuming", r"reprise d'etudes|repren\w+ (?:mes|ses|des|nos) etudes|formation continue|adulte en reprise", r"reprise d'etudes|formation continue|stagiaires? de la formation"),
    ("foreign", r"etrangere?s?|foreign|abroad|international\w*", r"etrangere?s?|internationa\w+|hors (?:france|ue|union)"),
    ("association", r"(?:une|notre|mon) association|associatif|benevoles?", r"associati\w+|benevoles?"),
    ("retired", r"retraitee?s?|retired", r"retraitee?s?"),
    ("elected", r"(?:je suis|un|une|pour les|comme) elue?s?|maire adjoint", r"elue?s?"),
    ("reduced", r"tarif reduit", r"reduits?|reduite"),
)  # fmt: skip
_PARTICULAR = frozenset(("student", "apprentice", "jobseeker", "retired", "elected", "foreign", "association", "reduced"))
_PUBLIC_BODIES = frozenset(("territorial", "hospital", "state"))
_MEMBER = re.compile(r"\b(?:adherente?s?|affilie\w*|cotis\w+|conventionne\w*|membres?|partenaires?)\b")
_NOT_MEMBER = re.compile(
    r"\b(?:non[- ](?:\w+ )?|hors |pas |ne (?:sont |est |versent |paient )?(?:pas )?)(?:les |une |en )?(?:adherente?s?|affilie\w*|cotis\w+|convention\w*|membres?|partenaires?)\b|\bn'(?:est|etant|adher\w+|y)\b[^.;]{0,15}\bpas\b[^.;]{0,12}(?:adherent|affili|cotis|convention|membre|partenaire)?"
)
_OUTSIDE = re.compile(
    r"\b(?:hors|sauf|excepte|hormis|autres? que|en dehors d\w+|outside)(?: (?:le|la|les|l'|du|de la|des|d'))? ?(?:l')?([a-z][\w'-]*(?: [\w'-]+){0,2})"
)
_OTHERS = re.compile(
    r"\bautres?(?: (?:publics?|cas|personnes?|candidats?|participants?|stagiaires?|agents?|employeurs?|organismes?|etablissements?|collectivites?|structures?|situations?))?\b|\btous? publics?\b|\btout public\b|\bplein\b|\bnormal\b|\bde base\b"
)
_FOR_ALL = re.compile(r"\bs'ajoute\w*|\bpour tous\b|\bdans tous les cas\b|\ben sus\b|\ben supplement\b|\bobligatoire\b|\bfrais de dossier\b")
_MONEY = re.compile(r"\d[\d .,\u00a0\u202f]*(?:k ?)?(?:€|euros?\b|eur\b|xpf\b|f\.? ?cfp\b|francs?\b)")
_STATUS = re.compile(
    r"\bgratuit\w*|\bsans frais\b|\baucun (?:frais|cout|droit|reste)|\bpas de (?:frais|reste)|\bfinancee?s? par\b|\bprise?s? en charge\b|\bprend en charge\b|\bcouvert\w*|\boffert\w*|\brien a (?:payer|debourser|regler|verser)|\bne (?:coute|paie|paient|paye|payent|doit|doivent|debours\w+|verse\w*) (?:donc )?rien|"
    r"\bexoner\w*|\bdispens\w* (?:de|des|du)\b|\bsur (?:le|les|credits?)\b.{0,20}\b(?:budget|credits?|plan)|\bfinance(?:nt)? (?:le|la|les|l'|ce|cette|leur)\b|\b(?:est|sont|etre) (?:\w+ )?financee?s?\b|\bcomprise? dans\b|\bn'entraine\w* aucun|\bsans contrepartie\b|\bsur devis\b|\bvoir (?:la|votre|le)\b|\bfree\b"
)
""" "Les agents du ministère : sans frais": what stands in place of an amount."""
_BACK = re.compile(r"\W*(?:pour eux|pour elles|pour lui|ils?|elles?|ceux-ci|celles-ci|ces (?:agents|derniers|publics|personnes))\b")


@dataclass(frozen=True, slots=True)
class Tariff:
    """An amount, or what stands in place of one, with the words that say whom it is for (folded)."""

    line: Line
    start: int
    end: int
    said: str
    amount: bool
    own: str = ""
    """The clause itself, as the document writes it."""


@dataclass(frozen=True, slots=True)
class Payer:
    """Who asks for a price: publics of the table, words that are ruled out, size, month and day of the purchase."""

    publics: frozenset[str] = frozenset()
    without: tuple[str, ...] = ()
    member: bool | None = None
    size: int | None = None
    when: tuple[int, int] | None = None
    elsewhere: bool = False
    """Of another body than the one whose own people the sheet names: "pompier d'un autre département"."""

    def __bool__(self) -> bool:
        return bool(self.elsewhere or self.publics or self.without or self.member is not None or self.size is not None or self.when)


_SIZE = re.compile(r"(moins d[e'] ?|plus d[e'] ?)?(\d[\d ]*) ?(?:habitants?|hab\b|ames|agents|lits|salaries)")
_MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre")
_MONTH = "|".join(_MONTHS)
_BOUGHT = re.compile(
    rf"\b(?:pris\w*|achet\w+|reserv\w+|inscri\w+|paye\w*|command\w+|regl\w+|en|le|au mois d[e'])\b[^?.;]{{0,25}}?\b(?:(\d{{1,2}})(?:er)? )?({_MONTH})\b"
)
_LIMIT = re.compile(
    rf"\b(avant|jusqu'au?|jusqu'a(?: la)? fin|au plus tard|apres|a partir du?|des|a compter du?)\b(?: le| la| du| fin)? ?(?:(\d{{1,2}})(?:er)? )?({_MONTH})"
)
_RANGE = re.compile(
    r"(moins d[e'] ?|jusqu'a |inferieur\w* a |plus d[e'] ?|au-dela de |superieur\w* a |a partir de |de |entre )?(\d[\d ]*\d|\d)(?: ?(?:a|et) (\d[\d ]*\d|\d))? ?(?:habitants?|hab\b|agents|lits|salaries)"
)


_VERSANTS = {"FPT": "territorial", "FPCPF": "territorial", "FPH": "hospital", "FPE": "state"}
_OWN = re.compile(r"\b(?:moi|je|j'|mon|ma|mes|nous|notre|nos|me|my|our|i|we)\b")


def payer_of(question: str, sheet: Sheet, versant: str | None = None) -> Payer:
    """Who pays in a question (folded); what only names the programme is nobody. ``versant``: of the person who asks for themselves."""
    titled = frozenset(tokens(sheet.title))
    publics = {name for name, (asked, _) in PUBLICS.items() if any(_of_asker(m, titled, fold(sheet.title)) for m in asked.finditer(question))}
    without = tuple(w for m in _OUTSIDE.finditer(question) if (w := _bare(m.group(1))) and not set(tokens(w)) <= titled)
    if not publics and versant in _VERSANTS and _OWN.search(question):
        publics = {_VERSANTS[versant]}
    excluded = {name for name in publics if any(PUBLICS[name][1].search(w) for w in without)}
    member = False if _NOT_MEMBER.search(question) else True if _MEMBER.search(question) else None
    size = next(
        (
            int(m.group(2).replace(" ", "")) + {"m": -1, "p": 1}.get((m.group(1) or " ")[0], 0)
            for m in _SIZE.finditer(question)
            if not _in_title(m.group(), sheet)
        ),
        None,
    )
    bought = [m for m in _BOUGHT.finditer(question) if not _in_title(m.group(2), sheet)]
    when = (_MONTHS.index(bought[-1].group(2)) + 1, int(bought[-1].group(1) or 15)) if bought else None
    return Payer(frozenset(publics - excluded), without, member, size, when, bool(_ELSEWHERE.search(question)))


_ELSEWHERE = re.compile(
    r"\b(?:d'une? |un |une )?autre (?:departement|collectivite|etablissement|ministere|academie|sdis|organisme|administration|structure|region|hopital|universite)\b|\b(?:je suis|personne|agent|candidat) (?:\w+ )?exterieure?\b"
)
_OWN_PEOPLE = re.compile(
    r"\b(?:du departement|de l'(?:etablissement|academie|universite|institution|ecole)|de la (?:collectivite|region)|internes?|maison)\b"
)
_OUTSIDERS = re.compile(r"\bexterieure?s?\b|\bhors\b|\bautres?\b")


def _bare(words: str) -> str:
    return " ".join(t for t in words.split() if not is_stop_word(t) and t not in ("tarif", "prix", "cout"))


def _in_title(words: str, sheet: Sheet) -> bool:
    return words.strip() in fold(sheet.title)


_DETERMINED = re.compile(r"(?:une?|ma|mon|notre|nos|en tant que?|comme|moi)\b")


def _of_asker(match: re.Match[str], titled: frozenset[str], title: str) -> bool:
    if match.group() in title:
        return False
    telling = [t for t in tokens(match.group()) if not is_stop_word(t)]
    return not telling or not set(telling) <= titled or bool(_DETERMINED.match(match.group()))


def tariffs(sheet: Sheet) -> list[Tariff]:
    """Every amount and every status of the sections on prices and of the lines of price facts, in document order."""
    priced = {(line.start, line.end): line for line in section_lines(sheet, ("price", "funding"))}
    for fact in sheet.facts("price"):
        line = sheet.line_at(fact.start, fact.end)
        if line:
            priced[line.start, line.end] = line
    unpriced = not sheet.facts("price")
    for line in sheet.body:
        folded = fold(line.text)
        if (_STATUS.search(folded) or (unpriced and _MONEY.search(folded) and _FEE.search(folded))) and _names_anybody(folded):
            priced.setdefault((line.start, line.end), line)
    every = sorted(priced.values(), key=lambda line: line.start)
    found: list[Tariff] = []
    places = {(line.start, line.end): n for n, line in enumerate(sheet.body)}
    for line in every:
        if line.kind == "heading" or _NO_FEE.search(fold(line.text)):
            continue
        at = places.get((line.start, line.end), 0)
        context = fold(sheet.body[at - 1].text) if at and _BACK.match(fold(line.text)) else ""
        found += [Tariff(line, s, e, f"{context} {said}".strip(), amount, own) for s, e, said, amount, own in _clauses(line)]
    return found


_FEE = re.compile(
    r"\b(?:compter|couts?|coute|tarifs?|participation|droits? d'inscription|frais (?:d'inscription|pedagogiques?|de formation|de scolarite)|facture\w*|prix|billets?|contribution|forfait)\b"
)
_NO_FEE = re.compile(
    r"\bstands?\b|\bsponsor\w*|\ba titre (?:de comparaison|indicatif)\b|\bplafond\w*|\bbareme kilometrique\b|\bsubvention\w* de\b|\bbourses? de\b|\bmontant moyen\b|\bcout moyen\b|\ben moyenne\b"
)
_FUNDER = re.compile(
    r"\b(?:prise?s? en charge|finance\w*|couvert\w*|paye\w*) (?:\w+ )?par (?:la |le |l'|les )(?:region|etat|departement|ministere|cnfpt|opco|fonds|centre de gestion|cdg)\w*|"
    r"\b(?:la|le|l'|les|par la|par le|par l'|par les) ?(?:region|etat|departement|ministere|cnfpt|opco|fonds|collectivite|france travail|pole emploi|centre de gestion|cdg)\w*(?: \w+)? (?:finance\w*|prend\w* en charge|verse\w*|rembourse\w*|participe\w*)"
)
""" "La Région finance le parcours": who gives the money is not whom the price is for."""


def _clauses(line: Line) -> Iterator[tuple[int, int, str, bool, str]]:
    """(start, end of the amount or of the line, the words of its clause, whether it is an amount, the clause as written)."""
    folded = fold(line.text)
    amounts = list(_MONEY.finditer(folded))
    if not amounts:
        if _STATUS.search(folded):
            yield line.start, line.end, folded, False, line.plain
        return
    bounds = [0]
    for one, following in pairwise(amounts):
        between = folded[one.end() : following.start()]
        cut = (
            max(between.rfind(mark) for mark in (";", "(", " / ", "|", ". ", "\n"))
            if any(m in between for m in (";", "(", " / ", "|", ". ", "\n"))
            else between.rfind(",")
        )
        bounds.append(one.end() + cut + 1 if cut >= 0 else one.end())
    bounds.append(len(folded))
    if folded[: amounts[0].start()].count(";"):  # "la formation ne coûte rien à l'étudiant ; le reste à charge ..."
        first = folded.rfind(";", 0, amounts[0].start())
        if _STATUS.search(folded[:first]):
            yield line.start, line.end, folded[:first], False, line.plain
        bounds[0] = first + 1
    lead = ""
    for amount, start, end in zip(amounts, bounds, bounds[1:], strict=False):
        said = folded[start:end]
        said = said if _names_anybody(said) or not lead or _OTHERS.search(said) else f"{lead} {said}"
        if _names_anybody(said):
            lead = said
        stop = amount.end()
        own = " ".join(line.text[start:end].split()).strip(" ,;(/|–-")
        yield line.start + amount.start(), line.start + stop, said, True, own.rstrip(")") if own.count(")") > own.count("(") else own


def _names_anybody(said: str) -> bool:
    return any(pattern.search(said) for _, pattern in PUBLICS.values())


def _score(payer: Payer, tariff: Tariff) -> float:
    """How well a tariff is the payer's: above 1 it names them, 1 it is anybody's, below 0 it is another's."""
    said = f"{tariff.said} {fold(tariff.line.path[-1]) if tariff.line.path and not _names_anybody(tariff.said) else ''}"
    said = _FUNDER.sub(" ", said)
    kept = _OUTSIDE.sub(" ", said)
    ruled_out = [m.group(1) for m in _OUTSIDE.finditer(said)]
    named = {name for name, (_, pattern) in PUBLICS.items() if pattern.search(kept)}
    barred = {name for name, (_, pattern) in PUBLICS.items() if any(pattern.search(w) for w in ruled_out)}
    score = 1.0
    if payer.publics & barred:
        return -2.0
    if payer.without and any(_same(w, ruled_out) for w in payer.without):
        score += 3
    elif payer.without and any(_same(w, [kept]) for w in payer.without):
        return -2.0
    heading = fold(tariff.line.path[-1]) if tariff.line.path else ""
    if payer.publics and any(PUBLICS[name][1].search(heading) for name in payer.publics):
        score += 1.5  # "En apprentissage" above the amounts of each sector
    elif payer.publics:
        both = payer.publics & named
        if both:
            score += 2 + 0.5 * len(both)
        elif _OTHERS.search(said):
            score += 1
        elif not named & {"self", "student"} and (
            ("resuming" in named and payer.publics & (_PUBLIC_BODIES | {"employer"}))
            or ("employer" in payer.publics and named & (_PUBLIC_BODIES | {"private"}))
        ):
            score += 0.5
        elif payer.publics & _PUBLIC_BODIES and re.search(
            r"\b(?:secteur public|agents? publics?|etablissements? publics?|administrations? publiques?|publics?)\b", kept
        ):
            score += 1.5
        elif ruled_out or (payer.publics & (_PUBLIC_BODIES | {"private"}) and "employer" in named):
            score += 1
        elif (
            named
            or (not payer.publics & (_PUBLIC_BODIES | {"employer"}) and _AGENTS.search(kept))
            or (_MEMBER.search(kept) and payer.member is None and not payer.publics & _PUBLIC_BODIES)
        ):
            score -= 3
    if payer.elsewhere:
        score += 3.0 if _OUTSIDERS.search(said) else -3.0 if _OWN_PEOPLE.search(said) else 0.0
    if payer.member is not None:
        score += _by_membership(payer.member, said)
    if payer.size is not None:
        score += _by_size(payer.size, said)
    if payer.when is not None:
        score += _by_date(payer.when, said)
    if not payer.publics and score == 1.0 and (payer.when is not None or payer.size is not None):
        score -= 0.5 * bool(named & _PARTICULAR)  # what apprentices pay is nobody else's fee
    return score


_AGENTS = re.compile(
    r"\b(?:pour|aux|des|tous) (?:tous |les |tous les )*(?:agents?|fonctionnaires?|agents publics|personnels)\b|^\W*(?:agents?|fonctionnaires?)\b"
)


def _same(word: str, ruled_out: Iterable[str]) -> bool:
    own = {stem(t) for t in tokens(word)}
    return any(own & {stem(t) for t in tokens(w)} for w in ruled_out)


def _by_membership(member: bool, said: str) -> float:
    refused = bool(_NOT_MEMBER.search(said))
    named = refused or bool(_MEMBER.search(said))
    if not named:
        return 0.5 if not member and _OTHERS.search(said) else 0.0
    return 2.5 if member != refused else -3.0


def _by_size(size: int, said: str) -> float:
    found = _RANGE.search(said)
    if not found:
        return 0.0
    kind, low, high = found.group(1) or "", int(found.group(2).replace(" ", "")), found.group(3)
    if high:
        return 2.0 if low <= size <= int(high.replace(" ", "")) else -3.0
    below = kind.startswith(("moins", "jusqu", "inferieur"))
    return 2.0 if (size < low if below else size >= low) else -3.0


def _by_date(when: tuple[int, int], said: str) -> float:
    limit = _LIMIT.search(said)
    if not limit:
        return 0.0
    day = (_MONTHS.index(limit.group(3)) + 1, int(limit.group(2) or (31 if "fin" in limit.group() else 1)))
    until = limit.group(1).startswith(("avant", "jusqu", "au plus"))
    return 2.0 if (when <= day if until else when >= day) else -3.0


def fitting(payer: Payer, sheet: Sheet) -> tuple[list[Tariff], list[Tariff]] | None:
    """(the tariffs that are the payer's, those that everybody pays besides); None where no tariff tells publics apart.

    Two empty lists: the sheet has tariffs, each of them for somebody else.
    """
    every = tariffs(sheet)
    known = {(f.start, f.end) for f in sheet.facts("price")}
    scored = [(_score(payer, t), t) for t in every]
    general = [t for _, t in scored if t.amount and _FOR_ALL.search(t.said) and not _names_anybody(t.said)]
    scored = [(s, t) for s, t in scored if t not in general]
    if not scored or all(s == 1.0 for s, _ in scored):
        return None
    sure = [(s, t) for s, t in scored if s > 1.0 or not t.amount or any(a < t.end and t.start < b for a, b in known)]
    best = max((s for s, _ in sure), default=-1.0)
    if best > 1.0:
        return [t for s, t in sure if s >= best - 0.01], [t for t in general if any(a < t.end and t.start < b for a, b in known)]
    if best == 1.0:
        kept = [t for s, t in sure if s == 1.0 and t.amount]
        return (kept, general) if kept else None
    return ([], []) if len([t for _, t in sure if t.amount]) > 1 or all(s < 0 for s, _ in scored) else None
