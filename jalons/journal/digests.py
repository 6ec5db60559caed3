"""The mail « quelque chose vous attend », which says nothing else: one a day and account at most.

A digest is claimed (`DigestSent`) before its mail leaves: a process killed in between loses that
day's mail rather than send it twice, and the next day's counts what it would have told.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, time
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.shortcuts import resolve_url
from django.utils import timezone

from jalons.kernel import clock, mail

from . import events
from .models import DigestSent, Notification

ALIAS = "whole"
HOUR = time(7)
SUBJECT = "Quelque chose vous attend dans Jalons"
BODY = """Bonjour,

Quelque chose vous attend dans Jalons. Pour le lire, connectez-vous :
{link}

Ce message ne contient volontairement aucune autre information. Vous en recevez un par jour au plus.
"""

Addresses = Callable[[Iterable[UUID]], dict[UUID, str]]
_resolvers: list[Addresses] = []


class NotAllSent(Exception):
    """Some mails were refused by the transport; running again sends those only."""


def addresses_of(resolver: Addresses) -> Addresses:
    """Registers the function that gives the mail address of each account that may be written to."""
    _resolvers[:] = [resolver]
    return resolver


def send_digests() -> int:
    """Sends what is due today since 7 o'clock; returns how many mails left. Raises NotAllSent."""
    due = _due()
    addresses = _resolvers[0](due) if _resolvers and due else {}
    outcomes = [_send(account, addresses[account]) for account in due if account in addresses]
    sent = outcomes.count(True)
    if sent:
        with transaction.atomic(using=ALIAS):
            events.append(
                "journal.digest_sent", territory=None, payload={"mails": sent}, using=ALIAS
            )
    if False in outcomes:
        raise NotAllSent(f"{outcomes.count(False)} of {len(outcomes)}")
    return sent


def _due() -> list[UUID]:
    """The accounts with something unread since their last digest, recorded before 7 today."""
    limit = timezone.make_aware(datetime.combine(clock.today(), HOUR))
    if clock.now() < limit:
        return []
    digests = DigestSent.objects.filter(account=OuterRef("account"))
    last = digests.filter(sent_at__isnull=False).order_by("-sent_at").values("sent_at")[:1]
    waiting = (
        Notification.objects.using(ALIAS)
        .filter(read_at=None, recorded_at__lt=limit)
        .annotate(last=Subquery(last))
        .filter(Q(last=None) | Q(recorded_at__gt=F("last")))
        .exclude(account__in=DigestSent.objects.filter(day=clock.today()).values("account"))
    )
    return list(waiting.order_by("account").values_list("account", flat=True).distinct())


def _send(account: UUID, address: str) -> bool | None:
    """True when the mail left, False when it was refused, None when another process sends it."""
    digest, claimed = DigestSent.objects.using(ALIAS).get_or_create(
        account=account, day=clock.today()
    )
    if not claimed:
        return None
    try:
        link = f"{settings.BASE_URL}{resolve_url(settings.LOGIN_URL)}"
        mail.send(address, SUBJECT, BODY.format(link=link))
    except (OSError, ValueError):
        digest.delete()
        return False
    DigestSent.objects.using(ALIAS).filter(pk=digest.pk).update(sent_at=clock.now())
    return True
