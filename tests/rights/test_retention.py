"""Row 21: travelling through the years, each file is archived, then erased, on its very day."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from jalons.access.decisions import Refused
from jalons.access.models import Consultation
from jalons.access.roles import Role
from jalons.access.transitions import Impossible
from jalons.journal import events
from jalons.journal.models import Event
from jalons.journal.payloads import disclose
from jalons.kernel import clock
from jalons.people import individual_contacts
from jalons.people.models import Person
from jalons.people.queries import persons
from jalons.rights import tasks
from jalons.rights.retention.actions import (
    NotThatDay,
    ReasonTooShort,
    lift_holds,
    reopen,
    set_hold,
)
from tests.clients import client_for
from tests.worlds import Case, a_case, a_person, a_setting, an_actor, within

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "whole"])

FIRST = date(2024, 2, 29)
At = Callable[[date], None]


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


@pytest.fixture
def at(clock_at: Callable[[datetime], None], tmp_path: Path, settings: Any) -> At:
    settings.ERASURES_FILE = tmp_path / "erasures.jsonl"
    return lambda day: clock_at(noon(day))


@pytest.fixture
def case(transactional_db: None, at: At) -> Case:
    at(FIRST)
    return a_case()


def run(*options: str) -> list[str]:
    output = StringIO()
    call_command("retention", *options, stdout=output)
    return output.getvalue().splitlines()


def state(person: Person) -> str:
    found = Person.objects.using("whole").filter(pk=person.pk).first()
    if found is None:
        return "erased"
    return "archived" if found.archived_at else "active"


def contact(person: Person, kind: str = "people.entry_met", **values: Any) -> Event:
    with within(person.territory_id):
        return events.append(kind, territory=person.territory_id, person=person.pk, **values)


def an_officer(case: Case) -> Any:
    return an_actor(case.partner, Role.CLERK, data_protection_from=clock.today())


def test_each_step_comes_on_its_day(case: Case, at: At) -> None:
    steps = [
        (date(2026, 2, 28), "active"),
        (date(2026, 3, 1), "archived"),
        (date(2028, 2, 28), "archived"),
        (date(2028, 2, 29), "erased"),
    ]
    for day, expected in steps:
        at(day)
        run()
        assert state(case.person) == expected, day


def test_an_absorbed_file_lives_as_long_as_the_one_it_leads_to(case: Case, at: At) -> None:
    absorbed = a_person(case.territory)
    with within(case.territory.pk):
        events.append("people.files_merged", territory=case.territory.pk)
        Person.objects.filter(pk=absorbed.pk).update(merged_into=case.person)
    at(FIRST + timedelta(days=100))
    contact(absorbed)
    at(date(2026, 6, 8))
    assert run() == []
    at(date(2026, 6, 9))
    [line] = run()
    assert line.startswith(f"archiver {case.person.pk}")
    at(date(2028, 6, 9))
    [line] = run()
    assert line.startswith(f"effacer {case.person.pk}")
    assert state(absorbed) == "erased"


def test_only_contacts_count_and_only_those_that_stand(case: Case, at: At) -> None:
    assert {"people.entry_met", "people.follow_up_started"} <= individual_contacts.kinds()
    at(FIRST + timedelta(days=100))
    undone = contact(case.person)
    contact(case.person, "people.follow_up_ended_undone", cause=undone.pk)
    contact(case.person, "access.link_sent")
    at(FIRST + timedelta(days=40))
    contact(case.person)
    last = date(2026, 4, 9)
    at(last)
    assert run() == []
    at(last + timedelta(days=1))
    [line] = run()
    assert line.startswith(f"archiver {case.person.pk}")
    assert line.endswith("depuis le 2026-04-10")


def test_the_dry_run_is_the_real_run(case: Case, at: At) -> None:
    """Many files, many days: each time, what was announced and nothing else."""
    people = [case.person]
    for number in range(12):
        at(FIRST + timedelta(days=number * 61))
        people.append(a_person(case.territory))
    for day in range(0, 2000, 61):
        at(FIRST + timedelta(days=day))
        before = {person.pk: state(person) for person in people}
        announced = run("--dry-run")
        assert {person.pk: state(person) for person in people} == before
        assert run() == announced
        words = dict(line.split(" ", 2)[1::-1] for line in announced)
        for person in people:
            changed = {"archiver": "archived", "effacer": "erased"}.get(
                words.get(str(person.pk), ""), before[person.pk]
            )
            assert state(person) == changed
        assert run("--dry-run") == []
    assert {state(person) for person in people[:3]} == {"erased"}


def test_an_archived_file_is_out_of_everybody_s_sight(case: Case, at: At) -> None:
    at(date(2026, 3, 1))
    client, url = client_for(case.referente), f"/personnes/{case.person.pk}/"
    assert client.get(url).status_code == 200
    tasks.retention()
    assert client.get(url).status_code == 404
    assert client.get(url + "apercu/").status_code == 404
    for actor in (case.referente, case.collegue, *case.others.values()):
        with within(case.territory.pk, account=actor.account):
            assert not persons(actor).exists()
    with within(case.territory.pk):
        follow_up = case.person.follow_ups.order_by("pk").first()
    assert follow_up
    assert client.post(reverse("people:end_follow_up", args=[follow_up.pk])).status_code == 404
    archived = Event.objects.using("whole").get(kind="rights.file_archived")
    assert archived.person == case.person.pk


def test_the_officer_reopens_it_with_a_reason(case: Case, at: At) -> None:
    at(date(2026, 3, 1))
    run()
    officer, key = an_officer(case), case.person.pk
    with within(case.territory.pk, account=case.referente.account), pytest.raises(Refused):
        reopen(case.referente, key, "La personne est revenue")
    with within(case.territory.pk, account=officer.account):
        with pytest.raises(ReasonTooShort):
            reopen(officer, key, "  ainsi   ")
        reopen(officer, key, "La personne est revenue")
        with pytest.raises(Impossible):
            reopen(officer, key, "La personne est revenue")
    assert state(case.person) == "active"
    at(date(2028, 3, 1))
    assert run() == []
    at(date(2028, 3, 2))
    assert run()
    assert state(case.person) == "archived"


def test_a_hold_suspends_both_clocks(case: Case, at: At) -> None:
    at(date(2026, 2, 27))
    officer, key = an_officer(case), case.person.pk
    with within(case.territory.pk, account=officer.account):
        with pytest.raises(NotThatDay):
            set_hold(officer, key, "litigation", clock.today())
        with pytest.raises(Impossible):
            lift_holds(officer, key)
        set_hold(officer, key, "litigation", date(2030, 1, 1))
    at(date(2028, 6, 1))
    assert run() == []
    with within(case.territory.pk, account=officer.account):
        lift_holds(officer, key)
    held = (date(2028, 6, 1) - date(2026, 2, 27)).days
    last = date(2026, 2, 28) + timedelta(days=held)
    at(last)
    assert run() == []
    at(last + timedelta(days=1))
    assert len(run()) == 1
    assert state(case.person) == "archived"


def test_only_the_officer_holds(case: Case) -> None:
    for actor in (case.referente, *case.others.values()):
        with within(case.territory.pk, account=actor.account), pytest.raises(Refused):
            set_hold(actor, case.person.pk, "litigation", clock.today() + timedelta(days=9))


def test_a_territory_may_keep_less(case: Case, at: At) -> None:
    a_setting(case.territory, "retention.active_years", 1, starts_on=FIRST)
    a_setting(case.territory, "retention.archive_years", 0, starts_on=date(2025, 3, 10))
    at(date(2025, 2, 28))
    assert run() == []
    at(date(2025, 3, 1))
    assert len(run()) == 1
    assert state(case.person) == "archived"
    at(date(2025, 3, 9))
    assert run() == []
    at(date(2025, 3, 10))
    run()
    assert state(case.person) == "erased"


def test_the_register_knows_who_was_erased_at_the_end(case: Case, at: At, settings: Any) -> None:
    at(date(2028, 2, 29))
    run()
    assert str(case.person.pk) in settings.ERASURES_FILE.read_text()


def consulted(person: Person) -> int:
    found = Consultation.objects.using("whole")
    return found.filter(Q(person=person.pk) | Q(listed__contains=[person.pk])).count()


def test_consultations_end_after_their_months_and_are_counted(case: Case, at: At) -> None:
    at(date(2025, 1, 15))
    client, other = client_for(case.referente), a_person(case.territory)
    client.get(f"/personnes/{case.person.pk}/")
    client_for(case.collegue).get(f"/personnes/{other.pk}/")
    client_for(case.etrangere).get(f"/personnes/{other.pk}/")
    at(date(2025, 3, 2))
    client_for(case.referente).get("/file-active/")
    at(date(2026, 1, 15))
    assert run() == []
    at(date(2026, 1, 16))
    before = "d’avant le 2025-01-16"
    announced = run("--dry-run")
    assert announced == [
        f"supprimer 2 consultations territoire {case.territory.pk} {before}",
        f"supprimer 1 consultations territoire {case.etrangere.territory} {before}",
    ]
    assert consulted(case.person) == 2
    assert run() == announced
    assert (consulted(case.person), consulted(other)) == (1, 0)
    assert run() == []
    rows = Event.objects.using("whole").filter(kind="rights.consultations_ended")
    counts = [disclose(row, using="whole") for row in rows.order_by("position")]
    assert [each.data["count"] for each in counts if each] == [2, 1]


def test_consultations_of_a_held_file_are_kept_and_a_territory_may_keep_less(
    case: Case, at: At
) -> None:
    a_setting(case.territory, "retention.consultation_months", 6, starts_on=FIRST)
    at(date(2025, 1, 15))
    officer, other = an_officer(case), a_person(case.territory)
    for person in (case.person, other):
        client_for(case.referente).get(f"/personnes/{person.pk}/")
    client_for(case.referente).get("/file-active/")
    with within(case.territory.pk, account=officer.account):
        set_hold(officer, case.person.pk, "litigation", date(2025, 9, 1))
    at(date(2025, 7, 16))
    assert [line.split(" territoire ")[0] for line in run()] == ["supprimer 1 consultations"]
    assert (consulted(case.person), consulted(other)) == (2, 0)
    at(date(2025, 9, 1))
    assert len(run()) == 1
    assert consulted(case.person) == 0
