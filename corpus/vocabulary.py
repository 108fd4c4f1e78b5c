"""Closed vocabularies of French public employment, and the acronyms a person may write for them.

A *versant* is one of the branches of the public service; a *catégorie* ranks a corps or cadre d'emplois (A designs and
directs, B applies and supervises, C carries out; French Polynesia adds D). ``A+`` has no legal existence: it is used
only where a document says it. FPPF and FPCPF are this project's codes for the two regimes of French Polynesia.
Every function takes free text in any case, with or without accents, and answers with the code or None.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Literal

from corpus.french import fold

Mode = Literal["on_site", "blended", "remote"]

VERSANTS = MappingProxyType(
    {
        "FPE": "fonction publique de l'État",
        "FPT": "fonction publique territoriale",
        "FPH": "fonction publique hospitalière",
        "FPPF": "fonction publique de la Polynésie française",
        "FPCPF": "fonction publique des communes de la Polynésie française",
    }
)
"""Code -> French name. The first three are metropolitan law; the State's agents in French Polynesia are FPE."""

CATEGORIES = MappingProxyType(
    {"FPE": ("A+", "A", "B", "C"), "FPT": ("A+", "A", "B", "C"), "FPH": ("A+", "A", "B", "C"),
     "FPPF": ("A", "B", "C", "D"), "FPCPF": ("A", "B", "C", "D")}
)  # fmt: skip
"""Versant -> its categories, highest first."""

CATEGORY_NAMES_FPCPF = MappingProxyType(
    {"A": "conception et encadrement", "B": "maîtrise", "C": "application", "D": "exécution"}
)  # fmt: skip
"""How the communes of French Polynesia name their categories (ordonnance n° 2005-10, article 6)."""

FILIERES = MappingProxyType(
    {
        "FPT": ("administrative", "animation", "culturelle", "médico-sociale", "police municipale", "sapeurs-pompiers", "sportive", "technique"),
        "FPPF": ("administrative et financière", "technique", "socio-éducative, culturelle et sportive", "santé et recherche", "éducative"),
        "FPCPF": ("administrative", "technique", "sécurité publique", "sécurité civile"),
    }
)
"""Versant -> its filières (FPCPF: spécialités)."""

MODES: MappingProxyType[Mode, str] = MappingProxyType({"on_site": "en présentiel", "blended": "hybride", "remote": "à distance"})
"""How a course is held -> its French name; LHEO's codes 0, 1 and 2, in that order."""

EMPLOYERS = MappingProxyType(
    {
        "ministère": "FPE", "administration centrale": "FPE", "préfecture": "FPE", "sous-préfecture": "FPE", "rectorat": "FPE",
        "académie": "FPE", "service déconcentré": "FPE", "direction départementale": "FPE", "dreal": "FPE", "ddt": "FPE", "ddtm": "FPE",
        "dreets": "FPE", "drac": "FPE", "drfip": "FPE", "ddfip": "FPE", "haut-commissariat": "FPE", "université": "FPE", "juridiction": "FPE",
        "tribunal": "FPE", "police nationale": "FPE", "gendarmerie": "FPE", "établissement public de l'état": "FPE", "lycée": "FPE",
        "collège": "FPE", "agence régionale de santé": "FPE",
        "commune": "FPT", "mairie": "FPT", "ville": "FPT", "département": "FPT", "conseil départemental": "FPT", "région": "FPT",
        "conseil régional": "FPT", "métropole": "FPT", "intercommunalité": "FPT", "communauté de communes": "FPT",
        "communauté d'agglomération": "FPT", "communauté urbaine": "FPT", "epci": "FPT", "syndicat intercommunal": "FPT",
        "syndicat mixte": "FPT", "centre de gestion": "FPT", "sdis": "FPT", "ccas": "FPT", "cias": "FPT", "collectivité": "FPT",
        "collectivité territoriale": "FPT", "office public de l'habitat": "FPT", "établissement public local": "FPT",
        "hôpital": "FPH", "chu": "FPH", "centre hospitalier": "FPH", "chru": "FPH", "ehpad public": "FPH", "ehpad": "FPH",
        "établissement public de santé": "FPH", "établissement public médico-social": "FPH", "groupement hospitalier de territoire": "FPH",
        "ght": "FPH", "ap-hp": "FPH",
        "pays": "FPPF", "administration du pays": "FPPF", "gouvernement de la polynésie française": "FPPF",
        "commune de polynésie française": "FPCPF", "commune polynésienne": "FPCPF",
    }
)  # fmt: skip
"""Type of employer -> versant of its agents by default. ``commune`` in French Polynesia is FPCPF: see ``versant_of_employer``."""

