"""Capacities, lengths of time and sessions as people write them: one wording a line."""

from __future__ import annotations

import pytest

from corpus.records import Capacity, Price, Session
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
        ("1 jour | 3 mai 2027 | Albi, salle B | 18 agents", {18}),
        ("Deux jours. Pas plus de 13 personnes.", {13}),
        ("Chaque tutrice suit trois personnes au plus.", set()),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2. Délibérer — 6 et 7 mai 2027, Albi\n3. Évaluer — 3 et 4 juin 2027, Tulle", ["2027-05-06/2027-05-07", "2027-06-03/2027-06-04"]),
        ("     Albi       5-8 avril 2027\n     Tulle      10-13 mai", ["2027-04-05/2027-04-08", "2027-05-10/2027-05-13"]),
        ("S2 L'entretien d'accueil      2 j      11 et 12 mai 2027", ["2027-05-11/2027-05-12"]),
        ("4 mars 2027 (Albi) · 8 avril 2027 (Tulle)", ["2027-03-04/2027-03-04", "2027-04-08/2027-04-08"]),
        ("Réf. AC-12 · 2 jours, 14 heures · 18 et 19 mars 2027 · 12 participants", ["2027-03-18/2027-03-19"]),
        ("Épreuves écrites : 11 et 12 mai 2027", []),
    ],
)  # fmt: skip
def test_days_in_rows(text: str, expected: list[str]) -> None:
    facts = programme(HEAD + text).of("sessions")
    assert [f"{f.value.start}/{f.value.end}" for f in facts if isinstance(f.value, Session)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rythme : 16 jours, en quatre fois, du lundi au jeudi", ["16 jours"]),
        ("Trois regroupements et un stage. En tout 12,5 jours répartis sur l'année.", ["12,5 jours"]),
        ("Rythme : 2 jours par mois", []),
    ],
)
def test_the_whole_of_a_rhythm(text: str, expected: list[str]) -> None:
    assert [f.text for f in programme(HEAD + text).of("duration")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tarifs\nParcours complet : 2 400 €. Dispense d'un module : - 300 €.", {2400.0}),
        ("Tarifs\nParcours complet : 2 400 €. La promotion précédente avait réglé 2 100 €.", {2400.0}),
        ("Tarifs\nInscription : 900 €. Le coût réel est évalué à 9 000 €, la différence étant couverte par l'État.", {900.0}),
        ("Inscription : 900 €. Le trajet et l'hôtel restent à chacun ; il faut compter 600 €.", {900.0}),
    ],
)
def test_sums_that_nobody_is_asked(text: str, expected: set[float]) -> None:
    assert {f.value.amount for f in programme(HEAD + text).of("price") if isinstance(f.value, Price)} == expected


def test_days_apart_keep_their_words() -> None:
    (fact,) = programme(HEAD + "Dates : 15-16 mars et 29 mars 2027").of("sessions") or (None,)
    assert fact is not None
    assert getattr(fact.value, "label", None) == "15-16 mars et 29 mars 2027"


def test_the_months_that_frame_sessions_are_none() -> None:
    text = HEAD + "Durée\n12 jours répartis de mars 2027 à janvier 2028\n\nDates\n8 au 10 mars 2027\n4 au 6 octobre 2027"
    assert [str(f.value.start) for f in programme(text).of("sessions") if isinstance(f.value, Session)] == ["2027-03-08", "2027-10-04"]
