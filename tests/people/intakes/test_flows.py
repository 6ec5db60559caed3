"""A flow opens one entry to each person it names, however often it is read."""

from datetime import date

import pytest

from jalons.access.decisions import Refused
from jalons.access.roles import Role
from jalons.journal.models import Event
from jalons.people.entries.actions.open_entry import NewEntry, open_entry_of_flow
from jalons.people.models import Entry
from jalons.people.models.entry import Origin
from tests.worlds import Case, a_person, within

pytestmark = pytest.mark.django_db
FLOW = NewEntry(Origin.CAF_FLOW, "", date(2026, 1, 5), "caf 2026-01")


def test_a_flow_opens_one_entry_a_person(case: Case) -> None:
    manager, person = case.others[Role.MANAGER], a_person(case.territory)
    with within(case.territory.pk, account=manager.account):
        first, second = (open_entry_of_flow(manager, person.pk, FLOW) for _ in range(2))
        assert first.pk == second.pk
        assert Event.objects.filter(kind="people.entry_received").count() == 1
        kept = Entry.objects.get(person=person)
        later = NewEntry(Origin.STATUS_CHANGE, "", date(2026, 2, 5), "caf 2026-02")
        open_entry_of_flow(manager, person.pk, later)
        assert Entry.objects.filter(person=person).count() == 2
    assert (kept.origin, kept.door_id, kept.received_on) == (
        "caf_flow",
        case.partner.pk,
        date(2026, 1, 5),
    )
    assert kept.opened_on


def test_it_opens_nobody_s_file(case: Case) -> None:
    """Somebody followed: announced to their référent, closed to the importer's structure."""
    manager = case.others[Role.MANAGER]
    with within(case.territory.pk, account=manager.account):
        entry = open_entry_of_flow(manager, case.person.pk, FLOW)
        assert entry.opened_on is None
        assert Event.objects.get(kind="people.entry_announced").person == case.person.pk


def test_who_may_not(case: Case) -> None:
    hidden = a_person(case.territory, protected=True)
    clerk, manager = case.others[Role.CLERK], case.others[Role.MANAGER]
    for actor, person in ((clerk, case.person), (manager, hidden)):
        with within(case.territory.pk, account=actor.account), pytest.raises(Refused):
            open_entry_of_flow(actor, person.pk, FLOW)
    with (
        within(case.territory.pk, account=manager.account),
        pytest.raises(ValueError, match="flow"),
    ):
        open_entry_of_flow(manager, case.person.pk, NewEntry(Origin.CAF_FLOW, "", date(2026, 1, 5)))
