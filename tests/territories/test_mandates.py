"""Acts on mandates: who may, what they leave, what ends with them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Value

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.roles import Field, Role
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.people.attention import no_referent
from jalons.people.models import FollowUp
from jalons.people.tasks import end_follow_ups, end_follow_ups_of_the_night
from jalons.territories.models import Mandate, Organization
from jalons.territories.team.actions.change_mandate import (
    Flags,
    NotAPractitioner,
    Sheet,
    change_mandate,
    describe_oneself,
    habilitate,
)
from jalons.territories.team.actions.end_mandate import (
    PastDay,
    SameRole,
    end_mandate,
    replace_mandate,
)
from jalons.territories.team.actions.mandates import MandateEnded
from jalons.territories.team.rules import OFFICES, TEAM_ROLES, end_after, skills_in, words_of
from tests.worlds import (
    a_follow_up,
    a_mandate,
    a_person,
    a_territory,
    an_actor,
    an_entry,
    an_organization,
    within,
    written_over,
)

pytestmark = pytest.mark.django_db
SHEET = Sheet("Conseillère", ["Mobilité", "Écoute"], ["+33639980012"])


@pytest.fixture
def home(db: None) -> Organization:
    return an_organization(a_territory(), "Département")


@pytest.fixture
def manager(home: Organization) -> Actor:
    return an_actor(home, Role.MANAGER)


@pytest.fixture
def coordinator(home: Organization) -> Actor:
    return an_actor(an_organization(home.territory, "Agence"), Role.COORDINATOR)


def days(number: int) -> date:
    return clock.today() + timedelta(days=number)


def acting(actor: Actor, act: Callable[..., Any], *arguments: Any) -> Any:
    with within(*actor.territories):
        return act(actor, *arguments)


def told(actor: Actor) -> list[str]:
    with within(*actor.territories):
        rows = Event.objects.filter(account=actor.account).order_by("position")
        return [row.kind.removeprefix("territories.") for row in rows]


def test_a_manager_describes_a_colleague(home: Organization, manager: Actor) -> None:
    mandate = a_mandate(home)
    assert acting(manager, change_mandate, mandate.pk, Field.BOTH, SHEET)
    mandate.refresh_from_db()
    assert (mandate.field, mandate.function) == ("both", "Conseillère")
    assert (mandate.skills, mandate.phones) == (["Mobilité", "Écoute"], ["+33639980012"])
    assert "conseillere mobilite ecoute" in mandate.words
    assert not acting(manager, change_mandate, mandate.pk, Field.BOTH, SHEET)
    assert told(manager) == ["mandate_changed"]


def test_outside_one_s_own_structure_a_manager_changes_nothing(home: Organization) -> None:
    other = an_actor(an_organization(home.territory, "CCAS"), Role.MANAGER)
    stranger = an_actor(an_organization(a_territory()), Role.COORDINATOR)
    mandate = a_mandate(home)
    for actor in (other, stranger, an_actor(home), an_actor(home, Role.CLERK)):
        for act, arguments in (
            (change_mandate, (mandate.pk, Field.BOTH, SHEET)),
            (end_mandate, (mandate.pk,)),
            (replace_mandate, (mandate.pk, Role.CLERK)),
            (habilitate, (mandate.pk, Flags(None, None))),
        ):
            with pytest.raises(Refused):
                acting(actor, act, *arguments)
    mandate.refresh_from_db()
    assert (mandate.ends_on, mandate.function) == (None, "")


def test_a_coordinator_alone_habilitates(
    home: Organization, manager: Actor, coordinator: Actor
) -> None:
    mandate = a_mandate(home, habilitated_from=None)
    flags = Flags(days(0), days(3))
    dispatcher = an_actor(home, Role.DISPATCHER)
    for actor in (manager, dispatcher):
        with pytest.raises(Refused):
            acting(actor, habilitate, mandate.pk, flags)
    assert acting(coordinator, habilitate, mandate.pk, flags)
    mandate.refresh_from_db()
    assert (mandate.habilitated_from, mandate.data_protection_from) == (days(0), days(3))
    assert told(coordinator) == ["mandate_habilitated"]
    with pytest.raises(NotAPractitioner):
        acting(coordinator, habilitate, a_mandate(home, Role.CLERK).pk, flags)


def test_one_describes_oneself_under_the_active_mandate(home: Organization) -> None:
    actor = an_actor(home, Role.CLERK)
    assert acting(actor, describe_oneself, SHEET)
    assert Mandate.objects.get(pk__in=[actor.mandate]).function == "Conseillère"
    outside = Actor(kind="professional", account=actor.account)
    with pytest.raises(Refused):
        describe_oneself(outside, SHEET)


def test_an_end_without_a_day_is_at_once(home: Organization, manager: Actor) -> None:
    mandate = a_mandate(home, starts_on=days(-30))
    assert acting(manager, end_mandate, mandate.pk).ends_on == days(0)
    assert not Mandate.objects.get(pk=mandate.pk).works_on(days(0))
    assert told(manager) == ["mandate_ended"]
    for act, arguments in (
        (end_mandate, ()),
        (change_mandate, (Field.BOTH, SHEET)),
        (replace_mandate, (Role.CLERK,)),
    ):
        with pytest.raises(MandateEnded):
            acting(manager, act, mandate.pk, *arguments)


def test_the_last_day_is_worked(home: Organization, manager: Actor) -> None:
    mandate = a_mandate(home, starts_on=days(-30))
    with pytest.raises(PastDay):
        acting(manager, end_mandate, mandate.pk, days(-1))
    assert acting(manager, end_mandate, mandate.pk, days(0)).ends_on == days(1)
    held = acting(manager, end_mandate, mandate.pk, days(5))
    assert held.works_on(days(5))
    assert not held.works_on(days(6))


def test_an_end_comes_after_the_beginning() -> None:
    today = date(2026, 3, 2)
    assert end_after(None, date(2026, 1, 1), today) == today
    assert end_after(None, date(2026, 4, 1), today) == date(2026, 4, 1)
    assert end_after(date(2026, 3, 2), date(2026, 1, 1), today) == date(2026, 3, 3)


def test_another_role_is_another_mandate_not_habilitated(
    home: Organization, manager: Actor
) -> None:
    former = a_mandate(home, starts_on=days(-30), function="Conseillère", skills=["Écoute"])
    opened = acting(manager, replace_mandate, former.pk, Role.MANAGER)
    former.refresh_from_db()
    assert former.ends_on == opened.starts_on == days(0)
    assert (opened.account_id, opened.role, opened.function) == (
        former.account_id,
        Role.MANAGER,
        "Conseillère",
    )
    assert opened.habilitated_from is None
    assert opened.words == words_of(
        opened.account.family_name, opened.account.given_name, "Conseillère", ["Écoute"]
    )
    assert told(manager) == ["mandate_ended", "mandate_opened"]


def test_the_same_role_is_not_another(home: Organization, manager: Actor) -> None:
    mandate = a_mandate(home)
    a_mandate(home, Role.CLERK, account=mandate.account)
    for role in (Role.PRACTITIONER, Role.CLERK):
        with pytest.raises(SameRole):
            acting(manager, replace_mandate, mandate.pk, role)


@pytest.mark.parametrize("role", Role)
def test_who_gives_which_role(
    home: Organization, manager: Actor, coordinator: Actor, role: Role
) -> None:
    """Nobody gives a role of the whole platform; a manager none of the territory."""
    assert set(TEAM_ROLES) | set(OFFICES) == set(Role) - {Role.OBSERVER, Role.PLATFORM_ADMIN}
    may = {manager: role in TEAM_ROLES, coordinator: role in (*TEAM_ROLES, *OFFICES)}
    for actor, expected in may.items():
        start = Role.CLERK if role != Role.CLERK else Role.MANAGER
        mandate = a_mandate(home, start)
        if expected:
            assert acting(actor, replace_mandate, mandate.pk, role).role == role
        else:
            with pytest.raises(Refused):
                acting(actor, replace_mandate, mandate.pk, role)


def test_a_mandate_written_without_an_event_is_refused(transactional_db: None) -> None:
    mandate = a_mandate(an_organization(a_territory()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(function="autre")


# What it leaves


def followed_by(mandate: Mandate) -> FollowUp:
    assert mandate.territory_id
    assert mandate.organization_id
    actor = Actor(account=mandate.account_id, organization=mandate.organization_id)
    person = a_person(mandate.territory_id)
    an_entry(person, mandate.organization_id, received_on=days(-20), opened_on=days(-20))
    return a_follow_up(person, actor, "referent")


def unblocked(follow_up: FollowUp) -> bool:
    with within(follow_up.territory_id):
        return no_referent(clock.today(), Value(7)).filter(person=follow_up.person_id).exists()


def test_whom_it_followed_stands_among_those_without_referent(
    home: Organization, manager: Actor
) -> None:
    leaving, staying = a_mandate(home, starts_on=days(-30)), a_mandate(home)
    left, kept = followed_by(leaving), followed_by(staying)
    assert not unblocked(left)
    acting(manager, end_mandate, leaving.pk)
    with within(home.territory_id):
        event = Event.objects.get(kind="territories.mandate_ended")
    end_follow_ups(str(event.pk), home.territory_id)
    with within(home.territory_id):
        left.refresh_from_db()
        kept.refresh_from_db()
        ended = Event.objects.filter(kind="people.follow_up_ended")
        assert list(ended.values_list("object_key", "account")) == [(left.pk, None)]
    assert (left.ends_on, left.end_reason) == (days(0), "mandate_ended")
    assert kept.ends_on is None
    assert unblocked(left)
    assert not unblocked(kept)
    end_follow_ups(str(event.pk), home.territory_id)


def test_a_night_ends_what_a_date_ended(
    home: Organization, clock_at: Callable[[datetime], None]
) -> None:
    now = clock.now()
    follow_up = followed_by(a_mandate(home, ends_on=days(2)))
    for day, ended in ((0, False), (1, False), (2, True)):
        clock_at(now + timedelta(days=day))
        end_follow_ups_of_the_night()
        with within(home.territory_id):
            follow_up.refresh_from_db()
        assert (follow_up.ends_on is not None) is ended


def test_whoever_still_accompanies_there_keeps_whom_they_follow(home: Organization) -> None:
    former = a_mandate(home, starts_on=days(-30))
    follow_up = followed_by(former)
    again = a_mandate(home, account=former.account, starts_on=days(1), ends_on=days(30))
    written_over(former.pk)
    end_follow_ups_of_the_night()
    with within(home.territory_id):
        follow_up.refresh_from_db()
    assert follow_up.ends_on is None
    written_over(again.pk, role=Role.CLERK)
    end_follow_ups_of_the_night()
    with within(home.territory_id):
        follow_up.refresh_from_db()
    assert follow_up.ends_on == days(0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" Écoute ,, Mobilité;écoute\nBudget", ["Écoute", "Mobilité", "Budget"]),
        ("droit   des étrangers", ["droit des étrangers"]),
    ],
)
def test_skills_are_listed_once(text: str, expected: list[str]) -> None:
    assert skills_in(text) == expected
