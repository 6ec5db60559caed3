"""Mandates and invitations: which act follows which, who gives which role, what a text holds."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from jalons.access.roles import Role
from jalons.access.table import COMPLETE, COORDINATOR, DISPATCHER, MANAGER, SEND, WITHDRAW
from jalons.access.transitions import Transition, Workflow
from jalons.kernel.text import fold

VALIDITY = timedelta(days=7)
"""How long the link of an invitation serves, from the moment it is sent."""
TEAM_ROLES = (Role.PRACTITIONER, Role.MANAGER, Role.CLERK)
"""What a person does in their structure: whoever invites there may give it."""
OFFICES = (
    Role.DISPATCHER,
    Role.COORDINATOR,
    Role.FACILITATOR,
    Role.COMPANY_LEAD,
    Role.NETWORK_LEAD,
    Role.STEERING,
)
"""What a person does for the whole territory: its coordinators give it."""
MOST_SKILLS, LONGEST_SKILL = 12, 80
_BETWEEN = re.compile(r"[,;\n]")
_INVITING = frozenset({COORDINATOR, DISPATCHER, MANAGER})

INVITATION = Workflow(
    "invitation",
    "Invitation",
    {
        "prepared": "Préparée",
        "sent": "Envoyée",
        "expired": "Expirée",
        "accepted": "Acceptée",
        "withdrawn": "Retirée",
    },
    (
        Transition(COMPLETE, ("prepared",), "prepared", _INVITING),
        Transition(COMPLETE, ("sent",), "sent", _INVITING),
        Transition(COMPLETE, ("expired",), "expired", _INVITING),
        Transition(SEND, ("prepared", "sent", "expired"), "sent", _INVITING, "nouveau lien"),
        Transition(
            "expire",
            ("sent",),
            "expired",
            condition="calculé : sept jours, ou fin du mandat de qui l’a envoyée",
        ),
        Transition(
            "accept", ("sent",), "accepted", condition="par le lien, avec le compte de ce courriel"
        ),
        Transition(WITHDRAW, ("prepared", "sent", "expired"), "withdrawn", _INVITING),
    ),
)


def invitation_state(
    *,
    sent_at: datetime | None,
    accepted_at: datetime | None,
    withdrawn_at: datetime | None,
    sender_works: bool,
    at: datetime,
) -> str:
    """A link falls with the mandate of who sent it, like every link of the house."""
    if accepted_at or withdrawn_at:
        return "accepted" if accepted_at else "withdrawn"
    if sent_at is None:
        return "prepared"
    return "sent" if sender_works and at < sent_at + VALIDITY else "expired"


def needs_field(role: str) -> bool:
    """A practitioner is a social or a professional specialist; the other roles are neither."""
    return role == Role.PRACTITIONER


def words_of(family_name: str, given_name: str, function: str, skills: Iterable[str]) -> str:
    """What the lists of professionals sort by and search."""
    return fold(" ".join([family_name, given_name, function, *skills]))


def end_after(last_day: date | None, starts_on: date, today: date) -> date:
    """The first day without: after the last one, at once when none is said."""
    end = today if last_day is None else last_day + timedelta(days=1)
    return max(end, starts_on)


def skills_in(text: str) -> list[str]:
    """The skills that a text lists, each once, in its order."""
    found: dict[str, str] = {}
    for part in _BETWEEN.split(text):
        skill = " ".join(part.split())
        if skill:
            found.setdefault(fold(skill) or skill, skill)
    return list(found.values())
