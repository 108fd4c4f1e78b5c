# ruff: noqa: E501 -- tables of wordings: a pattern broken over lines hides its alternatives
"""Matters of practice that a sheet may leave unsaid: parking, refunds, meals, the language of the courses ...

No field holds them, and words of the question that do have a field ("payer en plusieurs fois") must not bring that
field's value in their place. So each matter has its own wording of the question, its own wording of a line that
answers, and its own name for the sentence that says the document is silent. Patterns are matched on folded text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.records import Intent

Matter = Literal[
    "instalments", "refund", "payment", "deposit", "discount", "tax", "expenses", "parking", "transport", "lodging", "meals", "diet", "internet", "dress",
    "equipment", "childcare", "language", "recording", "retake", "salary", "leave", "age", "reply", "waiting", "minimum", "equivalence", "tailored",
    "parts", "insurance", "applicants", "posts", "validity", "mark", "device", "post", "spread", "attempts", "car", "earnings", "promotion", "seniority", "exemption",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class About:
    """One matter. ``asked``: (weight against other cues, wording) pairs; ``of``: its name after "rien ..." and "nothing about ..."."""

    intent: Intent
    asked: tuple[tuple[float, str], ...]
    line: re.Pattern[str]
    of: tuple[str, str]
    heading: re.Pattern[str] | None = None
    """A heading under which every line speaks of it."""


def _about(intent: Intent, french: str, english: str, asked: tuple[tuple[float, str], ...], line: str, heading: str = "") -> About:
    return About(intent, asked, re.compile(rf"(?<!\w)(?:{line})(?!\w)"), (french, english), re.compile(heading) if heading else None)


_PAY = r"(?:pay\w+|regl\w+|paiements?|vers\w+|acquitt\w+|factur\w*|couts?|frais|tarifs?|prix|somme|montant|droits|pay(?:ing)?)"
_TIMES = r"(?:plusieurs|deux|trois|quatre|cinq|dix|\d+) ?(?:fois|x|echeances?|versements?|mensualites?)"
_TONGUES = r"(?:anglais|francais|espagnol|allemand|italien|langue \w+|langues|english|french|tahitien)"

MATTERS: dict[Matter, About] = {
    "instalments": _about("price", "du paiement en plusieurs fois", "paying by instalments",
        ((6.6, rf"{_PAY}\b[^?]{{0,60}}\ben {_TIMES}|{_TIMES}[^?]{{0,30}}\b{_PAY}|echelonn\w+|mensualit\w+|facilites? de paiement|echeancier|etaler (?:le|les|mon|son|ses|mes)|paiement (?:fractionne|differe|etale)|(?:by|in) instal?ments|instal?ments"),),
        rf"en {_TIMES}|(?:deux|trois|quatre|\d+) (?:echeances|versements|mensualites|fois)|echelonn\w+|echeances?|echeancier|mensualites?|mensualise\w*|fractionn\w+|solde|facilites? de paiement"),
    "refund": _about("price", "de l'annulation ni du remboursement", "cancellation or refunds",
        ((6.2, r"report\w+ (?:son|mon|l'|sa|ma|votre|une|leur) ?(?:inscription|candidature|session|participation|place|admission)|rembours\w+|annul\w+|desist\w+|retract\w+|me retirer|se retirer|renonc\w+|abandonn\w+|cancel\w*|refund\w*"),),
        r"annul\w+|desist\w+|retract\w+|rembours\w+|abandon\w*|renonc\w+|report\w* (?:de|d'|possible|sur)|(?:est|sont|reste\w*) dues?|non remboursables?|toute annee commencee", r".*(?:annulation|desistement|retractation).*"),
    "payment": _about("price", "des moyens de paiement", "the means of payment",
        ((6.1, r"moyens? de (?:paiement|reglement)|modes? de (?:paiement|reglement)|(?:pay\w+|regl\w+|paiement)[^?]{0,25}\b(?:par|en|avec (?:un|une|ma)?) ?(?:cheques?|carte\w*|virement|especes|cb|liquide)|(?:comment|quand) (?:faut-il |dois-je |peut-on |puis-je )?(?:payer|regler)|means of payment"),),
        r"cheques?|carte bancaire|\bcb\b|virements?|especes|mandat administratif|chorus|bon de commande|paiement (?:en ligne|par|a|securise|des|du|de)|modalites? de (?:paiement|reglement)|reglement (?:par|a l'|en)|regl(?:er|e|es|ee|ees) (?:les|par|a|en|sur)"),
    "deposit": _about("price", "d'un acompte", "a deposit",
        ((5.3, r"acomptes?|arrhes|caution|depot de garantie|deposit"),), r"acomptes?|arrhes|caution|depot de garantie"),
    "discount": _about("price", "de réductions", "discounts",
        ((5.2, r"reductions?(?! (?:de|du|des|d')\b)(?! d')|tarifs? (?:reduits?|preferentiels?|degressifs?)|remises?(?! (?:en|a|de|du|des|d')\b)(?! d')|rabais|degressi\w+|ristourne|discounts?|reduced (?:fee|price|rate)"),),
        r"reductions?|reduits?|reduite|remises? (?:de|d'|\d)|remises?|rabais|degressi\w+|preferentiels?|demi-tarif|- ?\d+ ?%|\d+ ?% (?:du|de|sur|pour)|moitie"),
    "tax": _about("price", "de la TVA", "VAT", ((5.1, r"tva|ttc|hors taxes?|toutes taxes|vat"),), r"tva|ttc|ht|hors taxes?|nets? de taxes?|exoneree?s? de tva"),
    "expenses": _about("price", "des frais de déplacement", "travel expenses",
        ((6.5, r"qui (?:paie|paye|rembourse|prend en charge) (?:le |les |la |l'|mon |mes )?(?:trains?|transports?|voyages?|deplacements?|billets?|hotels?|nuitees?|trajets?|avions?)|frais (?:de |d')?(?:deplacement|mission|transport|sejour|route|voyage|trajet)s?|(?:deplacements?|trajets?|transports?|voyages?|billets?|avions?|trains?)\b[^?]{0,70}\b(?:rembours\w+|indemnis\w+|pris\w* en charge|paye\w*|compris\w*|inclus\w*)|(?:rembours\w+|indemnis\w+|pris\w* en charge|prend\w* en charge)[^?]{0,40}\b(?:deplacements?|trajets?|transports?|voyages?|billets?|kilometr\w+)|indemnites? (?:kilometriques?|de deplacement)|travel (?:costs|expenses)"),),
        r"frais (?:de |d')?(?:deplacement|mission|transport|sejour|route|voyage|trajet)s?|deplacements?|voyages?|billets?|trajets?|indemnites? (?:kilometriques?|de (?:deplacement|mission|stage))|transports? (?:sont|est|a la|pris|rembourse|et)|traversees?"),
    "parking": _about("location", "du stationnement", "parking",
        ((6.1, r"parkings?|stationn\w+(?! (?:public|payant|urbain))|(?:se |me |nous )?garer(?! l)|places? de stationnement|car park"),), r"parkings?|parcs? de stationnement|stationn\w+|se garer"),
    "transport": _about("location", "de l'accès ni des transports", "how to get there",
        ((5.7, r"comment (?:s'y rendre|venir|y aller|m'y rendre|me rendre|se rendre|acceder (?:au|a la) (?:site|centre|salle|campus|lieu))|en (?:train|bus|metro|tram\w*|voiture|transports?)|transports? en commun|desserv\w+|(?:pres|loin|proche) (?:de|d')\s?(?:la |une )?gare|quelle gare|navettes?|how (?:do i|can i|to) get there"),),
        r"gares?|metro|tram\w*|bus|rer|navettes?|transports? en commun|covoiturage|sncf|aeroport|acces (?:en|par|:)|desserv\w+|arret", r"(?:comment (?:venir|s'y rendre)|acces(?: au (?:site|centre))?|plan d'acces|venir .*)"),
    "lodging": _about("location", "de l'hébergement", "accommodation",
        ((6.1, r"(?:quel endroit|ou)[^?]{0,25}\b(?:loger|dormir|heberg\w+)|se loger"), (7.6, r"louer (?:une? |des )?(?:chambre|studio|logement|appartement|gite)s?"), (3.9, r"heberg\w+(?! (?:de|d') (?:site|donnee)s?)|logements?|internat|dormir|chambres?(?! (?:d'agriculture|de commerce|de metiers|des metiers|des notaires|regionale))|nuitees?|nuits? d'hotel|hotels?(?! (?:de ville|de region|de police|du departement|de la|des))|residence(?! artistique)|accommodation|housing|where to (?:stay|sleep)")),
        r"(?<!attribution de )(?<!attribution des )(?<!politique du )(?<!droit au )(?<!demandeurs de )logements?(?! soci\w+)|(?:se |vous )?loger|hebergements?|heberges?|"
        r"chambres?(?! (?:d'agriculture|de commerce|de metiers|des metiers|des notaires|des comptes|regionales?|territoriales?|departementales?|consulaires?|syndicales?|sociale|civile|criminelle))|"
        r"internat|internes|residences? (?:universitaire|hoteliere|etudiante)s?|nuitees?|(?<!de )nuits?(?! (?:du|des|de la|de l'|europeenne|blanche)\b)|"
        r"hotels?(?! (?:de ville|de region|de police|du departement|de la (?:region|prefecture|metropole)|des (?:ventes|finances|douanes|monnaies)))|pension complete|auberge|gites?", r"(?:logements?|hebergements?|se loger|ou (?:dormir|loger)).*"),
    "meals": _about("price", "des repas", "meals",
        ((6.1, r"(?:quel endroit|ou)[^?]{0,25}\b(?:manger|dejeuner|se restaurer|restaurer)"), (3.9, r"repas|dejeuners?|cantine|restaurants?|restauration|manger|diners?|petits?-dejeuners?|pause[s]? (?:dejeuner|cafe)|meals?|lunch(?:es)?")),
        r"repas|dejeuners?|cantine|restaurants?|restauration|self|plateau(?:x)?(?:-repas)?|paniers?-repas|pauses? cafe|diners?|pension complete|demi-pension", r"(?:repas|restauration|se restaurer).*"),
    "diet": _about("price", "des régimes alimentaires", "special diets",
        ((6.6, r"vegetarien\w*|vegan\w*|vegetalien\w*|halal|casher|kasher|sans (?:gluten|porc|viande|lactose)|regimes? (?:alimentaires?|particuliers?)|allerg\w+(?! aux?)|vegetarian|gluten[- ]free"),),
        r"vegetari\w+|vegan\w*|vegetalien\w*|halal|casher|kasher|sans (?:gluten|porc|viande|lactose)|regimes? (?:alimentaires?|particuliers?)|allerg\w+"),
    "internet": _about("location", "de l'accès à internet sur place", "internet access on site",
        ((5.2, r"wi-?fi|(?:acces|connexion) (?:a )?internet|internet (?:est|sur place|dans)|se connecter a internet|internet access"),), r"wi-?fi|eduroam|(?:acces|connexion) (?:a )?(?:l')?internet|reseau sans fil|connexion internet"),
    "dress": _about("other", "de la tenue à porter", "what to wear",
        ((6.4, r"tenues? (?:particulier\w*|specifique\w*|vestimentaire\w*|de (?:travail|sport|protection)|faut|est|a porter|a prevoir|exige\w*|requise?)|quelles? tenues?|(?:une|de|la) tenue\b|vetements?|habill\w+|chaussures|dress code|what to wear|blouses?"),),
        r"tenues?(?! (?:de la|des|du))|vetements?|chaussures|blouses?|gants|casque de chantier|equipements? de protection|epi|bottes"),
    "equipment": _about("other", "du matériel à apporter", "what to bring",
        ((6.3, r"ordinateurs?|\bpc\b|laptop|webcam|casque (?:audio|micro)|micro-casque|materiels? (?:\w+ )?(?:faut|a prevoir|a apporter|necessaire|fourni|requis|informatique|personnel|avoir)|quel materiel|(?:faut-il|dois-je|doit-on|que|quoi|fait-il|rien a|peut-on|should i|what to)[^?]{0,20}\b(?:apport\w+|amener|emmener|munir|bring)|fournitures|de quoi ai-je besoin|connexion (?:requise|necessaire|suffisante)"),),
        r"ordinateurs?|pc|webcam|micro(?:phone|-casque)?|connexion internet|materiels?(?: .{0,30})?|equipements? (?:informatique|personnel|necessaire|requis)s?|calculatrice|tablettes?|se munir|munissez-vous|venez avec|venir avec|apporte[rz]?|bottes|tenue",
        r"(?:a prevoir|a apporter|materiel .*|configuration.*|pre-?requis techniques?|besoins techniques?|equipements?)"),
    "childcare": _about("other", "de la garde d'enfants", "childcare", ((5.6, r"creches?|garderies?|garde d'enfants?|haltes?-garderies?|faire garder|childcare|nursery"),), r"creches?|garderies?|garde d'enfants?|haltes?-garderies?"),
    "language": _about("content", "de la langue d'enseignement", "the language of instruction",
        ((5.3, rf"(?:en|dans|de) quelles? langues?|quelles? langues? (?:est|sont|utilis\w+|d'enseign\w+|de travail)|langues? d'enseignement|langues? (?:des|du|de la) (?:cours|formation|stage|cycle|seances)|(?:cours|formation|seances|enseignements?|dispense\w*|donne\w*|donnes|enseigne\w*|deroule\w*|fait|est|il|elle|assure\w*|anime\w*|propose\w*|entierement|integralement|suivre)(?: [\w'-]+){{0,6}} en {_TONGUES}|(?:what|which) language|taught in|held in (?:english|french)|(?:is it|course) in english"),),
        rf"(?:cours|enseignements?|formation|seances?|modules?|travaux|echanges|dispense\w*|delivre\w*|langue)[^.;]{{0,50}}\b(?:en |: ?|est (?:le |l')?){_TONGUES}|langues? (?:d'enseignement|de travail|des cours|utilisee)|en anglais|in english|bilingue|francais (?:niveau )?[abc][12]|interpretation simultanee"),
    "recording": _about("other", "de l'enregistrement des séances", "recordings of the sessions",
        ((5.7, r"replay|rediffus\w+|captations?|filme\w*|(?:sont|est|sera|seront)(?:-(?:elles?|ils?))? enregistre\w*(?! (?:au|a la|dans))|enregistrements? (?:des|du|de la) (?:cours|seances?|sessions?|webinaires?)|revoir (?:le|la|les) (?:cours|seances?|webinaires?)|recorded|recordings?"),),
        r"replay|rediffus\w+|captations?|filme\w*|enregistre\w*(?! (?:au|a la|dans))|enregistrements?|podcasts?"),
    "retake": _about("content", "du rattrapage", "resits",
        ((6.1, r"rattrap\w+|repasser|redoubl\w+|en cas d'echec|si (?:on|je|j'|l'on) (?:\w+ )?(?:echou\w+|rate\w*)|deuxieme chance|seconde chance|retake|resits?"),), r"rattrap\w+|(?:seconde|deuxieme|2e|2nde) (?:session|chance)|redoubl\w+|en cas d'echec|repasser|repass\w+"),
    "salary": _about("other", "de la rémunération pendant la formation", "pay during the course",
        ((5.7, r"salaires?(?= (?:pendant|maintenu|durant|est)|[ ?.!]*$)|(?:etre|suis-je|est-on|serai-je|sera-t-on|serai|sont-ils|est-il|sont-elles) (?:remuneres?|payee?s?(?= pendant| durant| pour suivre)|indemnise\w*|gratifie\w*)|remuneration (?:pendant|durant)|stages? (?:est-il |sont-ils |est |sont )?(?:remunere|paye|gratifie)\w*|gratification|maintien de (?:la |ma )?(?:remuneration|salaire)|paid during"),),
        r"remuner\w+|salaires?|gratifi\w+|traitement (?:est |indiciaire|maintenu)|indemnit\w+|indemnis\w+"),
    "leave": _about("other", "du temps de travail ni des congés", "working time or leave",
        ((5.5, r"(?:sur|pendant|hors|en dehors d[eu]) (?:mon |le |votre |son )?temps de (?:travail|service)|autorisations? d'absence|conges? (?:de )?formation|poser (?:un|des|mes) conges?|decharges? (?:horaire|de service|d'activite)|working time|study leave"),),
        r"temps de (?:travail|service)|autorisations? d'absence|conges?|decharges?"),
    "age": _about("prerequisites", "d'une condition d'âge", "an age limit", ((5.7, r"(?:limites?|conditions?) d'age|ages? (?:minim\w+|maxim\w+|limites?|requis)|quel age|age limit|how old"),), r"ages?|\d\d ans (?:revolus|et plus|au (?:plus|moins|maximum|minimum))|(?:moins|plus) de \d\d ans|majeure?s?|mineure?s?"),
    "reply": _about("registration", "du délai de réponse", "when applicants are told",
        ((7.1, r"(?:quand|combien de temps|delais?|a quelle date|sous combien)[^?]{0,45}\b(?:reponses?|resultats? (?:de la selection|d'admission|des admissions|des candidatures)|(?:est-on|serai-je|seront|sera-t-on|saurai-je|saura-t-on|sont) (?:informe\w*|prevenu\w*|averti\w*|fixe\w*|convoque\w*|si|admis\w*))|delais? de reponse|recevoir(?:ai-je)? (?:ma |une |la )?(?:reponse|convocation)"),),
        r"reponses?|resultats? (?:d'admission|de la selection|de l'admission|sont|seront|communiqu\w+)|notifi\w+|jury (?:se reunit|d'admission|delibere)|commission (?:se reunit|d'admission|statue)|convocations?|convoque\w*|informe\w* (?:de|par|sous)|etude (?:du|des) dossiers? (?:sous|en|dans)"),
    "waiting": _about("registration", "d'une liste d'attente", "a waiting list", ((6.1, r"listes? (?:d'attente|complementaires?)|waiting list"),), r"listes? (?:d'attente|complementaires?)"),
    "minimum": _about("capacity", "d'un effectif minimum", "a minimum number of participants",
        ((5.8, r"(?:nombre|effectif) mini\w*|mini\w* (?:de |d')(?:participants?|inscrits?|stagiaires?|personnes?)|seuil (?:d'ouverture|minim\w+)|combien (?:de |d')\w+ (?:au )?minimum|minimum number"),),
        r"mini|minim(?:um|al)\w*|au moins (?:\d+|\w+) (?:personnes|participants|inscrits|stagiaires)|(?:de |entre )?\d+ (?:a|et|-|/) \d+ (?:personnes|participants?|stagiaires?|agents?|places|apprenants|auditeurs|etudiants)|effectif : \d+ a \d+"),
    "equivalence": _about("prerequisites", "d'équivalences", "equivalences", ((5.6, r"equivalences?|passerelles?|admissions? paralleles?"),), r"equivalen\w+|passerelles?|admissions? paralleles?|blocs? valides?"),
    "tailored": _about("location", "d'une organisation sur mesure ou dans vos locaux", "a session of one's own",
        ((5.4, r"(?:en|format|version|formule|session) intra|intra[- ]entreprise|dans (?:nos|mes|ses) (?:propres )?locaux|(?:venir|deplacer|organiser)[^?]{0,20}\bchez nous|sur[- ]mesure"),), r"intra|sur[- ]mesure|dans vos locaux|sur votre site|chez vous|sur site"),
    "parts": _about("content", "de la possibilité de n'en suivre qu'une partie", "taking only a part of it",
        ((6.1, r"(?:suivre|suivi\w*|inscri\w+|prendre|faire|choisir|assister)[^?]{0,45}\b(?:un seul|une seule|seulement|uniquement|separement|a la carte|a l'unite|independamment|isolement|qu'(?:un|une)\b|que (?:le|la|les|certains|certaines|deux|quelques))|modules? (?:a la carte|independants?|separes?)|only (?:one|part)"),),
        r"(?:ue|modules?|blocs?|unites?|journees?|seances?) (?:isole|seul|separe)\w*|isolee?s?|separe\w*|a la carte|independ\w+|a l'unite|isolement|indissociables?|(?:l'ensemble|la totalite|integralite) (?:du|de la|des)|dans (?:son|leur) (?:integralite|ensemble)|(?:peuvent|peut) (?:se suivre|etre suivi\w*|se prendre)\b[^.;]{0,30}|chaque (?:module|journee|session|seance) peut|module seul"),
    "insurance": _about("other", "de l'assurance", "insurance", ((5.6, r"assurances?(?= (?:est|faut|obligatoire|responsabilite)|[ ?.!]*$)|attestation d'assurance|etre assuree?|insurance"),), r"assurances?|responsabilite civile|assuree?s?"),
    "applicants": _about("other", "du nombre de candidats ou d'anciens participants", "how many people applied or took part",
        ((5.9, r"combien (?:de |d')(?:candidat\w*|candidatures|dossiers|personnes|agents|stagiaires|participants)[^?]{0,25}\b(?:se presentent|postulent|candidatent|recus?|deposes?|ont|avaient|suivent) |combien (?:de |d')(?:candidat\w*|dossiers)[^?]{0,25}\b(?:se presentent|postulent|candidatent)|nombre (?:de |d')(?:candidat\w*|dossiers)|combien (?:de |d')\w+ (?:ont|avaient) (?:deja )?(?:suivi|participe|postule)|taux de selection|selectivite|how many (?:people )?(?:applied|apply|took)"),),
        r"\d+ (?:candidat\w*|candidatures|dossiers)|(?:candidats?|candidatures|dossiers) ?:? \d+|\d+ [^.;]{0,40}\bont (?:suivi|participe|ete formes)|selectivite|taux de selection"),
    "posts": _about("capacity", "du nombre de postes", "the number of posts", ((5.9, r"combien de postes|nombre de postes|postes (?:ouverts?|offerts?|a pourvoir)"),), r"\d+ postes?|postes? (?:ouverts?|offerts?|a pourvoir)"),
    "validity": _about("other", "de la durée de validité", "how long it stays valid",
        ((6.3, r"duree de (?:la )?validite|(?:valable|valide) (?:combien|pendant|jusqu'a)|validite (?:de l'|du |de la )|(?:recycl|renouvel)\w+ (?:tous|toutes|faut|est|de l'|du)|how long is (?:it|the \w+) valid"),),
        r"validite|valable|valides? (?:pendant|jusqu'a|\d)|renouvel\w+|recycl\w+|tous les \w+ ans"),
    "mark": _about("content", "de la note à obtenir", "the mark to reach", ((6.2, r"notes? (?:minim\w+|eliminatoires?|plancher|requise|exigee|a obtenir|faut)|quelle (?:note|moyenne)|moyenne (?:minimale|generale|exigee|requise|faut)|seuil (?:de reussite|d'admission|d'admissibilite)|pass mark"),),
        r"\d+(?:[.,]\d+)? ?(?:/|sur) ?\d+|moyenne|notes? (?:minim\w+|eliminatoire|superieure|inferieure)|seuil|\d+ ?% (?:de |d')?(?:bonnes|reussite|reponses|points)"),
    "post": _about("registration", "d'une inscription par courrier", "registering by post", ((5.8, r"(?:par|via) (?:courrier|la poste|voie postale)|courrier postal|by post"),), r"courriers?(?! elec)|postale?s?|la poste"),
    "spread": _about("content", "de la possibilité de l'étaler dans le temps", "spreading it over time",
        ((5.6, r"(?:faire|suivre|suivi\w*|passer|valider|etaler|repartir|etre)\b[^?]{0,40}\b(?:en|sur) (?:deux|trois|quatre|plusieurs|\d) (?:ans?|annees?)|etaler (?:la|sa|ma|cette) formation|over (?:two|three|several) years"),),
        r"(?:en|sur) (?:un a |une ou |un ou )?(?:deux|trois|quatre|plusieurs|\d) (?:ans|annees)|etal\w+|capitalis\w+|fractionn\w+"),
    "attempts": _about("registration", "du nombre de présentations possibles", "how many times one may apply",
        ((6.1, r"combien de fois (?:peut-on|puis-je|on peut|est-il possible|je peux)|nombre (?:maxim\w+ )?de (?:tentatives|passages|presentations)|se representer|how many times"),), r"(?:une|deux|trois|quatre|cinq|\d) fois|tentatives|se representer|presentations"),
    "car": _about("prerequisites", "d'une voiture ou du permis de conduire", "a car or a driving licence",
        ((5.6, r"voitures?|vehicules? (?:est|personnel|faut|necessaire|obligatoire|indispensable)|avoir (?:un|son|le) (?:vehicule|permis)|permis (?:de conduire|b)\b|etre motorise\w*|driving licen[cs]e|(?:need|have) a car"),),
        r"permis (?:b|de conduire)|vehicules?|voitures?|motorise\w*"),
    "earnings": _about("content", "de ce que l'on gagne ensuite", "what one earns afterwards",
        ((6.6, r"combien (?:gagn|touch)\w*|(?:quel|le|un) (?:est le )?(?:salaire|traitement|revenu)s? (?:\w+ )?(?:apres|a la sortie|en sortant|de sortie|de depart|d'embauche|moyen|median|a la fin|ensuite)|(?:gagne|salaire|paye|remunere)[^?]{0,30}\b(?:apres|en sortant|a la sortie|a l'issue|ensuite)|how much (?:will|do|can) (?:i|you|one) earn"),),
        r"salaires? (?:moyen|median|d'embauche|de sortie|brut|net|annuel|mensuel)\w*|remunerations? (?:moyenne|brute|nette|mediane|de depart)|gagne\w*|\d ?(?:€|euros) (?:brut|net)s?"),
    "promotion": _about("content", "de l'avancement de carrière", "promotion",
        ((5.9, r"avanc\w+ (?:en|de|d'un) (?:grade|echelon)|avancement|prendre du grade|(?:monter|evoluer|changer|passer) (?:en|de|au) grade\w*|promotion (?:interne|de grade)|(?:obtenir|avoir|donne (?:droit )?a) (?:une|la) promotion|get promoted"),),
        r"avancements?|promotions? (?:interne|de grade|professionnelle)|tableau d'avancement|changements? de grade|grades? superieurs?"),
    "seniority": _about("prerequisites", "de l'ancienneté demandée", "the seniority required",
        ((6.9, r"(?:depuis )?combien (?:de temps|d'annees?|d'experience|de mois)[^?]{0,30}\b(?:exerc\w+|travaill\w+|pratiqu\w+|anciennete|d'experience|en poste)|quelle (?:anciennete|experience) [^?]{0,30}\b(?:exige\w*|faut|demand\w+|requise?|necessaire|minim\w+)|(?:anciennete|experience) (?:minim\w+|requise?|exigee?|demandee?|faut)"),),
        r"(?:\d+|un|une|deux|trois|quatre|cinq|six|sept|huit|dix|douze|dix-huit|vingt-quatre) (?:ans?|annees?|mois) (?:\S+ ){0,4}(?:anciennete|experience|d'experience|d'anciennete|services?|exercice|d'exercice|pratique|navigation|effective|activite|d'activite|poste|fonctions?)|(?:exerce|exerc\w+|travaille|en poste|en fonction)[^.;]{0,40}\b(?:ans|annees|mois)\b|anciennete|duree d'exercice"),
    "exemption": _about("registration", "d'une dispense", "an exemption",
        ((6.6, r"dispens(?:e|es|ee|ees|er)(?:nt)?(?:-t-(?:il|elle|on|ils))? (?:d[e'u]|des|d'une|d'un)\b|(?:me|en|nous|etre|est-on|suis-je|sont-ils) (?:\w+ )?dispens\w+|exempt\w+ (?:d|de|des)\b|exempt from"),),
        r"dispens(?:e|es|ee|ees|er)(?! (?:par|en|a|au|au sein|sur|en ligne)\b)|exempt\w+|exonere\w* d'epreuves?"),
    "device": _about("other", "de l'accès par téléphone ou tablette", "use on a phone or tablet", ((5.8, r"(?:sur|depuis|avec|via) (?:mon |un |une |le |la |son |sa |ma )?(?:telephone|smartphone|tablette|mobile|portable)|application mobile|hors (?:ligne|connexion)"),),
        r"smartphones?|tablettes?|mobiles?|application|telephone portable|hors (?:ligne|connexion)"),
}  # fmt: skip
