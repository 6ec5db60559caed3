"""Where an organization receives: places added, changed, closed, with their weekly hours."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.table import RECORD
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.kernel.ids import uuid7

from ...actions.steering import NOT_SHARED, Impossible, key_of, own_organization, told
from ...models import OpeningHours, Organization, Reception
from ...relations import OrganizationFacts
from ..hours import Span, written


@dataclass(frozen=True)
class Described:
    """A place as somebody describes it; `hours` are its openings by ISO weekday."""

    name: str
    address: str = ""
    address_more: str = ""
    postcode: str = ""
    city: str = ""
    commune: str = ""
    phones: list[str] = field(default_factory=list)
    note: str = ""
    hours: Mapping[int, Sequence[Span]] = field(default_factory=dict)


@transaction.atomic
def add_place(actor: Actor, organization: UUID, said: Described) -> Event:
    """Raises Refused."""
    held = _hold(actor, organization)
    key = uuid7()
    event = told(actor, "place_added", ("reception", key), _payload(said))
    Reception.objects.create(
        id=key, territory_id=held.territory_id, organization=held, **_columns(said)
    )
    _open(key, said)
    return event


@transaction.atomic
def change_place(actor: Actor, organization: UUID, key: UUID, said: Described) -> Event:
    """Raises Refused, Impossible once it is closed."""
    _hold_place(actor, organization, key)
    event = told(actor, "place_changed", ("reception", key), _payload(said))
    Reception.objects.filter(pk=key).update(**_columns(said))
    OpeningHours.objects.filter(reception=key).delete()
    _open(key, said)
    return event


@transaction.atomic
def close_place(actor: Actor, organization: UUID, key: UUID) -> Event:
    """Closes a place from today on. Raises Refused, Impossible once it is closed."""
    _hold_place(actor, organization, key)
    event = told(actor, "place_closed", ("reception", key))
    Reception.objects.filter(pk=key).update(closed_on=clock.today())
    return event


def reopen_place(actor: Actor, event: Event) -> Event:
    """Compensates `close_place`. Raises Refused."""
    found = Reception.objects.get(pk=key_of(event))
    _hold(actor, found.organization_id)
    undone = told(actor, "place_closed_undone", ("reception", found.pk), cause=event.pk)
    Reception.objects.filter(pk=found.pk).update(closed_on=None)
    return undone


def _hold(actor: Actor, organization: UUID) -> Organization:
    found = own_organization(actor, organization)
    require(actor, RECORD, OrganizationFacts(found.pk, found.territory_id))
    return Organization.objects.select_for_update().get(pk=found.pk)


def _hold_place(actor: Actor, organization: UUID, key: UUID) -> Reception:
    held = _hold(actor, organization)
    found = Reception.objects.filter(pk=key, organization=held).first()
    if found is None:
        raise Refused(NOT_SHARED)
    if found.closed_on:
        raise Impossible("Ce lieu d’accueil est fermé.")
    return found


def _open(key: UUID, said: Described) -> None:
    OpeningHours.objects.bulk_create(
        OpeningHours(reception_id=key, weekday=day, opens_at=start, closes_at=end)
        for day, spans in said.hours.items()
        for start, end in spans
    )


def _columns(said: Described) -> dict[str, Any]:
    return {name: value for name, value in asdict(said).items() if name != "hours"}


def _payload(said: Described) -> dict[str, Any]:
    hours = {str(day): written(spans) for day, spans in said.hours.items() if spans}
    return {name: value for name, value in _columns(said).items() if value} | {"hours": hours}
