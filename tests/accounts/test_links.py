"""A link to one's own mailbox: a password, never a second factor."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from procrastinate.contrib.django.models import ProcrastinateJob

from jalons.accounts.actions.links import make, send
from jalons.accounts.actions.open_account import invite, prepare_account
from jalons.accounts.models import Account, AccountLink
from jalons.accounts.tasks import send_link
from tests.accounts.agents import (
    CODE,
    PASSWORD,
    a_browser,
    an_account,
    an_agent,
    give_code,
    give_password,
    is_signed_in,
    sign_in,
)

Later = Callable[..., None]
Mails = list[EmailMessage]
RECOVERY, INVITATION = AccountLink.Purpose.RECOVERY, AccountLink.Purpose.INVITATION
NEW = "trois vélos contre un mur"
ADDRESS = re.compile(r"https?://[^/]+(/compte/lien/\S+)")


def path_of(address: str) -> str:
    [path] = ADDRESS.findall(address)
    return str(path)


def choose(browser: Any, **names: str) -> Any:
    return browser.post("/compte/mot-de-passe/", {"password": NEW, "again": NEW, **names})


def asked() -> list[dict[str, Any]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name="accounts.send_link")]


def test_a_forgotten_password_is_replaced_and_the_second_factor_stays(
    later: Later, mailoutbox: Mails
) -> None:
    agent, browser, open_elsewhere = an_agent(), a_browser(), a_browser()
    sign_in(open_elsewhere, agent)
    later(seconds=30)
    browser.post("/mot-de-passe-oublie/", {"email": agent.account.email.upper()})
    [arguments] = asked()
    send_link(**arguments)
    [mail] = mailoutbox
    assert mail.to == [agent.account.email]
    assert agent.account.family_name not in mail.body
    path = path_of(str(mail.body))
    assert browser.get(path).status_code == 200
    assert browser.post(path).headers["Location"] == "/compte/mot-de-passe/"
    assert choose(browser).headers["Location"] == "/connexion/code/"
    assert not is_signed_in(open_elsewhere)
    assert not is_signed_in(browser)
    assert browser.get("/connexion/application/").status_code == 302
    assert give_code(browser, agent.code()).status_code == 302
    assert is_signed_in(browser)
    assert give_password(a_browser(), agent.account, PASSWORD).status_code == 422


@pytest.mark.django_db
def test_asking_says_nothing_of_who_exists(mailoutbox: Mails) -> None:
    known, unknown = an_account().email, "personne@jalons.example"
    answers = [
        a_browser().post("/mot-de-passe-oublie/", {"email": each}) for each in (known, unknown)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert [bool(arguments["account"]) for arguments in asked()].count(True) == 1
    for arguments in asked():
        send_link(**arguments)
    assert [mail.to for mail in mailoutbox] == [[known]]


def test_a_link_serves_once_and_reading_its_page_uses_nothing(later: Later) -> None:
    path = path_of(make(an_account(), RECOVERY))
    for _ in range(3):
        assert a_browser().get(path).status_code == 200
    assert a_browser().post(path).status_code == 302
    assert a_browser().post(path).status_code == 410
    assert a_browser().get(path).status_code == 410


@pytest.mark.parametrize(("purpose", "minutes"), [(RECOVERY, 60), (INVITATION, 7 * 24 * 60)])
def test_a_link_has_its_time(later: Later, purpose: AccountLink.Purpose, minutes: int) -> None:
    path = path_of(make(an_account(), purpose))
    later(minutes=minutes - 1)
    assert a_browser().get(path).status_code == 200
    later(minutes=1)
    assert a_browser().get(path).status_code == 410
    assert a_browser().post(path).status_code == 410


def test_a_link_opens_a_page_for_a_quarter_of_an_hour(later: Later) -> None:
    browser = a_browser()
    browser.post(path_of(make(an_account(), RECOVERY)))
    later(minutes=15)
    assert choose(browser).status_code == 410


@pytest.mark.django_db
def test_the_last_link_is_the_only_one() -> None:
    account = an_account()
    first, second = path_of(make(account, RECOVERY)), path_of(make(account, RECOVERY))
    assert a_browser().get(first).status_code == 410
    assert a_browser().get(second).status_code == 200
    kept = AccountLink.objects.get(account=account)
    assert second.split("/")[3].encode() not in bytes(kept.digest)


@pytest.mark.django_db
def test_a_disabled_account_receives_no_link_and_opens_none(mailoutbox: Mails) -> None:
    account = an_account()
    path = path_of(make(account, RECOVERY))
    account.disabled_at = account.recorded_at
    account.save()
    send(account.pk, RECOVERY)
    assert not mailoutbox
    assert a_browser().post(path).status_code == 410


def test_an_invitation_opens_an_account(later: Later, mailoutbox: Mails) -> None:
    account = prepare_account(" Noe.Perrin@Structure.example ")
    invite(account)
    [arguments] = asked()
    send_link(**arguments)
    browser = a_browser()
    browser.post(path_of(str(mailoutbox[0].body)))
    assert mailoutbox[0].to == ["noe.perrin@structure.example"]
    assert choose(browser).status_code == 422, "who is it?"
    done = choose(browser, given_name="Noé", family_name="Perrin")
    assert done.headers["Location"] == "/connexion/application/"
    account.refresh_from_db()
    assert account.full_name == "Noé Perrin"
    assert not is_signed_in(browser)
    page = browser.get("/connexion/application/").content.decode()
    assert not CODE.findall(page)


@pytest.mark.django_db
def test_a_person_invited_twice_has_one_account() -> None:
    agent = an_agent()
    again = prepare_account(agent.account.email.upper(), "Autre", "Nom")
    assert again.pk == agent.account.pk
    assert again.given_name == agent.account.given_name
    assert again.check_password(PASSWORD)
    with pytest.raises(ValidationError):
        prepare_account("pas une adresse")
    assert Account.objects.filter(email__iexact=agent.account.email).count() == 1


def test_whoever_is_slowed_down_by_others_enters_by_their_mailbox(later: Later) -> None:
    agent, browser = an_agent(), a_browser()
    browser.post(path_of(make(agent.account, RECOVERY)))
    choose(browser)
    for _ in range(10):
        give_password(a_browser(), agent.account, "faux")
    assert give_password(a_browser(), agent.account, NEW).status_code == 429
    assert give_password(browser, agent.account, NEW).status_code == 302


@pytest.mark.django_db
def test_asking_for_links_has_a_limit() -> None:
    email = an_account().email
    statuses = [
        a_browser().post("/mot-de-passe-oublie/", {"email": email}).status_code for _ in range(11)
    ]
    assert statuses == [200] * 10 + [429]
