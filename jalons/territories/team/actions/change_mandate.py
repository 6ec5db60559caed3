"""Changing what a mandate says: its field, its function, and the flags that a coordinator sets."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.access.table import CHANGE_MANDATE, DESCRIBE_ONESELF, HABILITATE

from ...models import Mandate
from ..rules import words_of
from .mandates import hold_mandate, tell


@dataclass(frozen=True)
class Sheet:
    """How a professional is described to the others."""

    function: str = ""
    skills: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Flags:
    """Set by the territory's coordinators, from a day on: may be référent, answers for data."""

    habilitated_from: date | None
    data_protection_from: date | None


class NotAPractitioner(ValueError):
    """Only a practitioner holds the role of référent."""


@transaction.atomic
def change_mandate(actor: Actor, key: UUID, competence: str, sheet: Sheet) -> bool:
    """Changes the field and the sheet; whether something changed. Raises Refused, MandateEnded."""
    held = hold_mandate(actor, key, CHANGE_MANDATE)
    return _change(actor, held, "mandate_changed", {"field": competence, **asdict(sheet)})


@transaction.atomic
def describe_oneself(actor: Actor, sheet: Sheet) -> bool:
    """The holder's own sheet, under the active mandate. Raises Refused, MandateEnded."""
    held = hold_mandate(actor, actor.mandate or UUID(int=0), DESCRIBE_ONESELF)
    return _change(actor, held, "mandate_changed", asdict(sheet))


@transaction.atomic
def habilitate(actor: Actor, key: UUID, flags: Flags) -> bool:
    """Sets both flags; whether something changed. Raises Refused, MandateEnded, NotAPractitioner.

    The habilitation is the département's decision (CASF L. 262-30): its coordinators set it.
    """
    held = hold_mandate(actor, key, HABILITATE)
    if flags.habilitated_from and held.role != Role.PRACTITIONER:
        raise NotAPractitioner
    return _change(actor, held, "mandate_habilitated", asdict(flags))


def _change(actor: Actor, held: Mandate, what: str, said: dict[str, Any]) -> bool:
    changed = {name: value for name, value in said.items() if getattr(held, name) != value}
    if not changed:
        return False
    tell(actor, what, held, **changed)
    for name, value in changed.items():
        setattr(held, name, value)
    account = held.account
    held.words = words_of(account.family_name, account.given_name, held.function, held.skills)
    held.save(update_fields=[*changed, "words"])
    return True
