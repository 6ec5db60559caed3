from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.levels import Level
from jalons.access.roles import Role
from jalons.accounts.models import Account
from jalons.kernel.prepared import Prepared
from jalons.kernel.text import fold

from .models import Mandate, Organization, Territory

SHOWN_OF_A_MANDATE = (
    *(field.attname for field in Mandate._meta.concrete_fields),  # noqa: SLF001 (documented)
    *(f"account__{name}" for name in ("email", "given_name", "family_name", "password")),
    *("account__disabled_at", "account__last_login"),
    *("organization__name", "organization__sensitive", "territory__name", "territory__code"),
)
"""What each request reads: a wide row would cost as much as the page's own query."""


def mandates_in_force(account: UUID, day: date) -> list[Mandate]:
    """The mandates of an enabled account on a day, the oldest first; one query."""
    return _IN_FORCE.rows(account, day)


def _in_force(account: UUID, day: date) -> "QuerySet[Mandate]":
    found = Mandate.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day),
        account=account,
        account__disabled_at=None,
        starts_on__lte=day,
    )
    found = found.select_related("account", "organization", "territory")
    return found.only(*SHOWN_OF_A_MANDATE).order_by("starts_on", "id")


_IN_FORCE = Prepared(_in_force)


def mandates_of_accounts(accounts: Iterable[UUID], day: date) -> list[Mandate]:
    """The mandates in force of these accounts on a day, disabled ones included; one query."""
    found = Mandate.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day), account__in=list(accounts), starts_on__lte=day
    )
    return list(found.select_related("organization", "territory").order_by("starts_on", "id"))


def administrators(day: date) -> list[Mandate]:
    """The mandates of technical administrator in force on a day, of enabled accounts."""
    found = Mandate.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day),
        role=Role.PLATFORM_ADMIN,
        account__disabled_at=None,
        starts_on__lte=day,
    )
    return list(found.order_by("starts_on", "id"))


def territories() -> list[int]:
    """The keys of every territory."""
    return list(Territory.objects.order_by("pk").values_list("pk", flat=True))


def mandates_of_territory(territory: int, day: date) -> list[Mandate]:
    """The mandates in force in a territory on a day, of enabled accounts; one query."""
    found = Mandate.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day),
        territory=territory,
        account__disabled_at=None,
        starts_on__lte=day,
    )
    return list(found.select_related("account").order_by("id"))


def organizations(actor: Actor, words: str = "") -> "QuerySet[Organization]":
    """The organizations of the actor's territory whose name holds every word, by name."""
    found = Organization.objects.filter(visible_to(actor, "organization", Level.OPEN))
    for word in fold(words).split():
        found = found.filter(sort_key__contains=word)
    return found.order_by("sort_key", "id")


@dataclass(frozen=True)
class Place:
    """A postcode and the Insee codes of its communes."""

    postcode: str
    communes: tuple[str, ...]


def organizations_like(actor: Actor, name: str, siret: str, place: Place) -> list[UUID]:
    """The organizations of the actor's territory that a source may mean; one where it is known.

    The one of this SIRET; else those of this name, accents forgiven, at this postcode, or in its
    commune where no postcode is known. Another SIRET is another organization.
    """
    here = Organization.objects.filter(territory=actor.territory)
    known = here.filter(siret=siret).values_list("pk", flat=True).first() if siret else None
    if known is not None:
        return [known]
    somewhere = Q(postcode="", commune__in=["", *place.communes])
    like = here.filter(Q(postcode=place.postcode) | somewhere, sort_key=fold(name)[:200])
    if siret:
        like = like.filter(siret="")
    return list(like.order_by("id").values_list("pk", flat=True)[:2])


def organizations_called(territory: int, text: str) -> list[Organization]:
    """Those of a territory that a SIRET or a name designates."""
    digits = "".join(text.split())
    wanted = Q(sort_key=fold(text)[:200])
    if digits.isdigit():
        wanted |= Q(siret=digits)
    return list(Organization.objects.filter(wanted, territory=territory).order_by("id")[:2])


def demo_account(email: str) -> Account | None:
    wanted = email.replace("\0", "").strip()
    return Account.objects.filter(email__iexact=wanted, disabled_at=None).first()


def demo_mandates(day: date) -> list[Mandate]:
    """Whom one may be in the demo, by territory then by rank of role.

    The accounts named after their role; their colleagues fill the caseloads and are not listed.
    """
    found = Mandate.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day),
        account__disabled_at=None,
        account__email__startswith=F("role"),
        starts_on__lte=day,
    )
    rows = found.select_related("account", "organization", "territory")
    rank = Case(*(When(role=role, then=number) for number, role in enumerate(Role)))
    return list(rows.order_by("territory__name", rank, "account__email"))
