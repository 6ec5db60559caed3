"""Withdrawing a document: out of sight at once, given back within ten minutes, then erased."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor, system
from jalons.journal.models import Event
from jalons.kernel import clock, jobs

from ...models import Document, DocumentContent, Person
from ..rules import DOCUMENT, ERASE, RESTORE, UNDO, WITHDRAW, document_state
from .telling import hold_document, tell

MARGIN = timedelta(minutes=1)
"""Between the last moment to undo and the erasure."""


@transaction.atomic
def withdraw_document(actor: Actor, key: UUID) -> Event:
    """Raises Refused, for a document already withdrawn too."""
    document, _ = hold_document(actor, key, WITHDRAW)
    DOCUMENT.target(WITHDRAW, document_state(document.withdrawn_at, document.erased_at))
    event = tell(actor, document, "withdrawn")
    now = clock.now()
    Document.objects.filter(pk=key).update(
        withdrawn_at=now, withdrawn_by=actor.account, withdrawal=event.pk
    )
    jobs.enqueue(
        ERASE,
        at=now + UNDO + MARGIN,
        document=str(key),
        territory=document.territory_id,
        account=str(document.account_id),
    )
    return event


@transaction.atomic
def restore_document(actor: Actor, key: UUID) -> Event:
    """Gives back what one withdrew less than ten minutes ago. Raises Refused."""
    document, _ = hold_document(actor, key, RESTORE)
    DOCUMENT.target(RESTORE, document_state(document.withdrawn_at, document.erased_at))
    event = tell(actor, document, "restored", cause=document.withdrawal)
    Document.objects.filter(pk=key).update(withdrawn_at=None, withdrawn_by=None, withdrawal=None)
    return event


@transaction.atomic
def erase_document(key: UUID) -> bool:
    """In the author's context: the title, the digest and the bytes are gone. Whether it was done.

    Nothing happens to a document given back meanwhile, or withdrawn again since.
    """
    person = Document.objects.filter(pk=key).values_list("person", flat=True).first()
    if person is None:
        return False
    Person.objects.select_for_update().filter(pk=person).values_list("pk").first()
    document = Document.objects.select_for_update().get(pk=key)
    since = document.withdrawn_at
    if document.erased_at or since is None or clock.now() - since <= UNDO:
        return False
    tell(system(document.territory_id), document, "erased")
    DocumentContent.objects.filter(document=document).delete()
    Document.objects.filter(pk=key).update(title=b"", digest=b"", erased_at=clock.now())
    return True