ACRONYMS = MappingProxyType(
    {
        "ANFH": "Association nationale pour la formation permanente du personnel hospitalier",
        "BUT": "bachelor universitaire de technologie",
        "CAFOC": "centre académique de formation continue",
        "CCAS": "centre communal d'action sociale",
        "CDG": "centre de gestion de la fonction publique territoriale",
        "CFA": "centre de formation des apprentis",
        "CGF": "centre de gestion et de formation de Polynésie française",
        "CHU": "centre hospitalier universitaire",
        "CISIRH": "centre interministériel de services informatiques relatifs aux ressources humaines",
        "CNED": "Centre national d'enseignement à distance",
        "CNFPT": "Centre national de la fonction publique territoriale",
        "CPF": "compte personnel de formation",
        "CVEC": "contribution de vie étudiante et de campus",
        "CVRH": "centre de valorisation des ressources humaines",
        "DGAFP": "direction générale de l'administration et de la fonction publique",
        "DGS": "directeur général des services",
        "DIESE": "délégation interministérielle à l'encadrement supérieur de l'État",
        "DINUM": "direction interministérielle du numérique",
        "DITP": "direction interministérielle de la transformation publique",
        "DREAL": "direction régionale de l'environnement, de l'aménagement et du logement",
        "DREETS": "direction régionale de l'économie, de l'emploi, du travail et des solidarités",
        "DRH": "direction des ressources humaines",
        "DU": "diplôme d'université",
        "ECTS": "système européen de transfert et d'accumulation de crédits",
        "EHESP": "École des hautes études en santé publique",
        "EIG": "entrepreneurs d'intérêt général",
        "ENA": "École nationale d'administration",
        "ENAP": "École nationale d'administration pénitentiaire",
        "ENFIP": "École nationale des finances publiques",
        "ENM": "École nationale de la magistrature",
        "ENSP": "École nationale supérieure de la police",
        "ENTE": "École nationale des techniciens de l'équipement",
        "EN3S": "École nationale supérieure de sécurité sociale",
        "EPCI": "établissement public de coopération intercommunale",
        "FOAD": "formation ouverte et à distance",
        "GRETA": "groupement d'établissements pour la formation continue",
        "GVT": "glissement vieillesse technicité",
        "IFSI": "institut de formation en soins infirmiers",
        "IGPDE": "Institut de la gestion publique et du développement économique",
        "IH2EF": "Institut des hautes études de l'éducation et de la formation",
        "INET": "Institut national des études territoriales",
        "INSET": "institut national spécialisé d'études territoriales",
        "INSP": "Institut national du service public",
        "IPAG": "institut de préparation à l'administration générale",
        "IRA": "institut régional d'administration",
        "MOOC": "cours en ligne ouvert à tous",
        "OPCO": "opérateur de compétences",
        "PFRH": "plateforme régionale d'appui interministériel à la gestion des ressources humaines",
        "PLFRH": "plateforme régionale d'appui interministériel à la gestion des ressources humaines",
        "QVCT": "qualité de vie et des conditions de travail",
        "RAEP": "reconnaissance des acquis de l'expérience professionnelle",
        "RH": "ressources humaines",
        "RNCP": "répertoire national des certifications professionnelles",
        "RQTH": "reconnaissance de la qualité de travailleur handicapé",
        "SDIS": "service départemental d'incendie et de secours",
        "VAE": "validation des acquis de l'expérience",
        "VAP": "validation des acquis professionnels",
        "VAPP": "validation des acquis professionnels et personnels",
    }
    | dict(VERSANTS)
)
"""Acronym -> what it stands for."""

SUCCESSORS = MappingProxyType({"ENA": "INSP"})
"""An institution that no longer exists -> the one that took over from it (the ENA became the INSP on 1 January 2022)."""

_VERSANT_WORDS = (
    ("FPCPF", r"\bfpcpf\b|communes? (?:de la )?polynesie|communes? (?:de )?polynesien|agents? communaux de (?:la )?polynesie"),
    ("FPPF", r"\bfppf\b|fonction publique (?:de la )?polynesie|administration du pays\b|agents? du pays\b|\bdu pays\b"),
    ("FPE", r"\bfpe\b|(?:fonction publique|agents?|cadres?|encadrants?|encadrement|gestionnaires?|services?|administrations?|fonctionnaires?) "
     r"(?:civils? |superieurs? |dirigeants? |financiers? |budgetaires? )?(?:de )?l'etat\b"),
    ("FPT", r"\bfpt\b|\bterritoriale?s?\b|\bterritoriaux\b|\bcollectivites?\b|agents? des communes\b|agents? communaux"),
    ("FPH", r"\bfph\b|\bhospitali(?:ere?|ers|eres)\b|etablissements? publics? de sante|\bhopita(?:l|ux)\b"),
)  # fmt: skip
_VERSANT_PATTERNS = tuple((code, re.compile(words)) for code, words in _VERSANT_WORDS)
_ALL_THREE = re.compile(
    r"\b(?:trois|3) (?:versants|fonctions publiques)|toutes? (?:les )?fonctions? publiques?|\binter-?versants?\b|\binter fonctions? publiques?"
)


