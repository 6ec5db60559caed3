"""What somebody is writing in a form, kept for them alone, encrypted, through a log-out."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet

from jalons.kernel import clock, crypto

from .actor import Actor
from .decisions import visible_to
from .levels import Level
from .models import Draft
from .policy import Question, Relation

PURPOSE = "access.draft"
LARGEST = 64_000
"""Bytes of one draft: beyond it, nothing is kept and the form says so."""


class TooLarge(ValueError):
    """The draft is larger than LARGEST bytes."""


def save(actor: Actor, form: str, fields: dict[str, list[str]]) -> datetime:
    """Keeps the fields of a form and answers when. Raises TooLarge."""
    body = json.dumps(fields, ensure_ascii=False).encode()
    if len(body) > LARGEST:
        raise TooLarge
    assert actor.account
    assert actor.territory
    draft, _ = Draft.objects.update_or_create(
        account=actor.account,
        territory=actor.territory,
        form=form,
        defaults={
            "cipher": crypto.encrypt(body, purpose(actor.account, form)),
            "saved_at": clock.now(),
        },
    )
    return draft.saved_at


def purpose(account: UUID | None, form: str) -> str:
    """Binds a ciphertext to its row: moved to another account or form, it does not decrypt."""
    return f"{PURPOSE}:{account}:{form}"


def load(actor: Actor, form: str) -> dict[str, list[str]]:
    """The fields kept for a form, or an empty dictionary."""
    readable = Draft.objects.filter(visible_to(actor, "draft", Level.PRIVATE), form=form)
    draft = readable.order_by("pk").first()
    if draft is None:
        return {}
    fields: dict[str, list[str]] = json.loads(
        crypto.decrypt(bytes(draft.cipher), purpose(actor.account, form))
    )
    return fields


def discard(actor: Actor, form: str) -> None:
    """Forgets a draft once its form was sent."""
    assert actor.account
    Draft.objects.filter(account=actor.account, form=form).delete()


@dataclass(frozen=True)
class DraftFacts:
    key: UUID
    territory: int
    account: UUID
    kind: ClassVar[str] = "draft"
    frozen: ClassVar[bool] = False


def load_draft(key: UUID, at: datetime) -> DraftFacts | None:
    """Whose a draft is, or None outside the author's context."""
    found = Draft.objects.filter(pk=key).first()
    return DraftFacts(found.pk, found.territory, found.account) if found else None


def _is_author(actor: Actor, facts: DraftFacts, question: Question) -> bool:
    return facts.account == actor.account


def _written_by(actor: Actor, question: Question) -> "QuerySet[Draft, UUID]":
    assert actor.account
    return Draft.objects.filter(account=actor.account).values_list("pk", flat=True)


AUTHOR = Relation("author", "draft", "vous avez écrit ce brouillon", _is_author, _written_by)
