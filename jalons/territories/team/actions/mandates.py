"""What every act on a mandate or an invitation starts with, and how a mandate begins."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.roles import Role
from jalons.access.table import GIVE_OFFICE, INVITE
from jalons.accounts.models import Account
from jalons.kernel import clock
from jalons.kernel.ids import uuid7

from ...models import Invitation, Mandate, Organization
from ...relations import OrganizationFacts
from ..relations import InvitationFacts, facts_of
from ..rules import OFFICES, TEAM_ROLES, words_of


class MandateEnded(Exception):
    """The mandate is over: nothing of it changes any more."""


@dataclass(frozen=True)
class Post:
    """What somebody does in an organization."""

    role: Role
    competence: str = ""
    function: str = ""
    skills: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)


def hold_mandate(actor: Actor, key: UUID, act: str) -> Mandate:
    """Locks a mandate that is not over. Raises Refused, MandateEnded."""
    held = (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(pk=key)
        .first()
    )
    facts = facts_of(held) if held else None
    if held is None or facts is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, act, facts)
    if held.ends_on is not None and held.ends_on <= clock.today():
        raise MandateEnded
    return held


def hold_invitation(actor: Actor, key: UUID, act: str) -> Invitation:
    """Locks an invitation. Raises Refused."""
    held = Invitation.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if held is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, act, InvitationFacts(held.pk, held.territory_id, held.organization_id))
    return held


def require_role(actor: Actor, organization: Organization, role: Role) -> None:
    """Whether the actor may give this role there. Raises Refused.

    Nobody gives a role of the whole platform; a role of the territory is its coordinators' to give.
    """
    facts = OrganizationFacts(organization.pk, organization.territory_id)
    require(actor, INVITE, facts)
    if role in OFFICES:
        require(actor, GIVE_OFFICE, facts)
    elif role not in TEAM_ROLES:
        raise Refused("Ce rôle ne se donne pas dans une structure.")


def begin(actor: Actor | None, account: Account, organization: Organization, post: Post) -> Mandate:
    """Opens a mandate today, not habilitated; its caller has the right.

    Without actor, the holder of the account opens it, by accepting an invitation.
    """
    mandate = Mandate(
        id=uuid7(),
        account=account,
        territory_id=organization.territory_id,
        organization=organization,
        role=post.role,
        field=post.competence,
        function=post.function,
        skills=post.skills,
        phones=post.phones,
        starts_on=clock.today(),
        words=words_of(account.family_name, account.given_name, post.function, post.skills),
    )
    author = actor or holder_of(mandate)
    tell(author, "mandate_opened", mandate, role=post.role.value, account=str(account.pk))
    mandate.save(force_insert=True)
    return mandate


def holder_of(mandate: Mandate) -> Actor:
    """The account of a mandate, acting under it."""
    territory = mandate.territory_id
    return Actor(
        kind="professional",
        account=mandate.account_id,
        mandate=mandate.pk,
        organization=mandate.organization_id,
        territory=territory,
        territories=(territory,) if territory else (),
        role=Role(mandate.role),
    )


def tell(actor: Actor, what: str, about: Mandate | Invitation, **payload: Any) -> Any:
    """Appends the event of an act, before its change."""
    return record(
        actor,
        f"territories.{what}",
        object_kind="mandate" if isinstance(about, Mandate) else "invitation",
        object_key=about.pk,
        payload={name: _plain(value) for name, value in payload.items()},
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
