"""What the lists of a territory watch in pathways; the delays that it aims at before each step."""

from jalons.territories.settings import Group, Kind, Setting
from jalons.territories.settings import targets as aimed

from .steps.rules import AFTER_CONTRACT, OTHER

_AIMED = {setting.key.removeprefix("targets."): setting for setting in aimed.TARGETS}
TARGETS = {
    "premier_entretien": _AIMED["first_interview"],
    "portrait": _AIMED["portrait"],
    "contrat": _AIMED["contract"],
    AFTER_CONTRACT: _AIMED["first_action"],
    "immersion": _AIMED["immersion"],
    "formation": _AIMED["training"],
    "emploi": _AIMED["job"],
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
SETTINGS = (NO_NEXT_STEP, STEP_LATE)
