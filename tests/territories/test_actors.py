"""Who acts: the mandates of the day, the one chosen, and nobody once it is over."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from jalons.access.actor import ANONYMOUS
from jalons.access.identity import names_of, works
from jalons.access.roles import Field, Role
from jalons.accounts.models import Account
from jalons.kernel import clock
from jalons.territories.actors import actor_of
from jalons.territories.models import Mandate, Organization
from jalons.territories.queries import mandates_in_force, mandates_of_territory
from tests.clients import client_for, nobody
from tests.worlds import (
    a_follow_up,
    a_mandate,
    a_person,
    a_territory,
    an_organization,
    written_over,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: None) -> Organization:
    return an_organization(a_territory(), "Département")


def days(number: int) -> Any:
    return clock.today() + timedelta(days=number)


PERIODS = [(-1, None, True), (0, None, True), (1, None, False), (-3, 1, True), (-3, 0, False)]


@pytest.mark.parametrize(("starts", "ends", "counts"), PERIODS)
def test_a_mandate_counts_from_its_first_day_to_the_last_before_its_end(
    home: Organization, starts: int, ends: int | None, counts: bool
) -> None:
    end = None if ends is None else days(ends)
    mandate = a_mandate(home, starts_on=days(starts), ends_on=end)
    account, today = mandate.account_id, clock.today()
    assert (mandates_in_force(account, today) == [mandate]) is counts
    assert (mandates_of_territory(home.territory_id, today) == [mandate]) is counts
    assert works(account, home.territory_id) is counts
    assert not works(account, a_territory().pk)


def test_a_disabled_account_has_no_mandate(home: Organization) -> None:
    mandate = a_mandate(home)
    Account.objects.filter(pk=mandate.account_id).update(disabled_at=clock.now())
    assert mandates_in_force(mandate.account_id, clock.today()) == []
    assert mandates_of_territory(home.territory_id, clock.today()) == []


def test_an_actor_is_its_mandate(home: Organization) -> None:
    mandate = a_mandate(home, Role.MANAGER, field=Field.BOTH)
    actor = actor_of(mandate.account, mandate)
    assert (actor.kind, actor.account, actor.mandate) == (
        "professional",
        mandate.account_id,
        mandate.pk,
    )
    assert (actor.organization, actor.territory) == (home.pk, home.territory_id)
    assert actor.territories == (home.territory_id,)
    assert (actor.role, actor.field) == (Role.MANAGER, Field.BOTH)
    assert (actor.habilitated, actor.data_protection) == (False, False)


@pytest.mark.parametrize(("since", "expected"), [(-1, True), (0, True), (1, False), (None, False)])
def test_a_flag_has_its_first_day(home: Organization, since: int | None, expected: bool) -> None:
    day = None if since is None else days(since)
    mandate = a_mandate(home, habilitated_from=day, data_protection_from=day)
    actor = actor_of(mandate.account, mandate)
    assert (actor.habilitated, actor.data_protection) == (expected, expected)


def test_without_mandate_an_account_has_neither_role_nor_territory(home: Organization) -> None:
    actor = actor_of(a_mandate(home).account, None)
    assert actor.account
    assert (actor.role, actor.territory, actor.territories) == (None, None, ())
    assert ANONYMOUS.account is None


def test_names_are_those_of_accounts(home: Organization) -> None:
    mandate = a_mandate(home)
    assert names_of([mandate.account_id]) == {mandate.account_id: mandate.account.full_name}


# The next request (security.md, row 7).


def signed_in(mandate: Mandate) -> tuple[Client, str]:
    """A client, and the address of a person that its mandate follows."""
    actor = actor_of(mandate.account, mandate)
    person = a_person(mandate.territory_id or 0)
    a_follow_up(person, actor, "referent")
    client, address = client_for(actor), f"/personnes/{person.pk}/"
    assert client.get(address).status_code == 200
    return client, address


def test_an_ended_mandate_reads_nothing_at_the_next_request(home: Organization) -> None:
    mandate = a_mandate(home, starts_on=days(-9))
    client, address = signed_in(mandate)
    written_over(mandate.pk)
    assert client.get(address).status_code == 404
    refused = client.post(f"{address}lien/")
    assert refused.status_code == 403
    assert "Votre mandat est terminé" in refused.content.decode()
    assert client.get("/file-active/").status_code == 404


def test_a_mandate_ends_by_itself(home: Organization, clock_at: Callable[[datetime], None]) -> None:
    mandate, now = a_mandate(home, ends_on=days(2)), clock.now()
    _, address = signed_in(mandate)
    actor = actor_of(mandate.account, mandate)
    for day, status in ((1, 200), (2, 404)):
        clock_at(now + timedelta(days=day))
        assert client_for(actor).get(address).status_code == status


def test_a_disabled_account_is_out_at_the_next_request(home: Organization) -> None:
    mandate = a_mandate(home)
    client, address = signed_in(mandate)
    Account.objects.filter(pk=mandate.account_id).update(disabled_at=clock.now())
    assert client.get(address).status_code == 302
    assert client.get("/").status_code == 302


def test_a_changed_password_ends_the_other_sessions(home: Organization) -> None:
    mandate = a_mandate(home)
    client, address = signed_in(mandate)
    Account.objects.filter(pk=mandate.account_id).update(password="autre")
    assert client.get(address).status_code == 302


def test_a_session_without_account_is_nobody(home: Organization) -> None:
    client = nobody()
    client.cookies["sessionid"] = "inconnu"
    assert client.get("/file-active/").status_code == 302


# Several mandates.


def two(home: Organization) -> tuple[Mandate, Mandate]:
    first = a_mandate(home, starts_on=days(-9))
    partner = an_organization(home.territory, "CCAS")
    return first, a_mandate(partner, Role.CLERK, account=first.account)


def test_the_oldest_mandate_stands_until_another_is_chosen(home: Organization) -> None:
    first, second = two(home)
    client = client_for(actor_of(first.account, None))
    assert client.get("/file-active/").context["title"] == "Ma file active"
    client.post("/mandat/", {"mandate": str(second.pk)})
    assert client.get("/file-active/").context["title"] == "Personnes de votre structure"
    client.post("/mandat/", {"mandate": str(first.pk)})
    assert client.get("/file-active/").context["title"] == "Ma file active"


@pytest.mark.parametrize("chosen", ["", "inconnu", "another's"])
def test_a_mandate_of_nobody_or_of_another_is_not_taken(home: Organization, chosen: str) -> None:
    first, _ = two(home)
    anothers = a_mandate(home, Role.DISPATCHER)
    client = client_for(actor_of(first.account, None))
    key = str(anothers.pk) if chosen == "another's" else chosen
    client.post("/mandat/", {"mandate": key})
    assert client.get("/file-active/").context["title"] == "Ma file active"


def test_one_mandate_reads_what_it_follows_and_not_the_other_s(home: Organization) -> None:
    first, second = two(home)
    client, address = signed_in(first)
    client.post("/mandat/", {"mandate": str(second.pk)})
    assert client.get(address).status_code == 404


def test_the_account_page_shows_its_mandates(home: Organization) -> None:
    first, _ = two(home)
    page = client_for(actor_of(first.account, first)).get("/mon-compte/").content.decode()
    for words in (first.account.email, "Département", "CCAS"):
        assert words in page
