# ruff: noqa: E501, SIM905 -- tables of wordings: a pattern broken over lines hides its alternatives
"""The words people use: which words ask for which aspect of a programme, and which words say nothing about its subject.

Everything here is matched against folded text (lower case, no accents, plain apostrophes), French and English together.
An *aspect* is finer than an intent of the contract: "débouchés" and "évaluation" are two aspects of the intent
``content``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeGuard

from assistant.cues import MORE_COMPARISONS, MORE_LISTS, MORE_RECOMMENDATIONS, QUESTIONS
from assistant.cues import Aspect as Aspect
from assistant.cues import Field as Field
from assistant.matters import MATTERS, Matter
from assistant.records import Intent
from corpus.french import fold, stem, tokens

INTENTS: dict[Aspect, Intent] = {
    "price": "price", "funding": "price", "duration": "duration", "sessions": "dates", "location": "location",
    "mode": "location", "capacity": "capacity", "contact": "contact", "registration": "registration",
    "prerequisites": "prerequisites", "audience": "eligibility", "eligibility": "eligibility", "certification": "content",
    "code": "other", "provider": "other", "objectives": "content", "content": "content", "modules": "content",
    "outcomes": "content", "evaluation": "content", "methods": "content", "accessibility": "content",
    "internship": "content", "speakers": "content", "results": "content", "overview": "content", "topic": "content",
    **{name: about.intent for name, about in MATTERS.items()},
}  # fmt: skip


def is_matter(aspect: Aspect) -> TypeGuard[Matter]:
    """Whether the aspect is a matter of practice, which no field holds."""
    return aspect in MATTERS


@dataclass(frozen=True, slots=True)
class Cue:
    """A wording that asks for an aspect; the strongest cue wins, then the earliest."""

    aspect: Aspect
    weight: float
    pattern: re.Pattern[str]


def _cue(aspect: Aspect, weight: float, pattern: str) -> Cue:
    return Cue(aspect, weight, re.compile(rf"(?<![\w])(?:{pattern})(?![\w])"))


_DAYS = r"(?:d[e' ]\s?)?(?:temps|jours?|journees?|heures?|semaines?|mois|ans?|annees?|semestres?|demi-journees?)"
_PEOPLE = r"(?:places?|participants?|stagiaires?|personnes?|etudiants?|eleves?|auditeurs?|inscrits?|candidats?|apprenants?|apprentis?|agents?|beneficiaires?)"

CUES: tuple[Cue, ...] = (
    *(_cue(name, weight, wording) for name, about in MATTERS.items() for weight, wording in about.asked),
    *(_cue(*question) for question in QUESTIONS),
    _cue("mode", 3.2, r"distance"),
    _cue("internship", 5.8, r"(?:periodes?|temps|semaines?|mois) en (?:entreprise|alternance|immersion)"),
    _cue("internship", 5.3, r"(?:suivre|suivie?|faire|se fait|fait|propose\w*|accessible|possible|ouverte?|existe|prepare\w*)[^?]{0,60}\b(?:en|par) (?:alternance|apprentissage|contrat (?:pro\w*|d'apprentissage))"),
    _cue("prerequisites", 4.6, r"debutante?s?|novices?|sans (?:experience|connaissances?|formation prealable|aucune base)|n'y connai\w+|jamais (?:fait|pratique|suivi)|beginners?"),
    _cue("registration", 6.1, r"(?:se deroule\w*|se passe\w*|se fait|est organise\w*)(?:-t-(?:il|elle))? (?:la |le |les |l')?(?:selection|admission|recrutement|inscription|candidature)s?"),
    _cue("accessibility", 7.2, r"(?:referente?s?|correspondante?s?|mission|contact) handicap"),
    _cue("eligibility", 3.0, r"puis-?je|est-ce que je (?:peux|suis)|can i|am i"),
    _cue("audience", 5.6, r"qui (?:peut|peuvent|pourra|peu) (?:y |le |la |s'|se )?(?:suivre|participer|inscrire|postuler|candidater|integrer|beneficier|acceder|aller|venir|assister)"),
    # whole wordings of a question: stronger than any noun beside them
    _cue("evaluation", 6.8, r"modalites? (?:d'evaluation|d'examen|de controle|de validation)"),
    _cue("registration", 5.2, r"pour (?:s'|m')?(?:candidater|inscrire|postuler)"),
    _cue("evaluation", 6.4, r"(?:que faut-il|il faut quoi|quelle note|quel score|comment)[^?]{0,25}\b(?:obtenir|valider|decrocher|reussir|avoir) (?:le |la |l'|un |une |son |mon )?(?:badge|certificat|attestation|diplome|titre|unite|examen|module|formation|certification)"),
    _cue("certification", 5.6, r"quel(?:le)? (?:document|papier|justificatif|badge|preuve)"),
    _cue("eligibility", 5.6, r"(?:m'est|nous est|me sont|nous sont)(?:-(?:elle|il|elles|ils))? (?:ouvert|accessible|destine|reserve|adresse)\w*|(?:ouverte?|accessible|faite?) (?:pour|a) (?:moi|mon profil)"),
    _cue("certification", 5.8, r"quel(?:le)?s? (?:diplome|certification|titre|attestation|certificat|qualification)s? (?:obtien|obtenir|obtiendr|delivre|recoi|recev|est delivr|sont delivr|est remis|a-t-on|aurai)\w*"),
    _cue("sessions", 5.2, r"a quel moment|quand ouvr\w+|(?:ouverture|debut) (?:de la session|des sessions)"),
    _cue("modules", 5.6, r"quels (?:sont les )?parcours"),
    _cue("price", 5.8, r"qui (?:la |le |l')?(?:paie|paye|payera|paiera|finance|prend en charge)"),
    _cue("location", 5.8, r"quel endroit(?: est-ce (?:que|qu'))? (?:se|ca|a|aura|ont|est|sont|dois|faut|puis|peut|suivre|trouver|sera)|dans quel(?:le)? (?:ville|lieu|site|campus|batiment|salle)s?|"
         r"(?:quel(?:le)? est|donne\w*[- ]moi) l'adresse(?! (?:mail|e-?mail|elec|courriel))"),
    _cue("outcomes", 5.6, r"que (?:peut-on |puis-je |pourrai-je )?faire (?:apres|avec|ensuite)|(?:faire|quoi) apres|apres (?:un|une|le|la|mon|ce|cette) (?:formation|diplome|licence|master|but|cycle|bts|du|dut)"),
    _cue("registration", 7, r"(?:jusqu'a quand|avant quand|quand|comment|ou)(?: est-ce (?:que|qu'))? ?(?:(?:peut-on|puis-je|pouvons-nous|faut-il|dois-je|doit-on|on peut|je peux|l'on|on|je|il faut) )?"
         r"(?:(?:pour )?(?:s'|m'|se |me |de )?(?:inscri\w+|preinscri\w+|candidat\w+|postul\w+|depos\w+|rendre (?:son|mon|le) dossier|envoyer (?:son|mon|le|sa|ma) (?:dossier|candidature)))"),
    _cue("funding", 6.5, r"(?:eligib\w+|financ\w+|utiliser|mobiliser|payer|payee?|pris\w* en charge|prise en charge)[^?]{0,30}\b(?:cpf|opco|compte (?:personnel )?(?:de )?formation|france travail|pole emploi)|"
         r"(?:mon|le|avec (?:mon|le)) cpf|droits? a (?:une )?bourses?"),
    _cue("contact", 6.2, r"(?:qui|a qui) (?:dois-je |faut-il |peut-on |puis-je )?(?:contacter|joindre|appeler|m'adresser|s'adresser|ecrire)"),
    _cue("provider", 5.6, r"(?:qui|quel(?:le)? (?:organisme|etablissement|ecole|institution|universite|institut)) (?:l'|la |le )?(?:organise|propose|dispense|delivre|porte|pilote|assure)\w*|par qui est"),
    _cue("speakers", 5.6, r"qui (?:l'|la |le )?(?:anime|enseigne|intervient|forme|encadre)\w*|qui sont les (?:intervenants|formateurs|enseignants|professeurs)|qui assure (?:les cours|la formation|l'animation)"),
    _cue("prerequisites", 6.2, r"quel(?:le)?s? (?:diplomes?|niveaux?|licences?|bacs?|masters?|bts|experience|conditions?)(?: minimum)? (?:faut|pour|dois|doit|est[- ]|sont|requis|exige|demande)\w*"),
    _cue("mode", 5.2, r"(?:suivre|suivie?|se fait|se faire|faire|s'effectue\w*|se deroule\w*|est-elle|est-il|est-ce|c'est|proposee?|dispensee?|accessible|possible|existe|a lieu|cours|seances|avoir lieu|is it|taken)\b[^?]{0,50}\b(?:a distance|en ligne|distanciel\w*|presentiel\w*|hybride|visio\w*|online|remotely)"),
    _cue("sessions", 5.6, r"quand (?:a|ont|aura|auront|est|sont|se|commence\w*|debute\w*|demarre\w*)|a quelle date|quel jour|a quelle heure|quels (?:sont les )?horaires|horaires"),
    _cue("registration", 6, r"dates? limites?(?! (?:de (?:debut|fin|validite|paiement|reglement)))|date butoir|(?:dates? de (?:la )?)?clotures? (?:des |de la |de l'|de |d')?(?:inscri\w+|candidat\w+|depots?|admissions?)|deadlines?"),
    _cue("price", 6, r"combien (?:demande|prend|prennent|facture|reclame)\w*|(?:a|pour) combien (?:revien\w+|s'eleve\w*|se monte)|combien (?:ca |cela )?(?:revien\w+|reviendrait)|(?:ca|cela) (?:revien\w+|reviendrait) a|combien (?:\S+ ){0,4}(?:payer|debourser|regler)|(?:quelle|montant de la) (?:contribution|participation)(?: financiere)?(?! (?:au|aux) )"),
    _cue("capacity", 6, rf"combien (?:de |d'){_PEOPLE} (?:seront|sont|vont etre|peuvent etre) (?:retenu|admis|selectionne|accepte|accueilli)\w*"),
    _cue("contact", 6.4, r"(?:a )?quelle adresse (?:dois-je |faut-il |peut-on |puis-je )?(?:ecrire|envoyer un (?:mail|message|courriel))"),
    _cue("objectives", 6, r"(?:que|qu'est-ce que je|que) (?:saurai|saurons|sauront|saura|saurez)\w*(?:-(?:je|nous|t-on|ils|elles|vous))? faire|(?:je serai|serai-je|sera-t-on) capable"),
    _cue("capacity", 5.4, r"on (?:est|sera|serait|seront|sont) combien|combien (?:est|sera|serait|serons|sommes|seront)-?(?:t-)?(?:on|nous|ils)|combien de monde|groupes? de combien|combien (?:par|dans (?:le|un|chaque)) groupe"),
    _cue("registration", 7, r"(?:jusqu'a quelle? (?:date|jour|heure)|avant quelle? (?:date|jour)|a quelles? dates?|quelles? (?:sont les )?dates?|dans quels? delais?)[^?]{0,45}\b(?:inscri\w+|preinscri\w+|candidat\w+|postul\w+|depos\w+|dossiers?|bulletins?)"),
    _cue("registration", 6, r"combien de (?:temps|jours|semaines|mois) (?:avant|a l'avance)(?! de)|(?:inscri\w+|candidat\w+)[^?]{0,30} (?:a l'avance|avant quand)"),
    _cue("prerequisites", 6, r"(?:demand|exig|requ)\w+[^?]{0,25}\bpour (?:entrer|integrer|s'inscrire|m'inscrire|etre (?:admis|pris|retenu)\w*|suivre|acceder|postuler|candidater|y (?:entrer|aller))|"
         r"(?:stages?|formations?|modules?|niveaux?|cours|diplomes?) (?:a (?:avoir )?(?:fait|faire|suivi|suivre|valider?|valide)|prealables?)[^?]{0,12}\bavant|(?:faut|faut-il|doit-on|dois-je) (?:deja )?(?:savoir|connaitre|maitriser|s'y connaitre|avoir (?:fait|suivi|valide))"),
    _cue("eligibility", 5, r"y ai-?(?:je)? (?:le )?(?:droit|acces)|j'y ai (?:le )?(?:droit|acces)|y avoir droit|qui (?:peut|peuvent|peu) y (?:aller|participer|entrer)|y (?:a|ont)-t-(?:il|elle|ils|elles) droit"),
    _cue("sessions", 4.6, r"quelles sont les (?:\w+ )?(?:journees|dates|sessions)|quels (?:sont les )?(?:\w+ )?jours"),
    _cue("audience", 7, r"qui (?:est|sont) (?:vises?|concernes?)|a quels? (?:metiers?|fonctions?|postes?|grades?|professions?|agents?|publics?|profils?)[^?]{0,12}(?:s'adresse|(?:est|sont)[^?]{0,15}destine)"),
    _cue("duration", 5, r"volumes? (?:total|global|d'heures|d'enseignement)"),
    _cue("sessions", 5.4, r"quelles sessions"),
    _cue("prerequisites", 5.8, r"quel niveau(?= (?:\S+ ){0,4}(?:faut|dois|doit|requis|exige|minimum))|(?:commencer|debuter|entrer|passer|aller) directement|sans (?:avoir )?(?:fait|suivi|passer par) "),
    _cue("price", 5.4, r"combien (?:ca |cela |c'|est-ce que ca )?(?:\w+ )?cout\w*|combien pour (?:un|une|les|des|moi|nous|mon|ma|notre|quelqu)\w*|quelle somme|je (?:le |la )?(?:paye|paie) (?:moi|de ma)|(?:a|de) quel(?:le)? (?:prix|somme|montant)"),
    _cue("capacity", 5.4, r"(?:max\w* )?number of (?:people|participants|places|seats|trainees|students|attendees)|how many attend\w*"),
    _cue("eligibility", 3.2, r"c'est possible|est-ce possible|possible pour"),
    # registration comes with dates, papers and places of its own: it beats them
    _cue(
        "registration",
        5,
        r"(?:date|delai|periode|calendrier)s? (?:limites? )?(?:d[e' ]\s?|pour (?:s')?|des |pour )?(?:l[a']\s?)?(?:inscri\w+|candidat\w+|depot|admission\w*|postul\w+)",
    ),
    _cue(
        "registration",
        4.5,
        r"dossiers? (?:de candidature|d'inscription|d'admission)|modalites? (?:d'admission|d'inscription|de recrutement|de selection|de candidature|d'acces)",
    ),
    _cue(
        "registration",
        4,
        r"[sm]'?inscri\w+|inscri\w+|inscris|candidat\w*|postul\w+|deposer (?:un|mon|son|le|sa|ma) (?:dossier|candidature)|"
        r"parcoursup|e-?candidat|mon ?master|regist(?:er|ration)|enrol\w*|appl(?:y|ication|ications)|sign up",
    ),
    _cue("registration", 3.5, r"admission\w*|admis\w*|recrut\w+|selection\w*|dossiers?|integrer|comment (?:entrer|acceder|rejoindre|participer|faire pour)|"
         r"concours|entretien|places? (?:se fait|s'obtient)|bulletins?|preinscri\w+|cloture des"),
    _cue("price", 5, r"droits? (?:d'inscription|de scolarite|universitaires?)|frais (?:d'inscription|de scolarite|de formation|pedagogiques?|de dossier|d'admission)|"
         r"reste a (?:charge|payer)|tarifs? d'inscription|cout d'inscription|prix de l'inscription|cotisations?|registration fees?|tuition(?: fees?)?|"
         r"(?:inscription|formation|participation|candidature|acces) (?:est[- ](?:elle|ce|il) )?(?:payante?|gratuite?)"),
    _cue("price", 4, r"cout(?:e|ent|s|er|era|erait|ait|es|eux|euse)?|prix|tarif\w*|payants?|payantes?|gratui\w*|frais|cher|chere|cheres|montants?|factur\w*|"
         r"euros?|€|xpf|f ?cfp|francs?|paye|payer|payent|paie|paies|paiera|debourser|regler|devis|remuner\w*|budget|depens\w+|how much|costs?|prices?|fees?|free of charge|for free|paid"),
    _cue("price", 4.9, r"(?:est|sont|c'est|etait|sera|reste|est-il|est-elle|est-ce)[- ](?:\w+ )?(?:payante?s?|gratuite?s?)|payants?|payantes?"),
    _cue("price", 5, r"how much (?:is|are|does|do|will|would|for|must|should)(?! (?:time|it last))|(?:cost|price|fee)s? (?:of|for)"),
    _cue("price", 1.5, r"combien(?! (?:de|d'|y a|il y a|sont|faut|faudra|compte|accueille))|how much|free"),
    _cue("funding", 3.8, r"financ\w+|autofinanc\w+|prise? en charge|prend\w* en charge|pris en charge|cpf|opco|bourses?|aides? financieres?|subvention\w*|rembours\w+|exoner\w+|echelonn\w+|"
         r"paiement en plusieurs fois|acompte|funded|funding|scholarships?"),
    _cue("capacity", 5, rf"combien (?:de |d')?{_PEOPLE}|nombre (?:(?:de |d')?(?:total |max\w* |min\w* )?(?:de |d')?)?{_PEOPLE}|places? (?:disponibles?|ouvertes?|offertes?|prevues?)|"
         r"taille d[ue]s? (?:groupes?|promotions?|promos?)|how many (?:places|people|participants|students|seats|trainees)"),
    _cue("capacity", 4.2, r"capacite|effectifs?|jauge|numerus|nb (?:de )?places?|seats|class size|combien (?:serons|sont)[- ](?:nous|ils)|nombre maxim\w+"),
    _cue("capacity", 3, r"(?<!sur )places?"),
    _cue("duration", 5, rf"combien (?:de |d'){_DAYS}|nombre (?:total )?(?:de |d')?{_DAYS}|volumes? horaires?|how long|how many (?:days|hours|weeks|months|years)|combien ca dure"),
    _cue("duration", 4, r"durees?|dure|durent|durera|durer|longueur|longue|heures de (?:cours|formation)|duration|lasts?|sur combien"),
    _cue("sessions", 5, r"dates?(?: (?:de|des|du|d'))? ?(?:la |les |l')?(?:formation|session|debut|demarrage|rentree|sessions|cours|module|cycle)s?|prochaine?s? (?:sessions?|dates?|rentrees?|promotions?|promos?|editions?|ouvertures?|departs?)|"
         r"when (?:does|do|is|are|will)|start dates?|combien (?:de |d')?sessions?"),
    _cue("sessions", 4, r"quand(?! (?:meme|on|l'on|il n|elle n))|dates?|calendriers?|quel(?:le)? (?:jour|mois|annee|periode|date)|a partir de quand|jusqu'a quand|debut(?!ant)\w*|commenc\w*|demarr\w*|rentrees?|sessions|plannings?|"
         r"a lieu|aura lieu|se tien\w+|se deroule(?:ra)?[- ]t-(?:il|elle) quand|s'acheve|se termin\w*|finit|when|schedule|periode"),
    _cue("sessions", 2.5, r"session"),
    _cue("mode", 3.3, r"a distance|(?<!parcours )(?<!formation )(?<!cours )(?<!module )(?<!inscription )en ligne|distanciel\w*|presentiel\w*|hybride|visio\w*|e-?learning|teletravail|online|remote\w*|in person|face a face|en direct"),
    _cue("location", 4.4, r"(?:^|[?!.] ?)(?:c'est|c) ou|ou (?:se|ca|a|ont|est|sont|dois|faut|puis|peut|aura|suivre|trouver|sera)|(?:^|d')ou|ou(?=[ ?.!]*$)|(?<!donne )(?<!donner )(?<!donnent )(?<!-il )(?<!-elle )(?<!au )(?<!\ba )(?<!ont )(?<!aura )(?<!eu )lieux?|villes?|adresses?(?! (?:mail|e-?mail|electronique|courriel))|campus|locaux|locali\w+|situ\w+|"
         r"salles?|sites?(?! (?:web|internet))|where|venue|location|quel endroit|endroit|(?<!comment )se deroule|departement geographique"),
    _cue("contact", 5, r"adresses? (?:mail|e-?mail|electronique|courriel)s?|numeros? de tel\w*|qui (?:contacter|joindre|appeler|prevenir|est le contact)|a qui (?:ecrire|telephoner|m'adresser|s'adresser|demander|parler|envoyer|poser)|"
         r"responsables? (?:de|du|pedagogique\w*|administrati\w+)|plus (?:d'infos?|d'informations?|de renseignements?)|who (?:should|can|do) (?:i|we) (?:contact|call|write|ask)"),
    _cue("contact", 4.3, r"contacts?|contacter|joindre|telephon\w*|tel|mails?|e-?mails?|courriels?|appeler|secretariat|renseign\w+|interlocuteurs?|interlocutrices?|referente?s?|coordonnees|phone|numero|standard|responsables?"),
    _cue("prerequisites", 5, r"pre-?requis|niveaux? (?:d'entree|requis|exige|minimum|demande|d'etudes?|scolaire)|diplomes? (?:requis|exiges?|necessaires?|demandes?|faut|d'entree)|"
         r"conditions? (?:d'acces|d'admission|d'entree|d'inscription|requises?|pour (?:entrer|integrer|suivre|s'inscrire|candidater))|faut[- ]il (?:avoir|etre|un|une|deja|posseder|detenir|connaitre|savoir)|"
         r"prerequisites?|entry requirements?|requirements?|quel bac|quels bacs|necessaire d'avoir|doit[- ]on (?:avoir|etre|posseder)|dois[- ]je (?:avoir|etre)|quel (?:diplome|niveau) (?:faut|pour|dois)"),
    _cue("prerequisites", 4.2, r"exige\w*|requis\w*|avoir (?:deja|un|une|fait|suivi|obtenu)|conditions?|experience|anciennete|titulaires?|il faut quoi|faut quoi|que faut-il|"
         r"apres (?:un|une|mon|le|la) (?:bac\w*|but|bts|licence|dut|l2|l3|master|terminale)"),
    _cue("audience", 4.5, r"quels? (?:est|sont|seront|serait) (?:le |les )(?:public|publics|profil|profils)|a qui (?:s'adresse|est|sont|c'est|ca)|pour qui|quels? (?:publics?|profils?|agents?|beneficiaires?)|publics? (?:vises?|cibles?|concernes?)|qui (?:peut|peuvent|est concerne|sont les (?:participants|beneficiaires|publics))|"
         r"destine\w*|s'adresse\w*|who (?:is (?:it|this|the)|can|may)|target (?:audience|group)|concerne\w*|reserve\w*|ouverte?s? (?:a|aux|au)|accessibles? (?:a|aux|au)"),
    _cue("audience", 3.4, r"publics?"),
    _cue("eligibility", 4.8, r"eligib\w+|(?:ai-?je|j'ai|aurais-?je|avoir|peut-on avoir) acces|ai-?je (?:le )?droit|j'ai (?:le )?droit|suis-?je|puis-?je (?:y |la |le |en )?(?:suivre|participer|m'inscrire|candidater|postuler|integrer|faire|passer|me presenter|concourir|pretendre|beneficier|acceder|entrer|assister)|"
         r"est-ce que je (?:peux|suis)|je peux|peut-on (?:suivre|participer|s'inscrire|integrer|y|la)|peut-il|peut-elle|peuvent-ils|peuvent-elles|can i|am i|could i|may i|pour moi|me concerne|"
         r"(?:les?|un|une|des) [\w' -]{3,60} (?:peut|peuvent|pourrait)(?:-(?:il|elle|ils|elles|on))? (?:y |la |le |s'|en )?(?:participer|suivre|s'inscrire|inscrire|candidater|acceder|postuler|integrer|pretendre|beneficier)"),
    _cue("certification", 4.4, r"certifi(?:e\w*|ant\w*|cation\w*)|reconnue?s? (?:quelque|par|au|comme|dans|nulle)|attestation\w*|titre (?:obtenu|delivre|rncp)|rncp|ects|credits?|diplomante?s?|diplomes? (?:obtenu|delivre|prepare|vise)\w*|quel(?:le)? (?:diplome|certification|titre|attestation|qualification|certificat)|"
         r"delivr\w+|sanction\w*|grade de|niveau de (?:sortie|qualification)|obtient-on|obtenir a la fin|(?:what|which|get a|earn a|lead to a|receive a|a) (?:certificate|degree|qualification|diploma)(?= (?:at|is|do|does|will|obtained|awarded)\b|[ ?.]*$)"),
    _cue("certification", 2.5, r"(?<!combien de )diplomes?|certificats?|certificates?|degrees?|qualifications?|diplomas?"),
    _cue("code", 4.6, r"codes?|references?(?! (?:handicap|pedagog))|ref|numero (?:de (?:la |l')?|du |d')?(?:fiche|formation|stage|rncp|dispositif|module|action|offre|session|inscription)|identifiant"),
    _cue("provider", 3.2, r"organisme\w*|etablissement\w*|institution|ecole"),
    _cue("provider", 4.4, r"qui (?:organise|propose|dispense|delivre|porte|pilote|assure)|organisateurs?|organise(?:e|es)? par|propose(?:e|es)? par|dispense(?:e|es)? par|provider|who (?:runs|organi[sz]es)"),
    _cue("objectives", 4.6, r"objectifs?|(?:le|quel(?: est le)?|pour) but(?= d[eu' ]| est| poursuivi| recherche| vise|[ ?.!]*$)|buts|finalites?|a quoi (?:ca )?sert|quoi sert|vise|visent|interet d[eu]|pourquoi (?:suivre|faire)|aims?|goals?|purpose|objectives?|ambition"),
    _cue("modules", 4.6, r"modules|quels? modules?|de quels modules|unites? d'enseignement|blocs?(?: de competences)?|ue|parcours proposes|etapes"),
    _cue("modules", 2.8, r"modules? (?:n[o°] ?)?\d"),
    _cue("outcomes", 4.6, r"debouches?|metiers?|carrieres?|poursui\w+ (?:d'etudes?|ses etudes|mes etudes)|apres (?:la|cette|le|ce|l[ae]) (?:formation|diplome|licence|master|but|cycle)|insertion|(?<!d')emplois?(?! du temps)|postes? (?:vises?|occupes?)|"
         r"que faire (?:apres|avec)|careers?|jobs?|perspectives?|evolution professionnelle|embauche"),
    _cue("evaluation", 4.6, r"evalu\w+|examens?|notes?|notation|controles? (?:continu|terminal|des connaissances)|epreuves?|partiels?|soutenances?|memoires?|jury|validation|valid(?:e|er|ee|es)|exam|assessment|assessed|assiduite"),
    _cue("methods", 4.2, r"pedagogi\w+|methodes?|deroul\w+|comment (?:ca )?se passe\w*|formats?|modalites?|comment (?:est|sont) organise\w*|organisation|rythmes?|temps (?:plein|partiel)|emploi du temps|teaching methods?|cours du soir|approche\w*"),
    _cue("accessibility", 5, r"handicap\w*|accessibilite|amenagements?|besoins? specifiques?|pmr|fauteuil|malvoyant\w*|sourd\w*|rqth|disab\w+"),
    _cue("internship", 4.4, r"y a-t-il (?:un |des )?stages?|stages|(?:un|de|en|du|mois de|semaines de|le|sans|avec) stage(?= (?:est|obligatoire|prevu|en|a|pendant|dans|a-t-il|dure|inclus)\b|[ ?.,!]*$)|(?:de|du|un) stage(?= (?:le|la|l'|au|lors|dans|pendant|obligatoire|a|faut|est|prevu|sont|dois)\b|[ ?.,!]*$)|alternance|apprentissage|immersion|contrat de professionnalisation|internships?|apprenticeship|a l'etranger|mobilite internationale|erasmus"),
    _cue("speakers", 4.6, r"intervenants?|formateurs?|formatrices?|animateurs?|animatrices?|enseignants?|professeurs?|qui (?:anime|enseigne|intervient|forme)\w*|experts?|speakers?|teachers?|trainers?|equipe pedagogique"),
    _cue("results", 5.6, r"(?:quel )?(?:pourcentage|taux|proportion)|chances? de (?:reussir|reussite)|combien (?:\S+ ){0,3}(?:reussissent|sont admis|sont recus)"),
    _cue("results", 4.6, r"taux|indicateurs?|reussite|resultats?|satisfaction|statistiques?|success rate"),
    _cue("content", 3.6, r"contenus?|programmes? (?:de|du|des|detaille)|quel (?:est )?(?:le )?programme|au programme|le programme(?=[ ?.!]*$)|y fait|apprend\w*|apprenn\w*|appris|matieres?|themes?|thematiques?|enseignements?|cours|sujets?|abord\w*|competences?|trait\w*|au menu|de quoi|que (?:fait|voit|va)|content|learn\w*|topics?|skills?|syllabus|covered|curriculum|taught"),
    _cue("overview", 3, r"presente\w*|c'est quoi|qu'est-ce que (?:c'est|le|la|l')|parle\w*|resum\w+|en quoi consiste\w*|infos?|informations?|description|decri\w+|what is|tell me|about|details?|en savoir plus|explique\w*|consiste"),
)  # fmt: skip

COMPARISONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("cheapest", r"\b(?:moins (?:chere?s?|couteu\w+|oner\w+)|meilleur prix|plus (?:economique|abordable)s?|cheap(?:er|est)|least expensive)\b"),
        ("dearest", r"\b(?:plus (?:chere?s?|couteu\w+|oner\w+)|most expensive)\b"),
        ("shortest", r"\b(?:(?:plus|la plus|le plus) (?:court|rapide|brev?f?)\w*|moins (?:long|de (?:temps|jours|heures))\w*|dure\w* le moins|short(?:er|est)|quickest)\b"),
        ("longest", r"\b(?:plus (?:long|longue)s?|dure\w* le plus|long(?:er|est))\b"),
        ("soonest", r"\b(?:(?:commence|debute|demarre|a lieu|tot)\w* (?:le plus tot|en premier|d'abord|avant)|plus tot|premiere a commencer|earli\w+|soonest)\b"),
        ("largest", r"\b(?:plus de (?:places|participants|etudiants|stagiaires)|plus grande? (?:capacite|effectif)|accueille le plus|(?:a|ont|compte\w*|propose\w*|offre\w*|recoi\w*) le plus d(?:e |')(?:places|participants|etudiants|stagiaires|personnes|eleves|inscrits)|most (?:places|seats))\b"),
        ("smallest", r"\b(?:(?:a|ont|compte\w*|propose\w*|offre\w*|recoi\w*) le moins d(?:e |')(?:places|participants|etudiants|stagiaires|personnes|eleves|inscrits)|moins de (?:places|participants|etudiants|stagiaires)|plus petite? (?:capacite|effectif|promotion|groupe))\b"),
        ("difference", r"\b(?:difference\w*|compar\w+|differ\w+|par rapport a|versus|vs|points communs|entre les deux)\b"),
        *MORE_COMPARISONS,
        ("total", r"\b(?:au total|en tout|total(?:ite)?|somme|cumul\w*|additionn\w*|les deux ensemble|altogether|in total)\b"),
    )
)  # fmt: skip
WHICH = re.compile(r"\b(?:lequel|laquelle|lesquel(?:le)?s|which one|which)\b")
LIST = re.compile(
    rf"\b(?:{MORE_LISTS})|"
    r"\b(?:quel(?:le)?s? (?:autres? )?(?:sont (?:les |vos )?)?(?:formations?|programmes?|cycles?|modules?|stages?|actions?(?= (?:de formation|propose|organise|prevo))|parcours|diplomes?|licences?|masters?|cours|seminaires?|sessions?|offres?|dus?|buts?|certificats?)|"
    r"(?:liste\w*|listez|enumer\w+|donne\w*[- ]moi) (?:les|des|toutes|tous|moi)|toutes les formations|tous les (?:programmes|cycles|modules|diplomes)|"
    r"(?:y a-?t-?il|existe-?t-?il|avez-?vous|proposez-?vous|il y a|auriez-vous|as-tu|cherche) (?:d'autres|des|une|un|de|quelles?) (?:formations?|programmes?|cycles?|modules?|stages?|parcours|diplomes?|cours)|"
    r"combien de (?:formations|programmes)(?! )|combien de (?:formations|programmes|du|masters|licences|buts|mooc)|which (?:programmes?|programs?|courses?|trainings?)|what (?:programmes?|programs?|courses?|trainings?)|list (?:the|all))"
)  # fmt: skip
RECOMMEND = re.compile(
    rf"\b(?:{MORE_RECOMMENDATIONS})\b|"
    r"\b(?:conseill\w*|recommand\w*|recommend\w*|sugger\w*|propose[rz]?[- ](?:moi|vous)|oriente\w*|me former|former (?:a|au|aux|en|sur)|"
    r"je (?:cherche|recherche|voudrais|souhaite|veux|aimerais) (?:une?|des|me|apprendre|suivre une|trouver|progresser|developper|monter)|i (?:want|would like|am looking|need)|"
    r"parcours (?:pour|adapte|de formation)|adaptee? (?:a|pour) (?:mon|moi|ma)|besoin d'une formation|advise)\b"
)  # fmt: skip

ABBREVIATIONS = {
    "cb": "combien", "cmb": "combien", "cbien": "combien", "qd": "quand", "kan": "quand", "kand": "quand", "koi": "quoi", "pr": "pour",
    "ds": "dans", "pq": "pourquoi", "nb": "nombre", "nbr": "nombre", "nbre": "nombre", "hrs": "heures", "insc": "inscription",
    "inscr": "inscription", "cki": "qui", "ki": "qui", "ke": "que", "kel": "quel", "kelle": "quelle", "ya": "y a", "svp": "", "stp": "", "slt": "",
    "bjr": "", "mr": "monsieur", "rens": "renseignements", "resp": "responsable", "diplom": "diplome", "modalite": "modalites", "qq": "quelque",
    "tt": "tout", "st": "saint", "ste": "sainte", "form°": "formation", "niv": "niveau", "sui": "suis", "jpaye": "je paye", "jpaie": "je paie", "pls": "", "plz": "", "svpl": "", "rdv": "rendez-vous", "nivo": "niveau", "fo": "faut", "fai": "fait", "cmt": "comment", "qel": "quel", "qeul": "quel", "tjrs": "toujours", "bcp": "beaucoup", "ca": "ca", "forma": "formation", "adr": "adresse", "num": "numero", "tél": "tel",
}  # fmt: skip

_GENERIC = """
formation formations programme programmes cycle cycles module modules stage stages session sessions parcours diplome diplomes
conference conferences webinaire webinaires colloque evenement sequence cursus dispositif
cours seminaire seminaires atelier ateliers document documents fiche brochure page sujet information informations info infos
question questions reponse savoir connaitre endroit dire dites dis indique indiquer precise preciser mentionne donne donner donnez quelque quelques part poche accepte accepter
propose prevoir proposer proposee prevu prevue prevus prevues prevoit existe exister possible possibles necessaire obligatoire
faut doit dois doivent peut peuvent peux puis pourrait pourrais veux voudrais souhaite souhaiterais aimerais cherche
vise visent acquiert acquerir acquises developpe developpent attend attendre inclus incluse inclut compris comprise
deux trois quatre cinq six sept huit neuf dix
permet permettent permettre appelle appelee appele
parler parlez aborder traiter prevoient
prend prends prennent prendre recoit recrute
comporte comportent comprend comprennent contient contiennent compose composent composee dispense dispensee prevoit voit voir voient verra verrai
dit disent parle parlent pense pensent evoque evoquent aborde abordes abordee abordees traite traites mentionnent signifie veut dois devra devrai
suivre faire aller avoir etre participer bonjour bonsoir merci madame monsieur salut svp stp exactement precisement vraiment environ
quel quelle quels quelles lequel laquelle lesquels lesquelles comment combien quand pourquoi quoi ou qui que est sont sera seront etait ont
celui celle ceux celles ca cela ci la dernier derniere sinon alors donc aussi juste encore autre autres meme oui non ok
plus moins tres bien bon bonne tout tous toute toutes chaque certain certaine certains fait ete ans
type genre sorte niveau nombre nbre cas titre nom mot chose partie moment lors pendant avant apres
suis serai serais mon ma mes moi je tu vous nous notre votre vos nos leur leurs lui elle elles ils eux on me te se
the of and or is are what when where who how does do for to in on at it this that there any please can could would should will be
have has my me i you your we our many much long program course training about tell know like with from by a an
jour jours heure heures mois annee annees semaine semaines temps date dates
""".split()
GENERIC = frozenset(fold(w) for w in _GENERIC)
"""Words that never tell one programme from another, nor one topic from another."""

_ASPECT_WORDS = """
cout couts coute coutent couter coutera prix tarif tarifs tarifaire payant payante gratuit gratuite gratuitement frais cher chere montant
facture facturation euros euro payer paye paie duree dure durent durer longue lieu lieux ville adresse quand debut debute commence commencer demarre demarrage
calendrier place places capacite effectif contact contacter joindre telephone tel mail mails email courriel appeler numero inscription inscriptions inscrire inscrit
candidater candidature postuler prerequis requis exige exiges condition conditions acces eligible eligibilite droit public publics adresse destine destinee
destines destinees ouvert ouverte ouverts contenu contenus objectif objectifs but competence competences apprend apprendre apprendra apprends
enseigne deroule derouler passe modalite modalites organise organisee responsable
renseignement renseignements renseigner coordonnees cost price fee fees contact email phone register registration
apply prerequisites requirements content objectives duration location start starts end ends last lasts combien
""".split()
ASPECT_WORDS = frozenset(fold(w) for w in _ASPECT_WORDS)
"""Words that name the aspect itself: they carry no topic, but may be part of a programme's title."""

