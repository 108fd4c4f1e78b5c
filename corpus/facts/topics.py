"""What a heading or a key announces: "Public visé", "À qui s'adresse cette formation ?" -> audience.

Institutions name the same section in many ways; each topic therefore has patterns on folded text. Topics that are no
field of a sheet (careers, results, pedagogy ...) are recognised too, since what stands under them must not be mistaken.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from corpus.french import fold

Topic = Literal[
    "price", "code", "provider", "objectives", "audience", "prerequisites", "content", "modules", "duration",
    "sessions", "location", "mode", "capacity", "contact", "registration", "certification",
    "careers", "results", "evaluation", "methods", "accessibility", "funding", "practical", "about", "deadline", "published", "other",
]  # fmt: skip
TEXT_TOPICS: frozenset[Topic] = frozenset({"objectives", "audience", "prerequisites", "content", "registration", "certification"})

# In order: the first that matches wins. ``^`` because a heading says what it is about at its beginning; the patterns
# that may stand anywhere begin with ".*".
_PATTERNS: tuple[tuple[Topic, str], ...] = (
    (
        "other",
        r"notes?\b|mentions legales|plan du site|nos (?:autres|partenaires|engagements|atouts|points forts)|les (?:plus|points forts|"
        r"atouts)|points forts|partenaires?\b|actualites?|temoignages?|reseaux sociaux|partager|a lire aussi|voir aussi|"
        r"documents? (?:a telecharger|de la formation|utiles)|telecharge|foire aux questions|faq\b|vie (?:etudiante|pratique|du campus)|"
        r"logement|hebergement|restauration|rythme d\w+ l.alternance|rythme de l.alternance|siret|n.? ?(?:de )?(?:da|nda|siret|"
        r"declaration)\b|code (?:uai|ape|naf|postal)|uai\b|qualiopi|version\b|autres (?:formations|informations)|"
        r"formations? (?:similaires|associees|complementaires)|prochaine etape|suites? de parcours|niveau$|autres? stages?|mots? cles?|"
        r"(?:duree (?:de |du ))?(?:validite|preavis)\b|"
        r"domaines?\b|theme\b|thematique\b|famille\b|filiere\b|rubrique\b|discipline",
    ),
    (
        "careers",
        r"(?:les )?debouches|(?:les )?metiers|insertion|poursuites? (?:d.etudes?|de parcours)|perspectives|et apres|apres la formation|"
        r"secteurs? (?:d.activites?|professionnels?)|devenir|emplois? (?:vises?|accessibles?|concernes?)|type d.emplois?|"
        r"carriere(?!s (?:juridiques|sociales|sanitaires))|"
        r"evolutions? professionnelles?|passerelles?|remuneration|salaires?|que faire apres",
    ),
    (
        "results",
        r"(?:nos )?indicateurs?|(?:nos )?resultats|taux\b|statistiques|chiffres$|satisfaction|bilan|avis\b|performances?",
    ),
    (
        "deadline",
        r"date(?:s)? limites?|(?:cloture|limites?|date butoir|dernier jour|echeance)s? (?:des |d.|de |du |de l.|pour (?:l.|s.)?)?"
        r"(?:inscri\w+|candidat\w+|depot|reponse|postuler)|date butoir|delais?\b|(?:fin|ouverture|periode|calendrier|"
        r"dates?) (?:des |d.|de )?(?:\w+ des |\w+ d.)?(?:inscriptions?|candidatures?|depot|recrutement|selection)|inscriptions? (?:avant|"
        r"jusqu)|candidatures? (?:avant|jusqu)|depot des (?:dossiers|candidatures)",
    ),
    (
        "published",
        r"(?:date de )?(?:mise a jour|publication|derniere (?:mise a jour|modification)|creation de la fiche)|publie|mis(?:e)? a jour|"
        r"maj\b|fiche (?:mise a jour|modifiee)",
    ),
    (
        "evaluation",
        r"(?:modalites? |methodes? |criteres |dispositifs? |moyens )?(?:et (?:modalites?|criteres?) )?(?:d.|de l.|des )?evaluations?|"
        r"controle (?:des|de) connaissances|modalites? (?:de|des) controles?|suivi et|suivi de|modalites de suivi|mccc?\b|examens?\b|"
        r"epreuves?\b|assiduite|modalites? de validation et",
    ),
    (
        "accessibility",
        r"accessibilite|handicap|situation de handicap|personnes? en situation|amenagements?|referente? handicap|public en situation",
    ),
    (
        "methods",
        r"(?:methodes?|moyens?|modalites?|approches?|outils|supports?|ressources|demarches?|techniques?)(?: et \w+)? (?:pedagogiques?|"
        r"d.animation|techniques?|mobilisee?s|d.apprentissage)|methodes? (?:mobilisees|utilisees)|pedagogi|methodes?\b|(?:les |l.|vos |"
        r"nos )?(?:intervenante?s?|formateurs?|formatrices?|animateurs?|animation|encadrement|equipe)|moyens\b|materiel|"
        r"modalites? de deroulement|stages?$|stage et|rythme\b|organisation (?:des enseignements|pedagogique)|equipements?",
    ),
    (
        "capacity",
        r"combien (?:serons|serez|sommes|etes|sont)-(?:nous|vous|ils)|combien (?:peuvent|pourront) |"
        r"combien (?:de |d.)(?:places?|participante?s?|stagiaires?|personnes|inscrits|eleves|apprenants|auditeurs|etudiants|candidats)\b",
    ),
    ("duration", r"(?:ca|cela) dure|combien (?:de (?:temps|jours|heures|semaines|mois)|(?:ca |cela )?dure)"),
    (
        "price",
        r"(?:les |nos )?(?:tarif|price|fees?\b|cout|prix\b|frais\b|montants?\b|budget\b)|droits? d.inscription|"
        r"droits (?:de scolarite|universitaires|et frais)|"
        r"participation$|participation (?:financiere|aux frais)|conditions? (?:financieres?|tarifaires?)|modalites? (?:financieres?|tarifaires?)|"
        r"contribution financiere|combien|cotisation|remboursement|aspects? financiers?|(?:en )?inter(?:-entreprises?)? ?:|a partir de$|"
        r"redevance|dispositions financieres",
    ),
    (
        "funding",
        r"(?:les |modalites? de |possibilites? de |aides? (?:et |au )?|solutions? de |sources? de )?financements?|aides? |aides$|bourses?|"
        r"prises? en charge|financer|comment financer|cpf\b|eligib(?:le|ilite)(?: au)? cpf",
    ),
    (
        "certification",
        r"(?:type de )?(?:diplomes?|certifications?)\b|titre (?:delivre|vise|obtenu|professionnel)|validations?\b|sanctions?\b|"
        r"reconnaissance|modalites? de (?:validation|certification|sanction)|rncp|code rncp|n.? ?rncp|fiche rncp|credits?\b|ects\b|"
        r"attestation|delivrance|niveau (?:de sortie|de qualification|de diplome|obtenu|du diplome|europeen)|"
        r"blocs? de competences? certifie|a l.issue de la formation.* (?:diplome|certificat|attestation)|grade\b|niveau de certification|"
        r"code certif|certif",
    ),
    (
        "prerequisites",
        r"(?:les )?pre-? ?requis|prerequis|conditions?$|conditions? (?:d.acces|d.admission|d.entree|d.accession|requises|prealables|"
        r"d.eligibilite|de participation|pour postuler|a remplir)|niveaux? (?:requis|d.entree|d.acces|prealable|d.etudes? requis|"
        r"recommande|scolaire|exige)|connaissances? (?:prealables?|requises?)|diplomes? requis|qui peut (?:candidater|postuler|"
        r"s.inscrire)|acces a la formation|niveau d.etudes?|competences? (?:requises|prealables)|formations? requises?|"
        r"conditions? d.inscription|avoir suivi|etre titulaire|exigences?|eligibilite$",
    ),
    (
        "audience",
        r"(?:le |les |nos )?publics?\b|audience\b|.*a qui (?:s.adresse|est|cette)|pour qui|profils?\b|beneficiaires?|participants?\b|destinataires?|"
        r"population|cibles?\b|qui est concerne|cette formation (?:s.adresse|est destinee)|agents? concernes?|personnels? concernes?|"
        r"vous etes\b(?! ici)|stagiaires? concernes?|formation destinee|s.adresse a|typologie des? public|candidats?(?: concernes?| vises?)?$|"
        r"qui peut (?:participer|suivre|venir|y (?:participer|assister|aller)|assister|en beneficier)|"
        r"qui est (?:invite|vise|admis)|a qui$|acteurs? concernes?",
    ),
    (
        "objectives",
        r"(?:les |l.|vos )?(?:objectifs?\b|finalites?\b|buts?$|buts? (?:de|du)\b|enjeux|ambitions?|visees?)|"
        r"(?:les )?competences? (?:visees?|acquises?|attendues?|developpees?|a acquerir|cles|travaillees|professionnelles|apportees)|"
        r"competences?$|les competences|(?:a l.issue|a la fin|au terme|a l.achevement) d.?|vous (?:serez|saurez|allez|apprendrez)|"
        r"pourquoi|ce que vous (?:allez|saurez)|acquis (?:d.apprentissage|vises)|aptitudes|savoir-?(?:faire|etre)s?|capacites? (?:visees|"
        r"attestees|professionnelles)|resultats attendus",
    ),
    (
        "capacity",
        r"capacites?(?: d.accueil| maximale| totale)?|effectifs?\b|nombre (?:maxim\w+ |minim\w+ |total )?(?:de |d.)(?:places?|"
        r"participants?|stagiaires?|personnes|inscrits|eleves|apprenants|auditeurs|etudiants|candidats|equipes|connexions)|(?:nb|nbre|"
        r"nombre)\.? (?:de )?(?:places?|stagiaires?|participants?)|places?\b|jauge|taille (?:du|des|de) groupes?|groupe\b(?! ?\d)|promotion$|"
        r"nombre de participants",
    ),
    (
        "duration",
        r"(?:la )?duree|duration\b|volumes? (?:horaires?|d.heures?)|nombre (?:total )?(?:d.heures?|de jours?|de journees|de semaines)|(?:nb|"
        r"nbre)\.? (?:de )?(?:jours?|d.?heures?)|temps de (?:formation|travail)|nombre d.heures|jours?\b(?: de formation)?$|"
        r"heures?(?: de formation)?$|charge de travail",
    ),
    (
        "registration",
        r"(?:les |vos |votre |modalites? (?:et delais? )?|procedures? |conditions? |bulletin |fiche |dossier |demarches? |delais? |"
        r"comment )?(?:d.|de |des |l.|pour )?(?:s.)?(?:inscri|admission|candidat|postuler|recrutement|selection|acces$)|"
        r"modalites? (?:et delais? )?d.acces|comment (?:s.|y |participer|acceder|faire)|procedure|dossiers?\b|accessibilite et delais|"
        r"acces\b(?! au)|je m.inscris|constitution du|entree en formation|lien d.inscription|demarches",
    ),
    (
        "sessions",
        r"(?:les |prochaines? |nos )*(?:dates?\b|sessions?\b|calendriers?|planning|periodes?\b|rentrees?\b|quand\b|echeanci|agenda|"
        r"promotions$|deroulement(?: calendaire)?$|debut\b|fin\b|demarrage|horaires? et dates|jours? et)|programmation|dates et lieux",
    ),
    (
        "location",
        r"(?:le |les )?lieux?\b|localisations?|location\b|ou (?:se|a|est|ca|aura|cela)\b|ou$|endroits?\b|"
        r"adresse|sites?\b|villes?\b|campus|implantation|salle\b|localite|"
        r"venir|plan d.acces|acces au (?:site|campus|centre|lieu)|departement$|region$|commune\b|dates et lieu",
    ),
    (
        "mode",
        r"(?:modes?|formats?|formules?)\b|modalites? (?:d.enseignement|de la formation|de formation|d.organisation|d.apprentissage)|"
        r"modalites?$|type (?:de formation|d.enseignement|d.action)|regimes?\b|forme\b|organisation$|presentiel|distanciel|modalite",
    ),
    (
        "modules",
        r"(?:les |liste des |detail des )?modules?\b|unites? d.enseignements?|ue\b|blocs? de competences?|(?:les )?parcours$|sequences?$|"
        r"semestre \d|composition du cycle",
    ),
    (
        "content",
        r"(?:le |les |notre )?(?:programme|contenus?)\b|sommaire|deroule|(?:les )?enseignements?|matieres|au programme|themes? (?:abordes|"
        r"traites)?|(?:les )?thematiques|points? (?:cles|abordes)|plan (?:de cours|de la formation|du cours)|sujets|cursus|"
        r"grandes? lignes|maquette|composition|contenu|architecture de la formation|syllabus|apports|ce que nous (?:verrons|aborderons)|cours\b$|"
        r"jour \d|journee \d|ordre du jour",
    ),
    (
        "code",
        r"(?:code|reference|ref)(?:s|\.)?(?: (?:du |de la |de |de l.)?(?:stage|formation|action|session|module|produit|interne|cycle|"
        r"cours|dispositif|apprentissage|offre|catalogue|iel|sirh|renoirh|safire|oscar))?(?: \w+)?$|n.? ?(?:de )?(?:stage|formation|"
        r"action|session)|numero (?:de |d.)(?:stage|formation|action|session)|identifiant|codes apprentissage|code$",
    ),
    (
        "provider",
        r"organismes?\b|provider\b|etablissements?\b|organisateurs?|organisatrice|porteurs?|organisee? par|prestataires?|proposee? par|"
        r"composantes?\b|centre de formation|dispense(?:e)? par|animee? par|maitre d.ouvrage|ufr\b|faculte|institut organisateur|"
        r"delegation\b|opere par|une formation de|auteur de la formation|commanditaire|editeur",
    ),
    (
        "contact",
        r"(?:vos |nos |votre |le |les )?(?:contacts?\b|renseignements?|coordonnees|nous (?:contacter|joindre|ecrire)|"
        r"pour (?:nous contacter|tout|toute|en savoir)|responsables?\b|secretariat|referente?s?\b|interlocut|correspondante?s?|"
        r"gestionnaire|conseillere?\b|courriels?|e-?mails?|mail\b|mel\b|telephone|tel\b|telecopie|site (?:web|internet)|vos questions|"
        r"une question|des questions|besoin d|informations? et (?:contact|inscription)|informations? complementaires|plus d.inform|"
        r"en savoir plus|qui contacter|assistante?\b|chef(?:fe)? de projet|coordinat(?:eur|rice)s?\b|coordination (?:du|de la|pedagogique)|"
        r"service (?:formation|gestionnaire)|pilotes?\b)",
    ),
    (
        "practical",
        r"pratique|(?:les )?(?:infos?|informations?|modalites?|renseignements?) (?:pratiques?|cles|generales?|utiles)|en bref|"
        r"l.essentiel|(?:les )?chiffres cles|"
        r"en resume|en un coup d|fiche (?:technique|pratique|d.identite)|organisation|modalites|carte d.identite|caracteristiques|"
        r"a retenir|a savoir|infos",
    ),
    (
        "about",
        r"presentation|descripti|contexte|resume|introduction|preambule|a propos|la formation$|edito|le mot",
    ),
)
# Headings as one would say them: the whole heading, its question mark aside.
_SPOKEN: tuple[tuple[Topic, str], ...] = (
    ("contact", r"a qui (?:s.adresser|parler|ecrire|demander|telephoner)\b.*|qui (?:appeler|joindre|prevenir)|pour nous (?:ecrire|joindre|appeler)|"
                r"(?:un doute|besoin d.aide|une hesitation)"),
    ("deadline", r"(?:jusqu.a )?quand (?:faut-il |peut-on |puis-je )?(?:s.inscrire|candidater|postuler|m.inscrire)|jusqu.a quand.*"),
    ("registration", r"(?:les )?(?:pieces |documents )?a fournir|"
                     r"comment (?:fait-on|faire|dois-je faire|proceder)(?: pour (?:s.inscrire|candidater|postuler|venir))?|"
                     r"faut-il s.inscrire.*|ou s.inscrire|que faut-il (?:envoyer|fournir|joindre)"),
    ("price", r"(?:et )?(?:le |les |a )?(?:quel(?:s)? )?(?:prix|tarifs?|couts?)|(?:ca|cela) coute combien|ce que (?:ca|cela|vous) (?:coute|payez)|"
              r"(?:est-ce|c.est) (?:gratuit|payant)|qui paie|faut-il payer.*|cote (?:finances|budget|tarifs?)"),
    ("methods", r"que faut-il (?:apporter|prevoir|emporter|retenir|faire)"),
    ("prerequisites", r"(?:que |quel(?:le)?s? [a-z' -]{3,30} )?(?:me |vous |nous )?faut-il\b.*|il (?:vous )?faut|ce qu.il (?:vous )?faut\b.*|"
                      r"avant de (?:venir|commencer|s.inscrire|vous inscrire)|qui peut (?:se presenter|concourir|entrer)|"
                      r"(?:dois-je|doit-on|devez-vous) (?:avoir|etre|deja)\b.*"),
    ("audience", r"qui|(?:c.est|cette formation est|ce stage est|un stage) (?:fait )?pour vous si.*|pour quel(?:le)?s? [a-z' -]{3,30}|"
                 r"a qui (?:ca|cela) s.adresse|"
                 r"qui (?:est (?:convie|attendu|concerne)|vient|sont les (?:participants|stagiaires))|vous etes concernee?s? si.*"),
    ("objectives", r"(?:que|qu.)[ -]?(?:va-t-on|allez-vous|allons-nous|vais-je|saurez-vous|apprend-on|apprendrez-vous)"
                   r"(?: (?:y )?(?:apprendre|savoir|retenir|retirer))?.*|"
                   r"ce (?:que|qu.) ?(?:vous|l.on|on|nous|en) .*(?:saur|savoir|appren|retir|emport|faire en sortant).*|"
                   r"vous (?:repartirez|ressortirez|en repartirez) avec|"
                   r"a quoi (?:ca|cela) sert(?:-il)?"),
    ("content", r"(?:que|qu.)[ -]?(?:contient|comprend|comporte|voit-on|fait-on|est-ce qu.on y (?:fait|voit|apprend)|y (?:fait|voit)-on)\b.*|"
                r"de quoi (?:parle-t-on|s.agit-il|est-il question)|"
                r"comment (?:se deroule|se passe)\b.*|comment (?:ca|cela) se passe"),
    ("location", r"ou (?:nous trouver|venir|aller|sommes-nous|(?:ca|cela) se (?:passe|tient))"),
    ("sessions", r"(?:les |nos |vos )?prochains (?:departs|rendez-vous|stages)|(?:les )?rendez-vous"),
    ("evaluation", r"et l.(?:examen|evaluation)|y a-t-il un examen"),
    ("certification", r"(?:que |qu.)(?:recoit|obtient|gagne)-?(?:on|t-on)?.*|et (?:le )?diplome"),
    ("mode", r"(?:c.est |est-ce )(?:sur place|a distance|en presentiel|en salle)|(?:sur place|en salle) ou (?:a distance|en ligne)"),
)  # fmt: skip
_SPOKEN_FIRST = frozenset("aqpubjcofdlniesvt")
_SPOKEN_ANY = re.compile("|".join(f"({pattern})" for _, pattern in _SPOKEN))
# One pattern whose groups are numbered as the topics are: the first alternative that matches wins.
_ANY = re.compile("|".join(f"({pattern})" for _, pattern in _PATTERNS))
_NUMBERING = re.compile(r"[\W_]*(?:(?:\d{1,2}(?:\.\d{1,2})?|[ivx]{1,4}|[a-h])\s?[.)/°-]\s?[\W_]*)?(?=\w)")
_NO_NUMBER = frozenset("jklmnopqrstuwyz")
_TRAILING = " :?!.…*_#-"
# "Quel calendrier ?", "Quels sont les objectifs ?" name the section after the words that ask.
_QUESTION = re.compile(
    r"(?:(?:a |pour |de |dans )?quel(?:le)?s? (?:est |sont |sera |seront )?(?:le |la |les |l.)?|(?:et )?c.est (?=combien|quand|ou\b|pour qui)|"
    r"et (?=combien|quand|ou\b|pour qui))(?=\w)"
)
_CONTENT_WORD = re.compile(r"[a-z0-9]{3,}")


@lru_cache(maxsize=4096)
def _announced(heading: str) -> tuple[Topic, str, str] | None:
    """The topic, the bare words of the heading, and those after the words that name the topic."""
    folded = bare(heading)
    if not folded or len(folded) > 120:
        return None
    if folded.startswith("vos questions"):
        return None  # the questions of others and their answers
    if folded[0] in _SPOKEN_FIRST and (spoken := _SPOKEN_ANY.fullmatch(folded)) and spoken.lastindex:
        return _SPOKEN[spoken.lastindex - 1][0], folded, ""
    if question := _QUESTION.match(folded):
        folded = folded[question.end() :]
    if (match := _ANY.match(folded)) and match.lastindex:
        return _PATTERNS[match.lastindex - 1][0], folded, folded[match.end() :]
    return None


def topic_of(heading: str) -> Topic | None:
    """The topic that the words of a heading announce, None where they announce none known.

    >>> topic_of("2. À qui s'adresse cette formation ?"), topic_of("Conditions d’admission"), topic_of("Le projet")
    ('audience', 'prerequisites', None)
    """
    announced = _announced(heading)
    return announced[0] if announced else None


def strict_topic_of(heading: str) -> Topic | None:
    """The topic of words that are nothing but the name of a section: few, and no sentence.

    For lines that nothing marks as headings: "Tarif formation continue" is one, "Les objectifs sont atteints" is not.
    """
    announced = _announced(heading)
    if announced is None:
        return None
    topic, folded, rest = announced
    if len(folded) > 60 or len(_CONTENT_WORD.findall(rest)) > 4 or _VERB.search(rest):
        return None
    return topic


_VERB = re.compile(
    r"\b(?:est|sont|sera|seront|a ete|ont|doit|doivent|peut|peuvent|permet|permettent|vise (?:a|les?|la?|une?|des?)\b|consiste|"
    r"comprend|se (?:fait|deroule|tient)|s.adresse a (?:des|tou|un|l)|s.eleve)\b"
)


def bare(heading: str) -> str:
    """The words of a heading, folded, without numbering, bullets, marks of Markdown or closing punctuation."""
    folded = fold(" ".join(heading.split()))[:200]
    if folded[:1] not in _NO_NUMBER and (numbered := _NUMBERING.match(folded)):
        folded = folded[numbered.end() :]
    return folded.rstrip(_TRAILING).lstrip("#*_ ")
