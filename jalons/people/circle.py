"""The facts about a person that the policy reads: who follows them, on one day. One query."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils import timezone

from jalons.access.models import BreakGlass
from jalons.attention import rules as attention
from jalons.kernel.prepared import Prepared, among

from .domains import domain_of
from .models import Agreement, Entry, FollowUp, Objection, Person, Reorientation, SealedReader
from .quality import conditions


@dataclass(frozen=True)
class Follower:
    account: UUID
    organization: UUID
    role: str
    read_only: bool


@dataclass(frozen=True)
class Door:
    """An entry: where, whether it is still waiting for a first interview, whether it was opened.

    `assigned` is the organization that it was given to.
    """

    organization: UUID
    waiting: bool
    opened: bool
    assigned: UUID | None = None


@dataclass(frozen=True)
class Access:
    account: UUID
    mandate: UUID


@dataclass(frozen=True)
class Agreed:
    """An agreement in force; empty domains or organizations mean all. Each lineage narrows."""

    domains: frozenset[str] = frozenset()
    organizations: frozenset[UUID] = frozenset()
    lineage: int = 0


@dataclass(frozen=True)
class Circle:
    """A person as the policy sees them at a moment: keys and dates in force, no name."""

    key: UUID
    territory: int
    protected: bool = False
    frozen: bool = False
    archived: bool = False
    merged_into: UUID | None = None
    followers: tuple[Follower, ...] = ()
    doors: tuple[Door, ...] = ()
    agreements: tuple[Agreed, ...] = ()
    objections: tuple[tuple[str, UUID | None], ...] = ()
    sealed_readers: frozenset[tuple[str, UUID]] = frozenset()
    break_glass: tuple[Access, ...] = ()
    to_unblock: bool = False
    reorientation: bool = False
    unreachable: bool = False
    unconfirmed: bool = False
    kind: ClassVar[str] = "person"

    @property
    def referent(self) -> Follower | None:
        found = (follower for follower in self.followers if follower.role == "referent")
        return next(found, None)

    @property
    def put_away(self) -> bool:
        """Out of everybody's sight: archived, or made one with another file."""
        return self.archived or self.merged_into is not None


def put_away(person: str = "") -> Q:
    """The same as a condition; `person` is the path to the person, with its double underscore."""
    archived, merged = f"{person}archived_at__isnull", f"{person}merged_into__isnull"
    return Q(**{archived: False}) | Q(**{merged: False})


def load_circle(key: UUID, at: datetime) -> Circle | None:
    """The circle of a person, or None outside the territories in context."""
    found = _ONE.rows(key, at, timezone.localdate(at))
    return _circle(found[0]) if found else None


def load_known_circles(keys: list[UUID], at: datetime) -> list[Circle]:
    """The circles of a few persons, in one query, in the order of their keys."""
    return [_circle(row) for row in _FEW.rows(keys, at, timezone.localdate(at))]


def load_circles(persons: "QuerySet[Person]", at: datetime) -> list[Circle]:
    """The circles of several persons, in one query, in the order of their keys."""
    return [_circle(row) for row in _rows(persons, at, timezone.localdate(at))]


def _rows(
    persons: "QuerySet[Person]", at: datetime, day: date
) -> "QuerySet[Person, dict[str, Any]]":
    rows = persons.annotate(
        followers=ArraySubquery(_mine(active_follow_ups(day)).values_list(_FOLLOWER)),
        doors=ArraySubquery(_mine(Entry.objects.all()).values_list(_DOOR)),
        agreed=ArraySubquery(_mine(agreements_in_force(day)).values_list(_AGREEMENT)),
        objected=ArraySubquery(_mine(objections_in_force(day)).values_list(_OBJECTION)),
        readers=ArraySubquery(_mine(SealedReader.objects.all()).values_list(_READER)),
        urgent=ArraySubquery(
            BreakGlass.objects.filter(
                person=OuterRef("pk"), opened_at__lte=at, closes_at__gt=at
            ).values_list(JSONObject(account="account", mandate="mandate"))
        ),
        unblock=_to_unblock(day),
        reorienting=Exists(open_reorientations().filter(person=OuterRef("pk"))),
        unreachable=conditions.unreachable(day),
        unconfirmed=_unconfirmed(day),
    )
    found: QuerySet[Person, dict[str, Any]] = rows.order_by("pk").values(*_FIELDS)
    return found


