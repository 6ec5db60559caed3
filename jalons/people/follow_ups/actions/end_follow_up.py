from datetime import date
from uuid import UUID

from django.db import transaction

from jalons.access import links
from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.journal.payloads import disclose
from jalons.kernel import clock

from ...circle import Circle, active_follow_ups, load_circle
from ...models import FollowUp, Person
from ...sealed import refresh_sealed_readers
from ..facts import load_follow_up


class AlreadyEnded(Exception):
    """The follow-up is over."""


@transaction.atomic
def end_follow_up(actor: Actor, follow_up: UUID, reason: str) -> Event:
    """Ends a follow-up from today on: no access is left. Raises Refused, AlreadyEnded."""
    facts = load_follow_up(follow_up, clock.now())
    if facts is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, "people.end_follow_up", facts)
    Person.objects.select_for_update().get(pk=facts.person)
    active = active_follow_ups(clock.today()).filter(pk=follow_up)
    found = active.first()
    if found is None:
        raise AlreadyEnded
    planned = found.ends_on.isoformat() if found.ends_on else None
    FollowUp.objects.filter(pk=follow_up).update(ends_on=clock.today(), end_reason=reason)
    refresh_sealed_readers(facts.person)
    links.revoke_of(facts.account, "person", facts.person)
    return record(
        actor,
        "people.follow_up_ended",
        person=facts.person,
        object_kind="follow_up",
        object_key=follow_up,
        payload={"reason": reason, "planned": planned},
    )


def reopen(actor: Actor, event: Event) -> Event:
    """Compensates `end_follow_up`.

    Raises CannotUndo when another référent came meanwhile, or when the person closed the file.
    """
    Person.objects.select_for_update().filter(pk__in=[event.person]).first()
    follow_up = FollowUp.objects.filter(pk__in=[event.object_key]).first()
    circle = load_circle(event.person, clock.now()) if event.person else None
    if follow_up is None or circle is None or _closed_since(actor, circle):
        raise CannotUndo("Le dossier a changé depuis : la fin du suivi reste.")
    if _replaced(follow_up):
        raise CannotUndo("Un autre référent suit cette personne depuis : la fin du suivi reste.")
    FollowUp.objects.filter(pk=follow_up.pk).update(ends_on=_planned(event), end_reason="")
    refresh_sealed_readers(follow_up.person_id)
    return record(
        actor,
        "people.follow_up_ended_undone",
        person=follow_up.person_id,
        object_kind="follow_up",
        object_key=follow_up.pk,
        cause=event.pk,
    )


def _closed_since(actor: Actor, circle: Circle) -> bool:
    objected = ("", actor.organization) in circle.objections
    return circle.frozen or circle.protected or objected


def _planned(event: Event) -> date | None:
    """The end that was foreseen before the act, kept in its payload."""
    content = disclose(event)
    before = content.data["planned"] if content else None
    return date.fromisoformat(before) if before else None


def _replaced(follow_up: FollowUp) -> bool:
    running = FollowUp.objects.filter(person=follow_up.person_id, ends_on=None)
    if follow_up.role == "referent":
        return running.filter(role="referent").exists()
    return running.filter(
        organization=follow_up.organization_id, account=follow_up.account_id, role=follow_up.role
    ).exists()
