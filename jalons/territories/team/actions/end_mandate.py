"""The end of a mandate, and its replacement by another role of the same person."""

from datetime import date
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.access.table import END_MANDATE, REPLACE_MANDATE
from jalons.kernel import clock

from ...models import Mandate
from ..rules import end_after
from .mandates import Post, begin, hold_mandate, require_role, tell


class PastDay(ValueError):
    """The last day of a mandate is today or later."""


class SameRole(ValueError):
    """The person has this role in this organization already."""


@transaction.atomic
def end_mandate(actor: Actor, key: UUID, last_day: date | None = None) -> Mandate:
    """Ends a mandate after its last day, at once without one: it gives nothing more.

    Its follow-ups end with it, by a job of their room. Raises Refused, MandateEnded, PastDay.
    """
    held = hold_mandate(actor, key, END_MANDATE)
    today = clock.today()
    if last_day is not None and last_day < today:
        raise PastDay
    _end(actor, held, end_after(last_day, held.starts_on, today))
    return held


@transaction.atomic
def replace_mandate(actor: Actor, key: UUID, role: Role, competence: str = "") -> Mandate:
    """Ends a mandate at once and opens another role for the same person, not habilitated.

    Raises Refused, MandateEnded, SameRole.
    """
    held = hold_mandate(actor, key, REPLACE_MANDATE)
    assert held.organization
    require_role(actor, held.organization, role)
    others = Mandate.objects.filter(
        account=held.account, organization=held.organization, role=role, ends_on=None
    )
    if role == held.role or others.exists():
        raise SameRole
    _end(actor, held, end_after(None, held.starts_on, clock.today()))
    post = Post(role, competence, held.function, held.skills, held.phones)
    return begin(actor, held.account, held.organization, post)


def _end(actor: Actor, held: Mandate, ends_on: date) -> None:
    tell(actor, "mandate_ended", held, ends_on=ends_on, planned=held.ends_on)
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