def versants_in(text: str) -> frozenset[str]:
    """The versants that the text names; "les trois fonctions publiques" names FPE, FPT and FPH.

    >>> sorted(versants_in("Encadrement supérieur des trois fonctions publiques"))
    ['FPE', 'FPH', 'FPT']
    """
    folded = fold(text)
    found = {code for code, pattern in _VERSANT_PATTERNS if pattern.search(folded)}
    if _ALL_THREE.search(folded):
        found |= {"FPE", "FPT", "FPH"}
    return frozenset(found)


_CATEGORY = re.compile(r"\bcat(?:egories?|\.)?s? ?:? ?((?:[abcd]\b\+?)(?: ?(?:,|/|et|ou|-|a|&) ?(?:categorie )?[abcd]\b\+?)*)")
_CATEGORY_LETTER = re.compile(r"\b([abcd])\b(\+?)")


def categories_in(text: str) -> tuple[str, ...]:
    """The categories that the text names, in order: "agents de catégorie A et B" -> ("A", "B"); ``A+`` only as said.

    >>> categories_in("agents de catégories A+, A et B")
    ('A+', 'A', 'B')
    """
    found: list[str] = []
    for match in _CATEGORY.finditer(fold(text)):
        # "de A à C" would be a range, but folding makes "à" the letter a: it is always a separator here, so drop it.
        run = re.sub(r"(?<=[abcd+] )a(?= [abcd])", "/", match.group(1))
        letters = [letter.upper() + plus for letter, plus in _CATEGORY_LETTER.findall(run)]
        if "/" in run and " / " in run and len(letters) == 2 and letters[0] < letters[1]:
            letters = [c for c in ("A", "B", "C", "D") if letters[0] <= c <= letters[1]]
        found.extend(c for c in letters if c not in found)
    return tuple(found)


_EMPLOYER_KEYS = sorted(((fold(name), code) for name, code in EMPLOYERS.items()), key=lambda pair: -len(pair[0]))
_POLYNESIA = re.compile(r"\bpolynesi|\btahiti\b|\bpapeete\b")


def versant_of_employer(employer: str, territory: str | None = None) -> str | None:
    """The versant of the agents of a type of employer; a commune of French Polynesia is FPCPF, None where unknown.

    >>> versant_of_employer("Communauté d'agglomération du Lac"), versant_of_employer("mairie", "Polynésie française")
    ('FPT', 'FPCPF')
    """
    folded = fold(f"{employer} ")
    polynesian = bool(_POLYNESIA.search(folded) or (territory and _POLYNESIA.search(fold(territory))))
    for name, code in _EMPLOYER_KEYS:
        if re.search(rf"\b{re.escape(name)}s?\b", folded):
            return "FPCPF" if code == "FPT" and polynesian else code
    return None


_MODE_PATTERNS: tuple[tuple[Mode, re.Pattern[str]], ...] = (
    ("blended", re.compile(
        r"\bhybrides?\b|\bmixtes?\b|\bblended\b|\bmultimodale?s?\b|\bbi-?modale?s?\b|\bcomodale?s?\b|presentiel (?:et|ou|/|"
        r"\+) (?:a )?dis|dis\w+ (?:et|ou|/|\+) (?:en )?presentiel")),
    ("remote", re.compile(
        r"\ba distance\b|\bdistanciel(?:le)?s?\b|\be-?learning\b|\ben ligne\b|\bvisio(?:-?conference)?s?\b|\bclasses? virtuelles?\b|"
        r"\bwebinaires?\b|\bfoad\b|\bmooc\b")),
    ("on_site", re.compile(r"\bpresentiel(?:le)?s?\b|\bsur place\b|\bsur site\b|\ben salle\b")),
)  # fmt: skip


def mode_of(text: str) -> Mode | None:
    """How the course is held, by the words of the text; both ways at once is ``blended``.

    >>> mode_of("Classe virtuelle"), mode_of("présentiel et distanciel"), mode_of("à Lyon")
    ('remote', 'blended', None)
    """
    folded = fold(text)
    found = [mode for mode, pattern in _MODE_PATTERNS if pattern.search(folded)]
    if "remote" in found and "on_site" in found:
        return "blended"
    return found[0] if found else None


def expand(acronym: str) -> str | None:
    """What the acronym stands for, case and dots aside: ``expand("i.n.s.p.")`` is the INSP's full name."""
    return ACRONYMS.get(acronym.replace(".", "").strip().upper())
