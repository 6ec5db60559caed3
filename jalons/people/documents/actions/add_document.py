"""Adding a document: rebuilt by another process, then kept encrypted; other rooms call it too."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.levels import Level
from jalons.kernel import clock
from jalons.kernel.ids import uuid7

from ...circle import Circle, load_circle
from ...domains import token
from ...holding import hold_person
from ...models import Document
from ..contents import closed_title, digest_of, keep
from ..neutral.bounds import Neutral
from ..neutral.door import neutralise
from ..rules import ADD, Reading, is_readable_so
from .telling import let_read, tell

TITLE = 120
"""Characters of a title."""
TEAM = Reading(Level.SHARED)


@dataclass(frozen=True)
class NewDocument:
    """`kind` is a `DocumentKind`; `content` is the file as it came, whatever its name."""

    kind: str
    content: bytes
    reading: Reading = TEAM
    title: str = ""


def add_document(actor: Actor, person: UUID, new: NewDocument) -> Document:
    """Keeps what the file shows, and nothing else of it.

    Raises Refused, Unusable, and ValueError for a kind that may not be read so.
    """
    circle = load_circle(person, clock.now())
    if circle is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    _check(actor, circle, new)
    return _write(actor, person, new, neutralise(new.content))


def _check(actor: Actor, circle: Circle, new: NewDocument) -> None:
    require(actor, ADD, circle, new.reading.level, domain=new.reading.domain)
    if not is_readable_so(new.kind, new.reading.level) or len(new.title) > TITLE:
        raise ValueError(new.kind)


@transaction.atomic
def _write(actor: Actor, person: UUID, new: NewDocument, neutral: Neutral) -> Document:
    circle = hold_person(actor, person, ADD)
    _check(actor, circle, new)
    assert actor.account
    assert actor.organization
    document = Document(
        id=uuid7(),
        territory_id=circle.territory,
        person_id=person,
        kind=new.kind,
        level=new.reading.level,
        domain=token(new.reading.domain),
        account_id=actor.account,
        organization_id=actor.organization,
        added_on=clock.today(),
        digest=digest_of(neutral.content),
        size=len(neutral.content),
        media_type=neutral.media_type,
        pages=neutral.pages,
    )
    document.title = closed_title(document.pk, new.title.strip())
    tell(actor, document, "added")
    let_read(actor, circle, document)
    document.save(force_insert=True)
    keep(document, neutral.content)
    return document
