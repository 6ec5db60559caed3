"""Pages made of several rooms' queries: the caseload, its filters, its export."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.journal.notifications import unread
from jalons.kernel import clock
from jalons.people.circle import active_follow_ups
from jalons.people.models import Person
from jalons.people.queries import caseload, referents, shown_communes
from jalons.people.rules import years_before

TITLES = {
    Role.PRACTITIONER: "Ma file active",
    Role.MANAGER: "Personnes suivies ou attendues par votre structure",
    Role.CLERK: "Personnes de votre structure",
    Role.DISPATCHER: "Personnes à orienter",
    Role.COORDINATOR: "À débloquer",
}
"""The roles that have persons before them, and what the page is called for each."""

EMPTY = {
    Role.PRACTITIONER: (
        "Votre file active est vide",
        "Les personnes que vous accompagnez arrivent ici dès qu’un suivi commence.",
    ),
    Role.MANAGER: (
        "Votre structure ne suit personne",
        "Les personnes suivies par vos collègues, ou orientées vers vous, arrivent ici.",
    ),
    Role.CLERK: (
        "Personne n’attend ici",
        "Les personnes accueillies ou suivies par votre structure arrivent ici.",
    ),
    Role.DISPATCHER: (
        "Aucune entrée en attente",
        "Toutes les personnes reçues ont eu leur premier entretien.",
    ),
    Role.COORDINATOR: (
        "Rien à débloquer",
        "Chaque personne a un référent et chaque entrée une structure.",
    ),
}
"""What is said, and why that is fine, when nobody is listed."""

FILTERS = [("tous", "Toutes"), ("referent", "Dont je suis référent·e"), ("age", "Moins de 26 ans")]


@dataclass(frozen=True)
class Filter:
    """What is chosen on screen: it is written in the export."""

    name: str = "tous"

    @property
    def label(self) -> str:
        return dict(FILTERS)[self.name]


def filter_of(name: str) -> Filter:
    return Filter(name if name in dict(FILTERS) else "tous")


def filters_for(actor: Actor) -> list[tuple[str, str]]:
    followed = actor.role == Role.PRACTITIONER
    return [item for item in FILTERS if followed or item[0] != "referent"]


def filtered_caseload(actor: Actor, chosen: Filter) -> "QuerySet[Person]":
    """The caseload under one filter, by name."""
    found = caseload(actor)
    if chosen.name == "referent":
        mine = active_follow_ups(clock.today()).filter(
            account=actor.account, organization=actor.organization, role="referent"
        )
        return found.filter(pk__in=mine.values("person"))
    if chosen.name == "age":
        return found.filter(birth_date__gt=years_before(clock.today(), 26))
    return found


@dataclass
class Line:
    """One person as the list and its export show them."""

    key: UUID
    name: str
    birth_date: date | None
    commune: str
    referent: str


def lines(actor: Actor, persons: list[Person]) -> list[Line]:
    """The persons with their commune and their référent; two queries, whatever their number."""
    communes = shown_communes(persons)
    names = referents(actor, [person.pk for person in persons])
    return [
        Line(
            person.pk,
            f"{person.given_name} {person.family_name}",
            person.birth_date,
            communes[person.pk],
            names.get(person.pk, ""),
        )
        for person in persons
    ]


def waiting(actor: Actor) -> tuple[int, Literal["new"]] | None:
    """The bell's counter."""
    count = len(unread(actor.account)) if actor.account else 0
    return (count, "new") if count else None
