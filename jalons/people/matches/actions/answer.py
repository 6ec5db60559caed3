from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.table import JOIN_MATCH, PART_MATCH
from jalons.journal.models import Event
from jalons.kernel import clock

from ...circle import Circle, load_circle, waiting_entries
from ...entries.actions.assign import Assignment, assign
from ...follow_ups.actions.start_follow_up import NewFollowUp, NotTheirs, begin
from ...models import Person, PossibleMatch
from ..relations import load_match
from ..workflow import POSSIBLE_MATCH, match_state

MOTIVE = "same_person"


@transaction.atomic
def join(actor: Actor, match: UUID) -> Event:
    """Says that both files are of one person. Raises Refused, Impossible.

    The new file is protected at once and the référent follows it. Without a référent, it becomes
    theirs, and its entry that waits is given to their structure. Nothing is merged.
    """
    row = _hold(actor, match, JOIN_MATCH)
    event = _answer(actor, row, JOIN_MATCH)
    circle = load_circle(row.newcomer_id, clock.now())
    assert circle
    _follow(actor, circle)
    Person.objects.filter(pk=row.newcomer_id).update(protected=True)
    payload = {"protected": True}
    record(actor, "people.protection_changed", person=row.newcomer_id, payload=payload)
    return event


@transaction.atomic
def part(actor: Actor, match: UUID) -> Event:
    """Says that they are two persons; the new file stays as it is. Raises Refused, Impossible."""
    return _answer(actor, _hold(actor, match, PART_MATCH), PART_MATCH)


def _hold(actor: Actor, match: UUID, act: str) -> PossibleMatch:
    """Locks both persons, then the pair, and asks the policy. Raises Refused."""
    pair = PossibleMatch.objects.filter(pk=match).values_list("person", "newcomer").first()
    list(Person.objects.select_for_update().filter(pk__in=pair or ()).order_by("pk"))
    facts = load_match(match, clock.now())
    if facts is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, act, facts)
    return PossibleMatch.objects.select_for_update().get(pk=match)


def _answer(actor: Actor, row: PossibleMatch, act: str) -> Event:
    state = POSSIBLE_MATCH.target(act, match_state(row.answer))
    event = record(
        actor,
        f"people.match_{state}",
        person=row.person_id,
        object_kind="possible_match",
        object_key=row.pk,
    )
    PossibleMatch.objects.filter(pk=row.pk).update(
        answer=state, answered_on=clock.today(), answered_by=actor.account
    )
    return event


def _follow(actor: Actor, circle: Circle) -> None:
    assert actor.account
    assert actor.organization
    if circle.referent is None and _begin(actor, circle, "referent"):
        _take_entries(actor, circle)
        return
    mine = {(one.account, one.organization) for one in circle.followers if not one.read_only}
    if (actor.account, actor.organization) not in mine:
        _begin(actor, circle, "intervenant")


def _begin(actor: Actor, circle: Circle, role: str) -> bool:
    """False for a référent who is not habilitated any more."""
    assert actor.account
    assert actor.organization
    try:
        begin(actor, circle, NewFollowUp(actor.account, actor.organization, role, MOTIVE))
    except NotTheirs:
        return False
    return True


def _take_entries(actor: Actor, circle: Circle) -> None:
    """The entries that wait for a structure are given to the référent's own."""
    assert actor.organization
    if ("", actor.organization) in circle.objections:
        return
    waiting = waiting_entries().filter(person=circle.key, assigned_on=None).order_by("pk")
    for entry in waiting.select_for_update():
        assign(actor, circle, entry, Assignment(actor.organization))
