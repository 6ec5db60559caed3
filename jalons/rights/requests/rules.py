"""Pure rules about the person's requests: the month to answer, the states."""

from datetime import date, timedelta

from jalons.access.roles import Role
from jalons.access.transitions import Transition, Workflow

REQUEST = Workflow(
    "rights_request",
    "Demande d’une personne sur ses données",
    {"received": "Reçue", "answered": "Répondue"},
    (
        Transition(
            "rights.handle_request",
            ("received",),
            "answered",
            frozenset(set(Role) - {Role.OBSERVER, Role.PLATFORM_ADMIN}),
            "par qui répond de la protection des données, dans le mois",
        ),
    ),
)


def request_state(answered_on: date | None) -> str:
    return "answered" if answered_on else "received"


def due_day(received_on: date) -> date:
    """The last day to answer, one month later (RGPD, art. 12, 3).

    The same day of the next month, else its last day (règlement 1182/71, article 3).
    """
    first = date(received_on.year + received_on.month // 12, received_on.month % 12 + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first + timedelta(days=min(received_on.day, (following - first).days) - 1)
