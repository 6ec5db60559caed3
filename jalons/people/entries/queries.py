"""The entries that wait: whose they are to see, their filters, and a line for each."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import decide, visible_to
from jalons.access.levels import Level
from jalons.access.roles import Role
from jalons.access.table import READ_ENTRY
from jalons.kernel import clock
from jalons.nomenclature import queries as nomenclature
from jalons.nomenclature.models import Commune
from jalons.territories import settings
from jalons.territories.models import Organization

from ..circle import Circle, active_follow_ups, waiting_entries
from ..models import Entry, Person
from ..models.entry import Origin
from ..queries import shown_communes

STATES = {"a-attribuer": "À attribuer", "attribuees": "Attribuées", "toutes": "Toutes"}
TARGET = "targets.first_interview"
HIDDEN = "Structure non affichée"
"""What is written in place of a sensitive structure."""


@dataclass(frozen=True)
class EntryFilter:
    """What is chosen on screen: it is written in the export. `place`: Insee code or SIREN."""

    state: str = "a-attribuer"
    origin: str = ""
    place: str = ""

    @property
    def query(self) -> dict[str, str]:
        return {"etat": self.state, "origine": self.origin, "lieu": self.place}

    @property
    def narrows(self) -> bool:
        return bool(self.origin or self.place)


def entry_filter(said: Mapping[str, str], role: Role | None) -> EntryFilter:
    """The filter that an address says; what it does not know filters nothing."""
    state, origin, place = (said.get(name, "") for name in ("etat", "origine", "lieu"))
    return EntryFilter(
        state if state in STATES else "a-attribuer" if role == Role.DISPATCHER else "toutes",
        origin if origin in Origin.values else "",
        place if place.isalnum() and len(place) <= 9 else "",
    )


def entries(actor: Actor) -> "QuerySet[Entry]":
    """The opened entries that wait for a first interview, within the actor's sight.

    A clerk has those of their door, a manager those given to their structure.
    """
    persons = Person.objects.filter(visible_to(actor, "person", Level.IDENTITY, act=READ_ENTRY))
    found = waiting_entries().filter(opened_on__isnull=False, person__in=persons.values("pk"))
    if actor.role == Role.CLERK:
        return found.filter(door=actor.organization)
    if actor.role == Role.MANAGER:
        return found.filter(assigned_to=actor.organization)
    return found.filter(territory=actor.territory)


def filtered(actor: Actor, chosen: EntryFilter) -> "QuerySet[Entry]":
    """The entries under a filter, the oldest first.

    A place finds nobody whose address is hidden: the filter would tell where they live.
    """
    found = entries(actor)
    if chosen.state != "toutes":
        found = found.filter(assigned_on__isnull=chosen.state == "a-attribuer")
    if chosen.origin:
        found = found.filter(origin=chosen.origin)
    if chosen.place:
        found = found.filter(
            Q(person__commune=chosen.place) | Q(person__epci=chosen.place),
            person__hidden_address=False,
            person__discreet_contact=False,
        )
    return found.select_related("person", "door", "assigned_to").order_by("received_on", "id")


def chosen_entries(actor: Actor, keys: Iterable[str]) -> list[Entry]:
    """Those of these entries that the actor may see, the oldest first; the others do not exist."""
    known = []
    for key in keys:
        with suppress(ValueError):
            known.append(UUID(key))
    return list(filtered(actor, EntryFilter("toutes")).filter(pk__in=known))


def entry_of(circle: Circle) -> Entry | None:
    """The person's entry that waits: not given yet, else the oldest."""
    waiting = waiting_entries().filter(person=circle.key, opened_on__isnull=False)
    rows = waiting.select_related("person", "door", "assigned_to")
    return rows.order_by(F("assigned_on").asc(nulls_first=True), "received_on", "id").first()


def entry_to_meet(circle: Circle) -> Entry | None:
    """The person's oldest entry that a structure was given, and whose first interview is due."""
    waiting = waiting_entries().filter(person=circle.key, opened_on__isnull=False)
    return waiting.exclude(assigned_on=None).order_by("received_on", "id").first()


def places(actor: Actor) -> list[tuple[str, str]]:
    """The intercommunalités then the communes where somebody waits; two queries."""
    seen = (
        entries(actor)
        .filter(person__hidden_address=False, person__discreet_contact=False)
        .exclude(person__commune="")
        .order_by()
        .values_list("person__commune", flat=True)
        .distinct()
    )
    rows = list(Commune.objects.filter(code__in=list(seen)).order_by("name"))
    around = {row.epci: row.epci_name for row in rows if row.epci}
    communes = [(row.code, row.name) for row in rows]
    return [*sorted(around.items(), key=lambda item: item[1]), *communes]


@dataclass(frozen=True)
class Line:
    """An entry as the list and its export show it; `days` counts from its reception."""

    key: UUID
    person: UUID
    name: str
    birth_date: date | None
    commune: str
    door: str
    origin: str
    received_on: date
    days: int
    assigned_to: str
    assigned_on: date | None
    orientation: str
    referent: bool
    request: str


def lines(actor: Actor, rows: list[Entry], *, words: bool = False) -> list[Line]:
    """The entries with their places; two queries, one more with the persons' `words`."""
    communes = shown_communes([row.person for row in rows])
    people = [row.person_id for row in rows]
    followed = active_follow_ups(clock.today()).filter(role="referent", person__in=people)
    referents = set(followed.values_list("person", flat=True))
    readable = _readable(actor, people) if words else set()
    return [
        Line(
            row.pk,
            row.person_id,
            str(row.person),
            row.person.birth_date,
            communes[row.person_id],
            shown_name(actor, row.door),
            row.get_origin_display(),
            row.received_on,
            (clock.today() - row.received_on).days,
            shown_name(actor, row.assigned_to) if row.assigned_to else "",
            row.assigned_on,
            orientation_label(row.orientation_type),
            row.person_id in referents,
            row.request if row.person_id in readable else "",
        )
        for row in rows
    ]


def shown_name(actor: Actor, organization: Organization) -> str:
    """A sensitive structure is named to its own people only."""
    if organization.sensitive and organization.pk != actor.organization:
        return HIDDEN
    return organization.name


def orientation_label(code: str) -> str:
    return nomenclature.label("orientation_type", code) if code else ""


def _readable(actor: Actor, people: list[UUID]) -> set[UUID]:
    """Whose request the actor may read."""
    seen = visible_to(actor, "person", Level.SHARED, act=READ_ENTRY)
    return set(Person.objects.filter(seen, pk__in=people).values_list("pk", flat=True))


def request_of(actor: Actor, circle: Circle, entry: Entry) -> str | None:
    """The person's words, None when the actor may not read them."""
    return entry.request if decide(actor, READ_ENTRY, circle, Level.SHARED) else None


def target_days(territory: int) -> int:
    """The delay aimed at before a first interview, in days."""
    return int(settings.value(territory, TARGET, clock.today()))
