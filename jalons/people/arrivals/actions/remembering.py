from collections.abc import Mapping

from jalons.access.actor import Actor
from jalons.kernel import clock

from ...models import LastSaid, Person


def remember(actor: Actor, person: Person, digests: Mapping[str, str]) -> None:
    """Keeps what the files of the actor's organization said; what they no longer say stays."""
    assert actor.organization
    row, created = LastSaid.objects.get_or_create(
        person_id=person.pk,
        organization_id=actor.organization,
        defaults={
            "territory_id": person.territory_id,
            "digests": dict(digests),
            "said_on": clock.today(),
        },
    )
    if not created:
        row.digests |= digests
        row.said_on = clock.today()
        row.save(update_fields=["digests", "said_on"])
