"""Builds the actor of a request from its session, by one query of the mandates in force."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from jalons.access.actor import ANONYMOUS, Actor
from jalons.access.identity import Identity, MandateLabel
from jalons.access.roles import Field, Role
from jalons.accounts import sessions
from jalons.accounts.models import Account
from jalons.kernel import clock

from .models import Mandate
from .queries import mandates_in_force, mandates_of_accounts

MANDATE_KEY = "mandate"
"""The session's active mandate: the one chosen, else the first in force when it was opened."""
SAFE = ("GET", "HEAD")
POLLED = "Jalons-Polled"
"""Sent by a page that asks for news while nobody does anything: it keeps no session open."""


def identify(request: HttpRequest) -> tuple[Actor, Identity | None]:
    """The actor of the session and what the layout shows of them; ANONYMOUS without a session."""
    if "\0" in (request.session.session_key or ""):
        return ANONYMOUS, None
    account_key = request.session.get(SESSION_KEY)
    if account_key is None:
        return ANONYMOUS, None
    if not sessions.alive(request.session, by_itself=POLLED in request.headers):
        request.session.flush()
        return ANONYMOUS, None
    mandates = mandates_in_force(UUID(account_key), clock.today())
    account = mandates[0].account if mandates else Account.objects.filter(pk=account_key).first()
    if not account or not account.is_active or not _same_secret(request, account):
        request.session.flush()
        return ANONYMOUS, None
    active = _active(request, mandates)
    return actor_of(account, active), _identity(account, active, mandates)


def actor_of(account: Account, mandate: Mandate | None) -> Actor:
    """The actor that an account is under one mandate; without mandate, no role and no territory."""
    if mandate is None:
        return Actor(kind="professional", account=account.pk)
    today = clock.today()
    territory = mandate.territory_id
    return Actor(
        kind="professional",
        account=account.pk,
        mandate=mandate.pk,
        organization=mandate.organization_id,
        territory=territory,
        territories=(territory,) if territory else (),
        role=Role(mandate.role),
        field=Field(mandate.field) if mandate.field else None,
        habilitated=bool(mandate.habilitated_from and mandate.habilitated_from <= today),
        data_protection=bool(
            mandate.data_protection_from and mandate.data_protection_from <= today
        ),
    )


def names_of(accounts: Iterable[UUID]) -> dict[UUID, str]:
    found = Account.objects.filter(pk__in=list(accounts))
    return {account.pk: account.full_name for account in found}


def works(account: UUID, territory: int) -> bool:
    """Whether an enabled account has a mandate in force in a territory today."""
    mandates = mandates_in_force(account, clock.today())
    return any(mandate.territory_id == territory for mandate in mandates)


def mandates_of(accounts: Iterable[UUID]) -> dict[UUID, list[MandateLabel]]:
    """The mandates in force today of each account, as others show them; one query."""
    found: dict[UUID, list[MandateLabel]] = {}
    for mandate in mandates_of_accounts(accounts, clock.today()):
        found.setdefault(mandate.account_id, []).append(_label(mandate))
    return found


def _same_secret(request: HttpRequest, account: Account) -> bool:
    """A changed password ends the sessions opened with the former one."""
    kept = request.session.get(HASH_SESSION_KEY, "")
    return constant_time_compare(kept, account.get_session_auth_hash())


def _active(request: HttpRequest, mandates: list[Mandate]) -> Mandate | None:
    """The session's mandate; once it is over, the first in force, from the next page on.

    A form opened under a mandate that is over acts under no other one: it is refused.
    """
    chosen = request.session.get(MANDATE_KEY)
    for mandate in mandates:
        if str(mandate.pk) == chosen:
            return mandate
    if chosen and request.method not in SAFE:
        request.mandate_ended = True  # type: ignore[attr-defined]
        return None
    if not mandates:
        return None
    if chosen:
        messages.info(request, _now_acting_as(mandates[0]), fail_silently=True)
    request.session[MANDATE_KEY] = str(mandates[0].pk)
    return mandates[0]


def _now_acting_as(mandate: Mandate) -> str:
    label = _label(mandate)
    place = label.organization_name or label.territory_name
    post = f"{label.role_label}, {place}" if place else label.role_label
    return f"Votre mandat précédent est terminé. Vous travaillez maintenant comme : {post}."


def _identity(account: Account, active: Mandate | None, mandates: list[Mandate]) -> Identity:
    others = tuple(_label(mandate) for mandate in mandates if mandate is not active)
    if active is None:
        return Identity(account.full_name, account.email, other_mandates=others)
    label = _label(active)
    return Identity(
        account.full_name,
        account.email,
        label.role_label,
        label.organization_name,
        label.territory_name,
        others,
    )


def _label(mandate: Mandate) -> MandateLabel:
    return MandateLabel(
        mandate.pk,
        mandate.get_role_display(),
        mandate.organization.name if mandate.organization else "",
        mandate.territory.name if mandate.territory else "",
    )
