"""The statuses that a file says: dated of the day, sourced, one of a family at a time."""

from collections.abc import Sequence
from datetime import date, timedelta

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.kernel import clock

from ...models import Person, Status
from ...statuses.actions.holding import event_kind
from ...statuses.contents import columns, read
from ...statuses.families import Fact, fact, family_of
from ..rules import FACT, Values


def take_facts(actor: Actor, person: Person, values: Values, *, new: bool = False) -> bool:
    """Writes what differs; whether something did. Nothing is known of a `new` person.

    What the organization said before of the same family ends. What others said stays: it is theirs.
    """
    wanted = {
        name.removeprefix(FACT): value for name, value in values.items() if name.startswith(FACT)
    }
    if not wanted:
        return False
    running: dict[str, list[Status]] = {}
    for row in () if new else Status.objects.filter(person=person.pk):
        if row.ends_on is None or row.ends_on > clock.today():
            running.setdefault(family_of(read(row).kind), []).append(row)
    taken = [_take(actor, person, family, said, running) for family, said in wanted.items()]
    return any(taken)


def _take(
    actor: Actor,
    person: Person,
    family: str,
    said: Sequence[str],
    running: dict[str, list[Status]],
) -> bool:
    code, words, *since = said
    new = fact(family, code, words, person.territory_id) if code else None
    known = running.get(family, [])
    if new and any(read(row).kind == new.kind for row in known):
        return False
    own = [row for row in known if row.source_id == actor.organization]
    for row in own:
        _end(actor, row)
    if new:
        _start(actor, person, new, date.fromisoformat(since[0]) if since else clock.today())
    return bool(own or new)


def _end(actor: Actor, row: Status) -> None:
    last = max(clock.today(), row.starts_on + timedelta(days=1))
    before = row.ends_on.isoformat() if row.ends_on else None
    record(
        actor,
        event_kind(row.level, "ended"),
        person=row.person_id,
        object_kind="status",
        object_key=row.pk,
        payload={
            "starts_on": [row.starts_on.isoformat()] * 2,
            "ends_on": [before, last.isoformat()],
        },
    )
    Status.objects.filter(pk=row.pk).update(ends_on=last, confirmed_on=clock.today())


def _start(actor: Actor, person: Person, new: Fact, day: date) -> None:
    row = Status(
        territory_id=person.territory_id,
        person=person,
        starts_on=min(day, clock.today()),
        confirmed_on=clock.today(),
        source_id=actor.organization,
        **columns(new.kind, new.label, new.level, new.domain),
    )
    record(
        actor,
        event_kind(new.level, "recorded"),
        person=person.pk,
        object_kind="status",
        object_key=row.pk,
        payload={
            "kind": new.kind,
            "domain": new.domain,
            "starts_on": row.starts_on.isoformat(),
            "ends_on": None,
        },
    )
    row.save(force_insert=True)
