"""« Comptes »: who may enter, by what, under which mandates; and no person."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.roles import Role
from jalons.accounts import second_factor
from jalons.accounts.actions.administer import disable_account, reset_second_factor
from jalons.accounts.models import Account, SecondFactor
from jalons.accounts.tasks import send_link, tell
from jalons.journal.models import Event
from jalons.territories.actors import actor_of
from tests.accounts.agents import (
    PASSWORD,
    Agent,
    a_browser,
    an_account,
    an_agent,
    give_code,
    give_password,
    is_signed_in,
    sign_in,
)
from tests.accounts.test_links import path_of
from tests.accounts.test_login import SECRET
from tests.clients import client_for
from tests.worlds import a_mandate, a_platform_mandate, a_territory, an_actor, an_organization

LIST = "/comptes/"
Mails = list[EmailMessage]
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Actor:
    mandate = a_platform_mandate(Role.PLATFORM_ADMIN, account=an_account())
    return actor_of(mandate.account, mandate)


def named(given: str, family: str, email: str) -> Account:
    return Account.objects.create(email=email, given_name=given, family_name=family)


def shown(response: Any) -> str:
    return str(response.content.decode())


def test_an_account_is_found_by_part_of_its_name_or_e_mail(admin: Actor) -> None:
    named("Élodie", "D’Ambrière", "e.dambriere@ccas.example")
    named("Zoé", "Autre", "zoe@plie.example")
    client = client_for(admin)
    for words in ("elodie", "AMBRIERE élo", "ccas.example"):
        page = shown(client.get(LIST, {"q": words}))
        assert "Élodie" in page
        assert "Zoé" not in page
    assert "Aucun compte ne correspond" in shown(client.get(LIST, {"q": "personne\0 ici"}))


def test_accounts_come_by_name_accents_forgiven(admin: Actor) -> None:
    for family in ("Éa", "Za", "Ea", "eb"):
        named("A", family, f"{uuid4().hex[:8]}@tri.example")
    page = shown(client_for(admin).get(LIST, {"q": "tri.example"}))
    places = [page.index(f"A {family}<") for family in ("Éa", "eb", "Za")]
    assert places == sorted(places)


def test_what_the_list_says_of_each(admin: Actor) -> None:
    agent = an_agent()
    organization = an_organization(a_territory(), "Maison de l’emploi")
    a_mandate(organization, Role.MANAGER, account=agent.account)
    page = shown(client_for(admin).get(LIST, {"q": agent.account.email}))
    for said in (
        "Jamais entré",
        "Second facteur",
        "Responsable de structure",
        "Maison de l’emploi",
    ):
        assert said in page, said
    sign_in(a_browser(), agent)
    assert "Actif" in shown(client_for(admin).get(LIST, {"q": agent.account.email}))


def test_a_page_costs_the_same_number_of_queries_whatever_it_lists(admin: Actor) -> None:
    client, counts = client_for(admin), []
    for number in (1, 30):
        for _ in range(number):
            agent = named("Léa", "Compte", f"{uuid4().hex[:8]}@requetes.example")
            a_mandate(an_organization(a_territory()), account=agent)
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(LIST, {"q": "requetes.example"}).status_code == 200
        counts.append(len(found))
    assert counts[1] == counts[0] + 1, "one more, to count what follows the page"


def test_a_disabled_account_is_out_at_once_and_told(admin: Actor, mailoutbox: Mails) -> None:
    agent, browser = an_agent(), a_browser()
    sign_in(browser, agent)
    client = client_for(admin)
    client.post(f"/comptes/{agent.account.pk}/desactiver/")
    assert not is_signed_in(browser)
    assert not agent.account.sessions.exists()
    assert give_password(a_browser(), agent.account).status_code == 422
    [event] = Event.objects.filter(kind="accounts.account_disabled")
    assert (event.account, event.object_key) == (admin.account, agent.account.pk)
    client.post(f"/comptes/{agent.account.pk}/desactiver/")
    assert Event.objects.filter(kind="accounts.account_disabled").count() == 1
    tell(str(agent.account.pk), "account_disabled")
    assert mailoutbox[0].to == [agent.account.email]
    client.post(f"/comptes/{agent.account.pk}/reactiver/")
    assert give_password(a_browser(), agent.account).status_code == 302
    assert Event.objects.filter(kind="accounts.account_enabled").count() == 1


def test_nobody_disables_their_own_account(admin: Actor) -> None:
    client = client_for(admin)
    page = client.post(f"/comptes/{admin.account}/desactiver/", follow=True)
    assert "pas vous" in shown(page)
    assert not Account.objects.exclude(disabled_at=None).exists()


@pytest.mark.parametrize("role", [*set(Role) - {Role.PLATFORM_ADMIN, Role.OBSERVER}])
def test_nobody_else_administers(role: Role) -> None:
    actor, account = an_actor(an_organization(a_territory()), role), an_account()
    for act in (disable_account, reset_second_factor):
        with pytest.raises(Refused):
            act(actor, account.pk)
    assert client_for(actor).get(LIST).status_code == 404


def test_an_unknown_account_is_not_found(admin: Actor) -> None:
    client = client_for(admin)
    assert client.get(f"/comptes/{uuid4()}/").status_code == 404
    assert client.post(f"/comptes/{uuid4()}/desactiver/").status_code == 404


def a_reset(admin: Actor, agent: Agent, mailoutbox: Mails) -> str:
    """The address of the link that leaves once the administrator allowed another factor."""
    client_for(admin).post(f"/comptes/{agent.account.pk}/second-facteur/")
    [job] = ProcrastinateJob.objects.filter(task_name="accounts.send_link")
    send_link(**job.args)
    assert mailoutbox[-1].to == [agent.account.email]
    return path_of(str(mailoutbox[-1].body))


def test_another_factor_takes_the_link_and_the_password(admin: Actor, mailoutbox: Mails) -> None:
    agent, browser = an_agent(), a_browser()
    path = a_reset(admin, agent, mailoutbox)
    assert second_factor.enrolled(agent.account), "the present one serves until then"
    assert browser.post(path).headers["Location"] == "/connexion/"
    answer = give_password(browser, agent.account)
    assert answer.headers["Location"] == "/connexion/application/"
    page = shown(browser.get("/connexion/application/"))
    held = Agent(agent.account, SECRET.findall(page)[0].replace(" ", ""), [])
    browser.post("/connexion/application/", {"code": held.code()})
    assert is_signed_in(browser)
    assert SecondFactor.objects.filter(account=agent.account).count() == 1
    again = a_browser()
    give_password(again, agent.account)
    assert give_code(again, agent.code(1)).status_code == 422
    assert give_code(again, agent.codes[0]).status_code == 422
    assert Event.objects.filter(kind="accounts.second_factor_replaced").count() == 1


def test_the_link_alone_changes_no_factor(admin: Actor, mailoutbox: Mails) -> None:
    agent, browser = an_agent(), a_browser()
    path = a_reset(admin, agent, mailoutbox)
    browser.post(path)
    assert browser.get("/connexion/application/").headers["Location"] == "/connexion/"
    other = an_agent()
    give_password(browser, other.account)
    assert browser.get("/connexion/application/").headers["Location"] == "/connexion/"
    elsewhere = a_browser()
    assert give_password(elsewhere, agent.account, PASSWORD).headers["Location"].endswith("/code/")
    assert a_browser().post(path).status_code == 410


def test_there_must_be_a_factor_to_replace(admin: Actor) -> None:
    account = an_account()
    page = client_for(admin).post(f"/comptes/{account.pk}/second-facteur/", follow=True)
    assert "pas de second facteur" in shown(page)
    assert not ProcrastinateJob.objects.filter(task_name="accounts.send_link").exists()
