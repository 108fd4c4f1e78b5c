"""What a line of a page is, by its words alone: the name of a course, or its school, its shelf, its menu, its form."""

from __future__ import annotations

import re

from corpus.french import fold

_COURSE = (
    r"cycles?|formations?|journees?|stages?|modules?|parcours|seminaires?|ateliers?|diplomes?|du|diu|dut|licences?|masters?|masteres?|but"
    r"|bts|bp|cap"
    r"|bac pro|bpjeps|titres? professionnels?|titres?|bachelors?|certificats?|certifications?|preparations?|prepas?|classes? preparatoires?"
    r"|programmes?|moocs?"
    r"|sessions?|webinaires?|e-formations?|e-learning|concours|itineraires?|cours|universites? d.ete|colloques?|conferences?|habilitations?"
    r"|mentions?|capacites? en|executive|mba|vae|validation|bilan|initiation|perfectionnement|sensibilisation|cqp|brevets?|rencontres|assises"
    r"|recyclage|masterclass|classes? virtuelles?|plans? (?:de formation|d.actions?)"
)
COURSE_FIRST = re.compile(rf"^(?:[«\"“]\s*)?(?:l[ea] |les |l'|une? )?(?:\d{{1,3}} ?(?:es?|emes?|res?) )?(?:{_COURSE})\b")
GENERIC = re.compile(
    rf"^(?:[lds]'|(?:fiches?|notre|nos|votre|la|le|les|de|du|des|en|a|et|au|actions?|dispositifs?|prestations?|produits?|offre|descriptif"
    rf"|presentation|{_COURSE}|continue|initiale"
    r"|professionnel(?:le)?s?|ligne|courtes?|longues?|diplomantes?|certifiantes?|qualifiantes?|individuelles?|inscrire|former|se"
    r"|distance|distanciel|presentiel|synthetique|pedagogique|detail|detaillee?|formation-action|ouverte?s?|inter|intra|convocation"
    r"|bulletin|inscription|etablissement|etat|ecole|specialisee?|contributions?|contribution|proposition|tribune|evenements?|agenda|actualites?"
    r"|actu|news|certificats? de competences?|gratuite?s?|certifiante?|diplomante?|qualifiante?|specialise|examens?|aux|etudes?|echanges?"
    r"|techniques?"
    r"|thematiques?|niveaux?|adaptation|emploi|integration|statutaires?|obligatoires?|reglementaires?"
    r"|qualification|specialisation|proposition|communique|presse|annonce|nouveautes?|nouveau"
    r"|nouvelle|sur mesure|alternance|apprentissage|automne|hiver|printemps|ete"
    r"|territoriaux|territorial|territoriale|superieure?|nationale?|regionale?|departementale?|interministerielle?|universitaire"
    r"|information|informations|brochure|plaquette|accueil|renseignements|generales?|pratiques?|universitaires?|d'universite|universite|sante"
    r"|economie|droit|numero|n°|n|no|\d{1,6}|[a-z])(?:[\s\-–—:/>#·,.()®™]+|$|(?<=n°)))+$"
)
HOUSE = re.compile(
    r"^(?:l[ea] |les |l'|votre |notre )?(?:(?:grandes? )?ecoles?|instituts?|centres?|universites?(?! d.ete)|iut|iae|iep|cnfpt|cnam|prefectures?"
    r"|sous-prefectures?|ministeres?|directions? (?:generale|regionale|departementale|interdepartementale|interregionale|des|de la|de l)"
    r"|departements? (?:de|du|des|d')|delegations?|conseils? (?:regional|departemental|general)|fonds|agences?|academies?|rectorat|greta"
    r"|greta-cfa|cfa|cdg ?\d*|campus|services? (?:de |du |des |d.)|cigp?|eafc|esen"
    r"|poles? |bureaux? |bureau |unites? de (?:recrutement|formation|gestion)|cellules? (?:de )?formation|inspe|plateformes?|plate-formes?"
    r"|inet|insets?|insp|ena|ehesp|igpde|iras?|cvrh|ih2ef|anfh|enm|enap|ensosp|infoma|ifore"
    r"|chambres?|region(?! et)|ville de|mairies?|cafoc|ddfpt|enfip|ensp|enssib|urssaf|opco|irts|ipag|upec|ifap|cfpa|cgf|cfppa"
    r"|communautes?|metropoles?|syndicats?|associations?|maisons? d"
    r"|fondations?|conservatoires?|facultes?|ufr|laboratoires?|republique|gouvernement|organismes?|lycees?|hopital|hopitaux|chu|chru|ch "
    r"|ifsi|ifas|groupements?|federation|reseau"
    r"|composante|etablissements?|polynesie|archipel|haut-commissariat|secretariat (?:general|d)|cooperative|scop|gip|sdis)\b"
)
"""Where it also may begin a course ("Direction générale des communes"), what stands around it must tell (see ``titles``)."""
OF_A_HOUSE = re.compile(
    rf"^(?:(?:une |la |les )?(?:{_COURSE})(?: [a-z]+)?|[a-z]{{2,7}}) (?:(?:propose|organise|assure|dispense|anime)e?s? par |(?=d))(?:de "
    rf"|du |des |d')?(?:la |l'|le )?"
    r"(?=(?:grandes? )?(?:ecole|institut|centre|universite|cnfpt|cnam|prefecture|ministere|direction|delegation|conseil|agence|academie|rectorat"
    r"|pole|bureau|plateforme|plate-forme|chambre|ville|mairie|metropole|syndicat|association|fondation|faculte|campus|maison|federation|reseau)\b)"
)
"""A kind of course with the house that gives it ("Une formation du Centre de ressources"), or an office of a house."""
FURNITURE = re.compile(
    r"^(?:aller (?:au|a la) |menu\b|accueil$|accueil +[>›»/|]|recherche[rz]?(?: (?:une?|dans|par|sur) .*)?$|partage[rz](?:$| ?:| sur| cette"
    r"| la page)"
    r"|imprimer|telecharge[rz] |mis(?:e)? a jour|derniere mise|vous etes|fr\b|en \||newsletter|version (?:imprimable|pdf)|favoris?$|deconnexion"
    r"|mon panier|panier$|enregistrer$|haut de page|connexion$|se connecter|mon compte|mon espace|retour(?:$| a | aux? | vers)|skip to|cookies"
    r"|gestion des cookies|facebook|linkedin|twitter|suivez|ajouter a|contactez|nous contacter|temps de lecture|lecture \d"
    r"|(?:la |cette )?contribution (?:#|n ?°|deposee)|(?:\w+ ){0,3}(?:publiee?s?|deposee?s?|postee?s?|mise?s? en ligne|redigee?s?"
    r"|ecrite?s?) (?:le|par|sur|il)\b"
    r"|actualites?(?:$| [-–>/|:])|agenda(?:$| [-–>/|:])|la une\b|a la une"
    r"|(?:votre |l')?espace (?:personnel|client|agents?|presse|candidats?|stagiaires?|etudiants?|adherents?|formateurs?|membres?|collectivites?)\b"
    r"|s.inscrire$|je m.inscris|candidater$|demande[rz] (?:une?|le|la|votre|plus) |page \d|sommaire$|plan du site|fermer$|ouvrir (?:le"
    r"|la) (?:menu|rech|nav)"
    r"|voir (?:la|le|les|tou\w+|plus|aussi|d.autres|nos|sur) |lire (?:la suite|l.article|aussi|plus)|en savoir|[★☆<>]|ia ora na"
    r"|nos (?:formations|actualites|sites|metiers|offres|valeurs|missions|cycles|stages|partenaires)(?=$| \S+$)|qui sommes|nous rejoindre"
    r"|marches publics$"
    r"|bienvenue(?=$| ?!| (?:sur|a |au |aux |dans))|bonjour|mesdames|madame|monsieur|catalogue  |tou(?:te)?s (?:les|nos) |langues?(?:$| ?:)"
    r"|besoin d.aide|english|francais$"
    r"|cours en ligne|la (?:consultation|periode|participation|session) est|le (?:mot|debat) (?:du|de l|est)|a propos|dans la meme rubrique"
    r"|l'(?:ecole|institut|universite|essentiel|equipe)$|une? question|en direct|a telecharger|documents? a|je (?:donne|participe|vote)|signaler"
    r"|sessions? (?:ouvertes?|completes?|annulees?|garanties?)|(?:inscriptions?|candidatures?) (?:ouvertes?|jusqu|avant|closes?|en cours)"
    r"|complet\b|filtrer)"
)
SHELF = re.compile(
    r"^(?:le |la |notre |nos |l'|les )?(?:catalogues?(?! raisonne)|offre (?:de (?:formations?|services?)|regionale|nationale|\d+|20)"
    r"|brochure|plaquette"
    r"|calendrier(?=$| (?:20|des (?:form|stages|sessions)|de formation|previs))|saison (?=20|\d)|promotion (?:\d+|[«\"] ?\w+)|axe \d+"
    r"|annee(?=$| (?:20|univers|scol))|edition(?=$| (?:20|\d|speciale))|rentree (?:20|de |\d|d.)|fil rouge|extraits?(?=$| ?:| (?:du"
    r"|de la) (?:cat|plan))|volume"
    r"|formations? (?:continue|initiale|professionnelle)s?(?: continue)? *(?:[\-–—|/›] *\w+|20\d\d)|formations? \d{4}|programme \d{4}"
    r"|(?:domaines?|themes?|thematiques?|rubriques?|filieres?|collections?|familles?)(?=$| ?:| \d| [a-z]\b|  )"
    r"|document(?=$| (?:de travail|d.information|mis|non|telech|genere|edite))|plan(?: [a-z]+){0,2} (?:de formation|d.actions? regional)"
    r"|programme (?:academique|national)|session (?:de \w|d'\w|\d+)|fiche n|fiche \d+|version(?=$| ?\d| (?:du|imprim))|(?:ref"
    r"|reference)(?=$| ?[:.]| [a-z]*\d)"
    r"|code(?=$| ?:| [a-z]*\d| (?:stage|action|formation|interne))|rncp|n°|niveau(?=$| ?:| \d)|en partenariat|avec le soutien|cycles professionnels"
    r"|plan regional|programme de formation)(?!\w)"
)
"""What stands above the courses of a plan or a catalogue: the name of a page that is one, no name of a course."""
_ENDS = r"(?=$| ?:)"
_OF_IT = r"(?:de (?:la |cette |l')?|du |d')?(?:formation|stage|action|module|cycle|parcours|diplome|session|programme|enseignements?)"
FIELD = re.compile(
    r"^(?:[\W\d]*)(?:(?:les |vos |nos |le |la |l')?(?:publics?(?: (?:concernes?|vises?|cibles?|prioritaires?|eligibles?|admis))?"
    r"|objectifs?(?: pedagogiques?| operationnels?| generaux)?|contenus?|programme|prerequis|pre-requis|dates?|lieux?|tarifs?|prix|couts?"
    r"|frais|modalites?"
    r"|intervenants?|sessions?|debouches|modules|effectifs?|contacts?|conditions|horaires?|inscriptions?|admissions?|calendrier|contexte"
    r"|presentation"
    r"|description|enjeux|finalites?|problematique|methodes?|evaluations?|profils?|participants?|beneficiaires?|financements?|enseignements"
    r"|maquette"
    r"|validations?|certification|competences|organisation|architecture|deroule(?:ment)?|renseignements?|periode|rythme|acces|seminaires|format"
    rf"|responsables?|capacites?|niveau|durees?|combien|quand|ou|admission)(?:{_ENDS}|(?: {_OF_IT})?(?: detaille| previsionnel)?{_ENDS}|  )"
    r"|pour qui|a qui|pre-?requis\b|objectifs? (?:pedagogiques?|de |du |generaux|vises?)|publics? (?:concernes?|vises?|cibles?)"
    r"|durees?(?= (?:\d|totale|en |et |un|deux|trois|quatre|cinq|six|globale|indicative|previsionnelle))"
    r"|dates?(?= (?:\d|et |limite|a venir|de (?:la |debut|fin|session)|des ))|lieu(?= [a-z-]+$)|lieux?(?= (?:et |de (?:formation|stage)|du ))"
    r"|tarifs?(?= (?:\d|et |par |pour |20|inter|intra|reduit|adherent|net|ht|ttc|unique|plein|public|formation))"
    r"|(?:couts?|prix)(?= (?:\d|et |par |pour |pedag|total|net|de (?:la|l.)|du |d.inscr))|frais(?= (?:\d|d.|de |pedag|annexes|et ))"
    r"|contacts?(?= (?:et |utiles?|pedag|admin|inscr))"
    r"|modalites?(?= (?:pedag|pratiques|d.(?:inscr|admis|acces|evalu|organ|enseign)|financ|tarif|et |de (?:formation|validation|paiement"
    r"|suivi|la |l.)))"
    r"|presentation(?= (?:de (?:la |l.)|du |general))|en (?:resume|bref|pratique)|l.essentiel|competences (?:visees|acquises|attestees|developpees)"
    r"|organisation (?:de la|des|pedag|generale)|inscriptions?(?= (?:avant|jusqu|en ligne|et |aupres|par |via|sur (?!les listes)|dans))"
    r"|effectifs?(?= (?:\d|max|min|limite|de ))|conditions (?:d.(?:acces|admission|inscription|entree|eligib|obtention)|de participation"
    r"|financ|tarif|particul"
    r"|requises|generales)|quand ?\?|ou ?\?|combien\b|calendrier(?= (?:previs|des (?:sess|epreu|cours)|20|et |de (?:la|l.)))|enjeux(?= et )"
    r"|intervenants?(?= (?:et |:))|les plus\b|responsables?(?= (?:pedag|scient|admin|de (?:la |cette )?(?:formation|session|mention)|du ))"
    r"|pour (?:s.inscrire|candidater|en savoir|tout renseignement|postuler)|participation (?:financiere|aux)"
    r"|niveau (?:de (?:sortie|diplome|qualif|formation)|d.(?:entree|etudes?)|requis|minimum|vise)|admissions?(?= (?:et |sur ))|debouches\b"
    r"|capacites?(?= (?:\d|d.accueil|maxim|totale))|horaires?(?= (?:\d|et (?:lieu|date)|de ))|au programme|programme (?:en bref|detaille"
    r"|de la (?:journee|form))"
    r"|themes? (?:abordes|traites)|thematiques? abordees|deroule(?:ment)?(?= (?:de |du |pedag|en ))|moyens pedag|nombre (?:de|max|min)"
    r"|ce que (?:vous|l.on)|renseignements?(?= (?:et |prat|aupres|au ))|groupes? (?:de \d|limite|:|\d)|volume (?:horaire|total|:)"
    r"|comment (?:s.inscrire|candidater|cela|participer)|inscri(?:re|vez)|a noter|contribution aux|il faut$|un mot|le mot"
    r"|methodes?(?= (?:pedag|mobil|et ))"
    r"|architecture (?:du|de la)|rythme (?:d.|de)|(?:tarifs?|couts?|prix|frais|durees?|dates?|effectifs?|lieux?)(?= (?:\S+ ){0,3}:))",
)
LABELLED = re.compile(
    r"^(?:[\W\d]*)(?:diplomes?|types?|domaines?|langues?|effort[^:]*|organismes?|composante[^:]*|specialites?|etablissement|rythme|debut"
    r"|fin|nature|categorie|mots? cles?|regimes?|credits?|ects|effectifs?|campus|code[^:]*|ref[^:]*|objet|niveau[^:]*"
    r"|certification|validation|discipline|secteur|themes?|thematiques?|cibles?|modes?|formats?|cout[^:]*|tarif[^:]*|public[^:]*|animateurs?"
    r"|itineraires?|formateurs?|site|ville|region|auteur|source|votre groupe|groupe[^:]*|participants?|duree[^:]*|dates?[^:]*|lieu[^:]*"
    r"|session[^:]*) ?:"
    r"|^(?:certification |fiche |code )?(?:rncp|rs) ?(?:n ?°)? ?\d+"
)
COUNTED = (
    r"jours?|heures?|h|mois|semaines?|ans?|annees?|places?|personnes?|participants?|stagiaires?|eleves|sessions?|modules?|demi-journees?|journees?"
    r"|inscrits?|auditeurs?|ects|credits|agents|min(?:utes?)?|pour|contre|reponses?|avis|votes?|commentaires?|arguments?"
)
AMOUNT = re.compile(
    r"^(?:pour |environ |soit |duree |plus de )?(?:\d+(?:[.,]\d+)?|un[e]?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze"
    r"|une? (?:vingtaine|dizaine|quinzaine|trentaine) d[e'])"
    rf"[ -]*(?:(?:a|ou|et) \d+ )?(?:{COUNTED})\b(?! de (?:la|l.|nos)\b)"
)
DATE_ONLY = re.compile(
    r"^\W*(?:(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|le|les|du|au|et|a|de|des|en|ou|entre|jusqu.au|puis|session|promotion|rentree"
    r"|annee|edition|matin|apres-midi|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|janv|fev|avr|juil"
    r"|sept|oct|nov|dec|\d{1,4}|1er|h|\d+h\d*)\b\W*)|[a-z]+ \d{4}\W*)+$"
)
_MONTH = r"(?:janv|fevr?|mars|avr|mai\b|juin|juil|aout|sept|oct|nov|dec)"
DATE_FIRST = re.compile(
    r"^\W*(?:session |rendez-vous |[a-z' -]{3,30}, (?=le ))?(?:(?:du|le|les|au|des?|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?"
    r"|dimanches?)\b,? ?)*"
    rf"(?:\d{{1,2}}(?:er)?(?:(?: ?[,/-] ?| et | au | a )\d{{1,2}}(?:er)?)* {_MONTH}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|{_MONTH}\w* 20\d\d\b)"
)
_NAMED = re.compile(
    r"\b(?:[Cc]ycle|[Ff]ormation|[Ss]tage|[Jj]ournée|[Mm]odule|[Pp]arcours|[Ss]éminaire|[Aa]telier|[Pp]rogramme|[Cc]lasse|[Cc]ertificat"
    r"|[Dd]iplôme|MOOC|[Mm]aster|[Ll]icence)"
    r"(?: [a-zéèêà'’]{2,15}){0,3} ?«\s?[^«»\n]{6,120}»"
)
CODE = re.compile(
    r"(?:[ \t]{2,}|[ \t]*[\-–—(|]?[ \t]*)(?<![^\W_])(?:r[ée]f(?:[ée]rence)?\b\.?|code\b(?: (?:stage|action|formation))?"
    r"|n°)[ \t]*:?[ \t]*(?:[A-Z]{1,6} (?=\d))?[A-Z0-9][\w\-./]*\)?$",
    re.IGNORECASE,
)
BARE_CODE = re.compile(r"(?:[ \t]+[\-–—|·][ \t]*|[ \t]{2,}|[ \t]*\()(?=[0-9./_-]*[A-Z])(?=(?:[^\d\s]*\d){3})[A-Z0-9]+(?:[-/._]?[A-Z0-9]+)*\)?$")
"""A code without a word that announces it: "Analyse des coûts — 4FI-230"."""
_UPDATED = re.compile(r"\s*[\-–—|]\s*(?:n° ?:? ?\w+|(?:action|stage|fiche|module) (?:n° ?)?\d[\w.-]*|mise? à jour.*|code.*|réf.*)$", re.IGNORECASE)
_BEHIND = re.compile(r"\d|r[ée]f|code|n°|jour", re.IGNORECASE)
"""Without one of them nothing stands behind a title."""
_FORM = re.compile(
    r"^fiche (?:formation|stage|programme|produit|action|descriptive|(?:n° ?)?\d+)(?: de (?:la )?formation)? ?[:\-–—]? ?(?=\w{2,})", re.IGNORECASE
)
NUMBERED = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2}){1,2}[ \t]*[\-–—|:.]*[ \t]+|(?:[Ss]tage|[Ff]ormation|[Aa]ction|[Rr][ée]f\.?|[Cc]ode)[ \t]+(?=[0-9./_-]*[A-Z])"
    r"(?=[^\d\s]*\d)[A-Z0-9]+(?:[-/._]?[A-Z0-9]+)*(?:[ \t]+[\-–—|·][ \t]+|[ \t]{2,}|\t)"
    r"|(?=[0-9./_-]*[A-Z])(?=(?:[^\d\s]*\d){3})[A-Z0-9]+(?:[-/._]?[A-Z0-9]+)*"
    r"(?:[ \t]*[\-–—|·][ \t]+|[ \t]{2,}))(?=[«\"“]?[^\W\d_]['’]?[^\W\d_])"
)
"""A number or a code before a name: "2.01 - Accueillir un patient"; "26A0150421 – Secrétaire de direction"."""
_LENGTH = re.compile(
    r"[ \t]*[,\-–—|(][ \t]*\d+(?:[.,]\d+)?[ \t]*(?:jours?|heures?|h|semaines?|mois)\b[ \t]*½?(?:[ \t]*\(\d+[ \t]*(?:h|heures?)\))?\)?$"
)
_QUOTED = re.compile(r"^(?:«\s*([^«»]+?)\s*»|\"([^\"]+)\"|“([^“”]+)”)$")
_HOUSE_LAST = re.compile(
    r"\s+[|·—–-]\s+(?=(?:CVRH|IUT|IAE|Facult[ée]|Universit[ée]|Instituts?|[ÉE]cole|CNFPT|Centre de|Lyc[ée]e|GRETA|CFA|CDG|Acad[ée]mie|UFR"
    r"|Campus|IRA|INSP|CHU)\b)"
    r"[^|]{2,80}$"
)


