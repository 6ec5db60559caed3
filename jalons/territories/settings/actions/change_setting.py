from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.table import SET
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.kernel import clock, locks
from jalons.kernel.ids import uuid7

from ... import settings
from ...models import SettingValue
from ...relations import ConsortiumFacts
from ..values import Unacceptable, accepted

REASON = 300
"""The longest reason."""
TOO_EARLY = "Choisissez aujourd’hui ou une date à venir."


class AlreadyInForce(Exception):
    """The change has begun or was withdrawn: it is changed again, not withdrawn."""


@dataclass(frozen=True)
class Change:
    """A new value from a day on; None goes back to the default."""

    key: str
    value: Any
    starts_on: date
    reason: str


@transaction.atomic
def change_setting(actor: Actor, change: Change) -> Event:
    """Gives a setting of the actor's territory another value, from today or later.

    Raises Refused, UnknownSetting, or ValidationError by field, with what to say on screen.
    """
    territory = _hold(actor, change.key)
    _check(territory, change)
    created = SettingValue.objects.create(
        id=uuid7(),
        territory_id=territory,
        key=change.key,
        value=change.value,
        starts_on=change.starts_on,
    )
    settings.forget(territory)
    return _record(
        actor,
        "changed",
        created,
        {"value": change.value, "from": change.starts_on.isoformat(), "reason": change.reason},
    )


@transaction.atomic
def withdraw_setting(actor: Actor, key: UUID) -> Event:
    """Gives up a change that has not begun. Raises Refused, AlreadyInForce."""
    planned = _own(actor, key)
    if planned.withdrawn_on is not None or planned.starts_on <= clock.today():
        raise AlreadyInForce
    return _put(actor, planned, "withdrawn", clock.today())


def take_back(actor: Actor, event: Event) -> Event:
    """Compensates a change: it counts no more from today on. Raises CannotUndo."""
    changed = _of(actor, event)
    if changed.withdrawn_on is not None:
        raise CannotUndo("Ce changement est déjà retiré.")
    return _put(actor, changed, "change_undone", clock.today(), cause=event.pk)


def plan_again(actor: Actor, event: Event) -> Event:
    """Compensates a withdrawal. Raises CannotUndo."""
    withdrawn = _of(actor, event)
    if withdrawn.starts_on < clock.today():
        raise CannotUndo("La date de ce changement est passée : enregistrez-le de nouveau.")
    return _put(actor, withdrawn, "withdrawal_undone", None, cause=event.pk)


def _of(actor: Actor, event: Event) -> SettingValue:
    assert event.object_key
    try:
        return _own(actor, event.object_key)
    except Refused:
        raise CannotUndo("Cet acte ne peut pas être annulé.") from None


def _own(actor: Actor, key: UUID) -> SettingValue:
    """The locked row, if it is the actor's to change. Raises Refused."""
    rows = SettingValue.objects.filter(pk=key, territory=actor.territory)
    name = rows.values_list("key", flat=True).first()
    if name is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    _hold(actor, name)
    return rows.select_for_update().get()


def _hold(actor: Actor, key: str) -> int:
    """The actor's territory, its setting locked. Raises Refused."""
    if actor.territory is None:
        raise Refused("Choisissez d’abord un territoire.")
    require(actor, SET, ConsortiumFacts(actor.territory))
    locks.hold(f"setting:{actor.territory}:{key}")
    return actor.territory


def _check(territory: int, change: Change) -> None:
    setting = settings.declared(change.key)
    if change.starts_on < clock.today():
        raise ValidationError({"starts_on": TOO_EARLY})
    if len(change.reason.strip()) < 3:
        raise ValidationError({"reason": "Écrivez pourquoi ce réglage change."})
    if len(change.reason) > REASON:
        raise ValidationError({"reason": f"Écrivez {REASON} signes au plus."})
    try:
        accepted(setting, change.value, territory)
    except Unacceptable as error:
        raise ValidationError({"value": str(error)}) from None
    settings.forget(territory)
    wanted = setting.default if change.value is None else change.value
    if settings.value(territory, change.key, change.starts_on) == wanted:
        raise ValidationError({"value": "C’est déjà la valeur à cette date."})


def _put(
    actor: Actor, row: SettingValue, what: str, withdrawn: date | None, cause: UUID | None = None
) -> Event:
    row.withdrawn_on = withdrawn
    row.save(update_fields=["withdrawn_on"])
    settings.forget(row.territory_id)
    return _record(actor, what, row, cause=cause)


def _record(
    actor: Actor,
    what: str,
    row: SettingValue,
    payload: dict[str, Any] | None = None,
    cause: UUID | None = None,
) -> Event:
    return record(
        actor,
        f"territories.setting_{what}",
        object_kind="setting",
        object_key=row.pk,
        payload={"key": row.key, **(payload or {})},
        cause=cause,
    )
