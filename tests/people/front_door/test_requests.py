"""Asking to follow a known person: nothing opens before somebody accepts."""

from typing import Any
from uuid import UUID

import pytest

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, decide
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.roles import Role
from jalons.access.transitions import Impossible
from jalons.journal.models import Event, Notification
from jalons.kernel import clock
from jalons.people.circle import load_circle
from jalons.people.follow_ups.actions.end_follow_up import end_follow_up
from jalons.people.front_door.actions.answer_request import (
    GoneMeanwhile,
    accept_request,
    refuse_request,
    withdraw_request,
)
from jalons.people.front_door.actions.ask_to_follow import (
    AlreadyAsked,
    AlreadyFollowing,
    Asked,
    ask_to_follow,
)
from jalons.people.front_door.queries import own_requests, requests_to_answer, with_typed
from jalons.people.front_door.typed import Typed
from jalons.people.models import Entry, FollowRequest, FollowUp
from jalons.people.tasks import tell_author, tell_referent
from tests.clients import client_for
from tests.worlds import Case, a_case, a_follow_up, an_actor, within, written_over

pytestmark = pytest.mark.django_db

TYPED = Typed("Vasseur", "Élodie")
ASKED = Asked("Elle vient au point d’accueil.", TYPED, "Retrouver un emploi.")


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def ask(case: Case, actor: Actor) -> UUID:
    with as_(actor):
        event = ask_to_follow(actor, case.person.pk, ASKED)
    assert event.object_key
    return event.object_key


def reads(actor: Actor, case: Case, level: Level = Level.IDENTITY) -> bool:
    with as_(actor):
        circle = load_circle(case.person.pk, clock.now())
    assert circle
    return bool(decide(actor, READ, circle, level))


def test_a_request_opens_nothing(case: Case) -> None:
    clerk = case.others[Role.CLERK]
    for actor in (case.partenaire, clerk):
        ask(case, actor)
        assert not reads(actor, case)
    with within(case.territory.pk):
        assert {row.opened_on for row in Entry.objects.all()} == {None}


def test_the_referent_accepts_and_the_practitioner_follows(case: Case) -> None:
    key = ask(case, case.partenaire)
    with as_(case.referente):
        assert [row.pk for row in requests_to_answer(case.referente)] == [key]
        accept_request(case.referente, key, "Avec plaisir.")
    assert reads(case.partenaire, case, Level.SHARED)
    with as_(case.partenaire):
        (follow_up,) = FollowUp.objects.filter(account=case.partenaire.account)
        assert (follow_up.role, follow_up.motive) == ("intervenant", "request_accepted")
        entry = Entry.objects.get()
        assert (entry.opened_on, entry.assigned_to_id) == (clock.today(), case.partner.pk)
        (own,) = with_typed(list(own_requests(case.partenaire)))
        assert (own.typed, own.row.answer, own.row.words) == (TYPED, "accepted", "Avec plaisir.")


def test_for_a_clerk_the_entry_opens(case: Case) -> None:
    clerk = case.others[Role.CLERK]
    key = ask(case, clerk)
    with as_(case.referente):
        accept_request(case.referente, key)
    assert reads(clerk, case)
    assert not reads(clerk, case, Level.SHARED)
    with within(case.territory.pk):
        assert not FollowUp.objects.filter(account=clerk.account).exists()


def test_a_refusal_is_explained_and_opens_nothing(case: Case) -> None:
    key = ask(case, case.partenaire)
    with as_(case.referente):
        refuse_request(case.referente, key, "La personne ne le souhaite pas.")
        with pytest.raises(Refused):
            accept_request(case.referente, key)
    assert not reads(case.partenaire, case)
    with within(case.territory.pk):
        entry = Entry.objects.get()
        assert (entry.closed_on, entry.opened_on) == (clock.today(), None)
    ask(case, case.partenaire)


def test_one_takes_one_s_own_request_back(case: Case) -> None:
    key = ask(case, case.partenaire)
    with as_(case.collegue), pytest.raises(Refused):
        withdraw_request(case.collegue, key)
    with as_(case.partenaire):
        withdraw_request(case.partenaire, key)
        with pytest.raises(Impossible):
            withdraw_request(case.partenaire, key)
    with as_(case.referente), pytest.raises(Refused):
        accept_request(case.referente, key)


