"""The list of accounts, for the technical administrator: ways in and mandates, no person."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from jalons.access.identity import MandateLabel, mandates_of
from jalons.kernel.pagination import Page, keyset_page
from jalons.kernel.text import fold

from .models import Account, FederatedIdentity, SecondFactor

State = Literal["disabled", "never", "active"]


@dataclass(frozen=True)
class AccountLine:
    key: UUID
    name: str
    email: str
    state: State
    last_login: datetime | None
    disabled_at: datetime | None
    second_factor: bool
    providers: tuple[str, ...]
    mandates: tuple[MandateLabel, ...]


def accounts_page(words: str, cursor: str | None) -> Page[Account]:
    """The accounts whose name or e-mail holds every word, by name."""
    found = Account.objects.all()
    for word in fold(words).split():
        found = found.filter(sort_key__contains=word)
    return keyset_page(found, ("sort_key", "id"), cursor=cursor)


def account_lines(accounts: Iterable[Account]) -> list[AccountLine]:
    """What the list shows of each; three queries for all."""
    rows = list(accounts)
    keys = [row.pk for row in rows]
    factors = set(SecondFactor.objects.filter(account__in=keys).values_list("account", flat=True))
    providers, mandates = _providers(keys), mandates_of(keys)
    return [
        AccountLine(
            row.pk,
            row.full_name,
            row.email,
            _state(row),
            row.last_login,
            row.disabled_at,
            row.pk in factors,
            tuple(providers[row.pk]),
            tuple(mandates.get(row.pk, ())),
        )
        for row in rows
    ]


def account_line(key: UUID) -> AccountLine | None:
    found = Account.objects.filter(pk=key).first()
    return account_lines([found])[0] if found else None


def _providers(keys: list[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    linked = FederatedIdentity.objects.filter(account__in=keys).order_by("recorded_at", "id")
    for account, label in linked.values_list("account", "provider__label"):
        found[account].append(label)
    return found


def _state(account: Account) -> State:
    if not account.is_active:
        return "disabled"
    return "active" if account.last_login else "never"
