from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.levels import Level
from jalons.journal.models import Event

from ...domains import token
from ...models import Document
from ..rules import ADD, CHANGE_LEVEL, Reading, is_readable_so
from .telling import hold_document, let_read, tell


@transaction.atomic
def change_document_level(actor: Actor, key: UUID, reading: Reading) -> Event | None:
    """Changes who may read a document; None when nothing changes.

    Private belongs to the author alone. Raises Refused, and ValueError for a kind that may not be
    read so.
    """
    document, circle = hold_document(actor, key, CHANGE_LEVEL)
    require(actor, ADD, circle, reading.level, domain=reading.domain)
    if reading.level == Level.PRIVATE and document.account_id != actor.account:
        raise Refused("Cette page n’est pas partagée avec vous.")
    if not is_readable_so(document.kind, reading.level):
        raise ValueError(document.kind)
    before = document.level
    domain = token(reading.domain)
    if (before, document.domain) == (reading.level, domain):
        return None
    document.level, document.domain = reading.level, domain
    event = tell(actor, document, "level_changed", before=before)
    let_read(actor, circle, document)
    Document.objects.filter(pk=key).update(level=reading.level, domain=domain)
    return event