def test_one_request_at_a_time(case: Case) -> None:
    ask(case, case.partenaire)
    with pytest.raises(AlreadyAsked):
        ask(case, case.partenaire)
    with pytest.raises(AlreadyFollowing):
        ask(case, case.referente)


def test_a_protected_person_is_not_asked_for() -> None:
    case = a_case(protected=True)
    with pytest.raises(Refused):
        ask(case, case.partenaire)
    answer = client_for(case.partenaire).get(f"/personnes/{case.person.pk}/demander-a-suivre/")
    assert answer.status_code == 404


def test_only_the_referent_answers(case: Case) -> None:
    key = ask(case, case.partenaire)
    third = an_actor(case.home)
    a_follow_up(case.person, third)
    manager = an_actor(case.home, Role.MANAGER)
    for actor in (third, manager, case.collegue, case.partenaire, case.others[Role.DISPATCHER]):
        with as_(actor), pytest.raises(Refused):
            accept_request(actor, key)


def test_without_a_referent_the_manager_answers_then_the_dispatcher(case: Case) -> None:
    key = ask(case, case.partenaire)
    third, manager = an_actor(case.home), an_actor(case.home, Role.MANAGER)
    dispatcher = case.others[Role.DISPATCHER]
    helping = a_follow_up(case.person, third)
    with as_(case.referente):
        (mine,) = FollowUp.objects.filter(account=case.referente.account)
        end_follow_up(case.referente, mine.pk, "fin_de_mission")
    with as_(dispatcher):
        assert requests_to_answer(dispatcher) == []
    with as_(manager):
        assert [row.pk for row in requests_to_answer(manager)] == [key]
    with as_(third):
        end_follow_up(third, helping.pk, "fin_de_mission")
    with as_(manager):
        assert requests_to_answer(manager) == []
    with as_(dispatcher):
        assert [row.pk for row in requests_to_answer(dispatcher)] == [key]
        accept_request(dispatcher, key)
    assert reads(case.partenaire, case)


def test_nobody_is_let_in_who_left_meanwhile(case: Case) -> None:
    key = ask(case, case.partenaire)
    written_over(case.partenaire.mandate)
    with as_(case.referente), pytest.raises(GoneMeanwhile):
        accept_request(case.referente, key)


def test_the_referent_then_the_author_are_told(case: Case) -> None:
    key = ask(case, case.partenaire)
    with within(case.territory.pk):
        asked = Event.objects.get(kind="people.follow_requested")
    tell_referent(str(asked.pk), case.territory.pk)
    with as_(case.referente):
        accept_request(case.referente, key)
    with within(case.territory.pk):
        answered = Event.objects.get(kind="people.follow_request_accepted")
    tell_author(str(answered.pk), case.territory.pk)
    with as_(case.referente):
        told = list(Notification.objects.values_list("account", "kind"))
    assert told == [(case.referente.account, asked.kind)] or set(told) == {
        (case.referente.account, asked.kind),
        (case.partenaire.account, answered.kind),
    }


def test_the_pages_from_the_masked_line_to_the_answer(case: Case) -> None:
    asking, answering = client_for(case.partenaire), client_for(case.referente)
    page = asking.get(f"/personnes/{case.person.pk}/demander-a-suivre/")
    assert "Élodie" not in page.content.decode()
    sent = asking.post(
        f"/personnes/{case.person.pk}/demander-a-suivre/",
        {"reason": "Elle vient à notre point d’accueil."},
    )
    assert sent.headers["Location"] == "/demandes-a-suivre/"
    assert "Élodie" not in asking.get("/demandes-a-suivre/").content.decode()
    waiting = answering.get("/demandes-a-suivre/").content.decode()
    assert "Élodie" in waiting
    assert "notre point d’accueil" in waiting
    with within(case.territory.pk):
        key = FollowRequest.objects.get().pk
    refused = answering.post(
        f"/demandes-a-suivre/{key}/reponse/", {"answer": "refuse"}, follow=True
    )
    assert "Expliquez votre refus" in refused.content.decode()
    answering.post(f"/demandes-a-suivre/{key}/reponse/", {"answer": "accept"})
    assert asking.get(f"/personnes/{case.person.pk}/").status_code == 200
