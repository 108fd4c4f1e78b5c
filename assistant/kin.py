# ruff: noqa: E501 -- a table of words
"""Words of one family that no stemmer brings together: "rédaction" for "rédiger", "achat" for "acheter", "budget" for "budgétaire".

A family is told by the table below, else by what a long word keeps of itself without its ending. A match through a
family counts a little less than the word itself: the caller decides how much.
"""

from __future__ import annotations

from functools import lru_cache

from assistant.roots import family, root
from corpus.french import tokens

_FAMILIES = """
rédiger rédaction rédactionnel rédacteur rédactrice | écrire écriture écrit | acheter achat acheteur acheteuse | conduire conduite conducteur
gérer gestion gestionnaire | diriger direction dirigeant directeur directrice directorial | recruter recrutement recruteur | accueillir accueil accueillant acceuillir
évaluer évaluation évaluateur | animer animation animateur animatrice | négocier négociation négociateur | concevoir conception concepteur
instruire instruction instructeur | inspecter inspection inspecteur inspectrice | contrôler contrôle contrôleur | encadrer encadrement encadrant | manager management managérial manageur
décider décision décideur décisionnel | prévenir prévention préventeur préventif | soigner soin soignant soignante | élection électoral
juger jugement juge | juridiction juridictionnel | lire lecture lecteur | protéger protection protecteur | sécuriser sécurité | signaler signalement | repérer repérage
enquêter enquête enquêteur | auditer audit auditeur | piloter pilotage pilote | planifier planification plan | organiser organisation organisationnel | secourir secours secouriste secourisme
vieillir vieillissement vieillesse | détenir détention détenu détenue | incarcérer incarcération | prison prisonnier
enfant enfance infantile | jeune jeunesse | adolescent adolescence ado ados | parent parentalité parental | famille familial | violence violent violenter | handicap handicapé handicapée
sourd surdité | aveugle cécité | malade maladie | mourir mort mortalité | hôpital hospitalier hospitalisation | médecin médical médecine | infirmier infirmière infirmerie
mer maritime marin | forêt forestier | ville urbain urbanisme | campagne rural ruralité | commune communal
région régional | département départemental | nation national | état étatique | île insulaire | polynésie polynésien polynésienne | calédonie calédonien calédonienne
europe européen européenne | budget budgétaire budgéter | finance financier financière financement | fisc fiscal fiscalité | comptabilité comptable | payer paie paye paiement | coût coûter coûteux
juriste juridique | loi législatif légal législation | règlement réglementaire réglementation | contrat contractuel contractualisation | tuteur tutrice tutorat | mentor mentorat
apprendre apprentissage apprenti | enseigner enseignement enseignant | élève élèves | étudier étude étudiant | université universitaire | collège collégien | lycée lycéen
secrétaire secrétariat | régisseur régie | assistant assistance assister | donnée données | numérique numérisation | informatique informaticien
électricité électrique électricien | mécanique mécanicien | chimie chimique chimiste | nature naturel | végétal végétaux | animal animaux | agricole agriculture agriculteur
cuisine culinaire cuisinier | nettoyer nettoyage | peindre peinture peintre | bâtir bâtiment bâti | route routier | conflit conflictuel | urgence urgences urgentiste
médiation médiateur médier | déontologie déontologique | éthique éthiques | discipline disciplinaire | laïcité laïque | égalité égalitaire | harceler harcèlement | discriminer discrimination | citoyen citoyenneté
culture culturel | musée muséal | bibliothèque bibliothécaire | archive archiviste archivage | patrimoine patrimonial | sport sportif sportive | musique musical musicien
retraite retraité | télétravail télétravailler | absent absentéisme absence | santé sanitaire | social sociale | psychique psychologique psychologie psychologue | psychiatrie psychiatrique
transformer transformation | changer changement | innover innovation innovant | dématérialiser dématérialisation | simplifier simplification | accompagner accompagnement accompagnateur | orienter orientation
expert expertise | diplomate diplomatie diplomatique | parler parole | oral oralité | analyser analyse analyste | valoriser valorisation | préparer préparation préparatoire prépa | collectivité collectivités
habiliter habilitation | recycler recyclage | sensibiliser sensibilisation | perfectionner perfectionnement | initier initiation | intervenir intervention intervenant | coopérer coopération | coordonner coordination coordinateur coordonnateur
conseil conseiller | notaire notariat notarial | greffe greffier greffière | procureur procureure | magistrat magistrature | policier police | pompier pompiers | gendarme gendarmerie | douane douanier | militaire militaires
énergie énergétique | climat climatique | déchet déchets | pollution polluer polluant dépollution | vote voter votant | sauver sauvetage sauveteur | nager natation nageur nageuse | naviguer navigation navigant | fraude frauder fraudeur frauduleux
doper dopage antidopage | cadastre cadastral | carte cartographie cartographique cartographier | plan plans | construire construction constructeur | restaurer restauration restaurateur | surveiller surveillance surveillant | conserver conservation conservateur
inclure inclusion inclusif inclusive | intégrer intégration | insérer insertion | former formateur formatrice | produire production producteur productif | vendre vente vendeur vendeuse | investir investissement | emprunter emprunt | subventionner subvention
"""


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    known: dict[str, str] = {}
    for line in _FAMILIES.replace("\n", "|").split("|"):
        words = tokens(line)
        for word in words:
            for form in (word, f"{word}s"):
                known.setdefault(root(form), f"={words[0]}")
    return known


@lru_cache(maxsize=16384)
def kin(word: str) -> str:
    """What a folded word shares with the other words of its family.

    >>> kin("redaction") == kin("rediger"), kin("achats") == kin("acheteuse"), kin("rediger") == kin("regie")
    (True, True, False)
    """
    own = root(word)
    found = _table().get(own)
    return found or (family(own) if len(word) >= 7 else own)


@lru_cache(maxsize=1024)
def kins(words: frozenset[str]) -> frozenset[str]:
    """The families of a document's words, the shortest words aside."""
    return frozenset(kin(w) for w in words if len(w) >= 4)
