"""Random small worlds on which the policy must say the same thing twice.

A world is plain data, drawn by hypothesis or by a seeded generator, then written in bulk. Days are
numbers around `DAY`, so that both sides of every boundary are met often.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.levels import Level
from jalons.access.models import BreakGlass
from jalons.access.policy import Question
from jalons.access.roles import Role
from jalons.access.table import ROWS, policy
from jalons.accounts.models import Account
from jalons.journal import events
from jalons.people.circle import load_circles
from jalons.people.domains import token
from jalons.people.follow_ups.facts import load_follow_up
from jalons.people.merging.facts import load_merge
from jalons.people.models import (
    Agreement,
    Contact,
    Entry,
    FollowUp,
    Merge,
    Objection,
    Pair,
    Person,
    Reorientation,
    SealedReader,
    Status,
)
from jalons.people.pairs.facts import load_pairs
from jalons.people.reorientations.facts import load_reorientation
from jalons.territories.models import Organization, SettingValue, Territory
from tests.circles import key
from tests.worlds import within

DAY = datetime(2026, 3, 29, 10, tzinfo=UTC)
"""The morning of a change of hour in Paris: a day is not always twenty-four hours."""
DOMAINS = ("", "sante", "justice")
ACCOUNTS = ("a", "b", "c")
ORGANIZATIONS = ("o1", "o2", "o3")
"""The third one is in the second territory."""
TERRITORY_OF = {"o1": 0, "o2": 0, "o3": 1}
ASSIGNED_FROM = {"o1": "o2", "o2": "o1", "o3": "o3"}
"""Where the entries of each door are given."""
ROLES = tuple(Role)
RECEIVED = -9
"""The day every entry was received."""


@dataclass(frozen=True)
class PersonSpec:
    territory: int = 0
    protected: bool = False
    frozen: bool = False
    archived: bool = False
    merged: bool = False
    follow_ups: tuple[tuple[str, str, str, bool, int, int | None], ...] = ()
    """Account, organization, role, read only, first day, first day without."""
    entries: tuple[tuple[str, int | None, int | None, int | None, int | None], ...] = ()
    """Door; days opened, assigned, met, closed."""
    agreements: tuple[
        tuple[tuple[str, ...], tuple[str, ...], int, int | None, int | None, int], ...
    ] = ()
    """Domains, organizations; days of the beginning, the end, the withdrawal; lineage."""
    objections: tuple[tuple[str, str | None, int, int | None], ...] = ()
    """Domain, organization; days of the beginning, the lifting."""
    sealed_readers: tuple[tuple[str, str], ...] = ()
    reorientations: tuple[tuple[str, str, int | None, int | None], ...] = ()
    """Account, organization; days decided, withdrawn."""
    urgent: tuple[tuple[str, str, int], ...] = ()
    """Account, organization, hours from `DAY`."""
    discreet: bool = False
    without_contact: bool = False
    contacts: tuple[tuple[str, int, int | None], ...] = ()
    """Level; days of the beginning, the end."""
    statuses: tuple[tuple[int, int | None, int | None], ...] = ()
    """Days of the beginning, the end, the last confirmation."""


@dataclass(frozen=True)
class World:
    """`at` is in hours from `DAY`."""

    persons: tuple[PersonSpec, ...]
    account: str = "a"
    organization: str = "o1"
    domain: str = ""
    at: int = 0
    data_protection: bool = False
    settings: tuple[tuple[int, str, int, int, int | None], ...] = ()
    """Territory, key, value; days of the beginning, the withdrawal."""
    pairs: tuple[tuple[int, int, bool], ...] = ()
    """Numbers of persons of one territory; whether the first is a protected person."""


def moment(hours: int) -> datetime:
    return DAY + timedelta(hours=hours)


def day(number: int | None) -> Any:
    return None if number is None else DAY.date() + timedelta(days=number)


class Ground:
    """The territories, organizations and accounts that every world stands on."""

    def __init__(self) -> None:
        self.territories = [
            Territory.objects.create(code=f"monde-{n}", name=f"Monde {n}") for n in range(2)
        ]
        Organization.objects.bulk_create(
            Organization(
                id=key(name),
                territory=self.territories[TERRITORY_OF[name]],
                name=name,
                kind="ASSOCIATION",
                sort_key=name,
            )
            for name in ORGANIZATIONS
        )
        Account.objects.bulk_create(
            Account(id=key(name), email=f"{name}@jalons.example") for name in ACCOUNTS
        )

    def actor(self, role: Role, world: World) -> Actor:
        territory = self.territories[TERRITORY_OF[world.organization]].pk
        return Actor(
            kind="professional",
            account=key(world.account),
            mandate=key(f"{world.account} {world.organization}"),
            organization=key(world.organization),
            territory=territory,
            territories=(territory,),
            role=role,
            data_protection=world.data_protection,
        )

    @contextmanager
    def populated(self, world: World) -> Iterator[None]:
        """The world's rows, taken back at the end."""
        with transaction.atomic():
            everywhere = [territory.pk for territory in self.territories]
            with within(*everywhere):
                events.append("people.person_created", territory=everywhere[0])
                self._write(world)
            for account in ACCOUNTS:
                self._seal(world, account)
            yield
            transaction.set_rollback(True)

    def _write(self, world: World) -> None:
        owners = list(map(self._owner, range(len(world.persons)), world.persons))
        Person.objects.bulk_create(map(_person, owners, world.persons))
        FollowUp.objects.bulk_create(_rows(_follow_up, owners, world, "follow_ups"))
        Entry.objects.bulk_create(_rows(_entry, owners, world, "entries"))
        Agreement.objects.bulk_create(_rows(_agreement, owners, world, "agreements"))
        Objection.objects.bulk_create(_rows(_objection, owners, world, "objections"))
        Reorientation.objects.bulk_create(_rows(_reorientation, owners, world, "reorientations"))
        BreakGlass.objects.bulk_create(_rows(_urgent, owners, world, "urgent"))
        Contact.objects.bulk_create(_rows(_contact, owners, world, "contacts"))
        Status.objects.bulk_create(_rows(_status, owners, world, "statuses"))
        Pair.objects.bulk_create(_pair(owners, *pair) for pair in world.pairs)
        Merge.objects.bulk_create(_merges(owners, world))
        SettingValue.objects.bulk_create(self._setting(*values) for values in world.settings)

    def _setting(
        self, territory: int, name: str, value: int, starts: int, withdrawn: int | None
    ) -> SettingValue:
        return SettingValue(
            territory=self.territories[territory],
            key=name,
            value=value,
            starts_on=day(starts),
            withdrawn_on=day(withdrawn),
        )

    def _owner(self, number: int, spec: PersonSpec) -> dict[str, Any]:
        return {
            "territory_id": self.territories[spec.territory].pk,
            "person_id": key(f"person {number}"),
        }

    def _seal(self, world: World, account: str) -> None:
        """A reader is named in the context of their own account, as the row security asks."""
        readers = [
            SealedReader(
                **self._owner(number, spec),
                domain=token(domain),
                account_id=key(account),
                reason="named",
            )
            for number, spec in enumerate(world.persons)
            for domain, reader in spec.sealed_readers
            if reader == account
        ]
        if readers:
            with within(*(territory.pk for territory in self.territories), account=key(account)):
                SealedReader.objects.bulk_create(readers)


