"""The invited person's acts: opening the link, accepting, asking for another one."""

import secrets
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.accounts.actions.open_account import prepare_account
from jalons.accounts.models import Account
from jalons.kernel import clock, row_security

from ...models import Invitation, Mandate
from ..rules import INVITATION, needs_field
from .mandates import Post, begin, tell
from .send_invitation import digest_of


class FieldMissing(ValueError):
    """A practitioner says whether they are a social or a professional specialist."""


class AnotherAccount(ValueError):
    """The account signed in is not the one of the invitation's e-mail."""


class AlreadyThere(ValueError):
    """The account has this role in this organization already."""


class Unusable(Exception):
    """The link does not exist, has served, is out of date, or was withdrawn."""


def find(token: str) -> Invitation | None:
    """The invitation of a link not opened yet; `state` says what became of it."""
    return _known(token_digest=digest_of(token))


def of_session(session: str) -> Invitation | None:
    """The invitation behind the cookie of a link that was opened."""
    return _known(session_digest=digest_of(session)) if session else None


def _known(**digest: bytes) -> Invitation | None:
    found = Invitation.objects.select_related("organization", "sent_by__account")
    return found.filter(**digest).first()


@transaction.atomic
def open_link(token: str) -> str:
    """Exchanges the token, once, for the value of a cookie. Raises Unusable."""
    digest = digest_of(token)
    held = Invitation.objects.select_for_update(of=("self",)).filter(token_digest=digest).first()
    if held is None or held.session_digest or held.state != "sent":
        raise Unusable
    session = secrets.token_urlsafe(32)
    with row_security.context([held.territory_id]):
        tell(_holder(held), "invitation_opened", held)
        held.session_digest = digest_of(session)
        held.save(update_fields=["session_digest"])
    return session


def account_for(invitation: Invitation) -> Account:
    """The account of the invited e-mail, made without password if it is new. Raises Unusable."""
    if invitation.state != "sent":
        raise Unusable
    account = prepare_account(invitation.email, invitation.given_name, invitation.family_name)
    if not account.is_active:
        raise Unusable
    return account


def known_account(invitation: Invitation) -> Account | None:
    """The account that already has this e-mail, disabled or not."""
    return Account.objects.filter(email__iexact=invitation.email).first()


@transaction.atomic
def accept_invitation(account: UUID, key: UUID, competence: str = "") -> Mandate:
    """Opens the mandate, not habilitated, under the account of the invitation's e-mail.

    Raises Impossible, AnotherAccount, FieldMissing, AlreadyThere.
    """
    held = Invitation.objects.select_for_update(of=("self",)).get(pk=key)
    INVITATION.target("accept", held.state)
    holder = Account.objects.select_for_update().get(pk=account)
    if holder.email.casefold() != held.email.casefold() or not holder.is_active:
        raise AnotherAccount
    chosen = held.field or competence
    if needs_field(held.role) and not chosen:
        raise FieldMissing
    with row_security.context([held.territory_id], account):
        return _open(holder, held, chosen)


def _open(holder: Account, held: Invitation, competence: str) -> Mandate:
    today, role = clock.today(), Role(held.role)
    running = Mandate.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), account=holder)
    if running.filter(organization=held.organization_id, role=role).exists():
        raise AlreadyThere
    post = Post(role, competence, held.function, phones=held.phones)
    mandate = begin(None, holder, held.organization, post)
    tell(_holder(held), "invitation_accepted", held, mandate=str(mandate.pk))
    held.accepted_at = clock.now()
    held.save(update_fields=["accepted_at"])
    return mandate


@transaction.atomic
def ask_again(email: str) -> int:
    """Tells those who invited this e-mail that it asks for another link; how many invitations.

    The caller says the same thing whether there was one or not.
    """
    waiting = Invitation.objects.select_related("sent_by__account").filter(
        email__iexact=email.strip(), accepted_at=None, withdrawn_at=None, sent_at__isnull=False
    )
    found = list(waiting.order_by("pk"))
    for invitation in found:
        with row_security.context([invitation.territory_id]):
            tell(_holder(invitation), "invitation_asked_again", invitation)
    return len(found)


def _holder(invitation: Invitation) -> Actor:
    territory = invitation.territory_id
    return Actor(kind="link", territory=territory, territories=(territory,))
