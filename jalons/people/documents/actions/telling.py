"""What every act on a document shares: its event, the readers of what is sealed, its lock."""

from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.levels import Level
from jalons.journal.models import Event
from jalons.kernel import clock

from ...circle import Circle, load_circle
from ...domains import domain_of
from ...models import Document, Person, SealedReader
from ...sealed import add_sealed_reader, refresh_sealed_readers
from ..facts import facts_of
from ..rules import HIDDEN, event_kind


def tell(
    actor: Actor, document: Document, what: str, *, before: str = "", cause: UUID | None = None
) -> Event:
    """The event of an act; of a hidden document, its key and its kind stand in the payload only.

    `before` is the level that the document had.
    """
    hidden = {before, document.level} & set(HIDDEN)
    return record(
        actor,
        event_kind(what, before, document.level),
        person=document.person_id,
        object_kind="" if hidden else "document",
        object_key=None if hidden else document.pk,
        payload={
            "document": str(document.pk),
            "kind": document.kind,
            "level": str(document.level),
            "domain": domain_of(document.domain),
            "before": before,
            "pages": document.pages,
        },
        cause=cause,
    )


def let_read(actor: Actor, circle: Circle, document: Document) -> None:
    """Before a sealed document is written: who seals it, its author, the référent."""
    if document.level != Level.SEALED:
        return
    assert actor.account
    referent = circle.referent
    reason = SealedReader.Reason.AUTHOR
    if referent and referent.account == actor.account:
        reason = SealedReader.Reason.REFERENT
    add_sealed_reader(circle, document.domain, actor.account, reason)
    author = document.account_id
    add_sealed_reader(circle, document.domain, author, SealedReader.Reason.AUTHOR)
    refresh_sealed_readers(circle.key)


def hold_document(actor: Actor, key: UUID, act: str) -> tuple[Document, Circle]:
    """Locks the person, then the document, and asks the policy. Raises Refused."""
    person = Document.objects.filter(pk=key).values_list("person", flat=True).first()
    if person is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    Person.objects.select_for_update().filter(pk=person).values_list("pk").first()
    document = Document.objects.select_for_update().get(pk=key)
    circle = load_circle(person, clock.now())
    if circle is None or document.erased_at:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, act, facts_of(document, circle))
    return document, circle
