"""A territory begins: its carrier, and the first coordinator, who is invited."""

from dataclasses import dataclass

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import require
from jalons.access.events import record
from jalons.access.platform import PLATFORM
from jalons.access.roles import Role
from jalons.access.table import FOUND
from jalons.accounts.actions.open_account import invite, prepare_account
from jalons.journal.models import Event
from jalons.kernel import clock, locks
from jalons.kernel.ids import uuid7
from jalons.kernel.text import fold
from jalons.nomenclature.queries import UnknownTerm, term

from ...actions.steering import Impossible
from ...models import Membership, Organization, Territory
from ...relations import ConsortiumFacts
from ...team.actions.mandates import Post, begin


@dataclass(frozen=True)
class Founding:
    """What the platform knows of a territory that begins."""

    code: str
    name: str
    organization: str
    kind: str
    siret: str
    email: str
    given_name: str = ""
    family_name: str = ""


@transaction.atomic
def found_territory(actor: Actor, said: Founding) -> tuple[Territory, Event]:
    """Creates a territory without communes, its carrier, the coordinator's mandate and invitation.

    Raises Refused, Impossible.
    """
    require(actor, FOUND, PLATFORM)
    locks.hold(f"territory:{said.code}")
    if Territory.objects.filter(code=said.code).exists():
        raise Impossible("Un territoire porte déjà ce code.")
    territory = Territory.objects.create(code=said.code, name=said.name)
    event = _record(actor, territory)
    carrier = _carrier(territory, said)
    Membership.objects.create(territory=territory, organization=carrier, starts_on=clock.today())
    coordinator = prepare_account(said.email, said.given_name, said.family_name)
    begin(actor, coordinator, carrier, Post(Role.COORDINATOR))
    invite(coordinator)
    return territory, event


def _record(actor: Actor, territory: Territory) -> Event:
    return record(
        actor,
        "territories.founded",
        object_kind="consortium",
        object_key=ConsortiumFacts(territory.pk).key,
        payload={"code": territory.code, "name": territory.name},
    )


def _carrier(territory: Territory, said: Founding) -> Organization:
    try:
        sensitive = term("organization_kind", said.kind).sensitive
    except UnknownTerm:
        raise Impossible("Choisissez le type de structure dans la liste.") from None
    return Organization.objects.create(
        id=uuid7(),
        territory=territory,
        name=said.organization,
        kind=said.kind,
        siret=said.siret,
        sensitive=sensitive,
        sort_key=fold(said.organization)[:200],
    )
