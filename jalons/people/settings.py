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
HANDOVER_OVERLAP = Setting(
    key="people.handover_overlap",
    label="Durée du relais",
    help="Après un relais, le référent précédent lit encore le dossier pendant ce délai.",
    kind=Kind.DAYS,
    default=15,
    group=Group.FOLLOW_UP,
    most=90,
)
AGREEMENT_ENDING = Setting(
    key="attention.agreement_ending",
    label="Accord de partage bientôt terminé",
    help="Un accord de partage se termine dans ce délai.",
    kind=Kind.DAYS,
    default=30,
    group=Group.ATTENTION,
)

SETTINGS = (NO_REFERENT, FIRST_MEETING_LATE, ENTRY_UNASSIGNED, AGREEMENT_ENDING, HANDOVER_OVERLAP)
