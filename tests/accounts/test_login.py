"""Row 13: both factors, for everybody, and nothing before."""

import base64
import re
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from django.contrib.auth import SESSION_KEY

from jalons.accounts.models import RecoveryCode, SecondFactor, Session
from jalons.journal.models import Event
from tests.accounts.agents import (
    CODE,
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

Later = Callable[..., None]
SECRET = re.compile(r"<code>([A-Z2-7 ]+)</code>")


@pytest.mark.django_db
def test_both_factors_open_a_session_and_the_password_alone_opens_nothing() -> None:
    agent, browser = an_agent(), a_browser()
    assert give_password(browser, agent.account).headers["Location"] == "/connexion/code/"
    assert SESSION_KEY not in browser.session
    assert not is_signed_in(browser)
    assert give_code(browser, agent.code()).status_code == 302
    assert is_signed_in(browser)
    assert Event.objects.filter(kind="accounts.signed_in", account=agent.account.pk).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["", "faux", PASSWORD.upper(), PASSWORD + " "])
def test_another_password_opens_nothing(password: str) -> None:
    agent, browser = an_agent(), a_browser()
    assert give_password(browser, agent.account, password).status_code == 422
    assert give_code(browser, agent.code()).headers["Location"] == "/connexion/"
    assert not is_signed_in(browser)


@pytest.mark.django_db
def test_the_answer_does_not_say_whether_an_account_exists() -> None:
    account = an_account()
    known = give_password(a_browser(), account, "un autre mot de passe")
    account.email = "personne@jalons.example"
    unknown = give_password(a_browser(), account, "un autre mot de passe")
    assert known.status_code == unknown.status_code == 422
    assert "pas le bon" in known.content.decode()
    assert _without_values(known) == _without_values(unknown)


def _without_values(response: Any) -> str:
    return re.sub(r'value="[^"]*"', "", response.content.decode())


@pytest.mark.django_db
def test_an_account_without_password_or_disabled_is_not_opened() -> None:
    unusable, agent = an_account(), an_agent()
    unusable.set_unusable_password()
    unusable.save()
    assert give_password(a_browser(), unusable).status_code == 422
    browser = a_browser()
    give_password(browser, agent.account)
    agent.account.disabled_at = agent.account.recorded_at
    agent.account.save()
    assert give_code(browser, agent.code()).headers["Location"] == "/connexion/"
    assert give_password(a_browser(), agent.account).status_code == 422


def test_a_code_serves_once_even_in_its_own_period(later: Later) -> None:
    agent = an_agent()
    code = agent.code()
    first, second = a_browser(), a_browser()
    give_password(first, agent.account)
    give_password(second, agent.account)
    assert give_code(first, code).status_code == 302
    assert give_code(second, code).status_code == 422
    later(seconds=30)
    assert give_code(second, agent.code()).status_code == 302


def test_a_code_is_good_for_its_period_and_one_around(later: Later) -> None:
    agent, browser = an_agent(), a_browser()
    give_password(browser, agent.account)
    for shift in (-5, -2, 2, 5):
        assert give_code(browser, agent.code(shift)).status_code == 422
    assert give_code(browser, agent.code(1)).status_code == 302


def test_the_password_waits_fifteen_minutes_for_the_second_factor(later: Later) -> None:
    agent, browser = an_agent(), a_browser()
    give_password(browser, agent.account)
    later(minutes=15)
    assert give_code(browser, agent.code()).headers["Location"] == "/connexion/"


@pytest.mark.django_db
def test_each_recovery_code_serves_once() -> None:
    agent = an_agent()
    assert len(set(agent.codes)) == 10
    for code in agent.codes[:2]:
        browser = a_browser()
        give_password(browser, agent.account)
        assert give_code(browser, code.lower().replace("-", " ")).status_code == 302
        again = a_browser()
        give_password(again, agent.account)
        assert give_code(again, code).status_code == 422
    assert RecoveryCode.objects.filter(account=agent.account, used_at=None).count() == 8


@pytest.mark.django_db
def test_a_recovery_code_is_its_owner_s() -> None:
    agent, other, browser = an_agent(), an_agent(), a_browser()
    give_password(browser, agent.account)
    assert give_code(browser, other.codes[0]).status_code == 422


@pytest.mark.django_db
def test_enrolment_shows_a_secret_once_and_keeps_it_unreadable() -> None:
    account, browser = an_account(), a_browser()
    assert give_password(browser, account).headers["Location"] == "/connexion/application/"
    page = browser.get("/connexion/application/").content.decode()
    assert "<svg" in page
    secret = SECRET.findall(page)[0].replace(" ", "")
    assert not is_signed_in(browser)
    assert browser.post("/connexion/application/", {"code": "000"}).status_code == 422
    held = Agent(account, secret, [])
    done = browser.post("/connexion/application/", {"code": held.code()})
    codes = CODE.findall(done.content.decode())
    assert done.status_code == 200
    assert len(codes) == 10
    assert is_signed_in(browser)
    kept = bytes(SecondFactor.objects.get(account=account).secret)
    assert secret.encode() not in kept
    stored = Session.objects.get(session_key=browser.session.session_key)
    assert secret not in stored.session_data
    assert browser.get("/connexion/application/").status_code == 302


@pytest.mark.django_db
def test_whoever_is_enrolled_cannot_enrol_another_application() -> None:
    agent, browser = an_agent(), a_browser()
    give_password(browser, agent.account)
    assert browser.get("/connexion/application/").headers["Location"] == "/connexion/"
    answer = browser.post("/connexion/application/", {"code": "123456"})
    assert answer.headers["Location"] == "/connexion/"


@pytest.mark.django_db
def test_the_key_of_the_session_changes_at_each_step() -> None:
    agent, browser = an_agent(), a_browser()
    browser.get("/connexion/")
    give_password(browser, agent.account)
    pending = browser.session.session_key
    give_code(browser, agent.code())
    opened = browser.session.session_key
    assert pending != opened
    assert not Session.objects.filter(session_key=pending).exists()
    sign_in(browser, agent)
    assert browser.session.session_key == opened, "who is signed in is not signed in again"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("/structures/", "/structures/"),
        ("https://ailleurs.example/", "/"),
        ("//ailleurs", "/"),
        ("accounts:logout", "/"),
        ("123456", "/"),
    ],
)
def test_login_leads_to_a_page_of_this_site_only(asked: str, reached: str) -> None:
    agent, browser = an_agent(), a_browser()
    values = {"email": agent.account.email.upper(), "password": PASSWORD, "next": asked}
    browser.post("/connexion/", values)
    assert give_code(browser, agent.code()).headers["Location"] == reached


def test_the_application_s_code_is_that_of_the_standard() -> None:
    """RFC 6238, appendix B: at 59 s, the secret « 12345678901234567890 » gives 94287082."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert pyotp.TOTP(secret).generate_otp(1) == "287082"
