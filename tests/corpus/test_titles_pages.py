"""Titles of whole pages of many kinds: universities, schools, ministries, hospitals, chambers, letters, newsletters, forms."""

from __future__ import annotations

import pytest

from corpus.readers.limits import Limits
from corpus.readers.plain import read_plain


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Université de la Baie\nUFR Sciences humaines\nFormations > Masters > Mention Géographie\n\nMaster Géographie\n"
            "Parcours Aménagement et transitions\n\nPrésentation\n"
            "Le master forme des chargés de mission capables de conduire un diagnostic.\n\nAdmission\nLicence de géographie",
            "Master Géographie",
        ),
        (
            "Formations\nLicence professionnelle\nMétiers de la protection de l'eau\n\nAccueil / Formations / IUT / LP\n\nEn bref\n"
            "Durée : 1 an\nRythme : alternance",
            "Métiers de la protection de l'eau",
        ),
        (
            "CNFPT\nDélégation Normandie\n\nItinéraire : Police municipale\n\n"
            "La rédaction des écrits professionnels en police municipale\n\nCode stage : SXPM12\n\nDurée : 2 jours\n\nPublic\n"
            "Policiers municipaux\n\nObjectifs\nRédiger un rapport",
            "La rédaction des écrits professionnels en police municipale",
        ),
        (
            "FUN\nCours > Environnement\n\nL'eau dans la ville\nRéf. 118004\n\nEffort : 12 heures\nRythme : ~2h/semaine\n"
            "Inscription du 2 mars au 3 mai 2027\n\nDescription\nCe cours donne les bases du cycle de l'eau en ville.",
            "L'eau dans la ville",
        ),
        (
            "Préfecture de la région Centre\nSecrétariat général pour les affaires régionales\n\nOrléans, le 4 janvier 2027\n\n"
            "Objet : formation « Conduire un entretien professionnel »\n\nMadame, Monsieur,\n\n"
            "La plate-forme organise une formation de deux jours. Les inscriptions sont ouvertes.",
            "Formation « Conduire un entretien professionnel »",
        ),
        (
            "GRETA-CFA du Val\nFICHE FORMATION\n\nCAP Accompagnant éducatif petite enfance\n\nOBJECTIFS\nAccompagner l'enfant\n\n"
            "PUBLIC\nTout public\n\nDURÉE\n420 heures",
            "CAP Accompagnant éducatif petite enfance",
        ),
        (
            "Chambre d'agriculture de la Vaire\nFormations 2027\nElevage\n\nAméliorer le bien-être des bovins\n\n"
            "Le 12 janvier 2027 à Saint-Aubin\nTarif : 28 €",
            "Améliorer le bien-être des bovins",
        ),
        (
            "Le Mag\nVie des agents\n12 mars 2027\n\nDes secrétaires de mairie en immersion à la préfecture\n\n"
            "Pendant trois jours, douze secrétaires ont découvert les services de l'État. « On comprend mieux les délais », dit l'une d'elles.\n"
            "\nPartager",
            "Des secrétaires de mairie en immersion à la préfecture",
        ),
        (
            "Newsletter n° 14 – mars 2027\n\nFORMATION\nUn nouveau parcours pour les régisseurs\n\n"
            "Dès septembre, le centre de gestion ouvre un parcours de cinq jours. Les inscriptions commencent le 2 mai.",
            "Un nouveau parcours pour les régisseurs",
        ),
        (
            "Institut du littoral\n\nPour les élus\nPour les agents\nPour les entreprises\nNos publications\nL'agenda\n\n"
            "Comprendre l'érosion côtière\n2 jours • présentiel • 480 €\n\n"
            "Le trait de côte recule. Cette formation donne des repères aux élus et aux agents des communes du bord de mer.\n\n"
            "Programme\nJour 1 : le diagnostic\nJour 2 : les solutions",
            "Comprendre l'érosion côtière",
        ),
        (
            "IRA de Montclair – Formation continue\nSTAGE JUR-07\n\nLA COMMANDE PUBLIQUE DURABLE\n\nObjectifs\nConnaître le cadre\n"
            "\nPublic : acheteurs",
            "LA COMMANDE PUBLIQUE DURABLE",
        ),
        (
            "École nationale des greffes\nCatalogue de formation continue 2027\nThème 4 : Accueil et accès au droit\n"
            "4.3 L'accueil des victimes au tribunal\n\nPublic : greffiers\nDurée : 3 jours\nLieu : Dijon",
            "L'accueil des victimes au tribunal",
        ),
        (
            "BULLETIN D'INSCRIPTION\nà retourner avant le 12 mai 2027\n\nFormation : Gérer un cimetière communal\n"
            "Date : 3 juin 2027\nLieu : Rive\nTarif : 150 €",
            "Gérer un cimetière communal",
        ),
        (
            "Vous recherchez une formation ?\nNos conseillers vous répondent du lundi au vendredi\n\n"
            "Assistant de régulation médicale (ARM)\nDiplôme de niveau 4\n\n"
            "La formation dure un an. Elle prépare au diplôme exigé dans les centres 15.\n\nConditions d'accès\nBaccalauréat",
            "Assistant de régulation médicale (ARM)",
        ),
        (
            "★ Coup de cœur des stagiaires\n\nManager à distance : méthodes et outils\n\n"
            "Télétravail, équipes réparties : le manager doit changer ses habitudes. Deux jours pour bâtir ses rituels.\n\n"
            "Tarif 690 € HT",
            "Manager à distance : méthodes et outils",
        ),
        (
            "Direction de l'enseignement militaire\n\nBREVET DE SÉCURITÉ NUCLÉAIRE\nNiveau 1\n\n1. Public\nOfficiers\n2. Durée\n3 semaines",
            "BREVET DE SÉCURITÉ NUCLÉAIRE",
        ),
        (
            "Santé publique Loire\n\nDIU\nAddictions et parcours de soins\n\n"
            "Responsables : Facultés de médecine de Rive et de Tours\n\nObjectifs\nRepérer\n\nTarifs\nFI : 450 €",
            "Addictions et parcours de soins",
        ),
        (
            "Session ouverte – inscriptions jusqu'au 15 mai\n\nL'intelligence artificielle au guichet : promesses et limites\n\n"
            "3 juin 2027 – Rive – 6 heures\n\n"
            "Des cas d'usage, des démonstrations et un débat. Les participants repartent avec une grille de questions.",
            "L'intelligence artificielle au guichet : promesses et limites",
        ),
        (
            "Recherchez une formation\nFiltrer par domaine\nFiltrer par ville\n\nRetour aux résultats\n\n"
            "Métiers du greffe : préparer le concours\n\nÀ partir de 2 jours\nEn ligne\n\n"
            "Cette préparation comprend des cours et des devoirs corrigés. Elle s'adresse aux agents de catégorie C.",
            "Métiers du greffe : préparer le concours",
        ),
        (
            "Syndicat mixte du numérique\nAccompagnement des communes\n\nRGPD EN MAIRIE\nMettre sa commune en conformité\n\n"
            "Une demi-journée, gratuite pour les communes adhérentes",
            "RGPD EN MAIRIE : Mettre sa commune en conformité",
        ),
        (
            "CATALOGUE DES FORMATIONS\n2027\n\nSOMMAIRE\n1. Management\n2. Juridique\n3. Numérique\n\n1. MANAGEMENT\n\n"
            "Animer une équipe\nDurée : 2 jours\nTarif : 300 €\n\nConduire un projet\nDurée : 3 jours\nTarif : 450 €",
            "CATALOGUE DES FORMATIONS",
        ),
        (
            "Les Jeudis du droit public\nCycle de conférences 2026-2027\n\nLa laïcité à l'hôpital\nJeudi 4 février 2027, 18 h\n"
            "Amphithéâtre Carbonnier\n\n"
            "Entrée libre. Avec une magistrate et un directeur d'hôpital. Une discussion suivra la conférence.",
            "La laïcité à l'hôpital",
        ),
        (
            "Polynésie française\nDirection générale des ressources humaines\nFiche action 14\n"
            "Mettre en œuvre le télétravail dans son service\nPublic : chefs de service\nDurée : 2 jours",
            "Mettre en œuvre le télétravail dans son service",
        ),
        (
            "VAE\nObtenir un diplôme par la validation des acquis\n\n"
            "Vous avez de l'expérience ? La VAE permet d'obtenir tout ou partie d'un diplôme. Comptez douze mois.\n\nTarifs\n"
            "Accompagnement : 1 200 €",
            "Obtenir un diplôme par la validation des acquis",
        ),
        (
            "Concours externe d'ingénieur territorial\nPréparation 2027\n\n"
            "Le centre de gestion prépare aux épreuves écrites. Les cours ont lieu le samedi matin.\n\nCalendrier\n"
            "Du 9 janvier au 29 mai 2027",
            "Concours externe d'ingénieur territorial",
        ),
        (
            "« Bien vieillir au travail »\nFormation-action – 3 jours\nCarsat Centre\n\nPublic : préventeurs\nTarif : gratuit",
            "Bien vieillir au travail",
        ),
        (
            "Titre professionnel\nConseiller en insertion professionnelle\nNiveau 5 – RNCP 37274\n\nDurée : 910 heures\nPublic : demandeurs d'emploi",
            "Conseiller en insertion professionnelle",
        ),
        (
            "Qualité de l'air intérieur dans les écoles\nCerema Formation\n\nContexte et enjeux\n"
            "Les collectivités doivent surveiller la qualité de l'air.\n\nObjectifs\nConnaître la réglementation\n\nTarif\n"
            "1 150 € HT",
            "Qualité de l'air intérieur dans les écoles",
        ),
        (
            "Page 1/2\nIFSI de Rive\nFormation d'adaptation à l'emploi\nAssistant de soins en gérontologie\n\n140 heures\n"
            "15 places\n1 260 € par agent",
            "Assistant de soins en gérontologie",
        ),
        (
            "RÉPUBLIQUE FRANÇAISE\nMinistère de la culture\n\nPatrimoine écrit : sauver les collections après un sinistre\n\n"
            "Formation interrégionale\n22 et 23 mars 2027\nDijon\n\n"
            "Le service reçoit chaque année des centaines de demandes. Le stage aide à les traiter avec méthode, et à\n"
            "les prioriser avec l'équipe.",
            "Patrimoine écrit : sauver les collections après un sinistre",
        ),
        (
            "Agence régionale de la biodiversité\n> Se former > Catalogue > Fiche\n\nReconnaître les zones humides – initiation\n\n"
            "Pour qui ? Techniciens de rivière\nCombien ? 250 €",
            "Reconnaître les zones humides – initiation",
        ),
        (
            "[Logo]\nFormation professionnelle continue\nD.U. Droit de la cybersécurité\nFaculté de droit – Rive\n\n"
            "Le service reçoit chaque année des centaines de demandes. Le stage aide à les traiter avec méthode, et à\n"
            "les prioriser avec l'équipe.",
            "D.U. Droit de la cybersécurité",
        ),
        (
            "Centre hospitalier universitaire\nInstitut de formation aux métiers de la santé\n"
            "Programme de formation continue 2027 – fiche 23\nToucher-massage auprès de la personne âgée\nObjectifs :\n"
            "- Connaître\nDurée : 2 jours",
            "Toucher-massage auprès de la personne âgée",
        ),
        (
            "Recevoir le programme | Demander un devis | Imprimer\n\nÉlaborer et suivre le budget d'un CCAS\n\n"
            "Niveau : perfectionnement\nDurée : 2 jours\n\nDe la préparation au compte administratif, une approche pratique.",
            "Élaborer et suivre le budget d'un CCAS",
        ),
        (
            "CCI FORMATION\nNos centres | Nos formations | Financement\nDéveloppement durable\n\n"
            "Réaliser le bilan carbone de sa collectivité\n14 heures\n\n"
            "Le service reçoit chaque année des centaines de demandes. Le stage aide à les traiter avec méthode, et à\n"
            "les prioriser avec l'équipe.",
            "Réaliser le bilan carbone de sa collectivité",
        ),
        (
            "2027\nPLAN DE DÉVELOPPEMENT DES COMPÉTENCES\nVille de Rive-sur-Loue\n\nA. Hygiène et sécurité\n\n"
            "A1 - Gestes et postures\n1 jour – 12 agents – 3 mai\n\nA2 - Travail en hauteur\n2 jours – 8 agents – 4 et 5 juin",
            "PLAN DE DÉVELOPPEMENT DES COMPÉTENCES",
        ),
        (
            "Le CNFPT et l'association des maires s'associent pour former les élus\n\n15/09/2026 | Partenariats\n\n"
            "Un accord-cadre a été signé mardi. Il prévoit des journées communes dans chaque département.",
            "Le CNFPT et l'association des maires s'associent pour former les élus",
        ),
        (
            "Tribune\n\nFormons les agents au temps long\n\nPar un collectif de directeurs\n\n"
            "Nous courons d'urgence en urgence. Il faudrait, à notre avis, dix jours de formation par an.",
            "Formons les agents au temps long",
        ),
        (
            "Webinaire gratuit\nDématérialiser les actes : par où commencer ?\nMardi 9 mars 2027 à 11 h\n\nInscrivez-vous",
            "Dématérialiser les actes : par où commencer ?",
        ),
        (
            "Fiche d'inscription\nStage : Encadrer des apprentis en collectivité (réf. RH-31)\nDates : 3 et 4 mai 2027",
            "Encadrer des apprentis en collectivité",
        ),
        (
            "École des hautes études du service public (EHESP)\n\nCertificat d'établissement – Parcours certifiant\n\n"
            "Patient partenaire et démocratie en santé\n\nResponsable : département SHS\n\n"
            "Le service reçoit chaque année des centaines de demandes. Le stage aide à les traiter avec méthode, et à\n"
            "les prioriser avec l'équipe.",
            "Patient partenaire et démocratie en santé",
        ),
        (
            "PRÉPARATION AUX CONCOURS ET EXAMENS PROFESSIONNELS\nEXAMEN PROFESSIONNEL DE RÉDACTEUR PRINCIPAL DE 2e CLASSE\n\n"
            "Public\nRédacteurs\n\nDurée\n8 jours",
            "EXAMEN PROFESSIONNEL DE RÉDACTEUR PRINCIPAL DE 2e CLASSE",
        ),
        (
            "1 jour pour comprendre\nLe nouveau code de la fonction publique\n\nPublic\nGestionnaires RH\n\nTarif\n210 €",
            "Le nouveau code de la fonction publique",
        ),
        (
            "Sensibilisation aux violences sexistes et sexuelles\nVersion agents – e-learning (45 min)\n\nAccéder au module\n"
            "Connectez-vous avec votre compte Mentor.",
            "Sensibilisation aux violences sexistes et sexuelles",
        ),
        (
            "Formation des membres du CST\nFormation syndicale et institutionnelle\n"
            "Cinq jours obligatoires, dont trois au cours de la première année\n\n"
            "Le service reçoit chaque année des centaines de demandes. Le stage aide à les traiter avec méthode, et à\n"
            "les prioriser avec l'équipe.",
            "Formation des membres du CST",
        ),
        (
            "Code : SST-I\nSauveteur secouriste du travail (SST) – initial\n14 h | 12 places | 190 €",
            "Sauveteur secouriste du travail (SST) – initial",
        ),
        (
            "OFII – Délégation de Rive\nJournée d'échange de pratiques\n\nL'accueil des primo-arrivants en mairie\n\n12 octobre 2027",
            "L'accueil des primo-arrivants en mairie",
        ),
        (
            "Université d'été du numérique responsable\n\n25 et 26 août 2027, Rive\n\nDeux jours d'ateliers et de conférences. Inscription : 90 €.",
            "Université d'été du numérique responsable",
        ),
        (
            "Partager sur\nFacebook\nX\nLinkedIn\nCopier le lien\nAccueil\nFormations\nDroit\nMarchés publics\n\n"
            "Passer un marché public à procédure adaptée (MAPA)\n\n2 jours\nDistanciel\nÀ partir de 790 € HT\n\n"
            "Pourquoi suivre cette formation ?\nLe code de la commande publique impose des règles.",
            "Passer un marché public à procédure adaptée (MAPA)",
        ),
        (
            "DIPLÔME D'ÉTAT D'INFIRMIER\nFormation en soins infirmiers par la voie de la promotion professionnelle\n\n"
            "IFSI du centre hospitalier de Rive\n\nDurée : trois ans",
            "DIPLÔME D'ÉTAT D'INFIRMIER : Formation en soins infirmiers par la voie de la promotion professionnelle",
        ),
        (
            "Nom de l'action : Prévenir l'épuisement professionnel\nOrganisme : cabinet Sérénité\nDurée : 2 jours",
            "Prévenir l'épuisement professionnel",
        ),
        (
            "Dispositif n° 26A0220011\nScolariser les élèves à haut potentiel\nModule 98765\n\n"
            "Public : professeurs du second degré\nDurée : 6 heures",
            "Scolariser les élèves à haut potentiel",
        ),
        (
            "Madame, Monsieur,\n\n"
            "Nous vous confirmons votre inscription à la formation « Accueil des usagers vulnérables » qui se tiendra le 12 mai 2027 à Rive.\n"
            "\nMerci de confirmer votre présence.",
            "Formation « Accueil des usagers vulnérables »",
        ),
        (
            "Calédoformation\nInstitut de la fonction publique\nNouméa\n\nTechniques de conduite d'entretien\n\nProgramme\n"
            "Les phases\n\nTarif : 45 000 F CFP",
            "Techniques de conduite d'entretien",
        ),
        (
            "ENAP\n\nSURVEILLER ET PUNIR AUTREMENT\nMesures alternatives et probation\n\nDurée\n5 jours\n\nPublic\nCPIP",
            "SURVEILLER ET PUNIR AUTREMENT : Mesures alternatives et probation",
        ),
        (
            "Formation continue des cadres > Achats\n\nSourcing et négociation\ndans la commande publique\n\n"
            "Vous achetez pour une collectivité ? Ce stage vous donne des outils.\n\nLieu : Lille",
            "Sourcing et négociation dans la commande publique",
        ),
        (
            "Une formation du Centre national de la musique\n\nProduire un spectacle en collectivité\n14 h en présentiel\n\n"
            "Le service reçoit chaque année des centaines de demandes. Le stage aide à les traiter avec méthode, et à\n"
            "les prioriser avec l'équipe.",
            "Produire un spectacle en collectivité",
        ),
        (
            "• Accueil\n• Formations\n• Actualités\n\nMaîtriser les fondamentaux de la paie publique\n\n3 jours - 21 heures\n"
            "Réf : PAIE01\n\n"
            "Le service reçoit chaque année des centaines de demandes. Le stage aide à les traiter avec méthode, et à\n"
            "les prioriser avec l'équipe.",
            "Maîtriser les fondamentaux de la paie publique",
        ),
        (
            "ÉCOLE SUPÉRIEURE DE JOURNALISME\nFormation courte\n\nÉcrire pour le web\n\nDates : 3 mai",
            "Écrire pour le web",
        ),
        (
            "Mastère Spécialisé®\nVille durable et résilience\n\nAccréditation CGE\n\nObjectifs\nFormer",
            "Ville durable et résilience",
        ),
        (
            "Prévention des conflits d'intérêts\nQuiz et études de cas\n\nÀ distance, 3 heures\nPublic : élus",
            "Prévention des conflits d'intérêts",
        ),
        (
            "Direction interrégionale des services pénitentiaires de Rive\nUnité de recrutement et de formation\n"
            "Plan local de formation 2027\n\nTechniques d'intervention : maintien des acquis\n\nPublic : surveillants\n"
            "Durée : 1 jour",
            "Techniques d'intervention : maintien des acquis",
        ),
        (
            "Comment réussir sa mobilité ?\n\nAtelier collectif de la plate-forme RH\n\n"
            "Jeudi 4 mars 2027, 9 h - 12 h, cité administrative\n12 places",
            "Comment réussir sa mobilité ?",
        ),
        (
            "INSCRIPTION OUVERTE\n\nConduite accompagnée du changement en EHPAD\n\n4 jours\n\n"
            "Le service reçoit chaque année des centaines de demandes. Le stage aide à les traiter avec méthode, et à\n"
            "les prioriser avec l'équipe.",
            "Conduite accompagnée du changement en EHPAD",
        ),
        (
            "Programme\n\nFormation de formateurs internes occasionnels\n\nJour 1\nLa posture\nJour 2\nLes méthodes",
            "Formation de formateurs internes occasionnels",
        ),
        (
            "Le parcours\nCadres de demain\n\n"
            "Un an pour préparer une prise de poste de direction, avec un mentor et trois séminaires.\n\nQui peut postuler ?\n"
            "Cadres A",
            "Cadres de demain",
        ),
        (
            "INSPÉ de l'académie de Rive\nMaster MEEF mention second degré\nParcours Lettres modernes\n\nLieu : Rive\nDurée : 2 ans",
            "Master MEEF mention second degré",
        ),
        (
            "DGAFP\nCampus des cadres\nMASTERCLASS\nNégocier un accord collectif local\n\n19 mai 2027, 14 h - 17 h, en ligne",
            "Négocier un accord collectif local",
        ),
        (
            "Lycée agricole de la Vaire – CFPPA\nRentrée 2027\nBPREA – Brevet professionnel responsable d'entreprise agricole\n\nDurée : 10 mois",
            "BPREA – Brevet professionnel responsable d'entreprise agricole",
        ),
        (
            "Vous êtes ici : Accueil / Offre / Fiche\n\nDiagnostiquer un sol pollué\n\nDernière mise à jour : 3 mars 2027\n\n"
            "Cette formation s'adresse aux techniciens. Elle dure deux jours.",
            "Diagnostiquer un sol pollué",
        ),
        (
            "Nos formations en 2027\n\nSanté mentale : premiers secours\n2 jours – 12 participants – 250 €\nLes 3 et 4 mai\n\n"
            "Écoute active au téléphone\n1 jour – 10 participants – 130 €\nLe 9 juin\n\nPour s'inscrire : formations@asso.example",
            "Nos formations en 2027",
        ),
        (
            "Ministère de l'intérieur\nDirection de la formation\nFORMATION DES CONSEILLERS DE PRÉVENTION\n"
            "Mise à jour réglementaire 2027\n\nLieu : Paris\nDurée : 2 jours",
            "FORMATION DES CONSEILLERS DE PRÉVENTION",
        ),
        (
            "Catalogue | Management\nOser le feedback\nRéussir ses entretiens au quotidien\n\n1 jour\n490 € HT\n\nObjectifs\nDonner un retour",
            "Oser le feedback",
        ),
        (
            "Le compte personnel de formation des agents publics\nGuide pratique\n\nQu'est-ce que le CPF ?\nLe CPF permet d'acquérir des droits.",
            "Le compte personnel de formation des agents publics",
        ),
    ],
)
def test_the_title_of_a_page(text: str, title: str) -> None:
    assert read_plain(text.encode(), "doc1.txt", Limits()).title == title
