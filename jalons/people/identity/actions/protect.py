from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.journal.models import Event

from ...holding import hold_person
from ...models import Person


@transaction.atomic
def protect(actor: Actor, person: UUID, protected: bool) -> Event:
    """Hides a person from everybody but their followers, or ends it. Raises Refused."""
    hold_person(actor, person, "people.protect")
    Person.objects.filter(pk=person).update(protected=protected)
    payload = {"protected": protected}
    return record(actor, "people.protection_changed", person=person, payload=payload)
