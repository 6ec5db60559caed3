"""Row 15: a session's life, and its owner's list."""

from collections.abc import Callable
from datetime import datetime

import pytest

from jalons.accounts.models import Session
from jalons.accounts.sessions import own_sessions
from jalons.journal.models import Event
from jalons.territories.actors import POLLED
from tests.accounts.agents import (
    PASSWORD,
    Agent,
    a_browser,
    an_agent,
    give_code,
    give_password,
    is_signed_in,
    sign_in,
)
from tests.clients import CleanClient

Later = Callable[..., None]
NEW = "trois vélos contre un mur"
PAGE = "/mon-compte/sessions/"


@pytest.fixture
def agent(later: Later) -> Agent:
    return an_agent()


@pytest.fixture
def here(agent: Agent, later: Later) -> CleanClient:
    browser = a_browser("10.0.0.1")
    sign_in(browser, agent)
    later(seconds=30)
    return browser


@pytest.fixture
def there(here: CleanClient, agent: Agent) -> CleanClient:
    browser = a_browser("10.0.0.2")
    sign_in(browser, agent)
    return browser


def test_thirty_minutes_without_a_page_end_it(here: CleanClient, later: Later) -> None:
    later(minutes=29)
    assert is_signed_in(here)
    later(minutes=29)
    assert is_signed_in(here)
    later(minutes=30)
    assert not is_signed_in(here)
    assert not Session.objects.filter(account__isnull=False).exists()


def test_a_page_that_asks_by_itself_keeps_nothing_open(here: CleanClient, later: Later) -> None:
    for _ in range(2):
        later(minutes=14)
        assert here.get(PAGE, headers={POLLED: "1"}).status_code == 200
    later(minutes=2)
    assert not is_signed_in(here)


def test_twelve_hours_end_it_whatever_is_done(here: CleanClient, later: Later) -> None:
    for _ in range(35):
        later(minutes=20)
        assert is_signed_in(here)
    later(minutes=20)
    assert not is_signed_in(here)


def test_it_is_written_once_a_minute_at_most(here: CleanClient, later: Later) -> None:
    seen = _seen(here)
    later(seconds=20)
    is_signed_in(here)
    assert _seen(here) == seen
    later(minutes=2)
    is_signed_in(here)
    assert _seen(here) > seen


def _seen(browser: CleanClient) -> datetime:
    found = Session.objects.get(session_key=browser.session.session_key).seen_at
    assert found
    return found


def test_the_list_says_from_where(agent: Agent, here: CleanClient, there: CleanClient) -> None:
    found = own_sessions(agent.account.pk, here.session.session_key)
    assert {session.address for session in found} == {"10.0.0.1", "10.0.0.2"}
    assert {session.device for session in found} == {"Firefox sur Windows"}
    assert [session.address for session in found if session.current] == ["10.0.0.1"]
    page = here.get(PAGE).content.decode()
    assert "10.0.0.2" in page
    assert str(there.session.session_key) not in page


def test_one_is_closed_from_another(agent: Agent, here: CleanClient, there: CleanClient) -> None:
    [other] = [
        each
        for each in own_sessions(agent.account.pk, here.session.session_key)
        if not each.current
    ]
    here.post(PAGE, {"session": other.handle})
    assert not is_signed_in(there)
    assert is_signed_in(here)
    assert Event.objects.filter(kind="accounts.sessions_closed").count() == 1


def test_all_others_are_closed(here: CleanClient, there: CleanClient) -> None:
    here.post(PAGE, {"others": "1"})
    assert not is_signed_in(there)
    assert is_signed_in(here)


def test_nobody_closes_another_s(here: CleanClient, agent: Agent) -> None:
    [own] = own_sessions(agent.account.pk, None)
    stranger, other = an_agent(), a_browser()
    sign_in(other, stranger)
    other.post(PAGE, {"session": own.handle})
    other.post(PAGE, {"others": "1"})
    assert is_signed_in(here)


def test_a_new_password_ends_the_others_and_renews_this_one(
    agent: Agent, here: CleanClient, there: CleanClient
) -> None:
    key = here.session.session_key
    values = {"current": PASSWORD, "password": NEW, "again": NEW}
    assert here.post("/mon-compte/mot-de-passe/", values).status_code == 302
    assert is_signed_in(here)
    assert here.session.session_key != key
    assert not is_signed_in(there)
    agent.account.refresh_from_db()
    assert agent.account.password.startswith("argon2$argon2id")
    assert give_password(a_browser(), agent.account, NEW).status_code == 302


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("court", "trop court"),
        ("q1w2e3r4t5y6", "trop courant"),
        ("123456789012345", "entièrement numérique"),
        ("ines marchal ines", "trop semblable"),
    ],
)
def test_a_weak_password_is_refused_in_french(
    here: CleanClient, agent: Agent, password: str, said: str
) -> None:
    agent.account.given_name = "Ines Marchal Ines"
    agent.account.save()
    values = {"current": PASSWORD, "password": password, "again": password}
    answer = here.post("/mon-compte/mot-de-passe/", values)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize(("current", "again"), [("faux", NEW), (PASSWORD, "autre chose ici")])
def test_the_password_changes_for_who_knows_it_and_writes_it_twice(
    here: CleanClient, agent: Agent, current: str, again: str
) -> None:
    values = {"current": current, "password": NEW, "again": again}
    assert here.post("/mon-compte/mot-de-passe/", values).status_code == 422
    agent.account.refresh_from_db()
    assert agent.account.check_password(PASSWORD)


def test_a_disabled_account_has_no_session_left(here: CleanClient, agent: Agent) -> None:
    agent.account.disabled_at = agent.account.recorded_at
    agent.account.save()
    assert not is_signed_in(here)


def test_logout_ends_the_session_for_good(here: CleanClient) -> None:
    key = here.session.session_key
    here.post("/deconnexion/")
    assert not Session.objects.filter(session_key=key).exists()


def test_codes_are_replaced_all_at_once(here: CleanClient, agent: Agent) -> None:
    assert here.post("/mon-compte/codes/").status_code == 200
    browser = a_browser()
    give_password(browser, agent.account)
    assert give_code(browser, agent.codes[0]).status_code == 422
