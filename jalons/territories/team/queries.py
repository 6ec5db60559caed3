"""Who works where: the teams that one looks after, and the invitations that wait."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.levels import Level
from jalons.access.roles import Field, Role
from jalons.access.table import SEE_TEAM, SEND
from jalons.kernel import clock

from ..models import Invitation, Mandate, Organization
from .rules import VALIDITY

STATES = {"en-cours": "En cours", "a-venir": "À venir", "termines": "Terminés"}


@dataclass(frozen=True)
class TeamFilter:
    """What is chosen on screen: it is written in the export."""

    organization: UUID | None = None
    role: str = ""
    field: str = ""
    state: str = "en-cours"

    @property
    def query(self) -> dict[str, str]:
        """What the address holds of it."""
        return {
            "structure": str(self.organization or ""),
            "role": self.role,
            "champ": self.field,
            "etat": self.state,
        }


def team_filter(said: Mapping[str, str]) -> TeamFilter:
    """The filter that an address says; what it does not know filters nothing."""
    organization = None
    with suppress(ValueError):
        organization = UUID(said.get("structure", ""))
    role, field, state = (said.get(name, "") for name in ("role", "champ", "etat"))
    return TeamFilter(
        organization,
        role if role in Role.values else "",
        field if field in Field.values else "",
        state if state in STATES else "en-cours",
    )


def in_force(day: date) -> Q:
    """Mandates of enabled accounts, on a day."""
    return Q(starts_on__lte=day, account__disabled_at=None) & not_over(day)


def not_over(day: date) -> Q:
    return Q(ends_on=None) | Q(ends_on__gt=day)


def _in_state(state: str, day: date) -> Q:
    return {
        "en-cours": Q(starts_on__lte=day) & not_over(day),
        "a-venir": Q(starts_on__gt=day),
        "termines": Q(ends_on__lte=day),
    }[state]


def team(actor: Actor, chosen: TeamFilter) -> "QuerySet[Mandate]":
    """The mandates that the actor looks after, by structure then by name."""
    found = Mandate.objects.filter(
        visible_to(actor, "mandate", Level.OPEN, act=SEE_TEAM),
        _in_state(chosen.state, clock.today()),
    )
    if chosen.organization:
        found = found.filter(organization=chosen.organization)
    if chosen.role:
        found = found.filter(role=chosen.role)
    if chosen.field:
        found = found.filter(field=chosen.field)
    rows = found.select_related("account", "organization")
    return rows.order_by("organization__sort_key", "words", "id")


def organizations_to_manage(actor: Actor) -> list[Organization]:
    """The structures whose team the actor looks after, by name; a manager has their own."""
    found = Organization.objects.filter(territory=actor.territory or 0)
    if actor.role == Role.MANAGER:
        found = found.filter(pk__in=[actor.organization])
    return list(found.order_by("sort_key", "id"))


def invitations(actor: Actor, state: str = "") -> "QuerySet[Invitation]":
    """The invitations that wait for an answer, the oldest first; those of one state when asked.

    The SQL twin of `team_rules.invitation_state`.
    """
    found = Invitation.objects.filter(
        visible_to(actor, "invitation", Level.OPEN, act=SEND), accepted_at=None, withdrawn_at=None
    )
    lasts = Q(sent_at__gt=clock.now() - VALIDITY) & (Q(sent_by=None) | Exists(_sender_at_work()))
    if state == "prepared":
        found = found.filter(sent_at=None)
    elif state == "sent":
        found = found.filter(lasts)
    elif state == "expired":
        found = found.filter(~lasts, sent_at__isnull=False)
    return found.select_related("organization", "sent_by__account").order_by("recorded_at", "id")


def _sender_at_work() -> "QuerySet[Mandate]":
    return Mandate.objects.filter(in_force(clock.today()), pk=OuterRef("sent_by"))


def mandate(key: UUID) -> Mandate:
    """The row of an authorised mandate."""
    return Mandate.objects.select_related("account", "organization").get(pk=key)


def invitation(key: UUID) -> Invitation:
    """The row of an authorised invitation."""
    return Invitation.objects.select_related("organization", "sent_by__account").get(pk=key)


def organization(key: UUID) -> Organization:
    """The row of an authorised organization."""
    return Organization.objects.get(pk=key)
