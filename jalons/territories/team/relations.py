"""A mandate and an invitation as the policy sees them: of which organization, of which account."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.policy import Question, Relation

from ..models import Invitation, Mandate


@dataclass(frozen=True)
class MandateFacts:
    """A mandate of a territory; those of the whole platform have none of these relations."""

    key: UUID
    territory: int
    organization: UUID
    account: UUID
    kind: ClassVar[str] = "mandate"
    frozen: ClassVar[bool] = False


@dataclass(frozen=True)
class InvitationFacts:
    key: UUID
    territory: int
    organization: UUID
    kind: ClassVar[str] = "invitation"
    frozen: ClassVar[bool] = False


def facts_of(mandate: Mandate) -> MandateFacts | None:
    """None for a mandate of the whole platform."""
    if mandate.territory_id is None or mandate.organization_id is None:
        return None
    return MandateFacts(
        mandate.pk, mandate.territory_id, mandate.organization_id, mandate.account_id
    )


def load_mandate(key: UUID, at: datetime) -> MandateFacts | None:
    found = Mandate.objects.filter(pk=key).first()
    return facts_of(found) if found else None


def load_invitation(key: UUID, at: datetime) -> InvitationFacts | None:
    found = Invitation.objects.filter(pk=key).first()
    return InvitationFacts(found.pk, found.territory_id, found.organization_id) if found else None


def _same_territory(actor: Actor, facts: Any, question: Question) -> bool:
    return bool(facts.territory == actor.territory)


def _same_organization(actor: Actor, facts: Any, question: Question) -> bool:
    return bool(facts.organization == actor.organization)


Keys = Callable[[Actor, Question], "QuerySet[Any, Any]"]


def _of_territory(model: Any) -> Keys:
    def keys(actor: Actor, question: Question) -> "QuerySet[Any, Any]":
        found: QuerySet[Any, Any] = model.objects.filter(territory=actor.territory or 0)
        return found.values_list("pk", flat=True)

    return keys


def _of_organization(model: Any) -> Keys:
    def keys(actor: Actor, question: Question) -> "QuerySet[Any, Any]":
        own = [actor.organization] if actor.organization else []
        found: QuerySet[Any, Any] = model.objects.filter(organization__in=own)
        return found.values_list("pk", flat=True)

    return keys


def _is_own(actor: Actor, facts: MandateFacts, question: Question) -> bool:
    return facts.key == actor.mandate and facts.account == actor.account


def _own_key(actor: Actor, question: Question) -> "QuerySet[Mandate, Any]":
    own = [actor.mandate] if actor.mandate else []
    found = Mandate.objects.filter(pk__in=own, account__in=[actor.account] if own else [])
    return found.exclude(territory=None).values_list("pk", flat=True)


TEAM_RELATIONS = [
    Relation(
        "mandate_of_territory",
        "mandate",
        "cette personne travaille sur votre territoire",
        _same_territory,
        _of_territory(Mandate),
    ),
    Relation(
        "mandate_of_organization",
        "mandate",
        "cette personne travaille dans votre structure",
        _same_organization,
        _of_organization(Mandate),
    ),
    Relation("own_mandate", "mandate", "ce mandat est le vôtre", _is_own, _own_key),
    Relation(
        "invitation_of_territory",
        "invitation",
        "cette invitation est de votre territoire",
        _same_territory,
        _of_territory(Invitation),
    ),
    Relation(
        "invitation_of_organization",
        "invitation",
        "cette invitation est de votre structure",
        _same_organization,
        _of_organization(Invitation),
    ),
]
