"""What is a price and what is not, and the words that say for whom it is: one wording a line."""

from __future__ import annotations

import pytest

from corpus.records import Price
from tests.corpus.sheets import programme

HEAD = "Tenir une permanence d'accueil\n\nEn deux mots\nCe stage aide les agents d'accueil.\n\n"


def amounts(text: str) -> set[float]:
    return {f.value.amount for f in programme(HEAD + text).of("price") if isinstance(f.value, Price)}


def label(text: str, amount: float) -> str:
    found = [f.value.label for f in programme(HEAD + text).of("price") if isinstance(f.value, Price) and f.value.amount == amount]
    assert found, f"{amount} is not found"
    return " / ".join(words or "" for words in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tarifs 2027\nAgent du département : 240 €\nFormation continue, financement personnel : 310 €", {240, 310}),
        ("Nos prix\nPrise en charge par un employeur (budget formation) ....... 2 310 €\nCandidat payant lui-même ....... 1 640 €", {2310, 1640}),
        ("Tarifs (en euros)\nMairies : 120\nAutres services : 185", {120, 185}),
        ("Tarifs en F CFP\nPrestataires : 21 500", {21500}),
        ("| Public | Coût (€) |\n|---|---|\n| Mairies | 95 |\n| Hôpitaux | 130 |", {95, 130}),
        ("Tarif, hébergement compris : 1 350 €", {1350}),
        ("Coût pédagogique (hors repas) : 720 €", {720}),
        ("Frais d'inscription et de restauration : 88 €", {88}),
        ("Pension complète obligatoire la semaine du stage : 310 €", {310}),
        ("Pour le cycle complet, il faut compter 980 €.", {980}),
        ("L'épreuve d'admission (75 €) se tient en mai.", {75}),
        ("Le stage est gratuit. Le dîner de clôture, facultatif, est facturé 28 €.", {0}),
        ("Coût : néant. Billet de train, 64 € environ, à la charge de l'agent.", {0}),
        ("Le coût moyen d'une absence est de 170 € par jour.", set()),
        ("Un car en panne revient à 900 € à la collectivité, selon les enquêtes.", set()),
        ("Exercice : chaque repas servi revient à 6,40 €.", set()),
        ("Stands des exposants : 1 100 €", set()),
        ("Absence injustifiée : 60 € facturés au service", set()),
        ("Le conseil régional a voté 85 000 € pour ce programme.", set()),
        ("Les foyers dont le revenu est inférieur à 1 200 € sont prioritaires.", set()),
        ("Le CPF peut être mobilisé jusqu'à 900 €.", set()),
        ("Déplacements : barème kilométrique de 0,35 € au-delà de 30 km", set()),
        ("Agents du ministère : pas de participation\nAutres : tarif de 140 €", {0, 140}),
    ],
)  # fmt: skip
def test_amounts(text: str, expected: set[float]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize(
    ("text", "amount", "words", "others"),
    [
        ("Prix du stage\n720 € ; communes rurales 540 €", 540, ["communes rurales"], []),
        ("Prix : 720 € (communes rurales : 540 €)", 720, [], ["rurales"]),
        ("Communes : 720 € (540 € si elles comptent moins de 800 habitants)", 540, ["si elles comptent moins de 800 habitants"], []),
        ("Tarif individuel ....... 720 €\nTarif au module (hors stage) ....... 190 €", 190, ["Tarif au module"], ["individuel"]),
        ("Il en coûte 310 € aux agents de l'État et 270 € aux agents des communes.", 270, ["agents des communes"], ["État"]),
        ("La participation est de 60 euros pour les adhérents et de 95 euros pour tous les autres.", 95, ["tous les autres"], ["adhérents"]),
        ("Autres employeurs (hôpitaux, écoles) : 210 € par jour et par agent", 210, ["Autres employeurs (hôpitaux, écoles)", "par jour"], []),
        ("Service de l'État, établissement public : 88 000 XPF par agent", 88000, ["Service de l'État, établissement public"], []),
        ("Tarif plein 200 € ; tarif réduit (bénévoles, apprentis) 90 €", 90, ["réduit (bénévoles, apprentis)"], ["plein"]),
        ("Tarifs\n• 300 € : agents titulaires\n• 420 € : salariés", 420, ["salariés"], ["titulaires"]),
        ("Pour les mairies : 500 €. Pour les écoles : 350 €.", 350, ["écoles"], ["mairies"]),
        ("180 € par jour et par agent, soit 720 € pour l'ensemble", 720, ["l'ensemble"], ["par jour"]),
        ("Les frais de dossier (40 €) s'ajoutent toujours.", 40, ["frais de dossier"], []),
        ("| | Inter | Intra |\n|---|---|---|\n| Mairies | 300 € | 1 700 € |", 1700, ["Mairies", "Intra"], ["Inter,"]),
        ("Tarif d'une UE\n3 crédits : 260 € financement individuel | 610 € employeur", 610, ["3 crédits", "employeur"], ["individuel"]),
    ],
)  # fmt: skip
def test_labels(text: str, amount: float, words: list[str], others: list[str]) -> None:
    said = label(text, amount).lower()
    assert all(w.lower() in said for w in words), said
    assert not any(w.lower() in said for w in others), said


def test_what_an_opinion_says_that_things_cost_is_no_price() -> None:
    text = "Consultation citoyenne\nContribution n° 12, déposée le 4 mai 2026\n\nFormer mieux\n\n"
    text += "Je propose un stage par an. Un remplacement est facturé 150 € la journée.\n12 votes pour"
    found = programme(text)
    assert found.kind == "contribution"
    assert found.of("price") == ()


def test_lines_broken_by_the_width_of_the_page_are_read_on() -> None:
    text = (
        HEAD
        + "Les collectivités qui inscrivent plusieurs agents de leur service à la même session règlent la\nsomme de 410 € par agent et par session."
    )
    facts = programme(text).of("price")
    assert [f.value.amount for f in facts if isinstance(f.value, Price)] == [410.0]
