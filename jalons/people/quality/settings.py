"""What a territory may change about the quality of its data."""

from jalons.territories.settings import Group, Kind, Setting

STATUS_TO_CONFIRM = Setting(
    key="quality.status_to_confirm",
    label="Statut à confirmer",
    help="Un statut que personne n’a confirmé depuis ce délai est à vérifier avec la personne.",
    kind=Kind.DAYS,
    default=365,
    group=Group.FOLLOW_UP,
    least=30,
    most=1500,
)