def _rows(
    make: Callable[..., Any], owners: list[dict[str, Any]], world: World, name: str
) -> list[Any]:
    return [
        make(owner, *values)
        for owner, spec in zip(owners, world.persons, strict=True)
        for values in getattr(spec, name)
    ]


def _person(owner: dict[str, Any], spec: PersonSpec) -> Person:
    return Person(
        id=owner["person_id"],
        territory_id=owner["territory_id"],
        family_name="Vasseur",
        given_name="Élodie",
        sort_key="vasseur elodie",
        protected=spec.protected,
        frozen_at=DAY if spec.frozen else None,
        archived_at=DAY if spec.archived else None,
        merged_into_id=owner["person_id"] if spec.merged else None,
        discreet_contact=spec.discreet,
        without_contact_on=DAY.date() if spec.without_contact else None,
    )


def _contact(owner: dict[str, Any], level: str, starts: int, ends: int | None) -> Contact:
    return Contact(
        **owner,
        kind="phone",
        level=level,
        cipher=b"",
        digest=b"",
        starts_on=day(starts),
        ends_on=day(ends),
    )


def _status(owner: dict[str, Any], starts: int, ends: int | None, confirmed: int | None) -> Status:
    return Status(
        **owner,
        kind="brsa",
        starts_on=day(starts),
        ends_on=day(ends),
        confirmed_on=day(confirmed),
    )


def _merges(owners: list[dict[str, Any]], world: World) -> Iterator[Merge]:
    """Of the same persons, each absorbed once: on both sides of the end of the delay."""
    absorbed = {other: one for one, other, _ in world.pairs}
    for number, (other, one) in enumerate(absorbed.items()):
        yield Merge(
            territory_id=owners[one]["territory_id"],
            kept_id=owners[one]["person_id"],
            absorbed_id=owners[other]["person_id"],
            state=("done", "asked", "undone")[number % 3],
            asked_by_id=key("a"),
            undo_until=(None, day(0), day(1))[number % 3],
        )


def _pair(owners: list[dict[str, Any]], one: int, other: int, protected: bool) -> Pair:
    first, second = sorted((owners[one]["person_id"], owners[other]["person_id"]))
    return Pair(
        territory_id=owners[one]["territory_id"],
        person_id=first,
        other_id=second,
        source="protected" if protected else "comparison",
        owner_id=owners[one]["person_id"] if protected else None,
        reasons=["names_same"],
        found_on=DAY.date(),
    )


