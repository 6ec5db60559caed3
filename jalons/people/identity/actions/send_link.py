from uuid import UUID

from django.db import transaction

from jalons.access import links
from jalons.access.actor import Actor

from ...holding import hold_person

SCOPE = "people.own_identity"


@transaction.atomic
def send_link(actor: Actor, person: UUID) -> links.Sent:
    """A link for the person to read what is recorded of their identity. Raises Refused."""
    hold_person(actor, person, "people.send_link")
    return links.send(actor, SCOPE, "person", person)
