"""Links sent to an account's own mailbox: an invitation (7 days), a new password or an identity to
link (1 hour), another second factor (1 day).

The token is in the mail only: the database keeps its digest, and it serves once.
"""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse

from jalons.accounts.events import record
from jalons.accounts.models import Account, AccountLink
from jalons.kernel import clock, mail

VALIDITY = {
    AccountLink.Purpose.INVITATION: timedelta(days=7),
    AccountLink.Purpose.RECOVERY: timedelta(hours=1),
    AccountLink.Purpose.FEDERATION: timedelta(hours=1),
    AccountLink.Purpose.FACTOR: timedelta(days=1),
}
INVITATION = (
    "Bonjour,\n\nUn accès à Jalons vous attend. Ouvrez ce lien pour choisir votre mot de"
    " passe\u00a0:\n{link}\n\nIl sert une fois, pendant sept jours.\n"
)
RECOVERY = (
    "Bonjour,\n\nUn nouveau mot de passe a été demandé avec cette adresse. Ouvrez ce lien pour"
    " le choisir\u00a0:\n{link}\n\nIl sert une fois, pendant une heure. Si vous n’avez rien"
    " demandé, ne faites rien\u00a0: votre mot de passe ne change pas.\n"
)
FEDERATION = (
    "Bonjour,\n\nUne identité attend d’être reliée à votre compte Jalons. Ouvrez ce lien dans le"
    " navigateur où vous l’avez demandé\u00a0:\n{link}\n\nIl sert une fois, pendant une heure. Si"
    " vous n’avez rien demandé, ne faites rien, et ne transmettez ce lien à personne\u00a0: votre"
    " compte ne change pas.\n"
)
FACTOR = (
    "Bonjour,\n\nL’administration de Jalons vous autorise à enregistrer une autre application"
    " d’authentification. Ouvrez ce lien, puis connectez-vous\u00a0:\n{link}\n\nIl sert une fois,"
    " pendant un jour. L’application présente sert jusque-là. Si vous n’avez rien demandé, ne"
    " faites rien et prévenez votre structure.\n"
)
MAILS = {
    AccountLink.Purpose.INVITATION: ("Votre accès à Jalons", INVITATION),
    AccountLink.Purpose.RECOVERY: ("Votre connexion à Jalons", RECOVERY),
    AccountLink.Purpose.FEDERATION: ("Une identité à relier", FEDERATION),
    AccountLink.Purpose.FACTOR: ("Votre second facteur", FACTOR),
}


class Unusable(Exception):
    """The link does not exist, has served, is out of date, or its account is disabled."""


@transaction.atomic
def make(account: Account, purpose: AccountLink.Purpose) -> str:
    """A new link, the only one of its purpose; answers its address, known once."""
    AccountLink.objects.filter(account=account, purpose=purpose, used_at=None).delete()
    token = secrets.token_urlsafe(32)
    AccountLink.objects.create(
        account=account,
        purpose=purpose,
        digest=digest_of(token),
        expires_at=clock.now() + VALIDITY[purpose],
    )
    record("link_sent", account.pk, purpose=purpose.value)
    return f"{settings.BASE_URL}{reverse('accounts:link', args=[token])}"


def send(key: UUID, purpose: AccountLink.Purpose) -> None:
    """Mails a new link to an account; nothing if it is disabled. Raises what `mail.send` raises."""
    account = Account.objects.filter(pk=key, disabled_at=None).first()
    if account:
        subject, body = MAILS[purpose]
        mail.send(account.email, subject, body.format(link=make(account, purpose)))


def find(token: str) -> AccountLink | None:
    """The link of this token, if it may still serve."""
    return _usable(token).first()


@transaction.atomic
def consume(token: str) -> AccountLink:
    """Uses the link up. Raises Unusable."""
    link = _usable(token).select_for_update(of=("self",)).first()
    if link is None:
        raise Unusable
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
    return link


def _usable(token: str) -> "models.QuerySet[AccountLink]":
    return AccountLink.objects.select_related("account").filter(
        digest=digest_of(token),
        used_at=None,
        expires_at__gt=clock.now(),
        account__disabled_at=None,
    )


def digest_of(token: str) -> bytes:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).digest()
