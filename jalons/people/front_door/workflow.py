"""What becomes of a request to follow somebody."""

from jalons.access.roles import Role
from jalons.access.transitions import Transition, Workflow

ASK, ACCEPT, REFUSE, WITHDRAW, RECEIVE, SEARCH = (
    "people.ask_to_follow",
    "people.accept_request",
    "people.refuse_request",
    "people.withdraw_request",
    "people.receive",
    "people.search",
)
ANSWERING = frozenset({Role.PRACTITIONER, Role.MANAGER, Role.DISPATCHER})
RECEIVING = frozenset({Role.PRACTITIONER, Role.MANAGER, Role.CLERK, Role.DISPATCHER})

FOLLOW_REQUEST = Workflow(
    "follow_request",
    "Demande à suivre",
    {
        "waiting": "En attente de réponse",
        "accepted": "Acceptée",
        "refused": "Refusée",
        "withdrawn": "Retirée",
    },
    (
        Transition(ACCEPT, ("waiting",), "accepted", ANSWERING, "le suivi ou l’entrée s’ouvre"),
        Transition(REFUSE, ("waiting",), "refused", ANSWERING, "avec une explication"),
        Transition(WITHDRAW, ("waiting",), "withdrawn", RECEIVING, "par son auteur"),
    ),
)


def request_state(answer: str) -> str:
    """A request without an answer waits."""
    return answer or "waiting"
