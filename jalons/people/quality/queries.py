"""The files to look after: which lists a reader has, what each holds, in lines."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.table import (
    CHANGE_CONTACTS,
    SEE_UNCONFIRMED,
    SEE_UNREACHABLE,
    policy,
)
from jalons.journal.models import Event
from jalons.kernel import clock

from ..circle import load_circles
from ..models import Person, Status
from ..pairs.queries import waiting
from ..queries import referents, shown_communes
from ..statuses.queries import ShownStatus, shared
from . import conditions

DUPLICATES, CONTACTS, STATUSES = "doublons", "contacts", "statuts"
TITLES = {
    DUPLICATES: "Doublons possibles",
    CONTACTS: "Sans moyen de contact",
    STATUSES: "Statuts à confirmer",
}
FIGURES = {
    DUPLICATES: ("doublon possible", "doublons possibles"),
    CONTACTS: ("personne sans moyen de contact", "personnes sans moyen de contact"),
    STATUSES: ("personne au statut à confirmer", "personnes au statut à confirmer"),
}
"""What the count of each list says, of one and of several."""
MOST = 1_000
"""Rows counted in a list that is not shown: beyond, the planner reads a whole territory."""
ORDERS = {DUPLICATES: ("found_on", "id")}
BY_NAME = ("sort_key", "id")
CHANGES = (
    *("people.person_created", "people.person_changed", "people.change_accepted"),
    *("people.contact_added", "people.contact_replaced", "people.contact_end_undone"),
)
"""The events after which a file may be alike another, or no longer."""


def changed_files(territory: int, since: datetime) -> list[UUID]:
    """The persons whose names, date or contacts may have changed; one query."""
    told = Event.objects.filter(territory=territory, kind__in=CHANGES, occurred_at__gt=since)
    found = told.order_by().values_list("person", flat=True).distinct()
    return [key for key in found if key]


def lists_of(actor: Actor) -> list[str]:
    """The lists that the actor's role has, in their order."""
    asked = {
        DUPLICATES: (READ, "pair", Level.MASKED),
        CONTACTS: (SEE_UNREACHABLE, "person", Level.IDENTITY),
        STATUSES: (SEE_UNCONFIRMED, "person", Level.IDENTITY),
    }
    return [name for name, line in asked.items() if actor.role in policy.roles_for(*line)]


def corrects(actor: Actor) -> bool:
    """Whether the actor's role corrects files itself, where it may."""
    return actor.role in policy.roles_for(CHANGE_CONTACTS, "person", None)


def is_steward(actor: Actor) -> bool:
    """Whether the actor's role looks after the data of a whole territory."""
    return actor.role in policy.roles_for(READ, "pair", Level.IDENTITY)


def completes(actor: Actor) -> bool:
    """Whether the actor goes from their own list to the files to complete."""
    return CONTACTS in lists_of(actor) and not is_steward(actor)


def order_of(name: str) -> tuple[str, ...]:
    return ORDERS.get(name, BY_NAME)


def rows_of(actor: Actor, name: str) -> "QuerySet[Any]":
    """What one list holds for this reader, in its order."""
    found = {DUPLICATES: waiting, CONTACTS: _unreachable, STATUSES: _unconfirmed}[name](actor)
    return found.order_by(*order_of(name))


def counts(actor: Actor, names: Iterable[str]) -> dict[str, int]:
    """How many rows each list holds, up to `MOST`; one query each."""
    return {name: rows_of(actor, name).order_by()[:MOST].count() for name in names}


def figure(name: str, count: int) -> str:
    """What a count says beside its number."""
    one, several = FIGURES[name]
    if count >= MOST:
        return f"et plus : {several}"
    return several if count > 1 else one


def _unreachable(actor: Actor) -> "QuerySet[Person]":
    seen = Person.objects.filter(visible_to(actor, "person", Level.IDENTITY, act=SEE_UNREACHABLE))
    if _says(actor, SEE_UNREACHABLE, "unreachable"):
        return seen
    return seen.filter(conditions.unreachable(clock.today()))


def _says(actor: Actor, act: str, relation: str) -> bool:
    """Whether this role may do the act in this relation only, which says the condition already."""
    rows = [row for row in policy.rows if row.act == act and actor.role in row.roles]
    return {row.relation for row in rows} == {relation}


def _unconfirmed(actor: Actor) -> "QuerySet[Person]":
    seen = Person.objects.filter(visible_to(actor, "person", Level.IDENTITY, act=SEE_UNCONFIRMED))
    if _says(actor, SEE_UNCONFIRMED, "unconfirmed"):
        return seen
    rows = conditions.to_confirm(clock.today(), actor.territory)
    late = (Q(Exists(each.filter(person=OuterRef("pk")))) for each in rows)
    return seen.filter(reduce(or_, late))


@dataclass(frozen=True)
class PersonLine:
    """`statuses` are those to confirm, for who may read them."""

    key: UUID
    name: str
    birth_date: date | None
    commune: str
    referent: str
    readable: bool
    statuses: tuple[ShownStatus, ...] = ()


def person_lines(actor: Actor, rows: list[Person], *, statuses: bool = False) -> list[PersonLine]:
    """The persons with their commune and référent; four queries, two more with their statuses."""
    keys = [row.pk for row in rows]
    communes, names = shown_communes(rows), referents(actor, keys)
    seen = Person.objects.filter(visible_to(actor, "person", Level.IDENTITY), pk__in=keys)
    readable = set(seen.values_list("pk", flat=True))
    late = _statuses(actor, keys) if statuses else {}
    return [
        PersonLine(
            row.pk,
            str(row),
            row.birth_date,
            communes[row.pk],
            names.get(row.pk, ""),
            row.pk in readable,
            tuple(late.get(row.pk, [])),
        )
        for row in rows
    ]


def _statuses(actor: Actor, keys: list[UUID]) -> dict[UUID, list[ShownStatus]]:
    """The statuses to confirm of these persons, that the actor may read."""
    by_person: dict[UUID, list[Status]] = defaultdict(list)
    for rows in conditions.to_confirm(clock.today(), actor.territory):
        for row in rows.filter(person__in=keys).order_by("starts_on", "id"):
            by_person[row.person_id].append(row)
    circles = load_circles(Person.objects.filter(pk__in=list(by_person)), clock.now())
    return {each.key: shared(actor, each, by_person[each.key]) for each in circles}
