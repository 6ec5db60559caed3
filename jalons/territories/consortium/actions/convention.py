"""What the members signed: recorded, corrected, then replaced by another."""

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.journal.models import Event
from jalons.kernel.ids import uuid7
from jalons.nomenclature.queries import terms

from ...actions.steering import NOT_SHARED, Impossible, hold_consortium, told
from ...models import Convention, Membership, Territory


@dataclass(frozen=True)
class Signed:
    """What a convention says; `last_day` empty: until it is replaced."""

    title: str
    carrier: UUID
    starts_on: date
    last_day: date | None = None
    signed_on: date | None = None
    aims: str = ""
    publics: list[str] = field(default_factory=list)


@transaction.atomic
def record_convention(actor: Actor, said: Signed) -> Event:
    """Records a convention; the one before ends the day it starts. Raises Refused, Impossible."""
    territory = hold_consortium(actor)
    _check(territory, said)
    before = Convention.objects.filter(territory=territory).order_by("-starts_on").first()
    if before and said.starts_on <= before.starts_on:
        raise Impossible("Cette convention commence après celle qu’elle remplace.")
    key = uuid7()
    event = told(actor, "convention_recorded", ("convention", key), _payload(said))
    if before and (before.ends_on is None or before.ends_on > said.starts_on):
        before.ends_on = said.starts_on
        before.save(update_fields=["ends_on"])
    Convention.objects.create(id=key, territory=territory, **_columns(said))
    return event


@transaction.atomic
def correct_convention(actor: Actor, key: UUID, said: Signed) -> Event:
    """Corrects what a convention says. Raises Refused, Impossible."""
    territory = hold_consortium(actor)
    held = Convention.objects.filter(pk=key, territory=territory)
    if not held.exists():
        raise Refused(NOT_SHARED)
    _check(territory, said)
    others = Convention.objects.filter(territory=territory).exclude(pk=key)
    end = _end(said)
    clash = Q(starts_on__lt=end) if end else Q()
    if others.filter(clash).filter(Q(ends_on=None) | Q(ends_on__gt=said.starts_on)).exists():
        raise Impossible("Ces dates empiètent sur une autre convention du territoire.")
    event = told(actor, "convention_corrected", ("convention", key), _payload(said))
    held.update(**_columns(said))
    return event


def _check(territory: Territory, said: Signed) -> None:
    if said.last_day and said.last_day < said.starts_on:
        raise Impossible("La fin de la convention vient après son début.")
    members = Membership.objects.filter(territory=territory, organization=said.carrier)
    if not members.filter(ends_on=None).exists():
        raise Impossible("La structure porteuse est une structure membre du consortium.")
    if set(said.publics) - {term.code for term in terms("public", territory=territory.pk)}:
        raise Impossible("Choisissez les publics dans la liste.")


def _end(said: Signed) -> date | None:
    return said.last_day + timedelta(days=1) if said.last_day else None


def _columns(said: Signed) -> dict[str, Any]:
    values = asdict(said)
    values["carrier_id"] = values.pop("carrier")
    values["ends_on"] = _end(said)
    del values["last_day"]
    return values


def _payload(said: Signed) -> dict[str, Any]:
    return {
        name: value if isinstance(value, list) else str(value)
        for name, value in asdict(said).items()
        if value
    }
