"""The requests that wait for whoever receives them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from jalons.access import links
from jalons.access.actor import Actor
from jalons.access.decisions import decide, visible_to
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.roles import Role
from jalons.kernel import clock
from jalons.nomenclature.models import Commune
from jalons.territories.models import Organization

from ..circle import Circle
from ..entries.queries import shown_name
from ..models import Intake
from .facts import SIGNAL
from .said import Said, said_in


def intakes(actor: Actor) -> "QuerySet[Intake]":
    """Those that wait within the actor's sight, the oldest first."""
    found = Intake.objects.filter(visible_to(actor, "intake", Level.IDENTITY), set_aside="")
    return found.select_related("door").order_by("received_at", "id")


def waiting(actor: Actor) -> tuple[int, Literal[""]] | None:
    """The menu's counter; a practitioner's pages are spared its query."""
    if actor.role == Role.PRACTITIONER:
        return None
    return intakes(actor).count(), ""


def in_sight(actor: Actor, key: str) -> UUID | None:
    """The waiting request that an address or a form names, if the actor may read it."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return intakes(actor).filter(pk=wanted).values_list("pk", flat=True).first()


@dataclass(frozen=True)
class Line:
    """A request as the list shows it: no name, which the page alone tells."""

    key: UUID
    received_at: datetime
    origin: str
    days: int
    commune: str
    door: str


@dataclass(frozen=True)
class Read:
    """A request as its page shows it."""

    line: Line
    said: Said
    set_aside: str


def lines(actor: Actor, rows: list[Intake]) -> list[Line]:
    """One query for the names of the communes."""
    codes = {row.pk: said_in(row).commune for row in rows}
    found = Commune.objects.filter(code__in=[code for code in codes.values() if code])
    names = dict(found.values_list("code", "name"))
    return [_line(actor, row, names.get(codes[row.pk], "")) for row in rows]


def _line(actor: Actor, row: Intake, commune: str) -> Line:
    return Line(
        row.pk,
        row.received_at,
        row.get_origin_display(),
        (clock.today() - timezone.localdate(row.received_at)).days,
        commune,
        shown_name(actor, row.door) if row.door else "",
    )


def one(actor: Actor, key: UUID) -> Read:
    """A request that the route authorised."""
    row = Intake.objects.select_related("door").get(pk=key)
    return Read(lines(actor, [row])[0], said_in(row), row.get_set_aside_display())


@dataclass(frozen=True)
class Asked:
    """What a person asked before they were known, as who follows them reads it."""

    on: date
    origin: str
    words: str


def asked_by(actor: Actor, circle: Circle) -> list[Asked]:
    """The requests that turned out to be the person's, the last first."""
    if not decide(actor, READ, circle, Level.SHARED):
        return []
    rows = Intake.objects.filter(person=circle.key).order_by("-received_at", "-id")
    return [
        Asked(timezone.localdate(row.received_at), row.get_origin_display(), said_in(row).words)
        for row in rows
    ]


@dataclass(frozen=True)
class GivenLink:
    """A partner's link that the actor gave and that still runs."""

    key: UUID
    organization: str
    expires_at: datetime


def given_links(actor: Actor) -> list[GivenLink]:
    if actor.account is None:
        return []
    rows = list(links.running_of_scope(actor.account, SIGNAL).order_by("expires_at", "pk"))
    places = Organization.objects.in_bulk([row.object_key for row in rows])
    return [GivenLink(row.pk, places[row.object_key].name, row.expires_at) for row in rows]
