"""Val-d’Oise: the largest one; continuity through changes of status. It changed some settings."""

from .shapes import (
    NATIONAL_AXES,
    Action,
    Consortium,
    Convention,
    Member,
    Milestone,
    Setting,
    agents,
)

COUNTY, CITY = "Département du Val-d’Oise", "CCAS d’Argenteuil"
WORK, YOUNG = "France Travail Cergy", "Mission locale du Vexin"
PLIE = "PLIE de l’Est du Val-d’Oise"

VAL_D_OISE = Consortium(
    code="val-d-oise",
    name="Val-d’Oise",
    seat="95127",
    persons=1_500,
    departement="95",
    convention=Convention(
        "Convention du SPIE du Val-d’Oise",
        COUNTY,
        "Un parcours sans rupture : avant et après 25 ans, à l’entrée et à la sortie du RSA, à la"
        " fin d’un contrat d’insertion.",
        ("brsa", "jeune", "th"),
    ),
    members=(
        Member(COUNTY, "DEPT", street="2 allée des Peupliers", postcode="95000", city="Cergy"),
        Member(WORK, "FT", street="30 boulevard des Tilleuls", postcode="95000", city="Cergy"),
        Member(YOUNG, "ML", street="8 rue des Acacias", postcode="95300", city="Pontoise"),
        Member(
            "Mission locale de la Vallée",
            "ML",
            street="17 rue des Érables",
            postcode="95130",
            city="Franconville",
        ),
        Member(
            "Cap emploi Val-d’Oise",
            "CAP_EMPLOI",
            street="5 rue des Charmes",
            postcode="95310",
            city="Saint-Ouen-l’Aumône",
            note="Sur rendez-vous",
        ),
        Member(PLIE, "PLIE", street="40 avenue des Ormes", postcode="95200", city="Sarcelles"),
        Member("CAF du Val-d’Oise", "CAF"),
        Member(CITY, "CCAS", street="11 rue des Saules", postcode="95100", city="Argenteuil"),
        Member("DDETS du Val-d’Oise", "DDETS"),
        Member("Régie de quartier des Tilleuls", "EI", joined=500),
        Member(
            "Centre social des Cèdres",
            "CENTRE_SOCIAL",
            street="22 place des Cèdres",
            postcode="95140",
            city="Garges-lès-Gonesse",
            joined=380,
        ),
        Member("Club de prévention des Moulins", "PREVENTION", sensitive=True),
        Member("Logistique Plaine de France", "ENTREPRISE", joined=210),
    ),
    agents=agents(
        (
            "Fatoumata Sylla",
            "Guillaume Terrasson",
            "Priscilla Nkounkou",
            "Marc-Antoine Dubreuil",
            "Laëtitia Poitou",
            "Kévin Delattre",
            "Hélène Vauquelin",
            "Bakary Konaté",
            "Emmanuelle Roch",
            "Stéphane Lemoigne",
            "Catherine Aubrac",
            "Myriam Haudry",
        ),
        COUNTY,
        CITY,
        WORK,
        YOUNG,
        "Centre social des Cèdres",
    ),
    employers=(COUNTY, WORK, YOUNG, "Mission locale de la Vallée", PLIE, "Cap emploi Val-d’Oise"),
    axes=NATIONAL_AXES,
    actions=(
        Action("Portrait partagé dans toutes les structures", 0, -200, -60, -195, -48, COUNTY),
        Action(
            "Passage de relais à 25 ans",
            1,
            -120,
            -15,
            -110,
            None,
            YOUNG,
            "facilitator",
            milestones=(
                Milestone("Fiche de relais adoptée", -60, -57),
                Milestone("Relais suivis sur six mois", -15),
            ),
        ),
        Action("Sortie de SIAE sans rupture", 1, -30, 100, -28, None, PLIE),
        Action("Recensement de l’offre", 2, -90, 45, -85, None, COUNTY, "network_lead"),
        Action("Rencontres avec les entreprises de logistique", 2, 10, 130, None, None, WORK),
        Action("Groupe d’usagers", 3, 25, 140, None, None, COUNTY, "coordinator"),
    ),
    milestones=(
        Milestone("Comité de pilotage annuel", -70, -68),
        Milestone("Bilan à mi-parcours", 50),
    ),
    goals={-1: 1_200, 0: 1_500, 1: 1_600},
    settings=(
        Setting(
            "attention.first_meeting_late",
            21,
            400,
            "Trop d’entrées pour nos structures en début de convention.",
        ),
        Setting("attention.first_meeting_late", 18, 150, "Deux conseillers de plus au PLIE."),
        Setting(
            "attention.first_meeting_late", 15, -35, "Retour au délai national, décidé en comité."
        ),
        Setting("targets.training", 45, 300, "Les formations débutent par session."),
        Setting("people.handover_overlap", 30, 220, "Relais plus longs à la sortie des SIAE."),
    ),
)
