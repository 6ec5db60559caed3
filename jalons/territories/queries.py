from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.levels import Level
from jalons.access.roles import Role
from jalons.accounts.models import Account
from jalons.kernel.text import fold
from jalons.nomenclature.models import Commune, Term

from .models import Mandate, Organization


def mandates_in_force(account: UUID, day: date) -> list[Mandate]:
    """The mandates of an enabled account on a day, the oldest first; one query."""
    return list(
        Mandate.objects.filter(
            Q(ends_on=None) | Q(ends_on__gt=day),
            account=account,
            account__disabled_at=None,
            starts_on__lte=day,
        )
        .select_related("account", "organization", "territory")
        .order_by("starts_on", "id")
    )


def mandates_of_territory(territory: int, day: date) -> list[Mandate]:
    """The mandates in force in a territory on a day, of enabled accounts; one query."""
    found = Mandate.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day),
        territory=territory,
        account__disabled_at=None,
        starts_on__lte=day,
    )
    return list(found.order_by("id"))


def organizations(actor: Actor, words: str = "") -> "QuerySet[Organization]":
    """The organizations of the actor's territory whose name holds every word, by name."""
    found = Organization.objects.filter(visible_to(actor, "organization", Level.OPEN))
    for word in fold(words).split():
        found = found.filter(sort_key__contains=word)
    return found.order_by("sort_key", "id")


@dataclass(frozen=True)
class Line:
    """An organization as a list shows it: labels, no code."""

    name: str
    kind: str
    commune: str


def lines(rows: list[Organization]) -> list[Line]:
    """The organizations with the labels of their kind and commune; one query each."""
    kinds = dict(Term.objects.filter(list="organization_kind").values_list("code", "label"))
    communes = dict(
        Commune.objects.filter(code__in={row.commune for row in rows}).values_list("code", "name")
    )
    return [
        Line(row.name, kinds.get(row.kind, row.kind), communes.get(row.commune, "")) for row in rows
    ]


def demo_account(email: str) -> Account | None:
    wanted = email.replace("\0", "").strip()
    return Account.objects.filter(email__iexact=wanted, disabled_at=None).first()


def demo_mandates(day: date) -> list[Mandate]:
    """The mandates in force of the demo's accounts, by territory then by rank of role."""
    found = Mandate.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day), account__disabled_at=None, starts_on__lte=day
    )
    rows = found.select_related("account", "organization", "territory")
    rank = Case(*(When(role=role, then=number) for number, role in enumerate(Role)))
    return list(rows.order_by("territory__name", rank, "account__email"))
