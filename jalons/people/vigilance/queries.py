"""Who reads in an unusual way, counted on the consultations; and the list of what was noticed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.identity import MandateLabel, mandates_of, names_of
from jalons.access.levels import Level
from jalons.access.models import Consultation
from jalons.kernel import clock
from jalons.territories import settings

from ..front_door.rules import BROWSED, alphabetical
from ..models import Person, UnusualReading
from ..settings import FILES_AN_HOUR, STRUCTURES_A_DAY

OPENED = (Level.IDENTITY, Level.SHARED, Level.RESTRICTED, Level.SEALED)
"""The levels at which a file is opened: a masked line is none."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Rule = UnusualReading.Rule


@dataclass(frozen=True)
class Signal:
    """One unusual reading of the moment."""

    rule: str
    count: int
    account: UUID | None = None
    person: UUID | None = None


def signals(territory: int, now: datetime) -> list[Signal]:
    """What is unusual in the open context of a territory; three queries, one more a suspect."""
    return [
        *_many_files(territory, now),
        *_in_order(territory, now),
        *_many_structures(territory, now),
    ]


def _opened(territory: int, since: datetime) -> "QuerySet[Consultation]":
    found = Consultation.objects.filter(at__gt=since, territory=territory, refused=False)
    return found.filter(level__in=OPENED, person__isnull=False)


def _many_files(territory: int, now: datetime) -> list[Signal]:
    most = settings.value(territory, FILES_AN_HOUR.key, clock.today())
    return [
        Signal(Rule.FILES, count, account) for account, count in _accounts(territory, now, most)
    ]


def _in_order(territory: int, now: datetime) -> list[Signal]:
    found = []
    for account, count in _accounts(territory, now, BROWSED):
        rows = _opened(territory, now - HOUR).filter(account=account).order_by("at", "id")
        persons = rows.values_list("person", flat=True)
        keys = list(dict.fromkeys(key for key in persons if key))[-BROWSED:]
        names = dict(Person.objects.filter(pk__in=keys).values_list("pk", "sort_key"))
        if alphabetical([names.get(key, "") for key in keys]):
            found.append(Signal(Rule.ALPHABET, count, account))
    return found


def _accounts(territory: int, now: datetime, least: int) -> list[tuple[UUID, int]]:
    rows = _opened(territory, now - HOUR).filter(account__isnull=False).values("account")
    counted = rows.annotate(files=Count("person", distinct=True)).filter(files__gte=least)
    found = counted.order_by("account").values_list("account", "files")
    return [(account, files) for account, files in found if account]


def _many_structures(territory: int, now: datetime) -> list[Signal]:
    most = settings.value(territory, STRUCTURES_A_DAY.key, clock.today())
    rows = _opened(territory, now - DAY).values("person")
    counted = rows.annotate(doors=Count("organization", distinct=True)).filter(doors__gte=most)
    found = counted.order_by("person").values_list("person", "doors")
    return [Signal(Rule.STRUCTURES, count, person=person) for person, count in found]


@dataclass(frozen=True)
class Noticed:
    """A row as the page shows it: whose reading it is, where they work."""

    row: UnusualReading
    name: str
    work: str


def noticed(actor: Actor) -> "QuerySet[UnusualReading]":
    """What was noticed in the actor's territory, the last first."""
    found = UnusualReading.objects.filter(visible_to(actor, "unusual_reading", Level.OPEN))
    return found.order_by("-recorded_at", "-id")


def with_names(rows: list[UnusualReading]) -> list[Noticed]:
    accounts = {row.account for row in rows if row.account}
    names, mandates = names_of(accounts), mandates_of(accounts)
    return [_noticed(row, names, mandates) for row in rows]


def _noticed(
    row: UnusualReading, names: dict[UUID, str], mandates: dict[UUID, list[MandateLabel]]
) -> Noticed:
    if row.account is None:
        return Noticed(row, "", "")
    held = mandates.get(row.account, [])
    work = ", ".join(dict.fromkeys(each.organization_name for each in held))
    return Noticed(row, names.get(row.account, ""), work)
