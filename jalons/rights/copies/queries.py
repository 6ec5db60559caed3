from uuid import UUID

from jalons.access.actor import Actor
from jalons.kernel import clock

from ..models import StoredExport


def own_copies(actor: Actor, person: UUID) -> list[StoredExport]:
    """The copies that the actor asked for and that have not expired, ready or not."""
    found = StoredExport.objects.filter(
        person=person, account=actor.account, expires_at__gt=clock.now()
    )
    return list(found.order_by("-recorded_at", "-pk").defer("cipher"))
