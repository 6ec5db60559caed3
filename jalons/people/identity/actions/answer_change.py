"""Answering a proposed correction field by field, or taking one's own back."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.journal.models import Event
from jalons.kernel import clock

from ...models import Person, ProposedChange
from ..fields import Value, in_json
from ..proposals import ACCEPT, PROPOSED_CHANGE, REFUSE, WITHDRAW, encrypted, load_change, read
from .correct_identity import Conflict
from .writing import write


@transaction.atomic
def answer_change(
    actor: Actor,
    key: UUID,
    accepted: Collection[str],
    words: str = "",
    seen: Mapping[str, Value] | None = None,
) -> Event:
    """Replaces the accepted fields by what was proposed; none accepted is a refusal.

    Raises Refused, Impossible, and Conflict when a field changed since it was `seen`.
    """
    act = ACCEPT if accepted else REFUSE
    change, person = _hold(actor, key, act)
    state = PROPOSED_CHANGE.target(act, change.state)
    proposal = read(change)
    kept = {field: proposal.fields[field][1] for field in accepted if field in proposal.fields}
    current = {field: in_json(getattr(person, field)) for field in kept}
    moved = {
        field: value
        for field, value in current.items()
        if seen is not None and field in seen and seen[field] != value
    }
    if moved:
        raise Conflict(moved)
    write(actor, person, kept, change.organization_id)
    answered = replace(proposal, accepted=sorted(kept), words=words.strip()[:500])
    ProposedChange.objects.filter(pk=key).update(
        state=state, cipher=encrypted(answered), answered_at=clock.now()
    )
    return _tell(actor, change, state)


@transaction.atomic
def withdraw_change(actor: Actor, key: UUID) -> Event:
    """Takes back one's own proposal. Raises Refused, Impossible."""
    change, _ = _hold(actor, key, WITHDRAW)
    state = PROPOSED_CHANGE.target(WITHDRAW, change.state)
    ProposedChange.objects.filter(pk=key).update(state=state, answered_at=clock.now())
    return _tell(actor, change, state)


def _hold(actor: Actor, key: UUID, act: str) -> tuple[ProposedChange, Person]:
    """Locks the person, then the proposal: the order of every act. Raises Refused."""
    found = ProposedChange.objects.filter(pk=key).values_list("person", flat=True).first()
    person = Person.objects.select_for_update().filter(pk__in=[found]).first()
    facts = load_change(key, clock.now())
    if person is None or facts is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, act, facts)
    return ProposedChange.objects.select_for_update().get(pk=key), person


def _tell(actor: Actor, change: ProposedChange, state: str) -> Event:
    return record(
        actor,
        f"people.change_{state}",
        person=change.person_id,
        object_kind="proposed_change",
        object_key=change.pk,
    )
