from uuid import UUID

from django.db import transaction

from jalons.access import links
from jalons.access.actor import Actor
from jalons.access.transitions import Impossible

from ...holding import hold_person

SCOPE = "people.own_identity"


@transaction.atomic
def send_link(actor: Actor, person: UUID) -> links.Sent:
    """A link for the person to read what is recorded of their identity. Raises Refused."""
    hold_person(actor, person, "people.send_link")
    return links.send(actor, SCOPE, "person", person)


@transaction.atomic
def end_link(actor: Actor, person: UUID, link: UUID) -> None:
    """Ends a link that the actor sent about the person. Raises Refused, Impossible."""
    hold_person(actor, person, "people.send_link")
    assert actor.account
    mine = [each for each in links.running_of(actor.account, "person", person) if each.pk == link]
    if not mine:
        raise Impossible("Ce lien est déjà terminé.")
    links.revoke(actor, mine[0])
