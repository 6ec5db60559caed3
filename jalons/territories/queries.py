from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.levels import Level
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
    return Account.objects.filter(email__iexact=email.strip(), disabled_at=None).first()


def demo_mandates(day: date) -> list[Mandate]:
    """The mandates in force of the demo's accounts, by territory then role."""
    found = Mandate.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day), account__disabled_at=None, starts_on__lte=day
    )
    rows = found.select_related("account", "organization", "territory")
    return list(rows.order_by("territory__name", "role", "account__email"))
