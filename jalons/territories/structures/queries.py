"""What the page of a structure reads."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jalons.access.actor import Actor
from jalons.kernel import clock
from jalons.kernel.phones import shown
from jalons.nomenclature.models import Commune

from ..consortium.queries import Member, kinds
from ..models import Membership, OpeningHours, Organization, Reception
from ..models.columns import last_day
from .hours import Span, week


@dataclass(frozen=True)
class Place:
    """A place of reception as its page shows it."""

    key: UUID
    name: str
    address: list[str]
    phones: list[str]
    note: str
    hours: list[tuple[str, str]]
    closed_on: date | None


@dataclass(frozen=True)
class Structure:
    """An organization with all that its page shows."""

    row: Organization
    kind: str
    address: list[str]
    phones: list[str]
    memberships: list[Member]
    places: list[Place]

    @property
    def open_places(self) -> list[Place]:
        return [place for place in self.places if place.closed_on is None]

    @property
    def closed_places(self) -> list[Place]:
        return [place for place in self.places if place.closed_on]


def structure(actor: Actor, key: UUID) -> Structure:
    """The organization that the route authorised, its memberships, its places; five queries."""
    row = Organization.objects.get(pk=key)
    receptions = list(Reception.objects.filter(organization=key).order_by("name", "id"))
    hours = _hours([reception.pk for reception in receptions])
    names = _communes([row.commune, *(reception.commune for reception in receptions)])
    return Structure(
        row,
        next((item.label for item in kinds(actor) if item.code == row.kind), ""),
        _address(row, names),
        [shown(number) for number in row.phones],
        _memberships(row, clock.today()),
        [_place(each, hours.get(each.pk, {}), names) for each in receptions],
    )


def place(organization: UUID, key: UUID) -> tuple[Reception, dict[int, list[Span]]] | None:
    """An open place of the organization, and its openings by weekday."""
    found = Reception.objects.filter(pk=key, organization=organization, closed_on=None).first()
    return (found, _hours([found.pk]).get(found.pk, {})) if found else None


def commune_name(code: str) -> str:
    return _communes([code]).get(code, "")


def _memberships(row: Organization, today: date) -> list[Member]:
    found = Membership.objects.filter(organization=row).order_by("-starts_on", "id")
    return [
        Member(
            row.pk,
            row.name,
            "",
            row.sensitive,
            each.starts_on,
            last_day(each.ends_on),
            bool(each.ends_on and each.ends_on <= today),
        )
        for each in found
    ]


def _place(row: Reception, hours: dict[int, list[Span]], names: dict[str, str]) -> Place:
    return Place(
        row.pk,
        row.name,
        _address(row, names),
        [shown(number) for number in row.phones],
        row.note,
        week(hours),
        row.closed_on,
    )


def _hours(keys: list[UUID]) -> dict[UUID, dict[int, list[Span]]]:
    found: dict[UUID, dict[int, list[Span]]] = {}
    rows = OpeningHours.objects.filter(reception__in=keys)
    for row in rows.order_by("weekday", "opens_at", "id"):
        days = found.setdefault(row.reception_id, {})
        days.setdefault(row.weekday, []).append((row.opens_at, row.closes_at))
    return found


def _communes(codes: list[str]) -> dict[str, str]:
    wanted = {code for code in codes if code}
    return dict(Commune.objects.filter(code__in=wanted).values_list("code", "name"))


def _address(row: Organization | Reception, names: dict[str, str]) -> list[str]:
    """The lines of an address, the empty ones left out."""
    town = " ".join(filter(None, [row.postcode, row.city or names.get(row.commune, "")]))
    return [line for line in (row.address, row.address_more, town) if line]
