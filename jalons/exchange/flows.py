"""Flows that say how things stood on a day: an older one never follows a newer one."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from jalons.access.actor import Actor
from jalons.kernel import locks, row_security

from .files.bounds import Unreadable
from .models import TakenFlow

OLDER = (
    "Ce flux s’arrête au {}, et vous en avez déjà pris un qui va jusqu’au {}. Il remplacerait des"
    " droits plus récents\u00a0: il n’est pas pris. Envoyez le dernier flux reçu."
)


@dataclass(frozen=True)
class AsOf:
    """Who sent a flow, up to which day it goes, when it was made: compared within a sender."""

    sender: str
    day: date
    made_on: date

    @classmethod
    def of(cls, text: str) -> "AsOf":
        sender, day, made_on = text.split()
        return cls(sender, date.fromisoformat(day), date.fromisoformat(made_on))


def check(actor: Actor, kind: str, as_of: str) -> None:
    """Raises Unreadable on a flow older than the last one of its sender that was taken."""
    if not as_of:
        return
    said = AsOf.of(as_of)
    with row_security.context(actor.territories, actor.account):
        last = TakenFlow.objects.filter(
            organization=actor.organization, kind=kind, sender=said.sender
        ).first()
    if last and (said.day, said.made_on) < (last.as_of, last.made_on):
        raise Unreadable(OLDER.format(f"{said.day:%d/%m/%Y}", f"{last.as_of:%d/%m/%Y}"))


@transaction.atomic
def take(actor: Actor, kind: str, as_of: str) -> None:
    """Remembers a flow about to be imported. Raises Unreadable like `check`."""
    if not as_of:
        return
    assert actor.organization
    assert actor.territory
    said = AsOf.of(as_of)
    with row_security.context(actor.territories, actor.account):
        locks.hold(f"exchange.flow:{actor.organization}:{kind}")
        check(actor, kind, as_of)
        TakenFlow.objects.update_or_create(
            organization_id=actor.organization,
            kind=kind,
            sender=said.sender,
            defaults={
                "territory_id": actor.territory,
                "as_of": said.day,
                "made_on": said.made_on,
            },
        )
