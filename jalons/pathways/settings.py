"""The delays that a territory aims at between two steps, and what its lists watch."""

from jalons.territories.settings import Group, Kind, Setting

from .steps.rules import AFTER_CONTRACT, OTHER


def _aimed(code: str, label: str, days: int, what: str) -> Setting:
    return Setting(
        key=f"pathways.target_{code}",
        label=label,
        help=f"Délai visé entre la fin de l’étape d’avant et {what}. Au-delà, elle est en retard.",
        kind=Kind.DAYS,
        default=days,
        group=Group.TARGETS,
        least=1,
    )


TARGETS = {
    "premier_entretien": _aimed("first_interview", "Premier entretien", 10, "le premier entretien"),
    "portrait": _aimed("portrait", "Portrait socioprofessionnel", 15, "le portrait"),
    "contrat": _aimed("contract", "Contrat", 10, "le contrat"),
    AFTER_CONTRACT: _aimed("first_action", "Première action", 30, "l’étape qui suit le contrat"),
    "immersion": _aimed("immersion", "Immersion", 60, "l’immersion"),
    "formation": _aimed("training", "Formation", 30, "la formation"),
    "emploi": _aimed("job", "Emploi", 45, "l’emploi"),
}
"""By the kind of the step that is awaited."""
STEP_LATE = Setting(
    key="attention.step_late",
    label="Étape en retard",
    help="Une étape n’a pas commencé dans ce délai après la précédente, s’il n’en est pas visé"
    " d’autre.",
    kind=Kind.DAYS,
    default=30,
    group=Group.ATTENTION,
    least=1,
)
NO_NEXT_STEP = Setting(
    key="attention.no_next_step",
    label="Sans prochaine étape datée",
    help="Un parcours en cours n’a, depuis ce délai, ni étape commencée ni étape prévue.",
    kind=Kind.DAYS,
    default=0,
    group=Group.ATTENTION,
    most=60,
)
BY_KIND = {**TARGETS, OTHER: STEP_LATE}
SETTINGS = (NO_NEXT_STEP, STEP_LATE, *TARGETS.values())
