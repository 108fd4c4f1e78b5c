# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""What people ask about beyond the fields of a sheet, in words that a document rarely shares: a thesaurus of themes.

A theme ties three wordings together: how people ask ("où dormir ?"), how institutions head the section ("Vie étudiante"),
and how a line says it ("300 chambres"). A question of a theme is answered by lines that both belong to it, so that a
document that is silent on the theme stays silent.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from assistant.evidence import Line, Sheet
from corpus.french import fold, tokens


@dataclass(frozen=True, slots=True)
class Theme:
    """Patterns on folded text. ``heading`` announces the theme; ``line`` says it by itself, wherever it stands."""

    name: str
    asked: re.Pattern[str]
    heading: re.Pattern[str] | None
    line: re.Pattern[str] | None
    within: re.Pattern[str] | None = None
    """Of the lines under a heading that is not the theme's alone, only those that say this; None: all of them."""
    first: bool = False
    """Whether the theme is finer than the aspect that the question's words ask for, and is looked for before it."""
    alone: bool = False
    """Whether nothing else answers it: a question of credits is not answered by the certificate."""


def _theme(name: str, asked: str, heading: str = "", line: str = "", within: str = "", first: bool = False, alone: bool = False) -> Theme:
    def compiled(pattern: str) -> re.Pattern[str] | None:
        return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") if pattern else None

    wording = compiled(asked)
    assert wording is not None
    return Theme(name, wording, compiled(heading), compiled(line), compiled(within), first, alone)


_DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?"
_RHYTHM = (
    rf"{_DAY}|week-?ends?|soirees?|en soiree|cours du soir|temps (?:plein|partiel|complet)|(?:jours?|fois|heures?|journees?|semaines?|regroupements?)[^.;]{{0,20}} par (?:jour|semaine|mois|an|trimestre)|"
    r"(?:un|une|deux|trois|quatre)[^.;]{0,20} sur (?:deux|trois|quatre|cinq)|toutes les (?:deux |trois )?semaines|(?:deux|trois|quatre|une|\d) semaines? (?:a l'|a la|en |au |chez )|tous les mois|mensuel\w*|hebdomadaire\w*"
)
_LANGUAGE = r"anglais\w*|allemand\w*|espagnol\w*|italien\w*|chinois\w*|langues? (?:vivantes?|etrangeres?|etudiees?|obligatoires?)|lv[12]|toeic|toefl|ielts|bilingue|en langue \w+"
_EQUIPMENT = r"ordinateurs?|pc|webcam|micro(?:phone|-casque)?|casque|connexion|materiels?|equipements?|calculatrice|tablette|se munir|munissez-vous|venez avec|apporte[rz]?|tenue|chaussures"

