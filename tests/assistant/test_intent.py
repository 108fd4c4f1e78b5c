"""Wording: what is asked, in good French, in hurried French, in English."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.intent import corrected, language_of, split, understand


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("Combien coûte le cycle ?", "price"),
        ("cb sa coute le cycle", "price"),
        ("Quels sont les droits d'inscription du master ?", "price"),
        ("La formation est-elle gratuite ?", "price"),
        ("Qui paie la formation des apprentis ?", "price"),
        ("Combien de temps dure le stage ?", "duration"),
        ("Quel est le volume horaire ?", "duration"),
        ("Quand ont lieu les sessions ?", "dates"),
        ("prochaines dates svp", "dates"),
        ("Où se déroule la formation ?", "location"),
        ("Peut-on la suivre à distance ?", "location"),
        ("Combien de places y a-t-il ?", "capacity"),
        ("Combien d'étudiants en première année ?", "capacity"),
        ("Qui contacter ?", "contact"),
        ("Quelle est l'adresse mail du secrétariat ?", "contact"),
        ("Jusqu'à quand peut-on s'inscrire ?", "registration"),
        ("date limite de candidature", "registration"),
        ("Comment candidater ?", "registration"),
        ("Faut-il avoir une licence ?", "prerequisites"),
        ("Quel niveau est requis ?", "prerequisites"),
        ("À qui s'adresse ce module ?", "eligibility"),
        ("Suis-je éligible ?", "eligibility"),
        ("Quels sont les débouchés ?", "content"),
        ("Comment est-on évalué ?", "content"),
        ("Y a-t-il un stage en entreprise ?", "content"),
        ("Quel est le code du stage ?", "other"),
        ("Lequel est le moins cher ?", "comparison"),
        ("Quelles formations proposez-vous ?", "recommendation"),
        ("How much does it cost?", "price"),
        ("When does it start?", "dates"),
        ("How much is the certificate for a foreign organisation?", "price"),
        ("On est combien au maximum dans le stage ?", "capacity"),
        ("nb jours du stage", "duration"),
        ("Jusqu'à quelle date peut-on candidater au cycle ?", "registration"),
        ("À quelles dates déposer un dossier pour la licence ?", "registration"),
        ("Combien de temps avant faut-il s'inscrire ?", "registration"),
        ("Quel est le numéro du dispositif ?", "other"),
        ("Qu'est-ce qu'on demande pour entrer dans le cycle ?", "prerequisites"),
        ("Y a-t-il un stage à avoir suivi avant le module ?", "prerequisites"),
        ("Le certificat coûte combien ?", "price"),
        ("Et moi, j'y ai droit ?", "eligibility"),
        ("À quels métiers s'adresse le cycle ?", "eligibility"),
        ("Quelles sessions du stage sont prévues ?", "dates"),
        ("Quel niveau en anglais faut-il ?", "prerequisites"),
        ("Combien pour un établissement public ?", "price"),
        ("mail ecole d'architecture", "contact"),
        ("nb max stagiaires", "capacity"),
    ],
)
def test_intents(question: str, intent: str) -> None:
    assert understand(question).intent == intent


def test_enumerated_aspects_are_all_asked() -> None:
    assert set(understand("prix, durée et lieu de la licence").aspects) == {"price", "duration", "location"}


def test_capitals_tell_the_diploma_from_the_aim() -> None:
    assert "objectives" not in understand("Combien de places en BUT Chimie ?").aspects
    assert understand("Quel est le but du cycle ?").aspects == ("objectives",)


def test_several_questions_are_parted_and_statements_stay_with_them() -> None:
    assert split("Quel est le prix ? Et qui contacter ?") == ["Quel est le prix ?", "Et qui contacter ?"]
    assert split("Je suis attachée territoriale. Puis-je suivre le cycle ?") == ["Je suis attachée territoriale. Puis-je suivre le cycle ?"]


def test_a_sentence_before_a_question_is_told_whatever_it_says() -> None:
    assert len(split("Mon hôpital accepte de payer l'école. Combien cela va-t-il lui coûter ?")) == 1


def test_misspelt_question_words_are_put_right_and_other_words_left() -> None:
    assert "tarif" in corrected("le tarrif du cycle")
    assert corrected("la mobilité au Pays") == "la mobilite au pays"
    assert corrected("qd commence la forma") == "quand commence la formation"


def test_language() -> None:
    assert language_of("What is the price of the cycle dirigeant?") == "en"
    assert language_of("Quel est le prix du MOOC ?") == "fr"
    assert language_of("prix") == "fr"
    assert language_of("notaries conference date") == "en"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_understood_without_error(text: str) -> None:
    for part in split(text):
        question = understand(part)
        assert question.intent
        assert len(question.aspects) == len(set(question.aspects))


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("Quand la commune finance, c'est combien pour l'atelier compost ?", "price"),
        ("Le stage de soudure tient en deux jours ?", "duration"),
        ("La formation de formateur est prévue en mars ou en avril ?", "sessions"),
        ("Quelles pièces faut-il joindre pour le cycle des greffiers ?", "registration"),
        ("Puis-je suivre le module depuis chez moi ?", "mode"),
        ("Vers qui me tourner pour le stage de tri ?", "contact"),
        ("Il faut le bac pour le cycle des bibliothécaires ?", "prerequisites"),
        ("Ma candidature serait-elle recevable avec un diplôme étranger ?", "eligibility"),
        ("À quel endroit du programme parle-t-on des tarifs ?", None),
        ("On voit le calendrier budgétaire dans le stage des régisseurs ?", None),
        ("Le module est monté par qui ?", "provider"),
        ("Qui donne les cours du module de gravure ?", "speakers"),
        ("Y a-t-il des jeux de rôle ?", "methods"),
    ],
)
def test_verb_beside_the_question_word_says_what_is_asked(question: str, aspect: str | None) -> None:
    asked = understand(question).aspects
    assert (asked[0] if asked else None) == aspect


@pytest.mark.parametrize(
    "question", ["Vous avez quelque chose sur le compost ?", "formations apiculture dispo", "Que proposez-vous pour les gardiens ?"]
)
def test_catalogue_is_asked_in_many_ways(question: str) -> None:
    assert understand(question).listing


@pytest.mark.parametrize("question", ["Une idée de formation pour changer d'air ?", "nouveau régisseur, quoi choisir", "Que dois-je suivre ?"])
def test_advice_is_asked_in_many_ways(question: str) -> None:
    assert understand(question).recommend
