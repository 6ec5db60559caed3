"""Pure rules about entries: their state is computed from their dates."""

from dataclasses import dataclass
from datetime import date

from jalons.access.roles import Role
from jalons.access.transitions import Transition, Workflow

ENTRY = Workflow(
    "entry",
    "Entrée",
    {
        "received": "Reçue",
        "assigned": "Attribuée",
        "met": "Premier entretien tenu",
        "closed": "Close",
    },
    (
        Transition(
            "people.assign_entry",
            ("received", "assigned"),
            "assigned",
            frozenset({Role.DISPATCHER}),
            "vers une structure membre",
        ),
        Transition(
            "people.hold_first_interview",
            ("assigned",),
            "met",
            frozenset({Role.PRACTITIONER}),
            "à une date passée, après la réception",
        ),
        Transition(
            "people.close_entry",
            ("received", "assigned"),
            "closed",
            frozenset({Role.DISPATCHER}),
            "avec un motif",
        ),
    ),
)


@dataclass(frozen=True)
class EntryDates:
    assigned_on: date | None
    first_interview_on: date | None
    closed_on: date | None


def entry_state(dates: EntryDates) -> str:
    """received → assigned → met, or closed; the last date wins."""
    if dates.closed_on:
        return "closed"
    if dates.first_interview_on:
        return "met"
    return "assigned" if dates.assigned_on else "received"
