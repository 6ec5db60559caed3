"""The entry's workflow: every state × act × role, then its days and its conditions."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.roles import Role
from jalons.access.transitions import WORKFLOWS, Impossible
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.people.entries.actions.assign import Assignment, assign_entry
from jalons.people.entries.actions.progress import (
    NotThatDay,
    close_entry,
    hold_first_interview,
)
from jalons.people.entries.rules import ENTRY, EntryDates, entry_state
from jalons.people.models import Entry
from jalons.people.rules import initials
from tests.worlds import Case, a_case, a_person, a_territory, an_entry, an_organization, within

STATES = tuple(ENTRY.states)
ACTS = ("people.assign_entry", "people.hold_first_interview", "people.close_entry")
DONE = {
    ("received", "people.assign_entry", Role.DISPATCHER): "assigned",
    ("assigned", "people.assign_entry", Role.DISPATCHER): "assigned",
    ("received", "people.close_entry", Role.DISPATCHER): "closed",
    ("assigned", "people.close_entry", Role.DISPATCHER): "closed",
    ("assigned", "people.hold_first_interview", Role.PRACTITIONER): "met",
}
"""What happens; anything else is refused or impossible."""

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        (EntryDates(None, None, None), "received"),
        (EntryDates(DAY, None, None), "assigned"),
        (EntryDates(DAY, DAY, None), "met"),
        (EntryDates(None, None, DAY), "closed"),
        (EntryDates(DAY, None, DAY), "closed"),
        (EntryDates(DAY, DAY, DAY), "closed"),
    ],
)
def test_the_last_date_is_the_state(dates: EntryDates, state: str) -> None:
    assert entry_state(dates) == state


def test_the_workflow_is_registered_and_whole() -> None:
    assert WORKFLOWS["entry"] is ENTRY
    assert {transition.act for transition in ENTRY.transitions} == set(ACTS)
    told = {
        (source, transition.act, role): transition.target
        for transition in ENTRY.transitions
        for source in transition.sources
        for role in transition.roles
    }
    assert told == DONE


@pytest.mark.parametrize(
    ("given", "family", "expected"),
    [
        ("Élodie", "Vasseur", "É. V."),
        (" léa", "de Brito ", "L. D."),
        ("", "Vasseur", "V."),
        ("  ", "", ""),
    ],
)
def test_initials(given: str, family: str, expected: str) -> None:
    assert initials(given, family) == expected


# What follows runs the acts themselves.


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def entry_in(case: Case, state: str, **values: Any) -> Entry:
    today = clock.today()
    assigned = {"assigned_to": case.home, "assigned_on": today - timedelta(days=2)}
    dates: dict[str, dict[str, Any]] = {
        "received": {},
        "assigned": assigned,
        "met": assigned | {"first_interview_on": today},
        "closed": {"closed_on": today, "close_motive": "demenagement"},
    }
    return an_entry(case.person, case.partner.pk, **dates[state] | values)


def act_on(entry: Entry, act: str, actor: Actor) -> Event:
    person = entry.person_id
    acts: dict[str, Callable[[], Event]] = {
        "people.assign_entry": lambda: assign_entry(
            actor, person, entry.pk, Assignment(entry.door_id)
        ),
        "people.hold_first_interview": lambda: hold_first_interview(
            actor, person, entry.pk, clock.today()
        ),
        "people.close_entry": lambda: close_entry(actor, person, entry.pk, "demenagement"),
    }
    with within(*actor.territories, account=actor.account):
        return acts[act]()


def state_of(entry: Entry) -> str:
    with within(entry.territory_id):
        entry.refresh_from_db()
    return entry_state(EntryDates(entry.assigned_on, entry.first_interview_on, entry.closed_on))


@pytest.mark.parametrize(("state", "act"), list(product(STATES, ACTS)))
def test_every_role_in_every_state(case: Case, state: str, act: str) -> None:
    """Another entry of the person waits, so that a refusal here comes from the state."""
    entry_in(case, "received")
    for role, actor in {**case.others, Role.PRACTITIONER: case.referente}.items():
        entry = entry_in(case, state)
        expected = DONE.get((state, act, role), state)
        try:
            event = act_on(entry, act, actor)
        except (Refused, Impossible):
            assert (state, act, role) not in DONE
        else:
            assert event.kind == f"people.entry_{expected}"
        assert state_of(entry) == expected


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("name", ["collegue", "partenaire", "etrangere"])
def test_a_practitioner_who_does_not_follow_does_nothing(case: Case, act: str, name: str) -> None:
    entry = entry_in(case, "assigned")
    with pytest.raises(Refused):
        act_on(entry, act, getattr(case, name))


def test_impossible_says_why(case: Case) -> None:
    entry_in(case, "received")
    with pytest.raises(Impossible, match="Cet acte n’est plus possible : close"):
        act_on(entry_in(case, "closed"), "people.assign_entry", case.others[Role.DISPATCHER])


def test_once_nothing_waits_the_dispatcher_is_out(case: Case) -> None:
    entry = entry_in(case, "received")
    act_on(entry, "people.close_entry", case.others[Role.DISPATCHER])
    with pytest.raises(Refused):
        act_on(entry, "people.assign_entry", case.others[Role.DISPATCHER])


@pytest.mark.parametrize("act", ["people.assign_entry", "people.close_entry"])
def test_an_entry_that_was_not_accepted_waits_for_the_referent(case: Case, act: str) -> None:
    entry_in(case, "received")
    waiting = entry_in(case, "received", opened_on=None)
    with pytest.raises(Refused):
        act_on(waiting, act, case.others[Role.DISPATCHER])


def test_an_entry_goes_to_a_structure_of_the_territory(case: Case) -> None:
    entry, dispatcher = entry_in(case, "received"), case.others[Role.DISPATCHER]
    elsewhere = an_organization(a_territory())
    with within(*dispatcher.territories, account=dispatcher.account):
        for organization in (elsewhere.pk, case.person.pk):
            with pytest.raises(Refused):
                assign_entry(dispatcher, case.person.pk, entry.pk, Assignment(organization))
        assign_entry(dispatcher, case.person.pk, entry.pk, Assignment(case.home.pk))
    assert state_of(entry) == "assigned"
    assert entry.assigned_to_id == case.home.pk


def test_the_entry_is_the_person_s(case: Case) -> None:
    entry_in(case, "received")
    another = an_entry(a_person(case.territory), case.partner.pk)
    dispatcher = case.others[Role.DISPATCHER]
    with within(*dispatcher.territories), pytest.raises(Refused):
        close_entry(dispatcher, case.person.pk, another.pk, "demenagement")


@pytest.mark.parametrize(
    ("days", "possible"), [(-4, False), (-3, True), (-1, True), (0, True), (1, False)]
)
def test_a_first_interview_is_held_between_the_entry_and_today(
    case: Case, days: int, possible: bool
) -> None:
    """The entry was received three days ago."""
    entry, day = entry_in(case, "assigned"), clock.today() + timedelta(days=days)
    with within(*case.referente.territories, account=case.referente.account):
        if possible:
            hold_first_interview(case.referente, case.person.pk, entry.pk, day)
        else:
            with pytest.raises(NotThatDay):
                hold_first_interview(case.referente, case.person.pk, entry.pk, day)
    assert state_of(entry) == ("met" if possible else "assigned")


def test_each_act_writes_its_event(case: Case) -> None:
    entry = entry_in(case, "received")
    event = act_on(entry, "people.assign_entry", case.others[Role.DISPATCHER])
    assert (event.person, event.object_key) == (case.person.pk, entry.pk)
    assert event.account == case.others[Role.DISPATCHER].account
