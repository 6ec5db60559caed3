"""What becomes of a possible match: the référent of the protected person alone says."""

from jalons.access.roles import Role
from jalons.access.table import JOIN_MATCH, PART_MATCH
from jalons.access.transitions import Transition, Workflow

REFERENT = frozenset({Role.PRACTITIONER})
POSSIBLE_MATCH = Workflow(
    "possible_match",
    "Correspondance possible",
    {"waiting": "À vérifier", "joined": "Même personne", "parted": "Autre personne"},
    (
        Transition(
            JOIN_MATCH,
            ("waiting",),
            "joined",
            REFERENT,
            "le nouveau dossier est protégé et le référent le suit",
        ),
        Transition(PART_MATCH, ("waiting",), "parted", REFERENT, "le nouveau dossier reste tel"),
    ),
)


def match_state(answer: str) -> str:
    """A match without an answer waits."""
    return answer or "waiting"
