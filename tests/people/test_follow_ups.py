"""Starting and ending a follow-up: who, what is left afterwards, and how it is undone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, decide
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.roles import Role
from jalons.access.undo import DELAY, CannotUndo, undo
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.people.circle import load_circle
from jalons.people.follow_ups.actions.end_follow_up import AlreadyEnded, end_follow_up
from jalons.people.follow_ups.actions.start_follow_up import NewFollowUp, NotTheirs, start_follow_up
from jalons.people.models import FollowUp, SealedReader
from jalons.people.sealed import refresh_sealed_readers
from tests.clients import client_for
from tests.worlds import (
    Case,
    a_case,
    a_follow_up,
    a_sealed_status,
    a_territory,
    an_actor,
    an_organization,
    within,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def follow_up_of(case: Case) -> UUID:
    with within(case.territory.pk):
        return FollowUp.objects.get(person=case.person, role="referent", ends_on=None).pk


@pytest.fixture
def key(case: Case) -> UUID:
    return follow_up_of(case)


def ended(actor: Actor, case: Case) -> Event:
    with as_(actor):
        return end_follow_up(actor, follow_up_of(case), "fin_de_mission")


def levels(actor: Actor, case: Case, domain: str = "") -> set[Level]:
    with as_(actor):
        circle = load_circle(case.person.pk, clock.now())
        assert circle
        return {level for level in Level if decide(actor, READ, circle, level, domain=domain)}


def a_new(actor: Actor, role: str = "intervenant") -> NewFollowUp:
    assert actor.account
    assert actor.organization
    return NewFollowUp(actor.account, actor.organization, role)


def started(by: Actor, case: Case, new: NewFollowUp) -> FollowUp:
    with as_(by):
        return start_follow_up(by, case.person.pk, new)


def test_a_referente_brings_a_partner_in(case: Case) -> None:
    follow_up = started(case.referente, case, a_new(case.partenaire))
    assert follow_up.starts_on == clock.today()
    assert Level.SHARED in levels(case.partenaire, case)


def test_a_partner_does_not_bring_themselves_in(case: Case) -> None:
    with pytest.raises(Refused):
        started(case.partenaire, case, a_new(case.partenaire))


@pytest.mark.parametrize("wrong", ["elsewhere", "another structure", "ended", "nobody"])
def test_a_follow_up_is_given_to_somebody_who_works_there(case: Case, wrong: str) -> None:
    today = clock.today()
    past: dict[str, Any] = {"starts_on": today - timedelta(days=9), "ends_on": today}
    theirs = a_new(case.partenaire)
    news = {
        "elsewhere": a_new(case.etrangere),
        "another structure": replace(theirs, organization=case.home.pk),
        "ended": a_new(an_actor(case.partner, **past)),
        "nobody": replace(theirs, account=uuid4()),
    }
    with pytest.raises(NotTheirs):
        started(case.referente, case, news[wrong])


def test_there_is_one_active_referent(case: Case) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        started(case.referente, case, a_new(case.collegue, "referent"))


def test_an_ended_follow_up_gives_no_access(case: Case) -> None:
    assert Level.SHARED in levels(case.referente, case)
    event = ended(case.referente, case)
    assert levels(case.referente, case) == {Level.MASKED}
    assert (event.kind, event.person) == ("people.follow_up_ended", case.person.pk)


def test_a_manager_of_the_structure_ends_it_too(case: Case) -> None:
    ended(an_actor(case.home, Role.MANAGER), case)
    assert levels(case.referente, case) == {Level.MASKED}


@pytest.mark.parametrize("name", ["collegue", "partenaire", "etrangere"])
def test_others_do_not_end_it(case: Case, key: UUID, name: str) -> None:
    other = getattr(case, name)
    with as_(other), pytest.raises(Refused):
        end_follow_up(other, key, "fin_de_mission")


def test_it_ends_once(case: Case, key: UUID) -> None:
    ended(case.referente, case)
    with as_(case.referente), pytest.raises(Refused):
        end_follow_up(case.referente, key, "fin_de_mission")


def test_the_end_is_undone_by_its_author(case: Case) -> None:
    event = ended(case.referente, case)
    with as_(case.referente):
        compensation = undo(case.referente, event.pk)
    assert (compensation.kind, compensation.cause) == ("people.follow_up_ended_undone", event.pk)
    assert Level.SHARED in levels(case.referente, case)


@pytest.mark.parametrize(
    ("after", "possible"),
    [(DELAY, True), (DELAY + timedelta(microseconds=1), False), (timedelta(0), True)],
)
def test_undo_lasts_ten_minutes(
    case: Case, clock_at: Callable[[datetime], None], after: timedelta, possible: bool
) -> None:
    start = clock.now()
    clock_at(start)
    event = ended(case.referente, case)
    clock_at(start + after)
    with as_(case.referente):
        if possible:
            assert undo(case.referente, event.pk).cause == event.pk
        else:
            with pytest.raises(CannotUndo, match="dix minutes"):
                undo(case.referente, event.pk)
    assert timedelta(minutes=10) == DELAY


def test_undo_happens_once(case: Case) -> None:
    event = ended(case.referente, case)
    with as_(case.referente):
        undo(case.referente, event.pk)
        with pytest.raises(CannotUndo, match="déjà annulé"):
            undo(case.referente, event.pk)


@pytest.mark.parametrize("name", ["collegue", "partenaire", "etrangere"])
def test_undo_is_the_author_s(case: Case, name: str) -> None:
    event = ended(case.referente, case)
    other = getattr(case, name)
    with as_(other), pytest.raises(CannotUndo):
        undo(other, event.pk)


def test_an_act_without_compensation_is_not_undone(case: Case) -> None:
    with as_(case.referente):
        follow_up = start_follow_up(case.referente, case.person.pk, a_new(case.partenaire))
        event = Event.objects.get(kind="people.follow_up_started", object_key=follow_up.pk)
        with pytest.raises(CannotUndo, match="ne peut pas"):
            undo(case.referente, event.pk)
        with pytest.raises(CannotUndo, match="ne peut pas"):
            undo(case.referente, uuid4())


def test_undo_gives_way_to_a_new_referent(case: Case) -> None:
    event = ended(case.referente, case)
    a_follow_up(case.person, case.collegue, "referent", starts_on=clock.today())
    with as_(case.referente), pytest.raises(CannotUndo, match="Un autre référent"):
        undo(case.referente, event.pk)


def test_undo_by_the_page(case: Case, key: UUID) -> None:
    client = client_for(case.referente)
    client.post(f"/suivis/{key}/fin/", {"end_reason": "moved"})
    address = f"/personnes/{case.person.pk}/"
    assert client.get(address).status_code == 404
    with as_(case.referente):
        event = Event.objects.get(kind="people.follow_up_ended")
    response: Any = client.post(f"/annuler/{event.pk}/", {"next": address})
    assert response.url == address
    assert client.get(address).status_code == 200
    response = client.post(f"/annuler/{event.pk}/", {"next": "https://ailleurs.example/"})
    assert response.url == "/"


@pytest.mark.django_db(transaction=True)
def test_undo_raced_by_ten_happens_once() -> None:
    case = a_case()
    event = ended(case.referente, case)

    def one(_: int) -> bool:
        try:
            with as_(case.referente):
                undo(case.referente, event.pk)
        except CannotUndo:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(10) as threads:
        assert sum(threads.map(one, range(10))) == 1


def sealed(case: Case, actor: Actor) -> bool:
    return Level.SEALED in levels(actor, case, "justice")


def test_the_seals_follow_the_referent(case: Case) -> None:
    """The author is the colleague; the référente reads while she is référente."""
    a_follow_up(case.person, case.collegue)
    a_sealed_status(case.person, case.collegue)
    assert sealed(case, case.collegue)
    assert not sealed(case, case.referente)
    event = ended(case.referente, case)
    with as_(case.referente):
        undo(case.referente, event.pk)
    assert sealed(case, case.referente)
    ended(case.referente, case)
    assert not sealed(case, case.referente)
    a_follow_up(case.person, case.partenaire)
    with pytest.raises(Refused):
        started(case.collegue, case, a_new(case.collegue, "referent"))
    started(an_actor(case.home, Role.MANAGER), case, a_new(case.partenaire, "referent"))
    assert sealed(case, case.partenaire)
    assert not sealed(case, case.referente)
    assert sealed(case, case.collegue)


def test_the_author_loses_the_seal_with_the_follow_up(case: Case) -> None:
    a_sealed_status(case.person, case.referente)
    assert sealed(case, case.referente)
    ended(case.referente, case)
    assert not sealed(case, case.referente)
    with as_(case.referente):
        assert SealedReader.objects.filter(reason="author").exists()


def test_seals_of_another_territory_are_out_of_reach(case: Case) -> None:
    a_sealed_status(case.person, case.referente)
    stranger = an_actor(an_organization(a_territory()))
    with as_(stranger):
        refresh_sealed_readers(case.person.pk)
    with as_(case.referente):
        reasons = set(SealedReader.objects.values_list("reason", flat=True))
    assert reasons == {"author"}


def test_a_planned_end_is_brought_forward(case: Case) -> None:
    """The overlap of a handover may stop before its day."""
    planned = clock.today() + timedelta(days=10)
    overlap = a_follow_up(case.person, case.partenaire, read_only=True, ends_on=planned)
    assert Level.SHARED in levels(case.partenaire, case)
    with as_(case.partenaire):
        end_follow_up(case.partenaire, overlap.pk, "fin_de_mission")
        assert levels(case.partenaire, case) == {Level.MASKED}
        event = Event.objects.get(kind="people.follow_up_ended")
        undo(case.partenaire, event.pk)
        overlap.refresh_from_db()
    assert (overlap.ends_on, overlap.end_reason) == (planned, "")


def test_ended_twice_at_once_it_ends_once(case: Case, key: UUID) -> None:
    """The second request loaded the facts before the first one wrote."""
    with as_(case.referente):
        FollowUp.objects.filter(pk=key).update(ends_on=clock.today() + timedelta(days=1))
        end_follow_up(case.referente, key, "fin_de_mission")
        with pytest.raises((AlreadyEnded, Refused)):
            end_follow_up(case.referente, key, "fin_de_mission")