def named(text: str) -> str | None:
    """The course that the opening speaks of by its name: "Le cycle « Piloter par la donnée » aide les cadres …"."""
    found = _NAMED.search(text, 0, 800)
    return " ".join(found.group()[:1].upper().split()) + found.group()[1:] if found else None


def is_name(line: str) -> bool:
    """Whether a line may be a course's name, all else unknown: no menu, house, form, field, date or amount."""
    folded = fold(line.strip())
    barred = (FURNITURE, SHELF, DATE_ONLY, GENERIC, LABELLED, AMOUNT)
    if any(pattern.match(folded) for pattern in barred) or is_field(folded):
        return False
    return bool(COURSE_FIRST.match(folded)) or not HOUSE.match(folded)


def is_field(folded: str) -> bool:
    """Whether a folded line opens a field of a sheet: "Durée", "Public visé : ..."; not "Contact avec un public difficile : ..."."""
    found = FIELD.match(folded)
    if not found:
        return False
    colon = folded.find(":", 0, 60)
    if colon >= 0:
        return colon < found.end() or len(folded[found.end() : colon].split()) <= 2
    return len(folded.split()) <= 4


def shown(title: str) -> str:
    """A title without the code, the length and the date of the sheet behind it, the number before it, the name of the form, quotes around it.

    >>> shown("Conduire un projet — 4FI-230"), shown("« Accueillir » - 2 jours (14 h)")
    ('Conduire un projet', 'Accueillir')
    """
    kept = NUMBERED.sub("", _FORM.sub("", title))
    for _ in range(2 if _BEHIND.search(kept) else 0):
        kept = BARE_CODE.sub("", _LENGTH.sub("", _UPDATED.sub("", CODE.sub("", kept)))).strip()
    kept = _HOUSE_LAST.sub("", kept)
    if quoted := _QUOTED.match(kept):
        kept = next(group for group in quoted.groups() if group)
    return kept if sum(c.isalpha() for c in kept) >= 4 else title