THEMES: tuple[Theme, ...] = (
    _theme("rhythm", r"rythmes?|(?<!tombe )(?<!tombent )(?<!tombera )quels? (?:sont les )?jours?|emploi du temps|a quelle frequence|frequence|combien de fois|temps (?:plein|partiel)|week-?ends?|cours du soir|le soir|par (?:semaine|mois)|schedule|pace|part[- ]time",
           r"rythme.*|emploi du temps|calendrier de l'alternance|organisation.*|deroule(?:ment)?|format", _RHYTHM, _RHYTHM, first=True),
    _theme("languages", r"langues?(?! (?:de la|des documents))|anglais|allemand|espagnol|italien|languages?|english|lv[12]|toeic",
           r"langues?.*", _LANGUAGE, first=True),
    _theme("lodging", r"log(?:er|ements?|e|es)|heberg\w+|dorm\w+|chambres?|internat|residence|accommodation|housing",
           r"logements?|hebergements?.*|se loger", r"logements?|hebergements?|heberges?|chambres?|internat|residence universitaire|nuitees?"),
    _theme("meals", r"repas|mange\w*|dejeuners?|restauration|cantine|restaurant|meals?|lunch",
           r"repas|restauration|se restaurer", r"repas|dejeuners?|restaurant (?:universitaire|administratif)|self|panier-repas|pauses? cafe"),
    _theme("equipment", r"materiels?|apporter|equipements?|ordinateur|pc|munir|fournitures?|prevoir|equipment|laptop|bring|de quoi ai-je besoin",
           r"a prevoir|a apporter|materiel.*|equipements?.*|moyens techniques|configuration.*|pre-?requis techniques?|besoins techniques?", _EQUIPMENT, first=True),
    _theme("speakers", r"intervenants?|formateurs?|formatrices?|animateurs?|animatrices?|enseignants?|professeurs?|profs?|qui (?:\S+ ){0,2}(?:dirige|pilote|coordonne|est responsable)\w*|qui (?:\S+ ){0,2}(?:anime|enseigne|intervient|forme|encadre|donne)\w*|equipe pedagogique|speakers?|teachers?|trainers?|who teaches",
           r"qui (?:l'|la |le |vous )?(?:anime|intervient|enseigne|forme|encadre)\w*|.*intervenante?s?.*|(?:l'|notre |votre |une )?equipe(?: (?:pedagogique|enseignante|d'animation|de formation|des formateurs|d'intervenants).*)?|(?:les |vos |nos )?(?:formateurs?|formatrices?|animateurs?|animatrices?|enseignants?|experts?)(?: .*)?|animation|encadrement(?: pedagogique)?|(?:les |le |la )?(?:responsables?|direction|coordination)(?: (?:pedagogiques?|scientifiques?|de la formation|du diplome))?"),
    _theme("reviews", r"avis|satisf\w+|temoignages?|pensent|retours?|note (?:moyenne|des)|recommand\w+ par|reviews?",
           r"satisfaction|avis.*|temoignages?|ils en parlent|evaluations? des participants", r"satisfaction|satisfaits?|\d(?:[.,]\d)? ?/ ?(?:5|10)|recommand\w+ la formation"),
    _theme("success", r"taux|pourcentage|combien (?:\S+ ){0,3}(?:reussi\w*|admis|recus?|obtienn\w+)|reussi(?:te|ssent|t|r)|chances? de reussir|efficace|marche bien|bons? resultats|chiffres|statistiques?|resultats?|success rate|pass rate",
           r"resultats?.*|bilan|.*taux .*|indicateurs?.*|chiffres.*|statistiques", r"\d+(?:[.,]\d+)? ?%[^.;]{0,60}(?:reuss\w+|admis\w*|recus?|obtenu\w*|diplom\w+|insertion|en emploi|emploi|satisf\w+)|(?:taux|reussite|insertion|admis)[^.;]{0,60}\d+(?:[.,]\d+)? ?%",
           r"\d", first=True),
    _theme("handouts", r"supports?|polycopies?|livrets?|documentation|slides|handouts?", r"supports?.*|documentation", r"supports? (?:\w+ ){0,3}(?:remis|fournis?|telechargeables?|distribues?|disponibles?|sont)|livret\b.*|polycopies?"),
    _theme("follow-up", r"suivi (?:\S+ ){0,3}(?:apres|post|a l'issue|ensuite)|(?:et )?apres la formation|post-?formation|follow[- ]up",
           r"apres la (?:formation|session)|suivi post.*|et apres|apres le (?:stage|cycle|module)"),
    _theme("papers", r"(?:quelles? |les )?pieces?(?: (?:justificatives?|a|faut|dois|jointes?))?|documents? (?:a (?:fournir|joindre)|faut|dois|demandes?)|quels (?:documents|papiers|justificatifs)|justificatifs?|papiers? (?:a|faut)",
           r"a fournir|pieces?.*|documents? .*|justificatifs?.*|que faut-il (?:avoir|fournir|joindre)|constitution du dossier|composition du dossier", r"certificat medical[^.;]*|(?:joindre|fournir) [^.;]*|copies? d[eu'][^.;]*|photos? d'identite|lettre de motivation[^.;]*|curriculum|cv", first=True),
    _theme("recognition", r"vae|vap|vapp|valid\w+ (?:des|de mes|de l'|mon|d'|de son) (?:acquis|experience)\w*",
           r"vae|validation des acquis.*", r"vae|vap|vapp|validation (?:des|d'|de l')\s?(?:acquis|experience)\w*(?: \w+)*"),
    _theme("seniority", r"anciennete|annees? d'(?:experience|exercice|anciennete)|annees de services?|seniority|years of experience",
           "", r"(?:\d+|un|une|deux|trois|quatre|cinq|six|sept|huit|dix) (?:ans?|annees?) (?:\S+ ){0,3}(?:anciennete|experience|d'experience|d'anciennete|services?|exercice|d'exercice|pratique)(?: \w+)?|anciennete (?:\S+ ){0,3}\d+|justifi\w+ (?:d'une |de )[^.;]{0,40}(?:anciennete|services|experience)", first=True),
    _theme("rncp", r"rncp|repertoire national|repertoire specifique|(?:au|le) rs|france competences|certification (?:reconnue|officielle|d'etat)|reconnu\w* par l'etat", "", r"rncp[ -]?(?:n[o°] ?)?\d+|rncp|rs ?\d{3,}|(?:inscri|enregistr|referenc)\w+ (?:a|au) [^.]{0,20}repertoire[^.]*|repertoire (?:national|specifique)[^.]*|france competences|non reference\w*|(?:n'est pas|ne (?:delivre|donne)\w*) (?:une|un|de|pas) [^.]{0,20}(?:certification|diplome|titre)[^.]*", first=True, alone=True),
    _theme("practice", r"comment (?:y )?(?:apprend|travaill|s'entraine|s'exerce|est-on form)\w*(?:-t-on|-on)?|concretement|quels (?:sont les )?(?:exercices?|travaux pratiques)|de maniere pratique|hands-on",
           r"methodes?.*|.*pedagogi.*|moyens .*|comment (?:ca|cela|y|travaille|apprend|se passe).*|demarche.*", r"jeux? de roles?|mises? en situation|(?:cas|travaux|exercices?|ateliers?) (?:pratiques?|concrets?|d'application)|simulations?|etudes? de cas|classes? inversees?|codeveloppement|serious games?|exercices?", first=True),
    _theme("credits", r"ects|credits?", "", r"\d+ (?:credits?|ects)(?: ects)?|(?:credits?|ects)(?: ects)? ?:? ?\*{0,2} ?:? ?\d+", first=True, alone=True),
    _theme("level", r"niveau (?:de sortie|de qualification|du diplome|obtenu|europeen|a la sortie)|bac ?\+ ?combien|quel niveau (?:est|a|delivre|obtient)", r"niveau (?:de sortie|de qualification|du diplome|de diplome|obtenu|europeen).*", r"niveau [3-8](?: \(.*)?|diplome national de .*|bac ?\+ ?\d", first=True),
    _theme("work", r"travail (?:\S+ ){0,3}(?:rendre|remettre|fournir|personnel|demande|a faire)|travaux|devoirs?|rendre|memoires?|projets? (?:a rendre|tutore|final)|rapport|homework|dissertation",
           r"travaux.*|travail personnel", r"memoires?|devoirs? .*|rapport (?:de|d'|final)\w*|projet tutore|dossier a (?:rendre|remettre)|soutien\w*|a rendre|remis a la fin"),
    _theme("mock exams", r"(?:examens?|concours|oraux|oral|epreuves?|tests?) blancs?|mock exams?|entrainements?", "", r"(?:examens?|concours|oraux|oral|epreuves?|jurys?) (?:blancs?|fictifs?)|jury blanc|simulations? d(?:'entretien|'oral|e jury)", first=True, alone=True),
    _theme("coaching", r"accompagn\w+|coach\w*|tuteurs?|tutorat|mentor\w*|personnalis\w+|suivi (?:individuel|personnel)\w*",
           r"accompagnement.*|tutorat|coaching|mentorat|suivi individuel", r"coach\w*|tuteurs?|tutrices?|tutorat|mentor\w*|accompagnement (?:individu\w+|personn\w+)|suivi (?:individu\w+|personn\w+)"),
    _theme("alumni", r"anciens?|alumni|reseau", r"reseau.*|alumni|les anciens.*", r"anciens (?:eleves|auditeurs|etudiants|stagiaires|du)|alumni|association (?:des anciens|d'anciens)\b.*"),
    _theme("workplace", r"en entreprise|periode (?:en|de)|alternance|apprenti\w*|stages? (?:est|obligatoire|a faire|en|prevus?|dans|pendant)|y a-t-il (?:un |des )?stages?|immersion|internships?|apprenticeship|work placement|terrain",
           r"stages?(?: et .*)?|alternance|apprentissage|rythme de l'alternance|periodes? .*entreprise|immersion", r"stages? (?:de|d'|en|obligatoire|facultatif)[^.;]*|alternance (?:en|entre|sous)\b|par (?:la voie de l')?apprentissage|en apprentissage|contrat (?:d'apprentissage|de professionnalisation)|en immersion|immersion (?:en|dans|chez|d')"),
    _theme("disability", r"handicap\w*|amenagements?|besoins? specifiques?|pmr|fauteuil|malvoyant\w*|sourde?s?|malentendant\w*|rqth|mobilite reduite|disab\w+|wheelchair",
           r".*handicap.*|accessibilite(?! et delais).*|public en situation.*", r"handicap\w*|besoins? specifiques?|pmr|mobilite reduite|rqth"),
    _theme("attendance", r"presence|assidu\w*|absen\w+|obligatoires?|attendance", "", r"(?:presence|assiduite)[^.;]*|absences?"),
    _theme("funding", r"cpf|opco|financ\w+|prise? en charge|bourses?|aides?|rembours\w+|france travail|pole emploi", r"financements?.*|financer.*|aides? .*|prises? en charge.*", r"compte personnel de formation|cpf|opco|plan de (?:developpement|formation)"),
    _theme("afterwards", r"apres|poursui\w+|debouches?|metiers?|devenir|ensuite|continuer|careers?|jobs?|embauche|insertion|travailler",
           r"(?:les )?debouches.*|(?:les )?metiers.*|poursuites?.*|perspectives.*|et apres|insertion.*|que faire apres.*|carrieres?.*|devenir.*", ""),
    _theme("assessment", r"not(?:e|es|ation|er)|evalu\w+|examens?|controles?|epreuves?|partiels?|valid\w+|qcm|quiz|test|assess\w+|exams?",
           r".*evaluations?.*|controles? .*connaissances.*|examens?.*|epreuves?.*|suivi et sanction|sanction.*|validation.*", r"evalue\w*|examens?|qcm|quiz|mises? en situation notees?|controle continu|epreuve (?:ecrite|orale|finale)|soutenance"),
    _theme("methods", r"methodes?|pedagogi\w*|comment (?:se|ca) (?:passe|deroule)\w*|deroulement|format|activites|exercices|theorie|pratique|teaching",
           r"methodes?.*|.*pedagogi.*|comment (?:ca|cela) se (?:passe|deroule)|deroule.*|moyens .*|demarche.*", ""),
    _theme("subjects", r"matieres?|themes?|sujets?|thematiques?|contenus?|au programme|travaill\w+|abord\w+|etudi\w+|appren\w+|disciplines?|cours|topics|subjects?|taught|covered",
           r"themes?.*|matieres?.*|programme.*|contenus?.*|au programme|enseignements?.*|thematiques.*|sommaire", ""),
    _theme("benefits", r"a quoi (?:ca )?sert|competences?|saur\w+|capable|apporte|interets?|benefices?|skills?|aims?|appren\w+|acqui\w+",
           r"ce que vous .*|competences?.*|objectifs?.*|a l'issue.*|vous (?:serez|saurez).*|acquis.*|finalites?|objet", ""),
    _theme("award", r"diplome|certificat\w*|attestation|document|papier|titre|recoit|remis\w*|delivr\w+|certificate|degree", r"certification.*|diplome.*|validation.*|sanction.*|reconnaissance.*", r"(?:certificat|attestation)s?[^.;]{0,60}(?:delivre\w*|remis\w*)|(?:delivre\w*|remis\w*|obtention)[^.;]{0,40}(?:certificat|attestation|diplome)s?"),
    _theme("selection", r"selection\w*|choisi\w*|retenus?|recrut\w+|comment (?:entrer|integrer)|jury|criteres|pieces?|fournir|documents? a|selected",
           r"selection.*|admission.*|recrutement.*|candidature.*|inscription.*|dossier.*", r"lettre de motivation[^.;]*|comite (?:de selection|examine)[^.;]*"),
    _theme("partners", r"partenaires?|partenariats?|partners?", r"partenaires?.*|partenariats?", r"partenaires?|en partenariat avec"),
    _theme("purpose", r"contexte|pourquoi (?:cette|ce|la|le)|raison", r"contexte.*|enjeux.*|pourquoi.*", ""),
)  # fmt: skip

