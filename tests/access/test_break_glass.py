"""Row 9: an urgent access has a reason, an end, a quota, a witness, and never opens a seal."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from jalons.access import drafts
from jalons.access.actor import Actor
from jalons.access.break_glass import (
    DAILY_QUOTA,
    DURATION,
    ReasonTooShort,
    TooMany,
    open_urgently,
)
from jalons.access.decisions import Refused, decide
from jalons.access.levels import Level
from jalons.access.models import BreakGlass, Consultation
from jalons.access.policy import READ
from jalons.access.roles import Role
from jalons.access.table import REVEAL
from jalons.journal.models import Event, Notification
from jalons.journal.outbox import jobs_after
from jalons.journal.payloads import disclose
from jalons.kernel import clock
from jalons.people.circle import Circle, load_circle
from jalons.people.models import Person
from jalons.people.tasks import tell_referent
from jalons.territories.actors import actor_of
from tests.clients import client_for
from tests.worlds import (
    Case,
    a_case,
    a_follow_up,
    a_mandate,
    a_person,
    a_sealed_status,
    a_territory,
    an_actor,
    an_objection,
    an_organization,
    within,
)

REASON = "La personne est à l’accueil, sans hébergement ce soir"
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def circle(person: Person, at: datetime | None = None) -> Circle:
    found = load_circle(person.pk, at or clock.now())
    assert found
    return found


def opened(actor: Actor, person: Person) -> BreakGlass:
    with as_(actor):
        return open_urgently(actor, circle(person), REASON)


def reads(actor: Actor, person: Person, level: Level, at: datetime | None = None) -> bool:
    act = REVEAL if level == Level.RESTRICTED else READ
    domain = "justice" if level == Level.SEALED else ""
    with as_(actor):
        return bool(decide(actor, act, circle(person, at), level, domain=domain, at=at))


def levels(actor: Actor, person: Person, at: datetime | None = None) -> set[Level]:
    return {level for level in Level if reads(actor, person, level, at)}


URGENT = {Level.MASKED, Level.IDENTITY, Level.SHARED, Level.RESTRICTED}


def test_it_opens_what_is_shared_and_reveals_what_is_restricted(case: Case) -> None:
    assert levels(case.partenaire, case.person) == {Level.MASKED}
    opened(case.partenaire, case.person)
    assert levels(case.partenaire, case.person) == URGENT


@pytest.mark.parametrize("role", [Role.MANAGER, Role.COORDINATOR])
def test_it_serves_managers_and_coordinators_too(case: Case, role: Role) -> None:
    opened(case.others[role], case.person)
    assert levels(case.others[role], case.person) == URGENT


def test_it_lasts_three_hours(case: Case) -> None:
    access = opened(case.partenaire, case.person)
    assert access.closes_at - access.opened_at == DURATION == timedelta(hours=3)
    last = access.closes_at - timedelta(microseconds=1)
    assert levels(case.partenaire, case.person, last) == URGENT
    assert levels(case.partenaire, case.person, access.closes_at) == {Level.MASKED}
    before = access.opened_at - timedelta(microseconds=1)
    assert levels(case.partenaire, case.person, before) == {Level.MASKED}


def test_it_is_one_person_s_under_one_mandate(case: Case) -> None:
    opened(case.partenaire, case.person)
    assert levels(case.collegue, case.person) == {Level.MASKED}
    another = a_person(case.territory)
    assert levels(case.partenaire, another) == {Level.MASKED}


@pytest.mark.parametrize("reason", ["", "   ", "urgent", " " * 40, "dix-neuf caractères"])
def test_it_needs_a_reason(case: Case, reason: str) -> None:
    with as_(case.partenaire):
        with pytest.raises(ReasonTooShort):
            open_urgently(case.partenaire, circle(case.person), reason)
        assert not BreakGlass.objects.exists()


def test_it_never_opens_a_seal(case: Case) -> None:
    a_sealed_status(case.person, case.referente)
    opened(case.partenaire, case.person)
    assert not reads(case.partenaire, case.person, Level.SEALED)
    page = client_for(case.partenaire).get(f"/personnes/{case.person.pk}/").content.decode()
    assert "Mesure judiciaire" not in page
    client = client_for(case.referente)
    assert "Mesure judiciaire" not in client.get(f"/personnes/{case.person.pk}/").content.decode()
    address = f"/personnes/{case.person.pk}/informations-restreintes/"
    assert "Mesure judiciaire" in client.post(address).content.decode()
    levels = Consultation.objects.filter(account=case.referente.account, page="people:reveal")
    with as_(case.referente):
        assert set(levels.values_list("level", flat=True)) == {"restricted", "sealed"}


@pytest.mark.parametrize(
    "closed", [{"protected": True}, {"frozen_at": datetime(2026, 1, 1, tzinfo=UTC)}]
)
def test_it_never_opens_a_protected_nor_a_frozen_file(closed: dict[str, Any]) -> None:
    case = a_case(**closed)
    with as_(case.partenaire):
        with pytest.raises(Refused):
            open_urgently(case.partenaire, circle(case.person), REASON)
        assert not BreakGlass.objects.exists()


def test_it_never_opens_a_file_closed_to_the_structure(case: Case) -> None:
    an_objection(case.person, organization=case.partner)
    with as_(case.partenaire), pytest.raises(Refused):
        open_urgently(case.partenaire, circle(case.person), REASON)


def test_protection_ends_it(case: Case) -> None:
    opened(case.partenaire, case.person)
    with as_(case.referente):
        Person.objects.filter(pk=case.person.pk).update(protected=True)
    assert levels(case.partenaire, case.person) == set()


def test_the_quota_is_ten_in_twenty_four_hours(
    case: Case, clock_at: Callable[[datetime], None]
) -> None:
    start = clock.now()
    for minute in range(DAILY_QUOTA):
        clock_at(start + timedelta(minutes=minute))
        opened(case.partenaire, case.person)
    clock_at(start + timedelta(hours=23, minutes=59))
    with pytest.raises(TooMany):
        opened(case.partenaire, case.person)
    opened(case.others[Role.MANAGER], case.person)
    clock_at(start + timedelta(hours=24))
    opened(case.partenaire, case.person)
    with pytest.raises(TooMany):
        opened(case.partenaire, case.person)


def test_two_mandates_in_two_territories_share_one_quota(case: Case) -> None:
    elsewhere = an_organization(a_territory(), "CCAS voisin")
    mandate = a_mandate(case.partner)
    second = a_mandate(elsewhere, account=mandate.account)
    here, there = actor_of(mandate.account, mandate), actor_of(mandate.account, second)
    neighbour = a_person(elsewhere.territory_id)
    for _ in range(DAILY_QUOTA // 2):
        opened(here, case.person)
        opened(there, neighbour)
    for actor, person in ((here, case.person), (there, neighbour)):
        with pytest.raises(TooMany):
            opened(actor, person)


def test_it_is_written_in_the_person_s_journal(case: Case) -> None:
    access = opened(case.partenaire, case.person)
    with as_(case.referente):
        event = Event.objects.get(kind="access.break_glass_opened")
        content = disclose(event)
    assert (event.person, event.account) == (case.person.pk, case.partenaire.account)
    assert content
    assert content.data == {"reason": REASON, "closes_at": access.closes_at.isoformat()}


def told(case: Case) -> list[Any]:
    with as_(case.referente):
        event = Event.objects.get(kind="access.break_glass_opened")
    tell_referent(str(event.pk), case.territory.pk)
    tell_referent(str(event.pk), case.territory.pk)
    with as_(case.referente):
        return list(Notification.objects.values_list("account", flat=True))


def test_the_referent_is_told_once(case: Case) -> None:
    assert "people.tell_referent" in jobs_after("access.break_glass_opened")
    opened(case.partenaire, case.person)
    assert told(case) == [case.referente.account]
    page = client_for(case.referente).get("/alertes/").content.decode()
    assert "Accès urgent ouvert" in page


def test_the_referent_is_not_told_of_their_own(case: Case) -> None:
    opened(case.referente, case.person)
    assert told(case) == []


def test_without_a_referent_the_stewards_are_told(case: Case) -> None:
    alone = a_person(case.territory)
    opened(case.partenaire, alone)
    stewards = (case.others[Role.COORDINATOR], case.others[Role.DISPATCHER])
    assert sorted(map(str, told(case))) == sorted(str(actor.account) for actor in stewards)


def test_without_a_referent_the_manager_of_a_follower_is_told(case: Case) -> None:
    alone = a_person(case.territory)
    manager = an_actor(case.home, Role.MANAGER)
    a_follow_up(alone, case.collegue)
    opened(case.partenaire, alone)
    assert told(case) == [manager.account]


def test_the_page_opens_the_file(case: Case) -> None:
    client = client_for(case.partenaire)
    address = f"/personnes/{case.person.pk}/"
    assert client.get(address).status_code == 404
    response: Any = client.post(f"{address}acces-urgent/", {"reason": REASON})
    assert response.url == address
    assert client.get(address).status_code == 200
    assert "accès urgent" in client.get(f"{address}pourquoi/").content.decode()


def test_the_page_closes_after_three_hours(
    case: Case, clock_at: Callable[[datetime], None]
) -> None:
    client = client_for(case.partenaire)
    address = f"/personnes/{case.person.pk}/"
    client.post(f"{address}acces-urgent/", {"reason": REASON})
    clock_at(clock.now() + DURATION)
    client = client_for(case.partenaire)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}informations-restreintes/").status_code == 404


def test_the_page_keeps_what_was_written_when_it_refuses(case: Case) -> None:
    client = client_for(case.partenaire)
    address = f"/personnes/{case.person.pk}/acces-urgent/"
    response = client.post(address, {"reason": "trop court"})
    assert response.status_code == 422
    assert "trop court" in response.content.decode()
    assert "Écrivez une phrase complète" in response.content.decode()


def test_the_page_says_that_the_quota_is_spent(case: Case) -> None:
    for _ in range(DAILY_QUOTA):
        opened(case.partenaire, case.person)
    address = f"/personnes/{case.person.pk}/acces-urgent/"
    response = client_for(case.partenaire).post(address, {"reason": REASON})
    assert response.status_code == 422
    assert "10" in response.content.decode()
    assert REASON.split(",", maxsplit=1)[0] in response.content.decode()


def test_the_page_forgets_the_draft_once_sent(case: Case) -> None:
    client = client_for(case.partenaire)
    address = f"/personnes/{case.person.pk}/acces-urgent/"
    form = f"break-glass:{case.person.pk}"
    client.post("/brouillons/", {"draft_form": form, "reason": "Je commence à écrire"})
    assert "Je commence à écrire" in client.get(address).content.decode()
    client.post(address, {"reason": REASON})
    with as_(case.partenaire):
        assert drafts.load(case.partenaire, form) == {}


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_never_pass_the_quota() -> None:
    case = a_case()
    persons = [a_person(case.territory) for _ in range(20)]

    def one(person: Person) -> str:
        try:
            opened(case.partenaire, person)
        except TooMany:
            return "refused"
        finally:
            connection.close()
        return "opened"

    with ThreadPoolExecutor(20) as threads:
        outcomes = list(threads.map(one, persons))
    assert sorted(outcomes) == ["opened"] * 10 + ["refused"] * 10
    with as_(case.partenaire):
        assert BreakGlass.objects.count() == DAILY_QUOTA
        assert Event.objects.filter(kind="access.break_glass_opened").count() == DAILY_QUOTA
