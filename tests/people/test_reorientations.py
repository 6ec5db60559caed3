"""A réorientation: who asks, who decides, what it does, who goes on reading it."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db.models import Value

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.roles import Role
from jalons.access.transitions import WORKFLOWS, Impossible
from jalons.journal import events
from jalons.journal.models import Event, Notification
from jalons.kernel import clock
from jalons.people.attention import reorientation_unanswered
from jalons.people.circle import load_circle
from jalons.people.follow_ups.actions.end_follow_up import end_follow_up
from jalons.people.follow_ups.actions.hand_over import Objected, Successor
from jalons.people.models import FollowUp, Person, Reorientation
from jalons.people.reorientations.actions.ask import (
    AlreadyAsked,
    Request,
    ask_reorientation,
    withdraw_reorientation,
)
from jalons.people.reorientations.actions.decide import (
    Orientation,
    accept_reorientation,
    refuse_reorientation,
)
from jalons.people.reorientations.rules import REORIENTATION, reorientation_state
from jalons.people.tasks import tell_author, tell_dispatchers
from tests.clients import client_for
from tests.worlds import (
    Case,
    a_case,
    a_membership,
    an_objection,
    within,
)

pytestmark = pytest.mark.django_db

STATES = ("asked", "accepted", "refused", "withdrawn")


@pytest.fixture
def case(db: None) -> Case:
    found = a_case()
    a_membership(found.home)
    a_membership(found.partner)
    return found


def asked(case: Case, by: Actor | None = None, **said: Any) -> Reorientation:
    actor = by or case.referente
    with within(*actor.territories, account=actor.account):
        return ask_reorientation(actor, case.person.pk, Request(**{"motive": "blocked"} | said))


def to(actor: Actor) -> Orientation:
    assert actor.account
    assert actor.organization
    return Orientation("pro", Successor(actor.account, actor.organization))


def accept(case: Case, row: Reorientation, actor: Actor | None = None) -> Event:
    by = actor or case.others[Role.DISPATCHER]
    with within(*by.territories, account=by.account):
        return accept_reorientation(by, row.pk, to(case.partenaire), "D’accord.")


def refuse(case: Case, row: Reorientation, actor: Actor | None = None) -> Event:
    by = actor or case.others[Role.DISPATCHER]
    with within(*by.territories, account=by.account):
        return refuse_reorientation(by, row.pk, "Le suivi commence à peine.")


def withdraw(case: Case, row: Reorientation, actor: Actor | None = None) -> Event:
    by = actor or case.referente
    with within(*by.territories, account=by.account):
        return withdraw_reorientation(by, row.pk)


ACTS = {"accept": accept, "refuse": refuse, "withdraw": withdraw}


def in_state(case: Case, state: str) -> Reorientation:
    row = asked(case)
    if state != "asked":
        {"accepted": accept, "refused": refuse, "withdrawn": withdraw}[state](case, row)
    return row


def state_of(case: Case, row: Reorientation) -> str:
    with within(case.territory.pk):
        row.refresh_from_db()
    return reorientation_state(row.decided_on, row.outcome, row.withdrawn_on)


def test_the_workflow_is_registered() -> None:
    assert WORKFLOWS["reorientation"] is REORIENTATION
    assert tuple(REORIENTATION.states) == STATES


@pytest.mark.parametrize(("state", "act"), list(product(STATES[1:], ACTS)))
def test_a_request_is_closed_once(case: Case, state: str, act: str) -> None:
    row = in_state(case, state)
    with pytest.raises(Impossible):
        ACTS[act](case, row)
    assert state_of(case, row) == state


@pytest.mark.parametrize("act", ACTS)
def test_who_decides_and_who_withdraws(case: Case, act: str) -> None:
    row = asked(case)
    others = [case.collegue, case.partenaire, case.etrangere, *case.others.values()]
    may = case.referente if act == "withdraw" else case.others[Role.DISPATCHER]
    others += [case.referente]
    for actor in [one for one in others if one != may]:
        with pytest.raises(Refused):
            ACTS[act](case, row, actor)
    assert state_of(case, row) == "asked"


def test_accepted_the_relay_is_done(case: Case) -> None:
    row = asked(case)
    accept(case, row)
    assert state_of(case, row) == "accepted"
    assert (row.decided_type, row.decided_organization_id) == ("pro", case.partner.pk)
    with within(case.territory.pk):
        circle = load_circle(case.person.pk, clock.now())
    assert circle
    assert circle.referent
    assert circle.referent.account == case.partenaire.account
    assert not circle.reorientation
    assert {one.account for one in circle.followers if one.read_only} == {case.referente.account}


def test_the_first_referent_may_come_by_it(case: Case) -> None:
    row = asked(case)
    with within(case.territory.pk, account=case.referente.account):
        key = FollowUp.objects.get(account=case.referente.account).pk
        end_follow_up(case.referente, key, "moved")
    accept(case, row)
    with within(case.territory.pk):
        found = FollowUp.objects.get(role="referent", ends_on=None)
    assert found.account_id == case.partenaire.account


def test_an_objection_stops_it(case: Case) -> None:
    row = asked(case)
    an_objection(case.person, organization=case.partner)
    case.others[Role.DISPATCHER] = replace(case.others[Role.DISPATCHER], organization=case.home.pk)
    with pytest.raises(Objected):
        accept(case, row)
    assert state_of(case, row) == "asked"


def test_one_request_at_a_time_by_those_who_follow(case: Case) -> None:
    for actor in (case.collegue, case.partenaire, *case.others.values()):
        with pytest.raises(Refused):
            asked(case, actor)
    first = asked(case)
    with pytest.raises(AlreadyAsked):
        asked(case)
    withdraw(case, first)
    asked(case)


def test_the_dispatcher_reads_the_person_while_it_waits(case: Case) -> None:
    client = client_for(case.others[Role.DISPATCHER])
    path = f"/personnes/{case.person.pk}/"
    assert client.get(path).status_code == 404
    row = asked(case)
    assert client.get(path).status_code == 200
    refuse(case, row)
    assert client.get(path).status_code == 404


def test_a_protected_person_is_not_shown_to_the_dispatcher(case: Case) -> None:
    row = asked(case)
    client = client_for(case.referente)
    client.post(f"/personnes/{case.person.pk}/protection/", {"protected": "1"})
    dispatcher = client_for(case.others[Role.DISPATCHER])
    assert dispatcher.get("/reorientations/").context["rows"] == []
    assert dispatcher.get(f"/reorientations/{row.pk}/").status_code == 404
    assert dispatcher.get(f"/personnes/{case.person.pk}/").status_code == 404


def test_whoever_asked_reads_the_answer_even_once_out(case: Case) -> None:
    row = asked(case, words="Elle veut changer de métier.")
    with within(case.territory.pk, account=case.referente.account):
        key = FollowUp.objects.get(account=case.referente.account).pk
        end_follow_up(case.referente, key, "moved")
    refuse(case, row)
    client = client_for(case.referente)
    assert client.get(f"/personnes/{case.person.pk}/").status_code == 404
    page = client.get(f"/reorientations/{row.pk}/").content.decode()
    assert "Le suivi commence à peine." in page
    assert case.person.family_name not in page
    (line,) = client.get("/reorientations/").context["rows"]
    assert (line.state, line.named) == ("Refusée", False)
    for actor in (case.collegue, case.partenaire):
        assert client_for(actor).get(f"/reorientations/{row.pk}/").status_code == 404


def test_from_the_dossier_to_the_answer(case: Case) -> None:
    asker, dispatcher = client_for(case.referente), client_for(case.others[Role.DISPATCHER])
    path = f"/personnes/{case.person.pk}/reorientation/"
    assert asker.post(path, {}).status_code == 422
    data = {"motive": "blocked", "words": "", "wished_organization": str(case.partner.pk)}
    assert asker.post(path, data).status_code == 302
    assert asker.post(path, data).status_code == 422
    (line,) = dispatcher.get("/reorientations/").context["rows"]
    page = f"/reorientations/{line.row.pk}/"
    seen = dispatcher.get(page, {"structure": str(case.partner.pk)})
    assert str(case.partenaire.account) in seen.content.decode()
    decision = page + "decision/"
    assert dispatcher.post(decision, {"refuse": "1"}).status_code == 422
    data = {"structure": str(case.partner.pk), "decided_type": "pro"}
    assert dispatcher.post(decision, data).status_code == 422
    data["professional"] = str(case.partenaire.account)
    assert dispatcher.post(decision, data).status_code == 302
    assert dispatcher.get("/reorientations/").context["rows"] == []
    assert "Acceptée" in asker.get("/reorientations/").content.decode()


def test_who_is_told(case: Case) -> None:
    row, key = asked(case), case.territory.pk
    refuse(case, row)
    with within(key):
        events = {event.kind: str(event.pk) for event in Event.objects.all()}
    tell_dispatchers(events["people.reorientation_asked"], key)
    tell_author(events["people.reorientation_refused"], key)
    with within(key):
        told = set(Notification.objects.values_list("account", "kind"))
    assert told == {
        (case.others[Role.DISPATCHER].account, "people.reorientation_asked"),
        (case.referente.account, "people.reorientation_refused"),
    }


@pytest.mark.parametrize(("days", "late"), [(6, False), (7, True), (30, True)])
def test_it_is_late_after_its_threshold(case: Case, days: int, late: bool) -> None:
    row = asked(case)
    with within(case.territory.pk):
        events.append("people.reorientation_asked", territory=case.territory.pk)
        asked_on = clock.today() - timedelta(days=days)
        Reorientation.objects.filter(pk=row.pk).update(asked_on=asked_on)
        found = reorientation_unanswered(clock.today(), Value(7))
        assert found.filter(person__in=Person.objects.all()).exists() is late
