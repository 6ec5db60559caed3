"""Preparing an invitation: no mail leaves, no right is given."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.kernel import clock
from jalons.kernel.ids import uuid7

from ...actions.outcomes import Outcome
from ...models import Invitation, Mandate, Organization
from .mandates import require_role, tell


@dataclass(frozen=True)
class Guest:
    """Who is expected; what is left empty stays as it was prepared."""

    email: str
    given_name: str = ""
    family_name: str = ""
    function: str = ""
    phones: list[str] = field(default_factory=list)
    competence: str = ""
    """The field of the mandate to come."""

    @property
    def said(self) -> dict[str, Any]:
        """The columns of the invitation."""
        return {("field" if name == "competence" else name): v for name, v in asdict(self).items()}


@transaction.atomic
def prepare_invitation(
    actor: Actor, organization: Organization, role: Role, guest: Guest
) -> Outcome:
    """Prepares an invitation, or brings the prepared one to what is said. Raises Refused.

    A role of the territory is its coordinators' to give. Who already holds this role there, or was
    sent an invitation that waits, needs no other one.
    """
    require_role(actor, organization, role)
    held = waiting(organization, role, guest.email)
    if held is not None:
        return Outcome.UNCHANGED if held.sent_at else _change(actor, held, guest)
    if _works_there(organization, role, guest.email):
        return Outcome.UNCHANGED
    created = Invitation(
        id=uuid7(),
        territory_id=organization.territory_id,
        organization=organization,
        role=role,
        **guest.said,
    )
    tell(actor, "invitation_prepared", created, role=role.value)
    created.save(force_insert=True)
    return Outcome.CREATED


def waiting(organization: Organization, role: Role, email: str) -> Invitation | None:
    """The invitation that this e-mail has not answered yet, locked."""
    return (
        Invitation.objects.select_for_update()
        .filter(organization=organization, role=role, email__iexact=email)
        .filter(accepted_at=None, withdrawn_at=None)
        .first()
    )


def _works_there(organization: Organization, role: Role, email: str) -> bool:
    return Mandate.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=clock.today()),
        organization=organization,
        role=role,
        account__email__iexact=email,
        account__disabled_at=None,
    ).exists()


def _change(actor: Actor, held: Invitation, guest: Guest) -> Outcome:
    said = {name: value for name, value in guest.said.items() if value and name != "email"}
    changed = {name: value for name, value in said.items() if getattr(held, name) != value}
    if not changed:
        return Outcome.UNCHANGED
    tell(actor, "invitation_changed", held, changed=sorted(changed))
    for name, value in changed.items():
        setattr(held, name, value)
    held.save(update_fields=list(changed))
    return Outcome.UPDATED
