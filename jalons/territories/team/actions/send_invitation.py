"""Sending prepared invitations: the act says so, a job makes the link and the mail.

The token is in the mail only, so that neither the act nor the row of the job holds it.
"""

import hashlib
import secrets
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from jalons.access.actor import Actor, system
from jalons.access.decisions import decide
from jalons.access.table import COMPLETE, SEND, WITHDRAW
from jalons.kernel import clock, jobs, mail, row_security

from ...actors import actor_of
from ...models import Invitation
from ..relations import InvitationFacts
from ..rules import INVITATION
from .mandates import hold_invitation, tell

SUBJECT = "Votre invitation à Jalons"
BODY = (
    "Bonjour,\n\nUne invitation à travailler dans Jalons vous attend. Ouvrez ce lien pour y"
    " répondre\u00a0:\n{link}\n\nIl sert une fois, pendant sept jours. Si vous n’attendez rien,"
    " ne faites rien.\n"
)


@transaction.atomic
def send_invitation(actor: Actor, key: UUID) -> None:
    """Asks for the mail, with a new link: a former one falls. Raises Refused, Impossible."""
    held = hold_invitation(actor, key, SEND)
    INVITATION.target(SEND, held.state)
    tell(actor, "invitation_sent", held)
    held.sent_at, held.sent_by_id = clock.now(), actor.mandate
    held.token_digest = held.session_digest = None
    held.save(update_fields=["sent_at", "sent_by", "token_digest", "session_digest"])
    jobs.enqueue(
        "territories.mail_invitation", invitation=str(held.pk), sent_at=held.sent_at.isoformat()
    )


@transaction.atomic
def send_all(actor: Actor, keys: Iterable[UUID]) -> int:
    """Sends those of these invitations that are still prepared; how many. Raises Refused."""
    sent = 0
    for key in sorted(keys):
        if hold_invitation(actor, key, SEND).state == "prepared":
            send_invitation(actor, key)
            sent += 1
    return sent


@transaction.atomic
def complete_invitation(actor: Actor, key: UUID, said: dict[str, str]) -> None:
    """Sets the names, the function or the field, before it is answered. Raises Refused, Impossible.

    `said` holds columns of the invitation.
    """
    held = hold_invitation(actor, key, COMPLETE)
    INVITATION.target(COMPLETE, held.state)
    changed = {name: value for name, value in said.items() if getattr(held, name) != value}
    if changed:
        tell(actor, "invitation_changed", held, changed=sorted(changed))
        for name, value in changed.items():
            setattr(held, name, value)
        held.save(update_fields=list(changed))


@transaction.atomic
def withdraw_invitation(actor: Actor, key: UUID) -> None:
    """The link serves no more, at once. Raises Refused, Impossible."""
    held = hold_invitation(actor, key, WITHDRAW)
    INVITATION.target(WITHDRAW, held.state)
    tell(actor, "invitation_withdrawn", held)
    held.withdrawn_at = clock.now()
    held.save(update_fields=["withdrawn_at"])


@transaction.atomic
def mail_invitation(key: UUID, sent_at: str) -> None:
    """Makes the link and mails it, unless the invitation changed or its sender may no more."""
    held = Invitation.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if held is None or held.sent_at is None or held.sent_at.isoformat() != sent_at:
        return
    if held.state != "sent" or not _may_still(held):
        return
    token = secrets.token_urlsafe(32)
    with row_security.context([held.territory_id]):
        tell(system(held.territory_id), "invitation_mailed", held)
        held.token_digest = digest_of(token)
        held.save(update_fields=["token_digest"])
    address = f"{settings.BASE_URL}{reverse('territories:invitation_link', args=[token])}"
    mail.send(held.email, SUBJECT, BODY.format(link=address))


def _may_still(held: Invitation) -> bool:
    """What was asked by somebody is done if they could still ask for it."""
    if held.sent_by is None:
        return False
    facts = InvitationFacts(held.pk, held.territory_id, held.organization_id)
    return bool(decide(actor_of(held.sent_by.account, held.sent_by), SEND, facts))


def digest_of(secret: str) -> bytes:
    """What the database keeps of a token or of a cookie."""
    return hashlib.sha256(secret.encode()).digest()