_ONE = Prepared(lambda key, at, day: _rows(Person.objects.filter(pk=key), at, day))
_FEW = Prepared(lambda keys, at, day: _rows(Person.objects.filter(pk__in=among(keys)), at, day))


def _to_unblock(day: date) -> Q:
    theirs = (
        rows.filter(**{rule.key: OuterRef("pk")})
        for rule, rows in attention.to_unblock(day, OuterRef("territory"))
    )
    return reduce(or_, (Q(Exists(rows)) for rows in theirs), Q(Value(False)))


def _unconfirmed(day: date) -> Q:
    theirs = conditions.to_confirm(day, OuterRef("territory"))
    return reduce(or_, (Q(Exists(_mine(rows))) for rows in theirs))


def active_follow_ups(day: date) -> "QuerySet[FollowUp]":
    return FollowUp.objects.filter(_in_force(day))


def agreements_in_force(day: date) -> "QuerySet[Agreement]":
    kept = Q(withdrawn_on=None) | Q(withdrawn_on__gt=day)
    return Agreement.objects.filter(_in_force(day), kept)


def objections_in_force(day: date) -> "QuerySet[Objection]":
    return Objection.objects.filter(Q(lifted_on=None) | Q(lifted_on__gt=day), starts_on__lte=day)


def waiting_entries() -> "QuerySet[Entry]":
    """Entries neither closed nor met: the dispatcher's own work."""
    return Entry.objects.filter(closed_on=None, first_interview_on=None)


def open_reorientations() -> "QuerySet[Reorientation]":
    """The requests that nobody answered nor withdrew."""
    return Reorientation.objects.filter(decided_on=None, withdrawn_on=None)


def _in_force(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))


def _mine(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    return rows.filter(person=OuterRef("pk"))


_FIELDS = ["pk", "territory", "protected", "frozen_at", "archived_at", "merged_into"]
_FIELDS += ["followers", "doors"]
_FIELDS += ["agreed", "objected", "readers", "urgent", "unblock", "reorienting"]
_FIELDS += ["unreachable", "unconfirmed"]
_FOLLOWER = JSONObject(
    account="account", organization="organization", role="role", read_only="read_only"
)
_DOOR = JSONObject(
    door="door",
    opened="opened_on",
    closed="closed_on",
    met="first_interview_on",
    assigned="assigned_to",
)
_AGREEMENT = JSONObject(domains="domains", organizations="organizations", lineage="lineage")
_OBJECTION = JSONObject(domain="domain", organization="organization")
_READER = JSONObject(domain="domain", account=F("account"))


def _circle(row: dict[str, Any]) -> Circle:
    return Circle(
        key=row["pk"],
        territory=row["territory"],
        protected=row["protected"],
        frozen=row["frozen_at"] is not None,
        archived=row["archived_at"] is not None,
        merged_into=row["merged_into"],
        followers=tuple(map(_follower, row["followers"])),
        doors=tuple(map(_door, row["doors"])),
        agreements=tuple(map(_agreement, row["agreed"])),
        objections=tuple((o["domain"], _uuid(o["organization"])) for o in row["objected"]),
        sealed_readers=frozenset(map(_reader, row["readers"])),
        break_glass=tuple(Access(UUID(a["account"]), UUID(a["mandate"])) for a in row["urgent"]),
        to_unblock=row["unblock"],
        reorientation=row["reorienting"],
        unreachable=row["unreachable"],
        unconfirmed=row["unconfirmed"],
    )


def _follower(row: dict[str, Any]) -> Follower:
    return Follower(UUID(row["account"]), UUID(row["organization"]), row["role"], row["read_only"])


def _door(row: dict[str, Any]) -> Door:
    return Door(
        organization=UUID(row["door"]),
        waiting=row["closed"] is None and row["met"] is None,
        opened=row["opened"] is not None,
        assigned=_uuid(row["assigned"]),
    )


def _reader(row: dict[str, Any]) -> tuple[str, UUID]:
    return domain_of(row["domain"]), UUID(row["account"])


def _agreement(row: dict[str, Any]) -> Agreed:
    organizations = frozenset(map(UUID, row["organizations"]))
    return Agreed(frozenset(row["domains"]), organizations, row["lineage"])


def _uuid(value: str | None) -> UUID | None:
    return UUID(value) if value else None