_SPARSE = re.compile(r"\W*(?:aucun\w*|neant|sans objet|a definir|nous consulter)\W*")


_PRESENTS = re.compile(
    r"^\W*(?:bonjour,? )?(?:je suis |en tant que |moi,? )?[a-z' -]{4,60}?, (?=je\b|j'|puis-je|est-ce que je|ai-je|suis-je|mon\b|ma\b)"
)
""" "Professeur à Mervans, je ...": who asks, not what about."""


def asked_themes(folded: str, named: Collection[str] = ()) -> tuple[Theme, ...]:
    """The themes that a question asks for; words of the programme's name ask for nothing."""
    folded = _PRESENTS.sub("", folded)
    found = []
    for theme in THEMES:
        for match in theme.asked.finditer(folded):
            if not named or not all(t in named for t in tokens(match.group())):
                found.append(theme)
                break
    return tuple(found)


def lines_of(theme: Theme, sheet: Sheet) -> list[Line]:
    """The lines of a sheet that belong to a theme: those under its heading, else those that say it; in document order."""
    title = fold(sheet.title)
    headed, said = [], []
    for line in sheet.body:
        folded = fold(line.text)
        inner = bare(line.path[-1]) if line.path and fold(line.path[-1]) != title else ""
        if not inner or _SPARSE.fullmatch(folded):
            pass
        elif theme.heading and theme.heading.fullmatch(inner) and (theme.within is None or theme.within.search(folded)):
            headed.append(line)
            continue
        key = bare(line.text.split(":", 1)[0]) if ":" in line.text[:60] else ""
        if (key and theme.heading and theme.heading.fullmatch(key)) or (theme.line and theme.line.search(folded)):
            said.append(line)
    if headed and theme.within is None:
        return headed
    return sorted([*headed, *said], key=lambda line: line.start)


def unanswered(sheet: Sheet, folded: str, named: Collection[str] = ()) -> Theme | None:
    """A theme that the question asks for, that nothing but its own lines answers, and of which the sheet has none."""
    return next((t for t in asked_themes(folded, named) if t.alone and not lines_of(t, sheet)), None)


def answering(sheet: Sheet, folded: str, named: Collection[str] = (), first: bool = False) -> list[Line]:
    """The lines that answer a question by its theme, at most six; with ``first`` only themes finer than an aspect."""
    for theme in asked_themes(folded, named):
        if theme.first or not first:
            lines = lines_of(theme, sheet)
            if lines:
                return lines[:6]
    return []


def bare(heading: str) -> str:
    """A heading or a key as patterns of headings match it: folded, without what surrounds its words."""
    return re.sub(r"^[\W\d_]+|[\s:?!.…*_#]+$", "", fold(" ".join(heading.split())))
