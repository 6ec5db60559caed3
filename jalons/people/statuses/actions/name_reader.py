"""The person wishes somebody to read what is sealed, or wishes it no longer."""

from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.journal.models import Event

from ...domains import domain_of
from ...holding import hold_person
from ...models import SealedReader
from .holding import add_reader

ACT = "people.name_reader"


@transaction.atomic
def name_reader(actor: Actor, person: UUID, domain: str, account: UUID) -> Event:
    """Lets one who follows the person read a sealed domain. Raises Refused."""
    circle = hold_person(actor, person, ACT)
    require(actor, READ, circle, Level.SEALED, domain=domain)
    if account not in {follower.account for follower in circle.followers}:
        raise Refused("Cette personne n’est pas accompagnée par ce professionnel.")
    add_reader(circle, account, domain, SealedReader.Reason.NAMED)
    payload = {"domain": domain, "account": str(account)}
    return record(actor, "people.reader_named", person=person, payload=payload)


@transaction.atomic
def remove_reader(actor: Actor, person: UUID, key: UUID) -> Event:
    """Takes back what the person had wished. Raises Refused."""
    circle = hold_person(actor, person, ACT)
    named = SealedReader.objects.filter(person=person, reason=SealedReader.Reason.NAMED)
    row = named.filter(pk=key).first()
    if row is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    domain = domain_of(row.domain)
    require(actor, READ, circle, Level.SEALED, domain=domain)
    named.filter(pk=key).delete()
    payload = {"domain": domain, "account": str(row.account_id)}
    return record(actor, "people.reader_removed", person=person, payload=payload)
