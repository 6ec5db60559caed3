"""Reads about persons; each takes the actor and answers only what they may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import decide, visible_to
from jalons.access.identity import names_of
from jalons.access.levels import Level
from jalons.access.models import BreakGlass
from jalons.access.policy import READ
from jalons.kernel import clock
from jalons.nomenclature.models import Commune

from .circle import Circle, active_follow_ups
from .models import FollowUp, Person
from .rules import initials


@dataclass(frozen=True)
class MaskedLine:
    """All that a professional of the consortium sees of a person they do not follow."""

    initials: str
    birth_year: int | None
    commune: str
    known_by: int


def persons(actor: Actor, level: Level = Level.IDENTITY) -> "QuerySet[Person]":
    """The persons that `actor` may read at `level`, by name."""
    found = Person.objects.filter(visible_to(actor, "person", level))
    return found.order_by("sort_key", "id")


def caseload(actor: Actor) -> "QuerySet[Person]":
    """The persons that the actor's role puts before them: followed, entered, to distribute."""
    return persons(actor)


def shown_communes(rows: Iterable[Person]) -> dict[UUID, str]:
    """The commune of each person by name, empty when the address is hidden; one query."""
    shown = {row.pk: row.commune for row in rows if not _hides_place(row)}
    names = dict(Commune.objects.filter(code__in=set(shown.values())).values_list("code", "name"))
    return {row.pk: names.get(shown.get(row.pk, ""), "") for row in rows}


def _hides_place(row: Person) -> bool:
    return row.hidden_address or row.discreet_contact


def person(circle: Circle) -> Person:
    """The row of an authorised person."""
    return Person.objects.get(pk=circle.key)


def masked_line(actor: Actor, circle: Circle) -> MaskedLine:
    """Initials, year of birth, commune unless the address is hidden, number of structures.

    Who may read the circle is given the number they can see there: a difference would tell that a
    sensitive organization is in it.
    """
    row = person(circle)
    return MaskedLine(
        initials(row.given_name, row.family_name),
        row.birth_date.year if row.birth_date else None,
        shown_communes([row])[row.pk],
        _known_by(actor, circle),
    )


def _known_by(actor: Actor, circle: Circle) -> int:
    if decide(actor, READ, circle, Level.IDENTITY):
        return len({row.organization_id for row in followers(actor, circle)})
    return len({follower.organization for follower in circle.followers})


def followers(actor: Actor, circle: Circle) -> list[FollowUp]:
    """The active follow-ups; a sensitive organization shows to the référent and to itself only."""
    today = clock.today()
    found = active_follow_ups(today).filter(person=circle.key)
    rows = found.select_related("organization", "account").order_by("starts_on", "id")
    referent = circle.referent
    is_referent = bool(referent and referent.account == actor.account)
    return [
        row
        for row in rows
        if is_referent
        or not row.organization.sensitive
        or row.organization_id == actor.organization
    ]


def referents(actor: Actor, persons: Iterable[UUID]) -> dict[UUID, str]:
    """« Prénom Nom, structure » of each person's référent; one query.

    One of a sensitive structure shows to its own people only.
    """
    rows = active_follow_ups(clock.today()).filter(
        Q(organization__sensitive=False) | Q(organization=actor.organization),
        person__in=list(persons),
        role="referent",
    )
    found = rows.order_by("person").values_list(
        "person", "account__given_name", "account__family_name", "organization__name"
    )
    return {key: f"{given} {family}, {name}" for key, given, family, name in found}


@dataclass(frozen=True)
class UrgentAccess:
    """An urgent access of the last month, as the person's circle reads it."""

    name: str
    opened_at: datetime
    reason: str


def urgent_accesses(actor: Actor, circle: Circle) -> list[UrgentAccess]:
    """Who opened the file urgently in the last thirty days, and why; for those who share it."""
    if not decide(actor, READ, circle, Level.SHARED):
        return []
    since = clock.now() - timedelta(days=30)
    rows = list(
        BreakGlass.objects.filter(person=circle.key, opened_at__gt=since).order_by(
            "opened_at", "id"
        )
    )
    names = names_of({row.account for row in rows}) if rows else {}
    return [UrgentAccess(names.get(row.account, ""), row.opened_at, row.reason) for row in rows]


def own_follow_up(actor: Actor, circle: Circle) -> UUID | None:
    """The key of the actor's running follow-up of this person, if any."""
    mine = active_follow_ups(clock.today()).filter(
        person=circle.key,
        account=actor.account,
        organization=actor.organization,
        read_only=False,
        ends_on=None,
    )
    return mine.values_list("pk", flat=True).first()
