"""What follows for people's professionals, once an event is written."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from jalons.access.identity import works
from jalons.access.roles import Role
from jalons.journal.models import Event
from jalons.journal.notifications import notify
from jalons.kernel import clock, row_security
from jalons.kernel.jobs import job
from jalons.territories import settings
from jalons.territories.queries import mandates_of_territory, territories

from .circle import Circle, active_follow_ups, load_circle
from .follow_ups.actions.end_orphan_follow_ups import end_orphan_follow_ups
from .front_door.actions.forget import forget_old_searches
from .intakes.confirm import confirm
from .merging.actions.ask_merge import JOB as MERGE_JOB
from .merging.actions.settle import settle_merges as settle
from .merging.actions.undo_merge import JOB as UNDO_JOB
from .merging.doing import carry_out, undo
from .models import Entry, FollowRequest, ProposedChange, Reorientation
from .quality.actions.compare import compare_files
from .quality.queries import changed_files
from .settings import UNDO_MERGE_DAYS
from .vigilance.actions.notice import notice
from .vigilance.queries import signals

AUTHORED: dict[str, Any] = {
    "follow_request": FollowRequest,
    "proposed_change": ProposedChange,
    "reorientation": Reorientation,
}
"""What is asked by somebody and answered by another, by the kind of object of the event."""


@job("people.tell_referent")
def tell_referent(event: str, territory: int) -> None:
    """Tells the référent of the moment, else those who answer for the file, but not its author.

    Without a référent at work: the managers of the following organizations, else the coordinators
    and dispatchers of the territory, so that an urgent access is never seen by nobody.
    """
    with row_security.context([territory]):
        happened = Event.objects.get(pk=event)
        circle = load_circle(happened.person, clock.now()) if happened.person else None
        if circle:
            notify(happened, _answering(circle, happened.account))


@job("people.tell_referent_alone")
def tell_referent_alone(event: str, territory: int) -> None:
    """Tells the référent of the moment, while they work there; without one, nobody is told."""
    with row_security.context([territory]):
        happened = Event.objects.get(pk=event)
        circle = load_circle(happened.person, clock.now()) if happened.person else None
        referent = circle.referent if circle else None
        if referent and works(referent.account, territory):
            notify(happened, [referent.account])


@job("people.tell_coordination")
def tell_coordination(event: str, territory: int) -> None:
    """Tells the coordinators of the territory of an unusual reading."""
    with row_security.context([territory]):
        happened, today = Event.objects.get(pk=event), clock.today()
        told = [
            mandate.account_id
            for mandate in mandates_of_territory(territory, today)
            if mandate.role == Role.COORDINATOR
        ]
        notify(happened, told)


@job("people.watch", cron="*/10 * * * *")
def watch() -> None:
    """Looks for unusual readings of the last hour, and of the last day."""
    for territory in territories():
        with row_security.context([territory]):
            for signal in signals(territory, clock.now()):
                notice(territory, signal)


@job("people.forget_searches", cron="40 * * * *")
def forget_searches() -> None:
    """A search is kept a day, for the quota; what was typed in it is read a quarter of an hour."""
    for territory in territories():
        with row_security.context([territory]):
            forget_old_searches()


@job(MERGE_JOB, retries=3, atomic=False)
def merge(merge: str, territory: int) -> None:
    with row_security.context([territory]):
        days = settings.value(territory, UNDO_MERGE_DAYS.key, clock.today())
    carry_out(UUID(merge), days)


@job(UNDO_JOB, retries=3, atomic=False)
def undo_merge(merge: str, territory: int, *, added: bool = False) -> None:
    undo(UUID(merge), added_to_absorbed=added)


@job("people.settle_merges", cron="17 2 * * *")
def settle_merges() -> None:
    """Each night, what is needed to undo the oldest merges is forgotten."""
    for territory in territories():
        with row_security.context([territory]):
            settle(territory)


@job("people.tell_followers")
def tell_followers(event: str, territory: int) -> None:
    """Tells everybody who follows the person, but the author."""
    with row_security.context([territory]):
        happened = Event.objects.get(pk=event)
        running = active_follow_ups(clock.today()).filter(person=happened.person)
        told = set(running.values_list("account", flat=True)) - {happened.account}
        notify(happened, sorted(told))


@job("people.tell_asker")
def tell_asker(event: str, territory: int) -> None:
    """Tells the author of an act that could not be done, while they work there."""
    with row_security.context([territory]):
        happened = Event.objects.get(pk=event)
        if happened.account and works(happened.account, territory):
            notify(happened, [happened.account])


@job("people.compare_changed_files", cron="25 * * * *")
def compare_changed_files() -> None:
    """The files that changed within the hour, with those they may be alike."""
    since = clock.now() - timedelta(minutes=70)
    for territory in territories():
        with row_security.context([territory]):
            if changed := changed_files(territory, since):
                compare_files(territory, changed)


@job("people.compare_files", cron="35 1 * * *")
def compare_all_files() -> None:
    """Every file of a territory with every other."""
    for territory in territories():
        with row_security.context([territory]):
            compare_files(territory)


@job("people.tell_author")
def tell_author(event: str, territory: int) -> None:
    """Tells the author of what was answered, while they work there."""
    with row_security.context([territory]):
        happened = Event.objects.get(pk=event)
        rows = AUTHORED[happened.object_kind].objects.filter(pk__in=[happened.object_key])
        authors = rows.values_list("account", flat=True)
        notify(happened, [author for author in authors if works(author, territory)])


@job("people.tell_follower")
def tell_follower(event: str, territory: int) -> None:
    """Tells a professional that they follow somebody, when somebody else decided it."""
    with row_security.context([territory]):
        happened = Event.objects.get(pk=event)
        running = active_follow_ups(clock.today()).filter(pk__in=[happened.object_key])
        notify(happened, running.values_list("account", flat=True))


@job("people.tell_managers")
def tell_managers(event: str, territory: int) -> None:
    """Tells the managers of the structure that an entry was given to, while it is there."""
    with row_security.context([territory]):
        happened = Event.objects.get(pk=event)
        given = Entry.objects.filter(pk__in=[happened.object_key]).first()
        at_work = mandates_of_territory(territory, clock.today())
        notify(
            happened,
            [
                mandate.account_id
                for mandate in at_work
                if given
                and mandate.role == Role.MANAGER
                and mandate.organization_id == given.assigned_to_id
            ],
        )


@job("people.tell_dispatchers")
def tell_dispatchers(event: str, territory: int) -> None:
    """Tells the territory's dispatchers that a réorientation is asked, unless nobody may know."""
    with row_security.context([territory]):
        happened = Event.objects.get(pk=event)
        circle = load_circle(happened.person, clock.now()) if happened.person else None
        if circle and not circle.protected:
            at_work = mandates_of_territory(territory, clock.today())
            notify(
                happened,
                [mandate.account_id for mandate in at_work if mandate.role == Role.DISPATCHER],
            )


