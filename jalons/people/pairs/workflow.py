"""What becomes of two files that are alike."""

from jalons.access.roles import Role
from jalons.access.table import MERGE, TELL_APART, UNDO_MERGE
from jalons.access.transitions import Transition, Workflow

REVIEWERS = frozenset({Role.PRACTITIONER, Role.COORDINATOR, Role.DISPATCHER})
PAIR = Workflow(
    "pair",
    "Dossiers à rapprocher",
    {
        "waiting": "À examiner",
        "distinct": "Dossiers déjà distingués",
        "merged": "Dossiers déjà réunis",
    },
    (
        Transition(
            TELL_APART, ("waiting",), "distinct", REVIEWERS, "les deux dossiers restent tels"
        ),
        Transition(
            MERGE,
            ("waiting",),
            "merged",
            REVIEWERS,
            "un seul dossier ; refusé quand deux NIR se contredisent",
        ),
        Transition(
            UNDO_MERGE,
            ("merged",),
            "waiting",
            REVIEWERS,
            "dans le délai ; les deux dossiers sont entiers",
        ),
    ),
)


def pair_state(answer: str) -> str:
    """A pair without an answer waits."""
    return answer or "waiting"
