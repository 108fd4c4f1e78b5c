# ruff: noqa: E501 -- tables of wordings: a pattern broken over lines hides its alternatives
"""Whole wordings of a question, stronger than any noun beside them: "c'est combien", "parle-t-on de", "à quoi bon".

The nouns that ask for a field ("tarif", "dates") are in ``wording.py``. They also stand in names of courses and in what
people tell of themselves; a verb with its question word, or what is asked *about* the noun, says more. Matched against
folded text, as there.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from assistant.matters import Matter

Field: TypeAlias = Literal[
    "price", "funding", "duration", "sessions", "location", "mode", "capacity", "contact", "registration", "prerequisites",
    "audience", "eligibility", "certification", "code", "provider", "objectives", "content", "modules", "outcomes",
    "evaluation", "methods", "accessibility", "internship", "speakers", "results", "overview", "topic",
]  # fmt: skip
Aspect: TypeAlias = Field | Matter

_COUNT = r"(?:un|une|deux|trois|quatre|cinq|six|huit|dix|quelques|plusieurs|\d+)"
_SPAN = r"(?:demi-?)?(?:journees?|jours?|semaines?|mois|ans?|annees?|heures?|semestres?|apres-midi)"
_MONTH = r"(?:janv(?:ier)?|fev(?:rier)?|mars|avril|mai|juin|juil(?:let)?|aout|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?)"
_COURSE = r"(?:formations?|stages?|modules?|cours|parcours|cycles?|ateliers?|programmes?|seminaires?|sessions?|cursus|masters?|licences?|certificats?|diplomes?|journees?|mooc|webinaires?|du|bts|prepas?)"
_WITHIN = r"(?: (?:dans|ds|pendant|lors|durant|au cours|au sein|au fil|en formation|pdt)\b|[?.,;]|$)"
_ABOUT = rf"[^?.;,]{{2,80}}?(?={_WITHIN})"
_TESTS = r"(?:tests?|qcm|epreuves?|examens?|partiels?|controles?|oral|soutenances?|memoires?|quiz|devoirs?)"

QUESTIONS: tuple[tuple[Aspect, float, str], ...] = (
    # money: the question word beside the verb, wherever the rest of the sentence goes
    ("price", 7.6, r"(?:c'est|est-ce|ca fait|ca coute|ca vaut|cela fait|cela coute|(?:serait|sera|est|etre) factur\w+|factur\w+|revien\w+(?: a)?|reviendrai\w*(?: a)?|coute\w*|s'eleve a|paye\w*|paie\w*|debourse\w*|verse\w*|sortir|mettre) combien(?! (?:d[e']|en|sur|par|a))"),
    ("price", 7.6, r"dans les combien|de (?:ma|sa|notre|votre|leur|la) poche|(?:reste|restera|restait|aurai\w*) (?:\S+ ){0,2}a (?:payer|charge|regler)|reste a (?:payer|charge)"),
    ("price", 7.2, r"quel(?:le)? (?:budget|enveloppe|depense|somme|montant|tarif|prix)(?! (?:d'un|d'une|previsionnel))|(?:budget|somme|enveloppe) (?:a|faut-il) prevoir|le (?:tarif|prix) (?:change|varie|est|differe|reste)\w*|(?:est|c'est|est-ce|serait|sera) (?:\w+ )?(?:offerte?|gratuite?|payante?)s?"),
    ("price", 7.2, r"(?:debourser|avancer|sortir) (?:\w+ ){0,3}(?:argent|euros|chose|frais)|combien (?:\w+ ){0,3}(?:debourser|payer|regler|payerai\w*|payons|paie|paye|vaut|demandez-vous|facturez-vous|coute\w*)|(?:quelque chose|un truc|des frais|rien) a (?:payer|debourser|regler)"),
    ("funding", 7, r"qui (?:peut|pourrait|va|doit|pourra) (?:me |nous |la |le )?(?:prendre en charge|financer|payer|couvrir|rembourser)|qui (?:finance|subventionne)|(?:mobiliser|utiliser|activer|faire jouer|solliciter) (?:mon|le|un|son|mes|ses|nos|une|l') ?(?:conge|cpf|compte|opco|droits?|plan|aide|bourse)"),
    ("funding", 7, r"(?:cpf|opco\w*|anfh|fif-?pl|agefiph|fiphfp|pole emploi|france travail|region|departement|transition pro|cpam|plan de (?:developpement|formation)[^?.,]{0,50})(?:,? (?:peut|peuvent|pourrait|participe\w*|prend|prendra|finance\w*|paie|paye|couvre|aide|aident|rembourse\w*|intervient|fonctionne|marche|accepte))"),
    ("funding", 7, r"quelles? aides?(?! a domicile)|aides? financieres?|(?:m'aider|nous aider|aider|aide) a (?:payer|financer)|(?:droit a|demander|avoir|obtenir|toucher|recevoir) (?:une |un )?(?:participation|financement|bourse|aide|subvention)|(?:paie|paye|payer|finance|financer|financent) (?:ma|mon|cette|ce|mes|notre|leur|la) (?:formation|diplome|cursus|reconversion|inscription)|financement (?:comment|possible|existe)"),
    # time
    ("duration", 6.6, rf"tien(?:t|nent) (?:en|sur)|fait(?:-(?:il|elle))? {_COUNT} {_SPAN}|compter (?:\w+ ){{0,2}}{_COUNT} {_SPAN}|{_COUNT} {_SPAN} ou (?:{_COUNT}|plus|moins|davantage)|(?:une )?(?:demi-)?journee ou (?:une )?(?:demi|deux|plusieurs|plus)|{_COUNT} ?[jh] ou {_COUNT} ?[jh]"),
    ("duration", 6.6, rf"(?:c'est|est-ce|est-elle|est-il) (?:\w+ )?(?:long|longue|court|courte)(?! metrage)|en combien de {_SPAN}|combien (?:de |d')?{_SPAN}(?! (?:avant|a l'avance))|temps (?:necessaire|a prevoir|a consacrer|qu'il faut)|(?:number|nb|nombre) of (?:hours|days|weeks)|s'etal\w+ sur|(?:prend|prendra|demande) (?:combien de |beaucoup de |du )temps"),
    ("sessions", 6.8, rf"{_MONTH} ou (?:plutot )?(?:en )?{_MONTH}|reprogramm\w+|reconduite?s?|replanifi\w+|(?:une|d'|des) ?autres? (?:sessions?|dates?|editions?|departs?)|(?:reprend|recommence|redemarre|repart)\w*(?! (?:un|une|des|mes|ses|les) )|(?:le|la) (?:prochaine?|nouvelle) (?:session|edition|date|rentree|promotion)"),
    ("sessions", 6.8, r"(?:le soir|en soiree|la journee|le samedi|la semaine|le week-?end|le matin) ou (?:en |le |la |l'|pendant )?(?:journee|soir|semaine|week-?end|samedi|apres-midi)|a quelle heure|(?:la|une) semaine du|cours (?:\w+ )?pendant les vacances|(?:une|des|d'autres|encore une) (?:edition|session)s? (?:\S+ ){0,9}(?:cette annee|l'annee|avant|en|a l'automne|au printemps|prochaine)"),
    # getting in
    ("registration", 7.4, r"(?:encore )?dans les temps|trop tard|last day|(?:puis-je|peux|peut-on|peut|possible de|on peut|temps de|temps pour) encore (?:\w+ )?(?:envoyer|s'inscrire|m'inscrire|deposer|candidater|postuler|rejoindre)|encore (?:temps|possible) (?:de|pour) (?:s'|m'|se |)(?:inscri|envoy|depos|candidat|postul)\w+"),
    ("registration", 7.2, r"quel(?:le)?s? (?:pieces|papiers|documents (?:a|faut|dois|fournir|joindre|envoyer|sont|demand)|justificatifs|formalites?|demarches?|formulaires?)|(?:faut|faut-il|doit|dois|doit-on|dois-je|devons-nous|devoir) (?:\w+ ){0,2}(?:envoyer|fournir|joindre|remplir|remettre|faire signer|transmettre|retourner|renvoyer|faire valider|demander l'accord)"),
    ("registration", 7, r"marche a suivre|demarches?(?! (?:qualite|artistique|projet|participative|commerciale|de |d'))|lettre de motivation|bulletins? (?:d'|d )?inscription|passer par (?:mon|le|la|un|son|une|l') ?(?:chef|correspondant|employeur|service|superieur|drh|rh|hierarchie|site|plateforme|formulaire)\w*|reserver (?:une|ma|sa|des|leurs?|\d+|\w+) places?|faire signer|(?:documents?|pieces|papiers|justificatifs) (?:a (?:fournir|joindre|envoyer|preparer)|faut)|comme justificatifs"),
    ("registration", 6.8, r"(?:inscription|demande|candidature)s? [^?.]{0,60}(?:se fait|se font|passe\w* par|doit passer|par mail ou|par courrier ou|en ligne ou)|(?:qui|moi qui|chef qui) (?:fait|fais|gere|lance|envoie) (?:l'|l|la |ma )?(?:inscription|demande|candidature)|(?:comment|chemin)[^?.]{0,30} pour (?:demander|obtenir|avoir) (?:la|une|cette) (?:formation|place)"),
    ("prerequisites", 6.6, r"(?:faut|faut-il|il faut|doit-on|dois-je|doit|dois|besoin d[e']|oblige d[e']|necessaire d[e']|exige d[e']) ?(?:\w+ ){0,2}(?:le |un |du |d'|des |de |la )(?:bac|bts|licence|master|permis|brevet|diplome|niveau|bases?|experience|connaissances?|notions?|toeic|habilitation|caces|psc1|sst)\b"),
    ("prerequisites", 6.6, r"(?:bac|brevet|permis|diplome|licence|experience|niveau|notions?|bases?|connaissances?|(?:secourisme|anglais|informatique)) (?:[\w']+ ){0,4}(?:obligatoire|exige|requis|necessaire|indispensable|prealable|demande)e?s?(?! (?:de|pour (?:obtenir|valider))\b)"),
    ("prerequisites", 6.6, r"(?:besoin d'?|exige d'|oblige d'|necessaire d'|faut-il |faut |doit-on |dois-je |doit |devoir )(?:\w+ ){0,2}(?:avoir|etre) (?:\w+ )?(?:deja|anime|encadre|suivi|fait|travaille|exerce|pratique|valide|obtenu|titulaire|diplome)\w*|jamais (?:touche|utilise|fait|pratique|suivi|travaille|manipule|ouvert|programme)\w*|quel bagage|bagage (?:faut|minimum|requis)|niveau (?:\w+ )?(?:mini|minimum|requis|exige|attendu)\w*|prior knowledge|(?:on|je|il) (?:doit|dois|faut) savoir (?:faire )?[^?]{0,40}avant"),
    ("prerequisites", 6.2, r"(?:debutante?s?|novices?)[^?.]{0,25}(?:peu\w*|accepte\w*|possible|bases)|avant (?:de (?:commencer|rejoindre|suivre|attaquer|entrer)|d'(?:attaquer|entrer|integrer))[^?]{0,60}(?:faut|dois|doit)|(?:faut|dois|doit|savoir)[^?]{0,60} avant (?:de (?:commencer|rejoindre|suivre|attaquer|entrer|venir)|d'(?:attaquer|entrer|integrer|y aller)|(?:la|le|l') ?(?:formation|stage|module|atelier))|directe?(?:ment)? sans (?:le|la|avoir|passer)"),
    ("audience", 6.6, r"(?:c'est|est|est-elle|est-il|pensee?|concue?|prevue?|destinee?|reservee?|faite?|ouverte?) (?:\w+ )?(?:pour|a) (?:qui|lesquel\w*|laquelle|quel\w*|ki)(?! (?:prix|tarif|date|heure|endroit|cout|niveau|moment|dur|adresse|ville|lieu|site|campus|jour|duree|rythme))|(?:pour|a) (?:des|les) [\w' -]{2,40} ou (?:pour |a |aux )?(?:des |les |tous|confirm|debutant)|sadresse|vise(?:nt)?-t-(?:il|elle|ils|elles) (?:les|des|aussi|tous)|dans la cible|coeur de cible|destinataires"),
    ("audience", 6.6, r"(?:quel type|quelle sorte|quels types|quelle categorie) de (?:participants?|publics?|agents?|personnes?|stagiaires?|personnels?)|quels? (?:metiers?|agents?|services?|grades?|personnels?) (?:pr|pour|sont|est|cela|peu\w*|ca)\b"),
    ("eligibility", 6.8, r"m'accept\w+|serai(?:s|t|ent)?-(?:je|t-elle|t-il|elle|il) (?:\w+ )?(?:recevable|accept\w*|admis\w*|prise?|eligible|refuse\w*)|recevables?|m'empech\w+|(?:m'est|nous est|m'est-il|nous est-il|lui est-il) ?(?:il |elle )?(?:\w+ )?(?:permis|possible|autorise|interdit|ferme|ouvert)\w*|(?:ma|mon|sa|notre) (?:candidature|dossier|profil|situation|statut|diplome) (?:\S+ ){0,8}(?:passer|recevable|accepte\w*|convien\w*|convenir|suffi\w*|permet|bloqu\w*|gene)"),
    ("eligibility", 6.4, r"pourrai[st]?-(?:je|elle|il|t-elle|t-il) (?:y |le |la )?(?:rejoindre|suivre|venir|m'inscrire|participer|entrer|integrer|candidater|postuler|prendre|faire|acceder)|j'?ai (?:encore |le |toujours )?droit|(?:encore|toujours) (?:le )?droit|droit a (?:la |cette |une )?formation|est-?ce (?:que|ke) (?:je|j') ?(?:peu[xt]?|pourrai[st]?|ai le droit de) (?:y |le |la |l'|m'|me )?(?:venir|suivre|participer|inscri\w+|rejoindre|integrer|entrer|candidater|postuler|demander|acceder|preten\w+|assister|faire (?:le |la |ce |cette )(?:stage|formation|module|cycle))|jpeux|suis-je (?:concerne|vise|dans)\w*|(?:jai|j'ai|je n'ai|n'ayant) pas (?:le |de |mon )?(?:bac|diplome|licence|brevet|permis)[^?]{0,60}(?:possible|droit|peux|puis|accept\w*|ouvert\w*)|(?:apprentie?|stagiaire|retraitee?|contractuelle?|vacataire|\d\d ans|etudiante?) (?:\S+ ){0,4}(?:accepte|admis|autorise|possible)\w*"),
    # where, how, with how many
    ("location", 6.8, r"(?:plus )?pres de (?:chez|\w+)(?=[ ?.!]*$)|plus proche (?:de|d')|batiment(?= et| du| de la|[ ?]*$)|(?:quel|et) etage|quelle salle|(?:se|me|m'y|nous) ?rend\w* (?:quel endroit|ou)\b|jme rend\w*|address of|session (?:en )?outre-mer|sur (?:notre|votre|son|leur) site|dans (?:quelle?|quels?) (?:ville|lieu|centre|antenne|batiment|salle|campus)|(?:dans|de) (?:ma|notre|mon) (?:region|departement|ville|coin)(?=[ ?.!]*$)"),
    ("location", 6.6, r"(?:fait|sont|est|passe\w*|donne\w*|lieu|est-ce|c'est|tien\w+|deroule\w*)(?:-(?:ils|elles|il|elle))? (?:\w+ )?(?:a|au|aux|a la|a l'|sur) ?(?!distance|partir|temps|plein|des |les |quel|mi-)[\w' -]{2,25} ou (?:bien )?(?:plutot )?(?:a|au|aux|a la|a l'|sur) ?(?!distance|partir|temps)[\w']+|(?:se fait|se passe|a lieu|se deroule) (?:toujours|encore|bien|aussi) (?:a|au|en) "),
    ("location", 4.8, r"(?<!de )a (?!distance|partir|temps|plein|la |l'|des |quel|mi)[\w-]+ ou (?:a )?(?!distance|presen|en |a |non|pas)[\w-]+(?=[ ?.!]*$)"),
    ("mode", 7, r"(?:depuis|de) chez (?:moi|soi|nous|vous|eux|elle|lui)|(?:depuis|a partir de) (?:mon|son) (?:bureau|domicile|poste)|venir sur place|(?:se |me |nous )deplacer(?! (?:a|en|pour l'))|version (?:en ligne|distanciel\w*|numerique)|elearning|e-learning|a zoom|ou zoom|sur zoom|remotely|classes? virtuelles?|sans (?:prendre|se deplacer|me deplacer|bouger|quitter|venir)|(?:bouger|faire la route) "),
    ("mode", 7.1, r"(?:visio\w*|distan\w+|ligne|virtuelle?|zoom|teams) (?:ou|et|/|ou bien) (?:en |a |groupe en |plutot )?(?:presen\w+|salle|sur place|classe|face)|(?:presen\w+|sur place|en salle)(?: obligatoire)? (?:ou|et|/|obligatoire) (?:\w+ ){0,2}(?:visio\w*|zoom|teams|distan\w+|ligne|e-?learning)|alterner (?:visio|distance|distanciel)\w*"),
    ("capacity", 6.8, r"(?:est|sont|est-elle|est-il|c'est|sera) (?:\w+ )?completes?|(?:est|est-il|est-elle|c'est) (?:deja |encore )?complet(?= |[?.!]|$)|places? (?:libres?|restantes?|encore|de libre)|(?:reste|reste-t-il|restera-t-il|encore) (?:des |de la |une |de |d')?places?|taille (?:max\w* )?(?:d'un|du|de la|des|de|d'une) (?:groupe|promo\w*|classe|session)s?|group size|classe de combien|(?:sera|est|serait|seront|serons)(?:-(?:t-on|nous|on))? (?:tres |si |trop )?nombreux|petit (?:groupe|comite) ou|nous (?:serions|sommes|serons) \w+ [^?]{0,80}(?:prendre|accueillir|accepter)"),
    ("contact", 7.3, r"qui (?:s'occupe|gere|est en charge|peut me (?:renseigner|repondre|rappeler))|vers qui|a qui (?:je |on |puis-je |dois-je |dois je |faut-il |peut-on |est-ce que je )?(?:m'adress|mdresse|s'adresser|adresser|demander|ecri|envo|telephon|pose|parler)\w*|(?:quelqu'un|personne) a qui|me rappelle\w*|coup de fil|passer quelqu'un|(?:une|d'|quelle|une autre) ?(?:autre )?adresse (?:pour (?:la|le|les|ecrire|joindre)|mail)|comment (?:lui|vous|les|leur|la|le) (?:ecrire|joindre|contacter|appeler)|(?:aucun|pas de|un) contact (?:pour|sur)|qui est (?:la |le |l'|votre )?(?:coordinat\w+|responsable|assistante?|secretaire|gestionnaire|interlocut\w+|correspondante?)"),
    # what it leads to, how it is checked
    ("certification", 6.4, r"reconnue? (?:a quel|par|ou|comme|nulle|quelque|officiel)|(?:delivre|mene|debouche|donne|conduit|aboutit)\w*(?:-t-(?:elle|il|on))? (?:\w+ ){0,3}(?:titre|diplome|quelque chose d'officiel|certificat|attestation|grade|officiel|certification)s?|bac ?\+ ?\d ou|en poche (?:apres|a la fin|a la sortie)|(?:vrai|veritable) diplome|(?:recoit|recevra|repart|ressort|aura|obtient)(?:-t-on|-on)? (?:\w+ )?(?:quoi|avec quoi|un papier|un diplome|une attestation|un certificat|quel)"),
    ("evaluation", 6.6, rf"(?:passe\w*|y a|a-t-il|y aura|aura-t-on|a-t-on|doit|prevoit|prevu|avez-vous)(?:-t-on)? (?:\w+ )?(?:un |des |une |d'|l')?{_TESTS}\b|verifi\w+[^?]{{0,25}}(?:acquis|connaissances|appris)|controles? (?:des )?connaissances|tests? (?:pratiques?|ecrits?|final|theoriques?|a la fin)|(?:pratique|ecrit|oral) ou (?:pratique|ecrit|oral)|comment (?:est-on|on est|sont|serai-je|serons-nous|c'est|est) (?:\w+ )?(?:note|evalue|valide|juge)\w*|(?:sera|est)-t-on (?:note|evalue|interroge)\w*"),
    ("code", 7, r"(?:fiche )?rncp (?:combien|numero|n°|no|nombre|nb|quel)|rncp[^?]{0,30}(?:numero|nombre of|combien|code)|(?:quel (?:est )?(?:le )?)?(?:numero|nombre|code|n°)[^?]{0,25}rncp"),
    ("provider", 6.6, r"(?:monte|organise|propose|porte|dispense|cree|pilote|gere|concu|mis en place|fait|signe)e?s? (?:par|avec) (?:qui|quel\w*|vous|ki|(?:un|une|le|la|l') ?[\w']+ ou)|derriere (?:le|la|cette|ce|l')|quel(?:le)? (?:structure|organisme|ecole|etablissement|univ\w*|prestataire|institution)|(?:univ\w*|ecole|organisme|structure|fac) (?:porteu\w+|qui porte|responsable)|prestataires?|sous-? ?trait\w+ |qui fait la formation|(?:le|la) \w+ ou (?:le|la) \w+ qui (?:fait|organise|propose|gere)|organisee? (?:avec|par) "),
    ("speakers", 6.8, r"qui (?:donne\w*|fait|font|assure\w*|tient|tiennent|enseign\w+) (?:les?|la|des|ce|ces|l') ?(?:cours|tp|td|modules?|seances?|lecons?|travaux|intervention)|qui donne cours|qui (?:sera|est|aurons-nous) (?:devant|face a) nous|conferenciers?|profs?|par qui (?:sont|est|c'est|seront|sera) (?:assure|donne|fait|anime|enseigne)\w*|(?:cours|travaux pratiques|seances|td|tp) [^?.,]{0,40}(?:faits?|donnes?|assures?|animes?|dispenses?) par|est-ce (?:un|une|des) [\w' -]{3,30} qui (?:parl|anim|form|enseign|intervien)\w*|(?:des )?(?:pros?|professionnels?|praticiens?) ou (?:par )?des|who teaches|l'?intervenante? (?:\S+ ){0,6}(?:vient|viennent|est|c'est)|formatrices? (?:deja|est)"),
    ("objectives", 6.4, r"(?:m'|nous |vous |lui )?apport\w+(?:-t-(?:il|elle))? quoi|(?:que|qu'est-ce que ca|ca) (?:m'|nous |lui )?apport\w+|(?:sert|servira|servir) a (?:quoi|rien)|a quoi (?:bon|sert|ca)|dans quel but|but de (?:la|le|l'|cette)|cherche-t-on a|veut-on|quelles? (?:aptitudes?|capacites?|savoir-faire)|(?:saura|saurai|saurons|sauront|saurez|saurait|savoir) faire (?:quoi|a la fin|en sortant|apres)|pour quoi faire"),
    ("content", 6.2, r"(?:on|y) (?:y )?(?:voit|fait|apprend|etudie|travaille|verra|abordera) quoi|voit quoi|quoi dedans|plan (?:de cours|detaille|du cours)|(?:kon|qu'on) (?:y )?(?:apprend|voit|fait|etudie)(?= (?:dans|ds|pendant|en|au|lors)|[ ?.!]*$)|syllabus|what'?s in|themes? (?:abordes?|traites?|vus?)|(?:^|[?!.,] ?)(?:prog|programme) (?:stage|module|formation|cycle|atelier)"),
    ("modules", 6.2, r"(?:combien|nombre|how many) (?:de |d'|d)?(?:modules?|ue|u\.?e\.?|blocs?|units?|parties|chapitres?|matieres?|options?|due)(?= |[ ?.!]*$)|options? (?:a choisir|au choix|propose\w*)|y a-t-il des options|(?:se )?divis\w+ en|decoup\w+ en|compose\w* de combien|modules? \d+ (?:\S+ ){0,5}(?:quoi|lequel)|(?:blocs?|modules?|ue)[^?]{0,40}combien en tout"),
    ("methods", 6.4, r"jeux? de roles?(?=[ ?.!,]|$)|mises? en situations? (?:prevue|pratique|ou|et)\w*|(?:sur|des|avec des|de|d'|les) (?:cas|exemples|situations) (?:concrets?|pratiques?|reels?|vecus?)|cas (?:concrets?|pratiques?|reels?)|magistra\w+(?! (?:du|de)\b)|(?:theori\w+|pratique) ou (?:\w+ )?(?:theori\w+|pratique|concret)\w*|part de (?:la )?(?:pratique|theorie)|(?:de la|des) (?:simulations?|exercices?|mises? en pratique|travaux de groupe)|suivi individu\w+|(?:un|par un|avec un) (?:tuteur|mentor|parrain)|en (?:petits groupes|binomes?|sous-groupes|autonomie)|on manipule|scolaire(?= ou| comme|[ ?.!]*$)|ateliers ou|ou (?:des )?exposes|ppt|power ?point|hands on|que (?:du )?cours|comment (?:on apprend|apprend-on|on travaille|travaille-t-on|fait-on pour apprendre)"),
    ("outcomes", 6.4, r"(?:continuer|poursuivre|enchainer) (?:en|sur|avec|vers|apres)|travaillent (?:\w+ )?(?:quel endroit|ou)|(?:anciens|diplomes)[^?]{0,40}(?:travaillent|deviennent|font|partent)|que (?:font|deviennent) les|pretendre a (?:un|une|des)|ouvr\w+(?:-t-(?:il|elle))? (?:\w+ )?(?:les |des |la )?portes?|(?:devenir|devient|deviennent) quoi|quels? (?:boulot|travail|job|taf|poste|emploi)s?|trouve\w* (?:du |un )(?:taf|travail|boulot|emploi|poste)|poursuite d'?etudes|poursuite detudes|(?:doctorat|master|licence) (?:possible )?apres|et ensuite|evolutions? (?:de|du|en) (?:poste|carriere)|une fois (?:le|la|mon|ma) \S+ (?:fini|obtenu|termine|en poche)\w*|(?:deboucher|debouche|deboucherait) sur quoi|pour (?:quels|quel genre de) (?:postes?|emplois?)"),
    ("internship", 6.8, r"lieu de stage|(?:mon|son|le|un|du|des|les|de) stages? (?:pratiques?|d'observation|en (?:milieu|entreprise|etablissement|structure)|de (?:fin|terrain)|final|est-il|est-elle|obligatoires?|longs?|a l'etranger)|periodes? en (?:milieu|entreprise|structure|immersion)|stages? (?:m1|m2|obligatoire|long)|(?:est|sont|est-il|stages?) (?:\w+ )?gratifies?|chez un employeur|accueill\w+ les stagiaires|dispens\w+ (?:de |des |du )stages?|mois de stage|durees? (?:du|des|de) stages? (?:en|dans|est|pratique)|convention de stage|placement (?:required|compulsory|included)|mission terrain|alternance (?:\S+ )?(?:possible|obligatoire)|(?:trouver|chercher|faire|effectuer) (?:mon|un|son|le|leur|moi-meme mon) (?:lieu de )?stage(?! (?:de|d'|sur|du|des|en ligne))|(?:y a|a-t-il|a t il|avoir) (?:un |des |t il un )?stages? (?:pratiques?|obligatoires?|a faire|pendant|pdt|en (?:entreprise|milieu)|d'observation)"),
    ("results", 6.6, r"combien (?:[\w'-]+ ){0,6}(?:ont eu|ont obtenu|reussi\w*|sont recus|abandonn\w+|ont decroche|valident|echouent)|(?:ont|obtention) (?:eu |du |de )(?:le|leur) (?:diplome|concours|examen)|d'?echecs?|% (?:d[e' ])?(?:abandon|reussite|satisfaction)\w*|(?:gens|candidats|stagiaires|eleves) (?:\w+ )?(?:abandonnent|echouent|ratent)|(?:sont|etaient|sont-ils|etes-vous|ont ete) (?:\w+ )?(?:contents?|satisfaits?)|pass rate|chiffres? sur|(?:quel|avis|retours?) (?:des|d') ?anciens"),
    ("accessibility", 6.8, r"(?:un |une )?interprete|tiers[- ]temps|gros caracteres|(?:en|ou en) braille|boucles? magnetiques?|sous[- ]?titr\w+ (?:pour|pr|webinaire|dispo|existe|prevu)\w*|sous[- ]titres|dys(?:lexi|praxi|phasi|calculi)\w+|malentendante?s?|autistes?|amputee?s?|wheelchair|reconnue? th|sieges? adaptes?|adapter [^?]{0,50}(?:personne|handicap|fauteuil|malvoyant)|accompagnement specifique|(?:perte|deficience|deficit) (?:auditive|visuelle|auditif|visuel)|mobilite reduite|temps en plus|je suis (?:sourde?|aveugle|malvoyante?|en fauteuil)"),
    ("overview", 6.4, r"dites[- ]?m'?en|en quoi consiste|que (?:pouvez-vous|peux-tu|pourriez-vous) (?:me |nous )?dire (?:de|du|des|sur)|(?:me |nous )?presente[rz]? (?:\w+ )?(?:le|la|l'|les|cette|ce) ?|(?:parle|parlez|parler)[- ]moi|(?:^|[?!.,] ?)(?:infos?|informations?|renseignements?|presentation|resume)(?: rapide)? (?:sur|du|de la|de l'|formation|prepa|master|stage|module|licence|cycle)|(?:tous les |quelques )?renseignements (?:\w+ )?sur|(?:presentation|resume)(?=[ ?.!]*$)"),
    # a subject asked about: its words are no question of their own, and no field is asked ("topic" leaves the aspects empty)
    ("topic", 8.2, r"(?:a )?quel endroit (?:du|de la|dans (?:le|la)) (?:programme|formation|parcours|cours|contenu|module)[^?]*"),
    ("topic", 7.9, rf"(?:parle-t-(?:on|il|elle)|parlera-t-on|(?:ca|on|y) parle|est-il question|il est question|est-ce question|que dit-on|que dit (?:le|la|l') ?\w+|(?:qu'est-ce|kes|ki est|quoi) (?:qui |ki )?est dit|ki est dit|qu'est-ce (?:qu'on|que l'on) (?:y )?(?:dit|apprend)) (?:aussi |un peu |egalement |bien )?(?:d[eu]s?|d'|sur|au sujet|a propos|(?=\w+ (?:le|la|ds|dans))) ?{_ABOUT}"),
    ("topic", 7.5, rf"(?:aborde|evoque|traite|couvre|etudie|approfondi|effleure)\w*(?:-t-(?:on|il|elle|ils|elles)|-(?:ils|elles))? (?:aussi |egalement |bien |un peu )?(?:d[eu]s?|d'|les?|la|l'|une?|comment) ?{_ABOUT}"),
    ("topic", 7.5, rf"(?:on (?:y )?(?:voit|verra|travaille|etudie|touche a|aborde|apprend)|voit-on|verra-t-on|qu'on (?:travaille|voie|aborde|voit)) (?:aussi |egalement |bien )?(?:les?|la|l'|des|du|une?|comment) ?(?!programme|contenu){_ABOUT}"),
    ("topic", 7.5, rf"(?:une?|la|des) (?:partie|chapitre|volet|sequence|point|focus|passage|moment)s? (?:\w+ )?(?:sur|dedie\w* a|consacre\w* a|a propos d[eu]) ?{_ABOUT}|(?:ce|cette) (?:sujet|theme|question|point|notion) (?:figure|est|fait|y)\b|est-ce un (?:point|sujet|theme) |quelle place (?:occupe|tient|est|prend|pour|a)\b[^?]*"),
    ("topic", 7.5, r"[^?.;]{3,90} (?:fait|font)(?:-(?:il|elle|ils|elles))? partie d[eu][^?]*|[^?.;]{3,90} figure-t-(?:il|elle)[^?]*"),
    ("content", 5.4, rf"[\w'-]+ (?:est |sont |est-il |est-elle |sont-ils )?(?:traite|aborde|evoque|etudie)e?s? (?:dans|ds|pendant|en|lors|durant|par) (?:le |la |l'|cette |ce )?{_COURSE}"),
)  # fmt: skip

MORE_LISTS = (
    r"(?:vous |vs |tu )?(?:propose[rz]?|avez|offrez|organisez|faites|as|auriez)(?:-?vous| vous)? quoi|(?:avez|auriez|proposez|existe-t-il|y a-t-il|y a|as-tu|il y a)(?:-vous| vous)? (?:quelque chose|quelquechose|des trucs|un truc|des choses|quoi) (?:sur|pour|en|autour|concernant|a propos)|"
    r"qu'(?:avez|offrez|organisez|est-ce que vous (?:avez|proposez|offrez|organisez))[- ]?(?:vous)?|que propose[rz]?[- ]vous|(?:^|[?!.,] ?)(?:liste |catalogue |toutes (?:les )?|vos |cherche )(?:des |de |les )?(?:formations?|prepas?|stages?|cours|diplomes?|masters?|licences?|ateliers?|modules?)|catalogue formations?|"
    r"(?:^|[?!.,] ?)(?:\S+ ){0,3}formations? (?:\S+ ){0,6}(?:dispo\w*(?!sition)|lesquel\w+|vous proposez)|(?:l'ensemble|la totalite) (?:des|de vos) (?:\w+ )?(?:formations?|parcours|stages?|modules?|diplomes?)|(?:ya|y a) (?:quoi|des formations?|des stages?|des cours)|"
    r"lesquel(?:le)?s (?:existent|sont (?:propose|dispo)\w*|avez-vous)|qu'est-ce qui (?:existe|peut se suivre|se fait|est propose)|quel choix|au catalogue"
)
MORE_RECOMMENDATIONS = (
    r"qu'est-ce qui (?:me|nous|lui) (?:convien\w+|correspon\w+|irait|va)|que (?:dois-je|devrais-je|puis-je|pourrais-je|faut-il|choisir quand|choisir pour) ?(?:suivre|prendre|choisir|quand|pour)?(?= quand| pour| si|[ ?.!]*$)|(?:suivre|choisir|prendre|faire) quoi(?= pour| comme|[ ?.!]*$)|(?:quoi|que) (?:choisir|prendre|suivre)|"
    r"(?:une |des )?idees? de (?:formation|stage|cours|parcours)s?|qu'est-ce que je (?:devrais|pourrais|dois|peux) (?:prendre|suivre|choisir|faire)|par (?:quoi|quelle formation|ou|quel endroit|koi) commencer|conseil (?:de )?formation|verriez-vous|(?:formation|stage|parcours)s? (?:qui )?(?:me|nous) (?:conviendrai|correspondrai|faudrai|conseill|irai)\w*|"
    r"(?:what|which) (?:\w+ )?should i (?:take|choose|do)|best (?:course|training|programme)"
)
MORE_COMPARISONS = (
    ("shortest", r"\bplus courte?s?\b"),
    ("dearest", r"(?:\bla|\ble) \+ chere?s?\b"),
    ("cheapest", r"(?:\bla|\ble) - chere?s?\b"),
    ("smallest", r"\bplus petits? groupes?\b"),
    ("difference", r"\b(?:se distingue\w*|distinguer|equivalente?s? (?:a|ou)|c'est equivalent|l'une? vaut mieux|(?:le|la|les) memes? (?:contenus?|choses?|niveaux?|prerequis|programmes?|durees?|prix)|meme chose|pareils?(?= ou| que|[ ?]*$)|"
     r"(?:plus|moins) (?:exigeant|difficile|dur|facile|simple|complet|interessant|pousse|adapte|reconnu)\w* que|diff entre|j'?hesite entre|je balance entre)\b"),
)  # fmt: skip

_ARTICLES = r"(?:(?:de|du|des|sur|a|au|aux|en)(?: (?:la|le|les|l'|une?))?|d'|de l'|l'|la|le|les)"
_IN_NAME = re.compile(
    rf"\b(?:{_COURSE}|titre(?: pro\w*)?|brevet|capacite|equipe|master \d|m[12]|diu|lp|licence pro)(?: (?:pro|\d))? (?:{_ARTICLES} ?)(?:[\w']+ (?:et|de|des|d'|du) ?)?$"
)
_OF_ITSELF = re.compile(
    r"(?:prix|tarifs?|couts?|dates?|durees?|lieux?|places?|horaires|calendrier|adresse|contacts?|prerequis|objectifs?|contenus?|gratuite?s?|payante?s?)"
)
_WAYS = frozenset(("mode", "internship", "topic", "overview", "sessions", "tailored", "language", "spread", "parts"))
_BARE = re.compile(rf"\b(?:{_COURSE}|lp|m[12]|licence pro|diu) $")
_SUBJECT = re.compile(
    r"(?:budget\w*|finances?|concours|evaluation|restauration|handicap|facturation|metiers?|creche|teletravail|parentalite|emploi|"
    r"expert\w*|formateurs?|formatrices?|animateurs?|assurances?|passerelles?|inscriptions?|retraite)"
)  # fmt: skip

GIVEN = re.compile(
    r"^\W*(?:(?:et|bonjour|alors|mais)\W+)*(?:quand|lorsque|si|comme|puisque|meme si) (?:l'|(?:la|le|les|on|je|j'|mon|ma|mes|nous|notre|il|elle|c'est|un|une|des|ca) )"
    r"(?:(?!-t-|-il|-elle)[^?,.;]){2,80},(?= \S+ \S+)"
)
"""A condition before the question ("quand l'employeur finance, c'est combien ?"): its words ask for nothing."""


def in_name(folded: str, start: int, end: int, aspect: Aspect) -> bool:
    """Whether the words at ``start:end`` only say what a course is about: "la formation de formateur", "stage budget".

    "La formation en alternance", "le cours à distance" are ways of a course: never its subject.
    """
    if aspect in _WAYS or " " in folded[start:end] or _OF_ITSELF.fullmatch(folded[start:end]):
        return False
    before = folded[max(0, start - 40) : start]
    return bool(_IN_NAME.search(before) or (_BARE.search(before) and _SUBJECT.fullmatch(folded[start:end])))
