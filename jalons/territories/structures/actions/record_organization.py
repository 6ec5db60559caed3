"""Describing an organization: created when it is new, changed when something differs."""

from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.table import RECORD
from jalons.kernel.ids import uuid7
from jalons.kernel.text import fold

from ...actions.outcomes import Outcome
from ...models import Organization
from ...relations import OrganizationFacts


@dataclass(frozen=True)
class Description:
    """What a source says of an organization; what it leaves empty stays as it was."""

    name: str
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
    kind: str = ""
    sensitive: bool = False


GUESSED = ("kind", "sensitive")


@transaction.atomic
def record_organization(
    actor: Actor, said: Description, key: UUID | None = None
) -> tuple[Organization, Outcome]:
    """Creates an organization, or brings the one of this key to what is said. Raises Refused."""
    if actor.territory is None:
        raise Refused("Choisissez d’abord un territoire.")
    require(actor, RECORD, OrganizationFacts(key or uuid7(), actor.territory))
    if key is None:
        return _create(actor, actor.territory, said), Outcome.CREATED
    held = Organization.objects.select_for_update().get(pk=key, territory=actor.territory)
    return held, _change(actor, held, said)


def _create(actor: Actor, territory: int, said: Description) -> Organization:
    created = Organization(
        id=uuid7(), territory_id=territory, sort_key=fold(said.name)[:200], **asdict(said)
    )
    created.save(force_insert=True)
    record(
        actor,
        "territories.organization_created",
        object_kind="organization",
        object_key=created.pk,
        payload=_said(asdict(said)),
    )
    return created


def _change(actor: Actor, held: Organization, said: Description) -> Outcome:
    """A kind already known is not guessed again, nor what follows from it."""
    values = _said(asdict(said)) | {"sort_key": fold(said.name)[:200]}
    if held.kind:
        values = {name: value for name, value in values.items() if name not in GUESSED}
    changed = {name: value for name, value in values.items() if getattr(held, name) != value}
    if not changed:
        return Outcome.UNCHANGED
    for name, value in changed.items():
        setattr(held, name, value)
    held.save(update_fields=list(changed))
    record(
        actor,
        "territories.organization_changed",
        object_kind="organization",
        object_key=held.pk,
        payload=changed,
    )
    return Outcome.UPDATED


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
