"""What somebody is writing in a form, kept for them alone, encrypted, through a log-out."""

import json
from datetime import datetime

from jalons.kernel import clock, crypto

from .actor import Actor
from .models import Draft

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
    draft, _ = Draft.objects.update_or_create(
        account=actor.account,
        form=form,
        defaults={
            "territory": actor.territory,
            "cipher": crypto.encrypt(body, PURPOSE),
            "saved_at": clock.now(),
        },
    )
    return draft.saved_at


def load(actor: Actor, form: str) -> dict[str, list[str]]:
    """The fields kept for a form, or an empty dictionary."""
    draft = Draft.objects.filter(account=actor.account, form=form).first()
    if draft is None:
        return {}
    fields: dict[str, list[str]] = json.loads(crypto.decrypt(bytes(draft.cipher), PURPOSE))
    return fields


def discard(actor: Actor, form: str) -> None:
    """Forgets a draft once its form was sent."""
    Draft.objects.filter(account=actor.account, form=form).delete()
