"""An organization as its page describes it: what is emptied on screen is emptied."""

from dataclasses import asdict, dataclass, field
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import require
from jalons.access.table import RECORD
from jalons.journal.models import Event
from jalons.kernel.text import fold

from ...actions.steering import Impossible, own_organization, told
from ...models import Organization
from ...relations import OrganizationFacts


@dataclass(frozen=True)
class Sheet:
    """Everything that the form of an organization holds."""

    name: str
    kind: str
    siret: str = ""
    description: str = ""
    phones: list[str] = field(default_factory=list)
    email: str = ""
    website: str = ""
    address: str = ""
    address_more: str = ""
    postcode: str = ""
    city: str = ""
    commune: str = ""


@transaction.atomic
def edit_organization(actor: Actor, key: UUID, said: Sheet) -> Event | None:
    """Brings an organization to what its form says; None when nothing changes.

    Raises Refused; Impossible when another one has this SIRET.
    """
    held = _hold(actor, key)
    values = asdict(said) | {"sort_key": fold(said.name)[:200]}
    changed = {name: value for name, value in values.items() if getattr(held, name) != value}
    if not changed:
        return None
    if said.siret and _taken(held, said.siret):
        raise Impossible("Une autre structure du territoire a déjà ce SIRET.")
    event = told(actor, "organization_changed", ("organization", key), changed)
    Organization.objects.filter(pk=key).update(**changed)
    return event


@transaction.atomic
def mark_sensitive(actor: Actor, key: UUID, sensitive: bool, reason: str) -> Event:
    """Hides, or no longer, the organization in the circles of persons. Raises Refused, Impossible.

    The reason stays in the journal.
    """
    held = _hold(actor, key)
    if held.sensitive == sensitive:
        raise Impossible("C’est déjà ainsi : rechargez la page.")
    payload = {"sensitive": sensitive, "reason": reason}
    event = told(actor, "sensitive_changed", ("organization", key), payload)
    Organization.objects.filter(pk=key).update(sensitive=sensitive)
    return event


def _hold(actor: Actor, key: UUID) -> Organization:
    found = own_organization(actor, key)
    require(actor, RECORD, OrganizationFacts(found.pk, found.territory_id))
    return Organization.objects.select_for_update().get(pk=key)


def _taken(held: Organization, siret: str) -> bool:
    others = Organization.objects.filter(territory=held.territory_id, siret=siret)
    return others.exclude(pk=held.pk).exists()
