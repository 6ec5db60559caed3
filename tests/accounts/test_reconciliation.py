"""An identity that opens no account yet: whose is it? Nothing is told of who has an account."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from procrastinate.contrib.django.models import ProcrastinateJob

from jalons.accounts.actions.federate import link_identity
from jalons.accounts.actions.links import make
from jalons.accounts.actions.open_account import prepare_account
from jalons.accounts.federation.tokens import Told
from jalons.accounts.models import AccountLink, FederatedIdentity
from jalons.accounts.tasks import send_link, tell
from jalons.journal.models import Event
from tests.accounts.agents import (
    PASSWORD,
    a_browser,
    an_account,
    an_agent,
    give_code,
    is_signed_in,
)
from tests.accounts.provider import SLUG, TWO, FakeProvider, a_provider, pass_by
from tests.accounts.test_links import path_of
from tests.clients import CleanClient

Later = Callable[..., None]
Mails = list[EmailMessage]
PAGE = "/connexion/rapprochement/"
FEDERATION = AccountLink.Purpose.FEDERATION


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch, later: Later) -> FakeProvider:
    found = a_provider(monkeypatch)
    found.claims = {"acr": TWO}
    return found


@pytest.fixture
def browser(provider: FakeProvider) -> CleanClient:
    """A browser that came back with an identity nobody knows."""
    found = a_browser()
    assert pass_by(found, provider).headers["Location"] == PAGE
    return found


def give_account(browser: CleanClient, email: str, password: str = PASSWORD) -> Any:
    return browser.post(PAGE, {"email": email, "password": password})


def ask_link(browser: CleanClient, email: str) -> Any:
    return browser.post(PAGE, {"mail": "1", "link-email": email})


def linked() -> list[tuple[object, str]]:
    return list(FederatedIdentity.objects.values_list("account", "sub"))


def run_jobs() -> None:
    for job in ProcrastinateJob.objects.filter(task_name="accounts.send_link"):
        send_link(**job.args)


def test_the_page_is_the_same_for_a_known_and_an_unknown_e_mail(provider: FakeProvider) -> None:
    pages = []
    for email in (an_agent().account.email, "personne@jalons.example"):
        provider.info = {"email": email}
        browser = a_browser()
        pass_by(browser, provider)
        shown = browser.get(PAGE).content.decode().replace(email, "…")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", shown))
    assert pages[0] == pages[1]
    assert "Jalons n’a jamais vu cette identité" in pages[0]


def test_an_e_mail_alone_links_nothing(provider: FakeProvider) -> None:
    provider.info = {"email": an_agent().account.email, "email_verified": True}
    browser = a_browser()
    assert pass_by(browser, provider).headers["Location"] == PAGE
    assert not is_signed_in(browser)
    assert linked() == []


def test_password_and_code_link_and_the_next_time_nothing_is_asked(
    browser: CleanClient, provider: FakeProvider, mailoutbox: Mails
) -> None:
    agent = an_agent()
    answer = give_account(browser, agent.account.email)
    assert answer.headers["Location"] == "/connexion/code/"
    assert linked() == [], "the password alone proves nothing"
    give_code(browser, agent.code())
    assert is_signed_in(browser)
    assert linked() == [(agent.account.pk, "s-1")]
    assert Event.objects.filter(kind="accounts.identity_linked").count() == 1
    tell(str(agent.account.pk), "identity_linked")
    assert mailoutbox[-1].to == [agent.account.email]
    again = a_browser()
    pass_by(again, provider)
    assert is_signed_in(again)


@pytest.mark.parametrize("password", ["faux", ""])
def test_a_wrong_password_links_nothing(browser: CleanClient, password: str) -> None:
    known = give_account(browser, an_agent().account.email, password)
    unknown = give_account(browser, "personne@jalons.example", password)
    assert (known.status_code, unknown.status_code) == (422, 422)
    assert linked() == []


def test_passwords_are_counted_here_as_elsewhere(browser: CleanClient) -> None:
    email = an_agent().account.email
    statuses = [give_account(browser, email, "faux").status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_a_link_to_the_account_s_mailbox_links(browser: CleanClient, mailoutbox: Mails) -> None:
    account = an_account()
    assert "C’est demandé" in ask_link(browser, account.email).content.decode()
    run_jobs()
    assert mailoutbox[0].to == [account.email]
    path = path_of(str(mailoutbox[0].body))
    assert "Relier cette identité" in browser.get(path).content.decode()
    assert linked() == []
    browser.post(path)
    assert is_signed_in(browser), "the provider gives the second factor"
    assert linked() == [(account.pk, "s-1")]


def test_a_mailbox_never_replaces_an_application_that_is_enrolled(
    browser: CleanClient, mailoutbox: Mails
) -> None:
    agent = an_agent()
    path = path_of(make(agent.account, FEDERATION))
    assert browser.post(path).headers["Location"] == "/connexion/code/"
    assert linked() == []
    give_code(browser, agent.code())
    assert linked() == [(agent.account.pk, "s-1")]


def test_asking_for_a_link_says_nothing_of_who_exists(
    browser: CleanClient, mailoutbox: Mails
) -> None:
    answers = [
        ask_link(browser, email) for email in (an_account().email, "personne@jalons.example")
    ]
    tokens = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert len({tokens.sub("", answer.content.decode()) for answer in answers}) == 1
    run_jobs()
    assert len(mailoutbox) == 1


def test_a_link_opened_elsewhere_links_nothing_and_waits(browser: CleanClient) -> None:
    """Somebody else's identity would otherwise open the account of whoever clicks."""
    account = an_account()
    path = path_of(make(account, FEDERATION))
    victim = a_browser()
    for answer in (victim.get(path), victim.post(path)):
        assert "navigateur où vous l’avez demandé" in answer.content.decode()
    assert linked() == []
    browser.post(path)
    assert linked() == [(account.pk, "s-1")]
    assert browser.post(path).status_code == 410


