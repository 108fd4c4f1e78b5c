"""Sections by many names, keys in the middle of a line, modules, kinds of documents."""

from __future__ import annotations

import pytest

from corpus.facts.topics import strict_topic_of, topic_of
from corpus.records import FieldName
from tests.corpus.sheets import programme, texts


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("Public visé", "audience"),
        ("Profil des participants", "audience"),
        ("À qui s'adresse cette formation ?", "audience"),
        ("Conditions d'admission", "prerequisites"),
        ("Pré-requis", "prerequisites"),
        ("2. Frais de formation", "price"),
        ("Coût pédagogique", "price"),
        ("Modalités d'inscription", "registration"),
        ("Lieu", "location"),
        ("Débouchés", "careers"),
        ("Modalités d'évaluation", "evaluation"),
        ("Contenu de la formation", "content"),
        ("Durée totale", "duration"),
        ("Nombre de places", "capacity"),
        ("Le château", None),
    ],
)
def test_headings(heading: str, topic: str | None) -> None:
    assert topic_of(heading) == topic


def test_a_sentence_is_no_heading() -> None:
    assert strict_topic_of("Les objectifs de la séance précédente sont atteints") is None
    assert strict_topic_of("Tarif formation continue") == "price"


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        (
            "Public\n\nCadres dirigeants des trois fonctions publiques\n\nPratique\n\n• Code : AB-12\n",
            "audience",
            ["Cadres dirigeants des trois fonctions publiques"],
        ),
        ("Prérequis : module 1 validé ou niveau équivalent", "prerequisites", ["module 1 validé ou niveau équivalent"]),
        ("Code stage : CP12-A Modalité : à distance Durée : 21 heures", "code", ["CP12-A"]),
        (
            "Les principaux objectifs de ce cycle sont de :\n- former les cadres ;\n- ouvrir un réseau.\n",
            "objectives",
            ["former les cadres ;", "ouvrir un réseau."],
        ),
        ("Le cycle s'adresse aux agents de catégorie A.", "audience", ["Le cycle s'adresse aux agents de catégorie A."]),
        ("| Durée | 3 jours |\n|---|---|\n| Lieu | Salle des Tilleuls |\n", "location", ["Salle des Tilleuls"]),
        ("On apprend à « poser une question » (module 1) puis à « décider » (module 2).", "modules", ["poser une question", "décider"]),
        (
            "Module 1 : Le cadre (1 jour)\nModule 2 : La pratique (2 jours)\n",
            "modules",
            ["Module 1 : Le cadre (1 jour)", "Module 2 : La pratique (2 jours)"],
        ),
        ("Organisme : Institut du Val\n", "provider", ["Institut du Val"]),
        ("Licence en RNCP : 41551", "certification", ["RNCP : 41551"]),
        ("Débouchés\n\nResponsable de service\n", "content", []),
    ],
)
def test_fields_that_are_text(text: str, field: FieldName, expected: list[str]) -> None:
    assert texts(text, field) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Cycle « Piloter »\n\nPublic : cadres\nCoût : 900 €\nDurée : 3 jours\nPrérequis : aucun", "programme"),
        ("Module 2 : Éthique du numérique\n\nDurée : 6 heures\nCoût : 300 €", "module"),
        ("Colloque « Archives ouvertes »\n\nEntrée libre et gratuite, le jeudi 21 mai 2026.", "event"),
        ("L'école et la métropole signent une convention\n\nElles ont signé un partenariat. Une formation ouvrira.", "news"),
        ("Consultation citoyenne\n\nContribution n° 218\n\nJe propose de former les agents. 12 votes pour.", "contribution"),
        ("Convocation\n\nVous êtes inscrit à la session du 9 au 11 février 2026.", "session"),
        ("Le temps sera beau demain.", "other"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    sheet = programme(text)
    assert sheet.kind == kind
    assert (sheet.kind_proof is None) == (kind == "other")
    if sheet.kind_proof:
        assert sheet.kind_proof.text == text[sheet.kind_proof.start : sheet.kind_proof.end]


def test_places_beside_the_dates_of_sessions() -> None:
    text = "Sessions\nSession 1 : du 12 au 14 mai 2027, Angers (Délégation Pays de la Loire)\nSession 2 : les 7 et 8 juin 2027 à Nantes\n"
    text += "Session 3 : le 4 mars 2027 (Papeete)"
    assert texts(text, "location") == ["Angers (Délégation Pays de la Loire)", "Nantes", "Papeete"]
    assert texts("Sessions\n12 et 13 mai 2027, complet\n3 juin 2027, 9h - 17h\n4 juin 2027 à distance", "location") == []


def test_keys_that_have_lost_their_colon() -> None:
    text = "Durée 6 jours\nLieu Rennes\nTarif 2 340 € (déjeuners inclus)"
    assert texts(text, "location") == ["Rennes"]
    assert texts("Un séminaire\nOrganisé par le Centre de formation des communes\n\nDates : 3 et 4 février 2027", "provider") == [
        "Centre de formation des communes"
    ]


def test_a_code_is_nobody() -> None:
    (contact,) = programme("Code : ACAT21-041\nformation@ecole.example").of("contact")
    assert getattr(contact.value, "name", None) is None


def test_how_to_apply_is_no_prerequisite_and_credits_are_readable() -> None:
    text = "Un diplôme\n\nConditions d'accès\nÊtre titulaire d'une licence.\nCandidature sur dossier avant le 30 juin 2026."
    assert texts(text, "prerequisites") == ["Être titulaire d'une licence."]
    assert texts(text, "registration") == ["Candidature sur dossier avant le 30 juin 2026."]
    assert texts("ECTS : 20", "certification") == ["ECTS : 20"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("3es Assises de l'accueil : « Parler clair »\n\nJeudi 3 juin 2027, Lorient\n\nBillet : 85 €. Stands partenaires : 900 €.\n", "event"),
        ("Séminaire annuel des directions : la ville la nuit\n\nDeux tables rondes, puis des ateliers. 290 euros pour les adhérents.\n", "event"),
        ("Biens sans maître : que faire ?\n\nColloque du mardi 9 février 2027\n\nTarif : 40 €\nPublic : élus\n", "event"),
        ("Un tuteur pour chacun\n\nProposition n° 31, déposée le 11/05/2026 à 21:04\n\nJe propose une formation de 20 jours à 210 euros.\n",
         "contribution"),
        ("Lire un plan cadastral\n\nModule en ligne de 7 heures pour les secrétaires de mairie. Licence : 35 €.\n", "module"),
        ("CDG du Lac\nRecyclage secouriste\n2 jours, Rive, les 2 et 3 mars 2027\n12 places\n80 euros par agent\n", "session"),
        ("Recyclage secouriste\n\nPublic : secouristes\nDurée : 1 jour\nDate : 3 mars 2027\nTarif : 80 €\n", "programme"),
    ],
)  # fmt: skip
def test_kinds_by_what_is_announced(text: str, kind: str) -> None:
    assert programme(text).kind == kind
