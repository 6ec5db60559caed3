from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.kernel import clock

from ...holding import hold_person
from ...models import InformationGiven
from ..notice import current
from ..rules import INFORM


@transaction.atomic
def record_information(actor: Actor, person: UUID, how: str) -> InformationGiven:
    """The current notice was given today. Raises Refused."""
    circle = hold_person(actor, person, INFORM)
    assert actor.account
    assert actor.organization
    given = InformationGiven(
        territory_id=circle.territory,
        person_id=person,
        version=current().version,
        how=InformationGiven.How(how),
        given_on=clock.today(),
        account_id=actor.account,
        organization_id=actor.organization,
    )
    record(
        actor,
        "people.information_given",
        person=person,
        object_kind="information",
        object_key=given.pk,
        payload={"version": given.version, "how": str(given.how)},
    )
    given.save(force_insert=True)
    return given
