"""A consortium being set up: its coordinator, and everybody else by role."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.accounts.models import Account
from jalons.kernel import clock
from jalons.territories.actors import actor_of
from jalons.territories.calendar.actions import plan
from jalons.territories.consortium.actions import axes, convention, members
from jalons.territories.consortium.proposals import ACTIONS, AXES
from jalons.territories.models import Action, Axis, Milestone, Organization, Reception, Territory
from jalons.territories.structures.actions import places
from tests.worlds import a_platform_mandate, a_territory, an_actor, an_organization, within

OF_A_TERRITORY = tuple(role for role in Role if role not in (Role.OBSERVER, Role.PLATFORM_ADMIN))


@dataclass
class World:
    """A territory, the structure that will carry its convention, and its coordinator."""

    territory: Territory
    carrier: Organization
    coordinator: Actor

    def acting(self) -> Any:
        """The row-security context in which the coordinator acts."""
        return within(self.territory.pk, account=self.coordinator.account)

    def actor(self, role: Role) -> Actor:
        """Somebody of the carrier with this role; the platform's roles have no territory."""
        if role not in OF_A_TERRITORY:
            return on_the_platform(role)
        return an_actor(self.carrier, role)


def a_world() -> World:
    territory = a_territory()
    carrier = an_organization(territory, "Département")
    return World(territory, carrier, an_actor(carrier, Role.COORDINATOR))


def on_the_platform(role: Role = Role.PLATFORM_ADMIN) -> Actor:
    account = Account.objects.create(
        email=f"{role}{Account.objects.count()}@jalons.example",
        given_name="Noé",
        family_name="Lescure",
    )
    mandate = a_platform_mandate(role, account=account)
    return actor_of(account, mandate)


def a_signed_convention(world: World, start: date | None = None) -> None:
    """The carrier is a member, and carries the convention."""
    day = start or clock.today()
    said = convention.Signed("Convention du SPIE", world.carrier.pk, day)
    with world.acting():
        members.join(world.coordinator, world.carrier.pk, day)
        convention.record_convention(world.coordinator, said)


def national_axes(world: World) -> list[Axis]:
    titled = [axes.Titled(axis.national, axis.title, axis.description) for axis in AXES]
    with world.acting():
        axes.set_axes(world.coordinator, titled)
    return list(Axis.objects.filter(territory=world.territory).order_by("rank"))


def a_place(world: World, name: str = "Antenne nord", **values: Any) -> Reception:
    """A place where the carrier receives."""
    with world.acting():
        said = places.Described(name, **values)
        event = places.add_place(world.coordinator, world.carrier.pk, said)
    return Reception.objects.get(pk__in=[event.object_key])


def a_calendar(world: World, start: date | None = None) -> tuple[list[Action], list[Milestone]]:
    """The proposals of the method, under the four national axes."""
    national_axes(world)
    with world.acting():
        plan.keep_proposals(world.coordinator, ACTIONS, start or clock.today())
    own = {"territory": world.territory}
    return (
        list(Action.objects.filter(**own).order_by("starts_on", "id")),
        list(Milestone.objects.filter(**own).order_by("due_on", "id")),
    )
