"""Entries given to structures and référents: one, several, what is left, what is taken back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.roles import Role
from jalons.access.undo import CannotUndo, said_of, undo
from jalons.journal.models import Event, Notification
from jalons.kernel import clock
from jalons.people.circle import load_circle
from jalons.people.entries.actions.assign import Assignment, Objected, assign_entry
from jalons.people.entries.actions.distribute import (
    MOST,
    Choice,
    Outcome,
    TooMany,
    distribute,
    stamp_of,
)
from jalons.people.entries.actions.progress import close_entry, hold_first_interview
from jalons.people.follow_ups.actions.start_follow_up import NotTheirs
from jalons.people.models import Entry, FollowUp
from jalons.people.tasks import tell_follower, tell_managers
from tests.clients import PURPOSE, client_for
from tests.worlds import (
    a_follow_up,
    a_membership,
    a_person,
    a_territory,
    an_actor,
    an_entry,
    an_objection,
    an_organization,
    within,
)

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """Two members of a consortium, whose dispatcher has three entries to give."""

    territory: Any
    home: Any
    partner: Any
    dispatcher: Actor
    manager: Actor
    first: Actor
    second: Actor
    entries: list[Entry]


@pytest.fixture
def world(db: None) -> World:
    territory = a_territory()
    home = an_organization(territory, "Département", commune="90010")
    partner = an_organization(territory, "CCAS")
    a_membership(home)
    a_membership(partner)
    entries = [waiting(territory, partner, days) for days in (9, 5, 2)]
    return World(
        territory,
        home,
        partner,
        an_actor(partner, Role.DISPATCHER),
        an_actor(home, Role.MANAGER),
        an_actor(home),
        an_actor(home),
        entries,
    )


def waiting(territory: Any, door: Any, days: int = 3, **person: Any) -> Entry:
    received = clock.today() - timedelta(days=days)
    someone = a_person(territory, **person)
    return an_entry(someone, door.pk, received_on=received, opened_on=received)


def to(world: World, account: UUID | None = None) -> Assignment:
    return Assignment(world.home.pk, account, "social", "Proche de chez elle")


def choices(world: World, entries: Sequence[Entry], account: UUID | None = None) -> list[Choice]:
    """As the preview shows them."""
    with within(world.territory.pk):
        return [
            Choice(entry.pk, to(world, account), stamp_of(entry, circle))
            for entry in entries
            if (circle := load_circle(entry.person_id, clock.now()))
        ]


def give(world: World, chosen: list[Choice], actor: Actor | None = None) -> Outcome:
    by = actor or world.dispatcher
    with within(*by.territories, account=by.account):
        return distribute(by, chosen)


def take_back(world: World, event: Event | None, actor: Actor | None = None) -> str:
    by = actor or world.dispatcher
    assert event
    with within(*by.territories, account=by.account):
        return said_of(undo(by, event.pk))


def fresh(entry: Entry) -> Entry:
    with within(entry.territory_id):
        return Entry.objects.get(pk=entry.pk)


def referents(world: World) -> set[tuple[UUID, UUID]]:
    with within(world.territory.pk):
        rows = FollowUp.objects.filter(role="referent", ends_on=None)
        return set(rows.values_list("person", "account"))


def test_one_act_gives_the_entry_and_appoints_the_referent(world: World) -> None:
    entry, account = world.entries[0], world.first.account
    by = world.dispatcher
    with within(*by.territories, account=by.account):
        assign_entry(by, entry.person_id, entry.pk, to(world, account))
    found = fresh(entry)
    assert (found.assigned_to_id, found.assigned_on) == (world.home.pk, clock.today())
    assert (found.orientation_type, found.assign_motive) == ("social", "Proche de chez elle")
    assert referents(world) == {(entry.person_id, account)}


def test_a_referent_is_habilitated_there(world: World) -> None:
    by, entry = world.dispatcher, world.entries[0]
    unable = an_actor(world.home, habilitated_from=None)
    elsewhere = an_actor(world.partner)
    for actor in (unable, elsewhere):
        with within(*by.territories, account=by.account), pytest.raises(NotTheirs):
            assign_entry(by, entry.person_id, entry.pk, to(world, actor.account))
    assert referents(world) == set()


def test_a_second_referent_changes_nothing(world: World) -> None:
    by, entry = world.dispatcher, world.entries[0]
    with within(world.territory.pk):
        a_follow_up(entry.person, world.second, "referent")
    with within(*by.territories, account=by.account), pytest.raises(IntegrityError):
        assign_entry(by, entry.person_id, entry.pk, to(world, world.first.account))
    assert fresh(entry).assigned_on is None


def test_an_objection_to_the_structure_is_respected(world: World) -> None:
    by, entry = world.dispatcher, world.entries[0]
    chosen = choices(world, [entry])
    an_objection(entry.person, organization=world.home)
    with within(*by.territories, account=by.account), pytest.raises(Objected):
        assign_entry(by, entry.person_id, entry.pk, to(world))
    assert give(world, chosen).left == (entry.pk,)


def test_several_are_given_and_taken_back_in_one_click(world: World) -> None:
    outcome = give(world, choices(world, world.entries, world.first.account))
    assert (outcome.given, outcome.left) == (3, ())
    assert len(referents(world)) == 3
    assert take_back(world, outcome.event) == "C’est annulé."
    assert referents(world) == set()
    assert all(fresh(entry).assigned_on is None for entry in world.entries)
    with within(world.territory.pk):
        kinds = list(Event.objects.values_list("kind", flat=True))
    assert kinds.count("people.entry_assigned") == 3
    assert kinds.count("people.entry_assignment_undone") == 3
    with pytest.raises(CannotUndo, match="déjà annulé"):
        take_back(world, outcome.event)


def test_an_undone_assignment_brings_the_previous_one_back(world: World) -> None:
    entry = world.entries[0]
    give(world, choices(world, [entry]))
    again = [
        replace(choice, given=Assignment(world.partner.pk, None, "pro"))
        for choice in choices(world, [fresh(entry)])
    ]
    outcome = give(world, again)
    assert fresh(entry).assigned_to_id == world.partner.pk
    take_back(world, outcome.event)
    found = fresh(entry)
    assert (found.assigned_to_id, found.orientation_type) == (world.home.pk, "social")


def test_what_changed_meanwhile_is_left(world: World) -> None:
    chosen = choices(world, world.entries, world.first.account)
    by, (closed, led, still) = world.dispatcher, world.entries
    with within(*by.territories, account=by.account):
        close_entry(by, closed.person_id, closed.pk, "duplicate")
    a_follow_up(led.person, world.second, "referent")
    outcome = give(world, chosen)
    assert (outcome.given, set(outcome.left)) == (1, {closed.pk, led.pk})
    assert fresh(led).assigned_on is None
    assert fresh(still).assigned_to_id == world.home.pk


def test_two_entries_of_a_person_have_one_referent(world: World) -> None:
    entry = world.entries[0]
    twin = an_entry(entry.person, world.partner.pk)
    outcome = give(world, choices(world, [entry, twin], world.first.account))
    assert (outcome.given, len(outcome.left)) == (1, 1)


def test_what_went_on_since_is_not_taken_back(world: World) -> None:
    outcome = give(world, choices(world, world.entries, world.first.account))
    met, by = fresh(world.entries[0]), world.first
    with within(*by.territories, account=by.account):
        hold_first_interview(by, met.person_id, met.pk, clock.today())
    assert "sauf pour 1 entrée" in take_back(world, outcome.event)
    assert fresh(met).assigned_to_id == world.home.pk
    assert {person for person, _ in referents(world)} == {met.person_id}


def test_nothing_given_is_no_act(world: World) -> None:
    chosen = [replace(choice, stamp="0") for choice in choices(world, world.entries)]
    outcome = give(world, chosen)
    assert (outcome.event, outcome.given, len(outcome.left)) == (None, 0, 3)


def test_an_entry_out_of_sight_is_left(world: World) -> None:
    chosen = choices(world, world.entries)
    for actor in (world.manager, world.first, an_actor(world.partner, Role.COORDINATOR)):
        assert give(world, chosen, actor).given == 0
    stranger = an_actor(an_organization(a_territory()), Role.DISPATCHER)
    assert give(world, chosen, stranger).given == 0


def test_too_many_at_once(world: World) -> None:
    (choice,) = choices(world, world.entries[:1])
    with pytest.raises(TooMany):
        give(world, [choice] * (MOST + 1))


def test_thirty_entries_cost_a_bounded_number_of_queries(world: World) -> None:
    """The lock takes the persons in the order of their keys, whatever that of the choices."""
    more = [waiting(world.territory, world.partner) for _ in range(30)]
    chosen = choices(world, more, world.first.account)
    with CaptureQueriesContext(connection) as few:
        give(world, chosen[:1])
    with CaptureQueriesContext(connection) as many:
        give(world, chosen[:0:-1])
    each = (len(many) - len(few)) / 28
    assert each <= 24, each
    locks = [q["sql"] for q in many.captured_queries if "FOR UPDATE" in str(q["sql"])]
    assert locks[0].startswith('SELECT "people_person"."id"')
    assert "ORDER BY 1 ASC" in locks[0]


# Who is told.


def test_the_referent_and_the_managers_are_told_and_nobody_else(world: World) -> None:
    give(world, choices(world, world.entries[:1], world.first.account))
    key = world.territory.pk
    with within(key):
        events = {event.kind: str(event.pk) for event in Event.objects.all()}
    tell_follower(events["people.follow_up_started"], key)
    tell_managers(events["people.entry_assigned"], key)
    with within(key):
        told = set(Notification.objects.values_list("account", "kind"))
    assert told == {
        (world.first.account, "people.follow_up_started"),
        (world.manager.account, "people.entry_assigned"),
    }


# The pages.


def test_the_list_is_the_oldest_first_and_each_role_s(world: World) -> None:
    names = [f"{entry.person}" for entry in world.entries]
    page = client_for(world.dispatcher).get("/entrees/")
    assert [row.name for row in page.context["rows"]] == names
    assert client_for(world.manager).get("/entrees/").context["rows"] == []
    give(world, choices(world, world.entries[1:2]))
    rows = client_for(world.manager).get("/entrees/").context["rows"]
    assert [row.name for row in rows] == names[1:2]
    assert not rows[0].request
    clerk = an_actor(world.partner, Role.CLERK)
    assert len(client_for(clerk).get("/entrees/").context["rows"]) == 3
    assert client_for(an_actor(world.home, Role.CLERK)).get("/entrees/").context["rows"] == []
    assert client_for(world.first).get("/entrees/").status_code == 404


def test_the_person_s_words_are_the_dispatcher_s(world: World) -> None:
    someone = a_person(world.territory)
    an_entry(someone, world.partner.pk, request="Je cherche un logement.")
    seen = client_for(world.dispatcher).get(f"/personnes/{someone.pk}/entree/")
    assert "Je cherche un logement." in seen.content.decode()
    clerk = an_actor(world.partner, Role.CLERK)
    for path in (f"/personnes/{someone.pk}/entree/", "/entrees/"):
        assert "Je cherche" not in client_for(clerk).get(path).content.decode()


def test_a_hidden_address_is_not_found_by_its_commune(world: World) -> None:
    hidden = waiting(world.territory, world.partner, commune="90010", hidden_address=True)
    client = client_for(world.dispatcher)
    found = client.get("/entrees/", {"lieu": "90010"}).context["rows"]
    assert {row.key for row in found} == {entry.pk for entry in world.entries}
    everybody = client.get("/entrees/").context["rows"]
    assert {row.key: row.commune for row in everybody}[hidden.pk] == ""


def test_a_sensitive_structure_is_not_named(world: World) -> None:
    shelter = an_organization(world.territory, "CHRS Les Acacias", sensitive=True)
    an_entry(a_person(world.territory), shelter.pk, assigned_to=shelter, assigned_on=clock.today())
    page = client_for(world.dispatcher).get("/entrees/", {"etat": "toutes"}).content.decode()
    assert "Acacias" not in page
    clerk = an_actor(shelter, Role.CLERK)
    assert "Acacias" in client_for(clerk).get("/entrees/").content.decode()


def test_the_list_costs_a_fixed_number_of_queries(world: World) -> None:
    client = client_for(world.dispatcher)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get("/entrees/")
        counts.append(len(seen))
        for _ in range(6):
            waiting(world.territory, world.partner)
    assert counts[0] == counts[1] <= 22


def test_the_export_is_the_screen(world: World) -> None:
    client = client_for(world.dispatcher)
    response: Any = client.post(
        "/entrees/export/", PURPOSE | {"format": "csv", "etat": "a-attribuer"}
    )
    rows = response.getvalue().decode("utf-8-sig").split("\r\n\r\n")[0].splitlines()[1:]
    assert len(rows) == 3
    assert "Je cherche" not in str(rows)
    assert client.post("/entrees/export/", {"format": "exe"}).status_code == 404


def test_one_entry_from_its_page(world: World) -> None:
    client, entry = client_for(world.dispatcher), world.entries[0]
    path = f"/personnes/{entry.person_id}/entree/"
    page = client.get(path)
    (best, *_), _ = [one for one, _, _ in page.context["suggested"]], None
    assert best.organization == world.home.pk
    assert "même commune" in page.content.decode()
    data = {
        "entry": entry.pk,
        "structure": world.home.pk,
        "professional": best.key,
        "orientation_type": "social",
    }
    assert client.post(path, data | {"orientation_type": ""}).status_code == 422
    assert client.post(path, data | {"structure": world.partner.pk}).status_code == 422
    assert client.post(path, data).status_code == 302
    assert referents(world) == {(entry.person_id, best.key)}


def test_only_members_are_proposed(world: World) -> None:
    an_organization(world.territory, "Ancienne structure")
    left = an_organization(world.territory, "Partie")
    a_membership(left, ends_on=clock.today())
    page = client_for(world.dispatcher).get(f"/personnes/{world.entries[0].person_id}/entree/")
    choices = [label for _, label in page.context["form"].fields["structure"].choices]
    assert not [label for label in choices if "Ancienne" in label or "Partie" in label]


def prepared(world: World, mode: str = "referent") -> dict[str, Any]:
    return {
        "entry": [str(entry.pk) for entry in world.entries],
        "structure": [str(world.home.pk)],
        "mode": mode,
        "orientation_type": "social",
        "motive": "",
    }


def sent_back(page: Any) -> dict[str, Any]:
    return {
        "choice": [row.value for row in page.context["possible"]],
        "orientation_type": "social",
        "motive": "",
    }


def test_a_preview_writes_nothing_then_the_confirmation_does_it(world: World) -> None:
    client = client_for(world.dispatcher)
    page = client.post("/entrees/repartition/", prepared(world))
    assert sorted(end.after for end in page.context["ends"]) == [1, 2]
    assert referents(world) == set()
    answer = client.post("/entrees/repartition/confirmer/", sent_back(page), follow=True)
    assert "3\u00a0entrées attribuées" in answer.content.decode()
    assert len(referents(world)) == 3
    (undo_path,) = re.findall(r'action="(/annuler/[^"]+)"', answer.content.decode())
    client.post(undo_path)
    assert referents(world) == set()


def test_among_the_professionals_that_are_ticked(world: World) -> None:
    client = client_for(world.dispatcher)
    data = prepared(world) | {"professional": [str(world.first.mandate)]}
    page = client.post("/entrees/repartition/", data)
    assert {row.place[1] for row in page.context["planned"]} == {world.first.account}


def test_what_changed_since_the_preview_is_named(world: World) -> None:
    client = client_for(world.dispatcher)
    page = client.post("/entrees/repartition/", prepared(world, "structure"))
    a_follow_up(world.entries[0].person, world.second, "referent")
    answer = client.post("/entrees/repartition/confirmer/", sent_back(page))
    (left,) = answer.context["rows"]
    assert left.key == world.entries[0].pk
    assert str(world.entries[0].person) in answer.content.decode()


def test_warnings_of_the_preview(world: World) -> None:
    led, objecting, _ = world.entries
    a_follow_up(led.person, world.second, "referent")
    an_objection(objecting.person, organization=world.home)
    page = client_for(world.dispatcher).post("/entrees/repartition/", prepared(world))
    rows = {row.line.key: row for row in page.context["planned"]}
    assert rows[led.pk].warnings == ("A déjà un référent",)
    assert rows[led.pk].place == (world.home.pk, None)
    assert rows[objecting.pk].place is None


@pytest.mark.parametrize("keys", [[], ["n'importe quoi"]])
def test_nothing_chosen_is_said(world: World, keys: list[str]) -> None:
    answer = client_for(world.dispatcher).post("/entrees/repartition/", {"entry": keys})
    assert answer.status_code == 422
    assert "Aucune entrée choisie" in answer.content.decode()


@pytest.mark.parametrize("choice", ["", "a.b", "a.b.c.d"])
def test_an_unreadable_confirmation(world: World, choice: str) -> None:
    client = client_for(world.dispatcher)
    assert client.post("/entrees/repartition/confirmer/", {"choice": choice}).status_code == 400


def test_closing_then_undoing(world: World) -> None:
    client, entry = client_for(world.dispatcher), world.entries[0]
    path = f"/personnes/{entry.person_id}/entree/cloture/"
    assert client.post(path, {"motive": "sans"}).status_code == 422
    page = client.post(path, {"motive": "duplicate"}, follow=True)
    assert fresh(entry).close_motive == "duplicate"
    assert client.get(path).status_code == 404
    (undo_path,) = re.findall(r'action="(/annuler/[^"]+)"', page.content.decode())
    client.post(undo_path)
    assert fresh(entry).closed_on is None


def test_the_first_interview_is_noted_by_the_referent(world: World) -> None:
    entry = world.entries[0]
    give(world, choices(world, [entry], world.first.account))
    client = client_for(world.first)
    path = f"/personnes/{entry.person_id}/premier-entretien/"
    assert path in client.get(f"/personnes/{entry.person_id}/").content.decode()
    tomorrow = clock.today() + timedelta(days=1)
    assert client.post(path, {"held_on": tomorrow}).status_code == 422
    assert client.post(path, {"held_on": clock.today()}).status_code == 302
    assert fresh(entry).first_interview_on == clock.today()
    assert client.get(path).status_code == 404
    with pytest.raises(Refused), within(world.territory.pk, account=world.second.account):
        hold_first_interview(world.second, entry.person_id, entry.pk, clock.today())


def test_a_sensitive_structure_is_no_choice_but_for_its_own_people(world: World) -> None:
    shelter = an_organization(world.territory, "CHRS Les Acacias", sensitive=True)
    a_membership(shelter)
    path = f"/personnes/{world.entries[0].person_id}/entree/"
    for actor, named in (
        (world.dispatcher, False),
        (an_actor(shelter, Role.DISPATCHER), True),
    ):
        assert ("Acacias" in client_for(actor).get(path).content.decode()) is named
