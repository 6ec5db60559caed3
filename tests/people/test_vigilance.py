"""Row 19: a harvest is noticed, told once, and names nobody."""

from datetime import date, timedelta
from typing import Any

import pytest

from jalons.access import consultations
from jalons.access.actor import Actor
from jalons.access.consultations import Opened
from jalons.access.levels import Level
from jalons.access.roles import Role
from jalons.journal.models import Event, Notification
from jalons.kernel import clock
from jalons.people.front_door.actions.search import search
from jalons.people.front_door.typed import Typed
from jalons.people.models import Person, UnusualReading
from jalons.people.settings import FILES_AN_HOUR
from jalons.people.tasks import tell_coordination, watch
from tests.clients import client_for
from tests.worlds import Case, a_case, a_person, a_setting, an_actor, an_organization, within

pytestmark = pytest.mark.django_db

LETTERS = "abcdefghijkl"
Rule = UnusualReading.Rule


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def read(actor: Actor, *persons: Person, level: Level = Level.IDENTITY) -> None:
    with within(*actor.territories, account=actor.account):
        for person in persons:
            opened = Opened("people:identity", "read", level, "follows")
            consultations.record(actor, opened, person=person.pk)


def noticed(case: Case) -> list[UnusualReading]:
    watch()
    with within(case.territory.pk):
        return list(UnusualReading.objects.order_by("recorded_at", "id"))


def named(case: Case, letters: str) -> list[Person]:
    return [a_person(case.territory, family_name=f"Nom{letter}") for letter in letters]


def test_many_files_in_an_hour_are_noticed(case: Case) -> None:
    a_setting(case.territory, FILES_AN_HOUR.key, 20, starts_on=clock.today())
    persons = [a_person(case.territory, family_name=f"Nom{n % 7}") for n in range(20)]
    read(case.referente, *persons[:19], *persons[:19])
    assert noticed(case) == []
    read(case.referente, persons[19])
    (row,) = noticed(case)
    assert (row.rule, row.account, row.count) == (Rule.FILES, case.referente.account, 20)
    assert row.person is None


def test_the_hour_passes(case: Case, clock_at: Any) -> None:
    a_setting(case.territory, FILES_AN_HOUR.key, 20, starts_on=clock.today())
    read(case.referente, *[a_person(case.territory, family_name=f"Nom{n % 7}") for n in range(20)])
    clock_at(clock.now() + timedelta(minutes=61))
    assert noticed(case) == []


def test_files_opened_in_the_order_of_the_alphabet(case: Case) -> None:
    read(case.referente, *named(case, LETTERS))
    (row,) = noticed(case)
    assert (row.rule, row.account, row.count) == (Rule.ALPHABET, case.referente.account, 12)


def test_files_of_a_day_s_work_are_not_noticed(case: Case) -> None:
    read(case.referente, *named(case, "hbkaeclgidfj"))
    assert noticed(case) == []


def test_a_masked_line_opens_no_file(case: Case) -> None:
    read(case.referente, *named(case, LETTERS), level=Level.MASKED)
    assert noticed(case) == []


def test_a_person_that_five_structures_open_in_a_day(case: Case) -> None:
    for number in range(5):
        assert noticed(case) == []
        read(an_actor(an_organization(case.territory, f"Structure {number}")), case.person)
    (row,) = noticed(case)
    assert (row.rule, row.person, row.account) == (Rule.STRUCTURES, case.person.pk, None)


def test_searches_in_the_order_of_the_alphabet(case: Case) -> None:
    with within(case.territory.pk, account=case.partenaire.account):
        for letter in LETTERS:
            search(case.partenaire, Typed(f"Nom{letter}", "Zoé", date(2001, 2, 3)))
        (row,) = UnusualReading.objects.all()
    assert (row.rule, row.account) == (Rule.SEARCHES, case.partenaire.account)


def test_it_is_told_once_a_day_to_the_coordination(case: Case, clock_at: Any) -> None:
    persons = named(case, LETTERS)
    read(case.referente, *persons)
    assert len(noticed(case)) == len(noticed(case)) == 1
    coordinator = case.others[Role.COORDINATOR]
    with within(case.territory.pk):
        (event,) = Event.objects.filter(kind="people.unusual_reading")
        assert (event.person, event.account) == (None, None)
    tell_coordination(str(event.pk), case.territory.pk)
    with within(case.territory.pk, account=coordinator.account):
        assert [row.account for row in Notification.objects.all()] == [coordinator.account]
    clock_at(clock.now() + timedelta(hours=25))
    read(case.referente, *persons)
    assert len(noticed(case)) == 2


def test_the_page_names_the_professional_and_nobody_else(case: Case) -> None:
    read(case.referente, *named(case, LETTERS))
    watch()
    page = client_for(case.others[Role.COORDINATOR]).get("/consultations-inhabituelles/")
    text = page.content.decode()
    assert "ordre alphabétique" in text
    assert "Marchal" in text
    assert "Noma" not in text
    for role in (Role.MANAGER, Role.DISPATCHER, Role.STEERING):
        answer = client_for(case.others[role]).get("/consultations-inhabituelles/")
        assert answer.status_code == 404
