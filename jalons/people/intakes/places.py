"""What the public pages say of a territory: its name, its communes, where it receives. Nobody."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from jalons.kernel import clock
from jalons.kernel.text import fold
from jalons.nomenclature.models import Commune
from jalons.territories import settings
from jalons.territories.models import Membership, Organization, Reception, Territory
from jalons.territories.relations import OrganizationFacts

from ..settings import INTAKE_ANSWER


@dataclass(frozen=True)
class Place:
    """Where a member of the consortium receives; `organization` becomes the request's door."""

    key: UUID
    organization: UUID
    member: str
    name: str
    city: str
    phones: list[str]

    @property
    def where(self) -> str:
        return ", ".join(filter(None, [self.name, self.city]))


def territories() -> list[Territory]:
    return list(Territory.objects.order_by("name", "pk"))


def territory(slug: str) -> Territory | None:
    return Territory.objects.filter(code=slug).first()


def places(territory: int) -> list[Place]:
    """The open places of today's members, never those of a sensitive structure; two queries."""
    today = clock.today()
    members = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=today), territory=territory, starts_on__lte=today
    )
    rows = Reception.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=today),
        territory=territory,
        organization__sensitive=False,
        organization__in=members.values("organization"),
    )
    return [
        Place(
            row.pk,
            row.organization_id,
            row.organization.name,
            row.name,
            "" if row.city in row.name else row.city,
            list(row.phones),
        )
        for row in rows.select_related("organization").order_by("city", "name", "pk")
    ]


def communes(territory: Territory) -> list[Commune]:
    return list(Commune.objects.filter(code__in=territory.communes).order_by("name"))


def commune_named(text: str, among: list[Commune]) -> str:
    """The Insee code of the commune that bears this name, accents forgiven; "" for none."""
    key = fold(text)
    found = (
        row.code for row in among if key in {fold(name) for name in (row.name, *row.other_names)}
    )
    return next(found, "")


def answer_days(territory: int) -> int:
    """The delay within which the territory means to answer a request, in days."""
    return int(settings.value(territory, INTAKE_ANSWER.key, clock.today()))


def territory_of(organization: OrganizationFacts) -> Territory:
    """The one where the link's partner works."""
    return Territory.objects.get(pk=organization.territory)


def organization(key: UUID) -> Organization:
    """Of an organization that the route authorised."""
    return Organization.objects.get(pk=key)
