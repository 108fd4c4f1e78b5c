"""Whom a sheet addresses, and whether a role is among them.

An audience is read as groups of people ("agents d'accueil", "cadres dirigeants"). Of a group, as of a role, what counts
are the words of its trade; words that rank ("responsable"), employ ("territorial") or include everybody ("tout agent")
name none. A group without a trade addresses a level, or everybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.learner.jobs import leads, level
from assistant.roots import role_stems
from corpus.french import fold

# Trades that are named by several words which mean something else apart: "état civil" has nothing of the State.
_NAMES: Final = tuple(
    (re.compile(pattern), f" {name} ")
    for pattern, name in (
        (r"\betat[- ]civil\b", "etatcivil"),
        (r"\b(?:secretaires?|secretariat) (?:general\w* )?de (?:la |petites? )?mairies?\b", "secretairemairie"),
        (r"\b(?:instruct\w+ )?(?:du |en )?droit des sols\b|\burbanistes?\b", "urbanisme"),
        (r"\bressources humaines\b|\bd?rh\b", "ressourceshumaines"),
        (r"\bservices? des etrangers\b", "etrangers"),
        (r"\bcadres? (?:superieur\w* )?de sante\b", "cadresante"),
        (r"\bsystemes? d'information\b|\bdsi\b|\bnumeriques?\b|\binformaticien\w*", "informatique"),
        (r"\bespaces? verts?\b|\bjardin(?:ier|iere)s?\b|\bpaysagistes?\b", "espacesverts"),
        (r"\bpetite enfance\b|\batsem\b|\bauxiliaires? de puericulture\b", "petiteenfance"),
        (r"\b(?:assistante?s? (?:de service )?|travailleu(?:r|se)s? |action )socia(?:l|le|les|ux)\b", "travailsocial"),
        (r"\bdpo\b|\brgpd\b|\bdeleguee?s? a la protection des donnees\b|\bprotection des donnees\b", "donneespersonnelles"),
        (r"\bcantonniers?\b|\bvoirie\b", "voirie"),
        (r"\bpolic(?:e|iers?|ieres?) municip\w+|\bgardiens?[- ]brigadiers?\b|\bgardes? champetres?\b|\basvp\b", "policemunicipale"),
        (r"\bagents? (?:de |des )?services? hospitaliers?\b|\bash\b|\bagents? d'entretien\b|\bbionettoyage\b|\bproprete\b", "entretienlocaux"),
        (r"\b(?:sapeurs?[- ])?pompiers?\b", "pompier"),
        (r"\bbibliothe(?:que|caire)s?\b|\bmediathe(?:que|caire)s?\b|\blecture publique\b", "bibliotheque"),
        (r"\bfontainiers?\b|\beau potable\b|\b(?:service|agent)s? des eaux\b", "eaupotable"),
        (r"\bcuisini(?:er|ere)s?\b|\brestauration (?:collective|scolaire)\b|\bcantines?\b|\bcuisines? centrales?\b", "cuisine"),
        (r"\bprofessionnel\w* (?:de (?:la )?sante|soignants?)\b|\b(?:personnels? |equipes? )?soignant(?:e?s)\b|\bparamedica\w+", "soignants"),
        (r"\b(?:adjoint|agent)s? techniques?\b|\bservices? techniques?\b", "technique"),
    )
)
# A trade -> those that include it: "professionnels de santé" names nurses, "agents techniques" road workers.
_BROADER: Final[dict[str, frozenset[str]]] = {
    narrow: frozenset(role_stems(broad))
    for broad, names in (
        ("soignants", "infirmier aide-soignant soignant sage-femme médecin pharmacien kinésithérapeute brancardier ambulancier cadresante"),
        ("technique", "voirie espacesverts électricien plombier menuisier peintre mécanicien maçon fontainier eaupotable"),
        ("sécurité", "policemunicipale pompier"),
        ("travailsocial", "éducateur social"),
    )
    for narrow in role_stems(names)
}
_STATUS: Final = frozenset(
    role_stems(
        """agent cadre chef responsable chargé chargée mission gestionnaire assistant adjoint administratif administrateur attaché
        rédacteur technicien
    ingénieur directeur direction dirigeant encadrant encadrement manager management fonctionnaire contractuel principal général supérieur secrétaire
    secrétariat préfet sous-préfet préfète sous-préfète cabinet conseiller coordonnateur coordinateur référent
    délégué maîtrise emploi grade catégorie corps personnel équipe employé officier proximité intermédiaire cadres"""
    )
)
_HOUSE: Final = frozenset(
    role_stems(
        """état fonction publique public publics territorial territoriale territoriaux collectivité commune communal communaux mairie ville
        intercommunalité
    département départemental région régional préfecture sous-préfecture ministère hôpital hospitalier établissement administration service services
    bureau pôle unité secteur organisme versant Pays Polynésie française polynésien archipel île insulaire EPCI local centre national communauté
    métropole agglomération haut-commissariat rectorat académie université lycée collège santé Moorea Tahiti Raiatea FPE FPT FPH"""
    )
)
_EVERYBODY: Final = frozenset(
    role_stems(
        """tout tous toute toutes personne salarié volontaire nouveau nouvelle nouvellement nommé débutant débutante confirmé expérimenté
        futur amené appelé
    souhaitant désirant exerçant faisant premier prise poste trois différent ensemble professionnel métier acteur stagiaire participant concerné
    impliqué issu titulaire titularisé élu membre public visé cible profil autre notamment activité domaine élève candidat"""
    )
)
_WEAK: Final = frozenset(role_stems("technique projet projets étude études gestion social collaborateur technicien administration"))
_WEAK_WEIGHT: Final = 0.35
_RANK: Final = 0.85
_INCLUDED: Final = 0.7
_OUTSIDERS: Final = re.compile(
    r"\bbacheli|\betudiant|\blyceen|\bbac ?\+|\bapprenti|\balternan|\bdemandeurs? d'emploi|\badultes en reconversion|\bsalarie|"
    r"\bentreprises?\b|\bartisan|"
    r"\bcommercia|\bindustri|\bcreat(?:eur|rice)s? d'entreprise"
)
_AGENTS: Final = re.compile(
    r"\bagents?\b|\bfonctionnaires?|\bfonctions? publiques?|\bcollectivite|\bcommunes?\b|\bmairie|\bhopita|\bhospital|\bprefecture|\bministere|"
    r"\bsecteur public|\badministration|\bterritoria"
)
# What stands behind these says what they do or wish, not who they are: "tout agent qui mène un projet".
_CLAUSE: Final = re.compile(r"\s(?:qui|que|dont|ou ils|ayant|souhaitant|desirant|(?!dirig|encadr)\w{3,}ant)\s.*$")
_PEOPLE: Final = frozenset(role_stems("agent agents personnel personnels fonctionnaire fonctionnaires contractuel employé public tous"))
_NUMBERS: Final = re.compile(r"^\W*\d[\d ,.]*(?:jours?|heures?|h|j|semaines?|mois|ans?|€|euros?|f cfp|personnes?|places?|stagiaires?)\b.*$")
_PARTS: Final = re.compile(r"[,;:•\n()]|\.\s|\.$")
_AND: Final = re.compile(r"\s+(?:et|ou|ainsi que)\s+|/")


@dataclass(frozen=True, slots=True)
class Group:
    """One group of people: as the sheet names it, the stems of its trade, and its level."""

    text: str
    trade: frozenset[str]
    level: int | None
    leads: bool
    everybody: bool = False
    """Agents whatever they do."""


@dataclass(frozen=True, slots=True)
class Audience:
    """``outsiders``: it names school-leavers, job-seekers or companies, and no public agent."""

    groups: tuple[Group, ...]
    outsiders: bool


NOBODY: Final = Audience((), False)


def audience_of(texts: Sequence[str]) -> Audience:
    """The groups of people that the sentences on a sheet's audience name."""
    groups: dict[str, Group] = {}
    for text in texts:
        for part in _PARTS.split(text):
            pieces = [p for piece in _AND.split(part) if (p := " ".join(piece.split())) and not _NUMBERS.match(fold(p))]
            cores = [_CLAUSE.sub("", fold(p)) for p in pieces]
            trades = [trade(c) for c in cores]
            everybody = any(not t and _everybody(c) for t, c in zip(trades, cores, strict=True))
            for n, (piece, core) in enumerate(zip(pieces, cores, strict=True)):
                # "directeurs et responsables financiers", "travailleurs sociaux et cadres": the trade is that of all.
                named = next((t for t in (*trades[n:], *reversed(trades[:n])) if t), frozenset())
                if not named and not everybody and not leads(piece):
                    continue  # "... et intercommunalités": a house, no people
                rank = level(core) or (2 if leads(piece) else None)
                groups.setdefault(fold(piece), Group(piece, named, rank, leads(piece) and not everybody, everybody and not named))
    whole = fold(" ".join(texts))
    return Audience(tuple(groups.values()), bool(_OUTSIDERS.search(whole)) and not _AGENTS.search(whole))


