"""How long a file is kept, as the law says it, and when an unanswered request calls."""

from jalons.territories.settings import Group, Kind, Setting

ACTIVE_YEARS = Setting(
    key="retention.active_years",
    label="Dossier actif (années)",
    help="Après le dernier contact individuel avec la personne, puis le dossier est archivé.",
    kind=Kind.NUMBER,
    default=2,
    group=Group.RETENTION,
    least=1,
    most=2,
    source="CASF, articles R. 263-1 et suivants",
)
ARCHIVE_YEARS = Setting(
    key="retention.archive_years",
    label="Archive intermédiaire (années)",
    help="Hors de la vue de tous les professionnels, puis le dossier est effacé.",
    kind=Kind.NUMBER,
    default=2,
    group=Group.RETENTION,
    least=0,
    most=2,
    source="CASF, articles R. 263-1 et suivants",
)
INTAKE_MONTHS = Setting(
    key="retention.intake_months",
    label="Demande d’accompagnement sans suite (mois)",
    help="Une demande que personne n’a rattachée à un dossier est détruite après ce délai.",
    kind=Kind.NUMBER,
    default=6,
    group=Group.RETENTION,
    least=1,
    most=6,
    source="RGPD, article 5.1.e",
)
INTAKE_ASIDE_DAYS = Setting(
    key="retention.intake_aside_days",
    label="Demande d’accompagnement mise de côté",
    help="Une demande mise de côté est détruite après ce délai.",
    kind=Kind.DAYS,
    default=30,
    group=Group.RETENTION,
    least=1,
    most=30,
    source="RGPD, article 5.1.e",
)
CONSULTATION_MONTHS = Setting(
    key="retention.consultation_months",
    label="Trace des consultations (mois)",
    help="Qui a ouvert quelle page, puis la trace est supprimée, sauf conservation suspendue.",
    kind=Kind.NUMBER,
    default=12,
    group=Group.RETENTION,
    least=6,
    most=12,
    source="CNIL, délibération 2021-122",
)
REQUEST_DUE = Setting(
    key="attention.request_due",
    label="Demande d’une personne sans réponse",
    help="Une demande sur ses données, reçue depuis ce délai, attend encore sa réponse.",
    kind=Kind.DAYS,
    default=21,
    group=Group.ATTENTION,
    least=1,
    most=30,
    source="RGPD, article 12 (3)",
)

SETTINGS = (
    ACTIVE_YEARS,
    ARCHIVE_YEARS,
    INTAKE_MONTHS,
    INTAKE_ASIDE_DAYS,
    CONSULTATION_MONTHS,
    REQUEST_DUE,
)
