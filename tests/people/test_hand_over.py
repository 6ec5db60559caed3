"""A référent leaves: one active référent at all times, an overlap that ends by itself, an undo."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, decide
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.roles import Role
from jalons.access.undo import CannotUndo, undo
from jalons.kernel import clock
from jalons.people.circle import load_circle
from jalons.people.follow_ups.actions.end_follow_up import end_follow_up
from jalons.people.follow_ups.actions.hand_over import (
    NothingToHandOver,
    Objected,
    Relay,
    Successor,
    hand_over,
    hand_over_many,
)
from jalons.people.follow_ups.actions.start_follow_up import NotTheirs
from jalons.people.models import FollowUp, SealedReader
from tests.clients import client_for
from tests.worlds import (
    Case,
    a_case,
    a_follow_up,
    a_membership,
    a_person,
    a_sealed_status,
    a_setting,
    an_actor,
    an_objection,
    within,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    found = a_case()
    a_membership(found.home)
    a_membership(found.partner)
    found.others[Role.MANAGER] = an_actor(found.home, Role.MANAGER)
    return found


def to(actor: Actor) -> Successor:
    assert actor.account
    assert actor.organization
    return Successor(actor.account, actor.organization)


def passed(case: Case, to_whom: Actor, by: Actor | None = None) -> Any:
    actor = by or case.referente
    with within(*actor.territories, account=actor.account):
        return hand_over(actor, case.person.pk, to(to_whom))


def running(case: Case) -> set[tuple[UUID, str, bool]]:
    """Who follows today, as what."""
    with within(case.territory.pk):
        circle = load_circle(case.person.pk, clock.now())
        assert circle
        return {(one.account, one.role, one.read_only) for one in circle.followers}


def test_the_former_reads_until_the_end_of_the_overlap(case: Case) -> None:
    passed(case, case.collegue)
    former = case.referente.account
    assert running(case) == {
        (case.collegue.account, "referent", False),
        (former, "intervenant", True),
    }
    with within(case.territory.pk):
        overlap = FollowUp.objects.get(read_only=True)
        ended = FollowUp.objects.get(account=former, role="referent")
    assert overlap.ends_on == clock.today() + timedelta(days=15)
    assert (overlap.motive, overlap.end_reason) == ("handover_overlap", "overlap_over")
    assert (ended.ends_on, ended.end_reason) == (clock.today(), "handover")


def test_the_overlap_ends_by_itself(case: Case) -> None:
    passed(case, case.collegue)
    for days, reads in ((14, True), (15, False)):
        later = clock.now() + timedelta(days=days)
        with within(case.territory.pk):
            circle = load_circle(case.person.pk, later)
        assert circle
        assert bool(decide(case.referente, READ, circle, Level.SHARED, at=later)) is reads
        assert not decide(case.referente, "people.start_follow_up", circle, at=later)


def test_without_overlap_nothing_is_left(case: Case) -> None:
    a_setting(case.territory, "people.handover_overlap", 0, starts_on=clock.today())
    passed(case, case.collegue)
    assert running(case) == {(case.collegue.account, "referent", False)}


def test_to_another_structure_and_the_seals_follow(case: Case) -> None:
    a_sealed_status(case.person, case.referente)
    passed(case, case.partenaire)
    with within(case.territory.pk, account=case.partenaire.account):
        readers = SealedReader.objects.filter(reason="referent")
        assert [row.account_id for row in readers] == [case.partenaire.account]


def test_who_may_hand_over(case: Case) -> None:
    others = [case.collegue, case.partenaire, case.etrangere, case.others[Role.DISPATCHER]]
    others += [case.others[Role.COORDINATOR], an_actor(case.partner, Role.MANAGER)]
    for actor in others:
        with pytest.raises(Refused):
            passed(case, case.collegue, actor)
    passed(case, case.collegue, case.others[Role.MANAGER])


def test_to_somebody_habilitated_who_is_not_oneself(case: Case) -> None:
    with pytest.raises(NothingToHandOver):
        passed(case, case.referente)
    for actor in (an_actor(case.home, habilitated_from=None), case.etrangere):
        with pytest.raises(NotTheirs):
            passed(case, actor)
    an_objection(case.person, organization=case.partner)
    with pytest.raises(Objected):
        passed(case, case.partenaire)
    assert running(case) == {(case.referente.account, "referent", False)}


def test_undone_the_former_is_referent_again(case: Case) -> None:
    event = passed(case, case.collegue)
    with within(case.territory.pk, account=case.referente.account):
        undo(case.referente, event.pk)
    assert running(case) == {(case.referente.account, "referent", False)}


def test_what_went_on_is_not_undone(case: Case) -> None:
    event = passed(case, case.collegue)
    with within(case.territory.pk, account=case.collegue.account):
        key = FollowUp.objects.get(account=case.collegue.account, ends_on=None).pk
        end_follow_up(case.collegue, key, "moved")
    with within(case.territory.pk, account=case.referente.account), pytest.raises(CannotUndo):
        undo(case.referente, event.pk)


# A whole caseload.


def caseload(case: Case, number: int) -> list[Any]:
    people = [case.person]
    for rank in range(number - 1):
        someone = a_person(case.territory, family_name=f"Zola{rank}")
        a_follow_up(someone, case.referente, "referent")
        people.append(someone)
    return people


def previewed(case: Case, *able: Actor) -> Any:
    client = client_for(case.others[Role.MANAGER])
    data: dict[str, Any] = {
        "de": case.referente.account,
        "vers": [str(one.mandate) for one in able],
    }
    return client, client.get("/relais/", data)


def confirmed(case: Case, *able: Actor) -> tuple[Any, Any]:
    client, page = previewed(case, *able)
    data = {"choice": [row.value for row in page.context["planned"] if row.successor]}
    return client, client.post("/relais/confirmer/", data, follow=True)


def to_accounts(*actors: Actor) -> list[UUID]:
    return [to(actor).account for actor in actors]


def referents(case: Case) -> list[UUID]:
    with within(case.territory.pk):
        rows = FollowUp.objects.filter(role="referent", ends_on=None)
        return list(rows.values_list("account", flat=True))


def test_a_manager_relays_a_caseload_then_takes_it_back(case: Case) -> None:
    caseload(case, 5)
    third = an_actor(case.home)
    client, page = confirmed(case, case.collegue, third)
    found = referents(case)
    assert sorted(found.count(one) for one in to_accounts(case.collegue, third)) == [2, 3]
    (path,) = re.findall(r'action="(/annuler/[^"]+)"', page.content.decode())
    client.post(path)
    assert referents(case) == [case.referente.account] * 5


def test_a_preview_writes_nothing_and_lists_who_leaves(case: Case) -> None:
    caseload(case, 3)
    client, page = previewed(case, case.collegue)
    assert {row.successor.key for row in page.context["planned"]} == {case.collegue.account}
    assert set(referents(case)) == {case.referente.account}
    leavers = client.get("/relais/").context["leavers"]
    assert [(one.account, one.count) for one in leavers] == [(case.referente.account, 3)]


def test_what_changed_meanwhile_is_left(case: Case) -> None:
    people = caseload(case, 3)
    client, page = previewed(case, case.collegue)
    data = {"choice": [row.value for row in page.context["planned"]]}
    passed(case, case.partenaire)
    answer = client.post("/relais/confirmer/", data)
    assert (answer.context["done"], answer.context["gone"]) == (2, 1)
    assert len(people) == 3


def test_a_referent_prepares_their_own_only(case: Case) -> None:
    someone = a_person(case.territory)
    a_follow_up(someone, case.collegue, "referent")
    leavers = client_for(case.referente).get("/relais/").context["leavers"]
    assert [one.account for one in leavers] == [case.referente.account]
    page = client_for(case.referente).get("/relais/", {"de": str(case.collegue.account)})
    assert "leaver" not in page.context
    assert client_for(case.others[Role.DISPATCHER]).get("/relais/").status_code == 404


@pytest.mark.parametrize("choice", ["", "a.b.c.d", "un"])
def test_an_unreadable_confirmation(case: Case, choice: str) -> None:
    client = client_for(case.others[Role.MANAGER])
    assert client.post("/relais/confirmer/", {"choice": choice}).status_code == 400


def test_somebody_else_s_person_is_left(case: Case) -> None:
    someone = a_person(case.territory)
    theirs = a_follow_up(someone, case.partenaire, "referent")
    manager = case.others[Role.MANAGER]
    with within(*manager.territories, account=manager.account):
        outcome = hand_over_many(manager, [Relay(someone.pk, to(case.collegue), theirs.pk)])
    assert (outcome.done, outcome.left, outcome.event) == (0, (someone.pk,), None)


def test_a_caseload_costs_a_bounded_number_of_queries(case: Case) -> None:
    caseload(case, 12)
    manager = case.others[Role.MANAGER]
    with within(case.territory.pk):
        rows = list(FollowUp.objects.filter(role="referent", ends_on=None))
    relays = [Relay(row.person_id, to(case.collegue), row.pk) for row in rows]
    counts = []
    for some in (relays[:1], relays[1:]):
        with (
            within(*manager.territories, account=manager.account),
            CaptureQueriesContext(connection) as seen,
        ):
            hand_over_many(manager, some)
        counts.append(len(seen))
    assert (counts[1] - counts[0]) / 10 <= 24


# One person, from the dossier.


def test_a_referent_hands_over_from_the_dossier(case: Case) -> None:
    client, path = client_for(case.referente), f"/personnes/{case.person.pk}/referent/"
    assert path in client.get(f"/personnes/{case.person.pk}/").content.decode()
    page = client.get(path)
    offered = [value for value, _ in page.context["able"]]
    assert offered == [str(case.collegue.account)]
    assert client.post(path, {}).status_code == 422
    assert client.post(path, {"professional": str(case.referente.account)}).status_code == 422
    client.post(path, {"professional": offered[0]})
    assert (case.collegue.account, "referent", False) in running(case)


def test_a_manager_appoints_the_first_referent(case: Case) -> None:
    someone = a_person(case.territory)
    a_follow_up(someone, case.collegue)
    client = client_for(case.others[Role.MANAGER])
    path = f"/personnes/{someone.pk}/referent/"
    assert client.post(path, {"professional": str(case.collegue.account)}).status_code == 302
    with within(case.territory.pk):
        assert FollowUp.objects.filter(person=someone, role="referent", ends_on=None).count() == 1


def test_the_end_of_a_follow_up_has_its_reason(case: Case) -> None:
    client = client_for(case.referente)
    with within(case.territory.pk):
        key = FollowUp.objects.get(account=case.referente.account).pk
    path = f"/suivis/{key}/fin/"
    page = client.get(path).content.decode()
    assert "Déménagement" in page
    assert "Relais vers" not in page
    for refused in ({}, {"end_reason": "fin_de_mission"}, {"end_reason": "handover"}):
        assert client.post(path, refused).status_code == 422
    assert client.post(path, {"end_reason": "moved"}).status_code == 302
    with within(case.territory.pk):
        assert FollowUp.objects.get(pk=key).end_reason == "moved"
