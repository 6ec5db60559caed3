"""What a territory may change about entries, référents and handovers."""

from jalons.territories.settings import Group, Kind, Setting

NO_REFERENT = Setting(
    key="attention.no_referent",
    label="Sans référent de parcours",
    help="Une personne dont l’entrée est ouverte attend un référent depuis ce délai.",
    kind=Kind.DAYS,
    default=7,
    group=Group.ATTENTION,
    source="CASF, article L. 262-27",
)
FIRST_MEETING_LATE = Setting(
    key="attention.first_meeting_late",
    label="Premier entretien en attente",
    help="Une entrée reçue depuis ce délai n’a pas eu son premier entretien.",
    kind=Kind.DAYS,
    default=15,
    group=Group.ATTENTION,
    least=1,
)
ENTRY_UNASSIGNED = Setting(
    key="attention.entry_unassigned",
    label="Entrée sans structure",
    help="Une entrée ouverte depuis ce délai n’est attribuée à aucune structure.",
    kind=Kind.DAYS,
    default=0,
    group=Group.ATTENTION,
    most=60,
)
REORIENTATION_UNANSWERED = Setting(
    key="attention.reorientation_unanswered",
    label="Réorientation sans réponse",
    help="Une réorientation demandée depuis ce délai n’a pas de réponse.",
    kind=Kind.DAYS,
    default=7,
    group=Group.ATTENTION,
    least=1,
)
INTAKE_ANSWER = Setting(
    key="people.intake_answer",
    label="Première réponse à une demande",
    help="Délai annoncé à qui demande un accompagnement. Au-delà, la liste le signale.",
    kind=Kind.DAYS,
    default=5,
    group=Group.TARGETS,
    least=1,
    most=60,
)
HANDOVER_OVERLAP = Setting(
    key="people.handover_overlap",
    label="Durée du relais",
    help="Après un relais, le référent précédent lit encore le dossier pendant ce délai.",
    kind=Kind.DAYS,
    default=15,
    group=Group.FOLLOW_UP,
    most=90,
)
UNDO_MERGE_DAYS = Setting(
    key="people.undo_merge",
    label="Réunion de deux dossiers à défaire",
    help="Pendant ce délai, une réunion se défait et les deux dossiers sont entiers de nouveau.",
    kind=Kind.DAYS,
    default=90,
    group=Group.FOLLOW_UP,
    least=7,
    most=365,
)
"""Ninety days: a wrong merge shows when somebody next meets the person, at the latest at the point
de situation (sixty days by default); beyond, what is needed to undo would be kept for nothing."""
AGREEMENT_ENDING = Setting(
    key="attention.agreement_ending",
    label="Accord de partage bientôt terminé",
    help="Un accord de partage se termine dans ce délai.",
    kind=Kind.DAYS,
    default=30,
    group=Group.ATTENTION,
)

SEARCHES_AN_HOUR = Setting(
    key="people.searches_an_hour",
    label="Recherches par heure",
    help="Au-delà, un même compte attend pour chercher une autre personne.",
    kind=Kind.NUMBER,
    default=60,
    group=Group.VIGILANCE,
    least=10,
    most=500,
)
FILES_AN_HOUR = Setting(
    key="people.files_an_hour",
    label="Dossiers ouverts en une heure",
    help="Un compte qui ouvre autant de dossiers en une heure est signalé.",
    kind=Kind.NUMBER,
    default=200,
    group=Group.VIGILANCE,
    least=20,
    most=2000,
)
STRUCTURES_A_DAY = Setting(
    key="people.structures_a_day",
    label="Structures sur un dossier en un jour",
    help="Une personne dont autant de structures ouvrent le dossier en un jour est signalée.",
    kind=Kind.NUMBER,
    default=5,
    group=Group.VIGILANCE,
    least=2,
    most=50,
)

SETTINGS = (
    *(NO_REFERENT, FIRST_MEETING_LATE, ENTRY_UNASSIGNED, REORIENTATION_UNANSWERED),
    *(AGREEMENT_ENDING, HANDOVER_OVERLAP),
    *(INTAKE_ANSWER, UNDO_MERGE_DAYS),
    *(SEARCHES_AN_HOUR, FILES_AN_HOUR, STRUCTURES_A_DAY),
)