@job("people.confirm_intake")
def confirm_intake(event: str, territory: int) -> None:
    """Writes to who asked by themselves and lets us leave a message."""
    with row_security.context([territory]):
        happened = Event.objects.get(pk=event)
        if happened.object_key:
            confirm(happened.object_key, territory)


@job("people.end_follow_ups")
def end_follow_ups(event: str, territory: int) -> None:
    """After the end of a mandate: what it followed is followed by others, or is to unblock."""
    with row_security.context([territory]):
        end_orphan_follow_ups(territory)


@job("people.end_follow_ups_of_the_night", cron="5 23 * * *")
def end_follow_ups_of_the_night() -> None:
    """Mandates that a date ended, accounts that were disabled; after midnight in Paris."""
    for territory in territories():
        with row_security.context([territory]):
            end_orphan_follow_ups(territory)


def _answering(circle: Circle, author: UUID | None) -> list[UUID]:
    at_work = mandates_of_territory(circle.territory, clock.today())
    referent = circle.referent.account if circle.referent else None
    if referent is not None and referent in {mandate.account_id for mandate in at_work}:
        return [referent]
    following = {follower.organization for follower in circle.followers}
    managers = [
        mandate.account_id
        for mandate in at_work
        if mandate.role == Role.MANAGER and mandate.organization_id in following
    ]
    stewards = [
        mandate.account_id
        for mandate in at_work
        if mandate.role in {Role.COORDINATOR, Role.DISPATCHER}
    ]
    return [key for key in managers if key != author] or stewards