SUBJECTS = {
    "ia": "intelligence artificielle", "rh": "ressources humaines", "grh": "gestion ressources humaines", "si": "systemes information", "rgpd": "protection donnees",
    "qvt": "qualite vie travail", "qvct": "qualite vie conditions travail", "rps": "risques psychosociaux", "vss": "violences sexistes sexuelles", "ess": "economie sociale solidaire",
    "rse": "responsabilite societale", "tms": "troubles musculosquelettiques", "dsp": "delegation service public", "gpec": "gestion previsionnelle emplois competences",
}  # fmt: skip
"""Acronyms of subjects -> the words of titles."""

ASKING = frozenset("compte comptent dure durent part partent trouve trouvent ouvre ouvrent tient tiennent".split())
"""Verbs of questions, which say nothing of what is asked."""

THINGS = frozenset(
    """repas restauration hebergement logement nuitee chambre transport deplacement deplacements trajet parking materiel livre livres manuel ordinateur
    internat cantine dejeuner uniforme visa assurance dossier garde creche""".split()
)
"""Things that a price of their own would be asked for: the fee of the course is no answer."""

HEADS = (
    r"cycle|contribution|consultation|formation|module|stage|masters?|mastere|mba|licences?(?: pro(?:fessionnelles?)?)?|diplomes?(?: (?:d'universite|universitaires?|inter-?universitaires?))?|"
    r"mooc|seminaires?|parcours|programmes?|certificats?(?: de (?:competences|specialisation))?|bts|dut|(?<=\ble )du|(?<=\bun )du|(?<=\bau )du|(?<=\ben )du|diu|cap|bachelors?|sessions?|ateliers?|prepas?|classes? prepas?|"
    r"preparations?|celles?(?= (?:de|d|du|sur|des|a)\b)|celui(?= (?:de|d|du|sur|des|a)\b)|concours|doctorats?|journees?|e-?formations?|cursus|conferences?|colloques?|congres|webinaires?|titres? professionnels?|deust|ifsi|formation"
)  # fmt: skip

