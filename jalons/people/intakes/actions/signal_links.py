"""The link by which a partner without account signals persons, for eight days."""

from uuid import UUID

from django.db import transaction

from jalons.access import links
from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.models import ScopedLink
from jalons.access.table import END_SIGNAL_LINK, SEND_SIGNAL_LINK
from jalons.kernel import clock
from jalons.territories.relations import load_organization

from ..facts import SIGNAL, load_signal_link


@transaction.atomic
def send_signal_link(actor: Actor, organization: UUID) -> links.Sent:
    """Replaces the link that this partner had. Raises Refused."""
    facts = load_organization(organization, clock.now())
    if facts is None:
        raise Refused("Cette structure n’est pas de votre territoire.")
    require(actor, SEND_SIGNAL_LINK, facts)
    return links.send(actor, SIGNAL, "organization", organization)


@transaction.atomic
def end_signal_link(actor: Actor, key: UUID) -> None:
    """Raises Refused, Impossible."""
    facts = load_signal_link(key, clock.now())
    if facts is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, END_SIGNAL_LINK, facts)
    links.revoke(actor, ScopedLink.objects.get(pk=key))
