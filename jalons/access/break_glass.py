"""Urgent access: reason, quota, three hours, told to the référent and to the person's journal."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jalons.kernel import clock, locks

from .actor import Actor
from .decisions import require
from .events import record
from .models import BreakGlass
from .policy import Question, Relation, Target
from .table import BREAK_GLASS

DURATION = timedelta(hours=3)
DAILY_QUOTA = 10
SHORTEST_REASON = 20


class TooMany(Exception):
    """The day's quota is spent."""


class ReasonTooShort(ValueError):
    """The reason does not explain anything."""


@transaction.atomic
def open_urgently(actor: Actor, target: Target, reason: str) -> BreakGlass:
    """Opens `target` for three hours. Raises Refused, TooMany, ReasonTooShort."""
    require(actor, BREAK_GLASS, target)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort
    assert actor.account
    assert actor.mandate
    assert actor.territory
    locks.hold(f"break_glass:{actor.account}")
    now = clock.now()
    if opened_since(actor.account, now - timedelta(days=1)) >= DAILY_QUOTA:
        raise TooMany
    access = BreakGlass.objects.create(
        territory=actor.territory,
        account=actor.account,
        mandate=actor.mandate,
        person=target.key,
        cipher=BreakGlass.encrypted(reason.strip()),
        opened_at=now,
        closes_at=now + DURATION,
    )
    record(
        actor,
        "access.break_glass_opened",
        person=target.key,
        object_kind="break_glass",
        object_key=access.pk,
        payload={"reason": access.reason, "closes_at": access.closes_at.isoformat()},
    )
    return access


def opened_since(account: UUID, since: datetime) -> int:
    """How many urgent accesses `account` opened since a moment, whatever the territory in sight."""
    return BreakGlass.objects.filter(account=account, opened_at__gt=since).count()


def _open_to(actor: Actor, at: datetime) -> "QuerySet[BreakGlass]":
    assert actor.account
    assert actor.mandate
    return BreakGlass.objects.filter(
        account=actor.account, mandate=actor.mandate, opened_at__lte=at, closes_at__gt=at
    )


def _holds(actor: Actor, target: Target, question: Question) -> bool:
    return any(
        access.account == actor.account and access.mandate == actor.mandate
        for access in getattr(target, "break_glass", ())
    )


def _keys(actor: Actor, question: Question) -> "QuerySet[BreakGlass, UUID]":
    return _open_to(actor, question.at).values_list("person", flat=True)


BROKE_GLASS = Relation(
    "broke_glass", "person", "vous avez ouvert un accès urgent, pour trois heures", _holds, _keys
)
