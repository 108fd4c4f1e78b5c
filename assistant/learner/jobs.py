"""The job taxonomy: functional domains of public employment, and what a role's name says about who holds it.

The domains carry the codes of the State's job reference (RMFP v2, ``domaines fonctionnels``); labels follow it, while
descriptions and words are this project's own. A role and a module are both read as a vector over the domains, so that
"directrice financière" meets "Exécution du budget" although they share no word.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.roots import role_stems, roots
from corpus.french import fold


@dataclass(frozen=True, slots=True)
class Domain:
    """``words`` are terms that place a role or a module in the domain; of several words: all of them, in any order."""

    code: str
    label: str
    description: str
    words: tuple[str, ...]


def _d(code: str, label: str, description: str, words: str) -> Domain:
    return Domain(code, label, description, tuple(w.strip() for w in words.split(",")))


# fmt: off
DOMAINS: Final[tuple[Domain, ...]] = (
    _d("ACH", "Achat", "Acheter au nom d'une administration : besoin, mise en concurrence, marchés, fournisseurs.",
       "achat, acheteur, marché public, commande publique, appel offres, fournisseur, approvisionnement, concession"),
    _d("AGR", "Agriculture", "Accompagner les exploitations, les filières agricoles, la pêche et l'alimentation.",
       "agriculture, agricole, agronomie, élevage, forêt, pêche, alimentation, vétérinaire, viticulture"),
    _d("AMT", "Aménagement et développement durable du territoire", "Dessiner et faire vivre un territoire : urbanisme, habitat, "
       "projets locaux, développement économique.",
       "aménagement, urbanisme, habitat, logement, foncier, territoire, développement local, développement économique, urbaniste, "
       "politique ville, ruralité, tourisme, cohésion territoriale, droit sols, permis construire, plan local urbanisme, PLU"),
    _d("ASP", "Animation, jeunesse et sports", "Animer la vie locale, les loisirs, la jeunesse et le sport.",
       "animation, animateur, jeunesse, sport, loisir, périscolaire, vie associative, éducateur sportif"),
    _d("BAT", "Bâtiment", "Construire, rénover et entretenir les bâtiments publics.",
       "bâtiment, construction, travaux, architecte, patrimoine bâti, rénovation, maîtrise ouvrage, thermique, génie civil"),
    _d("COM", "Communication", "Faire connaître l'action publique, parler au public et à la presse.",
       "communication, presse, média, réseaux sociaux, prise parole, éditorial, événementiel, médiatraining, communicant"),
    _d("CTL", "Organisation, contrôle et évaluation", "Contrôler, auditer, évaluer et mieux organiser.",
       "contrôle, audit, évaluation, inspection, organisation, qualité, contrôle gestion, évaluer, contrôleur, amélioration continue, "
       "performance, processus"),
    _d("CUL", "Culture et Patrimoine", "Conserver, créer et transmettre : musées, spectacle, monuments, archives.",
       "culture, culturel, patrimoine, musée, spectacle, archives, conservateur, archéologie, artistique, médiation culturelle"),
    _d("DEF", "Défense", "Servir la défense du pays et ses armées.",
       "défense, militaire, armée, armement, réserve opérationnelle"),
    _d("DIR", "Direction et pilotage des politiques publiques", "Diriger, encadrer, conduire le changement et décider des "
       "politiques publiques.",
       "direction, directeur, directrice, dirigeant, pilotage, piloter, politique publique, stratégie, transformation publique, gouvernance, "
       "conduite changement, management, manager, leadership, encadrement, encadrant, chef service, cadre dirigeant, préfet, sous-préfet, "
       "haute administration, innovation publique, conduite projet, prospective, administrateur territorial, "
       "administrateur état, administrateur général"),
    _d("DOC", "Lecture publique et Documentation", "Mettre livres, documents et savoirs à disposition.",
       "bibliothèque, bibliothécaire, lecture publique, documentation, documentaliste, médiathèque, archiviste"),
    _d("ENS", "Enseignement et Formation", "Enseigner, former les adultes et organiser les apprentissages.",
       "enseignement, enseignant, professeur, formateur, pédagogie, école, ingénierie formation, apprentissage, tutorat, atsem, éducation"),
    _d("ENV", "Environnement", "Protéger l'eau, l'air, le vivant et préparer la transition écologique.",
       "environnement, écologie, transition écologique, déchet, eau, assainissement, biodiversité, énergie, climat, développement durable, "
       "risque naturel"),
    _d("FIP", "Finances publiques", "Établir et recouvrer l'impôt, tenir les comptes publics.",
       "finances publiques, impôt, fiscalité, fiscal, trésor public, comptable public, douane, recouvrement, dette publique"),
    _d("GBF", "Gestion budgétaire et financière", "Préparer et exécuter le budget, tenir la comptabilité.",
       "budget, budgétaire, financier, finance, comptabilité, comptable, dépense, gestionnaire financier, tarification, subvention, "
       "trésorerie, régie"),
    _d("GRH", "Ressources humaines", "Recruter, payer, former et accompagner les agents ; dialogue social.",
       "ressource humaine, RH, DRH, recrutement, paie, carrière, dialogue social, GPEEC, statut fonction publique, compétence, mobilité "
       "professionnelle, "
       "qualité vie travail, risque psychosocial, retraite, égalité professionnelle, handicap"),
    _d("INT", "International", "Agir hors des frontières et dans l'Union européenne.",
       "international, europe, européen, diplomatie, consulaire, coopération, ambassade, union européenne, fonds européens"),
    _d("JUR", "Affaires juridiques", "Dire le droit, rédiger les actes, défendre l'administration.",
       "juridique, droit, juriste, contentieux, légistique, réglementation, légalité, acte administratif, déontologie, protection données, rgpd"),
    _d("JUS", "Justice", "Juger, surveiller, réinsérer et protéger.",
       "justice, magistrat, greffier, pénitentiaire, judiciaire, tribunal, insertion probation, surveillant"),
    _d("LOG", "Interventions techniques et logistiques", "Faire fonctionner les services au quotidien : ateliers, véhicules, voirie, cuisine.",
       "logistique, technique, maintenance, voirie, espace vert, restauration collective, magasin, entretien, jardinier, cuisinier, électricien, "
       "propreté, atelier, mécanicien, moyens généraux"),
    _d("MED", "Médical et paramédical", "Soigner et accompagner les patients.",
       "soin, soignant, médecin, infirmier, aide-soignant, patient, sage-femme, pharmacie, paramédical, clinique, kinésithérapeute, médical, "
       "bloc opératoire"),
    _d("NUM", "Numérique", "Concevoir et faire fonctionner les services numériques, les données et leur sécurité.",
       "numérique, informatique, système information, données, dématérialisation, intelligence artificielle, cybersécurité, logiciel, "
       "développeur, data, digital, DSI, réseau informatique, service ligne, open data, usages numériques, programmation"),
    _d("RCH", "Recherche", "Chercher, publier et valoriser la science.",
       "recherche, chercheur, laboratoire, scientifique, doctorat, recherche scientifique"),
    _d("REN", "Renseignement", "Recueillir et analyser ce qui menace le pays.",
       "renseignement, contre-espionnage, antiterrorisme"),
    _d("SAN", "Prévention, conseil et pilotage en santé", "Piloter l'offre de santé et la prévention ; diriger les établissements.",
       "santé, santé publique, hôpital, hospitalier, établissement santé, prévention santé, ARS, EHPAD, médico-social, offre soins, "
       "groupement hospitalier, épidémiologie, accréditation"),
    _d("SEC", "Sécurité", "Protéger les personnes et les biens, préparer et gérer les crises.",
       "sécurité, police, pompier, secours, gendarme, crise, sécurité civile, incendie, sûreté, gestion crise, ordre public, risque majeur"),
    _d("SOC", "Social, enfance et famille", "Aider les personnes et les familles, protéger l'enfance, insérer.",
       "social, action sociale, enfance, famille, insertion, assistant social, autonomie, crèche, petite enfance, précarité, CCAS, "
       "travailleur social, "
       "personnes âgées, protection enfance"),
    _d("TRA", "Transports", "Organiser les déplacements et leurs infrastructures.",
       "transport, mobilité, route, ferroviaire, aviation, maritime, port, infrastructure, déplacement"),
    _d("USA", "Relation à l'usager", "Accueillir, informer et simplifier les démarches du public.",
       "usager, accueil, état civil, guichet, démarche administrative, relation usager, France services, titres, élections, qualité accueil, "
       "simplification"),
)
# fmt: on

_BY_CODE: Final = {d.code: d for d in DOMAINS}


def domain(code: str) -> Domain:
    """The domain of a code of the reference; KeyError if there is none."""
    return _BY_CODE[code]


# Groups of wordings that mean the same training: a goal in one of them is met, nearly as well, by the others.
_SAME: Final[tuple[tuple[str, ...], ...]] = (
    ("cybersécurité", "sécurité des systèmes d'information", "cyberattaque", "sécurité informatique"),
    ("RGPD", "protection des données", "données personnelles"),
    ("dématérialisation", "démarche en ligne", "services numériques", "administration numérique"),
    ("transformation numérique", "transition numérique", "numérique", "digital"),
    ("management", "encadrement", "manager", "animer une équipe", "encadrer"),
    ("leadership", "diriger", "cadre dirigeant"),
    ("conduite du changement", "accompagner le changement", "conduire le changement", "conduire une transformation"),
    ("marchés publics", "commande publique", "achat public"),
    ("achats durables", "achat responsable", "acheter durable"),
    ("risques psychosociaux", "qualité de vie au travail", "souffrance au travail", "RPS"),
    ("évaluation des politiques publiques", "évaluer l'action publique", "évaluer une politique publique"),
    ("prise de parole", "parler en public", "communication orale"),
    ("gestion de crise", "situation de crise", "cellule de crise"),
    ("transition écologique", "développement durable", "plan climat", "transition énergétique"),
    ("intelligence artificielle", "IA"),
    ("tableau de bord", "indicateurs", "contrôle de gestion"),
    ("recrutement", "recruter", "entretien de recrutement"),
    ("budget", "préparation budgétaire", "gestion budgétaire"),
    ("contentieux", "recours", "acte administratif"),
    ("accueil", "relation à l'usager", "accueillir un public"),
    ("conflit", "agressivité", "médiation", "désamorcer"),
    ("formation de formateurs", "devenir formateur", "former des adultes", "formateur interne"),
    ("télétravail", "travail hybride", "travail à distance"),
    ("soins palliatifs", "fin de vie"),
    ("protection de l'enfance", "enfance en danger", "maltraitance"),
    ("innovation publique", "innovation managériale", "design de service"),
    ("gestion de projet", "conduite de projet", "mode projet", "chef de projet", "mener un projet", "piloter un projet"),
)


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[frozenset[str], ...], ...]:
    return tuple(tuple(frozenset(roots(w)) for w in group) for group in _SAME)


@lru_cache(maxsize=1024)
def same_meaning(text: str) -> tuple[frozenset[str], ...]:
    """Other wordings of what a text names, each as its stems.

    >>> frozenset(roots("commande publique")) in same_meaning("les marchés publics")
    True
    """
    present = frozenset(roots(text))
    return tuple(other for group in _groups() if any(w <= present for w in group) for other in group if not other <= present)


@lru_cache(maxsize=1)
def _terms() -> tuple[tuple[frozenset[str], str, str], ...]:
    """Every term as (its stems, its domain's code, the term itself)."""
    return tuple((frozenset(role_stems(w)), d.code, w) for d in DOMAINS for w in d.words if roots(w))


@lru_cache(maxsize=1)
def _by_word() -> Mapping[str, list[tuple[frozenset[str], str, str]]]:
    """The terms by one of their words: a text is looked up by its own words."""
    found: dict[str, list[tuple[frozenset[str], str, str]]] = {}
    for term in _terms():
        found.setdefault(min(term[0]), []).append(term)
    return found


@lru_cache(maxsize=4096)
def domains(text: str) -> Mapping[str, float]:
    """How much a text belongs to each domain, as a unit vector over codes; empty where no term is found.

    A term of two words weighs more than one of a single word: it is rarely there by chance.

    >>> max(domains("directrice des ressources humaines").items(), key=lambda d: d[1])[0]
    'GRH'
    """
    weights = _found(text)
    norm = math.sqrt(sum(w * w for w in weights.values()))
    return {c: w / norm for c, w in weights.items()} if norm else {}


def strengths(subject: str, body: str, length: int) -> Mapping[str, float]:
    """How surely a programme belongs to each domain, 0 to 1, each on its own: a training may well belong to three.

    ``subject`` is what says what it is about (title, objectives, modules); of a long
    document (``length`` characters in all) every term of the ``body`` counts for less.
    """
    said, around = _found(subject), _found(body)
    share = min(1.0, _PAGE / max(length, 1))
    evidence = {c: said.get(c, 0.0) + share * around.get(c, 0.0) for c in {*said, *around}}
    return {c: _BREADTH.get(c, 1.0) * e / (e + 2.0) for c, e in evidence.items()}


_PAGE: Final = 1_500
# Nearly every training for managers is of this domain: to share it says less.
_BREADTH: Final = {"DIR": 0.65}


def _found(text: str) -> dict[str, float]:
    words = role_stems(text)
    often = Counter(words)
    sentences = [frozenset(role_stems(part)) for part in _SENTENCE.split(text)] if len(text) > _SHORT else [frozenset(words)]
    weights: dict[str, float] = {}
    present = [t for word in often for t in _by_word().get(word, ()) if t[0] <= often.keys()]
    # In a few words the longer term is what is meant: "droit des sols" is no law, "qualité de vie au travail" no quality.
    longer = [t for t in present if len(t[0]) > 1] if len(sentences) == 1 else []
    for needed, code, _ in present:
        if any(needed < other and code != its for other, its, _ in longer):
            continue
        # The words of one term stand in one sentence: in a long sheet they would meet by chance.
        count = min(often[w] for w in needed)
        if len(needed) > 1:
            count = min(count, sum(needed <= s for s in sentences))
        if count:
            weights[code] = weights.get(code, 0.0) + (1.0 + 1.2 * (len(needed) - 1)) * (1.0 + math.log(count))
    return weights


_SENTENCE: Final = re.compile(r"[.;!?]\s|\n")
_SHORT: Final = 120


def affinity(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How far what ``one`` asks for (a unit vector) is met by ``other`` (strengths), 0 to 1."""
    return sum(w * w * other.get(c, 0.0) for c, w in one.items())


@dataclass(frozen=True, slots=True)
class Standing:
    """What the name of a role says of itself: by law or by plain use. None: it says nothing."""

    versant: str | None = None
    employer: str | None = None
    category: str | None = None
    corps: str | None = None


# Names that fix the category whatever the versant. First match wins, so the longer name stands first.
_CATEGORIES: Final[tuple[tuple[str, str], ...]] = (
    (r"aides?[- ]soignant|auxiliaire de puericulture", "B"),
    (
        r"adjoint[e]?s? (?:administrati|techniqu|d'animation|du patrimoine|de maitrise)|agents? (?:techniqu|d'entretien|polyvalent)|atsem|"
        r"ouvrier|asvp",
        "C",
    ),
    (r"agents? de maitrise", "C"),
    (r"redact(?:eur|rice)s?\b|secretaire administrati|technicien(?:ne)?s?\b|animat(?:eur|rice)s? territoria|assistante? de conservation", "B"),
    (
        r"attachee?s?\b|administrat(?:eur|rice)s? (?:territoria|de l'etat|civil|general|de l'insee)|ingenieure?s?\b|conservat(?:eur|rice)s?\b|"
        r"medecins?\b",
        "A",
    ),
    (
        r"(?:direct(?:eur|rice)s?|dg[sa]?)\b(?!.{0,20}\b(?:adjoint de magasin))|infirmi(?:er|ere)s?\b|sage-femme|magistrate?|prefete?|"
        r"sous-prefete?|professeure?",
        "A",
    ),
)
_VERSANTS: Final[tuple[tuple[str, str, str | None], ...]] = (
    (
        r"direct(?:eur|rice)s? (?:d'|de l'|d'un |des? |du )?(?:hopital|hopitaux|chu?\b|centre hospitalier|soins|etablissement de sante|ehpad)|d3s\b",
        "FPH",
        "hôpital",
    ),
    (r"hospitali(?:er|ere)s?\b|aides?[- ]soignant|praticien", "FPH", None),
    (r"territoria(?:l|le|les|ux)\b", "FPT", None),
    (r"prefete?\b|sous-prefete?\b|secretaire generale? de (?:la )?prefecture|administrat(?:eur|rice)s? (?:de l'etat|civil)", "FPE", None),
    (r"(?:attachee?s?|secretaires?|adjointe?s?) (?:principale?s? )?(?:administrati\w+ )?d'administration(?: de l'etat)?\b(?! hospital)", "FPE", None),
    (r"d'administration hospitaliere", "FPH", None),
    (r"gardien de la paix|gendarme|professeur des ecoles|greffi(?:er|ere)", "FPE", None),
)
_CORPS: Final[tuple[tuple[str, str], ...]] = (
    (r"administrat(?:eur|rice)s? territoria", "administrateur territorial"),
    (r"administrat(?:eur|rice)s? de l'etat", "administrateur de l'État"),
    (r"attachee?s? (?:principale?s? )?territoria", "attaché territorial"),
    (r"attachee?s? (?:principale?s? )?d'administration hospitali", "attaché d'administration hospitalière"),
    (r"attachee?s? (?:principale?s? )?d'administration", "attaché d'administration"),
    (r"redact(?:eur|rice)s? (?:principa\w+ )?territoria", "rédacteur territorial"),
    (r"ingenieure?s? (?:en chef )?territoria", "ingénieur territorial"),
    (r"direct(?:eur|rice)s? d'hopital", "directeur d'hôpital"),
    (r"direct(?:eur|rice)s? des soins", "directeur des soins"),
    (r"commissaires? de police", "commissaire de police"),
    (r"adjointe?s? administrati\w+ territoria", "adjoint administratif territorial"),
)


def standing(role: str) -> Standing:
    """What a role's name says about versant, employer, category and corps.

    >>> standing("rédactrice territoriale").versant, standing("rédactrice territoriale").category
    ('FPT', 'B')
    """
    name = fold(role)
    versant = employer = None
    for pattern, code, house in _VERSANTS:
        if re.search(pattern, name):
            versant, employer = code, house
            break
    category = next((c for pattern, c in _CATEGORIES if re.search(r"\b(?:" + pattern + ")", name)), None)
    corps = next((c for pattern, c in _CORPS if re.search(pattern, name)), None)
    return Standing(versant, employer, category, corps)


_SENIOR: Final = re.compile(
    r"\bdirect(?:eur|rice)|\bdirection\b|\bdirigeant|\bcadres? superieur|\bencadrement superieur|\bsous-prefet|\bprefet|\bdg[sa]?\b|\bdgst\b|"
    r"\bsecretaire general|\badministrat(?:eur|rice)s? (?:territoria|de l'etat|civil|general)|\bchef(?:fe)? de cabinet|\bhauts? fonctionnaire|"
    r"\bcadres? dirigeant|"
    r"\bsenior (?:manager|official|executive)|\b(?:chief|head|director)\b"
)
_MANAGER: Final = re.compile(
    r"\bchef(?:fe)?s?\b|\bresponsable|\bencadrant|\bmanager|\bcadres?\b|\battache|\bingenieur|\bconservat|\bcoordinat|\bcharge(?:e)? de "
    r"mission|\bchef(?:fe)? de projet"
)


def level(text: str) -> int | None:
    """The level that a role or an audience names: 3 senior management, 2 managers and designers, None unsaid."""
    name = fold(text)
    if _SENIOR.search(name):
        return 3
    return 2 if _MANAGER.search(name) else None


_LEADS: Final = re.compile(
    r"\bcheff?e?s?\b(?! de projet)|\bresponsables?\b|\bencadr|\bmanage|\bcadres?\b|\bprefet|\bsous-prefet|\bdirect(?:eur|rice|ion)|"
    r"\bdirigeant|\bdg[sa]?\b|"
    r"\bdgst\b|\bsecretaires? general|\badministrat(?:eur|rice)s? (?:territoria|de l'etat|civil|general)|\bhauts? fonctionnaire"
)


def leads(text: str) -> bool:
    """Whether a role, or a group of people, leads others by its name: an attaché or a project leader may not.

    >>> leads("cheffe de bureau"), leads("attachée"), leads("chef de projet")
    (True, False, False)
    """
    return bool(_LEADS.search(fold(text)))
