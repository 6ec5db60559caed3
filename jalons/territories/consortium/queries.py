"""What the pages of the consortium read: members, convention, axes, goals, what remains to do."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.kernel import clock
from jalons.kernel.text import fold
from jalons.nomenclature.cache import Item
from jalons.nomenclature.queries import terms

from ..models import (
    Action,
    Axis,
    Convention,
    Invitation,
    Mandate,
    Membership,
    Organization,
    Territory,
    YearlyGoal,
)
from ..models.columns import last_day
from .setting_up import Facts


@dataclass(frozen=True)
class Member:
    """A membership as a list shows it; `last_day` is inclusive, as people say it."""

    key: UUID
    name: str
    kind: str
    sensitive: bool
    starts_on: date
    last_day: date | None
    over: bool


def territory_of(actor: Actor) -> Territory:
    """The actor's own; the route has asked the policy."""
    return Territory.objects.get(pk=actor.territory or 0)


def to_set_up(actor: Actor) -> bool:
    """Whether the actor coordinates a territory that nobody has begun to set up; one query."""
    if actor.role != Role.COORDINATOR:
        return False
    return Territory.objects.filter(pk=actor.territory or 0, communes=[]).exists()


def members(actor: Actor) -> list[Member]:
    """Those of today and of later by name, then those who left; one query."""
    today, kinds = clock.today(), kind_labels(actor)
    rows = Membership.objects.filter(territory=actor.territory).select_related("organization")
    found = [_member(row, kinds, today) for row in rows.order_by("organization__sort_key", "id")]
    return sorted(found, key=lambda member: member.over)


def _member(row: Membership, kinds: dict[str, str], today: date) -> Member:
    held = row.organization
    return Member(
        held.pk,
        held.name,
        kinds.get(held.kind, ""),
        held.sensitive,
        row.starts_on,
        last_day(row.ends_on),
        bool(row.ends_on and row.ends_on <= today),
    )


def kinds(actor: Actor) -> list[Item]:
    """The kinds of organizations in force, the territory's own included."""
    return terms("organization_kind", territory=actor.territory)


def kind_labels(actor: Actor) -> dict[str, str]:
    return {item.code: item.short or item.label for item in kinds(actor)}


def publics(actor: Actor) -> list[Item]:
    return terms("public", territory=actor.territory)


def publics_of(actor: Actor, held: Convention) -> list[str]:
    """What a convention calls its publics, in the order of the list."""
    return [item.label for item in publics(actor) if item.code in held.publics]


def conventions(actor: Actor) -> list[Convention]:
    """The conventions of the territory, the latest first; one query."""
    found = Convention.objects.filter(territory=actor.territory).select_related("carrier")
    return list(found.order_by("-starts_on"))


def convention(actor: Actor, key: UUID | None = None) -> Convention | None:
    """The one of this key, else the latest."""
    found = conventions(actor)
    return next((each for each in found if key in (None, each.pk)), None)


def axes(actor: Actor) -> list[Axis]:
    """In the order that the territory gave them; one query."""
    found = Axis.objects.filter(territory=actor.territory, dropped_on=None)
    return list(found.order_by("rank", "id"))


@dataclass(frozen=True)
class Goal:
    """A decision about a year; the last one holds."""

    row: YearlyGoal
    current: bool


def goals(actor: Actor) -> list[Goal]:
    """Every decision, the latest year first, then the latest decision; one query."""
    rows = YearlyGoal.objects.filter(territory=actor.territory).order_by(
        "-year", "-decided_on", "-id"
    )
    years: set[int] = set()
    found = []
    for row in rows:
        found.append(Goal(row, row.year not in years))
        years.add(row.year)
    return found


def carriers(actor: Actor) -> list[Organization]:
    """The members that may carry the convention, by name."""
    return list(_current_members(actor).order_by("sort_key", "id"))


def not_members(actor: Actor) -> list[Organization]:
    """The organizations of the territory that may join, by name."""
    inside = _current_members(actor).values("pk")
    found = Organization.objects.filter(territory=actor.territory).exclude(pk__in=inside)
    return list(found.order_by("sort_key", "id")[:100])


def _current_members(actor: Actor) -> "QuerySet[Organization]":
    running = Membership.objects.filter(territory=actor.territory, ends_on=None)
    return Organization.objects.filter(pk__in=running.values("organization"))


def organization_name(key: UUID) -> str:
    """Of an organization that the route authorised."""
    return Organization.objects.only("name").get(pk=key).name


def look_alikes(actor: Actor, name: str, siret: str, commune: str) -> list[Organization]:
    """The organizations of the territory that this may be: same SIRET, or same name there."""
    named = Q(sort_key=fold(name)[:200])
    if commune:
        named &= Q(commune__in=["", commune])
    alike = named | Q(siret=siret) if siret else named
    found = Organization.objects.filter(alike, territory=actor.territory)
    return list(found.order_by("sort_key", "id")[:5])


def setting_up_facts(actor: Actor) -> Facts:
    """What exists, for the steps of the wizard; seven queries."""
    today, here = clock.today(), actor.territory
    running = Q(ends_on=None) | Q(ends_on__gt=today)
    return Facts(
        communes=len(territory_of(actor).communes),
        members=Membership.objects.filter(running, territory=here).count(),
        convention=Convention.objects.filter(running, territory=here).exists(),
        axes=Axis.objects.filter(territory=here, dropped_on=None).count(),
        goal=YearlyGoal.objects.filter(territory=here, year=today.year).exists(),
        actions=Action.objects.filter(territory=here, dropped_on=None).count(),
        colleagues=_colleagues(actor, running),
    )


def _colleagues(actor: Actor, running: Q) -> int:
    """The others who work here, and those expected."""
    mandates = Mandate.objects.filter(running, territory=actor.territory)
    expected = Invitation.objects.filter(territory=actor.territory, withdrawn_at=None)
    return mandates.exclude(account=actor.account).count() + expected.count()


def colleagues(actor: Actor) -> list[Mandate]:
    """Who works in the territory today, by organization; one query."""
    today = clock.today()
    found = Mandate.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=today), territory=actor.territory, starts_on__lte=today
    ).select_related("account", "organization")
    order = ("organization__sort_key", "account__family_name", "id")
    return list(found.filter(account__disabled_at=None).order_by(*order)[:50])


@dataclass(frozen=True)
class Founded:
    """A territory as the platform lists it: no person, no figure about persons."""

    code: str
    name: str
    communes: int
    members: int
    coordinators: str


def territories() -> list[Founded]:
    """Every territory by name, its members and who coordinates it; three queries."""
    today = clock.today()
    running = Q(ends_on=None) | Q(ends_on__gt=today)
    counted = (
        Membership.objects.filter(running)
        .values_list("territory")
        .annotate(size=Count("organization", distinct=True))
    )
    sizes = dict(counted.order_by("territory"))
    names = _coordinators(running)
    return [
        Founded(
            row.code,
            row.name,
            len(row.communes),
            sizes.get(row.pk, 0),
            ", ".join(names.get(row.pk, [])),
        )
        for row in Territory.objects.order_by("name", "id")
    ]


def _coordinators(running: Q) -> dict[int, list[str]]:
    rows = Mandate.objects.filter(running, role=Role.COORDINATOR, account__disabled_at=None)
    found: dict[int, list[str]] = {}
    for row in rows.select_related("account").order_by("starts_on", "id"):
        if row.territory_id:
            found.setdefault(row.territory_id, []).append(row.account.full_name)
    return found