def _everybody(folded: str) -> bool:
    """Whether a name of people without a trade includes whoever works there: "agents", not "attachés"."""
    found = [s for s in role_stems(folded) if s not in _HOUSE and s not in _EVERYBODY]
    return all(s in _PEOPLE for s in found) and bool(_PEOPLE & set(role_stems(folded)))


@lru_cache(maxsize=8192)
def trade(text: str) -> frozenset[str]:
    """The stems of the words that name a trade in a role or a group of people; empty for "attachée territoriale".

    >>> trade("agente d'accueil") == trade("Agents chargés de l'accueil") != frozenset()
    True
    """
    found = (s for s in trade_words(text) if not any(c.isdigit() for c in s))
    return frozenset(s for s in found if s not in _STATUS and s not in _HOUSE and s not in _EVERYBODY)


def trade_words(text: str) -> tuple[str, ...]:
    """The stems of a text with the names of trades in one word each."""
    folded = fold(text)
    for pattern, name in _NAMES:
        folded = pattern.sub(name, folded)
    return role_stems(folded)


def weight(stem: str) -> float:
    """How much a word of a trade says: "technique" is of many."""
    return _WEAK_WEIGHT if stem in _WEAK else 1.0


def addressed(role: str, audience: Audience, leading: float) -> tuple[float, Group | None]:
    """How surely the audience names who holds a role, 0 to 1, and the group that does; ``leading``: how far it is about that."""
    mine, own, lead = trade(role), level(role), leads(role)
    best: tuple[float, Group | None] = (0.0, None)
    for group in audience.groups:
        value = _named(mine, group) if group.trade else _ranked(own, lead, bool(mine), group, leading)
        if value > best[0]:
            best = (value, group)
    return best


def _named(mine: frozenset[str], group: Group) -> float:
    """A group that is named by my trade: all its words are mine, or nearly; that I have more words is no matter."""
    shared = mine & group.trade
    if not shared:
        broader = frozenset().union(*(_BROADER.get(s, ()) for s in mine))
        return _INCLUDED if group.trade <= broader else 0.0
    said = sum(map(weight, shared))
    theirs, own = said / sum(map(weight, group.trade)), said / sum(map(weight, mine))
    return float(theirs**1.5 * (0.6 + 0.4 * own))


def _ranked(own: int | None, lead: bool, has_trade: bool, group: Group, leading: float) -> float:
    """A group of a level, whatever its trade: leaders are addressed as leaders; those of a trade where ``leading`` is taught."""
    if own is None or not lead or not group.leads or own != group.level:
        return 0.0
    return _RANK * (0.2 + (0.6 if own > 2 else 0.35) * leading if has_trade else 1.0)
