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
public procurement = commande publique, marchés publics, achat public, achats | procurement = achat, achats, marchés publics, commande publique | purchasing = achats | tender = appel d'offres | tenders = marchés publics
buyer = acheteur | buyers = acheteurs | contract = contrat, marché | contracts = contrats, marchés | responsible = responsable | supplier = fournisseur | suppliers = fournisseurs
human resources = ressources humaines, RH | hr = ressources humaines | public finance = finances publiques, finances locales | local finance = finances locales | public finances = finances publiques | recruitment = recrutement | recruiting = recruter
finance = finances, financier | financial = financier | budget = budget, budgétaire | budgeting = budget | accounting = comptabilité | accountant = comptable | management control = contrôle de gestion | cost analysis = analyse des coûts | cash = régie | payroll = paie | wages = salaires | pension = retraite | pensions = retraite | retirement = retraite
change management = conduite du changement, conduire le changement | leading change = conduire le changement | change = changement | leading a team = encadrer une équipe | supervising = encadrer | supervisor = encadrant | supervisors = encadrants | middle managers = cadres intermédiaires
project management = gestion de projet, conduite de projet, management de projet | projects = projets | project = projet | management = management, encadrement, gestion | managing = gérer, manager, encadrer | manage = gérer, manager | manager = manager, cadre, responsable | interview = entretien | interviews = entretiens | interviewing = entretien
leadership = leadership, dirigeant, diriger, encadrement | leaders = dirigeants, cadres | managers = encadrants, cadres, managers | executives = cadres dirigeants, dirigeants | head of = responsable, directeur | director = directeur | directors = directeurs | headteacher = chef d'établissement | headteachers = chefs d'établissement | school heads = chefs d'établissement
crisis management = gestion de crise | crisis = crise | crisis communication = communication de crise | communication = communication | negotiation = négociation, négocier | negotiating = négocier, négociation | negotiate = négocier | negotiator = négociateur | negotiators = négociateurs | brussels = Bruxelles
mediation = médiation | conflict = conflits | conflicts = conflits | ethics = éthique, déontologie | public health = santé publique | health = santé | nursing = soins infirmiers, infirmier | nurse = infirmier, infirmière | nurses = infirmiers | doctor = médecin | doctors = médecins | care assistant = aide-soignant | caregivers = aidants, soignants | carers = aidants
hospital = hôpital, hospitalier | hospitals = hôpitaux | patient = patient | patients = patients | emergency = urgence, urgences | emergency room = urgences | emergencies = urgences | first aid = premiers secours, secourisme, secours | first aider = secouriste | rescue = secours, sauvetage | lifeguard = sauveteur, maître-nageur | lifeguards = sauveteurs, maîtres-nageurs | swimming = natation, nage | swimming pool = piscine | firefighters = sapeurs-pompiers | firefighter = sapeur-pompier | fire = incendie
nursing home = EHPAD, maison de retraite | nursing homes = EHPAD | care home = EHPAD | care homes = EHPAD | retirement home = EHPAD | old people = personnes âgées | elderly people = personnes âgées | elderly = personnes âgées | ageing = vieillissement | dementia = Alzheimer, démence | mental health = santé mentale, psychique | suicide = suicide, suicidaire | psychological = psychologique, psychique | pain = douleur | palliative = palliatif | hygiene = hygiène | addiction = addictions | doping = dopage
social work = travail social | social worker = assistant social, travailleur social | social workers = assistants sociaux, travailleurs sociaux | social policy = politiques sociales | social policies = politiques sociales | social = social | welfare = social, action sociale | social security = sécurité sociale | benefits = prestations, allocations | benefit fraud = fraude | fraud = fraude, fraudes | poverty = pauvreté | family = famille | families = familles | domestic violence = violences conjugales, violences intrafamiliales | domestic abuse = violences intrafamiliales, violences conjugales | family violence = violences intrafamiliales | violence = violence, violences | victims = victimes | victim = victime | abuse = maltraitance, violences | assault = agression | aggression = agressivité
disability = handicap | disabilities = handicap | disabled = handicap, handicapées | disabled people = personnes handicapées | deaf = sourd, sourds, malentendants | hard of hearing = malentendants | hearing impaired = malentendants | blind = aveugles, malvoyants | visually impaired = malvoyants | sign language = langue des signes | accessibility = accessibilité | inclusive = inclusif, inclusive | inclusion = inclusion | inclusive school = école inclusive | inclusive education = école inclusive | special needs = besoins particuliers, handicap | autism = autisme
data protection officer = délégué à la protection des données | data protection = protection des données | data = données, donnée | personal data = données personnelles | digital transformation = transformation numérique | digital = numérique | artificial intelligence = intelligence artificielle | ai = intelligence artificielle | data literacy = culture de la donnée | maps = cartes, cartographie | map = carte, plan | mapping = cartographie | cartography = cartographie | geographic information = information géographique | land registry = cadastre, cadastral | cadastre = cadastre | cadastral = cadastral
cybersecurity = cybersécurité | cyber security = cybersécurité | computer science = informatique | computing = informatique | computer = ordinateur, informatique | it = informatique | open data = données ouvertes | software = logiciel | spreadsheet = tableur | spreadsheets = tableur | website = site internet | e-learning = e-formation, formation en ligne | online = en ligne | night = nuit | heirless property = biens sans maître | heirless = sans maître | estate = succession | inheritance = succession, héritages | vacant = vacantes | pool = piscine | mayors = maires | online course = formation en ligne, e-formation | electronic signature = signature électronique | archives = archives | records = archives, registres | civil registry = état civil | civil status = état civil | civil registration = état civil | registrar = état civil | birth = naissance | marriage = mariage
public law = droit public | administrative law = droit administratif | administrative acts = actes administratifs | labour law = droit du travail | law = droit, juridique | legal = juridique, droit | legal drafting = rédaction juridique, rédaction des actes | lawyer = avocat, juriste | lawyers = avocats, juristes | court = tribunal, juridiction | courts = tribunaux, juridictions | judge = juge, magistrat | judges = juges, magistrats | prosecutor = procureur | prosecutors = procureurs | magistrates = magistrats | clerk = greffier, secrétaire | clerks = greffiers, secrétaires | notary = notaire, notarial | notaries = notaires | bailiff = huissier | trial = procès | criminal = pénal | justice = justice
public policy = politiques publiques, action publique | public policies = politiques publiques | public administration = administration publique, administration | administration = administration | administrative = administratif | certificate = certificat | diploma = diplôme | university diploma = diplôme d'université | professional licence = licence professionnelle | vocational bachelor = licence professionnelle | bachelor's degree = licence | master's degree = master
public service = service public | public services = services publics | civil service = fonction publique | civil servants = fonctionnaires, agents publics | civil servant = fonctionnaire, agent | public officials = agents publics | officials = fonctionnaires, agents | public employees = agents publics | public sector = secteur public | staff = agents, personnel | employees = agents, salariés | workers = agents, travailleurs | contract staff = contractuels | trainees = stagiaires | apprentices = apprentis | mentor = tuteur, mentor | mentors = tuteurs | mentoring = tutorat, mentorat | tutor = tuteur | tutors = tuteurs | tutoring = tutorat | trainer = formateur | trainers = formateurs | internship supervisor = tuteur de stage | placement = stage
local government = collectivités territoriales, territorial | local authorities = collectivités territoriales, collectivités | local authority = collectivité | local = local | territorial = territorial | municipal = communal, municipal | municipality = commune | municipalities = communes | council = commune, conseil | councils = communes, collectivités | county = département | county council = département, conseil départemental | region = région | regions = régions | regional = régional | town hall = mairie | town halls = mairies | town = ville, commune | city = ville | village = village, commune | mayor = maire | mayors = maires | elected = élus | elected officials = élus | councillors = élus | town clerk = secrétaire de mairie, secrétaire général | metropolitan areas = métropoles | metropolis = métropole | chief executive = directeur général des services | general director = directeur général
european = européen | europe = europe | european union = union européenne | international = international | foreign = étranger | overseas = outre-mer | french polynesia = polynésie française | polynesia = polynésie | polynesian = polynésien | new caledonia = nouvelle-calédonie | island = île | islands = îles | state = état | ministry = ministère | ministries = ministères | government = gouvernement, état | prefecture = préfecture | embassy = ambassade | organisation = organisme, organisation | organization = organisme, organisation | company = entreprise | companies = entreprises | association = association | associations = associations | citizens = citoyens | users = usagers | user = usager | public = public
sustainable development = développement durable | sustainable = durable | sustainability = développement durable | environment = environnement | environmental = environnemental, environnement | ecological transition = transition écologique | green transition = transition écologique | ecological = écologique | energy = énergie | renovation = rénovation | biodiversity = biodiversité | pollution = pollution | noise = bruit | forest = forêt | forests = forêts | nature = nature | green spaces = espaces verts
climate = climat | water = eau | drinking water = eau potable | wastewater = assainissement | sanitation = assainissement | waste = déchets | recycling = recyclage | refresher = recyclage | food = alimentation | food safety = sécurité sanitaire des aliments, hygiène alimentaire | catering = restauration | school meals = restauration scolaire | cook = cuisinier | agriculture = agriculture | farming = agriculture | plant health = santé des végétaux | plants = végétaux | plant = végétal | animals = animaux | animal = animal | veterinary = vétérinaire | fisheries = pêche | fishing = pêche | sea = mer | maritime = maritime | ship = navire | ships = navires | vessel = navire | vessels = navires | ship safety = sûreté du navire, sécurité du navire | port = port | harbour = port | transport = transport | mobility = mobilité | cycling = vélo | roads = voirie, routes | road = voirie, route | driving = conduite | forklift = chariot, CACES | crane = grue | lifting = levage
urban planning = urbanisme | town planning = urbanisme | planning = urbanisme, planification | building permit = permis de construire | building permits = permis de construire, autorisations d'urbanisme | housing policy = habitat, logement | housing = logement | architecture = architecture | construction = construction, bâtiment | building = bâtiment, bâti | buildings = bâtiments | old buildings = bâti ancien | historic buildings = bâti ancien, patrimoine | heritage = patrimoine | stone = pierre | wood = bois | electrical = électrique | electrical certification = habilitation électrique | electricity = électricité | plumbing = plomberie | maintenance = maintenance | cleaning = entretien, nettoyage
culture = culture | cultural = culturel | library = bibliothèque | libraries = bibliothèques | librarian = bibliothécaire | museum = musée | museums = musées | music = musique | art = art | reading = lecture | tourism = tourisme | sport = sport | sports = sport | sports for health = sport santé | fitness = activité physique | physical activity = activité physique | education = éducation | teaching = enseignement | teacher = enseignant, professeur | teachers = enseignants, professeurs | school = école, scolaire | schools = écoles | secondary school = collège, lycée | pupils = élèves | pupil = élève | students = étudiants, élèves | children = enfants, enfance | child = enfant | teenagers = adolescents | adolescents = adolescents | young people = jeunes
early childhood = petite enfance | childcare = petite enfance | nursery = crèche | youth = jeunesse | security = sécurité, sûreté | safety = sécurité, prévention | risk = risque | risks = risques | risk prevention = prévention des risques | prevention = prévention | occupational health = santé au travail | working at height = travail en hauteur | asbestos = amiante | chemical = chimique | explosives = explosifs | radiation = radioprotection
defence = défense | police = police | municipal police = police municipale | police officer = policier | police officers = policiers | gendarmes = gendarmes | customs = douane | diplomacy = diplomatie | intelligence = renseignement | terrorism = terrorisme | radicalisation = radicalisation | writing = écrire, rédaction, rédiger | drafting = rédaction, rédiger | write = écrire, rédiger | minutes = compte rendu | public speaking = prise de parole | speaking = parole | english = anglais | french = français | languages = langues | media = médias | press = presse | social media = réseaux sociaux | networks = réseaux
marketing = marketing | business = entreprises, affaires | businesses = entreprises | trade = commerce | sales = vente | insurance = assurance | banking = banque | logistics = logistique | quality = qualité | engineering = ingénierie, génie | welcoming = accueil, accueillir | welcome = accueil, accueillir | reception = accueil | receptionist = accueil | front desk = accueil | difficult people = public difficile | difficult = difficile | hosting = accueil | listening = écoute
mechanical = mécanique | chemistry = chimie | biology = biologie | physics = physique | mathematics = mathématiques | statistics = statistiques | economics = économie | sociology = sociologie | geography = géographie | laboratory = laboratoire
history = histoire | psychology = psychologie | political science = science politique | research = recherche | innovation = innovation | design = design | evaluation = évaluation | appraisal = entretien professionnel, évaluation | audit = audit | auditing = audit | inspection = inspection, contrôle | inspector = inspecteur | inspectors = inspecteurs | control = contrôle | monitoring = suivi, surveillance | strategy = stratégie | governance = gouvernance | complaint = réclamation | complaints = réclamations | debate = débat | consultation = consultation | participation = participation
competitive exam = concours | competitive exams = concours | exam preparation = préparation au concours | preparatory class = classe préparatoire, prépa | preparatory course = préparation, prépa | preparation = préparation, prépa | preparing = préparer, préparation | beginners = débutants, niveau 1 | beginner = débutant, niveau 1 | advanced = perfectionnement, niveau 2 | level = niveau | introduction = initiation, introduction
talent = talents | seminar = séminaire | workshop = atelier | conference = colloque, conférence | webinar = webinaire | symposium = colloque | meeting = réunion, rencontre | meetings = réunions, rencontres | senior = supérieur, dirigeant | equality = égalité | gender equality = égalité femmes-hommes | women = femmes | men = hommes | diversity = diversité | secularism = laïcité | laicity = laïcité | religion = religion, laïcité
discrimination = discriminations | sexual harassment = harcèlement sexuel, violences sexuelles | bullying = harcèlement | harassment = harcèlement | wellbeing = bien-être, qualité de vie | well-being = bien-être | stress = stress | burnout = épuisement professionnel | quality of life = qualité de vie | remote work = télétravail | remote working = télétravail | working from home = télétravail | telework = télétravail | teamwork = travail en équipe | team = équipe | teams = équipes | time management = gestion du temps | simplification = simplification | strike = grève | unions = syndicats | trade unions = syndicats | discipline = discipline | sick leave = arrêt maladie
migration = migrations | immigration = immigration | asylum = asile | refugees = réfugiés | foreigners = étrangers | prison = pénitentiaire, détention, prison | prisons = prisons, pénitentiaire | prison service = pénitentiaire, administration pénitentiaire | prison officer = surveillant | prison officers = surveillants | prisoner = détenu, détenue | prisoners = détenus, personnes détenues | inmate = détenu, détenue | inmates = détenus, détenues, détenue, personnes détenues | detainees = détenus | detention = détention | probation = probation | tax = fiscalité, impôt | taxes = impôts | taxation = fiscalité | real estate = immobilier | property = biens, immobilier, foncier | land = foncier | funeral = funéraire | cemetery = cimetière | elections = élections | election = élections | voting = vote
responsible purchasing = achat responsable | responsible public procurement = achat public responsable | secretary = secrétaire | secretaries = secrétaires | medical secretary = secrétaire médicale | health manager = cadre de santé | healthcare manager = cadre de santé | ward manager = cadre de santé | mayor's office = mairie | village hall = mairie | cycle = cycle | annual plan = plan | training plan = plan de formation | network = réseau | skills = compétences | knowledge = connaissances
""".strip()


@lru_cache(maxsize=1)
def _terms() -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    table: dict[str, tuple[str, ...]] = {}
    for entry in _TABLE.replace("\n", "|").split("|"):
        english, _, french = entry.partition("=")
        table.setdefault(english.strip(), tuple(f.strip() for f in french.split(",")))
    longest_first = sorted(table, key=len, reverse=True)
    return table, re.compile(rf"(?<![\w'’-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w'’-])", re.IGNORECASE)


@lru_cache(maxsize=1)
def english_only() -> frozenset[str]:
    """The English words of the table that are no French ones.

    >>> "notaries" in english_only(), "conference" in english_only()
    (True, False)
    """
    table, _ = _terms()
    french = {stem(t) for options in table.values() for option in options for t in tokens(option)}
    ambiguous = frozenset(
        [
            "art",
            "digital",
            "date",
            "map",
            "plan",
            "port",
            "court",
            "minutes",
            "sales",
            "sea",
            "pain",
            "stress",
            "plant",
            "plants",
            "state",
            "head",
            "data",
            "ai",
            "it",
            "land",
            "trade",
            "hr",
            "fire",
            "press",
            "media",
            "staff",
            "mentor",
            "manager",
        ]
    )
    return frozenset(w for w in table if " " not in w and stem(w) not in french and w not in ambiguous and len(w) > 3)


def in_french(text: str, known: Container[str], said: Container[str] = ()) -> str:
    """The text with its subjects in French; of several equivalents the first whose every stem is ``known``, a title's, else ``said``.

    >>> in_french("the price of the public procurement course", {"achat"})
    'the price of the achats course'
    """
    table, pattern = _terms()

    def chosen(match: re.Match[str]) -> str:
        word = match.group()
        if word.lower() in ("it", "ai", "art") and word != word.upper():
            return word
        options = table[word.lower()]
        for stems in (known, said):
            for option in options:
                telling = [stem(t) for t in tokens(option) if len(t) > 3] or [stem(t) for t in tokens(option)]
                if all(s in stems for s in telling):
                    return option
            if any(stem(t) in stems for t in tokens(word)):
                return word
        return options[0]

    return pattern.sub(chosen, text)
