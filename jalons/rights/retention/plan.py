"""What retention must do on a day: read whole, as the whole-file role, and done as it was read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from jalons.journal.models import Event
from jalons.people import individual_contacts
from jalons.people.models import Person
from jalons.territories.models import SettingValue
from jalons.territories.settings import Setting, value_of

from ..models import Hold
from ..settings import ACTIVE_YEARS, ARCHIVE_YEARS
from .rules import Durations, Span, Step, clocks, due, years_after


@dataclass(frozen=True, order=True)
class Due:
    """One file and what becomes of it; `since` is the first day it had to."""

    step: Step
    territory: int
    person: UUID
    since: date

    def __str__(self) -> str:
        word = "archiver" if self.step == "archive" else "effacer"
        return f"{word} {self.person} territoire {self.territory} depuis le {self.since}"


def plan(today: date, alias: str) -> list[Due]:
    """Every file whose active or archive delay is over, erasures last."""
    holds = _holds(alias)
    found: list[Due] = []
    for territory in _territories(alias):
        durations = durations_of(territory, today, alias)
        for person, archived, contact in _last_contacts(territory, today, durations, alias):
            mine = holds.get(person, [])
            ends = clocks(contact, durations, mine)
            step = due(ends, today, archived=archived, holds=mine)
            if step:
                last = ends.active_until if step == "archive" else ends.kept_until
                found.append(Due(step, territory, person, last + timedelta(days=1)))
    return sorted(found)


def durations_of(territory: int, day: date, alias: str) -> Durations:
    """The territory's values in force on a day."""
    return Durations(
        active=setting_value(ACTIVE_YEARS, territory, day, alias),
        archive=setting_value(ARCHIVE_YEARS, territory, day, alias),
    )


def last_contact(person: OuterRef) -> "QuerySet[Event, datetime]":
    """The time of the last event that counts as a contact and that nobody took back."""
    undone = Event.objects.filter(cause=OuterRef("pk"))
    found = Event.objects.filter(
        ~Exists(undone),
        territory=OuterRef("territory"),
        person=person,
        kind__in=sorted(individual_contacts.kinds()),
    )
    return found.order_by("-occurred_at", "-position").values_list("occurred_at", flat=True)


def _last_contacts(
    territory: int, today: date, durations: Durations, alias: str
) -> Iterator[tuple[UUID, bool, date]]:
    """Each person whose contact is old enough, the recording of the file counting as one; what a
    file absorbed is kept with it, and its contacts count."""
    absorbed = _contacts_of_absorbed(territory, alias)
    oldest = years_after(today, -durations.active) + timedelta(days=1)
    rows = (
        Person.objects.using(alias)
        .filter(territory=territory, merged_into=None)
        .annotate(contact=_contact())
        .filter(contact__date__lte=oldest)
        .order_by("pk")
        .values_list("pk", "archived_at", "contact")
    )
    for person, archived_at, contact in rows.iterator(5_000):
        last = max(contact, absorbed.get(person, contact))
        yield person, archived_at is not None, timezone.localdate(last)


def _contact() -> Coalesce:
    return Coalesce(Subquery(last_contact(OuterRef("pk"))[:1]), "recorded_at")


def _contacts_of_absorbed(territory: int, alias: str) -> dict[UUID, datetime]:
    """The last contact in the files that each file absorbed, by the file that stands."""
    rows = Person.objects.using(alias).filter(territory=territory, merged_into__isnull=False)
    known = (
        rows.annotate(contact=_contact()).order_by("pk").values_list("pk", "merged_into", "contact")
    )
    into = {person: kept for person, kept, _ in known}
    found: dict[UUID, datetime] = {}
    for person, _, contact in known:
        kept = person
        while (there := into.get(kept)) is not None:
            kept = there
        found[kept] = max(contact, found.get(kept, contact))
    return found


def _territories(alias: str) -> list[int]:
    found = Person.objects.using(alias).order_by("territory").values_list("territory", flat=True)
    return sorted(set(found.distinct()))


def setting_value(setting: Setting, territory: int, day: date, alias: str) -> int:
    """The territory's number in force on a day, read by the whole-file role."""
    rows = SettingValue.objects.using(alias).filter(territory=territory, key=setting.key)
    ordered = rows.order_by("starts_on", "recorded_at", "pk")
    return int(value_of(setting, ordered, day))


def _holds(alias: str) -> dict[UUID, list[Span]]:
    found: dict[UUID, list[Span]] = {}
    for hold in Hold.objects.using(alias).order_by("pk"):
        found.setdefault(hold.person_id, []).append(span_of(hold))
    return found


def span_of(hold: Hold) -> Span:
    end = min(hold.until, hold.lifted_on) if hold.lifted_on else hold.until
    return Span(hold.starts_on, max(end, hold.starts_on))


def running(holds: Iterable[Hold], day: date) -> list[Hold]:
    spans = ((hold, span_of(hold)) for hold in holds)
    return [hold for hold, span in spans if span.start <= day < span.end]


def held(person: UUID, day: date, alias: str = "default") -> bool:
    """Whether a legal hold runs on that day."""
    ended = Q(lifted_on__isnull=False, lifted_on__lte=day)
    found = Hold.objects.using(alias).filter(person=person, starts_on__lte=day, until__gt=day)
    return found.exclude(ended).exists()
