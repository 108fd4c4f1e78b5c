# ruff: noqa: E501 -- a table of words
"""English names of subjects -> the words of French titles, so that an English question finds a French programme.

Only subjects are put into French; the words that ask ("how much", "when") are understood as they are.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from corpus.french import stem, tokens

_TABLE = """
public procurement = commande publique, marchés publics, achats | procurement = achats, marchés publics, commande publique | purchasing = achats
human resources = ressources humaines, RH | hr = ressources humaines | public finance = finances publiques, finances locales | local finance = finances locales
finance = finances, financier | budget = budget, budgétaire | budgeting = budget | accounting = comptabilité | management control = contrôle de gestion
change management = conduite du changement, conduire le changement | leading change = conduire le changement | change = changement
project management = gestion de projet, conduite de projet, management de projet | projects = projets | management = management, encadrement, gestion
leadership = leadership, dirigeant, diriger, encadrement | leaders = dirigeants, cadres | managers = encadrants, cadres, managers | executives = cadres dirigeants, dirigeants
crisis management = gestion de crise | crisis = crise | crisis communication = communication de crise | communication = communication | negotiation = négociation
mediation = médiation | conflict = conflits | ethics = éthique, déontologie | public health = santé publique | health = santé | nursing = soins infirmiers, infirmier
hospital = hôpital, hospitalier | social work = travail social | disability = handicap | data protection officer = délégué à la protection des données
data protection = protection des données | data = données | digital transformation = transformation numérique | digital = numérique | artificial intelligence = intelligence artificielle
cybersecurity = cybersécurité | cyber security = cybersécurité | computer science = informatique | computing = informatique | it = informatique | open data = données ouvertes
public law = droit public | administrative law = droit administratif | labour law = droit du travail | law = droit, juridique | legal = juridique, droit
public policy = politiques publiques, action publique | public policies = politiques publiques | public administration = administration publique, administration | administration = administration
public service = service public | public services = services publics | civil service = fonction publique | civil servants = fonctionnaires, agents publics | public sector = secteur public
local government = collectivités territoriales, territorial | local authorities = collectivités territoriales, collectivités | local = local | territorial = territorial | municipal = communal | municipality = commune
european = européen | europe = europe | international = international | overseas = outre-mer | french polynesia = polynésie française | state = état
sustainable development = développement durable | sustainable = durable | environment = environnement | ecological transition = transition écologique | ecological = écologique | energy = énergie
climate = climat | water = eau | waste = déchets | food = alimentation | catering = restauration | agriculture = agriculture | transport = transport | mobility = mobilité | cycling = vélo
urban planning = urbanisme | town planning = urbanisme | housing policy = habitat, logement | architecture = architecture | construction = construction, bâtiment | building = bâtiment | heritage = patrimoine
culture = culture | library = bibliothèque | libraries = bibliothèques | museum = musée | tourism = tourisme | sport = sport | sports = sport | education = éducation | teaching = enseignement | children = enfants, enfance
early childhood = petite enfance | youth = jeunesse | elderly = personnes âgées | security = sécurité | safety = sécurité, prévention | risk = risque | risk prevention = prévention des risques | fire = incendie
defence = défense | police = police | diplomacy = diplomatie | writing = écrire, rédaction, rédiger | public speaking = prise de parole | speaking = parole | english = anglais | french = français | languages = langues
marketing = marketing | business = entreprises, affaires | businesses = entreprises | trade = commerce | sales = vente | insurance = assurance | banking = banque | logistics = logistique | quality = qualité | engineering = ingénierie, génie
mechanical = mécanique | electrical = électrique | chemistry = chimie | biology = biologie | physics = physique | mathematics = mathématiques | statistics = statistiques | economics = économie | sociology = sociologie
history = histoire | psychology = psychologie | political science = science politique | research = recherche | innovation = innovation | design = design | evaluation = évaluation | audit = audit | strategy = stratégie
competitive exam = concours | exam preparation = préparation au concours | preparatory class = classe préparatoire, prépa | preparatory course = préparation, prépa | preparation = préparation, prépa
talent = talents | seminar = séminaire | workshop = atelier | senior = supérieur, dirigeant | equality = égalité | gender equality = égalité femmes-hommes | diversity = diversité | secularism = laïcité | laicity = laïcité
discrimination = discriminations | harassment = harcèlement | wellbeing = bien-être, qualité de vie | quality of life = qualité de vie | remote work = télétravail | telework = télétravail | teamwork = travail en équipe | team = équipe
migration = migrations | immigration = immigration | justice = justice | prison = pénitentiaire | tax = fiscalité, impôt | taxation = fiscalité | real estate = immobilier | notary = notaire, notarial | funeral = funéraire | elections = élections
""".strip()


@lru_cache(maxsize=1)
def _terms() -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    table: dict[str, tuple[str, ...]] = {}
    for entry in _TABLE.replace("\n", "|").split("|"):
        english, _, french = entry.partition("=")
        table[english.strip()] = tuple(f.strip() for f in french.split(","))
    longest_first = sorted(table, key=len, reverse=True)
    return table, re.compile(rf"(?<![\w'’-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w'’-])", re.IGNORECASE)


def in_french(text: str, known: Container[str]) -> str:
    """The text with its subjects in French; of several equivalents the first whose every stem is ``known``, a title's.

    >>> in_french("the price of the public procurement course", {"achat"})
    'the price of the achats course'
    """
    table, pattern = _terms()

    def chosen(match: re.Match[str]) -> str:
        word = match.group()
        if word.lower() == "it" and word != "IT":
            return word
        options = table[word.lower()]
        for option in options:
            telling = [stem(t) for t in tokens(option) if len(t) > 3] or [stem(t) for t in tokens(option)]
            if all(s in known for s in telling):
                return option
        if any(stem(t) in known for t in tokens(word)):
            return word
        return options[0]

    return pattern.sub(chosen, text)
