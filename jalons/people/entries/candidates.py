"""Whom an entry may be given to: the members of the consortium and their habilitated référents."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.levels import Level
from jalons.access.roles import Field, Role
from jalons.kernel import clock
from jalons.kernel.small_counts import counted, counted_of
from jalons.territories.models import Mandate, Membership, Organization
from jalons.territories.team.queries import in_force, not_over

from ..load.queries import NONE, Load, loads_of_organizations, loads_of_professionals
from .sharing import Fit, answers

SUGGESTED = 3
"""The professionals proposed first."""


@dataclass(frozen=True)
class Structure:
    """A member of the consortium, and how many persons it follows today."""

    key: UUID
    name: str
    commune: str
    load: Load

    @property
    def label(self) -> str:
        return (
            f"{self.name} ({counted_of(self.load.followed, 'personne suivie/personnes suivies')})"
        )


@dataclass(frozen=True)
class Professional:
    """A professional who may be référent in a structure, and their load there."""

    key: UUID
    mandate: UUID
    name: str
    organization: UUID
    field: str
    load: Load
    fit: Fit

    @property
    def label(self) -> str:
        return f"{self.name} ({counted(self.load.referent)})"

    @property
    def reason(self) -> str:
        """« Champ social, même commune, référent·e de 12 personnes, en suit 20 »."""
        parts = [f"champ {Field(self.field).label.lower()}"] if self.field and self.fit.able else []
        parts += ["même commune"] if self.fit.near else []
        parts += [f"référent·e de {counted_of(self.load.referent, 'personne')}"]
        return ", ".join([*parts, f"en suit {counted_of(self.load.followed, 'personne')}"])


def structures(actor: Actor) -> list[Structure]:
    """The members of today, the least loaded first; two queries.

    A sensitive structure is a choice for its own people only: an orientation there tells why.
    """
    today = clock.today()
    members = Membership.objects.filter(
        not_over(today), organization=OuterRef("pk"), starts_on__lte=today
    )
    found = Organization.objects.filter(
        Q(sensitive=False) | Q(pk=actor.organization),
        visible_to(actor, "organization", Level.OPEN),
        Exists(members),
    )
    rows = list(found.order_by("sort_key", "id"))
    loads = loads_of_organizations(row.pk for row in rows)
    known = [Structure(row.pk, row.name, row.commune, loads.get(row.pk, NONE)) for row in rows]
    return sorted(known, key=lambda structure: structure.load.followed)


def professionals(
    organizations: Iterable[Structure], commune: str = "", orientation: str = ""
) -> list[Professional]:
    """Those who are habilitated today in these structures, the best fit first; two queries."""
    places = {structure.key: structure for structure in organizations}
    loads = loads_of_professionals(places)
    rows = habilitated(places).select_related("account").order_by("words", "id")
    found = []
    for row in rows:
        assert row.organization_id
        place = places[row.organization_id]
        load = loads.get((place.key, row.account_id), NONE)
        near = bool(commune) and place.commune == commune
        fit = Fit(near, answers(row.field, orientation), load.referent, load.followed)
        name = row.account.full_name
        found.append(Professional(row.account_id, row.pk, name, place.key, row.field, load, fit))
    return sorted(found, key=lambda professional: professional.fit.rank)


def habilitated(organizations: Iterable[UUID]) -> "QuerySet[Mandate]":
    """The mandates under which one may be référent today in these structures."""
    today = clock.today()
    return Mandate.objects.filter(
        in_force(today),
        Q(habilitated_from__lte=today),
        organization__in=list(organizations),
        role=Role.PRACTITIONER,
    )
