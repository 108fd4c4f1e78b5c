"""Names that begin as a field, a house or a menu does are names all the same, wherever they stand."""

from __future__ import annotations

import time

import pytest

from corpus.readers.limits import Limits
from corpus.readers.plain import read_plain

NAMES = [
    "Organisation du travail et télétravail",
    "Évaluer les politiques publiques",
    "Accès aux documents administratifs",
    "Contrats de la commande publique",
    "Direction de projet : les méthodes",
    "Services publics et numérique",
    "Centre de vaccination : organiser les flux",
    "École inclusive : accueillir tous les élèves",
    "Régions et développement économique",
    "Calendrier budgétaire des collectivités",
    "Programme pluriannuel d'investissement",
    "Documents d'urbanisme : lire un PLU",
    "Référencement des sites publics",
    "Langue des signes – initiation",
    "Coût global et achats durables",
    "Tarification des services publics locaux",
    "Conditions de travail : prévenir l'usure",
    "Association : tenir la comptabilité",
    "Maison France services : accueillir et orienter",
    "Mairie : accueil et état civil",
    "Communication de crise",
    "Bienvenue en mairie : réussir l'accueil",
    "Responsable de restauration collective",
    "Contact avec les publics précaires",
    "Durée du travail et congés dans la fonction publique",
    "Publication des actes administratifs",
    "Inscription sur les listes électorales",
    "Financement des associations par les communes",
    "Admission en EHPAD : droits et procédures",
    "Capacité professionnelle de transport",
    "Modalités de vote et bureaux électoraux",
    "Horaires atypiques et santé",
    "Intervenants en milieu carcéral : se préparer",
    "Compétences psychosociales de l'encadrant",
    "Éthique et numérique",
    "L'État et ses agences",
    "La fonction publique hospitalière en 20 questions",
    "Le budget communal de A à Z",
    "Un service public plus vert",
    "Agent recenseur",
    "Chef de chantier",
    "Devenir formateur interne occasionnel",
    "Être élu référent handicap",
    "Mieux se connaître pour mieux manager",
    "Comment rédiger un cahier des charges",
    "Pourquoi et comment faire un bilan social",
    "ChatGPT et IA générative : usages au bureau",
    "Excel – tableaux croisés dynamiques",
    "SIG et QGIS : prise en main",
    "Word niveau 2",
    "RGPD : le rôle du délégué",
    "Plan communal de sauvegarde",
    "Cimetières : gestion et police",
    "Ressources humaines : actualité statutaire",
    "Archives communales : classer et éliminer",
    "Petite enfance – la relation aux parents",
    "Marchés publics de travaux",
    "Prise de parole en public",
    "Gestion du stress",
]
FRAMES = [
    "{}\n",
    "École des territoires\n\n{}\n",
    "Centre de gestion du Lac\nFormations 2027\n{}\n",
    "Accueil > Formations > Fiche\n\n{}\n",
    "STAGE\n{}\n",
    "Institut du Lac\nAccueil\nFormations\nAgenda\nContact\nPresse\n\n{}\nRéf : AB-12\n",
]
BODY = """
Les dossiers s'accumulent et les habitants attendent une réponse claire. Deux journées pour reprendre la main avec
des cas apportés par les stagiaires, et des outils.

Public
Agents d'accueil

Durée : 2 jours
"""


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_in_every_frame(name: str) -> None:
    assert [read_plain((frame.format(name) + BODY).encode(), "doc1.txt", Limits()).title for frame in FRAMES] == [name] * len(FRAMES)


@pytest.mark.parametrize(
    "filler",
    [" " * 11_000, "a > " * 3_000, "A1 " * 4_000, "« a " * 3_000, "Un texte de gauche qui va      et un autre à droite qui va\nloin\n" * 3_000],
)
def test_odd_texts_are_read_in_no_time(filler: str) -> None:
    start = time.process_time()
    read_plain(f"a{filler}b\nTenir une régie\n\nDurée : 1 jour\n".encode(), "doc1.txt", Limits())
    assert time.process_time() - start < 2.0
