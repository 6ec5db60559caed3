"""Accounts as the technical administrator sees them: objects of the platform, of no territory."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.objects import Act, ObjectKind
from jalons.access.policy import Question, Relation

from .models import Account


@dataclass(frozen=True)
class AccountFacts:
    """An account is of no territory: the role alone decides."""

    key: UUID
    kind: ClassVar[str] = "account"
    territory: ClassVar[None] = None
    frozen: ClassVar[bool] = False


def load_account(key: UUID, at: datetime) -> AccountFacts | None:
    return AccountFacts(key) if Account.objects.filter(pk=key).exists() else None


def _holds(actor: Actor, target: AccountFacts, question: Question) -> bool:
    return True


def _keys(actor: Actor, question: Question) -> "QuerySet[Account, UUID]":
    return Account.objects.values_list("pk", flat=True)


KIND = ObjectKind("account", "Compte", load_account)
ON_THE_PLATFORM = Relation(
    "on_the_platform", "account", "ce compte est de la plateforme", _holds, _keys
)
ACTS = [
    Act("accounts.disable_account", "Désactiver un compte", "account"),
    Act("accounts.enable_account", "Réactiver un compte", "account"),
    Act("accounts.reset_second_factor", "Autoriser un nouveau second facteur", "account"),
]
