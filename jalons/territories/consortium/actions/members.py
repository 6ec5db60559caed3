"""Who belongs to the consortium: dated memberships."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from jalons.access.actor import Actor
from jalons.access.decisions import require
from jalons.access.table import MEMBERSHIP
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.kernel.ids import uuid7

from ...actions.steering import Impossible, key_of, own_organization, told
from ...models import Convention, Membership, Organization
from ...relations import OrganizationFacts


@transaction.atomic
def join(actor: Actor, organization: UUID, starts_on: date) -> Event:
    """Makes an organization a member from a day on. Raises Refused, Impossible."""
    found = _hold(actor, organization)
    running = Q(ends_on=None) | Q(ends_on__gt=starts_on)
    if Membership.objects.filter(running, organization=found).exists():
        raise Impossible("Cette structure est déjà membre du consortium à cette date.")
    key = uuid7()
    event = told(actor, "member_joined", ("membership", key), {"starts_on": starts_on.isoformat()})
    Membership.objects.create(
        id=key, territory_id=found.territory_id, organization=found, starts_on=starts_on
    )
    return event


@transaction.atomic
def leave(actor: Actor, organization: UUID, last_day: date) -> Event:
    """Ends a membership after its last day. Raises Refused, Impossible.

    The carrier of the convention in force stays: another one is named first.
    """
    held = _hold(actor, organization)
    membership = Membership.objects.filter(organization=held, ends_on=None).first()
    if membership is None:
        raise Impossible("Cette structure n’est plus membre du consortium.")
    if last_day < membership.starts_on:
        raise Impossible("Le dernier jour ne peut pas précéder l’entrée dans le consortium.")
    if _carries(organization, last_day):
        raise Impossible(
            "Cette structure porte la convention : nommez d’abord une autre structure porteuse."
        )
    event = told(
        actor, "member_left", ("membership", membership.pk), {"last_day": last_day.isoformat()}
    )
    membership.ends_on = last_day + timedelta(days=1)
    membership.save(update_fields=["ends_on"])
    return event


def stay(actor: Actor, event: Event) -> Event:
    """Compensates `leave`. Raises CannotUndo when the structure came back meanwhile."""
    found = Membership.objects.get(pk=key_of(event))
    _hold(actor, found.organization_id)
    others = Membership.objects.filter(organization=found.organization_id, ends_on=None)
    if others.exists():
        raise CannotUndo("Cette structure est revenue depuis : sa première sortie reste.")
    undone = told(actor, "member_left_undone", ("membership", found.pk), cause=event.pk)
    found.ends_on = None
    found.save(update_fields=["ends_on"])
    return undone


def _hold(actor: Actor, organization: UUID) -> Organization:
    found = own_organization(actor, organization)
    require(actor, MEMBERSHIP, OrganizationFacts(found.pk, found.territory_id))
    return Organization.objects.select_for_update().get(pk=found.pk)


def _carries(organization: UUID, day: date) -> bool:
    later = max(day, clock.today())
    running = Q(ends_on=None) | Q(ends_on__gt=later)
    return Convention.objects.filter(running, carrier=organization, starts_on__lte=later).exists()
