"""The one way out for e-mail, and the demo's mailbox.

An e-mail names nobody and says nothing of a file: « quelque chose vous attend », and a link. Who
may be written to, how often and about what is the outbox's business (`journal`).
"""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from .models import SentMail
from .pagination import Page, keyset_page
from .typography import typo


def send(to: str, subject: str, body: str) -> None:
    """Sends a plain text. Raises BadHeaderError on a line break in `to` or `subject`,
    and the transport's errors (smtplib.SMTPException, OSError): the caller retries."""
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(typo(subject), typo(body), to=[to], headers=headers).send()


class DemoBackend(BaseEmailBackend):
    """Keeps every message for the page « Courriels envoyés »."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if not settings.DEMO:
            raise ImproperlyConfigured("DemoBackend keeps e-mails in clear: demo only.")
        for message in email_messages:
            message.message()  # raises what a server's backend would
        kept = [
            SentMail(to=address, subject=str(message.subject), body=str(message.body))
            for message in email_messages
            for address in message.recipients()
        ]
        SentMail.objects.bulk_create(kept)
        return len(email_messages)


def sent_page(cursor: str | None) -> Page[SentMail]:
    """The mails that the demo kept, the last one first."""
    return keyset_page(SentMail.objects.all(), ("-recorded_at", "-id"), cursor=cursor)


def sent_mail(key: UUID) -> SentMail:
    """Raises SentMail.DoesNotExist."""
    return SentMail.objects.get(pk=key)