def test_the_identity_waits_a_quarter_of_an_hour(browser: CleanClient, later: Later) -> None:
    account = an_account()
    path = path_of(make(account, FEDERATION))
    later(minutes=15)
    assert browser.get(PAGE).status_code == 400
    assert give_account(browser, account.email).status_code == 400
    browser.post(path)
    assert linked() == []


def test_without_two_factors_at_the_provider_ours_is_enrolled(
    provider: FakeProvider, later: Later
) -> None:
    provider.claims = {"acr": "un"}
    browser, account = a_browser(), an_account()
    pass_by(browser, provider)
    assert give_account(browser, account.email).headers["Location"] == "/connexion/application/"
    assert linked() == []


def test_an_invitation_is_accepted_by_an_identity_without_any_password(
    provider: FakeProvider,
) -> None:
    account = prepare_account("noe.perrin@structure.example")
    browser = a_browser()
    browser.post(path_of(make(account, AccountLink.Purpose.INVITATION)))
    assert (
        "Se connecter avec Identité des agents"
        in browser.get("/compte/mot-de-passe/").content.decode()
    )
    provider.info = {"given_name": "Noé", "usual_name": "Perrin", "email": "n@ailleurs.example"}
    assert pass_by(browser, provider).headers["Location"] == "/"
    assert is_signed_in(browser)
    account.refresh_from_db()
    assert account.full_name == "Noé Perrin"
    assert account.email == "noe.perrin@structure.example"
    assert linked() == [(account.pk, "s-1")]


def test_an_e_mail_that_changed_is_told_and_confirmed(
    provider: FakeProvider, mailoutbox: Mails
) -> None:
    agent = an_agent()
    told = Told(SLUG, "s-1", "avant@ccas.example", "", "", assured=True, when="", id_token="")
    link_identity(agent.account, told)
    provider.info = {"email": "apres@ccas.example"}
    browser = a_browser()
    assert pass_by(browser, provider).headers["Location"] == PAGE
    page = browser.get(PAGE).content.decode()
    assert "avant@ccas.example" in page
    assert "apres@ccas.example" in page
    assert not is_signed_in(browser)
    browser.post(PAGE, {"changed": "1"})
    assert is_signed_in(browser)
    assert agent.account.identities.get().email == "apres@ccas.example"
    agent.account.refresh_from_db()
    assert agent.account.email.endswith("@jalons.example"), "where Jalons writes stays"
    again = a_browser()
    pass_by(again, provider)
    assert is_signed_in(again)


def test_an_identity_linked_meanwhile_is_not_taken(browser: CleanClient) -> None:
    agent, other = an_agent(), an_agent()
    give_account(browser, agent.account.email)
    told = Told(SLUG, "s-1", "", "", "", assured=True, when="", id_token="")
    link_identity(other.account, told)
    answer = give_code(browser, agent.code())
    assert answer.status_code == 409
    assert not is_signed_in(browser)
    assert linked() == [(other.account.pk, "s-1")]
