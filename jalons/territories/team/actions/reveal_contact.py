"""Showing how to reach one professional: recorded, and bounded."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.table import REVEAL_CONTACT
from jalons.journal.models import Event
from jalons.kernel import clock, locks

from ...models import Mandate
from .mandates import MandateEnded, hold_mandate, tell

KIND = "territories.contact_revealed"
HOURLY_QUOTA = 30
"""Nobody calls thirty colleagues in an hour, and at that pace copying the directory of a territory
of a thousand professionals takes four working days, with an alert to the coordination each hour."""
HOUR = timedelta(hours=1)


class TooMany(Exception):
    """The hour's quota is spent; the coordination was told."""


@dataclass(frozen=True)
class Contact:
    mandate: Mandate
    email: str
    phones: list[str]


def reveal_contact(actor: Actor, key: UUID) -> Contact:
    """The e-mail and the phones of a professional at work. Raises Refused, MandateEnded, TooMany.

    The first refusal of an hour is told to the territory's coordinators: it must be committed, so
    it is raised once the transaction is closed.
    """
    with transaction.atomic():
        locks.hold(f"reveal_contact:{actor.account}")
        held = hold_mandate(actor, key, REVEAL_CONTACT)
        if not held.works_on(clock.today()):
            raise MandateEnded
        spent = _recent(actor, KIND) >= HOURLY_QUOTA
        if not spent:
            tell(actor, "contact_revealed", held)
        elif not _recent(actor, f"{KIND}_too_often"):
            tell(actor, "contact_revealed_too_often", held)
    if spent:
        raise TooMany
    return Contact(held, held.account.email, held.phones)


def _recent(actor: Actor, kind: str) -> int:
    since = clock.now() - HOUR
    found = Event.objects.filter(territory=actor.territory, kind=kind, occurred_at__gt=since)
    return found.filter(account=actor.account).count()
