"""What a list may leave the house for, and what it may not: pure.

The data of the consortium serve to accompany (CASF L. 263-4-1, R. 263-1 to R. 263-9): they are not
used again to control or to punish.
"""

import re
from dataclasses import dataclass

from jalons.kernel.text import fold


@dataclass(frozen=True)
class Purpose:
    """`basis` is the legal basis printed in the file; `forbidden` says why an export is refused."""

    code: str
    label: str
    basis: str = ""
    forbidden: str = ""


MISSION = "RGPD, article 6.1.e ; CASF, articles L. 263-4-1 et R. 263-1 et suivants"
NO_CONTROL = (
    "Ces données servent à accompagner : la loi ne permet pas de les réutiliser pour contrôler ou"
    " sanctionner. L’export est refusé, et ce refus est inscrit au journal."
)
PURPOSES = {
    purpose.code: purpose
    for purpose in (
        Purpose("accompany", "Préparer l’accompagnement des personnes de la liste", MISSION),
        Purpose("coordinate", "Coordonner les parcours avec les partenaires", MISSION),
        Purpose("quality", "Vérifier et corriger les données", "RGPD, articles 5.1.d et 6.1.e"),
        Purpose("statistics", "Établir des statistiques sans aucun nom", "RGPD, article 89"),
        Purpose("rights", "Répondre à la demande d’une personne", "RGPD, articles 12 à 21"),
        Purpose("control", "Contrôler, sanctionner ou suspendre un droit", forbidden=NO_CONTROL),
    )
}
_CONTROLS = re.compile(
    r"\b(sanction|radi(er|ation)|suspen(dre|sion)|fraud|control|verbalis|redressement|indu)"
)


def forbidden(purpose: Purpose, words: str) -> str:
    """Why an export is refused, or nothing. The words count as much as the choice."""
    if purpose.forbidden:
        return purpose.forbidden
    return NO_CONTROL if _CONTROLS.search(fold(words)) else ""
