"""The persons of one référent, before they are handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.roles import Role
from jalons.access.table import HAND_OVER
from jalons.kernel import clock
from jalons.territories.models import Mandate
from jalons.territories.team.queries import in_force

from ..circle import active_follow_ups, load_circles
from ..entries.candidates import Professional, structures
from ..entries.candidates import professionals as of_structures
from ..entries.sharing import Need, share_out
from ..models import FollowUp, Person
from .actions.hand_over import Relay, Successor


@dataclass(frozen=True)
class Leaver:
    """A professional whose persons may be handed over, and until when they work there."""

    account: UUID
    name: str
    count: int
    ends_on: date | None


def followed(actor: Actor) -> "QuerySet[FollowUp]":
    """The follow-ups of the référents that the actor may relieve."""
    seen = Person.objects.filter(visible_to(actor, "person", None, act=HAND_OVER))
    running = active_follow_ups(clock.today()).filter(role="referent", ends_on=None)
    return running.filter(organization=actor.organization, person__in=seen.values("pk"))


def still_followed(actor: Actor, persons: Sequence[UUID]) -> list[FollowUp]:
    """Those of these persons whose référent the actor may still relieve, by name."""
    rows = followed(actor).filter(person__in=persons)
    return list(rows.select_related("person").order_by("person__sort_key", "id"))


def leavers(actor: Actor) -> list[Leaver]:
    """Whose caseload may be handed over: one's own, or those of the structure; two queries."""
    counts: dict[UUID, int] = {}
    for account in followed(actor).order_by().values_list("account", flat=True):
        counts[account] = counts.get(account, 0) + 1
    rows = Mandate.objects.filter(
        in_force(clock.today()),
        account__in=list(counts),
        organization=actor.organization,
        role=Role.PRACTITIONER,
    )
    found = rows.select_related("account").order_by("words", "id")
    return [
        Leaver(row.account_id, row.account.full_name, counts[row.account_id], row.ends_on)
        for row in found
        if actor.role == Role.MANAGER or row.account_id == actor.account
    ]


def persons_of(actor: Actor, account: UUID) -> list[FollowUp]:
    rows = followed(actor).filter(account=account).select_related("person")
    return list(rows.order_by("person__sort_key", "id"))


def successors(actor: Actor, account: UUID) -> list[Professional]:
    """The others who are habilitated in the actor's structure, the lightest load first."""
    here = [one for one in structures(actor) if one.key == actor.organization]
    return [one for one in of_structures(here) if one.key != account]


@dataclass(frozen=True)
class Planned:
    """One person of the preview; `successor` is None when nobody chosen suits."""

    person: UUID
    name: str
    successor: Professional | None
    former: UUID

    @property
    def value(self) -> str:
        assert self.successor
        return f"{self.person}.{self.successor.organization}.{self.successor.key}.{self.former}"


def plan(rows: Sequence[FollowUp], among: Sequence[Professional]) -> list[Planned]:
    """Shares the persons out among the successors, so that their loads end even."""
    persons = Person.objects.filter(pk__in=[row.person_id for row in rows])
    objections = {one.key: one.objections for one in load_circles(persons, clock.now())}
    known = {one.key: one for one in among}
    needs = [
        Need(
            row.person_id,
            frozenset(
                one.key for one in among if ("", one.organization) in objections[row.person_id]
            ),
        )
        for row in rows
    ]
    placed = share_out(needs, {one.key: one.load.referent for one in among})
    return [
        Planned(
            row.person_id,
            str(row.person),
            known[target] if (target := placed[row.person_id]) else None,
            row.pk,
        )
        for row in rows
    ]


def relays_of(values: Sequence[str]) -> list[Relay]:
    """What a confirmation sent. Raises ValueError."""
    found = []
    for value in values:
        person, place, account, former = map(UUID, value.split("."))
        found.append(Relay(person, Successor(account, place), former))
    return found