def _urgent(owner: dict[str, Any], account: str, organization: str, hours: int) -> BreakGlass:
    return BreakGlass(
        territory=owner["territory_id"],
        person=owner["person_id"],
        account=key(account),
        mandate=key(f"{account} {organization}"),
        cipher=BreakGlass.encrypted("Une urgence"),
        opened_at=moment(hours),
        closes_at=moment(hours + 3),
    )


def _follow_up(
    owner: dict[str, Any],
    account: str,
    organization: str,
    role: str,
    read_only: bool,
    starts: int,
    ends: int | None,
) -> FollowUp:
    return FollowUp(
        **owner,
        account_id=key(account),
        organization_id=key(organization),
        role=role,
        read_only=read_only,
        starts_on=day(starts),
        ends_on=day(ends),
    )


def _entry(
    owner: dict[str, Any],
    door: str,
    opened: int | None,
    assigned: int | None,
    met: int | None,
    closed: int | None,
) -> Entry:
    return Entry(
        **owner,
        door_id=key(door),
        origin="self",
        received_on=day(RECEIVED),
        opened_on=day(opened),
        assigned_on=day(assigned),
        assigned_to_id=None if assigned is None else key(ASSIGNED_FROM[door]),
        first_interview_on=day(met),
        closed_on=day(closed),
        close_motive="" if closed is None else "autre",
    )


def _agreement(
    owner: dict[str, Any],
    domains: tuple[str, ...],
    organizations: tuple[str, ...],
    starts: int,
    ends: int | None,
    withdrawn: int | None,
    lineage: int,
) -> Agreement:
    return Agreement(
        **owner,
        domains=list(domains),
        organizations=list(map(key, organizations)),
        given="on_the_spot",
        starts_on=day(starts),
        ends_on=day(ends),
        withdrawn_on=day(withdrawn),
        lineage=lineage,
    )


def _objection(
    owner: dict[str, Any], domain: str, organization: str | None, starts: int, lifted: int | None
) -> Objection:
    return Objection(
        **owner,
        domain=domain,
        organization_id=organization and key(organization),
        starts_on=day(starts),
        lifted_on=day(lifted),
    )


def _reorientation(
    owner: dict[str, Any],
    account: str,
    organization: str,
    decided: int | None,
    withdrawn: int | None,
) -> Reorientation:
    return Reorientation(
        **owner,
        account_id=key(account),
        organization_id=key(organization),
        motive="other",
        asked_on=day(RECEIVED),
        decided_on=day(decided),
        outcome="" if decided is None else "refused",
        withdrawn_on=day(withdrawn),
    )


def questions(role: Role, kind: str, world: World) -> list[Question]:
    """Every act and level that some row of the table knows for this role and kind."""
    pairs: dict[tuple[str, Level | None], None] = {}
    for row in ROWS:
        if row.kind == kind and role in row.roles:
            pairs |= dict.fromkeys((row.act, level) for level in row.levels or [None])
    return [Question(act, level, moment(world.at), world.domain) for act, level in pairs]


KINDS = {
    Person: "person",
    FollowUp: "follow_up",
    Reorientation: "reorientation",
    Pair: "pair",
    Merge: "merge",
}


def disagreements(ground: Ground, world: World) -> Iterator[str]:
    """What `decide` and `visible_to` answer differently, in a populated world.

    The row security lets every territory through: the policy must hold by itself.
    """
    everywhere = [territory.pk for territory in ground.territories]
    with within(*everywhere, account=key(world.account)):
        circles = load_circles(Person.objects.all(), moment(world.at))
        keys = FollowUp.objects.values_list("pk", flat=True)
        facts = [known for pk in keys if (known := load_follow_up(pk, moment(world.at)))]
        asked = Reorientation.objects.values_list("pk", flat=True)
        requests = [load_reorientation(pk, moment(world.at)) for pk in asked]
        pairs = load_pairs(Pair.objects.all(), moment(world.at))
        made = Merge.objects.values_list("pk", flat=True)
        merges = [load_merge(pk, moment(world.at)) for pk in made]
        for role in ROLES:
            actor = ground.actor(role, world)
            yield from _differences(actor, world, Person, circles)
            yield from _differences(actor, world, FollowUp, facts)
            yield from _differences(actor, world, Reorientation, requests)
            yield from _differences(actor, world, Pair, pairs)
            yield from _differences(actor, world, Merge, merges)


def _differences(actor: Actor, world: World, model: Any, targets: list[Any]) -> Iterator[str]:
    kind = KINDS[model]
    for question in questions(actor.role, kind, world):  # type: ignore[arg-type]
        by_one = {target.key for target in targets if policy.decide(actor, target, question)}
        visible = model.objects.filter(policy.visible_to(actor, kind, question))
        listed = set(visible.values_list("pk", flat=True))
        if by_one != listed:
            yield f"{actor.role} {question.act} {question.level} {kind}: {by_one} != {listed}"
