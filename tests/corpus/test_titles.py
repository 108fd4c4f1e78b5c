"""Titles on pages as they are: menus, kickers, slogans and forms above the name, names in capitals, in quotes, over two lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.readers.formats import read
from corpus.readers.limits import Limits
from corpus.readers.plain import read_plain

BODY = """
Les dossiers s'accumulent et les habitants attendent une réponse claire. Deux journées pour reprendre la main sur
la rédaction des réponses, avec des cas apportés par les stagiaires.

Public
Agents d'accueil et secrétaires de mairie

Durée : 2 jours
Tarif : 310 €
"""
SHORT = "\nPublic : tout agent\nDurée : 2 jours\nTarif : 120 €\n"

HEADS = [
    # kickers
    ("Répondre à un courrier difficile", "Répondre à un courrier difficile"),
    ("FORMATION CONTINUE\nRépondre à un courrier difficile", "Répondre à un courrier difficile"),
    ("Stage\n\nRépondre à un courrier difficile", "Répondre à un courrier difficile"),
    ("Diplôme d'établissement\nConduire les politiques du grand âge", "Conduire les politiques du grand âge"),
    ("Certificat\nÉCRIRE AU NOM DE L'ÉTAT\nSession de printemps", "ÉCRIRE AU NOM DE L'ÉTAT"),
    ("Fiche n° 12\nRépondre à un courrier difficile", "Répondre à un courrier difficile"),
    ("FICHE FORMATION N°7\n\nRÉPONDRE À UN COURRIER DIFFICILE", "RÉPONDRE À UN COURRIER DIFFICILE"),
    ("Formation courte · Nouveau\nL'art de la synthèse", "L'art de la synthèse"),
    ("Action de formation n° 4.12\nL'art de la synthèse", "L'art de la synthèse"),
    # schools, also as acronyms that the addresses repeat
    ("ENFA\nÉcole nationale de la fonction administrative\nSaint-Aubin – Rive-sur-Loue\n\nL'art de la synthèse", "L'art de la synthèse"),
    ("IFTP Bretagne, Rennes\nL'art de la synthèse", "L'art de la synthèse"),
    ("CDG du Haut-Lac\nL'art de la synthèse", "L'art de la synthèse"),
    ("Direction générale de l'administration\nBureau de la formation\n\nL'art de la synthèse", "L'art de la synthèse"),
    ("Métropole des Deux-Vallées – Direction des ressources humaines\nL'art de la synthèse", "L'art de la synthèse"),
    ("Service de la formation continue\nUniversité de la Baie\nDU Laïcité et vie publique", "DU Laïcité et vie publique"),
    ("Les essentiels de l'accueil\nUne collection du Centre de ressources\n\nMesurer l'attente de son public", "Mesurer l'attente de son public"),
    # menus, trails
    ("Accueil\nL'école\nFormations\nRecherche\nActualités\nContact\n\nL'art de la synthèse", "L'art de la synthèse"),
    ("Menu\nFormation initiale\nFormation continue\nPréparer un concours\nAgenda\nAccueil > Formation continue > Écrits\n\nL'art de la synthèse",
     "L'art de la synthèse"),
    ("Accueil / Catalogue / Communication écrite\n\nRépondre à un courrier difficile", "Répondre à un courrier difficile"),
    ("Formations  |  Agenda  |  Presse  |  Contact\nRépondre à un courrier difficile", "Répondre à un courrier difficile"),
    ("Accueil > Catalogue > L'art de la synthèse\n\nL'art de la synthèse", "L'art de la synthèse"),
    ("Passer au contenu\nAgrandir le texte\nImprimer\nPartager cette page\nRépondre à un courrier difficile", "Répondre à un courrier difficile"),
    ("GRETA des Lacs | Titre professionnel Secrétaire assistant | Niveau 4", "Titre professionnel Secrétaire assistant"),
    ("Offre 2027 · Communication écrite\n\nRépondre à un courrier difficile", "Répondre à un courrier difficile"),
    # slogans, first sentences, quotes
    ("Se former pour mieux servir\nInstitut de formation des territoires\n\nRépondre à un courrier difficile", "Répondre à un courrier difficile"),
    ("Vous écrivez, ils vous lisent !\n\nRépondre à un courrier difficile", "Répondre à un courrier difficile"),
    ("Répondre à un courrier difficile\nCe que l'usager attend, ce que la loi permet", "Répondre à un courrier difficile"),
    ("Nouveauté 2027\n\nRépondre à un courrier difficile\n\n« Je n'écris plus jamais de la même façon », dit une stagiaire.",
     "Répondre à un courrier difficile"),
    # several lines, capitals, quotes, codes
    ("Chargé d'accueil en préfecture : renseigner, orienter et apaiser les\nusagers",
     "Chargé d'accueil en préfecture : renseigner, orienter et apaiser les usagers"),
    ("CYCLE\n« RÉPONDRE AUX COURRIERS\nDES HABITANTS »", "RÉPONDRE AUX COURRIERS DES HABITANTS"),
    ("RÉPONDRE AUX COURRIERS\nDES HABITANTS", "RÉPONDRE AUX COURRIERS DES HABITANTS"),
    ("ÉCRITS PROFESSIONNELS – NIVEAU 2\nRépondre à un courrier difficile", "ÉCRITS PROFESSIONNELS – NIVEAU 2 : Répondre à un courrier difficile"),
    ("Formation « Répondre à un courrier difficile » - 2 jours (14 h)", "Formation « Répondre à un courrier difficile »"),
    ("« Répondre à un courrier difficile »", "Répondre à un courrier difficile"),
    ("Répondre à un courrier difficile — 7EC-204", "Répondre à un courrier difficile"),
    ("Répondre à un courrier difficile (Réf. EC 204)", "Répondre à un courrier difficile"),
    ("27B0034412 – Répondre à un courrier difficile", "Répondre à un courrier difficile"),
    ("3.07 Répondre à un courrier difficile", "Répondre à un courrier difficile"),
    ("M57 : préparer la bascule comptable", "M57 : préparer la bascule comptable"),
    ("Gestes qui sauvent – PSC1", "Gestes qui sauvent – PSC1"),
    ("Intitulé de la formation\nRépondre à un courrier difficile\nCode\nEC204", "Répondre à un courrier difficile"),
    ("Catalogue 2027, page 41\nRubrique : Écrits\nRépondre à un courrier difficile", "Répondre à un courrier difficile"),
    # dates and amounts above
    ("Du 4 au 6 mai 2027\nAngers\n\nRépondre à un courrier difficile", "Répondre à un courrier difficile"),
    ("Mercredi 12 mai 2027, 9 h - 17 h\nRépondre à un courrier difficile", "Répondre à un courrier difficile"),
    ("2 jours | 14 h | Présentiel\nRépondre à un courrier difficile", "Répondre à un courrier difficile"),
    # questions and events
    ("Colloque\n\nQue reste-t-il du guichet ?\n\nJeudi 3 juin 2027, Lorient", "Que reste-t-il du guichet ?"),
    ("3es Assises de l'accueil public\nJeudi 3 juin 2027, Lorient", "3es Assises de l'accueil public"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "title"), HEADS)
def test_the_name_is_found_on_pages_as_they_are(head: str, title: str) -> None:
    assert read_plain((head + "\n" + BODY).encode(), "fiche.txt", Limits()).title == title
    assert read_plain((head + "\n" + SHORT).encode(), "fiche.txt", Limits()).title == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (  # a list of modules with dates is no title, and the objectives are none
            "École des cadres\n\nDIRIGER UN PETIT ÉTABLISSEMENT\n\nCALENDRIER\nModule 1 : 18-20 janvier 2027\nModule 2 : 8-11 mars 2027\n\n"
            "OBJECTIFS\nConduire un projet d'établissement\nTenir un budget\n",
            "DIRIGER UN PETIT ÉTABLISSEMENT",
        ),
        (  # a plan of several courses is known by its own name
            "Centre hospitalier du Lac\nPLAN DE FORMATION 2027\nextrait : soins\n\n1.01 - HYGIÈNE DES MAINS\nDurée 1 jour\nGroupe de 12\n\n"
            "1.02 - TENUE DU DOSSIER\nDurée 2 jours\nGroupe de 10\n",
            "PLAN DE FORMATION 2027",
        ),
        (  # a contribution below what the site says of itself
            "La consultation est close.\n< Retour aux contributions\n\nContribution n° 311\ndéposée le 12/05/2026 à 21:04\n"
            "Un tuteur pour chaque nouvel agent\n\nOn arrive, on a un badge et un bureau vide. Il faudrait un tuteur.\n\n12 pour   3 contre\n",
            "Un tuteur pour chaque nouvel agent",
        ),
        (  # news
            "Actualités > Vie de l'école\nPublié le 4 mars 2027 – lecture 3 min\n\nL'école et le département ouvrent une classe à Rive-sur-Loue\n\n"
            "Le 1er mars, les deux présidents ont signé une convention. Elle prévoit douze places par an et un tuteur.\n\n"
            "« Nous l'attendions », dit-on au département.\n",
            "L'école et le département ouvrent une classe à Rive-sur-Loue",
        ),
        (  # numbered actions without a field's name
            "Intranet > Ma vie d'agent > Plan interne\nDÉPARTEMENT DU HAUT-LAC\nCATALOGUE INTERNE – 1er SEMESTRE 2027\n\n"
            "INT-01 CONDUIRE UN ENTRETIEN\nÉvaluateurs nommés dans l'année\n1 jour, 19 janvier 2027\n\n"
            "INT-02 ÉCRIRE CLAIREMENT\nRédacteurs et instructeurs\n2 jours, 2 et 16 mars 2027\n",
            "CATALOGUE INTERNE – 1er SEMESTRE 2027",
        ),
        (  # a notice in one sentence
            "GRETA du Haut-Lac – agence de Rive\n"
            "Chariots élévateurs, catégories 1A et 3 : 21 heures (3 jours), 6 stagiaires, 18 ans révolus. Départs le 25 mai.\n",
            "Chariots élévateurs, catégories 1A et 3",
        ),
        (  # few lines, no section
            "CDG du Lac / Santé au travail\nRecyclage sauveteur secouriste\n1 jour, Rive-sur-Loue, le 3 mars 2027\n12 places\n80 euros par agent\n"
            "sante@cdg-lac.example\n",
            "Recyclage sauveteur secouriste",
        ),
    ],
)
def test_the_name_of_the_whole_is_no_part_of_it(text: str, title: str) -> None:
    assert read_plain(text.encode(), "page.txt", Limits()).title == title


def test_the_name_of_the_file_speaks_for_a_line() -> None:
    text = "Conduire une réunion\n\nTenir la caisse d'une régie\n\nUn texte qui ne dit rien de plus de ce que l'on y fera.\n"
    assert read_plain(text.encode(), "plan/regie-caisse.txt", Limits()).title == "Tenir la caisse d'une régie"
    assert read_plain(text.encode(), "plan/a1.txt", Limits()).title == "Conduire une réunion"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<h1>Licence professionnelle<br>Métiers du livre</h1><p>Une année.</p>", "Licence professionnelle Métiers du livre"),
        (
            "<title>École du lac | Formation | 27B14</title><h2>Accueillir un enfant sourd</h2><h3>Public</h3><p>Tous</p>",
            "Accueillir un enfant sourd",
        ),
        ("<title>Tenir une régie – École du lac</title><div>Catalogue</div><p>Deux journées de pratique.</p>", "Tenir une régie"),
        ("<h1>École du lac</h1><h2>Tenir une régie</h2><h3>Public</h3><p>Régisseurs</p><h3>Durée</h3><p>1 jour</p>", "Tenir une régie"),
    ],
)
def test_the_title_of_a_web_page(tmp_path: Path, page: str, title: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    assert next(iter(read(path, "page.html", Limits()))).title == title