ENGLISH = frozenset(
    """the what when where who how is are does do can could which much many cost price long course programme program training i my am it
    there any have please about for and of to start register eligible duration with tell me will should would this that in on""".split()
)

SYNONYMS: tuple[frozenset[str], ...] = tuple(
    frozenset(stem(form) for t in tokens(line) for form in (t, f"{t}s"))
    for line in """
hebergement logement loge hotel internat chambre nuitee
repas restauration dejeuner cantine restaurant
separement independamment isolement
signer conclure
creer fonder lancer
acquerir maitriser apprendre
logiciel outil
voyage sejour
debutant novice
confirme expert
obligatoire requis exige
ouvert accessible
reporter annuler
delai reponse
candidature dossier
secteur domaine
ville commune
fonctionnaire agent
immersion terrain
tuteur accompagnateur mentor
document support ressource
simulation exercice
parallele compatible
reduction remise rabais
visite deplacement
soir soiree
internat hebergement
sortie issue fin
inscrit inscription
intervenant formateur enseignant animateur expert professeur
metier debouche emploi poste carriere profession
examen evaluation epreuve controle partiel
anglais langue
etranger international mobilite erasmus
handicap accessibilite amenagement
entreprise employeur
ordinateur pc materiel informatique
stagiaire participant auditeur apprenant etudiant eleve
attestation certificat certification
partenaire partenariat
reunion rencontre
visioconference distanciel distance ligne
atelier workshop
transport train deplacement
collectivite commune territorial
numerique digital
manager encadrement cadre encadrant managerial
debat contribution avis
objectif but vise finalite
theme thematique sujet
argument avis
annulation annuler desistement
retard absence assiduite
""".strip().splitlines()
)
"""Sets of stems that mean about the same in these documents; a match through one counts a little less."""
