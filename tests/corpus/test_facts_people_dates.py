"""Capacities, lengths of time and sessions as people write them: one wording a line."""

from __future__ import annotations

import pytest

from corpus.records import Capacity, Session
from tests.corpus.sheets import programme

HEAD = "Tenir une permanence d'accueil\n\nEn deux mots\nCe stage aide les agents d'accueil.\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Salle de 9 postes informatiques, un par stagiaire", {9}),
        ("30 participants, dont 8 places pour les communes", {30}),
        ("DURÉE 2 jours\nNOMBRE DE PLACES 11\nLIEU Albi", {11}),
        ("Jauge limitée à 45.", {45}),
        ("Il reste 3 places sur 20.", {20}),
        ("Sessions de 14 personnes maximum, en groupes de travail de 4 personnes.", {14}),
        ("Format : 5 équipes de 4 personnes (20 participants)", {20}),
        ("L'école retient vingt-deux candidats.", {22}),
        ("2 jours à Albi. 13 stagiaires. Repas libre.", {13}),
        ("Lien envoyé aux 120 premiers inscrits.", {120}),
        ("Combien serons-nous ?\n17 au plus, la salle étant petite.", {17}),
        ("Session A 11 au 13 janvier 2027", set()),
        ("La session précédente avait rassemblé 210 (2025) et 245 participants (2026).", set()),
        ("Le service compte 45 agents dont 12 cadres.", set()),
    ],
)  # fmt: skip
def test_capacities(text: str, expected: set[int]) -> None:
    assert {f.value.amount for f in programme(HEAD + text).of("capacity") if isinstance(f.value, Capacity)} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un jour. Le 4 mai 2027. À distance.", ["Un jour"]),
        ("Une formation à suivre à votre rythme pendant 5 semaines", ["5 semaines"]),
        ("Comptez sept mois, à raison de deux jours par mois, soit 14 jours.", ["sept mois", "14 jours"]),
        ("Le cycle compte quarante-deux heures.", ["quarante-deux heures"]),
        ("Trois ateliers d'une heure trente", ["une heure trente"]),
        ("Durée (h) : 21", ["21"]),
        ("Réponse sous 15 jours à toute personne nommée depuis moins d'un an.", []),
        ("Jury : entretien d'une heure", []),
        ("Une journée de pluie suffit à bloquer la route.", []),
    ],
)  # fmt: skip
def test_durations(text: str, expected: list[str]) -> None:
    assert [" ".join(f.text.split()) for f in programme(HEAD + text).of("duration")] == expected


def test_the_length_of_a_part_says_of_which() -> None:
    facts = programme(HEAD + "MOD204   Lire un plan   4 crédits   30 heures\nBloc B – Visiter un chantier (12 h)").of("duration")
    assert [getattr(f.value, "label", None) for f in facts] == ["MOD204 Lire un plan", "Bloc B – Visiter un chantier"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un jour. Le 4 mai ou le 8 juin 2027, à Albi.", ["2027-05-04/2027-05-04", "2027-06-08/2027-06-08"]),
        ("2 jours – 20 et 21 mai 2027 – Rodez", ["2027-05-20/2027-05-21"]),
        ("18 heures en trois journées : 7 janvier, 4 février et 11 mars 2027",
         ["2027-01-07/2027-01-07", "2027-02-04/2027-02-04", "2027-03-11/2027-03-11"]),
        ("Calendrier\n12 (14 h) au 14 avril 2027", ["2027-04-12/2027-04-14"]),
        ("Rentrée\nLe 6 septembre 2027", ["2027-09-06/None"]),
        ("La session du 3 au 5 mai 2026 est passée.", []),
        ("La session de mai 2026 a été prise d'assaut.", []),
        ("Candidatures ouvertes du 2 mars au 9 avril 2027.", []),
        ("Oraux : du 6 au 8 juin 2027", []),
        ("Dates : communiquées en avril 2027", []),
        ("Fiche révisée le 3 mars 2027", []),
    ],
)  # fmt: skip
def test_sessions(text: str, expected: list[str]) -> None:
    facts = programme(HEAD + text).of("sessions")
    assert [f"{f.value.start}/{f.value.end}" for f in facts if isinstance(f.value, Session)] == expected


def test_days_apart_keep_their_words() -> None:
    (fact,) = programme(HEAD + "Dates : 15-16 mars et 29 mars 2027").of("sessions") or (None,)
    assert fact is not None
    assert getattr(fact.value, "label", None) == "15-16 mars et 29 mars 2027"


def test_the_months_that_frame_sessions_are_none() -> None:
    text = HEAD + "Durée\n12 jours répartis de mars 2027 à janvier 2028\n\nDates\n8 au 10 mars 2027\n4 au 6 octobre 2027"
    assert [str(f.value.start) for f in programme(text).of("sessions") if isinstance(f.value, Session)] == ["2027-03-08", "2027-10-04"]
