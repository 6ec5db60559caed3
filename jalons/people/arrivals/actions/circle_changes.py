"""Who follows somebody, as a file says: added, removed, or a structure alone."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jalons.access import links
from jalons.access.actor import Actor
from jalons.access.decisions import decide
from jalons.access.events import record
from jalons.access.table import ATTACH_FROM_FILE, RECEIVE_FROM_FILE
from jalons.kernel import clock
from jalons.territories.relations import OrganizationFacts

from ...circle import Circle, active_follow_ups
from ...entries.actions.assign import Assignment, assign
from ...entries.actions.open_entry import NewEntry, begin_entry
from ...follow_ups.actions.start_follow_up import NewFollowUp, NotTheirs, begin
from ...holding import hold_person
from ...models import Entry, FollowUp
from ...sealed import refresh_sealed_readers
from ..rules import ADDED, ATTACHED, REMOVED, Flow, Values

MOTIVE, REPLACED, LEFT = "orientation", "handover", "other"


@dataclass
class Changes:
    """What was done, and whether something asked was not."""

    done: bool = False
    left: bool = False


@transaction.atomic
def attach_from_file(actor: Actor, person: UUID, values: Values, flow: Flow) -> Changes:
    """What a file asks of a known person's circle. Raises Refused."""
    if not {ATTACHED, ADDED, REMOVED} & set(values):
        return Changes()
    return change_circle(actor, hold_person(actor, person, ATTACH_FROM_FILE), values, flow)


def change_circle(actor: Actor, circle: Circle, values: Values, flow: Flow) -> Changes:
    """Removes, then adds, once the person is held and the act authorised.

    Whoever replaces the référent alone, habilitated, becomes so.
    """
    changes = Changes()
    removed = [_remove(actor, circle, account, values) for _, account in values.get(REMOVED, [])]
    changes.done = any(removed)
    wanted = [(pair, False) for pair in values.get(ATTACHED, [])]
    wanted += [(pair, True) for pair in values.get(ADDED, [])]
    accounts = [account for (_, account), _ in wanted if account]
    vacant = any("referent" in roles for roles in removed) and len(accounts) == 1
    for (organization, account), moves in wanted:
        place = _Place(actor, circle, UUID(organization), flow, moves)
        done = place.add(account, referent=vacant)
        changes.done = changes.done or bool(done)
        changes.left = changes.left or done is None
    return changes


def _remove(actor: Actor, circle: Circle, account: str, values: Values) -> set[str]:
    """The roles that the account had, in the structures that the actor speaks for."""
    rows = active_follow_ups(clock.today()).filter(person=circle.key, account=UUID(account))
    ended = [row for row in rows if _speaks_for(actor, circle, row.organization_id)]
    reason = REPLACED if values.get(ADDED) else LEFT
    for row in ended:
        record(
            actor,
            "people.follow_up_ended",
            person=circle.key,
            object_kind="follow_up",
            object_key=row.pk,
            payload={
                "reason": reason,
                "planned": row.ends_on.isoformat() if row.ends_on else None,
            },
        )
        FollowUp.objects.filter(pk=row.pk).update(ends_on=clock.today(), end_reason=reason)
    if ended:
        refresh_sealed_readers(circle.key)
        links.revoke_of(UUID(account), "person", circle.key)
    return {row.role for row in ended}


@dataclass(frozen=True)
class _Place:
    """A structure that a file names for somebody; `moves`: from the one that they wait for."""

    actor: Actor
    circle: Circle
    organization: UUID
    flow: Flow
    moves: bool

    def add(self, account: str, *, referent: bool) -> bool | None:
        """Whether something changed; None when it may not be."""
        if ("", self.organization) in self.circle.objections:
            return None
        if not _speaks_for(self.actor, self.circle, self.organization):
            return None
        return self._follow(account, referent=referent) if account else self._attach()

    def _follow(self, account: str, *, referent: bool) -> bool | None:
        active = active_follow_ups(clock.today()).filter(
            person=self.circle.key,
            organization=self.organization,
            account=UUID(account),
            read_only=False,
        )
        if active.exists():
            return False
        for role in ("referent", "intervenant")[0 if referent else 1 :]:
            try:
                with transaction.atomic():
                    new = NewFollowUp(UUID(account), self.organization, role, MOTIVE)
                    begin(self.actor, self.circle, new)
            except NotTheirs:
                continue
            waiting = _waiting(self.circle)
            if waiting and not waiting.assigned_to_id:
                self._give(waiting)
            return True
        return None

    def _attach(self) -> bool | None:
        """Gives the structure the entry that waits, else one of its own, once."""
        followed = any(one.organization == self.organization for one in self.circle.followers)
        if followed or _given(self.circle, self.organization):
            return False
        waiting = _waiting(self.circle)
        if waiting is not None:
            return self._give(waiting) or None
        name = f"{self.flow.name[:23]}:{self.organization}"
        if Entry.objects.filter(person=self.circle.key, flow=name).exists():
            return False
        new = NewEntry(self.flow.origin, "", self.flow.received_on, name)
        return self._give(begin_entry(self.actor, self.circle, new, opened=True))

    def _give(self, entry: Entry) -> bool:
        """Whether the entry was given to the structure."""
        if entry.assigned_to_id and not self.moves:
            return False
        assign(self.actor, self.circle, entry, Assignment(self.organization))
        return True


def _given(circle: Circle, organization: UUID) -> bool:
    return any(door.waiting and door.assigned == organization for door in circle.doors)


def _waiting(circle: Circle) -> Entry | None:
    waiting = Entry.objects.select_for_update().filter(
        person=circle.key, closed_on=None, first_interview_on=None, opened_on__isnull=False
    )
    return waiting.order_by("received_on", "id").first()


def _speaks_for(actor: Actor, circle: Circle, organization: UUID) -> bool:
    facts = OrganizationFacts(organization, circle.territory)
    return bool(decide(actor, RECEIVE_FROM_FILE, facts))
