"""Correcting an identity: at once, or proposed to the référent, who answers field by field."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.roles import Role
from jalons.access.transitions import Impossible
from jalons.accounts.models import Account
from jalons.journal import events
from jalons.journal.models import Event, Notification
from jalons.journal.payloads import disclose
from jalons.kernel import clock
from jalons.people.identity.actions.answer_change import answer_change, withdraw_change
from jalons.people.identity.actions.correct_identity import Conflict, Outcome, correct_identity
from jalons.people.identity.actions.discretion import hide_address
from jalons.people.identity.fields import values_of
from jalons.people.identity.forms import told as hidden
from jalons.people.identity.proposals import read
from jalons.people.models import Person, ProposedChange
from jalons.people.tasks import tell_author, tell_referent
from tests.clients import client_for
from tests.worlds import (
    Case,
    a_case,
    a_follow_up,
    a_proposed_change,
    an_actor,
    an_entry,
    an_organization,
    within,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    """The département gave the birth date, nobody knows who gave the rest; the CCAS follows too."""
    case = a_case(birth_date=date(1990, 5, 17))
    a_follow_up(case.person, case.partenaire)
    given = {"birth_date": [str(case.home.pk), "2026-01-05"]}
    with as_(case.referente):
        events.append("people.person_changed", territory=case.territory.pk)
        Person.objects.filter(pk=case.person.pk).update(sources=given)
    return case


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def row(case: Case) -> Person:
    with as_(case.referente):
        return Person.objects.get(pk=case.person.pk)


def corrected(actor: Actor, case: Case, **values: Any) -> Outcome:
    with as_(actor):
        seen = values_of(Person.objects.get(pk=case.person.pk))
        return correct_identity(actor, case.person.pk, seen | values, seen)


def proposal(case: Case) -> ProposedChange:
    with as_(case.referente):
        return ProposedChange.objects.get()


def told(case: Case) -> set[UUID]:
    with as_(case.referente):
        return set(Notification.objects.values_list("account", flat=True))


def test_a_name_is_corrected_at_once_and_found_again(case: Case) -> None:
    outcome = corrected(case.partenaire, case, family_name="Le Goff", birth_name="Vasseur")
    assert set(outcome.changed) == {"family_name", "birth_name"}
    person = row(case)
    assert person.sort_key == "le goff elodie"
    assert {"goff", "vasseur", "elodie"} <= set(person.names)
    today = clock.today().isoformat()
    assert person.sources["family_name"] == [str(case.partner.pk), today]
    with as_(case.referente):
        event = Event.objects.filter(kind="people.person_changed").latest("position")
        content = disclose(event)
    assert content
    assert content.level == "identity"
    assert content.data["values"]["birth_name"] == ["", "Vasseur"]


@pytest.mark.parametrize("who", ["référente", "giver", "another institution"])
def test_who_changes_a_value_that_an_institution_gave(case: Case, who: str) -> None:
    clerk = an_actor(case.home, Role.CLERK)
    actor = {"référente": case.referente, "giver": clerk}.get(who, case.partenaire)
    outcome = corrected(actor, case, birth_date="1991-05-17")
    at_once = who != "another institution"
    assert outcome == Outcome(*((("birth_date",), ()) if at_once else ((), ("birth_date",))))
    assert row(case).birth_date == date(1991 if at_once else 1990, 5, 17)
    with as_(case.referente):
        assert ProposedChange.objects.exists() is not at_once


def test_nobody_waits_for_an_answer_that_nobody_would_give(case: Case) -> None:
    """Without a follower, the door where the person waits corrects them."""
    door = an_actor(an_organization(case.territory), Role.CLERK)
    an_entry(case.person, door.organization)
    with as_(case.referente):
        events.append("people.follow_up_ended", territory=case.territory.pk)
        case.person.follow_ups.update(ends_on=clock.today())
    assert corrected(door, case, birth_date="1991-05-17").changed == ("birth_date",)


def test_a_clerk_neither_reads_nor_writes_what_is_shared(case: Case) -> None:
    clerk = an_actor(case.home, Role.CLERK)
    with as_(clerk), pytest.raises(Refused):
        correct_identity(clerk, case.person.pk, {"household": "couple"}, {})
    assert corrected(case.referente, case, household="single_parent", children=2).changed
    page = client_for(clerk).get(f"/personnes/{case.person.pk}/").content.decode()
    assert "Composition du foyer" not in page


def test_two_persons_who_correct_at_once_see_both_versions(case: Case) -> None:
    seen = values_of(row(case))
    corrected(case.referente, case, given_name="Élodye")
    with as_(case.partenaire), pytest.raises(Conflict) as conflict:
        correct_identity(case.partenaire, case.person.pk, seen | {"given_name": "Elodie"}, seen)
    assert conflict.value.current == {"given_name": "Élodye"}
    assert row(case).given_name == "Élodye"


def test_the_page_of_a_conflict_loses_nothing(case: Case) -> None:
    address = f"/personnes/{case.person.pk}/corriger/"
    client = client_for(case.partenaire)
    form = client.get(address).context["form"]
    sent = {name: form.initial.get(name) or "" for name in form.fields} | {"given_name": "Elodie"}
    corrected(case.referente, case, given_name="Élodye")
    again = client.post(address, sent)
    assert again.status_code == 422
    page = again.content.decode()
    assert "Élodye" in page
    assert 'value="Elodie"' in page
    second = sent | {"seen": again.context["form"].data["seen"]}
    assert client.post(address, second).status_code == 302
    assert row(case).given_name in {"Elodie", "Élodye"}


def test_an_answer_field_by_field(case: Case) -> None:
    change = a_proposed_change(
        case.person, case.partenaire, birth_date="1991-05-17", given_name="Elodie"
    )
    with as_(case.referente):
        event = answer_change(case.referente, change.pk, ["birth_date"], "Le prénom est juste.")
    person = row(case)
    assert (person.birth_date, person.given_name) == (date(1991, 5, 17), "Élodie")
    assert person.sources["birth_date"][0] == str(case.partner.pk)
    answered = proposal(case)
    assert answered.state == "accepted"
    assert read(answered).accepted == ["birth_date"]
    tell_author(str(event.pk), case.territory.pk)
    assert told(case) == {case.partenaire.account}
    page = client_for(case.partenaire).get(f"/personnes/{case.person.pk}/").content.decode()
    assert "Le prénom est juste." in page
    with as_(case.referente), pytest.raises(Impossible):
        answer_change(case.referente, change.pk, ["given_name"])


def test_a_value_that_changed_meanwhile_is_not_lost(case: Case) -> None:
    change = a_proposed_change(case.person, case.partenaire, birth_date="1991-05-17")
    seen = {"birth_date": "1990-05-17"}
    corrected(case.referente, case, birth_date="1992-05-17")
    with as_(case.referente), pytest.raises(Conflict):
        answer_change(case.referente, change.pk, ["birth_date"], "", seen)
    assert row(case).birth_date == date(1992, 5, 17)
    client = client_for(case.referente)
    page = client.get(f"/corrections/{change.pk}/").content.decode()
    for year in ("17 mai 1990", "17 mai 1991", "17 mai 1992"):
        assert year in page.replace("\u00a0", " ")
    sent = {"birth_date": "replace", "words": "", "seen": hidden({"birth_date": "1992-05-17"})}
    assert client.post(f"/corrections/{change.pk}/", sent).status_code == 302
    assert row(case).birth_date == date(1991, 5, 17)


def test_who_answers_and_who_is_told(case: Case) -> None:
    corrected(case.partenaire, case, birth_date="1991-05-17")
    with as_(case.referente):
        event = Event.objects.get(kind="people.change_proposed")
    tell_referent(str(event.pk), case.territory.pk)
    assert told(case) == {case.referente.account}
    change = proposal(case)
    for actor in (case.partenaire, case.collegue, an_actor(case.partner, Role.MANAGER)):
        with as_(actor), pytest.raises(Refused):
            answer_change(actor, change.pk, ["birth_date"])
    manager = an_actor(case.home, Role.MANAGER)
    with as_(manager):
        assert answer_change(manager, change.pk, []).kind == "people.change_refused"
    assert row(case).birth_date == date(1990, 5, 17)


def test_an_author_takes_their_proposal_back(case: Case) -> None:
    change = a_proposed_change(case.person, case.partenaire, given_name="Elodie")
    with as_(case.referente), pytest.raises(Refused):
        withdraw_change(case.referente, change.pk)
    with as_(case.partenaire):
        withdraw_change(case.partenaire, change.pk)
        with pytest.raises(Impossible):
            withdraw_change(case.partenaire, change.pk)
    assert proposal(case).state == "withdrawn"


def test_a_hidden_commune_is_corrected_by_its_readers_only(case: Case) -> None:
    with as_(case.referente):
        events.append("people.person_changed", territory=case.territory.pk)
        Person.objects.filter(pk=case.person.pk).update(hidden_address=True)
    with as_(case.partenaire), pytest.raises(Refused):
        correct_identity(case.partenaire, case.person.pk, {"commune": "90004"}, {})
    page = client_for(case.partenaire).get(f"/personnes/{case.person.pk}/corriger/")
    assert "commune" not in page.context["form"].fields
    assert b"90010" not in page.content


def test_its_readers_correct_it_without_seeing_it_in_the_form(case: Case) -> None:
    with as_(case.referente):
        hide_address(case.referente, case.person.pk, hidden=True)
    address = f"/personnes/{case.person.pk}/corriger/"
    client = client_for(case.referente)
    page = client.get(address)
    form = page.context["form"]
    assert b"90010" not in page.content
    sent = {name: form.initial.get(name) or "" for name in form.fields}
    assert client.post(address, sent).status_code == 302
    assert row(case).commune == "90010"
    assert client.post(address, sent | {"commune": "Andelnans"}).status_code == 302
    assert row(case).commune == "90001"
    with as_(case.referente):
        told = [disclose(event) for event in Event.objects.filter(kind="people.person_changed")]
    assert {content.level for content in told if content} == {"sealed"}


def test_a_sensitive_structure_is_named_to_the_referente_only(case: Case) -> None:
    sensitive = an_actor(an_organization(case.territory, "CIDFF des Trois Maisons", sensitive=True))
    a_follow_up(case.person, sensitive)
    change = a_proposed_change(case.person, sensitive, given_name="Elodie")
    author = Account.objects.get(pk__in=[sensitive.account]).full_name
    for actor, named in ((case.referente, True), (an_actor(case.home, Role.MANAGER), False)):
        for address in (f"/personnes/{case.person.pk}/", f"/corrections/{change.pk}/"):
            page = client_for(actor).get(address).content.decode()
            assert "Correction" in page
            assert [word in page for word in ("Trois Maisons", author)] == [named, named]
