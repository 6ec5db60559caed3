"""The delays that a territory aims at between two steps of a pathway (product.md §6)."""

from . import Group, Kind, Setting


def _target(name: str, default: int, label: str, help_text: str) -> Setting:
    return Setting(
        key=f"targets.{name}",
        label=label,
        help=help_text,
        kind=Kind.DAYS,
        default=default,
        group=Group.TARGETS,
        least=1,
    )


TARGETS = (
    _target("first_interview", 10, "Premier entretien", "Après l’entrée de la personne."),
    _target("portrait", 15, "Portrait partagé", "Après le premier entretien."),
    _target("contract", 10, "Contrat signé", "Après le portrait partagé."),
    _target("first_action", 30, "Première action", "Après la signature du contrat."),
    _target("immersion", 60, "Immersion en entreprise", "Après l’étape précédente."),
    _target("training", 30, "Entrée en formation", "Après l’étape précédente."),
    _target("job", 45, "Accès à l’emploi", "Après l’étape précédente."),
)
