"""Recording and lifting an objection: enforced by the policy from the next request on."""

from uuid import UUID

from django.db import transaction

from jalons.access import links
from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.transitions import Impossible
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.territories.relations import load_organization

from ...circle import Circle, objections_in_force
from ...holding import hold_person
from ...models import Objection
from ..rules import LIFT, OBJECT, OBJECTION, objection_state


class OfReferent(Exception):
    """The file cannot be closed to the structure of the référent: nobody would answer for it."""


@transaction.atomic
def record_objection(
    actor: Actor, person: UUID, organization: UUID | None = None, domain: str = ""
) -> Objection:
    """In force from now on. Raises Refused, OfReferent, and Impossible when it stands already."""
    circle = hold_person(actor, person, OBJECT)
    if organization:
        _check_place(actor, circle, organization, domain)
    today = clock.today()
    same = objections_in_force(today).filter(
        person=person, organization=organization, domain=domain
    )
    if same.exists():
        raise Impossible("Cette opposition est déjà enregistrée.")
    objection = Objection(
        territory_id=circle.territory,
        person_id=person,
        organization_id=organization,
        domain=domain,
        starts_on=today,
    )
    _tell(actor, objection, "recorded")
    objection.save(force_insert=True)
    if organization and not domain:
        _revoke_links(circle, organization)
    return objection


@transaction.atomic
def lift_objection(actor: Actor, person: UUID, objection: UUID) -> Event:
    """Gives back at once what it closed. Raises Refused, Impossible."""
    hold_person(actor, person, LIFT)
    found = Objection.objects.select_for_update().filter(pk=objection, person=person).first()
    if found is None:
        raise Impossible("Cette opposition n’existe plus.")
    OBJECTION.target(LIFT, objection_state(found.lifted_on))
    event = _tell(actor, found, "lifted")
    Objection.objects.filter(pk=objection).update(lifted_on=clock.today())
    return event


def _check_place(actor: Actor, circle: Circle, organization: UUID, domain: str) -> None:
    facts = load_organization(organization, clock.now())
    if facts is None:
        raise Refused("Cette structure n’est pas de votre territoire.")
    require(actor, READ, facts, Level.OPEN)
    referent = circle.referent
    if not domain and referent and referent.organization == organization:
        raise OfReferent


def _revoke_links(circle: Circle, organization: UUID) -> None:
    for follower in circle.followers:
        if follower.organization == organization:
            links.revoke_of(follower.account, "person", circle.key)


def _tell(actor: Actor, objection: Objection, what: str) -> Event:
    organization = objection.organization_id
    return record(
        actor,
        f"people.objection_{what}",
        person=objection.person_id,
        object_kind="objection",
        object_key=objection.pk,
        payload={
            "domain": objection.domain,
            "organization": str(organization) if organization else None,
        },
    )
